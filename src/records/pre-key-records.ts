/**
 * Prekeys and the ledger of base keys on disk.
 */
import { type Bytes, concatBytes } from '../bytes.js'
import { checkKemSecretKey, KEM_SECRET_KEY_LENGTH, type KemPublicKey, parseEcPublicKey, parseSignature } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import { epochMillis } from '../env.js'
import type { KemPreKey, OneTimePreKey, SignedPreKey } from '../protocol/handshake/pre-keys.js'
import { decodeRecord, encodeRecord, FORMAT, secretField } from './protobuf.js'
import * as schema from './schema/records.js'

/** Encodes a one-time prekey; its id is in the record's name. */
export function encodeOneTimePreKey({ keyPair }: OneTimePreKey): Bytes {
  return encodeRecord(schema.OneTimePreKey, { format: FORMAT, public: keyPair.publicKey, private: expose(keyPair.privateKey) })
}

/** Decodes a one-time prekey. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeOneTimePreKey(id: number, bytes: Uint8Array): OneTimePreKey {
  return decodeRecord('one-time prekey', schema.OneTimePreKey, bytes, (message) => ({
    id,
    keyPair: { publicKey: parseEcPublicKey(message.public), privateKey: secretField(message.private, 32) },
  }))
}

/** Encodes a signed prekey; its id is in the record's name. */
export function encodeSignedPreKey({ keyPair, signature, createdAt }: SignedPreKey): Bytes {
  return encodeRecord(schema.SignedPreKey, {
    format: FORMAT,
    public: keyPair.publicKey,
    private: expose(keyPair.privateKey),
    signature,
    createdAt,
  })
}

/** Decodes a signed prekey. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSignedPreKey(id: number, bytes: Uint8Array): SignedPreKey {
  return decodeRecord('signed prekey', schema.SignedPreKey, bytes, (message) => ({
    id,
    keyPair: { publicKey: parseEcPublicKey(message.public), privateKey: secretField(message.private, 32) },
    signature: parseSignature(message.signature),
    createdAt: epochMillis(message.createdAt),
  }))
}

/** Encodes a KEM prekey; its id is in the record's name. */
export function encodeKemPreKey({ keyPair, signature, createdAt, lastResort }: KemPreKey): Bytes {
  return encodeRecord(schema.KemPreKey, { format: FORMAT, secret: expose(keyPair.secretKey), signature, createdAt, lastResort })
}

// Where the public key lies in a serialized secret key: after the type byte and the 1536 bytes of the private vector. Spec: libsignal wire 1.3.
const PUBLIC_START = 1 + 1536
const PUBLIC_END = PUBLIC_START + 1568

/** Decodes a KEM prekey. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeKemPreKey(id: number, bytes: Uint8Array): KemPreKey {
  return decodeRecord('KEM prekey', schema.KemPreKey, bytes, (message) => {
    checkKemSecretKey(message.secret)
    return {
      id,
      keyPair: {
        publicKey: concatBytes(message.secret.subarray(0, 1), message.secret.subarray(PUBLIC_START, PUBLIC_END)) as KemPublicKey,
        secretKey: secretField(message.secret, KEM_SECRET_KEY_LENGTH),
      },
      signature: parseSignature(message.signature),
      createdAt: epochMillis(message.createdAt),
      lastResort: message.lastResort,
    }
  })
}

/** Encodes the number of entries of a ledger. */
export function encodeLedger(entries: number): Bytes {
  return encodeRecord(schema.Ledger, { format: FORMAT, entries })
}

/** Decodes the number of entries of a ledger. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeLedger(bytes: Uint8Array): number {
  return decodeRecord('ledger', schema.Ledger, bytes, (message) => message.entries)
}
