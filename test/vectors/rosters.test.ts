/**
 * Rosters of our own, with the keys and the random bytes that made them: whoever reads or writes this format can check himself, and a change
 * of it does not go unseen. `BISIK_WRITE_VECTORS=1` writes the file anew.
 */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex, utf8 } from '../../src/bytes.js'
import { sha256 } from '../../src/crypto/hash.js'
import { exposeSecret } from '../../src/crypto/secret.js'
import { signAccountMove } from '../../src/protocol/identity/account-moves.js'
import { hashOfList } from '../../src/protocol/identity/device-list.js'
import { applyGenesis } from '../../src/protocol/rosters/entries.js'
import { hashOfRoster, idOfEntry } from '../../src/protocol/rosters/roster.js'
import { mapLeaf, newMap } from '../../src/protocol/rosters/user-map.js'
import type { RosterChange } from '../../src/wire/roster-change.js'
import { parseRosterEntry } from '../../src/wire/roster-entry.js'
import { encodeRosterHead, encodeRosterState, encodeRosterUser, type Membership } from '../../src/wire/roster-state.js'
import { ISSUED, keyNamed, publicKeyNamed } from '../support/devices.js'
import { seededRandom } from '../support/random.js'
import {
  accountKeyOf,
  accountOf,
  addAdmin,
  addMember,
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
} from '../support/rosters.js'
import { committedVectors, hex } from '../support/vectors.js'

interface Vectors {
  readonly keys: Readonly<Record<string, { readonly public: string; readonly private: string }>>
  /** Maps of users, by their roots; the pages of the smaller ones. */
  readonly maps: readonly {
    readonly count: number
    readonly users: readonly (readonly [name: string, record: string])[]
    readonly root: string
    readonly pages?: Readonly<Record<string, string>>
  }[]
  /** What comes, in this order, and what is answered; after it the head, and each user that changed. */
  readonly steps: readonly {
    readonly what: string
    readonly entry: string
    readonly id: string
    readonly answer: string
    readonly state: string
    readonly result: string
    readonly head: string
    readonly users: readonly string[]
  }[]
}

const FILE = 'rosters/rosters.json'
const UUID = '185a574c-1f97-4f26-aaf4-924f8bce4bb1'
const LAST = [{ device: 1, distribution: UUID, iteration: 41 }]
const NAMES = ['alice', 'bob', 'carol', 'dave'].flatMap((user) => [accountOf(user), deviceName(user), deviceName(user, 2)])

function entries(): readonly (readonly [what: string, entry: string])[] {
  const first = genesis('alice', [addMember('bob'), setTitle(1)])
  const all = new RosterInMemory(first)
  const found: [string, string][] = [['a genesis', toHex(first.entry.serialized)]]
  const say = (what: string, user: string, changes: readonly RosterChange[], device = 1): void => {
    const signed = all.sign(draft(user, changes, device), deviceName(user, device))
    if (signed.refusal !== undefined) throw new Error(`${what}: ${signed.refusal}`)
    found.push([what, toHex(signed.entry.serialized)])
    all.take(signed)
  }
  const both = userList('carol', { devices: [1, 2] })
  const bob = userList('bob', { recovery: 'recovery' })
  say('more users', 'alice', [addMember(UUID), addMember('dave'), addAdmin('carol', both)])
  say('a member becomes an admin', 'carol', [promote('bob', [bob])], 2)
  say('a device of an admin is unlinked', 'carol', [setDevices('carol', userList('carol', { after: both, devices: [1] }))])
  // By the device that was unlinked.
  const late = new RosterInMemory(first)
  late.users.set('carol', {
    user: 'carol',
    membership: { ...(all.users.get('carol')?.membership as Membership), list: both },
    ended: undefined,
  })
  late.roster = all.roster
  for (const [path, page] of all.pages) late.pages.set(path, page)
  const unlinked = late.sign(draft('carol', [setTitle(9)], 2), deviceName('carol', 2))
  if (unlinked.refusal === undefined) found.push(['an entry of that device', toHex(unlinked.entry.serialized)])
  const policy = { writers: 'admins', adders: 'everyone', messages: 500, days: 30 } as const
  say('another title and policy', 'alice', [setTitle(2), { kind: 'policy', policy }])
  say('an admin is demoted, a member removed', 'alice', [demote('carol', LAST), remove('dave', LAST)])
  say('a member adds another', UUID, [setDevices(UUID, userList(UUID)), addMember('dave')])
  const next = userList('bob', { account: 'next account', lineage: bob.lineage, version: 2, after: bob, devices: [2] })
  const move = signAccountMove(
    { user: 'bob', lineage: bob.lineage, accountKey: accountKeyOf('bob'), list: hashOfList(next), signer: 1, issuedAt: ISSUED },
    { account: keyNamed(accountOf('bob')), device: keyNamed(deviceName('bob')) },
    seededRandom('vector move'),
  )
  const identity = { kind: 'identity', user: 'bob', accountKey: next.accountKey, lists: [next], move, last: LAST } as const
  say('an admin moves to another account key', 'bob', [identity], 2)
  found.push(['an entry that was applied', found[2]?.[1] as string])
  say('an admin leaves', 'bob', [remove('bob')], 2)
  return found
}

/** What is answered to each entry, by somebody who knows nothing. */
function answersTo(all: readonly (readonly [what: string, entry: string])[]): Vectors['steps'] {
  let roster: RosterInMemory | undefined
  return all.map(([what, bytes]) => {
    const entry = parseRosterEntry(hex(bytes))
    const next = roster === undefined ? applyGenesis(entry) : roster.judge(entry)
    if (next.refusal === undefined) {
      if (roster === undefined) roster = new RosterInMemory(next)
      else roster.take(next)
    }
    const state = (roster as RosterInMemory).roster
    return {
      what,
      entry: bytes,
      id: toHex(idOfEntry(entry)),
      answer: next.refusal ?? 'applied',
      state: toHex(encodeRosterState(state)),
      result: toHex(hashOfRoster(state)),
      head: toHex(encodeRosterHead(state)),
      users: next.refusal === undefined ? next.users.map((user) => toHex(encodeRosterUser(user))) : [],
    }
  })
}

function maps(): Vectors['maps'] {
  return [0, 1, 2, 16, 40, 1000].map((count) => {
    const users = Array.from({ length: count }, (_, i) => [`user ${i}`, toHex(utf8(`record ${i}`))] as const)
    const { root, pages } = newMap(users.map(([name, record]) => mapLeaf(utf8(name), hex(record))))
    const shown = count > 40 ? {} : { pages: Object.fromEntries([...pages].sort().map(([path, page]) => [path, toHex(page)])) }
    return { users: count > 40 ? [] : users, count, root: toHex(root), ...shown }
  })
}

if (process.env.BISIK_WRITE_VECTORS !== undefined) {
  const pair = (name: string): { public: string; private: string } => ({
    public: toHex(publicKeyNamed(name)),
    private: toHex(exposeSecret(keyNamed(name).privateKey)),
  })
  const keys = Object.fromEntries([...NAMES, 'recovery', 'next account'].map((name) => [name, pair(name)]))
  const file = new URL(`data/${FILE}`, import.meta.url)
  writeFileSync(file, `${JSON.stringify({ keys, maps: maps(), steps: answersTo(entries()) }, undefined, 1)}\n`)
}
const vectors = committedVectors<Vectors>(FILE)

describe('row 51: committed rosters', () => {
  it('are what the keys make of them today', () => {
    for (const [name, key] of Object.entries(vectors.keys)) expect(toHex(publicKeyNamed(name))).toBe(key.public)
    expect(vectors.steps.map(({ what, entry }) => [what, entry])).toEqual(entries())
    expect(vectors.maps).toEqual(maps())
  })

  it(`are answered as recorded, ${vectors.steps.length} entries`, () => {
    expect(answersTo(vectors.steps.map(({ what, entry }) => [what, entry] as const))).toEqual(vectors.steps)
    expect([...new Set(vectors.steps.map(({ answer }) => answer))].sort()).toEqual(['applied', 'device-not-in-roster', 'entry-wrong-epoch'])
  })

  it('hash as the schema says', () => {
    for (const { state, result } of vectors.steps) expect(result).toBe(toHex(sha256(concatBytes(utf8('bisik roster v1\0'), hex(state)))))
    for (const { entry, id } of vectors.steps) {
      expect(id).toBe(toHex(sha256(concatBytes(utf8('bisik group entry id v1\0'), parseRosterEntry(hex(entry)).signed))))
    }
    for (const { pages = {}, root } of vectors.maps) {
      if (pages[''] !== undefined) expect(root).toBe(toHex(sha256(concatBytes(Uint8Array.of(1), hex(pages[''])))))
    }
  })
})
