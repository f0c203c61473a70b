import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, utf8 } from '../../../src/bytes.js'
import { epochMillis } from '../../../src/env.js'
import { MAX_ROSTER_ENTRY_LENGTH } from '../../../src/wire/limits.js'
import type { RosterChange } from '../../../src/wire/roster-change.js'
import { encodeRosterEntry, parseRosterEntry, type RosterEntryFields, serializeRosterEntry } from '../../../src/wire/roster-entry.js'
import {
  encodeRosterHead,
  encodeRosterUser,
  parseRosterHead,
  parseRosterUser,
  type Roster,
  type RosterUser,
} from '../../../src/wire/roster-state.js'
import {
  accountKeyOf,
  addAdmin,
  addMember,
  authorOf,
  demote,
  promote,
  remove,
  setDevices,
  setTitle,
  userList,
} from '../../support/rosters.js'
import { hex } from '../../support/vectors.js'
import { field, verdict } from './messages.js'

const hash = new Uint8Array(32).fill(7)
const signature = new Uint8Array(64).fill(9)
const UUID = '185a574c-1f97-4f26-aaf4-924f8bce4bb1'
const last = [
  { device: 1, distribution: UUID, iteration: 0 },
  { device: 3, distribution: UUID, iteration: 2 ** 32 - 1 },
]
const CHANGES: readonly RosterChange[] = [
  addMember('bob'),
  addAdmin('carol'),
  remove('dave', last),
  promote('erin'),
  demote('frank', last),
  setDevices('grace', userList('grace')),
  { kind: 'identity', user: 'heidi', accountKey: accountKeyOf('heidi'), lists: [], move: undefined, last },
  setTitle(1),
  { kind: 'policy', policy: { writers: 'admins', adders: 'everyone', messages: 10, days: 365 } },
]
const FIELDS: RosterEntryFields = {
  place: { group: hash, epoch: 5, previous: hash },
  author: authorOf('alice'),
  timestamp: epochMillis(1000),
  changes: CHANGES,
  result: hash,
}
const bytesOf = (fields: Partial<RosterEntryFields>): Bytes =>
  serializeRosterEntry({ signed: encodeRosterEntry({ ...FIELDS, ...fields }), signature })
const judge = (fields: Partial<RosterEntryFields>): string => verdict(() => parseRosterEntry(bytesOf(fields)))

/** The bytes of an entry by hand, for what the writer does not write. */
const RAW = {
  group: field(1, hash),
  epoch: field(3, 5),
  previous: field(4, hash),
  author: field(5, concatBytes(field(1, utf8('alice')), field(2, 1), field(3, authorOf('alice').identityKey))),
  timestamp: field(6, 1000),
  change: field(7, field(6, field(1, hash))),
  result: field(8, hash),
}
const raw = (fields: object): Bytes =>
  serializeRosterEntry({ signed: concatBytes(...(Object.values({ ...RAW, ...fields }) as Bytes[])), signature })
const judgeRaw = (fields: object): string => verdict(() => parseRosterEntry(raw(fields)))
const change = (number: number, ...parts: readonly Bytes[]): Bytes => field(7, field(number, concatBytes(...parts)))
const key = accountKeyOf('bob')
const MALFORMED = 'malformed-message'

describe('row 51: the bytes of a roster entry', () => {
  it('come back with every change, and share no memory', () => {
    const bytes = bytesOf({})
    const entry = parseRosterEntry(bytes)
    bytes.fill(0)
    expect(entry).toMatchObject({ ...FIELDS, epoch: 5, isKnown: true })
    expect(entry.serialized).toEqual(bytesOf({}))
    expect(encodeRosterEntry(entry)).toEqual(entry.signed)
  })

  it('are those of a genesis with a seed and nothing before', () => {
    expect(parseRosterEntry(bytesOf({ place: { seed: hash } }))).toMatchObject({ place: { seed: hash }, epoch: 0 })
    const { group, previous } = RAW
    const none = { group: field(2, hash), epoch: field(3, 0), previous: new Uint8Array(0) }
    expect(judgeRaw(none)).toBe('ok')
    expect(judgeRaw({ ...none, epoch: field(3, 1) })).toBe(MALFORMED)
    expect(judgeRaw({ ...none, group: field(2, hash.slice(1)) })).toBe(MALFORMED)
    expect(judgeRaw({ ...none, previous })).toBe(MALFORMED)
    expect(judgeRaw({ ...none, group: concatBytes(group, field(2, hash)) })).toBe(MALFORMED)
    expect(judgeRaw({ epoch: field(3, 0) })).toBe(MALFORMED)
    expect(judgeRaw({ previous: new Uint8Array(0) })).toBe(MALFORMED)
    expect(judgeRaw({ group: new Uint8Array(0) })).toBe(MALFORMED)
  })

  it('have an epoch of 2^31 and up to 2^32 - 1, and none beyond', () => {
    expect(judgeRaw({ epoch: field(3, 2 ** 31) })).toBe('ok')
    expect(judgeRaw({ epoch: field(3, 2 ** 32 - 1) })).toBe('ok')
    expect(judgeRaw({ epoch: field(3, 2 ** 32 + 5) })).toBe(MALFORMED)
  })

  it('have 1,000 changes, and not 1,001 nor none', () => {
    const adds = Array.from({ length: 1_001 }, (_, i) => ({ ...addMember('x'), user: `${i}` }) as RosterChange)
    expect(judge({ changes: adds.slice(0, 1_000) })).toBe('ok')
    expect(judge({ changes: adds })).toBe(MALFORMED)
    expect(judge({ changes: [] })).toBe(MALFORMED)
    const later = Array.from({ length: 1_001 }, () => field(7, field(99, 1)))
    expect(judgeRaw({ change: concatBytes(...later) })).toBe(MALFORMED)
  })

  it('are at most 128 KiB', () => {
    const long = (count: number): readonly RosterChange[] =>
      Array.from({ length: count }, (_, i) => ({ ...remove('x'), user: `${i}`.padStart(1_000, 'x') }) as RosterChange)
    expect(bytesOf({ changes: long(129) }).length).toBeLessThanOrEqual(MAX_ROSTER_ENTRY_LENGTH)
    expect(judge({ changes: long(129) })).toBe('ok')
    expect(judge({ changes: long(131) })).toBe('message-too-large')
  })

  it('name each user, the title and the policy at most once', () => {
    for (const again of [remove('bob'), demote('carol'), setTitle(2), CHANGES[8] as RosterChange])
      expect(judge({ changes: [...CHANGES, again] })).toBe(MALFORMED)
  })

  it('name users in their one spelling', () => {
    const named = (name: Bytes): string => judgeRaw({ change: change(2, field(1, name)) })
    expect(named(utf8(UUID))).toBe('ok')
    expect(named(utf8(UUID.toUpperCase()))).toBe(MALFORMED)
    expect(named(Uint8Array.of(0xff))).toBe(MALFORMED)
    const upper = field(5, concatBytes(field(1, utf8(UUID.toUpperCase())), field(2, 1), field(3, key)))
    expect(judgeRaw({ author: upper })).toBe(MALFORMED)
  })

  it('have keys of exactly 33 canonical bytes', () => {
    const added = (accountKey: Bytes): string => judgeRaw({ change: change(1, field(1, utf8('bob')), field(2, accountKey), field(3, 0)) })
    expect(added(key)).toBe('ok')
    expect(added(concatBytes(key, Uint8Array.of(0)))).toBe('invalid-key')
    expect(added(key.slice(0, 32))).toBe('invalid-key')
    expect(added(concatBytes(Uint8Array.of(6), key.slice(1)))).toBe('invalid-key')
    const u = (low: string, high: string): Bytes => hex(`05${low}${'ff'.repeat(30)}${high}`)
    expect(added(u('ec', '7f'))).toBe('ok')
    expect(added(u('ed', '7f'))).toBe('invalid-key')
    expect(added(u('ff', '7f'))).toBe('invalid-key')
    expect(added(u('ff', '7e'))).toBe('ok')
    expect(added(hex(`05${'01'.repeat(31)}81`))).toBe('invalid-key')
    const author = field(5, concatBytes(field(1, utf8('alice')), field(2, 1), field(3, concatBytes(key, Uint8Array.of(0)))))
    expect(judgeRaw({ author })).toBe('invalid-key')
  })

  it('have no field twice, and none out of order', () => {
    expect(judgeRaw({ epoch: concatBytes(field(3, 5), field(3, 5)) })).toBe(MALFORMED)
    expect(judgeRaw({ result: concatBytes(field(8, hash), field(8, hash)) })).toBe(MALFORMED)
    expect(judgeRaw({ change: change(2, field(1, utf8('bob')), field(1, utf8('bob'))) })).toBe(MALFORMED)
    expect(judgeRaw({ change: field(7, concatBytes(field(6, field(1, hash)), field(2, field(1, utf8('bob'))))) })).toBe(MALFORMED)
  })

  it('with something unknown say so, and whatever of it can be read', () => {
    const unknown = [
      { result: concatBytes(field(8, hash), field(9, 1)) },
      { change: field(7, field(99, hash)) },
      { change: concatBytes(RAW.change, field(7, field(8, hash))) },
      { change: field(7, field(6, concatBytes(field(1, hash), field(2, 1)))) },
      { change: change(3, field(1, utf8('bob')), field(2, 2)) },
      { change: change(1, field(1, utf8('bob')), field(2, key), field(3, 7)) },
      { change: change(7, field(1, 2), field(2, 0), field(3, 10), field(4, 1)) },
      { change: change(7, field(1, 0), field(2, 2), field(3, 10), field(4, 1)) },
    ]
    for (const fields of unknown) expect(parseRosterEntry(raw(fields))).toMatchObject({ isKnown: false, epoch: 5, result: hash })
    const beside = parseRosterEntry(raw({ change: concatBytes(field(7, field(99, hash)), RAW.change, change(2, field(1, utf8('bob')))) }))
    expect(beside.changes.map(({ kind }) => kind)).toEqual(['title', 'remove'])
    // What is no change here may be one there.
    expect(parseRosterEntry(raw({ change: concatBytes(field(7, field(99, hash)), change(6, field(1, hash.slice(9)))) })).changes).toEqual(
      [],
    )
    expect(judgeRaw({ change: field(7, new Uint8Array(0)) })).toBe(MALFORMED)
  })

  it('have lists and keys where they belong', () => {
    const list = userList('bob')
    expect(judge({ changes: [{ ...addMember('bob'), lists: [list] } as RosterChange] })).toBe(MALFORMED)
    expect(judge({ changes: [{ ...addAdmin('bob'), lists: [] } as RosterChange] })).toBe(MALFORMED)
    expect(judge({ changes: [{ ...demote('bob'), lists: [list] } as RosterChange] })).toBe(MALFORMED)
    expect(judge({ changes: [{ ...promote('bob'), last } as RosterChange] })).toBe(MALFORMED)
    expect(judge({ changes: [promote('bob', [])] })).toBe('ok')
    expect(judge({ changes: [setDevices('bob')] })).toBe(MALFORMED)
    expect(judgeRaw({ change: change(5, field(1, utf8('bob')), field(2, key), field(4, hash)) })).toBe(MALFORMED)
    expect(judgeRaw({ change: change(4, field(1, utf8('bob')), field(2, hash)) })).toBe(MALFORMED)
  })

  it('say how far messages count of at most 16 devices, by rising number', () => {
    const of = (...devices: readonly number[]): string =>
      judge({
        changes: [
          remove(
            'bob',
            devices.map((device) => ({ device, distribution: UUID, iteration: 1 })),
          ),
        ],
      })
    expect(of(...Array.from({ length: 16 }, (_, i) => i + 1))).toBe('ok')
    expect(of(...Array.from({ length: 17 }, (_, i) => i + 1))).toBe(MALFORMED)
    expect(of(2, 1)).toBe(MALFORMED)
    expect(of(1, 1)).toBe(MALFORMED)
    expect(of(0)).toBe(MALFORMED)
    expect(of(128)).toBe(MALFORMED)
    const short = field(2, concatBytes(field(1, 1), field(2, new Uint8Array(15)), field(3, 1)))
    expect(judgeRaw({ change: change(2, field(1, utf8('bob')), short) })).toBe(MALFORMED)
  })

  it('set a policy within bounds, a title by 32 bytes', () => {
    const policy = (messages: number, days: number): string =>
      judge({ changes: [{ kind: 'policy', policy: { writers: 'everyone', adders: 'admins', messages, days } }] })
    expect([policy(10, 1), policy(1_000_000, 365)]).toEqual(['ok', 'ok'])
    expect([policy(9, 1), policy(1_000_001, 1), policy(10, 0), policy(10, 366)]).toEqual([MALFORMED, MALFORMED, MALFORMED, MALFORMED])
    expect(judgeRaw({ change: change(6, field(1, hash.slice(1))) })).toBe(MALFORMED)
  })

  it('have a device, a time and a signature', () => {
    expect(judge({ author: { ...authorOf('alice'), device: 0 } })).toBe(MALFORMED)
    expect(judge({ author: { ...authorOf('alice'), device: 128 } })).toBe(MALFORMED)
    expect(judgeRaw({ timestamp: field(6, 2 ** 53) })).toBe(MALFORMED)
    const { signed } = parseRosterEntry(raw({}))
    expect(verdict(() => parseRosterEntry(serializeRosterEntry({ signed, signature: signature.slice(1) })))).toBe('invalid-key')
  })

  it('are not written with what cannot be read', () => {
    const key = { device: 1, distribution: 'no id', iteration: 1 }
    expect(verdict(() => encodeRosterEntry({ ...FIELDS, changes: [remove('bob', [key])] }))).toBe('invalid-argument')
    expect(verdict(() => encodeRosterEntry({ ...FIELDS, changes: [remove('\ud800')] }))).toBe('invalid-argument')
  })
})

describe('row 51: the bytes of a roster', () => {
  const state = { epoch: 7, cut: 3, members: 2, admins: 1, former: 1, title: hash, root: hash }
  const policy = { writers: 'everyone', adders: 'admins', messages: 1_000, days: 7 } as const
  const head: Roster = { ...state, policy, group: hash, head: hash }
  const admin: RosterUser = {
    user: 'alice',
    membership: {
      accountKey: accountKeyOf('alice'),
      role: 'admin',
      admitted: 0,
      roleSince: 0,
      list: userList('alice'),
      origin: { accountKey: accountKeyOf('old'), recovery: hash },
    },
    ended: { epoch: 5, role: 'admin', roleSince: 2, last },
  }

  it('come back with every field', () => {
    const plain = {
      accountKey: accountKeyOf('bob'),
      role: 'member',
      admitted: 0,
      roleSince: 3,
      list: undefined,
      origin: undefined,
    } as const
    for (const user of [admin, { ...admin, membership: plain, ended: undefined }, { ...admin, membership: undefined }])
      expect(parseRosterUser(encodeRosterUser(user))).toEqual(user)
    for (const one of [head, { ...head, title: undefined }]) expect(parseRosterHead(encodeRosterHead(one))).toEqual(one)
  })

  it('are refused where there is no such roster, and in another form', () => {
    const headOf = (fields: Partial<Roster>): string => verdict(() => parseRosterHead(encodeRosterHead({ ...head, ...fields })))
    expect(headOf({ cut: 8 })).toBe(MALFORMED)
    expect(headOf({ admins: 3 })).toBe(MALFORMED)
    expect(headOf({ policy: { ...policy, days: 0 } })).toBe(MALFORMED)
    for (const name of ['group', 'head', 'title', 'root'] as const) expect(headOf({ [name]: hash.slice(1) })).toBe(MALFORMED)
    expect(verdict(() => parseRosterHead(concatBytes(encodeRosterHead(head), field(9, 1))))).toBe(MALFORMED)
    expect(verdict(() => parseRosterHead(new Uint8Array(1_000)))).toBe('message-too-large')
    const userOf = (fields: Partial<NonNullable<RosterUser['membership']>>): string =>
      verdict(() =>
        parseRosterUser(
          encodeRosterUser({ ...admin, membership: { ...(admin.membership as NonNullable<RosterUser['membership']>), ...fields } }),
        ),
      )
    expect(userOf({ list: undefined })).toBe(MALFORMED)
    expect(userOf({ role: 'owner' as 'admin' })).toBe(MALFORMED)
    expect(verdict(() => parseRosterUser(concatBytes(encodeRosterUser(admin), field(9, 1))))).toBe(MALFORMED)
    const ended = { epoch: 5, role: 'owner' as 'admin', roleSince: 2, last }
    expect(verdict(() => parseRosterUser(encodeRosterUser({ ...admin, ended })))).toBe(MALFORMED)
  })
})
