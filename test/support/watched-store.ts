import { MemoryStore } from '../../src/index.js'
import type { KeyStore, RecordKey } from '../../src/store/key-store.js'

/** A store in memory that notes the arrays it is given to write and those it gives to be read, and on demand fails before it writes. */
export function watchedStore(): {
  readonly store: KeyStore
  readonly given: (readonly [RecordKey, Uint8Array])[]
  readonly read: Uint8Array[]
  readonly mood: { fails: boolean }
} {
  const inner = new MemoryStore()
  const given: (readonly [RecordKey, Uint8Array])[] = []
  const read: Uint8Array[] = []
  const mood = { fails: false as boolean }
  const store: KeyStore = {
    read: async (keys) => {
      const found = await inner.read(keys)
      for (const { value } of found.values()) read.push(value)
      return found
    },
    list: (prefix) => inner.list(prefix),
    commit: async (batch) => {
      given.push(...batch.put)
      if (mood.fails && batch.put.size > 0) throw new Error('time is up')
      return inner.commit(batch)
    },
  }
  return { store, given, read, mood }
}
