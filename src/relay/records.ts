/**
 * What a relay keeps: the names of its records and their bytes.
 *
 * | record key | numbers | rest |
 * | --- | --- | --- |
 * | `user/{user}` | | the user's name, UTF-8; empty if none |
 * | `account/{user}/{device}` | | hash of the token (32), identity key (33) |
 * | `token/{hash}` | device | user, UTF-8 |
 * | `name/{name}` | | user, UTF-8 |
 * | `look-ups/{user}` | | see `quota.ts` |
 * | `directory/{user}/{device}` | first, end and next id of the one-time prekeys, then of the KEM ones | bundle without one-time prekeys |
 * | `one-time/{user}/{device}/{place}` | id | public key (33) |
 * | `one-time-kem/{user}/{device}/{place}` | id | signature (64), public key (1569) |
 * | `handed-out/{user}/{device}/{slot}` | id | fingerprint (16) of a one-time prekey that was handed out |
 * | `handed-out-kem/{user}/{device}/{slot}` | id | fingerprint (16) of a one-time KEM prekey that was handed out |
 * | `mailbox/{user}/{device}` | first, end, bytes acknowledged ever, bytes appended ever | |
 * | `message/{user}/{device}/{sequence}` | bytes appended up to and with this one, time it was taken | envelope |
 * | `authority` | | public trust root (33), private server key (32), server certificate |
 * | `certificate/{user}/{device}` | expiration | identity key (33), sender certificate |
 * | `access/{user}` | | hash of the access key (32) |
 * | `sealed/{user}` | start of the window, messages without a sender in it | |
 * | `slot/{address}` | time it was filled, length of the value; 0 once it is old | value, or its hash (32) |
 * | `claims/{user}` | start of the window, slots filled in it, bytes in them | |
 *
 * A queue is a pair of counters, `first` (the oldest still there) and `end` (one after the newest), and a record for each entry: so
 * the cost of an operation does not depend on the length. Each value is a version byte, the numbers in 8 bytes each (big-endian),
 * and the rest.
 */
import { type Bytes, concatBytes, fromUtf8, toHex } from '../bytes.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { recordKey } from '../store/record-key.js'
import type { CanonicalAddress } from '../wire/address.js'

const VERSION = 1
/** Bytes of a number in a record. */
export const NUMBER_LENGTH = 8
const TWO_TO_32 = 0x1_0000_0000

/** The numbers and the rest of a record. */
export interface RelayRecord<Numbers extends readonly number[]> {
  readonly numbers: Numbers
  readonly rest: Uint8Array
}

/** Encodes a record. @param numbers - whole, from 0 to 2^53 - 1. */
export function encodeRelayRecord(numbers: readonly number[], ...rest: readonly Uint8Array[]): Bytes {
  return concatBytes(new Uint8Array([VERSION]), ...numbers.map(numberBytes), ...rest)
}

/**
 * Decodes a record.
 *
 * @param names - of its numbers. They are for the reader of the code; only how many there are counts.
 * @returns `rest` is a view of `bytes`.
 * @throws BisikError `record-too-new`, `corrupt-record`.
 */
export function decodeRelayRecord<const Names extends readonly string[]>(
  record: string,
  bytes: Uint8Array,
  names: Names,
): RelayRecord<{ readonly [I in keyof Names]: number }> {
  const version = bytes[0]
  if (version !== undefined && version > VERSION) throw new BisikError('record-too-new', { record, version })
  const headLength = 1 + NUMBER_LENGTH * names.length
  if (version !== VERSION || bytes.length < headLength) throw new BisikError('corrupt-record', { record })
  const numbers = names.map((_, i) => numberAt(bytes, 1 + NUMBER_LENGTH * i)) as { [I in keyof Names]: number }
  return { numbers, rest: bytes.subarray(headLength) }
}

/** A whole number from 0 to 2^53 - 1 in 8 bytes, big-endian. */
export function numberBytes(number: number): Bytes {
  const bytes = new Uint8Array(NUMBER_LENGTH)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(number / TWO_TO_32))
  view.setUint32(4, number % TWO_TO_32)
  return bytes
}

/** Reads what {@link numberBytes} wrote. */
export function numberAt(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, NUMBER_LENGTH)
  return view.getUint32(0) * TWO_TO_32 + view.getUint32(4)
}

/** Reads text out of a record. @throws BisikError `corrupt-record`. */
export function decodeText(record: string, bytes: Uint8Array): string {
  const text = fromUtf8(bytes)
  if (text === undefined) throw new BisikError('corrupt-record', { record })
  return text
}

export const userKey = (user: string): RecordKey => recordKey('user', user)
export const accountKey = ({ user, device }: CanonicalAddress): RecordKey => recordKey('account', user, device)
export const tokenKey = (hash: Uint8Array): RecordKey => recordKey('token', toHex(hash))
export const nameKey = (name: string): RecordKey => recordKey('name', name)
export const lookUpsKey = (user: string): RecordKey => recordKey('look-ups', user)
export const directoryKey = ({ user, device }: CanonicalAddress): RecordKey => recordKey('directory', user, device)
export const oneTimeKey = ({ user, device }: CanonicalAddress, place: number): RecordKey => recordKey('one-time', user, device, place)
export const oneTimeKemKey = ({ user, device }: CanonicalAddress, place: number): RecordKey =>
  recordKey('one-time-kem', user, device, place)
export const handedOutKey = ({ user, device }: CanonicalAddress, slot: number): RecordKey => recordKey('handed-out', user, device, slot)
export const handedOutKemKey = ({ user, device }: CanonicalAddress, slot: number): RecordKey =>
  recordKey('handed-out-kem', user, device, slot)
export const mailboxKey = ({ user, device }: CanonicalAddress): RecordKey => recordKey('mailbox', user, device)
export const messageKey = ({ user, device }: CanonicalAddress, sequence: number): RecordKey => recordKey('message', user, device, sequence)
export const AUTHORITY: RecordKey = recordKey('authority')
export const certificateKey = ({ user, device }: CanonicalAddress): RecordKey => recordKey('certificate', user, device)
export const accessKeyOf = (user: string): RecordKey => recordKey('access', user)
export const sealedCountKey = (user: string): RecordKey => recordKey('sealed', user)
export const slotKey = (address: Uint8Array): RecordKey => recordKey('slot', toHex(address))
export const claimsKey = (user: string): RecordKey => recordKey('claims', user)
