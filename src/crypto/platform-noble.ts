/**
 * The port on the noble packages: every runtime that has no `node:crypto`. Knows no protocol; all it adds to noble is the shape
 * of the port and the cofactorless Ed25519 equation.
 */
import { cbc, ctr } from '@noble/ciphers/aes.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE } from '@noble/curves/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { type Bytes, copyBytes, equalBytes } from '../bytes.js'
import { type Platform, requireLength } from './platform.js'

const { Point } = ed25519

/** The port on noble: what `#platform` resolves to without the `node` condition. */
export const platform: Platform = {
  name: 'noble',

  x25519(privateKey, u) {
    requireLength(privateKey, 32)
    requireLength(u, 32)
    try {
      return x25519.scalarMult(privateKey, u) as Bytes
    } catch {
      // The lengths are right, so the one complaint left is an all-zero result.
      return undefined
    }
  },

  x25519PublicKey(privateKey) {
    requireLength(privateKey, 32)
    return x25519.getPublicKey(privateKey) as Bytes
  },

  hmacSha256(key, ...parts) {
    const state = hmac.create(sha256, key)
    for (const part of parts) state.update(part)
    return state.digest() as Bytes
  },

  hmacTag(length, key, ...parts) {
    return platform.hmacSha256(key, ...parts).slice(0, length)
  },

  hkdfSha256(salt, input, info, length) {
    const pseudorandomKey = platform.hmacSha256(salt, ...input)
    // Hashed once for all blocks; each is the HMAC of the block before, the label and the block's number.
    const keyed = hmac.create(sha256, pseudorandomKey)
    pseudorandomKey.fill(0)
    const output = new Uint8Array(length)
    for (let offset = 0, counter = 1; offset < length; offset += 32, counter++) {
      const before = output.subarray(Math.max(0, offset - 32), offset)
      const block = keyed.clone().update(before).update(info).update(Uint8Array.of(counter)).digest()
      output.set(block.subarray(0, length - offset), offset)
      block.fill(0)
    }
    keyed.destroy()
    return output
  },

  hkdfExtract(salt, input) {
    return hmac(sha256, salt, input) as Bytes
  },

  sha256(...parts) {
    const state = sha256.create()
    for (const part of parts) state.update(part)
    return state.digest() as Bytes
  },

  sha512(...parts) {
    const state = sha512.create()
    for (const part of parts) state.update(part)
    return state.digest() as Bytes
  },

  ed25519Verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    const encodedR = signature.subarray(0, 32)
    try {
      // noble's own verify checks the cofactored equation, which accepts more than OpenSSL and libsignal do.
      const a = Point.fromBytes(publicKey)
      const h = Point.Fn.create(bytesToNumberLE(platform.sha512(encodedR, publicKey, message)))
      const sB = Point.BASE.multiplyUnsafe(bytesToNumberLE(signature.subarray(32)))
      return equalBytes(sB.subtract(a.multiplyUnsafe(h)).toBytes(), encodedR)
    } catch {
      // The key is no point, or s >= L.
      return false
    }
  },

  ed25519PublicKey(seed) {
    requireLength(seed, 32)
    return ed25519.getPublicKey(seed) as Bytes
  },

  ed25519Sign(seed, message) {
    requireLength(seed, 32)
    return ed25519.sign(message, seed) as Bytes
  },

  aesCbcEncrypt(key, iv, plaintext) {
    requireLength(key, 32)
    requireLength(iv, 16)
    return cbc(key, iv).encrypt(plaintext) as Bytes
  },

  aesCbcDecrypt(key, iv, ciphertext) {
    requireLength(key, 32)
    requireLength(iv, 16)
    try {
      // noble returns a view that leaves the padding out; what we return owns its memory.
      return copyBytes(cbc(key, iv).decrypt(ciphertext))
    } catch {
      return undefined
    }
  },

  aesCtr(key, text) {
    requireLength(key, 32)
    return ctr(key, new Uint8Array(16)).encrypt(text) as Bytes
  },
}
