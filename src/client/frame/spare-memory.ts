/**
 * Memory in which records were written, for the next ones of the same length: to make and to collect an array of some hundred bytes
 * costs as much as the rest of writing it. Knows no record.
 */
import type { Bytes } from '../../bytes.js'

// What a message writes, and what those before it wrote that differ in length; at most 256 kB.
const CAPACITY = 32
const LONGEST = 8_192

/** The spare memory of one client: wiped, and nobody's. */
export class SpareMemory {
  /** What was given last is last; what is first goes first. */
  readonly #arrays: Bytes[] = []

  /** Memory of a length: zeroed, and the taker's. */
  take(length: number): Bytes {
    for (let i = this.#arrays.length - 1; i >= 0; i--) {
      if (this.#arrays[i]?.length === length) return this.#arrays.splice(i, 1)[0] as Bytes
    }
    return new Uint8Array(length)
  }

  /** Wipes memory that nobody uses any more, and keeps it if it is no longer than a session's record. */
  give(memory: Bytes): void {
    memory.fill(0)
    if (memory.length > LONGEST) return
    this.#arrays.push(memory)
    if (this.#arrays.length > CAPACITY) this.#arrays.shift()
  }
}
