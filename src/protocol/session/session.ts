/**
 * A session with one device: what it consists of, its name, its kind, what it may still do. How one begins is in `start.ts`, what
 * a message does to it in `messages.ts`; knows no store, no record and no trust.
 *
 * Spec: Sesame, revision 2; libsignal wire 3 and 5.
 */

import { type Shape, shapeArgument, uint32Argument } from '../../arguments.js'
import { equalBytes, toHex } from '../../bytes.js'
import { ObjectCache } from '../../caches.js'
import { type EcPublicKey, ecKeyArgument, type IdentityKey, type KemCiphertext } from '../../crypto/keys.js'
import type { EpochMillis } from '../../env.js'
import { addressArgument, type DeviceAddress, serviceIdOf } from '../../wire/address.js'
import type { PreKeySignalMessage } from '../../wire/pre-key-message.js'
import { MAX_SKIPPED_KEYS, UNACKNOWLEDGED_SESSION_AGE } from '../limits.js'
import type { OpenedMessages } from '../opened-messages.js'
import { type RatchetState, wipeRatchet } from '../ratchet/triple-ratchet.js'
import { allKeptKeys, type KeyRange } from '../spqr/epoch-chains.js'

/**
 * What protects a session now: `triple`, the post-quantum ratchet in every message key; `pqxdh`, a post-quantum handshake and then
 * elliptic curves alone (also while a peer that may lack the post-quantum ratchet has not answered); `x3dh`, elliptic curves alone.
 */
export type SessionKind = 'x3dh' | 'pqxdh' | 'triple'

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
  /** Which messages were opened lately; noted by whoever keeps the session, if anybody does. */
  readonly opened?: OpenedMessages | undefined
  /** Whether it may have sent more than it knows of, as after a restored backup: it sends no more, and still opens messages. */
  readonly spent?: boolean | undefined
}

/** A session's name among those with one device: version and base key. */
export type SessionId = string & { readonly __id: 'SessionId' }

/** Names a session. Two sessions of one device with one name are the same session. @throws BisikError `invalid-argument`. */
export function sessionId(version: number, baseKey: EcPublicKey): SessionId {
  uint32Argument(version, 'version')
  ecKeyArgument(baseKey, 'baseKey')
  return `${version}${toHex(baseKey.subarray(1))}` as SessionId
}

/** Names by the array of the base key, which all states of one session share. */
const names: ObjectCache<EcPublicKey, SessionId> = new ObjectCache()

/** The name of a session. */
export function idOf(session: SessionState): SessionId {
  const { version, baseKey } = session
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
  const { pq } = session.ratchet
  if (session.version === 3) return 'x3dh'
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

const ENDS: Shape<Ends> = { local: addressArgument, remote: addressArgument }

/** Checks the types in both ends. @throws BisikError `invalid-argument`. */
export function endsArgument(ends: Ends, argument: string): Ends {
  return shapeArgument(ends, argument, ENDS)
}

/** All keys that are kept for a session's post-quantum ratchet, as ranges. */
export function keptKeysOf({ ratchet }: SessionState): readonly KeyRange[] {
  return ratchet.pq?.chains === undefined ? [] : allKeptKeys(ratchet.pq.chains)
}

/** How many keys are kept for a session's late messages, at most: those of both ratchets. */
export function keptKeyBound(session: SessionState): number {
  const kept = session.ratchet.double.receiving.map(({ skippedEnd }) => Math.min(MAX_SKIPPED_KEYS, skippedEnd))
  const pqKept = keptKeysOf(session).map(({ from, to }) => to - from)
  return [...kept, ...pqKept].reduce((sum, count) => sum + count, 0)
}

/** Whether a session may still send: not spent, and answered, or begun at most 30 days ago. Spec: libsignal wire 5.4, rule 2; differs: `spent`. */
export function maySend(session: SessionState, now: EpochMillis): boolean {
  const { pending, spent } = session
  if (spent === true) return false
  return pending === undefined || now - pending.createdAt <= UNACKNOWLEDGED_SESSION_AGE
}

/** The form in which a session is archived: it keeps opening messages but no longer offers its handshake. */
export function archiveForm(session: SessionState): SessionState {
  return { ...session, pending: undefined }
}

/** What a message changes in a session. */
export type AfterMessage = Pick<SessionState, 'ratchet' | 'pending' | 'opened'>

/** A session after a message. Every message makes one: as in the braid, a literal is faster than a spread. */
export function withMessage(session: SessionState, { ratchet, pending, opened }: AfterMessage): SessionState {
  return {
    version: session.version,
    localIdentity: session.localIdentity,
    remoteIdentity: session.remoteIdentity,
    localRegistrationId: session.localRegistrationId,
    remoteRegistrationId: session.remoteRegistrationId,
    baseKey: session.baseKey,
    pending,
    usedOneTimePreKey: session.usedOneTimePreKey,
    ratchet,
    opened,
    spent: session.spent,
  }
}

/** Wipes every secret of a session, but for those that `except` holds too. */
export function wipeSession(session: SessionState, except?: SessionState): void {
  wipeRatchet(session.ratchet, except?.ratchet)
}

/** Whether a session joins two devices of one account: same identity key and same service id. Spec: libsignal wire 4.3. */
export function isOwnDevice(localIdentity: IdentityKey, remoteIdentity: IdentityKey, ends: Ends): boolean {
  if (!equalBytes(localIdentity, remoteIdentity)) return false
  const local = serviceIdOf(ends.local.user)
  const remote = serviceIdOf(ends.remote.user)
  return local !== undefined && remote !== undefined && equalBytes(local, remote)
}
