/** Values that no function takes, and good bytes in odd dresses. */
import { concatBytes, utf8 } from '../../../src/bytes.js'

function detached(): Uint8Array {
  const bytes = new Uint8Array(64)
  structuredClone(bytes, { transfer: [bytes.buffer] })
  return bytes
}

/** Newer than ES2022, to which the types of this repository are held; every supported Node has it. */
type Resizable = ArrayBuffer & { resize(length: number): void }
const resizable = (length: number): Resizable => Reflect.construct(ArrayBuffer, [length, { maxByteLength: 10_000 }]) as Resizable

function outOfBounds(): Uint8Array {
  const buffer = resizable(64)
  const bytes = new Uint8Array(buffer, 32, 32)
  buffer.resize(16)
  return bytes
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

/** Throws whatever is asked of it. */
function hostile(target: object): unknown {
  const fail = (): never => {
    throw new RangeError('of the caller')
  }
  const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'] as const
  return new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, fail])))
}

/** `object` with a getter that throws in the place of a field. */
export function failing(object: object, name: string): object {
  const copy = Array.isArray(object) ? [...(object as readonly unknown[])] : { ...object }
  return Object.defineProperty(copy, name, {
    enumerable: true,
    get() {
      throw new RangeError('of the caller')
    },
  })
}

export const ODD_VALUES: readonly (readonly [name: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['-1', -1],
  ['1.5', 1.5],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['2 ** 53', 2 ** 53],
  ['a bigint', 7n],
  ['no text', ''],
  ['base64', 'BQUF'],
  ['half a surrogate pair', '\ud800'],
  ['a symbol', Symbol('x')],
  ['a function', () => 1],
  ['an object', {}],
  ['an object without prototype', Object.create(null)],
  ['an array', []],
  ['an array of numbers', Array(33).fill(5)],
  ['something with a length', { length: 33, 0: 5 }],
  ['a date', new Date()],
  ['a map', new Map()],
  ['a promise', Promise.resolve(new Uint8Array(33))],
  ['an ArrayBuffer', new ArrayBuffer(64)],
  ['a SharedArrayBuffer', new SharedArrayBuffer(64)],
  ['a DataView', new DataView(new ArrayBuffer(64))],
  ['a Uint16Array', new Uint16Array(33).fill(5)],
  ['an Int8Array', new Int8Array(33).fill(5)],
  ['a Uint8ClampedArray', new Uint8ClampedArray(33).fill(5)],
  ['a proxy of bytes', new Proxy(new Uint8Array(33).fill(5), {})],
  ['a Uint8Array by prototype only', Object.create(Uint8Array.prototype)],
  ['a revoked proxy', revoked({})],
  ['a revoked proxy of an array', revoked([])],
  ['a revoked proxy of bytes', revoked(new Uint8Array(33).fill(5))],
  ['a revoked proxy of a map', revoked(new Map())],
  ['a hostile proxy', hostile({})],
  ['a hostile array', hostile([1])],
  ['a proxy of a map', new Proxy(new Map([['a', new Uint8Array(1)]]), {})],
  ['detached bytes', detached()],
  ['bytes out of bounds', outOfBounds()],
]

/** The same bytes in another dress. */
export const DRESSES: readonly (readonly [name: string, dress: (bytes: Uint8Array) => Uint8Array])[] = [
  ['a Buffer', (bytes) => Buffer.from(bytes)],
  ['a sub-array', (bytes) => concatBytes(utf8('before'), bytes, utf8('after')).subarray(6, 6 + bytes.length)],
  ['shared memory', (bytes) => filled(new Uint8Array(new SharedArrayBuffer(bytes.length)), bytes)],
  ['resizable memory', (bytes) => filled(new Uint8Array(resizable(bytes.length)), bytes)],
  ['a subclass', (bytes) => filled(new (class Own extends Uint8Array {})(bytes.length), bytes)],
]

function filled(target: Uint8Array, bytes: Uint8Array): Uint8Array {
  target.set(bytes)
  return target
}

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null || ArrayBuffer.isView(value)

/** Copies of `value` with one of its parts, at any depth, exchanged by `change`. */
export function variants(value: unknown, change: (part: unknown) => readonly unknown[]): unknown[] {
  const whole = [...change(value)]
  if (isLeaf(value)) return whole
  const inside = Object.entries(value as object).flatMap(([name, part]) =>
    variants(part, change).map((other) =>
      Array.isArray(value) ? value.map((one: unknown, i) => (i === Number(name) ? other : one)) : { ...(value as object), [name]: other },
    ),
  )
  return [...whole, ...inside]
}
