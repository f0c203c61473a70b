import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import Database from 'libsql'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { SqliteStore, type SyncSqlite } from '../../../src/store/engines/sqlite.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { transact } from '../../../src/store/transact.js'
import type { Step } from '../../../src/store/transaction.js'
import { storeContents } from '../../support/faulty-store.js'
import { temporaryDirectory } from '../../support/sqlite-file.js'

const directory = temporaryDirectory()
let files = 0
const freshFile = (): string => join(directory, `${++files}.db`)
const put = (store: KeyStore, key: string, value: Uint8Array): Promise<boolean> =>
  store.commit({ expect: new Map(), put: new Map([[key, value]]), delete: new Set() })

describe('SqliteStore', () => {
  it('sets up the connection: write-ahead log, full synchronization, secure deletes', () => {
    const db = new Database(freshFile())
    SqliteStore.open(db, { busyTimeout: 1234 })
    const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0]
    expect(['journal_mode', 'synchronous', 'secure_delete', 'busy_timeout', 'user_version'].map(pragma)).toEqual(['wal', 2, 1, 1234, 1])
    db.close()
  })

  it('refuses a database that a newer release wrote, and leaves it alone', () => {
    const db = new Database(freshFile())
    db.exec('PRAGMA user_version = 2')
    expect(() => SqliteStore.open(db)).toThrow(
      expect.objectContaining({ code: 'record-too-new', details: { record: 'schema', version: 2 } }),
    )
    expect(db.prepare('SELECT count(*) AS n FROM sqlite_master').get()).toMatchObject({ n: 0 })
    db.close()
  })

  it('refuses a busy time-out that is not whole milliseconds', () => {
    const db = new Database(freshFile())
    for (const busyTimeout of [-1, 0.5, Number.NaN, 2 ** 31, '1; DROP TABLE record' as unknown as number]) {
      expect(() => SqliteStore.open(db, { busyTimeout })).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
    db.close()
  })

  it('refuses what is no open database, such as its path', () => {
    for (const db of ['alice.db', undefined, null, {}]) {
      expect(() => SqliteStore.open(db as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
  })

  it('works in a database in memory', async () => {
    const store = SqliteStore.open(new Database(':memory:'))
    await put(store, 'a', utf8('a'))
    expect(await storeContents(store)).toEqual({ a: '61' })
  })

  it('rejects while another connection writes, but after the time-out only, and goes on afterwards', async () => {
    const file = freshFile()
    const [db, other] = [new Database(file), new Database(file)]
    const store = SqliteStore.open(db, { busyTimeout: 100 })
    await put(store, 'a', utf8('1'))
    other.exec('BEGIN IMMEDIATE')
    const start = performance.now()
    await expect(put(store, 'a', utf8('2'))).rejects.toThrow('database is locked')
    expect(performance.now() - start).toBeGreaterThan(50)
    const step: Step<void> = function* (tx) {
      yield* tx.read('a')
      tx.put('a', utf8('2'))
    }
    await expect(transact(store, step)).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'commit' } })
    expect(await storeContents(store)).toEqual({ a: '31' })
    other.exec('ROLLBACK')
    expect(await put(store, 'a', utf8('3'))).toBe(true)
    db.close()
    other.close()
  })

  it('confirms without writing: while another connection writes, and without growing the log', async () => {
    const file = freshFile()
    const [db, other] = [new Database(file), new Database(file)]
    const store = SqliteStore.open(db, { busyTimeout: 0 })
    await put(store, 'a', utf8('1'))
    const revision = (await store.read(['a'])).get('a')?.revision ?? null
    other.exec('BEGIN IMMEDIATE')
    const log = readFileSync(`${file}-wal`)
    for (const [expected, answer] of [
      [revision, true],
      [null, false],
    ] as const) {
      expect(await store.commit({ expect: new Map([['a', expected]]), put: new Map(), delete: new Set() })).toBe(answer)
    }
    expect(readFileSync(`${file}-wal`).equals(log)).toBe(true)
    other.exec('ROLLBACK')
    db.close()
    other.close()
  })

  it('row 18: writes nothing of a batch that fails in the middle, and goes on afterwards', async () => {
    const db = new Database(':memory:')
    const store = SqliteStore.open(db)
    await put(store, 'a', utf8('1'))
    db.exec("CREATE TRIGGER full BEFORE INSERT ON record WHEN NEW.key = 'b' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    const bad = new Map([
      ['a', utf8('2')],
      ['b', utf8('2')],
    ])
    await expect(store.commit({ expect: new Map(), put: bad, delete: new Set() })).rejects.toThrow('the disk is full')
    expect(await storeContents(store)).toEqual({ a: '31' })
    expect(await put(store, 'a', utf8('3'))).toBe(true)
  })

  it('rejects inside a transaction of somebody else, and does not end it', async () => {
    const db = new Database(freshFile())
    const store = SqliteStore.open(db)
    db.exec('BEGIN; CREATE TABLE mine (x)')
    await expect(put(store, 'a', utf8('1'))).rejects.toThrow('within a transaction')
    db.exec('COMMIT')
    expect(await put(store, 'a', utf8('1'))).toBe(true)
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'mine'").get()).toMatchObject({ n: 1 })
    db.close()
  })

  it('leaves no byte of deleted and overwritten records in the files once the log is checkpointed', async () => {
    const file = freshFile()
    const db = new Database(file)
    const store = SqliteStore.open(db)
    const canary = 'canary-of-a-chain-key'
    for (const [key, length] of Object.entries({ small: 1, page: 150, large: 5000 })) await put(store, key, utf8(canary.repeat(length)))
    const onDisk = (): boolean =>
      readdirSync(directory)
        .filter((name) => join(directory, name).startsWith(file))
        .some((name) => readFileSync(join(directory, name)).includes(canary))
    expect(onDisk()).toBe(true)
    await put(store, 'small', utf8('x'))
    await put(store, 'page', utf8('x'))
    await store.commit({ expect: new Map(), put: new Map(), delete: new Set(['large']) })
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    expect(onDisk()).toBe(false)
    db.close()
  })

  it('refuses to list by half a segment', async () => {
    const store = SqliteStore.open(new Database(':memory:'))
    await expect(store.list('a')).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('takes the connections of libsql and node:sqlite as they are', () => {
    expectTypeOf<Database.Database>().toExtend<SyncSqlite>()
    expectTypeOf<DatabaseSync>().toExtend<SyncSqlite>()
  })
})
