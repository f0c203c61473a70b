import { utf8 } from 'bisik'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeContent, encodeContent } from '../../examples/chat/content.js'
import { layout, printable } from '../../examples/chat/width.js'

describe('what a peer of the chat writes', () => {
  it('cannot steer the terminal or reorder what stands around it', () => {
    const text = printable('a\u001b[2J\u001b]0;title\u0007\r\n\u009b31m\u202eevil\u2066\u200f\u2028\ufeffb')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/)
    expect(text).toMatch(/^a.*b$/)
    expect(printable('déjà vu, 日本語, 👩‍👩‍👧, שלום')).toBe('déjà vu, 日本語, 👩‍👩‍👧, שלום')
  })

  it('is read back as it was written, or is nothing at all', () => {
    const text = { type: 'text', id: '0123456789abcdef', from: 'alice', text: 'hi' } as const
    expect(decodeContent(encodeContent(text))).toEqual(text)
    expect(decodeContent(encodeContent({ type: 'delivered', ids: [text.id] }))).toEqual({ type: 'delivered', ids: [text.id] })
    expect(decodeContent(encodeContent({ type: 'again' }))).toEqual({ type: 'again' })
    for (const odd of ['', 'null', '1', '[]', '{}', '{"type":"text"}', '{"type":"text","id":"../x","from":"a","text":"b"}']) {
      expect(decodeContent(utf8(odd))).toBeUndefined()
    }
    for (const odd of ['{"type":"delivered","ids":["x"]}', '{"type":"delivered","ids":"0123456789abcdef"}', '{"type":"__proto__"}']) {
      expect(decodeContent(utf8(odd))).toBeUndefined()
    }
  })

  it('never makes the reader throw (n = 2,000)', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        decodeContent(bytes)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the layout of a line', () => {
  it('breaks between words and counts the rows a terminal will make', () => {
    expect(layout('one two three', 8)).toEqual({ text: 'one two \nthree', rows: 2 })
    expect(layout('short', 80)).toEqual({ text: 'short', rows: 1 })
    expect(layout(`a ${'x'.repeat(25)} b`, 10)).toEqual({ text: `a \n${'x'.repeat(25)} \nb`, rows: 5 })
    expect(layout('\u001b[1mbold\u001b[22m', 5).rows).toBe(1)
  })

  it('does not pretend to know where terminals differ', () => {
    expect(layout('👩‍👩‍👧', 80).rows).toBe(1)
    expect(layout('👩‍👩‍👧'.repeat(20), 60).rows).toBeUndefined()
  })

  it('keeps every character (n = 1,000)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 100 }), (text, columns) => {
        const clean = printable(text)
        expect(layout(clean, columns).text.replaceAll('\n', '')).toBe(clean)
      }),
      { numRuns: 1_000 },
    )
  })
})
