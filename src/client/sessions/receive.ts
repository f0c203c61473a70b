/**
 * The operations between two devices: start a session, encrypt, decrypt. Each is one transaction: what it read is confirmed and what
 * it changed is written in one commit, and only then its result leaves. Contains no cryptography.
 */
import { parseIdentityKey } from '../../crypto/keys.js'
import { BisikError, isBisikError } from '../../errors.js'
import { type Verified, verifyPreKeyBundle } from '../../protocol/handshake/pre-keys.js'
import type { TrustVerdict } from '../../protocol/identity/trust.js'
import { HMACS_PER_SLICE } from '../../protocol/limits.js'
import {
  checkFirstJump,
  discardNeeds,
  type OpenedOnSession,
  type OpenNeed,
  type OpenOptions,
  openOnAnySession,
  openOnSession,
  sendOnSession,
} from '../../protocol/session/messages.js'
import {
  announcedKind,
  type Ends,
  idOf,
  isSameSession,
  kindOf,
  type SessionKind,
  type SessionState,
  sessionId,
} from '../../protocol/session/session.js'
import { initiateSession, type PqRatchetMode } from '../../protocol/session/start.js'
import { devicesKey, sessionKey } from '../../records/names.js'
import type { RecordKey } from '../../store/key-store.js'
import type { Outcome } from '../../store/transact.js'
import { type CanonicalAddress, checkAddress } from '../../wire/address.js'
import type { Envelope, NamedEnvelope } from '../../wire/envelope.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'
import { type PreKeySignalMessage, parsePreKeySignalMessage } from '../../wire/pre-key-message.js'
import { parseSignalMessage, type SignalMessage } from '../../wire/signal-message.js'
import type { Checked } from '../frame/arguments.js'
import type { Allowance, Context } from '../frame/context.js'
import { type Draft, UNREAD } from '../frame/draft.js'
import { foreseenRecords } from '../frame/foresight.js'
import { type HeldWalks, type WalkRequest, walkName, walkRequest, walksBehind } from '../frame/long-jumps.js'
import {
  type AppRecords,
  describeSession,
  type Notice,
  type Received,
  type ReceivedMessage,
  type SessionStatus,
  type Started,
} from '../frame/results.js'
import { checkSealer, describeSeal, type OpenedSeal, type Seal, sealEnvelope } from '../sealed/sealed.js'
import { refuseSelf } from '../state/identities.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer, writeAppRecords } from '../state/peer-transaction.js'
import { applyPqKeyChanges, applySkippedKeyChanges, dropPqSkippedKeys, readPqSkippedKey, readSkippedKey } from '../state/skipped-keys.js'
import { acceptFrom, readPreKeys } from './accept-handshake.js'
import { diagnose } from './diagnosis.js'
import { makeRoom, NO_GROWTH, noteUnanswered } from './unanswered.js'

// A message asks for walks once for the current session and once for the archived ones; more only if other messages crowd them out.
const MAX_WALKS = 8

/** Starts a session with the device that a bundle belongs to. See `Client.startSession`. */
export async function startSession(context: Context, bundle: PreKeyBundle, allow: Allowance): Promise<Started> {
  const verified = verifyPreKeyBundle(bundle)
  const peer = checkAddress(bundle.address)
  const step = (draft: Draft, sessions: PeerSessions): Outcome<Started> => {
    const previous = sessions.current
    const begun = beginSession(context, sessions, verified, { allow, floor: previous === undefined ? undefined : kindOf(previous) })
    if (begun === UNREAD) return draft.endIncomplete()
    sessions.setCurrent(begun.session)
    sessions.answer()
    return draft.end<Started>({
      session: describeSession(begun.session),
      notices: [...noticesOfStart(previous, begun), ...sessions.notices],
    })
  }
  return transactPeer(context, peer, step, [devicesKey(peer.user)])
}

/** What there is to tell of a session that was begun here, and took the place of `previous`. */
export function noticesOfStart(
  previous: SessionState | undefined,
  { session, verdict }: { readonly session: SessionState; readonly verdict: TrustVerdict },
): Notice[] {
  const notices: Notice[] = []
  if (verdict === 'new') notices.push({ kind: 'identity-new' })
  if (!session.usedOneTimePreKey) notices.push({ kind: 'no-one-time-key' })
  if (previous !== undefined) notices.push({ kind: 'session-switched', from: describeSession(previous), to: describeSession(session) })
  return notices
}

/**
 * Begins a session that is not the current one yet.
 *
 * @param options - `floor`: the kind that it must not be weaker than.
 * @returns the session, or {@link UNREAD} if making it the current one needs records that must be read first.
 * @throws BisikError `self-session`, `untrusted-identity`, `session-kind-refused`, `invalid-key`.
 */
export function beginSession(
  context: Context,
  sessions: PeerSessions,
  bundle: Verified<PreKeyBundle>,
  { allow, floor }: { readonly allow: Allowance; readonly floor: SessionKind | undefined },
): { readonly session: SessionState; readonly verdict: TrustVerdict } | typeof UNREAD {
  refuseSelf(context, checkAddress(bundle.address))
  const verdict = sessions.trust(bundle.identityKey)
  if (verdict === UNREAD) return UNREAD
  checkKind(bundle.kemPreKey === undefined ? 'x3dh' : 'triple', floor, allow)
  if (sessions.current !== undefined && sessions.archivedIds() === UNREAD) return UNREAD
  const session = initiateSession(
    {
      bundle,
      ourIdentity: context.self.identity,
      ourRegistrationId: context.self.registrationId,
      ends: endsWith(context, checkAddress(bundle.address)),
      pqRatchet: pqRatchetMode(context, floor, allow),
      now: context.clock(),
    },
    context.random,
  )
  return { session, verdict }
}

/** Describes the current session with a device. See `Client.session`. */
export async function summarizeSession(context: Context, peer: CanonicalAddress): Promise<SessionStatus | undefined> {
  return transactPeer<SessionStatus | undefined>(context, peer, (draft, sessions) => {
    const { current, damage } = sessions
    if (damage !== undefined) throw damage
    if (current === undefined) return draft.endUnchanged(undefined)
    return draft.endUnchanged({ ...describeSession(current), maySend: sessionThatSends(context, sessions, peer) !== undefined })
  })
}

/** Archives the current session with a device. See `Client.endSession`. */
export async function endSession(context: Context, peer: CanonicalAddress): Promise<void> {
  return transactPeer<void>(context, peer, (draft, sessions) => {
    sessions.endCurrent()
    return draft.end(undefined)
  })
}

/** Encrypts for one device on its current session. See `Client.encrypt`. */
export function encrypt(
  context: Context,
  to: CanonicalAddress,
  plaintext: Uint8Array,
  options: { readonly persist?: ((envelope: Envelope) => AppRecords) | undefined; readonly seal?: Seal | undefined },
): Promise<Envelope> {
  return transactPeer(context, to, (draft, sessions) => {
    const { session, envelope } = sendOn(context, draft, to, sendingSession(context, sessions, to), { plaintext, seal: options.seal })
    sessions.setCurrent(session)
    sessions.answer()
    writeAppRecords(draft, options.persist?.(envelope))
    return draft.end(envelope)
  })
}

/** The current session, if it may send. @throws BisikError `no-session`, `session-kind-refused`, `untrusted-identity`, `corrupt-record`. */
export function sendingSession(context: Context, sessions: PeerSessions, to: CanonicalAddress): SessionState {
  if (sessions.damage !== undefined) throw sessions.damage
  const session = sessions.current
  if (session === undefined || !sessions.maySendOn(session)) throw new BisikError('no-session', { user: to.user, device: to.device })
  checkKind(kindOf(session), undefined, context.allow)
  sessions.trust(session.remoteIdentity)
  return session
}

/** The session that would send, if one may. */
export function sessionThatSends(context: Context, sessions: PeerSessions, peer: CanonicalAddress): SessionState | undefined {
  try {
    return sendingSession(context, sessions, peer)
  } catch (error) {
    const noneSends = ['no-session', 'untrusted-identity', 'session-kind-refused', 'corrupt-record'] as const
    if (noneSends.some((code) => isBisikError(error, code))) return undefined
    throw error
  }
}

/** Encrypts a message on a session. @returns the session to make the current one before the envelope leaves. */
export function sendOn(
  context: Context,
  draft: Draft,
  to: CanonicalAddress,
  session: SessionState,
  { plaintext, seal }: { readonly plaintext: Uint8Array; readonly seal: Seal | undefined },
): { readonly session: SessionState; readonly envelope: Envelope } {
  const sent = sendOnSession(session, plaintext, endsWith(context, to), context.random, context.profile)
  dropPqSkippedKeys(draft, to, session, sent.drop)
  const named: NamedEnvelope = { kind: sent.kind, sender: context.self.address, body: sent.body }
  const envelope = seal === undefined ? named : sealEnvelope(context, named, session.remoteIdentity, seal)
  return { session: sent.session, envelope }
}

/** What joins the commit of a message that opened: records that are read first, and what is done with them and the message. */
export interface Join {
  readonly records: (sender: CanonicalAddress) => readonly RecordKey[]
  readonly run: (draft: Draft, sender: CanonicalAddress, received: ReceivedMessage) => void
}

/** How a message is decrypted, and what joins its commit. */
interface Decryption {
  readonly allow: Allowance
  readonly persist?: ((received: Received) => AppRecords) | undefined
  readonly seal?: OpenedSeal | undefined
  readonly join?: Join | undefined
}

/**
 * Decrypts a message of either kind. See `Client.decrypt`.
 *
 * @param envelope - a copy of what the caller passed; taken over.
 */
export async function decrypt(context: Context, envelope: Checked<NamedEnvelope>, options: Decryption): Promise<ReceivedMessage> {
  const { sender } = envelope
  const message = envelope.kind === 'pre-key' ? parsePreKeySignalMessage(envelope.body) : parseSignalMessage(envelope.body)
  const open = 'message' in message ? openFirst(context, sender, message, options.allow) : openLater(context, sender, message)
  const remembered = context.sessions.peek(sessionKey(sender))
  const others = [...(options.join?.records(sender) ?? []), ...('message' in message ? [] : foreseenRecords(remembered, sender, message))]
  let behind: readonly string[] = []
  // Of the last run of the transaction: the one that is committed.
  let growth = NO_GROWTH
  // Most messages need no walk.
  let held: HeldWalks | undefined
  try {
    for (let walked = 0; ; walked++) {
      const outcome = await transactPeer<ReceivedMessage | readonly WalkRequest[]>(
        context,
        sender,
        (draft, sessions) => {
          const opened = open(draft, sessions)
          if (opened === UNREAD) return draft.endIncomplete()
          if (!('opened' in opened)) return draft.endUnchanged(opened)
          const { session, plaintext, changes } = opened.opened
          sessions.own(session)
          sessions.ownKeys(changes.double.keep?.seeds)
          sessions.ownKeys(changes.pq.keep?.keys)
          const previous = sessions.current
          checkKind(kindOf(session), undefined, options.allow)
          const notices = [...opened.notices]
          checkSealer(options.seal, session.remoteIdentity)
          if (sessions.trust(session.remoteIdentity) === 'new') notices.push({ kind: 'identity-new' })
          const hasBegun = notices.some(({ kind }) => kind === 'session-started')
          growth = noteUnanswered(context, draft, sessions, { peer: sender, hasBegun, before: previous, after: session })
          behind = walksBehind(idOf(session), changes)
          const { double } = changes
          applySkippedKeyChanges(draft, sender, session, double.keep === undefined ? double : { ...double, now: context.clock() })
          applyPqKeyChanges(draft, sender, session, changes.pq)
          if (draft.incomplete) return draft.endIncomplete()
          if (previous === undefined || isSameSession(previous, session)) sessions.setCurrent(session)
          else if (isWeaker(session, previous) && !options.allow.explicit) {
            // A late message of an old, weaker session: it opens, but the stronger session goes on.
            sessions.setArchived(session)
          } else {
            notices.push({ kind: 'session-switched', from: describeSession(previous), to: describeSession(session) })
            sessions.setCurrent(session)
          }
          if (draft.incomplete) return draft.endIncomplete()
          const received: ReceivedMessage = {
            kind: 'message',
            sender,
            // A copy: the session is remembered, and the app may do with this what it likes.
            identity: parseIdentityKey(session.remoteIdentity),
            plaintext,
            sealed: options.seal !== undefined,
            seal: describeSeal(options.seal),
            session: describeSession(session),
            notices: [...notices, ...sessions.notices],
          }
          options.join?.run(draft, sender, received)
          writeAppRecords(draft, options.persist?.(received))
          return draft.end(received)
        },
        others,
      )
      if (!('length' in outcome)) {
        context.walks.forget(behind)
        if (growth !== NO_GROWTH) await makeRoom(context, growth)
        return outcome
      }
      const [first] = outcome
      if (first === undefined || walked === MAX_WALKS) throw new BisikError('internal', { reason: 'a long jump found no end' })
      held ??= context.walks.hold()
      for (const request of outcome) await held.walk(request)
    }
  } finally {
    held?.release()
  }
}

/** Opens a message within one run: the message, the walks it needs first, or {@link UNREAD}. */
type OpenStep = (
  draft: Draft,
  sessions: PeerSessions,
) => { readonly opened: OpenedOnSession; readonly notices: readonly Notice[] } | readonly WalkRequest[] | typeof UNREAD

/** A message without handshake: it belongs to a session that is here. */
function openLater(context: Context, peer: CanonicalAddress, message: SignalMessage): OpenStep {
  return diagnosed(peer, message, (draft, sessions) => {
    const options = openOptions(context, peer, draft)
    const archived = () => {
      const found = sessions.archived()
      if (found === UNREAD) return 'unread'
      if (sessions.current === undefined && found.length === 0) throw new BisikError('no-session', { user: peer.user, device: peer.device })
      return found
    }
    const outcome = openOnAnySession({ current: sessions.current, archived }, message, options)
    return 'session' in outcome ? { opened: outcome, notices: [] } : walksOf(outcome, false)
  })
}

/** Lets a refusal say why. */
function diagnosed(peer: CanonicalAddress, message: PreKeySignalMessage | SignalMessage, step: OpenStep): OpenStep {
  return (draft, sessions) => {
    try {
      return step(draft, sessions)
    } catch (error) {
      throw diagnose(isOfNoSession(error) ? (sessions.lost ?? error) : error, peer, message, sessions.current)
    }
  }
}

/** Whether a message belongs to none of the sessions that are here, and so may be of one that is damaged. */
function isOfNoSession(error: unknown): boolean {
  return (['no-session', 'authentication-failed', 'pre-key-not-found', 'replayed-base-key'] as const).some((code) =>
    isBisikError(error, code),
  )
}

/**
 * A message with a handshake: it begins a session, or belongs to the one that an earlier copy of the handshake began.
 *
 * Spec: libsignal wire 3.4 and 5.5. Differs: nothing is stored before the message opened; the ledger is ours, not the app's.
 */
function openFirst(context: Context, peer: CanonicalAddress, message: PreKeySignalMessage, allow: Allowance): OpenStep {
  const id = sessionId(message.version, message.baseKey)
  return diagnosed(peer, message, (draft, sessions) => {
    const verdict = sessions.trust(message.identityKey)
    const options = openOptions(context, peer, draft)
    const known = knownSession(sessions, id)
    if (known === UNREAD || verdict === UNREAD) {
      // Most often the session is new: what it takes to accept it is read in the same round.
      readPreKeys(draft, message)
      return UNREAD
    }
    if (known !== undefined) {
      const outcome = openOnSession(known, message.message, options, false)
      return 'session' in outcome ? { opened: outcome, notices: [] } : walksOf(outcome, false)
    }
    const replaced = sessions.current === undefined ? undefined : kindOf(sessions.current)
    checkKind(announcedKind(message), replaced, allow)
    checkFirstJump(message.message)
    const accepted = acceptFrom(context, draft, message, options.ends, pqRatchetMode(context, replaced, allow))
    if (accepted === UNREAD) return UNREAD
    sessions.own(accepted.session)
    const outcome = openOnSession(accepted.session, message.message, options, false)
    if (!('session' in outcome)) return walksOf(outcome, true)
    refuseSelf(context, peer)
    return { opened: outcome, notices: [{ kind: 'session-started', session: describeSession(outcome.session) }, ...accepted.notices] }
  })
}

function knownSession(sessions: PeerSessions, id: ReturnType<typeof sessionId>): SessionState | undefined | typeof UNREAD {
  if (sessions.current !== undefined && idOf(sessions.current) === id) return sessions.current
  const archived = sessions.archivedIds()
  if (archived === UNREAD) return UNREAD
  return archived.includes(id) ? sessions.archivedSession(id) : undefined
}

function openOptions(context: Context, peer: CanonicalAddress, draft: Draft): OpenOptions {
  return {
    ends: endsWith(context, peer),
    random: context.random,
    skippedKey: (session, header) => readSkippedKey(draft, { peer, session, ratchetKey: header.ratchetKey }, header.counter),
    pqSkippedKey: (session, position) => readPqSkippedKey(draft, peer, session, position),
    walk: (session, ratchetKey) => context.walks.get(walkName.chain(session, ratchetKey)),
    pqWalk: (session, epoch) => context.walks.get(walkName.epoch(session, epoch)),
    budget: { hmacs: HMACS_PER_SLICE },
  }
}

/** The walks among needs; needs for records were noted in the draft where they arose. @param isGuess - as in {@link walkRequest}. */
function walksOf(needs: readonly OpenNeed[], isGuess: boolean): readonly WalkRequest[] | typeof UNREAD {
  if (needs.every(({ need }) => need === 'walk' || need === 'pq-walk')) {
    return needs.map((need) => walkRequest(need, isGuess)).filter((request) => request !== undefined)
  }
  discardNeeds(needs)
  return UNREAD
}

const STRENGTH: { readonly [Kind in SessionKind]: number } = { x3dh: 0, pqxdh: 1, triple: 2 }

function isWeaker(session: SessionState, than: SessionState): boolean {
  return STRENGTH[kindOf(session)] < STRENGTH[kindOf(than)]
}

/** The strongest of several kinds of session, none of none. */
export function strongest(kinds: readonly SessionKind[]): SessionKind | undefined {
  return [...kinds].sort((a, b) => STRENGTH[b] - STRENGTH[a])[0]
}

/**
 * Refuses a kind of session that is not allowed, or weaker than the one whose place it would take without the caller's word for it.
 *
 * @throws BisikError `session-kind-refused`.
 */
export function checkKind(kind: SessionKind, replaced: SessionKind | undefined, allow: Allowance): void {
  const weaker = replaced !== undefined && STRENGTH[kind] < STRENGTH[replaced]
  if (!allow.kinds.has(kind) || (weaker && !allow.explicit)) throw new BisikError('session-kind-refused', { kind })
}

/** What a new session does about the post-quantum ratchet; one that takes the place of a session that has it must have it. */
function pqRatchetMode(context: Context, replaced: SessionKind | undefined, allow: Allowance): PqRatchetMode {
  if (context.profile !== undefined) return context.profile.pqRatchet
  const mustHave = replaced === 'triple' && !allow.explicit
  return allow.kinds.has('pqxdh') && !mustHave ? 'offered' : 'required'
}

function endsWith(context: Context, remote: CanonicalAddress): Ends {
  return { local: context.self.address, remote }
}
