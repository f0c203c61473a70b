/** The soak in a process of its own: `soak.ts MESSAGES SEED`, with --expose-gc. Prints how it goes; exit code 1 if anything is wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Dice } from '../interop/random.js'
import { median } from './meter.js'
import { PLAN, SoakWorld } from './soak-world.js'
import { loadBisik, OURS } from './subjects.js'

/** How much the resident set may grow from the second tenth to the last one. */
const DRIFT = 0.05
/** Minutes after which it gives up. */
const AT_MOST = 180
/** Looks at memory, over the whole. */
const LOOKS = 100

const [messages, seed] = [Number(process.argv[2]), process.argv[3] ?? '']
if (!(messages >= LOOKS)) throw new Error(`soak.ts takes a number of messages, at least ${LOOKS}`)

const bisik = await loadBisik(OURS)
const folder = mkdtempSync(join(tmpdir(), 'bisik-soak-'))
let now = Date.UTC(2026, 0, 1)
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
console.log(
  `seed ${seed}: ${PLAN.clients} clients, ${PLAN.onDisk} of them on SQLite, ${PLAN.conversations} conversations, ${PLAN.groups} groups of ${PLAN.members}; ${PLAN.loss * 100} % lost, ${PLAN.repeated * 100} % repeated`,
)
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
}

function residentAfterCollection(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage.rss()
}

function tell(look: number): void {
  const { sent, delivered, restarts } = world.count
  const rate = Math.round(sent / ((performance.now() - started) / 1000))
  console.log(
    `${look} %: ${sent.toLocaleString('en')} sent, ${delivered.toLocaleString('en')} delivered, ${rate} a second; ${world.failures.length} failures, ${restarts} restarts, RSS ${megabytes(resident.at(-1) ?? 0)}, heap ${megabytes(process.memoryUsage().heapUsed)}`,
  )
}

function judge(): void {
  const { sent, delivered, lost, repeated, restarts, newSessions, upkeeps } = world.count
  const [early, late] = [median(resident.slice(LOOKS / 10, LOOKS / 5)), median(resident.slice(-LOOKS / 10))]
  const drift = late / early - 1
  for (const failure of world.failures.slice(0, 20)) console.error(failure)
  console.log(
    `${sent.toLocaleString('en')} messages, ${delivered.toLocaleString('en')} deliveries, ${lost.toLocaleString('en')} lost, ${repeated.toLocaleString('en')} repeated, ${restarts} restarts, ${newSessions} sessions begun, ${upkeeps} upkeeps, ${Math.round((now - Date.UTC(2026, 0, 1)) / 86_400_000)} days, in ${((performance.now() - started) / 60_000).toFixed(1)} minutes, ${(process.cpuUsage().user / 60e6).toFixed(1)} of them of CPU time`,
  )
  console.log(
    `refusals and other failures: ${world.failures.length}; RSS ${megabytes(early)} in the second tenth, ${megabytes(late)} in the last: drift ${(drift * 100).toFixed(1)} %, at most ${DRIFT * 100} %`,
  )
  if (world.failures.length > 0 || drift > DRIFT) process.exitCode = 1
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
