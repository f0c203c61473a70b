import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRecordKey, recordKey } from '../../../src/store/record-key.js'

// Any UTF-16 code units, lone surrogates included.
const names = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    '',
    '.',
    '..',
    '/',
    '%',
    '%0025',
    '\0',
    '__proto__',
    'constructor',
    '\ud800',
    '\udc00',
    '\u202ea',
    'a',
    'A',
    'é',
    'e\u0301',
  ),
)

describe('recordKey', () => {
  it('leaves plain names readable', () => {
    expect(recordKey('session', 'alice_A-9', 1)).toBe('session/alice_A-9/1')
    expect(recordKey('9d0652a3-dcc3-4d11-975f-74d61598733f')).toBe('9d0652a3-dcc3-4d11-975f-74d61598733f')
  })

  it('escapes everything else as code units of four digits', () => {
    expect(recordKey('a.b/c%', '', '\0', 'é😀\ud800')).toBe('a%002eb%002fc%0025/%/%0000/%00e9%d83d%de00%d800')
  })

  it('row 28: two different names never share a key', () => {
    expect(recordKey('a.1', 1)).not.toBe(recordKey('a', 11))
    expect(recordKey('a', 1, 1)).not.toBe(recordKey('a', 11))
    expect(recordKey('a/b')).not.toBe(recordKey('a', 'b'))
    expect(recordKey('')).not.toBe(recordKey('', ''))
    expect(recordKey('%')).not.toBe(recordKey(''))
    const lists = fc.array(names, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(lists, lists, (a, b) => (recordKey(...a) === recordKey(...b)) === (JSON.stringify(a) === JSON.stringify(b))),
      { numRuns: 10_000 },
    )
  })

  it('row 28: every name comes back from its key, and the key is plain text without empty or dot segments', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 4 }), (segments) => {
        const key = recordKey(...segments)
        expect(parseRecordKey(key)).toEqual(segments)
        expect(key).toMatch(/^[A-Za-z0-9_%-]+(\/[A-Za-z0-9_%-]+)*$/)
      }),
      { numRuns: 10_000 },
    )
  })

  it('row 28: every single code unit has a key of its own', () => {
    const keys = new Set<string>()
    for (let unit = 0; unit <= 0xffff; unit++) keys.add(recordKey(String.fromCharCode(unit)))
    expect(keys.size).toBe(0x10000)
  })

  it('writes a number as its digits', () => {
    expect(recordKey('pre-key', 0)).toBe(recordKey('pre-key', '0'))
    expect(recordKey(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991')
  })

  it('refuses no segments and numbers that are not whole', () => {
    expect(() => recordKey()).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    for (const number of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => recordKey(number)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
  })
})

describe('parseRecordKey', () => {
  it('refuses what recordKey never returns', () => {
    for (const key of [
      '',
      '/',
      'a/',
      '/a',
      'a//b',
      'a.b',
      'a b',
      '%2e',
      '%002E',
      '%0061',
      '%00',
      'a%',
      '%%',
      'é',
      'a\n',
      '%005f',
      '%002d',
    ]) {
      expect(() => parseRecordKey(key), key).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
  })
})
