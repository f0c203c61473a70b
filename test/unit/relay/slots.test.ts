import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { RELAY_LIMITS, Relay } from '../../../src/relay/index.js'
import { MemoryStore } from '../../../src/store/index.js'
import { handClock, party } from './parties.js'

const bytes = (length: number) => new Uint8Array(randomBytes(length))
const anAddress = () => bytes(32)
const sha256 = (value: Uint8Array) => new Uint8Array(createHash('sha256').update(value).digest())
const holding = (value: Uint8Array) => ({ value, hash: sha256(value) })

async function two(options: Partial<ConstructorParameters<typeof Relay>[0]> = {}) {
  const hand = handClock()
  const store = new MemoryStore()
  const relay = new Relay({ store, clock: hand.clock, ...options })
  return { hand, store, relay, alice: await party(relay), bob: await party(relay) }
}

describe('slots', () => {
  it('hold what was put into them first, and answer everybody the same', async () => {
    const { relay, alice, bob } = await two()
    const [address, first, second] = [anAddress(), bytes(100), bytes(100)]
    expect(await relay.peek(bob.account, address)).toBeUndefined()
    expect(await relay.claim(alice.account, address, first)).toEqual(holding(first))
    expect(await relay.claim(bob.account, address, second)).toEqual(holding(first))
    expect(await relay.claim(alice.account, address, second)).toEqual(holding(first))
    expect(await relay.peek(bob.account, address)).toEqual(holding(first))
    expect(await relay.peek(bob.account, anAddress())).toBeUndefined()
  })

  it('have one value for many who claim at the same moment, through relays of their own', async () => {
    const { store, relay, alice } = await two()
    const address = anAddress()
    const relays = [relay, new Relay({ store }), new Relay({ store })]
    const claims = Array.from({ length: 60 }, (_, i) => (relays[i % 3] as Relay).claim(alice.account, address, bytes(50)))
    const held = new Set((await Promise.all(claims)).map(({ hash }) => Buffer.from(hash).toString('hex')))
    expect(held.size).toBe(1)
  })

  it('answer with a copy, which nobody changes for another', async () => {
    const { relay, alice } = await two()
    const [address, value] = [anAddress(), bytes(100)]
    const held = await relay.claim(alice.account, address, value)
    const expected = holding(Uint8Array.from(value))
    held.value?.fill(0)
    value.fill(1)
    expect(await relay.peek(alice.account, address)).toEqual(expected)
  })

  it('tell an old value by its hash alone, and are still taken', async () => {
    const { hand, relay, alice, bob } = await two()
    const [address, value] = [anAddress(), bytes(100)]
    await relay.claim(alice.account, address, value)
    hand.now += RELAY_LIMITS.slotAge - 1
    expect(await relay.peek(bob.account, address)).toEqual(holding(value))
    hand.now += 1
    expect(await relay.peek(bob.account, address)).toEqual({ hash: sha256(value) })
    expect(await relay.claim(bob.account, address, bytes(10))).toEqual({ hash: sha256(value) })
  })

  it('take up no more than a hash once they are old and somebody looked', async () => {
    const { hand, store, relay, alice } = await two()
    const address = anAddress()
    await relay.claim(alice.account, address, bytes(1_000))
    hand.now += RELAY_LIMITS.slotAge
    await relay.peek(alice.account, address)
    const [name] = await store.list('slot/')
    const record = (await store.read([name as string])).get(name as string)
    expect(record?.value.length).toBeLessThan(60)
    hand.now -= RELAY_LIMITS.slotAge
    expect((await relay.peek(alice.account, address))?.value).toBeUndefined()
  })

  it('of which a user may fill so many in a window, and so many bytes; what was taken costs nothing', async () => {
    const { hand, relay, alice, bob } = await two({ limits: { claims: 3, claimBytes: 250 } })
    const taken = anAddress()
    await relay.claim(bob.account, taken, bytes(100))
    for (let i = 0; i < 10; i++) await relay.claim(alice.account, taken, bytes(100))
    await relay.claim(alice.account, anAddress(), bytes(100))
    hand.now += 1_000
    await relay.claim(alice.account, anAddress(), bytes(100))
    const refused = { code: 'quota-exceeded', details: { retryAfter: RELAY_LIMITS.claimWindow - 1_000 } }
    await expect(relay.claim(alice.account, anAddress(), bytes(51))).rejects.toMatchObject(refused)
    await relay.claim(alice.account, anAddress(), bytes(50))
    await expect(relay.claim(alice.account, anAddress(), bytes(1))).rejects.toMatchObject(refused)
    await relay.claim(alice.account, taken, bytes(100))
    await relay.claim(bob.account, anAddress(), bytes(100))
    hand.now += RELAY_LIMITS.claimWindow - 1_000
    await relay.claim(alice.account, anAddress(), bytes(100))
  })

  it('are not shut for long by a clock that was wrong once', async () => {
    const { hand, relay, alice } = await two({ limits: { claims: 1 } })
    hand.now += 365 * 86_400_000
    await relay.claim(alice.account, anAddress(), bytes(1))
    hand.now -= 365 * 86_400_000
    await relay.claim(alice.account, anAddress(), bytes(1))
  })

  it('are refused by name: another length of address, an empty value, one that is too long', async () => {
    const { relay, alice, store } = await two({ limits: { slotLength: 100 } })
    for (const length of [0, 31, 33]) {
      await expect(relay.claim(alice.account, bytes(length), bytes(1))).rejects.toMatchObject({ code: 'invalid-argument' })
      await expect(relay.peek(alice.account, bytes(length))).rejects.toMatchObject({ code: 'invalid-argument' })
    }
    await expect(relay.claim(alice.account, anAddress(), bytes(0))).rejects.toMatchObject({ code: 'invalid-argument' })
    const tooLong = { code: 'message-too-large', details: { length: 101, limit: 100 } }
    await expect(relay.claim(alice.account, anAddress(), bytes(101))).rejects.toMatchObject(tooLong)
    await relay.claim(alice.account, anAddress(), bytes(100))
    expect(await store.list('slot/')).toHaveLength(1)
  })
})
