/**
 * Long jumps along the peer's chains, computed in slices with the event loop running in between, and remembered for a while, so that
 * many messages with one forged counter cost little more than one. Holds chain keys only as a shortcut: losing them loses time.
 */
import { nextTurn } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  type Checkpoints,
  checkpointsBeginAt,
  isLongJump,
  type LongJump,
  lastCheckpoint,
  wipeCheckpoints,
  wipeSteps,
} from '../../protocol/checkpoints.js'
import { CHECKPOINT_INTERVAL, HMACS_PER_SLICE } from '../../protocol/limits.js'
import { chainCheckpoints } from '../../protocol/ratchet/double-ratchet.js'
import type { KeptKeyChanges } from '../../protocol/ratchet/triple-ratchet.js'
import type { SessionId } from '../../protocol/session/session.js'
import { epochCheckpoints } from '../../protocol/spqr/epoch-chains.js'
import type { Need, Part } from '../../store/transaction.js'
import type { Draft } from './draft.js'

// Along 25,000 messages there are 250 checkpoints, about 25 kB: 3 MB.
const CAPACITY = 128
// Of chains that may be made up: each serves copies of one message, and a forger can have as many as it likes.
const GUESS_CAPACITY = 8
// A message asks for checkpoints for the current session and for the archived ones, of each ratchet; more only if other messages crowd them out.
const MAX_ROUNDS = 8

/** Names of the checkpoints along the chains that an opened message has moved on: they begin where the chains are no more. */
export function checkpointsBehind(session: SessionId, { double, pq }: KeptKeyChanges): readonly string[] {
  const names: string[] = []
  if (double.keep !== undefined) names.push(chainCheckpoints(session, double.keep.ratchetKey))
  if (pq.keep !== undefined) names.push(epochCheckpoints(session, pq.keep.epoch))
  return names
}

/**
 * Runs a protocol's step in a transaction. Where it asks for long jumps, the run is dropped, the jumps are derived, and all starts anew.
 *
 * @param held - `isMadeUp`: whether nothing has shown yet that the session is the peer's.
 */
export function* takingJumps<T>(
  draft: Draft,
  opening: Generator<Need | LongJump | readonly LongJump[], T, void>,
  { checkpoints, isMadeUp }: { readonly checkpoints: HeldCheckpoints; readonly isMadeUp: boolean },
): Part<T> {
  try {
    for (let next = opening.next(); ; next = opening.next()) {
      if (next.done === true) return next.value
      const asked = next.value
      if (isLongJump(asked)) yield* draft.after(() => checkpoints.take([asked], isMadeUp))
      else if (isJumps(asked)) yield* draft.after(() => checkpoints.take(asked, isMadeUp))
      else yield asked
    }
  } finally {
    // Wherever it stopped, it wipes what it derived.
    opening.return(undefined as never)
  }
}

function isJumps(asked: Need | readonly LongJump[]): asked is readonly LongJump[] {
  return Array.isArray(asked)
}

/** Checkpoints that are remembered. */
interface Remembered {
  readonly known: Checkpoints<string>
  readonly isGuess: boolean
}

/** The checkpoints of one message. */
export interface HeldCheckpoints {
  /** The checkpoints of a name, if there are any. */
  readonly get: (name: string) => Checkpoints<string> | undefined
  /**
   * Makes checkpoints as far as the jumps go. Two jumps along one chain share the work.
   *
   * @param isMadeUp - whether all these chains may be made up: then they serve copies of one message alone.
   * @throws BisikError `internal` if it finds no end.
   */
  readonly take: (jumps: readonly LongJump[], isMadeUp: boolean) => Promise<void>
  /** Says that the message is done. */
  readonly release: () => void
}

/** The checkpoints of one client. */
export class CheckpointMemory {
  /** In the order of last use; what is first goes first. */
  readonly #checkpoints = new Map<string, Remembered>()
  readonly #running = new Map<string, Promise<void>>()
  /** How many messages wait for checkpoints: those stay until they have served, or many messages at once would take each other's. */
  readonly #held = new Map<string, number>()

  /** Forgets checkpoints that are of no use any more, and wipes their keys. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      const remembered = this.#checkpoints.get(name)
      this.#checkpoints.delete(name)
      if (remembered !== undefined) wipeCheckpoints(remembered.known)
    }
  }

  /** Makes checkpoints for one message: none of its checkpoints is forgotten before it says that it is done. */
  hold(): HeldCheckpoints {
    const held: string[] = []
    let rounds = 0
    const hold = (name: string): void => {
      held.push(name)
      this.#held.set(name, (this.#held.get(name) ?? 0) + 1)
    }
    return {
      get: (name) => {
        const known = this.#checkpoints.get(name)?.known
        if (known !== undefined) hold(name)
        return known
      },
      take: async (jumps, isMadeUp) => {
        if (++rounds > MAX_ROUNDS) {
          for (const jump of jumps) jump.discard()
          throw new BisikError('internal', { reason: 'a long jump found no end' })
        }
        for (const jump of jumps) {
          hold(jump.name)
          await this.#take(jump, isMadeUp || jump.isNew)
        }
      },
      release: () => {
        if (held.length === 0) return
        for (const name of held.splice(0)) this.#release(name)
        this.#forgetOldest()
      },
    }
  }

  async #take(jump: LongJump, isGuess: boolean): Promise<void> {
    const { name } = jump
    for (let running = this.#running.get(name); running !== undefined; running = this.#running.get(name)) await running
    const run = this.#extend(jump, isGuess).finally(() => this.#running.delete(name))
    this.#running.set(name, run)
    await run
  }

  async #extend({ name, from, target, extend }: LongJump, isGuess: boolean): Promise<void> {
    const start = from.keys[0]
    let known = this.#checkpoints.get(name)?.known
    // Taken out while it grows, so that nobody wipes it meanwhile.
    this.#checkpoints.delete(name)
    if (known !== undefined && start !== undefined && checkpointsBeginAt(known, { key: start, counter: from.start })) wipeCheckpoints(from)
    else {
      // Another message may be in the middle of a step that uses them.
      if (known !== undefined && (this.#held.get(name) ?? 0) <= 1) wipeCheckpoints(known)
      known = from
    }
    // They serve up to one interval beyond the last.
    while (lastCheckpoint(known) + CHECKPOINT_INTERVAL < target) {
      known = extend(known, HMACS_PER_SLICE)
      await nextTurn()
    }
    this.#checkpoints.set(name, { known, isGuess })
    if (known.steps.length > 0) this.#forgetSteps(name)
  }

  #release(name: string): void {
    const left = (this.#held.get(name) ?? 0) - 1
    if (left > 0) this.#held.set(name, left)
    else this.#held.delete(name)
  }

  /** Forgets what there is no room for, the oldest first; checkpoints along chains that may be made up have little room of their own. */
  #forgetOldest(): void {
    for (const [kind, capacity] of [
      [true, GUESS_CAPACITY],
      [false, CAPACITY],
    ] as const) {
      const names = [...this.#checkpoints].filter(([name, { isGuess }]) => isGuess === kind && !this.#held.has(name)).map(([name]) => name)
      this.forget(names.slice(0, Math.max(0, names.length - capacity)))
    }
  }

  /** Of all checkpoints but one only the keys at intervals stay: the steps take thirty times as much memory. */
  #forgetSteps(except: string): void {
    for (const [name, { known, isGuess }] of this.#checkpoints) {
      if (name === except || known.steps.length === 0) continue
      wipeSteps(known.steps)
      this.#checkpoints.set(name, { known: { ...known, steps: [] }, isGuess })
    }
  }
}
