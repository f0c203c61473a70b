import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, MemoryStore, type PreKeyUpload, utf8 } from '../../src/index.js'
import { serializeContent } from '../../src/wire/index.js'
import { bundleOf, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

let store: MemoryStore
let alice: Client
let bob: Client
let upload: PreKeyUpload

beforeAll(async () => {
  store = new MemoryStore()
  alice = await newClient({ store })
  bob = await newClient()
  upload = await bob.generatePreKeys(2)
  await alice.startSession(bundleOf(upload))
})

/** Refused as an argument that it names, and the store of alice is what it was. */
async function refuses(call: () => unknown, argument: string): Promise<void> {
  const before = await snapshot(store)
  const result = await Promise.resolve()
    .then(call)
    .catch((error: unknown) => error)
  expect(result).toMatchObject({ code: 'invalid-argument', details: { argument } })
  expect(await snapshot(store)).toEqual(before)
}

describe('encryptContent sends no empty content', () => {
  it.each([
    ['bytes', utf8('hi'), 'content'],
    ['a Buffer', Buffer.from('hi'), 'content'],
    ['text', 'hi', 'content'],
    ['a list', [utf8('hi')], 'content'],
    ['nothing', {}, 'content'],
    ['fields that are all undefined', { application: undefined }, 'content'],
    ['a field that is not known', { text: 'hi' }, 'content.text'],
    ['a misspelt field beside a known one', { application: utf8('hi'), acessKey: new Uint8Array(16) }, 'content.acessKey'],
    ['text for bytes', { application: 'hi' }, 'application'],
    ['null for bytes', { application: null }, 'application'],
    ['a Map', new Map([['application', utf8('hi')]]), 'content'],
  ])('given %s', async (_, content, argument) => {
    await refuses(() => alice.encryptContent(bob.address, content as never), argument)
    if (argument !== 'content')
      expect(() => serializeContent(content as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  })
})

describe('startSession takes a bundle and nothing that looks like one', () => {
  it('an upload is refused, and the error says how to make a bundle', async () => {
    await refuses(() => alice.startSession(upload as never), 'bundle')
    await expect(alice.startSession(upload as never)).rejects.toThrow(/oneTimePreKey: oneTimePreKeys\[0\]/)
    await refuses(() => alice.startSession({ ...upload, oneTimePreKeys: undefined } as never), 'bundle')
  })

  it('so is one that went through JSON, and null where there should be a key or nothing', async () => {
    const bundle = bundleOf(upload)
    await refuses(() => alice.startSession(JSON.parse(JSON.stringify(bundle))), 'identityKey')
    await refuses(() => alice.startSession({ ...bundle, oneTimePreKey: null } as never), 'oneTimePreKey')
    await refuses(() => alice.startSession({ ...bundle, kemPreKey: null } as never), 'kemPreKey')
  })
})

describe('options are what they say', () => {
  const wrong: readonly (readonly [name: string, value: unknown, argument: string])[] = [
    ['persist', true, 'persist'],
    ['persist', null, 'persist'],
    ['seal', 'AAAA', 'seal'],
    ['contentHint', 'resend', 'contentHint'],
    ['contentHint', 1, 'contentHint'],
    ['groupId', 'group', 'groupId'],
    ['groupId', new Uint8Array(1_025), 'groupId'],
    ['sael', new Uint8Array(1), 'options.sael'],
  ]

  it.each(wrong)('encrypt and encryptContent refuse %s: %o', async (name, value, argument) => {
    await refuses(() => alice.encrypt(bob.address, utf8('hi'), { [name]: value }), argument)
    await refuses(() => alice.encryptContent(bob.address, { application: utf8('hi') }, { [name]: value }), argument)
  })

  it.each<readonly [name: string, value: unknown, argument: string]>([
    ['allow', 'x3dh', 'allow'],
    ['allow', ['triple'], 'allow'],
    ['receivedAt', '1', 'receivedAt'],
    ['receivedAt', Number.NaN, 'receivedAt'],
    ['receivedAt', new Date(0), 'receivedAt'],
    ['trustRoots', new Uint8Array(33), 'trustRoots'],
    ['persist', {}, 'persist'],
    ['recievedAt', 1, 'options.recievedAt'],
  ])('decrypt and decryptContent refuse %s: %o', async (name, value, argument) => {
    const envelope = await bob.encrypt(alice.address, utf8('hi')).catch(() => alice.encrypt(bob.address, utf8('hi')))
    await refuses(() => alice.decrypt(envelope, { [name]: value }), argument)
    await refuses(() => alice.decryptContent(envelope, { [name]: value }), argument)
  })

  it('askStrangers is true or false, not a word for it', async () => {
    const envelope = await alice.encrypt(bob.address, utf8('hi'))
    for (const askStrangers of ['no', 0, null])
      await refuses(() => alice.decryptContent(envelope, { askStrangers } as never), 'askStrangers')
  })

  it('an object of another kind is no object of options', async () => {
    for (const options of [new Map(), [], new Date(), utf8('x'), () => ({}), null, 'x']) {
      await refuses(() => alice.encrypt(bob.address, utf8('hi'), options as never), 'options')
    }
  })

  it('persist that is asynchronous, or returns no map of names and bytes, is named', async () => {
    for (const answer of [Promise.resolve(new Map()), {}, [], new Map([[1, utf8('x')]]), new Map([['x', 'y']])]) {
      await refuses(() => alice.encrypt(bob.address, utf8('hi'), { persist: (() => answer) as never }), 'persist')
    }
  })
})

describe('what changes between two looks is looked at once', () => {
  it('options, envelopes and addresses with getters', async () => {
    const read: string[] = []
    const watched = <T extends object>(fields: T): T =>
      new Proxy(fields, {
        get: (target, name) => {
          if (typeof name === 'string') read.push(name)
          return Reflect.get(target, name)
        },
      })
    await alice.encrypt(watched({ ...bob.address }), utf8('hi'), watched({ persist: () => new Map() }))
    const envelope = await alice.encrypt(bob.address, utf8('hi'))
    await bob.decrypt(watched({ ...envelope, sender: watched({ ...alice.address }) }), watched({ allow: ['pqxdh'] as const }))
    expect(read.filter((name, i) => read.indexOf(name) !== i && !['user', 'device', 'persist', 'allow'].includes(name))).toEqual([])
    expect(read.filter((name) => name === 'persist')).toHaveLength(2)
  })
})

describe('the outside world of a client', () => {
  it('a clock that says nonsense, and a source that returns too little, are named', async () => {
    for (const now of ['1', Number.NaN, -1, 1.5, 2 ** 53, new Date(), Promise.resolve(1)]) {
      const client = await newClient({ clock: (() => now) as never })
      await expect(client.generatePreKeys(1)).rejects.toMatchObject({ details: { argument: 'clock' } })
    }
    for (const bytes of [new Uint8Array(1), 'abc', undefined, new ArrayBuffer(32)]) {
      await expect(newClient({ random: (() => bytes) as never })).rejects.toMatchObject({ details: { argument: 'random' } })
    }
  })
})
