/** Kills a process in the middle of its work, again and again, and holds it to rows 18 and 19. How often is the caller's business. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'libsql'
import { expect } from 'vitest'
import { Client, fromUtf8, MemoryStore, parseEnvelope, serializeEnvelope, utf8 } from '../../../src/index.js'
import { SqliteStore } from '../../../src/store/engines/sqlite.js'
import { signalMessageOf } from '../forge.js'
import { bundleOf } from '../parties.js'
import { program } from '../programs.js'
import { hex } from './stores.js'

/** Milliseconds that a process lives after its first new word; for the last of them, after it is ready. */
const PATIENCE = [0, 1, 3, 8, 20, 60, 200, 40]
const FROM_READY = PATIENCE.length - 1

/** What left and what came back, over all the lives of the process. */
interface Count {
  kills: number
  sent: number
  sentAgain: number
  replies: number
  openedUnheard: number
}

class Peer {
  readonly count: Count = { kills: 0, sent: 0, sentAgain: 0, replies: 0, openedUnheard: 0 }
  readonly #client: Client
  #last = false
  readonly #sent = new Map<string, string>()
  readonly #places = new Map<string, string>()
  /** Replies by name: the envelope, until the worker said that it opened it. */
  readonly #waiting = new Map<string, string>()
  readonly #texts = new Map<string, string>()

  constructor(client: Client) {
    this.#client = client
  }

  /** The worker's last life begins: it will not wait for answers. */
  finish(): void {
    this.#last = true
  }

  /** What must be delivered when the worker lives again. */
  get waiting(): readonly (readonly [name: string, envelope: string])[] {
    return [...this.#waiting]
  }

  /** Takes a line of the worker. @returns what to answer. */
  async hear(line: string): Promise<string | undefined> {
    const [word, name = '', rest = ''] = line.split(' ')
    if (word === 'sent') return this.#receive(name, rest)
    if (word === 'opened') this.#waiting.delete(name)
    if (word === 'refused') {
      // It was committed, and the process died before it could say so.
      expect(rest).toBe('duplicate-message')
      if (this.#waiting.delete(name)) this.count.openedUnheard++
    }
    if (word === 'inbox') {
      expect(Buffer.from(rest, 'hex').toString()).toBe(this.#texts.get(name))
      this.#texts.delete(name)
    }
    return undefined
  }

  /** Nothing may be missing at the end. */
  check(): void {
    expect(this.waiting).toEqual([])
    expect([...this.#texts]).toEqual([])
    const numbers = [...this.#sent.keys()].map(Number).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, i) => i))
  }

  async #receive(n: string, envelope: string): Promise<string | undefined> {
    const before = this.#sent.get(n)
    if (before !== undefined) {
      expect(envelope, 'what is sent again is the same').toBe(before)
      this.count.sentAgain++
      return undefined
    }
    this.#sent.set(n, envelope)
    const parsed = parseEnvelope(Buffer.from(envelope, 'hex'))
    const { ratchetKey, counter } = signalMessageOf(parsed)
    const place = `${hex(ratchetKey)} ${counter}`
    expect(this.#places.get(place), 'no counter of a chain twice').toBeUndefined()
    this.#places.set(place, n)
    const received = await this.#client.decrypt(parsed)
    expect('plaintext' in received && fromUtf8(received.plaintext)).toBe(`message ${n}`)
    this.count.sent++
    // Every third message is answered, so that the ratchet turns; not when the worker was asked to finish.
    if (this.count.sent % 3 !== 0 || this.#last) return undefined
    const name = String(this.count.replies++)
    const text = `reply ${name}`
    const reply = hex(
      serializeEnvelope(await this.#client.encrypt(parsed.kind === 'sealed' ? this.#client.address : parsed.sender, utf8(text))),
    )
    this.#texts.set(name, text)
    this.#waiting.set(name, reply)
    return `deliver ${name} ${reply}`
  }
}

/** Kills a process `kills` times with SIGKILL while it sends and receives on an SQLite file; then lets it come to an end. */
export async function killing(directory: string, kills: number): Promise<Count> {
  const file = join(directory, 'killed.db')
  const connection = new Database(file)
  const alice = await Client.create({ store: SqliteStore.open(connection) })
  const bob = await Client.create({ store: new MemoryStore() })
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  connection.close()
  const peer = new Peer(bob)
  for (; peer.count.kills < kills; peer.count.kills++)
    await life(peer, file, bob.address.user, PATIENCE[peer.count.kills % PATIENCE.length])
  peer.finish()
  await life(peer, file, bob.address.user, undefined)
  peer.check()
  return peer.count
}

/** One life of the process. If it is not to be killed, it is asked to finish. */
async function life(peer: Peer, file: string, user: string, fate: number | undefined): Promise<void> {
  const worker: ChildProcess = spawn(process.execPath, [...program('test/support/world/killed-worker.ts'), file, user], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = new Promise<number | null>((resolve) => worker.on('exit', (code) => resolve(code)))
  const { stdin, stdout } = worker
  if (stdin === null || stdout === null) throw new Error('a worker without pipes')
  // Whoever is killed hears nothing more.
  stdin.on('error', () => undefined)
  let doomed = false
  const doom = (): void => {
    if (doomed || fate === undefined) return
    doomed = true
    setTimeout(() => worker.kill('SIGKILL'), PATIENCE[fate])
  }
  for await (const line of createInterface({ input: stdout })) {
    if (line === 'ready') {
      for (const [name, envelope] of peer.waiting) stdin.write(`deliver ${name} ${envelope}\n`)
      if (fate === undefined) stdin.write('finish\n')
      if (fate === FROM_READY) doom()
      continue
    }
    const { sent } = peer.count
    // The last line of a process that was killed may be torn.
    const answer = isWhole(line) ? await peer.hear(line) : undefined
    if (answer !== undefined) stdin.write(`${answer}\n`)
    if (peer.count.sent > sent) doom()
  }
  expect(await exited).toBe(fate === undefined ? 0 : null)
}

function isWhole(line: string): boolean {
  const [word, name, rest = ''] = line.split(' ')
  if (word === 'opened') return name !== undefined && name !== ''
  if (word === 'refused') return rest !== ''
  try {
    if (word === 'sent') parseEnvelope(Buffer.from(rest, 'hex'))
    return true
  } catch {
    return false
  }
}
