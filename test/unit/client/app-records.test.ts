/** What an app's `persist` may do in the commit of an operation, and what of it reaches the store; without the operation. */
import { beforeEach, describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../../../src/bytes.js'
import { writeAppRecords } from '../../../src/client/frame/app-records.js'
import { Draft } from '../../../src/client/frame/draft.js'
import type { AppReader, AppRecords, Persist } from '../../../src/client/frame/results.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import { transact } from '../../../src/store/transact.js'
import { snapshot } from '../../support/snapshot.js'
import { noted, write } from '../store/steps.js'

let store: MemoryStore
beforeEach(async () => {
  store = new MemoryStore()
  await write(store, { 'app/a': 'one', 'app/b': 'two', account: 'secret' })
})

function persisted(persist: unknown, on: Parameters<typeof transact>[0] = store): Promise<void> {
  return transact<void>(on, function* (tx) {
    yield* writeAppRecords(new Draft(tx), persist as Persist<string> | undefined, 'output')
  })
}

async function textOf(name: string): Promise<string | undefined> {
  const value = (await store.read([name])).get(name)?.value
  return value && fromUtf8(value)
}

const map = (): AppRecords => new Map([['x', utf8('x')]])
const refusal = (expected: string) => ({ code: 'invalid-argument', details: { argument: 'persist', expected } })

describe('what is written', () => {
  it('is what the function says, under names of the app, and null deletes', async () => {
    const given: string[] = []
    const x = utf8('x')
    await persisted((output: string) => {
      given.push(output)
      return new Map([
        ['x', x],
        ['a', null],
        ['account', utf8('of the app')],
      ])
    })
    expect([given, await textOf('app/x'), await textOf('app/a'), await textOf('app/b')]).toEqual([['output'], 'x', undefined, 'two'])
    expect([await textOf('account'), await textOf('app/account')]).toEqual(['secret', 'of the app'])
    // A copy was written and wiped: the array is the app's.
    expect(x).toEqual(utf8('x'))
  })

  it('is nothing without a function, or by a map without entries', async () => {
    const before = await snapshot(store)
    await persisted(undefined)
    await persisted(() => new Map())
    expect(await snapshot(store)).toEqual(before)
  })

  it('is what a generator returns once it has read', async () => {
    await persisted(function* (_: string, tx: AppReader) {
      const [a, none, b] = yield* tx.read('a', 'none', 'b')
      return new Map([['x', utf8(`${a && fromUtf8(a)} ${none} ${b && fromUtf8(b)}`)]])
    })
    expect(await textOf('app/x')).toBe('one undefined two')
  })

  it('is what a generator returns that need not wait: what was read before is not read again', async () => {
    const { store: watched, reads } = noted(store)
    await persisted(function* (_: string, tx: AppReader) {
      yield* tx.read('a')
      const [again] = yield* tx.read('a')
      return new Map([['x', again ?? utf8('nothing')]])
    }, watched)
    expect([reads, await textOf('app/x')]).toEqual([[['app/a']], 'one'])
  })
})

it('what was read is a copy: it stays when the transaction has wiped its own, and to change it changes nothing', async () => {
  let seen: Uint8Array | undefined
  await persisted(function* (_: string, tx: AppReader) {
    const [first] = yield* tx.read('a')
    first?.fill(0)
    ;[seen] = yield* tx.read('a')
    return new Map()
  })
  expect(seen && fromUtf8(seen)).toBe('one')
})

describe('what is refused, with nothing written', () => {
  const MAP = 'a function that returns a Map at once, or a generator function, and no promise'
  const NAMES = 'names that are text'
  const WAIT = 'to wait by yield* tx.read() only'
  const proxied = new Proxy({}, { has: () => { throw new Error('trap') } }) // biome-ignore format: one line
  it.each([
    ['an async function', async () => map(), MAP],
    ['nothing', () => undefined, MAP],
    ['null', () => null, MAP],
    ['an object', () => ({ x: utf8('x') }), MAP],
    ['something with next alone', () => ({ next: () => ({ done: true, value: map() }) }), MAP],
    ['something to iterate', () => [['x', utf8('x')]], MAP],
    ['what cannot be looked at', () => proxied, undefined],
    ['a name that is none', () => new Map([[7, utf8('x')]]), NAMES],
    ['a value that is none', () => new Map([['x', 'x']]), undefined],
    [
      'a name to read that is none',
      function* (_: string, tx: AppReader) {
        yield* tx.read('a', 7 as never)
        return map()
      },
      NAMES,
    ],
    [
      'a generator that waits for a record of ours',
      function* () {
        yield { read: ['account'] }
        return map()
      },
      WAIT,
    ],
    [
      'a generator that waits for what it was not given to wait for, though it looks alike',
      function* (_: string, tx: AppReader) {
        for (const need of tx.read('a')) yield { ...need }
        return map()
      },
      WAIT,
    ],
  ])('%s', async (_, persist, expected) => {
    const before = await snapshot(store)
    const details = expected === undefined ? { code: 'invalid-argument', details: { argument: 'persist' } } : refusal(expected)
    await expect(persisted(persist)).rejects.toMatchObject(details)
    expect(await snapshot(store)).toEqual(before)
  })
})

describe('a generator of the app', () => {
  const closing = (body: (tx: AppReader) => Generator<unknown, unknown, void>) => {
    const closed: string[] = []
    const persist = function* (_: string, tx: AppReader) {
      try {
        return yield* body(tx) as Generator<never, unknown, void>
      } finally {
        closed.push('closed')
      }
    }
    return { closed, persist }
  }

  it('is closed where it is refused, and where the store fails', async () => {
    const refused = closing(function* () {
      yield 7
    })
    await expect(persisted(refused.persist)).rejects.toMatchObject({ code: 'invalid-argument' })
    const failed = closing((tx) => tx.read('a'))
    const broken = { read: () => Promise.reject(new Error('no')), commit: async () => true, list: async () => [] }
    await expect(persisted(failed.persist, broken)).rejects.toMatchObject({ code: 'store-failed' })
    expect([refused.closed, failed.closed]).toEqual([['closed'], ['closed']])
  })

  it('cannot hand its reader to another operation', async () => {
    let reader: AppReader | undefined
    await persisted((_: string, tx: AppReader) => {
      reader = tx
      return new Map()
    })
    const foreign = function* () {
      yield* (reader as AppReader).read('b')
      return map()
    }
    await expect(persisted(foreign)).rejects.toMatchObject(refusal('to wait by yield* tx.read() only'))
  })
})
