/**
 * The outside world of the core: randomness and time, always passed in, and waiting. The only place that reads a clock or the system's
 * random source, or sets a timer; nothing below `client/` calls the defaults.
 */
import { bytesArgument, functionArgument, invalidArgument } from './arguments.js'
import { type Bytes, copyBytes } from './bytes.js'
import { BisikError } from './errors.js'

/** Returns `length` fresh, unpredictable bytes; the caller owns them. Every byte is used at most once. */
export type RandomSource = (length: number) => Bytes

/** Milliseconds since 1970-01-01 UTC, a whole number from 0 to 2^53 - 1. Minted by {@link epochMillis}. */
export type EpochMillis = number & { readonly __unit: 'EpochMillis' }

/** Returns the present time. */
export type Clock = () => EpochMillis

/**
 * Checks a time.
 *
 * @throws BisikError `invalid-argument` if `value` is not a whole number from 0 to 2^53 - 1.
 */
export function epochMillis(value: number): EpochMillis {
  return timeArgument(value, 'time')
}

/** {@link epochMillis} for an argument that has a name. @throws BisikError `invalid-argument`. */
export function timeArgument(value: number, argument: string): EpochMillis {
  if (!Number.isSafeInteger(value) || value < 0) throw invalidArgument(argument, 'whole milliseconds since 1970')
  return value as EpochMillis
}

/**
 * The runtime's cryptographic random source, looked up at first use.
 *
 * @throws BisikError `random-unavailable` if `crypto.getRandomValues` is missing (React Native: import the
 *         `react-native-get-random-values` package before bisik).
 */
export const systemRandom: RandomSource = (length) => {
  if (typeof crypto === 'undefined' || typeof crypto.getRandomValues !== 'function') throw new BisikError('random-unavailable', {})
  const bytes = new Uint8Array(length)
  // getRandomValues refuses more than 65,536 bytes a call.
  for (let offset = 0; offset < length; offset += 65_536) crypto.getRandomValues(bytes.subarray(offset, Math.min(length, offset + 65_536)))
  return bytes
}

// Taken when the library loads: fake timers that a test puts in place later do not stop what waits here.
const timer = typeof setTimeout === 'function' ? setTimeout : undefined

/** Waits, and lets the event loop run meanwhile. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => (timer ?? setTimeout)(resolve, milliseconds))
}

/** Lets the event loop run. */
export function nextTurn(): Promise<void> {
  return sleep(0)
}

/** The runtime's wall clock. */
export const systemClock: Clock = () => epochMillis(Date.now())

/** A caller's random source may return a Node `Buffer`, which must not end up inside a secret. */
export function checkedRandom(random: RandomSource): RandomSource {
  functionArgument(random, 'random')
  return (length) => {
    const bytes = bytesArgument(random(length), 'random', length)
    return bytes.constructor === Uint8Array ? bytes : copyBytes(bytes)
  }
}

/** Nonsense from a caller's clock must not end up in a record. */
export function checkedClock(clock: Clock): Clock {
  functionArgument(clock, 'clock')
  return () => timeArgument(clock(), 'clock')
}
