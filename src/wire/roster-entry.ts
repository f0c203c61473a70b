/**
 * One signed change of a group's roster: bytes to fields and back. Checks that an entry is well formed, no signature and no right: those are
 * for `protocol/rosters/` to judge.
 */
import { type Bytes, utf8 } from '../bytes.js'
import { formOf } from '../codec/form.js'
import { type IdentityKey, parseSignature, type Signature } from '../crypto/keys.js'
import type { EpochMillis } from '../env.js'
import { BisikError, isBisikError } from '../errors.js'
import { checkUser, isDevice } from './address.js'
import { receivedHash } from './device-list.js'
import { receive } from './input.js'
import { MAX_ROSTER_CHANGES, MAX_ROSTER_ENTRY_LENGTH } from './limits.js'
import { receivedMillis } from './protobuf.js'
import { changeFields, type RosterChange, receivedChange, receivedKey, receivedUser, subjectOf } from './roster-change.js'
import * as codec from './roster-codecs.js'
import * as schema from './schema/roster.js'

/** The device that signed an entry. */
export interface RosterAuthor {
  readonly user: string
  readonly device: number
  /** The device's own, 33 bytes. */
  readonly identityKey: IdentityKey
}

/** What every entry says. */
export interface RosterEntryFields {
  /** Where it stands: in a group, after another entry; the genesis has 32 random bytes instead. */
  readonly place: { readonly seed: Bytes } | { readonly group: Bytes; readonly epoch: number; readonly previous: Bytes }
  readonly author: RosterAuthor
  /** By the author's clock, which may be wrong. */
  readonly timestamp: EpochMillis
  /** 1 to 1,000; each user, the title and the policy at most once. */
  readonly changes: readonly RosterChange[]
  /** Hash of the roster after it, 32 bytes. */
  readonly result: Bytes
}

/** An entry as it travels. Well formed; its signature is not checked. */
export interface RosterEntry extends RosterEntryFields {
  /** 0 for the genesis, then one more for each entry. */
  readonly epoch: number
  /** Whether this release knows all of it. If not, `changes` are those that it can read, and nothing of it is applied. */
  readonly isKnown: boolean
  /** What the signature covers, as received. */
  readonly signed: Bytes
  readonly signature: Signature
  readonly serialized: Bytes
}

/** Writes what the signature of an entry covers. */
export function encodeRosterEntry({ place, author, timestamp, changes, result }: RosterEntryFields): Bytes {
  return codec.rosterEntry.encode({
    ...('seed' in place ? { seed: place.seed, epoch: 0 } : place),
    author: { ...author, user: utf8(checkUser(author.user)) },
    timestamp,
    changes: changes.map(changeFields),
    result,
  })
}

/** Puts the signature beside what it covers. */
export function serializeRosterEntry({ signed, signature }: { readonly signed: Bytes; readonly signature: Uint8Array }): Bytes {
  return codec.signedRosterEntry.encode({ entry: signed, signature })
}

/**
 * Parses an entry and checks that it has the one form of its content: not who signed it. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large` (over 128 KiB), `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseRosterEntry(bytes: Uint8Array): RosterEntry {
  const serialized = receive(bytes, MAX_ROSTER_ENTRY_LENGTH)
  const { entry: signed, signature } = codec.signedRosterEntry.decode(serialized)
  const fields = codec.rosterEntry.decode(signed)
  const form = formOf(schema.RosterEntry, signed)
  if (form === 'other') throw malformed('not in its one form')
  if (fields.changes.length === 0 || fields.changes.length > MAX_ROSTER_CHANGES) throw malformed('no changes, or too many')
  const { user, device, identityKey } = fields.author
  if (!isDevice(device)) throw malformed('no such device')
  return {
    place: receivedPlace(fields),
    epoch: fields.epoch,
    author: { user: receivedUser(user), device, identityKey: receivedKey(identityKey) },
    timestamp: receivedMillis(fields.timestamp),
    ...(form === 'unknown' ? { changes: readableChanges(fields.changes), isKnown: false } : receivedChanges(fields.changes)),
    result: receivedHash(fields.result),
    signed,
    signature: parseSignature(signature),
    serialized,
  }
}

function receivedPlace({ group, seed, epoch, previous }: schema.RosterEntry): RosterEntry['place'] {
  if (seed !== null && group === null && previous === null && epoch === 0) return { seed: receivedHash(seed) }
  if (seed !== null || group === null || previous === null || epoch === 0) throw malformed('an epoch that does not fit what was before')
  return { group: receivedHash(group), epoch, previous: receivedHash(previous) }
}

function receivedChanges(fields: readonly schema.RosterChange[]): Pick<RosterEntry, 'changes' | 'isKnown'> {
  const found = fields.map(receivedChange)
  const changes = found.filter((change) => change !== undefined)
  if (new Set(changes.map(subjectOf)).size < changes.length) throw malformed('two changes of one thing')
  return { changes, isKnown: changes.length === found.length }
}

/** Of an entry of a later release: what is no change here may be one there. */
function readableChanges(fields: readonly schema.RosterChange[]): readonly RosterChange[] {
  return fields.flatMap((one) => {
    try {
      return receivedChange(one) ?? []
    } catch (error) {
      if (isBisikError(error)) return []
      throw error
    }
  })
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason: `roster entry: ${reason}` })
}
