import { expect, it } from 'vitest'
import { flipRandomBits } from '../support/bit-flips.js'

it('row 14: none of 1,000,000 random bit flips in key, message and signature is accepted', { timeout: 3_600_000 }, () => {
  const seed = `row 14, ${process.env.BISIK_SEED ?? Date.now()}`
  // BISIK_LONG_SHARE runs a part of it, as .ci/run does.
  const flips = Math.ceil(1_000_000 * Number(process.env.BISIK_LONG_SHARE ?? 1))
  console.log(`random bit flips: n = ${flips}, seed "${seed}"`)
  expect(flipRandomBits(flips, seed)).toEqual({ flips, accepted: 0 })
})
