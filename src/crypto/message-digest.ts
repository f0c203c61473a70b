/**
 * By what a message is known again: a few bytes of the hash of its bytes.
 */
import { platform } from '#platform'
import type { Bytes } from '../bytes.js'

/** Bytes of a message digest: nobody meets the digest of a given message by chance, and who tries finds 2^64 steps before him. */
export const MESSAGE_DIGEST_LENGTH = 8

/** The first 8 bytes of the SHA-256 of what a message consists of. Spec: FIPS 180-4; differs: cut off. */
export function messageDigest(...parts: readonly Uint8Array[]): Bytes {
  return platform.sha256(...parts).subarray(0, MESSAGE_DIGEST_LENGTH)
}
