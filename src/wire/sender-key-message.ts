/**
 * The two messages of sender keys: what a group reads, and what hands out the key to read it. Keeps the received bytes for the
 * signature, but verifies none.
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey, SIGNATURE_LENGTH, type Signature } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { checkReceived, copyReceived, receive } from './input.js'
import { MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'
import { uuidBytes, uuidText } from './uuid.js'

/** A parsed group message; nothing in it is authenticated yet. */
export interface SenderKeyMessage {
  /** Which of its sender's keys this is of: a UUID in lower case. */
  readonly distribution: string
  readonly chainId: number
  readonly iteration: number
  readonly ciphertext: Bytes
  /** The received bytes without the signature: what the signature is over. */
  readonly authenticated: Bytes
  readonly signature: Signature
}

/** What {@link encodeSenderKeyMessage} writes. */
export type SenderKeyMessageFields = Omit<SenderKeyMessage, 'ciphertext' | 'authenticated' | 'signature'> & {
  readonly ciphertext: Uint8Array
}

/** What hands out a sender key. It is not signed: it is sent inside the encryption between two devices, and nowhere else. */
export interface SenderKeyDistributionMessage {
  /** A UUID in lower case. */
  readonly distribution: string
  readonly chainId: number
  /** The iteration that `chainKey` makes the message key of; earlier messages cannot be read. */
  readonly iteration: number
  /** Secret, 32 bytes, bare: whoever parsed the message wipes it. */
  readonly chainKey: Bytes
  readonly signingKey: EcPublicKey
}

const UUID_LENGTH = 16
const CHAIN_KEY_LENGTH = 32
/** libsignal asks the length of a signature of both messages, of the unsigned one too. */
const MIN_LENGTH = 1 + SIGNATURE_LENGTH
const VERSION = 3
const VERSION_BYTE = (VERSION << 4) | VERSION

/**
 * Encodes a group message in two stages, so that the signing key stays in `protocol/`.
 *
 * Spec: libsignal wire, "SenderKeyMessage"; differs: none.
 *
 * @returns `signatureInput`: version byte and fields, what the signature is over; `finish`: appends the 64-byte signature.
 *          `signatureInput` is the front of what `finish` returns: call it once.
 * @throws BisikError `invalid-argument`.
 */
export function encodeSenderKeyMessage(fields: SenderKeyMessageFields): {
  readonly signatureInput: Bytes
  finish(signature: Uint8Array): Bytes
} {
  const { distribution, chainId, iteration, ciphertext } = objectArgument(
    fields,
    'fields',
    ({ distribution, chainId, iteration, ciphertext }) => ({ distribution, chainId, iteration, ciphertext }),
  )
  const message = codec.senderKeyMessage.encode(
    {
      distributionUuid: distributionArgument(distribution),
      chainId: uint32Argument(chainId, 'chainId'),
      iteration: uint32Argument(iteration, 'iteration'),
      ciphertext: bytesArgument(ciphertext, 'ciphertext'),
    },
    1,
    SIGNATURE_LENGTH,
  )
  message[0] = VERSION_BYTE
  const signatureOffset = message.length - SIGNATURE_LENGTH
  return {
    signatureInput: message.subarray(0, signatureOffset),
    finish(signature) {
      message.set(bytesArgument(signature, 'signature', SIGNATURE_LENGTH), signatureOffset)
      return message
    },
  }
}

/**
 * Parses a group message. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "SenderKeyMessage"; differs: none.
 *
 * @param limit - the most bytes that are looked at.
 * @throws BisikError `message-too-large`, `malformed-message`, `unsupported-version`, `invalid-argument`.
 */
export function parseSenderKeyMessage(bytes: Uint8Array, limit: number = MAX_MESSAGE_LENGTH): SenderKeyMessage {
  checkReceived(bytes, limit)
  checkLength(bytes)
  const signatureOffset = bytes.length - SIGNATURE_LENGTH
  const authenticated = copyReceived(bytes, 0, signatureOffset)
  checkVersion(authenticated)
  const { distributionUuid, chainId, iteration, ciphertext } = codec.senderKeyMessage.decode(authenticated, 1)
  return {
    distribution: receivedUuid(distributionUuid),
    chainId,
    iteration,
    ciphertext,
    authenticated,
    signature: copyReceived(bytes, signatureOffset) as Signature,
  }
}

/**
 * Serializes what hands out a sender key.
 *
 * Spec: libsignal wire, "SenderKeyDistributionMessage"; differs: none.
 *
 * @returns bytes that hold the chain key: encrypt them for one device.
 * @throws BisikError `invalid-argument`.
 */
export function serializeSenderKeyDistribution(message: SenderKeyDistributionMessage): Bytes {
  const { distribution, chainId, iteration, chainKey, signingKey } = objectArgument(
    message,
    'message',
    ({ distribution, chainId, iteration, chainKey, signingKey }) => ({ distribution, chainId, iteration, chainKey, signingKey }),
  )
  const bytes = codec.senderKeyDistributionMessage.encode(
    {
      distributionUuid: distributionArgument(distribution),
      chainId: uint32Argument(chainId, 'chainId'),
      iteration: uint32Argument(iteration, 'iteration'),
      chainKey: bytesArgument(chainKey, 'chainKey', CHAIN_KEY_LENGTH),
      signingKey: bytesArgument(signingKey, 'signingKey', EC_PUBLIC_KEY_LENGTH),
    },
    1,
  )
  bytes[0] = VERSION_BYTE
  return bytes
}

/**
 * Parses what hands out a sender key. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "SenderKeyDistributionMessage"; differs: none.
 *
 * @throws BisikError `message-too-large`, `malformed-message`, `unsupported-version`, `invalid-key`, `invalid-argument`.
 */
export function parseSenderKeyDistribution(bytes: Uint8Array, limit: number = MAX_MESSAGE_LENGTH): SenderKeyDistributionMessage {
  const copy = receive(bytes, limit)
  checkLength(copy)
  checkVersion(copy)
  const { distributionUuid, chainId, iteration, chainKey, signingKey } = codec.senderKeyDistributionMessage.decode(copy, 1)
  copy.fill(0)
  if (chainKey.length !== CHAIN_KEY_LENGTH) throw malformed('a chain key of another length')
  if (signingKey.length !== EC_PUBLIC_KEY_LENGTH) throw malformed('a signing key of another length')
  return { distribution: receivedUuid(distributionUuid), chainId, iteration, chainKey, signingKey: parseEcPublicKey(signingKey) }
}

/**
 * Checks a distribution id that a caller passed.
 *
 * @returns it in lower case.
 * @throws BisikError `invalid-argument` if it is no UUID.
 */
export function checkDistribution(distribution: string): string {
  return uuidText(distributionArgument(distribution))
}

function distributionArgument(distribution: string): Bytes {
  const bytes = uuidBytes(distribution)
  if (bytes === undefined) throw new BisikError('invalid-argument', { argument: 'distribution', expected: 'a UUID' })
  return bytes
}

function receivedUuid(bytes: Uint8Array): string {
  if (bytes.length !== UUID_LENGTH) throw malformed('a distribution id of another length')
  return uuidText(bytes)
}

function checkLength(bytes: Uint8Array): void {
  if (bytes.length < MIN_LENGTH) throw new BisikError('malformed-message', { reason: 'too short', length: bytes.length })
}

/** The low half of the version byte is not looked at, as by every libsignal release. */
function checkVersion(bytes: Uint8Array): void {
  const version = (bytes[0] as number) >> 4
  if (version !== VERSION) throw new BisikError('unsupported-version', { version })
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason })
}
