/**
 * Prekeys of the account: making, rotating, counting, deleting what has served its time. Knows ids and records, not how a prekey is
 * made: that is `protocol/pre-keys.ts`.
 */

import { copyBytes } from '../bytes.js'
import type { IdentityKey } from '../crypto/keys.js'
import type { EpochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { generateKemPreKey, generateOneTimePreKey, generateSignedPreKey, type KemPreKey, type OneTimePreKey } from '../protocol/pre-keys.js'
import { type Account, decodeAccount, encodeAccount, type RotatedPreKey } from '../records/account-record.js'
import {
  decodeKemPreKey,
  decodeSignedPreKey,
  encodeKemPreKey,
  encodeOneTimePreKey,
  encodeSignedPreKey,
} from '../records/pre-key-records.js'
import {
  ACCOUNT,
  KEM_PRE_KEYS,
  kemPreKeyKey,
  LEDGERS,
  ONE_TIME_PRE_KEYS,
  oneTimePreKeyKey,
  signedPreKeyKey,
} from '../records/record-keys.js'
import type { RecordKey } from '../store/key-store.js'
import { parseRecordKey } from '../store/record-key.js'
import { listKeys, transact } from '../store/transact.js'
import { MAX_ONE_TIME_PRE_KEYS } from '../wire/limits.js'
import type { PreKeyUpload } from '../wire/pre-key-bundle.js'
import type { Context } from './context.js'

/** Fewer one-time prekeys than this are reported as low. */
export const LOW_WATER = 20

// A retired prekey stays for first messages that are still under way: as long as an unanswered session may send.
const RETIRED_PRE_KEY_AGE = 30 * 24 * 60 * 60 * 1000
// Prekeys made between two turns of the event loop: one is 2 to 4 ms of work where nothing is native.
const PRE_KEYS_PER_SLICE = 8

/**
 * Makes one-time prekeys of both kinds and returns them with the signed and the last-resort prekey in force, which are made when there
 * are none. See `Client.generatePreKeys`.
 */
export async function generatePreKeys(context: Context, oneTimeCount: number): Promise<PreKeyUpload> {
  if (!Number.isInteger(oneTimeCount) || oneTimeCount < 0 || oneTimeCount > MAX_ONE_TIME_PRE_KEYS) {
    throw new BisikError('invalid-argument', { argument: 'oneTimeCount', expected: `a whole number from 0 to ${MAX_ONE_TIME_PRE_KEYS}` })
  }
  return publish(context, oneTimeCount, false)
}

/** Makes a new signed and a new last-resort prekey, and deletes those retired for 30 days. See `Client.rotatePreKeys`. */
export async function rotatePreKeys(context: Context): Promise<PreKeyUpload> {
  const upload = await publish(context, 0, true)
  await deleteRetired(context)
  return upload
}

/** How many one-time prekeys of each kind are unused. */
export async function countPreKeys(context: Context): Promise<{ readonly oneTime: number; readonly oneTimeKem: number }> {
  const account = await transact(context.store, [ACCOUNT], (view) => ({ result: readAccount(view.get(ACCOUNT)) }))
  const [oneTime, kem] = await Promise.all([listKeys(context.store, ONE_TIME_PRE_KEYS), listKeys(context.store, KEM_PRE_KEYS)])
  return { oneTime: oneTime.length, oneTimeKem: kem.length - account.lastResortKemPreKeys.length }
}

async function publish(context: Context, oneTimeCount: number, rotate: boolean): Promise<PreKeyUpload> {
  const { self, random } = context
  const createdAt = context.clock()
  // Ids are taken first, in a commit of their own: two calls at once never share one, and the long work holds up nobody.
  const first = await transact(context.store, [ACCOUNT], (view) => {
    const account = readAccount(view.get(ACCOUNT))
    const { oneTimePreKey, kemPreKey } = account.nextIds
    const nextIds = { ...account.nextIds, oneTimePreKey: oneTimePreKey + oneTimeCount, kemPreKey: kemPreKey + oneTimeCount }
    const put = new Map([[ACCOUNT, encodeAccount({ ...account, generation: account.generation + 1, nextIds })]])
    return { put, result: { oneTimePreKey, kemPreKey } }
  })
  const oneTimePreKeys: OneTimePreKey[] = []
  const oneTimeKemPreKeys: KemPreKey[] = []
  for (let i = 0; i < oneTimeCount; i++) {
    oneTimePreKeys.push(generateOneTimePreKey(first.oneTimePreKey + i, random))
    oneTimeKemPreKeys.push(generateKemPreKey({ id: first.kemPreKey + i, identity: self.identity, createdAt, lastResort: false }, random))
    if (i % PRE_KEYS_PER_SLICE === PRE_KEYS_PER_SLICE - 1) await new Promise<void>((resolve) => setTimeout(resolve, 0))
  }
  const put = new Map<RecordKey, Uint8Array>()
  for (const preKey of oneTimePreKeys) put.set(oneTimePreKeyKey(preKey.id), encodeOneTimePreKey(preKey))
  for (const preKey of oneTimeKemPreKeys) put.set(kemPreKeyKey(preKey.id), encodeKemPreKey(preKey))
  const lasting = await transact(context.store, [ACCOUNT], (view) => {
    const account = readAccount(view.get(ACCOUNT))
    const [signed] = account.signedPreKeys
    const [lastResort] = account.lastResortKemPreKeys
    if (signed === undefined || lastResort === undefined || rotate) {
      const renewed = renew(context, account, createdAt)
      return { put: new Map([...put, ...renewed.put]), result: { signedPreKey: renewed.signedPreKey, kemPreKey: renewed.kemPreKey } }
    }
    const keys = [signedPreKeyKey(signed.id), kemPreKeyKey(lastResort.id)] as const
    if (!keys.every((key) => view.isRead(key))) return { need: keys }
    const signedPreKey = decodeSignedPreKey(signed.id, present(view.get(keys[0]), 'signed prekey'))
    const kemPreKey = decodeKemPreKey(lastResort.id, present(view.get(keys[1]), 'KEM prekey'))
    return { put, result: { signedPreKey, kemPreKey } }
  })
  const { signedPreKey, kemPreKey } = lasting
  const upload: PreKeyUpload = {
    address: self.address,
    registrationId: self.registrationId,
    identityKey: copyBytes(self.identity.publicKey) as IdentityKey,
    signedPreKey: { id: signedPreKey.id, publicKey: signedPreKey.keyPair.publicKey, signature: signedPreKey.signature },
    kemPreKey: { id: kemPreKey.id, publicKey: kemPreKey.keyPair.publicKey, signature: kemPreKey.signature },
    oneTimePreKeys: oneTimePreKeys.map(({ id, keyPair }) => ({ id, publicKey: keyPair.publicKey })),
    oneTimeKemPreKeys: oneTimeKemPreKeys.map(({ id, keyPair, signature }) => ({ id, publicKey: keyPair.publicKey, signature })),
  }
  for (const { keyPair } of [...oneTimePreKeys, signedPreKey]) keyPair.privateKey.wipe()
  for (const { keyPair } of [...oneTimeKemPreKeys, kemPreKey]) keyPair.secretKey.wipe()
  return upload
}

function renew(context: Context, account: Account, createdAt: EpochMillis) {
  const { identity } = context.self
  const { nextIds } = account
  const signedPreKey = generateSignedPreKey(nextIds.signedPreKey, identity, createdAt, context.random)
  const kemPreKey = generateKemPreKey({ id: nextIds.kemPreKey, identity, createdAt, lastResort: true }, context.random)
  const put = new Map<RecordKey, Uint8Array>([
    [signedPreKeyKey(signedPreKey.id), encodeSignedPreKey(signedPreKey)],
    [kemPreKeyKey(kemPreKey.id), encodeKemPreKey(kemPreKey)],
    [
      ACCOUNT,
      encodeAccount({
        ...account,
        generation: account.generation + 1,
        nextIds: { ...nextIds, signedPreKey: nextIds.signedPreKey + 1, kemPreKey: nextIds.kemPreKey + 1 },
        signedPreKeys: [{ id: signedPreKey.id, createdAt }, ...account.signedPreKeys],
        lastResortKemPreKeys: [{ id: kemPreKey.id, createdAt }, ...account.lastResortKemPreKeys],
      }),
    ],
  ])
  return { signedPreKey, kemPreKey, put }
}

/** Deletes rotated prekeys whose successor is 30 days old, and their ledgers: without the key, nothing can be replayed against it. */
async function deleteRetired(context: Context): Promise<void> {
  const now = context.clock()
  const ledgers = await listKeys(context.store, LEDGERS)
  await transact(context.store, [ACCOUNT], (view) => {
    const account = readAccount(view.get(ACCOUNT))
    const signed = splitRetired(account.signedPreKeys, now)
    const kem = splitRetired(account.lastResortKemPreKeys, now)
    const gone = [...signed.gone.map(signedPreKeyKey), ...kem.gone.map(kemPreKeyKey)]
    if (gone.length === 0) return { result: undefined }
    const stale = ledgers.filter((key) => {
      const [, kemPreKeyId, signedPreKeyId] = parseRecordKey(key)
      return kem.gone.some((id) => String(id) === kemPreKeyId) || signed.gone.some((id) => String(id) === signedPreKeyId)
    })
    const kept = { ...account, generation: account.generation + 1, signedPreKeys: signed.kept, lastResortKemPreKeys: kem.kept }
    return { put: new Map([[ACCOUNT, encodeAccount(kept)]]), delete: [...gone, ...stale], result: undefined }
  })
}

function splitRetired(preKeys: readonly RotatedPreKey[], now: EpochMillis): { kept: RotatedPreKey[]; gone: number[] } {
  const kept: RotatedPreKey[] = []
  const gone: number[] = []
  for (const [i, preKey] of preKeys.entries()) {
    const successor = preKeys[i - 1]
    if (successor !== undefined && now - successor.createdAt > RETIRED_PRE_KEY_AGE) gone.push(preKey.id)
    else kept.push(preKey)
  }
  return { kept, gone }
}

function readAccount(record: Uint8Array | undefined): Account {
  if (record === undefined) throw new BisikError('account-not-found', {})
  return decodeAccount(record)
}

function present(record: Uint8Array | undefined, name: string): Uint8Array {
  if (record === undefined) throw new BisikError('corrupt-record', { record: name })
  return record
}
