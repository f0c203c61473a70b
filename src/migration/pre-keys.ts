/**
 * Moves prekeys between bisik and libsignal-client, in either direction, and with them the base keys that were used: without those, a
 * first message could be delivered again. What is exported is gone here, in the same commit. Knows no field of a foreign record.
 */
import { booleanArgument, listArgument, objectArgument } from '../arguments.js'
import { type Bytes, concatBytes, fromHex, toHex } from '../bytes.js'
import type { Client } from '../client/client.js'
import { bytesCopy } from '../client/frame/arguments.js'
import { contextOf } from '../client/frame/context.js'
import { decodedOf, isDamage } from '../client/frame/damage.js'
import { Draft } from '../client/frame/draft.js'
import { persistOf } from '../client/frame/options.js'
import type { AppRecords } from '../client/frame/results.js'
import { writeAppRecords } from '../client/state/peer-transaction.js'
import { EC_PUBLIC_KEY_LENGTH, type EcPublicKey, parseEcPublicKey } from '../crypto/keys.js'
import type { EpochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { KemPreKey, OneTimePreKey, SignedPreKey } from '../protocol/handshake/pre-keys.js'
import { MAX_LEDGER_ENTRIES } from '../protocol/limits.js'
import { type Account, decodeAccount, encodeAccount } from '../records/account-record.js'
import {
  ACCOUNT,
  KEM_PRE_KEYS,
  kemPreKeyKey,
  LEDGERS,
  type LedgerIds,
  ledgerEntryKey,
  ledgerKey,
  ONE_TIME_PRE_KEYS,
  oneTimePreKeyKey,
  SIGNED_PRE_KEYS,
  signedPreKeyKey,
} from '../records/names.js'
import {
  decodeKemPreKey,
  decodeLedger,
  decodeOneTimePreKey,
  decodeSignedPreKey,
  encodeKemPreKey,
  encodeLedger,
  encodeOneTimePreKey,
  encodeSignedPreKey,
} from '../records/pre-key-records.js'
import type { RecordKey } from '../store/key-store.js'
import { parseRecordKey } from '../store/record-key.js'
import { listKeys, type Outcome, type RecordView, transact } from '../store/transact.js'
import {
  decodeLibsignalKemPreKey,
  decodeLibsignalPreKey,
  decodeLibsignalSignedPreKey,
  encodeLibsignalKemPreKey,
  encodeLibsignalPreKey,
  encodeLibsignalSignedPreKey,
  libsignalPreKeyId,
} from './pre-key-records.js'

const EC_TYPE = Uint8Array.of(0x05)
// Marks are named, so they are listed; who uses base keys faster than they are listed, so often, is a flood.
const MAX_LISTINGS = 8
// Ids are 32 bits wide, and those we give go on behind the highest: one near the end leaves them where they are.
const MAX_NEXT_ID = 0x7fff_ffff

/** Prekeys of a libsignal-client installation, as serialized records. */
export interface LibsignalPreKeys {
  readonly preKeys: readonly Uint8Array[]
  readonly signedPreKeys: readonly Uint8Array[]
  readonly kyberPreKeys: readonly { readonly record: Uint8Array; readonly lastResort: boolean }[]
  /**
   * What `markKyberPreKeyUsed` was told: with these, a first message that was delivered there is not delivered again here. At most 100,000
   * base keys in all.
   */
  readonly usedBaseKeys?: readonly UsedBaseKeys[] | undefined
}

/** The base keys of first messages that used the same two prekeys. */
export interface UsedBaseKeys {
  /** None for first messages without Kyber (X3DH). */
  readonly kyberPreKeyId?: number | undefined
  readonly signedPreKeyId: number
  /** 33 bytes each. */
  readonly baseKeys: readonly Uint8Array[]
}

/** What became of prekeys that were to be taken over. */
export interface ImportedPreKeys {
  /** How many were. */
  readonly taken: { readonly preKeys: number; readonly signedPreKeys: number; readonly kyberPreKeys: number; readonly usedBaseKeys: number }
  readonly dropped: readonly DroppedPreKey[]
}

/** A prekey, or base keys, that could not be used. */
export interface DroppedPreKey {
  readonly kind: 'pre-key' | 'signed-pre-key' | 'kyber-pre-key' | 'used-base-keys'
  /** The prekey's id (of base keys, that of the Kyber prekey), if it can be read. */
  readonly id: number | undefined
  /** The place in its list. */
  readonly index: number
  /** `corrupt`: does not decode. `already-taken`: the id is in use here. `not-needed`: no prekey is here that could be used with them again. */
  readonly reason: 'corrupt' | 'already-taken' | 'not-needed'
}

/** {@link LibsignalPreKeys}, and the kinds and ids of those that are damaged here: they are gone as well. */
export interface ExportedPreKeys extends LibsignalPreKeys {
  readonly usedBaseKeys: readonly UsedBaseKeys[]
  readonly damaged: readonly { readonly kind: 'pre-key' | 'signed-pre-key' | 'kyber-pre-key'; readonly id: number }[]
}

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
    for (const ledger of needed) enter(put, view, ledger)
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
      return exportListed(new Draft(view), view, listings, persist)
    })
    if (exported !== undefined) return exported
  }
  throw new BisikError('store-contention', { attempts: MAX_LISTINGS, milliseconds: 0 })
}

function exportListed(
  draft: Draft,
  view: RecordView,
  listings: readonly (readonly RecordKey[])[],
  persist: ((preKeys: ExportedPreKeys) => AppRecords) | undefined,
): Outcome<ExportedPreKeys> {
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

function writeOneTime(preKey: OneTimePreKey): Bytes {
  const record = encodeLibsignalPreKey(preKey)
  preKey.keyPair.privateKey.wipe()
  return record
}

function writeSigned(preKey: SignedPreKey): Bytes {
  const record = encodeLibsignalSignedPreKey(preKey)
  preKey.keyPair.privateKey.wipe()
  return record
}

function writeKem(preKey: KemPreKey): { readonly record: Bytes; readonly lastResort: boolean } {
  const record = encodeLibsignalKemPreKey(preKey)
  preKey.keyPair.secretKey.wipe()
  return { record, lastResort: preKey.lastResort }
}

/** The base keys in the names of marks. */
function usedBaseKeysIn(names: readonly RecordKey[]): readonly UsedBaseKeys[] {
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

/** A prekey that decodes, as ours: its name and its record. */
interface ForeignPreKey {
  readonly kind: 'pre-key' | 'signed-pre-key' | 'kyber-pre-key'
  readonly id: number
  readonly index: number
  readonly name: RecordKey
  readonly record: Bytes
  readonly createdAt: EpochMillis | undefined
  readonly lastResort: boolean
}

/** Reads prekeys one by one; of two with one id, the first. */
function readPreKeys({ preKeys, signedPreKeys, kyberPreKeys }: LibsignalPreKeys): {
  readonly preKeys: readonly ForeignPreKey[]
  readonly dropped: readonly DroppedPreKey[]
} {
  const read: ForeignPreKey[] = []
  const dropped: DroppedPreKey[] = []
  const names = new Set<RecordKey>()
  const take = (
    kind: ForeignPreKey['kind'],
    bytes: Uint8Array,
    index: number,
    decode: () => Omit<ForeignPreKey, 'kind' | 'index'>,
  ): void => {
    const preKey = decodedOf(decode)
    if (isDamage(preKey)) dropped.push({ kind, id: libsignalPreKeyId(bytes), index, reason: 'corrupt' })
    else if (names.has(preKey.name)) dropped.push({ kind, id: preKey.id, index, reason: 'already-taken' })
    else read.push({ ...preKey, kind, index })
    if (!isDamage(preKey)) names.add(preKey.name)
  }
  for (const [index, one] of listArgument(preKeys, 'preKeys').entries()) {
    const bytes = bytesCopy(one, 'preKeys')
    take('pre-key', bytes, index, () => oneTimeOf(bytes))
  }
  for (const [index, one] of listArgument(signedPreKeys, 'signedPreKeys').entries()) {
    const bytes = bytesCopy(one, 'signedPreKeys')
    take('signed-pre-key', bytes, index, () => signedOf(bytes))
  }
  for (const [index, one] of listArgument(kyberPreKeys, 'kyberPreKeys').entries()) {
    const { record, lastResort } = objectArgument(one, 'kyberPreKeys')
    const bytes = bytesCopy(record, 'kyberPreKeys')
    const isLastResort = booleanArgument(lastResort, 'lastResort')
    take('kyber-pre-key', bytes, index, () => kemOf(bytes, isLastResort))
  }
  return { preKeys: read, dropped }
}

type Read = Omit<ForeignPreKey, 'kind' | 'index'>

function oneTimeOf(bytes: Uint8Array): Read {
  const preKey = decodeLibsignalPreKey(bytes)
  const record = encodeOneTimePreKey(preKey)
  preKey.keyPair.privateKey.wipe()
  return { id: preKey.id, name: oneTimePreKeyKey(preKey.id), record, createdAt: undefined, lastResort: false }
}

function signedOf(bytes: Uint8Array): Read {
  const preKey = decodeLibsignalSignedPreKey(bytes)
  const record = encodeSignedPreKey(preKey)
  preKey.keyPair.privateKey.wipe()
  return { id: preKey.id, name: signedPreKeyKey(preKey.id), record, createdAt: preKey.createdAt, lastResort: false }
}

function kemOf(bytes: Uint8Array, lastResort: boolean): Read {
  const preKey = decodeLibsignalKemPreKey(bytes, lastResort)
  const record = encodeKemPreKey(preKey)
  preKey.keyPair.secretKey.wipe()
  return { id: preKey.id, name: kemPreKeyKey(preKey.id), record, createdAt: preKey.createdAt, lastResort }
}

/** Base keys that were used with two prekeys. */
interface UsedLedger {
  readonly ids: LedgerIds
  readonly index: number
  readonly baseKeys: Map<RecordKey, EcPublicKey>
}

/** Reads base keys entry by entry; entries of the same prekeys are one ledger. */
function readUsedBaseKeys(entries: readonly UsedBaseKeys[] | undefined): {
  readonly ledgers: readonly UsedLedger[]
  readonly dropped: readonly DroppedPreKey[]
} {
  const ledgers = new Map<RecordKey, UsedLedger>()
  const dropped: DroppedPreKey[] = []
  let count = 0
  for (const [index, entry] of listArgument(entries ?? [], 'usedBaseKeys').entries()) {
    const { kyberPreKeyId, signedPreKeyId, baseKeys } = objectArgument(entry, 'usedBaseKeys')
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
function canBeReplayed({ signedPreKeys, lastResortKemPreKeys }: Account, { kemPreKeyId, signedPreKeyId }: LedgerIds): boolean {
  const hasKem = kemPreKeyId === undefined || lastResortKemPreKeys.some(({ id }) => id === kemPreKeyId)
  return hasKem && signedPreKeys.some(({ id }) => id === signedPreKeyId)
}

/** Marks base keys as used. Marks that are there already are counted twice: the count is a bound. */
function enter(put: Map<RecordKey, Uint8Array>, view: RecordView, { ids, baseKeys }: UsedLedger): void {
  const record = view.get(ledgerKey(ids))
  const counted = record === undefined ? 0 : decodedOf(() => decodeLedger(record))
  for (const name of baseKeys.keys()) put.set(name, new Uint8Array(0))
  put.set(ledgerKey(ids), encodeLedger((isDamage(counted) ? 0 : counted) + baseKeys.size))
}

function accountWith(account: Account, taken: readonly ForeignPreKey[]): Account {
  const rotated = (isOne: (preKey: ForeignPreKey) => boolean) =>
    taken
      .filter(isOne)
      .flatMap(({ id, createdAt }) => (createdAt === undefined ? [] : [{ id, createdAt }]))
      .sort((a, b) => b.createdAt - a.createdAt)
  const after = (next: number, kind: ForeignPreKey['kind']) =>
    taken.reduce((free, { kind: one, id }) => (one === kind && id <= MAX_NEXT_ID ? Math.max(free, id + 1) : free), next)
  const { nextIds } = account
  return {
    ...account,
    generation: account.generation + 1,
    nextIds: {
      oneTimePreKey: after(nextIds.oneTimePreKey, 'pre-key'),
      signedPreKey: after(nextIds.signedPreKey, 'signed-pre-key'),
      kemPreKey: after(nextIds.kemPreKey, 'kyber-pre-key'),
    },
    signedPreKeys: [...account.signedPreKeys, ...rotated(({ kind }) => kind === 'signed-pre-key')],
    lastResortKemPreKeys: [...account.lastResortKemPreKeys, ...rotated(({ lastResort }) => lastResort)],
  }
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

function notNeeded({ ids, index }: UsedLedger): DroppedPreKey {
  return { kind: 'used-base-keys', id: ids.kemPreKeyId, index, reason: 'not-needed' }
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
