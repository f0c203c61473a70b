import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, toHex, utf8 } from '../../../src/bytes.js'
import { sha256 } from '../../../src/crypto/hash.js'
import { changeMap, type MapLeaf, mapLeaf, newMap } from '../../../src/protocol/rosters/user-map.js'
import { seededRandom } from '../../support/random.js'
import { finished } from '../../support/rosters.js'
import { verdict } from '../wire/messages.js'

const leaf = (name: string, value = name): MapLeaf => mapLeaf(utf8(name), utf8(value))

/** A map with its pages, as a store would keep them. */
class MapInMemory {
  root: Bytes
  readonly pages = new Map<string, Bytes>()
  reads: string[] = []
  levels = 0

  constructor(leaves: readonly MapLeaf[]) {
    const { root, pages } = newMap(leaves)
    this.root = root
    for (const [path, page] of pages) this.pages.set(path, page)
  }

  put(...leaves: readonly MapLeaf[]): number {
    this.reads = []
    this.levels = 0
    const { pages } = this
    const reads = (paths: readonly string[]): readonly (Bytes | undefined)[] => {
      this.reads.push(...paths)
      this.levels++
      return paths.map((path) => pages.get(path))
    }
    // biome-ignore lint/correctness/useYield: everything is here.
    const read = function* (paths: readonly string[]): Generator<never, readonly (Bytes | undefined)[], void> {
      return reads(paths)
    }
    const changed = finished(changeMap({ root: this.root, read }, leaves))
    this.root = changed.root
    for (const [path, page] of changed.pages) this.pages.set(path, page)
    return changed.pages.size
  }
}

/** The root by the definition: a recursion over all users, slot by slot. */
function rootOf(leaves: readonly MapLeaf[], depth = 0): Bytes {
  const slots = Array.from({ length: 16 }, (_, digit) =>
    leaves.filter(({ key }) => Number.parseInt(toHex(key).charAt(depth), 16) === digit),
  )
  const bits = (isSet: (count: number) => boolean): Bytes => {
    const value = slots.reduce((sum, { length }, digit) => sum + (isSet(length) ? 2 ** (15 - digit) : 0), 0)
    return Uint8Array.of(value >> 8, value & 0xff)
  }
  const parts = slots.flatMap((under) => {
    const [only] = under
    if (only === undefined) return []
    return under.length === 1 ? [only.key, only.hash] : [rootOf(under, depth + 1)]
  })
  return sha256(
    concatBytes(
      Uint8Array.of(1),
      bits((count) => count > 1),
      bits((count) => count === 1),
      ...parts,
    ),
  )
}

describe('row 51: the map of users', () => {
  const users = Array.from({ length: 600 }, (_, i) => `user ${i}`)

  it('has the root that its definition gives, whoever was put in first', () => {
    const leaves = users.map((name) => leaf(name))
    const expected = toHex(rootOf(leaves))
    expect(toHex(newMap(leaves).root)).toBe(expected)
    const random = seededRandom('orders')
    for (let round = 0; round < 5; round++) {
      const order = leaves.map((one) => [toHex(random(4)), one] as const).sort(([a], [b]) => (a < b ? -1 : 1))
      const map = new MapInMemory(order.slice(0, 1).map(([, one]) => one))
      let at = 1
      while (at < order.length) {
        const size = 1 + ((random(1)[0] as number) % 40)
        map.put(...order.slice(at, at + size).map(([, one]) => one))
        at += size
      }
      expect(toHex(map.root)).toBe(expected)
    }
  })

  it('puts a user in the place of itself', () => {
    const map = new MapInMemory(users.map((name) => leaf(name)))
    map.put(leaf('user 7', 'changed'), leaf('user 9', 'changed'))
    const changed = users.map((name) => leaf(name, ['user 7', 'user 9'].includes(name) ? 'changed' : name))
    expect(toHex(map.root)).toBe(toHex(rootOf(changed)))
  })

  it('splits a slot down to where two users part, also under a long common path', () => {
    const near = (last: number): MapLeaf => ({
      key: concatBytes(new Uint8Array(31).fill(0xab), Uint8Array.of(last)),
      hash: sha256(Uint8Array.of(last)),
    })
    const map = new MapInMemory([near(0x10)])
    expect(map.pages.size).toBe(1)
    map.put(near(0x11))
    expect(map.pages.size).toBe(64)
    expect(toHex(map.root)).toBe(toHex(rootOf([near(0x10), near(0x11)])))
    map.put({ ...near(0x10), hash: sha256(utf8('changed')) }, near(0x20))
    expect(toHex(map.root)).toBe(toHex(rootOf([{ ...near(0x10), hash: sha256(utf8('changed')) }, near(0x11), near(0x20)])))
  })

  it('tells users, values and places apart', () => {
    const roots = [[leaf('a')], [leaf('b')], [leaf('a', 'b')], [leaf('a'), leaf('b')], []].map((leaves) => toHex(newMap(leaves).root))
    expect(new Set(roots).size).toBe(5)
  })

  it('of 10,000 users reads and writes 5 pages or fewer for a change of one, level by level', () => {
    const map = new MapInMemory(Array.from({ length: 10_000 }, (_, i) => leaf(`user ${i}`)))
    for (let i = 0; i < 50; i++) {
      const written = map.put(leaf(`user ${i * 199}`, 'changed'))
      expect(map.reads.length).toBeLessThanOrEqual(5)
      expect(written).toBe(map.reads.length)
      expect(map.levels).toBe(map.reads.length)
    }
    map.put(...Array.from({ length: 1_000 }, (_, i) => leaf(`user ${i}`, 'changed again')))
    // As deep as the two nearest of all users.
    expect(map.levels).toBeLessThanOrEqual(8)
  })

  it('is refused where a page is missing, or another one', () => {
    const map = new MapInMemory(users.map((name) => leaf(name)))
    const path = [...map.pages.keys()].find((one) => one.length === 1 && toHex(leaf('user 1').key).startsWith(one)) as string
    const page = map.pages.get(path) as Bytes
    const altered = page.slice()
    altered[altered.length - 1] = (altered[altered.length - 1] as number) ^ 1
    map.pages.set(path, altered)
    expect(verdict(() => map.put(leaf('user 1', 'changed')))).toBe('corrupt-record')
    map.pages.delete(path)
    expect(verdict(() => map.put(leaf('user 1', 'changed')))).toBe('corrupt-record')
    map.pages.set(path, page)
    expect(verdict(() => map.put(leaf('user 1', 'changed')))).toBe('ok')
  })
})
