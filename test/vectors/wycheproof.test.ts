/**
 * Every case of the Wycheproof files for the primitives in use, on both platforms. Nothing is skipped: where an algorithm offers
 * more than the port takes (AES keys of 128 and 192 bits), the cases count as refused and are checked to be.
 */
import { expect, it } from 'vitest'
import { toHex } from '../../src/bytes.js'
import { agree, keyPairFromPrivateKey } from '../../src/crypto/dh.js'
import { hkdfBytes } from '../../src/crypto/kdf.js'
import { type EcPublicKey, parseEcPublicKey } from '../../src/crypto/keys.js'
import { expose } from '../../src/crypto/secret.js'
import { onEachPlatform } from '../support/platforms.js'
import { describeExternal, hex } from '../support/vectors.js'

interface Case {
  readonly tcId: number
  readonly result: 'valid' | 'invalid' | 'acceptable'
  readonly flags: readonly string[]
}
interface File<T, G = unknown> {
  readonly numberOfTests: number
  readonly testGroups: readonly (G & { readonly tests: readonly (Case & T)[] })[]
}

/** Runs all cases and checks that as many ran as the file says it has. */
function each<T, G>(file: File<T, G>, body: (test: Case & T, group: G) => void): void {
  let ran = 0
  for (const group of file.testGroups) {
    for (const test of group.tests) {
      try {
        body(test, group)
      } catch (error) {
        throw new Error(`case ${test.tcId}`, { cause: error })
      }
      ran++
    }
  }
  expect(ran).toBe(file.numberOfTests)
}

describeExternal<File<{ public: string; private: string; shared: string }>>('wycheproof/x25519_test.json', 'X25519', (file) => {
  onEachPlatform((platform) => {
    it(`${file.numberOfTests} cases: the product is right, acceptable ones included, and an all-zero one is refused`, () => {
      let zero = 0
      each(file, (test) => {
        const product = platform.x25519(hex(test.private), hex(test.public))
        if (/^0+$/.test(test.shared)) {
          zero++
          expect(product).toBeUndefined()
          expect(() => agree(keyPairFromPrivateKey(hex(test.private)).privateKey, publicKeyOf(test.public))).toThrow('small order')
        } else {
          expect(product).toEqual(hex(test.shared))
          expect(toHex(expose(agree(keyPairFromPrivateKey(hex(test.private)).privateKey, publicKeyOf(test.public))))).toBe(test.shared)
        }
      })
      expect(zero).toBeGreaterThan(10)
    })
  })
})

describeExternal<File<{ msg: string; sig: string }, { publicKey: { pk: string } }>>(
  'wycheproof/ed25519_test.json',
  'Ed25519 verification',
  (file) => {
    onEachPlatform((platform) => {
      it(`${file.numberOfTests} verdicts`, () => {
        each(file, (test, { publicKey }) => {
          expect(platform.ed25519Verify(hex(publicKey.pk), hex(test.msg), hex(test.sig))).toBe(test.result === 'valid')
        })
      })
    })
  },
)

describeExternal<File<{ key: string; iv: string; msg: string; ct: string }, { keySize: number }>>(
  'wycheproof/aes_cbc_pkcs5_test.json',
  'AES-CBC with PKCS#7',
  (file) => {
    onEachPlatform((platform) => {
      it(`${file.numberOfTests} cases: 256-bit keys decrypt or are refused as they should, shorter keys are not taken`, () => {
        let shorter = 0
        each(file, (test, { keySize }) => {
          const [key, iv, message, ciphertext] = [hex(test.key), hex(test.iv), hex(test.msg), hex(test.ct)]
          if (keySize !== 256) {
            shorter++
            expect(() => platform.aesCbcEncrypt(key, iv, message)).toThrow('wrong length')
            expect(() => platform.aesCbcDecrypt(key, iv, ciphertext)).toThrow('wrong length')
          } else if (test.result === 'valid') {
            expect(platform.aesCbcEncrypt(key, iv, message)).toEqual(ciphertext)
            expect(platform.aesCbcDecrypt(key, iv, ciphertext)).toEqual(message)
          } else expect(platform.aesCbcDecrypt(key, iv, ciphertext)).toBeUndefined()
        })
        expect(shorter).toBe(144)
      })
    })
  },
)

describeExternal<File<{ key: string; msg: string; tag: string }, { tagSize: number }>>(
  'wycheproof/hmac_sha256_test.json',
  'HMAC-SHA-256',
  (file) => {
    onEachPlatform((platform) => {
      it(`${file.numberOfTests} tags`, () => {
        each(file, (test, { tagSize }) => {
          const tag = toHex(platform.hmacTag(tagSize / 8, hex(test.key), hex(test.msg)))
          expect(tag === test.tag).toBe(test.result === 'valid')
        })
      })
    })
  },
)

describeExternal<File<{ ikm: string; salt: string; info: string; size: number; okm: string }>>(
  'wycheproof/hkdf_sha256_test.json',
  'HKDF-SHA-256',
  (file) => {
    it(`${file.numberOfTests} derivations, too long ones refused`, () => {
      each(file, (test) => {
        const derive = () => hkdfBytes(hex(test.salt), [hex(test.ikm)], hex(test.info), test.size)
        if (test.result === 'valid') expect(derive()).toEqual(hex(test.okm))
        else expect(derive).toThrow('more output')
      })
    })
  },
)

function publicKeyOf(u: string): EcPublicKey {
  return parseEcPublicKey(hex(`05${u}`))
}
