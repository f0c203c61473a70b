/** What a library weighs: memory for each session, and bytes in a browser. */
import { browserSize, UNBUNDLED } from './browser-size.js'
import type { Meter } from './meter.js'
import {
  type Account,
  BAILEYS,
  CORE_MLS,
  DOUBLE,
  MATRIX,
  type Measured,
  MIDDLE,
  NEW,
  OLD,
  PRIVACY_RESEARCH,
  PROTEUS,
  type Task,
  TRIPLE,
  TS_MLS,
} from './task.js'

const SESSIONS = 1000
/** Met before memory is looked at: code is compiled, and what is allocated once is. */
const BEFORE = 50
/** Seconds of CPU time after which no further session is begun, once there are enough to tell anything. */
const LONG = 12
const ENOUGH = 50
const PAYLOAD = crypto.getRandomValues(new Uint8Array(256))

export const WEIGHT_TASKS: readonly Task[] = [
  {
    name: 'memory',
    title:
      'Memory for a session: 1,000 answered sessions in one account (or as many as 12 s of CPU time allow), their peers gone; bytes after garbage collection, store included',
    subjects: [DOUBLE, TRIPLE, OLD, MIDDLE, NEW, PRIVACY_RESEARCH, BAILEYS, MATRIX, PROTEUS, TS_MLS],
    targets: [],
    once: true,
    run: memory,
  },
  {
    name: 'browser',
    title: 'Size in a browser: everything of the package in a bundle, minified, and its WebAssembly; gzip',
    subjects: [TRIPLE, PRIVACY_RESEARCH, BAILEYS, MATRIX, CORE_MLS, TS_MLS],
    absent: UNBUNDLED,
    targets: [],
    once: true,
    run: browser,
  },
]

/**
 * Peers are met by an account that is kept and dropped at once. WebAssembly never gives memory back, so that a dropped peer's leaves room
 * for the next one's.
 */
async function memory(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const me = await peer.newAccount({ user: crypto.randomUUID(), device: 1 })
  for (let i = 0; i < BEFORE; i++) await meetStranger(peer, me, kem)
  const before = await settled()
  const spent = process.cpuUsage()
  let met = 0
  for (; met < SESSIONS && (met < ENOUGH || process.cpuUsage(spent).user < LONG * 1e6); met++) await meetStranger(peer, me, kem)
  const after = await settled()
  console.error(`  ${met} sessions of ${peer.name} weighed`)
  meter.size('JavaScript heap and buffers', Math.round((after.script - before.script) / met))
  // Pages come and go by the megabyte: of few sessions this says nothing.
  if (met === SESSIONS) meter.size('resident set', Math.round((after.resident - before.resident) / SESSIONS))
  if (me.address.device !== 1) throw new Error('the account is gone')
}

async function meetStranger(peer: Measured, me: Account, kem: boolean): Promise<void> {
  const stranger = await peer.newAccount({ user: crypto.randomUUID(), device: 1 })
  await stranger.startSession(await me.bundle({ oneTime: true, kem }))
  await me.decrypt(stranger.address, await stranger.encrypt(me.address, PAYLOAD))
  await stranger.decrypt(me.address, await me.encrypt(stranger.address, PAYLOAD))
  stranger.close?.()
}

async function settled(): Promise<{ readonly script: number; readonly resident: number }> {
  if (!globalThis.gc) throw new Error('memory is measured with --expose-gc')
  for (let i = 0; i < 4; i++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { script: heapUsed + external, resident: rss }
}

async function browser(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const { script, wasm } = await browserSize(peer.name)
  meter.size('scripts', script)
  meter.size('WebAssembly', wasm)
  meter.size('together', script + wasm)
}
