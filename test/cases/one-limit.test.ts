import { beforeAll, describe, expect, it } from 'vitest'
import { systemRandom } from '../../src/env.js'
import { Client, MemoryStore, serializeEnvelope } from '../../src/index.js'
import { type Account, Relay } from '../../src/relay/index.js'
import { RELAY_LIMITS } from '../../src/relay/limits.js'
import { DEFAULT_ENVELOPE_LENGTH, ENVELOPE_OVERHEAD, MAX_ENVELOPE_LENGTH } from '../../src/wire/limits.js'
import { certificateOf } from '../support/certificates.js'
import { bundleOf, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const LARGEST = DEFAULT_ENVELOPE_LENGTH - ENVELOPE_OVERHEAD
const distribution = '4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10'

interface Party {
  readonly store: MemoryStore
  readonly client: Client
  readonly account: Account
}

let relay: Relay
let alice: Party
let bob: Party

async function join(): Promise<Party> {
  const store = new MemoryStore()
  const client = await newClient({ store, allow: [] })
  const token = systemRandom(32)
  const account = await relay.register({ address: client.address, identityKey: client.identityKey, token })
  await relay.publish(account, await client.generatePreKeys(1))
  return { store, client, account }
}

beforeAll(async () => {
  relay = new Relay({ store: new MemoryStore() })
  alice = await join()
  bob = await join()
  await alice.client.startSession(await relay.fetchBundle(alice.account, bob.client.address))
  await alice.client.group(distribution).distribute()
})

describe('what a client makes by its defaults, a relay takes by its defaults', () => {
  it('a first message of the largest size, bare and sealed', async () => {
    const to = bob.client.address
    const seal = await relay.senderCertificate(alice.account)
    for (const options of [{}, { seal, groupId: new Uint8Array(1_024), contentHint: 'resendable' } as const]) {
      const envelope = await alice.client.encrypt(to, new Uint8Array(LARGEST), options)
      await expect(relay.send(alice.account, to, envelope)).resolves.toBeGreaterThan(0)
    }
  })

  it('with a name, a certificate and a group as long as they may be', async () => {
    const long = await newClient({ allow: [], address: { user: 'x'.repeat(1_024), device: 1 } })
    await long.startSession(bundleOf(await bob.client.generatePreKeys(1)))
    const seal = certificateOf(long, { phoneNumber: '1'.repeat(2_680) })
    expect(seal.length).toBeGreaterThan(3_900)
    for (const options of [{}, { seal, groupId: new Uint8Array(1_024) }]) {
      const envelope = await long.encrypt(bob.client.address, new Uint8Array(LARGEST), options)
      expect(serializeEnvelope(envelope).length).toBeLessThanOrEqual(RELAY_LIMITS.envelopeLength)
    }
  })

  it('a content of the largest size, with what is added to it', async () => {
    const to = bob.client.address
    const rest = { senderKey: new Uint8Array(500), accessKey: new Uint8Array(64) }
    const application = new Uint8Array(LARGEST - 700)
    const envelope = await alice.client.encryptContent(to, { application, ...rest })
    await expect(relay.send(alice.account, to, envelope)).resolves.toBeGreaterThan(0)
  })

  it('a group message of the largest size, also sealed for many', async () => {
    const seal = await relay.senderCertificate(alice.account)
    const message = await alice.client.group(distribution).encrypt(new Uint8Array(LARGEST))
    await relay.send(alice.account, bob.client.address, message)
    const sent = await alice.client.sealForMany(message, [bob.client.address], { seal, groupId: new Uint8Array(1_024) })
    const accessKey = new Uint8Array(16).fill(4)
    await relay.setAccessKey(bob.account, accessKey)
    const [delivery] = await relay.sendToMany(sent, new Map([[bob.client.address.user, accessKey]]))
    expect(delivery?.outcome).toBe('delivered')
  })
})

describe('what would not fit is refused before the ratchet advances', () => {
  it('by encrypt, encryptContent and a group, with its length and the limit, and the store unchanged', async () => {
    const before = await snapshot(alice.store)
    const to = bob.client.address
    const tooLong = new Uint8Array(LARGEST + 1)
    const refused = { code: 'message-too-large', details: { length: LARGEST + 1, limit: LARGEST } }
    await expect(alice.client.encrypt(to, tooLong)).rejects.toMatchObject(refused)
    await expect(alice.client.group(distribution).encrypt(tooLong)).rejects.toMatchObject(refused)
    for (const content of [{ application: tooLong }, { senderKey: tooLong }]) {
      await expect(alice.client.encryptContent(to, content)).rejects.toMatchObject({
        code: 'message-too-large',
        details: { limit: LARGEST },
      })
    }
    expect(await snapshot(alice.store)).toEqual(before)
  })

  it('by sealForMany, of a group message that another limit let through', async () => {
    const client = await Client.open({ store: alice.store, limits: { envelopeLength: MAX_ENVELOPE_LENGTH } })
    const message = await client.group(distribution).encrypt(new Uint8Array(DEFAULT_ENVELOPE_LENGTH))
    const seal = await relay.senderCertificate(alice.account)
    await expect(alice.client.sealForMany(message, [bob.client.address], { seal })).rejects.toMatchObject({
      code: 'message-too-large',
      details: { limit: DEFAULT_ENVELOPE_LENGTH },
    })
    await expect(client.sealForMany(message, [bob.client.address], { seal })).resolves.toMatchObject({ failed: [] })
  })
})

describe('an app with a relay of its own sets the limit on both sides', () => {
  it('higher: the largest that the format allows arrives', async () => {
    const limits = { envelopeLength: MAX_ENVELOPE_LENGTH }
    const [carol, dave] = [await newClient({ allow: [], limits }), await newClient({ allow: [] })]
    await carol.startSession(bundleOf(await dave.generatePreKeys(1)))
    const plaintext = new Uint8Array(MAX_ENVELOPE_LENGTH - ENVELOPE_OVERHEAD).fill(7)
    const envelope = await carol.encrypt(dave.address, plaintext)
    expect(await dave.decrypt(envelope)).toMatchObject({ plaintext })
  })

  it('lower: refused at the lower one', async () => {
    const carol = await newClient({ allow: [], limits: { envelopeLength: ENVELOPE_OVERHEAD + 100 } })
    await carol.group(distribution).distribute()
    await expect(carol.group(distribution).encrypt(new Uint8Array(101))).rejects.toMatchObject({ details: { length: 101, limit: 100 } })
    await carol.group(distribution).encrypt(new Uint8Array(100))
  })

  it('and no nonsense', async () => {
    const wrong = [
      { envelopeLength: -1 },
      { envelopeLength: '262144' },
      { envelopeLength: 1.5 },
      { envelopeLength: 100 },
      { envelopLength: 300_000 },
    ]
    for (const limits of [...wrong, { envelopeLength: MAX_ENVELOPE_LENGTH + 1 }, null, 7]) {
      await expect(newClient({ limits: limits as never })).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: expect.stringMatching(/^limits/) },
      })
    }
  })
})
