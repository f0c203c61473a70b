/**
 * Sessions: how one begins, which of a device's sessions a message belongs to, what becomes of the others. Treats the ratchet as an
 * opaque box and knows no store, no record and no trust.
 *
 * Spec: Sesame, revision 2; libsignal wire 3, 4.4, 4.5 and 5.
 */
import { type Bytes, equalBytes, toHex } from '../bytes.js'
import { agree, generateKeyPair } from '../crypto/dh.js'
import type { EcPublicKey, IdentityKey, IdentityKeyPair, KemCiphertext, KeyPair } from '../crypto/keys.js'
import { type EpochMillis, epochMillis, type RandomSource } from '../env.js'
import { BisikError, isBisikError } from '../errors.js'
import { addressBinding, type DeviceAddress, serviceIdOf } from '../wire/address.js'
import type { PreKeyBundle } from '../wire/pre-key-bundle.js'
import { type PreKeySignalMessage, serializePreKeySignalMessage } from '../wire/pre-key-message.js'
import type { SignalMessage } from '../wire/signal-message.js'
import { type AcceptInput, acceptHandshake, type HandshakeSecrets, initiateHandshake } from './handshake.js'
import { MAX_ARCHIVED_FORWARD_JUMP, MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP, MAX_SKIPPED_KEYS, UNACKNOWLEDGED_SESSION_AGE } from './limits.js'
import type { Verified } from './pre-keys.js'
import { stepRoot } from './ratchet/chain.js'
import type { RatchetHeader, SkippedKeyReader } from './ratchet/double-ratchet.js'
import {
  decryptMessage,
  encryptMessage,
  type KeptKeyChanges,
  type OpenRatchetNeed,
  type RatchetState,
  wipeRatchet,
} from './ratchet/triple-ratchet.js'
import { allKeptKeys, type EpochKeyOptions, type KeyPosition, type KeyRange } from './spqr/epoch-chains.js'
import { startSpqr } from './spqr/spqr.js'
import type { SpqrState } from './spqr/state.js'
import type { Walk, WorkBudget } from './walk.js'

/**
 * What protects a session now: `triple`, the post-quantum ratchet in every message key; `pqxdh`, a post-quantum handshake and then
 * elliptic curves alone (also while a peer that may lack the post-quantum ratchet has not answered); `x3dh`, elliptic curves alone.
 */
export type SessionKind = 'x3dh' | 'pqxdh' | 'triple'

/**
 * What a session does about the post-quantum ratchet: `required`, the default; `offered`, follow a peer that does not have it;
 * `none`, as releases before it, which only tests imitate.
 */
export type PqRatchetMode = 'required' | 'offered' | 'none'

/** The handshake of a session that the peer has not answered yet; it travels with every message until it does. */
export interface PendingHandshake {
  readonly oneTimePreKeyId: number | undefined
  readonly signedPreKeyId: number
  readonly kem: { readonly id: number; readonly ciphertext: KemCiphertext } | undefined
  readonly createdAt: EpochMillis
}

/** One session with one device. Never changed in place. */
export interface SessionState {
  /** 3 after X3DH, 4 after PQXDH: the version of its messages. */
  readonly version: 3 | 4
  readonly localIdentity: IdentityKey
  readonly remoteIdentity: IdentityKey
  readonly localRegistrationId: number
  readonly remoteRegistrationId: number
  /** The initiator's ephemeral key: names the session for both sides. */
  readonly baseKey: EcPublicKey
  readonly pending: PendingHandshake | undefined
  /** Whether a one-time prekey took part in the handshake: without one, the first messages' forward secrecy waits for a rotation. */
  readonly usedOneTimePreKey: boolean
  readonly ratchet: RatchetState
}

/** A session's name among those with one device: version and base key. */
export type SessionId = string & { readonly __id: 'SessionId' }

/** Names a session. Two sessions of one device with one name are the same session. */
export function sessionId(version: number, baseKey: EcPublicKey): SessionId {
  return `${version}${toHex(baseKey.subarray(1))}` as SessionId
}

/** Names by the array of the base key, which all states of one session share. */
const names = new WeakMap<EcPublicKey, SessionId>()

/** The name of a session. */
export function idOf({ version, baseKey }: SessionState): SessionId {
  const known = names.get(baseKey)
  if (known !== undefined) return known
  const id = sessionId(version, baseKey)
  names.set(baseKey, id)
  return id
}

/** Whether two states are of one session: whether {@link idOf} gives the same for both. */
export function isSameSession(a: SessionState, b: SessionState): boolean {
  return a.version === b.version && equalBytes(a.baseKey, b.baseKey)
}

/** What protects a session, for policy and display. */
export function kindOf(session: SessionState): SessionKind {
  if (session.version === 3) return 'x3dh'
  const { pq } = session.ratchet
  return pq === undefined || pq.negotiation?.minVersion === 0 ? 'pqxdh' : 'triple'
}

/** What a first message's outer form says it will be, before it is opened. */
export function announcedKind(message: PreKeySignalMessage): SessionKind {
  if (message.version === 3) return 'x3dh'
  return message.message.pqRatchet.length === 0 ? 'pqxdh' : 'triple'
}

/** How many post-quantum exchanges have been mixed in since the handshake; 0 without the post-quantum ratchet. */
export function epochOf(session: SessionState): number {
  return session.ratchet.pq?.chains?.currentEpoch ?? 0
}

/** Both ends of a conversation between two devices. */
export interface Ends {
  readonly local: DeviceAddress
  readonly remote: DeviceAddress
}

/** How older releases wrote; for tests that imitate them. Everything else writes as the newest release does. */
export interface WriterProfile {
  readonly writerVersion: 3 | 4
  readonly addresses: boolean
}

const TODAY: WriterProfile = { writerVersion: 4, addresses: true }

/**
 * Begins a session from a verified bundle.
 *
 * Spec: libsignal wire 3.1, 3.2 and 2 "Processing a bundle", step 3.
 *
 * @param random - draws, in order: base key 32 bytes, encapsulation 32 (PQXDH only), first ratchet key 32.
 * @throws BisikError `invalid-key` if an agreement comes out all zero.
 */
export function initiateSession(
  input: {
    readonly bundle: Verified<PreKeyBundle>
    readonly ourIdentity: IdentityKeyPair
    readonly ourRegistrationId: number
    readonly ends: Ends
    readonly pqRatchet: PqRatchetMode
    readonly now: EpochMillis
  },
  random: RandomSource,
): SessionState {
  const { bundle, ourIdentity } = input
  const baseKey = generateKeyPair(random)
  const handshake = initiateHandshake({ ourIdentity, baseKey, bundle }, random)
  baseKey.privateKey.wipe()
  const keyPair = generateKeyPair(random)
  const dhOutput = agree(keyPair.privateKey, bundle.signedPreKey.publicKey)
  const sending = stepRoot(handshake.rootKey, dhOutput)
  dhOutput.wipe()
  handshake.rootKey.wipe()
  const { kemPreKey } = bundle
  return {
    version: kemPreKey === undefined ? 3 : 4,
    localIdentity: ourIdentity.publicKey,
    remoteIdentity: bundle.identityKey,
    localRegistrationId: input.ourRegistrationId,
    remoteRegistrationId: bundle.registrationId,
    baseKey: baseKey.publicKey,
    pending: {
      oneTimePreKeyId: bundle.oneTimePreKey?.id,
      signedPreKeyId: bundle.signedPreKey.id,
      kem:
        kemPreKey === undefined || handshake.kemCiphertext === undefined
          ? undefined
          : { id: kemPreKey.id, ciphertext: handshake.kemCiphertext },
      // As records of libsignal keep it: the 30 days begin with the second.
      createdAt: epochMillis(input.now - (input.now % 1000)),
    },
    usedOneTimePreKey: bundle.oneTimePreKey !== undefined,
    ratchet: {
      double: {
        rootKey: sending.rootKey,
        sending: { keyPair, chainKey: sending.chainKey, counter: 0 },
        previousCounter: 0,
        receiving: [{ ratchetKey: bundle.signedPreKey.publicKey, chainKey: handshake.chainKey, counter: 0, skipped: 0 }],
      },
      pq: startPqRatchet(handshake, 'A2B', input.pqRatchet, isOwnDevice(ourIdentity.publicKey, bundle.identityKey, input.ends)),
    },
  }
}

/**
 * Begins the recipient's side of a session from a first message's outer fields; the message itself is not opened here.
 *
 * Spec: libsignal wire 3.2 and 3.4, steps 5 and 6.
 *
 * @throws BisikError `invalid-key` if the base key is not canonical or an agreement comes out all zero.
 */
export function acceptSession(
  message: PreKeySignalMessage,
  input: Pick<AcceptInput, 'ourIdentity' | 'signedPreKey' | 'oneTimePreKey' | 'kem'> & {
    readonly ourRegistrationId: number
    readonly ends: Ends
    readonly pqRatchet: PqRatchetMode
  },
): SessionState {
  const handshake = acceptHandshake({ ...input, theirIdentity: message.identityKey, baseKey: message.baseKey })
  const keyPair: KeyPair = { publicKey: input.signedPreKey.publicKey, privateKey: input.signedPreKey.privateKey }
  return {
    version: message.version,
    localIdentity: input.ourIdentity.publicKey,
    remoteIdentity: message.identityKey,
    localRegistrationId: input.ourRegistrationId,
    remoteRegistrationId: message.registrationId,
    baseKey: message.baseKey,
    pending: undefined,
    usedOneTimePreKey: input.oneTimePreKey !== undefined,
    ratchet: {
      double: {
        rootKey: handshake.rootKey,
        sending: { keyPair, chainKey: handshake.chainKey, counter: 0 },
        previousCounter: 0,
        receiving: [],
      },
      pq: startPqRatchet(handshake, 'B2A', input.pqRatchet, isOwnDevice(input.ourIdentity.publicKey, message.identityKey, input.ends)),
    },
  }
}

/** Spec: libsignal wire 4.6, "Init"; SPQR 8.1. Uses up the authentication key. */
function startPqRatchet(
  { pqAuthKey: authKey }: HandshakeSecrets,
  direction: 'A2B' | 'B2A',
  mode: PqRatchetMode,
  ownDevice: boolean,
): SpqrState | undefined {
  if (authKey === undefined) return undefined
  if (mode === 'none') {
    authKey.wipe()
    return undefined
  }
  const limits = { maxForwardJump: ownDevice ? MAX_OWN_DEVICE_JUMP : MAX_FORWARD_JUMP, maxSkippedKeys: MAX_SKIPPED_KEYS }
  return startSpqr({ minVersion: mode === 'required' ? 1 : 0, authKey, direction, limits })
}

/** All keys that are kept for a session's post-quantum ratchet, as ranges. */
export function keptKeysOf({ ratchet }: SessionState): readonly KeyRange[] {
  return ratchet.pq?.chains === undefined ? [] : allKeptKeys(ratchet.pq.chains)
}

/** Whether a session may still send: answered, or begun at most 30 days ago. Spec: libsignal wire 5.4, rule 2. */
export function maySend(session: SessionState, now: EpochMillis): boolean {
  return session.pending === undefined || now - session.pending.createdAt <= UNACKNOWLEDGED_SESSION_AGE
}

/** The form in which a session is archived: it keeps opening messages but no longer offers its handshake. */
export function archiveForm(session: SessionState): SessionState {
  return { ...session, pending: undefined }
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
  const next = { ...session, ratchet }
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
}

/** A message that opened, with the state of its session to commit. */
export interface OpenedOnSession {
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
 * Spec: libsignal wire 5.5, one candidate; differs: jumps are bounded on archived sessions and own devices (`limits.ts`).
 *
 * @throws BisikError as `decryptMessage`; `authentication-failed` also if the session has another version.
 */
export function openOnSession(
  session: SessionState,
  message: SignalMessage,
  options: OpenOptions,
  archived: boolean,
): OpenedOnSession | readonly OpenNeed[] {
  if (message.version !== session.version) throw new BisikError('authentication-failed', {})
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
      maxForwardJump: isOwnDevice(session.localIdentity, session.remoteIdentity, options.ends)
        ? MAX_OWN_DEVICE_JUMP
        : jumpLimit(session, message, archived),
      random: options.random,
      budget: options.budget,
    },
  )
  if ('length' in opened) return opened.map((need) => ({ session: idOf(session), ...need }))
  return {
    session: { ...session, ratchet: opened.state, pending: undefined },
    archivedAt: undefined,
    plaintext: opened.plaintext,
    changes: opened.changes,
  }
}

/**
 * Finds the session that a message belongs to and opens it: the current one first, then the archived ones, newest first.
 *
 * Spec: libsignal wire 5.5. Differs: the reason of a refusal is folded into one code, except where it helps nobody but the owner.
 *
 * @param sessions - `archived` gives the archived ones, newest first, or `'unread'`; called only if the current one does not open the message.
 * @returns the opened message, or all that is needed to go on.
 * @throws BisikError `duplicate-message` as soon as any session says so; `too-far-ahead`; else `authentication-failed`.
 */
export function openOnAnySession(
  sessions: { readonly current: SessionState | undefined; readonly archived: () => readonly SessionState[] | 'unread' },
  message: SignalMessage,
  options: OpenOptions,
): OpenedOnSession | readonly OpenNeed[] {
  let tooFar: unknown
  const attempt = (session: SessionState, archived: boolean): OpenedOnSession | readonly OpenNeed[] | undefined => {
    try {
      return openOnSession(session, message, options, archived)
    } catch (error) {
      if (isBisikError(error, 'too-far-ahead')) tooFar ??= error
      else if (!isBisikError(error, 'authentication-failed') && !isBisikError(error, 'invalid-key')) throw error
      return undefined
    }
  }
  if (sessions.current !== undefined) {
    const outcome = attempt(sessions.current, false)
    if (outcome !== undefined) return outcome
  }
  const archived = sessions.archived()
  if (archived === 'unread') return [{ need: 'archived-sessions' }]
  const needs: OpenNeed[] = []
  for (const [archivedAt, session] of archived.entries()) {
    const outcome = attempt(session, true)
    if (outcome === undefined) continue
    if (!('length' in outcome)) return { ...outcome, archivedAt }
    needs.push(...outcome)
  }
  if (needs.length > 0) return needs
  throw tooFar ?? new BisikError('authentication-failed', {})
}

/** Whether a session joins two devices of one account: same identity key and same service id. Spec: libsignal wire 4.3. */
function isOwnDevice(localIdentity: IdentityKey, remoteIdentity: IdentityKey, ends: Ends): boolean {
  if (!equalBytes(localIdentity, remoteIdentity)) return false
  const local = serviceIdOf(ends.local.user)
  const remote = serviceIdOf(ends.remote.user)
  return local !== undefined && remote !== undefined && equalBytes(local, remote)
}

function jumpLimit(session: SessionState, message: SignalMessage, archived: boolean): number {
  const known = !archived || session.ratchet.double.receiving.some((chain) => equalBytes(chain.ratchetKey, message.ratchetKey))
  return known ? MAX_FORWARD_JUMP : MAX_ARCHIVED_FORWARD_JUMP
}

/** Wipes every secret of a session, but for those that `except` holds too. */
export function wipeSession(session: SessionState, except?: SessionState): void {
  wipeRatchet(session.ratchet, except?.ratchet)
}
