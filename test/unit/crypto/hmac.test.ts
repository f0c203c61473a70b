import { createHmac } from 'node:crypto'
import { hmac as nobleHmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concatBytes, copyBytes, toHex } from '../../../src/bytes.js'
import { Hmac } from '../../../src/crypto/hmac.js'
import { committedVectors, describeExternal, hex } from '../../support/vectors.js'

const tag = (key: Uint8Array, message: Uint8Array) => toHex(new Hmac(key).digest(message))
const expected = (key: Uint8Array, message: Uint8Array) => createHmac('sha256', key).update(message).digest('hex')

it('RFC 4231: 7 HMACs', () => {
  const { cases } = committedVectors<{ cases: { key: string; data: string; mac: string }[] }>('rfc/rfc4231-hmac-sha256.json')
  expect(cases.length).toBe(7)
  // One case of the RFC is truncated.
  for (const { key, data, mac } of cases) expect(tag(hex(key), hex(data)).slice(0, mac.length)).toBe(mac)
})

describeExternal<{
  numberOfTests: number
  testGroups: { tagSize: number; tests: { key: string; msg: string; tag: string; result: string }[] }[]
}>('wycheproof/hmac_sha256_test.json', 'Wycheproof HMAC-SHA-256', (file) => {
  it(`${file.numberOfTests} tags`, () => {
    for (const { tagSize, tests } of file.testGroups) {
      for (const test of tests) {
        expect(tag(hex(test.key), hex(test.msg)).slice(0, tagSize / 4) === test.tag).toBe(test.result === 'valid')
      }
    }
  })
})

it('is the HMAC of node:crypto and of noble for every length of message and key up to three blocks', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 89 + 7) & 0xff)
  for (let length = 0; length <= 200; length++) {
    const [varied, fixed] = [bytes.subarray(0, length), bytes.subarray(3, 35)]
    expect(tag(fixed, varied)).toBe(expected(fixed, varied))
    expect(tag(varied, fixed)).toBe(expected(varied, fixed))
    expect(tag(varied, varied)).toBe(toHex(nobleHmac(sha256, varied, varied)))
  }
})

it('is the HMAC of node:crypto for random keys and messages, in parts', () => {
  const seed = Date.now() % 2 ** 31
  console.log(`HMAC: n = 2000, seed ${seed}`)
  const parts = fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 5 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 150 }), parts, (key, message) => {
      expect(toHex(new Hmac(key).digest(...message))).toBe(expected(key, concatBytes(...message)))
    }),
    { numRuns: 2000, seed },
  )
})

it('writes the length in bits where it takes more than two bytes', () => {
  const long = new Uint8Array(100_000).fill(0x5a)
  expect(tag(long, long)).toBe(expected(long, long))
})

it('gives the same for the same message again, whatever was computed in between, and leaves key and message as they are', () => {
  const [key, message] = [new Uint8Array(32).fill(1), new Uint8Array(70).fill(2)]
  const before = [copyBytes(key), copyBytes(message)]
  const hmac = new Hmac(key)
  const first = hmac.digest(message)
  const other = new Hmac(message)
  other.digest(key)
  key.fill(9)
  expect(hmac.digest(message)).toEqual(first)
  expect([new Uint8Array(32).fill(1), message]).toEqual(before)
  expect([first.constructor, first.length, first.buffer.byteLength]).toEqual([Uint8Array, 32, 32])
})

it('forgets its key when it is wiped', () => {
  const wiped = [1, 2].map((byte) => new Hmac(new Uint8Array(32).fill(byte)))
  for (const hmac of wiped) hmac.wipe()
  const [first, second] = wiped.map((hmac) => toHex(hmac.digest()))
  expect(first).toBe(second)
})
