/**
 * Doubles of drivers that run on devices only, on real SQLite: the methods that their published types have, with what they take and give.
 * `npm run test:stores` holds two of them to those types.
 */
import type Database from 'libsql'
import type { DurableObjectSqlite, ExpoSqlite, OpSqlite, SqliteValue } from '../../src/store/engines/sqlite.js'

type Row = { readonly [column: string]: unknown }

/** What a statement gives; none for one that has no rows. */
function rowsOf(db: Database.Database, sql: string, parameters: readonly unknown[], blob: (bytes: Buffer) => unknown): Row[] {
  const statement = db.prepare(sql)
  const rows = statement.reader ? (statement.all(...parameters) as Row[]) : []
  if (!statement.reader) statement.run(...parameters)
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? blob(value) : value])),
  )
}

const isValue = (value: unknown): value is SqliteValue =>
  typeof value === 'string' || typeof value === 'number' || (value instanceof Uint8Array && value.constructor === Uint8Array)

/** Values that a bridge to native code takes. */
function checked(parameters: readonly unknown[]): readonly unknown[] {
  for (const value of parameters) if (!isValue(value)) throw new TypeError(`cannot bind ${String(value)}`)
  return parameters
}

/** expo-sqlite: `openDatabaseSync`. */
export function expoDouble(db: Database.Database): ExpoSqlite {
  return {
    execSync: (sql) => {
      db.exec(sql)
    },
    prepareSync: (sql) => {
      let isOpen = false
      return {
        executeSync: (parameters) => {
          if (isOpen) throw new Error('the statement was not reset')
          isOpen = true
          const rows = rowsOf(db, sql, checked(parameters), (bytes) => new Uint8Array(bytes))
          return {
            getAllSync: () => rows,
            resetSync: () => {
              isOpen = false
            },
          }
        },
      }
    },
  }
}

/** op-sqlite: `open`. One statement at a time, blobs come as an `ArrayBuffer`. */
export function opDouble(db: Database.Database): OpSqlite & { execute(): Promise<unknown>; prepareStatement(): unknown } {
  return {
    executeSync: (sql, parameters = []) => {
      if (/;\s*\S/.test(sql)) throw new Error('one statement at a time')
      return { rows: rowsOf(db, sql, checked(parameters), (bytes) => new Uint8Array(bytes).buffer) }
    },
    execute: async () => undefined,
    prepareStatement: () => undefined,
  }
}

/** A Durable Object's storage: no transactions by statement, no settings, blobs in and out as an `ArrayBuffer`. */
export function durableObjectDouble(db: Database.Database): DurableObjectSqlite {
  return {
    sql: {
      exec: (sql, ...parameters) => {
        if (/^\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|PRAGMA)/i.test(sql)) throw new Error(`not authorized: ${sql}`)
        for (const value of parameters) if (ArrayBuffer.isView(value)) throw new TypeError('a view')
        const bound = parameters.map((value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value))
        const rows = rowsOf(db, sql, bound, (bytes) => new Uint8Array(bytes).buffer)
        return { toArray: () => rows }
      },
    },
    transactionSync: (body) => {
      db.exec('SAVEPOINT host')
      try {
        const result = body()
        db.exec('RELEASE host')
        return result
      } catch (error) {
        db.exec('ROLLBACK TO host; RELEASE host')
        throw error
      }
    },
  }
}
