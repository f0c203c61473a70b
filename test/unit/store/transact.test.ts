import { describe, expect, expectTypeOf, it } from 'vitest'
import { fromUtf8, utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { Batch, KeyStore, RecordKey, StoredRecord } from '../../../src/store/key-store.js'
import { type RecordView, type Step, transact } from '../../../src/store/transact.js'
import { FaultyStore, StoreFault, storeContents } from '../../support/faulty-store.js'

const text = (view: RecordView, key: RecordKey): string | undefined => fromUtf8(view.get(key) ?? new Uint8Array(0))
const number = (view: RecordView, key: RecordKey): number => Number(text(view, key))
const write = (store: KeyStore, records: Record<RecordKey, string>): Promise<boolean> =>
  store.commit({ expect: new Map(), put: new Map(Object.entries(records).map(([key, value]) => [key, utf8(value)])), delete: new Set() })
const increment =
  (key: RecordKey): Step<number> =>
  (view) => {
    const next = number(view, key) + 1
    return { put: new Map([[key, utf8(String(next))]]), result: next }
  }
const ticks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

/** Runs `between` before each of the first `times` commits: the other writer that wins the race. */
function raced(inner: KeyStore, times: number, between: (race: number) => Promise<unknown>): KeyStore {
  let race = 0
  return {
    read: (keys) => inner.read(keys),
    list: (prefix) => inner.list(prefix),
    commit: async (batch) => {
      if (race < times) await between(race++)
      return inner.commit(batch)
    },
  }
}

/** A store whose answers are given. */
function answering(read: unknown, commit: unknown): KeyStore {
  return { read: async () => read as never, commit: async () => commit as never, list: async () => [] }
}

describe('transact', () => {
  it('shows the records, writes and deletes, and returns the result', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1', b: '2' })
    const result = await transact(store, ['a', 'b', 'c'], (view) => {
      expect([text(view, 'a'), view.has('a'), view.get('c'), view.has('c')]).toEqual(['1', true, undefined, false])
      return { put: new Map([['c', utf8('3')]]), delete: ['b'], result: 'done' }
    })
    expect(result).toBe('done')
    expect(await storeContents(store)).toEqual({ a: '31', c: '33' })
  })

  it('costs one read and one commit, with and without writes', async () => {
    const store = new FaultyStore(new MemoryStore())
    await transact(store, ['a'], () => ({ result: 1 }))
    await transact(store, ['a'], increment('a'))
    expect(store.calls).toEqual(['read', 'commit', 'read', 'commit'])
  })

  it('row 18: releases nothing before the commit resolved', async () => {
    const inner = new MemoryStore()
    let finish: (() => void) | undefined
    const store = raced(inner, 1, () => new Promise<void>((resolve) => (finish = resolve)))
    let released = false
    const pending = transact(store, ['a'], increment('a')).then(() => (released = true))
    await ticks()
    expect(released).toBe(false)
    finish?.()
    await pending
    expect(await storeContents(inner)).toEqual({ a: Buffer.from('1').toString('hex') })
  })

  it('starts again from fresh records when another writer was faster, and forgets the first run', async () => {
    const inner = new MemoryStore()
    await write(inner, { a: '1' })
    const seen: number[] = []
    const result = await transact(
      raced(inner, 3, (race) => write(inner, { a: String(10 * (race + 1)) })),
      ['a'],
      (view) => {
        seen.push(number(view, 'a'))
        return increment('a')(view)
      },
    )
    expect(seen).toEqual([1, 10, 20, 30])
    expect(result).toBe(31)
  })

  it('expects every record that it has shown, also absent ones and those it does not write', async () => {
    const inner = new MemoryStore()
    await write(inner, { a: '1' })
    let runs = 0
    await transact(
      raced(inner, 1, () => write(inner, { absent: 'no more' })),
      ['a', 'absent'],
      (view) => {
        runs++
        return increment('a')(view)
      },
    )
    expect(runs).toBe(2)
  })

  it('does not mind writers of other records', async () => {
    const inner = new MemoryStore()
    let runs = 0
    await transact(
      raced(inner, 1, () => write(inner, { other: '1' })),
      ['a'],
      (view) => {
        runs++
        return increment('a')(view)
      },
    )
    expect(runs).toBe(1)
  })
})

describe('a step that throws', () => {
  it('row 19: is released only after a commit confirmed what it saw', async () => {
    const inner = new MemoryStore()
    await write(inner, { seen: 'yes' })
    const refusal = new Error('duplicate')
    const store = new FaultyStore(raced(inner, 1, () => write(inner, { seen: 'no' })))
    const outcome = transact(store, ['seen'], (view) => {
      if (text(view, 'seen') === 'yes') throw refusal
      return { result: 'opened' }
    })
    await expect(outcome).resolves.toBe('opened')
    expect(store.calls).toEqual(['read', 'commit', 'read', 'commit'])
  })

  it('changes nothing and passes on what was thrown, whatever it is', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1' })
    const before = await storeContents(store)
    for (const thrown of [new Error('no'), undefined, null, 'text', 0]) {
      const caught = await transact(store, ['a', 'b'], () => {
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
    const outcome = transact(store, ['a'], () => {
      throw new Error('no')
    })
    await expect(outcome).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'commit' } })
  })

  it('is told apart when it looks at a record that was not read', async () => {
    await expect(transact(new MemoryStore(), ['a'], (view) => ({ result: view.has('b') }))).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('what was read', () => {
  /** Runs a step on a store that others write to twice, and gives what the reads gave. */
  async function readBy(step: Step<unknown>, commit: (inner: KeyStore, batch: Batch) => Promise<boolean>) {
    const inner = new MemoryStore()
    await write(inner, { a: '1', b: 'secret' })
    const racing = raced(inner, 2, () => write(inner, { a: '5' }))
    const values: Uint8Array[] = []
    const store: KeyStore = {
      read: async (keys) => {
        const found = await racing.read(keys)
        for (const { value } of found.values()) values.push(value)
        return found
      },
      list: (prefix) => inner.list(prefix),
      commit: (batch) => commit(racing, batch),
    }
    await transact(store, ['a'], step).catch(() => {})
    return { values, inner }
  }
  const commit = (inner: KeyStore, batch: Batch) => inner.commit(batch)
  const needing: Step<number> = (view) => (view.isRead('b') ? increment('a')(view) : { need: ['b'] })

  it('row 30: is wiped when it has served: by every attempt, for results and for refusals', async () => {
    const refusing: Step<number> = (view) => {
      needing(view)
      if (view.isRead('b')) throw new Error('no')
      return { need: ['b'] }
    }
    for (const step of [needing, refusing]) {
      const { values, inner } = await readBy(step, commit)
      expect(values).toHaveLength(6)
      expect(values.flatMap((value) => [...value]).filter((byte) => byte !== 0)).toEqual([])
      expect(fromUtf8((await inner.read(['b'])).get('b')?.value ?? new Uint8Array())).toBe('secret')
    }
  })

  it('may be written again by a store that failed and goes on later', async () => {
    let late: (() => Promise<boolean>) | undefined
    const copying: Step<number> = (view) => ({ put: new Map([['c', view.get('a') as Uint8Array]]), result: 1 })
    const { inner } = await readBy(copying, async (store, batch) => {
      late = () => store.commit({ ...batch, expect: new Map() })
      throw new Error('time is up')
    })
    await late?.()
    expect(fromUtf8((await inner.read(['c'])).get('c')?.value ?? new Uint8Array())).toBe('1')
  })
})

describe('a step that needs more records', () => {
  it('runs again with the union, in up to six reads', async () => {
    const inner = new MemoryStore()
    await write(inner, { 0: '1', 1: '2', 2: '3', 3: '4', 4: '5', 5: 'end' })
    const store = new FaultyStore(inner)
    const follow: Step<string[]> = (view) => {
      const path = ['0']
      for (;;) {
        const next = text(view, path.at(-1) ?? '')
        if (next === 'end') return { result: path }
        path.push(next ?? '')
        try {
          view.has(next ?? '')
        } catch {
          return { need: [next ?? ''] }
        }
      }
    }
    await expect(transact(store, ['0'], follow)).resolves.toEqual(['0', '1', '2', '3', '4', '5'])
    expect(store.calls).toEqual(['read', 'read', 'read', 'read', 'read', 'read', 'commit'])
    await expect(transact(store, ['0'], follow, { rounds: 5 })).rejects.toMatchObject({ code: 'internal' })
  })

  it('expects them as well', async () => {
    const inner = new MemoryStore()
    const results: (string | undefined)[] = []
    await transact(
      raced(inner, 1, () => write(inner, { late: 'now' })),
      ['a'],
      (view) => {
        if (results.length % 2 === 0) {
          results.push('need')
          return { need: ['late'] }
        }
        results.push(text(view, 'late'))
        return { result: undefined }
      },
    )
    expect(results).toEqual(['need', '', 'need', 'now'])
  })

  it('reads only what is missing', async () => {
    const asked: RecordKey[][] = []
    const store = new MemoryStore()
    const watched: KeyStore = {
      read: (keys) => {
        asked.push([...keys])
        return store.read(keys)
      },
      commit: (batch) => store.commit(batch),
      list: (prefix) => store.list(prefix),
    }
    let rounds = 0
    await transact(watched, ['a', 'b'], () => (rounds++ === 0 ? { need: ['b', 'c', 'a'] } : { result: undefined }))
    expect(asked).toEqual([['a', 'b'], ['c']])
  })

  it('is a fault when it asks for what it was shown', async () => {
    const store = new MemoryStore()
    await expect(transact(store, ['a'], () => ({ need: ['a'] }))).rejects.toMatchObject({ code: 'internal' })
    await expect(transact(store, ['a'], () => ({ need: [] }))).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('contention', () => {
  it('ends in a typed error when the budget is used up, and releases nothing', async () => {
    const inner = new MemoryStore()
    const store = new FaultyStore(raced(inner, Number.POSITIVE_INFINITY, () => write(inner, { a: '5' })))
    const error = await transact(store, ['a'], increment('a'), { budget: 60 }).catch((thrown: unknown) => thrown)
    const attempts = store.calls.filter((call) => call === 'commit').length
    expect(error).toMatchObject({ code: 'store-contention', details: { attempts } })
    const { milliseconds } = (error as { details: { milliseconds: number } }).details
    expect(milliseconds).toBeLessThanOrEqual(60)
    expect(milliseconds).toBeGreaterThanOrEqual(attempts - 1)
    expect(attempts).toBeGreaterThan(2)
    expect(await storeContents(inner)).toEqual({ a: Buffer.from('5').toString('hex') })
  })

  it('with a budget of 0 tries once', async () => {
    const store = new FaultyStore(answering(new Map(), false))
    await expect(transact(store, ['a'], increment('a'), { budget: 0 })).rejects.toMatchObject({
      code: 'store-contention',
      details: { attempts: 1, milliseconds: 0 },
    })
    expect(store.calls).toEqual(['read', 'commit'])
  })

  it('row 16: a thousand transactions on one record run in the order of the calls, without one retry', async () => {
    const store = new FaultyStore(new MemoryStore())
    const results = await Promise.all(Array.from({ length: 1000 }, () => transact(store, ['n'], increment('n'))))
    expect(results).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1))
    expect(store.calls.length).toBe(2000)
  })

  it('row 17: writers behind eight handles of one store lose nothing', async () => {
    const store = new MemoryStore()
    const handles = Array.from({ length: 8 }, () => new FaultyStore(store))
    const results = await Promise.all(Array.from({ length: 400 }, (_, i) => transact(handles[i % 8] as KeyStore, ['n'], increment('n'))))
    expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
    console.log(`400 increments behind 8 handles: ${handles.reduce((sum, handle) => sum + handle.calls.length, 0) / 2 - 400} retries`)
  })

  it('lets transactions on other records go on meanwhile', async () => {
    const order: string[] = []
    const inner = new MemoryStore()
    const store = raced(inner, 1, ticks)
    await Promise.all([
      transact(store, ['slow'], increment('slow')).then(() => order.push('slow')),
      transact(store, ['quick'], increment('quick')).then(() => order.push('quick')),
    ])
    expect(order).toEqual(['quick', 'slow'])
  })

  it('takes the keys as they were at the call', async () => {
    const store = new MemoryStore()
    const keys = ['a']
    const pending = transact(store, keys, increment('a'))
    keys[0] = 'b'
    await pending
    await expect(transact(store, ['a'], increment('a'))).resolves.toBe(2)
  })

  it('goes on after a refusal, a fault of the store and a contention', async () => {
    const inner = new MemoryStore()
    const store = new FaultyStore(inner, 'throw-before', 1)
    await expect(transact(store, ['n'], increment('n'))).rejects.toMatchObject({ code: 'store-failed' })
    await expect(transact(store, ['n'], () => ({ need: [] }))).rejects.toMatchObject({ code: 'internal' })
    await expect(transact(store, ['n'], increment('n'))).resolves.toBe(1)
  })
})

describe('row 34: a store that lies or fails', () => {
  it('is wrapped with its error as the cause, and its text stays out of ours', async () => {
    for (const [at, operation] of [
      [1, 'read'],
      [2, 'commit'],
    ] as const) {
      const error = await transact(new FaultyStore(new MemoryStore(), 'throw-after', at), ['a'], increment('a')).catch((e: unknown) => e)
      expect(error).toMatchObject({ code: 'store-failed', details: { operation }, cause: expect.any(StoreFault) })
      expect(String(error)).not.toContain('canary')
    }
  })

  it('may throw instead of rejecting', async () => {
    const broken = (): never => {
      throw new StoreFault()
    }
    const inner = new MemoryStore()
    const noRead: KeyStore = { read: broken, commit: (batch) => inner.commit(batch), list: broken }
    const noCommit: KeyStore = { read: (keys) => inner.read(keys), commit: broken, list: broken }
    await expect(transact(noRead, ['a'], increment('a'))).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'read' } })
    await expect(transact(noCommit, ['a'], increment('a'))).rejects.toMatchObject({
      code: 'store-failed',
      details: { operation: 'commit' },
    })
  })

  const record = (value: unknown, revision: unknown): Map<string, unknown> => new Map([['a', { value, revision }]])
  const junk: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['an object', {}],
    ['an array', []],
    ['a number', 7],
    ['a map to null', new Map([['a', null]])],
    ['a map to text', new Map([['a', 'text']])],
    ['a map to bytes', new Map([['a', new Uint8Array(3)]])],
    ['a record without value', record(undefined, '1')],
    ['a record of text', record('text', '1')],
    ['a record of numbers', record([1, 2, 3], '1')],
    ['a record of 16-bit numbers', record(new Uint16Array(3), '1')],
    ['a record of a data view', record(new DataView(new ArrayBuffer(3)), '1')],
    ['a record of an ArrayBuffer', record(new ArrayBuffer(3), '1')],
    ['a record without revision', record(new Uint8Array(3), undefined)],
    ['a record with a number as revision', record(new Uint8Array(3), 1)],
    ['a record with null as revision', record(new Uint8Array(3), null)],
  ]
  for (const [name, answer] of junk) {
    it(`may answer a read with ${name}`, async () => {
      const outcome = transact(answering(answer, true), ['a'], () => ({ result: 'released' }))
      await expect(outcome).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'read' }, cause: expect.any(TypeError) })
    })
  }

  for (const answer of [undefined, null, 0, 1, 'true', {}, []]) {
    it(`may answer a commit with ${JSON.stringify(answer)}`, async () => {
      const outcome = transact(answering(new Map(), answer), ['a'], () => ({ result: 'released' }))
      await expect(outcome).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'commit' }, cause: expect.any(TypeError) })
    })
  }

  it('may hand out a Buffer: the step sees a plain array', async () => {
    const store = answering(new Map([['a', { value: Buffer.from('value'), revision: '1' }]]), true)
    const seen = await transact(store, ['a'], (view) => ({ result: { type: view.get('a')?.constructor, value: view.get('a')?.slice() } }))
    expect(seen).toEqual({ type: Uint8Array, value: new Uint8Array(Buffer.from('value')) })
  })

  it('blocks only its own key when it never answers', async () => {
    const store = new FaultyStore(new MemoryStore(), 'hang', 1)
    let settled = 0
    const count = (): void => void settled++
    transact(store, ['hung', 'with it'], increment('hung')).then(count, count)
    transact(store, ['hung'], increment('hung')).then(count, count)
    transact(store, ['with it'], increment('with it')).then(count, count)
    await expect(transact(store, ['other'], increment('other'))).resolves.toBe(1)
    await ticks()
    expect(settled).toBe(0)
  })
})

describe('types', () => {
  it('an async step and a promise as the result do not compile', () => {
    const store = new MemoryStore()
    const never = (): void => {
      // @ts-expect-error: an async step would leave before its commit
      void transact(store, [], async () => ({ result: 1 }))
      // @ts-expect-error: so would a promise inside the result
      void transact(store, [], () => ({ result: Promise.resolve(1) }))
      // @ts-expect-error: a step must say what it releases
      void transact(store, [], () => ({ put: new Map() }))
    }
    expect(never).toBeTypeOf('function')
    const step = (view: RecordView) => (view.has('a') ? { need: ['b'] } : { result: 7 })
    expectTypeOf(transact(store, ['a'], step)).resolves.toEqualTypeOf<number>()
  })
})

// The port as types: what a store author writes.
expectTypeOf<MemoryStore>().toExtend<KeyStore>()
expectTypeOf<Batch['expect']>().toEqualTypeOf<ReadonlyMap<string, string | null>>()
expectTypeOf<StoredRecord['revision']>().toEqualTypeOf<string>()
