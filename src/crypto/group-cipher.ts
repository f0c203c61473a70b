/**
 * Encrypts and decrypts the body of one group message under a key that serves once. Authenticates nothing: the signature around the
 * ciphertext does.
 */
import { platform } from '#platform'
import { type Bytes, copyBytes, utf8 } from '../bytes.js'
import { BisikError } from '../errors.js'
import { hkdfBytes } from './kdf.js'
import { expose, type Secret } from './secret.js'

const INFO = utf8('WhisperGroup')
const IV_LENGTH = 16
const LENGTH = 48

/**
 * Encrypts a body.
 *
 * Spec: libsignal wire, "Sender keys", "Derivation"; differs: none.
 *
 * @param seed - secret, 32 bytes, consumed: it is wiped whatever happens.
 * @returns a positive multiple of 16 bytes.
 * @throws BisikError `internal` if the seed was used before.
 */
export function encryptBodyOnce(seed: Secret<'SenderMessageSeed'>, plaintext: Uint8Array): Bytes {
  const keys = hkdfBytes(undefined, [seed], INFO, LENGTH)
  try {
    return platform.aesCbcEncrypt(keys.subarray(IV_LENGTH), keys.subarray(0, IV_LENGTH), plaintext)
  } finally {
    keys.fill(0)
    seed.wipe()
  }
}

/**
 * Decrypts a body.
 *
 * Spec: libsignal wire, "Sender keys", "Derivation"; differs: none.
 *
 * @param seed - secret, 32 bytes, not consumed.
 * @returns the plaintext; the caller owns it.
 * @throws BisikError `authentication-failed` if length or padding is wrong.
 * @remarks Trap: verify the signature first, or this is an oracle of the padding.
 */
export function decryptBody(seed: Secret<'SenderMessageSeed'>, ciphertext: Uint8Array): Bytes {
  const keys = hkdfBytes(undefined, [seed], INFO, LENGTH)
  try {
    const plaintext = platform.aesCbcDecrypt(keys.subarray(IV_LENGTH), keys.subarray(0, IV_LENGTH), ciphertext)
    if (plaintext === undefined) throw new BisikError('authentication-failed', {})
    return plaintext
  } finally {
    keys.fill(0)
  }
}

/**
 * The bytes of a chain key, for the one message that hands it out: inside the encryption between two devices.
 *
 * Spec: libsignal wire, "SenderKeyDistributionMessage"; differs: none.
 *
 * @returns 32 secret bytes; the caller wipes them.
 */
export function chainKeyToHandOut(chainKey: Secret<'SenderChainKey'>): Bytes {
  return copyBytes(expose(chainKey))
}
