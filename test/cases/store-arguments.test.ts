import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { keyStoreConformance, runConformanceTask } from '../../src/store/conformance/suite.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import { parseRecordKey, recordKey, scoped, transact } from '../../src/store/index.js'

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
    const steps = [async () => ({ put: new Map([['a', utf8('x')]]), result: 1 }), () => undefined, () => ({}), () => 7, 'step']
    for (const step of steps) await expect(transact(store, ['a'], step as never)).rejects.toMatchObject(refused('step'))
    for (const records of [{ a: utf8('x') }, new Map([['a', 'x']])]) {
      await expect(transact(store, ['a'], () => ({ put: records as never, result: 1 }))).rejects.toMatchObject(refused('put'))
    }
    await expect(transact(store, 'a' as never, () => ({ result: 1 }))).rejects.toMatchObject(refused('keys'))
    await expect(transact({} as never, ['a'], () => ({ result: 1 }))).rejects.toMatchObject(refused('store'))
    await expect(transact(store, [], () => ({ result: 1 }), { rounds: '6' as never })).rejects.toMatchObject(refused('rounds'))
    expect(await store.list('')).toEqual([])
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
