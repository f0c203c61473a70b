/** What a step may do beside reading and writing, and what is no step. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import { transact } from '../../../src/store/transact.js'
import type { Need, Part, Step, Transaction } from '../../../src/store/transaction.js'
import { FaultyStore, storeContents } from '../../support/faulty-store.js'
import { increment, noted, number, raced, text, write } from './steps.js'

describe('a part that may fail by itself', () => {
  it('leaves nothing that it wanted written, and what was wanted before it stays', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1', b: '2', c: '3' })
    const failure = new Error('no')
    const failing = function* (tx: Transaction): Part<never> {
      tx.put('new', utf8('x'))
      tx.put('before', utf8('x'))
      tx.delete('b')
      tx.put('c', utf8('x'))
      yield* tx.read('a')
      throw failure
    }
    const seen = await transact(store, function* (tx) {
      tx.put('before', utf8('kept'))
      tx.delete('c')
      let thrown: unknown
      try {
        yield* tx.attempt(failing(tx))
      } catch (error) {
        thrown = error
      }
      const good = yield* tx.attempt(increment('a')(tx))
      return [thrown, good, yield* text(tx, 'new'), yield* text(tx, 'before'), yield* text(tx, 'b'), yield* text(tx, 'c')]
    })
    expect(seen).toEqual([failure, 2, '', 'kept', '2', ''])
    expect(await storeContents(store)).toEqual({ a: '32', b: '32', before: Buffer.from('kept').toString('hex') })
  })

  it('leaves nothing where nothing was wanted before it, and what it read is expected', async () => {
    const inner = new MemoryStore()
    const { store, batches } = noted(raced(inner, 1, () => write(inner, { seen: 'now' })))
    const seen: string[] = []
    await transact(store, function* (tx) {
      const part = function* (): Part<never> {
        seen.push(yield* text(tx, 'seen'))
        tx.put('x', utf8('x'))
        tx.delete('y')
        throw new Error('no')
      }
      try {
        yield* tx.attempt(part())
      } catch {
        return 'without it'
      }
      return 'never'
    })
    expect(seen).toEqual(['', 'now'])
    expect(batches.map(({ put, delete: deleted }) => [put.size, deleted.size])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })
})

describe('work outside of the transaction', () => {
  it('drops the run, whose finally blocks run first, and starts anew when it is done', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1' })
    const events: string[] = []
    const result = await transact(store, function* (tx) {
      const isFirst = events.length === 0
      events.push(`run ${yield* text(tx, 'a')}`)
      tx.put(isFirst ? 'of the first run' : 'b', utf8('x'))
      try {
        if (isFirst) {
          yield* tx.after(async () => {
            events.push('work')
            await write(store, { a: '2' })
          })
          events.push('never')
        }
      } catch {
        events.push('never')
      } finally {
        events.push('finally')
      }
      return yield* text(tx, 'a')
    })
    expect([result, events]).toEqual(['2', ['run 1', 'finally', 'work', 'run 2', 'finally']])
    expect(await storeContents(store)).toEqual({ a: '32', b: '78' })
  })

  it('lets others have their turn meanwhile, and queues again behind them', async () => {
    const store = new MemoryStore()
    const order: string[] = []
    let done = (): void => {}
    const working = new Promise<void>((resolve) => {
      done = resolve
    })
    let isDone = false
    const first = transact(store, function* (tx) {
      const before = yield* number(tx, 'n')
      if (!isDone) {
        yield* tx.after(async () => {
          await working
          isDone = true
        })
      }
      order.push(`first sees ${before}`)
      return yield* increment('n')(tx)
    })
    const second = transact(store, increment('n')).then(() => order.push('second'))
    await second
    await transact(store, increment('n')).then(() => order.push('third'))
    done()
    expect(await first).toBe(3)
    expect(order).toEqual(['second', 'third', 'first sees 2'])
  })

  it('asks the store for nothing that the dropped run saw to be confirmed', async () => {
    const { store, batches } = noted(new MemoryStore())
    let isDone = false
    await transact(store, function* (tx) {
      yield* tx.read(isDone ? 'second' : 'first')
      if (!isDone) {
        yield* tx.after(async () => {
          isDone = true
        })
      }
      return 1
    })
    expect(batches.map(({ expect }) => [...expect.keys()])).toEqual([['second']])
  })

  it('may be asked for before anything is read, several times, and fail: then nothing is written and nobody waits', async () => {
    const store = new FaultyStore(new MemoryStore())
    const failure = new Error('the work failed')
    let works = 0
    const working: Step<number> = function* (tx) {
      if (works === 3) yield* tx.read('n')
      tx.put('n', utf8('x'))
      return yield* tx.after(async () => {
        if (++works === 4) throw failure
      })
    }
    await expect(transact(store, working)).rejects.toBe(failure)
    expect([works, store.calls]).toEqual([4, ['read']])
    expect(await transact(store, increment('n'))).toBe(1)
  })

  it('counts for nothing in the budget against other writers', async () => {
    let works = 0
    const result = transact(
      new MemoryStore(),
      function* (tx) {
        if (works < 20) {
          yield* tx.after(async () => {
            works++
          })
        }
        return yield* increment('a')(tx)
      },
      { budget: 0 },
    )
    await expect(result).resolves.toBe(1)
    expect(works).toBe(20)
  })
})

describe('what is no step', () => {
  const notGenerators: [string, unknown][] = [
    ['an async function', async () => 1],
    ['an async generator', async function* () {}],
    ['a function that returns a value', () => 1],
    ['a function that returns nothing', () => {}],
    ['a function that returns null', () => null],
    ['a function that returns an array', () => [1]],
    ['a function that returns half of a generator', () => ({ next: () => ({ done: true, value: 1 }) })],
  ]
  it.each(notGenerators)('is refused: %s', async (_, step) => {
    const store = new FaultyStore(new MemoryStore())
    await expect(transact(store, step as Step<number>)).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { argument: 'step', expected: 'a generator function (function*), not an async one' },
    })
    expect(await storeContents(store)).toEqual({})
  })

  it.each([undefined, null, 7, 'text', {}, [], Promise.resolve(1), () => 1])('is refused when it yields %s', async (yielded) => {
    const store = new FaultyStore(new MemoryStore())
    const step = function* (tx: Transaction) {
      yield* tx.read('a')
      tx.put('a', utf8('x'))
      yield yielded as never
      return 1
    }
    await expect(transact(store, step)).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { argument: 'step', expected: 'to wait by yield* tx.read() only' },
    })
    expect(await storeContents(store)).toEqual({})
    await expect(transact(store, increment('a'))).resolves.toBe(1)
  })

  it.each([{ read: 7 }, { read: undefined }, { read: [7] }, { before: 7 }])('is refused when it yields %j', async (yielded) => {
    const step = function* () {
      yield yielded as never
      return 1
    }
    await expect(transact(new MemoryStore(), step)).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('is refused when the work outside is no function', async () => {
    const step: Step<number> = (tx) => tx.after(7 as never)
    await expect(transact(new MemoryStore(), step)).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('runs its finally blocks when it is refused for what it yields', async () => {
    let tidied = 0
    const step = function* () {
      try {
        yield 7 as never
      } finally {
        tidied++
      }
      return 1
    }
    await expect(transact(new MemoryStore(), step)).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(tidied).toBe(1)
  })

  it('is no function at all, on no store at all, with a budget that is none', async () => {
    const store = new MemoryStore()
    for (const step of [undefined, null, 'step', {}, increment('a')(undefined as never)]) {
      await expect(transact(store, step as never)).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'step' } })
    }
    for (const bad of [undefined, {}, { read: store.read }]) {
      await expect(transact(bad as never, increment('a'))).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: 'store' },
      })
    }
    for (const budget of [-1, Number.NaN, '1', null]) {
      await expect(transact(store, increment('a'), { budget: budget as never })).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: 'budget', expected: 'a number from 0 on' },
      })
    }
    for (const options of [null, 7, 'budget']) {
      await expect(transact(store, increment('a'), options as never)).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: 'options' },
      })
    }
    expect(await storeContents(store)).toEqual({})
  })
})

describe('types', () => {
  it('an async step and a promise as the result do not compile', () => {
    const store = new MemoryStore()
    const never = (): void => {
      // @ts-expect-error: an async step would leave before its commit
      void transact(store, async () => 1)
      // @ts-expect-error: nor does an async generator wait for the store alone
      void transact(store, async function* () {})
      // @ts-expect-error: so would a promise as the result
      void transact(store, function* (tx) {
        yield* tx.read('a')
        return Promise.resolve(1)
      })
      // @ts-expect-error: a step waits for what the transaction gives it, and for nothing else
      void transact(store, function* () {
        yield Promise.resolve(1)
        return 1
      })
    }
    expect(never).toBeTypeOf('function')
    const step = function* (tx: Transaction): Part<number> {
      const [a, b] = yield* tx.read('a', 'b')
      expectTypeOf([a, b]).toEqualTypeOf<(Uint8Array | undefined)[]>()
      return 7
    }
    expectTypeOf(transact(store, step)).resolves.toEqualTypeOf<number>()
    expectTypeOf<ReturnType<typeof step>>().toExtend<Generator<Need, number, void>>()
  })
})
