import { describe, expect, it, test } from 'vitest'
import { fromUtf8, utf8 } from '../../../src/bytes.js'
import { Client } from '../../../src/index.js'
import { keyStoreConformance } from '../../../src/store/conformance/suite.js'
import { encryptedStore, rotateStoreKey, type StoreKey } from '../../../src/store/engines/encrypted.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { scoped } from '../../../src/store/scoped.js'
import { storeContents } from '../../support/faulty-store.js'

const key = (filling: number): Uint8Array => new Uint8Array(32).fill(filling)
const quick = (passphrase: string): StoreKey => ({ passphrase, cost: 14 })
const put = (store: KeyStore, name: string, value: string): Promise<boolean> =>
  store.commit({ expect: new Map(), put: new Map([[name, utf8(value)]]), delete: new Set() })
const textOf = async (store: KeyStore, name: string): Promise<string | undefined> => {
  const value = (await store.read([name])).get(name)?.value
  return value && fromUtf8(value)
}
/** Everything that lies in the inner store, names and values, as one text of hexadecimal and names. */
const dump = async (inner: KeyStore): Promise<string> => JSON.stringify(await storeContents(inner))
const inHex = (text: string): string => Buffer.from(text).toString('hex')

describe('encryptedStore', () => {
  const inners = new WeakMap<KeyStore, KeyStore>()
  const open = async (inner: KeyStore): Promise<KeyStore> => {
    const store = await encryptedStore(inner, key(1))
    inners.set(store, inner)
    return store
  }
  keyStoreConformance({
    test,
    factory: () => open(new MemoryStore()),
    reopen: (store) => open(inners.get(store) ?? new MemoryStore()),
  })

  it('shows neither names nor values in the store below, and lengths only', async () => {
    const inner = new MemoryStore()
    const store = await encryptedStore(inner, key(1))
    for (const name of ['session/alice/1', 'identity/alice/1', 'alice']) await put(store, name, 'a chain key')
    const seen = await dump(inner)
    for (const word of ['session', 'identity', 'alice', 'chain']) {
      expect(seen).not.toContain(word)
      expect(seen).not.toContain(inHex(word))
    }
    // The same segment looks different at each place, and the same value each time it is sealed.
    const names = (await inner.list('')).filter((name) => name.includes('/')).map((name) => name.split('/'))
    expect(new Set(names.map(([first]) => first)).size).toBe(2)
    expect(new Set(names.map(([, second]) => second)).size).toBe(2)
    const values = Object.values(await storeContents(inner))
    expect(new Set(values).size).toBe(values.length)
  })

  it('keeps a whole account, which lists its prekeys', async () => {
    const inner = new MemoryStore()
    const alice = await Client.create({ store: await encryptedStore(inner, key(1)) })
    await alice.generatePreKeys(5)
    const again = await Client.open({ store: await encryptedStore(inner, key(1)) })
    expect(again.address).toEqual(alice.address)
    expect(await (await encryptedStore(inner, key(1))).list('pre-key/')).toHaveLength(5)
  })

  it('keeps several in the scopes of one store, each under a key of its own', async () => {
    const inner = new MemoryStore()
    const [a, b] = [await encryptedStore(scoped(inner, 'a'), key(1)), await encryptedStore(scoped(inner, 'b'), key(2))]
    await put(a, 'x', 'of a')
    expect(await textOf(b, 'x')).toBeUndefined()
    await expect(encryptedStore(scoped(inner, 'b'), key(1))).rejects.toMatchObject({ code: 'wrong-store-key' })
  })

  it('has one set of keys though two lock it at once', async () => {
    const inner = new MemoryStore()
    const [a, b] = await Promise.all([encryptedStore(inner, key(1)), encryptedStore(inner, key(1))])
    await put(a, 'x', 'here')
    expect(await textOf(b, 'x')).toBe('here')
  })

  it('takes its own copy of the key', async () => {
    const inner = new MemoryStore()
    const mine = key(1)
    const opening = encryptedStore(inner, mine)
    mine.fill(9)
    await put(await opening, 'x', 'here')
    expect(await textOf(await encryptedStore(inner, key(1)), 'x')).toBe('here')
  })

  it('refuses another key, a passphrase instead of one, and a changed header', async () => {
    const inner = new MemoryStore()
    await put(await encryptedStore(inner, key(1)), 'x', 'here')
    const before = await dump(inner)
    await expect(encryptedStore(inner, key(2))).rejects.toMatchObject({ code: 'wrong-store-key', details: {} })
    await expect(encryptedStore(inner, quick('x'))).rejects.toMatchObject({ code: 'wrong-store-key' })
    expect(await dump(inner)).toBe(before)
    const header = (await inner.read(['store-keys'])).get('store-keys')?.value ?? new Uint8Array()
    const codes = new Map<number, string>()
    expect(header.length).toBeGreaterThan(100)
    for (let at = 0; at < header.length; at++) {
      const bad = Uint8Array.from(header)
      bad[at] = (bad[at] ?? 0) ^ 1
      await inner.commit({ expect: new Map(), put: new Map([['store-keys', bad]]), delete: new Set() })
      codes.set(
        at,
        await encryptedStore(inner, key(1)).then(
          () => 'opened',
          (error: { code: string }) => error.code,
        ),
      )
    }
    // Version and kind of key; what follows is told from a wrong key by nothing.
    expect([...codes.values()].slice(0, 2)).toEqual(['corrupt-record', 'corrupt-record'])
    expect(new Set([...codes.values()].slice(2))).toEqual(new Set(['wrong-store-key']))
  })

  it('refuses headers of a newer release, and those that ask for endless work', async () => {
    const inner = new MemoryStore()
    for (const [bytes, refusal] of [
      [[2, 0, 0], { code: 'record-too-new', details: { record: 'store keys', version: 2 } }],
      [[1, 1, 255], { code: 'corrupt-record', details: { record: 'store keys' } }],
      [[1, 1, 13], { code: 'corrupt-record', details: { record: 'store keys' } }],
    ] as const) {
      const header = new Uint8Array(200)
      header.set(bytes)
      await inner.commit({ expect: new Map(), put: new Map([['store-keys', header]]), delete: new Set() })
      await expect(encryptedStore(inner, quick('x'))).rejects.toMatchObject(refusal)
    }
    await inner.commit({ expect: new Map(), put: new Map([['store-keys', new Uint8Array()]]), delete: new Set() })
    await expect(encryptedStore(inner, key(1))).rejects.toMatchObject({ code: 'corrupt-record' })
  })

  it('refuses a store that holds records in the clear, and leaves it as it is', async () => {
    const inner = new MemoryStore()
    await put(inner, 'account', 'in the clear')
    const before = await dump(inner)
    await expect(encryptedStore(inner, key(1))).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'store' } })
    expect(await dump(inner)).toBe(before)
  })

  it('refuses what is no key', async () => {
    const bad = [
      new Uint8Array(31),
      'a passphrase',
      undefined,
      null,
      {},
      { passphrase: '' },
      { passphrase: 7 },
      { passphrase: 'x', cost: 13 },
    ]
    for (const one of [...bad, { passphrase: 'x', cost: 21 }, { passphrase: 'x', coast: 17 }]) {
      await expect(encryptedStore(new MemoryStore(), one as never)).rejects.toMatchObject({ code: 'invalid-argument' })
    }
  })

  it('says of a value that was altered, cut or put under another name that it is corrupt', async () => {
    const inner = new MemoryStore()
    const store = await encryptedStore(inner, key(1))
    await put(store, 'a', 'one')
    await put(store, 'b', 'two')
    const [first, second] = (await inner.list('')).filter((name) => name !== 'store-keys') as [string, string]
    const value = (await inner.read([first])).get(first)?.value ?? new Uint8Array()
    const altered = Array.from(value, (_, at) => value.map((byte, i) => (i === at ? byte ^ 0x80 : byte)))
    const lies = [...altered.map((one) => [first, one] as const), [first, value.subarray(0, 20)] as const, [second, value] as const]
    for (const [name, lie] of lies) {
      await inner.commit({ expect: new Map(), put: new Map([[name, lie]]), delete: new Set() })
      await expect(store.read(['a', 'b'])).rejects.toMatchObject({ code: 'corrupt-record', details: { record: 'sealed' } })
    }
  })
})

describe('a passphrase', () => {
  it('opens what it locked, in any form of Unicode, and nothing else does', async () => {
    const inner = new MemoryStore()
    await put(await encryptedStore(inner, quick('\u00e9t\u00e9')), 'x', 'here')
    // The cost is the store's to remember.
    expect(await textOf(await encryptedStore(inner, { passphrase: 'e\u0301te\u0301' }), 'x')).toBe('here')
    for (const wrong of [quick('ete'), key(1)]) {
      await expect(encryptedStore(inner, wrong)).rejects.toMatchObject({ code: 'wrong-store-key' })
    }
  })
})

describe('rotateStoreKey', () => {
  it('locks with another key, seals everything anew, and keeps names and values', async () => {
    const inner = new MemoryStore()
    const store = await encryptedStore(inner, key(1))
    for (let i = 0; i < 150; i++) await put(store, `many/${i}`, `value ${i}`)
    const before = await storeContents(inner)
    await rotateStoreKey(inner, key(1), quick('new'))
    await expect(encryptedStore(inner, key(1))).rejects.toMatchObject({ code: 'wrong-store-key' })
    const again = await encryptedStore(inner, quick('new'))
    expect((await again.list('many/')).length).toBe(150)
    expect(await textOf(again, 'many/149')).toBe('value 149')
    const after = await storeContents(inner)
    expect(Object.keys(after).filter((name) => after[name] === before[name])).toEqual([])
  })

  it('leaves nothing for the old key and an old copy of the header: what is written then does not open', async () => {
    const inner = new MemoryStore()
    await put(await encryptedStore(inner, key(1)), 'x', 'old')
    const header = (await inner.read(['store-keys'])).get('store-keys')?.value ?? new Uint8Array()
    await rotateStoreKey(inner, key(1), key(2))
    await inner.commit({ expect: new Map(), put: new Map([['store-keys', header]]), delete: new Set() })
    await expect((await encryptedStore(inner, key(1))).read(['x'])).rejects.toMatchObject({ code: 'corrupt-record' })
  })

  it('stops whoever has the store open under the keys before, before they write', async () => {
    const inner = new MemoryStore()
    const store = await encryptedStore(inner, key(1))
    await put(store, 'x', 'old')
    await rotateStoreKey(inner, key(1), key(2))
    const before = await dump(inner)
    await expect(put(store, 'x', 'lost')).rejects.toMatchObject({ code: 'wrong-store-key' })
    expect(await dump(inner)).toBe(before)
  })

  it('leaves a damaged record as it is, and goes on', async () => {
    const inner = new MemoryStore()
    const store = await encryptedStore(inner, key(1))
    await put(store, 'a', 'one')
    const [name] = (await inner.list('')).filter((one) => one !== 'store-keys') as [string]
    await inner.commit({ expect: new Map(), put: new Map([[name, new Uint8Array(100)]]), delete: new Set() })
    await put(store, 'b', 'two')
    await rotateStoreKey(inner, key(1), key(2))
    expect(await textOf(await encryptedStore(inner, key(2)), 'b')).toBe('two')
    expect((await inner.read([name])).get(name)?.value).toEqual(new Uint8Array(100))
  })

  it('refuses a wrong key and changes nothing', async () => {
    const inner = new MemoryStore()
    await put(await encryptedStore(inner, key(1)), 'x', 'old')
    const before = await dump(inner)
    await expect(rotateStoreKey(inner, key(2), key(3))).rejects.toMatchObject({ code: 'wrong-store-key' })
    await expect(rotateStoreKey(inner, key(1), new Uint8Array(3))).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await dump(inner)).toBe(before)
  })

  it.each([1, 2, 3, 4, 5])('can be interrupted at commit %i and done again, with nothing lost', async (at) => {
    const inner = new MemoryStore()
    const store = await encryptedStore(inner, key(1))
    for (let i = 0; i < 150; i++) await put(store, `many/${i}`, `value ${i}`)
    let commits = 0
    const failing: KeyStore = {
      read: (keys) => inner.read(keys),
      list: (prefix) => inner.list(prefix),
      commit: async (batch) => {
        if (++commits === at) throw new Error('the power is gone')
        return inner.commit(batch)
      },
    }
    await expect(rotateStoreKey(failing, key(1), key(2))).rejects.toThrow(at === 1 ? 'the power is gone' : 'the store failed')
    // Only before the first commit the old key is in force.
    const inForce = key(at === 1 ? 1 : 2)
    expect(await textOf(await encryptedStore(inner, inForce), 'many/149')).toBe('value 149')
    await rotateStoreKey(inner, inForce, key(3))
    const again = await encryptedStore(inner, key(3))
    for (let i = 0; i < 150; i++) expect(await textOf(again, `many/${i}`)).toBe(`value ${i}`)
  })
})
