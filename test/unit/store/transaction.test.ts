import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { Batch, KeyStore, RecordKey, StoredRecord } from '../../../src/store/key-store.js'
import { transact } from '../../../src/store/transact.js'
import type { Step } from '../../../src/store/transaction.js'
import { FaultyStore, storeContents } from '../../support/faulty-store.js'
import { increment, justRead, noted, number, raced, text, ticks, write } from './steps.js'

describe('transact', () => {
  it('shows the records, writes and deletes, and returns the result', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1', b: '2' })
    const result = await transact(store, function* (tx) {
      const [a, b, c] = yield* tx.read('a', 'b', 'c')
      expect([a, b, c]).toEqual([utf8('1'), utf8('2'), undefined])
      tx.put('c', utf8('3'))
      tx.delete('b')
      tx.delete('absent')
      return 'done'
    })
    expect(result).toBe('done')
    expect(await storeContents(store)).toEqual({ a: '31', c: '33' })
  })

  it('costs one read and one commit, with and without writes, and no read if it reads nothing', async () => {
    const store = new FaultyStore(new MemoryStore())
    await transact(store, justRead('a'))
    await transact(store, increment('a'))
    await transact(store, justRead())
    expect(store.calls).toEqual(['read', 'commit', 'read', 'commit', 'commit'])
  })

  it('row 18: releases nothing before the commit resolved', async () => {
    const inner = new MemoryStore()
    let finish: (() => void) | undefined
    const store = raced(inner, 1, () => new Promise<void>((resolve) => (finish = resolve)))
    let released = false
    const pending = transact(store, increment('a')).then(() => (released = true))
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
      function* (tx) {
        seen.push(yield* number(tx, 'a'))
        if (seen.length === 1) tx.put('of the first run', utf8('x'))
        return yield* increment('a')(tx)
      },
    )
    expect([seen, result]).toEqual([[1, 10, 20, 30], 31])
    expect(await storeContents(inner)).toEqual({ a: Buffer.from('31').toString('hex') })
  })

  it.each([
    ['expects every record that it has shown, also absent ones and those it does not write', 'absent', 2],
    ['expects what it was shown late as well', 'late', 2],
    ['does not mind writers of other records', 'other', 1],
    ['does not mind writers of records that it only writes', 'written', 1],
  ])('%s', async (_, changed, expected) => {
    const inner = new MemoryStore()
    await write(inner, { a: '1' })
    let runs = 0
    await transact(
      raced(inner, 1, () => write(inner, { [changed]: 'no more' })),
      function* (tx) {
        runs++
        yield* tx.read('a', 'absent')
        yield* tx.read('late')
        tx.put('written', utf8('x'))
        return runs
      },
    )
    expect(runs).toBe(expected)
  })
})

describe('what a step reads', () => {
  it('is read when it asks, as often as it asks: there is no limit', async () => {
    const inner = new MemoryStore()
    await write(inner, Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}`, `${i + 1}`])))
    const { store, reads, batches } = noted(inner)
    const path = await transact(store, function* (tx) {
      const all = ['0']
      for (let next = yield* text(tx, '0'); next !== ''; next = yield* text(tx, next)) all.push(next)
      return all
    })
    expect(path).toEqual(Array.from({ length: 51 }, (_, i) => `${i}`))
    expect(reads).toEqual(path.map((key) => [key]))
    expect([...(batches[0]?.expect.keys() ?? [])]).toEqual(path)
  })

  it('is asked of the store only if it is missing, and for all that is at once', async () => {
    const { store, reads } = noted(new MemoryStore())
    await transact(store, function* (tx) {
      yield* tx.read('a', 'b', 'a')
      yield* tx.read('b', 'c', 'a', 'd')
      return yield* justRead('d', 'c', 'b', 'a')(tx)
    })
    expect(reads).toEqual([
      ['a', 'b', 'a'],
      ['c', 'd'],
    ])
  })

  it('is what it wrote, at once, without the store', async () => {
    const inner = new MemoryStore()
    await write(inner, { a: '1', b: '2' })
    const { store, reads, batches } = noted(inner)
    const seen = await transact(store, function* (tx) {
      tx.put('new', utf8('x'))
      tx.delete('b')
      const before = [yield* text(tx, 'new'), yield* text(tx, 'b'), yield* text(tx, 'a')]
      tx.put('a', utf8('y'))
      tx.delete('new')
      tx.put('b', utf8('z'))
      return [before, [yield* text(tx, 'new'), yield* text(tx, 'b'), yield* text(tx, 'a')]]
    })
    expect(seen).toEqual([
      ['x', '', '1'],
      ['', 'z', 'y'],
    ])
    expect(reads).toEqual([['a']])
    expect([...(batches[0]?.expect.keys() ?? [])]).toEqual(['a'])
    // A store is given no key to write and to delete.
    expect([[...(batches[0]?.put.keys() ?? [])].sort(), [...(batches[0]?.delete ?? [])]]).toEqual([['a', 'b'], ['new']])
    expect(await storeContents(inner)).toEqual({ a: '79', b: '7a' })
  })

  it('is gone when it deleted what it had read', async () => {
    const store = new MemoryStore()
    await write(store, { a: '1' })
    const seen = await transact(store, function* (tx) {
      const before = yield* text(tx, 'a')
      tx.delete('a')
      return [before, ...(yield* tx.read('a'))]
    })
    expect(seen).toEqual(['1', undefined])
    expect(await storeContents(store)).toEqual({})
  })

  it('has to be named by text, and what it writes has to be bytes', async () => {
    const store = new FaultyStore(new MemoryStore())
    const wrong: Step<unknown>[] = [
      (tx) => tx.read(7 as never),
      (tx) => tx.read('a', undefined as never),
      function* (tx) {
        yield* tx.read('a')
        return tx.put('a', 'text' as never)
      },
    ]
    for (const step of wrong) await expect(transact(store, step)).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(store.calls).toEqual(['commit', 'commit', 'read', 'commit'])
  })

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
    const result = await transact(store, step).catch((error: unknown) => error)
    return { values, inner, result }
  }
  const isWiped = (value: Uint8Array): boolean => value.every((byte) => byte === 0)

  it('row 30: is wiped when it has served: by every attempt, for results and for refusals', async () => {
    const written = utf8('written')
    const writing: Step<number> = function* (tx) {
      yield* tx.read('a')
      yield* tx.read('b')
      tx.put('c', written)
      return yield* increment('a')(tx)
    }
    const refusing: Step<number> = function* (tx) {
      yield* writing(tx)
      throw new Error('no')
    }
    for (const step of [writing, refusing]) {
      const { values, inner } = await readBy(step, (store, batch) => store.commit(batch))
      expect(values).toHaveLength(6)
      expect(values.every(isWiped)).toBe(true)
      expect(fromUtf8((await inner.read(['b'])).get('b')?.value ?? new Uint8Array())).toBe('secret')
    }
    // What it wrote is its own.
    expect(written).toEqual(utf8('written'))
  })

  it('row 30: is wiped when the store fails at a later read, and when the run is dropped', async () => {
    const inner = new MemoryStore()
    await write(inner, { a: '1', b: 'secret' })
    const values: Uint8Array[] = []
    const read = async (keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>> => {
      if (keys.includes('broken')) throw new Error('the store failed')
      const found = await inner.read(keys)
      for (const { value } of found.values()) values.push(value)
      return found
    }
    const store: KeyStore = { read, commit: (batch) => inner.commit(batch), list: (prefix) => inner.list(prefix) }
    let wereWiped: boolean | undefined
    const step: Step<unknown> = function* (tx) {
      yield* tx.read('a', 'b')
      if (wereWiped === undefined) {
        yield* tx.after(async () => {
          wereWiped = values.length === 2 && values.every(isWiped)
        })
      }
      return yield* tx.read('broken')
    }
    await expect(transact(store, step)).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'read' } })
    expect(wereWiped).toBe(true)
    expect(values).toHaveLength(4)
    expect(values.every(isWiped)).toBe(true)
  })

  it('may be written again by a store that failed and goes on later', async () => {
    let late: (() => Promise<boolean>) | undefined
    const copying: Step<number> = function* (tx) {
      const [value] = yield* tx.read('a')
      tx.put('c', value as Uint8Array)
      return 1
    }
    const { inner, result } = await readBy(copying, async (store, batch) => {
      late = () => store.commit({ ...batch, expect: new Map() })
      throw new Error('time is up')
    })
    expect(result).toMatchObject({ code: 'store-failed' })
    await late?.()
    expect(fromUtf8((await inner.read(['c'])).get('c')?.value ?? new Uint8Array())).toBe('1')
  })
})
