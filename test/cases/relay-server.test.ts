import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { serializeEnvelope } from 'bisik'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { WINDOW_BYTES } from '../../examples/relay-server/courier.js'
import { Room } from '../../examples/relay-server/room.js'
import { account, closeServers, listen, serve } from '../scenario/chat-server.js'

type Served = Awaited<ReturnType<typeof serve>>
type Party = Awaited<ReturnType<typeof account>>

const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await closeServers()
})

/** A connection as an attacker makes it: what it sends is up to the byte, what it reads is up to the test. */
async function dial(port: number, text: string, ...more: readonly Uint8Array[]) {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  const seen = { answer: '', closed: false, socket }
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    seen.answer += bytes
  })
  socket.on('close', () => {
    seen.closed = true
  })
  await once(socket, 'connect')
  for (const part of [text, ...more]) socket.write(part)
  return seen
}

const head = (method: string, path: string, length: number | 'chunked', ...headers: readonly string[]) =>
  [
    `${method} ${path} HTTP/1.1`,
    'host: x',
    'content-type: application/octet-stream',
    length === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${length}`,
    ...headers,
    '\r\n',
  ].join('\r\n')

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 10_000, interval: 10 })

describe('a body sent to the relay server', () => {
  const patient = { silence: 60_000, request: 60_000 }

  it('is not read before who sends it is admitted', async () => {
    const { port } = await serve({ server: patient })
    const half = Buffer.from(`3e8\r\n${'x'.repeat(500)}`)
    for (const text of [
      head('PUT', '/v1/pre-keys', 1_000_000),
      head('PUT', '/v1/pre-keys', 'chunked', `authorization: Bearer ${randomBytes(32).toString('base64url')}`),
      head('POST', `/v1/messages/${randomUUID()}/1`, 200_000, 'authorization: Bearer x'),
      head('POST', `/v1/sealed/${randomUUID()}/1`, 200_000, `access-key: ${randomBytes(16).toString('base64url')}`),
    ]) {
      const one = await dial(port, text, half)
      await until(() => one.answer.includes('\r\n\r\n'))
      expect(one.answer).toMatch(/^HTTP\/1\.1 401 /)
    }
  })

  it('is as short as its route needs, and what is longer is refused by its length alone', async () => {
    const { server, port } = await serve({ server: patient })
    const bob = await account(server)
    const authorization = `authorization: ${bob.authorization}`
    for (const [method, path, length] of [
      ['POST', '/v1/accounts', 5_000],
      ['PUT', '/v1/identity', 5_000],
      ['PUT', '/v1/access-key', 5_000],
      ['PUT', '/v1/pre-keys', 1_100_000],
    ] as const) {
      const one = await dial(port, head(method, path, length, authorization))
      await until(() => one.answer.includes('}'))
      expect(one.answer).toMatch(/^HTTP\/1\.1 413 /)
      expect(one.answer).toContain(`"code":"message-too-large","details":{"length":${length}`)
    }
  })

  it('that never ends is ended: without a byte soon, with a byte now and then in time', async () => {
    const { server, port } = await serve({ server: { silence: 300, request: 1_000 } })
    const bob = await account(server)
    const text = head('PUT', '/v1/pre-keys', 100_000, `authorization: ${bob.authorization}`)
    const silent = await Promise.all(Array.from({ length: 20 }, () => dial(port, text, new Uint8Array(99_999))))
    const slow = await dial(port, text)
    const drop = setInterval(() => slow.socket.write('x'), 50)
    const headless = await dial(port, 'GET /v1/trust-root HTTP/1.1\r\nhost: x\r\n')
    await until(() => [...silent, slow, headless].every(({ closed }) => closed))
    clearInterval(drop)
    // Who is quick is answered all the while.
    expect((await server.inject({ method: 'GET', url: '/v1/trust-root' })).statusCode).toBe(200)
  })

  it('makes older ones of the same account give way, and the oldest of all when there is no room', async () => {
    const { server, port } = await serve({ server: { ...patient, bodies: { each: 200_000, all: 400_000 } } })
    const [alice, bob, carol] = [await account(server), await account(server), await account(server)]
    const begin = async ({ authorization }: Party, length: number | 'chunked' = 90_000) => {
      const one = await dial(port, head('PUT', '/v1/pre-keys', length, `authorization: ${authorization}`))
      await new Promise((resolve) => setTimeout(resolve, 50))
      return one
    }
    const [first, second, third] = [await begin(alice), await begin(alice), await begin(alice)]
    expect([first, second, third].map(({ closed }) => closed)).toEqual([true, false, false])
    const others = [await begin(bob), await begin(bob), await begin(carol)]
    expect([second, third, ...others].map(({ closed }) => closed)).toEqual([true, false, false, false, false])
    // Complete, it is judged, and its room is free again.
    third.socket.write(new Uint8Array(90_000))
    await until(() => third.answer.includes('}'))
    expect(third.answer).toMatch(/^HTTP\/1\.1 400 /)
    const last = await begin(carol)
    expect([...others, last].map(({ closed }) => closed)).toEqual([false, false, false, false])
    expect(last.answer).toBe('')
    // What does not say how long it is counts as long as it may be.
    await begin(carol, 'chunked')
    await until(() => others.every(({ closed }) => closed) && last.closed)
  })
})

describe('room for what others send', () => {
  it('is never more than the limits, and who gives way is told once', () => {
    const room = new Room({ each: 30, all: 100 })
    const gone: string[] = []
    const take = (owner: string, bytes: number) => room.take({ owner, bytes, giveWay: () => gone.push(`${owner} ${bytes}`) })
    const first = take('a', 10)
    take('a', 20)
    take('b', 30)
    take('c', 30)
    expect([room.held, gone]).toEqual([90, []])
    take('a', 11)
    expect([room.held, gone]).toEqual([71, ['a 10', 'a 20']])
    take('d', 30)
    expect([room.held, gone.slice(2)]).toEqual([71, ['b 30']])
    first.end()
    expect(room.held).toBe(71)
    const last = take('e', 29)
    last.end()
    last.end()
    expect([room.held, gone.length]).toEqual([71, 3])
  })
})

describe('a connection for delivery that does not read', () => {
  const LENGTH = 250_000
  const COUNT = 40
  const FRAME = serializeEnvelope({ kind: 'ratchet', sender: { user: randomUUID(), device: 1 }, body: new Uint8Array(LENGTH) }).length + 16

  async function town(server: NonNullable<Parameters<typeof serve>[0]>['server'] = {}) {
    const world = await serve({ server, lookAfter: 20 })
    const [alice, bob] = [await account(world.server), await account(world.server)]
    for (let i = 0; i < COUNT; i++) expect(await alice.send(bob.address, new Uint8Array(LENGTH).fill(i))).toBe(204)
    let read = 0
    const messages = world.relay.messages.bind(world.relay)
    vi.spyOn(world.relay, 'messages').mockImplementation(async (...parameters) => {
      const page = await messages(...parameters)
      read += page.reduce((sum, { envelope }) => sum + envelope.body.length, 0)
      return page
    })
    return { ...world, alice, bob, read: () => read }
  }

  async function deaf(port: number, { authorization }: Party) {
    const upgrade = ['upgrade: websocket', 'connection: Upgrade', `sec-websocket-key: ${'A'.repeat(22)}==`, 'sec-websocket-version: 13']
    const one = await dial(
      port,
      ['GET /v1/mailbox HTTP/1.1', 'host: x', ...upgrade, `authorization: ${authorization}`, '\r\n'].join('\r\n'),
    )
    one.socket.pause()
    await new Promise((resolve) => setTimeout(resolve, 100))
    return one
  }

  const buffered = ({ server }: Served) => [...server.websocketServer.clients].map((socket: WebSocket) => socket.bufferedAmount)

  it('has a few frames under way, and no more is read of its mailbox, however often the relay looks', async () => {
    const world = await town()
    await deaf(world.port, world.bob)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(buffered(world)).toHaveLength(1)
    expect(Math.max(...buffered(world))).toBeLessThanOrEqual(WINDOW_BYTES)
    expect(world.read()).toBeLessThanOrEqual(2 * WINDOW_BYTES)
  })

  it('has no more under way when it acknowledges what it has not read, and is ended when that was never sent', async () => {
    const world = await town()
    const liar = await deaf(world.port, world.bob)
    const acknowledge = (upTo: number) => {
      const frame = Buffer.alloc(14)
      frame.set([0x82, 0x88])
      frame.writeBigUInt64BE(BigInt(upTo), 6)
      liar.socket.write(frame)
    }
    const sent = Math.floor(WINDOW_BYTES / FRAME)
    for (let upTo = 1; upTo <= sent; upTo++) acknowledge(upTo)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(Math.max(...buffered(world))).toBeLessThanOrEqual(WINDOW_BYTES)
    acknowledge(COUNT)
    await until(() => buffered(world).length === 0 || [...world.server.websocketServer.clients].every(({ readyState }) => readyState > 1))
  })

  it('gives way to newer ones of its device, and all who do not read to who does', async () => {
    const world = await town({ underWay: 5 * FRAME })
    const silent = [await deaf(world.port, world.bob), await deaf(world.port, world.bob), await deaf(world.port, world.bob)]
    await until(() => buffered(world).length <= 2)
    const carol = await account(world.server)
    for (let i = 0; i < 6; i++) await world.alice.send(carol.address, new Uint8Array(LENGTH))
    const listener = await listen(world.port, carol.authorization)
    for (let i = 1; i <= 6; i++) {
      expect(await listener.count(i)).toBeGreaterThanOrEqual(i)
      listener.acknowledge(i)
    }
    expect(listener.frames).toHaveLength(6)
    expect(buffered(world).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(5 * FRAME)
    for (const { socket } of silent) socket.resume()
    await until(() => silent.filter(({ closed }) => closed).length >= 2)
    await listener.close()
  })

  it('loses nothing: what it did not take comes when it reads', async () => {
    const { port, bob } = await town()
    const listener = await listen(port, bob.authorization)
    for (let i = 1; i <= COUNT; i++) {
      expect(await listener.count(i)).toBeGreaterThanOrEqual(i)
      listener.acknowledge(i)
    }
    expect(listener.frames.map(({ sequence, envelope }) => [sequence, envelope.body.length, envelope.body[0]])).toEqual(
      Array.from({ length: COUNT }, (_, i) => [i + 1, LENGTH, i]),
    )
    await listener.close()
  })
})
