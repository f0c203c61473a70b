import { expect, it } from 'vitest'
import { copyBytes, equalBytes, equalityMask, overwrite } from '../../src/bytes.js'
import { seededRandom } from '../support/random.js'

const random = seededRandom('bytes')

it('tells equal byte strings from such as differ in any one bit, of every length and alignment', () => {
  for (const length of [0, 1, 31, 32, 255, 256, 257, 1568]) {
    for (const offset of [0, 1, 4]) {
      const a = random(length)
      const b = random(length + offset).subarray(offset)
      b.set(a)
      expect([equalBytes(a, b), equalityMask(a, b)]).toEqual([true, -1])
      for (let bit = 0; bit < 8 * length; bit += length > 256 ? 7 : 1) {
        b[bit >> 3] = (b[bit >> 3] as number) ^ (1 << (bit & 7))
        if (equalBytes(a, b) || equalityMask(a, b) !== 0) throw new Error(`bit ${bit} of ${length} bytes makes no difference`)
        b.set(a)
      }
      expect(equalBytes(a, random(length + 1))).toBe(false)
    }
  }
})

it('overwrites all bytes or none, as the mask says', () => {
  const [target, source] = [random(32), random(32)]
  const before = copyBytes(target)
  overwrite(target, source, 0)
  expect(target).toEqual(before)
  overwrite(target, source, -1)
  expect(target).toEqual(source)
})
