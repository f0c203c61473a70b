/**
 * What went to a device lately and what came from it: what is sent is kept in the commit that sends it, for some days and within
 * bounds, to be sent again. Knows no reason for sending again, and no content.
 */
import { equalBytes } from '../bytes.js'
import type { IdentityKey } from '../crypto/keys.js'
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

/** Keeps a content that goes out now, to `identity`. What is over, and what there is no room for, goes: the oldest first. */
export function keep(
  draft: Draft,
  peer: DeviceAddress,
  outbox: Outbox,
  o: { readonly item: SentItem; readonly identity: IdentityKey; readonly content: Uint8Array; readonly now: number },
): void {
  const { item, identity, content, now } = o
  draft.put(outboxContentKey(peer, item.sentAt), encodeSentContent(content))
  writeOutbox(draft, peer, outbox, { lastSentAt: item.sentAt, identity, items: [...fresh(outbox, identity, now), item] })
}

/** Writes the list, and deletes what is no more in it or has no room. */
export function writeOutbox(draft: Draft, peer: DeviceAddress, outbox: Outbox, changes: Partial<Outbox> & Pick<Outbox, 'items'>): void {
  const items = [...changes.items]
  let length = items.reduce((sum, item) => sum + item.length, 0)
  while (items.length > MAX_OUTBOX_ITEMS || length > MAX_OUTBOX_LENGTH) length -= items.shift()?.length ?? 0
  const kept = new Set(items.map(({ sentAt }) => sentAt))
  for (const { sentAt } of outbox.items) if (!kept.has(sentAt)) draft.delete(outboxContentKey(peer, sentAt))
  draft.put(outboxKey(peer), encodeOutbox({ ...outbox, ...changes, generation: outbox.generation + 1, items }))
}

/** What is kept, not over, and for this identity key, oldest first. What went to another key is for nobody who comes after it. */
export function fresh(outbox: Outbox, identity: IdentityKey | undefined, now: number): SentItem[] {
  if (identity === undefined || outbox.identity === undefined || !equalBytes(outbox.identity, identity)) return []
  return outbox.items.filter(({ sentAt }) => now - sentAt <= OUTBOX_AGE)
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
