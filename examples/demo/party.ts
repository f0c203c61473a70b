/**
 * One side of the demo: sends a text to its peer line by line and keeps what it receives. It may be killed at any moment; started
 * again with the same arguments it goes on where it was. It reports its progress as lines of JSON.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type DeviceAddress, fromUtf8, utf8 } from 'bisik'
import { openAccount, readRecords } from '../shared/account.js'
import { RelayAway } from '../shared/link.js'
import { Messenger } from '../shared/messenger.js'
import { isRefused } from '../shared/refusals.js'
import { encodeLine, linesOf, namedRecord, POSTED, type Progress, receivedRecord, wireRecord } from './records.js'

/** Lines posted ahead of what the relay has: enough to keep busy, few enough that a crash falls among them. */
const AHEAD = 8

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: '' },
    peer: { type: 'string', default: '' },
    relay: { type: 'string', default: '' },
    store: { type: 'string', default: '' },
    file: { type: 'string', default: '' },
  },
})
const lines = linesOf(readFileSync(values.file))
const account = await openAccount(values.store)
const records = await readRecords(account.store)
let posted = Number(fromUtf8(records.get(POSTED) ?? utf8('0')))
let received = [...records.keys()].filter((name) => name.startsWith('received/')).length
let repeated = 0

const messenger = await Messenger.open({
  account,
  name: values.name,
  relayUrl: values.relay,
  events: {
    keep: ({ application }) => new Map([receivedRecord(received, application ?? new Uint8Array(0))]),
    received: () => {
      received++
    },
    duplicate: () => {
      repeated++
    },
    unreadable: ({ error }) => fail(`a message could not be opened: ${error.message}`),
    answered: () => fail('the peer could not open a message'),
    sealed: (tag, envelope) => new Map([wireRecord(tag, envelope)]),
    settled: (tag, named) => new Map(named ? [namedRecord(tag)] : []),
    sent: () => undefined,
    failed: (_, __, error) => fail(`a message could not be sent: ${error.message}`),
    keyChanged: () => fail('the key of the peer changed'),
    relay: () => undefined,
    stopped: ({ message }) => fail(message),
  },
})
process.on('SIGTERM', () => process.exit(0))
const reporting = setInterval(report, 50)

await messenger.introduce()
await messenger.start()
const peer = await findPeer()
while (posted < lines.length) {
  await messenger.outbox.atMost(AHEAD)
  const line = posted++
  await messenger.outbox.add(peer, encodeLine(line, lines[line] ?? ''), String(line), new Map([[POSTED, utf8(String(posted))]]))
}
await messenger.outbox.atMost(0)
while (received < lines.length) await sleep(20)
clearInterval(reporting)
report()
// The last acknowledgements are on their way; whoever started this process ends it.
setInterval(() => undefined, 60_000)

async function findPeer(): Promise<DeviceAddress> {
  for (;;) {
    try {
      return await messenger.find(values.peer)
    } catch (error) {
      if (!(error instanceof RelayAway) && !isRefused(error, 'not-found')) throw error
      await sleep(200)
    }
  }
}

function report(): void {
  const sent = posted - messenger.outbox.waiting
  const done = sent === lines.length && received >= lines.length
  const progress: Progress = { sent, received, repeated, done }
  process.stdout.write(`${JSON.stringify(progress)}\n`)
}

function fail(what: string): never {
  process.stderr.write(`${values.name}: ${what}\n`)
  process.exit(1)
}
