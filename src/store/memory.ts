/**
 * A store in memory, for tests and for accounts that need not outlive the process. Knows nothing of what it holds, and no other
 * process sees it.
 */
import { copyBytes } from '../bytes.js'
import { type Batch, checkPrefix, type KeyStore, type RecordKey, type StoredRecord } from './key-store.js'

// Bytes that the values which are read lie in, side by side: an array buffer for each would cost more than all else that reading does.
const SHARED_LENGTH = 32 * 1024

/**
 * A {@link KeyStore} that forgets everything when the process ends.
 *
 * @remarks What `read` returns lies in one buffer with what others read: copy a value before you keep it, or post it to a worker. `transact`
 * wipes what it read.
 */
export class MemoryStore implements KeyStore {
  readonly #records = new Map<RecordKey, StoredRecord>()
  #commits = 0
  #shared = new Uint8Array(0)
  #used = 0

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const found = new Map<RecordKey, StoredRecord>()
    for (const key of keys) {
      const record = this.#records.get(key)
      if (record !== undefined) found.set(key, { value: this.#copy(record.value), revision: record.revision })
    }
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
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

  /** A copy that is the reader's: beside other copies, in no memory of theirs. */
  #copy(value: Uint8Array): Uint8Array {
    if (value.length > SHARED_LENGTH / 4) return copyBytes(value)
    if (this.#used + value.length > this.#shared.length) {
      this.#shared = new Uint8Array(SHARED_LENGTH)
      this.#used = 0
    }
    const copy = this.#shared.subarray(this.#used, this.#used + value.length)
    copy.set(value)
    // In steps of eight, so that words can be compared.
    this.#used += (value.length + 7) & ~7
    return copy
  }

  // Forward secrecy asks for real deletes; the garbage collector would leave the bytes in place.
  #wipe(key: RecordKey): void {
    this.#records.get(key)?.value.fill(0)
  }
}
