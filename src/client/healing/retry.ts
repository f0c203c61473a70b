/**
 * Healing: asks for a message that did not open, and answers who asks, both at most once an hour and device. Knows no network: what is
 * made here the app sends, and what is needed from the relay the app fetches.
 *
 * A request between two devices is not encrypted: it must work when no session does. What authenticates it is the ratchet key that it
 * names: an answer goes out only if something that is still kept went to that very device under that key, so that nothing goes to
 * anyone who was not meant to have it; under a seal, the sealer's identity is known besides. Who saw the message on its way (the relay)
 * can forge a bare request, and gains an honest session with the same identity from a bundle that was verified, once an hour. A request
 * for a sender key names no such key, so it travels encrypted, or not at all.
 */
import { objectArgument, uint32Argument } from '../../arguments.js'
import { equalBytes } from '../../bytes.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey } from '../../crypto/keys.js'
import { type EpochMillis, timeArgument } from '../../env.js'
import { BisikError, type Diagnosis } from '../../errors.js'
import { type Verified, verifyPreKeyBundle } from '../../protocol/handshake/pre-keys.js'
import { MAX_STRANGERS, RETRY_INTERVAL } from '../../protocol/limits.js'
import { idOf, kindOf, type SessionKind, type SessionState } from '../../protocol/session/session.js'
import { inboxKey, outboxKey, STRANGERS } from '../../records/names.js'
import { decodeStrangers, encodeStrangers, type Outbox, type SentItem } from '../../records/outbox-record.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress, checkAnyAddress, sameAddress } from '../../wire/address.js'
import { serializeContent } from '../../wire/content.js'
import type { DecryptionErrorMessage } from '../../wire/decryption-error-message.js'
import type { Envelope, PlaintextEnvelope } from '../../wire/envelope.js'
import { serializePlaintextContent } from '../../wire/plaintext-content.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'
import { writeAppRecords } from '../frame/app-records.js'
import { bytesCopy } from '../frame/arguments.js'
import type { Context } from '../frame/context.js'
import { readable } from '../frame/damage.js'
import type { Notice, Persist, ReceivedRetryRequest, RetryAnswer, UnreadableContent } from '../frame/results.js'
import { type Seal, sealEnvelope } from '../sealed/sealed.js'
import { diagnosisOf } from '../sessions/diagnosis.js'
import { checkKind, strongest } from '../sessions/kinds.js'
import { sendingSession, sendOn, sessionThatSends } from '../sessions/send.js'
import { beginSession, noticesOfStart } from '../sessions/start.js'
import type { PeerScope } from '../state/archive.js'
import { fresh, lasting, readContents, readInbox, readOutbox, sentItem, writeInbox, writeOutbox } from '../state/outbox.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'

/** How a request is made. */
export interface Asking {
  readonly seal: Seal | undefined
  /** The identity key that sealed the message that did not open, vouched for by its certificate. */
  readonly sealer: IdentityKey | undefined
  readonly askStrangers: boolean
}

/** What is known of a message that did not open. */
type Unopened = Diagnosis & { readonly sender: CanonicalAddress }

/**
 * Makes of a refusal a result with a request, if asking again can help.
 *
 * @throws `error` itself if it cannot.
 */
export async function askAgain(
  context: Context,
  error: unknown,
  { persist, asking }: { readonly persist: Persist<UnreadableContent> | undefined; readonly asking: Asking },
): Promise<UnreadableContent> {
  const diagnosis = diagnosisOf(error)
  if (diagnosis === undefined || diagnosis.remedy === 'drop' || diagnosis.remedy === 'acknowledge') throw error
  const sender = checkAnyAddress(diagnosis.sender)
  const unopened: Unopened = { ...diagnosis, sender }
  return transactPeer<UnreadableContent>(
    context,
    sender,
    function* (draft, sessions) {
      const scope = { context, draft, peer: sender, sessions }
      const identity = sessions.identity?.key
      const request =
        identity === undefined
          ? yield* requestForStranger(scope, unopened, asking)
          : yield* requestFor(scope, unopened, { identity, seal: asking.seal })
      const refusal = error as BisikError
      const unreadable: UnreadableContent = { kind: 'unreadable', sender, error: refusal, request, seal: refusal.details.seal }
      yield* writeAppRecords(draft, persist, unreadable)
      return unreadable
    },
    [inboxKey(sender)],
  )
}

/** What asking and answering work with. */
interface Scope extends PeerScope {
  readonly sessions: PeerSessions
}

/** The request, and in the same commit the note that it was made. */
function* requestFor(
  scope: Scope,
  { sender, ratchetKey, distribution }: Unopened,
  { identity, seal }: { readonly identity: IdentityKey; readonly seal: Seal | undefined },
): Part<Envelope | undefined> {
  const { context, draft, sessions } = scope
  const now = context.clock()
  const inbox = yield* readInbox(draft, sender, { identity, until: now })
  const last = distribution === undefined ? inbox.askedAt : inbox.askedForSenderKeyAt
  if (isTooSoon(last, now)) return undefined
  // The time of asking: the message's own is not known here, and not needed, for the key names all that must come again.
  const retry = { timestamp: now, device: sender.device, ratchetKey: ratchetKey as EcPublicKey | undefined }
  if (distribution === undefined) {
    writeInbox(draft, sender, { ...inbox, askedAt: now })
    return plainRequest(context, retry, { identity, seal })
  }
  const session = yield* sessionThatSends(context, sessions, sender)
  if (session === undefined) return undefined
  writeInbox(draft, sender, { ...inbox, askedForSenderKeyAt: now })
  const plaintext = serializeContent({ retry, senderKeyWanted: distribution })
  const sent = sendOn(scope, session, { plaintext, seal })
  yield* sessions.setCurrent(sent.session)
  return sent.envelope
}

/**
 * A request to somebody of whom nothing is known here, if the app wants it: then all of them together are counted, in one record, so that
 * made-up names fill neither the store nor the network.
 */
function* requestForStranger(
  { context, draft }: Scope,
  { sender, ratchetKey }: Unopened,
  { seal, sealer, askStrangers }: Asking,
): Part<Envelope | undefined> {
  if (!askStrangers || ratchetKey === undefined) return undefined
  const [record] = yield* draft.read(STRANGERS)
  const now = context.clock()
  const name = `${sender.device}/${sender.user}`
  const asked = (readable(record, decodeStrangers) ?? []).filter(({ askedAt }) => isTooSoon(askedAt, now))
  if (asked.length >= MAX_STRANGERS || asked.some((one) => one.name === name)) return undefined
  draft.put(STRANGERS, encodeStrangers([...asked, { name, askedAt: now }]))
  return plainRequest(context, { timestamp: now, device: sender.device, ratchetKey: ratchetKey as EcPublicKey }, { identity: sealer, seal })
}

/** A request that goes unencrypted; under a seal if it is known for whom. */
function plainRequest(
  context: Context,
  retry: DecryptionErrorMessage,
  { identity, seal }: { readonly identity: IdentityKey | undefined; readonly seal: Seal | undefined },
): Envelope {
  const request: PlaintextEnvelope = { kind: 'plaintext', sender: context.self.address, body: serializePlaintextContent(retry) }
  return seal === undefined || identity === undefined ? request : sealEnvelope(context, request, identity, seal)
}

/** What a request leads to. */
type Plan = 'nothing' | 'send-again' | 'fresh-session'

/** How a request is answered. */
interface Answering {
  readonly fetchBundle: (address: CanonicalAddress) => Promise<PreKeyBundle>
  readonly persist: Persist<readonly Envelope[]> | undefined
  readonly seal: Seal | undefined
}

/** A request, and whose it is. */
interface Asked {
  readonly peer: CanonicalAddress
  readonly request: DecryptionErrorMessage
}

/** Copies the request that a caller wants answered. @throws BisikError `invalid-argument`. */
export function requestCopy(given: ReceivedRetryRequest): Asked {
  const { sender, request } = objectArgument(given, 'request', ({ sender, request }) => ({ sender, request }))
  const { ratchetKey, timestamp, device } = objectArgument(request, 'request', ({ ratchetKey, timestamp, device }) => ({
    ratchetKey,
    timestamp,
    device,
  }))
  const copy = {
    ratchetKey: ratchetKey === undefined ? undefined : parseEcPublicKey(bytesCopy(ratchetKey, 'ratchetKey')),
    timestamp: timeArgument(timestamp, 'timestamp'),
    device: uint32Argument(device, 'device'),
  }
  return { peer: checkAnyAddress(sender), request: copy }
}

/** Answers a request. See `Client.answerRetry`. */
export async function answerRetry(
  context: Context,
  { peer, request }: Asked,
  { fetchBundle, persist, seal }: Answering,
): Promise<RetryAnswer> {
  const plan = await transactPeer<Plan>(
    context,
    peer,
    function* (draft, sessions) {
      return planFor(context, sessions, { outbox: yield* readOutbox(draft, peer), request })
    },
    [outboxKey(peer)],
  )
  if (plan === 'nothing') return { envelopes: [], notices: [] }
  const bundle = plan === 'fresh-session' ? verifyPreKeyBundle(await fetchBundle(peer)) : undefined
  // Of one user, another device has the same identity key.
  if (bundle !== undefined && !sameAddress(checkAddress(bundle.address), peer)) {
    throw new BisikError('invalid-argument', { argument: 'fetchBundle', expected: 'the bundle of the device that asked' })
  }
  return transactPeer<RetryAnswer>(
    context,
    peer,
    function* (draft, sessions) {
      const outbox = yield* readOutbox(draft, peer)
      // What the plan rested on may have changed while the bundle came: then another operation has answered or healed.
      if (planFor(context, sessions, { outbox, request }) !== plan) return { envelopes: [], notices: [] }
      const answer = yield* sendAgain({ context, draft, peer, sessions }, outbox, { bundle, seal })
      yield* writeAppRecords(draft, persist, answer.envelopes)
      return answer
    },
    [outboxKey(peer)],
  )
}

function planFor(
  context: Context,
  sessions: PeerSessions,
  { outbox, request }: { readonly outbox: Outbox; readonly request: DecryptionErrorMessage },
): Plan {
  const now = context.clock()
  const { current, identity } = sessions
  const { ratchetKey, device } = request
  if (ratchetKey === undefined || device !== context.self.address.device || isTooSoon(outbox.answeredAt, now)) return 'nothing'
  // Under the identity key that is believed now: what went to the one before it is not for its successor.
  const named = fresh(outbox, identity?.key, now).find((item) => equalBytes(item.ratchetKey, ratchetKey))
  if (named === undefined) return 'nothing'
  // If another session has taken the place of the one that failed, that one is the fresh session already.
  return current !== undefined && idOf(current) !== named.session && sessions.maySendOn(current) ? 'send-again' : 'fresh-session'
}

function* sendAgain(
  scope: Scope,
  outbox: Outbox,
  { bundle, seal }: { readonly bundle: Verified<PreKeyBundle> | undefined; readonly seal: Seal | undefined },
): Part<RetryAnswer> {
  const { context, draft, peer, sessions } = scope
  const now: EpochMillis = context.clock()
  const items = fresh(outbox, sessions.identity?.key, now)
  const contents = yield* readContents(draft, peer, items)
  const { current } = sessions
  // What went out under a stronger session never goes out again under a weaker one.
  const floor = strongest([...items.map(({ kind }) => kind), ...(current === undefined ? [] : [kindOf(current)])])
  const start = yield* sessionForAnswer(scope, bundle, floor)
  const notices = [...start.notices]
  let { session } = start
  const envelopes: Envelope[] = []
  const sentItems = new Map<SentItem, SentItem | undefined>()
  for (const [i, item] of items.entries()) {
    const content = contents[i]
    if (content === undefined) {
      sentItems.set(item, undefined)
      continue
    }
    const sent = sendOn(scope, session, { plaintext: serializeContent({ ...content, again: true }), seal })
    session = sessions.own(sent.session)
    envelopes.push(sent.envelope)
    sentItems.set(item, sentItem(session, item))
  }
  if (envelopes.length < items.length) notices.push({ kind: 'contents-damaged', count: items.length - envelopes.length })
  yield* sessions.setCurrent(session)
  const { items: kept, overAt } = lasting(outbox, sessions.identity?.key, now)
  const changed = kept.map((item) => (sentItems.has(item) ? sentItems.get(item) : item))
  writeOutbox(draft, peer, { outbox, answeredAt: now, items: changed.filter((item) => item !== undefined), overAt })
  return { envelopes, notices }
}

/** The session on which an answer goes out: a fresh one if there is a bundle for it. */
function* sessionForAnswer(
  { context, peer, sessions }: Scope,
  bundle: Verified<PreKeyBundle> | undefined,
  floor: SessionKind | undefined,
): Part<{ readonly session: SessionState; readonly notices: readonly Notice[] }> {
  const { current } = sessions
  if (bundle === undefined) {
    const session = yield* sendingSession(context, sessions, peer)
    checkKind(kindOf(session), floor, context.allow)
    return { session, notices: [] }
  }
  const begun = yield* beginSession(context, sessions, { bundle, allow: context.allow, floor })
  return { session: sessions.own(begun.session), notices: noticesOfStart(current, begun) }
}

/** A clock that was set back must not keep two devices from healing. */
function isTooSoon(last: number, now: number): boolean {
  return last <= now && now - last < RETRY_INTERVAL && last !== 0
}
