/** Puts the same bytes to a release and to bisik, and says where they differ beyond what is declared. Knows no format. */
import { type BisikError, type ErrorCode, isBisikError } from '../../src/errors.js'
import { deviations } from '../support/deviations.js'
import { profileOf } from '../support/replay/profiles.js'
import { codesOf, declaredDifference, isSameRefusal } from '../support/replay/refusals.js'
import { SEALING_VERSION } from './libsignal-sealer.js'
import { Refusal } from './peer.js'

/** The reasons of refusals that are declared deviations: bisik may refuse so what the release takes. */
const DECLARED: ReadonlyMap<string, string> = new Map([
  ['groups nest too deep', 'unknown-group-depth'],
  ['a time beyond 2^53', 'certificate-time'],
  ['not exactly one user', 'certificate-one-of-each'],
  ['not exactly one signer', 'certificate-one-of-each'],
  ['a device is there twice', 'sealed-recipients'],
  ['the number of recipients is not in its shortest form', 'sealed-recipient-count'],
  ['the hash inside a KEM secret key does not match its public key', 'kem-secret-key-hash'],
  ['post-quantum ratchet: a number is too large', 'spqr-epoch-range'],
  ['post-quantum ratchet: a message without key', 'spqr-unkeyed-window'],
])

for (const id of DECLARED.values()) {
  if (!deviations.some((deviation) => deviation.id === id)) throw new Error(`"${id}" is no declared deviation`)
}

/** What bisik said: `declared` is a refusal that a declared deviation explains. */
export type Verdict = 'accepted' | 'refused' | 'declared'

type Answer = { readonly text: string } | { readonly error: Error }

/** Collects verdicts; the first difference ends the story. */
export class Judge {
  #cases = 0
  #accepted = 0
  #declared = 0

  /**
   * Asks both. Each returns what it read, in values that print alike, or throws its refusal.
   *
   * @param what - enough to find the case again.
   * @param compareReasons - whether the refusals must mean the same; `'format'`: or both that the bytes are malformed or hold no key, since
   *        one altered bit can break two things, as a length and the key behind it, and the two parsers look at them in turn.
   * @returns what bisik said; after `declared` the two may have different states.
   */
  async ask(what: string, theirs: () => unknown, ours: () => unknown, compareReasons: 'all' | 'format' = 'all'): Promise<Verdict> {
    this.#cases++
    const [a, b] = [await answerOf(theirs), await answerOf(ours)]
    const reason = 'error' in b ? (declaredReason(b.error) ?? ('error' in a ? declaredOther(b.error, a.error) : undefined)) : undefined
    if (reason !== undefined) this.#declared++
    else if ('text' in a && 'text' in b) {
      this.#accepted++
      if (a.text !== b.text) throw new Error(`${what}: the release reads ${a.text}, bisik ${b.text}`)
    } else if ('text' in a || 'text' in b) {
      throw new Error(`${what}: the release says ${shown(a)}, bisik ${shown(b)}`)
    } else if (!isSameReason(b.error as BisikError, a.error, compareReasons === 'format')) {
      throw new Error(`${what}: the release refuses with "${a.error.message}", bisik with "${b.error.message}"`)
    }
    if (reason !== undefined) return 'declared'
    return 'text' in b ? 'accepted' : 'refused'
  }

  /** What came of it. @throws if all or none was accepted: then nothing was put to the test. */
  summary(): string {
    const refused = this.#cases - this.#accepted - this.#declared
    if (this.#accepted === 0 || refused === 0) throw new Error(`${this.#accepted} accepted, ${refused} refused: that is no test`)
    const declared = this.#declared === 0 ? '' : `, ${this.#declared} refused as declared`
    return `${this.#accepted} accepted alike, ${refused} refused alike${declared}`
  }
}

const BAD_FORMAT: ReadonlySet<ErrorCode> = new Set(['malformed-message', 'invalid-key'])

const PROFILE = profileOf(SEALING_VERSION)

function isSameReason(ours: BisikError, theirs: Error, ofFormat: boolean): boolean {
  return (
    isSameRefusal(ours, theirs, PROFILE) || (ofFormat && BAD_FORMAT.has(ours.code) && codesOf(theirs).some((code) => BAD_FORMAT.has(code)))
  )
}

async function answerOf(call: () => unknown): Promise<Answer> {
  try {
    return { text: JSON.stringify(printable(await call())) }
  } catch (error) {
    if (error instanceof Refusal && error.cause instanceof Error) return { error: error.cause }
    if (error instanceof Error && error.constructor !== TypeError) return { error }
    throw error
  }
}

/** Bytes as hexadecimal, objects of the release as their bytes, absent things as `null`. */
function printable(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(printable)
  if (typeof value === 'object' && 'serialize' in value) return printable((value as { serialize(): Uint8Array }).serialize())
  return value
}

function declaredReason(error: Error): string | undefined {
  for (let cause: unknown = error; isBisikError(cause); cause = cause.cause) {
    const { details } = cause
    if ('reason' in details && typeof details.reason === 'string' && DECLARED.has(details.reason)) return details.reason
  }
  return undefined
}

/** Both refuse, and a deviation declares why bisik says another reason. */
function declaredOther(ours: Error, theirs: Error): string | undefined {
  return isBisikError(ours) ? declaredDifference('decrypt', ours, theirs) : undefined
}

function shown(answer: Answer): string {
  return 'text' in answer ? 'yes' : `no (${answer.error.message})`
}
