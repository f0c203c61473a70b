/** One of several relay processes on one database: fetches bundles of one device and sends to it, and prints what it got. */
import Database from 'libsql'
import { Relay } from '../../../src/relay/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'

const [file, token, user, rounds, sender] = process.argv.slice(2) as [string, string, string, string, string]
const relay = new Relay({ store: SqliteStore.open(new Database(file)), limits: { bundlesPerTarget: 1_000 } })
const account = await relay.authenticate(new Uint8Array(Buffer.from(token, 'hex')))
const ids: (number | undefined)[] = []
for (let i = 0; i < Number(rounds); i++) {
  const bundle = await relay.fetchBundle(account, { user, device: 1 })
  ids.push(bundle.oneTimePreKey?.id)
  await relay.send(
    account,
    { user, device: 1 },
    { kind: 'ratchet', sender: account.address, body: new Uint8Array(Buffer.from(`${sender}:${i}`)) },
  )
}
process.stdout.write(JSON.stringify(ids))
