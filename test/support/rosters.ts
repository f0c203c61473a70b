/**
 * Groups for tests: users by name with devices by number, a roster in memory, and entries that say what a test wants. Judges nothing.
 */
import { type Bytes, toHex } from '../../src/bytes.js'
import type { IdentityKey } from '../../src/crypto/keys.js'
import { hashOfKey, hashOfList } from '../../src/protocol/identity/device-list.js'
import { applyEntry, type EntryDraft, type SignedEntry, signEntry, signGenesis } from '../../src/protocol/rosters/entries.js'
import type { EntryRefusal, NextRoster, RefusedEntry, RosterReader } from '../../src/protocol/rosters/roster.js'
import { type DeviceList, usedWith } from '../../src/wire/device-list.js'
import type { LastKey, RosterChange } from '../../src/wire/roster-change.js'
import type { RosterAuthor, RosterEntry } from '../../src/wire/roster-entry.js'
import type { Roster, RosterUser } from '../../src/wire/roster-state.js'
import { ISSUED, keyNamed, listOf, nameOf, publicKeyNamed } from './devices.js'
import { seededRandom } from './random.js'

/** Runs what asks for nothing from outside. */
export function finished<T>(step: Generator<never, T, void>): T {
  const result = step.next()
  if (result.done !== true) throw new Error('it asked for something')
  return result.value
}

/** A roster with all its records in maps. */
export class RosterInMemory {
  roster: Roster
  readonly users = new Map<string, RosterUser>()
  readonly pages = new Map<string, Bytes>()
  /** How many records were read. */
  reads = 0

  constructor(first: NextRoster) {
    this.roster = first.roster
    this.#keep(first)
  }

  get reader(): RosterReader<never> {
    const reading = <T>(map: ReadonlyMap<string, T>) =>
      function* (this: RosterInMemory, names: readonly string[]): Generator<never, (T | undefined)[], void> {
        this.reads += names.length
        return names.map((name) => map.get(name))
      }.bind(this)
    return { users: reading(this.users), pages: reading(this.pages) }
  }

  judge(entry: RosterEntry): NextRoster | RefusedEntry {
    return finished(applyEntry(this.roster, entry, this.reader))
  }

  /** Applies an entry, if it is not refused. */
  apply(entry: RosterEntry): EntryRefusal | 'applied' {
    return this.take(this.judge(entry))
  }

  take(next: NextRoster | RefusedEntry): EntryRefusal | 'applied' {
    if (next.refusal !== undefined) return next.refusal
    this.roster = next.roster
    this.#keep(next)
    return 'applied'
  }

  sign(draft: EntryDraft, signedBy: string): SignedEntry | RefusedEntry {
    const signer = { identity: keyNamed(signedBy), random: seededRandom(`entry ${signedBy} ${this.roster.epoch}`), reader: this.reader }
    return finished(signEntry(this.roster, draft, signer))
  }

  #keep({ users, pages }: NextRoster): void {
    for (const user of users) this.users.set(user.user, user)
    for (const [path, page] of pages) this.pages.set(path, page)
  }
}

export const accountOf = (user: string): string => `${user} account`
export const deviceName = (user: string, device = 1): string => `${user} device ${device}`
export const accountKeyOf = (user: string): IdentityKey => publicKeyNamed(accountOf(user))

/** A device of a user, as the author of an entry. */
export function authorOf(user: string, device = 1): RosterAuthor {
  return { user, device, identityKey: publicKeyNamed(deviceName(user, device)) }
}

/** The account keys that lineages began with. */
const accounts = new Map<string, string>()

/** How a list differs from the first one of a user with one device. */
export interface UserList {
  readonly devices?: readonly number[]
  readonly after?: DeviceList
  readonly account?: string
  readonly signer?: number
  readonly recovery?: string
  readonly lineage?: Bytes
  readonly version?: number
}

/** A user's list of devices, all of them admins. */
export function userList(user: string, options: UserList = {}): DeviceList {
  const { devices = [1], after, account = after === undefined ? accountOf(user) : undefined, signer = devices[0], recovery } = options
  const name = account ?? nameOf(after?.accountKey as IdentityKey)
  const lineage = options.lineage ?? after?.lineage ?? hashOfKey(publicKeyNamed(name))
  if (!accounts.has(toHex(lineage))) accounts.set(toHex(lineage), name)
  return listOf({
    user,
    account: name,
    lineage,
    recovery: recovery === undefined ? after?.recovery : hashOfKey(publicKeyNamed(recovery)),
    version: options.version ?? (after?.version ?? 0) + 1,
    previous: after === undefined ? [] : [hashOfList(after)],
    used: usedWith(after === undefined ? [] : [after.used], devices),
    signer: signer as number,
    devices: devices.map((device) => ({
      device,
      name: deviceName(user, device),
      admin: true,
      user,
      account: accounts.get(toHex(lineage)) as string,
    })),
    signedBy: { device: deviceName(user, signer) },
  })
}

export const addMember = (user: string): RosterChange => ({
  kind: 'add',
  user,
  accountKey: accountKeyOf(user),
  role: 'member',
  lists: [],
})
export const addAdmin = (user: string, list: DeviceList = userList(user)): RosterChange => ({
  kind: 'add',
  user,
  accountKey: accountKeyOf(user),
  role: 'admin',
  lists: [list],
})
export const remove = (user: string, last: readonly LastKey[] = []): RosterChange => ({ kind: 'remove', user, last })
export const promote = (user: string, lists: readonly DeviceList[] = [userList(user)]): RosterChange => ({
  kind: 'role',
  user,
  role: 'admin',
  lists,
  last: [],
})
export const demote = (user: string, last: readonly LastKey[] = []): RosterChange => ({
  kind: 'role',
  user,
  role: 'member',
  lists: [],
  last,
})
export const setDevices = (user: string, ...lists: readonly DeviceList[]): RosterChange => ({ kind: 'devices', user, lists })
export const setTitle = (byte: number): RosterChange => ({ kind: 'title', hash: new Uint8Array(32).fill(byte) })

/** What a user says with one of its devices. */
export function draft(user: string, changes: readonly RosterChange[], device = 1): EntryDraft {
  return { author: authorOf(user, device), timestamp: ISSUED, changes }
}

/** Signs a genesis. */
export function genesis(user: string, changes: readonly RosterChange[] = [], list?: DeviceList): SignedEntry {
  const signer = { identity: keyNamed(deviceName(user)), random: seededRandom(`genesis ${user}`) }
  const signed = signGenesis(draft(user, [addAdmin(user, list), ...changes]), signer)
  if (signed.refusal !== undefined) throw new Error(signed.refusal)
  return signed
}
