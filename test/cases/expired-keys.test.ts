/** A message whose skipped key went by age was never opened: it is told from a copy, and asked for again. */
import { describe, expect, it } from 'vitest'
import { type Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { isExpired, withExpired } from '../../src/records/expired-keys-record.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const [HOUR, DAY] = [60 * 60 * 1000, 24 * 60 * 60 * 1000]
const TEXT = utf8('x')
const GROUP = '00000000-0000-4000-8000-00000000abcd'

/** Alice and bob, who have both written. */
async function talk() {
  const [clock, store] = [fakeClock(), new MemoryStore()]
  const [alice, bob] = [await newClient({ clock }), await newClient({ clock, store })]
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  await bob.decrypt(await alice.encrypt(bob.address, TEXT))
  await alice.decrypt(await bob.encrypt(alice.address, TEXT))
  await bob.decrypt(await alice.encrypt(bob.address, TEXT))
  const growOld = async (): Promise<void> => {
    clock.advance(31 * DAY)
    await bob.upkeep()
    clock.advance(HOUR)
    await bob.upkeep()
  }
  return { alice, bob, clock, growOld, store }
}

const codeOf = (bob: Client, envelope: Envelope): Promise<string> =>
  bob.decrypt(envelope).then(
    () => 'opened',
    (error: { readonly code: string }) => error.code,
  )

describe('a skipped key that went by age', () => {
  it('is told from one that was used, message by message, and nothing changes', async () => {
    const { alice, bob, growOld, store } = await talk()
    const sent: Envelope[] = []
    for (let i = 0; i < 60; i++) sent.push(await alice.encrypt(bob.address, TEXT))
    const opened = [59, 3, 4, 20, 40]
    for (const i of opened) await bob.decrypt(sent[i] as Envelope)
    await growOld()
    const before = await snapshot(store)
    for (const [i, envelope] of sent.entries()) {
      expect(await codeOf(bob, envelope), `message ${i}`).toBe(opened.includes(i) ? 'duplicate-message' : 'message-key-expired')
    }
    expect(await snapshot(store)).toEqual(before)
    expect(await store.list('skipped/')).toEqual([])
    expect(await codeOf(bob, await alice.encrypt(bob.address, TEXT))).toBe('opened')
  })

  it('is asked for again, and the content comes', async () => {
    const { alice, bob, clock, growOld } = await talk()
    const late = await alice.encryptContent(bob.address, { application: TEXT })
    await bob.decryptContent(await alice.encryptContent(bob.address, { application: TEXT }))
    await growOld()
    const lost = await bob.decryptContent(late)
    const diagnosis = { cause: 'key-expired', remedy: 'ask-again' }
    expect(lost).toMatchObject({ kind: 'unreadable', error: { code: 'message-key-expired', details: { diagnosis } }, request: {} })
    clock.advance(1)
  })

  it('is told also on an archived session, and on a second look at keys of another day', async () => {
    const { alice, bob, clock, growOld, store } = await talk()
    const sent: Envelope[] = []
    const skip = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) sent.push(await alice.encrypt(bob.address, TEXT))
      await bob.decrypt(await alice.encrypt(bob.address, TEXT))
    }
    await skip()
    clock.advance(15 * DAY)
    await skip()
    clock.advance(16 * DAY)
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await bob.decrypt(await alice.encrypt(bob.address, TEXT))
    await bob.upkeep()
    clock.advance(HOUR)
    await bob.upkeep()
    expect(await codeOf(bob, sent[0] as Envelope)).toBe('message-key-expired')
    expect(await store.list('skipped/')).not.toEqual([])
    clock.advance(15 * DAY - HOUR)
    await bob.upkeep()
    clock.advance(HOUR)
    await bob.upkeep()
    for (const i of [0, 25]) expect(await codeOf(bob, sent[i] as Envelope)).toBe('message-key-expired')
    await bob.forget(alice.address)
    expect((await store.list('')).filter((name) => name.includes('expired'))).toEqual([])
    await growOld()
  })

  it('of a group is told too, and the note goes with the chain', async () => {
    const { alice, bob, growOld, store } = await talk()
    const group = alice.group(GROUP)
    await bob.decryptContent(await alice.encryptContent(bob.address, { senderKey: await group.distribute() }))
    const sent: Envelope[] = []
    for (let i = 0; i < 20; i++) sent.push(await group.encrypt(TEXT))
    for (const i of [19, 5]) await bob.decrypt(sent[i] as Envelope)
    await growOld()
    for (const [i, envelope] of sent.entries()) {
      expect(await codeOf(bob, envelope), `message ${i}`).toBe(i === 19 || i === 5 ? 'duplicate-message' : 'message-key-expired')
    }
    await expect(bob.decryptContent(sent[0] as Envelope)).rejects.toMatchObject({
      details: { diagnosis: { cause: 'key-expired', remedy: 'drop' } },
    })
    await bob.dropSenderKey(GROUP, alice.address)
    expect((await store.list('')).filter((name) => name.startsWith('sender-'))).toEqual([])
  })
})

describe('the note of what went by age', () => {
  it('is bounded, and then says too much rather than too little', () => {
    const counters = Array.from({ length: 1_000 }, (_, i) => 3 * i + (i > 500 ? 1_000 : 0))
    let note: Uint8Array | undefined
    for (let i = 0; i < counters.length; i += 7) note = withExpired(note, counters.slice(i, i + 7))
    const bytes = note as Uint8Array
    expect(bytes.length).toBeLessThanOrEqual(513)
    expect(counters.filter((counter) => !isExpired(bytes, counter))).toEqual([])
    for (const counter of [1_700, 2_400, 4_000, 0xffff_ffff]) expect(isExpired(bytes, counter)).toBe(false)
  })
})
