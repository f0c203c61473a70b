/** Runs steps of the protocol without a client: with readers that answer at once, and with long jumps walked as the client checkpoints them. */
import { type Checkpoints, type KnownCheckpoints, LongJump, lastCheckpoint } from '../../src/protocol/checkpoints.js'
import { CHECKPOINT_INTERVAL, HMACS_PER_SLICE } from '../../src/protocol/limits.js'

/** No walk is remembered, and any jump may be taken at once. */
export const NO_CHECKPOINTS: KnownCheckpoints = { get: () => undefined, budget: { hmacs: Number.POSITIVE_INFINITY } }

/** A reader that answers at once. */
export function answering<Asked extends readonly unknown[], T>(
  answer: (...asked: Asked) => T,
): (...asked: Asked) => Generator<never, T, void> {
  return function* (...asked) {
    yield* []
    return answer(...asked)
  }
}

/** A reader that has to wait: it yields what it was asked for. */
export function* unread<Asked>(asked: Asked): Generator<Asked, undefined, void> {
  yield asked
  return undefined
}

/** The result of a step that waits for nothing. */
export function atOnce<T>(opening: Generator<unknown, T, void>): T {
  const next = opening.next()
  if (next.done === true) return next.value
  throw new Error(`a step waits for ${next.value instanceof LongJump ? next.value.name : JSON.stringify(next.value)}`)
}

/** What a step waits for first; then it is dropped. */
export function firstNeed<N>(opening: Generator<N, unknown, void>): N {
  const next = opening.next()
  if (next.done === true) throw new Error('a step waits for nothing')
  opening.return(undefined)
  return next.value
}

/** The long jump that a step waits for first; then it is dropped. */
export function firstJump(opening: Generator<unknown, unknown, void>): LongJump {
  const need = firstNeed(opening)
  if (!(need instanceof LongJump)) throw new Error('a step waits for something else than a long jump')
  return need
}

/** A step that shall ask for no long jump, as part of a transaction. */
export function* withoutJumps<N, T>(opening: Generator<N | LongJump, T, void>): Generator<N, T, void> {
  for (let next = opening.next(); ; next = opening.next()) {
    if (next.done === true) return next.value
    if (next.value instanceof LongJump) throw new Error(`a step waits for ${next.value.name}`)
    yield next.value
  }
}

/**
 * Runs a step that waits for nothing but long jumps, as often as it takes, with the budget that the client has; the jumps are walked in slices.
 *
 * @param begin - begins the step anew.
 * @param onJump - told of each jump.
 */
export function walked<T>(
  begin: (checkpoints: KnownCheckpoints) => Generator<LongJump, T, void>,
  onJump: (jump: LongJump) => void = () => {},
): T {
  const checkpoints = new Map<string, Checkpoints<string>>()
  for (let rounds = 0; rounds < 8; rounds++) {
    const opening = begin({ get: (name) => checkpoints.get(name), budget: { hmacs: HMACS_PER_SLICE } })
    const next = opening.next()
    if (next.done === true) return next.value
    opening.return(undefined as never)
    onJump(next.value)
    checkpoints.set(next.value.name, toEnd(next.value))
  }
  throw new Error('a long jump finds no end')
}

function toEnd({ from, target, extend }: LongJump): Checkpoints<string> {
  let walk = from
  while (lastCheckpoint(walk) + CHECKPOINT_INTERVAL < target) walk = extend(walk, HMACS_PER_SLICE)
  return walk
}
