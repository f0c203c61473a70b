/**
 * The entry `bisik/libsignal`: moves an account between bisik and libsignal-client, sessions and prekeys, in either direction, in the
 * middle of conversations.
 *
 * What is exported is gone here, in the same commit: a session that lived on in two places would use message keys twice.
 */
import { uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import type { ExistingIdentity } from '../client/account/account.js'
import type { Client } from '../client/client.js'
import { writeAppRecords } from '../client/frame/app-records.js'
import { bytesCopy } from '../client/frame/arguments.js'
import { contextOf } from '../client/frame/context.js'
import { Draft } from '../client/frame/draft.js'
import { persistOf } from '../client/frame/options.js'
import type { Persist } from '../client/frame/results.js'
import { putIdentity } from '../client/state/identities.js'
import { firstKeys } from '../client/state/peer.js'
import { transactPeer } from '../client/state/peer-transaction.js'
import { dropSkippedKeys, type PeerSession } from '../client/state/skipped-keys.js'
import type { MessageKeySource } from '../crypto/message-cipher.js'
import type { Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { archiveForm, idOf, keptKeysOf, wipeSession } from '../protocol/session/session.js'
import {
  archivedSessionKey,
  archiveKey,
  devicesKeys,
  pqSkippedSegmentKey,
  sessionKey,
  skippedIndexKey,
  skippedSegmentKey,
} from '../records/names.js'
import { archivedAt, encodeArchive, encodeSession } from '../records/session-record.js'
import {
  decodePqSkippedSegment,
  decodeSkippedIndex,
  decodeSkippedSegment,
  encodeSkippedIndex,
  encodeSkippedSegment,
  inSegments,
  SEGMENT_LENGTH,
  segmentOf,
} from '../records/skipped-keys-record.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import type { Part } from '../store/transaction.js'
import { type CanonicalAddress, checkAnyAddress, type DeviceAddress } from '../wire/address.js'
import { decodeLibsignalIdentity, encodeLibsignalIdentity } from './pre-key-records.js'
import {
  type DroppedPart,
  decodeLibsignalSessions,
  encodeLibsignalSessions,
  type KeptChainKeys,
  type WholeSession,
} from './session-record.js'
import type { SkippedEpochKey } from './spqr-record.js'

/**
 * Reads a serialized `IdentityKeyPair`, for `Client.create`.
 *
 * @throws BisikError `corrupt-record`; `invalid-argument`.
 */
export function parseIdentity(identityKeyPair: Uint8Array, registrationId: number): ExistingIdentity {
  const identityPrivateKey = decodeLibsignalIdentity(bytesCopy(identityKeyPair, 'identityKeyPair'))
  return { identityPrivateKey, registrationId: uint32Argument(registrationId, 'registrationId') }
}

/** The identity as libsignal-client keeps it: a serialized `IdentityKeyPair`, which holds the private key, and the registration id. */
export function exportIdentity(client: Client): { readonly identityKeyPair: Bytes; readonly registrationId: number } {
  const { identity, registrationId } = contextOf(client).self
  return { identityKeyPair: encodeLibsignalIdentity(identity), registrationId }
}

export type { DroppedPreKey, ExportedPreKeys, ImportedPreKeys, LibsignalPreKeys, UsedBaseKeys } from './moved-pre-keys.js'
export { exportPreKeys, importPreKeys } from './pre-keys.js'
export { exportSenderKey, importSenderKey } from './sender-keys.js'
export type { DroppedPart } from './session-record.js'

/** What became of a record of sessions. */
export interface ImportedSessions {
  /** Whether there is a session now that sends. */
  readonly current: boolean
  /** How many archived sessions were taken over. */
  readonly archived: number
  /** What could not be used. */
  readonly dropped: readonly DroppedPart[]
}

/**
 * Takes over the sessions with one device: current and archived ones, with their skipped keys. The account must have been created with
 * that installation's identity (see {@link parseIdentity}). What cannot be used is left out and told, as libsignal goes on without it:
 * empty and outdated sessions, those of an older identity of ours, chains and kept keys that open nothing.
 *
 * @param record - a serialized `SessionRecord` of libsignal-client 0.15 to 0.103; its sessions must not be used there any more.
 * @throws BisikError `no-session` if the record holds none; `corrupt-record`, `unsupported-version` if none of those it holds can be used;
 *         `already-taken` if there is a session or identity for the device here, also if its sessions were exported from here: what comes
 *         back might be older than what went, and its message keys used.
 */
export async function importSessions(client: Client, address: DeviceAddress, record: Uint8Array): Promise<ImportedSessions> {
  const context = contextOf(client)
  const peer = checkAnyAddress(address)
  const { current, archived, dropped } = decodeLibsignalSessions(bytesCopy(record, 'record'), context.self.identity.publicKey)
  const newest = current ?? archived[0]
  if (newest === undefined) throw noneOf(peer, dropped)
  const put = new Map<RecordKey, Uint8Array>()
  if (current !== undefined) put.set(sessionKey(peer), encodeSession({ generation: 1, session: current.session }))
  if (archived.length > 0) put.set(archiveKey(peer), encodeArchive(archived.map(({ session }) => archivedAt(session, context.clock()))))
  for (const { session } of archived) {
    put.set(archivedSessionKey(peer, idOf(session)), encodeSession({ generation: 1, session: archiveForm(session) }))
  }
  const all = [...(current === undefined ? [] : [current]), ...archived]
  for (const whole of all) putSkippedKeys(put, peer, whole)
  for (const whole of all) wipe(whole)
  await transact<void>(context.store, function* (tx) {
    const [session, identity, archive] = yield* tx.read(...firstKeys(peer), archiveKey(peer), ...devicesKeys(peer.user))
    if (session !== undefined || archive !== undefined || identity !== undefined) {
      throw new BisikError('already-taken', { what: 'device, which has a session or identity here' })
    }
    for (const [key, value] of put) tx.put(key, value)
    yield* putIdentity(new Draft(tx), peer, { key: newest.session.remoteIdentity, level: 'first-use' })
  })
  return { current: current !== undefined, archived: archived.length, dropped }
}

/** Why there is no session to take over. */
function noneOf({ user, device }: DeviceAddress, dropped: readonly DroppedPart[]): BisikError {
  const [first] = dropped.filter(({ reason }) => reason !== 'empty')
  if (first === undefined) return new BisikError('no-session', { user, device })
  if (first.version !== undefined) return new BisikError('unsupported-version', { version: first.version })
  return new BisikError('corrupt-record', { record: 'libsignal session' })
}

/**
 * Gives all sessions with one device back to libsignal-client and deletes them here, in the same commit. What is known of the device's
 * identity stays.
 *
 * @param options - `persist`: records that join the commit, so that a crash right after it does not lose the sessions.
 * @returns a serialized `SessionRecord`; it holds the sessions' keys.
 * @throws BisikError `no-session`; `corrupt-record` if the current session is damaged: `endSession` drops it, and the archived ones can go.
 */
export async function exportSessions(
  client: Client,
  address: DeviceAddress,
  options: { readonly persist?: Persist<Bytes> } = {},
): Promise<Bytes> {
  const context = contextOf(client)
  const peer = checkAnyAddress(address)
  const persist = persistOf(options)
  return transactPeer<Bytes>(context, peer, function* (draft, sessions) {
    const { current, damage } = sessions
    if (damage !== undefined) throw damage
    const archived = yield* sessions.archive.sessions()
    if (current === undefined && archived.length === 0) throw new BisikError('no-session', { user: peer.user, device: peer.device })
    const whole: WholeSession[] = []
    for (const session of current === undefined ? archived : [current, ...archived]) {
      whole.push(yield* takeSkippedKeys(draft, { peer, session }))
    }
    const bytes = encodeLibsignalSessions({
      current: current === undefined ? undefined : whole[0],
      archived: current === undefined ? whole : whole.slice(1),
    })
    for (const one of whole) wipeKept(one)
    yield* sessions.dropAll()
    yield* writeAppRecords(draft, persist, bytes)
    return bytes
  })
}

function wipe(whole: WholeSession): void {
  wipeSession(whole.session)
  wipeKept(whole)
}

function wipeKept({ skipped, pqSkipped }: Pick<WholeSession, 'skipped' | 'pqSkipped'>): void {
  for (const { keys } of skipped) for (const key of keys.values()) key.wipe()
  for (const { key } of pqSkipped) key.wipe()
}

function putSkippedKeys(put: Map<RecordKey, Uint8Array>, peer: CanonicalAddress, { session, skipped, pqSkipped }: WholeSession): void {
  for (const { ratchetKey, keys } of skipped) {
    const chain = { peer, session: idOf(session), ratchetKey }
    const segments = inSegments<MessageKeySource>(keys)
    for (const [segment, places] of segments) put.set(skippedSegmentKey(chain, segment), encodeSkippedSegment(places))
    put.set(skippedIndexKey(chain), encodeSkippedIndex(new Map([...segments].map(([segment, { size }]) => [segment, size]))))
  }
  for (const epoch of new Set(pqSkipped.map((key) => key.epoch))) {
    const keys = pqSkipped.filter((key) => key.epoch === epoch).map(({ index, key }) => [index, key] as const)
    for (const [segment, places] of inSegments<Secret<'PqMessageKey'>>(keys)) {
      put.set(pqSkippedSegmentKey(peer, idOf(session), epoch, segment), encodeSkippedSegment(places))
    }
  }
}

/** Reads all skipped keys of a session and deletes them with the commit. */
function* takeSkippedKeys(draft: Draft, of: PeerSession): Part<WholeSession> {
  const whole = { session: of.session, skipped: yield* readSkippedKeys(draft, of), pqSkipped: yield* readPqSkippedKeys(draft, of) }
  yield* dropSkippedKeys(draft, of)
  return whole
}

function* readSkippedKeys(draft: Draft, { peer, session }: PeerSession): Part<readonly KeptChainKeys[]> {
  const skipped: KeptChainKeys[] = []
  for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
    if (skippedEnd === 0) continue
    const chain = { peer, session: idOf(session), ratchetKey }
    const [index] = yield* draft.read(skippedIndexKey(chain))
    if (index === undefined) continue
    const segments = [...decodeSkippedIndex(index).keys()]
    const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...segments.map((segment) => skippedSegmentKey(chain, segment)))
    const keys = new Map<number, MessageKeySource>()
    for (const [i, segment] of segments.entries()) {
      const stored = records[i]
      if (stored === undefined) continue
      for (const [place, key] of decodeSkippedSegment(stored)) keys.set(segment * SEGMENT_LENGTH + place, key)
    }
    skipped.push({ ratchetKey, keys })
  }
  return skipped
}

function* readPqSkippedKeys(draft: Draft, { peer, session }: PeerSession): Part<readonly SkippedEpochKey[]> {
  const skipped: SkippedEpochKey[] = []
  for (const { epoch, from, to } of keptKeysOf(session)) {
    for (let segment = segmentOf(from); segment <= segmentOf(to - 1); segment++) {
      const [stored] = yield* draft.read(pqSkippedSegmentKey(peer, idOf(session), epoch, segment))
      for (const [place, key] of stored === undefined ? [] : decodePqSkippedSegment(stored)) {
        const index = segment * SEGMENT_LENGTH + place
        if (index >= from && index < to) skipped.push({ epoch, index, key })
      }
    }
  }
  return skipped
}
