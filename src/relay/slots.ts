/**
 * Slots: whoever puts a value into one first, all get that value. So members of a group agree on what comes next without the relay knowing
 * what it is, or whose group.
 */
import { bytesArgument, invalidArgument } from '../arguments.js'
import { type Bytes, copyBytes } from '../bytes.js'
import { sha256 } from '../crypto/hash.js'
import type { EpochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import type { Part, Transaction } from '../store/transaction.js'
import type { Account } from './accounts.js'
import type { RelayContext } from './context.js'
import type { RelayLimits } from './limits.js'
import { claimsKey, decodeRelayRecord, encodeRelayRecord, slotKey } from './records.js'

/** Bytes of the address of a slot. */
export const SLOT_ADDRESS_LENGTH = 32

/** What a slot holds. */
export interface Slot {
  /** Absent once it is old: then those who have it must be asked. */
  readonly value?: Bytes
  /** SHA-256 of the value, 32 bytes. */
  readonly hash: Bytes
}

/** Puts a value into a slot that is free; see `Relay.claim`. */
export async function claim(
  context: RelayContext,
  { address: { user } }: Account,
  { address, value }: { readonly address: Uint8Array; readonly value: Uint8Array },
): Promise<Slot> {
  const { store, limits } = context
  const slot = slotOf(address)
  if (value.length === 0) throw invalidArgument('value', 'at least one byte')
  if (value.length > limits.slotLength) throw new BisikError('message-too-large', { length: value.length, limit: limits.slotLength })
  const [claims, wanted] = [claimsKey(user), copyBytes(value)]
  return transact<Slot>(store, function* (tx) {
    const now = context.clock()
    const held = yield* lookInto(tx, { slot, now, limits })
    if (held !== undefined) return held
    // Read afterwards: a member who only confirms what the slot holds waits for none of its user's other claims.
    const [record] = yield* tx.read(claims)
    tx.put(claims, counted(record, wanted.length, { now, limits }))
    tx.put(slot, encodeRelayRecord([now, wanted.length], wanted))
    return { value: copyBytes(wanted), hash: sha256(wanted) }
  })
}

/** Looks what a slot holds; see `Relay.peek`. */
export async function peek({ store, limits, clock }: RelayContext, address: Uint8Array): Promise<Slot | undefined> {
  const slot = slotOf(address)
  return transact<Slot | undefined>(store, (tx) => lookInto(tx, { slot, now: clock(), limits }))
}

/** A value that is old is replaced by its hash. */
function* lookInto(
  tx: Transaction,
  { slot, now, limits }: { readonly slot: RecordKey; readonly now: EpochMillis; readonly limits: RelayLimits },
): Part<Slot | undefined> {
  const [record] = yield* tx.read(slot)
  if (record === undefined) return undefined
  const { numbers, rest } = decodeRelayRecord('slot', record, ['filledAt', 'length'])
  const [filledAt, length] = numbers
  if (length === 0) return { hash: copyBytes(rest) }
  const hash = sha256(rest)
  if (now - filledAt < limits.slotAge) return { value: copyBytes(rest), hash }
  tx.put(slot, encodeRelayRecord([filledAt, 0], hash))
  return { hash }
}

/** Counts a slot that is filled. @returns the record to write. @throws BisikError `quota-exceeded`. */
function counted(
  record: Uint8Array | undefined,
  length: number,
  { now, limits }: { readonly now: EpochMillis; readonly limits: RelayLimits },
): Bytes {
  const [start, claims, bytes] =
    record === undefined ? [0, 0, 0] : decodeRelayRecord('claims', record, ['start', 'claims', 'bytes']).numbers
  // A window that begins in the future was begun by a wrong clock.
  const isOver = now >= start + limits.claimWindow || now < start
  const [from, count, sum] = isOver ? [now, 1, length] : [start, claims + 1, bytes + length]
  if (count > limits.claims || sum > limits.claimBytes)
    throw new BisikError('quota-exceeded', { retryAfter: from + limits.claimWindow - now })
  return encodeRelayRecord([from, count, sum])
}

function slotOf(address: Uint8Array): RecordKey {
  return slotKey(bytesArgument(address, 'address', SLOT_ADDRESS_LENGTH))
}
