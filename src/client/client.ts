/**
 * The facade: one object for one device of one user. Holds no state but the identity key and shortcuts; everything else is in the
 * store, so that two clients on one store are safe. Contains no cryptography.
 */
import { type Bytes, copyBytes, toHex } from '../bytes.js'
import { generateKeyPair, keyPairFromPrivateKey } from '../crypto/dh.js'
import { type IdentityKey, type IdentityKeyPair, parseEcPublicKey, parseIdentityKey } from '../crypto/keys.js'
import { type Clock, type RandomSource, systemClock, systemRandom } from '../env.js'
import { BisikError } from '../errors.js'
import { type TrustRoot, VouchedMemo } from '../protocol/certificates.js'
import type { Fingerprint } from '../protocol/fingerprint.js'
import { MAX_REGISTRATION_ID } from '../protocol/limits.js'
import type { SessionKind } from '../protocol/session.js'
import type { TrustLevel, TrustPolicy } from '../protocol/trust.js'
import { type Account, decodeAccount, encodeAccount } from '../records/account-record.js'
import { encodeIdentity } from '../records/identity-record.js'
import { ACCOUNT, identityKeyOf } from '../records/record-keys.js'
import type { KeyStore } from '../store/key-store.js'
import { checkExpectations } from '../store/probe.js'
import { transact } from '../store/transact.js'
import { checkAddress, type DeviceAddress } from '../wire/address.js'
import type { Envelope, NamedEnvelope } from '../wire/envelope.js'
import { bytesArgument, objectArgument } from '../wire/input.js'
import { checkPreKeyBundle, type PreKeyBundle, type PreKeyUpload } from '../wire/pre-key-bundle.js'
import type { ContentHint } from '../wire/sealed-message.js'
import { checkDistribution } from '../wire/sender-key-message.js'
import {
  bytesCopy,
  checkedClock,
  checkedRandom,
  envelopeCopy,
  functionArgument,
  kindsArgument,
  levelArgument,
  listArgument,
  plaintextCopy,
  policyArgument,
  storeArgument,
} from './arguments.js'
import * as contents from './contents.js'
import { type Allowance, type Context, registerContext } from './context.js'
import * as fingerprints from './fingerprints.js'
import * as groups from './group.js'
import * as pairwise from './pairwise.js'
import * as preKeys from './pre-keys.js'
import type { AppRecords, Incoming, Received, ReceivedMessage, ReceivedRetryRequest, SessionSummary, Started } from './results.js'
import * as retry from './retry.js'
import * as sealed from './sealed.js'
import { WalkMemo } from './walks.js'

/** A kind of session weaker than the Triple Ratchet. */
export type WeakerKind = Exclude<SessionKind, 'triple'>

/** How to create or open a client. */
export interface ClientOptions {
  /** Where keys live; it must keep its contract (see `KeyStore`). One store holds one account. */
  readonly store: KeyStore
  /**
   * Who this device is. Default for a new account: a random UUID, device 1. Names that are UUIDs are bound under the MAC of first
   * messages; other names work without that binding.
   */
  readonly address?: DeviceAddress
  /** Default `first-use`: a device seen for the first time is believed, and any later change of its key is refused until accepted. */
  readonly trustPolicy?: TrustPolicy
  /**
   * Kinds of session that are weaker than the Triple Ratchet and accepted all the same. Default none: every message key has
   * post-quantum protection, as libsignal 0.92 and later demand. `'pqxdh'`: the post-quantum ratchet is offered, and a peer that does
   * not have it is followed. `'x3dh'`: peers without any post-quantum protection. A session never takes the place of a stronger one
   * by this; that needs `allow` in the call itself.
   */
  readonly allow?: readonly WeakerKind[]
  /**
   * Public keys (33 bytes) whose word for the sender of a sealed message is taken: the relay's, pinned by the app. Default none, and
   * every sealed message is refused.
   */
  readonly trustRoots?: readonly Uint8Array[]
  /** Default: `crypto.getRandomValues`. */
  readonly random?: RandomSource
  /** Default: the runtime's clock. */
  readonly clock?: Clock
}

/** An account that exists elsewhere, for {@link Client.create}. */
export interface ExistingIdentity {
  /** The private identity key, 32 bytes; copied. */
  readonly identityPrivateKey: Uint8Array
  /** 1 to 16,383. */
  readonly registrationId: number
}

/** Options of one `encrypt`. */
export interface EncryptOptions {
  /**
   * Records that join the commit. Synchronous, and may be called more than once; only the last call's records are written. Store the
   * envelope here and send it from there: after a crash the same bytes are sent again and nothing is lost.
   */
  readonly persist?: (envelope: Envelope) => AppRecords
}

/** What goes with sealing a message. */
export interface SealOptions {
  /** What the sender says about a message that does not open; default `'default'`: it will not be sent again. */
  readonly contentHint?: ContentHint
  /** The group that the recipient tells about a message that does not open. */
  readonly groupId?: Uint8Array
}

/** Options of one `encrypt` for a device. */
export interface EncryptToOptions extends EncryptOptions, SealOptions {
  /** This device's sender certificate, from the relay: nobody but the recipient learns who sent the message. */
  readonly seal?: Uint8Array | undefined
}

/** Options of one `decrypt`. */
export interface DecryptOptions {
  /** Overrides the client's trust roots for this message. */
  readonly trustRoots?: readonly Uint8Array[]
  /** Records that join the commit, as in {@link EncryptOptions}: without them, a crash after the commit loses the plaintext. */
  readonly persist?: (received: Received) => AppRecords
  /** Overrides the client's `allow` for this message, and lets its session replace a stronger one. */
  readonly allow?: readonly WeakerKind[]
}

/** Options of one `decryptContent`. */
export interface DecryptContentOptions extends Omit<DecryptOptions, 'persist'> {
  /** Records that join the commit, as in {@link DecryptOptions}; also of a request that goes out. */
  readonly persist?: (incoming: Incoming) => AppRecords
  /** This device's sender certificate: a request goes out under a seal, which says who asks to nobody else and proves it. */
  readonly seal?: Uint8Array | undefined
}

/** Options of one `answerRetry`. */
export interface AnswerOptions extends SealOptions {
  /** Records that join the commit, as in {@link EncryptOptions}. */
  readonly persist?: (envelopes: readonly Envelope[]) => AppRecords
  /** As in {@link EncryptToOptions}. */
  readonly seal?: Uint8Array | undefined
}

/** Options of one `startSession`. */
export interface StartOptions {
  /** Overrides the client's `allow` for this session, and lets it replace a stronger one. */
  readonly allow?: readonly WeakerKind[]
}

/**
 * Our sender key of one distribution id: a message is encrypted once for all who were sent the distribution. A handle; holds no state.
 *
 * One distribution id belongs to one device: each member takes a fresh UUID for each group, and tells it with the distribution.
 */
export interface Group {
  /** A UUID in lower case. */
  readonly distribution: string
  /**
   * What lets a member read from the next message on; makes a sender key if there is none. Send it to each member's devices inside a
   * message of `Client.encrypt`; there it goes to `Client.acceptSenderKey`.
   *
   * @returns bytes that hold the key: nobody who is no member may see them.
   * @throws BisikError `sender-key-claimed` if the distribution id belongs to another device; `store-…`.
   */
  distribute(): Promise<Bytes>
  /**
   * Takes a new key, when somebody left: who has only what was handed out before reads nothing from here on. Send the result to all
   * who stay, as with {@link distribute}.
   *
   * @throws BisikError as {@link distribute}.
   */
  rotate(): Promise<Bytes>
  /**
   * Encrypts once for all members. The key has advanced on disk before the envelope is returned.
   *
   * @throws BisikError `no-sender-key` before the first `distribute`; `message-too-large`; `store-…`.
   */
  encrypt(plaintext: Uint8Array, options?: EncryptOptions): Promise<NamedEnvelope>
}

/** One device of one user: starts sessions, encrypts, decrypts. Safe to use from many places at once, and from many processes. */
export class Client {
  readonly #context: Context
  readonly #trustRoots: readonly TrustRoot[]

  private constructor({ trustRoots, allow, ...settings }: Settings, { address, identity, registrationId }: Account) {
    this.#trustRoots = trustRoots
    this.#context = {
      ...settings,
      self: { address: Object.freeze(address), identity, registrationId },
      allow: allowance(allow, false),
      walks: new WalkMemo(),
      vouched: new VouchedMemo(),
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
    const { store, address, random } = settings
    const account = newAccount(address ?? randomAddress(random), random, existing)
    await transact(store, [ACCOUNT], (view) => {
      if (view.has(ACCOUNT)) throw new BisikError('account-exists', {})
      return { put: new Map([[ACCOUNT, encodeAccount(account)]]), result: undefined }
    })
    await checkExpectations(store, ACCOUNT)
    return new Client(settings, account)
  }

  /**
   * Opens the account in a store.
   *
   * @throws BisikError `account-not-found`; `invalid-argument` if `address` is given and is not the account's; `corrupt-record`.
   */
  static async open(options: ClientOptions): Promise<Client> {
    const settings = settingsOf(options)
    const { store, address } = settings
    const account = await transact(store, [ACCOUNT], (view) => {
      const record = view.get(ACCOUNT)
      if (record === undefined) throw new BisikError('account-not-found', {})
      return { result: decodeAccount(record) }
    })
    await checkExpectations(store, ACCOUNT)
    if (address !== undefined && (address.user !== account.address.user || address.device !== account.address.device)) {
      throw new BisikError('invalid-argument', { argument: 'address', expected: "the stored account's address, or none" })
    }
    return new Client(settings, account)
  }

  /** Opens the account in a store, or creates one in an empty store. */
  static async openOrCreate(options: ClientOptions): Promise<Client> {
    const { store } = settingsOf(options)
    const exists = await transact(store, [ACCOUNT], (view) => ({ result: view.has(ACCOUNT) }))
    return exists ? Client.open(options) : Client.create(options)
  }

  /** Who this device is. */
  get address(): DeviceAddress {
    return this.#context.self.address
  }

  /** This user's public identity key, 33 bytes. */
  get identityKey(): IdentityKey {
    return copyBytes(this.#context.self.identity.publicKey) as IdentityKey
  }

  /** Identifies this installation to peers: 1 to 16,383. */
  get registrationId(): number {
    return this.#context.self.registrationId
  }

  /**
   * Makes one-time prekeys, elliptic-curve and KEM, and returns what the relay needs: publish it. The signed prekey and the last-resort
   * KEM prekey come with it; they are made at the first call and stay until {@link rotatePreKeys}.
   *
   * @param oneTimeCount - 0 to 1,000; each takes about 3 ms and 5 kB in the store.
   */
  async generatePreKeys(oneTimeCount: number): Promise<PreKeyUpload> {
    return preKeys.generatePreKeys(this.#context, oneTimeCount)
  }

  /**
   * Replaces the signed and the last-resort prekey: publish the result. Do it every few days; what was replaced still opens first
   * messages for 30 days and is then deleted by the next rotation.
   */
  rotatePreKeys(): Promise<PreKeyUpload> {
    return preKeys.rotatePreKeys(this.#context)
  }

  /** How many one-time prekeys of each kind are unused here. */
  countPreKeys(): Promise<{ readonly oneTime: number; readonly oneTimeKem: number }> {
    return preKeys.countPreKeys(this.#context)
  }

  /**
   * Starts a session with the device that a bundle belongs to. A session that was there is archived: it still opens messages.
   *
   * @throws BisikError `bad-signature`, `untrusted-identity`, `session-kind-refused`, `invalid-key`; nothing is stored then.
   */
  async startSession(bundle: PreKeyBundle, options: StartOptions = {}): Promise<Started> {
    const { allow } = objectArgument(options, 'options')
    return pairwise.startSession(this.#context, checkPreKeyBundle(bundle), this.#allowed(allow))
  }

  /** What protects the current session with a device; `undefined` if there is none. */
  async session(peer: DeviceAddress): Promise<SessionSummary | undefined> {
    return pairwise.summarizeSession(this.#context, checkAddress(peer))
  }

  /**
   * Encrypts for one device. The ratchet has advanced on disk before the envelope is returned: send it, or lose one counter.
   *
   * @param plaintext - up to about 1 MiB; copied before the first await.
   * @param options - `seal`: this device's sender certificate, to tell nobody but the recipient who sent the message.
   * @throws BisikError `no-session`, `untrusted-identity`, `session-kind-refused`, `message-too-large`, `certificate-expired`, `store-…`.
   */
  encrypt(to: DeviceAddress, plaintext: Uint8Array, options?: EncryptOptions & { readonly seal?: undefined }): Promise<NamedEnvelope>
  encrypt(to: DeviceAddress, plaintext: Uint8Array, options: EncryptToOptions): Promise<Envelope>
  async encrypt(to: DeviceAddress, plaintext: Uint8Array, options: EncryptToOptions = {}): Promise<Envelope> {
    const address = checkAddress(to)
    const { persist } = objectArgument(options, 'options')
    const seal = options.seal === undefined ? undefined : sealed.sealOf(this.#context, options.seal, options)
    return pairwise.encrypt(this.#context, address, plaintextCopy(plaintext), { persist: functionArgument(persist, 'persist'), seal })
  }

  /**
   * Seals a message of {@link Group.encrypt} for many devices at once: the relay splits the result, and learns of no sender.
   *
   * @param recipients - devices with which there are sessions; their users' names are UUIDs.
   * @param options - `seal`: this device's sender certificate; `excluded`: users whom the relay would expect among the recipients.
   * @throws BisikError `no-session`, `untrusted-identity`, `certificate-expired`, `invalid-argument`, `store-…`.
   */
  async sealForMany(
    message: Envelope,
    recipients: readonly DeviceAddress[],
    options: SealOptions & { readonly seal: Uint8Array; readonly excluded?: readonly string[] },
  ): Promise<Bytes> {
    const seal = sealed.sealOf(this.#context, objectArgument(options, 'options').seal, options)
    const addresses = listArgument(recipients, 'recipients').map(checkAddress)
    const excluded = listArgument(options.excluded, 'excluded')
    return sealed.sealForMany(this.#context, envelopeCopy(message), addresses, { seal, excluded })
  }

  /**
   * Decrypts a message of any kind. The message key is gone from disk before the plaintext is returned: keep the plaintext with
   * `persist` if a crash must not lose it.
   *
   * @throws BisikError `duplicate-message` (acknowledge it), `authentication-failed`, `untrusted-identity`, `session-kind-refused`,
   *         `no-session`, `no-sender-key`, `bad-signature`, `pre-key-not-found`, `replayed-base-key`, `too-far-ahead`,
   *         `certificate-untrusted`, `certificate-expired`, `self-send`, `malformed-message`, `store-…`; the store is unchanged then.
   */
  async decrypt(envelope: Envelope, options: DecryptOptions = {}): Promise<Received> {
    functionArgument(objectArgument(options, 'options').persist, 'persist')
    return this.#decrypt(envelopeCopy(envelope), options)
  }

  /**
   * Encrypts a content for one device, and keeps it for some days in case the device asks for it again: see {@link answerRetry}. At most
   * 64 contents and 1 MiB for one device are kept, in the store, with the keys.
   *
   * @returns the envelope, to be opened with {@link decryptContent}.
   * @throws BisikError as {@link encrypt}.
   */
  async encryptContent(to: DeviceAddress, content: contents.OutgoingContent, options: EncryptToOptions = {}): Promise<Envelope> {
    const address = checkAddress(to)
    const persist = functionArgument(objectArgument(options, 'options').persist, 'persist')
    const seal = options.seal === undefined ? undefined : sealed.sealOf(this.#context, options.seal, options)
    return contents.encryptContent(this.#context, address, contents.outgoingCopy(objectArgument(content, 'content')), { persist, seal })
  }

  /**
   * Decrypts what {@link encryptContent} made, or a group message that carries a content. A sender key inside is taken over in the same
   * commit. What does not open comes back as `unreadable`, once an hour and sender with a request to send it again.
   *
   * @param options - `seal`: this device's sender certificate, to seal the request with.
   * @throws BisikError as {@link decrypt}, for what there is no use in asking for again: `duplicate-message` (acknowledge it),
   *         `untrusted-identity`, `malformed-message`, `store-…` and the like; also `sender-key-claimed`.
   */
  async decryptContent(envelope: Envelope, options: DecryptContentOptions = {}): Promise<Incoming> {
    const persist = functionArgument(objectArgument(options, 'options').persist, 'persist')
    const copy = envelopeCopy(envelope)
    const seal = options.seal === undefined ? undefined : sealed.sealOf(this.#context, options.seal, {})
    const open: contents.Open = (inner, join) => this.#decrypt(copy, { ...options, persist: inner }, join)
    return contents.decryptContent(this.#context, open, { persist, seal })
  }

  /**
   * Answers a request of {@link decryptContent}: what was sent to the device lately is encrypted again, on a fresh session if the
   * current one is the one that failed. The recipient shows nothing twice. Once an hour and device; never on a weaker kind of session.
   *
   * A request is believed if it names a ratchet key under which something went to that device and is still kept.
   *
   * @param fetchBundle - asks the relay for the device's bundle; called only if a fresh session is needed.
   * @param options - `persist`: records that join the commit: keep the envelopes with it, for the request is not answered twice.
   * @returns the envelopes to send to `request.sender`, in order; none if there is nothing to answer.
   * @throws BisikError as {@link startSession} and {@link encrypt}; nothing is stored then.
   */
  async answerRetry(
    request: ReceivedRetryRequest,
    fetchBundle: (address: DeviceAddress) => Promise<PreKeyBundle>,
    options: AnswerOptions = {},
  ): Promise<readonly Envelope[]> {
    const persist = functionArgument(objectArgument(options, 'options').persist, 'persist')
    const seal = options.seal === undefined ? undefined : sealed.sealOf(this.#context, options.seal, options)
    const { sender, request: asked } = objectArgument(request, 'request')
    const { ratchetKey, timestamp, device } = objectArgument(asked, 'request')
    const copy = {
      ratchetKey: ratchetKey === undefined ? undefined : parseEcPublicKey(bytesCopy(ratchetKey, 'request')),
      timestamp,
      device,
    }
    if (functionArgument(fetchBundle, 'fetchBundle') === undefined) {
      throw new BisikError('invalid-argument', { argument: 'fetchBundle', expected: 'a function' })
    }
    const fetched = async (address: DeviceAddress) => checkPreKeyBundle(await fetchBundle(address))
    return retry.answerRetry(this.#context, checkAddress(sender), copy, fetched, { persist, seal })
  }

  /**
   * Our side of a group: see {@link Group}.
   *
   * @param distribution - a UUID that this device alone uses; take a fresh random one for each group.
   * @throws BisikError `invalid-argument` if it is no UUID.
   */
  group(distribution: string): Group {
    const id = checkDistribution(distribution)
    return {
      distribution: id,
      distribute: () => groups.distribute(this.#context, id),
      rotate: () => groups.rotate(this.#context, id),
      encrypt: async (plaintext, options = {}) => {
        const persist = functionArgument(objectArgument(options, 'options').persist, 'persist')
        return groups.encryptForGroup(this.#context, id, plaintextCopy(plaintext), persist)
      },
    }
  }

  /**
   * Takes over what `Group.distribute` of another device returned: from now on, its group messages open here.
   *
   * A distribution id is bound to the first device that hands out a key for it, and so is a signing key: what another hands on is
   * refused. If the device's identity key changed since, nothing of the old one is continued.
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
    if ((objectArgument(from, 'from').kind as string) !== 'message')
      throw new BisikError('invalid-argument', { argument: 'from', expected: 'a message of a session' })
    const deliverer = { sender: checkAddress(from.sender), identity: parseIdentityKey(bytesCopy(from.identity, 'identity')) }
    return groups.acceptSenderKey(this.#context, deliverer, bytesCopy(distribution, 'distribution'))
  }

  /**
   * The safety number with a device: the same on both sides, unless somebody stands between them.
   *
   * @throws BisikError `no-session` if nothing is known of the device's identity yet.
   */
  async fingerprint(peer: DeviceAddress): Promise<Fingerprint> {
    return fingerprints.fingerprint(this.#context, checkAddress(peer))
  }

  /**
   * Compares a safety number with ours and, if they match, marks the device's identity key as verified: a later change of it says so.
   *
   * @param theirs - what was scanned from the other side's screen, or the 60 digits that both sides see, as the user compared them
   *        (spaces do not matter).
   * @returns `false` if they differ: then nothing was marked, and somebody may stand between the two.
   * @throws BisikError `no-session` if nothing is known of the device's identity yet; `malformed-message`, `unsupported-version` for what
   *         is no safety number of ours.
   */
  async verify(peer: DeviceAddress, theirs: Uint8Array | string): Promise<boolean> {
    const compared = typeof theirs === 'string' ? theirs : bytesCopy(theirs, 'theirs')
    return fingerprints.verify(this.#context, checkAddress(peer), compared)
  }

  /**
   * Accepts an identity key that was refused, after the user has compared safety numbers or decided to go on.
   *
   * @param identity - `details.presented` of the `untrusted-identity` error, 33 bytes.
   */
  async acceptIdentity(peer: DeviceAddress, identity: Uint8Array, level: Exclude<TrustLevel, 'first-use'>): Promise<void> {
    const key = parseIdentityKey(bytesCopy(identity, 'identity'))
    levelArgument(level)
    const record = identityKeyOf(checkAddress(peer))
    await transact(this.#context.store, [record], () => ({ put: new Map([[record, encodeIdentity({ key, level })]]), result: undefined }))
  }

  async #decrypt(envelope: Envelope, options: DecryptOptions, join?: pairwise.Join): Promise<Received> {
    const { kind, body } = envelope
    const { persist } = options
    if (kind === 'plaintext') {
      return sealed.openRetryRequest(this.#context, { sender: envelope.sender, body, identity: undefined }, persist)
    }
    if (kind !== 'sealed') return this.#open(envelope, options, undefined, join)
    const trustRoots = options.trustRoots === undefined ? this.#trustRoots : trustRootsArgument(options.trustRoots)
    const seal = sealed.openSeal(this.#context, body, trustRoots)
    const { sender, identityKey: identity } = seal.certificate
    if (seal.kind === 'plaintext') return sealed.openRetryRequest(this.#context, { sender, body: seal.body, identity }, persist)
    return this.#open({ kind: seal.kind, sender, body: seal.body }, options, seal, join)
  }

  async #open(
    envelope: NamedEnvelope,
    { persist, allow }: DecryptOptions,
    seal: sealed.OpenedSeal | undefined,
    join: pairwise.Join | undefined,
  ): Promise<Received> {
    const { kind, sender, body } = envelope
    if (kind === 'sender-key') return groups.decryptFromGroup(this.#context, sender, body, { persist, seal })
    const received = await pairwise.decrypt(this.#context, envelope, { allow: this.#allowed(allow), persist, seal, join })
    return received
  }

  #allowed(allow: readonly WeakerKind[] | undefined): Allowance {
    return allow === undefined ? this.#context.allow : allowance(kindsArgument(allow), true)
  }
}

/** {@link ClientOptions}, checked, with the defaults in place. */
type Settings = Pick<Context, 'store' | 'random' | 'clock' | 'trustPolicy'> & {
  readonly address: DeviceAddress | undefined
  readonly allow: readonly SessionKind[]
  readonly trustRoots: readonly TrustRoot[]
}

function settingsOf(options: ClientOptions): Settings {
  const { store, address, trustPolicy, allow, trustRoots, random, clock } = objectArgument(options, 'options')
  return {
    store: storeArgument(store),
    address: address === undefined ? undefined : checkAddress(address),
    trustPolicy: policyArgument(trustPolicy ?? 'first-use'),
    allow: kindsArgument(allow),
    trustRoots: trustRootsArgument(trustRoots),
    random: checkedRandom(random ?? systemRandom),
    clock: checkedClock(clock ?? systemClock),
  }
}

function trustRootsArgument(roots: readonly Uint8Array[] | undefined): readonly TrustRoot[] {
  return listArgument(roots, 'trustRoots').map((root) => parseEcPublicKey(bytesCopy(root, 'trustRoots')))
}

function allowance(allow: readonly SessionKind[], explicit: boolean): Allowance {
  return { kinds: new Set<SessionKind>(['triple', ...allow]), explicit }
}

function newAccount(address: DeviceAddress, random: RandomSource, existing: ExistingIdentity | undefined): Account {
  if (existing !== undefined) objectArgument(existing, 'existing')
  const registrationId = existing?.registrationId ?? randomRegistrationId(random)
  if (!Number.isInteger(registrationId) || registrationId < 1 || registrationId > MAX_REGISTRATION_ID) {
    throw new BisikError('invalid-argument', { argument: 'registrationId', expected: `a whole number from 1 to ${MAX_REGISTRATION_ID}` })
  }
  const identity =
    existing === undefined
      ? generateKeyPair(random)
      : keyPairFromPrivateKey(bytesArgument(existing.identityPrivateKey, 'identityPrivateKey'))
  return {
    generation: 1,
    address,
    identity: identity as IdentityKeyPair,
    registrationId,
    nextIds: { oneTimePreKey: 1, signedPreKey: 1, kemPreKey: 1 },
    signedPreKeys: [],
    lastResortKemPreKeys: [],
  }
}

function randomRegistrationId(random: RandomSource): number {
  for (;;) {
    const [high, low] = random(2) as unknown as [number, number]
    const id = ((high << 8) | low) & MAX_REGISTRATION_ID
    if (id !== 0) return id
  }
}

/** A random UUID (version 4) on device 1. */
function randomAddress(random: RandomSource): DeviceAddress {
  const bytes = random(16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = toHex(bytes)
  const user = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return { user, device: 1 }
}
