/**
 * The ratchet message: version byte, fields, truncated MAC. Keeps the received bytes for the MAC, but computes none and holds no secret.
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { checkReceived, copyReceived } from './input.js'
import { MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'
import { parseVersionByte, type SessionVersion, versionByte } from './version.js'

/** A parsed ratchet message; nothing in it is authenticated yet. */
export interface SignalMessage {
  readonly version: SessionVersion
  readonly ratchetKey: EcPublicKey
  readonly counter: number
  /** Transmitted for other implementations; a receiver has no use for it. 0 if absent. */
  readonly previousCounter: number
  readonly ciphertext: Bytes
  /** What the post-quantum ratchet says; empty if absent. */
  readonly pqRatchet: Bytes
  /** Whom the message is from and for (36 bytes when well-formed); compare it after the MAC, see `addressBinding`. */
  readonly addresses: Bytes | undefined
  /** The received bytes without the tag: what the tag is over. */
  readonly authenticated: Bytes
  /** The truncated MAC, 8 bytes. */
  readonly tag: Bytes
}

/** What {@link encodeSignalMessage} writes. */
export interface SignalMessageFields {
  readonly version: SessionVersion
  /** Low half of the version byte: 4, or 3 to write as libsignal did before 0.24. */
  readonly writerVersion?: SessionVersion
  readonly ratchetKey: EcPublicKey
  readonly counter: number
  readonly previousCounter: number
  readonly ciphertext: Uint8Array
  /** Left out when empty. */
  readonly pqRatchet?: Uint8Array
  readonly addresses?: Uint8Array | undefined
}

/** Length in bytes of the truncated MAC. */
const TAG_LENGTH = 8
const MIN_LENGTH = 1 + TAG_LENGTH

/**
 * Encodes a ratchet message in two stages, so that the MAC key stays in `protocol/`.
 *
 * Spec: libsignal wire, "SignalMessage bytes"; differs: none.
 *
 * @returns `macInput`: version byte and fields, what the MAC is over (after the two identity keys);
 *          `finish`: appends the 8-byte tag. `macInput` is the front of what `finish` returns: call it once.
 * @throws BisikError `invalid-argument` if a field is not of its type, a counter not of 32 bits, or the tag not of 8 bytes.
 */
export function encodeSignalMessage(fields: SignalMessageFields): { readonly macInput: Bytes; finish(tag: Uint8Array): Bytes } {
  const given = objectArgument(fields, 'fields', fieldsOf)
  const { pqRatchet, addresses } = given
  const message = codec.signalMessage.encode(
    {
      ratchetKey: bytesArgument(given.ratchetKey, 'ratchetKey', EC_PUBLIC_KEY_LENGTH),
      counter: uint32Argument(given.counter, 'counter'),
      previousCounter: uint32Argument(given.previousCounter, 'previousCounter'),
      ciphertext: bytesArgument(given.ciphertext, 'ciphertext'),
      pqRatchet: pqRatchet !== undefined && bytesArgument(pqRatchet, 'pqRatchet').length > 0 ? pqRatchet : null,
      addresses: addresses === undefined ? null : bytesArgument(addresses, 'addresses'),
    },
    1,
    TAG_LENGTH,
  )
  message[0] = versionByte(given.version, given.writerVersion)
  const tagOffset = message.length - TAG_LENGTH
  return {
    macInput: message.subarray(0, tagOffset),
    finish(tag) {
      message.set(bytesArgument(tag, 'tag', TAG_LENGTH), tagOffset)
      return message
    },
  }
}

/** Every message is encoded here: as a function of the module it is made once. */
function fieldsOf(fields: SignalMessageFields) {
  const { version, writerVersion, ratchetKey, counter, previousCounter, ciphertext, pqRatchet, addresses } = fields
  return { version, writerVersion, ratchetKey, counter, previousCounter, ciphertext, pqRatchet, addresses }
}

/**
 * Parses a ratchet message. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "SignalMessage bytes"; differs: none.
 *
 * @param limit - the most bytes that are looked at.
 * @throws BisikError `message-too-large`, `malformed-message`, `unsupported-version`, `invalid-key`, `invalid-argument`.
 */
export function parseSignalMessage(bytes: Uint8Array, limit: number = MAX_MESSAGE_LENGTH): SignalMessage {
  checkReceived(bytes, limit)
  const tagOffset = tagOffsetOf(bytes)
  return messageOf(copyReceived(bytes, 0, tagOffset), copyReceived(bytes, tagOffset), codec.signalMessage)
}

/**
 * Parses a ratchet message in memory that nobody else has: the result lies in it.
 *
 * @throws BisikError as {@link parseSignalMessage}.
 */
export function parseOwnSignalMessage(own: Bytes, limit: number = MAX_MESSAGE_LENGTH): SignalMessage {
  checkReceived(own, limit)
  const tagOffset = tagOffsetOf(own)
  return messageOf(own.subarray(0, tagOffset), own.subarray(tagOffset), codec.ownSignalMessage)
}

function tagOffsetOf({ length }: Uint8Array): number {
  if (length < MIN_LENGTH) throw new BisikError('malformed-message', { reason: 'too short', length })
  return length - TAG_LENGTH
}

function messageOf(authenticated: Bytes, tag: Bytes, { decode }: typeof codec.signalMessage): SignalMessage {
  const version = parseVersionByte(authenticated[0] as number)
  const fields = decode(authenticated, 1)
  return {
    version,
    ratchetKey: parseEcPublicKey(fields.ratchetKey),
    counter: fields.counter,
    previousCounter: fields.previousCounter ?? 0,
    ciphertext: fields.ciphertext,
    pqRatchet: fields.pqRatchet ?? new Uint8Array(0),
    addresses: fields.addresses ?? undefined,
    authenticated,
    tag,
  }
}
