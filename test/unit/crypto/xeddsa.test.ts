import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, copyBytes, utf8 } from '../../../src/bytes.js'
import { generateKeyPair, keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import { type EcPublicKey, parseEcPublicKey } from '../../../src/crypto/keys.js'
import { expose } from '../../../src/crypto/secret.js'
import { sign, verify } from '../../../src/crypto/xeddsa.js'
import { flipRandomBits } from '../../support/bit-flips.js'
import { onEachPlatform } from '../../support/platforms.js'
import { recordedRandom, seededRandom } from '../../support/random.js'

const { Point } = ed25519
const P = Point.Fp.ORDER
const L = Point.Fn.ORDER
const message = utf8('the message')
const keyOf = (u: bigint): EcPublicKey => parseEcPublicKey(concatBytes(Uint8Array.of(5), numberToBytesLE(u, 32)))
const SMALL_ORDER = [
  0n,
  1n,
  P - 1n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
]

onEachPlatform((platform) => {
  const random = seededRandom('xeddsa')
  const pair = generateKeyPair(random)
  const signature = sign(pair.privateKey, message, random)

  it('signs so that the signature holds for this key and message alone', () => {
    expect(signature.length).toBe(64)
    expect(verify(pair.publicKey, message, signature)).toBe(true)
    expect(verify(pair.publicKey, utf8('another'), signature)).toBe(false)
    expect(verify(generateKeyPair(random).publicKey, message, signature)).toBe(false)
  })

  it('draws 64 bytes once, wipes them, and never signs alike twice', () => {
    const drawn = random(64)
    const lent = copyBytes(drawn)
    const first = sign(pair.privateKey, message, () => lent)
    expect(lent).toEqual(new Uint8Array(64))
    expect(first).toEqual(sign(pair.privateKey, message, recordedRandom(drawn)))
    expect(first).not.toEqual(sign(pair.privateKey, message, random))
    expect(() => sign(pair.privateKey, message, () => new Uint8Array(32))).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('leaves the private key as it is', () => {
    const before = copyBytes(expose(pair.privateKey))
    sign(pair.privateKey, message, random)
    expect(expose(pair.privateKey)).toEqual(before)
  })

  it('signs and verifies the empty message and a long one', () => {
    for (const text of [new Uint8Array(0), new Uint8Array(100_000).fill(7)]) {
      expect(verify(pair.publicKey, text, sign(pair.privateKey, text, random))).toBe(true)
    }
  })

  it('carries both signs of the Edwards key', () => {
    const signs = new Set<number>()
    for (let n = 0; n < 20; n++) {
      const { privateKey, publicKey } = generateKeyPair(random)
      const made = sign(privateKey, message, random)
      signs.add((made[63] as number) >> 7)
      expect(verify(publicKey, message, made)).toBe(true)
      made[63] = (made[63] as number) ^ 0x80
      expect(verify(publicKey, message, made)).toBe(false)
    }
    expect([...signs].sort()).toEqual([0, 1])
  })

  it('verifies an Ed25519 signature once the sign of its key is put in, and the other way round', () => {
    const seed = random(32)
    const edwardsKey = ed25519.getPublicKey(seed)
    const publicKey = parseEcPublicKey(concatBytes(Uint8Array.of(5), ed25519.utils.toMontgomery(edwardsKey)))
    const made = ed25519.sign(message, seed)
    made[63] = (made[63] as number) | ((edwardsKey[31] as number) & 0x80)
    expect(verify(publicKey, message, made)).toBe(true)
  })

  describe('row 14: the declared deviations refuse', () => {
    it('s >= L, in each form that fits into 255 bits', () => {
      const s = bytesToNumberLE(signature.subarray(32)) & (2n ** 255n - 1n)
      const sign = (signature[63] as number) & 0x80
      for (let multiple = 1n; s + multiple * L < 2n ** 255n; multiple++) {
        const altered = concatBytes(signature.subarray(0, 32), numberToBytesLE(s + multiple * L, 32))
        altered[63] = (altered[63] as number) | sign
        expect(verify(pair.publicKey, message, altered)).toBe(false)
      }
    })

    it('a public key with the top bit set', () => {
      const altered = copyBytes(pair.publicKey) as EcPublicKey
      altered[32] = (altered[32] as number) | 0x80
      expect(verify(altered, message, signature)).toBe(false)
    })

    it('a public key beyond p, though the key it reduces to signed', () => {
      // The private key 5L - 1 has the base point as public key, u = 9, which is also p + 9.
      const { privateKey, publicKey } = keyPairFromPrivateKey(numberToBytesLE(5n * L - 1n, 32))
      expect(publicKey).toEqual(keyOf(9n))
      const made = sign(privateKey, message, random)
      expect(verify(keyOf(9n), message, made)).toBe(true)
      expect(verify(keyOf(P + 9n), message, made)).toBe(false)
    })

    it('a public key of small order, under which a signature without any secret holds for every other message or so', () => {
      let holding = 0
      for (const u of SMALL_ORDER) {
        for (let n = 0; n < 16; n++) {
          for (const forged of forgeries()) expect(verify(keyOf(u), Uint8Array.of(n), forged)).toBe(false)
          // The point of order 2, which u = 0 would become: the equation alone does not refuse it.
          const orderTwo = numberToBytesLE(P - 1n, 32)
          for (const forged of forgeries()) if (platform.ed25519Verify(orderTwo, Uint8Array.of(n), forged)) holding++
        }
      }
      // OpenSSL 3.5 (Node 24) refuses it by itself; noble does not.
      if (platform.name === 'noble') expect(holding).toBeGreaterThan(10)
    })

    it('a signature that is not 64 bytes long', () => {
      for (const length of [0, 32, 63, 65, 128]) {
        const altered = new Uint8Array(length)
        altered.set(signature.subarray(0, length))
        expect(verify(pair.publicKey, message, altered)).toBe(false)
      }
    })
  })

  it('never throws, whatever 32 bytes are the key', () => {
    for (let n = 0; n < 200; n++) {
      const key = parseEcPublicKey(concatBytes(Uint8Array.of(5), random(32)))
      expect(verify(key, message, random(64))).toBe(false)
    }
  })
})

it('gives the same verdicts after it has forgotten converted keys', () => {
  const random = seededRandom('forgotten')
  const pair = generateKeyPair(random)
  const signature = sign(pair.privateKey, message, random)
  for (let u = 2n; u < 1300n; u++) expect(verify(keyOf(u), message, signature)).toBe(false)
  expect(verify(pair.publicKey, message, signature)).toBe(true)
})

it('row 14: none of 10,000 random bit flips in key, message and signature is accepted', () => {
  console.log('random bit flips: n = 10000, seed "row 14"')
  expect(flipRandomBits(10_000, 'row 14')).toEqual({ flips: 10_000, accepted: 0 })
})

/** Signatures that need no secret: R the neutral element or another point of small order, s = 0, both signs. */
function forgeries(): Uint8Array[] {
  const points = [1n, 0n, P - 1n].map((y) => numberToBytesLE(y, 32))
  return points.flatMap((r) => [0, 0x80].map((sign) => concatBytes(r, new Uint8Array(31), Uint8Array.of(sign))))
}
