/** Kept keys on disk against a model that holds them in a map: many jumps and late messages, of both ratchets. */
import { expect, it } from 'vitest'
import { Draft } from '../../../src/client/frame/draft.js'
import { applyPqKeyChanges, applySkippedKeyChanges, readPqSkippedKey, readSkippedKey } from '../../../src/client/state/skipped-keys.js'
import { parseEcPublicKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { isBisikError } from '../../../src/errors.js'
import type { SkippedKeyChanges } from '../../../src/protocol/ratchet/double-ratchet.js'
import { idOf, type SessionState } from '../../../src/protocol/session/session.js'
import {
  allKeptKeys,
  type EpochChains,
  type KeyPosition,
  receiveKey,
  sendKey,
  startChains,
} from '../../../src/protocol/spqr/epoch-chains.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import { transact } from '../../../src/store/transact.js'
import type { NotPromise, Part } from '../../../src/store/transaction.js'
import { checkAddress } from '../../../src/wire/address.js'
import { NO_CHECKPOINTS, withoutJumps } from '../../support/opening.js'
import { seededRandom } from '../../support/random.js'

const peer = checkAddress({ user: 'bob', device: 1 })
const ratchetKey = parseEcPublicKey(new Uint8Array(33).fill(5))
// All that the records of kept keys are named by.
const session = { version: 4, baseKey: ratchetKey } as SessionState
const of = { peer, session, now: 1_000 }
const chain = { peer, session: idOf(session), ratchetKey }

const none: SkippedKeyChanges = { keep: undefined, used: undefined, dropChain: undefined }
const seedOf = (counter: number) => new Uint8Array(32).fill(7).map((byte, i) => (i < 3 ? counter >> (8 * i) : byte))
const numbersOf = (names: readonly string[]) => names.map((name) => Number(name.split('/').at(-1))).sort((a, b) => a - b)

function dice(seed: string): (below: number) => number {
  const random = seededRandom(seed)
  return (below) => {
    const [a, b] = random(2) as unknown as [number, number]
    return (256 * a + b) % below
  }
}

function run<T>(store: MemoryStore, step: (draft: Draft) => Part<NotPromise<T>>): Promise<T> {
  return transact<T>(store, (tx) => step(new Draft(tx)))
}

it.each(['a', 'b', 'c'])(
  'of a chain the newest 2,000 are kept, each is used once, and no record is left when the chain goes (%s)',
  async (seed) => {
    const roll = dice(seed)
    const store = new MemoryStore()
    const model = new Set<number>()
    let [next, skippedEnd] = [0, 0]
    const use = (counter: number) =>
      run<Uint8Array | undefined>(store, function* (draft) {
        const key = yield* readSkippedKey(draft, chain, { counter, pq: undefined })
        if (key === undefined) return undefined
        yield* applySkippedKeyChanges(draft, of, { ...none, used: { ratchetKey, counter } })
        return expose(key)
      }).catch((error: unknown) => {
        // Of keys that made room, or were never derived, it is known that nobody used them.
        if (isBisikError(error, 'duplicate-message') && !model.has(counter)) return undefined
        throw error
      })
    for (let step = 0; step < 100; step++) {
      if (roll(3) > 0) {
        const target = next + ([roll(3), roll(40), roll(700), roll(2_600)][roll(4)] as number)
        const from = Math.max(next, target - 2_000)
        next = target + 1
        if (from === target) continue
        await run(store, (draft) => {
          const seeds = Array.from({ length: target - from }, (_, i) => Secret.own<'MessageSeed'>(seedOf(from + i)))
          return applySkippedKeyChanges(draft, of, { ...none, keep: { ratchetKey, skippedEnd, first: from, from, seeds } })
        })
        skippedEnd = target
        for (let counter = from; counter < target; counter++) model.add(counter)
        for (const oldest of [...model].slice(0, Math.max(0, model.size - 2_000))) model.delete(oldest)
      } else {
        for (let i = 0; i < 20; i++) {
          const counter = Math.max(0, next - 1 - roll(3_000))
          const found = await use(counter)
          expect(found).toEqual(model.delete(counter) ? seedOf(counter) : undefined)
        }
      }
      const segments = [...new Set([...model].map((counter) => Math.floor(counter / 16)))]
      expect(numbersOf(await store.list('skipped/'))).toEqual(segments)
    }
    const dropChain = { ratchetKey, chainKey: Secret.own<'ChainKey'>(new Uint8Array(32)), counter: next, skippedEnd }
    await run(store, (draft) => applySkippedKeyChanges(draft, of, { ...none, dropChain }))
    expect(await store.list('')).toEqual([])
  },
)

it.each([20, 40, 2_000])(
  'of an epoch those of a window of %i are kept, records behind it go, and none is left when the epoch goes',
  async (window) => {
    const roll = dice(`window ${window}`)
    const store = new MemoryStore()
    const limits = { maxForwardJump: 25_000, maxSkippedKeys: window }
    const start = (direction: 'A2B' | 'B2A') => startChains(Secret.own(new Uint8Array(32).fill(1)), direction, limits)
    let [sender, receiver]: EpochChains[] = [start('A2B'), start('B2A')] as const
    const sent: Uint8Array[] = [new Uint8Array(0)]
    const used = new Set<number>()
    let top = 0
    const options = (draft: Draft) => ({
      skippedKey: (position: KeyPosition) => readPqSkippedKey(draft, { peer, session: idOf(session) }, position),
      session: idOf(session),
      checkpoints: NO_CHECKPOINTS,
    })
    for (let step = 0; step < (window > 100 ? 80 : 200); step++) {
      const isAhead = roll(2) === 0
      const index = isAhead ? top + 1 + ([0, roll(3), roll(30), roll(90)][roll(4)] as number) : 1 + Math.max(0, top - roll(window + 10))
      while (sent.length <= index) {
        const { chains, key } = sendKey(sender as EpochChains, 0)
        sender = chains
        sent.push(expose(key))
      }
      const isOpen = index > top || (index >= top - window && !used.has(index))
      const opened = run<{ key: Uint8Array; chains: EpochChains }>(store, function* (draft) {
        const found = yield* withoutJumps(receiveKey(receiver as EpochChains, { epoch: 0, index }, options(draft)))
        const { chains, changes } = found.commit()
        yield* applyPqKeyChanges(draft, of, changes)
        return { key: expose(found.key), chains }
      })
      if (isOpen) {
        const result = await opened
        expect(result.key).toEqual(sent[index])
        receiver = result.chains
        used.add(index)
        top = Math.max(top, index)
      } else await expect(opened).rejects.toMatchObject({ code: expect.stringMatching(/^(duplicate-message|authentication-failed)$/) })
      const kept = numbersOf(await store.list('pq-skipped/'))
      expect(kept.filter((segment) => 16 * segment + 15 < top - window)).toEqual([])
      for (let i = Math.max(1, top - window); i < top; i++) if (!used.has(i)) expect(kept).toContain(Math.floor(i / 16))
    }
    const drop = allKeptKeys(receiver as EpochChains)
    await run(store, (draft) => applyPqKeyChanges(draft, of, { keep: undefined, used: undefined, drop }))
    expect(await store.list('')).toEqual([])
  },
)
