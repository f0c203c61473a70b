/** Opens a store by the text that names it, in whichever process: `sqlite:FILE` or `postgres:FOLDER#TABLE`. */
import Database from 'libsql'
import { Pool } from 'pg'
import { PostgresStore } from '../../../src/store/engines/postgres.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'
import type { Batch, KeyStore } from '../../../src/store/key-store.js'

export interface Opened {
  readonly store: KeyStore
  /** How many batches were refused because another process was faster. */
  readonly refused: () => number
  readonly close: () => Promise<void>
}

/** A pool of connections to the server whose socket lies in `folder`. */
export function poolOf(folder: string): Pool {
  const pool = new Pool({ host: folder, user: 'postgres', database: 'postgres', max: 4 })
  // Idle connections end with the server.
  pool.on('error', () => undefined)
  return pool
}

export async function openPlace(place: string): Promise<Opened> {
  const [engine, where = '', table = ''] = place.split(/:|#/)
  if (engine === 'sqlite') {
    const connection = new Database(where)
    return counting(SqliteStore.open(connection, { busyTimeout: 60_000 }), async () => {
      connection.close()
    })
  }
  const pool = poolOf(where)
  return counting(await PostgresStore.open(pool, { table }), () => pool.end())
}

function counting(store: KeyStore, close: () => Promise<void>): Opened {
  let refused = 0
  const commit = async (batch: Batch): Promise<boolean> => {
    const answer = await store.commit(batch)
    if (!answer) refused++
    return answer
  }
  return { store: { read: (keys) => store.read(keys), commit, list: (prefix) => store.list(prefix) }, refused: () => refused, close }
}
