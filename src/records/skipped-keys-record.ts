/**
 * Skipped message keys on disk: segments of 16 consecutive counters, and for each chain an index that says which segments there are,
 * how many keys each holds and, if wanted, since when. These are no protobuf: a segment is a table, and is read for one row of it.
 */
import { type Bytes, concatBytes } from '../bytes.js'
import type { MessageKeySource } from '../crypto/message-cipher.js'
import { expose, Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'

/** Counters in a segment. */
export const SEGMENT_LENGTH = 16

const FORMAT = 1
const LARGEST_FORMAT = 127
/** A segment without keys. */
const NO_KEYS: Bytes = Uint8Array.of(FORMAT)
const SEED_LENGTH = 32
const EXPANDED_LENGTH = 80
/** Of an index: a segment's number and its count; and when the newest of its keys was kept. Before them, when keys were found to be over. */
const ENTRY_LENGTH = 5
const COUNT_AT = 4
const TIMED_FORMAT = 2
const TIMED_ENTRY_LENGTH = 9
const TIME_AT = 5
const OVER_LENGTH = 8
const MINUTE = 60_000
const LAST_MINUTE = 0xffff_ffff

/** The segment that holds a counter's key. */
export function segmentOf(counter: number): number {
  return Math.floor(counter / SEGMENT_LENGTH)
}

/** Keys by counter, as segments hold them: by segment, then by place. */
export function inSegments<Key>(keys: Iterable<readonly [number, Key]>): Map<number, Map<number, Key>> {
  const segments = new Map<number, Map<number, Key>>()
  for (const [counter, key] of [...keys].sort(([a], [b]) => a - b)) {
    const places = segments.get(segmentOf(counter)) ?? new Map<number, Key>()
    segments.set(segmentOf(counter), places.set(counter % SEGMENT_LENGTH, key))
  }
  return segments
}

/** Keys of consecutive counters that lie in one segment: of `place`, `place + 1`, … */
export interface RunInSegment {
  readonly segment: number
  readonly place: number
  readonly keys: readonly Secret<string>[]
}

/** Splits keys of the counters `from`, `from + 1`, … into those of each segment. */
export function splitRun(from: number, keys: readonly Secret<string>[]): readonly RunInSegment[] {
  const runs: RunInSegment[] = []
  for (let i = 0; i < keys.length; ) {
    const place = (from + i) % SEGMENT_LENGTH
    const end = i + SEGMENT_LENGTH - place
    runs.push({ segment: segmentOf(from + i), place, keys: keys.slice(i, end) })
    i = end
  }
  return runs
}

/** The keys of one segment, by their place in it (0 to 15), in rising order. */
export type SkippedSegment = ReadonlyMap<number, MessageKeySource>

/**
 * Encodes a segment: format byte, then for each key its place, its length and its bytes: 32 for a seed, 80 for the expanded keys
 * that records of libsignal before 0.67.2 hold.
 */
export function encodeSkippedSegment(segment: ReadonlyMap<number, Secret<string>>): Bytes {
  return withKeys(NO_KEYS, [...segment])
}

/** A segment with these keys, by their places, after those that it has. */
function withKeys(segment: Uint8Array, keys: readonly (readonly [number, Secret<string>])[]): Bytes {
  let length = segment.length
  for (const [, key] of keys) length += 2 + expose(key).length
  const bytes = new Uint8Array(length)
  bytes.set(segment)
  let offset = segment.length
  for (const [place, key] of keys) {
    bytes[offset] = place
    bytes[offset + 1] = expose(key).length
    bytes.set(expose(key), offset + 2)
    offset += 2 + expose(key).length
  }
  return bytes
}

/** Decodes a segment. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSkippedSegment(bytes: Uint8Array): SkippedSegment {
  return readSegment(bytes, (key) =>
    key.length === SEED_LENGTH ? Secret.copy<'MessageSeed'>(key) : Secret.copy<'ExpandedMessageKeys'>(key),
  )
}

/** Decodes a segment of keys of the post-quantum ratchet: each is 32 bytes. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodePqSkippedSegment(bytes: Uint8Array): ReadonlyMap<number, Secret<'PqMessageKey'>> {
  return readSegment(bytes, (key) => Secret.copy<'PqMessageKey'>(key))
}

/** Decodes a segment of keys of a sender's chain: each is 32 bytes. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSenderSkippedSegment(bytes: Uint8Array): ReadonlyMap<number, Secret<'SenderMessageSeed'>> {
  return readSegment(bytes, (key) => Secret.copy<'SenderMessageSeed'>(key))
}

function readSegment<Key>(bytes: Uint8Array, read: (key: Uint8Array) => Key): Map<number, Key> {
  const segment = new Map<number, Key>()
  scan(bytes, (place, start, end) => {
    segment.set(place, read(bytes.subarray(start + 2, end)))
  })
  return segment
}

/** How many keys a segment holds. @throws BisikError as {@link decodeSkippedSegment}. */
export function skippedKeyCount(bytes: Uint8Array): number {
  return scan(bytes, () => {})
}

/** One key of a segment, read without touching the others; `undefined` if it is not there. @throws BisikError as {@link decodeSkippedSegment}. */
export function skippedKeyIn<Kind extends string>(bytes: Uint8Array, place: number): Secret<Kind> | undefined {
  const { start, end } = find(bytes, place)
  return start === end ? undefined : Secret.copy<Kind>(bytes.subarray(start + 2, end))
}

/**
 * A segment with keys of `place`, `place + 1`, …, added after those that it has, which have lower places. The segment may be new.
 *
 * @throws BisikError `corrupt-record`, `record-too-new`: a segment that cannot be read is not written to.
 */
export function withSkippedKeys(bytes: Uint8Array | undefined, place: number, keys: readonly Secret<string>[]): Bytes {
  if (bytes !== undefined) checkFormat(bytes)
  return withKeys(
    bytes ?? NO_KEYS,
    keys.map((key, i) => [place + i, key]),
  )
}

/** A segment without so many of its keys of the lowest places, which must be there. @throws BisikError as {@link decodeSkippedSegment}. */
export function withoutOldestKeys(bytes: Uint8Array, count: number): Bytes {
  let seen = 0
  let cut = bytes.length
  scan(bytes, (_, start) => {
    if (seen++ === count) cut = start
  })
  return concatBytes(bytes.subarray(0, 1), bytes.subarray(cut))
}

/**
 * Takes one key out of a segment, in the memory that the segment lies in: late messages do this, and memory costs them more than the step.
 *
 * @param bytes - changed: what is behind the segment that is left is zeros.
 * @returns how many keys are left, and the segment, which may be empty of keys. @throws BisikError as {@link decodeSkippedSegment}.
 */
export function withoutSkippedKey<Memory extends ArrayBufferLike>(
  bytes: Uint8Array<Memory>,
  place: number,
): { readonly left: number; readonly segment: Uint8Array<Memory> } {
  const { count, start, end } = find(bytes, place)
  if (start === end) return { left: count, segment: bytes }
  return { left: count - 1, segment: cutOut(bytes, start, end) }
}

/** Moves what is behind `end` to `start`, and overwrites what is left over. */
function cutOut<Memory extends ArrayBufferLike>(bytes: Uint8Array<Memory>, start: number, end: number): Uint8Array<Memory> {
  const length = bytes.length - (end - start)
  bytes.copyWithin(start, end)
  bytes.fill(0, length)
  return bytes.subarray(0, length)
}

/** Where the entry of a place begins and ends (equal if there is none), and how many entries there are. */
function find(bytes: Uint8Array, wanted: number): { readonly count: number; readonly start: number; readonly end: number } {
  let [from, to] = [bytes.length, bytes.length]
  const count = scan(bytes, (place, start, end) => {
    if (place === wanted) [from, to] = [start, end]
  })
  return { count, start: from, end: to }
}

/** Shows each entry: place, length and key. @returns how many there are. */
function scan(bytes: Uint8Array, see: (place: number, start: number, end: number) => void): number {
  checkFormat(bytes)
  let count = 0
  for (let start = 1; start < bytes.length; count++) {
    const place = bytes[start] as number
    const length = bytes[start + 1]
    const end = start + 2 + (length ?? 0)
    if (place >= SEGMENT_LENGTH || (length !== SEED_LENGTH && length !== EXPANDED_LENGTH) || end > bytes.length) {
      throw new BisikError('corrupt-record', { record: 'skipped keys' })
    }
    see(place, start, end)
    start = end
  }
  return count
}

/** How many keys each segment of a chain holds, in rising order of segments. */
export type SkippedIndex = ReadonlyMap<number, number>

/** Since when keys are kept, in milliseconds since 1970. */
export interface KeptTimes {
  /** When the newest key of each segment was kept, exact to a minute. */
  readonly keptAt: ReadonlyMap<number, number>
  /** When the clock said for the first time that keys are over; 0: it does not. */
  readonly overAt: number
}

/**
 * Writes another count for a segment into the index that names it; 0 takes the segment out of it.
 *
 * @param bytes - changed, as by {@link withoutSkippedKey}.
 * @returns the index, `undefined` if no segment is left. @throws BisikError as {@link decodeSkippedIndex}, also if it does not name the segment.
 */
export function withSkippedCount<Memory extends ArrayBufferLike>(
  bytes: Uint8Array<Memory>,
  segment: number,
  count: number,
): Uint8Array<Memory> | undefined {
  const length = entryLength(bytes)
  const start = startOf(length)
  let at = start
  while (at < bytes.length && numberAt(bytes, at) !== segment) at += length
  if (at === bytes.length) throw new BisikError('corrupt-record', { record: 'skipped keys' })
  if (count === 0) return bytes.length === start + length ? undefined : cutOut(bytes, at, at + length)
  bytes[at + COUNT_AT] = count
  return bytes
}

/** A number of 4 bytes, big endian. */
function numberAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) * 2 ** 24 + (((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
  )
}

/**
 * Encodes an index: format byte (2 with times) and, with times, since when keys are over (8 bytes, a floating-point number); then for each
 * segment its number (4 bytes, big endian), its count and, with times, the minute (4 bytes, big endian).
 */
export function encodeSkippedIndex(index: SkippedIndex, times?: KeptTimes): Bytes {
  const length = times === undefined ? ENTRY_LENGTH : TIMED_ENTRY_LENGTH
  const bytes = new Uint8Array(startOf(length) + length * index.size)
  bytes[0] = times === undefined ? FORMAT : TIMED_FORMAT
  const view = new DataView(bytes.buffer)
  if (times !== undefined) view.setFloat64(1, times.overAt)
  let offset = startOf(length)
  for (const [segment, count] of index) {
    view.setUint32(offset, segment)
    view.setUint8(offset + COUNT_AT, count)
    if (times !== undefined) view.setUint32(offset + TIME_AT, minuteOf(times.keptAt.get(segment) ?? 0))
    offset += length
  }
  return bytes
}

/** Decodes an index, with times or without. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeSkippedIndex(bytes: Uint8Array): SkippedIndex {
  const length = entryLength(bytes)
  const index = new Map<number, number>()
  for (let at = startOf(length); at < bytes.length; at += length) index.set(numberAt(bytes, at), bytes[at + COUNT_AT] as number)
  return index
}

/** Decodes the times of an index; none of an index without. @throws BisikError as {@link decodeSkippedIndex}. */
export function decodeKeptTimes(bytes: Uint8Array): KeptTimes {
  const length = entryLength(bytes)
  const keptAt = new Map<number, number>()
  if (length !== TIMED_ENTRY_LENGTH) return { keptAt, overAt: 0 }
  for (let at = startOf(length); at < bytes.length; at += length) keptAt.set(numberAt(bytes, at), numberAt(bytes, at + TIME_AT) * MINUTE)
  return { keptAt, overAt: new DataView(bytes.buffer, bytes.byteOffset).getFloat64(1) }
}

/** Checks an index. @returns the length of its entries. */
function entryLength(bytes: Uint8Array): number {
  const isTimed = bytes[0] === TIMED_FORMAT
  if (!isTimed) checkFormat(bytes)
  const length = isTimed ? TIMED_ENTRY_LENGTH : ENTRY_LENGTH
  if (bytes.length < startOf(length) || (bytes.length - startOf(length)) % length !== 0)
    throw new BisikError('corrupt-record', { record: 'skipped keys' })
  return length
}

/** Where the entries of an index begin. */
function startOf(entryLength: number): number {
  return entryLength === TIMED_ENTRY_LENGTH ? 1 + OVER_LENGTH : 1
}

/** The minutes of a clock that is far ahead do not fit. */
function minuteOf(time: number): number {
  return Math.min(Math.floor(time / MINUTE), LAST_MINUTE)
}

function checkFormat(bytes: Uint8Array): void {
  const format = bytes[0]
  // Formats are counted up from 1: what is written over a record most often begins with no number of theirs.
  if (format === undefined || format === 0 || format > LARGEST_FORMAT) throw new BisikError('corrupt-record', { record: 'skipped keys' })
  if (format > FORMAT) throw new BisikError('record-too-new', { record: 'skipped keys', version: format })
}
