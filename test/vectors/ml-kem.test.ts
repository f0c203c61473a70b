/** ML-KEM, on which Kyber1024 and the braid's keys are built, against NIST's and Wycheproof's vectors, on both implementations. */
import { expect, it } from 'vitest'
import { toHex } from '../../src/bytes.js'
import { kemKeyPairFromSecretKey } from '../../src/crypto/kem/kem.js'
import type { Lattice, MlKem } from '../../src/crypto/kem/port.js'
import { onEachLattice } from '../support/platforms.js'
import { describeExternal, hex } from '../support/vectors.js'

const SIZES = [768, 1024] as const
type Size = (typeof SIZES)[number]

const kemOf = (lattice: Lattice, size: Size): MlKem => (size === 768 ? lattice.mlKem768 : lattice.mlKem1024)

/** A secret key ends with its public key, the hash of that, and z. */
const publicKeyIn = (secretKey: Uint8Array, size: Size): string => toHex(secretKey.slice(size === 768 ? -1248 : -1632, -64))

function succeeds(run: () => unknown): boolean {
  try {
    return run() !== undefined
  } catch {
    return false
  }
}

interface AcvpGroups<T> {
  readonly testGroups: readonly { readonly parameterSet: string; readonly function?: string; readonly tests: readonly T[] }[]
}

function acvpTests<T>(file: AcvpGroups<T>, size: Size, kind?: string): readonly T[] {
  return file.testGroups.filter((g) => g.parameterSet === `ML-KEM-${size}` && g.function === kind).flatMap((g) => g.tests)
}

describeExternal<AcvpGroups<{ d: string; z: string; ek: string; dk: string }>>(
  'acvp/ML-KEM-keyGen-FIPS203.internalProjection.json.gz',
  'ACVP ML-KEM key generation',
  (file) => {
    onEachLattice((lattice) => {
      it.each(SIZES)('ML-KEM-%i: 25 keys', (size) => {
        expect(acvpTests(file, size).length).toBe(25)
        for (const { d, z, ek, dk } of acvpTests(file, size)) {
          const secretKey = kemOf(lattice, size).secretKey(hex(d + z))
          expect(toHex(secretKey)).toBe(dk.toLowerCase())
          expect(publicKeyIn(secretKey, size)).toBe(ek.toLowerCase())
        }
      })
    })
  },
)

describeExternal<AcvpGroups<{ ek: string; dk: string; c: string; k: string; m: string; testPassed: boolean }>>(
  'acvp/ML-KEM-encapDecap-FIPS203.internalProjection.json.gz',
  'ACVP ML-KEM',
  (file) => {
    onEachLattice((lattice) => {
      it.each(SIZES)('ML-KEM-%i: encapsulations, decapsulations and key checks', (size) => {
        const kem = kemOf(lattice, size)
        const kinds = ['encapsulation', 'decapsulation', 'encapsulationKeyCheck', 'decapsulationKeyCheck']
        expect(kinds.map((kind) => acvpTests(file, size, kind).length)).toEqual([25, 10, 10, 10])
        for (const { ek, m, c, k } of acvpTests(file, size, 'encapsulation')) {
          expect(kem.encapsulate(hex(ek), hex(m))).toEqual({ ciphertext: hex(c), sharedSecret: hex(k) })
        }
        for (const { dk, c, k } of acvpTests(file, size, 'decapsulation')) expect(kem.decapsulate(hex(dk), hex(c))).toEqual(hex(k))
        for (const { ek, testPassed } of acvpTests(file, size, 'encapsulationKeyCheck')) {
          expect(succeeds(() => kem.encapsulate(hex(ek), new Uint8Array(32)))).toBe(testPassed)
          if (kem.encapsulateFresh) expect(succeeds(() => kem.encapsulateFresh?.(hex(ek)))).toBe(testPassed)
        }
        for (const { dk, testPassed } of acvpTests(file, size, 'decapsulationKeyCheck')) {
          expect(succeeds(() => kem.decapsulate(hex(dk), new Uint8Array(size === 768 ? 1088 : 1568)))).toBe(testPassed)
          // Our own check of a key from elsewhere gives the same verdict.
          if (size === 1024) expect(succeeds(() => kemKeyPairFromSecretKey(hex(`08${dk}`)))).toBe(testPassed)
        }
      })
    })
  },
)

interface Wycheproof<T> {
  readonly numberOfTests: number
  readonly testGroups: readonly { readonly tests: readonly (T & { tcId: number; result: string })[] }[]
}

function describeWycheproof<T>(kind: string, run: (kem: MlKem, test: T, size: Size) => boolean): void {
  for (const size of SIZES) {
    describeExternal<Wycheproof<T>>(`wycheproof/mlkem_${size}_${kind}test.json`, `Wycheproof ML-KEM-${size} ${kind}`, (file) => {
      onEachLattice((lattice) => {
        it(`${file.numberOfTests} cases: what is valid has the outcome written there, all else is refused`, () => {
          const tests = file.testGroups.flatMap((group) => group.tests)
          expect(tests.length).toBe(file.numberOfTests)
          for (const test of tests) expect([test.tcId, run(kemOf(lattice, size), test, size)]).toEqual([test.tcId, test.result === 'valid'])
        })
      })
    })
  }
}

describeWycheproof<{ m: string; ek: string; c: string; K: string }>('encaps_', (kem, { m, ek, c, K }) =>
  succeeds(() => {
    const made = kem.encapsulate(hex(ek), hex(m))
    if (made) expect(made).toEqual({ ciphertext: hex(c), sharedSecret: hex(K) })
    return kem.encapsulateFresh ? made && kem.encapsulateFresh(hex(ek)) : made
  }),
)

describeWycheproof<{ seed: string; ek: string; dk: string }>('keygen_seed_', (kem, { seed, ek, dk }, size) =>
  succeeds(() => {
    const secretKey = kem.secretKey(hex(seed))
    expect([publicKeyIn(secretKey, size), toHex(secretKey)]).toEqual([ek, dk])
    return secretKey
  }),
)

describeWycheproof<{ seed: string; ek: string; c: string; K: string }>('', (kem, { seed, ek, c, K }, size) =>
  succeeds(() => {
    const secretKey = kem.secretKey(hex(seed))
    const sharedSecret = kem.decapsulate(secretKey, hex(c))
    expect([publicKeyIn(secretKey, size), sharedSecret && toHex(sharedSecret)]).toEqual([ek, K])
    return sharedSecret
  }),
)

describeWycheproof<{ dk: string; c: string; K?: string }>('semi_expanded_decaps_', (kem, { dk, c, K }) =>
  succeeds(() => {
    const sharedSecret = kem.decapsulate(hex(dk), hex(c))
    if (sharedSecret) expect(toHex(sharedSecret)).toBe(K)
    return sharedSecret
  }),
)
