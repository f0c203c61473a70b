/**
 * A store in an IndexedDB database, shared safely by the tabs and workers of an origin. Takes the platform's objects by their shape, so
 * that nothing here needs a browser's types.
 */
import { invalidArgument, objectArgument, textArgument } from '../../arguments.js'
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

/** The `indexedDB` of a page or worker. */
export interface IndexedDbFactory {
  open(name: string, version?: number): IndexedDbRequest<IndexedDbDatabase>
}

/** An `IDBRequest`. */
export interface IndexedDbRequest<Result = unknown> {
  readonly result: Result
  readonly error: { readonly name: string } | null
  addEventListener(type: string, listener: () => void): void
}

/** An `IDBDatabase`. */
export interface IndexedDbDatabase {
  readonly version: number
  readonly objectStoreNames: { contains(name: string): boolean }
  createObjectStore(name: string): unknown
  transaction(names: string[], mode: 'readonly' | 'readwrite', options: { durability: 'strict' }): IndexedDbTransaction
  addEventListener(type: string, listener: () => void): void
  close(): void
}

/** An `IDBTransaction`. */
export interface IndexedDbTransaction {
  readonly error: unknown
  objectStore(name: string): IndexedDbObjectStore
  addEventListener(type: string, listener: () => void): void
  abort(): void
}

/** An `IDBObjectStore`. */
export interface IndexedDbObjectStore {
  get(key: string): IndexedDbRequest
  getAllKeys(): IndexedDbRequest
  put(value: unknown, key: string): IndexedDbRequest
  delete(key: string): IndexedDbRequest
}

interface Row {
  readonly value: Uint8Array
  readonly revision: number
}

const VERSION = 1
const RECORDS = 'records'
const COUNTERS = 'counters'
const LAST_REVISION = 'last revision'

/**
 * A {@link KeyStore} in an IndexedDB database of its own. What is asked for while a transaction runs shares the next, and each is written
 * to the disk before it counts (`durability: 'strict'`).
 *
 * @remarks A browser may drop the databases of an origin when the disk is full, and some do after weeks without a visit: call
 * `navigator.storage.persist()`. Deleted records stay on the disk until the browser compacts its files.
 */
export class IndexedDbStore implements KeyStore {
  readonly #db: IndexedDbDatabase
  readonly #commits: GroupCommit = new GroupCommit((batches) => this.#apply(batches))

  private constructor(db: IndexedDbDatabase) {
    this.#db = db
  }

  /**
   * Opens a database, and creates it if there is none.
   *
   * @param factory - `indexedDB`.
   * @param name - of a database that nothing else uses.
   * @throws BisikError `record-too-new` if a newer release made the database; `invalid-argument` if `factory` is none, or the database
   *         is not of bisik; and what IndexedDB gives as the reason.
   */
  static async open(factory: IndexedDbFactory, name: string): Promise<IndexedDbStore> {
    if (typeof objectArgument(factory, 'factory', ({ open }) => open) !== 'function') throw invalidArgument('factory', 'indexedDB')
    textArgument(name, 'name')
    const db = await openDatabase(factory, name)
    // Another tab wants to delete the database, or brings a newer layout: it would wait for this one forever.
    db.addEventListener('versionchange', () => db.close())
    if (db.objectStoreNames.contains(RECORDS) && db.objectStoreNames.contains(COUNTERS)) return new IndexedDbStore(db)
    db.close()
    throw invalidArgument('name', 'the name of a database that nothing else uses')
  }

  /** Closes the connection; what was asked for before is finished, what is asked for afterwards fails. */
  close(): void {
    this.#db.close()
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'IndexedDbStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    keysArgument(keys)
    const found = new Map<RecordKey, StoredRecord>()
    if (keys.length === 0) return found
    const records = this.#begin('readonly').objectStore(RECORDS)
    await Promise.all(
      keys.map(async (key) => {
        const row = (await resultOf(records.get(key))) as Row | undefined
        if (row !== undefined) found.set(key, { value: row.value, revision: String(row.revision) })
      }),
    )
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    batchArgument(batch)
    if (batch.put.size > 0 || batch.delete.size > 0) return this.#commits.commit(batch)
    const found = await revisionsIn(this.#begin('readonly'), expectedKeys([batch]))
    return planGroup([batch], found, 0).answers[0] === true
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    const keys = (await resultOf(this.#begin('readonly').objectStore(RECORDS).getAllKeys())) as RecordKey[]
    return keys.filter((key) => key.startsWith(prefix))
  }

  #begin(mode: 'readonly' | 'readwrite'): IndexedDbTransaction {
    return this.#db.transaction([RECORDS, COUNTERS], mode, { durability: 'strict' })
  }

  async #apply(batches: readonly Batch[]): Promise<readonly boolean[]> {
    const transaction = this.#begin('readwrite')
    const ended = endOf(transaction)
    try {
      // Nothing but requests of this transaction is waited for, or the browser would end it.
      const [found, last] = await Promise.all([
        revisionsIn(transaction, expectedKeys(batches)),
        resultOf(transaction.objectStore(COUNTERS).get(LAST_REVISION)),
      ])
      const plan = planGroup(batches, found, (last as number | undefined) ?? 0)
      if (plan.put.size > 0 || plan.delete.size > 0) write(transaction, plan)
      await ended
      return plan.answers
    } catch (cause) {
      abort(transaction)
      await ended.catch(() => undefined)
      throw cause instanceof BatchRefused ? cause : new BatchRefused(cause)
    }
  }
}

async function openDatabase(factory: IndexedDbFactory, name: string): Promise<IndexedDbDatabase> {
  const request = factory.open(name, VERSION)
  request.addEventListener('upgradeneeded', () => {
    for (const store of [RECORDS, COUNTERS]) request.result.createObjectStore(store)
  })
  try {
    return await resultOf(request)
  } catch (error) {
    if (request.error?.name !== 'VersionError') throw error
    const newer = await resultOf(factory.open(name))
    const { version } = newer
    newer.close()
    throw new BisikError('record-too-new', { record: 'schema', version })
  }
}

function resultOf<Result>(request: IndexedDbRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
}

/** @throws BatchRefused if the transaction was given up: nothing of it is written then. */
function endOf(transaction: IndexedDbTransaction): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', resolve)
    transaction.addEventListener('abort', () => reject(new BatchRefused(transaction.error)))
  })
  // Whoever waits for a request first learns of the end only afterwards.
  ended.catch(() => undefined)
  return ended
}

function abort(transaction: IndexedDbTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It is over already.
  }
}

async function revisionsIn(transaction: IndexedDbTransaction, keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, Revision>> {
  const records = transaction.objectStore(RECORDS)
  const found = new Map<RecordKey, Revision>()
  await Promise.all(
    keys.map(async (key) => {
      const row = (await resultOf(records.get(key))) as Row | undefined
      if (row !== undefined) found.set(key, String(row.revision))
    }),
  )
  return found
}

function write(transaction: IndexedDbTransaction, plan: GroupPlan): void {
  const records = transaction.objectStore(RECORDS)
  transaction.objectStore(COUNTERS).put(plan.lastRevision, LAST_REVISION)
  for (const [key, { value, revision }] of plan.put) {
    // What is cloned of a view is the whole buffer that it lies in.
    const copy = new Uint8Array(value)
    records.put({ value: copy, revision } satisfies Row, key)
    copy.fill(0)
  }
  for (const key of plan.delete) records.delete(key)
}
