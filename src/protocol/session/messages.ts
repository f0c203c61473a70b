/**
 * Messages on sessions: sending on one, and finding the one that a message belongs to. Treats the ratchet as an opaque box and knows no
 * store, no record and no trust.
 *
 * Spec: Sesame, revision 2; libsignal wire 4.4, 4.5 and 5.
 */
import type { Bytes } from '../../bytes.js'
import type { EcPublicKey } from '../../crypto/keys.js'
import type { RandomSource } from '../../env.js'
import { BisikError, isBisikError } from '../../errors.js'
import { addressBinding } from '../../wire/address.js'
import { serializePreKeySignalMessage } from '../../wire/pre-key-message.js'
import type { SignalMessage } from '../../wire/signal-message.js'
import type { Walk, WorkBudget } from '../checkpoints.js'
import { MAX_ARCHIVED_FORWARD_JUMP, MAX_ARCHIVED_HMACS, MAX_FIRST_FORWARD_JUMP, MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP } from '../limits.js'
import { isCopyOfForgotten, type RatchetHeader, receivingChain, type SkippedKeyReader } from '../ratchet/double-ratchet.js'
import { decryptMessage, encryptMessage, hmacsToTurn, type KeptKeyChanges, type OpenRatchetNeed } from '../ratchet/triple-ratchet.js'
import type { EpochKeyOptions, KeyPosition, KeyRange } from '../spqr/epoch-chains.js'
import { keyPositionIn } from '../spqr/spqr.js'
import { type Ends, idOf, isOwnDevice, type SessionId, type SessionState, withRatchet } from './session.js'

/** How older releases wrote; for tests that imitate them. Everything else writes as the newest release does. */
export interface WriterProfile {
  readonly writerVersion: 3 | 4
  readonly addresses: boolean
}

const TODAY: WriterProfile = { writerVersion: 4, addresses: true }

/** A message and what to commit before it leaves. */
export interface SentOnSession {
  readonly session: SessionState
  readonly kind: 'pre-key' | 'ratchet'
  readonly body: Bytes
  /** Kept keys of post-quantum epochs that are over. */
  readonly drop: readonly KeyRange[]
}

/**
 * Encrypts a message on a session: wrapped as a PreKeySignalMessage until the peer has answered, plain afterwards.
 *
 * Spec: libsignal wire 4.4, 4.5 and 5.4.
 *
 * @returns the session to commit before `body` leaves.
 */
export function sendOnSession(
  session: SessionState,
  plaintext: Uint8Array,
  ends: Ends,
  random: RandomSource,
  profile: WriterProfile = TODAY,
): SentOnSession {
  const { pending, version } = session
  const { writerVersion } = profile
  const {
    state: ratchet,
    message,
    drop,
  } = encryptMessage(
    session.ratchet,
    plaintext,
    { sender: session.localIdentity, receiver: session.remoteIdentity },
    { version, writerVersion, addresses: pending !== undefined && profile.addresses ? addressBinding(ends.local, ends.remote) : undefined },
    random,
  )
  const next = withRatchet(session, ratchet, pending)
  if (pending === undefined) return { session: next, kind: 'ratchet', body: message, drop }
  const body = serializePreKeySignalMessage({
    version,
    writerVersion,
    preKeyId: pending.oneTimePreKeyId,
    baseKey: session.baseKey,
    identityKey: session.localIdentity,
    message,
    registrationId: session.localRegistrationId,
    signedPreKeyId: pending.signedPreKeyId,
    kem: pending.kem,
  })
  return { session: next, kind: 'pre-key', body, drop }
}

/** What opening needs from outside the sessions. */
export interface OpenOptions {
  readonly ends: Ends
  readonly random: RandomSource
  /** Reads a skipped key of one session. */
  readonly skippedKey: (session: SessionId, header: RatchetHeader) => ReturnType<SkippedKeyReader>
  /** Reads a skipped key of one session's post-quantum ratchet. */
  readonly pqSkippedKey: (session: SessionId, position: KeyPosition) => ReturnType<EpochKeyOptions['skippedKey']>
  /** A walk made along one session's chain, if any. */
  readonly walk: (session: SessionId, ratchetKey: EcPublicKey) => Walk<'ChainKey'> | undefined
  /** A walk made along a chain of one session's post-quantum ratchet, if any. */
  readonly pqWalk: (session: SessionId, epoch: number) => Walk<'EpochChainKey'> | undefined
  readonly budget: WorkBudget
  /** What the message may still cost on archived sessions; counted down. Default {@link MAX_ARCHIVED_HMACS}. */
  readonly archivedBudget?: WorkBudget
}

/** A message that opened, with the state of its session to commit. */
export interface OpenedOnSession {
  /** The same object as before if only kept keys were used. */
  readonly session: SessionState
  /** `undefined` for the current session, else the place in the list of archived ones. */
  readonly archivedAt: number | undefined
  readonly plaintext: Bytes
  readonly changes: KeptKeyChanges
}

/** Needs of one session, or the archived sessions themselves. */
export type OpenNeed = ({ readonly session: SessionId } & OpenRatchetNeed) | { readonly need: 'archived-sessions' }

/**
 * Opens a message on one session, changing nothing.
 *
 * Spec: libsignal wire 5.5, one candidate; differs: jumps are bounded on archived sessions and own devices; a late copy is
 * told from a broken session.
 *
 * @throws BisikError as `decryptMessage`; `authentication-failed` also if the session has another version; `duplicate-message` also if it is a
 *         copy of one that was received on a chain that is gone.
 */
export function openOnSession(
  session: SessionState,
  message: SignalMessage,
  options: OpenOptions,
  archived: boolean,
): OpenedOnSession | readonly OpenNeed[] {
  try {
    return tryOnSession(session, message, options, archived)
  } catch (error) {
    const isStrange = (['authentication-failed', 'too-far-ahead', 'invalid-key'] as const).some((code) => isBisikError(error, code))
    if (!isStrange || !isCopyOfForgotten(session.ratchet.double, message)) throw error
    throw new BisikError('duplicate-message', { counter: message.counter })
  }
}

function tryOnSession(
  session: SessionState,
  message: SignalMessage,
  options: OpenOptions,
  archived: boolean,
): OpenedOnSession | readonly OpenNeed[] {
  if (message.version !== session.version) throw new BisikError('authentication-failed', {})
  if (archived && !knowsRatchetKey(session, message)) spend(options.archivedBudget ?? archivedBudget(), session, message)
  const opened = decryptMessage(
    session.ratchet,
    message,
    { sender: session.remoteIdentity, receiver: session.localIdentity },
    () => addressBinding(options.ends.remote, options.ends.local),
    {
      skippedKey: (header) => options.skippedKey(idOf(session), header),
      walk: (ratchetKey) => options.walk(idOf(session), ratchetKey),
      pq: {
        skippedKey: (position) => options.pqSkippedKey(idOf(session), position),
        walk: (epoch) => options.pqWalk(idOf(session), epoch),
      },
      maxForwardJump: isOwnDevice(session.localIdentity, session.remoteIdentity, options.ends) ? MAX_OWN_DEVICE_JUMP : MAX_FORWARD_JUMP,
      random: options.random,
      budget: options.budget,
    },
  )
  if ('length' in opened) return opened.map((need) => ({ session: idOf(session), ...need }))
  const isSame = opened.state === session.ratchet && session.pending === undefined
  return {
    session: isSame ? session : withRatchet(session, opened.state, undefined),
    archivedAt: undefined,
    plaintext: opened.plaintext,
    changes: opened.changes,
  }
}

/**
 * Refuses a first message that is too far ahead for a handshake that nothing has authenticated, before any key is agreed on.
 *
 * Spec: libsignal wire 3.4, step 6; differs: libsignal takes a first message as far ahead as any other.
 *
 * @throws BisikError `too-far-ahead`.
 */
export function checkFirstJump({ counter, pqRatchet }: SignalMessage): void {
  const pqCounter = (keyPositionIn(pqRatchet)?.index ?? 1) - 1
  if (Math.max(counter, pqCounter) > MAX_FIRST_FORWARD_JUMP) throw new BisikError('too-far-ahead', { counter, expected: 0 })
}

function archivedBudget(): WorkBudget {
  return { hmacs: MAX_ARCHIVED_HMACS }
}

function spend(budget: WorkBudget, { ratchet }: SessionState, message: SignalMessage): void {
  const { counter } = message
  const hmacs = hmacsToTurn(ratchet, message)
  if (counter > MAX_ARCHIVED_FORWARD_JUMP || hmacs > budget.hmacs) throw new BisikError('too-far-ahead', { counter, expected: 0 })
  budget.hmacs -= hmacs
}

function knowsRatchetKey({ ratchet }: SessionState, { ratchetKey }: SignalMessage): boolean {
  return receivingChain(ratchet.double, ratchetKey) !== undefined
}

/**
 * Finds the session that a message belongs to and opens it: the one that knows its ratchet key; else the current one first, then the
 * archived ones, newest first, as far as {@link MAX_ARCHIVED_HMACS} go.
 *
 * Spec: libsignal wire 5.5. Differs: the reason of a refusal is folded into one code, except where it helps nobody but the owner.
 *
 * @param sessions - `archived` gives the archived ones, newest first, or `'unread'`; called only if the current one does not open the
 *        message, or not without a long walk along a chain that may be made up.
 * @returns the opened message, or all that is needed to go on.
 * @throws BisikError `duplicate-message` as soon as any session says so; `too-far-ahead`; else `authentication-failed`.
 */
export function openOnAnySession(
  sessions: { readonly current: SessionState | undefined; readonly archived: () => readonly SessionState[] | 'unread' },
  message: SignalMessage,
  options: OpenOptions,
): OpenedOnSession | readonly OpenNeed[] {
  let tooFar: unknown
  const attempt = (session: SessionState, shared?: OpenOptions): OpenedOnSession | readonly OpenNeed[] | undefined => {
    try {
      return openOnSession(session, message, shared ?? options, shared !== undefined)
    } catch (error) {
      if (isBisikError(error, 'too-far-ahead')) tooFar ??= error
      else if (!isBisikError(error, 'authentication-failed') && !isBisikError(error, 'invalid-key')) throw error
      return undefined
    }
  }
  const { current } = sessions
  const first = current === undefined ? undefined : attempt(current)
  if (first !== undefined && !('length' in first && isLongTurn(first))) return first
  const archived = current !== undefined && knowsRatchetKey(current, message) ? [] : sessions.archived()
  if (archived === 'unread') {
    discardNeeds(first ?? [])
    return [{ need: 'archived-sessions' }]
  }
  // No two sessions share a ratchet key: where one knows it, no other is tried.
  const owner = archived.find((session) => knowsRatchetKey(session, message))
  if (first !== undefined && owner === undefined) return first
  discardNeeds(first ?? [])
  const needs: OpenNeed[] = []
  const shared = { ...options, archivedBudget: archivedBudget() }
  for (const [archivedAt, session] of archived.entries()) {
    const outcome = owner === undefined || owner === session ? attempt(session, shared) : undefined
    if (outcome === undefined) continue
    if (!('length' in outcome)) {
      discardNeeds(needs)
      return { ...outcome, archivedAt }
    }
    needs.push(...outcome)
  }
  if (needs.length > 0) return needs
  throw tooFar ?? new BisikError('authentication-failed', {})
}

/** Wipes what belongs to needs that nobody will meet. */
export function discardNeeds(needs: readonly OpenNeed[]): void {
  for (const need of needs) if ((need.need === 'walk' || need.need === 'pq-walk') && need.isNew) need.chain.key.wipe()
}

/** Whether it takes a long walk along a new chain to find out if a message opens. */
function isLongTurn(needs: readonly OpenNeed[]): boolean {
  return needs.some((need) => need.need === 'walk' && need.isNew)
}
