import { expect, it } from 'vitest'
import { concatBytes, utf8 } from '../../../src/bytes.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { parseIdentityKey } from '../../../src/crypto/keys.js'
import { verify } from '../../../src/crypto/xeddsa.js'
import { signAlternateIdentity, verifyAlternateIdentity } from '../../../src/protocol/identity/alternate-identity.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('alternate identity')

function party() {
  const { privateKey, publicKey } = generateKeyPair(random)
  return { privateKey, publicKey: parseIdentityKey(publicKey) }
}

it('one identity vouches for another by a signature over a prefix and the key, and for no third', () => {
  const [identity, other, third] = [party(), party(), party()]
  const signature = signAlternateIdentity(identity, other.publicKey, random)
  const signed = concatBytes(new Uint8Array(32).fill(0xff), utf8('Signal_PNI_Signature'), other.publicKey)
  expect(verify(identity.publicKey, signed, signature)).toBe(true)
  expect(verifyAlternateIdentity(identity.publicKey, other.publicKey, signature)).toBe(true)
  expect(verifyAlternateIdentity(identity.publicKey, third.publicKey, signature)).toBe(false)
  expect(verifyAlternateIdentity(other.publicKey, identity.publicKey, signature)).toBe(false)
  const text = 'a signature' as never
  const bad = expect.objectContaining({ code: 'invalid-argument', details: expect.objectContaining({ argument: 'signature' }) })
  expect(() => verifyAlternateIdentity(identity.publicKey, other.publicKey, text)).toThrow(bad)
})
