/**
 * Our transport wrapper: what kind of message it is, who claims to have sent it, and the message. Authenticates nothing.
 */

import { bytesArgument, objectArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import { addressFields, type DeviceAddress, receivedAddress } from './address.js'
import { COMMITMENT_LENGTH } from './frank.js'
import { receive } from './input.js'
import { MAX_ENVELOPE_LENGTH, MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'

/**
 * A message on its way that says who sent it.
 *
 * `sender` is a claim made outside the encryption: a relay overwrites it with the account it authenticated, a client never shows it
 * before `decrypt` returned.
 */
export interface NamedEnvelope {
  readonly kind: 'pre-key' | 'ratchet' | 'sender-key'
  readonly sender: DeviceAddress
  /** A `PreKeySignalMessage`, a `SignalMessage` or a `SenderKeyMessage`, at most 1 MiB. */
  readonly body: Bytes
  /** What the content inside must fit, 32 bytes, so that no two contents do. A relay passes it on as it is. */
  readonly commitment?: Bytes | undefined
}

/** A message on its way that says who sent it to nobody but its recipient. */
export interface SealedEnvelope {
  readonly kind: 'sealed'
  readonly sender?: undefined
  /** A sealed message for one recipient, at most 1 MiB. */
  readonly body: Bytes
  /** As in {@link NamedEnvelope}. */
  readonly commitment?: Bytes | undefined
}

/** A request to send again on its way, unencrypted: it works when no session does, and proves nothing. */
export interface PlaintextEnvelope {
  readonly kind: 'plaintext'
  readonly sender: DeviceAddress
  /** Plaintext content. */
  readonly body: Bytes
  /** Says nothing here. */
  readonly commitment?: Bytes | undefined
}

/** A message on its way. */
export type Envelope = NamedEnvelope | SealedEnvelope | PlaintextEnvelope

const VERSION = 1
const KIND_OF_NUMBER: ReadonlyMap<number, Envelope['kind']> = new Map([
  [codec.EnvelopeKind.PRE_KEY, 'pre-key'],
  [codec.EnvelopeKind.RATCHET, 'ratchet'],
  [codec.EnvelopeKind.SENDER_KEY, 'sender-key'],
  [codec.EnvelopeKind.SEALED, 'sealed'],
  [codec.EnvelopeKind.PLAINTEXT, 'plaintext'],
])
const NUMBER_OF_KIND: ReadonlyMap<string, number> = new Map([...KIND_OF_NUMBER].map(([number, kind]) => [kind, number]))

/**
 * Serializes an envelope.
 *
 * @throws BisikError `invalid-argument`, `message-too-large` if the body is over 1 MiB.
 */
export function serializeEnvelope(envelope: Envelope): Bytes {
  const { kind, sender, body, commitment } = readEnvelope(envelope)
  const number = NUMBER_OF_KIND.get(kind)
  if (number === undefined)
    throw new BisikError('invalid-argument', { argument: 'kind', expected: '"pre-key", "ratchet", "sender-key", "sealed" or "plaintext"' })
  checkBody(bytesArgument(body, 'body'))
  return codec.envelope.encode({
    version: VERSION,
    kind: number,
    sender: kind === 'sealed' ? null : addressFields(sender as DeviceAddress),
    body,
    commitment: commitment ?? null,
  })
}

/** The fields of an envelope that a caller passed. @throws BisikError `invalid-argument`. */
export function readEnvelope(envelope: Envelope): { [Name in keyof Envelope]: Envelope[Name] } {
  const read = objectArgument(envelope, 'envelope', ({ kind, sender, body, commitment }) => ({ kind, sender, body, commitment }))
  if (read.commitment !== undefined) bytesArgument(read.commitment, 'commitment', COMMITMENT_LENGTH)
  return read
}

/**
 * Parses an envelope; the body is not looked at. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large`, `malformed-message` (also for a kind not known here), `unsupported-version`, `invalid-argument`.
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const { version, kind: number, sender, body, commitment } = codec.envelope.decode(receive(bytes, MAX_ENVELOPE_LENGTH))
  if (version !== VERSION) throw new BisikError('unsupported-version', { version })
  const kind = KIND_OF_NUMBER.get(number)
  if (kind === undefined) throw new BisikError('malformed-message', { reason: 'unknown kind of envelope' })
  checkBody(body)
  const committed = commitment === null ? {} : { commitment: receivedCommitment(commitment) }
  if (kind === 'sealed') return { kind, body, ...committed }
  if (sender === null) throw new BisikError('malformed-message', { reason: 'no sender' })
  return { kind, sender: receivedAddress(sender), body, ...committed }
}

function receivedCommitment(commitment: Bytes): Bytes {
  if (commitment.length !== COMMITMENT_LENGTH) throw new BisikError('malformed-message', { reason: 'no commitment' })
  return commitment
}

function checkBody(body: Uint8Array): void {
  if (body.length > MAX_MESSAGE_LENGTH) throw new BisikError('message-too-large', { length: body.length, limit: MAX_MESSAGE_LENGTH })
}
