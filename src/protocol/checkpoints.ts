/**
 * Keys along a hash chain, for long jumps: computed in slices with the event loop running in between, and remembered at intervals, so that a
 * second look at the same jump, or a shorter one, is cheap. Knows no chain in particular.
 *
 * Checkpoints are only ever a shortcut: a chain accepts them when the first is the chain's own key.
 */
import { fieldOf, functionArgument, invalidArgument, type Shape, shapeArgument } from '../arguments.js'
import { type Secret, sameSecret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { CHECKPOINT_INTERVAL, MAX_SKIPPED_KEYS } from './limits.js'

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
export interface Checkpoints<Kind extends string> {
  readonly start: number
  /** `keys[i]` is the key at `start + i * CHECKPOINT_INTERVAL`; owned by the checkpoints, the first one too. */
  readonly keys: readonly Secret<Kind>[]
  /** The last steps, up to the end, at most {@link MAX_SKIPPED_KEYS}; owned by the checkpoints. None if their message keys need no more than a key. */
  readonly steps: readonly Step<Kind>[]
}

/**
 * Advances a place by a number of steps, wiping what lies in between and is not in `taken`; the given key is not modified.
 *
 * @param taken - receives each step, to be wiped by the caller, if more than a key is needed to derive a message key.
 */
type Advance<Kind extends string> = (from: Position<Kind>, steps: number, taken: Step<Kind>[]) => Position<Kind>

/** Begins at a place; end with {@link wipeCheckpoints}. */
function firstCheckpoint<Kind extends string>(from: Position<Kind>): Checkpoints<Kind> {
  return { start: from.counter, keys: [from.key.clone()], steps: [] }
}

/** The furthest counter whose key is remembered. */
export function lastCheckpoint(known: Checkpoints<string>): number {
  return known.start + (known.keys.length - 1) * CHECKPOINT_INTERVAL
}

/** Goes on towards `target` by at most `hmacs` HMACs, in whole intervals, at least one. */
function addCheckpoints<Kind extends string>(
  known: Checkpoints<Kind>,
  { advance, hmacsPerStep }: JumpingChain<Kind>,
  { target, hmacs }: { readonly target: number; readonly hmacs: number },
): Checkpoints<Kind> {
  const affordable = Math.max(1, Math.floor(hmacs / hmacsPerStep / CHECKPOINT_INTERVAL))
  const wanted = Math.ceil((target - lastCheckpoint(known)) / CHECKPOINT_INTERVAL)
  const keys = [...known.keys]
  const taken = [...known.steps]
  let at: Position<Kind> = { key: keys[keys.length - 1] as Secret<Kind>, counter: lastCheckpoint(known) }
  for (let i = 0; i < Math.min(affordable, wanted); i++) {
    at = advance(at, CHECKPOINT_INTERVAL, taken)
    keys.push(at.key)
  }
  wipeSteps(taken.splice(0, Math.max(0, taken.length - MAX_SKIPPED_KEYS)))
  return { start: known.start, keys, steps: taken }
}

/**
 * A jump along a chain that is too long to be taken at once. A step yields it where it cannot go on: whoever runs the step drops it, goes on
 * in slices ({@link LongJump.extend}), remembers the checkpoints under the jump's name, and starts the step anew. The jump owns its keys.
 */
export class LongJump {
  readonly name: string
  /** Where it begins. */
  readonly from: Checkpoints<string>
  readonly target: number
  /** Whether nothing has shown yet that the chain is the peer's: then it may be made up. */
  readonly isNew: boolean
  /** Goes on by at most so many HMACs. */
  readonly extend: (known: Checkpoints<string>, hmacs: number) => Checkpoints<string>

  /** @param chain - its name, its place, which is copied, and how it goes on: `hmacsPerStep` is what a step costs. */
  constructor(chain: JumpingChain<string>, target: number, isNew: boolean) {
    this.name = chain.name()
    this.from = firstCheckpoint(chain.from)
    this.target = target
    this.isNew = isNew
    this.extend = (known, hmacs) => addCheckpoints(known, chain, { target, hmacs })
  }

  /** Wipes the jump's keys, if nobody takes it. */
  discard(): void {
    wipeCheckpoints(this.from)
  }
}

/** Whether a step that waits asks for a long jump. */
export function isLongJump(need: unknown): need is LongJump {
  return need instanceof LongJump
}

/** A chain along which a jump goes. */
export interface JumpingChain<Kind extends string> {
  /** Of the chain and no other: checkpoints are remembered by it. Called for jumps longer than an interval only. */
  readonly name: () => string
  readonly from: Position<Kind>
  readonly advance: Advance<Kind>
  readonly hmacsPerStep: number
}

/** A step that may need what only its caller can fetch (`N`, which is the caller's), or a long jump. */
export type Opening<N, T> = Generator<N | LongJump, T, void>

/** The checkpoints that are remembered, by the name of their chain, and what the message may still cost. */
export interface KnownCheckpoints {
  readonly get: (name: string) => Checkpoints<string> | undefined
  readonly budget: WorkBudget
}

const KNOWN: Shape<KnownCheckpoints> = { get: functionArgument, budget: budgetArgument }

/** Checks what a caller remembers. @throws BisikError `invalid-argument`. */
export function checkpointsArgument(known: KnownCheckpoints, argument: string): KnownCheckpoints {
  return shapeArgument(known, argument, KNOWN)
}

/** Checks what a message may still cost. @throws BisikError `invalid-argument`. */
export function budgetArgument(budget: WorkBudget, argument: string): void {
  const hmacs = fieldOf(budget, argument, 'hmacs')
  if (typeof hmacs !== 'number' || !(hmacs >= 0)) throw invalidArgument(argument, 'a number of HMACs from 0 on')
}

/**
 * Asks for checkpoints along a chain, for want of a key that is near enough: see {@link nearestKeys}. The step ends here.
 *
 * @param isNew - as {@link LongJump.isNew}.
 */
export function* askForCheckpoints<Kind extends string>(
  chain: JumpingChain<Kind>,
  target: number,
  isNew: boolean,
): Generator<LongJump, never, void> {
  yield new LongJump(chain as unknown as JumpingChain<string>, target, isNew)
  throw new BisikError('internal', { reason: 'a step went on without the checkpoints that it needs' })
}

/** Whether checkpoints begin at this very place, compared without an early exit. */
export function checkpointsBeginAt<Kind extends string>(known: Checkpoints<Kind>, place: Position<Kind>): boolean {
  const first = known.keys[0]
  return first !== undefined && known.start === place.counter && sameSecret(first, place.key)
}

/** The last remembered place that is not after `counter`, which is not before the first. */
function nearestCheckpoint<Kind extends string>(known: Checkpoints<Kind>, counter: number): Position<Kind> {
  const i = Math.min(known.keys.length - 1, Math.floor((counter - known.start) / CHECKPOINT_INTERVAL))
  return { key: known.keys[i] as Secret<Kind>, counter: known.start + i * CHECKPOINT_INTERVAL }
}

/** The step that led to a counter, if it is remembered. */
function rememberedStep<Kind extends string>(known: Checkpoints<Kind>, counter: number): Step<Kind> | undefined {
  return known.steps[counter - 1 - lastCheckpoint(known) + known.steps.length]
}

/** Wipes every key of checkpoints. */
export function wipeCheckpoints(known: Checkpoints<string>): void {
  for (const key of known.keys) key.wipe()
  wipeSteps(known.steps)
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
export interface NearestKeys<Kind extends string> {
  /** The nearest known place that is not after a counter; the key belongs to the chain or its checkpoints. */
  nearest(counter: number): Position<Kind>
  /** The step that led to a counter, if it is known; it belongs to the checkpoints. */
  step(counter: number): Step<Kind> | undefined
}

/**
 * Finds the nearest known place before `target`.
 *
 * @returns `undefined` if the way from there is too long to be taken at once: then {@link askForCheckpoints}.
 */
export function nearestKeys<Kind extends string>(
  { name, from, hmacsPerStep }: JumpingChain<Kind>,
  target: number,
  { get, budget }: KnownCheckpoints,
): NearestKeys<Kind> | undefined {
  const straight: NearestKeys<Kind> = { nearest: () => from, step: () => undefined }
  if (target - from.counter <= CHECKPOINT_INTERVAL) return straight
  // The name says what kind of chain it is, and so what kind the checkpoints of that name are.
  const found = get(name()) as Checkpoints<Kind> | undefined
  const known = found !== undefined && checkpointsBeginAt(found, from) ? found : undefined
  const steps = target - Math.min(target, known === undefined ? from.counter : lastCheckpoint(known))
  // Within one interval of the last one nothing is gained by going on.
  if (steps > CHECKPOINT_INTERVAL) {
    if (steps * hmacsPerStep > budget.hmacs) return undefined
    budget.hmacs -= steps * hmacsPerStep
  }
  if (known === undefined) return straight
  return { nearest: (counter) => nearestCheckpoint(known, counter), step: (counter) => rememberedStep(known, counter) }
}
