/**
 * Random worlds of one user's lists: admins who sign at the same time, add, remove and demote, removed ones who go on signing with all that
 * they know, a relay that shows anything to anybody in any order and forges what it can.
 */
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { byteText, toHex } from '../../src/bytes.js'
import type { IdentityKey, IdentityKeyPair } from '../../src/crypto/keys.js'
import type { ListRefusal } from '../../src/protocol/identity/device-list.js'
import { applyDeviceList, type HeldLists, heldAlone, listedDevices, nameOfList } from '../../src/protocol/identity/held-lists.js'
import { joinsForks, nextDeviceList } from '../../src/protocol/identity/next-list.js'
import { type DeviceList, isUsed, type ListedDevice, usedWith } from '../../src/wire/device-list.js'
import { ISSUED, keyNamed, listOf, type NamedDevice } from '../support/devices.js'
import { enroll } from '../support/xeddsa-double.js'

vi.mock('../../src/crypto/xeddsa.js', async () => await import('../support/xeddsa-double.js'))

// `npm run full` has 20,000 of them.
const WORLDS = process.env.BISIK_FULL === undefined ? 150 : 20_000
const seed = Number(process.env.BISIK_SEED ?? Date.now() & 0x7fff_ffff)
const ADMINS = 3
const CONTACTS = 3
/** Rounds in which only the lowest admin joins. */
const PATIENCE = 5

const NAMES = ['account', 'relay', ...Array.from({ length: 40 }, (_, i) => `key ${i}`)]
const NAME_OF = new Map(
  NAMES.map((name) => {
    const pair: IdentityKeyPair = keyNamed(name)
    enroll(pair)
    return [byteText(pair.publicKey), name]
  }),
)
const nameOf = (key: IdentityKey): string => NAME_OF.get(byteText(key)) as string
const named = ({ device, identityKey, admin }: ListedDevice): NamedDevice => ({ device, admin, name: nameOf(identityKey) })

/** Somebody who holds lists: an admin's device, by the name of its key, or a contact. */
interface Holder {
  readonly name: string
  held: HeldLists
}
const FORGERIES = ['by the relay', 'without consent', 'of another', 'reused', 'rolled', 'crowned'] as const
type Forgery = (typeof FORGERIES)[number]
interface Command {
  readonly who: number
  readonly what: 'add' | 'add admin' | 'remove' | 'remove admin' | 'demote' | 'nothing' | Forgery
  readonly which: number
  readonly shown: readonly (readonly [holder: number, list: number])[]
}

const first = (() => {
  const devices = Array.from({ length: ADMINS + 1 }, (_, i) => ({ device: i + 1, name: `key ${i}`, admin: i < ADMINS }))
  return listOf({ devices })
})()

class World {
  readonly lists: DeviceList[] = [first]
  readonly forged = new Set<DeviceList>()
  readonly holders: Holder[] = []
  readonly tally: Tally
  #nextKey = ADMINS + 1
  readonly #answered = new Map<Holder, { readonly held: HeldLists; readonly lists: Set<DeviceList> }>()

  constructor(tally: Tally) {
    this.tally = tally
    for (let i = 0; i < ADMINS; i++) this.holders.push({ name: `key ${i}`, held: heldAlone(first) })
    for (let i = 0; i < CONTACTS; i++) this.holders.push({ name: `contact ${i}`, held: heldAlone(first) })
  }

  run(command: Command): void {
    const signers = this.holders.filter(({ name }) => name.startsWith('key '))
    const signer = signers[command.who % signers.length] as Holder
    if (FORGERIES.some((one) => one === command.what)) this.#forge(signer, command)
    else this.#sign(signer, command)
    for (const [holder, list] of command.shown) {
      this.show(this.holders[holder % this.holders.length] as Holder, this.lists[list % this.lists.length] as DeviceList)
    }
  }

  /** An admin signs over what it holds; one that knows that it was removed signs over some list, as if nothing had happened. */
  #sign(holder: Holder, { what, which }: Command): void {
    const own = (list: DeviceList): ListedDevice | undefined => list.devices.find(({ identityKey }) => nameOf(identityKey) === holder.name)
    const isAdmin = holder.held.tips.every((tip) => own(tip)?.admin === true)
    const old = this.lists.filter((list) => own(list)?.admin === true && !this.forged.has(list))
    const base = isAdmin ? holder.held.tips : [old[which % Math.max(1, old.length)] as DeviceList]
    if (base[0] === undefined) return
    const { displaced: _, ...next } = nextDeviceList({ tips: base })
    const self = next.devices.find(({ identityKey }) => nameOf(identityKey) === holder.name)
    if (self?.admin !== true) return
    const others = next.devices.filter((device) => device !== self)
    const target = others.filter(({ admin }) => admin === (what !== 'remove'))[which % 4]
    const devices = next.devices.map(named)
    let changed = devices
    if (what === 'add' || what === 'add admin') {
      if (devices.length === 16 || this.#nextKey === 40) return
      const device = [...Array(127).keys()].findIndex((id) => id > 0 && !isUsed(next.used, id))
      const added = { device, name: `key ${this.#nextKey++}`, admin: what === 'add admin' }
      changed = [...devices, added].sort((a, b) => a.device - b.device)
      if (added.admin) this.holders.push({ name: added.name, held: heldAlone(first) })
    } else if (what === 'remove' || what === 'remove admin') {
      if (target === undefined) return
      changed = devices.filter(({ device }) => device !== target.device)
    } else if (what === 'demote') {
      changed = devices.map((device) => (device.device === target?.device ? { ...device, admin: false } : device))
    }
    const list = signed({ ...next, devices: changed, signer: self.device })
    this.tally.count(isAdmin ? 'lists signed' : 'lists of removed admins')
    this.lists.push(list)
    if (isAdmin) this.show(holder, list)
  }

  /** Lists that nobody may ever accept. */
  #forge(holder: Holder, { what, which }: Command): void {
    const base = this.lists[which % this.lists.length] as DeviceList
    if (this.forged.has(base)) return
    const next = nextDeviceList({ tips: [base] })
    const self = next.devices.find(({ identityKey }) => nameOf(identityKey) === holder.name)
    const admin = next.devices.find((device) => device.admin)
    const removed = [...Array(127).keys()].find((id) => isUsed(base.used, id) && !base.devices.some(({ device }) => device === id))
    const devices = next.devices.map(named)
    const thief = { device: 127, name: 'relay', admin: true }
    const forge = (): DeviceList | undefined => {
      if (admin === undefined) return undefined
      const fields = { ...next, devices, signer: admin.device }
      if (what === 'by the relay')
        return signed({ ...fields, devices: [...devices, thief], signedBy: { account: 'relay', device: 'relay' } })
      if (what === 'without consent') return signed({ ...fields, devices: [...devices, { ...thief, account: 'relay' }] })
      if (what === 'of another') return signed({ ...fields, account: 'relay', accountKey: keyNamed('relay').publicKey })
      // Who has the account key only can't sign for an admin, nor make himself one.
      if (what === 'rolled') return signed({ ...fields, devices: [...devices, thief], version: 99, signedBy: { device: 'relay' } })
      if (what === 'crowned') return signed({ ...fields, devices: [...devices, thief], signer: 127 })
      if (self?.admin !== true || removed === undefined) return undefined
      const again = [...devices, { device: removed, name: 'relay' }].sort((a, b) => a.device - b.device)
      return signed({ ...fields, devices: again, signer: self.device })
    }
    const list = forge()
    if (list === undefined) return
    this.tally.count(`forged ${what}`)
    this.forged.add(list)
    this.lists.push(list)
  }

  show(holder: Holder, list: DeviceList): void {
    const before = holder.held
    const { held, refusal } = applyDeviceList(before, list)
    holder.held = held as HeldLists
    this.tally.count(refusal ?? 'accepted')
    if (refusal === undefined && before !== held) this.#checkAccepted(before, list)
    this.#checkHeld(holder)
  }

  #checkAccepted(before: HeldLists, list: DeviceList): void {
    // One that others descend from only tells where it stands.
    if (!isNamed(before, list)) {
      const signer = list.devices.find(({ device }) => device === list.signer) as ListedDevice
      for (const tip of before.tips) {
        const isAdmin = tip.devices.some(({ admin, identityKey }) => admin && nameOf(identityKey) === nameOf(signer.identityKey))
        must(isAdmin, 'no list of a removed admin is accepted')
      }
    }
    must(!this.forged.has(list), 'no forged list is accepted')
  }

  #checkHeld({ held }: Holder): void {
    const sentTo = listedDevices(held)
    const views = held.ahead === undefined ? held.tips : [...held.tips, held.ahead]
    for (const view of views) {
      for (const { device, identityKey } of sentTo) {
        const there = view.devices.find((one) => one.device === device)
        must(there !== undefined && nameOf(there.identityKey) === nameOf(identityKey), 'nothing is sent to a device that a list removed')
      }
    }
    must(
      sentTo.every(({ identityKey }) => nameOf(identityKey) !== 'relay'),
      'nothing is sent to a device of the relay',
    )
    if (held.tips.length > 1) this.tally.count('steps with a fork')
    if (held.ahead !== undefined) this.tally.count('steps with a gap')
  }

  /** Everything comes to everybody, and admins join what they find forked. */
  settle(order: (lists: readonly DeviceList[]) => readonly DeviceList[]): void {
    // Where it is open who stays, it never ends.
    const rounds = this.isMutual || this.isLeaderless ? 6 : 100
    let quiet = 0
    for (let round = 0; round < rounds && quiet < 3; round++) {
      const before = this.holders.map(({ held }) => held)
      for (const holder of this.holders) this.#showAll(holder, order(this.lists))
      if (round < PATIENCE) for (const holder of this.holders) this.#join(holder, false)
      else if (!this.holders.some((holder) => this.#join(holder, true)) && this.#isForked()) this.#signAnew(round)
      // What was learnt in one round may tell more in the next.
      quiet = !this.#isForked() && this.holders.every(({ held }, i) => sameTips(held, before[i])) ? quiet + 1 : 0
    }
  }

  /** What was answered already is answered again while nothing has changed. */
  #showAll(holder: Holder, lists: readonly DeviceList[]): void {
    for (const list of lists) {
      const known = this.#answered.get(holder)
      const answered = known?.held === holder.held ? known.lists : new Set<DeviceList>()
      if (answered.has(list)) continue
      const before = holder.held
      this.show(holder, list)
      this.#answered.set(holder, { held: holder.held, lists: holder.held === before ? answered.add(list) : new Set([list]) })
    }
  }

  #isForked(): boolean {
    return this.holders.some(({ held }) => held.tips.length > 1)
  }

  /** @param isAsked - after some days any admin joins, if its user says so. */
  #join(holder: Holder, isAsked: boolean): boolean {
    const { held } = holder
    const self = listedDevices(held).find(({ identityKey }) => nameOf(identityKey) === holder.name)
    // Who joins fetches what lists name first.
    const isComplete = [...held.known.values()].every(({ previous }) => previous.every((name) => held.known.has(name)))
    if (held.tips.length < 2 || !isComplete || self?.admin !== true || (!isAsked && joinsForks(held) !== self.device)) return false
    const { displaced, ...next } = nextDeviceList(held)
    const free = [...Array(127).keys()].filter((id) => id > 0 && !isUsed(next.used, id))
    const moved = displaced.map((device, i) => ({ ...named(device), device: free[i] as number }))
    const devices = [...next.devices.map(named), ...moved].slice(0, 16).sort((a, b) => a.device - b.device)
    this.tally.count('joins')
    if (displaced.length > 0) this.tally.count('joins with a device displaced')
    const list = signed({ ...next, devices, signer: self.device })
    this.lists.push(list)
    this.show(holder, list)
    return true
  }

  /** Who is told of a fork that it does not hold signs its own list anew: all who know the signer can place it. */
  #signAnew(round: number): void {
    const selfOf = ({ name, held }: Holder): ListedDevice | undefined =>
      listedDevices(held).find(({ admin, identityKey }) => admin && nameOf(identityKey) === name)
    const admins = this.holders.filter((one) => selfOf(one) !== undefined)
    const holder = admins[round % Math.max(1, admins.length)]
    if (holder === undefined) return
    const { displaced: _, ...next } = nextDeviceList(holder.held)
    const list = signed({ ...next, devices: next.devices.map(named), signer: selfOf(holder)?.device as number })
    this.tally.count('lists signed anew')
    this.lists.push(list)
    this.show(holder, list)
  }

  /** What there is and who holds what, for whoever looks for a fault. */
  get story(): string {
    const numberOf = (name: string): number => this.lists.findIndex((list) => nameOfList(list) === name)
    const lists = this.lists.map((list, i) => {
      const devices = list.devices.map((one) => `${one.device}${one.admin ? '*' : ''} ${nameOf(one.identityKey)}`)
      return `${i}${this.forged.has(list) ? ' forged' : ''} by ${list.signer} over ${list.previous.map((hash) => numberOf(toHex(hash)))}: ${devices}`
    })
    const holders = this.holders.map(({ name, held }) => {
      const refusals = this.lists.map((list) => applyDeviceList(held, list).refusal ?? 'accepted')
      const ahead = held.ahead === undefined ? 'nothing' : numberOf(nameOfList(held.ahead))
      return `${name} holds ${held.tips.map((tip) => numberOf(nameOfList(tip)))}, waits for ${ahead}, and says ${refusals}`
    })
    return ['', ...lists, ...holders].join('\n')
  }

  /**
   * Whether admins removed each other, or those on whose lists the others built: then who is heard first stays, and it is open who that is.
   * A list is against another one if it removes whoever signed that, or something that it is built on, unknown to the first.
   */
  get isMutual(): boolean {
    const lists = this.lists.filter((list) => !this.forged.has(list))
    const byName = new Map(lists.map((list) => [nameOfList(list), list]))
    const pasts = new Map(lists.map((list) => [list, this.#pastOf(list, byName)]))
    const against = new Map(
      lists.map((list) => {
        const past = pasts.get(list) as ReadonlySet<DeviceList>
        const isAgainst = (other: DeviceList): boolean => {
          const branch = pasts.get(other) as ReadonlySet<DeviceList>
          const isAfterJoin = [...past].some((one) => one.previous.length > 1 && !branch.has(one))
          return [...branch].some((one) => !past.has(one) && removes(list, one, isAfterJoin))
        }
        return [list, lists.filter(isAgainst)]
      }),
    )
    const reaches = (from: DeviceList, to: DeviceList, seen = new Set<DeviceList>()): boolean =>
      (against.get(from) ?? []).some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))))
    return lists.some((one) => reaches(one, one))
  }

  /**
   * Whether all admins whom every branch knows were removed in one or another: then there may be nobody left whose join all believe, and the
   * recovery key decides.
   */
  get isLeaderless(): boolean {
    const isAdminOf = (list: DeviceList, key: string): boolean => list.devices.some((one) => one.admin && nameOf(one.identityKey) === key)
    const lists = this.lists.filter((list) => !this.forged.has(list))
    return first.devices.every(({ admin, identityKey }) => !admin || lists.some((list) => !isAdminOf(list, nameOf(identityKey))))
  }

  /** A list and all that it is built on. */
  #pastOf(list: DeviceList, byName: ReadonlyMap<string, DeviceList>): ReadonlySet<DeviceList> {
    const past = new Set([list])
    for (const one of past) for (const hash of one.previous) past.add(byName.get(toHex(hash)) as DeviceList)
    return past
  }
}

/** Whether a list took the place of another's signer away: of two keys of one number a join keeps the lower. */
function removes(list: DeviceList, { signer, devices }: DeviceList, isAfterJoin: boolean): boolean {
  const key = toHex((devices.find(({ device }) => device === signer) as ListedDevice).identityKey)
  if (!isUsed(list.used, signer) || list.devices.some(({ admin, identityKey }) => admin && toHex(identityKey) === key)) return false
  const there = list.devices.find(({ device }) => device === signer)
  return there === undefined || toHex(there.identityKey) === key || (isAfterJoin && toHex(there.identityKey) < key)
}

/** An `expect` that is cheap enough for a million calls. */
function must(holds: boolean, what: string): void {
  if (!holds) expect.fail(`not so: ${what}`)
}

/** Whether a list that is held, or waits, descends from another. */
function isNamed(held: HeldLists, list: DeviceList): boolean {
  const name = nameOfList(list)
  const awaited = (held.ahead?.previous ?? []).map((hash) => toHex(hash))
  return awaited.includes(name) || [...held.known.values()].some(({ previous }) => previous.includes(name))
}

function sameTips(held: HeldLists, before: HeldLists | undefined): boolean {
  return before !== undefined && JSON.stringify(held.tips.map(nameOfList)) === JSON.stringify(before.tips.map(nameOfList))
}

/** A list with the numbers of its devices among the used ones. */
function signed({ devices, ...fields }: Parameters<typeof listOf>[0]): DeviceList {
  return listOf({
    issuedAt: ISSUED,
    ...fields,
    used: usedWith(
      fields.used === undefined ? [] : [fields.used],
      devices.map(({ device }) => device),
    ),
    devices,
  })
}

class Tally {
  readonly counts = new Map<string, number>()
  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }
  get(what: ListRefusal | string): number {
    return this.counts.get(what) ?? 0
  }
}

const command: fc.Arbitrary<Command> = fc.record({
  who: fc.nat(5),
  what: fc.constantFrom('add', 'add', 'add admin', 'remove', 'remove', 'remove admin', 'remove admin', 'demote', 'nothing', ...FORGERIES),
  which: fc.nat(30),
  shown: fc.array(fc.tuple(fc.nat(9), fc.nat(40)), { maxLength: 6 }),
})

it('row 40: worlds of lists: no removed admin is believed, nothing goes to who was removed, in the end all hold one list', {
  timeout: 3_600_000,
}, () => {
  const tally = new Tally()
  fc.assert(
    fc.property(fc.array(command, { minLength: 4, maxLength: 14 }), fc.infiniteStream(fc.nat(1000)), (commands, dice) => {
      const world = new World(tally)
      for (const one of commands) world.run(one)
      world.settle((lists) => {
        const marked = lists.map((list) => [dice.next().value as number, list] as const)
        return marked.sort(([a], [b]) => a - b).map(([, list]) => list)
      })
      tally.count('worlds')
      if (world.isMutual) {
        tally.count('worlds in which admins removed each other')
        return
      }
      if (world.isLeaderless) {
        tally.count('worlds in which all first admins were removed')
        return
      }
      // What waits for lists between may still take devices away somewhere; all hold the same.
      const views = new Set(world.holders.map(({ held }) => JSON.stringify(held.tips.map(nameOfList))))
      expect(views.size, world.story).toBe(1)
      expect(world.holders[0]?.held.tips.length, world.story).toBe(1)
    }),
    { numRuns: WORLDS, seed },
  )
  const counts = [...tally.counts].map(([what, count]) => `${what} ${count}`)
  console.log(`row 40: seed ${seed}, ${counts.join(', ')}`)
  // A world in which nothing happens shows nothing, nor does one that is left out.
  for (const what of ['worlds in which admins removed each other', 'worlds in which all first admins were removed']) {
    expect(tally.get(what), what).toBeLessThan(WORLDS / 5)
  }
  for (const what of ['joins', 'steps with a fork', 'steps with a gap', 'lists of removed admins', 'joins with a device displaced']) {
    expect(tally.get(what), what).toBeGreaterThan(WORLDS / 10)
  }
  for (const what of [
    'signer-not-admin',
    'list-unsigned',
    'list-wrong-account',
    'no-consent',
    'list-gap',
    'list-rolled-back',
    'device-id-reused',
  ]) {
    expect(tally.get(what), what).toBeGreaterThan(WORLDS / 30)
  }
})
