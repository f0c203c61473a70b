/**
 * What callers hand to `wire/`, checked at the boundary: byte strings from the network and fields to be written. Knows no message.
 */
import type { Bytes } from '../bytes.js'
import { BisikError } from '../errors.js'

const typeOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get as (
  this: unknown,
) => string | undefined

/** Whether `value` is a `Uint8Array`, of this realm or another, a `Buffer` too; a proxy of one is not. */
function isBytes(value: unknown): value is Uint8Array {
  return typeOf.call(value) === 'Uint8Array'
}

/**
 * Checks a byte string from outside before anything is done with it.
 *
 * @throws BisikError `invalid-argument` if it is not a `Uint8Array` or `limit` no limit, `message-too-large` if it is longer.
 */
export function checkReceived(bytes: Uint8Array, limit: number): void {
  bytesArgument(bytes, 'bytes')
  if (typeof limit !== 'number' || !(limit >= 0))
    throw new BisikError('invalid-argument', { argument: 'limit', expected: 'a number of bytes' })
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

/** Checks that an argument is an object whose fields can be read. @throws BisikError `invalid-argument`. */
export function objectArgument<T extends object>(value: T, argument: string): T {
  if (typeof (value as unknown) !== 'object' || (value as unknown) === null)
    throw new BisikError('invalid-argument', { argument, expected: 'an object' })
  return value
}

/** Checks that an argument is a `Uint8Array`, of `length` bytes if given. @throws BisikError `invalid-argument`. */
export function bytesArgument<T extends Uint8Array>(value: T, argument: string, length?: number): T {
  if (!isBytes(value)) throw new BisikError('invalid-argument', { argument, expected: 'a Uint8Array' })
  if (length !== undefined && value.length !== length) throw new BisikError('invalid-argument', { argument, expected: `${length} bytes` })
  return value
}

/**
 * Checks numbers that may be left out, each of them a limit: whole numbers from 0 to 2^53 - 1.
 *
 * @returns `defaults`, with what was given in their place.
 * @throws BisikError `invalid-argument`, also for a name that `defaults` does not have.
 */
export function limitsArgument<T extends object>(given: Partial<T> | undefined, defaults: T): T {
  const limits = { ...defaults }
  if (given === undefined) return limits
  for (const [name, value] of Object.entries(objectArgument(given, 'limits'))) {
    if (!Object.hasOwn(defaults, name))
      throw new BisikError('invalid-argument', { argument: `limits.${name}`, expected: `one of ${Object.keys(defaults).join(', ')}` })
    if (value === undefined) continue
    if (!Number.isSafeInteger(value) || (value as number) < 0)
      throw new BisikError('invalid-argument', { argument: `limits.${name}`, expected: 'a whole number from 0 on' })
    limits[name as keyof T] = value as T[keyof T]
  }
  return limits
}

/** Checks that an argument is a whole number of 32 bits. @throws BisikError `invalid-argument`. */
export function uint32Argument(value: number, argument: string): number {
  if (typeof value !== 'number' || value >>> 0 !== value) {
    throw new BisikError('invalid-argument', { argument, expected: 'a whole number from 0 to 4294967295' })
  }
  return value
}
