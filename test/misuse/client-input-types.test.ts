import { beforeAll, describe, expect, it } from 'vitest'
import * as entry from '../../src/index.js'
import {
  type BisikError,
  Client,
  type Envelope,
  epochMillis,
  isBisikError,
  MemoryStore,
  type NamedEnvelope,
  type PreKeyBundle,
  type PreKeyUpload,
  serializeEnvelope,
  utf8,
} from '../../src/index.js'
import { type DecryptionErrorMessage, decryptionErrorFor, type OriginalMessage } from '../../src/wire/decryption-error-message.js'
import { certificateOf } from '../support/certificates.js'
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
  /** Alice's. */
  readonly upload: PreKeyUpload
  readonly certificate: Uint8Array
  readonly groupMessage: Envelope
  /** Bob's, and his request for one of alice's. */
  readonly content: Envelope
  readonly retry: DecryptionErrorMessage
}

let ground: Ground
const distribution = '4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10'
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
  await alice.group(distribution).distribute()
  ground = {
    alice: store,
    bobStore,
    bob,
    bundle: bundleOf(upload, { index: 1 }),
    envelope,
    stranger: (await newClient()).identityKey,
    upload: await alice.generatePreKeys(1),
    certificate: certificateOf(alice),
    groupMessage: await alice.group(distribution).encrypt(text),
    content: await bob.encryptContent(alice.address, { application: text }),
    retry: decryptionErrorFor((await alice.encryptContent(bob.address, { application: text })) as OriginalMessage, epochMillis(1), 1),
  }
})

type Method = (client: Client, ...parameters: readonly never[]) => unknown
const persist = (): ReadonlyMap<string, Uint8Array> => new Map()

/** Every method, with arguments that it takes. What a method does not copy (callbacks, stores) is tried as well. */
const CALLS: Readonly<Record<string, { readonly call: Method; readonly good: () => readonly unknown[] }>> = {
  create: {
    call: (_client, options, existing) => Client.create(options, existing),
    good: () => [options(), { identityPrivateKey: new Uint8Array(32).fill(8), registrationId: 7 }],
  },
  open: { call: (_client, given) => Client.open(given), good: () => [{ store: ground.alice, allow: ['pqxdh'], trustPolicy: 'first-use' }] },
  openOrCreate: { call: (_client, given) => Client.openOrCreate(given), good: () => [options()] },
  generatePreKeys: { call: (client, count) => client.generatePreKeys(count), good: () => [1] },
  rotatePreKeys: { call: (client) => client.rotatePreKeys(), good: () => [] },
  publication: { call: (client) => client.publication(), good: () => [] },
  published: { call: (client, upload) => client.published(upload), good: () => [ground.upload] },
  upkeep: { call: (client) => client.upkeep(), good: () => [] },
  countPreKeys: { call: (client) => client.countPreKeys(), good: () => [] },
  startSession: { call: (client, bundle, given) => client.startSession(bundle, given), good: () => [ground.bundle, { allow: ['pqxdh'] }] },
  session: { call: (client, peer) => client.session(peer), good: () => [ground.bob.address] },
  encrypt: {
    call: (client, to, plaintext, given) => client.encrypt(to, plaintext, given),
    good: () => [ground.bob.address, text, { persist, seal: ground.certificate, contentHint: 'resendable', groupId: new Uint8Array(32) }],
  },
  decrypt: {
    call: (client, envelope, given) => client.decrypt(envelope, given),
    good: () => [ground.envelope, { persist, allow: ['pqxdh'], trustRoots: [ground.stranger] }],
  },
  encryptContent: {
    call: (client, to, content, given) => client.encryptContent(to, content, given),
    good: () => [
      ground.bob.address,
      { application: text, accessKey: new Uint8Array(16), senderKey: text },
      { persist, seal: ground.certificate, contentHint: 'resendable', groupId: new Uint8Array(32) },
    ],
  },
  decryptContent: {
    call: (client, envelope, given) => client.decryptContent(envelope, given),
    good: () => [ground.content, { persist, allow: ['pqxdh'], trustRoots: [ground.stranger], seal: ground.certificate }],
  },
  answerRetry: {
    call: (client, request, fetchBundle, given) => client.answerRetry(request, fetchBundle, given),
    good: () => [
      { sender: ground.bob.address, request: ground.retry },
      async () => ground.bundle,
      { persist, seal: ground.certificate, contentHint: 'resendable', groupId: new Uint8Array(32) },
    ],
  },
  acceptIdentity: {
    call: (client, peer, identity, level) => client.acceptIdentity(peer, identity, level),
    good: () => [ground.bob.address, ground.stranger, 'verified'],
  },
  sealForMany: {
    call: (client, message, recipients, given) => client.sealForMany(message, recipients, given),
    good: () => [
      ground.groupMessage,
      [ground.bob.address],
      { seal: ground.certificate, contentHint: 'resendable', groupId: new Uint8Array(32), excluded: [] },
    ],
  },
  endSession: { call: (client, peer) => client.endSession(peer), good: () => [ground.bob.address] },
  forget: { call: (client, peer) => client.forget(peer), good: () => [ground.bob.address] },
  // Given nothing, it lists all.
  knownDevices: { call: (client) => client.knownDevices(), good: () => [] },
  signAlternateIdentity: { call: (client, other) => client.signAlternateIdentity(other), good: () => [ground.stranger] },
  fingerprint: { call: (client, peer) => client.fingerprint(peer), good: () => [ground.bob.address] },
  trustLevel: { call: (client, peer) => client.trustLevel(peer), good: () => [ground.bob.address] },
  unverify: { call: (client, peer) => client.unverify(peer), good: () => [ground.bob.address] },
  verify: { call: (client, peer, theirs) => client.verify(peer, theirs), good: () => [ground.bob.address, '0'.repeat(60)] },
  group: { call: (client, id) => client.group(id), good: () => [distribution] },
  dropSenderKey: { call: (client, id, sender) => client.dropSenderKey(id, sender), good: () => [distribution, ground.bob.address] },
  acceptSenderKey: {
    call: (client, from, bytes) => client.acceptSenderKey(from, bytes),
    good: () => [{ kind: 'message', sender: ground.bob.address, identity: ground.bob.identityKey }, new Uint8Array(64)],
  },
}

function options(): object {
  return {
    store: new MemoryStore(),
    address: { user: distribution, device: 1 },
    allow: ['pqxdh', 'x3dh'],
    trustRoots: [ground.stranger],
    trustPolicy: 'first-use',
    random: (length: number) => new Uint8Array(length).fill(3),
    clock: () => 1_767_225_600_000,
  }
}

/** Calls a method on a copy of alice's store. @returns the result, and whether the store is what it was. */
async function attempt(name: string, parameters: readonly unknown[]): Promise<{ readonly result: unknown; readonly unchanged: boolean }> {
  const store = await cloneStore(ground.alice)
  const client = await Client.open({ store })
  const before = await snapshot(store)
  let result: unknown
  try {
    result = await CALLS[name]?.call(client, ...(parameters as readonly never[]))
  } catch (error) {
    result = error
  }
  return { result, unchanged: JSON.stringify(await snapshot(store)) === JSON.stringify(before) }
}

describe('row 38: arguments of the wrong type', () => {
  it('row 38: are tried on every method of a client', () => {
    const methods = Object.getOwnPropertyNames(Client.prototype).filter(
      (name) => name !== 'constructor' && Object.getOwnPropertyDescriptor(Client.prototype, name)?.get === undefined,
    )
    const statics = Object.getOwnPropertyNames(Client).filter((name) => !['length', 'name', 'prototype'].includes(name))
    expect(Object.keys(CALLS).sort((a, b) => a.localeCompare(b))).toEqual([...methods, ...statics].sort((a, b) => a.localeCompare(b)))
    expect(ODD_VALUES.length).toBeGreaterThanOrEqual(30)
  })

  it.each(Object.keys(CALLS))(
    'row 38: %s does its work or rejects with a typed error and an unchanged store, wherever the value stands',
    async (name) => {
      const good = CALLS[name]?.good() ?? []
      const counts = { tried: 0, refused: 0 }
      for (const [position, argument] of good.entries()) {
        for (const [oddName, odd] of ODD_VALUES) {
          for (const variant of variants(argument, () => [odd])) {
            counts.tried++
            const { result, unchanged } = await attempt(
              name,
              good.map((one, i) => (i === position ? variant : one)),
            )
            if (!(result instanceof Error)) continue
            counts.refused++
            const where = `${name} given ${oddName} in argument ${position}: ${result.stack}`
            expect(isBisikError(result), where).toBe(true)
            expect((result as BisikError).code, where).not.toBe('internal')
            expect(unchanged, where).toBe(true)
          }
        }
      }
      if (good.length > 0) expect(counts.refused).toBeGreaterThan(20)
    },
  )

  it('row 38: a method given nothing at all rejects with a typed error', async () => {
    for (const [name, { good }] of Object.entries(CALLS)) {
      if (good().length === 0) continue
      expect((await attempt(name, [])).result, name).toMatchObject({ code: 'invalid-argument' })
    }
  })

  it.each([
    ['encrypt', 1],
    ['acceptIdentity', 1],
    ['acceptSenderKey', 1],
  ] as const)('row 38: %s takes nothing for bytes but bytes', async (name, position) => {
    for (const [oddName, odd] of ODD_VALUES) {
      const { result } = await attempt(
        name,
        (CALLS[name]?.good() ?? []).map((one, i) => (i === position ? odd : one)),
      )
      expect(result, `${name} given ${oddName}`).toMatchObject({ code: 'invalid-argument' })
    }
  })

  it('row 38: a wrong answer of the app’s own functions is a typed error, and nothing is stored', async () => {
    for (const [oddName, odd] of ODD_VALUES) {
      const answers = [() => odd, () => new Map([['name', odd]]), () => new Map([[odd, new Uint8Array(1)]])]
      for (const persist of answers) {
        for (const name of ['encrypt', 'decrypt'] as const) {
          const { result, unchanged } = await attempt(
            name,
            name === 'encrypt' ? [ground.bob.address, text, { persist }] : [ground.envelope, { persist }],
          )
          if (result instanceof Error) {
            expect(result, `${name}: persist answers ${oddName}`).toMatchObject({ code: 'invalid-argument' })
            expect(unchanged).toBe(true)
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

describe('row 38: the other functions of the entry', () => {
  const FUNCTIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
    utf8: (value) => utf8(value as string),
    fromUtf8: (value) => entry.fromUtf8(value as Uint8Array),
    epochMillis: (value) => entry.epochMillis(value as number),
    isBisikError: (value) => isBisikError(value),
    parseEnvelope: (value) => entry.parseEnvelope(value as Uint8Array),
    serializeEnvelope: (value) => entry.serializeEnvelope(value as Envelope),
    parsePreKeyBundle: (value) => entry.parsePreKeyBundle(value as Uint8Array),
    serializePreKeyBundle: (value) => entry.serializePreKeyBundle(value as PreKeyBundle),
    parsePreKeyUpload: (value) => entry.parsePreKeyUpload(value as Uint8Array),
    verifyAlternateIdentity: (value) => entry.verifyAlternateIdentity(value as never, ground.stranger as never, new Uint8Array(64)),
    serializePreKeyUpload: (value) => entry.serializePreKeyUpload(value as never),
  }
  /** `Error` classes and stores, which have tests of their own. */
  const OTHERS = ['BisikError', 'Client', 'MemoryStore']

  it('row 38: are all here', () => {
    const functions = Object.entries(entry).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
    expect(new Set(functions)).toEqual(new Set([...Object.keys(FUNCTIONS), ...OTHERS]))
  })

  it('row 38: memory that is gone is refused also when the code was compiled for memory that is there', () => {
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

  /** They leave wrong JavaScript types to the runtime, as the architecture allows. */
  const MAY_THROW_TYPE_ERROR = ['utf8', 'fromUtf8']

  it.each(Object.keys(FUNCTIONS))('row 38: %s returns or throws a typed error', (name) => {
    for (const [oddName, odd] of ODD_VALUES) {
      let result: unknown
      try {
        result = FUNCTIONS[name]?.(odd)
      } catch (error) {
        result = error
      }
      if (!(result instanceof Error)) continue
      const typed = isBisikError(result) || (MAY_THROW_TYPE_ERROR.includes(name) && result instanceof TypeError)
      expect(typed, `${name} given ${oddName}: ${result.stack}`).toBe(true)
    }
  })
})
