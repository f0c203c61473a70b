/**
 * Curve25519 key pairs, agreement and the test of a peer's base key: it knows which points are dangerous.
 */

import { platform } from '#platform'
import { bytesArgument, functionArgument, type Shape, shapeArgument } from '../arguments.js'
import { type Bytes, copyBytes, equalBytes } from '../bytes.js'
import { ObjectCache } from '../caches.js'
import type { RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, ecKeyArgument, type KeyPair } from './keys.js'
import { expose, Secret, secretArgument } from './secret.js'

const PRIVATE_KEY_LENGTH = 32
const PAIR: Shape<KeyPair> = { privateKey: secretArgument, publicKey: ecKeyArgument }

/**
 * Generates a key pair.
 *
 * Spec: libsignal wire, "EC keys"; differs: none.
 *
 * @param random - 32 bytes are drawn, once, and become the private key by clamping.
 */
export function generateKeyPair(random: RandomSource): KeyPair {
  return ownKeyPair(functionArgument(random, 'random')(PRIVATE_KEY_LENGTH))
}

/**
 * Makes the key pair of a private key from elsewhere.
 *
 * Spec: libsignal wire, "EC keys"; differs: none. The bytes are clamped, as libsignal does when it parses them.
 *
 * @param bytes - secret, 32 bytes; copied, the argument stays the caller's to wipe.
 * @throws BisikError `invalid-key` if the length is not 32.
 */
export function keyPairFromPrivateKey(bytes: Uint8Array): KeyPair {
  if (bytesArgument(bytes, 'bytes').length !== PRIVATE_KEY_LENGTH)
    throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
  return ownKeyPair(copyBytes(bytes))
}

/** Checks a key pair that a caller passed. @throws BisikError `invalid-argument`. */
export function keyPairArgument<T extends KeyPair>(pair: T, argument: string): T {
  return shapeArgument<KeyPair>(pair, argument, PAIR) as T
}

/**
 * Agrees on a secret with the holder of `publicKey`.
 *
 * Spec: RFC 7748, "Diffie-Hellman"; differs: the check for a contribution of both sides, there a MAY, is made always.
 *
 * @param privateKey - secret, 32 clamped bytes; not modified.
 * @returns 32 secret bytes, never all zero. Not uniform: feed them to a key derivation.
 * @throws BisikError `invalid-key` if the result is all zero: the peer's point has small order and forces the outcome.
 */
export function agree(privateKey: Secret<'EcPrivateKey'>, publicKey: EcPublicKey): Secret<'DhOutput'> {
  const shared = platform.x25519(expose(secretArgument(privateKey, 'privateKey')), coordinateOf(publicKey))
  if (shared === undefined) throw new BisikError('invalid-key', { reason: 'a point of small order' })
  return Secret.own<'DhOutput'>(shared)
}

/**
 * 5L - 1 as 32 little-endian bytes, L = 2^252 + 27742317777372353535851937790883648493 being the order of the base point.
 *
 * Of the numbers that are 1 or -1 modulo L and 0 modulo 8, it is the only one from 2^254 to 2^255 - 1, the range of clamped
 * scalars, and so the only multiplier by which X25519, which sees points up to their sign, can leave a point where it is.
 */
const MINUS_ONE: Bytes = Uint8Array.of(
  ...[0xa0, 0x23, 0xcd, 0xd0, 0x83, 0xef, 0x5b, 0xb8, 0x2f, 0x10, 0xd6, 0x2e, 0x59, 0xe1, 0x5a, 0x68],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x50],
)

/**
 * Whether a public key is the one encoding of a point on the curve (not on its twist) that is a multiple of the base point:
 * without such a check, eight or more different keys agree on the same secrets, and a replay ledger that compares keys is blind.
 *
 * Spec: libsignal wire, "EC keys" ("canonical" test); differs: none.
 *
 * @remarks One multiplication decides. With k = 5L - 1, X25519(k, P) = P up to sign means that 5L or 5L - 2 annihilates P. The
 * orders that occur are divisors of 8L on the curve and of 4M on the twist (M a prime, not a divisor of 5L or 5L - 2). Both
 * numbers are odd, so no point with a component of even order passes, and L divides 5L, so every multiple of the base point does.
 * A point of small order becomes zero because 8 divides k. The encoding is canonical exactly if the output, which is always
 * reduced, has the same bytes as the input. Not constant time: public keys only.
 */
export function isCanonicalBaseKey(publicKey: EcPublicKey): boolean {
  const u = coordinateOf(publicKey)
  const product = platform.x25519(MINUS_ONE, u)
  return product !== undefined && equalBytes(product, u)
}

/** The u-coordinates of keys that were agreed with, in arrays of our own, by which the platform remembers what it made of them. */
const coordinates: ObjectCache<EcPublicKey, Bytes> = new ObjectCache()

function coordinateOf(publicKey: EcPublicKey): Bytes {
  const given = bytesArgument(publicKey, 'publicKey', EC_PUBLIC_KEY_LENGTH).subarray(1)
  const known = coordinates.get(publicKey)
  // Its owner may have written another key into the array.
  if (known !== undefined && equalBytes(known, given)) return known
  const u = copyBytes(given)
  coordinates.set(publicKey, u)
  return u
}

function ownKeyPair(bytes: Bytes): KeyPair {
  bytes[0] = (bytes[0] as number) & 0xf8
  bytes[31] = ((bytes[31] as number) & 0x7f) | 0x40
  const publicKey = new Uint8Array(EC_PUBLIC_KEY_LENGTH)
  publicKey[0] = 0x05
  publicKey.set(platform.x25519PublicKey(bytes), 1)
  return { publicKey: publicKey as EcPublicKey, privateKey: Secret.own<'EcPrivateKey'>(bytes) }
}
