/**
 * The content container: what the library says to its like inside an encrypted message, and beside it the application's bytes. Does
 * not know how it travels, and does not look into what it carries.
 */

import { booleanArgument, bytesArgument, type Checks, fieldsArgument, objectArgument, textArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { type EpochMillis, timeArgument } from '../env.js'
import { BisikError } from '../errors.js'
import { type DecryptionErrorMessage, parseDecryptionErrorMessage, serializeDecryptionErrorMessage } from './decryption-error-message.js'
import { type Frank, frankFields, receivedFrank } from './frank.js'
import { receive } from './input.js'
import { MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'
import { uuidBytes, uuidText } from './uuid.js'

/** The most bytes an access key may have. */
const MAX_ACCESS_KEY_LENGTH = 64

/** Bytes of a content's name. */
export const CONTENT_NAME_LENGTH = 16

/** What one encrypted message carries. */
export interface Content {
  /** The application's own. */
  readonly application?: Bytes | undefined
  /** What tells it from all others, each time that it is sent: 16 random bytes. Without one, `sentAt` is its name. */
  readonly name?: Bytes | undefined
  /** When it was sent, by the sender's clock. */
  readonly sentAt?: EpochMillis | undefined
  /** Whether it was sent before under the same name. */
  readonly again?: boolean
  /** What `Group.distribute` returned. */
  readonly senderKey?: Bytes | undefined
  /** What lets its owner's contacts send without saying who they are; 1 to 64 bytes. */
  readonly accessKey?: Bytes | undefined
  /** A distribution id whose sender key is asked for. */
  readonly senderKeyWanted?: string | undefined
  /** What opens the commitment on the envelope. */
  readonly frank?: Frank | undefined
  /** A message that did not open. */
  readonly retry?: DecryptionErrorMessage | undefined
}

const CHECKS: Checks<Content> = {
  application: bytesArgument,
  name: (name, argument) => bytesArgument(name, argument, CONTENT_NAME_LENGTH),
  sentAt: timeArgument,
  again: booleanArgument,
  senderKey: bytesArgument,
  accessKey: bytesArgument,
  senderKeyWanted: textArgument,
  frank: (frank, name) => objectArgument(frank, name, (given) => given),
  retry: (retry, name) => objectArgument(retry, name, ({ ratchetKey, timestamp, device }) => ({ ratchetKey, timestamp, device })),
}

/**
 * Serializes a content. There is no padding: what an application wants hidden it pads itself.
 *
 * Spec: libsignal wire, "PlaintextContent and DecryptionErrorMessage", for field 8; the other fields are ours.
 *
 * @throws BisikError `invalid-argument`, also for a field that is not known.
 */
export function serializeContent(content: Content): Bytes {
  const { application, name, sentAt, again, senderKey, accessKey, senderKeyWanted, frank, retry } = fieldsArgument(
    content,
    'content',
    CHECKS,
  )
  if (accessKey !== undefined && !isAccessKey(accessKey)) {
    throw new BisikError('invalid-argument', { argument: 'accessKey', expected: '1 to 64 bytes' })
  }
  const wanted = senderKeyWanted === undefined ? undefined : uuidBytes(senderKeyWanted)
  if (wanted === undefined && senderKeyWanted !== undefined) {
    throw new BisikError('invalid-argument', { argument: 'senderKeyWanted', expected: 'a UUID' })
  }
  return codec.content.encode({
    decryptionErrorMessage: retry === undefined ? null : serializeDecryptionErrorMessage(retry),
    application: application ?? null,
    sentAt: sentAt ?? null,
    again: again === true ? true : null,
    senderKeyDistribution: senderKey ?? null,
    accessKey: accessKey ?? null,
    senderKeyWanted: wanted ?? null,
    frank: frank === undefined ? null : frankFields(frank),
    name: name ?? null,
  })
}

/**
 * Parses a content; fields not known here are skipped. The result shares no memory with `bytes`.
 *
 * Spec: as {@link serializeContent}.
 *
 * @throws BisikError `malformed-message`, `message-too-large`, `invalid-key`, `invalid-argument`.
 */
export function parseContent(bytes: Uint8Array): Content {
  const fields = codec.content.decode(receive(bytes, MAX_MESSAGE_LENGTH))
  const { application, name, sentAt, again, senderKeyDistribution, accessKey, senderKeyWanted, frank, decryptionErrorMessage } = fields
  if (accessKey !== null && !isAccessKey(accessKey)) throw new BisikError('malformed-message', { reason: 'not an access key' })
  if (senderKeyWanted !== null && senderKeyWanted.length !== 16) throw new BisikError('malformed-message', { reason: 'not a UUID' })
  if (name !== null && name.length !== CONTENT_NAME_LENGTH)
    throw new BisikError('malformed-message', { reason: 'not the name of a content' })
  return {
    application: application ?? undefined,
    name: name ?? undefined,
    sentAt: sentAt === null ? undefined : codec.receivedMillis(sentAt),
    again: again === true,
    senderKey: senderKeyDistribution ?? undefined,
    accessKey: accessKey ?? undefined,
    senderKeyWanted: senderKeyWanted === null ? undefined : uuidText(senderKeyWanted),
    frank: frank === null ? undefined : receivedFrank(frank),
    retry: decryptionErrorMessage === null ? undefined : parseDecryptionErrorMessage(decryptionErrorMessage),
  }
}

function isAccessKey({ length }: Uint8Array): boolean {
  return length > 0 && length <= MAX_ACCESS_KEY_LENGTH
}
