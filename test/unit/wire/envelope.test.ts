import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex, utf8 } from '../../../src/bytes.js'
import { type Envelope, parseEnvelope, serializeEnvelope } from '../../../src/wire/envelope.js'
import { MAX_ENVELOPE_LENGTH, MAX_MESSAGE_LENGTH } from '../../../src/wire/limits.js'
import { hex } from '../../support/vectors.js'
import { field, verdict } from './messages.js'

const envelope: Envelope = { kind: 'ratchet', sender: { user: 'alice', device: 7 }, body: hex('cafe') }
const address = (user: Uint8Array, device: number) => concatBytes(field(1, user), field(2, device))
const fields = (change: Partial<Record<'version' | 'kind' | 'sender' | 'body', Bytes>> = {}) =>
  concatBytes(
    change.version ?? field(1, 1),
    change.kind ?? field(2, 2),
    change.sender ?? field(3, address(utf8('alice'), 7)),
    change.body ?? field(4, hex('cafe')),
  )

describe('serializeEnvelope', () => {
  it('has one byte form', () => {
    expect(toHex(serializeEnvelope(envelope))).toBe('0801100' + '2' + '1a09' + '0a05616c696365' + '1007' + '2202cafe')
    expect(toHex(serializeEnvelope({ ...envelope, kind: 'pre-key' }))).toBe('08011001' + '1a090a05616c6963651007' + '2202cafe')
  })

  it('refuses kinds, senders and bodies that are none', () => {
    const attempts = [
      { kind: 'unknown' },
      { kind: '__proto__' },
      { kind: 2 },
      { sender: { user: 'alice', device: 0 } },
      { sender: { user: '\ud800', device: 1 } },
      { sender: null },
      { body: 'cafe' },
    ]
    for (const wrong of attempts) {
      expect(verdict(() => serializeEnvelope({ ...envelope, ...wrong } as Envelope))).toBe('invalid-argument')
    }
    expect(verdict(() => serializeEnvelope({ ...envelope, body: new Uint8Array(MAX_MESSAGE_LENGTH + 1) }))).toBe('message-too-large')
  })
})

describe('parseEnvelope', () => {
  it('returns what was serialized, as plain byte strings of its own', () => {
    for (const kind of ['pre-key', 'ratchet', 'sender-key'] as const) {
      const bytes = Buffer.from(serializeEnvelope({ ...envelope, kind }))
      const parsed = parseEnvelope(bytes)
      expect(parsed).toEqual({ ...envelope, kind })
      expect(parsed.body.constructor).toBe(Uint8Array)
      expect(parsed.body.length).toBe(parsed.body.buffer.byteLength)
      expect(parsed.body.buffer).not.toBe(bytes.buffer)
    }
  })

  it('keeps no sender of a sealed message, written or read, and asks for one of every other', () => {
    const sealed: Envelope = { kind: 'sealed', body: hex('cafe') }
    expect(toHex(serializeEnvelope(sealed))).toBe('08011004' + '2202cafe')
    expect(serializeEnvelope({ ...envelope, kind: 'sealed' } as unknown as Envelope)).toEqual(serializeEnvelope(sealed))
    expect(parseEnvelope(serializeEnvelope(sealed))).toEqual(sealed)
    expect(parseEnvelope(fields({ kind: field(2, 4) }))).toEqual(sealed)
    for (const kind of [1, 2, 3])
      expect(verdict(() => parseEnvelope(fields({ kind: field(2, kind), sender: hex('') })))).toBe('malformed-message')
  })

  it('takes the largest message from the longest name', () => {
    const largest: Envelope = {
      kind: 'pre-key',
      sender: { user: '\u{1f510}'.repeat(256), device: 127 },
      body: new Uint8Array(MAX_MESSAGE_LENGTH),
    }
    expect(parseEnvelope(serializeEnvelope(largest))).toEqual(largest)
  })

  it('refuses a version it does not know, and kinds that are unknown', () => {
    expect(verdict(() => parseEnvelope(fields()))).toBe('ok')
    for (const version of [0, 2]) expect(verdict(() => parseEnvelope(fields({ version: field(1, version) })))).toBe('unsupported-version')
    for (const kind of [0, 6, 2 ** 32 + 2, 2n ** 64n - 1n]) {
      expect(verdict(() => parseEnvelope(fields({ kind: field(2, kind) })))).toBe(kind === 2 ** 32 + 2 ? 'ok' : 'malformed-message')
    }
  })

  it('refuses senders that are no address', () => {
    const senders = [
      address(utf8('alice'), 0),
      address(hex('ff'), 1),
      address(hex('c080'), 1),
      address(hex('eda080'), 1),
      address(new Uint8Array(1025).fill(0x61), 1),
      hex(''),
    ]
    for (const sender of senders) expect(verdict(() => parseEnvelope(fields({ sender: field(3, sender) })))).toBe('malformed-message')
  })

  it('refuses what is too large, outside and inside', () => {
    expect(verdict(() => parseEnvelope(new Uint8Array(MAX_ENVELOPE_LENGTH + 1)))).toBe('message-too-large')
    expect(verdict(() => parseEnvelope(fields({ body: field(4, new Uint8Array(MAX_MESSAGE_LENGTH + 1)) })))).toBe('message-too-large')
  })

  it('reads on over fields that a later release may add', () => {
    expect(parseEnvelope(concatBytes(fields(), field(9, hex('00'))))).toEqual(envelope)
  })
})
