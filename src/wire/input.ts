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
 * Copies a byte string before anything looks at it, so that nobody can change it meanwhile (`SharedArrayBuffer`).
 *
 * @throws BisikError `invalid-argument` if it is not a `Uint8Array`, `message-too-large` if it is longer than `limit`.
 */
export function receive(bytes: Uint8Array, limit: number): Bytes {
  const argument = bytesArgument(bytes, 'bytes')
  if (argument.length > limit) throw new BisikError('message-too-large', { length: argument.length, limit })
  return copy(argument)
}

/** Checks that an argument is a `Uint8Array`. @throws BisikError `invalid-argument`. */
export function bytesArgument<T extends Uint8Array>(value: T, argument: string): T {
  if (!isBytes(value)) throw new BisikError('invalid-argument', { argument, expected: 'a Uint8Array' })
  return value
}

/** Checks that an argument is a whole number of 32 bits. @throws BisikError `invalid-argument`. */
export function uint32Argument(value: number, argument: string): number {
  if (typeof value !== 'number' || value >>> 0 !== value) {
    throw new BisikError('invalid-argument', { argument, expected: 'a whole number from 0 to 4294967295' })
  }
  return value
}

// The constructor reads the array's own slots: a subclass with its own `length` cannot mislead it. It refuses a detached array.
function copy(bytes: Uint8Array): Bytes {
  return bytes.length === 0 ? new Uint8Array(0) : new Uint8Array(bytes)
}
