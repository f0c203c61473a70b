/**
 * What went to a device lately and what came from it, on disk: enough to send again and to know what came twice. Knows no message.
 */
import type { Bytes } from '../bytes.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey, parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import type { SessionId, SessionKind } from '../protocol/session.js'
import { bisik, decodeRecord, encodeRecord, FORMAT } from './protobuf.js'

/** One content that was sent. Its time names it. */
export interface SentItem {
  readonly sentAt: number
  /** Bytes of the content. */
  readonly length: number
  /** Of the message that carried it last, by which the recipient can name it. */
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
  /** The identity key to which all items went; they are for nobody else. */
  readonly identity: IdentityKey | undefined
  /** Oldest first. */
  readonly items: readonly SentItem[]
}

/** What came from one device. Times in milliseconds, 0 for never. */
export interface Inbox {
  readonly generation: number
  readonly askedAt: number
  readonly askedForSenderKeyAt: number
  /** The times that name the newest contents, oldest first. */
  readonly received: readonly number[]
  /** The newest of those that were shown when they came again: their first copy may still be under way. Oldest first. */
  readonly receivedAgain: readonly number[]
}

/** A device that is not known here and was asked to send again. */
export interface Stranger {
  /** Device and user. */
  readonly name: string
  readonly askedAt: number
}

const KINDS: readonly SessionKind[] = ['x3dh', 'pqxdh', 'triple']

/** Encodes what was sent to a device. */
export function encodeOutbox(outbox: Outbox): Bytes {
  const items = outbox.items.map(({ kind, ...item }) => ({ ...item, kind: KINDS.indexOf(kind) }))
  return encodeRecord(bisik.records.Outbox, { ...outbox, identity: outbox.identity ?? new Uint8Array(0), format: FORMAT, items })
}

/** Decodes what was sent to a device; nothing, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeOutbox(bytes: Uint8Array | undefined): Outbox {
  if (bytes === undefined) return { generation: 0, lastSentAt: 0, answeredAt: 0, identity: undefined, items: [] }
  return decodeRecord('outbox', bisik.records.Outbox, bytes, ({ generation, lastSentAt, answeredAt, identity, items }) => ({
    generation,
    lastSentAt,
    answeredAt,
    identity: identity.length === 0 ? undefined : parseIdentityKey(identity),
    items: items.map(({ sentAt, length, ratchetKey, kind: number, session }) => {
      const kind = KINDS[number ?? 0]
      if (kind === undefined || !ratchetKey) throw new BisikError('corrupt-record', { record: 'outbox' })
      return {
        sentAt: sentAt ?? 0,
        length: length ?? 0,
        ratchetKey: parseEcPublicKey(ratchetKey),
        session: (session ?? '') as SessionId,
        kind,
      }
    }),
  }))
}

/** Encodes one content that was sent; the bytes hold the plaintext. */
export function encodeSentContent(content: Uint8Array): Bytes {
  return encodeRecord(bisik.records.OutboxContent, { format: FORMAT, content })
}

/** Decodes one content that was sent. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSentContent(bytes: Uint8Array): Uint8Array {
  return decodeRecord('outbox', bisik.records.OutboxContent, bytes, ({ content }) => content)
}

/** Encodes what came from a device. */
export function encodeInbox({ received, receivedAgain, ...inbox }: Inbox): Bytes {
  return encodeRecord(bisik.records.Inbox, { ...inbox, format: FORMAT, received: [...received], receivedAgain: [...receivedAgain] })
}

/** Decodes what came from a device; nothing, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeInbox(bytes: Uint8Array | undefined): Inbox {
  if (bytes === undefined) return { generation: 0, askedAt: 0, askedForSenderKeyAt: 0, received: [], receivedAgain: [] }
  return decodeRecord('inbox', bisik.records.Inbox, bytes, ({ generation, askedAt, askedForSenderKeyAt, received, receivedAgain }) => ({
    generation,
    askedAt,
    askedForSenderKeyAt,
    received,
    receivedAgain,
  }))
}

/** Encodes which strangers were asked. */
export function encodeStrangers(strangers: readonly Stranger[]): Bytes {
  return encodeRecord(bisik.records.Names, {
    format: FORMAT,
    names: strangers.map(({ name }) => name),
    times: strangers.map(({ askedAt }) => askedAt),
  })
}

/** Decodes which strangers were asked; none, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeStrangers(bytes: Uint8Array | undefined): readonly Stranger[] {
  if (bytes === undefined) return []
  return decodeRecord('strangers', bisik.records.Names, bytes, ({ names, times }) =>
    names.map((name, i) => ({ name, askedAt: times[i] ?? 0 })),
  )
}
