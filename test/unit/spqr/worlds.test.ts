/**
 * Two parties in worlds that lose, delay, repeat and favour one side; and an attacker who has copied a state.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { expose, type Secret } from '../../../src/crypto/secret.js'
import { isBisikError } from '../../../src/errors.js'
import { exportPqRatchetState } from '../../../src/migration/spqr-record.js'
import { parseChunkMessage } from '../../../src/protocol/spqr/chunk-message.js'
import { pqRatchetFields } from '../../../src/records/pq-ratchet-record.js'
import { encodeRecord } from '../../../src/records/protobuf.js'
import { PqRatchet } from '../../../src/records/schema/records.js'
import { seededRandom } from '../../support/random.js'
import { Party, start } from './party.js'
import { statesSize } from './size.js'

type Side = 'A' | 'B'
interface Flight {
  readonly from: Side
  readonly message: Uint8Array
  readonly key: string
}
interface Odds {
  /** Chance that a message is A's. */
  readonly balance: number
  readonly loss: number
  readonly repeat: number
  /** Messages of one direction under way at once. */
  readonly window: number
}

const shown = (secret: Secret<string> | undefined): string => (secret === undefined ? 'none' : toHex(expose(secret)))
const other = (side: Side): Side => (side === 'A' ? 'B' : 'A')

class World {
  readonly parties: Record<Side, Party>
  readonly names = new Set<string>()
  readonly used = new Map<string, Set<string>>()
  readonly #draw: () => number
  readonly #odds: Odds
  readonly #flights: Record<Side, Flight[]> = { A: [], B: [] }
  #noted = 0
  sent = 0

  constructor(seed: string, odds: Odds, minVersion: 0 | 1 = 1) {
    const dice = seededRandom(`${seed} dice`)
    this.#draw = () => {
      const [high = 0, low = 0] = dice(2)
      return (high * 256 + low) / 65_536
    }
    this.#odds = odds
    this.parties = {
      A: new Party(start('A2B', { minVersion }), seededRandom(`${seed} A`)),
      B: new Party(start('B2A', { minVersion }), seededRandom(`${seed} B`)),
    }
  }

  epoch(): number {
    return Math.min(...Object.values(this.parties).map(({ state }) => state?.chains?.currentEpoch ?? 0))
  }

  step(): void {
    const from: Side = this.#draw() < this.#odds.balance ? 'A' : 'B'
    const { message, key } = this.parties[from].send()
    this.sent++
    this.#note(from)
    const { epoch, index } = parseChunkMessage(message)
    const keys = this.used.get(from) ?? new Set()
    this.used.set(from, keys)
    if (index > 0) {
      expect(keys.has(`${epoch} ${index}`)).toBe(false)
      keys.add(`${epoch} ${index}`)
    }
    if (this.#draw() >= this.#odds.loss) this.#flights[from].push({ from, message, key: shown(key) })
    while (this.#flights[from].length > this.#odds.window) this.#deliver(from)
  }

  #deliver(from: Side): void {
    const flights = this.#flights[from]
    const [flight] = flights.splice(Math.floor(this.#draw() * flights.length), 1)
    if (flight === undefined) return
    const receiver = this.parties[other(from)]
    expect(shown(receiver.receive(flight.message))).toBe(flight.key)
    this.#note(other(from))
    if (flight.key === 'none' || this.#draw() >= this.#odds.repeat) return
    const before = receiver.state
    expect(() => receiver.step(flight.message)).toThrow(expect.objectContaining({ code: 'duplicate-message' }))
    expect(receiver.state).toBe(before)
  }

  #note(side: Side): void {
    const { state } = this.parties[side]
    if (state === undefined) return
    this.names.add(state.braid.name)
    expect(statesSize(state)).toBeLessThanOrEqual(8_000)
    // On disk too, in our record and in libsignal's; now and then, for to write them takes longer than the step.
    if (this.#noted++ % 50 !== 0) return
    expect(encodeRecord(PqRatchet, pqRatchetFields(state)).length).toBeLessThanOrEqual(8_000)
    expect(exportPqRatchetState({ state, skipped: [] }).length).toBeLessThanOrEqual(8_000)
  }
}

const odds = fc.record({
  balance: fc.constantFrom(0.2, 0.5, 0.8),
  loss: fc.constantFrom(0, 0.1, 0.3),
  repeat: fc.constantFrom(0, 0.3),
  window: fc.constantFrom(0, 1, 5, 15),
})

describe('two parties', () => {
  it('agree on every key through five epochs, whatever is lost, late, repeated or lopsided', () => {
    const names = new Set<string>()
    fc.assert(
      fc.property(fc.string(), odds, fc.constantFrom(0 as const, 1 as const), (seed, chances, minVersion) => {
        const world = new World(seed, chances, minVersion)
        while (world.epoch() < 5) {
          world.step()
          expect(world.sent).toBeLessThan(8_000)
        }
        for (const name of world.names) names.add(name)
      }),
      { numRuns: 8, seed: 7, endOnFailure: true },
    )
    expect(names.size).toBe(11)
  })

  it('reach the next epoch within 200 alternating messages', () => {
    const a = new Party(start('A2B'), seededRandom('alternating A'))
    const b = new Party(start('B2A'), seededRandom('alternating B'))
    for (let epoch = 1; epoch <= 3; epoch++) {
      for (let i = 0; i < 100; i++) {
        b.receive(a.send().message)
        a.receive(b.send().message)
      }
      expect(a.state?.chains?.currentEpoch).toBeGreaterThanOrEqual(epoch)
      expect(b.state?.chains?.currentEpoch).toBeGreaterThanOrEqual(epoch)
    }
  })

  it('begin with a burst of which any three messages bring the header across', () => {
    const a = new Party(start('A2B'), seededRandom('burst A'))
    const b = new Party(start('B2A'), seededRandom('burst B'))
    const burst = Array.from({ length: 60 }, () => a.send())
    for (const i of [59, 10, 3]) expect(shown(b.receive(burst[i]?.message ?? new Uint8Array(0)))).toBe(shown(burst[i]?.key))
    expect(b.state?.braid.name).toBe('HeaderReceived')
    for (const [i, { message, key }] of burst.entries()) if (![59, 10, 3].includes(i)) expect(shown(b.receive(message))).toBe(shown(key))
    expect(b.kept.size).toBe(0)
  })

  it('get 1,000 messages delivered backwards', () => {
    const a = new Party(start('A2B'), seededRandom('reverse A'))
    const b = new Party(start('B2A'), seededRandom('reverse B'))
    const sent = Array.from({ length: 1000 }, () => a.send())
    for (const { message, key } of sent.reverse()) expect(shown(b.receive(message))).toBe(shown(key))
    expect(b.kept.size).toBe(0)
  })
})

describe('an attacker with a copy of one side’s whole state', () => {
  it.each([3, 40, 77, 120, 171, 260])(
    'opens nothing from two epochs of the braid later, when it was copied after %i messages',
    (copiedAfter) => {
      for (const victim of ['A', 'B'] as const) {
        const world = {
          A: new Party(start('A2B'), seededRandom(`${copiedAfter} A`)),
          B: new Party(start('B2A'), seededRandom(`${copiedAfter} B`)),
        }
        let copy: Party | undefined
        let epochOfCopy = Number.POSITIVE_INFINITY
        const opened = { early: 0, late: 0, tried: 0 }
        for (let i = 0; i < copiedAfter + 500; i++) {
          if (i === copiedAfter) {
            copy = new Party(world[victim].state, seededRandom('attacker'))
            for (const [place, key] of world[victim].kept) copy.kept.set(place, key)
            epochOfCopy = copy.state?.braid.epoch ?? 0
          }
          const from: Side = i % 2 === 0 ? 'A' : 'B'
          const { message, key } = world[from].send()
          world[other(from)].receive(message)
          if (copy === undefined) continue
          // What the victim sends, the copy derives by sending too; what the victim receives, it receives.
          const derived = from === victim ? copy.send().key : attempt(copy, message)
          const period = parseChunkMessage(message).epoch < epochOfCopy + 2 ? 'early' : 'late'
          if (period === 'late') opened.tried++
          if (derived !== undefined && shown(derived) === shown(key)) opened[period]++
        }
        expect(opened.early).toBeGreaterThan(0)
        expect(opened.tried).toBeGreaterThan(100)
        expect(opened.late).toBe(0)
      }
    },
  )

  it('finds no key of a message that was sent or received before', () => {
    const a = new Party(start('A2B'), seededRandom('past A'))
    const b = new Party(start('B2A'), seededRandom('past B'))
    const past: { message: Uint8Array; key: string }[] = []
    for (let i = 0; i < 250; i++) {
      const [from, to] = i % 2 === 0 ? [a, b] : [b, a]
      const { message, key } = from.send()
      to.receive(message)
      past.push({ message, key: shown(key) })
      if (i % 25 !== 0) continue
      for (const party of [a, b]) {
        const secrets = new Set(secretsIn(party.state).map(shown))
        expect(past.some((sent) => secrets.has(sent.key))).toBe(false)
        expect(party.kept.size).toBe(0)
      }
      for (const [j, { message: old }] of past.entries()) if (j % 2 === 0) expect(attempt(b, old)).toBeUndefined()
    }
    // Not even by walking: of the epochs before the one we send with, nothing to send with is left.
    const { links = [], currentEpoch = 0, sendEpoch = 0 } = a.state?.chains ?? {}
    links.forEach(({ sending }, i) => {
      expect(sending.key === undefined).toBe(currentEpoch - links.length + 1 + i < sendEpoch)
    })
  })
})

function attempt(party: Party, message: Uint8Array): Secret<'PqMessageKey'> | undefined {
  try {
    return party.receive(message)
  } catch (error) {
    if (!isBisikError(error) || error.code === 'internal') throw error
    return undefined
  }
}

function secretsIn(value: unknown): Secret<string>[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  if ('wipe' in value) return [value as Secret<string>]
  return Object.values(value).flatMap(secretsIn)
}
