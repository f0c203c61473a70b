/**
 * Sealed sender and safety numbers live, with the newest release: certificates of either side's making, messages for one in both
 * directions, messages for a hundred in both, safety numbers of a hundred pairs. Knows no rule of the protocol.
 */
import { deepEqual, equal, rejects } from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { Client, epochMillis, MemoryStore } from '../../src/index.js'
import { combineHashes, compareScannable, hashParty, parseIdentityKey } from '../../src/protocol/index.js'
import { Relay } from '../../src/relay/index.js'
import { parseSentMessage } from '../../src/wire/index.js'
import {
  type Argument,
  type Codec,
  Library,
  type Libsignal,
  loadLibsignal,
  type Maker,
  type ProtocolAddress,
  type PublicKey,
  type Serializable,
  type Store,
} from './libsignal-api.js'
import { LibsignalPeer } from './libsignal-peer.js'
import { openShelves, openStores, type Shelves } from './libsignal-stores.js'
import type { Address, PlainBundle } from './peer.js'
import type { Story } from './plan.js'
import { Dice } from './random.js'

/** What of the release is called here beyond sessions. */
interface Sealed {
  readonly ServerCertificate: Maker<Serializable>
  readonly SenderCertificate: Maker<Serializable> & Codec<Serializable>
  readonly UnidentifiedSenderMessageContent: Maker<Serializable>
  readonly SenderKeyDistributionMessage: Codec<object> & { create(...parts: Argument[]): Promise<Serializable> }
  readonly SenderKeyRecord: Codec<Serializable>
  readonly SenderKeyStore: Store
  readonly Fingerprint: Maker<{
    displayableFingerprint(): { toString(): string }
    scannableFingerprint(): { toBuffer(): Uint8Array; compare(other: object): boolean }
  }>
  processSenderKeyDistributionMessage(sender: ProtocolAddress, message: object, store: object): Promise<void>
  groupEncrypt(sender: ProtocolAddress, distribution: string, store: object, plaintext: Uint8Array): Promise<Serializable>
  groupDecrypt(sender: ProtocolAddress, store: object, message: Uint8Array): Promise<Uint8Array>
  sealedSenderEncryptMessage(
    message: Uint8Array,
    to: ProtocolAddress,
    certificate: object,
    sessions: object,
    identities: object,
  ): Promise<Uint8Array>
  sealedSenderDecryptMessage(...parts: Argument[]): Promise<{ message(): Uint8Array; senderUuid(): string; deviceId(): number }>
  sealedSenderDecryptToUsmc(
    message: Uint8Array,
    identities: object,
  ): Promise<{ contents(): Uint8Array; contentHint(): number; groupId(): Uint8Array | null }>
  sealedSenderMultiRecipientEncrypt(options: object): Promise<Uint8Array>
  sealedSenderMultiRecipientMessageForSingleRecipient(message: Uint8Array): Uint8Array
}

type Api = Libsignal & Sealed

const VERSION = '0.103.0'
const MESSAGES = 100
const RECIPIENTS = 100
const PAIRS = 100
const EXPIRATION = Date.now() + 86_400_000
const HINT = 1

export function sealedStories(seed: string): Story[] {
  const story = (what: string, run: (api: Api, dice: Dice) => Promise<string>): Story => {
    const name = `${VERSION} and bisik: ${what}`
    return { name, run: async () => run((await loadLibsignal(VERSION, (pkg) => import(pkg))) as Api, new Dice(`${seed} ${name}`)) }
  }
  return [
    story("sealed for one, bisik's certificates", (api, dice) => sealForOne(api, dice, issuedByBisik)),
    story("sealed for one, libsignal's certificates", (api, dice) => sealForOne(api, dice, issuedByLibsignal)),
    story('sealed for many by bisik', bisikSealsForMany),
    story('sealed for many by libsignal', libsignalSealsForMany),
    story('safety numbers', safetyNumbers),
  ]
}

/** Who vouches: the root, and a certificate for a device. */
interface Issuer {
  readonly root: Uint8Array
  certify(address: Address, identityKey: Uint8Array): Promise<Uint8Array>
}

async function issuedByBisik(): Promise<Issuer> {
  const relay = new Relay({ store: new MemoryStore() })
  return {
    root: await relay.trustRoot(),
    certify: async (address, key) => {
      const account = await relay.register({ address, identityKey: parseIdentityKey(key), token: Uint8Array.from(randomBytes(32)) })
      return relay.senderCertificate(account)
    },
  }
}

async function issuedByLibsignal(api: Api): Promise<Issuer> {
  const [root, server] = [api.PrivateKey.generate(), api.PrivateKey.generate()]
  const signer = api.ServerCertificate.new(7, server.getPublicKey(), root)
  return {
    root: plain(root.getPublicKey().serialize()),
    certify: async ({ user, device }, key) =>
      plain(
        api.SenderCertificate.new(user, '+14155550100', device, api.PublicKey.deserialize(key), EXPIRATION, signer, server).serialize(),
      ),
  }
}

async function sealForOne(api: Api, dice: Dice, issue: (api: Api) => Promise<Issuer>): Promise<string> {
  const issuer = await issue(api)
  const client = await Client.create({ store: new MemoryStore(), trustRoots: [issuer.root] })
  const theirs = await LibsignalSealer.open(api)
  const ours = await issuer.certify(client.address, client.identityKey)
  const certificate = await issuer.certify(theirs.address, theirs.identityKey)
  await client.startSession(parsed(theirs.bundle))
  for (let i = 0; i < MESSAGES; i++) {
    const [there, back] = [dice.bytes(dice.below(300)), dice.bytes(dice.below(300))]
    const envelope = await client.encrypt(theirs.address, there, { seal: ours })
    const opened = await theirs.decrypt(envelope.body, issuer.root)
    deepEqual([opened.plaintext, opened.sender], [there, client.address])
    const sealed = await theirs.encrypt(client.address, back, certificate)
    const received = await client.decrypt({ kind: 'sealed', body: sealed })
    deepEqual([received.kind, received.sealed, received.plaintext, received.sender], ['message', true, back, theirs.address])
    if (i % 10 > 0) continue
    const altered = Uint8Array.from(envelope.body)
    const at = 1 + dice.below(altered.length - 1)
    altered[at] = (altered[at] as number) ^ (1 + dice.below(255))
    await rejects(theirs.decrypt(altered, issuer.root))
    await rejects(client.decrypt({ kind: 'sealed', body: sealed }), { code: 'duplicate-message' })
    const stranger = api.PrivateKey.generate().getPublicKey()
    await rejects(client.decrypt({ kind: 'sealed', body: sealed }, { trustRoots: [plain(stranger.serialize())] }), {
      code: 'certificate-untrusted',
    })
  }
  return `${2 * MESSAGES} messages read`
}

async function bisikSealsForMany(api: Api): Promise<string> {
  const issuer = await issuedByLibsignal(api)
  const client = await Client.create({ store: new MemoryStore() })
  const group = client.group(randomUUID())
  const seal = await issuer.certify(client.address, client.identityKey)
  const members = await Promise.all(Array.from({ length: RECIPIENTS }, () => LibsignalSealer.open(api)))
  for (const member of members) {
    await client.startSession(parsed(member.bundle))
    const envelope = await client.encrypt(member.address, await group.distribute(), { seal })
    const { plaintext } = await member.decrypt(envelope.body, issuer.root)
    await member.acceptSenderKey(client.address, plaintext)
  }
  const message = await group.encrypt(Buffer.from('to all'))
  const to = members.map(({ address }) => address)
  const options = { seal, contentHint: 'resendable', groupId: Buffer.from('a group'), excluded: [randomUUID()] } as const
  const sent = parseSentMessage(await client.sealForMany(message, to, options))
  equal(sent.recipientCount, RECIPIENTS)
  for (const { user, devices, message: body } of sent.recipients()) {
    const member = members.find(({ address }) => address.user === user) as LibsignalSealer
    deepEqual(devices, [{ device: member.address.device, registrationId: member.registrationId }])
    equal(text(await member.decryptGroupMessage(client.address, body)), 'to all')
  }
  const [first] = to as [Address]
  const alone = await client.sealForMany(message, [first], { seal })
  const [split] = [...parseSentMessage(alone).recipients()]
  deepEqual(plain(api.sealedSenderMultiRecipientMessageForSingleRecipient(alone)), split?.message)
  return `${RECIPIENTS} recipients read`
}

async function libsignalSealsForMany(api: Api): Promise<string> {
  const issuer = await issuedByBisik()
  const theirs = await LibsignalSealer.open(api)
  const certificate = await issuer.certify(theirs.address, theirs.identityKey)
  const distribution = randomUUID()
  const members: Client[] = []
  for (let i = 0; i < RECIPIENTS; i++) {
    const member = await Client.create({ store: new MemoryStore(), trustRoots: [issuer.root] })
    members.push(member)
    const { address, registrationId, identityKey, signedPreKey, kemPreKey } = await member.generatePreKeys(0)
    await theirs.startSession({ address, registrationId, identityKey, signedPreKey, oneTimePreKey: undefined, kemPreKey })
    const handedOut = await theirs.encrypt(address, await theirs.distribute(distribution), certificate)
    const received = await member.decrypt({ kind: 'sealed', body: handedOut })
    if (received.kind !== 'message') throw new TypeError('not a message of a session')
    await member.acceptSenderKey(received, received.plaintext)
  }
  const excluded = randomUUID()
  const sent = parseSentMessage(
    await theirs.sealForMany(
      distribution,
      Buffer.from('to all'),
      members.map(({ address }) => address),
      { certificate, excluded },
    ),
  )
  deepEqual([...sent.excluded()], [excluded])
  for (const { user, devices, message: body } of sent.recipients()) {
    const member = members.find(({ address }) => address.user === user) as Client
    deepEqual(devices, [{ device: 1, registrationId: member.registrationId }])
    const received = await member.decrypt({ kind: 'sealed', body })
    deepEqual(
      [received.kind, received.sealed, received.sender, text(received.plaintext)],
      ['group-message', true, theirs.address, 'to all'],
    )
  }
  return `${sent.recipientCount} recipients read`
}

async function safetyNumbers(api: Api, dice: Dice): Promise<string> {
  for (let pair = 0; pair < PAIRS; pair++) {
    const [a, b] = [0, 1].map(() => ({ id: dice.bytes(1 + dice.below(40)), key: api.PrivateKey.generate().getPublicKey() })) as [
      Party,
      Party,
    ]
    const version = 1 + dice.below(2)
    const [onA, onB] = [numbersOn(api, a, b, version), numbersOn(api, b, a, version)]
    for (const { theirs, ours } of [onA, onB]) {
      equal(theirs.displayableFingerprint().toString(), ours.displayable)
      deepEqual(plain(theirs.scannableFingerprint().toBuffer()), plain(ours.scannable))
    }
    equal(compareScannable(onA.ours.scannable, onB.theirs.scannableFingerprint().toBuffer()), true)
    equal(compareScannable(onA.ours.scannable, onA.theirs.scannableFingerprint().toBuffer()), false)
    equal(onA.theirs.scannableFingerprint().compare(onB.theirs.scannableFingerprint()), true)
  }
  return `${PAIRS} pairs`
}

interface Party {
  readonly id: Uint8Array
  readonly key: PublicKey
}

/** The number that `local` sees, by the release and by bisik. */
function numbersOn(api: Api, local: Party, remote: Party, version: number) {
  return {
    theirs: api.Fingerprint.new(5200, version, local.id, local.key, remote.id, remote.key),
    ours: combineHashes(hash(local), hash(remote), version),
  }
}

const hash = ({ id, key }: Party) => hashParty({ id, identityKey: parseIdentityKey(plain(key.serialize())) }, 5200)

/** An account of the release that seals and opens. */
class LibsignalSealer {
  readonly address: Address
  readonly bundle: PlainBundle
  readonly registrationId: number
  readonly #api: Api
  readonly #shelves: Shelves
  readonly #stores: ReturnType<typeof openStores>
  readonly #senderKeys: object

  private constructor(api: Api, address: Address, bundle: PlainBundle, library: Library, shelves: Shelves) {
    this.address = address
    this.bundle = bundle
    this.registrationId = shelves.registrationId
    this.#api = api
    this.#shelves = shelves
    this.#stores = openStores(library, shelves)
    Object.assign(this.#stores.sessions, {
      getExistingSessions: async (addresses: readonly ProtocolAddress[]) =>
        Promise.all(addresses.map((address) => this.#stores.sessions.getSession(address))),
    })
    const records = new Map<string, Uint8Array>()
    class SenderKeys extends api.SenderKeyStore {
      async saveSenderKey(sender: ProtocolAddress, distribution: string, record: Serializable): Promise<void> {
        records.set(`${sender.name()}.${sender.deviceId()} ${distribution}`, record.serialize())
      }
      async getSenderKey(sender: ProtocolAddress, distribution: string): Promise<Serializable | null> {
        const bytes = records.get(`${sender.name()}.${sender.deviceId()} ${distribution}`)
        return bytes ? api.SenderKeyRecord.deserialize(bytes) : null
      }
    }
    this.#senderKeys = new SenderKeys()
  }

  static async open(api: Api): Promise<LibsignalSealer> {
    const library = new Library(api, VERSION, false)
    const account = await new LibsignalPeer(api, VERSION).newAccount({ user: randomUUID(), device: 3 })
    const bundle = await account.bundle({ oneTime: true, kem: true })
    return new LibsignalSealer(api, account.address, bundle, library, openShelves(library, await account.moveOut()))
  }

  get identityKey(): Uint8Array {
    return plain(this.#shelves.identity.privateKey.getPublicKey().serialize())
  }

  async startSession({ address, registrationId, identityKey, signedPreKey, kemPreKey }: PlainBundle): Promise<void> {
    const { PreKeyBundle, PublicKey, KEMPublicKey } = this.#api
    if (!kemPreKey || !KEMPublicKey) throw new TypeError('no KEM prekey')
    const native = PreKeyBundle.new(
      ...[
        registrationId,
        address.device,
        null,
        null,
        signedPreKey.id,
        PublicKey.deserialize(signedPreKey.publicKey),
        signedPreKey.signature,
      ],
      ...[PublicKey.deserialize(identityKey), kemPreKey.id, KEMPublicKey.deserialize(kemPreKey.publicKey), kemPreKey.signature],
    )
    const { sessions, identities } = this.#stores
    await this.#api.processPreKeyBundle(native, this.#nameOf(address), this.#nameOf(this.address), sessions, identities)
  }

  async encrypt(to: Address, plaintext: Uint8Array, certificate: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const { sessions, identities } = this.#stores
    const sender = this.#api.SenderCertificate.deserialize(certificate)
    return plain(await this.#api.sealedSenderEncryptMessage(plaintext, this.#nameOf(to), sender, sessions, identities))
  }

  async decrypt(body: Uint8Array, root: Uint8Array): Promise<{ readonly plaintext: Uint8Array; readonly sender: Address }> {
    const { sessions, identities, preKeys, signedPreKeys, kemPreKeys } = this.#stores
    const opened = await this.#api.sealedSenderDecryptMessage(
      ...[body, this.#api.PublicKey.deserialize(root), epochMillis(Date.now()), null, this.address.user, this.address.device],
      ...[sessions, identities, preKeys, signedPreKeys, kemPreKeys],
    )
    return { plaintext: plain(opened.message()), sender: { user: opened.senderUuid(), device: opened.deviceId() } }
  }

  async distribute(distribution: string): Promise<Uint8Array> {
    return plain(
      (await this.#api.SenderKeyDistributionMessage.create(this.#nameOf(this.address), distribution, this.#senderKeys)).serialize(),
    )
  }

  async acceptSenderKey(sender: Address, bytes: Uint8Array): Promise<void> {
    const message = this.#api.SenderKeyDistributionMessage.deserialize(bytes)
    await this.#api.processSenderKeyDistributionMessage(this.#nameOf(sender), message, this.#senderKeys)
  }

  async decryptGroupMessage(sender: Address, body: Uint8Array): Promise<Uint8Array> {
    const content = await this.#api.sealedSenderDecryptToUsmc(body, this.#stores.identities)
    deepEqual([content.contentHint(), text(content.groupId() ?? new Uint8Array(0))], [HINT, 'a group'])
    return this.#api.groupDecrypt(this.#nameOf(sender), this.#senderKeys, content.contents())
  }

  async sealForMany(
    distribution: string,
    plaintext: Uint8Array,
    to: readonly Address[],
    { certificate, excluded }: { readonly certificate: Uint8Array; readonly excluded: string },
  ): Promise<Uint8Array> {
    const { SenderCertificate, UnidentifiedSenderMessageContent } = this.#api
    const message = await this.#api.groupEncrypt(this.#nameOf(this.address), distribution, this.#senderKeys, plaintext)
    const content = UnidentifiedSenderMessageContent.new(message, SenderCertificate.deserialize(certificate), HINT, null)
    const { sessions: sessionStore, identities: identityStore } = this.#stores
    const recipients = to.map((address) => this.#nameOf(address))
    const excludedRecipients = [await this.#serviceIdOf(excluded)]
    return plain(
      await this.#api.sealedSenderMultiRecipientEncrypt({ content, recipients, excludedRecipients, identityStore, sessionStore }),
    )
  }

  async #serviceIdOf(user: string): Promise<object> {
    const { Aci } = (await import('libsignal-0.103.0')) as unknown as { readonly Aci: { fromUuid(uuid: string): object } }
    return Aci.fromUuid(user)
  }

  #nameOf({ user, device }: Address): ProtocolAddress {
    return this.#api.ProtocolAddress.new(user, device)
  }
}

function parsed({ address, registrationId, identityKey, signedPreKey, oneTimePreKey, kemPreKey }: PlainBundle) {
  return { address, registrationId, identityKey, signedPreKey, oneTimePreKey, kemPreKey } as Parameters<Client['startSession']>[0]
}

function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
