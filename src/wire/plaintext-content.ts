/**
 * The one content that travels unencrypted: a retry request in the padding of a real message. Does not know what is in the request.
 */
import type { Bytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import { type DecryptionErrorMessage, parseDecryptionErrorMessage, serializeDecryptionErrorMessage } from './decryption-error-message.js'
import { receive } from './input.js'
import { MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'

const MARKER = 0xc0
const PADDING = 0x80

/**
 * Serializes a retry request as plaintext content.
 *
 * Spec: libsignal wire, "PlaintextContent and DecryptionErrorMessage"; differs: none.
 *
 * @throws BisikError `invalid-argument`.
 */
export function serializePlaintextContent(message: DecryptionErrorMessage): Bytes {
  const content = codec.content.encode({ decryptionErrorMessage: serializeDecryptionErrorMessage(message) }, 1, 1)
  content[0] = MARKER
  content[content.length - 1] = PADDING
  return content
}

/**
 * Takes the marker off plaintext content; the body is not looked at.
 *
 * Spec: libsignal wire, "PlaintextContent and DecryptionErrorMessage"; differs: none.
 *
 * @returns the body: content and padding.
 * @throws BisikError `malformed-message` if empty, `unsupported-version` if the marker is another, `message-too-large`, `invalid-argument`.
 */
export function parsePlaintextContent(bytes: Uint8Array): Bytes {
  const received = receive(bytes, MAX_MESSAGE_LENGTH)
  if (received.length === 0) throw new BisikError('malformed-message', { reason: 'too short', length: 0 })
  if (received[0] !== MARKER) throw new BisikError('unsupported-version', { version: received[0] as number })
  return received.slice(1)
}

/**
 * Reads the retry request out of a body.
 *
 * @param body - from {@link parsePlaintextContent}, or the plaintext of an encrypted message.
 * @throws BisikError `malformed-message` if the padding is not one 0x80 or there is no request inside, and as `parseDecryptionErrorMessage`.
 */
export function extractDecryptionError(body: Uint8Array): DecryptionErrorMessage {
  const received = receive(body, MAX_MESSAGE_LENGTH)
  if (received[received.length - 1] !== PADDING)
    throw new BisikError('malformed-message', { reason: 'no padding', length: received.length })
  const { decryptionErrorMessage } = codec.signalContent.decode(received.subarray(0, -1))
  if (decryptionErrorMessage === null) throw new BisikError('malformed-message', { reason: 'no retry request inside' })
  return parseDecryptionErrorMessage(decryptionErrorMessage)
}
