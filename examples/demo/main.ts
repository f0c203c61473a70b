/** `npm run demo`: a text goes both ways between two processes while one of them, and then the relay, is killed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { audit } from './audit.js'
import { Process } from './processes.js'
import { linesOf, type Progress } from './records.js'
import { isGood, table } from './table.js'

const HELP = `The main job in one command: a relay and two clients, each a process of its own with its store on disk, send a text
to each other line by line, sealed, both at once. In the middle one client is killed with SIGKILL and started again, then the
relay. At the end the stores are read and counted. The exit status is 0 only if nothing was lost, nothing came twice,
and both received texts are equal to the original.

  npm run demo -- [options]

  --file FILE   the text to send   (default: sonnets of Shakespeare)
  --keep        keep the stores, and say where they are
  --help        this text
`
/** Milliseconds without any progress after which the demo has failed. */
const PATIENCE = 60_000
/** Milliseconds that a killed process stays away. */
const ABSENCE = 300

const { values } = readArguments()
const file = values.file === undefined ? fileURLToPath(new URL('text.txt', import.meta.url)) : resolve(values.file)
const lines = readText(file)
const directory = mkdtempSync(join(tmpdir(), 'bisik-demo-'))
process.on('exit', () => {
  if (!values.keep) rmSync(directory, { recursive: true, force: true })
})
const storeOf = (name: string): string => join(directory, `${name}.db`)

const relay = new Process('../relay-server/main', (line) => {
  relayUrl ??= /listening on (\S+),/.exec(line)?.[1]
})
const alice = new Process('party', (line) => heard('alice', line))
const bob = new Process('party', (line) => heard('bob', line))
const everybody = [alice, bob, relay]
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(`stopped by ${signal}`))

let relayUrl: string | undefined
let lastProgress = Date.now()
const nothing: Progress = { sent: 0, received: 0, repeated: 0, done: false }
const now = { alice: nothing, bob: nothing }
let repeatedBefore = 0
let shownAt = 0

say(`${lines.length} lines each way, stores in ${directory}`)
startRelay('0')
await until(() => relayUrl !== undefined)
startParty('alice', 'bob')
startParty('bob', 'alice')
await until(() => now.alice.sent + now.bob.sent > 0)
const started = Date.now()

await until(() => now.bob.received >= lines.length / 3)
await bob.end('SIGKILL')
repeatedBefore += now.bob.repeated
say(`bob was killed (SIGKILL) when he had sent ${now.bob.sent} lines and received ${now.bob.received}`)
await sleep(ABSENCE)
startParty('bob', 'alice')

await until(() => Math.min(now.alice.received, now.bob.received) >= (2 * lines.length) / 3)
await relay.end('SIGKILL')
say(`the relay was killed (SIGKILL) when alice had received ${now.alice.received} lines and bob ${now.bob.received}`)
await sleep(ABSENCE)
startRelay(new URL(relayUrl ?? '').port)

await until(() => now.alice.done && now.bob.done)
const seconds = (Date.now() - started) / 1_000
showProgress(true)
for (const each of everybody) await each.end('SIGTERM')

const there = await audit(lines, storeOf('alice'), storeOf('bob'))
const back = await audit(lines, storeOf('bob'), storeOf('alice'))
const repeated = repeatedBefore + now.alice.repeated + now.bob.repeated
const good = isGood(there, lines.length) && isGood(back, lines.length)
process.stdout.write(`\n${table({ there, back, lines, seconds, repeated })}\n\n`)
process.stdout.write(good ? 'Nothing lost, nothing twice, both texts equal to the original.\n' : 'FAILED: see the table.\n')
if (values.keep) process.stdout.write(`The stores are in ${directory}\n`)
process.exit(good ? 0 : 1)

function startRelay(port: string): void {
  relay.start(['--port', port, '--data', join(directory, 'relay'), '--quiet'], (status) => void stop(`the relay ended with ${status}`))
}

function startParty(name: 'alice' | 'bob', peer: string): void {
  const options = { name, peer, relay: relayUrl ?? '', store: storeOf(name), file }
  const party = name === 'alice' ? alice : bob
  party.start(
    Object.entries(options).map(([option, value]) => `--${option}=${value}`),
    (status) => void stop(`${name} ended with ${status}`),
  )
}

function heard(name: 'alice' | 'bob', line: string): void {
  const progress = JSON.parse(line) as Progress
  if (progress.sent !== now[name].sent || progress.received !== now[name].received) lastProgress = Date.now()
  now[name] = progress
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    if (Date.now() - lastProgress > PATIENCE) await stop(`no progress for ${PATIENCE / 1_000} seconds`)
    showProgress(false)
    await sleep(20)
  }
}

async function stop(reason: string): Promise<never> {
  process.stderr.write(`\nThe demo failed: ${reason}\n`)
  await Promise.all(everybody.map((each) => each.end('SIGKILL')))
  process.exit(1)
}

/** One line that is drawn again and again on a terminal, and once a second where there is none. */
function showProgress(last: boolean): void {
  const bar = ({ received }: Progress): string => {
    const full = Math.round((20 * received) / lines.length)
    return `${'#'.repeat(full)}${'.'.repeat(20 - full)} ${String(received).padStart(String(lines.length).length)}/${lines.length}`
  }
  const text = `alice → bob ${bar(now.bob)}   bob → alice ${bar(now.alice)}`
  if (process.stdout.isTTY) process.stdout.write(`\r${text}${last ? '\n' : ''}`)
  else if (last || Date.now() - shownAt >= 1_000) {
    process.stdout.write(`${text}\n`)
    shownAt = Date.now()
  }
}

function say(text: string): void {
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${text}\n`)
}

function readText(path: string): string[] {
  try {
    const text = linesOf(readFileSync(path))
    return text.length > 0 ? text : fail(`${path} has no line to send.`)
  } catch (error) {
    return fail(`The text cannot be read: ${(error as Error).message}`)
  }
}

function readArguments() {
  try {
    const parsed = parseArgs({
      options: {
        file: { type: 'string' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (parsed.values.help) {
      process.stdout.write(HELP)
      process.exit(0)
    }
    return parsed
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${HELP}`)
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
