/**
 * Kyber1024 key generation of round 3, from its specification (version 3.02, algorithms 4 and 7) in the plainest form. The library
 * does not have it, because noble's ML-KEM hashes one byte more; tests need it to make the keys that known answers start from.
 */
import { sha3_256, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js'
import { type Bytes, concatBytes } from '../../src/bytes.js'

const Q = 3329
const N = 256
const K = 4

type Polynomial = number[]

const power = (base: number, exponent: number): number =>
  exponent === 0 ? 1 : (power((base * base) % Q, exponent >> 1) * (exponent & 1 ? base : 1)) % Q

const reverse7 = (n: number): number => Number.parseInt(n.toString(2).padStart(7, '0').split('').reverse().join(''), 2)

/** Evaluates at the roots: after seven halvings, pairs of coefficients remain. */
function ntt(f: Polynomial): Polynomial {
  const a = [...f]
  let i = 1
  for (let length = 128; length >= 2; length /= 2) {
    for (let start = 0; start < N; start += 2 * length) {
      const zeta = power(17, reverse7(i++))
      for (let j = start; j < start + length; j++) {
        const t = (zeta * at(a, j + length)) % Q
        a[j + length] = (at(a, j) - t + Q) % Q
        a[j] = (at(a, j) + t) % Q
      }
    }
  }
  return a
}

/** Product of two transformed polynomials: 128 products modulo X^2 - zeta. */
function multiply(f: Polynomial, g: Polynomial): Polynomial {
  return f.map((_, n) => {
    const even = n & ~1
    const [f0, f1, g0, g1] = [at(f, even), at(f, even + 1), at(g, even), at(g, even + 1)]
    if (n & 1) return (f0 * g1 + f1 * g0) % Q
    return (f0 * g0 + ((f1 * g1) % Q) * power(17, 2 * reverse7(n >> 1) + 1)) % Q
  })
}

const add = (f: Polynomial, g: Polynomial): Polynomial => f.map((a, i) => (a + at(g, i)) % Q)

/** Uniform, by rejection, already transformed. */
function sampleUniform(seed: Uint8Array, column: number, row: number): Polynomial {
  const stream = shake128(concatBytes(seed, Uint8Array.of(column, row)), { dkLen: 168 * 8 })
  const candidates: number[] = []
  for (let i = 0; i < stream.length; i += 3) {
    const [b0, b1, b2] = [at(stream, i), at(stream, i + 1), at(stream, i + 2)]
    candidates.push(b0 + 256 * (b1 % 16), (b1 >> 4) + 16 * b2)
  }
  return candidates.filter((candidate) => candidate < Q).slice(0, N)
}

/** Centered binomial, eta = 2. */
function sampleNoise(seed: Uint8Array, nonce: number): Polynomial {
  const stream = shake256(concatBytes(seed, Uint8Array.of(nonce)), { dkLen: 128 })
  const bit = (n: number) => (at(stream, n >> 3) >> (n & 7)) & 1
  return Array.from({ length: N }, (_, i) => (bit(4 * i) + bit(4 * i + 1) - bit(4 * i + 2) - bit(4 * i + 3) + Q) % Q)
}

function encode(polynomials: readonly Polynomial[]): Bytes {
  const bytes: number[] = []
  for (const f of polynomials) {
    for (let i = 0; i < N; i += 2) {
      const [a, b] = [at(f, i), at(f, i + 1)]
      bytes.push(a & 0xff, (a >> 8) | ((b & 0xf) << 4), b >> 4)
    }
  }
  return Uint8Array.from(bytes)
}

function at(values: ArrayLike<number>, index: number): number {
  const value = values[index]
  if (value === undefined) throw new RangeError(`no element ${index}`)
  return value
}

/**
 * @param seed - 64 bytes: d (32), from which the key follows, and z (32), the rejection secret.
 * @returns the raw keys, without type bytes: 1568 and 3168 bytes.
 */
export function kyberRound3KeyPair(seed: Uint8Array): { publicKey: Bytes; secretKey: Bytes } {
  const expanded = sha3_512(seed.subarray(0, 32))
  const [rho, sigma] = [expanded.subarray(0, 32), expanded.subarray(32)]
  const s = Array.from({ length: K }, (_, i) => ntt(sampleNoise(sigma, i)))
  const t = s.map((_, row) =>
    s.reduce((sum, sj, column) => add(sum, multiply(sampleUniform(rho, column, row), sj)), ntt(sampleNoise(sigma, K + row))),
  )
  const publicKey = concatBytes(encode(t), rho)
  return { publicKey, secretKey: concatBytes(encode(s), publicKey, sha3_256(publicKey), seed.subarray(32)) }
}
