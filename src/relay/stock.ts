/**
 * A device's stock of one-time prekeys of one kind: a queue, and traces of those that were handed out last, so that none comes
 * back.
 */
import { type Bytes, equalBytes, toHex } from '../bytes.js'
import { sha256 } from '../crypto/hash.js'
import { EC_PUBLIC_KEY_LENGTH, parseEcPublicKey, parseKemPublicKey, parseSignature, SIGNATURE_LENGTH } from '../crypto/keys.js'
import { BisikError, isBisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import type { Part, Transaction } from '../store/transaction.js'
import type { CanonicalAddress } from '../wire/address.js'
import { MAX_ONE_TIME_PRE_KEYS } from '../wire/limits.js'
import type { KemPreKey, OneTimePreKey } from '../wire/pre-key-bundle.js'
import { decodeRelayRecord, encodeRelayRecord, handedOutKemKey, handedOutKey, oneTimeKemKey, oneTimeKey } from './records.js'

/** A queue of one-time prekeys: places `first` to `end - 1` are filled; ids below `nextId` were here before. */
export interface Queue {
  readonly first: number
  readonly end: number
  readonly nextId: number
}

export const EMPTY: Queue = { first: 0, end: 0, nextId: 0 }

interface PublicPreKey {
  readonly id: number
  readonly publicKey: Uint8Array
}

/** One of the two kinds of one-time prekeys: the names of its records and their bytes. */
export interface Kind<Key extends PublicPreKey> {
  readonly place: (address: CanonicalAddress, place: number) => RecordKey
  readonly handedOut: (address: CanonicalAddress, slot: number) => RecordKey
  readonly encode: (key: Key) => Bytes
  readonly decode: (id: number, rest: Uint8Array) => Key
  /** The least bytes after the id. */
  readonly length: number
}

export const CURVE: Kind<OneTimePreKey> = {
  place: oneTimeKey,
  handedOut: handedOutKey,
  encode: ({ id, publicKey }) => encodeRelayRecord([id], parseEcPublicKey(publicKey)),
  decode: (id, rest) => ({ id, publicKey: parseEcPublicKey(rest) }),
  length: EC_PUBLIC_KEY_LENGTH,
}

export const KEM: Kind<KemPreKey> = {
  place: oneTimeKemKey,
  handedOut: handedOutKemKey,
  encode: ({ id, publicKey, signature }) => encodeRelayRecord([id], parseSignature(signature), parseKemPublicKey(publicKey)),
  decode: (id, rest) => ({
    id,
    signature: parseSignature(rest.subarray(0, SIGNATURE_LENGTH)),
    publicKey: parseKemPublicKey(rest.subarray(SIGNATURE_LENGTH)),
  }),
  length: SIGNATURE_LENGTH,
}

// The keys of an upload are the last in the queue. So these are enough to know again whatever the last upload brought.
const HANDED_OUT = MAX_ONE_TIME_PRE_KEYS
const FINGERPRINT_LENGTH = 16

/** All one-time prekeys of one kind that a device has here. */
export interface Stock<Key extends PublicPreKey> {
  readonly kind: Kind<Key>
  readonly address: CanonicalAddress
  readonly queue: Queue
}

/** What is published of one kind. */
interface Delivery<Key> {
  readonly keys: readonly Key[]
  /** What is in stock with a lower id is withdrawn. */
  readonly firstId: number
  /** What the rest of the upload says about its device: another installation, or maybe an earlier state of it. */
  readonly change: 'none' | 'state' | 'installation'
}

/**
 * Adds what was published to a stock. The same key under the same id is a repetition, which adds nothing; another key under an id that
 * was here before comes from another state of the device, so the old stock goes: perhaps nobody can open it any more. What was handed out
 * never comes back.
 *
 * @returns the queue as it is then.
 */
export function* restock<Key extends PublicPreKey>(tx: Transaction, stock: Stock<Key>, delivery: Delivery<Key>): Part<Queue> {
  const { kind, queue } = stock
  const keys = inOrder(delivery.keys)
  const goesOn = keys[0] !== undefined && keys[0].id >= queue.nextId
  const isReplaced = delivery.change === 'installation' || (delivery.change === 'state' && !goesOn)
  const isSeen = isReplaced || (keys.length > 0 && !goesOn)
  if (!isSeen && !(yield* isWithdrawn(tx, stock, delivery.firstId))) return append(tx, stock, keys)

  const places = placesOf(stock)
  const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...places, ...(isSeen ? slotsOf(stock) : []))
  const present = records.slice(0, places.length).flatMap((record) => decode(kind, record) ?? [])
  const log = records.slice(places.length).map(handedOutIn)
  const known = knowledgeOf(present, log, queue)
  // What an earlier release handed out left no trace. Unless something else shows another state, it counts as a repetition.
  const isUsed = (key: Key): boolean =>
    known.handedOut(key) || (known.isUnsure && !isReplaced && known.isOther(key) && !known.holds(key.id))
  const fresh = keys.filter((key) => !isUsed(key))
  if (isReplaced || fresh.some(known.isOther)) return rewrite(tx, stock, { nextId: after(0, keys), keys: fresh })
  const kept = present.filter(({ id }) => id >= delivery.firstId)
  const added = fresh.filter(({ id }) => !known.holds(id))
  const isInOrder = kept.length === places.length && (added[0]?.id ?? queue.nextId) >= queue.nextId
  if (isInOrder) return append(tx, stock, added)
  return rewrite(tx, stock, { nextId: after(queue.nextId, keys), keys: inOrder([...kept, ...added]) })
}

/** Whether the first prekey of a stock has an id below `firstId`, or cannot be read; no other has a lower one. */
function* isWithdrawn<Key extends PublicPreKey>(tx: Transaction, stock: Stock<Key>, firstId: number): Part<boolean> {
  const { kind, address, queue } = stock
  if (firstId === 0 || queue.first === queue.end) return false
  const [record] = yield* tx.read(kind.place(address, queue.first))
  return (decode(kind, record)?.id ?? 0) < firstId
}

/** What a relay knows of prekeys that were here before. */
interface Knowledge {
  /** Whether something was handed out that left no trace. */
  readonly isUnsure: boolean
  holds(id: number): boolean
  handedOut(key: PublicPreKey): boolean
  /** Whether the id was here with another key, or may have been: so long ago that it is forgotten. */
  isOther(key: PublicPreKey): boolean
}

function knowledgeOf(stock: readonly PublicPreKey[], log: readonly (HandedOut | undefined)[], { first, nextId }: Queue): Knowledge {
  const held = new Map(stock.map(({ id, publicKey }) => [id, publicKey]))
  const used = new Set(log.map((entry) => entry?.fingerprint))
  const ids = new Set(log.map((entry) => entry?.id))
  const isUnsure = log.includes(undefined)
  const isForgetful = isUnsure || first > HANDED_OUT
  return {
    isUnsure,
    holds: (id) => held.has(id),
    handedOut: (key) => used.has(fingerprintOf(key)),
    isOther: ({ id, publicKey }) => {
      const holding = held.get(id)
      if (holding !== undefined) return !equalBytes(holding, publicKey)
      return id < nextId && (ids.has(id) || isForgetful)
    },
  }
}

/** Takes the first prekey out of a stock. One whose record is damaged is passed over: then there is no key. */
export function* takeFirst<Key extends PublicPreKey>(
  tx: Transaction,
  { kind, address, queue }: Stock<Key>,
): Part<{ readonly queue: Queue; readonly key: Key | undefined }> {
  const { first, end } = queue
  if (first === end) return { queue, key: undefined }
  const place = kind.place(address, first)
  const [record] = yield* tx.read(place)
  const key = decode(kind, record)
  const slot = kind.handedOut(address, first % HANDED_OUT)
  const trace = key === undefined ? encodeRelayRecord([0]) : encodeRelayRecord([key.id], fingerprintBytes(key))
  tx.put(slot, trace)
  tx.delete(place)
  return { queue: { ...queue, first: first + 1 }, key }
}

/** The records of what is in stock. */
export function placesOf<Key extends PublicPreKey>({ kind, address, queue: { first, end } }: Stock<Key>): RecordKey[] {
  return Array.from({ length: end - first }, (_, i) => kind.place(address, first + i))
}

/** The records of what was handed out last. */
function slotsOf<Key extends PublicPreKey>({ kind, address, queue: { first } }: Stock<Key>): RecordKey[] {
  return Array.from({ length: Math.min(first, HANDED_OUT) }, (_, i) => kind.handedOut(address, (first - 1 - i) % HANDED_OUT))
}

function append<Key extends PublicPreKey>(tx: Transaction, { kind, address, queue }: Stock<Key>, keys: readonly Key[]): Queue {
  for (const [i, key] of keys.entries()) tx.put(kind.place(address, queue.end + i), kind.encode(key))
  return { ...queue, end: queue.end + keys.length, nextId: after(queue.nextId, keys) }
}

/** Writes a stock anew, from the same place on: the places before it are those of what was handed out. */
function rewrite<Key extends PublicPreKey>(
  tx: Transaction,
  stock: Stock<Key>,
  { nextId, keys }: { readonly nextId: number; readonly keys: readonly Key[] },
): Queue {
  for (const place of placesOf(stock)) tx.delete(place)
  const empty = { first: stock.queue.first, end: stock.queue.first, nextId }
  return append(tx, { ...stock, queue: empty }, keys)
}

/** By rising id; of two with one id, the first. */
function inOrder<Key extends PublicPreKey>(keys: readonly Key[]): Key[] {
  return [...keys].sort((a, b) => a.id - b.id).filter((key, i, all) => key.id !== all[i - 1]?.id)
}

function after(nextId: number, keys: readonly PublicPreKey[]): number {
  return Math.max(nextId, (keys[keys.length - 1]?.id ?? -1) + 1)
}

function fingerprintBytes({ publicKey }: PublicPreKey): Bytes {
  return sha256(publicKey).slice(0, FINGERPRINT_LENGTH) as Bytes
}

function fingerprintOf(key: PublicPreKey): string {
  return toHex(fingerprintBytes(key))
}

interface HandedOut {
  readonly id: number
  readonly fingerprint: string
}

/** A trace of a prekey that was handed out; `undefined` if there is none, or it is damaged. @throws BisikError `record-too-new`. */
function handedOutIn(record: Uint8Array | undefined): HandedOut | undefined {
  return readable(record, (bytes) => {
    const { numbers, rest } = decodeRelayRecord('handed-out prekey', bytes, ['id'])
    return { id: numbers[0], fingerprint: toHex(rest) }
  })
}

/** A prekey in stock; `undefined` if its record is damaged, which costs that one only. @throws BisikError `record-too-new`. */
function decode<Key extends PublicPreKey>(kind: Kind<Key>, record: Uint8Array | undefined): Key | undefined {
  return readable(record, (bytes) => {
    const { numbers, rest } = decodeRelayRecord('one-time prekey', bytes, ['id'])
    if (rest.length < kind.length) throw new BisikError('corrupt-record', { record: 'one-time prekey' })
    return kind.decode(numbers[0], rest)
  })
}

function readable<T>(record: Uint8Array | undefined, read: (bytes: Uint8Array) => T): T | undefined {
  if (record === undefined) return undefined
  try {
    return read(record)
  } catch (error) {
    if (isBisikError(error, 'record-too-new')) throw error
    return undefined
  }
}
