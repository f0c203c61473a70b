/**
 * Puts a device's kept keys in order after an operation went on without a damaged record: lists that were lost are made anew from what
 * is there, and what belongs to no session any more is deleted. Opens no message, and decides nothing about damage.
 */
import { MAX_SKIPPED_KEYS } from '../../protocol/limits.js'
import { idOf, keptKeysOf, type SessionState } from '../../protocol/session/session.js'
import {
  archivedSessionKey,
  archiveKey,
  type ChainName,
  pqSkippedSegmentKey,
  sessionPartsOf,
  skippedIndexKey,
  skippedSegmentKey,
} from '../../records/names.js'
import { decodeSkippedIndex, encodeSkippedIndex, type SkippedIndex, segmentOf, skippedKeyCount } from '../../records/skipped-keys-record.js'
import type { RecordKey } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import { Draft, UNREAD } from '../frame/draft.js'
import { forget } from '../frame/session-cache.js'
import { firstKeys, PeerSessions } from './peer.js'

// Sessions; the archive; its sessions; their indexes; the segments of those that have none.
const ROUNDS = 6

/** Repairs the records around a device's sessions. What fails can be tried again. */
export async function repairSessions(context: Context, peer: CanonicalAddress): Promise<void> {
  const names = (await Promise.all(sessionPartsOf(peer).map((prefix) => listKeys(context.store, prefix)))).flat()
  if (names.length === 0) return
  await transact<void>(
    context.store,
    [...firstKeys(peer), archiveKey(peer)],
    (view) => {
      const draft = new Draft(view)
      const sessions = new PeerSessions(context, draft, peer)
      try {
        const archived = sessions.archived()
        if (archived === UNREAD) return draft.endIncomplete()
        const kept = new Set(archived.map((session) => archivedSessionKey(peer, idOf(session))))
        for (const session of sessions.current === undefined ? archived : [sessions.current, ...archived]) {
          for (const name of pqSegmentsOf(peer, session)) kept.add(name)
          for (const name of repairChains(draft, peer, session, names)) kept.add(name)
        }
        for (const name of names) if (!kept.has(name)) draft.delete(name)
        return draft.end(undefined)
      } finally {
        forget(sessions.end(false))
      }
    },
    { rounds: ROUNDS },
  )
}

function* pqSegmentsOf(peer: CanonicalAddress, session: SessionState): Iterable<RecordKey> {
  for (const { epoch, from, to } of keptKeysOf(session)) {
    for (let segment = segmentOf(from); segment <= segmentOf(to - 1); segment++)
      yield pqSkippedSegmentKey(peer, idOf(session), epoch, segment)
  }
}

/** Makes the indexes that a session's chains lack. @returns the names of its indexes and segments. May leave the draft incomplete. */
function* repairChains(draft: Draft, peer: CanonicalAddress, session: SessionState, names: readonly RecordKey[]): Iterable<RecordKey> {
  for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
    if (skippedEnd === 0) continue
    const chain = { peer, session: idOf(session), ratchetKey }
    const index = draft.read(skippedIndexKey(chain))
    if (index === UNREAD) continue
    const known = index === undefined ? undefined : decodedOf(() => decodeSkippedIndex(index))
    const counts = known === undefined || isDamage(known) ? countsOf(draft, chain, names) : known
    if (counts === UNREAD) continue
    if (counts !== known && counts.size > 0) draft.put(skippedIndexKey(chain), encodeSkippedIndex(counts))
    if (counts.size > 0) yield skippedIndexKey(chain)
    for (const segment of counts.keys()) yield skippedSegmentKey(chain, segment)
  }
}

/** How many keys a chain has in which segments, the newest that there is room for; in rising order. */
function countsOf(draft: Draft, chain: ChainName, names: readonly RecordKey[]): SkippedIndex | typeof UNREAD {
  const beginning = skippedSegmentKey(chain, 0).slice(0, -1)
  const numbers = names.filter((name) => name.startsWith(beginning)).map((name) => Number(name.slice(beginning.length)))
  const counts: [segment: number, count: number][] = []
  let room = MAX_SKIPPED_KEYS
  for (const segment of numbers.sort((a, b) => b - a)) {
    const stored = draft.read(skippedSegmentKey(chain, segment))
    if (stored === undefined || stored === UNREAD) continue
    const count = decodedOf(() => skippedKeyCount(stored))
    if (isDamage(count) || count > room) continue
    room -= count
    if (count > 0) counts.push([segment, count])
  }
  return draft.incomplete ? UNREAD : new Map(counts.reverse())
}
