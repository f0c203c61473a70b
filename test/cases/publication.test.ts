/** What the relay is known to have: an upload comes again until it is confirmed, and what it replaced is kept until then. */
import { describe, expect, it } from 'vitest'
import { Client, MemoryStore, parsePreKeyUpload, serializePreKeyUpload, utf8 } from '../../src/index.js'
import { exportIdentity, parseIdentity } from '../../src/migration/libsignal.js'
import { Relay } from '../../src/relay/index.js'
import type { KemPreKey, OneTimePreKey } from '../../src/wire/index.js'
import { join, readMail } from '../support/members.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const DAY = 24 * 60 * 60 * 1000

describe('publication', () => {
  it('gives the same upload again until it is confirmed, also after a restart, and nothing then', async () => {
    const store = new MemoryStore()
    const client = await newClient({ store })
    expect(await client.publication()).toBeUndefined()
    for (const make of [() => client.generatePreKeys(3), () => client.rotatePreKeys(), () => client.generatePreKeys(2)]) {
      const upload = await make()
      expect(await client.publication()).toEqual(upload)
      expect(await (await Client.open({ store })).publication()).toEqual(upload)
      await client.published(upload)
      expect(await client.publication()).toBeUndefined()
      expect(await (await Client.open({ store })).publication()).toBeUndefined()
    }
  })

  it('takes together what several uploads should have brought, without what was used since', async () => {
    const bob = await newClient()
    const [first, second] = [await bob.generatePreKeys(2), await bob.generatePreKeys(2)]
    const alice = await newClient()
    await alice.startSession(bundleOf(first))
    await bob.decrypt(await alice.encrypt(bob.address, utf8('one is used')))
    const rotated = await bob.rotatePreKeys()
    expect(await bob.publication()).toEqual({
      ...rotated,
      oneTimePreKeys: [first.oneTimePreKeys[1], ...second.oneTimePreKeys],
      oneTimeKemPreKeys: [first.oneTimeKemPreKeys[1], ...second.oneTimeKemPreKeys],
    })
    await bob.published(second)
    const left = await bob.publication()
    expect([left?.signedPreKey, left?.oneTimePreKeys]).toEqual([rotated.signedPreKey, [first.oneTimePreKeys[1]]])
  })

  it('comes in parts that a relay takes, with rising ids', async () => {
    const bob = await newClient()
    for (let i = 0; i < 3; i++) await bob.generatePreKeys(300)
    const relay = new Relay({ store: new MemoryStore() })
    const token = new Uint8Array(32)
    const account = await relay.register({ address: bob.address, identityKey: bob.identityKey, token })
    const counts: number[] = []
    for (let upload = await bob.publication(); upload !== undefined; upload = await bob.publication()) {
      counts.push((await relay.publish(account, parsePreKeyUpload(serializePreKeyUpload(upload)))).oneTimePreKeys)
      await bob.published(upload)
    }
    expect(counts).toEqual([300, 600, 900])
  })

  it('repeating a confirmation writes nothing; another device’s upload is refused', async () => {
    const store = new MemoryStore()
    const client = await newClient({ store })
    const upload = await client.generatePreKeys(2)
    await client.published(parsePreKeyUpload(serializePreKeyUpload(upload)))
    const before = await snapshot(store)
    await client.published(upload)
    expect(await snapshot(store)).toEqual(before)
    const strange = await (await newClient()).generatePreKeys(1)
    await expect(client.published(strange)).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(client.published(undefined as never)).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('refuses an upload with ids that this client never gave out, and nothing changes', async () => {
    const store = new MemoryStore()
    const client = await newClient({ store })
    const upload = await client.generatePreKeys(2)
    const before = await snapshot(store)
    const [one, kem] = [upload.oneTimePreKeys[1] as OneTimePreKey, upload.oneTimeKemPreKeys[1] as KemPreKey]
    for (const invented of [
      { firstOneTimePreKeyId: 0xffff_ffff },
      { firstOneTimePreKeyId: one.id + 2 },
      { firstOneTimeKemPreKeyId: upload.kemPreKey.id + 2 },
      { oneTimePreKeys: [{ ...one, id: one.id + 1 }] },
      { oneTimeKemPreKeys: [{ ...kem, id: upload.kemPreKey.id + 1 }] },
      { signedPreKey: { ...upload.signedPreKey, id: upload.signedPreKey.id + 1 } },
      { kemPreKey: { ...upload.kemPreKey, id: upload.kemPreKey.id + 1 } },
    ]) {
      const refused = { code: 'invalid-argument', details: { argument: 'upload' } }
      await expect(client.published({ ...upload, ...invented }), Object.keys(invented)[0]).rejects.toMatchObject(refused)
    }
    expect(await snapshot(store)).toEqual(before)
    expect(await client.publication()).toEqual(upload)
  })

  it('withdraws nothing before its time, whatever a confirmed upload says', async () => {
    const [clock, store] = [fakeClock(), new MemoryStore()]
    const client = await newClient({ clock, store })
    const upload = await client.generatePreKeys(2)
    await client.published({ ...upload, firstOneTimePreKeyId: 3 })
    clock.advance(61 * DAY)
    expect(await client.generatePreKeys(0)).toMatchObject({ firstOneTimePreKeyId: 3 })
    for (let i = 0; i < 2; i++) {
      await client.rotatePreKeys()
      await client.published(await client.rotatePreKeys())
      clock.advance(2 * DAY)
    }
    expect(await client.countPreKeys()).toEqual({ oneTime: 2, oneTimeKem: 2 })
  })

  it('is not confirmed by an upload of the installation before, whose ids are the same', async () => {
    const before = await newClient()
    const stale = await before.generatePreKeys(1)
    const { identityKeyPair, registrationId } = exportIdentity(before)
    const store = new MemoryStore()
    const client = await Client.create({ store, address: before.address }, parseIdentity(identityKeyPair, registrationId))
    const upload = await client.generatePreKeys(1)
    expect(upload.signedPreKey.id).toBe(stale.signedPreKey.id)
    await expect(client.published(stale)).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'upload' } })
    expect(await client.publication()).toEqual(upload)
  })

  it('asks for the newest again when an older upload reached the relay after it', async () => {
    const client = await newClient()
    const [older, newer] = [await client.generatePreKeys(1), await client.rotatePreKeys()]
    await client.published(newer)
    await client.published(older)
    expect(await client.publication()).toEqual(newer)
  })

  it('makes others in the place of damaged prekeys, and leaves out a damaged one-time prekey', async () => {
    const store = new MemoryStore()
    const client = await newClient({ store })
    const upload = await client.generatePreKeys(2)
    const [one] = upload.oneTimePreKeys
    for (const key of [`signed-pre-key/${upload.signedPreKey.id}`, `pre-key/${one?.id}`]) {
      await store.commit({ expect: new Map(), put: new Map([[key, new Uint8Array([255])]]), delete: new Set() })
    }
    const again = await client.publication()
    expect(again?.signedPreKey.id).toBe(upload.signedPreKey.id + 1)
    expect(again?.oneTimePreKeys).toEqual(upload.oneTimePreKeys.slice(1))
  })
})

describe('row 50: what the relay still hands out is kept, however often its successors did not get there', () => {
  for (const [name, confirms, weeks] of [
    ['that never confirms, for six weeks', false, 6],
    ['that confirms, for a year', true, 52],
  ] as const) {
    it(`row 50: of an app ${name}`, async () => {
      const clock = fakeClock()
      const relay = new Relay({ store: new MemoryStore(), clock })
      const bob = await join(relay, { clock })
      const upload = await bob.client.generatePreKeys(0)
      await relay.publish(bob.account, upload)
      if (confirms) await bob.client.published(upload)
      for (let week = 0; week < weeks; week++) {
        clock.advance(7 * DAY)
        await bob.client.rotatePreKeys() // its publication fails
      }
      const alice = await join(relay, { clock })
      await alice.client.startSession(await relay.fetchBundle(alice.account, bob.client.address))
      await relay.send(alice.account, bob.client.address, await alice.client.encrypt(bob.client.address, utf8('hello')))
      expect(await readMail(relay, bob)).toEqual(['hello'])
    })
  }
})
