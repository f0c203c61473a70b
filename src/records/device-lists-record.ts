/**
 * The lists of devices that are held of a user, and what only a device of the account keeps: private account keys, names. Lists come from
 * outside, and are parsed as strictly here; whether they are believed was decided before they were written.
 */
import { type Bytes, fromHex, toHex } from '../bytes.js'
import { type IdentityKeyPair, parseIdentityKey } from '../crypto/keys.js'
import { expose } from '../crypto/secret.js'
import type { HeldUser, PastAccount } from '../protocol/identity/account-moves.js'
import { type HeldLists, type KnownList, nameOfList } from '../protocol/identity/held-lists.js'
import { TRUST_LEVELS, type TrustLevel } from '../protocol/identity/trust.js'
import { corrupt, decodeRecord, encodeRecord, FORMAT, present, secretField } from './protobuf.js'
import * as schema from './schema/records.js'

/** What is held of a user, and how its account key came to be believed. */
export interface UserLists {
  readonly held: HeldUser
  readonly level: TrustLevel
}

type HeldAccount = Omit<HeldUser, 'rival'>

const NO_BYTES: Bytes = new Uint8Array(0)

/** Encodes what is held of a user. */
export function encodeUserLists({ held, level }: UserLists): Bytes {
  const rival = held.rival === undefined ? null : accountFields(held.rival)
  return encodeRecord(schema.UserLists, { format: FORMAT, account: accountFields(held), rival, level: TRUST_LEVELS.indexOf(level) })
}

/** How what came from outside is read: this is no room for messages. */
export interface SignedReaders {
  readonly list: (bytes: Uint8Array) => HeldLists['tips'][number]
  readonly stamp: (bytes: Uint8Array) => NonNullable<HeldLists['stamp']>
}

/** Decodes what is held of a user. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeUserLists(bytes: Uint8Array, read: SignedReaders): UserLists {
  return decodeRecord('user lists', schema.UserLists, bytes, ({ account, rival, level }) => ({
    held: { ...accountOf(present(account), read), rival: rival === null ? undefined : accountOf(rival, read) },
    level: present(TRUST_LEVELS[level]),
  }))
}

function accountFields({ lists, past }: HeldAccount): schema.HeldAccount {
  return {
    tips: lists.tips.map(({ serialized }) => serialized),
    known: [...lists.known].map(([name, { previous, ...one }]) => ({ ...one, name: hashIn(name), previous: previous.map(hashIn) })),
    ahead: lists.ahead?.serialized ?? NO_BYTES,
    stamp: lists.stamp?.serialized ?? NO_BYTES,
    past: past.map(({ accountKey, recovery, admins, next, by }) => ({
      accountKey,
      recovery: recovery ?? NO_BYTES,
      admins: admins.map(({ device, identityKey }) => ({ device, identityKey })),
      next: hashIn(next),
      byRecovery: by === 'recovery',
    })),
  }
}

/** The hash that a name is made of. */
function hashIn(name: string): Bytes {
  return present(fromHex(name))
}

function accountOf({ tips, known, ahead, stamp, past }: schema.HeldAccount, read: SignedReaders): HeldAccount {
  const lists: HeldLists = {
    tips: tips.map(read.list),
    known: new Map(known.map((one) => [toHex(one.name), knownOf(one)])),
    ahead: ahead.length === 0 ? undefined : read.list(ahead),
    stamp: stamp.length === 0 ? undefined : read.stamp(stamp),
  }
  // A branch that is not known is no branch of what is held.
  if (lists.tips.length === 0 || !lists.tips.every((tip) => lists.known.has(nameOfList(tip)))) throw corrupt()
  return { lists, past: past.map(pastOf) }
}

function knownOf({ version, signer, signerKey, used, removed, previous }: schema.KnownList): KnownList {
  const bits = [used, removed].map((some) => new Uint8Array(some)) as [Bytes, Bytes]
  return {
    version,
    signer,
    signerKey: parseIdentityKey(signerKey),
    used: bits[0],
    removed: bits[1],
    previous: previous.map((name) => toHex(name)),
  }
}

function pastOf({ accountKey, recovery, admins, next, byRecovery }: schema.PastAccount): PastAccount {
  return {
    accountKey: parseIdentityKey(accountKey),
    recovery: recovery.length === 0 ? undefined : new Uint8Array(recovery),
    admins: admins.map(({ device, identityKey }) => ({ device, identityKey: parseIdentityKey(identityKey) })),
    next: toHex(next),
    by: byRecovery ? 'recovery' : 'account',
  }
}

/** Encodes a private account key. */
export function encodeAccountKey({ publicKey, privateKey }: IdentityKeyPair): Bytes {
  return encodeRecord(schema.AccountKey, { format: FORMAT, public: publicKey, private: expose(privateKey) })
}

/** Decodes a private account key. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeAccountKey(bytes: Uint8Array): IdentityKeyPair {
  return decodeRecord('account key', schema.AccountKey, bytes, (message) => ({
    publicKey: parseIdentityKey(message.public),
    privateKey: secretField(message.private, 32),
  }))
}

/** Encodes what the user calls own devices. */
export function encodeDeviceNames(names: ReadonlyMap<number, string>): Bytes {
  return encodeRecord(schema.DeviceNames, { format: FORMAT, names: [...names].map(([device, name]) => ({ device, name })) })
}

/** Decodes what the user calls own devices; none, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeDeviceNames(bytes: Uint8Array | undefined): ReadonlyMap<number, string> {
  if (bytes === undefined) return new Map()
  return decodeRecord('device names', schema.DeviceNames, bytes, ({ names }) => new Map(names.map(({ device, name }) => [device, name])))
}
