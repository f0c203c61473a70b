/**
 * Keys that only sign, and are signed with often: those of sender keys. One made here is an Ed25519 key, which signs natively where
 * the platform can; one imported is a bare Curve25519 key. A verifier cannot tell which.
 */

import { ed25519 } from '@noble/curves/ed25519.js'
import { platform } from '#platform'
import { byteText, concatBytes } from '../bytes.js'
import { Cache, ObjectCache } from '../caches.js'
import type { RandomSource } from '../env.js'
import { keyPairFromPrivateKey } from './dh.js'
import { type EcPublicKey, parseEcPublicKey, type Signature } from './keys.js'
import { expose, Secret, sameSecret } from './secret.js'
import { sign } from './xeddsa.js'

/** A key pair for signatures that {@link verify} of `xeddsa.ts` verifies. */
export interface SigningKeyPair {
  readonly publicKey: EcPublicKey
  /** What signs: the 32-byte seed of an Ed25519 key, or a Curve25519 private key that was imported. */
  readonly signer:
    | { readonly kind: 'seed'; readonly secret: Secret<'SigningSeed'> }
    | { readonly kind: 'private-key'; readonly secret: Secret<'EcPrivateKey'> }
}

const { Point } = ed25519
const { Fp } = Point
const SEED_LENGTH = 32
/** The type byte of a serialized Curve25519 key. */
const EC_TYPE = 5
const SIGN_BIT = 0x80

/**
 * Generates a signing key pair.
 *
 * Spec: RFC 8032, "Key Generation"; RFC 7748, "Curve25519" (the birational map). Differs: the public key is given as u-coordinate,
 * as XEdDSA does; the private scalar is the one that Ed25519 derives from the seed.
 *
 * @param random - 32 bytes are drawn: the seed.
 */
export function generateSigningKeyPair(random: RandomSource): SigningKeyPair {
  const secret = Secret.own<'SigningSeed'>(random(SEED_LENGTH))
  const y = Point.fromBytes(platform.ed25519PublicKey(expose(secret))).y
  const u = Fp.toBytes(Fp.div(Fp.add(1n, y), Fp.sub(1n, y)))
  return { publicKey: parseEcPublicKey(concatBytes(Uint8Array.of(EC_TYPE), u)), signer: { kind: 'seed', secret } }
}

/**
 * Signs a message.
 *
 * Spec: RFC 8032, "Sign"; XEdDSA, revision 1, "XEdDSA"; differs: a key made here signs without randomness, as Ed25519 does; the sign
 * of its Edwards key travels in the top bit, as in every signature of libsignal's.
 *
 * @param pair - not modified. A copy of its secret is remembered, for up to 256 keys: importing it costs as much as
 *        signing does. So the secret of a group that falls silent stays in memory until that many others have signed. It stays in the
 *        store as well, and no message can be read with it.
 * @param random - 64 bytes are drawn if the key was imported, nothing otherwise.
 * @returns 64 bytes.
 */
export function signWith(pair: SigningKeyPair, message: Uint8Array, random: RandomSource): Signature {
  return withRemembered(pair, ({ signer }) => {
    if (signer.kind === 'private-key') return sign(signer.secret, message, random)
    const signature = platform.ed25519Sign(expose(signer.secret), message)
    signature[63] = (signature[63] as number) | signBitOf(signer.secret)
    return signature as Signature
  })
}

/**
 * The Curve25519 private key of a pair, in a secret of its own.
 *
 * Spec: RFC 8032, "Key Generation", steps 1 and 2; differs: none.
 */
export function privateKeyOf({ signer }: SigningKeyPair): Secret<'EcPrivateKey'> {
  if (signer.kind === 'private-key') return signer.secret.clone()
  const hash = platform.sha512(expose(signer.secret))
  try {
    return keyPairFromPrivateKey(hash.subarray(0, 32)).privateKey
  } finally {
    hash.fill(0)
  }
}

const signBits: ObjectCache<Uint8Array, number> = new ObjectCache()

function signBitOf(seed: Secret<'SigningSeed'>): number {
  const bytes = expose(seed)
  let bit = signBits.get(bytes)
  if (bit === undefined) {
    bit = (platform.ed25519PublicKey(bytes)[31] as number) & SIGN_BIT
    signBits.set(bytes, bit)
  }
  return bit
}

/** Pairs that have signed, by public key: the platform remembers what it computed from a secret by the array it came in. */
const pairs: Cache<SigningKeyPair> = new Cache('signingPairs', ({ signer }) => signer.secret.wipe())

/** Runs `sign` with a pair of the same secret as `pair`, and the same arrays as the last time. */
function withRemembered<T>(pair: SigningKeyPair, sign: (pair: SigningKeyPair) => T): T {
  const name = byteText(pair.publicKey)
  const known = pairs.take(name)
  const isSame = known?.signer.kind === pair.signer.kind && sameSecret(known.signer.secret, pair.signer.secret)
  if (known !== undefined && !isSame) known.signer.secret.wipe()
  const own = known !== undefined && isSame ? known : copyOf(pair)
  try {
    return sign(own)
  } finally {
    pairs.put(name, own)
  }
}

function copyOf({ publicKey, signer }: SigningKeyPair): SigningKeyPair {
  return signer.kind === 'seed'
    ? { publicKey, signer: { kind: 'seed', secret: signer.secret.clone() } }
    : { publicKey, signer: { kind: 'private-key', secret: signer.secret.clone() } }
}
