/**
 * The changes that an entry of a roster makes: fields of the wire to changes and back. Checks the form of each; whether it may be made is
 * for `protocol/rosters/` to say.
 */
import { type Bytes, equalBytes, utf8 } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH, type IdentityKey, parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { checkUser, isDevice, receivedAddress } from './address.js'
import { type DeviceList, parseDeviceList, receivedHash } from './device-list.js'
import { type AccountMove, parseAccountMove } from './device-proofs.js'
import { MAX_LAST_KEYS } from './limits.js'
import type * as schema from './schema/roster.js'
import { uuidBytes, uuidText } from './uuid.js'

/** What a user is in a group. */
export type RosterRole = 'member' | 'admin'

/** How far messages count of a device whose user was removed, demoted, or got another account key. */
export interface LastKey {
  /** 1 to 127. */
  readonly device: number
  /** The distribution id of its sender key, a UUID. */
  readonly distribution: string
  /** Of the last message that counts. */
  readonly iteration: number
}

/** What the members of a group agreed on. */
export interface RosterPolicy {
  readonly writers: 'everyone' | 'admins'
  /** Who may add members. Admins are made by admins alone. */
  readonly adders: 'admins' | 'everyone'
  /** A sender key is replaced after so many messages: 10 to 1,000,000. */
  readonly messages: number
  /** And after so many days: 1 to 365. */
  readonly days: number
}

/** One change of a roster. */
export type RosterChange =
  /** `lists`: of an admin its lists of devices, each on those before; of a member none. */
  | {
      readonly kind: 'add'
      readonly user: string
      readonly accountKey: IdentityKey
      readonly role: RosterRole
      readonly lists: readonly DeviceList[]
    }
  /** `last`: at most 16, by rising device. */
  | { readonly kind: 'remove'; readonly user: string; readonly last: readonly LastKey[] }
  /** `lists`: of who becomes an admin; `last`: of who is none any more. */
  | {
      readonly kind: 'role'
      readonly user: string
      readonly role: RosterRole
      readonly lists: readonly DeviceList[]
      readonly last: readonly LastKey[]
    }
  /** `lists`: those after the list in the roster. */
  | { readonly kind: 'devices'; readonly user: string; readonly lists: readonly DeviceList[] }
  /** `lists`: of the next account key; `move`: from the one before to the first of them. */
  | {
      readonly kind: 'identity'
      readonly user: string
      readonly accountKey: IdentityKey
      readonly lists: readonly DeviceList[]
      readonly move: AccountMove | undefined
      readonly last: readonly LastKey[]
    }
  /** `hash`: of the title and a salt, 32 bytes. */
  | { readonly kind: 'title'; readonly hash: Bytes }
  | { readonly kind: 'policy'; readonly policy: RosterPolicy }

const ROLES: readonly RosterRole[] = ['member', 'admin']
const WRITERS: readonly RosterPolicy['writers'][] = ['everyone', 'admins']
const ADDERS: readonly RosterPolicy['adders'][] = ['admins', 'everyone']
const MAX_ROTATION: { readonly messages: number; readonly days: number } = { messages: 1_000_000, days: 365 }
const MIN_MESSAGES = 10
const DISTRIBUTION_LENGTH = 16

type ChangeFields = { readonly [Kind in keyof schema.RosterChange]?: schema.RosterChange[Kind] }

/** Writes a change. @throws BisikError `invalid-argument` for a user's name that is none. */
export function changeFields(change: RosterChange): ChangeFields {
  if (change.kind === 'title') return { title: { hash: change.hash } }
  if (change.kind === 'policy') return { policy: policyFields(change.policy) }
  const user = utf8(checkUser(change.user))
  if (change.kind === 'remove') return { remove: { user, last: change.last.map(lastKeyFields) } }
  const lists = change.lists.map(({ serialized }) => serialized)
  if (change.kind === 'devices') return { devices: { user, lists } }
  if (change.kind === 'add') return { add: { user, accountKey: change.accountKey, role: ROLES.indexOf(change.role), lists } }
  const last = change.last.map(lastKeyFields)
  if (change.kind === 'role') return { role: { user, role: ROLES.indexOf(change.role), lists, last } }
  return { identity: { user, accountKey: change.accountKey, lists, move: change.move?.serialized ?? null, last } }
}

/**
 * Reads a change.
 *
 * @returns `undefined` for one with a value that is not known here, as a role of a later release.
 * @throws BisikError `malformed-message`, `invalid-key`.
 */
export function receivedChange(fields: schema.RosterChange): RosterChange | undefined {
  const { add, remove, role, devices, identity, title, policy } = fields
  if (add !== null) return receivedAdd(add)
  if (remove !== null) return { kind: 'remove', user: receivedUser(remove.user), last: receivedLastKeys(remove.last) }
  if (role !== null) return receivedSetRole(role)
  if (devices !== null) return receivedDevices(devices)
  if (identity !== null) return receivedIdentity(identity)
  if (title !== null) return { kind: 'title', hash: receivedHash(title.hash) }
  if (policy === null) throw malformed('a change of nothing')
  const received = receivedPolicy(policy)
  return received && { kind: 'policy', policy: received }
}

/** What a change is about; each is there once in an entry. */
export function subjectOf(change: RosterChange): string {
  return 'user' in change ? `user ${change.user}` : change.kind
}

/** A user's name in its one spelling. Another one would be another user to the roster and the same to a session. */
export function receivedUser(bytes: Bytes): string {
  const { user } = receivedAddress({ user: bytes, device: 1 })
  if (!equalBytes(utf8(user), bytes)) throw malformed('a user in another spelling')
  return user
}

/** A key of exactly 33 bytes, its number below 2^255 - 19. @throws BisikError `invalid-key`. */
export function receivedKey(bytes: Bytes): IdentityKey {
  const key = parseIdentityKey(bytes)
  if (bytes.length !== EC_PUBLIC_KEY_LENGTH) throw new BisikError('invalid-key', { reason: 'wrong length', length: bytes.length })
  // Little endian: all above the lowest byte are full from 2^255 - 256 on.
  const isLarge = key.subarray(2, EC_PUBLIC_KEY_LENGTH - 1).every((byte) => byte === 0xff) && (key[1] as number) >= 0xed
  const top = key[EC_PUBLIC_KEY_LENGTH - 1] as number
  if (top >= 0x80 || (top === 0x7f && isLarge)) throw new BisikError('invalid-key', { reason: 'not canonical' })
  return key
}

/** A role, or `undefined` for one that is not known here. */
export function receivedRole(role: number): RosterRole | undefined {
  return ROLES[role]
}

export function roleField(role: RosterRole): number {
  return ROLES.indexOf(role)
}

export function policyFields({ writers, adders, messages, days }: RosterPolicy): schema.RosterPolicy {
  return { writers: WRITERS.indexOf(writers), adders: ADDERS.indexOf(adders), messages, days }
}

/** @returns `undefined` for one that is not known here. @throws BisikError `malformed-message`. */
export function receivedPolicy({ messages, days, ...fields }: schema.RosterPolicy): RosterPolicy | undefined {
  if (messages < MIN_MESSAGES || messages > MAX_ROTATION.messages || days < 1 || days > MAX_ROTATION.days)
    throw malformed('a rotation out of bounds')
  const [writers, adders] = [WRITERS[fields.writers], ADDERS[fields.adders]]
  return writers === undefined || adders === undefined ? undefined : { writers, adders, messages, days }
}

export function lastKeyFields({ device, distribution, iteration }: LastKey): schema.LastKey {
  const id = uuidBytes(distribution)
  if (id === undefined) throw new BisikError('invalid-argument', { argument: 'distribution', expected: 'a UUID' })
  return { device, distribution: id, iteration }
}

/** @throws BisikError `malformed-message`. */
export function receivedLastKeys(keys: readonly schema.LastKey[]): readonly LastKey[] {
  const isSound = keys.every(
    ({ device, distribution }, i) => isDevice(device) && device > (keys[i - 1]?.device ?? 0) && distribution.length === DISTRIBUTION_LENGTH,
  )
  if (keys.length > MAX_LAST_KEYS || !isSound) throw malformed('keys of no devices')
  return keys.map(({ device, distribution, iteration }) => ({ device, distribution: uuidText(distribution), iteration }))
}

function receivedAdd(fields: schema.AddUser): RosterChange | undefined {
  const user = receivedUser(fields.user)
  const role = receivedRole(fields.role)
  const lists = receivedLists(fields.lists)
  const accountKey = receivedKey(fields.accountKey)
  if (role === undefined) return undefined
  if ((role === 'admin') !== lists.length > 0) throw malformed('lists that do not fit the role')
  return { kind: 'add', user, accountKey, role, lists }
}

function receivedSetRole(fields: schema.SetRole): RosterChange | undefined {
  const user = receivedUser(fields.user)
  const role = receivedRole(fields.role)
  const lists = receivedLists(fields.lists)
  const last = receivedLastKeys(fields.last)
  if (role === undefined) return undefined
  if (role === 'admin' ? last.length > 0 : lists.length > 0) throw malformed('lists or keys that do not fit the role')
  return { kind: 'role', user, role, lists, last }
}

function receivedDevices(fields: schema.SetDevices): RosterChange {
  if (fields.lists.length === 0) throw malformed('devices without a list')
  return { kind: 'devices', user: receivedUser(fields.user), lists: receivedLists(fields.lists) }
}

function receivedIdentity(fields: schema.SetIdentity): RosterChange {
  if (fields.move !== null && fields.lists.length === 0) throw malformed('a move to no list')
  return {
    kind: 'identity',
    user: receivedUser(fields.user),
    accountKey: receivedKey(fields.accountKey),
    lists: receivedLists(fields.lists),
    move: fields.move === null ? undefined : parseAccountMove(fields.move),
    last: receivedLastKeys(fields.last),
  }
}

function receivedLists(lists: readonly Bytes[]): readonly DeviceList[] {
  return lists.map((list) => parseDeviceList(list))
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason: `roster: ${reason}` })
}
