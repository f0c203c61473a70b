/** The store on PostgreSQL: the conformance suite with processes, and what only a server does. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { keyStoreConformance } from '../../../src/store/conformance/suite.js'
import { type PostgresConnection, PostgresStore } from '../../../src/store/engines/postgres.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { poolOf } from '../processes/place.js'
import { together, work } from '../processes/together.js'
import { collected, type Group, type Running, type Test } from '../suite.js'
import { type Server, startServer } from './server.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const put = (store: KeyStore, key: string, value: string, expected?: string | null): Promise<boolean> =>
  store.commit({
    expect: expected === undefined ? new Map() : new Map([[key, expected]]),
    put: new Map([[key, bytes(value)]]),
    delete: new Set(),
  })

let tables = 0
const freshTable = (): string => `records_${++tables}`

/** @param share - of the counts of the long run. */
export function postgres(share: number): Group {
  return {
    name: 'PostgreSQL',
    async start(): Promise<Running> {
      const server = await startServer()
      const pool = poolOf(server.folder)
      return {
        tests: [...conformance(server, pool), ...serverTests(server, pool), processes(server, share)],
        stop: async () => {
          await pool.end()
          await server.stop()
        },
      }
    },
  }
}

function conformance(server: Server, pool: Pool): Test[] {
  const names = new WeakMap<KeyStore, string>()
  const open = async (table: string): Promise<KeyStore> => {
    const store = await PostgresStore.open(pool, { table })
    names.set(store, table)
    return store
  }
  return collected((test) =>
    keyStoreConformance({
      test,
      factory: () => open(freshTable()),
      reopen: (store) => open(names.get(store) ?? ''),
      spawn: async (store, task) => {
        await work(`postgres:${server.folder}#${names.get(store)}`, task)
      },
    }),
  )
}

function processes(server: Server, share: number): Test {
  const messages = Math.round(10_000 * share)
  return {
    name: `8 processes, ${messages} messages each`,
    run: () => together({ place: `postgres:${server.folder}#${freshTable()}`, folder: join(server.folder, '..'), processes: 8, messages }),
  }
}

/** What a connection has beside its queries. */
function eventsOf(connection: PoolClient): Omit<PostgresConnection, 'query'> {
  return {
    on: (event, listener) => connection.on(event, listener),
    removeListener: (event, listener) => connection.removeListener(event, listener),
    release: (isBroken) => connection.release(isBroken),
  }
}

/** The statements that a pool is asked, in order; those that `fails` names are refused. */
function watched(pool: Pool, fails: (sql: string, parameters: unknown[] | undefined) => boolean = () => false) {
  const said: string[] = []
  const query = (real: Pick<Pool, 'query'>) => async (sql: string, parameters?: unknown[]) => {
    said.push(sql.trim().split(/\s/)[0] ?? '')
    if (fails(sql, parameters)) throw new Error('refused')
    return real.query(sql, parameters)
  }
  const connect = async () => {
    const connection = await pool.connect()
    return { query: query(connection), ...eventsOf(connection) }
  }
  return { said, pool: { query: query(pool), connect } }
}

function serverTests(server: Server, pool: Pool): Test[] {
  const test = (name: string, run: () => Promise<void>): Test => ({ name, run: async () => void (await run()) as undefined })
  return [
    test('opens tables that many create at once, and refuses those of a newer release', async () => {
      const table = freshTable()
      await Promise.all(Array.from({ length: 8 }, () => PostgresStore.open(pool, { table })))
      await pool.query(`UPDATE ${table}_state SET version = 2`)
      await rejects(PostgresStore.open(pool, { table }), { code: 'record-too-new', details: { record: 'schema', version: 2 } })
    }),
    test('refuses what is no pool, and names that are none of a table', async () => {
      for (const one of [undefined, null, {}, 'postgres://localhost', { query: () => undefined }]) {
        await rejects(PostgresStore.open(one as never), { code: 'invalid-argument' })
      }
      for (const table of ['', 'A', 'a b', 'a;drop table x', 'x'.repeat(57), '1a', 7]) {
        await rejects(PostgresStore.open(pool, { table: table as string }), { code: 'invalid-argument' })
      }
    }),
    test('lets commits of one turn share a transaction of three statements', async () => {
      const spy = watched(pool)
      const store = await PostgresStore.open(spy.pool, { table: freshTable() })
      spy.said.length = 0
      const answers = await Promise.all([put(store, 'a', '1', null), put(store, 'a', '2', null), put(store, 'b', '1', null)])
      deepEqual(answers, [true, false, true])
      deepEqual(spy.said, ['BEGIN', 'SELECT', 'SELECT', 'WITH', 'COMMIT'])
    }),
    test('writes the neighbours of a batch that the server refuses', async () => {
      const table = freshTable()
      const store = await PostgresStore.open(pool, { table })
      await pool.query(`ALTER TABLE ${table} ADD CHECK (key <> 'bad')`)
      const answers = await Promise.allSettled([
        put(store, 'a', '1', null),
        put(store, 'bad', '1'),
        put(store, 'b', '1'),
        put(store, 'a', '2', null),
      ])
      deepEqual(
        answers.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason.message).includes('check constraint'))),
        [true, true, true, false],
      )
      deepEqual([...(await store.list(''))].sort(), ['a', 'b'])
    }),
    test('tries nothing again when it is unknown whether it was written', async () => {
      const failing = new Set<string>()
      const spy = watched(pool, (sql) => failing.has(sql))
      const store = await PostgresStore.open(spy.pool, { table: freshTable() })
      failing.add('COMMIT')
      spy.said.length = 0
      const answers = await Promise.allSettled([put(store, 'a', '1'), put(store, 'b', '1')])
      deepEqual(
        answers.map(({ status }) => status),
        ['rejected', 'rejected'],
      )
      equal(spy.said.filter((word) => word === 'BEGIN').length, 1)
      failing.clear()
      equal(await put(store, 'a', '2', null), true)
    }),
    test('writes before it answers, on a server that is set not to', async () => {
      const store = await PostgresStore.open(pool, { table: freshTable() })
      const seen: unknown[] = []
      const spy = watched(pool)
      const careful = await PostgresStore.open(
        {
          query: spy.pool.query,
          connect: async () => {
            const connection = await spy.pool.connect()
            await connection.query('SET synchronous_commit = off')
            return {
              ...connection,
              release: (isBroken) => connection.release(isBroken ?? true),
              query: async (sql, parameters) => {
                if (sql === 'COMMIT') seen.push((await connection.query('SHOW synchronous_commit')).rows[0])
                return connection.query(sql, parameters)
              },
            }
          },
        },
        { table: freshTable() },
      )
      equal(await put(careful, 'a', '1'), true)
      deepEqual(seen.at(-1), { synchronous_commit: 'on' })
      equal(await put(store, 'a', '1'), true)
    }),
    test('is rejected when its connection ends inside a transaction, writes nothing, and goes on', async () => {
      let isEnding = true
      const connect = async () => {
        const connection = await pool.connect()
        const query = async (sql: string, parameters?: unknown[]) => {
          if (sql.startsWith('WITH') && isEnding) {
            isEnding = false
            const { rows } = await connection.query('SELECT pg_backend_pid() AS pid')
            await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
          }
          return connection.query(sql, parameters)
        }
        return { query, ...eventsOf(connection) }
      }
      const store = await PostgresStore.open({ query: (sql, parameters) => pool.query(sql, parameters), connect }, { table: freshTable() })
      await rejects(put(store, 'a', '1', null))
      equal(isEnding, false)
      equal(await put(store, 'a', '1', null), true)
    }),
    test('fails while the server is away, and goes on when it is back', async () => {
      const own = poolOf(server.folder)
      const store = await PostgresStore.open(own, { table: freshTable() })
      equal(await put(store, 'a', '1'), true)
      await pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = $1', [
        'client backend',
      ])
      const answers = [await put(store, 'a', '2').catch(() => 'failed'), await put(store, 'a', '3').catch(() => 'failed')]
      ok(answers.includes(true), `answers: ${answers.join()}`)
      equal(new TextDecoder().decode((await store.read(['a'])).get('a')?.value), '3')
      await own.end()
    }),
  ]
}
