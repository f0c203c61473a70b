/**
 * An app of its own process that gets killed: `killed-worker <file> <peer>`. Sends one message after another and opens what it is given;
 * what it knows, it knows from its store. Its words, one a line: `ready`, `sent n hex`, `opened name`, `refused name code`; at the
 * end, `inbox name hex` for all it ever opened. It hears `deliver name hex` and `finish`.
 */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'libsql'
import { Client, isBisikError, parseEnvelope, serializeEnvelope, utf8 } from '../../../src/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'

const [file = '', peer = ''] = process.argv.slice(2)
const store = SqliteStore.open(new Database(file))
const client = await Client.open({ store })
const say = (...words: readonly unknown[]): unknown => process.stdout.write(`${words.join(' ')}\n`)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
let finishing = false

async function recordsOf(prefix: string): Promise<[name: string, value: Uint8Array][]> {
  const keys = await store.list(prefix)
  return [...(await store.read(keys))].map(([key, { value }]) => [key.slice(prefix.length), value])
}

async function open(name: string, envelope: Uint8Array): Promise<void> {
  try {
    await client.decrypt(parseEnvelope(envelope), { persist: (received) => new Map([[`inbox/${name}`, received.plaintext]]) })
    // Told a little later, so that a kill often falls between the commit and the word.
    await sleep(3)
    say('opened', name)
  } catch (error) {
    say('refused', name, isBisikError(error) ? error.code : String(error))
  }
}

// What was committed and perhaps never left, leaves now: the same bytes.
const outbox = await recordsOf('app/outbox/')
let next = outbox.length
say('ready')
for (const [n, value] of outbox) say('sent', n, hex(value))

const openings: Promise<void>[] = []
createInterface({ input: process.stdin }).on('line', (line) => {
  const [word, name = '', envelope = ''] = line.split(' ')
  if (word === 'deliver') openings.push(open(name, Buffer.from(envelope, 'hex')))
  else finishing = true
})

while (!finishing) {
  const n = next++
  const envelope = await client.encrypt({ user: peer, device: 1 }, utf8(`message ${n}`), {
    persist: (kept) => new Map([[`outbox/${n}`, serializeEnvelope(kept)]]),
  })
  say('sent', n, hex(serializeEnvelope(envelope)))
  await new Promise((resolve) => setImmediate(resolve))
}
await Promise.all(openings)
for (const [name, value] of await recordsOf('app/inbox/')) say('inbox', name, hex(value))
process.exit(0)
