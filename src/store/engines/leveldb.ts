/**
 * A store in a LevelDB, which belongs to one process. Takes a database of abstract-level by its shape and knows nothing of the records.
 */
import { invalidArgument, readArgument } from '../../arguments.js'
import { copyBytes } from '../../bytes.js'
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
import { expectedKeys, GroupCommit, planGroup } from './group-commit.js'

interface Encodings {
  readonly keyEncoding: 'utf8'
  readonly valueEncoding: 'view'
}

/** What a batch of {@link LevelDatabase} is made of. */
export type LevelOperation =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string }

/** A database of abstract-level 1.0 or newer: classic-level, or memory-level for tests. */
export interface LevelDatabase {
  open(): Promise<void>
  getMany(keys: string[], encodings: Encodings): Promise<(Uint8Array | undefined)[]>
  batch(operations: LevelOperation[], settings: Encodings & { readonly sync: true }): Promise<void>
  keys(range: { readonly gte: string; readonly lt: string; readonly keyEncoding: 'utf8' }): { all(): Promise<string[]> }
}

const ENCODINGS: Encodings = { keyEncoding: 'utf8', valueEncoding: 'view' }
const SCHEMA_VERSION = 1
/** Records lie below it, so that nothing else is listed. */
const BELOW = 'r/'
const STATE = 'state'
const REVISION_LENGTH = 8

/** For each database its queue: LevelDB compares nothing by itself, so that one commit at a time is what makes it safe. */
const queues = new WeakMap<LevelDatabase, GroupCommit>()

/**
 * A {@link KeyStore} in a LevelDB of its own, on the disk before it counts (`sync`). Any number of stores may be opened on one database
 * object.
 *
 * @remarks Trap: of browser-level, whose databases other tabs open too, each tab would have a queue of its own: there use
 * `bisik/store/indexeddb`. The same holds for two objects made by `sublevel` with one name. Deleted and overwritten records stay in the
 * files until LevelDB compacts them: call `compactRange` of classic-level when that matters.
 */
export class LevelStore implements KeyStore {
  readonly #db: LevelDatabase
  readonly #commits: GroupCommit

  private constructor(db: LevelDatabase, commits: GroupCommit) {
    this.#db = db
    this.#commits = commits
  }

  /**
   * Takes over a database, which stays the caller's to close.
   *
   * @throws BisikError `record-too-new` if a newer release wrote it; `invalid-argument` for what is no database of abstract-level; and
   *         what that throws.
   */
  static async open(db: LevelDatabase): Promise<LevelStore> {
    const methods = readArgument((db as Partial<LevelDatabase> | null) ?? {}, 'db', ({ open, getMany, batch, keys }) => [
      open,
      getMany,
      batch,
      keys,
    ])
    if (methods.some((method) => typeof method !== 'function')) {
      throw invalidArgument('db', 'a database of abstract-level, such as new ClassicLevel(path)')
    }
    await db.open()
    const { version } = await stateOf(db)
    if (version > SCHEMA_VERSION) throw new BisikError('record-too-new', { record: 'schema', version })
    const queue = queues.get(db) ?? new GroupCommit((batches) => apply(db, batches))
    queues.set(db, queue)
    return new LevelStore(db, queue)
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'LevelStore'
  }

  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    const values = await this.#db.getMany(keysArgument(keys).map(placeOf), ENCODINGS)
    const found = new Map<RecordKey, StoredRecord>()
    for (const [i, key] of keys.entries()) {
      const stored = values[i]
      if (stored !== undefined)
        found.set(key, { value: copyBytes(stored.subarray(REVISION_LENGTH)), revision: String(readRevision(stored)) })
    }
    return found
  }

  async commit(batch: Batch): Promise<boolean> {
    return this.#commits.commit(batchArgument(batch))
  }

  async list(prefix: string): Promise<readonly RecordKey[]> {
    checkPrefix(prefix)
    const start = placeOf(prefix)
    // The first text after all that begin with "a/" is "a0": "0" follows "/".
    const keys = await this.#db.keys({ gte: start, lt: `${start.slice(0, -1)}0`, keyEncoding: 'utf8' }).all()
    return keys.map((key) => key.slice(BELOW.length))
  }
}

function placeOf(key: RecordKey): string {
  return BELOW + key
}

/** What nothing is written in yet has version 0. */
async function stateOf(db: LevelDatabase): Promise<{ readonly version: number; readonly lastRevision: number }> {
  const [state] = await db.getMany([STATE], ENCODINGS)
  if (state === undefined) return { version: 0, lastRevision: 0 }
  return { version: state[REVISION_LENGTH] as number, lastRevision: readRevision(state) }
}

async function apply(db: LevelDatabase, batches: readonly Batch[]): Promise<readonly boolean[]> {
  const keys = expectedKeys(batches)
  const [values, { lastRevision }] = await Promise.all([db.getMany(keys.map(placeOf), ENCODINGS), stateOf(db)])
  const found = new Map<RecordKey, Revision>()
  for (const [i, key] of keys.entries()) {
    const stored = values[i]
    if (stored !== undefined) found.set(key, String(readRevision(stored)))
  }
  const plan = planGroup(batches, found, lastRevision)
  if (plan.lastRevision === lastRevision) return plan.answers
  const operations: LevelOperation[] = [{ type: 'put', key: STATE, value: withRevision(plan.lastRevision, Uint8Array.of(SCHEMA_VERSION)) }]
  for (const [key, { value, revision }] of plan.put)
    operations.push({ type: 'put', key: placeOf(key), value: withRevision(revision, value) })
  for (const key of plan.delete) operations.push({ type: 'del', key: placeOf(key) })
  await db.batch(operations, { ...ENCODINGS, sync: true })
  return plan.answers
}

function withRevision(revision: number, value: Uint8Array): Uint8Array {
  const stored = new Uint8Array(REVISION_LENGTH + value.length)
  new DataView(stored.buffer).setFloat64(0, revision)
  stored.set(value, REVISION_LENGTH)
  return stored
}

function readRevision(stored: Uint8Array): number {
  return new DataView(stored.buffer, stored.byteOffset).getFloat64(0)
}
