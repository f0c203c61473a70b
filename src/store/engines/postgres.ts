/**
 * A store in a table of PostgreSQL, shared safely by any number of processes and machines. Takes a pool of node-postgres by its shape and
 * knows nothing of the records.
 */
import { fieldsArgument, invalidArgument, readArgument } from '../../arguments.js'
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
import { BatchRefused, expectedKeys, GroupCommit, type GroupPlan, planGroup } from './group-commit.js'

/** What answers a query. */
export interface PostgresQueries {
  query(sql: string, parameters?: unknown[]): Promise<{ readonly rows: unknown[] }>
}

/** A connection that was taken out of a pool. */
export interface PostgresConnection extends PostgresQueries {
  /** The end of a connection is told as an event too, which ends the process if nobody listens. */
  on(event: 'error', listener: () => void): unknown
  removeListener(event: 'error', listener: () => void): unknown
  /** @param isBroken - whether the pool is to close it. */
  release(isBroken?: boolean): void
}

/** A `Pool` of node-postgres (`pg`), or what has its methods. */
export interface PostgresPool extends PostgresQueries {
  connect(): Promise<PostgresConnection>
}

/** Settings of {@link PostgresStore.open}. */
export interface PostgresStoreOptions {
  /** The table: lower-case letters, digits and `_`; default `bisik_record`. Its neighbour with `_state` behind the name is taken too. */
  readonly table?: string
}

const SCHEMA_VERSION = 1
const DEFAULT_TABLE = 'bisik_record'
// PostgreSQL cuts names after 63 bytes.
const TABLE = /^[a-z_][a-z0-9_]{0,55}$/

/** Stands for the revision that was given last; no key of a record is empty. */
const LAST = ''

interface Row {
  readonly key: RecordKey
  readonly value: Uint8Array
  readonly revision: string | number | bigint
}

/**
 * A {@link KeyStore} in a table. Commits of all processes run one after the other, and what is asked for in one process meanwhile shares
 * its next transaction; so give accounts that are busy a table each.
 *
 * @remarks Deleted and overwritten records stay in the files of the table until PostgreSQL vacuums it, in the write-ahead log until that
 * is recycled, and in replicas and backups of both. An account that was restored from a backup re-opens old keys.
 */
export class PostgresStore implements KeyStore {
  readonly #pool: PostgresPool
  readonly #sql: Statements
  readonly #commits: GroupCommit = new GroupCommit((batches) => this.#apply(batches))

  private constructor(pool: PostgresPool, sql: Statements) {
    this.#pool = pool
    this.#sql = sql
  }

  /**
   * Creates the tables if they are not there. The pool stays the caller's to end.
   *
   * @throws BisikError `record-too-new` if a newer release created the tables; `invalid-argument` for what is no pool, or a bad name of a
   *         table; and what the driver throws.
   */
  static async open(pool: PostgresPool, options: PostgresStoreOptions = {}): Promise<PostgresStore> {
    const { connect, query } = readArgument((pool as Partial<PostgresPool> | null) ?? {}, 'pool', ({ connect, query }) => ({
      connect,
      query,
    }))
    if (typeof connect !== 'function' || typeof query !== 'function') throw invalidArgument('pool', 'a Pool of node-postgres')
    const { table = DEFAULT_TABLE } = fieldsArgument(options, 'options', { table: tableArgument })
    const sql = statements(table)
    if (!(await isThere(pool, table))) await inTransaction(pool, (connection) => create(connection, table))
    const { rows } = await pool.query(sql.version)
    const { version } = rows[0] as { readonly version: number }
    if (version !== SCHEMA_VERSION) throw new BisikError('record-too-new', { record: 'schema', version })
    return new PostgresStore(pool, sql)
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'PostgresStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const found = new Map<RecordKey, StoredRecord>()
    if (keysArgument(keys).length === 0) return found
    const { rows } = await this.#pool.query(this.#sql.read, [keys])
    // The driver cuts values out of what the socket gave.
    for (const { key, value, revision } of rows as Row[]) found.set(key, { value: new Uint8Array(value), revision: String(revision) })
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    batchArgument(batch)
    if (batch.put.size > 0 || batch.delete.size > 0) return this.#commits.commit(batch)
    // One statement sees one moment.
    const found = await revisionsIn(this.#pool, this.#sql, [batch])
    return planGroup([batch], found, 0).answers[0] === true
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    // The first text after all that begin with "a/" is "a0": "0" follows "/".
    const range = prefix === '' ? [] : [prefix, `${prefix.slice(0, -1)}0`]
    const { rows } = await this.#pool.query(prefix === '' ? this.#sql.listAll : this.#sql.list, range)
    return (rows as Row[]).map(({ key }) => key)
  }

  #apply(batches: readonly Batch[]): Promise<readonly boolean[]> {
    return inTransaction(this.#pool, async (connection) => {
      // Whoever has the lock writes. What others wrote before is seen by the statements after it.
      try {
        await connection.query(this.#sql.lock)
        const found = await revisionsIn(connection, this.#sql, batches)
        const last = Number(found.get(LAST))
        const plan = planGroup(batches, found, last)
        if (plan.lastRevision !== last) await write(connection, this.#sql, plan)
        return plan.answers
      } catch (cause) {
        throw new BatchRefused(cause)
      }
    })
  }
}

interface Statements {
  readonly version: string
  readonly read: string
  readonly revisions: string
  readonly list: string
  readonly listAll: string
  readonly lock: string
  readonly write: string
}

function statements(table: string): Statements {
  return {
    version: `SELECT version FROM ${table}_state`,
    read: `SELECT key, value, revision FROM ${table} WHERE key = ANY($1::text[])`,
    revisions: `SELECT '${LAST}' AS key, revision FROM ${table}_state
      UNION ALL SELECT key, revision FROM ${table} WHERE key = ANY($1::text[])`,
    list: `SELECT key FROM ${table} WHERE key >= $1 AND key < $2`,
    listAll: `SELECT key FROM ${table}`,
    // Not a row: to lock one is a write, which whoever is refused would wait for too. The number is "bisi" and that of the table. A server
    // may be set to answer before it has written.
    lock: `SELECT pg_advisory_xact_lock((x'62697369'::bigint << 32) | '${table}_state'::regclass::oid::bigint),
      CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END`,
    write: `WITH counted AS (UPDATE ${table}_state SET revision = $5), deleted AS (DELETE FROM ${table} WHERE key = ANY($4::text[]))
      INSERT INTO ${table} SELECT * FROM unnest($1::text[], $2::bytea[], $3::bigint[])
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision`,
  }
}

function tableArgument(table: string, argument: string): string {
  if (typeof table !== 'string' || !TABLE.test(table)) throw invalidArgument(argument, 'lower-case letters, digits and _, at most 56')
  return table
}

async function isThere(queries: PostgresQueries, table: string): Promise<boolean> {
  // Not by `to_regclass`, which may remember that there was none.
  const sql = 'SELECT relname FROM pg_catalog.pg_class WHERE relname = $1 AND pg_catalog.pg_table_is_visible(oid)'
  return (await queries.query(sql, [`${table}_state`])).rows.length > 0
}

async function create(connection: PostgresConnection, table: string): Promise<void> {
  // Two that create a table at once fail otherwise, whatever "IF NOT EXISTS" says.
  await connection.query("SELECT pg_advisory_xact_lock(hashtext('bisik'))")
  if (await isThere(connection, table)) return
  // By bytes, as the other engines: the order of a language would tear what begins alike apart.
  await connection.query(`CREATE TABLE ${table} (key text COLLATE "C" PRIMARY KEY, value bytea NOT NULL, revision bigint NOT NULL)`)
  await connection.query(`CREATE TABLE ${table}_state (version integer NOT NULL, revision bigint NOT NULL)`)
  await connection.query(`INSERT INTO ${table}_state VALUES (${SCHEMA_VERSION}, 0)`)
}

async function revisionsIn(
  queries: PostgresQueries,
  sql: Statements,
  batches: readonly Batch[],
): Promise<ReadonlyMap<RecordKey, Revision>> {
  const { rows } = await queries.query(sql.revisions, [expectedKeys(batches)])
  return new Map((rows as Row[]).map(({ key, revision }) => [key, String(revision)]))
}

async function write(connection: PostgresConnection, sql: Statements, plan: GroupPlan): Promise<void> {
  const put = [...plan.put.values()]
  const columns = [[...plan.put.keys()], put.map(({ value }) => value), put.map(({ revision }) => revision)]
  await connection.query(sql.write, [...columns, [...plan.delete], plan.lastRevision])
}

/** Runs `body` in a transaction, which is kept unless it throws. */
async function inTransaction<T>(pool: PostgresPool, body: (connection: PostgresConnection) => Promise<T>): Promise<T> {
  const connection = await pool.connect()
  connection.on('error', ignore)
  let isBroken = true
  try {
    // Whatever the server's default is: a stricter level would see the moment before the lock.
    await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED')
    try {
      const result = await body(connection)
      await connection.query('COMMIT')
      isBroken = false
      return result
    } catch (error) {
      // A connection that does not even take this back is closed, which does the same.
      isBroken = await connection.query('ROLLBACK').then(
        () => false,
        () => true,
      )
      throw error
    }
  } finally {
    connection.removeListener('error', ignore)
    connection.release(isBroken)
  }
}

/** The query that was under way says it too. */
function ignore(): void {}
