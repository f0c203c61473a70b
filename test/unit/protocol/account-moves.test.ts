import { describe, expect, it } from 'vitest'
import {
  applyAccountMove,
  applyUserList,
  devicesOfUser,
  type HeldUser,
  settleAccountMoves,
  signAccountMove,
  signRecoveryMove,
} from '../../../src/protocol/identity/account-moves.js'
import { hashOfKey, hashOfList } from '../../../src/protocol/identity/device-list.js'
import { MAX_PAST_ACCOUNTS } from '../../../src/protocol/limits.js'
import type { DeviceList } from '../../../src/wire/device-list.js'
import type { AccountMove } from '../../../src/wire/device-proofs.js'
import { ISSUED, keyNamed, listOf, type NamedDevice, over, publicKeyNamed } from '../../support/devices.js'
import { seededRandom } from '../../support/random.js'

const PHONE = { device: 1, name: 'phone', admin: true }
const LAPTOP = { device: 2, name: 'laptop', admin: true }
const recovery = hashOfKey(publicKeyNamed('recovery'))
const first = listOf({ devices: [PHONE, LAPTOP], recovery })
const random = seededRandom('moves')

/** The first list of another account key. */
function nextAccount(
  account: string,
  before: DeviceList,
  devices: readonly NamedDevice[] = [{ device: 1, name: `phone of ${account}`, admin: true }],
): DeviceList {
  const { lineage } = before
  const listed = devices.map((device) => ({ account: 'account', ...device }))
  return listOf({
    devices: listed,
    account,
    accountKey: publicKeyNamed(account),
    lineage,
    version: before.version + 1,
    previous: [hashOfList(before)],
  })
}

interface Signing {
  readonly by?: string
  readonly signer?: number
  readonly from?: string
  /** Whose key signs as account key, where it is not that of `from`. */
  readonly account?: string
  readonly list?: DeviceList
}

/** A move to a list, by an admin. */
function moveTo(list: DeviceList, { by = 'phone', signer = 1, from = 'account', account = from }: Signing = {}): AccountMove {
  const fields = {
    user: list.user,
    lineage: list.lineage,
    accountKey: publicKeyNamed(from),
    list: hashOfList(list),
    signer,
    issuedAt: ISSUED,
  }
  return signAccountMove(fields, { account: keyNamed(account), device: keyNamed(by) }, random)
}

function recoveryTo(list: DeviceList, { by = 'recovery', from = 'account' }: Signing = {}): AccountMove {
  const fields = { user: list.user, lineage: list.lineage, accountKey: publicKeyNamed(from), list: hashOfList(list), issuedAt: ISSUED }
  return signRecoveryMove(fields, keyNamed(by), random)
}

const held = applyUserList(undefined, first).held as HeldUser
const own = nextAccount('next', first)
const stolen = nextAccount('thief', first)
const accountOf = (user: HeldUser): Uint8Array => (user.lists.tips[0] as DeviceList).accountKey

/** Moves that must be accepted, one after the other. */
function moved(from: HeldUser, ...steps: readonly (readonly [AccountMove, DeviceList])[]): HeldUser {
  return steps.reduce((user, [move, list]) => {
    const result = applyAccountMove(user, move, list)
    expect(result.refusal).toBeUndefined()
    return result.held
  }, from)
}

describe('row 40: a move to another account key', () => {
  it('is accepted of the account key before and an admin, keeps the lineage, and ends the lists before', () => {
    const user = moved(held, [moveTo(own), own])
    expect(accountOf(user)).toEqual(publicKeyNamed('next'))
    expect(devicesOfUser(user).map(({ identityKey }) => identityKey)).toEqual([publicKeyNamed('phone of next')])
    expect(applyUserList(user, over([first], {})).refusal).toBe('list-wrong-account')
    expect(applyAccountMove(user, moveTo(own), own)).toEqual({ held: user, refusal: undefined })
    const devices = [{ device: 1, name: 'phone of next', admin: true, account: 'account' }]
    expect(applyUserList(user, over([own], { devices })).refusal).toBeUndefined()
  })

  it('signer-not-admin, if a device that is no admin any more signed, with the account key that it still has', () => {
    const removed = applyUserList(held, over([first], { remove: [2] })).held as HeldUser
    expect(applyAccountMove(removed, moveTo(stolen, { by: 'laptop', signer: 2 }), stolen)).toEqual({
      held: removed,
      refusal: 'signer-not-admin',
    })
  })

  it('list-unsigned, if one of its signatures does not hold', () => {
    expect(applyAccountMove(held, moveTo(own, { by: 'thief' }), own).refusal).toBe('list-unsigned')
    expect(applyAccountMove(held, moveTo(own, { account: 'thief' }), own).refusal).toBe('list-unsigned')
    const good = moveTo(own)
    const forged = { ...good, signed: good.signed.map((byte, i) => (i === good.signed.length - 1 ? byte ^ 1 : byte)) }
    expect(applyAccountMove(held, forged, own).refusal).toBe('list-unsigned')
    expect(applyAccountMove(held, recoveryTo(own, { by: 'thief' }), own).refusal).toBe('list-unsigned')
  })

  it('list-unsigned, no-consent, signer-not-admin, if the first list itself is at fault', () => {
    const strange = nextAccount('next', first, [{ device: 1, name: 'phone', admin: true, account: 'other' }])
    expect(applyAccountMove(held, moveTo(strange), strange).refusal).toBe('no-consent')
    const idle = nextAccount('next', first, [{ device: 1, name: 'phone' }])
    expect(applyAccountMove(held, moveTo(idle), idle).refusal).toBe('signer-not-admin')
    const unsigned = { ...own, accountSignature: stolen.accountSignature }
    expect(applyAccountMove(held, moveTo(own), unsigned).refusal).toBe('list-unsigned')
  })

  it('list-wrong-account, if it is from another account key, to another list, lineage or user, or back to an earlier key', () => {
    const wrong = (move: AccountMove, list: DeviceList, user = held): unknown => applyAccountMove(user, move, list).refusal
    expect(wrong(moveTo(own, { from: 'other' }), own)).toBe('list-wrong-account')
    expect(wrong(moveTo(own), stolen)).toBe('list-wrong-account')
    const ofBob = listOf({ devices: [{ ...PHONE, user: 'bob', account: 'account' }], user: 'bob', account: 'next', lineage: first.lineage })
    expect(wrong(moveTo(ofBob), ofBob)).toBe('list-wrong-account')
    const other = listOf({ devices: [PHONE], account: 'next' })
    expect(wrong(moveTo(other), other)).toBe('list-wrong-account')
    const back = nextAccount('account', own)
    expect(wrong(moveTo(back, { from: 'next', by: 'phone of next' }), back, moved(held, [moveTo(own), own]))).toBe('list-wrong-account')
  })

  it('moved-twice, if two account keys follow one: nothing is sent until the user decides', () => {
    const user = moved(held, [moveTo(own), own])
    const twice = applyAccountMove(user, moveTo(stolen, { by: 'laptop', signer: 2 }), stolen)
    expect(twice.refusal).toBe('moved-twice')
    expect(devicesOfUser(twice.held)).toEqual([])
    expect(accountOf(settleAccountMoves(twice.held, false))).toEqual(publicKeyNamed('next'))
    expect(accountOf(settleAccountMoves(twice.held, true))).toEqual(publicKeyNamed('thief'))
    expect(devicesOfUser(settleAccountMoves(twice.held, true)).length).toBe(1)
  })

  it('moved-twice, is not ended by moving on, nor by a third move', () => {
    const twice = applyAccountMove(moved(held, [moveTo(stolen), stolen]), moveTo(own), own).held
    const further = nextAccount('thief again', stolen)
    for (const move of [moveTo(further, { from: 'thief', by: 'phone of thief' }), recoveryTo(further, { from: 'thief', by: 'recovery' })]) {
      const user = applyAccountMove(twice, move, further).held
      expect(devicesOfUser(user)).toEqual([])
      expect(accountOf(settleAccountMoves(user, true))).toEqual(publicKeyNamed('next'))
    }
    const third = nextAccount('third', first)
    expect(accountOf(settleAccountMoves(applyAccountMove(twice, moveTo(third), third).held, true))).toEqual(publicKeyNamed('next'))
  })

  it("of the recovery key outranks a thief's, also later and further on, and no account key undoes it", () => {
    const further = nextAccount('thief again', stolen)
    const thief = moved(held, [moveTo(stolen), stolen], [moveTo(further, { from: 'thief', by: 'phone of thief' }), further])
    const twice = applyAccountMove(thief, moveTo(own), own).held
    for (const user of [held, thief, twice]) {
      const recovered = moved(user, [recoveryTo(own), own])
      expect(accountOf(recovered)).toEqual(publicKeyNamed('next'))
      expect(devicesOfUser(recovered).length).toBe(1)
      expect(applyAccountMove(recovered, moveTo(stolen), stolen)).toEqual({ held: recovered, refusal: 'list-rolled-back' })
      const second = nextAccount('third', first)
      expect(applyAccountMove(recovered, recoveryTo(second), second).refusal).toBe('moved-twice')
    }
  })

  it('list-unsigned, if an account without a recovery key is moved by one', () => {
    const without = listOf({ devices: [PHONE] })
    const next = nextAccount('next', without)
    expect(applyAccountMove(applyUserList(undefined, without).held as HeldUser, recoveryTo(next), next).refusal).toBe('list-unsigned')
  })

  it('is remembered with a bound', () => {
    let user = held
    let last = first
    for (let i = 0; i < MAX_PAST_ACCOUNTS + 2; i++) {
      const list = nextAccount(`account ${i}`, last)
      const from = i === 0 ? 'account' : `account ${i - 1}`
      user = moved(user, [moveTo(list, { from, by: i === 0 ? 'phone' : `phone of ${from}` }), list])
      last = list
    }
    expect(user.past.length).toBe(MAX_PAST_ACCOUNTS)
  })
})
