import { describe, expect, it } from 'vitest'
import { concatBytes, toHex } from '../../../src/bytes.js'
import { type EcPublicKey, parseEcPublicKey } from '../../../src/crypto/keys.js'
import { MAX_MESSAGE_LENGTH } from '../../../src/wire/limits.js'
import {
  encodeSignalMessage,
  parseOwnSignalMessage,
  parseSignalMessage,
  type SignalMessageFields,
} from '../../../src/wire/signal-message.js'
import type { SessionVersion } from '../../../src/wire/version.js'
import { hex } from '../../support/vectors.js'
import { byteStringsIn, field, recordedOf, verdict } from './messages.js'

const key = hex(`05${'3f'.repeat(32)}`) as EcPublicKey
const tag = hex('0102030405060708')
const fields: SignalMessageFields = { version: 4, ratchetKey: key, counter: 0, previousCounter: 0, ciphertext: hex('cafe') }
const BODY = [field(1, key), field(2, 7), field(3, 6), field(4, hex('cafe'))]
const framed = (body: readonly Uint8Array[], version = 0x44) => concatBytes(Uint8Array.of(version), ...body, tag)

describe('encodeSignalMessage', () => {
  it('writes the published X3DH and PQXDH messages byte for byte', () => {
    const ratchetKey = parseEcPublicKey(hex('053f3e5f6d86926c9c128cf84581574f96840d98ee5ab53b1ec3b76e2bb25b945e'))
    const write = (version: SessionVersion, ciphertext: string, mac: string) =>
      toHex(encodeSignalMessage({ version, ratchetKey, counter: 0, previousCounter: 0, ciphertext: hex(ciphertext) }).finish(hex(mac)))
    expect(write(3, 'fc706ca9dec326a6af409e7cff422609', '893a98f38e750304')).toBe(
      '340a21053f3e5f6d86926c9c128cf84581574f96840d98ee5ab53b1ec3b76e2bb25b945e100018002210fc706ca9dec326a6af409e7cff422609893a98f38e750304',
    )
    expect(write(4, '2680e9401de4bd02e8574882baa93132', '4f46ec4077d99997')).toBe(
      '440a21053f3e5f6d86926c9c128cf84581574f96840d98ee5ab53b1ec3b76e2bb25b945e1000180022102680e9401de4bd02e8574882baa931324f46ec4077d99997',
    )
  })

  it('is read from memory of our own with the same verdict and the same fields, whatever byte of it is altered', () => {
    let refused = 0
    for (const bytes of recordedOf(2).slice(0, 50)) {
      for (let at = 0; at < bytes.length; at += 3) {
        const altered = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))
        const expected = verdict(() => parseSignalMessage(altered))
        expect(verdict(() => parseOwnSignalMessage(altered.slice()))).toBe(expected)
        if (expected === 'ok') expect(parseOwnSignalMessage(altered.slice())).toEqual(parseSignalMessage(altered))
        else refused++
      }
    }
    expect(refused).toBeGreaterThan(100)
  })

  it('writes every recorded message again, byte for byte', () => {
    const messages = recordedOf(2)
    expect(messages.length).toBeGreaterThan(200)
    for (const bytes of messages) {
      const parsed = parseSignalMessage(bytes)
      const writerVersion = ((bytes[0] as number) & 15) as SessionVersion
      const encoded = encodeSignalMessage({ ...parsed, writerVersion })
      expect(toHex(encoded.macInput)).toBe(toHex(parsed.authenticated))
      expect(toHex(encoded.finish(parsed.tag))).toBe(toHex(bytes))
    }
  })

  it('writes zeros, and leaves out what is empty or absent', () => {
    const bare = encodeSignalMessage({ ...fields, pqRatchet: new Uint8Array(0), addresses: undefined })
    expect(toHex(bare.macInput)).toBe(`440a21${toHex(key)}100018002202cafe`)
    const full = encodeSignalMessage({ ...fields, counter: 0xffff_ffff, pqRatchet: hex('aa'), addresses: hex('bb') })
    expect(toHex(full.macInput)).toBe(`440a21${toHex(key)}10ffffffff0f18002202cafe2a01aa3201bb`)
  })

  it('returns plain byte strings of its own', () => {
    const { macInput, finish } = encodeSignalMessage({ ...fields, ciphertext: Buffer.from('cafe', 'hex') })
    const message = finish(Buffer.from(tag))
    expect(macInput.constructor).toBe(Uint8Array)
    expect(message.constructor).toBe(Uint8Array)
    expect(message.length).toBe(message.buffer.byteLength)
  })

  it('refuses what it could not write truthfully', () => {
    const attempts: readonly Partial<Record<keyof SignalMessageFields, unknown>>[] = [
      { counter: -1 },
      { counter: 2 ** 32 },
      { counter: 1.5 },
      { counter: 7n },
      { previousCounter: Number.NaN },
      { version: 2 },
      { writerVersion: 5 },
      { ratchetKey: key.subarray(1) },
      { ciphertext: 'yv4=' },
      { pqRatchet: [1] },
      { addresses: 'x' },
    ]
    for (const wrong of attempts) {
      expect(verdict(() => encodeSignalMessage({ ...fields, ...wrong } as SignalMessageFields))).toBe('invalid-argument')
    }
    expect(verdict(() => encodeSignalMessage(fields).finish(tag.subarray(1)))).toBe('invalid-argument')
  })
})

describe('parseSignalMessage', () => {
  it('returns every field, and the received bytes for the MAC', () => {
    const bytes = framed([...BODY, field(5, hex('aa')), field(6, hex('bb'))])
    expect(parseSignalMessage(bytes)).toEqual({
      version: 4,
      ratchetKey: key,
      counter: 7,
      previousCounter: 6,
      ciphertext: hex('cafe'),
      pqRatchet: hex('aa'),
      addresses: hex('bb'),
      authenticated: bytes.slice(0, -8),
      tag,
    })
  })

  it('has defaults for the optional fields only', () => {
    const parsed = parseSignalMessage(framed([field(1, key), field(2, 0), field(4, hex(''))]))
    expect(parsed).toMatchObject({ counter: 0, previousCounter: 0, ciphertext: hex(''), pqRatchet: hex(''), addresses: undefined })
    for (const missing of [0, 1, 3]) {
      expect(verdict(() => parseSignalMessage(framed(BODY.filter((_, i) => i !== missing))))).toBe('malformed-message')
    }
  })

  it('authenticates the bytes received, not the message understood', () => {
    const stranger = field(99, hex('00ff'))
    const bytes = framed([field(2, 1), stranger, ...BODY, field(2, 9)])
    const parsed = parseSignalMessage(bytes)
    expect(parsed.counter).toBe(9)
    expect(parsed.authenticated).toEqual(bytes.slice(0, -8))
  })

  it('drops what follows the 33rd byte of the ratchet key', () => {
    expect(parseSignalMessage(framed([field(1, concatBytes(key, hex('99'))), ...BODY.slice(1)])).ratchetKey).toEqual(key)
  })

  it('refuses less than nine bytes', () => {
    for (let length = 0; length < 9; length++) {
      expect(verdict(() => parseSignalMessage(new Uint8Array(length).fill(0x44)))).toBe('malformed-message')
    }
  })

  it('reads the high half of the version byte only', () => {
    for (let byte = 0; byte < 256; byte++) {
      const high = byte >> 4
      expect(verdict(() => parseSignalMessage(framed(BODY, byte)))).toBe(high === 3 || high === 4 ? 'ok' : 'unsupported-version')
    }
    expect(parseSignalMessage(framed(BODY, 0x3f)).version).toBe(3)
  })

  it('says which version it cannot read before it looks at the fields', () => {
    expect(verdict(() => parseSignalMessage(hex('55ffffffffffffffffffff')))).toBe('unsupported-version')
  })

  it('refuses a key of another type or length', () => {
    for (const bad of [hex(''), hex('05'), concatBytes(hex('04'), key.subarray(1)), key.subarray(0, 32)]) {
      expect(verdict(() => parseSignalMessage(framed([field(1, bad), ...BODY.slice(1)])))).toBe('invalid-key')
    }
  })

  it('refuses more bytes than the limit, one MiB unless told otherwise', () => {
    const bytes = framed(BODY)
    expect(verdict(() => parseSignalMessage(bytes, bytes.length))).toBe('ok')
    expect(verdict(() => parseSignalMessage(bytes, bytes.length - 1))).toBe('message-too-large')
    expect(verdict(() => parseSignalMessage(bytes, Number.NaN))).toBe('invalid-argument')
    const largest = MAX_MESSAGE_LENGTH - framed([...BODY.slice(0, 3), field(4, new Uint8Array(2 ** 20 - 99))]).length + 2 ** 20 - 99
    expect(parseSignalMessage(framed([...BODY.slice(0, 3), field(4, new Uint8Array(largest))])).ciphertext.length).toBe(largest)
    expect(verdict(() => parseSignalMessage(framed([...BODY.slice(0, 3), field(4, new Uint8Array(largest + 1))])))).toBe(
      'message-too-large',
    )
  })

  it('returns plain byte strings that share no memory with the input or each other', () => {
    for (const input of [framed(BODY), Buffer.from(framed(BODY)), concatBytes(hex('00'), framed(BODY)).subarray(1)]) {
      const strings = byteStringsIn(parseSignalMessage(input))
      expect(strings.length).toBe(5)
      for (const bytes of strings) {
        expect(bytes.constructor).toBe(Uint8Array)
        expect(bytes.length).toBe(bytes.buffer.byteLength)
      }
      expect(new Set([input, ...strings].map(({ buffer }) => buffer)).size).toBe(6)
    }
  })
})
