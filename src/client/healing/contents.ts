/**
 * Contents between two devices: what is sent is kept for a while to be sent again, what comes again is known, control messages are
 * carried out in the commit of the message that brought them. Contains no cryptography, and decides nothing about sending again.
 */
import { fieldsArgument, invalidArgument } from '../../arguments.js'
import type { Bytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { epochMillis } from '../../env.js'
import { BisikError } from '../../errors.js'
import { MAX_AGAIN_NAMES, MAX_OUTBOX_ITEMS } from '../../protocol/limits.js'
import { inboxKey, outboxKey } from '../../records/names.js'
import type { Seen } from '../../records/outbox-record.js'
import type { Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { CONTENT_NAME_LENGTH, type Content, parseContent, serializeContent } from '../../wire/content.js'
import type { Envelope } from '../../wire/envelope.js'
import { writeAppRecords } from '../frame/app-records.js'
import { bytesCopy, checkEnvelopeLength } from '../frame/arguments.js'
import type { Context } from '../frame/context.js'
import type { ClientLimits } from '../frame/limits.js'
import type {
  Incoming,
  Persist,
  Received,
  ReceivedContent,
  ReceivedGroupMessage,
  ReceivedMessage,
  ReceivedRetryRequest,
  RepeatedContent,
  TakenSenderKey,
} from '../frame/results.js'
import { acceptWithin } from '../groups/distributions.js'
import type { Seal } from '../sealed/sealed.js'
import type { Join } from '../sessions/receive.js'
import { sendingSession, sendOn } from '../sessions/send.js'
import type { PeerScope } from '../state/archive.js'
import { hasSeen, mayHaveSeen, type Named, withSeen } from '../state/inbox.js'
import { keep, readInbox, readOutbox, sentItem, timeToSend, writeInbox } from '../state/outbox.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'
import { type Asking, askAgain } from './retry.js'

/** What an app sends to a device: its own bytes, and what it wants the library at the other end to take over. */
export interface OutgoingContent {
  readonly application?: Uint8Array | undefined
  /** What `Group.distribute` or `Group.rotate` returned. */
  readonly senderKey?: Uint8Array | undefined
  /** Our access key, 1 to 64 bytes: with it, the recipient can send to us without saying who it is. */
  readonly accessKey?: Uint8Array | undefined
}

/** Decrypts one envelope, with what joins the commit of a message of a session and of any other. */
export type Open = (persist: Persist<Received>, join: Join) => Promise<Received>

const NO_RECORDS: ReadonlyMap<string, Uint8Array> = new Map()
const NO_SENDER_KEY: TakenSenderKey = { senderKey: undefined, senderKeyError: undefined }

/** What is added to a content, at its longest. */
const LONGEST = { name: new Uint8Array(CONTENT_NAME_LENGTH), sentAt: epochMillis(Number.MAX_SAFE_INTEGER), again: true }

/**
 * Copies what a caller wants to send.
 *
 * @throws BisikError `invalid-argument`, also for what holds nothing and for a field that is not known; `message-too-large`.
 */
export function outgoingCopy(content: OutgoingContent, limits: ClientLimits): Content {
  const copy = fieldsArgument(content, 'content', { application: bytesCopy, senderKey: bytesCopy, accessKey: bytesCopy }) as Content
  if (Object.keys(copy).length === 0) throw invalidArgument('content', 'application, senderKey or accessKey')
  checkEnvelopeLength(serializeContent({ ...copy, ...LONGEST }).length, limits)
  return copy
}

/** Encrypts a content for one device and keeps it. See `Client.encryptContent`. */
export async function encryptContent(
  context: Context,
  to: CanonicalAddress,
  {
    content,
    persist,
    seal,
  }: { readonly content: Content; readonly persist: Persist<Envelope> | undefined; readonly seal: Seal | undefined },
): Promise<Envelope> {
  const name = context.random(CONTENT_NAME_LENGTH)
  const sending: NamedSending = { name, content, persist, seal }
  return transactPeer<Envelope>(context, to, (draft, sessions) => encryptStep({ context, draft, peer: to }, sessions, sending), [
    outboxKey(to),
  ])
}

/** A content, under the name that it is known by here and there. */
interface NamedSending {
  readonly name: Bytes
  readonly content: Content
  readonly persist: Persist<Envelope> | undefined
  readonly seal: Seal | undefined
}

function* encryptStep(scope: PeerScope, sessions: PeerSessions, { name, content, persist, seal }: NamedSending): Part<Envelope> {
  const { context, draft, peer } = scope
  const outbox = yield* readOutbox(draft, peer)
  const now = context.clock()
  const sentAt = timeToSend(outbox, now)
  const plaintext = serializeContent({ ...content, name, sentAt })
  const current = yield* sendingSession(context, sessions, peer)
  const { session, envelope } = sendOn(scope, current, { plaintext, seal })
  yield* sessions.setCurrent(session)
  sessions.answer()
  const item = sentItem(session, { name, sentAt, length: plaintext.length })
  keep(draft, peer, { outbox, item, identity: session.remoteIdentity, content: plaintext, now })
  yield* writeAppRecords(draft, persist, envelope)
  return envelope
}

/** Decrypts a content. See `Client.decryptContent`. */
export async function decryptContent(
  context: Context,
  open: Open,
  { persist, asking }: { readonly persist: Persist<Incoming> | undefined; readonly asking: Asking },
): Promise<Incoming> {
  // Of the last run of the transaction: the one that is committed.
  let result: OpenedContent | undefined
  const join: Join = {
    records: (sender) => [inboxKey(sender)],
    run: (scope, received) =>
      joinContent(scope, received, (opened) => {
        result = opened
        return writeAppRecords<Incoming>(scope.draft, persist, opened)
      }),
  }
  const others: Persist<Received> = (received, tx) => {
    if (received.kind === 'message') return NO_RECORDS
    result = received.kind === 'group-message' ? groupContent(received) : received
    return persist === undefined ? NO_RECORDS : persist(result, tx)
  }
  try {
    const { notices } = await open(others, join)
    if (result === undefined) throw new BisikError('internal', { reason: 'a message without a result' })
    return { ...result, notices }
  } catch (error) {
    return askAgain(context, error, { persist, asking })
  }
}

/** @param persist - what the app wants to join the commit. */
function* joinContent(scope: PeerScope, received: ReceivedMessage, persist: (opened: OpenedContent) => Part<void>): Part<void> {
  yield* persist(yield* takeIn(scope, received))
}

/** What a content of a session can be. */
type OpenedContent = ReceivedContent | RepeatedContent | ReceivedRetryRequest

/** Carries out what a content says, in the commit of its message. */
function* takeIn(scope: PeerScope, { sender, identity, plaintext, sealed, seal, notices }: ReceivedMessage): Part<OpenedContent> {
  const { context, draft, peer } = scope
  const { application, name, sentAt, again = false, senderKey, accessKey, senderKeyWanted, retry } = parseContent(plaintext)
  if (retry !== undefined)
    return { kind: 'retry-request', sender, identity, request: retry, senderKeyWanted, plaintext, sealed, seal, notices }
  const isNamed = name !== undefined || sentAt !== undefined
  const arrival = isNamed ? yield* noteArrival(scope, identity, { name, sentAt, again }) : 'new'
  if (arrival === 'repeated') return { kind: 'repeated', sender, notices }
  return {
    kind: 'content',
    sender,
    identity,
    application,
    sentAt,
    again,
    maybeRepeated: arrival === 'maybe-repeated',
    ...(senderKey === undefined
      ? NO_SENDER_KEY
      : yield* acceptWithin(context, draft, { from: { sender: peer, identity }, bytes: senderKey })),
    accessKey,
    distribution: undefined,
    committed: false,
    sealed,
    seal,
    notices,
  }
}

/** What a group may be told in a group message: the application's bytes. Everything else is between two devices. */
function groupContent(received: ReceivedGroupMessage): ReceivedContent {
  const { sender, identity, plaintext, distribution, committed, sealed, seal, notices } = received
  const { application, sentAt } = parseContent(plaintext)
  const none = { again: false, maybeRepeated: false, ...NO_SENDER_KEY, accessKey: undefined }
  return { kind: 'content', sender, identity, application, sentAt, ...none, distribution, committed, sealed, seal, notices }
}

/**
 * Notes that a content came, and says whether it came before. The sender keeps its newest contents, and here are kept the names of as many.
 * The first copy of what was shown when it came again opens by a key of its own, however late: so those names are kept longer. What may be
 * one whose name was forgotten is shown all the same, with a mark: only what is known to have been shown is held back.
 */
function* noteArrival(
  { context, draft, peer }: PeerScope,
  identity: IdentityKey,
  content: Named & { readonly again: boolean },
): Part<'new' | 'repeated' | 'maybe-repeated'> {
  const inbox = yield* readInbox(draft, peer, { identity, until: Math.max(context.clock(), content.sentAt ?? 0) })
  const { received, receivedAgain } = inbox
  if (isKnown(received, content) || isKnown(receivedAgain, content)) return 'repeated'
  writeInbox(draft, peer, {
    ...inbox,
    received: withSeen(received, content, MAX_OUTBOX_ITEMS),
    receivedAgain: content.again ? withSeen(receivedAgain, content, MAX_AGAIN_NAMES) : receivedAgain,
  })
  return mayHaveSeen(content.again ? received : receivedAgain, content) ? 'maybe-repeated' : 'new'
}

/** Also by its time if it came again: a first release may have opened it in, which knew no names. */
function isKnown(seen: Seen, content: Named & { readonly again: boolean }): boolean {
  return hasSeen(seen, content) || (content.again && content.name !== undefined && hasSeen(seen, { sentAt: content.sentAt }))
}
