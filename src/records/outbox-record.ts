/**
 * What went to a device lately and what came from it, on disk: enough to send again and to know what came twice.
 */
import { type Bytes, concatBytes } from '../bytes.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey, parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { MAX_AGAIN_NAMES, MAX_OUTBOX_ITEMS } from '../protocol/limits.js'
import type { SessionId, SessionKind } from '../protocol/session/session.js'
import { decodeRecord, encodeRecord, FORMAT } from './protobuf.js'
import * as schema from './schema/records.js'

/** One content that was sent. */
export interface SentItem {
  /** 16 bytes. A content that the first release sent has no name and is known by its time. */
  readonly name: Bytes | undefined
  readonly sentAt: number
  /** Bytes of the content. */
  readonly length: number
  /** Of the message that carried it last; the recipient can name it by this. */
  readonly ratchetKey: EcPublicKey
  /** The session that carried it last, and its kind then. */
  readonly session: SessionId
  readonly kind: SessionKind
}

/** What was sent to one device. Times in milliseconds, 0 for never. */
export interface Outbox {
  readonly generation: number
  readonly lastSentAt: number
  readonly answeredAt: number
  /** The identity key to which all items went. They are for nobody else. */
  readonly identity: IdentityKey | undefined
  /** Oldest first. */
  readonly items: readonly SentItem[]
  /** When the clock said for the first time that an item is over. */
  readonly overAt: number
}

/** Which contents came from one device, as far as we remember. */
export interface Seen {
  /** The names of the newest, 16 bytes each, in the order in which they came; {@link timeName} for those without. */
  readonly names: Bytes
  /** When each of them was sent, by the sender's clock. */
  readonly times: readonly number[]
  /** When those were sent whose names have been forgotten: ranges, first and last time of each, lowest first. */
  readonly forgotten: readonly (readonly [first: number, last: number])[]
}

/** What came from one device. Times in milliseconds, 0 for never. */
export interface Inbox {
  readonly generation: number
  readonly askedAt: number
  readonly askedForSenderKeyAt: number
  /** The identity key from which all of them came; unknown in a record of the first release. */
  readonly identity: IdentityKey | undefined
  readonly received: Seen
  /** Contents that came a second time and were shown: their first copy may still be under way. */
  readonly receivedAgain: Seen
}

/** A device that is not known here and was asked to send again. */
export interface Stranger {
  /** Device and user. */
  readonly name: string
  readonly askedAt: number
}

/** Bytes of a content's name. */
export const NAME_LENGTH = 16

const NONE = new Uint8Array(0)

const KINDS: readonly SessionKind[] = ['x3dh', 'pqxdh', 'triple']

/** Nothing was sent. */
export const EMPTY_OUTBOX: Outbox = { generation: 0, lastSentAt: 0, answeredAt: 0, identity: undefined, items: [], overAt: 0 }

/** Encodes what was sent to a device. */
export function encodeOutbox(outbox: Outbox): Bytes {
  // Each content that is sent writes all of them, and a literal costs a fraction of a spread.
  const items = outbox.items.map(({ sentAt, length, ratchetKey, kind, session, name = NONE }) => {
    return { sentAt, length, ratchetKey, kind: KINDS.indexOf(kind), session, name }
  })
  return encodeRecord(schema.Outbox, { ...outbox, identity: outbox.identity ?? NONE, format: FORMAT, items })
}

/** Decodes what was sent to a device; nothing, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeOutbox(bytes: Uint8Array | undefined): Outbox {
  if (bytes === undefined) return EMPTY_OUTBOX
  return decodeRecord('outbox', schema.Outbox, bytes, ({ generation, lastSentAt, answeredAt, identity, items, overAt }) => ({
    generation,
    lastSentAt,
    answeredAt,
    identity: identity.length === 0 ? undefined : parseIdentityKey(identity),
    items: items.map(sentItemOf),
    overAt,
  }))
}

function sentItemOf({ name, sentAt, length, ratchetKey, kind: number, session }: schema.OutboxItem): SentItem {
  const kind = KINDS[number]
  if (kind === undefined) throw new BisikError('corrupt-record', { record: 'outbox' })
  return {
    name: name.length === 0 ? undefined : name,
    sentAt,
    length,
    ratchetKey: parseEcPublicKey(ratchetKey),
    session: session as SessionId,
    kind,
  }
}

/** Encodes one content that was sent; the bytes hold the plaintext. */
export function encodeSentContent(content: Uint8Array): Bytes {
  return encodeRecord(schema.OutboxContent, { format: FORMAT, content })
}

/** Decodes one content that was sent. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSentContent(bytes: Uint8Array): Uint8Array {
  return decodeRecord('outbox', schema.OutboxContent, bytes, ({ content }) => content)
}

/** Nothing came. */
export const EMPTY_INBOX: Inbox = {
  generation: 0,
  askedAt: 0,
  askedForSenderKeyAt: 0,
  identity: undefined,
  received: { names: NONE, times: [], forgotten: [] },
  receivedAgain: { names: NONE, times: [], forgotten: [] },
}

/** Encodes what came from a device. */
export function encodeInbox({ received, receivedAgain, identity, ...inbox }: Inbox): Bytes {
  return encodeRecord(schema.Inbox, {
    ...inbox,
    format: FORMAT,
    identity: identity ?? NONE,
    received: [...received.times],
    names: received.names,
    forgotten: received.forgotten.flat(),
    receivedAgain: [...receivedAgain.times],
    namesAgain: receivedAgain.names,
    forgottenAgain: receivedAgain.forgotten.flat(),
  })
}

/** Decodes what came from a device; nothing, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeInbox(bytes: Uint8Array | undefined): Inbox {
  if (bytes === undefined) return EMPTY_INBOX
  return decodeRecord('inbox', schema.Inbox, bytes, (message) => ({
    generation: message.generation,
    askedAt: message.askedAt,
    askedForSenderKeyAt: message.askedForSenderKeyAt,
    identity: message.identity.length === 0 ? undefined : parseIdentityKey(message.identity),
    received: seenOf({ times: message.received, names: message.names, bounds: message.forgotten }, MAX_OUTBOX_ITEMS),
    receivedAgain: seenOf({ times: message.receivedAgain, names: message.namesAgain, bounds: message.forgottenAgain }, MAX_AGAIN_NAMES),
  }))
}

function seenOf(
  { times, names, bounds }: { readonly times: readonly number[]; readonly names: Uint8Array; readonly bounds: readonly number[] },
  limit: number,
): Seen {
  if (times.length > 0 && names.length === 0) return seenByTime(times, limit)
  if (names.length !== times.length * NAME_LENGTH || bounds.length % 2 !== 0) throw new BisikError('corrupt-record', { record: 'inbox' })
  const forgotten = bounds.flatMap((first, i) => (i % 2 === 0 ? [[first, bounds[i + 1] as number] as const] : []))
  return { names: names as Bytes, times, forgotten }
}

/** What the first release kept: times in place of names, lowest first. What was forgotten is older than all of them. */
function seenByTime(times: readonly number[], limit: number): Seen {
  const forgotten = times.length < limit ? [] : [[0, times[0] as number] as const]
  return { names: concatBytes(...times.map(timeName)), times, forgotten }
}

/** A name for a content that has only a time: no random name begins with eight zeros. */
export function timeName(sentAt: number): Bytes {
  const name = new Uint8Array(NAME_LENGTH)
  new DataView(name.buffer).setFloat64(NAME_LENGTH - 8, sentAt)
  return name
}

/** Encodes which strangers were asked. */
export function encodeStrangers(strangers: readonly Stranger[]): Bytes {
  return encodeRecord(schema.Names, {
    format: FORMAT,
    names: strangers.map(({ name }) => name),
    times: strangers.map(({ askedAt }) => askedAt),
  })
}

/** Decodes which strangers were asked; none, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeStrangers(bytes: Uint8Array | undefined): readonly Stranger[] {
  if (bytes === undefined) return []
  return decodeRecord('strangers', schema.Names, bytes, ({ names, times }) => names.map((name, i) => ({ name, askedAt: times[i] ?? 0 })))
}
