/**
 * Prekeys as libsignal's records have them, read into ours and written from them.
 */
import { booleanArgument, listArgument, objectArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { bytesCopy } from '../client/frame/arguments.js'
import { decodedOf, isDamage } from '../client/frame/damage.js'
import type { EpochMillis } from '../env.js'
import type { KemPreKey, OneTimePreKey, SignedPreKey } from '../protocol/handshake/pre-keys.js'
import type { Account } from '../records/account-record.js'
import { kemPreKeyKey, oneTimePreKeyKey, signedPreKeyKey } from '../records/names.js'
import { encodeKemPreKey, encodeOneTimePreKey, encodeSignedPreKey } from '../records/pre-key-records.js'
import type { RecordKey } from '../store/key-store.js'
import type { DroppedPreKey, LibsignalPreKeys } from './moved-pre-keys.js'
import {
  decodeLibsignalKemPreKey,
  decodeLibsignalPreKey,
  decodeLibsignalSignedPreKey,
  encodeLibsignalKemPreKey,
  encodeLibsignalPreKey,
  encodeLibsignalSignedPreKey,
  libsignalPreKeyId,
} from './pre-key-records.js'

// Ids are 32 bits wide, and those we give continue after the highest. One near the end does not move them.
const MAX_NEXT_ID = 0x7fff_ffff

/** A prekey that decodes, as ours: its name and its record. */
export interface ForeignPreKey {
  readonly kind: 'pre-key' | 'signed-pre-key' | 'kyber-pre-key'
  readonly id: number
  readonly index: number
  readonly name: RecordKey
  readonly record: Bytes
  readonly createdAt: EpochMillis | undefined
  readonly lastResort: boolean
}

/** Reads prekeys one by one; of two with one id, the first. */
export function readPreKeys({ preKeys, signedPreKeys, kyberPreKeys }: LibsignalPreKeys): {
  readonly preKeys: readonly ForeignPreKey[]
  readonly dropped: readonly DroppedPreKey[]
} {
  const read: ForeignPreKey[] = []
  const dropped: DroppedPreKey[] = []
  const names = new Set<RecordKey>()
  const take = ({ kind, index }: Pick<ForeignPreKey, 'kind' | 'index'>, bytes: Uint8Array, decode: (bytes: Uint8Array) => Read): void => {
    const preKey = decodedOf(() => decode(bytes))
    if (isDamage(preKey)) dropped.push({ kind, id: libsignalPreKeyId(bytes), index, reason: 'corrupt' })
    else if (names.has(preKey.name)) dropped.push({ kind, id: preKey.id, index, reason: 'already-taken' })
    else read.push({ ...preKey, kind, index })
    if (!isDamage(preKey)) names.add(preKey.name)
  }
  for (const [index, one] of listArgument(preKeys, 'preKeys').entries()) {
    take({ kind: 'pre-key', index }, bytesCopy(one, 'preKeys'), oneTimeOf)
  }
  for (const [index, one] of listArgument(signedPreKeys, 'signedPreKeys').entries()) {
    take({ kind: 'signed-pre-key', index }, bytesCopy(one, 'signedPreKeys'), signedOf)
  }
  for (const [index, one] of listArgument(kyberPreKeys, 'kyberPreKeys').entries()) {
    const { record, lastResort } = objectArgument(one, 'kyberPreKeys', ({ record, lastResort }) => ({ record, lastResort }))
    const isLastResort = booleanArgument(lastResort, 'lastResort')
    take({ kind: 'kyber-pre-key', index }, bytesCopy(record, 'kyberPreKeys'), (bytes) => kemOf(bytes, isLastResort))
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

/** Writes a prekey as libsignal does, and wipes it. */
export function writeOneTime(preKey: OneTimePreKey): Bytes {
  const record = encodeLibsignalPreKey(preKey)
  preKey.keyPair.privateKey.wipe()
  return record
}

/** Writes a prekey as libsignal does, and wipes it. */
export function writeSigned(preKey: SignedPreKey): Bytes {
  const record = encodeLibsignalSignedPreKey(preKey)
  preKey.keyPair.privateKey.wipe()
  return record
}

/** Writes a prekey as libsignal does, and wipes it. */
export function writeKem(preKey: KemPreKey): { readonly record: Bytes; readonly lastResort: boolean } {
  const record = encodeLibsignalKemPreKey(preKey)
  preKey.keyPair.secretKey.wipe()
  return { record, lastResort: preKey.lastResort }
}

/** The account with the prekeys that were taken over. */
export function accountWith(account: Account, taken: readonly ForeignPreKey[]): Account {
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
