/**
 * Unit vectors and the lock-step transcript of the post-quantum ratchet, from our own prototype that was verified against libsignal 0.103.0
 * (`data/spqr`, our own data).
 */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex } from '../../src/bytes.js'
import {
  decapsulateIncremental,
  finishEncapsulation,
  generateIncrementalKeyPair,
  startEncapsulation,
  vectorMatchesHeader,
} from '../../src/crypto/kem/incremental-kem.js'
import { expose, Secret } from '../../src/crypto/secret.js'
import { ciphertextTag, epochSecretOf, headerTag, startAuthenticator, updateAuthenticator } from '../../src/protocol/spqr/authenticator.js'
import { addEpoch, type EpochChains, receiveKey, sendKey, startChains } from '../../src/protocol/spqr/epoch-chains.js'
import { chunkAt } from '../../src/protocol/spqr/erasure-code.js'
import { divide, multiply } from '../../src/protocol/spqr/gf.js'
import { answering, atOnce } from '../support/opening.js'
import { recordedRandom } from '../support/random.js'
import { committedVectors, hex } from '../support/vectors.js'
import { LIMITS, NOTHING_KEPT, Party, start } from '../unit/spqr/party.js'

type Chunks = Record<string, string>
interface LockStep {
  i: number
  from: 'A' | 'B'
  msg: string
  key: string
}
interface Milestone {
  after: number
  sha256_of_all_msgs_and_keys: string
  epochA: number
  epochB: number
  nextRootA: string
}
interface Vectors {
  gf: { mul: [number, number, number][]; inv: [number, number][] }
  erasure: Record<string, { chunks: Chunks }>
  erasure_random: Record<string, Chunks>
  kem: Record<'seed_d_z' | 'm' | 'hdr' | 'ek_sha256' | 'dk_sha256' | 'ct1_first32' | 'ct1_sha256' | 'ct2' | 'ss' | 'epochSecret1', string>
  auth: {
    authKey: string
    root1: string
    mac1: string
    macHdr_epoch1: string
    after_update_epoch1: { root: string; mac: string }
    macCt_epoch1: string
  }
  chain: {
    authKey: string
    start: { nextRoot: string; a2b: string; b2a: string }
    a2b_keys: [number, string][]
    a2b_recv_3_then_1: string[]
    b2a_key1: string
    add_epoch1_with_kem_epochSecret1: { nextRoot: string; a2b: string; b2a: string; a2b_key1: string; links: number }
  }
  lockstep: { transcript: (LockStep | Milestone)[] }
}
const vectors = committedVectors<Vectors>('spqr/spqr-vectors.json.gz')

const sha256 = (...parts: Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
const be32 = (value: number): Bytes => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
const shown = (secret: Secret<string> | undefined): string | undefined => secret && toHex(expose(secret))

describe('erasure code', () => {
  it('multiplies and inverts in GF(2^16)', () => {
    for (const [a, b, product] of vectors.gf.mul) expect(multiply(a, b)).toBe(product)
    for (const [a, inverse] of vectors.gf.inv) expect(divide(1, a)).toBe(inverse)
  })

  it.each(Object.entries(vectors.erasure))('computes the chunks of the ramp %s', (name, { chunks }) => {
    const message = Uint8Array.from({ length: Number(/\d+$/.exec(name)) }, (_, i) => i)
    for (const [index, chunk] of Object.entries(chunks)) expect(toHex(chunkAt(message, Number(index)))).toBe(chunk)
  })

  it.each(Object.entries(vectors.erasure_random).filter(([name]) => name !== 'message'))(
    'computes the chunks of %s random bytes',
    (length, chunks) => {
      const message = concatBytes(...Array.from({ length: Number(length) / 32 }, (_, i) => hex(sha256(be32(i)))))
      for (const [index, chunk] of Object.entries(chunks)) expect(toHex(chunkAt(message, Number(index)))).toBe(chunk)
    },
  )
})

const { kem } = vectors
const pair = generateIncrementalKeyPair(recordedRandom(hex(kem.seed_d_z)))
const { ct1, sharedSecret, pending } = startEncapsulation(pair.header, recordedRandom(hex(kem.m)))
const ct2 = finishEncapsulation(pair.vector, pending)
const secretShown = shown(sharedSecret)
const epochSecret = epochSecretOf(1, sharedSecret)

it('cuts ML-KEM-768 into its pieces', () => {
  expect(toHex(pair.header)).toBe(kem.hdr)
  expect(sha256(pair.vector)).toBe(kem.ek_sha256)
  expect(sha256(expose(pair.secretKey))).toBe(kem.dk_sha256)
  expect(toHex(ct1).startsWith(kem.ct1_first32)).toBe(true)
  expect(sha256(ct1)).toBe(kem.ct1_sha256)
  expect(vectorMatchesHeader(pair.vector, pair.header)).toBe(true)
  expect(toHex(ct2)).toBe(kem.ct2)
  expect(secretShown).toBe(kem.ss)
  expect(shown(decapsulateIncremental(pair.secretKey, { ct1, ct2 }))).toBe(kem.ss)
  expect(shown(epochSecret.secret)).toBe(kem.epochSecret1)
})

it('evolves the authenticator and tags header and ciphertext', () => {
  const { auth } = vectors
  const first = startAuthenticator(Secret.own(hex(auth.authKey)))
  expect([shown(first.root), shown(first.mac)]).toEqual([auth.root1, auth.mac1])
  expect(toHex(headerTag(first, 1, pair.header))).toBe(auth.macHdr_epoch1)
  const second = updateAuthenticator(first, epochSecret)
  expect([shown(second.root), shown(second.mac)]).toEqual([auth.after_update_epoch1.root, auth.after_update_epoch1.mac])
  expect(toHex(ciphertextTag(second, 1, { ct1, ct2 }))).toBe(auth.macCt_epoch1)
})

it('derives the chains of epochs 0 and 1 and their keys', () => {
  const { chain } = vectors
  const authKey = Secret.own<'PqAuthKey'>(hex(chain.authKey))
  const firstLink = (chains: EpochChains) =>
    [chains.nextRoot, ...[chains.links.at(-1)].flatMap((link) => [link?.sending.key, link?.receiving.key])].map(shown)

  const a = startChains(authKey, 'A2B', LIMITS)
  const b = startChains(authKey, 'B2A', LIMITS)
  expect(firstLink(a)).toEqual([chain.start.nextRoot, chain.start.a2b, chain.start.b2a])
  expect(firstLink(b)).toEqual([chain.start.nextRoot, chain.start.b2a, chain.start.a2b])
  expect(shown(sendKey(b, 0).key)).toBe(chain.b2a_key1)

  let sending = a
  for (const [expectedIndex, expectedKey] of chain.a2b_keys) {
    const { chains, index, key } = sendKey(sending, 0)
    expect([index, shown(key)]).toEqual([expectedIndex, expectedKey])
    sending = chains
  }

  const third = atOnce(receiveKey(b, { epoch: 0, index: 3 }, NOTHING_KEPT))
  const { chains, changes } = third.commit()
  expect(shown(third.key)).toBe(chain.a2b_recv_3_then_1[0])
  const skippedKey = answering(() => changes.keep?.keys[0])
  const late = atOnce(receiveKey(chains, { epoch: 0, index: 1 }, { ...NOTHING_KEPT, skippedKey }))
  expect(shown(late.key)).toBe(chain.a2b_recv_3_then_1[1])

  const added = addEpoch(a, epochSecret)
  const expected = chain.add_epoch1_with_kem_epochSecret1
  expect(firstLink(added)).toEqual([expected.nextRoot, expected.a2b, expected.b2a])
  const sent = sendKey(added, 1)
  expect(shown(sent.key)).toBe(expected.a2b_key1)
  expect(sent.chains.links.length).toBe(expected.links)
  expect(sent.chains.links[0]?.sending.key).toBeUndefined()
})

it('repeats the lock-step transcript: 300 messages, 4 epochs', () => {
  const { transcript } = vectors.lockstep
  const steps = new Map(transcript.flatMap((entry) => ('i' in entry ? [[entry.i, entry]] : [])))
  const milestones = new Map(transcript.flatMap((entry) => ('after' in entry ? [[entry.after, entry]] : [])))
  let draws = 0
  const random = (length: number) => {
    draws++
    return concatBytes(...Array.from({ length: length / 32 }, (_, i) => hex(sha256(be32(draws), be32(i)))))
  }
  const a = new Party(start('A2B'), random)
  const b = new Party(start('B2A'), random)
  const all = createHash('sha256')
  for (let i = 0; i < 300; i++) {
    const [sender, receiver] = i % 2 === 0 ? [a, b] : [b, a]
    const { message, key } = sender.send()
    expect(shown(receiver.receive(message))).toBe(shown(key))
    if (key === undefined) throw new Error('no key')
    all.update(message).update(expose(key))
    const step = steps.get(i)
    if (step !== undefined) expect([toHex(message), shown(key)]).toEqual([step.msg, step.key])
    const milestone = milestones.get(i)
    if (milestone === undefined) continue
    expect(all.copy().digest('hex')).toBe(milestone.sha256_of_all_msgs_and_keys)
    expect([a.state?.braid.epoch, b.state?.braid.epoch]).toEqual([milestone.epochA, milestone.epochB])
    expect(shown(a.state?.chains?.nextRoot)).toBe(milestone.nextRootA)
  }
  expect([steps.size, milestones.size]).toEqual([15, 3])
})
