/**
 * Marks of the messages that opened, as one run of a transaction keeps them: the last of them in the record of their session or sender key,
 * older ones in segments beside it. So a message in order writes one record, and every 32nd two.
 */
import type { Bytes } from '../../bytes.js'
import { MAX_OPENED_MARKS } from '../../protocol/limits.js'
import { MARKS_PER_SEGMENT, type OpenedMessages, seenAs, withMark } from '../../protocol/opened-messages.js'
import { idOf, type SessionState, withMessage } from '../../protocol/session/session.js'
import type { SenderKeyName } from '../../records/names.js'
import { decodeMarks, encodeMarks, openedKey, senderOpenedKey } from '../../records/opened-record.js'
import type { RecordKey } from '../../store/key-store.js'
import type { Part } from '../../store/transaction.js'
import { readable } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import type { PeerSession } from './skipped-keys.js'

const SEGMENTS: number = Math.ceil(MAX_OPENED_MARKS / MARKS_PER_SEGMENT)

/** Notes a message of a session that opened. @returns the session to write. */
export function noteOpened(draft: Draft, { peer, session }: PeerSession, mark: Bytes): SessionState {
  const opened = note(draft, session.opened, { mark, nameOf: (segment) => openedKey(peer, idOf(session), segment) })
  return withMessage(session, { ratchet: session.ratchet, pending: session.pending, opened })
}

/** Notes a group message that opened. */
export function noteOpenedFromGroup(draft: Draft, name: SenderKeyName, { opened, mark }: Marked): OpenedMessages {
  return note(draft, opened, { mark, nameOf: (segment) => senderOpenedKey(name, segment) })
}

/** A message to note, or to look for. */
export interface Marked {
  readonly opened: OpenedMessages | undefined
  readonly mark: Bytes
}

function note(
  draft: Draft,
  before: OpenedMessages | undefined,
  { mark, nameOf }: { readonly mark: Bytes; readonly nameOf: (segment: number) => RecordKey },
): OpenedMessages {
  const { opened, full } = withMark(before, mark)
  if (full === undefined) return opened
  const segment = opened.count / MARKS_PER_SEGMENT - 1
  draft.put(nameOf(segment), encodeMarks(full))
  if (segment >= SEGMENTS) draft.delete(nameOf(segment - SEGMENTS))
  return opened
}

/** Whether another message than this was opened at its place, and not this one. */
export function* isOther(
  draft: Draft,
  { peer, sessions }: { readonly peer: PeerSession['peer']; readonly sessions: readonly SessionState[] },
  mark: Bytes,
): Part<boolean> {
  for (const session of sessions) {
    const seen = yield* look(draft, { opened: session.opened, mark }, openedNames({ peer, session }))
    // No two sessions share a ratchet key, and so a place.
    if (seen !== undefined) return seen === 'other'
  }
  return false
}

/** As {@link isOther}, of a group message. */
export function* isOtherFromGroup(draft: Draft, name: SenderKeyName, marked: Marked): Part<boolean> {
  const names = segmentsOf(marked.opened, (segment) => senderOpenedKey(name, segment))
  return (yield* look(draft, marked, names)) === 'other'
}

function* look(draft: Draft, { opened, mark }: Marked, names: readonly RecordKey[]): Part<ReturnType<typeof seenAs>> {
  const latest = opened === undefined ? undefined : seenAs(opened.marks, mark)
  if (latest === 'copy') return 'copy'
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...names)
  // One that is damaged says nothing.
  const all = [latest, ...records.map((record) => seenAs(readable(record, decodeMarks) ?? new Uint8Array(0), mark))]
  return all.find((seen) => seen === 'copy') ?? all.find((seen) => seen === 'other')
}

/** Deletes the marks of a session. */
export function dropOpened(draft: Draft, { peer, session }: PeerSession): void {
  for (const name of openedNames({ peer, session })) draft.delete(name)
}

/** The names of the records of a session's marks, whether they are there or not. */
export function openedNames({ peer, session }: PeerSession): readonly RecordKey[] {
  const id = idOf(session)
  return segmentsOf(session.opened, (segment) => openedKey(peer, id, segment))
}

/** Deletes the marks of a sender key. */
export function dropOpenedFromGroup(draft: Draft, name: SenderKeyName, opened: OpenedMessages | undefined): void {
  for (const segment of segmentsOf(opened, (number) => senderOpenedKey(name, number))) draft.delete(segment)
}

function segmentsOf(opened: OpenedMessages | undefined, nameOf: (segment: number) => RecordKey): readonly RecordKey[] {
  const end = Math.floor((opened?.count ?? 0) / MARKS_PER_SEGMENT)
  const first = Math.max(0, end - SEGMENTS)
  return Array.from({ length: end - first }, (_, i) => nameOf(first + i))
}
