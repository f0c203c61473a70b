/** What a tab and a worker offer to the test that drives them, on IndexedDB. Runs in a browser. */
import { toHex } from '../../../src/bytes.js'
import { Client, type DeviceAddress, isBisikError, type KeyStore, parseEnvelope, serializeEnvelope, utf8 } from '../../../src/index.js'
import { runConformanceTask } from '../../../src/store/conformance/suite.js'
import { IndexedDbStore } from '../../../src/store/engines/indexeddb.js'
import type { Batch } from '../../../src/store/key-store.js'

declare const indexedDB: Parameters<typeof IndexedDbStore.open>[0]

const stores = new Map<string, Promise<CountingStore>>()
let opened = 0

/** Counts the batches that were refused: another tab was faster. */
class CountingStore implements KeyStore {
  refused = 0
  readonly store: IndexedDbStore

  constructor(store: IndexedDbStore) {
    this.store = store
  }

  read(keys: readonly string[]): ReturnType<KeyStore['read']> {
    return this.store.read(keys)
  }

  async commit(batch: Batch): Promise<boolean> {
    const answer = await this.store.commit(batch)
    if (!answer) this.refused++
    return answer
  }

  list(prefix: string): ReturnType<KeyStore['list']> {
    return this.store.list(prefix)
  }
}

async function open(database: string): Promise<CountingStore> {
  return new CountingStore(await IndexedDbStore.open(indexedDB, database))
}

/** One store a tab for a database. */
function shared(database: string): Promise<CountingStore> {
  const store = stores.get(database) ?? open(database)
  stores.set(database, store)
  return store
}

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** What can be called, by name, with values that survive a message port. */
export const CALLS = {
  /** The conformance suite's task on a database. */
  task: async (database: string, task: string): Promise<void> => runConformanceTask(await shared(database), task),

  /** Makes two accounts that have talked both ways. */
  meet: async (from: string, to: string): Promise<DeviceAddress> => {
    const [a, b] = [await Client.create({ store: await shared(from) }), await Client.create({ store: await shared(to) })]
    const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await b.generatePreKeys(1)
    await a.startSession({ ...upload, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] ?? upload.kemPreKey })
    await b.decrypt(await a.encrypt(b.address, utf8('hello')))
    await a.decrypt(await b.encrypt(a.address, utf8('hello')))
    return b.address
  },

  /** Encrypts messages, all of them at once. */
  send: async (database: string, to: DeviceAddress, texts: readonly string[]): Promise<readonly string[]> => {
    const client = await Client.open({ store: await shared(database) })
    return Promise.all(texts.map(async (text) => toHex(serializeEnvelope(await client.encrypt(to, utf8(text))))))
  },

  /** Decrypts messages one after the other. @returns what each said, or its error. */
  receive: async (database: string, envelopes: readonly string[]): Promise<readonly string[]> => {
    const client = await Client.open({ store: await shared(database) })
    const said: string[] = []
    for (const envelope of envelopes) {
      try {
        said.push(String.fromCharCode(...(await client.decrypt(parseEnvelope(fromHex(envelope)))).plaintext))
      } catch (error) {
        said.push(isBisikError(error) ? error.code : String(error))
      }
    }
    return said
  },

  /** Puts an old copy of an account's database back in its place. @returns what an anchor makes of it. */
  putBack: async (
    from: string,
    to: string,
  ): Promise<{ readonly before: unknown; readonly sessions: unknown; readonly said: readonly string[] }> => {
    let number = 0
    const raise = async (to: number): Promise<boolean> => {
      if (to <= number) return false
      number = to
      return true
    }
    const anchor = { read: async () => number, raise }
    const store = await shared(from)
    const [alice, bob] = [await Client.create({ store, anchor }), await Client.create({ store: await shared(to) })]
    const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await bob.generatePreKeys(2)
    const bundleOf = (i: number) => ({ ...upload, oneTimePreKey: oneTimePreKeys[i], kemPreKey: oneTimeKemPreKeys[i] ?? upload.kemPreKey })
    await alice.startSession(bundleOf(0))
    const put = new Map([...(await store.read(await store.list('')))].map(([name, { value }]) => [name, value]))
    const said: string[] = []
    const say = async (client: Client, text: string): Promise<void> => {
      const outcome = client.encrypt(bob.address, utf8(text)).then((envelope) => bob.decrypt(envelope))
      said.push(
        await outcome.then(
          ({ plaintext }) => String.fromCharCode(...plaintext),
          (error: { code?: string }) => String(error.code),
        ),
      )
    }
    await say(alice, 'hello')
    const before = (await Client.open({ store, anchor })).restored
    const names = await store.list('')
    await store.commit({ expect: new Map(), put, delete: new Set(names.filter((name) => !put.has(name))) })
    const restored = await Client.open({ store: await open(from), anchor })
    await say(restored, 'again')
    await restored.startSession(bundleOf(1))
    await say(restored, 'anew')
    return { before, sessions: restored.restored?.sessions, said }
  },

  /** How many batches of this tab were refused. */
  refused: async (database: string): Promise<number> => (await shared(database)).refused,

  /** Milliseconds of commits, one after the other, each of one record of 2 KB with its expectation. */
  commits: async (database: string, count: number): Promise<readonly number[]> => {
    const store = await shared(database)
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      const start = performance.now()
      const revision = (await store.read(['session']))?.get('session')?.revision ?? null
      await store.commit({ expect: new Map([['session', revision]]), put: new Map([['session', new Uint8Array(2000)]]), delete: new Set() })
      times.push(performance.now() - start)
    }
    return times
  },
}

/** A database that no test has used, and other handles on it. */
export const freshDatabase = (): string => `database ${++opened}`
export { open, stores }
