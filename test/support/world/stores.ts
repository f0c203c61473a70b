/**
 * Stores around stores: one that dies at a chosen call, one that reads along what is committed, one that is another handle. Knows
 * records of sessions, no message.
 */
import { idOf } from '../../../src/protocol/session/session.js'
import { decodeArchive, decodeSession, type LocalEnd } from '../../../src/records/session-record.js'
import { decodeSkippedIndex } from '../../../src/records/skipped-keys-record.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { Batch, KeyStore, RecordKey, StoredRecord } from '../../../src/store/key-store.js'
import { parseRecordKey } from '../../../src/store/record-key.js'

/** How a call ends badly, before or after it did its work: it rejects, or the process is gone and nothing ever settles. */
export const CRASHES = ['throw-before', 'throw-after', 'kill-before', 'kill-after'] as const
/** One of {@link CRASHES}. */
export type Crash = (typeof CRASHES)[number]

/** A store whose call number `at` (from 1) crashes. After a kill nothing that was asked for ever settles. */
export class CrashingStore implements KeyStore {
  readonly #inner: KeyStore
  readonly #crash: Crash | undefined
  readonly #die: () => void
  #at: number
  calls = 0
  /** Resolves when the process was killed. */
  readonly killed: Promise<'killed'>

  constructor(inner: KeyStore, crash?: Crash, at: number = Number.POSITIVE_INFINITY) {
    this.#inner = inner
    this.#crash = crash
    this.#at = at
    let die = () => {}
    this.killed = new Promise((resolve) => {
      die = () => resolve('killed')
    })
    this.#die = die
  }

  /** Counts calls from here on, so that what came before (opening a client) is not hit. */
  arm(at: number): void {
    this.#at = this.calls + at
  }

  read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    return this.#call(() => this.#inner.read(keys))
  }

  commit(batch: Batch): Promise<boolean> {
    return this.#call(() => this.#inner.commit(batch))
  }

  list(prefix: string): Promise<readonly RecordKey[]> {
    return this.#call(() => this.#inner.list(prefix))
  }

  async #call<T>(run: () => Promise<T>): Promise<T> {
    const place = ++this.calls - this.#at
    if (place < 0 || (place > 0 && this.#crash?.startsWith('throw') !== false)) return run()
    if (place > 0) return new Promise(() => undefined)
    if (this.#crash === 'throw-after' || this.#crash === 'kill-after') await run()
    if (this.#crash === 'throw-before' || this.#crash === 'throw-after') throw new Error('the disk is full')
    this.#die()
    return new Promise(() => undefined)
  }
}

/** The same store as another object: what a second tab, or the same program after a restart, has. */
export function anotherHandle(store: KeyStore): KeyStore {
  return { read: (keys) => store.read(keys), commit: (batch) => store.commit(batch), list: (prefix) => store.list(prefix) }
}

/** A store of its own with the same records. */
export async function cloneStore(store: KeyStore): Promise<MemoryStore> {
  const clone = new MemoryStore()
  const records = await store.read(await store.list(''))
  await clone.commit({ expect: new Map(), put: new Map([...records].map(([key, { value }]) => [key, value])), delete: new Set() })
  return clone
}

/** What a committed session record says, as far as worlds need it. */
export interface CurrentSession {
  readonly id: string
  /** When a session that the peer has not answered began. */
  readonly pendingSince: number | undefined
}

/** Reads along: which session is current, which ratchet key belongs to which session; checks the limits on every commit. */
export class WatchedStore implements KeyStore {
  readonly #inner: KeyStore
  readonly #generations = new Map<RecordKey, number>()
  /** Who the account belongs to; set once it exists. */
  self: LocalEnd | undefined
  /** Commits that changed something. */
  writes = 0
  /** Current sessions, by the name of the peer's user. */
  readonly current = new Map<string, CurrentSession>()
  /** Users whose identity key is remembered. */
  readonly identities = new Set<string>()
  /** Sessions by the ratchet key that ours sends with. */
  readonly sessionOf = new Map<string, string>()

  constructor(inner: KeyStore) {
    this.#inner = inner
  }

  read(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> {
    return this.#inner.read(keys)
  }

  list(prefix: string): Promise<readonly RecordKey[]> {
    return this.#inner.list(prefix)
  }

  async commit(batch: Batch): Promise<boolean> {
    const committed = await this.#inner.commit(batch)
    if (!committed || batch.put.size + batch.delete.size === 0) return committed
    this.writes++
    for (const [key, value] of batch.put) this.#note(key, value)
    for (const key of batch.delete) this.#generations.delete(key)
    return true
  }

  #note(key: RecordKey, value: Uint8Array): void {
    const [kind, user = ''] = parseRecordKey(key)
    if (kind === 'identity') this.identities.add(user)
    if (kind === 'archive' && decodeArchive(value).length > 40) throw new Error('more than 40 archived sessions')
    if (kind === 'skipped-index') {
      const counts = [...decodeSkippedIndex(value).values()]
      if (counts.reduce((a, b) => a + b, 0) > 2_000) throw new Error('more than 2,000 skipped keys on a chain')
    }
    if ((kind !== 'session' && kind !== 'archived') || this.self === undefined) return
    const { session, generation } = decodeSession(value, this.self)
    const { receiving, sending } = session.ratchet.double
    if (receiving.length > 5) throw new Error('more than 5 receiving chains')
    this.sessionOf.set(hex(sending.keyPair.publicKey), idOf(session))
    if (kind !== 'session') return
    if (generation <= (this.#generations.get(key) ?? 0)) throw new Error('the generation of a session record did not grow')
    this.#generations.set(key, generation)
    this.current.set(user, { id: idOf(session), pendingSince: session.pending?.createdAt })
  }
}

/** Hexadecimal of public bytes. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
