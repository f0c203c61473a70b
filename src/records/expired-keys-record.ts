/**
 * Which skipped keys of a chain went by age, unused: so that a message which comes later still is no copy of one that was opened. Ranges of
 * counters, no protobuf: a format byte, then for each its first counter and the one after its last, 4 bytes each, big endian, rising.
 */
import { type Bytes, toHex } from '../bytes.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import { recordKey } from '../store/record-key.js'
import { type ChainName, type SenderChainName, senderChainSegments } from './names.js'

const FORMAT = 1
const RANGE_LENGTH = 8
/** Ranges of a record, 513 bytes at most: of more, those become one that are nearest to each other. */
const MAX_RANGES = 64

type Range = readonly [from: number, end: number]

/** Which skipped keys of a chain went by age. */
export function expiredKey({ peer, session, ratchetKey }: ChainName): RecordKey {
  return recordKey('expired', peer.user, peer.device, session, toHex(ratchetKey.subarray(1)))
}

/** Which skipped keys of a sender's chain went by age. */
export function senderExpiredKey(chain: SenderChainName): RecordKey {
  return recordKey('sender-expired', ...senderChainSegments(chain))
}

/** A record with more counters, in rising order, behind all that it has. @throws BisikError `corrupt-record`, `record-too-new`. */
export function withExpired(bytes: Uint8Array | undefined, counters: readonly number[]): Bytes {
  const ranges: Range[] = bytes === undefined ? [] : [...rangesIn(bytes)]
  for (const counter of counters) {
    const last = ranges[ranges.length - 1]
    if (last?.[1] === counter) ranges[ranges.length - 1] = [last[0], counter + 1]
    else ranges.push([counter, counter + 1])
  }
  while (ranges.length > MAX_RANGES) joinNearest(ranges)
  const record = new Uint8Array(1 + RANGE_LENGTH * ranges.length)
  const view = new DataView(record.buffer)
  view.setUint8(0, FORMAT)
  for (const [i, [from, end]] of ranges.entries()) {
    view.setUint32(1 + RANGE_LENGTH * i, from)
    view.setUint32(1 + RANGE_LENGTH * i + 4, end)
  }
  return record
}

/** Whether a counter is in a record. @throws BisikError as {@link withExpired}. */
export function isExpired(bytes: Uint8Array, counter: number): boolean {
  return rangesIn(bytes).some(([from, end]) => counter >= from && counter < end)
}

function joinNearest(ranges: Range[]): void {
  const gap = (i: number): number => (ranges[i + 1]?.[0] ?? Number.POSITIVE_INFINITY) - (ranges[i]?.[1] ?? 0)
  let nearest = 0
  for (let i = 1; i < ranges.length; i++) if (gap(i) < gap(nearest)) nearest = i
  const [first, second] = ranges.slice(nearest, nearest + 2) as [Range, Range]
  ranges.splice(nearest, 2, [first[0], second[1]])
}

function rangesIn(bytes: Uint8Array): readonly Range[] {
  const format = bytes[0] ?? 0
  if (format > FORMAT) throw new BisikError('record-too-new', { record: 'skipped keys', version: format })
  if (format === 0 || (bytes.length - 1) % RANGE_LENGTH !== 0) throw new BisikError('corrupt-record', { record: 'skipped keys' })
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Array.from({ length: (bytes.length - 1) / RANGE_LENGTH }, (_, i): Range => {
    const at = 1 + RANGE_LENGTH * i
    return [view.getUint32(at), view.getUint32(at + 4)]
  })
}
