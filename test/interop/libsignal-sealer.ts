/**
 * An account of a release that seals, opens and has sender keys, over stores in memory and in bytes. Knows no rule of the protocol.
 */
import { randomUUID } from 'node:crypto'
import {
  type Argument,
  type Codec,
  Library,
  type Libsignal,
  type Maker,
  type ProtocolAddress,
  type PublicKey,
  type Serializable,
  type Store,
} from './libsignal-api.js'
import { LibsignalPeer } from './libsignal-peer.js'
import { openShelves, openStores, type Shelves } from './libsignal-stores.js'
import { type Address, addressKey, type PlainBundle } from './peer.js'

interface UnsealedContent {
  contents(): Uint8Array
  /** As in {@link RetryApi}. */
  msgType(): number
  contentHint(): number
  groupId(): Uint8Array | null
}

export interface RetryRequest extends Serializable {
  timestamp(): number
  deviceId(): number
  ratchetKey(): PublicKey | undefined
}

export interface PlaintextContent extends Serializable {
  body(): Uint8Array
  asCiphertextMessage(): object
}

/** Requests to send again. Types of messages: 2 of a session, 3 that brings one, 7 of a group, 8 not encrypted. */
export interface RetryApi {
  readonly DecryptionErrorMessage: Codec<RetryRequest> & {
    forOriginal(bytes: Uint8Array, type: number, timestamp: number, device: number): RetryRequest
    extractFromSerializedBody(body: Uint8Array): RetryRequest
  }
  readonly PlaintextContent: Codec<PlaintextContent> & { from(request: RetryRequest): PlaintextContent }
}

/** What of the release is called here beyond sessions. */
export interface SealingApi extends Libsignal {
  readonly SessionRecord: Codec<Serializable & { currentRatchetKeyMatches(key: PublicKey): boolean }>
  readonly ServerCertificate: Maker<Serializable>
  readonly SenderCertificate: Maker<Serializable> & Codec<Serializable>
  readonly UnidentifiedSenderMessageContent: Maker<Serializable>
  readonly SenderKeyDistributionMessage: Codec<object> & { create(...parts: Argument[]): Promise<Serializable> }
  readonly SenderKeyRecord: Codec<Serializable>
  readonly SenderKeyStore: Store
  readonly Aci: { fromUuid(uuid: string): object }
  processSenderKeyDistributionMessage(sender: ProtocolAddress, message: object, store: object): Promise<void>
  groupEncrypt(sender: ProtocolAddress, distribution: string, store: object, plaintext: Uint8Array): Promise<Serializable>
  groupDecrypt(sender: ProtocolAddress, store: object, message: Uint8Array): Promise<Uint8Array>
  sealedSenderEncryptMessage(
    message: Uint8Array,
    to: ProtocolAddress,
    certificate: object,
    sessions: object,
    identities: object,
  ): Promise<Uint8Array>
  sealedSenderEncrypt(content: object, to: ProtocolAddress, identities: object): Promise<Uint8Array>
  sealedSenderDecryptMessage(...parts: Argument[]): Promise<{ message(): Uint8Array; senderUuid(): string; deviceId(): number }>
  sealedSenderDecryptToUsmc(message: Uint8Array, identities: object): Promise<UnsealedContent>
  sealedSenderMultiRecipientEncrypt(options: object): Promise<Uint8Array>
  sealedSenderMultiRecipientMessageForSingleRecipient(message: Uint8Array): Uint8Array
}

/** The release that all this is about. */
export const SEALING_VERSION = '0.103.0'

export class LibsignalSealer {
  readonly address: Address
  readonly bundle: PlainBundle
  readonly registrationId: number
  readonly #api: SealingApi
  readonly #shelves: Shelves
  readonly #stores: ReturnType<typeof openStores>
  readonly #senderKeys: object
  readonly #names = new Map<string, ProtocolAddress>()
  /** What was parsed once, by the bytes it was parsed from. */
  readonly #parsed = new WeakMap<Uint8Array, object>()

  private constructor(api: SealingApi, address: Address, bundle: PlainBundle, library: Library, shelves: Shelves) {
    this.address = address
    this.bundle = bundle
    this.registrationId = shelves.registrationId
    this.#api = api
    this.#shelves = shelves
    this.#stores = openStores(library, shelves)
    Object.assign(this.#stores.sessions, {
      getExistingSessions: async (addresses: readonly ProtocolAddress[]) =>
        Promise.all(addresses.map((address) => this.#stores.sessions.getSession(address))),
    })
    const records = new Map<string, Uint8Array>()
    class SenderKeys extends api.SenderKeyStore {
      async saveSenderKey(sender: ProtocolAddress, distribution: string, record: Serializable): Promise<void> {
        records.set(`${sender.name()}.${sender.deviceId()} ${distribution}`, record.serialize())
      }
      async getSenderKey(sender: ProtocolAddress, distribution: string): Promise<Serializable | null> {
        const bytes = records.get(`${sender.name()}.${sender.deviceId()} ${distribution}`)
        return bytes ? api.SenderKeyRecord.deserialize(bytes) : null
      }
    }
    this.#senderKeys = new SenderKeys()
  }

  static async open(api: SealingApi): Promise<LibsignalSealer> {
    const library = new Library(api, SEALING_VERSION, false)
    const account = await new LibsignalPeer(api, SEALING_VERSION).newAccount({ user: randomUUID(), device: 3 })
    const bundle = await account.bundle({ oneTime: true, kem: true })
    return new LibsignalSealer(api, account.address, bundle, library, openShelves(library, await account.moveOut()))
  }

  get identityKey(): Uint8Array {
    return plain(this.#shelves.identity.privateKey.getPublicKey().serialize())
  }

  async startSession({ address, registrationId, identityKey, signedPreKey, kemPreKey }: PlainBundle): Promise<void> {
    const { PreKeyBundle, PublicKey, KEMPublicKey } = this.#api
    if (!kemPreKey || !KEMPublicKey) throw new TypeError('no KEM prekey')
    const native = PreKeyBundle.new(
      ...[
        registrationId,
        address.device,
        null,
        null,
        signedPreKey.id,
        PublicKey.deserialize(signedPreKey.publicKey),
        signedPreKey.signature,
      ],
      ...[PublicKey.deserialize(identityKey), kemPreKey.id, KEMPublicKey.deserialize(kemPreKey.publicKey), kemPreKey.signature],
    )
    const { sessions, identities } = this.#stores
    await this.#api.processPreKeyBundle(native, this.#nameOf(address), this.#nameOf(this.address), sessions, identities)
  }

  async encrypt(to: Address, plaintext: Uint8Array, certificate: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const { sessions, identities } = this.#stores
    const sender = this.#parse(this.#api.SenderCertificate, certificate)
    return plain(await this.#api.sealedSenderEncryptMessage(plaintext, this.#nameOf(to), sender, sessions, identities))
  }

  async decrypt(body: Uint8Array, root: Uint8Array): Promise<{ readonly plaintext: Uint8Array; readonly sender: Address }> {
    const { sessions, identities, preKeys, signedPreKeys, kemPreKeys } = this.#stores
    const opened = await this.#api.sealedSenderDecryptMessage(
      ...[body, this.#parse(this.#api.PublicKey, root), Date.now(), null, this.address.user, this.address.device],
      ...[sessions, identities, preKeys, signedPreKeys, kemPreKeys],
    )
    return { plaintext: plain(opened.message()), sender: { user: opened.senderUuid(), device: opened.deviceId() } }
  }

  async distribute(distribution: string): Promise<Uint8Array> {
    return plain(
      (await this.#api.SenderKeyDistributionMessage.create(this.#nameOf(this.address), distribution, this.#senderKeys)).serialize(),
    )
  }

  async acceptSenderKey(sender: Address, bytes: Uint8Array): Promise<void> {
    const message = this.#api.SenderKeyDistributionMessage.deserialize(bytes)
    await this.#api.processSenderKeyDistributionMessage(this.#nameOf(sender), message, this.#senderKeys)
  }

  /** @returns the message as the release has it: {@link sealForMany} takes it, `serialize` writes it. */
  async encryptForGroup(distribution: string, plaintext: Uint8Array): Promise<Serializable> {
    return this.#api.groupEncrypt(this.#nameOf(this.address), distribution, this.#senderKeys, plaintext)
  }

  async decryptFromGroup(sender: Address, message: Uint8Array): Promise<Uint8Array> {
    return this.#api.groupDecrypt(this.#nameOf(sender), this.#senderKeys, message)
  }

  async unseal(body: Uint8Array): Promise<UnsealedContent> {
    return this.#api.sealedSenderDecryptToUsmc(body, this.#stores.identities)
  }

  /** Seals what no session encrypts. */
  async seal(to: Address, message: object, certificate: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const { SenderCertificate, UnidentifiedSenderMessageContent } = this.#api
    const content = UnidentifiedSenderMessageContent.new(message, this.#parse(SenderCertificate, certificate), 0, null)
    return plain(await this.#api.sealedSenderEncrypt(content, this.#nameOf(to), this.#stores.identities))
  }

  /** Whether the session that sends to a device does so under a ratchet key: the release's own way to judge a request. */
  sendsUnder(to: Address, ratchetKey: PublicKey): boolean {
    const record = this.#shelves.sessions.get(addressKey(to))
    return record !== undefined && this.#api.SessionRecord.deserialize(record).currentRatchetKeyMatches(ratchetKey)
  }

  forgetSessions(): void {
    this.#shelves.sessions.clear()
  }

  async sealForMany(
    message: Serializable,
    to: readonly Address[],
    o: { readonly certificate: Uint8Array; readonly contentHint: number; readonly excluded: readonly string[] },
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { Aci, SenderCertificate, UnidentifiedSenderMessageContent } = this.#api
    const sender = this.#parse(SenderCertificate, o.certificate)
    const content = UnidentifiedSenderMessageContent.new(message, sender, o.contentHint, null)
    const { sessions: sessionStore, identities: identityStore } = this.#stores
    const recipients = to.map((address) => this.#nameOf(address))
    const excludedRecipients = o.excluded.map((user) => Aci.fromUuid(user))
    return plain(
      await this.#api.sealedSenderMultiRecipientEncrypt({ content, recipients, excludedRecipients, identityStore, sessionStore }),
    )
  }

  #parse(codec: Codec<object>, bytes: Uint8Array): object {
    const known = this.#parsed.get(bytes)
    if (known) return known
    const parsed = codec.deserialize(bytes)
    this.#parsed.set(bytes, parsed)
    return parsed
  }

  #nameOf(address: Address): ProtocolAddress {
    const key = addressKey(address)
    const known = this.#names.get(key)
    if (known) return known
    const name = this.#api.ProtocolAddress.new(address.user, address.device)
    this.#names.set(key, name)
    return name
  }
}

/** Who vouches for senders: the root, and a certificate for a device. */
export interface Issuer {
  readonly root: Uint8Array
  certify(address: Address, identityKey: Uint8Array): Promise<Uint8Array>
}

export function issuedByLibsignal(api: SealingApi, expiration: number): Issuer {
  const [root, server] = [api.PrivateKey.generate(), api.PrivateKey.generate()]
  const signer = api.ServerCertificate.new(7, server.getPublicKey(), root)
  return {
    root: plain(root.getPublicKey().serialize()),
    certify: async ({ user, device }, key) =>
      plain(
        api.SenderCertificate.new(user, '+14155550100', device, api.PublicKey.deserialize(key), expiration, signer, server).serialize(),
      ),
  }
}

/** libsignal's Buffers as what they are underneath, without a copy. */
export function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length)
}
