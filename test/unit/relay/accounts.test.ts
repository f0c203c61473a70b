import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { Relay } from '../../../src/relay/index.js'
import { MemoryStore } from '../../../src/store/index.js'
import { anIdentityKey, anUpload, aToken, handClock, party } from './parties.js'

const newRelay = (options: Partial<ConstructorParameters<typeof Relay>[0]> = {}) => new Relay({ store: new MemoryStore(), ...options })

describe('accounts', () => {
  it('finds the account of a token', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    expect(await relay.authenticate(alice.token)).toEqual({ address: alice.address })
  })

  it('refuses an unknown token, one of a wrong length and one with a flipped bit alike', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    const flipped = alice.token.slice()
    flipped[31] = (flipped[31] as number) ^ 1
    for (const token of [aToken(), new Uint8Array(0), alice.token.subarray(1), flipped]) {
      await expect(relay.authenticate(token)).rejects.toMatchObject({ code: 'unauthorized', details: {} })
    }
  })

  it('keeps no token, only a hash of it', async () => {
    const store = new MemoryStore()
    const alice = await party(new Relay({ store }))
    const keys = await store.list('')
    const records = await store.read(keys)
    const everything = keys.join() + [...records.values()].map((record) => toHex(record.value)).join()
    expect(everything).not.toContain(toHex(alice.token))
    expect(everything).not.toContain(toHex(alice.token.subarray(0, 8)))
  })

  it('lets a device repeat a registration whose answer was lost', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    await expect(relay.register(alice)).resolves.toEqual(alice.account)
  })

  it('refuses an address that is taken, with another token or another identity key', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    await expect(relay.register({ ...alice, token: aToken() })).rejects.toMatchObject({ code: 'already-taken' })
    await expect(relay.register({ ...alice, identityKey: anIdentityKey() })).rejects.toMatchObject({ code: 'already-taken' })
    expect(await relay.authenticate(alice.token)).toEqual(alice.account)
  })

  it('refuses a token that serves another account', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    const other = { address: { user: randomUUID(), device: 1 }, identityKey: anIdentityKey(), token: alice.token }
    await expect(relay.register(other)).rejects.toMatchObject({ code: 'already-taken', details: { what: 'token' } })
  })

  it('lets nobody add a device to a user but a device of that user', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    const mallory = await party(relay)
    const second = { address: { ...alice.address, device: 2 }, identityKey: anIdentityKey(), token: aToken() }
    await expect(relay.register(second)).rejects.toMatchObject({ code: 'already-taken' })
    await expect(relay.register({ ...second, approvedBy: mallory.account })).rejects.toMatchObject({ code: 'already-taken' })
    await expect(relay.register({ ...second, approvedBy: alice.account })).resolves.toEqual({ address: second.address })
  })

  it('lets one of two devices win that register one new user at the same moment', async () => {
    const relay = newRelay()
    const user = randomUUID()
    const outcomes = await Promise.allSettled([1, 2].map((device) => party(relay, { user, device })))
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('keeps one account for all spellings of a UUID, and none for a user that is no UUID', async () => {
    const relay = newRelay()
    const uuid = randomUUID()
    await party(relay, { user: uuid.toUpperCase(), device: 1 })
    await expect(party(relay, { user: uuid, device: 1 })).rejects.toMatchObject({ code: 'already-taken' })
    for (const user of [`PNI:${uuid}`, 'alice', '', uuid.replaceAll('-', '')]) {
      await expect(party(relay, { user, device: 1 })).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'user' } })
    }
    await expect(party(relay, { user: uuid, device: 128 })).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('replaces an identity key and drops the prekeys of the old one', async () => {
    const store = new MemoryStore()
    const relay = new Relay({ store })
    const alice = await party(relay)
    const bob = await party(relay)
    await relay.publish(alice.account, anUpload(alice, 20))
    const identityKey = anIdentityKey()
    await relay.replaceIdentity(alice.account, identityKey)
    await expect(relay.fetchBundle(bob.account, alice.address)).rejects.toMatchObject({ code: 'not-found' })
    expect((await store.list('one-time/')).length + (await store.list('one-time-kem/')).length).toBe(0)
    await expect(relay.publish(alice.account, anUpload(alice, 1))).rejects.toMatchObject({ code: 'invalid-argument' })
    // The ids of the new identity start over.
    await relay.publish(alice.account, anUpload({ ...alice, identityKey }, 1))
    expect((await relay.fetchBundle(bob.account, alice.address)).identityKey).toEqual(identityKey)
  })

  it('keeps the prekeys when the identity key is replaced by itself', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    await relay.publish(alice.account, anUpload(alice, 3))
    await relay.replaceIdentity(alice.account, alice.identityKey)
    expect(await relay.preKeyCounts(alice.account)).toEqual({ oneTimePreKeys: 3, oneTimeKemPreKeys: 3 })
  })
})

describe('names', () => {
  it('lead to the user that claimed them, in any case', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    const bob = await party(relay)
    await relay.claimName(alice.account, 'Alice')
    expect(await relay.findName(bob.account, 'alice')).toBe(alice.address.user)
    expect(await relay.findName(bob.account, 'ALICE')).toBe(alice.address.user)
  })

  it('are claimed once: repeating is harmless, another user is refused', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    const mallory = await party(relay)
    await relay.claimName(alice.account, 'alice')
    await relay.claimName(alice.account, 'alice')
    await expect(relay.claimName(mallory.account, 'aLice')).rejects.toMatchObject({ code: 'already-taken', details: { what: 'name' } })
    expect(await relay.findName(mallory.account, 'alice')).toBe(alice.address.user)
  })

  it('go to exactly one of 20 users that claim one at the same moment', async () => {
    const relay = newRelay()
    const parties = await Promise.all(Array.from({ length: 20 }, () => party(relay)))
    const outcomes = await Promise.allSettled(parties.map(({ account }) => relay.claimName(account, 'admin')))
    const winners = parties.filter((_, i) => outcomes[i]?.status === 'fulfilled')
    expect(winners).toHaveLength(1)
    expect(await relay.findName((winners[0] as (typeof parties)[0]).account, 'admin')).toBe(winners[0]?.address.user)
  })

  it('are one for each user', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    await relay.claimName(alice.account, 'alice')
    await expect(relay.claimName(alice.account, 'alicia')).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('are plain: no signs, no look-alike letters, no odd names', async () => {
    const relay = newRelay()
    const alice = await party(relay)
    for (const name of ['', ' ', 'а', 'a b', '__proto__', '-a', 'a'.repeat(33), 'a\n', '../a', 'a.b', '\ud800']) {
      await expect(relay.claimName(alice.account, name)).rejects.toMatchObject({ code: 'invalid-argument' })
      await expect(relay.findName(alice.account, name)).rejects.toMatchObject({ code: 'invalid-argument' })
    }
  })

  it('cannot be enumerated: look-ups that find nothing are counted too', async () => {
    const { clock } = handClock()
    const relay = newRelay({ clock, limits: { lookUps: 50 } })
    const alice = await party(relay)
    const codes: string[] = []
    for (let i = 0; i < 60; i++) codes.push(await relay.findName(alice.account, `user${i}`).catch((error: { code: string }) => error.code))
    expect(codes.filter((code) => code === 'not-found')).toHaveLength(50)
    expect(codes.slice(50)).toEqual(new Array(10).fill('quota-exceeded'))
  })
})
