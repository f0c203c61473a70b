/** A member of a group who seals what it sends: of bisik, as built, and of a release, which vouches for both. Knows no rule of the protocol. */
import type { Client, Envelope, IdentityKey } from '../../src/index.js'
import { type Issuer, LibsignalSealer, type SealingApi } from '../interop/libsignal-sealer.js'
import type { Address, PlainBundle } from '../interop/peer.js'

export interface Member {
  readonly address: Address
  readonly identityKey: Uint8Array
  bundle(): Promise<PlainBundle>
  startSession(bundle: PlainBundle): Promise<void>
  /** A message for one, under a seal. */
  encrypt(to: Address, plaintext: Uint8Array): Promise<Uint8Array>
  decrypt(body: Uint8Array): Promise<Uint8Array>
  /** @param group - any UUID; a new one is a new sender key. */
  distribute(group: string): Promise<Uint8Array>
  acceptSenderKey(from: Pick<Member, 'address' | 'identityKey'>, distribution: Uint8Array): Promise<void>
  encryptForGroup(group: string, plaintext: Uint8Array): Promise<Uint8Array>
  decryptFromGroup(from: Address, body: Uint8Array): Promise<Uint8Array>
  /** Encrypts once for the group and seals that for many, as the relay splits it. */
  encryptForMany(group: string, to: readonly Address[], plaintext: Uint8Array): Promise<Uint8Array>
}

const GREETING = crypto.getRandomValues(new Uint8Array(256))

/** Starts a session and has it answered. */
export async function meet(alice: Member, bob: Member): Promise<void> {
  await alice.startSession(await bob.bundle())
  await bob.decrypt(await alice.encrypt(bob.address, GREETING))
  await alice.decrypt(await bob.encrypt(alice.address, GREETING))
}

/** The entry of the package that is used here. */
type Main = typeof import('../../src/index.js')

export class BisikMember implements Member {
  readonly address: Address
  readonly identityKey: IdentityKey
  readonly #client: Client
  readonly #seal: Uint8Array

  private constructor(client: Client, seal: Uint8Array) {
    this.address = client.address
    this.identityKey = client.identityKey
    this.#client = client
    this.#seal = seal
  }

  static async open({ Client, MemoryStore }: Main, issuer: Issuer): Promise<Member> {
    const client = await Client.create({ store: new MemoryStore(), trustRoots: [issuer.root] })
    return new BisikMember(client, await issuer.certify(client.address, client.identityKey))
  }

  async bundle(): Promise<PlainBundle> {
    const { address, registrationId, identityKey, signedPreKey, kemPreKey } = await this.#client.generatePreKeys(0)
    return { address, registrationId, identityKey, signedPreKey, oneTimePreKey: undefined, kemPreKey }
  }

  async startSession(bundle: PlainBundle): Promise<void> {
    await this.#client.startSession(bundle as Parameters<Client['startSession']>[0])
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Uint8Array> {
    return (await this.#client.encrypt(to, plaintext, { seal: this.#seal })).body
  }

  async decrypt(body: Uint8Array): Promise<Uint8Array> {
    return (await this.#client.decrypt({ kind: 'sealed', body: body as Envelope['body'] })).plaintext
  }

  distribute(group: string): Promise<Uint8Array> {
    return this.#client.group(group).distribute()
  }

  async acceptSenderKey({ address, identityKey }: Member, distribution: Uint8Array): Promise<void> {
    await this.#client.acceptSenderKey({ kind: 'message', sender: address, identity: identityKey as IdentityKey }, distribution)
  }

  async encryptForGroup(group: string, plaintext: Uint8Array): Promise<Uint8Array> {
    return (await this.#client.group(group).encrypt(plaintext)).body
  }

  async decryptFromGroup(from: Address, body: Uint8Array): Promise<Uint8Array> {
    return (await this.#client.decrypt({ kind: 'sender-key', sender: from, body: body as Envelope['body'] })).plaintext
  }

  async encryptForMany(group: string, to: readonly Address[], plaintext: Uint8Array): Promise<Uint8Array> {
    return await this.#client.sealForMany(await this.#client.group(group).encrypt(plaintext), to, { seal: this.#seal })
  }
}

export class LibsignalMember implements Member {
  readonly address: Address
  readonly identityKey: Uint8Array
  readonly #sealer: LibsignalSealer
  readonly #certificate: Uint8Array
  readonly #root: Uint8Array

  private constructor(sealer: LibsignalSealer, certificate: Uint8Array, root: Uint8Array) {
    this.address = sealer.address
    this.identityKey = sealer.identityKey
    this.#sealer = sealer
    this.#certificate = certificate
    this.#root = root
  }

  static async open(api: SealingApi, issuer: Issuer): Promise<Member> {
    const sealer = await LibsignalSealer.open(api)
    return new LibsignalMember(sealer, await issuer.certify(sealer.address, sealer.identityKey), issuer.root)
  }

  async bundle(): Promise<PlainBundle> {
    return this.#sealer.bundle
  }

  startSession(bundle: PlainBundle): Promise<void> {
    return this.#sealer.startSession(bundle)
  }

  encrypt(to: Address, plaintext: Uint8Array): Promise<Uint8Array> {
    return this.#sealer.encrypt(to, plaintext, this.#certificate)
  }

  async decrypt(body: Uint8Array): Promise<Uint8Array> {
    return (await this.#sealer.decrypt(body, this.#root)).plaintext
  }

  distribute(group: string): Promise<Uint8Array> {
    return this.#sealer.distribute(group)
  }

  acceptSenderKey({ address }: Member, distribution: Uint8Array): Promise<void> {
    return this.#sealer.acceptSenderKey(address, distribution)
  }

  async encryptForGroup(group: string, plaintext: Uint8Array): Promise<Uint8Array> {
    return (await this.#sealer.encryptForGroup(group, plaintext)).serialize()
  }

  decryptFromGroup(from: Address, body: Uint8Array): Promise<Uint8Array> {
    return this.#sealer.decryptFromGroup(from, body)
  }

  async encryptForMany(group: string, to: readonly Address[], plaintext: Uint8Array): Promise<Uint8Array> {
    const message = await this.#sealer.encryptForGroup(group, plaintext)
    return this.#sealer.sealForMany(message, to, { certificate: this.#certificate, contentHint: 0, excluded: [] })
  }
}
