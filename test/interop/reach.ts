/**
 * What one side of a conversation must be able to read, told from what it has read and written so far. Knows the limits on which bisik
 * and libsignal agree; no key, and nothing of what either side has stored.
 */
import { equal, ok } from 'node:assert/strict'
import type { Facts } from './wire.js'

/** Every receiving chain of a session but the newest five is forgotten. */
const CHAINS_KEPT = 5

interface Session {
  /** Ratchet keys of the other side in the order in which they were first read. */
  readonly chains: string[]
  /** In which this side wrote last. */
  epoch: number
}

const NEW: Session = { chains: [], epoch: 0 }

export class Reach {
  /** By base key. */
  readonly #sessions = new Map<string, Session>()
  /** Our own ratchet keys. */
  readonly #sessionOfKey = new Map<string, string>()
  #current: string | undefined

  /** The session in which this side writes: the one it started, or the one of what it read last. */
  get current(): string {
    ok(this.#current, 'no session')
    return this.#current
  }

  /** The epoch of the post-quantum ratchet in which this side last wrote. */
  get epoch(): number {
    return this.#at(this.current).epoch
  }

  /** Notes what this side has written. @returns the session in which that is. */
  wrote(facts: Facts): string {
    if (facts.baseKey) this.#current = facts.baseKey
    const session = this.current
    equal(this.#sessionOfKey.get(facts.ratchetKey) ?? session, session, 'a ratchet key in two sessions')
    this.#sessionOfKey.set(facts.ratchetKey, session)
    this.#at(session).epoch = facts.epoch
    return session
  }

  /** Notes what this side has read. @returns whether that is in a session it had left for another. */
  read(session: string, { ratchetKey }: Facts): boolean {
    const left = this.#current !== session && this.#sessions.has(session)
    this.#current = session
    const { chains } = this.#at(session)
    if (!chains.includes(ratchetKey)) chains.push(ratchetKey)
    return left
  }

  /** Whether the keys of a message that the other side wrote in `session` are kept here. */
  covers(session: string, { ratchetKey, epoch: written }: Facts): boolean {
    const { chains, epoch } = this.#sessions.get(session) ?? NEW
    const chain = chains.indexOf(ratchetKey)
    // Writing in an epoch drops the keys of the one before the last.
    return (chain < 0 || chains.length - chain <= CHAINS_KEPT) && written >= epoch - 1
  }

  #at(session: string): Session {
    const known = this.#sessions.get(session)
    if (known) return known
    const started: Session = { chains: [], epoch: 0 }
    this.#sessions.set(session, started)
    return started
  }
}
