/**
 * Long jumps along receiving chains, computed in slices with the event loop running in between, and remembered for a while, so that
 * many messages with one forged counter cost little more than one. Holds chain keys only as a shortcut: losing them loses time.
 */
import { toHex } from '../bytes.js'
import type { EcPublicKey } from '../crypto/keys.js'
import { CHAIN_STEPS_PER_SLICE, CHAIN_WALK_INTERVAL } from '../protocol/limits.js'
import { beginWalk, type Chain, type ChainWalk, extendWalk, walkBeginsAt, walkEnd, wipeWalk } from '../protocol/ratchet/chain.js'
import type { SessionId } from '../protocol/session.js'

// A message can ask for one walk on each of a device's sessions: 41. Those on archived sessions are short, so this is well below 1 MB.
const CAPACITY = 64

/** A walk that a message asked for. */
export interface WalkRequest {
  readonly name: string
  /** Begun at the chain's present key; owned by the request. */
  readonly from: ChainWalk
  readonly target: number
}

/** Names a chain. */
export function walkName(session: SessionId, ratchetKey: EcPublicKey): string {
  return `${session}/${toHex(ratchetKey)}`
}

/** Asks for a walk along `chain`. */
export function requestWalk(name: string, chain: Chain, target: number): WalkRequest {
  return { name, from: beginWalk(chain), target }
}

/** The walks of one client. */
export class WalkMemo {
  /** In the order of last use; what is first goes first. */
  readonly #walks = new Map<string, ChainWalk>()
  readonly #running = new Map<string, Promise<void>>()

  /** The walk along a chain, if one is remembered. */
  get(name: string): ChainWalk | undefined {
    return this.#walks.get(name)
  }

  /** Walks as far as the request's target. Two requests for one chain share the work. */
  async walk(request: WalkRequest): Promise<void> {
    const { name } = request
    for (let running = this.#running.get(name); running !== undefined; running = this.#running.get(name)) await running
    const run = this.#extend(request).finally(() => this.#running.delete(name))
    this.#running.set(name, run)
    await run
  }

  /** Forgets the walk along a chain that has moved on. */
  forget(name: string): void {
    const walk = this.#walks.get(name)
    if (walk === undefined) return
    this.#walks.delete(name)
    wipeWalk(walk)
  }

  async #extend({ name, from, target }: WalkRequest): Promise<void> {
    const start = from.keys[0]
    let walk = this.#walks.get(name)
    // Taken out while it grows, so that nobody wipes it meanwhile.
    this.#walks.delete(name)
    if (walk !== undefined && start !== undefined && walkBeginsAt(walk, { key: start, counter: from.start })) wipeWalk(from)
    else {
      if (walk !== undefined) wipeWalk(walk)
      walk = from
    }
    // The walk serves up to one interval beyond its end.
    while (walkEnd(walk) + CHAIN_WALK_INTERVAL < target) {
      walk = extendWalk(walk, target, CHAIN_STEPS_PER_SLICE)
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
    }
    this.#walks.set(name, walk)
    const oldest = this.#walks.keys().next()
    if (this.#walks.size > CAPACITY && oldest.done !== true) this.forget(oldest.value)
  }
}
