/**
 * What a relay can refuse: the codes that go over HTTP, their status and the details that come with them. The server says no other and
 * the client believes no other, so a relay cannot speak as the client's own library. Knows no request.
 */
import { BisikError, type ErrorDetails, isBisikError } from 'bisik'

/** `text` is a short line of printable characters, `number` a whole one from 0 on; a question mark: may be left out. */
type Form = 'text' | 'number' | 'number?'

/** The answer says so, and trying the same again at once does not help. */
export const REFUSALS = {
  'invalid-argument': { status: 400, details: { argument: 'text', expected: 'text' } },
  'malformed-message': { status: 400, details: { reason: 'text', length: 'number?' } },
  'unsupported-version': { status: 400, details: { version: 'number' } },
  'invalid-key': { status: 400, details: { reason: 'text', length: 'number?' } },
  unauthorized: { status: 401, details: {} },
  'not-found': { status: 404, details: { what: 'text' } },
  'already-taken': { status: 409, details: { what: 'text' } },
  'message-too-large': { status: 413, details: { length: 'number', limit: 'number' } },
  'quota-exceeded': { status: 429, details: { retryAfter: 'number' } },
} as const satisfies {
  readonly [Code in keyof ErrorDetails]?: { readonly status: number; readonly details: { readonly [name: string]: Form } }
}

interface Fields {
  readonly [name: string]: unknown
  readonly retryAfter?: unknown
}

export type RefusalCode = keyof typeof REFUSALS

/** Milliseconds after which a refused request is tried again whatever the relay says: no word of a relay silences a client for long. */
export const LONGEST_RETRY = 600_000
const LONGEST_TEXT = 200

/** A relay's refusal. It is no error of the library: nothing that the library says of identities, sessions and keys can come from here. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: RefusalCode
  /** Milliseconds after which to try again, if the relay named some: {@link LONGEST_RETRY} at most. */
  readonly retryAfter: number | undefined

  constructor(code: RefusalCode, message: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter === undefined ? undefined : Math.min(retryAfter, LONGEST_RETRY)
  }
}

export function isRefused(error: unknown, code?: RefusalCode): error is Refused {
  return error instanceof Refused && (code === undefined || error.code === code)
}

/** An error that a relay may say to a client. */
export type Refusal = BisikError & { readonly code: RefusalCode }

export function isRefusal(error: unknown): error is Refusal {
  return isBisikError(error) && Object.hasOwn(REFUSALS, error.code)
}

/** @param body - of the answer, from JSON. @returns `undefined` if that is no refusal of a relay. */
export function parseRefusal(status: number, body: unknown): Refused | undefined {
  const { code, details } = fieldsOf(body)
  if (typeof code !== 'string' || !Object.hasOwn(REFUSALS, code)) return undefined
  const refusal = REFUSALS[code as RefusalCode]
  const forms = Object.entries<Form>(refusal.details)
  const said = fieldsOf(details)
  if (refusal.status !== status || !forms.every(([name, form]) => isOf(form, said[name]))) return undefined
  const { message } = new BisikError(code as RefusalCode, said as never)
  return new Refused(code as RefusalCode, message, 'retryAfter' in refusal.details ? Number(said.retryAfter) : undefined)
}

function isOf(form: Form, value: unknown): boolean {
  if (form === 'text') return typeof value === 'string' && value.length <= LONGEST_TEXT && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value)
  return (form === 'number?' && value === undefined) || (Number.isSafeInteger(value) && (value as number) >= 0)
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
