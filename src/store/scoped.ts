/**
 * Several accounts in one store, each in a part of its own.
 */
import { textArgument } from '../arguments.js'
import {
  type Batch,
  batchArgument,
  checkPrefix,
  type KeyStore,
  keysArgument,
  type RecordKey,
  type StoredRecord,
  storeArgument,
} from './key-store.js'
import { recordKey } from './record-key.js'

class ScopedStore implements KeyStore {
  readonly #store: KeyStore
  readonly #prefix: string

  constructor(store: KeyStore, prefix: string) {
    this.#store = store
    this.#prefix = prefix
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'ScopedStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const found = new Map<RecordKey, StoredRecord>()
    for (const [key, record] of await this.#store.read(keysArgument(keys).map((key) => this.#prefix + key))) {
      found.set(key.slice(this.#prefix.length), record)
    }
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    batchArgument(batch)
    return this.#store.commit({
      expect: new Map(Array.from(batch.expect, ([key, revision]) => [this.#prefix + key, revision])),
      put: new Map(Array.from(batch.put, ([key, value]) => [this.#prefix + key, value])),
      delete: new Set(Array.from(batch.delete, (key) => this.#prefix + key)),
    })
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    return (await this.#store.list(this.#prefix + prefix)).map((key) => key.slice(this.#prefix.length))
  }
}

/**
 * A store whose records all live in `store` under `scope/{name}/`: one account each for any number of names, none seeing another.
 *
 * @param name - any text; the same name means the same records.
 */
export function scoped(store: KeyStore, name: string): KeyStore {
  return new ScopedStore(storeArgument(store), `${recordKey('scope', textArgument(name, 'name'))}/`)
}
