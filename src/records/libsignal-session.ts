/**
 * Reads the session record of libsignal-client, so that an app can move to bisik in the middle of a conversation. Knows that record's
 * fields and nothing of how they came about.
 */
import { concatBytes, copyBytes, equalBytes } from '../bytes.js'
import type { MessageKeySource } from '../crypto/aead.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey, parseIdentityKey, parseKemCiphertext } from '../crypto/keys.js'
import { Secret } from '../crypto/secret.js'
import { type EpochMillis, epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { ReceivingChain } from '../protocol/ratchet/double-ratchet.js'
import type { PendingHandshake, SessionState } from '../protocol/session.js'
import { bisik, decodeForeign, secretField } from './protobuf.js'

/** A session of libsignal's, with the skipped keys that bisik keeps in records of their own. */
export interface ImportedSession {
  readonly session: SessionState
  /** For each receiving chain that has any: its kept keys, by counter. */
  readonly skipped: readonly { readonly ratchetKey: EcPublicKey; readonly keys: ReadonlyMap<number, MessageKeySource> }[]
}

/** All sessions of one record, the archived ones newest first. */
export interface ImportedSessions {
  readonly current: ImportedSession | undefined
  readonly archived: readonly ImportedSession[]
}

const RECORD = 'libsignal session'

/**
 * Decodes a serialized `SessionRecord` of libsignal-client 0.15 to 0.103.
 *
 * Spec: libsignal wire 5.1. A session without a version is one of a protocol that nobody speaks any more: refused.
 *
 * @param localIdentity - our own identity key, 33 bytes: a record of another account is refused.
 * @throws BisikError `corrupt-record`; `unsupported-version` for a session of version 2 or one that carries post-quantum ratchet state.
 */
export function decodeLibsignalSessions(bytes: Uint8Array, localIdentity: IdentityKey): ImportedSessions {
  return decodeForeign(RECORD, bisik.libsignal.RecordStructure, bytes, (record) => ({
    current: record.currentSession ? readSession(record.currentSession, localIdentity) : undefined,
    archived: record.previousSessions.map((previous) =>
      decodeForeign(RECORD, bisik.libsignal.SessionStructure, previous, (session) => readSession(session, localIdentity)),
    ),
  }))
}

function readSession(fields: bisik.libsignal.SessionStructure.$Properties, localIdentity: IdentityKey): ImportedSession {
  const version = fields.sessionVersion
  if (version !== 3 && version !== 4) throw new BisikError('unsupported-version', { version: version ?? 2 })
  if ((fields.pqRatchetState?.length ?? 0) > 0) throw new BisikError('unsupported-version', { version })
  if (!equalBytes(parseIdentityKey(present(fields.localIdentityPublic)), localIdentity)) throw corrupt()
  const sender = present(fields.senderChain)
  const skipped: { ratchetKey: EcPublicKey; keys: Map<number, MessageKeySource> }[] = []
  const receiving = (fields.receiverChains ?? []).map((chain): ReceivingChain => {
    const ratchetKey = parseEcPublicKey(present(chain.senderRatchetKey))
    const keys = new Map((chain.messageKeys ?? []).map((key) => [key.index ?? 0, readMessageKey(key)] as const))
    if (keys.size > 0) skipped.push({ ratchetKey, keys })
    const { index, key } = present(chain.chainKey)
    return { ratchetKey, chainKey: secretField(present(key), 32), counter: index ?? 0, skipped: keys.size }
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
      pq: undefined,
    },
  }
  return { session, skipped }
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
    createdAt: millis(pending.timestamp),
  }
}

/** libsignal keeps seconds, as a 64-bit integer. */
function millis(seconds: number | { toNumber(): number } | null | undefined): EpochMillis {
  return epochMillis(1000 * (typeof seconds === 'object' && seconds !== null ? seconds.toNumber() : (seconds ?? 0)))
}

function present<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw corrupt()
  return value
}

function corrupt(): BisikError {
  return new BisikError('corrupt-record', { record: RECORD })
}
