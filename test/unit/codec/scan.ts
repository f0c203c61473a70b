/**
 * Judges the structure of a protobuf message in one pass, without making anything of it: bounds, varints, tags, wire types of
 * known fields, groups, number of parts. Knows no message; a `Shape` says which fields are known.
 *
 * protobufjs alone is laxer than libsignal's decoder (it takes a known field of another wire type for an unknown one) and in
 * places stricter (overlong tags); after this pass both accept the same bytes. `protobuf.ts` decodes only what passed.
 */
import { fromUtf8 } from '../../../src/bytes.js'
import { BisikError } from '../../../src/errors.js'

const MAX_GROUP_DEPTH = 10

/** Wire type of a known field. */
export const VARINT = 0
/** Wire type of a known field: eight bytes. */
export const FIXED_64 = 1
/** Wire type of a known field: length-delimited, not looked into. */
export const BYTES = 2
/** A known field of {@link BYTES} that must be UTF-8, each time that it is there. */
export const TEXT = 'text'

/** A known field that may be there as {@link FIXED_64} or as a list of those. */
export const FIXED_64_LIST = 'list'
/** A known field that may be there as {@link VARINT} or as a list of those. */
export const VARINT_LIST = 'varints'

/** The known fields of a message by number: a wire type, or the shape of a sub-message. */
export interface Shape {
  readonly [field: number]: typeof VARINT | typeof FIXED_64 | typeof BYTES | typeof TEXT | typeof FIXED_64_LIST | typeof VARINT_LIST | Shape
}

const GROUP_START = 3
const GROUP_END = 4
const FIXED_32 = 5

/** The largest tag a field can have: 29 bits of number and 3 of wire type. */
const MAX_TAG = 0xffff_ffff
const TOO_LONG = 'a field is longer than the message'

/**
 * Checks `bytes` from `start` on against `shape`.
 *
 * Spec: Protocol Buffers, "Encoding"; differs: unknown groups nest 10 deep at most (libsignal: 100), the number of known
 * sub-messages is bounded.
 *
 * @param maxParts - how many known sub-messages there may be in all.
 * @throws BisikError `malformed-message`.
 */
export function scan(bytes: Uint8Array, start: number, shape: Shape, maxParts: number): void {
  new Scanner(bytes, start, maxParts).message(shape, bytes.length)
}

class Scanner {
  readonly #bytes: Uint8Array
  #position: number
  #partsLeft: number

  constructor(bytes: Uint8Array, start: number, maxParts: number) {
    this.#bytes = bytes
    this.#position = start
    this.#partsLeft = maxParts
  }

  message(shape: Shape, end: number): void {
    while (this.#position < end) {
      const tag = this.#tag(end)
      const type = tag & 7
      const field = tag >>> 3
      const known = shape[field]
      if (known === undefined) this.#skip(type, field, end, 1)
      else if (known === VARINT_LIST && type !== BYTES && type !== VARINT) throw malformed('wrong wire type')
      else if (known === VARINT_LIST) type === VARINT ? this.#varint(end) : this.#advance(this.#varint(end), end)
      else if (known === FIXED_64_LIST && type !== BYTES && type !== FIXED_64) throw malformed('wrong wire type')
      else if (known === FIXED_64_LIST) this.#advance(type === FIXED_64 ? 8 : this.#varint(end), end)
      else if (type !== (typeof known === 'number' ? known : BYTES)) throw malformed('wrong wire type')
      else if (known === VARINT) this.#varint(end)
      else if (known === FIXED_64) this.#advance(8, end)
      else if (known === BYTES) this.#advance(this.#varint(end), end)
      else if (known === TEXT) this.#text(this.#varint(end), end)
      else this.#part(known, this.#varint(end), end)
    }
  }

  #text(length: number, end: number): void {
    const start = this.#position
    this.#advance(length, end)
    if (fromUtf8(this.#bytes.subarray(start, this.#position)) === undefined) throw malformed('text that is not UTF-8')
  }

  #part(shape: Shape, length: number, end: number): void {
    if (this.#partsLeft-- === 0) throw malformed('too many parts')
    if (length > end - this.#position) throw malformed(TOO_LONG)
    this.message(shape, this.#position + length)
  }

  #skip(type: number, field: number, end: number, depth: number): void {
    if (type === VARINT) this.#varint(end)
    else if (type === BYTES) this.#advance(this.#varint(end), end)
    else if (type === FIXED_64) this.#advance(8, end)
    else if (type === FIXED_32) this.#advance(4, end)
    else if (type === GROUP_START) this.#group(field, end, depth)
    else throw malformed(type === GROUP_END ? 'end of no group' : 'no such wire type')
  }

  #group(field: number, end: number, depth: number): void {
    if (depth > MAX_GROUP_DEPTH) throw malformed('groups nest too deep')
    for (;;) {
      const tag = this.#tag(end)
      if ((tag & 7) === GROUP_END) {
        if (tag >>> 3 !== field) throw malformed('end of another group')
        return
      }
      this.#skip(tag & 7, tag >>> 3, end, depth + 1)
    }
  }

  #tag(end: number): number {
    const tag = this.#varint(end)
    if (tag > MAX_TAG) throw malformed('tag out of range')
    if (tag >>> 3 === 0) throw malformed('field number 0')
    return tag
  }

  #advance(count: number, end: number): void {
    if (count > end - this.#position) throw malformed(TOO_LONG)
    this.#position += count
  }

  /** A varint of at most 64 bits, in ten bytes or less; exact up to 2^53, beyond that near enough to be out of every range. */
  #varint(end: number): number {
    let value = 0
    let weight = 1
    for (let count = 1; count <= 10; count++) {
      if (this.#position >= end) break
      const byte = this.#bytes[this.#position++] as number
      if (count === 10 && byte > 1) break
      value += (byte & 0x7f) * weight
      if (byte < 0x80) return value
      weight *= 128
    }
    throw malformed('a varint does not end')
  }
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason })
}
