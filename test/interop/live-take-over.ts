/**
 * A live conversation moves at many random points: one side's sessions and prekeys go to bisik, or from bisik to a release, with messages
 * under way in both directions, skipped keys, archived sessions and sessions that nobody has answered yet. The heir goes on for two
 * hundred messages over the same rough network. Reads records with bisik's decoder, only to say what was in them.
 */
import { equal, ok } from 'node:assert/strict'
import { Client, MemoryStore } from '../../src/index.js'
import { parseIdentity } from '../../src/migration/libsignal.js'
import { decodeLibsignalSessions } from '../../src/migration/session-record.js'
import { Conversation, openAccounts, ROUGH } from './conversation.js'
import type { AccountRecords, Peer } from './peer.js'
import type { Speaker, Story } from './plan.js'
import { Dice } from './random.js'

/** Messages that the heir writes after each move. */
const AFTER = 200

/** Who stays and who moves to whom, and for which part of the points. */
const MOVES = [
  { staying: '0.103.0', owners: ['0.103.0', 'strict bisik'], part: 1 },
  { staying: '0.103.0', owners: ['strict bisik', '0.103.0'], part: 1 },
  { staying: '0.103.0', owners: ['0.103.0', 'strict bisik', '0.103.0', 'strict bisik'], part: 0.2 },
  { staying: '0.96.4', owners: ['0.96.4', 'strict bisik'], part: 0.2 },
  { staying: '0.96.4', owners: ['strict bisik', '0.96.4'], part: 0.2 },
  { staying: '0.86.0', owners: ['0.86.0', 'bisik'], part: 0.2 },
  { staying: '0.86.0', owners: ['bisik', '0.86.0'], part: 0.2 },
] as const

/** @param points - at which running conversations move between bisik and the newest release; a fifth more before the first answer. */
export function liveTakeOvers(seed: string, releases: readonly Speaker[], modes: readonly Speaker[], points: number): Story[] {
  const find = (name: string): Peer => {
    const found = [...releases, ...modes].find(({ peer }) => peer.name === name)?.peer
    if (!found) throw new Error(`no release ${name}`)
    return found
  }
  return MOVES.map(({ staying, owners, part }) => {
    const count = Math.ceil(points * part)
    const name = `${owners.join(' becomes ')}, talking with ${staying}`
    return { name, run: () => moveAtPoints(`${seed} ${name}`, count, find(staying), owners.map(find)) }
  })
}

/** What the records held, added up over all points. */
interface Tally {
  moves: number
  underway: number
  unanswered: number
  archived: number
  skipped: number
  pqSkipped: number
  /** Sessions that had left the first epoch of the post-quantum ratchet. */
  later: number
  readonly states: Set<string>
  read: number
  /** Of these, in sessions that had been left for others. */
  left: number
  epochs: number
}

async function moveAtPoints(seed: string, points: number, staying: Peer, owners: readonly Peer[]): Promise<string> {
  const tally: Tally = {
    moves: 0,
    underway: 0,
    unanswered: 0,
    archived: 0,
    skipped: 0,
    pqSkipped: 0,
    later: 0,
    states: new Set(),
    read: 0,
    left: 0,
    epochs: 0,
  }
  const beginnings = [...cycle(RUNNING, points), ...cycle(UNANSWERED, Math.ceil(points / 5))]
  for (const [point, beginning] of beginnings.entries()) {
    try {
      await moveOnce(beginning, staying, owners, tally, new Dice(`${seed} ${point}`))
    } catch (cause) {
      throw new Error(`point ${point}: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
  // Moves that meet nothing would show nothing. A handful may.
  if (points >= 50) {
    for (const [what, found] of Object.entries(tally)) ok(found instanceof Set || found > 0, `${what}: none`)
    ok(tally.states.size >= 8, `${tally.states.size} states of the braid only`)
  }
  const { moves, underway, unanswered, archived, skipped, pqSkipped, later, states, read, left, epochs } = tally
  return `${moves} moves: ${underway} messages under way, ${unanswered} unanswered sessions, ${archived} archived, ${skipped} and ${pqSkipped} skipped keys, ${states.size} states of the braid, ${later} beyond the first epoch; ${read} read, ${left} of them in archived sessions; ${epochs} epochs`
}

function cycle<T>(items: readonly T[], length: number): T[] {
  return Array.from({ length }, (_, i) => items[i % items.length] as T)
}

/** How a conversation goes until the first move. Side 0 moves. */
interface Beginning {
  readonly starts: readonly (0 | 1)[]
  /** A side that says nothing until then. */
  readonly silent?: 0 | 1
  /** Sessions started over a running one. */
  readonly restarts: readonly (0 | 1)[]
}

const RUNNING: readonly Beginning[] = [
  { starts: [0], restarts: [] },
  { starts: [1], restarts: [1, 0] },
  { starts: [0, 1], restarts: [0] },
]

/** A session in which nothing was sent, or nothing answered by either. */
const UNANSWERED: readonly Beginning[] = [
  { starts: [0], silent: 0, restarts: [] },
  { starts: [0], silent: 1, restarts: [] },
  { starts: [1], silent: 0, restarts: [] },
]

async function moveOnce(
  { starts, silent, restarts }: Beginning,
  staying: Peer,
  owners: readonly Peer[],
  tally: Tally,
  dice: Dice,
): Promise<void> {
  const [first, ...heirs] = owners as [Peer, ...Peer[]]
  const bundle = { kem: true, oneTime: dice.chance(0.5) }
  const conversation = new Conversation(await openAccounts(first, staying, dice.chance(0.5)), ROUGH, dice)
  const [mover, other] = conversation.sides
  const share = (): number => [0.2, 0.5, 0.8][dice.below(3)] as number

  for (const side of [mover, other]) side.unsent = Number.POSITIVE_INFINITY
  if (silent !== undefined) conversation.sides[silent].unsent = 0
  for (const who of starts) await conversation.start(who, bundle)
  for (const who of starts) if (who !== silent) await conversation.open(who, 1 + dice.below(5))
  const stretch = async (steps: number): Promise<void> => {
    const part = share()
    for (let i = dice.below(steps); i > 0; i--) await conversation.step(part)
  }
  await stretch(silent === undefined ? 500 : 30)
  for (const [index, who] of restarts.entries()) {
    await conversation.start(who, bundle)
    // The last one is so new that the one before it is still in use.
    await stretch(index < restarts.length - 1 ? 200 : 10)
  }

  for (const heir of heirs) {
    const records = await mover.account.moveOut()
    tally.moves++
    tally.underway += mover.underway.length + other.underway.length
    await look(records, tally)
    mover.account = await heir.newAccount(mover.account.address, records)
    mover.unsent = AFTER
    other.unsent = 20 + dice.below(AFTER - 19)
    const part = share()
    // The last heir is left when all is said and read, one before in the middle.
    const before = { ...conversation.count }
    while (heir === heirs.at(-1) ? await conversation.step(part) : mover.unsent + other.unsent > 0 && (await conversation.step(part)));
    tally.read += conversation.count.read - before.read
    tally.left += conversation.count.left - before.left
  }
  equal(mover.unsent + other.unsent, 0, 'a side fell silent')
  tally.epochs += await conversation.settle('triple')
}

async function look({ identityKeyPair, registrationId, sessions }: AccountRecords, tally: Tally): Promise<void> {
  const { identityKey } = await Client.create({ store: new MemoryStore() }, parseIdentity(identityKeyPair, registrationId))
  for (const record of sessions.values()) {
    const { current, archived } = decodeLibsignalSessions(Uint8Array.from(record), identityKey)
    tally.archived += archived.length
    if (current?.session.pending) tally.unanswered++
    for (const { session, skipped, pqSkipped } of [...(current ? [current] : []), ...archived]) {
      for (const { keys } of skipped) tally.skipped += keys.size
      tally.pqSkipped += pqSkipped.length
      const braid = session.ratchet.pq?.braid
      if (braid === undefined) continue
      tally.states.add(braid.name)
      if (braid.epoch > 1) tally.later++
    }
  }
}
