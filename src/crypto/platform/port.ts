/**
 * The port behind which the primitives lie: what bisik asks of a runtime's cryptography, in raw bytes, synchronously.
 * Two implementations are held to the same vectors and to each other.
 */
import type { Bytes } from '../../bytes.js'
import { BisikError } from '../../errors.js'

/**
 * A handful of primitives. `#platform` resolves to `platform/node.ts` (node:crypto) under the `node` condition and to
 * `platform/noble.ts` elsewhere.
 *
 * Whatever is returned is a plain `Uint8Array` that owns its memory. Arguments are neither changed nor kept, with one exception:
 * an implementation may remember what it computed from a private or a public key *by the identity of the array*, so an
 * array that served as key must not be filled with another key afterwards.
 */
export interface Platform {
  readonly name: 'noble' | 'node'

  /**
   * Multiplies a point by a scalar. Spec: RFC 7748, "X25519": the scalar is clamped, the top bit of `u` masked, `u` reduced.
   *
   * @param privateKey - secret, 32 bytes.
   * @param u - 32 bytes, little endian.
   * @returns the raw 32 bytes, or `undefined` when they are all zero.
   * @throws BisikError `internal` if an argument is not 32 bytes long.
   */
  x25519(privateKey: Uint8Array, u: Uint8Array): Bytes | undefined

  /** The raw 32-byte public key (u-coordinate) of a private key. @throws BisikError `internal` if it is not 32 bytes long. */
  x25519PublicKey(privateKey: Uint8Array): Bytes

  /**
   * The first `length` bytes, at most 32, of HMAC-SHA-256 (RFC 2104) of the parts in order, for what may be sent: it may stay where it
   * cannot be wiped, as may the hash inside, which tells nothing without the key.
   *
   * @param key - secret, of any length.
   */
  hmacTag(length: number, key: Uint8Array, ...parts: readonly Uint8Array[]): Bytes

  /** SHA-256 of the parts in order; 32 bytes. */
  sha256(...parts: readonly Uint8Array[]): Bytes

  /** SHA-512 of the parts in order; 64 bytes. */
  sha512(...parts: readonly Uint8Array[]): Bytes

  /**
   * Verifies an Ed25519 signature by the cofactorless equation. Spec: RFC 8032, "Verify"; `s >= L` and an `R` that is not the
   * canonical encoding of its point are refused.
   *
   * @param publicKey - 32 bytes; the caller has made sure that it is the canonical encoding of a point that is not of small order
   *        (on others the implementations may differ).
   * @returns `false` also for wrong lengths and for a key that is no point; never throws.
   */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean

  /** The raw 32-byte Ed25519 public key of a seed (RFC 8032). @throws BisikError `internal` if the seed is not 32 bytes long. */
  ed25519PublicKey(seed: Uint8Array): Bytes

  /**
   * Signs with Ed25519. Spec: RFC 8032, "Sign".
   *
   * @param seed - secret, 32 bytes.
   * @returns 64 bytes.
   * @throws BisikError `internal` if the seed is not 32 bytes long.
   */
  ed25519Sign(seed: Uint8Array, message: Uint8Array): Bytes

  /**
   * Encrypts with AES-256-CBC and PKCS#7 padding.
   *
   * @param key - secret, 32 bytes.
   * @param iv - 16 bytes, never used twice with one key.
   * @throws BisikError `internal` if key or iv has another length.
   */
  aesCbcEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Bytes

  /**
   * Decrypts what {@link aesCbcEncrypt} returned.
   *
   * @returns the plaintext, or `undefined` when the length is not a positive multiple of 16 or the padding is wrong.
   * @throws BisikError `internal` if key or iv has another length.
   * @remarks Trap: telling bad padding apart is an oracle; authenticate the ciphertext first.
   */
  aesCbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Bytes | undefined

  /**
   * Encrypts or decrypts with AES-256 in counter mode. Spec: NIST SP 800-38A, "CTR": the first counter block is zero, so a key must
   * serve one text only.
   *
   * @param key - secret, 32 bytes.
   * @throws BisikError `internal` if the key has another length.
   * @remarks Some implementations count in 32 bits and some in 128; up to 64 GiB the results are the same.
   */
  aesCtr(key: Uint8Array, text: Uint8Array): Bytes
}

/** Refuses an argument of the wrong length, the same way in every implementation. @throws BisikError `internal`. */
export function requireLength(bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) throw new BisikError('internal', { reason: 'a primitive was given an argument of the wrong length' })
}
