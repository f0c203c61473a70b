/**
 * Refusals that an open client tells once. They cannot join a commit, so an app that crashes before it kept one is told again.
 */
import { type Bytes, toHex } from '../../bytes.js'
import { BisikError, isBisikError } from '../../errors.js'

// Each comes of a message; whoever delivers more of them is told of again.
const CAPACITY = 1_000

/** What a client has told of messages that differ from what was opened in their place. */
export class Told {
  /** In the order in which they were told. */
  readonly #marks = new Set<string>()

  /** @returns what to throw in place of `error`: a plain duplicate, if this message was told of before. */
  once(error: unknown, mark: () => Bytes): unknown {
    if (!isBisikError(error, 'duplicate-message') || error.details.differs === undefined) return error
    const name = toHex(mark())
    if (!this.#marks.has(name)) {
      const [oldest] = this.#marks
      if (this.#marks.size >= CAPACITY && oldest !== undefined) this.#marks.delete(oldest)
      this.#marks.add(name)
      return error
    }
    const { counter, diagnosis } = error.details
    return new BisikError(
      'duplicate-message',
      diagnosis === undefined ? { counter } : { counter, diagnosis: { ...diagnosis, cause: 'seen-before' } },
    )
  }
}
