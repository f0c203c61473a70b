/**
 * Messages as a hostile or broken peer could send them, against every state of the braid.
 */
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex } from '../../../src/bytes.js'
import { expose, type Secret } from '../../../src/crypto/secret.js'
import { isBisikError } from '../../../src/errors.js'
import { exportPqRatchetState } from '../../../src/migration/spqr-record.js'
import { LongJump } from '../../../src/protocol/checkpoints.js'
import { type ChunkMessage, type PayloadType, parseChunkMessage, serializeChunkMessage } from '../../../src/protocol/spqr/chunk-message.js'
import { receiveSpqr } from '../../../src/protocol/spqr/spqr.js'
import type { BraidStateName, SpqrState } from '../../../src/protocol/spqr/state.js'
import { atOnce } from '../../support/opening.js'
import { seededRandom } from '../../support/random.js'
import { NOTHING_KEPT, Party, start } from './party.js'

/** A state and the message that comes next. */
interface Scene {
  readonly state: SpqrState
  readonly message: Uint8Array
  readonly key: string
}

const shown = (secret: Secret<string> | undefined): string => (secret === undefined ? 'none' : toHex(expose(secret)))
const refusal = (code: string) => expect.objectContaining({ code })
const snapshot = (state: SpqrState): string => toHex(exportPqRatchetState({ state, skipped: [] }))

/** For every state of the braid the first and the last scene of a lopsided conversation through four epochs. */
const scenes: readonly Scene[] = (() => {
  const a = new Party(start('A2B'), seededRandom('scene A'))
  const b = new Party(start('B2A'), seededRandom('scene B'))
  const first = new Map<BraidStateName, Scene>()
  const last = new Map<BraidStateName, Scene>()
  for (let i = 0; i < 700; i++) {
    const [from, to] = i % 3 === 0 ? [b, a] : [a, b]
    const { message, key } = from.send()
    const scene = to.state && { state: to.state, message, key: shown(key) }
    if (scene !== undefined) {
      const { name } = scene.state.braid
      if (!first.has(name)) first.set(name, scene)
      last.set(name, scene)
    }
    to.receive(message)
  }
  return [...first.values(), ...last.values()]
})()

function fields({ message }: Scene): ChunkMessage {
  const { epoch, index, payload } = parseChunkMessage(message)
  if (payload === undefined) throw new Error('no payload')
  return { epoch, index, payload }
}

/** Receives without committing; what is refused must be refused by a code that a peer can cause. */
function outcome(state: SpqrState, message: Uint8Array): string {
  const budget = { hmacs: 1_000 }
  try {
    const opening = receiveSpqr(state, message, { ...NOTHING_KEPT, checkpoints: { ...NOTHING_KEPT.checkpoints, budget } })
    const { done, value } = opening.next()
    expect(budget.hmacs).toBeGreaterThanOrEqual(0)
    opening.return(undefined as never)
    if (value instanceof LongJump) value.discard()
    return done === true ? 'key' : 'long jump'
  } catch (error) {
    if (!isBisikError(error)) throw error
    expect(['malformed-message', 'too-far-ahead', 'duplicate-message', 'authentication-failed', 'unsupported-version']).toContain(
      error.code,
    )
    return error.code
  }
}

function flipped(bytes: Uint8Array, bit: number): Bytes {
  return Uint8Array.from(bytes, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
}

describe('every state of the braid', () => {
  it('is on the scene', () => {
    expect(new Set(scenes.map(({ state }) => state.braid.name)).size).toBe(11)
  })

  it.each(scenes.map((scene) => [scene.state.braid.name, scene.state.braid.epoch, scene] as const))(
    '%s of epoch %i survives altered messages unchanged, and then opens the true one',
    (_name, _epoch, scene) => {
      const { state, message, key } = scene
      const before = snapshot(state)
      const seen = new Map<string, number>()
      const attempt = (altered: Uint8Array) => {
        const result = outcome(state, altered)
        seen.set(result, (seen.get(result) ?? 0) + 1)
      }
      for (let bit = 0; bit < 8 * message.length; bit++) attempt(flipped(message, bit))
      for (let length = 0; length < message.length; length++) attempt(message.subarray(0, length))
      attempt(concatBytes(message, new Uint8Array(1_000_000)))
      const { epoch, index, payload } = fields(scene)
      const chunk = { index: 40_000, bytes: new Uint8Array(32).fill(0xee) }
      const payloads = [
        ...(['Hdr', 'Ek', 'EkCt1Ack', 'Ct1', 'Ct2'] as const).map((type) => ({ type, chunk })),
        { type: 'None' as const },
        { type: 'Ct1Ack' as const },
      ]
      for (const other of payloads) attempt(serializeChunkMessage({ epoch, index, payload: other }))
      for (const far of [1, 2, 3, 1000, Number.MAX_SAFE_INTEGER]) attempt(serializeChunkMessage({ epoch: epoch + far - 1, index, payload }))
      for (const far of [0, 1, 2_000, 25_000, 30_000, 0xffff_ffff]) attempt(serializeChunkMessage({ epoch, index: far, payload }))

      expect(seen.get('malformed-message')).toBeGreaterThan(0)
      expect(seen.get('unsupported-version')).toBeGreaterThan(0)
      expect(seen.get('too-far-ahead')).toBeGreaterThan(0)
      expect(seen.get('long jump')).toBeGreaterThan(0)
      expect(snapshot(state)).toBe(before)
      expect(shown(atOnce(receiveSpqr(state, message, NOTHING_KEPT)).key)).toBe(key)
    },
  )

  it.each(scenes.map((scene) => [scene.state.braid.name, scene] as const))(
    '%s ignores what does not fit it, and refuses epochs that cannot be',
    (name, scene) => {
      const { state } = scene
      const { epoch } = state.braid
      const current = state.chains?.currentEpoch ?? 0
      const expected: { readonly [Name in BraidStateName]: readonly PayloadType[] } = {
        KeysUnsampled: [],
        KeysSampled: ['Ct1'],
        HeaderSent: ['Ct1'],
        Ct1Received: ['Ct2'],
        EkSentCt1Received: ['Ct2'],
        NoHeaderReceived: ['Hdr'],
        HeaderReceived: [],
        Ct1Sampled: ['Ek', 'EkCt1Ack'],
        EkReceivedCt1Sampled: ['Ct1Ack', 'EkCt1Ack'],
        Ct1Acknowledged: ['Ek', 'EkCt1Ack'],
        Ct2Sampled: [],
      }
      const index = (state.chains?.links.at(epoch - 2 - current)?.receiving.counter ?? 0) + 1
      const chunk = { index: 50_000, bytes: new Uint8Array(32) }
      const types: PayloadType[] = ['None', 'Hdr', 'Ek', 'EkCt1Ack', 'Ct1Ack', 'Ct1', 'Ct2']
      for (const type of types) {
        const payload = type === 'None' || type === 'Ct1Ack' ? { type } : { type, chunk }
        const message = serializeChunkMessage({ epoch, index, payload })
        if (expected[name].includes(type)) {
          if (outcome(state, message) === 'key') expect(braidAfter(state, message)).not.toBe(state.braid)
        } else expect(braidAfter(state, message)).toBe(state.braid)
      }
      if (epoch > 1)
        expect(outcome(state, serializeChunkMessage({ epoch: epoch + 2, index: 1, payload: { type: 'None' } }))).toBe(
          'authentication-failed',
        )
      const next = serializeChunkMessage({ epoch: epoch + 1, index: 1, payload: { type: 'None' } })
      if (name === 'Ct2Sampled')
        expect(braidAfter(state, next)).toEqual({ name: 'KeysUnsampled', epoch: epoch + 1, auth: state.braid.auth })
      else expect(outcome(state, next)).toBe('authentication-failed')
    },
  )
})

function braidAfter(state: SpqrState, message: Uint8Array): unknown {
  return atOnce(receiveSpqr(state, message, NOTHING_KEPT)).commit().state?.braid
}

describe('an object that is complete and not authentic', () => {
  /** Lets every message through, with one bit of the chunks of one type altered once; returns the codes of what was refused. */
  function conversation(type: PayloadType, messages: number): { codes: string[]; names: (string | undefined)[]; unchanged: boolean } {
    const a = new Party(start('A2B'), seededRandom('forger A'))
    const b = new Party(start('B2A'), seededRandom('forger B'))
    const codes: string[] = []
    let toAlter = 1
    let unchanged = true
    for (let i = 0; i < messages; i++) {
      const [from, to] = i % 2 === 0 ? [a, b] : [b, a]
      let { message } = from.send()
      if (toAlter > 0 && parseChunkMessage(message).payload?.type === type) {
        message = flipped(message, 8 * (message.length - 1))
        toAlter--
      }
      const before = to.state
      try {
        to.receive(message)
      } catch (error) {
        if (!isBisikError(error)) throw error
        codes.push(error.code)
        unchanged &&= to.state === before
      }
    }
    return { codes, names: [a.state?.braid.name, b.state?.braid.name], unchanged }
  }

  it.each([
    ['Hdr', 'NoHeaderReceived'],
    ['Ek', 'Ct1Sampled'],
    ['Ct2', 'EkSentCt1Received'],
  ] as const)('%s is refused each time it would be complete, and %s does not move', (type, stuck) => {
    const { codes, names, unchanged } = conversation(type, 200)
    expect(new Set(codes)).toEqual(new Set(['authentication-failed']))
    expect(codes.length).toBeGreaterThan(10)
    expect(names).toContain(type === 'Ek' ? 'Ct1Acknowledged' : stuck)
    expect(unchanged).toBe(true)
  })

  it('Ct1 makes the tag over the ciphertext fail', () => {
    const { codes, names, unchanged } = conversation('Ct1', 200)
    expect(new Set(codes)).toEqual(new Set(['authentication-failed']))
    expect(names).toContain('EkSentCt1Received')
    expect(unchanged).toBe(true)
  })
})

it('deviation spqr-repeated-chunk: of a repeated chunk the first bytes count, and the exchange goes on', () => {
  const a = new Party(start('A2B'), seededRandom('repeat A'))
  const b = new Party(start('B2A'), seededRandom('repeat B'))
  let repeats = 0
  for (let i = 0; i < 120; i++) {
    const [from, to] = i % 2 === 0 ? [a, b] : [b, a]
    const { message } = from.send()
    to.receive(message)
    const { epoch, index, payload } = parseChunkMessage(message)
    if (payload === undefined || !('chunk' in payload) || to.state === undefined) continue
    // The next key of the same chain, the same chunk with other bytes: only the peer itself could send this.
    const forged = { type: payload.type, chunk: { index: payload.chunk.index, bytes: new Uint8Array(32).fill(i) } }
    const braid = to.state.braid
    if (braid.epoch !== epoch || !collects(to.state, forged.chunk.index)) continue
    expect(braidAfter(to.state, serializeChunkMessage({ epoch, index: index + 1, payload: forged }))).toEqual(braid)
    repeats++
  }
  expect(repeats).toBeGreaterThan(50)
  expect(a.state?.chains?.currentEpoch).toBeGreaterThanOrEqual(1)
})

/** Whether a chunk of this index is among those being collected. */
function collects({ braid }: SpqrState, index: number): boolean {
  return Object.values(braid).some((field) => field instanceof Map && field.has(index))
}

it('an index far ahead costs a walk in slices, not a stop; beyond the limit it costs nothing', () => {
  const a = new Party(start('A2B'), seededRandom('far A'))
  const b = new Party(start('B2A'), seededRandom('far B'))
  const { message } = a.send()
  const { epoch, payload } = parseChunkMessage(message)
  if (payload === undefined) throw new Error('no payload')
  const at = (index: number) => serializeChunkMessage({ epoch, index, payload })
  const before = performance.now()
  for (let i = 0; i < 1_000; i++) expect(() => b.step(at(25_001 + i))).toThrow(refusal('too-far-ahead'))
  expect(performance.now() - before).toBeLessThan(5_000)
  b.receive(at(25_000))
  expect(b.kept.size).toBe(2_000)
  expect(b.receive(at(23_000))).toBeDefined()
  expect(() => b.step(at(22_999))).toThrow(refusal('authentication-failed'))
})
