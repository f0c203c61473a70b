/**
 * The messages of `proto/roster.proto` by their tables, apart from the others: who needs no rosters carries no tables of them.
 */
import { MAX_LAST_KEYS, MAX_ROSTER_CHANGES } from './limits.js'
import { type Codec, codec } from './protobuf.js'
import * as roster from './schema/roster.js'

export const signedRosterEntry: Codec<roster.SignedRosterEntry> = codec(roster.SignedRosterEntry)
/** The author, and of each change itself, what it says, and keys. */
export const rosterEntry: Codec<roster.RosterEntry> = codec(roster.RosterEntry, { maxParts: 1 + MAX_ROSTER_CHANGES * (2 + MAX_LAST_KEYS) })
export const rosterUser: Codec<roster.RosterUser> = codec(roster.RosterUser, { maxParts: 3 + MAX_LAST_KEYS })
export const rosterState: Codec<roster.RosterState> = codec(roster.RosterState, { maxParts: 1 })
export const rosterHead: Codec<roster.RosterHead> = codec(roster.RosterHead, { maxParts: 2 })
