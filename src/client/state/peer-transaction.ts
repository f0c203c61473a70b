/**
 * The frame of every operation on a device's sessions: one transaction, and when all is done, the secrets it decoded are wiped, but for
 * those of the session that is current then. Knows no operation.
 */
import type { RecordKey } from '../../store/key-store.js'
import { transact } from '../../store/transact.js'
import type { NotPromise, Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { Draft } from '../frame/draft.js'
import { firstKeys, PeerSessions } from './peer.js'
import { repairSessions } from './repair.js'

/** What is done with a device's sessions in a transaction. */
export type PeerStep<T> = (draft: Draft, sessions: PeerSessions) => Part<NotPromise<T>>

/**
 * Runs a step on a device's sessions; when all is done, only the current one is remembered.
 *
 * @param step - where speed counts, a function that calls a generator function of its module: a generator function that is made anew for
 *        each call costs 3 µs, for V8 makes a prototype and a map for it.
 * @param others - records that the step will read: they are read with the sessions, in one go.
 */
export async function transactPeer<T>(
  context: Context,
  peer: CanonicalAddress,
  step: PeerStep<T>,
  others: readonly RecordKey[] = [],
): Promise<T> {
  const frame = new Frame(context, peer)
  let dropped: readonly string[] = []
  try {
    const result = await transact<T>(context.store, (tx) => frame.run(new Draft(tx), step, others))
    dropped = frame.dropped
    frame.end(true)
    if (frame.hasSent) await context.guard?.confirm()
    return result
  } finally {
    frame.end(false)
    // The result is committed, and must not get lost by what is only tidying.
    if (dropped.length > 0) await repairSessions(context, peer).catch(() => {})
  }
}

/** The runs of one transaction, one after the other. */
class Frame {
  readonly #context: Context
  readonly #peer: CanonicalAddress
  readonly #names: ReturnType<typeof firstKeys>
  #draft: Draft | undefined
  #sessions: PeerSessions | undefined

  constructor(context: Context, peer: CanonicalAddress) {
    this.#context = context
    this.#peer = peer
    this.#names = firstKeys(peer)
  }

  /** The records that the last run did without. */
  get dropped(): readonly string[] {
    return this.#draft?.dropped ?? []
  }

  /** Whether the last run made a message that is to leave. */
  get hasSent(): boolean {
    return this.#draft?.hasSent === true
  }

  *run<T>(draft: Draft, step: PeerStep<T>, others: readonly RecordKey[]): Part<NotPromise<T>> {
    // An earlier run, if there was one, lost its race.
    this.#draft?.wipe()
    this.end(false)
    const [context, peer, names] = [this.#context, this.#peer, this.#names]
    const [session, identity] = yield* draft.read(...names, ...others)
    // Taken when it is our turn: until then it is of whoever is before us.
    const remembered = context.sessions.take(names[0])
    this.#draft = draft
    this.#sessions = new PeerSessions({ context, draft, peer }, { names, session, identity, remembered })
    let isDone = false
    try {
      const result = yield* step(draft, this.#sessions)
      isDone = true
      return result
    } finally {
      if (!isDone) this.end(false)
    }
  }

  /** Ends the run that is under way, if one is. @param isCommitted - whether what it wrote is what the store holds now. */
  end(isCommitted: boolean): void {
    const remembered = this.#sessions?.end(isCommitted)
    this.#sessions = undefined
    if (isCommitted) this.#draft?.wipe(remembered?.record)
    if (remembered !== undefined) this.#context.sessions.put(this.#names[0], remembered)
  }
}
