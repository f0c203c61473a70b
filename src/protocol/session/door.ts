/**
 * The calls on sessions as experts make them: those of the same names in `session.ts` and `messages.ts`, after a look at the arguments. The
 * client checks what it is given at its own door, and passes by this one: the looks cost a tenth of a message.
 */
import {
  booleanArgument,
  bytesArgument,
  functionArgument,
  optional,
  type Shape,
  shapeArgument,
  stateArgument,
  uint32Argument,
} from '../../arguments.js'
import { type EpochMillis, type RandomSource, timeArgument } from '../../env.js'
import type { SignalMessage } from '../../wire/signal-message.js'
import { budgetArgument, checkpointsArgument, type LongJump, type Opening } from '../checkpoints.js'
import {
  type OpenedOnSession,
  type OpenOptions,
  openOnSession as openOn,
  openOnAnySession as openOnAny,
  type SentOnSession,
  type SessionsToTry,
  sendOnSession as sendOn,
  TODAY,
  type WriterProfile,
} from './messages.js'
import {
  archiveForm as archiveFormOf,
  type Ends,
  endsArgument,
  type SessionId,
  type SessionKind,
  type SessionState,
  idOf as sessionIdOf,
  kindOf as sessionKindOf,
  maySend as willSend,
  wipeSession as wipe,
} from './session.js'

const PROFILE: Shape<WriterProfile> = { writerVersion: uint32Argument, addresses: booleanArgument }

const OPTIONS: Shape<OpenOptions<never>> = {
  ends: endsArgument,
  random: functionArgument,
  skippedKey: functionArgument,
  pqSkippedKey: functionArgument,
  checkpoints: checkpointsArgument,
  archivedBudget: optional(budgetArgument),
}

const SESSIONS: Shape<Pick<SessionsToTry<never>, 'current' | 'archived'>> = {
  current: optional(sessionArgument),
  archived: functionArgument,
}

/**
 * Encrypts a message on a session: wrapped as a PreKeySignalMessage until the peer has answered, plain afterwards.
 *
 * Spec: libsignal wire 4.4, 4.5 and 5.4.
 *
 * @returns the session to commit before `body` leaves.
 * @throws BisikError `invalid-argument`.
 */
export function sendOnSession(
  session: SessionState,
  plaintext: Uint8Array,
  ends: Ends,
  random: RandomSource,
  profile: WriterProfile = TODAY,
): SentOnSession {
  sessionArgument(session)
  bytesArgument(plaintext, 'plaintext')
  endsArgument(ends, 'ends')
  functionArgument(random, 'random')
  shapeArgument(profile, 'profile', PROFILE)
  return sendOn(session, plaintext, { ends, random, profile })
}

/**
 * Opens a message on one session, changing nothing.
 *
 * Spec: libsignal wire 5.5, one candidate; differs: jumps are bounded on archived sessions and own devices; a late copy is
 * told from a broken session.
 *
 * @throws BisikError `invalid-argument`, at the call; `authentication-failed`, also if the session has another version; `duplicate-message`,
 *         also if it is a copy of one that was received on a chain that is gone; `too-far-ahead`; `invalid-key`.
 */
export function openOnSession<N>(session: SessionState, message: SignalMessage, options: OpenOptions<N>): Opening<N, OpenedOnSession> {
  sessionArgument(session)
  checkOpening(message, options)
  return openOn(session, message, options)
}

/**
 * Finds the session that a message belongs to and opens it: the one that knows its ratchet key; else the current one first, then the
 * archived ones, newest first, as far as the work that forged messages may cost goes.
 *
 * Spec: libsignal wire 5.5. Differs: the reason of a refusal is folded into one code, except where it helps nobody but the owner.
 *
 * @param sessions - `archived` reads the archived ones, newest first; run only if the current one does not open the message, or not
 *        without a long jump along a chain that may be made up.
 * @throws BisikError `invalid-argument`, at the call; `duplicate-message` as soon as any session says so; `too-far-ahead`; else `authentication-failed`.
 */
export function openOnAnySession<N>(
  sessions: SessionsToTry<N>,
  message: SignalMessage,
  options: OpenOptions<N>,
): Generator<N | readonly LongJump[], OpenedOnSession, void> {
  shapeArgument<Pick<SessionsToTry<never>, 'current' | 'archived'>>(sessions as SessionsToTry<never>, 'sessions', SESSIONS)
  checkOpening(message, options)
  return openOnAny(sessions, message, options)
}

/** The name of a session. @throws BisikError `invalid-argument`. */
export function idOf(session: SessionState): SessionId {
  return sessionIdOf(stateArgument(session, 'session', 'baseKey'))
}

/** What protects a session, for policy and display. @throws BisikError `invalid-argument`. */
export function kindOf(session: SessionState): SessionKind {
  return sessionKindOf(sessionArgument(session))
}

/**
 * Whether a session may still send: not spent, and answered, or begun at most 30 days ago. Spec: libsignal wire 5.4, rule 2; differs: `spent`.
 *
 * @throws BisikError `invalid-argument`.
 */
export function maySend(session: SessionState, now: EpochMillis): boolean {
  return willSend(sessionArgument(session), timeArgument(now, 'now'))
}

/** The form in which a session is archived: it keeps opening messages but no longer offers its handshake. @throws BisikError `invalid-argument`. */
export function archiveForm(session: SessionState): SessionState {
  return archiveFormOf(sessionArgument(session))
}

/** Wipes every secret of a session, but for those that `except` holds too. @throws BisikError `invalid-argument`. */
export function wipeSession(session: SessionState, except?: SessionState): void {
  if (except !== undefined) sessionArgument(except, 'except')
  wipe(sessionArgument(session), except)
}

function sessionArgument(session: SessionState, argument = 'session'): SessionState {
  return stateArgument(session, argument, 'ratchet')
}

function checkOpening<N>(message: SignalMessage, options: OpenOptions<N>): void {
  stateArgument(message, 'message', 'ratchetKey')
  shapeArgument<OpenOptions<never>>(options as OpenOptions<never>, 'options', OPTIONS)
}
