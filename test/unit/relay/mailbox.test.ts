import { describe, expect, it } from 'vitest'
import type { Envelope } from '../../../src/index.js'
import { Relay } from '../../../src/relay/index.js'
import { MemoryStore } from '../../../src/store/index.js'
import { anEnvelope, countingStore, handClock, party, textOf } from './parties.js'

async function two(options: Partial<ConstructorParameters<typeof Relay>[0]> = {}) {
  const relay = new Relay({ store: new MemoryStore(), ...options })
  return { relay, alice: await party(relay), bob: await party(relay) }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('mailboxes', () => {
  it('keep envelopes in the order of sending, numbered without gaps', async () => {
    const { relay, alice, bob } = await two()
    for (const i of numbers(5)) expect(await relay.send(alice.account, bob.address, anEnvelope(alice.address, i))).toBe(i)
    const waiting = await relay.messages(bob.account)
    expect(waiting.map(({ sequence }) => sequence)).toEqual(numbers(5))
    expect(waiting.map(({ envelope }) => textOf(envelope))).toEqual(['1', '2', '3', '4', '5'])
    expect(waiting[0]?.envelope).toEqual(anEnvelope(alice.address, 1))
  })

  it('keep the order of envelopes sent at the same moment', async () => {
    const { relay, alice, bob } = await two()
    const sequences = await Promise.all(
      numbers(200).map((i) => relay.send(alice.account, bob.address, { ...anEnvelope(alice.address, i), kind: 'pre-key' })),
    )
    expect(sequences).toEqual(numbers(200))
    const first = await relay.messages(bob.account)
    expect(first).toHaveLength(100)
    const second = await relay.messages(bob.account, 100)
    expect([...first, ...second].map(({ envelope }) => textOf(envelope))).toEqual(numbers(200).map(String))
    expect(second[0]?.envelope.kind).toBe('pre-key')
  })

  it('say when an envelope came, with or without a sender, by the clock of the relay', async () => {
    const hand = handClock()
    const { relay, alice, bob } = await two({ clock: hand.clock })
    const key = new Uint8Array(16).fill(1)
    await relay.setAccessKey(bob.account, key)
    await relay.send(alice.account, bob.address, anEnvelope(alice.address, 'named'))
    hand.now += 5
    await relay.sendSealed(bob.address, key, { kind: 'sealed', body: new Uint8Array([1]) })
    hand.now += 86_400_000
    expect((await relay.messages(bob.account)).map(({ receivedAt }) => receivedAt)).toEqual([hand.now - 86_400_005, hand.now - 86_400_000])
  })

  it('write the authenticated sender on the envelope, whatever it claims', async () => {
    const { relay, alice, bob } = await two()
    const mallory = await party(relay)
    const kinds = ['pre-key', 'ratchet', 'sender-key', 'plaintext'] as const
    for (const kind of kinds)
      await relay.send(mallory.account, bob.address, { ...anEnvelope(alice.address, 'I am alice'), kind } as Envelope)
    const deliveries = await relay.messages(bob.account)
    expect(deliveries.map(({ envelope: { kind, sender } }) => ({ kind, sender }))).toEqual(
      kinds.map((kind) => ({ kind, sender: mallory.address })),
    )
  })

  it('delete nothing that was not acknowledged, however often it is read', async () => {
    const { relay, alice, bob } = await two()
    for (const i of numbers(4)) await relay.send(alice.account, bob.address, anEnvelope(alice.address, i))
    expect(await relay.messages(bob.account)).toEqual(await relay.messages(bob.account))
    await relay.acknowledge(bob.account, 2)
    expect((await relay.messages(bob.account)).map(({ sequence }) => sequence)).toEqual([3, 4])
    expect((await relay.messages(bob.account, 3)).map(({ sequence }) => sequence)).toEqual([4])
  })

  it('take a late or repeated acknowledgement without deleting more', async () => {
    const { relay, alice, bob } = await two()
    for (const i of numbers(4)) await relay.send(alice.account, bob.address, anEnvelope(alice.address, i))
    await relay.acknowledge(bob.account, 3)
    await relay.acknowledge(bob.account, 3)
    await relay.acknowledge(bob.account, 1)
    expect((await relay.messages(bob.account)).map(({ sequence }) => sequence)).toEqual([4])
  })

  it('refuse to acknowledge what nobody has read yet', async () => {
    const { relay, alice, bob } = await two()
    await relay.send(alice.account, bob.address, anEnvelope(alice.address, 1))
    for (const upTo of [2, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(relay.acknowledge(bob.account, upTo)).rejects.toMatchObject({ code: 'invalid-argument' })
    }
    expect(await relay.messages(bob.account)).toHaveLength(1)
  })

  it('delete the bytes of what was acknowledged', async () => {
    const store = new MemoryStore()
    const { relay, alice, bob } = await two({ store })
    for (const i of numbers(30)) await relay.send(alice.account, bob.address, anEnvelope(alice.address, i))
    await relay.acknowledge(bob.account, 29)
    expect(await store.list('message/')).toHaveLength(1)
    await relay.acknowledge(bob.account, 30)
    expect(await store.list('message/')).toEqual([])
  })

  it('never give a number twice, also after all was acknowledged', async () => {
    const { relay, alice, bob } = await two()
    await relay.send(alice.account, bob.address, anEnvelope(alice.address, 1))
    await relay.acknowledge(bob.account, 1)
    expect(await relay.send(alice.account, bob.address, anEnvelope(alice.address, 2))).toBe(2)
  })

  it('are each of one device: nobody reads or deletes in another', async () => {
    const { relay, alice, bob } = await two()
    await relay.send(alice.account, bob.address, anEnvelope(alice.address, 1))
    expect(await relay.messages(alice.account)).toEqual([])
    await expect(relay.acknowledge(alice.account, 1)).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await relay.messages(bob.account)).toHaveLength(1)
  })

  it('refuse an unknown recipient, and count it as a look-up', async () => {
    const { relay, alice, bob } = await two({ clock: handClock().clock, limits: { lookUps: 3 } })
    const codes: string[] = []
    for (const i of numbers(5)) {
      const to = { user: `nobody${i}`, device: 1 }
      codes.push(await relay.send(alice.account, to, anEnvelope(alice.address, i)).then(String, (error) => error.code))
    }
    expect(codes).toEqual(['not-found', 'not-found', 'not-found', 'quota-exceeded', 'quota-exceeded'])
    // Writing to people one knows goes on.
    expect(await relay.send(alice.account, bob.address, anEnvelope(alice.address, 1))).toBe(1)
  })

  it('refuse the envelope after the last that fits, by number, until something is acknowledged', async () => {
    const { relay, alice, bob } = await two({ limits: { mailboxMessages: 3, fullMailboxRetry: 77 } })
    for (const i of numbers(3)) await relay.send(alice.account, bob.address, anEnvelope(alice.address, i))
    await expect(relay.send(alice.account, bob.address, anEnvelope(alice.address, 4))).rejects.toMatchObject({
      code: 'quota-exceeded',
      details: { retryAfter: 77 },
    })
    await relay.acknowledge(bob.account, 1)
    expect(await relay.send(alice.account, bob.address, anEnvelope(alice.address, 4))).toBe(4)
  })

  it('refuse the envelope after the last that fits, by bytes, until something is acknowledged', async () => {
    const { relay, alice, bob } = await two({ limits: { mailboxBytes: 3_000 } })
    const big = { ...anEnvelope(alice.address, ''), body: new Uint8Array(900) }
    for (const _ of numbers(3)) await relay.send(alice.account, bob.address, big)
    await expect(relay.send(alice.account, bob.address, big)).rejects.toMatchObject({ code: 'quota-exceeded' })
    await relay.acknowledge(bob.account, 2)
    for (const _ of numbers(2)) await relay.send(alice.account, bob.address, big)
    await expect(relay.send(alice.account, bob.address, big)).rejects.toMatchObject({ code: 'quota-exceeded' })
  })

  it('refuse an envelope that is too large', async () => {
    const { relay, alice, bob } = await two({ limits: { envelopeLength: 1_000 } })
    const big = { ...anEnvelope(alice.address, ''), body: new Uint8Array(1_000) }
    await expect(relay.send(alice.account, bob.address, big)).rejects.toMatchObject({ code: 'message-too-large' })
  })

  it('cost the same to append to and to acknowledge in, whether 3 or 3,000 envelopes wait', async () => {
    const costs: number[][] = []
    for (const waiting of [3, 3_000]) {
      const count = countingStore()
      const { relay, alice, bob } = await two({ store: count.store })
      await Promise.all(numbers(waiting).map((i) => relay.send(alice.account, bob.address, anEnvelope(alice.address, i))))
      count.touched = 0
      await relay.send(alice.account, bob.address, anEnvelope(alice.address, 'one more'))
      const append = count.touched
      count.touched = 0
      await relay.acknowledge(bob.account, 1)
      costs.push([append, count.touched])
    }
    expect(costs[0]).toEqual(costs[1])
  })
})
