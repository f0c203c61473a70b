/**
 * What a roster is made of and how its parts are named: ids of entries, the hash of what an entry results in, the codes of refusals.
 */
import { type Bytes, concatBytes, utf8 } from '../../bytes.js'
import { sha256 } from '../../crypto/hash.js'
import type { RosterPolicy } from '../../wire/roster-change.js'
import type { RosterEntry } from '../../wire/roster-entry.js'
import { encodeRosterState, type Roster, type RosterState, type RosterUser } from '../../wire/roster-state.js'
import type { ListRefusal } from '../identity/device-list.js'
import type { PageReader } from './user-map.js'

/**
 * Why an entry is refused. `entry-wrong-group`, `entry-wrong-epoch`, `entry-wrong-previous`: it does not follow this roster's head.
 * `author-not-member`: the roster does not have its author. `author-lacks-right`: it has, and its author may not make such a change.
 * `device-not-in-roster`: the roster does not have the device that signed. `entry-unsigned`: the signature does not hold.
 * `group-needs-update`: all that holds, and there is something in it that this release does not know. `not-senior`: an admin is removed,
 * demoted or given another account key by one who is not senior to it. `already-member`, `not-a-member`: of whom a change is about.
 * `change-without-effect`: what it sets is so already. `removal-mixed`: it removes somebody, and does what a removal must not wait for.
 * `last-admin`: no admin would be left. `too-many-members`. `list-missing`: an admin without a list of devices. `entry-wrong-result`:
 * the roster after it is another one than it says. A list or a move in it that is refused has its own code.
 */
export type EntryRefusal =
  | 'entry-wrong-group'
  | 'entry-wrong-epoch'
  | 'entry-wrong-previous'
  | 'author-not-member'
  | 'author-lacks-right'
  | 'device-not-in-roster'
  | 'entry-unsigned'
  | 'group-needs-update'
  | 'not-senior'
  | 'already-member'
  | 'not-a-member'
  | 'change-without-effect'
  | 'removal-mixed'
  | 'last-admin'
  | 'too-many-members'
  | 'list-missing'
  | 'entry-wrong-result'
  | ListRefusal

/** Reads what is kept of a roster. */
export interface RosterReader<N> {
  /** Users by their names; `undefined` for who never was a member. */
  readonly users: (names: readonly string[]) => Generator<N, readonly (RosterUser | undefined)[], void>
  readonly pages: PageReader<N>
}

/** The roster after an entry, and what of its records is new or changed. */
export interface NextRoster {
  readonly refusal: undefined
  readonly roster: Roster
  readonly users: readonly RosterUser[]
  /** Pages of the map of users, by their paths. */
  readonly pages: ReadonlyMap<string, Bytes>
}

/** With a refusal nothing changes. */
export interface RefusedEntry {
  readonly refusal: EntryRefusal
}

const ID_LABEL = utf8('bisik group entry id v1\0')
const RESULT_LABEL = utf8('bisik roster v1\0')

/** What a group begins with, unless its genesis says another. */
export const DEFAULT_POLICY: RosterPolicy = { writers: 'everyone', adders: 'admins', messages: 1_000, days: 7 }

/** What names an entry, whoever's signature lies beside it; of the genesis, the group's id. Spec: ours. @returns 32 bytes. */
export function idOfEntry({ signed }: Pick<RosterEntry, 'signed'>): Bytes {
  return sha256(concatBytes(ID_LABEL, signed))
}

/** What an entry says of the roster after it. Spec: ours. @returns 32 bytes. */
export function hashOfRoster(state: RosterState): Bytes {
  return sha256(concatBytes(RESULT_LABEL, encodeRosterState(state)))
}
