/**
 * Long jumps along the peer's chains, computed in slices with the event loop running in between, and remembered for a while, so that
 * many messages with one forged counter cost little more than one. Holds chain keys only as a shortcut: losing them loses time.
 */
import { toHex } from '../../bytes.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import { nextTurn } from '../../env.js'
import {
  type Advance,
  beginWalk,
  extendWalk,
  type Position,
  type Walk,
  walkBeginsAt,
  walkEnd,
  wipeSteps,
  wipeWalk,
} from '../../protocol/checkpoints.js'
import { advanceSenderChain, type SenderKeyChain, type SenderKeyNeed } from '../../protocol/groups/sender-key.js'
import { CHAIN_WALK_INTERVAL, HMACS_PER_SLICE } from '../../protocol/limits.js'
import { advance } from '../../protocol/ratchet/chain.js'
import type { KeptKeyChanges } from '../../protocol/ratchet/triple-ratchet.js'
import type { OpenNeed } from '../../protocol/session/messages.js'
import type { SessionId } from '../../protocol/session/session.js'
import { advanceEpochChain, HMACS_PER_EPOCH_STEP } from '../../protocol/spqr/epoch-chains.js'
import type { SenderKeyName } from '../../records/names.js'
import { recordKey } from '../../store/record-key.js'

// A walk along 25,000 messages remembers 250 keys, about 25 kB: 3 MB.
const CAPACITY = 128
// Of chains that may be made up: each serves copies of one message, and a forger can have as many as it likes.
const GUESS_CAPACITY = 8

/** Names of walks: what kind of chain is in the name, so that two kinds never meet. */
export const walkName = {
  chain: (session: SessionId, ratchetKey: EcPublicKey): string => `chain/${session}/${toHex(ratchetKey)}`,
  epoch: (session: SessionId, epoch: number): string => `epoch/${session}/${epoch}`,
  senderChain: ({ sender, distribution }: SenderKeyName, { chainId, signingKey }: SenderKeyChain): string =>
    `sender/${recordKey(sender.user, sender.device, distribution, chainId)}/${toHex(signingKey)}`,
}

/** Names of the walks along the chains that an opened message has moved on: they begin where the chains are no more. */
export function walksBehind(session: SessionId, { double, pq }: KeptKeyChanges): readonly string[] {
  const names: string[] = []
  if (double.keep !== undefined) names.push(walkName.chain(session, double.keep.ratchetKey))
  if (pq.keep !== undefined) names.push(walkName.epoch(session, pq.keep.epoch))
  return names
}

/** A walk that a message asked for; it owns its keys. */
export interface WalkRequest {
  readonly name: string
  readonly from: Walk<string>
  readonly target: number
  /** Whether the chain may be made up: then the walk is of use to this message and its copies alone. */
  readonly isGuess: boolean
  /** Walks on by at most so many HMACs. */
  extend(walk: Walk<string>, hmacs: number): Walk<string>
}

/** Makes a request of a need, and takes over what is the need's; nothing if it is for a record. @param isGuess - whether the session itself may be made up. */
export function walkRequest(need: OpenNeed, isGuess: boolean): WalkRequest | undefined {
  if (need.need === 'walk') {
    const { session, ratchetKey, chain, target, isNew } = need
    const made = request(walkName.chain(session, ratchetKey), chain, target, advance, 1)
    if (isNew) chain.key.wipe()
    return { ...made, isGuess: isGuess || isNew }
  }
  if (need.need === 'pq-walk') {
    const { session, epoch, chain, target, isNew } = need
    const made = request(walkName.epoch(session, epoch), chain, target, advanceEpochChain, HMACS_PER_EPOCH_STEP)
    if (isNew) chain.key.wipe()
    return { ...made, isGuess }
  }
  return undefined
}

/** Makes a request of what a group message needs; nothing if it needs a record. */
export function senderWalkRequest(name: SenderKeyName, need: SenderKeyNeed): WalkRequest | undefined {
  if (need.need !== 'walk') return undefined
  return request(walkName.senderChain(name, need.chain), need.from, need.target, advanceSenderChain, 1)
}

function request<Kind extends string>(
  name: string,
  from: Position<Kind>,
  target: number,
  advance: Advance<Kind>,
  hmacsPerStep: number,
): WalkRequest {
  return {
    name,
    from: beginWalk(from),
    target,
    isGuess: false,
    // The name says what kind of chain it is, and so what kind the walk of that name is.
    extend: (walk, hmacs) => extendWalk(walk as Walk<Kind>, advance, target, Math.floor(hmacs / hmacsPerStep)),
  }
}

/** A walk that is remembered. */
interface Remembered {
  readonly walk: Walk<string>
  readonly isGuess: boolean
}

/** The walks of one message. */
export interface HeldWalks {
  /** Walks as far as the request's target. Two requests for one chain share the work. */
  readonly walk: (request: WalkRequest) => Promise<void>
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

  /** The walk of a name, if one is remembered. `Kind` follows from the name: see {@link walkName}. */
  get<Kind extends string>(name: string): Walk<Kind> | undefined {
    return this.#walks.get(name)?.walk as Walk<Kind> | undefined
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
    return {
      walk: async (request) => {
        held.push(request.name)
        this.#held.set(request.name, (this.#held.get(request.name) ?? 0) + 1)
        await this.#walk(request)
      },
      release: () => {
        if (held.length === 0) return
        for (const name of held.splice(0)) this.#release(name)
        this.#forgetOldest()
      },
    }
  }

  async #walk(request: WalkRequest): Promise<void> {
    const { name } = request
    for (let running = this.#running.get(name); running !== undefined; running = this.#running.get(name)) await running
    const run = this.#extend(request).finally(() => this.#running.delete(name))
    this.#running.set(name, run)
    await run
  }

  async #extend({ name, from, target, isGuess, extend }: WalkRequest): Promise<void> {
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
