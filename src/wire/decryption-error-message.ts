/**
 * The retry request: tells a sender which of its messages did not open. Does not know how it travels (see `plaintext-content.ts`).
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey } from '../crypto/keys.js'
import { type EpochMillis, timeArgument } from '../env.js'
import { BisikError } from '../errors.js'
import { receive } from './input.js'
import { MAX_MESSAGE_LENGTH } from './limits.js'
import { parsePreKeySignalMessage } from './pre-key-message.js'
import * as codec from './protobuf.js'
import { parseSignalMessage } from './signal-message.js'

/** Which message did not open. */
export interface DecryptionErrorMessage {
  /** The ratchet key of the message, so that the sender can tell whether the session is still the same; none for a group message. */
  readonly ratchetKey: EcPublicKey | undefined
  /** When the message was sent. */
  readonly timestamp: EpochMillis
  /** The device that sent the message. */
  readonly device: number
}

/** A message that did not open. `plaintext` content cannot fail to open. */
export interface OriginalMessage {
  readonly kind: 'ratchet' | 'pre-key' | 'sender-key'
  readonly body: Uint8Array
}

/**
 * Makes the retry request for a message that did not open.
 *
 * Spec: libsignal wire, "PlaintextContent and DecryptionErrorMessage"; differs: none.
 *
 * @throws BisikError as the parser of the original's kind; `invalid-argument` for a kind that is not encrypted.
 */
export function decryptionErrorFor(original: OriginalMessage, timestamp: EpochMillis, device: number): DecryptionErrorMessage {
  return {
    ratchetKey: ratchetKeyOf(objectArgument(original, 'original', ({ kind, body }) => ({ kind, body }))),
    timestamp: timeArgument(timestamp, 'timestamp'),
    device: uint32Argument(device, 'device'),
  }
}

function ratchetKeyOf({ kind, body }: OriginalMessage): EcPublicKey | undefined {
  switch (kind) {
    case 'ratchet':
      return parseSignalMessage(body).ratchetKey
    case 'pre-key':
      return parsePreKeySignalMessage(body).message.ratchetKey
    case 'sender-key':
      return undefined
    default:
      throw new BisikError('invalid-argument', { argument: 'kind', expected: 'an encrypted message' })
  }
}

/** Serializes a retry request. @throws BisikError `invalid-argument`. */
export function serializeDecryptionErrorMessage(message: DecryptionErrorMessage): Bytes {
  const { ratchetKey, timestamp, device } = objectArgument(message, 'message', ({ ratchetKey, timestamp, device }) => ({
    ratchetKey,
    timestamp,
    device,
  }))
  return codec.decryptionErrorMessage.encode({
    ratchetKey: ratchetKey === undefined ? null : bytesArgument(ratchetKey, 'ratchetKey', EC_PUBLIC_KEY_LENGTH),
    timestamp: timeArgument(timestamp, 'timestamp'),
    deviceId: uint32Argument(device, 'device'),
  })
}

/**
 * Parses a retry request.
 *
 * Spec: libsignal wire, "PlaintextContent and DecryptionErrorMessage"; differs: a timestamp of 2^53 or more is refused.
 *
 * @throws BisikError `message-too-large`, `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseDecryptionErrorMessage(bytes: Uint8Array): DecryptionErrorMessage {
  const fields = codec.decryptionErrorMessage.decode(receive(bytes, MAX_MESSAGE_LENGTH))
  return {
    ratchetKey: fields.ratchetKey === null ? undefined : parseEcPublicKey(fields.ratchetKey),
    timestamp: codec.receivedMillis(fields.timestamp),
    device: fields.deviceId ?? 0,
  }
}
