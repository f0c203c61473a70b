/**
 * ML-KEM-768 cut into pieces that can be sent one after the other: header, vector, first and second part of the ciphertext.
 *
 * Joined, the pieces are the objects of FIPS 203: key = vector ‖ ρ, ciphertext = ct1 ‖ ct2. What is new is only the order of work:
 * ct1 and the shared secret need no more than the header (ρ and the hash of the key), ct2 needs the vector. Key generation and
 * decapsulation are the platform's.
 */
import { lattice } from '#lattice'
import { type Bytes, concatBytes, copyBytes, equalBytes } from '../../bytes.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import { requireLength } from '../platform/port.js'
import { expose, Secret } from '../secret.js'
import { drawNoise, type EncryptionNoise, encryptFirst, encryptSecond, ML_KEM_768, type Scheme, wipeNoise } from './ml-kem.js'
import { areReduced, decodeAll, N, type Polynomial, Q, ring, whole, wipe } from './polynomials.js'

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

const SCHEME: Scheme = { set: ML_KEM_768, hashes: lattice }
const SEED_LENGTH = 64
const RANDOMNESS_LENGTH = 32
const RHO_LENGTH = 32
const SECRET_KEY_LENGTH = 2400
/** Where the vector, ρ and H(key) lie in a secret key. */
const VECTOR_OFFSET = 1152
const RHO_OFFSET: number = VECTOR_OFFSET + VECTOR_LENGTH
const HASH_OFFSET: number = RHO_OFFSET + RHO_LENGTH
const HASH_END: number = HASH_OFFSET + 32
const RANK = 3
const POLYNOMIAL_BYTES = 2 * N

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
  const { sharedSecret, noise } = expand(header, m)
  const ct1 = encryptFirst(SCHEME, header.subarray(0, RHO_LENGTH), noise)
  wipeNoise(noise)
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
  return equalBytes(hash, header.subarray(RHO_LENGTH)) && areReduced(decodeAll(whole, vector))
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
  const expansion = pending instanceof Secret ? parseExpanded(expose(pending)) : expandPending(pending)
  const ct2 = encryptSecond(ML_KEM_768, decodeAll(whole, vector), expansion)
  wipe(...expansion.yHat, expansion.e2)
  return ct2
}

/**
 * Decapsulates.
 *
 * Spec: FIPS 203, "ML-KEM.Decaps"; differs: none.
 *
 * @param ciphertext - `ct1`: 960 bytes; `ct2`: 128 bytes.
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

interface Expansion extends Pick<EncryptionNoise, 'yHat' | 'e2'> {
  readonly m: Uint8Array
}

/** Derives the shared secret and all noise of an encapsulation: (K, r) = SHA3-512(m ‖ H(key)), then what r draws. */
function expand(header: Uint8Array, m: Uint8Array): { sharedSecret: Bytes; noise: EncryptionNoise } {
  const derived = lattice.sha3_512(m, header.subarray(RHO_LENGTH))
  const noise = drawNoise(SCHEME, derived.subarray(32))
  const sharedSecret = copyBytes(derived.subarray(0, 32))
  derived.fill(0)
  return { sharedSecret, noise }
}

function expandPending(pending: PendingEncapsulation): Expansion {
  const m = expose(pending.randomness)
  const { sharedSecret, noise } = expand(pending.header, m)
  wipe(sharedSecret, ...noise.e1)
  return { yHat: noise.yHat, e2: noise.e2, m }
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
