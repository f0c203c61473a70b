/**
 * A party of a transcript: the client's own operations on a store in memory that holds the recorded keys, with the randomness, the
 * time and the profile of the recording. Knows the client; what it writes is for `held-sessions.ts` to read.
 */
import { toHex } from '../../../src/bytes.js'
import { Client } from '../../../src/client/client.js'
import type { Checked } from '../../../src/client/frame/arguments.js'
import { type Context, contextOf } from '../../../src/client/frame/context.js'
import type { ReceivedMessage } from '../../../src/client/frame/results.js'
import { openSeal } from '../../../src/client/sealed/sealed.js'
import { decryptFromDevice } from '../../../src/client/sessions/receive.js'
import { encrypt } from '../../../src/client/sessions/send.js'
import { startSession } from '../../../src/client/sessions/start.js'
import type { EcPublicKey, IdentityKeyPair } from '../../../src/crypto/keys.js'
import { epochMillis, type RandomSource } from '../../../src/env.js'
import { BisikError } from '../../../src/errors.js'
import { exportSessions, importPreKeys, importSessions } from '../../../src/migration/libsignal.js'
import { ledgerEntryKey, ONE_TIME_PRE_KEYS, oneTimePreKeyKey } from '../../../src/records/names.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { checkAddress, type DeviceAddress } from '../../../src/wire/address.js'
import type { SenderCertificate } from '../../../src/wire/certificate.js'
import type { Envelope, NamedEnvelope } from '../../../src/wire/envelope.js'
import type { PreKeyBundle } from '../../../src/wire/pre-key-bundle.js'
import type { PreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { snapshot } from '../snapshot.js'
import { hex } from './files.js'
import { differences, type HeldSessions, heldSessions } from './held-sessions.js'
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
  readonly #client: Client
  /** The client's, with the profile that only tests can set. */
  readonly #context: Context
  /** Its store, looked at from outside: without a word to the source of randomness. */
  readonly #records: KeyStore
  readonly #clock: { now: number }

  private constructor(client: Client, profile: Profile, records: KeyStore, clock: { now: number }) {
    this.profile = profile
    this.#client = client
    this.#context = { ...contextOf(client), allow: profile.allow, profile: profile.writer }
    this.#records = records
    this.#clock = clock
  }

  /** Makes a party with its account and all its prekeys, taken over from libsignal, and no session. */
  static async create(recorded: RecordedParty, profile: Profile, { random, rewind = () => {} }: PartyRandom): Promise<Party> {
    const records = new MemoryStore()
    const clock = { now: 0 }
    const client = await Client.create(
      { store: rewindingStore(records, rewind), address: addressOf(recorded), random, clock: () => epochMillis(clock.now) },
      { identityPrivateKey: hex(recorded.identityPrivate), registrationId: recorded.registrationId },
    )
    if (toHex(client.identityKey) !== recorded.identityPublic) throw new Error('a private identity key does not give the public one')
    await importPreKeys(client, {
      preKeys: recorded.preKeys.map(({ record }) => hex(record)),
      signedPreKeys: recorded.signedPreKeys.map(({ record }) => hex(record)),
      // The recorded stores never delete a KEM prekey: each is used as the last resort.
      kyberPreKeys: recorded.kyberPreKeys.map(({ record }) => ({ record: hex(record), lastResort: true })),
    })
    return new Party(client, profile, records, clock)
  }

  get identity(): IdentityKeyPair {
    return this.#context.self.identity
  }

  get address(): DeviceAddress {
    return this.#client.address
  }

  /** Sets the time. Releases that were not told the time see none pass. */
  at(now: number): void {
    this.#clock.now = this.profile.expires ? now : 0
  }

  async start(bundle: PreKeyBundle): Promise<void> {
    await startSession(this.#context, bundle, this.profile.allow)
  }

  encrypt(to: DeviceAddress, plaintext: Uint8Array): Promise<Envelope> {
    return encrypt(this.#context, checkAddress(to), { plaintext, seal: undefined })
  }

  decrypt(envelope: NamedEnvelope): Promise<ReceivedMessage> {
    return decryptFromDevice(this.#context, checked(envelope), { allow: this.profile.allow, persist: undefined })
  }

  /** Opens a sealed message and decrypts what is inside, as `Client.decrypt` does. */
  async decryptSealed(
    body: Uint8Array,
    trustRoot: EcPublicKey,
  ): Promise<{ readonly received: ReceivedMessage; readonly certificate: SenderCertificate }> {
    const seal = openSeal(this.#context, body, { trustRoots: [trustRoot] })
    if (seal.kind !== 'pre-key' && seal.kind !== 'ratchet') {
      throw new BisikError('invalid-argument', { argument: 'body', expected: 'a message of a session, sealed' })
    }
    const envelope: NamedEnvelope = { kind: seal.kind, sender: seal.certificate.sender, body: seal.body }
    const received = await decryptFromDevice(this.#context, checked(envelope), { allow: this.profile.allow, persist: undefined, seal })
    return { received, certificate: seal.certificate }
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
    await this.#client.acceptIdentity(peer, identity, 'accepted')
  }

  /** Puts a used one-time prekey back, as a store has it that never deletes one. */
  async restoreOneTimePreKey({ preKeys: all }: RecordedParty, id: number): Promise<void> {
    const preKeys = all.filter((preKey) => preKey.id === id).map(({ record }) => hex(record))
    await importPreKeys(this.#client, { preKeys, signedPreKeys: [], kyberPreKeys: [] })
  }

  /** Forgets that a first message was received. */
  async forgetBaseKey({ kem, signedPreKeyId, baseKey }: PreKeySignalMessage): Promise<void> {
    const entry = ledgerEntryKey({ kemPreKeyId: kem?.id, signedPreKeyId }, baseKey)
    await this.#records.commit({ expect: new Map(), put: new Map(), delete: new Set([entry]) })
  }

  /** The ids of the one-time prekeys that were there and are gone, in rising order. */
  async usedOneTimePreKeys({ preKeys }: RecordedParty): Promise<readonly number[]> {
    const left = new Set(await this.#records.list(ONE_TIME_PRE_KEYS))
    return preKeys.flatMap(({ id }) => (left.has(oneTimePreKeyKey(id)) ? [] : [id])).sort((a, b) => a - b)
  }

  /** The sessions with a device. */
  sessions(peer: DeviceAddress): Promise<HeldSessions> {
    return heldSessions(this.#records, this.#context.self, peer)
  }

  /** What differs between the sessions held with a device and libsignal's record of them. */
  async differencesFrom(peer: DeviceAddress, record: string | null): Promise<readonly string[]> {
    return differences(await this.sessions(peer), record, this.#context.self)
  }

  /** Every record, by name. */
  records(): Promise<Record<string, string>> {
    return snapshot(this.#records)
  }
}

/** Where a party is reached. */
export function addressOf(recorded: { readonly name: string; readonly deviceId: number }): DeviceAddress {
  return { user: recorded.name, device: recorded.deviceId }
}

function checked(envelope: NamedEnvelope): Checked<NamedEnvelope> {
  return { ...envelope, sender: checkAddress(envelope.sender) }
}

function rewindingStore(store: KeyStore, rewind: () => void): KeyStore {
  return {
    read: (keys) => {
      // A run of an operation begins by reading the session.
      if (keys.some((key) => key.startsWith('session/'))) rewind()
      return store.read(keys)
    },
    commit: (batch) => store.commit(batch),
    list: (prefix) => store.list(prefix),
  }
}
