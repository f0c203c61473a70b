/** Points that force the outcome of an agreement, and base keys with torsion, in every place where a client meets a key of others. */
import { beforeAll, describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/bytes.js'
import { agree, generateKeyPair, keyPairFromPrivateKey } from '../../src/crypto/dh.js'
import { type EcPublicKey, type IdentityKey, parseEcPublicKey } from '../../src/crypto/keys.js'
import { beginEncrypting } from '../../src/crypto/message-cipher.js'
import { Secret } from '../../src/crypto/secret.js'
import { sign } from '../../src/crypto/xeddsa.js'
import { systemRandom } from '../../src/env.js'
import { Client, type Envelope, MemoryStore, type PreKeyBundle, utf8 } from '../../src/index.js'
import { messageSeed } from '../../src/protocol/hmac-chain.js'
import { stepRoot } from '../../src/protocol/ratchet/chain.js'
import { sendSpqr } from '../../src/protocol/spqr/spqr.js'
import { decodeSession } from '../../src/records/session-record.js'
import { recordKey } from '../../src/store/record-key.js'
import { parsePreKeySignalMessage, serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { encodeSignalMessage } from '../../src/wire/signal-message.js'
import { withFields } from '../support/forge.js'
import { bundleOf, newClient, pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { committedVectors, hex } from '../support/vectors.js'

const { lowOrder } = committedVectors<{ lowOrder: { peer: string; agree: { expect: 'ok' | 'error' } }[] }>('libsignal/curve.json')
const POINTS = lowOrder.filter((point) => point.agree.expect === 'error').map(({ peer }) => parseEcPublicKey(hex(peer)))
const { cases: BASE_KEYS } = committedVectors<{ cases: { kind: string; publicKey: string; acceptable: boolean }[] }>(
  'libsignal/basekey-validity.json',
)

/** Refused with one of these codes, and the store is byte-identical. */
async function refuses(store: MemoryStore, call: () => Promise<unknown>, ...codes: readonly string[]): Promise<void> {
  const before = await snapshot(store)
  await expect(call()).rejects.toMatchObject({ code: expect.stringMatching(`^(${codes.join('|')})$`) })
  expect(await snapshot(store)).toEqual(before)
}

it('row 12: seven of the twelve listed points force an agreement to zero', () => {
  expect([POINTS.length, lowOrder.length]).toEqual([7, 12])
})

describe('row 12: points of small order in a bundle', () => {
  const identityPrivateKey = new Uint8Array(32).fill(11)
  const identity = keyPairFromPrivateKey(identityPrivateKey)
  let genuine: PreKeyBundle
  let store: MemoryStore
  let alice: Client

  beforeAll(async () => {
    store = new MemoryStore()
    alice = await newClient({ store, allow: [] })
    const mallory = await Client.create({ store: new MemoryStore() }, { identityPrivateKey, registrationId: 1 })
    genuine = bundleOf(await mallory.generatePreKeys(1))
  })

  it('row 12: are refused as signed prekey, also when its owner signed them (first and third agreement)', async () => {
    for (const publicKey of POINTS) {
      const signedPreKey = { id: 1, publicKey, signature: sign(identity.privateKey, publicKey, systemRandom) }
      await refuses(store, () => alice.startSession({ ...genuine, signedPreKey }), 'invalid-key')
    }
  })

  it('row 12: are refused as identity key (second agreement)', async () => {
    for (const point of POINTS) {
      await refuses(store, () => alice.startSession({ ...genuine, identityKey: point as IdentityKey }), 'bad-signature')
    }
  })

  it('row 12: are refused as one-time prekey (fourth agreement)', async () => {
    for (const publicKey of POINTS) {
      await refuses(store, () => alice.startSession({ ...genuine, oneTimePreKey: { id: 1, publicKey } }), 'invalid-key')
    }
    // With an honest one the same bundle is good.
    await alice.startSession(genuine)
  })
})

describe('keys of a first message', () => {
  let store: MemoryStore
  let alice: Client
  let bob: Client
  let first: Envelope

  beforeAll(async () => {
    store = new MemoryStore()
    const both = await pair({ alice: { allow: [] }, bob: { allow: [], store } })
    alice = both.alice
    bob = both.bob
    first = await alice.encrypt(bob.address, utf8('hello'))
  })

  /** The first message with outer fields replaced; what is inside is left alone. */
  function forged(fields: { readonly baseKey?: EcPublicKey; readonly identityKey?: IdentityKey }): Envelope {
    const { message, ...outer } = parsePreKeySignalMessage(first.body)
    return {
      ...first,
      body: serializePreKeySignalMessage({ ...outer, ...fields, message: concatBytes(message.authenticated, message.tag) }),
    }
  }

  it('row 12: points of small order are refused as identity and as base key (all four agreements)', async () => {
    for (const point of POINTS) {
      await refuses(store, () => bob.decrypt(forged({ identityKey: point as IdentityKey })), 'invalid-key')
      await refuses(store, () => bob.decrypt(forged({ baseKey: point })), 'invalid-key')
    }
  })

  it('row 13: of 113 base keys those that libsignal takes pass the check, and the others are refused; unchanged', async () => {
    const counts = { acceptable: 0, refused: 0 }
    for (const { publicKey, acceptable, kind } of BASE_KEYS) {
      if (kind === 'the real base key') continue
      const baseKey = parseEcPublicKey(hex(`05${publicKey}`))
      await refuses(store, () => bob.decrypt(forged({ baseKey })), acceptable ? 'authentication-failed' : 'invalid-key')
      counts[acceptable ? 'acceptable' : 'refused']++
    }
    expect(BASE_KEYS).toHaveLength(113)
    expect(counts.acceptable).toBeGreaterThan(0)
    expect(counts.refused).toBeGreaterThan(50)
  })

  it('the message itself opens after all that', async () => {
    expect((await bob.decrypt(forged({}))).kind).toBe('message')
  })
})

describe('row 12: points of small order in a turn of the ratchet', () => {
  let store: MemoryStore
  let alice: Client
  let bob: Client
  let aliceStore: MemoryStore

  beforeAll(async () => {
    store = new MemoryStore()
    aliceStore = new MemoryStore()
    const both = await pair({ alice: { allow: [], store: aliceStore }, bob: { allow: [], store } })
    alice = both.alice
    bob = both.bob
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  })

  async function sessionOf(owner: Client, from: MemoryStore, peer: Client) {
    const key = recordKey('session', peer.address.user, peer.address.device)
    const record = (await from.read([key])).get(key)
    const local = { identity: { publicKey: owner.identityKey }, registrationId: owner.registrationId }
    return decodeSession(record?.value ?? new Uint8Array(), local).session
  }

  /** A message that is authentic for whoever takes `dhOutput` for the agreement with this ratchet key: what a peer could forge. */
  async function turnedWith(ratchetKey: EcPublicKey, dhOutput: Secret<'DhOutput'>): Promise<Envelope> {
    const { ratchet } = await sessionOf(bob, store, alice)
    const pq = sendSpqr((await sessionOf(alice, aliceStore, bob)).ratchet.pq, systemRandom)
    const seed = messageSeed(stepRoot(ratchet.double.rootKey, dhOutput).chainKey)
    const { ciphertext, tag, end } = beginEncrypting({ seed, pqKey: pq.key, plaintext: utf8('forced') })
    const fields = { version: 4, ratchetKey, counter: 0, previousCounter: 0, ciphertext, pqRatchet: pq.message } as const
    const { macInput, finish } = encodeSignalMessage(fields)
    const body = finish(tag([alice.identityKey, bob.identityKey, macInput]))
    end()
    return { kind: 'ratchet', sender: alice.address, body: concatBytes(body) }
  }

  it('row 12: are refused although the message is authentic for the forced outcome', async () => {
    for (const point of POINTS) {
      const forced = await turnedWith(point, Secret.copy(new Uint8Array(32)))
      await refuses(store, () => bob.decrypt(forced), 'authentication-failed', 'invalid-key')
    }
  })

  it('row 12: are refused in the place of an honest ratchet key', async () => {
    const honest = await alice.encrypt(bob.address, utf8('honest'))
    for (const ratchetKey of POINTS) {
      await refuses(store, () => bob.decrypt(withFields(honest, { ratchetKey })), 'authentication-failed', 'invalid-key')
    }
    await bob.decrypt(honest)
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  })

  it('an honest turn made in the same way opens: it is the point that was refused', async () => {
    const { ratchet } = await sessionOf(bob, store, alice)
    const turn = generateKeyPair(systemRandom)
    const forced = await turnedWith(turn.publicKey, agree(turn.privateKey, ratchet.double.sending.keyPair.publicKey))
    expect(await bob.decrypt(forced)).toMatchObject({ kind: 'message', plaintext: utf8('forced') })
  })
})
