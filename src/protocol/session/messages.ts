/**
 * Messages on sessions: sending on one, and finding the one that a message belongs to. Treats the ratchet as an opaque box and knows no
 * store, no record and no trust. Checks no arguments: that is done where they come in, in `door.ts` or by the client.
 *
 * Spec: Sesame, revision 2; libsignal wire 4.4, 4.5 and 5.
 */
import type { Bytes } from '../../bytes.js'
import type { MessageKeySource } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError, isBisikError } from '../../errors.js'
import { addressBinding } from '../../wire/address.js'
import { serializePreKeySignalMessage } from '../../wire/pre-key-message.js'
import type { SignalMessage } from '../../wire/signal-message.js'
import { isLongJump, type KnownCheckpoints, type LongJump, type Opening, type WorkBudget } from '../checkpoints.js'
import { MAX_ARCHIVED_FORWARD_JUMP, MAX_ARCHIVED_HMACS, MAX_FIRST_FORWARD_JUMP, MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP } from '../limits.js'
import { type RatchetHeader, receivingChain } from '../ratchet/double-ratchet.js'
import { isCopyOfForgotten } from '../ratchet/forgotten-chains.js'
import { decryptMessage, encryptMessage, hmacsToTurn, type KeptKeyChanges, type OpenRatchetOptions } from '../ratchet/triple-ratchet.js'
import type { KeyPosition, KeyRange } from '../spqr/epoch-chains.js'
import { keyPositionIn } from '../spqr/spqr.js'
import { type Ends, idOf, isOwnDevice, type SessionId, type SessionState, withMessage } from './session.js'

/** How older releases wrote; for tests that imitate them. Everything else writes as the newest release does. */
export interface WriterProfile {
  readonly writerVersion: 3 | 4
  readonly addresses: boolean
}

/** How the newest release writes. */
export const TODAY: WriterProfile = { writerVersion: 4, addresses: true }

/** What sending needs from outside the session. */
export interface SendOptions {
  readonly ends: Ends
  /** Draws 64 or 32 bytes when an epoch of the post-quantum ratchet begins, else nothing. */
  readonly random: RandomSource
  readonly profile?: WriterProfile | undefined
}

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
export function sendOnSession(session: SessionState, plaintext: Uint8Array, { ends, random, profile = TODAY }: SendOptions): SentOnSession {
  const { pending, version } = session
  const { writerVersion, addresses: bindsAddresses } = profile
  const { state, message, drop } = encryptMessage(session.ratchet, plaintext, {
    direction: { sender: session.localIdentity, receiver: session.remoteIdentity },
    version,
    writerVersion,
    addresses: pending !== undefined && bindsAddresses ? addressBinding(ends.local, ends.remote) : undefined,
    random,
  })
  const next = withMessage(session, { ratchet: state, pending, opened: session.opened })
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

/** What opening needs from outside the sessions. `N` is what the caller's readers yield, for instance a read of a store. */
export interface OpenOptions<N> {
  readonly ends: Ends
  readonly random: RandomSource
  /** Reads a skipped key of one session: `undefined` if it is not kept. */
  readonly skippedKey: (session: SessionId, header: RatchetHeader) => Generator<N, MessageKeySource | undefined, void>
  /** Reads a skipped key of one session's post-quantum ratchet: `undefined` if it is not kept. */
  readonly pqSkippedKey: (session: SessionId, position: KeyPosition) => Generator<N, Secret<'PqMessageKey'> | undefined, void>
  readonly checkpoints: KnownCheckpoints
  /** Of an archived session: what the message may still cost on those; counted down. */
  readonly archivedBudget?: WorkBudget
}

/** A message that opened, with the state of its session to commit. */
export interface OpenedOnSession {
  /** The same object as before if only skipped keys were used. */
  readonly session: SessionState
  /** `undefined` for the current session, else the place in the list of archived ones. */
  readonly archivedAt: number | undefined
  readonly plaintext: Bytes
  readonly changes: KeptKeyChanges
}

/**
 * Opens a message on one session, changing nothing.
 *
 * Spec: libsignal wire 5.5, one candidate; differs: jumps are bounded on archived sessions and own devices; a late copy is
 * told from a broken session.
 *
 * @throws BisikError as `decryptMessage`; `authentication-failed` also if the session has another version; `duplicate-message` also if it is
 *         a copy of one that was received on a chain that is gone.
 */
export function* openOnSession<N>(session: SessionState, message: SignalMessage, options: OpenOptions<N>): Opening<N, OpenedOnSession> {
  const { archivedBudget } = options
  try {
    if (message.version !== session.version) throw new BisikError('authentication-failed', {})
    if (archivedBudget !== undefined && !knowsRatchetKey(session, message)) spend(archivedBudget, session, message)
    const { state, plaintext, changes } = yield* decryptMessage(session.ratchet, message, ratchetOptions(session, options))
    const isSame = state === session.ratchet && session.pending === undefined
    const next = isSame ? session : withMessage(session, { ratchet: state, pending: undefined, opened: session.opened })
    return { session: next, archivedAt: undefined, plaintext, changes }
  } catch (error) {
    const isStrange = (['authentication-failed', 'too-far-ahead', 'invalid-key'] as const).some((code) => isBisikError(error, code))
    if (!isStrange || !isCopyOfForgotten(session.ratchet.double.forgotten, message)) throw error
    throw new BisikError('duplicate-message', { counter: message.counter })
  }
}

function ratchetOptions<N>(
  session: SessionState,
  { ends, random, checkpoints, skippedKey, pqSkippedKey }: OpenOptions<N>,
): OpenRatchetOptions<N> {
  const id = idOf(session)
  return {
    direction: { sender: session.remoteIdentity, receiver: session.localIdentity },
    addresses: () => addressBinding(ends.remote, ends.local),
    skippedKey: (header) => skippedKey(id, header),
    pqSkippedKey: (position) => pqSkippedKey(id, position),
    session: id,
    checkpoints,
    maxForwardJump: isOwnDevice(session.localIdentity, session.remoteIdentity, ends) ? MAX_OWN_DEVICE_JUMP : MAX_FORWARD_JUMP,
    random,
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

function spend(budget: WorkBudget, { ratchet }: SessionState, message: SignalMessage): void {
  const { counter } = message
  const hmacs = hmacsToTurn(ratchet, message)
  if (counter > MAX_ARCHIVED_FORWARD_JUMP || hmacs > budget.hmacs) throw new BisikError('too-far-ahead', { counter, expected: 0 })
  budget.hmacs -= hmacs
}

function knowsRatchetKey({ ratchet }: SessionState, { ratchetKey }: SignalMessage): boolean {
  return receivingChain(ratchet.double, ratchetKey) !== undefined
}

/** Sessions that a message may belong to. */
export interface SessionsToTry<N> {
  readonly current: SessionState | undefined
  /**
   * Reads the archived ones, newest first; run only if the current one does not open the message, or not without a long jump along a chain
   * that may be made up.
   */
  readonly archived: () => Generator<N, readonly SessionState[], void>
}

/**
 * Finds the session that a message belongs to and opens it: the one that knows its ratchet key; else the current one first, then the
 * archived ones, newest first, as far as {@link MAX_ARCHIVED_HMACS} go.
 *
 * Spec: libsignal wire 5.5. Differs: the reason of a refusal is folded into one code, except where it helps nobody but the owner.
 *
 * @throws BisikError `duplicate-message` as soon as any session says so; `too-far-ahead`; else `authentication-failed`.
 */
export function* openOnAnySession<N>(
  sessions: SessionsToTry<N>,
  message: SignalMessage,
  options: OpenOptions<N>,
): Generator<N | readonly LongJump[], OpenedOnSession, void> {
  const { current } = sessions
  const first = current === undefined ? undefined : yield* attempt(current, message, options)
  if (first?.kind === 'opened') return first.opened
  const jumps = first?.kind === 'jump' ? [first.jump] : []
  let hasYielded = false
  try {
    const isCurrents = current !== undefined && knowsRatchetKey(current, message)
    const mayBeArchived = !isCurrents && jumps.every(({ isNew }) => isNew)
    const archived = mayBeArchived ? yield* sessions.archived() : []
    // No two sessions share a ratchet key: where one knows it, no other is tried.
    const owner = archived.find((session) => knowsRatchetKey(session, message))
    let tooFar = first?.kind === 'refused' ? first.tooFar : undefined
    if (jumps.length === 0 || owner !== undefined) {
      for (const jump of jumps.splice(0)) jump.discard()
      const shared = { ...options, archivedBudget: { hmacs: MAX_ARCHIVED_HMACS } }
      for (const [archivedAt, session] of archived.entries()) {
        if (owner !== undefined && owner !== session) continue
        const tried = yield* attempt(session, message, shared)
        if (tried.kind === 'opened') return { ...tried.opened, archivedAt }
        if (tried.kind === 'jump') jumps.push(tried.jump)
        else tooFar ??= tried.tooFar
      }
    }
    if (jumps.length === 0) throw tooFar ?? new BisikError('authentication-failed', {})
    hasYielded = true
    yield jumps
    throw new BisikError('internal', { reason: 'a step went on without the checkpoints that it needs' })
  } finally {
    if (!hasYielded) for (const jump of jumps) jump.discard()
  }
}

/** What became of a message on one of several sessions. */
type Attempt =
  | { readonly kind: 'opened'; readonly opened: OpenedOnSession }
  | { readonly kind: 'jump'; readonly jump: LongJump }
  | { readonly kind: 'refused'; readonly tooFar: unknown }

/** Tries one session. A long jump ends the attempt: others may open the message without one. */
function* attempt<N>(session: SessionState, message: SignalMessage, options: OpenOptions<N>): Generator<N, Attempt, void> {
  const opening = openOnSession(session, message, options)
  try {
    for (let next = opening.next(); ; next = opening.next()) {
      if (next.done === true) return { kind: 'opened', opened: next.value }
      if (isLongJump(next.value)) return { kind: 'jump', jump: next.value }
      yield next.value
    }
  } catch (error) {
    if (isBisikError(error, 'too-far-ahead')) return { kind: 'refused', tooFar: error }
    if (!isBisikError(error, 'authentication-failed') && !isBisikError(error, 'invalid-key')) throw error
    return { kind: 'refused', tooFar: undefined }
  } finally {
    // Wherever it stopped, it wipes what it derived.
    opening.return(undefined as never)
  }
}
