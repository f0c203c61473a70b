/**
 * Mailboxes: envelopes wait in order for one device until it acknowledges them. The relay does not look into an envelope; it only
 * writes the sender on it.
 */
import { objectArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { type EpochMillis, epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { type Step, transact } from '../store/transact.js'
import { type CanonicalAddress, checkAddress, type DeviceAddress } from '../wire/address.js'
import { type Envelope, parseEnvelope, serializeEnvelope } from '../wire/envelope.js'
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
  { store, limits, clock }: RelayContext,
  { address: sender }: Account,
  sent: { readonly to: DeviceAddress; readonly envelope: Envelope },
): Promise<number> {
  const address = checkAddress(sent.to)
  const { kind, body } = objectArgument(sent.envelope, 'envelope')
  const bytes = checkLength(limits, serializeEnvelope(kind === 'sealed' ? { kind, body } : { kind, sender, body }))
  const mailbox = mailboxKey(address)
  const recipient = accountKey(address)
  const lookUps = lookUpsKey(sender.user)
  const sequence = await transact<number | undefined>(store, [mailbox], (view) => {
    const known = view.get(mailbox)
    // The first envelope of a mailbox, and only that, asks whether there is such an account.
    if (known === undefined) {
      if (!view.isRead(recipient)) return { need: [recipient, lookUps] }
      if (!view.has(recipient)) {
        const log = enterLookUp({ log: view.get(lookUps), target: recipient, perTarget: limits.lookUps, now: clock(), limits })
        return { put: new Map([[lookUps, log]]), result: undefined }
      }
    }
    const { put, sequence } = append(known, { address, envelope: bytes, limits, now: clock() })
    return { put, result: sequence }
  })
  // Thrown here and not in the step: probing for accounts is counted, so it must be committed.
  if (sequence === undefined) throw new BisikError('not-found', { what: 'recipient' })
  return sequence
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
 * @returns the records to write, and the envelope's place.
 * @throws BisikError `quota-exceeded` if the mailbox is full.
 */
export function append(
  mailbox: Uint8Array | undefined,
  { address, envelope, limits, now }: Arrival,
): { readonly put: ReadonlyMap<RecordKey, Uint8Array>; readonly sequence: number } {
  const { first, end, acknowledged, appended } = decodeMailbox(mailbox)
  const total = appended + envelope.length
  if (end - first >= limits.mailboxMessages || total - acknowledged > limits.mailboxBytes) {
    throw new BisikError('quota-exceeded', { retryAfter: limits.fullMailboxRetry })
  }
  const put = new Map([
    [messageKey(address, end), encodeRelayRecord([total, now], envelope)],
    [mailboxKey(address), encodeRelayRecord([first, end + 1, acknowledged, total])],
  ])
  return { put, sequence: end }
}

/** Reads a mailbox; see `Relay.messages`. */
export async function messages({ store, limits }: RelayContext, { address }: Account, after: number): Promise<readonly Delivery[]> {
  const mailbox = mailboxKey(address)
  const step: Step<readonly Delivery[]> = (view) => {
    const box = decodeMailbox(view.get(mailbox))
    const start = Math.max(box.first, after + 1)
    const count = fitting(box, { start, count: Math.min(limits.page, box.end - start), bytes: limits.pageBytes }, totalBefore)
    if (typeof count !== 'number') return { need: [messageKey(address, count.unread)] }
    const sequences = Array.from({ length: count }, (_, i) => start + i)
    const unread = sequences.map((sequence) => messageKey(address, sequence)).filter((key) => !view.isRead(key))
    if (unread.length > 0) return { need: unread }
    return {
      result: sequences.map((sequence) => {
        const { numbers, rest } = decodeMessage(view.get(messageKey(address, sequence)))
        return { sequence, envelope: parseEnvelope(rest), receivedAt: epochMillis(numbers[1]) }
      }),
    }

    function totalBefore(sequence: number): number | undefined {
      const before = messageKey(address, sequence - 1)
      return view.isRead(before) ? decodeMessage(view.get(before)).numbers[0] : undefined
    }
  }
  return transact(store, [mailbox], step, { rounds: ROUNDS })
}

/** Rounds of reads for one answer: each halves the guess, so these are enough for a page of any size. */
const ROUNDS = 60

/**
 * How many envelopes from `start` on fit into so many bytes: at most `count`, at least one if there is one, and perhaps only half of what
 * would fit. The answer comes from their totals, so most of what is too much is never read: only one envelope for each guess that was too
 * high.
 *
 * @param totalBefore - all bytes appended before an envelope; `undefined` if the one before it is unread.
 */
function fitting(
  { first, end, acknowledged, appended }: Mailbox,
  { start, count, bytes }: { readonly start: number; readonly count: number; readonly bytes: number },
  totalBefore: (sequence: number) => number | undefined,
): number | { readonly unread: number } {
  if (appended - acknowledged <= bytes || count <= 1) return Math.max(count, 0)
  const total = (sequence: number) => (sequence === first ? acknowledged : sequence === end ? appended : totalBefore(sequence))
  const before = total(start)
  if (before === undefined) return { unread: start - 1 }
  for (let guess = count; guess > 1; guess = Math.floor(guess / 2)) {
    const after = total(start + guess)
    if (after === undefined) return { unread: start + guess - 1 }
    if (after - before <= bytes) return guess
  }
  return 1
}

/** Deletes from a mailbox; see `Relay.acknowledge`. */
export async function acknowledge({ store }: RelayContext, { address }: Account, upTo: number): Promise<void> {
  const mailbox = mailboxKey(address)
  return transact<void>(store, [mailbox], (view) => {
    const { first, end, appended } = decodeMailbox(view.get(mailbox))
    if (!Number.isSafeInteger(upTo) || upTo >= end) {
      throw new BisikError('invalid-argument', { argument: 'upTo', expected: 'the sequence number of an envelope that was read' })
    }
    if (upTo < first) return { result: undefined }
    const newest = messageKey(address, upTo)
    if (!view.isRead(newest)) return { need: [newest] }
    const acknowledged = decodeMessage(view.get(newest)).numbers[0]
    const done: RecordKey[] = []
    for (let sequence = first; sequence <= upTo; sequence++) done.push(messageKey(address, sequence))
    return { put: new Map([[mailbox, encodeRelayRecord([upTo + 1, end, acknowledged, appended])]]), delete: done, result: undefined }
  })
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
