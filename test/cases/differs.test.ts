/**
 * A used number with other bytes is told from a true duplicate: the sender went back to an old state, and what it sends now is no copy of what
 * was read. It is told once, and says that it is not proven.
 */
import { describe, expect, it } from 'vitest'
import { Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { bundleOf } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { ALICE, altered, BOB, said, take, talk } from '../support/talk.js'
import { cloneStore } from '../support/world/stores.js'

const COPY = { code: 'duplicate-message', details: { diagnosis: { cause: 'seen-before', remedy: 'acknowledge' } } }
const OTHER = { code: 'duplicate-message', details: { differs: true, diagnosis: { cause: 'counter-reused', remedy: 'acknowledge' } } }
const DISTRIBUTION = '11111111-2222-4333-8444-555555555555'

/** How bob refuses an envelope. */
const refusal = (bob: Client, envelope: Envelope): Promise<unknown> =>
  bob.decrypt(envelope).then(
    () => 'opened',
    (error: unknown) => error,
  )

/** Whether bob says of an envelope that it differs. */
async function differs(bob: Client, envelope: Envelope): Promise<boolean> {
  const error = (await refusal(bob, envelope)) as { readonly details: { readonly differs?: true } }
  expect(error).toMatchObject({ code: 'duplicate-message' })
  return error.details.differs === true
}

describe('row 49: a used number with other bytes', () => {
  it('row 49: is told from a true duplicate, once, and leaves the store as it is', async () => {
    const { alice, bob, stores } = await talk()
    const old = await Client.open({ store: await cloneStore(stores.alice) })
    const first = await alice.encrypt(BOB, utf8('yes'))
    await bob.decrypt(first)
    const second = await old.encrypt(BOB, utf8('no'))
    const before = await snapshot(stores.bob)
    expect(await refusal(bob, first)).toMatchObject(COPY)
    expect(await refusal(bob, second)).toMatchObject(OTHER)
    for (const envelope of [second, first]) {
      expect(await differs(bob, envelope)).toBe(false)
      expect(await refusal(bob, envelope)).toMatchObject(COPY)
    }
    expect(await snapshot(stores.bob)).toEqual(before)
  })

  it('row 49: is told again by a client that was opened anew, for the app may have crashed before it kept that', async () => {
    const { alice, bob, stores } = await talk()
    const old = await Client.open({ store: await cloneStore(stores.alice) })
    await bob.decrypt(await alice.encrypt(BOB, utf8('yes')))
    const second = await old.encrypt(BOB, utf8('no'))
    expect(await differs(bob, second)).toBe(true)
    expect(await differs(await Client.open({ store: stores.bob }), second)).toBe(true)
  })

  it('row 49: is acknowledged, and nothing is asked for, also as a content', async () => {
    const { alice, bob, stores } = await talk()
    const old = await Client.open({ store: await cloneStore(stores.alice) })
    await take(bob, [await alice.encryptContent(BOB, said('yes'))])
    await expect(bob.decryptContent(await old.encryptContent(BOB, said('no')))).rejects.toMatchObject(OTHER)
  })

  it('row 49: each altered copy differs, whatever byte it is, and so does one of a first message', async () => {
    const bob = await Client.create({ store: new MemoryStore(), address: BOB })
    const alice = await Client.create({ store: new MemoryStore(), address: ALICE })
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    const first = await alice.encrypt(BOB, utf8('first'))
    await bob.decrypt(first)
    expect(await differs(bob, first)).toBe(false)
    await alice.decrypt(await bob.encrypt(ALICE, utf8('answer')))
    const envelope = await alice.encrypt(BOB, utf8('hello'))
    await bob.decrypt(envelope)
    // The ciphertext, and the tag behind it; what comes before says the place.
    for (const at of [60, envelope.body.length - 9, envelope.body.length - 1]) {
      const body = Uint8Array.from(envelope.body)
      body[at] = (body[at] ?? 0) ^ 1
      expect(await differs(bob, { ...envelope, body }), `byte ${at}`).toBe(true)
    }
    expect(await differs(bob, envelope)).toBe(false)
  })

  it('row 49: of a chain that is gone, of an archived session, and of a message that came late', async () => {
    const { alice, bob, stores, fetchBundle } = await talk()
    const old = await Client.open({ store: await cloneStore(stores.alice) })
    const late = await alice.encrypt(BOB, utf8('late'))
    const next = await alice.encrypt(BOB, utf8('next'))
    await bob.decrypt(next)
    await bob.decrypt(late)
    const [other, another] = [await old.encrypt(BOB, utf8('other')), await old.encrypt(BOB, utf8('another'))]
    for (const copy of [late, next]) expect(await differs(bob, copy)).toBe(false)
    expect(await differs(bob, other)).toBe(true)
    await alice.startSession(await fetchBundle(BOB))
    for (let i = 0; i < 8; i++) {
      await bob.decrypt(await alice.encrypt(BOB, utf8('ping')))
      await alice.decrypt(await bob.encrypt(ALICE, utf8('pong')))
    }
    for (const copy of [late, next]) expect(await differs(bob, copy)).toBe(false)
    expect(await differs(bob, another)).toBe(true)
  })

  it('row 49: for 1,000 messages of a conversation, and those before are duplicates', { timeout: 60_000 }, async () => {
    const { alice, bob, stores } = await talk()
    const sent: Envelope[] = []
    for (let i = 0; i < 1_200; i++) {
      sent.push(await alice.encrypt(BOB, utf8(String(i))))
      await bob.decrypt(sent[i] as Envelope)
    }
    for (const i of [1_199, 1_168, 1_167, 500, 200]) {
      expect(await differs(bob, sent[i] as Envelope), `copy ${i}`).toBe(false)
      expect(await differs(bob, altered(sent[i] as Envelope)), `other ${i}`).toBe(true)
    }
    expect(await differs(bob, altered(sent[100] as Envelope))).toBe(false)
    const records = await stores.bob.list('opened/')
    expect(records).toHaveLength(32)
    await bob.forget(ALICE)
    expect(await stores.bob.list('opened/')).toEqual([])
  })

  it('row 49: goes with its session', async () => {
    const { alice, bob, stores, clocks } = await talk()
    for (let i = 0; i < 40; i++) await bob.decrypt(await alice.encrypt(BOB, utf8('x')))
    const late = await alice.encrypt(BOB, utf8('late'))
    await bob.decrypt(await alice.encrypt(BOB, utf8('next')))
    await bob.decrypt(late)
    expect(await stores.bob.list('opened/')).toHaveLength(1)
    await bob.endSession(ALICE)
    clocks.bob.advance(31 * 86_400_000)
    await bob.upkeep()
    clocks.bob.advance(2 * 3_600_000)
    await bob.upkeep()
    expect(await stores.bob.list('archived/')).toEqual([])
    expect(await stores.bob.list('opened/')).toEqual([])
  })

  it('row 49: of a group, also late, in a record that goes with the sender key', async () => {
    const { alice, bob, stores } = await talk()
    const group = alice.group(DISTRIBUTION)
    await take(bob, [await alice.encryptContent(BOB, { senderKey: await group.distribute() })])
    const old = (await Client.open({ store: await cloneStore(stores.alice) })).group(DISTRIBUTION)
    const [late, next] = [await group.encrypt(utf8('late')), await group.encrypt(utf8('next'))]
    await bob.decrypt(next)
    await bob.decrypt(late)
    for (const copy of [late, next]) expect(await differs(bob, copy)).toBe(false)
    for (const text of ['other', 'another']) {
      const other = await old.encrypt(utf8(text))
      expect(await refusal(bob, other)).toMatchObject(OTHER)
      expect(await refusal(bob, other)).toMatchObject(COPY)
    }
    for (let i = 0; i < 40; i++) await bob.decrypt(await group.encrypt(utf8('x')))
    for (const copy of [late, next]) expect(await differs(bob, copy)).toBe(false)
    expect(await stores.bob.list('sender-opened/')).toHaveLength(1)
    await bob.dropSenderKey(DISTRIBUTION)
    expect(await stores.bob.list('sender-opened/')).toEqual([])
  })
})
