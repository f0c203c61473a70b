/**
 * The prekey directory: takes what devices publish and hands each one-time prekey out once. Verifies no signature: that is the
 * initiator's business, who must not trust a relay.
 */
import { type Bytes, concatBytes, equalBytes } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH, parseEcPublicKey, parseKemPublicKey, parseSignature, SIGNATURE_LENGTH } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import { checkAddress, type DeviceAddress } from '../wire/address.js'
import {
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
import { accountKey, decodeRecord, directoryKey, encodeRecord, lookUpsKey, oneTimeKemKey, oneTimeKey } from './records.js'

/** How many one-time prekeys of a device are left. */
export interface PreKeyCounts {
  readonly oneTimePreKeys: number
  readonly oneTimeKemPreKeys: number
}

/** A queue of one-time prekeys: places `first` to `end - 1` are filled; ids below `nextId` were here before. */
interface Queue {
  readonly first: number
  readonly end: number
  readonly nextId: number
}

interface Directory {
  readonly curve: Queue
  readonly kem: Queue
  /** The bundle of a device whose one-time prekeys are gone. */
  readonly bundle: Bytes
}

const EMPTY: Queue = { first: 0, end: 0, nextId: 0 }

/** Publishes prekeys; see `Relay.publish`. */
export async function publish({ store, limits }: RelayContext, { address }: Account, upload: PreKeyUpload): Promise<PreKeyCounts> {
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
    const before = known === undefined ? { curve: EMPTY, kem: EMPTY } : decodeDirectory(known)
    const put = new Map<RecordKey, Uint8Array>()
    const curve = append(before.curve, upload.oneTimePreKeys, (place, key) => put.set(oneTimeKey(address, place), encodeOneTime(key)))
    const kem = append(before.kem, upload.oneTimeKemPreKeys, (place, key) => put.set(oneTimeKemKey(address, place), encodeKem(key)))
    const counts = countsOf({ curve, kem })
    if (counts.oneTimePreKeys > limits.oneTimePreKeys || counts.oneTimeKemPreKeys > limits.oneTimePreKeys) {
      throw new BisikError('invalid-argument', {
        argument: 'upload',
        expected: `at most ${limits.oneTimePreKeys} one-time prekeys in stock`,
      })
    }
    put.set(directory, encodeDirectory({ curve, kem, bundle }))
    return { put, result: counts }
  })
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
    const put = new Map([[lookUps, log]])
    const known = view.get(directory)
    if (known === undefined) return { put, result: undefined }
    const { curve, kem, bundle: base } = decodeDirectory(known)
    const curvePlace = curve.first < curve.end ? oneTimeKey(address, curve.first) : undefined
    const kemPlace = kem.first < kem.end ? oneTimeKemKey(address, kem.first) : undefined
    const taken = [curvePlace, kemPlace].filter((key) => key !== undefined)
    const unread = taken.filter((key) => !view.isRead(key))
    if (unread.length > 0) return { need: unread }
    const lastResort = parsePreKeyBundle(base)
    put.set(directory, encodeDirectory({ curve: withoutFirst(curve), kem: withoutFirst(kem), bundle: base }))
    return {
      put,
      delete: taken,
      result: {
        ...lastResort,
        oneTimePreKey: curvePlace === undefined ? undefined : decodeOneTime(view.get(curvePlace)),
        kemPreKey: kemPlace === undefined ? lastResort.kemPreKey : decodeKem(view.get(kemPlace)),
      },
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
export function oneTimeKeysOf(address: DeviceAddress, directory: Uint8Array | undefined): RecordKey[] {
  if (directory === undefined) return []
  const { curve, kem } = decodeDirectory(directory)
  const keys: RecordKey[] = []
  for (let place = curve.first; place < curve.end; place++) keys.push(oneTimeKey(address, place))
  for (let place = kem.first; place < kem.end; place++) keys.push(oneTimeKemKey(address, place))
  return keys
}

// A device counts its ids upwards. What is not above every id seen was here before (an upload repeated because its answer was lost),
// and may have been handed out since: it must not be handed out again.
function append<Key extends { readonly id: number }>(queue: Queue, keys: readonly Key[], place: (place: number, key: Key) => void): Queue {
  let { end, nextId } = queue
  for (const key of [...keys].sort((a, b) => a.id - b.id)) {
    if (key.id < nextId) continue
    place(end++, key)
    nextId = key.id + 1
  }
  return { first: queue.first, end, nextId }
}

function withoutFirst(queue: Queue): Queue {
  return queue.first < queue.end ? { ...queue, first: queue.first + 1 } : queue
}

function countsOf({ curve, kem }: Pick<Directory, 'curve' | 'kem'>): PreKeyCounts {
  return { oneTimePreKeys: curve.end - curve.first, oneTimeKemPreKeys: kem.end - kem.first }
}

function encodeDirectory({ curve, kem, bundle }: Directory): Bytes {
  return encodeRecord([curve.first, curve.end, curve.nextId, kem.first, kem.end, kem.nextId], bundle)
}

function decodeDirectory(record: Uint8Array): Directory {
  const { numbers, rest } = decodeRecord('directory', record, ['first', 'end', 'nextId', 'kemFirst', 'kemEnd', 'kemNextId'])
  const [first, end, nextId, kemFirst, kemEnd, kemNextId] = numbers
  return { curve: { first, end, nextId }, kem: { first: kemFirst, end: kemEnd, nextId: kemNextId }, bundle: concatBytes(rest) }
}

function encodeOneTime({ id, publicKey }: OneTimePreKey): Bytes {
  return encodeRecord([id], parseEcPublicKey(publicKey))
}

function decodeOneTime(record: Uint8Array | undefined): OneTimePreKey {
  const { numbers, rest } = decodeKey(record, EC_PUBLIC_KEY_LENGTH)
  return { id: numbers[0], publicKey: parseEcPublicKey(rest) }
}

function encodeKem({ id, publicKey, signature }: KemPreKey): Bytes {
  return encodeRecord([id], parseSignature(signature), parseKemPublicKey(publicKey))
}

function decodeKem(record: Uint8Array | undefined): KemPreKey {
  const { numbers, rest } = decodeKey(record, SIGNATURE_LENGTH)
  return {
    id: numbers[0],
    signature: parseSignature(rest.subarray(0, SIGNATURE_LENGTH)),
    publicKey: parseKemPublicKey(rest.subarray(SIGNATURE_LENGTH)),
  }
}

function decodeKey(record: Uint8Array | undefined, length: number): { readonly numbers: readonly [number]; readonly rest: Uint8Array } {
  if (record === undefined) throw new BisikError('corrupt-record', { record: 'one-time prekey' })
  const decoded = decodeRecord('one-time prekey', record, ['id'])
  if (decoded.rest.length < length) throw new BisikError('corrupt-record', { record: 'one-time prekey' })
  return decoded
}
