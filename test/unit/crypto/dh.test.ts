import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { numberToBytesLE } from '@noble/curves/utils.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, copyBytes, toHex } from '../../../src/bytes.js'
import { agree, generateKeyPair, isCanonicalBaseKey, keyPairFromPrivateKey } from '../../../src/crypto/dh.js'
import { type EcPublicKey, parseEcPublicKey } from '../../../src/crypto/keys.js'
import { expose, sameSecret } from '../../../src/crypto/secret.js'
import { onEachPlatform, platforms } from '../../support/platforms.js'
import { recordedRandom, seededRandom } from '../../support/random.js'

const { Point } = ed25519
const { Fp, Fn } = Point
const P = Fp.ORDER
const L = Fn.ORDER

const keyOf = (u: bigint): EcPublicKey => parseEcPublicKey(concatBytes(Uint8Array.of(5), numberToBytesLE(u, 32)))
const montgomery = (point: InstanceType<typeof Point>): bigint => Fp.div(Fp.add(1n, point.y), Fp.sub(1n, point.y))
/** A point on the curve has a square on the right of v^2 = u^3 + 486662 u^2 + u. */
const onCurve = (u: bigint): boolean => {
  const right = Fp.mul(u, Fp.add(Fp.add(Fp.sqr(u), Fp.mul(486662n, u)), 1n))
  return Fp.pow(right, (P - 1n) / 2n) === 1n
}

onEachPlatform(() => {
  describe('key pairs', () => {
    it('come from exactly 32 bytes, clamped', () => {
      const random = recordedRandom(new Uint8Array(32).fill(0xff))
      const pair = generateKeyPair(random)
      expect(toHex(expose(pair.privateKey))).toBe(`f8${'ff'.repeat(30)}7f`)
      expect(random.remaining()).toBe(0)
    })

    it('made from the same private bytes, clamped or not, are equal, and the argument is neither kept nor changed', () => {
      const bytes = new Uint8Array(32)
      const pair = keyPairFromPrivateKey(bytes)
      expect(toHex(pair.publicKey)).toBe('052fe57da347cd62431528daac5fbb290730fff684afc4cfc2ed90995f58cb3b74')
      expect(bytes).toEqual(new Uint8Array(32))
      bytes.fill(9)
      expect(keyPairFromPrivateKey(expose(pair.privateKey))).toEqual(pair)
    })

    it('refuses a private key that is not 32 bytes long', () => {
      for (const length of [0, 31, 33, 64]) {
        expect(() => keyPairFromPrivateKey(new Uint8Array(length))).toThrow(
          expect.objectContaining({ code: 'invalid-key', details: { reason: 'wrong length', length } }),
        )
      }
    })

    it('are not made from a random source that returns too little', () => {
      expect(() => generateKeyPair(() => new Uint8Array(16))).toThrow(expect.objectContaining({ code: 'internal' }))
    })
  })

  describe('agreement', () => {
    const random = seededRandom('agreement')
    const [alice, bob] = [generateKeyPair(random), generateKeyPair(random)]

    it('gives both sides one secret, and leaves their keys as they are', () => {
      const before = [alice, bob].map(({ privateKey, publicKey }) => [copyBytes(expose(privateKey)), copyBytes(publicKey)])
      expect(sameSecret(agree(alice.privateKey, bob.publicKey), agree(bob.privateKey, alice.publicKey))).toBe(true)
      expect([alice, bob].map(({ privateKey, publicKey }) => [expose(privateKey), publicKey])).toEqual(before)
    })

    it('gives a fresh secret each time: wiping one leaves the other', () => {
      const [first, second] = [agree(alice.privateKey, bob.publicKey), agree(alice.privateKey, bob.publicKey)]
      first.wipe()
      expect(expose(second).some((byte) => byte !== 0)).toBe(true)
    })

    it('row 12: refuses every point of small order, in every encoding, on the curve and on its twist', () => {
      const onTheCurve = ED25519_TORSION_SUBGROUP.map((text) => Point.fromHex(text)).filter((point) => point.y !== 1n)
      const small = new Set([P - 1n, ...onTheCurve.map(montgomery)])
      expect(small.size).toBe(5)
      // 0 and 1 are also p and p + 1; X25519 ignores the top bit.
      const encodings = [...small].flatMap((u) => [u, u + P]).filter((u) => u < 2n ** 255n)
      expect(encodings.length).toBe(7)
      for (const u of encodings.flatMap((u) => [u, u + 2n ** 255n])) {
        for (const { privateKey } of [alice, bob]) {
          expect(() => agree(privateKey, keyOf(u))).toThrow(expect.objectContaining({ code: 'invalid-key' }))
        }
      }
    })

    it('looks at the bytes of a public key each time, also if its owner wrote another key into the same array', () => {
      const [us, first, second] = ['us', 'first', 'second'].map((name) => generateKeyPair(seededRandom(name))) as [
        ReturnType<typeof generateKeyPair>,
        ReturnType<typeof generateKeyPair>,
        ReturnType<typeof generateKeyPair>,
      ]
      const reused = copyBytes(first.publicKey) as EcPublicKey
      for (const theirs of [first, second, first]) {
        reused.set(theirs.publicKey)
        expect(sameSecret(agree(us.privateKey, reused), agree(theirs.privateKey, us.publicKey))).toBe(true)
        expect(isCanonicalBaseKey(reused)).toBe(true)
      }
    })

    it('works with a key that is remembered and with a copy of it alike', () => {
      const again = keyPairFromPrivateKey(expose(alice.privateKey))
      expect(again.privateKey).toEqual(alice.privateKey)
      expect(agree(again.privateKey, bob.publicKey)).toEqual(agree(alice.privateKey, bob.publicKey))
    })
  })

  describe('row 13: the base-key test', () => {
    it('multiplies by the only clamped scalar that is 1 or -1 modulo the group order and kills small components', () => {
      const candidates = [1n, -1n].flatMap((sign) => Array.from({ length: 9 }, (_, j) => BigInt(j) * L + sign))
      const clamped = candidates.filter((k) => k % 8n === 0n && k >= 2n ** 254n && k < 2n ** 255n)
      expect(clamped).toEqual([5n * L - 1n])
      // -1 times the base point is the base point, up to the sign that X25519 does not see; any other scalar would move it.
      const scalar = numberToBytesLE(5n * L - 1n, 32)
      const base = keyOf(9n).subarray(1)
      expect(platforms.noble.x25519(scalar, base)).toEqual(base)
      expect(toHex(scalar)).toBe(`a023cdd083ef5bb82f10d62e59e15a68${'00'.repeat(15)}50`)
    })

    it('cannot be passed by a point of the twist: its large prime divides neither 5L nor 5L - 2', () => {
      const twist = 2n * P + 2n - 8n * L
      expect(twist % 4n).toBe(0n)
      const prime = twist / 4n
      // Fermat with a few bases is no proof of primality, but a factor below 2^64 would show.
      for (const base of [2n, 3n, 5n, 7n]) expect(power(base, prime - 1n, prime)).toBe(1n)
      expect((5n * L) % prime).not.toBe(0n)
      expect((5n * L - 2n) % prime).not.toBe(0n)
    })

    it('accepts honest keys and refuses each of them with any torsion, with the top bit, and beyond p', () => {
      const random = seededRandom('base keys')
      const torsion = ED25519_TORSION_SUBGROUP.map((text) => Point.fromHex(text)).filter((point) => !point.is0())
      expect(torsion.length).toBe(7)
      for (let n = 0; n < 10; n++) {
        const { publicKey } = generateKeyPair(random)
        expect(isCanonicalBaseKey(publicKey)).toBe(true)
        const u = littleEndian(publicKey.subarray(1))
        const y = Fp.div(Fp.sub(u, 1n), Fp.add(u, 1n))
        const point = Point.fromBytes(numberToBytesLE(y, 32))
        expect(montgomery(point)).toBe(u)
        for (const t of torsion) expect(isCanonicalBaseKey(keyOf(montgomery(point.add(t))))).toBe(false)
        expect(isCanonicalBaseKey(keyOf(u + 2n ** 255n))).toBe(false)
      }
      for (let u = P; u < 2n ** 255n; u++) expect(isCanonicalBaseKey(keyOf(u))).toBe(false)
    })

    it('refuses every point of the twist among random coordinates', () => {
      const random = seededRandom('twist')
      let twist = 0
      for (let n = 0; n < 200; n++) {
        const u = littleEndian(random(32)) % P
        if (onCurve(u)) continue
        twist++
        expect(isCanonicalBaseKey(keyOf(u))).toBe(false)
      }
      expect(twist).toBeGreaterThan(50)
    })
  })
})

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(copyBytes(bytes).reverse())}`)
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus]
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
