/**
 * Requests to send again, live with the newest release: each side's are the other's byte for byte, and lead to what they are for. The
 * release leaves it to its caller to act on them, so this does what such a caller would do.
 */
import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Client, epochMillis, type Incoming, MemoryStore, type NamedEnvelope, type PreKeyBundle } from '../../src/index.js'
import {
  decryptionErrorFor,
  extractDecryptionError,
  parseContent,
  parseDecryptionErrorMessage,
  parsePlaintextContent,
  serializeContent,
  serializeDecryptionErrorMessage,
  serializePlaintextContent,
} from '../../src/wire/index.js'
import type { PublicKey } from './libsignal-api.js'
import {
  issuedByLibsignal,
  LibsignalSealer,
  type PlaintextContent,
  plain,
  type RetryApi,
  type RetryRequest,
  type SealingApi,
} from './libsignal-sealer.js'
import type { Story } from './plan.js'
import type { Dice } from './random.js'
import { storyMaker } from './sealing-story.js'

type Api = SealingApi & RetryApi

const TYPES = { ratchet: 2, 'pre-key': 3, 'sender-key': 7 } as const
const PLAINTEXT = 8
const ROUNDS = 20
const ORIGINALS = 100
const HOUR = 3_600_000

export function retryStories(seed: string): Story[] {
  const story = storyMaker<Api>(seed, 'and bisik')
  return [
    story('requests to send again, byte for byte', sameBytes),
    story('bisik asks for messages again', bisikAsks),
    story('libsignal asks for messages again', libsignalAsks),
  ]
}

/** Two accounts in the middle of a sealed conversation. */
interface Pair {
  readonly api: Api
  readonly theirs: LibsignalSealer
  readonly client: Client
  readonly store: MemoryStore
  readonly root: Uint8Array
  /** For the release's account. */
  readonly certificate: Uint8Array
  /** For bisik's. */
  readonly seal: Uint8Array
  readonly clock: { now: number }
}

async function openPair(api: Api): Promise<Pair> {
  const clock = { now: Date.now() }
  const store = new MemoryStore()
  const { root, certify } = issuedByLibsignal(api, clock.now + 1000 * HOUR)
  const client = await Client.create({ store, trustRoots: [root], clock: () => epochMillis(clock.now) })
  const theirs = await LibsignalSealer.open(api)
  const certificate = await certify(theirs.address, theirs.identityKey)
  const seal = await certify(client.address, client.identityKey)
  const pair = { api, theirs, client, store, root, certificate, seal, clock }
  await startTheirs(pair)
  await talk(pair)
  return pair
}

/** The release's account starts a session. */
async function startTheirs({ theirs, client }: Pair): Promise<void> {
  await theirs.startSession(await bundleOf(client))
}

async function talk(pair: Pair): Promise<void> {
  const { theirs, client, seal, root } = pair
  for (let turn = 0; turn < 2; turn++) {
    equal(shown(await take(pair, await send(pair, 'there'))), 'there')
    const { body } = await client.encryptContent(theirs.address, said('back'), { seal })
    equal(text(parseContent((await theirs.decrypt(body, root)).plaintext).application), 'back')
  }
}

/** A content from the release. */
function send({ theirs, client, certificate }: Pair, what: string): Promise<Uint8Array<ArrayBuffer>> {
  return theirs.encrypt(client.address, serializeContent(said(what)), certificate)
}

function take({ client }: Pair, body: Uint8Array<ArrayBuffer>, options: { readonly seal?: Uint8Array } = {}): Promise<Incoming> {
  return client.decryptContent({ kind: 'sealed', body }, options)
}

/** As if a backup without bisik's sessions had been restored. */
async function forgetSessions({ store }: Pair): Promise<void> {
  const keys = (await Promise.all(['session/', 'archive/', 'archived/'].map((prefix) => store.list(prefix)))).flat()
  const found = await store.read(keys)
  const expect = new Map([...found].map(([key, { revision }]) => [key, revision]))
  ok(await store.commit({ expect, put: new Map(), delete: new Set(keys) }))
}

/** What the release reads in a request of bisik's. */
function readRequest({ api }: Pair, body: Uint8Array): RetryRequest {
  return api.DecryptionErrorMessage.extractFromSerializedBody(api.PlaintextContent.deserialize(body).body())
}

/** The release's request for a sealed message of bisik's. */
async function requestFor({ api, theirs, client, clock }: Pair, body: Uint8Array): Promise<PlaintextContent> {
  const inner = await theirs.unseal(body)
  return api.PlaintextContent.from(
    api.DecryptionErrorMessage.forOriginal(inner.contents(), inner.msgType(), clock.now, client.address.device),
  )
}

async function sameBytes(api: Api, dice: Dice): Promise<string> {
  const { client, theirs } = await openPair(api)
  const group = client.group(randomUUID())
  await group.distribute()
  const other = await Client.create({ store: new MemoryStore() })
  await client.startSession(await bundleOf(other))
  const originals = [
    () => client.encrypt(theirs.address, dice.bytes(20)),
    () => client.encrypt(other.address, dice.bytes(20)),
    () => group.encrypt(dice.bytes(20)),
  ]
  const kinds = new Set<string>()
  for (let i = 0; i < ORIGINALS; i++) {
    const make = originals[i % originals.length] as () => Promise<NamedEnvelope>
    const { kind, body } = await make()
    kinds.add(kind)
    const [timestamp, device] = [epochMillis(dice.below(2 ** 31) * dice.below(4096)), 1 + dice.below(127)]
    const request = decryptionErrorFor({ kind, body }, timestamp, device)
    const made = api.DecryptionErrorMessage.forOriginal(body, TYPES[kind], timestamp, device)
    deepEqual(serializeDecryptionErrorMessage(request), plain(made.serialize()))
    deepEqual(parseDecryptionErrorMessage(plain(made.serialize())), request)
    const content = plain(api.PlaintextContent.from(made).serialize())
    deepEqual(serializePlaintextContent(request), content)
    deepEqual(extractDecryptionError(parsePlaintextContent(content)), request)
    const parsed = api.DecryptionErrorMessage.deserialize(serializeDecryptionErrorMessage(request))
    deepEqual([parsed.timestamp(), parsed.deviceId(), bytesOf(parsed.ratchetKey())], [timestamp, device, request.ratchetKey])
    throws(() => api.DecryptionErrorMessage.forOriginal(content, PLAINTEXT, timestamp, device))
    throws(() => decryptionErrorFor({ kind: 'plaintext' as never, body: content }, timestamp, device), { code: 'invalid-argument' })
  }
  equal(kinds.size, originals.length)
  return `${ORIGINALS} requests`
}

async function bisikAsks(api: Api): Promise<string> {
  const pair = await openPair(api)
  const { client, theirs } = pair
  for (let round = 0; round < ROUNDS; round++) {
    const bare = round % 2 === 0
    await forgetSessions(pair)
    const lost = await send(pair, `round ${round}`)
    const unreadable = await take(pair, lost, bare ? {} : { seal: pair.seal })
    if (unreadable.kind !== 'unreadable' || !unreadable.request) throw new TypeError(`no request, but ${unreadable.kind}`)
    const { request } = unreadable
    equal(request.kind, bare ? 'plaintext' : 'sealed')
    let body: Uint8Array = request.body
    if (!bare) {
      const inner = await theirs.unseal(request.body)
      equal(inner.msgType(), PLAINTEXT)
      body = inner.contents()
    }
    const asked = readRequest(pair, body)
    deepEqual([asked.timestamp(), asked.deviceId()], [pair.clock.now, theirs.address.device])
    ok(theirs.sendsUnder(client.address, asked.ratchetKey() as PublicKey), 'the release does not know the message by its key')
    const again = await take(pair, lost)
    ok(again.kind === 'unreadable' && !again.request, 'asked twice in an hour')

    await startTheirs(pair)
    ok(!theirs.sendsUnder(client.address, asked.ratchetKey() as PublicKey))
    equal(shown(await take(pair, await send(pair, `round ${round}`))), `round ${round}`)
    await talk(pair)
    pair.clock.now += HOUR
  }
  return `${ROUNDS} requests, half of them sealed, half bare`
}

async function libsignalAsks(api: Api, dice: Dice): Promise<string> {
  const pair = await openPair(api)
  const { client, theirs, seal } = pair
  const bundle = { ...theirs.bundle, oneTimePreKey: undefined } as PreKeyBundle
  let read = 0
  for (let round = 0; round < ROUNDS; round++) {
    theirs.forgetSessions()
    const texts = Array.from({ length: 1 + dice.below(5) }, (_, i) => `round ${round}, ${i}`)
    const lost: Uint8Array[] = []
    for (const what of texts) lost.push((await client.encryptContent(theirs.address, said(what), { seal })).body)
    const content = await requestFor(pair, lost[dice.below(lost.length)] as Uint8Array)
    const request =
      round % 2 === 0
        ? await client.decryptContent({ kind: 'plaintext', sender: theirs.address, body: plain(content.serialize()) })
        : await take(pair, await theirs.seal(client.address, content.asCiphertextMessage(), pair.certificate))
    if (request.kind !== 'retry-request') throw new TypeError(`no request, but ${request.kind}`)
    deepEqual(request.identity, round % 2 === 0 ? undefined : theirs.identityKey)
    const answer = (await client.answerRetry(request, async () => bundle, { seal })).envelopes
    const opened: string[] = []
    for (const { body } of answer) {
      const { application, again } = parseContent((await theirs.decrypt(body, pair.root)).plaintext)
      equal(again, true)
      opened.push(text(application))
    }
    // What was kept from earlier rounds comes too, before it.
    deepEqual(opened.slice(-texts.length), texts)
    read += opened.length
    deepEqual(
      (await client.answerRetry(request, () => Promise.reject(new Error('fetched')), { seal })).envelopes,
      [],
      'answered twice in an hour',
    )
    await talk(pair)
    pair.clock.now += HOUR
  }
  return `${ROUNDS} requests, half of them sealed, half bare; ${read} messages came again`
}

async function bundleOf(client: Client): Promise<PreKeyBundle> {
  const { address, registrationId, identityKey, signedPreKey, kemPreKey } = await client.generatePreKeys(0)
  return { address, registrationId, identityKey, signedPreKey, oneTimePreKey: undefined, kemPreKey }
}

const said = (what: string) => ({ application: Uint8Array.from(Buffer.from(what)) })

function shown(incoming: Incoming): string {
  if (incoming.kind !== 'content') throw new TypeError(`not a content, but ${incoming.kind}`)
  return text(incoming.application)
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString()
}

function bytesOf(key: PublicKey | undefined): Uint8Array | undefined {
  return key && plain(key.serialize())
}
