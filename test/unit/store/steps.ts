/** Small steps of transactions, and stores to run them on. */
import { fromUtf8, utf8 } from '../../../src/bytes.js'
import type { Batch, KeyStore, RecordKey } from '../../../src/store/key-store.js'
import type { Part, Step, Transaction } from '../../../src/store/transaction.js'

/** The text of a record, empty if there is none. */
export function* text(tx: Transaction, key: RecordKey): Part<string> {
  const [value] = yield* tx.read(key)
  return fromUtf8(value ?? new Uint8Array(0)) ?? 'no text'
}

export function* number(tx: Transaction, key: RecordKey): Part<number> {
  return Number(yield* text(tx, key))
}

/** Reads, and writes nothing. */
export const justRead = (...keys: RecordKey[]): Step<string> =>
  function* (tx) {
    yield* tx.read(...keys)
    return 'read'
  }

export const increment = (key: RecordKey): Step<number> =>
  function* (tx) {
    const next = (yield* number(tx, key)) + 1
    tx.put(key, utf8(String(next)))
    return next
  }

export function write(store: KeyStore, records: Record<RecordKey, string>): Promise<boolean> {
  const put = new Map(Object.entries(records).map(([key, value]) => [key, utf8(value)]))
  return store.commit({ expect: new Map(), put, delete: new Set() })
}

export const ticks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

/** Runs `between` before each of the first `times` commits: the other writer that wins the race. */
export function raced(inner: KeyStore, times: number, between: (race: number) => Promise<unknown>): KeyStore {
  let race = 0
  return {
    read: (keys) => inner.read(keys),
    list: (prefix) => inner.list(prefix),
    commit: async (batch) => {
      if (race < times) await between(race++)
      return inner.commit(batch)
    },
  }
}

/** Notes the keys of each read and each batch. */
export function noted(inner: KeyStore): { readonly store: KeyStore; readonly reads: RecordKey[][]; readonly batches: Batch[] } {
  const reads: RecordKey[][] = []
  const batches: Batch[] = []
  const store: KeyStore = {
    read: (keys) => {
      reads.push([...keys])
      return inner.read(keys)
    },
    commit: (batch) => {
      batches.push({ expect: new Map(batch.expect), put: new Map(batch.put), delete: new Set(batch.delete) })
      return inner.commit(batch)
    },
    list: (prefix) => inner.list(prefix),
  }
  return { store, reads, batches }
}
