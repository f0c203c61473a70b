import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, expectTypeOf, it } from 'vitest'
import { concatBytes, copyBytes, toHex, utf8 } from '../../../src/bytes.js'
import { expandSecret, extractSecret, hkdfBytes, hkdfSecrets, hmacSecret, hmacTag } from '../../../src/crypto/kdf.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { onEachPlatform } from '../../support/platforms.js'

const info = utf8('a label')

it('gives one 32-byte secret for each kind, in the order of RFC 5869', () => {
  const [input, salt] = [new Uint8Array(100).fill(3), new Uint8Array(20).fill(4)]
  const secrets = hkdfSecrets({ salt, input: [input], info, kinds: ['A', 'B', 'C'] })
  expectTypeOf(secrets).toEqualTypeOf<readonly [Secret<'A'>, Secret<'B'>, Secret<'C'>]>()
  expect(toHex(concatBytes(...secrets.map(expose)))).toBe(toHex(hkdf(sha256, input, salt, info, 96)))
})

it('takes secrets and bytes alike as salt and input, and joins the input', () => {
  const parts = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5, 6)]
  const whole = concatBytes(...parts)
  const salt = new Uint8Array(32).fill(9)
  const expected = hkdfSecrets({ salt, input: [whole], info, kinds: ['K'] })
  const mixed = parts.map((part, i) => (i === 1 ? Secret.copy(part) : part))
  expect(hkdfSecrets({ salt: Secret.copy(salt), input: mixed, info, kinds: ['K'] })).toEqual(expected)
})

it('takes an absent salt as 32 zero bytes', () => {
  const expected = hkdfSecrets({ salt: new Uint8Array(32), input: [info], info, kinds: ['K'] })
  expect(hkdfSecrets({ input: [info], info, kinds: ['K'] })).toEqual(expected)
  expect(hkdfSecrets({ salt: undefined, input: [info], info, kinds: ['K'] })).toEqual(expected)
})

it('is the HKDF of noble for any length', () => {
  const bytes = fc.uint8Array({ maxLength: 100 })
  const seed = Date.now() % 2 ** 31
  console.log(`HKDF: n = 500, seed ${seed}`)
  fc.assert(
    fc.property(bytes, bytes, bytes, fc.nat(300), (salt, input, label, length) => {
      expect(toHex(hkdfBytes(salt, [input], label, length))).toBe(toHex(hkdf(sha256, input, salt, label, length)))
    }),
    { numRuns: 500, seed },
  )
})

it('gives at most the 255 blocks that RFC 5869 can number', () => {
  expect(hkdfBytes(undefined, [info], info, 8160)).toHaveLength(8160)
  expect(() => hkdfBytes(undefined, [info], info, 8161)).toThrow(expect.objectContaining({ code: 'internal' }))
})

it('gives the same outputs one at a time', () => {
  const input = Secret.own<'Key'>(new Uint8Array(32).fill(3))
  const extracted = extractSecret(input, 'Extracted')
  const first = expandSecret(extracted, { info, place: 1 }, 'K')
  const second = expandSecret(extracted, { before: first, info, place: 2 }, 'L')
  expect([first, second]).toEqual(hkdfSecrets({ input: [input], info, kinds: ['K', 'L'] }))
})

it('leaves its arguments as they are', () => {
  const [salt, key] = [Secret.own<'Salt'>(new Uint8Array(32).fill(1)), Secret.own<'Key'>(new Uint8Array(32).fill(2))]
  hkdfSecrets({ salt, input: [key], info, kinds: ['K', 'L'] })
  hmacSecret(key, info, 'K')
  hmacTag(key, info)
  expect([expose(salt), expose(key)]).toEqual([new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)])
})

it('gives outputs that do not share memory', () => {
  const [first, second] = hkdfSecrets({ input: [info], info, kinds: ['K', 'L'] })
  const before = copyBytes(expose(second))
  first.wipe()
  expect(expose(second)).toEqual(before)
})

it('refuses a wiped secret', () => {
  const wiped = Secret.own<'Key'>(new Uint8Array(32))
  wiped.wipe()
  for (const call of [
    () => hkdfSecrets({ input: [wiped], info, kinds: ['K'] }),
    () => hkdfSecrets({ salt: wiped, input: [info], info, kinds: ['K'] }),
    () => hmacSecret(wiped, info, 'K'),
    () => hmacTag(wiped, info),
  ]) {
    expect(call).toThrow(expect.objectContaining({ code: 'internal' }))
  }
})

onEachPlatform((platform) => {
  it('authenticates parts as if they were joined', () => {
    const key = Secret.own<'Key'>(new Uint8Array(32).fill(5))
    const tag = hmacTag(key, Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3))
    expect(tag).toEqual(platform.hmacTag(32, new Uint8Array(32).fill(5), Uint8Array.of(1, 2, 3)))
    expect(expose(hmacSecret(key, Uint8Array.of(1, 2, 3), 'K'))).toEqual(tag)
  })
})
