import { expect, it } from 'vitest'
import { flipRandomBits } from '../support/bit-flips.js'

it('row 14: none of 1,000,000 random bit flips in key, message and signature is accepted', { timeout: 3_600_000 }, () => {
  const seed = `row 14, ${process.env.BISIK_SEED ?? Date.now()}`
  console.log(`random bit flips: n = 1000000, seed "${seed}"`)
  expect(flipRandomBits(1_000_000, seed)).toEqual({ flips: 1_000_000, accepted: 0 })
})
