/**
 * Long jumps along the peer's chains, computed in slices with the event loop running in between, and remembered for a while, so that
 * many messages with one forged counter cost little more than one. Holds chain keys only as a shortcut: losing them loses time.
 */
import { nextTurn } from '../../env.js'
import { BisikError } from '../../errors.js'
import { LongJump, type Walk, walkBeginsAt, walkEnd, wipeSteps, wipeWalk } from '../../protocol/checkpoints.js'
import { CHAIN_WALK_INTERVAL, HMACS_PER_SLICE } from '../../protocol/limits.js'
import { chainWalkName } from '../../protocol/ratchet/double-ratchet.js'
import type { KeptKeyChanges } from '../../protocol/ratchet/triple-ratchet.js'
import type { SessionId } from '../../protocol/session/session.js'
import { epochWalkName } from '../../protocol/spqr/epoch-chains.js'
import type { Need, Part } from '../../store/transaction.js'
import type { Draft } from './draft.js'

// A walk along 25,000 messages remembers 250 keys, about 25 kB: 3 MB.
const CAPACITY = 128
// Of chains that may be made up: each serves copies of one message, and a forger can have as many as it likes.
const GUESS_CAPACITY = 8
// A message asks for walks for the current session and for the archived ones, of each ratchet; more only if other messages crowd them out.
const MAX_ROUNDS = 8

/** Names of the walks along the chains that an opened message has moved on: they begin where the chains are no more. */
export function walksBehind(session: SessionId, { double, pq }: KeptKeyChanges): readonly string[] {
  const names: string[] = []
  if (double.keep !== undefined) names.push(chainWalkName(session, double.keep.ratchetKey))
  if (pq.keep !== undefined) names.push(epochWalkName(session, pq.keep.epoch))
  return names
}

/**
 * Runs a protocol's step in a transaction. Where it asks for long jumps, the run is dropped, the jumps are walked, and all starts anew.
 *
 * @param held - `isMadeUp`: whether nothing has shown yet that the session is the peer's.
 */
export function* walking<T>(
  draft: Draft,
  opening: Generator<Need | LongJump | readonly LongJump[], T, void>,
  { walks, isMadeUp }: { readonly walks: HeldWalks; readonly isMadeUp: boolean },
): Part<T> {
  try {
    for (let next = opening.next(); ; next = opening.next()) {
      if (next.done === true) return next.value
      const asked = next.value
      if (asked instanceof LongJump) yield* draft.after(() => walks.walk([asked], isMadeUp))
      else if (isJumps(asked)) yield* draft.after(() => walks.walk(asked, isMadeUp))
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

/** A walk that is remembered. */
interface Remembered {
  readonly walk: Walk<string>
  readonly isGuess: boolean
}

/** The walks of one message. */
export interface HeldWalks {
  /**
   * Walks as far as the jumps go. Two jumps along one chain share the work.
   *
   * @param isMadeUp - whether all these chains may be made up: then each walk serves copies of one message alone.
   * @throws BisikError `internal` if it finds no end.
   */
  readonly walk: (jumps: readonly LongJump[], isMadeUp: boolean) => Promise<void>
  /** Says that the message is done. */
  readonly release: () => void
}

/** The walks of one client. */
export class WalkMemo {
  /** In the order of last use; what is first goes first. */
  readonly #walks = new Map<string, Remembered>()
  readonly #running = new Map<string, Promise<void>>()
  /** How many messages wait for a walk: those stay until they have served, or many messages at once would take each other's. */
  readonly #held = new Map<string, number>()

  /** The walk of a name, if one is remembered. */
  get(name: string): Walk<string> | undefined {
    return this.#walks.get(name)?.walk
  }

  /** Forgets walks that are of no use any more, and wipes their keys. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      const remembered = this.#walks.get(name)
      this.#walks.delete(name)
      if (remembered !== undefined) wipeWalk(remembered.walk)
    }
  }

  /** Walks for one message: none of its walks is forgotten before it says that it is done. */
  hold(): HeldWalks {
    const held: string[] = []
    let rounds = 0
    return {
      walk: async (jumps, isMadeUp) => {
        if (++rounds > MAX_ROUNDS) throw new BisikError('internal', { reason: 'a long jump found no end' })
        for (const jump of jumps) {
          held.push(jump.name)
          this.#held.set(jump.name, (this.#held.get(jump.name) ?? 0) + 1)
          await this.#walk(jump, isMadeUp || jump.isNew)
        }
      },
      release: () => {
        if (held.length === 0) return
        for (const name of held.splice(0)) this.#release(name)
        this.#forgetOldest()
      },
    }
  }

  async #walk(jump: LongJump, isGuess: boolean): Promise<void> {
    const { name } = jump
    for (let running = this.#running.get(name); running !== undefined; running = this.#running.get(name)) await running
    const run = this.#extend(jump, isGuess).finally(() => this.#running.delete(name))
    this.#running.set(name, run)
    await run
  }

  async #extend({ name, from, target, extend }: LongJump, isGuess: boolean): Promise<void> {
    const start = from.keys[0]
    let walk = this.#walks.get(name)?.walk
    // Taken out while it grows, so that nobody wipes it meanwhile.
    this.#walks.delete(name)
    if (walk !== undefined && start !== undefined && walkBeginsAt(walk, { key: start, counter: from.start })) wipeWalk(from)
    else {
      if (walk !== undefined) wipeWalk(walk)
      walk = from
    }
    // The walk serves up to one interval beyond its end.
    while (walkEnd(walk) + CHAIN_WALK_INTERVAL < target) {
      walk = extend(walk, HMACS_PER_SLICE)
      await nextTurn()
    }
    this.#walks.set(name, { walk, isGuess })
    if (walk.steps.length > 0) this.#forgetSteps(name)
  }

  #release(name: string): void {
    const left = (this.#held.get(name) ?? 0) - 1
    if (left > 0) this.#held.set(name, left)
    else this.#held.delete(name)
  }

  /** Forgets what there is no room for, the oldest first; walks along chains that may be made up have little room of their own. */
  #forgetOldest(): void {
    for (const [kind, capacity] of [
      [true, GUESS_CAPACITY],
      [false, CAPACITY],
    ] as const) {
      const names = [...this.#walks].filter(([name, { isGuess }]) => isGuess === kind && !this.#held.has(name)).map(([name]) => name)
      this.forget(names.slice(0, Math.max(0, names.length - capacity)))
    }
  }

  /** Of all walks but one only the keys at intervals stay: the steps take thirty times as much memory. */
  #forgetSteps(except: string): void {
    for (const [name, { walk, isGuess }] of this.#walks) {
      if (name === except || walk.steps.length === 0) continue
      wipeSteps(walk.steps)
      this.#walks.set(name, { walk: { ...walk, steps: [] }, isGuess })
    }
  }
}
