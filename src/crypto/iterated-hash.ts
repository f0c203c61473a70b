/**
 * A hash that is applied again and again, to make guessing costly.
 */
import { platform } from '#platform'
import { type Bytes, copyBytes } from '../bytes.js'

/**
 * Applies `state = SHA-512(state || suffix)`.
 *
 * Spec: FIPS 180-4, "SHA-512"; libsignal wire, "Fingerprints"; differs: none.
 *
 * @param times - how often; 0 gives a copy.
 * @returns 64 bytes, unless `times` is 0.
 */
export function iterateSha512(state: Uint8Array, suffix: Uint8Array, times: number): Bytes {
  let current = copyBytes(state)
  for (let i = 0; i < times; i++) current = platform.sha512(current, suffix)
  return current
}
