/**
 * The only importer of generated code in `wire/`: strict decoding and plain byte strings, whatever protobufjs does by itself.
 * Knows fields, not what they mean: keys, versions and ranges are judged by the module of each message.
 */
import protobuf from 'protobufjs/minimal.js'
import type { Bytes } from '../bytes.js'
import { type EpochMillis, epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { bisik } from './generated/wire.js'
import { MAX_ONE_TIME_PRE_KEYS } from './limits.js'
import { BYTES, FIXED_64, type Shape, scan, TEXT, VARINT } from './scan.js'

/** The numbers that an envelope's kind has on the wire. */
export const EnvelopeKind: typeof bisik.envelope.Kind = bisik.envelope.Kind

/** Decoded fields; absent optional ones are `null`. All schemas are proto2: proto3's defaults for absent bytes are one shared `Buffer`. */
type Fields<T> = {
  readonly [Name in keyof T]: T[Name] extends Uint8Array ? Bytes : T[Name] extends Uint8Array | null ? Bytes | null : T[Name]
}

interface GeneratedType<Properties, Message> {
  encode(message: Properties, writer: protobuf.Writer): protobuf.Writer
  decode(reader: protobuf.Reader): Message
}

/** One message type of `proto/`. */
interface Codec<Properties, Message> {
  /**
   * Decodes strictly. Every byte string in the result is a copy.
   *
   * @param bytes - memory of our own: nobody else can write to it meanwhile.
   * @param start - where the fields begin, after any framing.
   * @param takesViews - byte strings are views of `bytes` instead, for a caller who keeps them all to itself.
   * @throws BisikError `malformed-message` for anything that is not this message.
   */
  decode(bytes: Bytes, start?: number, takesViews?: boolean): Fields<Message>
  /**
   * Encodes in ascending field order, leaving room around the fields for framing.
   *
   * @returns a fresh byte string: `before` zeros, the encoding, `after` zeros.
   */
  encode(fields: Properties, before?: number, after?: number): Bytes
}

/** Reads what {@link scan} let pass: so it need not refuse overlong tags and lengths. */
class ScannedReader extends protobuf.Reader {
  constructor(bytes: Bytes, start: number) {
    super(bytes)
    this.pos = start
    // The default is a global that any other user of protobufjs in the process can change.
    this.discardUnknown = true
  }

  override tag(): number {
    return this.uint32()
  }

  override size(): number {
    return this.uint32()
  }
}

/** Copies byte strings. */
class CopyingReader extends ScannedReader {
  override raw(start: number, end: number): Uint8Array {
    return this.buf.slice(start, end)
  }
}

function codec<Properties, Message>(type: GeneratedType<Properties, Message>, shape: Shape, maxParts = 0): Codec<Properties, Message> {
  return {
    decode(bytes, start = 0, takesViews = false) {
      scan(bytes, start, shape, maxParts)
      try {
        return type.decode(takesViews ? new ScannedReader(bytes, start) : new CopyingReader(bytes, start)) as Fields<Message>
      } catch {
        // The structure is good, so this is a required field that is missing. Its text would name protobufjs's classes: not passed on.
        throw new BisikError('malformed-message', { reason: 'a required field is missing' })
      }
    },
    encode(fields, before = 0, after = 0) {
      const writer = type.encode(fields, new protobuf.Writer())
      return writer.finishInto(new Uint8Array(before + writer.pos + after), before)
    },
  }
}

export const signalMessage: Codec<bisik.wire.SignalMessage.$Properties, bisik.wire.SignalMessage> = codec(bisik.wire.SignalMessage, {
  1: BYTES,
  2: VARINT,
  3: VARINT,
  4: BYTES,
  5: BYTES,
  6: BYTES,
})

export const preKeySignalMessage: Codec<bisik.wire.PreKeySignalMessage.$Properties, bisik.wire.PreKeySignalMessage> = codec(
  bisik.wire.PreKeySignalMessage,
  { 1: VARINT, 2: BYTES, 3: BYTES, 4: BYTES, 5: VARINT, 6: VARINT, 7: VARINT, 8: BYTES },
)

export const senderKeyMessage: Codec<bisik.wire.SenderKeyMessage.$Properties, bisik.wire.SenderKeyMessage> = codec(
  bisik.wire.SenderKeyMessage,
  { 1: BYTES, 2: VARINT, 3: VARINT, 4: BYTES },
)

export const senderKeyDistributionMessage: Codec<
  bisik.wire.SenderKeyDistributionMessage.$Properties,
  bisik.wire.SenderKeyDistributionMessage
> = codec(bisik.wire.SenderKeyDistributionMessage, { 1: BYTES, 2: VARINT, 3: VARINT, 4: BYTES, 5: BYTES })

export const decryptionErrorMessage: Codec<bisik.wire.DecryptionErrorMessage.$Properties, bisik.wire.DecryptionErrorMessage> = codec(
  bisik.wire.DecryptionErrorMessage,
  { 1: BYTES, 2: VARINT, 3: VARINT },
)

export const content: Codec<bisik.content.Content.$Properties, bisik.content.Content> = codec(bisik.content.Content, {
  8: BYTES,
  1001: BYTES,
  1002: VARINT,
  1003: VARINT,
  1004: BYTES,
  1005: BYTES,
  1006: BYTES,
  1030: BYTES,
})

/** Signal's Content as libsignal knows it: byte strings, of which the last is ours too. */
export const signalContent: Codec<bisik.content.Content.$Properties, Pick<bisik.content.Content, 'decryptionErrorMessage'>> = codec(
  bisik.content.Content,
  { 1: BYTES, 2: BYTES, 3: BYTES, 4: BYTES, 5: BYTES, 6: BYTES, 7: BYTES, 8: BYTES },
)

const ADDRESS: Shape = { 1: BYTES, 2: VARINT }
const ONE_TIME_PRE_KEY: Shape = { 1: VARINT, 2: BYTES }
const SIGNED_PRE_KEY: Shape = { 1: VARINT, 2: BYTES, 3: BYTES }

export const envelope: Codec<bisik.envelope.Envelope.$Properties, bisik.envelope.Envelope> = codec(
  bisik.envelope.Envelope,
  { 1: VARINT, 2: VARINT, 3: ADDRESS, 4: BYTES },
  1,
)

export const preKeyBundle: Codec<bisik.bundle.PreKeyBundle.$Properties, bisik.bundle.PreKeyBundle> = codec(
  bisik.bundle.PreKeyBundle,
  { 1: VARINT, 2: ADDRESS, 3: VARINT, 4: BYTES, 5: SIGNED_PRE_KEY, 6: ONE_TIME_PRE_KEY, 7: SIGNED_PRE_KEY },
  4,
)

export const preKeyUpload: Codec<bisik.bundle.PreKeyUpload.$Properties, bisik.bundle.PreKeyUpload> = codec(
  bisik.bundle.PreKeyUpload,
  {
    1: VARINT,
    2: ADDRESS,
    3: VARINT,
    4: BYTES,
    5: SIGNED_PRE_KEY,
    6: SIGNED_PRE_KEY,
    7: ONE_TIME_PRE_KEY,
    8: SIGNED_PRE_KEY,
    9: VARINT,
    10: VARINT,
  },
  3 + 2 * MAX_ONE_TIME_PRE_KEYS,
)

export const certificate: Codec<bisik.sealed.Certificate.$Properties, bisik.sealed.Certificate> = codec(bisik.sealed.Certificate, {
  1: BYTES,
  2: BYTES,
})

export const serverCertificate: Codec<bisik.sealed.ServerCertificate.$Properties, bisik.sealed.ServerCertificate> = codec(
  bisik.sealed.ServerCertificate,
  { 1: VARINT, 2: BYTES },
)

export const senderCertificate: Codec<bisik.sealed.SenderCertificate.$Properties, bisik.sealed.SenderCertificate> = codec(
  bisik.sealed.SenderCertificate,
  { 1: TEXT, 2: VARINT, 3: FIXED_64, 4: BYTES, 5: BYTES, 6: TEXT, 7: BYTES, 8: VARINT },
)

export const sealedContent: Codec<bisik.sealed.Content.$Properties, bisik.sealed.Content> = codec(bisik.sealed.Content, {
  1: VARINT,
  2: BYTES,
  3: BYTES,
  4: VARINT,
  5: BYTES,
})

export const sealedForOne: Codec<bisik.sealed.ForOne.$Properties, bisik.sealed.ForOne> = codec(bisik.sealed.ForOne, {
  1: BYTES,
  2: BYTES,
  3: BYTES,
})

export const combinedFingerprints: Codec<bisik.fingerprint.Combined.$Properties, bisik.fingerprint.Combined> = codec(
  bisik.fingerprint.Combined,
  { 1: VARINT, 2: { 1: BYTES }, 3: { 1: BYTES } },
  8,
)

/**
 * A time as protobufjs decodes it: a `Long`, or a number where that package is missing. The only 64-bit conversion of the library.
 *
 * @throws BisikError `malformed-message` from 2^53 on.
 */
export function receivedMillis(value: number | { toNumber(): number }): EpochMillis {
  const number = typeof value === 'number' ? value : value.toNumber()
  if (!Number.isSafeInteger(number)) throw new BisikError('malformed-message', { reason: 'a time beyond 2^53' })
  return epochMillis(number)
}
