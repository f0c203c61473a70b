/**
 * Makes one port of the synchronous SQLite drivers, which differ in their names for the same four things. Knows no table and no record;
 * what is no such driver is told so by name.
 */
import { invalidArgument, readArgument } from '../../arguments.js'
import { copyBytes } from '../../bytes.js'

/** A value that the statements of the store bind. */
export type SqliteValue = string | number | Uint8Array

/** A prepared statement of a synchronous SQLite driver. */
export interface SyncStatement {
  run(...parameters: SqliteValue[]): unknown
  /** The first row as an object by column name; `undefined` or `null` if there is none. */
  get(...parameters: SqliteValue[]): unknown
  /** All rows, each as an object by column name. */
  all(...parameters: SqliteValue[]): unknown
}

/** An open database of libsql, better-sqlite3, `node:sqlite` or `bun:sqlite` (SQLite 3.35 or newer). */
export interface SyncSqlite {
  exec(sql: string): unknown
  prepare(sql: string): SyncStatement
}

/** What `openDatabaseSync` of expo-sqlite gives. */
export interface ExpoSqlite {
  execSync(sql: string): void
  prepareSync(sql: string): {
    executeSync(parameters: SqliteValue[]): { getAllSync(): unknown[]; resetSync(): void }
  }
}

/** What `open` of op-sqlite gives. */
export interface OpSqlite {
  executeSync(sql: string, parameters?: SqliteValue[]): { readonly rows?: unknown }
}

/** The `ctx.storage` of a Durable Object with SQLite. */
export interface DurableObjectSqlite {
  readonly sql: { exec(sql: string, ...parameters: unknown[]): { toArray(): unknown[] } }
  transactionSync<T>(body: () => T): T
}

/** A database that `SqliteStore` knows how to use. */
export type SqliteDatabase = SyncSqlite | ExpoSqlite | OpSqlite | DurableObjectSqlite

/** A database as the store uses it. */
export interface SqliteDriver extends SyncSqlite {
  /** Whether it is a file that settings can be made for; otherwise its host keeps it, and takes no transaction as a statement. */
  readonly isFile: boolean
  /** Runs `body` in a transaction, which is kept unless it throws. */
  transaction<T>(kind: 'read' | 'write', body: () => T): T
}

const WANTED = 'an open database of a synchronous driver'
const ASYNCHRONOUS = `${WANTED}; this looks like an asynchronous driver`

/** @throws BisikError `invalid-argument` that says what `db` looks like instead. */
export function openDriver(db: SqliteDatabase): SqliteDriver {
  const { executeSync, prepareSync, execSync, sql, transactionSync, prepare, exec } = readArgument(db, 'db', methodsOf)
  const are = (...methods: unknown[]): boolean => methods.every((method) => typeof method === 'function')
  if (are(executeSync)) return onFile(ofOpSqlite(db as OpSqlite))
  if (are(prepareSync, execSync)) return onFile(ofExpo(db as ExpoSqlite))
  if (are(transactionSync, sql)) return ofDurableObject(db as DurableObjectSqlite)
  if (are(prepare, exec)) return onFile(checkIsSynchronous(db as SyncSqlite))
  throw invalidArgument('db', readArgument(db, 'db', unknownShape))
}

function methodsOf(db: unknown): { readonly [name: string]: unknown } {
  const { executeSync, prepareSync, execSync, sql, transactionSync, prepare, exec } = shapeOf(db)
  return { executeSync, prepareSync, execSync, sql: shapeOf(sql).exec, transactionSync, prepare, exec }
}

function shapeOf(value: unknown): { readonly [name: string]: unknown } {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject ? (value as { readonly [name: string]: unknown }) : {}
}

function unknownShape(db: unknown): string {
  if (typeof db === 'string') return `${WANTED}, not its path`
  const { execute, query, then, execAsync, exec, storage } = shapeOf(db)
  if (typeof then === 'function') return `${WANTED}; this is a promise of one: await it`
  if (typeof exec === 'function') return `${WANTED}; of a Durable Object, ctx.storage and not its sql`
  if (shapeOf(storage).sql !== undefined) return `${WANTED}; of a Durable Object, ctx.storage and not ctx`
  return [execute, query, execAsync].some((method) => typeof method === 'function') ? ASYNCHRONOUS : WANTED
}

/**
 * Asks the database something that does not touch the file, which another process may have locked: how long to wait is not set yet. Drivers
 * with promises or callbacks have the same names of methods.
 */
function checkIsSynchronous(db: SyncSqlite): SyncSqlite {
  const statement: unknown = db.prepare('SELECT 1 AS one')
  if (isPromise(statement)) throw invalidArgument('db', ASYNCHRONOUS)
  const { get, run, all, bind } = shapeOf(statement)
  if (typeof get !== 'function' || typeof run !== 'function' || typeof all !== 'function') {
    throw invalidArgument('db', typeof bind === 'function' && typeof all === 'function' ? ASYNCHRONOUS : `${WANTED}, with run, get and all`)
  }
  const row: unknown = (statement as SyncStatement).get()
  if (isPromise(row) || row === statement) throw invalidArgument('db', ASYNCHRONOUS)
  const { one } = shapeOf(row)
  if (typeof one !== 'number' && typeof one !== 'bigint') throw invalidArgument('db', `${WANTED} whose rows are objects by column`)
  return db
}

function isPromise(value: unknown): boolean {
  if (typeof shapeOf(value).then !== 'function') return false
  // It may yet fail, and nobody else waits for it.
  void Promise.resolve(value).catch(() => undefined)
  return true
}

function ofExpo(db: ExpoSqlite): SyncSqlite {
  return {
    exec: (sql) => db.execSync(sql),
    prepare: (sql) => {
      const statement = db.prepareSync(sql)
      return statementOf((parameters) => {
        const result = statement.executeSync(parameters)
        try {
          return result.getAllSync()
        } finally {
          // A statement in the middle of its rows would keep the transaction open.
          result.resetSync()
        }
      })
    },
  }
}

function ofOpSqlite(db: OpSqlite): SyncSqlite {
  return {
    exec: (sql) => db.executeSync(sql),
    prepare: (sql) => statementOf((parameters) => (db.executeSync(sql, parameters).rows as unknown[] | undefined) ?? []),
  }
}

function ofDurableObject(storage: DurableObjectSqlite): SqliteDriver {
  const bound = (value: SqliteValue): unknown => (typeof value === 'object' ? copyBytes(value).buffer : value)
  return {
    isFile: false,
    exec: (sql) => storage.sql.exec(sql),
    prepare: (sql) => statementOf((parameters) => storage.sql.exec(sql, ...parameters.map(bound)).toArray()),
    // Nothing else runs between two statements, and a transaction cannot be begun by one.
    transaction: (kind, body) => (kind === 'read' ? body() : storage.transactionSync(body)),
  }
}

function statementOf(all: (parameters: SqliteValue[]) => unknown[]): SyncStatement {
  return { run: (...parameters) => all(parameters), get: (...parameters) => all(parameters)[0], all: (...parameters) => all(parameters) }
}

function onFile(db: SyncSqlite): SqliteDriver {
  return {
    isFile: true,
    exec: (sql) => db.exec(sql),
    prepare: (sql) => db.prepare(sql),
    transaction: (kind, body) => inTransaction(db, kind === 'read' ? 'BEGIN' : 'BEGIN IMMEDIATE', body),
  }
}

function inTransaction<T>(db: SyncSqlite, begin: string, body: () => T): T {
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
