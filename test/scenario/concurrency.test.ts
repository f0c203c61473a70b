/** Many operations at once: in one client, in two clients on one store, and in every order in which a store may answer. */
import { afterAll, expect, it } from 'vitest'
import { Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { signalMessageOf } from '../support/forge.js'
import { bundleOf } from '../support/parties.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { conversation, outcomes, schedules } from '../support/world/schedules.js'
import { anotherHandle, hex } from '../support/world/stores.js'

afterAll(() => KeyWatch.end())

const sorted = (texts: readonly (string | undefined)[]): string[] => texts.map(String).sort((a, b) => (a < b ? -1 : 1))
const place = (envelope: Envelope): string => `${hex(signalMessageOf(envelope).ratchetKey)} ${signalMessageOf(envelope).counter}`

for (const tabs of [1, 2]) {
  it(`row 16: 1,000 parallel encrypts in ${tabs} client(s) give 1,000 counters and keys; all open once in 1,000 parallel decrypts`, async () => {
    const { alice, bob, stores } = await conversation()
    const watch = KeyWatch.begin()
    const senders = [alice, await Client.open({ store: anotherHandle(stores.alice) })].slice(0, tabs)
    const receivers = [bob, await Client.open({ store: anotherHandle(stores.bob) })].slice(0, tabs)
    const texts = Array.from({ length: 1000 }, (_, i) => `message ${i}`)
    const envelopes = await Promise.all(texts.map((text, i) => (senders[i % tabs] ?? alice).encrypt(bob.address, utf8(text))))
    for (const envelope of envelopes) watch.release(envelope)
    expect(new Set(envelopes.map(place)).size).toBe(1000)
    expect(envelopes.map((envelope) => signalMessageOf(envelope).counter).sort((a, b) => a - b)).toEqual(texts.map((_, i) => i))
    // Every tenth is delivered twice, to two tabs if there are two.
    const deliveries = envelopes.flatMap((envelope, i) => (i % 10 === 0 ? [envelope, envelope] : [envelope]))
    const { opened, refused } = await outcomes(deliveries.map((envelope, i) => (receivers[i % tabs] ?? bob).decrypt(envelope)))
    expect(sorted(opened)).toEqual(sorted(texts))
    expect(refused).toEqual(Array(100).fill('duplicate-message'))
    expect(await stores.bob.list('skipped/')).toEqual([])
    expect(await stores.bob.list('pq-skipped/')).toEqual([])
  })
}

it('row 16: what is encrypted and decrypted at once, both ways, in two tabs on each side, arrives once', async () => {
  const { alice, bob, stores } = await conversation()
  const watch = KeyWatch.begin()
  const sides = [
    { tabs: [alice, await Client.open({ store: anotherHandle(stores.alice) })], to: bob.address },
    { tabs: [bob, await Client.open({ store: anotherHandle(stores.bob) })], to: alice.address },
  ] as const
  const seen: string[] = []
  // Each message is delivered as soon as it is there, while others are still being encrypted.
  const journeys = Array.from({ length: 300 }, async (_, i) => {
    const [from, to] = i % 2 === 0 ? sides : [sides[1], sides[0]]
    const tab = (i >> 1) % 2
    const envelope = await (from.tabs[tab] ?? alice).encrypt(from.to, utf8(`journey ${i}`))
    watch.release(envelope)
    const receivers = i % 10 === 0 ? to.tabs : [to.tabs[(i >> 2) % 2] ?? bob]
    const { opened } = await outcomes(receivers.map((receiver) => receiver.decrypt(envelope)))
    seen.push(...opened.map(String))
  })
  await Promise.all(journeys)
  expect(sorted(seen)).toEqual(sorted(Array.from({ length: 300 }, (_, i) => `journey ${i}`)))
  expect(watch.released).toBe(300)
})

it('row 16: prekeys made in parallel never share an id, and serve as many sessions begun in parallel', async () => {
  const store = new MemoryStore()
  const bob = await Client.create({ store })
  const uploads = await Promise.all(Array.from({ length: 8 }, (_, i) => (i === 3 ? bob.rotatePreKeys() : bob.generatePreKeys(3))))
  const ids = uploads.flatMap(({ oneTimePreKeys }) => oneTimePreKeys.map(({ id }) => id))
  expect(new Set(ids).size).toBe(21)
  expect(new Set(uploads.flatMap(({ oneTimeKemPreKeys }) => oneTimeKemPreKeys.map(({ id }) => id))).size).toBe(21)
  expect(await bob.countPreKeys()).toEqual({ oneTime: 21, oneTimeKem: 21 })
  const newest = uploads[3]
  if (newest === undefined) throw new Error('no rotation')
  const first = await Promise.all(
    uploads.flatMap((upload) =>
      upload.oneTimePreKeys.map(async (_, index) => {
        const carol = await Client.create({ store: new MemoryStore() })
        await carol.startSession({ ...bundleOf(upload, { index }), signedPreKey: newest.signedPreKey })
        return carol.encrypt(bob.address, utf8('hello'))
      }),
    ),
  )
  const { opened, refused } = await outcomes([...first, ...first].map((envelope) => bob.decrypt(envelope)))
  expect(opened).toHaveLength(21)
  expect(refused).toEqual(Array(21).fill('duplicate-message'))
  expect(await bob.countPreKeys()).toEqual({ oneTime: 0, oneTimeKem: 0 })
})

it('row 16: two clients that begin a session with one device at once agree on one of them', async () => {
  const { bob, stores } = await conversation()
  const tabs = await Promise.all([stores.alice, stores.alice].map((store) => Client.open({ store: anotherHandle(store) })))
  const upload = await bob.generatePreKeys(2)
  await Promise.all(tabs.map((tab, index) => tab.startSession(bundleOf(upload, { index }))))
  const envelopes = await Promise.all(tabs.map((tab) => tab.encrypt(bob.address, utf8('which one?'))))
  expect(new Set(envelopes.map((envelope) => hex(signalMessageOf(envelope).ratchetKey))).size).toBe(1)
  const { opened } = await outcomes(envelopes.map((envelope) => bob.decrypt(envelope)))
  expect(opened).toEqual(['which one?', 'which one?'])
  expect(await stores.alice.list('archived/')).toHaveLength(2)
})

it('row 16: whatever order a store answers in, two tabs deliver a batch once', { timeout: 120_000 }, async () => {
  await schedules(300)
})
