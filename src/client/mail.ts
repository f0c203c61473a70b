/**
 * What went to a device lately and what came from it: what is sent is kept in the commit that sends it, for some days and within
 * bounds, to be sent again. Knows no reason for sending again, and no content.
 */
import { BisikError } from '../errors.js'
import { MAX_OUTBOX_ITEMS, MAX_OUTBOX_LENGTH, OUTBOX_AGE } from '../protocol/limits.js'
import { idOf, kindOf, type SessionState } from '../protocol/session.js'
import {
  decodeInbox,
  decodeOutbox,
  decodeSentContent,
  encodeOutbox,
  encodeSentContent,
  type Inbox,
  type Outbox,
  type SentItem,
} from '../records/mail-record.js'
import { inboxKey, outboxContentKey, outboxKey } from '../records/record-keys.js'
import type { DeviceAddress } from '../wire/address.js'
import { type Draft, UNREAD } from './draft.js'

/** Reads what was sent to a device. @param draft - of a transaction that reads `outboxKey` first. */
export function readOutbox(draft: Draft, peer: DeviceAddress): Outbox {
  const record = draft.read(outboxKey(peer))
  if (record === UNREAD) throw new BisikError('internal', { reason: 'the outbox was not read' })
  return decodeOutbox(record)
}

/** How a content that went out on a session is noted. */
export function sentItem(session: SessionState, sentAt: number, length: number): SentItem {
  return { sentAt, length, ratchetKey: session.ratchet.double.sending.keyPair.publicKey, session: idOf(session), kind: kindOf(session) }
}

/** Keeps a content that goes out now. What is over, and what there is no room for, goes: the oldest first. */
export function keep(draft: Draft, peer: DeviceAddress, outbox: Outbox, item: SentItem, content: Uint8Array, now: number): void {
  draft.put(outboxContentKey(peer, item.sentAt), encodeSentContent(content))
  writeOutbox(draft, peer, { ...outbox, lastSentAt: item.sentAt, items: [...outbox.items, item] }, now)
}

/** Writes the list, and deletes what is over or has no room. */
export function writeOutbox(draft: Draft, peer: DeviceAddress, outbox: Outbox, now: number): void {
  const kept = fresh(outbox, now)
  let length = kept.reduce((sum, item) => sum + item.length, 0)
  while (kept.length > MAX_OUTBOX_ITEMS || length > MAX_OUTBOX_LENGTH) length -= kept.shift()?.length ?? 0
  for (const item of outbox.items) if (!kept.includes(item)) draft.delete(outboxContentKey(peer, item.sentAt))
  draft.put(outboxKey(peer), encodeOutbox({ ...outbox, generation: outbox.generation + 1, items: kept }))
}

/** What is kept and not over, oldest first. */
export function fresh({ items }: Outbox, now: number): SentItem[] {
  return items.filter(({ sentAt }) => now - sentAt <= OUTBOX_AGE)
}

/** Reads contents, or {@link UNREAD}. @throws BisikError `corrupt-record` if the list names one that is not there. */
export function readContents(draft: Draft, peer: DeviceAddress, items: readonly SentItem[]): readonly Uint8Array[] | typeof UNREAD {
  const records = items.map(({ sentAt }) => draft.read(outboxContentKey(peer, sentAt)))
  if (draft.incomplete) return UNREAD
  return records.map((record) => {
    if (!(record instanceof Uint8Array)) throw new BisikError('corrupt-record', { record: 'outbox' })
    return decodeSentContent(record)
  })
}

/** Reads what came from a device. @param draft - of a transaction that reads `inboxKey` first. */
export function readInbox(draft: Draft, peer: DeviceAddress): Inbox {
  const record = draft.read(inboxKey(peer))
  if (record === UNREAD) throw new BisikError('internal', { reason: 'the inbox was not read' })
  return decodeInbox(record)
}
