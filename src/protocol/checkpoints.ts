/**
 * Long walks along a hash chain: computed in slices with the event loop running in between, and remembered at intervals, so that a
 * second look at the same jump, or a shorter one, is cheap. Knows no chain in particular.
 *
 * A walk is only ever a shortcut: a chain accepts it when its first key is the chain's own.
 */
import { type Secret, sameSecret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { CHAIN_WALK_INTERVAL, MAX_SKIPPED_KEYS } from './limits.js'

/** A place in a chain: its key there, and how many steps the chain has taken. */
export interface Position<Kind extends string> {
  readonly key: Secret<Kind>
  readonly counter: number
}

/** What one step derived on its way to the next key, and its message key can be derived from. */
export interface Step<Kind extends string> {
  readonly extracted: Secret<'StepKey'>
  readonly next: Secret<Kind>
}

/** Keys found on the way. */
export interface Walk<Kind extends string> {
  readonly start: number
  /** `keys[i]` is the key at `start + i * CHAIN_WALK_INTERVAL`; owned by the walk, the first one too. */
  readonly keys: readonly Secret<Kind>[]
  /** The last steps, up to the end, at most {@link MAX_SKIPPED_KEYS}; owned by the walk. None if their message keys need no more than a key. */
  readonly steps: readonly Step<Kind>[]
}

/**
 * Advances a place by a number of steps, wiping what lies in between and is not in `taken`; the given key is not modified.
 *
 * @param taken - receives each step, to be wiped by the caller, if more than a key is needed to derive a message key.
 */
type Advance<Kind extends string> = (from: Position<Kind>, steps: number, taken: Step<Kind>[]) => Position<Kind>

/** Begins a walk; end it with {@link wipeWalk}. */
function beginWalk<Kind extends string>(from: Position<Kind>): Walk<Kind> {
  return { start: from.counter, keys: [from.key.clone()], steps: [] }
}

/** The furthest counter that the walk remembers. */
export function walkEnd(walk: Walk<string>): number {
  return walk.start + (walk.keys.length - 1) * CHAIN_WALK_INTERVAL
}

/** Extends a walk by at most `steps` steps towards `target`, in whole intervals, at least one. */
function extendWalk<Kind extends string>(walk: Walk<Kind>, advance: Advance<Kind>, target: number, steps: number): Walk<Kind> {
  const affordable = Math.max(1, Math.floor(steps / CHAIN_WALK_INTERVAL))
  const wanted = Math.ceil((target - walkEnd(walk)) / CHAIN_WALK_INTERVAL)
  const keys = [...walk.keys]
  const taken = [...walk.steps]
  let at: Position<Kind> = { key: keys[keys.length - 1] as Secret<Kind>, counter: walkEnd(walk) }
  for (let i = 0; i < Math.min(affordable, wanted); i++) {
    at = advance(at, CHAIN_WALK_INTERVAL, taken)
    keys.push(at.key)
  }
  wipeSteps(taken.splice(0, Math.max(0, taken.length - MAX_SKIPPED_KEYS)))
  return { start: walk.start, keys, steps: taken }
}

/**
 * A jump along a chain that is too long to be taken at once. A step yields it where it cannot go on: whoever runs the step drops it, walks
 * in slices ({@link LongJump.extend}), remembers the walk under the jump's name, and starts the step anew. The jump owns its keys.
 */
export class LongJump {
  readonly name: string
  /** Where the walk begins. */
  readonly from: Walk<string>
  readonly target: number
  /** Whether nothing has shown yet that the chain is the peer's: then it may be made up. */
  readonly isNew: boolean
  /** Walks on by at most so many HMACs. */
  readonly extend: (walk: Walk<string>, hmacs: number) => Walk<string>

  /** @param chain - its name, its place, which is copied, and how it goes on: `hmacsPerStep` is what a step costs. */
  constructor(chain: JumpingChain<string>, target: number, isNew: boolean) {
    this.name = chain.name()
    this.from = beginWalk(chain.from)
    this.target = target
    this.isNew = isNew
    this.extend = (walk, hmacs) => extendWalk(walk, chain.advance, target, Math.floor(hmacs / chain.hmacsPerStep))
  }

  /** Wipes the jump's keys, if nobody walks. */
  discard(): void {
    wipeWalk(this.from)
  }
}

/** A chain along which a jump goes. */
export interface JumpingChain<Kind extends string> {
  /** Of the chain and no other: walks are remembered by it. Called for jumps longer than an interval only. */
  readonly name: () => string
  readonly from: Position<Kind>
  readonly advance: Advance<Kind>
  readonly hmacsPerStep: number
}

/** A step that may need what only its caller can fetch (`N`, which is the caller's), or a long jump. */
export type Opening<N, T> = Generator<N | LongJump, T, void>

/** The walks that are remembered, by the name of their chain, and what the message may still cost. */
export interface Walks {
  readonly get: (name: string) => Walk<string> | undefined
  readonly budget: WorkBudget
}

/**
 * Asks for a walk along a chain, for want of a known way: see {@link knownWay}. The step ends here.
 *
 * @param isNew - as {@link LongJump.isNew}.
 */
export function* askForWalk<Kind extends string>(
  chain: JumpingChain<Kind>,
  target: number,
  isNew: boolean,
): Generator<LongJump, never, void> {
  yield new LongJump(chain as unknown as JumpingChain<string>, target, isNew)
  throw new BisikError('internal', { reason: 'a step went on without the walk that it needs' })
}

/** Whether the walk began at this very place, compared without an early exit. */
export function walkBeginsAt<Kind extends string>(walk: Walk<Kind>, place: Position<Kind>): boolean {
  const first = walk.keys[0]
  return first !== undefined && walk.start === place.counter && sameSecret(first, place.key)
}

/** The last remembered place that is not after `counter`, which is not before the walk's start. */
function nearestOnWalk<Kind extends string>(walk: Walk<Kind>, counter: number): Position<Kind> {
  const i = Math.min(walk.keys.length - 1, Math.floor((counter - walk.start) / CHAIN_WALK_INTERVAL))
  return { key: walk.keys[i] as Secret<Kind>, counter: walk.start + i * CHAIN_WALK_INTERVAL }
}

/** The step that led to a counter, if it is remembered. */
function stepOnWalk<Kind extends string>(walk: Walk<Kind>, counter: number): Step<Kind> | undefined {
  return walk.steps[counter - 1 - walkEnd(walk) + walk.steps.length]
}

/** Wipes every key of a walk. */
export function wipeWalk(walk: Walk<string>): void {
  for (const key of walk.keys) key.wipe()
  wipeSteps(walk.steps)
}

/** Wipes steps. */
export function wipeSteps(steps: readonly Step<string>[]): void {
  for (const { extracted, next } of steps) {
    extracted.wipe()
    next.wipe()
  }
}

/** HMACs that may still be computed before the event loop must run; shared by all attempts at one message and counted down. */
export interface WorkBudget {
  hmacs: number
}

/** What is known of the way to a target. */
export interface Way<Kind extends string> {
  /** The nearest known place that is not after a counter; the key belongs to the chain or its walk. */
  nearest(counter: number): Position<Kind>
  /** The step that led to a counter, if it is known; it belongs to the walk. */
  step(counter: number): Step<Kind> | undefined
}

/**
 * Finds the nearest known place before `target`.
 *
 * @returns `undefined` if the way from there is too long to be walked at once: then {@link askForWalk}.
 */
export function knownWay<Kind extends string>(
  { name, from, hmacsPerStep }: JumpingChain<Kind>,
  target: number,
  { get, budget }: Walks,
): Way<Kind> | undefined {
  const straight: Way<Kind> = { nearest: () => from, step: () => undefined }
  if (target - from.counter <= CHAIN_WALK_INTERVAL) return straight
  // The name says what kind of chain it is, and so what kind the walk of that name is.
  const found = get(name()) as Walk<Kind> | undefined
  const walk = found !== undefined && walkBeginsAt(found, from) ? found : undefined
  const steps = target - Math.min(target, walk === undefined ? from.counter : walkEnd(walk))
  // Within one interval of a walk's end nothing is gained by walking on.
  if (steps > CHAIN_WALK_INTERVAL) {
    if (steps * hmacsPerStep > budget.hmacs) return undefined
    budget.hmacs -= steps * hmacsPerStep
  }
  if (walk === undefined) return straight
  return { nearest: (counter) => nearestOnWalk(walk, counter), step: (counter) => stepOnWalk(walk, counter) }
}
