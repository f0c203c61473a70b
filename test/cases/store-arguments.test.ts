import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { keyStoreConformance, runConformanceTask } from '../../src/store/conformance/suite.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import { type Part, parseRecordKey, recordKey, type Step, scoped, type Transaction, transact } from '../../src/store/index.js'

const refused = (argument: string) => ({ code: 'invalid-argument', details: { argument: expect.stringContaining(argument) } })
const thrown = (argument: string) => expect.objectContaining({ code: 'invalid-argument', details: expect.objectContaining({ argument }) })
const put = (value: unknown) => ({ expect: new Map(), put: new Map([['a', value]]), delete: new Set() }) as never

const stores: readonly (readonly [name: string, make: () => KeyStore])[] = [
  ['MemoryStore', () => new MemoryStore()],
  ['SqliteStore', () => SqliteStore.open(new Database(':memory:'))],
  ['a scope', () => scoped(new MemoryStore(), 'one')],
]

describe.each(stores)('%s', (_, make) => {
  it('stores bytes, and nothing that would become bytes', async () => {
    const store = make()
    for (const value of ['text', [1, 2], 7, null, undefined, { length: 3 }, new DataView(new ArrayBuffer(3)), new ArrayBuffer(3)]) {
      await expect(store.commit(put(value))).rejects.toMatchObject(refused('batch.put'))
    }
    await expect(store.commit({ put: {} } as never)).rejects.toMatchObject(refused('batch'))
    await expect(store.commit(undefined as never)).rejects.toMatchObject(refused('batch'))
    await expect(store.read('ab' as never)).rejects.toMatchObject(refused('keys'))
    await expect(store.list(undefined as never)).rejects.toMatchObject(refused('prefix'))
    expect(await store.list('')).toEqual([])
  })
})

describe('transact', () => {
  it('releases nothing of a step that is asynchronous or returns something else', async () => {
    const store = new MemoryStore()
    const writing = (result: unknown) => (tx: Transaction) => {
      tx.put('a', utf8('x'))
      return result
    }
    const asynchronous = async function* (tx: Transaction): AsyncGenerator {
      tx.put('a', utf8('x'))
      yield tx.read('a')
    }
    const results = [Promise.resolve(1), undefined, {}, 7, [], new Map()]
    for (const step of [...results.map(writing), asynchronous, async (tx: Transaction) => writing(1)(tx), 'step', undefined]) {
      await expect(transact(store, step as never)).rejects.toMatchObject(refused('step'))
    }
    expect(await store.list('')).toEqual([])
  })

  it('stores bytes, waits for records only, and takes what it is named', async () => {
    const store = new MemoryStore()
    const just = function* (tx: Transaction): Part<void> {
      tx.put('a', utf8('x'))
      yield* tx.read('a')
    }
    for (const value of ['x', [1], undefined, new ArrayBuffer(1)]) {
      const step: Step<void> = (tx) => {
        tx.put('b', utf8('x'))
        tx.put('a', value as never)
        return just(tx)
      }
      await expect(transact(store, step)).rejects.toMatchObject(refused('value'))
    }
    for (const key of [7, null, ['a']]) {
      await expect(transact(store, (tx) => tx.read(key as never))).rejects.toMatchObject(refused('keys'))
    }
    for (const yielded of [Promise.resolve(1), undefined, 'a', { other: 1 }]) {
      const step = function* (tx: Transaction): Part<void> {
        tx.put('a', utf8('x'))
        yield yielded as never
      }
      await expect(transact(store, step)).rejects.toMatchObject(refused('step'))
    }
    await expect(transact({} as never, just)).rejects.toMatchObject(refused('store'))
    await expect(transact(store, just, { rounds: 6 } as never)).rejects.toMatchObject(refused('rounds'))
    await expect(transact(store, just, { budget: '6' as never })).rejects.toMatchObject(refused('budget'))
    expect(await store.list('')).toEqual([])
    await transact(store, just)
    expect(await store.list('')).toEqual(['a'])
  })
})

describe('names of records', () => {
  it('are made of text and whole numbers, and not of what looks like them', () => {
    for (const segment of [true, null, undefined, 1n, ['a'], {}]) expect(() => recordKey('a', segment as never)).toThrow(thrown('segment'))
    for (const key of [7, null, ['a/b']]) expect(() => parseRecordKey(key as never)).toThrow(thrown('key'))
    expect(() => scoped(new MemoryStore(), 7 as never)).toThrow(thrown('name'))
    expect(() => scoped(new Map() as never, 'a')).toThrow(thrown('store'))
  })
})

describe('opening and examining a store', () => {
  it('says what is wrong with what it was given', async () => {
    expect(() => SqliteStore.open('alice.db' as never)).toThrow(thrown('db'))
    expect(() => SqliteStore.open(new Database(':memory:'), null as never)).toThrow(thrown('options'))
    expect(() => SqliteStore.open(new Database(':memory:'), { busyTimeOut: 5 } as never)).toThrow(thrown('options.busyTimeOut'))
    expect(() => keyStoreConformance({ test: it } as never)).toThrow(thrown('factory'))
    for (const task of ['a', 'a:x', ':5', 7, undefined]) {
      await expect(runConformanceTask(new MemoryStore(), task as never)).rejects.toMatchObject(refused('task'))
    }
  })
})
