import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, copyBytes } from '../../../src/bytes.js'
import { ML_KEM_768, ML_KEM_1024, mlKem } from '../../../src/crypto/kem/ml-kem.js'
import { sampleUniform } from '../../../src/crypto/kem/polynomials.js'
import type { LatticeHashes, MlKem } from '../../../src/crypto/kem/port.js'
import { lattices } from '../../support/platforms.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('ML-KEM')

const SETS = [
  { name: 'ML-KEM-768', set: ML_KEM_768, noble: ml_kem768, vectorLength: 1152, ciphertextLength: 1088 },
  { name: 'ML-KEM-1024', set: ML_KEM_1024, noble: ml_kem1024, vectorLength: 1536, ciphertextLength: 1568 },
] as const

/** Hashes that keep what they returned and count the streams for the matrix that had to be made longer. */
function watched(hashes: LatticeHashes): LatticeHashes & { readonly secrets: Uint8Array[]; long: number } {
  const keep = (output: Uint8Array<ArrayBuffer>) => {
    watching.secrets.push(output)
    return output
  }
  const watching = {
    secrets: [] as Uint8Array[],
    long: 0,
    sha3_256: hashes.sha3_256,
    sha3_512: (...parts: readonly Uint8Array[]) => keep(hashes.sha3_512(...parts)),
    shake128: (length: number, ...parts: readonly Uint8Array[]) => {
      if (length > 504) watching.long++
      return hashes.shake128(length, ...parts)
    },
    shake256: (length: number, ...parts: readonly Uint8Array[]) => keep(hashes.shake256(length, ...parts)),
  }
  return watching
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

describe.each(SETS)("$name of noble's polynomials", ({ set, noble, vectorLength, ciphertextLength }) => {
  const publicKeyOf = (secretKey: Uint8Array) => secretKey.slice(vectorLength, 2 * vectorLength + 32)
  const decapsulateOfNoble = (secretKey: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined => {
    try {
      return noble.decapsulate(ciphertext, secretKey)
    } catch {
      return undefined
    }
  }

  describe.each([lattices.node, lattices.noble])('and the hashes of $name', (lattice) => {
    it("is noble's ML-KEM for 60 keys, short streams for the matrix among them", () => {
      const hashes = watched(lattice)
      const kem = mlKem(set, hashes)
      for (let n = 0; n < 60; n++) {
        const [seed, m] = [random(64), random(32)]
        const { secretKey, publicKey } = noble.keygen(seed)
        expect(kem.secretKey(seed)).toEqual(secretKey)
        const { cipherText, sharedSecret } = noble.encapsulate(publicKey, m)
        expect(kem.encapsulate(publicKey, m)).toEqual({ ciphertext: cipherText, sharedSecret })
        expect(kem.decapsulate(secretKey, cipherText)).toEqual(sharedSecret)
        const foreign = random(ciphertextLength)
        expect(kem.decapsulate(secretKey, foreign)).toEqual(noble.decapsulate(foreign, secretKey))
      }
      expect(hashes.long).toBeGreaterThan(0)
    })

    it('rejects a ciphertext with any one byte altered: the secret is SHAKE-256(z || ciphertext)', () => {
      const kem = mlKem(set, lattice)
      const secretKey = kem.secretKey(random(64))
      const { ciphertext } = kem.encapsulate(publicKeyOf(secretKey), random(32)) ?? { ciphertext: new Uint8Array() }
      for (let at = 0; at < ciphertextLength; at += lattice.name === 'node' ? 1 : 17) {
        const altered = copyBytes(ciphertext)
        altered[at] = (altered[at] as number) ^ (1 << (at % 8))
        expect(kem.decapsulate(secretKey, altered)).toEqual(lattice.shake256(32, secretKey.subarray(-32), altered))
      }
    })

    it('overwrites every secret hash and stream, all but the shared secret', () => {
      const hashes = watched(lattice)
      const kem = mlKem(set, hashes)
      const secretKey = kem.secretKey(random(64))
      const made = kem.encapsulate(publicKeyOf(secretKey), random(32))
      const ciphertext = made?.ciphertext ?? new Uint8Array()
      const opened = kem.decapsulate(secretKey, ciphertext)
      expect(hashes.secrets.length).toBeGreaterThan(10)
      expect(hashes.secrets.filter((bytes) => !isZero(bytes))).toEqual([opened])
    })
  })

  const kem: MlKem = mlKem(set, lattices.node)
  const secretKey = kem.secretKey(random(64))
  const publicKey = publicKeyOf(secretKey)

  /** The secret key with another vector in its public key, and the hash that belongs to it. */
  function withVector(vector: Uint8Array): Uint8Array {
    const altered = concatBytes(vector, publicKey.subarray(-32))
    return concatBytes(secretKey.subarray(0, vectorLength), altered, lattices.noble.sha3_256(altered), secretKey.subarray(-32))
  }

  it('judges damaged and unreduced secret keys as noble does', () => {
    const ciphertext = kem.encapsulate(publicKey, random(32))?.ciphertext ?? new Uint8Array()
    const unreduced = copyBytes(secretKey)
    unreduced.fill(0xff, 0, vectorLength)
    const damaged = Array.from({ length: 60 }, (_, n) => {
      const copy = copyBytes(secretKey)
      const at = Math.floor((n * secretKey.length) / 60)
      copy[at] = (copy[at] as number) ^ 0x21
      return copy
    })
    const outcomes = [unreduced, withVector(new Uint8Array(vectorLength).fill(0xff)), withVector(random(vectorLength)), ...damaged].map(
      (key) => {
        const secret = kem.decapsulate(key, ciphertext)
        expect(secret).toEqual(decapsulateOfNoble(key, ciphertext))
        return secret === undefined ? 'refused' : 'a secret'
      },
    )
    expect(outcomes.slice(0, 3)).toEqual(['a secret', 'a secret', 'a secret'])
    expect(new Set(outcomes)).toEqual(new Set(['refused', 'a secret']))
  })

  it('encapsulates to a coefficient of 3328 at any place, and refuses 3329 there', () => {
    for (let place = 0; place < vectorLength / 1.5; place += 37) {
      for (const value of [3328, 3329]) {
        const key = copyBytes(publicKey)
        const at = (place >> 1) * 3 + (place & 1)
        const [low, high] = [key[at] as number, key[at + 1] as number]
        key.set(place & 1 ? [(low & 0x0f) | ((value << 4) & 0xf0), value >> 4] : [value & 0xff, (high & 0xf0) | (value >> 8)], at)
        const m = random(32)
        const made = kem.encapsulate(key, m)
        if (value === 3329) expect(made).toBeUndefined()
        else expect(made?.ciphertext).toEqual(noble.encapsulate(key, m).cipherText)
      }
    }
  })

  it('refuses a seed and a message of another length', () => {
    expect(() => kem.secretKey(random(63))).toThrow(expect.objectContaining({ code: 'internal' }))
    expect(() => kem.secretKey(random(65))).toThrow(expect.objectContaining({ code: 'internal' }))
    expect([31, 33].map((length) => kem.encapsulate(publicKey, random(length)))).toEqual([undefined, undefined])
  })
})

describe('an entry of the matrix', () => {
  /** A stream whose first `refused` pairs of candidates are not below q, as SHAKE gives it: a longer one begins with a shorter one. */
  const sampleAfter = (refused: number, next: (pair: number) => readonly [number, number]) => {
    const lengths: number[] = []
    const shake128 = (length: number) => {
      lengths.push(length)
      const stream = new Uint8Array(length).fill(0xff)
      for (let pair = refused; 3 * pair < length; pair++) {
        const [low, high] = next(pair - refused)
        stream.set([low & 0xff, (low >> 8) | ((high & 0x0f) << 4), high >> 4], 3 * pair)
      }
      return stream
    }
    return {
      polynomial: sampleUniform({ ...lattices.noble, shake128 }, { rho: new Uint8Array(32), i: 0, j: 0 }, new Uint16Array(256).fill(3328)),
      lengths,
    }
  }

  it('is made of a longer stream when the first has too few candidates below q', () => {
    const counted = (pair: number) => [2 * pair, 2 * pair + 1] as const
    const whole = Uint16Array.from({ length: 256 }, (_, k) => k)
    expect(sampleAfter(40, counted)).toEqual({ polynomial: whole, lengths: [504] })
    expect(sampleAfter(41, counted)).toEqual({ polynomial: whole, lengths: [504, 1008] })
    expect(sampleAfter(400, counted)).toEqual({ polynomial: whole, lengths: [504, 1008, 2016] })
  })

  it('takes 3328 and leaves 3329, as the lower and as the upper of a pair', () => {
    const { polynomial } = sampleAfter(0, (pair) => (pair < 2 ? [3329, 3328] : pair < 4 ? [3328, 3329] : [pair, 4095]))
    expect([...polynomial.subarray(0, 6)]).toEqual([3328, 3328, 3328, 3328, 4, 5])
  })
})
