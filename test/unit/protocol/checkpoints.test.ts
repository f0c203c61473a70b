import { describe, expect, it } from 'vitest'
import { expose, Secret, sameSecret } from '../../../src/crypto/secret.js'
import {
  askForCheckpoints,
  type Checkpoints,
  checkpointsBeginAt,
  type LongJump,
  lastCheckpoint,
  nearestKeys,
  type Position,
  wipeCheckpoints,
} from '../../../src/protocol/checkpoints.js'
import { advance } from '../../../src/protocol/hmac-chain.js'
import { CHECKPOINT_INTERVAL, MAX_SKIPPED_KEYS } from '../../../src/protocol/limits.js'
import { advanceEpochChain } from '../../../src/protocol/spqr/epoch-chains.js'
import { firstJump } from '../../support/opening.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('checkpoints along chains')
const START = 7
const from = { key: Secret.own<'ChainKey'>(random(32)), counter: START }
const chain = { name: () => 'a chain', from, advance, hmacsPerStep: 2 }
const jumpTo = (target: number): LongJump => firstJump(askForCheckpoints(chain, target, true))
const isWiped = (secret: Secret<string>): boolean => {
  try {
    expose(secret)
    return false
  } catch {
    return true
  }
}

/** Checkpoints of a chain, from its place on. */
function known(count: number): Checkpoints<'ChainKey'> {
  const keys = Array.from({ length: count }, (_, i) => advance(from, i * CHECKPOINT_INTERVAL).key.clone())
  return { start: START, keys, steps: [] }
}

describe('a long jump', () => {
  it('says where it begins and where it leads, and owns a copy of its first key', () => {
    const jump = jumpTo(500)
    expect([jump.name, jump.target, jump.isNew, jump.from.start, jump.from.keys.length]).toEqual(['a chain', 500, true, START, 1])
    const [first] = jump.from.keys as [Secret<'ChainKey'>]
    expect(sameSecret(first, from.key)).toBe(true)
    jump.discard()
    expect([isWiped(first), isWiped(from.key)]).toEqual([true, false])
  })

  it.each([
    [1, 1],
    [2 * CHECKPOINT_INTERVAL, 1],
    [6 * CHECKPOINT_INTERVAL - 1, 2],
    [6 * CHECKPOINT_INTERVAL, 3],
    [1e6, 5],
  ])('goes on by at most %i HMACs, in whole intervals, at least one: %i', (hmacs, intervals) => {
    const jump = jumpTo(START + 4 * CHECKPOINT_INTERVAL + 1)
    const walked = jump.extend(jump.from, hmacs)
    expect(walked.keys.length).toBe(1 + intervals)
    expect(lastCheckpoint(walked)).toBe(START + intervals * CHECKPOINT_INTERVAL)
    for (const [i, key] of walked.keys.entries()) expect(sameSecret(key, advance(from, i * CHECKPOINT_INTERVAL).key)).toBe(true)
    // From where it is, it goes to the end and no further.
    expect(jump.extend(walked, 1e6).keys.length).toBe(6)
  })

  it('remembers the last steps if message keys need them, and wipes the others', () => {
    const start: Position<'EpochChainKey'> = { key: Secret.own<'EpochChainKey'>(random(32)), counter: 0 }
    const epochs = { name: () => 'an epoch', from: start, advance: advanceEpochChain, hmacsPerStep: 2 }
    const jump = firstJump(askForCheckpoints(epochs, MAX_SKIPPED_KEYS + 300, false))
    const first = jump.extend(jump.from, 2 * MAX_SKIPPED_KEYS)
    const old = first.steps[0]
    expect(first.steps.length).toBe(MAX_SKIPPED_KEYS)
    const all = jump.extend(first, 1e6)
    expect(all.steps.length).toBe(MAX_SKIPPED_KEYS)
    const isGone = old !== undefined && isWiped(old.extracted) && isWiped(old.next)
    expect([isGone, all.steps.some(({ extracted, next }) => isWiped(extracted) || isWiped(next))]).toEqual([true, false])
    const end = all.steps.at(-1)?.next as Secret<string>
    expect(sameSecret(end, all.keys.at(-1) as Secret<string>)).toBe(true)
    wipeCheckpoints(all)
    expect([...all.keys, ...all.steps.flatMap(({ extracted, next }) => [extracted, next])].every(isWiped)).toBe(true)
  })
})

it('checkpoints begin at a place if both its counter and its key are theirs', () => {
  const other = Secret.own<'ChainKey'>(random(32))
  expect(checkpointsBeginAt(known(2), from)).toBe(true)
  expect(checkpointsBeginAt(known(2), { ...from, counter: START + 1 })).toBe(false)
  expect(checkpointsBeginAt(known(2), { ...from, key: other })).toBe(false)
  expect(checkpointsBeginAt({ start: START, keys: [], steps: [] }, from)).toBe(false)
})

describe('the nearest keys', () => {
  const never = () => {
    throw new Error('checkpoints were looked for')
  }

  it('within an interval are the chain itself, at no cost', () => {
    const budget = { hmacs: 0 }
    const near = nearestKeys(chain, START + CHECKPOINT_INTERVAL, { get: never, budget })
    expect([near?.nearest(START + 9), near?.step(START + 9)]).toEqual([from, undefined])
    expect(() => nearestKeys(chain, START + CHECKPOINT_INTERVAL + 1, { get: never, budget })).toThrow('were looked for')
  })

  it('cost the way from what is known, if it is longer than an interval, and there are none beyond the budget', () => {
    const get = () => known(3)
    const cost = (target: number, hmacs: number, found: (name: string) => Checkpoints<string> | undefined = get) => {
      const budget = { hmacs }
      return nearestKeys(chain, target, { get: found, budget }) === undefined ? undefined : hmacs - budget.hmacs
    }
    const last = START + 2 * CHECKPOINT_INTERVAL
    expect([cost(last + 100, 0), cost(last - 50, 0)]).toEqual([0, 0])
    expect([cost(last + 101, 201), cost(last + 101, 202), cost(last + 101, 203)]).toEqual([undefined, 202, 202])
    expect(cost(START + 101, 1_000, () => undefined)).toBe(202)
    // Of another chain: they do not count.
    expect(cost(START + 101, 1_000, () => ({ ...known(3), start: START - 1 }))).toBe(202)
    const asked: string[] = []
    cost(START + 101, 1_000, (name) => void asked.push(name))
    expect(asked).toEqual(['a chain'])
  })

  it('are the last that are not after a counter', () => {
    const near = nearestKeys(chain, START + 250, { get: () => known(3), budget: { hmacs: 0 } })
    const places = [START, START + 99, START + 100, START + 199, START + 200, START + 250].map((at) => near?.nearest(at))
    expect(places.map((place) => place && place.counter - START)).toEqual([0, 0, 100, 100, 200, 200])
    for (const place of places) expect(place && sameSecret(place.key, advance(from, place.counter - START).key)).toBe(true)
  })

  it('know the steps that led to the counters up to the last', () => {
    const steps = Array.from({ length: 3 }, () => ({
      extracted: Secret.own<'StepKey'>(random(32)),
      next: Secret.own<'ChainKey'>(random(32)),
    }))
    const near = nearestKeys(chain, START + 250, { get: () => ({ ...known(3), steps }), budget: { hmacs: 0 } })
    expect([197, 198, 199, 200, 201].map((at) => near?.step(START + at))).toEqual([undefined, ...steps, undefined])
  })
})
