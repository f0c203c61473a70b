/**
 * One change of a roster: who may make it, and what it makes of the user whom it is about. Reads and signs nothing.
 */
import { equalBytes } from '../../bytes.js'
import type { DeviceList } from '../../wire/device-list.js'
import type { LastKey, RosterChange } from '../../wire/roster-change.js'
import type { EndedRight, Membership, Roster, RosterUser } from '../../wire/roster-state.js'
import { dropsDevice, listOfIdentity, nextList, originAfter } from './member-lists.js'
import type { EntryRefusal } from './roster.js'

/** A change that is about a user. */
export type UserChange = Extract<RosterChange, { readonly user: string }>
type Of<Kind extends RosterChange['kind']> = Extract<RosterChange, { readonly kind: Kind }>

/** Who makes a change, and on what roster. */
export interface Maker {
  readonly user: string
  readonly membership: Membership
  readonly roster: Pick<Roster, 'policy' | 'title'>
}

/** What became of a user. */
export type ChangedUser =
  | { readonly refusal?: undefined; readonly user: RosterUser; readonly isCut: boolean }
  | { readonly refusal: EntryRefusal }

/**
 * Whether a maker had the right to a change, on the roster before it. Spec: ours.
 *
 * @param member - whom it is about, if a member.
 * @param maker - who is no admin comes so far only where everyone may add.
 */
export function refusalOfRight(change: RosterChange, member: Membership | undefined, maker: Maker): EntryRefusal | undefined {
  const isAdmin = maker.membership.role === 'admin'
  if (change.kind === 'add') {
    if (member !== undefined) return 'already-member'
    return isAdmin || change.role === 'member' ? undefined : 'author-lacks-right'
  }
  if (change.kind === 'title' || change.kind === 'policy') return isAdmin ? refusalOfSame(change, maker) : 'author-lacks-right'
  if (member === undefined) return 'not-a-member'
  const isOwn = change.user === maker.user
  if (change.kind === 'devices') {
    // Who signs nothing has no devices in the roster.
    return isOwn || (isAdmin && member.list !== undefined) ? undefined : 'author-lacks-right'
  }
  if (!isAdmin) return 'author-lacks-right'
  return refusalOfRank(change, member, { isOwn, isJunior: isJunior(member, maker.membership) })
}

/** The creator alone is admin since epoch 0. Of two made admins by one entry neither is junior. */
function isJunior(member: Membership, author: Membership): boolean {
  return member.role === 'member' || member.roleSince > author.roleSince
}

function refusalOfRank(
  change: Of<'remove'> | Of<'role'> | Of<'identity'>,
  member: Membership,
  { isOwn, isJunior }: { readonly isOwn: boolean; readonly isJunior: boolean },
): EntryRefusal | undefined {
  if (change.kind === 'role' && change.role === member.role) return 'change-without-effect'
  if (change.kind === 'role' && change.role === 'admin') return undefined
  if (change.kind !== 'identity') return isOwn || isJunior ? undefined : 'not-senior'
  if (equalBytes(change.accountKey, member.accountKey)) return 'change-without-effect'
  // A move proves itself. Without one an admin could put a key of its own in the place of a senior's, or take a senior's rank.
  return change.move !== undefined || (isJunior && !isOwn) ? undefined : 'not-senior'
}

function refusalOfSame(change: Of<'title'> | Of<'policy'>, { roster }: Maker): EntryRefusal | undefined {
  const { writers, adders, messages, days } = roster.policy
  const isSame =
    change.kind === 'title'
      ? roster.title !== undefined && equalBytes(change.hash, roster.title)
      : change.policy.writers === writers &&
        change.policy.adders === adders &&
        change.policy.messages === messages &&
        change.policy.days === days
  return isSame ? 'change-without-effect' : undefined
}

const NO_LIST: { readonly list: undefined; readonly refusal?: undefined } = { list: undefined }

/** What a change makes of a user. Spec: ours. @param before - as the roster has it, which is so that the change may be made. */
export function changedUser(change: UserChange, before: RosterUser | undefined, epoch: number): ChangedUser {
  if (change.kind === 'add') return added(change, epoch)
  const { user } = change
  const membership = before?.membership
  if (membership === undefined) return { refusal: 'not-a-member' }
  if (change.kind === 'remove') return { user: { user, membership: undefined, ended: endedBy(change, membership, epoch) }, isCut: true }
  if (change.kind === 'identity') return identified(change, membership, epoch)
  if (change.kind === 'role' && change.role === 'member') {
    return {
      user: { user, membership: { ...membership, role: 'member', roleSince: epoch }, ended: endedBy(change, membership, epoch) },
      isCut: false,
    }
  }
  const next = nextList(membership.list, change.lists, { user, accountKey: membership.accountKey })
  if (next.refusal !== undefined) return next
  const { list } = next
  const isCut = membership.list !== undefined && dropsDevice(membership.list, list)
  // The right that ended with a demotion is had again.
  if (change.kind === 'role')
    return { user: { user, membership: { ...membership, role: 'admin', roleSince: epoch, list }, ended: undefined }, isCut }
  if (isSameList(membership.list, list)) return { refusal: 'change-without-effect' }
  return { user: { user, membership: { ...membership, list }, ended: before?.ended }, isCut }
}

/** Late messages count under the right that was, not under the one that is. */
function endedBy({ last }: { readonly last: readonly LastKey[] }, { role, roleSince }: Membership, epoch: number): EndedRight {
  return { epoch, role, roleSince, last }
}

function isSameList(before: DeviceList | undefined, list: DeviceList): boolean {
  return before !== undefined && equalBytes(before.signed, list.signed)
}

function added({ user, accountKey, role, lists }: Of<'add'>, epoch: number): ChangedUser {
  const next = role === 'admin' ? nextList(undefined, lists, { user, accountKey }) : NO_LIST
  if (next.refusal !== undefined) return next
  const membership: Membership = { accountKey, role, admitted: epoch, roleSince: epoch, list: next.list, origin: undefined }
  return { user: { user, membership, ended: undefined }, isCut: false }
}

function identified(change: Of<'identity'>, membership: Membership, epoch: number): ChangedUser {
  const { user, accountKey, lists, move } = change
  const needsList = membership.role === 'admin' || lists.length > 0
  const next = needsList ? listOfIdentity(membership, change) : NO_LIST
  if (next.refusal !== undefined) return next
  // Who was accepted under another key without a proof comes as anybody new does: last among the admins, and with nothing from before.
  const since = move === undefined ? { admitted: epoch, roleSince: epoch } : {}
  const origin = originAfter(membership, change)
  return {
    user: { user, membership: { ...membership, ...since, accountKey, list: next.list, origin }, ended: endedBy(change, membership, epoch) },
    isCut: true,
  }
}
