/**
 * What a party of a world must do with a message, told from the outside: which sessions it has heard of, which chains and epochs it
 * still holds, which prekeys are gone. Written from the protocol's limits; reads nothing of the party's store.
 */
import type { Envelope, ErrorCode } from '../../../src/index.js'

/** Receiving chains that a session holds. */
const CHAINS = 5
/** Chains that are gone of which a session knows which messages it had. */
const REMEMBERED = 64
const DAY = 24 * 60 * 60 * 1000
/** After this long, in milliseconds, an unanswered session no longer sends, an archived one opens nothing, and a retired prekey may go. */
const THIRTY_DAYS = 30 * DAY
/** Retired prekeys that stay however long ago they were replaced. */
const ALWAYS_KEPT = 3
/** A one-time prekey that nobody used goes no earlier than this after its publication. */
const ONE_TIME_AGE = 90 * DAY

/** A message as its sender knows it. */
export interface Message {
  readonly number: number
  readonly from: number
  readonly to: number
  readonly text: string
  readonly envelope: Envelope
  readonly session: string
  /** The sender's ratchet key. */
  readonly chain: string
  readonly counter: number
  /** Epoch of the post-quantum chain that its key came from; 0 also without one. */
  readonly epoch: number
  /** The prekeys that a first message names. */
  readonly preKeys: { readonly oneTime: number | undefined; readonly signed: number } | undefined
  opened: boolean
}

/** Of a chain's messages, all from `complete` to `next` (exclusive) were opened in order; some before that may be missing. */
interface Chain {
  readonly name: string
  next: number
  complete: number
  /** Those before it were opened several at once: in which order is not known here. */
  unordered: number
}

interface HeardOf {
  /** Chains held, oldest first. */
  chains: Chain[]
  /** Chains that are gone, oldest first. */
  readonly lost: Chain[]
  /** Latest epoch of ours: it ends those two before it. */
  sentEpoch: number
  /** When another session took its place. */
  archivedAt: number | undefined
}

/** Opens, or is refused with this code; `copy-or-lost`, with one of two: as a duplicate or as of no session. */
export type Expectation = 'opens' | 'copy-or-lost' | ErrorCode

/** The expectations of one party. */
export class PartyModel {
  /** The session that sends, by peer; and since when the peer owes its first answer. */
  readonly current = new Map<number, { readonly id: string; readonly pendingSince: number | undefined }>()
  /** Peers whose identity is remembered. */
  readonly known = new Set<number>()
  readonly #sessions = new Map<string, HeardOf>()
  readonly #usedOneTime = new Map<number, string>()
  #signed: { readonly id: number; readonly publishedAt: number }[] = []
  readonly #overSince = new Map<number, number>()
  readonly retired = new Set<number>()
  readonly #oneTime = new Map<number, number>()
  readonly #expired = new Set<number>()

  /** A session began here. */
  started(peer: number, id: string, now: number): void {
    // An initiator holds the peer's signed prekey as its first receiving chain.
    this.#sessions.set(id, {
      chains: [{ name: 'signed prekey', next: 0, complete: 0, unordered: 0 }],
      lost: [],
      sentEpoch: 0,
      archivedAt: undefined,
    })
    this.becameCurrent(peer, { id, pendingSince: now }, now)
    this.known.add(peer)
  }

  /** This session sends from now on; another that did is archived. */
  becameCurrent(peer: number, session: { readonly id: string; readonly pendingSince: number | undefined }, now: number): void {
    const previous = this.current.get(peer)
    if (previous !== undefined && previous.id !== session.id) this.#heardOf(previous.id).archivedAt = now
    this.#heardOf(session.id).archivedAt = undefined
    this.current.set(peer, session)
  }

  /** Whether `encrypt` finds a session. */
  maySend(peer: number, now: number): boolean {
    const session = this.current.get(peer)
    if (session?.pendingSince === undefined) return session !== undefined
    // From the whole second on, as in records of libsignal.
    return now - (session.pendingSince - (session.pendingSince % 1000)) <= THIRTY_DAYS
  }

  /** A message was encrypted here. */
  sent({ session, epoch }: Message): void {
    const heard = this.#heardOf(session)
    heard.sentEpoch = Math.max(heard.sentEpoch, epoch)
  }

  /** What becomes of an unaltered message. */
  expect(message: Message, now: number): Expectation {
    const heard = this.#sessions.get(message.session)
    const over = heard?.archivedAt !== undefined && now - heard.archivedAt > THIRTY_DAYS
    if (heard === undefined || over) {
      if (message.preKeys === undefined) {
        if (over) return 'authentication-failed'
        throw new Error('a session that nobody began here')
      }
      const { oneTime, signed } = message.preKeys
      if (this.retired.has(signed)) return 'pre-key-not-found'
      if (oneTime !== undefined && (this.#usedOneTime.has(oneTime) || this.#expired.has(oneTime))) return 'pre-key-not-found'
      return over ? 'replayed-base-key' : 'opens'
    }
    const lost = heard.lost.find(({ name }) => name === message.chain)
    if (lost !== undefined && message.counter < lost.unordered) return 'copy-or-lost'
    if (lost !== undefined) return this.#isRemembered(heard, lost, message) ? 'duplicate-message' : 'authentication-failed'
    if (message.opened) return 'duplicate-message'
    return message.epoch < heard.sentEpoch - 1 ? 'authentication-failed' : 'opens'
  }

  /** Whether a message of this session was opened or sent here. */
  hasHeardOf(session: string): boolean {
    return this.#sessions.has(session)
  }

  /** A message opened; `together` with others, so that nobody knows which was the first. */
  opened(message: Message, now: number, together = false): void {
    let heard = this.#sessions.get(message.session)
    if (heard === undefined) {
      heard = { chains: [], lost: [], sentEpoch: 0, archivedAt: undefined }
      this.#sessions.set(message.session, heard)
      if (message.preKeys?.oneTime !== undefined) this.#usedOneTime.set(message.preKeys.oneTime, message.session)
    }
    let chain = heard.chains.find(({ name }) => name === message.chain)
    if (chain === undefined) {
      chain = { name: message.chain, next: 0, complete: 0, unordered: 0 }
      heard.chains.push(chain)
    }
    if (message.counter > chain.next) chain.complete = message.counter
    chain.next = Math.max(chain.next, message.counter + 1)
    if (together) chain.unordered = chain.next
    heard.lost.push(...heard.chains.splice(0, heard.chains.length - CHAINS))
    this.becameCurrent(message.from, { id: message.session, pendingSince: undefined }, now)
    this.known.add(message.from)
    message.opened = true
  }

  /** Whether a message of a chain that is gone is known for a copy. */
  #isRemembered({ lost }: HeardOf, chain: Chain, { counter }: Message): boolean {
    const remembered = lost.filter(({ next, complete }) => complete < next).slice(-REMEMBERED)
    return remembered.includes(chain) && counter >= chain.complete && counter < chain.next
  }

  #heardOf(session: string): HeardOf {
    const heard = this.#sessions.get(session)
    if (heard === undefined) throw new Error('a session that is not known')
    return heard
  }

  /** One-time prekeys were published. */
  oneTimePreKeys(ids: readonly number[], now: number): void {
    for (const id of ids) if (!this.#oneTime.has(id)) this.#oneTime.set(id, now)
  }

  /** These one-time prekeys are in the store. @returns whether all others were used or are old enough to be gone. */
  holdsOneTime(held: ReadonlySet<number>, now: number): boolean {
    const gone = [...this.#oneTime].filter(([id]) => !held.has(id) && !this.#usedOneTime.has(id))
    for (const [id] of gone) this.#expired.add(id)
    return gone.every(([, publishedAt]) => now - publishedAt > ONE_TIME_AGE)
  }

  /** A signed prekey was published. */
  signedPreKey(id: number, now: number): void {
    if (this.#signed.every((preKey) => preKey.id !== id)) this.#signed = [{ id, publishedAt: now }, ...this.#signed]
  }

  /**
   * A rotation came to its end: which prekeys may be gone, and which must be, for the rotation before it, a day ago or more, found the
   * same. What this rotation made has not been published yet.
   */
  rotated(now: number): { readonly may: ReadonlySet<number>; readonly must: ReadonlySet<number> } {
    const may = new Set<number>()
    const must = new Set<number>()
    for (const [i, { id }] of this.#signed.entries()) {
      const successor = this.#signed[i - 1]
      if (this.retired.has(id)) may.add(id)
      if (i <= ALWAYS_KEPT || successor === undefined || now - successor.publishedAt <= THIRTY_DAYS) continue
      may.add(id)
      const since = this.#overSince.get(id)
      if (since === undefined) this.#overSince.set(id, now)
      else if (now - since >= DAY) must.add(id)
    }
    return { may, must }
  }
}
