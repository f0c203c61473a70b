/** One device of a world: its store, its client, the outbox and the inbox of its app, and the model of what it must do. */
import {
  Client,
  type ClientOptions,
  type Clock,
  type Envelope,
  fromUtf8,
  MemoryStore,
  type PreKeyBundle,
  type PreKeyUpload,
  parseEnvelope,
  type RandomSource,
  serializeEnvelope,
} from '../../../src/index.js'
import { bundleOf, deterministicRandom } from '../parties.js'
import { PartyModel } from './model.js'
import { anotherHandle, WatchedStore } from './stores.js'

/** What a party is made with. */
export interface PartySettings {
  readonly name: string
  readonly seed: string
  readonly allow: NonNullable<ClientOptions['allow']>
  readonly clock: Clock
}

/** What was taken from the relay's shelf. */
export interface Fetched {
  readonly bundle: PreKeyBundle
  readonly preKeys: { readonly oneTime: number | undefined; readonly signed: number }
}

/** A device of a world. */
export class Party {
  readonly store: WatchedStore = new WatchedStore(new MemoryStore())
  readonly model: PartyModel = new PartyModel()
  readonly uploads: PreKeyUpload[] = []
  readonly #settings: PartySettings
  readonly #random: RandomSource
  readonly #free: { readonly upload: PreKeyUpload; readonly index: number }[] = []
  #client: Client | undefined

  private constructor(settings: PartySettings) {
    this.#settings = settings
    this.#random = deterministicRandom(`${settings.seed}/${settings.name}`)
  }

  static async create(settings: PartySettings): Promise<Party> {
    const party = new Party(settings)
    party.#client = await Client.create(party.#options(anotherHandle(party.store)))
    party.store.self = { identity: { publicKey: party.client.identityKey }, registrationId: party.client.registrationId }
    await party.publish(await party.client.generatePreKeys(3))
    return party
  }

  get client(): Client {
    if (this.#client === undefined) throw new Error('no client')
    return this.#client
  }

  /** A client of its own on a handle of its own, as after a restart or in another tab. */
  open(store = anotherHandle(this.store)): Promise<Client> {
    return Client.open(this.#options(store))
  }

  /** The process ends and begins again. */
  async restart(): Promise<void> {
    this.#client = await this.open()
  }

  /** Hands prekeys to the relay. */
  async publish(upload: PreKeyUpload): Promise<void> {
    await this.client.published(upload)
    this.uploads.push(upload)
    for (const index of upload.oneTimePreKeys.keys()) this.#free.push({ upload, index })
    const { firstOneTimePreKeyId = 0 } = upload
    while (this.#firstFreeId() < firstOneTimePreKeyId) this.#free.shift()
    this.model.oneTimePreKeys(
      upload.oneTimePreKeys.map(({ id }) => id),
      this.#settings.clock(),
    )
    this.model.signedPreKey(upload.signedPreKey.id, this.#settings.clock())
  }

  /** What the relay hands out: a one-time prekey once, unless it hands out what is stale. */
  fetch(how: 'one-time' | 'last-resort' | 'stale', kem: boolean): Fetched {
    const newest = this.uploads.at(-1)
    const oldest = this.uploads[0]
    if (newest === undefined || oldest === undefined) throw new Error('nothing was published')
    const free = how === 'one-time' ? this.#free.shift() : how === 'stale' ? { upload: oldest, index: 0 } : undefined
    const fetched = bundleOf(free?.upload ?? newest, { oneTime: free !== undefined, kem, index: free?.index ?? 0 })
    // One-time prekeys live on when the signed prekey they were published with has gone.
    const bundle = how === 'stale' ? fetched : { ...fetched, signedPreKey: newest.signedPreKey }
    return { bundle, preKeys: { oneTime: bundle.oneTimePreKey?.id, signed: bundle.signedPreKey.id } }
  }

  #firstFreeId(): number {
    const [free] = this.#free
    return free?.upload.oneTimePreKeys[free.index]?.id ?? Number.POSITIVE_INFINITY
  }

  /** The message that the app found in its outbox, if there is one. */
  async outbox(name: string): Promise<Envelope | undefined> {
    const bytes = await this.#appRecord(`outbox/${name}`)
    return bytes === undefined ? undefined : parseEnvelope(bytes)
  }

  /** The text that the app found in its inbox, if there is one. */
  async inbox(name: string): Promise<string | undefined> {
    const bytes = await this.#appRecord(`inbox/${name}`)
    return bytes === undefined ? undefined : fromUtf8(bytes)
  }

  /** Whether a signed prekey is in the store. */
  async holdsSignedPreKey(id: number): Promise<boolean> {
    return (await this.store.list('signed-pre-key/')).includes(`signed-pre-key/${id}`)
  }

  /** The ids of the one-time prekeys in the store. */
  async oneTimePreKeys(): Promise<ReadonlySet<number>> {
    return new Set((await this.store.list('pre-key/')).map((key) => Number(key.slice('pre-key/'.length))))
  }

  async #appRecord(name: string): Promise<Uint8Array | undefined> {
    const key = `app/${name}`
    return (await this.store.read([key])).get(key)?.value
  }

  #options(store: ReturnType<typeof anotherHandle>): ClientOptions {
    const { name, allow, clock } = this.#settings
    // The model knows no age of kept keys and of strangers: those have tests of their own.
    const limits = { keptKeyAge: Number.MAX_SAFE_INTEGER, unansweredAge: Number.MAX_SAFE_INTEGER }
    return { store, allow, clock, random: this.#random, limits, address: { user: name, device: 1 } }
  }
}

/** Keeps what is sent in the outbox. */
export const toOutbox = (name: string) => ({
  persist: (envelope: Envelope) => new Map([[`outbox/${name}`, serializeEnvelope(envelope)]]),
})

/** Keeps what was opened in the inbox. */
export const toInbox = (name: string) => ({
  persist: ({ plaintext }: { readonly plaintext: Uint8Array }) => new Map([[`inbox/${name}`, plaintext]]),
})

/** A text that names its message, of some length. */
export function textOf(message: number, length: number): string {
  return `message ${message}${'.'.repeat(length)}`
}
