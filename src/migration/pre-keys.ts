/**
 * Moves prekeys between bisik and libsignal-client, in either direction, and with them the base keys that were used: without those, a
 * first message could be delivered again. What is exported is gone here, in the same commit.
 */
import { objectArgument } from '../arguments.js'
import { toHex } from '../bytes.js'
import { readAccount } from '../client/account/pre-keys.js'
import type { Client } from '../client/client.js'
import { writeAppRecords } from '../client/frame/app-records.js'
import { contextOf } from '../client/frame/context.js'
import { decodedOf, isDamage } from '../client/frame/damage.js'
import { Draft } from '../client/frame/draft.js'
import { persistOf } from '../client/frame/options.js'
import type { Persist } from '../client/frame/results.js'
import { BisikError } from '../errors.js'
import { type Account, encodeAccount } from '../records/account-record.js'
import { ACCOUNT, KEM_PRE_KEYS, LEDGERS, ledgerKey, ONE_TIME_PRE_KEYS, SIGNED_PRE_KEYS } from '../records/names.js'
import { decodeKemPreKey, decodeOneTimePreKey, decodeSignedPreKey } from '../records/pre-key-records.js'
import type { RecordKey } from '../store/key-store.js'
import { parseRecordKey } from '../store/record-key.js'
import { listKeys, transact } from '../store/transact.js'
import type { Part, Transaction } from '../store/transaction.js'
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
  const { usedBaseKeys, ...preKeys } = objectArgument(records, 'records', (given) => ({
    preKeys: given.preKeys,
    signedPreKeys: given.signedPreKeys,
    kyberPreKeys: given.kyberPreKeys,
    usedBaseKeys: given.usedBaseKeys,
  }))
  const foreign = readPreKeys(preKeys)
  const used = readUsedBaseKeys(usedBaseKeys)
  return transact<ImportedPreKeys>(context.store, function* (tx) {
    const account = yield* readAccount(tx)
    const there: readonly (Uint8Array | undefined)[] = yield* tx.read(...foreign.preKeys.map(({ name }) => name))
    const taken = foreign.preKeys.filter((_, i) => there[i] === undefined)
    const dropped = [...foreign.dropped, ...foreign.preKeys.filter((_, i) => there[i] !== undefined).map(alreadyTaken), ...used.dropped]
    if (taken.length === 0 && dropped.some(({ kind }) => kind !== 'used-base-keys')) throw noneOf(dropped)
    const next = accountWith(account, taken)
    const needed = used.ledgers.filter(({ ids }) => canBeReplayed(next, ids))
    for (const ledger of used.ledgers) if (!needed.includes(ledger)) dropped.push(notNeeded(ledger))
    for (const { name, record } of taken) tx.put(name, record)
    for (const ledger of needed) yield* enterUsed(tx, ledger)
    tx.put(ACCOUNT, encodeAccount(next))
    return { taken: counted(taken, needed), dropped }
  })
}

/**
 * Gives the unused prekeys back to libsignal-client, with the base keys that were used, and deletes them here, in the same commit.
 *
 * @param options - `persist`: records that join the commit, so that a crash right after it does not lose the prekeys.
 */
export async function exportPreKeys(
  client: Client,
  options: { readonly persist?: Persist<ExportedPreKeys> } = {},
): Promise<ExportedPreKeys> {
  const { store } = contextOf(client)
  const persist = persistOf(options)
  for (let attempt = 1; attempt <= MAX_LISTINGS; attempt++) {
    const before = await transact<LedgerState>(store, ledgerState)
    const listings = await Promise.all([ONE_TIME_PRE_KEYS, SIGNED_PRE_KEYS, KEM_PRE_KEYS, LEDGERS].map((prefix) => listKeys(store, prefix)))
    const exported = await transact<ExportedPreKeys | undefined>(store, function* (tx) {
      // A first message may have used a base key since the marks were listed: then they are listed again.
      if (!isSameLedger(before, yield* ledgerState(tx))) return undefined
      return yield* exportListed(new Draft(tx), listings, persist)
    })
    if (exported !== undefined) return exported
  }
  throw new BisikError('store-contention', { attempts: MAX_LISTINGS, milliseconds: 0 })
}

function* exportListed(
  draft: Draft,
  listings: readonly (readonly RecordKey[])[],
  persist: Persist<ExportedPreKeys> | undefined,
): Part<ExportedPreKeys> {
  const [oneTime = [], signed = [], kem = [], ledgers = []] = listings
  const all = [...oneTime, ...signed, ...kem]
  const found: readonly (Uint8Array | undefined)[] = yield* draft.read(...all)
  const records = new Map(all.map((name, i) => [name, found[i]]))
  const damaged: ExportedPreKeys['damaged'][number][] = []
  /** Each prekey that is still there, written as libsignal does and wiped. */
  const each = <T, Written>(
    kind: (typeof damaged)[number]['kind'],
    names: readonly RecordKey[],
    { decode, write }: { readonly decode: (id: number, bytes: Uint8Array) => T; readonly write: (preKey: T) => Written },
  ): Written[] =>
    names.flatMap((name) => {
      const id = Number(parseRecordKey(name)[1])
      const bytes = records.get(name)
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
  const account = yield* readAccount(draft)
  for (const name of [...all, ...ledgers]) draft.delete(name)
  draft.put(ACCOUNT, encodeAccount({ ...account, generation: account.generation + 1, signedPreKeys: [], lastResortKemPreKeys: [] }))
  yield* writeAppRecords(draft, persist, preKeys)
  return preKeys
}

/** What changes with every base key that is used. */
interface LedgerState {
  readonly generation: number
  readonly counts: readonly string[]
}

function* ledgerState(tx: Pick<Transaction, 'read'>): Part<LedgerState> {
  const account = yield* readAccount(tx)
  const counts: readonly (Uint8Array | undefined)[] = yield* tx.read(...ledgersOf(account))
  return { generation: account.generation, counts: counts.map((count) => toHex(count ?? new Uint8Array(0))) }
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
