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
import { bytesCopy } from '../client/frame/arguments.js'
import { contextOf } from '../client/frame/context.js'
import { Draft, UNREAD } from '../client/frame/draft.js'
import { persistOf } from '../client/frame/options.js'
import type { AppRecords } from '../client/frame/results.js'
import { putIdentity } from '../client/state/identities.js'
import { firstKeys } from '../client/state/peer.js'
import { transactPeer, writeAppRecords } from '../client/state/peer-transaction.js'
import { dropPqSkippedKeys, dropSkippedKeys } from '../client/state/skipped-keys.js'
import type { MessageKeySource } from '../crypto/message-cipher.js'
import type { Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { archiveForm, idOf, keptKeysOf, type SessionState, wipeSession } from '../protocol/session/session.js'
import {
  archivedSessionKey,
  archiveKey,
  devicesKey,
  identityKeyOf,
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
  await transact<void>(context.store, [...firstKeys(peer), archiveKey(peer), devicesKey(peer.user)], (view) => {
    if (view.has(sessionKey(peer)) || view.has(archiveKey(peer)) || view.has(identityKeyOf(peer))) {
      throw new BisikError('already-taken', { what: 'device, which has a session or identity here' })
    }
    const draft = new Draft(view)
    for (const [key, value] of put) draft.put(key, value)
    putIdentity(draft, peer, { key: newest.session.remoteIdentity, level: 'first-use' })
    return draft.end(undefined)
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
  options: { readonly persist?: (record: Bytes) => AppRecords } = {},
): Promise<Bytes> {
  const context = contextOf(client)
  const peer = checkAnyAddress(address)
  const persist = persistOf(options)
  return transactPeer(context, peer, (draft, sessions) => {
    const { current, damage } = sessions
    if (damage !== undefined) throw damage
    const archived = sessions.archived()
    if (archived === UNREAD) return draft.endIncomplete()
    if (current === undefined && archived.length === 0) throw new BisikError('no-session', { user: peer.user, device: peer.device })
    const whole = (session: SessionState) => takeSkippedKeys(draft, peer, session)
    const record = { current: current === undefined ? undefined : whole(current), archived: archived.map(whole) }
    if (draft.incomplete) return draft.endIncomplete()
    draft.delete(sessionKey(peer))
    draft.delete(archiveKey(peer))
    for (const session of archived) draft.delete(archivedSessionKey(peer, idOf(session)))
    const bytes = encodeLibsignalSessions(record)
    for (const { skipped, pqSkipped } of [record.current, ...record.archived].filter((one) => one !== undefined)) {
      wipeKept({ skipped, pqSkipped })
    }
    writeAppRecords(draft, persist?.(bytes))
    return draft.end(bytes)
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

/** Reads all kept keys of a session and deletes them with the commit. May leave the draft incomplete. */
function takeSkippedKeys(draft: Draft, peer: CanonicalAddress, session: SessionState): WholeSession {
  const id = idOf(session)
  const skipped: KeptChainKeys[] = []
  for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
    if (skippedEnd === 0) continue
    const chain = { peer, session: id, ratchetKey }
    const index = draft.read(skippedIndexKey(chain))
    if (index === undefined || index === UNREAD) continue
    const keys = new Map<number, MessageKeySource>()
    for (const segment of decodeSkippedIndex(index).keys()) {
      const stored = draft.read(skippedSegmentKey(chain, segment))
      if (stored === undefined || stored === UNREAD) continue
      for (const [place, key] of decodeSkippedSegment(stored)) keys.set(segment * SEGMENT_LENGTH + place, key)
    }
    skipped.push({ ratchetKey, keys })
    dropSkippedKeys(draft, chain)
  }
  const pqSkipped: SkippedEpochKey[] = []
  for (const { epoch, from, to } of keptKeysOf(session)) {
    for (let segment = segmentOf(from); segment <= segmentOf(to - 1); segment++) {
      const stored = draft.read(pqSkippedSegmentKey(peer, id, epoch, segment))
      if (stored === undefined || stored === UNREAD) continue
      for (const [place, key] of decodePqSkippedSegment(stored)) {
        const position = segment * SEGMENT_LENGTH + place
        if (position >= from && position < to) pqSkipped.push({ epoch, index: position, key })
      }
    }
  }
  dropPqSkippedKeys(draft, peer, session, keptKeysOf(session))
  return { session, skipped, pqSkipped }
}
