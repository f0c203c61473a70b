import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes } from '../../../src/bytes.js'
import { MessageType } from '../../../src/codec/message.js'
import { MalformedError } from '../../../src/codec/reader.js'
import { hex } from '../../support/vectors.js'
import { field, group, varint } from '../wire/messages.js'

const PART = new MessageType<{ bytes: Bytes | null }>(
  (of) => ({ bytes: of[0] }),
  (of) => [of.bytes],
  [[1, 'bytes', 'optional']],
)
const TYPE = new MessageType<{ bytes: Bytes | null; number: number | null; parts: readonly object[] }>(
  (of) => ({ bytes: of[0], number: of[1], parts: of[2] }),
  (of) => [of.bytes, of.number, of.parts],
  [
    [1, 'bytes', 'optional'],
    [2, 'uint32', 'optional'],
    [3, PART, 'repeated'],
  ],
)

function judgeFrom(start: number, bytes: Uint8Array): 'ok' | 'malformed' {
  try {
    TYPE.read(bytes, { start, maxParts: 2 })
    return 'ok'
  } catch (error) {
    if (error instanceof MalformedError) return 'malformed'
    throw error
  }
}
const judge = (...parts: readonly Uint8Array[]) => judgeFrom(0, concatBytes(...parts))
const nested = (depth: number): Bytes => (depth === 0 ? hex('') : group(9, nested(depth - 1)))

describe('a message read by its table', () => {
  it('accepts nothing, known fields in any order, repeated ones and unknown ones of every wire type', () => {
    expect(judge()).toBe('ok')
    expect(judge(field(2, 1), field(1, hex('aa')), field(2, 3))).toBe('ok')
    expect(judge(field(9, 5), field(9, hex('aabb')), hex('490011223344556677'), hex('4d00112233'), group(9, field(1, 1)))).toBe('ok')
  })

  it('starts where it is told to', () => {
    expect(judgeFrom(1, concatBytes(hex('ff'), field(2, 1)))).toBe('ok')
    expect(judgeFrom(0, concatBytes(hex('ff'), field(2, 1)))).toBe('malformed')
  })

  it('refuses every message cut short inside a field', () => {
    for (const part of [
      field(1, hex('aabb')),
      field(2, 300),
      field(9, hex('aabb')),
      hex('490011223344556677'),
      hex('4d00112233'),
      group(9),
    ]) {
      for (let length = 1; length < part.length; length++) expect(judge(part.subarray(0, length))).toBe('malformed')
      expect(judge(part)).toBe('ok')
    }
  })

  it('refuses lengths beyond the end, in a sub-message beyond its end', () => {
    for (const length of [1, 127, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 2n ** 64n - 1n]) {
      for (const tag of [0x0a, 0x1a, 0x4a]) expect(judge(Uint8Array.of(tag), varint(length))).toBe('malformed')
    }
    const inner = concatBytes(hex('0a02'), hex('aa'))
    expect(judge(field(3, inner), field(1, hex('bb')))).toBe('malformed')
    expect(judge(field(3, field(1, hex('aabb'))))).toBe('ok')
  })

  it('takes varints of up to ten bytes and 64 bits, as tag, as length and as value', () => {
    expect(judge(hex('10'), varint(2n ** 64n - 1n))).toBe('ok')
    expect(judge(hex('10'), varint(1, 10))).toBe('ok')
    expect(judge(hex('10'), hex('80808080808080808002'))).toBe('malformed')
    expect(judge(hex('10'), varint(1, 11))).toBe('malformed')
    expect(judge(hex('4880808080808080808002'))).toBe('malformed')
    expect(judge(varint(2 * 8, 10), hex('01'))).toBe('ok')
    expect(judge(hex('0a'), varint(2, 10), hex('aabb'))).toBe('ok')
  })

  it('refuses tags beyond 32 bits and field number 0', () => {
    expect(judge(varint(2 ** 32 - 8), hex('01'))).toBe('ok')
    expect(judge(varint(2 ** 32), hex('01'))).toBe('malformed')
    for (let type = 0; type < 8; type++) expect(judge(Uint8Array.of(type), new Uint8Array(16))).toBe('malformed')
  })

  it('refuses known fields of another wire type, and wire types that are none', () => {
    const withType = (number: number, type: number) => judge(Uint8Array.of(number * 8 + type), hex('00'), new Uint8Array(7))
    for (const number of [1, 2, 3]) {
      const right = number === 2 ? 0 : 2
      for (const type of [0, 1, 2, 3, 5]) if (type !== right) expect(withType(number, type)).toBe('malformed')
    }
    for (const type of [6, 7]) expect(withType(9, type)).toBe('malformed')
  })

  it('demands that groups end, each with its own number', () => {
    expect(judge(group(9, group(10)))).toBe('ok')
    expect(judge(hex('4c'))).toBe('malformed')
    expect(judge(hex('4b'))).toBe('malformed')
    expect(judge(hex('4b54'))).toBe('malformed')
    expect(judge(group(9, hex('4c')))).toBe('malformed')
    expect(judge(group(9, hex('00')))).toBe('malformed')
  })

  it('lets groups nest ten deep', () => {
    expect(judge(nested(10))).toBe('ok')
    expect(judge(nested(11))).toBe('malformed')
    expect(judge(nested(1_000))).toBe('malformed')
  })

  it('bounds the number of known sub-messages, wherever they stand', () => {
    expect(judge(field(3, hex('')), field(3, hex('')))).toBe('ok')
    expect(judge(field(3, hex('')), field(3, hex('')), field(3, hex('')))).toBe('malformed')
  })
})
