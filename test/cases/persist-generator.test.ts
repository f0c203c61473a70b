/** `persist` as a generator function: records of the app that join what is there already. */
import { beforeEach, describe, expect, it } from 'vitest'
import { type AppReader, type AppRecords, Client, type Envelope, fromUtf8, MemoryStore, type Persist, utf8 } from '../../src/index.js'
import { pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { anotherHandle } from '../support/world/stores.js'
import { noted, raced, write } from '../unit/store/steps.js'

let alice: Client
let bob: Client
const stores = { alice: new MemoryStore(), bob: new MemoryStore() }

beforeEach(async () => {
  stores.alice = new MemoryStore()
  stores.bob = new MemoryStore()
  const parties = await pair({ alice: { store: stores.alice }, bob: { store: stores.bob } })
  alice = parties.alice
  bob = parties.bob
})

const send = (text: string): Promise<Envelope> => alice.encrypt(bob.address, utf8(text))

/** Gives each output the next number. */
const numbered = (bytesOf: (output: never) => Uint8Array): Persist<never> =>
  function* (output, tx) {
    const [last] = yield* tx.read('last')
    const number = (last === undefined ? 0 : Number(fromUtf8(last))) + 1
    return new Map([
      [`log/${number}`, bytesOf(output)],
      ['last', utf8(String(number))],
    ])
  }

const toHistory = numbered(({ plaintext }: { plaintext: Uint8Array }) => plaintext) as Persist<{ plaintext: Uint8Array }>
const toOutbox = numbered(({ body }: Envelope) => body) as Persist<Envelope>

/** The texts of the log, in its order, and the number of the last. */
async function logOf(store: MemoryStore): Promise<string[]> {
  const records = await store.read(await store.list('app/'))
  const text = (key: string): string => fromUtf8(records.get(key)?.value ?? utf8('nothing')) ?? ''
  expect(text('app/last')).toBe(String(records.size - 1))
  return Array.from({ length: records.size - 1 }, (_, i) => text(`app/log/${i + 1}`))
}

describe('a persist that reads', () => {
  it('joins the one commit of the ratchet step, which expects what it read', async () => {
    const [sending, receiving] = [noted(stores.alice), noted(stores.bob)]
    const sender = await Client.open({ store: sending.store, allow: ['pqxdh'] })
    const receiver = await Client.open({ store: receiving.store })
    sending.batches.length = 0
    receiving.batches.length = 0
    const envelope = await sender.encrypt(bob.address, utf8('hello'), { persist: toOutbox })
    await receiver.decrypt(envelope, { persist: toHistory })
    for (const { batches } of [sending, receiving]) {
      const written = batches.map(({ put }) => [...put.keys()].filter((key) => /^(?:app|session)\//.test(key)))
      expect(written.filter(({ length }) => length > 0)).toEqual([[expect.stringMatching(/^session\//), 'app/log/1', 'app/last']])
      expect(batches[0]?.expect.get('app/last')).toBeNull()
    }
    expect((await stores.alice.read(['app/log/1'])).get('app/log/1')?.value).toEqual(envelope.body)
    expect(await logOf(stores.bob)).toEqual(['hello'])
  })

  it('reads what was written before, several records at once, in the order of the names', async () => {
    for (const text of ['one', 'two', 'three']) await bob.decrypt(await send(text), { persist: toHistory })
    expect(await logOf(stores.bob)).toEqual(['one', 'two', 'three'])
    let seen: readonly (Uint8Array | undefined)[] = []
    await bob.decrypt(await send('four'), {
      persist: function* (_, tx) {
        seen = yield* tx.read('log/3', 'none', 'log/1', 'log/3')
        return new Map([['log/1', null]])
      },
    })
    // They are copies, which outlive the operation.
    expect(seen.map((value) => value && fromUtf8(value))).toEqual(['three', undefined, 'one', 'three'])
    await bob.decrypt(await send('five'), {
      persist: function* (_, tx) {
        seen = yield* tx.read('log/1')
        return new Map()
      },
    })
    expect(seen).toEqual([undefined])
  })

  it('reads in operations on contents and in groups too', async () => {
    const toLog = numbered(({ kind }: { kind: string }) => utf8(kind)) as Persist<{ kind: string }>
    const content = await alice.encryptContent(bob.address, { application: utf8('a content') }, { persist: toLog })
    await bob.decryptContent(content, { persist: toLog })
    const group = alice.group('7d3c9f5e-2f0a-4a58-9a36-0d2a1f3c5b11')
    const delivery = await bob.decrypt(await alice.encrypt(bob.address, await group.distribute()))
    if (delivery.kind !== 'message') throw new Error('no message')
    await bob.acceptSenderKey(delivery, delivery.plaintext)
    const message = await group.encrypt(utf8('to all'), { persist: toLog })
    await bob.decrypt(message, { persist: toLog })
    expect(await logOf(stores.alice)).toEqual(['pre-key', 'sender-key'])
    expect(await logOf(stores.bob)).toEqual(['content', 'group-message'])
  })
})

describe('other writers', () => {
  it('make it run again on what they wrote, and nothing of the lost run stays', async () => {
    const envelope = await send('hello')
    const races = { left: 0 }
    const late = await Client.open({
      store: raced(stores.bob, 10, async () => {
        // Opening commits too.
        if (races.left > 0) await write(stores.bob, { 'app/last': String(42 - races.left--) })
      }),
    })
    const seen: (string | undefined)[] = []
    races.left = 2
    const received = await late.decrypt(envelope, {
      persist: function* (output, tx) {
        const [last] = yield* tx.read('last')
        const before = last && fromUtf8(last)
        seen.push(before)
        const number = Number(before ?? 0) + 1
        return new Map([
          [`log/${number}`, output.plaintext],
          ['last', utf8(String(number))],
        ])
      },
    })
    expect(received.plaintext).toEqual(utf8('hello'))
    expect(seen).toEqual([undefined, '40', '41'])
    expect(new Set(await stores.bob.list('app/'))).toEqual(new Set(['app/last', 'app/log/42']))
    await bob.decrypt(await send('again'), { persist: toHistory })
    expect(new Set(await stores.bob.list('app/'))).toEqual(new Set(['app/last', 'app/log/42', 'app/log/43']))
  })

  it('in another tab that gets the same messages: each is in the log once', async () => {
    const tabs = [bob, await Client.open({ store: anotherHandle(stores.bob) })]
    const texts = Array.from({ length: 20 }, (_, i) => `message ${i}`)
    const envelopes = await Promise.all(texts.map(send))
    const outcomes = await Promise.allSettled(
      envelopes.flatMap((envelope) => tabs.map((tab) => tab.decrypt(envelope, { persist: toHistory }))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    const log = await logOf(stores.bob)
    expect([log.length, new Set(log)]).toEqual([20, new Set(texts)])
  })
})

describe('what is refused, and leaves the store as it was', () => {
  const map = (): AppRecords => new Map([['x', utf8('x')]])
  const wrong: readonly (readonly [what: string, persist: unknown])[] = [
    ['an async function', async () => map()],
    [
      'an async generator function',
      async function* () {
        yield* []
        return map()
      },
    ],
    ['a function that returns nothing', () => undefined],
    [
      'a generator function that returns nothing',
      function* (_: unknown, tx: AppReader) {
        yield* tx.read('x')
      },
    ],
    [
      'a generator function that returns a promise',
      function* (_: unknown, tx: AppReader) {
        yield* tx.read('x')
        return Promise.resolve(map())
      },
    ],
    [
      'a generator function that returns a generator',
      function* (_: unknown, tx: AppReader) {
        yield* tx.read('x')
        return tx.read('x')
      },
    ],
    ...[7, null, undefined, ['x'], {}].map(
      (name) =>
        [
          `a name to read that is no text: ${String(name)}`,
          function* (_: unknown, tx: AppReader) {
            yield* tx.read('x', name as never)
            return map()
          },
        ] as const,
    ),
    [
      'a name to write that is no text',
      function* (_: unknown, tx: AppReader) {
        yield* tx.read('x')
        return new Map([[1, utf8('x')]])
      },
    ],
    [
      'a value that is no bytes',
      function* (_: unknown, tx: AppReader) {
        yield* tx.read('x')
        return new Map([['x', 'x']])
      },
    ],
    ...[Promise.resolve(1), undefined, null, 'x', 7, {}, { read: 'app/x' }, { read: ['account'] }, { before: async () => {} }].map(
      (yielded) =>
        [
          `a generator function that waits for something else: ${typeof yielded} ${JSON.stringify(yielded)}`,
          function* () {
            yield yielded
            return map()
          },
        ] as const,
    ),
  ]

  it.each(wrong)('%s', async (_, persist) => {
    const envelope = await send('hello')
    const before = [await snapshot(stores.alice), await snapshot(stores.bob)]
    const refusal = { code: 'invalid-argument', details: { argument: 'persist' } }
    await expect(alice.encrypt(bob.address, utf8('hi'), { persist: persist as never })).rejects.toMatchObject(refusal)
    await expect(bob.decrypt(envelope, { persist: persist as never })).rejects.toMatchObject(refusal)
    expect([await snapshot(stores.alice), await snapshot(stores.bob)]).toEqual(before)
    await bob.decrypt(envelope, { persist: toHistory })
    expect(await logOf(stores.bob)).toEqual(['hello'])
  })

  it('what the generator throws comes out as it is', async () => {
    const envelope = await send('hello')
    const before = await snapshot(stores.bob)
    const failure = new Error('no')
    const persist: Persist<unknown> = function* (_, tx) {
      yield* tx.read('last')
      throw failure
    }
    await expect(bob.decrypt(envelope, { persist })).rejects.toBe(failure)
    expect(await snapshot(stores.bob)).toEqual(before)
  })
})
