/**
 * An old copy of a store that comes back uses no message key a second time: with an anchor it is recognized, and without one the app says so.
 * What it sends on is new; what it opens, it still opens.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { type Anchor, Client, type Envelope, fromUtf8, isBisikError, type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { SqliteStore } from '../../src/store/engines/sqlite.js'
import { bundleOf } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { ALICE, asked, BOB, said, shown, take } from '../support/talk.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { cloneStore } from '../support/world/stores.js'

const DISTRIBUTION = '11111111-2222-4333-8444-555555555555'
const SCENARIOS = process.env.BISIK_FULL === undefined ? 40 : 10_000
const nothing = (): void => {}

/** A counter outside of the store, as a keychain is. */
class Counter implements Anchor {
  number = 0
  readonly raised: number[] = []
  /** Runs before a call is answered. */
  before: () => void | Promise<void> = nothing

  async read(): Promise<number> {
    await this.before()
    return this.number
  }

  async raise(number: number): Promise<boolean> {
    await this.before()
    if (number <= this.number) return false
    this.raised.push(number)
    this.number = number
    return true
  }
}

interface Talk {
  readonly store: KeyStore
  readonly anchor: Counter
  alice: Client
  readonly bob: Client
}

/** Alice, who has an anchor, in the middle of a conversation with bob. */
async function talk(store: KeyStore = new MemoryStore()): Promise<Talk> {
  const anchor = new Counter()
  const alice = await Client.create({ store, anchor, address: ALICE })
  const bob = await Client.create({ store: new MemoryStore(), address: BOB })
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  await bob.decrypt(await alice.encrypt(BOB, utf8('hello')))
  await alice.decrypt(await bob.encrypt(ALICE, utf8('hello yourself')))
  return { store, anchor, alice, bob }
}

const noSession = { code: 'no-session', details: { user: BOB.user, device: BOB.device } }

/** Both sides hear each other, one message each way after a new session. */
async function resumes({ alice, bob }: Pick<Talk, 'alice' | 'bob'>): Promise<void> {
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  expect(fromUtf8((await bob.decrypt(await alice.encrypt(BOB, utf8('I am back')))).plaintext)).toBe('I am back')
  expect(fromUtf8((await alice.decrypt(await bob.encrypt(ALICE, utf8('welcome')))).plaintext)).toBe('welcome')
}

describe('row 20: an old copy of a store, with an anchor', () => {
  afterEach(() => KeyWatch.end())

  it('row 20: is recognized when it is opened, wherever it was taken, and sends on no old session', async () => {
    const { store, anchor, alice, bob } = await talk()
    const copies: MemoryStore[] = []
    for (let i = 0; i < 6; i++) {
      copies.push(await cloneStore(store as MemoryStore))
      await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
      if (i % 3 === 2) await alice.decrypt(await bob.encrypt(ALICE, utf8('y')))
    }
    expect((await Client.open({ store, anchor })).restored).toBe(undefined)
    for (const copy of copies) {
      const back = await Client.open({ store: copy, anchor })
      expect(back.restored).toEqual({ sessions: 1, distributions: [] })
      expect(await back.session(BOB)).toMatchObject({ maySend: false })
      await expect(back.encrypt(BOB, utf8('z'))).rejects.toMatchObject(noSession)
      await resumes({ alice: back, bob })
    }
    // The newest copy is an old one now.
    expect((await Client.open({ store, anchor })).restored?.sessions).toBe(1)
  })

  it('row 20: is no copy that is opened again, after a crash either, and no second client', async () => {
    const { store, anchor, alice, bob } = await talk()
    for (let i = 0; i < 3; i++) {
      const again = await Client.open({ store, anchor })
      expect(again.restored).toBe(undefined)
      await bob.decrypt(await again.encrypt(BOB, utf8('x')))
      await bob.decrypt(await alice.encrypt(BOB, utf8('y')))
    }
    // Stopped between the store and the anchor: what was made did not leave.
    anchor.before = () => {
      throw new Error('no keychain')
    }
    await expect(alice.encrypt(BOB, utf8('x'))).rejects.toMatchObject({ code: 'anchor-failed', details: { operation: 'raise' } })
    await expect(Client.open({ store, anchor })).rejects.toMatchObject({ code: 'anchor-failed', details: { operation: 'read' } })
    anchor.before = nothing
    const again = await Client.open({ store, anchor })
    expect(again.restored).toBe(undefined)
    await bob.decrypt(await again.encrypt(BOB, utf8('z')))
  })

  it('row 20: a message leaves when the anchor knows of it, and before an outbox is read, a client is opened', async () => {
    const { store, anchor, alice } = await talk()
    const persist = (envelope: Envelope) => new Map([['outbox', envelope.body]])
    anchor.before = () => Promise.reject(new Error('no keychain'))
    await expect(alice.encrypt(BOB, utf8('x'), { persist })).rejects.toMatchObject({ code: 'anchor-failed' })
    anchor.before = nothing
    const copy = await cloneStore(store as MemoryStore)
    await Client.open({ store, anchor })
    // From here on, what lies in the outbox may leave: a copy from before is an old one.
    expect((await Client.open({ store: copy, anchor })).restored?.sessions).toBe(1)
  })

  it(`rows 20, 33: uses no key and no number twice in ${SCENARIOS} stories of copies, crashes and clients`, {
    timeout: 3_600_000,
  }, async () => {
    for (let seed = 1; seed <= SCENARIOS; seed++) await story(seed)
  })

  it('row 20: asks the anchor once for all that is sent while it is busy', async () => {
    const { anchor, alice, bob } = await talk()
    anchor.before = () => new Promise((resolve) => setTimeout(resolve, 5))
    const before = anchor.raised.length
    const envelopes = await Promise.all(Array.from({ length: 50 }, (_, i) => alice.encrypt(BOB, utf8(String(i)))))
    for (const envelope of envelopes) await bob.decrypt(envelope)
    expect(anchor.raised.length - before).toBeLessThan(25)
    expect(anchor.raised).toEqual([...anchor.raised].sort((a, b) => a - b))
  })

  it('row 20: that takes the place of the store of an open client is noticed by its next message', async () => {
    const { store, alice, bob } = await talk()
    const copy = await cloneStore(store as MemoryStore)
    await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
    const records = await copy.read(await copy.list(''))
    const all = await store.list('')
    await store.commit({
      expect: new Map(),
      put: new Map([...records].map(([name, { value }]) => [name, value])),
      delete: new Set(all.filter((name) => !records.has(name))),
    })
    await expect(alice.encrypt(BOB, utf8('y'))).rejects.toMatchObject({ code: 'store-rolled-back', details: {} })
  })

  it('row 20: is not in use beside the one it was made of: of two, the one that sends second does not, and is an old copy then', async () => {
    const watch = KeyWatch.begin()
    const { store, anchor, alice, bob } = await talk()
    const clone = await Client.open({ store: await cloneStore(store as MemoryStore), anchor })
    expect(clone.restored).toBe(undefined)
    watch.release(await clone.encrypt(BOB, utf8('x')))
    for (let i = 0; i < 3; i++) await expect(alice.encrypt(BOB, utf8('y'))).rejects.toMatchObject({ code: 'store-rolled-back' })
    watch.release(await clone.encrypt(BOB, utf8('z')))
    const again = await Client.open({ store, anchor })
    expect(again.restored?.sessions).toBe(1)
    await resumes({ alice: again, bob })
  })

  it('row 20: is told from a second client of the store, however late that one reaches the anchor', async () => {
    const { store, anchor, alice, bob } = await talk()
    const slow = new Counter()
    slow.read = () => anchor.read()
    slow.raise = async (number) => {
      // Meanwhile the first client goes on.
      await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
      return anchor.raise(number)
    }
    const second = await Client.open({ store, anchor: slow })
    for (let i = 0; i < 3; i++) await bob.decrypt(await second.encrypt(BOB, utf8('y')))
    expect((await Client.open({ store, anchor })).restored).toBe(undefined)
  })

  it('row 20: of two clients that open it at once, one starts sessions and the other leaves them alone', async () => {
    const { store, anchor, alice, bob } = await talk()
    const copy = await cloneStore(store as MemoryStore)
    await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
    const late = new Counter()
    late.number = anchor.number
    let first: Client | undefined
    // The second has read the anchor; before it goes on, the first is done, and has a new session.
    late.before = async () => {
      late.before = nothing
      first = await Client.open({ store: copy, anchor })
      await resumes({ alice: first, bob })
    }
    const second = await Client.open({ store: copy, anchor: late })
    expect(first?.restored?.sessions).toBe(1)
    expect(second.restored).toBe(undefined)
    await bob.decrypt(await second.encrypt(BOB, utf8('still')))
  })

  it('row 20: a wrong answer of an anchor is refused by name, and a damaged number counts as none', async () => {
    const { store, anchor } = await talk()
    for (const wrong of [-1, 0.5, Number.NaN, '7', undefined]) {
      const lying = { read: async () => wrong as number, raise: async () => true }
      await expect(Client.open({ store, anchor: lying })).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: 'anchor' },
      })
    }
    const silent = { read: () => anchor.read(), raise: async () => undefined as unknown as boolean }
    await expect(Client.open({ store, anchor: silent })).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { argument: 'anchor' },
    })
    await expect(Client.open({ store, anchor: {} as Anchor })).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { argument: 'anchor' },
    })
    await store.commit({ expect: new Map(), put: new Map([['anchored', Uint8Array.of(0)]]), delete: new Set() })
    expect((await Client.open({ store, anchor })).restored?.sessions).toBe(1)
  })

  it('row 20: on SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollback-'))
    const open = (name: string): SqliteStore => SqliteStore.open(new Database(join(folder, name)))
    try {
      const talking = await talk(open('alice.db'))
      const { anchor, alice, bob } = talking
      const copy = new Database(join(folder, 'alice.db'))
      copy.exec(`VACUUM INTO '${join(folder, 'backup.db')}'`)
      copy.close()
      await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
      expect((await Client.open({ store: open('alice.db'), anchor })).restored).toBe(undefined)
      const back = await Client.open({ store: open('backup.db'), anchor })
      expect(back.restored).toEqual({ sessions: 1, distributions: [] })
      await expect(back.encrypt(BOB, utf8('z'))).rejects.toMatchObject(noSession)
      await resumes({ alice: back, bob })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('row 20: costs nothing without one: an operation that sends commits once, what it did before', async () => {
    const store = new MemoryStore()
    const { alice: anchored } = await talk(store)
    const plain = await Client.open({ store })
    const commits: string[][] = []
    const commit = store.commit.bind(store)
    store.commit = (batch) => {
      commits.push([...batch.put.keys()].map((name) => name.split('/')[0] as string))
      return commit(batch)
    }
    await plain.encrypt(BOB, utf8('x'))
    expect(commits).toEqual([['session']])
    await anchored.encrypt(BOB, utf8('x'))
    expect(commits).toEqual([['session'], ['session'], ['anchored']])
  })
})

/** A reproducible choice of numbers below a bound. */
function choosing(seed: number): (bound: number) => number {
  // mulberry32
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    const a = Math.imul(state ^ (state >>> 15), state | 1)
    const b = a ^ (a + Math.imul(a ^ (a >>> 7), a | 61))
    return ((b ^ (b >>> 14)) >>> 0) % bound
  }
}

/** Alice sends and receives, is copied, crashes and comes back from any copy; every message that leaves is watched. */
async function story(seed: number): Promise<void> {
  const watch = KeyWatch.begin()
  const choose = choosing(seed)
  const talking = await talk()
  const { anchor, bob } = talking
  let store = talking.store as MemoryStore
  let alice = talking.alice
  const copies: MemoryStore[] = []
  let texts = 0
  // All that were opened go on, as if on several devices.
  const clients = [alice]
  const send = async (client: Client): Promise<void> => {
    try {
      // Each text is another: the same one under one key would be the same message.
      const envelope = await client.encrypt(BOB, utf8(String(++texts)))
      watch.release(envelope)
      if (choose(4) > 0) await bob.decrypt(envelope).catch(nothing)
    } catch (error) {
      if (isBisikError(error, 'store-rolled-back')) return
      if (!isBisikError(error, 'no-session')) throw error
      await client.startSession(bundleOf(await bob.generatePreKeys(1)))
    }
  }
  for (let step = 0; step < 20; step++) {
    const what = choose(10)
    if (what < 4) await send(alice)
    else if (what === 4) await send(clients[choose(clients.length)] as Client)
    else if (what === 5) await alice.decrypt(await bob.encrypt(ALICE, utf8('y'))).catch(nothing)
    else if (what < 8) copies.push(await cloneStore(store))
    else {
      const copy = what === 8 ? undefined : copies[choose(copies.length)]
      if (copy !== undefined) store = await cloneStore(copy)
      alice = await Client.open({ store, anchor })
      clients.push(alice)
    }
  }
  alice = await Client.open({ store, anchor })
  await resumes({ alice, bob })
}

describe('row 20: a restored backup, without an anchor', () => {
  it('row 20: marked as restored, sends on no session it has, current or archived, and opens on all of them', async () => {
    const { store, alice, bob } = await talk()
    const [late, later] = [await bob.encrypt(ALICE, utf8('late')), await bob.encrypt(ALICE, utf8('later'))]
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await bob.decrypt(await alice.encrypt(BOB, utf8('another session')))
    const copy = await cloneStore(store as MemoryStore)
    await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
    const back = await Client.open({ store: copy })
    expect(back.restored).toBe(undefined)
    expect(await back.markRestored()).toEqual({ sessions: 2, distributions: [] })
    await expect(back.encrypt(BOB, utf8('z'))).rejects.toMatchObject(noSession)
    expect(fromUtf8((await back.decrypt(later)).plaintext)).toBe('later')
    await expect(back.encrypt(BOB, utf8('z'))).rejects.toMatchObject(noSession)
    await resumes({ alice: back, bob })
    // What comes late on an old session opens, and the new one goes on.
    expect(fromUtf8((await back.decrypt(late)).plaintext)).toBe('late')
    await bob.decrypt(await back.encrypt(BOB, utf8('on')))
    expect(await back.markRestored()).toEqual({ sessions: 3, distributions: [] })
  })

  it('row 20: delivery resumes within one round trip, begun by either side', async () => {
    const { store, alice, bob } = await talk()
    const copy = await cloneStore(store as MemoryStore)
    for (let i = 0; i < 3; i++) {
      await take(bob, [await alice.encryptContent(BOB, said('x'))])
      await take(alice, [await bob.encryptContent(ALICE, said('y'))])
    }
    const back = await Client.open({ store: copy })
    await back.markRestored()
    const [unreadable] = await take(back, [await bob.encryptContent(ALICE, said('are you there?'))])
    const answer = await bob.answerRetry(await asked(bob, unreadable), async () => bundleOf(await back.generatePreKeys(1)))
    expect(shown(await take(back, answer.envelopes))).toContain('are you there?')
    expect(shown(await take(bob, [await back.encryptContent(BOB, said('yes'))]))).toEqual(['yes'])
  })

  it('row 20: has no sender key of its own any more, keeps those of others, and says which to hand out again', async () => {
    const { store, alice, bob } = await talk()
    const group = alice.group(DISTRIBUTION)
    await take(bob, [await alice.encryptContent(BOB, { senderKey: await group.distribute() })])
    await take(alice, [await bob.encryptContent(ALICE, { senderKey: await bob.group(DISTRIBUTION).distribute() })])
    const copy = await cloneStore(store as MemoryStore)
    await bob.decrypt(await group.encrypt(utf8('x')))
    const back = await Client.open({ store: copy })
    expect(await back.markRestored()).toEqual({ sessions: 1, distributions: [DISTRIBUTION] })
    await expect(back.group(DISTRIBUTION).encrypt(utf8('y'))).rejects.toMatchObject({ code: 'no-sender-key' })
    expect(fromUtf8((await back.decrypt(await bob.group(DISTRIBUTION).encrypt(utf8('still')))).plaintext)).toBe('still')
    await back.startSession(bundleOf(await bob.generatePreKeys(1)))
    await take(bob, [await back.encryptContent(BOB, { senderKey: await back.group(DISTRIBUTION).distribute() })])
    expect(fromUtf8((await bob.decrypt(await back.group(DISTRIBUTION).encrypt(utf8('z')))).plaintext)).toBe('z')
  })

  it('row 20: is marked in the store: a client opened later sends no more either, and marking again changes nothing', async () => {
    const { store, alice } = await talk()
    await alice.markRestored()
    const before = await snapshot(store)
    expect(await alice.markRestored()).toEqual({ sessions: 1, distributions: [] })
    expect(await snapshot(store)).toEqual(before)
    await expect((await Client.open({ store })).encrypt(BOB, utf8('x'))).rejects.toMatchObject(noSession)
    await expect(alice.encrypt(BOB, utf8('x'))).rejects.toMatchObject(noSession)
  })
})
