import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import { scoped } from '../../../src/store/scoped.js'
import { storeContents } from '../../support/faulty-store.js'

const NAMES = ['', 'a', 'a/b', 'a%002fb', 'b', 'scope', '..', '\ud800', 'account']

describe('scoped', () => {
  it('lets no account see or touch the records of another, whatever their names', async () => {
    const store = new MemoryStore()
    const accounts = [store, ...NAMES.map((name) => scoped(store, name)), scoped(scoped(store, 'a'), 'b')]
    for (const [i, account] of accounts.entries()) {
      const put = new Map(['account', 'b/account'].map((key) => [key, utf8(String(i))]))
      expect(await account.commit({ expect: new Map([...put.keys()].map((key) => [key, null])), put, delete: new Set() })).toBe(true)
    }
    for (const [i, account] of accounts.slice(1).entries()) {
      if (NAMES[i] === 'a') continue
      const value = Buffer.from(String(i + 1)).toString('hex')
      expect(await storeContents(account)).toEqual({ account: value, 'b/account': value })
    }
    expect([...(await scoped(store, 'a').list(''))].sort()).toEqual(['account', 'b/account', 'scope/b/account', 'scope/b/b/account'])
    expect((await store.list('')).length).toBe(2 * accounts.length)
  })

  it('finds the records of a name again', async () => {
    const store = new MemoryStore()
    await scoped(store, 'a').commit({ expect: new Map(), put: new Map([['k', utf8('v')]]), delete: new Set() })
    expect(await storeContents(scoped(store, 'a'))).toEqual({ k: Buffer.from('v').toString('hex') })
  })

  it('refuses to list by half a segment', async () => {
    await expect(scoped(new MemoryStore(), 'a').list('x')).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})
