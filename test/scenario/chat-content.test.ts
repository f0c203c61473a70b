import { BisikError, type DiagnosisCause, type SessionSummary, utf8 } from 'bisik'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeContent, encodeContent } from '../../examples/chat/content.js'
import { drawn, readSvg, svgOf } from '../../examples/chat/qr.js'
import { layout, printable } from '../../examples/chat/width.js'
import { keyChangedText, switchedText, unreadableText } from '../../examples/chat/words.js'
import { readDrawing } from './chat-drawing.js'

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

describe('a safety number as a QR code', () => {
  const some = fc.uint8Array({ minLength: 1, maxLength: 200 })

  it('holds exactly the bytes, in the terminal and in the picture (n = 25)', () => {
    fc.assert(
      fc.property(some, (bytes) => {
        expect(readDrawing(drawn(bytes))).toEqual(bytes)
        expect(readSvg(svgOf(bytes))).toEqual(bytes)
      }),
      { numRuns: 25 },
    )
  })

  it('stands unbroken in a terminal of 80 columns', () => {
    const rows = drawn(new Uint8Array(78).map((_, i) => 37 * i))
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) expect(layout(row, 80)).toEqual({ text: row, rows: 1 })
  })

  it('is not read out of anything else', () => {
    const svg = svgOf(new Uint8Array(74))
    for (const other of ['', 'no picture', '<svg viewBox="0 0 45 45"/>', '<svg viewBox="0 0 999999 999999"/>', svg.slice(0, 2_000)]) {
      expect(readSvg(other)).toBeUndefined()
    }
  })
})

describe('what the chat says of a message that does not open', () => {
  const causes: DiagnosisCause[] = [
    'session-missing',
    'session-diverged',
    'altered',
    'pre-key-gone',
    'handshake-differs',
    'gap-too-large',
    'seen-before',
    'key-expired',
    'record-damaged',
    'sender-key-missing',
    'sender-key-foreign',
  ]
  const triple: SessionSummary = { kind: 'triple', epoch: 3, usedOneTimePreKey: true }

  it('is another sentence for each cause, and always what to do', () => {
    const texts = causes.map((cause) => {
      const remedy = cause === 'seen-before' ? ('drop' as const) : ('ask-again' as const)
      const diagnosis = { sender: { user: 'x', device: 1 }, session: undefined, distribution: undefined, counter: 1, ratchetKey: undefined }
      const unreadable = { sender: diagnosis.sender, error: new BisikError('authentication-failed', {}) }
      const one = { ...unreadable, diagnosis: { ...diagnosis, cause, remedy } }
      expect(unreadableText({ ...one, asked: true, negligible: false }, 'bob')).toMatch(
        /^A message from bob could not be opened: .*asked to send it again/,
      )
      const text = unreadableText({ ...one, asked: false, negligible: false }, 'bob')
      expect(text).toMatch(remedy === 'drop' ? /dropped; there is nothing to do\.$/ : /what is still missing in an hour, ask bob for\.$/)
      expect(text).not.toMatch(/[a-z]+-(?:missing|diverged|gone|differs|large|before|foreign)/)
      return text
    })
    expect(new Set(texts).size).toBe(causes.length - 1)
    for (const error of [new BisikError('certificate-untrusted', {}), new BisikError('certificate-expired', { expiration: 1 })]) {
      const text = unreadableText({ sender: undefined, error, diagnosis: undefined, asked: false, negligible: false }, undefined)
      expect(text).toMatch(/^A message could not be opened: .*ask its sender to write again\.$/)
      expect(text).not.toContain(error.code)
    }
  })

  it('tells of a session that took the place of another, and of protection that changed with it', () => {
    expect(switchedText('bob', triple, triple)).toMatch(/A new session with bob began, protected as before\. .*nothing to do\.$/)
    expect(switchedText('bob', triple, { ...triple, kind: 'x3dh' })).toContain(
      'now: no post-quantum protection; before: post-quantum ratchet',
    )
  })

  it('is stronger when the contact was verified', () => {
    expect(keyChangedText('bob', false)).not.toContain('verified bob')
    expect(keyChangedText('bob', true)).toContain('you had verified bob!')
    for (const wasVerified of [true, false])
      expect(keyChangedText('bob', wasVerified)).toMatch(/held until you decide[\s\S]*\/verify bob[\s\S]*\/accept bob/)
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
