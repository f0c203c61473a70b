/** bisik as a {@link Peer}, given its modules: from the sources or from the built package. */
import type { BisikError, Client, Envelope, MemoryStore } from '../../src/index.js'
import {
  type AccountRecords,
  type Address,
  addressKey,
  addressOf,
  type BundleOptions,
  type Message,
  type Peer,
  type PeerAccount,
  type PlainBundle,
  Refusal,
} from './peer.js'
import type { BisikMode } from './releases.js'

/** The entries of the package that are used here. */
export interface Bisik {
  readonly main: typeof import('../../src/index.js')
  readonly libsignal: typeof import('../../src/migration/libsignal.js')
  readonly store: typeof import('../../src/store/index.js')
  readonly wire: typeof import('../../src/wire/index.js')
}

/** Codes by which bisik says no to what it was sent; every other code is a fault. */
const REFUSALS: ReadonlySet<BisikError['code']> = new Set([
  'no-session',
  'pre-key-not-found',
  'replayed-base-key',
  'malformed-message',
  'message-too-large',
  'unsupported-version',
  'invalid-key',
  'authentication-failed',
  'bad-signature',
  'too-far-ahead',
  'session-kind-refused',
  'untrusted-identity',
])

export function openBisik(bisik: Bisik, { name, allow }: Pick<BisikMode, 'name' | 'allow'>): Peer {
  return {
    name,
    newAccount: async (address, records) => {
      const store = new bisik.main.MemoryStore()
      const identity = records && bisik.libsignal.parseIdentity(records.identityKeyPair, records.registrationId)
      const client = await bisik.main.Client.create({ address, store, allow }, identity)
      const account = new BisikAccount(bisik, client, store)
      if (records) await account.moveIn(records)
      return account
    },
  }
}

class BisikAccount implements PeerAccount {
  readonly address: Address
  readonly #bisik: Bisik
  readonly #client: Client
  readonly #store: MemoryStore
  /** Devices that there may be sessions with, by {@link addressKey}. */
  readonly #peers = new Set<string>()

  constructor(bisik: Bisik, client: Client, store: MemoryStore) {
    this.address = client.address
    this.#bisik = bisik
    this.#client = client
    this.#store = store
  }

  async bundle(options: BundleOptions): Promise<PlainBundle> {
    const upload = await this.#client.generatePreKeys(options.oneTime ? 1 : 0)
    const { address, registrationId, identityKey, signedPreKey, oneTimePreKeys, oneTimeKemPreKeys } = upload
    return {
      address,
      registrationId,
      identityKey,
      signedPreKey,
      oneTimePreKey: oneTimePreKeys[0],
      kemPreKey: options.kem ? (oneTimeKemPreKeys[0] ?? upload.kemPreKey) : undefined,
    }
  }

  async startSession(bundle: PlainBundle): Promise<void> {
    const { wire } = this.#bisik
    const { signedPreKey, oneTimePreKey, kemPreKey } = bundle
    this.#peers.add(addressKey(bundle.address))
    await this.#judge(async () => {
      await this.#client.startSession({
        address: bundle.address,
        registrationId: bundle.registrationId,
        identityKey: wire.parseIdentityKey(bundle.identityKey),
        signedPreKey: {
          id: signedPreKey.id,
          publicKey: wire.parseEcPublicKey(signedPreKey.publicKey),
          signature: wire.parseSignature(signedPreKey.signature),
        },
        oneTimePreKey: oneTimePreKey && { id: oneTimePreKey.id, publicKey: wire.parseEcPublicKey(oneTimePreKey.publicKey) },
        kemPreKey: kemPreKey && {
          id: kemPreKey.id,
          publicKey: wire.parseKemPublicKey(kemPreKey.publicKey),
          signature: wire.parseSignature(kemPreKey.signature),
        },
      })
    })
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Message> {
    const { kind, body } = await this.#judge(() => this.#client.encrypt(to, plaintext))
    return { type: kind === 'pre-key' ? 3 : 2, bytes: body }
  }

  async decrypt(from: Address, message: Message): Promise<Uint8Array> {
    const envelope: Envelope = { kind: message.type === 3 ? 'pre-key' : 'ratchet', sender: from, body: message.bytes as Envelope['body'] }
    this.#peers.add(addressKey(from))
    return (await this.#judge(() => this.#client.decrypt(envelope))).plaintext
  }

  async sessionRecord(peer: Address): Promise<Uint8Array | undefined> {
    const key = this.#bisik.store.recordKey('session', peer.user, peer.device)
    return (await this.#store.read([key])).get(key)?.value
  }

  async stored(): Promise<number> {
    const records = await this.#store.read(await this.#store.list(''))
    return [...records].reduce((sum, [name, { value }]) => sum + name.length + value.length, 0)
  }

  async moveIn(records: AccountRecords): Promise<void> {
    const { importSessions, importPreKeys } = this.#bisik.libsignal
    for (const [peer, record] of records.sessions) {
      await importSessions(this.#client, addressOf(peer), record)
      this.#peers.add(peer)
    }
    await importPreKeys(this.#client, records)
  }

  async moveOut(): Promise<AccountRecords> {
    const { exportIdentity, exportPreKeys, exportSessions } = this.#bisik.libsignal
    const sessions = new Map<string, Uint8Array>()
    for (const peer of this.#peers) sessions.set(peer, await exportSessions(this.#client, addressOf(peer)))
    return { ...exportIdentity(this.#client), ...(await exportPreKeys(this.#client)), sessions }
  }

  async #judge<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      if (!this.#bisik.main.isBisikError(error)) throw error
      if (error.code === 'duplicate-message') throw new Refusal('duplicate', error)
      if (REFUSALS.has(error.code)) throw new Refusal('refused', error)
      throw error
    }
  }
}
