/**
 * Byte strings: joining, comparing, text and hex.
 */

import { bytesArgument, textArgument } from './arguments.js'

/** A byte string that owns its memory: never a Node `Buffer`, never shared. What bisik returns is always this. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Joins byte strings into a new one. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Copies a byte string into memory of its own: a plain `Uint8Array`, also when given a Node `Buffer` or a view. */
export function copyBytes(source: Uint8Array): Bytes {
  return new Uint8Array(source)
}

/**
 * Copies a short part of a byte string as {@link copyBytes} does, without a view. To make a view of a small array, V8 first
 * moves it out of its heap, which costs ten times as much as the copy.
 *
 * @param end - at most the length.
 */
export function copyPart(source: Uint8Array, start: number, end: number): Bytes {
  const copy = new Uint8Array(end - start)
  for (let i = 0; i < copy.length; i++) copy[i] = source[start + i] as number
  return copy
}

/**
 * Compares two byte strings without an early exit.
 *
 * @returns `false` at once when the lengths differ: lengths are public everywhere in this library.
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && equalityMask(a, b) !== 0
}

/** Compares two byte strings of one length without a branch: -1 if they are equal, 0 if not. What {@link overwrite} takes. */
export function equalityMask(a: Uint8Array, b: Uint8Array): number {
  let difference = 0
  let i = 0
  if (a.length >= LONG && a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0) {
    const words = a.length >>> 2
    const x = new Uint32Array(a.buffer, a.byteOffset, words)
    const y = new Uint32Array(b.buffer, b.byteOffset, words)
    for (let word = 0; word < words; word++) difference |= (x[word] as number) ^ (y[word] as number)
    i = 4 * words
  }
  for (; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return ~((difference | -difference) >> 31)
}

/** Overwrites `target` with `source`, of the same length, if `mask` is -1, and with itself if it is 0. No branch tells which of the two. */
export function overwrite(target: Uint8Array, source: Uint8Array, mask: number): void {
  for (let i = 0; i < target.length; i++) target[i] = ((source[i] as number) & mask) | ((target[i] as number) & ~mask)
}

/** From this length on, comparing four bytes at a time is worth making two views. */
const LONG = 256

const DIGITS: Bytes = utf8('0123456789abcdef')

/** Lower-case hexadecimal, two characters a byte. For public values only: a string cannot be wiped. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  // In pieces, each the arguments of one call: a string that is joined digit by digit is a tree, which is made flat at the first look.
  for (let start = 0; start < bytes.length; start += 256) {
    const codes: number[] = []
    for (const byte of bytes.subarray(start, start + 256)) codes.push(DIGITS[byte >> 4] as number, DIGITS[byte & 15] as number)
    text += String.fromCharCode(...codes)
  }
  return text
}

/** A text that stands for these bytes and no others: a name in a map. For public values only: a string cannot be wiped. */
export function byteText(bytes: Uint8Array): string {
  let text = ''
  // In pieces: each byte is an argument, and a stack holds only some ten thousand of those.
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 4096) as unknown as number[])
  return text
}

/**
 * Reads hexadecimal in either case.
 *
 * @returns the bytes, or `undefined` when the text is not an even number of hexadecimal digits.
 */
export function fromHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0 || /[^0-9a-fA-F]/.test(text)) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/**
 * Encodes text as UTF-8. Written out because Hermes (React Native) shipped for years without `TextDecoder`, and with a wrong one.
 * A lone surrogate becomes U+FFFD, as `TextEncoder` does.
 *
 * @throws BisikError `invalid-argument`.
 */
export function utf8(text: string): Bytes {
  textArgument(text, 'text')
  return asciiBytes(text) ?? encodeUtf8(text)
}

/** The bytes of a text that is ASCII, as most names and all identifiers are: at a fraction of the cost. */
function asciiBytes(text: string): Bytes | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return undefined
    bytes[i] = code
  }
  return bytes
}

function encodeUtf8(text: string): Bytes {
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  for (const character of text) {
    let point = character.codePointAt(0) as number
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x80) bytes[length++] = point
    else if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6)
      bytes[length++] = 0x80 | (point & 0x3f)
    } else if (point < 0x10000) {
      bytes[length++] = 0xe0 | (point >> 12)
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f)
      bytes[length++] = 0x80 | (point & 0x3f)
    } else {
      bytes[length++] = 0xf0 | (point >> 18)
      bytes[length++] = 0x80 | ((point >> 12) & 0x3f)
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f)
      bytes[length++] = 0x80 | (point & 0x3f)
    }
  }
  return bytes.slice(0, length)
}

/**
 * Decodes UTF-8.
 *
 * @returns the text, or `undefined` when the bytes are not well-formed UTF-8 (overlong forms and surrogates included).
 * @throws BisikError `invalid-argument`.
 */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  bytesArgument(bytes, 'bytes')
  return bytes.length <= SHORT && isAscii(bytes) ? byteText(bytes) : decodeUtf8(bytes)
}

/** Up to this length, ASCII is told from other text before it is decoded. */
const SHORT = 256

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) >= 0x80) return false
  return true
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  const pieces: string[] = []
  let piece = ''
  let i = 0
  while (i < bytes.length) {
    const first = bytes[i] as number
    const length =
      first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
    if (length === 0 || i + length > bytes.length) return undefined
    let point = length === 1 ? first : first & (0xff >> (length + 1))
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k] as number
      if ((next & 0xc0) !== 0x80) return undefined
      point = (point << 6) | (next & 0x3f)
    }
    if ((length === 3 && point < 0x800) || (length === 4 && point < 0x10000) || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
      return undefined
    piece += String.fromCodePoint(point)
    if (piece.length > 4096) {
      pieces.push(piece)
      piece = ''
    }
    i += length
  }
  return pieces.join('') + piece
}
