/**
 * Reads and writes the identity and prekey records of libsignal-client, for apps that move.
 */
import { type Bytes, copyBytes } from '../bytes.js'
import { keyPairFromPrivateKey } from '../crypto/dh.js'
import { kemKeyPairFromSecretKey } from '../crypto/kem/kem.js'
import type { IdentityKeyPair } from '../crypto/keys.js'
import { parseEcPublicKey, parseSignature } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import { epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { KemPreKey, OneTimePreKey, SignedPreKey } from '../protocol/handshake/pre-keys.js'
import { decodeForeign, encodeRecord, wholeNumber } from '../records/protobuf.js'
import * as schema from './schema/libsignal-records.js'

/**
 * Reads the private key, 32 bytes, out of a serialized `IdentityKeyPair`. The public key must be one, but it is not used.
 *
 * @throws BisikError `corrupt-record`.
 */
export function decodeLibsignalIdentity(bytes: Uint8Array): Bytes {
  return decodeForeign('libsignal identity', schema.IdentityKeyPair, bytes, ({ publicKey, privateKey }) => {
    parseEcPublicKey(publicKey)
    if (privateKey.length !== 32) throw new BisikError('corrupt-record', { record: 'libsignal identity' })
    return copyBytes(privateKey)
  })
}

/** Writes an `IdentityKeyPair`. */
export function encodeLibsignalIdentity({ publicKey, privateKey }: IdentityKeyPair): Bytes {
  return encodeRecord(schema.IdentityKeyPair, { publicKey, privateKey: expose(privateKey) })
}

/** The id of a prekey record of any kind, which stands first, even if the rest does not decode. */
export function libsignalPreKeyId(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== 0x08) return undefined
  let id = 0
  for (let i = 1; i <= 5; i++) {
    const byte = bytes[i]
    if (byte === undefined) return undefined
    id += (byte & 0x7f) * 2 ** (7 * (i - 1))
    if (byte < 0x80) return id <= 0xffff_ffff ? id : undefined
  }
  return undefined
}

/** Reads a `PreKeyRecord`. @throws BisikError `corrupt-record`. */
export function decodeLibsignalPreKey(bytes: Uint8Array): OneTimePreKey {
  return decodeForeign('libsignal prekey', schema.PreKeyRecord, bytes, (message) => ({
    id: message.id,
    keyPair: keyPairFromPrivateKey(message.privateKey),
  }))
}

/** Writes a `PreKeyRecord`. */
export function encodeLibsignalPreKey({ id, keyPair }: OneTimePreKey): Bytes {
  return encodeRecord(schema.PreKeyRecord, {
    id,
    publicKey: keyPair.publicKey,
    privateKey: expose(keyPair.privateKey),
  })
}

/** Reads a `SignedPreKeyRecord`. @throws BisikError `corrupt-record`. */
export function decodeLibsignalSignedPreKey(bytes: Uint8Array): SignedPreKey {
  return decodeForeign('libsignal signed prekey', schema.SignedPreKeyRecord, bytes, (message) => ({
    id: message.id,
    keyPair: keyPairFromPrivateKey(message.privateKey),
    signature: parseSignature(message.signature),
    createdAt: epochMillis(wholeNumber(message.timestamp)),
  }))
}

/** Writes a `SignedPreKeyRecord`. */
export function encodeLibsignalSignedPreKey({ id, keyPair, signature, createdAt }: SignedPreKey): Bytes {
  return encodeRecord(schema.SignedPreKeyRecord, {
    id,
    publicKey: keyPair.publicKey,
    privateKey: expose(keyPair.privateKey),
    signature,
    timestamp: createdAt,
  })
}

/** Reads a `KyberPreKeyRecord`; it does not say whether the key is a last resort. @throws BisikError `corrupt-record`. */
export function decodeLibsignalKemPreKey(bytes: Uint8Array, lastResort: boolean): KemPreKey {
  return decodeForeign('libsignal KEM prekey', schema.SignedPreKeyRecord, bytes, (message) => ({
    id: message.id,
    keyPair: kemKeyPairFromSecretKey(message.privateKey),
    signature: parseSignature(message.signature),
    createdAt: epochMillis(wholeNumber(message.timestamp)),
    lastResort,
  }))
}

/** Writes a `KyberPreKeyRecord`. */
export function encodeLibsignalKemPreKey({ id, keyPair, signature, createdAt }: KemPreKey): Bytes {
  return encodeRecord(schema.SignedPreKeyRecord, {
    id,
    publicKey: keyPair.publicKey,
    privateKey: expose(keyPair.secretKey),
    signature,
    timestamp: createdAt,
  })
}
