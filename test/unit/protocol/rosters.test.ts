import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex, utf8 } from '../../../src/bytes.js'
import { sign } from '../../../src/crypto/xeddsa.js'
import { signAccountMove, signRecoveryMove } from '../../../src/protocol/identity/account-moves.js'
import { hashOfKey, hashOfList } from '../../../src/protocol/identity/device-list.js'
import { MAX_GROUP_MEMBERS, MAX_ROSTER_USERS } from '../../../src/protocol/limits.js'
import { applyGenesis, type EntryDraft, signGenesis } from '../../../src/protocol/rosters/entries.js'
import { type EntryRefusal, hashOfRoster, idOfEntry } from '../../../src/protocol/rosters/roster.js'
import { mapLeaf, newMap } from '../../../src/protocol/rosters/user-map.js'
import type { DeviceList } from '../../../src/wire/device-list.js'
import type { RosterChange } from '../../../src/wire/roster-change.js'
import { encodeRosterEntry, parseRosterEntry, type RosterEntry, serializeRosterEntry } from '../../../src/wire/roster-entry.js'
import { encodeRosterUser, type Membership, type Roster } from '../../../src/wire/roster-state.js'
import { ISSUED, keyNamed, publicKeyNamed } from '../../support/devices.js'
import { seededRandom } from '../../support/random.js'
import {
  accountKeyOf,
  accountOf,
  addAdmin,
  addMember,
  authorOf,
  demote,
  deviceName,
  draft,
  genesis,
  promote,
  RosterInMemory,
  remove,
  setDevices,
  setTitle,
  userList,
} from '../../support/rosters.js'
import { field, verdict } from '../wire/messages.js'

const hash = new Uint8Array(32).fill(7)
const UUID = '185a574c-1f97-4f26-aaf4-924f8bce4bb1'
const last = [{ device: 1, distribution: UUID, iteration: 41 }]
const policy = (fields: object = {}): RosterChange => ({
  kind: 'policy',
  policy: { writers: 'everyone', adders: 'admins', messages: 1_000, days: 7, ...fields },
})
const addersAreAll = policy({ adders: 'everyone' })

/** A group that alice created; the others in it by entries. */
function group(...entries: readonly (readonly RosterChange[])[]): RosterInMemory {
  const all = new RosterInMemory(genesis('alice'))
  for (const changes of entries) expect(say(all, 'alice', changes)).toBe('applied')
  return all
}

/** Signs with a device, if that may be signed, and applies. */
function say(all: RosterInMemory, user: string, changes: readonly RosterChange[], device = 1): EntryRefusal | 'applied' {
  const signed = all.sign(draft(user, changes, device), deviceName(user, device))
  return signed.refusal ?? all.apply(signed.entry)
}

/** An entry that nobody's own code signs: over the head as it is, with a result of its own. */
function forged(all: RosterInMemory, { author, changes, timestamp }: EntryDraft, fields: Partial<Forgery> = {}): RosterEntry {
  const { group, head, epoch } = all.roster
  const { signedBy = deviceName(author.user, author.device), result = hash, ...place } = fields
  const signed = encodeRosterEntry({
    place: { group, epoch: epoch + 1, previous: head, ...place },
    ...{ author, changes, timestamp, result },
  })
  return signedAs(signed, signedBy)
}
interface Forgery {
  readonly signedBy: string
  readonly group: Bytes
  readonly epoch: number
  readonly previous: Bytes
  readonly result: Bytes
}

function signedAs(signed: Bytes, name: string): RosterEntry {
  const label = utf8('bisik group entry v1\0')
  const signature = sign(keyNamed(name).privateKey, concatBytes(label, signed), seededRandom(`forged ${name}`))
  return parseRosterEntry(serializeRosterEntry({ signed, signature }))
}

const member = (all: RosterInMemory, user: string): Membership | undefined => all.users.get(user)?.membership

/** The root of the map, from all users anew. */
const rootOf = (all: RosterInMemory): string =>
  toHex(newMap([...all.users.values()].map((user) => mapLeaf(utf8(user.user), encodeRosterUser(user)))).root)

describe('row 51: a genesis', () => {
  const signer = { identity: keyNamed(deviceName('alice')), random: seededRandom('genesis') }
  const begin = (changes: readonly RosterChange[], author = authorOf('alice')): EntryRefusal | undefined =>
    signGenesis({ author, timestamp: ISSUED, changes }, signer).refusal

  it('makes its author the creator, and names the group', () => {
    const first = genesis('alice', [addMember('bob'), setTitle(5), addersAreAll])
    const applied = applyGenesis(first.entry)
    expect(applied).toMatchObject({ refusal: undefined, roster: first.roster })
    expect(first.roster).toMatchObject({ epoch: 0, cut: 0, members: 2, admins: 1, former: 0, title: new Uint8Array(32).fill(5) })
    expect(first.roster.group).toEqual(idOfEntry(first.entry))
    expect(first.roster.head).toEqual(first.roster.group)
    const all = new RosterInMemory(first)
    expect(member(all, 'alice')).toMatchObject({ role: 'admin', admitted: 0, roleSince: 0, accountKey: accountKeyOf('alice') })
    expect(member(all, 'bob')).toMatchObject({ role: 'member', list: undefined })
  })

  it('is another one each time, by its seed', () => {
    const random = seededRandom('seeds')
    const ids = [1, 2].map(() => {
      const signed = signGenesis(draft('alice', [addAdmin('alice')]), { ...signer, random })
      return signed.refusal === undefined ? toHex(signed.roster.group) : signed.refusal
    })
    expect(new Set(ids).size).toBe(2)
  })

  it('without its author as admin, or with another one, or with anything but adding, is author-lacks-right', () => {
    expect(begin([addMember('alice')])).toBe('author-lacks-right')
    expect(begin([addAdmin('bob')])).toBe('author-lacks-right')
    expect(begin([addAdmin('alice'), addAdmin('bob')])).toBe('author-lacks-right')
    expect(begin([addAdmin('alice'), remove('bob')])).toBe('author-lacks-right')
    expect(begin([addAdmin('alice'), addMember('bob')])).toBe(undefined)
  })

  it('by a device that its list does not have is device-not-in-roster', () => {
    expect(begin([addAdmin('alice')], authorOf('alice', 2))).toBe('device-not-in-roster')
    expect(begin([addAdmin('alice')], { ...authorOf('bob'), user: 'alice' })).toBe('device-not-in-roster')
  })

  it('with another signature is entry-unsigned, with another result entry-wrong-result, on a roster entry-wrong-epoch', () => {
    const first = genesis('alice')
    const altered = first.entry.serialized.slice()
    altered[altered.length - 1] = (altered[altered.length - 1] as number) ^ 1
    expect(applyGenesis(parseRosterEntry(altered))).toEqual({ refusal: 'entry-unsigned' })
    const { place, author, timestamp, changes } = first.entry
    const wrong = signedAs(encodeRosterEntry({ place, author, timestamp, changes, result: hash }), deviceName('alice'))
    expect(applyGenesis(wrong)).toEqual({ refusal: 'entry-wrong-result' })
    expect(new RosterInMemory(first).apply(first.entry)).toBe('entry-wrong-epoch')
    const all = new RosterInMemory(first)
    expect(applyGenesis(forged(all, draft('alice', [setTitle(1)])))).toEqual({ refusal: 'entry-wrong-epoch' })
  })

  it('of which the signature was altered has the same id', () => {
    const { entry } = genesis('alice')
    const twin = parseRosterEntry(serializeRosterEntry({ signed: entry.signed, signature: new Uint8Array(64) }))
    expect(idOfEntry(twin)).toEqual(idOfEntry(entry))
  })

  it('with something unknown is group-needs-update, if its signature holds', () => {
    const { entry } = genesis('alice')
    const signed = concatBytes(entry.signed, field(9, 1))
    expect(applyGenesis(signedAs(signed, deviceName('alice')))).toEqual({ refusal: 'group-needs-update' })
    expect(applyGenesis(signedAs(signed, deviceName('bob')))).toEqual({ refusal: 'entry-unsigned' })
  })
})

describe('row 51: an entry', () => {
  it('changes what it says, and the result covers all of it', () => {
    const all = group([addMember('bob'), addMember('carol')], [promote('bob')], [setTitle(3)], [policy({ writers: 'admins' })])
    expect(all.roster).toMatchObject({ epoch: 4, cut: 0, members: 3, admins: 2, former: 0, policy: { writers: 'admins' } })
    expect(member(all, 'bob')).toMatchObject({ role: 'admin', admitted: 1, roleSince: 2 })
    expect(say(all, 'bob', [remove('carol', last)])).toBe('applied')
    expect(all.roster).toMatchObject({ epoch: 5, cut: 5, members: 2, former: 1 })
    expect(all.users.get('carol')).toEqual({
      user: 'carol',
      membership: undefined,
      ended: { epoch: 5, role: 'member', roleSince: 1, last },
    })
    expect(toHex(all.roster.root)).toBe(rootOf(all))
    const seen = new Set([toHex(hashOfRoster(all.roster))])
    const changes: readonly Partial<Roster>[] = [
      { epoch: 6 },
      { cut: 4 },
      { members: 3 },
      { admins: 1 },
      { former: 2 },
      { title: hash },
      { title: undefined },
      { root: hash },
      { policy: { ...all.roster.policy, days: 8 } },
    ]
    for (const change of changes) seen.add(toHex(hashOfRoster({ ...all.roster, ...change })))
    expect(seen.size).toBe(10)
  })

  it('of another group is entry-wrong-group, of another epoch entry-wrong-epoch, on another head entry-wrong-previous', () => {
    const all = group([addMember('bob')])
    const title = draft('alice', [setTitle(1)])
    expect(all.apply(forged(all, title, { group: hash }))).toBe('entry-wrong-group')
    for (const epoch of [1, 3, 2 ** 31, 2 ** 32 - 1]) expect(all.apply(forged(all, title, { epoch }))).toBe('entry-wrong-epoch')
    expect(all.apply(forged(all, title, { previous: hash }))).toBe('entry-wrong-previous')
    expect(all.apply(forged(all, title))).toBe('entry-wrong-result')
  })

  it('that comes again, or of which the signature was altered, is entry-wrong-epoch once it is applied, and has the same id', () => {
    const all = group()
    const signed = all.sign(draft('alice', [addMember('bob')]), deviceName('alice'))
    if (signed.refusal !== undefined) throw new Error(signed.refusal)
    const twin = parseRosterEntry(serializeRosterEntry({ signed: signed.entry.signed, signature: new Uint8Array(64) }))
    expect(idOfEntry(twin)).toEqual(idOfEntry(signed.entry))
    expect(all.apply(twin)).toBe('entry-unsigned')
    expect(all.apply(signed.entry)).toBe('applied')
    expect(all.apply(signed.entry)).toBe('entry-wrong-epoch')
    expect(all.apply(twin)).toBe('entry-wrong-epoch')
    expect(all.roster.head).toEqual(idOfEntry(twin))
  })

  it('signed by a stranger, a member, a key of another or over other bytes is refused', () => {
    const all = group([addMember('bob')], [addMember('carol'), promote('bob')])
    const title = [setTitle(1)]
    expect(all.apply(forged(all, draft('mallory', title)))).toBe('author-not-member')
    expect(all.apply(forged(all, draft('carol', title)))).toBe('author-lacks-right')
    expect(all.apply(forged(all, draft('bob', title), { signedBy: deviceName('mallory') }))).toBe('entry-unsigned')
    expect(all.apply(forged(all, { ...draft('bob', title), author: { ...authorOf('mallory'), user: 'bob' } }))).toBe('device-not-in-roster')
    expect(all.apply(forged(all, draft('bob', title, 2)))).toBe('device-not-in-roster')
    // Whoever has the account key alone signs nothing.
    const account = { ...authorOf('bob'), identityKey: accountKeyOf('bob') }
    expect(all.apply(forged(all, { ...draft('bob', title), author: account }, { signedBy: accountOf('bob') }))).toBe('device-not-in-roster')
  })

  it('with another result than ours is entry-wrong-result', () => {
    const all = group()
    const signed = all.sign(draft('alice', [addMember('bob')]), deviceName('alice'))
    const other = group()
    const bad = other.sign(draft('alice', [addMember('carol')]), deviceName('alice'))
    if (signed.refusal !== undefined || bad.refusal !== undefined) throw new Error('refused')
    expect(all.apply(forged(all, draft('alice', [addMember('bob')]), { result: bad.entry.result }))).toBe('entry-wrong-result')
    expect(all.apply(forged(all, draft('alice', [addMember('bob')]), { result: signed.entry.result }))).toBe('applied')
  })

  it('with an unknown field or kind of change is group-needs-update, if its signature holds and its author may sign', () => {
    const all = group([addMember('bob')])
    const unknown = (user: string, signedBy = deviceName(user)): RosterEntry => {
      const { signed } = forged(all, draft(user, [setTitle(1)]))
      return signedAs(concatBytes(signed, field(99, 1)), signedBy)
    }
    expect(all.apply(unknown('alice'))).toBe('group-needs-update')
    expect(all.apply(unknown('alice', deviceName('bob')))).toBe('entry-unsigned')
    expect(all.apply(unknown('bob'))).toBe('author-lacks-right')
    expect(all.apply(unknown('mallory'))).toBe('author-not-member')
  })

  it('with something unknown of who brings its devices along is group-needs-update, if those are good', () => {
    const all = group([addMember('bob'), addersAreAll])
    const unknown = (changes: readonly RosterChange[]): string => {
      const { signed } = forged(all, draft('bob', changes))
      return all.apply(signedAs(concatBytes(signed, field(99, 1)), deviceName('bob')))
    }
    expect(unknown([setDevices('bob', userList('bob')), setTitle(1)])).toBe('group-needs-update')
    expect(unknown([setTitle(1)])).toBe('device-not-in-roster')
    expect(unknown([setDevices('bob', userList('bob', { account: 'another' }))])).toBe('list-wrong-account')
  })

  it('that is refused changes nothing', () => {
    const all = group([addMember('bob')])
    const before = [all.roster, new Map(all.users), new Map(all.pages)]
    expect(say(all, 'alice', [addMember('carol'), addMember('bob')])).toBe('already-member')
    expect([all.roster, all.users, all.pages]).toEqual(before)
  })

  it('adds 1,000 users at once', () => {
    const all = group(Array.from({ length: 1_000 }, (_, i) => addMember(`user ${i}`)))
    expect(all.roster.members).toBe(1_001)
    expect(toHex(all.roster.root)).toBe(rootOf(all))
  })

  it('is not signed with what nobody could read, or not at all', () => {
    const all = group()
    const signing = (changes: readonly RosterChange[]) => verdict(() => all.sign(draft('alice', changes), deviceName('alice')))
    expect(signing([{ ...addMember('bob'), role: 'owner' } as never])).toBe('invalid-argument')
    expect(signing([policy({ writers: 'nobody' })])).toBe('invalid-argument')
    expect(signing([addMember('bob'), addAdmin('bob')])).toBe('malformed-message')
    expect(signing([])).toBe('malformed-message')
    expect(signing(Array.from({ length: 150 }, (_, i) => addMember(`${i}`.padStart(1_000, 'x'))))).toBe('message-too-large')
  })

  it('that changes nothing is change-without-effect', () => {
    const all = group([addMember('bob'), addAdmin('carol')], [setTitle(1), policy()].slice(0, 1))
    for (const change of [setTitle(1), policy(), demote('bob'), promote('carol'), setDevices('carol', userList('carol'))])
      expect(say(all, 'alice', [change]), change.kind).toBe('change-without-effect')
  })

  it('about who is a member already, or is none, is already-member or not-a-member', () => {
    const all = group([addMember('bob')])
    expect(say(all, 'alice', [addMember('bob')])).toBe('already-member')
    for (const change of [remove('carol'), promote('carol'), demote('carol'), setDevices('carol', userList('carol')), identity('carol')])
      expect(say(all, 'alice', [change]), change.kind).toBe('not-a-member')
  })
})

describe('row 51: the rights of admins', () => {
  it('are no plain member has', () => {
    const all = group([addMember('bob'), addMember('carol')])
    const changes = [addMember('dave'), remove('carol'), remove('bob'), promote('bob'), setTitle(1), addersAreAll, identity('carol')]
    for (const change of changes) expect(say(all, 'bob', [change]), change.kind).toBe('author-lacks-right')
  })

  it('end where a senior begins: two admins cannot remove each other', () => {
    const all = group([addMember('bob'), addMember('carol')], [promote('bob')], [promote('carol')])
    for (const change of [remove('bob'), demote('bob'), identity('bob')]) expect(say(all, 'carol', [change])).toBe('not-senior')
    for (const user of ['bob', 'carol']) expect(say(all, user, [remove('alice')])).toBe('not-senior')
    expect(say(all, 'bob', [demote('carol')])).toBe('applied')
    expect(say(all, 'alice', [remove('bob')])).toBe('applied')
  })

  it('are equal of those who were made admins by one entry', () => {
    const all = group([addAdmin('bob'), addAdmin('carol')])
    expect(say(all, 'bob', [remove('carol')])).toBe('not-senior')
    expect(say(all, 'carol', [demote('bob')])).toBe('not-senior')
  })

  it('are the last of all for who was demoted and promoted again, the creator too', () => {
    const all = group([addAdmin('bob')])
    expect(say(all, 'alice', [demote('alice')])).toBe('applied')
    expect(say(all, 'bob', [promote('alice', [])])).toBe('applied')
    expect(say(all, 'alice', [remove('bob')])).toBe('not-senior')
    expect(say(all, 'bob', [remove('alice')])).toBe('applied')
  })

  it('reach to oneself: an admin leaves or steps down by an entry of its own, but for the last one', () => {
    const all = group([addAdmin('bob'), addMember('carol')])
    expect(say(all, 'bob', [demote('bob', last)])).toBe('applied')
    expect(all.users.get('bob')?.ended).toEqual({ epoch: 2, role: 'admin', roleSince: 1, last })
    expect(all.roster.cut).toBe(0)
    expect(say(all, 'alice', [remove('alice')])).toBe('last-admin')
    expect(say(all, 'alice', [demote('alice')])).toBe('last-admin')
    expect(say(all, 'alice', [promote('bob', [])])).toBe('applied')
    expect(all.users.get('bob')?.ended).toBe(undefined)
    expect(say(all, 'alice', [remove('alice')])).toBe('applied')
    expect(all.roster).toMatchObject({ admins: 1, members: 2, former: 1, cut: 4 })
  })

  it('do not keep the last admin by an entry that removes all of them', () => {
    const all = group([addAdmin('bob')])
    expect(say(all, 'alice', [remove('bob'), remove('alice')])).toBe('last-admin')
  })

  it('are gone with a removal or a demotion: what is signed then is refused, whatever date it bears', () => {
    const all = group([addAdmin('bob'), addMember('carol')])
    const old = all.roster
    expect(say(all, 'alice', [remove('bob')])).toBe('applied')
    const late = draft('bob', [remove('carol')])
    expect(all.apply(forged(all, late))).toBe('author-not-member')
    expect(all.apply(forged(all, late, { epoch: old.epoch + 1, previous: old.head }))).toBe('entry-wrong-epoch')
    expect(say(all, 'alice', [addAdmin('bob')])).toBe('applied')
    expect(say(all, 'alice', [demote('bob')])).toBe('applied')
    expect(all.apply(forged(all, late))).toBe('author-lacks-right')
  })

  it('of an admin who was away for months end where others have been', () => {
    const all = group([addAdmin('bob')])
    const old = all.sign(draft('bob', [setTitle(9)]), deviceName('bob'))
    expect(say(all, 'alice', [setTitle(1)])).toBe('applied')
    expect(old.refusal === undefined && all.apply(old.entry)).toBe('entry-wrong-epoch')
  })
})

describe('row 51: a removal', () => {
  it('stands beside removals, demotions, other devices and account keys, and nothing else', () => {
    const start = (): RosterInMemory => group([addAdmin('bob'), addAdmin('carol'), addMember('dave'), addMember('erin')])
    const allowed = [demote('bob'), remove('carol'), setDevices('alice', userList('alice', { after: userList('alice'), devices: [1, 2] }))]
    expect(say(start(), 'alice', [remove('dave'), ...allowed, identity('erin')])).toBe('applied')
    for (const other of [addMember('frank'), promote('erin'), setTitle(1), addersAreAll])
      expect(say(start(), 'alice', [remove('dave'), other]), other.kind).toBe('removal-mixed')
    expect(say(start(), 'alice', [demote('bob'), addMember('frank')])).toBe('applied')
  })

  it('and coming back makes a new member, who has nothing of before', () => {
    const all = group([addMember('bob')], [remove('bob', last)], [addMember('bob')])
    expect(all.users.get('bob')).toMatchObject({ membership: { admitted: 3, roleSince: 3, role: 'member' }, ended: undefined })
    expect(all.roster).toMatchObject({ members: 2, former: 0, cut: 2 })
  })
})

describe('row 51: who may add', () => {
  it('is everyone where the policy says so: a member brings its devices with its first entry, and adds members alone', () => {
    const all = group([addMember('bob'), addersAreAll])
    expect(say(all, 'bob', [addMember('carol')])).toBe('device-not-in-roster')
    const own = setDevices('bob', userList('bob', { devices: [1, 2] }))
    expect(say(all, 'bob', [own, addMember('carol')])).toBe('applied')
    expect(say(all, 'bob', [addMember('dave')], 2)).toBe('applied')
    for (const change of [addAdmin('erin'), remove('carol'), remove('bob'), setTitle(1), policy(), promote('bob'), identity('carol')])
      expect(say(all, 'bob', [change]), change.kind).toBe('author-lacks-right')
    expect(say(all, 'bob', [setDevices('dave', userList('dave'))])).toBe('author-lacks-right')
    // A device that was unlinked is out with the list without it, which any device of the user or an admin brings.
    const next = userList('bob', { after: userList('bob', { devices: [1, 2] }), devices: [1] })
    expect(say(all, 'bob', [setDevices('bob', next)])).toBe('applied')
    expect(all.apply(forged(all, draft('bob', [addMember('erin')], 2)))).toBe('device-not-in-roster')
    expect(say(all, 'alice', [policy()])).toBe('applied')
    expect(say(all, 'bob', [addMember('erin')])).toBe('author-lacks-right')
    expect(say(all, 'bob', [setDevices('bob', userList('bob', { after: next, devices: [1, 3] }))])).toBe('author-lacks-right')
  })

  it('has room for 10,000 members, and for 100,000 users that were one', () => {
    const all = group()
    all.roster = { ...all.roster, members: MAX_GROUP_MEMBERS - 1 }
    expect(say(all, 'alice', [addMember('bob'), addMember('carol')])).toBe('too-many-members')
    expect(say(all, 'alice', [addMember('bob')])).toBe('applied')
    all.roster = { ...all.roster, members: 2, former: MAX_ROSTER_USERS - 2 }
    expect(say(all, 'alice', [addMember('carol')])).toBe('too-many-members')
    expect(say(all, 'alice', [remove('bob')])).toBe('applied')
    expect(say(all, 'alice', [addMember('bob')])).toBe('applied')
  })
})

describe("row 51: an admin's devices", () => {
  const both = userList('bob', { devices: [1, 2] })
  const phone = userList('bob', { after: both, devices: [1] })
  const start = (): RosterInMemory => group([addAdmin('bob', both)])

  it('sign entries until the roster has a list without them', () => {
    const all = start()
    const before = all.sign(draft('bob', [setTitle(1)], 2), deviceName('bob', 2))
    if (before.refusal !== undefined) throw new Error(before.refusal)
    expect(all.apply(before.entry)).toBe('applied')
    expect(say(all, 'bob', [setDevices('bob', phone)])).toBe('applied')
    expect(all.roster.cut).toBe(3)
    expect(all.apply(forged(all, draft('bob', [setTitle(2)], 2)))).toBe('device-not-in-roster')
    expect(say(all, 'bob', [setTitle(2)])).toBe('applied')
  })

  it('signed by the device that is removed: that list stands all the same, and what it signs beside it does not', () => {
    const all = start()
    const beside = all.sign(draft('bob', [setTitle(1)], 2), deviceName('bob', 2))
    expect(say(all, 'bob', [setDevices('bob', phone)], 2)).toBe('applied')
    expect(beside.refusal === undefined && all.apply(beside.entry)).toBe('entry-wrong-epoch')
    // A list of its own does not follow.
    const own = userList('bob', { after: phone, devices: [1, 2], signer: 2 })
    expect(say(all, 'alice', [setDevices('bob', own)])).toBe('signer-not-admin')
  })

  it('are what the roster says, not what somebody heard elsewhere', () => {
    // alice has not heard of the newer list, and nobody asks her.
    const all = start()
    const other = start()
    for (const one of [all, other]) expect(say(one, 'bob', [setTitle(1)], 2)).toBe('applied')
    expect(all.roster).toEqual(other.roster)
  })

  it('are told by another admin too, and by no plain member', () => {
    const all = start()
    expect(say(all, 'alice', [addMember('carol')])).toBe('applied')
    expect(say(all, 'carol', [setDevices('bob', phone)])).toBe('author-lacks-right')
    expect(say(all, 'alice', [setDevices('carol', userList('carol'))])).toBe('author-lacks-right')
    expect(say(all, 'alice', [setDevices('bob', phone)])).toBe('applied')
  })

  it('that only become more cut nothing', () => {
    const all = start()
    expect(say(all, 'bob', [setDevices('bob', userList('bob', { after: both, devices: [1, 2, 3] }))])).toBe('applied')
    expect(all.roster.cut).toBe(0)
  })

  it('come with the lists between', () => {
    const three = userList('bob', { after: phone, devices: [1, 3] })
    const all = start()
    expect(say(all, 'alice', [setDevices('bob', three)])).toBe('list-gap')
    expect(say(all, 'alice', [setDevices('bob', phone, three)])).toBe('applied')
    expect(member(all, 'bob')?.list?.version).toBe(3)
    expect(say(all, 'alice', [setDevices('bob', phone)])).toBe('list-rolled-back')
  })

  it('by lists that fork are list-forked, until a list joins them', () => {
    const added = userList('bob', { after: both, devices: [1, 2, 3] })
    const other = userList('bob', { after: both, devices: [1, 2, 4], signer: 2 })
    const all = start()
    expect(say(all, 'alice', [setDevices('bob', added, other)])).toBe('list-forked')
    expect(say(all, 'alice', [setDevices('bob', added)])).toBe('applied')
    expect(say(all, 'alice', [setDevices('bob', other)])).toBe('list-rolled-back')
  })

  it('by lists of another user, account key or without signature or consent are refused with the code of the list', () => {
    const all = group([addMember('bob')])
    expect(say(all, 'alice', [promote('bob', [])])).toBe('list-missing')
    expect(say(all, 'alice', [promote('bob', [userList('carol')])])).toBe('list-wrong-account')
    expect(say(all, 'alice', [promote('bob', [userList('bob', { account: 'another' })])])).toBe('list-wrong-account')
    expect(say(all, 'alice', [addAdmin('carol', userList('dave'))])).toBe('list-wrong-account')
    expect(say(all, 'alice', [addAdmin('carol', userList('dave', { account: accountOf('carol') }))])).toBe('list-wrong-account')
    expect(say(all, 'alice', [{ ...addAdmin('carol'), accountKey: accountKeyOf('dave') } as RosterChange])).toBe('list-wrong-account')
    const list = userList('bob')
    const unsigned = { ...list, serialized: list.serialized.slice() }
    unsigned.serialized[unsigned.serialized.length - 1] = (unsigned.serialized[unsigned.serialized.length - 1] as number) ^ 1
    expect(say(all, 'alice', [promote('bob', [unsigned as DeviceList])])).toBe('list-unsigned')
  })
})

const nextAccount = 'next account'
const identity = (user: string, fields: object = {}): RosterChange => ({
  kind: 'identity',
  user,
  accountKey: publicKeyNamed(nextAccount),
  lists: [],
  move: undefined,
  last: [],
  ...fields,
})

describe('row 51: another account key', () => {
  const bob = userList('bob', { recovery: 'recovery' })
  const fresh = userList('bob', { account: nextAccount, devices: [2] })
  const moved = (account: string, devices: readonly number[] = [2], from: DeviceList = bob): DeviceList =>
    userList('bob', { account, devices, lineage: from.lineage, version: from.version + 1, after: from })
  const move = (to: DeviceList, by = deviceName('bob'), from: DeviceList = bob, account = accountOf('bob')) =>
    signAccountMove(
      {
        user: 'bob',
        lineage: from.lineage,
        accountKey: publicKeyNamed(account),
        list: hashOfList(to),
        signer: from.signer,
        issuedAt: ISSUED,
      },
      { account: keyNamed(account), device: keyNamed(by) },
      seededRandom(`move ${toHex(to.signed)}`),
    )
  const recovery = (to: DeviceList, accountKey = accountKeyOf('bob'), by = 'recovery') =>
    signRecoveryMove(
      { user: 'bob', lineage: bob.lineage, accountKey, list: hashOfList(to), issuedAt: ISSUED },
      keyNamed(by),
      seededRandom(`recovery ${toHex(to.signed)}`),
    )
  const by = (to: DeviceList, fields: object): RosterChange => identity('bob', { accountKey: to.accountKey, lists: [to], ...fields })
  const start = (): RosterInMemory => group([addAdmin('carol'), addMember('dave')], [addAdmin('bob', bob)], [addAdmin('erin')])

  it('of a member is accepted by an admin: it ends a right, cuts, and begins anew', () => {
    const all = start()
    expect(say(all, 'erin', [identity('dave', { last })])).toBe('applied')
    expect(all.users.get('dave')).toMatchObject({
      membership: { accountKey: publicKeyNamed(nextAccount), admitted: 4, roleSince: 4, role: 'member' },
      ended: { epoch: 4, last },
    })
    expect(all.roster.cut).toBe(4)
    expect(say(all, 'erin', [identity('dave')])).toBe('change-without-effect')
  })

  it('of an admin is accepted by a senior alone, with its list, and makes it the last of the admins', () => {
    const all = start()
    expect(say(all, 'erin', [by(fresh, {})])).toBe('not-senior')
    expect(say(all, 'bob', [by(fresh, {})])).toBe('not-senior')
    expect(say(all, 'carol', [identity('alice')])).toBe('not-senior')
    expect(say(all, 'carol', [identity('bob')])).toBe('list-missing')
    expect(say(all, 'carol', [by(fresh, { accountKey: accountKeyOf('dave') })])).toBe('list-wrong-account')
    expect(say(all, 'carol', [by(fresh, {})])).toBe('applied')
    expect(member(all, 'bob')).toMatchObject({ role: 'admin', admitted: 4, roleSince: 4, origin: undefined })
    expect(say(all, 'erin', [remove('bob')])).toBe('applied')
  })

  it('that moved is told by any admin, and keeps the rank', () => {
    const all = start()
    const next = moved(nextAccount)
    expect(say(all, 'erin', [by(next, { move: move(next), last })])).toBe('applied')
    expect(member(all, 'bob')).toMatchObject({ admitted: 2, roleSince: 2, accountKey: publicKeyNamed(nextAccount) })
    expect(member(all, 'bob')?.origin).toEqual({ accountKey: accountKeyOf('bob'), recovery: hashOfKey(publicKeyNamed('recovery')) })
    expect(all.users.get('bob')?.ended).toEqual({ epoch: 4, role: 'admin', roleSince: 2, last })
    expect(all.roster.cut).toBe(4)
    expect(all.apply(forged(all, draft('bob', [setTitle(1)])))).toBe('device-not-in-roster')
    expect(say(all, 'bob', [setTitle(1)], 2)).toBe('applied')
  })

  it('that moved is told by the user itself, with a device of the next list', () => {
    const all = start()
    const next = moved(nextAccount)
    expect(say(all, 'bob', [by(next, { move: move(next) })], 2)).toBe('applied')
    const other = start()
    expect(say(other, 'bob', [by(next, { move: move(next) })], 3)).toBe('device-not-in-roster')
    expect(say(other, 'bob', [by(next, {})], 2)).toBe('device-not-in-roster')
  })

  it('by a move of another signer, user or list is refused with the code of the move', () => {
    const all = start()
    const next = moved(nextAccount)
    expect(say(all, 'erin', [by(next, { move: move(next, deviceName('erin')) })])).toBe('list-unsigned')
    expect(say(all, 'erin', [by(next, { move: move(fresh) })])).toBe('list-wrong-account')
    expect(say(all, 'erin', [by(next, { accountKey: publicKeyNamed('another'), move: move(next) })])).toBe('list-wrong-account')
    expect(say(all, 'erin', [by(next, { move: recovery(next, accountKeyOf('bob'), 'no recovery') })])).toBe('list-unsigned')
    expect(say(all, 'erin', [identity('dave', { lists: [next], move: move(next) })])).toBe('list-missing')
  })

  it('that the recovery key gave outranks one that a thief gave with the account key, also later, and ends that', () => {
    const all = start()
    const stolen = moved('thief account', [3])
    const own = moved(nextAccount)
    expect(say(all, 'bob', [by(stolen, { move: move(stolen) })])).toBe('applied')
    const further = moved('thief 2', [4], stolen)
    expect(say(all, 'bob', [by(further, { move: move(further, deviceName('bob', 3), stolen, 'thief account') })], 3)).toBe('applied')
    expect(say(all, 'bob', [by(own, { move: recovery(own) })], 2)).toBe('applied')
    expect(member(all, 'bob')).toMatchObject({ accountKey: publicKeyNamed(nextAccount), roleSince: 2, origin: undefined })
    expect(all.apply(forged(all, draft('bob', [setTitle(1)], 4)))).toBe('device-not-in-roster')
    // Neither comes a second time.
    expect(say(all, 'alice', [by(stolen, { move: move(stolen) })])).toBe('list-wrong-account')
    expect(say(all, 'alice', [by(stolen, { move: recovery(stolen) })])).toBe('list-wrong-account')
  })

  it('that goes back to the one before is refused', () => {
    const all = start()
    const next = moved(nextAccount)
    expect(say(all, 'alice', [by(next, { move: move(next) })])).toBe('applied')
    const back = moved(accountOf('bob'), [1], next)
    expect(say(all, 'alice', [by(back, { move: move(back, deviceName('bob', 2), next, nextAccount) })])).toBe('list-wrong-account')
  })
})
