/**
 * Sealed messages, whose senders the relay does not know: admitted by the recipient's access key, counted per recipient, and split when
 * they are for many. Opens nothing and learns nothing of a sender.
 */
import { equalBytes } from '../bytes.js'
import { sha256 } from '../crypto/hash.js'
import type { EpochMillis } from '../env.js'
import { BisikError, isBisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { type RecordView, transact } from '../store/transact.js'
import { checkAddress, type DeviceAddress } from '../wire/address.js'
import { type Envelope, serializeEnvelope } from '../wire/envelope.js'
import { parseSentMessage, type Recipient } from '../wire/sent-message.js'
import type { Account } from './accounts.js'
import type { RelayContext } from './context.js'
import { registrationIdOf } from './directory.js'
import type { RelayLimits } from './limits.js'
import { append, checkLength } from './mailbox.js'
import { accessKeyOf, accountKey, decodeRecord, directoryKey, encodeRecord, mailboxKey, sealedCountKey } from './records.js'

/** Bytes of an access key. */
export const ACCESS_KEY_LENGTH = 16

/**
 * What became of a message for one device. `refused`: no such device, or the access key is not the recipient's; which of them, a sender
 * without a name is not told. `stale`: the sender knows another installation on this device, and should fetch a bundle. `full`: later.
 */
export interface SealedDelivery {
  readonly address: DeviceAddress
  readonly outcome: 'delivered' | 'refused' | 'stale' | 'full'
}

/** Sets the key that admits messages without a sender; see `Relay.setAccessKey`. */
export async function setAccessKey({ store }: RelayContext, { address }: Account, key: Uint8Array): Promise<void> {
  if (!isAccessKey(key)) throw new BisikError('invalid-argument', { argument: 'key', expected: `${ACCESS_KEY_LENGTH} bytes` })
  const record = encodeRecord([], sha256(key))
  await transact<void>(store, [], () => ({ put: new Map([[accessKeyOf(address.user), record]]), result: undefined }))
}

/** Delivers a message without a sender; see `Relay.sendSealed`. */
export async function sendSealed(context: RelayContext, to: DeviceAddress, accessKey: Uint8Array, envelope: Envelope): Promise<void> {
  if (envelope.kind !== 'sealed') throw new BisikError('invalid-argument', { argument: 'envelope', expected: 'a sealed one' })
  const { user, device } = checkAddress(to)
  const bytes = checkLength(context.limits, serializeEnvelope(envelope))
  const [delivery] = await deliver(context, { user, devices: [{ device, registrationId: undefined }] }, accessKey, bytes)
  if (delivery?.outcome === 'refused') throw new BisikError('unauthorized', {})
  if (delivery?.outcome === 'full') throw new BisikError('quota-exceeded', { retryAfter: context.limits.fullMailboxRetry })
}

/** Splits a message for many and delivers it; see `Relay.sendToMany`. */
export async function sendToMany(
  context: RelayContext,
  sent: Uint8Array,
  accessKeys: ReadonlyMap<string, Uint8Array>,
): Promise<readonly SealedDelivery[]> {
  const { limits } = context
  const message = parseSentMessage(sent)
  const fanOut = message.deviceCount * message.receivedLength
  if (fanOut > limits.fanOut) throw new BisikError('message-too-large', { length: fanOut, limit: limits.fanOut })
  const deliveries: SealedDelivery[] = []
  for (const { user, devices, message: body } of message.recipients()) {
    const bytes = checkLength(limits, serializeEnvelope({ kind: 'sealed', body }))
    deliveries.push(...(await deliver(context, { user, devices }, accessKeys.get(user), bytes)))
  }
  return deliveries
}

interface Target {
  readonly user: string
  /** Without a registration id, any installation will do. */
  readonly devices: readonly { readonly device: number; readonly registrationId: number | undefined }[]
}

/** One commit for all devices of a user. */
async function deliver(
  { store, limits, clock }: RelayContext,
  { user, devices }: Target | Recipient,
  accessKey: Uint8Array | undefined,
  bytes: Uint8Array,
): Promise<readonly SealedDelivery[]> {
  // Whoever sends is anybody: without a key nothing is looked up.
  if (accessKey === undefined || !isAccessKey(accessKey)) return all('refused')
  const [access, count] = [accessKeyOf(user), sealedCountKey(user)]
  return transact<readonly SealedDelivery[]>(store, [access, count], (view) => {
    if (!isAdmitted(view.get(access), accessKey)) return { result: all('refused') }
    const unread = devices.flatMap(({ device }) => keysOf({ user, device })).filter((key) => !view.isRead(key))
    if (unread.length > 0) return { need: unread }
    const now = clock()
    const counted = countSealed(view.get(count), now, limits)
    if (counted === undefined) return { result: all('full') }
    const put = new Map<RecordKey, Uint8Array>([[count, counted]])
    const result = devices.map(({ device, registrationId }): SealedDelivery => {
      const address = { user, device }
      return { address, outcome: deliverOne(view, put, { address, registrationId, bytes, limits: sharedLimits(limits), now }) }
    })
    return { put, result }
  })

  function all(outcome: SealedDelivery['outcome']): SealedDelivery[] {
    return devices.map(({ device }) => ({ address: { user, device }, outcome }))
  }
}

function deliverOne(
  view: RecordView,
  put: Map<RecordKey, Uint8Array>,
  o: {
    readonly address: DeviceAddress
    readonly registrationId: number | undefined
    readonly bytes: Uint8Array
    readonly limits: RelayLimits
    readonly now: EpochMillis
  },
): SealedDelivery['outcome'] {
  const { address, registrationId, bytes } = o
  if (!view.has(accountKey(address))) return 'refused'
  const published = registrationIdOf(view.get(directoryKey(address)))
  if (registrationId !== undefined && published !== undefined && published !== registrationId) return 'stale'
  try {
    for (const [key, value] of append(view.get(mailboxKey(address)), address, bytes, o).put) put.set(key, value)
    return 'delivered'
  } catch (error) {
    if (isBisikError(error, 'quota-exceeded')) return 'full'
    throw error
  }
}

function keysOf(address: DeviceAddress): RecordKey[] {
  return [accountKey(address), directoryKey(address), mailboxKey(address)]
}

function isAdmitted(record: Uint8Array | undefined, key: Uint8Array): boolean {
  return record !== undefined && equalBytes(decodeRecord('access', record, []).rest, sha256(key))
}

/** Messages without a sender fill half a mailbox at most: whoever has an access key shuts out nobody who gives a name. */
function sharedLimits(limits: RelayLimits): RelayLimits {
  return { ...limits, mailboxMessages: Math.ceil(limits.mailboxMessages / 2), mailboxBytes: Math.ceil(limits.mailboxBytes / 2) }
}

function isAccessKey(key: Uint8Array): boolean {
  return key instanceof Uint8Array && key.length === ACCESS_KEY_LENGTH
}

/** Counts one message in the present window. @returns the record to write, or nothing if there were enough. */
function countSealed(record: Uint8Array | undefined, now: EpochMillis, limits: RelayLimits): Uint8Array | undefined {
  const [start, count] = record === undefined ? [0, 0] : decodeRecord('sealed', record, ['start', 'count']).numbers
  if (now >= start + limits.lookUpWindow || now < start) return encodeRecord([now, 1])
  return count < limits.sealedMessages ? encodeRecord([start, count + 1]) : undefined
}
