/**
 * The sessions with one device as one run of a transaction sees them: the current one, the archived ones, the known identity; and
 * the records that follow when one takes another's place. Knows no message.
 */
import { copyBytes, equalBytes } from '../../bytes.js'
import { type IdentityKey, parseIdentityKey } from '../../crypto/keys.js'
import type { Secret } from '../../crypto/secret.js'
import { BisikError } from '../../errors.js'
import { decideTrust, type KnownIdentity, type TrustVerdict } from '../../protocol/identity/trust.js'
import { idOf, isSameSession, maySend, type SessionState, wipeSession } from '../../protocol/session/session.js'
import { decodeIdentity, encodeIdentity } from '../../records/identity-record.js'
import { identityKeyOf, sessionKey, unansweredKey } from '../../records/names.js'
import { decodeSession, encodeSession } from '../../records/session-record.js'
import type { RecordKey } from '../../store/key-store.js'
import { NOTHING, type Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { type Damage, decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import type { Notice } from '../frame/results.js'
import { forget, isRecordOf, type RememberedIdentity, type RememberedSession } from '../frame/session-cache.js'
import { Archive, type PeerScope } from './archive.js'
import { notListed, readUserLists } from './device-lists.js'
import { type DeviceIdentity, identityOfUser, putIdentity } from './identities.js'
import { dropOpened } from './opened-messages.js'
import { dropSkippedKeys, giveUpSkippedKeys } from './skipped-keys.js'

/** The records every operation on a device's sessions reads first. */
export function firstKeys(peer: CanonicalAddress): readonly [session: RecordKey, identity: RecordKey] {
  return [sessionKey(peer), identityKeyOf(peer)]
}

/** What was read of a device first. */
export interface FirstRecords {
  /** What {@link firstKeys} gave: a name takes a microsecond to write. */
  readonly names: ReturnType<typeof firstKeys>
  readonly session: Uint8Array | undefined
  readonly identity: Uint8Array | undefined
  /** May be the current session, and is wiped if it is not. */
  readonly remembered?: RememberedSession | undefined
}

/** The sessions with one device, in one run of a transaction. */
export class PeerSessions {
  readonly archive: Archive
  readonly #context: Context
  readonly #draft: Draft
  readonly #peer: CanonicalAddress
  readonly #names: ReturnType<typeof firstKeys>
  /** Sessions that this run made, other than the current one that it began with. */
  readonly #made: SessionState[] = []
  /** Keys that this run derived to keep them: they are in a record now, or in none. */
  #derived: readonly Secret<string>[] = []
  #isStranger: boolean = false
  /** The session that was current when the run began. */
  readonly #before: RememberedSession | undefined
  /** The one that the run makes current. */
  #after: RememberedSession | undefined
  #isEnded: boolean = false
  readonly #identity: RememberedIdentity | Damage | undefined
  /** What was decided about the key that the device presents: it is remembered by then, and would not be new a second time. */
  #trusted: { readonly key: IdentityKey; readonly verdict: TrustVerdict } | undefined
  /** Of the current session. */
  readonly #damage: Damage | undefined

  /** @param records - what {@link firstKeys} name, as it was read. */
  constructor(scope: PeerScope, { names, session, identity, remembered }: FirstRecords) {
    this.archive = new Archive(scope)
    this.#context = scope.context
    this.#draft = scope.draft
    this.#peer = scope.peer
    this.#names = names
    if (identity !== undefined) {
      const known = remembered?.identity
      const isKnown = known !== undefined && equalBytes(known.record, identity)
      this.#identity = isKnown ? known : this.#decoded(() => ({ record: copyBytes(identity), known: decodeIdentity(identity) }))
    }
    if (session !== undefined && isRecordOf(remembered, session)) this.#before = remembered
    else {
      forget(remembered)
      const stored = session === undefined ? undefined : this.#decoded(() => decodeSession(session, scope.context.self))
      if (isDamage(stored)) this.#damage = stored
      else if (session !== undefined && stored !== undefined) {
        this.#before = { record: copyBytes(session), stored, identity: this.#soundIdentity }
      }
    }
  }

  /** What is known of the device's identity. @throws BisikError `corrupt-record`: what was known is never taken for nothing. */
  get identity(): KnownIdentity | undefined {
    if (isDamage(this.#identity)) throw this.#identity
    return this.#identity?.known
  }

  /** The session that sends, if it decodes. */
  get current(): SessionState | undefined {
    return this.#before?.stored.session
  }

  /** Why the current session does not decode, if it does not: then another may take its place, and nothing else can be done with it. */
  get damage(): Damage | undefined {
    return this.#damage
  }

  /** Why a session that a message may belong to is not here: it is damaged, or the archive is. Known once they were looked for. */
  get lost(): Damage | undefined {
    return this.#damage ?? this.archive.lost
  }

  /** What there is to tell of damaged records that went with this run, and of skipped keys for which there was no room. */
  get notices(): Notice[] {
    const dropped: Notice[] = this.#draft.dropped.map((record) => ({ kind: 'record-dropped', record }))
    const { droppedKeys } = this.archive
    return droppedKeys === 0 ? dropped : [...dropped, { kind: 'kept-keys-dropped', count: droppedKeys }]
  }

  /**
   * Decides about an identity key that this device presents, and remembers a new one with the commit. A device that is not known yet is
   * judged by what is known of its user's others.
   *
   * @throws BisikError `untrusted-identity`, `device-not-listed`, `corrupt-record`.
   */
  *trust(presented: IdentityKey): Part<TrustVerdict> {
    if (this.#trusted !== undefined && equalBytes(this.#trusted.key, presented)) return this.#trusted.verdict
    const known = yield* this.#identityFor(presented)
    const verdict = decideTrust(this.#context.trustPolicy, known, presented)
    if (verdict === 'unlisted') throw notListed(this.#peer, presented, yield* readUserLists(this.#draft, this.#peer.user))
    if (verdict === 'untrusted') throw this.#untrusted(presented, known)
    if (this.identity === undefined) {
      yield* putIdentity(this.#draft, this.#peer, { key: presented, level: known?.level ?? 'first-use' })
      this.#isStranger = this.current === undefined && (known === undefined || known.unansweredSince !== undefined)
    }
    this.#trusted = { key: presented, verdict }
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
    this.#draft.put(this.#names[1], encodeIdentity({ ...known, unansweredSince: undefined }))
    this.#draft.delete(unansweredKey(this.#peer, known.unansweredSince))
  }

  /** Whether nothing was known of the device before this run, nor of its user, but for devices that were never answered either. */
  get isStranger(): boolean {
    return this.#isStranger
  }

  /** Whether something went to the device before this run. */
  get isAnswered(): boolean {
    return !this.#isStranger && this.identity?.unansweredSince === undefined
  }

  /** Notes with the commit that the device began a session, and was never answered. */
  leaveUnanswered(key: IdentityKey, since: number): void {
    const known = this.identity
    const before = known?.unansweredSince
    if (before !== undefined && before !== since) this.#draft.delete(unansweredKey(this.#peer, before))
    this.#draft.put(this.#names[1], encodeIdentity({ level: 'first-use', ...known, key, unansweredSince: since }))
  }

  /** Makes `session` the current one with the commit; another that was current is archived. */
  setCurrent(session: SessionState): Part<void> {
    const previous = this.#before?.stored
    const stored = { generation: (previous?.generation ?? 0) + 1, session }
    const record = encodeSession(stored)
    this.#after = { record, stored, identity: this.#soundIdentity }
    this.#draft.put(this.#names[0], record)
    if (this.#damage !== undefined) this.#draft.goWithout('session')
    if (previous === undefined) return this.archive.leave(session)
    return isSameSession(previous.session, session) ? NOTHING : this.archive.add(previous, idOf(session))
  }

  /** Writes an archived session back to its place with the commit. */
  setArchived(session: SessionState): Part<void> {
    return this.archive.replace(this.own(session))
  }

  /** Lets no session with the device send any more: they still open messages. @returns how many there are. */
  *retire(): Part<number> {
    const archived = yield* this.archive.retire()
    const { current } = this
    if (current === undefined) return archived
    if (current.spent !== true) yield* this.setCurrent({ ...current, spent: true })
    return archived + 1
  }

  /** Ends the current session: it is archived, and none takes its place. One that is damaged is dropped. */
  *endCurrent(): Part<void> {
    if (this.#damage !== undefined) this.#draft.goWithout('session')
    if (this.#before !== undefined) yield* this.archive.add(this.#before.stored, undefined)
    if (this.#before !== undefined || this.#damage !== undefined) this.#deleteCurrent()
  }

  /** Deletes the skipped keys of all sessions with the device, which open no late message then. */
  *dropSkippedKeys(): Part<void> {
    const { current } = this
    if (current !== undefined) yield* giveUpSkippedKeys(this.#draft, { peer: this.#peer, session: current })
    yield* this.archive.dropSkippedKeys()
  }

  /** Deletes all sessions with the device and what is kept for them. */
  *dropAll(): Part<void> {
    const { current } = this
    if (current !== undefined) {
      yield* dropSkippedKeys(this.#draft, { peer: this.#peer, session: current })
      dropOpened(this.#draft, { peer: this.#peer, session: current })
    }
    yield* this.archive.dropAll()
    this.#deleteCurrent()
  }

  /** Takes over a session that this run made: its secrets are wiped at the end, but for those that the current one holds too. */
  own(session: SessionState): SessionState {
    this.#made.push(session)
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
    const [before, after] = [this.#before, this.#after]
    const current = isCommitted ? (after ?? (this.#isEnded ? undefined : before)) : before
    forget(before, current)
    // The record that was to be written is left alone: a store that failed may be writing it still.
    if (after !== undefined && after !== current) wipeSession(after.stored.session, current?.stored.session)
    for (const sessions of [this.#made, this.archive.opened]) {
      for (const session of sessions) if (session !== current?.stored.session) wipeSession(session, current?.stored.session)
    }
    for (const key of this.#derived) key.wipe()
    return current
  }

  #deleteCurrent(): void {
    this.#draft.delete(this.#names[0])
    this.#isEnded = true
  }

  get #soundIdentity(): RememberedIdentity | undefined {
    return isDamage(this.#identity) ? undefined : this.#identity
  }

  /**
   * What is known of the identity for which a key is presented. If its record is missing beside a session, another key than the
   * session's is no first contact.
   *
   * @returns with the device, if it is known by another.
   */
  *#identityFor(presented: IdentityKey): Part<(KnownIdentity & Partial<DeviceIdentity>) | undefined> {
    const { identity, current } = this
    if (identity !== undefined) return identity
    if (current !== undefined) {
      return equalBytes(current.remoteIdentity, presented) ? undefined : { key: current.remoteIdentity, level: 'first-use' }
    }
    return yield* identityOfUser(this.#draft, this.#peer, { presented, self: this.#context.self })
  }

  #untrusted(presented: IdentityKey, known: (KnownIdentity & Partial<DeviceIdentity>) | undefined): BisikError {
    const { user, device } = this.#peer
    return new BisikError('untrusted-identity', {
      user,
      device,
      // Copies: the record that was read is remembered, and the app may do with these what it likes.
      presented: parseIdentityKey(presented),
      known: known === undefined ? undefined : parseIdentityKey(known.key),
      knownDevice: known === undefined ? undefined : (known.device ?? device),
      wasVerified: known?.level === 'verified',
    })
  }

  #decoded<T>(decode: () => T): T | Damage {
    return decodedOf(() => ofPeer(this.#peer, decode))
  }
}
