import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { platform } from '#platform'
import { CheckpointMemory } from '../../src/client/frame/long-jumps.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { hmac } from '../../src/crypto/platform/hmac.js'
import { expose } from '../../src/crypto/secret.js'
import * as env from '../../src/env.js'
import { type Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import type { Checkpoints } from '../../src/protocol/checkpoints.js'
import { withFields } from '../support/forge.js'
import { bundleOf, deterministicRandom, pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

afterEach(() => vi.restoreAllMocks())

async function conversation(): Promise<{ alice: Client; bob: Client; store: MemoryStore; envelope: Envelope }> {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('again')))
  return { alice, bob, store, envelope: await alice.encrypt(bob.address, utf8('next')) }
}

function countHmacs(): () => number {
  const hmacs = vi.spyOn(hmac, 'sha256')
  let derived = 0
  const derive = hmac.hkdf
  // One to extract, and one for each block.
  vi.spyOn(hmac, 'hkdf').mockImplementation((salt, input, info, blocks) => {
    derived += 1 + blocks.length
    derive(salt, input, info, blocks)
  })
  const others = [vi.spyOn(hmac, 'hkdfExtract'), vi.spyOn(platform, 'hmacTag')]
  return () => others.reduce((sum, { mock }) => sum + mock.calls.length, hmacs.mock.calls.length + derived)
}

it('row 1: a counter beyond the limit is refused before anything is derived', async () => {
  const { bob, store, envelope } = await conversation()
  const before = await snapshot(store)
  const hmacs = countHmacs()
  const agreements = vi.spyOn(platform, 'x25519')
  const fresh = generateKeyPair(deterministicRandom('fresh')).publicKey
  for (const forged of [
    withFields(envelope, { counter: 25_002 }),
    withFields(envelope, { counter: 0xffffffff }),
    withFields(envelope, { counter: 25_001, ratchetKey: fresh }),
  ]) {
    await expect(bob.decrypt(forged)).rejects.toMatchObject({ code: 'too-far-ahead' })
  }
  expect(hmacs()).toBe(0)
  expect(agreements).not.toHaveBeenCalled()
  expect(await snapshot(store)).toEqual(before)
})

it('row 2: a forged jump inside the limit costs one walk, in slices, however often it comes', async () => {
  const { bob, store, envelope } = await conversation()
  const before = await snapshot(store)
  const forged = withFields(envelope, { counter: 24_990 })
  const hmacs = countHmacs()
  let longest = 0
  let last = 0
  const watch = vi.spyOn(env, 'nextTurn').mockImplementation(async () => {
    longest = Math.max(longest, hmacs() - last)
    last = hmacs()
    await setImmediate()
  })
  await expect(bob.decrypt(forged)).rejects.toMatchObject({ code: 'authentication-failed' })
  const one = hmacs()
  for (let i = 0; i < 9; i++) await expect(bob.decrypt(forged)).rejects.toMatchObject({ code: 'authentication-failed' })
  watch.mockRestore()
  // One HMAC a step and a few for the keys tried; nothing for keys of skipped messages before the message is authentic.
  expect(one).toBeLessThan(25_300)
  expect(hmacs()).toBeLessThan(one * 1.2)
  // A slice, and what the message itself costs beside it.
  expect(longest).toBeLessThanOrEqual(1_020)
  expect(await snapshot(store)).toEqual(before)
})

it('a walk is forgotten and wiped once a message along it opened', async () => {
  const { alice, bob } = await conversation()
  for (let i = 0; i < 999; i++) await alice.encrypt(bob.address, utf8('later'))
  const found: Checkpoints<string>[] = []
  const { hold } = CheckpointMemory.prototype
  vi.spyOn(CheckpointMemory.prototype, 'hold').mockImplementation(function (this: CheckpointMemory) {
    const held = hold.call(this)
    const get = (name: string): Checkpoints<string> | undefined => {
      const known = held.get(name)
      if (known !== undefined) found.push(known)
      return known
    }
    return { ...held, get }
  })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('far')))
  expect(found.length).toBeGreaterThan(0)
  for (const walk of found) {
    for (const key of [...walk.keys, ...walk.steps.flatMap(({ extracted, next }) => [extracted, next])]) {
      expect(() => expose(key)).toThrow(expect.objectContaining({ code: 'internal' }))
    }
  }
})

it('derives nothing twice for what it keeps: two HMACs for each key of the one ratchet, three for each of the other', async () => {
  const { alice, bob } = await conversation()
  for (let i = 0; i < 999; i++) await alice.encrypt(bob.address, utf8('later'))
  const far = await alice.encrypt(bob.address, utf8('far'))
  const hmacs = countHmacs()
  await bob.decrypt(far)
  // What is beyond the last place that the walk remembers is walked once more, and the message itself costs a few.
  expect(hmacs()).toBeLessThan(5_000 + 2 * 100 + 20)
})

it('row 2: a forged new ratchet key is no dearer, and archived sessions do not multiply it', async () => {
  const { alice, bob, store, envelope } = await conversation()
  for (let i = 0; i < 5; i++) {
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await bob.decrypt(await alice.encrypt(bob.address, utf8('anew')))
    // Answered, so that each of the sessions could meet a new ratchet key.
    await alice.decrypt(await bob.encrypt(alice.address, utf8('welcome')))
  }
  expect(await store.list('archived/')).toHaveLength(5)
  const hmacs = countHmacs()
  await expect(
    bob.decrypt(withFields(envelope, { counter: 24_990, ratchetKey: generateKeyPair(deterministicRandom('a')).publicKey })),
  ).rejects.toMatchObject({
    code: expect.stringMatching(/authentication-failed|too-far-ahead/),
  })
  expect(hmacs()).toBeGreaterThan(24_000)
  expect(hmacs()).toBeLessThan(26_000)
})

// The chain of the post-quantum ratchet counts the message itself too, so its limit comes one message earlier. Spec: libsignal wire 4.3.
for (const [kind, furthest] of [
  ['x3dh', 25_000],
  ['triple', 24_999],
] as const) {
  it(`a jump of exactly ${furthest} opens on a session of kind ${kind} and keeps the newest 2,000 skipped keys`, {
    timeout: 120_000,
  }, async () => {
    const { alice, bob } = await pair(kind === 'x3dh' ? { kem: false } : { alice: { allow: [] }, bob: { allow: [] } })
    const envelopes: Envelope[] = []
    // A first message may not be as far ahead: one more goes before them all.
    await bob.decrypt(await alice.encrypt(bob.address, utf8('first')))
    for (let i = 0; i <= furthest + 1; i++) envelopes.push(await alice.encrypt(bob.address, utf8(String(i))))
    const at = (i: number) => envelopes[i] as Envelope
    await expect(bob.decrypt(at(furthest + 1))).rejects.toMatchObject({
      code: expect.stringMatching(/too-far-ahead|authentication-failed/),
    })
    expect(await bob.decrypt(at(furthest))).toMatchObject({ session: { kind } })
    await expect(bob.decrypt(at(0))).rejects.toMatchObject({ code: 'duplicate-message', details: { unread: true } })
    await expect(bob.decrypt(at(furthest - 2_001))).rejects.toMatchObject({ code: 'duplicate-message', details: { unread: true } })
    for (const i of [furthest - 1_999, furthest - 1_000, furthest - 1])
      expect((await bob.decrypt(at(i))).plaintext).toEqual(utf8(String(i)))
    expect((await bob.decrypt(at(furthest + 1))).plaintext).toEqual(utf8(String(furthest + 1)))
  })
}
