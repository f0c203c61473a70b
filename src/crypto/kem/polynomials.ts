/**
 * The polynomials of ML-KEM: drawn from hashes, multiplied, written as bytes. The ring, its number-theoretic transform and the coders
 * are noble's. The hashes are handed in, so that a port can be built on this.
 */
import { genCrystals } from '@noble/post-quantum/_crystals.js'
import { type Bytes, concatBytes } from '../../bytes.js'
import type { LatticeHashes } from './port.js'

/** Coefficients of a polynomial. */
export const N = 256
/** The modulus of a coefficient. */
export const Q = 3329

/** {@link N} coefficients, below {@link Q} unless it is said otherwise. */
export type Polynomial = Uint16Array

/** Polynomials as bytes, so many bits a coefficient. */
export interface Coder {
  readonly bytesLen: number
  encode(polynomial: Polynomial): Uint8Array
  decode(bytes: Uint8Array): Polynomial
}

interface Ring {
  readonly nttZetas: Polynomial
  /** In place, both. Spec: FIPS 203, "NTT" and "NTT^-1". */
  readonly NTT: { encode(polynomial: Polynomial): Polynomial; decode(polynomial: Polynomial): Polynomial }
  mod(x: number): number
  smod(x: number): number
  bitsCoder(bits: number, coefficients: { encode(x: number): number; decode(x: number): number }): Coder
}

/** Arithmetic modulo {@link Q} and in the ring. */
export const ring: Ring = /* @__PURE__ */ genCrystals<Polynomial>({
  N,
  Q,
  F: 3303,
  ROOT_OF_UNITY: 17,
  brvBits: 7,
  isKyber: true,
  newPoly: (n) => new Uint16Array(n),
})

/** Whole coefficients, 12 bits each: what it decodes may be {@link Q} or more. Spec: FIPS 203, "ByteEncode" and "ByteDecode". */
export const whole: Coder = /* @__PURE__ */ ring.bitsCoder(12, { encode: (x) => x, decode: (x) => x })

/** Spec: FIPS 203, "Compress" and "Decompress". The coder masks what `encode` returns to its bits. */
export function compressed(bits: number): Coder {
  return ring.bitsCoder(bits, {
    encode: (x) => (((x << bits) + (Q >> 1)) / Q) | 0,
    decode: (x) => (x * Q + (1 << (bits - 1))) >>> bits,
  })
}

/** A bit a coefficient: what is encrypted. */
export const message: Coder = /* @__PURE__ */ compressed(1)

/** Writes polynomials one after the other. */
export function encodeAll(coder: Coder, polynomials: readonly Polynomial[]): Bytes {
  const pieces = polynomials.map((polynomial) => coder.encode(polynomial))
  const joined = concatBytes(...pieces)
  wipe(...pieces)
  return joined
}

/** Reads as many polynomials as there are bytes for. */
export function decodeAll(coder: Coder, bytes: Uint8Array): Polynomial[] {
  return Array.from({ length: bytes.length / coder.bytesLen }, (_, i) =>
    coder.decode(bytes.subarray(i * coder.bytesLen, (i + 1) * coder.bytesLen)),
  )
}

/** Whether every coefficient is below {@link Q}. Spec: FIPS 203, "ML-KEM.Encaps", modulus check. */
export function areReduced(polynomials: readonly Polynomial[]): boolean {
  return polynomials.every((polynomial) => polynomial.every((x) => x < Q))
}

/** Overwrites what is needed no longer. */
export function wipe(...served: readonly (Polynomial | Uint8Array)[]): void {
  for (const one of served) one.fill(0)
}

/** Adds `term` to `sum`. */
export function add(sum: Polynomial, term: Polynomial): void {
  for (let k = 0; k < N; k++) sum[k] = ((sum[k] as number) + (term[k] as number)) % Q
}

/** Subtracts `term` from `difference`. */
export function subtract(difference: Polynomial, term: Polynomial): void {
  for (let k = 0; k < N; k++) difference[k] = ((difference[k] as number) + Q - (term[k] as number)) % Q
}

/** Adds the product of two transformed polynomials, of 12 bits a coefficient, to `sum`. Spec: FIPS 203, "MultiplyNTTs" and "BaseCaseMultiply". */
export function addProduct(sum: Polynomial, a: Polynomial, b: Polynomial): void {
  for (let i = 0; i < N; i += 2) {
    const zeta = ring.nttZetas[64 + (i >> 2)] as number
    const gamma = i & 2 ? Q - zeta : zeta
    const a0 = a[i] as number
    const a1 = a[i + 1] as number
    const b0 = b[i] as number
    const b1 = b[i + 1] as number
    // a1·b1 is reduced first: times gamma it would leave the 32 bits in which JavaScript engines multiply fast.
    sum[i] = ((sum[i] as number) + a0 * b0 + ((a1 * b1) % Q) * gamma) % Q
    sum[i + 1] = ((sum[i + 1] as number) + a0 * b1 + a1 * b0) % Q
  }
}

/** Three blocks of SHAKE-128 are 336 numbers. Four in five are below q, and 256 are needed. */
const UNIFORM_STREAM = 504

/** An entry of the matrix that ρ stands for. */
interface MatrixEntry {
  readonly rho: Uint8Array
  readonly i: number
  readonly j: number
}

/**
 * Writes an entry of the matrix, transformed, over a polynomial. Spec: FIPS 203, "SampleNTT": of the 12-bit numbers of a stream, those
 * below q.
 *
 * @returns the polynomial.
 */
export function sampleUniform(hashes: LatticeHashes, { rho, i, j }: MatrixEntry, polynomial: Polynomial): Polynomial {
  // One stream in a hundred is too short and is made anew, longer.
  for (let length = UNIFORM_STREAM, count = 0; count < N; length *= 2) {
    const stream = hashes.shake128(length, rho, Uint8Array.of(i, j))
    count = 0
    for (let k = 0; k < length && count < N; k += 3) {
      const middle = stream[k + 1] as number
      const low = (stream[k] as number) | ((middle & 0x0f) << 8)
      const high = (middle >> 4) | ((stream[k + 2] as number) << 4)
      if (low < Q) polynomial[count++] = low
      if (high < Q && count < N) polynomial[count++] = high
    }
  }
  return polynomial
}

/**
 * Draws polynomials of noise, which are secret.
 *
 * Spec: FIPS 203, "SamplePolyCBD" with η = 2 over PRF(r, nonce): four bits a coefficient, the low ones first.
 *
 * @param nonces - that of the first polynomial, and how many there are.
 */
export function sampleNoise(
  hashes: LatticeHashes,
  r: Uint8Array,
  { first, count }: { readonly first: number; readonly count: number },
): Polynomial[] {
  return Array.from({ length: count }, (_, index) => {
    const stream = hashes.shake256(N / 2, r, Uint8Array.of(first + index))
    const polynomial = new Uint16Array(N)
    for (let k = 0; k < N; k++) {
      const bits = (stream[k >> 1] as number) >> (k & 1 ? 4 : 0)
      const x = (bits & 1) + ((bits >> 1) & 1) - ((bits >> 2) & 1) - ((bits >> 3) & 1)
      // Q is added to what is negative, without a branch.
      polynomial[k] = x + (Q & (x >> 31))
    }
    stream.fill(0)
    return polynomial
  })
}
