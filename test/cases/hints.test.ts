/**
 * What a seal says reaches the app: the hint about a message that does not open, the group, the phone number. With what was received, and
 * with every refusal of what came sealed. And `session()` says whether `encrypt` would send.
 */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { systemRandom } from '../../src/env.js'
import { type Bytes, Client, type ClientOptions, type Envelope, epochMillis, isBisikError, MemoryStore, utf8 } from '../../src/index.js'
import { issueSenderCertificate, issueServerCertificate } from '../../src/protocol/sealed/certificates.js'
import { decryptionErrorFor, parseSentMessage, serializeContent, serializePlaintextContent } from '../../src/wire/index.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'
import { DAY } from '../support/talk.js'

const PHONE = '+15550100'
const GROUP = utf8('a group')

/** Clients that know each other, and whoever issues their certificates. */
async function town(options: Partial<ClientOptions> = {}) {
  const clock = fakeClock()
  const [root, server] = [generateKeyPair(systemRandom), generateKeyPair(systemRandom)]
  const signer = issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, systemRandom)
  const join = async (address: ClientOptions['address'] = { user: randomUUID(), device: 1 }) => {
    const client = await newClient({ clock, trustRoots: [root.publicKey], address, ...options })
    const fields = { sender: address, identityKey: client.identityKey, expiration: epochMillis(clock() + DAY), phoneNumber: PHONE }
    return { client, seal: issueSenderCertificate({ ...fields, signer }, server.privateKey, systemRandom) }
  }
  const [alice, bob] = [await join(), await join()]
  await alice.client.startSession(bundleOf(await bob.client.generatePreKeys(1)))
  return { alice: alice.client, bob: bob.client, seal: alice.seal, bobsSeal: bob.seal, to: bob.client.address, join, clock }
}

const SAID = { phoneNumber: PHONE, groupId: GROUP }

async function refusalOf(client: Client, envelope: Envelope): Promise<{ readonly code: string; readonly details: object }> {
  const error: unknown = await client.decrypt(envelope).then(
    () => undefined,
    (one: unknown) => one,
  )
  if (!isBisikError(error)) throw new Error('expected a refusal')
  return { code: error.code, details: error.details }
}

function altered(envelope: Envelope, seal: (body: Bytes) => Envelope): Envelope {
  const body = Uint8Array.from(envelope.body)
  body[40] = (body[40] ?? 0) ^ 1
  return seal(body)
}

describe('what a seal says comes', () => {
  it.each(['default', 'resendable', 'implicit'] as const)('with what was received: %s', async (contentHint) => {
    const { alice, bob, seal, to } = await town()
    const options = { seal, contentHint, groupId: GROUP }
    const expected = { sealed: true, seal: { sender: alice.address, contentHint, ...SAID } }
    const group = alice.group(randomUUID())
    const senderKey = await group.distribute()
    const first = await alice.encryptContent(to, { senderKey }, options)
    expect(await bob.decryptContent(first)).toMatchObject({ kind: 'content', ...expected })
    expect(await bob.decrypt(await alice.encrypt(to, utf8('x'), options))).toMatchObject({ kind: 'message', ...expected })
    const forMany = await alice.sealForMany(await group.encrypt(serializeContent({ application: utf8('y') })), [to], options)
    const [one] = [...parseSentMessage(forMany).recipients()]
    const envelope: Envelope = { kind: 'sealed', body: (one as { message: Bytes }).message }
    expect(await bob.decryptContent(envelope)).toMatchObject({ kind: 'content', distribution: group.distribution, ...expected })
  })

  it('with a request to send again', async () => {
    const { alice, bob, seal, bobsSeal, to } = await town()
    await bob.decrypt(await alice.encrypt(to, utf8('x'), { seal }))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('y')))
    const hit = await alice.encryptContent(to, { application: utf8('z') })
    const body = Uint8Array.from(hit.body)
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1
    const failed = await bob.decryptContent({ ...hit, body } as Envelope, { seal: bobsSeal })
    if (failed.kind !== 'unreadable' || failed.request === undefined) throw new Error('expected a request')
    expect(failed.seal).toBeUndefined()
    const seen = { sender: bob.address, phoneNumber: PHONE, contentHint: 'default', groupId: undefined }
    expect(await alice.decryptContent(failed.request)).toMatchObject({ kind: 'retry-request', sealed: true, seal: seen })
  })

  it('with what did not open, and beside the request for it', async () => {
    const { alice, bob, seal, to } = await town()
    const expected = { sender: alice.address, contentHint: 'implicit', ...SAID }
    const group = alice.group(randomUUID())
    await group.distribute()
    const options = { seal, contentHint: 'implicit', groupId: GROUP } as const
    await bob.decrypt(await alice.encrypt(to, utf8('x')))
    const forMany = await alice.sealForMany(await group.encrypt(utf8('y')), [to], options)
    const [one] = [...parseSentMessage(forMany).recipients()]
    const envelope: Envelope = { kind: 'sealed', body: (one as { message: Bytes }).message }
    expect(await refusalOf(bob, envelope)).toMatchObject({
      code: 'no-sender-key',
      details: { distribution: group.distribution, diagnosis: { cause: 'sender-key-missing' }, seal: expected },
    })
    const unreadable = await bob.decryptContent(envelope)
    expect(unreadable).toMatchObject({ kind: 'unreadable', seal: expected, error: { code: 'no-sender-key', details: { seal: expected } } })
  })

  it('with every refusal, whatever its code; never of a certificate that is not valid, nor of what came unsealed', async () => {
    const { alice, bob, seal, to, join, clock } = await town({ allow: [] })
    const sealed = { seal, contentHint: 'resendable' } as const
    const first = await alice.encrypt(to, utf8('x'), sealed)
    await bob.decrypt(first)
    const expected = { sender: alice.address, contentHint: 'resendable', phoneNumber: PHONE, groupId: undefined }
    expect(await refusalOf(bob, first)).toMatchObject({ code: 'duplicate-message', details: { seal: expected } })
    const impostor = await join(alice.address)
    await impostor.client.startSession(bundleOf(await bob.generatePreKeys(1)))
    const forged = await impostor.client.encrypt(to, utf8('x'), { seal: impostor.seal, contentHint: 'resendable' })
    expect(await refusalOf(bob, forged)).toMatchObject({
      code: 'untrusted-identity',
      details: { user: alice.address.user, seal: expected },
    })
    const bare = await alice.encrypt(to, utf8('x'))
    await bob.decrypt(bare)
    expect((await refusalOf(bob, bare)).details).not.toHaveProperty('seal')
    const late = await alice.encrypt(to, utf8('x'), sealed)
    clock.advance(DAY + 1)
    expect(await refusalOf(bob, late)).toEqual({ code: 'certificate-expired', details: { expiration: expect.any(Number) } })
    expect(
      (
        await refusalOf(
          bob,
          altered(late, (body) => ({ kind: 'sealed', body })),
        )
      ).details,
    ).not.toHaveProperty('seal')
  })
})

describe('session() says whether encrypt would send', () => {
  const both = async (client: Client, to: Client['address']) => {
    const sends = await client.encrypt(to, utf8('x')).then(
      () => true,
      () => false,
    )
    return [(await client.session(to))?.maySend, sends]
  }

  it('before and after the peer has been silent for too long, and after it has answered', async () => {
    const { alice, bob, to, clock } = await town()
    expect(await both(alice, to)).toEqual([true, true])
    clock.advance(30 * DAY)
    expect(await both(alice, to)).toEqual([true, true])
    clock.advance(1)
    expect(await both(alice, to)).toEqual([false, false])
    clock.advance(-1)
    await bob.decrypt(await alice.encrypt(to, utf8('x')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('y')))
    clock.advance(365 * DAY)
    expect(await both(alice, to)).toEqual([true, true])
  })

  it('when another identity key is believed, when its kind is not allowed, and when nothing but verified keys is trusted', async () => {
    const store = new MemoryStore()
    const bob = await newClient()
    const alice = await newClient({ store })
    await alice.startSession(bundleOf(await bob.generatePreKeys(1), { kem: false }))
    expect(await both(alice, bob.address)).toEqual([true, true])
    expect(await both(await Client.open({ store }), bob.address)).toEqual([false, false])
    expect(await both(await Client.open({ store, allow: ['x3dh'], trustPolicy: 'verified-only' }), bob.address)).toEqual([false, false])
    await alice.acceptIdentity(bob.address, (await newClient()).identityKey, 'accepted')
    expect(await both(alice, bob.address)).toEqual([false, false])
  })
})

describe('what was not tested before', () => {
  it('a sealed request to send again is refused if another identity key than the one believed sealed it', async () => {
    const { alice, bob, seal, to, join } = await town()
    const sent = await alice.encryptContent(to, { application: utf8('x') }, { seal })
    await bob.decrypt(sent)
    const impostor = await join(bob.address)
    const { sealEnvelope } = await import('../../src/client/sealed/sealed.js')
    const { contextOf } = await import('../../src/client/frame/context.js')
    const ours = await alice.encrypt(to, utf8('y'))
    const request = (client: Client, certificate: Bytes) =>
      sealEnvelope(
        contextOf(client),
        {
          kind: 'plaintext',
          sender: client.address,
          body: serializePlaintextContent(decryptionErrorFor(ours as never, epochMillis(1), 1)),
        },
        alice.identityKey,
        { certificate, contentHint: undefined, groupId: undefined },
      )
    expect(await refusalOf(alice, request(impostor.client, impostor.seal))).toMatchObject({
      code: 'untrusted-identity',
      details: { user: bob.address.user, device: 1 },
    })
    const stranger = await join()
    expect((await refusalOf(alice, request(stranger.client, stranger.seal))).code).toBe('no-session')
  })

  it('row 24: the clock judges a certificate where the relay names a time to come', async () => {
    const { alice, bob, seal, to, clock } = await town()
    const envelope = await alice.encrypt(to, utf8('x'), { seal })
    expect(await bob.decrypt(envelope, { receivedAt: epochMillis(clock() + 10 * DAY) })).toMatchObject({ sealed: true })
  })

  it('row 15: a session of a kind that was allowed for one message opens no other', async () => {
    const bob = await newClient({ allow: [] })
    const alice = await newClient()
    await alice.startSession(bundleOf(await bob.generatePreKeys(1), { kem: false }))
    await bob.decrypt(await alice.encrypt(bob.address, utf8('allowed')), { allow: ['x3dh'] })
    const next = await alice.encrypt(bob.address, utf8('not allowed'))
    await expect(bob.decrypt(next)).rejects.toMatchObject({ code: 'session-kind-refused', details: { kind: 'x3dh' } })
    expect(await bob.decrypt(next, { allow: ['x3dh'] })).toMatchObject({ kind: 'message' })
  })
})
