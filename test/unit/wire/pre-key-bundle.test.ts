import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes.js'
import { parseEcPublicKey, parseIdentityKey, parseKemPublicKey, parseSignature } from '../../../src/crypto/keys.js'
import { MAX_BUNDLE_LENGTH, MAX_ONE_TIME_PRE_KEYS, MAX_UPLOAD_LENGTH } from '../../../src/wire/limits.js'
import {
  type PreKeyBundle,
  type PreKeyUpload,
  parsePreKeyBundle,
  parsePreKeyUpload,
  serializePreKeyBundle,
  serializePreKeyUpload,
} from '../../../src/wire/pre-key-bundle.js'
import { committedVectors, hex } from '../../support/vectors.js'
import { byteStringsIn, field, verdict } from './messages.js'

const ec = (fill: number) => parseEcPublicKey(concatBytes(hex('05'), new Uint8Array(32).fill(fill)))
const kem = (fill: number) => parseKemPublicKey(concatBytes(hex('08'), new Uint8Array(1568).fill(fill)))
const signature = (fill: number) => parseSignature(new Uint8Array(64).fill(fill))
const bundle: PreKeyBundle = {
  address: { user: '0b21f0f9-b169-433d-8153-456668b48cc6', device: 3 },
  registrationId: 0,
  identityKey: parseIdentityKey(ec(1)),
  signedPreKey: { id: 0, publicKey: ec(2), signature: signature(3) },
  oneTimePreKey: { id: 0, publicKey: ec(4) },
  kemPreKey: { id: 0xffff_ffff, publicKey: kem(5), signature: signature(6) },
}
const { oneTimePreKey: _one, kemPreKey: _kem, ...device } = bundle
const upload: PreKeyUpload = {
  ...device,
  kemPreKey: { id: 7, publicKey: kem(7), signature: signature(8) },
  oneTimePreKeys: [
    { id: 1, publicKey: ec(9) },
    { id: 2, publicKey: ec(10) },
  ],
  oneTimeKemPreKeys: [{ id: 3, publicKey: kem(11), signature: signature(12) }],
}

const BUNDLE_FIELDS: ReadonlyMap<number, Bytes> = new Map([
  [1, field(1, 1)],
  [2, field(2, concatBytes(field(1, utf8(bundle.address.user)), field(2, 3)))],
  [3, field(3, 0)],
  [4, field(4, ec(1))],
  [5, field(5, concatBytes(field(1, 0), field(2, ec(2)), field(3, signature(3))))],
  [6, field(6, concatBytes(field(1, 0), field(2, ec(4))))],
  [7, field(7, concatBytes(field(1, 0xffff_ffff), field(2, kem(5)), field(3, signature(6))))],
])
const bundleWith = (change: ReadonlyMap<number, Bytes>) =>
  concatBytes(...[...BUNDLE_FIELDS].map(([number, bytes]) => change.get(number) ?? bytes))

function expectOwnBytes(parsed: unknown): void {
  for (const bytes of byteStringsIn(parsed)) {
    expect(bytes.constructor).toBe(Uint8Array)
    expect(bytes.length).toBe(bytes.buffer.byteLength)
  }
}

describe('PreKeyBundle', () => {
  it('has one byte form, with zeros written', () => {
    expect(serializePreKeyBundle(bundle)).toEqual(bundleWith(new Map()))
  })

  it('comes back as it was, with and without its optional keys, in plain byte strings of its own', () => {
    for (const one of [bundle, { ...bundle, oneTimePreKey: undefined }, { ...bundle, oneTimePreKey: undefined, kemPreKey: undefined }]) {
      const parsed = parsePreKeyBundle(Buffer.from(serializePreKeyBundle(one)))
      expect(parsed).toEqual(one)
      expectOwnBytes(parsed)
    }
  })

  it('is refused without any of its required fields, and in another version', () => {
    for (const number of [1, 2, 3, 4, 5]) {
      expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[number, hex('')]]))))).toBe('malformed-message')
    }
    expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[1, field(1, 2)]]))))).toBe('unsupported-version')
    expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[2, field(2, concatBytes(field(1, hex('61')), field(2, 200)))]]))))).toBe(
      'malformed-message',
    )
  })

  it('is refused with signatures of another length', () => {
    const signed = (length: number) => concatBytes(field(1, 0), field(2, ec(2)), field(3, new Uint8Array(length)))
    for (const length of [0, 63, 65]) {
      expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[5, field(5, signed(length))]]))))).toBe('invalid-key')
    }
  })

  it('is refused over 64 KiB', () => {
    const padded = (length: number) => concatBytes(bundleWith(new Map()), field(9, new Uint8Array(length)))
    const room = MAX_BUNDLE_LENGTH - bundleWith(new Map()).length - 4
    expect(verdict(() => parsePreKeyBundle(padded(room)))).toBe('ok')
    expect(verdict(() => parsePreKeyBundle(padded(room + 1)))).toBe('message-too-large')
  })

  it('is written with checked fields only', () => {
    const attempts: readonly Partial<Record<keyof PreKeyBundle, unknown>>[] = [
      { address: { user: 'a', device: 0 } },
      { registrationId: -1 },
      { registrationId: 2 ** 32 },
      { identityKey: 'key' },
      { signedPreKey: undefined },
      { signedPreKey: { ...bundle.signedPreKey, id: 1.5 } },
      { oneTimePreKey: { id: '1', publicKey: ec(1) } },
      { kemPreKey: { id: 1, publicKey: kem(1), signature: [1] } },
    ]
    for (const wrong of attempts) {
      expect(verdict(() => serializePreKeyBundle({ ...bundle, ...wrong } as PreKeyBundle))).toBe('invalid-argument')
    }
    expect(verdict(() => serializePreKeyBundle({ ...bundle, identityKey: kem(1) as Bytes } as PreKeyBundle))).toBe('invalid-key')
    expect(verdict(() => serializePreKeyBundle({ ...bundle, kemPreKey: bundle.signedPreKey } as unknown as PreKeyBundle))).toBe(
      'invalid-key',
    )
  })
})

describe('PreKeyUpload', () => {
  it('comes back as it was, in plain byte strings of its own', () => {
    for (const one of [upload, { ...upload, oneTimePreKeys: [], oneTimeKemPreKeys: [] }]) {
      const parsed = parsePreKeyUpload(Buffer.from(serializePreKeyUpload(one)))
      expect(parsed).toEqual(one)
      expectOwnBytes(parsed)
    }
  })

  it('holds up to 1,000 one-time prekeys of each kind, and a MiB', () => {
    const oneTimePreKeys = Array.from({ length: MAX_ONE_TIME_PRE_KEYS }, (_, id) => ({ id, publicKey: ec(1) }))
    const full: PreKeyUpload = { ...upload, oneTimePreKeys, oneTimeKemPreKeys: [] }
    expect(parsePreKeyUpload(serializePreKeyUpload(full)).oneTimePreKeys.length).toBe(MAX_ONE_TIME_PRE_KEYS)
    const one = { id: 0, publicKey: ec(1) }
    expect(verdict(() => serializePreKeyUpload({ ...full, oneTimePreKeys: [...oneTimePreKeys, one] }))).toBe('invalid-argument')
    const over = concatBytes(serializePreKeyUpload(full), field(7, concatBytes(field(1, 0), field(2, ec(1)))))
    expect(verdict(() => parsePreKeyUpload(over))).toBe('malformed-message')
    const kems = Array.from({ length: 700 }, (_, id) => ({ id, publicKey: kem(1), signature: signature(1) }))
    expect(verdict(() => serializePreKeyUpload({ ...upload, oneTimeKemPreKeys: kems }))).toBe('message-too-large')
    expect(verdict(() => parsePreKeyUpload(new Uint8Array(MAX_UPLOAD_LENGTH + 1)))).toBe('message-too-large')
  })

  it('is written with checked fields only', () => {
    const attempts = [{ oneTimePreKeys: undefined }, { oneTimePreKeys: [null] }, { oneTimeKemPreKeys: {} }, { kemPreKey: undefined }]
    for (const wrong of attempts) {
      expect(verdict(() => serializePreKeyUpload({ ...upload, ...wrong } as unknown as PreKeyUpload))).toBe('invalid-argument')
    }
  })

  it('is refused without the last-resort KEM prekey', () => {
    const { kemPreKey: _, ...rest } = upload
    const asBundle = serializePreKeyBundle({ ...rest, oneTimePreKey: undefined, kemPreKey: undefined })
    expect(verdict(() => parsePreKeyUpload(asBundle))).toBe('malformed-message')
  })
})

describe('row 9: a key of the other type or of a wrong length', () => {
  interface Case {
    readonly name: string
    readonly bytes?: string
    readonly expect: 'ok' | 'error'
  }
  const ecCases = committedVectors<{ readonly parsePublic: readonly Case[] }>('libsignal/curve.json').parsePublic
  const kemVectors = committedVectors<{ readonly keys: readonly { readonly public: string }[]; readonly parsePublic: readonly Case[] }>(
    'libsignal/kem.json.gz',
  )
  const valid = hex(kemVectors.keys[0]?.public ?? '')
  const typed = (type: number) => concatBytes(Uint8Array.of(type), valid.subarray(1))
  /** The cases that the vector file describes by name instead of spelling out. */
  const derived: ReadonlyMap<string, Bytes> = new Map([
    ['valid', valid],
    ['type00', typed(0x00)],
    ['type05', typed(0x05)],
    ['type07', typed(0x07)],
    ['type0a', typed(0x0a)],
    ['short', valid.slice(0, -1)],
    ['long', concatBytes(valid, hex('00'))],
    ['noType', valid.slice(1)],
  ])

  it.each(kemVectors.parsePublic)('as KEM prekey, $name: $expect, as libsignal says', ({ name, bytes, expect: expected }) => {
    const key = bytes === undefined ? derived.get(name) : hex(bytes)
    if (!key) throw new Error(`unknown case ${name}`)
    const signed = concatBytes(field(1, 1), field(2, key), field(3, signature(1)))
    expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[7, field(7, signed)]]))))).toBe(expected === 'ok' ? 'ok' : 'invalid-key')
  })

  it.each(ecCases)('as EC key, $name: $expect, as libsignal says', ({ bytes, expect: expected }) => {
    const key = hex(bytes ?? '')
    const places = [
      field(4, key),
      field(5, concatBytes(field(1, 1), field(2, key), field(3, signature(1)))),
      field(6, concatBytes(field(1, 1), field(2, key))),
    ]
    for (const [i, place] of places.entries()) {
      expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[4 + i, place]]))))).toBe(expected === 'ok' ? 'ok' : 'invalid-key')
    }
  })

  it('is refused where keys of both types are exchanged for one another', () => {
    expect(kemVectors.parsePublic.length).toBe(11)
    for (const number of [4, 5, 6]) {
      const part = number === 4 ? field(4, valid) : field(number, concatBytes(field(1, 1), field(2, valid), field(3, signature(1))))
      expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[number, part]]))))).toBe('invalid-key')
    }
    const signed = concatBytes(field(1, 1), field(2, ec(1)), field(3, signature(1)))
    expect(verdict(() => parsePreKeyBundle(bundleWith(new Map([[7, field(7, signed)]]))))).toBe('invalid-key')
  })
})
