/**
 * The records of one chain's skipped keys: segments of sixteen, and an index that counts what is in each. Knows neither the chain nor what a
 * key opens.
 */
import { equalBytes } from '../../bytes.js'
import type { MessageKeySource } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import { BisikError } from '../../errors.js'
import { MAX_SKIPPED_KEYS, SECOND_LOOK } from '../../protocol/limits.js'
import { type CounterRange, type ReasonToGo, whyGone, withExpired } from '../../records/expired-keys-record.js'
import {
  decodeKeptTimes,
  decodeSkippedIndex,
  decodeSkippedSegment,
  encodeSkippedIndex,
  type KeptTimes,
  SEGMENT_LENGTH,
  type SkippedIndex,
  segmentOf,
  skippedKeyCount,
  splitRun,
  withoutOldestKeys,
  withoutSkippedKey,
  withSkippedCount,
  withSkippedKeys,
} from '../../records/skipped-keys-record.js'
import type { RecordKey } from '../../store/key-store.js'
import type { Part } from '../../store/transaction.js'
import { type Damage, decodedOf, isDamage, readable } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'

/** Where the skipped keys of one chain are. */
export interface ChainRecords {
  readonly index: RecordKey
  /** Which of its keys went unused. */
  readonly expired: RecordKey
  /** Whether a lost index is made anew from the segments after the commit. */
  readonly isRepaired: boolean
  segment(segment: number): RecordKey
}

/** Which segments of skipped keys go, the oldest first: by when its newest key was kept, and how many keys went before. */
export interface Expiry {
  readonly now: number
  readonly goes: (keptAt: number, gone: number) => boolean
  /** Whether it is the clock that says so: it must say so twice, an hour apart, for it may be wrong for a moment. */
  readonly isByClock: boolean
}

/** Deletes the oldest skipped keys of a chain, a segment at a time. What is of unknown age is as old as the first look at it. */
export function* dropOldest(draft: Draft, records: ChainRecords, { now, goes, isByClock }: Expiry): Part<number> {
  const known = yield* readIndex(draft, records)
  if (known === undefined) return 0
  if (isDamage(known) && records.isRepaired) return 1
  const counts = new Map(isDamage(known) ? [] : known)
  const { keptAt, overAt } = yield* timesOf(draft, records, { counts, now })
  const isOld = (segment: number, gone: number): boolean => goes(keptAt.get(segment) ?? now, gone)
  const [oldest] = counts.keys()
  const isNoted = overAt > 0 && overAt <= now
  const mayGo = !isByClock || (isNoted && now - overAt >= SECOND_LOOK)
  const isOver = !mayGo && oldest !== undefined && isOld(oldest, 0)
  let gone = 0
  for (const [segment, count] of mayGo ? [...counts] : []) {
    if (!isOld(segment, gone)) break
    yield* noteGone(draft, records, { segment, why: isByClock ? 'age' : 'room' })
    draft.delete(records.segment(segment))
    counts.delete(segment)
    gone += count
  }
  const noted = isOver ? (isNoted ? overAt : now) : 0
  const index = encodeSkippedIndex(counts, { keptAt, overAt: isByClock ? noted : overAt })
  const [stored] = yield* draft.read(records.index)
  if (counts.size === 0) draft.delete(records.index)
  else if (stored === undefined || !equalBytes(stored, index)) draft.put(records.index, index)
  return sum(counts.values())
}

/** Notes the keys of a segment that go unused, by age or to make room, the oldest of them first: what comes for them is not taken for a copy. */
function* noteGone(
  draft: Draft,
  records: ChainRecords,
  { segment, why, most = SEGMENT_LENGTH }: { readonly segment: number; readonly why: ReasonToGo; readonly most?: number },
): Part<void> {
  const [keys] = yield* draft.read(records.segment(segment))
  const held = readable(keys, decodeSkippedSegment) ?? new Map<number, MessageKeySource>()
  const counters = [...held.keys()].slice(0, most).map((place) => segment * SEGMENT_LENGTH + place)
  for (const key of held.values()) key.wipe()
  yield* noteExpired(
    draft,
    records,
    counters.map((counter) => [counter, counter + 1, why]),
  )
}

function* noteExpired(draft: Draft, { expired }: ChainRecords, ranges: readonly CounterRange[]): Part<void> {
  if (ranges.length === 0) return
  const [noted] = yield* draft.read(expired)
  // A damaged note begins anew.
  const before = readable(noted, (bytes) => withExpired(bytes, []))
  draft.put(expired, withExpired(before, ranges))
}

/** @throws BisikError `message-key-expired` if the key of a counter went by age; `duplicate-message` with `unread` if it had to make room. */
export function* checkNotExpired(draft: Draft, expired: RecordKey, counter: number): Part<void> {
  const [noted] = yield* draft.read(expired)
  const why = readable(noted, (bytes) => whyGone(bytes, counter))
  if (why === 'age') throw new BisikError('message-key-expired', { counter })
  if (why === 'room') throw new BisikError('duplicate-message', { counter, unread: true })
}

/** Deletes all skipped keys of a chain, and what is noted of those before them. */
export function* dropAll(draft: Draft, records: ChainRecords): Part<void> {
  draft.delete(records.expired)
  const counts = yield* readIndex(draft, records)
  if (counts === undefined) return
  if (!isDamage(counts)) for (const segment of counts.keys()) draft.delete(records.segment(segment))
  draft.delete(records.index)
}

/** Takes one skipped key out of its segment. */
export function* useKey(draft: Draft, records: ChainRecords, counter: number): Part<void> {
  const number = segmentOf(counter)
  const name = records.segment(number)
  const [index, stored] = yield* draft.read(records.index, name)
  if (stored === undefined) throw lostKeys()
  const { left, segment } = withoutSkippedKey(stored, counter % SEGMENT_LENGTH)
  if (left === 0) draft.delete(name)
  else draft.put(name, segment)
  const counts = index === undefined ? lostKeys() : decodedOf(() => withSkippedCount(index, number, left))
  if (isDamage(counts)) draft.goWithout('skipped keys')
  if (counts === undefined || isDamage(counts)) draft.delete(records.index)
  else draft.put(records.index, counts)
}

/** Keys of consecutive counters that are to be kept. */
interface KeptRun {
  /** No key of the chain was ever kept, so that there is nothing to read. */
  readonly isFirst: boolean
  /** The first counter of those that were skipped: there are keys from `from` on. */
  readonly first: number
  readonly from: number
  readonly keys: readonly Secret<string>[]
  /** The most keys that are kept of the chain. Default {@link MAX_SKIPPED_KEYS}. */
  readonly limit?: number
  /** Notes since when keys are kept. */
  readonly now?: number
}

/**
 * Adds keys of consecutive counters to a chain's, all of which are of lower counters; its oldest go to make room.
 *
 * @returns how many keys of the chain are kept then.
 */
export function* keepRun(draft: Draft, records: ChainRecords, run: KeptRun): Part<number> {
  const known = run.isFirst ? undefined : yield* readIndex(draft, records)
  // Without an index, what there is of a segment may still be good.
  const isLost = isDamage(known)
  const counts = new Map(isLost ? [] : known)
  const times = run.now === undefined ? undefined : yield* timesOf(draft, records, { counts, now: run.now })
  yield* shorten(draft, records, { counts, room: run.keys.length - (run.limit ?? MAX_SKIPPED_KEYS) })
  if (run.first < run.from) yield* noteExpired(draft, records, [[run.first, run.from, 'room']])
  for (const { segment, place, keys } of splitRun(run.from, run.keys)) {
    const name = records.segment(segment)
    const stored = counts.has(segment) || isLost ? yield* readSegment(draft, name) : undefined
    draft.put(name, withSkippedKeys(stored, place, keys))
    counts.set(segment, (stored === undefined ? 0 : (counts.get(segment) ?? 0)) + keys.length)
    times?.keptAt.set(segment, run.now ?? 0)
  }
  if (isLost && records.isRepaired) draft.delete(records.index)
  else draft.put(records.index, encodeSkippedIndex(counts, times))
  return sum(counts.values())
}

/** Since when the keys of each segment are kept, from now on if it is not known; 0 says that it is not. */
function* timesOf(
  draft: Draft,
  { index: name }: ChainRecords,
  { counts, now }: { readonly counts: ReadonlyMap<number, number>; readonly now: number },
): Part<KeptTimes & { readonly keptAt: Map<number, number> }> {
  const [index] = counts.size === 0 ? [] : yield* draft.read(name)
  const known = index === undefined ? undefined : decodeKeptTimes(index)
  const keptAt = new Map([...counts.keys()].map((segment) => [segment, known?.keptAt.get(segment) || now]))
  return { keptAt, overAt: known?.overAt ?? 0 }
}

function sum(counts: Iterable<number>): number {
  let total = 0
  for (const count of counts) total += count
  return total
}

/**
 * Makes room by deleting the oldest keys of a chain.
 *
 * @param room - how many keys shall come, less how many may be there then.
 */
function* shorten(
  draft: Draft,
  records: ChainRecords,
  { counts, room }: { readonly counts: Map<number, number>; readonly room: number },
): Part<void> {
  let excess = room + sum(counts.values())
  for (const [segment, count] of counts) {
    if (excess <= 0) break
    yield* noteGone(draft, records, { segment, why: 'room', most: excess })
    const name = records.segment(segment)
    const stored = count <= excess ? undefined : yield* readSegment(draft, name)
    if (stored === undefined) {
      draft.delete(name)
      counts.delete(segment)
    } else {
      draft.put(name, withoutOldestKeys(stored, excess))
      counts.set(segment, count - excess)
    }
    excess -= count
  }
}

/** The index of a chain, `undefined` if there is none. In place of a damaged one, the repair after the commit makes another. */
function* readIndex(draft: Draft, records: ChainRecords): Part<SkippedIndex | Damage | undefined> {
  const [index] = yield* draft.read(records.index)
  if (index === undefined) return undefined
  const counts = decodedOf(() => decodeSkippedIndex(index))
  if (isDamage(counts)) draft.goWithout('skipped keys')
  return counts
}

/** A segment to which keys are added, `undefined` if it is not there or damaged. */
export function* readSegment(draft: Draft, name: RecordKey): Part<Uint8Array | undefined> {
  const [stored] = yield* draft.read(name)
  if (stored === undefined) return undefined
  if (!isDamage(decodedOf(() => skippedKeyCount(stored)))) return stored
  draft.goWithout('skipped keys')
  return undefined
}

/** The refusal of a message whose key was kept and is lost. */
export function lostKeys(): Damage {
  return new BisikError('corrupt-record', { record: 'skipped keys' })
}
