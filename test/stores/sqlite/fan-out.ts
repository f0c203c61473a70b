/** What one content for many devices takes on an SQLite file: what sharing a transaction is for. */
import { join } from 'node:path'
import Database from 'libsql'
import { Client, type DeviceAddress, type KeyStore, MemoryStore, utf8 } from '../../../src/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'

const ROUNDS = 15
const DEVICES_OF_A_USER = 64
const CONTENT = { application: utf8('x'.repeat(100)) }

/** The same store, given one commit at a time. */
function oneByOne(store: KeyStore): KeyStore {
  let last: Promise<unknown> = Promise.resolve()
  return {
    read: (keys) => store.read(keys),
    list: (prefix) => store.list(prefix),
    commit: (batch) => {
      const answer = last.then(() => store.commit(batch))
      last = answer.catch(() => undefined)
      return answer
    },
  }
}

async function sender(store: KeyStore, devices: number): Promise<{ readonly client: Client; readonly to: readonly DeviceAddress[] }> {
  const client = await Client.create({ store })
  const to: DeviceAddress[] = []
  for (let peer = await Client.create({ store: new MemoryStore() }); to.length < devices; ) {
    if (to.length % DEVICES_OF_A_USER === 0) peer = await Client.create({ store: new MemoryStore() })
    const { oneTimePreKeys: _, oneTimeKemPreKeys: __, ...upload } = await peer.generatePreKeys(0)
    const address = { user: peer.address.user, device: 1 + (to.length % DEVICES_OF_A_USER) }
    await client.startSession({ ...upload, address, oneTimePreKey: undefined })
    to.push(address)
  }
  return { client, to }
}

/**
 * Sends one content to many devices, in turns with its commits in a shared transaction and each in one of its own.
 *
 * @returns the medians of the milliseconds.
 */
export async function fanOut(folder: string, devices: number): Promise<{ readonly shared: number; readonly alone: number }> {
  const connection = new Database(join(folder, `${devices}.db`))
  const store = SqliteStore.open(connection)
  const { client, to } = await sender(store, devices)
  const clients = { shared: client, alone: await Client.open({ store: oneByOne(store) }) }
  const times = { shared: [] as number[], alone: [] as number[] }
  for (let round = 0; round < 2 * ROUNDS; round++) {
    const how = round % 2 === 0 ? 'shared' : 'alone'
    const start = performance.now()
    await Promise.all(to.map((address) => clients[how].encryptContent(address, CONTENT)))
    times[how].push(performance.now() - start)
  }
  connection.close()
  const median = (list: number[]): number => list.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
  return { shared: median(times.shared), alone: median(times.alone) }
}
