/**
 * The bodies of requests: who sends one is asked before it is read, it has a limit, and all that are being read have one together.
 * Does not look into a body.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Room } from './room.js'

/** Bytes of a body where a route names no other limit. */
export const SMALL_BODY = 4_096

/** Bytes of the bodies that are being read or worked on: of one account or recipient, of all who do not say who they are, of everybody. */
export interface BodyLimits {
  readonly each: number
  readonly all: number
}

/** Two uploads of the largest size each, and some dozens of these at once. */
export const BODY_LIMITS: BodyLimits = { each: 2_097_152, all: 67_108_864 }

/** Bounds the memory of bodies. @param ownerOf - in whose name a request comes, once it is admitted. */
export function boundBodies(app: FastifyInstance, limits: BodyLimits, ownerOf: (request: FastifyRequest) => string): Room {
  const room = new Room(limits)
  app.addHook('preParsing', async (request, reply, payload) => {
    const bytes = lengthOf(request)
    if (bytes > 0) {
      const hold = room.take({ owner: ownerOf(request), bytes, giveWay: () => request.raw.destroy() })
      for (const end of ['finish', 'close']) reply.raw.once(end, () => hold.end())
    }
    return payload
  })
  return room
}

/** What a body takes before it is here: as much as it says, or as much as it may. */
function lengthOf({ headers, routeOptions: { bodyLimit } }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return bodyLimit
  const length = Number(headers['content-length'] ?? 0)
  // What is over the limit is refused before a byte of it is read.
  return length <= bodyLimit ? length : 0
}
