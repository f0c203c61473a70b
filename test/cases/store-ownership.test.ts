import { describe, expect, it } from 'vitest'
import { Client, type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { exportIdentity, exportSessions, importSessions, parseIdentity } from '../../src/migration/libsignal.js'
import { Disk, HandsOutItsOwnArray, HandsOutOneCopyEverAgain, SoundStore } from '../conformance/broken-stores.js'
import { pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

describe('a store that keeps what it hands out', () => {
  it.each([HandsOutItsOwnArray, HandsOutOneCopyEverAgain])('$name: is refused before anything is wiped in it', async (Broken) => {
    const disk = new Disk()
    await Client.create({ store: new SoundStore(disk) })
    const before = await snapshot(new SoundStore(disk))
    const store: KeyStore = new Broken(disk)
    for (const opening of [() => Client.open({ store }), () => Client.openOrCreate({ store }), () => Client.create({ store })]) {
      await expect(opening()).rejects.toMatchObject({
        code: 'store-failed',
        details: { operation: 'read' },
        cause: { message: expect.stringContaining('belong to the reader') },
      })
    }
    expect(await snapshot(new SoundStore(disk))).toEqual(before)
    await expect(Client.create({ store: new Broken(new Disk()) })).rejects.toMatchObject({ code: 'store-failed' })
  })
})

describe('what MemoryStore hands out', () => {
  it('lies in memory of its own: a clone of a value takes no other record along', async () => {
    const store = new MemoryStore()
    const secret = utf8('a secret of somebody else')
    await store.commit({ expect: new Map(), put: new Map([['secret', secret]]), delete: new Set() })
    await store.commit({ expect: new Map(), put: new Map([['plain', utf8('plain')]]), delete: new Set() })
    await store.read(['secret'])
    const value = (await store.read(['secret', 'plain'])).get('plain')?.value as Uint8Array
    expect([value.byteOffset, value.buffer.byteLength]).toEqual([0, value.length])
    expect(structuredClone(value).buffer.byteLength).toBe(5)
  })
})

describe('what a caller passes', () => {
  it('an address that is changed while its sessions are taken over changes nothing', async () => {
    const { alice, bob } = await pair()
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    const { identityKeyPair, registrationId } = exportIdentity(bob)
    const record = await exportSessions(bob, alice.address)
    const store = new MemoryStore()
    const again = await Client.create({ store, address: bob.address }, parseIdentity(identityKeyPair, registrationId))
    const address = { ...alice.address }
    const importing = importSessions(again, address, record)
    address.user = 'mallory'
    await importing
    expect(await again.session(alice.address)).toBeDefined()
    expect(await again.session({ user: 'mallory', device: 1 })).toBeUndefined()
    expect((await store.list('')).filter((key) => key.includes('mallory'))).toEqual([])
  })
})
