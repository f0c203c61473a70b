/** Every declared deviation has its test, and those that no other layer shows have it here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/bytes.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { parseEcPublicKey } from '../../src/crypto/keys.js'
import { Client, type Envelope, MemoryStore } from '../../src/index.js'
import { parsePreKeySignalMessage, serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { deviations } from '../support/deviations.js'
import { withFields } from '../support/forge.js'
import { bundleOf, newClient, pair } from '../support/parties.js'
import { seededRandom } from '../support/random.js'

/** A point of small order, which a base key must not be. */
const NOT_CANONICAL = parseEcPublicKey(Uint8Array.of(0x05, ...new Uint8Array(32)))
const ROOT = join(import.meta.dirname, '../..')

describe('the register of deviations', () => {
  it.each(deviations)('$id: the test that it names is there', ({ test: { file, name } }) => {
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(name)
  })

  it('has every deviation that a test names, and none twice', () => {
    const ids = new Set(deviations.map(({ id }) => id))
    expect(ids.size).toBe(deviations.length)
    const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    const named = tests
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .flatMap((file) => [...readFileSync(join(ROOT, 'test', file), 'utf8').matchAll(/['`]deviation ([a-z0-9-]+): /g)].map(([, id]) => id))
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((id) => id === undefined || !ids.has(id))).toEqual([])
  })
})

it('deviation own-device-jump: between devices of one account 25,001 is not too far, and 250,001 is', async () => {
  const identityPrivateKey = seededRandom('one user')(32)
  const user = '00000000-0000-4000-8000-000000000001'
  const device = (number: number) =>
    Client.create(
      { store: new MemoryStore(), allow: ['pqxdh'], address: { user, device: number } },
      { identityPrivateKey, registrationId: number },
    )
  const [phone, laptop] = [await device(1), await device(2)]
  await phone.startSession(bundleOf(await laptop.generatePreKeys(1)))
  await laptop.decrypt(await phone.encrypt(laptop.address, new Uint8Array(1)))
  const envelope = await phone.encrypt(laptop.address, new Uint8Array(1))
  await expect(laptop.decrypt(withFields(envelope, { counter: 25_002 }))).rejects.toMatchObject({ code: 'authentication-failed' })
  await expect(laptop.decrypt(withFields(envelope, { counter: 250_002 }))).rejects.toMatchObject({ code: 'too-far-ahead' })
})

it('deviation archived-session-jump: under a new ratchet key 2,001 is too far for an archived session, not for the current one', async () => {
  const { alice, bob } = await pair()
  await bob.decrypt(await alice.encrypt(bob.address, new Uint8Array(1)))
  await alice.decrypt(await bob.encrypt(alice.address, new Uint8Array(1)))
  const forged = withFields(await alice.encrypt(bob.address, new Uint8Array(1)), {
    counter: 2_001,
    ratchetKey: generateKeyPair(seededRandom('new ratchet key')).publicKey,
  })
  await expect(bob.decrypt(forged)).rejects.toMatchObject({ code: 'authentication-failed' })
  await bob.startSession(bundleOf(await alice.generatePreKeys(1)))
  await expect(bob.decrypt(forged)).rejects.toMatchObject({ code: 'too-far-ahead' })
})

it('deviation replaced-identity-session: encrypting on the session of a replaced identity key asks for a new one, and shows no key to accept', async () => {
  const { alice, bob } = await pair()
  await bob.decrypt(await alice.encrypt(bob.address, new Uint8Array(1)))
  await alice.decrypt(await bob.encrypt(alice.address, new Uint8Array(1)))
  const reinstalled = await newClient({ address: bob.address })
  await alice.acceptIdentity(bob.address, reinstalled.identityKey, 'accepted')
  await expect(alice.encrypt(bob.address, new Uint8Array(1))).rejects.toMatchObject({
    code: 'no-session',
    details: { user: bob.address.user, device: bob.address.device },
  })
  // Late messages are judged as by libsignal.
  await expect(alice.decrypt(await bob.encrypt(alice.address, new Uint8Array(1)))).rejects.toMatchObject({ code: 'untrusted-identity' })
  await alice.startSession(bundleOf(await reinstalled.generatePreKeys(1)))
  await reinstalled.decrypt(await alice.encrypt(bob.address, new Uint8Array(1)))
})

it('deviation session-kind-first: a first message without post-quantum ratchet is refused for that, whether its keys are here and good or not', async () => {
  const { alice, bob } = await pair({ bob: { allow: [] } })
  const envelope = withFields(await alice.encrypt(bob.address, new Uint8Array(1)), { pqRatchet: new Uint8Array(0) })
  const { message, ...outer } = parsePreKeySignalMessage(envelope.body)
  const sent = (fields: Partial<typeof outer>): Envelope => {
    const inner = concatBytes(message.authenticated, message.tag)
    return { ...envelope, body: serializePreKeySignalMessage({ ...outer, ...fields, message: inner }) }
  }
  const refused = { code: 'session-kind-refused', details: { kind: 'pqxdh' } }
  await expect(bob.decrypt(sent({}))).rejects.toMatchObject(refused)
  await expect(bob.decrypt(sent({ signedPreKeyId: outer.signedPreKeyId + 1 }))).rejects.toMatchObject(refused)
  await expect(bob.decrypt(sent({ preKeyId: 9_999_999 }))).rejects.toMatchObject(refused)
  await expect(bob.decrypt(sent({ baseKey: NOT_CANONICAL }))).rejects.toMatchObject(refused)
})

it('deviation first-message-jump: a first message 2,201 ahead is refused, 2,200 ahead it opens, and so does what comes after it', {
  timeout: 60_000,
}, async () => {
  const { alice, bob } = await pair({ bob: { allow: [] } })
  const sent: Envelope[] = []
  for (let i = 0; i <= 2_201; i++) sent.push(await alice.encrypt(bob.address, new Uint8Array(1)))
  await expect(bob.decrypt(sent[2_201] as Envelope)).rejects.toMatchObject({ code: 'too-far-ahead' })
  await bob.decrypt(sent[2_200] as Envelope)
  await bob.decrypt(sent[2_201] as Envelope)
})
