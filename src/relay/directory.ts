/**
 * The prekey directory: takes what devices publish and hands each one-time prekey out once. It verifies no signature: the initiator of a
 * session does, and must not trust a relay.
 */
import { registrationIdArgument } from '../arguments.js'
import { type Bytes, concatBytes, equalBytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import type { Part } from '../store/transaction.js'
import { type CanonicalAddress, checkAddress, type DeviceAddress } from '../wire/address.js'
import {
  checkPreKeyUpload,
  type KemPreKey,
  type OneTimePreKey,
  type PreKeyBundle,
  type PreKeyUpload,
  parsePreKeyBundle,
  serializePreKeyBundle,
} from '../wire/pre-key-bundle.js'
import { type Account, decodeAccount } from './accounts.js'
import type { RelayContext } from './context.js'
import { enterLookUp } from './quota.js'
import { accountKey, decodeRelayRecord, directoryKey, encodeRelayRecord, lookUpsKey } from './records.js'
import { CURVE, EMPTY, KEM, placesOf, type Queue, restock, type Stock, takeFirst } from './stock.js'

/** How many one-time prekeys of a device are left. */
export interface PreKeyCounts {
  readonly oneTimePreKeys: number
  readonly oneTimeKemPreKeys: number
}

interface Directory {
  readonly curve: Queue
  readonly kem: Queue
  /** The bundle of a device whose one-time prekeys are gone. */
  readonly bundle: Bytes
}

/** Publishes prekeys; see `Relay.publish`. */
export async function publish({ store, limits }: RelayContext, { address }: Account, given: PreKeyUpload): Promise<PreKeyCounts> {
  const upload = checkPreKeyUpload(given)
  registrationIdArgument(upload.registrationId)
  const { address: named, registrationId, identityKey, signedPreKey, kemPreKey } = upload
  if (named.user !== address.user || named.device !== address.device) throw new BisikError('unauthorized', {})
  const bundle = serializePreKeyBundle({ address, registrationId, identityKey, signedPreKey, oneTimePreKey: undefined, kemPreKey })
  const account = accountKey(address)
  const directory = directoryKey(address)
  return transact<PreKeyCounts>(store, function* (tx) {
    const [known, record] = yield* tx.read(directory, account)
    if (!equalBytes(decodeAccount(record).identityKey, identityKey)) {
      throw new BisikError('invalid-argument', { argument: 'identityKey', expected: 'the identity key of the account' })
    }
    const before = known === undefined ? { curve: EMPTY, kem: EMPTY, bundle: undefined } : decodeDirectory(known)
    const change = before.bundle === undefined ? 'none' : changeOf(parsePreKeyBundle(before.bundle), upload)
    const { firstOneTimePreKeyId = 0, firstOneTimeKemPreKeyId = 0 } = upload
    const [curveStock, kemStock] = stocksOf(address, before)
    const [curve, kem] = yield* together(
      restock(tx, curveStock, { keys: upload.oneTimePreKeys, firstId: firstOneTimePreKeyId, change }),
      restock(tx, kemStock, { keys: upload.oneTimeKemPreKeys, firstId: firstOneTimeKemPreKeyId, change }),
    )
    const counts = countsOf({ curve, kem })
    if (counts.oneTimePreKeys > limits.oneTimePreKeys || counts.oneTimeKemPreKeys > limits.oneTimePreKeys) {
      throw new BisikError('invalid-argument', {
        argument: 'upload',
        expected: `at most ${limits.oneTimePreKeys} one-time prekeys in stock`,
      })
    }
    tx.put(directory, encodeDirectory({ curve, kem, bundle }))
    return counts
  })
}

/**
 * Whether a device is in another state than when it published before. Ids of signed prekeys rise, so one that goes back, or comes with
 * another key, shows a new installation or a restored backup.
 */
function changeOf(former: PreKeyBundle, { registrationId, signedPreKey }: PreKeyUpload): 'none' | 'state' | 'installation' {
  if (registrationId !== former.registrationId) return 'installation'
  const { id, publicKey } = former.signedPreKey
  return signedPreKey.id < id || (signedPreKey.id === id && !equalBytes(signedPreKey.publicKey, publicKey)) ? 'state' : 'none'
}

/** Counts what is left; see `Relay.preKeyCounts`. */
export async function preKeyCounts({ store }: RelayContext, { address }: Account): Promise<PreKeyCounts> {
  const directory = directoryKey(address)
  return transact<PreKeyCounts>(store, function* (tx) {
    const [known] = yield* tx.read(directory)
    return countsOf(known === undefined ? { curve: EMPTY, kem: EMPTY } : decodeDirectory(known))
  })
}

/** Makes a bundle; see `Relay.fetchBundle`. */
export async function fetchBundle(
  { store, limits, clock }: RelayContext,
  { address: requester }: Account,
  target: DeviceAddress,
): Promise<PreKeyBundle> {
  const address = checkAddress(target)
  const directory = directoryKey(address)
  const lookUps = lookUpsKey(requester.user)
  const bundle = await transact<PreKeyBundle | undefined>(store, function* (tx) {
    const [known, log] = yield* tx.read(directory, lookUps)
    tx.put(lookUps, enterLookUp({ log, target: directory, perTarget: limits.bundlesPerTarget, now: clock(), limits }))
    if (known === undefined) return undefined
    const published = decodeDirectory(known)
    const [curveStock, kemStock] = stocksOf(address, published)
    const [oneTime, oneTimeKem] = yield* together(takeFirst(tx, curveStock), takeFirst(tx, kemStock))
    const lastResort = parsePreKeyBundle(published.bundle)
    tx.put(directory, encodeDirectory({ curve: oneTime.queue, kem: oneTimeKem.queue, bundle: published.bundle }))
    return { ...lastResort, oneTimePreKey: oneTime.key, kemPreKey: oneTimeKem.key ?? lastResort.kemPreKey }
  })
  // Thrown here and not in the step: the look-up of an unknown device is counted like any other, so it must be committed.
  if (bundle === undefined) throw new BisikError('not-found', { what: 'prekey bundle' })
  return bundle
}

/** Which installation published a directory; `undefined` if none did. */
export function registrationIdOf(directory: Uint8Array | undefined): number | undefined {
  return directory === undefined ? undefined : parsePreKeyBundle(decodeDirectory(directory).bundle).registrationId
}

/** The records of all one-time prekeys that a directory still holds. */
export function oneTimeKeysOf(address: CanonicalAddress, directory: Uint8Array | undefined): RecordKey[] {
  if (directory === undefined) return []
  const [curve, kem] = stocksOf(address, decodeDirectory(directory))
  return [...placesOf(curve), ...placesOf(kem)]
}

/** Runs two parts side by side: what both read at one time is read at once. */
function* together<A, B>(first: Part<A>, second: Part<B>): Part<[A, B]> {
  let [a, b] = [first.next(), second.next()]
  while (a.done !== true || b.done !== true) {
    yield { read: [a, b].flatMap((one) => (one.done !== true && 'read' in one.value ? one.value.read : [])) }
    if (a.done !== true) a = first.next()
    if (b.done !== true) b = second.next()
  }
  return [a.value, b.value]
}

function stocksOf(address: CanonicalAddress, { curve, kem }: Pick<Directory, 'curve' | 'kem'>): [Stock<OneTimePreKey>, Stock<KemPreKey>] {
  return [
    { kind: CURVE, address, queue: curve },
    { kind: KEM, address, queue: kem },
  ]
}

function countsOf({ curve, kem }: Pick<Directory, 'curve' | 'kem'>): PreKeyCounts {
  return { oneTimePreKeys: curve.end - curve.first, oneTimeKemPreKeys: kem.end - kem.first }
}

function encodeDirectory({ curve, kem, bundle }: Directory): Bytes {
  return encodeRelayRecord([curve.first, curve.end, curve.nextId, kem.first, kem.end, kem.nextId], bundle)
}

function decodeDirectory(record: Uint8Array): Directory {
  const { numbers, rest } = decodeRelayRecord('directory', record, ['first', 'end', 'nextId', 'kemFirst', 'kemEnd', 'kemNextId'])
  const [first, end, nextId, kemFirst, kemEnd, kemNextId] = numbers
  return { curve: { first, end, nextId }, kem: { first: kemFirst, end: kemEnd, nextId: kemNextId }, bundle: concatBytes(rest) }
}
