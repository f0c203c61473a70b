/**
 * What callers hand to a client: checked, and copied before the first await, so that nobody can change it between its check and its
 * use. Knows types and limits, no record and no session.
 */
import { type Bytes, copyBytes } from '../bytes.js'
import { type Clock, epochMillis, type RandomSource } from '../env.js'
import { BisikError } from '../errors.js'
import type { SessionKind } from '../protocol/session.js'
import type { TrustLevel, TrustPolicy } from '../protocol/trust.js'
import type { KeyStore } from '../store/key-store.js'
import { type CanonicalAddress, checkAddress } from '../wire/address.js'
import type { Envelope, NamedEnvelope, PlaintextEnvelope, SealedEnvelope } from '../wire/envelope.js'
import { bytesArgument, objectArgument } from '../wire/input.js'
import { ENVELOPE_OVERHEAD } from '../wire/limits.js'
import type { ClientLimits } from './client-limits.js'

const WEAKER_KINDS = ['x3dh', 'pqxdh'] as const
const TRUST_POLICIES: readonly TrustPolicy[] = ['first-use', 'verified-only']
const ACCEPTED_LEVELS = ['accepted', 'verified'] as const
const ENVELOPE_KINDS: readonly Envelope['kind'][] = ['pre-key', 'ratchet', 'sender-key', 'sealed', 'plaintext']

/**
 * Copies a byte string.
 *
 * @throws BisikError `invalid-argument` if it is none, or its memory is gone (detached): nothing empty takes its place in silence.
 */
export function bytesCopy(value: Uint8Array, argument: string): Bytes {
  bytesArgument(value, argument)
  try {
    return copyBytes(value)
  } catch {
    throw new BisikError('invalid-argument', { argument, expected: 'bytes whose memory is still there' })
  }
}

/**
 * Copies what is to be encrypted, if its envelope will not be too long however it goes out: nothing has advanced yet.
 *
 * @throws BisikError `invalid-argument`, `message-too-large`.
 */
export function plaintextCopy(plaintext: Uint8Array, limits: ClientLimits): Bytes {
  checkEnvelopeLength(bytesArgument(plaintext, 'plaintext').length, limits)
  return bytesCopy(plaintext, 'plaintext')
}

/** @throws BisikError `message-too-large` if an envelope around so many bytes might be longer than the limit. */
export function checkEnvelopeLength(length: number, { envelopeLength }: ClientLimits): void {
  const limit = envelopeLength - ENVELOPE_OVERHEAD
  if (length > limit) throw new BisikError('message-too-large', { length, limit })
}

/** An envelope whose sender's address was checked. */
export type Checked<E extends NamedEnvelope | PlaintextEnvelope> = E & { readonly sender: CanonicalAddress }

/** Copies an envelope. @throws BisikError `invalid-argument`. */
export function envelopeCopy(envelope: Envelope): Checked<NamedEnvelope> | Checked<PlaintextEnvelope> | SealedEnvelope {
  const { kind } = objectArgument(envelope, 'envelope')
  if (ArrayBuffer.isView(envelope)) {
    throw new BisikError('invalid-argument', { argument: 'envelope', expected: 'what parseEnvelope makes of these bytes' })
  }
  oneOf(kind, ENVELOPE_KINDS, 'kind')
  const body = bytesCopy(envelope.body, 'body')
  return envelope.kind === 'sealed' ? { kind: 'sealed', body } : { kind: envelope.kind, sender: checkAddress(envelope.sender), body }
}

/** Checks that a store has the three methods. @throws BisikError `invalid-argument`. */
export function storeArgument(store: KeyStore): KeyStore {
  const { read, commit, list } = objectArgument(store, 'store')
  if ([read, commit, list].some((method) => typeof method !== 'function')) {
    throw new BisikError('invalid-argument', {
      argument: 'store',
      expected: 'a KeyStore: new MemoryStore(), SqliteStore.open(database), …',
    })
  }
  return store
}

/** Checks a callback that may be left out. @throws BisikError `invalid-argument`. */
export function functionArgument<T>(value: T, argument: string): T {
  if (value !== undefined && typeof value !== 'function') throw new BisikError('invalid-argument', { argument, expected: 'a function' })
  return value
}

/** A source of the caller's may return a Node `Buffer`, which must not end up inside a secret. */
export function checkedRandom(random: RandomSource): RandomSource {
  functionArgument(random, 'random')
  return (length) => {
    const bytes = bytesArgument(random(length), 'random', length)
    return bytes.constructor === Uint8Array ? bytes : copyBytes(bytes)
  }
}

/** A clock of the caller's that says nonsense must not end up in a record. */
export function checkedClock(clock: Clock): Clock {
  functionArgument(clock, 'clock')
  return () => epochMillis(clock())
}

/** Checks a list that may be left out. @throws BisikError `invalid-argument`. */
export function listArgument<T>(list: readonly T[] | undefined, argument: string): readonly T[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw new BisikError('invalid-argument', { argument, expected: 'an array' })
  return [...list]
}

/** Checks kinds of sessions. @throws BisikError `invalid-argument`. */
export function kindsArgument(allow: readonly SessionKind[] | undefined): readonly SessionKind[] {
  return listArgument(allow, 'allow').map((kind) => oneOf<SessionKind>(kind, WEAKER_KINDS, 'allow'))
}

/** Checks a policy. @throws BisikError `invalid-argument`. */
export function policyArgument(policy: TrustPolicy): TrustPolicy {
  return oneOf(policy, TRUST_POLICIES, 'trustPolicy')
}

/** Checks a level that a caller may give. @throws BisikError `invalid-argument`. */
export function levelArgument(level: Exclude<TrustLevel, 'first-use'>): Exclude<TrustLevel, 'first-use'> {
  return oneOf(level, ACCEPTED_LEVELS, 'level')
}

function oneOf<T extends string>(value: T, values: readonly T[], argument: string): T {
  if (!values.includes(value)) {
    throw new BisikError('invalid-argument', { argument, expected: values.map((one) => `'${one}'`).join(' or ') })
  }
  return value
}
