/** The soak in a process of its own: `soak.ts MESSAGES SEED [FOLDER]`, with --expose-gc. Tells how it goes; exit code 1 if anything is wrong. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Dice } from '../interop/random.js'
import { median } from './meter.js'
import { machineOf, markdown } from './page.js'
import { PLAN, SoakWorld } from './soak-world.js'
import { loadBisik, OURS } from './subjects.js'

/** How much the resident set may grow from the second tenth to the last one. */
const DRIFT = 0.05
/** Minutes after which it gives up. */
const AT_MOST = 180
/** Looks at memory, over the whole. */
const LOOKS = 100

const HEADS = ['done', 'sent', 'delivered', 'a second', 'failures', 'restarts', 'RSS', 'heap', 'external']
const TITLE = `# Soak

Many messages over a bad network: each that arrives must open, once, as what was sent, and memory must not grow. Written by
\`npm run bench -- --soak --write\`.`
const BEGIN = Date.UTC(2026, 0, 1)

const [messages, seed, folderOfPage] = [Number(process.argv[2]), process.argv[3] ?? '', process.argv[4]]
const load = loadavg()[0] ?? 0
if (!(messages >= LOOKS)) throw new Error(`soak.ts takes a number of messages, at least ${LOOKS}`)

const bisik = await loadBisik(OURS)
const folder = mkdtempSync(join(tmpdir(), 'bisik-soak-'))
let now = BEGIN
const world = await SoakWorld.open(
  new Dice(seed),
  { bisik, folder, clock: () => bisik.main.epochMillis(now) },
  {
    isDuplicate: (error) => bisik.main.isBisikError(error, 'duplicate-message'),
    pass: (milliseconds) => {
      now += milliseconds
    },
  },
)

const started = performance.now()
const resident: number[] = []
const rows: string[][] = []
console.log(`seed ${seed}: ${storyOf()}`)
try {
  for (let look = 1; look <= LOOKS; look++) {
    while (world.count.sent < (messages * look) / LOOKS) await step()
    if (look === LOOKS) await world.drain()
    resident.push(residentAfterCollection())
    if (look % 5 === 0) tell(look)
  }
} finally {
  world.close()
  rmSync(folder, { recursive: true })
}
judge()

async function step(): Promise<void> {
  if (performance.now() - started > AT_MOST * 60_000) throw new Error(`${world.count.sent} messages in ${AT_MOST} minutes: too slow`)
  await world.step()
  // As a program that reads a socket does: native memory of what was collected is given back between two turns of the event loop, and
  // stores that answer at once would never let one end.
  await nextTurn()
}

function residentAfterCollection(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage.rss()
}

function tell(look: number): void {
  const { sent, delivered, restarts } = world.count
  const rate = Math.round(sent / ((performance.now() - started) / 1000))
  const counts = [sent, delivered, rate, world.failures.length, restarts].map((count) => count.toLocaleString('en'))
  const { heapUsed, external } = process.memoryUsage()
  const row = [`${look} %`, ...counts, ...[resident.at(-1) ?? 0, heapUsed, external].map(megabytes)]
  rows.push(row)
  console.log(row.map((cell, i) => `${cell} ${HEADS[i]}`).join(', '))
}

function judge(): void {
  const [early, late] = [median(resident.slice(LOOKS / 10, LOOKS / 5)), median(resident.slice(-LOOKS / 10))]
  const drift = late / early - 1
  for (const failure of world.failures.slice(0, 20)) console.error(failure)
  const good = world.failures.length === 0 && drift <= DRIFT
  const verdict = [
    `Refusals and other failures: ${world.failures.length}.`,
    `RSS: ${megabytes(early)} in the second tenth, ${megabytes(late)} in the last, drift ${(drift * 100).toFixed(1)} %, at most ${DRIFT * 100} %.`,
    good ? 'As it should be.' : 'NOT as it should be.',
  ].join(' ')
  const text = [storyOf(), countsOf(), verdict].join('\n\n')
  console.log(text)
  if (!good) process.exitCode = 1
  if (folderOfPage === undefined) return
  mkdirSync(folderOfPage, { recursive: true })
  const page = [TITLE, machineOf(load, `seed ${seed}`), text, markdown(HEADS, rows, 0)]
  writeFileSync(join(folderOfPage, 'soak.md'), `${page.join('\n\n')}\n`)
}

function storyOf(): string {
  const { clients, onDisk, conversations, groups, members, loss, repeated } = PLAN
  return `${clients} clients, ${onDisk} of them on SQLite, in ${conversations} conversations and ${groups} groups of ${members}; ${loss * 100} % of deliveries lost, ${repeated * 100} % repeated, all delayed at random; clients are opened again from their stores.`
}

function countsOf(): string {
  const { sent, delivered, lost, repeated, restarts, newSessions, upkeeps } = world.count
  const counts = { messages: sent, deliveries: delivered, lost, repeated, restarts, 'sessions begun': newSessions, upkeeps }
  const told = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
  const [days, minutes] = [(now - BEGIN) / 86_400_000, (performance.now() - started) / 60_000]
  return `${told.join(', ')}; ${Math.round(days)} days on their clocks, ${minutes.toFixed(1)} minutes on ours, ${(process.cpuUsage().user / 60e6).toFixed(1)} minutes of CPU time.`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
