/**
 * Whether bytes have the one form that the writer gives a message, also where they hold what is not known here: who signs in that form can be
 * read by an older release as far as to see that it is too old. Judges the form; whether required fields are there is for the reader.
 */
import type { Bytes } from '../bytes.js'
import type { MessageType, Row, Scalar } from './message.js'
import { MalformedError, StrictReader, WireType } from './reader.js'

/** `canonical`: as written by the table; `unknown`: so, but for fields that are not in it; `other`: neither. */
export type Form = 'canonical' | 'unknown' | 'other'

/** What a number may be; of other kinds no message has a form here. */
const LARGEST: { readonly [Kind in Scalar]?: number } = { uint32: 0xffff_ffff, uint64: Number.MAX_SAFE_INTEGER, bool: 1 }

/** The form of a proto2 message. */
export function formOf<T>(type: MessageType<T>, bytes: Bytes): Form {
  const reader = new FormReader(bytes)
  try {
    if (!reader.keepsForm(type as MessageType<unknown>)) return 'other'
  } catch (error) {
    if (error instanceof MalformedError) return 'other'
    throw error
  }
  return reader.isKnown ? 'canonical' : 'unknown'
}

class FormReader extends StrictReader {
  isKnown: boolean = true

  /** Whether the fields up to the end come in order, each in its shortest form. */
  keepsForm({ rows }: MessageType<unknown>): boolean {
    const chosen = new Set<string>()
    let last = 0
    while (this.pos < this.len) {
      const tag = this.#shortest()
      if (tag === undefined || tag < 8 || tag > 0xffff_ffff) return false
      const id = tag >>> 3
      const row = rows.find((one) => one.id === id)
      if (id < last || (id === last && row !== undefined && !row.isList)) return false
      last = id
      if (row?.choice !== undefined) {
        if (chosen.has(row.choice)) return false
        chosen.add(row.choice)
      }
      if (row === undefined) this.isKnown = false
      if (!(row === undefined ? this.#skips(tag) : tag === row.tag && this.#keepsValue(row))) return false
    }
    return true
  }

  #keepsValue({ kind, tag }: Row): boolean {
    if (typeof kind === 'string') {
      if ((tag & 7) === WireType.bytes) return this.#skips(tag)
      const value = this.#shortest()
      return value !== undefined && value <= (LARGEST[kind] ?? -1)
    }
    const outer = this.len
    const length = this.#length()
    if (length === undefined) return false
    this.len = this.pos + length
    const isKept = this.keepsForm(kind)
    this.len = outer
    return isKept
  }

  #skips(tag: number): boolean {
    const type = tag & 7
    if (type === WireType.varint) return this.#shortest() !== undefined
    if (type === WireType.bytes) {
      const length = this.#length()
      if (length !== undefined) this.pos += length
      return length !== undefined
    }
    if (type !== WireType.fixed32 && type !== WireType.fixed64) return false
    this.skipField(tag)
    return true
  }

  #length(): number | undefined {
    const length = this.#shortest()
    return length !== undefined && length <= this.len - this.pos ? length : undefined
  }

  /** A number in as few bytes as it needs. */
  #shortest(): number | undefined {
    const start = this.pos
    const value = this.varint()
    return this.pos - start > 1 && this.buf[this.pos - 1] === 0 ? undefined : value
  }
}
