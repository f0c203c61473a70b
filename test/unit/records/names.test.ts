import { describe, expect, it } from 'vitest'
import { toHex } from '../../../src/bytes.js'
import { type EcPublicKey, parseEcPublicKey } from '../../../src/crypto/keys.js'
import type { SessionId } from '../../../src/protocol/session/session.js'
import { skippedIndexKey, skippedSegmentKey } from '../../../src/records/names.js'
import { checkAddress } from '../../../src/wire/address.js'

const keyOf = (byte: number): EcPublicKey => parseEcPublicKey(Uint8Array.of(5, ...new Uint8Array(32).fill(byte)))
const session = (digit: string) => digit.repeat(64) as SessionId
const alice = checkAddress({ user: 'alice', device: 1 })

describe('the names of a chain', () => {
  it('say device, session and ratchet key, and the segment', () => {
    const chain = { peer: alice, session: session('a'), ratchetKey: keyOf(7) }
    const path = `alice/1/${session('a')}/${toHex(new Uint8Array(32).fill(7))}`
    for (let time = 0; time < 2; time++) {
      expect(skippedIndexKey(chain)).toBe(`skipped-index/${path}`)
      for (const segment of [0, 3, 0]) expect(skippedSegmentKey(chain, segment)).toBe(`skipped/${path}/${segment}`)
    }
  })

  it('are those of the chain that is asked for, also when the array of its ratchet key is known from another', () => {
    const ratchetKey = keyOf(7)
    const others = [
      { peer: alice, session: session('a') },
      { peer: alice, session: session('b') },
      { peer: checkAddress({ user: 'alice', device: 2 }), session: session('b') },
      { peer: checkAddress({ user: 'bob', device: 2 }), session: session('b') },
    ]
    const names = others.flatMap((other) => [skippedIndexKey({ ...other, ratchetKey }), skippedSegmentKey({ ...other, ratchetKey }, 1)])
    expect(new Set(names).size).toBe(8)
    const fresh = others.flatMap((other) => [
      skippedIndexKey({ ...other, ratchetKey: keyOf(7) }),
      skippedSegmentKey({ ...other, ratchetKey: keyOf(7) }, 1),
    ])
    expect(names).toEqual(fresh)
  })
})
