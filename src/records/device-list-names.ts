/**
 * The names of the records of signed lists of devices, and of what only a device of the account keeps. Knows no content.
 */
import { toHex } from '../bytes.js'
import type { IdentityKey } from '../crypto/keys.js'
import type { RecordKey } from '../store/key-store.js'
import { recordKey } from '../store/record-key.js'

/** What is held of a user who signs a list of devices. */
export function userListsKey(user: string): RecordKey {
  return recordKey('user-lists', user)
}

/** A private account key of ours, by its public key. */
export function accountKeyKey(publicKey: IdentityKey): RecordKey {
  return recordKey('account-key', toHex(publicKey))
}

/** What the user calls own devices. */
export const DEVICE_NAMES: RecordKey = recordKey('device-names')
