/**
 * Sealing what was encrypted and opening it: the outer layer of a message, around the operations on sessions and groups. Touches no
 * session before the certificate inside is valid, and contains no cryptography.
 */

import { type Bytes, equalBytes } from '../../bytes.js'
import { ObjectCache } from '../../caches.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { type EpochMillis, epochMillis, nextTurn } from '../../env.js'
import { BisikError, isBisikError, type ReceivedSeal } from '../../errors.js'
import { checkOwnCertificate, refuseSelfSend, type TrustRoot, type Valid, validateCertificate } from '../../protocol/sealed/certificates.js'
import { beginSealForMany, type Destination, refusalsOf, sealForOne, unseal } from '../../protocol/sealed/sealed-sender.js'
import { transact } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress } from '../../wire/address.js'
import { parseSenderCertificate, type SenderCertificate } from '../../wire/certificate.js'
import type { Envelope, NamedEnvelope, PlaintextEnvelope, SealedEnvelope } from '../../wire/envelope.js'
import { extractDecryptionError, parsePlaintextContent } from '../../wire/plaintext-content.js'
import { type ContentHint, parseSealedMessage, type SealedContent, serializeSealedContent } from '../../wire/sealed-message.js'
import { writeAppRecords } from '../frame/app-records.js'
import type { Context } from '../frame/context.js'
import { Draft } from '../frame/draft.js'
import type { SealOptions } from '../frame/options.js'
import type { FailedRecipient, Persist, Received, ReceivedRetryRequest, SealedForMany } from '../frame/results.js'
import { forget } from '../frame/session-cache.js'
import type { PeerScope } from '../state/archive.js'
import { firstKeys, PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'

// What each recipient of a message for many gets beside its content, the envelope around it included, has below 128 bytes.
const FOR_MANY_OVERHEAD = 128

// Between two turns of the event loop, each a few milliseconds: sessions are decoded; for each user two keys are agreed on, which takes a
// millisecond where nothing is native.
const SESSIONS_PER_SLICE = 32
const USERS_PER_SLICE = 10

/** How to seal. */
export interface Seal {
  /** This device's own, serialized. */
  readonly certificate: Bytes
  readonly contentHint: ContentHint | undefined
  readonly groupId: Uint8Array | undefined
}

/** What was under a seal, with the certificate that vouches for who put it on. */
export type OpenedSeal = SealedContent & { readonly certificate: Valid<SenderCertificate> }

/** What an app is told of a seal. */
export function describeSeal(seal: OpenedSeal | undefined): ReceivedSeal | undefined {
  if (seal === undefined) return undefined
  const { certificate, contentHint, groupId } = seal
  return { sender: checkAddress(certificate.sender), phoneNumber: certificate.phoneNumber, contentHint, groupId }
}

/** Lets the refusal of a sealed message say what the seal said. @returns what to throw in place of `error`. */
export function withSeal(error: unknown, seal: OpenedSeal | undefined): unknown {
  if (seal === undefined || !isBisikError(error)) return error
  const { code, details, cause } = error
  return new BisikError(code, { ...details, seal: describeSeal(seal) } as never, cause === undefined ? {} : { cause })
}

/**
 * Checks what the caller wants to seal with, if anything.
 *
 * @throws BisikError `invalid-argument`, `certificate-expired`, `malformed-message`.
 */
export function sealOf(
  context: Context,
  { seal, contentHint, groupId }: SealOptions & { readonly seal?: Uint8Array | undefined },
): Seal | undefined {
  if (seal === undefined) return undefined
  const { self, clock } = context
  const parsed = parseOwnCertificate(context, seal)
  checkOwnCertificate(parsed, { address: self.address, identityKey: self.identity.publicKey, now: clock() })
  return { certificate: parsed.serialized, contentHint, groupId }
}

/** What clients sealed with last: the same certificate for a day, as a rule. */
const ownCertificates: ObjectCache<Context, SenderCertificate> = new ObjectCache()

function parseOwnCertificate(context: Context, bytes: Uint8Array): SenderCertificate {
  const last = ownCertificates.get(context)
  if (last !== undefined && equalBytes(last.serialized, bytes)) return last
  const parsed = parseSenderCertificate(bytes)
  ownCertificates.set(context, parsed)
  return parsed
}

/** Puts a seal on a message for one device. */
export function sealEnvelope(
  context: Context,
  envelope: NamedEnvelope | PlaintextEnvelope,
  theirIdentity: IdentityKey,
  seal: Seal,
): SealedEnvelope {
  const { kind, body } = envelope
  const { agreements } = context
  const content = serializeSealedContent({ ...seal, kind, body })
  return { kind: 'sealed', body: sealForOne(content, { ourIdentity: context.self.identity, theirIdentity, agreements }, context.random) }
}

/** Seals a group message for many devices. See `Client.sealForMany`. */
export async function sealForMany(
  context: Context,
  { kind, body, commitment }: Envelope,
  recipients: readonly CanonicalAddress[],
  { seal, excluded }: { readonly seal: Seal; readonly excluded: readonly string[] },
): Promise<SealedForMany> {
  if (kind !== 'sender-key') throw new BisikError('invalid-argument', { argument: 'message', expected: 'a group message' })
  const content = serializeSealedContent({ ...seal, kind, body })
  const length = content.length + FOR_MANY_OVERHEAD
  if (length > context.limits.envelopeLength) throw new BisikError('message-too-large', { length, limit: context.limits.envelopeLength })
  const { destinations, failed } = await findDestinations(context, recipients)
  await nextTurn()
  if (destinations.length === 0 && failed[0] !== undefined) throw failed[0].error
  const ends = { ourIdentity: context.self.identity, agreements: context.agreements }
  const sealing = beginSealForMany(content, { ...ends, destinations, excluded }, context.random)
  try {
    do await nextTurn()
    while (sealing.next(USERS_PER_SLICE))
    await nextTurn()
    return Object.defineProperties(sealing.finish(), { failed: { value: failed }, commitment: { value: commitment } }) as SealedForMany
  } finally {
    sealing.discard()
  }
}

/** Looks up the sessions of all recipients, some at a time. Whoever cannot be served is reported and takes nobody along. */
async function findDestinations(
  context: Context,
  recipients: readonly CanonicalAddress[],
): Promise<{ readonly destinations: readonly Destination[]; readonly failed: readonly FailedRecipient[] }> {
  const found: Destination[] = []
  const failed: FailedRecipient[] = []
  for (let start = 0; start < recipients.length; start += SESSIONS_PER_SLICE) {
    const some = recipients.slice(start, start + SESSIONS_PER_SLICE)
    const outcomes = await transact<readonly (Destination | FailedRecipient)[]>(context.store, function* (tx) {
      const draft = new Draft(tx)
      // All in one go.
      yield* draft.read(...some.flatMap(firstKeys))
      const found: (Destination | FailedRecipient)[] = []
      for (const peer of some) found.push(yield* destinationOf({ context, draft, peer }))
      return found
    })
    for (const outcome of outcomes) 'error' in outcome ? failed.push(outcome) : found.push(outcome)
    await nextTurn()
  }
  const refusals = refusalsOf(found)
  for (const [i, error] of refusals) failed.push({ address: (found[i] as Destination).address, error })
  return { destinations: found.filter((_, i) => !refusals.has(i)), failed }
}

function* destinationOf(scope: PeerScope): Part<Destination | FailedRecipient> {
  const address = scope.peer
  let sessions: PeerSessions | undefined
  try {
    const names = firstKeys(address)
    const [session, identity] = yield* scope.draft.read(...names)
    sessions = new PeerSessions(scope, { names, session, identity })
    const { current, damage } = sessions
    if (damage !== undefined) throw damage
    if (current === undefined || !sessions.maySendOn(current)) {
      throw new BisikError('no-session', { user: address.user, device: address.device })
    }
    yield* sessions.trust(current.remoteIdentity)
    return { address, registrationId: current.remoteRegistrationId, identityKey: current.remoteIdentity }
  } catch (error) {
    if (!isBisikError(error) || error.code === 'internal') throw error
    return { address, error }
  } finally {
    if (sessions !== undefined) forget(sessions.end(false))
  }
}

/**
 * Opens a seal and judges its certificate, before anything is read from the store.
 *
 * @param o - `receivedAt`: when the message reached the relay, if the app knows; never later than now.
 *
 * @throws BisikError `authentication-failed`, `certificate-untrusted`, `certificate-expired`, `self-send`, `malformed-message`,
 *         `unsupported-version`, `invalid-key`.
 */
export function openSeal(
  { self, clock, agreements, vouched: memo }: Context,
  body: Uint8Array,
  { trustRoots, receivedAt }: { readonly trustRoots: readonly TrustRoot[]; readonly receivedAt?: EpochMillis | undefined },
): OpenedSeal {
  const now = epochMillis(Math.min(clock(), receivedAt ?? Number.MAX_SAFE_INTEGER))
  const content = unseal(parseSealedMessage(body), self.identity, agreements)
  const certificate = validateCertificate(content.certificate, { trustRoots, now, memo })
  refuseSelfSend(certificate, { address: self.address })
  return { ...content, certificate }
}

/**
 * Refuses a message whose session or sender key belongs to another identity than the one that sealed it.
 *
 * @throws BisikError `authentication-failed`.
 */
export function checkSealer(seal: OpenedSeal | undefined, identity: IdentityKey): void {
  if (seal !== undefined && !equalBytes(seal.certificate.identityKey, identity)) throw new BisikError('authentication-failed', {})
}

/**
 * Opens a request to send a message again, which is not encrypted. An identity that sealed it must be trusted; a bare one proves
 * nothing, and what is done about it is decided with that in mind.
 */
export async function openRetryRequest(
  context: Context,
  { sender, body, seal }: { readonly sender: CanonicalAddress; readonly body: Bytes; readonly seal: OpenedSeal | undefined },
  persist: Persist<Received> | undefined,
): Promise<ReceivedRetryRequest> {
  const identity = seal?.certificate.identityKey
  const plaintext = parsePlaintextContent(body)
  const request = extractDecryptionError(plaintext)
  const received = { kind: 'retry-request', sender, identity, request, senderKeyWanted: undefined, plaintext } as const
  return transactPeer<ReceivedRetryRequest>(context, sender, function* (draft, sessions) {
    // Whoever was never written to has nothing to ask for again; nothing is learnt of an identity by this.
    if (identity !== undefined) yield* sessions.trust(identity)
    if (sessions.identity === undefined) throw new BisikError('no-session', { user: sender.user, device: sender.device })
    const result = { ...received, sealed: seal !== undefined, seal: describeSeal(seal), notices: [] }
    yield* writeAppRecords(draft, persist, result)
    return result
  })
}
