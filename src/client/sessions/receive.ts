/**
 * Decrypting a message from a device: from its bytes to the plaintext, and all that joins the commit. Contains no cryptography.
 */
import type { Bytes } from '../../bytes.js'
import { parseIdentityKey } from '../../crypto/keys.js'
import { BisikError, isBisikError } from '../../errors.js'
import type { LongJump } from '../../protocol/checkpoints.js'
import { HMACS_PER_SLICE } from '../../protocol/limits.js'
import { markOf } from '../../protocol/opened-messages.js'
import { checkFirstJump, type OpenedOnSession, type OpenOptions, openOnAnySession, openOnSession } from '../../protocol/session/messages.js'
import { announcedKind, idOf, isSameSession, kindOf, type SessionState, sessionId } from '../../protocol/session/session.js'
import { keyPositionIn } from '../../protocol/spqr/spqr.js'
import { userListsKey } from '../../records/device-list-names.js'
import { archiveKey, devicesKeys } from '../../records/names.js'
import type { RecordKey } from '../../store/key-store.js'
import type { Need, Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { NamedEnvelope } from '../../wire/envelope.js'
import { type PreKeySignalMessage, parsePreKeySignalMessage } from '../../wire/pre-key-message.js'
import { parseOwnSignalMessage, type SignalMessage } from '../../wire/signal-message.js'
import { writeAppRecords } from '../frame/app-records.js'
import type { Checked } from '../frame/arguments.js'
import type { Allowance } from '../frame/context.js'
import { checkpointsBehind, type HeldCheckpoints, takingJumps } from '../frame/long-jumps.js'
import { describeSession, type Notice, type Persist, type Received, type ReceivedMessage } from '../frame/results.js'
import { checkSealer, describeSeal, type OpenedSeal } from '../sealed/sealed.js'
import type { PeerScope } from '../state/archive.js'
import { refuseSelf } from '../state/identities.js'
import { isOther, noteOpened } from '../state/opened-messages.js'
import type { PeerSessions } from '../state/peer.js'
import { type PeerStep, transactPeer } from '../state/peer-transaction.js'
import { applyPqKeyChanges, applySkippedKeyChanges, readPqSkippedKey, readSkippedKey } from '../state/skipped-keys.js'
import { acceptFrom, preKeyNames } from './accept-handshake.js'
import { diagnose } from './diagnosis.js'
import { checkKind, isWeaker, pqRatchetMode } from './kinds.js'
import { makeRoom } from './strangers.js'
import { type Growth, NO_GROWTH, noteUnanswered } from './unanswered.js'

/** What joins the commit of a message that opened. */
export interface Join {
  /** Records that `run` reads: they are read with the sessions, in one go. */
  readonly records: (sender: CanonicalAddress) => readonly RecordKey[]
  readonly run: (scope: PeerScope, received: ReceivedMessage) => Part<void>
}

/** How a message is decrypted, and what joins its commit. */
interface Decryption {
  readonly allow: Allowance
  readonly persist?: Persist<Received> | undefined
  readonly seal?: OpenedSeal | undefined
  readonly join?: Join | undefined
}

/** A message between two devices: one with a handshake begins a session, or belongs to the one that an earlier copy began. */
type Message = PreKeySignalMessage | SignalMessage

/** What one run of the transaction works with. */
interface Scope extends PeerScope {
  readonly sessions: PeerSessions
  readonly checkpoints: HeldCheckpoints
  /** Gives the message's mark. */
  readonly mark: () => Bytes
  readonly options: Decryption
}

/** A message that opened, and what there is to tell of it. */
interface Opened extends OpenedOnSession {
  readonly notices: Notice[]
}

/**
 * Decrypts a message of either kind. See `Client.decrypt`.
 *
 * @param envelope - a copy of what the caller passed; taken over.
 */
export async function decryptFromDevice(
  context: PeerScope['context'],
  envelope: Checked<NamedEnvelope>,
  options: Decryption,
): Promise<ReceivedMessage> {
  const { sender: peer } = envelope
  const message = envelope.kind === 'pre-key' ? parsePreKeySignalMessage(envelope.body) : parseOwnSignalMessage(envelope.body)
  const checkpoints = context.checkpoints.hold()
  const mark = markingOf('message' in message ? message.message : message)
  // Of the run that is committed, which is the last one.
  const after: After = { behind: [], growth: NO_GROWTH }
  try {
    const step: PeerStep<ReceivedMessage> = (draft, sessions) =>
      decryptStep({ context, draft, peer, sessions, checkpoints, mark, options }, message, after)
    const received = await transactPeer(context, peer, step, options.join?.records(peer))
    context.checkpoints.forget(after.behind)
    if (after.growth !== NO_GROWTH) await makeRoom(context, after.growth)
    return received
  } catch (error) {
    throw context.told.once(error, mark)
  } finally {
    checkpoints.release()
  }
}

/** By what the message is known again; computed once, and for most forgeries never. */
function markingOf(message: SignalMessage): () => Bytes {
  let mark: Bytes | undefined
  return () => (mark ??= markOf(message))
}

/** What is done after the commit. */
interface After {
  /** Checkpoints that are of no use any more. */
  behind: readonly string[]
  growth: Growth
}

/** From the message to the plaintext, and what joins the commit. */
function* decryptStep(scope: Scope, message: Message, after: After): Part<ReceivedMessage> {
  const { context, draft, peer, sessions, options } = scope
  const opened = noted(scope, yield* openMessage(scope, message))
  const { session, changes } = opened
  yield* admit(scope, opened)
  after.growth = sessions.isAnswered ? NO_GROWTH : yield* noteUnanswered(scope, sessions, opened)
  after.behind = checkpointsBehind(idOf(session), changes)
  yield* applySkippedKeyChanges(draft, { peer, session, now: context.clock() }, changes.double)
  yield* applyPqKeyChanges(draft, { peer, session }, changes.pq)
  yield* replaceSession(scope, opened)
  const result = resultOf(scope, opened)
  if (options.join !== undefined) yield* options.join.run(scope, result)
  yield* writeAppRecords(draft, options.persist, result)
  return result
}

/** Opens a message on the session that it belongs to; a refusal says why. */
function* openMessage(scope: Scope, message: Message): Part<Opened> {
  const { peer, sessions } = scope
  try {
    return 'message' in message ? yield* openFirst(scope, message) : yield* openLater(scope, message)
  } catch (caught) {
    const error = isBisikError(caught, 'duplicate-message') ? yield* judged(scope, caught.details) : caught
    throw diagnose(isOfNoSession(error) ? (sessions.lost ?? error) : error, { sender: peer, message, current: sessions.current })
  }
}

/** The refusal of a message whose place is used up: it may not be the one that used it. */
function* judged(
  { draft, peer, sessions, mark }: Scope,
  { counter, unread }: { readonly counter: number; readonly unread?: true },
): Part<BisikError> {
  if (unread === true) return new BisikError('duplicate-message', { counter, unread })
  const { current, archive } = sessions
  const all = current === undefined ? archive.opened : [current, ...archive.opened]
  const differs = yield* isOther(draft, { peer, sessions: all }, mark())
  return new BisikError('duplicate-message', differs ? { counter, differs } : { counter })
}

function noted({ draft, peer, mark }: Scope, { session, archivedAt, plaintext, changes, notices }: Opened): Opened {
  return { session: noteOpened(draft, { peer, session }, mark()), archivedAt, plaintext, changes, notices }
}

/** Whether a message belongs to none of the sessions that are here, and so may be of one that is damaged. */
function isOfNoSession(error: unknown): boolean {
  const codes = ['no-session', 'authentication-failed', 'pre-key-not-found', 'replayed-base-key'] as const
  return codes.some((code) => isBisikError(error, code))
}

/** A message without handshake: it belongs to a session that is here. */
function* openLater(scope: Scope, message: SignalMessage): Part<Opened> {
  const { draft, sessions, checkpoints } = scope
  const archived = () => sessionsToTry(scope)
  const opening: Generator<Need | readonly LongJump[], OpenedOnSession, void> = openOnAnySession(
    { current: sessions.current, archived },
    message,
    openOptions(scope, message),
  )
  return withNotices(yield* takingJumps(draft, opening, { checkpoints, isMadeUp: false }), [])
}

/** @throws BisikError `no-session` if there is none, archived or not. */
function* sessionsToTry({ peer, sessions }: Scope): Part<readonly SessionState[]> {
  const archived = yield* sessions.archive.sessions()
  if (sessions.current === undefined && archived.length === 0) throw new BisikError('no-session', { user: peer.user, device: peer.device })
  return archived
}

function withNotices({ session, archivedAt, plaintext, changes }: OpenedOnSession, notices: Notice[]): Opened {
  return { session, archivedAt, plaintext, changes, notices }
}

/**
 * A message with a handshake: it begins a session, or belongs to the one that an earlier copy of the handshake began.
 *
 * Spec: libsignal wire 3.4 and 5.5. Differs: nothing is stored before the message opened; the ledger is ours, not the app's.
 */
function* openFirst(scope: Scope, message: PreKeySignalMessage): Part<Opened> {
  const { context, draft, peer, sessions, checkpoints, options } = scope
  const id = sessionId(message.version, message.baseKey)
  const isCurrent = sessions.current !== undefined && idOf(sessions.current) === id
  // Most often the session is new: what it takes to accept it is read in one go.
  if (!isCurrent) yield* draft.read(...devicesKeys(peer.user), userListsKey(peer.user), archiveKey(peer), ...preKeyNames(message))
  yield* sessions.trust(message.identityKey)
  const known = isCurrent ? sessions.current : yield* archivedSession(sessions, id)
  if (known !== undefined) {
    const opening = openOnSession(known, message.message, openOptions(scope, message.message))
    return withNotices(yield* takingJumps(draft, opening, { checkpoints, isMadeUp: false }), [])
  }
  const replaced = sessions.current === undefined ? undefined : kindOf(sessions.current)
  checkKind(announcedKind(message), replaced, options.allow)
  checkFirstJump(message.message)
  const pqRatchet = pqRatchetMode(context, replaced, options.allow)
  const accepted = yield* acceptFrom(scope, message, pqRatchet)
  sessions.own(accepted.session)
  const opening = openOnSession(accepted.session, message.message, openOptions(scope, message.message))
  const opened = yield* takingJumps(draft, opening, { checkpoints, isMadeUp: true })
  refuseSelf(context, peer)
  return withNotices(opened, [{ kind: 'session-started', session: describeSession(opened.session) }, ...accepted.notices])
}

function* archivedSession(sessions: PeerSessions, id: ReturnType<typeof sessionId>): Part<SessionState | undefined> {
  const archived = yield* sessions.archive.ids()
  return archived.includes(id) ? yield* sessions.archive.session(id) : undefined
}

function openOptions({ context, draft, peer, checkpoints }: Scope, { counter, pqRatchet }: SignalMessage): OpenOptions<Need> {
  return {
    ends: { local: context.self.address, remote: peer },
    random: context.random,
    skippedKey: (session, { ratchetKey }) =>
      readSkippedKey(draft, { peer, session, ratchetKey }, { counter, pq: keyPositionIn(pqRatchet) }),
    pqSkippedKey: (session, position) => readPqSkippedKey(draft, { peer, session }, position),
    checkpoints: { get: checkpoints.get, budget: { hmacs: HMACS_PER_SLICE } },
  }
}

/** Refuses a message that opened but must not be taken in: its session is too weak, or not the sealer's, or its identity is not trusted. */
function* admit({ sessions, options }: Scope, { session, changes, notices }: Opened): Part<void> {
  sessions.own(session)
  sessions.ownKeys(changes.double.keep?.seeds)
  sessions.ownKeys(changes.pq.keep?.keys)
  checkKind(kindOf(session), undefined, options.allow)
  checkSealer(options.seal, session.remoteIdentity)
  if ((yield* sessions.trust(session.remoteIdentity)) === 'new') notices.push({ kind: 'identity-new' })
}

/** Makes the session of the message the current one, unless a stronger one is. */
function replaceSession({ sessions, options }: Scope, { session, notices }: Opened): Part<void> {
  const previous = sessions.current
  if (previous === undefined || isSameSession(previous, session)) return sessions.setCurrent(session)
  // It opens what comes, and takes the place of none that sends.
  if (session.spent === true && previous.spent !== true) return sessions.setArchived(session)
  // A late message of an old, weaker session: it opens, but the stronger session goes on.
  if (isWeaker(kindOf(session), kindOf(previous)) && !options.allow.explicit) return sessions.setArchived(session)
  notices.push({ kind: 'session-switched', from: describeSession(previous), to: describeSession(session) })
  return sessions.setCurrent(session)
}

function resultOf({ peer, sessions, options }: Scope, { session, plaintext, notices }: Opened): ReceivedMessage {
  return {
    kind: 'message',
    sender: peer,
    // A copy: the session is remembered, and the app may do with this what it likes.
    identity: parseIdentityKey(session.remoteIdentity),
    plaintext,
    sealed: options.seal !== undefined,
    seal: describeSeal(options.seal),
    session: describeSession(session),
    notices: [...notices, ...sessions.notices],
  }
}
