/**
 * Lets one transaction at a time use a key, first come, first served, within one process and one store object. It is for speed
 * alone (fewer lost races); correctness rests on the conditional commit, and other processes are not seen here.
 */
import type { KeyStore, RecordKey } from './key-store.js'

/** A place in the queues of several keys. */
export interface Turn {
  /** Resolves when this turn comes first in all its queues; `undefined` when it did at once. */
  readonly ready: Promise<void> | undefined
  /** Leaves the queues; whoever waited behind may now come first. */
  end(): void
}

class Place implements Turn {
  ready: Promise<void> | undefined
  readonly #last: Map<RecordKey, Place>
  readonly #keys: readonly RecordKey[]
  #ahead = 0
  #behind: Place[] | undefined
  #begin: (() => void) | undefined

  constructor(last: Map<RecordKey, Place>, keys: readonly RecordKey[]) {
    this.#last = last
    this.#keys = keys
    for (const key of keys) {
      const previous = last.get(key)
      if (previous === this) continue
      last.set(key, this)
      if (previous === undefined) continue
      this.#ahead++
      previous.#behind ??= []
      previous.#behind.push(this)
    }
    if (this.#ahead > 0) {
      this.ready = new Promise((resolve) => {
        this.#begin = resolve
      })
    }
  }

  end(): void {
    for (const key of this.#keys) if (this.#last.get(key) === this) this.#last.delete(key)
    if (this.#behind === undefined) return
    for (const next of this.#behind) if (--next.#ahead === 0) next.#begin?.()
  }
}

// For each store the last place in the queue of each key in use; idle keys are not in the map.
const queues = new WeakMap<KeyStore, Map<RecordKey, Place>>()

/**
 * Joins the queues of all `keys` in one tick. As nobody can join between two of them, any two turns stand in the same order in
 * all queues they share: no deadlock.
 *
 * @param keys - not modified afterwards by anyone.
 */
export function takeTurn(store: KeyStore, keys: readonly RecordKey[]): Turn {
  let last = queues.get(store)
  if (last === undefined) {
    last = new Map()
    queues.set(store, last)
  }
  return new Place(last, keys)
}
