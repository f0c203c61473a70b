/** Engines that hold nothing and answer at once, for what is asked of arguments alone. `npm run test:stores` has the real ones. */
import type { IndexedDbDatabase, IndexedDbFactory, IndexedDbRequest, IndexedDbTransaction } from '../../src/store/engines/indexeddb.js'
import type { LevelDatabase } from '../../src/store/engines/leveldb.js'
import type { PostgresConnection, PostgresPool, PostgresQueries } from '../../src/store/engines/postgres.js'

const ROWS: readonly (readonly [sql: RegExp, row: unknown])[] = [
  [/relname/, { relname: 'bisik_record_state' }],
  [/SELECT version/, { version: 1 }],
  [/UNION ALL/, { key: '', revision: '0' }],
]

const queries: PostgresQueries = {
  query: async (sql) => ({ rows: ROWS.filter(([pattern]) => pattern.test(sql)).map(([, row]) => row) }),
}
const connection: PostgresConnection = { ...queries, on: () => undefined, removeListener: () => undefined, release: () => undefined }

/** An empty table of PostgreSQL. */
export const emptyPool: PostgresPool = { ...queries, connect: async () => connection }

/** An empty LevelDB. */
export const emptyLevel: LevelDatabase = {
  open: async () => undefined,
  getMany: async (keys) => keys.map(() => undefined),
  batch: async () => undefined,
  keys: () => ({ all: async () => [] }),
}

/** Calls whoever waits for one of `events`. */
function told(...events: readonly string[]): { addEventListener(type: string, listener: () => void): void } {
  return { addEventListener: (type, listener) => (events.includes(type) ? queueMicrotask(listener) : undefined) }
}

function answered<Result>(result: Result): IndexedDbRequest<Result> {
  return { ...told('success'), result, error: null }
}

const objectStore = {
  get: () => answered(undefined),
  getAllKeys: () => answered([]),
  put: () => answered(undefined),
  delete: () => answered(undefined),
}
const database: IndexedDbDatabase = {
  ...told(),
  version: 1,
  objectStoreNames: { contains: () => true },
  createObjectStore: () => undefined,
  transaction: (): IndexedDbTransaction => ({ ...told('complete'), error: null, objectStore: () => objectStore, abort: () => undefined }),
  close: () => undefined,
}

/** An empty IndexedDB. */
export const emptyIndexedDb: IndexedDbFactory = { open: () => answered(database) }
