/**
 * Prints what one content for many devices takes on an SQLite file, its commits in shared transactions and each in one of its own:
 * `node --conditions=@bisik/source --import tsx test/stores/fan-out.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { Client, type DeviceAddress, type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'

const ROUNDS = 15
const DEVICES_OF_A_USER = 64
const folder = mkdtempSync(join(tmpdir(), 'bisik-fan-out-'))

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

/** The median of the milliseconds that `work` takes. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
}

const content = { application: utf8('x'.repeat(100)) }
for (const devices of [1, 64, 256]) {
  const connection = new Database(join(folder, `${devices}.db`))
  const store = SqliteStore.open(connection)
  const { client, to } = await sender(store, devices)
  const alone = await Client.open({ store: oneByOne(store) })
  const all = async (from: Client): Promise<void> => {
    await Promise.all(to.map((address) => from.encryptContent(address, content)))
  }
  const inTurn = async (from: Client): Promise<void> => {
    for (let i = 0; i < 64; i++) await from.encryptContent(to[i % devices] as DeviceAddress, content)
  }
  const [shared, each] = [await median(() => all(client)), await median(() => all(alone))]
  console.log(`${devices} at once: ${shared.toFixed(1)} ms shared, ${each.toFixed(1)} ms each alone, ${(shared / each).toFixed(2)}x`)
  if (devices === 64) console.log(`64 in turn: ${(await median(() => inTurn(client))).toFixed(1)} ms`)
  connection.close()
}
rmSync(folder, { recursive: true })
