/** `@privacyresearch/libsignal-protocol-typescript`, a black box: called by its README and declarations. Its records are text. */
import { webcrypto } from 'node:crypto'
import * as library from '@privacyresearch/libsignal-protocol-typescript'
import type { Address, BundleOptions, Message } from '../../interop/peer.js'
import type { Abilities, Account, Bundle } from '../task.js'

type KeyPair = library.KeyPairType
interface PrivacyResearchBundle extends Bundle {
  readonly device: library.DeviceType
}

library.setWebCrypto(webcrypto as Crypto)

export async function openPeer(): Promise<Abilities> {
  return { name: 'privacyresearch', newAccount: async (address) => new PrivacyResearchAccount(address, await newIdentity()) }
}

const newIdentity = (): Promise<KeyPair> => library.KeyHelper.generateIdentityKeyPair()

class PrivacyResearchAccount implements Account {
  readonly address: Address
  readonly #identity: KeyPair
  readonly #registrationId = library.KeyHelper.generateRegistrationId()
  readonly #sessions = new Map<string, string>()
  readonly #preKeys = new Map<string, KeyPair>()
  readonly #storage: library.StorageType
  #nextId = 1

  constructor(address: Address, identity: KeyPair) {
    this.address = address
    this.#identity = identity
    this.#storage = this.#openStorage()
  }

  async bundle({ oneTime }: BundleOptions): Promise<PrivacyResearchBundle> {
    const signed = await library.KeyHelper.generateSignedPreKey(this.#identity, this.#nextId++)
    this.#preKeys.set(String(signed.keyId), signed.keyPair)
    const signedPreKey = { keyId: signed.keyId, publicKey: signed.keyPair.pubKey, signature: signed.signature }
    const device = { identityKey: this.#identity.pubKey, signedPreKey, registrationId: this.#registrationId }
    if (!oneTime) return { address: this.address, device }
    const one = await library.KeyHelper.generatePreKey(this.#nextId++)
    this.#preKeys.set(String(one.keyId), one.keyPair)
    return { address: this.address, device: { ...device, preKey: { keyId: one.keyId, publicKey: one.keyPair.pubKey } } }
  }

  async startSession({ address, device }: PrivacyResearchBundle): Promise<void> {
    await new library.SessionBuilder(this.#storage, nameOf(address)).processPreKey(device)
  }

  async encrypt(to: Address, plaintext: Uint8Array): Promise<Message> {
    const { type, body } = await new library.SessionCipher(this.#storage, nameOf(to)).encrypt(Uint8Array.from(plaintext).buffer)
    return { type: type === 3 ? 3 : 2, bytes: Buffer.from(body ?? '', 'binary') }
  }

  async decrypt(from: Address, { type, bytes }: Message): Promise<Uint8Array> {
    const cipher = new library.SessionCipher(this.#storage, nameOf(from))
    const body = Uint8Array.from(bytes).buffer
    return new Uint8Array(type === 3 ? await cipher.decryptPreKeyWhisperMessage(body) : await cipher.decryptWhisperMessage(body))
  }

  async sessionRecord(peer: Address): Promise<Uint8Array | undefined> {
    const record = this.#sessions.get(nameOf(peer).toString())
    return record === undefined ? undefined : Buffer.from(record)
  }

  #openStorage(): library.StorageType {
    const keys = this.#preKeys
    const load = async (id: number | string): Promise<KeyPair | undefined> => keys.get(String(id))
    const store = async (id: number | string, pair: KeyPair): Promise<void> => void keys.set(String(id), pair)
    const remove = async (id: number | string): Promise<void> => void keys.delete(String(id))
    return {
      getIdentityKeyPair: async () => this.#identity,
      getLocalRegistrationId: async () => this.#registrationId,
      isTrustedIdentity: async () => true,
      saveIdentity: async () => true,
      loadPreKey: load,
      storePreKey: store,
      removePreKey: remove,
      loadSignedPreKey: load,
      storeSignedPreKey: store,
      removeSignedPreKey: remove,
      loadSession: async (name) => this.#sessions.get(name),
      storeSession: async (name, record) => void this.#sessions.set(name, record),
    }
  }
}

function nameOf(address: Address): library.SignalProtocolAddress {
  return new library.SignalProtocolAddress(address.user, address.device)
}
