/** Upkeep meets damaged records: it passes them over, tells of them, and does the rest. */
import { describe, expect, it } from 'vitest'
import { Client, type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'

const DAY = 24 * 60 * 60 * 1000
const damage = async (store: KeyStore, key: string, value = new Uint8Array([255])) =>
  store.commit({ expect: new Map(), put: new Map([[key, value]]), delete: new Set() })

/** Bob has an archived session with each of two peers, and a content that is kept for each, a month ago. */
async function world() {
  const clock = fakeClock()
  const store = new MemoryStore()
  const bob = await newClient({ store, clock })
  const upload = await bob.generatePreKeys(1)
  const peers = []
  for (const user of ['alice', 'carol']) {
    const peer = await newClient({ clock, address: { user, device: 1 } })
    await bob.startSession(bundleOf(await peer.generatePreKeys(1)))
    await bob.startSession(bundleOf(await peer.generatePreKeys(1)))
    await bob.encryptContent(peer.address, { application: utf8(`for ${user}`) })
    peers.push(peer)
  }
  clock.advance(31 * DAY)
  const archived = await store.list('archived/alice/1/')
  return { bob, store, clock, upload, archived: archived[0] ?? '' }
}

const KINDS: readonly (readonly [record: string, keyIn: (w: Awaited<ReturnType<typeof world>>) => string])[] = [
  ['archive', () => 'archive/alice/1'],
  ['archived session', ({ archived }) => archived],
  ['session', () => 'session/alice/1'],
  ['identity', () => 'identity/alice/1'],
  ['outbox', () => 'outbox/alice/1'],
]
const HOUR = 60 * 60 * 1000

describe('row 43: a damaged record stops neither rotation nor upkeep', () => {
  for (const [record, keyIn] of KINDS) {
    it(`row 43: ${record}: rotation goes on, what is over goes`, async () => {
      const w = await world()
      const { bob, store, clock, upload } = w
      await damage(store, keyIn(w))
      for (let i = 0; i < 3; i++) {
        const rotated = await bob.rotatePreKeys()
        expect(rotated.signedPreKey.id).toBe(upload.signedPreKey.id + 1 + i)
        const alice = await newClient({ clock })
        await alice.startSession(bundleOf(rotated, { oneTime: false }))
        expect((await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))).kind).toBe('message')
        clock.advance(HOUR)
      }
      expect(await store.list('archived/carol/')).toEqual([])
      expect((await store.list('outbox/')).filter((one) => one.split('/').length > 3)).toEqual([])
    })

    it(`row 43: ${record}: upkeep tells of it`, async () => {
      const w = await world()
      await damage(w.store, keyIn(w))
      const first = await w.bob.upkeep()
      // A replaced session is read when it is deleted: once the clock has said twice that it is over.
      w.clock.advance(HOUR + 1)
      const second = await w.bob.upkeep()
      expect([...first.damaged, ...second.damaged]).toContainEqual({ record, peer: { user: 'alice', device: 1 } })
    })
  }

  it('row 43: is told of a newer release’s record too', async () => {
    const { bob, store } = await world()
    await damage(store, 'archive/alice/1', new Uint8Array([8, 200, 1]))
    expect((await bob.upkeep()).damaged).toEqual([{ record: 'archive', peer: { user: 'alice', device: 1 } }])
  })
})

describe('row 43: a damaged or missing prekey in force is replaced', () => {
  for (const kind of ['signed-pre-key', 'kem'] as const) {
    for (const how of ['damaged', 'missing'] as const) {
      it(`row 43: ${kind}, ${how}`, async () => {
        const store = new MemoryStore()
        const bob = await newClient({ store })
        const upload = await bob.generatePreKeys(1)
        const { signedPreKey, kemPreKey } = upload
        const key = kind === 'kem' ? `kem/${kemPreKey.id}` : `signed-pre-key/${signedPreKey.id}`
        if (how === 'damaged') await damage(store, key)
        else await store.commit({ expect: new Map(), put: new Map(), delete: new Set([key]) })
        expect((await bob.upkeep()).damaged).toEqual([{ record: 'signed or last-resort prekey', peer: undefined }])
        const next = await bob.generatePreKeys(1)
        expect([next.signedPreKey.id, next.kemPreKey.id > kemPreKey.id]).toEqual([signedPreKey.id + 1, true])
        const alice = await newClient()
        await alice.startSession(bundleOf(next))
        expect((await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))).kind).toBe('message')
        expect((await bob.upkeep()).damaged).toEqual([])
        expect((await bob.generatePreKeys(0)).signedPreKey.id).toBe(next.signedPreKey.id)
      })
    }
  }

  it('row 43: but not one of a newer release: that is to be updated for', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store })
    const { signedPreKey } = await bob.generatePreKeys(1)
    await damage(store, `signed-pre-key/${signedPreKey.id}`, new Uint8Array([8, 200, 1]))
    await expect(bob.generatePreKeys(1)).rejects.toMatchObject({ code: 'record-too-new' })
  })

  it('row 43: a damaged ledger refuses nobody, and has its prekey replaced', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store })
    const upload = await bob.generatePreKeys(0)
    const meet = async () => {
      const alice = await newClient()
      await alice.startSession(bundleOf(upload))
      return bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    }
    await meet()
    const [ledger] = (await store.list('ledger/')).filter((key) => key.split('/').length === 3)
    await damage(store, ledger ?? '')
    expect((await meet()).notices).toContainEqual({ kind: 'last-resort-worn', uses: 50_001 })
    expect((await (await Client.open({ store })).generatePreKeys(0)).kemPreKey.id).not.toBe(upload.kemPreKey.id)
  })
})
