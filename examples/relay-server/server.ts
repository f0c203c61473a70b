/**
 * A small relay server: HTTP for accounts, names, prekeys and sending, a WebSocket for delivery. What it does is `Relay` of
 * `bisik/relay`; this file only translates. It never sees what is written. Who writes to whom it sees of named messages; of sealed ones
 * it is told the recipient, and keeps no address of who brought them.
 */
import websocket from '@fastify/websocket'
import { BisikError, isBisikError, serializePreKeyBundle } from 'bisik'
import type { Relay } from 'bisik/relay'
import { MAX_UPLOAD_LENGTH, parseEnvelope, parseIdentityKey, parsePreKeyUpload } from 'bisik/wire'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { isRefusal, REFUSALS, type Refusal } from '../shared/refusals.js'
import { BODY_LIMITS, type BodyLimits, boundBodies, SMALL_BODY } from './bodies.js'
import { registerMailbox } from './mailbox.js'
import { type AddressPath, accountOf, addressOf, bytesOf, nameOf, tokenOf } from './requests.js'
import { registerSealed } from './sealed.js'

export interface ServerOptions {
  readonly relay: Relay
  readonly log: (line: string) => void
  /** Milliseconds after which connected clients are looked after without being woken: another process may share the database. */
  readonly lookAfter?: number
  /** Limits that differ from {@link SERVER_LIMITS}. */
  readonly limits?: Partial<ServerLimits>
}

/** What this server allows, beside the limits of `Relay`. */
export interface ServerLimits {
  /** Milliseconds without a byte after which a connection that asks something is ended. */
  readonly silence: number
  /** Milliseconds in which a request must be here as a whole; its head has half of them. */
  readonly request: number
  readonly bodies: BodyLimits
  /** Connections for delivery that one device may have: a further one ends the oldest. */
  readonly sockets: number
  /** Bytes that all connections for delivery may have under way: where they are more, the ones that have waited longest are ended. */
  readonly underWay: number
}

/** The limits in force where the options name no others. A client of ours gives up after 15 seconds. */
export const SERVER_LIMITS: ServerLimits = {
  silence: 10_000,
  request: 20_000,
  bodies: BODY_LIMITS,
  sockets: 2,
  underWay: 67_108_864,
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
export async function createServer({ relay, log, lookAfter = 1_000, limits: some = {} }: ServerOptions): Promise<FastifyInstance> {
  const limits = { ...SERVER_LIMITS, ...some }
  const app = Fastify({
    bodyLimit: SMALL_BODY,
    connectionTimeout: limits.silence,
    requestTimeout: limits.request,
    forceCloseConnections: true,
    http: { headersTimeout: limits.request / 2, connectionsCheckingInterval: limits.request / 10 },
  })
  app.decorateRequest('account', null)
  boundBodies(app, limits.bodies, ownerOf)
  await app.register(websocket, { options: { maxPayload: 64 } })
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body))

  app.setErrorHandler((error, request, reply) => {
    if (isBisikError(error, 'quota-exceeded')) reply.header('retry-after', Math.ceil(error.details.retryAfter / 1_000))
    if (isRefusal(error)) return refuse(reply, error)
    // Fastify's own refusals (no JSON, too large, unknown type of content) carry a status.
    const { statusCode = 500 } = error as { readonly statusCode?: number }
    if (statusCode === 413) {
      const { bodyLimit: limit } = request.routeOptions
      return refuse(reply, new BisikError('message-too-large', { length: Number(request.headers['content-length'] ?? limit + 1), limit }))
    }
    if (statusCode < 500) return refuse(reply, new BisikError('malformed-message', { reason: 'not a request of this relay' }))
    log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return reply.status(isBisikError(error) ? 503 : 500).send({ code: 'internal', details: { reason: 'see its log' } })
  })
  app.setNotFoundHandler((_, reply) => refuse(reply, new BisikError('not-found', { what: 'request' })))

  const named = {
    onRequest: async (request: FastifyRequest) => {
      request.account = await relay.authenticate(tokenOf(request))
    },
  }
  const wake = registerMailbox(app, { relay, log, named, lookAfter, limits })
  registerSealed(app, { relay, log, named, wake })

  app.post<{ Body: RegistrationBody }>('/v1/accounts', { schema: { body: REGISTRATION } }, async (request, reply) => {
    const { user, device, identityKey } = request.body
    const account = await relay.register({ address: { user, device }, identityKey: identityOf(identityKey), token: tokenOf(request) })
    log(`${nameOf(account)} registered`)
    return reply.status(204).send()
  })

  app.put<{ Body: IdentityBody }>('/v1/identity', { schema: { body: IDENTITY }, ...named }, async (request, reply) => {
    const account = accountOf(request)
    await relay.replaceIdentity(account, identityOf(request.body.identityKey))
    log(`${nameOf(account)} has a new identity key`)
    return reply.status(204).send()
  })

  app.put<{ Params: { name: string } }>('/v1/names/:name', named, async (request, reply) => {
    const account = accountOf(request)
    await relay.claimName(account, request.params.name)
    log(`${nameOf(account)} goes by the name "${request.params.name.toLowerCase()}"`)
    return reply.status(204).send()
  })

  app.get<{ Params: { name: string } }>('/v1/names/:name', named, async (request) => {
    return { user: await relay.findName(accountOf(request), request.params.name) }
  })

  app.put('/v1/pre-keys', { ...named, bodyLimit: MAX_UPLOAD_LENGTH }, async (request) => {
    const account = accountOf(request)
    const counts = await relay.publish(account, parsePreKeyUpload(bytesOf(request)))
    log(`${nameOf(account)} published prekeys: ${counts.oneTimePreKeys} one-time ones in stock`)
    return counts
  })

  app.get('/v1/pre-keys', named, async (request) => relay.preKeyCounts(accountOf(request)))

  app.get<{ Params: AddressPath }>('/v1/bundles/:user/:device', named, async (request, reply) => {
    const account = accountOf(request)
    const bundle = await relay.fetchBundle(account, addressOf(request.params))
    log(`${nameOf(account)} fetched a bundle of ${nameOf({ address: bundle.address })}`)
    return reply.type('application/octet-stream').send(serializePreKeyBundle(bundle))
  })

  app.post<{ Params: AddressPath }>('/v1/messages/:user/:device', { ...named, bodyLimit: MAX_UPLOAD_LENGTH }, async (request, reply) => {
    const account = accountOf(request)
    const to = addressOf(request.params)
    await relay.send(account, to, parseEnvelope(bytesOf(request)))
    wake(to)
    log(`${nameOf(account)} → ${nameOf({ address: to })}: ${bytesOf(request).length} bytes`)
    return reply.status(204).send()
  })

  return app
}

function identityOf(base64: string) {
  return parseIdentityKey(new Uint8Array(Buffer.from(base64, 'base64')))
}

function refuse(reply: FastifyReply, { code, details }: Refusal): FastifyReply {
  return reply.status(REFUSALS[code].status).send({ code, details })
}

/** In whose name a body comes: the account that brings it, or the recipient that admits it, or nobody. */
function ownerOf(request: FastifyRequest): string {
  if (request.account !== null) return nameOf(request.account, false)
  const { user = 'nobody' } = request.params as Partial<AddressPath>
  return `for ${user}`
}
