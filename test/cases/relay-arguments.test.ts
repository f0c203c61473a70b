import { beforeAll, describe, expect, it } from 'vitest'
import { systemRandom } from '../../src/env.js'
import { type Client, fromUtf8, MemoryStore, utf8 } from '../../src/index.js'
import { type Account, Relay } from '../../src/relay/index.js'
import { newClient } from '../support/parties.js'

let relay: Relay
let alice: { readonly client: Client; readonly account: Account }
let bob: { readonly client: Client; readonly account: Account }

async function join() {
  const client = await newClient()
  const registration = { address: client.address, identityKey: client.identityKey, token: systemRandom(32) }
  const account = await relay.register(registration)
  await relay.publish(account, await client.generatePreKeys(1))
  return { client, account }
}

const registrationOf = ({ address, identityKey }: Client) => ({ address, identityKey })

/** 32 bytes whose memory went elsewhere. */
function detached(): Uint8Array {
  const bytes = new Uint8Array(32)
  structuredClone(bytes, { transfer: [bytes.buffer] })
  return bytes
}

beforeAll(async () => {
  relay = new Relay({ store: new MemoryStore() })
  alice = await join()
  bob = await join()
  await alice.client.startSession(await relay.fetchBundle(alice.account, bob.client.address))
  for (let i = 1; i <= 15; i++)
    await relay.send(alice.account, bob.client.address, await alice.client.encrypt(bob.client.address, utf8(`m${i}`)))
})

describe('the place in a mailbox', () => {
  it('is a number: as text, which skipped to 11, it is refused and nothing is lost', async () => {
    const { account, client } = bob
    const [first] = await relay.messages(account)
    expect(first?.sequence).toBe(1)
    for (const after of ['0', '1', -1, 1.5, Number.NaN, 2 ** 53, 1n, null, [1]]) {
      await expect(relay.messages(account, after as never)).rejects.toMatchObject({
        code: 'invalid-argument',
        details: { argument: 'after' },
      })
      await expect(relay.acknowledge(account, after as never)).rejects.toMatchObject({ details: { argument: 'upTo' } })
    }
    const shown: (string | undefined)[] = []
    for (const { sequence, envelope } of await relay.messages(account)) {
      const received = await client.decrypt(envelope)
      shown.push(fromUtf8(received.plaintext))
      await relay.acknowledge(account, sequence)
    }
    expect(shown).toEqual(Array.from({ length: 15 }, (_, i) => `m${i + 1}`))
  })
})

describe('everything else that a relay is asked', () => {
  const calls: readonly (readonly [name: string, call: () => unknown, argument: string])[] = [
    ['no account', () => relay.messages(undefined as never), 'account'],
    ['an account without an address', () => relay.acknowledge({} as never, 1), 'address'],
    ['a token as text', () => relay.authenticate('AAAA' as never), 'token'],
    ['a token whose memory is gone', () => relay.register({ ...registrationOf(bob.client), token: detached() }), 'token'],
    ['no registration', () => relay.register(null as never), 'registration'],
    [
      'a registration without a key',
      () => relay.register({ address: bob.client.address, token: new Uint8Array(32) } as never),
      'identityKey',
    ],
    ['a name that is no text', () => relay.claimName(bob.account, 7 as never), 'name'],
    ['an upload in bytes', () => relay.publish(bob.account, new Uint8Array(9) as never), 'address'],
    ['an envelope in JSON', () => relay.send(alice.account, bob.client.address, { kind: 'ratchet', body: { 0: 1 } } as never), 'body'],
    ['no envelope', () => relay.send(alice.account, bob.client.address, undefined as never), 'envelope'],
    ['an access key as text', () => relay.sendSealed(bob.client.address, 'AAAA' as never, {} as never), 'accessKey'],
    ['access keys in an object', () => relay.sendToMany(new Uint8Array(9), {} as never), 'accessKeys'],
    ['access keys as text', () => relay.sendToMany(new Uint8Array(9), new Map([['a', 'b']]) as never), 'accessKeys'],
    ['a store that is none', () => new Relay({ store: new Map() as never }), 'store'],
    ['a misspelt option', () => new Relay({ store: new MemoryStore(), limit: {} } as never), 'options.limit'],
    ['a misspelt limit', () => new Relay({ store: new MemoryStore(), limits: { lookups: 1 } as never }), 'limits.lookups'],
    ['a limit as text', () => new Relay({ store: new MemoryStore(), limits: { lookUps: '1' as never } }), 'limits.lookUps'],
  ]

  it.each(calls)('is refused by name: %s', async (_, call, argument) => {
    const refused = expect.objectContaining({ code: 'invalid-argument', details: expect.objectContaining({ argument }) })
    await expect((async () => call())()).rejects.toEqual(refused)
  })

  it('takes the address of an account once: what becomes of the object afterwards changes nothing', async () => {
    const account = { address: { ...bob.account.address } } as Account
    const reading = relay.messages(account)
    Object.assign(account.address, { user: alice.client.address.user })
    await expect(reading).resolves.toEqual([])
  })
})
