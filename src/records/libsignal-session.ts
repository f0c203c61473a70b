/**
 * Reads and writes the session record of libsignal-client, so that an app can move to bisik in the middle of a conversation, and back.
 * Knows that record's fields and nothing of how they came about.
 */
import { type Bytes, concatBytes, copyBytes, equalBytes } from '../bytes.js'
import type { MessageKeySource } from '../crypto/aead.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey, parseIdentityKey, parseKemCiphertext } from '../crypto/keys.js'
import { expose, Secret } from '../crypto/secret.js'
import { epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { MAX_ARCHIVED_SESSIONS, MAX_RECEIVING_CHAINS, MAX_SKIPPED_KEYS } from '../protocol/limits.js'
import type { ReceivingChain } from '../protocol/ratchet/double-ratchet.js'
import type { PendingHandshake, SessionState } from '../protocol/session.js'
import { bisik } from './generated/libsignal.js'
import { exportPqRatchetState, importPqRatchetState, type SkippedEpochKey } from './libsignal-spqr.js'
import { decodeForeign, encodeRecord, numbers, secretField, wholeNumber } from './protobuf.js'

/** The kept keys of one receiving chain, by counter. */
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

const RECORD = 'libsignal session'

/**
 * Decodes a serialized `SessionRecord` of libsignal-client 0.15 to 0.103.
 *
 * Spec: libsignal wire 5.1. A session without a version is one of a protocol that nobody speaks any more: refused.
 *
 * @param localIdentity - our own identity key, 33 bytes: a record of another account is refused.
 * @throws BisikError `corrupt-record`, also beyond the limits that every release keeps; `unsupported-version` for a session of version 2.
 */
export function decodeLibsignalSessions(bytes: Uint8Array, localIdentity: IdentityKey): WholeSessions {
  return decodeForeign(RECORD, bisik.libsignal.RecordStructure, bytes, (record) => {
    if (record.previousSessions.length > MAX_ARCHIVED_SESSIONS) throw corrupt()
    return {
      current: record.currentSession ? readSession(record.currentSession, localIdentity) : undefined,
      archived: record.previousSessions.map((previous) =>
        decodeForeign(RECORD, bisik.libsignal.SessionStructure, previous, (session) => readSession(session, localIdentity)),
      ),
    }
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
  return encodeRecord(bisik.libsignal.RecordStructure, {
    ...(current === undefined ? {} : { currentSession: sessionFields(current) }),
    previousSessions: archived.map((session) => encodeRecord(bisik.libsignal.SessionStructure, sessionFields(session))),
  })
}

function sessionFields({ session, skipped, pqSkipped }: WholeSession): bisik.libsignal.SessionStructure.$Properties {
  const { double, pq } = session.ratchet
  const { keyPair, chainKey, counter } = double.sending
  const { pending } = session
  const pqRatchetState = exportPqRatchetState({ state: pq, skipped: pqSkipped })
  return {
    sessionVersion: session.version,
    localIdentityPublic: session.localIdentity,
    remoteIdentityPublic: session.remoteIdentity,
    rootKey: expose(double.rootKey),
    ...numbers({ previousCounter: double.previousCounter }),
    senderChain: {
      senderRatchetKey: keyPair.publicKey,
      senderRatchetKeyPrivate: expose(keyPair.privateKey),
      chainKey: { ...numbers({ index: counter }), key: expose(chainKey) },
    },
    receiverChains: double.receiving.map((chain) => ({
      senderRatchetKey: chain.ratchetKey,
      chainKey: { ...numbers({ index: chain.counter }), key: expose(chain.chainKey) },
      messageKeys: [...(skipped.find(({ ratchetKey }) => equalBytes(ratchetKey, chain.ratchetKey))?.keys ?? [])]
        .sort(([a], [b]) => b - a)
        .map(([index, key]) => ({ ...numbers({ index }), ...messageKeyFields(expose(key)) })),
    })),
    ...(pending === undefined ? {} : pendingFields(session.baseKey, pending)),
    ...numbers({ remoteRegistrationId: session.remoteRegistrationId, localRegistrationId: session.localRegistrationId }),
    aliceBaseKey: session.baseKey,
    ...(pqRatchetState.length === 0 ? {} : { pqRatchetState }),
  }
}

function messageKeyFields(key: Uint8Array): bisik.libsignal.MessageKey.$Properties {
  if (key.length === 32) return { seed: key }
  return { cipherKey: key.subarray(0, 32), macKey: key.subarray(32, 64), iv: key.subarray(64) }
}

function pendingFields(baseKey: EcPublicKey, pending: PendingHandshake): bisik.libsignal.SessionStructure.$Properties {
  const { kem } = pending
  return {
    pendingPreKey: {
      ...(pending.oneTimePreKeyId === undefined ? {} : { preKeyId: pending.oneTimePreKeyId }),
      baseKey,
      ...numbers({ signedPreKeyId: pending.signedPreKeyId }),
      timestamp: Math.floor(pending.createdAt / 1000),
    },
    ...(kem === undefined ? {} : { pendingKyberPreKey: { ...numbers({ preKeyId: kem.id }), ciphertext: kem.ciphertext } }),
  }
}

function readSession(fields: bisik.libsignal.SessionStructure.$Properties, localIdentity: IdentityKey): WholeSession {
  const version = fields.sessionVersion
  if (version !== 3 && version !== 4) throw new BisikError('unsupported-version', { version: version ?? 2 })
  const pq = importPqRatchetState(fields.pqRatchetState ?? new Uint8Array(0))
  if (!equalBytes(parseIdentityKey(present(fields.localIdentityPublic)), localIdentity)) throw corrupt()
  const sender = present(fields.senderChain)
  const skipped: { ratchetKey: EcPublicKey; keys: Map<number, MessageKeySource> }[] = []
  const chains = fields.receiverChains ?? []
  if (chains.length > MAX_RECEIVING_CHAINS) throw corrupt()
  const receiving = chains.map((chain): ReceivingChain => {
    const ratchetKey = parseEcPublicKey(present(chain.senderRatchetKey))
    const keys = new Map((chain.messageKeys ?? []).map((key) => [key.index ?? 0, readMessageKey(key)] as const))
    if (keys.size > MAX_SKIPPED_KEYS) throw corrupt()
    if (keys.size > 0) skipped.push({ ratchetKey, keys })
    const { index, key } = present(chain.chainKey)
    const counter = index ?? 0
    const skippedEnd = [...keys.keys()].reduce((end, kept) => Math.max(end, kept + 1), 0)
    // The key of a message still to come would be kept a second time when it is skipped.
    if (skippedEnd > counter) throw corrupt()
    return { ratchetKey, chainKey: secretField(present(key), 32), counter, skippedEnd }
  })
  const sending = present(sender.chainKey)
  const session: SessionState = {
    version,
    localIdentity,
    remoteIdentity: parseIdentityKey(present(fields.remoteIdentityPublic)),
    localRegistrationId: fields.localRegistrationId ?? 0,
    remoteRegistrationId: fields.remoteRegistrationId ?? 0,
    baseKey: parseEcPublicKey(present(fields.aliceBaseKey)),
    pending: fields.pendingPreKey ? readPending(fields.pendingPreKey, fields.pendingKyberPreKey ?? undefined) : undefined,
    // libsignal remembers this only until the peer has answered.
    usedOneTimePreKey: fields.pendingPreKey ? fields.pendingPreKey.preKeyId != null : true,
    ratchet: {
      double: {
        rootKey: secretField(present(fields.rootKey), 32),
        sending: {
          keyPair: {
            publicKey: parseEcPublicKey(present(sender.senderRatchetKey)),
            privateKey: secretField(present(sender.senderRatchetKeyPrivate), 32),
          },
          chainKey: secretField(present(sending.key), 32),
          counter: sending.index ?? 0,
        },
        previousCounter: fields.previousCounter ?? 0,
        receiving,
      },
      pq: pq.state,
    },
  }
  return { session, skipped, pqSkipped: pq.skipped }
}

function readMessageKey(key: bisik.libsignal.MessageKey.$Properties): MessageKeySource {
  if (key.seed?.length === 32) return Secret.copy<'MessageSeed'>(key.seed)
  const expanded = concatBytes(present(key.cipherKey), present(key.macKey), present(key.iv))
  if (expanded.length !== 80) throw corrupt()
  return Secret.own<'ExpandedMessageKeys'>(expanded)
}

function readPending(
  pending: bisik.libsignal.PendingPreKey.$Properties,
  kem: bisik.libsignal.PendingKyberPreKey.$Properties | undefined,
): PendingHandshake {
  return {
    oneTimePreKeyId: pending.preKeyId ?? undefined,
    signedPreKeyId: pending.signedPreKeyId ?? 0,
    kem: kem === undefined ? undefined : { id: kem.preKeyId ?? 0, ciphertext: parseKemCiphertext(copyBytes(present(kem.ciphertext))) },
    // libsignal keeps seconds.
    createdAt: epochMillis(1000 * wholeNumber(pending.timestamp)),
  }
}

function present<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw corrupt()
  return value
}

function corrupt(): BisikError {
  return new BisikError('corrupt-record', { record: RECORD })
}
