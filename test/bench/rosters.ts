/**
 * Prints what an entry costs in a group of 10,000 with all records in maps: `node --conditions=@bisik/source --import tsx test/bench/rosters.ts`,
 * or with another number of members behind it. A target is printed, never asserted.
 */

import type { RosterChange } from '../../src/wire/roster-change.js'
import { parseRosterEntry } from '../../src/wire/roster-entry.js'
import { encodeRosterHead, encodeRosterUser } from '../../src/wire/roster-state.js'
import {
  accountKeyOf,
  addAdmin,
  deviceName,
  draft,
  genesis,
  RosterInMemory,
  remove,
  setDevices,
  setTitle,
  userList,
} from '../support/rosters.js'

const MEMBERS = Number(process.argv[2] ?? 10_000)
const CHUNK = 1_000
const RUNS = 100
/** Milliseconds that an entry may take. */
const TARGET = 5
const UUID = '185a574c-1f97-4f26-aaf4-924f8bce4bb1'

const accountKey = accountKeyOf('somebody')
const add = (user: string): RosterChange => ({ kind: 'add', user, accountKey, role: 'member', lists: [] })
const name = (number: number): string => `${number.toString(16).padStart(8, '0')}-1f97-4f26-aaf4-924f8bce4bb1`

const all = new RosterInMemory(genesis('alice'))

/** Signs and applies an entry. @returns milliseconds for either, and what was read and written. */
function say(changes: readonly RosterChange[]): {
  readonly sign: number
  readonly apply: number
  readonly records: number
  readonly bytes: number
} {
  const begin = performance.now()
  const signed = all.sign(draft('alice', changes), deviceName('alice'))
  const sign = performance.now() - begin
  if (signed.refusal !== undefined) throw new Error(signed.refusal)
  const { serialized } = signed.entry
  all.reads = 0
  const start = performance.now()
  const next = all.judge(parseRosterEntry(serialized))
  const apply = performance.now() - start
  if (next.refusal !== undefined) throw new Error(next.refusal)
  const records = all.reads + next.users.length + next.pages.size
  all.take(next)
  return { sign, apply, records, bytes: serialized.length }
}

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number
const last = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] as number

function report(title: string, runs: readonly ReturnType<typeof say>[]): void {
  const apply = runs.map((run) => run.apply)
  const cells = [
    title.padEnd(34),
    `apply ${middle(apply).toFixed(2)} ms (99 %: ${last(apply).toFixed(2)})`.padEnd(32),
    `sign ${middle(runs.map((run) => run.sign)).toFixed(2)} ms`.padEnd(16),
    `${middle(runs.map((run) => run.records))} records read and written`.padEnd(34),
    `${middle(runs.map((run) => run.bytes))} bytes`,
  ]
  console.log(cells.join('  '))
}

const chunks: ReturnType<typeof say>[] = []
for (let at = 1; at < MEMBERS; at += CHUNK) {
  chunks.push(say(Array.from({ length: Math.min(CHUNK, MEMBERS - at) }, (_, i) => add(name(at + i)))))
}
report(`add ${CHUNK} at once`, chunks)
const users = [...all.users.values()].reduce((sum, user) => sum + encodeRosterUser(user).length, 0)
const pages = [...all.pages.values()].reduce((sum, page) => sum + page.length, 0)
const sizes = `users ${users} bytes, ${all.pages.size} pages ${pages} bytes, head ${encodeRosterHead(all.roster).length} bytes`
console.log(`${all.roster.members} members: ${sizes}`)

const times = <T>(make: (run: number) => T): readonly T[] => Array.from({ length: RUNS }, (_, run) => make(run))
const keys = Array.from({ length: 5 }, (_, i) => ({ device: i + 1, distribution: UUID, iteration: 1000 }))
const titles = times((run) => say([setTitle(run)]))
report('title', titles)
report('remove 100, five devices each', [say(times((run) => remove(name(run + 500), keys)))])
const removals = times((run) => say([remove(name(run + 1), keys)]))
report('remove one, five devices', removals)
const additions = times((run) => say([add(name(MEMBERS + run))]))
report('add one', additions)
const admins = times((run) => [`admin ${run}`, userList(`admin ${run}`, { devices: [1, 2, 3] })] as const)
const promotions = admins.map(([user, list]) => say([addAdmin(user, list)]))
report('add an admin of three devices', promotions)
const shorter = admins.map(([user, after]) => [user, userList(user, { after, devices: [1, 2] })] as const)
const unlinked = shorter.map(([user, list]) => say([setDevices(user, list)]))
report('unlink one of three devices', unlinked)
const worst = Math.max(...[titles, removals, additions, promotions, unlinked].map((runs) => middle(runs.map(({ apply }) => apply))))
console.log(`target ${TARGET} ms an entry: ${worst.toFixed(2)} ms, ${worst <= TARGET ? 'met' : 'missed'}`)
