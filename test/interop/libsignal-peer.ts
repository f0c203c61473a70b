/**
 * One release of `@signalapp/libsignal-client` as a {@link Peer}: absorbs how the Node API changed from 0.22 to 0.103, over stores that
 * keep serialized bytes. The package is a black box: the shapes below are only what is called here.
 */
import {
  type AccountRecords,
  type Address,
  addressKey,
  type BundleOptions,
  type Message,
  type Peer,
  type PeerAccount,
  type PlainBundle,
  Refusal,
} from './peer.js'

type Argument = unknown
interface Serializable {
  serialize(): Uint8Array
}
interface PublicKey extends Serializable {}
interface PrivateKey extends Serializable {
  getPublicKey(): PublicKey
  sign(message: Uint8Array): Uint8Array
}
interface KemKeyPair {
  getPublicKey(): Serializable
}
interface Codec<T> {
  deserialize(bytes: Uint8Array): T
}
interface Maker<T> {
  new: (...parts: Argument[]) => T
}
interface ProtocolAddress {
  name(): string
  deviceId(): number
}
type Store = abstract new () => object

/** The part of the package that is called here. */
export interface Libsignal {
  readonly ProtocolAddress: Maker<ProtocolAddress>
  readonly PublicKey: Codec<PublicKey>
  readonly PrivateKey: Codec<PrivateKey> & { generate(): PrivateKey }
  readonly KEMKeyPair?: { generate(): KemKeyPair }
  readonly KEMPublicKey?: Codec<Serializable>
  readonly PreKeyRecord: Codec<Serializable> & Maker<Serializable>
  readonly SignedPreKeyRecord: Codec<Serializable> & Maker<Serializable>
  readonly KyberPreKeyRecord?: Codec<Serializable> & Maker<Serializable>
  readonly PreKeyBundle: Maker<object>
  readonly SessionRecord: Codec<Serializable>
  readonly SignalMessage: Codec<Serializable>
  readonly PreKeySignalMessage: Codec<Serializable>
  readonly SessionStore: Store
  readonly IdentityKeyStore: Store
  readonly PreKeyStore: Store
  readonly SignedPreKeyStore: Store
  readonly KyberPreKeyStore?: Store
  readonly LibSignalErrorBase: abstract new (...parts: never[]) => Error & { readonly code: number }
  processPreKeyBundle(...parts: Argument[]): Promise<void>
  signalEncrypt(...parts: Argument[]): Promise<Serializable & { type(): number }>
  signalDecrypt(...parts: Argument[]): Promise<Uint8Array>
  signalDecryptPreKey(...parts: Argument[]): Promise<Uint8Array>
}

/** Loads `libsignal-<version>` through the importing package's own dependencies. */
export async function loadLibsignal(version: string, importPackage: (name: string) => Promise<unknown>): Promise<Libsignal> {
  const loaded = (await importPackage(`libsignal-${version}`)) as Libsignal & { default: Libsignal }
  // Releases before 0.82 are CommonJS, and Node does not see their named exports.
  return loaded.PrivateKey ? loaded : loaded.default
}

export class LibsignalPeer implements Peer {
  readonly name: string
  readonly #library: Library

  /** @param usePqRatchet - for 0.74 to 0.82 only, where SPQR is the caller's choice. */
  constructor(libsignal: Libsignal, version: string, usePqRatchet = false) {
    this.#library = new Library(libsignal, version, usePqRatchet)
    this.name = `${version}${this.#library.takesPqFlag ? (usePqRatchet ? ' (SPQR)' : ' (no SPQR)') : ''}`
  }

  async newAccount(address: Address, records?: AccountRecords): Promise<PeerAccount> {
    return new LibsignalAccount(this.#library, address, records ? structuredClone(records) : newRecords(this.#library))
  }
}

/** What changed in the calls, from which minor version on. */
class Library {
  readonly api: Libsignal
  readonly hasKem: boolean
  readonly needsKem: boolean
  readonly numbersIdentityChange: boolean
  readonly takesNow: boolean
  readonly takesPqFlag: boolean
  readonly usePqRatchet: 0 | 1
  readonly localAddressFirst: boolean
  readonly localAddressEverywhere: boolean
  readonly #wantsBuffer: boolean

  constructor(api: Libsignal, version: string, usePqRatchet: boolean) {
    const minor = Number(version.split('.')[1])
    this.api = api
    this.hasKem = minor >= 27
    this.needsKem = minor >= 75
    this.numbersIdentityChange = minor >= 71
    this.takesNow = minor >= 32
    this.takesPqFlag = minor >= 74 && minor <= 82
    this.usePqRatchet = usePqRatchet ? 0 : 1
    this.localAddressFirst = minor >= 91
    this.localAddressEverywhere = minor >= 93
    this.#wantsBuffer = minor < 75
  }

  bytes(source: Uint8Array): Uint8Array {
    return this.#wantsBuffer ? Buffer.from(source.buffer, source.byteOffset, source.length) : source
  }
}

function newRecords(library: Library): AccountRecords {
  return {
    identityPrivateKey: library.api.PrivateKey.generate().serialize(),
    registrationId: 1 + Math.floor(Math.random() * 0x3fff),
    nextId: 1,
    sessions: new Map(),
    identities: new Map(),
    preKeys: new Map(),
    signedPreKeys: new Map(),
    kemPreKeys: new Map(),
    baseKeys: new Map(),
  }
}

class LibsignalAccount implements PeerAccount {
  readonly address: Address
  readonly #library: Library
  readonly #records: AccountRecords
  readonly #identity: PrivateKey
  readonly #local: ProtocolAddress
  readonly #remotes = new Map<string, ProtocolAddress>()
  readonly #stores: ReturnType<typeof openStores>

  constructor(library: Library, address: Address, records: AccountRecords) {
    this.#library = library
    this.address = address
    this.#records = records
    this.#identity = library.api.PrivateKey.deserialize(library.bytes(records.identityPrivateKey))
    this.#local = library.api.ProtocolAddress.new(address.user, address.device)
    this.#stores = openStores(library, records, this.#identity)
  }

  async bundle(options: BundleOptions): Promise<PlainBundle> {
    const { api, bytes } = { api: this.#library.api, bytes: (source: Uint8Array) => this.#library.bytes(source) }
    const records = this.#records
    const sign = (key: Uint8Array): Uint8Array => plain(this.#identity.sign(bytes(key)))

    let oneTimePreKey: PlainBundle['oneTimePreKey']
    if (options.oneTime) {
      const key = api.PrivateKey.generate()
      const id = records.nextId++
      records.preKeys.set(id, api.PreKeyRecord.new(id, key.getPublicKey(), key).serialize())
      oneTimePreKey = { id, publicKey: plain(key.getPublicKey().serialize()) }
    }
    const signedKey = api.PrivateKey.generate()
    const signedId = records.nextId++
    const signature = sign(signedKey.getPublicKey().serialize())
    const signedRecord = api.SignedPreKeyRecord.new(signedId, Date.now(), signedKey.getPublicKey(), signedKey, bytes(signature))
    records.signedPreKeys.set(signedId, signedRecord.serialize())

    let kemPreKey: PlainBundle['kemPreKey']
    if (options.kem) {
      if (!api.KEMKeyPair || !api.KyberPreKeyRecord) throw new TypeError('this release has no KEM prekeys')
      const pair = api.KEMKeyPair.generate()
      const id = records.nextId++
      const publicKey = plain(pair.getPublicKey().serialize())
      const kemSignature = sign(publicKey)
      records.kemPreKeys.set(id, api.KyberPreKeyRecord.new(id, Date.now(), pair, bytes(kemSignature)).serialize())
      kemPreKey = { id, publicKey, signature: kemSignature }
    }
    return {
      address: this.address,
      registrationId: records.registrationId,
      identityKey: plain(this.#identity.getPublicKey().serialize()),
      signedPreKey: { id: signedId, publicKey: plain(signedKey.getPublicKey().serialize()), signature },
      oneTimePreKey,
      kemPreKey,
    }
  }

  /** @param now - to grow sessions older than they are (from 0.32 on). */
  async startSession(bundle: PlainBundle, now?: Date): Promise<void> {
    const library = this.#library
    await this.#judge(() => {
      const native = this.#nativeBundle(bundle)
      return library.api.processPreKeyBundle(
        native,
        this.#remote(bundle.address),
        ...(library.localAddressEverywhere ? [this.#local] : []),
        this.#stores.sessions,
        this.#stores.identities,
        ...(library.takesPqFlag ? [library.usePqRatchet] : []),
        ...(library.takesNow && now ? [now] : []),
      )
    })
  }

  async encrypt(to: Address, plaintext: Uint8Array, now?: Date): Promise<Message> {
    const library = this.#library
    const message = await this.#judge(() =>
      library.api.signalEncrypt(
        library.bytes(plaintext),
        this.#remote(to),
        ...(library.localAddressFirst ? [this.#local] : []),
        this.#stores.sessions,
        this.#stores.identities,
        ...(library.takesNow && now ? [now] : []),
      ),
    )
    const type = message.type()
    if (type !== 2 && type !== 3) throw new TypeError(`unexpected message type ${type}`)
    return { type, bytes: plain(message.serialize()) }
  }

  async decrypt(from: Address, message: Message): Promise<Uint8Array> {
    const library = this.#library
    const stores = this.#stores
    const remote = this.#remote(from)
    const plaintext = await this.#judge(() =>
      message.type === 3
        ? library.api.signalDecryptPreKey(
            library.api.PreKeySignalMessage.deserialize(library.bytes(message.bytes)),
            remote,
            ...(library.localAddressFirst ? [this.#local] : []),
            stores.sessions,
            stores.identities,
            stores.preKeys,
            stores.signedPreKeys,
            ...(library.hasKem ? [stores.kemPreKeys] : []),
            ...(library.takesPqFlag ? [library.usePqRatchet] : []),
          )
        : library.api.signalDecrypt(
            library.api.SignalMessage.deserialize(library.bytes(message.bytes)),
            remote,
            ...(library.localAddressEverywhere ? [this.#local] : []),
            stores.sessions,
            stores.identities,
          ),
    )
    return plain(plaintext)
  }

  async sessionRecord(peer: Address): Promise<Uint8Array | undefined> {
    return this.#records.sessions.get(addressKey(peer))
  }

  records(): AccountRecords {
    return structuredClone(this.#records)
  }

  #nativeBundle(bundle: PlainBundle): object {
    const library = this.#library
    const { api } = library
    const key = (bytes: Uint8Array): PublicKey => api.PublicKey.deserialize(library.bytes(bytes))
    const { oneTimePreKey, signedPreKey, kemPreKey } = bundle
    if (library.needsKem && !kemPreKey) throw new Refusal('refused', 'this release takes no bundle without KEM prekey')
    const kem =
      library.hasKem && api.KEMPublicKey && kemPreKey
        ? [kemPreKey.id, api.KEMPublicKey.deserialize(library.bytes(kemPreKey.publicKey)), library.bytes(kemPreKey.signature)]
        : []
    return api.PreKeyBundle.new(
      bundle.registrationId,
      bundle.address.device,
      oneTimePreKey?.id ?? null,
      oneTimePreKey ? key(oneTimePreKey.publicKey) : null,
      signedPreKey.id,
      key(signedPreKey.publicKey),
      library.bytes(signedPreKey.signature),
      key(bundle.identityKey),
      ...kem,
    )
  }

  #remote(address: Address): ProtocolAddress {
    const name = addressKey(address)
    const known = this.#remotes.get(name)
    if (known) return known
    const remote = this.#library.api.ProtocolAddress.new(address.user, address.device)
    this.#remotes.set(name, remote)
    return remote
  }

  /** Tells a verdict of the library from a fault of this harness. */
  async #judge<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (error instanceof this.#library.api.LibSignalErrorBase) throw new Refusal(error.code === 1 ? 'duplicate' : 'refused', error)
      if (error instanceof MissingRecord || error instanceof ReusedBaseKey) throw new Refusal('refused', error)
      throw error
    }
  }
}

class MissingRecord extends Error {}
class ReusedBaseKey extends Error {}

/** The stores of libsignal's interface over maps of bytes. Trust on first use; KEM prekeys are last-resort ones. */
function openStores(library: Library, records: AccountRecords, identity: PrivateKey) {
  const { api } = library
  const nameOf = (address: ProtocolAddress): string => `${address.name()}.${address.deviceId()}`

  class Sessions extends api.SessionStore {
    async saveSession(address: ProtocolAddress, record: Serializable): Promise<void> {
      records.sessions.set(nameOf(address), record.serialize())
    }
    async getSession(address: ProtocolAddress): Promise<Serializable | null> {
      const bytes = records.sessions.get(nameOf(address))
      return bytes ? api.SessionRecord.deserialize(library.bytes(bytes)) : null
    }
  }

  class Identities extends api.IdentityKeyStore {
    async getIdentityKey(): Promise<PrivateKey> {
      return identity
    }
    async getLocalRegistrationId(): Promise<number> {
      return records.registrationId
    }
    async saveIdentity(address: ProtocolAddress, key: PublicKey): Promise<boolean | number> {
      const name = nameOf(address)
      const known = records.identities.get(name)
      const bytes = key.serialize()
      records.identities.set(name, bytes)
      const changed = known !== undefined && Buffer.compare(known, bytes) !== 0
      return library.numbersIdentityChange ? Number(changed) : changed
    }
    async isTrustedIdentity(address: ProtocolAddress, key: PublicKey): Promise<boolean> {
      const known = records.identities.get(nameOf(address))
      return known === undefined || Buffer.compare(known, key.serialize()) === 0
    }
    async getIdentity(address: ProtocolAddress): Promise<PublicKey | null> {
      const bytes = records.identities.get(nameOf(address))
      return bytes ? api.PublicKey.deserialize(library.bytes(bytes)) : null
    }
  }

  class PreKeys extends api.PreKeyStore {
    async getPreKey(id: number): Promise<Serializable> {
      return api.PreKeyRecord.deserialize(library.bytes(stored(records.preKeys, id)))
    }
    async removePreKey(id: number): Promise<void> {
      records.preKeys.delete(id)
    }
  }

  class SignedPreKeys extends api.SignedPreKeyStore {
    async getSignedPreKey(id: number): Promise<Serializable> {
      return api.SignedPreKeyRecord.deserialize(library.bytes(stored(records.signedPreKeys, id)))
    }
  }

  return {
    sessions: new Sessions(),
    identities: new Identities(),
    preKeys: new PreKeys(),
    signedPreKeys: new SignedPreKeys(),
    kemPreKeys:
      api.KyberPreKeyStore && api.KyberPreKeyRecord && openKemPreKeys(library, records, api.KyberPreKeyStore, api.KyberPreKeyRecord),
  }
}

function openKemPreKeys(library: Library, records: AccountRecords, Base: Store, codec: Codec<Serializable>): object {
  class KemPreKeys extends Base {
    async getKyberPreKey(id: number): Promise<Serializable> {
      return codec.deserialize(library.bytes(stored(records.kemPreKeys, id)))
    }
    // The last two arguments exist from 0.81 on; before, there is nothing to compare.
    async markKyberPreKeyUsed(id: number, signedId?: number, baseKey?: PublicKey): Promise<void> {
      if (signedId === undefined || baseKey === undefined) return
      const name = `${id}.${signedId}`
      const seen = records.baseKeys.get(name) ?? []
      const bytes = baseKey.serialize()
      if (seen.some((known) => Buffer.compare(known, bytes) === 0)) throw new ReusedBaseKey('reused base key')
      records.baseKeys.set(name, [...seen, bytes])
    }
  }
  return new KemPreKeys()
}

function stored(records: ReadonlyMap<number, Uint8Array>, id: number): Uint8Array {
  const bytes = records.get(id)
  if (!bytes) throw new MissingRecord(`no prekey ${id}`)
  return bytes
}

/** libsignal's Buffers as what they are underneath, without a copy. */
function plain(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
