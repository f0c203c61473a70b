import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, describe, expect, it, test } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { keyStoreConformance } from '../../../src/store/conformance/suite.js'
import { type SqliteDatabase, SqliteStore } from '../../../src/store/engines/sqlite.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { storeContents } from '../../support/faulty-store.js'
import { durableObjectDouble, expoDouble, opDouble } from '../../support/sqlite-doubles.js'
import { temporaryDirectory } from '../../support/sqlite-file.js'

const directory = temporaryDirectory()
const connections: Database.Database[] = []
let files = 0
const connect = (file = join(directory, `${++files}.db`)): Database.Database => {
  const connection = new Database(file)
  connections.push(connection)
  return connection
}
afterAll(() => {
  for (const connection of connections) connection.close()
})

describe.each<[string, (db: Database.Database) => SqliteDatabase]>([
  ['expo-sqlite', expoDouble],
  ['op-sqlite', opDouble],
])('SqliteStore on a double of %s', (_, double) => {
  const places = new WeakMap<KeyStore, string>()
  const open = (file: string): KeyStore => {
    const store = SqliteStore.open(double(connect(file)))
    places.set(store, file)
    return store
  }
  keyStoreConformance({
    test,
    factory: () => open(join(directory, `${++files}.db`)),
    reopen: (store) => open(places.get(store) ?? ''),
  })
})

describe("SqliteStore on a double of a Durable Object's storage", () => {
  // One object has one storage, so another handle is another store on the same.
  const storages = new WeakMap<KeyStore, ReturnType<typeof durableObjectDouble>>()
  const open = (storage: ReturnType<typeof durableObjectDouble>): KeyStore => {
    const store = SqliteStore.open(storage)
    storages.set(store, storage)
    return store
  }
  keyStoreConformance({
    test,
    factory: () => open(durableObjectDouble(connect())),
    reopen: (store) => open(storages.get(store) ?? durableObjectDouble(connect())),
  })

  it('leaves the other tables of the object alone, and refuses those of a newer release', async () => {
    const db = connect()
    db.exec("CREATE TABLE record (mine TEXT); INSERT INTO record VALUES ('x')")
    const store = SqliteStore.open(durableObjectDouble(db))
    await store.commit({ expect: new Map(), put: new Map([['a', utf8('a')]]), delete: new Set() })
    expect(await storeContents(store)).toEqual({ a: '61' })
    expect(db.prepare('SELECT mine FROM record').all()).toMatchObject([{ mine: 'x' }])
    db.exec('UPDATE bisik_last_revision SET version = 2')
    expect(() => SqliteStore.open(durableObjectDouble(db))).toThrow(
      expect.objectContaining({ code: 'record-too-new', details: { record: 'schema', version: 2 } }),
    )
  })
})

describe('a database of the wrong shape', () => {
  const row = { user_version: 0 }
  const statement = { run: () => statement, get: (): unknown => statement, all: () => statement }
  const prepared = (get: () => unknown): unknown => ({ exec: () => undefined, prepare: () => ({ ...statement, get }) })
  const storage = durableObjectDouble(connect())

  it.each<[string, unknown, RegExp]>([
    ['a path', 'alice.db', /not its path$/],
    ['nothing', undefined, /synchronous driver$/],
    ['a promise of one', Promise.resolve(connect()), /a promise of one: await it$/],
    ['sqlite3, which calls back', { exec: () => undefined, prepare: () => statement }, /looks like an asynchronous driver$/],
    ['sqlite, whose prepare is a promise', { exec: async () => undefined, prepare: async () => statement }, /asynchronous driver$/],
    ['one whose rows are promises', prepared(async () => row), /asynchronous driver$/],
    ['one whose promises fail', prepared(() => Promise.reject(new Error('closed'))), /asynchronous driver$/],
    ['the client of libsql', { execute: async () => row, batch: async () => row }, /asynchronous driver$/],
    ['expo-sqlite, its promises alone', { execAsync: async () => row }, /asynchronous driver$/],
    [
      'D1',
      { exec: async () => row, prepare: () => ({ bind: () => row, run: async () => row, all: async () => row }) },
      /asynchronous driver$/,
    ],
    ['sql.js', prepared(() => [0]), /whose rows are objects by column$/],
    ["a Durable Object's sql", storage.sql, /ctx\.storage and not its sql$/],
    ["a Durable Object's ctx", { storage }, /ctx\.storage and not ctx$/],
  ])('is told what it looks like: %s', (_, db, expected) => {
    expect(() => SqliteStore.open(db as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', details: { argument: 'db', expected: expect.stringMatching(expected) } }),
    )
  })
})
