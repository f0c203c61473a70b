/**
 * The requests around sealed messages: what an account needs to send them, and sending them, which takes no account. Whoever brings a
 * token along is refused: the relay would learn what the seal is there to hide.
 */
import { BisikError, type DeviceAddress } from 'bisik'
import type { Relay } from 'bisik/relay'
import { MAX_UPLOAD_LENGTH, parseEnvelope } from 'bisik/wire'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AddressPath, accountOf, addressOf, bytesOf, nameOf } from './requests.js'

export interface SealedParts {
  readonly relay: Relay
  readonly log: (line: string) => void
  /** Admits accounts alone, before a body is read. */
  readonly named: { readonly onRequest: (request: FastifyRequest) => Promise<void> }
  /** Something is in the mailbox of this device. */
  readonly wake: (address: DeviceAddress) => void
}

interface ManyBody {
  /** Base64, from `Client.sealForMany`. */
  readonly message: string
  /** Of the recipients, in base64, by user. */
  readonly accessKeys: { readonly [user: string]: string }
  /** Base64, of a group message that commits. */
  readonly commitment?: string
}
const MANY = {
  type: 'object',
  required: ['message', 'accessKeys'],
  properties: {
    message: { type: 'string' },
    accessKeys: { type: 'object', additionalProperties: { type: 'string' } },
    commitment: { type: 'string' },
  },
}

export function registerSealed(app: FastifyInstance, { relay, log, named, wake }: SealedParts): void {
  app.get('/v1/trust-root', async (_, reply) => reply.type('application/octet-stream').send(Buffer.from(await relay.trustRoot())))

  app.get('/v1/certificate', named, async (request, reply) => {
    const certificate = await relay.senderCertificate(accountOf(request))
    return reply.type('application/octet-stream').send(Buffer.from(certificate))
  })

  app.put('/v1/access-key', named, async (request, reply) => {
    await relay.setAccessKey(accountOf(request), bytesOf(request))
    return reply.status(204).send()
  })

  const admitted = {
    bodyLimit: MAX_UPLOAD_LENGTH,
    onRequest: async (request: FastifyRequest) => {
      refuseToken(request)
      await relay.checkAccessKey(addressOf(request.params as AddressPath), accessKeyOf(request))
    },
  }
  app.post<{ Params: AddressPath }>('/v1/sealed/:user/:device', admitted, async (request, reply) => {
    const to = addressOf(request.params)
    await relay.sendSealed(to, accessKeyOf(request), parseEnvelope(bytesOf(request)))
    wake(to)
    log(`somebody → ${nameOf({ address: to })}: ${bytesOf(request).length} bytes, sealed`)
    return reply.status(204).send()
  })

  const many = { schema: { body: MANY }, bodyLimit: MAX_UPLOAD_LENGTH, onRequest: async (request: FastifyRequest) => refuseToken(request) }
  app.post<{ Body: ManyBody }>('/v1/sealed', many, async (request) => {
    const { message, accessKeys, commitment } = request.body
    const keys = new Map(Object.entries(accessKeys).map(([user, key]) => [user, bytesIn(key, 'base64')] as const))
    const deliveries = await relay.sendToMany(bytesIn(message, 'base64'), keys, {
      commitment: commitment === undefined ? undefined : bytesIn(commitment, 'base64'),
    })
    const delivered = deliveries.filter(({ outcome }) => outcome === 'delivered')
    for (const { address } of delivered) wake(address)
    log(`somebody → ${delivered.length} of ${deliveries.length} devices, sealed`)
    return deliveries.map(({ address, outcome }) => ({ ...address, outcome }))
  })
}

function refuseToken({ headers }: FastifyRequest): void {
  if (headers.authorization === undefined) return
  throw new BisikError('invalid-argument', { argument: 'authorization', expected: 'none: a sealed message does not say who sends it' })
}

function accessKeyOf({ headers }: FastifyRequest): Uint8Array {
  const key = headers['access-key']
  return bytesIn(typeof key === 'string' ? key : '', 'base64url')
}

function bytesIn(text: string, encoding: 'base64' | 'base64url'): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding))
}
