/**
 * Mailboxes: envelopes wait in order for one device until it acknowledges them. The relay does not look into an envelope; it only
 * writes the sender on it.
 */
import type { Bytes } from '../bytes.js'
import { type EpochMillis, epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import type { Part, Transaction } from '../store/transaction.js'
import { type CanonicalAddress, checkAddress, type DeviceAddress } from '../wire/address.js'
import { type Envelope, parseEnvelope, readEnvelope, serializeEnvelope } from '../wire/envelope.js'
import type { Account } from './accounts.js'
import type { RelayContext } from './context.js'
import type { RelayLimits } from './limits.js'
import { enterLookUp } from './quota.js'
import { accountKey, decodeRelayRecord, encodeRelayRecord, lookUpsKey, mailboxKey, messageKey } from './records.js'

/** An envelope in a mailbox. */
export interface Delivery {
  /** Its place in this mailbox: 1 for the first ever, and so on without gaps. */
  readonly sequence: number
  readonly envelope: Envelope
  /** When the relay took it, by its clock: what a sender certificate is judged by. See `DecryptOptions.receivedAt`. */
  readonly receivedAt: EpochMillis
}

/** Envelopes `first` to `end - 1` wait. `appended` counts all bytes that ever came in, `acknowledged` those that were fetched. */
interface Mailbox {
  readonly first: number
  readonly end: number
  readonly acknowledged: number
  readonly appended: number
}

/** Puts an envelope into a mailbox; see `Relay.send`. */
export async function send(
  context: RelayContext,
  { address: sender }: Account,
  sent: { readonly to: DeviceAddress; readonly envelope: Envelope },
): Promise<number> {
  const address = checkAddress(sent.to)
  const { kind, body, commitment } = readEnvelope(sent.envelope)
  const said = { body, commitment }
  const envelope = checkLength(
    context.limits,
    serializeEnvelope((kind === 'sealed' ? { kind, ...said } : { kind, sender, ...said }) as Envelope),
  )
  const sequence = await transact<number | undefined>(context.store, (tx) => deposit(tx, context, { sender, address, envelope }))
  // Thrown here and not in the step: probing for accounts is counted, so it must be committed.
  if (sequence === undefined) throw new BisikError('not-found', { what: 'recipient' })
  return sequence
}

/** @returns the envelope's place; `undefined` if there is no such account. */
function* deposit(
  tx: Transaction,
  { limits, clock }: RelayContext,
  { sender, address, envelope }: { readonly sender: CanonicalAddress; readonly address: CanonicalAddress; readonly envelope: Uint8Array },
): Part<number | undefined> {
  const [mailbox] = yield* tx.read(mailboxKey(address))
  // The first envelope of a mailbox, and only that, asks whether there is such an account.
  if (mailbox === undefined) {
    const [target, lookUps] = [accountKey(address), lookUpsKey(sender.user)]
    const [recipient, log] = yield* tx.read(target, lookUps)
    if (recipient === undefined) {
      tx.put(lookUps, enterLookUp({ log, target, perTarget: limits.lookUps, now: clock(), limits }))
      return undefined
    }
  }
  return append(tx, mailbox, { address, envelope, limits, now: clock() })
}

/** Refuses an envelope that is too long. @throws BisikError `message-too-large`. */
export function checkLength(limits: RelayLimits, bytes: Bytes): Bytes {
  if (bytes.length <= limits.envelopeLength) return bytes
  throw new BisikError('message-too-large', { length: bytes.length, limit: limits.envelopeLength })
}

/** An envelope that has come in for a device. */
export interface Arrival {
  readonly address: CanonicalAddress
  readonly envelope: Uint8Array
  readonly limits: RelayLimits
  readonly now: EpochMillis
}

/**
 * Appends an envelope to a mailbox.
 *
 * @param mailbox - its record, `undefined` if it is the first envelope.
 * @returns the envelope's place.
 * @throws BisikError `quota-exceeded` if the mailbox is full: then nothing is written.
 */
export function append(tx: Transaction, mailbox: Uint8Array | undefined, { address, envelope, limits, now }: Arrival): number {
  const { first, end, acknowledged, appended } = decodeMailbox(mailbox)
  const total = appended + envelope.length
  if (end - first >= limits.mailboxMessages || total - acknowledged > limits.mailboxBytes) {
    throw new BisikError('quota-exceeded', { retryAfter: limits.fullMailboxRetry })
  }
  tx.put(messageKey(address, end), encodeRelayRecord([total, now], envelope))
  tx.put(mailboxKey(address), encodeRelayRecord([first, end + 1, acknowledged, total]))
  return end
}

/** Reads a mailbox; see `Relay.messages`. */
export async function messages({ store, limits }: RelayContext, { address }: Account, after: number): Promise<readonly Delivery[]> {
  return transact<readonly Delivery[]>(store, (tx) => page(tx, limits, { address, after }))
}

function* page(
  tx: Transaction,
  limits: RelayLimits,
  { address, after }: { readonly address: CanonicalAddress; readonly after: number },
): Part<readonly Delivery[]> {
  const [mailbox] = yield* tx.read(mailboxKey(address))
  const box = decodeMailbox(mailbox)
  const start = Math.max(box.first, after + 1)
  const most = { start, count: Math.min(limits.page, box.end - start), bytes: limits.pageBytes }
  const count = yield* fitting(box, most, (sequence) => totalOf(tx, messageKey(address, sequence)))
  const sequences = Array.from({ length: count }, (_, i) => start + i)
  const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...sequences.map((sequence) => messageKey(address, sequence)))
  return sequences.map((sequence, i) => {
    const { numbers, rest } = decodeMessage(records[i])
    return { sequence, envelope: parseEnvelope(rest), receivedAt: epochMillis(numbers[1]) }
  })
}

/**
 * How many envelopes from `start` on fit into so many bytes: at most `count`, at least one if there is one, and perhaps only half of what
 * would fit. The answer comes from their totals, so most of what is too much is never read: only one envelope for each guess that was too
 * high.
 *
 * @param totalWith - all bytes appended up to and with an envelope.
 */
function* fitting(
  { first, end, acknowledged, appended }: Mailbox,
  { start, count, bytes }: { readonly start: number; readonly count: number; readonly bytes: number },
  totalWith: (sequence: number) => Part<number>,
): Part<number> {
  if (appended - acknowledged <= bytes || count <= 1) return Math.max(count, 0)
  const before = start === first ? acknowledged : yield* totalWith(start - 1)
  for (let guess = count; guess > 1; guess = Math.floor(guess / 2)) {
    const next = start + guess
    const after = next === end ? appended : yield* totalWith(next - 1)
    if (after - before <= bytes) return guess
  }
  return 1
}

/** All bytes appended up to and with an envelope. */
function* totalOf(tx: Transaction, message: RecordKey): Part<number> {
  const [record] = yield* tx.read(message)
  return decodeMessage(record).numbers[0]
}

/** Deletes from a mailbox; see `Relay.acknowledge`. */
export async function acknowledge({ store }: RelayContext, { address }: Account, upTo: number): Promise<void> {
  return transact<void>(store, (tx) => clear(tx, address, upTo))
}

function* clear(tx: Transaction, address: CanonicalAddress, upTo: number): Part<void> {
  const mailbox = mailboxKey(address)
  const [record] = yield* tx.read(mailbox)
  const { first, end, appended } = decodeMailbox(record)
  if (!Number.isSafeInteger(upTo) || upTo >= end) {
    throw new BisikError('invalid-argument', { argument: 'upTo', expected: 'the sequence number of an envelope that was read' })
  }
  if (upTo < first) return
  const acknowledged = yield* totalOf(tx, messageKey(address, upTo))
  for (let sequence = first; sequence <= upTo; sequence++) tx.delete(messageKey(address, sequence))
  tx.put(mailbox, encodeRelayRecord([upTo + 1, end, acknowledged, appended]))
}

function decodeMailbox(record: Uint8Array | undefined): Mailbox {
  if (record === undefined) return { first: 1, end: 1, acknowledged: 0, appended: 0 }
  const [first, end, acknowledged, appended] = decodeRelayRecord('mailbox', record, ['first', 'end', 'acknowledged', 'appended']).numbers
  return { first, end, acknowledged, appended }
}

function decodeMessage(record: Uint8Array | undefined): { readonly numbers: readonly [number, number]; readonly rest: Uint8Array } {
  if (record === undefined) throw new BisikError('corrupt-record', { record: 'message' })
  return decodeRelayRecord('message', record, ['total', 'receivedAt'])
}
