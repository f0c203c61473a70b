import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { checkExpectations } from '../../../src/store/startup-check.js'
import { FaultyStore, StoreFault, storeContents } from '../../support/faulty-store.js'

const withAccount = async (): Promise<MemoryStore> => {
  const store = new MemoryStore()
  await store.commit({ expect: new Map(), put: new Map([['account', utf8('keys')]]), delete: new Set() })
  return store
}

describe('checkExpectations', () => {
  it('passes a sound store and writes nothing', async () => {
    const store = await withAccount()
    const before = await store.read(['account'])
    await checkExpectations(store, 'account')
    expect(await store.read(['account'])).toEqual(before)
  })

  it('row 17: detects at start-up a store that writes without comparing, and leaves the record as it was', async () => {
    const store = await withAccount()
    const blind: KeyStore = {
      read: (keys) => store.read(keys),
      commit: (batch) => store.commit({ ...batch, expect: new Map() }),
      list: (prefix) => store.list(prefix),
    }
    const before = await storeContents(store)
    await expect(checkExpectations(blind, 'account')).rejects.toMatchObject({ code: 'store-failed', details: { operation: 'commit' } })
    expect(await storeContents(store)).toEqual(before)
  })

  it('fails when the store fails, does not answer with a boolean or does not have the record', async () => {
    const store = await withAccount()
    for (const at of [1, 2]) {
      const faulty = new FaultyStore(store, 'throw-before', at)
      await expect(checkExpectations(faulty, 'account')).rejects.toMatchObject({ code: 'store-failed', cause: expect.any(StoreFault) })
    }
    await expect(checkExpectations(new FaultyStore(store, 'wrong-type', 2), 'account')).rejects.toMatchObject({ code: 'store-failed' })
    await expect(checkExpectations(new MemoryStore(), 'account')).rejects.toMatchObject({ code: 'store-failed' })
  })
})
