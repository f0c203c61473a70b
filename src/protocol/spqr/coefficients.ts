/**
 * The erasure code's messages as 16 polynomials, written as libsignal's records write them: values, or coefficients.
 */
import type { Bytes } from '../../bytes.js'
import { CHUNK_LENGTH } from './erasure-code.js'
import { divide, multiply } from './gf.js'

const POLYNOMIALS: number = CHUNK_LENGTH / 2

/**
 * The values of each of the 16 polynomials at 0, 1, 2, …: 2 bytes each, big-endian.
 *
 * Spec: SPQR, "What must be persisted", encoder form 2; differs: none.
 */
export function valuesOf(message: Uint8Array): Bytes[] {
  return Array.from({ length: POLYNOMIALS }, (_, p) => {
    const values = new Uint8Array(message.length / POLYNOMIALS)
    for (let x = 0; 2 * x < values.length; x++) values.set(message.subarray(x * CHUNK_LENGTH + 2 * p, x * CHUNK_LENGTH + 2 * p + 2), 2 * x)
    return values
  })
}

/**
 * The message of which {@link valuesOf} gave `values`. Spec: SPQR, "What must be persisted", encoder form 2; differs: none.
 *
 * @returns `undefined` if these are not the values of a message of `length` bytes.
 */
export function messageOfValues(values: readonly Uint8Array[], length: number): Bytes | undefined {
  if (values.length !== POLYNOMIALS || values.some((list) => list.length !== length / POLYNOMIALS)) return undefined
  const message = new Uint8Array(length)
  values.forEach((list, p) => {
    for (let x = 0; 2 * x < list.length; x++) message.set(list.subarray(2 * x, 2 * x + 2), x * CHUNK_LENGTH + 2 * p)
  })
  return message
}

/**
 * The coefficients of each of the 16 polynomials, lowest degree first: 2 bytes each, big-endian.
 *
 * Spec: SPQR, "What must be persisted", encoder form 3; differs: none.
 */
export function coefficientsOf(message: Uint8Array): Bytes[] {
  const lists = valuesOf(message).map(elementsOf)
  const basis = lagrangeBasis(message.length / CHUNK_LENGTH)
  return lists.map((values) => {
    const coefficients = new Uint16Array(values.length)
    values.forEach((value, x) => {
      basis[x]?.forEach((coefficient, degree) => {
        coefficients[degree] = (coefficients[degree] as number) ^ multiply(value, coefficient)
      })
    })
    return bytesOf(coefficients)
  })
}

/**
 * The message of which {@link coefficientsOf} gave `lists`. Spec: SPQR, "What must be persisted", encoder form 3; differs: none.
 *
 * @returns `undefined` if these are not the coefficients of a message of `length` bytes.
 */
export function messageOfCoefficients(lists: readonly Uint8Array[], length: number): Bytes | undefined {
  const count = length / CHUNK_LENGTH
  if (lists.some((list) => list.length !== 2 * count)) return undefined
  const values = lists.map((list) => {
    const coefficients = elementsOf(list)
    const valueAt = (x: number) => coefficients.reduceRight((sum, coefficient) => multiply(sum, x) ^ coefficient, 0)
    return bytesOf(Uint16Array.from({ length: count }, (_, x) => valueAt(x)))
  })
  return messageOfValues(values, length)
}

/** For each x below `count` the polynomial that is 1 at x and 0 at the others, lowest degree first. */
function lagrangeBasis(count: number): Uint16Array[] {
  return Array.from({ length: count }, (_, x) => {
    const polynomial = new Uint16Array(count)
    polynomial[0] = 1
    for (let root = 0; root < count; root++) {
      if (root === x) continue
      // times (z - root) / (x - root); minus is plus
      for (let degree = count - 1; degree >= 0; degree--) {
        const product = multiply(polynomial[degree] as number, root) ^ (degree === 0 ? 0 : (polynomial[degree - 1] as number))
        polynomial[degree] = divide(product, x ^ root)
      }
    }
    return polynomial
  })
}

function elementsOf(bytes: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => ((bytes[2 * i] as number) << 8) | (bytes[2 * i + 1] as number))
}

function bytesOf(elements: Uint16Array): Bytes {
  const bytes = new Uint8Array(2 * elements.length)
  elements.forEach((element, i) => {
    bytes[2 * i] = element >> 8
    bytes[2 * i + 1] = element & 0xff
  })
  return bytes
}
