import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { parseIdentityKey } from '../../../src/crypto/keys.js'
import {
  beginHash,
  combineHashes,
  compareScannable,
  continueHash,
  type FingerprintParty,
  hashParty,
} from '../../../src/protocol/identity/fingerprint.js'
import { parseScannable, serializeScannable } from '../../../src/wire/fingerprint.js'
import { hex } from '../../support/vectors.js'
import { verdict } from '../wire/messages.js'

const party = (id: string, key: string): FingerprintParty => ({ id: utf8(id), identityKey: parseIdentityKey(hex(key)) })
const alice = party('+14152222222', '0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868')
const bob = party('+14153333333', '05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b')
const [aliceHash, bobHash] = [hashParty(alice, 5200), hashParty(bob, 5200)]
const DIGITS = '300354477692869396892869876765458257569162576843440918079131'
const ALICE = '220a201e301a0353dce3dbe7684cb8336e85136cdc0ee96219494ada305d62a7bd61df'
const BOB = '220a20d62cbf73a11592015b6b9f1682ac306fea3aaf3885b84d12bca631e9d4fb3a4d'

describe("libsignal's published numbers", () => {
  it('digits are the same on both sides, whatever the version', () => {
    for (const version of [1, 2]) {
      expect(combineHashes(aliceHash, bobHash, version).displayable).toBe(DIGITS)
      expect(combineHashes(bobHash, aliceHash, version).displayable).toBe(DIGITS)
    }
  })

  it('codes have the halves swapped', () => {
    expect(combineHashes(aliceHash, bobHash, 1).scannable).toEqual(hex(`080112${ALICE}1a${BOB}`))
    expect(combineHashes(aliceHash, bobHash).scannable).toEqual(hex(`080212${ALICE}1a${BOB}`))
    expect(combineHashes(bobHash, aliceHash).scannable).toEqual(hex(`080212${BOB}1a${ALICE}`))
  })

  it('a code is its version and two halves', () => {
    const halves = { local: new Uint8Array(32).fill(0x12), remote: new Uint8Array(32).fill(0xba) }
    const bytes = hex(`080212220a20${'12'.repeat(32)}1a220a20${'ba'.repeat(32)}`)
    expect(serializeScannable({ version: 2, ...halves })).toEqual(bytes)
    expect(parseScannable(bytes)).toEqual({ version: 2, ...halves })
  })
})

describe('a comparison', () => {
  const ours = combineHashes(aliceHash, bobHash).scannable
  const theirs = combineHashes(bobHash, aliceHash).scannable

  it("is true with the other side's code, both ways, and false with one's own", () => {
    expect([compareScannable(ours, theirs), compareScannable(theirs, ours)]).toEqual([true, true])
    expect([compareScannable(ours, ours), compareScannable(theirs, theirs)]).toEqual([false, false])
  })

  it('is false when one bit of a key or one letter of a name is another', () => {
    const key = Uint8Array.from(bob.identityKey)
    key[32] = (key[32] as number) ^ 1
    for (const other of [
      { ...bob, identityKey: parseIdentityKey(key) },
      { ...bob, id: utf8('+14153333334') },
    ]) {
      const hash = hashParty(other, 5200)
      expect(compareScannable(ours, combineHashes(hash, aliceHash).scannable)).toBe(false)
      expect(combineHashes(aliceHash, hash).displayable).not.toBe(DIGITS)
    }
  })

  it('refuses another version, nothing, and what is no code', () => {
    expect(verdict(() => compareScannable(ours, combineHashes(bobHash, aliceHash, 1).scannable))).toBe('unsupported-version')
    expect(verdict(() => compareScannable(ours, new Uint8Array(0)))).toBe('unsupported-version')
    expect(verdict(() => compareScannable(ours, theirs.subarray(1)))).toBe('malformed-message')
    expect(verdict(() => compareScannable(ours, new Uint8Array(4097)))).toBe('message-too-large')
  })

  it('is refused when half a number is missing, and false when it is empty, as by libsignal', () => {
    const half = '12030a01ff'
    for (const code of ['0802', `0802${half}`, `08021a030a01ff`, `08021200${half.replace('12', '1a')}`]) {
      expect(verdict(() => compareScannable(ours, hex(code)))).toBe('malformed-message')
      expect(verdict(() => compareScannable(hex(code), ours))).toBe('malformed-message')
    }
    expect(compareScannable(ours, hex('080212020a001a020a00'))).toBe(false)
    expect(verdict(() => compareScannable(ours, hex('0801')))).toBe('unsupported-version')
  })
})

describe('a hash', () => {
  it('is the same in slices and at once', () => {
    let state = beginHash(alice)
    while (state.iterations < 5200) state = continueHash(state, alice, Math.min(999, 5200 - state.iterations))
    expect(state).toEqual(aliceHash)
  })

  it('takes 2 to 1,000,000 iterations, the same on both sides', () => {
    for (const no of [0, 1, 1_000_001, 2.5, Number.NaN]) expect(verdict(() => hashParty(alice, no))).toBe('invalid-argument')
    expect(verdict(() => combineHashes(aliceHash, hashParty(bob, 5199)))).toBe('invalid-argument')
    expect(verdict(() => combineHashes(beginHash(alice), beginHash(bob)))).toBe('invalid-argument')
    expect(verdict(() => hashParty(alice, 2))).toBe('ok')
    const most = { iterations: 1_000_000 }
    expect(verdict(() => combineHashes({ ...aliceHash, ...most }, { ...bobHash, ...most }))).toBe('ok')
  })
})

it('what is refused says what was expected', () => {
  const [short, full] = [hashParty(alice, 2), combineHashes(aliceHash, bobHash)]
  const refused = (details: object) => expect.objectContaining({ details })
  expect(() => hashParty(alice, 1)).toThrow(refused({ argument: 'iterations', expected: 'a whole number from 2 to 1000000' }))
  const expected = 'as many iterations as the local hash has'
  expect(() => combineHashes(aliceHash, short)).toThrow(refused({ argument: 'remote', expected }))
  expect(() => compareScannable(full.scannable, combineHashes(bobHash, aliceHash, 1).scannable)).toThrow(refused({ version: 1 }))
  expect(() => compareScannable(full.scannable, hex('0802'))).toThrow(refused({ reason: 'half a safety number' }))
})
