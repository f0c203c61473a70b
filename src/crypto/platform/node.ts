/**
 * The port on `node:crypto`, ten to thirty times faster than noble at the curve. It imports raw keys: as they are since Node 24.15,
 * before that as JWK, because decoding DER costs the OpenSSL of Node 20 ten times as much (455 against 45 microseconds for a private key).
 *
 * Two limits: a JWK has a base64url string of the private key, which the collector frees but nobody wipes; and a remembered key lives
 * in OpenSSL's memory (wiped by OpenSSL on release) until the array it was made from is collected.
 */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { type Bytes, copyBytes } from '../../bytes.js'
import { ObjectCache } from '../../caches.js'
import { type Platform, requireLength } from './port.js'

/**
 * `x` of a private JWK must be present. Where this is used Node ignores it and has the public key derived from `d`; since 24.22 it refuses
 * one that is not right.
 */
const IGNORED_X = 'A'.repeat(43)

const AES_BLOCK = 16
const ZERO_BLOCK = new Uint8Array(AES_BLOCK)

const SHA256_BLOCK = 64
const SHA256_LENGTH = 32
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c

// The inputs of the two hashes of an HMAC; zeroed after use. HMAC is written out here because `createHmac` makes an object each time, at 2
// microseconds on Node 20 and 5 on Node 24. A hash without an object takes 1, and half of that if the result is a binary string.
const inner = new Uint8Array(4096)
const outer = new Uint8Array(SHA256_BLOCK + SHA256_LENGTH)
// What is encrypted, with its padding; zeroed after use.
const padded = new Uint8Array(4096)

type Curve = 'X25519' | 'Ed25519'
type Imported = Readonly<Record<Curve, ObjectCache<Uint8Array, KeyObject>>>
const privateKeys: Imported = { X25519: new ObjectCache(), Ed25519: new ObjectCache() }
const publicKeys: Imported = { X25519: new ObjectCache(), Ed25519: new ObjectCache() }

/** The port on `node:crypto`: what `#platform` resolves to under the `node` condition. */
export const platform: Platform = {
  name: 'node',

  x25519(privateKey, u) {
    requireLength(privateKey, 32)
    requireLength(u, 32)
    const keys = { privateKey: privateKeyObject('X25519', privateKey), publicKey: publicKeyObject('X25519', u) }
    try {
      return plain(diffieHellman(keys))
    } catch (error) {
      // Both keys are imported, so all that is left for OpenSSL to refuse is an all-zero result.
      if (error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_FAILED_DURING_DERIVATION') return undefined
      throw error
    }
  },

  x25519PublicKey(privateKey) {
    requireLength(privateKey, 32)
    const { x } = createPublicKey(privateKeyObject('X25519', privateKey)).export({ format: 'jwk' })
    return copyBytes(Buffer.from(x as string, 'base64url'))
  },

  hmacTag(length, key, ...parts) {
    let size = SHA256_BLOCK
    for (const part of parts) size += part.length
    if (size > inner.length || key.length > SHA256_BLOCK) return longHmac(key, parts).slice(0, length)
    // Spec: RFC 2104, "Definition of HMAC".
    inner.fill(INNER_PAD, 0, SHA256_BLOCK)
    outer.fill(OUTER_PAD, 0, SHA256_BLOCK)
    for (let i = 0; i < key.length; i++) {
      inner[i] = (key[i] as number) ^ INNER_PAD
      outer[i] = (key[i] as number) ^ OUTER_PAD
    }
    let offset = SHA256_BLOCK
    for (const part of parts) {
      inner.set(part, offset)
      offset += part.length
    }
    const first = hash('sha256', inner.subarray(0, size), 'binary')
    for (let i = 0; i < SHA256_LENGTH; i++) outer[SHA256_BLOCK + i] = first.charCodeAt(i)
    const whole = hash('sha256', outer, 'binary')
    inner.fill(0, 0, size)
    outer.fill(0)
    const tag = new Uint8Array(length)
    for (let i = 0; i < length; i++) tag[i] = whole.charCodeAt(i)
    return tag
  },

  sha256(...parts) {
    let size = 0
    for (const part of parts) size += part.length
    if (size > inner.length) return digest('sha256', parts)
    let offset = 0
    for (const part of parts) {
      inner.set(part, offset)
      offset += part.length
    }
    const text = hash('sha256', inner.subarray(0, size), 'binary')
    inner.fill(0, 0, size)
    const bytes = new Uint8Array(SHA256_LENGTH)
    for (let i = 0; i < SHA256_LENGTH; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  },

  sha512(...parts) {
    return digest('sha512', parts)
  },

  ed25519Verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    return verify(null, message, publicKeyObject('Ed25519', publicKey), signature)
  },

  ed25519PublicKey(seed) {
    requireLength(seed, 32)
    const { x } = createPublicKey(privateKeyObject('Ed25519', seed)).export({ format: 'jwk' })
    return copyBytes(Buffer.from(x as string, 'base64url'))
  },

  ed25519Sign(seed, message) {
    requireLength(seed, 32)
    return plain(sign(null, message, privateKeyObject('Ed25519', seed)))
  },

  aesCbcEncrypt(key, iv, plaintext) {
    requireLength(key, 32)
    requireLength(iv, 16)
    // First what may throw. Then the plaintext, padded here, so that the ciphertext comes out in one call, in memory of its own.
    const cipher = withoutTraces(() => createCipheriv('aes-256-cbc', key, iv)).setAutoPadding(false)
    const padding = AES_BLOCK - (plaintext.length % AES_BLOCK)
    const length = plaintext.length + padding
    const memory = length <= padded.length ? padded : new Uint8Array(length)
    memory.set(plaintext)
    memory.fill(padding, plaintext.length, length)
    const ciphertext = plain(cipher.update(memory.subarray(0, length)))
    memory.fill(0, 0, length)
    return ciphertext
  },

  aesCbcDecrypt(key, iv, ciphertext) {
    requireLength(key, 32)
    requireLength(iv, 16)
    if (ciphertext.length === 0 || ciphertext.length % AES_BLOCK !== 0) return undefined
    const decipher = withoutTraces(() => createDecipheriv('aes-256-cbc', key, iv))
    // The padding is taken off here, as it is put on here: whole blocks come out in one call.
    const memory = decipher.setAutoPadding(false).update(ciphertext)
    const length = unpaddedLength(memory)
    const plaintext = length === undefined ? undefined : copyBytes(memory.subarray(0, length))
    memory.fill(0)
    return plaintext
  },

  aesCtr(key, text) {
    requireLength(key, 32)
    // A stream cipher: nothing is left for `final`.
    return plain(withoutTraces(() => createCipheriv('aes-256-ctr', key, ZERO_BLOCK)).update(text))
  },
}

// Where the primordials are frozen, this property is too.
const canSilenceTraces = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable === true

/**
 * Runs `call`, in which exceptions note no stack. Node 24 finds out whether an argument is a `KeyObject` by catching an exception, up
 * to four times an import, and each costs 5 microseconds, nearly all for a trace that nobody sees.
 */
export function withoutTraces<T>(call: () => T): T {
  if (!canSilenceTraces) return call()
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return call()
  } finally {
    Error.stackTraceLimit = limit
  }
}

// The types of Node's older releases, which are those of this package, do not know the format.
type KeyInput = Parameters<typeof createPublicKey>[0] & Parameters<typeof createPrivateKey>[0]
const rawInput = (kind: 'public' | 'private', crv: Curve, key: Uint8Array) =>
  ({ key, format: `raw-${kind}`, asymmetricKeyType: crv.toLowerCase() }) as unknown as KeyInput

const takesRawKeys = tried(() => createPublicKey(rawInput('public', 'X25519', Uint8Array.of(9, ...new Uint8Array(31)))))

function tried(call: () => unknown): boolean {
  try {
    call()
    return true
  } catch {
    return false
  }
}

function privateKeyObject(crv: Curve, bytes: Uint8Array): KeyObject {
  let key = privateKeys[crv].get(bytes)
  if (key === undefined) {
    const input = takesRawKeys
      ? rawInput('private', crv, bytes)
      : { key: { kty: 'OKP', crv, d: base64url(bytes), x: IGNORED_X }, format: 'jwk' as const }
    key = withoutTraces(() => createPrivateKey(input))
    privateKeys[crv].set(bytes, key)
  }
  return key
}

function publicKeyObject(crv: Curve, bytes: Uint8Array): KeyObject {
  let key = publicKeys[crv].get(bytes)
  if (key === undefined) {
    const input = takesRawKeys ? rawInput('public', crv, bytes) : { key: { kty: 'OKP', crv, x: base64url(bytes) }, format: 'jwk' as const }
    key = withoutTraces(() => createPublicKey(input))
    publicKeys[crv].set(bytes, key)
  }
  return key
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url')
}

function longHmac(key: Uint8Array, parts: readonly Uint8Array[]): Bytes {
  const state = withoutTraces(() => createHmac('sha256', key))
  for (const part of parts) state.update(part)
  return plain(state.digest())
}

function digest(algorithm: 'sha256' | 'sha512', parts: readonly Uint8Array[]): Bytes {
  const state = createHash(algorithm)
  for (const part of parts) state.update(part)
  return plain(state.digest())
}

/** The memory of a result as plain `Uint8Array`; not copied, so that wiping it leaves nothing behind. */
export function plain(buffer: Buffer): Bytes {
  const whole = buffer.buffer
  return whole instanceof ArrayBuffer && whole.byteLength === buffer.length ? new Uint8Array(whole) : copyBytes(buffer)
}

/** The length without the padding, or `undefined` if that is none. Spec: RFC 5652, "Content-encryption Process". */
function unpaddedLength(memory: Uint8Array): number | undefined {
  const padding = memory[memory.length - 1] as number
  let wrong = padding < 1 || padding > AES_BLOCK ? 1 : 0
  for (let i = 1; i <= AES_BLOCK; i++) if (i <= padding) wrong |= (memory[memory.length - i] as number) ^ padding
  return wrong === 0 ? memory.length - padding : undefined
}
