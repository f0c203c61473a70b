/**
 * Reads and writes the session record of libsignal-client, so that an app can move to bisik in the middle of a conversation, and back.
 */
import { type Bytes, concatBytes, copyBytes, equalBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey, parseIdentityKey, parseKemCiphertext } from '../crypto/keys.js'
import type { MessageKeySource } from '../crypto/message-cipher.js'
import { expose, Secret } from '../crypto/secret.js'
import { epochMillis } from '../env.js'
import { MAX_ARCHIVED_SESSIONS, MAX_RECEIVING_CHAINS, MAX_SKIPPED_KEYS } from '../protocol/limits.js'
import type { ReceivingChain } from '../protocol/ratchet/double-ratchet.js'
import { idOf, type PendingHandshake, type SessionId, type SessionState } from '../protocol/session/session.js'
import { decodeForeign, encodeRecord, present, secretField, wholeNumber } from '../records/protobuf.js'
import * as schema from './schema/libsignal-records.js'
import { exportPqRatchetState, importPqRatchetState, type SkippedEpochKey } from './spqr-record.js'

/** The skipped keys of one receiving chain, by counter. */
export interface KeptChainKeys {
  readonly ratchetKey: EcPublicKey
  readonly keys: ReadonlyMap<number, MessageKeySource>
}

/** A session with the skipped keys that bisik keeps in records of their own and libsignal inside the session. */
export interface WholeSession {
  readonly session: SessionState
  /** For each receiving chain that has any. */
  readonly skipped: readonly KeptChainKeys[]
  readonly pqSkipped: readonly SkippedEpochKey[]
}

/** All sessions of one record, the archived ones newest first. */
export interface WholeSessions {
  readonly current: WholeSession | undefined
  readonly archived: readonly WholeSession[]
}

/** A part of a libsignal record that cannot be used, and without which the rest can. */
export interface DroppedPart {
  readonly part: 'session' | 'chain' | 'kept-keys'
  /** Of which session: the current one, or the place among the archived ones, 0 for the newest. */
  readonly session: 'current' | number
  /** How many of them. */
  readonly count: number
  /**
   * `empty`: no session at all. `unsupported-version`: of a protocol that nobody speaks any more. `other-identity`: of another identity key
   * than ours. `repeated`: an older state of what is there already. `too-many`: beyond what libsignal keeps, the oldest. `still-to-come`:
   * keys of messages that the chain has not reached. `corrupt`: anything else.
   */
  readonly reason: 'empty' | 'unsupported-version' | 'other-identity' | 'repeated' | 'too-many' | 'still-to-come' | 'corrupt'
  /** The version, if that is the reason. */
  readonly version?: number
}

const RECORD = 'libsignal session'

/**
 * Decodes a serialized `SessionRecord` of libsignal-client 0.15 to 0.103. What cannot be used is left out, and the rest
 * goes on, as with libsignal.
 *
 * Spec: libsignal wire 5.1 and 5.5.
 *
 * @param localIdentity - our own identity key, 33 bytes: sessions of another are left out.
 * @throws BisikError `corrupt-record` if the record as a whole does not decode.
 */
export function decodeLibsignalSessions(
  bytes: Uint8Array,
  localIdentity: IdentityKey,
): WholeSessions & { readonly dropped: readonly DroppedPart[] } {
  return decodeForeign(RECORD, schema.RecordStructure, bytes, ({ currentSession, previousSessions }) => {
    let current: WholeSession | undefined
    const dropped: DroppedPart[] = []
    const seen = new Set<SessionId>()
    const take = (place: DroppedPart['session'], read: () => schema.SessionStructure): WholeSession[] => {
      const isFull = seen.size - (current === undefined ? 0 : 1) === MAX_ARCHIVED_SESSIONS
      const outcome = isFull ? { reason: 'too-many' as const } : readOutcome(read, localIdentity, seen)
      if ('reason' in outcome) dropped.push({ part: 'session', session: place, count: 1, ...outcome })
      else for (const { part, count, reason } of outcome.dropped) dropped.push({ part, session: place, count, reason })
      return 'reason' in outcome ? [] : [outcome.whole]
    }
    if (currentSession) [current] = take('current', () => currentSession)
    const archived = previousSessions.flatMap((previous, i) =>
      take(i, () => decodeForeign(RECORD, schema.SessionStructure, previous, (one) => one)),
    )
    return { current, archived, dropped }
  })
}

/**
 * Encodes sessions as a `SessionRecord` of libsignal-client 0.103.
 *
 * Spec: libsignal wire 5.1.
 *
 * @returns the record; it holds the sessions' keys.
 */
export function encodeLibsignalSessions({ current, archived }: WholeSessions): Bytes {
  return encodeRecord(schema.RecordStructure, {
    ...(current === undefined ? {} : { currentSession: sessionFields(current) }),
    previousSessions: archived.map((session) => encodeRecord(schema.SessionStructure, sessionFields(session))),
  })
}

function sessionFields({ session, skipped, pqSkipped }: WholeSession): Writable<schema.SessionStructure> {
  const { double, pq } = session.ratchet
  const { keyPair, chainKey, counter } = double.sending
  const { pending } = session
  const pqRatchetState = exportPqRatchetState({ state: pq, skipped: pqSkipped })
  return {
    sessionVersion: session.version,
    localIdentityPublic: session.localIdentity,
    remoteIdentityPublic: session.remoteIdentity,
    rootKey: expose(double.rootKey),
    previousCounter: double.previousCounter,
    senderChain: {
      senderRatchetKey: keyPair.publicKey,
      senderRatchetKeyPrivate: expose(keyPair.privateKey),
      chainKey: { index: counter, key: expose(chainKey) },
    },
    receiverChains: double.receiving.map((chain) => ({
      senderRatchetKey: chain.ratchetKey,
      chainKey: { index: chain.counter, key: expose(chain.chainKey) },
      messageKeys: [...(skipped.find(({ ratchetKey }) => equalBytes(ratchetKey, chain.ratchetKey))?.keys ?? [])]
        .sort(([a], [b]) => b - a)
        .map(([index, key]) => ({ index, ...messageKeyFields(expose(key)) })),
    })),
    ...(pending === undefined ? {} : pendingFields(session.baseKey, pending)),
    remoteRegistrationId: session.remoteRegistrationId,
    localRegistrationId: session.localRegistrationId,
    aliceBaseKey: session.baseKey,
    ...(pqRatchetState.length === 0 ? {} : { pqRatchetState }),
  }
}

function messageKeyFields(key: Uint8Array): Writable<schema.MessageKey> {
  if (key.length === 32) return { seed: key }
  return { cipherKey: key.subarray(0, 32), macKey: key.subarray(32, 64), iv: key.subarray(64) }
}

function pendingFields(baseKey: EcPublicKey, pending: PendingHandshake): Writable<schema.SessionStructure> {
  const { kem } = pending
  return {
    pendingPreKey: {
      ...(pending.oneTimePreKeyId === undefined ? {} : { preKeyId: pending.oneTimePreKeyId }),
      baseKey,
      signedPreKeyId: pending.signedPreKeyId,
      timestamp: Math.floor(pending.createdAt / 1000),
    },
    ...(kem === undefined ? {} : { pendingKyberPreKey: { preKeyId: kem.id, ciphertext: kem.ciphertext } }),
  }
}

type Dropping = Pick<DroppedPart, 'reason' | 'version'>
type DroppedWithin = Omit<DroppedPart, 'session'>

/** A session, or why it cannot be used. @param seen - the sessions so far: if one is there twice, the first is the newer. */
function readOutcome(
  read: () => schema.SessionStructure,
  localIdentity: IdentityKey,
  seen: Set<SessionId>,
): { readonly whole: WholeSession; readonly dropped: readonly DroppedWithin[] } | Dropping {
  try {
    const fields = read()
    if (!fields.aliceBaseKey.length && !fields.senderChain && !fields.rootKey.length) return { reason: 'empty' }
    // Protocols that had no version wrote 0.
    const version = fields.sessionVersion || 2
    if (version !== 3 && version !== 4) return { reason: 'unsupported-version', version }
    if (!equalBytes(parseIdentityKey(fields.localIdentityPublic), localIdentity)) return { reason: 'other-identity' }
    const dropped: DroppedWithin[] = []
    const whole = readSession(fields, { version, localIdentity }, dropped)
    const id = idOf(whole.session)
    if (seen.has(id)) return { reason: 'repeated' }
    seen.add(id)
    return { whole, dropped }
  } catch {
    return { reason: 'corrupt' }
  }
}

function readSession(
  fields: schema.SessionStructure,
  { version, localIdentity }: Pick<SessionState, 'version' | 'localIdentity'>,
  dropped: DroppedWithin[],
): WholeSession {
  const pq = importPqRatchetState(fields.pqRatchetState)
  add(dropped, { part: 'kept-keys', count: pq.unusable ?? 0, reason: 'still-to-come' })
  const sender = present(fields.senderChain)
  const sending = present(sender.chainKey)
  const { receiving, skipped } = readChains(fields.receiverChains ?? [], dropped)
  const session: SessionState = {
    version,
    localIdentity,
    remoteIdentity: parseIdentityKey(fields.remoteIdentityPublic),
    localRegistrationId: fields.localRegistrationId,
    remoteRegistrationId: fields.remoteRegistrationId,
    baseKey: parseEcPublicKey(fields.aliceBaseKey),
    pending: fields.pendingPreKey ? readPending(fields.pendingPreKey, fields.pendingKyberPreKey ?? undefined) : undefined,
    // libsignal remembers this only until the peer has answered.
    usedOneTimePreKey: fields.pendingPreKey ? fields.pendingPreKey.preKeyId != null : true,
    ratchet: {
      double: {
        rootKey: secretField(fields.rootKey, 32),
        sending: {
          keyPair: {
            publicKey: parseEcPublicKey(sender.senderRatchetKey),
            privateKey: secretField(sender.senderRatchetKeyPrivate, 32),
          },
          chainKey: secretField(sending.key, 32),
          counter: sending.index ?? 0,
        },
        previousCounter: fields.previousCounter,
        receiving,
        forgotten: undefined,
      },
      pq: pq.state,
    },
  }
  return { session, skipped, pqSkipped: pq.skipped }
}

/** The chains that can be used, oldest first as in the record: only the newest ones, and one for each ratchet key. */
function readChains(
  chains: readonly schema.Chain[],
  dropped: DroppedWithin[],
): { readonly receiving: readonly ReceivingChain[]; readonly skipped: readonly KeptChainKeys[] } {
  const receiving: ReceivingChain[] = []
  const skipped: KeptChainKeys[] = []
  const drop = (reason: DroppedPart['reason']): void => add(dropped, { part: 'chain', count: 1, reason })
  for (const fields of [...chains].reverse()) {
    const chain = receiving.length === MAX_RECEIVING_CHAINS ? 'too-many' : readChain(fields)
    if (typeof chain === 'string') drop(chain)
    else if (receiving.some(({ ratchetKey }) => equalBytes(ratchetKey, chain.ratchetKey))) drop('repeated')
    else {
      const { ratchetKey, chainKey, counter } = chain
      const keys = readSkippedKeys(fields.messageKeys ?? [], counter, dropped)
      const skippedEnd = [...keys.keys()].reduce((end, kept) => Math.max(end, kept + 1), 0)
      receiving.unshift({ ratchetKey, chainKey, counter, skippedEnd })
      if (keys.size > 0) skipped.unshift({ ratchetKey, keys })
    }
  }
  return { receiving, skipped }
}

/** Adds to the count of what was left out for the same reason. */
function add(dropped: DroppedWithin[], one: DroppedWithin): void {
  const same = dropped.findIndex(({ part, reason }) => part === one.part && reason === one.reason)
  if (same >= 0) dropped[same] = { ...one, count: one.count + (dropped[same]?.count ?? 0) }
  else if (one.count > 0) dropped.push(one)
}

function readChain({ senderRatchetKey, chainKey }: schema.Chain): Omit<ReceivingChain, 'skippedEnd'> | 'corrupt' {
  try {
    const { index, key } = present(chainKey)
    return { ratchetKey: parseEcPublicKey(senderRatchetKey), chainKey: secretField(key, 32), counter: index ?? 0 }
  } catch {
    return 'corrupt'
  }
}

/** The newest keys below the chain's own position: the key of a message still to come would be kept a second time when it is skipped. */
function readSkippedKeys(
  fields: readonly schema.MessageKey[],
  counter: number,
  dropped: DroppedWithin[],
): ReadonlyMap<number, MessageKeySource> {
  const read = fields.map((one) => ({ index: one.index ?? 0, key: readMessageKey(one) }))
  const whole = read.flatMap(({ index, key }) => (key === undefined ? [] : [{ index, key }]))
  const past = whole.filter(({ index }) => index < counter).sort((a, b) => b.index - a.index)
  const kept = past.slice(0, MAX_SKIPPED_KEYS)
  const drop = (count: number, reason: DroppedPart['reason']): void => add(dropped, { part: 'kept-keys', count, reason })
  drop(read.length - whole.length, 'corrupt')
  drop(whole.length - past.length, 'still-to-come')
  drop(past.length - kept.length, 'too-many')
  return new Map(kept.map(({ index, key }) => [index, key]))
}

function readMessageKey({ seed, cipherKey, macKey, iv }: schema.MessageKey): MessageKeySource | undefined {
  if (seed.length === 32) return Secret.copy<'MessageSeed'>(seed)
  if (cipherKey.length !== 32 || macKey.length !== 32 || iv.length !== 16) return undefined
  return Secret.own<'ExpandedMessageKeys'>(concatBytes(cipherKey, macKey, iv))
}

function readPending(pending: schema.PendingPreKey, kem: schema.PendingKyberPreKey | undefined): PendingHandshake {
  return {
    oneTimePreKeyId: pending.preKeyId ?? undefined,
    signedPreKeyId: pending.signedPreKeyId,
    kem: kem === undefined ? undefined : { id: kem.preKeyId, ciphertext: parseKemCiphertext(copyBytes(kem.ciphertext)) },
    // libsignal keeps seconds.
    createdAt: epochMillis(1000 * wholeNumber(pending.timestamp)),
  }
}
