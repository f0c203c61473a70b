/**
 * Sealed messages as one recipient gets them, and the content inside. Knows the bytes of both versions, no key and no secret.
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import { type Bytes, concatBytes } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { parseSenderCertificate, type SenderCertificate } from './certificate.js'
import { receive } from './input.js'
import { MAX_GROUP_ID_LENGTH, MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'

/** A message sealed for its recipient alone. */
export interface SealedForOne {
  readonly version: 1
  readonly ephemeralKey: EcPublicKey
  /** The sender's identity key, sealed. */
  readonly encryptedStatic: Bytes
  /** The content, sealed. */
  readonly encryptedMessage: Bytes
}

/** One recipient's part of a message that was sealed for many. */
export interface SealedForMany {
  readonly version: 2
  /** 32 bytes: the secret of the message, wrapped for this recipient. */
  readonly wrapped: Bytes
  /** 16 bytes: the sender's proof to this recipient. */
  readonly tag: Bytes
  readonly ephemeralKey: EcPublicKey
  /** The content, sealed. */
  readonly ciphertext: Bytes
}

/** A sealed message of either version. */
export type SealedMessage = SealedForOne | SealedForMany

/** What is sealed: a message of a session or a group, or plaintext content (a retry request). */
export type SealedKind = 'pre-key' | 'ratchet' | 'sender-key' | 'plaintext'

/** What the sender says about a message that does not open: `default`, it will not be sent again; `resendable`; `implicit`, nobody will miss it. */
export type ContentHint = 'default' | 'resendable' | 'implicit'

/** The content of a sealed message. */
export interface SealedContent {
  readonly kind: SealedKind
  readonly certificate: SenderCertificate
  readonly body: Bytes
  /** A number if it is one that this release has no name for. */
  readonly contentHint: ContentHint | number
  /** The group to tell about a message that does not open. */
  readonly groupId: Bytes | undefined
}

/** What {@link serializeSealedContent} writes. */
export interface SealedContentFields {
  readonly kind: SealedKind
  /** Serialized. */
  readonly certificate: Uint8Array
  readonly body: Uint8Array
  readonly contentHint?: ContentHint | number | undefined
  /** Empty means none. */
  readonly groupId?: Uint8Array | undefined
}

/** Bytes of what each recipient of a message for many has alone: the wrapped secret and the tag. */
export const RECIPIENT_PART_LENGTH = 48

const WRITTEN_VERSION = { 1: 0x11, 2: 0x22 } as const
const WRAPPED_LENGTH = 32
const RAW_KEY_LENGTH = EC_PUBLIC_KEY_LENGTH - 1
const EC_TYPE = Uint8Array.of(0x05)

const KIND_OF_NUMBER: ReadonlyMap<number, SealedKind> = new Map([
  [1, 'pre-key'],
  [2, 'ratchet'],
  [7, 'sender-key'],
  [8, 'plaintext'],
])
const NUMBER_OF_KIND: ReadonlyMap<string, number> = new Map([...KIND_OF_NUMBER].map(([number, kind]) => [kind, number]))
/** By their numbers on the wire. */
export const CONTENT_HINTS: readonly ContentHint[] = ['default', 'resendable', 'implicit']

/**
 * Serializes the content of a sealed message.
 *
 * Spec: libsignal wire, "Inner content"; differs: none.
 *
 * @throws BisikError `invalid-argument`.
 */
export function serializeSealedContent(fields: SealedContentFields): Bytes {
  const {
    kind,
    certificate,
    body,
    contentHint = 'default',
    groupId,
  } = objectArgument(fields, 'fields', ({ kind, certificate, body, contentHint, groupId }) => ({
    kind,
    certificate,
    body,
    contentHint,
    groupId,
  }))
  const type = NUMBER_OF_KIND.get(kind)
  if (type === undefined) throw new BisikError('invalid-argument', { argument: 'kind', expected: 'a kind of message that can be sealed' })
  const hint = typeof contentHint === 'number' ? uint32Argument(contentHint, 'contentHint') : CONTENT_HINTS.indexOf(contentHint)
  if (hint < 0) throw new BisikError('invalid-argument', { argument: 'contentHint', expected: CONTENT_HINTS.join(', ') })
  const id = groupId === undefined || bytesArgument(groupId, 'groupId').length === 0 ? null : groupId
  if (id !== null && id.length > MAX_GROUP_ID_LENGTH)
    throw new BisikError('invalid-argument', { argument: 'groupId', expected: `at most ${MAX_GROUP_ID_LENGTH} bytes` })
  return codec.sealedContent.encode({
    type,
    certificate: bytesArgument(certificate, 'certificate'),
    content: bytesArgument(body, 'body'),
    contentHint: hint === 0 ? null : hint,
    groupId: id,
  })
}

/**
 * Parses the content of a sealed message, certificate included.
 *
 * Spec: libsignal wire, "Inner content"; differs: none.
 *
 * @throws BisikError `message-too-large`, `malformed-message` (also for an unknown kind), `invalid-key`, `invalid-argument`.
 */
export function parseSealedContent(bytes: Uint8Array): SealedContent {
  const fields = codec.sealedContent.decode(receive(bytes, MAX_MESSAGE_LENGTH))
  const kind = KIND_OF_NUMBER.get(fields.type)
  if (kind === undefined) throw new BisikError('malformed-message', { reason: 'unknown kind of sealed content' })
  const hint = fields.contentHint ?? 0
  return {
    kind,
    certificate: parseSenderCertificate(fields.certificate),
    body: fields.content,
    contentHint: CONTENT_HINTS[hint] ?? hint,
    groupId: fields.groupId === null || fields.groupId.length === 0 ? undefined : fields.groupId,
  }
}

/** Serializes a message for one. Spec: libsignal wire, "v1 (single recipient)"; differs: none. @throws BisikError `invalid-argument`. */
export function serializeSealedForOne(message: Omit<SealedForOne, 'version'>): Bytes {
  const { ephemeralKey, encryptedStatic, encryptedMessage } = objectArgument(
    message,
    'message',
    ({ ephemeralKey, encryptedStatic, encryptedMessage }) => ({ ephemeralKey, encryptedStatic, encryptedMessage }),
  )
  const bytes = codec.sealedForOne.encode(
    {
      ephemeralKey: bytesArgument(ephemeralKey, 'ephemeralKey', EC_PUBLIC_KEY_LENGTH),
      encryptedStatic: bytesArgument(encryptedStatic, 'encryptedStatic'),
      encryptedMessage: bytesArgument(encryptedMessage, 'encryptedMessage'),
    },
    1,
  )
  bytes[0] = WRITTEN_VERSION[1]
  return bytes
}

/**
 * Joins what one recipient of a message for many gets.
 *
 * Spec: libsignal wire, "v2", "ReceivedMessage"; differs: none.
 *
 * @param part - wrapped secret and tag, {@link RECIPIENT_PART_LENGTH} bytes.
 * @param shared - the raw ephemeral key and the ciphertext.
 */
export function joinSealedForMany(part: Uint8Array, shared: Uint8Array): Bytes {
  return concatBytes(Uint8Array.of(WRITTEN_VERSION[2]), part, shared)
}

/**
 * Parses a sealed message of either version. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "v1 (single recipient)" and "v2"; differs: none. Only the high half of the version byte counts.
 *
 * @param limit - the most bytes that are looked at.
 * @throws BisikError `message-too-large`, `malformed-message`, `unsupported-version`, `invalid-key`, `invalid-argument`.
 */
export function parseSealedMessage(bytes: Uint8Array, limit: number = MAX_MESSAGE_LENGTH): SealedMessage {
  const received = receive(bytes, limit)
  if (received.length === 0) throw new BisikError('malformed-message', { reason: 'too short', length: 0 })
  const version = (received[0] as number) >> 4
  if (version === 2) return parseForMany(received)
  if (version > 1) throw new BisikError('unsupported-version', { version })
  const { ephemeralKey, encryptedStatic, encryptedMessage } = codec.sealedForOne.decode(received, 1)
  return { version: 1, ephemeralKey: parseEcPublicKey(ephemeralKey), encryptedStatic, encryptedMessage }
}

function parseForMany(received: Bytes): SealedForMany {
  const keyStart = 1 + RECIPIENT_PART_LENGTH
  const end = keyStart + RAW_KEY_LENGTH
  if (received.length < end) throw new BisikError('malformed-message', { reason: 'too short', length: received.length })
  return {
    version: 2,
    wrapped: received.slice(1, 1 + WRAPPED_LENGTH),
    tag: received.slice(1 + WRAPPED_LENGTH, keyStart),
    ephemeralKey: parseEcPublicKey(concatBytes(EC_TYPE, received.subarray(keyStart, end))),
    ciphertext: received.slice(end),
  }
}
