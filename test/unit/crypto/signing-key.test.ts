import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../../src/bytes.js'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { decryptBody, encryptBodyOnce } from '../../../src/crypto/group-cipher.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { generateSigningKeyPair, privateKeyOf, type SigningKeyPair, signWith } from '../../../src/crypto/signing-key.js'
import { sign, verify } from '../../../src/crypto/xeddsa.js'
import { keyPairFromPrivateKey } from '../../../src/protocol/index.js'
import { onEachPlatform } from '../../support/platforms.js'
import { recordedRandom, seededRandom } from '../../support/random.js'

const MESSAGE = utf8('a group message')

describe('signing keys', () => {
  const answers: string[] = []

  onEachPlatform(() => {
    it('made from a seed sign what XEdDSA verifies, whichever sign their Edwards key has', () => {
      const random = seededRandom('signing keys')
      const signs = new Set<number>()
      const all: string[] = []
      for (let i = 0; i < 20; i++) {
        const pair = generateSigningKeyPair(random)
        const signature = signWith(pair, MESSAGE, recordedRandom())
        signs.add((signature[63] ?? 0) & 0x80)
        expect(verify(pair.publicKey, MESSAGE, signature)).toBe(true)
        expect(verify(pair.publicKey, utf8('a group messagE'), signature)).toBe(false)
        for (const bit of [0, 255, 256, 503, 511]) {
          const altered = Uint8Array.from(signature)
          altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          expect(verify(pair.publicKey, MESSAGE, altered)).toBe(false)
        }
        all.push(toHex(pair.publicKey) + toHex(signature))
      }
      expect(signs).toEqual(new Set([0, 0x80]))
      answers.push(all.join())
    })

    it('are the same key as the Curve25519 private key that an export gives', () => {
      const pair = generateSigningKeyPair(seededRandom('export'))
      const exported = keyPairFromPrivateKey(expose(privateKeyOf(pair)))
      expect(toHex(exported.publicKey)).toBe(toHex(pair.publicKey))
      expect(verify(pair.publicKey, MESSAGE, sign(exported.privateKey, MESSAGE, seededRandom('z')))).toBe(true)
    })

    it('imported sign with XEdDSA and its randomness', () => {
      const { publicKey, privateKey } = generateKeyPair(seededRandom('imported'))
      const pair: SigningKeyPair = { publicKey, signer: { kind: 'private-key', secret: privateKey } }
      const signature = signWith(pair, MESSAGE, seededRandom('z'))
      expect(toHex(signature)).toBe(toHex(sign(privateKey, MESSAGE, seededRandom('z'))))
      expect(toHex(expose(privateKeyOf(pair)))).toBe(toHex(expose(privateKey)))
    })
  })

  it('and their signatures are the same bytes on both platforms', () => {
    expect(answers).toHaveLength(2)
    expect(answers[0]).toBe(answers[1])
  })

  it('sign after their secret was wiped elsewhere only if they hold one of their own', () => {
    const pair = generateSigningKeyPair(seededRandom('wiped'))
    signWith(pair, MESSAGE, recordedRandom())
    pair.signer.secret.wipe()
    expect(() => signWith(pair, MESSAGE, recordedRandom())).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('are told apart when two secrets claim one public key', () => {
    const [one, other] = [generateSigningKeyPair(seededRandom('one')), generateSigningKeyPair(seededRandom('other'))]
    signWith(one, MESSAGE, recordedRandom())
    const mixed = { publicKey: one.publicKey, signer: other.signer }
    expect(verify(one.publicKey, MESSAGE, signWith(mixed, MESSAGE, recordedRandom()))).toBe(false)
    expect(verify(one.publicKey, MESSAGE, signWith(one, MESSAGE, recordedRandom()))).toBe(true)
  })

  it('sign when more of them are in use than are remembered', () => {
    const many = Array.from({ length: 300 }, (_, i) => generateSigningKeyPair(seededRandom(`many ${i}`)))
    for (const pair of [...many, ...many]) expect(verify(pair.publicKey, MESSAGE, signWith(pair, MESSAGE, recordedRandom()))).toBe(true)
  })
})

describe('the cipher of group messages', () => {
  const seed = () => Secret.copy<'SenderMessageSeed'>(new Uint8Array(32).fill(5))

  onEachPlatform(() => {
    it.each([0, 1, 15, 16, 17, 1000])('opens what it sealed: %i bytes', (length) => {
      const plaintext = new Uint8Array(length).fill(1)
      const ciphertext = encryptBodyOnce(seed(), plaintext)
      expect(ciphertext.length).toBe(16 * (Math.floor(length / 16) + 1))
      expect(toHex(decryptBody(seed(), ciphertext))).toBe(toHex(plaintext))
    })

    it('refuses a body of another length or padding', () => {
      const ciphertext = encryptBodyOnce(seed(), MESSAGE)
      const code = expect.objectContaining({ code: 'authentication-failed' })
      expect(() => decryptBody(seed(), ciphertext.subarray(1))).toThrow(code)
      expect(() => decryptBody(seed(), new Uint8Array(0))).toThrow(code)
      expect(() => decryptBody(Secret.copy(new Uint8Array(32)), ciphertext)).toThrow(code)
    })
  })

  it('consumes the seed it seals with', () => {
    const once = seed()
    encryptBodyOnce(once, MESSAGE)
    expect(() => encryptBodyOnce(once, MESSAGE)).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})
