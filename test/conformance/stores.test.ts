import { describe, test } from 'vitest'
import { keyStoreConformance } from '../../src/store/conformance/suite.js'
import { MemoryStore } from '../../src/store/engines/memory.js'
import type { KeyStore } from '../../src/store/key-store.js'
import { scoped } from '../../src/store/scoped.js'
import { ended, sqliteFiles, startWorker } from '../support/sqlite-file.js'

describe('MemoryStore', () => {
  keyStoreConformance({ test, factory: () => new MemoryStore() })
})

describe('a scope of a MemoryStore that others use as well', () => {
  const shared = new MemoryStore()
  const names = new WeakMap<KeyStore, string>()
  let count = 0
  const open = (name: string): KeyStore => {
    const store = scoped(shared, name)
    names.set(store, name)
    return store
  }
  keyStoreConformance({
    test,
    factory: () => open(`../${'a'.repeat(++count)}`),
    reopen: (store) => open(names.get(store) ?? ''),
  })
})

describe('SqliteStore on libsql', () => {
  const files = sqliteFiles()
  const places = new WeakMap<KeyStore, string>()
  const place = (store: KeyStore): string => places.get(store) ?? ''
  keyStoreConformance({
    test,
    factory: () => {
      const file = files.next()
      const store = files.open(file)
      places.set(store, file)
      return store
    },
    reopen: (store) => files.open(place(store)),
    spawn: (store, task) => ended(startWorker(place(store), task)),
  })
})

describe('a scope of an SqliteStore that others use as well', () => {
  const files = sqliteFiles()
  const file = files.next()
  const names = new WeakMap<KeyStore, string>()
  let count = 0
  const open = (name: string): KeyStore => {
    const store = scoped(files.open(file), name)
    names.set(store, name)
    return store
  }
  keyStoreConformance({ test, factory: () => open(`account ${++count}`), reopen: (store) => open(names.get(store) ?? '') })
})
