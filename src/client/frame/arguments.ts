/**
 * What callers hand to a client: checked, and copied before the first await, so that nobody can change it between its check and its
 * use. Knows types and limits, no record and no session.
 */

import { bytesArgument, choiceArgument, invalidArgument, listArgument, registrationIdArgument } from '../../arguments.js'
import { type Bytes, copyBytes } from '../../bytes.js'
import { type IdentityKey, parseIdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import type { TrustLevel, TrustPolicy } from '../../protocol/identity/trust.js'
import type { SessionKind } from '../../protocol/session/session.js'
import { type CanonicalAddress, checkAnyAddress, type DeviceAddress } from '../../wire/address.js'
import { type Envelope, type NamedEnvelope, type PlaintextEnvelope, readEnvelope, type SealedEnvelope } from '../../wire/envelope.js'
import { ENVELOPE_OVERHEAD, MAX_GROUP_ID_LENGTH } from '../../wire/limits.js'
import { checkPreKeyBundle, type PreKeyBundle } from '../../wire/pre-key-bundle.js'
import { CONTENT_HINTS, type ContentHint } from '../../wire/sealed-message.js'
import type { ClientLimits } from './limits.js'

/** A kind of session weaker than the Triple Ratchet. */
export type WeakerKind = Exclude<SessionKind, 'triple'>

const WEAKER_KINDS: readonly WeakerKind[] = ['x3dh', 'pqxdh']
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
    throw invalidArgument(argument, 'bytes whose memory is still there')
  }
}

/** Copies a bundle. @throws BisikError `invalid-argument`, also for a registration id of 0; `invalid-key`. */
export function bundleCopy(bundle: PreKeyBundle): PreKeyBundle {
  const checked = checkPreKeyBundle(bundle)
  registrationIdArgument(checked.registrationId)
  return checked
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
  const { kind, sender, body, commitment } = readEnvelope(envelope)
  if (ArrayBuffer.isView(envelope)) throw invalidArgument('envelope', 'what parseEnvelope makes of these bytes')
  choiceArgument(kind, ENVELOPE_KINDS, 'kind')
  const copy = bytesCopy(body, 'body')
  const committed = commitment === undefined ? {} : { commitment: bytesCopy(commitment, 'commitment') }
  if (kind === 'sealed') return { kind, body: copy, ...committed }
  return { kind, sender: checkAnyAddress(sender as DeviceAddress), body: copy, ...committed }
}

/** Checks kinds of sessions. @throws BisikError `invalid-argument`. */
export function kindsArgument(allow: readonly WeakerKind[], argument = 'allow'): readonly WeakerKind[] {
  return listArgument(allow, argument).map((kind) => choiceArgument(kind, WEAKER_KINDS, argument))
}

/** Checks a policy. @throws BisikError `invalid-argument`. */
export function policyArgument(policy: TrustPolicy, argument: string): TrustPolicy {
  return choiceArgument(policy, TRUST_POLICIES, argument)
}

/** Checks a level that a caller may give. @throws BisikError `invalid-argument`. */
export function levelArgument(level: Exclude<TrustLevel, 'first-use'>, argument = 'level'): Exclude<TrustLevel, 'first-use'> {
  return choiceArgument(level, ACCEPTED_LEVELS, argument)
}

/** Checks what a sender may say about a message that does not open. @throws BisikError `invalid-argument`. */
export function hintArgument(hint: ContentHint, argument: string): ContentHint {
  return choiceArgument(hint, CONTENT_HINTS, argument)
}

/** Copies a group's id. @throws BisikError `invalid-argument`. */
export function groupIdCopy(id: Uint8Array, argument: string): Bytes {
  if (bytesArgument(id, argument).length > MAX_GROUP_ID_LENGTH) throw invalidArgument(argument, `at most ${MAX_GROUP_ID_LENGTH} bytes`)
  return bytesCopy(id, argument)
}

/** Copies an identity key that may be left out. @throws BisikError `invalid-argument`, `invalid-key`. */
export function identityArgument(identity: Uint8Array | undefined): IdentityKey | undefined {
  return identity === undefined ? undefined : parseIdentityKey(bytesCopy(identity, 'identity'))
}
