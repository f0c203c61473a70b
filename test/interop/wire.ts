/**
 * Reads the few public facts of a message that a conversation is checked by. Knows field numbers, no cryptography, and nothing of bisik's
 * own parsers: what it says is a second opinion.
 */
import type { Message } from './peer.js'

export interface Facts {
  /** High nibble of the version byte: 3 for X3DH sessions, 4 for PQXDH ones. */
  readonly version: number
  readonly ratchetKey: string
  /** Of the post-quantum ratchet's exchange, from 1; 0: the message carries no part of that ratchet. */
  readonly epoch: number
  /** In a message that brings its session: what the session is known by. */
  readonly baseKey: string | undefined
}

export function factsOf(message: Message): Facts {
  const outer = message.type === 3 ? fieldsOf(message.bytes.subarray(1)) : undefined
  const inner = outer ? outer.get(4) : message.bytes
  if (!inner) throw new Error('a PreKeySignalMessage without message')
  const fields = fieldsOf(inner.subarray(1, -8))
  return {
    version: (inner[0] ?? 0) >> 4,
    ratchetKey: hex(fields.get(1)),
    epoch: epochOf(fields.get(5)),
    baseKey: outer && hex(outer.get(2)),
  }
}

function hex(bytes: Uint8Array | undefined): string {
  if (!bytes) throw new Error('a message without a key')
  return Buffer.from(bytes).toString('hex')
}

/** @param part - one byte of version, and the epoch as a varint. */
function epochOf(part: Uint8Array | undefined): number {
  if (!part?.length) return 0
  let epoch = 0
  for (let [index, scale] = [1, 1]; ; index++, scale *= 128) {
    const byte = part[index]
    if (byte === undefined) throw new Error('a truncated message')
    epoch += (byte & 0x7f) * scale
    if (byte < 0x80) return epoch
  }
}

interface Field {
  readonly number: number
  /** 0: a varint; 2: bytes with their length. */
  readonly wireType: number
  readonly start: number
  readonly valueStart: number
  readonly end: number
}

function splitFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  let offset = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[offset++]
      if (byte === undefined) throw new Error('a truncated message')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  while (offset < bytes.length) {
    const start = offset
    const tag = varint()
    const wireType = tag % 8
    if (wireType !== 0 && wireType !== 2) throw new Error('an unexpected wire type')
    let valueStart = offset
    const value = varint()
    if (wireType === 2) {
      valueStart = offset
      offset += value
    }
    fields.push({ number: Math.floor(tag / 8), wireType, start, valueStart, end: offset })
  }
  return fields
}

/** Length-delimited fields by number, the last of each. */
function fieldsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = splitFields(bytes).filter((field) => field.wireType === 2)
  return new Map(found.map(({ number, valueStart, end }) => [number, bytes.subarray(valueStart, end)]))
}

export interface Alteration {
  readonly name: string
  /** @param place - any number: chooses where, the same place relative to the field in any message. */
  apply(bytes: Uint8Array, place: number): Uint8Array
}

/** Alterations that mean the same in two messages of one form, whatever their ids and keys. */
export function alterationsOf(type: 2 | 3): Alteration[] {
  const tail = type === 2 ? 8 : 0
  const whole = (name: string, apply: Alteration['apply']): Alteration => ({ name, apply })
  const perField = (number: number): Alteration[] => {
    const at = (bytes: Uint8Array): Field => {
      const field = splitFields(bytes.subarray(1, bytes.length - tail)).find((found) => found.number === number)
      if (!field) throw new Error(`no field ${number}`)
      // Offsets count from the message's first byte, which is the version.
      return { ...field, start: field.start + 1, valueStart: field.valueStart + 1, end: field.end + 1 }
    }
    const flipAt = (bytes: Uint8Array, index: number, bit: number): Uint8Array =>
      bytes.map((byte, i) => (i === index ? byte ^ (1 << bit) : byte))
    return [
      whole(`field ${number}: lowest bit of the first byte`, (bytes) => flipAt(bytes, at(bytes).valueStart, 0)),
      whole(`field ${number}: last byte`, (bytes) => flipAt(bytes, at(bytes).end - 1, 0)),
      whole(`field ${number}: some bit`, (bytes, place) => {
        const { wireType, valueStart, end } = at(bytes)
        // The low bits of a one-byte number only: ids of two messages may differ in length.
        return wireType === 2
          ? flipAt(bytes, valueStart + ((place >>> 3) % (end - valueStart)), place & 7)
          : flipAt(bytes, valueStart, place & 3)
      }),
      whole(`field ${number}: left out`, (bytes) => joined(bytes.subarray(0, at(bytes).start), bytes.subarray(at(bytes).end))),
      whole(`field ${number}: twice`, (bytes) => {
        const { start, end } = at(bytes)
        return joined(bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end))
      }),
    ]
  }
  const numbers = type === 2 ? [1, 2, 3, 4] : [1, 2, 3, 4, 5, 6]
  return [
    ...numbers.flatMap(perField),
    whole('writer version', (bytes) => joined([(bytes[0] as number) ^ 0x0f], bytes.subarray(1))),
    whole('session version too old', (bytes) => joined([0x24], bytes.subarray(1))),
    whole('session version too new', (bytes) => joined([0x54], bytes.subarray(1))),
    whole('the other session version', (bytes) => joined([(bytes[0] as number) ^ 0x70], bytes.subarray(1))),
    whole('unknown field at the front', (bytes) => joined(bytes.subarray(0, 1), [0xf8, 0x07, 0x01], bytes.subarray(1))),
    whole('unknown field at the end', (bytes) =>
      joined(bytes.subarray(0, bytes.length - tail), [0xf8, 0x07, 0x01], bytes.subarray(bytes.length - tail)),
    ),
    whole('a byte short', (bytes) => bytes.slice(0, -1)),
    whole('a byte long', (bytes) => joined(bytes, [0])),
    whole('version byte only', (bytes) => bytes.slice(0, 1)),
    whole('empty', () => new Uint8Array(0)),
    ...(type === 2
      ? [
          whole('first byte of the MAC', (bytes) => bytes.map((byte, i) => (i === bytes.length - 8 ? byte ^ 1 : byte))),
          whole('last byte of the MAC', (bytes) => bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 0x80 : byte))),
        ]
      : []),
  ]
}

function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
