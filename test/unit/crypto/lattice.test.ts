import nodeCrypto from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { copyBytes, toHex } from '../../../src/bytes.js'
import { decapsulate, encapsulate, generateKemKeyPair } from '../../../src/crypto/kem/kem.js'
import { parseKemPublicKey } from '../../../src/crypto/keys.js'
import { sameSecret } from '../../../src/crypto/secret.js'
import { systemRandom } from '../../../src/env.js'
import { hasNativeMlKem, lattices, onEachLattice } from '../../support/platforms.js'
import { seededRandom } from '../../support/random.js'

const { noble, node } = lattices
const random = seededRandom('lattice')
const nativeOnly = it.skipIf(!hasNativeMlKem)

const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = copyBytes(bytes)
  copy[at] = (copy[at] as number) ^ 0x10
  return copy
}

const SETS = [
  { set: 'mlKem768', secretKeyLength: 2400, publicKeyLength: 1184, ciphertextLength: 1088 },
  { set: 'mlKem1024', secretKeyLength: 3168, publicKeyLength: 1568, ciphertextLength: 1568 },
] as const

// Node has changed what it takes and gives as keys within one release line: without this, the tests that need its ML-KEM skip in silence.
it('uses the ML-KEM of every Node that has one', () => {
  expect(hasNativeMlKem).toBe('encapsulate' in nodeCrypto)
})

it('agrees on hashes of any number of parts and on outputs of any length', () => {
  for (let n = 0; n < 200; n++) {
    const parts = [random(n), random(1), random(3 * n)]
    expect(node.sha3_256(...parts)).toEqual(noble.sha3_256(...parts))
    expect(node.sha3_512(...parts)).toEqual(noble.sha3_512(...parts))
    expect(node.shake128(1 + 7 * n, ...parts)).toEqual(noble.shake128(1 + 7 * n, ...parts))
    expect(node.shake256(1 + 7 * n, ...parts)).toEqual(noble.shake256(1 + 7 * n, ...parts))
  }
})

describe.each(SETS)('$set of node:crypto and noble', ({ set, secretKeyLength, publicKeyLength, ciphertextLength }) => {
  const secretKey = noble[set].secretKey(random(64))
  const publicKey = secretKey.slice(secretKeyLength - 64 - publicKeyLength, -64)

  it('make the same key of a seed and find the same secret, rejected or not, for 40 keys', () => {
    for (let n = 0; n < 40; n++) {
      const seed = random(64)
      const key = noble[set].secretKey(seed)
      expect(node[set].secretKey(seed)).toEqual(key)
      const made = noble[set].encapsulate(key.subarray(secretKeyLength - 64 - publicKeyLength, -64), random(32))
      if (!made) throw new Error('refused')
      expect(node[set].decapsulate(key, made.ciphertext)).toEqual(made.sharedSecret)
      const altered = flipped(made.ciphertext, (n * 41) % ciphertextLength)
      const rejection = noble.shake256(32, key.subarray(-32), altered)
      expect(noble[set].decapsulate(key, altered)).toEqual(rejection)
      expect(node[set].decapsulate(key, altered)).toEqual(rejection)
    }
  })

  it('judge every damaged secret key alike', () => {
    const ciphertext = noble[set].encapsulate(publicKey, random(32))?.ciphertext ?? new Uint8Array()
    const outcomes = new Set<string>()
    // In the secret polynomials, one of them made larger than q; in the public key; in its hash; in z.
    const places = [0, 1, 100, secretKeyLength - 64 - publicKeyLength - 1, secretKeyLength - 200, secretKeyLength - 60, secretKeyLength - 1]
    const large = copyBytes(secretKey)
    large.fill(0xff, 0, 3)
    for (const damaged of [...places.map((at) => flipped(secretKey, at)), large]) {
      const expected = noble[set].decapsulate(damaged, ciphertext)
      expect(node[set].decapsulate(damaged, ciphertext)).toEqual(expected)
      outcomes.add(expected === undefined ? 'refused' : 'a secret')
    }
    expect(outcomes).toEqual(new Set(['refused', 'a secret']))
  })

  nativeOnly('encapsulate with randomness of their own to what noble opens, never twice the same', () => {
    const seen = new Set<string>()
    for (let n = 0; n < 40; n++) {
      const made = node[set].encapsulateFresh?.(publicKey)
      if (!made) throw new Error('refused')
      expect(noble[set].decapsulate(secretKey, made.ciphertext)).toEqual(made.sharedSecret)
      seen.add(toHex(made.ciphertext))
    }
    expect(seen.size).toBe(40)
    const unreduced = copyBytes(publicKey)
    unreduced.fill(0xff, 0, 3)
    expect(node[set].encapsulateFresh?.(unreduced)).toBeUndefined()
  })

  onEachLattice((lattice) => {
    it('return plain arrays that own their memory, take views and Node buffers, and change no argument', () => {
      const kem = lattice[set]
      const seed = random(64)
      const message = random(32)
      const before = [seed, message, publicKey, secretKey].map(toHex)
      const made = kem.encapsulate(Buffer.from(publicKey), Buffer.from(message))
      const fresh = kem.encapsulateFresh?.(Buffer.from(publicKey))
      const whole = Buffer.concat([Buffer.from([1]), secretKey, made?.ciphertext ?? Buffer.alloc(0), Buffer.from([1])])
      const opened = kem.decapsulate(whole.subarray(1, 1 + secretKeyLength), whole.subarray(1 + secretKeyLength, -1))
      expect(opened).toEqual(made?.sharedSecret)
      const results = [
        kem.secretKey(Buffer.from(seed)),
        made?.ciphertext,
        made?.sharedSecret,
        opened,
        ...(fresh ? Object.values(fresh) : []),
      ]
      for (const result of results) {
        expect(result?.constructor).toBe(Uint8Array)
        expect(result?.buffer.byteLength).toBe(result?.length)
      }
      expect([seed, message, publicKey, secretKey].map(toHex)).toEqual(before)
    })

    it('refuse keys and ciphertexts of the wrong length', () => {
      const kem = lattice[set]
      for (const call of [
        () => kem.encapsulate(publicKey.subarray(0, -1), random(32)),
        () => kem.encapsulate(Buffer.concat([publicKey, Buffer.alloc(1)]), random(32)),
        () => kem.encapsulateFresh?.(publicKey.subarray(1)),
        () => kem.encapsulateFresh?.(Buffer.concat([publicKey, Buffer.alloc(1)])),
        () => kem.decapsulate(secretKey.subarray(1), new Uint8Array(ciphertextLength)),
        () => kem.decapsulate(Buffer.concat([secretKey, Buffer.alloc(1)]), new Uint8Array(ciphertextLength)),
        () => kem.decapsulate(secretKey, new Uint8Array(ciphertextLength - 1)),
        () => kem.decapsulate(secretKey, new Uint8Array(ciphertextLength + 1)),
      ]) {
        expect(call()).toBeUndefined()
      }
    })
  })
})

onEachLattice(() => {
  it('Kyber1024 with the randomness of the system: any ciphertext opens, an unreduced key gets none', () => {
    const pair = generateKemKeyPair(systemRandom)
    for (let n = 0; n < 10; n++) {
      const { ciphertext, sharedSecret } = encapsulate(pair.publicKey, systemRandom)
      expect(sameSecret(decapsulate(pair.secretKey, ciphertext), sharedSecret)).toBe(true)
    }
    const unreduced = parseKemPublicKey(pair.publicKey)
    unreduced.fill(0xff, 1, 4)
    expect(() => encapsulate(unreduced, systemRandom)).toThrow(expect.objectContaining({ code: 'invalid-key' }))
  })
})
