/**
 * The field with 2^16 elements that the erasure code of the braid computes in. It must be given public values only: its tables make
 * its timing depend on them.
 */

/** x^16 + x^12 + x^3 + x + 1; primitive, so that the powers of x reach every element but zero. Spec: SPQR, "Erasure code". */
const POLYNOMIAL = 0x1100b

/** The number of elements other than zero. Logarithms are counted modulo it. */
export const GROUP_ORDER = 0xffff

/** Discrete logarithms to the base x, and back. `log[0]` has no meaning. */
export interface FieldTables {
  readonly log: Uint16Array
  /** Twice the group long, so that the sum of two logarithms needs no reduction. */
  readonly exp: Uint16Array
}

let tables: FieldTables | undefined

/** The tables, 384 kB, built at first use (under a millisecond in compiled code, some milliseconds in a process that has just started). */
export function fieldTables(): FieldTables {
  if (tables !== undefined) return tables
  const log = new Uint16Array(GROUP_ORDER + 1)
  const exp = new Uint16Array(2 * GROUP_ORDER)
  for (let i = 0, element = 1; i < GROUP_ORDER; i++) {
    exp[i] = element
    log[element] = i
    element <<= 1
    if (element > 0xffff) element ^= POLYNOMIAL
  }
  exp.copyWithin(GROUP_ORDER, 0, GROUP_ORDER)
  tables = { log, exp }
  return tables
}

/** Multiplies two elements. */
export function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  const { log, exp } = fieldTables()
  return exp[(log[a] as number) + (log[b] as number)] as number
}

/** Divides `a` by `b`, which is not zero. */
export function divide(a: number, b: number): number {
  if (a === 0) return 0
  const { log, exp } = fieldTables()
  return exp[(log[a] as number) + GROUP_ORDER - (log[b] as number)] as number
}
