/**
 * The facade: one object for one device of one user. Holds no state but the identity key and shortcuts; everything else is in the
 * store, so that two clients on one store are safe. Contains no cryptography.
 */

import { fieldsArgument, functionArgument, invalidArgument, listArgument, objectArgument } from '../arguments.js'
import { copyBytes } from '../bytes.js'
import { type IdentityKey, parseIdentityKey, type Signature } from '../crypto/keys.js'
import { signAlternateIdentity } from '../protocol/identity/alternate-identity.js'
import type { Fingerprint } from '../protocol/identity/fingerprint.js'
import type { TrustLevel } from '../protocol/identity/trust.js'
import { type TrustRoot, VouchedMemo } from '../protocol/sealed/certificates.js'
import { AgreementMemo } from '../protocol/sealed/memos.js'
import { checkAnyAddress, checkUser, type DeviceAddress } from '../wire/address.js'
import type { Envelope, NamedEnvelope } from '../wire/envelope.js'
import type { PreKeyBundle, PreKeyUpload } from '../wire/pre-key-bundle.js'
import { checkDistribution } from '../wire/sender-key-message.js'
import { createAccount, type ExistingIdentity, openAccount, openOrCreateAccount } from './account/account.js'
import * as preKeys from './account/pre-keys.js'
import * as publications from './account/publication.js'
import { type Devices, devicesFor } from './devices/handle.js'
import { bundleCopy, bytesCopy, envelopeCopy, identityArgument, levelArgument, plaintextCopy, type WeakerKind } from './frame/arguments.js'
import { type Allowance, type Context, registerContext, type Self } from './frame/context.js'
import { CheckpointMemory } from './frame/long-jumps.js'
import {
  type AnswerOptions,
  allowance,
  answerOptions,
  type ClientOptions,
  type DecryptContentOptions,
  type DecryptOptions,
  decryptContentOptions,
  decryptOptions,
  type EncryptOptions,
  type EncryptToOptions,
  encryptToOptions,
  type SealForManyOptions,
  type Settings,
  type StartOptions,
  sealForManyOptions,
  settingsOf,
  startOptions,
} from './frame/options.js'
import type {
  Incoming,
  Received,
  ReceivedMessage,
  ReceivedRetryRequest,
  RetryAnswer,
  SealedForMany,
  SessionStatus,
  Started,
  UpkeepReport,
} from './frame/results.js'
import { sessionCache } from './frame/session-cache.js'
import { Told } from './frame/told.js'
import * as distributions from './groups/distributions.js'
import { type Group, ownGroup } from './groups/handle.js'
import * as contents from './healing/contents.js'
import { markRestored, type Restored } from './healing/restored.js'
import * as retry from './healing/retry.js'
import { keepUp } from './healing/upkeep.js'
import * as fingerprints from './identity/safety-numbers.js'
import { openEnvelope, type Unsealed, unsealed } from './opening.js'
import * as sealed from './sealed/sealed.js'
import * as forgetting from './sessions/forget.js'
import { type KnownDevice, knownDevices } from './sessions/known-devices.js'
import type { Join } from './sessions/receive.js'
import * as sending from './sessions/send.js'
import * as starting from './sessions/start.js'

/** One device of one user: starts sessions, encrypts, decrypts. Safe to use from many places at once, and from many processes. */
export class Client {
  readonly #context: Context
  readonly #trustRoots: readonly TrustRoot[]
  #restored: Restored | undefined

  private constructor({ trustRoots, allow, ...settings }: Settings, { address, ...self }: Self) {
    this.#trustRoots = trustRoots
    this.#context = {
      ...settings,
      self: { ...self, address: Object.freeze(address) },
      allow: allowance(allow, false),
      sessions: sessionCache(),
      checkpoints: new CheckpointMemory(),
      told: new Told(),
      vouched: new VouchedMemo(),
      agreements: new AgreementMemo(),
    }
    registerContext(this, this.#context)
  }

  /**
   * Creates an account in an empty store.
   *
   * @param existing - an identity to continue with, for instance from libsignal; default: a new one.
   * @throws BisikError `account-exists`; `invalid-argument`; `store-failed`.
   */
  static async create(options: ClientOptions, existing?: ExistingIdentity): Promise<Client> {
    const settings = settingsOf(options)
    return Client.#begin(settings, await createAccount(settings, existing))
  }

  /**
   * Opens the account in a store.
   *
   * @throws BisikError `account-not-found`; `invalid-argument` if `address` is given and is not the account's; `corrupt-record`.
   */
  static async open(options: ClientOptions): Promise<Client> {
    const settings = settingsOf(options)
    return Client.#begin(settings, await openAccount(settings))
  }

  /**
   * Opens the account in a store, or creates one in an empty store: the same one for all calls at the same moment, in however many
   * tabs and processes.
   *
   * @throws BisikError as {@link Client.open} and {@link Client.create}, but for `account-not-found` and `account-exists`.
   */
  static async openOrCreate(options: ClientOptions): Promise<Client> {
    const settings = settingsOf(options)
    return Client.#begin(settings, await openOrCreateAccount(settings))
  }

  static async #begin(settings: Settings, self: Self): Promise<Client> {
    const client = new Client(settings, self)
    const anchored = await settings.guard?.check()
    if (anchored !== undefined) client.#restored = await markRestored(client.#context, anchored)
    await settings.guard?.begin()
    return client
  }

  /** A framework that wraps plain objects sees by it that this is none. */
  get [Symbol.toStringTag](): string {
    return 'Client'
  }

  /** What was done when this client was opened, if the anchor showed the store to be an old copy: as {@link markRestored}. */
  get restored(): Restored | undefined {
    return this.#restored
  }

  /**
   * Says that the store is a restored backup: call it before anything is sent, if no anchor shows it. No session sends any more, for it may
   * have sent what this copy does not know of; all still open messages. Our own sender keys go. Then publish new prekeys, start sessions, and distribute.
   */
  async markRestored(): Promise<Restored> {
    return markRestored(this.#context)
  }

  /** Signed lists of devices, of this account and of others: see {@link Devices}. */
  get devices(): Devices {
    return devicesFor(this.#context)
  }

  /** Who this device is. */
  get address(): DeviceAddress {
    return this.#context.self.address
  }

  /** This user's public identity key, 33 bytes. */
  get identityKey(): IdentityKey {
    return copyBytes(this.#context.self.identity.publicKey) as IdentityKey
  }

  /** Identifies this installation to peers: 1 to 16,383, or what it was imported with, up to 2^32 - 1. */
  get registrationId(): number {
    return this.#context.self.registrationId
  }

  /**
   * Vouches for another identity key: that it is of the same person. Signal's apps vouch so for the identity of an account's phone number.
   *
   * @param other - 33 bytes.
   * @returns 64 bytes, for `verifyAlternateIdentity` here or of libsignal.
   * @throws BisikError `invalid-argument`, `invalid-key`.
   */
  signAlternateIdentity(other: Uint8Array): Signature {
    return signAlternateIdentity(this.#context.self.identity, parseIdentityKey(bytesCopy(other, 'other')), this.#context.random)
  }

  /**
   * Makes one-time prekeys, elliptic-curve and KEM, and returns what the relay needs: publish it, then call {@link published}. The signed
   * prekey and the last-resort KEM prekey come with it; they are made at the first call and stay until {@link rotatePreKeys}, unless one
   * of them is damaged, or the last-resort prekey has served half of the sessions that it may: then others take their place.
   *
   * @param oneTimeCount - 0 to 1,000; each takes about 3 ms and 5 kB in the store. Those that nobody used are withdrawn from the relay, by
   *        the uploads to come, after 60 days, and deleted 30 days later: when the relay has few left, make more.
   */
  async generatePreKeys(oneTimeCount: number): Promise<PreKeyUpload> {
    return preKeys.generatePreKeys(this.#context, oneTimeCount)
  }

  /**
   * Replaces the signed and the last-resort prekey: publish the result, then call {@link published}. Do it every few days, and read the
   * mailbox in between. Does the work of {@link upkeep} first: what was replaced opens first messages for at least 30 days after its
   * successor was published, and so do the three replaced last.
   */
  async rotatePreKeys(): Promise<PreKeyUpload> {
    await keepUp(this.#context)
    return preKeys.rotatePreKeys(this.#context)
  }

  /**
   * What the relay is not known to have: the same upload again, after a crash or a refusal, until {@link published} confirms it. Prekeys of
   * several uploads come together; of very many, some: publish, confirm, ask again.
   *
   * @returns `undefined` if there is nothing to publish.
   */
  async publication(): Promise<PreKeyUpload | undefined> {
    return publications.publication(this.#context)
  }

  /**
   * Says that the relay has taken an upload; repeating it is harmless. The time for which what it replaced is kept counts from here. An app
   * that never calls this is taken to publish at once: of what it replaced, the last twelve are kept whatever the clock says.
   *
   * @param upload - of this client, as it was published.
   * @throws BisikError `invalid-argument` if it is another device's or installation's, or no upload.
   */
  async published(upload: PreKeyUpload): Promise<void> {
    return publications.published(this.#context, upload)
  }

  /**
   * Deletes what is over: prekeys that were replaced or that nobody used, sessions that were replaced 30 days ago, contents that were kept
   * for 7 days to be sent again. A damaged record holds nothing else up. {@link rotatePreKeys} does the same.
   */
  async upkeep(): Promise<UpkeepReport> {
    return keepUp(this.#context)
  }

  /** How many one-time prekeys of each kind are unused here. */
  countPreKeys(): Promise<{ readonly oneTime: number; readonly oneTimeKem: number }> {
    return preKeys.countPreKeys(this.#context)
  }

  /**
   * Starts a session with the device that a bundle belongs to. A session that was there is archived: it still opens messages. A further
   * device of a known user must have an identity key that the user is known by; one of our own user, our own.
   *
   * @throws BisikError `bad-signature`, `untrusted-identity`, `self-session`, `session-kind-refused`, `invalid-key`; nothing is stored then.
   */
  async startSession(bundle: PreKeyBundle, options: StartOptions = {}): Promise<Started> {
    const { allow } = startOptions(options)
    return starting.startSession(this.#context, bundleCopy(bundle), this.#allowed(allow))
  }

  /** What protects the current session with a device, and whether it may send; `undefined` if there is none. */
  async session(peer: DeviceAddress): Promise<SessionStatus | undefined> {
    return starting.summarizeSession(this.#context, checkAnyAddress(peer))
  }

  /**
   * The devices that are known here, of one user or of all, in the order of their names: whom there are sessions with, under which identity
   * key and registration id, and whether one may send. Reads three records for each.
   *
   * @throws BisikError `invalid-argument`; `store-…`. A damaged record is no error: it is named.
   */
  async knownDevices(user?: string): Promise<readonly KnownDevice[]> {
    return knownDevices(this.#context, user === undefined ? undefined : checkUser(user))
  }

  /**
   * Ends the session with a device: it is archived, so that messages under way still open for 30 days. To send, {@link startSession} is needed,
   * unless such a message takes the session up again. Nothing happens if there is none; one whose record is damaged is deleted.
   */
  async endSession(peer: DeviceAddress): Promise<void> {
    return starting.endSession(this.#context, checkAnyAddress(peer))
  }

  /**
   * Deletes all that is kept of a device, or of all devices of a user: sessions, skipped keys, sender keys, contents kept to be sent
   * again, and the identity key, so that the device is met for the first time again. Records of the app stay. Also the way out when a
   * record of the device is damaged. Nothing happens if nothing is known; if it fails half way, call it again.
   *
   * @param peer - with `device`, that device in one commit; without, every device of the user.
   * @throws BisikError `invalid-argument` for this device itself; `store-…`.
   */
  async forget(peer: DeviceAddress | { readonly user: string; readonly device?: undefined }): Promise<void> {
    // A misspelt device would be none, and all devices be forgotten.
    const { user, device } = fieldsArgument<{ user: string; device?: number | undefined }>(peer, 'peer', {
      user: checkUser,
      device: (number) => number,
    })
    if (device !== undefined) return forgetting.forgetDevice(this.#context, checkAnyAddress({ user, device }))
    return forgetting.forgetUser(this.#context, checkUser(user))
  }

  /**
   * Encrypts for one device. The ratchet has advanced on disk before the envelope is returned: send it, or lose one counter.
   *
   * @param plaintext - up to 249,856 bytes unless `limits.envelopeLength` says otherwise; copied before the first await.
   * @param options - `seal`: this device's sender certificate, to tell nobody but the recipient who sent the message.
   * @throws BisikError `no-session`, `untrusted-identity`, `session-kind-refused`, `message-too-large`, `certificate-expired`, `store-…`.
   */
  encrypt(to: DeviceAddress, plaintext: Uint8Array, options?: EncryptOptions & { readonly seal?: undefined }): Promise<NamedEnvelope>
  encrypt(to: DeviceAddress, plaintext: Uint8Array, options: EncryptToOptions): Promise<Envelope>
  async encrypt(to: DeviceAddress, plaintext: Uint8Array, options: EncryptToOptions = {}): Promise<Envelope> {
    const address = checkAnyAddress(to)
    const { persist, ...sealing } = encryptToOptions(options)
    const seal = sealed.sealOf(this.#context, sealing)
    return await sending.encrypt(this.#context, address, { plaintext: plaintextCopy(plaintext, this.#context.limits), persist, seal })
  }

  /**
   * Seals a message of {@link Group.encrypt} for many devices at once: the relay splits the result, and learns of no sender. Long lists are
   * worked through in slices, with the event loop running in between.
   *
   * @param recipients - devices with which there are sessions, up to 127; their users' names are UUIDs.
   * @param options - `seal`: this device's sender certificate; `excluded`: users whom the relay would expect among the recipients.
   * @returns the message's bytes; their `failed` says whom it does not reach, each with the reason: one who cannot be served does not keep it
   *          from the others.
   * @throws BisikError `certificate-expired`, `invalid-argument`, `message-too-large`, `store-…`; if nobody can be served, why the first cannot.
   */
  async sealForMany(message: Envelope, recipients: readonly DeviceAddress[], options: SealForManyOptions): Promise<SealedForMany> {
    const { excluded = [], ...sealing } = sealForManyOptions(options)
    const seal = sealed.sealOf(this.#context, sealing)
    if (seal === undefined) throw invalidArgument('seal', 'the sender certificate of this device')
    const to = listArgument(recipients, 'recipients').map(checkAnyAddress)
    return sealed.sealForMany(this.#context, envelopeCopy(message), to, { seal, excluded })
  }

  /**
   * Decrypts a message of any kind. The message key is gone from disk before the plaintext is returned: keep the plaintext with
   * `persist` if a crash must not lose it.
   *
   * @throws BisikError `duplicate-message` (acknowledge it; with `differs` it is no copy), `authentication-failed`, `untrusted-identity`, `session-kind-refused`,
   *         `no-session`, `no-sender-key`, `bad-signature`, `pre-key-not-found`, `replayed-base-key`, `too-far-ahead`, `message-key-expired`,
   *         `certificate-untrusted`, `certificate-expired`, `self-send`, `malformed-message`, `store-…`; the store is unchanged then.
   */
  async decrypt(envelope: Envelope, options: DecryptOptions = {}): Promise<Received> {
    const taken = decryptOptions(options)
    return await this.#open(this.#unsealed(envelopeCopy(envelope), taken), taken)
  }

  /**
   * Encrypts a content for one device, and keeps it for some days in case the device asks for it again: see {@link answerRetry}. At most
   * 64 contents and 1 MiB for one device are kept, in the store, with the keys.
   *
   * @returns the envelope, to be opened with {@link decryptContent}.
   * @throws BisikError as {@link encrypt}.
   */
  async encryptContent(to: DeviceAddress, content: contents.OutgoingContent, options: EncryptToOptions = {}): Promise<Envelope> {
    const address = checkAnyAddress(to)
    const { persist, ...sealing } = encryptToOptions(options)
    const seal = sealed.sealOf(this.#context, sealing)
    return contents.encryptContent(this.#context, address, { content: contents.outgoingCopy(content, this.#context.limits), persist, seal })
  }

  /**
   * Decrypts what {@link encryptContent} made, or a group message whose plaintext `serializeContent` of `bisik/wire` made. A sender key inside is taken over in the same
   * commit; a bad one is told in `senderKeyError` and withholds nothing else. What does not open comes back as `unreadable`, once an hour and sender with a request to send it again.
   *
   * @param options - `seal`: this device's sender certificate, to seal the request with; `askStrangers`: ask also whom this device does not
   *        know, which tells them that it is there.
   * @throws BisikError as {@link decrypt}, for what there is no use in asking for again: `duplicate-message` (acknowledge it),
   *         `untrusted-identity`, `store-…` and the like; `authentication-failed` for a seal made for another identity key, so that nobody
   *         knows whom to ask; `malformed-message` also for what holds no content ({@link decrypt} still opens it).
   */
  async decryptContent(envelope: Envelope, options: DecryptContentOptions = {}): Promise<Incoming> {
    const { persist, seal: certificate, askStrangers = false, ...taken } = decryptContentOptions(options)
    const inside = this.#unsealed(envelopeCopy(envelope), taken)
    const seal = sealed.sealOf(this.#context, { seal: certificate })
    const opening: contents.Open = (inner, join) => this.#open(inside, { ...taken, persist: inner }, join)
    const asking = { seal, sealer: inside.seal?.certificate.identityKey, askStrangers }
    return contents.decryptContent(this.#context, opening, { persist, asking })
  }

  /**
   * Answers a request of {@link decryptContent}: what was sent to the device lately is encrypted again, on a fresh session if the
   * current one is the one that failed. The recipient shows nothing twice. Once an hour and device; never on a weaker kind of session.
   *
   * A request is believed if it names a ratchet key under which something went to that device and is still kept.
   * What went to another identity key than the one that is believed now is never sent again.
   *
   * @param fetchBundle - asks the relay for the device's bundle; called only if a fresh session is needed.
   * @param options - `persist`: records that join the commit: keep the envelopes with it, for the request is not answered twice.
   * @returns the envelopes to send to `request.sender`, in order, none if there is nothing to answer; and notices: `session-switched` if
   *          a fresh session took the place of another.
   * @throws BisikError as {@link startSession} and {@link encrypt}; nothing is stored then.
   */
  async answerRetry(
    request: ReceivedRetryRequest,
    fetchBundle: (address: DeviceAddress) => Promise<PreKeyBundle>,
    options: AnswerOptions = {},
  ): Promise<RetryAnswer> {
    const { persist, ...sealing } = answerOptions(options)
    const seal = sealed.sealOf(this.#context, sealing)
    const asked = retry.requestCopy(request)
    functionArgument(fetchBundle, 'fetchBundle')
    const fetched = async (address: DeviceAddress) => bundleCopy(await fetchBundle(address))
    return retry.answerRetry(this.#context, asked, { fetchBundle: fetched, persist, seal })
  }

  /**
   * Our side of a group: see {@link Group}.
   *
   * @param distribution - a UUID that this device alone uses; take a fresh random one for each group.
   * @throws BisikError `invalid-argument` if it is no UUID.
   */
  group(distribution: string): Group {
    return ownGroup(this.#context, distribution)
  }

  /**
   * Takes over what `Group.distribute` of another device returned: from now on, its group messages open here.
   *
   * Sender keys are kept by device and distribution id: nobody's claim of an id withholds another's. A signing key that its chain id, or
   * this device itself, knows as another's is refused. If the device's identity key changed since, nothing of the old one is continued.
   *
   * @param from - the opened message in which the bytes came (or its `kind`, `sender` and `identity`, if the app kept those): only a
   *        message of a session says who hands out a key.
   * @returns the distribution id; which group it stands for is for the app to know.
   * @throws BisikError `sender-key-claimed`, `untrusted-identity`, `malformed-message`, `unsupported-version`, `invalid-key`, `store-…`.
   */
  async acceptSenderKey(
    from: Pick<ReceivedMessage, 'kind' | 'sender' | 'identity'>,
    distribution: Uint8Array,
  ): Promise<{ readonly distribution: string }> {
    const { kind, sender, identity } = objectArgument(from, 'from', ({ kind, sender, identity }) => ({ kind, sender, identity }))
    if ((kind as string) !== 'message') throw invalidArgument('from', 'a message of a session')
    const owner = { sender: checkAnyAddress(sender), identity: parseIdentityKey(bytesCopy(identity, 'identity')) }
    return distributions.acceptSenderKey(this.#context, owner, bytesCopy(distribution, 'distribution'))
  }

  /**
   * Deletes the sender key of a distribution id and all that is kept for late messages under it, also if its record is damaged: when a group
   * is left, or a member of it is gone. Nothing happens if there is none.
   *
   * @param sender - whose. Default: everybody's, our own included.
   */
  async dropSenderKey(distribution: string, sender?: DeviceAddress): Promise<void> {
    const whose = sender === undefined ? undefined : checkAnyAddress(sender)
    return distributions.dropSenderKey(this.#context, checkDistribution(distribution), whose)
  }

  /**
   * The safety number with a device: the same on both sides, unless somebody stands between them.
   *
   * @param identity - `details.presented` of an `untrusted-identity` error: the number that this key would have. Default: the known one.
   * @throws BisikError `no-session` if nothing is known of the device's identity yet.
   */
  async fingerprint(peer: DeviceAddress, identity?: Uint8Array): Promise<Fingerprint> {
    return fingerprints.fingerprint(this.#context, checkAnyAddress(peer), identityArgument(identity))
  }

  /**
   * Compares a safety number with ours and, if they match, marks the device's identity key as verified: a later change of it says so. That
   * holds for all devices of the user that have this key, now and later.
   *
   * @param theirs - what was scanned from the other side's screen, or the 60 digits that both sides see, as the user compared them
   *        (spaces do not matter).
   * @param identity - as in {@link fingerprint}: if its number matches, this key is accepted, and verified.
   * @returns `false` if they differ: then nothing was marked, and somebody may stand between the two.
   * @throws BisikError `no-session` if nothing is known of the device's identity yet; `malformed-message`, `unsupported-version` for what
   *         is no safety number of ours.
   */
  async verify(peer: DeviceAddress, theirs: Uint8Array | string, identity?: Uint8Array): Promise<boolean> {
    const scanned = typeof theirs === 'string' ? theirs : bytesCopy(theirs, 'theirs')
    return fingerprints.verify(this.#context, checkAnyAddress(peer), scanned, identityArgument(identity))
  }

  /** How the device's identity key came to be believed, for an app to show; `undefined` if none is known yet. */
  async trustLevel(peer: DeviceAddress): Promise<TrustLevel | undefined> {
    return fingerprints.trustLevel(this.#context, checkAnyAddress(peer))
  }

  /**
   * Takes back that the device's key is verified, for all devices of the user that have it: it is `accepted` from then on. Changes nothing
   * if it was not verified.
   */
  async unverify(peer: DeviceAddress): Promise<void> {
    return fingerprints.unverify(this.#context, checkAnyAddress(peer))
  }

  /**
   * Accepts an identity key that was refused, after the user has compared safety numbers or decided to go on. It is accepted for this
   * device; further devices of the user are welcome with it.
   *
   * @param identity - `details.presented` of the `untrusted-identity` error, 33 bytes.
   * @param level - `verified` if the user has compared safety numbers (or call {@link verify}, which does both), else `accepted`. A key
   *        that is verified stays so: only {@link unverify} takes that back.
   */
  async acceptIdentity(peer: DeviceAddress, identity: Uint8Array, level: Exclude<TrustLevel, 'first-use'>): Promise<void> {
    const key = parseIdentityKey(bytesCopy(identity, 'identity'))
    return fingerprints.acceptIdentity(this.#context, checkAnyAddress(peer), key, levelArgument(level))
  }

  #unsealed(envelope: ReturnType<typeof envelopeCopy>, { trustRoots, receivedAt }: DecryptOptions): Unsealed {
    const roots = (trustRoots as TrustRoot[] | undefined) ?? this.#trustRoots
    return unsealed(this.#context, envelope, { trustRoots: roots, receivedAt })
  }

  #open(envelope: Unsealed, { persist, allow }: DecryptOptions, join?: Join): Promise<Received> {
    return openEnvelope(this.#context, envelope, { allow: this.#allowed(allow), persist, join })
  }

  #allowed(allow: readonly WeakerKind[] | undefined): Allowance {
    return allow === undefined ? this.#context.allow : allowance(allow, true)
  }
}
