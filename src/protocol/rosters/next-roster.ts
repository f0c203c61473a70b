/**
 * The roster that some changes make of another one, as far as their author had the right to them. Knows no signature and no entry.
 */
import { utf8 } from '../../bytes.js'
import type { DeviceList } from '../../wire/device-list.js'
import type { RosterChange } from '../../wire/roster-change.js'
import type { RosterAuthor } from '../../wire/roster-entry.js'
import { encodeRosterUser, type Roster, type RosterState, type RosterUser } from '../../wire/roster-state.js'
import { MAX_GROUP_MEMBERS, MAX_ROSTER_USERS } from '../limits.js'
import { changedUser, refusalOfRight } from './changes.js'
import { hasDevice } from './member-lists.js'
import { DEFAULT_POLICY, type EntryRefusal, type NextRoster, type RefusedEntry, type RosterReader } from './roster.js'
import { type ChangedMap, changeMap, type MapLeaf, mapLeaf, newMap } from './user-map.js'

/** Users whom a roster has, by their names. */
export type Users = ReadonlyMap<string, RosterUser>

/** The author of some changes, and all whom they are about. */
export interface EntryContent {
  readonly author: RosterAuthor
  readonly changes: readonly RosterChange[]
  readonly users: Users
}

/** A roster that is not named by an entry yet. */
export type ChangedRoster = Pick<NextRoster, 'refusal' | 'users' | 'pages'> & { readonly state: RosterState }

/** What a genesis makes: it adds its author as the only admin. Spec: ours. */
export function begunRoster(author: RosterAuthor, changes: readonly RosterChange[]): ChangedRoster | RefusedEntry {
  const own = changes.find((change) => change.kind === 'add' && change.user === author.user)
  if (own?.kind !== 'add' || own.role !== 'admin') return { refusal: 'author-lacks-right' }
  const isAllowed = (change: RosterChange): boolean =>
    change === own || change.kind === 'title' || change.kind === 'policy' || (change.kind === 'add' && change.role === 'member')
  if (!changes.every(isAllowed)) return { refusal: 'author-lacks-right' }
  if (!hasDevice(own.lists[own.lists.length - 1] as DeviceList, author)) return { refusal: 'device-not-in-roster' }
  const before = { epoch: -1, cut: 0, members: 0, admins: 0, former: 0, policy: DEFAULT_POLICY, title: undefined }
  const after = folded(before, changes, new Map())
  return after.refusal === undefined ? completed(after, newMap(leavesOf(after))) : after
}

/** What changes make of a roster. Spec: ours. @throws BisikError `corrupt-record`. */
export function* changedRoster<N>(
  roster: Roster,
  { author, changes, users }: EntryContent,
  { pages }: RosterReader<N>,
): Generator<N, ChangedRoster | RefusedEntry, void> {
  const refusal = refusalOfRights(roster, { author, changes, users })
  if (refusal !== undefined) return { refusal }
  const after = folded(roster, changes, users)
  if (after.refusal !== undefined) return after
  const before = { root: roster.root, read: pages }
  const map = after.users.length === 0 ? { root: roster.root, pages: new Map() } : yield* changeMap(before, leavesOf(after))
  return completed(after, map)
}

function refusalOfRights(roster: Roster, { author, changes, users }: EntryContent): EntryRefusal | undefined {
  const membership = users.get(author.user)?.membership
  if (membership === undefined) return 'author-not-member'
  const maker = { user: author.user, membership, roster }
  for (const change of changes) {
    const member = 'user' in change ? users.get(change.user)?.membership : undefined
    const refusal = refusalOfRight(change, member, maker)
    if (refusal !== undefined) return refusal
  }
  // A removal waits for nothing else that may be refused, and says nothing by the way.
  const removes = changes.some(({ kind }) => kind === 'remove')
  return removes && !changes.every(mayStandBesideRemoval) ? 'removal-mixed' : undefined
}

function mayStandBesideRemoval(change: RosterChange): boolean {
  return ['remove', 'identity', 'devices'].includes(change.kind) || (change.kind === 'role' && change.role === 'member')
}

type Counts = Pick<RosterState, 'members' | 'admins' | 'former'>
type StateBefore = Omit<RosterState, 'root'>

interface Folded {
  readonly refusal: undefined
  readonly state: StateBefore
  readonly users: readonly RosterUser[]
}

/** Why some changes may not be made, one by one. Spec: ours. */
export function refusalOfChanges(roster: Roster, content: EntryContent): EntryRefusal | undefined {
  return refusalOfRights(roster, content) ?? folded(roster, content.changes, content.users).refusal
}

/** All changes, one after another: they are of different users, so their order plays no part. */
function folded(before: StateBefore, changes: readonly RosterChange[], known: Users): Folded | RefusedEntry {
  const epoch = before.epoch + 1
  let { cut, policy, title } = before
  const users: RosterUser[] = []
  for (const change of changes) {
    if (change.kind === 'title') title = change.hash
    else if (change.kind === 'policy') policy = change.policy
    else {
      const changed = changedUser(change, known.get(change.user), epoch)
      if (changed.refusal !== undefined) return changed
      users.push(changed.user)
      if (changed.isCut) cut = epoch
    }
  }
  const counts = counted(before, users, known)
  if (counts.admins === 0) return { refusal: 'last-admin' }
  const isTooLarge = counts.members > MAX_GROUP_MEMBERS || counts.members + counts.former > MAX_ROSTER_USERS
  return isTooLarge ? { refusal: 'too-many-members' } : { refusal: undefined, state: { ...counts, epoch, cut, policy, title }, users }
}

function counted(before: Counts, users: readonly RosterUser[], known: Users): Counts {
  const sum = (is: (user: RosterUser | undefined) => boolean): number =>
    users.reduce((total, user) => total + Number(is(user)) - Number(is(known.get(user.user))), 0)
  return {
    members: before.members + sum((user) => user?.membership !== undefined),
    admins: before.admins + sum((user) => user?.membership?.role === 'admin'),
    former: before.former + sum((user) => user !== undefined && user.membership === undefined),
  }
}

function leavesOf({ users }: Folded): readonly MapLeaf[] {
  return users.map((user) => mapLeaf(utf8(user.user), encodeRosterUser(user)))
}

function completed({ state, users }: Folded, { root, pages }: ChangedMap): ChangedRoster {
  return { refusal: undefined, state: { ...state, root }, users, pages }
}
