/**
 * A store in an SQLite database, shared safely by any number of processes. Knows no driver: whatever has the four methods below
 * will do, and libsql, node:sqlite, bun:sqlite and better-sqlite3 all have them.
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

/** A value that the statements here bind. */
export type SqliteValue = string | number | Uint8Array

/** A prepared statement of a synchronous SQLite driver. */
export interface SyncStatement {
  run(...parameters: SqliteValue[]): unknown
  /** The first row as an object by column name; `undefined` or `null` if there is none. */
  get(...parameters: SqliteValue[]): unknown
  /** All rows, each as an object by column name. */
  all(...parameters: SqliteValue[]): unknown
}

/** An open database of a synchronous SQLite driver (SQLite 3.35 or newer). */
export interface SyncSqlite {
  exec(sql: string): unknown
  prepare(sql: string): SyncStatement
}

/** Settings of {@link SqliteStore.open}. */
export interface SqliteStoreOptions {
  /** Milliseconds that a call waits (and blocks the thread) while another process writes, before it fails; default 5,000. */
  readonly busyTimeout?: number
}

const SCHEMA_VERSION = 1
// Keys in an index of their own: values of several kilobytes would make a tree without row ids deep.
const SCHEMA = `
  CREATE TABLE record (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, revision INTEGER NOT NULL);
  CREATE TABLE last_revision (revision INTEGER NOT NULL);
  INSERT INTO last_revision VALUES (0);
  PRAGMA user_version = ${SCHEMA_VERSION};
`
const DEFAULT_BUSY_TIMEOUT = 5_000

/**
 * A {@link KeyStore} in an SQLite database of its own. Every commit that writes costs one synchronization with the disk; a commit
 * that only confirms costs none.
 *
 * @remarks Deleted and overwritten records are zeroed in the database file, but older versions stay in the write-ahead log
 * until it is checkpointed and written over: run `PRAGMA wal_checkpoint(TRUNCATE)` on your connection when that matters. No
 * program can promise what a flash disk or a snapshot of the volume keeps.
 */
export class SqliteStore implements KeyStore {
  readonly #db: SyncSqlite
  readonly #select: SyncStatement
  readonly #revision: SyncStatement
  readonly #nextRevision: SyncStatement
  readonly #put: SyncStatement
  readonly #delete: SyncStatement
  readonly #list: SyncStatement
  readonly #listAll: SyncStatement

  private constructor(db: SyncSqlite) {
    this.#db = db
    this.#select = db.prepare('SELECT value, revision FROM record WHERE key = ?')
    this.#revision = db.prepare('SELECT revision FROM record WHERE key = ?')
    this.#nextRevision = db.prepare('UPDATE last_revision SET revision = revision + 1 RETURNING revision')
    this.#put = db.prepare(
      'INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision',
    )
    this.#delete = db.prepare('DELETE FROM record WHERE key = ?')
    this.#list = db.prepare('SELECT key FROM record WHERE key >= ? AND key < ?')
    this.#listAll = db.prepare('SELECT key FROM record')
  }

  /**
   * Takes over an open database: sets it up (write-ahead log, full synchronization, secure deletes) and creates the tables if it
   * is empty. The connection stays the caller's to close, and nothing else may leave a transaction open on it.
   *
   * @throws BisikError `record-too-new` if a newer release created the tables; `invalid-argument` for what is no database, or a bad
   *         `busyTimeout`; and what the driver throws.
   */
  static open(db: SyncSqlite, options: SqliteStoreOptions = {}): SqliteStore {
    const { prepare, exec } = (db as Partial<SyncSqlite> | null) ?? {}
    if (typeof prepare !== 'function' || typeof exec !== 'function') {
      throw invalidArgument('db', 'an open database of a synchronous driver, not its path')
    }
    const { busyTimeout = DEFAULT_BUSY_TIMEOUT } = fieldsArgument(options, 'options', { busyTimeout: timeoutArgument })
    db.exec(`PRAGMA busy_timeout = ${busyTimeout}`)
    useWriteAheadLog(db)
    db.exec('PRAGMA synchronous = FULL')
    db.exec('PRAGMA secure_delete = ON')
    if (schemaVersion(db) === 0) {
      inTransaction(db, 'BEGIN IMMEDIATE', () => {
        // Another process may have been first.
        if (schemaVersion(db) === 0) db.exec(SCHEMA)
      })
    }
    const version = schemaVersion(db)
    if (version !== SCHEMA_VERSION) throw new BisikError('record-too-new', { record: 'schema', version })
    return new SqliteStore(db)
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    keysArgument(keys)
    return inTransaction(this.#db, 'BEGIN', () => {
      const found = new Map<RecordKey, StoredRecord>()
      for (const key of keys) {
        const row = this.#select.get(key) as { value: Uint8Array | ArrayBuffer; revision: number } | undefined | null
        // A fresh plain array, whether the driver hands out a Buffer, a Uint8Array or (libsql, at times) a bare ArrayBuffer.
        if (row) found.set(key, { value: new Uint8Array(row.value), revision: String(row.revision) })
      }
      return found
    })
  }

  async commit(batch: Batch): Promise<boolean> {
    batchArgument(batch)
    const writes = batch.put.size > 0 || batch.delete.size > 0
    return inTransaction(this.#db, writes ? 'BEGIN IMMEDIATE' : 'BEGIN', () => {
      for (const [key, revision] of batch.expect) if (this.#revisionOf(key) !== revision) return false
      if (!writes) return true
      const { revision } = this.#nextRevision.get() as { revision: number }
      for (const [key, value] of batch.put) this.#put.run(key, value, revision)
      for (const key of batch.delete) this.#delete.run(key)
      return true
    })
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    // The first text after all that begin with "a/" is "a0": "0" follows "/".
    const rows = prefix === '' ? this.#listAll.all() : this.#list.all(prefix, `${prefix.slice(0, -1)}0`)
    return (rows as { key: RecordKey }[]).map((row) => row.key)
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

/** @throws what the driver throws if `db` is still busy after the time-out. */
function useWriteAheadLog(db: SyncSqlite): void {
  try {
    db.exec('PRAGMA journal_mode = WAL')
  } catch {
    // SQLite does not wait for a lock here. Whoever holds it is mostly another process making the same switch: wait in the way
    // that does honour the time-out, and look again.
    inTransaction(db, 'BEGIN IMMEDIATE', () => undefined)
    db.exec('PRAGMA journal_mode = WAL')
  }
}

function schemaVersion(db: SyncSqlite): number {
  return Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version)
}

/** Runs `body` in a transaction, which is kept unless it throws. */
function inTransaction<T>(db: SyncSqlite, begin: 'BEGIN' | 'BEGIN IMMEDIATE', body: () => T): T {
  // Not prepared: libsql leaves a prepared BEGIN that met a busy database unfinished, and no COMMIT succeeds beside it.
  db.exec(begin)
  try {
    const result = body()
    db.exec('COMMIT')
    return result
  } catch (error) {
    try {
      db.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    throw error
  }
}
