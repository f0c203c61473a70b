/**
 * Kyber1024 of round 3 against the known answers of its submission, on both implementations of what it is built on.
 *
 * The known answers start from key generation, which differs between round 3 and noble (one byte more is hashed) and which the
 * library therefore does not have: the keys come from a plain implementation in `test/support/kyber-round3.ts`, whose output is
 * held to the hashes of the known answers first. Encapsulation and decapsulation are the library's.
 */
import { sha3_256 } from '@noble/hashes/sha3.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex } from '../../src/bytes.js'
import { decapsulate, encapsulate, kemKeyPairFromSecretKey } from '../../src/crypto/kem/kem.js'
import type { KemKeyPair } from '../../src/crypto/keys.js'
import { parseKemCiphertext } from '../../src/crypto/keys.js'
import { expose } from '../../src/crypto/secret.js'
import { kyberRound3KeyPair } from '../support/kyber-round3.js'
import { onEachLattice, platforms } from '../support/platforms.js'
import { recordedRandom } from '../support/random.js'
import { describeExternal, hex } from '../support/vectors.js'

function round3Keys(seed: Uint8Array): KemKeyPair {
  return kemKeyPairFromSecretKey(concatBytes(Uint8Array.of(0x08), kyberRound3KeyPair(seed).secretKey))
}

interface KnownAnswer {
  readonly key_generation_seed: string
  readonly sha3_256_hash_of_public_key: string
  readonly sha3_256_hash_of_secret_key: string
  readonly encapsulation_seed: string
  readonly sha3_256_hash_of_ciphertext: string
  readonly shared_secret: string
}

describeExternal<KnownAnswer[]>('kyber-round3/nistkats_kyber_1024.json', 'Kyber1024 round 3, known answers', (answers) => {
  onEachLattice(() => {
    it(`${answers.length} keys, ciphertexts and shared secrets`, () => {
      expect(answers.length).toBe(100)
      for (const answer of answers) {
        const pair = round3Keys(hex(answer.key_generation_seed))
        expect(toHex(sha3_256(pair.publicKey.subarray(1)))).toBe(answer.sha3_256_hash_of_public_key)
        expect(toHex(sha3_256(expose(pair.secretKey).subarray(1)))).toBe(answer.sha3_256_hash_of_secret_key)
        const { ciphertext, sharedSecret } = encapsulate(pair.publicKey, recordedRandom(hex(answer.encapsulation_seed)))
        expect(toHex(sha3_256(ciphertext.subarray(1)))).toBe(answer.sha3_256_hash_of_ciphertext)
        expect(toHex(expose(sharedSecret))).toBe(answer.shared_secret)
        expect(toHex(expose(decapsulate(pair.secretKey, ciphertext)))).toBe(answer.shared_secret)
      }
    })
  })
})

describe('Kyber1024 round 3, the values of the wire specification', () => {
  onEachLattice(() => {
    // Section 11.3: d || z = 00..3f, randomness 40..5f.
    const pair = round3Keys(Uint8Array.from({ length: 64 }, (_, i) => i))
    const { ciphertext, sharedSecret } = encapsulate(pair.publicKey, recordedRandom(Uint8Array.from({ length: 32 }, (_, i) => 0x40 + i)))
    const sha256 = (bytes: Uint8Array) => toHex(platforms.node.sha256(bytes.subarray(1)))

    it('keys, ciphertext and shared secret', () => {
      expect(sha256(pair.publicKey)).toBe('24ed6cde38849be6ef02d0fb2e2fc4d259c3b52053c88c24a30f6873673e42c1')
      expect(sha256(expose(pair.secretKey))).toBe('0d1fb5b954af9741e034a14893d5c421a8b350c596c1e2447f6eaae24db532c3')
      expect(sha256(ciphertext)).toBe('34532e76d0de579ed4add1a1669e968684f7ec0af0559170e57fd15b67f00627')
      expect(toHex(expose(sharedSecret))).toBe('66cd15c09e372fe64522aea8c8086844999ce7f16565b4a043680bf0bc95083b')
      expect(toHex(expose(decapsulate(pair.secretKey, ciphertext)))).toBe(toHex(expose(sharedSecret)))
    })

    it('the secret of a rejected ciphertext', () => {
      const altered = parseKemCiphertext(ciphertext)
      altered[1] = (altered[1] as number) ^ 1
      expect(toHex(expose(decapsulate(pair.secretKey, altered)))).toBe('247095e137f21904fbf0f010384eed42ea287eae511aa033fb1a69d642a2b531')
    })
  })
})
