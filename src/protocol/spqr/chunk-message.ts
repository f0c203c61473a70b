/**
 * The bytes that the sparse post-quantum ratchet adds to a message: which key, which epoch, which chunk. Whether a message
 * fits the conversation is judged elsewhere.
 */
import { type Bytes, copyPart } from '../../bytes.js'
import { BisikError } from '../../errors.js'
import { CHUNK_LENGTH, type Chunk } from './erasure-code.js'

/** The only version of the ratchet that is written. Version 0 means "no ratchet". */
export const SPQR_VERSION = 1

/** What a message carries of the braid. */
export type Payload = { readonly type: PlainType } | { readonly type: ChunkType; readonly chunk: Chunk }
/** `None`: nothing to say. `Ct1Ack`: all of ct1 is here. */
export type PlainType = 'None' | 'Ct1Ack'
/** A chunk of the header with its tag, of the ek vector (also with "all of ct1 is here"), of ct1, of ct2 with its tag. */
export type ChunkType = 'Hdr' | 'Ek' | 'EkCt1Ack' | 'Ct1' | 'Ct2'
/** The type of a message. */
export type PayloadType = PlainType | ChunkType

/** A message of the ratchet. */
export interface ChunkMessage {
  /** Epoch of the braid, 1 or more. The message key comes from the chains of the epoch before. */
  readonly epoch: number
  /** Index of the message key in its chain, from 1; 0 while the sender has no chain yet. */
  readonly index: number
  readonly payload: Payload
}

/** A message as received: `payload` is absent when `version` is one that we do not speak. */
export interface ReceivedChunkMessage {
  /** First byte, 1 to 255. */
  readonly version: number
  readonly epoch: number
  readonly index: number
  readonly payload: Payload | undefined
}

/** The type byte is the place in this list. Spec: SPQR, "Message bytes on the wire". */
const TYPES: readonly PayloadType[] = ['None', 'Hdr', 'Ek', 'EkCt1Ack', 'Ct1Ack', 'Ct1', 'Ct2']
const PLAIN_TYPES: readonly PayloadType[] = ['None', 'Ct1Ack']

const MAX_INDEX = 0xffff_ffff
const MAX_CHUNK_INDEX = 0xffff
const MAX_VARINT_LENGTH = 10

/** Writes a message, 4 to about 50 bytes. Spec: SPQR, "Message bytes on the wire"; differs: none. Varints are minimal. */
export function serializeChunkMessage({ epoch, index, payload }: ChunkMessage): Bytes {
  const head = [SPQR_VERSION]
  pushVarint(head, epoch)
  pushVarint(head, index)
  head.push(TYPES.indexOf(payload.type))
  if (!('chunk' in payload)) return new Uint8Array(head)
  pushVarint(head, payload.chunk.index)
  const bytes = new Uint8Array(head.length + CHUNK_LENGTH)
  bytes.set(head)
  bytes.set(payload.chunk.bytes, head.length)
  return bytes
}

/**
 * Parses a message. Copies.
 *
 * Spec: SPQR, "Message bytes on the wire"; differs: an epoch beyond 2^53 - 1 is refused, which no conversation reaches (the
 * reference implementation has 64 bits). Bytes after the message are ignored, as the reference does: the MAC around the whole
 * covers them, and a later version may use them. Varints need not be minimal.
 *
 * @param bytes - at least one byte; the first is not 0 (see `receive`, which decides about version 0).
 * @throws BisikError `malformed-message`.
 */
export function parseChunkMessage(bytes: Uint8Array): ReceivedChunkMessage {
  const reader = { bytes, position: 1 }
  const { epoch, index } = takeHead(reader)
  const version = bytes[0] as number
  return { version, epoch, index, payload: version === SPQR_VERSION ? takePayload(reader) : undefined }
}

/** Reads which key a message names, and nothing else. Spec: SPQR, "Message bytes on the wire". @throws BisikError `malformed-message`. */
export function parseChunkHead(bytes: Uint8Array): Pick<ChunkMessage, 'epoch' | 'index'> {
  return takeHead({ bytes, position: 1 })
}

function takeHead(reader: Reader): Pick<ChunkMessage, 'epoch' | 'index'> {
  const epoch = takeVarint(reader, Number.MAX_SAFE_INTEGER)
  if (epoch === 0) throw malformed('epoch 0')
  return { epoch, index: takeVarint(reader, MAX_INDEX) }
}

interface Reader {
  readonly bytes: Uint8Array
  position: number
}

function takePayload(reader: Reader): Payload {
  const code = reader.bytes[reader.position++]
  if (code === undefined) throw malformed('no type')
  const type = TYPES[code]
  if (type === undefined) throw malformed('unknown type')
  if (isPlain(type)) return { type }
  const index = takeVarint(reader, MAX_CHUNK_INDEX)
  const end = reader.position + CHUNK_LENGTH
  if (end > reader.bytes.length) throw malformed('a chunk is too short')
  return { type, chunk: { index, bytes: copyPart(reader.bytes, reader.position, end) } }
}

function isPlain(type: PayloadType): type is PlainType {
  return PLAIN_TYPES.includes(type)
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  bytes.push(rest)
}

function takeVarint(reader: Reader, max: number): number {
  let value = 0
  for (let i = 0, weight = 1; i < MAX_VARINT_LENGTH; i++, weight *= 0x80) {
    const byte = reader.bytes[reader.position++]
    if (byte === undefined) throw malformed('a number is cut off')
    // A sum beyond 2^53 is no longer exact, but it stays beyond.
    value += (byte & 0x7f) * weight
    if (byte < 0x80) {
      if (value > max) throw malformed('a number is too large')
      return value
    }
  }
  throw malformed('a number does not end')
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason: `post-quantum ratchet: ${reason}` })
}
