import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, equalBytes } from '../../../src/bytes.js'
import { coefficientsOf, messageOfCoefficients, messageOfValues, valuesOf } from '../../../src/protocol/spqr/coefficients.js'
import { addChunk, chunkAt, type Decoder, decode, EMPTY_DECODER, nextChunk, startEncoder } from '../../../src/protocol/spqr/erasure-code.js'
import { divide, multiply } from '../../../src/protocol/spqr/gf.js'
import { seededRandom } from '../../support/random.js'

const LENGTHS = [96, 160, 960, 1152]
const random = seededRandom('erasure code')
const messages = new Map(LENGTHS.map((length) => [length, random(length)]))
const messageOf = (length: number): Bytes => messages.get(length) ?? new Uint8Array(0)

/** Multiplication as schools teach it, modulo x^16 + x^12 + x^3 + x + 1. */
function slowMultiply(a: number, b: number): number {
  let product = 0
  for (let bit = 15; bit >= 0; bit--) {
    product <<= 1
    if (product & 0x10000) product ^= 0x1100b
    if ((b >> bit) & 1) product ^= a
  }
  return product
}

function collect(message: Bytes, indices: readonly number[]): Decoder {
  return indices.reduce<Decoder>((decoder, index) => addChunk(decoder, { index, bytes: chunkAt(message, index) }), EMPTY_DECODER)
}

const element = fc.integer({ min: 0, max: 0xffff })

describe('the field', () => {
  it('multiplies like long multiplication, and division undoes it', () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        expect(multiply(a, b)).toBe(slowMultiply(a, b))
        if (b !== 0) expect(divide(multiply(a, b), b)).toBe(a)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the erasure code', () => {
  it.each(LENGTHS)('gives %i bytes back from any sufficient chunks, in any order', (length) => {
    const message = messageOf(length)
    const count = length / 32
    const chosen = fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 2 * count }), element), { minLength: count, maxLength: count })
    fc.assert(
      fc.property(chosen, (indices) => {
        const decoder = collect(message, indices)
        expect(decode(decoder, length)).toEqual(message)
      }),
      { numRuns: 60 },
    )
  })

  it.each(LENGTHS)('needs all of the chunks for %i bytes', (length) => {
    const count = length / 32
    const decoder = collect(
      messageOf(length),
      Array.from({ length: count - 1 }, (_, i) => 100 + i),
    )
    expect(decode(decoder, length)).toBeUndefined()
    expect(decode(addChunk(decoder, { index: 99, bytes: chunkAt(messageOf(length), 99) }), length)).toEqual(messageOf(length))
  })

  it('sends the message itself first, then parity, and wraps from 65,535 to 0', () => {
    const message = messageOf(96)
    let encoder = startEncoder(message)
    for (let i = 0; i < 5; i++) {
      const next = nextChunk(encoder)
      expect(next.chunk).toEqual({ index: i, bytes: chunkAt(message, i) })
      if (i < 3) expect(next.chunk.bytes).toEqual(message.slice(32 * i, 32 * i + 32))
      encoder = next.encoder
    }
    const last = nextChunk({ message, counter: 65_535 })
    expect([last.chunk.index, nextChunk(last.encoder).chunk.index]).toEqual([65_535, 0])
    expect(nextChunk({ message, counter: 0xffff_ffff }).encoder.counter).toBe(0)
  })

  it('keeps the first bytes of a repeated index, whatever comes later', () => {
    const first = addChunk(EMPTY_DECODER, { index: 7, bytes: new Uint8Array(32).fill(1) })
    const second = addChunk(first, { index: 7, bytes: new Uint8Array(32).fill(2) })
    expect(second).toBe(first)
    expect(second.get(7)).toEqual(new Uint8Array(32).fill(1))
    expect(EMPTY_DECODER.size).toBe(0)
  })

  it('gives another message when a chunk was altered', () => {
    const message = messageOf(160)
    const bad = chunkAt(message, 50)
    bad[3] = (bad[3] as number) ^ 1
    const decoder = addChunk(collect(message, [0, 1, 3, 40]), { index: 50, bytes: bad })
    const decoded = decode(decoder, 160)
    expect(decoded !== undefined && equalBytes(decoded, message)).toBe(false)
  })

  // Sources that count what runs in them, as for mutation testing, are slower.
  it.skipIf(process.env.BISIK_UNTIMED === '1')(
    'decodes an ek vector from parity alone well within 10 ms, and makes a parity chunk of it within 0.25 ms',
    () => {
      const message = messageOf(1152)
      const decoder = collect(
        message,
        Array.from({ length: 36 }, (_, i) => 1000 + 97 * i),
      )
      expect(median(21, () => decode(decoder, 1152))).toBeLessThan(10)
      expect(median(21, () => chunkAt(message, 40_000))).toBeLessThan(0.25)
    },
  )
})

describe('values and coefficients', () => {
  it.each(LENGTHS)('are two ways to write %i bytes', (length) => {
    const message = messageOf(length)
    expect(messageOfValues(valuesOf(message), length)).toEqual(message)
    expect(messageOfCoefficients(coefficientsOf(message), length)).toEqual(message)
  })

  it('of another number or length are no message', () => {
    const values = valuesOf(messageOf(96))
    expect(messageOfValues(values.slice(1), 96)).toBeUndefined()
    expect(messageOfValues(values, 160)).toBeUndefined()
    expect(messageOfCoefficients(values.slice(1), 96)).toBeUndefined()
    expect(messageOfCoefficients(values, 160)).toBeUndefined()
  })
})

function median(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[runs >> 1] as number
}
