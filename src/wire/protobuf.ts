/**
 * The messages of the wire by their tables: strict decoding with typed failures, and room for framing around what is encoded. Knows fields,
 * not what they mean: keys, versions and ranges are judged by the module of each message.
 */
import type { Bytes } from '../bytes.js'
import { encode, type MessageType, type Writable } from '../codec/message.js'
import { MalformedError, type ReadOptions } from '../codec/reader.js'
import { type EpochMillis, epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { MAX_MEDIA, MAX_ONE_TIME_PRE_KEYS } from './limits.js'
import * as bundle from './schema/bundle.js'
import * as contents from './schema/content.js'
import * as envelopes from './schema/envelope.js'
import * as fingerprint from './schema/fingerprint.js'
import * as sealed from './schema/sealed-sender.js'
import * as wire from './schema/wire.js'

/** The numbers that an envelope's kind has on the wire. */
export const EnvelopeKind: typeof envelopes.Kind = envelopes.Kind

/** One message type of `proto/`. */
export interface Codec<Fields> {
  /**
   * Decodes strictly; absent optional fields are `null`. Every byte string in the result is a copy, but for a codec of views.
   *
   * @param bytes - memory of our own: nobody else can write to it meanwhile.
   * @param start - where the fields begin, after any framing.
   * @throws BisikError `malformed-message` for anything that is not this message.
   */
  decode(bytes: Bytes, start?: number): Fields
  /**
   * Encodes in ascending field order, leaving room around the fields for framing.
   *
   * @returns a fresh byte string: `before` zeros, the encoding, `after` zeros.
   */
  encode(fields: Writable<Fields>, before?: number, after?: number): Bytes
}

/** The codec of a message type. @param options - `maxParts`: how many sub-messages there may be in all; `views`: byte strings are views of what is decoded. */
export function codec<Fields>(type: MessageType<Fields>, { maxParts = 0, views = false }: ReadOptions = {}): Codec<Fields> {
  return {
    decode(bytes, start = 0) {
      try {
        return type.read(bytes, { start, maxParts, views })
      } catch (error) {
        throw error instanceof MalformedError ? new BisikError('malformed-message', { reason: error.message }) : error
      }
    },
    encode(fields, before = 0, after = 0) {
      return encode(type, fields, { before, after })
    },
  }
}

export const signalMessage: Codec<wire.SignalMessage> = codec(wire.SignalMessage)
/** The same with views, which save a message in order a fifteenth of its time: for bytes that nobody else has. */
export const ownSignalMessage: Codec<wire.SignalMessage> = codec(wire.SignalMessage, { views: true })
export const preKeySignalMessage: Codec<wire.PreKeySignalMessage> = codec(wire.PreKeySignalMessage)
export const senderKeyMessage: Codec<wire.SenderKeyMessage> = codec(wire.SenderKeyMessage)
export const senderKeyDistributionMessage: Codec<wire.SenderKeyDistributionMessage> = codec(wire.SenderKeyDistributionMessage)
export const decryptionErrorMessage: Codec<wire.DecryptionErrorMessage> = codec(wire.DecryptionErrorMessage)
export const content: Codec<contents.Content> = codec(contents.Content, { maxParts: 1 + MAX_MEDIA })
export const signalContent: Codec<contents.SignalContent> = codec(contents.SignalContent)
export const envelope: Codec<envelopes.Envelope> = codec(envelopes.Envelope, { maxParts: 1 })
export const preKeyBundle: Codec<bundle.PreKeyBundle> = codec(bundle.PreKeyBundle, { maxParts: 4 })
export const preKeyUpload: Codec<bundle.PreKeyUpload> = codec(bundle.PreKeyUpload, { maxParts: 3 + 2 * MAX_ONE_TIME_PRE_KEYS })
export const certificate: Codec<sealed.Certificate> = codec(sealed.Certificate)
export const serverCertificate: Codec<sealed.ServerCertificate> = codec(sealed.ServerCertificate)
export const senderCertificate: Codec<sealed.SenderCertificate> = codec(sealed.SenderCertificate)
export const sealedContent: Codec<sealed.Content> = codec(sealed.Content)
export const sealedForOne: Codec<sealed.ForOne> = codec(sealed.ForOne)
export const combinedFingerprints: Codec<fingerprint.Combined> = codec(fingerprint.Combined, { maxParts: 8 })

/** A time as it came. @throws BisikError `malformed-message` from 2^53 on. */
export function receivedMillis(value: number): EpochMillis {
  if (!Number.isSafeInteger(value)) throw new BisikError('malformed-message', { reason: 'a time beyond 2^53' })
  return epochMillis(value)
}
