/**
 * The recipient's prekeys that a first message names: read, used up with the commit that accepts it, and counted. Opens no message.
 */
import { parseKemCiphertext } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import type { KemPreKey, OneTimePreKey, SignedPreKey } from '../../protocol/handshake/pre-keys.js'
import { MAX_LEDGER_ENTRIES, WORN_LEDGER_ENTRIES } from '../../protocol/limits.js'
import type { SessionState } from '../../protocol/session/session.js'
import { acceptSession, type PqRatchetMode } from '../../protocol/session/start.js'
import { decodeAccount } from '../../records/account-record.js'
import { ACCOUNT, kemPreKeyKey, ledgerEntryKey, ledgerKey, oneTimePreKeyKey, signedPreKeyKey } from '../../records/names.js'
import { decodeKemPreKey, decodeLedger, decodeOneTimePreKey, decodeSignedPreKey, encodeLedger } from '../../records/pre-key-records.js'
import type { RecordKey } from '../../store/key-store.js'
import type { Part } from '../../store/transaction.js'
import type { PreKeySignalMessage } from '../../wire/pre-key-message.js'
import { LOW_WATER } from '../account/pre-keys.js'
import { readable } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import type { Notice } from '../frame/results.js'
import type { PeerScope } from '../state/archive.js'

/** A handshake that was accepted. */
interface Accepted {
  readonly session: SessionState
  /** What there is to tell of the prekeys that it used. */
  readonly notices: readonly Notice[]
}

/** Accepts a handshake and uses up what it used up, with the commit. */
export function* acceptFrom({ context, draft, peer }: PeerScope, message: PreKeySignalMessage, pqRatchet: PqRatchetMode): Part<Accepted> {
  const { preKeyId, kem } = message
  const { signedPreKey, oneTimePreKey, kemPreKey } = yield* readPreKeys(draft, message)
  let session: SessionState | undefined
  try {
    if (preKeyId !== undefined) draft.delete(oneTimePreKeyKey(preKeyId))
    if (kemPreKey !== undefined && !kemPreKey.lastResort) draft.delete(kemPreKeyKey(kemPreKey.id))
    const isUnmarked = oneTimePreKey === undefined && kemPreKey?.lastResort !== false
    const uses = isUnmarked ? yield* enterInLedger(draft, message) : 0
    session = acceptSession(message, {
      ourIdentity: context.self.identity,
      ourRegistrationId: context.self.registrationId,
      ends: { local: context.self.address, remote: peer },
      pqRatchet,
      signedPreKey: signedPreKey.keyPair,
      oneTimePreKey: oneTimePreKey?.keyPair,
      kem: kem && kemPreKey && { keyPair: kemPreKey.keyPair, ciphertext: parseKemCiphertext(kem.ciphertext) },
    })
    const notices: Notice[] = preKeyId === undefined ? [{ kind: 'no-one-time-key' }] : yield* lowNotice(draft, preKeyId)
    return { session, notices: uses < WORN_LEDGER_ENTRIES ? notices : [...notices, { kind: 'last-resort-worn', uses }] }
  } finally {
    // The session's own from now on, if there is one.
    if (session === undefined) signedPreKey.keyPair.privateKey.wipe()
    oneTimePreKey?.keyPair.privateKey.wipe()
    kemPreKey?.keyPair.secretKey.wipe()
  }
}

/** The prekeys that a first message names. */
interface NamedPreKeys {
  readonly signedPreKey: SignedPreKey
  readonly oneTimePreKey: OneTimePreKey | undefined
  readonly kemPreKey: KemPreKey | undefined
}

/** The records that accepting a first message reads, beside its ledger: the account is for the notice that prekeys run low. */
export function preKeyNames({ preKeyId, signedPreKeyId, kem }: PreKeySignalMessage): readonly RecordKey[] {
  return [
    signedPreKeyKey(signedPreKeyId),
    ...(preKeyId === undefined ? [] : [oneTimePreKeyKey(preKeyId), ACCOUNT]),
    ...(kem === undefined ? [] : [kemPreKeyKey(kem.id)]),
  ]
}

/**
 * Reads the prekeys that a first message names. One that is damaged is as good as gone: the sender is asked to begin anew, which a store
 * that lost a record can't do.
 *
 * @throws BisikError `pre-key-not-found`.
 */
function* readPreKeys(draft: Draft, { preKeyId, signedPreKeyId, kem }: PreKeySignalMessage): Part<NamedPreKeys> {
  const [signed] = yield* draft.read(signedPreKeyKey(signedPreKeyId))
  const [oneTime] = preKeyId === undefined ? [] : yield* draft.read(oneTimePreKeyKey(preKeyId))
  const [kemRecord] = kem === undefined ? [] : yield* draft.read(kemPreKeyKey(kem.id))
  const signedPreKey = readable(signed, (bytes) => decodeSignedPreKey(signedPreKeyId, bytes))
  const oneTimePreKey = preKeyId === undefined ? undefined : readable(oneTime, (bytes) => decodeOneTimePreKey(preKeyId, bytes))
  const kemPreKey = kem === undefined ? undefined : readable(kemRecord, (bytes) => decodeKemPreKey(kem.id, bytes))
  const missing = missingAmong([
    ['signed', signedPreKeyId, signedPreKey],
    ['one-time', preKeyId, oneTimePreKey],
    ['kem', kem?.id, kemPreKey],
  ])
  if (signedPreKey !== undefined && missing === undefined) return { signedPreKey, oneTimePreKey, kemPreKey }
  signedPreKey?.keyPair.privateKey.wipe()
  oneTimePreKey?.keyPair.privateKey.wipe()
  kemPreKey?.keyPair.secretKey.wipe()
  throw missing ?? new BisikError('internal', { reason: 'a prekey is missing that was found' })
}

type PreKeySort = 'signed' | 'one-time' | 'kem'

/** The refusal of the first prekey that is named and not there. */
function missingAmong(named: readonly (readonly [sort: PreKeySort, id: number | undefined, found: unknown])[]): BisikError | undefined {
  const missing = named.find(([, id, found]) => id !== undefined && found === undefined)
  return missing && new BisikError('pre-key-not-found', { preKey: missing[0], id: missing[1] ?? 0 })
}

/**
 * Says that one-time prekeys run low. Ids rise and relays hand them out in order, so the newest id tells how many are left, whatever the
 * number of records: counting them would cost more with every prekey that is kept.
 */
function* lowNotice(draft: Draft, usedId: number): Part<Notice[]> {
  const [account] = yield* draft.read(ACCOUNT)
  if (account === undefined) return []
  const { nextIds, identity } = decodeAccount(account)
  identity.privateKey.wipe()
  const remaining = nextIds.oneTimePreKey - 1 - usedId
  return remaining < LOW_WATER ? [{ kind: 'pre-keys-low', remaining: Math.max(0, remaining) }] : []
}

/**
 * Marks the base key of a first message that used up no key: without the mark, the message could be replayed once its session is
 * gone. Spec: libsignal wire 5.6.
 *
 * @returns how many there are of the same prekeys, this one included. If nobody can tell, it is time to rotate them.
 */
function* enterInLedger(draft: Draft, { kem, signedPreKeyId, baseKey }: PreKeySignalMessage): Part<number> {
  const ids = { kemPreKeyId: kem?.id, signedPreKeyId }
  const entry = ledgerEntryKey(ids, baseKey)
  const [marked, ledger] = yield* draft.read(entry, ledgerKey(ids))
  if (marked !== undefined) throw new BisikError('replayed-base-key', {})
  const entries = ledger === undefined ? 0 : (readable(ledger, decodeLedger) ?? WORN_LEDGER_ENTRIES)
  if (entries >= MAX_LEDGER_ENTRIES) throw new BisikError('pre-key-worn-out', {})
  draft.put(entry, new Uint8Array(0))
  draft.put(ledgerKey(ids), encodeLedger(entries + 1))
  return entries + 1
}
