/**
 * A content's name is 16 random bytes, and its time is what the sender's clock said. What is known to have been shown is held back; what
 * may have been shown comes with a mark; nothing that was never opened is withheld. Contents without a name go by their time, as before.
 */
import { describe, expect, it } from 'vitest'
import { Client, type Envelope, epochMillis, MemoryStore } from '../../src/index.js'
import { type Content, parseContent, serializeContent } from '../../src/wire/index.js'
import { bundleOf } from '../support/parties.js'
import { ALICE, altered, asked, BOB, DAY, HOUR, healing, said, shown, take, talk } from '../support/talk.js'

const YEAR = 365 * DAY

/** What is inside an encrypted content; the message is opened by a copy of its receiver. */
async function inside(envelope: Envelope, receiver: Client): Promise<Content> {
  return parseContent((await receiver.decrypt(envelope)).plaintext)
}

describe('names', () => {
  it('are 16 bytes, never the same twice, and the same when a content comes again', async () => {
    const w = await talk()
    const { alice, bob } = w
    const first = await alice.encryptContent(BOB, said('one'))
    const again = (await healing(w, await alice.encryptContent(BOB, said('two')))).slice(1)
    const contents = [await inside(first, bob)]
    for (const envelope of again) contents.push(await inside(envelope, bob))
    const names = contents.map(({ name }) => Buffer.from(name ?? []).toString('hex'))
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(names).toEqual([names[0], names[0], names[2]])
    expect(new Set(names).size).toBe(2)
    expect(contents.map(({ again: isAgain }) => isAgain)).toEqual([false, true, true])
  })

  it('are another thing than times: two contents of one time are both shown, whatever came before', async () => {
    const { bob, alice } = await talk()
    const sentAt = epochMillis(1_767_225_600_000)
    const named = async (name: number) =>
      alice.encrypt(BOB, serializeContent({ ...said(`${name}`), name: new Uint8Array(16).fill(name), sentAt } as Content))
    const incoming = await take(bob, [await named(1), await named(2), await named(1)])
    expect(shown(incoming)).toEqual(['1', '2'])
    expect(incoming[2]?.kind).toBe('repeated')
  })

  it('of a peer that has none are the times', async () => {
    const { alice, bob } = await talk()
    const old = async (text: string, sentAt: number, again = false) =>
      alice.encrypt(BOB, serializeContent({ ...said(text), sentAt: epochMillis(sentAt), again } as Content))
    const incoming = await take(bob, [await old('one', 5), await old('two', 6), await old('one', 5, true), await old('zero', 4, true)])
    expect(shown(incoming)).toEqual(['one', 'two', 'zero'])
    expect(incoming[2]?.kind).toBe('repeated')
    // It learns names; what it sent before has none still. And who took in a content by its time knows it when it comes with a name.
    const renamed = serializeContent({ ...said('two'), name: new Uint8Array(16).fill(9), sentAt: epochMillis(6), again: true } as Content)
    expect(await take(bob, [await old('two', 6, true), await alice.encrypt(BOB, renamed)])).toMatchObject([
      { kind: 'repeated' },
      { kind: 'repeated' },
    ])
  })

  it('leave a peer that knows none a time of its own for each content, also where the clock stands or comes back', async () => {
    const { alice, bob, clocks } = await talk()
    const times = async (count: number) => {
      const found: number[] = []
      for (let i = 0; i < count; i++) found.push((await inside(await alice.encryptContent(BOB, said('x')), bob)).sentAt ?? 0)
      return found
    }
    const now = clocks.alice()
    const first = await times(70)
    expect(first).toEqual(Array.from({ length: 70 }, (_, i) => now + 1 + i))
    clocks.alice.advance(YEAR)
    expect(await times(1)).toEqual([now + YEAR])
    clocks.alice.advance(-YEAR)
    // Not pushed ahead; and not one of those that are still kept.
    const [back = 0] = await times(1)
    expect(back - now).toBeLessThan(100)
    expect(first.slice(-60)).not.toContain(back)
  })
})

describe('what was never opened is never withheld', () => {
  it('a first copy that a relay kept back while it had 256 others sent again comes, and without a mark', async () => {
    const w = await talk()
    const { alice, bob, clocks } = w
    const held = await alice.encryptContent(BOB, said('never shown'))
    let count = 0
    for (let round = 0; round < 4; round++) {
      const batch: Envelope[] = []
      for (let i = 0; i < 64; i++) {
        clocks.alice.advance(1_000)
        batch.push(await alice.encryptContent(BOB, said(`${round}.${i}`)))
      }
      count += shown(await take(bob, await healing(w, batch[0] as Envelope))).length
      await take(alice, [await bob.encryptContent(ALICE, said('ok'))])
      for (const clock of [clocks.alice, clocks.bob]) clock.advance(HOUR)
    }
    expect(count).toBe(4 * 64)
    expect(await take(bob, [held])).toMatchObject([{ kind: 'content', maybeRepeated: false }])
  })

  it('a copy sent again whose name may have been forgotten comes with a mark, and only such a one', async () => {
    const w = await talk()
    const { alice, bob, clocks } = w
    const lost = await alice.encryptContent(BOB, said('lost'))
    const seen = await alice.encryptContent(BOB, said('seen'))
    await take(bob, [seen])
    // The relay keeps what is sent again back, until the name of "seen" has been forgotten.
    const again = await healing(w, lost)
    for (let i = 0; i < 70; i++) {
      clocks.alice.advance(1_000)
      await take(bob, [await alice.encryptContent(BOB, said(`${i}`))])
    }
    const late = await take(bob, again)
    expect(shown(late).slice(-2)).toEqual(['lost', 'seen'])
    expect(late.slice(-1)).toMatchObject([{ kind: 'content', again: true, maybeRepeated: true }])
    await take(alice, [await bob.encryptContent(ALICE, said('ok'))])
    // What is new, and what is missed and sent again in good time, has no mark.
    for (const clock of Object.values(clocks)) clock.advance(HOUR)
    const missed = await alice.encryptContent(BOB, said('missed'))
    const healed = (await take(bob, await healing(w, missed))).at(-1)
    expect(healed).toMatchObject({ kind: 'content', again: true, maybeRepeated: false })
    expect(await take(bob, [await alice.encryptContent(BOB, said('new'))])).toMatchObject([{ kind: 'content', maybeRepeated: false }])
  })

  it('an inbox ends with its identity: what a new phone sends again is shown', async () => {
    const { alice, bob, clocks } = await talk()
    clocks.alice.advance(3 * YEAR)
    for (let i = 0; i < 64; i++) await take(bob, [await alice.encryptContent(BOB, said(`old ${i}`))])
    clocks.alice.advance(-3 * YEAR)
    const phone = await Client.create({ store: new MemoryStore(), address: ALICE, clock: clocks.alice })
    await bob.acceptIdentity(ALICE, phone.identityKey, 'accepted')
    const fetchBundle = async () => bundleOf(await bob.generatePreKeys(1))
    await phone.startSession(await fetchBundle())
    await take(bob, [await phone.encryptContent(BOB, said('hi'))])
    await take(phone, [await bob.encryptContent(ALICE, said('ho'))])
    const again = await take(bob, await healing({ alice: phone, bob, fetchBundle }, await phone.encryptContent(BOB, said('important'))))
    expect(again.at(-1)).toMatchObject({ kind: 'content', again: true, maybeRepeated: false })
    expect(shown(again)).toEqual(['important'])
  })
})

describe('a damaged record of the mail', () => {
  async function damage(store: MemoryStore, prefix: string): Promise<number> {
    const keys = (await store.list(prefix)).filter((key) => prefix !== 'outbox/' || key.split('/').length === 3)
    await store.commit({ expect: new Map(), put: new Map(keys.map((key) => [key, Uint8Array.of(0xff, 0xff)])), delete: new Set() })
    return keys.length
  }

  it('the list of the outbox: sending goes on, the record is replaced, and what it named goes', async () => {
    const w = await talk()
    const { alice, bob, stores } = w
    await alice.encryptContent(BOB, said('forgotten'))
    expect(await damage(stores.alice, 'outbox/')).toBe(1)
    await alice.rotatePreKeys()
    expect(await stores.alice.list('outbox/')).toEqual([])
    expect(shown(await take(bob, [await alice.encryptContent(BOB, said('on'))]))).toEqual(['on'])
    expect(shown(await take(bob, await healing(w, await alice.encryptContent(BOB, said('hit')))))).toEqual(['hit'])
  })

  it('one content of the outbox: the others are sent again, and the answer says how many are not', async () => {
    const { alice, bob, stores, fetchBundle } = await talk()
    const held = [await alice.encryptContent(BOB, said('one')), await alice.encryptContent(BOB, said('two'))]
    const before = new Set(await stores.alice.list('outbox/'))
    const hit = altered(await alice.encryptContent(BOB, said('three')))
    const [added = ''] = (await stores.alice.list('outbox/')).filter((key) => !before.has(key))
    await stores.alice.commit({ expect: new Map(), put: new Map([[added, Uint8Array.of(0xff)]]), delete: new Set() })
    const [failed] = await take(bob, [hit])
    const { envelopes, notices } = await alice.answerRetry(await asked(alice, failed), fetchBundle)
    expect(notices).toContainEqual({ kind: 'contents-damaged', count: 1 })
    expect(shown(await take(bob, envelopes))).toEqual(['one', 'two'])
    expect(await take(bob, held)).toMatchObject([{ kind: 'repeated' }, { kind: 'repeated' }])
    expect(await stores.alice.list('outbox/')).not.toContain(added)
  })

  it('the inbox: receiving and asking go on, and what may have been shown says so', async () => {
    const w = await talk()
    const { alice, bob, clocks, stores } = w
    expect(await damage(stores.bob, 'inbox/')).toBe(1)
    expect(await take(bob, [await alice.encryptContent(BOB, said('on'))])).toMatchObject([{ kind: 'content', maybeRepeated: true }])
    for (const clock of Object.values(clocks)) clock.advance(2 * HOUR)
    expect(await take(bob, [await alice.encryptContent(BOB, said('later'))])).toMatchObject([{ kind: 'content', maybeRepeated: false }])
    await damage(stores.bob, 'inbox/')
    const again = await take(bob, await healing(w, await alice.encryptContent(BOB, said('hit'))))
    expect(shown(again)).toContain('hit')
    for (const one of again) expect(one).toMatchObject({ kind: 'content', maybeRepeated: true })
  })

  it('the list of strangers: they are asked, as if it were empty', async () => {
    const { alice, clocks, fetchBundle } = await talk()
    const store = new MemoryStore()
    const bob = await Client.create({ store, address: BOB, clock: clocks.bob })
    const lost = await alice.encryptContent(BOB, said('are you there?'))
    await store.commit({ expect: new Map(), put: new Map([['strangers', Uint8Array.of(0xff)]]), delete: new Set() })
    const incoming = await bob.decryptContent(lost, { askStrangers: true })
    expect(incoming).toMatchObject({ kind: 'unreadable', request: { kind: 'plaintext' } })
    expect(await fetchBundle(BOB)).toBeDefined()
  })
})
