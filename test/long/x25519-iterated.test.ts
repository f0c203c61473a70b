import { expect, it } from 'vitest'
import { platform } from '#platform'
import { toHex } from '../../src/bytes.js'
import { committedVectors, hex } from '../support/vectors.js'

it('RFC 7748: X25519 iterated 1,000,000 times', { timeout: 7_200_000 }, () => {
  const { iterated } = committedVectors<{ iterated: { n: number; out: string }[] }>('rfc/rfc7748-x25519.json')
  let [k, u] = [hex(`09${'00'.repeat(31)}`), hex(`09${'00'.repeat(31)}`)]
  for (let n = 1; n <= 1_000_000; n++) {
    const product = platform.x25519(k, u)
    if (product === undefined) throw new Error(`zero at ${n}`)
    ;[k, u] = [product, k]
  }
  expect(toHex(k)).toBe(iterated.find(({ n }) => n === 1_000_000)?.out)
})
