/**
 * The second port, beside that of the platform: ML-KEM and the hashes it is built on, in raw bytes, synchronously. The two are apart so
 * that a relay, which needs a curve, carries no lattice.
 */
import type { Bytes } from '../../bytes.js'

/** What an encapsulation makes. */
export interface Encapsulated {
  readonly ciphertext: Bytes
  /** Secret, 32 bytes. */
  readonly sharedSecret: Bytes
}

/** One parameter set of ML-KEM (FIPS 203). Keys and ciphertexts have the byte forms of the standard; arguments are not changed. */
export interface MlKem {
  /** The secret key of a seed, d then z, 64 bytes as the caller made sure; the public key lies inside. Spec: FIPS 203, "ML-KEM.KeyGen_internal". */
  secretKey(seed: Uint8Array): Bytes

  /**
   * Encapsulates with 32 random bytes of the caller's. Spec: FIPS 203, "ML-KEM.Encaps_internal".
   *
   * @returns `undefined` if the public key is of a wrong length or has a coefficient that is not reduced.
   */
  encapsulate(publicKey: Uint8Array, message: Uint8Array): Encapsulated | undefined

  /** The same with random bytes that the runtime draws itself; absent where the runtime has no ML-KEM. Spec: FIPS 203, "ML-KEM.Encaps". */
  readonly encapsulateFresh?: (publicKey: Uint8Array) => Encapsulated | undefined

  /**
   * Decapsulates. Spec: FIPS 203, "ML-KEM.Decaps".
   *
   * @returns 32 secret bytes, for an altered ciphertext SHAKE-256(z || ciphertext) ("implicit rejection"); `undefined` if a length
   *          is wrong or the hash inside the secret key does not match its public key.
   */
  decapsulate(secretKey: Uint8Array, ciphertext: Uint8Array): Bytes | undefined
}

/** The hashes of FIPS 202, over parts in order. */
export interface LatticeHashes {
  sha3_256(...parts: readonly Uint8Array[]): Bytes
  sha3_512(...parts: readonly Uint8Array[]): Bytes
  shake128(length: number, ...parts: readonly Uint8Array[]): Bytes
  shake256(length: number, ...parts: readonly Uint8Array[]): Bytes
}

/**
 * ML-KEM and its hashes. `#lattice` resolves to `kem/node.ts` under the `node` condition and to `kem/noble.ts` elsewhere.
 * Whatever is returned is a plain `Uint8Array` that owns its memory.
 */
export interface Lattice extends LatticeHashes {
  readonly name: 'noble' | 'node'
  readonly mlKem768: MlKem
  readonly mlKem1024: MlKem
}
