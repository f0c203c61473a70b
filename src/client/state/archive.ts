/**
 * The archived sessions with one device as one run of a transaction sees them: sessions that others took the place of, and that still open
 * late messages. Knows neither the current session nor who is trusted.
 */
import { BisikError } from '../../errors.js'
import { ARCHIVED_SESSION_AGE, MAX_ARCHIVED_SESSIONS, SECOND_LOOK } from '../../protocol/limits.js'
import { archiveForm, idOf, type SessionId, type SessionState, wipeSession } from '../../protocol/session/session.js'
import { archivedSessionKey, archiveKey } from '../../records/names.js'
import {
  type ArchivedSession,
  archivedAt,
  decodeArchive,
  decodeSession,
  encodeArchive,
  encodeSession,
  type StoredSession,
} from '../../records/session-record.js'
import { NOTHING, type Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { type Damage, decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import { dropOpened } from './opened-messages.js'
import { dropOldKeys, dropSkippedKeys, giveUpSkippedKeys } from './skipped-keys.js'

/** What an operation on a device's records works with. */
export interface PeerScope {
  readonly context: Context
  readonly draft: Draft
  readonly peer: CanonicalAddress
}

/** The archived sessions with one device, in one run of a transaction. */
export class Archive {
  readonly #context: Context
  readonly #draft: Draft
  readonly #peer: CanonicalAddress
  /** The sessions that were decoded: their secrets are the caller's to wipe. */
  readonly opened: SessionState[] = []
  #isDamaged: boolean = false
  /** Sessions that were looked for and do not decode, or are not there. */
  #lost: Set<SessionId> | undefined
  #droppedKeys = 0

  constructor({ context, draft, peer }: PeerScope) {
    this.#context = context
    this.#draft = draft
    this.#peer = peer
  }

  /** Whether the list was looked for and does not decode. */
  get isDamaged(): boolean {
    return this.#isDamaged
  }

  /** Why an archived session that a message may belong to is not here. Known once they were looked for. */
  get lost(): Damage | undefined {
    if (this.#lost === undefined && !this.#isDamaged) return undefined
    return new BisikError('corrupt-record', { record: this.#isDamaged ? 'archive' : 'archived session', ...this.#peer })
  }

  /** Skipped keys, at most, that went because there was no room for them. */
  get droppedKeys(): number {
    return this.#droppedKeys
  }

  /** The names of the archived sessions, newest first. Those whose time is over are there no more. */
  *ids(): Part<readonly SessionId[]> {
    return (yield* this.#list()).filter((one) => !this.#isOver(one)).map(({ id }) => id)
  }

  /** The archived sessions, newest first, without those that are damaged or missing. */
  *sessions(): Part<readonly SessionState[]> {
    return yield* this.#sessions(yield* this.ids())
  }

  /** One session that the list names; `undefined` if it is damaged or missing: the others do without it. */
  *session(id: SessionId): Part<SessionState | undefined> {
    const [session] = yield* this.#sessions([id])
    return session
  }

  /**
   * Adds a session, in front of the others; the oldest, and the keys there is no room for, go.
   *
   * @param promoted - the session that takes its place, and may come out of the archive.
   */
  *add(stored: StoredSession, promoted: SessionId | undefined): Part<void> {
    const archive = yield* this.#list()
    const id = idOf(stored.session)
    const others = archive.filter((one) => one.id !== id && one.id !== promoted).map((one) => this.#looked(one))
    const kept = [archivedAt(stored.session, this.#context.clock()), ...others.filter((one) => !this.#isGone(one))]
    const gone = [...kept.splice(MAX_ARCHIVED_SESSIONS), ...others.filter((one) => this.#isGone(one))]
    for (const one of gone) yield* this.#drop(one.id)
    if (promoted !== undefined && archive.some((one) => one.id === promoted)) this.#draft.delete(this.#name(promoted))
    this.#draft.put(this.#name(id), encodeSession({ ...stored, session: archiveForm(stored.session) }))
    this.#write(yield* this.#withinBudget(kept, stored.session))
  }

  /** Writes a session back to its place. */
  *replace(session: SessionState): Part<void> {
    const [record] = yield* this.#draft.read(this.#name(idOf(session)))
    if (record === undefined) throw new BisikError('internal', { reason: 'an archived session was not read' })
    const { generation, session: previous } = decodeSession(record, this.#context.self)
    wipeSession(previous)
    this.#draft.put(this.#name(idOf(session)), encodeSession({ generation: generation + 1, session }))
  }

  /** Lets no archived session send any more, should one become current again. @returns how many there are. */
  *retire(): Part<number> {
    const sessions = yield* this.sessions()
    for (const session of sessions) if (session.spent !== true) yield* this.replace({ ...session, spent: true })
    return sessions.length
  }

  /**
   * Takes a session that came out of the archive out of it, when no other takes its place there: a copy left behind would open again
   * what the session has long left behind.
   */
  leave(session: SessionState): Part<void> {
    // Most often no archived session was looked at: then nothing is read in order to find out.
    return this.opened.length === 0 ? NOTHING : this.#leave(session)
  }

  *#leave(session: SessionState): Part<void> {
    const id = idOf(session)
    const archive = yield* this.#list()
    const kept = archive.filter((one) => one.id !== id)
    if (kept.length === archive.length) return
    this.#draft.delete(this.#name(id))
    this.#write(kept)
  }

  /** Deletes the skipped keys of all archived sessions, which open no late message then. */
  *dropSkippedKeys(): Part<void> {
    const archive = yield* this.#list()
    const full = archive.filter(({ keptKeys }) => keptKeys > 0)
    for (const session of yield* this.#sessions(full.map(({ id }) => id)))
      yield* giveUpSkippedKeys(this.#draft, { peer: this.#peer, session })
    if (full.length > 0) this.#write(archive.map((one) => ({ ...one, keptKeys: 0 })))
  }

  /** Deletes the skipped keys that are kept for too long, of all archived sessions and of the current one, if there is one. */
  *dropLateKeys(current: SessionState | undefined): Part<void> {
    const archived = yield* this.sessions()
    const now = this.#context.clock()
    const goes = (keptAt: number): boolean => now - keptAt > this.#context.limits.keptKeyAge
    for (const session of current === undefined ? archived : [current, ...archived]) {
      yield* dropOldKeys(this.#draft, { peer: this.#peer, session }, { now, goes, isByClock: true })
    }
  }

  /** Deletes all archived sessions and what is kept for them. */
  *dropAll(): Part<void> {
    for (const { id } of yield* this.#list()) yield* this.#drop(id)
    this.#draft.delete(archiveKey(this.#peer))
  }

  /** Deletes the archived sessions whose time is over. */
  *dropOver(): Part<void> {
    const archive = yield* this.#list()
    const looked = archive.map((one) => this.#looked(one))
    const kept = looked.filter((one) => !this.#isGone(one))
    for (const one of looked) if (this.#isGone(one)) yield* this.#drop(one.id)
    if (archive.some((one, i) => one !== looked[i]) || kept.length < archive.length || this.#isDamaged) this.#write(kept)
  }

  /** Deletes the skipped keys of the sessions that were archived first, as far as there is no room. @param newest - has no record yet. */
  *#withinBudget(archive: readonly ArchivedSession[], newest: SessionState): Part<readonly ArchivedSession[]> {
    const left = [...archive]
    let excess = left.reduce((sum, { keptKeys }) => sum + keptKeys, 0) - this.#context.limits.keptKeysPerDevice
    for (let i = left.length - 1; i >= 0 && excess > 0; i--) {
      const one = left[i] as ArchivedSession
      if (one.keptKeys === 0) continue
      const session = i === 0 ? newest : yield* this.session(one.id)
      if (session !== undefined) yield* giveUpSkippedKeys(this.#draft, { peer: this.#peer, session })
      this.#droppedKeys += one.keptKeys
      excess -= one.keptKeys
      left[i] = { ...one, keptKeys: 0 }
    }
    return left
  }

  *#list(): Part<readonly ArchivedSession[]> {
    const [record] = yield* this.#draft.read(archiveKey(this.#peer))
    const archive = record === undefined ? [] : decodedOf(() => decodeArchive(record))
    this.#isDamaged = isDamage(archive)
    return isDamage(archive) ? [] : archive
  }

  *#sessions(ids: readonly SessionId[]): Part<readonly SessionState[]> {
    const records: readonly (Uint8Array | undefined)[] = yield* this.#draft.read(...ids.map((id) => this.#name(id)))
    const sessions: SessionState[] = []
    for (const [i, id] of ids.entries()) {
      const record = records[i]
      const decode = (bytes: Uint8Array): StoredSession | Damage =>
        decodedOf(() => ofPeer(this.#peer, () => decodeSession(bytes, this.#context.self)))
      const stored = record === undefined ? undefined : decode(record)
      if (stored === undefined || isDamage(stored)) {
        this.#lost ??= new Set()
        this.#lost.add(id)
      } else {
        this.opened.push(stored.session)
        sessions.push(stored.session)
      }
    }
    return sessions
  }

  /** Writes the list without the sessions that were found to be lost. */
  #write(sessions: readonly ArchivedSession[]): void {
    if (this.#isDamaged) this.#draft.goWithout('archive')
    if (this.#lost !== undefined) this.#draft.goWithout('archived session')
    for (const id of this.#lost ?? []) this.#draft.delete(this.#name(id))
    const kept = sessions.filter(({ id }) => this.#lost?.has(id) !== true)
    if (kept.length === 0) this.#draft.delete(archiveKey(this.#peer))
    else this.#draft.put(archiveKey(this.#peer), encodeArchive(kept))
  }

  *#drop(id: SessionId): Part<void> {
    const session = yield* this.session(id)
    if (session !== undefined) {
      yield* dropSkippedKeys(this.#draft, { peer: this.#peer, session })
      dropOpened(this.#draft, { peer: this.#peer, session })
    }
    this.#draft.delete(this.#name(id))
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

  #name(id: SessionId): ReturnType<typeof archivedSessionKey> {
    return archivedSessionKey(this.#peer, id)
  }
}
