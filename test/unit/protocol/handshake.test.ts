import { expect, it } from 'vitest'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { type EcPublicKey, parseIdentityKey } from '../../../src/crypto/keys.js'
import { acceptHandshake } from '../../../src/protocol/handshake/handshake.js'
import { verifyPreKeyBundle } from '../../../src/protocol/handshake/pre-keys.js'
import { bundleOf, newClient } from '../../support/parties.js'
import { seededRandom } from '../../support/random.js'

const random = seededRandom('handshake')
const refusal = (code: string, details: object) => expect.objectContaining({ code, details })

it('a bundle counts if the identity signed each of its prekeys, and says which it did not sign', async () => {
  const bundle = bundleOf(await (await newClient()).generatePreKeys(1))
  const { signedPreKey, kemPreKey } = bundle
  const altered = <T extends { signature: Uint8Array }>(key: T): T => ({ ...key, signature: key.signature.map((byte) => byte ^ 1) })
  expect(verifyPreKeyBundle(bundle)).toEqual(bundle)
  const withoutKem = { ...bundle, kemPreKey: undefined }
  expect(verifyPreKeyBundle(withoutKem)).toEqual(withoutKem)
  const [byOther, kemByOther] = [
    { ...bundle, signedPreKey: altered(signedPreKey) },
    { ...bundle, kemPreKey: altered(kemPreKey as NonNullable<typeof kemPreKey>) },
  ]
  expect(() => verifyPreKeyBundle(byOther)).toThrow(refusal('bad-signature', { signed: 'signed prekey' }))
  expect(() => verifyPreKeyBundle(kemByOther)).toThrow(refusal('bad-signature', { signed: 'KEM prekey' }))
})

it('a base key that is not canonical is refused before anything is agreed on', () => {
  const baseKey = Uint8Array.from({ length: 33 }, (_, i) => (i === 0 ? 5 : 0xff)) as EcPublicKey
  const pair = () => generateKeyPair(random)
  const [ours, theirs] = [pair(), pair()]
  const input = {
    ourIdentity: { privateKey: ours.privateKey, publicKey: parseIdentityKey(ours.publicKey) },
    signedPreKey: pair(),
    oneTimePreKey: undefined,
    kem: undefined,
    theirIdentity: parseIdentityKey(theirs.publicKey),
  }
  expect(() => acceptHandshake({ ...input, baseKey })).toThrow(refusal('invalid-key', { reason: 'the base key is not canonical' }))
  expect(acceptHandshake({ ...input, baseKey: pair().publicKey })).toMatchObject({ pqAuthKey: undefined })
})
