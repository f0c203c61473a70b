/** Messages out of order: how often a store is asked for kept keys, and that nothing of them stays in memory. */
import { describe, expect, it } from 'vitest'
import { Client, type Envelope, MemoryStore, utf8 } from '../../../src/index.js'
import type { RecordKey } from '../../../src/store/key-store.js'
import { withFields } from '../../support/forge.js'
import { pair } from '../../support/parties.js'
import { watchedStore } from '../../support/watched-store.js'

class CountingStore extends MemoryStore {
  reads: (readonly RecordKey[])[] = []

  override read(keys: readonly RecordKey[]): ReturnType<MemoryStore['read']> {
    this.reads.push(keys)
    return super.read(keys)
  }
}

async function conversation(
  kem: boolean,
): Promise<{ alice: Client; bob: Client; store: CountingStore; send(count: number): Promise<Envelope[]> }> {
  const store = new CountingStore()
  const { alice, bob } = await pair({ kem, bob: { store } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  const send = async (count: number) => {
    const envelopes: Envelope[] = []
    for (let i = 0; i < count; i++) envelopes.push(await alice.encrypt(bob.address, utf8(`${i}`)))
    return envelopes
  }
  await bob.decrypt((await send(1))[0] as Envelope)
  return { alice, bob, store, send }
}

describe.each([false, true])('a message out of order (post-quantum: %s)', (kem) => {
  it('is read for once more for each kept key, and when it skips, for the index and the segments that it adds to', async () => {
    const { bob, store, send } = await conversation(kem)
    const envelopes = await send(90)
    const order = [40, 39, 0, 88, 41, 87, 42, 38, 89, 1]
    const reads: number[] = []
    for (const at of order) {
      store.reads = []
      expect(await bob.decrypt(envelopes[at] as Envelope)).toMatchObject({ plaintext: utf8(`${at}`) })
      reads.push(store.reads.length)
    }
    expect(reads).toEqual(kem ? [1, 2, 2, 4, 2, 2, 2, 2, 1, 2] : [1, 2, 2, 3, 2, 2, 2, 2, 1, 2])
    for (const at of order) await expect(bob.decrypt(envelopes[at] as Envelope)).rejects.toMatchObject({ code: 'duplicate-message' })
  })

  it('in order asks for nothing beside session and identity', async () => {
    const { bob, store, send } = await conversation(kem)
    const envelopes = await send(70)
    await bob.decrypt(envelopes[5] as Envelope)
    store.reads = []
    for (const envelope of envelopes.slice(6)) await bob.decrypt(envelope)
    expect(new Set(store.reads.map((keys) => keys.length))).toEqual(new Set([2]))
  })

  it('opens also for a client that remembers nothing, and when what it remembers is old', async () => {
    const { bob, store, send } = await conversation(kem)
    const [first, second, third, fourth] = await send(4)
    await bob.decrypt(third as Envelope)
    const other = await Client.open({ store, allow: ['pqxdh', 'x3dh'] })
    expect(await other.decrypt(first as Envelope)).toMatchObject({ plaintext: utf8('0') })
    expect(await bob.decrypt(second as Envelope)).toMatchObject({ plaintext: utf8('1') })
    expect(await other.decrypt(fourth as Envelope)).toMatchObject({ plaintext: utf8('3') })
    expect(await bob.decrypt((await send(1))[0] as Envelope)).toMatchObject({ plaintext: utf8('0') })
  })

  it('that is forged is refused as one in order is', async () => {
    const { bob, send } = await conversation(kem)
    const envelope = (await send(3))[2] as Envelope
    const codes = { 0: 'duplicate-message', 1: 'authentication-failed', 500: 'authentication-failed', 4294967295: 'too-far-ahead' }
    for (const [counter, code] of Object.entries(codes)) {
      await expect(bob.decrypt(withFields(envelope, { counter: Number(counter) }))).rejects.toMatchObject({ code })
    }
    expect(await bob.decrypt(envelope)).toMatchObject({ plaintext: utf8('2') })
  })
})

describe('messages that come late', () => {
  async function late() {
    const { store, given, read, mood } = watchedStore()
    const { alice, bob } = await pair({ bob: { store } })
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
    const envelopes: Envelope[] = []
    for (let i = 0; i < 100; i++) envelopes.push(await alice.encrypt(bob.address, utf8(`${i}`)))
    await bob.decrypt(envelopes.pop() as Envelope)
    given.length = 0
    const open = async (): Promise<void> => {
      const text = utf8(`${envelopes.length - 1}`)
      expect(await bob.decrypt(envelopes.pop() as Envelope)).toMatchObject({ plaintext: text })
    }
    // The session is remembered, with its record.
    const written = () => given.flatMap(([key, value]) => (key.startsWith('session/') ? [] : [value]))
    return { bob, read, mood, envelopes, open, written }
  }
  const isWiped = (memory: Uint8Array): boolean => memory.every((byte) => byte === 0)

  it('leave nothing of the kept keys in what was read, and never change what a store that failed was given', async () => {
    const { bob, read, mood, envelopes, open, written } = await late()
    for (let i = 0; i < 48; i++) await open()
    expect(written().length).toBeGreaterThan(130)
    mood.fails = true
    await expect(bob.decrypt(envelopes.at(-1) as Envelope)).rejects.toMatchObject({ code: 'store-failed' })
    mood.fails = false
    const lost = written().slice(-3)
    const before = lost.map((memory) => memory.slice())
    expect(before.some(isWiped)).toBe(false)
    read.length = 0
    while (envelopes.length > 0) await open()
    expect(lost).toEqual(before)
    expect(read.length).toBeGreaterThan(200)
    expect(read.filter((value) => !isWiped(value))).toEqual([])
  })

  it('leave nothing of the kept keys in what was written, once the store has it', async () => {
    const { open, written } = await late()
    for (let i = 0; i < 48; i++) await open()
    expect(written().length).toBeGreaterThan(130)
    expect(written().filter((memory) => !isWiped(memory)).length).toBe(0)
  })
})
