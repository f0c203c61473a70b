import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { MemoryStore, parsePreKeyBundle, serializePreKeyUpload } from 'bisik'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { anUpload, textOf } from '../unit/relay/parties.js'
import { account, closeServers, listen, serve } from './chat-server.js'

afterEach(closeServers)

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
