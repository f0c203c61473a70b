import { describe, expect, it } from 'vitest'
import { agree, generateKeyPair } from '../../../src/crypto/dh.js'
import { platform as noble } from '../../../src/crypto/platform/noble.js'
import { platform as node } from '../../../src/crypto/platform/node.js'
import { openLayer, openShared, sealLayer, sealShared, wrapSecret } from '../../../src/crypto/seal-cipher.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { seededRandom } from '../../support/random.js'
import { hex } from '../../support/vectors.js'

const random = seededRandom('sealed')
const refusal = expect.objectContaining({ code: 'authentication-failed' })
const agreement = () => Secret.copy<'DhOutput'>(new Uint8Array(32).fill(7))

describe.each([noble, node])('AES-256-CTR of $name', (platform) => {
  it('agrees with the published vector', () => {
    const key = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
    const keystream = hex('e568f68194cf76d6174d4cc04310a85491151e5d0b7a1f1bc0d7acd0ae3e51e4170e23')
    expect(platform.aesCtr(key, new Uint8Array(35))).toEqual(keystream)
    expect(platform.aesCtr(key, keystream)).toEqual(new Uint8Array(35))
  })

  it('returns memory of its own and refuses a key of another length', () => {
    const text = platform.aesCtr(new Uint8Array(32), new Uint8Array(0))
    expect([text.length, text.constructor]).toEqual([0, Uint8Array])
    expect(() => platform.aesCtr(new Uint8Array(31), new Uint8Array(1))).toThrow('internal')
  })
})

describe('a layer', () => {
  const salt = [new Uint8Array([1]), new Uint8Array([2])]

  it('opens with the same salt and agreement, and with no other', () => {
    const { sealed, chain } = sealLayer({ salt, agreement: agreement(), plaintext: new Uint8Array([1, 2, 3]) })
    expect(sealed.length).toBe(13)
    const opened = openLayer({ salt, agreement: agreement(), sealed })
    expect(opened.plaintext).toEqual(new Uint8Array([1, 2, 3]))
    expect(opened.chain).toEqual(chain)
    for (const other of [
      { salt: [salt[1] as Uint8Array], agreement: agreement(), sealed },
      { salt, agreement: Secret.copy<'DhOutput'>(new Uint8Array(32)), sealed },
    ]) {
      expect(() => openLayer(other)).toThrow(refusal)
    }
  })

  it('refuses every flipped bit and every length', () => {
    const { sealed } = sealLayer({ salt, agreement: agreement(), plaintext: new Uint8Array([1, 2, 3]) })
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Uint8Array.from(sealed)
      altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(() => openLayer({ salt, agreement: agreement(), sealed: altered })).toThrow(refusal)
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => openLayer({ salt, agreement: agreement(), sealed: sealed.subarray(0, length) })).toThrow(refusal)
    }
  })
})

describe('a text for many', () => {
  it('opens with its secret, and with no other ephemeral key', () => {
    const { secret, ephemeral, ciphertext } = sealShared(new Uint8Array([1, 2, 3]), random)
    expect(openShared(secret, ephemeral.publicKey, ciphertext)).toEqual(new Uint8Array([1, 2, 3]))
    const other = generateKeyPair(random).publicKey
    expect(() => openShared(secret, other, ciphertext)).toThrow(refusal)
    expect(() => openShared(secret, ephemeral.publicKey, ciphertext.subarray(1))).toThrow(refusal)
    expect(() => openShared(secret, ephemeral.publicKey, new Uint8Array(0))).toThrow(refusal)
  })

  it('never has the same secret twice', () => {
    const [a, b] = [sealShared(new Uint8Array(3), random), sealShared(new Uint8Array(3), random)]
    expect(a.ciphertext).not.toEqual(b.ciphertext)
  })

  it('wraps its secret for one recipient', () => {
    const { secret, ephemeral } = sealShared(new Uint8Array(3), random)
    const recipient = generateKeyPair(random)
    const keys = { ephemeralKey: ephemeral.publicKey, recipientKey: recipient.publicKey }
    const wrapped = wrapSecret(secret, { agreement: agree(ephemeral.privateKey, recipient.publicKey), ...keys })
    expect(wrapSecret(wrapped, { agreement: agree(recipient.privateKey, ephemeral.publicKey), ...keys })).toEqual(expose(secret))
    expect(wrapped).not.toEqual(expose(secret))
  })
})
