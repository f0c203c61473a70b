/** One of several processes that begin with an empty SQLite file: opens or creates the account and the relay's trust root. */
import Database from 'libsql'
import { Client } from '../../src/index.js'
import { Relay } from '../../src/relay/index.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const store = SqliteStore.open(new Database(process.argv[2] ?? ''))
const [client, root] = await Promise.all([Client.openOrCreate({ store }), new Relay({ store }).trustRoot()])
process.stdout.write(`client ${client.address.user} ${hex(client.identityKey)}, trust root ${hex(root)}`)
