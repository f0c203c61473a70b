/**
 * The sessions with one device as one run of a transaction sees them: the current one, the archived ones, the known identity; and
 * the records that follow when one takes another's place. Knows no message.
 */
import { copyBytes, equalBytes } from '../../bytes.js'
import { type IdentityKey, parseIdentityKey } from '../../crypto/keys.js'
import type { Secret } from '../../crypto/secret.js'
import { BisikError } from '../../errors.js'
import { decideTrust, type KnownIdentity, type TrustVerdict } from '../../protocol/identity/trust.js'
import { ARCHIVED_SESSION_AGE, MAX_ARCHIVED_SESSIONS, SECOND_LOOK } from '../../protocol/limits.js'
import {
  archiveForm,
  idOf,
  isSameSession,
  keptKeysOf,
  maySend,
  type SessionId,
  type SessionState,
  wipeSession,
} from '../../protocol/session/session.js'
import { decodeIdentity, encodeIdentity } from '../../records/identity-record.js'
import { archivedSessionKey, archiveKey, identityKeyOf, sessionKey, unansweredKey } from '../../records/names.js'
import {
  type ArchivedSession,
  archivedAt,
  decodeArchive,
  decodeSession,
  encodeArchive,
  encodeSession,
  type StoredSession,
} from '../../records/session-record.js'
import type { RecordKey } from '../../store/key-store.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { type Damage, decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import { type Draft, UNREAD } from '../frame/draft.js'
import type { Notice } from '../frame/results.js'
import { forget, isRecordOf, type RememberedIdentity, type RememberedSession } from '../frame/session-cache.js'
import { type DeviceIdentity, identityOfUser, putIdentity } from './identities.js'
import { dropOldKeys, dropPqSkippedKeys, dropSkippedKeys } from './skipped-keys.js'

/** The records every operation on a device's sessions reads first. */
export function firstKeys(peer: CanonicalAddress): readonly [session: RecordKey, identity: RecordKey] {
  return [sessionKey(peer), identityKeyOf(peer)]
}

/** The sessions with one device, in one run of a transaction. */
export class PeerSessions {
  readonly #context: Context
  readonly #draft: Draft
  readonly #peer: CanonicalAddress
  readonly #keys: ReturnType<typeof firstKeys>
  /** Sessions that this run decoded or made, other than the current one that it began with. */
  readonly #others: SessionState[] = []
  #isStranger = false
  /** Kept keys, at most, that went because there was no room for them. */
  #droppedKeys = 0
  /** Keys that this run derived to keep them: they are in a record now, or in none. */
  #derived: readonly Secret<string>[] = []
  /** Whether an archived session was looked at. */
  #isArchiveUsed = false as boolean
  #isArchiveDamaged = false as boolean
  readonly #hot: RememberedSession | undefined
  #written: RememberedSession | undefined
  readonly #identity: RememberedIdentity | Damage | undefined
  /** Of the current session. */
  readonly #damage: Damage | undefined
  /** Archived sessions that were looked for and do not decode, or are not there. */
  #lost: Set<SessionId> | undefined

  /**
   * @param draft - of a transaction that reads {@link firstKeys} first.
   * @param keys - what {@link firstKeys} gave.
   * @param remembered - may be the current session, and is wiped if it is not.
   */
  constructor(
    context: Context,
    draft: Draft,
    peer: CanonicalAddress,
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
    if (identity instanceof Uint8Array) {
      const known = remembered?.identity
      const isKnown = known !== undefined && equalBytes(known.record, identity)
      this.#identity = isKnown ? known : this.#decoded(() => ({ record: copyBytes(identity), known: decodeIdentity(identity) }))
    }
    if (hot instanceof Uint8Array && isRecordOf(remembered, hot)) this.#hot = remembered
    else {
      forget(remembered)
      const stored = hot instanceof Uint8Array ? this.#decoded(() => decodeSession(hot, context.self)) : undefined
      if (isDamage(stored)) this.#damage = stored
      else if (hot instanceof Uint8Array && stored !== undefined) this.#hot = { record: copyBytes(hot), stored, identity: this.#known }
    }
  }

  /** What is known of the device's identity. @throws BisikError `corrupt-record`: what was known is never taken for nothing. */
  get identity(): KnownIdentity | undefined {
    if (isDamage(this.#identity)) throw this.#identity
    return this.#identity?.known
  }

  /** The session that sends, if it decodes. */
  get current(): SessionState | undefined {
    return this.#hot?.stored.session
  }

  /** Why the current session does not decode, if it does not: then another may take its place, and nothing else can be done with it. */
  get damage(): Damage | undefined {
    return this.#damage
  }

  /** Why a session that a message may belong to is not here: it is damaged, or the archive is. Known once they were looked for. */
  get lost(): Damage | undefined {
    if (this.#damage !== undefined) return this.#damage
    if (this.#lost === undefined && !this.#isArchiveDamaged) return undefined
    return new BisikError('corrupt-record', { record: this.#isArchiveDamaged ? 'archive' : 'archived session', ...this.#peer })
  }

  /** Whether the list of archived sessions was looked for and does not decode. */
  get isArchiveDamaged(): boolean {
    return this.#isArchiveDamaged
  }

  /** What there is to tell of damaged records that went with this run, and of kept keys for which there was no room. */
  get notices(): Notice[] {
    const dropped: Notice[] = this.#draft.dropped.map((record) => ({ kind: 'record-dropped', record }))
    return this.#droppedKeys === 0 ? dropped : [...dropped, { kind: 'kept-keys-dropped', count: this.#droppedKeys }]
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
    const sessions = ids.map((id) => this.archivedSession(id)).filter((session) => session !== undefined)
    return sessions.every((session) => session !== UNREAD) ? sessions : UNREAD
  }

  /** One session that the archive names, or {@link UNREAD}; `undefined` if it is damaged or missing: the others do without it. */
  archivedSession(id: SessionId): SessionState | typeof UNREAD | undefined {
    const record = this.#draft.read(archivedSessionKey(this.#peer, id))
    if (record === UNREAD) return UNREAD
    const stored = record === undefined ? undefined : this.#decoded(() => decodeSession(record, this.#context.self))
    if (stored === undefined || isDamage(stored)) {
      this.#lost ??= new Set()
      this.#lost.add(id)
      return undefined
    }
    this.#isArchiveUsed = true
    this.#others.push(stored.session)
    return stored.session
  }

  /**
   * Decides about an identity key that this device presents, and remembers a new one with the commit. A device that is not known yet is
   * judged by what is known of its user's others.
   *
   * @returns the verdict, or {@link UNREAD} if records must be read first: then the draft is incomplete.
   * @throws BisikError `untrusted-identity`, `corrupt-record`.
   */
  trust(presented: IdentityKey): TrustVerdict | typeof UNREAD {
    const known = this.#identityFor(presented)
    if (known === UNREAD) return UNREAD
    const verdict = decideTrust(this.#context.trustPolicy, known, presented)
    if (verdict === 'untrusted') {
      const { user, device } = this.#peer
      throw new BisikError('untrusted-identity', {
        user,
        device,
        // Copies: the record that was read is remembered, and the app may do with these what it likes.
        presented: parseIdentityKey(presented),
        known: known === undefined ? undefined : parseIdentityKey(known.key),
        knownDevice: known === undefined ? undefined : (known.device ?? device),
        wasVerified: known?.level === 'verified',
      })
    }
    if (this.identity === undefined) {
      putIdentity(this.#draft, this.#peer, { key: presented, level: known?.level ?? 'first-use' })
      this.#isStranger = this.current === undefined && (known === undefined || known.unansweredSince !== undefined)
    }
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

  /** Notes with the commit that the device is answered: it is a stranger no more. */
  answer(): void {
    const known = this.identity
    if (known?.unansweredSince === undefined) return
    this.#draft.put(this.#keys[1], encodeIdentity({ key: known.key, level: known.level }))
    this.#draft.delete(unansweredKey(this.#peer, known.unansweredSince))
  }

  /** Whether nothing was known of the device before this run, nor of its user, but for devices that were never answered either. */
  get isStranger(): boolean {
    return this.#isStranger
  }

  /** Notes with the commit that the device began a session, and was never answered. */
  leaveUnanswered(key: IdentityKey, since: number): void {
    const known = this.identity
    const before = known?.unansweredSince
    if (before !== undefined && before !== since) this.#draft.delete(unansweredKey(this.#peer, before))
    this.#draft.put(this.#keys[1], encodeIdentity({ key, level: known?.level ?? 'first-use', unansweredSince: since }))
  }

  /** Makes `session` the current one with the commit; another that was current is archived. */
  setCurrent(session: SessionState): void {
    const previous = this.#hot?.stored
    // A message that came late used kept keys, which are in records of their own, and changed nothing here.
    if (previous?.session === session) return
    const stored = { generation: (previous?.generation ?? 0) + 1, session }
    const record = encodeSession(stored, (length) => this.#context.spares.take(length))
    this.#written = { record, stored, identity: this.#known }
    this.#draft.put(this.#keys[0], this.#written.record)
    if (this.#damage !== undefined) this.#draft.goWithout('session')
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

  /** Takes over a session that this run made: its secrets are wiped at the end, but for those that the current one holds too. */
  own(session: SessionState): SessionState {
    this.#others.push(session)
    return session
  }

  /** Takes over keys that this run derived in order to keep them: they are wiped at the end, whatever became of it. */
  ownKeys(keys: readonly Secret<string>[] | undefined): void {
    if (keys !== undefined) this.#derived = [...this.#derived, ...keys]
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
    for (const session of this.#others) if (session !== current?.stored.session) wipeSession(session, current?.stored.session)
    for (const key of this.#derived) key.wipe()
    return current
  }

  /** Ends the current session: it is archived, and none takes its place. One that is damaged is dropped. May leave the draft incomplete. */
  endCurrent(): void {
    if (this.#damage !== undefined) this.#draft.goWithout('session')
    if (this.#hot !== undefined) this.#archive(this.#hot.stored, undefined)
    if (this.#hot !== undefined || this.#damage !== undefined) this.#draft.delete(this.#keys[0])
  }

  #archive(stored: StoredSession, promoted: SessionId | undefined): void {
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    const id = idOf(stored.session)
    const others = archive.filter((one) => one.id !== id && one.id !== promoted).map((one) => this.#looked(one))
    const kept = [archivedAt(stored.session, this.#context.clock()), ...others.filter((one) => !this.#isGone(one))]
    for (const dropped of [...kept.splice(MAX_ARCHIVED_SESSIONS), ...others.filter((one) => this.#isGone(one))]) this.#drop(dropped.id)
    if (promoted !== undefined && archive.some((one) => one.id === promoted)) {
      this.#draft.delete(archivedSessionKey(this.#peer, promoted))
    }
    this.#draft.put(archivedSessionKey(this.#peer, id), encodeSession({ ...stored, session: archiveForm(stored.session) }))
    this.#writeArchive(this.#withinBudget(kept, stored.session))
  }

  /**
   * Deletes the kept keys of the sessions that were archived first, as far as there is no room for them. May leave the draft incomplete.
   *
   * @param newest - the first of them, which has no record yet.
   */
  #withinBudget(archive: readonly ArchivedSession[], newest: SessionState): readonly ArchivedSession[] {
    const left = [...archive]
    let excess = left.reduce((sum, { keptKeys }) => sum + keptKeys, 0) - this.#context.limits.keptKeysPerDevice
    for (let i = left.length - 1; i >= 0 && excess > 0; i--) {
      const one = left[i] as ArchivedSession
      if (one.keptKeys === 0) continue
      this.#dropKept(i === 0 ? newest : this.archivedSession(one.id))
      this.#droppedKeys += one.keptKeys
      excess -= one.keptKeys
      left[i] = { ...one, keptKeys: 0 }
    }
    return left
  }

  /** Deletes the kept keys of all sessions with the device, which open no late message then. May leave the draft incomplete. */
  dropKeptKeys(): void {
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    this.#dropKept(this.current)
    for (const { id, keptKeys } of archive) if (keptKeys > 0) this.#dropKept(this.archivedSession(id))
    if (archive.some(({ keptKeys }) => keptKeys > 0)) this.#writeArchive(archive.map((one) => ({ ...one, keptKeys: 0 })))
  }

  /** Deletes the keys that are kept for too long, of all sessions with the device. May leave the draft incomplete. */
  dropLateKeys(): void {
    const archived = this.archived()
    if (archived === UNREAD) return
    const now = this.#context.clock()
    const goes = (keptAt: number): boolean => now - keptAt > this.#context.limits.keptKeyAge
    for (const session of this.current === undefined ? archived : [this.current, ...archived]) {
      dropOldKeys(this.#draft, this.#peer, session, { now, goes, isByClock: true })
    }
  }

  /** Deletes all sessions with the device and what is kept for them. May leave the draft incomplete. */
  dropAll(): void {
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    this.#dropKept(this.current)
    for (const { id } of archive) this.#drop(id)
    this.#draft.delete(this.#keys[0])
    this.#draft.delete(archiveKey(this.#peer))
  }

  /** Deletes the archived sessions whose time is over. May leave the draft incomplete. */
  dropOver(): void {
    const archive = this.#readArchive()
    if (archive === UNREAD) return
    const looked = archive.map((one) => this.#looked(one))
    const kept = looked.filter((one) => !this.#isGone(one))
    for (const one of looked) if (this.#isGone(one)) this.#drop(one.id)
    if (archive.some((one, i) => one !== looked[i]) || kept.length < archive.length || this.#isArchiveDamaged) this.#writeArchive(kept)
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
    this.#writeArchive(kept)
  }

  #readArchive(): readonly ArchivedSession[] | typeof UNREAD {
    const record = this.#draft.read(archiveKey(this.#peer))
    if (record === UNREAD) return UNREAD
    const archive = record === undefined ? [] : decodedOf(() => decodeArchive(record))
    this.#isArchiveDamaged = isDamage(archive)
    return isDamage(archive) ? [] : archive
  }

  /** Writes the list without the sessions that were found to be lost. */
  #writeArchive(sessions: readonly ArchivedSession[]): void {
    if (this.#isArchiveDamaged) this.#draft.goWithout('archive')
    if (this.#lost !== undefined) this.#draft.goWithout('archived session')
    for (const id of this.#lost ?? []) this.#draft.delete(archivedSessionKey(this.#peer, id))
    const kept = sessions.filter(({ id }) => this.#lost?.has(id) !== true)
    if (kept.length === 0) this.#draft.delete(archiveKey(this.#peer))
    else this.#draft.put(archiveKey(this.#peer), encodeArchive(kept))
  }

  /** It opens nothing while the clock says so. */
  #isOver({ archivedAt }: ArchivedSession): boolean {
    return this.#context.clock() - archivedAt > ARCHIVED_SESSION_AGE
  }

  /** Notes what the clock says; likewise of one that was archived by a clock that was far ahead, which would stay too long. */
  #looked(one: ArchivedSession): ArchivedSession {
    const now = this.#context.clock()
    const isFar = Math.abs(now - one.archivedAt) > ARCHIVED_SESSION_AGE
    const isNoted = isFar ? one.overAt > 0 && one.overAt <= now : one.overAt === 0
    return isNoted ? one : { ...one, overAt: isFar ? now : 0 }
  }

  /** The clock said so twice, an hour apart: it may be wrong for a moment. */
  #isGone({ overAt }: ArchivedSession): boolean {
    return overAt > 0 && this.#context.clock() - overAt >= SECOND_LOOK
  }

  #drop(id: SessionId): void {
    const session = this.archivedSession(id)
    if (session === UNREAD || session === undefined) return
    this.#dropKept(session)
    this.#draft.delete(archivedSessionKey(this.#peer, id))
  }

  #dropKept(session: SessionState | typeof UNREAD | undefined): void {
    if (session === UNREAD || session === undefined) return
    for (const { ratchetKey, skippedEnd } of session.ratchet.double.receiving) {
      if (skippedEnd > 0) dropSkippedKeys(this.#draft, { peer: this.#peer, session: idOf(session), ratchetKey })
    }
    dropPqSkippedKeys(this.#draft, this.#peer, session, keptKeysOf(session))
  }

  get #known(): RememberedIdentity | undefined {
    return isDamage(this.#identity) ? undefined : this.#identity
  }

  /**
   * What is known of the identity for which a key is presented. If its record is missing beside a session, another key than the
   * session's is no first contact.
   *
   * @returns with the device, if it is known by another.
   */
  #identityFor(presented: IdentityKey): (KnownIdentity & Partial<DeviceIdentity>) | undefined | typeof UNREAD {
    const { identity, current } = this
    if (identity !== undefined) return identity
    if (current !== undefined) {
      return equalBytes(current.remoteIdentity, presented) ? undefined : { key: current.remoteIdentity, level: 'first-use' }
    }
    return identityOfUser(this.#draft, this.#peer, presented, this.#context.self)
  }

  #decoded<T>(decode: () => T): T | Damage {
    return decodedOf(() => ofPeer(this.#peer, decode))
  }
}
