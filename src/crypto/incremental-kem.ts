/**
 * ML-KEM-768 cut into pieces that can be sent one after the other: header, vector, first and second part of the ciphertext. Knows
 * neither how the pieces travel nor what the shared secret is for.
 *
 * Joined, the pieces are the objects of FIPS 203: key = vector ‖ ρ, ciphertext = ct1 ‖ ct2. What is new is only the order of work:
 * ct1 and the shared secret need no more than the header (ρ and the hash of the key), ct2 needs the vector. Key generation and
 * decapsulation are the platform's; the two halves of encapsulation stand on noble's number-theoretic transform and SHAKE.
 */
import { genCrystals } from '@noble/post-quantum/_crystals.js'
import { lattice } from '#lattice'
import { type Bytes, concatBytes, copyBytes, equalBytes } from '../bytes.js'
import type { RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import { requireLength } from './platform.js'
import { expose, Secret } from './secret.js'

/** Bytes of a header: ρ (the matrix seed, 32) and SHA3-256 of the whole public key (32). */
export const HEADER_LENGTH = 64
/** Bytes of a vector: three polynomials, 12 bits a coefficient. */
export const VECTOR_LENGTH = 1152
/** Bytes of the first part of a ciphertext: three polynomials compressed to 10 bits a coefficient. */
export const CT1_LENGTH = 960
/** Bytes of the second part: one polynomial compressed to 4 bits a coefficient. */
export const CT2_LENGTH = 128
/** Bytes of an {@link ExpandedEncapsulation}. */
export const EXPANDED_LENGTH = 2080

const SEED_LENGTH = 64
const RANDOMNESS_LENGTH = 32
const RHO_LENGTH = 32
const SECRET_KEY_LENGTH = 2400
/** Where the vector, ρ and H(key) lie in a secret key. */
const VECTOR_OFFSET = 1152
const RHO_OFFSET: number = VECTOR_OFFSET + VECTOR_LENGTH
const HASH_OFFSET: number = RHO_OFFSET + RHO_LENGTH
const HASH_END: number = HASH_OFFSET + 32

/** A key pair whose public half travels as header, then vector. */
export interface IncrementalKeyPair {
  readonly header: Bytes
  readonly vector: Bytes
  /** 2400 bytes, layout of FIPS 203: it contains header and vector too. */
  readonly secretKey: Secret<'IncrementalSecretKey'>
}

/** What an encapsulation needs to be finished once the vector is here: the header it was made for, and its 32 random bytes. */
export interface PendingEncapsulation {
  readonly header: Bytes
  readonly randomness: Secret<'EncapsulationRandomness'>
}

/**
 * A {@link PendingEncapsulation} written out, as libsignal's records hold it, 2080 bytes: ŷ (three polynomials), e2 (one), 16-bit
 * little-endian two's complement coefficients, and the 32 random bytes. It can be finished without the header.
 */
export type ExpandedEncapsulation = Secret<'ExpandedEncapsulation'>

const N = 256
const Q = 3329
const RANK = 3
const POLYNOMIAL_BYTES = 2 * N
/** Three blocks of SHAKE-128: 336 candidates, of which 256 serve, four in five being below q. */
const UNIFORM_STREAM = 504

type Polynomial = Uint16Array

const ring = /* @__PURE__ */ genCrystals<Polynomial>({
  N,
  Q,
  F: 3303,
  ROOT_OF_UNITY: 17,
  brvBits: 7,
  isKyber: true,
  newPoly: (n) => new Uint16Array(n),
})

const plain12 = /* @__PURE__ */ ring.bitsCoder(12, { encode: (x) => x, decode: (x) => x })
const compressed10 = /* @__PURE__ */ ring.bitsCoder(10, compression(10))
const compressed4 = /* @__PURE__ */ ring.bitsCoder(4, compression(4))
const compressed1 = /* @__PURE__ */ ring.bitsCoder(1, compression(1))

/**
 * Generates a key pair.
 *
 * Spec: FIPS 203, "ML-KEM.KeyGen"; SPQR, "Incremental ML-KEM-768"; differs: none.
 *
 * @param random - 64 bytes are drawn, once: d, then z.
 */
export function generateIncrementalKeyPair(random: RandomSource): IncrementalKeyPair {
  const seed = random(SEED_LENGTH)
  requireLength(seed, SEED_LENGTH)
  const secretKey = lattice.mlKem768.secretKey(seed)
  seed.fill(0)
  return keyPairOf(secretKey)
}

/**
 * Makes the key pair of a secret key from elsewhere.
 *
 * Spec: FIPS 203, "ML-KEM.Decaps", input checks; differs: none.
 *
 * @param bytes - secret, 2400 bytes; copied.
 * @throws BisikError `invalid-key` if the length or the hash of the public key inside is wrong.
 */
export function incrementalKeyPairFromSecretKey(bytes: Uint8Array): IncrementalKeyPair {
  if (bytes.length !== SECRET_KEY_LENGTH) throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
  if (!equalBytes(lattice.sha3_256(bytes.subarray(VECTOR_OFFSET, HASH_OFFSET)), bytes.subarray(HASH_OFFSET, HASH_END))) {
    throw new BisikError('invalid-key', { reason: 'the hash inside a KEM secret key does not match its public key' })
  }
  return keyPairOf(copyBytes(bytes))
}

function keyPairOf(secretKey: Uint8Array): IncrementalKeyPair {
  return {
    header: copyBytes(secretKey.subarray(RHO_OFFSET, HASH_END)),
    vector: copyBytes(secretKey.subarray(VECTOR_OFFSET, RHO_OFFSET)),
    secretKey: Secret.own(secretKey as Bytes),
  }
}

/** Copies the vector, which is public, out of a secret key. */
export function vectorOf(secretKey: Secret<'IncrementalSecretKey'>): Bytes {
  return copyBytes(expose(secretKey).subarray(VECTOR_OFFSET, RHO_OFFSET))
}

/**
 * Encapsulates to a key of which only the header is known.
 *
 * Spec: FIPS 203, "ML-KEM.Encaps" and "K-PKE.Encrypt", as far as they do without t; SPQR, "encaps1"; differs: none.
 *
 * @param header - 64 bytes, authentic: nothing about it is checked here. Kept.
 * @param random - 32 bytes are drawn, once.
 * @returns the first part of the ciphertext, the shared secret (32 bytes), and what {@link finishEncapsulation} needs.
 */
export function startEncapsulation(
  header: Bytes,
  random: RandomSource,
): { readonly ct1: Bytes; readonly sharedSecret: Secret<'IncrementalSharedSecret'>; readonly pending: PendingEncapsulation } {
  const m = random(RANDOMNESS_LENGTH)
  requireLength(m, RANDOMNESS_LENGTH)
  const { sharedSecret, yHat, e1, e2 } = expand(header, m)
  const rho = header.subarray(0, RHO_LENGTH)
  const u = e1.map((noise, i) => {
    const sum = new Uint16Array(N)
    yHat.forEach((y, j) => {
      addProduct(sum, sampleUniform(rho, i, j), y)
    })
    ring.NTT.decode(sum)
    for (let k = 0; k < N; k++) sum[k] = ((sum[k] as number) + (noise[k] as number)) % Q
    return sum
  })
  const ct1 = concatBytes(...u.map((polynomial) => compressed10.encode(polynomial)))
  for (const polynomial of [...yHat, ...e1, e2, ...u]) polynomial.fill(0)
  return { ct1, sharedSecret: Secret.own(sharedSecret), pending: { header, randomness: Secret.own(m) } }
}

/**
 * Whether a vector is the one that a header announced: the hash matches, and every coefficient is reduced.
 *
 * Spec: FIPS 203, "ML-KEM.Encaps", modulus check; SPQR, "ekMatchesHeader"; differs: none.
 *
 * @param vector - 1152 bytes. @param header - 64 bytes.
 */
export function vectorMatchesHeader(vector: Uint8Array, header: Uint8Array): boolean {
  const hash = lattice.sha3_256(vector, header.subarray(0, RHO_LENGTH))
  return equalBytes(hash, header.subarray(RHO_LENGTH)) && polynomialsOf(vector).every((polynomial) => polynomial.every((x) => x < Q))
}

/**
 * Computes the second part of a ciphertext.
 *
 * Spec: FIPS 203, "K-PKE.Encrypt"; SPQR, "encaps2"; differs: none.
 *
 * @param vector - 1152 bytes for which {@link vectorMatchesHeader} held.
 * @param pending - secret; not wiped.
 * @returns 128 bytes.
 */
export function finishEncapsulation(vector: Uint8Array, pending: PendingEncapsulation | ExpandedEncapsulation): Bytes {
  const { yHat, e2, m } = pending instanceof Secret ? parseExpanded(expose(pending)) : expandPending(pending)
  const v = new Uint16Array(N)
  polynomialsOf(vector).forEach((t, i) => {
    addProduct(v, t, yHat[i] as Polynomial)
  })
  ring.NTT.decode(v)
  const message = compressed1.decode(m)
  for (let k = 0; k < N; k++) v[k] = ((v[k] as number) + (e2[k] as number) + (message[k] as number)) % Q
  const ct2 = copyBytes(compressed4.encode(v))
  for (const polynomial of [...yHat, e2, message, v]) polynomial.fill(0)
  return ct2
}

/**
 * Decapsulates.
 *
 * Spec: FIPS 203, "ML-KEM.Decaps"; differs: none.
 *
 * @param o - `ct1`: 960 bytes; `ct2`: 128 bytes.
 * @returns 32 bytes; of an altered ciphertext another, unpredictable secret ("implicit rejection"), so that this never fails.
 */
export function decapsulateIncremental(
  secretKey: Secret<'IncrementalSecretKey'>,
  ciphertext: { readonly ct1: Uint8Array; readonly ct2: Uint8Array },
): Secret<'IncrementalSharedSecret'> {
  const sharedSecret = lattice.mlKem768.decapsulate(expose(secretKey), concatBytes(ciphertext.ct1, ciphertext.ct2))
  if (sharedSecret === undefined) throw new BisikError('invalid-key', { reason: 'a damaged KEM secret key' })
  return Secret.own(sharedSecret)
}

/**
 * Writes a pending encapsulation out, for libsignal's records.
 *
 * Spec: SPQR, "Incremental ML-KEM-768", the layout of `es`; differs: none.
 */
export function expandEncapsulation(pending: PendingEncapsulation): ExpandedEncapsulation {
  const { yHat, e2, m } = expandPending(pending)
  const bytes = new Uint8Array(EXPANDED_LENGTH)
  const view = new DataView(bytes.buffer)
  const polynomials = [...yHat, e2]
  polynomials.forEach((polynomial, i) => {
    polynomial.forEach((x, k) => {
      view.setInt16(i * POLYNOMIAL_BYTES + 2 * k, ring.smod(x), true)
    })
    polynomial.fill(0)
  })
  bytes.set(m, EXPANDED_LENGTH - RANDOMNESS_LENGTH)
  return Secret.own(bytes)
}

/**
 * Takes over a written-out encapsulation of libsignal's.
 *
 * Spec: SPQR, "Incremental ML-KEM-768", the layout of `es`; differs: what no encapsulation can contain is refused.
 *
 * @param bytes - secret, 2080 bytes; copied.
 * @throws BisikError `invalid-key` if the length is wrong, or a coefficient is not below q (of ŷ) or not noise (of e2).
 */
export function parseExpandedEncapsulation(bytes: Uint8Array): ExpandedEncapsulation {
  if (bytes.length !== EXPANDED_LENGTH) throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
  for (let offset = 0; offset < (RANK + 1) * POLYNOMIAL_BYTES; offset += 2) {
    const limit = offset < RANK * POLYNOMIAL_BYTES ? Q : 3
    if (Math.abs(coefficient(bytes, offset)) >= limit) throw new BisikError('invalid-key', { reason: 'a coefficient is out of range' })
  }
  return Secret.copy(bytes)
}

/** The random bytes inside a written-out encapsulation: with the header, all that need be kept. */
export function randomnessOf(expanded: ExpandedEncapsulation): Secret<'EncapsulationRandomness'> {
  return Secret.copy(expose(expanded).subarray(EXPANDED_LENGTH - RANDOMNESS_LENGTH))
}

/** Spec: FIPS 203, "Compress" and "Decompress". The coder masks what `encode` returns to its bits. */
function compression(bits: number): { encode: (x: number) => number; decode: (x: number) => number } {
  return { encode: (x) => (((x << bits) + (Q >> 1)) / Q) | 0, decode: (x) => (x * Q + (1 << (bits - 1))) >>> bits }
}

interface Expansion {
  readonly yHat: readonly Polynomial[]
  readonly e2: Polynomial
  readonly m: Uint8Array
}

/** Derives the shared secret and all noise of an encapsulation: (K, r) = SHA3-512(m ‖ H(key)), then PRF(r, 0…6). */
function expand(header: Uint8Array, m: Uint8Array): { sharedSecret: Bytes; yHat: Polynomial[]; e1: Polynomial[]; e2: Polynomial } {
  const derived = lattice.sha3_512(m, header.subarray(RHO_LENGTH))
  const noise = Array.from({ length: 2 * RANK + 1 }, (_, nonce) => sampleNoise(derived.subarray(32), nonce))
  const sharedSecret = copyBytes(derived.subarray(0, 32))
  derived.fill(0)
  return {
    sharedSecret,
    yHat: noise.slice(0, RANK).map((polynomial) => ring.NTT.encode(polynomial)),
    e1: noise.slice(RANK, 2 * RANK),
    e2: noise[2 * RANK] as Polynomial,
  }
}

function expandPending(pending: PendingEncapsulation): Expansion {
  const m = expose(pending.randomness)
  const { sharedSecret, yHat, e1, e2 } = expand(pending.header, m)
  sharedSecret.fill(0)
  for (const polynomial of e1) polynomial.fill(0)
  return { yHat, e2, m }
}

function parseExpanded(bytes: Uint8Array): Expansion {
  const polynomials = Array.from({ length: RANK + 1 }, (_, i) =>
    Uint16Array.from({ length: N }, (_, k) => ring.mod(coefficient(bytes, i * POLYNOMIAL_BYTES + 2 * k))),
  )
  return { yHat: polynomials.slice(0, RANK), e2: polynomials[RANK] as Polynomial, m: bytes.subarray(EXPANDED_LENGTH - RANDOMNESS_LENGTH) }
}

/** A 16-bit little-endian two's complement number. */
function coefficient(bytes: Uint8Array, offset: number): number {
  return (((bytes[offset] as number) | ((bytes[offset + 1] as number) << 8)) << 16) >> 16
}

function polynomialsOf(vector: Uint8Array): Polynomial[] {
  return Array.from({ length: RANK }, (_, i) => plain12.decode(vector.subarray(i * plain12.bytesLen, (i + 1) * plain12.bytesLen)))
}

/** Adds the product of two transformed polynomials to `sum`. Spec: FIPS 203, "MultiplyNTTs" and "BaseCaseMultiply". */
function addProduct(sum: Polynomial, a: Polynomial, b: Polynomial): void {
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

/** Spec: FIPS 203, "SampleNTT": 12-bit candidates of a stream, those below q. */
function sampleUniform(rho: Uint8Array, i: number, j: number): Polynomial {
  const polynomial = new Uint16Array(N)
  // One stream in a hundred is too short and is made anew, longer.
  for (let length = UNIFORM_STREAM, count = 0; count < N; length *= 2) {
    const stream = lattice.shake128(length, rho, Uint8Array.of(i, j))
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

/** Spec: FIPS 203, "SamplePolyCBD" with η = 2 over PRF(r, nonce): four bits a coefficient, the low ones first. */
function sampleNoise(r: Uint8Array, nonce: number): Polynomial {
  const stream = lattice.shake256(N / 2, r, Uint8Array.of(nonce))
  const polynomial = new Uint16Array(N)
  const ones = (bits: number) => (bits & 1) + (bits >> 1)
  for (let k = 0; k < N; k++) {
    const bits = ((stream[k >> 1] as number) >> (k & 1 ? 4 : 0)) & 0x0f
    polynomial[k] = ring.mod(ones(bits & 3) - ones(bits >> 2))
  }
  stream.fill(0)
  return polynomial
}
