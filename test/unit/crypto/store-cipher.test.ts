import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../../src/bytes.js'
import { stretchPassphrase } from '../../../src/crypto/passphrase.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { StoreCipher } from '../../../src/crypto/store-cipher.js'
import { seededRandom } from '../../support/random.js'

const NONE = new Uint8Array(0)

describe('stretchPassphrase', () => {
  it('is scrypt of RFC 7914, section 12', async () => {
    const key = await stretchPassphrase('pleaseletmein', utf8('SodiumChloride'), 14)
    expect(toHex(expose(key))).toBe('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2')
  })
})

describe('StoreCipher', () => {
  it('writes what the first release wrote', () => {
    const random = seededRandom('store cipher')
    const cipher = StoreCipher.generate(random)
    const sealed = cipher.seal('session/alice/1', utf8('value'), random)
    const wrapped = cipher.wrap(Secret.copy<'StoreKey'>(new Uint8Array(32).fill(7)), utf8('bound'), random)
    expect([cipher.hideName('session/alice/1'), toHex(sealed), toHex(wrapped)]).toMatchInlineSnapshot(`
      [
        "1b9210775594b186e39c332689b157db/be3d698f86aa59fa6f7b041a3bd41a4d/c66bfe593112e981dc13f04604b22f4b",
        "000000011026d70f6ab3ba927187e458507fa68830633f5b4a38dcd1543d1a1c9acaf18b49a7ee292feeba9f9e144cb545638fd91ec65259f6d3fecba7f63be261af3166",
        "4a317e4017dcab10c5a48c27c23c37791d845dc09a784dcb99ff16d30b5b49c7d33c1271086086a9d84131829890b05da9fcd4f6598a5815f4df24f3ea8a6862194289c56e4f866cc8fb0051bdf2a73642de2c4c03dc8a0baf445c962fb224c48dd683d7b0d25bbe1ae3abba",
      ]
    `)
  })

  it('hides names so that a common beginning stays one', () => {
    const cipher = StoreCipher.generate(seededRandom('names'))
    const [a, b, c] = ['x/y/1', 'x/y/2', 'y/y/1'].map((name) => cipher.hideName(name).split('/')) as [string[], string[], string[]]
    expect([a[0], a[1]]).toEqual([b[0], b[1]])
    expect(a[2]).not.toBe(b[2])
    expect(new Set([...a, ...c]).size).toBe(6)
    for (const segment of a) expect(segment).toMatch(/^[0-9a-f]{32}$/)
    expect(cipher.hideName('x/y')).toBe(a.slice(0, 2).join('/'))
    expect(StoreCipher.generate(seededRandom('others')).hideName('x')).not.toBe(a[0])
  })

  it('opens under the name that it was sealed for, and with its keys, and else nothing', () => {
    const random = seededRandom('sealing')
    const cipher = StoreCipher.generate(random)
    const sealed = cipher.seal('a/b', utf8('value'), random)
    expect(cipher.open(cipher.hideName('a/b'), sealed)).toEqual({ name: 'a/b', value: utf8('value') })
    expect(cipher.open(cipher.hideName('a/c'), sealed)).toBeUndefined()
    expect(StoreCipher.generate(random).open(cipher.hideName('a/b'), sealed)).toBeUndefined()
    const newer = cipher.withNewKey(random)
    expect([cipher.isFresh(sealed), newer.isFresh(sealed)]).toEqual([true, false])
    expect(newer.open(newer.hideName('a/b'), sealed)?.value).toEqual(utf8('value'))
    expect(newer.withNewestKeyOnly().open(newer.hideName('a/b'), sealed)).toBeUndefined()
  })

  it('comes out of its wrapping as it went in, all its keys', () => {
    const random = seededRandom('wrapping')
    const owner = Secret.copy<'StoreKey'>(new Uint8Array(32).fill(1))
    const old = StoreCipher.generate(random)
    const sealed = old.seal('a', utf8('value'), random)
    const wrapped = old.withNewKey(random).wrap(owner, NONE, random)
    const again = StoreCipher.unwrap(owner, NONE, wrapped)
    expect(again?.open(old.hideName('a'), sealed)?.value).toEqual(utf8('value'))
    expect(again?.isFresh(sealed)).toBe(false)
    expect(StoreCipher.unwrap(owner, utf8('other'), wrapped)).toBeUndefined()
    expect(StoreCipher.unwrap(Secret.copy<'StoreKey'>(new Uint8Array(32)), NONE, wrapped)).toBeUndefined()
    expect(StoreCipher.unwrap(owner, NONE, wrapped.subarray(0, 30))).toBeUndefined()
  })
})
