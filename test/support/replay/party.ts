/**
 * A party of a transcript: the client's own operations on a store in memory that holds the recorded keys, with the randomness, the
 * time and the profile of the recording. Knows our records; the operations are those of `src/client/pairwise.ts`.
 */
import { toHex } from '../../../src/bytes.js'
import { Client } from '../../../src/client/client.js'
import { type Context, registerContext } from '../../../src/client/context.js'
import { exportSessions, importPreKeys, importSessions } from '../../../src/client/libsignal.js'
import { decrypt, encrypt, startSession } from '../../../src/client/pairwise.js'
import type { Received } from '../../../src/client/results.js'
import { WalkMemo } from '../../../src/client/walks.js'
import { keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import { type IdentityKeyPair, parseIdentityKey } from '../../../src/crypto/keys.js'
import { epochMillis, type RandomSource } from '../../../src/env.js'
import { encodeAccount } from '../../../src/records/account-record.js'
import { encodeIdentity } from '../../../src/records/identity-record.js'
import { ACCOUNT, identityKeyOf, ONE_TIME_PRE_KEYS, oneTimePreKeyKey } from '../../../src/records/record-keys.js'
import type { KeyStore, RecordKey } from '../../../src/store/key-store.js'
import { MemoryStore } from '../../../src/store/memory.js'
import type { DeviceAddress } from '../../../src/wire/address.js'
import type { Envelope } from '../../../src/wire/envelope.js'
import type { PreKeyBundle } from '../../../src/wire/pre-key-bundle.js'
import { snapshot } from '../snapshot.js'
import { hex } from './files.js'
import { type HeldSessions, heldSessions } from './held-sessions.js'
import type { Profile } from './profiles.js'
import type { RecordedParty } from './transcript.js'

/** Where a party's randomness comes from. */
export interface PartyRandom {
  readonly random: RandomSource
  /** Called whenever an operation runs (again) on records freshly read: what it drew before is void. */
  readonly rewind?: () => void
}

/** One party. */
export class Party {
  readonly profile: Profile
  readonly context: Context
  /** Stands for a client with this context where one is asked for. */
  readonly #client = Object.create(Client.prototype) as Client
  readonly #store: KeyStore
  #now = 0

  private constructor(recorded: RecordedParty, profile: Profile, { random, rewind }: PartyRandom, store: KeyStore) {
    this.profile = profile
    this.#store = store
    this.context = {
      store: rewind === undefined ? store : rewindingStore(store, rewind),
      self: { address: addressOf(recorded), identity: identityOf(recorded), registrationId: recorded.registrationId },
      random,
      clock: () => epochMillis(this.#now),
      trustPolicy: 'first-use',
      allow: profile.allow,
      walks: new WalkMemo(),
      profile: profile.writer,
    }
    registerContext(this.#client, this.context)
  }

  /** Makes a party with its account and all its prekeys, taken over from libsignal, and no session. */
  static async create(recorded: RecordedParty, profile: Profile, random: PartyRandom): Promise<Party> {
    const party = new Party(recorded, profile, random, new MemoryStore())
    const nextIds = { oneTimePreKey: 1, signedPreKey: 1, kemPreKey: 1 }
    const account = { ...party.context.self, generation: 1, nextIds, signedPreKeys: [], lastResortKemPreKeys: [] }
    await party.#put(ACCOUNT, encodeAccount(account))
    await importPreKeys(party.#client, {
      preKeys: recorded.preKeys.map(({ record }) => hex(record)),
      signedPreKeys: recorded.signedPreKeys.map(({ record }) => hex(record)),
      // The recorded stores never delete a KEM prekey: each is used as the last resort.
      kyberPreKeys: recorded.kyberPreKeys.map(({ record }) => ({ record: hex(record), lastResort: true })),
    })
    return party
  }

  /** Sets the time. Releases that were not told the time see none pass. */
  at(now: number): void {
    this.#now = this.profile.expires ? now : 0
  }

  async start(bundle: PreKeyBundle): Promise<void> {
    await startSession(this.context, bundle, this.context.allow)
  }

  encrypt(to: DeviceAddress, plaintext: Uint8Array): Promise<Envelope> {
    return encrypt(this.context, to, plaintext, undefined)
  }

  decrypt(envelope: Envelope): Promise<Received> {
    return decrypt(this.context, envelope, { allow: this.context.allow, persist: undefined })
  }

  /** Takes over libsignal's record of the sessions with a device. */
  async import(peer: DeviceAddress, record: Uint8Array): Promise<void> {
    await importSessions(this.#client, peer, record)
  }

  /** Gives away the sessions with a device as libsignal's record; they are gone here. */
  export(peer: DeviceAddress): Promise<Uint8Array> {
    return exportSessions(this.#client, peer)
  }

  /** Accepts the identity key that a device has now. */
  async accept(peer: DeviceAddress, identity: Uint8Array): Promise<void> {
    await this.#put(identityKeyOf(peer), encodeIdentity({ key: parseIdentityKey(identity), level: 'accepted' }))
  }

  /** Puts used one-time prekeys back, as a store does that never deletes them. */
  async restoreOneTimePreKeys(recorded: RecordedParty): Promise<void> {
    const used = await this.usedOneTimePreKeys(recorded)
    const preKeys = recorded.preKeys.filter(({ id }) => used.includes(id)).map(({ record }) => hex(record))
    if (preKeys.length > 0) await importPreKeys(this.#client, { preKeys, signedPreKeys: [], kyberPreKeys: [] })
  }

  /** The ids of the one-time prekeys that were there and are gone, in rising order. */
  async usedOneTimePreKeys({ preKeys }: RecordedParty): Promise<readonly number[]> {
    const left = new Set(await this.#store.list(ONE_TIME_PRE_KEYS))
    return preKeys.flatMap(({ id }) => (left.has(oneTimePreKeyKey(id)) ? [] : [id])).sort((a, b) => a - b)
  }

  /** The sessions with a device. */
  sessions(peer: DeviceAddress): Promise<HeldSessions> {
    return heldSessions(this.#store, this.context.self, peer)
  }

  /** Every record, by name. */
  records(): Promise<Record<string, string>> {
    return snapshot(this.#store)
  }

  async #put(key: RecordKey, value: Uint8Array): Promise<void> {
    await this.#store.commit({ expect: new Map(), put: new Map([[key, value]]), delete: new Set() })
  }
}

/** Where a party is reached. */
export function addressOf(recorded: { readonly name: string; readonly deviceId: number }): DeviceAddress {
  return { user: recorded.name, device: recorded.deviceId }
}

function identityOf(recorded: RecordedParty): IdentityKeyPair {
  const pair = keyPairFromPrivateKey(hex(recorded.identityPrivate)) as IdentityKeyPair
  if (toHex(pair.publicKey) !== recorded.identityPublic) throw new Error('a private identity key does not give the public one')
  return pair
}

function rewindingStore(store: KeyStore, rewind: () => void): KeyStore {
  return {
    read: (keys) => {
      rewind()
      return store.read(keys)
    },
    commit: (batch) => store.commit(batch),
    list: (prefix) => store.list(prefix),
  }
}
