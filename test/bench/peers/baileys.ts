/**
 * `libsignal` of npm, which Baileys uses, a black box: called by its declarations. Its records are objects that become JSON. Its set-up
 * checks no signature of a bundle.
 */
import library from 'libsignal'
import type { Address, BundleOptions, Message } from '../../interop/peer.js'
import type { Abilities, Account, Bundle } from '../task.js'

interface KeyPair {
  readonly pubKey: Buffer
  readonly privKey: Buffer
}
interface PreKey {
  readonly keyId: number
  readonly keyPair: KeyPair
}
/** What the declarations leave out; as in the library that it comes from. */
interface KeyHelper {
  generateIdentityKeyPair(): KeyPair
  generateRegistrationId(): number
  generateSignedPreKey(identity: KeyPair, id: number): PreKey & { readonly signature: Buffer }
  generatePreKey(id: number): PreKey
}
const { keyhelper } = library as unknown as { readonly keyhelper: KeyHelper }

type Device = Parameters<library.SessionBuilder['initOutgoing']>[0]
interface BaileysBundle extends Bundle {
  readonly device: Device
}

export async function openPeer(): Promise<Abilities> {
  // It writes whole sessions to the console when one replaces another.
  console.info = () => undefined
  return { name: 'baileys', newAccount: async (address) => new BaileysAccount(address) }
}

class BaileysAccount implements Account {
  readonly address: Address
  readonly #identity = keyhelper.generateIdentityKeyPair()
  readonly #registrationId = keyhelper.generateRegistrationId()
  readonly #sessions = new Map<string, Uint8Array>()
  readonly #preKeys = new Map<number, KeyPair>()
  readonly #storage: library.SignalStorage
  #nextId = 1

  constructor(address: Address) {
    this.address = address
    this.#storage = this.#openStorage()
  }

  async bundle(_options: BundleOptions): Promise<BaileysBundle> {
    const signed = keyhelper.generateSignedPreKey(this.#identity, this.#nextId++)
    const one = keyhelper.generatePreKey(this.#nextId++)
    for (const { keyId, keyPair } of [signed, one]) this.#preKeys.set(keyId, keyPair)
    const device = {
      registrationId: this.#registrationId,
      identityKey: this.#identity.pubKey,
      signedPreKey: { keyId: signed.keyId, publicKey: signed.keyPair.pubKey, signature: signed.signature },
      preKey: { keyId: one.keyId, publicKey: one.keyPair.pubKey },
    }
    return { address: this.address, device }
  }

  async startSession({ address, device }: BaileysBundle): Promise<void> {
    await new library.SessionBuilder(this.#storage, nameOf(address)).initOutgoing(device)
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Message> {
    const { type, body } = await new library.SessionCipher(this.#storage, nameOf(to)).encrypt(bufferOf(plaintext))
    return { type: type === 3 ? 3 : 2, bytes: Buffer.from(body, 'binary') }
  }

  async decrypt(from: Address, { type, bytes }: Message): Promise<Uint8Array> {
    const cipher = new library.SessionCipher(this.#storage, nameOf(from))
    const body = bufferOf(bytes)
    return type === 3 ? cipher.decryptPreKeyWhisperMessage(body) : cipher.decryptWhisperMessage(body)
  }

  async sessionRecord(peer: Address): Promise<Uint8Array | undefined> {
    return this.#sessions.get(nameOf(peer).toString())
  }

  #openStorage(): library.SignalStorage {
    const identity = (): KeyPair => this.#identity
    const load = (id: number | string): KeyPair => {
      const pair = this.#preKeys.get(Number(id))
      if (!pair) throw new Error('no such prekey')
      return pair
    }
    return {
      loadSession: async (name) => {
        const bytes = this.#sessions.get(name)
        return bytes && library.SessionRecord.deserialize(JSON.parse(Buffer.from(bytes).toString()))
      },
      storeSession: async (name, record) => void this.#sessions.set(name, Buffer.from(JSON.stringify(record.serialize()))),
      isTrustedIdentity: () => true,
      loadPreKey: async (id) => load(id),
      removePreKey: (id) => void this.#preKeys.delete(id),
      // The declaration has no argument; the library passes the id.
      loadSignedPreKey: load as () => KeyPair,
      getOurRegistrationId: () => this.#registrationId,
      getOurIdentity: identity,
    }
  }
}

function nameOf(address: Address): library.ProtocolAddress {
  return new library.ProtocolAddress(address.user, address.device)
}

/** It takes nothing else for bytes. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
