/**
 * Row 39: trust belongs to a user, not to a spelling. A service id in letters of any case names the same records, queues and verdicts in
 * every public call; whoever re-spells the name on a message, or under a certificate, gains nothing.
 */
import { describe, expect, it } from 'vitest'
import { type Bytes, toHex } from '../../src/bytes.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { expose } from '../../src/crypto/secret.js'
import { sign } from '../../src/crypto/xeddsa.js'
import {
  Client,
  type DeviceAddress,
  type Envelope,
  MemoryStore,
  type NamedEnvelope,
  parseEnvelope,
  parsePreKeyBundle,
  parsePreKeyUpload,
  type Received,
  type ReceivedMessage,
  type ReceivedRetryRequest,
  serializeEnvelope,
  serializePreKeyBundle,
  serializePreKeyUpload,
  utf8,
} from '../../src/index.js'
import {
  exportIdentity,
  exportPreKeys,
  exportSenderKey,
  exportSessions,
  importPreKeys,
  importSenderKey,
  importSessions,
  parseIdentity,
} from '../../src/migration/libsignal.js'
import { issueServerCertificate } from '../../src/protocol/sealed/certificates.js'
import { decodeAccount, encodeAccount, LAYOUT } from '../../src/records/account-record.js'
import { encodeRecord } from '../../src/records/protobuf.js'
import { SigningKeyOwner } from '../../src/records/schema/records.js'
import { decodeChainClaims, decodeSenderKey, encodeSenderKey } from '../../src/records/sender-key-record.js'
import { Relay } from '../../src/relay/index.js'
import type { KeyStore } from '../../src/store/key-store.js'
import { parseRecordKey, recordKey } from '../../src/store/record-key.js'
import type { CanonicalAddress } from '../../src/wire/address.js'
import { serializeCertificate } from '../../src/wire/certificate.js'
import { addressBinding, checkAddress, serializeContent } from '../../src/wire/index.js'
import * as codec from '../../src/wire/protobuf.js'
import { bundleOf, deterministicRandom, fakeClock, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

// `npm run full` tries 200.
const SPELLINGS = process.env.BISIK_FULL === undefined ? 20 : 200
const ALICE = { user: 'a11ce000-0fab-4cde-8abc-def012345678', device: 1 }
const BOB = { user: 'PNI:b0bb0bb0-fedc-4ba9-8abc-def012345678', device: 2 }
const CAROL = { user: 'ca401000-cafe-4bad-8bed-facade012345', device: 1 }
const DISTRIBUTION = '4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10'

type Spell = (address: DeviceAddress) => DeviceAddress

/** The n-th spelling of names: 0 is the canonical one, 1 all capitals, the others mixed. */
function spelling(n: number): Spell {
  const random = deterministicRandom(`spelling ${n}`)
  const letter = (one: string) => (n > 0 && (n === 1 || (random(1)[0] as number) % 2 === 0) ? one.toUpperCase() : one)
  const spell = (user: string) =>
    user.startsWith('PNI:') ? `PNI:${[...user.slice(4)].map(letter).join('')}` : [...user].map(letter).join('')
  return ({ user, device }) => ({ user: spell(user), device })
}

/** A sender certificate with the name written as it is given, as only an issuer of somebody else's would. */
function certificateOf(
  client: Client,
  { user, device }: DeviceAddress,
  seed: string,
): { readonly certificate: Bytes; readonly root: Uint8Array } {
  const random = deterministicRandom(seed)
  const [root, server] = [generateKeyPair(random), generateKeyPair(random)]
  const signer = issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, random)
  const expiration = 9_000_000_000_000
  const signed = codec.senderCertificate.encode({ user, device, expiration, identityKey: client.identityKey, signer })
  return { certificate: serializeCertificate(signed, sign(server.privateKey, signed, random)), root: root.publicKey }
}

const readable = (value: unknown): string => JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? toHex(one) : one))

/** Whoever is named is named by `spell`, in every call; nothing else differs. @returns all results and all records. */
async function everyCall(spell: Spell): Promise<Record<string, string>> {
  const results: Record<string, string> = {}
  const note = async <T>(call: string, result: T | Promise<T>): Promise<T> => {
    const value = await result
    results[call] = readable(value)
    return value
  }
  const clock = fakeClock()
  const stores = {
    alice: new MemoryStore(),
    bob: new MemoryStore(),
    carol: new MemoryStore(),
    heir: new MemoryStore(),
    relay: new MemoryStore(),
  }
  const make = (name: keyof typeof stores, address: DeviceAddress) =>
    Client.create({ store: stores[name], address: spell(address), clock, random: deterministicRandom(name) })
  const [bob, carol] = [await make('bob', BOB), await make('carol', CAROL)]
  await make('alice', ALICE)
  const trusted = certificateOf(bob, BOB, 'certificates')
  const respelt = certificateOf(bob, spell(BOB), 'certificates').certificate
  const options = {
    store: stores.alice,
    address: spell(ALICE),
    clock,
    random: deterministicRandom('alice again'),
    trustRoots: [trusted.root],
  }
  const alice = await Client.open(options)
  await note('openOrCreate', (await Client.openOrCreate(options)).address)
  const from = <E extends Envelope>(envelope: E, address: DeviceAddress): E =>
    envelope.kind === 'sealed' ? envelope : { ...envelope, sender: spell(address) }

  // Sessions and messages.
  const uploads = { alice: await alice.generatePreKeys(3), bob: await bob.generatePreKeys(3) }
  await note('startSession', alice.startSession({ ...bundleOf(uploads.bob), address: spell(BOB) }))
  const first = await note('encrypt', alice.encrypt(spell(BOB), utf8('hi')))
  await note('decrypt', bob.decrypt(from(first, ALICE)))
  await note('decrypt of a sealed one', alice.decrypt(await bob.encrypt(spell(ALICE), utf8('sealed'), { seal: respelt })))
  const group = bob.group(DISTRIBUTION)
  const content = { application: utf8('hello'), senderKey: await group.distribute() }
  const answer = await note('encryptContent', bob.encryptContent(spell(ALICE), content, { seal: trusted.certificate }))
  await note('decryptContent', alice.decryptContent(answer))
  const other = bob.group('5b1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10')
  const brought = (await alice.decrypt(from(await bob.encrypt(spell(ALICE), await other.distribute()), BOB))) as ReceivedMessage
  await note('acceptSenderKey', alice.acceptSenderKey({ ...brought, sender: spell(BOB) }, brought.plaintext))
  const toAll = await group.encrypt(serializeContent({ application: utf8('all') }))
  await note('decrypt of a group', alice.decrypt(from(toAll, BOB)))
  const [seal, excluded] = [trusted.certificate, [spell(CAROL).user]]
  const sent = await note('sealForMany', bob.sealForMany(toAll, [spell(ALICE)], { seal, excluded }))

  // Trust.
  const { displayable } = await note('fingerprint', alice.fingerprint(spell(BOB)))
  await note('verify', alice.verify(spell(BOB), displayable))
  await note('trustLevel', alice.trustLevel(spell(BOB)))
  await alice.unverify(spell(BOB))
  await note('unverify', alice.trustLevel(BOB))
  await alice.acceptIdentity(spell(BOB), bob.identityKey, 'verified')
  await note('acceptIdentity', alice.trustLevel(BOB))
  await note('session', alice.session(spell(BOB)))
  await note('knownDevices', alice.knownDevices(spell(BOB).user))

  // Healing.
  const lost = (await alice.encryptContent(spell(BOB), { application: utf8('lost') })) as NamedEnvelope
  const broken = { ...lost, body: lost.body.map((byte, i) => (i === lost.body.length - 1 ? byte ^ 1 : byte)) as Bytes }
  const unreadable = await note('decryptContent of a broken one', bob.decryptContent(from(broken, ALICE)))
  if (unreadable.kind !== 'unreadable' || unreadable.request === undefined) throw new Error('no request')
  const request = (await alice.decryptContent(from(unreadable.request, BOB))) as ReceivedRetryRequest
  const fetched = async (address: DeviceAddress) => ({ ...bundleOf(uploads.bob, { index: 1 }), address: spell(address) })
  const { envelopes } = await note('answerRetry', alice.answerRetry({ ...request, sender: spell(BOB) }, fetched))
  await note('decryptContent of what came again', bob.decryptContent(from(envelopes[0] as Envelope, ALICE)))

  // The relay.
  const relay = new Relay({ store: stores.relay, clock, random: deterministicRandom('relay') })
  const token = (name: string) => deterministicRandom(name)(32)
  const account = await note('register', relay.register({ address: spell(ALICE), identityKey: alice.identityKey, token: token('alice') }))
  const asking = await relay.register({ address: spell(CAROL), identityKey: carol.identityKey, token: token('carol') })
  await note('authenticate', relay.authenticate(token('alice')))
  await note('publish', relay.publish(account, { ...uploads.alice, address: spell(ALICE) }))
  await note('fetchBundle', relay.fetchBundle(asking, spell(ALICE)))
  await note('send', relay.send(asking, spell(ALICE), from(toAll, BOB)))
  const accessKey = token('access').subarray(0, 16)
  await relay.setAccessKey(account, accessKey)
  await note('sendSealed', relay.sendSealed(spell(ALICE), accessKey, answer))
  await note('sendToMany', relay.sendToMany(sent, new Map([[spell(ALICE).user, accessKey]])))
  await note('messages', relay.messages(account))

  // Parsing and writing.
  await note('envelope', [serializeEnvelope(from(toAll, BOB)), parseEnvelope(serializeEnvelope(from(toAll, BOB)))])
  const bundle = { ...bundleOf(uploads.alice), address: spell(ALICE) }
  await note('bundle', [serializePreKeyBundle(bundle), parsePreKeyBundle(serializePreKeyBundle(bundle))])
  const upload = { ...uploads.alice, address: spell(ALICE) }
  await note('upload', [serializePreKeyUpload(upload), parsePreKeyUpload(serializePreKeyUpload(upload))])
  await note('addresses', [checkAddress(spell(ALICE)), addressBinding(spell(ALICE), spell(BOB))])

  // Moving.
  const identity = exportIdentity(alice)
  const heir = await Client.create(
    { store: stores.heir, address: spell(ALICE), clock, random: deterministicRandom('heir') },
    parseIdentity(identity.identityKeyPair, identity.registrationId),
  )
  await importPreKeys(heir, await exportPreKeys(alice))
  const sessions = await note('exportSessions', exportSessions(alice, spell(BOB)))
  await importSessions(heir, spell(BOB), sessions)
  await importSenderKey(heir, spell(BOB), DISTRIBUTION, await exportSenderKey(alice, DISTRIBUTION))
  await note('imported', heir.encrypt(BOB, utf8('from the heir')))
  const records = await Promise.all(Object.entries(stores).map(async ([name, store]) => [name, readable(await snapshot(store))] as const))
  await alice.endSession(spell(BOB))
  await heir.endSession(spell(BOB))
  await note('endSession', heir.session(BOB))
  await alice.forget(spell(BOB))
  await heir.forget({ user: spell(BOB).user })
  const left = await Promise.all([stores.alice, stores.heir].map((store) => snapshot(store)))
  return { ...results, ...Object.fromEntries(records), left: readable(left) }
}

describe('row 39: one user, one name', () => {
  it(`row 39: in ${SPELLINGS} spellings, no public call gives another result, and no record another name or value`, async () => {
    const canonical = await everyCall(spelling(0))
    const names = ['alice', 'bob', 'heir', 'relay'].flatMap((store) => Object.keys(JSON.parse(canonical[store] as string)))
    const users = names
      .flatMap((name) => parseRecordKey(name))
      .filter((segment) => segment.length >= ALICE.user.length && segment.includes('-'))
    expect(new Set(users)).toEqual(new Set([ALICE.user, BOB.user, CAROL.user, DISTRIBUTION, '5b1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10']))
    for (let n = 1; n <= SPELLINGS; n++) {
      const spelt = await everyCall(spelling(n))
      for (const [call, result] of Object.entries(canonical)) expect([n, call, spelt[call]]).toEqual([n, call, result])
    }
  }, 600_000)

  it('row 39: an impostor under any spelling of a verified user is refused as a changed key of that user', async () => {
    const { alice, bob, store } = await acquainted()
    expect(await alice.verify(BOB, (await bob.fingerprint(ALICE)).scannable)).toBe(true)
    const mallory = await newClient({ address: BOB })
    await mallory.startSession(bundleOf(await alice.generatePreKeys(1)))
    const forged = await mallory.encrypt(ALICE, utf8('I am bob'))
    const before = await snapshot(store)
    for (let n = 0; n < 200; n++) {
      const sender = spelling(n)(BOB)
      const refusal = { code: 'untrusted-identity', details: { user: BOB.user, wasVerified: true, known: bob.identityKey } }
      await expect(alice.decrypt({ ...forged, sender })).rejects.toMatchObject(refusal)
      await expect(alice.decrypt(parseEnvelope(serializeEnvelope({ ...forged, sender })))).rejects.toMatchObject(refusal)
    }
    expect(await snapshot(store)).toEqual(before)
    const bundle = bundleOf(await mallory.generatePreKeys(1))
    await expect(alice.startSession({ ...bundle, address: spelling(1)(BOB) })).rejects.toMatchObject({ code: 'untrusted-identity' })
    const { certificate, root } = certificateOf(mallory, spelling(1)(BOB), 'impostor')
    const sealed = await mallory.encrypt(ALICE, utf8('I am bob'), { seal: certificate })
    await expect(alice.decrypt(sealed, { trustRoots: [root] })).rejects.toMatchObject({ code: 'untrusted-identity' })
  })

  it('row 39: a relay that re-spells the sender of an honest first message gains nothing: it is the same sender', async () => {
    const { alice, bob } = await strangers()
    const first = await bob.encrypt(ALICE, utf8('first'))
    const received = await alice.decrypt({ ...first, sender: spelling(1)(BOB) })
    expect(received.sender).toEqual(BOB)
    expect(received.notices).toContainEqual({ kind: 'identity-new' })
    for (const n of [0, 1, 2]) {
      await expect(alice.decrypt({ ...first, sender: spelling(n)(BOB) })).rejects.toMatchObject({ code: 'duplicate-message' })
    }
    const second = await alice.decrypt({ ...(await bob.encrypt(ALICE, utf8('second'))), sender: spelling(2)(BOB) })
    expect([second.sender, second.notices]).toEqual([BOB, []])
    expect(await alice.knownDevices()).toHaveLength(1)
  })

  it('row 39: a first message between service ids opens under no name that is none, however alike', async () => {
    const { alice, bob, store } = await strangers()
    const first = await bob.encrypt(ALICE, utf8('first'))
    const before = await snapshot(store)
    const uuid = BOB.user.slice(4)
    const others = [
      'bob',
      uuid,
      `pni:${uuid}`,
      `ACI:${uuid}`,
      `{${BOB.user}}`,
      ` ${BOB.user}`,
      `PNI:${uuid.replaceAll('-', '')}`,
      `PNI:${uuid}\n`,
    ]
    for (const user of others) {
      await expect(alice.decrypt({ ...first, sender: { user, device: 2 } })).rejects.toMatchObject({ code: 'authentication-failed' })
    }
    expect(await snapshot(store)).toEqual(before)
    expect((await alice.decrypt(first)).sender).toEqual(BOB)
  })

  it('row 39: names that are no service ids are compared as they are, in every Unicode form', async () => {
    const { alice } = await strangers()
    const names = ['Alice', 'alice', '\u00e9', 'e\u0301', '\ufb01', 'fi', uuidLike, uuidLike.toUpperCase()]
    for (const [i, user] of names.entries()) {
      const client = await newClient({ address: { user, device: 1 } })
      const { notices } = await alice.startSession(bundleOf(await client.generatePreKeys(1)))
      expect([i, notices.map(({ kind }) => kind)]).toEqual([i, ['identity-new']])
    }
    expect(new Set((await alice.knownDevices()).map(({ address }) => address.user))).toEqual(new Set(names))
  })
})

describe('a store of 2ed979b with names in other letters', () => {
  it.each([1, 2])('goes on in the middle of everything, under the canonical names (spelling %i)', async (n) => {
    const { alice, bob, store } = await acquainted()
    const group = bob.group(DISTRIBUTION)
    await alice.decryptContent(await bob.encryptContent(ALICE, { senderKey: await group.distribute() }))
    const own = alice.group('5b1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10')
    await own.distribute()
    await alice.encryptContent(BOB, { application: utf8('kept') })
    await alice.verify(BOB, (await bob.fingerprint(ALICE)).displayable)
    const late = await bob.encrypt(ALICE, utf8('late'))
    await alice.decrypt(await bob.encrypt(ALICE, utf8('before it')))
    const expected = await snapshot(store)
    await leaveAsItWas(store, spelling(n))
    expect(await store.list('')).not.toEqual(Object.keys(expected))
    for (const client of [await Client.open({ store }), await Client.open({ store, address: spelling(2)(ALICE) })]) {
      expect([client.address, await client.trustLevel(BOB)]).toEqual([ALICE, 'verified'])
    }
    const ofSessions = (names: readonly string[]) => names.filter((name) => !/^(sender-key|signing-key)\//.test(name)).sort()
    expect(ofSessions(await store.list(''))).toEqual(ofSessions(Object.keys(expected)))
    const again = await Client.open({ store })
    const received: Received = await again.decrypt(late)
    expect([received.sender, received.notices]).toEqual([BOB, []])
    await again.decrypt(await group.encrypt(utf8('all')))
    await again.group('5b1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10').encrypt(utf8('all'))
    await bob.decrypt(await again.encrypt(BOB, utf8('on')))
    // A second device is judged by the first, which an earlier release had entered in no list.
    const ghost = await newClient({ address: { ...BOB, device: 9 } })
    await expect(again.startSession(bundleOf(await ghost.generatePreKeys(1)))).rejects.toMatchObject({ code: 'untrusted-identity' })
  })

  it('keeps of two spellings the one that was verified, whichever that was', async () => {
    for (const verified of [0, 1]) {
      const { alice, bob, store } = await acquainted()
      const real = await snapshot(store)
      await alice.verify(BOB, (await bob.fingerprint(ALICE)).displayable)
      const honest = await recordsOf(store)
      const mallory = await newClient({ address: BOB })
      const other = new MemoryStore()
      const { identityKeyPair, registrationId } = exportIdentity(alice)
      const victim = await newClient({ store: other, address: ALICE })
      await mallory.startSession(bundleOf(await victim.generatePreKeys(1)))
      await victim.decrypt(await mallory.encrypt(ALICE, utf8('I am bob')))
      await leaveAsItWas(other, spelling(1 - verified))
      await leaveAsItWas(store, spelling(verified))
      // The records of the impostor beside those of bob, as both would be after two first messages under two spellings.
      const impostor = [...(await recordsOf(other))].filter(([name]) => /^(identity|session)\//.test(name))
      await store.commit({ expect: new Map(), put: new Map(impostor), delete: new Set() })
      const opened = await Client.open({ store })
      expect(await opened.trustLevel(BOB)).toBe('verified')
      expect(Object.keys(await snapshot(store))).toEqual(Object.keys(real))
      await bob.decrypt(await opened.encrypt(BOB, utf8('it is you')))
      expect([honest.size > 0, registrationId > 0, identityKeyPair.length > 0]).toEqual([true, true, true])
    }
  })

  it('is left alone by whoever opens it with another address', async () => {
    const { store } = await acquainted()
    await leaveAsItWas(store, spelling(1))
    const before = await snapshot(store)
    await expect(Client.open({ store, address: CAROL })).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await snapshot(store)).toEqual(before)
  })

  it('is refused by a release that does not know its layout', async () => {
    const { store } = await acquainted()
    const record = (await recordsOf(store)).get('account') as Uint8Array
    const account = decodeAccount(record)
    const newer = encodeAccount({ ...account, layout: LAYOUT + 1 })
    await store.commit({ expect: new Map(), put: new Map([['account', newer]]), delete: new Set() })
    await expect(Client.open({ store })).rejects.toMatchObject({ code: 'record-too-new' })
    expect(expose(account.identity.privateKey).length).toBe(32)
  })
})

const uuidLike = 'g11ce000-0fab-4cde-8abc-def012345678'

/** Bob has alice's bundle, and nothing was sent. */
async function strangers() {
  const store = new MemoryStore()
  const [alice, bob] = [await newClient({ store, address: ALICE }), await newClient({ address: BOB })]
  await bob.startSession(bundleOf(await alice.generatePreKeys(1)))
  return { alice, bob, store }
}

async function acquainted() {
  const { alice, bob, store } = await strangers()
  await alice.decryptContent(await bob.encryptContent(ALICE, { application: utf8('hi') }))
  await bob.decryptContent(await alice.encryptContent(BOB, { application: utf8('hi') }))
  return { alice, bob, store }
}

async function recordsOf(store: KeyStore): Promise<Map<string, Uint8Array>> {
  const records = await store.read(await store.list(''))
  return new Map([...records].map(([name, { value }]) => [name, value]))
}

/** Renames all records of devices and their owners inside others as 2ed979b had named them, which kept every name as it came. */
async function leaveAsItWas(store: KeyStore, spell: Spell): Promise<void> {
  const put = new Map<string, Uint8Array>()
  const records = await recordsOf(store)
  const bob = spell(BOB).user
  for (const [name, value] of records) {
    const [kind = '', user = '', device, ...rest] = parseRecordKey(name)
    if (kind === 'devices' || kind === 'known-user') continue
    if (kind === 'account') {
      const account = decodeAccount(value)
      put.set(name, encodeAccount({ ...account, address: spell(account.address), layout: 0 }))
    } else if (kind === 'sender-key') {
      const stored = decodeSenderKey(value)
      const [distribution = ''] = rest
      put.set(recordKey(kind, distribution), encodeSenderKey({ ...stored, sender: spell(stored.sender) as CanonicalAddress }))
    } else if (kind === 'signing-key') {
      const owner = spell(decodeChainClaims(value)[0]?.claimant ?? BOB)
      put.set(recordKey(kind, user), encodeRecord(SigningKeyOwner, { format: 1, ...owner }))
    } else if (user === BOB.user) {
      put.set(recordKey(kind, bob, device ?? '', ...rest), value)
    } else put.set(name, value)
  }
  await store.commit({ expect: new Map(), put, delete: new Set([...records.keys()].filter((name) => !put.has(name))) })
}
