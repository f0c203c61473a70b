/** Sealed messages from client to client, with a relay's certificates: what opens, what is refused, and that a refusal leaves no trace. */
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Bytes, copyBytes, fromUtf8, utf8 } from '../../src/bytes.js'
import { contextOf } from '../../src/client/frame/context.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import type { IdentityKey } from '../../src/crypto/keys.js'
import { Client, type ClientOptions, type Envelope, epochMillis, MemoryStore } from '../../src/index.js'
import { exportIdentity, parseIdentity } from '../../src/migration/libsignal.js'
import { issueSenderCertificate, issueServerCertificate } from '../../src/protocol/sealed/certificates.js'
import { sealForOne } from '../../src/protocol/sealed/sealed-sender.js'
import { Relay } from '../../src/relay/index.js'
import { serializeSealedContent } from '../../src/wire/sealed-message.js'
import { parseSentMessage } from '../../src/wire/sent-message.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'
import { seededRandom } from '../support/random.js'
import { snapshot } from '../support/snapshot.js'

const DAY = 86_400_000

interface Party {
  readonly client: Client
  readonly store: MemoryStore
  readonly certificate: Bytes
}

async function town(names: number) {
  const clock = fakeClock()
  const relay = new Relay({ store: new MemoryStore(), clock })
  const trustRoots = [await relay.trustRoot()]
  const party = async (options: Partial<ClientOptions> = {}): Promise<Party> => {
    const store = new MemoryStore()
    const client = await newClient({ store, clock, trustRoots, ...options })
    const account = await relay.register({
      address: client.address,
      identityKey: client.identityKey,
      token: new Uint8Array(randomBytes(32)),
    })
    return { client, store, certificate: await relay.senderCertificate(account) }
  }
  const parties = await Promise.all(Array.from({ length: names }, () => party()))
  for (const from of parties) {
    for (const to of parties) if (from !== to) await from.client.startSession(bundleOf(await to.client.generatePreKeys(1)))
  }
  return { relay, clock, trustRoots, parties, party }
}

const text = (received: { readonly plaintext: Uint8Array }): string | undefined => fromUtf8(received.plaintext)

describe('a sealed message', () => {
  it('is opened by the same decrypt as any other, in both directions', async () => {
    const { parties } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    for (let turn = 0; turn < 3; turn++) {
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        const envelope = await from.client.encrypt(to.client.address, utf8(`turn ${turn}`), { seal: from.certificate })
        expect(envelope.kind).toBe('sealed')
        expect(envelope.sender).toBeUndefined()
        const received = await to.client.decrypt(envelope)
        expect([received.kind, received.sealed, received.sender, text(received)]).toEqual([
          'message',
          true,
          from.client.address,
          `turn ${turn}`,
        ])
        expect(received.identity).toEqual(from.client.identityKey)
      }
    }
    expect(await bob.client.decrypt(await alice.client.encrypt(bob.client.address, utf8('open')))).toMatchObject({ sealed: false })
  })

  it('says nothing of its sender or its plaintext on the outside', async () => {
    const { parties } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const { body } = await alice.client.encrypt(bob.client.address, utf8('a plaintext to look for'), { seal: alice.certificate })
    for (const secret of [alice.client.identityKey.subarray(1), utf8(alice.client.address.user), utf8('a plaintext to look for')]) {
      expect(Buffer.from(body).includes(Buffer.from(secret))).toBe(false)
    }
  })

  it('is not made with a certificate of another device, or one that has expired', async () => {
    const { parties, clock } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const before = await snapshot(alice.store)
    await expect(alice.client.encrypt(bob.client.address, utf8('x'), { seal: bob.certificate })).rejects.toMatchObject({
      code: 'invalid-argument',
    })
    clock.advance(DAY + 1)
    await expect(alice.client.encrypt(bob.client.address, utf8('x'), { seal: alice.certificate })).rejects.toMatchObject({
      code: 'certificate-expired',
    })
    expect(await snapshot(alice.store)).toEqual(before)
  })

  it('is not made with another certificate, bytes of another type, or too late, after one that was good', async () => {
    const { parties, clock } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const seal = (certificate: Uint8Array) => alice.client.encrypt(bob.client.address, utf8('x'), { seal: certificate })
    const reused = copyBytes(alice.certificate)
    await seal(reused)
    for (const other of [bob.certificate, [...alice.certificate] as unknown as Uint8Array]) {
      await expect(seal(other)).rejects.toMatchObject({ code: 'invalid-argument' })
    }
    reused.fill(0)
    await expect(seal(reused)).rejects.toMatchObject({ code: 'malformed-message' })
    await seal(alice.certificate)
    clock.advance(DAY + 1)
    await expect(seal(alice.certificate)).rejects.toMatchObject({ code: 'certificate-expired' })
  })

  it('joins the commit with what persist asks for', async () => {
    const { parties } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    let persisted: Envelope | undefined
    const envelope = await alice.client.encrypt(bob.client.address, utf8('x'), {
      seal: alice.certificate,
      persist: (sealed) => {
        persisted = sealed
        return new Map([['out', sealed.body]])
      },
    })
    expect(persisted).toEqual(envelope)
    await bob.client.decrypt(envelope, { persist: (received) => new Map([['in', received.plaintext]]) })
    expect(Object.keys(await snapshot(bob.store))).toContain('app/in')
  })
})

describe('row 25: a sealed message that must not open', () => {
  it('row 25: is refused by the certificate before any record is read, and leaves no trace', async () => {
    const { parties, clock, relay } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const envelope = await alice.client.encrypt(bob.client.address, utf8('x'), { seal: alice.certificate })
    const stranger = new Relay({ store: new MemoryStore(), clock })
    const before = await snapshot(bob.store)
    let reads = 0
    const read = bob.store.read.bind(bob.store)
    bob.store.read = (keys) => {
      reads++
      return read(keys)
    }
    const refused = (code: string, options = {}) => expect(bob.client.decrypt(envelope, options)).rejects.toMatchObject({ code })
    await refused('certificate-untrusted', { trustRoots: [await stranger.trustRoot()] })
    await refused('certificate-untrusted', { trustRoots: [] })
    clock.advance(DAY + 1)
    await refused('certificate-expired')
    expect(reads).toBe(0)
    expect(await snapshot(bob.store)).toEqual(before)
    clock.advance(-1)
    expect(text(await bob.client.decrypt(envelope, { trustRoots: [await relay.trustRoot()] }))).toBe('x')
  })

  it('row 24: is judged by when the relay took it, so that it may wait for longer than its certificate lives, and never by a time to come', async () => {
    const { parties, clock } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const envelope = await alice.client.encryptContent(bob.client.address, { application: utf8('x') }, { seal: alice.certificate })
    const late = await alice.client.encrypt(bob.client.address, utf8('y'), { seal: alice.certificate })
    const receivedAt = clock()
    clock.advance(30 * DAY)
    const expired = { code: 'certificate-expired' }
    await expect(bob.client.decryptContent(envelope)).rejects.toMatchObject(expired)
    await expect(bob.client.decrypt(envelope, { receivedAt: epochMillis(receivedAt + DAY + 1) })).rejects.toMatchObject(expired)
    await expect(bob.client.decrypt(envelope, { receivedAt: epochMillis(clock() + DAY) })).rejects.toMatchObject(expired)
    await expect(bob.client.decrypt(envelope, { receivedAt: -1 as never })).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await bob.client.decryptContent(envelope, { receivedAt })).toMatchObject({ kind: 'content', sealed: true })
    expect(text(await bob.client.decrypt(late, { receivedAt: epochMillis(receivedAt + DAY) }))).toBe('y')
  })

  it('from somebody whom a lost store knew is asked for again under a seal, and comes again', async () => {
    const { parties, clock, trustRoots } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const { address } = bob.client
    await bob.client.decryptContent(await alice.client.encryptContent(address, { application: utf8('x') }))
    await alice.client.decryptContent(await bob.client.encryptContent(alice.client.address, { application: utf8('y') }))
    const { identityKeyPair, registrationId } = exportIdentity(bob.client)
    const again = await Client.create(
      { store: new MemoryStore(), address, clock, trustRoots },
      parseIdentity(identityKeyPair, registrationId),
    )
    const lost = await alice.client.encryptContent(address, { application: utf8('lost') }, { seal: alice.certificate })
    const asked = await again.decryptContent(lost, { seal: bob.certificate, askStrangers: true })
    if (asked.kind !== 'unreadable' || asked.request?.kind !== 'sealed') throw new Error('no sealed request')
    const request = await alice.client.decryptContent(asked.request)
    if (request.kind !== 'retry-request') throw new Error('no request')
    expect(request).toMatchObject({ sender: address, identity: again.identityKey, sealed: true })
    const { envelopes: answer } = await alice.client.answerRetry(request, async () => bundleOf(await again.generatePreKeys(1)), {
      seal: alice.certificate,
    })
    const incoming = await Promise.all(answer.map((envelope) => again.decryptContent(envelope)))
    expect(incoming.at(-1)).toMatchObject({ kind: 'content', application: utf8('lost'), sealed: true })
  })

  it('row 25: a client without trust roots opens none', async () => {
    const { parties, party } = await town(1)
    const [alice] = parties as [Party]
    const bob = await party({ trustRoots: [] })
    await alice.client.startSession(bundleOf(await bob.client.generatePreKeys(1)))
    const envelope = await alice.client.encrypt(bob.client.address, utf8('x'), { seal: alice.certificate })
    await expect(bob.client.decrypt(envelope)).rejects.toMatchObject({ code: 'certificate-untrusted' })
  })

  it('row 25: what this device sealed itself comes back as a self send', async () => {
    const { parties } = await town(1)
    const [alice] = parties as [Party]
    const { identity } = contextOf(alice.client).self
    const ends = { ourIdentity: identity, theirIdentity: identity.publicKey }
    const content = serializeSealedContent({ kind: 'ratchet', certificate: alice.certificate, body: utf8('x') })
    const body = sealForOne(content, ends, seededRandom('self'))
    await expect(alice.client.decrypt({ kind: 'sealed', body })).rejects.toMatchObject({ code: 'self-send' })
  })

  it('row 25: every altered byte is refused and leaves no trace; the whole message opens afterwards', async () => {
    const { parties } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const envelope = await alice.client.encrypt(bob.client.address, utf8('x'), { seal: alice.certificate })
    const before = await snapshot(bob.store)
    // The first byte aside: version 0 is version 1, to libsignal too.
    for (let at = 1; at < envelope.body.length; at += 7) {
      const body = copyBytes(envelope.body)
      body[at] = (body[at] as number) ^ 0x10
      await expect(bob.client.decrypt({ kind: 'sealed', body })).rejects.toMatchObject({ name: 'BisikError' })
    }
    expect(await snapshot(bob.store)).toEqual(before)
    expect(text(await bob.client.decrypt(envelope))).toBe('x')
  })

  it('sealed-identity: a certificate for one identity around a session of another is refused', async () => {
    const { parties } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    const random = seededRandom('a server gone bad')
    const [root, server] = [generateKeyPair(random), generateKeyPair(random)]
    const mallory = await newClient({ address: alice.client.address })
    const certificate = issueSenderCertificate(
      {
        sender: alice.client.address,
        phoneNumber: undefined,
        identityKey: mallory.identityKey as IdentityKey,
        expiration: epochMillis(4e12),
        signer: issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, random),
      },
      server.privateKey,
      random,
    )
    // Mallory seals what Alice encrypted, as if it were hers under Alice's name.
    const { sealEnvelope } = await import('../../src/client/sealed/sealed.js')
    const { contextOf } = await import('../../src/client/frame/context.js')
    const open = await alice.client.encrypt(bob.client.address, utf8('x'))
    const seal = { certificate, contentHint: undefined, groupId: undefined }
    const resealed = sealEnvelope(contextOf(mallory), open, bob.client.identityKey, seal)
    const before = await snapshot(bob.store)
    await expect(bob.client.decrypt(resealed, { trustRoots: [root.publicKey] })).rejects.toMatchObject({ code: 'authentication-failed' })
    expect(await snapshot(bob.store)).toEqual(before)
    expect(text(await bob.client.decrypt(open))).toBe('x')
  })

  it('L17: a sealed first message of a weaker session takes the place of no stronger one', async () => {
    const { parties } = await town(2)
    const [alice, bob] = parties as [Party, Party]
    await bob.client.decrypt(await alice.client.encrypt(bob.client.address, utf8('x'), { seal: alice.certificate }))
    const bundle = bundleOf(await bob.client.generatePreKeys(1), { kem: false })
    await alice.client.startSession(bundle, { allow: ['x3dh'] })
    const downgrade = await alice.client.encrypt(bob.client.address, utf8('weaker'), { seal: alice.certificate })
    const before = await snapshot(bob.store)
    await expect(bob.client.decrypt(downgrade)).rejects.toMatchObject({ code: 'session-kind-refused' })
    expect(await snapshot(bob.store)).toEqual(before)
  })

  it('L23: a sealed message delivered to another account does not open there', async () => {
    const { parties } = await town(3)
    const [alice, bob, carol] = parties as [Party, Party, Party]
    const envelope = await alice.client.encrypt(bob.client.address, utf8('x'), { seal: alice.certificate })
    await expect(carol.client.decrypt(envelope)).rejects.toMatchObject({ code: 'authentication-failed' })
  })
})

describe('a group message for many', () => {
  it('is encrypted once, sealed once, split by the relay and opened by each, in one commit', async () => {
    const { parties } = await town(4)
    const [alice, ...others] = parties as [Party, ...Party[]]
    const group = alice.client.group(randomUUID())
    for (const { client } of others) {
      const received = await client.decrypt(await alice.client.encrypt(client.address, await group.distribute()))
      if (received.kind !== 'message') throw new Error('not a message')
      await client.acceptSenderKey(received, received.plaintext)
    }
    const message = await group.encrypt(utf8('to all'))
    const addresses = others.map(({ client }) => client.address)
    const sent = await alice.client.sealForMany(message, addresses, { seal: alice.certificate, groupId: utf8('group') })
    for (const { user, devices, message: body } of parseSentMessage(sent).recipients()) {
      const recipient = others.find(({ client }) => client.address.user === user)
      expect(devices).toEqual([{ device: 1, registrationId: recipient?.client.registrationId }])
      const received = await recipient?.client.decrypt({ kind: 'sealed', body })
      expect(received).toMatchObject({ kind: 'group-message', sealed: true, sender: alice.client.address, plaintext: utf8('to all') })
    }
  })

  it('is not sealed for a device without a session', async () => {
    const { parties, party } = await town(1)
    const [alice] = parties as [Party]
    const stranger = await party()
    const group = alice.client.group(randomUUID())
    await group.distribute()
    const message = await group.encrypt(utf8('to all'))
    const seal = () => alice.client.sealForMany(message, [stranger.client.address], { seal: alice.certificate })
    await expect(seal()).rejects.toMatchObject({ code: 'no-session' })
  })
})
