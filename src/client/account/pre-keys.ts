/**
 * Prekeys of the account: making, rotating, counting. Knows ids and records, not how a prekey is made (`protocol/pre-keys.ts`) nor how
 * long it is kept (`pre-key-lifetimes.ts`).
 */

import { copyBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { type EpochMillis, nextTurn } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  generateKemPreKey,
  generateOneTimePreKey,
  generateSignedPreKey,
  type KemPreKey,
  type OneTimePreKey,
  type SignedPreKey,
} from '../../protocol/handshake/pre-keys.js'
import { WORN_LEDGER_ENTRIES } from '../../protocol/limits.js'
import { type Account, decodeAccount, encodeAccount } from '../../records/account-record.js'
import {
  ACCOUNT,
  KEM_PRE_KEYS,
  kemPreKeyKey,
  ledgerKey,
  ONE_TIME_PRE_KEYS,
  oneTimePreKeyKey,
  signedPreKeyKey,
} from '../../records/names.js'
import {
  decodeKemPreKey,
  decodeLedger,
  decodeSignedPreKey,
  encodeKemPreKey,
  encodeOneTimePreKey,
  encodeSignedPreKey,
} from '../../records/pre-key-records.js'
import type { RecordKey } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import type { Part, Transaction } from '../../store/transaction.js'
import { MAX_ONE_TIME_PRE_KEYS } from '../../wire/limits.js'
import type { PreKeyUpload } from '../../wire/pre-key-bundle.js'
import type { Context } from '../frame/context.js'
import { readable } from '../frame/damage.js'
import { withBatch, withdraw, withdrawnBelow, withUnlisted } from './pre-key-lifetimes.js'

/** Fewer one-time prekeys than this are reported as low. */
export const LOW_WATER = 20

// Prekeys made between two turns of the event loop: one is 2 to 4 ms of work where nothing is native.
const PRE_KEYS_PER_SLICE = 8

/**
 * Makes one-time prekeys of both kinds and returns them with the signed and the last-resort prekey in force, which are made when there
 * are none that serve. See `Client.generatePreKeys`.
 */
export async function generatePreKeys(context: Context, oneTimeCount: number): Promise<PreKeyUpload> {
  if (!Number.isInteger(oneTimeCount) || oneTimeCount < 0 || oneTimeCount > MAX_ONE_TIME_PRE_KEYS) {
    throw new BisikError('invalid-argument', { argument: 'oneTimeCount', expected: `a whole number from 0 to ${MAX_ONE_TIME_PRE_KEYS}` })
  }
  return makePreKeys(context, oneTimeCount, false)
}

/** Makes a new signed and a new last-resort prekey. See `Client.rotatePreKeys`. */
export async function rotatePreKeys(context: Context): Promise<PreKeyUpload> {
  return makePreKeys(context, 0, true)
}

/** How many one-time prekeys of each kind are unused. */
export async function countPreKeys(context: Context): Promise<{ readonly oneTime: number; readonly oneTimeKem: number }> {
  const account = await transact<Account>(context.store, readAccount)
  const [oneTime, kem] = await Promise.all([listKeys(context.store, ONE_TIME_PRE_KEYS), listKeys(context.store, KEM_PRE_KEYS)])
  return { oneTime: oneTime.length, oneTimeKem: kem.length - account.lastResortKemPreKeys.length }
}

/** What an upload is made of; {@link uploadOf} wipes the private keys. */
export interface Publishable {
  readonly signedPreKey: SignedPreKey
  readonly kemPreKey: KemPreKey
  readonly oneTimePreKeys: readonly OneTimePreKey[]
  readonly oneTimeKemPreKeys: readonly KemPreKey[]
  readonly account: Account
}

/** Makes an upload of prekeys whose private keys are in the store. */
export function uploadOf({ self, clock }: Context, { signedPreKey, kemPreKey, account, ...oneTime }: Publishable): PreKeyUpload {
  const below = withdrawnBelow(account, clock())
  const publicKem = ({ id, keyPair, signature }: KemPreKey) => ({ id, publicKey: keyPair.publicKey, signature })
  const upload: PreKeyUpload = {
    address: self.address,
    registrationId: self.registrationId,
    identityKey: copyBytes(self.identity.publicKey) as IdentityKey,
    signedPreKey: { id: signedPreKey.id, publicKey: signedPreKey.keyPair.publicKey, signature: signedPreKey.signature },
    kemPreKey: publicKem(kemPreKey),
    oneTimePreKeys: oneTime.oneTimePreKeys.map(({ id, keyPair }) => ({ id, publicKey: keyPair.publicKey })),
    oneTimeKemPreKeys: oneTime.oneTimeKemPreKeys.map(publicKem),
    firstOneTimePreKeyId: below.oneTimePreKey || undefined,
    firstOneTimeKemPreKeyId: below.kemPreKey || undefined,
  }
  for (const { keyPair } of [...oneTime.oneTimePreKeys, signedPreKey]) keyPair.privateKey.wipe()
  for (const { keyPair } of [...oneTime.oneTimeKemPreKeys, kemPreKey]) keyPair.secretKey.wipe()
  return upload
}

/** Reads the account. @throws BisikError `account-not-found`, `corrupt-record`, `record-too-new`. */
export function* readAccount(tx: Pick<Transaction, 'read'>): Part<Account> {
  const [record] = yield* tx.read(ACCOUNT)
  if (record === undefined) throw new BisikError('account-not-found', {})
  return decodeAccount(record)
}

/** Writes the account. */
export function putAccount(tx: Transaction, account: Account): void {
  tx.put(ACCOUNT, encodeAccount({ ...account, generation: account.generation + 1 }))
}

/** The signed and the last-resort prekey in force; `undefined` if one is not there or damaged. */
export interface Lasting {
  readonly signedPreKey: SignedPreKey
  readonly kemPreKey: KemPreKey
}

/** Reads the signed and the last-resort prekey in force. */
export function* readLasting(tx: Transaction, account: Account): Part<Lasting | undefined> {
  const [signed] = account.signedPreKeys
  const [lastResort] = account.lastResortKemPreKeys
  if (signed === undefined || lastResort === undefined) return undefined
  const [signedRecord, kemRecord] = yield* tx.read(signedPreKeyKey(signed.id), kemPreKeyKey(lastResort.id))
  const signedPreKey = readable(signedRecord, (bytes) => decodeSignedPreKey(signed.id, bytes))
  const kemPreKey = readable(kemRecord, (bytes) => decodeKemPreKey(lastResort.id, bytes))
  return signedPreKey === undefined || kemPreKey === undefined ? undefined : { signedPreKey, kemPreKey }
}

async function makePreKeys(context: Context, oneTimeCount: number, rotate: boolean): Promise<PreKeyUpload> {
  const createdAt = context.clock()
  const first = await takeIds(context, oneTimeCount, createdAt)
  const made = await makeOneTimePreKeys(context, first, oneTimeCount, createdAt)
  const batch = { end: first.oneTimePreKey + oneTimeCount, kemEnd: first.kemPreKey + oneTimeCount, createdAt }
  const lasting = await transact<Lasting & { readonly account: Account }>(context.store, function* (tx) {
    const before = yield* readAccount(tx)
    const inForce = rotate ? undefined : yield* readServing(tx, before)
    for (const [key, record] of made.put) tx.put(key, record)
    let account = oneTimeCount === 0 ? before : { ...before, batches: withBatch(before.batches, batch) }
    let result: Lasting | undefined = inForce
    if (result === undefined) {
      const renewed = renew(context, account, createdAt)
      for (const [key, record] of renewed.put) tx.put(key, record)
      account = renewed.account
      result = renewed
    }
    // An app that never says what it published is taken to publish this.
    if (account.publications === 0) account = withdraw(account, withdrawnBelow(account, createdAt).oneTimePreKey, createdAt)
    if (account !== before) putAccount(tx, account)
    return { ...result, account }
  })
  return uploadOf(context, { ...made, ...lasting })
}

/** Ids are taken first, in a commit of their own: two calls at once never share one, and the long work holds up nobody. */
function takeIds({ store }: Context, count: number, now: EpochMillis): Promise<Account['firstIds']> {
  return transact<Account['firstIds']>(store, function* (tx) {
    const account = withUnlisted(yield* readAccount(tx), now, now)
    const { oneTimePreKey, kemPreKey } = account.nextIds
    const nextIds = { ...account.nextIds, oneTimePreKey: oneTimePreKey + count, kemPreKey: kemPreKey + count }
    putAccount(tx, { ...account, nextIds })
    return { oneTimePreKey, kemPreKey }
  })
}

async function makeOneTimePreKeys({ self, random }: Context, first: Account['firstIds'], count: number, createdAt: EpochMillis) {
  const oneTimePreKeys: OneTimePreKey[] = []
  const oneTimeKemPreKeys: KemPreKey[] = []
  for (let i = 0; i < count; i++) {
    oneTimePreKeys.push(generateOneTimePreKey(first.oneTimePreKey + i, random))
    oneTimeKemPreKeys.push(generateKemPreKey({ id: first.kemPreKey + i, identity: self.identity, createdAt, lastResort: false }, random))
    if (i % PRE_KEYS_PER_SLICE === PRE_KEYS_PER_SLICE - 1) await nextTurn()
  }
  const put = new Map<RecordKey, Uint8Array>()
  for (const preKey of oneTimePreKeys) put.set(oneTimePreKeyKey(preKey.id), encodeOneTimePreKey(preKey))
  for (const preKey of oneTimeKemPreKeys) put.set(kemPreKeyKey(preKey.id), encodeKemPreKey(preKey))
  return { oneTimePreKeys, oneTimeKemPreKeys, put }
}

/** The lasting prekeys if they may go on serving: not those whose ledger is half full, or cannot be read. */
function* readServing(tx: Transaction, account: Account): Part<Lasting | undefined> {
  const lasting = yield* readLasting(tx, account)
  if (lasting === undefined) return undefined
  const ledger = ledgerKey({ kemPreKeyId: lasting.kemPreKey.id, signedPreKeyId: lasting.signedPreKey.id })
  const [record] = yield* tx.read(ledger)
  const uses = record === undefined ? 0 : readable(record, decodeLedger)
  return uses === undefined || uses >= WORN_LEDGER_ENTRIES ? undefined : lasting
}

function renew(context: Context, account: Account, createdAt: EpochMillis) {
  const { identity } = context.self
  const { nextIds } = account
  const signedPreKey = generateSignedPreKey(nextIds.signedPreKey, identity, createdAt, context.random)
  const kemPreKey = generateKemPreKey({ id: nextIds.kemPreKey, identity, createdAt, lastResort: true }, context.random)
  const put = new Map<RecordKey, Uint8Array>([
    [signedPreKeyKey(signedPreKey.id), encodeSignedPreKey(signedPreKey)],
    [kemPreKeyKey(kemPreKey.id), encodeKemPreKey(kemPreKey)],
  ])
  const renewed: Account = {
    ...account,
    nextIds: { ...nextIds, signedPreKey: nextIds.signedPreKey + 1, kemPreKey: nextIds.kemPreKey + 1 },
    signedPreKeys: [{ id: signedPreKey.id, createdAt }, ...account.signedPreKeys],
    lastResortKemPreKeys: [{ id: kemPreKey.id, createdAt }, ...account.lastResortKemPreKeys],
  }
  return { signedPreKey, kemPreKey, put, account: renewed }
}
