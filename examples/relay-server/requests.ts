/** What is in a request of this relay, and what goes into its log. Judges nothing: `Relay` does. */
import type { DeviceAddress } from 'bisik'
import type { Account } from 'bisik/relay'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; on routes for accounts, from before the body is read. */
    account: Account | null
  }
}

export interface AddressPath {
  readonly user: string
  readonly device: string
}

export function accountOf({ account }: FastifyRequest): Account {
  if (account === null) throw new Error('this route admits whoever comes')
  return account
}

export function tokenOf(request: FastifyRequest): Uint8Array {
  const [, token = ''] = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '') ?? []
  return new Uint8Array(Buffer.from(token, 'base64url'))
}

export function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? new Uint8Array(request.body) : new Uint8Array(0)
}

export function addressOf({ user, device }: AddressPath): DeviceAddress {
  return { user, device: Number(device) }
}

/** An address for the log (the beginning of the user, enough to tell two apart) or, whole, as a key. */
export function nameOf({ address: { user, device } }: { readonly address: DeviceAddress }, short = true): string {
  return `${short ? user.slice(0, 8) : user}/${device}`
}
