import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import {
  Client,
  type Envelope,
  epochMillis,
  MemoryStore,
  parseEnvelope,
  parsePreKeyBundle,
  serializeEnvelope,
  serializePreKeyUpload,
} from 'bisik'
import { validateCertificate } from 'bisik/protocol'
import { Relay, type RelayLimits } from 'bisik/relay'
import { parseEcPublicKey, parseSenderCertificate } from 'bisik/wire'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createServer } from '../../examples/relay-server/server.js'
import { anIdentityKey, anUpload, textOf } from '../unit/relay/parties.js'

type Server = Awaited<ReturnType<typeof createServer>>

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(options: { store?: MemoryStore; lookAfter?: number; limits?: Partial<RelayLimits> } = {}) {
  const logged: string[] = []
  const relay = new Relay({ store: options.store ?? new MemoryStore(), limits: options.limits ?? {} })
  const server = await createServer({
    relay,
    log: (line) => logged.push(line),
    ...(options.lookAfter ? { lookAfter: options.lookAfter } : {}),
  })
  servers.push(server)
  await server.listen({ port: 0, host: '127.0.0.1' })
  return { server, relay, logged, port: (server.server.address() as AddressInfo).port }
}

async function account(server: Server) {
  const address = { user: randomUUID() as string, device: 1 }
  const identityKey = anIdentityKey()
  const authorization = `Bearer ${randomBytes(32).toString('base64url')}`
  const body = { ...address, identityKey: Buffer.from(identityKey).toString('base64') }
  const answer = await server.inject({ method: 'POST', url: '/v1/accounts', headers: { authorization }, payload: body })
  expect(answer.statusCode).toBe(204)
  const bytes = { authorization, 'content-type': 'application/octet-stream' }
  const send = async (to: { user: string }, text: string, claimed = address) => {
    const envelope: Envelope = { kind: 'ratchet', sender: claimed, body: new Uint8Array(Buffer.from(text)) }
    const payload = Buffer.from(serializeEnvelope(envelope))
    return (await server.inject({ method: 'POST', url: `/v1/messages/${to.user}/1`, headers: bytes, payload })).statusCode
  }
  return { address, identityKey, authorization, bytes, send }
}

/** A client on the WebSocket that acknowledges only when it is told to. */
async function listen(port: number, authorization: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/mailbox`, { headers: { authorization } })
  const frames: { sequence: number; receivedAt: number; envelope: Envelope }[] = []
  socket.on('message', (frame: Buffer) => {
    const [sequence, receivedAt] = [Number(frame.readBigUInt64BE()), Number(frame.readBigUInt64BE(8))]
    frames.push({ sequence, receivedAt, envelope: parseEnvelope(frame.subarray(16)) })
  })
  await once(socket, 'open')
  return {
    frames,
    acknowledge: (upTo: number) => {
      const frame = Buffer.alloc(8)
      frame.writeBigUInt64BE(BigInt(upTo))
      socket.send(frame)
    },
    count: async (count: number) => {
      for (let tries = 0; frames.length < count && tries < 500; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
      return frames.length
    },
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}

describe('the relay server, of sealed messages', () => {
  const sealed = (text: string) => Buffer.from(serializeEnvelope({ kind: 'sealed', body: new Uint8Array(Buffer.from(text)) }))
  const octets = { 'content-type': 'application/octet-stream' }
  const withKey = (key: Uint8Array) => ({ ...octets, 'access-key': Buffer.from(key).toString('base64url') })

  async function town() {
    const world = await serve()
    const bob = await account(world.server)
    const key = randomBytes(16)
    const set = await world.server.inject({ method: 'PUT', url: '/v1/access-key', headers: bob.bytes, payload: key })
    expect(set.statusCode).toBe(204)
    return { ...world, bob, key, url: `/v1/sealed/${bob.address.user}/1` }
  }

  it('shows its trust root to everybody, and certifies who has an account, and nobody else', async () => {
    const { server, relay, bob } = await town()
    const root = await server.inject({ method: 'GET', url: '/v1/trust-root' })
    expect(new Uint8Array(root.rawPayload)).toEqual(await relay.trustRoot())
    const answer = await server.inject({ method: 'GET', url: '/v1/certificate', headers: { authorization: bob.authorization } })
    const certificate = parseSenderCertificate(new Uint8Array(answer.rawPayload))
    expect(certificate).toMatchObject({ sender: bob.address, identityKey: bob.identityKey })
    const trustRoots = [parseEcPublicKey(new Uint8Array(root.rawPayload))]
    expect(validateCertificate(certificate, { trustRoots, now: epochMillis(Date.now()) })).toBe(certificate)
    for (const [method, url] of [
      ['GET', '/v1/certificate'],
      ['PUT', '/v1/access-key'],
    ] as const) {
      expect((await server.inject({ method, url })).statusCode).toBe(401)
    }
  })

  it('admits them by the access key alone, pushes them at once, with their time, and logs no sender', async () => {
    const { server, port, bob, key, url, logged } = await town()
    const listener = await listen(port, bob.authorization)
    const before = Date.now()
    const sent = await server.inject({ method: 'POST', url, headers: withKey(key), payload: sealed('who am I') })
    expect(sent.statusCode).toBe(204)
    expect(await listener.count(1)).toBe(1)
    expect(listener.frames[0]).toMatchObject({ sequence: 1, envelope: { kind: 'sealed' } })
    expect(listener.frames[0]?.envelope.sender).toBeUndefined()
    expect(listener.frames[0]?.receivedAt).toBeGreaterThanOrEqual(before)
    expect(listener.frames[0]?.receivedAt).toBeLessThanOrEqual(Date.now())
    expect(logged.filter((line) => line.includes('→'))).toEqual([expect.stringMatching(/^somebody → \w{8}\/1: \d+ bytes, sealed$/)])
    await listener.close()
  })

  it('refuses a wrong or missing key alike, a request that says who sends it, and an envelope that does', async () => {
    const { server, bob, key, url } = await town()
    const post = async (headers: object, payload: Buffer, to = url) =>
      (await server.inject({ method: 'POST', url: to, headers: { ...headers }, payload })).statusCode
    expect(await post(withKey(randomBytes(16)), sealed('x'))).toBe(401)
    expect(await post(octets, sealed('x'))).toBe(401)
    expect(await post(withKey(key), sealed('x'), `/v1/sealed/${randomUUID()}/1`)).toBe(401)
    expect(await post({ ...withKey(key), authorization: bob.authorization }, sealed('x'))).toBe(400)
    const named = serializeEnvelope({ kind: 'ratchet', sender: bob.address, body: new Uint8Array([1]) })
    expect(await post(withKey(key), Buffer.from(named))).toBe(400)
    expect(await post(withKey(key), randomBytes(40))).toBe(400)
  })

  it('holds a quota for each recipient and says when to come again', async () => {
    const { server } = await serve({ limits: { sealedMessages: 2 } })
    const bob = await account(server)
    await server.inject({ method: 'PUT', url: '/v1/access-key', headers: bob.bytes, payload: Buffer.alloc(16, 1) })
    const statuses: number[] = []
    let retryAfter: unknown
    for (let i = 0; i < 3; i++) {
      const url = `/v1/sealed/${bob.address.user}/1`
      const answer = await server.inject({ method: 'POST', url, headers: withKey(Buffer.alloc(16, 1)), payload: sealed('x') })
      statuses.push(answer.statusCode)
      retryAfter = answer.headers['retry-after']
    }
    expect(statuses).toEqual([204, 204, 429])
    expect(Number(retryAfter)).toBeGreaterThan(0)
  })

  it('splits a message for many and tells what became of it for each device', async () => {
    const { server, port } = await serve()
    const [bob, carol] = [await account(server), await account(server)]
    const [bobKey, carolKey] = [randomBytes(16), randomBytes(16)]
    for (const [one, payload] of [
      [bob, bobKey],
      [carol, carolKey],
    ] as const) {
      await server.inject({ method: 'PUT', url: '/v1/access-key', headers: one.bytes, payload })
    }
    const alice = await Client.create({ store: new MemoryStore() })
    const identityKey = Buffer.from(alice.identityKey).toString('base64')
    const authorization = `Bearer ${randomBytes(32).toString('base64url')}`
    await server.inject({ method: 'POST', url: '/v1/accounts', headers: { authorization }, payload: { ...alice.address, identityKey } })
    const certificate = await server.inject({ method: 'GET', url: '/v1/certificate', headers: { authorization } })
    for (const { address } of [bob, carol]) {
      const client = await Client.create({ store: new MemoryStore(), address })
      const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await client.generatePreKeys(1)
      await alice.startSession({ ...upload, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] ?? upload.kemPreKey })
    }
    const group = alice.group(randomUUID())
    await group.distribute()
    const seal = new Uint8Array(certificate.rawPayload)
    const message = await alice.sealForMany(await group.encrypt(new Uint8Array([1])), [bob.address, carol.address], { seal })
    const payload = {
      message: Buffer.from(message).toString('base64'),
      accessKeys: { [bob.address.user]: bobKey.toString('base64'), [carol.address.user]: bobKey.toString('base64') },
    }
    const listener = await listen(port, bob.authorization)
    const answer = await server.inject({ method: 'POST', url: '/v1/sealed', payload })
    expect(answer.statusCode).toBe(200)
    expect(new Set(answer.json())).toEqual(
      new Set([
        { ...bob.address, outcome: 'delivered' },
        { ...carol.address, outcome: 'refused' },
      ]),
    )
    expect(await listener.count(1)).toBe(1)
    expect(listener.frames[0]?.envelope.kind).toBe('sealed')
    await listener.close()
    expect((await server.inject({ method: 'POST', url: '/v1/sealed', headers: { authorization }, payload })).statusCode).toBe(400)
    for (const odd of [
      'null',
      '{"message":1,"accessKeys":{}}',
      '{"message":"AAAA","accessKeys":{"a":[]}}',
      '{"message":"AAAA","accessKeys":{}}',
    ]) {
      const headers = { 'content-type': 'application/json' }
      expect((await server.inject({ method: 'POST', url: '/v1/sealed', headers, payload: odd })).statusCode).toBe(400)
    }
  })
})

describe('the relay server', () => {
  it('lets nobody in without a token it knows', async () => {
    const { server, port } = await serve()
    for (const authorization of [undefined, 'Bearer x', `Bearer ${randomBytes(32).toString('base64url')}`, 'Basic YTpi']) {
      const headers = authorization === undefined ? {} : { authorization }
      for (const [method, url] of [
        ['GET', '/v1/pre-keys'],
        ['PUT', '/v1/names/alice'],
        ['GET', '/v1/names/alice'],
        ['GET', `/v1/bundles/${randomUUID()}/1`],
        ['POST', `/v1/messages/${randomUUID()}/1`],
      ] as const) {
        const answer = await server.inject({ method, url, headers })
        expect([answer.statusCode, answer.json()]).toEqual([401, { code: 'unauthorized', details: {} }])
      }
      const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/mailbox`, { headers })
      const [error] = (await once(socket, 'error')) as [Error]
      expect(error.message).toContain('401')
    }
  })

  it('carries prekeys and hands out bundles', async () => {
    const { server } = await serve()
    const [alice, bob] = [await account(server), await account(server)]
    const upload = anUpload({ ...bob, token: new Uint8Array(0), account: undefined as never }, 3)
    const payload = Buffer.from(serializePreKeyUpload(upload))
    const published = await server.inject({ method: 'PUT', url: '/v1/pre-keys', headers: bob.bytes, payload })
    expect(published.json()).toEqual({ oneTimePreKeys: 3, oneTimeKemPreKeys: 3 })
    const url = `/v1/bundles/${bob.address.user}/1`
    const answer = await server.inject({ method: 'GET', url, headers: { authorization: alice.authorization } })
    expect(parsePreKeyBundle(new Uint8Array(answer.rawPayload)).oneTimePreKey).toEqual(upload.oneTimePreKeys[0])
    for (let i = 0; i < 9; i++) await server.inject({ method: 'GET', url, headers: { authorization: alice.authorization } })
    const refused = await server.inject({ method: 'GET', url, headers: { authorization: alice.authorization } })
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000)
  })

  it('pushes in order, deletes on acknowledgement only, and goes on after a reconnection', async () => {
    const { server, port } = await serve()
    const [alice, bob] = [await account(server), await account(server)]
    for (let i = 1; i <= 3; i++) expect(await alice.send(bob.address, `before ${i}`)).toBe(204)
    const first = await listen(port, bob.authorization)
    expect(await first.count(3)).toBe(3)
    await alice.send(bob.address, 'while connected')
    expect(await first.count(4)).toBe(4)
    expect(first.frames.map(({ envelope }) => textOf(envelope))).toEqual(['before 1', 'before 2', 'before 3', 'while connected'])
    first.acknowledge(2)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await first.close()
    const second = await listen(port, bob.authorization)
    expect(await second.count(2)).toBe(2)
    expect(second.frames.map(({ sequence }) => sequence)).toEqual([3, 4])
    await second.close()
  })

  it('writes the sender that it authenticated on what it delivers', async () => {
    const { server, port } = await serve()
    const [alice, bob, mallory] = [await account(server), await account(server), await account(server)]
    await mallory.send(bob.address, 'I am alice', alice.address)
    const listener = await listen(port, bob.authorization)
    expect(await listener.count(1)).toBe(1)
    expect(listener.frames[0]?.envelope.sender).toEqual(mallory.address)
    await listener.close()
  })

  it('keeps a slow client waiting instead of filling memory, and goes on when it acknowledges', async () => {
    const { server, port } = await serve()
    const [alice, bob] = [await account(server), await account(server)]
    for (let i = 1; i <= 450; i++) await alice.send(bob.address, String(i))
    const listener = await listen(port, bob.authorization)
    await listener.count(200)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(listener.frames.length).toBe(200)
    while (listener.frames.length < 450) {
      listener.acknowledge(listener.frames.length)
      await listener.count(Math.min(450, listener.frames.length + 1))
    }
    expect(listener.frames.map(({ envelope }) => textOf(envelope))).toEqual(Array.from({ length: 450 }, (_, i) => String(i + 1)))
    await listener.close()
  }, 30_000)

  it('delivers what another relay process put into the same database', async () => {
    const store = new MemoryStore()
    const [one, two] = [await serve({ store, lookAfter: 50 }), await serve({ store, lookAfter: 50 })]
    const [alice, bob] = [await account(one.server), await account(two.server)]
    const listener = await listen(two.port, bob.authorization)
    await alice.send(bob.address, 'across')
    expect(await listener.count(1)).toBe(1)
    await listener.close()
  })

  it('refuses odd requests with a status of theirs, and logs no fault of its own', async () => {
    const { server, logged, port } = await serve()
    const alice = await account(server)
    const { authorization, bytes } = alice
    const json = { authorization, 'content-type': 'application/json' }
    const requests = [
      { method: 'POST', url: '/v1/accounts', headers: json, payload: 'null' },
      { method: 'POST', url: '/v1/accounts', headers: json, payload: '{"user":' },
      { method: 'POST', url: '/v1/accounts', headers: json, payload: '{"user":1,"device":"x","identityKey":{}}' },
      { method: 'POST', url: '/v1/accounts', headers: json, payload: JSON.stringify({ user: 'alice', device: 1, identityKey: 'AAAA' }) },
      { method: 'PUT', url: '/v1/identity', headers: json, payload: '[]' },
      { method: 'PUT', url: '/v1/names/%00', headers: { authorization } },
      { method: 'PUT', url: '/v1/names/__proto__', headers: { authorization } },
      { method: 'PUT', url: '/v1/pre-keys', headers: bytes, payload: randomBytes(100) },
      { method: 'PUT', url: '/v1/pre-keys', headers: json, payload: '{}' },
      { method: 'PUT', url: '/v1/pre-keys', headers: bytes, payload: Buffer.alloc(1_100_000) },
      { method: 'POST', url: `/v1/messages/${alice.address.user}/1`, headers: bytes, payload: randomBytes(50) },
      { method: 'POST', url: `/v1/messages/${alice.address.user}/x`, headers: bytes, payload: Buffer.alloc(0) },
      { method: 'GET', url: '/v1/bundles/x/0', headers: { authorization } },
      { method: 'GET', url: '/v1/nothing', headers: { authorization } },
      { method: 'GET', url: '/v1/mailbox', headers: { authorization } },
    ] as const
    for (const request of requests) {
      const { statusCode } = await server.inject(request)
      expect([400, 404, 409, 413, 415], `${request.method} ${request.url} ${statusCode}`).toContain(statusCode)
    }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/mailbox`, { headers: { authorization } })
    await once(socket, 'open')
    socket.send('not an acknowledgement')
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1002)
    expect(logged.filter((line) => line.startsWith('error'))).toEqual([])
  })
})
