/**
 * What the relay is known to have, by the word of the app, and what it must be given still. Makes no prekey and deletes none.
 */
import { invalidArgument } from '../../arguments.js'
import { equalBytes } from '../../bytes.js'
import type { KemPreKey, OneTimePreKey } from '../../protocol/handshake/pre-keys.js'
import type { Account, RotatedPreKey } from '../../records/account-record.js'
import { ACCOUNT, KEM_PRE_KEYS, kemPreKeyKey, ONE_TIME_PRE_KEYS, oneTimePreKeyKey, signedPreKeyKey } from '../../records/names.js'
import { decodeKemPreKey, decodeOneTimePreKey, decodeSignedPreKey } from '../../records/pre-key-records.js'
import type { RecordKey } from '../../store/key-store.js'
import { parseRecordKey } from '../../store/record-key.js'
import { listKeys, transact } from '../../store/transact.js'
import type { Part, Transaction } from '../../store/transaction.js'
import { sameAddress } from '../../wire/address.js'
import { checkPreKeyUpload, type PreKeyUpload } from '../../wire/pre-key-bundle.js'
import type { Context } from '../frame/context.js'
import { readable } from '../frame/damage.js'
import { confirm, holds, holdsKem } from './pre-key-lifetimes.js'
import { generatePreKeys, type Publishable, putAccount, readAccount, readLasting, uploadOf } from './pre-keys.js'

// An upload of more is too long for a relay, unless its prekeys were made together.
const MAX_PENDING = 500

/** Notes that the relay has an upload. See `Client.published`. */
export async function published({ store, self, clock }: Context, given: PreKeyUpload): Promise<void> {
  const upload = checkPreKeyUpload(given)
  const foreign = invalidArgument('upload', 'an upload that this client made')
  if (!sameAddress(upload.address, self.address) || upload.registrationId !== self.registrationId) throw foreign
  const { id, publicKey } = upload.signedPreKey
  const signed = signedPreKeyKey(id)
  const now = clock()
  return transact<void>(store, function* (tx) {
    const [record] = yield* tx.read(signed, ACCOUNT)
    const made = readable(record, (bytes) => decodeSignedPreKey(id, bytes))?.keyPair
    made?.privateKey.wipe()
    // An installation before this one gave out the same ids: what the relay has of it, it has not of this one.
    if (made !== undefined && !equalBytes(made.publicKey, publicKey)) throw foreign
    const account = yield* readAccount(tx)
    if (!gaveOut(account, upload)) throw foreign
    const confirmed = confirm(account, upload, now)
    if (confirmed !== account) putAccount(tx, confirmed)
  })
}

/** Whether all ids in an upload are such as were given out here, or came in by an import. */
function gaveOut({ nextIds, signedPreKeys, lastResortKemPreKeys }: Account, upload: PreKeyUpload): boolean {
  const { signedPreKey, kemPreKey, oneTimePreKeys, oneTimeKemPreKeys } = upload
  const { firstOneTimePreKeyId = 0, firstOneTimeKemPreKeyId = 0 } = upload
  const isIn = (list: readonly RotatedPreKey[], { id }: { readonly id: number }) => list.some((one) => one.id === id)
  return (
    (signedPreKey.id < nextIds.signedPreKey || isIn(signedPreKeys, signedPreKey)) &&
    (kemPreKey.id < nextIds.kemPreKey || isIn(lastResortKemPreKeys, kemPreKey)) &&
    oneTimePreKeys.every(({ id }) => id < nextIds.oneTimePreKey) &&
    oneTimeKemPreKeys.every(({ id }) => id < nextIds.kemPreKey) &&
    firstOneTimePreKeyId <= nextIds.oneTimePreKey &&
    firstOneTimeKemPreKeyId <= nextIds.kemPreKey
  )
}

/** What the relay is not known to have; `undefined` if it has all. See `Client.publication`. */
export async function publication(context: Context): Promise<PreKeyUpload | undefined> {
  const { store } = context
  const [oneTime, kem] = await Promise.all([listKeys(store, ONE_TIME_PRE_KEYS), listKeys(store, KEM_PRE_KEYS)])
  const made = { oneTime: idsIn(oneTime), kem: idsIn(kem) }
  const outcome = await transact<Publishable | 'damaged' | undefined>(store, function* (tx) {
    const account = yield* readAccount(tx)
    const pending = pendingOf(account, made)
    const isKnown = [account.signedPreKeys[0], account.lastResortKemPreKeys[0]].every((one) => one?.publishedAt !== undefined)
    const isNothingMade = account.signedPreKeys.length === 0 && pending.oneTime.length === 0
    if (isNothingMade || (isKnown && pending.oneTime.length + pending.kem.length === 0)) return undefined
    const lasting = yield* readLasting(tx, account)
    if (lasting === undefined) return 'damaged'
    const oneTimePreKeys = yield* readAll(tx, pending.oneTime, { nameOf: oneTimePreKeyKey, decode: decodeOneTimePreKey })
    const oneTimeKemPreKeys = yield* readAll(tx, pending.kem, { nameOf: kemPreKeyKey, decode: decodeKemPreKey })
    return { ...lasting, oneTimePreKeys, oneTimeKemPreKeys, account }
  })
  if (outcome !== 'damaged') return outcome === undefined ? undefined : uploadOf(context, outcome)
  // Others are made in their place.
  await generatePreKeys(context, 0)
  return publication(context)
}

interface Ids {
  readonly oneTime: readonly number[]
  readonly kem: readonly number[]
}

/** Ids of one-time prekeys in the oldest batches that the relay is not known to have, in order: a relay wants them to rise. */
function pendingOf({ batches, lastResortKemPreKeys }: Account, made: Ids): Ids {
  const lastResort = new Set(lastResortKemPreKeys.map(({ id }) => id))
  let pending: Ids = { oneTime: [], kem: [] }
  for (const [i, batch] of batches.entries()) {
    if (batch.publishedAt !== undefined || batch.withdrawnAt !== undefined) continue
    const oneTime = [...pending.oneTime, ...made.oneTime.filter((id) => holds(batches, i, id))]
    const kem = [...pending.kem, ...made.kem.filter((id) => holdsKem(batches, i, id) && !lastResort.has(id))]
    if (pending.oneTime.length > 0 && oneTime.length > MAX_PENDING) break
    pending = { oneTime, kem }
  }
  return pending
}

/** Reads prekeys; one that is damaged, or was used meanwhile, is left out. */
function* readAll<PreKey extends OneTimePreKey | KemPreKey>(
  tx: Transaction,
  ids: readonly number[],
  kind: { readonly nameOf: (id: number) => RecordKey; readonly decode: (id: number, bytes: Uint8Array) => PreKey },
): Part<readonly PreKey[]> {
  const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...ids.map(kind.nameOf))
  return ids.flatMap((id, i) => {
    const preKey = readable(records[i], (bytes) => kind.decode(id, bytes))
    return preKey === undefined ? [] : [preKey]
  })
}

/** The ids in the names of records, rising. */
function idsIn(keys: readonly RecordKey[]): number[] {
  return keys.map((key) => Number(parseRecordKey(key)[1])).sort((a, b) => a - b)
}
