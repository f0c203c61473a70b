/**
 * Who keeps states of the protocol by themselves can write them down and read them again, take the bytes out of an agreement by an explicit
 * call, and let one identity vouch for another.
 */
import { describe, expect, it } from 'vitest'
import { epochMillis, systemRandom } from '../../src/env.js'
import { fromUtf8, type IdentityKey, utf8, verifyAlternateIdentity } from '../../src/index.js'
import {
  acceptDistribution,
  acceptSession,
  agree,
  createSenderKey,
  decapsulate,
  distributionOf,
  encapsulate,
  exposeSecret,
  generateKemKeyPair,
  generateKemPreKey,
  generateKeyPair,
  generateOneTimePreKey,
  generateSignedPreKey,
  type IdentityKeyPair,
  initiateSession,
  keyPairFromPrivateKey,
  openOnSession,
  openSenderKeyMessage,
  parseKemCiphertext,
  parseSenderKeyDistribution,
  parseSenderKeyState,
  parseSessionState,
  type SessionState,
  sealSenderKeyMessage,
  sendOnSession,
  serializeSenderKeyState,
  serializeSessionState,
  signAlternateIdentity,
  verifyPreKeyBundle,
} from '../../src/protocol/index.js'
import { parsePreKeySignalMessage, parseSenderKeyMessage, parseSignalMessage } from '../../src/wire/index.js'
import { answering, atOnce, NO_CHECKPOINTS } from '../support/opening.js'
import { newClient } from '../support/parties.js'

const ALICE = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
const BOB = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }
const identityOf = () => generateKeyPair(systemRandom) as IdentityKeyPair

describe('a session state', () => {
  it('goes on from its bytes, on both sides, after every message', () => {
    const [alice, bob] = [identityOf(), identityOf()]
    const now = epochMillis(0)
    const signed = generateSignedPreKey(1, bob, now, systemRandom)
    const oneTime = generateOneTimePreKey(2, systemRandom)
    const kem = generateKemPreKey({ id: 3, identity: bob, createdAt: now, lastResort: true }, systemRandom)
    const bundle = verifyPreKeyBundle({
      address: BOB,
      registrationId: 22,
      identityKey: bob.publicKey,
      signedPreKey: { id: 1, publicKey: signed.keyPair.publicKey, signature: signed.signature },
      oneTimePreKey: { id: 2, publicKey: oneTime.keyPair.publicKey },
      kemPreKey: { id: 3, publicKey: kem.keyPair.publicKey, signature: kem.signature },
    })
    const ends = { alice: { local: ALICE, remote: BOB }, bob: { local: BOB, remote: ALICE } }
    const locals = { alice: { identity: alice, registrationId: 11 }, bob: { identity: bob, registrationId: 22 } }
    const kept = (who: 'alice' | 'bob', session: SessionState) => parseSessionState(serializeSessionState(session), locals[who])
    const nothing = answering(() => undefined)
    const options = { random: systemRandom, skippedKey: nothing, pqSkippedKey: nothing, checkpoints: NO_CHECKPOINTS }
    const start = { bundle, ourIdentity: alice, ourRegistrationId: 11, ends: ends.alice, pqRatchet: 'required' as const, now }
    const first = sendOnSession(kept('alice', initiateSession(start, systemRandom)), utf8('0'), ends.alice, systemRandom)
    const message = parsePreKeySignalMessage(first.body)
    const accepted = acceptSession(message, {
      ourIdentity: bob,
      ourRegistrationId: 22,
      ends: ends.bob,
      pqRatchet: 'required',
      signedPreKey: signed.keyPair,
      oneTimePreKey: oneTime.keyPair,
      kem: { keyPair: kem.keyPair, ciphertext: parseKemCiphertext(message.kem?.ciphertext as Uint8Array) },
    })
    const opened = atOnce(openOnSession(accepted, message.message, { ...options, ends: ends.bob }))
    let states = { alice: kept('alice', first.session), bob: kept('bob', opened.session) }
    for (let turn = 1; turn <= 40; turn++) {
      const [from, to] = turn % 2 === 1 ? (['bob', 'alice'] as const) : (['alice', 'bob'] as const)
      const sent = sendOnSession(states[from], utf8(`${turn}`), ends[from], systemRandom)
      const received = atOnce(openOnSession(states[to], parseSignalMessage(sent.body), { ...options, ends: ends[to] }))
      expect(fromUtf8(received.plaintext)).toBe(`${turn}`)
      states = { ...states, [from]: kept(from, sent.session), [to]: kept(to, received.session) }
    }
  })

  it('that is cut short or of another kind is refused', () => {
    const local = { identity: identityOf(), registrationId: 1 }
    const bytes = serializeSenderKeyState(createSenderKey(systemRandom))
    for (const bad of [new Uint8Array(0), bytes, bytes.slice(0, 9)]) {
      expect(() => parseSessionState(bad, local)).toThrow(expect.objectContaining({ code: 'corrupt-record' }))
    }
  })
})

it('a sender-key state goes on from its bytes, ours and the one of who listens', () => {
  const distribution = '4a1c0d9e-27f3-4b55-9a61-0d5b2c7e8f10'
  const again = (state: Parameters<typeof serializeSenderKeyState>[0]) => parseSenderKeyState(serializeSenderKeyState(state))
  let ours = again(createSenderKey(systemRandom))
  let theirs = again(acceptDistribution(undefined, parseSenderKeyDistribution(distributionOf(ours, distribution))).state)
  for (let i = 0; i < 20; i++) {
    const sealed = sealSenderKeyMessage(ours, distribution, utf8(`${i}`), systemRandom)
    if (sealed === undefined) throw new Error('a used-up chain')
    const options = { skippedKey: answering(() => undefined), owner: 'us', checkpoints: NO_CHECKPOINTS }
    const opened = atOnce(openSenderKeyMessage(theirs, parseSenderKeyMessage(sealed.body), options))
    if (opened.kind !== 'opened') throw new Error('a key that is not here')
    expect(fromUtf8(opened.plaintext)).toBe(`${i}`)
    ours = again(sealed.state)
    theirs = again(opened.state)
  }
})

describe('exposeSecret', () => {
  it('gives the bytes that both sides agreed on, as a copy', () => {
    const [a, b] = [generateKeyPair(systemRandom), generateKeyPair(systemRandom)]
    const secret = agree(a.privateKey, b.publicKey)
    const bytes = exposeSecret(secret)
    expect(bytes).toEqual(exposeSecret(agree(b.privateKey, a.publicKey)))
    expect(bytes).toHaveLength(32)
    bytes.fill(0)
    expect(exposeSecret(secret)).not.toEqual(bytes)
    expect(() => exposeSecret(bytes as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    secret.wipe()
    expect(() => exposeSecret(secret)).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it("gives a KEM's shared secret, and private keys that come back", () => {
    const kem = generateKemKeyPair(systemRandom)
    const { ciphertext, sharedSecret } = encapsulate(kem.publicKey, systemRandom)
    expect(exposeSecret(sharedSecret)).toEqual(exposeSecret(decapsulate(kem.secretKey, ciphertext)))
    expect(exposeSecret(kem.secretKey)).toHaveLength(3169)
    const pair = generateKeyPair(systemRandom)
    expect(keyPairFromPrivateKey(exposeSecret(pair.privateKey)).publicKey).toEqual(pair.publicKey)
  })
})

describe('an alternate identity', () => {
  it('is vouched for by the key that signed it, and by no other', async () => {
    const client = await newClient()
    const [other, third] = [identityOf().publicKey, identityOf().publicKey]
    const signature = client.signAlternateIdentity(other)
    expect(verifyAlternateIdentity(client.identityKey, other, signature)).toBe(true)
    expect(verifyAlternateIdentity(client.identityKey, third, signature)).toBe(false)
    expect(verifyAlternateIdentity(third, other, signature)).toBe(false)
    expect(verifyAlternateIdentity(other, client.identityKey, signature)).toBe(false)
    for (let i = 0; i < 64; i++) {
      expect(
        verifyAlternateIdentity(
          client.identityKey,
          other,
          signature.map((byte, at) => (at === i ? byte ^ 1 : byte)),
        ),
      ).toBe(false)
    }
    expect(verifyAlternateIdentity(client.identityKey, other, signature.subarray(1))).toBe(false)
  })

  it('is signed by a bare identity as well, never twice alike, and no signature of a prekey is one', () => {
    const identity = identityOf()
    const other = identityOf().publicKey
    const signatures = [1, 2].map(() => signAlternateIdentity(identity, other, systemRandom))
    expect(signatures[0]).not.toEqual(signatures[1])
    for (const signature of signatures) expect(verifyAlternateIdentity(identity.publicKey, other, signature)).toBe(true)
    const signed = generateSignedPreKey(1, identity, epochMillis(0), systemRandom)
    expect(verifyAlternateIdentity(identity.publicKey, signed.keyPair.publicKey as IdentityKey, signed.signature)).toBe(false)
  })

  it('that is no key is refused', async () => {
    const client = await newClient()
    expect(() => client.signAlternateIdentity(new Uint8Array(32))).toThrow(expect.objectContaining({ code: 'invalid-key' }))
    const signature = client.signAlternateIdentity(client.identityKey)
    for (const bad of [undefined, 'key', {}]) {
      const calls = [
        () => verifyAlternateIdentity(bad as never, client.identityKey, signature),
        () => verifyAlternateIdentity(client.identityKey, bad as never, signature),
        () => verifyAlternateIdentity(client.identityKey, client.identityKey, bad as never),
      ]
      for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
    expect(() => client.signAlternateIdentity('key' as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  })
})
