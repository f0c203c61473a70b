/** The store on LevelDB: the conformance suite on the disk and in memory, and what only this engine does. */
import { deepEqual, equal, rejects } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { MemoryLevel } from 'memory-level'
import { keyStoreConformance } from '../../../src/store/conformance/suite.js'
import { type LevelDatabase, LevelStore } from '../../../src/store/engines/leveldb.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { collected, type Group, type Test } from '../suite.js'

const put = (store: KeyStore, key: string, expected?: string | null): Promise<boolean> =>
  store.commit({
    expect: expected === undefined ? new Map() : new Map([[key, expected]]),
    put: new Map([[key, new Uint8Array(3)]]),
    delete: new Set(),
  })

export const leveldb: Group = {
  name: 'LevelDB',
  start: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bisik-level-'))
    const databases: ClassicLevel[] = []
    const fresh = (): ClassicLevel => {
      const database = new ClassicLevel(join(folder, String(databases.length)))
      databases.push(database)
      return database
    }
    const tests = [
      ...conformance(fresh).map((test) => ({ ...test, name: `on the disk: ${test.name}` })),
      ...conformance(() => new MemoryLevel()).map((test) => ({ ...test, name: `in memory: ${test.name}` })),
      ...ownTests(fresh),
    ]
    return {
      tests,
      stop: async () => {
        for (const database of databases) await database.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}

function conformance(fresh: () => LevelDatabase): Test[] {
  const databases = new WeakMap<KeyStore, LevelDatabase>()
  const open = async (database: LevelDatabase): Promise<KeyStore> => {
    const store = await LevelStore.open(database)
    databases.set(store, database)
    return store
  }
  return collected((test) =>
    keyStoreConformance({ test, factory: () => open(fresh()), reopen: (store) => open(databases.get(store) ?? fresh()) }),
  )
}

function ownTests(fresh: () => ClassicLevel): Test[] {
  const test = (name: string, run: () => Promise<void>): Test => ({
    name,
    run: async () => {
      await run()
      return undefined
    },
  })
  return [
    test('keeps records and revisions when the database is closed and opened again', async () => {
      const database = fresh()
      const store = await LevelStore.open(database)
      await put(store, 'a')
      await put(store, 'b')
      await database.close()
      const again = await LevelStore.open(database)
      equal((await again.read(['a'])).get('a')?.revision, '1')
      await put(again, 'c')
      equal((await again.read(['c'])).get('c')?.revision, '3')
      deepEqual(await again.list(''), ['a', 'b', 'c'])
    }),
    test('writes the commits of a turn in one batch, on the disk before it counts', async () => {
      const database = fresh()
      const asked: unknown[] = []
      const original = database.batch.bind(database) as (operations: unknown[], settings: unknown) => Promise<void>
      Object.assign(database, {
        batch: (operations: unknown[], settings: unknown) => {
          asked.push([operations.length, settings])
          return original(operations, settings)
        },
      })
      const [store, other] = [await LevelStore.open(database), await LevelStore.open(database)]
      deepEqual(await Promise.all([put(store, 'a', null), put(other, 'a', null), put(other, 'b', null)]), [true, false, true])
      deepEqual(asked, [[3, { keyEncoding: 'utf8', valueEncoding: 'view', sync: true }]])
    }),
    test('refuses what is no database, and the records of a newer release', async () => {
      for (const one of [undefined, null, {}, '/path']) await rejects(LevelStore.open(one as never), { code: 'invalid-argument' })
      const database = fresh()
      await put(await LevelStore.open(database), 'a')
      const state = Buffer.alloc(9)
      state[8] = 2
      await database.put('state', state as never, { valueEncoding: 'buffer' })
      await rejects(LevelStore.open(database), { code: 'record-too-new', details: { record: 'schema', version: 2 } })
    }),
    test('fails on a database that is closed, and writes nothing', async () => {
      const database = fresh()
      const store = await LevelStore.open(database)
      await database.close()
      await rejects(put(store, 'a'), { code: 'LEVEL_DATABASE_NOT_OPEN' })
      deepEqual(await (await LevelStore.open(database)).list(''), [])
    }),
  ]
}
