/**
 * A late copy of a message is told from a broken session: its key is used or dropped, its chain is gone, but nobody lost anything. It is a
 * duplicate, and nothing is asked for. What a session really lost is asked for as before.
 */
import { describe, expect, it } from 'vitest'
import { Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { bundleOf } from '../support/parties.js'
import { ALICE, altered, BOB, said, take, talk } from '../support/talk.js'
import { cloneStore } from '../support/world/stores.js'

const OTHER = { code: 'duplicate-message', details: { differs: true, diagnosis: { cause: 'counter-reused', remedy: 'acknowledge' } } }
const DUPLICATE = { code: 'duplicate-message', details: { diagnosis: { cause: 'seen-before', remedy: 'acknowledge' } } }

async function roundTrips({ alice, bob }: { readonly alice: Client; readonly bob: Client }, count: number, each?: () => Promise<void>) {
  for (let i = 0; i < count; i++) {
    await take(bob, [await alice.encryptContent(BOB, said('ping'))])
    await take(alice, [await bob.encryptContent(ALICE, said('pong'))])
    await each?.()
  }
}

/** Two devices, the first message of their session and one after it. */
async function begun(kem = true) {
  const [alice, bob] = [
    await Client.create({ store: new MemoryStore(), address: ALICE, allow: ['x3dh'] }),
    await Client.create({ store: new MemoryStore(), address: BOB, allow: ['x3dh'] }),
  ]
  await alice.startSession(bundleOf(await bob.generatePreKeys(1), { kem }))
  const first = await alice.encryptContent(BOB, said('first'))
  await take(bob, [first])
  await take(alice, [await bob.encryptContent(ALICE, said('answer'))])
  const second = await alice.encryptContent(BOB, said('second'))
  await take(bob, [second])
  return { alice, bob, first, second }
}

describe('a late copy of a message', () => {
  it.each([true, false])('is a duplicate for 60 turns of the conversation, the first message too (post-quantum: %s)', async (kem) => {
    const { alice, bob, first, second } = await begun(kem)
    await roundTrips({ alice, bob }, 60, async () => {
      for (const copy of [first, second]) await expect(bob.decryptContent(copy)).rejects.toMatchObject(DUPLICATE)
    })
  })

  it('is a duplicate after a session took the place of its own', async () => {
    const { alice, bob, first, second } = await begun()
    await roundTrips({ alice, bob }, 10)
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await roundTrips({ alice, bob }, 3)
    for (const copy of [first, second]) await expect(bob.decryptContent(copy)).rejects.toMatchObject(DUPLICATE)
  })

  it('is a duplicate after the client was opened anew, and changes nothing', async () => {
    const { alice, bob, stores } = await talk()
    const copy = await alice.encryptContent(BOB, said('x'))
    await take(bob, [copy])
    await roundTrips({ alice, bob }, 10)
    const again = await Client.open({ store: stores.bob })
    const before = await stores.bob.list('')
    await expect(again.decryptContent(copy)).rejects.toMatchObject(DUPLICATE)
    expect(await stores.bob.list('')).toEqual(before)
  })

  it('after which more than 2,000 keys were kept is a duplicate; what nobody read, and lost its key so, is asked for', async () => {
    const { alice, bob } = await talk()
    const [unread, read] = [await alice.encrypt(BOB, utf8('unread')), await alice.encrypt(BOB, utf8('read'))]
    await bob.decrypt(read)
    let last: Envelope = read
    for (let i = 0; i < 2_002; i++) last = await alice.encrypt(BOB, utf8('x'))
    await bob.decrypt(last)
    await expect(bob.decryptContent(read)).rejects.toMatchObject(DUPLICATE)
    expect(await bob.decryptContent(unread)).toMatchObject({
      kind: 'unreadable',
      error: { code: 'duplicate-message', details: { unread: true, diagnosis: { cause: 'key-expired', remedy: 'ask-again' } } },
      request: {},
    })
  })
})

describe('what is no copy is asked for as before', () => {
  it('a message of a chain that is gone, from after its end: the sender went back to an old copy of its store', async () => {
    const { alice, bob, stores, clocks } = await talk()
    await take(bob, [await alice.encryptContent(BOB, said('x'))])
    const restored = await Client.open({ store: await cloneStore(stores.alice), clock: clocks.alice })
    await roundTrips({ alice, bob }, 10)
    // One number of the old chain has been used twice, by the sender and by its copy; the next was never heard of.
    await expect(bob.decryptContent(await restored.encryptContent(BOB, said('y')))).rejects.toMatchObject(OTHER)
    expect(await take(bob, [await restored.encryptContent(BOB, said('z'))])).toMatchObject([
      { kind: 'unreadable', error: { details: { diagnosis: { cause: 'session-diverged' } } }, request: { kind: 'plaintext' } },
    ])
  })

  it('a message that comes for the first time when its chain is gone', async () => {
    const { alice, bob } = await talk()
    const [late, before, after] = [said('late'), said('before'), said('after')]
    const first = await alice.encryptContent(BOB, before)
    const held = await alice.encryptContent(BOB, late)
    await take(bob, [first, await alice.encryptContent(BOB, after)])
    await take(alice, [await bob.encryptContent(ALICE, said('on'))])
    await roundTrips({ alice, bob }, 10)
    expect(await take(bob, [held])).toMatchObject([{ kind: 'unreadable', request: { kind: 'plaintext' } }])
  })

  it('a message that was damaged on its way, in a session with many turns behind it', async () => {
    const { alice, bob } = await talk()
    await roundTrips({ alice, bob }, 20)
    expect(await take(bob, [altered(await alice.encryptContent(BOB, said('x')))])).toMatchObject([
      { kind: 'unreadable', request: { kind: 'plaintext' } },
    ])
  })

  it('and what is remembered of chains that are gone stays small', async () => {
    const { alice, bob, stores } = await talk()
    const size = async () => [...(await stores.bob.read(await stores.bob.list('session/'))).values()][0]?.value.length ?? 0
    await roundTrips({ alice, bob }, 6)
    const before = await size()
    const sizes: number[] = []
    await roundTrips({ alice, bob }, 150, async () => void sizes.push(await size()))
    expect(Math.max(...sizes)).toBeLessThan(before + 64 * 12 + 3_000)
  })
})
