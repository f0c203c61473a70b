/**
 * One party of a post-quantum ratchet for tests: holds the state and the kept keys as a client would, checkpoints long jumps, and checks
 * on every step that what it passed in did not change.
 */
import { Secret } from '../../../src/crypto/secret.js'
import type { RandomSource } from '../../../src/env.js'
import type { ChainDirection, ChainLimits, EpochKeyOptions, KeyPosition, KeyRange } from '../../../src/protocol/spqr/epoch-chains.js'
import { receiveSpqr, type SpqrStep, sendSpqr, startSpqr } from '../../../src/protocol/spqr/spqr.js'
import type { SpqrState } from '../../../src/protocol/spqr/state.js'
import { answering, NO_CHECKPOINTS, walked } from '../../support/opening.js'

export const LIMITS: ChainLimits = { maxForwardJump: 25_000, maxSkippedKeys: 2_000 }
export const AUTH_KEY = new Uint8Array(32).fill(0x29)
/** Names the session in the names of checkpoints. */
export const SESSION = 'a session'

export function start(
  direction: ChainDirection,
  options: { minVersion?: 0 | 1; authKey?: Uint8Array; limits?: ChainLimits } = {},
): SpqrState {
  return deepFreeze(
    startSpqr({
      direction,
      minVersion: options.minVersion ?? 1,
      authKey: Secret.copy(options.authKey ?? AUTH_KEY),
      limits: options.limits ?? LIMITS,
    }),
  )
}

export class Party {
  state: SpqrState | undefined
  readonly kept = new Map<string, Secret<'PqMessageKey'>>()
  readonly random: RandomSource

  constructor(state: SpqrState | undefined, random: RandomSource) {
    this.state = state
    this.random = random
  }

  send(): { message: Uint8Array; key: Secret<'PqMessageKey'> | undefined } {
    const { state, message, key, drop } = sendSpqr(this.state, this.random)
    this.state = deepFreeze(state)
    this.#drop(drop)
    return { message, key }
  }

  /** Receives and commits, as after a message that authenticated. */
  receive(message: Uint8Array): Secret<'PqMessageKey'> | undefined {
    const step = this.step(message)
    const { state, changes } = step.commit()
    this.state = deepFreeze(state)
    const { keep, used, drop } = changes
    keep?.keys.forEach((key, i) => {
      this.kept.set(name({ epoch: keep.epoch, index: keep.from + i }), key)
    })
    if (used !== undefined) this.kept.delete(name(used))
    this.#drop(drop)
    return step.key
  }

  /** Receives without committing. */
  step(message: Uint8Array): SpqrStep {
    const skippedKey = answering((position: KeyPosition) => this.kept.get(name(position)))
    return walked((checkpoints) => receiveSpqr(this.state, message, { skippedKey, session: SESSION, checkpoints }))
  }

  #drop(ranges: readonly KeyRange[]): void {
    for (const { epoch, from, to } of ranges) for (let index = from; index < to; index++) this.kept.delete(name({ epoch, index }))
  }
}

/** Options of a caller that keeps no keys and makes no checkpoints, and has budget for any jump. */
export const NOTHING_KEPT: EpochKeyOptions<never> = {
  skippedKey: answering(() => undefined),
  session: SESSION,
  checkpoints: NO_CHECKPOINTS,
}

export function name({ epoch, index }: KeyPosition): string {
  return `${epoch}/${index}`
}

/** Freezes a value and all it holds, but for byte strings (the language cannot) and for what is inside maps. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || Object.isFrozen(value)) return value
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
