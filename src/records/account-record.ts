/**
 * The account on disk. Knows no prekey's content: prekeys have records of their own, so that handing one out does not touch this.
 */
import type { Bytes } from '../bytes.js'
import { type IdentityKeyPair, parseIdentityKey } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import { type EpochMillis, epochMillis } from '../env.js'
import type { DeviceAddress } from '../wire/address.js'
import { bisik, decodeRecord, encodeRecord, FORMAT, secretField } from './protobuf.js'

/** A prekey that is rotated, not used up. */
export interface RotatedPreKey {
  readonly id: number
  readonly createdAt: EpochMillis
}

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
}

/** Encodes an account; the bytes hold the private identity key. */
export function encodeAccount(account: Account): Bytes {
  return encodeRecord(bisik.records.Account, {
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
    signedPreKeys: [...account.signedPreKeys],
    lastResortKemPreKeys: [...account.lastResortKemPreKeys],
  })
}

/** Decodes an account. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeAccount(bytes: Uint8Array): Account {
  return decodeRecord('account', bisik.records.Account, bytes, (message) => ({
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
  }))
}

function rotated(entry: { id?: number; createdAt?: number }): RotatedPreKey {
  return { id: entry.id ?? 0, createdAt: epochMillis(entry.createdAt ?? 0) }
}
