/**
 * Moves prekeys between bisik and libsignal-client, in either direction, and with them the base keys that were used: without those, a
 * first message could be delivered again. What is exported is gone here, in the same commit.
 */
import { objectArgument } from '../arguments.js'
import { toHex } from '../bytes.js'
import type { Client } from '../client/client.js'
import { contextOf } from '../client/frame/context.js'
import { decodedOf, isDamage } from '../client/frame/damage.js'
import { Draft } from '../client/frame/draft.js'
import { persistOf } from '../client/frame/options.js'
import type { AppRecords } from '../client/frame/results.js'
import { writeAppRecords } from '../client/state/peer-transaction.js'
import { BisikError } from '../errors.js'
import { type Account, decodeAccount, encodeAccount } from '../records/account-record.js'
import { ACCOUNT, KEM_PRE_KEYS, LEDGERS, ledgerKey, ONE_TIME_PRE_KEYS, SIGNED_PRE_KEYS } from '../records/names.js'
import { decodeKemPreKey, decodeOneTimePreKey, decodeSignedPreKey } from '../records/pre-key-records.js'
import type { RecordKey } from '../store/key-store.js'
import { parseRecordKey } from '../store/record-key.js'
import { listKeys, type Outcome, type RecordView, transact } from '../store/transact.js'
import { accountWith, type ForeignPreKey, readPreKeys, writeKem, writeOneTime, writeSigned } from './foreign-pre-keys.js'
import type { DroppedPreKey, ExportedPreKeys, ImportedPreKeys, LibsignalPreKeys } from './moved-pre-keys.js'
import { canBeReplayed, enterUsed, notNeeded, readUsedBaseKeys, type UsedLedger, usedBaseKeysIn } from './used-base-keys.js'

// The marks of base keys must be listed, and the list is out of date when another base key was used meanwhile. That this happens so often
// in a row means a flood of first messages.
const MAX_LISTINGS = 8

/**
 * Takes over prekeys, so that first messages made for them open here. What cannot be used is left out and named; the rest is taken.
 *
 * @throws BisikError `corrupt-record` or `already-taken` if there are prekeys to take and none can be used; `invalid-argument`.
 */
export async function importPreKeys(client: Client, records: LibsignalPreKeys): Promise<ImportedPreKeys> {
  const context = contextOf(client)
  const foreign = readPreKeys(objectArgument(records, 'records'))
  const used = readUsedBaseKeys(records.usedBaseKeys)
  return transact<ImportedPreKeys>(context.store, [ACCOUNT], (view) => {
    const account = readAccount(view)
    const missing = foreign.preKeys.map(({ name }) => name).filter((name) => !view.isRead(name))
    if (missing.length > 0) return { need: missing }
    const taken = foreign.preKeys.filter(({ name }) => !view.has(name))
    const dropped = [...foreign.dropped, ...foreign.preKeys.filter(({ name }) => view.has(name)).map(alreadyTaken), ...used.dropped]
    if (taken.length === 0 && dropped.some(({ kind }) => kind !== 'used-base-keys')) throw noneOf(dropped)
    const next = accountWith(account, taken)
    const needed = used.ledgers.filter(({ ids }) => canBeReplayed(next, ids))
    const counts = needed.map(({ ids }) => ledgerKey(ids)).filter((name) => !view.isRead(name))
    if (counts.length > 0) return { need: counts }
    for (const ledger of used.ledgers) if (!needed.includes(ledger)) dropped.push(notNeeded(ledger))
    const put = new Map<RecordKey, Uint8Array>(taken.map(({ name, record }) => [name, record]))
    for (const ledger of needed) enterUsed(put, view, ledger)
    put.set(ACCOUNT, encodeAccount(next))
    return { put, result: { taken: counted(taken, needed), dropped } }
  })
}

/**
 * Gives the unused prekeys back to libsignal-client, with the base keys that were used, and deletes them here, in the same commit.
 *
 * @param options - `persist`: records that join the commit, so that a crash right after it does not lose the prekeys.
 */
export async function exportPreKeys(
  client: Client,
  options: { readonly persist?: (preKeys: ExportedPreKeys) => AppRecords } = {},
): Promise<ExportedPreKeys> {
  const { store } = contextOf(client)
  const persist = persistOf(options)
  for (let attempt = 1; attempt <= MAX_LISTINGS; attempt++) {
    const before = await transact<LedgerState>(store, [ACCOUNT], (view) => {
      const missing = ledgersOf(readAccount(view)).filter((name) => !view.isRead(name))
      return missing.length > 0 ? { need: missing } : { result: ledgerState(view) }
    })
    const listings = await Promise.all([ONE_TIME_PRE_KEYS, SIGNED_PRE_KEYS, KEM_PRE_KEYS, LEDGERS].map((prefix) => listKeys(store, prefix)))
    const exported = await transact<ExportedPreKeys | undefined>(store, [ACCOUNT], (view) => {
      const names = [...listings.slice(0, 3).flat(), ...ledgersOf(readAccount(view))]
      const missing = names.filter((name) => !view.isRead(name))
      if (missing.length > 0) return { need: missing }
      // A first message may have used a base key since the marks were listed: then they are listed again.
      if (!isSameLedger(before, ledgerState(view))) return { result: undefined }
      return exportListed(view, listings, persist)
    })
    if (exported !== undefined) return exported
  }
  throw new BisikError('store-contention', { attempts: MAX_LISTINGS, milliseconds: 0 })
}

function exportListed(
  view: RecordView,
  listings: readonly (readonly RecordKey[])[],
  persist: ((preKeys: ExportedPreKeys) => AppRecords) | undefined,
): Outcome<ExportedPreKeys> {
  const draft = new Draft(view)
  const [oneTime = [], signed = [], kem = [], ledgers = []] = listings
  const damaged: ExportedPreKeys['damaged'][number][] = []
  /** Each prekey that is still there, written as libsignal does and wiped. */
  const each = <T, Written>(
    kind: (typeof damaged)[number]['kind'],
    names: readonly RecordKey[],
    { decode, write }: { readonly decode: (id: number, bytes: Uint8Array) => T; readonly write: (preKey: T) => Written },
  ): Written[] =>
    names.flatMap((name) => {
      const id = Number(parseRecordKey(name)[1])
      const bytes = view.get(name)
      const preKey = bytes === undefined ? undefined : decodedOf(() => decode(id, bytes))
      if (isDamage(preKey)) damaged.push({ kind, id })
      return preKey === undefined || isDamage(preKey) ? [] : [write(preKey)]
    })
  const preKeys: ExportedPreKeys = {
    preKeys: each('pre-key', oneTime, { decode: decodeOneTimePreKey, write: writeOneTime }),
    signedPreKeys: each('signed-pre-key', signed, { decode: decodeSignedPreKey, write: writeSigned }),
    kyberPreKeys: each('kyber-pre-key', kem, { decode: decodeKemPreKey, write: writeKem }),
    usedBaseKeys: usedBaseKeysIn(ledgers),
    damaged,
  }
  const account = readAccount(view)
  for (const name of [...oneTime, ...signed, ...kem, ...ledgers]) draft.delete(name)
  draft.put(ACCOUNT, encodeAccount({ ...account, generation: account.generation + 1, signedPreKeys: [], lastResortKemPreKeys: [] }))
  writeAppRecords(draft, persist?.(preKeys))
  return draft.end(preKeys)
}

/** What changes with every base key that is used. */
interface LedgerState {
  readonly generation: number
  readonly counts: readonly string[]
}

function ledgerState(view: RecordView): LedgerState {
  const account = readAccount(view)
  return { generation: account.generation, counts: ledgersOf(account).map((name) => toHex(view.get(name) ?? new Uint8Array(0))) }
}

function isSameLedger(a: LedgerState, b: LedgerState): boolean {
  return a.generation === b.generation && a.counts.join() === b.counts.join()
}

/** The counts of all ledgers that there can be. */
function ledgersOf({ signedPreKeys, lastResortKemPreKeys }: Account): RecordKey[] {
  const kemIds = [undefined, ...lastResortKemPreKeys.map(({ id }) => id)]
  return signedPreKeys.flatMap(({ id }) => kemIds.map((kemPreKeyId) => ledgerKey({ kemPreKeyId, signedPreKeyId: id })))
}

function counted(taken: readonly ForeignPreKey[], ledgers: readonly UsedLedger[]): ImportedPreKeys['taken'] {
  const count = (kind: ForeignPreKey['kind']) => taken.filter((preKey) => preKey.kind === kind).length
  return {
    preKeys: count('pre-key'),
    signedPreKeys: count('signed-pre-key'),
    kyberPreKeys: count('kyber-pre-key'),
    usedBaseKeys: ledgers.reduce((sum, { baseKeys }) => sum + baseKeys.size, 0),
  }
}

function alreadyTaken({ kind, id, index }: ForeignPreKey): DroppedPreKey {
  return { kind, id, index, reason: 'already-taken' }
}

/** Why nothing was taken over. */
function noneOf(dropped: readonly DroppedPreKey[]): BisikError {
  const isTaken = dropped.some(({ reason }) => reason === 'already-taken')
  return isTaken ? new BisikError('already-taken', { what: 'prekey id' }) : new BisikError('corrupt-record', { record: 'libsignal prekey' })
}

function readAccount(view: RecordView): Account {
  const record = view.get(ACCOUNT)
  if (record === undefined) throw new BisikError('account-not-found', {})
  return decodeAccount(record)
}
