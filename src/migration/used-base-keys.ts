/**
 * Base keys of first messages that were delivered: libsignal has them in lists, bisik marks each with a record. With them a first message
 * is not delivered a second time after a move.
 */
import { listArgument, objectArgument } from '../arguments.js'
import { type Bytes, concatBytes, fromHex } from '../bytes.js'
import { bytesCopy } from '../client/frame/arguments.js'
import { decodedOf, isDamage } from '../client/frame/damage.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { MAX_LEDGER_ENTRIES } from '../protocol/limits.js'
import type { Account } from '../records/account-record.js'
import { type LedgerIds, ledgerEntryKey, ledgerKey } from '../records/names.js'
import { decodeLedger, encodeLedger } from '../records/pre-key-records.js'
import type { RecordKey } from '../store/key-store.js'
import { parseRecordKey } from '../store/record-key.js'
import type { Part, Transaction } from '../store/transaction.js'
import type { DroppedPreKey, UsedBaseKeys } from './moved-pre-keys.js'

const EC_TYPE = Uint8Array.of(0x05)

/** Base keys that were used with two prekeys. */
export interface UsedLedger {
  readonly ids: LedgerIds
  readonly index: number
  readonly baseKeys: Map<RecordKey, EcPublicKey>
}

/** Reads base keys entry by entry. Entries for the same prekeys make one ledger. */
export function readUsedBaseKeys(entries: readonly UsedBaseKeys[] | undefined): {
  readonly ledgers: readonly UsedLedger[]
  readonly dropped: readonly DroppedPreKey[]
} {
  const ledgers = new Map<RecordKey, UsedLedger>()
  const dropped: DroppedPreKey[] = []
  let count = 0
  for (const [index, entry] of listArgument(entries ?? [], 'usedBaseKeys').entries()) {
    const { kyberPreKeyId, signedPreKeyId, baseKeys } = objectArgument(
      entry,
      'usedBaseKeys',
      ({ kyberPreKeyId, signedPreKeyId, baseKeys }) => ({ kyberPreKeyId, signedPreKeyId, baseKeys }),
    )
    const ids: LedgerIds = { kemPreKeyId: kyberPreKeyId ?? undefined, signedPreKeyId }
    const keys = listArgument(baseKeys, 'baseKeys')
    count += keys.length
    if (count > MAX_LEDGER_ENTRIES) {
      throw new BisikError('invalid-argument', { argument: 'usedBaseKeys', expected: `at most ${MAX_LEDGER_ENTRIES} base keys in all` })
    }
    const corrupt: DroppedPreKey = { kind: 'used-base-keys', id: ids.kemPreKeyId, index, reason: 'corrupt' }
    if (!isPreKeyId(signedPreKeyId) || !(ids.kemPreKeyId === undefined || isPreKeyId(ids.kemPreKeyId))) {
      dropped.push({ ...corrupt, id: undefined })
      continue
    }
    const ledger = ledgers.get(ledgerKey(ids)) ?? { ids, index, baseKeys: new Map<RecordKey, EcPublicKey>() }
    ledgers.set(ledgerKey(ids), ledger)
    const read = keys.map((key) => baseKeyOf(bytesCopy(key, 'baseKeys')))
    if (read.includes(undefined)) dropped.push(corrupt)
    for (const key of read) if (key !== undefined) ledger.baseKeys.set(ledgerEntryKey(ids, key), key)
  }
  return { ledgers: [...ledgers.values()], dropped }
}

function baseKeyOf(bytes: Uint8Array): EcPublicKey | undefined {
  return bytes.length === EC_PUBLIC_KEY_LENGTH && bytes[0] === EC_TYPE[0] ? parseEcPublicKey(bytes) : undefined
}

function isPreKeyId(id: unknown): id is number {
  return Number.isInteger(id) && (id as number) >= 0 && (id as number) <= 0xffff_ffff
}

/** Only what may be used more than once can be replayed: the last-resort prekey, or no KEM prekey at all. */
export function canBeReplayed({ signedPreKeys, lastResortKemPreKeys }: Account, { kemPreKeyId, signedPreKeyId }: LedgerIds): boolean {
  const hasKem = kemPreKeyId === undefined || lastResortKemPreKeys.some(({ id }) => id === kemPreKeyId)
  return hasKem && signedPreKeys.some(({ id }) => id === signedPreKeyId)
}

/** Marks base keys as used. A mark that is there already is counted again, which is harmless: the count is a bound. */
export function* enterUsed(tx: Transaction, { ids, baseKeys }: UsedLedger): Part<void> {
  const [record] = yield* tx.read(ledgerKey(ids))
  const counted = record === undefined ? 0 : decodedOf(() => decodeLedger(record))
  for (const name of baseKeys.keys()) tx.put(name, new Uint8Array(0))
  tx.put(ledgerKey(ids), encodeLedger((isDamage(counted) ? 0 : counted) + baseKeys.size))
}

/** The base keys in the names of marks. */
export function usedBaseKeysIn(names: readonly RecordKey[]): readonly UsedBaseKeys[] {
  const ledgers = new Map<
    string,
    { readonly kyberPreKeyId: number | undefined; readonly signedPreKeyId: number; readonly baseKeys: Bytes[] }
  >()
  for (const name of names) {
    const [, kem = '', signed = '', mark] = parseRecordKey(name)
    const coordinate = mark === undefined ? undefined : fromHex(mark)
    if (coordinate === undefined) continue
    const pair = `${kem}/${signed}`
    const ledger = ledgers.get(pair) ?? {
      kyberPreKeyId: kem === 'none' ? undefined : Number(kem),
      signedPreKeyId: Number(signed),
      baseKeys: [],
    }
    ledger.baseKeys.push(concatBytes(EC_TYPE, coordinate))
    ledgers.set(pair, ledger)
  }
  return [...ledgers.values()]
}

/** That base keys were left out, because none of the prekeys they were used with is here. */
export function notNeeded({ ids, index }: UsedLedger): DroppedPreKey {
  return { kind: 'used-base-keys', id: ids.kemPreKeyId, index, reason: 'not-needed' }
}
