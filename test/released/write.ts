/**
 * Writes what a release leaves behind on disk and on the wire: three stores in the middle of everything, and messages that are still
 * under way. Run once for each release, with that release's code; what it wrote is committed and every later commit opens it.
 *
 *   node --conditions=@bisik/source --import tsx test/released/write.ts FOLDER
 *
 * As it stands here it calls the API of 0.1.0 (commit 2ed979b). A later release gets a copy of its own.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'libsql'
import {
  Client,
  type DeviceAddress,
  type Envelope,
  type KeyStore,
  MemoryStore,
  type PreKeyUpload,
  serializeEnvelope,
  serializePreKeyBundle,
  serializePreKeyUpload,
  utf8,
} from '../../src/index.js'
import { Relay } from '../../src/relay/index.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import { serializeContent } from '../../src/wire/index.js'
import { bundleOf, deterministicRandom, fakeClock } from '../support/parties.js'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('write.ts FOLDER')
mkdirSync(folder, { recursive: true })

const clock = fakeClock()
const relayStore = new MemoryStore()
const relay = new Relay({ store: relayStore, clock, random: deterministicRandom('relay') })
const trustRoots = [await relay.trustRoot()]
const GROUP = '5b1f8e6c-2a6d-4a0e-9c0d-3f6f2b0a7d11'

interface Party {
  readonly client: Client
  readonly store: KeyStore
  readonly upload: PreKeyUpload
}

async function newParty(name: string, address: DeviceAddress): Promise<Party> {
  const store = new MemoryStore()
  const client = await Client.create({ store, address, clock, trustRoots, random: deterministicRandom(name), allow: ['pqxdh', 'x3dh'] })
  return { client, store, upload: await client.generatePreKeys(6) }
}

async function register(name: string, { client, upload }: Party) {
  const { address, identityKey } = client
  const token = deterministicRandom(`${name} token`)(32)
  const account = await relay.register({ address, identityKey, token })
  await relay.publish(account, upload)
  return { account, token, seal: await relay.senderCertificate(account) }
}

const alice = await newParty('alice', { user: 'aaaaaaaa-1111-4111-8111-111111111111', device: 1 })
const bob = await newParty('bob', { user: 'bbbbbbbb-2222-4222-8222-222222222222', device: 1 })
const carol = await newParty('carol', { user: 'carol', device: 3 })
const dave = await newParty('dave', { user: 'dddddddd-4444-4444-8444-444444444444', device: 1 })

const aliceAtRelay = await register('alice', alice)
const bobAtRelay = await register('bob', bob)

/** A message to bob that is still under way, and what it says. */
interface UnderWay {
  readonly name: string
  readonly envelope: string
  readonly opens: 'decrypt' | 'decryptContent'
  readonly text: string
}
const underWay: UnderWay[] = []
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const onItsWay = (name: string, envelope: Envelope, text: string, opens: UnderWay['opens'] = 'decrypt'): void => {
  underWay.push({ name, envelope: base64(serializeEnvelope(envelope)), opens, text })
}
const to = bob.client.address

// Alice and bob: a conversation of the Triple Ratchet beyond its first epochs, an archived session, messages that wait.
await alice.client.startSession(bundleOf(bob.upload))
for (let turn = 0; turn < 120; turn++) {
  await bob.client.decryptContent(await alice.client.encryptContent(to, { application: utf8(`a${turn}`) }))
  await alice.client.decryptContent(await bob.client.encryptContent(alice.client.address, { application: utf8(`b${turn}`) }))
  clock.advance(1000)
}
onItsWay('a late message of a session that was archived since', await alice.client.encrypt(to, utf8('late, archived')), 'late, archived')
await bob.client.decrypt(await alice.client.encrypt(to, utf8('after the late one')))
await alice.client.startSession(bundleOf(bob.upload, { index: 1 }))
await bob.client.decrypt(await alice.client.encrypt(to, utf8('new session')))
await alice.client.decrypt(await bob.client.encrypt(alice.client.address, utf8('answered')))
for (let i = 0; i < 20; i++) onItsWay(`message ${i}, late`, await alice.client.encrypt(to, utf8(`late ${i}`)), `late ${i}`)
await bob.client.decrypt(await alice.client.encrypt(to, utf8('later than those')))
onItsWay('the next message in order', await alice.client.encrypt(to, utf8('in order')), 'in order')
onItsWay('a content', await alice.client.encryptContent(to, { application: utf8('content') }), 'content', 'decryptContent')
const sealed = await alice.client.encryptContent(to, { application: utf8('sealed content') }, { seal: aliceAtRelay.seal })
onItsWay('a sealed content', sealed, 'sealed content', 'decryptContent')

// Alice's group: her key is at bob's, with kept keys; bob has a key of his own that alice has.
const group = alice.client.group(GROUP)
await bob.client.decryptContent(await alice.client.encryptContent(to, { senderKey: await group.distribute() }))
onItsWay('a group message, late', await group.encrypt(utf8('group, late')), 'group, late')
await bob.client.decrypt(await group.encrypt(utf8('group, in order')))
onItsWay('a group message', await group.encrypt(serializeContent({ application: utf8('to all') })), 'to all', 'decryptContent')
const own = bob.client.group('0d7f3a52-6a43-4b52-8f1b-6a3b8f4f2c22')
await alice.client.decryptContent(await bob.client.encryptContent(alice.client.address, { senderKey: await own.distribute() }))
await alice.client.decrypt(await own.encrypt(utf8('of bob')))

// Carol, whose name is no UUID: PQXDH is not offered here, so X3DH, answered; she is verified.
await carol.client.startSession(bundleOf(bob.upload, { kem: false, index: 2 }))
await bob.client.decrypt(await carol.client.encrypt(to, utf8('from carol')), { allow: ['x3dh'] })
await carol.client.decrypt(await bob.client.encrypt(carol.client.address, utf8('to carol')))
const fingerprint = await carol.client.fingerprint(to)
if (!(await bob.client.verify(carol.client.address, fingerprint.displayable))) throw new Error('the numbers differ')
onItsWay('a message of a session without post-quantum protection', await carol.client.encrypt(to, utf8('x3dh')), 'x3dh')

// Dave: a first message without one-time keys that waits, and one that was opened, so that the ledger has an entry.
await dave.client.startSession(bundleOf(bob.upload, { oneTime: false }))
const first = await dave.client.encrypt(to, utf8('first of dave'))
await bob.client.decrypt(first)
await bob.client.rotatePreKeys()
const erin = await newParty('erin', { user: 'eeeeeeee-5555-4555-8555-555555555555', device: 2 })
await erin.client.startSession(bundleOf(bob.upload, { index: 3 }))
onItsWay('a first message', await erin.client.encrypt(to, utf8('first of erin')), 'first of erin')

// Something of bob's that alice could not open: her request is under way, and what she asks for is in his store.
const lost = await bob.client.encryptContent(alice.client.address, { application: utf8('to be sent again') })
const damaged = { ...lost, body: lost.body.map((byte, i) => (i === lost.body.length - 1 ? byte ^ 1 : byte)) }
const unreadable = await alice.client.decryptContent(damaged)
if (unreadable.kind !== 'unreadable' || unreadable.request === undefined) throw new Error('alice asks for nothing')
const request = base64(serializeEnvelope(unreadable.request))
await relay.send(aliceAtRelay.account, to, await alice.client.encryptContent(to, { application: utf8('in the mailbox') }))

const frank = await newParty('frank', { user: 'ffffffff-6666-4666-8666-666666666666', device: 1 })
await frank.client.startSession(bundleOf(bob.upload, { oneTime: false }))
onItsWay('a first message without one-time keys', await frank.client.encrypt(to, utf8('first of frank')), 'first of frank')
const other = {
  application: utf8('with another sender key'),
  senderKey: await alice.client.group('c3e0d1b7-9a55-4a5e-8f5a-0f4f6f1f9d33').distribute(),
}
onItsWay('a content with a sender key', await alice.client.encryptContent(to, other), 'with another sender key', 'decryptContent')

const again = { application: utf8('with a sender key that is there'), senderKey: await group.distribute() }
onItsWay('a sender key, again', await alice.client.encryptContent(to, again), 'with a sender key that is there', 'decryptContent')

async function dump(store: KeyStore): Promise<Record<string, string>> {
  const keys = [...(await store.list(''))].sort()
  const records = await store.read(keys)
  return Object.fromEntries(keys.map((key) => [key, base64(records.get(key)?.value ?? new Uint8Array())]))
}

const wire = {
  bundle: base64(serializePreKeyBundle(bundleOf(alice.upload, { index: 1 }))),
  upload: base64(serializePreKeyUpload(alice.upload)),
  certificate: base64(aliceAtRelay.seal),
}
const replayed = base64(serializeEnvelope(first))
const trustRoot = base64(trustRoots[0] as Uint8Array)
const stores = { alice: await dump(alice.store), bob: await dump(bob.store), relay: await dump(relayStore) }
const content = JSON.stringify({
  writtenBy: '2ed979b',
  now: clock(),
  trustRoot,
  group: GROUP,
  stores,
  underWay,
  replayed,
  request,
  bobsToken: base64(bobAtRelay.token),
  wire,
})
writeFileSync(join(folder, 'released.json.gz'), gzipSync(content, { level: 9 }))

// The same account as a file of SQLite's.
const file = join(folder, 'bob.sqlite')
rmSync(file, { force: true })
const database = new Database(file)
const sqlite = SqliteStore.open(database)
const put = new Map(Object.entries(stores.bob).map(([key, value]) => [key, new Uint8Array(Buffer.from(value, 'base64'))]))
await sqlite.commit({ expect: new Map(), put, delete: new Set() })
database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
database.close()
console.log(`${Object.keys(stores.bob).length} records of bob, ${underWay.length} messages under way, in ${folder}`)
