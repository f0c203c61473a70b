import { expect, it } from 'vitest'
import { MemoryStore, utf8 } from '../../src/index.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'

it('rows 18, 22: a message that is late for the post-quantum ratchet alone opens after upkeep too', async () => {
  const clock = fakeClock()
  const store = new MemoryStore()
  const [alice, bob] = [await newClient({ clock }), await newClient({ clock, store })]
  await alice.startSession(bundleOf(await bob.generatePreKeys(2)))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('first')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('answer')))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('on a new chain')))
  // The next of its chain, sent before alice turned; the post-quantum chain runs on over the turn.
  const late = await alice.encrypt(bob.address, utf8('late'))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('another answer')))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('after the turn')))
  expect(await store.list('skipped/')).toEqual([])
  expect(await store.list('pq-skipped/')).toHaveLength(1)
  for (let i = 0; i < 3; i++) {
    clock.advance(3_600_001)
    await bob.upkeep()
  }
  expect(await bob.decrypt(late)).toMatchObject({ plaintext: utf8('late') })
})
