/**
 * The relay's half, for any server: accounts, names, prekeys and mailboxes over a key store. A relay holds no secret of a user. It sees
 * whom a message is for, and who sends it if it is not sealed; it never sees what a message says.
 */

import { bytesArgument, countArgument, fieldsArgument, limitsArgument, mapArgument, objectArgument, textArgument } from '../arguments.js'
import { type Bytes, copyBytes } from '../bytes.js'
import { type EcPublicKey, type IdentityKey, parseIdentityKey } from '../crypto/keys.js'
import { type Clock, checkedClock, checkedRandom, type RandomSource, systemClock, systemRandom } from '../env.js'
import { type KeyStore, storeArgument } from '../store/key-store.js'
import { checkAddress, type DeviceAddress } from '../wire/address.js'
import type { Envelope } from '../wire/envelope.js'
import { COMMITMENT_LENGTH } from '../wire/frank.js'
import type { PreKeyBundle, PreKeyUpload } from '../wire/pre-key-bundle.js'
import * as accounts from './accounts.js'
import * as certificates from './certificates.js'
import type { RelayContext } from './context.js'
import * as directory from './directory.js'
import { replaceIdentity as replace } from './identity.js'
import { RELAY_LIMITS, type RelayLimits } from './limits.js'
import * as mailbox from './mailbox.js'
import * as sealed from './sealed.js'
import * as slots from './slots.js'

/** Settings of a {@link Relay}. */
export interface RelayOptions {
  /** Where everything is kept; several relays, in several processes, may share one. */
  readonly store: KeyStore
  /** Limits that differ from {@link RELAY_LIMITS}. */
  readonly limits?: Partial<RelayLimits>
  readonly clock?: Clock
  /** For the trust root and signatures. Default: `crypto.getRandomValues`. */
  readonly random?: RandomSource
}

/**
 * What a server needs. Every operation is one atomic commit on the store, and its cost does not grow with the length of a mailbox or
 * the number of prekeys. Whatever it throws is a BisikError; `store-failed` and `store-contention` are possible everywhere.
 *
 * @remarks A server checks the token of each request with {@link Relay.authenticate} and passes the {@link accounts.Account} on. Who
 * may register at all is its own decision: limits hold per user, so where registration is free, they are weak.
 */
export class Relay {
  readonly #context: RelayContext

  constructor(options: RelayOptions) {
    const given = fieldsArgument<RelayOptions>(options, 'options', {
      store: storeArgument,
      limits: (limits) => limitsArgument(limits, RELAY_LIMITS),
      clock: checkedClock,
      random: checkedRandom,
    })
    const { store, limits, clock = systemClock, random = systemRandom } = given
    this.#context = { store: storeArgument(store), limits: limitsArgument(limits, RELAY_LIMITS), clock, random }
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'Relay'
  }

  /**
   * Registers a device. Repeating it with the same values is harmless.
   *
   * @throws BisikError `already-taken` if the address or the token belongs to another account, or the user has devices already and
   *         none of them approves; `invalid-argument`, `invalid-key`.
   */
  async register(registration: accounts.Registration): Promise<accounts.Account> {
    return accounts.register(this.#context, registrationArgument(registration))
  }

  /** Finds the account of a token; only a hash of it is kept. @throws BisikError `unauthorized`. */
  async authenticate(token: Uint8Array): Promise<accounts.Account> {
    return accounts.authenticate(this.#context, bytesArgument(token, 'token'))
  }

  /**
   * Gives an account another identity key, as after the loss of the old one, and drops the prekeys of the old one. Peers notice,
   * as they should.
   */
  async replaceIdentity(account: accounts.Account, identityKey: IdentityKey): Promise<void> {
    return replace(this.#context, accountArgument(account), bytesArgument(identityKey, 'identityKey') as IdentityKey)
  }

  /**
   * Claims a name for the account's user: once and for good, one name a user. Repeating it is harmless.
   *
   * @param name - 1 to 32 letters, digits, `-` and `_`, not beginning with a sign; case does not matter.
   * @throws BisikError `already-taken` if it is another user's, `invalid-argument`.
   */
  async claimName(account: accounts.Account, name: string): Promise<void> {
    return accounts.claimName(this.#context, accountArgument(account), textArgument(name, 'name'))
  }

  /**
   * Finds the user that claimed a name. Counts as a look-up, found or not.
   *
   * @throws BisikError `not-found`, `quota-exceeded`, `invalid-argument`.
   */
  async findName(account: accounts.Account, name: string): Promise<string> {
    return accounts.findName(this.#context, accountArgument(account), textArgument(name, 'name'))
  }

  /**
   * Publishes prekeys of the account's device: replaces the signed prekey and the last-resort KEM prekey, adds the one-time ones.
   * Repeating an upload is harmless: what is in stock stays there once, and what was handed out never comes back. The stock of one-time
   * prekeys goes if the device may be unable to open what is in it: if the registration id changes, if the signed prekey's id goes
   * back, or if an id that was here before comes with another key. All of them mean a new installation or a restored backup.
   *
   * Only such an upload, and a repeated one, reads the whole stock.
   *
   * @returns what is in stock now.
   * @throws BisikError `unauthorized` if the upload names another address, `invalid-argument` if it has another identity key or
   *         would make the stock larger than the limit.
   */
  async publish(account: accounts.Account, upload: PreKeyUpload): Promise<directory.PreKeyCounts> {
    return directory.publish(this.#context, accountArgument(account), upload)
  }

  /** How many one-time prekeys of the account's device are left. */
  async preKeyCounts(account: accounts.Account): Promise<directory.PreKeyCounts> {
    return directory.preKeyCounts(this.#context, accountArgument(account))
  }

  /**
   * Makes a bundle for a new session with a device. Each one-time prekey goes into one bundle; when they are gone, the bundle has no
   * Curve25519 one and the last-resort KEM one. Counts as a look-up, found or not.
   *
   * @throws BisikError `not-found` alike for a device that does not exist and one that published nothing; `quota-exceeded`.
   */
  async fetchBundle(account: accounts.Account, target: DeviceAddress): Promise<PreKeyBundle> {
    return directory.fetchBundle(this.#context, accountArgument(account), target)
  }

  /**
   * Puts an envelope into the mailbox of a device, with the account's address as its sender, whatever it claimed.
   *
   * @returns its sequence number there; the sender need not know it.
   * @throws BisikError `not-found` (this counts as a look-up), `message-too-large`, `quota-exceeded` if the mailbox is full.
   */
  async send(account: accounts.Account, to: DeviceAddress, envelope: Envelope): Promise<number> {
    return mailbox.send(this.#context, accountArgument(account), { to, envelope })
  }

  /**
   * The public key, 33 bytes, that verifies what this relay certifies of its accounts; made at the first call. An app pins it: a client
   * that asks the relay for it each time believes whoever answers.
   */
  trustRoot(): Promise<EcPublicKey> {
    return certificates.trustRoot(this.#context)
  }

  /**
   * Certifies the account's address and identity key, for sealed messages. It is valid for a day unless the limits say otherwise.
   * Whoever asks again within half of that time gets the same one.
   */
  async senderCertificate(account: accounts.Account): Promise<Bytes> {
    return certificates.senderCertificate(this.#context, accountArgument(account))
  }

  /**
   * Sets the key by which messages without a sender are admitted to the devices of the account's user; only a hash of it is kept. The
   * user tells contacts the key inside encrypted messages, and takes a new one to shut somebody out.
   *
   * @param key - 16 random bytes.
   */
  async setAccessKey(account: accounts.Account, key: Uint8Array): Promise<void> {
    return sealed.setAccessKey(this.#context, accountArgument(account), bytesArgument(key, 'key'))
  }

  /**
   * Looks whether an access key admits messages for a device, before anything else of a request is read. {@link Relay.sendSealed} checks it
   * again.
   *
   * @throws BisikError `unauthorized` alike for a wrong key and an unknown user.
   */
  async checkAccessKey(to: DeviceAddress, accessKey: Uint8Array): Promise<void> {
    return sealed.checkAccessKey(this.#context, to, bytesArgument(accessKey, 'accessKey'))
  }

  /**
   * Puts a sealed envelope into the mailbox of a device, whoever sent it. Call it for requests that carry no token: a server that
   * authenticates the sender of a sealed message has undone the seal.
   *
   * @param accessKey - of the recipient.
   * @throws BisikError `unauthorized` alike for a wrong key and an unknown device; `quota-exceeded`, `message-too-large`.
   */
  async sendSealed(to: DeviceAddress, accessKey: Uint8Array, envelope: Envelope): Promise<void> {
    return sealed.sendSealed(this.#context, { to, accessKey: bytesArgument(accessKey, 'accessKey'), envelope })
  }

  /**
   * Splits a sealed message for many and puts each recipient's part into the mailboxes of its devices. Excluded users get nothing.
   * The work is sliced: other requests get their turn in between. A recipient whose key is not given costs next to nothing.
   *
   * @param sent - from `Client.sealForMany`.
   * @param accessKeys - of the recipients, by user.
   * @param options - `commitment`: what `Client.sealForMany` says of a group message that commits, 32 bytes; it comes onto each envelope.
   * @returns what became of it for each device, in the order of the message; a failure for one does not touch the others.
   * @throws BisikError `malformed-message`, `unsupported-version`, `message-too-large`.
   */
  async sendToMany(
    sent: Uint8Array,
    accessKeys: ReadonlyMap<string, Uint8Array>,
    options: { readonly commitment?: Uint8Array | undefined } = {},
  ): Promise<readonly sealed.SealedDelivery[]> {
    const { commitment } = fieldsArgument<{ readonly commitment: Uint8Array }>(options as { commitment: Uint8Array }, 'options', {
      commitment: (given, name) => copyBytes(bytesArgument(given, name, COMMITMENT_LENGTH)),
    })
    return sealed.sendToMany(this.#context, sent, {
      accessKeys: accessKeysArgument(accessKeys),
      commitment: commitment as Bytes | undefined,
    })
  }

  /**
   * Reads the oldest waiting envelopes of the account's device, in order, a page at most, in number and in bytes. Deletes nothing.
   *
   * @param after - the sequence number of the last one that is not wanted again; default 0, from the beginning.
   */
  async messages(account: accounts.Account, after = 0): Promise<readonly mailbox.Delivery[]> {
    return mailbox.messages(this.#context, accountArgument(account), countArgument(after, 'after'))
  }

  /**
   * Deletes the envelopes up to and with a sequence number. A client asks for this after its own commit, never before.
   *
   * @throws BisikError `invalid-argument` if no such envelope has been there yet.
   */
  async acknowledge(account: accounts.Account, upTo: number): Promise<void> {
    return mailbox.acknowledge(this.#context, accountArgument(account), countArgument(upTo, 'upTo'))
  }

  /**
   * Puts a value into a slot, if nothing is in it. Whoever asks gets what was put into it first, so all who know the address agree: groups
   * order their changes by it. The relay sees who fills a slot, its size and when, not what for.
   *
   * @param address - 32 bytes that outsiders cannot guess.
   * @param value - 1 byte to 132 KiB unless the limits say otherwise; opaque: seal it.
   * @returns what the slot holds now: if that is not `value`, somebody was faster.
   * @throws BisikError `invalid-argument`, `message-too-large`, `quota-exceeded`: only a slot that was free counts.
   */
  async claim(account: accounts.Account, address: Uint8Array, value: Uint8Array): Promise<slots.Slot> {
    return slots.claim(this.#context, accountArgument(account), { address, value: bytesArgument(value, 'value') })
  }

  /**
   * Looks what is in a slot.
   *
   * @param address - 32 bytes.
   * @returns `undefined` if nothing was ever put into it.
   * @throws BisikError `invalid-argument`.
   */
  async peek(account: accounts.Account, address: Uint8Array): Promise<slots.Slot | undefined> {
    accountArgument(account)
    return slots.peek(this.#context, address)
  }
}

function accountArgument(account: accounts.Account, argument = 'account'): accounts.Account {
  return { address: checkAddress(objectArgument(account, argument, ({ address }) => address)) } as accounts.Account
}

function registrationArgument(registration: accounts.Registration): accounts.Registration {
  const { address, identityKey, token, approvedBy } = objectArgument(
    registration,
    'registration',
    ({ address, identityKey, token, approvedBy }) => ({ address, identityKey, token, approvedBy }),
  )
  return {
    address: checkAddress(address),
    identityKey: parseIdentityKey(bytesArgument(identityKey, 'identityKey')),
    token: copyBytes(bytesArgument(token, 'token', accounts.TOKEN_LENGTH)),
    approvedBy: approvedBy === undefined ? undefined : accountArgument(approvedBy, 'approvedBy'),
  }
}

/** A recipient without a key here gets nothing. A value that is no key at all is the caller's mistake. */
function accessKeysArgument(keys: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  mapArgument(keys, 'accessKeys', 'a Map of users and access keys')
  for (const key of keys.values()) bytesArgument(key, 'accessKeys')
  return keys
}
