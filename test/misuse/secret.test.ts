/**
 * Row 29: no way of printing, copying or failing shows a byte of a `Secret`. Every check is first run on an object that does leak, so
 * that a search that finds nothing means something.
 */
import { format, inspect } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { type Bytes, toHex } from '../../src/bytes.js'
import { agree, generateKeyPair, keyPairFromPrivateKey } from '../../src/crypto/dh.js'
import { hkdfBytes, hkdfSecrets, hmacSecret } from '../../src/crypto/kdf.js'
import { decapsulate, generateKemKeyPair, kemKeyPairFromSecretKey } from '../../src/crypto/kem/kem.js'
import { type KemCiphertext, parseEcPublicKey } from '../../src/crypto/keys.js'
import { beginEncrypting, openOnce } from '../../src/crypto/message-cipher.js'
import { expose, Secret, sameSecret } from '../../src/crypto/secret.js'
import { sign } from '../../src/crypto/xeddsa.js'
import { seededRandom } from '../support/random.js'

const random = seededRandom('canaries')
const canaries = Array.from({ length: 200 }, () => random(32))

/** The forms in which bytes appear in logs, without white space: a run of eight is enough to be a leak. */
function formsOf(bytes: Uint8Array): string[] {
  const start = Buffer.from(bytes.subarray(0, 9))
  const run = start.subarray(0, 8)
  return [
    run.toString('hex'),
    run.toString('hex').toUpperCase(),
    start.toString('base64'),
    start.toString('base64url'),
    withoutSpace(run.toString('latin1')),
    [...run].join(','),
    [...run].map((byte, i) => `"${i}":${byte}`).join(','),
  ]
}

const withoutSpace = (text: string): string => text.replace(/\s/g, '')

function leaks(text: string, bytes: Uint8Array): boolean {
  const searched = withoutSpace(text)
  return formsOf(bytes).some((form) => searched.includes(form))
}

/** What a secret must not be. */
class Leaky {
  readonly bytes: readonly number[]

  constructor(bytes: Uint8Array) {
    this.bytes = [...bytes]
  }

  toString(): string {
    return this.bytes.join(',')
  }
}

const renderings: readonly (readonly [string, (value: unknown) => string])[] = [
  ['String()', (value) => String(value)],
  ['a template string', (value) => `${value}`],
  ['concatenation', (value) => `${value as string}`.concat('')],
  ['JSON.stringify', (value) => JSON.stringify(value)],
  ['JSON.stringify inside an object', (value) => JSON.stringify({ nested: [value, { value }] })],
  ['util.inspect', (value) => inspect(value)],
  [
    'util.inspect of everything hidden',
    (value) => inspect(value, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true, maxArrayLength: null, showProxy: true }),
  ],
  ['util.format', (value) => format('%s %o %O %j', value, value, value, value)],
  ['structuredClone', (value) => inspect(structuredClone(value), { showHidden: true, depth: null, maxArrayLength: null })],
  ['v8.serialize', (value) => cloneByV8(value)],
  [
    'its own properties',
    (value) => inspect(Object.getOwnPropertyDescriptors(value), { showHidden: true, depth: null, maxArrayLength: null }),
  ],
  ['spreading', (value) => inspect({ ...(value as object) }, { showHidden: true, depth: null, maxArrayLength: null })],
  ['an error that quotes it', (value) => inspect(new Error(`${value}`, { cause: value }), { showHidden: true, depth: null })],
]

function cloneByV8(value: unknown): string {
  const raw = serialize(value)
  return raw.toString('latin1') + inspect(deserialize(raw), { showHidden: true, depth: null, maxArrayLength: null })
}

describe('row 29: no byte of a secret is shown', () => {
  it.each(renderings)('by %s, for 200 canaries, while a class with a public field does leak there', (_, render) => {
    for (const canary of canaries) {
      expect(leaks(render(new Leaky(canary)), canary)).toBe(true)
      expect(leaks(render(Secret.copy(canary)), canary)).toBe(false)
    }
  })

  it('and the search finds every form of bytes', () => {
    for (const canary of canaries) {
      for (const form of formsOf(canary)) expect(leaks(`before ${form} after`, canary)).toBe(true)
      expect(leaks(inspect(canary), canary)).toBe(true)
      expect(leaks(inspect(Buffer.from(canary)), canary)).toBe(true)
    }
  })

  it('by key pairs and nested secrets', () => {
    for (const canary of canaries.slice(0, 20)) {
      const pair = keyPairFromPrivateKey(canary)
      const private32 = expose(pair.privateKey)
      for (const [, render] of renderings) expect(leaks(render({ pair, list: [pair.privateKey] }), private32)).toBe(false)
    }
  })

  it('by the errors of every function that takes one', () => {
    const secrets = canaries.map((canary) => ({ canary, failures: failuresWith(canary) }))
    for (const { canary, failures } of secrets) {
      expect(failures.length).toBe(7)
      for (const error of failures) {
        const text = inspect(error, { showHidden: true, depth: null }) + String(error) + JSON.stringify(error)
        expect(leaks(text, canary)).toBe(false)
      }
    }
  })

  it('by a clone, which is no secret any more and fails loudly', () => {
    const clone = structuredClone(Secret.copy<'EcPrivateKey'>(canaries[0] as Bytes))
    expect(clone).not.toBeInstanceOf(Secret)
    expect(() => expose(clone)).toThrow(TypeError)
    const imitation = Object.create(Secret.prototype) as Secret<'EcPrivateKey'>
    expect(() => expose(imitation)).toThrow(TypeError)
    expect(() => agree(imitation, generateKeyPair(random).publicKey)).toThrow(TypeError)
  })
})

/** Failures of functions that were given the canary as a secret in some role. */
function failuresWith(canary: Bytes): unknown[] {
  const own = <K extends string>() => Secret.copy<K>(canary)
  const { privateKey } = keyPairFromPrivateKey(canary)
  const smallOrder = parseEcPublicKey(Uint8Array.of(5, ...new Uint8Array(32)))
  const calls = [
    () => agree(privateKey, smallOrder),
    () => sign(privateKey, new Uint8Array(1), () => new Uint8Array(1)),
    () => openOnce({ source: own<'MessageSeed'>(), ciphertext: new Uint8Array(16), macInput: [], tag: new Uint8Array(8) }),
    () => decapsulate(own(), new Uint8Array(1569) as unknown as KemCiphertext),
    () => kemKeyPairFromSecretKey(canary),
    () => hkdfBytes(own(), [own()], canary, 10_000),
    () => keyPairFromPrivateKey(canary.subarray(1)),
  ]
  return calls.flatMap((call) => {
    try {
      call()
      return []
    } catch (error) {
      return [error]
    }
  })
}

describe('a wiped secret', () => {
  it('is zero and throws internal in every use, while wiping again does nothing', () => {
    const secret = Secret.copy<'EcPrivateKey'>(canaries[0] as Bytes)
    const bytes = expose(secret)
    secret.wipe()
    secret.wipe()
    expect(bytes).toEqual(new Uint8Array(32))
    const uses = [
      () => expose(secret),
      () => sameSecret(secret, secret),
      () => agree(secret, generateKeyPair(random).publicKey),
      () => sign(secret, new Uint8Array(1), random),
      () => hmacSecret(secret, new Uint8Array(1), 'K'),
      () => beginEncrypting({ seed: secret as never, plaintext: new Uint8Array(1) }),
    ]
    for (const use of uses) expect(use).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('does not come back: not even a platform that remembered its key object works with it', () => {
    const { privateKey, publicKey } = generateKeyPair(random)
    const before = agree(privateKey, publicKey)
    expect(expose(before).length).toBe(32)
    privateKey.wipe()
    expect(() => agree(privateKey, publicKey)).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})

describe('copying and owning', () => {
  it('copy leaves the argument to the caller, own takes it over', () => {
    const bytes = Uint8Array.from(canaries[0] as Bytes)
    const copied = Secret.copy<'A'>(bytes)
    bytes.fill(0)
    expect(toHex(expose(copied))).toBe(toHex(canaries[0] as Bytes))
    const owned = Secret.own<'A'>(bytes)
    expect(expose(owned)).toBe(bytes)
  })

  it('two kinds do not mix: tsc refuses each of these lines', () => {
    const root = hkdfSecrets({ input: [new Uint8Array(1)], info: new Uint8Array(1), kinds: ['RootKey'] })[0]
    const { publicKey, privateKey } = generateKeyPair(random)
    const wrong = [
      // @ts-expect-error a root key is no private key
      () => agree(root, publicKey),
      // @ts-expect-error bare bytes are no secret
      () => agree(new Uint8Array(32), publicKey),
      // @ts-expect-error bare bytes are no public key
      () => agree(privateKey, new Uint8Array(33)),
      // @ts-expect-error a KEM key pair is no EC key pair
      () => sign(generateKemKeyPair(random).secretKey, new Uint8Array(1), random),
      // @ts-expect-error the constructor is private
      () => new Secret(new Uint8Array(1)),
    ]
    expect(wrong.length).toBe(5)
  })
})

describe('the equality tester of this repository', () => {
  const secret = (...bytes: number[]) => Secret.own<'A'>(Uint8Array.from(bytes))

  it('tells different secrets apart, deep inside values too', () => {
    expect(secret(1, 2)).toEqual(secret(1, 2))
    expect(secret(1, 2)).not.toEqual(secret(1, 3))
    expect(secret(1, 2)).not.toEqual(secret(1, 2, 3))
    expect({ keys: [secret(1)] }).toEqual({ keys: [secret(1)] })
    expect({ keys: [secret(1)] }).not.toEqual({ keys: [secret(2)] })
    expect({ keys: [secret(1)] }).not.toStrictEqual({ keys: [secret(2)] })
    expect(new Map([['k', secret(1)]])).not.toEqual(new Map([['k', secret(2)]]))
  })

  it('calls a secret different from anything else', () => {
    expect(secret(1)).not.toEqual({})
    expect({}).not.toEqual(secret(1))
    expect(secret(1)).not.toEqual(Uint8Array.of(1))
    expect([secret(1)]).not.toEqual([undefined])
  })
})

it('sameSecret compares bytes and lengths', () => {
  const of = (...bytes: number[]) => Secret.own<'A'>(Uint8Array.from(bytes))
  expect(sameSecret(of(1, 2), of(1, 2))).toBe(true)
  expect(sameSecret(of(1, 2), of(2, 2))).toBe(false)
  expect(sameSecret(of(1, 2), of(1, 2, 0))).toBe(false)
  expect(sameSecret(of(), of())).toBe(true)
})
