/** The script of a tab: answers the driving test by itself, or passes calls on to its worker. Runs in a browser. */
import { keyStoreConformance } from '../../../src/store/conformance/suite.js'
import { IndexedDbStore } from '../../../src/store/engines/indexeddb.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { CALLS, freshDatabase } from './page.js'

type Call = (...parameters: unknown[]) => Promise<unknown>

let calls = 0
const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()

/** Starts a worker. @returns a function that calls what it offers. */
function startWorker(): { readonly call: (name: string, parameters: readonly unknown[]) => Promise<unknown>; readonly end: () => void } {
  const worker = new Worker('/worker.js')
  worker.onmessage = ({ data: answer }: MessageEvent<{ id: number; value?: unknown; error?: string }>) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) call?.resolve(answer.value)
    else call?.reject(new Error(answer.error))
  }
  return {
    call: (name, parameters) =>
      new Promise((resolve, reject) => {
        const id = ++calls
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, name, parameters })
      }),
    end: () => worker.terminate(),
  }
}

const databases = new WeakMap<KeyStore, string>()
async function openNamed(database: string): Promise<IndexedDbStore> {
  const store = await IndexedDbStore.open(indexedDB, database)
  databases.set(store, database)
  return store
}

const tests = new Map<string, () => Promise<void>>()
keyStoreConformance({
  test: (name, run) => tests.set(name, run),
  factory: () => openNamed(freshDatabase()),
  reopen: (store) => openNamed(databases.get(store) ?? ''),
  spawn: async (store, task) => {
    const { call, end } = startWorker()
    await call('task', [databases.get(store), task])
    end()
  },
})

/** Asks IndexedDB itself, without the store. */
function request<T>(start: () => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const asked = start()
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}

const refusalOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error: { code?: string; details?: unknown; name?: string }) => ({ code: error.code, details: error.details, name: error.name }),
  )

const worker = startWorker()
const offered = {
  ...CALLS,
  conformanceTests: async () => [...tests.keys()],
  conformanceTest: async (name: string) => tests.get(name)?.(),
  inWorker: (name: string, ...parameters: unknown[]) => worker.call(name, parameters),

  /** What a database of a newer release, one of somebody else, and no factory are refused with. */
  strangers: async () => {
    ;(await request(() => indexedDB.open('newer', 7))).close()
    const foreign = indexedDB.open('foreign', 1)
    foreign.onupgradeneeded = () => foreign.result.createObjectStore('mine')
    ;(await request(() => foreign)).close()
    return {
      newer: await refusalOf(IndexedDbStore.open(indexedDB, 'newer')),
      foreign: await refusalOf(IndexedDbStore.open(indexedDB, 'foreign')),
      none: await refusalOf(IndexedDbStore.open({} as IDBFactory, 'none')),
    }
  },

  /** Deletes a database that a store has open; resolves only if the store makes way. */
  deletes: async () => {
    const store = await IndexedDbStore.open(indexedDB, 'deleted')
    await store.commit({ expect: new Map(), put: new Map([['a', new Uint8Array(1)]]), delete: new Set() })
    await request(() => indexedDB.deleteDatabase('deleted'))
    return refusalOf(store.read(['a']))
  },

  /** Commits of one turn, one of them with what cannot be stored. */
  badNeighbour: async () => {
    const store = await IndexedDbStore.open(indexedDB, freshDatabase())
    const put = (key: unknown, expected: string | null) =>
      store.commit({ expect: new Map([[String(key), expected]]), put: new Map([[key as string, new Uint8Array(2)]]), delete: new Set() })
    await put('zero', null)
    const original = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (key === 'bad') throw new DOMException('no room', 'QuotaExceededError')
      return original.call(this, value, key)
    }
    const answers = await Promise.allSettled([put('a', null), put('bad', null), put('b', null), put('a', null)])
    IDBObjectStore.prototype.put = original
    const told = answers.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).name))
    return { told, keys: await store.list('') }
  },

  /** The transactions of commits asked for in one turn. */
  transactions: async () => {
    const store = await IndexedDbStore.open(indexedDB, freshDatabase())
    const asked: unknown[] = []
    const original = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, names, mode, options) {
      asked.push([mode, options?.durability])
      return original.call(this, names, mode, options)
    }
    const put = (key: string) => store.commit({ expect: new Map(), put: new Map([[key, new Uint8Array(2)]]), delete: new Set() })
    await Promise.all(Array.from({ length: 64 }, (_, i) => put(`a/${i}`)))
    IDBDatabase.prototype.transaction = original
    return { asked, keys: (await store.list('a/')).length }
  },
}

Object.assign(globalThis, {
  call: (name: keyof typeof offered, parameters: unknown[]) => (offered[name] as Call)(...parameters),
})
