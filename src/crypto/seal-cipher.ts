/**
 * The ciphers of sealed sender: one layer for one recipient, and one text for many. They derive every key and nonce themselves.
 */
import { gcmsiv } from '@noble/ciphers/aes.js'
import { platform } from '#platform'
import { type Bytes, concatBytes, copyBytes, equalBytes, utf8 } from '../bytes.js'
import type { RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import { passFault } from '../faults.js'
import { keyPairFromPrivateKey } from './dh.js'
import { hkdfBytes } from './kdf.js'
import type { EcPublicKey, KeyPair } from './keys.js'
import { expose, Secret } from './secret.js'

/** Bytes of the tag behind a layer. */
const LAYER_TAG_LENGTH = 10
/** Bytes of the tag by which a sender proves to one of many recipients who it is. */
const SENDER_TAG_LENGTH = 16

const NO_INFO = new Uint8Array(0)
const SECRET_LENGTH = 32
// Each key encrypts one text, so one nonce does for all; the key is what never repeats.
const NONCE = new Uint8Array(12)
const INFO = {
  ephemeral: utf8('Sealed Sender v2: r (2023-08)'),
  key: utf8('Sealed Sender v2: K'),
  wrap: utf8('Sealed Sender v2: DH'),
  sender: utf8('Sealed Sender v2: DH-sender'),
}

/** What the keys of a layer come from. */
interface LayerKeys {
  /** Joined in order: public keys, or the chain and the ciphertext of the layer before. */
  readonly salt: readonly (Secret<'SealChain'> | Uint8Array)[]
  readonly agreement: Secret<'DhOutput'>
}

/**
 * Encrypts and authenticates one layer for one recipient: AES-256-CTR and ten bytes of HMAC-SHA-256.
 *
 * Spec: libsignal wire, "Sealed sender", "v1"; differs: none.
 *
 * @param layer - `agreement`: secret, not modified.
 * @returns `sealed`: ciphertext and tag; `chain`: salts the next layer.
 * @remarks Trap: key and counter follow from salt and agreement, so a fresh ephemeral key must be in one of them.
 */
export function sealLayer(layer: LayerKeys & { readonly plaintext: Uint8Array }): {
  readonly sealed: Bytes
  readonly chain: Secret<'SealChain'>
} {
  const keys = layerKeys(layer)
  try {
    const ciphertext = platform.aesCtr(keys.subarray(32, 64), layer.plaintext)
    return { sealed: concatBytes(ciphertext, layerTag(keys, ciphertext)), chain: Secret.copy(keys.subarray(0, 32)) }
  } finally {
    keys.fill(0)
  }
}

/**
 * Checks the tag of a layer and decrypts it.
 *
 * Spec: libsignal wire, "Sealed sender", "v1"; differs: none.
 *
 * @throws BisikError `authentication-failed`, also if `sealed` is too short to have a tag.
 */
export function openLayer(layer: LayerKeys & { readonly sealed: Uint8Array }): {
  readonly plaintext: Bytes
  readonly chain: Secret<'SealChain'>
} {
  const { sealed } = layer
  const keys = layerKeys(layer)
  try {
    const end = sealed.length - LAYER_TAG_LENGTH
    const ciphertext = sealed.subarray(0, Math.max(end, 0))
    if (end < 0 || !equalBytes(layerTag(keys, ciphertext), sealed.subarray(end))) throw new BisikError('authentication-failed', {})
    return { plaintext: platform.aesCtr(keys.subarray(32, 64), ciphertext), chain: Secret.copy(keys.subarray(0, 32)) }
  } finally {
    keys.fill(0)
  }
}

/** What one text for many recipients was sealed with. */
export interface SharedSeal {
  /** 32 bytes; each recipient gets it wrapped. */
  readonly secret: Secret<'SealSecret'>
  readonly ephemeral: KeyPair
  readonly ciphertext: Bytes
}

/**
 * Encrypts one text for many recipients under a fresh secret.
 *
 * Spec: libsignal wire, "Sealed sender", "v2"; differs: none.
 *
 * @param random - 32 bytes are drawn, once.
 * @returns `ciphertext`: AES-256-GCM-SIV with the tag of 16 bytes at the end. The caller wipes `secret` and `ephemeral`.
 */
export function sealShared(plaintext: Uint8Array, random: RandomSource): SharedSeal {
  const secret = Secret.own<'SealSecret'>(random(SECRET_LENGTH))
  return { secret, ephemeral: ephemeralOf(secret), ciphertext: withSharedKey(secret, (cipher) => cipher.encrypt(plaintext)) }
}

/**
 * Decrypts a text for many recipients, once the secret is unwrapped.
 *
 * Spec: libsignal wire, "Sealed sender", "v2"; differs: none.
 *
 * @param ephemeralKey - as received; it must be the one that follows from the secret.
 * @throws BisikError `authentication-failed`.
 */
export function openShared(secret: Secret<'SealSecret'>, ephemeralKey: EcPublicKey, ciphertext: Uint8Array): Bytes {
  const ephemeral = ephemeralOf(secret)
  ephemeral.privateKey.wipe()
  if (!equalBytes(ephemeral.publicKey, ephemeralKey)) throw new BisikError('authentication-failed', {})
  return withSharedKey(secret, (cipher) => {
    try {
      return cipher.decrypt(ciphertext)
    } catch (error) {
      passFault(error)
      throw new BisikError('authentication-failed', {})
    }
  })
}

/**
 * Wraps the secret for one recipient, or unwraps it: the operation is its own inverse.
 *
 * Spec: libsignal wire, "Sealed sender", "v2"; differs: none.
 *
 * @param secret - 32 bytes, bare or wrapped.
 * @param keys - `agreement`: of the ephemeral key and the recipient's identity key.
 * @returns 32 bytes: secret if `secret` was wrapped.
 */
export function wrapSecret(
  secret: Secret<'SealSecret'> | Uint8Array,
  keys: { readonly agreement: Secret<'DhOutput'>; readonly ephemeralKey: EcPublicKey; readonly recipientKey: EcPublicKey },
): Bytes {
  const mask = hkdfBytes(undefined, [keys.agreement, keys.ephemeralKey, keys.recipientKey], INFO.wrap, SECRET_LENGTH)
  const bytes = secret instanceof Secret ? expose(secret) : secret
  for (let i = 0; i < SECRET_LENGTH; i++) mask[i] = (mask[i] as number) ^ (bytes[i] as number)
  return mask
}

/**
 * The tag by which the sender proves its identity to one recipient.
 *
 * Spec: libsignal wire, "Sealed sender", "v2"; differs: none.
 *
 * @param between - `agreement`: of the two identity keys; `wrapped`: the recipient's, from {@link wrapSecret}.
 * @returns 16 bytes.
 */
export function senderTag(between: {
  readonly agreement: Secret<'DhOutput'>
  readonly ephemeralKey: EcPublicKey
  readonly wrapped: Uint8Array
  readonly senderKey: EcPublicKey
  readonly recipientKey: EcPublicKey
}): Bytes {
  const { agreement, ephemeralKey, wrapped, senderKey, recipientKey } = between
  const input = [agreement, ephemeralKey, wrapped, senderKey, recipientKey]
  return hkdfBytes(undefined, input, INFO.sender, SENDER_TAG_LENGTH)
}

function layerKeys({ salt, agreement }: LayerKeys): Bytes {
  const joined = concatBytes(...salt.map((part) => (part instanceof Secret ? expose(part) : part)))
  try {
    return hkdfBytes(joined, [agreement], NO_INFO, 96)
  } finally {
    joined.fill(0)
  }
}

function layerTag(keys: Bytes, ciphertext: Uint8Array): Bytes {
  return platform.hmacTag(LAYER_TAG_LENGTH, keys.subarray(64), ciphertext)
}

function ephemeralOf(secret: Secret<'SealSecret'>): KeyPair {
  const bytes = hkdfBytes(undefined, [secret], INFO.ephemeral, SECRET_LENGTH)
  try {
    return keyPairFromPrivateKey(bytes)
  } finally {
    bytes.fill(0)
  }
}

function withSharedKey(secret: Secret<'SealSecret'>, use: (cipher: ReturnType<typeof gcmsiv>) => Uint8Array): Bytes {
  const key = hkdfBytes(undefined, [secret], INFO.key, SECRET_LENGTH)
  try {
    const text = use(gcmsiv(key, NONCE))
    return text.byteLength === text.buffer.byteLength ? (text as Bytes) : copyBytes(text)
  } finally {
    key.fill(0)
  }
}
