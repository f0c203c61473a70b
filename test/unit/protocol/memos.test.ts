import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { platform } from '#platform'
import { byteText } from '../../../src/bytes.js'
import { CACHE_BOUNDS } from '../../../src/caches.js'
import { agree, generateKeyPair } from '../../../src/crypto/dh.js'
import { parseEcPublicKey } from '../../../src/crypto/keys.js'
import { Secret, sameSecret } from '../../../src/crypto/secret.js'
import { AgreementMemo } from '../../../src/protocol/sealed/memos.js'
import { withCaches } from '../../support/caches.js'
import { seededRandom } from '../../support/random.js'
import { verdict } from '../wire/messages.js'

withCaches()

const random = seededRandom('memos')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a memo of agreements', () => {
  const us = generateKeyPair(random)
  const [first, second] = [generateKeyPair(random).publicKey, generateKeyPair(random).publicKey]
  let multiplied: MockInstance<typeof platform.x25519>
  beforeEach(() => {
    multiplied = vi.spyOn(platform, 'x25519')
  })

  it('gives what agreeing gives, and multiplies once for each key', () => {
    const expected = [first, second].map((key) => agree(us.privateKey, key))
    multiplied.mockClear()
    const memo = new AgreementMemo()
    for (let time = 0; time < 3; time++) {
      for (const [i, key] of [first, second].entries()) {
        const agreement = memo.agree(us.privateKey, parseEcPublicKey(key))
        expect(sameSecret(agreement, expected[i] ?? agreement.clone())).toBe(true)
        // What is given away is a copy: wiping it leaves the memo as it was.
        agreement.wipe()
      }
    }
    expect(multiplied).toHaveBeenCalledTimes(2)
  })

  it('never answers for another private key', () => {
    const memo = new AgreementMemo()
    const other = generateKeyPair(random)
    for (const { privateKey } of [us, other, us]) {
      expect(sameSecret(memo.agree(privateKey, first), agree(privateKey, first))).toBe(true)
    }
  })

  it('refuses a point of small order each time', () => {
    const memo = new AgreementMemo()
    const zero = parseEcPublicKey(Uint8Array.of(5, ...new Uint8Array(32)))
    for (let time = 0; time < 2; time++) expect(verdict(() => memo.agree(us.privateKey, zero))).toBe('invalid-key')
  })

  it('wipes what it gives up: the oldest, and what another private key had agreed on', () => {
    multiplied.mockImplementation(() => new Uint8Array(32).fill(1))
    const memo = new AgreementMemo()
    const keyOf = (i: number) => parseEcPublicKey(Uint8Array.of(5, i & 0xff, i >> 8, ...new Uint8Array(30)))
    const wiped = vi.spyOn(Secret.prototype, 'wipe')
    const wipes = (privateKey: typeof us.privateKey, i: number): number => {
      wiped.mockClear()
      memo.agree(privateKey, keyOf(i))
      return wiped.mock.calls.length
    }
    for (let i = 1; i <= CACHE_BOUNDS.agreements; i++) expect(wipes(us.privateKey, i)).toBe(0)
    expect([wipes(us.privateKey, 0), wipes(us.privateKey, 0)]).toEqual([1, 0])
    const other = generateKeyPair(random)
    wiped.mockClear()
    expect([wipes(other.privateKey, 0), wipes(other.privateKey, 0)]).toEqual([1, 0])
  })

  it('forgets the one that was used longest ago', () => {
    multiplied.mockImplementation(() => new Uint8Array(32).fill(1))
    const memo = new AgreementMemo()
    const key = (i: number) => parseEcPublicKey(Uint8Array.of(5, i & 0xff, i >> 8, ...new Uint8Array(30)))
    const multiplications = (i: number): number => {
      multiplied.mockClear()
      memo.agree(us.privateKey, key(i))
      return multiplied.mock.calls.length
    }
    for (let i = 1; i <= CACHE_BOUNDS.agreements; i++) expect(multiplications(i)).toBe(1)
    expect(multiplications(1)).toBe(0)
    expect(multiplications(CACHE_BOUNDS.agreements + 1)).toBe(1)
    expect([1, 3, 2].map(multiplications)).toEqual([0, 0, 1])
  })
})

it('a text for bytes is another one for other bytes, of any length', () => {
  const all = Uint8Array.from({ length: 10_000 }, (_, i) => (i * 7) & 0xff)
  expect(Array.from(byteText(all), (character) => character.charCodeAt(0))).toEqual([...all])
  expect(new Set([[], [0], [0, 0], [48], [0xff]].map((bytes) => byteText(Uint8Array.from(bytes)))).size).toBe(5)
})
