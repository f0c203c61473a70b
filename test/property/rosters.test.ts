/**
 * Random worlds of one group: members with several devices and account keys, some of them unlinked, removed or stolen, who sign whatever comes
 * to their mind, with and without the right to it, over this head and others. Each entry says the result that it would have if it were
 * allowed, so that nothing but the rules can refuse it. What is answered is compared with the rules written a second time.
 */
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { type Bytes, concatBytes, equalBytes, toHex, utf8 } from '../../src/bytes.js'
import type { IdentityKey } from '../../src/crypto/keys.js'
import { signAccountMove, signRecoveryMove } from '../../src/protocol/identity/account-moves.js'
import { hashOfKey, hashOfList } from '../../src/protocol/identity/device-list.js'
import { applyEntry, applyGenesis, signEntry, signGenesis } from '../../src/protocol/rosters/entries.js'
import { DEFAULT_POLICY, hashOfRoster } from '../../src/protocol/rosters/roster.js'
import { type DeviceList, usedWith } from '../../src/wire/device-list.js'
import type { AccountMove } from '../../src/wire/device-proofs.js'
import type { RosterChange } from '../../src/wire/roster-change.js'
import { encodeRosterEntry, parseRosterEntry, type RosterEntry, serializeRosterEntry } from '../../src/wire/roster-entry.js'
import { encodeRosterHead, encodeRosterUser, parseRosterHead, parseRosterUser, type RosterState } from '../../src/wire/roster-state.js'
import { ISSUED, keyNamed, listOf, publicKeyNamed } from '../support/devices.js'
import { seededRandom } from '../support/random.js'
import {
  type AuthorSpec,
  type ChangeSpec,
  devicesOf,
  type ListSpec,
  type ModelNames,
  type ModelRoster,
  type MoveSpec,
  mayChange,
  nextModel,
  stateOf,
} from '../support/roster-model.js'
import { finished, RosterInMemory } from '../support/rosters.js'
import { enroll, sign } from '../support/xeddsa-double.js'

vi.mock('../../src/crypto/xeddsa.js', async () => await import('../support/xeddsa-double.js'))

// `npm run full` has 20,000 of 400 commands.
const IS_FULL = process.env.BISIK_FULL !== undefined
const WORLDS = IS_FULL ? 20_000 : 60
const COMMANDS = IS_FULL ? 400 : 120
const seed = Number(process.env.BISIK_SEED ?? Date.now() & 0x7fff_ffff)
const USERS = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi']
const ACCOUNTS = 4
const LISTS = 4
const UUID = '185a574c-1f97-4f26-aaf4-924f8bce4bb1'
const LABEL = utf8('bisik group entry v1\0')
const random = seededRandom('rosters')

const accountName = (user: string, account: number): string => `${user} account ${account}`
const deviceName = ({ user, account, device }: AuthorSpec): string =>
  device === 1 ? `${user} device 1` : `${user} ${account} device ${device}`
const recoveryName = (user: string): string => `${user} recovery`
function enrolled(name: string): string {
  enroll(keyNamed(name))
  return name
}
for (const user of USERS) {
  enrolled(recoveryName(user))
  for (let account = 0; account < ACCOUNTS; account++) {
    enrolled(accountName(user, account))
    for (let device = 1; device <= 3 + LISTS; device++) enrolled(deviceName({ user, account, device }))
  }
}
enrolled('relay')

const remembered = <T>(make: (key: string) => T): ((key: string) => T) => {
  const all = new Map<string, T>()
  return (key) => {
    const known = all.get(key) ?? make(key)
    all.set(key, known)
    return known
  }
}

const lists: (key: string) => DeviceList = remembered((key) => {
  const [user, account, index, isForged] = JSON.parse(key) as [string, number, number, boolean]
  const before = index === 0 ? undefined : listNamed(user, { account, index: index - 1 })
  const first = account === 0 && index === 0
  const devices = devicesOf({ account, index })
  return listOf({
    user,
    account: accountName(user, account),
    lineage: hashOfKey(publicKeyNamed(accountName(user, 0))),
    recovery: hashOfKey(publicKeyNamed(recoveryName(user))),
    version: first ? 1 : 10 * account + index + 1,
    previous: first ? [] : [before === undefined ? new Uint8Array(32).fill(account) : hashOfList(before)],
    used: usedWith(before === undefined ? [] : [before.used], devices),
    signer: 1,
    devices: devices.map((device) => ({
      device,
      name: deviceName({ user, account, device }),
      admin: true,
      user,
      account: accountName(user, 0),
    })),
    ...(isForged ? { signedBy: { account: 'relay' } } : {}),
  })
})
const listNamed = (user: string, { account, index, isForged = false }: ListSpec): DeviceList =>
  lists(JSON.stringify([user, account, index, isForged]))

const moves: (key: string) => AccountMove = remembered((key) => {
  const [user, move, to] = JSON.parse(key) as [string, MoveSpec, ListSpec]
  const { lineage } = listNamed(user, { account: 0, index: 0 })
  const accountKey = publicKeyNamed(accountName(user, move.from))
  const fields = { user, lineage, accountKey, list: hashOfList(listNamed(user, to)), issuedAt: ISSUED }
  if (move.by === 'recovery') return signRecoveryMove(fields, keyNamed(move.isForged === true ? 'relay' : recoveryName(user)), random)
  const account = keyNamed(move.isForged === true ? 'relay' : accountName(user, move.from))
  return signAccountMove({ ...fields, signer: 1 }, { account, device: keyNamed(`${user} device 1`) }, random)
})

const NAMES: ModelNames = {
  accountKey: (user, account) => publicKeyNamed(accountName(user, account)),
  list: listNamed,
  recovery: (user) => hashOfKey(publicKeyNamed(recoveryName(user))),
}

function changeOf(spec: ChangeSpec): RosterChange {
  const named = <T extends { readonly user: string; readonly lists: readonly ListSpec[] }>(of: T): readonly DeviceList[] =>
    of.lists.map((list) => listNamed(of.user, list))
  switch (spec.kind) {
    case 'add': {
      const { account, ...rest } = spec
      return { ...rest, accountKey: NAMES.accountKey(spec.user, account), lists: named(spec) }
    }
    case 'role':
    case 'devices':
      return { ...spec, lists: named(spec) }
    case 'identity': {
      const { account, move, ...rest } = spec
      const [first] = spec.lists
      return {
        ...rest,
        accountKey: NAMES.accountKey(spec.user, account),
        lists: named(spec),
        move: move === undefined || first === undefined ? undefined : moves(JSON.stringify([spec.user, move, first])),
      }
    }
    default:
      return spec
  }
}

/** What somebody does. */
interface Command {
  readonly who: number
  readonly device: number
  readonly what: ChangeSpec['kind']
  readonly more: number
  readonly dice: readonly number[]
  readonly fault: 'none' | 'signed by another' | 'on an old head' | 'later epoch' | 'another result' | 'unknown' | 'another group'
}

class Tally {
  readonly counts = new Map<string, number>()
  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }
  get(what: string): number {
    return this.counts.get(what) ?? 0
  }
}

class World {
  readonly chain: RosterEntry[] = []
  readonly #tally: Tally
  readonly #all: RosterInMemory
  #model: ModelRoster
  #heads: Bytes[] = []
  #dice: readonly number[] = []
  #at = 0

  constructor(tally: Tally) {
    this.#tally = tally
    const author = { user: 'alice', account: 0, device: 1 }
    const list = { account: 0, index: 0 }
    const changes: ChangeSpec[] = [
      { kind: 'add', user: 'alice', role: 'admin', lists: [list], account: 0 },
      { kind: 'add', user: 'bob', role: 'member', lists: [], account: 0 },
    ]
    const signer = { identity: keyNamed(deviceName(author)), random }
    const first = signGenesis({ author: authorOf(author), timestamp: ISSUED, changes: changes.map(changeOf) }, signer)
    if (first.refusal !== undefined) throw new Error(first.refusal)
    this.#all = new RosterInMemory(first)
    this.#model = nextModel({ epoch: -1, cut: 0, policy: DEFAULT_POLICY, title: undefined, users: new Map() }, changes)
    this.chain.push(first.entry)
    this.#heads.push(first.roster.head)
  }

  run(command: Command): void {
    this.#dice = command.dice
    this.#at = 0
    const author = this.#author(command)
    const changes = [this.#change(command.what, author), ...Array.from({ length: command.more }, () => this.#another(author))]
    const subjects = changes.map((change) => ('user' in change ? change.user : change.kind))
    const once = changes.filter((_, i) => subjects.indexOf(subjects[i] as string) === i)
    this.#say(author, once, command.fault)
  }

  #roll(limit: number): number {
    return (this.#dice[this.#at++ % this.#dice.length] as number) % limit
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#roll(items.length)] as T
  }

  /** Somebody, mostly with a device that the roster has, at times with one that was unlinked, or of another account key. */
  #author({ who, device }: Command): AuthorSpec {
    const admins = USERS.filter((user) => this.#model.users.get(user)?.member?.role === 'admin')
    const user = (who % 3 === 0 ? USERS[who % USERS.length] : admins[who % admins.length]) as string
    const member = this.#model.users.get(user)?.member
    const { account = 0, list = { account: 0, index: 0 } } = member ?? {}
    if (device % 4 > 0) return { user, account, device: devicesOf(list)[device % 3] as number }
    return { user, account: device % ACCOUNTS, device: 1 + (device % (3 + LISTS)) }
  }

  #another(author: AuthorSpec): ChangeSpec {
    return this.#change(this.#pick(['add', 'remove', 'role', 'devices', 'identity', 'title', 'policy'] as const), author)
  }

  /** Mostly what could be allowed, and at times anything. */
  #change(kind: ChangeSpec['kind'], author: AuthorSpec): ChangeSpec {
    const isWild = this.#roll(8) === 0
    const isMember = (user: string): boolean => this.#model.users.get(user)?.member !== undefined
    const some = USERS.filter((one) => isWild || isMember(one) === (kind !== 'add'))
    const user = this.#roll(4) === 0 ? author.user : this.#pick(some.length > 0 ? some : USERS)
    const member = this.#model.users.get(user)?.member
    const last = [{ device: 1, distribution: UUID, iteration: this.#roll(50) }]
    const account = isWild ? this.#roll(ACCOUNTS) : (member?.account ?? 0)
    switch (kind) {
      case 'title':
        return { kind, hash: new Uint8Array(32).fill(this.#roll(4)) }
      case 'policy': {
        const policy = { writers: this.#pick(['everyone', 'admins'] as const), adders: this.#pick(['admins', 'everyone'] as const) }
        return { kind, policy: { ...policy, messages: 1_000, days: 7 } }
      }
      case 'remove':
        return { kind, user, last }
      case 'add': {
        const role = this.#pick(['member', 'admin'] as const)
        return { kind, user, role, account, lists: role === 'admin' ? this.#lists(undefined, account, isWild) : [] }
      }
      case 'role': {
        const isSame = this.#roll(8) === 0
        const role = (member?.role === 'admin') === isSame ? 'admin' : 'member'
        if (role === 'member') return { kind, user, role, lists: [], last }
        const lists = member?.list !== undefined && this.#roll(2) === 0 ? [] : this.#lists(member?.list, account, isWild)
        return { kind, user, role, lists, last: [] }
      }
      case 'devices':
        return { kind, user, lists: this.#lists(member?.list, account, isWild) }
      case 'identity': {
        const next = (account + 1 + this.#roll(ACCOUNTS - (isWild ? 0 : 1))) % ACCOUNTS
        const isBare = member?.list === undefined && this.#roll(4) > 0
        const by = this.#pick(['account', 'recovery', 'none'] as const)
        const from = this.#roll(3) === 0 ? (member?.origin ?? account) : account
        const move = by === 'none' || isBare ? undefined : { by, from, isForged: isWild && this.#roll(2) === 0 }
        return { kind, user, account: next, lists: isBare ? [] : this.#lists(undefined, next, isWild), move, last }
      }
    }
  }

  /** Lists that follow each other, or do not. */
  #lists(held: ListSpec | undefined, account: number, isWild: boolean): readonly ListSpec[] {
    const from = held === undefined ? this.#roll(LISTS) : held.index + this.#pick([-1, 0, 1, 1, 1, 1, 2, 2])
    const start = isWild ? this.#roll(LISTS) : Math.max(0, Math.min(LISTS - 1, from))
    const count = 1 + this.#roll(2)
    const found = Array.from({ length: count }, (_, i) => ({ account, index: Math.min(LISTS - 1, start + i) }))
    return this.#roll(isWild ? 2 : 24) === 0 ? found.map((one) => ({ ...one, isForged: true })) : found
  }

  #say(author: AuthorSpec, changes: readonly ChangeSpec[], fault: Command['fault']): void {
    const { roster } = this.#all
    const after = nextModel(this.#model, changes)
    const state = stateOf(after, NAMES)
    const old = this.#heads[this.#roll(this.#heads.length)] as Bytes
    const place = {
      group: fault === 'another group' ? new Uint8Array(32) : roster.group,
      epoch: roster.epoch + (fault === 'later epoch' ? 2 : 1),
      previous: fault === 'on an old head' ? old : roster.head,
    }
    const result = fault === 'another result' ? new Uint8Array(32) : hashOfRoster(state)
    const fields = { author: authorOf(author), timestamp: ISSUED, changes: changes.map(changeOf) }
    const written = encodeRosterEntry({ ...fields, place, result })
    const signed = fault === 'unknown' ? concatBytes(written, Uint8Array.of(0x78, 1)) : written
    const key = keyNamed(fault === 'signed by another' ? 'relay' : deviceName(author))
    const signature = sign(key.privateKey, concatBytes(LABEL, signed))
    const entry = parseRosterEntry(serializeRosterEntry({ signed, signature }))
    const isMeant = mayChange(this.#model, author, changes)
    const isSound = fault === 'none' || (fault === 'on an old head' && equalBytes(old, roster.head))
    this.#compare({ entry, after, state, fields, author, isMeant, isSound })
  }

  #compare({ entry, after, state, fields, author, isMeant, isSound }: Said): void {
    const { roster } = this.#all
    const before = { users: new Map(this.#all.users), pages: new Map(this.#all.pages), model: this.#model }
    const next = finished(applyEntry(roster, entry, this.#all.reader))
    const told = next.refusal ?? 'applied'
    this.#tally.count(told)
    const story = (): string => `${told} to ${JSON.stringify({ author, isMeant, isSound, changes: entry.changes.map(({ kind }) => kind) })}`
    if ((next.refusal === undefined) !== (isMeant && isSound)) expect.fail(story())
    if (isMeant && !entry.isKnown && told !== 'group-needs-update') expect.fail(story())
    if (!isMeant && told === 'entry-wrong-result' && entry.isKnown && isSound) expect.fail(`no rule: ${story()}`)
    const own = { identity: keyNamed(deviceName(author)), random, reader: this.#all.reader }
    if (isSound && entry.isKnown && this.#roll(4) === 0) {
      // Whoever signs by the code signs what is applied, and nothing else.
      const signed = finished(signEntry(roster, fields, own))
      if ((signed.refusal ?? 'applied') !== told) expect.fail(`signed ${signed.refusal}, ${story()}`)
    }
    if (next.refusal !== undefined) {
      // A refused entry changes nothing.
      must(roster === this.#all.roster && sameEntries(before.users, this.#all.users) && sameEntries(before.pages, this.#all.pages), story)
      return
    }
    this.#all.take(next)
    this.#model = after
    this.chain.push(entry)
    this.#heads.push(next.roster.head)
    must(equalBytes(hashOfRoster(state), hashOfRoster(next.roster)), () => 'the root is that of all users')
    this.#checkApplied(entry, author, before.model)
  }

  /** What must hold whatever the rules are written like. */
  #checkApplied(entry: RosterEntry, author: AuthorSpec, before: ModelRoster): void {
    const { roster } = this.#all
    must(roster.admins > 0, () => 'an admin remains')
    must(roster.cut >= before.cut, () => 'cut never goes back')
    const me = before.users.get(author.user)?.member
    for (const change of entry.changes) {
      if (!('user' in change) || change.kind === 'add' || change.kind === 'devices' || change.user === author.user) continue
      const target = before.users.get(change.user)?.member
      const isRise = change.kind === 'role' && change.role === 'admin'
      if (isRise || (change.kind === 'identity' && change.move !== undefined) || target?.role !== 'admin') continue
      must(target.roleSince > (me?.roleSince ?? 0), () => 'no junior removes a senior')
    }
  }

  /** Whoever comes later and applies all comes to the same, and what is kept is read as it was written. */
  replay(): void {
    const [first, ...rest] = this.chain as [RosterEntry, ...RosterEntry[]]
    const begun = applyGenesis(first)
    if (begun.refusal !== undefined) throw new Error(begun.refusal)
    const other = new RosterInMemory(begun)
    for (const entry of rest) expect(other.apply(parseRosterEntry(entry.serialized))).toBe('applied')
    expect(toHex(encodeRosterHead(other.roster))).toBe(toHex(encodeRosterHead(this.#all.roster)))
    expect(parseRosterHead(encodeRosterHead(other.roster))).toEqual(other.roster)
    for (const user of other.users.values())
      expect(toHex(encodeRosterUser(parseRosterUser(encodeRosterUser(user))))).toBe(toHex(encodeRosterUser(user)))
    for (const [path, page] of other.pages) expect(toHex(this.#all.pages.get(path) as Bytes)).toBe(toHex(page))
  }
}

interface Said {
  readonly entry: RosterEntry
  readonly after: ModelRoster
  readonly state: RosterState
  readonly fields: Parameters<typeof signEntry>[1]
  readonly author: AuthorSpec
  readonly isMeant: boolean
  readonly isSound: boolean
}

function authorOf(author: AuthorSpec): { readonly user: string; readonly device: number; readonly identityKey: IdentityKey } {
  return { user: author.user, device: author.device, identityKey: publicKeyNamed(deviceName(author)) }
}

/** An `expect` that is cheap enough for a million calls. */
function must(holds: boolean, what: () => string): void {
  if (!holds) expect.fail(`not so: ${what()}`)
}

function sameEntries(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value)
}

const KINDS = ['add', 'add', 'remove', 'role', 'role', 'devices', 'identity', 'identity', 'title', 'policy'] as const
const FAULTS = ['signed by another', 'on an old head', 'later epoch', 'another result', 'unknown', 'another group'] as const
const command: fc.Arbitrary<Command> = fc.record({
  who: fc.nat(100),
  device: fc.nat(100),
  what: fc.constantFrom(...KINDS),
  more: fc.constantFrom(0, 0, 0, 1, 2),
  dice: fc.array(fc.nat(1_000), { minLength: 16, maxLength: 16 }),
  fault: fc.constantFrom(...Array.from({ length: 18 }, () => 'none' as const), ...FAULTS),
})

it('row 51: worlds of entries: the rules alone decide, roots agree with those from scratch, an admin remains, no junior removes a senior', {
  timeout: 24 * 3_600_000,
}, () => {
  const tally = new Tally()
  fc.assert(
    fc.property(fc.array(command, { minLength: COMMANDS, maxLength: COMMANDS, size: 'max' }), (commands) => {
      const world = new World(tally)
      for (const one of commands) world.run(one)
      world.replay()
      tally.count('worlds')
    }),
    // Whether a fault is noticed is all that is asked where one was put in.
    { numRuns: WORLDS, seed, endOnFailure: process.env.BISIK_FAULT !== undefined },
  )
  console.log(`row 51: seed ${seed}, ${[...tally.counts].map(([what, count]) => `${what} ${count}`).join(', ')}`)
  const all = WORLDS * COMMANDS
  // A world in which nothing happens shows nothing.
  expect(tally.get('applied')).toBeGreaterThan(all / 8)
  const refusals = ['author-lacks-right', 'not-senior', 'device-not-in-roster', 'removal-mixed', 'last-admin', 'change-without-effect']
  const places = [
    'entry-wrong-group',
    'entry-wrong-epoch',
    'entry-wrong-previous',
    'entry-wrong-result',
    'entry-unsigned',
    'group-needs-update',
  ]
  const members = ['author-not-member', 'already-member', 'not-a-member', 'list-missing']
  const ofLists = ['list-unsigned', 'list-wrong-account', 'list-gap', 'list-rolled-back']
  for (const what of [...refusals, ...places, ...members, ...ofLists]) expect(tally.get(what), what).toBeGreaterThan(all / 10_000)
})
