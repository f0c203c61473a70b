/**
 * Reads protobuf strictly: bounds, varints, tags, groups. Owns what is well-formed in bytes; which fields a message has is for `message.ts`.
 */
import { type Bytes, copyPart, fromUtf8 } from '../bytes.js'
import { doubleOf } from './double.js'
import { Reader } from './protobufjs.js'

/** How a field is written, as its tag says. */
export const WireType = { varint: 0, fixed64: 1, bytes: 2, groupStart: 3, groupEnd: 4, fixed32: 5 } as const

/** Groups are skipped so deep. libsignal goes 100 deep; nothing that it writes has a group. */
const MAX_GROUP_DEPTH = 10

// A tag holds 29 bits of field number and 3 of wire type.
const MAX_TAG = 0xffff_ffff
// A number of 64 bits takes at most so many bytes; of the last only one bit is left.
const MAX_VARINT_LENGTH = 10
// Up to this length, copying byte by byte is faster than the runtime's own copy.
const SHORT = 48

/** What is wrong with the bytes; the layer above makes its own error of it. Quotes none of them. */
export class MalformedError extends Error {}

/** How bytes are read. */
export interface ReadOptions {
  /** Where the fields begin, after any framing; default 0. */
  readonly start?: number
  /** Whether byte strings are copies, or views of the bytes for a caller who keeps those to itself; default copies. */
  readonly views?: boolean
  /** How many sub-messages there may be in all; default any number. */
  readonly maxParts?: number
}

/**
 * Reads one message from bytes of our own. protobufjs's own methods are in places stricter than libsignal's decoder (overlong tags) and in
 * places laxer (varints beyond 64 bits); these accept what libsignal accepts.
 */
export class StrictReader extends Reader {
  /** How many sub-messages may still come. */
  partsLeft: number
  readonly #views: boolean
  /** The low 32 bits of the number that was read last. */
  #low = 0

  constructor(bytes: Uint8Array, { start = 0, views = false, maxParts = Number.POSITIVE_INFINITY }: ReadOptions = {}) {
    super(bytes)
    this.pos = start
    this.#views = views
    this.partsLeft = maxParts
  }

  /** The next tag. @throws MalformedError. */
  tag(): number {
    const tag = this.varint()
    if (tag > MAX_TAG) throw new MalformedError('tag out of range')
    if (tag < 8) throw new MalformedError('field number 0')
    return tag
  }

  /** The low 32 bits of a number: what a longer one means to a field of 32 bits. */
  uint32(): number {
    this.varint()
    return this.#low >>> 0
  }

  /** A number of at most 64 bits; exact up to 2^53, beyond that near enough to be out of every range. */
  varint(): number {
    if (this.pos >= this.len) throw endless()
    const first = this.buf[this.pos++] as number
    if (first >= 0x80) return this.#longVarint(first & 0x7f)
    this.#low = first
    return first
  }

  #longVarint(first: number): number {
    const { buf, len } = this
    let value = first
    let weight = 128
    let low = first
    for (let count = 2; count <= MAX_VARINT_LENGTH && this.pos < len; count++) {
      const byte = buf[this.pos++] as number
      if (count === MAX_VARINT_LENGTH && byte > 1) break
      value += (byte & 0x7f) * weight
      if (count <= 5) low |= (byte & 0x7f) << (7 * (count - 1))
      if (byte < 0x80) {
        this.#low = low
        return value
      }
      weight *= 128
    }
    throw endless()
  }

  /** A length, of what is there. */
  size(): number {
    return this.#need(this.varint())
  }

  /** 64 bits as a number; exact up to 2^53. */
  long(): number {
    this.#need(8)
    const low = this.fixed32()
    return this.fixed32() * 2 ** 32 + low
  }

  double(): number {
    this.#need(8)
    return doubleOf(this.fixed32(), this.fixed32())
  }

  /** A byte string; what is empty has no memory in common with the message. */
  bytes(): Bytes {
    const length = this.size()
    const start = this.pos
    const end = start + length
    this.pos = end
    if (!this.#views || length === 0) return length <= SHORT ? copyPart(this.buf, start, end) : (this.buf.slice(start, end) as Bytes)
    return this.buf.subarray(start, end) as Bytes
  }

  /** Text that is well-formed UTF-8. */
  string(): string {
    const end = this.size() + this.pos
    const text = fromUtf8(this.buf.subarray(this.pos, end))
    if (text === undefined) throw new MalformedError('text that is not UTF-8')
    this.pos = end
    return text
  }

  /** Skips a field that is not known. */
  skipField(tag: number, depth = 1): void {
    const type = tag & 7
    if (type === WireType.varint) this.varint()
    else if (type === WireType.bytes) this.pos = this.size() + this.pos
    else if (type === WireType.fixed64) this.pos += this.#need(8)
    else if (type === WireType.fixed32) this.pos += this.#need(4)
    else if (type === WireType.groupStart) this.#skipGroup(tag, depth)
    else throw new MalformedError(type === WireType.groupEnd ? 'end of no group' : 'no such wire type')
  }

  #skipGroup(start: number, depth: number): void {
    if (depth > MAX_GROUP_DEPTH) throw new MalformedError('groups nest too deep')
    for (;;) {
      const tag = this.tag()
      if ((tag & 7) === WireType.groupEnd) {
        if (tag >>> 3 !== start >>> 3) throw new MalformedError('end of another group')
        return
      }
      this.skipField(tag, depth + 1)
    }
  }

  #need(count: number): number {
    if (count > this.len - this.pos) throw new MalformedError('a field is longer than the message')
    return count
  }
}

function endless(): MalformedError {
  return new MalformedError('a varint does not end')
}
