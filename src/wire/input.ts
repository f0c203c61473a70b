/**
 * Byte strings from the network, checked and copied before anything looks at them. Knows no message.
 */

import { bytesArgument, invalidArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { BisikError } from '../errors.js'

/**
 * Checks a byte string from outside before anything is done with it.
 *
 * @throws BisikError `invalid-argument` if it is not a `Uint8Array` or `limit` no limit, `message-too-large` if it is longer.
 */
export function checkReceived(bytes: Uint8Array, limit: number): void {
  bytesArgument(bytes, 'bytes')
  if (typeof limit !== 'number' || !(limit >= 0)) throw invalidArgument('limit', 'a number of bytes')
  if (bytes.length > limit) throw new BisikError('message-too-large', { length: bytes.length, limit })
}

/**
 * Copies from a byte string before anything looks at it, so that nobody can change it meanwhile (`SharedArrayBuffer`).
 *
 * @returns a plain `Uint8Array` even if `bytes` is a `Buffer`; empty if its memory is detached.
 */
export function copyReceived(bytes: Uint8Array, start = 0, end: number = bytes.length): Bytes {
  try {
    return start === end ? new Uint8Array(0) : new Uint8Array(bytes.subarray(start, end))
  } catch {
    // V8 11's optimized code may still see the old length of a detached array, and comes here for what is not there.
    return new Uint8Array(0)
  }
}

/** {@link checkReceived}, then {@link copyReceived}. */
export function receive(bytes: Uint8Array, limit: number): Bytes {
  checkReceived(bytes, limit)
  return copyReceived(bytes)
}
