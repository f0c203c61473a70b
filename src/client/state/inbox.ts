/**
 * Which contents came from a device before: the names of the newest, and of those whose names have been forgotten the times at which they
 * were sent. A content that comes again says the same time as before, so it is known whether one may have been forgotten, however wrong
 * the clocks are. Pure values; reads no record and knows no message.
 */
import { concatBytes } from '../../bytes.js'
import { MAX_FORGOTTEN_RANGES } from '../../protocol/limits.js'
import { NAME_LENGTH, type Seen, timeName } from '../../records/outbox-record.js'

/** What a content says of itself. One that has neither name nor time is not told from others. */
export interface Named {
  readonly name?: Uint8Array | undefined
  readonly sentAt?: number | undefined
}

/** A list that lost its names, and knows of none sent until `time` whether it came. */
export function forgottenUntil(time: number): Seen {
  return { names: new Uint8Array(0), times: [], forgotten: [[0, time]] }
}

/** Whether a content came before under its name. */
export function hasSeen({ names }: Seen, { name, sentAt = 0 }: Named): boolean {
  const wanted = name ?? timeName(sentAt)
  for (let at = 0; at < names.length; at += NAME_LENGTH) if (isAt(names, at, wanted)) return true
  return false
}

/** Whether a content is one whose name may have been forgotten. */
export function mayHaveSeen({ forgotten }: Seen, { sentAt = 0 }: Named): boolean {
  return forgotten.some(([first, last]) => first <= sentAt && sentAt <= last)
}

/** Adds a content; of more than `limit`, the first that came is forgotten. */
export function withSeen({ names, times, forgotten }: Seen, { name, sentAt = 0 }: Named, limit: number): Seen {
  const [oldest = 0] = times
  const isFull = times.length >= limit
  return {
    names: concatBytes(isFull ? names.subarray(NAME_LENGTH) : names, name ?? timeName(sentAt)),
    times: [...(isFull ? times.slice(1) : times), sentAt],
    forgotten: isFull ? withTime(forgotten, oldest) : forgotten,
  }
}

/** Adds a time; where there are too many ranges then, the two that are closest become one. */
function withTime(ranges: Seen['forgotten'], time: number): Seen['forgotten'] {
  if (ranges.some(([first, last]) => first <= time && time <= last)) return ranges
  const all = [...ranges, [time, time] as const].sort(([a], [b]) => a - b)
  if (all.length <= MAX_FORGOTTEN_RANGES) return all
  const gap = (at: number) => (all[at + 1]?.[0] ?? Number.POSITIVE_INFINITY) - (all[at]?.[1] ?? 0)
  const closest = all.reduce((best, _, at) => (gap(at) < gap(best) ? at : best), 0)
  return all.flatMap((range, at) =>
    at === closest + 1 ? [] : [at === closest ? ([range[0], all[at + 1]?.[1] ?? range[1]] as const) : range],
  )
}

function isAt(names: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < NAME_LENGTH; i++) if (names[at + i] !== name[i]) return false
  return true
}
