/** Delivery over WebSockets: finds the couriers of a device, wakes them, and ends what is too much. Does not look into an envelope. */
import { type DeviceAddress, serializeEnvelope } from 'bisik'
import type { Account, Relay } from 'bisik/relay'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Courier } from './courier.js'
import { accountOf, nameOf } from './requests.js'
import { Room } from './room.js'

export interface MailboxParts {
  readonly relay: Relay
  readonly log: (line: string) => void
  /** Admits accounts alone. */
  readonly named: { readonly onRequest: (request: FastifyRequest) => Promise<void> }
  /** Milliseconds after which couriers look without being woken. */
  readonly lookAfter: number
  readonly limits: { readonly sockets: number; readonly underWay: number }
}

/** @returns what to call when something is in the mailbox of a device. */
export function registerMailbox(app: FastifyInstance, parts: MailboxParts): (address: DeviceAddress) => void {
  const { log, named, lookAfter, limits } = parts
  /** Of each device, the oldest first. */
  const couriers = new Map<string, Set<Courier>>()
  const room = new Room({ each: Number.POSITIVE_INFINITY, all: limits.underWay })
  const timer = setInterval(() => {
    for (const set of couriers.values()) for (const courier of set) courier.wake()
  }, lookAfter)
  app.addHook('onClose', async () => clearInterval(timer))

  app.get('/v1/mailbox', { websocket: true, ...named }, (socket, request) => {
    const account = accountOf(request)
    // Gone meanwhile: it will announce no end any more.
    if (socket.readyState !== socket.OPEN) return
    const address = nameOf(account, false)
    const set = couriers.get(address) ?? new Set()
    for (const oldest of set) {
      if (set.size < limits.sockets) break
      set.delete(oldest)
      oldest.end()
    }
    const courier = new Courier(socket, portOf(account, parts), room)
    couriers.set(address, set.add(courier))
    log(`${nameOf(account)} connected`)
    socket.once('close', () => {
      set.delete(courier)
      if (set.size === 0 && couriers.get(address) === set) couriers.delete(address)
      log(`${nameOf(account)} disconnected`)
    })
    courier.wake()
  })

  return (address) => {
    for (const courier of couriers.get(nameOf({ address }, false)) ?? []) courier.wake()
  }
}

function portOf(account: Account, { relay, log }: MailboxParts) {
  return {
    owner: nameOf(account, false),
    read: async (after: number) => {
      const deliveries = await relay.messages(account, after)
      return deliveries.map(({ envelope, ...place }) => ({ ...place, bytes: serializeEnvelope(envelope) }))
    },
    acknowledge: (upTo: number) => relay.acknowledge(account, upTo),
    failed: (error: unknown) => log(`${nameOf(account)}: delivery stopped: ${String(error)}`),
  }
}
