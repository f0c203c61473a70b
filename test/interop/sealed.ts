/**
 * Sealed sender and safety numbers live, with the newest release: certificates of either side's making, messages for one in both
 * directions, messages for a hundred in both, safety numbers of a hundred pairs. Knows no rule of the protocol.
 */
import { deepEqual, equal, rejects } from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { Client, MemoryStore } from '../../src/index.js'
import { combineHashes, compareScannable, hashParty, parseIdentityKey } from '../../src/protocol/index.js'
import { Relay } from '../../src/relay/index.js'
import { parseSentMessage } from '../../src/wire/index.js'
import type { Maker, PublicKey } from './libsignal-api.js'
import { type Issuer, issuedByLibsignal, LibsignalSealer, plain, type SealingApi } from './libsignal-sealer.js'
import type { Address, PlainBundle } from './peer.js'
import type { Story } from './plan.js'
import type { Dice } from './random.js'
import { storyMaker } from './sealing-story.js'

type Api = SealingApi & FingerprintApi

interface FingerprintApi {
  readonly Fingerprint: Maker<{
    displayableFingerprint(): { toString(): string }
    scannableFingerprint(): { toBuffer(): Uint8Array; compare(other: object): boolean }
  }>
}

const MESSAGES = 100
const RECIPIENTS = 100
const PAIRS = 100
const EXPIRATION = Date.now() + 86_400_000
const HINT = 1

export function sealedStories(seed: string): Story[] {
  const story = storyMaker<Api>(seed, 'and bisik')
  return [
    story("sealed for one, bisik's certificates", (api, dice) => sealForOne(api, dice, issuedByBisik)),
    story("sealed for one, libsignal's certificates", (api, dice) => sealForOne(api, dice, async () => issuedByLibsignal(api, EXPIRATION))),
    story('sealed for many by bisik', bisikSealsForMany),
    story('sealed for many by libsignal', libsignalSealsForMany),
    story('safety numbers', safetyNumbers),
  ]
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
  const issuer = issuedByLibsignal(api, EXPIRATION)
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
    const content = await member.unseal(body)
    deepEqual([content.contentHint(), text(content.groupId() ?? new Uint8Array(0))], [HINT, 'a group'])
    equal(text(await member.decryptFromGroup(client.address, content.contents())), 'to all')
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
      await theirs.encryptForGroup(distribution, Buffer.from('to all')),
      members.map(({ address }) => address),
      { certificate, contentHint: HINT, excluded: [excluded] },
    ),
  )
  deepEqual([...sent.excluded()], [excluded])
  equal(sent.recipientCount, RECIPIENTS)
  for (const { user, devices, message: body } of sent.recipients()) {
    const member = members.find(({ address }) => address.user === user) as Client
    deepEqual(devices, [{ device: 1, registrationId: member.registrationId }])
    const received = await member.decrypt({ kind: 'sealed', body })
    deepEqual(
      [received.kind, received.sealed, received.sender, text(received.plaintext)],
      ['group-message', true, theirs.address, 'to all'],
    )
  }
  return `${RECIPIENTS} recipients read`
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

function parsed({ address, registrationId, identityKey, signedPreKey, oneTimePreKey, kemPreKey }: PlainBundle) {
  return { address, registrationId, identityKey, signedPreKey, oneTimePreKey, kemPreKey } as Parameters<Client['startSession']>[0]
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
