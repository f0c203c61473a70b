/**
 * Tells what an engine cannot do from what a message, a key or a record is refused for. Knows neither.
 */
import { BisikError } from './errors.js'

/**
 * For a `catch` around code that refuses by throwing, ours or a dependency's: an engine that lacks a built-in throws there too, and that
 * must not pass for a forgery or for damage.
 *
 * @throws BisikError `internal`, with the error as its cause, if it is an engine's.
 */
export function passFault(error: unknown): void {
  if (error instanceof TypeError || error instanceof ReferenceError) {
    throw new BisikError('internal', { reason: 'this engine lacks something, or it is used wrongly here' }, { cause: error })
  }
}
