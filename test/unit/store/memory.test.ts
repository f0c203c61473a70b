import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/memory.js'

describe('MemoryStore', () => {
  it('writes nothing of a batch with a value that cannot be copied', async () => {
    const store = new MemoryStore()
    const put = new Map([
      ['a', utf8('a')],
      ['b', undefined as unknown as Uint8Array],
    ])
    await expect(store.commit({ expect: new Map(), put, delete: new Set() })).rejects.toThrow()
    expect(await store.list('')).toEqual([])
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
