import { describe, expect, it } from 'vitest'
import { agree, generateKeyPair } from '../../../src/crypto/dh.js'
import type { MessageKeySource } from '../../../src/crypto/message-cipher.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { advance, messageSeed } from '../../../src/protocol/hmac-chain.js'
import { MAX_RECEIVING_CHAINS, MAX_SKIPPED_KEYS } from '../../../src/protocol/limits.js'
import { stepRoot } from '../../../src/protocol/ratchet/chain.js'
import {
  type DoubleRatchetState,
  type RatchetHeader,
  type ReceiveStep,
  receiveStep,
  sendStep,
} from '../../../src/protocol/ratchet/double-ratchet.js'
import { FORGOTTEN_CHAIN_LENGTH, isCopyOfForgotten, withForgotten } from '../../../src/protocol/ratchet/forgotten-chains.js'
import { answering, atOnce, NO_CHECKPOINTS, walked } from '../../support/opening.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('double ratchet')
const MAX_FORWARD_JUMP = 3_000

/** Alice, who may send at once, and bob, who turns to her first message. */
function two(): { alice: DoubleRatchetState; bob: DoubleRatchetState } {
  const [preKey, keyPair] = [generateKeyPair(random), generateKeyPair(random)]
  const rootKey = Secret.own<'RootKey'>(random(32))
  const begun = stepRoot(rootKey, agree(keyPair.privateKey, preKey.publicKey))
  const rest = { previousCounter: 0, receiving: [], forgotten: undefined }
  return {
    alice: { rootKey: begun.rootKey, sending: { keyPair, chainKey: begun.chainKey, counter: 0 }, ...rest },
    bob: { rootKey, sending: { keyPair: preKey, chainKey: Secret.own<'ChainKey'>(random(32)), counter: 0 }, ...rest },
  }
}

interface Sent {
  readonly header: RatchetHeader
  readonly seed: string
}

const hexOf = (key: MessageKeySource): string => Buffer.from(expose(key)).toString('hex')

function send(state: DoubleRatchetState, count = 1): { state: DoubleRatchetState; sent: Sent[] } {
  const sent: Sent[] = []
  let now = state
  for (let i = 0; i < count; i++) {
    const step = sendStep(now)
    sent.push({ header: { ratchetKey: now.sending.keyPair.publicKey, counter: step.counter }, seed: hexOf(step.seed) })
    now = step.state
  }
  return { state: now, sent }
}

function begin(state: DoubleRatchetState, header: RatchetHeader, skipped: Secret<'MessageSeed'> | undefined = undefined): ReceiveStep {
  const skippedKey = answering(() => skipped)
  return atOnce(
    receiveStep(state, header, { skippedKey, session: '', checkpoints: NO_CHECKPOINTS, maxForwardJump: MAX_FORWARD_JUMP, random }),
  )
}

function receive(state: DoubleRatchetState, { header, seed }: Sent) {
  const step = begin(state, header)
  expect(hexOf(step.key())).toBe(seed)
  return step.commit()
}

/** Both after alice sent, bob answered, and so on: each says so many messages, all received in order. */
function talk(counts: readonly number[]) {
  let { alice: speaker, bob: listener } = two()
  for (const count of counts) {
    const spoken = send(speaker, count)
    let heard = listener
    for (const one of spoken.sent) heard = receive(heard, one).state
    ;[speaker, listener] = [heard, spoken.state]
  }
  return { speaker, listener }
}

const codeOf = (code: string, details = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) })

it.each([
  [[1], 0],
  [[1, 1, 1], 0],
  [[1, 2, 1], 1],
  [[5, 4, 1], 3],
  [[5, 4, 7, 1], 6],
])('after turns of %j messages, the counter of the chain before is %i', (counts, previous) => {
  expect(talk(counts).speaker.previousCounter).toBe(previous)
})

describe('a message ahead', () => {
  it('leaves the keys of the messages before it, in order, which open them', () => {
    const { alice, bob } = two()
    const { sent } = send(alice, 5)
    const first = receive(bob, sent[1] as Sent)
    const second = receive(first.state, sent[4] as Sent)
    const keptBy = ({ changes: { keep } }: typeof first) => keep && { ...keep, seeds: keep.seeds.map(hexOf) }
    const { ratchetKey } = (sent[0] as Sent).header
    expect(keptBy(first)).toEqual({ ratchetKey, skippedEnd: 0, first: 0, from: 0, seeds: [sent[0]?.seed] })
    expect(keptBy(second)).toEqual({ ratchetKey, skippedEnd: 1, first: 2, from: 2, seeds: [sent[2]?.seed, sent[3]?.seed] })
    expect(second.state.receiving).toMatchObject([{ counter: 5, skippedEnd: 4 }])
    expect(second.changes).toMatchObject({ used: undefined, dropChain: undefined })
  })

  it('leaves no key if none is before it, and the mark of kept keys where it was', () => {
    const { alice, bob } = two()
    const { sent } = send(alice, 4)
    let { state } = receive(bob, sent[1] as Sent)
    for (const i of [2, 3]) {
      const step = receive(state, sent[i] as Sent)
      expect(step.changes.keep).toBeUndefined()
      expect(step.state.receiving).toMatchObject([{ counter: i + 1, skippedEnd: 1 }])
      state = step.state
    }
  })

  it.each(['on a new chain', 'on a chain that is here'])('leaves at most so many keys as are kept, the newest, %s', (where) => {
    const { alice, bob } = two()
    const { sent } = send(alice, MAX_SKIPPED_KEYS + 3)
    const state = where === 'on a new chain' ? bob : receive(bob, sent[0] as Sent).state
    const last = sent[MAX_SKIPPED_KEYS + 2] as Sent
    const areNew: boolean[] = []
    const step = walked(
      (checkpoints) =>
        receiveStep<never>(state, last.header, {
          skippedKey: answering(() => undefined),
          session: '',
          checkpoints,
          maxForwardJump: MAX_FORWARD_JUMP,
          random,
        }),
      ({ isNew }) => areNew.push(isNew),
    )
    expect(areNew).toEqual([where === 'on a new chain'])
    expect(hexOf(step.key())).toBe(last.seed)
    const { keep } = step.commit().changes
    expect([keep?.from, keep?.seeds.length]).toEqual([2, MAX_SKIPPED_KEYS])
    expect(keep?.seeds.map(hexOf)).toEqual(sent.slice(2, -1).map(({ seed }) => seed))
  })

  it.each([
    ['on a new chain', 0],
    ['on a chain that is here', 1],
  ])('may be as far ahead as is allowed and no further, %s', (_, received) => {
    const { alice, bob } = two()
    const { sent } = send(alice)
    const state = received === 0 ? bob : receive(bob, sent[0] as Sent).state
    const { ratchetKey } = (sent[0] as Sent).header
    const furthest = received + MAX_FORWARD_JUMP
    expect(begin(state, { ratchetKey, counter: furthest })).toBeDefined()
    expect(() => begin(state, { ratchetKey, counter: furthest + 1 })).toThrow(
      codeOf('too-far-ahead', { counter: furthest + 1, expected: received }),
    )
  })
})

describe('a message behind', () => {
  const { alice, bob } = two()
  const { sent } = send(alice, 3)
  const { state } = receive(receive(bob, sent[1] as Sent).state, sent[2] as Sent)

  it('is opened by its kept key, which is then used, and changes nothing else', () => {
    const { header } = sent[0] as Sent
    const seed = Secret.own<'MessageSeed'>(random(32))
    const step = begin(state, header, seed)
    expect(step.key()).toBe(seed)
    expect(step.commit()).toEqual({ state, changes: { keep: undefined, used: header, dropChain: undefined } })
    expect(step.commit().state).toBe(state)
    step.discard()
    expect(() => expose(seed)).toThrow('used after it was wiped')
  })

  it('is a duplicate if its key is gone, or if it never had one: that is known without a look', () => {
    expect(() => begin(state, (sent[0] as Sent).header)).toThrow(codeOf('duplicate-message', { counter: 0 }))
    for (const one of sent.slice(1)) {
      const seed = Secret.own<'MessageSeed'>(random(32))
      expect(() => begin(state, one.header, seed)).toThrow(codeOf('duplicate-message', { counter: one.header.counter }))
    }
  })
})

describe('a turn', () => {
  it('cannot answer a key of ours that never went out', () => {
    const { listener, speaker } = talk([1])
    const forged = { ratchetKey: generateKeyPair(random).publicKey, counter: 0 }
    // The speaker to come has turned, and said nothing yet.
    expect(() => begin(speaker, forged)).toThrow(codeOf('authentication-failed'))
    expect(begin(send(speaker).state, forged)).toBeDefined()
    expect(begin(listener, forged)).toBeDefined()
  })

  it('pushes out the oldest chain when there are as many as are kept, and no chain before', () => {
    let { alice, bob } = two()
    const keys = []
    for (let turns = 0; turns <= MAX_RECEIVING_CHAINS; turns++) {
      const spoken = send(alice, 2)
      const heard = receive(bob, spoken.sent[0] as Sent)
      keys.push(alice.sending.keyPair.publicKey)
      expect(heard.changes.dropChain?.ratchetKey).toEqual(turns < MAX_RECEIVING_CHAINS ? undefined : keys[0])
      expect(heard.state.receiving.map(({ ratchetKey }) => ratchetKey)).toEqual(keys.slice(-MAX_RECEIVING_CHAINS))
      expect(heard.state.forgotten?.length).toBe(turns < MAX_RECEIVING_CHAINS ? undefined : FORGOTTEN_CHAIN_LENGTH)
      const answered = send(receive(heard.state, spoken.sent[1] as Sent).state)
      ;[alice, bob] = [receive(spoken.state, answered.sent[0] as Sent).state, answered.state]
    }
  })

  it('wipes what lies between the two keys of a root, and leaves what was there before', () => {
    const { alice, bob } = two()
    const { sent } = send(alice)
    const before = expose(bob.rootKey).slice()
    const discarded = begin(bob, (sent[0] as Sent).header)
    const key = discarded.key()
    discarded.discard()
    expect(() => expose(key as Secret<'MessageSeed'>)).toThrow('used after it was wiped')
    receive(bob, sent[0] as Sent)
    expect(expose(bob.rootKey)).toEqual(before)
  })
})

it('a chain advanced by no step is the same, and its key is not touched by steps', () => {
  const chain = { key: Secret.own<'ChainKey'>(random(32)), counter: 7 }
  expect(advance(chain, 0)).toEqual(chain)
  const ahead = advance(chain, 3)
  expect(ahead.counter).toBe(10)
  expect(hexOf(messageSeed(ahead.key))).toBe(hexOf(messageSeed(advance(advance(chain, 1), 2).key)))
})

describe('chains that were pushed out', () => {
  const chain = (counter: number, skippedEnd: number) => ({ ratchetKey: generateKeyPair(random).publicKey, counter, skippedEnd })

  it('are known by what was received of them, from the last gap on, and by nothing else', () => {
    const [first, second] = [chain(9, 4), chain(3, 0)]
    const forgotten = withForgotten(withForgotten(undefined, first), second)
    for (const { ratchetKey, counter, skippedEnd } of [first, second]) {
      for (let at = 0; at < 12; at++) {
        expect(isCopyOfForgotten(forgotten, { ratchetKey, counter: at })).toBe(at >= skippedEnd && at < counter)
      }
    }
    expect(isCopyOfForgotten(forgotten, { ratchetKey: chain(0, 0).ratchetKey, counter: 2 })).toBe(false)
    expect(isCopyOfForgotten(undefined, { ratchetKey: first.ratchetKey, counter: 5 })).toBe(false)
  })

  it('are not noted if nothing of them is known to be received', () => {
    const noted = withForgotten(undefined, chain(9, 4))
    expect(withForgotten(noted, chain(4, 4))).toBe(noted)
    expect(withForgotten(noted, undefined)).toBe(noted)
  })

  it('are found in a state that lies within other bytes, and the newest 64 stay', () => {
    const chains = Array.from({ length: 66 }, () => chain(9, 4))
    let forgotten: Uint8Array<ArrayBuffer> | undefined
    for (const one of chains) forgotten = withForgotten(forgotten, one)
    expect(forgotten?.length).toBe(64 * FORGOTTEN_CHAIN_LENGTH)
    const padded = new Uint8Array([1, 2, 3, ...(forgotten ?? [])]).subarray(3)
    expect(chains.map(({ ratchetKey }) => isCopyOfForgotten(padded, { ratchetKey, counter: 5 }))).toEqual(chains.map((_, i) => i >= 2))
  })
})
