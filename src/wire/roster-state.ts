/**
 * A group's roster as it is kept and handed to who joins: a head, and each user by itself. Bytes to fields and back; what makes one out of
 * another is for `protocol/rosters/` to say.
 */
import { type Bytes, utf8 } from '../bytes.js'
import { formOf } from '../codec/form.js'
import type { IdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { checkUser } from './address.js'
import { type DeviceList, parseDeviceList, receivedHash } from './device-list.js'
import { receive } from './input.js'
import { MAX_ROSTER_USER_LENGTH } from './limits.js'
import {
  type LastKey,
  lastKeyFields,
  policyFields,
  type RosterPolicy,
  type RosterRole,
  receivedKey,
  receivedLastKeys,
  receivedPolicy,
  receivedRole,
  receivedUser,
  roleField,
} from './roster-change.js'
import * as codec from './roster-codecs.js'
import * as schema from './schema/roster.js'

/** What a member is. */
export interface Membership {
  readonly accountKey: IdentityKey
  readonly role: RosterRole
  /** The epoch that made it a member. */
  readonly admitted: number
  /** The epoch that gave it its role. */
  readonly roleSince: number
  /** Whose devices may sign entries: of an admin, and of who was one or signed an entry. */
  readonly list: DeviceList | undefined
  /** The account key before the first move that a recovery key did not sign, and the hash of that recovery key. */
  readonly origin: { readonly accountKey: IdentityKey; readonly recovery: Bytes } | undefined
}

/** A right that ended, by removal, demotion or another account key. */
export interface EndedRight {
  /** The epoch that ended it. */
  readonly epoch: number
  /** What the user was until then, and since which epoch. */
  readonly role: RosterRole
  readonly roleSince: number
  /** How far the messages of each device count under it. */
  readonly last: readonly LastKey[]
}

/** Somebody who is or was a member. */
export interface RosterUser {
  readonly user: string
  /** Of who is a member. */
  readonly membership: Membership | undefined
  readonly ended: EndedRight | undefined
}

/** What the hash of a roster covers. */
export interface RosterState {
  readonly epoch: number
  /** The last epoch that removed somebody, changed an account key, or dropped a device. */
  readonly cut: number
  readonly members: number
  /** Of the members. */
  readonly admins: number
  /** Users that are members no longer. */
  readonly former: number
  readonly policy: RosterPolicy
  /** Hash of the title and a salt, 32 bytes. */
  readonly title: Bytes | undefined
  /** Of the map of users, 32 bytes. */
  readonly root: Bytes
}

/** What is kept of a roster beside its users. */
export interface Roster extends RosterState {
  /** Id of the genesis, 32 bytes. */
  readonly group: Bytes
  /** Id of the last entry, 32 bytes. */
  readonly head: Bytes
}

/** More than a head has. */
const MAX_HEAD_LENGTH = 512

/** Writes a user, as the map of a roster has it. */
export function encodeRosterUser({ user, membership, ended }: RosterUser): Bytes {
  return codec.rosterUser.encode({
    user: utf8(checkUser(user)),
    membership: membership && {
      ...membership,
      role: roleField(membership.role),
      list: membership.list?.serialized ?? null,
      origin: membership.origin ?? null,
    },
    ended: ended && { ...ended, role: roleField(ended.role), last: ended.last.map(lastKeyFields) },
  })
}

/** Parses a user. @throws BisikError `message-too-large` (over 16 KiB), `malformed-message`, `invalid-key`, `invalid-argument`. */
export function parseRosterUser(bytes: Uint8Array): RosterUser {
  const serialized = receive(bytes, MAX_ROSTER_USER_LENGTH)
  const { user, membership, ended } = codec.rosterUser.decode(serialized)
  if (formOf(schema.RosterUser, serialized) !== 'canonical') throw malformed('not in its one form')
  return {
    user: receivedUser(user),
    membership: membership === null ? undefined : receivedMembership(membership),
    ended: ended === null ? undefined : receivedEnded(ended),
  }
}

/** Writes what the hash of a roster covers. */
export function encodeRosterState(state: RosterState): Bytes {
  return codec.rosterState.encode(stateFields(state))
}

/** Writes the head of a roster. */
export function encodeRosterHead({ group, head, ...state }: Roster): Bytes {
  return codec.rosterHead.encode({ group, head, state: stateFields(state) })
}

/** Parses the head of a roster. @throws BisikError `message-too-large`, `malformed-message`, `invalid-argument`. */
export function parseRosterHead(bytes: Uint8Array): Roster {
  const serialized = receive(bytes, MAX_HEAD_LENGTH)
  const { group, head, state } = codec.rosterHead.decode(serialized)
  if (formOf(schema.RosterHead, serialized) !== 'canonical') throw malformed('not in its one form')
  const policy = receivedPolicy(state.policy)
  if (policy === undefined || state.cut > state.epoch || state.admins > state.members) throw malformed('a state that there is not')
  const title = state.title === null ? undefined : receivedHash(state.title)
  return { ...state, group: receivedHash(group), head: receivedHash(head), policy, title, root: receivedHash(state.root) }
}

function stateFields({ policy, title, ...state }: RosterState): Parameters<typeof codec.rosterState.encode>[0] {
  return { ...state, policy: policyFields(policy), title: title ?? null }
}

function receivedMembership({ accountKey, list, origin, ...fields }: schema.Membership): Membership {
  const role = receivedRole(fields.role)
  if (role === undefined || (role === 'admin' && list === null)) throw malformed('a member of no role')
  return {
    accountKey: receivedKey(accountKey),
    role,
    admitted: fields.admitted,
    roleSince: fields.roleSince,
    list: list === null ? undefined : parseDeviceList(list),
    origin: origin === null ? undefined : { accountKey: receivedKey(origin.accountKey), recovery: receivedHash(origin.recovery) },
  }
}

function receivedEnded({ last, ...fields }: schema.EndedRight): EndedRight {
  const role = receivedRole(fields.role)
  if (role === undefined) throw malformed('a right of no role')
  return { ...fields, role, last: receivedLastKeys(last) }
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason: `roster: ${reason}` })
}
