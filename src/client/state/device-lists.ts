/**
 * What is held of the lists of users' devices, as one run of a transaction sees it. What a list says of a device is noted in the device's
 * identity too, so that a message asks no more than it asked before there were lists. Decides nothing.
 */
import type { IdentityKey } from '../../crypto/keys.js'
import { parseIdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { devicesOfUser } from '../../protocol/identity/account-moves.js'
import type { KnownIdentity } from '../../protocol/identity/trust.js'
import { userListsKey } from '../../records/device-list-names.js'
import { decodeUserLists, type UserLists } from '../../records/device-lists-record.js'
import type { Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { type DeviceList, type ListedDevice, parseDeviceList } from '../../wire/device-list.js'
import { parseDeviceStamp } from '../../wire/device-proofs.js'
import type { Draft } from '../frame/draft.js'

const READERS = { list: parseDeviceList, stamp: parseDeviceStamp }

/** What is held of a user, if anything. @throws BisikError `corrupt-record`, `record-too-new`. */
export function* readUserLists(draft: Pick<Draft, 'read'>, user: string): Part<UserLists | undefined> {
  const [record] = yield* draft.read(userListsKey(user))
  return record === undefined ? undefined : decodeUserLists(record, READERS)
}

/** The account key of what is held. */
export function accountKeyOf({ held }: Pick<UserLists, 'held'>): IdentityKey {
  return (held.lists.tips[0] as DeviceList).accountKey
}

/** The devices that may be sent to and heard; none while two account keys are claimed. */
export function devicesIn({ held }: Pick<UserLists, 'held'>): readonly ListedDevice[] {
  return devicesOfUser(held)
}

/** What a list makes of a device of which nothing is known: the key that it has for it, or that it has none. */
export function identityByList(lists: UserLists, device: number): KnownIdentity {
  const listed = listedAs(lists, device)
  if (listed === undefined) return { key: accountKeyOf(lists), level: lists.level, standing: 'unlisted' }
  return { key: listed.identityKey, level: lists.level, standing: 'listed' }
}

/** A device as a user's list has it, if it has it. */
export function listedAs(lists: UserLists, number: number): ListedDevice | undefined {
  return devicesIn(lists).find(({ device }) => device === number)
}

/** That a device is not the one that its user's list names. */
export function notListed({ user, device }: CanonicalAddress, presented: IdentityKey, lists: UserLists | undefined): BisikError {
  const listed = lists === undefined ? undefined : listedAs(lists, device)
  const key = listed === undefined ? {} : { listed: parseIdentityKey(listed.identityKey) }
  return new BisikError('device-not-listed', { user, device, presented: parseIdentityKey(presented), ...key })
}
