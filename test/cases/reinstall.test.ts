/** Same account, new installation: what the relay does with the prekeys of the one before it. */
import { describe, expect, it } from 'vitest'
import { Client, MemoryStore, type PreKeyBundle, type PreKeyUpload } from '../../src/index.js'
import { exportIdentity, parseIdentity } from '../../src/migration/libsignal.js'
import { Relay } from '../../src/relay/index.js'
import { encodeRelayRecord } from '../../src/relay/records.js'
import { recordKey } from '../../src/store/index.js'
import { serializePreKeyBundle } from '../../src/wire/pre-key-bundle.js'
import { firstContact, join, type Member } from '../support/members.js'
import { cloneStore } from '../support/world/stores.js'
import { anUpload, type Party, party } from '../unit/relay/parties.js'

const generous = { bundlesPerTarget: 1_000, lookUps: 10_000 }
const newRelay = (store = new MemoryStore()) => new Relay({ store, limits: generous })

/** The account on an empty store: as after a loss of all but the identity. */
async function reinstall({ client }: Member, registrationId = client.registrationId): Promise<Client> {
  const { identityKeyPair } = exportIdentity(client)
  return Client.create({ store: new MemoryStore(), address: client.address }, parseIdentity(identityKeyPair, registrationId))
}

/** Fetches bundles, not too many in one name. */
async function fetchAll(relay: Relay, of: Pick<Party, 'address'>, count: number): Promise<PreKeyBundle[]> {
  const bundles: PreKeyBundle[] = []
  let asker = await party(relay)
  for (let i = 0; i < count; i++) {
    if (i % 100 === 99) asker = await party(relay)
    bundles.push(await relay.fetchBundle(asker.account, of.address))
  }
  return bundles
}

const keysOf = (uploads: readonly PreKeyUpload[]): Uint8Array[] =>
  uploads.flatMap(({ oneTimePreKeys, oneTimeKemPreKeys }) => [...oneTimePreKeys, ...oneTimeKemPreKeys].map(({ publicKey }) => publicKey))

describe('row 42: first messages of new contacts open', () => {
  it('row 42: 100 of 100 after a reinstallation, whatever the old stock was', { timeout: 240_000 }, async () => {
    for (const [published, taken, rotations] of [
      [10, 0, 0],
      [10, 4, 3],
      [5, 5, 0],
      [30, 2, 1],
    ] as const) {
      const relay = newRelay()
      const bob = await join(relay)
      await relay.publish(bob.account, await bob.client.generatePreKeys(published))
      for (let i = 0; i < rotations; i++) await relay.publish(bob.account, await bob.client.rotatePreKeys())
      await fetchAll(relay, bob.client, taken)
      const client = await reinstall(bob)
      expect(await relay.publish(bob.account, await client.generatePreKeys(20))).toEqual({ oneTimePreKeys: 20, oneTimeKemPreKeys: 20 })
      for (let i = 0; i < 25; i++) expect(await firstContact(relay, { ...bob, client }, `hello ${i}`)).toBe(`hello ${i}`)
    }
  })

  it('row 42: also if the new installation publishes no one-time prekeys yet', async () => {
    for (const rotations of [0, 2]) {
      const relay = newRelay()
      const bob = await join(relay)
      await relay.publish(bob.account, await bob.client.generatePreKeys(5))
      for (let i = 0; i < rotations; i++) await relay.publish(bob.account, await bob.client.rotatePreKeys())
      const client = await reinstall(bob)
      expect(await relay.publish(bob.account, await client.generatePreKeys(0))).toEqual({ oneTimePreKeys: 0, oneTimeKemPreKeys: 0 })
      expect(await firstContact(relay, { ...bob, client }, 'hello')).toBe('hello')
    }
  })

  it('row 42: 100 of 100 after a restored backup, whatever went on after it was made', { timeout: 240_000 }, async () => {
    for (const since of ['more prekeys', 'a rotation', 'both', 'nothing'] as const) {
      const relay = newRelay()
      const bob = await join(relay)
      await relay.publish(bob.account, await bob.client.generatePreKeys(10))
      const backup = await cloneStore(bob.store)
      if (since === 'more prekeys' || since === 'both') await relay.publish(bob.account, await bob.client.generatePreKeys(15))
      if (since === 'a rotation' || since === 'both') await relay.publish(bob.account, await bob.client.rotatePreKeys())
      await fetchAll(relay, bob.client, 3)
      const client = await Client.open({ store: backup })
      await relay.publish(bob.account, await client.generatePreKeys(20))
      for (let i = 0; i < 25; i++) expect(await firstContact(relay, { ...bob, client }, `hello ${i}`), since).toBe(`hello ${i}`)
    }
  })

  it('row 42: after a new registration id, at once, and nothing of the old stock is handed out', async () => {
    const relay = newRelay()
    const bob = await join(relay)
    await relay.publish(bob.account, await bob.client.generatePreKeys(3))
    const client = await reinstall(bob, (bob.client.registrationId % 16_000) + 1)
    const upload = await client.generatePreKeys(2)
    expect(await relay.publish(bob.account, upload)).toEqual({ oneTimePreKeys: 2, oneTimeKemPreKeys: 2 })
    const bundles = await fetchAll(relay, bob.client, 3)
    expect(bundles.map(({ registrationId }) => registrationId)).toEqual(Array(3).fill(client.registrationId))
    expect(bundles.map(({ oneTimePreKey }) => oneTimePreKey?.publicKey)).toEqual([
      ...upload.oneTimePreKeys.map(({ publicKey }) => publicKey),
      undefined,
    ])
  })
})

describe('the stock of one-time prekeys', () => {
  it('row 42: a used key never comes back: not by repetition, not after the stock was replaced, and after that was repeated', async () => {
    const relay = newRelay()
    const bob = await party(relay)
    const uploads = [anUpload(bob, 6), anUpload(bob, 6), anUpload(bob, 4, 3)]
    const seen: Uint8Array[] = []
    for (let round = 0; round < 4; round++) {
      for (const upload of uploads) {
        await relay.publish(bob.account, upload)
        const [bundle] = await fetchAll(relay, bob, 1)
        for (const key of [bundle?.oneTimePreKey?.publicKey, bundle?.kemPreKey?.publicKey]) {
          if (key !== undefined && key !== upload.kemPreKey.publicKey && keysOf(uploads).some((one) => same(one, key))) seen.push(key)
        }
      }
    }
    expect(seen).toHaveLength(24)
    expect(new Set(seen.map((key) => Buffer.from(key).toString('hex'))).size).toBe(24)
  })

  it('keeps both uploads of two tabs when the later one arrives first', async () => {
    const relay = newRelay()
    const bob = await party(relay)
    const [first, second] = [anUpload(bob, 3), anUpload(bob, 3, 4)]
    const signed = { signedPreKey: first.signedPreKey, kemPreKey: first.kemPreKey }
    await relay.publish(bob.account, { ...second, ...signed })
    expect(await relay.publish(bob.account, first)).toEqual({ oneTimePreKeys: 6, oneTimeKemPreKeys: 6 })
    const bundles = await fetchAll(relay, bob, 6)
    expect(bundles.map(({ oneTimePreKey, kemPreKey }) => [oneTimePreKey?.id, kemPreKey?.id])).toEqual(
      [1, 2, 3, 4, 5, 6].map((id) => [id, id]),
    )
  })

  it('remembers what the last upload brought, however large a stock went out before it', { timeout: 120_000 }, async () => {
    const relay = new Relay({ store: new MemoryStore(), limits: { ...generous, bundlesPerTarget: 10_000, oneTimePreKeys: 3_000 } })
    const bob = await party(relay)
    for (let from = 1; from <= 1_801; from += 600) await relay.publish(bob.account, curveOnly(anUpload(bob, 600, from)))
    const last = curveOnly(anUpload(bob, 600, 2_401))
    await relay.publish(bob.account, last)
    await fetchAll(relay, bob, 2_990)
    expect(await relay.publish(bob.account, last)).toEqual({ oneTimePreKeys: 10, oneTimeKemPreKeys: 0 })
    // Another key under an id that nobody remembers replaces, too.
    expect(await relay.publish(bob.account, curveOnly(anUpload(bob, 5)))).toEqual({ oneTimePreKeys: 5, oneTimeKemPreKeys: 0 })
    const ids = (await fetchAll(relay, bob, 5)).map(({ oneTimePreKey }) => oneTimePreKey?.id)
    expect(ids).toEqual([1, 2, 3, 4, 5])
  })

  it('leaves no more than the traces of a thousand keys of each kind', { timeout: 120_000 }, async () => {
    const store = new MemoryStore()
    const relay = new Relay({ store, limits: { ...generous, bundlesPerTarget: 10_000 } })
    const bob = await party(relay)
    for (let round = 0; round < 3; round++) {
      await relay.publish(bob.account, curveOnly(anUpload(bob, 500, 1 + 500 * round)))
      await fetchAll(relay, bob, 500)
    }
    expect(await store.list('handed-out/')).toHaveLength(1_000)
    expect(await store.list('one-time/')).toEqual([])
  })

  it('drops what an upload withdraws', async () => {
    const relay = newRelay()
    const bob = await party(relay)
    await relay.publish(bob.account, anUpload(bob, 6))
    const more = { ...anUpload(bob, 2, 7), firstOneTimePreKeyId: 3, firstOneTimeKemPreKeyId: 6 }
    expect(await relay.publish(bob.account, more)).toEqual({ oneTimePreKeys: 6, oneTimeKemPreKeys: 3 })
    expect((await fetchAll(relay, bob, 1)).map(({ oneTimePreKey, kemPreKey }) => [oneTimePreKey?.id, kemPreKey?.id])).toEqual([[3, 6]])
    expect(await relay.publish(bob.account, more)).toEqual({ oneTimePreKeys: 5, oneTimeKemPreKeys: 2 })
  })

  it('loses only the one whose record is damaged', async () => {
    const store = new MemoryStore()
    const relay = newRelay(store)
    const bob = await party(relay)
    await relay.publish(bob.account, anUpload(bob, 4))
    for (const kind of ['one-time', 'one-time-kem']) {
      const put = new Map([[recordKey(kind, bob.address.user, 1, 0), new Uint8Array([1, 2])]])
      await store.commit({ expect: new Map(), put, delete: new Set() })
    }
    const upload = anUpload(bob, 2, 4)
    const bundles = await fetchAll(relay, bob, 2)
    expect(bundles.map(({ oneTimePreKey }) => oneTimePreKey?.id)).toEqual([undefined, 2])
    expect(await relay.publish(bob.account, upload)).toEqual({ oneTimePreKeys: 2, oneTimeKemPreKeys: 2 })
  })

  it('takes uploads although the trace of what it handed out is damaged', async () => {
    const store = new MemoryStore()
    const relay = newRelay(store)
    const bob = await party(relay)
    const upload = anUpload(bob, 4)
    await relay.publish(bob.account, upload)
    await fetchAll(relay, bob, 2)
    for (const kind of ['handed-out', 'handed-out-kem']) {
      const put = new Map([[recordKey(kind, bob.address.user, 1, 0), new Uint8Array([1, 2])]])
      await store.commit({ expect: new Map(), put, delete: new Set() })
    }
    expect(await relay.publish(bob.account, upload)).toEqual({ oneTimePreKeys: 2, oneTimeKemPreKeys: 2 })
  })

  it('of a relay that 2ed979b wrote goes on: repetitions add nothing, a new installation replaces it', async () => {
    const store = new MemoryStore()
    const relay = newRelay(store)
    const bob = await party(relay)
    const upload = anUpload(bob, 5)
    await relay.publish(bob.account, upload)
    await fetchAll(relay, bob, 3)
    // That release left no trace of what it handed out.
    const traces = [...(await store.list('handed-out/')), ...(await store.list('handed-out-kem/'))]
    await store.commit({ expect: new Map(), put: new Map(), delete: new Set(traces) })
    const { address, registrationId, identityKey, signedPreKey, kemPreKey } = upload
    const bundle = serializePreKeyBundle({ address, registrationId, identityKey, signedPreKey, kemPreKey, oneTimePreKey: undefined })
    const directory = (await store.read([recordKey('directory', address.user, 1)])).values().next().value
    expect(directory?.value).toEqual(encodeRelayRecord([3, 5, 6, 3, 5, 6], bundle))
    expect(await relay.publish(bob.account, upload)).toEqual({ oneTimePreKeys: 2, oneTimeKemPreKeys: 2 })
    const again = anUpload(bob, 3)
    expect(await relay.publish(bob.account, again)).toEqual({ oneTimePreKeys: 3, oneTimeKemPreKeys: 3 })
    const [first] = await fetchAll(relay, bob, 1)
    expect(first?.oneTimePreKey).toEqual(again.oneTimePreKeys[0])
  })
})

const curveOnly = (upload: PreKeyUpload): PreKeyUpload => ({ ...upload, oneTimeKemPreKeys: [] })
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
