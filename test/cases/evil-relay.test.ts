/** The example client at a relay that answers whatever it likes. */
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type BisikError, Client, type DeviceAddress, fromUtf8, MemoryStore, serializePreKeyBundle, utf8 } from 'bisik'
import { Relay } from 'bisik/relay'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { Chat } from '../../examples/chat/chat.js'
import { encodeContent } from '../../examples/chat/content.js'
import { History } from '../../examples/chat/history.js'
import type { Screen } from '../../examples/chat/screen.js'
import { createServer } from '../../examples/relay-server/server.js'
import { RelayNonsense } from '../../examples/shared/answers.js'
import { Link, RelayAway } from '../../examples/shared/link.js'
import { receiveMail } from '../../examples/shared/mailbox-stream.js'
import { Messenger, type MessengerEvents } from '../../examples/shared/messenger.js'
import { LONGEST_RETRY, parseRefusal, REFUSALS, Refused } from '../../examples/shared/refusals.js'
import { RelayApi } from '../../examples/shared/relay-api.js'
import { NoCertificate, Sealing } from '../../examples/shared/sealing.js'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 15_000, interval: 10 })

/** A relay that is honest until `evil.answer` says otherwise. */
async function serve() {
  const evil: { answer: ((request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined) | undefined } = { answer: undefined }
  const relay = new Relay({ store: new MemoryStore() })
  const server = await createServer({ relay, log: () => undefined })
  server.addHook('onRequest', async (request, reply) => evil.answer?.(request, reply))
  ends.push(() => server.close())
  await server.listen({ port: 0, host: '127.0.0.1' })
  return { evil, relay, url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

const NOTHING = () => undefined
const EVENTS: MessengerEvents = {
  ...{ keep: () => new Map(), received: NOTHING, duplicate: NOTHING, unreadable: NOTHING, answered: NOTHING, stopped: NOTHING },
  ...{ sent: NOTHING, failed: NOTHING, keyChanged: NOTHING, relay: NOTHING },
}

interface Account {
  readonly address: DeviceAddress
  readonly token: Uint8Array
}

/** Somebody at a relay; given an account, somebody with its name and other keys. */
async function person(name: string, relayUrl: string, events: Partial<MessengerEvents> = {}, former?: Account) {
  const store = new MemoryStore()
  const client = await Client.create({ store, ...(former === undefined ? {} : { address: former.address }) })
  const token = former?.token ?? new Uint8Array(randomBytes(32))
  const account = { client, store, token, close: NOTHING }
  const messenger = await Messenger.open({ account, name, relayUrl, newKeys: former !== undefined, events: { ...EVENTS, ...events } })
  ends.push(() => messenger.close())
  await messenger.introduce()
  await messenger.start()
  return { client, store, token, address: client.address, messenger }
}

describe('what a relay refuses', () => {
  const details = {
    'invalid-argument': { argument: 'x', expected: 'y' },
    'malformed-message': { reason: 'x' },
    'unsupported-version': { version: 9 },
    'invalid-key': { reason: 'x', length: 3 },
    unauthorized: {},
    'not-found': { what: 'name' },
    'already-taken': { what: 'name' },
    'message-too-large': { length: 2, limit: 1 },
    'quota-exceeded': { retryAfter: 5_000 },
  } as const

  it('row 48: is one of the codes that a relay can rightly say, with its status and its details, and else nothing', () => {
    for (const [code, { status }] of Object.entries(REFUSALS)) {
      const said = details[code as keyof typeof details]
      const refused = parseRefusal(status, { code, details: said })
      expect(refused).toBeInstanceOf(Refused)
      expect(refused?.code).toBe(code)
      expect(refused?.name).not.toBe('BisikError')
      expect(parseRefusal(status + 1, { code, details: said })).toBeUndefined()
      for (const name of Object.keys(said)) {
        for (const odd of ['x\u001b[2J', 'x'.repeat(201), '\u202e', -1, 1.5, Number.MAX_VALUE, null, {}, []])
          expect(parseRefusal(status, { code, details: { ...said, [name]: odd } })).toBeUndefined()
      }
      if (Object.keys(said).length > 0) expect(parseRefusal(status, { code })).toBeUndefined()
    }
    const others = ['untrusted-identity', 'no-session', 'duplicate-message', 'certificate-untrusted', 'account-not-found', 'store-failed']
    for (const code of [...others, 'internal', '__proto__', 'constructor', 'toString', '', 7, null, undefined, ['not-found']]) {
      for (const status of [200, 400, 401, 404, 409, 413, 429]) expect(parseRefusal(status, { code, details: {} })).toBeUndefined()
    }
    for (const odd of [null, undefined, 1, 'not-found', [], [{}]]) expect(parseRefusal(404, odd)).toBeUndefined()
  })

  it('silences a client for ten minutes at most', () => {
    const waits = (retryAfter: number) => parseRefusal(429, { code: 'quota-exceeded', details: { retryAfter } })?.retryAfter
    expect([waits(0), waits(5_000), waits(2 ** 31), waits(Number.MAX_SAFE_INTEGER)]).toEqual([0, 5_000, LONGEST_RETRY, LONGEST_RETRY])
    expect(LONGEST_RETRY).toBeLessThan(2 ** 31)
  })
})

describe('a request to a relay', () => {
  const me = { user: randomUUID(), device: 1 }
  const sealed = { kind: 'sealed', body: new Uint8Array(10) } as const
  const requests: { readonly [name: string]: (api: RelayApi) => Promise<unknown> } = {
    register: async (api) => api.register(me, (await Client.create({ store: new MemoryStore() })).identityKey),
    findName: (api) => api.findName('bob'),
    preKeyCounts: (api) => api.preKeyCounts(),
    publish: async (api) => api.publish(await (await Client.create({ store: new MemoryStore() })).generatePreKeys(1)),
    fetchBundle: (api) => api.fetchBundle(me),
    send: (api) => api.send(me, sealed),
    sendSealed: (api) => api.sendSealed(me, new Uint8Array(16), sealed),
    trustRoot: (api) => api.trustRoot(),
    senderCertificate: (api) => api.senderCertificate(),
  }
  const json = (status: number, value: unknown) => (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  const endless = (status: number) => (response: ServerResponse) => {
    response.writeHead(status)
    const chunk = Buffer.alloc(65_536, ' ')
    const more = (): void => {
      if (!response.destroyed) response.write(chunk, () => setImmediate(more))
    }
    more()
  }
  const answers: { readonly [name: string]: (response: ServerResponse) => void } = {
    'an error of the library': json(400, { code: 'untrusted-identity', details: { ...me, presented: 'x', wasVerified: true } }),
    'another error of the library': json(401, { code: 'no-session', details: me }),
    'a refusal without details': json(429, { code: 'quota-exceeded' }),
    'a refusal that never ends': endless(404),
    'a text that is no JSON': (response) => response.writeHead(404).end('<html>'),
    'a status of none': (response) => response.writeHead(999).end(),
    'a redirection': (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    'half an answer': (response) => void response.writeHead(404, { 'content-length': '100' }).write('{', () => response.destroy()),
    'no answer': (response) => void response.destroy(),
    'a fault': json(500, { code: 'untrusted-identity', details: me }),
  }
  const nonsense: typeof answers = {
    'an answer that never ends': endless(200),
    'nothing at all': (response) => response.writeHead(200).end(),
    null: json(200, null),
    'a list': json(200, [1]),
    'numbers that are none': json(200, { user: '../x', oneTimePreKeys: '9', oneTimeKemPreKeys: -1 }),
    'a name in other letters': json(200, { user: me.user.toUpperCase(), oneTimePreKeys: Number.NaN, oneTimeKemPreKeys: 1e300 }),
    noise: (response) => response.writeHead(200).end(randomBytes(3_000)),
  }
  const takesAnything = ['register', 'send', 'sendSealed']

  it('row 48: fails with the refusal of a relay, or as one that is away, whatever is answered', async () => {
    let answer: (response: ServerResponse) => void = NOTHING
    const server = createHttpServer((request, response) => {
      request.resume()
      answer(response)
    })
    ends.push(() => {
      server.closeAllConnections()
      server.close()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const api = new RelayApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, randomBytes(32))
    for (const [name, request] of Object.entries(requests)) {
      for (const [kind, one] of Object.entries({ ...answers, ...(takesAnything.includes(name) ? {} : nonsense) })) {
        answer = one
        const error = await request(api).then(
          () => 'nothing thrown',
          (thrown: unknown) => thrown,
        )
        expect(error, `${name}: ${kind}`).toBeInstanceOf(RelayAway)
      }
      answer = json(429, { code: 'quota-exceeded', details: { retryAfter: 1e12 } })
      await expect(request(api)).rejects.toMatchObject({ name: 'Refused', code: 'quota-exceeded', retryAfter: LONGEST_RETRY })
    }
  })

  it('takes no bundle of somebody else, who could be given an alarm by that', async () => {
    const { url, evil, relay } = await serve()
    const [alice, carol] = [await person('alice', url), await person('carol', url)]
    const account = await relay.authenticate(alice.token)
    const bundle = serializePreKeyBundle(await relay.fetchBundle(account, carol.address))
    evil.answer = (_, reply) => reply.type('application/octet-stream').send(bundle)
    const api = new RelayApi(url, alice.token)
    await expect(api.fetchBundle({ user: randomUUID(), device: 1 })).rejects.toThrow(RelayNonsense)
    expect((await api.fetchBundle(carol.address)).address).toEqual(carol.address)
  })

  it("takes no certificate of somebody else's", async () => {
    const { url, evil, relay } = await serve()
    const [alice, carol] = [await person('alice', url), await person('carol', url)]
    const certificate = Buffer.from(await relay.senderCertificate(await relay.authenticate(carol.token)))
    evil.answer = ({ url: path }, reply) => (path === '/v1/certificate' ? reply.send(certificate) : undefined)
    const sealing = await Sealing.load(alice.store)
    const renewed = await sealing.renew(new RelayApi(url, alice.token), alice.client).catch((error: unknown) => error)
    expect(renewed).toBeInstanceOf(RelayNonsense)
    expect(renewed).not.toBeInstanceOf(NoCertificate)
    expect(sealing.certificate).toBeUndefined()
  })
})

describe('a messenger at a relay that speaks as its library', () => {
  it('row 48: raises no alarm, loses nothing, and sends when the relay is honest again', async () => {
    const { url, evil } = await serve()
    const alarms: unknown[] = []
    const failed: unknown[] = []
    const received: string[] = []
    const alice = await person('alice', url, {
      keyChanged: (details) => void alarms.push(details),
      failed: (_, __, error) => void failed.push(error),
    })
    const bob = await person('bob', url, { received: ({ application }) => void received.push(fromUtf8(application ?? utf8('')) ?? '') })
    await alice.messenger.outbox.add(bob.address, utf8('hello'), '1')
    await until(() => received.length === 1)
    let lies = 0
    const presented = Buffer.from(bob.client.identityKey).toString('base64')
    evil.answer = ({ method, url: path }, reply) => {
      if (method !== 'POST' || !/^\/v1\/(?:messages|sealed)\//.test(path)) return undefined
      lies++
      return reply.status(400).send({ code: 'untrusted-identity', details: { ...bob.address, presented, known: null, wasVerified: true } })
    }
    await alice.messenger.outbox.add(bob.address, utf8('secret'), '2')
    await until(() => lies >= 2)
    expect([alarms, failed, alice.messenger.outbox.waiting]).toEqual([[], [], 1])
    expect(alice.messenger.presented(bob.address)).toBeUndefined()
    evil.answer = undefined
    await until(() => received.length === 2)
    expect(received).toEqual(['hello', 'secret'])
    expect(await alice.client.trustLevel(bob.address)).toBe('first-use')
  })
})

describe('the mailbox of a relay', () => {
  const frame = (sequence: bigint | number, receivedAt: bigint | number, envelope: Uint8Array) => {
    const head = Buffer.alloc(16)
    head.writeBigUInt64BE(BigInt(sequence))
    head.writeBigUInt64BE(BigInt(receivedAt), 8)
    return Buffer.concat([head, envelope])
  }

  /** A relay of which only the mailbox answers, for each connection with the next of these. */
  async function mailbox(take: (envelope: Uint8Array) => Promise<void>, ...connections: readonly ((socket: WebSocket) => void)[]) {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    ends.push(() => {
      for (const socket of server.clients) socket.terminate()
      server.close()
    })
    await once(server, 'listening')
    const left = [...connections]
    server.on('connection', (socket) => left.shift()?.(socket))
    const end = new AbortController()
    ends.push(() => end.abort())
    const link = new Link(NOTHING, end.signal)
    // Who waits for the relay to come back tries again at once.
    const hurry = setInterval(() => link.reached(), 20)
    ends.push(() => clearInterval(hurry))
    const api = new RelayApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, randomBytes(32))
    void receiveMail({ api, link, signal: end.signal, introduce: async () => undefined, take })
    return { left, server }
  }

  it('is read in whole frames with numbers that are some, or not at all', async () => {
    const taken: number[] = []
    const good = frame(1, 1, utf8('good'))
    const odd = [
      (socket: WebSocket) => socket.send('a text'),
      (socket: WebSocket) => socket.send(good.toString('latin1')),
      (socket: WebSocket) => socket.send(Buffer.alloc(15)),
      (socket: WebSocket) => socket.send(frame(2n ** 63n, 1, utf8('x'))),
      (socket: WebSocket) => socket.send(frame(1, 2n ** 64n - 1n, utf8('x'))),
      (socket: WebSocket) => socket.send(Buffer.alloc(1_200_000)),
    ]
    const { left } = await mailbox(
      async ({ length }) => void taken.push(length),
      ...odd,
      (socket) => socket.send(good),
    )
    await until(() => taken.length === 1)
    expect([taken, left.length]).toEqual([[4], 0])
  })

  it('is not read faster than it is taken', async () => {
    const [LENGTH, COUNT] = [1_000_000, 80]
    let pushed: WebSocket | undefined
    let taken = 0
    await mailbox(
      () => {
        taken++
        return new Promise(NOTHING)
      },
      (socket) => {
        pushed = socket
        for (let i = 1; i <= COUNT; i++) socket.send(frame(i, 1, new Uint8Array(LENGTH)))
      },
    )
    await until(() => taken === 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(pushed?.bufferedAmount).toBeGreaterThan((COUNT / 2) * LENGTH)
  })

  it('may hold what cannot be parsed and senders with impossible names: told, and gone, before what is good', async () => {
    const { url, relay } = await serve()
    const unreadable: BisikError[] = []
    const received: string[] = []
    const alice = await person('alice', url, {
      unreadable: ({ error, sender }) => void (sender === undefined && unreadable.push(error)),
      received: ({ application }) => void received.push(fromUtf8(application ?? utf8('')) ?? ''),
    })
    const bob = await person('bob', url)
    const read = relay.messages.bind(relay)
    vi.spyOn(relay, 'messages').mockImplementation(async (...parameters) =>
      (await read(...parameters)).map((delivery) => {
        if (delivery.sequence > 2) return delivery
        const sender = { user: delivery.sequence === 1 ? '\u001b[2J/../x' : 'A'.repeat(36), device: 1 }
        return { ...delivery, envelope: { kind: 'ratchet', sender, body: new Uint8Array(60) } }
      }),
    )
    for (const text of ['withheld', 'withheld too', 'good']) await bob.messenger.outbox.add(alice.address, utf8(text), text)
    await until(() => received.includes('good'))
    expect(unreadable.map(({ code }) => code)).toEqual(['malformed-message', 'malformed-message'])
    expect(unreadable[0]?.message).toContain('no user of a relay')
    expect((await alice.store.list('')).filter((key) => key.includes('%1B') || key.includes('\u001b'))).toEqual([])
  })
})

describe('the chat', () => {
  async function chatting(name: string, url: string) {
    const store = new MemoryStore()
    const client = await Client.create({ store })
    const printed: string[] = []
    const screen = { prompt: NOTHING, print: (text: string) => void printed.push(text), change: NOTHING } as unknown as Screen
    const chat = new Chat({ client, name, relayUrl: url, store, history: await History.load(store), screen, stop: NOTHING })
    const account = { client, store, token: new Uint8Array(randomBytes(32)), close: NOTHING }
    const messenger = await Messenger.open({ account, name, relayUrl: url, events: chat.events })
    ends.push(() => messenger.close())
    await messenger.introduce()
    await chat.start(messenger, { lastPeer: undefined, newKeys: false })
    await messenger.start()
    const count = (words: string) => printed.filter((line) => line.includes(words)).length
    return { chat, client, store, messenger, count }
  }
  const say = (text: string, from: Awaited<ReturnType<typeof person>>, to: DeviceAddress) =>
    from.messenger.outbox.add(to, encodeContent({ type: 'text', id: randomBytes(8).toString('hex'), from: 'bob', text }), text)

  it('row 48: accepts with /accept the key that the user was warned of, and warns again if another has come meanwhile', async () => {
    const { url } = await serve()
    const alice = await chatting('alice', url)
    const first = await person('bob', url)
    await say('from the first', first, alice.client.address)
    await until(() => alice.count('bob: from the first') === 1)
    first.messenger.close()

    const second = await person('bob', url, {}, first)
    await say('from the second', second, alice.client.address)
    await until(() => alice.count('The safety number with bob has changed') === 1)
    second.messenger.close()
    const third = await person('bob', url, {}, first)
    await say('from the third', third, alice.client.address)
    await until(() => alice.count('The safety number with bob has changed') === 2)

    // What was typed after the first warning is no answer to the second.
    await alice.chat.typed('/accept bob')
    expect(alice.count('Nothing was accepted: the key of bob has changed again')).toBe(1)
    expect(alice.count('The safety number with bob has changed')).toBe(3)
    expect(alice.messenger.isUndecided(first.address)).toBe(true)
    expect(alice.count('from the third')).toBe(0)

    await alice.chat.typed('/accept bob')
    await until(() => alice.count('bob: from the third') === 1)
    expect(alice.count('You accepted the new key of bob')).toBe(1)
    expect((await alice.client.fingerprint(first.address)).displayable).toBe(
      (await third.messenger.fingerprint(alice.client.address)).displayable,
    )
  })

  it('shows names that a relay gives, not one that only looks so, and takes receipts for its own lines alone', async () => {
    const { url, evil } = await serve()
    const alice = await chatting('alice', url)
    const mallory = await person('mallory', url)
    const claimed = '\u0430lice'
    evil.answer = ({ method, url: path }, reply) =>
      method === 'GET' && path.startsWith('/v1/names/%') ? reply.send({ user: mallory.address.user }) : undefined
    const text = encodeContent({ type: 'text', id: 'a'.repeat(16), from: claimed, text: 'it is me' })
    await mallory.messenger.outbox.add(alice.client.address, text, '1')
    await until(() => alice.count('it is me') === 1)
    expect(alice.count(claimed)).toBe(0)
    expect(alice.count(mallory.address.user.slice(0, 8))).toBeGreaterThan(0)
    const ids = Array.from({ length: 100 }, (_, i) => i.toString(16).padStart(16, '0'))
    await mallory.messenger.outbox.add(alice.client.address, encodeContent({ type: 'delivered', ids }), '2')
    await mallory.messenger.outbox.add(
      alice.client.address,
      encodeContent({ type: 'text', id: 'b'.repeat(16), from: 'x', text: 'end' }),
      '3',
    )
    await until(() => alice.count(': end') === 1)
    expect((await alice.store.list('app/')).filter((key) => key.startsWith('app/delivered/'))).toEqual([])
  })

  it('has a messenger that accepts no other than the one it is given', async () => {
    const { url } = await serve()
    const alice = await person('alice', url)
    const bob = await person('bob', url)
    expect(await alice.messenger.accept(bob.address, bob.client.identityKey)).toBe(false)
  })
})
