/**
 * The relay's HTTP interface as functions: one request each, no retries. A relay is believed its refusals and answers of the right form;
 * each throws Refused, or RelayAway where trying again is right, RelayNonsense among them. Decides nothing.
 */
import {
  type DeviceAddress,
  type Envelope,
  type IdentityKey,
  type PreKeyBundle,
  type PreKeyUpload,
  parsePreKeyBundle,
  type SealedEnvelope,
  serializeEnvelope,
  serializePreKeyUpload,
} from 'bisik'
import { parseEcPublicKey } from 'bisik/protocol'
import type { PreKeyCounts } from 'bisik/relay'
import { parseSenderCertificate, type SenderCertificate } from 'bisik/wire'
import { collect, isUser, jsonIn, numbersIn, parsed, RelayNonsense } from './answers.js'
import { RelayAway } from './link.js'
import { parseRefusal } from './refusals.js'
import { fetchUnnamed } from './unnamed.js'

/** Milliseconds for one answer. */
const TIME_LIMIT = 15_000
/** Bytes of an answer: a bundle is the longest. */
const ANSWER_LIMIT = 65_536

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
    const answer = jsonIn(await this.#request('GET', `/v1/names/${encodeURIComponent(name)}`)) as
      | { readonly user?: unknown }
      | null
      | undefined
    if (!isUser(answer?.user)) throw new RelayNonsense('user')
    return answer.user
  }

  async publish(upload: PreKeyUpload): Promise<PreKeyCounts> {
    return countsIn(await this.#bytes('PUT', '/v1/pre-keys', serializePreKeyUpload(upload)))
  }

  async preKeyCounts(): Promise<PreKeyCounts> {
    return countsIn(await this.#request('GET', '/v1/pre-keys'))
  }

  async fetchBundle({ user, device }: DeviceAddress): Promise<PreKeyBundle> {
    const answer = await this.#request('GET', `/v1/bundles/${encodeURIComponent(user)}/${device}`)
    const bundle = parsed('bundle', () => parsePreKeyBundle(answer))
    // A bundle of somebody else would be an alarm about somebody else.
    if (bundle.address.user !== user || bundle.address.device !== device) throw new RelayNonsense('bundle of the device that was asked for')
    return bundle
  }

  async send({ user, device }: DeviceAddress, envelope: Envelope): Promise<void> {
    await this.#bytes('POST', `/v1/messages/${encodeURIComponent(user)}/${device}`, serializeEnvelope(envelope))
  }

  async trustRoot(): Promise<Uint8Array> {
    const answer = await this.#request('GET', '/v1/trust-root', { named: false })
    return parsed('trust root', () => parseEcPublicKey(answer))
  }

  async senderCertificate(): Promise<{ readonly bytes: Uint8Array; readonly certificate: SenderCertificate }> {
    const bytes = await this.#request('GET', '/v1/certificate')
    return { bytes, certificate: parsed('certificate', () => parseSenderCertificate(bytes)) }
  }

  async setAccessKey(accessKey: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#bytes('PUT', '/v1/access-key', accessKey)
  }

  /** Sends without a name. @throws Refused `unauthorized` if the access key is not the recipient's (any more). */
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

  #json(method: string, path: string, body: unknown): Promise<Uint8Array> {
    return this.#request(method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }

  #bytes(method: string, path: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return this.#request(method, path, { headers: BYTES, body })
  }

  async #request(method: string, path: string, parts: RequestParts = {}): Promise<Uint8Array> {
    let status: number
    let bytes: Uint8Array
    try {
      const answer = await this.#fetch(method, path, parts)
      status = answer.status
      if (status >= 500) throw new RelayAway(`it answered with status ${status}`)
      bytes = answer.body === null ? new Uint8Array(0) : await collect(answer.body, ANSWER_LIMIT)
    } catch (error) {
      throw error instanceof RelayAway ? error : new RelayAway(reasonOf(error), { cause: error })
    }
    if (status < 300) return bytes
    throw parseRefusal(status, jsonIn(bytes)) ?? new RelayNonsense(`refusal of a relay (status ${status})`)
  }

  #fetch(method: string, path: string, { named = true, headers = {}, body }: RequestParts): Promise<Response> {
    const common = { method, body: body ?? null, signal: AbortSignal.timeout(TIME_LIMIT) }
    if (!named) return fetchUnnamed(this.url + path, { ...common, headers })
    return fetch(this.url + path, { ...common, redirect: 'error', headers: { ...headers, authorization: this.#authorization } })
  }
}

function countsIn(answer: Uint8Array): PreKeyCounts {
  return numbersIn(jsonIn(answer), ['oneTimePreKeys', 'oneTimeKemPreKeys'])
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

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
