/**
 * Every public call, with what kind of argument each parameter is and a right example: the table that `public-surface.test.ts` demands of
 * whoever adds a call. Judges nothing.
 */
import Database from 'libsql'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { systemRandom } from '../../src/env.js'
import { type Client, type DeviceOffer, epochMillis, MemoryStore, utf8 } from '../../src/index.js'
import { exportIdentity } from '../../src/migration/libsignal.js'
import { signAccountMove } from '../../src/protocol/identity/account-moves.js'
import { hashOfList } from '../../src/protocol/identity/device-list.js'
import { signDeviceStamp } from '../../src/protocol/identity/stamps.js'
import * as protocol from '../../src/protocol/index.js'
import { Relay } from '../../src/relay/index.js'
import { IndexedDbStore } from '../../src/store/engines/indexeddb.js'
import { LevelStore } from '../../src/store/engines/leveldb.js'
import { PostgresStore } from '../../src/store/engines/postgres.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import type { Transaction } from '../../src/store/transaction.js'
import { encodeSenderCertificate, encodeServerCertificate, serializeCertificate } from '../../src/wire/certificate.js'
import * as wire from '../../src/wire/index.js'
import { serializeSentMessage } from '../../src/wire/sent-message.js'
import { certificateOf } from '../support/certificates.js'
import { ISSUED, keyNamed, listOf } from '../support/devices.js'
import { emptyIndexedDb, emptyLevel, emptyPool } from '../support/engine-doubles.js'
import { bundleOf, newClient } from '../support/parties.js'
import { genesis } from '../support/rosters.js'
import { recordedOf } from '../unit/wire/messages.js'
import { callsOnStates, theirSession } from './calls-on-states.js'
import {
  address,
  anything,
  but,
  bytes,
  called,
  choice,
  count,
  flag,
  fn,
  formed,
  instance,
  type Kind,
  limit,
  list,
  mapOfBytes,
  maybe,
  object,
  options,
  safetyNumber,
  segment,
  text,
  uuid,
} from './kinds.js'

/** What is called, and with what. */
export interface Surface {
  /** Objects with methods, by the name of their class or interface. */
  readonly targets: Readonly<Record<string, object>>
  /** What the calls of an entry take, by the name in its report. */
  readonly calls: Readonly<Record<string, readonly Kind[]>>
  /** What must not change by a call that is refused. */
  readonly stores: readonly MemoryStore[]
}

/** Interfaces that callers implement, or that a step is given. */
export const NOT_CALLED = [
  ...['KeyStore', 'Anchor', 'Transaction', 'AppReader', 'SentMessage', 'SealingForMany', 'LongJump', 'new LongJump'],
  // Drivers.
  ...['SyncSqlite', 'SyncStatement', 'ExpoSqlite', 'OpSqlite', 'DurableObjectSqlite'],
  ...['IndexedDbFactory', 'IndexedDbRequest', 'IndexedDbDatabase', 'IndexedDbTransaction', 'IndexedDbObjectStore'],
  ...['PostgresQueries', 'PostgresConnection', 'PostgresPool', 'LevelDatabase'],
]

const distribution = '4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10'
const message = utf8('a text of some length')
const persist = () => new Map<string, Uint8Array>()
const ec = (key: Uint8Array = Uint8Array.from({ length: 33 }, () => 5)) => bytes(key)

/** Makes the objects and the table. */
export async function publicSurface(): Promise<Surface> {
  const [store, relayStore, movingStore] = [new MemoryStore(), new MemoryStore(), new MemoryStore()]
  const client = await newClient({ store })
  const bob = await newClient()
  const moving = await newClient({ store: movingStore })
  const relay = new Relay({ store: relayStore })
  const token = systemRandom(32)
  const registration = { address: client.address, identityKey: client.identityKey, token }
  const account = await relay.register(registration)
  const upload = await bob.generatePreKeys(2)
  await client.startSession(bundleOf(upload))
  await bob.decrypt(await client.encrypt(bob.address, message))
  const group = client.group(distribution)
  await group.distribute()
  const ownerStore = new MemoryStore()
  const { owner, offer } = await accountOf(ownerStore, bob)
  const parts = {
    owner,
    offer,
    client,
    bob,
    moving,
    relay,
    account,
    token,
    upload,
    ownUpload: await client.generatePreKeys(1),
    envelope: await bob.encrypt(client.address, message),
    groupMessage: await group.encrypt(message),
    certificate: certificateOf(client),
  }
  return {
    targets: {
      ...{ Client: client, Devices: owner.devices, Group: group, MemoryStore: store, Relay: relay },
      SqliteStore: SqliteStore.open(new Database(':memory:')),
      IndexedDbStore: await IndexedDbStore.open(emptyIndexedDb, 'x'),
      PostgresStore: await PostgresStore.open(emptyPool),
      LevelStore: await LevelStore.open(emptyLevel),
      Secret: protocol.Secret.own(new Uint8Array(32)),
    },
    calls: {
      ...callsOfClients(parts),
      ...callsOfDevices(parts),
      ...callsOfMoves(parts),
      ...callsOfRelays(parts),
      ...callsOfStores(),
      ...callsOfWire(),
      ...callsOfProtocol(parts),
      ...callsOnStates(),
    },
    stores: [store, relayStore, movingStore, ownerStore],
  }
}

/** An account with a list of two devices, and what a third one offers. */
async function accountOf(store: MemoryStore, bob: Client) {
  const user = '00000000-0000-4000-8000-0000000000cc'
  const owner = await newClient({ store, address: { user, device: 1 } })
  const list = await owner.devices.create()
  const offers: DeviceOffer[] = []
  for (const device of [2, 3]) offers.push(await (await newClient({ address: { user, device } })).devices.offer(list))
  const [second, third] = offers as [DeviceOffer, DeviceOffer]
  await owner.devices.accept(await owner.devices.add(third))
  await owner.startSession(bundleOf(await bob.generatePreKeys(1)))
  const bobsList = await bob.devices.create()
  return { owner, offer: { ...second, list, bobsList, stamp: await bob.devices.stamp() } }
}

interface Parts {
  readonly owner: Client
  readonly offer: Awaited<ReturnType<typeof accountOf>>['offer']
  readonly client: Client
  readonly bob: Client
  readonly moving: Client
  readonly relay: Relay
  readonly account: Awaited<ReturnType<Relay['register']>>
  readonly token: Uint8Array
  readonly upload: Awaited<ReturnType<Client['generatePreKeys']>>
  readonly ownUpload: Awaited<ReturnType<Client['generatePreKeys']>>
  readonly envelope: wire.NamedEnvelope
  readonly groupMessage: wire.NamedEnvelope
  readonly certificate: Uint8Array
}

const envelopeKind = ({ kind, sender, body }: wire.NamedEnvelope): Kind =>
  called(object({ kind: choice(kind), sender: address(sender), body: bytes(body) }), 'envelope')
const oneTime = ({ id, publicKey }: wire.OneTimePreKey): Kind =>
  called(object({ id: count(id), publicKey: bytes(publicKey) }), 'oneTimePreKey')
const signed = ({ id, publicKey, signature }: wire.SignedPreKey | wire.KemPreKey): Kind =>
  object({ id: count(id), publicKey: bytes(publicKey), signature: bytes(signature) })
const deviceFields = (device: wire.PreKeyUpload | wire.PreKeyBundle): Readonly<Record<string, Kind>> => ({
  address: address(device.address),
  registrationId: count(device.registrationId),
  identityKey: bytes(device.identityKey),
  signedPreKey: signed(device.signedPreKey),
})
const bundleKind = (bundle: wire.PreKeyBundle): Kind =>
  object({
    ...deviceFields(bundle),
    oneTimePreKey: maybe(oneTime(bundle.oneTimePreKey as wire.OneTimePreKey)),
    kemPreKey: maybe(signed(bundle.kemPreKey as wire.KemPreKey)),
  })
const uploadKind = (upload: wire.PreKeyUpload): Kind =>
  object({
    ...deviceFields(upload),
    kemPreKey: signed(upload.kemPreKey),
    oneTimePreKeys: list(oneTime(upload.oneTimePreKeys[0] as wire.OneTimePreKey)),
    oneTimeKemPreKeys: list(signed(upload.oneTimeKemPreKeys[0] as wire.KemPreKey)),
    firstOneTimePreKeyId: maybe(count(1)),
    firstOneTimeKemPreKeyId: maybe(count(1)),
  })

function callsOfClients({ client, bob, upload, ownUpload, envelope, groupMessage, certificate }: Parts): Surface['calls'] {
  const peer = address(bob.address)
  const sealing = { seal: bytes(certificate), contentHint: choice('resendable'), groupId: bytes(new Uint8Array(32)) }
  const receiving = { trustRoots: list(ec()), receivedAt: count(1), persist: fn(persist), allow: list(choice('pqxdh')) }
  const settings = {
    address: address(client.address),
    trustPolicy: choice('first-use'),
    allow: list(choice('pqxdh')),
    trustRoots: list(ec()),
    limits: options({ envelopeLength: count(100_000) }),
    random: fn(systemRandom),
    clock: fn(() => epochMillis(1)),
    anchor: object({ read: fn(async () => 0), raise: fn(async () => true) }),
  }
  const optional = Object.fromEntries(Object.entries(settings).map(([name, one]) => [name, maybe(one)]))
  const clientOptions = object({ store: instance(new MemoryStore()), ...optional }, { exact: true })
  const bundle = bundleOf(upload, { index: 1 })
  const key = new Uint8Array(bob.identityKey)
  return {
    'bisik: Client.create': [
      clientOptions,
      maybe(object({ identityPrivateKey: bytes(new Uint8Array(32).fill(8)), registrationId: count(7) })),
    ],
    'bisik: Client.open': [clientOptions],
    'bisik: Client.openOrCreate': [clientOptions],
    'bisik: Client.signAlternateIdentity': [bytes(key)],
    'bisik: Client.generatePreKeys': [count(1)],
    'bisik: Client.rotatePreKeys': [],
    'bisik: Client.publication': [],
    'bisik: Client.published': [uploadKind(ownUpload)],
    'bisik: Client.upkeep': [],
    'bisik: Client.markRestored': [],
    'bisik: Client.countPreKeys': [],
    'bisik: Client.startSession': [bundleKind(bundle), options({ allow: list(choice('pqxdh')) })],
    'bisik: Client.session': [peer],
    'bisik: Client.knownDevices': [maybe(text(bob.address.user))],
    'bisik: Client.endSession': [peer],
    'bisik: Client.forget': [but(peer, 'device: undefined')],
    'bisik: Client.encrypt': [peer, bytes(message), options({ ...sealing, persist: fn(persist) })],
    'bisik: Client.sealForMany': [
      envelopeKind(groupMessage),
      list(peer),
      object(
        {
          ...sealing,
          contentHint: maybe(sealing.contentHint),
          groupId: maybe(sealing.groupId),
          excluded: maybe(called(list(text(bob.address.user)), 'user')),
        },
        { exact: true },
      ),
    ],
    'bisik: Client.decrypt': [envelopeKind(envelope), options(receiving)],
    'bisik: Client.encryptContent': [
      peer,
      object(
        { application: maybe(bytes(message)), senderKey: maybe(bytes(message)), accessKey: maybe(bytes(new Uint8Array(16))) },
        { exact: true },
      ),
      options({ ...sealing, persist: fn(persist) }),
    ],
    'bisik: Client.decryptContent': [envelopeKind(envelope), options({ ...receiving, seal: bytes(certificate), askStrangers: flag(true) })],
    'bisik: Client.answerRetry': [
      object({ sender: peer, request: object({ ratchetKey: maybe(ec()), timestamp: count(1), device: count(1) }) }),
      fn(async () => bundle),
      options({ ...sealing, persist: fn(persist) }),
    ],
    'bisik: Client.group': [uuid(distribution)],
    'bisik: Client.acceptSenderKey': [object({ kind: choice('message'), sender: peer, identity: bytes(key) }), bytes(message)],
    'bisik: Client.dropSenderKey': [uuid(distribution), maybe(peer)],
    'bisik: Client.fingerprint': [peer, maybe(bytes(key))],
    'bisik: Client.verify': [peer, safetyNumber('0'.repeat(60)), maybe(bytes(key))],
    'bisik: Client.trustLevel': [peer],
    'bisik: Client.unverify': [peer],
    'bisik: Client.acceptIdentity': [peer, bytes(key), choice('verified')],
    'bisik: Group.distribute': [],
    'bisik: Group.rotate': [],
    'bisik: Group.encrypt': [bytes(message), options({ persist: fn(persist) })],
    'bisik: Group.encryptContent': [object({ application: bytes(message) }), options({ persist: fn(persist) })],
    'bisik: epochMillis': [{ ...count(1), names: ['time'] }],
    'bisik: utf8': [text('text')],
    'bisik: fromUtf8': [bytes(message)],
    'bisik: isBisikError': [anything(new Error('x')), anything('internal')],
    'bisik: parseEnvelope': [bytes(wire.serializeEnvelope(envelope))],
    'bisik: serializeEnvelope': [envelopeKind(envelope)],
    'bisik: parsePreKeyBundle': [bytes(wire.serializePreKeyBundle(bundle))],
    'bisik: serializePreKeyBundle': [bundleKind(bundle)],
    'bisik: parsePreKeyUpload': [bytes(wire.serializePreKeyUpload(upload))],
    'bisik: serializePreKeyUpload': [uploadKind(upload)],
    'bisik: verifyAlternateIdentity': [bytes(key), bytes(key), bytes(new Uint8Array(64))],
    'bisik/errors: isBisikError': [anything(new Error('x')), anything('internal')],
  }
}

function callsOfDevices({ owner, bob, offer, envelope }: Parts): Surface['calls'] {
  const sealing = { seal: bytes(certificateOf(owner)), contentHint: choice('resendable'), groupId: bytes(new Uint8Array(32)) }
  const devices = list(address(bob.address))
  const asking = options({
    ...sealing,
    persist: fn(persist),
    fetchBundle: fn(async () => bundleOf(await bob.generatePreKeys(1))),
    allow: list(choice('pqxdh')),
    sent: object({ envelopes: list(object({ to: address(bob.address), envelope: envelopeKind(envelope) })) }),
    differences: options({ missing: devices, extra: devices, stale: devices }),
  })
  return {
    'bisik: Devices.create': [options({ recoveryKey: ec() })],
    'bisik: Devices.offer': [bytes(offer.list)],
    'bisik: Devices.add': [
      object({
        user: text(owner.address.user),
        device: count(2),
        identityKey: bytes(offer.identityKey),
        registrationId: count(offer.registrationId),
        capabilities: count(0),
        consent: bytes(offer.consent),
      }),
      options({ admin: flag(false) }),
    ],
    'bisik: Devices.remove': [count(3)],
    'bisik: Devices.move': [options({ stolen: count(3) })],
    'bisik: Devices.recover': [bytes(new Uint8Array(32).fill(6)), options({ stolen: list(count(3)) })],
    'bisik: Devices.join': [],
    'bisik: Devices.stamp': [],
    'bisik: Devices.exportAccountKey': [],
    'bisik: Devices.rename': [count(3), text('tablet')],
    'bisik: Devices.accept': [
      bytes(offer.bobsList),
      options({ move: bytes(message), trust: choice('accepted'), accountKey: bytes(new Uint8Array(32)) }),
    ],
    'bisik: Devices.acceptStamp': [text(bob.address.user), bytes(offer.stamp)],
    'bisik: Devices.list': [maybe(text(bob.address.user))],
    'bisik: Devices.encryptToUser': [text(bob.address.user), bytes(message), asking],
    'bisik: Devices.encryptContentToUser': [text(bob.address.user), object({ application: bytes(message) }), asking],
  }
}

function callsOfMoves({ moving, bob }: Parts): Surface['calls'] {
  const client = instance(moving)
  const saving = options({ persist: fn(persist) })
  const { identityKeyPair, registrationId } = exportIdentity(moving)
  const records = object({
    preKeys: list(bytes(message)),
    signedPreKeys: list(bytes(message)),
    kyberPreKeys: list(object({ record: bytes(message), lastResort: flag(true) })),
  })
  return {
    'bisik/libsignal: parseIdentity': [bytes(identityKeyPair), count(registrationId)],
    'bisik/libsignal: exportIdentity': [client],
    'bisik/libsignal: importPreKeys': [client, records],
    'bisik/libsignal: exportPreKeys': [client, saving],
    'bisik/libsignal: importSessions': [client, address(bob.address), bytes(message)],
    'bisik/libsignal: exportSessions': [client, address(bob.address), saving],
    'bisik/libsignal: importSenderKey': [client, address(bob.address), uuid(distribution), bytes(message)],
    'bisik/libsignal: exportSenderKey': [client, uuid(distribution), saving],
  }
}

function callsOfRelays({ client, bob, account, token, upload, envelope }: Parts): Surface['calls'] {
  const who = object({ address: address(account.address) })
  const to = address(bob.address)
  const accessKey = bytes(new Uint8Array(16))
  const sealed = object({ kind: choice('sealed'), body: bytes(message) })
  return {
    'bisik/relay: new Relay': [
      object(
        {
          store: instance(new MemoryStore()),
          limits: options({ lookUps: count(5) }),
          clock: maybe(fn(() => epochMillis(1))),
          random: maybe(fn(systemRandom)),
        },
        { exact: true },
      ),
    ],
    'bisik/relay: Relay.register': [
      object({ address: address(client.address), identityKey: bytes(client.identityKey), token: bytes(token), approvedBy: maybe(who) }),
    ],
    'bisik/relay: Relay.authenticate': [bytes(token)],
    'bisik/relay: Relay.replaceIdentity': [who, bytes(client.identityKey)],
    'bisik/relay: Relay.claimName': [who, text('alice')],
    'bisik/relay: Relay.findName': [who, text('alice')],
    'bisik/relay: Relay.publish': [who, uploadKind(upload)],
    'bisik/relay: Relay.preKeyCounts': [who],
    'bisik/relay: Relay.fetchBundle': [who, to],
    'bisik/relay: Relay.send': [who, to, object({ kind: choice(envelope.kind), body: bytes(envelope.body) })],
    'bisik/relay: Relay.trustRoot': [],
    'bisik/relay: Relay.senderCertificate': [who],
    'bisik/relay: Relay.setAccessKey': [who, accessKey],
    'bisik/relay: Relay.checkAccessKey': [to, accessKey],
    'bisik/relay: Relay.sendSealed': [to, accessKey, sealed],
    'bisik/relay: Relay.sendToMany': [
      bytes(message),
      mapOfBytes(new Map([[bob.address.user, new Uint8Array(16)]])),
      options({ commitment: bytes(new Uint8Array(32)) }),
    ],
    'bisik/relay: Relay.messages': [who, maybe(count(0))],
    'bisik/relay: Relay.acknowledge': [who, count(0)],
    'bisik/relay: Relay.claim': [who, bytes(new Uint8Array(32)), bytes(new Uint8Array(10))],
    'bisik/relay: Relay.peek': [who, bytes(new Uint8Array(32))],
  }
}

function callsOfStores(): Surface['calls'] {
  const key = text('a/b')
  const keys = list(key)
  const records = mapOfBytes(new Map([['a', message]]))
  const batch = { ...object({ put: records }), example: { expect: new Map(), put: new Map([['a', message]]), delete: new Set() } }
  const store = instance(new MemoryStore())
  const step = fn((tx: Transaction) => tx.read('a'))
  const storeKey = instance(new Uint8Array(32))
  const empty = instance(new MemoryStore())
  const methods = (name: string): Surface['calls'] => ({
    [`${name}.read`]: [keys],
    [`${name}.commit`]: [{ ...batch, names: ['batch.put', 'batch.expect', 'batch.delete'] }],
    [`${name}.list`]: [text('')],
  })
  return {
    ...methods('bisik: MemoryStore'),
    ...methods('bisik/store: MemoryStore'),
    ...methods('bisik/store/sqlite: SqliteStore'),
    'bisik/store: checkPrefix': [text('a/')],
    'bisik/store: recordKey': [segment('a')],
    'bisik/store: parseRecordKey': [key],
    'bisik/store: scoped': [store, text('one')],
    'bisik/store: transact': [store, step, options({ budget: limit(5) })],
    'bisik/store/conformance: keyStoreConformance': [
      object(
        { test: fn(() => undefined), factory: fn(() => new MemoryStore()), reopen: maybe(fn(persist)), spawn: maybe(fn(persist)) },
        { exact: true },
      ),
    ],
    'bisik/store/conformance: runConformanceTask': [store, formed('a:1')],
    ...methods('bisik/store/indexeddb: IndexedDbStore'),
    ...methods('bisik/store/postgres: PostgresStore'),
    ...methods('bisik/store/leveldb: LevelStore'),
    'bisik/store/indexeddb: IndexedDbStore.close': [],
    'bisik/store/indexeddb: IndexedDbStore.open': [instance(emptyIndexedDb), text('x')],
    'bisik/store/postgres: PostgresStore.open': [instance(emptyPool), options({ table: formed('bisik_record') })],
    'bisik/store/leveldb: LevelStore.open': [instance(emptyLevel)],
    'bisik/store/encrypted: encryptedStore': [empty, storeKey],
    'bisik/store/encrypted: rotateStoreKey': [empty, storeKey, storeKey],
    'bisik/store/sqlite: SqliteStore.open': [instance(new Database(':memory:')), options({ busyTimeout: count(5) })],
  }
}

/** A list, a stamp and a move. */
function signedDevices(): { readonly list: wire.DeviceList; readonly stamp: wire.DeviceStamp; readonly move: wire.AccountMove } {
  const list = listOf({ devices: [{ device: 1, name: 'phone', admin: true }] })
  const of = { list: hashOfList(list), signer: 1, issuedAt: ISSUED }
  const signers = { account: keyNamed('account'), device: keyNamed('phone') }
  const { user, lineage, accountKey } = list
  return {
    list,
    stamp: signDeviceStamp({ ...of, version: 1 }, signers.device, systemRandom),
    move: signAccountMove({ ...of, user, lineage, accountKey }, signers, systemRandom),
  }
}

function callsOfWire(): Surface['calls'] {
  const key = wire.parseEcPublicKey(new Uint8Array(33).fill(5))
  const kem = wire.parseKemPublicKey(new Uint8Array(1569).fill(8))
  const ciphertext = wire.parseKemCiphertext(new Uint8Array(1569).fill(8))
  const signature = wire.parseSignature(new Uint8Array(64))
  const identityKey = wire.parseIdentityKey(key)
  const who = { user: 'a97a0b6c-e551-4f03-876a-f7e1e7e21370', device: 1 }
  const inner = recordedOf(2).at(-1) ?? new Uint8Array(0)
  const first = recordedOf(3).at(-1) ?? new Uint8Array(0)
  const serviceId = wire.serviceIdOf(who.user) ?? new Uint8Array(0)
  const retry = { ratchetKey: key, timestamp: epochMillis(1), device: 1 }
  const device = { address: who, registrationId: 1, identityKey, signedPreKey: { id: 1, publicKey: key, signature } }
  const kemPreKey = { id: 2, publicKey: kem, signature }
  const bundle = { ...device, oneTimePreKey: { id: 3, publicKey: key }, kemPreKey }
  const upload = { ...device, kemPreKey, oneTimePreKeys: [bundle.oneTimePreKey], oneTimeKemPreKeys: [kemPreKey] }
  const envelope = { kind: 'ratchet', sender: who, body: inner } as const
  const server = serializeCertificate(encodeServerCertificate({ id: 1, key }), signature)
  const sender = { sender: who, phoneNumber: undefined, identityKey, expiration: epochMillis(1), signer: server }
  const certificate = serializeCertificate(encodeSenderCertificate(sender), signature)
  const scannable = { version: 2, local: new Uint8Array(32), remote: new Uint8Array(32) }
  const sealed = { kind: 'ratchet', certificate, body: inner, contentHint: 'resendable', groupId: message } as const
  const sent = serializeSentMessage({
    recipients: [{ user: who.user, devices: [{ device: 1, registrationId: 1 }], part: new Uint8Array(48) }],
    ...{ excluded: [], ephemeralKey: key, ciphertext: inner },
  })
  const groupMessage = wire.encodeSenderKeyMessage({ distribution, chainId: 1, iteration: 2, ciphertext: inner }).finish(signature)
  const sealedForOne = Uint8Array.from([0x22, ...inner])
  const retryKind = object({ ratchetKey: maybe(bytes(key)), timestamp: count(1), device: count(1) })
  const devices = signedDevices()
  const parser = (example: Uint8Array, ...rest: readonly Kind[]) => [bytes(example), ...rest]
  const most = maybe(limit(1e6))
  return {
    'bisik/wire: parseEcPublicKey': parser(key),
    'bisik/wire: parseIdentityKey': parser(key),
    'bisik/wire: parseKemPublicKey': parser(kem),
    'bisik/wire: parseKemCiphertext': parser(ciphertext),
    'bisik/wire: parseSignature': parser(signature),
    'bisik/wire: addressBinding': [address(who), address(who)],
    'bisik/wire: checkAddress': [address(who)],
    'bisik/wire: serviceIdOf': [text(who.user)],
    'bisik/wire: parseServiceId': parser(serviceId),
    'bisik/wire: serviceIdBinary': parser(serviceId),
    'bisik/wire: parseServiceIdBinary': parser(serviceId),
    'bisik/wire: parseContent': parser(wire.serializeContent({ application: inner, retry })),
    'bisik/wire: serializeContent': [
      object(
        {
          application: maybe(bytes(inner)),
          name: maybe(bytes(new Uint8Array(16))),
          sentAt: maybe(count(1)),
          again: maybe(flag(true)),
          senderKey: maybe(bytes(inner)),
          accessKey: maybe(bytes(new Uint8Array(16))),
          senderKeyWanted: maybe(uuid(distribution)),
          retry: maybe(retryKind),
        },
        { exact: true, required: false },
      ),
    ],
    'bisik/wire: decryptionErrorFor': [object({ kind: choice('ratchet'), body: bytes(inner) }), count(1), count(1)],
    'bisik/wire: parseDecryptionErrorMessage': parser(wire.serializeDecryptionErrorMessage(retry)),
    'bisik/wire: serializeDecryptionErrorMessage': [retryKind],
    'bisik/wire: parseEnvelope': parser(wire.serializeEnvelope(envelope)),
    'bisik/wire: serializeEnvelope': [envelopeKind(envelope)],
    'bisik/wire: extractDecryptionError': parser(wire.parsePlaintextContent(wire.serializePlaintextContent(retry))),
    'bisik/wire: parsePlaintextContent': parser(wire.serializePlaintextContent(retry)),
    'bisik/wire: serializePlaintextContent': [retryKind],
    'bisik/wire: parsePreKeyBundle': parser(wire.serializePreKeyBundle(bundle)),
    'bisik/wire: serializePreKeyBundle': [bundleKind(bundle)],
    'bisik/wire: parsePreKeyUpload': parser(wire.serializePreKeyUpload(upload)),
    'bisik/wire: serializePreKeyUpload': [uploadKind(upload)],
    'bisik/wire: parsePreKeySignalMessage': parser(first, most),
    'bisik/wire: serializePreKeySignalMessage': [
      object({
        version: count(4),
        writerVersion: maybe(count(4)),
        preKeyId: maybe(count(1)),
        baseKey: bytes(key),
        identityKey: bytes(key),
        message: bytes(inner),
        registrationId: count(1),
        signedPreKeyId: count(1),
        kem: { ...object({ id: count(1), ciphertext: bytes(ciphertext) }), names: ['kem.id', 'kem.ciphertext'] },
      }),
    ],
    'bisik/wire: parseSignalMessage': parser(inner, most),
    'bisik/wire: encodeSignalMessage': [
      object({
        version: count(4),
        writerVersion: maybe(count(4)),
        ratchetKey: bytes(key),
        counter: count(1),
        previousCounter: count(0),
        ciphertext: bytes(inner),
        pqRatchet: maybe(bytes(inner)),
        addresses: maybe(bytes(inner)),
      }),
    ],
    'bisik/wire: parseSenderCertificate': parser(certificate),
    'bisik/wire: parseServerCertificate': parser(server),
    'bisik/wire: parseDeviceList': parser(devices.list.serialized),
    'bisik/wire: parseDeviceStamp': parser(devices.stamp.serialized),
    'bisik/wire: parseAccountMove': parser(devices.move.serialized),
    'bisik/wire: parseRosterEntry': parser(genesis('alice').entry.serialized),
    'bisik/wire: parseScannable': parser(wire.serializeScannable(scannable)),
    'bisik/wire: serializeScannable': [object({ version: count(2), local: bytes(scannable.local), remote: bytes(scannable.remote) })],
    'bisik/wire: parseSealedContent': parser(wire.serializeSealedContent(sealed)),
    'bisik/wire: serializeSealedContent': [
      object({
        kind: choice('ratchet'),
        certificate: bytes(certificate),
        body: bytes(inner),
        contentHint: maybe(choice('resendable')),
        groupId: maybe(bytes(message)),
      }),
    ],
    'bisik/wire: parseSealedMessage': parser(sealedForOne, most),
    'bisik/wire: parseSentMessage': parser(sent, most, most),
    'bisik/wire: encodeSenderKeyMessage': [
      object({ distribution: uuid(distribution), chainId: count(1), iteration: count(2), ciphertext: bytes(inner) }),
    ],
    'bisik/wire: parseSenderKeyMessage': parser(groupMessage, most),
  }
}

function callsOfProtocol({ bob, upload }: Parts): Surface['calls'] {
  const random = fn(systemRandom)
  const pair = generateKeyPair(systemRandom)
  const kemPair = protocol.generateKemKeyPair(systemRandom)
  const identity = object({ privateKey: instance(pair.privateKey) })
  const publicKey = bytes(pair.publicKey)
  const party = object({ id: bytes(message), identityKey: bytes(bob.identityKey) })
  const partyHash = object({ hash: bytes(new Uint8Array(64)), iterations: count(5_200) })
  const server = wire.serializeEnvelope({ kind: 'sealed', body: message })
  const fields = { sender: address(bob.address), phoneNumber: maybe(text('+1')), identityKey: bytes(bob.identityKey), expiration: count(1) }
  const key = bytes(new Uint8Array(33).fill(5))
  const signature = bytes(new Uint8Array(64))
  const scannable = wire.serializeScannable({ version: 2, local: new Uint8Array(32), remote: new Uint8Array(32) })
  return {
    'bisik/protocol: exposeSecret': [instance(generateKeyPair(systemRandom).privateKey)],
    'bisik/protocol: compareScannable': [bytes(scannable), bytes(scannable)],
    'bisik/protocol: kemKeyPairFromSecretKey': [bytes(new Uint8Array(3169).fill(8))],
    'bisik/protocol: keyPairFromPrivateKey': [bytes(new Uint8Array(32))],
    'bisik/protocol: parseEcPublicKey': [key],
    'bisik/protocol: parseIdentityKey': [key],
    'bisik/protocol: parseKemCiphertext': [bytes(new Uint8Array(1569).fill(8))],
    'bisik/protocol: parseKemPublicKey': [bytes(new Uint8Array(1569).fill(8))],
    'bisik/protocol: parseSignature': [signature],
    'bisik/protocol: parseSenderKeyDistribution': [bytes(message), maybe(limit(1e6))],
    'bisik/protocol: parseSenderKeyState': [bytes(message)],
    'bisik/protocol: agree': [instance(pair.privateKey), publicKey],
    'bisik/protocol: beginHash': [party],
    'bisik/protocol: combineHashes': [partyHash, partyHash, maybe(count(2))],
    'bisik/protocol: continueHash': [partyHash, party, count(1)],
    'bisik/protocol: decapsulate': [instance(kemPair.secretKey), bytes(protocol.encapsulate(kemPair.publicKey, systemRandom).ciphertext)],
    'bisik/protocol: encapsulate': [bytes(kemPair.publicKey), random],
    'bisik/protocol: generateKemKeyPair': [random],
    'bisik/protocol: generateKemPreKey': [object({ id: count(1), identity, createdAt: count(1), lastResort: flag(true) }), random],
    'bisik/protocol: generateKeyPair': [random],
    'bisik/protocol: generateOneTimePreKey': [count(1), random],
    'bisik/protocol: generateSignedPreKey': [count(1), identity, count(1), random],
    'bisik/protocol: hashParty': [party, count(2)],
    'bisik/protocol: isCanonicalBaseKey': [publicKey],
    'bisik/protocol: issueSenderCertificate': [object({ ...fields, signer: bytes(server) }), instance(pair.privateKey), random],
    'bisik/protocol: issueServerCertificate': [object({ id: count(1), key: publicKey }), instance(pair.privateKey), random],
    'bisik/protocol: parseSessionState': [bytes(message), object({ identity: object({ publicKey }), registrationId: count(1) })],
    'bisik/protocol: serializeSenderKeyState': [instance(protocol.createSenderKey(systemRandom))],
    'bisik/protocol: serializeSessionState': [instance(theirSession())],
    'bisik/protocol: sign': [instance(pair.privateKey), bytes(message), random],
    'bisik/protocol: signAlternateIdentity': [identity, publicKey, random],
    'bisik/protocol: verifyPreKeyBundle': [bundleKind(bundleOf(upload))],
    'bisik/protocol: verify': [key, bytes(message), signature],
    'bisik/protocol: verifyAlternateIdentity': [key, key, signature],
  }
}
