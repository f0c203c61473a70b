import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex } from '../../../src/bytes.js'
import { parseEcPublicKey, parseIdentityKey, parseKemCiphertext } from '../../../src/crypto/keys.js'
import {
  type PreKeySignalMessageFields,
  parsePreKeySignalMessage,
  serializePreKeySignalMessage,
} from '../../../src/wire/pre-key-message.js'
import { encodeSignalMessage } from '../../../src/wire/signal-message.js'
import type { SessionVersion } from '../../../src/wire/version.js'
import { hex } from '../../support/vectors.js'
import { byteStringsIn, field, recordedOf, verdict } from './messages.js'

const INNER =
  '340a21053f3e5f6d86926c9c128cf84581574f96840d98ee5ab53b1ec3b76e2bb25b945e100018002210fc706ca9dec326a6af409e7cff422609893a98f38e750304'
const x3dh: PreKeySignalMessageFields = {
  version: 3,
  preKeyId: 11,
  baseKey: parseEcPublicKey(hex('059fd7ad6dcff4298dd3f96d5b1b2af910a0535b1488d7f8fabb349a982880b615')),
  identityKey: parseIdentityKey(hex('0523b7bb8c91ae008711fb12846780bcdf1e065f821bdfec49f57e7c7dcd4c4823')),
  message: hex(INNER),
  registrationId: 4321,
  signedPreKeyId: 22,
  kem: undefined,
}
const ciphertext = parseKemCiphertext(new Uint8Array(1569).fill(8))
const PARTS: ReadonlyMap<number, Bytes> = new Map([
  [1, field(1, 11)],
  [2, field(2, x3dh.baseKey)],
  [3, field(3, x3dh.identityKey)],
  [4, field(4, x3dh.message)],
  [5, field(5, 4321)],
  [6, field(6, 22)],
  [7, field(7, 33)],
  [8, field(8, ciphertext)],
])
const framed = (version: number, without: readonly number[], ...extra: readonly Uint8Array[]) =>
  concatBytes(Uint8Array.of(version), ...[...PARTS].flatMap(([number, part]) => (without.includes(number) ? [] : [part])), ...extra)

describe('serializePreKeySignalMessage', () => {
  it('writes the published X3DH message byte for byte', () => {
    expect(toHex(serializePreKeySignalMessage(x3dh))).toBe(
      `34080b1221059fd7ad6dcff4298dd3f96d5b1b2af910a0535b1488d7f8fabb349a982880b6151a210523b7bb8c91ae008711fb12846780bcdf1e065f821bdfec49f57e7c7dcd4c48232242${INNER}28e1213016`,
    )
  })

  it('writes every recorded first message again, byte for byte', () => {
    const messages = recordedOf(3)
    expect(messages.length).toBeGreaterThan(150)
    for (const bytes of messages) {
      const { message, ...handshake } = parsePreKeySignalMessage(bytes)
      const writerVersion = ((bytes[0] as number) & 15) as SessionVersion
      const inner = encodeSignalMessage({ ...message, writerVersion }).finish(message.tag)
      expect(toHex(serializePreKeySignalMessage({ ...handshake, writerVersion, message: inner }))).toBe(toHex(bytes))
    }
  })

  it('refuses what it could not write truthfully', () => {
    const attempts: readonly Partial<Record<keyof PreKeySignalMessageFields, unknown>>[] = [
      { version: 4 },
      { version: 5, kem: { id: 1, ciphertext } },
      { preKeyId: -1 },
      { preKeyId: null },
      { signedPreKeyId: 2 ** 32 },
      { registrationId: '4321' },
      { baseKey: x3dh.baseKey.subarray(1) },
      { identityKey: [5] },
      { message: undefined },
      { kem: { id: 0.5, ciphertext } },
      { kem: { id: 1, ciphertext: ciphertext.subarray(1) } },
    ]
    for (const wrong of attempts) {
      expect(verdict(() => serializePreKeySignalMessage({ ...x3dh, ...wrong } as PreKeySignalMessageFields))).toBe('invalid-argument')
    }
  })
})

describe('parsePreKeySignalMessage', () => {
  it('returns every field, with the ratchet message parsed', () => {
    const parsed = parsePreKeySignalMessage(framed(0x44, []))
    expect(parsed).toMatchObject({ version: 4, preKeyId: 11, registrationId: 4321, signedPreKeyId: 22, kem: { id: 33, ciphertext } })
    expect([parsed.baseKey, parsed.identityKey]).toEqual([x3dh.baseKey, x3dh.identityKey])
    expect(parsed.message).toMatchObject({ version: 3, counter: 0, authenticated: x3dh.message.slice(0, -8) })
  })

  it('tells prekey 0 from no prekey, and takes 0 for an absent registration id', () => {
    expect(parsePreKeySignalMessage(framed(0x44, [1], field(1, 0))).preKeyId).toBe(0)
    expect(parsePreKeySignalMessage(framed(0x44, [1])).preKeyId).toBeUndefined()
    expect(parsePreKeySignalMessage(framed(0x44, [5])).registrationId).toBe(0)
  })

  it('refuses a message without a required field', () => {
    for (const number of [2, 3, 4, 6]) expect(verdict(() => parsePreKeySignalMessage(framed(0x44, [number])))).toBe('malformed-message')
  })

  it('demands KEM prekey id and ciphertext together, and both in version 4', () => {
    const verdicts = (without: readonly number[]) =>
      [0x34, 0x44].map((version) => verdict(() => parsePreKeySignalMessage(framed(version, without))))
    expect(verdicts([])).toEqual(['ok', 'ok'])
    expect(verdicts([7])).toEqual(['malformed-message', 'malformed-message'])
    expect(verdicts([8])).toEqual(['malformed-message', 'malformed-message'])
    expect(verdicts([7, 8])).toEqual(['ok', 'malformed-message'])
  })

  it('does not compare the versions inside and outside', () => {
    expect(parsePreKeySignalMessage(framed(0x44, [])).message.version).toBe(3)
  })

  it('refuses nothing at all, unknown versions, bad keys and a bad message inside', () => {
    const inside = (bytes: Uint8Array) => framed(0x44, [4], field(4, bytes))
    expect(verdict(() => parsePreKeySignalMessage(hex('')))).toBe('malformed-message')
    expect(verdict(() => parsePreKeySignalMessage(framed(0x24, [])))).toBe('unsupported-version')
    expect(verdict(() => parsePreKeySignalMessage(framed(0x54, [])))).toBe('unsupported-version')
    expect(verdict(() => parsePreKeySignalMessage(framed(0x44, [], field(2, hex('05')))))).toBe('invalid-key')
    expect(verdict(() => parsePreKeySignalMessage(framed(0x44, [], field(3, ciphertext))))).toBe('invalid-key')
    expect(verdict(() => parsePreKeySignalMessage(inside(hex(''))))).toBe('malformed-message')
    expect(verdict(() => parsePreKeySignalMessage(inside(concatBytes(hex('24'), x3dh.message.subarray(1)))))).toBe('unsupported-version')
  })

  it('takes any bytes for the KEM ciphertext: a message of a session that is there opens without it, as in libsignal', () => {
    for (const odd of [hex(''), ciphertext.subarray(1), concatBytes(hex('07'), ciphertext.subarray(1))]) {
      expect(parsePreKeySignalMessage(framed(0x44, [], field(8, odd))).kem?.ciphertext).toEqual(odd)
    }
  })

  it('refuses more bytes than the limit', () => {
    const bytes = framed(0x44, [])
    expect(verdict(() => parsePreKeySignalMessage(bytes, bytes.length))).toBe('ok')
    expect(verdict(() => parsePreKeySignalMessage(bytes, bytes.length - 1))).toBe('message-too-large')
  })

  it('returns plain byte strings that share no memory with the input or each other', () => {
    const input = Buffer.from(framed(0x44, []))
    const strings = byteStringsIn(parsePreKeySignalMessage(input))
    expect(strings.length).toBe(8)
    for (const bytes of strings) {
      expect(bytes.constructor).toBe(Uint8Array)
      expect(bytes.length).toBe(bytes.buffer.byteLength)
    }
    expect(new Set([input, ...strings].map(({ buffer }) => buffer)).size).toBe(9)
  })
})
