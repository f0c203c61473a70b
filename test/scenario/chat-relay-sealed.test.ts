import { randomBytes, randomUUID } from 'node:crypto'
import { Client, epochMillis, MemoryStore, serializeEnvelope } from 'bisik'
import { validateCertificate } from 'bisik/protocol'
import { parseEcPublicKey, parseSenderCertificate } from 'bisik/wire'
import { afterEach, describe, expect, it } from 'vitest'
import { account, closeServers, listen, serve } from './chat-server.js'

afterEach(closeServers)

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
