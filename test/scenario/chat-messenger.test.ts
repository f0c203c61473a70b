/** What the programs of `examples/` share, around a relay server in this process: sealing, healing, prekeys, trust. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Client, type DeviceAddress, fromUtf8, type KeyStore, MemoryStore, utf8 } from 'bisik'
import { Relay, type RelayLimits } from 'bisik/relay'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Chat } from '../../examples/chat/chat.js'
import { History } from '../../examples/chat/history.js'
import type { Screen } from '../../examples/chat/screen.js'
import { createServer } from '../../examples/relay-server/server.js'
import { writeRecords } from '../../examples/shared/account.js'
import type { Unreadable } from '../../examples/shared/inbox.js'
import { Messenger } from '../../examples/shared/messenger.js'
import { RelayApi } from '../../examples/shared/relay-api.js'
import { NoCertificate, Sealing } from '../../examples/shared/sealing.js'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

const ends: (() => unknown)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const end of ends.splice(0).reverse()) await end()
})

async function serve(options: { readonly port?: number; readonly limits?: Partial<RelayLimits> } = {}) {
  const logged: string[] = []
  const relay = new Relay({ store: new MemoryStore(), limits: options.limits ?? {} })
  const server = await createServer({ relay, log: (line) => logged.push(line) })
  ends.push(() => server.close())
  await server.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  return { relay, server, logged, port, url: `http://127.0.0.1:${port}` }
}

interface Person {
  readonly messenger: Messenger
  readonly client: Client
  readonly address: DeviceAddress
  readonly store: KeyStore
  readonly token: Uint8Array
  readonly received: string[]
  readonly unreadable: Unreadable[]
  readonly answered: number[]
  readonly stopped: NoCertificate[]
  readonly say: (to: Person, text: string) => Promise<void>
}

async function person(
  name: string,
  url: string,
  o: { store?: MemoryStore; token?: Uint8Array; start?: boolean; trustRoot?: Uint8Array } = {},
): Promise<Person> {
  const { store = new MemoryStore(), token = new Uint8Array(randomBytes(32)) } = o
  const client = await Client.openOrCreate({ store })
  const seen = { received: [] as string[], unreadable: [] as Unreadable[], answered: [] as number[], stopped: [] as NoCertificate[] }
  const nothing = () => undefined
  const messenger = await Messenger.open({
    account: { client, store, token, close: nothing },
    name,
    relayUrl: url,
    trustRoot: o.trustRoot,
    events: {
      keep: () => new Map(),
      received: ({ application }) => void seen.received.push((application && fromUtf8(application)) ?? ''),
      duplicate: nothing,
      unreadable: (one) => void seen.unreadable.push(one),
      answered: (_, count) => void seen.answered.push(count),
      stopped: (error) => void seen.stopped.push(error),
      sent: nothing,
      failed: nothing,
      keyChanged: nothing,
      relay: nothing,
    },
  })
  ends.push(() => messenger.close())
  if (o.start !== false) {
    await messenger.introduce()
    await messenger.start()
  }
  let count = 0
  const say = (to: Person, text: string) => messenger.outbox.add(to.address, utf8(text), `${name} ${count++}`)
  return { ...seen, messenger, client, address: client.address, store, token, say }
}

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 10_000, interval: 10 })

/** Lines of the log about messages for somebody: who brought them, as far as the relay was told. */
const carriersOf = (logged: readonly string[], { address }: Person) =>
  logged.filter((line) => line.includes(`→ ${address.user.slice(0, 8)}/`)).map((line) => line.split(' ')[0])

describe('a messenger', () => {
  it('tells the relay its name until the first answer brings the access key, and never after', async () => {
    const { url, logged } = await serve()
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    await alice.say(bob, 'first')
    await alice.say(bob, 'second')
    await until(() => bob.received.length === 2)
    expect(alice.messenger.sendsUnnamed(bob.address)).toBe(false)
    await bob.say(alice, 'answer')
    await until(() => alice.received.length === 1)
    for (let i = 0; i < 5; i++) await alice.say(bob, `later ${i}`)
    await until(() => bob.received.length === 7)
    const name = `${alice.address.user.slice(0, 8)}/1`
    expect(carriersOf(logged, bob)).toEqual([name, name, ...Array(5).fill('somebody')])
    // Bob had Alice's key from her first message.
    expect(carriersOf(logged, alice)).toEqual(['somebody'])
    expect(bob.received).toEqual(['first', 'second', 'later 0', 'later 1', 'later 2', 'later 3', 'later 4'])
  })

  it('brings each sealed message over a connection of its own, which carries nothing else', async () => {
    const { url, server } = await serve()
    const carried = new Map<Socket, string[]>()
    const note = ({ method, url: path, socket }: IncomingMessage) => {
      carried.set(socket, [...(carried.get(socket) ?? []), `${method} ${path?.split('/', 3).join('/')}`])
    }
    server.server.on('request', note).on('upgrade', note)
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    await alice.say(bob, 'hello')
    await until(() => bob.received.length === 1)
    await bob.say(alice, 'answer')
    await until(() => alice.received.length === 1)
    for (let i = 0; i < 5; i++) await alice.say(bob, `later ${i}`)
    await until(() => bob.received.length === 6)
    const connections = [...carried.values()]
    expect(connections.filter((paths) => paths.includes('POST /v1/sealed'))).toEqual(Array(6).fill(['POST /v1/sealed']))
    // What is named shares connections.
    expect(connections.some((paths) => paths.length > 1)).toBe(true)
    expect(connections.flat()).toContain('GET /v1/mailbox')
  })

  it('sends in its name when a contact has a new access key, and without it again once that has come', async () => {
    const { url, logged, relay } = await serve()
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    await alice.say(bob, 'hello')
    await until(() => bob.received.length === 1)
    await bob.say(alice, 'hello')
    await until(() => alice.received.length === 1)
    bob.messenger.close()
    await writeRecords(bob.store, new Map([['own-access-key', null]]))
    const again = await person('bob', url, { store: bob.store as MemoryStore, token: bob.token })
    await alice.say(bob, 'in my name')
    await until(() => again.received.length === 1)
    expect(alice.messenger.sendsUnnamed(bob.address)).toBe(false)
    await again.say(alice, 'here is my new one')
    await until(() => alice.received.length === 2)
    await alice.say(bob, 'sealed again')
    await until(() => again.received.length === 2)
    const name = `${alice.address.user.slice(0, 8)}/1`
    expect(carriersOf(logged, bob)).toEqual([name, name, 'somebody'])
    expect((await relay.messages(await relay.authenticate(bob.token))).length).toBeLessThanOrEqual(1)
  })

  it('opens what waited at the relay for longer than a certificate lives', async () => {
    const { url } = await serve({ limits: { certificateLifetime: HOUR } })
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    bob.messenger.close()
    await alice.say(bob, 'see you in a month')
    await alice.messenger.outbox.atMost(0)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * DAY })
    const later = await person('bob', url, { store: bob.store as MemoryStore, token: bob.token })
    await until(() => later.received.length + later.unreadable.length === 1)
    expect(later.received).toEqual(['see you in a month'])
  })

  it('follows the hint of a seal: what nobody would miss is nothing to tell', async () => {
    const { url } = await serve()
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    await alice.say(bob, 'one')
    await until(() => bob.received.length === 1)
    bob.messenger.close()
    const api = new RelayApi(url, alice.token)
    const seal = (await api.senderCertificate()).bytes
    for (const contentHint of ['implicit', 'default'] as const) {
      await api.send(bob.address, await alice.client.encryptContent(bob.address, { application: utf8('x') }, { seal, contentHint }))
    }
    await loseSessions(bob.store)
    const again = await person('bob', url, { store: bob.store as MemoryStore, token: bob.token })
    await until(() => again.unreadable.length === 2)
    expect(again.unreadable.map(({ negligible }) => negligible)).toEqual([true, false])
    const printed: string[] = []
    const screen = { print: (text: string) => void printed.push(text) } as unknown as Screen
    const history = await History.load(again.store)
    const { events } = new Chat({
      client: again.client,
      name: 'bob',
      relayUrl: url,
      store: again.store,
      history,
      screen,
      stop: () => undefined,
    })
    for (const one of again.unreadable) events.unreadable(one)
    expect(printed).toHaveLength(1)
  })

  it('asks for what does not open and gets it, once; the other side answers', async () => {
    const { url } = await serve()
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    await alice.say(bob, 'one')
    await until(() => bob.received.length === 1)
    await bob.say(alice, 'two')
    await until(() => alice.received.length === 1)
    bob.messenger.close()
    await alice.say(bob, 'three')
    await alice.say(bob, 'four')
    await alice.messenger.outbox.atMost(0)
    await loseSessions(bob.store)
    const again = await person('bob', url, { store: bob.store as MemoryStore, token: bob.token })
    await until(() => again.received.length === 2)
    expect([...again.received].sort()).toEqual(['four', 'three'])
    expect(again.unreadable.map(({ asked, diagnosis, sender }) => [asked, diagnosis?.cause, sender])).toEqual([
      [true, 'session-missing', alice.address],
      [false, 'session-missing', alice.address],
    ])
    // All that is kept was sent again, also 'one': Bob knows it by its name.
    expect(alice.answered).toEqual([3])
    await again.say(alice, 'five')
    await alice.say(bob, 'six')
    await until(() => alice.received.includes('five') && again.received.includes('six'))
    expect(again.received).toHaveLength(3)
  })

  it('replaces prekeys that are two days old, and publishes them before it notes the time', async () => {
    const { url } = await serve()
    const [alice, bob] = [await person('alice', url), await person('bob', url)]
    const signed = async () => {
      const api = new RelayApi(url, alice.token)
      const { signedPreKey, address } = await api.fetchBundle(bob.address)
      expect(address).toEqual(bob.address)
      return signedPreKey.id
    }
    const first = await signed()
    bob.messenger.close()
    await person('bob', url, { store: bob.store as MemoryStore, token: bob.token })
    expect(await signed()).toBe(first)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * DAY + 1 })
    await person('bob', url, { store: bob.store as MemoryStore, token: bob.token })
    expect(await signed()).toBe(first + 1)
  })

  it('pins the trust root at first contact and stops, with what was written kept, when another relay takes the place of the first', async () => {
    const first = await serve()
    const [alice, bob] = [await person('alice', first.url), await person('bob', first.url)]
    await alice.say(bob, 'hello')
    await until(() => bob.received.length === 1)
    alice.messenger.close()
    await first.server.close()
    const second = await serve({ port: first.port })
    const options = { store: alice.store as MemoryStore, token: alice.token }
    const again = await person('alice', second.url, { ...options, start: false })
    await again.say(bob, 'kept')
    await again.messenger.start()
    await until(() => again.stopped.length === 1)
    const trustRoot = await second.relay.trustRoot()
    expect(again.stopped[0]?.message).toContain(`--trust-root ${Buffer.from(trustRoot).toString('hex')}`)
    expect(again.messenger.outbox.waiting).toBe(1)
    // The word of the user, who asked whoever runs the relay.
    const trusting = await person('alice', second.url, { ...options, trustRoot })
    expect(trusting.stopped).toEqual([])
    expect(trusting.messenger.outbox.waiting).toBe(1)
  })

  it('stops when the trust root it was given is not the one of the relay', async () => {
    const { url } = await serve()
    const other = await new Relay({ store: new MemoryStore() }).trustRoot()
    const alice = await person('alice', url, { start: false, trustRoot: other })
    await expect(alice.messenger.introduce()).rejects.toThrow(NoCertificate)
    expect(alice.stopped).toHaveLength(1)
  })
})

describe('a certificate', () => {
  it('is not used shortly before its end, and a new one is fetched then', async () => {
    const { url } = await serve()
    const alice = await person('alice', url)
    const api = new RelayApi(url, alice.token)
    const sealing = await Sealing.load(alice.store)
    expect(sealing.certificate).toBeUndefined()
    await sealing.renew(api, alice.client)
    const first = sealing.certificate
    expect(first).toBeDefined()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + DAY - HOUR })
    expect(sealing.certificate).toEqual(first)
    vi.setSystemTime(Date.now() + HOUR - 60_000)
    expect(sealing.certificate).toBeUndefined()
    await sealing.renew(api, alice.client)
    expect(sealing.certificate).toBeDefined()
    expect(sealing.certificate).not.toEqual(first)
  })

  it('that has ended by the clock of this computer says so, and what to do', async () => {
    const { url } = await serve({ limits: { certificateLifetime: 1_000 } })
    const alice = await person('alice', url, { start: false })
    await expect(alice.messenger.introduce()).rejects.toThrow(/the clock of this computer says .*: set the clock/)
  })
})

async function loseSessions(store: KeyStore): Promise<void> {
  for (const prefix of ['session/', 'archive/', 'archived/']) {
    const keys = await store.list(prefix)
    const found = await store.read(keys)
    await store.commit({ expect: new Map([...found].map(([key, { revision }]) => [key, revision])), put: new Map(), delete: new Set(keys) })
  }
}
