/**
 * O6: what an attacker who has read a device's whole store can do. Nothing with what was delivered before; and soon nothing with what
 * comes after, because the keys of later turns are not in the copy.
 */
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { expose, type Secret } from '../../src/crypto/secret.js'
import { isBisikError, MemoryStore, utf8 } from '../../src/index.js'
import { exportSessions, importSessions } from '../../src/migration/libsignal.js'
import { decodeLibsignalSessions, encodeLibsignalSessions } from '../../src/migration/session-record.js'
import { parseChunkMessage } from '../../src/protocol/spqr/chunk-message.js'
import type { SpqrState } from '../../src/protocol/spqr/state.js'
import { bundleOf, deterministicRandom, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { attacks, Conversation } from '../support/world/attack.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { hex } from '../support/world/stores.js'
import { Party, start } from '../unit/spqr/party.js'

afterAll(() => KeyWatch.end())

const SEED = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
const WORLDS = Number(process.env.BISIK_WORLDS ?? 1)

it('row 21: a copied store reads nothing delivered before, and nothing under keys that its owner made later', {
  timeout: 600_000,
}, async () => {
  await attacks(6, SEED)
})

it('row 21: where the classical ratchet is broken, a copy of the post-quantum one reads nothing after the epoch that was under way', () => {
  const opened = { before: 0, early: 0, late: 0 }
  const tried = { before: 0, early: 0, late: 0 }
  const worlds = 12 * WORLDS
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 300 }), fc.constantFrom(0 as const, 1 as const), (seed, copiedAfter, victim) => {
      const dice = deterministicRandom(`${seed}/pq`)
      const draw = (below: number): number => (dice(1)[0] ?? 0) % below
      const parties = [
        new Party(start('A2B'), deterministicRandom(`${seed}/A`)),
        new Party(start('B2A'), deterministicRandom(`${seed}/B`)),
      ] as const
      const network: { readonly from: 0 | 1; readonly message: Uint8Array; readonly key: string }[] = []
      const delivered: Uint8Array[] = []
      let attacker: Party | undefined
      let exposed = 0
      for (let step = 0; step < copiedAfter + 600; step++) {
        if (step === copiedAfter) {
          const { state, kept } = parties[victim]
          attacker = new Party(state, deterministicRandom(`${seed}/attacker`))
          for (const [place, key] of kept) attacker.kept.set(place, key)
          exposed = lastExposed(state)
          for (const message of delivered) {
            tried.before++
            if (keyIn(attacker, message) !== undefined) opened.before++
          }
        }
        const from: 0 | 1 = draw(2) === 0 ? 0 : 1
        const { message, key } = parties[from].send()
        // What its victim sends, the attacker finds by sending too; what the victim is sent, by reading it.
        const found = attacker === undefined ? undefined : from === victim ? hexOf(attacker.send().key) : keyIn(attacker, message)
        if (attacker !== undefined) {
          const when = parseChunkMessage(message).epoch <= exposed ? 'early' : 'late'
          tried[when]++
          if (found === hexOf(key)) opened[when]++
        }
        if (draw(10) > 0) network.push({ from, message, key: hexOf(key) })
        while (network.length > draw(6)) {
          const [next] = network.splice(draw(network.length), 1)
          if (next === undefined) break
          expect(keyIn(parties[(1 - next.from) as 0 | 1], next.message)).toBe(next.key)
          if (attacker === undefined && next.from !== victim) delivered.push(next.message)
        }
      }
    }),
    { seed: SEED, numRuns: worlds },
  )
  console.log(`O6: opened ${JSON.stringify(opened)} of ${JSON.stringify(tried)}`)
  expect(opened.before).toBe(0)
  expect(opened.late).toBe(0)
  expect(tried.late).toBeGreaterThan(100 * worlds)
  expect(opened.early).toBeGreaterThan(10 * worlds)
})

/** The last epoch whose messages a copy can read. They are keyed by the secret of the epoch before. */
function lastExposed(state: SpqrState | undefined): number {
  if (state === undefined) throw new Error('no ratchet')
  const { name, epoch } = state.braid
  // Nothing of what this side will draw for the secret of the epoch under way is in the state yet.
  return name === 'KeysUnsampled' || name === 'NoHeaderReceived' || name === 'HeaderReceived' ? epoch : epoch + 1
}

/** The key that a party finds for a message, or none. */
function keyIn(party: Party, message: Uint8Array): string | undefined {
  try {
    return hexOf(party.receive(message))
  } catch (error) {
    if (!isBisikError(error) || error.code === 'internal') throw error
    return undefined
  }
}

function hexOf(key: Secret<'PqMessageKey'> | undefined): string {
  return key === undefined ? 'none' : hex(expose(key))
}

it('row 21: the seed of a message is in no store once it was sent, and nowhere once it was opened', { timeout: 120_000 }, async () => {
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
    // By its tables an epoch takes 43 messages each way, and one more until the other side knows.
    expect(i - (reached.at(-1) ?? 0)).toBeLessThanOrEqual(88)
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
  await expect(bob.decrypt(early)).rejects.toMatchObject({ code: 'duplicate-message' })
})
