import { describe, expect, it } from 'vitest'
import { type Bytes, utf8 } from '../../../src/bytes.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { type IdentityKeyPair, parseIdentityKey } from '../../../src/crypto/keys.js'
import { epochMillis } from '../../../src/env.js'
import { issueSenderCertificate, issueServerCertificate } from '../../../src/protocol/sealed/certificates.js'
import { sealForMany, sealForOne, unseal } from '../../../src/protocol/sealed/sealed-sender.js'
import { parseSealedMessage, serializeSealedContent } from '../../../src/wire/sealed-message.js'
import { parseSentMessage } from '../../../src/wire/sent-message.js'
import { seededRandom } from '../../support/random.js'
import { verdict } from '../wire/messages.js'

const random = seededRandom('sealed sender')
const anIdentity = (): IdentityKeyPair => {
  const pair = generateKeyPair(random)
  return { ...pair, publicKey: parseIdentityKey(pair.publicKey) }
}
const [alice, bob, carol] = [anIdentity(), anIdentity(), anIdentity()]
const [root, server] = [generateKeyPair(random), generateKeyPair(random)]
const certificateOf = ({ publicKey: identityKey }: IdentityKeyPair): Bytes =>
  issueSenderCertificate(
    {
      sender: { user: '9d0652a3-dcc3-4d11-975f-74d61598733f', device: 1 },
      ...{ phoneNumber: undefined, identityKey, expiration: epochMillis(1) },
      signer: issueServerCertificate({ id: 1, key: server.publicKey }, root.privateKey, random),
    },
    server.privateKey,
    random,
  )
const content = serializeSealedContent({ kind: 'ratchet', certificate: certificateOf(alice), body: utf8('body') })
const user = (number: number): string => `9d0652a3-dcc3-4d11-975f-${String(number).padStart(12, '0')}`
const destination = (number: number, device = 1, identity = bob) => ({
  address: { user: user(number), device },
  registrationId: 7,
  identityKey: identity.publicKey,
})

describe('a seal for one', () => {
  const sealed = sealForOne(content, { ourIdentity: alice, theirIdentity: bob.publicKey }, random)

  it('opens for the recipient and nobody else', () => {
    expect(unseal(parseSealedMessage(sealed), bob)).toMatchObject({ kind: 'ratchet', body: utf8('body') })
    expect(verdict(() => unseal(parseSealedMessage(sealed), carol))).toBe('authentication-failed')
    expect(verdict(() => unseal(parseSealedMessage(sealed), alice))).toBe('authentication-failed')
  })

  it('is another each time', () => {
    expect(sealForOne(content, { ourIdentity: alice, theirIdentity: bob.publicKey }, random)).not.toEqual(sealed)
  })

  it('row 25: put on by another than the certificate names does not open', () => {
    const forged = sealForOne(content, { ourIdentity: carol, theirIdentity: bob.publicKey }, random)
    expect(verdict(() => unseal(parseSealedMessage(forged), bob))).toBe('authentication-failed')
  })

  it('refuses a recipient key of small order', () => {
    const theirIdentity = parseIdentityKey(Uint8Array.from({ length: 33 }, (_, i) => (i === 0 ? 5 : 0)))
    expect(verdict(() => sealForOne(content, { ourIdentity: alice, theirIdentity }, random))).toBe('invalid-key')
  })
})

describe('a seal for many', () => {
  const options = { ourIdentity: alice, destinations: [destination(1), destination(2, 1, carol), destination(1, 2)], excluded: [user(3)] }
  const sent = parseSentMessage(sealForMany(content, options, random))
  const [toBob, toCarol] = [...sent.recipients()].map(({ message }) => message) as [Bytes, Bytes]

  it('opens for each recipient by its own part', () => {
    expect(unseal(parseSealedMessage(toBob), bob)).toMatchObject({ kind: 'ratchet', body: utf8('body') })
    expect(unseal(parseSealedMessage(toCarol), carol)).toMatchObject({ kind: 'ratchet', body: utf8('body') })
    expect(verdict(() => unseal(parseSealedMessage(toBob), carol))).toBe('authentication-failed')
  })

  it('groups the devices of a user wherever they stand, and names who is excluded', () => {
    expect([...sent.recipients()].map(({ user, devices }) => [user, devices.map(({ device }) => device)])).toEqual([
      [user(1), [1, 2]],
      [user(2), [1]],
    ])
    expect([...sent.excluded()]).toEqual([user(3)])
  })

  it('row 25: put on by another than the certificate names does not open', () => {
    const [forged] = [...parseSentMessage(sealForMany(content, { ...options, ourIdentity: carol }, random)).recipients()]
    expect(verdict(() => unseal(parseSealedMessage(forged?.message ?? new Uint8Array(0)), bob))).toBe('authentication-failed')
  })

  it('may be for nobody', () => {
    const empty = parseSentMessage(sealForMany(content, { ourIdentity: alice, destinations: [], excluded: [] }, random))
    expect(empty.recipientCount).toBe(0)
  })

  it('is not made for what the relay or a recipient would refuse', () => {
    const judge = (other: object) =>
      verdict(() => sealForMany(content, { ourIdentity: alice, destinations: [destination(1)], excluded: [], ...other }, random))
    expect(judge({})).toBe('ok')
    for (const wrong of [
      { destinations: [destination(1), destination(1)] },
      { destinations: [destination(1), destination(1, 2, carol)] },
      { destinations: [{ ...destination(1), registrationId: 0x4000 }] },
      { destinations: [{ ...destination(1), address: { user: 'alice', device: 1 } }] },
      { excluded: [user(1)] },
      { excluded: [user(1).toUpperCase()] },
      { excluded: [user(2), user(2)] },
      { excluded: ['alice'] },
    ]) {
      expect(judge(wrong)).toBe('invalid-argument')
    }
  })
})
