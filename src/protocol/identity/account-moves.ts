/**
 * A user's next account key: the one before and an admin vouch for it, or the recovery key, which outranks them also later. Without that
 * rank a thief of an admin's device would move the account first and for good.
 */
import { concatBytes, equalBytes, toHex, utf8 } from '../../bytes.js'
import type { IdentityKey, IdentityKeyPair } from '../../crypto/keys.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import type { RandomSource } from '../../env.js'
import type { DeviceList, DeviceListFields, ListedDevice } from '../../wire/device-list.js'
import {
  type AccountMove,
  type AccountMoveFields,
  encodeAccountMove,
  parseAccountMove,
  serializeAccountMove,
} from '../../wire/device-proofs.js'
import { MAX_PAST_ACCOUNTS } from '../limits.js'
import { checkDeviceList, hashOfKey, hashOfList, type ListRefusal, type ListSigners } from './device-list.js'
import { type Applied, applyDeviceList, type HeldLists, heldAlone, listedDevices } from './held-lists.js'

/** An account key that a user had before, and who could speak for it. */
export interface PastAccount extends Pick<DeviceListFields, 'accountKey' | 'recovery'> {
  readonly admins: readonly Pick<ListedDevice, 'device' | 'identityKey'>[]
  /** Hash of the first list of the next account key, in hexadecimal. */
  readonly next: string
  readonly by: AccountMove['proof']['by']
}

/** What is held of a user: the lists of the present account key, and what was before. */
export interface HeldUser {
  readonly lists: HeldLists
  /** The oldest first. */
  readonly past: readonly PastAccount[]
  /** What a second move would put in place of the present account: until the user or a recovery key decides, nothing is sent. */
  readonly rival: Omit<HeldUser, 'rival'> | undefined
}

/** What became of a list or a move. */
export interface Moved {
  readonly held: HeldUser
  readonly refusal: ListRefusal | undefined
}

const LABEL = utf8('bisik account moved v1\0')

/** Signs a move by the account key before and one of its admins. Spec: ours. @param random - 64 bytes are drawn, twice. */
export function signAccountMove(fields: AccountMoveFields, { account, device }: ListSigners, random: RandomSource): AccountMove {
  const signed = encodeAccountMove(fields)
  const message = concatBytes(LABEL, signed)
  const accountSignature = sign(account.privateKey, message, random)
  const deviceSignature = sign(device.privateKey, message, random)
  return parseAccountMove(serializeAccountMove({ signed, proof: { by: 'account', accountSignature, deviceSignature } }))
}

/** Signs a move by the recovery key. Spec: ours. @param random - 64 bytes are drawn. */
export function signRecoveryMove(fields: Omit<AccountMoveFields, 'signer'>, recovery: IdentityKeyPair, random: RandomSource): AccountMove {
  const signed = encodeAccountMove({ ...fields, signer: undefined })
  const recoverySignature = sign(recovery.privateKey, concatBytes(LABEL, signed), random)
  return parseAccountMove(serializeAccountMove({ signed, proof: { by: 'recovery', recoveryKey: recovery.publicKey, recoverySignature } }))
}

/** {@link applyDeviceList} for a user who may have had other account keys. Spec: ours. @param held - `undefined` at first contact. */
export function applyUserList(
  held: HeldUser | undefined,
  list: DeviceList,
): { readonly held: HeldUser | undefined } & Pick<Applied, 'refusal'> {
  const { held: lists, refusal } = applyDeviceList(held?.lists, list)
  if (lists === undefined) return { held, refusal }
  return { held: held === undefined ? { lists, past: [], rival: undefined } : { ...held, lists }, refusal }
}

/**
 * Applies a move together with the first list of the next account key. Spec: ours.
 *
 * @returns with `moved-twice`, what is held has a rival.
 */
export function applyAccountMove(held: HeldUser, move: AccountMove, first: DeviceList): Moved {
  const accounts = [...held.past, presentAccount(held.lists)]
  const place = accounts.findIndex(({ accountKey }) => equalBytes(accountKey, move.accountKey))
  const origin = accounts[place]
  const isBack = accounts.some(({ accountKey }) => equalBytes(accountKey, first.accountKey))
  const next = toHex(move.list)
  if (origin !== undefined && 'next' in origin && origin.next === next) return { held, refusal: undefined }
  if (origin === undefined || isBack || !isNext(held.lists, move, first)) return { held, refusal: 'list-wrong-account' }
  const refusal = refusalOfMove(origin, move) ?? checkDeviceList(first)
  if (refusal !== undefined) return { held, refusal }
  const moved = {
    lists: heldAlone(first),
    past: [...held.past.slice(0, place), { ...origin, next, by: move.proof.by }].slice(-MAX_PAST_ACCOUNTS),
  }
  // Who holds one of two accounts that are both claimed does not end that by moving on.
  if (!('by' in origin)) return { held: { ...moved, rival: held.rival }, refusal: undefined }
  if (origin.by === move.proof.by) return { held: { ...held, rival: held.rival ?? moved }, refusal: 'moved-twice' }
  // What a recovery key decided an account key does not undo.
  return move.proof.by === 'recovery' ? { held: { ...moved, rival: undefined }, refusal: undefined } : { held, refusal: 'list-rolled-back' }
}

/** The user's word on a move that came twice. Spec: ours. @param takesRival - whether the second is the one. */
export function settleAccountMoves({ lists, past, rival }: HeldUser, takesRival: boolean): HeldUser {
  return { ...(takesRival && rival !== undefined ? rival : { lists, past }), rival: undefined }
}

/** {@link listedDevices} of a user; none while two account keys are claimed. Spec: ours. */
export function devicesOfUser({ lists, rival }: HeldUser): readonly ListedDevice[] {
  return rival === undefined ? listedDevices(lists) : []
}

type PresentAccount = Omit<PastAccount, 'next' | 'by'>

function presentAccount(lists: HeldLists): PresentAccount {
  const { accountKey, recovery } = lists.tips[0] as DeviceList
  return { accountKey, recovery, admins: listedDevices(lists).filter(({ admin }) => admin) }
}

/** Whether a move and a list are of this user and lineage, and belong together. */
function isNext({ tips }: HeldLists, move: AccountMove, first: DeviceList): boolean {
  const { user, lineage } = tips[0] as DeviceList
  return [move, first].every((one) => one.user === user && equalBytes(one.lineage, lineage)) && equalBytes(hashOfList(first), move.list)
}

function refusalOfMove({ accountKey, recovery, admins }: PresentAccount, { signer, signed, proof }: AccountMove): ListRefusal | undefined {
  const message = concatBytes(LABEL, signed)
  if (proof.by === 'recovery') {
    const isKnown = recovery !== undefined && equalBytes(hashOfKey(proof.recoveryKey), recovery)
    return isKnown && verify(proof.recoveryKey, message, proof.recoverySignature) ? undefined : 'list-unsigned'
  }
  const admin: { readonly identityKey: IdentityKey } | undefined = admins.find(({ device }) => device === signer)
  if (admin === undefined) return 'signer-not-admin'
  const isSigned = verify(accountKey, message, proof.accountSignature) && verify(admin.identityKey, message, proof.deviceSignature)
  return isSigned ? undefined : 'list-unsigned'
}
