import { sha3_256 } from '@noble/hashes/sha3.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../../src/bytes.js'
import {
  decapsulateIncremental,
  expandEncapsulation,
  finishEncapsulation,
  generateIncrementalKeyPair,
  incrementalKeyPairFromSecretKey,
  parseExpandedEncapsulation,
  randomnessOf,
  startEncapsulation,
  vectorMatchesHeader,
  vectorOf,
} from '../../../src/crypto/kem/incremental-kem.js'
import { expose, sameSecret } from '../../../src/crypto/secret.js'
import { recordedRandom, seededRandom } from '../../support/random.js'

const random = seededRandom('incremental KEM')

describe('ML-KEM-768 in pieces', () => {
  it('is, joined, one-shot ML-KEM-768, for 50 key pairs', () => {
    for (let i = 0; i < 50; i++) {
      const seed = random(64)
      const m = random(32)
      const oneShot = ml_kem768.keygen(seed)
      const { header, vector, secretKey } = generateIncrementalKeyPair(recordedRandom(seed))
      expect(concatBytes(vector, header.subarray(0, 32))).toEqual(oneShot.publicKey)
      expect(expose(secretKey)).toEqual(oneShot.secretKey)
      expect(vectorOf(secretKey)).toEqual(vector)

      const { cipherText, sharedSecret } = ml_kem768.encapsulate(oneShot.publicKey, m)
      const started = startEncapsulation(header, recordedRandom(m))
      expect(vectorMatchesHeader(vector, header)).toBe(true)
      const ct2 = finishEncapsulation(vector, started.pending)
      expect(concatBytes(started.ct1, ct2)).toEqual(cipherText)
      expect(expose(started.sharedSecret)).toEqual(sharedSecret)
      expect(finishEncapsulation(vector, expandEncapsulation(started.pending))).toEqual(ct2)
      expect(sameSecret(decapsulateIncremental(secretKey, { ct1: started.ct1, ct2 }), started.sharedSecret)).toBe(true)
    }
  })

  it('gives another secret for an altered ciphertext, without failing', () => {
    const { header, vector, secretKey } = generateIncrementalKeyPair(random)
    const { ct1, sharedSecret, pending } = startEncapsulation(header, random)
    const ct2 = finishEncapsulation(vector, pending)
    ct2[0] = (ct2[0] as number) ^ 1
    expect(sameSecret(decapsulateIncremental(secretKey, { ct1, ct2 }), sharedSecret)).toBe(false)
  })

  it('refuses a vector that the header did not announce, and one with a coefficient that is not reduced', () => {
    const { header, vector } = generateIncrementalKeyPair(random)
    const altered = vector.slice()
    altered[1151] = (altered[1151] as number) ^ 1
    expect(vectorMatchesHeader(altered, header)).toBe(false)
    // The hash of an unreduced key can be announced by whoever makes it; ML-KEM refuses it by its modulus check.
    const unreduced = new Uint8Array(1152).fill(0xff)
    const announced = header.slice()
    announced.set(sha3_256(concatBytes(unreduced, header.subarray(0, 32))), 32)
    expect(vectorMatchesHeader(unreduced, announced)).toBe(false)
    expect(() => ml_kem768.encapsulate(concatBytes(unreduced, header.subarray(0, 32)))).toThrow('modulus')
  })

  it('takes a secret key from elsewhere only if it is whole', () => {
    const { header, vector, secretKey } = generateIncrementalKeyPair(random)
    const bytes = expose(secretKey).slice()
    const again = incrementalKeyPairFromSecretKey(bytes)
    expect([again.header, again.vector, sameSecret(again.secretKey, secretKey)]).toEqual([header, vector, true])
    expect(() => incrementalKeyPairFromSecretKey(bytes.subarray(1))).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    bytes[1200] = (bytes[1200] as number) ^ 1
    expect(() => incrementalKeyPairFromSecretKey(bytes)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
  })

  it('takes a written-out encapsulation only if its coefficients are possible', () => {
    const { header } = generateIncrementalKeyPair(random)
    const { pending } = startEncapsulation(header, random)
    const bytes = expose(expandEncapsulation(pending)).slice()
    expect(sameSecret(randomnessOf(parseExpandedEncapsulation(bytes)), pending.randomness)).toBe(true)
    const refused = (altered: Uint8Array) =>
      expect(() => parseExpandedEncapsulation(altered)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    refused(bytes.subarray(1))
    refused(Uint8Array.from(bytes, (byte, i) => (i === 1 ? 0x7f : byte)))
    refused(Uint8Array.from(bytes, (byte, i) => (i === 1536 ? 3 : i === 1537 ? 0 : byte)))
  })

  it('refuses a random source that falls short', () => {
    const { header } = generateIncrementalKeyPair(random)
    const short = (length: number) => random(length - 1)
    expect(() => generateIncrementalKeyPair(short)).toThrow(expect.objectContaining({ code: 'internal' }))
    expect(() => startEncapsulation(header, short)).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})
