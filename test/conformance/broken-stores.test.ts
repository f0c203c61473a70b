import { describe, expect, it, test } from 'vitest'
import { keyStoreConformance } from '../../src/store/conformance/suite.js'
import { BROKEN_STORES, Disk, SoundStore } from './broken-stores.js'

/** The tests of the suite by name, for a store that can be opened again. */
function suiteOn(Store: new (disk: Disk) => SoundStore): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>()
  const disks = new WeakMap<SoundStore, Disk>()
  const open = (disk: Disk): SoundStore => {
    const store = new Store(disk)
    disks.set(store, disk)
    return store
  }
  keyStoreConformance({
    test: (name, run) => tests.set(name, run),
    factory: () => open(new Disk()),
    reopen: (store) => open(disks.get(store) ?? new Disk()),
    spawn: async () => undefined,
  })
  return tests
}

describe('the store that the broken ones are made from', () => {
  keyStoreConformance({ test, factory: () => new SoundStore(new Disk()), reopen: (store) => new SoundStore(store.disk) })
})

const PROCESSES = 'loses no increment of four processes'

describe('the conformance suite', () => {
  for (const [Store, name] of BROKEN_STORES) {
    it(`fails a store that "${Store.name}": "${name}"`, async () => {
      const run = suiteOn(Store).get(name)
      expect(run).toBeDefined()
      await expect(run?.()).rejects.toThrow(/.+/)
    })
  }

  it('has no test that no broken store fails', () => {
    const proved = new Set([...BROKEN_STORES.map(([, name]) => name), PROCESSES])
    const unproved = [...suiteOn(SoundStore).keys()].filter((name) => !proved.has(name))
    expect(unproved).toEqual([])
  })

  it('fails a store whose processes lose their work', async () => {
    await expect(suiteOn(SoundStore).get(PROCESSES)?.()).rejects.toThrow('increments')
  })
})
