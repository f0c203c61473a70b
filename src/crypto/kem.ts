/**
 * Kyber1024 as of round 3, which libsignal speaks (key type 0x08), on top of noble's ML-KEM-1024. Knows the difference between the
 * two, and nothing of prekeys or handshakes.
 *
 * The lattice part is the same in both. Round 3 differs by hashing the random message before use and by deriving the shared
 * secret as SHAKE-256(K || SHA3-256(ciphertext)), where K is ML-KEM's shared secret, or z when the ciphertext is rejected.
 */
import { sha3_256, shake256 } from '@noble/hashes/sha3.js'
import { ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { type Bytes, concatBytes, equalBytes } from '../bytes.js'
import type { RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import { checkKemSecretKey, type KemCiphertext, type KemKeyPair, type KemPublicKey } from './keys.js'
import { requireLength } from './platform.js'
import { expose, Secret } from './secret.js'

const TYPE = Uint8Array.of(0x08)
const KEY_SEED_LENGTH = 64
const MESSAGE_SEED_LENGTH = 32

/** Offsets in a raw secret key: lattice secret, public key, SHA3-256 of the public key, rejection secret z. */
const PUBLIC_KEY = 1536
const PUBLIC_KEY_HASH = PUBLIC_KEY + 1568
const REJECTION_SECRET = PUBLIC_KEY_HASH + 32

/**
 * Generates a key pair.
 *
 * Spec: CRYSTALS-Kyber, round 3 (version 3.02), "Kyber.CCAKEM.KeyGen"; differs: the seed is expanded as in FIPS 203, which hashes
 * one byte more. No peer can see which of the two it was.
 *
 * @param random - 64 bytes are drawn, once: 32 for the key, 32 for the rejection secret.
 */
export function generateKemKeyPair(random: RandomSource): KemKeyPair {
  const seed = random(KEY_SEED_LENGTH)
  requireLength(seed, KEY_SEED_LENGTH)
  const { publicKey, secretKey } = ml_kem1024.keygen(seed)
  const pair = {
    publicKey: concatBytes(TYPE, publicKey) as KemPublicKey,
    secretKey: Secret.own<'KemSecretKey'>(concatBytes(TYPE, secretKey)),
  }
  seed.fill(0)
  secretKey.fill(0)
  return pair
}

/**
 * Makes the key pair of a secret key from elsewhere.
 *
 * Spec: libsignal wire, "KEM keys"; differs: the hash of the public key inside is checked, as FIPS 203 asks.
 *
 * @param bytes - secret, 3169 bytes with the type byte; copied, the argument stays the caller's to wipe.
 * @throws BisikError `invalid-key` if type, length or the hash of the public key is wrong.
 */
export function kemKeyPairFromSecretKey(bytes: Uint8Array): KemKeyPair {
  checkKemSecretKey(bytes)
  const raw = bytes.subarray(1)
  const publicKey = raw.subarray(PUBLIC_KEY, PUBLIC_KEY_HASH)
  if (!equalBytes(sha3_256(publicKey), raw.subarray(PUBLIC_KEY_HASH, REJECTION_SECRET))) {
    throw new BisikError('invalid-key', { reason: 'the hash inside a KEM secret key does not match its public key' })
  }
  return { publicKey: concatBytes(TYPE, publicKey) as KemPublicKey, secretKey: Secret.copy<'KemSecretKey'>(bytes) }
}

/**
 * Makes a shared secret and the ciphertext that carries it to the holder of `publicKey`.
 *
 * Spec: CRYSTALS-Kyber, round 3 (version 3.02), "Kyber.CCAKEM.Enc"; differs: a public key with a coefficient of 3329 or more is
 * refused, as FIPS 203 asks; no key generation makes one.
 *
 * @param random - 32 bytes are drawn, once.
 * @throws BisikError `invalid-key` if the public key is not canonical.
 */
export function encapsulate(
  publicKey: KemPublicKey,
  random: RandomSource,
): { readonly ciphertext: KemCiphertext; readonly sharedSecret: Secret<'KemSharedSecret'> } {
  const seed = random(MESSAGE_SEED_LENGTH)
  requireLength(seed, MESSAGE_SEED_LENGTH)
  const message = sha3_256(seed)
  try {
    const { cipherText, sharedSecret } = encapsulateMlKem(publicKey.subarray(1), message)
    return { ciphertext: concatBytes(TYPE, cipherText) as KemCiphertext, sharedSecret: sharedSecretOf(sharedSecret, cipherText) }
  } finally {
    seed.fill(0)
    message.fill(0)
  }
}

function encapsulateMlKem(publicKey: Uint8Array, message: Uint8Array): { cipherText: Uint8Array; sharedSecret: Uint8Array } {
  try {
    return ml_kem1024.encapsulate(publicKey, message)
  } catch {
    throw new BisikError('invalid-key', { reason: 'a KEM public key with a coefficient out of range' })
  }
}

/**
 * Recovers the shared secret from a ciphertext. A ciphertext that was altered yields another secret, not an error: what is
 * derived from it then fails to authenticate.
 *
 * Spec: CRYSTALS-Kyber, round 3 (version 3.02), "Kyber.CCAKEM.Dec"; differs: none.
 *
 * @param secretKey - secret, 3169 bytes; not modified.
 * @throws BisikError `invalid-key` if the secret key is damaged.
 */
export function decapsulate(secretKey: Secret<'KemSecretKey'>, ciphertext: KemCiphertext): Secret<'KemSharedSecret'> {
  const raw = expose(secretKey).subarray(1)
  const cipherText = ciphertext.subarray(1)
  const z = raw.subarray(REJECTION_SECRET)
  const key = decapsulateMlKem(raw, cipherText)
  // ML-KEM hides a rejection by returning SHAKE-256(z || ciphertext); round 3 wants z in its place. Chosen without a branch.
  const rejection = shake256.create({ dkLen: 32 }).update(z).update(cipherText).digest()
  let difference = 0
  for (let i = 0; i < 32; i++) difference |= (key[i] as number) ^ (rejection[i] as number)
  const rejected = (difference - 1) >> 8
  for (let i = 0; i < 32; i++) key[i] = ((z[i] as number) & rejected) | ((key[i] as number) & ~rejected)
  rejection.fill(0)
  return sharedSecretOf(key, cipherText)
}

function decapsulateMlKem(secretKey: Uint8Array, cipherText: Uint8Array): Uint8Array {
  try {
    return ml_kem1024.decapsulate(cipherText, secretKey)
  } catch {
    throw new BisikError('invalid-key', { reason: 'a damaged KEM secret key' })
  }
}

/** The last step of round 3: SHAKE-256(K || SHA3-256(ciphertext)). Wipes `key`, which is K. */
function sharedSecretOf(key: Uint8Array, cipherText: Uint8Array): Secret<'KemSharedSecret'> {
  const shared = shake256.create({ dkLen: 32 }).update(key).update(sha3_256(cipherText)).digest()
  key.fill(0)
  return Secret.own<'KemSharedSecret'>(shared as Bytes)
}
