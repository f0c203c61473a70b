import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/bytes.js'
import { hkdfBytes } from '../../src/crypto/kdf.js'
import { onEachPlatform } from '../support/platforms.js'
import { committedVectors, hex } from '../support/vectors.js'

interface X25519 {
  scalarMult: { scalar: string; u: string; out: string }[]
  iterated: { n: number; out: string }[]
  dh: { alicePrivate: string; alicePublic: string; bobPrivate: string; bobPublic: string; shared: string }
}
const x25519 = committedVectors<X25519>('rfc/rfc7748-x25519.json')
const ed25519 = committedVectors<{ publicKey: string; message: string; signature: string }[]>('rfc/rfc8032-ed25519.json.gz')
const hmac = committedVectors<{ cases: { key: string; data: string; mac: string }[] }>('rfc/rfc4231-hmac-sha256.json')
const hkdf = committedVectors<{ cases: { ikm: string; salt: string; info: string; length: number; okm: string }[] }>(
  'rfc/rfc5869-hkdf-sha256.json',
)

onEachPlatform((platform) => {
  it(`RFC 7748: ${x25519.scalarMult.length} products and the key exchange`, () => {
    for (const { scalar, u, out } of x25519.scalarMult) expect(platform.x25519(hex(scalar), hex(u))).toEqual(hex(out))
    const { alicePrivate, alicePublic, bobPrivate, bobPublic, shared } = x25519.dh
    expect(platform.x25519PublicKey(hex(alicePrivate))).toEqual(hex(alicePublic))
    expect(platform.x25519PublicKey(hex(bobPrivate))).toEqual(hex(bobPublic))
    expect(platform.x25519(hex(alicePrivate), hex(bobPublic))).toEqual(hex(shared))
    expect(platform.x25519(hex(bobPrivate), hex(alicePublic))).toEqual(hex(shared))
  })

  it('RFC 7748: iterated 1 and 1,000 times (1,000,000 belongs to the long tests)', () => {
    const expected = new Map(x25519.iterated.map(({ n, out }) => [n, out]))
    let [k, u] = [hex(`09${'00'.repeat(31)}`), hex(`09${'00'.repeat(31)}`)]
    for (let n = 1; n <= 1000; n++) {
      const product = platform.x25519(k, u)
      if (product === undefined) throw new Error(`zero at ${n}`)
      ;[k, u] = [product, k]
      if (expected.has(n)) expect(toHex(k)).toBe(expected.get(n))
    }
    expect([...expected.keys()]).toEqual([1, 1000, 1_000_000])
  })

  it(`RFC 8032: ${ed25519.length} signatures hold, and fail with any one byte altered`, () => {
    expect(ed25519.length).toBe(5)
    for (const { publicKey, message, signature } of ed25519) {
      expect(platform.ed25519Verify(hex(publicKey), hex(message), hex(signature))).toBe(true)
      for (let i = 0; i < 64; i++) {
        const altered = hex(signature)
        altered[i] = (altered[i] as number) ^ 1
        expect(platform.ed25519Verify(hex(publicKey), hex(message), altered)).toBe(false)
      }
    }
  })

  it(`RFC 4231: ${hmac.cases.length} HMACs`, () => {
    expect(hmac.cases.length).toBe(7)
    for (const { key, data, mac } of hmac.cases) {
      // One case of the RFC is truncated.
      expect(toHex(platform.hmacTag(mac.length / 2, hex(key), hex(data)))).toBe(mac)
    }
  })

  it(`RFC 5869: ${hkdf.cases.length} derivations`, () => {
    expect(hkdf.cases.length).toBe(3)
    for (const { ikm, salt, info, length, okm } of hkdf.cases) {
      expect(hkdfBytes(salt === '' ? undefined : hex(salt), [hex(ikm)], hex(info), length)).toEqual(hex(okm))
    }
  })
})

describe('the loader', () => {
  it('refuses text that is not hexadecimal', () => {
    expect(() => hex('0g')).toThrow('not hexadecimal')
  })
})
