/**
 * Which messages were opened lately: of each a mark, which says its place and what it was. So another message at a place that is used up, as a
 * sender makes it who went back to an old state, is told from a copy. Knows no key, and not where older marks are kept.
 */
import type { Bytes } from '../bytes.js'
import { MESSAGE_DIGEST_LENGTH, messageDigest } from '../crypto/message-digest.js'
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
/** Bytes of a mark. */
export const MARK_LENGTH: number = PLACE_LENGTH + MESSAGE_DIGEST_LENGTH
/** Marks that go together into a record of their own: until then each message writes them anew, 372 bytes at most. */
export const MARKS_PER_SEGMENT = 32

/** The mark of a message: its place by 4 bytes of its ratchet key, which two chains of a session hardly ever share. Spec: none, ours. */
export function markOf({ ratchetKey, counter, authenticated, tag }: SignalMessage): Bytes {
  // After the byte that says its type.
  const chain = new DataView(ratchetKey.buffer, ratchetKey.byteOffset).getUint32(1)
  return mark(chain ^ counter, messageDigest(authenticated, tag))
}

/** The mark of a group message. Spec: none, ours. */
export function markOfGroupMessage({ chainId, iteration, authenticated, signature }: SenderKeyMessage): Bytes {
  return mark(chainId ^ iteration, messageDigest(authenticated, signature))
}

function mark(place: number, digest: Bytes): Bytes {
  const bytes = new Uint8Array(MARK_LENGTH)
  new DataView(bytes.buffer).setInt32(0, place)
  bytes.set(digest, PLACE_LENGTH)
  return bytes
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
