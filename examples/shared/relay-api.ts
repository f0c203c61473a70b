/** The relay's HTTP interface as functions: one request each, no retries. */
import {
  BisikError,
  type DeviceAddress,
  type Envelope,
  type ErrorCode,
  type IdentityKey,
  type PreKeyBundle,
  type PreKeyUpload,
  parsePreKeyBundle,
  type SealedEnvelope,
  serializeEnvelope,
  serializePreKeyUpload,
} from 'bisik'
import type { PreKeyCounts } from 'bisik/relay'
import { RelayAway } from './link.js'
import { fetchUnnamed } from './unnamed.js'

/** Milliseconds for one answer. */
const TIME_LIMIT = 15_000

const BYTES = { 'content-type': 'application/octet-stream' }

interface RequestParts {
  /** Whether the request says who makes it; if not, it has a connection of its own. */
  readonly named?: boolean
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string | Uint8Array<ArrayBuffer>
}

export class RelayApi {
  readonly url: string
  readonly #authorization: string

  constructor(url: string, token: Uint8Array) {
    this.url = url.replace(/\/+$/, '')
    this.#authorization = `Bearer ${Buffer.from(token).toString('base64url')}`
  }

  async register({ user, device }: DeviceAddress, identityKey: IdentityKey): Promise<void> {
    await this.#json('POST', '/v1/accounts', { user, device, identityKey: base64(identityKey) })
  }

  async replaceIdentity(identityKey: IdentityKey): Promise<void> {
    await this.#json('PUT', '/v1/identity', { identityKey: base64(identityKey) })
  }

  async claimName(name: string): Promise<void> {
    await this.#request('PUT', `/v1/names/${encodeURIComponent(name)}`)
  }

  async findName(name: string): Promise<string> {
    const answer = await this.#request('GET', `/v1/names/${encodeURIComponent(name)}`)
    return ((await answer.json()) as { user: string }).user
  }

  async publish(upload: PreKeyUpload): Promise<PreKeyCounts> {
    const answer = await this.#bytes('PUT', '/v1/pre-keys', serializePreKeyUpload(upload))
    return (await answer.json()) as PreKeyCounts
  }

  async preKeyCounts(): Promise<PreKeyCounts> {
    return (await (await this.#request('GET', '/v1/pre-keys')).json()) as PreKeyCounts
  }

  async fetchBundle({ user, device }: DeviceAddress): Promise<PreKeyBundle> {
    const answer = await this.#request('GET', `/v1/bundles/${encodeURIComponent(user)}/${device}`)
    return parsePreKeyBundle(await bytesOf(answer))
  }

  async send({ user, device }: DeviceAddress, envelope: Envelope): Promise<void> {
    await this.#bytes('POST', `/v1/messages/${encodeURIComponent(user)}/${device}`, serializeEnvelope(envelope))
  }

  async trustRoot(): Promise<Uint8Array> {
    return bytesOf(await this.#request('GET', '/v1/trust-root', { named: false }))
  }

  async senderCertificate(): Promise<Uint8Array> {
    return bytesOf(await this.#request('GET', '/v1/certificate'))
  }

  async setAccessKey(accessKey: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#bytes('PUT', '/v1/access-key', accessKey)
  }

  /** Sends without a name. @throws BisikError `unauthorized` if the access key is not the recipient's (any more). */
  async sendSealed({ user, device }: DeviceAddress, accessKey: Uint8Array, envelope: SealedEnvelope): Promise<void> {
    await this.#request('POST', `/v1/sealed/${encodeURIComponent(user)}/${device}`, {
      named: false,
      headers: { ...BYTES, 'access-key': Buffer.from(accessKey).toString('base64url') },
      body: serializeEnvelope(envelope),
    })
  }

  /** Where and how to open the WebSocket for delivery. */
  get mailbox(): { readonly url: string; readonly headers: Record<string, string> } {
    return { url: `${this.url.replace(/^http/, 'ws')}/v1/mailbox`, headers: { authorization: this.#authorization } }
  }

  #json(method: string, path: string, body: unknown): Promise<Response> {
    return this.#request(method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }

  #bytes(method: string, path: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    return this.#request(method, path, { headers: BYTES, body })
  }

  async #request(method: string, path: string, { named = true, headers = {}, body }: RequestParts = {}): Promise<Response> {
    let answer: Response
    try {
      const common = { method, body: body ?? null, signal: AbortSignal.timeout(TIME_LIMIT) }
      answer = named
        ? await fetch(this.url + path, { ...common, headers: { ...headers, authorization: this.#authorization } })
        : await fetchUnnamed(this.url + path, { ...common, headers })
    } catch (error) {
      throw new RelayAway(reasonOf(error), { cause: error })
    }
    if (answer.ok) return answer
    if (answer.status >= 500) throw new RelayAway(`it answered with status ${answer.status}`)
    const refusal = (await answer.json().catch(() => ({}))) as { code?: ErrorCode; details?: never }
    if (refusal.code === undefined || refusal.code === 'internal') throw new RelayAway(`it answered with status ${answer.status}`)
    throw new BisikError(refusal.code, refusal.details ?? ({} as never))
  }
}

/** Why a connection failed, in words. */
export function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'TimeoutError') return 'no answer'
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ECONNREFUSED') return 'nobody listens there'
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host'
    if (code !== undefined && !(cause.cause instanceof Error)) return `the connection failed: ${code}`
  }
  return 'the connection broke'
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(await answer.arrayBuffer())
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
