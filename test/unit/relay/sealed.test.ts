import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { parseIdentityKey } from '../../../src/crypto/keys.js'
import { validateCertificate } from '../../../src/protocol/sealed/certificates.js'
import { ACCESS_KEY_LENGTH, Relay, type RelayLimits } from '../../../src/relay/index.js'
import { MemoryStore } from '../../../src/store/engines/memory.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { parseSenderCertificate } from '../../../src/wire/certificate.js'
import type { SealedEnvelope } from '../../../src/wire/envelope.js'
import { serializeSentMessage } from '../../../src/wire/sent-message.js'
import { anEnvelope, anIdentityKey, anUpload, handClock, type Party, party, textOf } from './parties.js'

const HOUR = 3_600_000
const anAccessKey = (): Uint8Array => new Uint8Array(randomBytes(ACCESS_KEY_LENGTH))
const sealed = (text: string): SealedEnvelope => ({ kind: 'sealed', body: utf8(text) })

async function town(limits: Partial<RelayLimits> = {}) {
  const hand = handClock()
  const store = new MemoryStore()
  const relay = new Relay({ store, limits, clock: hand.clock })
  const bob = await party(relay)
  const key = anAccessKey()
  await relay.setAccessKey(bob.account, key)
  return { hand, store, relay, bob, key }
}

const read = async (relay: Relay, { account }: Party) => (await relay.messages(account)).map(({ envelope }) => textOf(envelope))

describe('certificates', () => {
  it('vouch for the address and identity key of an account, for a day', async () => {
    const { relay, bob, hand } = await town()
    const trustRoots = [await relay.trustRoot()]
    const certificate = parseSenderCertificate(await relay.senderCertificate(bob.account))
    expect(certificate).toMatchObject({ sender: bob.address, identityKey: bob.identityKey, expiration: hand.now + 24 * HOUR })
    expect(validateCertificate(certificate, { trustRoots, now: hand.clock() })).toBe(certificate)
  })

  it('have one trust root, made once, also when many ask at once and after a restart', async () => {
    const { relay, store, bob } = await town()
    const certificates = await Promise.all(Array.from({ length: 5 }, () => relay.senderCertificate(bob.account)))
    const roots = await Promise.all([relay, new Relay({ store })].map((one) => one.trustRoot()))
    expect(roots[0]).toEqual(roots[1])
    expect(new Set(certificates.map(String)).size).toBe(1)
  })

  it('are the same for half of their life, and then new', async () => {
    const { relay, bob, hand } = await town()
    const first = await relay.senderCertificate(bob.account)
    hand.now += 12 * HOUR - 1
    expect(await relay.senderCertificate(bob.account)).toEqual(first)
    hand.now += 1
    expect(await relay.senderCertificate(bob.account)).not.toEqual(first)
  })

  it('follow the identity key of the account', async () => {
    const { relay, bob } = await town()
    await relay.senderCertificate(bob.account)
    const identityKey = anIdentityKey()
    await relay.replaceIdentity(bob.account, identityKey)
    expect(parseSenderCertificate(await relay.senderCertificate(bob.account)).identityKey).toEqual(parseIdentityKey(identityKey))
  })
})

describe('messages without a sender', () => {
  it('are admitted by the access key, and arrive without a sender, also when they are sent with an account', async () => {
    const { relay, bob, key } = await town()
    await relay.sendSealed(bob.address, key, sealed('one'))
    await relay.send((await party(relay)).account, bob.address, sealed('two'))
    expect((await relay.messages(bob.account)).map(({ envelope }) => envelope)).toEqual([sealed('one'), sealed('two')])
  })

  it('are refused alike for a wrong key, no key set, an unknown device and an unknown user', async () => {
    const { relay, bob, key } = await town()
    const carol = await party(relay)
    for (const [address, offered] of [
      [bob.address, anAccessKey()],
      [bob.address, key.subarray(1)],
      [carol.address, key],
      [{ ...bob.address, device: 2 }, key],
      [{ user: randomUUID(), device: 1 }, key],
    ] as const) {
      await expect(relay.sendSealed(address, offered, sealed('x'))).rejects.toMatchObject({ code: 'unauthorized', details: {} })
    }
    expect(await read(relay, bob)).toEqual([])
  })

  it('are refused under the old key once there is a new one', async () => {
    const { relay, bob, key } = await town()
    await relay.setAccessKey(bob.account, anAccessKey())
    await expect(relay.sendSealed(bob.address, key, sealed('x'))).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('must be sealed, and their key of 16 bytes', async () => {
    const { relay, bob, key } = await town()
    await expect(relay.sendSealed(bob.address, key, anEnvelope(bob.address, 'x'))).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(relay.setAccessKey(bob.account, new Uint8Array(15))).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  it('are counted: no more in a window than the limit, and again in the next', async () => {
    const { relay, bob, key, hand } = await town({ sealedMessages: 3 })
    for (const text of ['1', '2', '3']) await relay.sendSealed(bob.address, key, sealed(text))
    await expect(relay.sendSealed(bob.address, key, sealed('4'))).rejects.toMatchObject({ code: 'quota-exceeded' })
    hand.now += HOUR
    await relay.sendSealed(bob.address, key, sealed('5'))
    expect(await read(relay, bob)).toEqual(['1', '2', '3', '5'])
  })

  it('do not overfill a mailbox', async () => {
    const { relay, bob, key } = await town({ mailboxMessages: 1 })
    await relay.sendSealed(bob.address, key, sealed('1'))
    await expect(relay.sendSealed(bob.address, key, sealed('2'))).rejects.toMatchObject({ code: 'quota-exceeded' })
  })

  it('leave half of a mailbox to those who say who they are, in number and in bytes', async () => {
    for (const limits of [{ mailboxMessages: 6 }, { mailboxBytes: 600 }]) {
      const { relay, bob, key } = await town(limits)
      const alice = await party(relay)
      const text = 'x'.repeat(80)
      let taken = 0
      for (; taken < 100; taken++) {
        const refused = await relay.sendSealed(bob.address, key, sealed(text)).then(
          () => false,
          (error) => error.code === 'quota-exceeded',
        )
        if (refused) break
      }
      expect(taken).toBe(3)
      await relay.send(alice.account, bob.address, anEnvelope(alice.address, 'there is room for me'))
      await relay.send(alice.account, bob.address, anEnvelope(alice.address, 'and again'))
    }
  })

  it('leave the store without the access key', async () => {
    const { store, bob, key } = await town()
    const values = [...(await store.read(await store.list(''))).values()].map(({ value }) => Buffer.from(value))
    expect(values.some((value) => value.includes(Buffer.from(key)))).toBe(false)
    expect(values.some((value) => value.includes(Buffer.from(bob.identityKey)))).toBe(true)
  })
})

describe('a message for many', () => {
  const sent = (
    recipients: readonly { readonly user: string; readonly devices: readonly [number, number][] }[],
    excluded: readonly string[] = [],
    length = 10,
  ) =>
    serializeSentMessage({
      recipients: recipients.map(({ user, devices }, i) => ({
        user,
        devices: devices.map(([device, registrationId]) => ({ device, registrationId })),
        part: new Uint8Array(48).fill(i + 1),
      })),
      ...{ excluded, ephemeralKey: new Uint8Array(33), ciphertext: new Uint8Array(length) },
    })

  it('arrives at each device with the part of its user, and nowhere else', async () => {
    const { relay, bob, key } = await town()
    const bobsTablet = await (async () => {
      const address = { ...bob.address, device: 2 }
      const account = await relay.register({
        address,
        identityKey: bob.identityKey,
        token: new Uint8Array(randomBytes(32)),
        approvedBy: bob.account,
      })
      return { ...bob, address, account }
    })()
    const [carol, dave] = [await party(relay), await party(relay)]
    const carolsKey = anAccessKey()
    await relay.setAccessKey(carol.account, carolsKey)
    await relay.publish(bob.account, anUpload(bob, 0))
    const message = sent(
      [
        {
          user: bob.address.user,
          devices: [
            [1, 7],
            [2, 99],
          ],
        },
        {
          user: carol.address.user,
          devices: [
            [1, 5],
            [9, 5],
          ],
        },
      ],
      [dave.address.user],
    )
    const deliveries = await relay.sendToMany(
      message,
      new Map([
        [bob.address.user, key],
        [carol.address.user, carolsKey],
      ]),
    )
    expect(deliveries.map(({ address, outcome }) => [address, outcome])).toEqual([
      [bob.address, 'delivered'],
      [bobsTablet.address, 'delivered'],
      [carol.address, 'delivered'],
      [{ ...carol.address, device: 9 }, 'refused'],
    ])
    for (const [who, part] of [
      [bob, 1],
      [bobsTablet, 1],
      [carol, 2],
    ] as const) {
      const [delivery, ...more] = await relay.messages(who.account)
      expect([delivery?.envelope.kind, delivery?.envelope.body[0], delivery?.envelope.body[1], more.length]).toEqual([
        'sealed',
        0x22,
        part,
        0,
      ])
    }
    expect(await relay.messages(dave.account)).toEqual([])
  })

  it('is refused for the one whose key is wrong, has another installation or a full mailbox, and delivered to the others', async () => {
    const { relay, bob, key } = await town({ mailboxMessages: 1 })
    const [carol, dave, erin] = [await party(relay), await party(relay), await party(relay)]
    const keys = new Map([
      [bob.address.user, key],
      [carol.address.user, anAccessKey()],
    ])
    for (const one of [dave, erin]) {
      keys.set(one.address.user, anAccessKey())
      await relay.setAccessKey(one.account, keys.get(one.address.user) as Uint8Array)
    }
    await relay.setAccessKey(carol.account, anAccessKey())
    await relay.publish(dave.account, anUpload(dave, 0))
    await relay.sendSealed(erin.address, keys.get(erin.address.user) as Uint8Array, sealed('full'))
    const users = [carol, dave, erin, bob].map(({ address }) => ({ user: address.user, devices: [[1, 8]] as [number, number][] }))
    const deliveries = await relay.sendToMany(sent(users), keys)
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['refused', 'stale', 'full', 'delivered'])
  })

  it('row 27: does not become more than the limit when it is split', async () => {
    const { relay, bob, key } = await town({ fanOut: 1_000 })
    const users = (count: number) => Array.from({ length: count }, () => ({ user: randomUUID(), devices: [[1, 1]] as [number, number][] }))
    const bytes = 1 + 48 + 32 + 10
    expect(await relay.sendToMany(sent(users(Math.floor(1_000 / bytes))), new Map())).toHaveLength(10)
    await expect(relay.sendToMany(sent(users(11)), new Map())).rejects.toMatchObject({
      code: 'message-too-large',
      details: { length: 11 * bytes },
    })
    const one = [{ user: bob.address.user, devices: [[1, 1]] as [number, number][] }]
    await expect(
      new Relay({ store: new MemoryStore() }).sendToMany(sent(one, [], 262_144), new Map([[bob.address.user, key]])),
    ).rejects.toMatchObject({
      code: 'message-too-large',
    })
  })

  it('row 27: counts every device of a user, and asks the store nothing for users whose key is not there', async () => {
    const devices = Array.from({ length: 10 }, (_, i) => [i + 1, 1] as [number, number])
    const bytes = 1 + 48 + 32 + 10
    const { relay } = await town({ fanOut: 10 * bytes })
    expect(await relay.sendToMany(sent([{ user: randomUUID(), devices }]), new Map())).toHaveLength(10)
    await expect(relay.sendToMany(sent([1, 2].map(() => ({ user: randomUUID(), devices }))), new Map())).rejects.toMatchObject({
      code: 'message-too-large',
      details: { length: 20 * bytes },
    })
    const store = new MemoryStore()
    let calls = 0
    const counting: KeyStore = {
      ...{ commit: (batch) => store.commit(batch), list: (prefix) => store.list(prefix) },
      read: (keys) => {
        calls++
        return store.read(keys)
      },
    }
    const users = Array.from({ length: 100 }, () => ({ user: randomUUID(), devices }))
    const outcomes = await new Relay({ store: counting }).sendToMany(sent(users), new Map([[users[0]?.user ?? '', anAccessKey()]]))
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(1000)
    expect(calls).toBe(1)
  })

  it('that is none is refused', async () => {
    const { relay } = await town()
    await expect(relay.sendToMany(utf8('nothing'), new Map())).rejects.toMatchObject({ code: 'unsupported-version' })
  })
})
