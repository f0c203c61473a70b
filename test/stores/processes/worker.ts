/**
 * A process of its own on a store: `worker PLACE TASK`, where the task is the conformance suite's, or JSON. Says on stdout what it did.
 */
import { readFileSync } from 'node:fs'
import { Client, type DeviceAddress, fromUtf8, isBisikError, parseEnvelope, serializeEnvelope, utf8 } from '../../../src/index.js'
import { runConformanceTask } from '../../../src/store/conformance/suite.js'
import { openPlace } from './place.js'

/** What a process does. */
export interface Task {
  readonly sendTo?: readonly { readonly to: DeviceAddress; readonly count: number; readonly label: string }[]
  /** A file of envelopes, one a line in hexadecimal. */
  readonly deliver?: string
}

const say = (...words: readonly (string | number | undefined)[]): unknown => process.stdout.write(`${words.join(' ')}\n`)

async function work(client: Client, { sendTo, deliver }: Task): Promise<void> {
  for (const { to, count, label } of sendTo ?? []) {
    for (let i = 0; i < count; i++) {
      say('sent', Buffer.from(serializeEnvelope(await client.encrypt(to, utf8(`${label}-${i}`)))).toString('hex'))
    }
  }
  for (const line of deliver === undefined ? [] : readFileSync(deliver, 'utf8').split('\n')) {
    try {
      say('opened', fromUtf8((await client.decrypt(parseEnvelope(Buffer.from(line, 'hex')))).plaintext))
    } catch (error) {
      say('refused', isBisikError(error) ? error.code : String(error))
    }
  }
}

const [place = '', task = ''] = process.argv.slice(2)
const { store, refused, close } = await openPlace(place)
if (task.startsWith('{')) await work(await Client.open({ store }), JSON.parse(task) as Task)
else await runConformanceTask(store, task)
say('retries', refused())
await close()
