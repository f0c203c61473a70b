/** One release of `@signalapp/libsignal-client` as a {@link Peer}. */
import { Library, type Libsignal, type ProtocolAddress, type PublicKey } from './libsignal-api.js'
import { isStoreRefusal, openShelves, openStores, type Shelves } from './libsignal-stores.js'
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

export class LibsignalPeer implements Peer {
  readonly name: string
  readonly #library: Library

  /** @param usePqRatchet - for 0.74 to 0.82 only, where SPQR is the caller's choice. */
  constructor(libsignal: Libsignal, version: string, usePqRatchet = false) {
    this.#library = new Library(libsignal, version, usePqRatchet)
    this.name = `${version}${this.#library.takesPqFlag ? (usePqRatchet ? ' (SPQR)' : ' (no SPQR)') : ''}`
  }

  async newAccount(address: Address, records?: AccountRecords): Promise<PeerAccount> {
    return new LibsignalAccount(this.#library, address, records)
  }
}

class LibsignalAccount implements PeerAccount {
  readonly address: Address
  readonly #library: Library
  readonly #shelves: Shelves
  readonly #local: ProtocolAddress
  readonly #remotes = new Map<string, ProtocolAddress>()
  readonly #stores: ReturnType<typeof openStores>
  /** The id of the next prekey of any kind; never used twice. */
  #nextId: number

  constructor(library: Library, address: Address, records: AccountRecords | undefined) {
    this.#library = library
    this.address = address
    const shelves = openShelves(library, records)
    this.#shelves = shelves
    this.#nextId = Math.max(0, ...shelves.preKeys.keys(), ...shelves.signedPreKeys.keys(), ...shelves.kemPreKeys.keys()) + 1
    this.#local = library.api.ProtocolAddress.new(address.user, address.device)
    this.#stores = openStores(library, shelves)
  }

  async bundle(options: BundleOptions): Promise<PlainBundle> {
    const { api } = this.#library
    const bytes = (source: Uint8Array): Uint8Array => this.#library.bytes(source)
    const shelves = this.#shelves
    const { privateKey: identity } = shelves.identity
    const sign = (key: Uint8Array): Uint8Array => plain(identity.sign(bytes(key)))

    let oneTimePreKey: PlainBundle['oneTimePreKey']
    if (options.oneTime) {
      const key = api.PrivateKey.generate()
      const id = this.#nextId++
      shelves.preKeys.set(id, api.PreKeyRecord.new(id, key.getPublicKey(), key).serialize())
      oneTimePreKey = { id, publicKey: plain(key.getPublicKey().serialize()) }
    }
    const signedKey = api.PrivateKey.generate()
    const signedId = this.#nextId++
    const signature = sign(signedKey.getPublicKey().serialize())
    const signedRecord = api.SignedPreKeyRecord.new(signedId, Date.now(), signedKey.getPublicKey(), signedKey, bytes(signature))
    shelves.signedPreKeys.set(signedId, signedRecord.serialize())

    let kemPreKey: PlainBundle['kemPreKey']
    if (options.kem) {
      if (!api.KEMKeyPair || !api.KyberPreKeyRecord) throw new TypeError('this release has no KEM prekeys')
      const pair = api.KEMKeyPair.generate()
      const id = this.#nextId++
      const publicKey = plain(pair.getPublicKey().serialize())
      const kemSignature = sign(publicKey)
      shelves.kemPreKeys.set(id, api.KyberPreKeyRecord.new(id, Date.now(), pair, bytes(kemSignature)).serialize())
      kemPreKey = { id, publicKey, signature: kemSignature }
    }
    return {
      address: this.address,
      registrationId: shelves.registrationId,
      identityKey: plain(identity.getPublicKey().serialize()),
      signedPreKey: { id: signedId, publicKey: plain(signedKey.getPublicKey().serialize()), signature },
      oneTimePreKey,
      kemPreKey,
    }
  }

  async startSession(bundle: PlainBundle): Promise<void> {
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
      )
    })
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Message> {
    const library = this.#library
    const message = await this.#judge(() =>
      library.api.signalEncrypt(
        library.bytes(plaintext),
        this.#remote(to),
        ...(library.localAddressFirst ? [this.#local] : []),
        this.#stores.sessions,
        this.#stores.identities,
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
    return this.#shelves.sessions.get(addressKey(peer))
  }

  async stored(): Promise<number> {
    const { sessions, identities, preKeys, signedPreKeys, kemPreKeys } = this.#shelves
    const shelves = [sessions, identities, preKeys, signedPreKeys, kemPreKeys] as readonly ReadonlyMap<unknown, Uint8Array>[]
    return shelves.flatMap((shelf) => [...shelf]).reduce((sum, [name, bytes]) => sum + String(name).length + bytes.length, 0)
  }

  async moveOut(): Promise<AccountRecords> {
    const { identity, registrationId, sessions, identities, preKeys, signedPreKeys, kemPreKeys } = this.#shelves
    return {
      identityKeyPair: plain(identity.serialize()),
      registrationId,
      sessions,
      identities,
      preKeys: [...preKeys.values()],
      signedPreKeys: [...signedPreKeys.values()],
      kyberPreKeys: [...kemPreKeys.values()].map((record) => ({ record, lastResort: true })),
    }
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
      if (!(error instanceof Error)) throw error
      // 0.76.7 and 0.86.0 fall over some altered parts of the post-quantum ratchet, also when they come from their like.
      if (error.message.startsWith('unexpected panic')) throw new Refusal('refused', error)
      if (isStoreRefusal(error.message)) throw new Refusal('refused', error)
      if (error instanceof this.#library.api.LibSignalErrorBase && !error.message.startsWith('error in method call')) {
        throw new Refusal(error.code === 1 ? 'duplicate' : 'refused', error)
      }
      throw error
    }
  }
}

/** libsignal's Buffers as what they are underneath, without a copy. */
function plain(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
