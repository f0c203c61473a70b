/**
 * The recipient's prekeys that a first message names: read, used up with the commit that accepts it, and counted. Opens no message.
 */
import { parseKemCiphertext } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { MAX_LEDGER_ENTRIES } from '../protocol/limits.js'
import type { Ends, SessionState } from '../protocol/session.js'
import { acceptSession, type PqRatchetMode } from '../protocol/session-start.js'
import { decodeAccount } from '../records/account-record.js'
import { decodeKemPreKey, decodeLedger, decodeOneTimePreKey, decodeSignedPreKey, encodeLedger } from '../records/pre-key-records.js'
import { ACCOUNT, kemPreKeyKey, ledgerEntryKey, ledgerKey, oneTimePreKeyKey, signedPreKeyKey } from '../records/record-keys.js'
import type { PreKeySignalMessage } from '../wire/pre-key-message.js'
import type { Context } from './context.js'
import { decodedOf, isDamage } from './damage.js'
import { type Draft, UNREAD } from './draft.js'
import { LOW_WATER } from './pre-keys.js'
import type { Notice } from './results.js'

/** Accepts a handshake and uses up what it used up, with the commit. */
export function acceptFrom(
  context: Context,
  draft: Draft,
  message: PreKeySignalMessage,
  ends: Ends,
  pqRatchet: PqRatchetMode,
): SessionState | typeof UNREAD {
  const { preKeyId, signedPreKeyId, kem } = message
  const { signed, oneTime, kemRecord } = readPreKeys(draft, message)
  if (signed === UNREAD || oneTime === UNREAD || kemRecord === UNREAD) return UNREAD
  if (signed === undefined) throw new BisikError('pre-key-not-found', { preKey: 'signed', id: signedPreKeyId })
  if (preKeyId !== undefined && oneTime === undefined) throw new BisikError('pre-key-not-found', { preKey: 'one-time', id: preKeyId })
  if (kem !== undefined && kemRecord === undefined) throw new BisikError('pre-key-not-found', { preKey: 'kem', id: kem.id })

  const signedPreKey = decodeSignedPreKey(signedPreKeyId, signed)
  const oneTimePreKey = preKeyId === undefined || oneTime === undefined ? undefined : decodeOneTimePreKey(preKeyId, oneTime)
  const kemPreKey = kem === undefined || kemRecord === undefined ? undefined : decodeKemPreKey(kem.id, kemRecord)
  try {
    if (preKeyId !== undefined) draft.delete(oneTimePreKeyKey(preKeyId))
    if (kemPreKey !== undefined && !kemPreKey.lastResort) draft.delete(kemPreKeyKey(kemPreKey.id))
    if (oneTimePreKey === undefined && kemPreKey?.lastResort !== false && !enterInLedger(draft, message)) return UNREAD
    return acceptSession(message, {
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
  } finally {
    oneTimePreKey?.keyPair.privateKey.wipe()
    kemPreKey?.keyPair.secretKey.wipe()
  }
}

/**
 * Says that one-time prekeys run low. Ids rise and relays hand them out in order, so the newest id tells how many are left, whatever the
 * number of records: counting them would cost more with every prekey that is kept.
 */
export function lowNotice(draft: Draft, usedId: number): Notice[] {
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
 * @returns `false` if the ledger must be read first.
 */
function enterInLedger(draft: Draft, message: PreKeySignalMessage): boolean {
  const ids = { kemPreKeyId: message.kem?.id, signedPreKeyId: message.signedPreKeyId }
  const entry = ledgerEntryKey(ids, message.baseKey)
  const marked = draft.read(entry)
  const ledger = draft.read(ledgerKey(ids))
  if (marked === UNREAD || ledger === UNREAD) return false
  if (marked !== undefined) throw new BisikError('replayed-base-key', {})
  const counted = ledger === undefined ? 0 : decodedOf(() => decodeLedger(ledger))
  // The marks are what replays are known by; of a count that is damaged only the bound is lost.
  const entries = isDamage(counted) ? 0 : counted
  if (entries >= MAX_LEDGER_ENTRIES) throw new BisikError('pre-key-worn-out', {})
  draft.put(entry, new Uint8Array(0))
  draft.put(ledgerKey(ids), encodeLedger(entries + 1))
  return true
}
