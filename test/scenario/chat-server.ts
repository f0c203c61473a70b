/** A relay server of `examples/` in this process, accounts at it and listeners on its WebSocket. */
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Envelope, MemoryStore, parseEnvelope, serializeEnvelope } from 'bisik'
import { Relay, type RelayLimits } from 'bisik/relay'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { createServer, type ServerLimits } from '../../examples/relay-server/server.js'
import { anIdentityKey } from '../unit/relay/parties.js'

type Server = Awaited<ReturnType<typeof createServer>>

const servers: Server[] = []
/** Ends all servers. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()))
}

export async function serve(
  options: { store?: MemoryStore; lookAfter?: number; limits?: Partial<RelayLimits>; server?: Partial<ServerLimits> } = {},
) {
  const logged: string[] = []
  const relay = new Relay({ store: options.store ?? new MemoryStore(), limits: options.limits ?? {} })
  const server = await createServer({
    relay,
    log: (line) => logged.push(line),
    ...(options.lookAfter ? { lookAfter: options.lookAfter } : {}),
    limits: options.server ?? {},
  })
  servers.push(server)
  await server.listen({ port: 0, host: '127.0.0.1' })
  return { server, relay, logged, port: (server.server.address() as AddressInfo).port }
}

export async function account(server: Server) {
  const address = { user: randomUUID() as string, device: 1 }
  const identityKey = anIdentityKey()
  const authorization = `Bearer ${randomBytes(32).toString('base64url')}`
  const body = { ...address, identityKey: Buffer.from(identityKey).toString('base64') }
  const answer = await server.inject({ method: 'POST', url: '/v1/accounts', headers: { authorization }, payload: body })
  expect(answer.statusCode).toBe(204)
  const bytes = { authorization, 'content-type': 'application/octet-stream' }
  const send = async (to: { user: string }, text: string | Uint8Array, claimed = address) => {
    const envelope: Envelope = { kind: 'ratchet', sender: claimed, body: new Uint8Array(Buffer.from(text)) }
    const payload = Buffer.from(serializeEnvelope(envelope))
    return (await server.inject({ method: 'POST', url: `/v1/messages/${to.user}/1`, headers: bytes, payload })).statusCode
  }
  return { address, identityKey, authorization, bytes, send }
}

/** A client on the WebSocket that acknowledges only when it is told to. */
export async function listen(port: number, authorization: string) {
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
