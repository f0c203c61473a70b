/**
 * O6: what an attacker who has read a device's whole store can do. Nothing with what was delivered before; and soon nothing with what
 * comes after, because the keys of later turns are not in the copy.
 */
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { exportSessions, importSessions } from '../../src/client/libsignal.js'
import { MemoryStore, utf8 } from '../../src/index.js'
import { decodeLibsignalSessions, encodeLibsignalSessions } from '../../src/records/libsignal-session.js'
import { bundleOf, deterministicRandom, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { attacks, Conversation } from '../support/world/attack.js'
import { KeyWatch } from '../support/world/key-watch.js'

afterAll(() => KeyWatch.end())

const SEED = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
const WORLDS = Number(process.env.BISIK_WORLDS ?? 1)

it('row 21: a copied store reads nothing delivered before, and nothing once both sides have turned twice', {
  timeout: 600_000,
}, async () => {
  await attacks(6, SEED)
})

it('O6: the seed of a message is in no store once it was sent, and nowhere once it was opened', { timeout: 120_000 }, async () => {
  let kept = 0
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const conversation = await Conversation.begin(`seeds ${seed}`)
      const dice = deterministicRandom(`${seed}/dice`)
      for (let step = 0; step < 30; step++) {
        await conversation.send((dice(1)[0] ?? 0) % 3 === 0 ? 0 : 1)
        const waiting = conversation.letters.filter(({ delivered }) => !delivered)
        const next = waiting[(dice(1)[0] ?? 0) % waiting.length]
        if (next !== undefined && step % 3 > 0) await conversation.deliver(next)
        const contents = await Promise.all(conversation.stores.map(async (store) => Object.values(await snapshot(store)).join()))
        for (const { from, seed: secret, delivered } of conversation.letters) {
          expect(contents[from]).not.toContain(secret)
          if (delivered) expect(contents[1 - from]).not.toContain(secret)
          else if (contents[1 - from]?.includes(secret)) kept++
        }
      }
    }),
    { seed: SEED, numRuns: 5 * WORLDS },
  )
  // Those that are kept for messages still to come are found: the search can find.
  expect(kept).toBeGreaterThan(20)
})

it('row 21: the post-quantum ratchet reaches a new epoch within 200 alternating messages, and goes on doing so', async () => {
  const conversation = await Conversation.begin('epochs')
  const reached: number[] = []
  const epochs = async (): Promise<number> => {
    const [alice, bob] = [conversation.client(0), conversation.client(1)]
    return Math.min((await alice.session(bob.address))?.epoch ?? 0, (await bob.session(alice.address))?.epoch ?? 0)
  }
  for (let i = 1; reached.length < 3; i++) {
    await conversation.deliver(await conversation.send(i % 2 === 0 ? 0 : 1))
    if ((await epochs()) > reached.length) reached.push(i)
    expect(i - (reached.at(-1) ?? 0)).toBeLessThanOrEqual(200)
  }
  console.log(`epochs 1, 2, 3 after ${reached.join(', ')} alternating messages`)
})

it('row 5: sessions taken over without a current one are not kept twice: no older copy opens a message again', async () => {
  const stores = [new MemoryStore(), new MemoryStore()] as const
  const [alice, bob] = await Promise.all(stores.map((store) => newClient({ store, allow: [] })))
  if (alice === undefined || bob === undefined) throw new Error('nobody')
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  const early = await alice.encrypt(bob.address, utf8('early'))
  const { current, archived } = decodeLibsignalSessions(await exportSessions(bob, alice.address), bob.identityKey)
  if (current === undefined) throw new Error('no session')
  const record = encodeLibsignalSessions({ current: undefined, archived: [current, ...archived] })
  await stores[1].commit({ expect: new Map(), put: new Map(), delete: new Set(await stores[1].list('identity/')) })
  await importSessions(bob, alice.address, record)
  await bob.decrypt(early)
  expect(await stores[1].list('archived/')).toEqual([])
  for (let i = 0; i < 7; i++) {
    await alice.decrypt(await bob.encrypt(alice.address, utf8('on')))
    await bob.decrypt(await alice.encrypt(bob.address, utf8('and on')))
  }
  await expect(bob.decrypt(early)).rejects.toMatchObject({ code: 'authentication-failed' })
})
