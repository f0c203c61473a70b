/** Segments and indexes of kept keys, changed in place as bytes: the same as decoding, changing and encoding. */
import { describe, expect, it } from 'vitest'
import { expose, Secret } from '../../../src/crypto/secret.js'
import {
  decodeSkippedIndex,
  decodeSkippedSegment,
  encodeSkippedIndex,
  encodeSkippedSegment,
  skippedKeyIn,
  splitRun,
  withoutOldestKeys,
  withoutSkippedKey,
  withSkippedCount,
  withSkippedKeys,
} from '../../../src/records/skipped-keys-record.js'

const corrupt = expect.objectContaining({ code: 'corrupt-record' })
const keyOf = (place: number) => Secret.own<'MessageSeed'>(new Uint8Array(place % 7 === 3 ? 80 : 32).fill(place + 1))
const segmentOf = (...places: number[]) => encodeSkippedSegment(new Map(places.map((place) => [place, keyOf(place)])))
const altered = (bytes: Uint8Array, at: number, value: number) => bytes.map((byte, i) => (i === at ? value : byte))

describe('a segment', () => {
  const places = [0, 3, 5, 10, 15]

  it('gives one key, or none', () => {
    for (const place of places) expect(expose(skippedKeyIn(segmentOf(...places), place) as Secret<string>)).toEqual(expose(keyOf(place)))
    for (const place of [1, 14]) expect(skippedKeyIn(segmentOf(...places), place)).toBeUndefined()
  })

  it('loses one key and keeps the others as they are', () => {
    for (const place of places) {
      const others = places.filter((one) => one !== place)
      expect(withoutSkippedKey(segmentOf(...places), place)).toEqual({ left: 4, segment: segmentOf(...others) })
    }
    expect(withoutSkippedKey(segmentOf(...places), 1)).toEqual({ left: 5, segment: segmentOf(...places) })
    expect(withoutSkippedKey(segmentOf(9), 9)).toEqual({ left: 0, segment: segmentOf() })
  })

  it('keeps nothing of the key that it loses in the memory that it lies in', () => {
    for (const place of places) {
      const bytes = segmentOf(...places)
      const key = expose(keyOf(place))
      const { segment } = withoutSkippedKey(bytes, place)
      expect(segment.buffer).toBe(bytes.buffer)
      expect([...bytes].filter((byte) => byte === place + 1).length).toBeLessThan(key.length)
      expect(bytes.subarray(segment.length)).toEqual(new Uint8Array(2 + key.length))
    }
  })

  it('takes keys of higher places, and may begin with them', () => {
    expect(withSkippedKeys(undefined, 3, [keyOf(3), keyOf(4)])).toEqual(segmentOf(3, 4))
    expect(withSkippedKeys(segmentOf(0, 3), 14, [keyOf(14), keyOf(15)])).toEqual(segmentOf(0, 3, 14, 15))
  })

  it('loses its oldest keys', () => {
    for (const count of [1, 3, 4]) expect(withoutOldestKeys(segmentOf(...places), count)).toEqual(segmentOf(...places.slice(count)))
  })

  it('that is cut off, or has a place or a length that there is not, is refused by every reader', () => {
    const whole = segmentOf(0, 5)
    const wrong = [
      new Uint8Array(0),
      whole.slice(0, -1),
      whole.slice(0, 36),
      altered(whole, 1, 16),
      altered(whole, 2, 33),
      altered(whole, 0, 0),
    ]
    for (const bytes of wrong) {
      for (const read of [() => decodeSkippedSegment(bytes), () => skippedKeyIn(bytes, 0), () => withoutSkippedKey(bytes, 0)]) {
        expect(read).toThrow(corrupt)
      }
    }
    expect(() => skippedKeyIn(altered(whole, 0, 2), 0)).toThrow(expect.objectContaining({ code: 'record-too-new' }))
  })
})

describe('keys of consecutive counters', () => {
  it('are split where a segment ends', () => {
    const keys = Array.from({ length: 20 }, (_, i) => keyOf(i))
    expect(splitRun(13, keys)).toEqual([
      { segment: 0, place: 13, keys: keys.slice(0, 3) },
      { segment: 1, place: 0, keys: keys.slice(3, 19) },
      { segment: 2, place: 0, keys: keys.slice(19) },
    ])
    expect(splitRun(13, [])).toEqual([])
  })
})

describe('an index', () => {
  const index = new Map([
    [2, 16],
    [7, 1],
    [70_000, 9],
  ])

  it('takes another count, loses a segment, and ends with the last', () => {
    for (const [segment, count] of [
      [2, 15],
      [70_000, 1],
    ] as const) {
      expect(decodeSkippedIndex(withSkippedCount(encodeSkippedIndex(index), segment, count) as Uint8Array)).toEqual(
        new Map(index).set(segment, count),
      )
    }
    const left = new Map(index)
    left.delete(7)
    expect(withSkippedCount(encodeSkippedIndex(index), 7, 0)).toEqual(encodeSkippedIndex(left))
    expect(withSkippedCount(encodeSkippedIndex(new Map([[7, 1]])), 7, 0)).toBeUndefined()
  })

  it('that does not name the segment, or is cut off, is refused', () => {
    expect(() => withSkippedCount(encodeSkippedIndex(index), 3, 1)).toThrow(corrupt)
    expect(() => withSkippedCount(encodeSkippedIndex(index).slice(0, -1), 2, 1)).toThrow(corrupt)
  })
})
