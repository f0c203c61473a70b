/** A message whose skipped key went by age was never opened: it is told from a copy, and asked for again. */
import { describe, expect, it } from 'vitest'
import { type Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { whyGone, withExpired } from '../../src/records/expired-keys-record.js'
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

/** What becomes of a message; of a duplicate also whether nobody has read it. */
const codeOf = (bob: Client, envelope: Envelope): Promise<string> =>
  bob.decrypt(envelope).then(
    () => 'opened',
    ({ code, details }: { readonly code: string; readonly details: { readonly unread?: true } }) =>
      details.unread === true ? 'unread' : code,
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

describe('a skipped key that had to make room', () => {
  /** What is said of each of the first messages, by its number. */
  const verdicts = async (bob: Client, sent: ReadonlyMap<number, Envelope>): Promise<ReadonlyMap<number, string>> => {
    const said = new Map<number, string>()
    for (const [number, envelope] of sent) said.set(number, await codeOf(bob, envelope))
    return said
  }

  it('is told from one that was used, and so is one that was never derived: of a jump the newest 2,000 are kept', async () => {
    const { alice, bob } = await talk()
    const sent = new Map<number, Envelope>()
    for (let i = 0; i < 2_300; i++) {
      const envelope = await alice.encrypt(bob.address, TEXT)
      if ([0, 1, 8, 9, 299, 300, 301, 2_299].includes(i)) sent.set(i, envelope)
      if (i === 8) await bob.decrypt(envelope)
    }
    await bob.decrypt(await alice.encrypt(bob.address, TEXT))
    const [lost, used] = ['unread', 'duplicate-message']
    expect([...(await verdicts(bob, sent))]).toEqual([
      ...[0, 1].map((i) => [i, lost]),
      [8, used],
      ...[9, 299].map((i) => [i, lost]),
      ...[300, 301, 2_299].map((i) => [i, 'opened']),
    ])
    for (const [, code] of await verdicts(bob, new Map([...sent].slice(-3)))) expect(code).toBe(used)
  })

  it('is told from one that was used in a group, with a bound of the app', async () => {
    const bob = await newClient({ limits: { keptGroupKeysPerDevice: 10 } })
    const alice = await newClient()
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    const group = alice.group(GROUP)
    await bob.decryptContent(await alice.encryptContent(bob.address, { senderKey: await group.distribute() }))
    const sent: Envelope[] = []
    const say = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) sent.push(await group.encrypt(TEXT))
      await bob.decrypt(sent.at(-1) as Envelope)
    }
    await say(8)
    await bob.decrypt(sent[2] as Envelope)
    await say(6)
    await say(30)
    const codes: string[] = []
    for (const envelope of sent) codes.push(await codeOf(bob, envelope))
    const expected = sent.map((_, i) => (i >= 33 && i < 43 ? 'opened' : [2, 7, 13, 43].includes(i) ? 'duplicate-message' : 'unread'))
    expect(codes).toEqual(expected)
  })
})

describe('the note of what went unused', () => {
  it('of the first form, which knows of age alone, is read, and goes on', () => {
    const old = Uint8Array.of(1, 0, 0, 0, 5, 0, 0, 0, 9)
    expect([4, 5, 8, 9].map((counter) => whyGone(old, counter))).toEqual([undefined, 'age', 'age', undefined])
    const note = withExpired(old, [[9, 12, 'room']])
    expect([8, 9, 11, 12].map((counter) => whyGone(note, counter))).toEqual(['age', 'room', 'room', undefined])
  })

  it('is bounded, and then says too much rather than too little', () => {
    const counters = Array.from({ length: 1_000 }, (_, i) => 3 * i + (i > 500 ? 1_000 : 0))
    let note: Uint8Array | undefined
    for (let i = 0; i < counters.length; i += 7) {
      const some = counters.slice(i, i + 7)
      note = withExpired(
        note,
        some.map((counter) => [counter, counter + 1, 'age']),
      )
    }
    const bytes = note as Uint8Array
    expect(bytes.length).toBeLessThanOrEqual(577)
    expect(counters.filter((counter) => whyGone(bytes, counter) === undefined)).toEqual([])
    for (const counter of [1_700, 2_400, 4_000, 0xffff_ffff]) expect(whyGone(bytes, counter)).toBeUndefined()
  })
})
