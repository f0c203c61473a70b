/** Several processes on one SQLite file, and what row 17 asks of them. The counts are the caller's. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { expect } from 'vitest'
import {
  Client,
  type DeviceAddress,
  type Envelope,
  fromUtf8,
  MemoryStore,
  parseEnvelope,
  serializeEnvelope,
  utf8,
} from '../../../src/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { signalMessageOf } from '../forge.js'
import { bundleOf } from '../parties.js'
import { program } from '../programs.js'
import { hex } from './stores.js'

/** What a process does. */
export interface Task {
  readonly sendTo?: readonly { readonly to: DeviceAddress; readonly count: number; readonly label: string }[]
  /** A file of envelopes, one a line in hexadecimal. */
  readonly deliver?: string
}

const PROCESSES = [0, 1, 2, 3] as const
/** Messages for each process at a time: four times as many are fewer than the keys that a chain keeps. */
const ROUND = 450

/** Runs a task in a process of its own. @returns the lines that it printed. */
async function work(file: string, task: Task): Promise<string[]> {
  const child = spawn(process.execPath, [...program('test/support/world/worker.ts'), file, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect(code).toBe(0)
  return Buffer.concat(chunks).toString().trimEnd().split('\n')
}

async function answer(first: Client, second: Client): Promise<void> {
  await first.startSession(bundleOf(await second.generatePreKeys(1)))
  await second.decrypt(await first.encrypt(second.address, utf8('hello')))
  await first.decrypt(await second.encrypt(first.address, utf8('hello')))
  await second.decrypt(await first.encrypt(second.address, utf8('hello again')))
}

/**
 * Four processes send `count` messages each on one session, and as many on a session each; then four processes open as many from
 * four peers on one store, a tenth of them delivered to two.
 */
export async function fourProcesses(directory: string, count: number): Promise<void> {
  const start = performance.now()
  const file = join(directory, 'alice.db')
  const connection = new Database(file)
  const store = SqliteStore.open(connection)
  const alice = await Client.create({ store })
  const [shared, ...peers] = await Promise.all([...PROCESSES, 4].map(() => Client.create({ store: new MemoryStore() })))
  if (shared === undefined) throw new Error('no peer')
  for (const peer of [shared, ...peers]) await answer(alice, peer)

  const sent = await Promise.all(
    PROCESSES.map((i) =>
      work(file, {
        sendTo: [
          { to: shared.address, count, label: `shared-${i}` },
          { to: (peers[i] ?? shared).address, count, label: `own-${i}` },
        ],
      }),
    ),
  )
  const envelopes = sent.map((lines) => lines.map((line) => parseEnvelope(Buffer.from(line.replace('sent ', ''), 'hex'))))
  const onShared = envelopes.flatMap((list) => list.slice(0, count))
  expect(onShared).toHaveLength(4 * count)
  // No counter twice, none left out: every commit gave one message.
  expect(onShared.map((envelope) => signalMessageOf(envelope).counter).sort((a, b) => a - b)).toEqual(range(1, 4 * count))
  expect(new Set(onShared.map((envelope) => hex(signalMessageOf(envelope).ratchetKey))).size).toBe(1)
  expect(await texts(shared, onShared)).toEqual(new Set(PROCESSES.flatMap((i) => labels(`shared-${i}`, count))))
  for (const i of PROCESSES)
    expect(await texts(peers[i] ?? shared, envelopes[i]?.slice(count) ?? [])).toEqual(new Set(labels(`own-${i}`, count)))

  // Now the other way: alice's store is opened by four processes, which share what one peer sent and have a peer each beside it. In
  // rounds: a chain keeps 2,000 keys of messages that others overtook, and a process may be far behind the others.
  const said: string[] = []
  for (let done = 0; done < count; done += ROUND) {
    const round = Math.min(ROUND, count - done)
    const fromShared = await letters(shared, alice, `shared-${done}`, 4 * round)
    const tasks = await Promise.all(
      PROCESSES.map(async (i) => {
        const mine = fromShared.filter((_, j) => j % 4 === i || (j % 10 === 0 && (j + 1) % 4 === i))
        const deliver = join(directory, `mail-${i}`)
        writeFileSync(deliver, [...mine, ...(await letters(peers[i] ?? shared, alice, `own-${i}-${done}`, round))].join('\n'))
        return { deliver }
      }),
    )
    said.push(...(await Promise.all(tasks.map((task) => work(file, task)))).flat())
  }
  const opened = said.filter((line) => line.startsWith('opened ')).map((line) => line.replace('opened ', ''))
  expect(opened).toHaveLength(8 * count)
  expect(new Set(opened).size).toBe(8 * count)
  const refused = said.filter((line) => !line.startsWith('opened '))
  expect(new Set(refused)).toEqual(new Set(['refused duplicate-message']))
  expect(await left(store)).toEqual([])
  connection.close()
  console.log(
    `row 17: four processes, n = ${8 * count} sent, ${8 * count} opened, ${refused.length} duplicates refused: ${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
}

function labels(label: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${label}-${i}`)
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i)
}

async function texts(client: Client, envelopes: readonly Envelope[]): Promise<ReadonlySet<string | undefined>> {
  const found = new Set<string | undefined>()
  // In the order of the counters, as a relay would have stored them.
  const inOrder = [...envelopes].sort((a, b) => signalMessageOf(a).counter - signalMessageOf(b).counter)
  for (const envelope of inOrder) found.add(fromUtf8((await client.decrypt(envelope)).plaintext))
  return found
}

async function letters(from: Client, to: Client, label: string, count: number): Promise<string[]> {
  const lines: string[] = []
  for (const text of labels(label, count)) {
    lines.push(Buffer.from(serializeEnvelope(await from.encrypt(to.address, utf8(text)))).toString('hex'))
  }
  return lines
}

/** Kept keys: none may be left when everything was opened. */
async function left(store: KeyStore): Promise<readonly string[]> {
  return [...(await store.list('skipped/')), ...(await store.list('pq-skipped/'))]
}
