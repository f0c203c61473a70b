/**
 * Keeps skipped message keys in records of their own, as the ratchets and sender keys ask. Knows the names of the records, not what a key
 * opens.
 */
import type { EcPublicKey } from '../../crypto/keys.js'
import type { MessageKeySource } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import type { SenderKeyChanges } from '../../protocol/groups/messages.js'
import type { SkippedKeyChanges } from '../../protocol/ratchet/double-ratchet.js'
import { idOf, keptKeysOf, type SessionId, type SessionState } from '../../protocol/session/session.js'
import type { EpochKeyChanges, KeyPosition, KeyRange } from '../../protocol/spqr/epoch-chains.js'
import { expiredKey, senderExpiredKey } from '../../records/expired-keys-record.js'
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
  decodeSkippedIndex,
  SEGMENT_LENGTH,
  segmentOf,
  skippedKeyIn,
  splitRun,
  withoutSkippedKey,
  withSkippedKeys,
} from '../../records/skipped-keys-record.js'
import { NOTHING, type Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { ofPeer } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import {
  type ChainRecords,
  checkNotExpired,
  dropAll,
  dropOldest,
  type Expiry,
  keepRun,
  lostKeys,
  readSegment,
  useKey,
} from './skipped-chain.js'

/**
 * Reads one skipped key: `undefined` if it was used, or had to make room.
 *
 * @param place - `pq`: the key of the other ratchet that the message names, if it names one: most often it is asked for next.
 */
export function* readSkippedKey(
  draft: Draft,
  chain: ChainName,
  { counter, pq }: { readonly counter: number; readonly pq: KeyPosition | undefined },
): Part<MessageKeySource | undefined> {
  const { peer, session } = chain
  const next = pq === undefined ? [] : [pqSkippedSegmentKey(peer, session, pq.epoch, segmentOf(pq.index))]
  // Using the key will need the index as well.
  const [segment, index] = yield* draft.read(skippedSegmentKey(chain, segmentOf(counter)), skippedIndexKey(chain), ...next)
  const key = ofPeer(chain.peer, () => {
    if (segment !== undefined) return messageKeyIn(segment, counter % SEGMENT_LENGTH)
    // Used keys leave the index with their segment: the keys of one that is named there are lost, and the message is no copy.
    if (index !== undefined && decodeSkippedIndex(index).has(segmentOf(counter))) throw lostKeys()
    return undefined
  })
  if (key === undefined) yield* checkNotExpired(draft, expiredKey(chain), counter)
  return key
}

/** Writes what a ratchet step wants done. @param of - `now`: notes since when keys are kept. */
export function applySkippedKeyChanges(draft: Draft, of: PeerSession & { readonly now: number }, changes: SkippedKeyChanges): Part<void> {
  const { keep, used, dropChain } = changes
  const isNone = keep === undefined && used === undefined && dropChain === undefined
  return isNone ? NOTHING : applyChanges(draft, of, changes)
}

function* applyChanges(
  draft: Draft,
  { peer, session, now }: PeerSession & { readonly now: number },
  { keep, used, dropChain }: SkippedKeyChanges,
): Part<void> {
  const recordsIn = ({ ratchetKey }: { readonly ratchetKey: EcPublicKey }) => recordsOf({ peer, session: idOf(session), ratchetKey })
  if (dropChain !== undefined && dropChain.skippedEnd > 0) yield* dropAll(draft, recordsIn(dropChain))
  if (used !== undefined) yield* useKey(draft, recordsIn(used), used.counter)
  if (keep === undefined) return
  yield* keepRun(draft, recordsIn(keep), { isFirst: keep.skippedEnd === 0, first: keep.first, from: keep.from, keys: keep.seeds, now })
  for (const seed of keep.seeds) seed.wipe()
}

/** A session and the device it is with. */
export interface PeerSession {
  readonly peer: CanonicalAddress
  readonly session: SessionState
}

/** Reads one skipped key of the post-quantum ratchet: `undefined` if it is not kept. */
export function* readPqSkippedKey(
  draft: Draft,
  { peer, session }: { readonly peer: CanonicalAddress; readonly session: SessionId },
  { epoch, index }: KeyPosition,
): Part<Secret<'PqMessageKey'> | undefined> {
  const [segment] = yield* draft.read(pqSkippedSegmentKey(peer, session, epoch, segmentOf(index)))
  return segment === undefined ? undefined : ofPeer(peer, () => skippedKeyIn<'PqMessageKey'>(segment, index % SEGMENT_LENGTH))
}

/** Writes what a step of the post-quantum ratchet wants done. */
export function applyPqKeyChanges(draft: Draft, of: PeerSession, changes: EpochKeyChanges): Part<void> {
  const { keep, used, drop } = changes
  if (keep !== undefined || used !== undefined) return applyPqChanges(draft, of, changes)
  dropPqSkippedKeys(draft, of, drop)
  return NOTHING
}

function* applyPqChanges(draft: Draft, of: PeerSession, { keep, used, drop }: EpochKeyChanges): Part<void> {
  if (used !== undefined) yield* usePqKey(draft, of, used)
  dropPqSkippedKeys(draft, of, drop)
  if (keep === undefined) return
  const { epoch, lastSkipped } = keep
  for (const { segment, place, keys } of splitRun(keep.from, keep.keys)) {
    const name = pqSkippedSegmentKey(of.peer, idOf(of.session), epoch, segment)
    const isNew = segment > segmentOf(lastSkipped) || lastSkipped === 0
    draft.put(name, withSkippedKeys(isNew ? undefined : yield* readSegment(draft, name), place, keys))
  }
  for (const key of keep.keys) key.wipe()
}

function* usePqKey(draft: Draft, { peer, session }: PeerSession, { epoch, index }: KeyPosition): Part<void> {
  const name = pqSkippedSegmentKey(peer, idOf(session), epoch, segmentOf(index))
  const [stored] = yield* draft.read(name)
  if (stored === undefined) return
  const { left, segment } = withoutSkippedKey(stored, index % SEGMENT_LENGTH)
  if (left === 0) draft.delete(name)
  else draft.put(name, segment)
}

/**
 * Deletes kept keys of the post-quantum ratchet. A segment goes when all of it has: a few keys stay a little longer than the window,
 * out of reach, so that a message in order never has to read them in order to delete them.
 *
 * @param drop - ranges as the ratchet gives them.
 */
export function dropPqSkippedKeys(draft: Draft, { peer, session }: PeerSession, drop: readonly KeyRange[]): void {
  for (const { epoch, from, to, all } of drop) {
    const end = all ? segmentOf(to - 1) + 1 : segmentOf(to)
    for (let segment = segmentOf(from); segment < end; segment++) draft.delete(pqSkippedSegmentKey(peer, idOf(session), epoch, segment))
  }
}

/** Deletes all skipped keys of a session that goes, and what is noted of them. */
export function* dropSkippedKeys(draft: Draft, of: PeerSession): Part<void> {
  const { peer, session } = of
  for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
    if (skippedEnd > 0) yield* dropAll(draft, recordsOf({ peer, session: idOf(session), ratchetKey }))
  }
  dropPqSkippedKeys(draft, of, keptKeysOf(session))
}

/** Reads one skipped key of a sender's chain: `undefined` if it is not kept. */
export function* readSenderSkippedKey(
  draft: Draft,
  chain: SenderChainName,
  iteration: number,
): Part<Secret<'SenderMessageSeed'> | undefined> {
  const [segment, index] = yield* draft.read(senderSkippedSegmentKey(chain, segmentOf(iteration)), senderSkippedIndexKey(chain))
  const key = ofPeer(chain.sender, () => {
    if (segment !== undefined) return skippedKeyIn<'SenderMessageSeed'>(segment, iteration % SEGMENT_LENGTH)
    if (index !== undefined && decodeSkippedIndex(index).has(segmentOf(iteration))) throw lostKeys()
    return undefined
  })
  if (key === undefined) yield* checkNotExpired(draft, senderExpiredKey(chain), iteration)
  return key
}

/**
 * Writes what an opened group message wants done.
 *
 * @param changes - `now`: notes since when keys are kept; `limit`: the most keys that are kept of a chain.
 * @returns how many keys of the chain are kept then.
 */
export function* applySenderKeyChanges(
  draft: Draft,
  name: SenderChainName,
  { chain, keep, used, now, limit }: SenderKeyChanges & { readonly now: number; readonly limit: number },
): Part<number> {
  if (used !== undefined) yield* useKey(draft, recordsOfSenderChain(name), used)
  if (keep.seeds.length === 0) return chain.skipped - (used === undefined ? 0 : 1)
  const excess = Math.max(0, keep.seeds.length - limit)
  const run = {
    isFirst: chain.skipped === 0,
    first: chain.iteration,
    from: keep.from + excess,
    keys: keep.seeds.slice(excess),
    limit,
    now,
  }
  const kept = yield* keepRun(draft, recordsOfSenderChain(name), run)
  for (const seed of keep.seeds) seed.wipe()
  return kept
}

/** Deletes all skipped keys of a sender's chain, of which there are so many. */
export function dropSenderSkippedKeys(draft: Draft, name: SenderChainName, skipped: number): Part<void> {
  if (skipped > 0) return dropAll(draft, recordsOfSenderChain(name))
  draft.delete(senderExpiredKey(name))
  return NOTHING
}

/**
 * Deletes the oldest skipped keys of a session. Those of the post-quantum ratchet go with the last of the other ratchet's, whose late messages
 * need one of each, but only while the peer has not turned: the post-quantum chain runs on over a turn, so that a message which is late on it
 * may be the next one of the chain before the turn.
 */
export function* dropOldKeys(draft: Draft, of: PeerSession, expiry: Expiry): Part<void> {
  const { peer, session } = of
  const { receiving } = session.ratchet.double
  let left = 0
  for (const { ratchetKey, skippedEnd } of receiving) {
    if (skippedEnd > 0) left += yield* dropOldest(draft, recordsOf({ peer, session: idOf(session), ratchetKey }), expiry)
  }
  if (left === 0 && receiving.length === 1) dropPqSkippedKeys(draft, of, keptKeysOf(session))
}

/** Deletes all skipped keys of a session that stays: what comes for them is not taken for a copy. */
export function* giveUpSkippedKeys(draft: Draft, of: PeerSession): Part<void> {
  yield* dropOldKeys(draft, of, { now: 0, goes: () => true, isByClock: false })
  dropPqSkippedKeys(draft, of, keptKeysOf(of.session))
}

/** Deletes the oldest skipped keys of a sender's chain. @returns how many are left. */
export function dropOldestSenderKeys(draft: Draft, name: SenderChainName, expiry: Expiry): Part<number> {
  return dropOldest(draft, recordsOfSenderChain(name), expiry)
}

function recordsOf(chain: ChainName): ChainRecords {
  return {
    isRepaired: true,
    index: skippedIndexKey(chain),
    expired: expiredKey(chain),
    segment: (segment) => skippedSegmentKey(chain, segment),
  }
}

function recordsOfSenderChain(chain: SenderChainName): ChainRecords {
  return {
    isRepaired: false,
    index: senderSkippedIndexKey(chain),
    expired: senderExpiredKey(chain),
    segment: (segment) => senderSkippedSegmentKey(chain, segment),
  }
}

/** A seed, or the expanded keys that libsignal's old records hold: told apart by length when they are used. */
function messageKeyIn(segment: Uint8Array, place: number): MessageKeySource | undefined {
  return skippedKeyIn<'MessageSeed'>(segment, place)
}
