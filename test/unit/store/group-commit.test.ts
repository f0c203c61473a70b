import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { Client, type DeviceAddress, MemoryStore } from '../../../src/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { storeContents } from '../../support/faulty-store.js'

interface Watched {
  readonly store: SqliteStore
  readonly db: Database.Database
  /** What the store told the database beside its prepared statements. */
  readonly said: string[]
  /** The first of these that comes throws once. */
  readonly failing: Set<string>
}

function watched(): Watched {
  const db = new Database(':memory:')
  const said: string[] = []
  const failing = new Set<string>()
  const exec = (sql: string): unknown => {
    said.push(sql)
    if (failing.delete(sql)) throw new Error(`no ${sql}`)
    return db.exec(sql)
  }
  const store = SqliteStore.open({ exec, prepare: (sql) => db.prepare(sql) })
  said.length = 0
  return { store, db, said, failing }
}

const put = (store: KeyStore, key: string, text: string, expected?: string | null): Promise<boolean> =>
  store.commit({
    expect: expected === undefined ? new Map() : new Map([[key, expected]]),
    put: new Map([[key, utf8(text)]]),
    delete: new Set(),
  })

describe('commits of one turn', () => {
  it('share a transaction, each with its own expectations, in the order of the calls', async () => {
    const { store, said } = watched()
    const answers = await Promise.all([
      put(store, 'a', '1', null),
      put(store, 'a', '2', null),
      put(store, 'b', '1', null),
      put(store, 'a', '3', '1'),
      put(store, 'b', '2'),
    ])
    expect(answers).toEqual([true, false, true, true, true])
    expect(said).toEqual(['BEGIN IMMEDIATE', 'COMMIT'])
    expect(await storeContents(store)).toEqual({ a: '33', b: '32' })
  })

  it('give every write a revision of its own, also those of one record', async () => {
    const { store } = watched()
    await Promise.all([put(store, 'a', '1'), put(store, 'b', '1'), put(store, 'a', '2')])
    const found = await store.read(['a', 'b'])
    expect([found.get('a')?.revision, found.get('b')?.revision]).toEqual(['3', '2'])
    expect(await put(store, 'a', '3', '1')).toBe(false)
  })

  it('are one transaction for a content for 64 devices', async () => {
    const { store, said } = watched()
    const client = await Client.create({ store })
    const peer = await Client.create({ store: new MemoryStore() })
    const { oneTimePreKeys: _, oneTimeKemPreKeys: __, ...upload } = await peer.generatePreKeys(0)
    const to: DeviceAddress[] = Array.from({ length: 64 }, (_, i) => ({ user: peer.address.user, device: i + 1 }))
    for (const address of to) await client.startSession({ ...upload, address, oneTimePreKey: undefined })
    said.length = 0
    await Promise.all(to.map((address) => client.encryptContent(address, { application: utf8('hello') })))
    expect(said.filter((sql) => sql === 'BEGIN IMMEDIATE')).toHaveLength(1)
  })

  it('are not held up by what only confirms, and do not hold it up', async () => {
    const { store, said } = watched()
    const answers = await Promise.all([
      put(store, 'a', '1'),
      store.commit({ expect: new Map([['a', null]]), put: new Map(), delete: new Set() }),
    ])
    expect(answers).toEqual([true, true])
    expect(said).toEqual(['BEGIN', 'COMMIT', 'BEGIN IMMEDIATE', 'COMMIT'])
  })
})

describe('a batch that the driver refuses', () => {
  it('fails alone: its neighbours are applied without it', async () => {
    const { store, db, said } = watched()
    db.exec("CREATE TRIGGER full BEFORE INSERT ON record WHEN NEW.key = 'bad' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    const answers = await Promise.allSettled([
      put(store, 'a', '1', null),
      put(store, 'bad', '1'),
      put(store, 'b', '1', null),
      put(store, 'a', '2', null),
    ])
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      true,
      expect.stringContaining('the disk is full'),
      true,
      false,
    ])
    expect(said.filter((sql) => sql === 'BEGIN IMMEDIATE')).toHaveLength(5)
    expect(await storeContents(store)).toEqual({ a: '31', b: '31' })
  })

  it.each(['BEGIN IMMEDIATE', 'COMMIT'])(
    'is not told from the others when %s fails: all are rejected, and nothing is tried again',
    async (sql) => {
      const { store, said, failing } = watched()
      failing.add(sql)
      const answers = await Promise.allSettled([put(store, 'a', '1', null), put(store, 'b', '1', null)])
      expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
      expect(said.filter((one) => one === 'BEGIN IMMEDIATE')).toHaveLength(1)
      expect(await put(store, 'a', '2', null)).toBe(true)
      expect(await storeContents(store)).toEqual({ a: '32' })
    },
  )
})
