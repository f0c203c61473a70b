/** A message sealed for many: whoever cannot be served is named, the others get theirs, and the event loop runs in between. */
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { platform } from '#platform'
import { concatBytes } from '../../src/bytes.js'
import * as env from '../../src/env.js'
import {
  Client,
  type DeviceAddress,
  MemoryStore,
  type PreKeyUpload,
  parsePreKeyBundle,
  serializePreKeyBundle,
  utf8,
} from '../../src/index.js'
import { identityKeyOf, sessionKey } from '../../src/records/names.js'
import * as sessionRecord from '../../src/records/session-record.js'
import { Relay } from '../../src/relay/index.js'
import { checkAddress } from '../../src/wire/address.js'
import { parsePreKeySignalMessage, serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { parseSentMessage } from '../../src/wire/sent-message.js'
import { bundleOf, newClient } from '../support/parties.js'
import { seededRandom } from '../support/random.js'

const random = seededRandom('sealing for many')

afterEach(() => vi.restoreAllMocks())

const RELAY = new Relay({ store: new MemoryStore() })

interface Sealer {
  readonly client: Client
  readonly store: MemoryStore
  readonly seal: Uint8Array
}

async function sealer(): Promise<Sealer> {
  const store = new MemoryStore()
  const client = await Client.create({ store, trustRoots: [await RELAY.trustRoot()] })
  const token = random(32)
  const account = await RELAY.register({ address: client.address, identityKey: client.identityKey, token })
  return { client, store, seal: await RELAY.senderCertificate(account) }
}

async function groupMessage({ client }: Sealer) {
  const group = client.group(randomUUID())
  await group.distribute()
  return group.encrypt(utf8('to all'))
}

/** A device with which `client` has a session. */
async function met(client: Client, address: DeviceAddress = { user: randomUUID(), device: 1 }): Promise<Client> {
  const other = await newClient({ address })
  await client.startSession(bundleOf(await other.generatePreKeys(1)))
  return other
}

const usersOf = (message: Uint8Array): string[] => [...parseSentMessage(message).recipients()].map(({ user }) => user)

/** So many devices whose sessions are copies of one: nobody could read what goes to them. */
async function crowd({ client, store }: Sealer, count: number): Promise<DeviceAddress[]> {
  const { address } = await met(client)
  const names = [sessionKey(checkAddress(address)), identityKeyOf(checkAddress(address))] as const
  const found = await store.read(names)
  const [session, identity] = names.map((name) => found.get(name)?.value as Uint8Array) as [Uint8Array, Uint8Array]
  const others = Array.from({ length: count }, () => checkAddress({ user: randomUUID(), device: 1 }))
  const put = new Map(others.flatMap((one) => [[sessionKey(one), session] as const, [identityKeyOf(one), identity] as const]))
  await store.commit({ expect: new Map(), put, delete: new Set() })
  return others
}

it('a registration id that a relay wrote into a first message is named, and keeps the message from nobody else', async () => {
  const alice = await sealer()
  const [bob, dave] = [await newClient(), await met(alice.client)]
  await bob.startSession(bundleOf(await alice.client.generatePreKeys(1)))
  const first = await bob.encrypt(alice.client.address, utf8('hi'))
  const parsed = parsePreKeySignalMessage(first.body)
  const body = serializePreKeySignalMessage({
    ...parsed,
    registrationId: 0x4000,
    message: concatBytes(parsed.message.authenticated, parsed.message.tag),
  })
  await alice.client.decrypt({ ...first, body })
  const message = await alice.client.sealForMany(await groupMessage(alice), [bob.address, dave.address], { seal: alice.seal })
  expect(usersOf(message)).toEqual([dave.address.user])
  expect(message.failed).toMatchObject([
    { address: bob.address, error: { code: 'registration-id-too-large', details: { ...bob.address, registrationId: 0x4000 } } },
  ])
  await expect(alice.client.encrypt(bob.address, utf8('by itself'))).resolves.toMatchObject({ kind: 'ratchet' })
})

it('each recipient that cannot be served is reported with its reason, and the others get theirs', async () => {
  const alice = await sealer()
  const good = await met(alice.client)
  const unknown = { user: randomUUID(), device: 1 }
  const damaged = (await met(alice.client)).address
  const nameless = (await met(alice.client, { user: 'bob', device: 1 })).address
  const moved = (await met(alice.client)).address
  await alice.client.acceptIdentity(moved, (await newClient()).identityKey, 'accepted')
  const put = new Map([[sessionKey(checkAddress(damaged)), Uint8Array.of(1)]])
  await alice.store.commit({ expect: new Map(), put, delete: new Set() })
  const to = [unknown, damaged, good.address, nameless, moved, good.address]
  const message = await alice.client.sealForMany(await groupMessage(alice), to, { seal: alice.seal })
  expect(usersOf(message)).toEqual([good.address.user])
  expect(new Map(message.failed.map(({ address, error }) => [address.user, error.code]))).toEqual(
    new Map([
      [unknown.user, 'no-session'],
      [damaged.user, 'corrupt-record'],
      [nameless.user, 'invalid-argument'],
      [moved.user, 'no-session'],
      [good.address.user, 'invalid-argument'],
    ]),
  )
})

it('a device above 127, which can have moved in, is reported like any other that cannot be served', async () => {
  const alice = await sealer()
  const good = await met(alice.client)
  const old = checkAddress({ user: randomUUID(), device: 1 })
  const moved = { ...old, device: 500 }
  const found = await alice.store.read([sessionKey(checkAddress(good.address)), identityKeyOf(checkAddress(good.address))])
  const [session, identity] = [...found.values()].map(({ value }) => value) as [Uint8Array, Uint8Array]
  const put = new Map([
    [sessionKey(moved as typeof old), session],
    [identityKeyOf(moved as typeof old), identity],
  ])
  await alice.store.commit({ expect: new Map(), put, delete: new Set() })
  const message = await alice.client.sealForMany(await groupMessage(alice), [moved, good.address], { seal: alice.seal })
  expect(usersOf(message)).toEqual([good.address.user])
  expect(message.failed).toMatchObject([{ address: moved, error: { code: 'invalid-argument' } }])
})

it('a user may be excluded twice, in any spelling; who is excluded wrongly is named as that', async () => {
  const alice = await sealer()
  const good = (await met(alice.client)).address
  const other = randomUUID()
  const message = await groupMessage(alice)
  const seal = (excluded: string[]) => alice.client.sealForMany(message, [good], { seal: alice.seal, excluded })
  expect([...parseSentMessage(await seal([other, other, other.toUpperCase()])).excluded()]).toEqual([other])
  for (const wrong of ['bob', good.user]) {
    await expect(seal([wrong])).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'excluded' } })
  }
})

it('of two identity keys of one user the first is served and the other reported', async () => {
  const alice = await sealer()
  const phone = await met(alice.client)
  // As records of before a user had one key: nobody asks about them anew.
  const laptop = checkAddress({ user: phone.address.user, device: 2 })
  const stranger = checkAddress((await met(alice.client)).address)
  const found = await alice.store.read([sessionKey(stranger), identityKeyOf(stranger)])
  const copied = (from: string): Uint8Array => found.get(from)?.value as Uint8Array
  const put = new Map([
    [sessionKey(laptop), copied(sessionKey(stranger))],
    [identityKeyOf(laptop), copied(identityKeyOf(stranger))],
  ])
  await alice.store.commit({ expect: new Map(), put, delete: new Set() })
  const message = await alice.client.sealForMany(await groupMessage(alice), [phone.address, laptop], { seal: alice.seal })
  expect([...parseSentMessage(message).recipients()].map(({ devices }) => devices.map(({ device }) => device))).toEqual([[1]])
  expect(message.failed).toMatchObject([{ address: laptop, error: { code: 'untrusted-identity' } }])
})

it('if nobody can be served the reason is thrown, and nobody at all is no error', async () => {
  const alice = await sealer()
  const message = await groupMessage(alice)
  const nobody = { user: randomUUID(), device: 1 }
  await expect(alice.client.sealForMany(message, [nobody, nobody], { seal: alice.seal })).rejects.toMatchObject({ code: 'no-session' })
  expect(usersOf(await alice.client.sealForMany(message, [], { seal: alice.seal }))).toEqual([])
})

it('a list of hundreds is worked through in slices: at most 32 sessions, or 20 agreements, between two turns of the event loop', async () => {
  const alice = await sealer()
  const to = await crowd(alice, 150)
  const message = await groupMessage(alice)
  const agreements = vi.spyOn(platform, 'x25519')
  const decoded = vi.spyOn(sessionRecord, 'decodeSession')
  const most = { agreements: 0, sessions: 0 }
  const since = { agreements: 0, sessions: 0 }
  const turn = (): void => {
    most.agreements = Math.max(most.agreements, agreements.mock.calls.length - since.agreements)
    most.sessions = Math.max(most.sessions, decoded.mock.calls.length - since.sessions)
    Object.assign(since, { agreements: agreements.mock.calls.length, sessions: decoded.mock.calls.length })
  }
  vi.spyOn(env, 'nextTurn').mockImplementation(async () => {
    turn()
    await setImmediate()
  })
  const sent = await alice.client.sealForMany(message, to, { seal: alice.seal })
  turn()
  expect(sent.failed).toEqual([])
  expect(agreements.mock.calls.length).toBeGreaterThanOrEqual(150)
  expect(most.agreements).toBeLessThanOrEqual(20)
  expect(most.sessions).toBeLessThanOrEqual(32)
})

describe('a registration id', () => {
  const upload = async (): Promise<PreKeyUpload> => (await newClient()).generatePreKeys(0)

  it.each([0, -1, 1.5, 2 ** 32, Number.NaN])(
    '%s is refused where it enters: by the relay and by who starts a session',
    async (registrationId) => {
      const made = { ...(await upload()), registrationId }
      const account = { address: made.address, identityKey: made.identityKey, token: random(32) }
      const published = RELAY.publish(await RELAY.register(account), made)
      await expect(published).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'registrationId' } })
      const bundle = bundleOf(made, { oneTime: false })
      const started = (await newClient()).startSession(bundle)
      await expect(started).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'registrationId' } })
    },
  )

  it.each([1, 0x4000, 2 ** 32 - 1])('of %s starts a session', async (registrationId) => {
    const client = await newClient()
    const bundle = parsePreKeyBundle(serializePreKeyBundle({ ...bundleOf(await upload(), { oneTime: false }), registrationId }))
    await client.startSession(bundle)
    await expect(client.encrypt(bundle.address, utf8('hi'))).resolves.toMatchObject({ kind: 'pre-key' })
  })
})
