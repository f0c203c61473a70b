/**
 * What is noted of devices that wrote and were never answered, with the commit that takes in what they wrote. Drops nothing.
 */

import type { KnownIdentity } from '../../protocol/identity/trust.js'
import type { SessionState } from '../../protocol/session/session.js'
import { keptKeyBound } from '../../protocol/session/session.js'
import { decodeUnanswered, encodeIdentity, encodeUnanswered, type Unanswered } from '../../records/identity-record.js'
import { identityKeyOf, unansweredKey } from '../../records/names.js'
import type { Part } from '../../store/transaction.js'
import { readable } from '../frame/damage.js'
import type { Notice } from '../frame/results.js'
import type { PeerScope } from '../state/archive.js'
import type { PeerSessions } from '../state/peer.js'

/** So often, in milliseconds, it is noted that an unanswered device is of use. */
const USE_NOTED = 24 * 60 * 60 * 1000

/** What unanswered devices brought. */
export interface Growth {
  readonly devices: number
  readonly keptKeys: number
}

export const NO_GROWTH: Growth = { devices: 0, keptKeys: 0 }

/** Of a device of which nothing is kept, or of whose note nobody knows what it said. */
export const NOTHING_NOTED: Unanswered = { keptKeys: 0, overAt: 0 }

/** Notes, with the commit of a message that opened, what a device that was not answered leaves here. */
export function* noteUnanswered(
  { context, draft, peer }: PeerScope,
  sessions: PeerSessions,
  { session, notices }: { readonly session: SessionState; readonly notices: readonly Notice[] },
): Part<Growth> {
  const since = sessions.isStranger ? undefined : sessions.identity?.unansweredSince
  const hasBegun = notices.some(({ kind }) => kind === 'session-started')
  const { current } = sessions
  const known = hasBegun || current === undefined ? 0 : keptKeyBound(current)
  const added = Math.max(0, keptKeyBound(session) - known)
  if (!hasBegun && added === 0) return NO_GROWTH
  const [note] = since === undefined ? [] : yield* draft.read(unansweredKey(peer, since))
  const { keptKeys } = notedIn(note)
  const now = hasBegun || since === undefined ? context.clock() : since
  if (now !== since) sessions.leaveUnanswered(session.remoteIdentity, now)
  draft.put(unansweredKey(peer, now), encodeUnanswered({ keptKeys: keptKeys + added, overAt: 0 }))
  return { devices: sessions.isStranger ? 1 : 0, keptKeys: added }
}

/**
 * Notes, with the commit of a group message that opened, that its sender is of use without an answer: who only reads would lose it otherwise.
 * Its time begins anew, no more than once a day.
 */
export function* noteUse({ context, draft, peer }: PeerScope, known: KnownIdentity): Part<void> {
  const { unansweredSince } = known
  const now = context.clock()
  if (unansweredSince === undefined || Math.abs(now - unansweredSince) < USE_NOTED) return
  const before = unansweredKey(peer, unansweredSince)
  const [note] = yield* draft.read(before)
  draft.delete(before)
  draft.put(unansweredKey(peer, now), encodeUnanswered({ ...notedIn(note), overAt: 0 }))
  draft.put(identityKeyOf(peer), encodeIdentity({ ...known, unansweredSince: now }))
}

/** A damaged note says nothing of what there is: nothing, until the device keeps more. */
export function notedIn(record: Uint8Array | undefined): Unanswered {
  return readable(record, decodeUnanswered) ?? NOTHING_NOTED
}
