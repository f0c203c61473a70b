/**
 * The devices of accounts as an app holds them. A handle; holds no state: lists are in the store, and what is believed is decided by
 * `protocol/identity/`.
 */
import {
  booleanArgument,
  type Checks,
  fieldsArgument,
  invalidArgument,
  listArgument,
  textArgument,
  uint32Argument,
} from '../../arguments.js'
import type { Bytes } from '../../bytes.js'
import { keyPairFromPrivateKey } from '../../crypto/dh.js'
import { type IdentityKeyPair, parseIdentityKey, parseSignature } from '../../crypto/keys.js'
import type { TrustLevel } from '../../protocol/identity/trust.js'
import { checkAddress, checkUser, type DeviceAddress } from '../../wire/address.js'
import { parseDeviceList } from '../../wire/device-list.js'
import { parseAccountMove, parseDeviceStamp } from '../../wire/device-proofs.js'
import { MAX_LISTED_DEVICES } from '../../wire/limits.js'
import { bundleCopy, bytesCopy, levelArgument, plaintextCopy } from '../frame/arguments.js'
import type { Context } from '../frame/context.js'
import { allowance, type ToUserOptions, toUserOptions } from '../frame/options.js'
import type { SentToUser } from '../frame/results.js'
import { encryptContent, type OutgoingContent, outgoingCopy } from '../healing/contents.js'
import { sealOf } from '../sealed/sealed.js'
import { encrypt } from '../sessions/send.js'
import { encryptToUser, type ToUser } from '../sessions/to-user.js'
import { type AcceptedList, acceptList, acceptStamp, offerSelf } from './accept.js'
import type { DeviceOffer, MovedAccount } from './own-list.js'
import * as own from './own-list.js'
import { renameDevice, shownDevices, type UserDevices } from './shown.js'

/** Options of `Devices.create`. */
export interface CreateListOptions {
  /** Public key, 33 bytes, of a pair that the user keeps apart from all devices: it outranks a thief of the account key. */
  readonly recoveryKey?: Uint8Array
}

/** Options of `Devices.accept`. */
export interface AcceptListOptions {
  /** If the list is the first under another account key: what came with it. */
  readonly move?: Uint8Array
  /**
   * The user's word that this account key is to be believed, though it is not the one that was known: compare safety numbers before. Of two
   * that are claimed (`moved-twice`), the one that this list is of.
   */
  readonly trust?: Exclude<TrustLevel, 'first-use'>
  /** Of `exportAccountKey`, 32 secret bytes: only for a device of this account that becomes an admin. */
  readonly accountKey?: Uint8Array
}

/**
 * Signed lists of devices: whom a user speaks through is said by the user's own devices, and not by the relay. For a user whose list is held
 * a device is believed if the list names it, without asking; one that it does not name is refused with `device-not-listed`. For others
 * everything is as it was.
 *
 * A list that is signed here is not in force yet: publish it, and `accept` it when the relay says that it stands. If another admin was
 * quicker, `accept` that list, and sign again on top.
 */
export interface Devices {
  /**
   * Begins the account's list with this device alone, which is an admin of it; its identity key becomes the account key, so that no safety
   * number changes. In force at once. What is there already is returned as it is.
   *
   * Other devices of this user that have no key of their own are not on it: they are refused from here on, and come back by `add`.
   *
   * @returns the signed list, at most 8 KiB.
   */
  create(options?: CreateListOptions): Promise<Bytes>
  /**
   * On a new device: begins to hold the account's list, and agrees to be on it. The list must come from a device that is in, by a way that
   * nobody else can write to, such as a code on its screen.
   *
   * @param list - of `list().lists` there.
   * @throws BisikError `device-list-refused` if it is no list of this user's, or another account's than is held here.
   */
  offer(list: Uint8Array): Promise<DeviceOffer>
  /**
   * Signs a list with a further device.
   *
   * @param offer - as `offer` made it on the new device.
   * @param options - `admin`: it may sign lists too. It needs the account key, of {@link exportAccountKey}; while that is this device's own
   *        identity key, nobody else may have it: {@link move} first.
   * @throws BisikError `device-list-refused`: `device-id-reused`, `no-consent`, `signer-not-admin`, `account-key-is-device-key`, …;
   *         `no-device-list`; `invalid-argument` for what is no offer, and for a seventeenth device.
   */
  add(offer: DeviceOffer, options?: { readonly admin?: boolean }): Promise<Bytes>
  /**
   * Signs a list without a device, whose number is never given again. If it was an admin and may be in other hands, {@link move} too.
   *
   * @throws BisikError `device-list-refused`: `signer-not-admin` also for this device itself; `invalid-argument`, `no-device-list`.
   */
  remove(device: number): Promise<Bytes>
  /**
   * Moves the account to a new key, which is kept here: after an admin was stolen, who had the old one (`stolen`: its number, removed by the
   * same step), or before there is a second admin. Contacts go on by the word of the old key; safety numbers change.
   *
   * @throws BisikError as {@link remove}.
   */
  move(options?: { readonly stolen?: number }): Promise<MovedAccount>
  /**
   * Moves the account to a new key by the recovery key, which this device need not be an admin for: it becomes one. It outranks a thief who
   * moved the account first, and ends `moved-twice` for everybody who takes it.
   *
   * @param recoveryKey - the private key of the pair of which `create` was given the public one, 32 bytes.
   * @param options - `stolen`: the numbers of devices that are removed by the same step.
   * @throws BisikError `device-list-refused`: `list-unsigned` if it is not the account's recovery key, `signer-not-admin` if this device is
   *         not listed; `invalid-key`, `invalid-argument`, `no-device-list`.
   */
  recover(recoveryKey: Uint8Array, options?: { readonly stolen?: readonly number[] }): Promise<MovedAccount>
  /** Signs a list over all branches, if two admins signed at the same time. @throws BisikError as {@link remove}. */
  join(): Promise<Bytes>
  /** Signs that the list which is held is the newest: every week, or contacts see it grow stale. @throws BisikError as {@link remove}. */
  stamp(): Promise<Bytes>
  /**
   * The private account key, for a new admin and nobody else: send it in a session with it, and wipe it.
   *
   * @returns 32 secret bytes.
   * @throws BisikError `device-list-refused` (`account-key-is-device-key`) while it is this device's identity key too: {@link move} first.
   */
  exportAccountKey(): Promise<Bytes>
  /** Calls an own device by a name of at most 64 letters, which stays on this device. @throws BisikError `invalid-argument`, `no-device-list`. */
  rename(device: number, name: string): Promise<void>
  /**
   * Takes a list: another user's, or a newer one of this account. At first contact its account key is believed as the user's device that
   * has it, else as `trustPolicy` says.
   *
   * @returns what changed. With `refusal`, something of it was kept, but it is not in force.
   * @throws BisikError `device-list-refused`, `untrusted-identity` (its `presented` is the account key: ask the user, then say `trust`),
   *         `malformed-message`, `message-too-large`; nothing is stored then.
   */
  accept(list: Uint8Array, options?: AcceptListOptions): Promise<AcceptedList>
  /** Takes an admin's word that the list which is held is the newest. @throws BisikError `device-list-refused`, `no-device-list`. */
  acceptStamp(user: string, stamp: Uint8Array): Promise<void>
  /**
   * Encrypts for all devices of a user and our own others: one envelope for each, as `Client.encrypt` makes it. Whom a held list does not
   * name gets nothing; of a user without a list it is the devices that are known, or device 1. One in trouble keeps it from no other.
   *
   * If the relay answers with differences, call it again with `sent` and `differences`: what still holds is not encrypted a second time.
   *
   * @param user - our own name for our own other devices alone.
   * @returns the envelopes, and who is not reached, each with the reason.
   * @throws BisikError `device-not-listed` if this device is on its own account's list no more; `invalid-argument`, `message-too-large`,
   *         `certificate-expired`, `corrupt-record`, `store-…`.
   */
  encryptToUser(user: string, plaintext: Uint8Array, options?: ToUserOptions): Promise<SentToUser>
  /** As {@link encryptToUser}, of a content, as `Client.encryptContent` makes it. */
  encryptContentToUser(user: string, content: OutgoingContent, options?: ToUserOptions): Promise<SentToUser>
  /** What is held of a user's devices; `undefined` if there is no list. @param user - default: this account's. */
  list(user?: string): Promise<UserDevices | undefined>
}

/** The devices of accounts, for one client. */
export function devicesFor(context: Context): Devices {
  return { ...signing(context), ...holding(context), ...sending(context) }
}

type Part<Names extends keyof Devices> = Pick<Devices, Names>

/** What this account's devices sign. */
function signing(
  context: Context,
): Part<'create' | 'offer' | 'add' | 'remove' | 'move' | 'recover' | 'join' | 'stamp' | 'exportAccountKey'> {
  return {
    create: async (options = {}) => {
      const { recoveryKey } = fieldsArgument(options, 'options', { recoveryKey: bytesCopy })
      return own.createList(context, recoveryKey === undefined ? undefined : parseIdentityKey(recoveryKey))
    },
    offer: async (list) => offerSelf(context, parseDeviceList(bytesCopy(list, 'list'))),
    add: async (offer, options = {}) => {
      const { admin = false } = fieldsArgument<{ admin?: boolean }>(options, 'options', { admin: booleanArgument })
      return own.addDevice(context, offerArgument(offer), admin)
    },
    remove: async (device) => own.removeDevice(context, uint32Argument(device, 'device')),
    move: async (options = {}) => {
      const { stolen } = fieldsArgument<{ stolen?: number }>(options, 'options', { stolen: uint32Argument })
      return own.moveAccount(context, stolen)
    },
    recover: async (recoveryKey, options = {}) => {
      const { stolen = [] } = fieldsArgument<{ stolen?: readonly number[] }>(options, 'options', {
        stolen: (numbers, name) => listArgument(numbers, name, MAX_LISTED_DEVICES).map((number) => uint32Argument(number, name)),
      })
      const copy = bytesCopy(recoveryKey, 'recoveryKey')
      const recovery = keyPairFromPrivateKey(copy) as IdentityKeyPair
      copy.fill(0)
      try {
        return await own.recoverAccount(context, recovery, stolen)
      } finally {
        recovery.privateKey.wipe()
      }
    },
    join: async () => own.joinLists(context),
    stamp: async () => own.stampList(context),
    exportAccountKey: async () => own.exportAccountKey(context),
  }
}

/** What is held here. */
function holding(context: Context): Part<'rename' | 'accept' | 'acceptStamp' | 'list'> {
  return {
    rename: async (device, name) => renameDevice(context, uint32Argument(device, 'device'), textArgument(name, 'name')),
    accept: async (list, options = {}) => {
      const { move, trust, accountKey } = fieldsArgument<AcceptListOptions>(options, 'options', ACCEPTING)
      const given = { list: parseDeviceList(bytesCopy(list, 'list')), move: move && parseAccountMove(move), trust }
      let key: IdentityKeyPair | undefined
      try {
        key = accountKey && (keyPairFromPrivateKey(accountKey) as IdentityKeyPair)
        return await acceptList(context, { ...given, accountKey: key })
      } finally {
        accountKey?.fill(0)
        key?.privateKey.wipe()
      }
    },
    acceptStamp: async (user, stamp) => {
      const peer = checkAddress({ user, device: 1 })
      return acceptStamp(context, peer, parseDeviceStamp(bytesCopy(stamp, 'stamp')))
    },
    list: async (user) => shownDevices(context, user === undefined ? context.self.address.user : checkUser(user)),
  }
}

/** Messages for all devices of a user. */
function sending(context: Context): Part<'encryptToUser' | 'encryptContentToUser'> {
  return {
    encryptToUser: async (user, plaintext, options = {}) => {
      const { persist, seal, ...asked } = asking(context, user, options)
      const copy = plaintextCopy(plaintext, context.limits)
      return encryptToUser(context, { ...asked, encrypt: (to) => encrypt(context, to, { plaintext: copy, persist, seal }) })
    },
    encryptContentToUser: async (user, content, options = {}) => {
      const { persist, seal, ...asked } = asking(context, user, options)
      const copy = outgoingCopy(content, context.limits)
      return encryptToUser(context, { ...asked, encrypt: (to) => encryptContent(context, to, { content: copy, persist, seal }) })
    },
  }
}

function asking(context: Context, user: string, options: ToUserOptions) {
  const { persist, fetchBundle, allow, sent, differences, ...sealing } = toUserOptions(options)
  const { missing = [], extra = [], stale = [] } = (differences ?? {}) as Partial<ToUser['differences']>
  return {
    user: checkUser(user),
    seal: sealOf(context, sealing),
    persist,
    fetchBundle: fetchBundle && (async (address: DeviceAddress) => bundleCopy(await fetchBundle(address))),
    allow: allow === undefined ? context.allow : allowance(allow, true),
    sent,
    differences: { missing, extra, stale },
  }
}

const ACCEPTING: Checks<AcceptListOptions> = { move: bytesCopy, trust: levelArgument, accountKey: bytesCopy }

/** Checks an offer, as it may come out of JSON or another realm. @throws BisikError `invalid-argument`, `invalid-key`, `malformed-message`. */
function offerArgument(offer: DeviceOffer): DeviceOffer {
  const fields = fieldsArgument<Partial<DeviceOffer>>(offer, 'offer', {
    user: checkUser,
    device: uint32Argument,
    identityKey: (key, name) => parseIdentityKey(bytesCopy(key, name)),
    registrationId: uint32Argument,
    capabilities: uint32Argument,
    consent: (signature, name) => parseSignature(bytesCopy(signature, name)),
  })
  const { user, device } = checkAddress({ user: fields.user as string, device: fields.device as number })
  for (const name of ['identityKey', 'registrationId', 'capabilities', 'consent'] as const) {
    if (fields[name] === undefined) throw invalidArgument(`offer.${name}`, 'what Devices.offer made')
  }
  return { ...(fields as DeviceOffer), user, device }
}
