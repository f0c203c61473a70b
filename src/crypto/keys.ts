/**
 * Public keys, signatures and identifiers as types, with their byte forms. It knows lengths and type bytes only, so that parsing a
 * message pulls no arithmetic. Whether a key is a good point is for `dh.ts` to say.
 */
import { bytesArgument } from '../arguments.js'
import { type Bytes, copyBytes, copyPart } from '../bytes.js'
import { BisikError } from '../errors.js'
import type { Secret } from './secret.js'

/** Curve25519 public key as it travels: 33 bytes, 0x05 and the little-endian u-coordinate. Spec: libsignal wire, "EC keys". */
export type EcPublicKey = Bytes & { readonly __key: 'EcPublicKey' }

/** A user's long-term {@link EcPublicKey}, which also verifies XEdDSA signatures. */
export type IdentityKey = EcPublicKey & { readonly __identity: true }

/** Kyber1024 (round 3) public key: 1569 bytes, type byte 0x08 and the 1568-byte key. */
export type KemPublicKey = Bytes & { readonly __key: 'KemPublicKey' }

/** Kyber1024 (round 3) ciphertext: 1569 bytes, type byte 0x08 and the 1568-byte ciphertext. */
export type KemCiphertext = Bytes & { readonly __key: 'KemCiphertext' }

/** XEdDSA signature, 64 bytes, the sign bit of the signer's Edwards key in the top bit of the last byte. */
export type Signature = Bytes & { readonly __key: 'Signature' }

/** A Curve25519 key pair; the private key is 32 clamped bytes. */
export interface KeyPair {
  readonly publicKey: EcPublicKey
  readonly privateKey: Secret<'EcPrivateKey'>
}

/** A user's long-term key pair. */
export interface IdentityKeyPair {
  readonly publicKey: IdentityKey
  readonly privateKey: Secret<'EcPrivateKey'>
}

/** A Kyber1024 key pair; the secret key is 3169 bytes, type byte 0x08 and the 3168-byte key. */
export interface KemKeyPair {
  readonly publicKey: KemPublicKey
  readonly secretKey: Secret<'KemSecretKey'>
}

/** Length in bytes of a serialized Curve25519 public key, type byte included. */
export const EC_PUBLIC_KEY_LENGTH = 33
/** Length in bytes of a serialized Kyber1024 public key, type byte included. */
export const KEM_PUBLIC_KEY_LENGTH = 1569
/** Length in bytes of a serialized Kyber1024 secret key, type byte included. */
export const KEM_SECRET_KEY_LENGTH = 3169
/** Length in bytes of a serialized Kyber1024 ciphertext, type byte included. */
export const KEM_CIPHERTEXT_LENGTH = 1569
/** Length in bytes of an XEdDSA signature. */
export const SIGNATURE_LENGTH = 64

const EC_TYPE = 0x05
const KEM_TYPE = 0x08

/**
 * Parses a serialized Curve25519 public key. Copies; any 32 bytes after the type byte are accepted, as by libsignal: a point
 * of small order is caught where it is used, by `agree`.
 *
 * Spec: libsignal wire, "EC keys"; differs: none. Bytes after the 33rd are dropped, as every libsignal release does, so compare
 * parsed keys, never the bytes received.
 *
 * @throws BisikError `invalid-argument`; `invalid-key` if the input is shorter than 33 bytes or its type byte is not 0x05.
 */
export function parseEcPublicKey(bytes: Uint8Array): EcPublicKey {
  if (bytesArgument(bytes, 'bytes').length === 0) throw new BisikError('invalid-key', { reason: 'no key type byte' })
  if (bytes[0] !== EC_TYPE) throw new BisikError('invalid-key', { reason: 'unknown type byte' })
  if (bytes.length < EC_PUBLIC_KEY_LENGTH) throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
  return copyPart(bytes, 0, EC_PUBLIC_KEY_LENGTH) as EcPublicKey
}

/** Checks the length of a key that was parsed before. @throws BisikError `invalid-argument`. */
export function ecKeyArgument<T extends EcPublicKey>(key: T, argument: string): T {
  return bytesArgument(key, argument, EC_PUBLIC_KEY_LENGTH)
}

/** Parses a serialized identity key: {@link parseEcPublicKey} with the role in the type. */
export function parseIdentityKey(bytes: Uint8Array): IdentityKey {
  return parseEcPublicKey(bytes) as IdentityKey
}

/**
 * Parses a serialized KEM public key. Copies.
 *
 * Spec: libsignal wire, "KEM keys"; differs: none. Only Kyber1024 (0x08) is spoken; 0x07 and 0x0A are refused.
 *
 * @throws BisikError `invalid-argument`; `invalid-key` if the type byte is unknown or the length is not 1569.
 */
export function parseKemPublicKey(bytes: Uint8Array): KemPublicKey {
  checkKem(bytes, KEM_PUBLIC_KEY_LENGTH)
  return copyBytes(bytes) as KemPublicKey
}

/** Parses a serialized KEM ciphertext. Copies. @throws BisikError `invalid-key` as {@link parseKemPublicKey}. */
export function parseKemCiphertext(bytes: Uint8Array): KemCiphertext {
  checkKem(bytes, KEM_CIPHERTEXT_LENGTH)
  return copyBytes(bytes) as KemCiphertext
}

/** Checks type byte and length of a serialized KEM secret key, without copying it. @throws BisikError `invalid-key`. */
export function checkKemSecretKey(bytes: Uint8Array): void {
  checkKem(bytes, KEM_SECRET_KEY_LENGTH)
}

/** Parses a signature. Copies. @throws BisikError `invalid-argument`; `invalid-key` if the length is not 64. */
export function parseSignature(bytes: Uint8Array): Signature {
  if (bytesArgument(bytes, 'bytes').length !== SIGNATURE_LENGTH)
    throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
  return copyBytes(bytes) as Signature
}

function checkKem(bytes: Uint8Array, length: number): void {
  if (bytesArgument(bytes, 'bytes').length === 0) throw new BisikError('invalid-key', { reason: 'no key type byte' })
  if (bytes[0] !== KEM_TYPE) throw new BisikError('invalid-key', { reason: 'unknown type byte' })
  if (bytes.length !== length) throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
}
