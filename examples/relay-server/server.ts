/**
 * A small relay server: HTTP for accounts, names, prekeys and sending, a WebSocket for delivery. What it does is `Relay` of
 * `bisik/relay`; this file only translates. It never sees what is written. Who writes to whom it sees of named messages; of sealed ones
 * it is told the recipient, and keeps no address of who brought them.
 */
import websocket from '@fastify/websocket'
import { type DeviceAddress, isBisikError, serializeEnvelope, serializePreKeyBundle } from 'bisik'
import type { Account, Relay } from 'bisik/relay'
import { MAX_UPLOAD_LENGTH, parseEnvelope, parseIdentityKey, parsePreKeyUpload } from 'bisik/wire'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { Courier } from './courier.js'
import { type AddressPath, addressOf, bytesOf, nameOf, tokenOf } from './requests.js'
import { registerSealed } from './sealed.js'

export interface ServerOptions {
  readonly relay: Relay
  readonly log: (line: string) => void
  /** Milliseconds after which connected clients are looked after without being woken: another process may share the database. */
  readonly lookAfter?: number
}

/** What went wrong, as HTTP says it. Everything else is a fault of the server. */
const STATUS: { readonly [code: string]: number } = {
  'invalid-argument': 400,
  'malformed-message': 400,
  'unsupported-version': 400,
  'invalid-key': 400,
  unauthorized: 401,
  'not-found': 404,
  'already-taken': 409,
  'message-too-large': 413,
  'quota-exceeded': 429,
  'store-contention': 503,
  'store-failed': 503,
}

interface IdentityBody {
  /** Base64. */
  readonly identityKey: string
}
interface RegistrationBody extends IdentityBody {
  readonly user: string
  readonly device: number
}
const IDENTITY = { type: 'object', required: ['identityKey'], properties: { identityKey: { type: 'string' } } }
const REGISTRATION = {
  type: 'object',
  required: ['user', 'device', 'identityKey'],
  properties: { user: { type: 'string' }, device: { type: 'integer' }, identityKey: { type: 'string' } },
}

/** Makes the server; `listen` and `close` are the caller's. */
export async function createServer({ relay, log, lookAfter = 1_000 }: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: MAX_UPLOAD_LENGTH, forceCloseConnections: true })
  const couriers = new Map<string, Set<Courier>>()
  const timer = setInterval(() => {
    for (const courier of [...couriers.values()].flatMap((set) => [...set])) courier.wake()
  }, lookAfter)
  app.addHook('onClose', async () => clearInterval(timer))
  await app.register(websocket, { options: { maxPayload: 64 } })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body))

  app.setErrorHandler((error, _, reply) => {
    // Fastify's own refusals (no JSON, too large, unknown type of content) carry a status.
    const { statusCode = 500 } = error as { readonly statusCode?: number }
    const status = isBisikError(error) ? (STATUS[error.code] ?? 500) : statusCode
    if (status >= 500) log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    if (isBisikError(error, 'quota-exceeded')) reply.header('retry-after', Math.ceil(error.details.retryAfter / 1_000))
    if (isBisikError(error) && status < 500) return reply.status(status).send({ code: error.code, details: error.details })
    const code = status < 500 ? 'malformed-message' : 'internal'
    return reply.status(status).send({ code, details: { reason: status < 500 ? 'not a request of this relay' : 'see its log' } })
  })

  const authenticate = (request: FastifyRequest): Promise<Account> => relay.authenticate(tokenOf(request))
  const wake = (address: DeviceAddress): void => {
    for (const courier of couriers.get(nameOf({ address }, false)) ?? []) courier.wake()
  }
  registerSealed(app, { relay, log, authenticate, wake })

  app.post<{ Body: RegistrationBody }>('/v1/accounts', { schema: { body: REGISTRATION } }, async (request, reply) => {
    const { user, device, identityKey } = request.body
    const account = await relay.register({ address: { user, device }, identityKey: identityOf(identityKey), token: tokenOf(request) })
    log(`${nameOf(account)} registered`)
    return reply.status(204).send()
  })

  app.put<{ Body: IdentityBody }>('/v1/identity', { schema: { body: IDENTITY } }, async (request, reply) => {
    const account = await authenticate(request)
    await relay.replaceIdentity(account, identityOf(request.body.identityKey))
    log(`${nameOf(account)} has a new identity key`)
    return reply.status(204).send()
  })

  app.put<{ Params: { name: string } }>('/v1/names/:name', async (request, reply) => {
    const account = await authenticate(request)
    await relay.claimName(account, request.params.name)
    log(`${nameOf(account)} goes by the name "${request.params.name.toLowerCase()}"`)
    return reply.status(204).send()
  })

  app.get<{ Params: { name: string } }>('/v1/names/:name', async (request) => {
    return { user: await relay.findName(await authenticate(request), request.params.name) }
  })

  app.put('/v1/pre-keys', async (request) => {
    const account = await authenticate(request)
    const counts = await relay.publish(account, parsePreKeyUpload(bytesOf(request)))
    log(`${nameOf(account)} published prekeys: ${counts.oneTimePreKeys} one-time ones in stock`)
    return counts
  })

  app.get('/v1/pre-keys', async (request) => relay.preKeyCounts(await authenticate(request)))

  app.get<{ Params: AddressPath }>('/v1/bundles/:user/:device', async (request, reply) => {
    const account = await authenticate(request)
    const bundle = await relay.fetchBundle(account, addressOf(request.params))
    log(`${nameOf(account)} fetched a bundle of ${nameOf({ address: bundle.address })}`)
    return reply.type('application/octet-stream').send(serializePreKeyBundle(bundle))
  })

  app.post<{ Params: AddressPath }>('/v1/messages/:user/:device', async (request, reply) => {
    const account = await authenticate(request)
    const to = addressOf(request.params)
    await relay.send(account, to, parseEnvelope(bytesOf(request)))
    wake(to)
    log(`${nameOf(account)} → ${nameOf({ address: to })}: ${bytesOf(request).length} bytes`)
    return reply.status(204).send()
  })

  app.get(
    '/v1/mailbox',
    { websocket: true, preValidation: async (request) => void (await authenticate(request)) },
    async (socket, request) => {
      const account = await authenticate(request)
      // Gone meanwhile: it will announce no end any more.
      if (socket.readyState !== socket.OPEN) return
      const courier = new Courier(socket, {
        read: async (after) => {
          const deliveries = await relay.messages(account, after)
          return deliveries.map(({ envelope, ...place }) => ({ ...place, bytes: serializeEnvelope(envelope) }))
        },
        acknowledge: (upTo) => relay.acknowledge(account, upTo),
        failed: (error) => log(`${nameOf(account)}: delivery stopped: ${String(error)}`),
      })
      const address = nameOf(account, false)
      const set = couriers.get(address) ?? new Set()
      couriers.set(address, set.add(courier))
      log(`${nameOf(account)} connected`)
      socket.on('close', () => {
        set.delete(courier)
        if (set.size === 0 && couriers.get(address) === set) couriers.delete(address)
        log(`${nameOf(account)} disconnected`)
      })
      courier.wake()
    },
  )

  return app
}

function identityOf(base64: string) {
  return parseIdentityKey(new Uint8Array(Buffer.from(base64, 'base64')))
}
