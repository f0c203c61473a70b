/**
 * Contents between two devices: what is sent is kept for a while to be sent again, what comes again is known, control messages are
 * carried out in the commit of the message that brought them. Contains no cryptography, and decides nothing about sending again.
 */
import { epochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { MAX_AGAIN_NAMES, MAX_OUTBOX_ITEMS } from '../protocol/limits.js'
import { encodeInbox, type Inbox } from '../records/mail-record.js'
import { inboxKey, outboxKey } from '../records/record-keys.js'
import type { DeviceAddress } from '../wire/address.js'
import { type Content, parseContent, serializeContent } from '../wire/content.js'
import type { Envelope } from '../wire/envelope.js'
import { bytesCopy, checkEnvelopeLength } from './arguments.js'
import type { ClientLimits } from './client-limits.js'
import type { Context } from './context.js'
import type { Draft } from './draft.js'
import { acceptWithin } from './group.js'
import { keep, readInbox, readOutbox, sentItem } from './mail.js'
import { type Join, sendingSession, sendOn } from './pairwise.js'
import { transactPeer, writeAppRecords } from './peer-transaction.js'
import type {
  AppRecords,
  Incoming,
  Received,
  ReceivedContent,
  ReceivedGroupMessage,
  ReceivedMessage,
  ReceivedRetryRequest,
  RepeatedContent,
  TakenSenderKey,
} from './results.js'
import { type Asking, askAgain } from './retry.js'
import type { Seal } from './sealed.js'

/** What an app sends to a device: its own bytes, and what it wants the library at the other end to take over. */
export interface OutgoingContent {
  readonly application?: Uint8Array | undefined
  /** What `Group.distribute` or `Group.rotate` returned. */
  readonly senderKey?: Uint8Array | undefined
  /** Our access key, 1 to 64 bytes: with it, the recipient can send to us without saying who it is. */
  readonly accessKey?: Uint8Array | undefined
}

/** Decrypts one envelope, with what joins the commit of a message of a session and of any other. */
export type Open = (persist: (received: Received) => AppRecords, join: Join) => Promise<Received>

const NO_RECORDS: AppRecords = new Map()
const NO_SENDER_KEY: TakenSenderKey = { senderKey: undefined, senderKeyError: undefined }

/** Copies what a caller wants to send. @throws BisikError `invalid-argument`, `message-too-large`. */
export function outgoingCopy({ application, senderKey, accessKey }: OutgoingContent, limits: ClientLimits): Content {
  const copy = {
    application: application === undefined ? undefined : bytesCopy(application, 'application'),
    senderKey: senderKey === undefined ? undefined : bytesCopy(senderKey, 'senderKey'),
    accessKey: accessKey === undefined ? undefined : bytesCopy(accessKey, 'accessKey'),
  }
  checkEnvelopeLength(serializeContent({ ...copy, sentAt: epochMillis(Number.MAX_SAFE_INTEGER), again: true }).length, limits)
  return copy
}

/** Encrypts a content for one device and keeps it. See `Client.encryptContent`. */
export async function encryptContent(
  context: Context,
  to: DeviceAddress,
  content: Content,
  { persist, seal }: { readonly persist: ((envelope: Envelope) => AppRecords) | undefined; readonly seal: Seal | undefined },
): Promise<Envelope> {
  return transactPeer(
    context,
    to,
    (draft, sessions) => {
      const outbox = readOutbox(draft, to)
      const now = context.clock()
      const sentAt = epochMillis(Math.max(now, outbox.lastSentAt + 1))
      const plaintext = serializeContent({ ...content, sentAt })
      const { session, envelope } = sendOn(context, draft, to, sendingSession(context, sessions, to), { plaintext, seal })
      sessions.setCurrent(session)
      const item = sentItem(session, sentAt, plaintext.length)
      keep(draft, to, outbox, { item, identity: session.remoteIdentity, content: plaintext, now })
      writeAppRecords(draft, persist?.(envelope))
      return draft.end(envelope)
    },
    [outboxKey(to)],
  )
}

/** Decrypts a content. See `Client.decryptContent`. */
export async function decryptContent(
  context: Context,
  open: Open,
  { persist, asking }: { readonly persist: ((incoming: Incoming) => AppRecords) | undefined; readonly asking: Asking },
): Promise<Incoming> {
  // Of the last run of the transaction: the one that is committed.
  let result: ReceivedContent | RepeatedContent | ReceivedRetryRequest | undefined
  const join: Join = {
    records: (sender) => [inboxKey(sender)],
    run: (draft, received) => {
      result = takeIn(context, draft, received)
      if (!draft.incomplete) writeAppRecords(draft, persist?.(result))
    },
  }
  const others = (received: Received): AppRecords => {
    if (received.kind === 'message') return NO_RECORDS
    result = received.kind === 'group-message' ? groupContent(received) : received
    return persist?.(result) ?? NO_RECORDS
  }
  try {
    const { notices } = await open(others, join)
    if (result === undefined) throw new BisikError('internal', { reason: 'a message without a result' })
    return { ...result, notices }
  } catch (error) {
    return askAgain(context, error, { persist, asking })
  }
}

/** Carries out what a content says, in the commit of its message. */
function takeIn(
  context: Context,
  draft: Draft,
  { sender, identity, plaintext, sealed, notices }: ReceivedMessage,
): ReceivedContent | RepeatedContent | ReceivedRetryRequest {
  const { application, sentAt, again = false, senderKey, accessKey, senderKeyWanted, retry } = parseContent(plaintext)
  if (retry !== undefined) return { kind: 'retry-request', sender, identity, request: retry, senderKeyWanted, plaintext, sealed, notices }
  const inbox = readInbox(draft, sender)
  if (sentAt !== undefined) {
    if (isRepeated(inbox, sentAt, again)) return { kind: 'repeated', sender, notices }
    const received = withName(inbox.received, sentAt, MAX_OUTBOX_ITEMS)
    const receivedAgain = again ? withName(inbox.receivedAgain, sentAt, MAX_AGAIN_NAMES) : inbox.receivedAgain
    draft.put(inboxKey(sender), encodeInbox({ ...inbox, generation: inbox.generation + 1, received, receivedAgain }))
  }
  return {
    kind: 'content',
    sender,
    identity,
    application,
    sentAt,
    again,
    ...(senderKey === undefined ? NO_SENDER_KEY : acceptWithin(context, draft, { sender, identity }, senderKey)),
    accessKey,
    distribution: undefined,
    sealed,
    notices,
  }
}

/** What a group may be told in a group message: the application's bytes. Everything else is between two devices. */
function groupContent({ sender, identity, plaintext, distribution, sealed, notices }: ReceivedGroupMessage): ReceivedContent {
  const { application, sentAt } = parseContent(plaintext)
  const none = { again: false, ...NO_SENDER_KEY, accessKey: undefined }
  return { kind: 'content', sender, identity, application, sentAt, ...none, distribution, sealed, notices }
}

/**
 * Whether a content came before. The sender keeps its newest contents, and here are kept the names of as many: so what it sends again
 * is newer than the oldest name, or it is an old copy that somebody held back. The first copy of what was shown when it came again
 * opens by a key of its own, however late: so those names are kept longer, and what is older than all of them is not shown either.
 */
function isRepeated({ received, receivedAgain }: Inbox, sentAt: number, again: boolean): boolean {
  if (received.includes(sentAt) || receivedAgain.includes(sentAt)) return true
  return (again && isOlderThanAll(received, sentAt, MAX_OUTBOX_ITEMS)) || isOlderThanAll(receivedAgain, sentAt, MAX_AGAIN_NAMES)
}

/** Whether a list that had to forget names may have forgotten this one. */
function isOlderThanAll([oldest, ...others]: readonly number[], sentAt: number, limit: number): boolean {
  return oldest !== undefined && others.length + 1 === limit && sentAt < oldest
}

function withName(names: readonly number[], name: number, limit: number): number[] {
  return [...names, name].sort((a, b) => a - b).slice(-limit)
}
