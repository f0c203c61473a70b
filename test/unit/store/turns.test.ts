import { describe, expect, it } from 'vitest'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import { takeTurn } from '../../../src/store/key-queues.js'

describe('takeTurn', () => {
  it('comes first at once on idle keys, also after many turns', () => {
    const store = new MemoryStore()
    for (let i = 0; i < 1000; i++) {
      const turn = takeTurn(store, ['a', 'b'])
      expect(turn.ready).toBeUndefined()
      turn.end()
    }
  })

  it('waits for the turn before it on any common key', async () => {
    const store = new MemoryStore()
    const first = takeTurn(store, ['a'])
    const second = takeTurn(store, ['b', 'a'])
    const third = takeTurn(store, ['c', 'b'])
    const apart = takeTurn(store, ['d'])
    expect(apart.ready).toBeUndefined()
    const order: number[] = []
    const watch = [first, second, third].map((turn, i) => turn.ready?.then(() => order.push(i)))
    first.end()
    await watch[1]
    expect(order).toEqual([1])
    second.end()
    await watch[2]
    expect(order).toEqual([1, 2])
  })

  it('waits for a turn that has begun after waiting itself', async () => {
    const store = new MemoryStore()
    const first = takeTurn(store, ['a'])
    const second = takeTurn(store, ['a'])
    first.end()
    await second.ready
    const third = takeTurn(store, ['a'])
    expect(third.ready).toBeDefined()
    second.end()
    await third.ready
  })

  it('does not wait for itself on a key named twice', () => {
    const store = new MemoryStore()
    const turn = takeTurn(store, ['a', 'a'])
    expect(turn.ready).toBeUndefined()
    turn.end()
    expect(takeTurn(store, ['a']).ready).toBeUndefined()
  })

  it('keeps the queues of different stores apart', () => {
    takeTurn(new MemoryStore(), ['a'])
    expect(takeTurn(new MemoryStore(), ['a']).ready).toBeUndefined()
  })

  it('never deadlocks, whatever the overlaps and the order of the keys', async () => {
    const store = new MemoryStore()
    const inside = new Set<string>()
    let done = 0
    await Promise.all(
      Array.from({ length: 500 }, async (_, i) => {
        const keys = ['abcdefg'[i % 7], 'abcdefg'[(i * i) % 7], 'abcdefg'[(i * 5 + 3) % 7]] as string[]
        const turn = takeTurn(store, keys)
        await turn.ready
        for (const key of new Set(keys)) {
          expect(inside.has(key)).toBe(false)
          inside.add(key)
        }
        await new Promise((resolve) => setTimeout(resolve, 0))
        for (const key of keys) inside.delete(key)
        turn.end()
        done++
      }),
    )
    expect(done).toBe(500)
  })
})
