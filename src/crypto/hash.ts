/**
 * SHA-256 for modules that need nothing else of cryptography: the relay names tokens and targets by it. It asks no platform, so that it
 * pulls no curve into a server.
 */
import { sha256 as hash } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes.js'

/** The SHA-256 of a byte string, 32 bytes. Spec: FIPS 180-4; differs: none. */
export function sha256(message: Uint8Array): Bytes {
  return new Uint8Array(hash(message))
}
