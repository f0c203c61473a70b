/**
 * Starting a session with a device, describing the one there is, and ending it. Each is one transaction. Contains no cryptography.
 */
import { type Verified, verifyPreKeyBundle } from '../../protocol/handshake/pre-keys.js'
import type { TrustVerdict } from '../../protocol/identity/trust.js'
import { kindOf, type SessionKind, type SessionState } from '../../protocol/session/session.js'
import { initiateSession } from '../../protocol/session/start.js'
import { userListsKey } from '../../records/device-list-names.js'
import { devicesKeys } from '../../records/names.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress } from '../../wire/address.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'
import type { Allowance, Context } from '../frame/context.js'
import { describeSession, type Notice, type SessionStatus, type Started } from '../frame/results.js'
import { refuseSelf } from '../state/identities.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'
import { checkKind, pqRatchetMode } from './kinds.js'
import { sessionThatSends } from './send.js'

/** Starts a session with the device that a bundle belongs to. See `Client.startSession`. */
export async function startSession(context: Context, bundle: PreKeyBundle, allow: Allowance): Promise<Started> {
  const verified = verifyPreKeyBundle(bundle)
  const peer = checkAddress(bundle.address)
  return transactPeer<Started>(
    context,
    peer,
    function* (_, sessions) {
      const previous = sessions.current
      const floor = previous === undefined ? undefined : kindOf(previous)
      const begun = yield* beginSession(context, sessions, { bundle: verified, allow, floor })
      yield* sessions.setCurrent(begun.session)
      sessions.answer()
      return { session: describeSession(begun.session), notices: [...noticesOfStart(previous, begun), ...sessions.notices] }
    },
    [...devicesKeys(peer.user), userListsKey(peer.user)],
  )
}

/** A session that was begun here and is not the current one yet, and what was known of its peer's key. */
export interface Begun {
  readonly session: SessionState
  readonly verdict: TrustVerdict
}

/** What there is to tell of a session that was begun here, and took the place of `previous`. */
export function noticesOfStart(previous: SessionState | undefined, { session, verdict }: Begun): Notice[] {
  const notices: Notice[] = []
  if (verdict === 'new') notices.push({ kind: 'identity-new' })
  if (!session.usedOneTimePreKey) notices.push({ kind: 'no-one-time-key' })
  if (previous !== undefined) notices.push({ kind: 'session-switched', from: describeSession(previous), to: describeSession(session) })
  return notices
}

/**
 * Begins a session.
 *
 * @param start - `floor`: the kind that it must not be weaker than.
 * @throws BisikError `self-session`, `untrusted-identity`, `session-kind-refused`, `invalid-key`.
 */
export function* beginSession(
  context: Context,
  sessions: PeerSessions,
  start: { readonly bundle: Verified<PreKeyBundle>; readonly allow: Allowance; readonly floor: SessionKind | undefined },
): Part<Begun> {
  const { bundle, allow, floor } = start
  const remote = checkAddress(bundle.address)
  refuseSelf(context, remote)
  const verdict = yield* sessions.trust(bundle.identityKey)
  checkKind(bundle.kemPreKey === undefined ? 'x3dh' : 'triple', floor, allow)
  const session = initiateSession(
    {
      bundle,
      ourIdentity: context.self.identity,
      ourRegistrationId: context.self.registrationId,
      ends: { local: context.self.address, remote },
      pqRatchet: pqRatchetMode(context, floor, allow),
      now: context.clock(),
    },
    context.random,
  )
  return { session, verdict }
}

/** Describes the current session with a device. See `Client.session`. */
export async function summarizeSession(context: Context, peer: CanonicalAddress): Promise<SessionStatus | undefined> {
  return transactPeer<SessionStatus | undefined>(context, peer, function* (_, sessions) {
    const { current, damage } = sessions
    if (damage !== undefined) throw damage
    return current && { ...describeSession(current), maySend: (yield* sessionThatSends(context, sessions, peer)) !== undefined }
  })
}

/** Archives the current session with a device. See `Client.endSession`. */
export async function endSession(context: Context, peer: CanonicalAddress): Promise<void> {
  return transactPeer<void>(context, peer, (_, sessions) => sessions.endCurrent())
}
