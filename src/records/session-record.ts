/**
 * Sessions on disk: the current one of a device, which every message reads, and archived ones in the same form. Skipped keys
 * are not in it.
 */
import { type Bytes, copyBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { type IdentityKey, parseEcPublicKey, parseIdentityKey, parseKemCiphertext } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import { epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { MARK_LENGTH, type OpenedMessages } from '../protocol/opened-messages.js'
import { FORGOTTEN_CHAIN_LENGTH } from '../protocol/ratchet/forgotten-chains.js'
import { idOf, keptKeyBound, type PendingHandshake, type SessionId, type SessionState } from '../protocol/session/session.js'
import { pqRatchetFields, readPqRatchet } from './pq-ratchet-record.js'
import { corrupt, decodeRecord, encodeRecord, FORMAT, secretField } from './protobuf.js'
import * as schema from './schema/records.js'

/** A session as its record holds it. */
export interface StoredSession {
  /** Writes of this record so far. */
  readonly generation: number
  readonly session: SessionState
}

/** What a session record leaves out because the account has it. */
export interface LocalEnd {
  readonly identity: { readonly publicKey: IdentityKey }
  readonly registrationId: number
}

/** Encodes a session; the bytes hold its keys. */
export function encodeSession({ generation, session }: StoredSession): Bytes {
  const { double, pq } = session.ratchet
  const fields: { -readonly [Name in keyof Writable<schema.Session>]: Writable<schema.Session>[Name] } = {
    format: FORMAT,
    generation,
    version: session.version,
    remoteIdentity: session.remoteIdentity,
    remoteRegistrationId: session.remoteRegistrationId,
    baseKey: session.baseKey,
    usedOneTimePreKey: session.usedOneTimePreKey,
    rootKey: expose(double.rootKey),
    sendingPublic: double.sending.keyPair.publicKey,
    sendingPrivate: expose(double.sending.keyPair.privateKey),
    sendingChainKey: expose(double.sending.chainKey),
    sendingCounter: double.sending.counter,
    previousCounter: double.previousCounter,
    receiving: double.receiving.map((chain) => ({
      ratchetKey: chain.ratchetKey,
      chainKey: expose(chain.chainKey),
      counter: chain.counter,
      skippedEnd: chain.skippedEnd,
    })),
  }
  if (double.forgotten !== undefined) fields.forgottenChains = double.forgotten
  if (session.opened !== undefined) {
    fields.opened = session.opened.count
    fields.openedMarks = session.opened.marks
  }
  if (session.spent === true) fields.spent = true
  if (session.pending !== undefined) fields.pending = pendingFields(session.pending)
  if (pq !== undefined) fields.pqRatchet = pqRatchetFields(pq)
  return encodeRecord(schema.Session, fields)
}

/** Decodes a session. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSession(bytes: Uint8Array, local: LocalEnd): StoredSession {
  return decodeRecord('session', schema.Session, bytes, (message) => {
    const { version } = message
    if (version !== 3 && version !== 4) throw new BisikError('corrupt-record', { record: 'session' })
    return {
      generation: message.generation,
      session: {
        version,
        localIdentity: local.identity.publicKey,
        localRegistrationId: local.registrationId,
        remoteIdentity: parseIdentityKey(message.remoteIdentity),
        remoteRegistrationId: message.remoteRegistrationId,
        baseKey: parseEcPublicKey(message.baseKey),
        pending: message.pending ? pendingOf(message.pending) : undefined,
        usedOneTimePreKey: message.usedOneTimePreKey,
        ratchet: {
          double: {
            rootKey: secretField(message.rootKey, 32),
            sending: {
              keyPair: { publicKey: parseEcPublicKey(message.sendingPublic), privateKey: secretField(message.sendingPrivate, 32) },
              chainKey: secretField(message.sendingChainKey, 32),
              counter: message.sendingCounter,
            },
            previousCounter: message.previousCounter,
            receiving: message.receiving.map((chain) => ({
              ratchetKey: parseEcPublicKey(chain.ratchetKey),
              chainKey: secretField(chain.chainKey, 32),
              counter: chain.counter ?? 0,
              skippedEnd: chain.skippedEnd ?? 0,
            })),
            forgotten: forgottenOf(message.forgottenChains),
          },
          pq: message.pqRatchet ? readPqRatchet(message.pqRatchet) : undefined,
        },
        opened: openedOf(message),
        spent: message.spent,
      },
    }
  })
}

function forgottenOf(chains: Uint8Array): Bytes | undefined {
  if (chains.length % FORGOTTEN_CHAIN_LENGTH !== 0) throw new BisikError('corrupt-record', { record: 'session' })
  return chains.length === 0 ? undefined : copyBytes(chains)
}

/** The marks of opened messages in a record of a session or sender key. @throws BisikError `corrupt-record`. */
export function openedOf({
  opened,
  openedMarks,
}: Pick<schema.Session | schema.SenderKey, 'opened' | 'openedMarks'>): OpenedMessages | undefined {
  if (openedMarks.length % MARK_LENGTH !== 0) throw corrupt()
  return opened === 0 ? undefined : { count: opened, marks: copyBytes(openedMarks) }
}

/** An archived session as the list names it. */
export interface ArchivedSession {
  readonly id: SessionId
  readonly archivedAt: number
  /** When the clock said for the first time that its time is over; 0: it does not. */
  readonly overAt: number
  /** Keys that are kept for its late messages, at most. */
  readonly keptKeys: number
}

/** How the list names a session that is archived now. */
export function archivedAt(session: SessionState, now: number): ArchivedSession {
  return { id: idOf(session), archivedAt: now, overAt: 0, keptKeys: keptKeyBound(session) }
}

/** Encodes the list of archived sessions, newest first. */
export function encodeArchive(sessions: readonly ArchivedSession[]): Bytes {
  return encodeRecord(schema.Names, {
    format: FORMAT,
    names: sessions.map(({ id }) => id),
    times: sessions.map(({ archivedAt }) => archivedAt),
    overAt: sessions.some(({ overAt }) => overAt > 0) ? sessions.map(({ overAt }) => overAt) : [],
    counts: sessions.map(({ keptKeys }) => keptKeys),
  })
}

/** Decodes the list of archived sessions. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeArchive(bytes: Uint8Array): readonly ArchivedSession[] {
  return decodeRecord('archive', schema.Names, bytes, ({ names, times, overAt, counts }) => {
    if (names.length !== times.length) throw new BisikError('corrupt-record', { record: 'archive' })
    // Older lists have no counts; their sessions are over before it matters.
    return names.map((id, i) => {
      return { id: id as SessionId, archivedAt: times[i] as number, overAt: overAt[i] ?? 0, keptKeys: counts[i] ?? 0 }
    })
  })
}

function pendingFields(pending: PendingHandshake): Writable<schema.PendingHandshake> {
  return {
    ...(pending.oneTimePreKeyId === undefined ? {} : { oneTimePreKeyId: pending.oneTimePreKeyId }),
    signedPreKeyId: pending.signedPreKeyId,
    ...(pending.kem === undefined ? {} : { kemPreKeyId: pending.kem.id, kemCiphertext: pending.kem.ciphertext }),
    createdAt: pending.createdAt,
  }
}

function pendingOf(message: schema.PendingHandshake): PendingHandshake {
  return {
    oneTimePreKeyId: message.oneTimePreKeyId ?? undefined,
    signedPreKeyId: message.signedPreKeyId,
    kem: message.kemPreKeyId == null ? undefined : { id: message.kemPreKeyId, ciphertext: parseKemCiphertext(message.kemCiphertext) },
    createdAt: epochMillis(message.createdAt),
  }
}
