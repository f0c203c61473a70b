/**
 * Every cache of the package, and how much each may hold. What a cache forgets is computed anew and comes out the same: the tests show it by
 * running with all caches off. Scratch memory and tables of constants are no caches, nor are the checkpoints of long jumps, which bound what a
 * forged counter costs.
 */

type CacheName = 'sessions' | 'agreements' | 'vouchedCertificates' | 'signingPairs' | 'edwardsKeys'

/** How many entries each cache has at most; of those that go by object, as many as there are of the objects that are in use. */
export const CACHE_BOUNDS: Readonly<Record<CacheName | 'byObject', number>> = {
  /** Decoded sessions of one client: a conversation is with few devices at a time, and each entry is below 10 kB. */
  sessions: 16,
  /** What the identity key of one client agreed on with those of others. */
  agreements: 2_000,
  /** Sender certificates that one client found to be vouched for. */
  vouchedCertificates: 1_000,
  /** Pairs that have signed for groups; their secrets are copies. */
  signingPairs: 256,
  /** Public keys that signatures were verified with. */
  edwardsKeys: 1_000,
  /** By key array: its import by the platform, its Edwards form, its u-coordinate, its sign bit, names of records; by list of devices: its name; by client: its certificate. */
  byObject: Number.POSITIVE_INFINITY,
}

let isOn = true

/** Switches all caches on or off; for tests. What is in them stays, and is not looked at. */
export function switchCaches(on: boolean): void {
  isOn = on
}

/** Values by name. Of too many, the one leaves that has not been used for longest. */
export class Cache<Value> {
  readonly #bound: number
  readonly #leave: (value: Value) => void
  /** In the order of last use. */
  readonly #values = new Map<string, Value>()

  /** @param leave - told of each value that the cache gives up. */
  constructor(name: CacheName, leave: (value: Value) => void = () => {}) {
    this.#bound = CACHE_BOUNDS[name]
    this.#leave = leave
  }

  /** Takes a value out: it is the taker's. */
  take(name: string): Value | undefined {
    if (!isOn) return undefined
    const value = this.#values.get(name)
    if (value !== undefined) this.#values.delete(name)
    return value
  }

  /** Puts a value in, as the one used last. */
  put(name: string, value: Value): void {
    if (!isOn) {
      this.#leave(value)
      return
    }
    const old = this.#values.get(name)
    if (old !== undefined) {
      this.#values.delete(name)
      if (old !== value) this.#leave(old)
    }
    this.#values.set(name, value)
    if (this.#values.size <= this.#bound) return
    const [oldest] = this.#values
    if (oldest === undefined) return
    this.#values.delete(oldest[0])
    this.#leave(oldest[1])
  }
}

/** Values by object, which go with it. */
export class ObjectCache<Key extends object, Value> {
  readonly #values = new WeakMap<Key, Value>()

  get(key: Key): Value | undefined {
    return isOn ? this.#values.get(key) : undefined
  }

  set(key: Key, value: Value): void {
    if (isOn) this.#values.set(key, value)
  }
}
