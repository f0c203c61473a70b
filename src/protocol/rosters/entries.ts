/**
 * What an entry makes of a roster, and signing one. Whoever holds the same roster gives the same answer to an entry: nothing else is asked,
 * neither a clock nor what is held of anybody's devices. What is applied is final.
 *
 * An admin leaves, and steps down, by an entry of its own: no other right is needed for it, and it is ordered at once. So no entry carries
 * anybody's word that he wants to leave, which could come again after he is back.
 */
import { invalidArgument } from '../../arguments.js'
import { type Bytes, concatBytes, equalBytes, utf8 } from '../../bytes.js'
import type { IdentityKeyPair } from '../../crypto/keys.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import type { RandomSource } from '../../env.js'
import type { RosterChange } from '../../wire/roster-change.js'
import {
  encodeRosterEntry,
  parseRosterEntry,
  type RosterEntry,
  type RosterEntryFields,
  serializeRosterEntry,
} from '../../wire/roster-entry.js'
import type { Membership, Roster } from '../../wire/roster-state.js'
import { hasDevice } from './member-lists.js'
import { begunRoster, type ChangedRoster, changedRoster, type EntryContent, refusalOfChanges, type Users } from './next-roster.js'
import { type EntryRefusal, hashOfRoster, idOfEntry, type NextRoster, type RefusedEntry, type RosterReader } from './roster.js'

const LABEL = utf8('bisik group entry v1\0')
const NO_HASH: Bytes = new Uint8Array(32)
const SEED_LENGTH = 32

/** What an entry is to say. */
export type EntryDraft = Pick<RosterEntryFields, 'author' | 'timestamp' | 'changes'>

/** What signs an entry. @property random - 64 bytes are drawn, for a genesis 96. */
export interface EntrySigner {
  /** Of the device that the author names. */
  readonly identity: Pick<IdentityKeyPair, 'privateKey'>
  readonly random: RandomSource
}

/** An entry, and the roster after it. */
export interface SignedEntry extends NextRoster {
  readonly entry: RosterEntry
}

/** Begins a roster with its genesis. Spec: ours. */
export function applyGenesis(entry: RosterEntry): NextRoster | RefusedEntry {
  if (!('seed' in entry.place)) return { refusal: 'entry-wrong-epoch' }
  if (!isSigned(entry)) return { refusal: 'entry-unsigned' }
  if (!entry.isKnown) return { refusal: 'group-needs-update' }
  return settled(entry, begunRoster(entry.author, entry.changes), idOfEntry(entry))
}

/**
 * Applies an entry to a roster. Cheap checks come before the signature, and the signature before anything else. Spec: ours.
 *
 * @throws BisikError `corrupt-record`.
 */
export function* applyEntry<N>(roster: Roster, entry: RosterEntry, reader: RosterReader<N>): Generator<N, NextRoster | RefusedEntry, void> {
  const misplaced = refusalOfPlace(roster, entry)
  if (misplaced !== undefined) return { refusal: misplaced }
  const users = yield* readUsers(entry, reader)
  const refusal = refusalOfAuthor(roster, entry, users)
  if (refusal !== undefined) return { refusal }
  if (!isSigned(entry)) return { refusal: 'entry-unsigned' }
  const { author, changes } = entry
  if (!entry.isKnown) return { refusal: refusalOfOwn(roster, { author, changes, users }) ?? 'group-needs-update' }
  return settled(entry, yield* changedRoster(roster, { author, changes, users }, reader), roster.group)
}

/**
 * Signs the first entry of a group, which makes its author the creator. Spec: ours.
 *
 * @param draft - adds its author as admin and others as members; sets a title and a policy, if any.
 * @throws BisikError `malformed-message` if it is not well formed, `message-too-large`, `invalid-argument`.
 */
export function signGenesis(draft: EntryDraft, { identity, random }: EntrySigner): SignedEntry | RefusedEntry {
  const fields = { ...draft, place: { seed: random(SEED_LENGTH) }, result: NO_HASH }
  const changes = checkedChanges(fields)
  return signed(fields, begunRoster(draft.author, changes), { identity, random })
}

/** Signs the next entry of a roster. Spec: ours. @throws BisikError as {@link signGenesis}; `corrupt-record`. */
export function* signEntry<N>(
  roster: Roster,
  draft: EntryDraft,
  { reader, ...signer }: EntrySigner & { readonly reader: RosterReader<N> },
): Generator<N, SignedEntry | RefusedEntry, void> {
  const place = { group: roster.group, epoch: roster.epoch + 1, previous: roster.head }
  const fields = { ...draft, place, result: NO_HASH }
  const content = { author: draft.author, changes: checkedChanges(fields) }
  const users = yield* readUsers(content, reader)
  const refusal = refusalOfAuthor(roster, content, users)
  return refusal === undefined ? signed(fields, yield* changedRoster(roster, { ...content, users }, reader), signer) : { refusal }
}

/** The changes as whoever receives them reads them. */
function checkedChanges(fields: RosterEntryFields): readonly RosterChange[] {
  const serialized = serializeRosterEntry({ signed: encodeRosterEntry(fields), signature: new Uint8Array(64) })
  const { changes, isKnown } = parseRosterEntry(serialized)
  if (!isKnown) throw invalidArgument('changes', 'changes of a roster')
  return changes
}

function signed(
  fields: RosterEntryFields,
  after: ChangedRoster | RefusedEntry,
  { identity, random }: EntrySigner,
): SignedEntry | RefusedEntry {
  if (after.refusal !== undefined) return after
  const bytes = encodeRosterEntry({ ...fields, result: hashOfRoster(after.state) })
  const signature = sign(identity.privateKey, concatBytes(LABEL, bytes), random)
  const entry = parseRosterEntry(serializeRosterEntry({ signed: bytes, signature }))
  const id = idOfEntry(entry)
  return { ...next(after, id, 'group' in fields.place ? fields.place.group : id), entry }
}

function settled(entry: RosterEntry, after: ChangedRoster | RefusedEntry, group: Bytes): NextRoster | RefusedEntry {
  if (after.refusal !== undefined) return after
  if (!equalBytes(hashOfRoster(after.state), entry.result)) return { refusal: 'entry-wrong-result' }
  return next(after, idOfEntry(entry), group)
}

function next({ state, users, pages }: ChangedRoster, head: Bytes, group: Bytes): NextRoster {
  return { refusal: undefined, roster: { ...state, group, head }, users, pages }
}

function refusalOfPlace({ group, epoch, head }: Roster, { place }: RosterEntry): EntryRefusal | undefined {
  if ('seed' in place) return 'entry-wrong-epoch'
  if (!equalBytes(place.group, group)) return 'entry-wrong-group'
  if (place.epoch !== epoch + 1) return 'entry-wrong-epoch'
  return equalBytes(place.previous, head) ? undefined : 'entry-wrong-previous'
}

/** The author and all whom the entry is about, as the roster has them. */
function* readUsers<N>(
  { author, changes }: Pick<RosterEntry, 'author' | 'changes'>,
  { users }: RosterReader<N>,
): Generator<N, Users, void> {
  const names = new Set([author.user, ...changes.flatMap((change) => ('user' in change ? change.user : []))])
  const found = yield* users([...names])
  return new Map(found.flatMap((user) => (user === undefined ? [] : [[user.user, user]])))
}

/** Whether the roster has the author, as somebody who may sign entries, with the device that signed. */
function refusalOfAuthor(
  { policy }: Roster,
  { author, changes }: Pick<RosterEntry, 'author' | 'changes'>,
  users: Users,
): EntryRefusal | undefined {
  const member = users.get(author.user)?.membership
  if (member === undefined) return 'author-not-member'
  if (member.role !== 'admin' && policy.adders !== 'everyone') return 'author-lacks-right'
  if (member.list !== undefined && hasDevice(member.list, author)) return undefined
  const lists = changes.find((change) => bringsDevices(change, author.user, member))?.lists ?? []
  const list = lists[lists.length - 1]
  return list !== undefined && hasDevice(list, author) ? undefined : 'device-not-in-roster'
}

/** Whether an author brings its list along: with the first entry that a member signs, and with a move. It is judged after the signature. */
function bringsDevices(change: RosterChange, author: string, member: Membership): change is OwnDevices {
  if (change.kind === 'identity') return change.user === author && change.move !== undefined
  return change.kind === 'devices' && change.user === author && member.list === undefined
}

type OwnDevices = Extract<RosterChange, { readonly kind: 'devices' | 'identity' }>

/** Of an entry that this release does not know all of: whether the devices that it brings for its author are good. */
function refusalOfOwn(roster: Roster, { author, changes, users }: EntryContent): EntryRefusal | undefined {
  const membership = users.get(author.user)?.membership
  if (membership === undefined) return 'author-not-member'
  if (membership.list !== undefined && hasDevice(membership.list, author)) return undefined
  const own = changes.filter((change) => bringsDevices(change, author.user, membership))
  return refusalOfChanges(roster, { author, changes: own, users })
}

function isSigned({ author, signed, signature }: RosterEntry): boolean {
  return verify(author.identityKey, concatBytes(LABEL, signed), signature)
}
