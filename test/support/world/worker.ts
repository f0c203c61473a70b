/** A process of its own with a client on an SQLite file: `worker <file> <task as JSON>`. Says on stdout what it did. */
import { readFileSync } from 'node:fs'
import Database from 'libsql'
import { Client, fromUtf8, isBisikError, parseEnvelope, serializeEnvelope, utf8 } from '../../../src/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'
import type { Task } from './processes.js'

const [file = '', task = '{}'] = process.argv.slice(2)
const { sendTo, deliver } = JSON.parse(task) as Task
const client = await Client.open({ store: SqliteStore.open(new Database(file)) })
const say = (...words: readonly (string | undefined)[]): unknown => process.stdout.write(`${words.join(' ')}\n`)

for (const { to, count, label } of sendTo ?? []) {
  for (let i = 0; i < count; i++) {
    const envelope = await client.encrypt(to, utf8(`${label}-${i}`))
    say('sent', Buffer.from(serializeEnvelope(envelope)).toString('hex'))
  }
}
for (const line of deliver === undefined ? [] : readFileSync(deliver, 'utf8').split('\n')) {
  try {
    say('opened', fromUtf8((await client.decrypt(parseEnvelope(Buffer.from(line, 'hex')))).plaintext))
  } catch (error) {
    say('refused', isBisikError(error) ? error.code : String(error))
  }
}
