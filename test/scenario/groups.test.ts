/** Groups by sender keys: who reads what, whom a message is of, and what leaves no trace. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../../src/bytes.js'
import { type Client, type Envelope, MemoryStore, parseEnvelope, serializeEnvelope } from '../../src/index.js'
import { advanceSenderChain } from '../../src/protocol/groups/messages.js'
import type { SenderKeyChain } from '../../src/protocol/groups/sender-key.js'
import { senderKeyKey } from '../../src/records/names.js'
import { decodeSenderKey, encodeSenderKey } from '../../src/records/sender-key-record.js'
import { checkAddress } from '../../src/wire/address.js'
import { withBitFlipped } from '../support/forge.js'
import { bundleOf, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const DISTRIBUTION = '185a574c-1f97-4f26-aaf4-924f8bce4bb9'
const OTHER = '06e962b9-955b-4328-993e-3fb2d0415160'

interface Member {
  readonly client: Client
  readonly store: MemoryStore
}

async function member(): Promise<Member> {
  const store = new MemoryStore()
  return { client: await newClient({ store }), store }
}

/** Hands bytes over inside a message of a session, starting one if there is none; returns what `acceptSenderKey` said. */
async function handOver(from: Client, to: Client, bytes: Uint8Array): Promise<unknown> {
  const envelope = await from.encrypt(to.address, bytes).catch(async () => {
    await from.startSession(bundleOf(await to.generatePreKeys(1)))
    return from.encrypt(to.address, bytes)
  })
  const received = await to.decrypt(envelope)
  if (received.kind !== 'message') throw new Error('not a message of a session')
  return to.acceptSenderKey(received, received.plaintext)
}

async function text(client: Client, envelope: Envelope): Promise<string | undefined> {
  const received = await client.decrypt(parseEnvelope(serializeEnvelope(envelope)))
  expect(received.kind).toBe('group-message')
  return fromUtf8(received.plaintext)
}

async function group(): Promise<{ alice: Member; bob: Member; carol: Member }> {
  const [alice, bob, carol] = [await member(), await member(), await member()]
  const distribution = await alice.client.group(DISTRIBUTION).distribute()
  expect(await handOver(alice.client, bob.client, distribution)).toEqual({ distribution: DISTRIBUTION })
  await handOver(alice.client, carol.client, distribution)
  return { alice, bob, carol }
}

describe('a group', () => {
  it('reads what one member encrypted once', async () => {
    const { alice, bob, carol } = await group()
    const envelope = await alice.client.group(DISTRIBUTION).encrypt(utf8('to all'))
    expect(envelope.kind).toBe('sender-key')
    expect(await bob.client.decrypt(envelope)).toEqual({
      kind: 'group-message',
      sender: alice.client.address,
      identity: alice.client.identityKey,
      plaintext: utf8('to all'),
      distribution: DISTRIBUTION,
      committed: false,
      sealed: false,
      notices: [],
    })
    expect(await text(carol.client, envelope)).toBe('to all')
    await expect(bob.client.decrypt(envelope)).rejects.toMatchObject({ code: 'duplicate-message', details: { counter: 0 } })
  })

  it('has one key until it is rotated: distribute gives what is read from here on', async () => {
    const { alice } = await group()
    const handle = alice.client.group(DISTRIBUTION.toUpperCase())
    expect(await handle.distribute()).toEqual(await handle.distribute())
    const before = await handle.distribute()
    await handle.encrypt(utf8('one'))
    expect(await handle.distribute()).not.toEqual(before)
  })

  it('a late joiner reads what comes after, and nothing from before', async () => {
    const { alice, bob } = await group()
    const late = await member()
    const handle = alice.client.group(DISTRIBUTION)
    const before = await Promise.all(Array.from({ length: 10 }, (_, i) => handle.encrypt(utf8(`before ${i}`))))
    await handOver(alice.client, late.client, await handle.distribute())
    const after = await handle.encrypt(utf8('after'))
    expect(await text(late.client, after)).toBe('after')
    for (const envelope of before) {
      await expect(late.client.decrypt(envelope)).rejects.toMatchObject({ code: 'no-sender-key', details: { first: 10 } })
    }
    expect(await text(bob.client, before[3] as Envelope)).toBe('before 3')
  })

  it('row 26: after rotation a removed member opens 0 of 1,000 later messages, and who stays opens all', async () => {
    const { alice, bob, carol } = await group()
    const handle = alice.client.group(DISTRIBUTION)
    await bob.client.decrypt(await handle.encrypt(utf8('while carol is there')))
    await handOver(alice.client, bob.client, await handle.rotate())
    let [removed, stays] = [0, 0]
    for (let i = 0; i < 1000; i++) {
      const envelope = await handle.encrypt(utf8(`after ${i}`))
      await carol.client.decrypt(envelope).then(
        () => removed++,
        (error) => expect(error).toMatchObject({ code: 'no-sender-key', details: { distribution: DISTRIBUTION } }),
      )
      if ((await text(bob.client, envelope)) === `after ${i}`) stays++
    }
    expect([removed, stays]).toEqual([0, 1000])
  })

  it('row 26: of 7 chains only the newest 5 are kept, also for late messages', async () => {
    const { alice, bob } = await group()
    const handle = alice.client.group(DISTRIBUTION)
    const late: Envelope[] = []
    for (let chain = 0; chain < 7; chain++) {
      if (chain > 0) await handOver(alice.client, bob.client, await handle.rotate())
      const [first, second] = [await handle.encrypt(utf8(`late of ${chain}`)), await handle.encrypt(utf8('read at once'))]
      await bob.client.decrypt(second)
      late.push(first)
    }
    for (const [chain, envelope] of late.entries()) {
      if (chain < 2) await expect(bob.client.decrypt(envelope)).rejects.toMatchObject({ code: 'no-sender-key' })
      else expect(await text(bob.client, envelope)).toBe(`late of ${chain}`)
    }
    const records = Object.keys(await snapshot(bob.store))
    expect(records.filter((name) => name.startsWith('signing-key/'))).toHaveLength(5)
    expect(records.filter((name) => name.startsWith('sender-skipped'))).toEqual([])
  })

  it("lessons L5 and L10: one sender's key handed on does not make its messages another's", async () => {
    const { alice, bob, carol } = await group()
    const envelope = await alice.client.group(DISTRIBUTION).encrypt(utf8("alice's words"))
    const handedOn = await alice.client.group(DISTRIBUTION).distribute()
    const before = await snapshot(bob.store)
    const asCarols: Envelope = { ...envelope, sender: carol.client.address }
    await expect(bob.client.decrypt(asCarols)).rejects.toMatchObject({ code: 'no-sender-key' })
    expect(await snapshot(bob.store)).toEqual(before)
    await expect(handOver(carol.client, bob.client, handedOn)).rejects.toMatchObject({
      code: 'sender-key-claimed',
      details: { claimed: 'signing-key', by: alice.client.address },
    })
    await expect(bob.client.decrypt(asCarols)).rejects.toMatchObject({ code: 'no-sender-key' })
    expect(await text(bob.client, envelope)).toBe("alice's words")
  })

  it('lessons L5 and L10: a signing key does not serve a second sender, under another distribution id either', async () => {
    const { alice, bob, carol } = await group()
    const handedOn = Uint8Array.from(await alice.client.group(DISTRIBUTION).distribute())
    handedOn[3] = (handedOn[3] ?? 0) ^ 1
    await expect(handOver(carol.client, bob.client, handedOn)).rejects.toMatchObject({
      code: 'sender-key-claimed',
      details: { claimed: 'signing-key' },
    })
    expect(Object.keys(await snapshot(bob.store)).filter((name) => name.startsWith('sender-key/'))).toEqual([
      senderKeyKey({ sender: checkAddress(alice.client.address), distribution: DISTRIBUTION }),
    ])
  })

  it('lesson L5: under one distribution id each has a key of its own, and nobody hands us one as our own', async () => {
    const { alice, bob, carol } = await group()
    for (const { client } of [bob, carol]) await handOver(client, alice.client, await client.group(DISTRIBUTION).distribute())
    await handOver(bob.client, carol.client, await bob.client.group(DISTRIBUTION).distribute())
    for (const [from, to] of [
      [alice, bob],
      [bob, carol],
      [carol, alice],
    ] as const) {
      expect(await text(to.client, await from.client.group(DISTRIBUTION).encrypt(utf8('under the same id')))).toBe('under the same id')
    }
    const own = { kind: 'message', sender: bob.client.address, identity: bob.client.identityKey } as const
    const ours = await bob.client.group(DISTRIBUTION).distribute()
    const claims = { code: 'sender-key-claimed', details: { claimed: 'distribution', by: bob.client.address } }
    await expect(bob.client.acceptSenderKey(own, ours)).rejects.toMatchObject(claims)
    await expect(handOver(alice.client, bob.client, ours)).rejects.toMatchObject({ details: { claimed: 'signing-key' } })
  })

  it('lesson L5: a key is taken from a message of a session only, and under the identity key that is known', async () => {
    const { alice, bob, carol } = await group()
    const bytes = await carol.client.group(OTHER).distribute()
    const inGroup = await bob.client.decrypt(await alice.client.group(DISTRIBUTION).encrypt(bytes))
    await expect(bob.client.acceptSenderKey(inGroup as never, bytes)).rejects.toMatchObject({ code: 'invalid-argument' })
    const madeUp = { kind: 'message', sender: carol.client.address, identity: carol.client.identityKey } as const
    await expect(bob.client.acceptSenderKey(madeUp, bytes)).rejects.toMatchObject({ code: 'untrusted-identity' })
    const wrongKey = { ...madeUp, sender: alice.client.address }
    await expect(bob.client.acceptSenderKey(wrongKey, bytes)).rejects.toMatchObject({ code: 'untrusted-identity' })
  })

  it('when the identity key of a member changed, its old sender key opens nothing until the new one is accepted and hands out its own', async () => {
    const { alice, bob } = await group()
    const old = await alice.client.group(DISTRIBUTION).encrypt(utf8('from the old device'))
    const again = await newClient({ address: alice.client.address })
    await bob.client.acceptIdentity(alice.client.address, again.identityKey, 'accepted')
    await expect(bob.client.decrypt(old)).rejects.toMatchObject({ code: 'untrusted-identity' })
    await handOver(again, bob.client, await again.group(DISTRIBUTION).distribute())
    expect(await bob.client.decrypt(await again.group(DISTRIBUTION).encrypt(utf8('new')))).toMatchObject({ identity: again.identityKey })
    await expect(bob.client.decrypt(old)).rejects.toMatchObject({ code: 'no-sender-key' })
    expect(Object.keys(await snapshot(bob.store)).filter((name) => name.startsWith('signing-key/'))).toHaveLength(1)
  })

  it('a contact that hands out key after key makes no store grow without end: 256 are kept, the oldest goes with its skipped keys', async () => {
    const { alice, bob } = await group()
    await alice.client.group(DISTRIBUTION).encrypt(utf8('never read'))
    expect(await text(bob.client, await alice.client.group(DISTRIBUTION).encrypt(utf8('the second')))).toBe('the second')
    const names = async (prefix: string) => Object.keys(await snapshot(bob.store)).filter((name) => name.startsWith(prefix))
    expect(await names('sender-skipped')).toHaveLength(2)
    const from = { kind: 'message', sender: alice.client.address, identity: alice.client.identityKey } as const
    const ids = Array.from({ length: 260 }, () => randomUUID())
    for (const id of ids) await bob.client.acceptSenderKey(from, await alice.client.group(id).distribute())
    expect(await names('sender-key/')).toHaveLength(256)
    expect(await names('signing-key/')).toHaveLength(256)
    expect(await names('sender-skipped')).toEqual([])
    const gone = ids[0] as string
    await expect(bob.client.decrypt(await alice.client.group(gone).encrypt(utf8('x')))).rejects.toMatchObject({ code: 'no-sender-key' })
    // In the commit of a content as well; and what went comes back when it is handed out again.
    await alice.client.startSession(bundleOf(await bob.client.generatePreKeys(1)))
    await bob.client.decryptContent(
      await alice.client.encryptContent(bob.client.address, { senderKey: await alice.client.group(gone).distribute() }),
    )
    expect(await text(bob.client, await alice.client.group(gone).encrypt(utf8('again')))).toBe('again')
    expect(await names('sender-key/')).toHaveLength(256)
  })

  it('a key that is dropped opens nothing any more and leaves nothing behind; our own can be made anew', async () => {
    const { alice, bob } = await group()
    await alice.client.group(DISTRIBUTION).encrypt(utf8('never read'))
    const [second, third] = [
      await alice.client.group(DISTRIBUTION).encrypt(utf8('2')),
      await alice.client.group(DISTRIBUTION).encrypt(utf8('3')),
    ]
    expect(await text(bob.client, second)).toBe('2')
    for (const { client, store } of [bob, alice]) {
      await client.dropSenderKey(DISTRIBUTION)
      await client.dropSenderKey(DISTRIBUTION)
      expect(Object.keys(await snapshot(store)).filter((name) => /^(sender|signing)-/.test(name))).toEqual([])
    }
    await expect(bob.client.decrypt(third)).rejects.toMatchObject({ code: 'no-sender-key' })
    await expect(alice.client.group(DISTRIBUTION).encrypt(utf8('4'))).rejects.toMatchObject({ code: 'no-sender-key' })
    await handOver(alice.client, bob.client, await alice.client.group(DISTRIBUTION).distribute())
    expect(await text(bob.client, await alice.client.group(DISTRIBUTION).encrypt(utf8('5')))).toBe('5')
  })

  it('what comes back to its own sender is a duplicate', async () => {
    const { alice } = await group()
    const envelope = await alice.client.group(DISTRIBUTION).encrypt(utf8('mine'))
    const before = await snapshot(alice.store)
    await expect(alice.client.decrypt(envelope)).rejects.toMatchObject({ code: 'duplicate-message' })
    await expect(alice.client.decrypt(withBitFlipped(envelope, 8 * (envelope.body.length - 20)))).rejects.toMatchObject({
      code: 'bad-signature',
    })
    expect(await snapshot(alice.store)).toEqual(before)
  })

  it('a refusal leaves the store as it was, and the message opens afterwards', async () => {
    const { alice, bob } = await group()
    const envelope = await alice.client.group(DISTRIBUTION).encrypt(utf8('altered'))
    const before = await snapshot(bob.store)
    for (let bit = 0; bit < 8 * envelope.body.length; bit += 13) {
      await expect(bob.client.decrypt(withBitFlipped(envelope, bit))).rejects.toMatchObject({ name: 'BisikError' })
    }
    expect(await snapshot(bob.store)).toEqual(before)
    expect(await text(bob.client, envelope)).toBe('altered')
  })

  it('row 2: a group message 25,000 ahead is walked in slices with the event loop running, and costs a record for 16 skipped keys', async () => {
    const { alice, bob } = await group()
    const handle = alice.client.group(DISTRIBUTION)
    const first = await handle.encrypt(utf8('first'))
    const record = senderKeyKey({ sender: checkAddress(alice.client.address), distribution: DISTRIBUTION })
    const stored = decodeSenderKey((await alice.store.read([record])).get(record)?.value ?? new Uint8Array())
    const [chain] = stored.state.chains as [SenderKeyChain]
    const { key, counter } = advanceSenderChain({ key: chain.chainKey, counter: chain.iteration }, 24_999)
    const ahead = encodeSenderKey({ ...stored, state: { chains: [{ ...chain, chainKey: key, iteration: counter }] } })
    const unchanged = new Map([[record, (await alice.store.read([record])).get(record)?.revision ?? null]])
    await alice.store.commit({ expect: unchanged, put: new Map([[record, ahead]]), delete: new Set() })
    const far = await handle.encrypt(utf8('far ahead'))
    let turns = 0
    const ticking = setInterval(() => turns++, 1)
    expect(await text(bob.client, far)).toBe('far ahead')
    clearInterval(ticking)
    expect(turns).toBeGreaterThan(5)
    const names = Object.keys(await snapshot(bob.store)).filter((name) => name.startsWith('sender-skipped/'))
    expect(names).toHaveLength(Math.floor(24_999 / 16) - Math.floor(23_000 / 16) + 1)
    await expect(bob.client.decrypt(first)).rejects.toMatchObject({ code: 'duplicate-message', details: { unread: true } })
    await handOver(alice.client, bob.client, await handle.rotate())
    for (let i = 0; i < 4; i++) await handOver(alice.client, bob.client, await handle.rotate())
    expect(Object.keys(await snapshot(bob.store)).filter((name) => name.startsWith('sender-skipped'))).toEqual([])
  })

  it('records of persist join the commit of encryption and decryption', async () => {
    const { alice, bob } = await group()
    const envelope = await alice.client.group(DISTRIBUTION).encrypt(utf8('kept'), { persist: ({ body }) => new Map([['outbox', body]]) })
    expect((await snapshot(alice.store))['app/outbox']).toBe(Buffer.from(envelope.body).toString('hex'))
    await bob.client.decrypt(envelope, { persist: ({ plaintext }) => new Map([['inbox', plaintext]]) })
    expect((await snapshot(bob.store))['app/inbox']).toBe(Buffer.from('kept').toString('hex'))
  })

  it('says what to do without a key, and takes UUIDs only', async () => {
    const [alice, bob] = [await member(), await member()]
    const envelope = await (async () => {
      await alice.client.group(DISTRIBUTION).distribute()
      return alice.client.group(DISTRIBUTION).encrypt(utf8('unasked'))
    })()
    await expect(bob.client.decrypt(envelope)).rejects.toMatchObject({
      code: 'no-sender-key',
      details: { ...alice.client.address, distribution: DISTRIBUTION },
    })
    await expect(bob.client.group(OTHER).encrypt(utf8('?'))).rejects.toMatchObject({ code: 'no-sender-key' })
    expect(() => bob.client.group('the cooks')).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    await expect(alice.client.group(DISTRIBUTION).encrypt(new Uint8Array(1_048_576))).rejects.toMatchObject({ code: 'message-too-large' })
  })

  it('gives 60 messages encrypted at once 60 iterations, from two clients on one store', async () => {
    const { alice, bob } = await group()
    const { Client } = await import('../../src/index.js')
    const second = await Client.open({ store: alice.store })
    const envelopes = await Promise.all(
      Array.from({ length: 60 }, (_, i) => (i % 2 ? second : alice.client).group(DISTRIBUTION).encrypt(utf8(`${i}`))),
    )
    const texts = await Promise.all(envelopes.map((envelope) => text(bob.client, envelope)))
    expect(texts).toEqual(Array.from({ length: 60 }, (_, i) => `${i}`))
  })
})
