/**
 * Writes names as record keys so that two different names never share one.
 *
 * A segment keeps letters, digits, `_` and `-`; any other UTF-16 code unit becomes `%` and four hexadecimal digits, and the empty
 * segment becomes a bare `%`. Code units, because a lone surrogate has no UTF-8 form; the dot is escaped so that no segment is
 * `.` or `..` in a store made of files.
 */
import { invalidArgument, textArgument } from '../arguments.js'
import type { RecordKey } from './key-store.js'

const PLAIN = /^[A-Za-z0-9_-]+$/
const SPECIAL = /[^A-Za-z0-9_-]/g
const ESCAPE = /%([0-9a-f]{4})/g

/**
 * Makes the key of a record.
 *
 * @param segments - at least one. Text of any content; a whole number >= 0 stands for its decimal digits, so `1` and `'1'` name
 *        the same record.
 * @returns the key: different lists of segments give different keys.
 * @throws BisikError `invalid-argument` if there is no segment or a number is not whole, negative or above 2^53 - 1.
 */
export function recordKey(...segments: readonly (string | number)[]): RecordKey {
  if (segments.length === 0) throw invalidArgument('segments', 'at least one')
  let key = ''
  for (const segment of segments) key += `${key === '' ? '' : '/'}${writeSegment(segment)}`
  return key
}

/**
 * Reads the segments out of a key.
 *
 * @throws BisikError `invalid-argument` if {@link recordKey} never returns this key.
 */
export function parseRecordKey(key: RecordKey): string[] {
  return textArgument(key, 'key')
    .split('/')
    .map((written) => {
      if (written === '%') return ''
      const segment = written.replace(ESCAPE, (_, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)))
      if (writeSegment(segment) !== written) throw invalidArgument('key', 'a key made by recordKey')
      return segment
    })
}

/** Writes one segment. @throws BisikError `invalid-argument` as {@link recordKey}. */
export function writeSegment(segment: string | number): string {
  if (typeof segment === 'number') {
    if (!Number.isSafeInteger(segment) || segment < 0) throw invalidArgument('segment', 'text or a whole number >= 0')
    return String(segment)
  }
  if (typeof segment !== 'string') throw invalidArgument('segment', 'text or a whole number >= 0')
  if (PLAIN.test(segment)) return segment
  if (segment === '') return '%'
  return segment.replace(SPECIAL, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
