/** What a strict program writes with every entry, and what it relies on in their types. It is checked and never run. */
import {
  BisikError,
  Client,
  type Envelope,
  fromUtf8,
  isBisikError,
  type KeyStore,
  MemoryStore,
  type Persist,
  type Received,
  utf8,
} from 'bisik'
import { isBisikError as isSameError } from 'bisik/errors'
import * as libsignal from 'bisik/libsignal'
import * as protocol from 'bisik/protocol'
import { Relay } from 'bisik/relay'
import { scoped } from 'bisik/store'
import * as conformance from 'bisik/store/conformance'
import { encryptedStore } from 'bisik/store/encrypted'
import { type IndexedDbFactory, IndexedDbStore } from 'bisik/store/indexeddb'
import { type LevelDatabase, LevelStore } from 'bisik/store/leveldb'
import { type PostgresPool, PostgresStore } from 'bisik/store/postgres'
import { SqliteStore } from 'bisik/store/sqlite'
import { serializeContent } from 'bisik/wire'

const toHistory: Persist<Received> = function* (received, tx) {
  const [last] = yield* tx.read('last')
  const number = last === undefined ? 1 : Number(fromUtf8(last)) + 1
  return new Map([[`history/${number}`, received.plaintext]])
}

export async function talk(alice: Client, bob: Client): Promise<string> {
  const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await bob.generatePreKeys(1)
  await alice.startSession({ ...upload, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] })
  const envelope: Envelope = await alice.encrypt(bob.address, utf8('hello'))
  const received = await bob.decrypt(envelope, { persist: toHistory })
  if (received.kind === 'message') return `${received.session.kind}: ${fromUtf8(received.plaintext)}`
  // @ts-expect-error what is left is a message of a group, which has no session
  return received.session.kind
}

export async function open(factory: IndexedDbFactory, pool: PostgresPool, database: LevelDatabase): Promise<readonly KeyStore[]> {
  const inMemory = new MemoryStore()
  const indexed: KeyStore = await IndexedDbStore.open(factory, 'alice')
  const relay = new Relay({ store: scoped(inMemory, 'relay') })
  await Client.openOrCreate({ store: indexed, trustRoots: [await relay.trustRoot()] })
  return [inMemory, indexed, await PostgresStore.open(pool, { table: 'alice' }), await LevelStore.open(database)]
}

export function whatToDo(error: unknown): string {
  if (!isBisikError(error)) return 'not ours'
  switch (error.code) {
    case 'duplicate-message':
      return `acknowledge ${error.details.counter.toFixed()}`
    case 'no-session':
      return `start a session with ${error.details.user.toUpperCase()}`
    // @ts-expect-error there is no such code
    case 'no-such-code':
      return ''
    default:
      return error.message
  }
}

// @ts-expect-error text is no content
export const wrong = (client: Client): Promise<Envelope> => client.encrypt(client.address, 'hello')
// @ts-expect-error details belong to a code
export const made = new BisikError('duplicate-message', { user: 'alice' })
export const used = [isSameError, libsignal, protocol, conformance, encryptedStore, SqliteStore, serializeContent]
