/**
 * The rules of rosters a second time, written for comparison and for nothing else: on small groups, with everything recomputed from all users
 * at each step. Devices are known by numbers, lists by their places in a history that all agree on.
 */

import type { Bytes } from '../../src/bytes.js'
import { utf8 } from '../../src/bytes.js'
import type { IdentityKey } from '../../src/crypto/keys.js'
import { type MapLeaf, mapLeaf, newMap } from '../../src/protocol/rosters/user-map.js'
import type { DeviceList } from '../../src/wire/device-list.js'
import type { LastKey, RosterPolicy, RosterRole } from '../../src/wire/roster-change.js'
import { encodeRosterUser, type RosterState, type RosterUser } from '../../src/wire/roster-state.js'

/** A list in the history of a user: of which account key, the how manyth, and whether it was made as it should be. */
export interface ListSpec {
  readonly account: number
  readonly index: number
  readonly isForged?: boolean
}

/** By whom a move was signed, and from which account key. */
export interface MoveSpec {
  readonly by: 'account' | 'recovery'
  readonly from: number
  readonly isForged?: boolean
}

export type ChangeSpec =
  | {
      readonly kind: 'add'
      readonly user: string
      readonly role: RosterRole
      readonly lists: readonly ListSpec[]
      readonly account: number
    }
  | { readonly kind: 'remove'; readonly user: string; readonly last: readonly LastKey[] }
  | {
      readonly kind: 'role'
      readonly user: string
      readonly role: RosterRole
      readonly lists: readonly ListSpec[]
      readonly last: readonly LastKey[]
    }
  | { readonly kind: 'devices'; readonly user: string; readonly lists: readonly ListSpec[] }
  | {
      readonly kind: 'identity'
      readonly user: string
      readonly account: number
      readonly lists: readonly ListSpec[]
      readonly move: MoveSpec | undefined
      readonly last: readonly LastKey[]
    }
  | { readonly kind: 'title'; readonly hash: Bytes }
  | { readonly kind: 'policy'; readonly policy: RosterPolicy }

/** A member, by numbers. */
export interface ModelMember {
  readonly account: number
  readonly role: RosterRole
  readonly admitted: number
  readonly roleSince: number
  /** Place in the history of the account key. */
  readonly list: ListSpec | undefined
  readonly origin: number | undefined
}

export interface ModelUser {
  readonly member: ModelMember | undefined
  readonly ended: RosterUser['ended']
}

export interface ModelRoster {
  readonly epoch: number
  readonly cut: number
  readonly policy: RosterPolicy
  readonly title: Bytes | undefined
  readonly users: ReadonlyMap<string, ModelUser>
}

/** Devices of a list, by number. */
export const devicesOf = ({ index }: ListSpec): readonly number[] => [1, 2 + index, 3 + index]

/** Whoever signs: a device of one of the account keys of a user. Device 1 has one key under all of them. */
export interface AuthorSpec {
  readonly user: string
  readonly account: number
  readonly device: number
}

export const hasDeviceSpec = (list: ListSpec | undefined, { account, device }: AuthorSpec): boolean =>
  list !== undefined && devicesOf(list).includes(device) && (device === 1 || list.account === account)

/** The lists that follow each other from a place on; `undefined` if they do not. */
function follow(held: ListSpec | undefined, lists: readonly ListSpec[], account: number): ListSpec | undefined {
  let at = held
  for (const list of lists) {
    if (list.account !== account) return undefined
    // Of a list that is held another signature is not even looked at.
    if (list.isForged === true && list.index !== at?.index) return undefined
    if (at !== undefined && list.index !== at.index && list.index !== at.index + 1) return undefined
    at = { account, index: list.index }
  }
  return at
}

/** Whether a member may be given another account key, by what the change brings. */
function isIdentity(member: ModelMember, change: Extract<ChangeSpec, { kind: 'identity' }>): boolean {
  const { move, account, lists } = change
  if (move === undefined) return (member.role !== 'admin' && lists.length === 0) || follow(undefined, lists, account) !== undefined
  if (member.list === undefined || lists.length === 0 || move.isForged === true) return false
  if (account === member.account || account === member.origin) return false
  if (move.from !== member.account && (move.by !== 'recovery' || move.from !== member.origin)) return false
  return follow(undefined, lists, account) !== undefined
}

/** Whether an author may make all of these changes. */
export function mayChange(roster: ModelRoster, author: AuthorSpec, changes: readonly ChangeSpec[]): boolean {
  const me = roster.users.get(author.user)?.member
  if (me === undefined) return false
  const isAdmin = me.role === 'admin'
  if (!isAdmin && roster.policy.adders !== 'everyone') return false
  const brought = changes.flatMap((change) => {
    if (change.kind === 'identity') return change.user === author.user && change.move !== undefined ? change.lists.slice(-1) : []
    return change.kind === 'devices' && change.user === author.user && me.list === undefined ? change.lists.slice(-1) : []
  })
  if (!hasDeviceSpec(me.list, author) && !hasDeviceSpec(brought[0], author)) return false
  const subjects = changes.map((change) => ('user' in change ? change.user : `the ${change.kind}`))
  if (changes.length === 0 || new Set(subjects).size < subjects.length) return false
  const isDull = ({ kind, ...change }: ChangeSpec): boolean =>
    !['add', 'title', 'policy'].includes(kind) && !(kind === 'role' && 'role' in change && change.role === 'admin')
  if (changes.some(({ kind }) => kind === 'remove') && !changes.every(isDull)) return false
  return changes.every((change) => mayMake(roster, { ...author, me, isAdmin }, change)) && hasAdmin(nextModel(roster, changes))
}

interface Me {
  readonly user: string
  readonly me: ModelMember
  readonly isAdmin: boolean
}

function mayMake(roster: ModelRoster, { user, me, isAdmin }: Me, change: ChangeSpec): boolean {
  if (change.kind === 'title') return isAdmin && String(change.hash) !== String(roster.title)
  if (change.kind === 'policy') return isAdmin && JSON.stringify(change.policy) !== JSON.stringify(roster.policy)
  const target = roster.users.get(change.user)?.member
  const isOwn = change.user === user
  if (change.kind === 'add') {
    if (target !== undefined) return false
    if (change.role === 'member') return change.lists.length === 0
    return isAdmin && follow(undefined, change.lists, change.account) !== undefined
  }
  if (target === undefined) return false
  const isJunior = target.role === 'member' || target.roleSince > me.roleSince
  switch (change.kind) {
    case 'remove':
      return isAdmin && (isOwn || isJunior)
    case 'role':
      if (!isAdmin || change.role === target.role) return false
      return change.role === 'member' ? isOwn || isJunior : follow(target.list, change.lists, target.account) !== undefined
    case 'devices': {
      const next = follow(target.list, change.lists, target.account)
      return (isOwn || (isAdmin && target.list !== undefined)) && next !== undefined && next.index !== target.list?.index
    }
    case 'identity':
      if (!isAdmin || change.account === target.account) return false
      return (change.move !== undefined || (isJunior && !isOwn)) && isIdentity(target, change)
  }
}

const hasAdmin = ({ users }: ModelRoster): boolean => [...users.values()].some(({ member }) => member?.role === 'admin')

/** What the changes make of a roster, whether or not they may be made. */
export function nextModel(roster: ModelRoster, changes: readonly ChangeSpec[]): ModelRoster {
  const epoch = roster.epoch + 1
  let { cut, policy, title } = roster
  const users = new Map(roster.users)
  for (const change of changes) {
    if (change.kind === 'title') title = change.hash
    else if (change.kind === 'policy') policy = change.policy
    else {
      const before = roster.users.get(change.user)
      const after = nextUser(before, change, epoch)
      users.set(change.user, after)
      if (isCut(before?.member, after.member, change)) cut = epoch
    }
  }
  return { epoch, cut, policy, title, users }
}

function isCut(before: ModelMember | undefined, after: ModelMember | undefined, { kind }: ChangeSpec): boolean {
  if (kind === 'remove' || kind === 'identity') return true
  const [old, list] = [before?.list, after?.list]
  return old !== undefined && list !== undefined && devicesOf(old).some((device) => !devicesOf(list).includes(device))
}

function nextUser(before: ModelUser | undefined, change: Extract<ChangeSpec, { user: string }>, epoch: number): ModelUser {
  const stand: ModelMember = { account: 0, role: 'member', admitted: epoch, roleSince: epoch, list: undefined, origin: undefined }
  const member = before?.member ?? stand
  const ended = (last: readonly LastKey[]) => ({ epoch, role: member.role, roleSince: member.roleSince, last })
  const [last] = 'lists' in change ? change.lists.slice(-1) : []
  const newest = last && { account: last.account, index: last.index }
  switch (change.kind) {
    case 'add':
      return { member: { ...stand, account: change.account, role: change.role, list: newest }, ended: undefined }
    case 'remove':
      return { member: undefined, ended: ended(change.last) }
    case 'devices':
      return { member: { ...member, list: newest }, ended: before?.ended }
    case 'role': {
      const right = change.role === 'member' ? ended(change.last) : undefined
      return { member: { ...member, role: change.role, roleSince: epoch, list: newest ?? member.list }, ended: right }
    }
    case 'identity': {
      const since = change.move === undefined ? { admitted: epoch, roleSince: epoch } : {}
      const origin = change.move?.by === 'account' ? (member.origin ?? member.list?.account) : undefined
      return { member: { ...member, ...since, account: change.account, list: newest, origin }, ended: ended(change.last) }
    }
  }
}

/** What numbers stand for. */
export interface ModelNames {
  readonly accountKey: (user: string, account: number) => IdentityKey
  readonly list: (user: string, spec: ListSpec) => DeviceList
  readonly recovery: (user: string) => Bytes
}

/** The state that the code must come to, computed from all users anew. */
export function stateOf({ users, ...roster }: ModelRoster, names: ModelNames): RosterState {
  const members = [...users.values()].flatMap(({ member }) => member ?? [])
  const leaves = [...users].map(([user, one]) => {
    const leaf = known.get(one) ?? mapLeaf(utf8(user), encodeRosterUser(recordOf(user, one, names)))
    known.set(one, leaf)
    return leaf
  })
  return {
    ...roster,
    members: members.length,
    admins: members.filter(({ role }) => role === 'admin').length,
    former: users.size - members.length,
    root: newMap(leaves).root,
  }
}

/** Of users that did not change. */
const known = new WeakMap<ModelUser, MapLeaf>()

function recordOf(user: string, { member, ended }: ModelUser, names: ModelNames): RosterUser {
  if (member === undefined) return { user, membership: undefined, ended }
  const { account, list, origin, ...rest } = member
  const membership = {
    ...rest,
    accountKey: names.accountKey(user, account),
    list: list && names.list(user, list),
    origin: origin === undefined ? undefined : { accountKey: names.accountKey(user, origin), recovery: names.recovery(user) },
  }
  return { user, membership, ended }
}
