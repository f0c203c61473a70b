/**
 * Row 30: secrets are overwritten when they have served. Every secret that is made is watched: after an operation it is wiped, or its
 * bytes are in a store, where they are to be, or it is of one of the shortcuts that are listed here with the reason.
 */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { platform } from '#platform'
import { expose, Secret } from '../../src/crypto/secret.js'
import { type Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { signalMessageOf, withFields } from '../support/forge.js'
import { bundleOf, newClient } from '../support/parties.js'

interface Made {
  readonly secret: Secret<string>
  /** Knows where it was made. Its text is written when it is asked for, which costs more than all else here. */
  readonly origin: Error
}

let made: Made[] = []
let isWatching = false

beforeEach(() => {
  for (const how of ['own', 'copy'] as const) {
    const make = Secret[how].bind(Secret) as (bytes: Uint8Array) => Secret<string>
    vi.spyOn(Secret, how).mockImplementation(((bytes: Uint8Array) => {
      const secret = make(bytes)
      if (isWatching) made.push({ secret, origin: new Error('made here') })
      return secret
    }) as never)
  }
})

afterEach(() => vi.restoreAllMocks())

/** The shortcuts that a message far ahead leaves when it does not open: walks along chains, for its copies. SECURITY.md tells of them. */
const WALKS = ['src/protocol/checkpoints.ts', 'src/client/frame/long-jumps.ts']

async function bytesOf(stores: readonly MemoryStore[]): Promise<Buffer> {
  const values: Uint8Array[] = []
  for (const store of stores) for (const { value } of (await store.read(await store.list(''))).values()) values.push(value)
  return Buffer.concat(values)
}

function isLeft(secret: Secret<string>, stored: Buffer): boolean {
  let bytes: Uint8Array
  try {
    bytes = expose(secret)
  } catch {
    return false
  }
  return bytes.some((byte) => byte !== 0) && !stored.includes(Buffer.from(bytes))
}

/** Where the secrets were made that an operation leaves behind. */
async function left(
  stores: readonly MemoryStore[],
  run: () => Promise<unknown>,
  shortcuts: readonly string[] = [],
): Promise<readonly string[]> {
  made = []
  isWatching = true
  await run()
  isWatching = false
  expect(made.length).toBeGreaterThan(0)
  const stored = await bytesOf(stores)
  return made
    .filter(({ secret }) => isLeft(secret, stored))
    .map(({ origin }) => origin.stack ?? '')
    .filter((stack) => !shortcuts.some((place) => stack.includes(place)))
    .map((stack) => stack.split('\n').slice(3, 9).join('\n'))
}

async function two(kem = true) {
  const stores = [new MemoryStore(), new MemoryStore()] as const
  const allow = kem ? [] : (['x3dh'] as const)
  const [alice, bob] = [await newClient({ store: stores[0], allow }), await newClient({ store: stores[1], allow })]
  const start = async () => alice.startSession(bundleOf(await bob.generatePreKeys(1), { kem }))
  const say = (from: Client, to: Client): Promise<Envelope> => from.encrypt(to.address, utf8('x'))
  const talk = async () => {
    await bob.decrypt(await say(alice, bob))
    await alice.decrypt(await say(bob, alice))
  }
  return { alice, bob, stores, start, say, talk }
}

const refuse = (run: Promise<unknown>) => expect(run).rejects.toMatchObject({ name: 'BisikError' })

function altered(envelope: Envelope): Envelope {
  const body = Uint8Array.from(envelope.body)
  body[body.length - 1] = (body[body.length - 1] as number) ^ 1
  return { ...envelope, body }
}

it.each([true, false])('row 30: a session that begins, and its first messages (with a KEM: %s)', async (kem) => {
  const { alice, bob, stores, start, say } = await two(kem)
  expect(await left(stores, start)).toEqual([])
  let envelope: Envelope | undefined
  expect(await left(stores, async () => (envelope = await say(alice, bob)))).toEqual([])
  expect(await left(stores, () => bob.decrypt(envelope as Envelope))).toEqual([])
  expect(await left(stores, async () => alice.decrypt(await say(bob, alice)))).toEqual([])
})

it('row 30: the keys of the cipher, which lie in memory that is used again', async () => {
  const { alice, bob, start, say } = await two()
  await start()
  const encrypted = vi.spyOn(platform, 'aesCbcEncrypt')
  await say(alice, bob)
  expect(encrypted).toHaveBeenCalled()
  for (const [key, iv] of encrypted.mock.calls) expect([...key, ...iv].every((byte) => byte === 0)).toBe(true)
})

it('row 30: a hundred messages that turn the ratchets', { timeout: 60_000 }, async () => {
  const { stores, start, talk } = await two()
  await start()
  expect(
    await left(stores, async () => {
      for (let i = 0; i < 50; i++) await talk()
    }),
  ).toEqual([])
})

it('row 30: messages that are refused: first ones, later ones, far ones, and copies', { timeout: 60_000 }, async () => {
  const { alice, bob, stores, start, say, talk } = await two()
  await start()
  const first = await say(alice, bob)
  expect(await left(stores, () => refuse(bob.decrypt(altered(first))))).toEqual([])
  // Between two checkpoints: so there are keys that are of no checkpoint.
  const far = withFields(first, { counter: 1_950 })
  expect(await left(stores, () => refuse(bob.decrypt(far)), WALKS)).toEqual([])
  await talk()
  const later = await say(alice, bob)
  expect(await left(stores, () => refuse(bob.decrypt(altered(later))))).toEqual([])
  expect(await left(stores, () => refuse(bob.decrypt(withFields(later, { counter: 4_050 }))), WALKS)).toEqual([])
  await bob.decrypt(await say(alice, bob))
  // Its key is kept now: it is read and tried.
  expect(await left(stores, () => refuse(bob.decrypt(altered(later))))).toEqual([])
  expect(await left(stores, () => bob.decrypt(later))).toEqual([])
})

it('row 30: long jumps that open, on a chain that is here and on a new one', { timeout: 60_000 }, async () => {
  const { alice, bob, stores, start, say, talk } = await two()
  await start()
  for (let i = 0; i < 3; i++) {
    let envelope: Envelope | undefined
    for (let i = 0; i < 1_200; i++) envelope = await say(alice, bob)
    expect(await left(stores, () => bob.decrypt(envelope as Envelope))).toEqual([])
    await talk()
  }
})

it('row 30: what persist refuses, and a message that the caller does not allow', async () => {
  const { alice, bob, stores, start, say, talk } = await two()
  await start()
  const no = (): never => {
    throw new Error('no')
  }
  const first = await say(alice, bob)
  expect(await left(stores, () => expect(bob.decrypt(first, { persist: no })).rejects.toThrow('no'))).toEqual([])
  await talk()
  expect(await left(stores, () => expect(alice.encrypt(bob.address, utf8('x'), { persist: no })).rejects.toThrow('no'))).toEqual([])
  await say(alice, bob)
  const skipping = await say(alice, bob)
  expect(signalMessageOf(skipping).counter).toBeGreaterThan(0)
  expect(await left(stores, () => expect(bob.decrypt(skipping, { persist: no })).rejects.toThrow('no'))).toEqual([])
})

it('row 30: sessions that are archived, and messages on them', async () => {
  const { alice, bob, stores, start, say, talk } = await two()
  await start()
  await talk()
  const late = await say(alice, bob)
  expect(await left(stores, start)).toEqual([])
  expect(await left(stores, talk)).toEqual([])
  expect(await left(stores, () => refuse(bob.decrypt(altered(late))))).toEqual([])
  expect(await left(stores, () => bob.decrypt(late))).toEqual([])
})

it('row 30: prekeys that rotate, and a group that is begun', async () => {
  const { alice, bob, stores } = await two()
  expect(await left(stores, () => bob.generatePreKeys(3))).toEqual([])
  expect(await left(stores, () => bob.rotatePreKeys())).toEqual([])
  const group = alice.group(randomUUID())
  const begin = async () => {
    await group.distribute()
    await group.encrypt(utf8('x'))
  }
  expect(await left(stores, begin)).toEqual([])
})
