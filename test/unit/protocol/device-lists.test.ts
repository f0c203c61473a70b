import { describe, expect, it } from 'vitest'
import { equalBytes, toHex } from '../../../src/bytes.js'
import { epochMillis } from '../../../src/env.js'
import { hashOfKey, hashOfList, type ListRefusal } from '../../../src/protocol/identity/device-list.js'
import { applyDeviceList, type HeldLists, listedDevices, nameOfList } from '../../../src/protocol/identity/held-lists.js'
import { joinsForks, nextDeviceList } from '../../../src/protocol/identity/next-list.js'
import { applyDeviceStamp, isListStale, signDeviceStamp } from '../../../src/protocol/identity/stamps.js'
import { MAX_KNOWN_LISTS } from '../../../src/protocol/limits.js'
import type { DeviceList } from '../../../src/wire/device-list.js'
import { usedWith } from '../../../src/wire/device-list.js'
import { holding, ISSUED, keyNamed, listOf, over, publicKeyNamed } from '../../support/devices.js'
import { seededRandom } from '../../support/random.js'

const PHONE = { device: 1, name: 'phone', admin: true }
const LAPTOP = { device: 2, name: 'laptop', admin: true }
const TABLET = { device: 3, name: 'tablet' }
const first = listOf({ devices: [PHONE, LAPTOP, TABLET] })
const second = over([first], { add: [{ device: 4, name: 'watch' }] })

const inOrder = (a: string, b: string): number => (a < b ? -1 : 1)

/** Applies lists one after the other, each of which must be accepted. */
function holdingAll(...lists: readonly DeviceList[]): HeldLists {
  let held: HeldLists | undefined
  for (const list of lists) {
    const applied = applyDeviceList(held, list)
    expect(applied.refusal).toBeUndefined()
    held = applied.held
  }
  return held as HeldLists
}
const numbers = (held: HeldLists | undefined): number[] => (held === undefined ? [] : listedDevices(held).map(({ device }) => device))
const refusalOf = (held: HeldLists | undefined, list: DeviceList): ListRefusal | undefined => {
  const applied = applyDeviceList(held, list)
  // A gap, and where an old list stands, is remembered.
  if (applied.refusal !== 'list-gap' && applied.refusal !== 'list-rolled-back') expect(applied.held).toBe(held)
  return applied.refusal
}

describe('row 40: a list of devices is refused', () => {
  it('list-unsigned, if the account key did not sign it', () => {
    expect(refusalOf(holding(first), over([first], { remove: [3], signedBy: { account: 'relay' } }))).toBe('list-unsigned')
    expect(refusalOf(undefined, listOf({ devices: [PHONE], signedBy: { account: 'relay' } }))).toBe('list-unsigned')
  })

  it('list-unsigned, if its signer did not sign it, though the account key did: a removed admin has that', () => {
    expect(refusalOf(holding(first), over([first], { remove: [3], signedBy: { device: 'thief' } }))).toBe('list-unsigned')
  })

  it('list-unsigned, if a byte of it was altered', () => {
    const altered = { ...second, signed: second.signed.map((byte, i) => (i === 200 ? byte ^ 1 : byte)) }
    expect(refusalOf(holding(first), altered)).toBe('list-unsigned')
  })

  it('list-wrong-account, if it is of another user, lineage, account key or recovery key', () => {
    const devices = [PHONE]
    const next = { version: 2, previous: [hashOfList(first)] }
    const held = holding(first)
    expect(refusalOf(held, listOf({ devices, ...next, user: 'bob' }))).toBe('list-wrong-account')
    expect(refusalOf(held, listOf({ devices, ...next, lineage: new Uint8Array(32) }))).toBe('list-wrong-account')
    expect(refusalOf(held, listOf({ devices, ...next, recovery: new Uint8Array(32) }))).toBe('list-wrong-account')
    expect(refusalOf(held, listOf({ devices, ...next, account: 'impostor', lineage: first.lineage }))).toBe('list-wrong-account')
  })

  it("list-wrong-account, if an account's first list claims the lineage of another", () => {
    expect(refusalOf(undefined, listOf({ devices: [PHONE], account: 'impostor', lineage: first.lineage }))).toBe('list-wrong-account')
  })

  it('list-rolled-back, if what is held descends from it', () => {
    const held = holdingAll(first, second)
    expect(refusalOf(held, first)).toBe('list-rolled-back')
    expect(refusalOf(holding(second), first)).toBe('list-rolled-back')
  })

  it('list-rolled-back, if it is no newer and nothing is known of what it descends from', () => {
    const foreign = listOf({ devices: [PHONE], version: 2, previous: [new Uint8Array(32)] })
    expect(refusalOf(holdingAll(first, second), foreign)).toBe('list-rolled-back')
  })

  it('list-gap, if nothing that it takes the place of is known, and until then it takes devices away only', () => {
    const removed = over([second], { remove: [3], add: [{ device: 5, name: 'desk' }] })
    const applied = applyDeviceList(holding(first), removed)
    expect(applied.refusal).toBe('list-gap')
    expect(numbers(applied.held)).toEqual([1, 2])
    const filled = applyDeviceList(applied.held, second)
    expect(filled.refusal).toBeUndefined()
    expect(filled.held?.ahead).toBeUndefined()
    expect(numbers(filled.held)).toEqual([1, 2, 4, 5])
  })

  it('signer-not-admin, if it is no admin of the list itself', () => {
    expect(refusalOf(undefined, listOf({ devices: [TABLET, PHONE].reverse(), signer: 3 }))).toBe('signer-not-admin')
    expect(refusalOf(holding(first), over([first], { signer: 9, signedBy: { device: 'phone' } }))).toBe('signer-not-admin')
  })

  it('signer-not-admin, if it is no admin of the list that is held, whatever it says of itself', () => {
    const crowned = over([first], { signer: 3, add: [{ ...TABLET, admin: true }] })
    expect(refusalOf(holding(first), crowned)).toBe('signer-not-admin')
  })

  it('signer-not-admin, if a removed admin signs with the account key that it still has, on any list', () => {
    const removed = over([second], { remove: [2] })
    const held = holdingAll(first, second, removed)
    for (const base of [first, second, removed]) {
      const list = over([base], { signer: 2, add: [LAPTOP, { device: 9, name: 'thief' }], version: 99 })
      expect(refusalOf(held, list)).toBe('signer-not-admin')
    }
  })

  it('signer-not-admin, if it is an admin in one branch of a fork and not in another', () => {
    const demoted = over([first], { add: [{ ...LAPTOP, admin: false }] })
    const other = over([first], { signer: 2, remove: [3] })
    expect(refusalOf(holdingAll(first, demoted), other)).toBe('signer-not-admin')
  })

  it('signer-not-admin, if it is one under another key', () => {
    const rekeyed = over([first], { add: [{ ...PHONE, name: 'other phone' }] })
    expect(refusalOf(holding(first), rekeyed)).toBe('signer-not-admin')
  })

  it('signer-not-admin, if a newer list that waits for those between removed the signer, and it would get rid of that list', () => {
    const between = over([first], { add: [{ device: 4, name: 'watch' }] })
    const removal = over([between], { remove: [2] })
    const { held } = applyDeviceList(holding(first), removal)
    expect(refusalOf(held, over([first], { signer: 2, remove: [1] }))).toBe('signer-not-admin')
    const rogue = applyDeviceList(held, over([first], { signer: 2, add: [{ device: 9, name: 'thief' }] }))
    expect(numbers(rogue.held)).toEqual([1, 3])
    expect(numbers(applyDeviceList(rogue.held, between).held)).toEqual([1, 3, 4])
  })

  it('device-id-reused, if a removed device is listed again, or another under its number', () => {
    const held = holdingAll(first, over([first], { remove: [3] }))
    const [tip] = held.tips as [DeviceList]
    expect(refusalOf(held, over([tip], { add: [TABLET] }))).toBe('device-id-reused')
    expect(refusalOf(held, over([tip], { add: [{ device: 3, name: 'thief' }] }))).toBe('device-id-reused')
  })

  it('device-id-reused, if a device that is listed gets another key', () => {
    expect(refusalOf(holding(first), over([first], { add: [{ ...TABLET, name: 'thief' }] }))).toBe('device-id-reused')
  })

  it('device-id-reused, if it forgets which numbers were given', () => {
    const held = holdingAll(first, over([first], { remove: [3] }))
    const [tip] = held.tips as [DeviceList]
    expect(refusalOf(held, over([tip], { used: usedWith([], [1, 2]) }))).toBe('device-id-reused')
  })

  it("no-consent, if a device did not agree: nobody lists another's device as his own", () => {
    const ofBob = listOf({ devices: [{ ...PHONE, account: 'other account' }] })
    expect(refusalOf(undefined, ofBob)).toBe('no-consent')
    for (const wrong of [{ user: 'bob' }, { account: 'bob' }]) {
      expect(refusalOf(holding(first), over([first], { add: [{ device: 5, name: 'desk', ...wrong }] }))).toBe('no-consent')
    }
  })

  it('no-consent, if a device agreed to another number or registration id', () => {
    const list = over([first], { add: [{ device: 5, name: 'desk' }] })
    for (const number of [3, 5]) {
      for (const change of [{ registrationId: 7 }, { capabilities: 1 }, { device: 6 }]) {
        const devices = list.devices.map((one) => (one.device === number ? { ...one, ...change } : one))
        expect(refusalOf(holding(first), { ...list, devices })).toBe('no-consent')
      }
    }
  })

  it('list-forked, if four branches are open already', () => {
    const branches = [5, 6, 7, 8, 9].map((device) => over([first], { add: [{ device, name: `device ${device}` }] }))
    const held = holdingAll(first, ...branches.slice(0, 4))
    expect(refusalOf(held, branches[4] as DeviceList)).toBe('list-forked')
    const join = over(held.tips, {})
    expect(
      numbers(holdingAll(first, ...branches.slice(0, 4), join, branches[4] as DeviceList, over([join, branches[4] as DeviceList], {}))),
    ).toEqual([1, 2, 3, 5, 6, 7, 8, 9])
  })
})

describe('row 40: a fork', () => {
  const left = over([first], { add: [{ device: 4, name: 'watch' }] })
  const right = over([first], { signer: 2, remove: [3] })

  it('of two honest admins leaves the devices that stand in all branches, and the lowest admin joins it', () => {
    for (const held of [holdingAll(first, left, right), holdingAll(first, right, left)]) {
      expect(held.tips.map(nameOfList)).toEqual([left, right].map(nameOfList).sort(inOrder))
      expect(numbers(held)).toEqual([1, 2])
      expect(joinsForks(held)).toBe(1)
      const join = over(held.tips, {})
      expect(numbers(applyDeviceList(held, join).held)).toEqual([1, 2, 4])
    }
  })

  it('is joined also for whoever held one branch, and the branch that comes later is old', () => {
    const join = over([left, right], {})
    const held = holdingAll(first, left, join)
    expect(held.tips).toEqual([join])
    expect(refusalOf({ ...held, known: new Map(held.known) }, first)).toBe('list-rolled-back')
    const late = applyDeviceList(held, right)
    expect(late.refusal).toBe('list-rolled-back')
    expect(late.held?.tips).toEqual([join])
  })

  it('goes with the admin whom a branch removes, and with what others built on his', () => {
    const rogue = over([first], { signer: 2, add: [{ device: 9, name: 'thief', admin: true }] })
    const built = over([rogue], { signer: 9, add: [{ device: 10, name: 'second thief' }] })
    const removal = over([first], { remove: [2] })
    for (const held of [holdingAll(first, rogue, built, removal), holdingAll(first, removal)]) {
      expect(held.tips).toEqual([removal])
      expect(numbers(held)).toEqual([1, 3])
      expect(refusalOf(held, rogue)).toBe('signer-not-admin')
    }
  })

  it('in which two devices got one number keeps the lower key, and names the other', () => {
    const names = ['one', 'two'].sort((a, b) => (toHex(publicKeyNamed(a)) < toHex(publicKeyNamed(b)) ? -1 : 1)) as [string, string]
    const a = over([first], { add: [{ device: 4, name: names[1] }] })
    const b = over([first], { signer: 2, add: [{ device: 4, name: names[0] }] })
    expect(numbers(holdingAll(first, a, b))).toEqual([1, 2, 3])
    const { displaced, devices } = nextDeviceList({ tips: [a, b] })
    expect(displaced.map(({ identityKey }) => toHex(identityKey))).toEqual([toHex(publicKeyNamed(names[1]))])
    expect(devices.map(({ device }) => device)).toEqual([1, 2, 3, 4])
    const join = over([a, b], {})
    for (const held of [holdingAll(first, a, b, join), holdingAll(first, a, join), holdingAll(first, b, join)]) {
      expect(listedDevices(held).find(({ device }) => device === 4)?.identityKey).toEqual(publicKeyNamed(names[0]))
    }
    const higher = over([a, b], { add: [{ device: 4, name: names[1] }] })
    expect(refusalOf(holdingAll(first, b), higher)).toBe('device-id-reused')
  })

  it('in which an admin has a number that another branch gave to a lower key goes on, and ends with a join that leaves him out', () => {
    const names = ['one', 'two'].sort((a, b) => (toHex(publicKeyNamed(a)) < toHex(publicKeyNamed(b)) ? -1 : 1)) as [string, string]
    const given = over([first], { signer: 2, add: [{ device: 4, name: names[1], admin: true }] })
    const byHim = over([given], { signer: 4, remove: [3] })
    const other = over([first], { add: [{ device: 4, name: names[0] }] })
    const held = holdingAll(first, given, byHim, other)
    expect(held.tips.map(nameOfList).sort(inOrder)).toEqual([byHim, other].map(nameOfList).sort(inOrder))
    expect(nextDeviceList({ tips: [given, other] }).displaced.map(({ admin }) => admin)).toEqual([false])
    const join = over([given, other], {})
    expect(applyDeviceList(held, join).held?.tips).toEqual([join])
  })

  it('of two admins who removed each other stays as it was heard first', () => {
    const [a, b] = [over([first], { remove: [2] }), over([first], { signer: 2, remove: [1] })]
    expect(refusalOf(holdingAll(first, a), b)).toBe('signer-not-admin')
    expect(refusalOf(holdingAll(first, b), a)).toBe('signer-not-admin')
  })

  it('joined over lists that come later is understood once they come', () => {
    const further = over([left], { add: [{ device: 5, name: 'desk' }] })
    const join = over([further, right], {})
    // Of the join `right` alone is known: it does not seem to come after `left`.
    const held = holdingAll(first, left, right, join)
    expect(held.tips.map(nameOfList).sort(inOrder)).toEqual([left, join].map(nameOfList).sort(inOrder))
    const learnt = applyDeviceList(held, further)
    expect(learnt.refusal).toBeUndefined()
    expect(learnt.held?.tips).toEqual([join])
  })

  it('in which a newer list waits for one whose signer another branch does not know: the newer one vouches for it', () => {
    const desk = over([first], { signer: 2, add: [{ device: 5, name: 'desk', admin: true }] })
    const byDesk = over([desk], { signer: 5, remove: [3] })
    const newer = over([byDesk], {})
    const { held } = applyDeviceList(holdingAll(first, left, desk), newer)
    const filled = applyDeviceList(held, byDesk)
    expect(filled.refusal).toBeUndefined()
    expect(filled.held?.tips.map(nameOfList).sort(inOrder)).toEqual([left, newer].map(nameOfList).sort(inOrder))
  })

  it('in which a newer list waits for one of a removed admin: neither is believed once that is seen', () => {
    const start = listOf({ devices: [PHONE, LAPTOP, { ...TABLET, admin: true }] })
    const removal = over([start], { remove: [2] })
    const rogue = over([start], { signer: 2, add: [{ device: 9, name: 'thief' }] })
    const built = over([rogue, over([start], { signer: 3 })], { signer: 3 })
    const { held, refusal } = applyDeviceList(holdingAll(start, removal), built)
    expect(refusal).toBe('list-gap')
    const seen = applyDeviceList(held, rogue)
    expect(seen.refusal).toBe('signer-not-admin')
    expect(seen.held?.tips).toEqual([removal])
    expect(seen.held?.ahead).toBeUndefined()
  })

  it('that was joined with the work of a removed admin goes once that is seen', () => {
    const start = listOf({ devices: [PHONE, LAPTOP, { ...TABLET, admin: true }] })
    const removal = over([start], { remove: [2] })
    const rogue = over([start], { signer: 2, add: [{ device: 9, name: 'thief' }] })
    const honest = over([start], { signer: 3 })
    const joint = over([rogue, honest], { signer: 3 })
    const held = holdingAll(start, removal, honest, joint)
    expect(numbers(held)).toEqual([1, 3])
    const seen = applyDeviceList(held, rogue)
    expect(seen.held?.tips).toEqual([removal])
  })

  it('whose missing list is malformed teaches nothing', () => {
    const further = over([left], { add: [{ device: 5, name: 'desk' }], signer: 5 })
    const held = holdingAll(first, left, right, over([further, right], { signer: 1 }))
    expect(refusalOf(held, further)).toBe('signer-not-admin')
  })
})

describe('row 40: an account of one device', () => {
  const alone = listOf({ devices: [{ device: 1, name: 'account', admin: true }] })
  const rekeyed = over([alone], { add: [{ device: 1, name: 'phone', admin: true }] })

  it("has that device's key as account key, and the device takes one of its own, once", () => {
    const held = holdingAll(alone, rekeyed)
    expect(equalBytes(hashOfKey(publicKeyNamed('account')), rekeyed.lineage)).toBe(true)
    expect(listedDevices(held).map(({ identityKey }) => identityKey)).toEqual([publicKeyNamed('phone')])
    expect(refusalOf(held, over([rekeyed], { add: [{ device: 1, name: 'third', admin: true }] }))).toBe('signer-not-admin')
    expect(refusalOf(held, over([rekeyed], { add: [{ device: 1, name: 'account', admin: true }] }))).toBe('signer-not-admin')
    expect(numbers(holdingAll(alone, rekeyed, over([rekeyed], { add: [LAPTOP] })))).toEqual([1, 2])
  })
})

describe('row 40: what is remembered', () => {
  it('of a long history is bounded, and a join heals what was forgotten', () => {
    const lists = [first]
    for (let i = 0; i < MAX_KNOWN_LISTS + 3; i++) lists.push(over([lists[i] as DeviceList], { issuedAt: epochMillis(i) }))
    const held = holdingAll(...lists)
    expect(held.known.size).toBe(MAX_KNOWN_LISTS)
    const old = over([lists[1] as DeviceList], { signer: 2, remove: [3] })
    expect(refusalOf(held, old)).toBe('list-rolled-back')
    expect(numbers(applyDeviceList(held, over([held.tips[0] as DeviceList, old], {})).held)).toEqual([1, 2])
  })
})

describe('row 40: a stamp', () => {
  const day = 24 * 60 * 60 * 1000
  const held = holdingAll(first, second)
  const stamp = (fields: {
    readonly list?: DeviceList
    readonly signer?: number
    readonly by?: string
    readonly at?: number
    readonly version?: number
  }) => {
    const { list = second, signer = 1, by = 'phone', at = 0, version = list.version } = fields
    const issuedAt = epochMillis(ISSUED + at)
    return signDeviceStamp({ list: hashOfList(list), version, signer, issuedAt }, keyNamed(by), seededRandom('stamp'))
  }
  const judge = (fields: Parameters<typeof stamp>[0], now = ISSUED): ListRefusal | undefined => {
    const applied = applyDeviceStamp(held, stamp(fields), epochMillis(now))
    if (applied.refusal !== undefined) expect(applied.held).toBe(held)
    return applied.refusal
  }

  it('of any admin keeps a list fresh for 35 days', () => {
    const later = ISSUED + 40 * day
    expect(isListStale(held, epochMillis(ISSUED + 35 * day))).toBe(false)
    expect(isListStale(held, epochMillis(ISSUED + 35 * day + 1))).toBe(true)
    const { held: stamped } = applyDeviceStamp(held, stamp({ signer: 2, by: 'laptop', at: 30 * day }), epochMillis(later))
    expect(isListStale(stamped, epochMillis(later))).toBe(false)
    expect(applyDeviceStamp(stamped, stamp({ at: 10 * day }), epochMillis(later)).held).toBe(stamped)
  })

  it('stamp-early, if it is dated more than a day ahead, and neither it nor such a list keeps anything fresh', () => {
    expect(judge({ at: day })).toBeUndefined()
    expect(judge({ at: day + 1 })).toBe('stamp-early')
    expect(isListStale(held, epochMillis(ISSUED - day))).toBe(false)
    expect(isListStale(held, epochMillis(ISSUED - day - 1))).toBe(true)
  })

  it('signer-not-admin, list-unsigned, list-rolled-back, head-differs, as its fault is', () => {
    expect(judge({ signer: 3, by: 'tablet' })).toBe('signer-not-admin')
    expect(judge({ signer: 9, by: 'tablet' })).toBe('signer-not-admin')
    expect(judge({ by: 'laptop' })).toBe('list-unsigned')
    expect(judge({ version: 9 })).toBe('list-unsigned')
    expect(judge({ list: first })).toBe('list-rolled-back')
    expect(judge({ list: over([second], {}) })).toBe('head-differs')
  })

  it('of an admin whom another branch removed is refused', () => {
    const demoted = over([first], { add: [{ ...LAPTOP, admin: false }] })
    const forked = holdingAll(first, second, demoted)
    const { refusal } = applyDeviceStamp(forked, stamp({ signer: 2, by: 'laptop' }), ISSUED)
    expect(refusal).toBe('signer-not-admin')
  })
})
