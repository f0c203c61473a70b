import { describe, expect, it } from 'vitest'
import { isBisikError } from '../../../src/errors.js'
import { Relay } from '../../../src/relay/index.js'
import { MemoryStore } from '../../../src/store/index.js'
import { anUpload, handClock, party } from './parties.js'

const HOUR = 3_600_000

describe('quotas on fetching bundles', () => {
  it('row 7: grants 10 of 10,000 bundle fetches by one requester of one target within an hour (n = 10,000)', async () => {
    const hand = handClock()
    const relay = new Relay({ store: new MemoryStore(), clock: hand.clock })
    const [alice, bob] = [await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 100))
    let granted = 0
    let refused = 0
    for (let i = 0; i < 10_000; i++) {
      hand.now += 359 // 10,000 of them: just under an hour
      try {
        await relay.fetchBundle(alice.account, bob.address)
        granted++
      } catch (error) {
        if (!isBisikError(error, 'quota-exceeded')) throw error
        refused++
        const { retryAfter } = error.details
        expect(retryAfter).toBeGreaterThan(0)
        expect(retryAfter).toBeLessThanOrEqual(HOUR)
      }
    }
    expect({ granted, refused }).toEqual({ granted: 10, refused: 9_990 })
    expect(await relay.preKeyCounts(bob.account)).toEqual({ oneTimePreKeys: 90, oneTimeKemPreKeys: 90 })
  })

  it('row 7: grants no more to 1,000 requests at the same moment', async () => {
    const relay = new Relay({ store: new MemoryStore(), clock: handClock().clock })
    const [alice, bob] = [await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 100))
    const outcomes = await Promise.allSettled(Array.from({ length: 1_000 }, () => relay.fetchBundle(alice.account, bob.address)))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(10)
  })

  it('row 7: counts all devices of one requester together', async () => {
    const relay = new Relay({ store: new MemoryStore(), clock: handClock().clock })
    const [alice, bob] = [await party(relay), await party(relay)]
    const tablet = await relay.register({
      address: { ...alice.address, device: 2 },
      identityKey: alice.identityKey,
      token: new Uint8Array(32),
      approvedBy: alice.account,
    })
    await relay.publish(bob.account, anUpload(bob, 20))
    for (let i = 0; i < 5; i++) {
      await relay.fetchBundle(alice.account, bob.address)
      await relay.fetchBundle(tablet, bob.address)
    }
    await expect(relay.fetchBundle(tablet, bob.address)).rejects.toMatchObject({ code: 'quota-exceeded' })
  })

  it('says exactly when the next fetch will be granted, in a window that slides', async () => {
    const hand = handClock()
    const relay = new Relay({ store: new MemoryStore(), clock: hand.clock })
    const [alice, bob] = [await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 50))
    for (let i = 0; i < 10; i++) {
      await relay.fetchBundle(alice.account, bob.address)
      hand.now += 1_000
    }
    const refusal = await relay.fetchBundle(alice.account, bob.address).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'quota-exceeded', details: { retryAfter: HOUR - 10_000 } })
    hand.now += HOUR - 10_000 - 1
    await expect(relay.fetchBundle(alice.account, bob.address)).rejects.toMatchObject({ details: { retryAfter: 1 } })
    hand.now += 1
    await relay.fetchBundle(alice.account, bob.address)
    // Only the oldest had left the window.
    await expect(relay.fetchBundle(alice.account, bob.address)).rejects.toMatchObject({ details: { retryAfter: 1_000 } })
  })

  it('does not let one requester use up the quota of another, or of another target', async () => {
    const relay = new Relay({ store: new MemoryStore(), clock: handClock().clock })
    const [alice, bob, carol] = [await party(relay), await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 30))
    await relay.publish(carol.account, anUpload(carol, 30))
    for (let i = 0; i < 10; i++) await relay.fetchBundle(alice.account, bob.address)
    await relay.fetchBundle(carol.account, bob.address)
    await relay.fetchBundle(alice.account, carol.address)
    await expect(relay.fetchBundle(alice.account, bob.address)).rejects.toMatchObject({ code: 'quota-exceeded' })
  })

  it('counts unknown targets as known ones, so that a refusal tells nothing', async () => {
    const relay = new Relay({ store: new MemoryStore(), clock: handClock().clock })
    const [alice, bob] = [await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 30))
    const codes = async (user: string) => {
      const seen: string[] = []
      for (let i = 0; i < 12; i++) {
        seen.push(await relay.fetchBundle(alice.account, { user, device: 1 }).then(String, (error: { code: string }) => error.code))
      }
      return seen
    }
    expect((await codes(bob.address.user)).slice(10)).toEqual(['quota-exceeded', 'quota-exceeded'])
    expect((await codes('nobody')).slice(9)).toEqual(['not-found', 'quota-exceeded', 'quota-exceeded'])
  })

  it('bounds what one requester can look up over all targets, and the record that counts it', async () => {
    const store = new MemoryStore()
    const relay = new Relay({ store, clock: handClock().clock, limits: { lookUps: 100 } })
    const alice = await party(relay)
    let refused = 0
    for (let i = 0; i < 300; i++) {
      await relay.fetchBundle(alice.account, { user: `u${i}`, device: 1 }).catch((error) => {
        if (isBisikError(error, 'quota-exceeded')) refused++
      })
    }
    expect(refused).toBe(200)
    const [key] = await store.list('look-ups/')
    expect((await store.read([key as string])).get(key as string)?.value.length).toBe(1 + 100 * 16)
  })
})
