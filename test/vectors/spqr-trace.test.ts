/**
 * Replay of a conversation recorded from libsignal 0.103.0 (`data/spqr/spqr-trace-libsignal.json.gz`, our own run): 968 steps with
 * loss and reordering. The key pairs that libsignal made are recorded as secret keys, not as seeds, so key generation is replaced.
 */
import { expect, it, vi } from 'vitest'
import { toHex } from '../../src/bytes.js'
import { expose, type Secret } from '../../src/crypto/secret.js'
import { committedVectors, hex } from '../support/vectors.js'
import { Party, start } from '../unit/spqr/party.js'

interface After {
  state: string
  epoch: number
  chainEpoch: number
  sendEpoch: number
  nextRoot?: string
  authRoot?: string
  authMac?: string
  links?: Record<'send' | 'recv', [number, string]>[]
}
interface Trace {
  authKey: string
  epochs: Record<string, { keygenBy: 'A' | 'B'; dk: string; m: string }>
  steps: { op: 'send' | 'recv'; by: 'A' | 'B'; id: number; msg: string; after: After }[]
}

const present = vi.hoisted(() => ({ dk: '' }))
vi.mock('../../src/crypto/kem/incremental-kem.js', async (importOriginal) => {
  const real = await importOriginal<typeof import('../../src/crypto/kem/incremental-kem.js')>()
  return { ...real, generateIncrementalKeyPair: () => real.incrementalKeyPairFromSecretKey(hex(present.dk)) }
})

const trace = committedVectors<Trace>('spqr/spqr-trace-libsignal.json.gz')

const shown = (secret: Secret<string> | undefined): string => (secret === undefined ? '' : toHex(expose(secret)))

it('sends the bytes and reaches the states that libsignal did, over 968 steps', () => {
  let m = ''
  const random = () => hex(m)
  const authKey = hex(trace.authKey)
  const parties = { A: new Party(start('A2B', { authKey }), random), B: new Party(start('B2A', { authKey }), random) }
  const sent = new Map<number, { message: Uint8Array; key: string }>()
  const states = new Set<string>()
  let compared = 0
  const compare = (actual: unknown, expected: unknown, where: string) => {
    expect(actual, where).toEqual(expected)
    compared++
  }

  trace.steps.forEach(({ op, by, id, msg, after }, step) => {
    const where = `step ${step}`
    const party = parties[by]
    const entropy = trace.epochs[party.state?.braid.epoch ?? 0]
    present.dk = entropy?.dk ?? ''
    m = entropy?.m ?? ''
    if (op === 'send') {
      const { message, key } = party.send()
      compare(toHex(message), msg, where)
      sent.set(id, { message, key: shown(key) })
    } else {
      const original = sent.get(id)
      if (original === undefined) throw new Error(where)
      compare(shown(party.receive(original.message)), original.key, where)
    }

    const { braid, chains } = party.state ?? {}
    states.add(`${by} ${braid?.name}`)
    compare(braid?.name, after.state, where)
    compare([braid?.epoch, chains?.currentEpoch, chains?.sendEpoch], [after.epoch, after.chainEpoch, after.sendEpoch], where)
    if (after.nextRoot !== undefined) compare(shown(chains?.nextRoot), after.nextRoot, where)
    if (after.authRoot !== undefined) compare(shown(braid?.auth.root), after.authRoot, where)
    if (after.authMac !== undefined) compare(shown(braid?.auth.mac), after.authMac, where)
    if (after.links !== undefined) {
      const links = chains?.links.map(({ sending, receiving }) => ({
        send: [sending.counter, shown(sending.key)],
        recv: [receiving.counter, shown(receiving.key)],
      }))
      compare(links, after.links, where)
    }
  })

  expect([trace.steps.length, sent.size]).toEqual([968, 520])
  expect(new Set([...states].map((state) => state.slice(2))).size).toBe(11)
  expect(compared).toBeGreaterThan(2904)
})
