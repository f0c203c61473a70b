import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { Relay } from '../../../src/relay/index.js'
import { MemoryStore } from '../../../src/store/index.js'
import { parsePreKeyBundle, serializePreKeyBundle } from '../../../src/wire/pre-key-bundle.js'
import { anUpload, countingStore, party } from './parties.js'

const generous = { bundlesPerTarget: 1_000, lookUps: 10_000 }
const newRelay = () => new Relay({ store: new MemoryStore(), limits: generous })

describe('the prekey directory', () => {
  it('hands out what was published, unchanged', async () => {
    const relay = newRelay()
    const [alice, bob] = [await party(relay), await party(relay)]
    const upload = anUpload(bob, 2)
    expect(await relay.publish(bob.account, upload)).toEqual({ oneTimePreKeys: 2, oneTimeKemPreKeys: 2 })
    const { address, registrationId, identityKey, signedPreKey } = upload
    const expected = { address, registrationId, identityKey, signedPreKey }
    const first = await relay.fetchBundle(alice.account, bob.address)
    expect(first).toEqual({ ...expected, oneTimePreKey: upload.oneTimePreKeys[0], kemPreKey: upload.oneTimeKemPreKeys[0] })
    expect(parsePreKeyBundle(serializePreKeyBundle(first))).toEqual(first)
    const second = await relay.fetchBundle(alice.account, bob.address)
    expect(second).toEqual({ ...expected, oneTimePreKey: upload.oneTimePreKeys[1], kemPreKey: upload.oneTimeKemPreKeys[1] })
    // Gone: no Curve25519 one, and the last-resort KEM one, as often as asked.
    for (let i = 0; i < 2; i++) {
      expect(await relay.fetchBundle(alice.account, bob.address)).toEqual({
        ...expected,
        oneTimePreKey: undefined,
        kemPreKey: upload.kemPreKey,
      })
    }
    expect(await relay.preKeyCounts(bob.account)).toEqual({ oneTimePreKeys: 0, oneTimeKemPreKeys: 0 })
  })

  it('hands each one-time prekey out once to 100 requests at the same moment', async () => {
    const relay = newRelay()
    const bob = await party(relay)
    const upload = anUpload(bob, 80)
    await relay.publish(bob.account, upload)
    const requesters = await Promise.all(Array.from({ length: 100 }, () => party(relay)))
    const bundles = await Promise.all(requesters.map(({ account }) => relay.fetchBundle(account, bob.address)))
    const curve = bundles.flatMap(({ oneTimePreKey }) => (oneTimePreKey ? [toHex(oneTimePreKey.publicKey)] : []))
    const kem = bundles.map(({ kemPreKey }) => (kemPreKey ? toHex(kemPreKey.publicKey) : ''))
    expect(curve).toHaveLength(80)
    expect(new Set(curve)).toEqual(new Set(upload.oneTimePreKeys.map(({ publicKey }) => toHex(publicKey))))
    const lastResort = toHex(upload.kemPreKey.publicKey)
    expect(kem.filter((key) => key === lastResort)).toHaveLength(20)
    expect(new Set(kem).size).toBe(81)
  })

  it('adds one-time prekeys and replaces the others when a device publishes again', async () => {
    const relay = newRelay()
    const [alice, bob] = [await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 3))
    const second = anUpload(bob, 2, 4)
    expect(await relay.publish(bob.account, second)).toEqual({ oneTimePreKeys: 5, oneTimeKemPreKeys: 5 })
    const bundle = await relay.fetchBundle(alice.account, bob.address)
    expect(bundle.signedPreKey).toEqual(second.signedPreKey)
    expect(bundle.oneTimePreKey?.id).toBe(1)
  })

  it('hands nothing out twice when an upload is repeated', async () => {
    const relay = newRelay()
    const [alice, bob] = [await party(relay), await party(relay)]
    const upload = anUpload(bob, 4)
    await relay.publish(bob.account, upload)
    const before = [await relay.fetchBundle(alice.account, bob.address), await relay.fetchBundle(alice.account, bob.address)]
    expect(await relay.publish(bob.account, upload)).toEqual({ oneTimePreKeys: 2, oneTimeKemPreKeys: 2 })
    const after = [await relay.fetchBundle(alice.account, bob.address), await relay.fetchBundle(alice.account, bob.address)]
    expect([...before, ...after].map(({ oneTimePreKey, kemPreKey }) => [oneTimePreKey?.id, kemPreKey?.id])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ])
    expect((await relay.fetchBundle(alice.account, bob.address)).oneTimePreKey).toBeUndefined()
  })

  it('answers for an unknown device and for one that published nothing alike', async () => {
    const relay = newRelay()
    const [alice, silent] = [await party(relay), await party(relay)]
    const answers = await Promise.all(
      [silent.address, { ...silent.address, device: 2 }, { user: 'nobody', device: 1 }].map((address) =>
        relay.fetchBundle(alice.account, address).catch(({ code, details, message }) => ({ code, details, message })),
      ),
    )
    expect(answers[0]).toEqual({ code: 'not-found', details: { what: 'prekey bundle' }, message: 'no such prekey bundle' })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  it('takes prekeys for the account that publishes only, under its identity key only', async () => {
    const relay = newRelay()
    const [alice, mallory] = [await party(relay), await party(relay)]
    await expect(relay.publish(mallory.account, anUpload(alice, 1))).rejects.toMatchObject({ code: 'unauthorized' })
    const forged = anUpload({ ...mallory, identityKey: alice.identityKey }, 1)
    await expect(relay.publish(mallory.account, forged)).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('refuses a stock above the limit, and keeps what it had', async () => {
    const relay = new Relay({ store: new MemoryStore(), limits: { oneTimePreKeys: 10 } })
    const bob = await party(relay)
    await relay.publish(bob.account, anUpload(bob, 8))
    await expect(relay.publish(bob.account, anUpload(bob, 3, 9))).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await relay.preKeyCounts(bob.account)).toEqual({ oneTimePreKeys: 8, oneTimeKemPreKeys: 8 })
  })

  it('keeps of a one-time prekey that was handed out nothing but a fingerprint', async () => {
    const store = new MemoryStore()
    const relay = new Relay({ store })
    const [alice, bob] = [await party(relay), await party(relay)]
    await relay.publish(bob.account, anUpload(bob, 1))
    await relay.fetchBundle(alice.account, bob.address)
    expect(await store.list('one-time/')).toEqual([])
    expect(await store.list('one-time-kem/')).toEqual([])
    const traces = [...(await store.list('handed-out/')), ...(await store.list('handed-out-kem/'))]
    expect([...(await store.read(traces)).values()].map(({ value }) => value.length)).toEqual([25, 25])
  })

  it('touches as many records for a fetch out of 900 prekeys as out of 3', async () => {
    const counts: number[] = []
    for (const stock of [3, 900]) {
      const count = countingStore()
      const relay = new Relay({ store: count.store })
      const [alice, bob] = [await party(relay), await party(relay)]
      for (let from = 1; from <= stock; from += 300) await relay.publish(bob.account, anUpload(bob, Math.min(300, stock), from))
      count.touched = 0
      await relay.fetchBundle(alice.account, bob.address)
      counts.push(count.touched)
    }
    expect(counts[0]).toBe(counts[1])
    expect(counts[0]).toBeLessThan(20)
  })
})
