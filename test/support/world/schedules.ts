/** Two tabs on one store that answers in any order. How many orders are tried is the caller's business. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { Client, type Envelope, fromUtf8, isBisikError, MemoryStore, type Received, utf8 } from '../../../src/index.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { pair } from '../parties.js'
import { KeyWatch } from './key-watch.js'
import { cloneStore } from './stores.js'

/** Two clients in an answered conversation, and the stores they are on. */
export async function conversation() {
  const stores = { alice: new MemoryStore(), bob: new MemoryStore() }
  const { alice, bob } = await pair({ alice: { allow: [], store: stores.alice }, bob: { allow: [], store: stores.bob } })
  for (let i = 0; i < 2; i++) {
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  }
  return { alice, bob, stores }
}

/** The texts that were opened, and the codes of what was refused. */
export async function outcomes(running: readonly Promise<Received>[]): Promise<{ opened: (string | undefined)[]; refused: string[] }> {
  const opened: (string | undefined)[] = []
  const refused: string[] = []
  for (const result of await Promise.allSettled(running)) {
    if (result.status === 'fulfilled') opened.push('plaintext' in result.value ? fromUtf8(result.value.plaintext) : undefined)
    else if (isBisikError(result.reason)) refused.push(result.reason.code)
    else throw result.reason
  }
  return { opened, refused }
}

/** A store whose calls are answered when the scheduler says so. */
function scheduled(store: KeyStore, scheduler: fc.Scheduler, lost: () => void): KeyStore {
  const later = async <T>(call: () => Promise<T>, name: string): Promise<T> => {
    await scheduler.schedule(Promise.resolve(), name)
    const result = await call()
    await scheduler.schedule(Promise.resolve(), `${name} answered`)
    return result
  }
  return {
    read: (keys) => later(() => store.read(keys), 'read'),
    commit: async (batch) => {
      const committed = await later(() => store.commit(batch), 'commit')
      if (!committed) lost()
      return committed
    },
    list: (prefix) => later(() => store.list(prefix), 'list'),
  }
}

/** Runs batches of two to six operations, each under a schedule of its own. The seed is printed; BISIK_SEED sets it. */
export async function schedules(count: number): Promise<void> {
  const numRuns = count * Number(process.env.BISIK_WORLDS ?? 1)
  const seed = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
  let races = 0
  const start = await conversation()
  const inbound: Envelope[] = []
  for (const text of ['one', 'two', 'three']) inbound.push(await start.bob.encrypt(start.alice.address, utf8(text)))
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.nat(5), { minLength: 2, maxLength: 6 }), async (scheduler, operations) => {
      const watch = KeyWatch.begin()
      const store = await cloneStore(start.stores.alice)
      const bob = await Client.open({ store: await cloneStore(start.stores.bob) })
      const tabs = await scheduler.waitFor(
        Promise.all([store, store].map((one) => Client.open({ store: scheduled(one, scheduler, () => races++) }))),
      )
      const run = Promise.all(
        operations.map(async (operation, i) => {
          const tab = tabs[i % 2]
          if (tab === undefined) throw new Error('no tab')
          const envelope = inbound[operation - 3]
          return envelope === undefined
            ? { sent: await tab.encrypt(bob.address, utf8(`reply ${i}`)) }
            : { opened: (await outcomes([tab.decrypt(envelope)])).opened }
        }),
      )
      const results = await scheduler.waitFor(run)
      const opened = results.flatMap((result) => ('opened' in result ? (result.opened ?? []) : []))
      const wanted = new Set(operations.filter((operation) => operation >= 3))
      expect(opened).toHaveLength(wanted.size)
      expect(new Set(opened).size).toBe(wanted.size)
      const sent = results.flatMap((result) => ('sent' in result && result.sent !== undefined ? [result.sent] : []))
      for (const envelope of sent) watch.release(envelope)
      expect((await outcomes(sent.map((envelope) => bob.decrypt(envelope)))).opened).toHaveLength(sent.length)
    }),
    { seed, numRuns },
  )
  console.log(`row 16: ${numRuns} schedules, BISIK_SEED=${seed}: ${races} lost races`)
  expect(races).toBeGreaterThan(numRuns / 10)
}
