/**
 * The list of this account's devices: begun, and signed anew for each change. What is signed here is not in force before `accept` takes it:
 * another admin may have been quicker, and only the relay knows. Contains no cryptography.
 */
import { invalidArgument } from '../../arguments.js'
import { type Bytes, copyBytes, equalBytes } from '../../bytes.js'
import { generateKeyPair } from '../../crypto/dh.js'
import type { IdentityKey, IdentityKeyPair, Signature } from '../../crypto/keys.js'
import { exposeSecret } from '../../crypto/secret.js'
import { BisikError } from '../../errors.js'
import {
  applyAccountMove,
  applyUserList,
  devicesOfUser,
  type HeldUser,
  signAccountMove,
  signRecoveryMove,
} from '../../protocol/identity/account-moves.js'
import { hashOfKey, hashOfList, type ListRefusal, signConsent, signDeviceList } from '../../protocol/identity/device-list.js'
import { type NextDeviceList, nextDeviceList } from '../../protocol/identity/next-list.js'
import { signDeviceStamp } from '../../protocol/identity/stamps.js'
import { accountKeyKey } from '../../records/device-list-names.js'
import { decodeAccountKey, encodeAccountKey, type UserLists } from '../../records/device-lists-record.js'
import { transact } from '../../store/transact.js'
import type { Part, Transaction } from '../../store/transaction.js'
import { type DeviceList, isUsed, type ListedDevice, usedWith } from '../../wire/device-list.js'
import { MAX_LISTED_DEVICES } from '../../wire/limits.js'
import type { Context } from '../frame/context.js'
import { Draft } from '../frame/draft.js'
import { accountKeyOf, readUserLists } from '../state/device-lists.js'
import { putUserLists } from '../state/identities.js'

/** What a new device shows to one that is in: who it is, and that it agrees. It travels by a way that nobody else can write to. */
export interface DeviceOffer {
  /** The account's user, and the number that the device was given. */
  readonly user: string
  readonly device: number
  /** 33 bytes. */
  readonly identityKey: IdentityKey
  readonly registrationId: number
  readonly capabilities: number
  /** The device's signature under being a device of this account, 64 bytes. */
  readonly consent: Signature
}

/** A move of the account to another key: both parts go to everybody together. */
export interface MovedAccount {
  /** The first list under the next account key. */
  readonly list: Bytes
  /** The word of the account key before and of this device for it. */
  readonly move: Bytes
}

/** Begins the account's list with this device alone. See `Devices.create`. */
export function createList(context: Context, recoveryKey: IdentityKey | undefined): Promise<Bytes> {
  const { self, store, random, clock } = context
  return transact<Bytes>(store, function* (tx) {
    const draft = new Draft(tx)
    const before = yield* readUserLists(draft, self.address.user)
    // The same account for all who create it at the same moment.
    if (before !== undefined) return copyBytes((before.held.lists.tips[0] as DeviceList).serialized)
    const { user, device } = self.address
    const lineage = hashOfKey(self.identity.publicKey)
    const list = signDeviceList(
      {
        user,
        lineage,
        accountKey: self.identity.publicKey,
        recovery: recoveryKey === undefined ? undefined : hashOfKey(recoveryKey),
        version: 1,
        previous: [],
        signer: device,
        issuedAt: clock(),
        used: usedWith([], [device]),
        devices: [{ ...listedSelf(context, lineage), admin: true }],
      },
      { account: self.identity, device: self.identity },
      random,
    )
    const lists: UserLists = { held: begun(list), level: 'verified' }
    yield* putUserLists(draft, { self, peer: self.address }, lists)
    return list.serialized
  })
}

/** This device as a list is to have it. */
export function listedSelf({ self, random }: Context, lineage: Bytes): Omit<ListedDevice, 'admin'> {
  const { user, device } = self.address
  const fields = { user, lineage, device, registrationId: self.registrationId, capabilities: 0 }
  const { identity, registrationId } = self
  const consent = signConsent(fields, identity, random)
  return { device, identityKey: identity.publicKey, registrationId, capabilities: 0, consent }
}

/** Signs a list with a further device. See `Devices.add`. */
export function addDevice(context: Context, offer: DeviceOffer, isAdmin: boolean): Promise<Bytes> {
  const { user, ...device } = offer
  if (user !== context.self.address.user) return Promise.reject(refused(user, 'list-wrong-account'))
  return signNext(context, ({ devices, used, ...next }) => {
    if (isAdmin && equalBytes(next.accountKey, context.self.identity.publicKey)) throw refused(user, 'account-key-is-device-key')
    // A list is not well formed with two of one number or of one key, and one of its numbers means one device for good.
    const isUsedUp = isUsed(used, device.device) || devices.some(({ identityKey }) => equalBytes(identityKey, device.identityKey))
    if (isUsedUp) throw refused(user, 'device-id-reused')
    if (devices.length === MAX_LISTED_DEVICES) throw invalidArgument('offer', `at most ${MAX_LISTED_DEVICES} devices in all`)
    return {
      ...next,
      used: usedWith([used], [device.device]),
      devices: [...devices, { ...device, admin: isAdmin }].sort((a, b) => a.device - b.device),
    }
  })
}

/** Signs a list without a device. See `Devices.remove`. */
export function removeDevice(context: Context, number: number): Promise<Bytes> {
  return signNext(context, (next) => without(context, next, number))
}

/** Signs a list over all branches of a fork, or over the one list that there is. See `Devices.join`. */
export function joinLists(context: Context): Promise<Bytes> {
  return signNext(context, (next) => next)
}

/** Moves the account to a new key. See `Devices.move`. */
export function moveAccount(context: Context, stolen: number | undefined): Promise<MovedAccount> {
  const { random, store } = context
  return transact<MovedAccount>(store, (tx) =>
    asAdmin(tx, context, (own) => {
      const fresh = generateKeyPair(random) as IdentityKeyPair
      try {
        const moved = signMove(context, own, { stolen, fresh })
        // Before anybody hears of it: without the key the account would be lost.
        tx.put(accountKeyKey(fresh.publicKey), encodeAccountKey(fresh))
        return moved
      } finally {
        fresh.privateKey.wipe()
      }
    }),
  )
}

/**
 * Moves the account to a new key by the recovery key, whose word outranks any other: from the account key of before, if a thief moved it
 * since. See `Devices.recover`.
 */
export function recoverAccount(context: Context, recovery: IdentityKeyPair, stolen: readonly number[]): Promise<MovedAccount> {
  const { self, random, clock, store } = context
  return transact<MovedAccount>(store, function* (tx) {
    const { user, device } = self.address
    const lists = yield* readUserLists(tx, user)
    if (lists === undefined) throw new BisikError('no-device-list', { user })
    const { held } = lists
    const fresh = generateKeyPair(random) as IdentityKeyPair
    try {
      const { displaced, ...next } = stolen.reduce((all, number) => without(context, all, number), nextDeviceList(held.lists))
      if (!next.devices.some((one) => one.device === device)) throw refused(user, 'signer-not-admin')
      const devices = next.devices.map((one) => (one.device === device ? { ...one, admin: true } : one))
      const by = { signer: device, issuedAt: clock() }
      const list = signDeviceList(
        { ...next, ...by, devices, accountKey: fresh.publicKey },
        { account: fresh, device: self.identity },
        random,
      )
      const { accountKey } = held.past.find((past) => isNamedBy(past, recovery)) ?? { accountKey: accountKeyOf(lists) }
      const told = { user, lineage: next.lineage, accountKey, list: hashOfList(list), issuedAt: by.issuedAt }
      const move = signRecoveryMove(told, recovery, random)
      const { refusal } = applyAccountMove(held, move, list)
      if (refusal !== undefined) throw refused(user, refusal)
      tx.put(accountKeyKey(fresh.publicKey), encodeAccountKey(fresh))
      return { list: list.serialized, move: move.serialized }
    } finally {
      fresh.privateKey.wipe()
    }
  })
}

function isNamedBy({ recovery }: Pick<DeviceList, 'recovery'>, { publicKey }: IdentityKeyPair): boolean {
  return recovery !== undefined && equalBytes(hashOfKey(publicKey), recovery)
}

function signMove(
  context: Context,
  { lists, account }: OwnAccount,
  { stolen, fresh }: { readonly stolen: number | undefined; readonly fresh: IdentityKeyPair },
): MovedAccount {
  const { self, random, clock } = context
  const before = nextDeviceList(lists.held.lists)
  const { displaced, ...next } = stolen === undefined ? before : without(context, before, stolen)
  const by = { signer: self.address.device, issuedAt: clock() }
  const list = signDeviceList({ ...next, ...by, accountKey: fresh.publicKey }, { account: fresh, device: self.identity }, random)
  const { user, lineage } = next
  const told = { user, lineage, accountKey: accountKeyOf(lists), list: hashOfList(list), ...by }
  const move = signAccountMove(told, { account, device: self.identity }, random)
  const { refusal } = applyAccountMove(lists.held, move, list)
  if (refusal !== undefined) throw refused(user, refusal)
  return { list: list.serialized, move: move.serialized }
}

/** Signs that the list which is held is the newest. See `Devices.stamp`. */
export function stampList(context: Context): Promise<Bytes> {
  const { self, random, clock, store } = context
  return transact<Bytes>(store, (tx) =>
    asAdmin(tx, context, ({ lists }) => {
      const tip = lists.held.lists.tips[0] as DeviceList
      const fields = { list: hashOfList(tip), version: tip.version, signer: self.address.device, issuedAt: clock() }
      return signDeviceStamp(fields, self.identity, random).serialized
    }),
  )
}

/** The private account key. See `Devices.exportAccountKey`. */
export function exportAccountKey(context: Context): Promise<Bytes> {
  return transact<Bytes>(context.store, (tx) =>
    asAdmin(tx, context, ({ account }) => {
      if (account === context.self.identity) throw refused(context.self.address.user, 'account-key-is-device-key')
      return exposeSecret(account.privateKey)
    }),
  )
}

/** Signs what comes after the lists that are held. */
function signNext(context: Context, change: (next: NextDeviceList) => NextDeviceList): Promise<Bytes> {
  const { self, random, clock, store } = context
  return transact<Bytes>(store, (tx) =>
    asAdmin(tx, context, ({ lists, account }) => {
      const { displaced, ...fields } = change(nextDeviceList(lists.held.lists))
      const signers = { account, device: self.identity }
      const list = signDeviceList({ ...fields, signer: self.address.device, issuedAt: clock() }, signers, random)
      // What nobody would accept is not signed.
      const { refusal } = applyUserList(lists.held, list)
      if (refusal !== undefined) throw refused(list.user, refusal)
      return list.serialized
    }),
  )
}

/** @throws BisikError `invalid-argument` if there is no such device; `device-list-refused` for this one, which could not sign then. */
function without({ self: { address } }: Context, next: NextDeviceList, number: number): NextDeviceList {
  if (number === address.device) throw refused(address.user, 'signer-not-admin')
  const devices = next.devices.filter(({ device }) => device !== number)
  if (devices.length === next.devices.length) throw invalidArgument('device', 'the number of a listed device')
  return { ...next, devices }
}

/** What is held of this account, and its key. */
interface OwnAccount {
  readonly lists: UserLists
  readonly account: IdentityKeyPair
}

/** Works with the account key, which is wiped then. @throws BisikError as {@link readAsAdmin}. */
function* asAdmin<T>(tx: Transaction, context: Context, work: (own: OwnAccount) => T): Part<T> {
  const own = yield* readAsAdmin(tx, context)
  try {
    return work(own)
  } finally {
    if (own.account !== context.self.identity) own.account.privateKey.wipe()
  }
}

/** @throws BisikError `no-device-list`; `device-list-refused` with `signer-not-admin`, also if the account key is not here. */
function* readAsAdmin(tx: Transaction, { self }: Context): Part<OwnAccount> {
  const { user, device } = self.address
  const lists = yield* readUserLists(tx, user)
  if (lists === undefined) throw new BisikError('no-device-list', { user })
  const { held } = lists
  if (held.rival !== undefined) throw refused(user, 'moved-twice')
  const own = devicesOfUser(held).find((one) => one.device === device)
  if (own?.admin !== true || !equalBytes(own.identityKey, self.identity.publicKey)) throw refused(user, 'signer-not-admin')
  const accountKey = accountKeyOf(lists)
  if (equalBytes(accountKey, self.identity.publicKey)) return { lists, account: self.identity }
  const [record] = yield* tx.read(accountKeyKey(accountKey))
  if (record === undefined) throw refused(user, 'signer-not-admin')
  return { lists, account: decodeAccountKey(record) }
}

/** What is held of a user who begins with a list. @throws BisikError `device-list-refused`. */
export function begun(list: DeviceList): HeldUser {
  const { held, refusal } = applyUserList(undefined, list)
  if (held === undefined) throw refused(list.user, refusal as ListRefusal)
  return held
}

/** Why nothing is signed or accepted. `account-key-is-device-key`: who had the account key could speak as the device whose key it is. */
export type Refusal = ListRefusal | 'account-key-is-device-key'

/** That a list, a move or a stamp is not believed, or not signed. */
export function refused(user: string, refusal: Refusal): BisikError {
  return new BisikError('device-list-refused', { user, refusal })
}
