import { describe, expect, it, vi } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'

describe('MemoryStore', () => {
  it('writes nothing of a batch with a value that cannot be copied', async () => {
    const store = new MemoryStore()
    const gone = utf8('b')
    structuredClone(gone, { transfer: [gone.buffer] })
    const put = new Map([
      ['a', utf8('a')],
      ['b', gone],
    ])
    await expect(store.commit({ expect: new Map(), put, delete: new Set() })).rejects.toThrow(TypeError)
    expect(await store.list('')).toEqual([])
  })

  const put = (store: MemoryStore, ...records: [string, Uint8Array][]) =>
    store.commit({ expect: new Map(), put: new Map(records), delete: new Set() })
  const read = async (store: MemoryStore, key: string) => (await store.read([key])).get(key)?.value

  it('gives what is read to its reader alone, however much is read', async () => {
    const store = new MemoryStore()
    const lengths = [1, 7, 100, 3000, 8192, 8193, 100_000]
    const values = lengths.map((length, i) => new Uint8Array(length).fill(i + 1))
    await put(store, ...values.map((value, i): [string, Uint8Array] => [`${i}`, value]))
    const seen: { value: Uint8Array; i: number }[] = []
    for (let round = 0; round < 20; round++) {
      const found = await store.read(['absent', ...values.keys()].map(String))
      for (const i of values.keys()) {
        for (const value of [found.get(`${i}`)?.value, await read(store, `${i}`)] as Uint8Array[]) {
          expect(value.constructor).toBe(Uint8Array)
          expect(value).toEqual(values[i])
          seen.push({ value, i: 100 + seen.length })
        }
      }
    }
    for (const { value, i } of seen) value.fill(i)
    expect(seen.filter(({ value, i }) => value.some((byte) => byte !== (i & 0xff)))).toEqual([])
    for (const [i, value] of values.entries()) expect(await read(store, `${i}`)).toEqual(value)
  })

  it('keeps nothing of a longer value behind a shorter one', async () => {
    const store = new MemoryStore()
    const written = new Set<Uint8Array>()
    const set = vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, source: ArrayLike<number>, at = 0) {
      written.add(this)
      for (let i = 0; i < source.length; i++) this[at + i] = source[i] as number
    })
    await put(store, ['a', new Uint8Array(100).fill(1)])
    for (const length of [90, 60, 50, 49, 10, 20]) await put(store, ['a', new Uint8Array(length).fill(length)])
    set.mockRestore()
    expect(await read(store, 'a')).toEqual(new Uint8Array(20).fill(20))
    const memories = [...new Set([...written].map(({ buffer }) => buffer))].map((buffer) => new Uint8Array(buffer))
    expect(memories.map(({ length }) => length)).toEqual([100])
    expect(memories.flatMap((memory) => [...memory]).filter((byte) => byte !== 0)).toEqual([])
  })

  it('refuses to list by half a segment', async () => {
    const store = new MemoryStore()
    await expect(store.list('a')).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(store.list('a/b')).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('row 28: keeps odd names apart from the object prototype', async () => {
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype))
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__']
    const store = new MemoryStore()
    expect((await store.read(names)).size).toBe(0)
    await store.commit({ expect: new Map(), put: new Map(names.map((name) => [name, utf8(name)])), delete: new Set() })
    expect((await store.read(names)).size).toBe(names.length)
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before)
  })
})
