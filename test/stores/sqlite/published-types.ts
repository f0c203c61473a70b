/**
 * The drivers of SQLite as their authors publish their types: a change there is a compile error here. Nothing runs. Those of op-sqlite
 * 18.2.5 were held to its interface by hand: a package of 340 MB is too much for that.
 */
import type { DurableObjectStorage } from '@cloudflare/workers-types/index.ts'
import type BetterSqlite3 from 'better-sqlite3'
import type { SQLiteDatabase } from 'expo-sqlite'
import type { DurableObjectSqlite, ExpoSqlite, SqliteDatabase, SyncSqlite } from '../../../src/store/engines/sqlite.js'

type Is<Wanted extends SqliteDatabase, Published extends Wanted> = Published

/** What `SqliteStore.open` takes; the doubles of the unit tests have the same types. */
export type Published =
  | Is<ExpoSqlite, SQLiteDatabase>
  | Is<DurableObjectSqlite, DurableObjectStorage>
  | Is<SyncSqlite, BetterSqlite3.Database>
