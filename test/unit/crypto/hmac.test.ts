import { createHmac, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { concatBytes, toHex } from '../../../src/bytes.js'
import { hmac } from '../../../src/crypto/platform/hmac.js'

type Sha2 = typeof import('@noble/hashes/sha2.js')
type State = ReturnType<Sha2['sha256']['create']>

/** The states that the module under test made, in the order of its constants. */
const states = vi.hoisted(() => [] as unknown[]) as State[]
vi.mock('@noble/hashes/sha2.js', async (original) => {
  const sha2 = await original<Sha2>()
  const create = (): State => {
    const state = sha2.sha256.create()
    states.push(state)
    return state
  }
  return { ...sha2, sha256: Object.assign((message: Uint8Array) => sha2.sha256(message), sha2.sha256, { create }) }
})

const bytes = (max: number) => fc.uint8Array({ maxLength: max })
// Where keys are hashed first, and where messages fill a block.
const key = fc.oneof(bytes(130), ...[31, 32, 33, 63, 64, 65].map((length) => fc.uint8Array({ minLength: length, maxLength: length })))

function holds<T extends [unknown, ...unknown[]]>(title: string, numRuns: number, property: fc.IProperty<T>): void {
  const seed = Number(process.env.BISIK_SEED ?? Date.now() % 2 ** 31)
  console.log(`${title}: n = ${numRuns}, seed ${seed}`)
  fc.assert(property, { numRuns, seed })
}

function derive(salt: Uint8Array | undefined, input: readonly Uint8Array[], info: Uint8Array, length: number): string {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => new Uint8Array(Math.min(32, length - 32 * i)))
  hmac.hkdf(salt, input, info, blocks)
  return toHex(concatBytes(...blocks))
}

it("is OpenSSL's HMAC for keys and messages of any length, in any parts", () => {
  holds(
    'HMAC',
    3000,
    fc.property(key, fc.array(bytes(150), { maxLength: 4 }), (secret, message) => {
      const expected = createHmac('sha256', secret)
        .update(concatBytes(...message))
        .digest('hex')
      expect(toHex(hmac.sha256(secret, ...message))).toBe(expected)
    }),
  )
})

it("is OpenSSL's HKDF for salts, inputs and labels of any length, and for outputs that end within a block", () => {
  const salt = fc.option(key, { nil: undefined })
  holds(
    'HKDF',
    2000,
    fc.property(salt, fc.array(bytes(100), { maxLength: 5 }), bytes(150), fc.integer({ min: 1, max: 300 }), (salt, input, info, length) => {
      const expected = hkdfSync('sha256', concatBytes(...input), salt ?? new Uint8Array(0), info, length)
      expect(derive(salt, input, info, length)).toBe(toHex(new Uint8Array(expected)))
    }),
  )
  // OpenSSL derives no nothing.
  expect(derive(undefined, [], new Uint8Array(0), 0)).toBe('')
  expect(derive(undefined, [], new Uint8Array(0), 8160)).toBe(
    toHex(new Uint8Array(hkdfSync('sha256', new Uint8Array(0), new Uint8Array(0), new Uint8Array(0), 8160))),
  )
})

it('extracts as HKDF does without a salt, whatever was derived before', () => {
  holds(
    'extract',
    500,
    fc.property(key, bytes(100), (secret, input) => {
      hmac.sha256(secret, input)
      expect(toHex(hmac.hkdfExtract(input))).toBe(toHex(hmac.sha256(new Uint8Array(32), input)))
    }),
  )
})

it('gives results that own their memory, and changes no argument', () => {
  const secret = new Uint8Array(80).fill(7)
  for (const result of [hmac.sha256(secret, secret), hmac.hkdfExtract(secret)]) {
    expect(result.constructor).toBe(Uint8Array)
    expect(result.buffer.byteLength).toBe(32)
  }
  hmac.hkdf(secret, [secret], secret, [new Uint8Array(32), new Uint8Array(16)])
  expect(secret).toEqual(new Uint8Array(80).fill(7))
})

/** What a state tells of what it hashed: its words A to H, and the bytes that it collected. */
function contents(state: State | undefined): number[] {
  return Object.entries(state ?? {}).flatMap(([name, value]) =>
    value instanceof Uint8Array ? [...value] : /^[A-H]$/.test(name) ? [value as number] : [],
  )
}

it('row 30: leaves nothing of a derivation in its bytes and in the states of the hash', () => {
  const [blank, running, inner, outer, unsaltedInner, unsaltedOuter, ...more] = states
  expect([contents(blank).length, more.length]).toEqual([8 + 64, 0])
  const constant = [blank, unsaltedInner, unsaltedOuter].map(contents)
  const [secret, long] = [new Uint8Array(32).fill(7), new Uint8Array(100).fill(7)]
  const memories = new Set<Uint8Array>()
  const { fill: fillAll } = Uint8Array.prototype
  const fill = vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, ...all) {
    memories.add(this)
    return fillAll.apply(this, all)
  })
  const left = [
    () => hmac.sha256(secret, secret),
    () => hmac.sha256(long, long),
    () => hmac.hkdfExtract(secret),
    () => hmac.hkdf(long, [secret], secret, [new Uint8Array(32), new Uint8Array(32), new Uint8Array(16)]),
    () => hmac.hkdf(undefined, [secret], secret, [new Uint8Array(32)]),
  ].flatMap((call) => {
    call()
    return [running, inner, outer].flatMap(contents)
  })
  fill.mockRestore()
  expect(left.filter((word) => word !== 0)).toEqual([])
  // The module's own memory, and what noble collects and expands in.
  expect([...memories].some(({ length }) => length === 128)).toBe(true)
  expect([...memories].filter((memory) => memory.some((byte) => byte !== 0))).toEqual([])
  expect([blank, unsaltedInner, unsaltedOuter].map(contents)).toEqual(constant)
})
