/**
 * Counts look-ups in a sliding window: a log of when and what, no longer than the limit.
 */
import { type Bytes, equalBytes, utf8 } from '../bytes.js'
import { sha256 } from '../crypto/hash.js'
import type { EpochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import type { RecordKey } from '../store/key-store.js'
import type { RelayLimits } from './limits.js'
import { decodeRelayRecord, encodeRelayRecord, NUMBER_LENGTH, numberAt, numberBytes } from './records.js'

// An entry is the time and the beginning of a hash of the target; a collision of hashes costs its owner a look-up, nothing else.
const TAG_LENGTH = 8
const ENTRY_LENGTH = NUMBER_LENGTH + TAG_LENGTH

/**
 * Enters one look-up, if the limits allow it.
 *
 * @param lookUp - `log`: the record as it was, `undefined` if there is none yet; `perTarget`: how many look-ups of this target the window
 *        allows.
 * @returns the record to write: at most `limits.lookUps` entries of 16 bytes.
 * @throws BisikError `quota-exceeded` with the milliseconds after which the same look-up will be allowed.
 */
export function enterLookUp(lookUp: {
  readonly log: Uint8Array | undefined
  readonly target: RecordKey
  readonly perTarget: number
  readonly now: EpochMillis
  readonly limits: RelayLimits
}): Bytes {
  const { log, target, perTarget, now, limits } = lookUp
  const tag = sha256(utf8(target)).subarray(0, TAG_LENGTH)
  // An entry from the future was dated by a wrong clock; it would count for as long as that clock was wrong.
  const recent = entriesOf(log).filter((entry) => Math.abs(now - numberAt(entry, 0)) < limits.lookUpWindow)
  const same = recent.filter((entry) => equalBytes(entry.subarray(NUMBER_LENGTH), tag))
  const wait = Math.max(waitFor(recent, limits.lookUps), waitFor(same, perTarget))
  if (wait > 0) throw new BisikError('quota-exceeded', { retryAfter: wait })
  return encodeRelayRecord([], ...recent, numberBytes(now), tag)

  // Milliseconds until fewer than `limit` of these are in the window.
  function waitFor(entries: readonly Uint8Array[], limit: number): number {
    const leaving = entries[entries.length - limit]
    return entries.length < limit || leaving === undefined ? 0 : numberAt(leaving, 0) + limits.lookUpWindow - now
  }
}

function entriesOf(log: Uint8Array | undefined): Uint8Array[] {
  if (log === undefined) return []
  const { rest } = decodeRelayRecord('look-ups', log, [])
  return Array.from({ length: Math.floor(rest.length / ENTRY_LENGTH) }, (_, i) => rest.subarray(i * ENTRY_LENGTH, (i + 1) * ENTRY_LENGTH))
}
