/**
 * Kyber1024 as of round 3, which libsignal speaks (key type 0x08), on top of ML-KEM-1024.
 *
 * The lattice part is the same in both. Round 3 differs by hashing the random message before use and by deriving the shared
 * secret as SHAKE-256(K || SHA3-256(ciphertext)), where K is ML-KEM's shared secret, or z when the ciphertext is rejected.
 */
import { lattice } from '#lattice'
import { bytesArgument, functionArgument } from '../../arguments.js'
import { concatBytes, equalBytes, equalityMask, overwrite } from '../../bytes.js'
import { type RandomSource, systemRandom } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  checkKemSecretKey,
  KEM_CIPHERTEXT_LENGTH,
  KEM_PUBLIC_KEY_LENGTH,
  type KemCiphertext,
  type KemKeyPair,
  type KemPublicKey,
} from '../keys.js'
import { requireLength } from '../platform/port.js'
import { expose, Secret, secretArgument } from '../secret.js'
import type { Encapsulated } from './port.js'

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
  const seed = functionArgument(random, 'random')(KEY_SEED_LENGTH)
  requireLength(seed, KEY_SEED_LENGTH)
  const secretKey = lattice.mlKem1024.secretKey(seed)
  const pair = {
    publicKey: concatBytes(TYPE, secretKey.subarray(PUBLIC_KEY, PUBLIC_KEY_HASH)) as KemPublicKey,
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
  if (!equalBytes(lattice.sha3_256(publicKey), raw.subarray(PUBLIC_KEY_HASH, REJECTION_SECRET))) {
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
 * @param random - 32 bytes are drawn, once; none if it is the system's and the runtime encapsulates with randomness of its own.
 * @throws BisikError `invalid-key` if the public key is not canonical.
 */
export function encapsulate(
  publicKey: KemPublicKey,
  random: RandomSource,
): { readonly ciphertext: KemCiphertext; readonly sharedSecret: Secret<'KemSharedSecret'> } {
  const raw = bytesArgument(publicKey, 'publicKey', KEM_PUBLIC_KEY_LENGTH).subarray(1)
  functionArgument(random, 'random')
  const { encapsulateFresh } = lattice.mlKem1024
  const made = random === systemRandom && encapsulateFresh ? encapsulateFresh(raw) : encapsulateWith(random, raw)
  if (made === undefined) throw new BisikError('invalid-key', { reason: 'a KEM public key with a coefficient out of range' })
  const { ciphertext, sharedSecret } = made
  return { ciphertext: concatBytes(TYPE, ciphertext) as KemCiphertext, sharedSecret: sharedSecretOf(sharedSecret, ciphertext) }
}

/** The random message is hashed first, as round 3 does: no peer can tell, but whoever repeats the draw gets the same bytes. */
function encapsulateWith(random: RandomSource, publicKey: Uint8Array): Encapsulated | undefined {
  const seed = random(MESSAGE_SEED_LENGTH)
  requireLength(seed, MESSAGE_SEED_LENGTH)
  const message = lattice.sha3_256(seed)
  try {
    return lattice.mlKem1024.encapsulate(publicKey, message)
  } finally {
    seed.fill(0)
    message.fill(0)
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
  const raw = expose(secretArgument(secretKey, 'secretKey')).subarray(1)
  const cipherText = bytesArgument(ciphertext, 'ciphertext', KEM_CIPHERTEXT_LENGTH).subarray(1)
  const z = raw.subarray(REJECTION_SECRET)
  const key = lattice.mlKem1024.decapsulate(raw, cipherText)
  if (key === undefined) throw new BisikError('invalid-key', { reason: 'a damaged KEM secret key' })
  // ML-KEM hides a rejection by returning SHAKE-256(z || ciphertext); round 3 wants z in its place. Chosen without a branch.
  const rejection = lattice.shake256(32, z, cipherText)
  overwrite(key, z, equalityMask(key, rejection))
  rejection.fill(0)
  return sharedSecretOf(key, cipherText)
}

/** The last step of round 3: SHAKE-256(K || SHA3-256(ciphertext)). Wipes `key`, which is K. */
function sharedSecretOf(key: Uint8Array, cipherText: Uint8Array): Secret<'KemSharedSecret'> {
  const shared = lattice.shake256(32, key, lattice.sha3_256(cipherText))
  key.fill(0)
  return Secret.own<'KemSharedSecret'>(shared)
}
