/**
 * Requests that do not say who makes them, each over a connection of its own: `fetch` would send them over one that has carried a name,
 * and TLS would resume its session.
 */
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { collect } from './answers.js'

export interface UnnamedRequest {
  readonly method: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string | Uint8Array | null
  readonly signal: AbortSignal
}

/** Bytes of an answer: a trust root or a refusal. */
const LIMIT = 4_096

/** Like `fetch`, on a new connection that ends with the answer. */
export function fetchUnnamed(url: string, { method, headers, body, signal }: UnnamedRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    // `agent: false` keeps no connection, and of TLS no session.
    const open = url.startsWith('https:') ? overHttps : overHttp
    const request = open(url, { method, headers, signal, agent: false }, (answer) => {
      collect(answer, LIMIT)
        .then((bytes) => resolve(new Response(bytes.length === 0 ? null : bytes, { status: answer.statusCode ?? 500 })))
        .catch(reject)
    })
    request.on('error', reject)
    request.end(body ?? undefined)
  })
}
