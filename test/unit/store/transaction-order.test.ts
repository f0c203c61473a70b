/** Transactions beside others: what is released when, who waits for whom, and who gives up. */
import { describe, expect, it, vi } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { transact } from '../../../src/store/transact.js'
import type { Step } from '../../../src/store/transaction.js'
import { FaultyStore, storeContents } from '../../support/faulty-store.js'
import { increment, justRead, raced, text, ticks, write } from './steps.js'

describe('a step that throws', () => {
  it('row 19: is released only after a commit confirmed what it saw', async () => {
    const inner = new MemoryStore()
    await write(inner, { seen: 'yes' })
    const store = new FaultyStore(raced(inner, 1, () => write(inner, { seen: 'no' })))
    const outcome = transact(store, function* (tx) {
      if ((yield* text(tx, 'seen')) === 'yes') throw new Error('duplicate')
      return 'opened'
    })
    await expect(outcome).resolves.toBe('opened')
    expect(store.calls).toEqual(['read', 'commit', 'read', 'commit'])
  })

  it('changes nothing and passes on what was thrown, whatever it is', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1', b: '2' })
    const before = await storeContents(store)
    for (const thrown of [new Error('no'), undefined, null, 'text', 0]) {
      const caught = await transact(store, function* (tx): ReturnType<Step<never>> {
        yield* tx.read('a', 'b')
        tx.put('a', utf8('2'))
        tx.delete('b')
        throw thrown
      }).then(
        () => 'resolved',
        (error: unknown) => [error],
      )
      expect(caught).toEqual([thrown])
    }
    expect(await storeContents(store)).toEqual(before)
  })

  it('is not released when the confirming commit fails', async () => {
    const store = new FaultyStore(new MemoryStore(), 'throw-before', 2)
    const outcome = transact(store, function* (tx) {
      yield* tx.read('a')
      throw new Error('no')
    })
    await expect(outcome).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'commit' } })
  })

  it('may throw before it reads, or when it is begun: a commit confirms that as well', async () => {
    const refusal = new Error('no')
    const steps: Step<never>[] = [
      // biome-ignore lint/correctness/useYield: it throws before it could wait
      function* () {
        throw refusal
      },
      () => {
        throw refusal
      },
    ]
    for (const step of steps) {
      const store = new FaultyStore(new MemoryStore())
      await expect(transact(store, step)).rejects.toBe(refusal)
      expect(store.calls).toEqual(['commit'])
    }
  })

  it('runs its finally blocks when the store fails at a read', async () => {
    let tidied = 0
    const outcome = transact(new FaultyStore(new MemoryStore(), 'throw-before', 2), function* (tx) {
      try {
        yield* tx.read('a')
        return yield* tx.read('b')
      } catch {
        return 'the step hears nothing of it'
      } finally {
        tidied++
      }
    })
    await expect(outcome).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'read' } })
    expect(tidied).toBe(1)
  })
})

describe('contention', () => {
  it('ends in a typed error when the budget is used up, and releases nothing', async () => {
    const inner = new MemoryStore()
    const store = new FaultyStore(raced(inner, Number.POSITIVE_INFINITY, () => write(inner, { a: '5' })))
    const error = await transact(store, increment('a'), { budget: 60 }).catch((thrown: unknown) => thrown)
    const attempts = store.calls.filter((call) => call === 'commit').length
    expect(error).toMatchObject({ code: 'store-contention', details: { attempts } })
    const { milliseconds } = (error as { details: { milliseconds: number } }).details
    expect(milliseconds).toBeLessThanOrEqual(60)
    expect(milliseconds).toBeGreaterThanOrEqual(attempts - 1)
    expect(attempts).toBeGreaterThan(2)
    expect(await storeContents(inner)).toEqual({ a: Buffer.from('5').toString('hex') })
  })

  it('waits for a random time whose bound doubles, and up to the very budget', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const inner = new MemoryStore()
    const store = raced(inner, Number.POSITIVE_INFINITY, () => write(inner, { a: '5' }))
    // 2, 3, 5, 9 and 17 milliseconds are waited, 33 would be too long.
    const error = await transact(store, increment('a'), { budget: 36 }).catch((thrown: unknown) => thrown)
    random.mockRestore()
    expect(error).toMatchObject({ code: 'store-contention', details: { attempts: 6, milliseconds: 36 } })
  })

  it('with a budget of 0 tries once, also to confirm a refusal, which is not released', async () => {
    const refusing: Step<number> = function* (tx) {
      yield* increment('a')(tx)
      throw new Error('no')
    }
    for (const step of [increment('a'), refusing]) {
      const inner = new MemoryStore()
      const store = new FaultyStore(raced(inner, 1, () => write(inner, { a: '5' })))
      await expect(transact(store, step, { budget: 0 })).rejects.toMatchObject({
        code: 'store-contention',
        details: { attempts: 1, milliseconds: 0 },
      })
      expect(store.calls).toEqual(['read', 'commit'])
    }
  })

  it('row 16: a thousand transactions on one record run in the order of the calls, without one retry', async () => {
    const store = new FaultyStore(new MemoryStore())
    const results = await Promise.all(Array.from({ length: 1000 }, () => transact(store, increment('n'))))
    expect(results).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1))
    expect(store.calls.length).toBe(2000)
  })

  it('row 17: writers behind eight handles of one store lose nothing', async () => {
    const store = new MemoryStore()
    const handles = Array.from({ length: 8 }, () => new FaultyStore(store))
    const results = await Promise.all(Array.from({ length: 400 }, (_, i) => transact(handles[i % 8] as KeyStore, increment('n'))))
    expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
    console.log(`400 increments behind 8 handles: ${handles.reduce((sum, handle) => sum + handle.calls.length, 0) / 2 - 400} retries`)
  })

  it('keeps the place in the queue over lost races', async () => {
    const order: string[] = []
    const inner = new MemoryStore()
    const store = raced(inner, 3, () => write(inner, { n: '10' }))
    await Promise.all([
      transact(store, increment('n')).then((n) => order.push(`first ${n}`)),
      transact(store, increment('n')).then((n) => order.push(`second ${n}`)),
    ])
    expect(order).toEqual(['first 11', 'second 12'])
  })
})

describe('queues', () => {
  it('let transactions on other records go on meanwhile', async () => {
    const order: string[] = []
    const store = raced(new MemoryStore(), 1, ticks)
    await Promise.all([
      transact(store, increment('slow')).then(() => order.push('slow')),
      transact(store, increment('quick')).then(() => order.push('quick')),
    ])
    expect(order).toEqual(['quick', 'slow'])
  })

  it('are of the keys that are read first: of any of them, and of none that is read or written later', async () => {
    const order: string[] = []
    const inner = new MemoryStore()
    const store: KeyStore = {
      read: (keys) => inner.read(keys),
      commit: async (batch) => {
        if (batch.expect.size === 3 && batch.expect.has('late')) await ticks()
        return inner.commit(batch)
      },
      list: (prefix) => inner.list(prefix),
    }
    const both: Step<string> = function* (tx) {
      yield* tx.read('a', 'b')
      return yield* justRead('late')(tx)
    }
    const later: Step<string> = function* (tx) {
      yield* tx.read('elsewhere')
      tx.put('log', utf8('line'))
      return yield* justRead('a', 'b')(tx)
    }
    await Promise.all([
      transact(store, both).then(() => order.push('a and b')),
      transact(store, justRead('b')).then(() => order.push('b')),
      transact(store, justRead('a', 'c')).then(() => order.push('a and c')),
      transact(store, justRead('c')).then(() => order.push('c')),
      transact(store, justRead('late')).then(() => order.push('late')),
      transact(store, later).then(() => order.push('later')),
    ])
    expect(new Set(order.slice(0, 2))).toEqual(new Set(['late', 'later']))
    expect(order[2]).toBe('a and b')
    expect(order.indexOf('a and c')).toBeLessThan(order.indexOf('c'))
    expect(order.indexOf('b')).toBeGreaterThan(2)
  })

  it('are not waited for before the first read', async () => {
    const store = new FaultyStore(new MemoryStore(), 'hang', 1)
    void transact(store, justRead('hung'))
    let hasBegun = false
    void transact(store, function* (tx) {
      hasBegun = true
      yield* tx.read('hung')
      return 'never'
    })
    expect(hasBegun).toBe(true)
    await ticks()
    expect(store.calls).toEqual(['read'])
  })

  it('go on after a refusal, a fault of the store, a contention and what is no step', async () => {
    const inner = new MemoryStore()
    const store = new FaultyStore(inner, 'throw-before', 1)
    await expect(transact(store, increment('n'))).rejects.toMatchObject({ code: 'store-failed' })
    const refusing: Step<number> = function* (tx) {
      yield* tx.read('n')
      throw new Error('no')
    }
    await expect(transact(store, refusing)).rejects.toThrow('no')
    const strange = function* (tx: Parameters<Step<number>>[0]) {
      yield* tx.read('n')
      yield 7 as never
      return 1
    }
    await expect(transact(store, strange)).rejects.toMatchObject({ code: 'invalid-argument' })
    const losing: KeyStore = { read: (keys) => inner.read(keys), commit: async () => false, list: (prefix) => inner.list(prefix) }
    await expect(transact(losing, increment('n'), { budget: 0 })).rejects.toMatchObject({ code: 'store-contention' })
    for (const [free, expected] of [
      [store, 1],
      [inner, 2],
    ] as const) {
      await expect(transact(free, increment('n'))).resolves.toBe(expected)
    }
    await expect(transact(losing, increment('n'), { budget: 0 })).rejects.toMatchObject({ code: 'store-contention' })
  })

  it('of a key are blocked alone when the store never answers', async () => {
    const store = new FaultyStore(new MemoryStore(), 'hang', 1)
    let settled = 0
    const count = (): void => void settled++
    transact(store, justRead('hung', 'with it')).then(count, count)
    transact(store, increment('hung')).then(count, count)
    transact(store, increment('with it')).then(count, count)
    await expect(transact(store, increment('other'))).resolves.toBe(1)
    await ticks()
    expect(settled).toBe(0)
  })
})
