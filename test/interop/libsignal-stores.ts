/** Stores for libsignal, in memory and in bytes: each load parses, each save serializes, as a persisted store would. */
import type {
  Codec,
  IdentityKeyPair,
  Library,
  PreKey,
  PrivateKey,
  ProtocolAddress,
  PublicKey,
  Serializable,
  Store,
} from './libsignal-api.js'
import { type AccountRecords, addressKey } from './peer.js'

/** What the stores hold: serialized records, sessions and identity keys by {@link addressKey}, prekeys by their id. */
export interface Shelves {
  readonly identity: IdentityKeyPair
  readonly registrationId: number
  readonly sessions: Map<string, Uint8Array>
  readonly identities: Map<string, Uint8Array>
  readonly preKeys: Map<number, Uint8Array>
  readonly signedPreKeys: Map<number, Uint8Array>
  readonly kemPreKeys: Map<number, Uint8Array>
  /** Base keys seen, by KEM and signed prekey id. */
  readonly baseKeys: Map<string, Uint8Array[]>
}

export function openShelves(library: Library, records: AccountRecords | undefined): Shelves {
  const { IdentityKeyPair, PreKeyRecord, SignedPreKeyRecord, KyberPreKeyRecord } = library.api
  const byId = (codec: Codec<PreKey>, list: readonly Uint8Array[]): Map<number, Uint8Array> =>
    new Map(list.map((record) => [codec.deserialize(library.bytes(record)).id(), record]))
  const kyber = records?.kyberPreKeys.map(({ record }) => record) ?? []
  return {
    identity: records ? IdentityKeyPair.deserialize(library.bytes(records.identityKeyPair)) : IdentityKeyPair.generate(),
    registrationId: records?.registrationId ?? 1 + Math.floor(Math.random() * 0x3fff),
    sessions: new Map(records?.sessions),
    identities: new Map(records?.identities),
    preKeys: byId(PreKeyRecord, records?.preKeys ?? []),
    signedPreKeys: byId(SignedPreKeyRecord, records?.signedPreKeys ?? []),
    kemPreKeys: KyberPreKeyRecord ? byId(KyberPreKeyRecord, kyber) : new Map(),
    baseKeys: new Map(),
  }
}

/** A store says so when it lacks what libsignal asks for, or refuses it; libsignal's error then carries this text. */
const NO_PRE_KEY = 'no such prekey'
const REUSED_BASE_KEY = 'reused base key'

/** Whether libsignal's error tells of a store that said no, and not of one that is broken. */
export function isStoreRefusal(message: string): boolean {
  return message.includes(NO_PRE_KEY) || message.includes(REUSED_BASE_KEY)
}

/** The stores of libsignal's interface over maps of bytes. Trust on first use; KEM prekeys are last-resort ones. */
export function openStores(library: Library, shelves: Shelves) {
  const { api } = library
  const nameOf = (address: ProtocolAddress): string => `${address.name()}.${address.deviceId()}`

  class Sessions extends api.SessionStore {
    async saveSession(address: ProtocolAddress, record: Serializable): Promise<void> {
      shelves.sessions.set(nameOf(address), record.serialize())
    }
    async getSession(address: ProtocolAddress): Promise<Serializable | null> {
      const bytes = shelves.sessions.get(nameOf(address))
      return bytes ? api.SessionRecord.deserialize(library.bytes(bytes)) : null
    }
  }

  class Identities extends api.IdentityKeyStore {
    async getIdentityKey(): Promise<PrivateKey> {
      return shelves.identity.privateKey
    }
    async getLocalRegistrationId(): Promise<number> {
      return shelves.registrationId
    }
    async saveIdentity(address: ProtocolAddress, key: PublicKey): Promise<boolean | number> {
      const name = nameOf(address)
      const known = shelves.identities.get(name)
      const bytes = key.serialize()
      shelves.identities.set(name, bytes)
      const changed = known !== undefined && Buffer.compare(known, bytes) !== 0
      return library.numbersIdentityChange ? Number(changed) : changed
    }
    async isTrustedIdentity(address: ProtocolAddress, key: PublicKey): Promise<boolean> {
      const known = shelves.identities.get(nameOf(address))
      return known === undefined || Buffer.compare(known, key.serialize()) === 0
    }
    async getIdentity(address: ProtocolAddress): Promise<PublicKey | null> {
      const bytes = shelves.identities.get(nameOf(address))
      return bytes ? api.PublicKey.deserialize(library.bytes(bytes)) : null
    }
  }

  class PreKeys extends api.PreKeyStore {
    async getPreKey(id: number): Promise<Serializable> {
      return api.PreKeyRecord.deserialize(library.bytes(stored(shelves.preKeys, id)))
    }
    async removePreKey(id: number): Promise<void> {
      shelves.preKeys.delete(id)
    }
  }

  class SignedPreKeys extends api.SignedPreKeyStore {
    async getSignedPreKey(id: number): Promise<Serializable> {
      return api.SignedPreKeyRecord.deserialize(library.bytes(stored(shelves.signedPreKeys, id)))
    }
  }

  return {
    sessions: new Sessions(),
    identities: new Identities(),
    preKeys: new PreKeys(),
    signedPreKeys: new SignedPreKeys(),
    kemPreKeys:
      api.KyberPreKeyStore && api.KyberPreKeyRecord && openKemPreKeys(library, shelves, api.KyberPreKeyStore, api.KyberPreKeyRecord),
  }
}

function openKemPreKeys(library: Library, shelves: Shelves, Base: Store, codec: Codec<Serializable>): object {
  class KemPreKeys extends Base {
    async getKyberPreKey(id: number): Promise<Serializable> {
      return codec.deserialize(library.bytes(stored(shelves.kemPreKeys, id)))
    }
    // The last two arguments exist from 0.81 on; before, there is nothing to compare.
    async markKyberPreKeyUsed(id: number, signedId?: number, baseKey?: PublicKey): Promise<void> {
      if (signedId === undefined || baseKey === undefined) return
      const name = `${id}.${signedId}`
      const seen = shelves.baseKeys.get(name) ?? []
      const bytes = baseKey.serialize()
      if (seen.some((known) => Buffer.compare(known, bytes) === 0)) throw new Error(REUSED_BASE_KEY)
      shelves.baseKeys.set(name, [...seen, bytes])
    }
  }
  return new KemPreKeys()
}

function stored(records: ReadonlyMap<number, Uint8Array>, id: number): Uint8Array {
  const bytes = records.get(id)
  if (!bytes) throw new Error(NO_PRE_KEY)
  return bytes
}
