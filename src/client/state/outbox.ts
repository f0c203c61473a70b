/**
 * What went to a device lately and what came from it: what is sent is kept in the commit that sends it, for some days and within
 * bounds, to be sent again. Knows no reason for sending again, and no content.
 */
import { equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { type EpochMillis, epochMillis } from '../../env.js'
import { BisikError } from '../../errors.js'
import { MAX_OUTBOX_ITEMS, MAX_OUTBOX_LENGTH, OUTBOX_AGE, SECOND_LOOK } from '../../protocol/limits.js'
import { idOf, kindOf, type SessionState } from '../../protocol/session/session.js'
import { inboxKey, outboxContentKey, outboxKey } from '../../records/names.js'
import {
  decodeInbox,
  decodeOutbox,
  decodeSentContent,
  EMPTY_INBOX,
  EMPTY_OUTBOX,
  encodeInbox,
  encodeOutbox,
  encodeSentContent,
  type Inbox,
  type Outbox,
  type SentItem,
} from '../../records/outbox-record.js'
import type { Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { type Content, parseContent } from '../../wire/content.js'
import { readable } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import { forgottenUntil } from './inbox.js'

// Milliseconds by which two clocks that are right may differ, and more.
const CLOCK_DIFFERENCE = 60 * 60 * 1000

/** Reads what was sent to a device; nothing, if that is damaged: who sends must not be held up by it. */
export function* readOutbox(draft: Draft, peer: CanonicalAddress): Part<Outbox> {
  const [record] = yield* draft.read(outboxKey(peer))
  return readable(record, decodeOutbox) ?? EMPTY_OUTBOX
}

/** How a content that went out on a session is noted. */
export function sentItem(session: SessionState, content: Pick<SentItem, 'name' | 'sentAt' | 'length'>): SentItem {
  const { name, sentAt, length } = content
  const ratchetKey = session.ratchet.double.sending.keyPair.publicKey
  return { name, sentAt, length, ratchetKey, session: idOf(session), kind: kindOf(session) }
}

/**
 * The time to write on a content: what the clock says. Only contents of the same millisecond get one after the other, and so do those
 * that follow within a second: peers of the first release know a content by its time, and take a second one of that time for a copy.
 */
export function timeToSend({ lastSentAt, items }: Outbox, now: number): EpochMillis {
  const taken = new Set(items.map(({ sentAt }) => sentAt))
  let time = lastSentAt >= now && lastSentAt - now < 1_000 ? lastSentAt + 1 : now
  while (taken.has(time)) time++
  return epochMillis(Math.min(time, Number.MAX_SAFE_INTEGER))
}

/** Keeps a content that goes out now, to `identity`. What is over, and what there is no room for, goes: the oldest first. */
export function keep(
  draft: Draft,
  peer: CanonicalAddress,
  sent: {
    readonly outbox: Outbox
    readonly item: SentItem
    readonly identity: IdentityKey
    readonly content: Uint8Array
    readonly now: number
  },
): void {
  const { outbox, item, identity, content, now } = sent
  draft.put(outboxContentKey(peer, item), encodeSentContent(content))
  const { items, overAt } = lasting(outbox, identity, now)
  writeOutbox(draft, peer, { outbox, lastSentAt: item.sentAt, identity, items: [...items, item], overAt })
}

/** Writes the list, and deletes what is no more in it or has no room. */
export function writeOutbox(
  draft: Draft,
  peer: CanonicalAddress,
  { outbox, ...changes }: Partial<Outbox> & Pick<Outbox, 'items'> & { readonly outbox: Outbox },
): void {
  const items = [...changes.items]
  let length = items.reduce((sum, item) => sum + item.length, 0)
  while (items.length > MAX_OUTBOX_ITEMS || length > MAX_OUTBOX_LENGTH) length -= items.shift()?.length ?? 0
  const kept = new Set(items.map((item) => outboxContentKey(peer, item)))
  for (const key of outbox.items.map((item) => outboxContentKey(peer, item))) if (!kept.has(key)) draft.delete(key)
  draft.put(outboxKey(peer), encodeOutbox({ ...outbox, ...changes, generation: outbox.generation + 1, items }))
}

/**
 * What stays in the list. What is over goes once the clock has said so twice, an hour apart; likewise what was sent by a clock that was
 * days ahead, which would stay too long.
 */
export function lasting(outbox: Outbox, identity: IdentityKey | undefined, now: number): Pick<Outbox, 'items' | 'overAt'> {
  const items = isFor(outbox, identity) ? outbox.items : []
  const current = items.filter(({ sentAt }) => Math.abs(now - sentAt) <= OUTBOX_AGE)
  if (current.length === items.length) return { items, overAt: 0 }
  const { overAt } = outbox
  if (overAt === 0 || overAt > now) return { items, overAt: now }
  return now - overAt < SECOND_LOOK ? { items, overAt } : { items: current, overAt: 0 }
}

/** What is kept for this identity key and not over, oldest first. What went to another key is for nobody who comes after it. */
export function fresh(outbox: Outbox, identity: IdentityKey | undefined, now: number): SentItem[] {
  return isFor(outbox, identity) ? outbox.items.filter(({ sentAt }) => now - sentAt <= OUTBOX_AGE) : []
}

function isFor(outbox: Outbox, identity: IdentityKey | undefined): boolean {
  return identity !== undefined && outbox.identity !== undefined && equalBytes(outbox.identity, identity)
}

/** Reads contents: `undefined` in the place of one that is damaged or not there. */
export function* readContents(draft: Draft, peer: CanonicalAddress, items: readonly SentItem[]): Part<readonly (Content | undefined)[]> {
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...items.map((item) => outboxContentKey(peer, item)))
  return records.map(sentContent)
}

/**
 * Reads what came from a device under an identity key; of another key it knows nothing.
 *
 * @param until - if the record is damaged: of what was sent until then, and somewhat later by clocks that differ, nobody knows whether it came.
 */
export function* readInbox(
  draft: Draft,
  peer: CanonicalAddress,
  { identity, until }: { readonly identity: IdentityKey; readonly until: number },
): Part<Inbox> {
  const [record] = yield* draft.read(inboxKey(peer))
  const lost = forgottenUntil(until + CLOCK_DIFFERENCE)
  const damaged = { ...EMPTY_INBOX, received: lost, receivedAgain: lost }
  const inbox = record === undefined ? EMPTY_INBOX : (readable(record, decodeInbox) ?? damaged)
  if (inbox.identity === undefined || equalBytes(inbox.identity, identity)) return { ...inbox, identity }
  const { received, receivedAgain } = EMPTY_INBOX
  return { ...inbox, identity, received, receivedAgain }
}

/** Writes what came from a device. */
export function writeInbox(draft: Draft, peer: CanonicalAddress, inbox: Inbox): void {
  draft.put(inboxKey(peer), encodeInbox({ ...inbox, generation: inbox.generation + 1 }))
}

/** A content as it was sent; none, if its record is not there, is damaged, or holds something else. */
function sentContent(record: Uint8Array | undefined): Content | undefined {
  return readable(record, (bytes) => {
    const content = decodeSentContent(bytes)
    try {
      return parseContent(content)
    } catch {
      throw new BisikError('corrupt-record', { record: 'outbox' })
    }
  })
}
