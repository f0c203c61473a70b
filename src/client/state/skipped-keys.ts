/**
 * Keeps skipped message keys in records of their own, as the ratchet asks. Knows the records' shape, not what a key opens.
 */
import { equalBytes } from '../../bytes.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import type { MessageKeySource } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import { BisikError } from '../../errors.js'
import type { SenderKeyChanges } from '../../protocol/groups/sender-key.js'
import { MAX_SKIPPED_KEYS, SECOND_LOOK } from '../../protocol/limits.js'
import type { SkippedKeyChanges } from '../../protocol/ratchet/double-ratchet.js'
import { idOf, keptKeysOf, type SessionId, type SessionState } from '../../protocol/session/session.js'
import type { EpochKeyChanges, KeyPosition, KeyRange } from '../../protocol/spqr/epoch-chains.js'
import {
  type ChainName,
  pqSkippedSegmentKey,
  type SenderChainName,
  senderSkippedIndexKey,
  senderSkippedSegmentKey,
  skippedIndexKey,
  skippedSegmentKey,
} from '../../records/names.js'
import {
  decodeKeptTimes,
  decodeSkippedIndex,
  encodeSkippedIndex,
  type KeptTimes,
  SEGMENT_LENGTH,
  type SkippedIndex,
  segmentOf,
  skippedKeyCount,
  skippedKeyIn,
  splitRun,
  withoutOldestKeys,
  withoutSkippedKey,
  withSkippedCount,
  withSkippedKeys,
} from '../../records/skipped-keys-record.js'
import type { RecordKey } from '../../store/key-store.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { type Damage, decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import { type Draft, UNREAD } from '../frame/draft.js'

/** Reads one kept key: the key, `undefined` if it is not kept, or `'unread'`. */
export function readSkippedKey(draft: Draft, chain: ChainName, counter: number): MessageKeySource | undefined | 'unread' {
  const segment = draft.read(skippedSegmentKey(chain, segmentOf(counter)))
  // Using the key will need the index as well: ask for both at once.
  const index = draft.read(skippedIndexKey(chain))
  if (segment === UNREAD || index === UNREAD) return 'unread'
  return ofPeer(chain.peer, () => {
    if (segment !== undefined) return messageKeyIn(segment, counter % SEGMENT_LENGTH)
    // Used keys leave the index with their segment: the keys of one that is named there are lost, and the message is no copy.
    if (index !== undefined && decodeSkippedIndex(index).has(segmentOf(counter))) throw lostKeys()
    return undefined
  })
}

/** Writes what a ratchet step wants done. May leave the draft incomplete: then the run is repeated. */
export function applySkippedKeyChanges(
  draft: Draft,
  peer: CanonicalAddress,
  session: SessionState,
  changes: SkippedKeyChanges & { readonly now?: number },
): void {
  const { keep, used, dropChain, now } = changes
  const recordsIn = ({ ratchetKey }: { readonly ratchetKey: EcPublicKey }) => recordsOf({ peer, session: idOf(session), ratchetKey })
  if (dropChain !== undefined && dropChain.skippedEnd > 0) dropAll(draft, recordsIn(dropChain))
  if (used !== undefined) useKey(draft, recordsIn(used), used.counter)
  if (keep === undefined) return
  const run = { isFirst: keep.skippedEnd === 0, from: keep.from, keys: keep.seeds }
  keepRun(draft, recordsIn(keep), now === undefined ? run : { ...run, now })
  for (const seed of keep.seeds) seed.wipe()
}

/** Reads one kept key of the post-quantum ratchet: the key, `undefined` if it is not kept, or `'unread'`. */
export function readPqSkippedKey(
  draft: Draft,
  peer: CanonicalAddress,
  session: SessionId,
  { epoch, index }: KeyPosition,
): Secret<'PqMessageKey'> | undefined | 'unread' {
  const segment = draft.read(pqSkippedSegmentKey(peer, session, epoch, segmentOf(index)))
  if (segment === UNREAD) return 'unread'
  return segment === undefined ? undefined : ofPeer(peer, () => skippedKeyIn<'PqMessageKey'>(segment, index % SEGMENT_LENGTH))
}

/** Writes what a step of the post-quantum ratchet wants done. May leave the draft incomplete. */
export function applyPqKeyChanges(
  draft: Draft,
  peer: CanonicalAddress,
  session: SessionState,
  { keep, used, drop }: EpochKeyChanges,
): void {
  if (used !== undefined) {
    const key = pqSkippedSegmentKey(peer, idOf(session), used.epoch, segmentOf(used.index))
    const stored = draft.read(key)
    if (stored !== UNREAD && stored !== undefined) {
      const { left, segment } = withoutSkippedKey(stored, used.index % SEGMENT_LENGTH, draft.memory)
      if (left === 0) draft.delete(key)
      else draft.put(key, segment)
    }
  }
  dropPqSkippedKeys(draft, peer, session, drop)
  for (const run of keep === undefined ? [] : splitRun(keep.from, keep.keys)) {
    const { epoch = 0, lastSkipped = 0 } = keep ?? {}
    const key = pqSkippedSegmentKey(peer, idOf(session), epoch, run.segment)
    const isNew = run.segment > segmentOf(lastSkipped) || lastSkipped === 0 || draft.deletes(key)
    const stored = isNew ? undefined : readSegment(draft, key)
    if (stored !== UNREAD) draft.put(key, withSkippedKeys(stored, run.place, run.keys))
  }
  if (draft.incomplete) return
  for (const key of keep?.keys ?? []) key.wipe()
}

/**
 * Deletes kept keys of the post-quantum ratchet. A segment goes when all of it has: a few keys stay a little longer than the window,
 * out of reach, so that a message in order never has to read them in order to delete them.
 *
 * @param drop - ranges as the ratchet gives them.
 */
export function dropPqSkippedKeys(draft: Draft, peer: CanonicalAddress, session: SessionState, drop: readonly KeyRange[]): void {
  for (const { epoch, from, to, all } of drop) {
    const end = all ? segmentOf(to - 1) + 1 : segmentOf(to)
    for (let segment = segmentOf(from); segment < end; segment++) draft.delete(pqSkippedSegmentKey(peer, idOf(session), epoch, segment))
  }
}

/** Deletes all kept keys of a chain. */
export function dropSkippedKeys(draft: Draft, chain: ChainName): void {
  dropAll(draft, recordsOf(chain))
}

/** Reads one kept key of a sender's chain: the key, `undefined` if it is not kept, or `'unread'`. */
export function readSenderSkippedKey(
  draft: Draft,
  chain: SenderChainName,
  iteration: number,
): Secret<'SenderMessageSeed'> | undefined | 'unread' {
  const segment = draft.read(senderSkippedSegmentKey(chain, segmentOf(iteration)))
  const index = draft.read(senderSkippedIndexKey(chain))
  if (segment === UNREAD || index === UNREAD) return 'unread'
  return ofPeer(chain.sender, () => {
    if (segment !== undefined) return skippedKeyIn<'SenderMessageSeed'>(segment, iteration % SEGMENT_LENGTH)
    if (index !== undefined && decodeSkippedIndex(index).has(segmentOf(iteration))) throw lostKeys()
    return undefined
  })
}

/**
 * Writes what an opened group message wants done. May leave the draft incomplete: then the run is repeated.
 *
 * @param keeping - `limit`: the most keys that are kept of a chain.
 * @returns how many keys of the chain are kept then.
 */
export function applySenderKeyChanges(
  draft: Draft,
  name: SenderChainName,
  { chain, keep, used }: SenderKeyChanges,
  { now, limit }: { readonly now: number; readonly limit: number },
): number {
  if (used !== undefined) useKey(draft, recordsOfSenderChain(name), used)
  if (keep.seeds.length === 0) return chain.skipped - (used === undefined ? 0 : 1)
  const excess = Math.max(0, keep.seeds.length - limit)
  const run = { isFirst: chain.skipped === 0, from: keep.from + excess, keys: keep.seeds.slice(excess), limit, now }
  const kept = keepRun(draft, recordsOfSenderChain(name), run)
  for (const seed of keep.seeds) seed.wipe()
  return kept
}

/** Deletes all kept keys of a sender's chain. May leave the draft incomplete. */
export function dropSenderSkippedKeys(draft: Draft, name: SenderChainName): void {
  dropAll(draft, recordsOfSenderChain(name))
}

/** Which segments of kept keys go, the oldest first: by when its newest key was kept, and how many keys went before. */
interface Expiry {
  readonly now: number
  readonly goes: (keptAt: number, gone: number) => boolean
  /** Whether it is the clock that says so: it must say so twice, an hour apart, for it may be wrong for a moment. */
  readonly isByClock: boolean
}

/**
 * Deletes the oldest kept keys of a session. Those of the post-quantum ratchet go with the last of the other ratchet's, whose late messages need
 * one of each, but only while the peer has not turned: the post-quantum chain runs on over a turn, so that a message which is late on it may be
 * the next one of the chain before the turn. May leave the draft incomplete.
 */
export function dropOldKeys(draft: Draft, peer: CanonicalAddress, session: SessionState, expiry: Expiry): void {
  const { receiving } = session.ratchet.double
  let left = 0
  for (const { ratchetKey, skippedEnd } of receiving) {
    if (skippedEnd > 0) left += dropOldest(draft, recordsOf({ peer, session: idOf(session), ratchetKey }), expiry)
  }
  if (left === 0 && receiving.length === 1 && !draft.incomplete) dropPqSkippedKeys(draft, peer, session, keptKeysOf(session))
}

/** Deletes the oldest kept keys of a sender's chain. May leave the draft incomplete. @returns how many are left. */
export function dropOldestSenderKeys(draft: Draft, name: SenderChainName, expiry: Expiry): number {
  return dropOldest(draft, recordsOfSenderChain(name), expiry)
}

/** Deletes the oldest kept keys of a chain, a segment at a time. What is of unknown age is as old as the first look at it. */
function dropOldest(draft: Draft, records: ChainRecords, { now, goes, isByClock }: Expiry): number {
  const known = readIndex(draft, records)
  if (known === UNREAD || known === undefined) return 0
  if (isDamage(known) && records.isRepaired) return 1
  const counts = new Map(isDamage(known) ? [] : known)
  const { keptAt, overAt } = timesOf(draft, records, counts, now)
  const isOld = (segment: number, gone: number): boolean => goes(keptAt.get(segment) ?? now, gone)
  const [oldest] = counts.keys()
  const isNoted = overAt > 0 && overAt <= now
  const mayGo = !isByClock || (isNoted && now - overAt >= SECOND_LOOK)
  const isOver = !mayGo && oldest !== undefined && isOld(oldest, 0)
  let gone = 0
  for (const [segment, count] of mayGo ? counts : []) {
    if (!isOld(segment, gone)) break
    draft.delete(records.segment(segment))
    counts.delete(segment)
    gone += count
  }
  const noted = isOver ? (isNoted ? overAt : now) : 0
  const index = encodeSkippedIndex(counts, { keptAt, overAt: isByClock ? noted : overAt })
  const stored = draft.read(records.index)
  if (counts.size === 0) draft.delete(records.index)
  else if (!(stored instanceof Uint8Array && equalBytes(stored, index))) draft.put(records.index, index)
  return sum(counts.values())
}

/** Where the kept keys of one chain are. */
interface ChainRecords {
  readonly index: RecordKey
  /** Whether a lost index is made anew from the segments after the commit. */
  readonly isRepaired: boolean
  segment(segment: number): RecordKey
}

function recordsOf(chain: ChainName): ChainRecords {
  return { isRepaired: true, index: skippedIndexKey(chain), segment: (segment) => skippedSegmentKey(chain, segment) }
}

function recordsOfSenderChain(chain: SenderChainName): ChainRecords {
  return { isRepaired: false, index: senderSkippedIndexKey(chain), segment: (segment) => senderSkippedSegmentKey(chain, segment) }
}

function dropAll(draft: Draft, records: ChainRecords): void {
  const counts = readIndex(draft, records)
  if (counts === UNREAD || counts === undefined) return
  if (!isDamage(counts)) for (const segment of counts.keys()) draft.delete(records.segment(segment))
  draft.delete(records.index)
}

/** Takes one kept key out of its segment. */
function useKey(draft: Draft, records: ChainRecords, counter: number): void {
  const number = segmentOf(counter)
  const name = records.segment(number)
  const index = draft.read(records.index)
  const stored = draft.read(name)
  if (index === UNREAD || stored === UNREAD) return
  if (stored === undefined) throw lostKeys()
  const { left, segment } = withoutSkippedKey(stored, counter % SEGMENT_LENGTH, draft.memory)
  if (left === 0) draft.delete(name)
  else draft.put(name, segment)
  const counts = index === undefined ? lostKeys() : decodedOf(() => withSkippedCount(index, number, left, draft.memory))
  if (isDamage(counts)) draft.goWithout('skipped keys')
  if (counts === undefined || isDamage(counts)) draft.delete(records.index)
  else draft.put(records.index, counts)
}

/** A seed, or the expanded keys that libsignal's old records hold: told apart by length when they are used. */
function messageKeyIn(segment: Uint8Array, place: number): MessageKeySource | undefined {
  return skippedKeyIn<'MessageSeed'>(segment, place)
}

/** Keys of consecutive counters that are to be kept. */
interface KeptRun {
  /** No key of the chain was ever kept, so that there is nothing to read. */
  readonly isFirst: boolean
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
function keepRun(draft: Draft, records: ChainRecords, run: KeptRun): number {
  const known = run.isFirst ? undefined : readIndex(draft, records)
  if (known === UNREAD) return 0
  // Without an index, what there is of a segment may still be good.
  const isLost = isDamage(known)
  const counts = new Map(isLost ? [] : known)
  const times = run.now === undefined ? undefined : timesOf(draft, records, counts, run.now)
  const shortened = shorten(draft, records, counts, run.keys.length - (run.limit ?? MAX_SKIPPED_KEYS))
  for (const { segment, place, keys } of splitRun(run.from, run.keys)) {
    const name = records.segment(segment)
    const stored = counts.has(segment) || isLost ? (shortened.get(segment) ?? readSegment(draft, name)) : undefined
    if (stored === UNREAD) continue
    draft.put(name, withSkippedKeys(stored, place, keys))
    counts.set(segment, (stored === undefined ? 0 : (counts.get(segment) ?? 0)) + keys.length)
    times?.keptAt.set(segment, run.now ?? 0)
  }
  if (isLost && records.isRepaired) draft.delete(records.index)
  else draft.put(records.index, encodeSkippedIndex(counts, times))
  return sum(counts.values())
}

/** Since when the keys of each segment are kept, from now on if it is not known; 0 says that it is not. */
function timesOf(
  draft: Draft,
  records: ChainRecords,
  counts: ReadonlyMap<number, number>,
  now: number,
): KeptTimes & { readonly keptAt: Map<number, number> } {
  const index = counts.size === 0 ? undefined : draft.read(records.index)
  const known = index === undefined || index === UNREAD ? undefined : decodeKeptTimes(index)
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
 * @returns the segments that lost some of their keys.
 */
function shorten(draft: Draft, records: ChainRecords, counts: Map<number, number>, room: number): ReadonlyMap<number, Uint8Array> {
  const shortened = new Map<number, Uint8Array>()
  let excess = room + sum(counts.values())
  for (const [segment, count] of counts) {
    if (excess <= 0) break
    const name = records.segment(segment)
    const stored = count <= excess ? undefined : readSegment(draft, name)
    if (stored === UNREAD) break
    if (stored === undefined) {
      draft.delete(name)
      counts.delete(segment)
    } else {
      const left = withoutOldestKeys(stored, excess)
      draft.put(name, left)
      shortened.set(segment, left)
      counts.set(segment, count - excess)
    }
    excess -= count
  }
  return shortened
}

/** The index of a chain, `undefined` if there is none. In place of a damaged one, the repair after the commit makes another. */
function readIndex(draft: Draft, records: ChainRecords): SkippedIndex | Damage | undefined | typeof UNREAD {
  const index = draft.read(records.index)
  if (index === undefined || index === UNREAD) return index
  const counts = decodedOf(() => decodeSkippedIndex(index))
  if (isDamage(counts)) draft.goWithout('skipped keys')
  return counts
}

/** A segment to which keys are added, `undefined` if it is not there or damaged. */
function readSegment(draft: Draft, name: RecordKey): Uint8Array | undefined | typeof UNREAD {
  const stored = draft.read(name)
  if (stored === undefined || stored === UNREAD) return stored
  if (!isDamage(decodedOf(() => skippedKeyCount(stored)))) return stored
  draft.goWithout('skipped keys')
  return undefined
}

function lostKeys(): Damage {
  return new BisikError('corrupt-record', { record: 'skipped keys' })
}
