/** Many processes on one store (row 17). The engine, the number of processes and the counts are the caller's. */
import { deepEqual, equal, ok } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Client, type Envelope, MemoryStore, parseEnvelope, serializeEnvelope, utf8 } from '../../../src/index.js'
import { signalMessageOf } from '../../support/forge.js'
import { bundleOf } from '../../support/parties.js'
import { openPlace } from './place.js'
import type { Task } from './worker.js'

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url))
/** All that are under way at a time: fewer than the keys that a chain keeps. */
const UNDER_WAY = 1_800

let program: Promise<string> | undefined

/** The worker as one file, which starts in a fifth of the time. */
async function workerProgram(): Promise<string> {
  const outfile = fileURLToPath(new URL('../node_modules/.cache/worker.mjs', import.meta.url))
  const external = ['libsql', 'pg']
  await build({ entryPoints: [WORKER], bundle: true, format: 'esm', platform: 'node', conditions: ['@bisik/source'], external, outfile })
  return outfile
}

/** Runs a task in a process of its own. @returns the lines that it printed. */
export async function work(place: string, task: string): Promise<string[]> {
  program ??= workerProgram()
  const child = spawn(process.execPath, [await program, place, task], { stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  equal(await new Promise((resolve) => child.on('close', resolve)), 0, 'a worker failed')
  return Buffer.concat(chunks).toString().trimEnd().split('\n')
}

async function meet(first: Client, second: Client): Promise<void> {
  await first.startSession(bundleOf(await second.generatePreKeys(1)))
  await second.decrypt(await first.encrypt(second.address, utf8('hello')))
  await first.decrypt(await second.encrypt(first.address, utf8('hello')))
  await second.decrypt(await first.encrypt(second.address, utf8('hello again')))
}

const counterOf = (envelope: Envelope): number => signalMessageOf(envelope).counter
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const after = (lines: readonly string[], word: string): string[] =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))

export interface Together {
  readonly place: string
  /** For the mail of the processes. */
  readonly folder: string
  readonly processes: number
  /** Messages of each process, half of them on a session that all share, half on one of its own. */
  readonly messages: number
}

/** The processes send, then receive as much. @returns what is worth a remark. */
export async function together({ place, folder, processes, messages }: Together): Promise<string> {
  const start = performance.now()
  const { store, close } = await openPlace(place)
  const alice = await Client.create({ store })
  const [shared, ...own] = await Promise.all(range(processes + 1).map(() => Client.create({ store: new MemoryStore() })))
  if (shared === undefined) throw new Error('no peer')
  for (const peer of [shared, ...own]) await meet(alice, peer)
  const each = Math.floor(messages / 2)

  const sent = await Promise.all(
    own.map((peer, i) => {
      const sendTo = [
        { to: shared.address, count: each, label: `shared-${i}` },
        { to: peer.address, count: each, label: `own-${i}` },
      ]
      return work(place, JSON.stringify({ sendTo } satisfies Task))
    }),
  )
  const envelopes = sent.map((lines) => after(lines, 'sent').map((hex) => parseEnvelope(Buffer.from(hex, 'hex'))))
  await allArrived(
    shared,
    envelopes.flatMap((list) => list.slice(0, each)),
    range(processes).flatMap((i) => labels(`shared-${i}`, each)),
  )
  for (const [i, peer] of own.entries()) await allArrived(peer, envelopes[i]?.slice(each) ?? [], labels(`own-${i}`, each))

  const said: string[] = []
  const round = Math.floor(UNDER_WAY / processes)
  for (let done = 0; done < each; done += round) {
    const count = Math.min(round, each - done)
    const toShare = await letters(shared, alice, labels(`shared-${done}`, processes * count))
    const tasks = own.map(async (peer, i) => {
      const mine = toShare.filter((_, j) => j % processes === i || (j % 10 === 0 && (j + 1) % processes === i))
      const deliver = join(folder, `mail-${i}`)
      writeFileSync(deliver, [...mine, ...(await letters(peer, alice, labels(`own-${i}-${done}`, count)))].join('\n'))
      return work(place, JSON.stringify({ deliver } satisfies Task))
    })
    said.push(...(await Promise.all(tasks)).flat())
  }
  const opened = after(said, 'opened')
  equal(opened.length, 2 * processes * each, 'not all was opened, or some twice')
  equal(new Set(opened).size, opened.length, 'a message was opened twice')
  const refused = after(said, 'refused')
  ok(
    refused.every((code) => code === 'duplicate-message'),
    `refused: ${[...new Set(refused)].join()}`,
  )
  deepEqual([...(await store.list('skipped/')), ...(await store.list('pq-skipped/'))], [], 'keys are kept of what was opened')
  await close()
  const retries = after([...sent.flat(), ...said], 'retries').reduce((sum, text) => sum + Number(text), 0)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  return `${opened.length} sent, ${opened.length} opened, ${refused.length} duplicates refused, ${retries} retries, ${seconds} s`
}

/** No counter twice, none left out, and every text once. */
async function allArrived(peer: Client, envelopes: readonly Envelope[], expected: readonly string[]): Promise<void> {
  const inOrder = [...envelopes].sort((a, b) => counterOf(a) - counterOf(b))
  deepEqual(
    inOrder.map(counterOf),
    range(expected.length).map((i) => i + 1),
    'a counter came twice, or is left out',
  )
  const texts: string[] = []
  for (const envelope of inOrder) texts.push(Buffer.from((await peer.decrypt(envelope)).plaintext).toString())
  deepEqual(new Set(texts), new Set(expected), 'a message is lost')
}

function labels(label: string, count: number): string[] {
  return range(count).map((i) => `${label}-${i}`)
}

async function letters(from: Client, to: Client, texts: readonly string[]): Promise<string[]> {
  const lines: string[] = []
  for (const text of texts) lines.push(Buffer.from(serializeEnvelope(await from.encrypt(to.address, utf8(text)))).toString('hex'))
  return lines
}
