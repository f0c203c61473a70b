/**
 * Our transport wrapper: what kind of message it is, who claims to have sent it, and the message. Authenticates nothing.
 */
import { type Bytes, utf8 } from '../bytes.js'
import { BisikError } from '../errors.js'
import { checkAddress, type DeviceAddress, receivedAddress } from './address.js'
import { bytesArgument, receive } from './input.js'
import { MAX_ENVELOPE_LENGTH, MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'

/**
 * A message on its way.
 *
 * `sender` is a claim made outside the encryption: a relay overwrites it with the account it authenticated, a client never shows it
 * before `decrypt` returned.
 */
export interface Envelope {
  readonly kind: 'pre-key' | 'ratchet'
  readonly sender: DeviceAddress
  /** A `PreKeySignalMessage` or a `SignalMessage`, at most 1 MiB. */
  readonly body: Bytes
}

const VERSION = 1
const { PRE_KEY, RATCHET } = codec.EnvelopeKind

/**
 * Serializes an envelope.
 *
 * @throws BisikError `invalid-argument`, `message-too-large` if the body is over 1 MiB.
 */
export function serializeEnvelope(envelope: Envelope): Bytes {
  const { user, device } = checkAddress(envelope.sender)
  if (envelope.kind !== 'pre-key' && envelope.kind !== 'ratchet') {
    throw new BisikError('invalid-argument', { argument: 'kind', expected: '"pre-key" or "ratchet"' })
  }
  const kind = envelope.kind === 'pre-key' ? PRE_KEY : RATCHET
  checkBody(bytesArgument(envelope.body, 'body'))
  return codec.envelope.encode({ version: VERSION, kind, sender: { user: utf8(user), device }, body: envelope.body })
}

/**
 * Parses an envelope; the body is not looked at. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large`, `malformed-message` (also for a kind not known here), `unsupported-version`, `invalid-argument`.
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const { version, kind, sender, body } = codec.envelope.decode(receive(bytes, MAX_ENVELOPE_LENGTH))
  if (version !== VERSION) throw new BisikError('unsupported-version', { version })
  if (kind !== PRE_KEY && kind !== RATCHET) throw new BisikError('malformed-message', { reason: 'unknown kind of envelope' })
  checkBody(body)
  return { kind: kind === PRE_KEY ? 'pre-key' : 'ratchet', sender: receivedAddress(sender), body }
}

function checkBody(body: Uint8Array): void {
  if (body.length > MAX_MESSAGE_LENGTH) throw new BisikError('message-too-large', { length: body.length, limit: MAX_MESSAGE_LENGTH })
}
