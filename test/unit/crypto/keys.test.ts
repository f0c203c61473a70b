import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../../src/bytes.js'
import {
  checkKemSecretKey,
  parseEcPublicKey,
  parseIdentityKey,
  parseKemCiphertext,
  parseKemPublicKey,
  parseSignature,
} from '../../../src/crypto/keys.js'

const typed = (type: number, length: number) => concatBytes(Uint8Array.of(type), new Uint8Array(length - 1).fill(7))

const parsers = [
  { name: 'EC public key', parse: parseEcPublicKey, valid: typed(5, 33), lengths: [1, 32] },
  { name: 'identity key', parse: parseIdentityKey, valid: typed(5, 33), lengths: [1, 32] },
  { name: 'KEM public key', parse: parseKemPublicKey, valid: typed(8, 1569), lengths: [1, 33, 1568, 1570, 3169] },
  { name: 'KEM ciphertext', parse: parseKemCiphertext, valid: typed(8, 1569), lengths: [1, 33, 1568, 1570, 3169] },
  { name: 'signature', parse: parseSignature, valid: typed(0, 64), lengths: [1, 63, 65] },
]

describe.each(parsers)('a parsed $name', ({ parse, valid, lengths }) => {
  it('is a copy in memory of its own, also of a Node buffer', () => {
    const buffer = Buffer.from(valid)
    const parsed = parse(buffer)
    expect(parsed.constructor).toBe(Uint8Array)
    expect(parsed.buffer.byteLength).toBe(valid.length)
    buffer.fill(0)
    expect(parsed).toEqual(valid)
  })

  it('has the right length', () => {
    const error = expect.objectContaining({ code: 'invalid-key' })
    expect(() => parse(new Uint8Array(0))).toThrow(error)
    for (const length of lengths) expect(() => parse(typed(valid[0] as number, length))).toThrow(error)
  })

  it('has the right type byte', () => {
    if (parse === parseSignature) return expect(parse(typed(5, 64))).toEqual(typed(5, 64))
    for (let type = 0; type < 256; type++) {
      if (type !== valid[0]) expect(() => parse(typed(type, valid.length))).toThrow('unknown type byte')
    }
  })
})

it('a KEM secret key is 3169 bytes of type 8', () => {
  expect(() => checkKemSecretKey(typed(8, 3169))).not.toThrow()
  for (const bytes of [new Uint8Array(0), typed(8, 1569), typed(8, 3170), typed(7, 3169), typed(10, 3169)]) {
    expect(() => checkKemSecretKey(bytes)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
  }
})
