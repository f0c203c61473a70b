/**
 * The prekey directory: takes what devices publish and hands each one-time prekey out once. It verifies no signature: the initiator of a
 * session does, and must not trust a relay.
 */
import { registrationIdArgument } from '../arguments.js'
import { type Bytes, concatBytes, equalBytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
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
  return transact<PreKeyCounts>(store, [directory, account], (view) => {
    if (!equalBytes(decodeAccount(view.get(account)).identityKey, identityKey)) {
      throw new BisikError('invalid-argument', { argument: 'identityKey', expected: 'the identity key of the account' })
    }
    const known = view.get(directory)
    const before = known === undefined ? { curve: EMPTY, kem: EMPTY, bundle: undefined } : decodeDirectory(known)
    const change = before.bundle === undefined ? 'none' : changeOf(parsePreKeyBundle(before.bundle), upload)
    const { firstOneTimePreKeyId = 0, firstOneTimeKemPreKeyId = 0 } = upload
    const [curveStock, kemStock] = stocksOf(address, before)
    const curve = restock(view, curveStock, { keys: upload.oneTimePreKeys, firstId: firstOneTimePreKeyId, change })
    const kem = restock(view, kemStock, { keys: upload.oneTimeKemPreKeys, firstId: firstOneTimeKemPreKeyId, change })
    if ('need' in curve || 'need' in kem) return { need: [curve, kem].flatMap((one) => ('need' in one ? one.need : [])) }
    const counts = countsOf({ curve: curve.queue, kem: kem.queue })
    if (counts.oneTimePreKeys > limits.oneTimePreKeys || counts.oneTimeKemPreKeys > limits.oneTimePreKeys) {
      throw new BisikError('invalid-argument', {
        argument: 'upload',
        expected: `at most ${limits.oneTimePreKeys} one-time prekeys in stock`,
      })
    }
    const put = new Map<RecordKey, Uint8Array>([...curve.put, ...kem.put])
    put.set(directory, encodeDirectory({ curve: curve.queue, kem: kem.queue, bundle }))
    return { put, delete: [...curve.delete, ...kem.delete], result: counts }
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
  return transact<PreKeyCounts>(store, [directory], (view) => {
    const known = view.get(directory)
    return { result: countsOf(known === undefined ? { curve: EMPTY, kem: EMPTY } : decodeDirectory(known)) }
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
  const bundle = await transact<PreKeyBundle | undefined>(store, [directory, lookUps], (view) => {
    const log = enterLookUp({
      log: view.get(lookUps),
      target: directory,
      perTarget: limits.bundlesPerTarget,
      now: clock(),
      limits,
    })
    const put = new Map<RecordKey, Uint8Array>([[lookUps, log]])
    const known = view.get(directory)
    if (known === undefined) return { put, result: undefined }
    const published = decodeDirectory(known)
    const [curveStock, kemStock] = stocksOf(address, published)
    const oneTime = takeFirst(view, curveStock)
    const oneTimeKem = takeFirst(view, kemStock)
    if ('need' in oneTime || 'need' in oneTimeKem) {
      return { need: [oneTime, oneTimeKem].flatMap((one) => ('need' in one ? one.need : [])) }
    }
    const lastResort = parsePreKeyBundle(published.bundle)
    for (const [key, record] of [...oneTime.put, ...oneTimeKem.put]) put.set(key, record)
    put.set(directory, encodeDirectory({ curve: oneTime.queue, kem: oneTimeKem.queue, bundle: published.bundle }))
    return {
      put,
      delete: [...oneTime.delete, ...oneTimeKem.delete],
      result: { ...lastResort, oneTimePreKey: oneTime.key, kemPreKey: oneTimeKem.key ?? lastResort.kemPreKey },
    }
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
