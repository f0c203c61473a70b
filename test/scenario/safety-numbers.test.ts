/** Safety numbers from client to client, and what becomes of a verified contact whose key changes. */
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { Client, MemoryStore } from '../../src/index.js'
import { bundleOf, newClient, pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

async function talking(alicesStore = new MemoryStore()) {
  const { alice, bob } = await pair({ alice: { store: alicesStore } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  return { alice, bob }
}

/** The same address with other keys, as after the loss of a phone, or as somebody in between. */
async function anew(client: Client): Promise<Client> {
  return newClient({ address: client.address })
}

describe('a safety number', () => {
  it('is the same on both sides, and a scan of one matches the other', async () => {
    const { alice, bob } = await talking()
    const [hers, his] = [await alice.fingerprint(bob.address), await bob.fingerprint(alice.address)]
    expect(hers.displayable).toMatch(/^\d{60}$/)
    expect(his.displayable).toBe(hers.displayable)
    expect(await alice.verify(bob.address, his.scannable)).toBe(true)
    expect(await bob.verify(alice.address, hers.displayable.replaceAll(/(\d{5})/g, '$1 '))).toBe(true)
  })

  it('L12: somebody in between is found out: digits differ, scans do not match, nothing is marked', async () => {
    const { alice, bob } = await talking()
    const mallory = await anew(alice)
    const store = new MemoryStore()
    const victim = await newClient({ store })
    await mallory.startSession(bundleOf(await victim.generatePreKeys(1)))
    await victim.decrypt(await mallory.encrypt(victim.address, utf8('I am alice')))
    const [real, shown] = [await alice.fingerprint(bob.address), await victim.fingerprint(alice.address)]
    expect(await victim.verify(alice.address, real.scannable)).toBe(false)
    expect(await victim.verify(alice.address, real.displayable)).toBe(false)
    expect(await victim.verify(alice.address, shown.scannable)).toBe(false)
    // Under this policy only what is marked is believed.
    const strict = await Client.open({ store, trustPolicy: 'verified-only' })
    await expect(strict.encrypt(alice.address, utf8('secret'))).rejects.toMatchObject({ code: 'untrusted-identity' })
  })

  it('says for each device how its key came to be believed', async () => {
    const { alice, bob } = await talking()
    expect(await alice.trustLevel({ user: 'stranger', device: 1 })).toBe(undefined)
    expect(await alice.trustLevel(bob.address)).toBe('first-use')
    expect(await alice.verify(bob.address, (await bob.fingerprint(alice.address)).scannable)).toBe(true)
    expect(await alice.trustLevel(bob.address)).toBe('verified')
    await alice.acceptIdentity(bob.address, (await anew(bob)).identityKey, 'accepted')
    expect(await alice.trustLevel(bob.address)).toBe('accepted')
  })

  it('once compared, holds for that key until it is taken back in so many words: accepting the key again takes nothing away', async () => {
    const store = new MemoryStore()
    const { alice, bob } = await talking(store)
    expect(await alice.verify(bob.address, (await bob.fingerprint(alice.address)).scannable)).toBe(true)
    const before = await snapshot(store)
    await alice.acceptIdentity(bob.address, bob.identityKey, 'accepted')
    expect(await snapshot(store)).toEqual(before)
    expect(await alice.trustLevel(bob.address)).toBe('verified')

    await alice.unverify(bob.address)
    expect(await alice.trustLevel(bob.address)).toBe('accepted')
    await alice.encrypt(bob.address, utf8('the key is believed as before'))
    const strict = await Client.open({ store, trustPolicy: 'verified-only', allow: ['pqxdh', 'x3dh'] })
    await expect(strict.encrypt(bob.address, utf8('x'))).rejects.toMatchObject({
      code: 'untrusted-identity',
      details: { wasVerified: false },
    })
    await alice.acceptIdentity(bob.address, bob.identityKey, 'verified')
    await strict.encrypt(bob.address, utf8('x'))
  })

  it('takes back nothing where nothing was compared', async () => {
    const store = new MemoryStore()
    const { alice, bob } = await talking(store)
    const before = await snapshot(store)
    await alice.unverify(bob.address)
    await alice.unverify({ user: 'stranger', device: 1 })
    expect(await snapshot(store)).toEqual(before)
    expect(await alice.trustLevel(bob.address)).toBe('first-use')
  })

  it('needs a known identity, and digits or a code', async () => {
    const { alice, bob } = await talking()
    const stranger = { user: 'stranger', device: 1 }
    await expect(alice.fingerprint(stranger)).rejects.toMatchObject({ code: 'no-session' })
    await expect(alice.verify(stranger, new Uint8Array(74))).rejects.toMatchObject({ code: 'no-session' })
    await expect(alice.verify(bob.address, '12345')).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(alice.verify(bob.address, utf8('no code'))).rejects.toMatchObject({ code: 'malformed-message' })
  })

  it('verified is what a policy of verified keys only believes', async () => {
    const { alice, bob } = await talking()
    const store = new MemoryStore()
    const carol = await newClient({ store })
    await carol.startSession(bundleOf(await bob.generatePreKeys(1)))
    const strict = await Client.open({ store, trustPolicy: 'verified-only', allow: ['pqxdh', 'x3dh'] })
    await expect(strict.encrypt(bob.address, utf8('x'))).rejects.toMatchObject({ code: 'untrusted-identity' })
    expect(await strict.verify(bob.address, (await strict.fingerprint(bob.address)).displayable)).toBe(true)
    expect((await strict.encrypt(bob.address, utf8('x'))).kind).toBe('pre-key')
    expect(alice.address).not.toEqual(bob.address)
  })
})

describe('a key that changes', () => {
  it('L12: is refused until accepted, and says whether the contact was verified', async () => {
    for (const verified of [false, true]) {
      const { alice, bob } = await talking()
      if (verified) await bob.verify(alice.address, (await alice.fingerprint(bob.address)).scannable)
      const imposter = await anew(alice)
      await imposter.startSession(bundleOf(await bob.generatePreKeys(1)))
      const message = await imposter.encrypt(bob.address, utf8('me again'))
      const details = { wasVerified: verified, known: alice.identityKey, presented: imposter.identityKey }
      await expect(bob.decrypt(message)).rejects.toMatchObject({ code: 'untrusted-identity', details })
      await expect(bob.startSession(bundleOf(await imposter.generatePreKeys(1)))).rejects.toMatchObject({ details })
      await bob.acceptIdentity(alice.address, imposter.identityKey, 'accepted')
      expect((await bob.decrypt(message)).plaintext).toEqual(utf8('me again'))
      await expect(bob.decrypt(await alice.encrypt(bob.address, utf8('the old one')))).rejects.toMatchObject({
        details: { wasVerified: false },
      })
    }
  })

  it('is compared before it is accepted: the number of the new key is there, and a match accepts and verifies it', async () => {
    const { alice, bob } = await talking()
    const [anewAlice, imposter] = [await anew(alice), await anew(alice)]
    const upload = await bob.generatePreKeys(2)
    for (const [index, one] of [anewAlice, imposter].entries()) await one.startSession(bundleOf(upload, { index }))
    const message = await anewAlice.encrypt(bob.address, utf8('a new phone'))
    const before = await bob.fingerprint(alice.address)
    const shown = await bob.fingerprint(alice.address, anewAlice.identityKey)
    expect(shown.displayable).toBe((await anewAlice.fingerprint(bob.address)).displayable)
    expect(shown.displayable).not.toBe(before.displayable)
    const scanned = (await anewAlice.fingerprint(bob.address)).scannable
    // Somebody else's key does not match what Alice shows, and nothing is accepted by that.
    expect(await bob.verify(alice.address, scanned, imposter.identityKey)).toBe(false)
    await expect(bob.decrypt(message)).rejects.toMatchObject({ code: 'untrusted-identity' })
    expect(await bob.verify(alice.address, scanned, anewAlice.identityKey)).toBe(true)
    expect((await bob.decrypt(message)).plaintext).toEqual(utf8('a new phone'))
    await expect(bob.decrypt(await imposter.encrypt(bob.address, utf8('me too')))).rejects.toMatchObject({ details: { wasVerified: true } })
    await expect(bob.fingerprint(alice.address, new Uint8Array(3))).rejects.toMatchObject({ code: 'invalid-key' })
  })

  it('between the comparison and the mark is not marked', async () => {
    const { alice, bob } = await talking()
    const imposter = await anew(alice)
    const theirs = (await alice.fingerprint(bob.address)).scannable
    const marking = bob.verify(alice.address, theirs)
    await bob.acceptIdentity(alice.address, imposter.identityKey, 'accepted')
    expect(await marking).toBe(false)
  })
})
