import { describe, expect, it } from 'vitest'
import { Secret, sameSecret } from '../../../src/crypto/secret.js'
import {
  type Checkpoints,
  type KnownCheckpoints,
  type LongJump,
  lastCheckpoint,
  wipeCheckpoints,
} from '../../../src/protocol/checkpoints.js'
import { CHECKPOINT_INTERVAL } from '../../../src/protocol/limits.js'
import {
  addEpoch,
  advanceEpochChain,
  type ChainLimits,
  type EpochChains,
  type EpochKeyChanges,
  type EpochKeyOptions,
  epochCheckpoints,
  receiveKey,
  sendKey,
  startChains,
} from '../../../src/protocol/spqr/epoch-chains.js'
import { answering, atOnce, firstJump, firstNeed, unread } from '../../support/opening.js'
import { AUTH_KEY, deepFreeze, LIMITS, NOTHING_KEPT, SESSION } from './party.js'

const authKey = () => Secret.copy<'PqAuthKey'>(AUTH_KEY)
const secretOf = (epoch: number) => ({ epoch, secret: Secret.copy<'EpochSecret'>(new Uint8Array(32).fill(epoch)) })
const pair = (limits: ChainLimits = LIMITS) => ({
  sender: deepFreeze(startChains(authKey(), 'A2B', limits)),
  receiver: deepFreeze(startChains(authKey(), 'B2A', limits)),
})

/** The sender's first `count` keys of epoch 0; `keys[i]` has index i + 1. */
function keysOf(sender: EpochChains, count: number): Secret<'PqMessageKey'>[] {
  const keys: Secret<'PqMessageKey'>[] = []
  for (let chains = sender; keys.length < count; ) {
    const sent = sendKey(chains, 0)
    keys.push(sent.key)
    chains = sent.chains
  }
  return keys
}

function received(chains: EpochChains, index: number, options: Partial<EpochKeyOptions<never>> = {}, epoch = 0) {
  const step = atOnce(receiveKey(chains, { epoch, index }, { ...NOTHING_KEPT, ...options }))
  const committed = step.commit()
  return { key: step.key, chains: deepFreeze(committed.chains), changes: committed.changes }
}

const walksWith = (hmacs: number, walk?: Checkpoints<string>): KnownCheckpoints => ({ get: () => walk, budget: { hmacs } })
const refusal = (code: string) => expect.objectContaining({ code })
const skippedOf = (changes: EpochKeyChanges) => changes.keep && [changes.keep.from, changes.keep.from + changes.keep.keys.length - 1]

describe('receiving on one chain', () => {
  it('gives the sender’s keys in order, and keeps nothing', () => {
    const { sender, receiver } = pair()
    let chains = receiver
    keysOf(sender, 5).forEach((key, i) => {
      const step = received(chains, i + 1)
      expect(sameSecret(step.key, key)).toBe(true)
      expect(step.changes).toEqual({ keep: undefined, used: undefined, drop: [] })
      chains = step.chains
    })
  })

  it('keeps the keys of what it skipped, and takes them back once', () => {
    const { sender, receiver } = pair()
    const keys = keysOf(sender, 5)
    const jump = received(receiver, 4)
    expect(sameSecret(jump.key, keys[3] as Secret<'PqMessageKey'>)).toBe(true)
    expect(skippedOf(jump.changes)).toEqual([1, 3])
    const kept = jump.changes.keep?.keys ?? []
    kept.forEach((key, i) => {
      expect(sameSecret(key, keys[i] as Secret<'PqMessageKey'>)).toBe(true)
    })
    const late = received(jump.chains, 2, { skippedKey: answering(() => kept[1]) })
    expect(late.changes).toEqual({ keep: undefined, used: { epoch: 0, index: 2 }, drop: [] })
    expect(late.chains).toBe(jump.chains)
    expect(() => received(jump.chains, 2)).toThrow(refusal('duplicate-message'))
  })

  it('asks for a kept key only when there can be one', () => {
    const { receiver } = pair()
    const waiting = { ...NOTHING_KEPT, skippedKey: unread }
    const jump = received(receiver, 4).chains
    const after = received(received(jump, 5).chains, 6).chains
    expect(firstNeed(receiveKey(after, { epoch: 0, index: 3 }, waiting))).toEqual({ epoch: 0, index: 3 })
    for (const index of [4, 5, 6]) {
      expect(() => firstNeed(receiveKey(after, { epoch: 0, index }, waiting))).toThrow(refusal('duplicate-message'))
    }
  })

  it('derives nothing to keep before the message is proven, and wipes what it derived when it is not', () => {
    const { receiver } = pair()
    const step = atOnce(receiveKey(receiver, { epoch: 0, index: 9 }, NOTHING_KEPT))
    step.discard()
    expect(() => sameSecret(step.key, step.key)).toThrow(refusal('internal'))
    expect(sameSecret(received(receiver, 9).key, received(receiver, 9).key)).toBe(true)
  })

  it('keeps the newest 2,000 keys of a longer jump: first 2601, then 601 to 2600', () => {
    const { receiver } = pair()
    const one = received(receiver, 1).chains
    const { chains, changes } = received(one, 2601)
    expect(skippedOf(changes)).toEqual([601, 2600])
    const waiting = { ...NOTHING_KEPT, skippedKey: unread }
    expect(firstNeed(receiveKey(chains, { epoch: 0, index: 601 }, waiting))).toEqual({ epoch: 0, index: 601 })
    expect(() => firstNeed(receiveKey(chains, { epoch: 0, index: 600 }, waiting))).toThrow(refusal('authentication-failed'))
  })

  it('names the kept keys that fall out of the window, and no key that was never kept', () => {
    const { receiver } = pair({ maxForwardJump: 100, maxSkippedKeys: 10 })
    let chains = received(receiver, 5).chains
    const drops: unknown[] = []
    for (let index = 6; index <= 20; index++) {
      const step = received(chains, index)
      drops.push(...step.changes.drop)
      chains = step.chains
    }
    expect(drops).toEqual([1, 2, 3, 4].map((index) => ({ epoch: 0, from: index, to: index + 1, all: index === 4 })))
    const jump = received(received(receiver, 5).chains, 50)
    expect(jump.changes.drop).toEqual([{ epoch: 0, from: 1, to: 5, all: true }])
    expect(skippedOf(jump.changes)).toEqual([40, 49])
  })

  it('refuses a jump beyond the limit before it derives anything; the limit may be none', () => {
    const limits = { maxForwardJump: 100, maxSkippedKeys: 10 }
    const { receiver } = pair(limits)
    const checkpoints = walksWith(0)
    expect(() => received(receiver, 101, { checkpoints })).toThrow(refusal('too-far-ahead'))
    expect(() => received(receiver, 0xffff_ffff, { checkpoints })).toThrow(refusal('too-far-ahead'))
    expect(received(receiver, 100, { checkpoints }).chains.links[0]?.receiving.counter).toBe(100)
    const boundless = pair({ maxForwardJump: 0xffff_ffff, maxSkippedKeys: 10 }).receiver
    const jump = firstJump(receiveKey(boundless, { epoch: 0, index: 0xffff_ffff }, { ...NOTHING_KEPT, checkpoints }))
    expect([jump.target, jump.isNew]).toEqual([0xffff_fffe, false])
  })
})

describe('long jumps', () => {
  const { sender, receiver } = pair()
  const direct = received(receiver, 5000)

  it('wait for a walk in slices, which gives the same result', () => {
    let walk: Checkpoints<string> | undefined
    let slices = 0
    for (;;) {
      const opening = receiveKey(receiver, { epoch: 0, index: 5000 }, { ...NOTHING_KEPT, checkpoints: walksWith(1000, walk) })
      const next = opening.next()
      if (next.done === true) {
        expect(sameSecret(next.value.key, direct.key)).toBe(true)
        expect(next.value.commit()).toEqual({ chains: direct.chains, changes: direct.changes })
        break
      }
      const { name, target, isNew, from, extend }: LongJump = next.value
      expect([name, target, isNew]).toEqual([epochCheckpoints(SESSION, 0), 4999, false])
      walk ??= from
      const before = lastCheckpoint(walk)
      walk = extend(walk, 1000)
      expect(lastCheckpoint(walk) - before).toBe(500)
      slices++
    }
    expect(slices).toBe(9)
    if (walk === undefined) throw new Error('no walk')

    const shorter = received(receiver, 3210, { checkpoints: walksWith(0, walk) })
    expect(sameSecret(shorter.key, received(receiver, 3210).key)).toBe(true)

    wipeCheckpoints(walk)
    expect(received(receiver, 1).key).toBeInstanceOf(Secret)
  })

  it('take no notice of a walk along another chain', () => {
    const other = startChains(Secret.copy(new Uint8Array(32)), 'B2A', LIMITS)
    const { from, extend } = firstJump(receiveKey(other, { epoch: 0, index: 600 }, { ...NOTHING_KEPT, checkpoints: walksWith(0) }))
    const walk = extend(from, 1200)
    expect(lastCheckpoint(walk)).toBe(600)
    const along = received(receiver, 600, { checkpoints: walksWith(Number.POSITIVE_INFINITY, walk) })
    expect(sameSecret(along.key, received(receiver, 600).key)).toBe(true)
  })

  it('count against the budget, two HMACs a step', () => {
    const checkpoints = walksWith(2000)
    received(receiver, 1001, { checkpoints })
    expect(checkpoints.budget.hmacs).toBe(0)
    const jump = firstJump(receiveKey(receiver, { epoch: 0, index: CHECKPOINT_INTERVAL + 2 }, { ...NOTHING_KEPT, checkpoints }))
    expect(jump.target).toBe(CHECKPOINT_INTERVAL + 1)
    received(receiver, CHECKPOINT_INTERVAL + 1, { checkpoints })
    expect(checkpoints.budget.hmacs).toBe(0)
  })

  it('advance without message keys to the same chain', () => {
    const start = sender.links[0]?.sending
    if (start?.key === undefined) throw new Error('no chain')
    const position = { counter: start.counter, key: start.key }
    expect(advanceEpochChain(position, 0, [])).toBe(position)
    expect(
      sameSecret(advanceEpochChain(position, 4999, []).key, advanceEpochChain(advanceEpochChain(position, 2000, []), 2999, []).key),
    ).toBe(true)
    const end = direct.chains.links[0]?.receiving
    expect(end && sameSecret(advanceEpochChain(position, 5000, []).key, end.key)).toBe(true)
  })
})

describe('epochs', () => {
  const grown = (chains: EpochChains, upTo: number) => {
    let result = chains
    for (let epoch = chains.currentEpoch + 1; epoch <= upTo; epoch++) result = addEpoch(result, secretOf(epoch))
    return deepFreeze(result)
  }

  it('agree between the two sides', () => {
    const { sender, receiver } = pair()
    const sent = sendKey(grown(sender, 3), 3)
    expect(sameSecret(received(grown(receiver, 3), 1, {}, 3).key, sent.key)).toBe(true)
  })

  it('end when we send with later ones: one older is kept, and it can only receive', () => {
    const { sender } = pair()
    let chains = received(grown(sender, 1), 3).chains
    chains = deepFreeze(sendKey(chains, 1).chains)
    expect(chains.links.map(({ sending }) => sending.key === undefined)).toEqual([true, false])
    expect(() => sendKey(chains, 0)).toThrow(refusal('internal'))
    expect(received(chains, 4).key).toBeInstanceOf(Secret)

    const { chains: later, drop } = sendKey(grown(chains, 2), 2)
    expect(later.links.length).toBe(2)
    expect(drop).toEqual([{ epoch: 0, from: 1, to: 3, all: true }])
    expect(() => received(later, 4)).toThrow(refusal('authentication-failed'))
    expect(received(later, 1, {}, 1).key).toBeInstanceOf(Secret)
    expect(() => received(later, 1, {}, 3)).toThrow(refusal('authentication-failed'))
  })

  it('are never dropped by receiving', () => {
    const { receiver } = pair()
    let chains = grown(receiver, 5)
    for (let epoch = 0; epoch <= 5; epoch++) chains = received(chains, 7, {}, epoch).chains
    expect(chains.links.length).toBe(6)
  })

  it('drop nothing that was never kept', () => {
    const { sender } = pair()
    expect(sendKey(grown(sender, 4), 4).drop).toEqual([])
  })

  it('come in turn', () => {
    const { sender } = pair()
    expect(() => addEpoch(sender, secretOf(2))).toThrow(refusal('internal'))
    expect(() => sendKey(sender, 1)).toThrow(refusal('internal'))
  })
})
