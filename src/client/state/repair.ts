/**
 * Puts a device's kept keys in order after an operation went on without a damaged record: lists that were lost are made anew from what
 * is there, and what belongs to no session any more is deleted. Opens no message, and decides nothing about damage.
 */
import { MAX_SKIPPED_KEYS } from '../../protocol/limits.js'
import { idOf, keptKeysOf, type SessionState } from '../../protocol/session/session.js'
import { expiredKey } from '../../records/expired-keys-record.js'
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
import type { Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { readable } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
import { forget } from '../frame/session-cache.js'
import { openedNames } from './opened-messages.js'
import { firstKeys, PeerSessions } from './peer.js'
import type { PeerSession } from './skipped-keys.js'

/** Repairs the records around a device's sessions. What fails can be tried again. */
export async function repairSessions(context: Context, peer: CanonicalAddress): Promise<void> {
  const names = (await Promise.all(sessionPartsOf(peer).map((prefix) => listKeys(context.store, prefix)))).flat()
  if (names.length === 0) return
  await transact<void>(context.store, function* (tx) {
    const draft = new Draft(tx)
    const [session, identity] = yield* draft.read(...firstKeys(peer), archiveKey(peer))
    const sessions = new PeerSessions({ context, draft, peer }, { names: firstKeys(peer), session, identity })
    try {
      const archived = yield* sessions.archive.sessions()
      const kept = new Set(archived.map((one) => archivedSessionKey(peer, idOf(one))))
      for (const one of sessions.current === undefined ? archived : [sessions.current, ...archived]) {
        for (const name of pqSegmentsOf(peer, one)) kept.add(name)
        for (const name of openedNames({ peer, session: one })) kept.add(name)
        for (const name of yield* repairChains(draft, { peer, session: one }, names)) kept.add(name)
      }
      for (const name of names) if (!kept.has(name)) draft.delete(name)
    } finally {
      forget(sessions.end(false))
    }
  })
}

function* pqSegmentsOf(peer: CanonicalAddress, session: SessionState): Iterable<RecordKey> {
  for (const { epoch, from, to } of keptKeysOf(session)) {
    for (let segment = segmentOf(from); segment <= segmentOf(to - 1); segment++)
      yield pqSkippedSegmentKey(peer, idOf(session), epoch, segment)
  }
}

/** Makes the indexes that a session's chains lack. @returns the names of what is kept for them. */
function* repairChains(draft: Draft, { peer, session }: PeerSession, names: readonly RecordKey[]): Part<readonly RecordKey[]> {
  const kept: RecordKey[] = []
  for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
    if (skippedEnd === 0) continue
    const chain = { peer, session: idOf(session), ratchetKey }
    kept.push(expiredKey(chain))
    const [index] = yield* draft.read(skippedIndexKey(chain))
    const known = readable(index, decodeSkippedIndex)
    const counts = known ?? (yield* countsOf(draft, chain, names))
    if (counts.size === 0) continue
    if (known === undefined) draft.put(skippedIndexKey(chain), encodeSkippedIndex(counts))
    kept.push(skippedIndexKey(chain), ...[...counts.keys()].map((segment) => skippedSegmentKey(chain, segment)))
  }
  return kept
}

/** How many keys a chain has in which segments, the newest that there is room for; in rising order. */
function* countsOf(draft: Draft, chain: ChainName, names: readonly RecordKey[]): Part<SkippedIndex> {
  const beginning = skippedSegmentKey(chain, 0).slice(0, -1)
  const numbers = names.filter((name) => name.startsWith(beginning)).map((name) => Number(name.slice(beginning.length)))
  const segments = numbers.sort((a, b) => b - a)
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...segments.map((segment) => skippedSegmentKey(chain, segment)))
  const counts: [segment: number, count: number][] = []
  let room = MAX_SKIPPED_KEYS
  for (const [i, segment] of segments.entries()) {
    const count = readable(records[i], skippedKeyCount) ?? 0
    if (count === 0 || count > room) continue
    room -= count
    counts.push([segment, count])
  }
  return new Map(counts.reverse())
}
