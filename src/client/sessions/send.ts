/**
 * Encrypting for a device on its current session. Contains no cryptography.
 */
import { BisikError, isBisikError } from '../../errors.js'
import { sendOnSession } from '../../protocol/session/messages.js'
import { kindOf, type SessionState } from '../../protocol/session/session.js'
import type { Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Envelope, NamedEnvelope } from '../../wire/envelope.js'
import { writeAppRecords } from '../frame/app-records.js'
import type { Context } from '../frame/context.js'
import type { Persist } from '../frame/results.js'
import { type Seal, sealEnvelope } from '../sealed/sealed.js'
import type { PeerScope } from '../state/archive.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'
import { dropPqSkippedKeys } from '../state/skipped-keys.js'
import { checkKind } from './kinds.js'

/** What is encrypted, and how it is sealed, if at all. */
export interface Sending {
  readonly plaintext: Uint8Array
  readonly seal: Seal | undefined
}

/** Encrypts for one device on its current session. See `Client.encrypt`. */
export function encrypt(
  context: Context,
  peer: CanonicalAddress,
  sending: Sending & { readonly persist?: Persist<Envelope> | undefined },
): Promise<Envelope> {
  return transactPeer<Envelope>(context, peer, (draft, sessions) => encryptStep({ context, draft, peer }, sessions, sending))
}

function* encryptStep(
  scope: PeerScope,
  sessions: PeerSessions,
  sending: Sending & { readonly persist?: Persist<Envelope> | undefined },
): Part<Envelope> {
  const current = yield* sendingSession(scope.context, sessions, scope.peer)
  const { session, envelope } = sendOn(scope, current, sending)
  yield* sessions.setCurrent(session)
  sessions.answer()
  yield* writeAppRecords(scope.draft, sending.persist, envelope)
  return envelope
}

/** The current session, if it may send. @throws BisikError `no-session`, `session-kind-refused`, `untrusted-identity`, `corrupt-record`. */
export function* sendingSession(context: Context, sessions: PeerSessions, to: CanonicalAddress): Part<SessionState> {
  if (sessions.damage !== undefined) throw sessions.damage
  const session = sessions.current
  if (session === undefined || !sessions.maySendOn(session)) throw new BisikError('no-session', { user: to.user, device: to.device })
  checkKind(kindOf(session), undefined, context.allow)
  yield* sessions.trust(session.remoteIdentity)
  return session
}

/** The session that would send, if one may. */
export function* sessionThatSends(context: Context, sessions: PeerSessions, peer: CanonicalAddress): Part<SessionState | undefined> {
  try {
    return yield* sendingSession(context, sessions, peer)
  } catch (error) {
    const noneSends = ['no-session', 'untrusted-identity', 'device-not-listed', 'session-kind-refused', 'corrupt-record'] as const
    if (noneSends.some((code) => isBisikError(error, code))) return undefined
    throw error
  }
}

/** Encrypts a message on a session. @returns the session to make the current one before the envelope leaves. */
export function sendOn(
  { context, draft, peer }: PeerScope,
  session: SessionState,
  { plaintext, seal }: Sending,
): { readonly session: SessionState; readonly envelope: Envelope } {
  const { self, random, profile } = context
  draft.noteSent()
  const sent = sendOnSession(session, plaintext, { ends: { local: self.address, remote: peer }, random, profile })
  dropPqSkippedKeys(draft, { peer, session }, sent.drop)
  const named: NamedEnvelope = { kind: sent.kind, sender: self.address, body: sent.body }
  const envelope = seal === undefined ? named : sealEnvelope(context, named, session.remoteIdentity, seal)
  return { session: sent.session, envelope }
}
