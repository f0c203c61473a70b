/**
 * A store in memory, for tests and for accounts that need not outlive the process. Knows nothing of what it holds, and no other
 * process sees it.
 */
import { copyBytes } from '../../bytes.js'
import { type Batch, batchArgument, checkPrefix, type KeyStore, keysArgument, type RecordKey, type StoredRecord } from '../key-store.js'

/** A {@link KeyStore} that forgets everything when the process ends. */
export class MemoryStore implements KeyStore {
  readonly #records = new Map<RecordKey, StoredRecord>()
  #commits = 0

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'MemoryStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const found = new Map<RecordKey, StoredRecord>()
    for (const key of keysArgument(keys)) {
      const record = this.#records.get(key)
      if (record !== undefined) found.set(key, { value: copyBytes(record.value), revision: record.revision })
    }
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    batchArgument(batch)
    for (const [key, revision] of batch.expect) {
      if ((this.#records.get(key)?.revision ?? null) !== revision) return false
    }
    if (batch.put.size === 0 && batch.delete.size === 0) return true
    const revision = String(++this.#commits)
    // All copies are made before the first write: a value that cannot be copied then leaves the store as it was.
    const copies: (Uint8Array | undefined)[] = []
    for (const [key, value] of batch.put) copies.push(this.#fits(key, value) ? undefined : copyBytes(value))
    let place = 0
    for (const [key, value] of batch.put) {
      const copy = copies[place++]
      if (copy !== undefined) {
        this.#wipe(key)
        this.#records.set(key, { value: copy, revision })
        continue
      }
      const { value: old } = this.#records.get(key) as StoredRecord
      old.fill(0, value.length)
      old.set(value)
      this.#records.set(key, { value: value.length === old.length ? old : old.subarray(0, value.length), revision })
    }
    for (const key of batch.delete) {
      this.#wipe(key)
      this.#records.delete(key)
    }
    return true
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    return [...this.#records.keys()].filter((key) => key.startsWith(prefix))
  }

  /** Whether a value can be written over the one that is there, which needs no memory and cannot fail, and leaves no more than half unused. */
  #fits(key: RecordKey, value: Uint8Array): boolean {
    const { length } = value
    const old = this.#records.get(key)?.value
    if (old === undefined || length === 0 || length > old.length) return false
    return 2 * length >= old.buffer.byteLength && value.constructor === Uint8Array
  }

  // Forward secrecy asks for real deletes; the garbage collector would leave the bytes in place.
  #wipe(key: RecordKey): void {
    this.#records.get(key)?.value.fill(0)
  }
}
