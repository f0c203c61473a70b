/**
 * The port on the noble packages: every runtime that has no `node:crypto`. All it adds to noble is the shape of the port
 * and the cofactorless Ed25519 equation.
 */
import { cbc, ctr } from '@noble/ciphers/aes.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE } from '@noble/curves/utils.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { type Bytes, copyBytes, equalBytes } from '../../bytes.js'
import { passFault } from '../../faults.js'
import { hmac } from './hmac.js'
import { type Platform, requireLength } from './port.js'

const { Point } = ed25519

/** The port on noble: what `#platform` resolves to without the `node` condition. */
export const platform: Platform = {
  name: 'noble',

  x25519(privateKey, u) {
    requireLength(privateKey, 32)
    requireLength(u, 32)
    try {
      return x25519.scalarMult(privateKey, u) as Bytes
    } catch (error) {
      passFault(error)
      // The lengths are right, so only an all-zero result can be refused here.
      return undefined
    }
  },

  x25519PublicKey(privateKey) {
    requireLength(privateKey, 32)
    return x25519.getPublicKey(privateKey) as Bytes
  },

  hmacTag(length, key, ...parts) {
    return hmac.sha256(key, ...parts).slice(0, length)
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
    } catch (error) {
      passFault(error)
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
    } catch (error) {
      passFault(error)
      return undefined
    }
  },

  aesCtr(key, text) {
    requireLength(key, 32)
    return ctr(key, new Uint8Array(16)).encrypt(text) as Bytes
  },
}
