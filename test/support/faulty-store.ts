/** A store that fails at one chosen call, in one chosen way, and is sound otherwise. */
import type { Batch, KeyStore, RecordKey, StoredRecord } from '../../src/store/key-store.js'

/** The ways to fail; a call that a fault has no meaning for goes through. */
export const FAULTS = [
  /** Rejects; nothing was done. */
  'throw-before',
  /** Does what it was asked, then rejects. */
  'throw-after',
  /** As throw-before, and so does every later call: the process is gone. */
  'die-before',
  /** As throw-after, and every later call rejects. */
  'die-after',
  /** A commit writes half of its batch, whatever it expects, and rejects; a read finds half of its records. */
  'torn',
  /** A read returns what the first read of each key returned. */
  'stale-read',
  /** Never settles. */
  'hang',
  /** Resolves to something of another type. */
  'wrong-type',
] as const

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number]

/** The error of a {@link FaultyStore}: its text must not reach an error of the library. */
export class StoreFault extends Error {
  constructor() {
    super('canary of the store')
  }
}

/** Wraps a store. Count the calls of a clean run (`at` left out), then let each of them fail. */
export class FaultyStore implements KeyStore {
  readonly #inner: KeyStore
  readonly #at: number
  readonly #fault: Fault | undefined
  readonly #first = new Map<RecordKey, StoredRecord | undefined>()
  /** The calls so far, by name. */
  readonly calls: ('read' | 'commit' | 'list')[] = []

  /** @param at - the call that fails, counted from 1. */
  constructor(inner: KeyStore, fault?: Fault, at: number = Number.POSITIVE_INFINITY) {
    this.#inner = inner
    this.#fault = fault
    this.#at = at
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    return this.#call('read', async (fault) => {
      const found = await this.#inner.read(fault === 'torn' ? keys.slice((keys.length + 1) >> 1) : keys)
      for (const key of keys) if (!this.#first.has(key)) this.#first.set(key, found.get(key))
      if (fault !== 'stale-read') return found
      return new Map(
        keys.flatMap((key) => [[key, this.#first.get(key)] as const]).filter((entry): entry is [string, StoredRecord] => !!entry[1]),
      )
    })
  }

  async commit(batch: Batch): Promise<boolean> {
    return this.#call('commit', async (fault) => {
      if (fault !== 'torn') return this.#inner.commit(batch)
      const put = new Map([...batch.put].slice(0, (batch.put.size + 1) >> 1))
      await this.#inner.commit({ expect: new Map(), put, delete: new Set([...batch.delete].slice(0, batch.delete.size >> 1)) })
      throw new StoreFault()
    })
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    return this.#call('list', () => this.#inner.list(prefix))
  }

  async #call<T>(name: 'read' | 'commit' | 'list', run: (fault: Fault | undefined) => Promise<T>): Promise<T> {
    const number = this.calls.push(name)
    if (number > this.#at && (this.#fault === 'die-before' || this.#fault === 'die-after')) throw new StoreFault()
    if (number !== this.#at) return run(undefined)
    switch (this.#fault) {
      case 'throw-before':
      case 'die-before':
        throw new StoreFault()
      case 'throw-after':
      case 'die-after':
        await run(undefined)
        throw new StoreFault()
      case 'hang':
        return new Promise(() => undefined)
      case 'wrong-type':
        return 'a string' as T
      default:
        return run(this.#fault)
    }
  }
}

/** Everything in a store, key to hexadecimal value: two are equal if the stores are byte-identical. */
export async function storeContents(store: KeyStore): Promise<Record<RecordKey, string>> {
  const keys = [...(await store.list(''))].sort()
  const found = await store.read(keys)
  return Object.fromEntries(keys.map((key) => [key, Buffer.from(found.get(key)?.value ?? []).toString('hex')]))
}
