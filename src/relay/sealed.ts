/**
 * Sealed messages, whose senders the relay does not know: admitted by the recipient's access key, counted per recipient, and split when
 * they are for many.
 */
import { invalidArgument } from '../arguments.js'
import { type Bytes, equalBytes } from '../bytes.js'
import { sha256 } from '../crypto/hash.js'
import { type EpochMillis, nextTurn } from '../env.js'
import { BisikError, isBisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import { NOTHING, type Part, type Transaction } from '../store/transaction.js'
import { type CanonicalAddress, canonicalUser, checkAddress, type DeviceAddress } from '../wire/address.js'
import { type Envelope, readEnvelope, serializeEnvelope } from '../wire/envelope.js'
import { MAX_SENT_MESSAGE_LENGTH } from '../wire/limits.js'
import { parseSentMessage } from '../wire/sent-message.js'
import type { Account } from './accounts.js'
import type { RelayContext } from './context.js'
import { registrationIdOf } from './directory.js'
import type { RelayLimits } from './limits.js'
import { type Arrival, append, checkLength } from './mailbox.js'
import { accessKeyOf, accountKey, decodeRelayRecord, directoryKey, encodeRelayRecord, mailboxKey, sealedCountKey } from './records.js'

/** Bytes of an access key. */
export const ACCESS_KEY_LENGTH = 16

/**
 * What became of a message for one device. `refused`: no such device, or the access key is not the recipient's; a sender
 * without a name is not told which. `stale`: the sender knows another installation on this device, and should fetch a bundle. `full`: try
 * again later.
 */
export interface SealedDelivery {
  readonly address: DeviceAddress
  readonly outcome: 'delivered' | 'refused' | 'stale' | 'full'
}

/** Sets the key that admits messages without a sender; see `Relay.setAccessKey`. */
export async function setAccessKey({ store }: RelayContext, { address }: Account, key: Uint8Array): Promise<void> {
  if (!isAccessKey(key)) throw new BisikError('invalid-argument', { argument: 'key', expected: `${ACCESS_KEY_LENGTH} bytes` })
  const record = encodeRelayRecord([], sha256(key))
  return transact<void>(store, (tx) => {
    tx.put(accessKeyOf(address.user), record)
    return NOTHING
  })
}

/** Looks whether a key admits; see `Relay.checkAccessKey`. */
export async function checkAccessKey({ store }: RelayContext, to: DeviceAddress, accessKey: Uint8Array): Promise<void> {
  const access = accessKeyOf(checkAddress(to).user)
  if (!isAccessKey(accessKey)) throw new BisikError('unauthorized', {})
  return transact<void>(store, function* (tx) {
    const [record] = yield* tx.read(access)
    if (!isAdmitted(record, accessKey)) throw new BisikError('unauthorized', {})
  })
}

/** Delivers a message without a sender; see `Relay.sendSealed`. */
export async function sendSealed(
  context: RelayContext,
  sent: { readonly to: DeviceAddress; readonly accessKey: Uint8Array; readonly envelope: Envelope },
): Promise<void> {
  const { kind, body, commitment } = readEnvelope(sent.envelope)
  if (kind !== 'sealed') throw invalidArgument('envelope', 'a sealed one')
  const { user, device } = checkAddress(sent.to)
  const bytes = checkLength(context.limits, serializeEnvelope({ kind, body, commitment }))
  const target = { user, devices: [{ device, registrationId: undefined }], bytes: () => bytes }
  const [delivery] = await deliver(context, target, sent.accessKey)
  if (delivery?.outcome === 'refused') throw new BisikError('unauthorized', {})
  if (delivery?.outcome === 'full') throw new BisikError('quota-exceeded', { retryAfter: context.limits.fullMailboxRetry })
}

/** Splits a message for many and delivers it; see `Relay.sendToMany`. */
export async function sendToMany(
  context: RelayContext,
  sent: Uint8Array,
  { accessKeys, commitment }: { readonly accessKeys: ReadonlyMap<string, Uint8Array>; readonly commitment: Bytes | undefined },
): Promise<readonly SealedDelivery[]> {
  const { limits } = context
  const message = parseSentMessage(sent, MAX_SENT_MESSAGE_LENGTH, limits.recipients)
  const fanOut = message.deviceCount * message.receivedLength
  if (fanOut > limits.fanOut) throw new BisikError('message-too-large', { length: fanOut, limit: limits.fanOut })
  // All recipients get the same length.
  const sealedBytes = (body: Bytes) => serializeEnvelope({ kind: 'sealed', body, commitment })
  if (message.recipientCount > 0) checkLength(limits, sealedBytes(new Uint8Array(message.receivedLength)))
  const keys = new Map([...accessKeys].map(([user, key]) => [canonicalUser(user), key]))
  const deliveries: SealedDelivery[] = []
  let work = 0
  for (const recipient of message.recipients()) {
    const accessKey = keys.get(recipient.user)
    deliveries.push(
      ...(await deliver(
        context,
        { user: recipient.user, devices: recipient.devices, bytes: () => sealedBytes(recipient.message) },
        accessKey,
      )),
    )
    work += accessKey === undefined ? 1 : WORK_TO_ASK
    if (work < WORK_OF_A_TURN) continue
    work = 0
    // The sender may be anybody: others get their turn in between.
    await nextTurn()
  }
  return deliveries
}

/** Work in one turn of the event loop, in recipients who are refused without a look: some milliseconds. */
const WORK_OF_A_TURN = 256
/** What a look in the store and a delivery cost, in the same unit. */
const WORK_TO_ASK = 32

interface Target {
  readonly user: string
  /** Without a registration id, any installation will do. */
  readonly devices: readonly { readonly device: number; readonly registrationId: number | undefined }[]
  /** The envelope, made only when the access key admits it. */
  readonly bytes: () => Uint8Array
}

/** One commit for all devices of a user. */
async function deliver(context: RelayContext, target: Target, accessKey: Uint8Array | undefined): Promise<readonly SealedDelivery[]> {
  // The sender may be anybody: without a key nothing is looked up.
  if (accessKey === undefined || !isAccessKey(accessKey)) return toAll(target, 'refused')
  return transact<readonly SealedDelivery[]>(context.store, (tx) => deliverAdmitted(tx, context, { ...target, accessKey }))
}

function* deliverAdmitted(
  tx: Transaction,
  { limits, clock }: RelayContext,
  target: Target & { readonly accessKey: Uint8Array },
): Part<readonly SealedDelivery[]> {
  const { user, devices, bytes, accessKey } = target
  const count = sealedCountKey(user)
  const [access, record] = yield* tx.read(accessKeyOf(user), count)
  if (!isAdmitted(access, accessKey)) return toAll(target, 'refused')
  const addresses = devices.map(({ device }) => checkAddress({ user, device }))
  const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...addresses.flatMap(keysOf))
  const now = clock()
  const counted = countSealed(record, now, limits)
  if (counted === undefined) return toAll(target, 'full')
  tx.put(count, counted)
  const arrival = { envelope: bytes(), limits: sharedLimits(limits), now }
  return addresses.map((address, i): SealedDelivery => {
    const [account, directory, mailbox] = records.slice(i * KEYS_OF_A_DEVICE)
    const registrationId = devices[i]?.registrationId
    return { address, outcome: deliverOne(tx, { account, directory, mailbox }, { ...arrival, address, registrationId }) }
  })
}

function toAll({ user, devices }: Target, outcome: SealedDelivery['outcome']): SealedDelivery[] {
  return devices.map(({ device }) => ({ address: { user, device }, outcome }))
}

function deliverOne(
  tx: Transaction,
  { account, directory, mailbox }: RecordsOfDevice,
  arrival: Arrival & { readonly registrationId: number | undefined },
): SealedDelivery['outcome'] {
  const { registrationId } = arrival
  if (account === undefined) return 'refused'
  const published = registrationIdOf(directory)
  if (registrationId !== undefined && published !== undefined && published !== registrationId) return 'stale'
  try {
    append(tx, mailbox, arrival)
    return 'delivered'
  } catch (error) {
    if (isBisikError(error, 'quota-exceeded')) return 'full'
    throw error
  }
}

const KEYS_OF_A_DEVICE = 3

function keysOf(address: CanonicalAddress): RecordKey[] {
  return [accountKey(address), directoryKey(address), mailboxKey(address)]
}

/** The values of {@link keysOf}. */
type RecordsOfDevice = Readonly<Record<'account' | 'directory' | 'mailbox', Uint8Array | undefined>>

function isAdmitted(record: Uint8Array | undefined, key: Uint8Array): boolean {
  return record !== undefined && equalBytes(decodeRelayRecord('access', record, []).rest, sha256(key))
}

/** Messages without a sender fill half a mailbox at most: whoever has an access key shuts out nobody who gives a name. */
function sharedLimits(limits: RelayLimits): RelayLimits {
  return { ...limits, mailboxMessages: Math.ceil(limits.mailboxMessages / 2), mailboxBytes: Math.ceil(limits.mailboxBytes / 2) }
}

function isAccessKey(key: Uint8Array): boolean {
  return key instanceof Uint8Array && key.length === ACCESS_KEY_LENGTH
}

/** Counts one message in the current window. @returns the record to write; `undefined` if the limit is reached. */
function countSealed(record: Uint8Array | undefined, now: EpochMillis, limits: RelayLimits): Uint8Array | undefined {
  const [start, count] = record === undefined ? [0, 0] : decodeRelayRecord('sealed', record, ['start', 'count']).numbers
  if (now >= start + limits.lookUpWindow || now < start) return encodeRelayRecord([now, 1])
  return count < limits.sealedMessages ? encodeRelayRecord([start, count + 1]) : undefined
}
