/** Accounts and trust roots that several begin to make at the same moment. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Client, type KeyStore, MemoryStore } from '../../src/index.js'
import { Relay } from '../../src/relay/index.js'
import { program } from '../support/programs.js'
import { sqliteFiles } from '../support/sqlite-file.js'

const files = sqliteFiles()
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Answers in another turn of the event loop, as stores on disk do. */
function slowly(store: KeyStore): KeyStore {
  const later = async <T>(result: Promise<T>): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 3))
    return result
  }
  return {
    read: (keys) => later(store.read(keys)),
    commit: (batch) => later(store.commit(batch)),
    list: (prefix) => later(store.list(prefix)),
  }
}

describe('an account that is opened or created twice at once is one account', () => {
  const tabs: readonly [string, () => KeyStore[]][] = [
    ['one store', () => Array(3).fill(new MemoryStore()) as KeyStore[]],
    [
      'several handles of one store',
      () => {
        const store = new MemoryStore()
        return [slowly(store), slowly(store), slowly(store)]
      },
    ],
    [
      'several connections to one SQLite file',
      () => {
        const file = files.next()
        return [files.open(file), files.open(file)]
      },
    ],
  ]
  for (const [name, open] of tabs) {
    it(`on ${name}`, async () => {
      const stores = open()
      const clients = await Promise.all(stores.map((store) => Client.openOrCreate({ store })))
      expect(new Set(clients.map(({ address, identityKey }) => `${address.user} ${hex(identityKey)}`)).size).toBe(1)
      for (const client of clients) await client.generatePreKeys(1)
      expect(await clients[0]?.countPreKeys()).toEqual({ oneTime: stores.length, oneTimeKem: stores.length })
    })
  }

  it('in several processes on one SQLite file', async () => {
    const file = files.next()
    const run = () => promisify(execFile)(process.execPath, [...program('test/cases/open-twice.worker.ts'), file])
    const outputs = await Promise.all([run(), run(), run()])
    const opened = outputs.map(({ stdout }) => stdout)
    expect(opened[0]).toMatch(/^client \S+ [0-9a-f]{66}, trust root [0-9a-f]{66}$/)
    expect(new Set(opened).size).toBe(1)
  })

  it('and who names another address than the quicker one is told so', async () => {
    const store = new MemoryStore()
    const addresses = ['alice', 'bob'].map((user) => ({ user, device: 1 }))
    const results = await Promise.allSettled(addresses.map((address) => Client.openOrCreate({ store, address })))
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value.address.user : one.reason.code))).toEqual([
      'alice',
      'invalid-argument',
    ])
  })

  it('while create still says that there is an account already', async () => {
    const store = new MemoryStore()
    const results = await Promise.allSettled([0, 1].map(() => Client.create({ store: slowly(store) })))
    const codes = results.map((one) => (one.status === 'fulfilled' ? 'created' : one.reason.code))
    expect(codes.sort()).toEqual(['account-exists', 'created'])
  })
})

describe('a trust root that several relays begin to make at once', () => {
  it('is one, and so is the key that vouches', async () => {
    const store = new MemoryStore()
    const relays = [0, 1, 2].map(() => new Relay({ store: slowly(store) }))
    const roots = await Promise.all(relays.map((relay) => relay.trustRoot()))
    expect(new Set(roots.map(hex)).size).toBe(1)
    expect(hex(await new Relay({ store }).trustRoot())).toBe(hex(roots[0] ?? new Uint8Array()))
  })
})
