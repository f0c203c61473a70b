/**
 * A store in an SQLite database, shared safely by any number of processes. Knows no driver by itself: libsql, better-sqlite3,
 * node:sqlite, bun:sqlite, expo-sqlite, op-sqlite and the storage of a Durable Object are made one elsewhere.
 */
import { fieldsArgument, invalidArgument } from '../../arguments.js'
import { BisikError } from '../../errors.js'
import {
  type Batch,
  batchArgument,
  checkPrefix,
  type KeyStore,
  keysArgument,
  type RecordKey,
  type Revision,
  type StoredRecord,
} from '../key-store.js'
import { BatchRefused, GroupCommit } from './group-commit.js'
import { openDriver, type SqliteDatabase, type SqliteDriver, type SyncStatement } from './sqlite-drivers.js'

export type {
  DurableObjectSqlite,
  ExpoSqlite,
  OpSqlite,
  SqliteDatabase,
  SqliteValue,
  SyncSqlite,
  SyncStatement,
} from './sqlite-drivers.js'

/** Settings of {@link SqliteStore.open}. */
export interface SqliteStoreOptions {
  /** Milliseconds that a call waits (and blocks the thread) while another process writes, before it fails; default 5,000. */
  readonly busyTimeout?: number
}

const SCHEMA_VERSION = 1
const DEFAULT_BUSY_TIMEOUT = 5_000

/**
 * A {@link KeyStore} in an SQLite database of its own. The commits that are asked for in one turn of the event loop share one
 * transaction, which costs one synchronization with the disk if any of them writes; a commit that only confirms costs none.
 *
 * @remarks Deleted and overwritten records are zeroed in the database file, but older versions stay in the write-ahead log
 * until it is checkpointed and written over: run `PRAGMA wal_checkpoint(TRUNCATE)` on your connection when that matters. No
 * program can promise what a flash disk or a snapshot of the volume keeps.
 */
export class SqliteStore implements KeyStore {
  readonly #db: SqliteDriver
  readonly #select: SyncStatement
  readonly #revision: SyncStatement
  readonly #lastRevision: SyncStatement
  readonly #setLastRevision: SyncStatement
  readonly #put: SyncStatement
  readonly #delete: SyncStatement
  readonly #list: SyncStatement
  readonly #listAll: SyncStatement
  readonly #commits: GroupCommit = new GroupCommit((batches) => this.#apply(batches))

  private constructor(db: SqliteDriver) {
    const { record, last } = tablesOf(db)
    this.#db = db
    this.#select = db.prepare(`SELECT value, revision FROM ${record} WHERE key = ?`)
    this.#revision = db.prepare(`SELECT revision FROM ${record} WHERE key = ?`)
    this.#lastRevision = db.prepare(`SELECT revision FROM ${last}`)
    this.#setLastRevision = db.prepare(`UPDATE ${last} SET revision = ?`)
    this.#put = db.prepare(
      `INSERT INTO ${record} VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision`,
    )
    this.#delete = db.prepare(`DELETE FROM ${record} WHERE key = ?`)
    this.#list = db.prepare(`SELECT key FROM ${record} WHERE key >= ? AND key < ?`)
    this.#listAll = db.prepare(`SELECT key FROM ${record}`)
  }

  /**
   * Takes over an open database: sets it up (write-ahead log, full synchronization, secure deletes) and creates the tables if it
   * is empty. The connection stays the caller's to close, and nothing else may leave a transaction open on it.
   *
   * @param db - a connection of libsql, better-sqlite3, `node:sqlite` or `bun:sqlite`; of expo-sqlite (`openDatabaseSync`) or
   *        op-sqlite (`open`); the `ctx.storage` of a Durable Object, which keeps its other tables.
   * @throws BisikError `record-too-new` if a newer release created the tables; `invalid-argument` for what is no database of a
   *         synchronous driver, or a bad `busyTimeout`; and what the driver throws.
   */
  static open(db: SqliteDatabase, options: SqliteStoreOptions = {}): SqliteStore {
    const driver = openDriver(db)
    const { busyTimeout = DEFAULT_BUSY_TIMEOUT } = fieldsArgument(options, 'options', { busyTimeout: timeoutArgument })
    if (driver.isFile) setUp(driver, busyTimeout)
    if (schemaVersion(driver) === 0) {
      driver.transaction('write', () => {
        // Another process may have been first.
        if (schemaVersion(driver) === 0) for (const statement of schemaOf(driver)) driver.exec(statement)
      })
    }
    const version = schemaVersion(driver)
    if (version !== SCHEMA_VERSION) throw new BisikError('record-too-new', { record: 'schema', version })
    return new SqliteStore(driver)
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'SqliteStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    keysArgument(keys)
    this.#commits.touch()
    const found = new Map<RecordKey, StoredRecord>()
    const select = (): void => {
      for (const key of keys) {
        const row = this.#select.get(key) as { value: Uint8Array | ArrayBuffer; revision: number } | undefined | null
        // A fresh plain array, whether the driver hands out a Buffer, a Uint8Array or a bare ArrayBuffer.
        if (row) found.set(key, { value: new Uint8Array(row.value), revision: String(row.revision) })
      }
    }
    // A transaction locks once for all keys; for one it would be two statements more.
    if (keys.length > 1) this.#db.transaction('read', select)
    else select()
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    batchArgument(batch)
    if (batch.put.size > 0 || batch.delete.size > 0) return this.#commits.commit(batch)
    // What only confirms waits for nobody who writes.
    return this.#db.transaction('read', () => this.#holds(batch))
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    // The first text after all that begin with "a/" is "a0": "0" follows "/".
    const rows = prefix === '' ? this.#listAll.all() : this.#list.all(prefix, `${prefix.slice(0, -1)}0`)
    return (rows as { key: RecordKey }[]).map((row) => row.key)
  }

  #apply(batches: readonly Batch[]): readonly boolean[] {
    return this.#db.transaction('write', () => {
      try {
        const before = Number((this.#lastRevision.get() as { revision: number }).revision)
        let revision = before
        const answers = batches.map((batch) => {
          const holds = this.#holds(batch)
          if (holds) this.#write(batch, ++revision)
          return holds
        })
        if (revision !== before) this.#setLastRevision.run(revision)
        return answers
      } catch (cause) {
        throw new BatchRefused(cause)
      }
    })
  }

  #holds({ expect }: Batch): boolean {
    for (const [key, revision] of expect) if (this.#revisionOf(key) !== revision) return false
    return true
  }

  #write(batch: Batch, revision: number): void {
    for (const [key, value] of batch.put) this.#put.run(key, value, revision)
    for (const key of batch.delete) this.#delete.run(key)
  }

  #revisionOf(key: RecordKey): Revision | null {
    const row = this.#revision.get(key) as { revision: number } | undefined | null
    return row ? String(row.revision) : null
  }
}

function timeoutArgument(value: number, argument: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 0x7fffffff) throw invalidArgument(argument, 'whole milliseconds')
  return value
}

function setUp(db: SqliteDriver, busyTimeout: number): void {
  db.exec(`PRAGMA busy_timeout = ${busyTimeout}`)
  useWriteAheadLog(db)
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA secure_delete = ON')
}

/** @throws what the driver throws if `db` is still busy after the time-out. */
function useWriteAheadLog(db: SqliteDriver): void {
  try {
    db.exec('PRAGMA journal_mode = WAL')
  } catch {
    // SQLite does not wait for a lock here. Whoever holds it is mostly another process making the same switch: wait in the way
    // that does honour the time-out, and look again.
    db.transaction('write', () => undefined)
    db.exec('PRAGMA journal_mode = WAL')
  }
}

/** A Durable Object has one database for all that it keeps, so there the names say whose they are. */
function tablesOf({ isFile }: SqliteDriver): { readonly record: string; readonly last: string } {
  return isFile ? { record: 'record', last: 'last_revision' } : { record: 'bisik_record', last: 'bisik_last_revision' }
}

function schemaOf(db: SqliteDriver): readonly string[] {
  const { record, last } = tablesOf(db)
  const revision = 'revision INTEGER NOT NULL'
  return [
    // Keys in an index of their own: values of several kilobytes would make a tree without row ids deep.
    `CREATE TABLE ${record} (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, ${revision})`,
    // Where the host does not let a database have a version, the table has it.
    `CREATE TABLE ${last} (${db.isFile ? revision : `${revision}, version INTEGER NOT NULL DEFAULT ${SCHEMA_VERSION}`})`,
    `INSERT INTO ${last} (revision) VALUES (0)`,
    ...(db.isFile ? [`PRAGMA user_version = ${SCHEMA_VERSION}`] : []),
  ]
}

function schemaVersion(db: SqliteDriver): number {
  const { last } = tablesOf(db)
  if (db.isFile) return Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version)
  if (!db.prepare('SELECT name FROM sqlite_master WHERE name = ?').get(last)) return 0
  return Number((db.prepare(`SELECT version FROM ${last}`).get() as { version: number }).version)
}
