/**
 * Which messages were opened lately: of each a mark, which says its place and what it was. So another message at a place that is used up, as a
 * sender makes it who went back to an old state, is told from a copy. Knows no key, and not where older marks are kept.
 */
import type { Bytes } from '../bytes.js'
import type { SenderKeyMessage } from '../wire/sender-key-message.js'
import type { SignalMessage } from '../wire/signal-message.js'

/** The marks of the messages that were opened last. Never changed in place. */
export interface OpenedMessages {
  /** How many were noted so far. */
  readonly count: number
  /** Of the last `count % MARKS_PER_SEGMENT`, oldest first. */
  readonly marks: Bytes
}

const PLACE_LENGTH = 4
/** Bytes of a mark: its place, a checksum of all its bytes, and what begins its authentication. */
export const MARK_LENGTH: number = PLACE_LENGTH + 8
/** Marks that go together into a record of their own: until then each message writes them anew, 372 bytes at most. */
export const MARKS_PER_SEGMENT = 32

/** The mark of a message: its place by 4 bytes of its ratchet key, which two chains of a session hardly ever share. Spec: none, ours. */
export function markOf({ ratchetKey, counter, authenticated, tag }: SignalMessage): Bytes {
  // After the byte that says its type.
  const chain = new DataView(ratchetKey.buffer, ratchetKey.byteOffset).getUint32(1)
  return mark(chain ^ counter, authenticated, tag)
}

/** The mark of a group message. Spec: none, ours. */
export function markOfGroupMessage({ chainId, iteration, authenticated, signature }: SenderKeyMessage): Bytes {
  return mark(chainId ^ iteration, authenticated, signature)
}

/**
 * Of two messages that a sender made, the tags differ, but for one in 2^32, and so do the checksums. Who alters one can meet its mark on
 * purpose: then what he made, which opens nowhere, is told as the copy that it was made of. A hash that withstands him costs a tenth of a
 * decrypt, and would change nothing for anybody.
 */
function mark(place: number, authenticated: Uint8Array, tag: Uint8Array): Bytes {
  const bytes = new Uint8Array(MARK_LENGTH)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, place)
  view.setInt32(PLACE_LENGTH, checksum(checksum(CHECKSUM_BASIS, authenticated), tag))
  bytes.set(tag.subarray(0, 4), PLACE_LENGTH + 4)
  return bytes
}

const CHECKSUM_BASIS = 0x811c9dc5

/** FNV-1a of 32 bits, which one altered byte always changes. Spec: draft-eastlake-fnv. */
function checksum(start: number, bytes: Uint8Array): number {
  let sum = start
  for (let i = 0; i < bytes.length; i++) sum = Math.imul(sum ^ (bytes[i] as number), 0x01000193)
  return sum
}

/**
 * Notes a message. Spec: none, ours.
 *
 * @returns `full`: marks that leave for a record of their own, if there are enough of them.
 */
export function withMark(
  opened: OpenedMessages | undefined,
  mark: Uint8Array,
): { readonly opened: OpenedMessages; readonly full: Bytes | undefined } {
  const before = opened?.marks.length ?? 0
  const marks = new Uint8Array(before + MARK_LENGTH)
  if (opened !== undefined) marks.set(opened.marks)
  marks.set(mark, before)
  const count = (opened?.count ?? 0) + 1
  return count % MARKS_PER_SEGMENT === 0
    ? { opened: { count, marks: new Uint8Array(0) }, full: marks }
    : { opened: { count, marks }, full: undefined }
}

/** What marks say of a message: a `copy` of one of them; or `other`, another one was opened at its place. Spec: none, ours. */
export function seenAs(marks: Uint8Array, mark: Uint8Array): 'copy' | 'other' | undefined {
  let seen: 'other' | undefined
  for (let at = 0; at < marks.length; at += MARK_LENGTH) {
    if (commonLength(marks, at, mark) === MARK_LENGTH) return 'copy'
    if (commonLength(marks, at, mark) >= PLACE_LENGTH) seen = 'other'
  }
  return seen
}

function commonLength(marks: Uint8Array, at: number, mark: Uint8Array): number {
  let length = 0
  while (length < MARK_LENGTH && marks[at + length] === mark[length]) length++
  return length
}
