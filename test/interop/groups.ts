/**
 * Sender keys live: bisik and a release hand each other theirs inside a session, and read each other's group messages out of order, with
 * losses, repeats and altered copies; then the release's sender key moves to bisik and back. Knows no rule of the protocol.
 */
import { deepEqual, equal, match } from 'node:assert/strict'
import { Client, MemoryStore } from '../../src/index.js'
import { exportSenderKey, importSenderKey } from '../../src/migration/libsignal.js'
import {
  type Argument,
  type Codec,
  Library,
  type Libsignal,
  loadLibsignal,
  type Maker,
  type ProtocolAddress,
  type Serializable,
  type Store,
} from './libsignal-api.js'
import { LibsignalPeer } from './libsignal-peer.js'
import { addressKey, type PeerAccount } from './peer.js'
import type { Story } from './plan.js'
import { Dice } from './random.js'
import type { Release } from './releases.js'

/** What of a release is called here beyond sessions. */
interface SenderKeys {
  readonly SenderKeyRecord: Codec<Serializable>
  readonly SenderKeyDistributionMessage: Codec<object> & { create(...parts: Argument[]): Promise<Serializable> }
  readonly SenderKeyStore: Store
  processSenderKeyDistributionMessage(sender: ProtocolAddress, message: object, store: object): Promise<void>
  groupEncrypt(sender: ProtocolAddress, distribution: string, store: object, plaintext: Uint8Array): Promise<Serializable>
  groupDecrypt(sender: ProtocolAddress, store: object, message: Uint8Array): Promise<Uint8Array>
}

const MESSAGES = 300
const BISIK_DISTRIBUTION = '185a574c-1f97-4f26-aaf4-924f8bce4bb9'
const LIBSIGNAL_DISTRIBUTION = '06e962b9-955b-4328-993e-3fb2d0415160'

export function groups(seed: string, releases: readonly Release[]): Story[] {
  const versions = [...new Map(releases.map((release) => [release.version, release])).values()]
  return versions.map((release) => {
    const name = `${release.version} and bisik in a group`
    return { name, run: () => talkInGroup(release, new Dice(`${seed} ${name}`)) }
  })
}

async function talkInGroup(release: Release, dice: Dice): Promise<string> {
  const api = (await loadLibsignal(release.version, (name) => import(name))) as Libsignal & SenderKeys
  const library = new Library(api, release.version, release.usePqRatchet ?? false)
  const client = await Client.create({ store: new MemoryStore(), allow: ['pqxdh', 'x3dh'] })
  const account = await new LibsignalPeer(api, release.version, release.usePqRatchet).newAccount({ user: crypto.randomUUID(), device: 1 })
  const theirs = new GroupAccount(api, library, account)
  await account.startSession(await bundleOf(client))

  // The release hands its key to bisik, bisik its own to the release: each inside a session.
  const handOut = async (): Promise<void> => {
    const { type, bytes } = await account.encrypt(client.address, await theirs.distribute(LIBSIGNAL_DISTRIBUTION))
    const kind = type === 3 ? 'pre-key' : 'ratchet'
    const received = await client.decrypt({ kind, sender: account.address, body: Uint8Array.from(bytes) })
    if (received.kind !== 'message') throw new TypeError('not a message of a session')
    await client.acceptSenderKey(received, received.plaintext)
  }
  await handOut()
  const ours = client.group(BISIK_DISTRIBUTION)
  const accept = async (distribution: Uint8Array): Promise<void> => {
    const envelope = await client.encrypt(account.address, distribution)
    const type = envelope.kind === 'pre-key' ? 3 : 2
    await theirs.accept(client.address, await account.decrypt(client.address, { type, bytes: envelope.body }))
  }
  await accept(await ours.distribute())

  const toBisik = (body: Uint8Array) =>
    client.decrypt({ kind: 'sender-key', sender: account.address, body: Uint8Array.from(body) }).then(({ ...received }) => {
      if (received.kind !== 'group-message') throw new TypeError('not a group message')
      equal(received.distribution, LIBSIGNAL_DISTRIBUTION)
      return received.plaintext
    })
  const toLibsignal = (body: Uint8Array) => theirs.decrypt(client.address, body)
  const refused = [
    await outOfOrder(dice, (text) => theirs.encrypt(LIBSIGNAL_DISTRIBUTION, text), toBisik),
    await outOfOrder(dice, async (text) => (await ours.encrypt(text)).body, toLibsignal),
  ]

  // A new chain under the same distribution id; the old one still opens what is late.
  const late = await ours.encrypt(Buffer.from('late'))
  await accept(await ours.rotate())
  equal(text(await toLibsignal((await ours.encrypt(Buffer.from('after rotation'))).body)), 'after rotation')
  equal(text(await toLibsignal(late.body)), 'late')

  // The release's receiving record moves to bisik and back, its skipped keys with it.
  const skipped = await ours.encrypt(Buffer.from('skipped'))
  equal(text(await toLibsignal((await ours.encrypt(Buffer.from('on'))).body)), 'on')
  const record = theirs.record(client.address, BISIK_DISTRIBUTION)
  const heir = await Client.create({ store: new MemoryStore() })
  await heir.acceptIdentity(client.address, client.identityKey, 'accepted')
  await importSenderKey(heir, client.address, BISIK_DISTRIBUTION, record)
  const opened = await heir.decrypt(skipped)
  equal(text('plaintext' in opened ? opened.plaintext : new Uint8Array()), 'skipped')
  theirs.setRecord(client.address, BISIK_DISTRIBUTION, await exportSenderKey(heir, BISIK_DISTRIBUTION))
  equal(text(await toLibsignal((await ours.encrypt(Buffer.from('back'))).body)), 'back')
  await toLibsignal(skipped.body).then(
    () => Promise.reject(new Error('a message that bisik opened opened again after the record moved back')),
    (error: Error) => match(error.message, /old counter/),
  )

  // Its sending record moves to bisik, which goes on signing with the imported key; and bisik's to it, which was made from a seed.
  const sender = await Client.create({ address: account.address, store: new MemoryStore() })
  await importSenderKey(sender, account.address, LIBSIGNAL_DISTRIBUTION, theirs.record(account.address, LIBSIGNAL_DISTRIBUTION))
  equal(text(await toBisik((await sender.group(LIBSIGNAL_DISTRIBUTION).encrypt(Buffer.from('moved'))).body)), 'moved')
  theirs.setRecord(account.address, LIBSIGNAL_DISTRIBUTION, await exportSenderKey(sender, LIBSIGNAL_DISTRIBUTION))
  equal(text(await toBisik(await theirs.encrypt(LIBSIGNAL_DISTRIBUTION, Buffer.from('moved back')))), 'moved back')
  await exchangeSeedKey(client, theirs, toLibsignal)
  return `${2 * MESSAGES} messages out of order, ${refused[0]} and ${refused[1]} refused; records move both ways`
}

/** A key that bisik made from a seed goes on in the release. */
async function exchangeSeedKey(
  client: Client,
  theirs: GroupAccount,
  toLibsignal: (body: Uint8Array) => Promise<Uint8Array>,
): Promise<void> {
  const receiving = theirs.record(client.address, BISIK_DISTRIBUTION)
  theirs.setRecord(client.address, BISIK_DISTRIBUTION, await exportSenderKey(client, BISIK_DISTRIBUTION))
  const body = await theirs.encrypt(BISIK_DISTRIBUTION, Buffer.from('from the release'), client.address)
  theirs.setRecord(client.address, BISIK_DISTRIBUTION, receiving)
  equal(text(await toLibsignal(body)), 'from the release')
}

/** Sends all, then delivers them shuffled, some never, some twice, some altered. @returns how many copies were refused. */
async function outOfOrder(
  dice: Dice,
  encrypt: (plaintext: Uint8Array) => Promise<Uint8Array>,
  decrypt: (body: Uint8Array) => Promise<Uint8Array>,
): Promise<number> {
  const sent: { readonly plaintext: Uint8Array; readonly body: Uint8Array }[] = []
  for (let i = 0; i < MESSAGES; i++) {
    const plaintext = dice.bytes(dice.below(200))
    sent.push({ plaintext, body: await encrypt(plaintext) })
  }
  for (let i = sent.length - 1; i > 0; i--) {
    const j = dice.below(i + 1)
    const [a, b] = [sent[i], sent[j]]
    if (a && b) [sent[i], sent[j]] = [b, a]
  }
  let refused = 0
  const refuse = async (body: Uint8Array, what: string): Promise<void> => {
    await decrypt(body).then(
      () => Promise.reject(new Error(`${what} was opened`)),
      () => refused++,
    )
  }
  for (const { plaintext, body } of sent) {
    if (dice.chance(0.1)) {
      const altered = Uint8Array.from(body)
      const at = dice.below(altered.length)
      altered[at] = (altered[at] ?? 0) ^ (1 + dice.below(255))
      await refuse(altered, 'an altered message')
    }
    if (dice.chance(0.05)) continue
    deepEqual(Uint8Array.from(await decrypt(body)), Uint8Array.from(plaintext))
    if (dice.chance(0.1)) await refuse(body, 'a repeated message')
  }
  return refused
}

/** An account of a release with a store of sender keys. */
class GroupAccount {
  readonly #api: SenderKeys & Libsignal
  readonly #library: Library
  readonly #account: PeerAccount
  readonly #records = new Map<string, Uint8Array>()
  readonly #store: object

  constructor(api: SenderKeys & Libsignal, library: Library, account: PeerAccount) {
    this.#api = api
    this.#library = library
    this.#account = account
    const records = this.#records
    class SenderKeyRecords extends api.SenderKeyStore {
      async saveSenderKey(sender: ProtocolAddress, distribution: string, record: Serializable): Promise<void> {
        records.set(`${sender.name()}.${sender.deviceId()} ${distribution}`, record.serialize())
      }
      async getSenderKey(sender: ProtocolAddress, distribution: string): Promise<Serializable | null> {
        const bytes = records.get(`${sender.name()}.${sender.deviceId()} ${distribution}`)
        return bytes ? api.SenderKeyRecord.deserialize(library.bytes(bytes)) : null
      }
    }
    this.#store = new SenderKeyRecords()
  }

  async distribute(distribution: string): Promise<Uint8Array> {
    const message = await this.#api.SenderKeyDistributionMessage.create(this.#nameOf(this.#account.address), distribution, this.#store)
    return message.serialize()
  }

  async accept(sender: PeerAccount['address'], bytes: Uint8Array): Promise<void> {
    const message = this.#api.SenderKeyDistributionMessage.deserialize(this.#library.bytes(bytes))
    await this.#api.processSenderKeyDistributionMessage(this.#nameOf(sender), message, this.#store)
  }

  async encrypt(distribution: string, plaintext: Uint8Array, as = this.#account.address): Promise<Uint8Array> {
    const message = await this.#api.groupEncrypt(this.#nameOf(as), distribution, this.#store, this.#library.bytes(plaintext))
    return message.serialize()
  }

  async decrypt(sender: PeerAccount['address'], body: Uint8Array): Promise<Uint8Array> {
    return this.#api.groupDecrypt(this.#nameOf(sender), this.#store, this.#library.bytes(body))
  }

  record(sender: PeerAccount['address'], distribution: string): Uint8Array {
    const record = this.#records.get(`${addressKey(sender)} ${distribution}`)
    if (!record) throw new Error('no such sender key')
    return Uint8Array.from(record)
  }

  setRecord(sender: PeerAccount['address'], distribution: string, record: Uint8Array): void {
    this.#records.set(`${addressKey(sender)} ${distribution}`, record)
  }

  #nameOf({ user, device }: PeerAccount['address']): ProtocolAddress {
    return (this.#api.ProtocolAddress as Maker<ProtocolAddress>).new(user, device)
  }
}

async function bundleOf(client: Client): ReturnType<PeerAccount['bundle']> {
  const { address, registrationId, identityKey, signedPreKey, oneTimePreKeys, oneTimeKemPreKeys } = await client.generatePreKeys(1)
  return { address, registrationId, identityKey, signedPreKey, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
