import { sha3_256, shake256 } from '@noble/hashes/sha3.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, copyBytes } from '../../../src/bytes.js'
import { decapsulate, encapsulate, generateKemKeyPair, kemKeyPairFromSecretKey } from '../../../src/crypto/kem/kem.js'
import { type KemCiphertext, parseKemCiphertext, parseKemPublicKey } from '../../../src/crypto/keys.js'
import { expose, Secret, sameSecret } from '../../../src/crypto/secret.js'
import { recordedRandom, seededRandom } from '../../support/random.js'

const random = seededRandom('kem')
const pair = generateKemKeyPair(random)
const { ciphertext, sharedSecret } = encapsulate(pair.publicKey, random)

it('makes keys and ciphertexts of 1569, 3169 and 1569 bytes with type byte 8, that own their memory', () => {
  const all = [pair.publicKey, expose(pair.secretKey), ciphertext]
  expect(all.map((bytes) => [bytes.length, bytes[0]])).toEqual([
    [1569, 8],
    [3169, 8],
    [1569, 8],
  ])
  for (const bytes of [...all, expose(sharedSecret)]) {
    expect(bytes.constructor).toBe(Uint8Array)
    expect(bytes.buffer.byteLength).toBe(bytes.length)
  }
  expect(expose(sharedSecret).length).toBe(32)
})

it('gives the holder of the secret key the same secret, and leaves the key as it is', () => {
  const before = copyBytes(expose(pair.secretKey))
  for (let n = 0; n < 10; n++) {
    const made = encapsulate(pair.publicKey, random)
    expect(sameSecret(decapsulate(pair.secretKey, made.ciphertext), made.sharedSecret)).toBe(true)
  }
  expect(expose(pair.secretKey)).toEqual(before)
})

it('draws 64 bytes for a key and 32 for a ciphertext, once, and wipes them', () => {
  const [keySeed, seed] = [random(64), random(32)]
  const generated = recordedRandom(keySeed, keySeed)
  expect(generateKemKeyPair(generated)).toEqual(generateKemKeyPair(generated))
  const [lentKeySeed, lentSeed] = [copyBytes(keySeed), copyBytes(seed)]
  generateKemKeyPair(() => lentKeySeed)
  const made = encapsulate(pair.publicKey, () => lentSeed)
  expect([lentKeySeed, lentSeed].every((bytes) => bytes.every((byte) => byte === 0))).toBe(true)
  expect(encapsulate(pair.publicKey, recordedRandom(seed))).toEqual(made)
})

it('refuses a random source that returns too little', () => {
  expect(() => generateKemKeyPair(() => new Uint8Array(32))).toThrow(expect.objectContaining({ code: 'internal' }))
  expect(() => encapsulate(pair.publicKey, () => new Uint8Array(31))).toThrow(expect.objectContaining({ code: 'internal' }))
})

describe('an altered ciphertext', () => {
  it('gives SHAKE-256(z || SHA3-256(ciphertext)) for a flipped bit in any part, without an error', () => {
    const z = expose(pair.secretKey).slice(-32)
    // The vector u ends at 1408; v follows. The first byte is the type.
    for (const at of [1, 2, 700, 1408, 1409, 1500, 1568]) {
      const altered = parseKemCiphertext(ciphertext)
      altered[at] = (altered[at] as number) ^ 0x10
      const expected = shake256(concatBytes(z, sha3_256(altered.subarray(1))), { dkLen: 32 })
      const actual = decapsulate(pair.secretKey, altered)
      expect([...expose(actual)]).toEqual([...expected])
      expect(sameSecret(actual, sharedSecret)).toBe(false)
    }
  })

  it('gives the same secret each time, and another for each ciphertext', () => {
    const garbage = (fill: number) => concatBytes(Uint8Array.of(8), new Uint8Array(1568).fill(fill)) as KemCiphertext
    expect(decapsulate(pair.secretKey, garbage(1))).toEqual(decapsulate(pair.secretKey, garbage(1)))
    expect(decapsulate(pair.secretKey, garbage(1))).not.toEqual(decapsulate(pair.secretKey, garbage(2)))
  })
})

describe('keys from elsewhere', () => {
  it('are copied, with their public half', () => {
    const bytes = copyBytes(expose(pair.secretKey))
    const again = kemKeyPairFromSecretKey(bytes)
    bytes.fill(0)
    expect(again).toEqual(pair)
  })

  it('are refused when type or length is wrong, or when hash and public key inside do not match', () => {
    const secretKey = expose(pair.secretKey)
    const altered = (at: number) => {
      const copy = copyBytes(secretKey)
      copy[at] = (copy[at] as number) ^ 1
      return copy
    }
    const wrong = [new Uint8Array(0), secretKey.slice(1), secretKey.slice(0, -1), concatBytes(secretKey, Uint8Array.of(0)), altered(0)]
    // Public key and hash lie at 1536 and 3104 behind the type byte.
    for (const bytes of [...wrong, altered(1537), altered(3104), altered(3105), altered(3136)]) {
      expect(() => kemKeyPairFromSecretKey(bytes)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    }
  })

  it('whose damage is found only in use are refused with our own error', () => {
    const damaged = copyBytes(expose(pair.secretKey))
    damaged[2000] = (damaged[2000] as number) ^ 1
    expect(() => decapsulate(Secret.own(damaged), ciphertext)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
  })

  it('with a coefficient out of range get no ciphertext', () => {
    const key = parseKemPublicKey(pair.publicKey)
    // Twelve bits of ones are 4095, more than 3328.
    key[1] = 0xff
    key[2] = (key[2] as number) | 0x0f
    expect(() => encapsulate(key, random)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
  })
})
