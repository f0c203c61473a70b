/** L17: a stronger session gives way to a weaker one only at the word of the call itself; what the client allows in general is not enough. */
import { describe, expect, it } from 'vitest'
import { copyBytes } from '../../src/bytes.js'
import { type Checked, envelopeCopy } from '../../src/client/frame/arguments.js'
import { type Context, contextOf } from '../../src/client/frame/context.js'
import { decryptFromDevice } from '../../src/client/sessions/receive.js'
import { encrypt } from '../../src/client/sessions/send.js'
import { expose } from '../../src/crypto/secret.js'
import { Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { checkAddress } from '../../src/wire/address.js'
import type { NamedEnvelope } from '../../src/wire/envelope.js'
import { bundleOf, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const WEAKER = ['pqxdh', 'x3dh'] as const

async function say(from: Client, to: Client, text: string) {
  return to.decrypt(await from.encrypt(to.address, utf8(text)))
}

/** Two clients that allow weaker sessions, and have a triple one, in which both have written. */
async function triplePair() {
  const stores = [new MemoryStore(), new MemoryStore()] as const
  const [alice, bob] = [await newClient({ store: stores[0], allow: WEAKER }), await newClient({ store: stores[1], allow: WEAKER })]
  await alice.startSession(bundleOf(await bob.generatePreKeys(3)))
  await say(alice, bob, 'hello')
  await say(bob, alice, 'hello')
  expect(await alice.session(bob.address)).toMatchObject({ kind: 'triple' })
  return { alice, bob, stores }
}

/** The same device on a release without the post-quantum ratchet, with nothing but its identity. */
async function onOlderRelease(client: Client) {
  const { identity, registrationId } = contextOf(client).self
  const options = { store: new MemoryStore(), address: client.address, allow: WEAKER }
  const older = await Client.create(options, { identityPrivateKey: copyBytes(expose(identity.privateKey)), registrationId })
  const context: Context = { ...contextOf(older), profile: { writerVersion: 4, addresses: true, pqRatchet: 'none' } }
  const bundle = bundleOf(await older.generatePreKeys(1))
  return {
    bundle,
    open: (envelope: Envelope) => decryptFromDevice(context, envelopeCopy(envelope) as Checked<NamedEnvelope>, { allow: context.allow }),
    write: (to: Client, text: string) => encrypt(context, checkAddress(to.address), { plaintext: utf8(text), seal: undefined }),
  }
}

describe('a triple session', () => {
  it('gives way to a bundle without a KEM prekey only at the word of the call', async () => {
    const { alice, bob, stores } = await triplePair()
    const bundle = bundleOf(await bob.generatePreKeys(1), { kem: false })
    const before = await snapshot(stores[0])
    await expect(alice.startSession(bundle)).rejects.toMatchObject({ code: 'session-kind-refused', details: { kind: 'x3dh' } })
    expect(await snapshot(stores[0])).toEqual(before)
    const { session, notices } = await alice.startSession(bundle, { allow: ['x3dh'] })
    expect(session.kind).toBe('x3dh')
    expect(notices).toContainEqual(
      expect.objectContaining({ kind: 'session-switched', from: expect.objectContaining({ kind: 'triple' }), to: session }),
    )
  })

  it('gives way to a first message without a KEM prekey only at the word of the call', async () => {
    const { alice, bob, stores } = await triplePair()
    await bob.startSession(bundleOf(await alice.generatePreKeys(1), { kem: false }), { allow: ['x3dh'] })
    const envelope = await bob.encrypt(alice.address, utf8('weak'))
    const before = await snapshot(stores[0])
    await expect(alice.decrypt(envelope)).rejects.toMatchObject({ code: 'session-kind-refused', details: { kind: 'x3dh' } })
    expect(await snapshot(stores[0])).toEqual(before)
    expect(await alice.decrypt(envelope, { allow: ['x3dh'] })).toMatchObject({
      session: { kind: 'x3dh' },
      notices: expect.arrayContaining([expect.objectContaining({ kind: 'session-switched' })]),
    })
  })

  it('goes on when a message of the weaker session before it comes late', async () => {
    const [alice, bob] = [await newClient({ allow: WEAKER }), await newClient({ allow: WEAKER })]
    await alice.startSession(bundleOf(await bob.generatePreKeys(2), { kem: false }))
    await say(alice, bob, 'classical')
    await say(bob, alice, 'classical')
    const late = await alice.encrypt(bob.address, utf8('late'))
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    expect(await say(alice, bob, 'hello')).toMatchObject({ session: { kind: 'triple' } })
    const received = await bob.decrypt(late)
    expect(received).toMatchObject({ plaintext: utf8('late'), session: { kind: 'x3dh' }, notices: [] })
    expect(await bob.session(alice.address)).toMatchObject({ kind: 'triple' })
    await expect(bob.decrypt(late)).rejects.toMatchObject({ code: 'duplicate-message' })
    await say(bob, alice, 'on the stronger one')
    expect(await alice.session(bob.address)).toMatchObject({ kind: 'triple' })
  })

  it('gives way to one without the post-quantum ratchet only at the word of the call: else the peer cannot even read it', async () => {
    const { alice, bob } = await triplePair()
    const older = await onOlderRelease(bob)
    await alice.startSession(older.bundle)
    await expect(older.open(await alice.encrypt(bob.address, utf8('hello')))).rejects.toMatchObject({ code: 'authentication-failed' })
    expect(await alice.session(bob.address)).toMatchObject({ kind: 'triple' })

    await alice.startSession(older.bundle, { allow: ['pqxdh'] })
    expect(await older.open(await alice.encrypt(bob.address, utf8('hello')))).toMatchObject({ session: { kind: 'pqxdh' } })
    expect(await alice.decrypt(await older.write(alice, 'without'))).toMatchObject({
      plaintext: utf8('without'),
      session: { kind: 'pqxdh' },
    })
  })
})

it('without a session before, the same peer is followed where the client allows it', async () => {
  const [alice, bob] = [await newClient({ allow: WEAKER }), await newClient({ allow: WEAKER })]
  const older = await onOlderRelease(bob)
  await alice.startSession(older.bundle)
  await older.open(await alice.encrypt(bob.address, utf8('hello')))
  expect(await alice.decrypt(await older.write(alice, 'without'))).toMatchObject({ session: { kind: 'pqxdh' } })
})
