/**
 * Row 50: a clock that was wrong once, on either side and by any size, loses, hides and misdates nothing that is sent later; and a
 * moment of it deletes and blocks nothing for good.
 */
import { describe, expect, it } from 'vitest'
import { Client, type Clock, type EpochMillis, MemoryStore } from '../../src/index.js'
import { type Content, serializeContent } from '../../src/wire/index.js'
import { bundleOf } from '../support/parties.js'
import { ALICE, altered, asked, BOB, DAY, HOUR, healing, said, shown, take, talk } from '../support/talk.js'

const YEAR = 365 * DAY
const GROUP = 'd1d1d1d1-7000-11eb-b32a-33b8a8a487a6'
const NOW = 1_767_225_600_000
const WRONG = [
  ['a year ahead', YEAR],
  ['a month ahead', 30 * DAY],
  ['at 1970', -NOW],
  ['at the end of time', Number.MAX_SAFE_INTEGER - NOW],
] as const

describe.each(WRONG)('row 50: a clock that was wrong once, %s', (_, error) => {
  it('of the sender: what is sent later is shown, dated right, and sent again when it is lost', async () => {
    const w = await talk()
    const { alice, bob, clocks } = w
    clocks.alice.advance(error)
    for (let i = 0; i < 70; i++) await take(bob, [await alice.encryptContent(BOB, said(`wrong ${i}`))])
    clocks.alice.advance(-error)
    clocks.alice.advance(60_000)
    const [right] = await take(bob, [await alice.encryptContent(BOB, said('right'))])
    expect(right).toMatchObject({ kind: 'content', sentAt: clocks.alice(), again: false, maybeRepeated: false })
    clocks.alice.advance(60_000)
    const again = await take(bob, await healing(w, await alice.encryptContent(BOB, said('lost'))))
    expect(shown(again)).toEqual(['lost'])
    expect(again.at(-1)).toMatchObject({ sentAt: clocks.alice(), again: true, maybeRepeated: false })
  })

  it('of the receiver: what it takes in and asks for later comes', async () => {
    const w = await talk()
    const { alice, bob, clocks } = w
    clocks.bob.advance(error)
    const wrong = await take(bob, await healing(w, await alice.encryptContent(BOB, said('lost then'))))
    expect(shown(wrong)).toEqual(['lost then'])
    await take(alice, [await bob.encryptContent(ALICE, said('ok'))])
    clocks.bob.advance(-error)
    clocks.alice.advance(HOUR)
    const right = await take(bob, await healing(w, await alice.encryptContent(BOB, said('lost now'))))
    expect(shown(right)).toEqual(['lost now'])
  })

  it('of the receiver while it keeps order: keys that are kept for late messages stay', async () => {
    const w = await talk()
    const { alice, bob, clocks } = w
    await take(bob, [await alice.encryptContent(BOB, { senderKey: await alice.group(GROUP).distribute() })])
    const late = [
      await alice.encryptContent(BOB, said('late')),
      await alice.group(GROUP).encrypt(serializeContent(said('late too') as Content)),
    ]
    await take(bob, [
      await alice.encryptContent(BOB, said('in time')),
      await alice.group(GROUP).encrypt(serializeContent(said('in time') as Content)),
    ])
    clocks.bob.advance(error)
    for (let i = 0; i < 2; i++) await bob.rotatePreKeys()
    clocks.bob.advance(-error)
    clocks.bob.advance(HOUR)
    await bob.rotatePreKeys()
    expect(shown(await take(bob, late))).toEqual(['late', 'late too'])
  })

  it('of the sender while it sends once: what it kept before is still there when it is asked for, and what it kept then too', async () => {
    const { alice, bob, clocks, fetchBundle } = await talk()
    const hit = altered(await alice.encryptContent(BOB, said('before')))
    clocks.alice.advance(error)
    await alice.encryptContent(BOB, said('meanwhile'))
    await alice.rotatePreKeys()
    clocks.alice.advance(-error)
    await alice.encryptContent(BOB, said('after'))
    const [failed] = await take(bob, [hit])
    const { envelopes } = await alice.answerRetry(await asked(alice, failed), fetchBundle)
    const expected = error < 0 ? ['before', 'after'] : ['before', 'meanwhile', 'after']
    expect(shown(await take(bob, envelopes))).toEqual(expected)
  })

  it('of who asked and answered: an hour later by a right clock both do so again', async () => {
    const w = await talk()
    const { alice, bob, clocks } = w
    for (const clock of Object.values(clocks)) clock.advance(error)
    expect(shown(await take(bob, await healing(w, await alice.encryptContent(BOB, said('one')))))).toEqual(['one'])
    await take(alice, [await bob.encryptContent(ALICE, said('ok'))])
    for (const clock of Object.values(clocks)) clock.advance(-error)
    for (const clock of Object.values(clocks)) clock.advance(HOUR)
    expect(shown(await take(bob, await healing(w, await alice.encryptContent(BOB, said('two')))))).toEqual(['two'])
  })

  it('of who holds a session that was replaced: it opens late messages again when the clock is right', async () => {
    const { alice, bob, clocks, fetchBundle } = await talk()
    const late = await alice.encryptContent(BOB, said('late'))
    await alice.startSession(await fetchBundle(BOB))
    await take(bob, [await alice.encryptContent(BOB, said('on a fresh session'))])
    clocks.bob.advance(error)
    await bob.rotatePreKeys()
    clocks.bob.advance(-error)
    expect(shown(await take(bob, [late]))).toEqual(['late'])
  })
})

describe('row 50: a clock', () => {
  it('that tells no time stops the operation and changes nothing', async () => {
    const { alice, bob, stores } = await talk()
    let now: number = NOW
    const clock: Clock = () => now as EpochMillis
    const broken = await Client.open({ store: stores.alice, clock })
    for (const time of [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53]) {
      now = time
      await expect(broken.encryptContent(BOB, said('x'))).rejects.toMatchObject({ code: 'invalid-argument' })
    }
    now = NOW
    expect(shown(await take(bob, [await broken.encryptContent(BOB, said('y'))]))).toEqual(['y'])
    expect(shown(await take(bob, [await alice.encryptContent(BOB, said('z'))]))).toEqual(['z'])
  })

  it('says when somebody asks, and an answer does not look at it', async () => {
    const { alice, bob, clocks, fetchBundle } = await talk()
    clocks.bob.advance(-5 * YEAR)
    const [failed] = await take(bob, [altered(await alice.encryptContent(BOB, said('lost')))])
    const request = await asked(alice, failed)
    expect(request.request.timestamp).toBe(clocks.bob())
    expect(shown(await take(bob, (await alice.answerRetry(request, fetchBundle)).envelopes))).toContain('lost')
  })

  it('must say twice, an hour apart, that something is over, before it is deleted', async () => {
    const { alice, stores, clocks } = await talk()
    const list = async () => (await stores.alice.list('outbox/')).length - 1
    clocks.alice.advance(7 * DAY + 1_000)
    await alice.rotatePreKeys()
    expect(await list()).toBe(1)
    clocks.alice.advance(HOUR - 1)
    await alice.rotatePreKeys()
    expect(await list()).toBe(1)
    clocks.alice.advance(1)
    await alice.rotatePreKeys()
    expect(await list()).toBe(0)
  })

  it('that was ahead leaves nothing behind for longer than it should stay', async () => {
    const { alice, stores, clocks } = await talk()
    clocks.alice.advance(YEAR)
    await alice.encryptContent(BOB, said('ahead'))
    clocks.alice.advance(-YEAR)
    clocks.alice.advance(8 * DAY)
    for (let i = 0; i < 2; i++) {
      await alice.rotatePreKeys()
      clocks.alice.advance(HOUR)
    }
    expect(await stores.alice.list('outbox/')).toHaveLength(1)
  })

  it('that was ahead when a session was replaced keeps that session for no year', async () => {
    const { alice, bob, stores, clocks, fetchBundle } = await talk()
    clocks.bob.advance(YEAR)
    await alice.startSession(await fetchBundle(BOB))
    await take(bob, [await alice.encryptContent(BOB, said('on a fresh session'))])
    clocks.bob.advance(-YEAR)
    for (let i = 0; i < 3; i++) {
      expect(await stores.bob.list('archived/')).toHaveLength(i < 2 ? 1 : 0)
      await bob.rotatePreKeys()
      clocks.bob.advance(HOUR)
    }
  })

  it('that was ahead on the old phone takes nothing from the new one with the same identity', async () => {
    const { alice, bob, clocks } = await talk()
    clocks.alice.advance(DAY)
    for (let i = 0; i < 70; i++) await take(bob, [await alice.encryptContent(BOB, said(`${i}`))])
    const { exportIdentity, parseIdentity } = await import('../../src/migration/libsignal.js')
    const { identityKeyPair, registrationId } = exportIdentity(alice)
    clocks.alice.advance(-DAY + HOUR)
    const phone = await Client.create(
      { store: new MemoryStore(), address: ALICE, clock: clocks.alice },
      parseIdentity(identityKeyPair, registrationId),
    )
    const fetchBundle = async () => bundleOf(await bob.generatePreKeys(1))
    await phone.startSession(await fetchBundle())
    const again = await take(bob, await healing({ alice: phone, bob, fetchBundle }, await phone.encryptContent(BOB, said('important'))))
    expect(again).toMatchObject([{ kind: 'content', again: true, maybeRepeated: false }])
  })
})
