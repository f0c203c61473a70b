/**
 * ML-KEM made of noble's polynomials and a platform's hashes: three times as fast as noble's ML-KEM where the hashes are native, as fast
 * where they are noble's too. The work of FIPS 203 is cut here so that a ciphertext can be made in two parts.
 */
import { type Bytes, concatBytes, copyBytes, equalBytes, equalityMask, overwrite } from '../../bytes.js'
import { requireLength } from '../platform/port.js'
import {
  add,
  addProduct,
  areReduced,
  type Coder,
  compressed,
  decodeAll,
  encodeAll,
  message,
  N,
  type Polynomial,
  ring,
  sampleNoise,
  sampleUniform,
  subtract,
  whole,
  wipe,
} from './polynomials.js'
import type { Encapsulated, LatticeHashes, MlKem } from './port.js'

/** What the parameter sets differ in. Spec: FIPS 203, "Parameter Sets"; η is 2 for both kinds of noise in those here. */
export interface ParameterSet {
  /** k, the number of polynomials in a vector. */
  readonly rank: number
  /** How the two parts of a ciphertext are written. */
  readonly u: Coder
  readonly v: Coder
}

/** The parameters of ML-KEM-768. */
export const ML_KEM_768: ParameterSet = { rank: 3, u: /* @__PURE__ */ compressed(10), v: /* @__PURE__ */ compressed(4) }
/** The parameters of ML-KEM-1024. */
export const ML_KEM_1024: ParameterSet = { rank: 4, u: /* @__PURE__ */ compressed(11), v: /* @__PURE__ */ compressed(5) }

/** What an encryption draws, secret: y, transformed, and the errors of the two parts. */
export interface EncryptionNoise {
  readonly yHat: readonly Polynomial[]
  readonly e1: readonly Polynomial[]
  readonly e2: Polynomial
}

/** A parameter set, and the hashes that it is computed with. */
export interface Scheme {
  readonly set: ParameterSet
  readonly hashes: LatticeHashes
}

/** Draws the noise of an encryption from r, 32 secret bytes. Spec: FIPS 203, "K-PKE.Encrypt". */
export function drawNoise({ set: { rank }, hashes }: Scheme, r: Uint8Array): EncryptionNoise {
  return {
    yHat: sampleNoise(hashes, r, { first: 0, count: rank }).map(ring.NTT.encode),
    e1: sampleNoise(hashes, r, { first: rank, count: rank }),
    e2: sampleNoise(hashes, r, { first: 2 * rank, count: 1 })[0] as Polynomial,
  }
}

/** Overwrites noise that served. */
export function wipeNoise({ yHat, e1, e2 }: EncryptionNoise): void {
  wipe(...yHat, ...e1, e2)
}

/** The first part of a ciphertext, c1 of FIPS 203, for which of the public key ρ suffices. Spec: FIPS 203, "K-PKE.Encrypt". */
export function encryptFirst({ set, hashes }: Scheme, rho: Uint8Array, { yHat, e1 }: Pick<EncryptionNoise, 'yHat' | 'e1'>): Bytes {
  const entry = new Uint16Array(N)
  const u = e1.map((error, i) => {
    const sum = new Uint16Array(N)
    for (const [j, y] of yHat.entries()) addProduct(sum, sampleUniform(hashes, { rho, i, j }, entry), y)
    add(ring.NTT.decode(sum), error)
    return sum
  })
  const c1 = encodeAll(set.u, u)
  wipe(...u)
  return c1
}

/**
 * The second part of a ciphertext, c2 of FIPS 203. Spec: FIPS 203, "K-PKE.Encrypt".
 *
 * @param t - of the public key.
 * @param secrets - the noise, and `m`: the 32 bytes that are encrypted.
 */
export function encryptSecond(
  set: ParameterSet,
  t: readonly Polynomial[],
  { yHat, e2, m }: Pick<EncryptionNoise, 'yHat' | 'e2'> & { readonly m: Uint8Array },
): Bytes {
  const v = productOf(t, yHat)
  const bits = message.decode(m)
  add(v, e2)
  add(v, bits)
  const c2 = encodeAll(set.v, [v])
  wipe(bits, v)
  return c2
}

/** ML-KEM with these parameters, on these hashes. Spec: FIPS 203, as the methods of {@link MlKem} cite it. */
export function mlKem(set: ParameterSet, hashes: LatticeHashes): MlKem {
  const scheme = { set, hashes, layout: layoutOf(set) }
  return {
    secretKey: (seed) => secretKeyOf(scheme, seed),
    encapsulate: (publicKey, m) => encapsulate(scheme, publicKey, m),
    decapsulate: (secretKey, ciphertext) => decapsulate(scheme, secretKey, ciphertext),
  }
}

interface LaidOutScheme extends Scheme {
  readonly layout: Layout
}

/** Where keys and ciphertexts have their parts, in bytes. */
interface Layout {
  /** A vector begins secret keys and public keys. */
  readonly vectorLength: number
  readonly publicKeyLength: number
  /** In a secret key the public key, its hash and z follow the vector. */
  readonly hashAt: number
  readonly zAt: number
  readonly secretKeyLength: number
  readonly c1Length: number
  readonly ciphertextLength: number
}

function layoutOf({ rank, u, v }: ParameterSet): Layout {
  const vectorLength = rank * whole.bytesLen
  const publicKeyLength = vectorLength + 32
  const hashAt = vectorLength + publicKeyLength
  const zAt = hashAt + 32
  const c1Length = rank * u.bytesLen
  return { vectorLength, publicKeyLength, hashAt, zAt, secretKeyLength: zAt + 32, c1Length, ciphertextLength: c1Length + v.bytesLen }
}

/** Spec: FIPS 203, "ML-KEM.KeyGen_internal". */
function secretKeyOf({ set: { rank }, hashes }: Scheme, seed: Uint8Array): Bytes {
  requireLength(seed, 64)
  const derived = hashes.sha3_512(seed.subarray(0, 32), Uint8Array.of(rank))
  const rho = derived.subarray(0, 32)
  const sigma = derived.subarray(32)
  const s = sampleNoise(hashes, sigma, { first: 0, count: rank }).map(ring.NTT.encode)
  const t = sampleNoise(hashes, sigma, { first: rank, count: rank }).map(ring.NTT.encode)
  const entry = new Uint16Array(N)
  for (const [i, sum] of t.entries()) {
    for (const [j, factor] of s.entries()) addProduct(sum, sampleUniform(hashes, { rho, i: j, j: i }, entry), factor)
  }
  const publicKey = concatBytes(encodeAll(whole, t), rho)
  const vector = encodeAll(whole, s)
  const secretKey = concatBytes(vector, publicKey, hashes.sha3_256(publicKey), seed.subarray(32))
  wipe(derived, ...s, vector)
  return secretKey
}

/** Spec: FIPS 203, "ML-KEM.Encaps_internal". */
function encapsulate(scheme: LaidOutScheme, publicKey: Uint8Array, m: Uint8Array): Encapsulated | undefined {
  const { hashes, layout } = scheme
  if (publicKey.length !== layout.publicKeyLength || m.length !== 32) return undefined
  const key = publicKeyIn(publicKey)
  if (!areReduced(key.t)) return undefined
  const derived = hashes.sha3_512(m, hashes.sha3_256(publicKey))
  const ciphertext = encrypt(scheme, key, { m, r: derived.subarray(32) })
  const sharedSecret = copyBytes(derived.subarray(0, 32))
  wipe(derived)
  return { ciphertext, sharedSecret }
}

/** Spec: FIPS 203, "ML-KEM.Decaps_internal". */
function decapsulate(scheme: LaidOutScheme, secretKey: Uint8Array, ciphertext: Uint8Array): Bytes | undefined {
  const { hashes, layout } = scheme
  const { vectorLength, hashAt, zAt } = layout
  if (secretKey.length !== layout.secretKeyLength || ciphertext.length !== layout.ciphertextLength) return undefined
  const publicKey = secretKey.subarray(vectorLength, hashAt)
  const hash = secretKey.subarray(hashAt, zAt)
  if (!equalBytes(hashes.sha3_256(publicKey), hash)) return undefined
  const m = decrypt(scheme, secretKey.subarray(0, vectorLength), ciphertext)
  const derived = hashes.sha3_512(m, hash)
  const again = encrypt(scheme, publicKeyIn(publicKey), { m, r: derived.subarray(32) })
  const sharedSecret = hashes.shake256(32, secretKey.subarray(zAt), ciphertext)
  // Rejection is not to be seen in the time this takes: the ciphertext's own secret replaces the other without a branch.
  overwrite(sharedSecret, derived.subarray(0, 32), equalityMask(ciphertext, again))
  wipe(m, derived, again)
  return sharedSecret
}

interface PublicKey {
  readonly t: readonly Polynomial[]
  readonly rho: Uint8Array
}

function publicKeyIn(bytes: Uint8Array): PublicKey {
  const end = bytes.length - 32
  return { t: decodeAll(whole, bytes.subarray(0, end)), rho: bytes.subarray(end) }
}

/** Spec: FIPS 203, "K-PKE.Encrypt". */
function encrypt(scheme: Scheme, { t, rho }: PublicKey, { m, r }: { readonly m: Uint8Array; readonly r: Uint8Array }): Bytes {
  const noise = drawNoise(scheme, r)
  const first = encryptFirst(scheme, rho, noise)
  const second = encryptSecond(scheme.set, t, { yHat: noise.yHat, e2: noise.e2, m })
  wipeNoise(noise)
  return concatBytes(first, second)
}

/** Spec: FIPS 203, "K-PKE.Decrypt". */
function decrypt({ set, layout: { c1Length } }: LaidOutScheme, vector: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const s = decodeAll(whole, vector)
  const u = decodeAll(set.u, ciphertext.subarray(0, c1Length)).map(ring.NTT.encode)
  const product = productOf(s, u)
  const w = set.v.decode(ciphertext.subarray(c1Length))
  subtract(w, product)
  const m = message.encode(w)
  wipe(...s, product, w)
  return m
}

/** The scalar product of two transformed vectors, transformed back. */
function productOf(a: readonly Polynomial[], b: readonly Polynomial[]): Polynomial {
  const sum = new Uint16Array(N)
  for (const [i, factor] of a.entries()) addProduct(sum, factor, b[i] as Polynomial)
  return ring.NTT.decode(sum)
}
