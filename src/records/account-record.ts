/**
 * The account on disk. Prekeys have records of their own, so that handing one out does not touch this one.
 */
import type { Bytes } from '../bytes.js'
import { type IdentityKeyPair, parseIdentityKey } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import { type EpochMillis, epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { DeviceAddress } from '../wire/address.js'
import { decodeRecord, encodeRecord, FORMAT, secretField, wholeNumber } from './protobuf.js'
import * as schema from './schema/records.js'

/** A prekey that is rotated, not used up. */
export interface RotatedPreKey {
  readonly id: number
  readonly createdAt: EpochMillis
  /** When the relay was first known to have it. */
  readonly publishedAt?: EpochMillis | undefined
  readonly over?: Over | undefined
}

/** When something was found to be over, and how many publications there had been by then. A later step deletes it. */
export interface Over {
  readonly at: EpochMillis
  readonly publications: number
}

/** One-time prekeys that were made together. */
export interface PreKeyBatch {
  /** Ids of its elliptic-curve prekeys are below this, and not below that of the batch before it. */
  readonly end: number
  /** As `end`, of its KEM prekeys. Ids of last-resort prekeys may lie between them. */
  readonly kemEnd: number
  readonly createdAt: EpochMillis
  /** When the relay was first known to have them. */
  readonly publishedAt?: EpochMillis | undefined
  /** Since when the relay no longer hands them out. */
  readonly withdrawnAt?: EpochMillis | undefined
  readonly over?: Over | undefined
}

/** How this release names and lists records; see `records.proto`. */
export const LAYOUT = 1

/** What an installation is. */
export interface Account {
  /** Writes of this record so far. */
  readonly generation: number
  readonly address: DeviceAddress
  readonly identity: IdentityKeyPair
  /** 1 to 2^32 - 1. */
  readonly registrationId: number
  /** The next ids to give; ids rise and are never given twice. */
  readonly nextIds: { readonly oneTimePreKey: number; readonly signedPreKey: number; readonly kemPreKey: number }
  /** Newest first; the first is published. */
  readonly signedPreKeys: readonly RotatedPreKey[]
  readonly lastResortKemPreKeys: readonly RotatedPreKey[]
  /** How often the app confirmed a publication; 0: it never does. */
  readonly publications: number
  /** Oldest first. */
  readonly batches: readonly PreKeyBatch[]
  /** One-time prekeys with lower ids have been deleted. */
  readonly firstIds: { readonly oneTimePreKey: number; readonly kemPreKey: number }
  /** Of the records beside this one: {@link LAYOUT}, or less if an earlier release wrote them. */
  readonly layout: number
}

/** Encodes an account; the bytes hold the private identity key. */
export function encodeAccount(account: Account): Bytes {
  return encodeRecord(schema.Account, {
    format: FORMAT,
    generation: account.generation,
    user: account.address.user,
    device: account.address.device,
    identityPublic: account.identity.publicKey,
    identityPrivate: expose(account.identity.privateKey),
    registrationId: account.registrationId,
    nextOneTimePreKeyId: account.nextIds.oneTimePreKey,
    nextSignedPreKeyId: account.nextIds.signedPreKey,
    nextKemPreKeyId: account.nextIds.kemPreKey,
    signedPreKeys: account.signedPreKeys.map(rotatedFields),
    lastResortKemPreKeys: account.lastResortKemPreKeys.map(rotatedFields),
    publications: account.publications,
    batches: account.batches.map(batchFields),
    firstOneTimePreKeyId: account.firstIds.oneTimePreKey,
    firstOneTimeKemPreKeyId: account.firstIds.kemPreKey,
    layout: account.layout,
  })
}

/** Decodes an account. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeAccount(bytes: Uint8Array): Account {
  return decodeRecord('account', schema.Account, bytes, (message) => ({
    layout: layoutOf(message),
    generation: message.generation,
    address: { user: message.user, device: message.device },
    identity: { publicKey: parseIdentityKey(message.identityPublic), privateKey: secretField(message.identityPrivate, 32) },
    registrationId: message.registrationId,
    nextIds: {
      oneTimePreKey: message.nextOneTimePreKeyId,
      signedPreKey: message.nextSignedPreKeyId,
      kemPreKey: message.nextKemPreKeyId,
    },
    signedPreKeys: message.signedPreKeys.map(rotated),
    lastResortKemPreKeys: message.lastResortKemPreKeys.map(rotated),
    publications: message.publications,
    batches: message.batches.map(batch),
    firstIds: { oneTimePreKey: message.firstOneTimePreKeyId, kemPreKey: message.firstOneTimeKemPreKeyId },
  }))
}

function layoutOf({ layout }: { readonly layout: number }): number {
  if (layout > LAYOUT) throw new BisikError('record-too-new', { record: 'account', version: layout })
  return layout
}

type RotatedFields = schema.RotatedPreKey
type BatchFields = schema.PreKeyBatch

function rotatedFields({ id, createdAt, publishedAt = NEVER, over }: RotatedPreKey): RotatedFields {
  return { id, createdAt, publishedAt, ...overFields(over) }
}

function overFields(over: Over | undefined) {
  return { overAt: over?.at ?? NEVER, overPublications: over?.publications ?? 0 }
}

function overOf({ overAt, overPublications }: Pick<RotatedFields, 'overAt' | 'overPublications'>): Over | undefined {
  const at = momentIn(overAt)
  return at === undefined ? undefined : { at, publications: overPublications }
}

function rotated({ id, createdAt, publishedAt, ...over }: RotatedFields): RotatedPreKey {
  return { id, createdAt: epochMillis(createdAt), publishedAt: momentIn(publishedAt), over: overOf(over) }
}

function batchFields({ publishedAt = NEVER, withdrawnAt = NEVER, over, ...fields }: PreKeyBatch): BatchFields {
  return { ...fields, publishedAt, withdrawnAt, ...overFields(over) }
}

function batch({ end, kemEnd, createdAt, publishedAt, withdrawnAt, ...over }: BatchFields): PreKeyBatch {
  return {
    end,
    kemEnd,
    createdAt: epochMillis(createdAt),
    publishedAt: momentIn(publishedAt),
    withdrawnAt: momentIn(withdrawnAt),
    over: overOf(over),
  }
}

/** Encodes the number that a store shares with its anchor. */
export function encodeAnchored(number: number): Bytes {
  return encodeRecord(schema.Anchored, { format: FORMAT, number })
}

/** Decodes the number that a store shares with its anchor. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeAnchored(bytes: Uint8Array): number {
  return decodeRecord('anchored', schema.Anchored, bytes, ({ number }) => wholeNumber(number))
}

/** How a time is written that has not come yet. */
const NEVER: EpochMillis = epochMillis(0)

function momentIn(time: number | null | undefined): EpochMillis | undefined {
  return time ? epochMillis(time) : undefined
}
