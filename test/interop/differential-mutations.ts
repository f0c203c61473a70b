/**
 * Spoils serialized messages with their structure in mind: fields dropped, repeated, moved, of another wire type, with numbers out of
 * range or written too long, keys replaced. Knows protobuf and the framing that it is told, and no message.
 */
import type { Dice } from './random.js'

/** Bytes with fields in the middle. */
export interface Material {
  readonly bytes: Uint8Array
  /** Bytes before the fields (a version byte). */
  readonly before: number
  /** Bytes after the fields (a MAC or a signature). */
  readonly after: number
}

/** A field as it stands in the message: `raw` is all of it, tag included. */
interface Field {
  readonly number: number
  readonly type: number
  readonly value: bigint
  readonly content: Uint8Array
  readonly raw: Uint8Array
}

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5
const NUMBERS = [0n, 1n, 127n, 128n, 16_383n, 16_384n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]

/** Points of small order and other keys that are not of an honest key's form. */
const ODD_KEYS = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '0900000000000000000000000000000000000000000000000000000000000000',
]

/** A spoiled copy, and what was done to it. */
export function mutate({ bytes, before, after }: Material, dice: Dice): { readonly name: string; readonly bytes: Uint8Array } {
  const [head, tail] = [bytes.subarray(0, before), bytes.subarray(bytes.length - after)]
  const fields = split(bytes.subarray(before, bytes.length - after))
  const kind = dice.below(10)
  if (kind === 0 || fields === undefined || fields.length === 0) return spoilWhole(bytes, dice)
  if (kind === 1 && before > 0) return { name: 'first byte', bytes: replaced(bytes, 0, pick(ODD_BYTES, dice) ?? dice.below(256)) }
  const { name, fields: changed } = spoilFields(fields, dice, 0)
  return { name, bytes: joined(head, ...changed, tail) }
}

const ODD_BYTES = [0x00, 0x11, 0x20, 0x22, 0x23, 0x24, 0x30, 0x33, 0x34, 0x3f, 0x40, 0x43, 0x44, 0x4f, 0x54, 0xc0, 0xff]

function spoilWhole(bytes: Uint8Array, dice: Dice): { readonly name: string; readonly bytes: Uint8Array } {
  const length = bytes.length
  switch (dice.below(6)) {
    case 0:
      return { name: 'cut', bytes: bytes.slice(0, dice.below(length + 1)) }
    case 1:
      return { name: 'cut by little', bytes: bytes.slice(0, Math.max(0, length - 1 - dice.below(70))) }
    case 2:
      return { name: 'extended', bytes: joined(bytes, dice.bytes(1 + dice.below(80))) }
    case 3:
      return { name: 'random', bytes: dice.bytes(dice.below(120)) }
    default: {
      if (length === 0) return { name: 'unaltered', bytes }
      const at = dice.below(length)
      return { name: 'bit', bytes: replaced(bytes, at, (bytes[at] as number) ^ (1 << dice.below(8))) }
    }
  }
}

function spoilFields(fields: readonly Field[], dice: Dice, depth: number): { readonly name: string; readonly fields: Uint8Array[] } {
  const raws = fields.map(({ raw }) => raw)
  const index = dice.below(fields.length)
  const field = fields[index] as Field
  const put = (name: string, ...instead: Uint8Array[]) => ({
    name: `field ${field.number}: ${name}`,
    fields: raws.flatMap((raw, i) => (i === index ? instead : [raw])),
  })
  const insert = (name: string, ...more: Uint8Array[]) => {
    const at = dice.below(raws.length + 1)
    return { name, fields: [...raws.slice(0, at), ...more, ...raws.slice(at)] }
  }
  switch (dice.below(14)) {
    case 0:
      return put('dropped')
    case 1:
      return put('twice', field.raw, field.raw)
    case 2: {
      const other = spoilField(field, dice)
      return dice.chance(0.5)
        ? put(`${other.name}, then as it was`, other.raw, field.raw)
        : put(`as it was, then ${other.name}`, field.raw, other.raw)
    }
    case 3: {
      const shuffled = [...raws]
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = dice.below(i + 1)
        const [a, b] = [shuffled[i], shuffled[j]]
        if (a && b) [shuffled[i], shuffled[j]] = [b, a]
      }
      return { name: 'reordered', fields: shuffled }
    }
    case 4:
      return insert('unknown field', unknownField(dice))
    case 5: {
      const number = dice.chance(0.5) ? field.number : 1 + dice.below(40)
      const type = pick([VARINT, FIXED_64, BYTES, FIXED_32, 3, 4, 6, 7], dice)
      return dice.chance(0.5)
        ? put(`another wire type ${type}`, ofType(field.number, type, field.content, dice))
        : insert(`field ${number} of wire type ${type}`, ofType(number, type, field.content, dice))
    }
    case 6: {
      const nest = 1 + dice.below(dice.chance(0.2) ? 110 : 12)
      return insert(`groups ${nest} deep`, groups(100 + dice.below(1000), nest, dice.chance(0.2)))
    }
    case 7:
      return insert('a strange tag', strangeTag(dice))
    case 8:
    case 9: {
      const inner = field.type === BYTES && depth < 3 ? split(field.content) : undefined
      if (inner !== undefined && inner.length > 0) {
        const deeper = spoilFields(inner, dice, depth + 1)
        return put(`inside, ${deeper.name}`, bytesField(field.number, joined(...deeper.fields)))
      }
      const other = spoilField(field, dice)
      return put(other.name, other.raw)
    }
    default: {
      const other = spoilField(field, dice)
      return put(other.name, other.raw)
    }
  }
}

function spoilField(field: Field, dice: Dice): { readonly name: string; readonly raw: Uint8Array } {
  const { number, type, value, content } = field
  if (type === VARINT) {
    const padding = pick([2, 5, 9, 10, 11], dice)
    switch (dice.below(5)) {
      case 0:
        return { name: `a varint of ${padding} bytes`, raw: joined(tag(number, VARINT), varint(value, padding)) }
      case 1:
        return { name: `a tag of ${padding} bytes`, raw: joined(varint(BigInt(number * 8), padding), varint(value)) }
      case 2:
        return { name: 'beyond 32 bits', raw: joined(tag(number, VARINT), varint(value + 2n ** BigInt(32 + dice.below(32)))) }
      case 3: {
        const near = value + BigInt(dice.below(5) - 2)
        return { name: 'a number near', raw: joined(tag(number, VARINT), varint(near < 0n ? 0n : near)) }
      }
      default: {
        const other = pick(NUMBERS, dice)
        return { name: `number ${other}`, raw: joined(tag(number, VARINT), varint(other)) }
      }
    }
  }
  if (type === BYTES) {
    const of = (name: string, changed: Uint8Array) => ({ name, raw: bytesField(number, changed) })
    const padding = pick([2, 5, 9, 10, 11], dice)
    switch (dice.below(12)) {
      case 0:
        return of('empty', new Uint8Array(0))
      case 1:
        return of('a byte short', content.slice(0, -1))
      case 2:
        return of('a byte long', joined(content, [dice.below(256)]))
      case 3:
        return of('much longer', joined(content, dice.bytes(1 + dice.below(200))))
      case 4:
        return { name: `a length of ${padding} bytes`, raw: joined(tag(number, BYTES), varint(BigInt(content.length), padding), content) }
      case 5: {
        const length = pick(NUMBERS, dice)
        return { name: `length ${length}`, raw: joined(tag(number, BYTES), varint(length), content) }
      }
      case 6:
        if (content.length === 33) return of('an odd key', joined([0x05], Buffer.from(pick(ODD_KEYS, dice), 'hex')))
        return of('zeros', new Uint8Array(content.length))
      case 7:
        if (content.length > 0) return of('its first byte', replaced(content, 0, dice.below(256)))
        return of('a byte', Uint8Array.of(dice.below(256)))
      case 8:
        return of('random', dice.bytes(pick([1, 16, 17, 31, 32, 33, 36, 64], dice)))
      case 9:
        return of('not UTF-8', joined(content, [0xc3, 0x28]))
      default: {
        if (content.length === 0) return of('a byte', Uint8Array.of(dice.below(256)))
        const at = dice.below(content.length)
        return of('a bit', replaced(content, at, (content[at] as number) ^ (1 << dice.below(8))))
      }
    }
  }
  return { name: 'random', raw: joined(tag(number, type), dice.bytes(type === FIXED_64 ? 8 : 4)) }
}

function unknownField(dice: Dice): Uint8Array {
  const number = pick([9, 15, 16, 100, 2047, 536_870_911], dice) + dice.below(2) * 20
  return ofType(Math.min(number, 536_870_911), pick([VARINT, FIXED_64, BYTES, FIXED_32], dice), dice.bytes(dice.below(20)), dice)
}

function ofType(number: number, type: number, content: Uint8Array, dice: Dice): Uint8Array {
  if (type === VARINT) return joined(tag(number, VARINT), varint(pick(NUMBERS, dice)))
  if (type === BYTES) return bytesField(number, content)
  if (type === FIXED_64) return joined(tag(number, type), dice.bytes(8))
  if (type === FIXED_32) return joined(tag(number, type), dice.bytes(4))
  if (type === 3) return groups(number, 1, false)
  return tag(number, type)
}

function groups(number: number, depth: number, wrongEnd: boolean): Uint8Array {
  const starts = Array.from({ length: depth }, (_, i) => tag(number + i, 3))
  const ends = Array.from({ length: depth }, (_, i) => tag(number + depth - 1 - i + (wrongEnd && i === 0 ? 1 : 0), 4))
  return joined(...starts, bytesField(1, Uint8Array.of(1, 2)), ...ends)
}

function strangeTag(dice: Dice): Uint8Array {
  const tags = [0n, 2n, 2n ** 32n, 2n ** 32n + 8n, 2n ** 35n + 2n, BigInt(8 * (1 + dice.below(20)) + dice.below(8))]
  return joined(varint(pick(tags, dice), dice.chance(0.3) ? 10 : 0), dice.bytes(dice.below(3)))
}

/** The fields; `undefined` if the bytes are none. */
function split(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = []
  let position = 0
  const take = (): bigint | undefined => {
    let value = 0n
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const byte = bytes[position++]
      if (byte === undefined) return undefined
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    return undefined
  }
  while (position < bytes.length) {
    const start = position
    const key = take()
    if (key === undefined || key >> 3n === 0n || key >> 3n > 2000n) return undefined
    const type = Number(key & 7n)
    let value = 0n
    if (type === VARINT || type === BYTES) {
      const found = take()
      if (found === undefined) return undefined
      value = found
    }
    const from = position
    if (type === BYTES) position += Number(value)
    else if (type === FIXED_64) position += 8
    else if (type === FIXED_32) position += 4
    else if (type !== VARINT) return undefined
    if (position > bytes.length) return undefined
    const content = bytes.subarray(from, position)
    fields.push({ number: Number(key >> 3n), type, value, content, raw: bytes.subarray(start, position) })
  }
  return fields
}

function bytesField(number: number, content: Uint8Array): Uint8Array {
  return joined(tag(number, BYTES), varint(BigInt(content.length)), content)
}

function tag(number: number, type: number): Uint8Array {
  return varint(BigInt(number) * 8n + BigInt(type))
}

/** @param length - bytes to write at least: zeros beyond what the value needs. */
function varint(value: bigint, length = 0): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn))
    if (rest < 0x80n) break
  }
  while (bytes.length < length) bytes.push(0)
  return Uint8Array.from(bytes, (byte, i) => (i === bytes.length - 1 ? byte : byte | 0x80))
}

/** A number as a varint of `length` bytes at least. */
export function paddedVarint(value: number, length = 0): Uint8Array {
  return varint(BigInt(value), length)
}

function replaced(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  return bytes.map((old, i) => (i === at ? byte : old))
}

/** One of a list. */
export function pick<T>(list: readonly T[], dice: Dice): T {
  return list[dice.below(list.length)] as T
}

function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array))))
}
