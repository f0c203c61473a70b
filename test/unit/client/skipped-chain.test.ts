/** The skipped keys of one chain on a store: what is kept, used, noted and dropped, and what becomes of it when a record is damaged. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Draft } from '../../../src/client/frame/draft.js'
import {
  type ChainRecords,
  checkNotExpired,
  dropAll,
  dropOldest,
  type Expiry,
  keepRun,
  useKey,
} from '../../../src/client/state/skipped-chain.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { MAX_SKIPPED_KEYS, SECOND_LOOK } from '../../../src/protocol/limits.js'
import { whyGone } from '../../../src/records/expired-keys-record.js'
import {
  decodeKeptTimes,
  decodeSkippedIndex,
  decodeSkippedSegment,
  encodeSkippedIndex,
  SEGMENT_LENGTH,
} from '../../../src/records/skipped-keys-record.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { transact } from '../../../src/store/transact.js'
import type { NotPromise, Part } from '../../../src/store/transaction.js'
import { snapshot } from '../../support/snapshot.js'
import { noted } from '../store/steps.js'

const RECORDS: ChainRecords = { index: 'index', expired: 'expired', isRepaired: true, segment: (number) => `segment/${number}` }
const UNREPAIRED: ChainRecords = { ...RECORDS, isRepaired: false }
const DAMAGED = Uint8Array.of(0xff)
const TOO_NEW = Uint8Array.of(99)
const MINUTE = 60_000
const NOW = 1_000 * MINUTE

let store: MemoryStore
let dropped: readonly string[] = []
beforeEach(() => {
  store = new MemoryStore()
  dropped = []
})

const seedOf = (counter: number) => new Uint8Array(32).map((_, i) => (i < 3 ? counter >> (8 * i) : 7))
const counters = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, i) => from + i)

async function run<T>(step: (draft: Draft) => Part<NotPromise<T>>, on: KeyStore = store): Promise<T> {
  return transact<T>(on, function* (tx) {
    const draft = new Draft(tx)
    const result = yield* step(draft)
    dropped = draft.dropped
    return result
  })
}

interface Kept {
  readonly first?: number
  readonly isFirst?: boolean
  readonly limit?: number
  readonly now?: number
}

/** Keeps the keys of `from` to before `end`. @returns how many are kept then. */
function keep(from: number, end: number, { first = from, isFirst = false, ...options }: Kept = {}, records = RECORDS): Promise<number> {
  return run<number>((draft) => {
    const keys = counters(from, end).map((counter) => Secret.own<'MessageSeed'>(seedOf(counter)))
    return keepRun(draft, records, { from, keys, first, isFirst, ...options })
  })
}

const use = (counter: number) => run<void>((draft) => useKey(draft, RECORDS, counter))
const oldest = (expiry: Partial<Expiry>, records = RECORDS) =>
  run<number>((draft) => dropOldest(draft, records, { now: NOW, goes: () => true, isByClock: false, ...expiry }))

async function recordOf(name: string): Promise<Uint8Array> {
  return (await store.read([name])).get(name)?.value ?? new Uint8Array(0)
}

async function put(name: string, value: Uint8Array | undefined): Promise<void> {
  const given = value === undefined ? [] : [[name, value] as const]
  await store.commit({ expect: new Map(), put: new Map(given), delete: new Set(value === undefined ? [name] : []) })
}

/** The name, if there is a record of it. */
const named = async (name: string) => [...(await store.read([name])).keys()]

/** The counters whose keys are kept, each with its own key. */
async function held(): Promise<number[]> {
  const found: number[] = []
  for (const name of await store.list('segment/')) {
    const segment = Number(name.slice('segment/'.length))
    for (const [place, key] of decodeSkippedSegment(await recordOf(name))) {
      const counter = segment * SEGMENT_LENGTH + place
      expect(expose(key)).toEqual(seedOf(counter))
      found.push(counter)
    }
  }
  return found.sort((a, b) => a - b)
}

const index = async () => [...decodeSkippedIndex(await recordOf('index'))]
const times = async () => {
  const { keptAt, overAt } = decodeKeptTimes(await recordOf('index'))
  return { keptAt: [...keptAt], overAt }
}
/** Why the keys of these counters went. */
const why = async (...of: number[]) => {
  const note = await recordOf('expired')
  return of.map((counter) => (note.length === 0 ? undefined : whyGone(note, counter)))
}

describe('keys that are kept', () => {
  it('are each found under its counter, and counted by segment', async () => {
    expect(await keep(10, 40, { isFirst: true })).toBe(30)
    expect(await held()).toEqual(counters(10, 40))
    expect(await index()).toEqual([
      [0, 6],
      [1, 16],
      [2, 8],
    ])
    expect(await keep(43, 50)).toBe(37)
    expect(await held()).toEqual([...counters(10, 40), ...counters(43, 50)])
    expect((await index()).slice(2)).toEqual([
      [2, 13],
      [3, 2],
    ])
    expect(await named('expired')).toEqual([])
  })

  it('are the first of a chain: nothing is read', async () => {
    const { store: watched, reads } = noted(store)
    const keys = [Secret.own<'MessageSeed'>(seedOf(0))]
    await run<number>((draft) => keepRun(draft, RECORDS, { isFirst: true, first: 0, from: 0, keys, now: NOW }), watched)
    expect(reads).toEqual([])
  })

  it('make room by the oldest, and it is noted that these went unused', async () => {
    await keep(0, 40, { isFirst: true })
    expect(await keep(50, 60, { limit: 30 })).toBe(30)
    expect(await held()).toEqual([...counters(20, 40), ...counters(50, 60)])
    expect(await why(0, 19, 20, 39, 50)).toEqual(['room', 'room', undefined, undefined, undefined])
    expect((await index())[0]).toEqual([1, 12])
    expect(await named('segment/0')).toEqual([])
  })

  it('leave the oldest as they are if there is just enough room', async () => {
    await keep(0, 20, { isFirst: true })
    const { store: watched, batches } = noted(store)
    const keys = [Secret.own<'MessageSeed'>(seedOf(20))]
    await run<number>((draft) => keepRun(draft, RECORDS, { isFirst: false, first: 20, from: 20, keys, limit: 21 }), watched)
    expect(batches.flatMap(({ put: given }) => [...given.keys()])).toEqual(['segment/1', 'index'])
  })

  it('make room in the segment that they come into', async () => {
    await keep(0, 6, { isFirst: true })
    expect(await keep(8, 12, { limit: 7 })).toBe(7)
    expect([await held(), await index()]).toEqual([[3, 4, 5, 8, 9, 10, 11], [[0, 7]]])
    expect(await why(2, 3)).toEqual(['room', undefined])
  })

  it('push out all that was there if they are as many as may be', async () => {
    await keep(0, 5, { isFirst: true })
    expect(await keep(20, 25, { limit: 5 })).toBe(5)
    expect([await held(), await index()]).toEqual([counters(20, 25), [[1, 5]]])
  })

  it('are 2,000 of a chain if nothing else is said', async () => {
    await keep(0, 10, { isFirst: true })
    expect(await keep(10, 10 + MAX_SKIPPED_KEYS - 1)).toBe(MAX_SKIPPED_KEYS)
    expect((await held()).slice(0, 2)).toEqual([9, 10])
  })

  it('leave a note of those that were skipped before them and never derived', async () => {
    await keep(20, 22, { first: 5, isFirst: true })
    expect(await why(4, 5, 19, 20)).toEqual([undefined, 'room', 'room', undefined])
  })

  it('note when the newest of each segment was kept, and leave the time of the others', async () => {
    await keep(0, 20, { isFirst: true, now: NOW })
    await keep(20, 40, { now: NOW + MINUTE })
    expect(await times()).toEqual({
      keptAt: [
        [0, NOW],
        [1, NOW + MINUTE],
        [2, NOW + MINUTE],
      ],
      overAt: 0,
    })
    await keep(40, 41)
    expect((await times()).keptAt).toEqual([])
  })

  it('are of unknown age from the first look on', async () => {
    await keep(0, 20, { isFirst: true })
    await put('index', encodeSkippedIndex(new Map(await index()), { keptAt: new Map([[1, MINUTE]]), overAt: 77 }))
    await keep(40, 41, { now: NOW })
    expect(await times()).toEqual({
      keptAt: [
        [0, NOW],
        [1, MINUTE],
        [2, NOW],
      ],
      overAt: 77,
    })
  })
})

describe('a key that is used', () => {
  it('goes out of its segment and of the count, the segment with its last, the index with the last of all', async () => {
    await keep(14, 18, { isFirst: true })
    await use(15)
    expect([await held(), await index()]).toEqual([
      [14, 16, 17],
      [
        [0, 1],
        [1, 2],
      ],
    ])
    await use(14)
    expect([await store.list(''), await index()]).toEqual([expect.arrayContaining(['index', 'segment/1']), [[1, 2]]])
    expect(await store.list('segment/')).toEqual(['segment/1'])
    await use(16)
    await use(17)
    expect([await store.list(''), dropped]).toEqual([[], []])
  })

  it('is an error if its segment is lost, and nothing changes', async () => {
    await keep(0, 20, { isFirst: true })
    await put('segment/0', undefined)
    const before = await snapshot(store)
    await expect(use(3)).rejects.toMatchObject({ code: 'corrupt-record', details: { record: 'skipped keys' } })
    expect(await snapshot(store)).toEqual(before)
  })

  it.each([undefined, DAMAGED, encodeSkippedIndex(new Map([[7, 1]]))])(
    'goes although the index is lost, damaged or of others, and that is told (%#)',
    async (lost) => {
      await keep(0, 20, { isFirst: true })
      await put('index', lost)
      await use(3)
      expect([await held(), dropped]).toEqual([counters(0, 20).filter((counter) => counter !== 3), ['skipped keys']])
      expect(await named('index')).toEqual([])
    },
  )
})

describe('all keys of a chain', () => {
  const drop = () => run<void>((draft) => dropAll(draft, RECORDS))

  it('go, with the index and the note', async () => {
    await keep(20, 60, { first: 3, isFirst: true })
    await drop()
    expect([await store.list(''), dropped]).toEqual([[], []])
    await put('expired', DAMAGED)
    await drop()
    expect(await store.list('')).toEqual([])
  })

  it('stay if no index says which there are, until they are looked for by name', async () => {
    await keep(20, 60, { first: 3, isFirst: true })
    await put('index', DAMAGED)
    await drop()
    expect([new Set(await store.list('')), dropped]).toEqual([new Set(['segment/1', 'segment/2', 'segment/3']), ['skipped keys']])
  })
})

describe('the oldest keys of a chain', () => {
  beforeEach(async () => {
    await keep(0, 20, { isFirst: true, now: NOW })
    await keep(32, 40, { now: NOW + 10 * MINUTE })
  })

  it('go a segment at a time, up to the first that stays, and it is noted that they made room', async () => {
    const asked: (readonly number[])[] = []
    const goes = (keptAt: number, gone: number) => {
      asked.push([keptAt, gone])
      return gone < 20
    }
    expect(await oldest({ goes })).toBe(8)
    expect(asked).toEqual([
      [NOW, 0],
      [NOW, 16],
      [NOW + 10 * MINUTE, 20],
    ])
    expect([await held(), await index()]).toEqual([counters(32, 40), [[2, 8]]])
    expect((await times()).keptAt).toEqual([[2, NOW + 10 * MINUTE]])
    expect(await why(0, 19, 32)).toEqual(['room', 'room', undefined])
    expect(await oldest({})).toBe(0)
    expect(await store.list('')).toEqual(['expired'])
  })

  it('do not go behind one that stays', async () => {
    expect(await oldest({ goes: (keptAt) => keptAt > NOW })).toBe(28)
    expect(await held()).toHaveLength(28)
  })

  it('go by age only when the clock says so twice, an hour apart; then the next ones need two looks again', async () => {
    const goes = (keptAt: number) => keptAt <= NOW
    const look = (now: number) => oldest({ goes, now, isByClock: true })
    const first = NOW + 50 * MINUTE
    expect(await look(first)).toBe(28)
    expect((await times()).overAt).toBe(first)
    expect(await look(first + SECOND_LOOK - 1)).toBe(28)
    expect((await times()).overAt).toBe(first)
    expect(await look(first + SECOND_LOOK)).toBe(8)
    expect(await why(0, 19, 32)).toEqual(['age', 'age', undefined])
    // One range of both segments, after the format.
    expect(await recordOf('expired')).toHaveLength(1 + 9)
    expect((await times()).overAt).toBe(0)
  })

  it('stay if the clock takes it back, whether it says so or is set back', async () => {
    const look = (now: number, isOld: boolean) => oldest({ goes: () => isOld, now, isByClock: true })
    await look(NOW, true)
    await look(NOW + MINUTE, false)
    expect((await times()).overAt).toBe(0)
    await look(NOW + 2 * SECOND_LOOK, true)
    expect(await look(NOW + SECOND_LOOK, true)).toBe(28)
    expect((await times()).overAt).toBe(NOW + SECOND_LOOK)
  })

  it('make room without a look at the clock, and what it said stays', async () => {
    await oldest({ isByClock: true })
    expect(await oldest({ goes: (_, gone) => gone < 16, now: NOW + MINUTE })).toBe(12)
    expect((await times()).overAt).toBe(NOW)
  })

  it('are written down only if something changed', async () => {
    const { store: watched, batches } = noted(store)
    const stay: Expiry = { now: NOW, goes: () => false, isByClock: false }
    expect(await run<number>((draft) => dropOldest(draft, RECORDS, stay), watched)).toBe(28)
    expect(batches.map(({ put: { size }, delete: deleted }) => [size, deleted.size])).toEqual([[0, 0]])
  })

  it('are of unknown age from the first look on', async () => {
    await put('index', encodeSkippedIndex(new Map(await index())))
    expect(await oldest({ goes: (keptAt) => keptAt < NOW })).toBe(28)
    expect((await times()).keptAt.map(([, keptAt]) => keptAt)).toEqual([NOW, NOW, NOW])
  })

  it('are none without an index: nothing is written', async () => {
    store = new MemoryStore()
    const { store: watched, batches } = noted(store)
    const all: Expiry = { now: NOW, goes: () => true, isByClock: false }
    expect(await run<number>((draft) => dropOldest(draft, RECORDS, all), watched)).toBe(0)
    expect(batches.map(({ put: { size }, delete: deleted }) => [size, deleted.size])).toEqual([[0, 0]])
  })

  it('are wiped where they were read to be noted', async () => {
    const wiped = vi.spyOn(Secret.prototype, 'wipe')
    await oldest({})
    expect(wiped).toHaveBeenCalledTimes(28)
    wiped.mockRestore()
  })

  it('go without a note if their segment is damaged', async () => {
    await put('segment/0', DAMAGED)
    await oldest({ goes: (_, gone) => gone === 0 })
    expect([await named('expired'), await named('segment/0')]).toEqual([[], []])
  })

  it('are counted as one while an index that is lost is to be made anew, and else as none', async () => {
    await put('index', DAMAGED)
    const before = await snapshot(store)
    expect([await oldest({}), dropped]).toEqual([1, ['skipped keys']])
    expect(await snapshot(store)).toEqual(before)
    expect([await oldest({}, UNREPAIRED), await named('index')]).toEqual([0, []])
    expect([await oldest({}), dropped]).toEqual([0, []])
  })
})

describe('a note of what went', () => {
  const check = (counter: number) => run<void>((draft) => checkNotExpired(draft, 'expired', counter))

  it('tells age from want of room, and both from a key that was used', async () => {
    await keep(0, 20, { isFirst: true, now: NOW })
    await oldest({ isByClock: true })
    await oldest({ isByClock: true, now: NOW + SECOND_LOOK })
    await keep(40, 41, { first: 30, isFirst: true })
    await expect(check(5)).rejects.toMatchObject({ code: 'message-key-expired', details: { counter: 5 } })
    await expect(check(35)).rejects.toMatchObject({ code: 'duplicate-message', details: { counter: 35, unread: true } })
    await check(25)
  })

  it('says nothing if it is damaged, and begins anew', async () => {
    await put(
      'expired',
      DAMAGED.map(() => 0),
    )
    await check(5)
    await keep(40, 41, { first: 30, isFirst: true })
    expect(await why(29, 30)).toEqual([undefined, 'room'])
  })
})

describe('what is damaged', () => {
  it('keys come to those of a segment whose index is lost; it is made anew after the commit, or at once', async () => {
    for (const records of [RECORDS, UNREPAIRED]) {
      store = new MemoryStore()
      await keep(0, 20, { isFirst: true, now: NOW })
      await put('index', DAMAGED)
      await keep(22, 24, { now: NOW }, records)
      expect([await held(), dropped]).toEqual([[...counters(0, 20), 22, 23], ['skipped keys']])
      expect(await named('index')).toEqual(records.isRepaired ? [] : ['index'])
      if (!records.isRepaired) expect(await index()).toEqual([[1, 2]])
    }
  })

  it('a segment begins anew with the keys that come, and so does its count', async () => {
    await keep(0, 20, { isFirst: true })
    await put(
      'segment/1',
      DAMAGED.map(() => 0),
    )
    expect(await keep(22, 24)).toBe(18)
    expect([await held(), dropped]).toEqual([[...counters(0, 16), 22, 23], ['skipped keys']])
    await put('segment/1', undefined)
    expect([await keep(24, 25), dropped]).toEqual([17, []])
  })

  it('a segment that should lose some of its keys loses all', async () => {
    await keep(0, 20, { isFirst: true })
    await put(
      'segment/0',
      DAMAGED.map(() => 0),
    )
    expect(await keep(32, 34, { limit: 20 })).toBe(6)
    expect([await held(), dropped]).toEqual([[16, 17, 18, 19, 32, 33], ['skipped keys']])
  })

  it('what a newer release wrote is no damage, and is left alone', async () => {
    await keep(0, 20, { isFirst: true })
    for (const name of ['index', 'segment/1']) {
      const value = await recordOf(name)
      await put(name, TOO_NEW)
      const before = await snapshot(store)
      await expect(keep(22, 24)).rejects.toMatchObject({ code: 'record-too-new' })
      expect(await snapshot(store)).toEqual(before)
      await put(name, value)
    }
  })
})
