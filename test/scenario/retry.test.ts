/**
 * Contents and healing: what does not open is asked for once, and what is asked for comes again, once, to whom it was meant for.
 */
import { describe, expect, it } from 'vitest'
import {
  Client,
  type DeviceAddress,
  type Envelope,
  fromUtf8,
  type Incoming,
  isBisikError,
  MemoryStore,
  type PreKeyBundle,
  parseEnvelope,
  type ReceivedRetryRequest,
  type SessionStatus,
  serializeEnvelope,
  utf8,
} from '../../src/index.js'
import type { KeyStore } from '../../src/store/key-store.js'
import { decryptionErrorFor, parseSenderKeyMessage, serializePlaintextContent } from '../../src/wire/index.js'
import { storeContents } from '../support/faulty-store.js'
import { bundleOf, fakeClock } from '../support/parties.js'
import { CRASHES, CrashingStore, cloneStore } from '../support/world/stores.js'

const ALICE = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
const BOB = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }
const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

interface World {
  readonly clock: ReturnType<typeof fakeClock>
  readonly stores: { readonly alice: MemoryStore; readonly bob: MemoryStore }
  readonly alice: Client
  readonly bob: Client
  /** What the relay hands out; how often it was asked. */
  readonly fetchBundle: (address: DeviceAddress) => Promise<PreKeyBundle>
  readonly fetched: () => number
}

/** Two devices in the middle of a conversation: both have answered. */
async function world(options: { talk?: boolean; kem?: boolean; allow?: ('pqxdh' | 'x3dh')[] } = {}): Promise<World> {
  const clock = fakeClock()
  const stores = { alice: new MemoryStore(), bob: new MemoryStore() }
  const allow = options.allow ?? []
  const alice = await Client.create({ store: stores.alice, address: ALICE, clock, allow })
  const bob = await Client.create({ store: stores.bob, address: BOB, clock, allow })
  const upload = await bob.generatePreKeys(20)
  let index = 0
  const kem = options.kem ?? true
  const fetchBundle = async () => bundleOf(upload, { index: index++, kem })
  await alice.startSession(await fetchBundle())
  if (options.talk ?? true) {
    await bob.decryptContent(await alice.encryptContent(BOB, said('hello')))
    await alice.decryptContent(await bob.encryptContent(ALICE, said('hello yourself')))
  }
  return { clock, stores, alice, bob, fetchBundle: () => fetchBundle(), fetched: () => index - 1 }
}

const said = (text: string) => ({ application: utf8(text) })

/** What a user would see. */
function shown(incoming: readonly Incoming[]): string[] {
  return incoming.flatMap((one) => (one.kind === 'content' && one.application !== undefined ? [fromUtf8(one.application) ?? ''] : []))
}

/** Bob's sessions are gone, as if a backup without them had been restored. */
async function loseSessions(store: MemoryStore): Promise<void> {
  for (const prefix of ['session/', 'archive/', 'archived/']) {
    const keys = await store.list(prefix)
    const found = await store.read(keys)
    await store.commit({ expect: new Map([...found].map(([key, { revision }]) => [key, revision])), put: new Map(), delete: new Set(keys) })
  }
}

async function take(client: Client, envelopes: readonly Envelope[]): Promise<Incoming[]> {
  const incoming: Incoming[] = []
  for (const envelope of envelopes) incoming.push(await client.decryptContent(parseEnvelope(serializeEnvelope(envelope))))
  return incoming
}

function requestOf(incoming: Incoming | undefined): Envelope {
  if (incoming?.kind !== 'unreadable' || incoming.request === undefined) throw new Error(`no request, but ${incoming?.kind}`)
  return incoming.request
}

async function asRequest(client: Client, envelope: Envelope): Promise<ReceivedRetryRequest> {
  const incoming = await client.decryptContent(parseEnvelope(serializeEnvelope(envelope)))
  if (incoming.kind !== 'retry-request') throw new Error(`not a request, but ${incoming.kind}`)
  return incoming
}

function altered(envelope: Envelope): Envelope {
  const body = Uint8Array.from(envelope.body)
  body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1
  return { ...envelope, body }
}

const never = async (): Promise<PreKeyBundle> => {
  throw new Error('nobody asked for a bundle')
}

describe('contents', () => {
  it('carry the bytes of the app, its access key and when they were sent, by a clock that may stand', async () => {
    const { alice, bob, clock } = await world({ talk: false })
    const accessKey = new Uint8Array(16).fill(7)
    const [first, second] = await take(bob, [
      await alice.encryptContent(BOB, { ...said('one'), accessKey }),
      await alice.encryptContent(BOB, { accessKey }),
    ])
    expect(first).toMatchObject({ kind: 'content', sender: ALICE, identity: alice.identityKey, again: false, accessKey, sentAt: clock() })
    expect(second).toMatchObject({ kind: 'content', application: undefined, sentAt: clock() + 1 })
  })

  it('bring a sender key that is taken over in the same commit, and open group messages as well', async () => {
    const { alice, bob, stores } = await world()
    const id = '0f0e0d0c-0b0a-4908-8706-050403020100'
    const group = alice.group(id)
    const [handed] = await take(bob, [await alice.encryptContent(BOB, { senderKey: await group.distribute() })])
    expect(handed).toMatchObject({ kind: 'content', senderKey: id })
    expect(await stores.bob.list('sender-key/')).toHaveLength(1)
    // An app makes the content of a group message with the wire entry.
    const { serializeContent } = await import('../../src/wire/index.js')
    const [opened] = await take(bob, [await group.encrypt(serializeContent(said('to all')))])
    expect(opened).toMatchObject({ kind: 'content', distribution: id, identity: alice.identityKey })
    expect(shown([opened as Incoming])).toEqual(['to all'])
  })

  it('refuse what is no content and leave the message for `decrypt`', async () => {
    const { alice, bob } = await world()
    const raw = await alice.encrypt(BOB, utf8('raw'))
    await expect(bob.decryptContent(raw)).rejects.toMatchObject({ code: 'malformed-message' })
    expect(fromUtf8((await bob.decrypt(raw)).plaintext)).toBe('raw')
  })
})

describe('retry', () => {
  it('a receiver that lost its sessions asks, is sent everything under a fresh session, and shows each message exactly once', async () => {
    const { alice, bob, stores, fetchBundle, fetched } = await world()
    await take(bob, [await alice.encryptContent(BOB, said('one'))])
    const lost = [await alice.encryptContent(BOB, said('two')), await alice.encryptContent(BOB, said('three'))]
    await loseSessions(stores.bob)
    const failed = await take(bob, lost)
    expect(failed.map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable'])
    const request = await asRequest(alice, requestOf(failed[0]))
    expect(request).toMatchObject({ sender: BOB, identity: undefined, sealed: false, senderKeyWanted: undefined })
    const { maySend, ...before } = (await alice.session(BOB)) as SessionStatus
    expect(maySend).toBe(true)
    const { envelopes: answer, notices } = await alice.answerRetry(request, fetchBundle)
    expect(fetched()).toBe(1)
    // Row 21: whoever makes us begin anew does not do it unseen.
    expect(notices).toEqual([{ kind: 'session-switched', from: before, to: { ...before, epoch: 0, usedOneTimePreKey: true } }])
    expect(answer.map(({ kind }) => kind)).toEqual(Array(4).fill('pre-key'))
    const incoming = await take(bob, answer)
    expect(incoming.map(({ kind }) => kind)).toEqual(['repeated', 'repeated', 'content', 'content'])
    expect(shown(incoming)).toEqual(['two', 'three'])
    expect(incoming[2]).toMatchObject({ again: true })
    expect((await alice.session(BOB))?.kind).toBe(before.kind)
    // And the conversation goes on, in both directions, without any more of it.
    expect(shown(await take(alice, [await bob.encryptContent(ALICE, said('got it'))]))).toEqual(['got it'])
    expect(shown(await take(bob, [await alice.encryptContent(BOB, said('four'))]))).toEqual(['four'])
  })

  it('a message that arrives after it was sent again is not shown a second time', async () => {
    const { alice, bob, fetchBundle } = await world()
    const late = await alice.encryptContent(BOB, said('late'))
    const [failed] = await take(bob, [altered(await alice.encryptContent(BOB, said('hit')))])
    const answer = (await alice.answerRetry(await asRequest(alice, requestOf(failed)), fetchBundle)).envelopes
    expect(shown(await take(bob, answer))).toEqual(['late', 'hit'])
    expect(await take(bob, [late])).toMatchObject([{ kind: 'repeated' }])
  })

  it('a relay that makes us send again and holds the first copies back has none of the last 256 shown twice, and no older one without a mark', async () => {
    const { alice, bob, clock, fetchBundle } = await world()
    const held: Envelope[] = []
    for (let round = 0; round < 5; round++) {
      const batch: Envelope[] = []
      for (let i = 0; i < 64; i++) batch.push(await alice.encryptContent(BOB, said(`${round}.${i}`)))
      held.push(...batch)
      const body = serializePlaintextContent(decryptionErrorFor(batch[0] as never, clock(), 1))
      const request = await asRequest(alice, { kind: 'plaintext', sender: BOB, body })
      expect(shown(await take(bob, (await alice.answerRetry(request, fetchBundle)).envelopes))).toHaveLength(64)
      clock.advance(HOUR)
    }
    for (let i = 0; i < 70; i++) await take(bob, [await alice.encryptContent(BOB, said(`after ${i}`))])
    const late = await take(bob, held)
    // Those of the first round may as well never have come: they are not withheld, and say so.
    for (const one of late.slice(0, 64)) expect(one).toMatchObject({ kind: 'content', again: false, maybeRepeated: true })
    expect(late.slice(64).map(({ kind }) => kind)).toEqual(Array(4 * 64).fill('repeated'))
  })

  it('asks in a session for a sender key, which says who asks; the answer is for the app, which knows the members', async () => {
    const { alice, bob, fetchBundle } = await world()
    const group = alice.group('0f0e0d0c-0b0a-4908-8706-050403020100')
    await group.distribute()
    const [failed] = await take(bob, [await group.encrypt(utf8('early'))])
    expect(failed).toMatchObject({ error: { code: 'no-sender-key', details: { diagnosis: { cause: 'sender-key-missing' } } } })
    const request = requestOf(failed)
    expect(request.kind).toBe('ratchet')
    const asked = await asRequest(alice, request)
    expect(asked).toMatchObject({ identity: bob.identityKey, senderKeyWanted: group.distribution })
    expect((await alice.answerRetry(asked, fetchBundle)).envelopes).toEqual([])
    expect((await take(bob, [await group.encrypt(utf8('early'))]))[0]).toMatchObject({ kind: 'unreadable', request: undefined })
  })

  it('asks nobody whom it does not know, and not for what is a copy, under another key or no message', async () => {
    const { alice, bob, stores } = await world()
    const before = await storeContents(stores.bob)
    const envelope = altered(await alice.encryptContent(BOB, said('x')))
    if (envelope.kind !== 'ratchet') throw new Error('expected a ratchet message')
    const stranger = { ...envelope, sender: { user: 'mallory', device: 1 } }
    expect(await take(bob, [stranger])).toMatchObject([{ kind: 'unreadable', request: undefined }])
    await expect(bob.decryptContent({ ...envelope, body: utf8('junk') })).rejects.toMatchObject({ code: 'malformed-message' })
    expect(await storeContents(stores.bob)).toEqual(before)
    const seen = await alice.encryptContent(BOB, said('seen'))
    await take(bob, [seen])
    await expect(bob.decryptContent(seen)).rejects.toMatchObject({ code: 'duplicate-message' })
    const other = await Client.create({ store: new MemoryStore(), address: ALICE })
    await other.startSession(bundleOf(await bob.generatePreKeys(1)))
    await expect(bob.decryptContent(await other.encryptContent(BOB, said('new phone')))).rejects.toMatchObject({
      code: 'untrusted-identity',
    })
  })

  it('asks a stranger too if the app says so: who wrote to an installation that is gone hears of it', async () => {
    const { alice, clock } = await world()
    const stores = new MemoryStore()
    const bob = await Client.create({ store: stores, address: BOB, clock })
    const lost = await alice.encryptContent(BOB, said('are you there?'))
    const before = await storeContents(stores)
    expect(await take(bob, [lost])).toMatchObject([{ kind: 'unreadable', request: undefined }])
    expect(await storeContents(stores)).toEqual(before)
    const failed = await bob.decryptContent(lost, { askStrangers: true })
    const request = await asRequest(alice, requestOf(failed))
    const bundle = async () => bundleOf(await bob.generatePreKeys(1))
    await expect(alice.answerRetry(request, bundle)).rejects.toMatchObject({ code: 'untrusted-identity' })
    expect(await bob.decryptContent(lost, { askStrangers: true })).toMatchObject({ kind: 'unreadable', request: undefined })
    clock.advance(HOUR)
    expect(await bob.decryptContent(lost, { askStrangers: true })).toMatchObject({ request: { kind: 'plaintext' } })
  })

  it('asks 64 strangers an hour at most, and remembers no more of them', async () => {
    const { alice, bob, stores, clock } = await world()
    const envelope = altered(await alice.encryptContent(BOB, said('x')))
    const flood = async (from: number, count: number): Promise<number> => {
      let asked = 0
      for (let i = from; i < from + count; i++) {
        const stranger = { ...envelope, sender: { user: `stranger ${i}`, device: 1 } } as Envelope
        const incoming = await bob.decryptContent(stranger, { askStrangers: true })
        if (incoming.kind === 'unreadable' && incoming.request !== undefined) asked++
      }
      return asked
    }
    const records = (await stores.bob.list('')).length
    expect(await flood(0, 100)).toBe(64)
    clock.advance(HOUR - 1)
    expect(await flood(200, 10)).toBe(0)
    clock.advance(1)
    expect(await flood(300, 100)).toBe(64)
    expect((await stores.bob.list('')).length).toBe(records + 1)
  })

  it('ignores a forged request: a key it never used, another device, another peer, or nothing kept; no bundle is fetched', async () => {
    const { alice, bob, stores, clock } = await world()
    const body = (bytes: Uint8Array, device = 1) =>
      serializePlaintextContent(decryptionErrorFor({ kind: 'ratchet', body: bytes }, clock(), device))
    const ours = await alice.encryptContent(BOB, said('ours'))
    const theirs = await bob.encryptContent(ALICE, said('theirs'))
    const before = await storeContents(stores.alice)
    const plain = (sender: DeviceAddress, bytes: Uint8Array, device?: number): Envelope => ({
      kind: 'plaintext',
      sender,
      body: body(bytes, device),
    })
    for (const forged of [plain(BOB, theirs.body), plain(BOB, ours.body, 2)]) {
      expect((await alice.answerRetry(await asRequest(alice, forged), never)).envelopes).toEqual([])
    }
    await expect(alice.decryptContent(plain({ user: 'mallory', device: 1 }, ours.body))).rejects.toMatchObject({ code: 'no-session' })
    expect(await storeContents(stores.alice)).toEqual(before)
    const real = await asRequest(alice, plain(BOB, ours.body))
    expect((await alice.answerRetry({ ...real, sender: { user: 'mallory', device: 1 } }, never)).envelopes).toEqual([])
    clock.advance(7 * DAY + 1_000)
    expect((await alice.answerRetry(real, never)).envelopes).toEqual([])
  })

  it('an answer uses up its request: a replay of it a day later leads to nothing', async () => {
    const { alice, bob, clock, fetchBundle } = await world()
    const [failed] = await take(bob, [altered(await alice.encryptContent(BOB, said('x')))])
    const request = await asRequest(alice, requestOf(failed))
    expect((await alice.answerRetry(request, fetchBundle)).envelopes).toHaveLength(2)
    clock.advance(DAY)
    expect((await alice.answerRetry(request, never)).envelopes).toEqual([])
  })

  it('needs no bundle if a fresh session is there already', async () => {
    const { alice, bob, stores, fetchBundle } = await world()
    const lost = await alice.encryptContent(BOB, said('lost'))
    await loseSessions(stores.bob)
    const [failed] = await take(bob, [lost])
    await alice.startSession(await fetchBundle(BOB))
    const answer = (await alice.answerRetry(await asRequest(alice, requestOf(failed)), never)).envelopes
    expect(shown(await take(bob, answer))).toEqual(['lost'])
  })

  it('refuses a bundle of another device or identity, and stores nothing', async () => {
    const { alice, bob, stores } = await world()
    const [failed] = await take(bob, [altered(await alice.encryptContent(BOB, said('x')))])
    const request = await asRequest(alice, requestOf(failed))
    const mallory = await Client.create({ store: new MemoryStore(), address: BOB })
    const elsewhere = await Client.create({ store: new MemoryStore(), address: { ...BOB, device: 2 } })
    const before = await storeContents(stores.alice)
    const wrong = async (client: Client) => bundleOf(await client.generatePreKeys(1))
    await expect(alice.answerRetry(request, () => wrong(mallory))).rejects.toMatchObject({ code: 'untrusted-identity' })
    await expect(alice.answerRetry(request, () => wrong(elsewhere))).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await storeContents(stores.alice)).toEqual(before)
  })
})

describe('what was meant for one identity', () => {
  /** Bob's account is taken over by somebody whose key alice accepts; then the relay asks again, in bob's name, for what went to bob. */
  async function takenOver() {
    const w = await world()
    const { alice, clock } = w
    const private_ = await alice.encryptContent(BOB, said('for the old bob only'))
    const store = new MemoryStore()
    const other = await Client.create({ store, address: BOB, clock })
    await alice.acceptIdentity(BOB, other.identityKey, 'accepted')
    const body = serializePlaintextContent(decryptionErrorFor(private_ as never, clock(), 1))
    const request = await asRequest(alice, { kind: 'plaintext', sender: BOB, body })
    return { ...w, other, request, bundle: async () => bundleOf(await other.generatePreKeys(1)) }
  }

  it.each(['in a session with the new one', 'by the bundle of the new one'])('is never sent again to another: %s', async (way) => {
    const { alice, stores, request, bundle } = await takenOver()
    if (way === 'in a session with the new one') await alice.startSession(await bundle())
    const before = await storeContents(stores.alice)
    expect((await alice.answerRetry(request, bundle)).envelopes).toEqual([])
    expect(await storeContents(stores.alice)).toEqual(before)
  })

  it('goes from the outbox when something is sent to the new one, which alone is sent again', async () => {
    const { alice, other, request, stores, bundle, clock } = await takenOver()
    await alice.startSession(await bundle())
    const lost = await alice.encryptContent(BOB, said('for the new bob'))
    expect((await stores.alice.list('outbox/')).length).toBe(1 + 1)
    expect((await alice.answerRetry(request, never)).envelopes).toEqual([])
    const body = serializePlaintextContent(decryptionErrorFor(lost as never, clock(), 1))
    const answer = (await alice.answerRetry(await asRequest(alice, { kind: 'plaintext', sender: BOB, body }), bundle)).envelopes
    expect(shown(await take(other, answer))).toEqual(['for the new bob'])
  })
})

describe('lesson L17: healing cannot be made an attack', () => {
  it('lesson L17: a storm of 100 bad messages leads to one request and one reset an hour', async () => {
    const { alice, bob, clock, fetchBundle, fetched } = await world()
    const storm = async (count: number): Promise<Envelope[]> => {
      const incoming: Incoming[] = []
      for (let i = 0; i < count; i++) incoming.push(...(await take(bob, [altered(await alice.encryptContent(BOB, said(`${i}`)))])))
      return incoming.flatMap((one) => (one.kind === 'unreadable' && one.request !== undefined ? [one.request] : []))
    }
    const requests = await storm(100)
    expect(requests).toHaveLength(1)
    const request = await asRequest(alice, requests[0] as Envelope)
    // The newest 64 are kept, and one request brings all of them.
    const answer = (await alice.answerRetry(request, fetchBundle)).envelopes
    expect(shown(await take(bob, answer))).toEqual(Array.from({ length: 64 }, (_, i) => `${i + 36}`))
    expect(fetched()).toBe(1)
    // From here on messages have no handshake, whose last bytes nobody looks at twice.
    await take(alice, [await bob.encryptContent(ALICE, said('thanks'))])
    clock.advance(HOUR - 1)
    expect(await storm(20)).toHaveLength(0)
    // Whoever forges requests that name a key of the fresh session has to wait as well.
    const forged = await alice.encryptContent(BOB, said('next'))
    const body = serializePlaintextContent(decryptionErrorFor(forged as never, clock(), 1))
    expect((await alice.answerRetry(await asRequest(alice, { kind: 'plaintext', sender: BOB, body }), never)).envelopes).toEqual([])
    clock.advance(1)
    expect(await storm(20)).toHaveLength(1)
    expect((await alice.answerRetry(await asRequest(alice, { kind: 'plaintext', sender: BOB, body }), fetchBundle)).envelopes).not.toEqual(
      [],
    )
    expect(fetched()).toBe(2)
  })

  it.each(['an x3dh bundle', 'a session weaker than what was sent'])('lesson L17: never a downgrade: %s', async (way) => {
    const { alice, bob, stores } = await world({ allow: ['pqxdh', 'x3dh'] })
    expect((await alice.session(BOB))?.kind).toBe('triple')
    const lost = await alice.encryptContent(BOB, said('secret'))
    await loseSessions(stores.bob)
    const [failed] = await take(bob, [lost])
    const request = await asRequest(alice, requestOf(failed))
    const weak = async () => bundleOf(await bob.generatePreKeys(1), { kem: false })
    if (way === 'an x3dh bundle') {
      const before = await storeContents(stores.alice)
      await expect(alice.answerRetry(request, weak)).rejects.toMatchObject({ code: 'session-kind-refused' })
      expect(await storeContents(stores.alice)).toEqual(before)
      // Not even when the session is gone here as well: what was sent remembers what protected it.
      await loseSessions(stores.alice)
      await expect(alice.answerRetry(request, weak)).rejects.toMatchObject({ code: 'session-kind-refused' })
    } else {
      await alice.startSession(await weak(), { allow: ['x3dh'] })
      await expect(alice.answerRetry(request, never)).rejects.toMatchObject({ code: 'session-kind-refused' })
    }
  })

  it('a session without post-quantum protection, where it is allowed, heals into one of its kind or a stronger one', async () => {
    const { alice, bob, stores, fetchBundle } = await world({ allow: ['pqxdh', 'x3dh'], kem: false })
    const lost = await alice.encryptContent(BOB, said('lost'))
    await loseSessions(stores.bob)
    const [failed] = await take(bob, [lost])
    const answer = (await alice.answerRetry(await asRequest(alice, requestOf(failed)), fetchBundle)).envelopes
    expect(shown(await take(bob, answer))).toEqual(['lost'])
  })
})

describe('two processes on one store', () => {
  // Not one object: the queue of calls within a process must not be what keeps them apart.
  const handle = (store: MemoryStore): KeyStore => ({
    read: (keys) => store.read(keys),
    commit: (batch) => store.commit(batch),
    list: (prefix) => store.list(prefix),
  })

  it('ask once, answer once and show once what both take at the same moment', async () => {
    const { stores, alice, bob, clock, fetchBundle, fetched } = await world()
    const open = (store: MemoryStore) => Promise.all([1, 2, 3].map(() => Client.open({ store: handle(store), clock })))
    const [alices, bobs] = [await open(stores.alice), await open(stores.bob)]
    const all = <T>(clients: readonly Client[], act: (client: Client) => Promise<T>) => Promise.all(clients.map(act))
    const hit = altered(await alice.encryptContent(BOB, said('hit')))
    const failed = await all(bobs, (client) => client.decryptContent(hit))
    const requests = failed.flatMap((one) => (one.kind === 'unreadable' && one.request !== undefined ? [one.request] : []))
    expect(requests).toHaveLength(1)
    const request = await asRequest(alice, requests[0] as Envelope)
    const answers = await all(alices, (client) => client.answerRetry(request, fetchBundle))
    expect(answers.map(({ envelopes }) => envelopes.length).sort()).toEqual([0, 0, 2])
    expect(fetched()).toBeLessThanOrEqual(3)
    for (const envelope of answers.flatMap(({ envelopes }) => envelopes)) {
      const taken = await all(bobs, (client) => client.decryptContent(envelope).catch((error) => error.code))
      expect(taken.filter((one) => one === 'duplicate-message')).toHaveLength(2)
    }
    expect(shown(await take(bob, [await alice.encryptContent(BOB, said('on'))]))).toEqual(['on'])
  })

  it('give every group message a place of its own while one of them rotates the key', async () => {
    const { stores, alice, clock } = await world()
    const id = '0f0e0d0c-0b0a-4908-8706-050403020100'
    await alice.group(id).distribute()
    const clients = await Promise.all([1, 2, 3].map(() => Client.open({ store: handle(stores.alice), clock })))
    const envelopes = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const group = (clients[i % 3] as Client).group(id)
        if (i % 10 === 5) await group.rotate()
        return group.encrypt(utf8(`${i}`))
      }),
    )
    const places = envelopes.map(({ body }) => parseSenderKeyMessage(body)).map(({ chainId, iteration }) => `${chainId}/${iteration}`)
    expect(new Set(places).size).toBe(30)
    expect((await stores.alice.list('signing-key/')).length).toBe(1)
  })
})

describe('the outbox', () => {
  it('keeps 64 contents for a device, for 7 days, and nothing is left behind', async () => {
    const { alice, stores, clock } = await world({ talk: false })
    for (let i = 0; i < 70; i++) await alice.encryptContent(BOB, said(`${i}`))
    const list = () => stores.alice.list('outbox/')
    expect((await list()).length).toBe(64 + 1)
    clock.advance(7 * DAY + 1_000)
    await alice.encryptContent(BOB, said('now'))
    // The clock must say so twice: for a moment it may be wrong.
    expect((await list()).length).toBe(64 + 1)
    clock.advance(HOUR)
    await alice.encryptContent(BOB, said('an hour later'))
    expect((await list()).length).toBe(2 + 1)
  })

  it('keeps at most 1 MiB for a device: the oldest go first', async () => {
    const { alice, stores } = await world({ talk: false })
    for (let i = 0; i < 6; i++) await alice.encryptContent(BOB, { application: new Uint8Array(240_000) })
    expect((await stores.alice.list('outbox/')).length).toBe(4 + 1)
  })

  it('nothing that is over stays in the store of who never writes again: rotating the prekeys takes it away', async () => {
    const { alice, stores, clock, fetchBundle } = await world()
    await alice.encryptContent(BOB, said('early'))
    for (let i = 0; i < 3; i++) await alice.startSession(await fetchBundle(BOB))
    clock.advance(6 * DAY)
    await alice.encryptContent(BOB, said('later'))
    clock.advance(2 * DAY)
    await alice.rotatePreKeys()
    clock.advance(HOUR)
    await alice.rotatePreKeys()
    expect((await stores.alice.list('outbox/')).length).toBe(1 + 1)
    expect((await stores.alice.list('archived/')).length).toBe(3)
    clock.advance(23 * DAY)
    await alice.rotatePreKeys()
    clock.advance(HOUR)
    await alice.rotatePreKeys()
    expect(await stores.alice.list('outbox/')).toHaveLength(1)
    for (const prefix of ['archived/', 'archive/', 'skipped/', 'pq-skipped/']) expect(await stores.alice.list(prefix)).toEqual([])
  })

  it('raw messages are not kept', async () => {
    const { alice, stores } = await world({ talk: false })
    await alice.encrypt(BOB, utf8('raw'))
    expect(await stores.alice.list('outbox/')).toEqual([])
  })
})

describe('diagnosis', () => {
  const diagnosisOf = (incoming: Incoming | undefined) =>
    incoming?.kind === 'unreadable' && isBisikError(incoming.error)
      ? (incoming.error.details as { diagnosis?: object }).diagnosis
      : undefined

  it('says which session, which message, the likely cause and the remedy', async () => {
    const { alice, bob, stores, fetchBundle } = await world()
    const [hit] = await take(bob, [altered(await alice.encryptContent(BOB, said('x')))])
    const label = expect.stringMatching(/^[0-9a-f]{16}$/)
    expect(diagnosisOf(hit)).toMatchObject({ sender: ALICE, session: label, counter: 0, cause: 'session-diverged', remedy: 'ask-again' })
    await take(bob, [await alice.encryptContent(BOB, said('y'))])
    const [again] = await take(bob, [altered(await alice.encryptContent(BOB, said('x')))])
    expect(diagnosisOf(again)).toMatchObject({ session: label, counter: 2, cause: 'altered', remedy: 'ask-again' })
    await alice.startSession(await fetchBundle(BOB))
    const first = await alice.encryptContent(BOB, said('new'))
    const [handshake] = await take(bob, [altered(first)])
    expect(diagnosisOf(handshake)).toMatchObject({ counter: 0, cause: 'handshake-differs' })
    expect(diagnosisOf(handshake)).not.toMatchObject({ session: (diagnosisOf(again) as { session: string }).session })
    await loseSessions(stores.bob)
    const keys = await stores.bob.list('pre-key/')
    await stores.bob.commit({ expect: new Map(), put: new Map(), delete: new Set(keys) })
    const [gone] = await take(bob, [first])
    expect(diagnosisOf(gone)).toMatchObject({ cause: 'pre-key-gone' })
  })

  it('says that a session went on without a restored copy, also where its post-quantum epochs are unknown there', async () => {
    const { alice, bob, stores, clock } = await world()
    const restored = await Client.open({ store: await cloneStore(stores.bob), clock })
    const causes: unknown[] = []
    for (let turn = 0; turn < 100; turn++) {
      await take(bob, [await alice.encryptContent(BOB, said('on'))])
      await take(alice, [await bob.encryptContent(ALICE, said('and on'))])
      if (turn % 10 > 0) continue
      const [failed] = await take(restored, [await alice.encryptContent(BOB, said('elsewhere'))])
      if (failed?.kind !== 'unreadable') throw new Error(`not unreadable, but ${failed?.kind}`)
      causes.push([failed.error.code, (diagnosisOf(failed) as { cause: string }).cause])
    }
    expect((await alice.session(BOB))?.epoch).toBeGreaterThan(1)
    expect(new Set(causes.map(String))).toEqual(new Set(['authentication-failed,session-diverged']))
  })

  it('is the same object of one error with one code, and holds no secret and no plaintext', async () => {
    const { alice, bob } = await world()
    const error = await bob.decrypt(altered(await alice.encryptContent(BOB, said('x')))).catch((e: unknown) => e)
    if (!isBisikError(error, 'authentication-failed')) throw error
    expect(Object.keys(error.details)).toEqual(['diagnosis'])
    expect(new Set(Object.keys(error.details.diagnosis ?? {}))).toEqual(
      new Set(['cause', 'counter', 'distribution', 'ratchetKey', 'remedy', 'sender', 'session']),
    )
    expect(error.message).not.toMatch(/[0-9a-f]{16}/)
  })
})

describe('lesson L16: old sessions let no clone back in', () => {
  it('row 21: lesson L16: a session that was replaced opens messages for 30 days and then no more, and its record goes', async () => {
    const { alice, bob, stores, clock, fetchBundle } = await world()
    const inTime = await alice.encrypt(BOB, utf8('in time'))
    const late = await alice.encrypt(BOB, utf8('late'))
    await alice.startSession(await fetchBundle(BOB))
    await bob.decrypt(await alice.encrypt(BOB, utf8('fresh')))
    const clone = await cloneStore(stores.bob)
    clock.advance(30 * DAY)
    expect(fromUtf8((await bob.decrypt(inTime)).plaintext)).toBe('in time')
    clock.advance(1)
    const later = await Client.open({ store: clone, clock })
    await expect(later.decrypt(late)).rejects.toMatchObject({ code: 'authentication-failed' })
    await alice.startSession(await fetchBundle(BOB))
    await later.decrypt(await alice.encrypt(BOB, utf8('newer')))
    // It opens nothing any more; it goes when the clock has said so twice.
    expect(await clone.list('archived/')).toHaveLength(2)
    clock.advance(HOUR)
    await later.rotatePreKeys()
    expect(await clone.list('archived/')).toHaveLength(1)
  })

  it('lesson L16: no more than 40 are kept, however fast they are replaced', async () => {
    const { bob } = await world({ talk: false })
    const upload = await bob.generatePreKeys(50)
    const store = new MemoryStore()
    const carol = await Client.create({ store })
    for (let index = 0; index < 45; index++) await carol.startSession(bundleOf(upload, { index }))
    expect(await store.list('archived/')).toHaveLength(40)
  })
})

describe('crashes', () => {
  /** Runs one operation with a store that dies at each call in turn; afterwards `heal` must bring everything, once. */
  async function atEveryCall(
    prepare: () => Promise<World & { readonly input: Envelope }>,
    who: 'alice' | 'bob',
    operate: (client: Client, w: World & { readonly input: Envelope }) => Promise<unknown>,
    check: (w: World & { readonly input: Envelope }, restarted: Client) => Promise<void>,
  ): Promise<number> {
    let cases = 0
    for (const crash of CRASHES) {
      for (let at = 1, more = true; more; at++) {
        const w = await prepare()
        const failing = new CrashingStore(w.stores[who], crash)
        const client = await Client.open({ store: failing, clock: w.clock })
        failing.arm(at)
        const before = failing.calls
        await Promise.race([operate(client, w).catch(() => undefined), failing.killed])
        more = failing.calls - before >= at
        await check(w, await Client.open({ store: w.stores[who], clock: w.clock }))
        cases++
      }
    }
    return cases
  }

  const outbox = (name: string) => (envelopes: readonly Envelope[]) =>
    new Map(envelopes.map((one, i) => [`${name}/${i}`, serializeEnvelope(one)] as const))
  const kept = async (store: MemoryStore, name: string): Promise<Envelope[]> => {
    const keys = (await store.list(`app/${name}/`)).slice().sort((a, b) => Number(a.split('/')[2]) - Number(b.split('/')[2]))
    const found = await store.read(keys)
    return keys.map((key) => parseEnvelope(found.get(key)?.value ?? new Uint8Array(0)))
  }

  it('asking: after a crash at any call of the store, the request is in the outbox of the app or is made again', async () => {
    const cases = await atEveryCall(
      async () => {
        const w = await world()
        const input = await w.alice.encryptContent(BOB, said('lost'))
        await loseSessions(w.stores.bob)
        return { ...w, input }
      },
      'bob',
      (bob, { input }) =>
        bob.decryptContent(input, {
          persist: (one) => outbox('asked')(one.kind === 'unreadable' && one.request !== undefined ? [one.request] : []),
        }),
      async (w, bob) => {
        const [again] = await take(bob, [w.input])
        const [stored] = await kept(w.stores.bob, 'asked')
        const request = stored ?? requestOf(again)
        expect(shown(await take(bob, (await w.alice.answerRetry(await asRequest(w.alice, request), w.fetchBundle)).envelopes))).toEqual([
          'lost',
        ])
      },
    )
    expect(cases).toBeGreaterThan(6)
  })

  it('answering: after a crash at any call of the store, the envelopes are in the outbox of the app or are made again', async () => {
    const cases = await atEveryCall(
      async () => {
        const w = await world()
        const lost = await w.alice.encryptContent(BOB, said('lost'))
        await loseSessions(w.stores.bob)
        return { ...w, input: requestOf((await take(w.bob, [lost]))[0]) }
      },
      'alice',
      async (alice, w) => {
        const request = await asRequest(alice, w.input)
        return alice.answerRetry(request, w.fetchBundle, { persist: outbox('answer') })
      },
      async (w, alice) => {
        const stored = await kept(w.stores.alice, 'answer')
        const answer = stored.length > 0 ? stored : (await alice.answerRetry(await asRequest(alice, w.input), w.fetchBundle)).envelopes
        expect(shown(await take(w.bob, answer))).toEqual(['lost'])
      },
    )
    expect(cases).toBeGreaterThan(6)
  })

  it('taking in what comes again: after a crash at any call of the store, it is shown once', async () => {
    const cases = await atEveryCall(
      async () => {
        const w = await world()
        const lost = await w.alice.encryptContent(BOB, said('lost'))
        await loseSessions(w.stores.bob)
        const request = await asRequest(w.alice, requestOf((await take(w.bob, [lost]))[0]))
        const answer = (await w.alice.answerRetry(request, w.fetchBundle)).envelopes
        return { ...w, input: answer[1] as Envelope }
      },
      'bob',
      (bob, { input }) =>
        bob.decryptContent(input, {
          persist: (one) => new Map(one.kind === 'content' ? [['shown', one.application ?? new Uint8Array(0)]] : []),
        }),
      async (w, bob) => {
        const stored = (await w.stores.bob.list('app/')).length
        const incoming = await bob.decryptContent(w.input).catch((error: unknown) => error)
        const count = (incoming as Incoming).kind === 'content' ? 1 : 0
        expect(stored + count).toBe(1)
      },
    )
    expect(cases).toBeGreaterThan(6)
  })
})
