import { beforeAll, describe, expect, it } from 'vitest'
import * as entry from '../../src/index.js'
import { Client, type Envelope, MemoryStore, type NamedEnvelope, type PreKeyBundle, serializeEnvelope, utf8 } from '../../src/index.js'
import { bundleOf, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { DRESSES, ODD_VALUES, variants } from '../support/world/odd-values.js'
import { cloneStore } from '../support/world/stores.js'

/** Everything a call may be made of: two devices in a conversation, and what is under way between them. */
interface Ground {
  readonly alice: MemoryStore
  readonly bobStore: MemoryStore
  readonly bob: Client
  readonly bundle: PreKeyBundle
  readonly envelope: NamedEnvelope
  readonly stranger: Uint8Array
}

let ground: Ground
const text = utf8('a text of some length')

beforeAll(async () => {
  const store = new MemoryStore()
  const alice = await newClient({ store, allow: [] })
  const bobStore = new MemoryStore()
  const bob = await newClient({ allow: [], store: bobStore })
  const upload = await bob.generatePreKeys(2)
  await alice.startSession(bundleOf(upload))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  const envelope = await bob.encrypt(alice.address, text)
  ground = {
    alice: store,
    bobStore,
    bob,
    bundle: bundleOf(upload, { index: 1 }),
    envelope,
    stranger: (await newClient()).identityKey,
  }
})

describe('row 38: what the app’s own functions return', () => {
  it('row 38: a wrong answer of the app’s own functions is a typed error, and nothing is stored', async () => {
    for (const [oddName, odd] of ODD_VALUES) {
      const answers = [() => odd, () => new Map([['name', odd]]), () => new Map([[odd, new Uint8Array(1)]])]
      for (const persist of answers) {
        for (const name of ['encrypt', 'decrypt'] as const) {
          const store = await cloneStore(ground.alice)
          const client = await Client.open({ store })
          const before = await snapshot(store)
          const options = { persist: persist as never }
          const call = name === 'encrypt' ? client.encrypt(ground.bob.address, text, options) : client.decrypt(ground.envelope, options)
          const result: unknown = await call.catch((error: unknown) => error)
          if (result instanceof Error) {
            expect(result, `${name}: persist answers ${oddName}`).toMatchObject({ code: 'invalid-argument' })
            expect(await snapshot(store)).toEqual(before)
          }
        }
      }
      const store = new MemoryStore()
      const clock = (() => odd) as never
      const client = await Client.create({ store, clock })
      const made = await client.generatePreKeys(1).catch((error: unknown) => error)
      const isTime = typeof odd === 'number' && Number.isSafeInteger(odd) && odd >= 0
      if (!isTime) expect(made, `the clock says ${oddName}`).toMatchObject({ code: 'invalid-argument' })
      const random = (() => odd) as never
      await expect(Client.create({ store: new MemoryStore(), random }), `the source returns ${oddName}`).rejects.toMatchObject({
        code: 'invalid-argument',
      })
    }
  })
})

describe('row 38: what is taken for something else', () => {
  it('row 38: is refused as an argument, not as a store that failed: a database without SqliteStore, serialized envelopes', async () => {
    for (const store of [{}, { read: async () => new Map() }, new Map(), { prepare: () => undefined, exec: () => undefined }]) {
      await expect(Client.openOrCreate({ store: store as never })).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: 'store' },
      })
    }
    const alice = await Client.open({ store: await cloneStore(ground.alice) })
    const bytes = serializeEnvelope(ground.envelope) as never
    for (const opened of [alice.decrypt(bytes), alice.decryptContent(bytes)]) {
      await expect(opened).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'envelope' } })
    }
  })
})

describe('row 38: bytes in another dress', () => {
  it('row 38: mean the same, and what comes back is plain bytes', async () => {
    for (const [dressName, dress] of DRESSES) {
      const alice = await Client.open({ store: await cloneStore(ground.alice) })
      const received = await alice.decrypt({ ...ground.envelope, body: dress(ground.envelope.body) as Envelope['body'] })
      expect(received.plaintext, dressName).toEqual(text)
      expect(received.plaintext.constructor).toBe(Uint8Array)
      const carol = await newClient({ allow: [] })
      const { bundle, bob } = ground
      const dressed = variants(bundle, (part) => (part instanceof Uint8Array ? [dress(part)] : []))
      expect(dressed).toHaveLength(6)
      for (const one of dressed) await carol.startSession(one as PreKeyBundle)
      const sent = await carol.encrypt(bob.address, dress(text))
      expect(sent.body.constructor).toBe(Uint8Array)
      await carol.acceptIdentity(bob.address, dress(bob.identityKey), 'verified')
      const existing = { identityPrivateKey: dress(new Uint8Array(32).fill(9)), registrationId: 5 }
      const dave = await Client.create({ store: new MemoryStore() }, existing)
      expect(dave.identityKey.constructor).toBe(Uint8Array)
    }
  })
})

describe('row 38: what is changed after the call changes nothing', () => {
  it('row 38: plaintext, envelope, identity and private key', async () => {
    const store = await cloneStore(ground.alice)
    const alice = await Client.open({ store })
    const bob = await Client.open({ store: await cloneStore(ground.bobStore) })
    const body = ground.envelope.body.slice()
    const sender = { ...ground.envelope.sender }
    const decrypting = alice.decrypt({ kind: 'ratchet', sender, body })
    body.fill(0)
    sender.user = 'mallory'
    expect((await decrypting).plaintext).toEqual(text)

    const plaintext = utf8('before')
    const to = { ...bob.address }
    const encrypting = alice.encrypt(to, plaintext)
    plaintext.fill(0)
    to.user = 'mallory'
    expect((await bob.decrypt(await encrypting)).plaintext).toEqual(utf8('before'))

    const identity = ground.stranger.slice()
    const accepting = alice.acceptIdentity(bob.address, identity, 'verified')
    identity.fill(0, 1)
    await accepting
    await expect(alice.encrypt(bob.address, text)).rejects.toMatchObject({ code: 'no-session' })
    expect(Object.values(await snapshot(store)).some((record) => record.includes(Buffer.from(ground.stranger).toString('hex')))).toBe(true)

    const identityPrivateKey = new Uint8Array(32).fill(9)
    const creating = Client.create({ store: new MemoryStore() }, { identityPrivateKey, registrationId: 1 })
    identityPrivateKey.fill(1)
    const again = Client.create({ store: new MemoryStore() }, { identityPrivateKey: new Uint8Array(32).fill(9), registrationId: 1 })
    expect((await creating).identityKey).toEqual((await again).identityKey)
  })

  it('row 8: a bundle cannot be changed between the check of its signatures and its use', async () => {
    const bob = await Client.open({ store: await cloneStore(ground.bobStore) })
    const mallory = bundleOf(await (await newClient()).generatePreKeys(1))
    const genuine = bundleOf(await bob.generatePreKeys(1))
    const bundle = structuredClone(genuine)
    const carol = await newClient({ allow: [] })
    const starting = carol.startSession(bundle)
    bundle.signedPreKey.publicKey.set(mallory.signedPreKey.publicKey)
    bundle.identityKey.set(mallory.identityKey)
    bundle.oneTimePreKey?.publicKey.set(mallory.oneTimePreKey?.publicKey ?? [])
    if (mallory.kemPreKey !== undefined) bundle.kemPreKey?.publicKey.set(mallory.kemPreKey.publicKey)
    Object.assign(bundle.signedPreKey, { id: 99 })
    await starting
    expect((await bob.decrypt(await carol.encrypt(bob.address, text))).plaintext).toEqual(text)
  })

  it('row 38: what the library returned is the caller’s: overwriting it harms nothing', async () => {
    const alice = await Client.open({ store: await cloneStore(ground.alice) })
    const bob = await Client.open({ store: await cloneStore(ground.bobStore) })
    alice.identityKey.fill(0)
    const upload = await alice.generatePreKeys(1)
    upload.identityKey.fill(0)
    upload.signedPreKey.publicKey.fill(0)
    upload.kemPreKey.signature.fill(0)
    const envelope = await alice.encrypt(bob.address, text)
    const copy = { ...envelope, body: envelope.body.slice() }
    envelope.body.fill(0)
    const received = await bob.decrypt(copy)
    received.plaintext.fill(0)
    if ('identity' in received) received.identity?.fill(0)
    const carol = await newClient({ allow: [] })
    await carol.startSession(bundleOf(await alice.generatePreKeys(1)))
    expect((await alice.decrypt(await carol.encrypt(alice.address, text))).plaintext).toEqual(text)
    expect((await bob.decrypt(await alice.encrypt(bob.address, text))).plaintext).toEqual(text)
  })
})

describe('row 38: memory that is gone', () => {
  it('row 38: is refused also when the code was compiled for memory that is there', () => {
    const bytes = entry.serializeEnvelope(ground.envelope)
    const dressed = [bytes, ...DRESSES.map(([, dress]) => dress(bytes))]
    for (let i = 0; i < 20_000; i++) {
      entry.parseEnvelope(dressed[i % dressed.length] ?? bytes)
      if (i % 500 !== 0) continue
      const gone = bytes.slice()
      structuredClone(gone, { transfer: [gone.buffer] })
      expect(() => entry.parseEnvelope(gone)).toThrow(expect.objectContaining({ code: 'malformed-message' }))
    }
  })
})
