/**
 * A device can be forgotten, a session ended, and what is known can be listed: nothing of a forgotten device stays in the store, and
 * nothing of another goes.
 */
import { describe, expect, it } from 'vitest'
import { type Client, fromUtf8, type Incoming, MemoryStore, utf8 } from '../../src/index.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const ALICE = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
const BOB = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }
const DAY = 24 * 60 * 60 * 1000

const said = (text: string) => ({ application: utf8(text) })
const textOf = (incoming: Incoming) =>
  incoming.kind === 'content' && incoming.application ? fromUtf8(incoming.application) : incoming.kind

/** Alice with a full set of records of bob's: two sessions, kept keys of each, a sender key with kept keys, contents both ways. */
async function acquainted(options: { readonly device?: number } = {}) {
  const clock = fakeClock()
  const store = new MemoryStore()
  const alice = await newClient({ store, address: ALICE, clock })
  const bob = await newClient({ address: { ...BOB, device: options.device ?? 1 }, clock })
  const upload = await bob.generatePreKeys(10)
  await meet(alice, bob, upload)
  return { alice, bob, store, clock, upload }
}

async function meet(alice: Client, bob: Client, upload: Awaited<ReturnType<Client['generatePreKeys']>>): Promise<void> {
  const group = bob.group('4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10')
  for (const index of [0, 1]) {
    await alice.startSession(bundleOf(upload, { index }))
    await bob.decryptContent(await alice.encryptContent(bob.address, said('begin')))
    await bob.encryptContent(ALICE, said('lost'))
    await alice.decryptContent(await bob.encryptContent(ALICE, { ...said('with a key'), senderKey: await group.distribute() }))
  }
  await group.encrypt(utf8('lost'))
  await alice.decrypt(await group.encrypt(utf8('to all')))
}

describe('forget', () => {
  it('deletes every record that names the device, or that only it led to', async () => {
    const { alice, bob, store, clock, upload } = await acquainted()
    const before = await store.list('')
    for (const kind of ['session', 'identity', 'archive', 'archived', 'skipped', 'skipped-index', 'pq-skipped', 'outbox', 'inbox']) {
      expect(before.some((name) => name.startsWith(`${kind}/`))).toBe(true)
    }
    await alice.forget(bob.address)
    expect((await store.list('')).filter((name) => !/^(account|pre-key|signed-pre-key|kem|ledger)(\/|$)/.test(name))).toEqual([])
    expect(await alice.session(bob.address)).toBeUndefined()
    expect(await alice.trustLevel(bob.address)).toBeUndefined()
    clock.advance(1_000)
    const started = await alice.startSession(bundleOf(upload, { index: 5 }))
    expect(started.notices).toContainEqual({ kind: 'identity-new' })
    expect(textOf(await bob.decryptContent(await alice.encryptContent(bob.address, said('again'))))).toBe('again')
  })

  it('touches no other device, and nothing the second time', async () => {
    const { alice, bob, store } = await acquainted()
    const carol = await newClient()
    await alice.startSession(bundleOf(await carol.generatePreKeys(1)))
    const ofCarol = async () => Object.entries(await snapshot(store)).filter(([name]) => name.includes(carol.address.user))
    const kept = await ofCarol()
    expect(kept.length).toBeGreaterThan(0)
    await alice.forget(bob.address)
    expect(await ofCarol()).toEqual(kept)
    const after = await snapshot(store)
    await alice.forget(bob.address)
    await alice.forget({ user: '00000000-0000-4000-8000-00000000000d', device: 9 })
    expect(await snapshot(store)).toEqual(after)
  })

  it('deletes one device of a user, or all of them', async () => {
    const { alice, store, bob } = await acquainted()
    const other = await newClient({ address: { ...BOB, device: 2 } })
    await alice.acceptIdentity(other.address, other.identityKey, 'accepted')
    await alice.startSession(bundleOf(await other.generatePreKeys(1)))
    await alice.forget(other.address)
    expect((await alice.knownDevices(BOB.user)).map(({ address }) => address.device)).toEqual([1])
    await alice.forget({ user: bob.address.user })
    expect((await store.list('')).filter((name) => name.includes(BOB.user))).toEqual([])
  })

  it('leaves nothing that opens what came before', async () => {
    const { alice, bob } = await acquainted()
    const late = await bob.encrypt(ALICE, utf8('late'))
    await alice.forget(bob.address)
    await expect(alice.decrypt(late)).rejects.toMatchObject({ code: 'no-session' })
  })

  it('refuses this device itself, and what is no address', async () => {
    const { alice } = await acquainted()
    await expect(alice.forget(alice.address)).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(alice.forget({ user: BOB.user, device: 0 })).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(alice.forget(undefined as never)).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})

describe('endSession', () => {
  it('archives: nothing more is sent on it, and what is under way opens', async () => {
    const { alice, bob } = await acquainted()
    const underWay = await bob.encryptContent(ALICE, said('under way'))
    await alice.endSession(bob.address)
    await alice.endSession(bob.address)
    expect(await alice.session(bob.address)).toBeUndefined()
    await expect(alice.encrypt(bob.address, utf8('x'))).rejects.toMatchObject({ code: 'no-session' })
    expect(textOf(await alice.decryptContent(underWay))).toBe('under way')
  })

  it('of a device that is not known changes nothing', async () => {
    const { alice, store } = await acquainted()
    const before = await snapshot(store)
    await alice.endSession({ user: '00000000-0000-4000-8000-00000000000d', device: 9 })
    expect(await snapshot(store)).toEqual(before)
  })
})

describe('knownDevices', () => {
  it('tells of each device its key, its session, its registration id and whether one may send', async () => {
    const { alice, bob, clock } = await acquainted()
    const carol = await newClient()
    await alice.startSession(bundleOf(await carol.generatePreKeys(1)))
    const triple = { kind: 'triple', usedOneTimePreKey: true }
    const ofBob = {
      address: bob.address,
      identityKey: bob.identityKey,
      registrationId: bob.registrationId,
      archivedSessions: 1,
      damaged: [],
    }
    expect(await alice.knownDevices(BOB.user)).toMatchObject([{ ...ofBob, trustLevel: 'first-use', session: triple, maySend: true }])
    expect((await alice.knownDevices()).map(({ address }) => address)).toEqual(
      [bob.address, carol.address].sort((a, b) => (a.user < b.user ? -1 : 1)),
    )
    clock.advance(31 * DAY)
    expect((await alice.knownDevices(carol.address.user))[0]?.maySend).toBe(false)
    await alice.endSession(bob.address)
    expect(await alice.knownDevices(BOB.user)).toMatchObject([{ session: undefined, registrationId: undefined, maySend: false }])
    expect(await alice.knownDevices('nobody')).toEqual([])
    await expect(alice.knownDevices(7 as never)).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('names damaged records, and changes nothing', async () => {
    const { alice, store } = await acquainted()
    const names = ['session', 'identity', 'archive'].map((kind) => `${kind}/${BOB.user}/1`)
    const found = await store.read(names)
    const put = new Map([...found].map(([name, { value }]) => [name, value.slice(0, value.length >> 1)]))
    await store.commit({ expect: new Map(), put, delete: new Set() })
    const before = await snapshot(store)
    expect(await alice.knownDevices()).toMatchObject([
      { identityKey: undefined, session: undefined, maySend: false, damaged: ['identity', 'session', 'archive'] },
    ])
    expect(await snapshot(store)).toEqual(before)
  })
})
