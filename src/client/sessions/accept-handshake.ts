/**
 * The recipient's prekeys that a first message names: read, used up with the commit that accepts it, and counted. Opens no message.
 */
import { parseKemCiphertext } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { MAX_LEDGER_ENTRIES, WORN_LEDGER_ENTRIES } from '../../protocol/limits.js'
import type { Ends, SessionState } from '../../protocol/session/session.js'
import { acceptSession, type PqRatchetMode } from '../../protocol/session/start.js'
import { decodeAccount } from '../../records/account-record.js'
import { ACCOUNT, kemPreKeyKey, ledgerEntryKey, ledgerKey, oneTimePreKeyKey, signedPreKeyKey } from '../../records/names.js'
import { decodeKemPreKey, decodeLedger, decodeOneTimePreKey, decodeSignedPreKey, encodeLedger } from '../../records/pre-key-records.js'
import type { PreKeySignalMessage } from '../../wire/pre-key-message.js'
import { LOW_WATER } from '../account/pre-keys.js'
import type { Context } from '../frame/context.js'
import { readable } from '../frame/damage.js'
import { type Draft, UNREAD } from '../frame/draft.js'
import type { Notice } from '../frame/results.js'

/** A handshake that was accepted. */
interface Accepted {
  readonly session: SessionState
  /** What there is to tell of the prekeys that it used. */
  readonly notices: readonly Notice[]
}

/** Accepts a handshake and uses up what it used up, with the commit. */
export function acceptFrom(
  context: Context,
  draft: Draft,
  message: PreKeySignalMessage,
  ends: Ends,
  pqRatchet: PqRatchetMode,
): Accepted | typeof UNREAD {
  const { preKeyId, signedPreKeyId, kem } = message
  const { signed, oneTime, kemRecord } = readPreKeys(draft, message)
  if (signed === UNREAD || oneTime === UNREAD || kemRecord === UNREAD) return UNREAD
  // One that is damaged is as good as gone: the sender is asked to begin anew, which a store that lost a record can't do.
  const signedPreKey = readable(signed, (bytes) => decodeSignedPreKey(signedPreKeyId, bytes))
  const oneTimePreKey = preKeyId === undefined ? undefined : readable(oneTime, (bytes) => decodeOneTimePreKey(preKeyId, bytes))
  const kemPreKey = kem === undefined ? undefined : readable(kemRecord, (bytes) => decodeKemPreKey(kem.id, bytes))
  let session: SessionState | undefined
  try {
    if (signedPreKey === undefined) throw new BisikError('pre-key-not-found', { preKey: 'signed', id: signedPreKeyId })
    if (preKeyId !== undefined && oneTimePreKey === undefined)
      throw new BisikError('pre-key-not-found', { preKey: 'one-time', id: preKeyId })
    if (kem !== undefined && kemPreKey === undefined) throw new BisikError('pre-key-not-found', { preKey: 'kem', id: kem.id })
    if (preKeyId !== undefined) draft.delete(oneTimePreKeyKey(preKeyId))
    if (kemPreKey !== undefined && !kemPreKey.lastResort) draft.delete(kemPreKeyKey(kemPreKey.id))
    const isUnmarked = oneTimePreKey === undefined && kemPreKey?.lastResort !== false
    const uses = isUnmarked ? enterInLedger(draft, message) : 0
    if (uses === UNREAD) return UNREAD
    session = acceptSession(message, {
      ourIdentity: context.self.identity,
      ourRegistrationId: context.self.registrationId,
      ends,
      pqRatchet,
      signedPreKey: signedPreKey.keyPair,
      oneTimePreKey: oneTimePreKey?.keyPair,
      kem:
        kem === undefined || kemPreKey === undefined
          ? undefined
          : { keyPair: kemPreKey.keyPair, ciphertext: parseKemCiphertext(kem.ciphertext) },
    })
    const notices: Notice[] = preKeyId === undefined ? [{ kind: 'no-one-time-key' }] : lowNotice(draft, preKeyId)
    return { session, notices: uses < WORN_LEDGER_ENTRIES ? notices : [...notices, { kind: 'last-resort-worn', uses }] }
  } finally {
    // The session's own from now on, if there is one.
    if (session === undefined) signedPreKey?.keyPair.privateKey.wipe()
    oneTimePreKey?.keyPair.privateKey.wipe()
    kemPreKey?.keyPair.secretKey.wipe()
  }
}

/**
 * Says that one-time prekeys run low. Ids rise and relays hand them out in order, so the newest id tells how many are left, whatever the
 * number of records: counting them would cost more with every prekey that is kept.
 */
function lowNotice(draft: Draft, usedId: number): Notice[] {
  const account = draft.read(ACCOUNT)
  if (account === undefined || account === UNREAD) return []
  const { nextIds, identity } = decodeAccount(account)
  identity.privateKey.wipe()
  const remaining = nextIds.oneTimePreKey - 1 - usedId
  return remaining < LOW_WATER ? [{ kind: 'pre-keys-low', remaining: Math.max(0, remaining) }] : []
}

type Read = ReturnType<Draft['read']>

/** Asks for the prekeys that a first message names. */
export function readPreKeys(
  draft: Draft,
  { preKeyId, signedPreKeyId, kem }: PreKeySignalMessage,
): { readonly signed: Read; readonly oneTime: Read; readonly kemRecord: Read } {
  // For the notice that prekeys run low.
  if (preKeyId !== undefined) draft.read(ACCOUNT)
  return {
    signed: draft.read(signedPreKeyKey(signedPreKeyId)),
    oneTime: preKeyId === undefined ? undefined : draft.read(oneTimePreKeyKey(preKeyId)),
    kemRecord: kem === undefined ? undefined : draft.read(kemPreKeyKey(kem.id)),
  }
}

/**
 * Marks the base key of a first message that used up no key: without the mark, the message could be replayed once its session is
 * gone. Spec: libsignal wire 5.6.
 *
 * @returns how many there are of the same prekeys, this one included; or {@link UNREAD}. If nobody can tell, it is time to rotate them.
 */
function enterInLedger(draft: Draft, { kem, signedPreKeyId, baseKey }: PreKeySignalMessage): number | typeof UNREAD {
  const ids = { kemPreKeyId: kem?.id, signedPreKeyId }
  const entry = ledgerEntryKey(ids, baseKey)
  const marked = draft.read(entry)
  const ledger = draft.read(ledgerKey(ids))
  if (marked === UNREAD || ledger === UNREAD) return UNREAD
  if (marked !== undefined) throw new BisikError('replayed-base-key', {})
  const entries = ledger === undefined ? 0 : (readable(ledger, decodeLedger) ?? WORN_LEDGER_ENTRIES)
  if (entries >= MAX_LEDGER_ENTRIES) throw new BisikError('pre-key-worn-out', {})
  draft.put(entry, new Uint8Array(0))
  draft.put(ledgerKey(ids), encodeLedger(entries + 1))
  return entries + 1
}
