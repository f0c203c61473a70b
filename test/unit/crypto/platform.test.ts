import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js'
import { sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { concatBytes, toHex } from '../../../src/bytes.js'
import { isBisikError } from '../../../src/errors.js'
import { onEachPlatform, platforms, resolvedPlatform } from '../../support/platforms.js'

const { noble, node } = platforms
const { Point } = ed25519

/** Prints the seed, so that a failure seen elsewhere can be run again with `fc.assert(…, { seed })`. */
function holdsFor<T extends [unknown, ...unknown[]]>(title: string, numRuns: number, property: fc.IProperty<T>): void {
  const seed = Number(process.env.BISIK_SEED ?? Date.now() % 2 ** 31)
  console.log(`${title}: n = ${numRuns}, seed ${seed}`)
  fc.assert(property, { numRuns, seed })
}

const bytes = (max: number) => fc.uint8Array({ minLength: 0, maxLength: max })
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** Differs from the expected length only rarely, and then often by one. */
const about = (length: number) =>
  fc.oneof(
    { weight: 20, arbitrary: exactly(length) },
    { weight: 1, arbitrary: bytes(2 * length) },
    exactly(length - 1),
    exactly(length + 1),
  )

/** u-coordinates where curves go wrong: near 0, near p, near 2^255, with and without the top bit, and random ones. */
const point = fc.oneof(
  { weight: 4, arbitrary: exactly(32) },
  fc.tuple(fc.constantFrom(0x00, 0x7f, 0x80, 0xff), fc.nat(255)).map(([last, first]) => {
    const u = new Uint8Array(32).fill(last & 0x7f ? 0xff : 0)
    u[0] = first
    u[31] = last
    return u
  }),
)

/** What a call returns, or how it fails, in a form that can be compared. */
function outcome(call: () => Uint8Array | boolean | undefined): string {
  try {
    const result = call()
    return result instanceof Uint8Array ? toHex(result) : String(result)
  } catch (error) {
    return isBisikError(error) ? error.code : 'a foreign error'
  }
}

it('resolves #platform to node:crypto under the node condition', () => {
  expect(resolvedPlatform).toBe('node')
})

describe('the two platforms agree', () => {
  it('on X25519, also at the edges of the field and for wrong lengths', () => {
    holdsFor(
      'X25519',
      1500,
      fc.property(about(32), fc.oneof({ weight: 10, arbitrary: point }, about(32)), (privateKey, u) => {
        const expected = outcome(() => noble.x25519(privateKey, u))
        expect(outcome(() => node.x25519(privateKey, u))).toBe(expected)
        expect(expected).not.toBe('a foreign error')
      }),
    )
  })

  it('on public keys', () => {
    holdsFor(
      'X25519 public keys',
      500,
      fc.property(about(32), (privateKey) => {
        const expected = outcome(() => noble.x25519PublicKey(privateKey))
        expect(outcome(() => node.x25519PublicKey(privateKey))).toBe(expected)
        expect(expected).not.toBe('a foreign error')
      }),
    )
  })

  it('on hashes and HMAC of any number of parts', () => {
    holdsFor(
      'hashes and HMAC',
      3000,
      fc.property(bytes(150), fc.array(bytes(200), { maxLength: 4 }), (key, parts) => {
        expect(toHex(node.sha256(...parts))).toBe(toHex(noble.sha256(...parts)))
        expect(toHex(node.sha512(...parts))).toBe(toHex(noble.sha512(...parts)))
        for (const length of [8, 32]) expect(toHex(node.hmacTag(length, key, ...parts))).toBe(toHex(noble.hmacTag(length, key, ...parts)))
      }),
    )
  })

  it('on tags where a key and a message stop being short', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i & 0xff)
    for (const keyLength of [0, 63, 64, 65]) {
      for (const length of [0, 1, 4031, 4032, 4033, 4999]) {
        const [key, message] = [bytes.subarray(0, keyLength), bytes.subarray(0, length)]
        const expected = toHex(noble.hmacTag(32, key, message))
        expect(toHex(node.hmacTag(32, key, message))).toBe(expected)
        expect(toHex(node.hmacTag(32, key, message.subarray(0, length >> 1), message.subarray(length >> 1)))).toBe(expected)
      }
    }
  })

  it('on hashes where a message stops being short', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i & 0xff)
    for (const length of [0, 1, 4095, 4096, 4097, 5000]) {
      const parts = [bytes.subarray(0, length >> 1), bytes.subarray(length >> 1, length)]
      expect(toHex(node.sha256(...parts))).toBe(toHex(noble.sha256(bytes.subarray(0, length))))
    }
  })

  it('leaves nothing of a message and of a plaintext in the memory it works in', () => {
    const seen: Uint8Array[] = []
    const { fill: fillAll } = Uint8Array.prototype
    const fill = vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, ...all) {
      if (this.length > 90) seen.push(this)
      return fillAll.apply(this, all)
    })
    const set = vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (
      this: Uint8Array,
      source: ArrayLike<number>,
      offset = 0,
    ) {
      if (this.length > 90) seen.push(this)
      for (let i = 0; i < source.length; i++) this[i + offset] = source[i] as number
    })
    const key = new Uint8Array(32).fill(7)
    const results = [node.hmacTag(10, key, key), node.aesCbcEncrypt(key, key.subarray(16), key)]
    set.mockRestore()
    fill.mockRestore()
    expect(new Set(seen).size).toBe(3)
    expect(seen.filter((memory) => memory.some((byte) => byte !== 0))).toEqual([])
    expect(results.filter((bytes) => bytes.every((byte) => byte === 0))).toEqual([])
  })

  it('on AES-CBC encryption, also for wrong lengths', () => {
    holdsFor(
      'AES-CBC encryption',
      3000,
      fc.property(about(32), about(16), bytes(300), (key, iv, plaintext) => {
        const expected = outcome(() => noble.aesCbcEncrypt(key, iv, plaintext))
        expect(outcome(() => node.aesCbcEncrypt(key, iv, plaintext))).toBe(expected)
        expect(expected).not.toBe('a foreign error')
      }),
    )
  })

  it('on AES-CBC decryption of garbage, of altered padding and of wrong lengths', () => {
    let refused = 0
    const ciphertexts = fc.oneof(
      bytes(100),
      exactly(32),
      // The last byte of the block before the last changes the padding alone.
      fc.tuple(bytes(60), fc.nat(255)).map(([plaintext, change]) => ({ plaintext, change })),
    )
    holdsFor(
      'AES-CBC decryption',
      4000,
      fc.property(about(32), exactly(16), ciphertexts, (key, iv, source) => {
        let ciphertext: Uint8Array
        if (source instanceof Uint8Array) ciphertext = source
        else if (key.length === 32) {
          ciphertext = noble.aesCbcEncrypt(key, iv, source.plaintext)
          const last = ciphertext.length - 17
          if (last >= 0) ciphertext[last] = (ciphertext[last] as number) ^ source.change
        } else ciphertext = source.plaintext
        const expected = outcome(() => noble.aesCbcDecrypt(key, iv, ciphertext))
        expect(outcome(() => node.aesCbcDecrypt(key, iv, ciphertext))).toBe(expected)
        expect(expected).not.toBe('a foreign error')
        if (expected === 'undefined') refused++
      }),
    )
    expect(refused).toBeGreaterThan(1000)
  })

  it('on Ed25519 verification of genuine, altered and arbitrary signatures', () => {
    const change = fc.oneof(
      fc.constant('none' as const),
      fc.constant('add L' as const),
      fc.record({ byte: fc.nat(95), mask: fc.integer({ min: 1, max: 255 }) }),
    )
    const counts = { true: 0, false: 0 }
    holdsFor(
      'Ed25519 verification',
      1000,
      fc.property(exactly(32), bytes(50), change, (seed, message, altered) => {
        const publicKey = ed25519.getPublicKey(seed)
        const signature = ed25519.sign(message, seed)
        if (altered === 'add L') signature.set(numberToBytesLE(bytesToNumberLE(signature.subarray(32)) + Point.Fn.ORDER, 32), 32)
        else if (altered !== 'none') {
          const [target, at] = altered.byte < 64 ? [signature, altered.byte] : [publicKey, altered.byte - 64]
          target[at] = (target[at] as number) ^ altered.mask
        }
        const expected = altered === 'none'
        expect(noble.ed25519Verify(publicKey, message, signature)).toBe(expected)
        expect(node.ed25519Verify(publicKey, message, signature)).toBe(expected)
        counts[`${expected}`]++
      }),
    )
    expect(Math.min(counts.true, counts.false)).toBeGreaterThan(100)
  })

  it('on the cofactorless equation: under a key with torsion a signature holds if and only if 8 divides the hash', () => {
    const torsion = Point.fromHex(ED25519_TORSION_SUBGROUP[1] as string)
    const [a, r] = [123_456_789n, 987_654_321n]
    const publicKey = Point.BASE.multiply(a).add(torsion).toBytes()
    const encodedR = Point.BASE.multiply(r).toBytes()
    let held = 0
    for (let n = 0; n < 128; n++) {
      const message = Uint8Array.of(n)
      const h = Point.Fn.create(bytesToNumberLE(sha512(concatBytes(encodedR, publicKey, message))))
      const signature = concatBytes(encodedR, Point.Fn.toBytes(Point.Fn.create(r + h * a)))
      const expected = h % 8n === 0n
      expect(noble.ed25519Verify(publicKey, message, signature)).toBe(expected)
      expect(node.ed25519Verify(publicKey, message, signature)).toBe(expected)
      if (expected) held++
    }
    expect(held).toBeGreaterThan(0)
  })
})

onEachPlatform((platform) => {
  const key = new Uint8Array(32).fill(7)
  const u = Uint8Array.of(9, ...new Uint8Array(31))
  const iv = new Uint8Array(16)

  it('returns plain arrays that own their memory', () => {
    const ciphertext = platform.aesCbcEncrypt(key, iv, new Uint8Array(50))
    const results = [
      platform.x25519(key, u),
      platform.x25519PublicKey(key),
      platform.hmacTag(8, key, u),
      platform.hmacTag(32, key, u),
      platform.sha256(u),
      platform.sha512(u),
      ciphertext,
      platform.aesCbcDecrypt(key, iv, ciphertext),
      platform.aesCbcDecrypt(key, iv, platform.aesCbcEncrypt(key, iv, new Uint8Array(0))),
    ]
    for (const result of results) {
      expect(result?.constructor).toBe(Uint8Array)
      expect(result?.buffer.constructor).toBe(ArrayBuffer)
      expect(result?.buffer.byteLength).toBe(result?.length)
    }
  })

  it('takes views into larger buffers, Node buffers too, and changes none of its arguments', () => {
    const large = new Uint8Array(200).map((_, i) => i)
    const before = toHex(large)
    const view = large.subarray(101, 133)
    const shared = platform.x25519(view, large.subarray(1, 33))
    platform.hmacTag(32, view, large.subarray(5, 90))
    const ciphertext = platform.aesCbcEncrypt(view, large.subarray(3, 19), large.subarray(20, 61))
    platform.ed25519Verify(view, large, large.subarray(7, 71))
    const ofCopy = platform.x25519(Buffer.from(view), Uint8Array.from(large.subarray(1, 33)))
    expect(shared).toEqual(ofCopy)
    expect(platform.aesCbcDecrypt(Buffer.from(view), Buffer.from(large.subarray(3, 19)), Buffer.from(ciphertext))).toEqual(
      large.slice(20, 61),
    )
    expect(toHex(large)).toBe(before)
  })

  it('refuses arguments of the wrong length as a fault of ours', () => {
    for (const length of [0, 16, 24, 31, 33]) {
      const wrong = new Uint8Array(length)
      for (const call of [
        () => platform.x25519(wrong, u),
        () => platform.x25519(key, wrong),
        () => platform.x25519PublicKey(wrong),
        () => platform.aesCbcEncrypt(wrong, iv, u),
        () => platform.aesCbcDecrypt(wrong, iv, u),
        () => platform.aesCbcEncrypt(key, new Uint8Array(length === 16 ? 12 : length), u),
        () => platform.aesCbcDecrypt(key, new Uint8Array(length === 16 ? 12 : length), u),
      ]) {
        expect(outcome(call)).toBe('internal')
      }
      if (length !== 32) expect(platform.ed25519Verify(wrong, u, new Uint8Array(64))).toBe(false)
    }
    expect(platform.ed25519Verify(key, u, new Uint8Array(63))).toBe(false)
  })
})
