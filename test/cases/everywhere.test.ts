/** What engines, frameworks and test tools do to a library: clone its errors, wrap its objects, stop its timers, lack its built-ins. */
import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openShared, sealShared } from '../../src/crypto/seal-cipher.js'
import { BisikError, isBisikError, MemoryStore, utf8 } from '../../src/index.js'
import { addChunk, chunkAt, type Decoder, decode, EMPTY_DECODER } from '../../src/protocol/spqr/erasure-code.js'
import { decodeRecord, encodeRecord, FORMAT } from '../../src/records/protobuf.js'
import { Session } from '../../src/records/schema/records.js'
import { Relay } from '../../src/relay/index.js'
import { scoped, transact } from '../../src/store/index.js'
import { pair } from '../support/parties.js'
import { platforms } from '../support/platforms.js'
import { seededRandom } from '../support/random.js'
import { sqliteFiles } from '../support/sqlite-file.js'

const random = seededRandom('everywhere')
const files = sqliteFiles()

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('an error that crosses to a worker or a tab', () => {
  const presented = random(33)
  const error = new BisikError(
    'untrusted-identity',
    { user: 'bob', device: 1, presented, known: undefined, knownDevice: undefined, wasVerified: false },
    { cause: { open: () => undefined } },
  )

  async function posted(value: unknown): Promise<unknown> {
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise((resolve) => port2.once('message', resolve))
    port1.postMessage(value)
    const received = await arrived
    port1.close()
    return received
  }

  it.each([
    ['structuredClone', async (value: unknown) => structuredClone(value)],
    ['postMessage', posted],
  ])('by %s is one of this library there, with its code, its text and its details', async (_, cross) => {
    const there = await cross(error)
    expect(isBisikError(there, 'untrusted-identity') && there.details).toEqual(error.details)
    expect(there).toMatchObject({ name: 'BisikError', code: 'untrusted-identity', message: error.message })
    expect(isBisikError(there, 'no-session')).toBe(false)
  })

  it('is an error here, whoever asks: its class, its stack, its label, its cause; and a stack is not sent along', async () => {
    expect(error).toBeInstanceOf(BisikError)
    expect(error).toBeInstanceOf(Error)
    expect(Object.prototype.toString.call(error)).toBe('[object Error]')
    expect(String(error)).toBe(`BisikError: ${error.message}`)
    expect(error.stack).toMatch(/^BisikError: the identity key .*\n +at .*everywhere\.test\.ts/)
    expect(error.cause).toHaveProperty('open')
    expect(JSON.stringify(error)).not.toContain('everywhere.test.ts')
    expect('cause' in new BisikError('self-send', {})).toBe(false)
  })

  it.each([
    null,
    'internal',
    new Error('x'),
    { name: 'BisikError' },
    { code: 'internal' },
    Object.assign(new Error('x'), { code: 'internal' }),
  ])('is not taken for what is none: %s', (value) => expect(isBisikError(value)).toBe(false))
})

it('objects with private fields say what they are: a framework that wraps plain objects leaves them alone', async () => {
  const { alice } = await pair()
  const store = new MemoryStore()
  const objects = [alice, store, new Relay({ store }), files.open(files.next()), scoped(store, 'app')]
  // By this text Vue and others tell what they may put a proxy around.
  for (const object of objects) expect(Object.prototype.toString.call(object), object.constructor.name).not.toBe('[object Object]')
  expect(String(alice)).toBe('[object Client]')
})

describe('fake timers', () => {
  it('hang nothing: prekeys, a long jump, a safety number, a store that others write to', async () => {
    const { alice, bob } = await pair()
    vi.useFakeTimers()
    await alice.generatePreKeys(20)
    for (let i = 0; i < 1_200; i++) await alice.encrypt(bob.address, utf8('lost'))
    expect((await bob.decrypt(await alice.encrypt(bob.address, utf8('found')))).kind).toBe('message')
    expect((await alice.fingerprint(bob.address)).displayable).toHaveLength(60)

    const store = new MemoryStore()
    let runs = 0
    await transact<void>(store, function* (tx) {
      yield* tx.read('n')
      if (runs++ < 3) void store.commit({ expect: new Map(), put: new Map([['n', utf8(`other ${runs}`)]]), delete: new Set() })
      tx.put('n', utf8('ours'))
    })
    expect(runs).toBe(4)
  })
})

describe('an engine that lacks something', () => {
  /** Old Hermes reads what is iterable as if it were like an array: of an iterator nothing comes out. */
  function likeOldHermes(): void {
    vi.spyOn(Uint16Array, 'from').mockImplementation(((source: ArrayLike<number>) => {
      const values = new Uint16Array((source as Partial<ArrayLike<number>>).length ?? 0)
      for (let i = 0; i < values.length; i++) values[i] = source[i] as number
      return values
    }) as unknown as typeof Uint16Array.from)
  }

  it('in typed arrays from iterators: the erasure code puts parity together all the same', () => {
    const message = random(1152)
    const decoder = Array.from({ length: 36 }, (_, i) => 40 + i).reduce<Decoder>(
      (chunks, index) => addChunk(chunks, { index, bytes: chunkAt(message, index) }),
      EMPTY_DECODER,
    )
    likeOldHermes()
    expect(decode(decoder, message.length)).toEqual(message)
  })

  /** Lets the cipher's own code fail as in an engine without one of its built-ins. */
  function withBrokenCiphers(): void {
    const { subarray } = Uint8Array.prototype
    vi.spyOn(Uint8Array.prototype, 'subarray').mockImplementation(function (this: Uint8Array, ...range) {
      if (new Error().stack?.includes('/@noble/ciphers/')) throw new TypeError('undefined is not a function')
      return subarray.apply(this, range)
    } as typeof subarray)
  }
  const internal = expect.objectContaining({ name: 'BisikError', code: 'internal' })

  it('is a fault of its own, and no forgery: in ciphers', () => {
    const { noble } = platforms
    const [key, iv] = [random(32), random(16)]
    const ciphertext = noble.aesCbcEncrypt(key, iv, random(20))
    const { secret, ephemeral, ciphertext: sealed } = sealShared(random(20), random)
    withBrokenCiphers()
    expect(() => noble.aesCbcDecrypt(key, iv, ciphertext)).toThrow(internal)
    expect(() => openShared(secret, ephemeral.publicKey, sealed)).toThrow(internal)
  })

  it('is a fault of its own, and no bad key or signature: in curves', () => {
    const { noble } = platforms
    vi.spyOn(DataView.prototype, 'getUint32').mockReturnValue(0)
    const signature = noble.ed25519Sign(random(32), random(8))
    const broken = vi.spyOn(Uint8Array, 'from').mockImplementation(() => {
      throw new TypeError('undefined is not a function')
    })
    expect(() => noble.ed25519Verify(random(32), random(8), signature)).toThrow(internal)
    expect(broken).toHaveBeenCalled()
  })

  it('is a fault of its own, and no damaged record, which would be given up', () => {
    const read = (): never => {
      throw new TypeError('undefined is not a function')
    }
    expect(() => decodeRecord('session', Session, encodeRecord(Session, { format: FORMAT } as never), read)).toThrow(internal)
  })
})
