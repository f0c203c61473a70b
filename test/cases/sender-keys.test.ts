/** Sender keys: whose they are, what a bad one withholds, what they cost. Each case was seen failing on 2ed979b. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { type Client, MemoryStore } from '../../src/index.js'
import { serializeContent } from '../../src/wire/index.js'
import { bundleOf, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

interface Party {
  readonly client: Client
  readonly store: MemoryStore
}

async function party(): Promise<Party> {
  const store = new MemoryStore()
  return { client: await newClient({ store }), store }
}

async function connect(from: Party, to: Party): Promise<void> {
  await from.client.startSession(bundleOf(await to.client.generatePreKeys(1)))
}

async function pairOf(): Promise<{ alice: Party; bob: Party }> {
  const [alice, bob] = [await party(), await party()]
  await connect(alice, bob)
  return { alice, bob }
}

const said = (text: string) => ({ application: utf8(text) })

describe('a bad sender key withholds nothing of the content that brings it', () => {
  const distribution = async ({ client }: Party) => client.group(randomUUID()).distribute()
  it.each([
    ['empty', 'malformed-message', async () => new Uint8Array()],
    ['no distribution message', 'malformed-message', async () => new Uint8Array(70).fill(0x33)],
    ['of another version', 'unsupported-version', async (from: Party) => (await distribution(from)).map((b, i) => (i === 0 ? 0x23 : b))],
    [
      'with a signing key of no known type',
      'invalid-key',
      async (from: Party) => (await distribution(from)).map((b, i, all) => (i === all.length - 33 ? 9 : b)),
    ],
  ])('%s', async (_, code, make) => {
    const { alice, bob } = await pairOf()
    await bob.client.decryptContent(await alice.client.encryptContent(bob.client.address, said('the first')))
    const before = Object.keys(await snapshot(bob.store))
    const envelope = await alice.client.encryptContent(bob.client.address, { ...said('still here'), senderKey: await make(alice) })
    expect(await bob.client.decryptContent(envelope)).toMatchObject({
      kind: 'content',
      ...said('still here'),
      senderKey: undefined,
      senderKeyError: { name: 'BisikError', code },
    })
    expect(Object.keys(await snapshot(bob.store))).toEqual(before)
  })

  it('a good one is taken, and no error is told', async () => {
    const { alice, bob } = await pairOf()
    const group = alice.client.group(randomUUID())
    const envelope = await alice.client.encryptContent(bob.client.address, { ...said('welcome'), senderKey: await group.distribute() })
    expect(await bob.client.decryptContent(envelope)).toMatchObject({ senderKey: group.distribution, senderKeyError: undefined })
    expect(await bob.client.decryptContent(await group.encrypt(serializeContent(said('to all'))))).toMatchObject(said('to all'))
  })
})
