/**
 * Cuts a message into 32-byte chunks of which any sufficient number gives it back, and puts it together again. Everything
 * here is public.
 *
 * The message is read as 16 interleaved polynomials over GF(2^16): chunk `c` holds the 16 values at the field element `c`. All
 * messages are a multiple of 32 bytes, so that the 16 polynomials have the same points and share their Lagrange coefficients.
 */
import type { Bytes } from '../../bytes.js'
import { fieldTables, GROUP_ORDER } from './gf.js'

/** Bytes in a chunk: the values of 16 polynomials, big-endian. */
export const CHUNK_LENGTH = 32

/** A place of the code and its 32 bytes. */
export interface Chunk {
  /** 0 to 65,535. */
  readonly index: number
  readonly bytes: Bytes
}

/** A message being sent chunk by chunk. */
export interface Encoder {
  /** A multiple of 32 bytes. */
  readonly message: Bytes
  /** Chunks sent so far, modulo 2^32. */
  readonly counter: number
}

/** The chunks received of a message: index → 32 bytes. */
export type Decoder = ReadonlyMap<number, Bytes>

/** A decoder that has received nothing. */
export const EMPTY_DECODER: Decoder = new Map()

/**
 * Starts to send a message.
 *
 * Spec: SPQR, "Erasure code", encoder state; differs: none.
 *
 * @param message - a multiple of 32 bytes; kept, so not to be changed any more.
 */
export function startEncoder(message: Bytes): Encoder {
  return { message, counter: 0 }
}

/**
 * Takes the next chunk of a message: its own bytes first, then parity without end.
 *
 * Spec: SPQR, "Erasure code", "nextChunk"; differs: none. The chunk index wraps from 65,535 to 0.
 */
export function nextChunk(encoder: Encoder): { readonly encoder: Encoder; readonly chunk: Chunk } {
  const index = encoder.counter & 0xffff
  return {
    encoder: { message: encoder.message, counter: (encoder.counter + 1) >>> 0 },
    chunk: { index, bytes: chunkAt(encoder.message, index) },
  }
}

/**
 * Computes one chunk of a message.
 *
 * Spec: SPQR, "Erasure code", "Chunk with index c"; differs: none.
 *
 * @param message - a multiple of 32 bytes.
 * @param index - 0 to 65,535; below `message.length / 32` the chunk is a piece of the message itself.
 */
export function chunkAt(message: Bytes, index: number): Bytes {
  const count = message.length / CHUNK_LENGTH
  if (index < count) return message.slice(index * CHUNK_LENGTH, (index + 1) * CHUNK_LENGTH)
  const chunk = new Uint8Array(CHUNK_LENGTH)
  const { xs, weights } = pointsBelow(count)
  evaluate({ xs, weights, chunks: message, at: index, result: chunk })
  return chunk
}

/** Abscissas, and the logarithms of their barycentric weights. */
interface Points {
  readonly xs: Uint16Array
  readonly weights: Uint16Array
}

/** The points 0, 1, 2, … by their number. A message of the braid has one of four lengths, so there are four entries. */
const points = new Map<number, Points>()

function pointsBelow(count: number): Points {
  let found = points.get(count)
  if (found === undefined) {
    const xs = Uint16Array.from({ length: count }, (_, x) => x)
    found = { xs, weights: weightsOf(xs) }
    points.set(count, found)
  }
  return found
}

/**
 * Adds a chunk.
 *
 * Spec: SPQR, "Erasure code", "addChunk"; differs: of a repeated index the first bytes are kept (the reference implementation's
 * container replaces them). Only a peer who deviates repeats an index with other bytes, and then harms its own message only.
 *
 * @returns a new decoder, or the same one if the index is known.
 */
export function addChunk(decoder: Decoder, chunk: Chunk): Decoder {
  return decoder.has(chunk.index) ? decoder : new Map(decoder).set(chunk.index, chunk.bytes)
}

/**
 * Puts a message together.
 *
 * Spec: SPQR, "Erasure code"; differs: none.
 *
 * @param length - of the message in bytes, a multiple of 32.
 * @returns the message, or `undefined` while there are fewer than `length / 32` chunks.
 */
export function decode(decoder: Decoder, length: number): Bytes | undefined {
  const count = length / CHUNK_LENGTH
  if (decoder.size < count) return undefined
  const message = new Uint8Array(length)
  const missing: number[] = []
  for (let x = 0; x < count; x++) {
    const chunk = decoder.get(x)
    if (chunk === undefined) missing.push(x)
    else message.set(chunk, x * CHUNK_LENGTH)
  }
  if (missing.length === 0) return message

  // By way of an array: Hermes reads nothing from an iterator into a typed array.
  const xs = Uint16Array.from(Array.from(decoder.keys())).sort().slice(0, count)
  const chunks = new Uint8Array(length)
  xs.forEach((x, i) => {
    chunks.set(decoder.get(x) as Bytes, i * CHUNK_LENGTH)
  })
  const weights = weightsOf(xs)
  for (const x of missing) {
    evaluate({ xs, weights, chunks, at: x, result: message.subarray(x * CHUNK_LENGTH, (x + 1) * CHUNK_LENGTH) })
  }
  return message
}

/** Logarithms of the barycentric weights: w_i = 1 / ∏_{j≠i} (x_i - x_j). */
function weightsOf(xs: Uint16Array): Uint16Array {
  const { log } = fieldTables()
  return xs.map((x, i) => {
    let sum = 0
    for (let j = 0; j < xs.length; j++) if (j !== i) sum += log[x ^ (xs[j] as number)] as number
    return (GROUP_ORDER - (sum % GROUP_ORDER)) % GROUP_ORDER
  })
}

/** Evaluates the 16 polynomials through `chunks` (chunk i at abscissa `xs[i]`) at an abscissa that is not among `xs`. */
function evaluate(curve: Points & { readonly chunks: Uint8Array; readonly at: number; readonly result: Uint8Array }): void {
  const { xs, weights, chunks, at, result } = curve
  const { log, exp } = fieldTables()
  let whole = 0
  for (let i = 0; i < xs.length; i++) whole += log[at ^ (xs[i] as number)] as number
  const sums = new Uint16Array(CHUNK_LENGTH / 2)
  for (let i = 0; i < xs.length; i++) {
    const factor = (whole - (log[at ^ (xs[i] as number)] as number) + (weights[i] as number)) % GROUP_ORDER
    for (let p = 0, byte = i * CHUNK_LENGTH; p < sums.length; p++, byte += 2) {
      const value = ((chunks[byte] as number) << 8) | (chunks[byte + 1] as number)
      if (value !== 0) sums[p] = (sums[p] as number) ^ (exp[factor + (log[value] as number)] as number)
    }
  }
  for (let p = 0; p < sums.length; p++) {
    result[2 * p] = (sums[p] as number) >> 8
    result[2 * p + 1] = (sums[p] as number) & 0xff
  }
}
