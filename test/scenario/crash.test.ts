/**
 * Every operation of a client dies at every call of its store, in every way. Then the process begins again, the app does what it can
 * do by itself (send what is in its outbox, ask the relay to deliver again), and nothing may be lost, shown twice or keyed twice.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  Client,
  type Envelope,
  fromUtf8,
  isBisikError,
  type KeyStore,
  MemoryStore,
  type PreKeyUpload,
  parseEnvelope,
  serializeEnvelope,
  utf8,
} from '../../src/index.js'
import {
  exportIdentity,
  exportPreKeys,
  exportSessions,
  importPreKeys,
  importSessions,
  parseIdentity,
} from '../../src/migration/libsignal.js'
import { bundleOf } from '../support/parties.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { CRASHES, type Crash, CrashingStore, cloneStore } from '../support/world/stores.js'

const ALICE = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
const BOB = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }

/** Two devices and what lies between them when the operation begins. */
interface Situation {
  readonly alice: MemoryStore
  readonly bob: MemoryStore
  readonly watch: KeyWatch
  readonly upload: PreKeyUpload
  /** Messages under way to bob, by name. */
  readonly mail: Readonly<Record<string, Envelope>>
  readonly record: Uint8Array
}

/** One run: the copies it works on, and how the operation ended. */
interface Run extends Omit<Situation, 'alice' | 'bob'> {
  readonly stores: { readonly alice: KeyStore; readonly bob: KeyStore }
  /** Clients as they are after the restart. */
  readonly alice: Client
  readonly bob: Client
  /** Whether the operation came to its end, as far as the app knows. */
  readonly resolved: boolean
}

interface Operation {
  readonly who: 'alice' | 'bob'
  readonly prepare?: (situation: Building) => Promise<unknown>
  readonly run: (client: Client, situation: Situation) => Promise<unknown>
  /** What the app does after the restart, and what must be true then. Returns what came of the operation. */
  readonly recover: (run: Run) => Promise<'done' | 'undone'>
}

/** A situation being made. */
interface Building {
  readonly alice: Client
  readonly bob: Client
  readonly upload: PreKeyUpload
  readonly mail: Record<string, Envelope>
  send(from: Client, to: Client, text: string): Promise<Envelope>
  readonly stores: { readonly alice: MemoryStore; readonly bob: MemoryStore }
}

const outbox = { persist: (envelope: Envelope) => new Map([['outbox', serializeEnvelope(envelope)]]) }
const inbox = { persist: ({ plaintext }: { readonly plaintext: Uint8Array }) => new Map([['inbox', plaintext]]) }
const open = (store: KeyStore): Promise<Client> => Client.open({ store })

async function appRecord(store: KeyStore, name: string): Promise<Uint8Array | undefined> {
  return (await store.read([`app/${name}`])).get(`app/${name}`)?.value
}

async function talk({ alice, bob, watch }: Pick<Run, 'alice' | 'bob' | 'watch'>, rounds = 2): Promise<void> {
  for (let i = 0; i < rounds; i++) {
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const envelope = await from.encrypt(to.address, utf8(`round ${i}`))
      watch.release(envelope)
      expect(fromUtf8((await to.decrypt(envelope)).plaintext)).toBe(`round ${i}`)
    }
  }
}

const answered = async ({ alice, bob, send }: Building): Promise<void> => {
  await bob.decrypt(await send(alice, bob, 'hello'))
  await alice.decrypt(await send(bob, alice, 'hello'))
  await bob.decrypt(await send(alice, bob, 'how are you'))
}

let order = 0
/** Sends what is in the outbox, one more message, and delivers both in one of four ways. */
async function recoverSending(run: Run): Promise<'done' | 'undone'> {
  const { alice, bob, watch, stores } = run
  const kept = await appRecord(stores.alice, 'outbox')
  if (run.resolved) expect(kept).toBeDefined()
  const sent = kept === undefined ? [] : [parseEnvelope(kept)]
  for (const envelope of sent) watch.release(envelope)
  const next = await alice.encrypt(BOB, utf8('next'))
  watch.release(next)
  const both = [...sent, next]
  const ways = [both, [...both].reverse(), [next], [...both, ...both]]
  const seen: (string | undefined)[] = []
  for (const envelope of ways[order++ % ways.length] ?? []) {
    try {
      seen.push(fromUtf8((await bob.decrypt(envelope)).plaintext))
    } catch (error) {
      expect(error).toMatchObject({ code: 'duplicate-message' })
    }
  }
  expect([...seen].sort()).toEqual(order % 4 === 3 || kept === undefined ? ['next'] : ['dear bob', 'next'])
  await talk(run)
  return kept === undefined ? 'undone' : 'done'
}

/** Looks into the inbox, and lets the relay deliver again. */
const recoverReceiving =
  (name: string) =>
  async (run: Run): Promise<'done' | 'undone'> => {
    const kept = await appRecord(run.stores.bob, 'inbox')
    if (run.resolved) expect(kept).toBeDefined()
    if (kept !== undefined) {
      expect(fromUtf8(kept)).toBe(name)
      await expect(run.bob.decrypt(envelopeOf(run, name))).rejects.toMatchObject({ code: 'duplicate-message' })
    } else expect(fromUtf8((await run.bob.decrypt(envelopeOf(run, name))).plaintext)).toBe(name)
    // Everything else that was under way opens too, once.
    for (const [other, envelope] of Object.entries(run.mail)) {
      if (other !== name) expect(fromUtf8((await run.bob.decrypt(envelope)).plaintext)).toBe(other)
      await expect(run.bob.decrypt(envelope)).rejects.toMatchObject({ code: 'duplicate-message' })
    }
    await talk(run)
    return kept === undefined ? 'undone' : 'done'
  }

const receiving = (name: string, prepare: Operation['prepare']): Operation => ({
  who: 'bob',
  ...(prepare === undefined ? {} : { prepare }),
  run: (bob, situation) => bob.decrypt(envelopeOf(situation, name), inbox),
  recover: recoverReceiving(name),
})

function envelopeOf({ mail }: Pick<Situation, 'mail'>, name: string): Envelope {
  const envelope = mail[name]
  if (envelope === undefined) throw new Error(`no message "${name}"`)
  return envelope
}

/** Starts a session from prekeys that were published, and talks. */
async function talksFrom(upload: PreKeyUpload, { bob, watch }: Run, options: Parameters<typeof bundleOf>[1]): Promise<void> {
  const carol = await Client.create({ store: new MemoryStore() })
  await carol.startSession(bundleOf(upload, options))
  await talk({ alice: carol, bob, watch }, 1)
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'generate prekeys': {
    who: 'bob',
    run: (bob) => bob.generatePreKeys(2),
    recover: async (run) => {
      const there = (await run.stores.bob.list('pre-key/')).length > run.upload.oneTimePreKeys.length
      if (run.resolved) expect(there).toBe(true)
      const again = await run.bob.generatePreKeys(1)
      const before = [...run.upload.oneTimePreKeys, ...run.upload.oneTimeKemPreKeys].map(({ id }) => id)
      expect(before).not.toContain(again.oneTimePreKeys[0]?.id)
      // What was published before goes on serving, and so does what is published now.
      await talksFrom(run.upload, run, { index: 1 })
      await talksFrom(again, run, {})
      await talksFrom(again, run, { oneTime: false })
      return there ? 'done' : 'undone'
    },
  },
  'rotate prekeys': {
    who: 'bob',
    run: (bob) => bob.rotatePreKeys(),
    recover: async (run) => {
      const now = await run.bob.generatePreKeys(0)
      await talksFrom(run.upload, run, { index: 1 })
      await talksFrom(now, run, { oneTime: false })
      await talksFrom(await run.bob.rotatePreKeys(), run, { oneTime: false })
      return now.signedPreKey.id === run.upload.signedPreKey.id ? 'undone' : 'done'
    },
  },
  'start a session': {
    who: 'alice',
    run: (alice, { upload }) => alice.startSession(bundleOf(upload, { index: 1 })),
    recover: async (run) => {
      const there = (await run.stores.alice.list('archive/')).length > 0
      if (run.resolved) expect(there).toBe(true)
      else if (!there) await run.alice.startSession(bundleOf(run.upload, { index: 1 }))
      await talk(run)
      return there ? 'done' : 'undone'
    },
  },
  'encrypt the first message': {
    who: 'alice',
    run: (alice) => alice.encrypt(BOB, utf8('dear bob'), outbox),
    recover: recoverSending,
  },
  'encrypt a message': {
    who: 'alice',
    prepare: answered,
    run: (alice) => alice.encrypt(BOB, utf8('dear bob'), outbox),
    recover: recoverSending,
  },
  'encrypt after a turn': {
    who: 'alice',
    prepare: async (building) => {
      await answered(building)
      await building.alice.decrypt(await building.send(building.bob, building.alice, 'and you?'))
    },
    run: (alice) => alice.encrypt(BOB, utf8('dear bob'), outbox),
    recover: recoverSending,
  },
  'decrypt a first message': receiving('first', async ({ alice, bob, mail, send }) => {
    mail.first = await send(alice, bob, 'first')
    mail.second = await send(alice, bob, 'second')
  }),
  'decrypt a first message without one-time keys': receiving('first', async ({ alice, bob, mail, send, upload }) => {
    await alice.startSession(bundleOf(upload, { oneTime: false }))
    mail.first = await send(alice, bob, 'first')
  }),
  'decrypt a first message that begins another session': receiving('first', async (building) => {
    await answered(building)
    const { alice, bob, mail, send, upload } = building
    mail['of the old session'] = await send(alice, bob, 'of the old session')
    await alice.startSession(bundleOf(upload, { index: 1 }))
    mail.first = await send(alice, bob, 'first')
  }),
  'decrypt in order': receiving('in order', async (building) => {
    await answered(building)
    building.mail['in order'] = await building.send(building.alice, building.bob, 'in order')
  }),
  'decrypt with a turn': receiving('turn', async (building) => {
    await answered(building)
    const { alice, bob, mail, send } = building
    mail.before = await send(alice, bob, 'before')
    await alice.decrypt(await send(bob, alice, 'your turn'))
    mail.turn = await send(alice, bob, 'turn')
  }),
  'decrypt with a jump': receiving('jump', async (building) => {
    await answered(building)
    for (const name of ['one', 'two', 'jump']) building.mail[name] = await building.send(building.alice, building.bob, name)
  }),
  'decrypt with a kept key': receiving('one', async (building) => {
    await answered(building)
    const { alice, bob, mail, send } = building
    for (const name of ['one', 'two']) mail[name] = await send(alice, bob, name)
    await bob.decrypt(await send(alice, bob, 'jump'))
  }),
  'decrypt on an archived session': receiving('old', async (building) => {
    await answered(building)
    const { alice, bob, mail, send, upload } = building
    mail.skipped = await send(alice, bob, 'skipped')
    mail.old = await send(alice, bob, 'old')
    await alice.startSession(bundleOf(upload, { index: 1 }))
    await bob.decrypt(await send(alice, bob, 'a new session'))
  }),
  'accept an identity': {
    who: 'bob',
    prepare: async (building) => {
      await answered(building)
      const reinstalled = await Client.create({ store: new MemoryStore(), address: ALICE })
      await reinstalled.startSession(bundleOf(building.upload, { index: 1 }))
      building.mail.first = await building.send(reinstalled, building.bob, 'first')
    },
    run: async (bob, situation) => bob.acceptIdentity(ALICE, await presentedIn(bob, situation), 'accepted'),
    recover: async (run) => {
      const first = envelopeOf(run, 'first')
      let accepted = true
      try {
        await run.bob.decrypt(first)
      } catch (error) {
        accepted = false
        if (!isBisikError(error, 'untrusted-identity')) throw error
        await run.bob.acceptIdentity(ALICE, error.details.presented, 'accepted')
        expect(fromUtf8((await run.bob.decrypt(first)).plaintext)).toBe('first')
      }
      if (run.resolved) expect(accepted).toBe(true)
      return accepted ? 'done' : 'undone'
    },
  },
  'export sessions': {
    who: 'bob',
    prepare: answered,
    run: (bob) => exportSessions(bob, ALICE, { persist: (record) => new Map([['exported', record]]) }),
    recover: async (run) => {
      const exported = await appRecord(run.stores.bob, 'exported')
      if (exported !== undefined) await importSessions(await emptied(run.bob, run.stores.bob), ALICE, exported)
      await talk(run)
      return exported === undefined ? 'undone' : 'done'
    },
  },
  'import sessions': {
    who: 'bob',
    prepare: async (building) => {
      await answered(building)
      const { alice, bob, mail, send, stores } = building
      mail.skipped = await send(alice, bob, 'skipped')
      await bob.decrypt(await send(alice, bob, 'jump'))
      await exportSessions(bob, ALICE, { persist: (record) => new Map([['exported', record]]) })
      await emptied(bob, stores.bob)
    },
    run: (bob, { record }) => importSessions(bob, ALICE, record),
    recover: async (run) => {
      const there = (await run.stores.bob.list('session/')).length > 0
      if (run.resolved) expect(there).toBe(true)
      const again = importSessions(run.bob, ALICE, run.record)
      if (there) await expect(again).rejects.toMatchObject({ code: 'already-taken' })
      else await again
      expect(fromUtf8((await run.bob.decrypt(envelopeOf(run, 'skipped'))).plaintext)).toBe('skipped')
      await talk(run)
      return there ? 'done' : 'undone'
    },
  },
}

/** The identity that a refused first message presents. */
async function presentedIn(bob: Client, situation: Situation): Promise<Uint8Array> {
  try {
    await bob.decrypt(envelopeOf(situation, 'first'))
  } catch (error) {
    if (isBisikError(error, 'untrusted-identity')) return error.details.presented
    throw error
  }
  throw new Error('the identity was believed')
}

/** An importer wants a device that it knows nothing of. */
async function emptied(client: Client, store: KeyStore): Promise<Client> {
  await store.commit({ expect: new Map(), put: new Map(), delete: new Set(await store.list('identity/')) })
  return client
}

async function build({ prepare }: Operation): Promise<Situation> {
  const watch = KeyWatch.begin()
  const stores = { alice: new MemoryStore(), bob: new MemoryStore() }
  const alice = await Client.create({ store: stores.alice, address: ALICE })
  const bob = await Client.create({ store: stores.bob, address: BOB })
  const upload = await bob.generatePreKeys(2)
  await alice.startSession(bundleOf(upload))
  const mail: Record<string, Envelope> = {}
  const send = async (from: Client, to: Client, text: string): Promise<Envelope> => {
    const envelope = await from.encrypt(to.address, utf8(text))
    watch.release(envelope)
    return envelope
  }
  await prepare?.({ alice, bob, upload, mail, send, stores })
  return { ...stores, watch, upload, mail, record: (await appRecord(stores.bob, 'exported')) ?? new Uint8Array() }
}

/** Runs an operation on copies of a situation, lets call `at` of the store crash, restarts. */
async function crashing(operation: Operation, situation: Situation, crash?: Crash, at?: number): Promise<Run & { readonly calls: number }> {
  const stores = { alice: await cloneStore(situation.alice), bob: await cloneStore(situation.bob) }
  const watch = KeyWatch.begin(situation.watch)
  const failing = new CrashingStore(stores[operation.who], crash)
  const victim = await open(failing)
  const before = failing.calls
  if (at !== undefined) failing.arm(at)
  let resolved = false
  try {
    await Promise.race([operation.run(victim, situation).then(() => (resolved = true)), failing.killed])
  } catch (error) {
    expect(error).toMatchObject({ code: 'store-failed' })
  }
  const { upload, mail, record } = situation
  return {
    stores,
    watch,
    upload,
    mail,
    record,
    alice: await open(stores.alice),
    bob: await open(stores.bob),
    resolved,
    calls: failing.calls - before,
  }
}

describe('rows 18, 19: a crash at every call of the store', () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  const cases = { all: 0, done: 0, undone: 0 }
  beforeAll(() => void process.on('unhandledRejection', note))
  afterAll(() => {
    process.off('unhandledRejection', note)
    KeyWatch.end()
  })

  it.each(Object.keys(OPERATIONS))('%s: nothing is lost, shown twice or keyed twice', async (name) => {
    const operation = OPERATIONS[name]
    if (operation === undefined) throw new Error('no such operation')
    const situation = await build(operation)
    const clean = await crashing(operation, situation)
    expect(clean.resolved).toBe(true)
    expect(await operation.recover(clean)).toBe('done')
    expect(clean.calls).toBeGreaterThanOrEqual(2)
    const outcomes = new Set<string>()
    for (let at = 1; at <= clean.calls; at++) {
      for (const crash of CRASHES) {
        // A message that was sent is delivered in four ways.
        for (let way = 0; way < (operation.recover === recoverSending ? 4 : 1); way++) {
          const run = await crashing(operation, situation, crash, at)
          expect(run.calls).toBeGreaterThanOrEqual(at)
          const outcome = await operation.recover(run)
          outcomes.add(outcome)
          cases.all++
          cases[outcome]++
        }
      }
    }
    expect(outcomes).toEqual(new Set(['done', 'undone']))
  })

  it('create an account: either there is none, or it opens', async () => {
    for (const crash of CRASHES) {
      for (let at = 1; at <= 3; at++) {
        const store = new MemoryStore()
        const failing = new CrashingStore(store, crash, at)
        const made = await Promise.race([Client.create({ store: failing, address: BOB }).catch(() => undefined), failing.killed])
        const there = (await store.list('')).includes('account')
        const bob = await Client.openOrCreate({ store, address: BOB })
        if (made instanceof Client) expect(bob.identityKey).toEqual(made.identityKey)
        if (there) await expect(Client.create({ store })).rejects.toMatchObject({ code: 'account-exists' })
        const alice = await Client.create({ store: new MemoryStore() })
        await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
        await talk({ alice, bob, watch: KeyWatch.begin() }, 1)
      }
    }
  })

  it('moving prekeys to libsignal and back: they are here or there, never in both places, and never nowhere', async () => {
    const moved = await build({ who: 'bob', run: async () => {}, recover: async () => 'done' })
    for (const crash of CRASHES) {
      for (let at = 1; at <= 6; at++) {
        const run = await crashing({ who: 'bob', run: (bob) => exportPreKeys(bob), recover: async () => 'done' }, moved, crash, at)
        const left = (await run.stores.bob.list('pre-key/')).length
        // Without a record that joins the commit, as sessions have it, prekeys may be gone: new ones serve.
        if (left === 0) await talksFrom(await run.bob.generatePreKeys(1), run, {})
        else await talksFrom(run.upload, run, {})
      }
      const records = await exportPreKeys(await open(await cloneStore(moved.bob)))
      const identity = exportIdentity(await open(moved.bob))
      for (let at = 1; at <= 4; at++) {
        const store = new MemoryStore()
        const existing = parseIdentity(identity.identityKeyPair, identity.registrationId)
        await Client.create({ store, address: BOB }, existing)
        const failing = new CrashingStore(store, crash)
        const bob = await open(failing)
        failing.arm(at)
        await Promise.race([importPreKeys(bob, records).catch(() => undefined), failing.killed])
        const restarted = await open(store)
        if ((await store.list('pre-key/')).length === 0) await importPreKeys(restarted, records)
        const alice = await open(await cloneStore(moved.alice))
        await talk({ alice, bob: restarted, watch: KeyWatch.begin() }, 1)
      }
    }
  })

  it('leaves no rejection unhandled', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(unhandled).toEqual([])
    console.log(
      `rows 18, 19: ${cases.all} crashes of ${Object.keys(OPERATIONS).length} operations: ${cases.done} had done it, ${cases.undone} not`,
    )
    expect(cases.all).toBeGreaterThan(250)
  })
})
