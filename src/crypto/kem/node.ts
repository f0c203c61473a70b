/**
 * ML-KEM and its hashes on `node:crypto`: the hashes always, ten times as fast as noble's; ML-KEM where Node has it (24.7 and later),
 * elsewhere ours on these hashes. Raw keys are imported as DER: an expanded secret key has no other form, it costs no more than others,
 * and it leaves no text behind that cannot be wiped.
 */
import nodeCrypto, { createHash, createPrivateKey, createPublicKey, type Hash, type KeyObject } from 'node:crypto'
import { type Bytes, concatBytes, copyBytes, equalBytes } from '../../bytes.js'
import { plain, withoutTraces } from '../platform/node.js'
import { ML_KEM_768, ML_KEM_1024, mlKem } from './ml-kem.js'
import type { Lattice, LatticeHashes, MlKem } from './port.js'

// Not imported by name: to link against a name that an older Node lacks is an error.
const { encapsulate, decapsulate } = nodeCrypto

const SEED_LENGTH = 64
const SHARED_SECRET_LENGTH = 32

interface Parameters {
  /** The last byte of the object identifier 2.16.840.1.101.3.4.4.x. */
  readonly oid: number
  readonly publicKeyLength: number
  readonly secretKeyLength: number
}

const hashes: LatticeHashes = {
  sha3_256: (...parts) => digest(createHash('sha3-256'), parts),
  sha3_512: (...parts) => digest(createHash('sha3-512'), parts),
  shake128: (length, ...parts) => digest(createHash('shake128', { outputLength: length }), parts),
  shake256: (length, ...parts) => digest(createHash('shake256', { outputLength: length }), parts),
}

/** The port on `node:crypto`: what `#lattice` resolves to under the `node` condition. */
export const lattice: Lattice = {
  name: 'node',
  ...hashes,
  mlKem768: nativeIfAny({ oid: 0x02, publicKeyLength: 1184, secretKeyLength: 2400 }, mlKem(ML_KEM_768, hashes)),
  mlKem1024: nativeIfAny({ oid: 0x03, publicKeyLength: 1568, secretKeyLength: 3168 }, mlKem(ML_KEM_1024, hashes)),
}

/** Node's ML-KEM if it does all that is asked of it, which is tried once; else `other`. */
function nativeIfAny(parameters: Parameters, other: MlKem): MlKem {
  if (typeof encapsulate !== 'function' || typeof decapsulate !== 'function') return other
  try {
    const kem = native(parameters, other)
    const secretKey = kem.secretKey(new Uint8Array(SEED_LENGTH))
    const publicKeyEnd = secretKey.length - 2 * SHARED_SECRET_LENGTH
    const made = kem.encapsulateFresh?.(secretKey.subarray(publicKeyEnd - parameters.publicKeyLength, publicKeyEnd))
    const again = made && kem.decapsulate(secretKey, made.ciphertext)
    return made && again && equalBytes(made.sharedSecret, again) ? kem : other
  } catch {
    return other
  }
}

/** Secret keys and ciphertexts that OpenSSL refuses are left to `other` to judge: so the verdict is the same everywhere. */
function native(parameters: Parameters, other: MlKem): MlKem {
  const { publicKeyLength, secretKeyLength } = parameters
  const starts = startsOf(parameters)
  const exported = (seed: Uint8Array) => importPrivateKey(starts.seed, seed).export({ format: 'der', type: 'pkcs8' })
  // The seed and the secret key, which ends the export; since 24.22 the seed alone.
  const exportsSecretKey = exported(new Uint8Array(SEED_LENGTH)).length > secretKeyLength

  return {
    secretKey(seed) {
      if (!exportsSecretKey) return other.secretKey(seed)
      const encoded = exported(seed)
      const secretKey = copyBytes(encoded.subarray(encoded.length - secretKeyLength))
      encoded.fill(0)
      return secretKey
    },

    encapsulate: other.encapsulate,

    encapsulateFresh(publicKey) {
      const key = publicKey.length === publicKeyLength ? importPublicKey(starts.publicKey, publicKey) : undefined
      if (key === undefined) return undefined
      const made = encapsulate(key)
      return { ciphertext: plain(made.ciphertext), sharedSecret: plain(made.sharedKey) }
    },

    decapsulate(secretKey, ciphertext) {
      if (secretKey.length !== secretKeyLength) return undefined
      try {
        return plain(decapsulate(importPrivateKey(starts.secretKey, secretKey), ciphertext))
      } catch {
        return other.decapsulate(secretKey, ciphertext)
      }
    },
  }
}

/** How the encodings of keys begin. Spec: draft-ietf-lamps-kyber-certificates, "Subject Public Key Fields" and "Private Key Format". */
function startsOf({ oid, publicKeyLength, secretKeyLength }: Parameters): Record<'publicKey' | 'seed' | 'secretKey', Bytes> {
  const algorithm = der(0x30, Uint8Array.of(0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x04, oid))
  const version = Uint8Array.of(0x02, 0x01, 0x00)
  return {
    publicKey: startOf(publicKeyLength, (key) => der(0x30, algorithm, der(0x03, Uint8Array.of(0), key))),
    seed: startOf(SEED_LENGTH, (seed) => der(0x30, version, algorithm, der(0x04, der(0x80, seed)))),
    secretKey: startOf(secretKeyLength, (key) => der(0x30, version, algorithm, der(0x04, der(0x04, key)))),
  }
}

/** All of an encoding but the string of bytes, `length` of them, that ends it. */
function startOf(length: number, encode: (content: Uint8Array) => Bytes): Bytes {
  const whole = encode(new Uint8Array(length))
  return whole.slice(0, whole.length - length)
}

/** Spec: ITU-T X.690, "Length octets", for contents of up to 65,535 bytes. */
function der(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = concatBytes(...contents)
  const { length } = content
  if (length < 0x80) return concatBytes(Uint8Array.of(tag, length), content)
  return concatBytes(Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), content)
}

/** `undefined` for what OpenSSL takes for no key. */
function importPublicKey(start: Uint8Array, publicKey: Uint8Array): KeyObject | undefined {
  try {
    return withoutTraces(() => createPublicKey({ key: joined(start, publicKey), format: 'der', type: 'spki' }))
  } catch {
    return undefined
  }
}

function importPrivateKey(start: Uint8Array, secret: Uint8Array): KeyObject {
  const encoded = joined(start, secret)
  try {
    return withoutTraces(() => createPrivateKey({ key: encoded, format: 'der', type: 'pkcs8' }))
  } finally {
    encoded.fill(0)
  }
}

/** Bytes as the `Buffer` that the types of `createPrivateKey` ask for. */
function joined(start: Uint8Array, end: Uint8Array): Buffer {
  return Buffer.from(concatBytes(start, end).buffer)
}

function digest(state: Hash, parts: readonly Uint8Array[]): Bytes {
  for (const part of parts) state.update(part)
  return plain(state.digest())
}
