/**
 * Which skipped keys of a chain went unused, by age or to make room: so that a message which comes later still is no copy of one that was opened. Ranges of
 * counters, no protobuf: a format byte, then for each its first counter and the one after its last, 4 bytes each, big endian, rising; and in
 * format 2 whether they went by age (0) or to make room (1).
 */
import { type Bytes, toHex } from '../bytes.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { recordKey } from '../store/record-key.js'
import { type ChainName, type SenderChainName, senderChainSegments } from './names.js'

const AGED_FORMAT = 1
const FORMAT = 2
/** Bytes of a range, by format. */
const RANGE_LENGTHS: readonly number[] = [0, 8, 9]
const RANGE_LENGTH = 9
/** Ranges of a record, 577 bytes at most: of more, those become one that are nearest to each other. */
const MAX_RANGES = 64

/** Why keys went unused: they were kept for too long, or had to make room. */
export type ReasonToGo = 'age' | 'room'

/** Counters from one on, and before another, whose keys went unused. */
export type CounterRange = readonly [from: number, end: number, why: ReasonToGo]

/** Which skipped keys of a chain went unused. */
export function expiredKey({ peer, session, ratchetKey }: ChainName): RecordKey {
  return recordKey('expired', peer.user, peer.device, session, toHex(ratchetKey.subarray(1)))
}

/** Which skipped keys of a sender's chain went unused. */
export function senderExpiredKey(chain: SenderChainName): RecordKey {
  return recordKey('sender-expired', ...senderChainSegments(chain))
}

/** A record with more counters, in rising order, behind all that it has. @throws BisikError `corrupt-record`, `record-too-new`. */
export function withExpired(bytes: Uint8Array | undefined, added: readonly CounterRange[]): Bytes {
  const ranges: CounterRange[] = bytes === undefined ? [] : [...rangesIn(bytes)]
  for (const [from, end, why] of added) {
    const last = ranges[ranges.length - 1]
    if (last?.[1] === from && last[2] === why) ranges[ranges.length - 1] = [last[0], end, why]
    else ranges.push([from, end, why])
  }
  while (ranges.length > MAX_RANGES) joinNearest(ranges)
  const record = new Uint8Array(1 + RANGE_LENGTH * ranges.length)
  const view = new DataView(record.buffer)
  view.setUint8(0, FORMAT)
  for (const [i, [from, end, why]] of ranges.entries()) {
    view.setUint32(1 + RANGE_LENGTH * i, from)
    view.setUint32(1 + RANGE_LENGTH * i + 4, end)
    view.setUint8(1 + RANGE_LENGTH * i + 8, why === 'room' ? 1 : 0)
  }
  return record
}

/** Why the key of a counter went unused, if it did. @throws BisikError as {@link withExpired}. */
export function whyGone(bytes: Uint8Array, counter: number): ReasonToGo | undefined {
  return rangesIn(bytes).find(([from, end]) => counter >= from && counter < end)?.[2]
}

function joinNearest(ranges: CounterRange[]): void {
  const gap = (i: number): number => (ranges[i + 1]?.[0] ?? Number.POSITIVE_INFINITY) - (ranges[i]?.[1] ?? 0)
  let nearest = 0
  for (let i = 1; i < ranges.length; i++) if (gap(i) < gap(nearest)) nearest = i
  const [first, second] = ranges.slice(nearest, nearest + 2) as [CounterRange, CounterRange]
  ranges.splice(nearest, 2, [first[0], second[1], second[2]])
}

function rangesIn(bytes: Uint8Array): readonly CounterRange[] {
  const format = bytes[0] ?? 0
  if (format > FORMAT) throw new BisikError('record-too-new', { record: 'skipped keys', version: format })
  const length = RANGE_LENGTHS[format] ?? 0
  if (format === 0 || (bytes.length - 1) % length !== 0) throw new BisikError('corrupt-record', { record: 'skipped keys' })
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Array.from({ length: (bytes.length - 1) / length }, (_, i): CounterRange => {
    const at = 1 + length * i
    const isAged = format === AGED_FORMAT || view.getUint8(at + 8) === 0
    return [view.getUint32(at), view.getUint32(at + 4), isAged ? 'age' : 'room']
  })
}
