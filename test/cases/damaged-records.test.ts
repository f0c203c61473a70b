/**
 * Row 43: a damaged record of a device takes nothing else along, and there is a way out of it by the API. Each kind of record, one at a
 * time, cut short, emptied, missing or overwritten.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { Client, type Envelope, fromUtf8, type Incoming, isBisikError, MemoryStore, type Notice, utf8 } from '../../src/index.js'
import { bundleOf, deterministicRandom, fakeClock } from '../support/parties.js'

const ALICE = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
const BOB = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }
const CAROL = { user: '00000000-0000-4000-8000-00000000000c', device: 1 }
const HOUR = 60 * 60 * 1000

type Records = ReadonlyMap<string, Uint8Array>
type Damage = (value: Uint8Array) => Uint8Array | undefined

const DAMAGES: { readonly [name: string]: Damage } = {
  'cut in half': (value) => value.slice(0, value.length >> 1),
  'cut by its last byte': (value) => value.slice(0, -1),
  empty: () => new Uint8Array(0),
  missing: () => undefined,
  // 0xff begins no field of a record and no format of a table.
  overwritten: (value) => Uint8Array.from([0xff, ...deterministicRandom('damage')(value.length).subarray(1)]),
}

const said = (text: string) => ({ application: utf8(text) })
const textOf = (incoming: Incoming) =>
  incoming.kind === 'content' && incoming.application ? fromUtf8(incoming.application) : incoming.kind

async function recordsOf(store: MemoryStore): Promise<Records> {
  const records = await store.read(await store.list(''))
  return new Map([...records].map(([key, { value }]) => [key, value.slice()]))
}

async function storeWith(records: Records, damaged?: { readonly key: string; readonly damage: Damage }): Promise<MemoryStore> {
  const put = new Map<string, Uint8Array>([...records].map(([key, value]) => [key, value.slice()]))
  const value = damaged === undefined ? undefined : damaged.damage(put.get(damaged.key) as Uint8Array)
  if (damaged !== undefined) put.delete(damaged.key)
  if (damaged !== undefined && value !== undefined) put.set(damaged.key, value)
  const store = new MemoryStore()
  await store.commit({ expect: new Map(), put, delete: new Set() })
  return store
}

/** Alice in the middle of everything: an archived session and a current one with bob, keys of both kept, a session with carol. */
async function beforeTheDamage() {
  const clock = fakeClock()
  const stores = { alice: new MemoryStore(), bob: new MemoryStore(), carol: new MemoryStore() }
  const [alice, bob, carol] = await Promise.all([
    Client.create({ store: stores.alice, address: ALICE, clock }),
    Client.create({ store: stores.bob, address: BOB, clock }),
    Client.create({ store: stores.carol, address: CAROL, clock }),
  ])
  const uploads = { alice: await alice.generatePreKeys(10), bob: await bob.generatePreKeys(40), carol: await carol.generatePreKeys(2) }
  const late: Envelope[] = []
  for (const index of [0, 1]) {
    await alice.startSession(bundleOf(uploads.bob, { index }))
    await bob.decryptContent(await alice.encryptContent(BOB, said('begin')))
    const sent: Envelope[] = []
    for (let i = 0; i < 20; i++) sent.push(await bob.encryptContent(ALICE, said(`late ${index}/${i}`)))
    const last = sent.pop() as Envelope
    expect(textOf(await alice.decryptContent(last))).toBe(`late ${index}/19`)
    late.push(sent[0] as Envelope, sent[17] as Envelope)
  }
  await alice.startSession(bundleOf(uploads.carol))
  await carol.decryptContent(await alice.encryptContent(CAROL, said('begin')))
  await alice.decryptContent(await carol.encryptContent(ALICE, said('begun')))
  // A first message without one-time keys has entered the ledger; one with them is under way.
  const dave = await Client.create({ store: new MemoryStore(), clock })
  await dave.startSession(bundleOf(uploads.alice, { oneTime: false }))
  await alice.decryptContent(await dave.encryptContent(ALICE, said('from dave')))
  const eve = await Client.create({ store: new MemoryStore(), clock })
  await eve.startSession(bundleOf(uploads.alice, { index: 0 }))
  const firstOfEve = await eve.encryptContent(ALICE, said('from eve'))
  const next = await bob.encryptContent(ALICE, said('next'))
  return {
    records: { alice: await recordsOf(stores.alice), bob: await recordsOf(stores.bob), carol: await recordsOf(stores.carol) },
    underWay: { late, next, firstOfEve },
    uploads,
    clock,
  }
}

let before: Awaited<ReturnType<typeof beforeTheDamage>>
beforeAll(async () => {
  before = await beforeTheDamage()
})

/** Everybody as before, with one record of alice's damaged. */
async function afterDamage(key: string, damage: Damage) {
  const { records, clock, uploads, underWay } = before
  const store = await storeWith(records.alice, { key, damage })
  return {
    store,
    alice: await Client.open({ store, clock }),
    bob: await Client.open({ store: await storeWith(records.bob), clock }),
    carol: await Client.open({ store: await storeWith(records.carol), clock }),
    bundleOfBob: (index: number) => bundleOf(uploads.bob, { index }),
    clock,
    ...underWay,
  }
}
type World = Awaited<ReturnType<typeof afterDamage>>

async function expectTheRestWorks({ alice, carol }: World): Promise<void> {
  expect(textOf(await carol.decryptContent(await alice.encryptContent(CAROL, said('to carol'))))).toBe('to carol')
  expect(textOf(await alice.decryptContent(await carol.encryptContent(ALICE, said('to alice'))))).toBe('to alice')
  const dave = await Client.create({ store: new MemoryStore() })
  const fresh = await alice.generatePreKeys(1)
  await dave.startSession(bundleOf(fresh))
  expect(textOf(await alice.decryptContent(await dave.encryptContent(ALICE, said('from a stranger'))))).toBe('from a stranger')
  await dave.startSession(bundleOf(fresh, { oneTime: false }))
  expect(textOf(await alice.decryptContent(await dave.encryptContent(ALICE, said('without one-time keys'))))).toBe('without one-time keys')
}

async function expectBothWays({ alice, bob }: World): Promise<void> {
  expect(textOf(await bob.decryptContent(await alice.encryptContent(BOB, said('to bob'))))).toBe('to bob')
  expect(textOf(await alice.decryptContent(await bob.encryptContent(ALICE, said('to alice'))))).toBe('to alice')
}

/** What comes of a message: it opens, or bob is asked for it and sends it again. */
async function heal({ alice, bob, bundleOfBob, clock }: World, envelope: Envelope, index: number): Promise<string[]> {
  const incoming = await alice.decryptContent(envelope)
  if (incoming.kind !== 'unreadable') return [textOf(incoming) as string]
  expect(incoming.error.code).not.toBe('duplicate-message')
  clock.advance(HOUR + 1)
  const request = await bob.decryptContent(incoming.request as Envelope)
  if (request.kind !== 'retry-request') throw new Error(`a ${request.kind}`)
  const { uploads } = before
  const answer = await bob.answerRetry(request, async () => bundleOf(uploads.alice, { index }))
  const texts: string[] = []
  for (const one of answer.envelopes) texts.push(textOf(await alice.decryptContent(one)) as string)
  expect(bundleOfBob(index)).toBeDefined()
  return texts
}

const KINDS = ['session', 'archive', 'archived', 'skipped-index', 'skipped', 'pq-skipped', 'devices'] as const
const keysOf = (kind: string) => [...before.records.alice.keys()].filter((key) => key.startsWith(`${kind}/`))
/** The first and the last: with two sessions, one of each. */
const ofBob = (kind: string) => {
  const keys = keysOf(kind).filter((key) => key.includes(BOB.user))
  return keys.filter((_, i) => i === 0 || i === keys.length - 1)
}
const codeOf = async (action: () => Promise<unknown>): Promise<unknown> =>
  action().then(
    () => undefined,
    (error: unknown) => (isBisikError(error) ? error.code : error),
  )

describe.each(Object.entries(DAMAGES))('row 43: a record that is %s', (name, damage) => {
  it.each(KINDS)('of the kind %s takes nothing of others along', async (kind) => {
    expect(ofBob(kind).length).toBeGreaterThan(0)
    for (const key of ofBob(kind)) await expectTheRestWorks(await afterDamage(key, damage))
  })

  it.each(KINDS)('of the kind %s is left behind by a fresh session', async (kind) => {
    for (const key of ofBob(kind)) {
      const world = await afterDamage(key, damage)
      const { notices } = await world.alice.startSession(world.bundleOfBob(5))
      if (kind === 'session' && name !== 'missing') expect(notices).toContainEqual<Notice>({ kind: 'record-dropped', record: 'session' })
      if (kind === 'archive' && name !== 'missing') expect(notices).toContainEqual<Notice>({ kind: 'record-dropped', record: 'archive' })
      await expectBothWays(world)
    }
  })

  it.each(KINDS)('of the kind %s costs no message: it opens, or is asked for and comes again', async (kind) => {
    for (const key of ofBob(kind)) {
      const world = await afterDamage(key, damage)
      expect(await heal(world, world.next, 5)).toContain('next')
      await expectBothWays(world)
    }
  })

  it.each(['session', 'archive', 'archived', 'skipped'])(
    'of the kind %s makes no late message a copy of one that was opened',
    async (kind) => {
      for (const key of ofBob(kind)) {
        for (const late of before.underWay.late) {
          const { alice } = await afterDamage(key, damage)
          const incoming = await alice.decryptContent(late).catch((error: unknown) => error)
          expect(isBisikError(incoming) ? incoming.code : (incoming as Incoming).kind).toMatch(/^(content|unreadable)$/)
        }
      }
    },
  )

  it('that lists kept keys costs none of them', async () => {
    for (const key of ofBob('skipped-index')) {
      const { alice, store } = await afterDamage(key, damage)
      for (const late of before.underWay.late) expect(textOf(await alice.decryptContent(late))).toMatch(/^late/)
      if (name !== 'empty' && name !== 'missing') continue
      expect(await store.list('skipped-index/')).toHaveLength(2)
    }
  })

  it('is forgotten with all that there is of its device', async () => {
    for (const key of [...KINDS, 'identity', 'outbox', 'inbox'].flatMap(ofBob)) {
      const world = await afterDamage(key, damage)
      // What is damaged of the user, and not of the device, goes with all of the user.
      await world.alice.forget(key.startsWith('devices/') ? { user: BOB.user } : BOB)
      expect((await world.store.list('')).filter((one) => one.includes(BOB.user))).toEqual([])
      await world.alice.startSession(world.bundleOfBob(5))
      await expectBothWays(world)
      await expectTheRestWorks(world)
    }
  })

  it('of an identity is no first contact', async () => {
    const [key = ''] = ofBob('identity')
    const mallory = await Client.create({ store: new MemoryStore(), address: BOB })
    const ofMallory = bundleOf(await mallory.generatePreKeys(1))
    const { alice, bundleOfBob, next, ...world } = await afterDamage(key, damage)
    expect(await codeOf(() => alice.startSession(ofMallory))).toBe(name === 'missing' ? 'untrusted-identity' : 'corrupt-record')
    await mallory.startSession(bundleOf(before.uploads.alice, { index: 5 }))
    const forged = await mallory.encryptContent(ALICE, said('believe me'))
    expect(await codeOf(() => alice.decryptContent(forged))).toBe(name === 'missing' ? 'untrusted-identity' : 'corrupt-record')
    if (name === 'missing') {
      const incoming = await alice.decryptContent(next)
      expect(incoming).toMatchObject({ kind: 'content', notices: [{ kind: 'identity-new' }] })
      return
    }
    for (const refused of [
      () => alice.decryptContent(next),
      () => alice.encryptContent(BOB, said('x')),
      () => alice.startSession(bundleOfBob(5)),
      () => alice.trustLevel(BOB),
      () => alice.fingerprint(BOB),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: 'corrupt-record', details: { record: 'identity', ...BOB } })
      await expect(refused()).rejects.toThrow(/acceptIdentity/)
    }
    await alice.acceptIdentity(BOB, before.uploads.bob.identityKey, 'accepted')
    expect(textOf(await alice.decryptContent(next))).toBe('next')
    await expectBothWays({ alice, bundleOfBob, next, ...world })
  })

  it('of a prekey costs the one message that was made for it, which comes again', async () => {
    for (const [kind, id] of [
      ['pre-key', before.uploads.alice.oneTimePreKeys[0]?.id],
      ['kem', before.uploads.alice.oneTimeKemPreKeys[0]?.id],
    ]) {
      const world = await afterDamage(`${kind}/${id}`, damage)
      const incoming = await world.alice.decryptContent(world.firstOfEve, { askStrangers: true })
      expect(incoming).toMatchObject({ kind: 'unreadable', request: { kind: 'plaintext' } })
      await expectTheRestWorks(world)
    }
  })

  it('of the ledger stops no first message, and lets none come twice', async () => {
    expect(keysOf('ledger')).toHaveLength(2)
    for (const key of keysOf('ledger')) await expectTheRestWorks(await afterDamage(key, damage))
  })
})

describe('row 43: a damaged session', () => {
  const damage = DAMAGES['cut in half'] as Damage

  it('is named by what cannot do without it, with its device and what to do', async () => {
    const { alice } = await afterDamage(`session/${BOB.user}/1`, damage)
    for (const refused of [() => alice.encrypt(BOB, utf8('x')), () => alice.session(BOB)]) {
      await expect(refused()).rejects.toMatchObject({ code: 'corrupt-record', details: { record: 'session', ...BOB } })
      await expect(refused()).rejects.toThrow(/startSession/)
    }
  })

  it('ends with endSession; what was archived still opens', async () => {
    const { alice, late } = await afterDamage(`session/${BOB.user}/1`, damage)
    await alice.endSession(BOB)
    expect(await alice.session(BOB)).toBeUndefined()
    expect(await codeOf(() => alice.encrypt(BOB, utf8('x')))).toBe('no-session')
    expect(textOf(await alice.decryptContent(late[0] as Envelope))).toBe('late 0/0')
  })

  it('leaves no kept keys behind when another takes its place', async () => {
    const { alice, store, bundleOfBob } = await afterDamage(`session/${BOB.user}/1`, damage)
    const kept = async () => [
      ...(await store.list('skipped/')),
      ...(await store.list('skipped-index/')),
      ...(await store.list('pq-skipped/')),
    ]
    const had = await kept()
    await alice.startSession(bundleOfBob(5))
    const has = await kept()
    expect(has.length).toBe(had.length / 2)
  })

  it('does not hide a newer release: what that wrote is never overwritten', async () => {
    const { alice, store, bundleOfBob } = await afterDamage(`session/${BOB.user}/1`, (value) => Uint8Array.from([8, 99, ...value.slice(2)]))
    expect(await codeOf(() => alice.startSession(bundleOfBob(5)))).toBe('record-too-new')
    expect(await codeOf(() => alice.endSession(BOB))).toBe('record-too-new')
    await alice.forget(BOB)
    expect((await store.list('')).filter((one) => one.includes(BOB.user))).toEqual([])
  })
})
