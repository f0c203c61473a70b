/** What strangers and lost messages leave in a store, and when it goes: threat rows 22 and 44. */
import { webcrypto as crypto, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Client, type ClientLimits, type Envelope, MemoryStore, type PreKeyBundle, utf8 } from '../../src/index.js'
import { decodeAccount, encodeAccount } from '../../src/records/account-record.js'
import { decodeIdentity, encodeIdentity, encodeUnanswered } from '../../src/records/identity-record.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const DAY = 24 * 60 * 60 * 1000
const TEXT = utf8('x')
const NOTE = { keptKeys: 0, overAt: 0 }

/** A device that is written to, and what it is to hold. */
async function written(limits: Partial<ClientLimits> = {}) {
  const store = new MemoryStore()
  const clock = fakeClock()
  const bob = await newClient({ store, clock, limits, allow: [] })
  const bundle = bundleOf(await bob.generatePreKeys(0), { oneTime: false })
  const size = async (kind = ''): Promise<number> => {
    const records = await snapshot(store)
    return Object.entries(records).reduce((sum, [name, value]) => sum + (name.startsWith(kind) ? name.length + value.length / 2 : 0), 0)
  }
  // Whatever is deleted for good is looked at twice, an hour apart: a clock may be wrong for a moment.
  const keepUp = async (): Promise<void> => {
    await bob.rotatePreKeys()
    clock.advance(60 * 60 * 1000)
    await bob.rotatePreKeys()
  }
  return { bob, bundle, clock, store, size, keepUp }
}

/** A stranger's first message, so many messages ahead. */
async function firstOf(bundle: PreKeyBundle, ahead: number): Promise<{ stranger: Client; envelope: Envelope; late: Envelope }> {
  const stranger = await newClient({ allow: [] })
  await stranger.startSession(bundle)
  const late = await stranger.encrypt(bundle.address, TEXT)
  let envelope = late
  for (let i = 0; i < ahead; i++) envelope = await stranger.encrypt(bundle.address, TEXT)
  return { stranger, envelope, late }
}

describe('row 44: growth by strangers', () => {
  it('row 44: the worst first message leaves 2 kB after 30 days and nothing after 60', { timeout: 60_000 }, async () => {
    const { bob, bundle, clock, keepUp, size, store } = await written()
    const before = await size()
    const { envelope, stranger } = await firstOf(bundle, 2_000)
    await bob.decrypt(envelope)
    expect(await size()).toBeGreaterThan(before + 100_000)
    clock.advance(31 * DAY)
    await keepUp()
    const rotated = (await size('signed-pre-key/')) + (await size('kem/')) + (await size('account')) + (await size('ledger'))
    expect((await size()) - rotated).toBeLessThan(2_048)
    await bob.decrypt(await stranger.encrypt(bob.address, TEXT))
    clock.advance(31 * DAY)
    await keepUp()
    for (const kind of ['session/', 'identity/', 'skipped', 'pq-skipped/', 'unanswered/', 'archive'])
      expect(await store.list('').then((names) => names.filter((name) => name.startsWith(kind)))).toEqual([])
  })

  it('row 44: a clock that was wrong for two moments, and right between them, drops nobody', async () => {
    const { bob, bundle, clock, store } = await written()
    await bob.decrypt((await firstOf(bundle, 0)).envelope)
    for (const error of [-100 * DAY, 0, 100 * DAY]) {
      clock.advance(error)
      await bob.rotatePreKeys()
      clock.advance(DAY - error)
    }
    expect(await store.list('session/')).toHaveLength(1)
  })

  it('row 44: there is room for so many; who waited longest goes, and a friend never', { timeout: 60_000 }, async () => {
    const { bob, bundle, clock, keepUp, store } = await written({ unansweredDevices: 16 })
    const friends: Client[] = []
    for (const answer of [
      (friend: Client) => bob.encrypt(friend.address, TEXT),
      (friend: Client) => bob.encryptContent(friend.address, { application: TEXT }),
      async (friend: Client) => bob.startSession(bundleOf(await friend.generatePreKeys(1))),
      (friend: Client) => bob.acceptIdentity(friend.address, friend.identityKey, 'accepted'),
      async (friend: Client) => bob.verify(friend.address, (await friend.fingerprint(bob.address)).displayable),
    ]) {
      const { stranger, envelope } = await firstOf(bundle, 0)
      await bob.decrypt(envelope)
      await stranger.startSession(bundleOf(await bob.generatePreKeys(1)))
      await answer(stranger)
      friends.push(stranger)
    }
    const strangers: Client[] = []
    for (let i = 0; i < 40; i++) {
      clock.advance(1)
      const { stranger, envelope } = await firstOf(bundle, 0)
      await bob.decrypt(envelope)
      strangers.push(stranger)
    }
    const isKnown = async (client: Client) => (await bob.trustLevel(client.address)) !== undefined
    const known = await Promise.all(strangers.map(isKnown))
    // One sixteenth more may come in before anybody looks.
    expect(known.filter(Boolean).length).toBeGreaterThanOrEqual(14)
    expect(known.filter(Boolean).length).toBeLessThanOrEqual(17)
    expect(known.slice(0, 23)).not.toContain(true)
    expect(known.slice(26)).not.toContain(false)
    expect(await Promise.all(friends.map(isKnown))).not.toContain(false)
    clock.advance(400 * DAY)
    await keepUp()
    expect(await Promise.all(friends.map(isKnown))).not.toContain(false)
    expect(await store.list('unanswered/')).toEqual([])
    expect(await store.list('session/')).toHaveLength(friends.length)
  })

  it('row 44: where there is room for one, one stays', async () => {
    const { bob, bundle, clock } = await written({ unansweredDevices: 1 })
    const [first, second] = [await firstOf(bundle, 1), await firstOf(bundle, 0)]
    for (const { envelope } of [first, second]) {
      await bob.decrypt(envelope)
      clock.advance(1)
      expect(await bob.knownDevices()).toHaveLength(1)
      if (envelope === first.envelope) await expect(bob.decrypt(first.late)).resolves.toMatchObject({ kind: 'message' })
    }
    expect(await bob.session(first.stranger.address)).toBeUndefined()
    expect(await bob.session(second.stranger.address)).toBeDefined()
  })

  it('row 44: of all strangers together so many keys are kept; whose went still opens what comes in order', {
    timeout: 60_000,
  }, async () => {
    const { bob, bundle, clock, size, store } = await written({ unansweredKeptKeys: 3_000 })
    const all: Awaited<ReturnType<typeof firstOf>>[] = []
    for (let i = 0; i < 6; i++) {
      clock.advance(1)
      const one = await firstOf(bundle, 500)
      await bob.decrypt(one.envelope)
      all.push(one)
    }
    expect((await size('skipped')) + (await size('pq-skipped'))).toBeLessThan(3_000 * 50)
    const [first, last] = [all[0], all.at(-1)] as [(typeof all)[0], (typeof all)[0]]
    await expect(bob.decrypt(first.late)).rejects.toMatchObject({ code: 'duplicate-message', details: { unread: true } })
    await bob.decrypt(last.late)
    for (const { stranger } of all) await bob.decrypt(await stranger.encrypt(bob.address, TEXT))
    expect(await store.list('session/')).toHaveLength(6)
  })

  it('row 44: whoever begins anew waits anew, and a request to send again answers nobody', async () => {
    const { bob, bundle, clock, keepUp, store } = await written()
    const { stranger, envelope } = await firstOf(bundle, 0)
    await bob.decrypt(envelope)
    clock.advance(50 * DAY)
    await stranger.startSession(bundleOf(await bob.generatePreKeys(1)))
    await bob.decrypt(await stranger.encrypt(bob.address, TEXT))
    expect(await store.list('unanswered/')).toHaveLength(1)
    clock.advance(50 * DAY)
    await bob.rotatePreKeys()
    expect(await bob.trustLevel(stranger.address)).toBe('first-use')
    const group = stranger.group('00000000-0000-4000-8000-00000000abcd')
    await group.distribute()
    const unreadable = await bob.decryptContent(await group.encrypt(TEXT))
    expect(unreadable).toMatchObject({ kind: 'unreadable', request: { kind: 'ratchet' } })
    clock.advance(11 * DAY)
    await keepUp()
    expect(await bob.trustLevel(stranger.address)).toBe(undefined)
  })

  it('row 44: whose group messages are read stays without an answer, for 60 days after the last; once a day that is noted', async () => {
    const { bob, bundle, clock, keepUp, store } = await written()
    const { stranger, envelope } = await firstOf(bundle, 3)
    await bob.decrypt(envelope)
    const group = stranger.group('00000000-0000-4000-8000-00000000abcd')
    await bob.decryptContent(await stranger.encryptContent(bob.address, { senderKey: await group.distribute() }))
    const [note] = await store.list('unanswered/')
    const noted = (await snapshot(store))[note as string]
    for (let month = 0; month < 12; month++) {
      clock.advance(30 * DAY)
      await bob.decrypt(await group.encrypt(TEXT))
      await keepUp()
    }
    expect(await bob.trustLevel(stranger.address)).toBe('first-use')
    const notes = await store.list('unanswered/')
    expect(notes).toHaveLength(1)
    expect([notes[0] === note, (await snapshot(store))[notes[0] as string]]).toEqual([false, noted])
    const writes: string[] = []
    const commit = store.commit.bind(store)
    store.commit = (batch) => {
      writes.push(...batch.put.keys(), ...batch.delete)
      return commit(batch)
    }
    for (let hour = 0; hour < 22; hour++) {
      clock.advance(60 * 60 * 1000)
      await bob.decrypt(await group.encrypt(TEXT))
    }
    // The key, and once in 32 messages the marks by which they are known again.
    expect(writes.filter((name) => !name.startsWith('sender-key/'))).toEqual([expect.stringMatching(/^sender-opened\//)])
    clock.advance(61 * DAY)
    await keepUp()
    expect(await bob.trustLevel(stranger.address)).toBe(undefined)
    expect((await store.list('')).filter((name) => name.includes(stranger.address.user))).toEqual([])
  })

  it('row 44: group messages that do not open keep nobody', async () => {
    const { bob, bundle, clock, keepUp } = await written()
    const { stranger, envelope } = await firstOf(bundle, 0)
    await bob.decrypt(envelope)
    const group = stranger.group('00000000-0000-4000-8000-00000000abcd')
    await bob.decryptContent(await stranger.encryptContent(bob.address, { senderKey: await group.distribute() }))
    const message = await group.encrypt(TEXT)
    await bob.decrypt(message)
    clock.advance(59 * DAY)
    const forged = await group.encrypt(TEXT)
    const signed = forged.body.map((byte, i) => (i === forged.body.length - 1 ? byte ^ 1 : byte))
    for (const envelope of [message, { ...forged, body: signed }]) {
      await expect(bob.decrypt(envelope)).rejects.toMatchObject({ code: envelope === message ? 'duplicate-message' : 'bad-signature' })
    }
    clock.advance(2 * DAY)
    await keepUp()
    expect(await bob.trustLevel(stranger.address)).toBe(undefined)
  })

  it('row 44: a stranger’s message looks at a bounded number of notes, however many there are, until all were looked at', {
    timeout: 60_000,
  }, async () => {
    const most: number[] = []
    for (const count of [600, 3_000]) {
      const { bob, bundle, clock, store } = await written({ unansweredDevices: count })
      const put = new Map(Array.from({ length: 2 * count }, (_, i) => [`unanswered/${i}/1/${1_000 + i}`, encodeUnanswered(NOTE)]))
      await store.commit({ expect: new Map(), put, delete: new Set() })
      let touched = 0
      const [read, commit] = [store.read.bind(store), store.commit.bind(store)]
      store.read = (names) => {
        touched += names.length
        return read(names)
      }
      store.commit = (batch) => {
        touched += batch.put.size + batch.delete.size
        return commit(batch)
      }
      const { stranger, envelope } = await firstOf(bundle, 0)
      await bob.decrypt(envelope)
      const touches = [touched]
      for (let i = 0; i < 1_000 && (await store.list('unanswered/')).length > count; i++) {
        touched = 0
        clock.advance(1)
        await stranger.startSession(bundle)
        await bob.decrypt(await stranger.encrypt(bob.address, TEXT))
        touches.push(touched)
      }
      expect((await store.list('unanswered/')).length).toBeLessThanOrEqual(count)
      most.push(Math.max(...touches))
    }
    expect(most[1]).toBe(most[0])
    expect(most[0]).toBeLessThan(600)
  })

  it('row 44: of a store that noted nothing, only who was surely never answered is a stranger', async () => {
    const { bob, bundle, clock, store } = await written()
    const stranger = await firstOf(bundle, 5)
    await bob.decrypt(stranger.envelope)
    await bob.decrypt(stranger.late)
    const friends: Client[] = []
    for (const answer of ['and a new session since', 'last', 'once, and written to since']) {
      const { stranger: friend, envelope } = await firstOf(bundle, 0)
      await bob.decrypt(envelope)
      await friend.decrypt(await bob.encrypt(friend.address, TEXT))
      if (answer === 'once, and written to since') await bob.decrypt(await friend.encrypt(bob.address, TEXT))
      if (answer === 'and a new session since') {
        await friend.startSession(bundle)
        await bob.decrypt(await friend.encrypt(bob.address, TEXT))
      }
      friends.push(friend)
    }
    const started = await newClient()
    await bob.startSession(bundleOf(await started.generatePreKeys(1)))
    // As 0.1.0 leaves it, and the archive's time is over.
    const traces = (await store.list('')).filter((name) => /^(unanswered|devices|known-user|archive|archived)\//.test(name))
    const names = await store.list('identity/')
    const records = await store.read([...names, 'account'])
    const old = (name: string, value: Uint8Array) =>
      name === 'account'
        ? encodeAccount({ ...decodeAccount(value), layout: 0 })
        : encodeIdentity({ ...decodeIdentity(value), unansweredSince: undefined })
    const put = new Map([...records].map(([name, { value }]) => [name, old(name, value)]))
    await store.commit({ expect: new Map(), put, delete: new Set(traces) })
    await Client.open({ store, clock })
    expect(await store.list('unanswered/')).toEqual([`unanswered/${stranger.stranger.address.user}/1/${clock()}`])
    expect(friends).toHaveLength(3)
  })

  it('row 44: further devices of a stranger are strangers, those of a friend are not', async () => {
    const { bob, bundle, store } = await written()
    const user = randomUUID()
    const identityPrivateKey = crypto.getRandomValues(new Uint8Array(32))
    const writes = async (device: number): Promise<void> => {
      const options = { store: new MemoryStore(), address: { user, device } }
      const client = await Client.create(options, { identityPrivateKey, registrationId: device })
      await client.startSession(bundle)
      await bob.decrypt(await client.encrypt(bob.address, TEXT))
    }
    for (const device of [1, 2, 3]) await writes(device)
    expect(await store.list('unanswered/')).toHaveLength(3)
    await bob.encrypt({ user, device: 2 }, TEXT)
    await writes(4)
    expect(await store.list('unanswered/')).toHaveLength(2)
  })

  it('row 44: forgetting a device forgets that it waited', async () => {
    const { bob, bundle, store } = await written()
    const { stranger, envelope } = await firstOf(bundle, 0)
    await bob.decrypt(envelope)
    expect(await store.list('unanswered/')).toHaveLength(1)
    await bob.forget(stranger.address)
    expect(await store.list('unanswered/')).toEqual([])
  })

  it('row 44: a damaged session of a stranger goes with it, a damaged identity stays', async () => {
    const { bob, bundle, clock, keepUp, store } = await written()
    for (const kind of ['session', 'identity']) {
      const { stranger, envelope } = await firstOf(bundle, 0)
      await bob.decrypt(envelope)
      const put = new Map([[`${kind}/${stranger.address.user}/1`, Uint8Array.of(0)]])
      await store.commit({ expect: new Map(), put, delete: new Set() })
    }
    clock.advance(61 * DAY)
    await keepUp()
    expect(await store.list('unanswered/')).toEqual([])
    expect(await store.list('identity/')).toHaveLength(1)
    expect(await store.list('session/')).toHaveLength(1)
  })
})

describe('row 22: kept keys of one device', () => {
  it('row 22: of archived sessions so many keys are kept, those of the oldest go first, and the app is told', {
    timeout: 60_000,
  }, async () => {
    const { bob, size } = await written({ keptKeysPerDevice: 1_000 })
    const alice = await newClient({ allow: [] })
    const late: Envelope[] = []
    let told = 0
    for (let i = 0; i < 5; i++) {
      await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
      late.push(await alice.encrypt(bob.address, TEXT))
      for (let k = 0; k < 199; k++) await alice.encrypt(bob.address, TEXT)
      const { notices } = await bob.decrypt(await alice.encrypt(bob.address, TEXT))
      told += notices.filter(({ kind }) => kind === 'kept-keys-dropped').length
      await alice.decrypt(await bob.encrypt(alice.address, TEXT))
    }
    expect(told).toBe(2)
    expect((await size('skipped')) + (await size('pq-skipped'))).toBeLessThan(1_400 * 50)
    for (const i of [0, 1])
      await expect(bob.decrypt(late[i] as Envelope)).rejects.toMatchObject({ code: 'duplicate-message', details: { unread: true } })
    for (const i of [2, 3, 4]) await bob.decrypt(late[i] as Envelope)
  })

  it('row 22: with 25 sessions that each skipped 2,000 messages a device takes less than 4 MB', { timeout: 300_000 }, async () => {
    const { bob, size } = await written()
    const before = await size()
    const alice = await newClient({ allow: [] })
    const bundle = bundleOf(await bob.generatePreKeys(0), { oneTime: false })
    for (let i = 0; i < 25; i++) {
      await alice.startSession(bundle)
      let envelope: Envelope | undefined
      for (let k = 0; k <= 2_000; k++) envelope = await alice.encrypt(bob.address, TEXT)
      await bob.decrypt(envelope as Envelope)
      await alice.decrypt(await bob.encrypt(alice.address, TEXT))
    }
    expect((await size()) - before).toBeLessThan(4_000_000)
    expect((await size()) - before).toBeGreaterThan(2_000_000)
  })

  it('row 22: a key that nobody used goes after 30 days, of a friend too, and what came later stays', async () => {
    const { bob, clock, keepUp, store } = await written()
    const alice = await newClient({ allow: [] })
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await bob.decrypt(await alice.encrypt(bob.address, TEXT))
    await alice.decrypt(await bob.encrypt(alice.address, TEXT))
    const skip = async (): Promise<Envelope> => {
      const late = await alice.encrypt(bob.address, TEXT)
      for (let i = 0; i < 20; i++) await alice.encrypt(bob.address, TEXT)
      await bob.decrypt(await alice.encrypt(bob.address, TEXT))
      return late
    }
    const first = await skip()
    clock.advance(20 * DAY)
    const second = await skip()
    clock.advance(11 * DAY)
    await keepUp()
    await expect(bob.decrypt(first)).rejects.toMatchObject({ code: 'message-key-expired' })
    await bob.decrypt(second)
    expect(await store.list('pq-skipped/')).not.toEqual([])
    clock.advance(20 * DAY)
    await keepUp()
    // Those of the post-quantum ratchet stay with a session in which the peer has turned: a message of the chain before may still need one.
    expect([...(await store.list('skipped/')), ...(await store.list('skipped-index/'))]).toEqual([])
    await bob.decrypt(await alice.encrypt(bob.address, TEXT))
  })
})

it('row 23: a message in order of a device that was never answered reads and writes what another one does', async () => {
  const { bob, bundle, store } = await written()
  const { stranger, envelope } = await firstOf(bundle, 0)
  await bob.decrypt(envelope)
  const next = await stranger.encrypt(bob.address, TEXT)
  const [read, commit] = [store.read.bind(store), store.commit.bind(store)]
  const seen = { reads: [] as string[], writes: [] as string[] }
  store.read = (names) => {
    seen.reads.push(...names)
    return read(names)
  }
  store.commit = (batch) => {
    seen.writes.push(...batch.put.keys(), ...batch.delete)
    return commit(batch)
  }
  await bob.decrypt(next)
  expect(seen.reads.map((name) => name.split('/')[0])).toEqual(['session', 'identity'])
  expect(seen.writes.map((name) => name.split('/')[0])).toEqual(['session'])
})
