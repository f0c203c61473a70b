/**
 * The sessions with one device as one run of a transaction sees them: the current one, the archived ones, the known identity; and
 * the records that follow when one takes another's place. Knows no message.
 */
import { copyBytes, equalBytes } from '../bytes.js'
import { type IdentityKey, parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { ARCHIVED_SESSION_AGE, MAX_ARCHIVED_SESSIONS } from '../protocol/limits.js'
import {
  archiveForm,
  idOf,
  isSameSession,
  keptKeysOf,
  maySend,
  type SessionId,
  type SessionState,
  wipeSession,
} from '../protocol/session.js'
import { decideTrust, type KnownIdentity, type TrustVerdict } from '../protocol/trust.js'
import { decodeIdentity, encodeIdentity } from '../records/identity-record.js'
import { archivedSessionKey, archiveKey, identityKeyOf, sessionKey } from '../records/record-keys.js'
import {
  type ArchivedSession,
  decodeArchive,
  decodeSession,
  encodeArchive,
  encodeSession,
  type StoredSession,
} from '../records/session-record.js'
import type { RecordKey } from '../store/key-store.js'
import type { DeviceAddress } from '../wire/address.js'
import type { Context } from './context.js'
import { type Draft, UNREAD } from './draft.js'
import { forget, isRecordOf, type RememberedIdentity, type RememberedSession } from './session-memo.js'
import { dropPqSkippedKeys, dropSkippedKeys } from './skipped-keys.js'

/** The records every operation on a device's sessions reads first. */
export function firstKeys(peer: DeviceAddress): readonly [session: RecordKey, identity: RecordKey] {
  return [sessionKey(peer), identityKeyOf(peer)]
}

/** The sessions with one device, in one run of a transaction. */
export class PeerSessions {
  readonly #context: Context
  readonly #draft: Draft
  readonly #peer: DeviceAddress
  readonly #keys: ReturnType<typeof firstKeys>
  /** Sessions that this run decoded or made, other than the current one that it began with. */
  readonly #others: SessionState[] = []
  /** Whether an archived session was looked at. */
  #isArchiveUsed = false as boolean
  readonly #hot: RememberedSession | undefined
  #written: RememberedSession | undefined
  readonly #identity: RememberedIdentity | undefined

  /**
   * @param draft - of a transaction that reads {@link firstKeys} first.
   * @param keys - what {@link firstKeys} gave.
   * @param remembered - may be the current session, and is wiped if it is not.
   */
  constructor(
    context: Context,
    draft: Draft,
    peer: DeviceAddress,
    keys: ReturnType<typeof firstKeys> = firstKeys(peer),
    remembered?: RememberedSession,
  ) {
    this.#context = context
    this.#draft = draft
    this.#peer = peer
    this.#keys = keys
    const [sessionName, identityName] = keys
    const hot = draft.read(sessionName)
    const identity = draft.read(identityName)
    if (identity instanceof Uint8Array) this.#identity = identityOf(identity, remembered?.identity)
    if (hot instanceof Uint8Array && isRecordOf(remembered, hot)) this.#hot = remembered
    else {
      forget(remembered)
      if (hot instanceof Uint8Array) {
        this.#hot = { record: copyBytes(hot), stored: decodeSession(hot, context.self), identity: this.#identity }
      }
    }
  }

  /** What is known of the device's identity. */
  get identity(): KnownIdentity | undefined {
    return this.#identity?.known
  }

  /** The session that sends. */
  get current(): SessionState | undefined {
    return this.#hot?.stored.session
  }

  /** The names of the archived sessions, newest first, or {@link UNREAD}. Those whose time is over are there no more. */
  archivedIds(): readonly SessionId[] | typeof UNREAD {
    const archive = this.#readArchive()
    return archive === UNREAD ? UNREAD : archive.filter((one) => !this.#isOver(one)).map(({ id }) => id)
  }

  /** The archived sessions, newest first, or {@link UNREAD}. */
  archived(): readonly SessionState[] | typeof UNREAD {
    const ids = this.archivedIds()
    if (ids === UNREAD) return UNREAD
    const sessions = ids.map((id) => this.archivedSession(id))
    return sessions.every((session) => session !== UNREAD) ? sessions : UNREAD
  }

  /** One archived session, or {@link UNREAD}. @throws BisikError `corrupt-record` if the archive names it and it is not there. */
  archivedSession(id: SessionId): SessionState | typeof UNREAD {
    const record = this.#draft.read(archivedSessionKey(this.#peer, id))
    if (record === UNREAD) return UNREAD
    if (record === undefined) throw new BisikError('corrupt-record', { record: 'archive' })
    this.#isArchiveUsed = true
    const { session } = decodeSession(record, this.#context.self)
    this.#others.push(session)
    return session
  }

  /**
   * Decides about an identity key that this device presents, and remembers a new one with the commit.
   *
   * @throws BisikError `untrusted-identity`.
   */
  trust(presented: IdentityKey): TrustVerdict {
    const verdict = decideTrust(this.#context.trustPolicy, this.identity, presented)
    if (verdict === 'untrusted') {
      const { user, device } = this.#peer
      const known = this.identity
      throw new BisikError('untrusted-identity', {
        user,
        device,
        // Copies: the record that was read is remembered, and the app may do with these what it likes.
        presented: parseIdentityKey(presented),
        known: known === undefined ? undefined : parseIdentityKey(known.key),
        wasVerified: known?.level === 'verified',
      })
    }
    if (verdict === 'new') this.#draft.put(this.#keys[1], encodeIdentity({ key: presented, level: 'first-use' }))
    return verdict
  }

  /**
   * Whether a session may still send: not when unanswered for too long, nor when another identity key than its own is believed now. The
   * remedy is a new session then; the old key is not asked about, lest it be accepted in place of the new one.
   */
  maySendOn(session: SessionState): boolean {
    const isReplaced = this.identity !== undefined && !equalBytes(this.identity.key, session.remoteIdentity)
    return !isReplaced && maySend(session, this.#context.clock())
  }

  /** A session that this run made and goes on from: its secrets are wiped at the end, but for those that the current one holds too. */
  passing(session: SessionState): SessionState {
    this.#others.push(session)
    return session
  }

  /** Makes `session` the current one with the commit; another that was current is archived. */
  setCurrent(session: SessionState): void {
    const previous = this.#hot?.stored
    // A message that came late used kept keys, which are in records of their own, and changed nothing here.
    if (previous?.session === session) return
    const stored = { generation: (previous?.generation ?? 0) + 1, session }
    const record = encodeSession(stored, (length) => this.#context.spares.take(length))
    this.#written = { record, stored, identity: this.#identity }
    this.#draft.put(this.#keys[0], this.#written.record)
    if (previous === undefined) this.#leaveArchive(session)
    else if (!isSameSession(previous.session, session)) this.#archive(previous, idOf(session))
  }

  /** Writes an archived session back to its place with the commit. */
  setArchived(session: SessionState): void {
    this.#others.push(session)
    const record = this.#draft.read(archivedSessionKey(this.#peer, idOf(session)))
    if (record === UNREAD || record === undefined) throw new BisikError('internal', { reason: 'an archived session was not read' })
    const { generation, session: previous } = decodeSession(record, this.#context.self)
    wipeSession(previous)
    this.#draft.put(archivedSessionKey(this.#peer, idOf(session)), encodeSession({ generation: generation + 1, session }))
  }

  /**
   * Ends the run: wipes every session that it decoded or made, but for the current one.
   *
   * @param isCommitted - whether what was written is what the store holds now.
   * @returns the current session, if there is one.
   */
  end(isCommitted: boolean): RememberedSession | undefined {
    const current = isCommitted ? (this.#written ?? (this.#draft.deletes(this.#keys[0]) ? undefined : this.#hot)) : this.#hot
    forget(this.#hot, current)
    if (this.#hot !== undefined && this.#hot !== current) this.#context.spares.give(this.#hot.record)
    // The record that was to be written is left alone: a store that failed may be writing it still.
    if (this.#written !== undefined && this.#written !== current) wipeSession(this.#written.stored.session, current?.stored.session)
    for (const session of this.#others) wipeSession(session, current?.stored.session)
    return current
  }

  #archive(stored: StoredSession, promoted: SessionId): void {
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    const id = idOf(stored.session)
    const others = archive.filter((one) => one.id !== id && one.id !== promoted)
    const kept = [{ id, archivedAt: this.#context.clock() }, ...others.filter((one) => !this.#isOver(one))]
    for (const dropped of [...kept.splice(MAX_ARCHIVED_SESSIONS), ...others.filter((one) => this.#isOver(one))]) this.#drop(dropped.id)
    if (archive.some((one) => one.id === promoted)) this.#draft.delete(archivedSessionKey(this.#peer, promoted))
    this.#draft.put(archivedSessionKey(this.#peer, id), encodeSession({ ...stored, session: archiveForm(stored.session) }))
    this.#draft.put(archiveKey(this.#peer), encodeArchive(kept))
  }

  /** Deletes the archived sessions whose time is over. May leave the draft incomplete. */
  dropOver(): void {
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    const kept = archive.filter((one) => !this.#isOver(one))
    if (kept.length === archive.length) return
    for (const one of archive) if (this.#isOver(one)) this.#drop(one.id)
    if (kept.length === 0) this.#draft.delete(archiveKey(this.#peer))
    else this.#draft.put(archiveKey(this.#peer), encodeArchive(kept))
  }

  /**
   * Takes a session that came out of the archive out of it, when no other takes its place there: a copy left behind would open again
   * what the session has long left behind.
   */
  #leaveArchive(session: SessionState): void {
    // Most often there is no archive at all: nothing is asked for in order to find that out.
    if (!this.#isArchiveUsed) return
    const promoted = idOf(session)
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    const kept = archive.filter(({ id }) => id !== promoted)
    if (kept.length === archive.length) return
    this.#draft.delete(archivedSessionKey(this.#peer, promoted))
    if (kept.length === 0) this.#draft.delete(archiveKey(this.#peer))
    else this.#draft.put(archiveKey(this.#peer), encodeArchive(kept))
  }

  #readArchive(): readonly ArchivedSession[] | typeof UNREAD {
    const archive = this.#draft.read(archiveKey(this.#peer))
    if (archive === UNREAD) return UNREAD
    return archive === undefined ? [] : decodeArchive(archive)
  }

  #isOver({ archivedAt }: ArchivedSession): boolean {
    return this.#context.clock() - archivedAt > ARCHIVED_SESSION_AGE
  }

  #drop(id: SessionId): void {
    const session = this.archivedSession(id)
    if (session === UNREAD) return
    for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
      if (skippedEnd > 0) dropSkippedKeys(this.#draft, { peer: this.#peer, session: id, ratchetKey })
    }
    dropPqSkippedKeys(this.#draft, this.#peer, session, keptKeysOf(session))
    this.#draft.delete(archivedSessionKey(this.#peer, id))
  }
}

function identityOf(record: Uint8Array, remembered: RememberedIdentity | undefined): RememberedIdentity {
  if (remembered !== undefined && equalBytes(remembered.record, record)) return remembered
  return { record: copyBytes(record), known: decodeIdentity(record) }
}
