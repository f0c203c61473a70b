/**
 * What callers hand over, checked for its type at the boundary: JavaScript has no compiler. Each function names the argument and what was
 * expected. Knows no message, no key and no operation.
 */
import { BisikError } from './errors.js'

const typeOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)?.get as (
  this: unknown,
) => string | undefined

type SizeOf = (this: unknown) => number
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size')?.get as SizeOf
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')?.get as SizeOf

/** The error for an argument of the wrong type or shape. */
export function invalidArgument(argument: string, expected: string): BisikError {
  return new BisikError('invalid-argument', { argument, expected })
}

/** Whether `value` is a `Uint8Array`, of this realm or another, a `Buffer` too; a proxy of one is not. */
export function isBytes(value: unknown): value is Uint8Array {
  return typeOf.call(value) === 'Uint8Array'
}

/** Checks that an argument is a `Uint8Array`, of `length` bytes if given. @throws BisikError `invalid-argument`. */
export function bytesArgument<T extends Uint8Array>(value: T, argument: string, length?: number): T {
  if (!isBytes(value)) throw invalidArgument(argument, 'a Uint8Array')
  if (length !== undefined && value.length !== length) throw invalidArgument(argument, `${length} bytes`)
  return value
}

/**
 * Reads fields of an object that a caller passed, each of them once, and in this one place: what a getter or a proxy throws is no error of ours.
 *
 * @param read - only reads.
 * @throws BisikError `invalid-argument`.
 */
export function objectArgument<T extends object, Fields>(value: T, argument: string, read: (value: T) => Fields): Fields {
  if (typeof (value as unknown) !== 'object' || (value as unknown) === null) throw invalidArgument(argument, 'an object')
  return readArgument(value, argument, read)
}

/** {@link objectArgument} for what may be of any type. */
export function readArgument<T, Result>(value: T, argument: string, read: (value: T) => Result): Result {
  try {
    return read(value)
  } catch {
    throw unreadable(argument)
  }
}

/** How the fields of an object are checked, `undefined` too. Each check gets the value and the name of a field, and throws. */
export type Shape<T> = { readonly [Name in keyof T]?: (value: T[Name], name: string) => unknown }

/** Checks fields of an object that a caller passed. For calls that run for every message: it makes nothing. @throws BisikError `invalid-argument`. */
export function shapeArgument<T extends object>(value: T, argument: string, shape: Shape<T>): T {
  for (const name in shape) shape[name]?.(fieldOf(value, argument, name), name)
  return value
}

/** A check for what may be left out. */
export function optional<T>(check: (value: T, name: string) => unknown): (value: T | undefined, name: string) => void {
  return (value, name) => {
    if (value !== undefined) check(value, name)
  }
}

/** One field of an object that a caller passed. @throws BisikError `invalid-argument`. */
export function fieldOf<T extends object, Name extends keyof T>(value: T, argument: string, name: Name): T[Name] {
  if (typeof (value as unknown) !== 'object' || (value as unknown) === null) throw invalidArgument(argument, 'an object')
  try {
    return value[name]
  } catch {
    throw unreadable(argument)
  }
}

/**
 * Checks what other calls make and only they know well: that it is an object and has an object as the field that tells it from others.
 *
 * @throws BisikError `invalid-argument`.
 */
export function stateArgument<T extends object>(state: T, argument: string, name: keyof T & string): T {
  const field: unknown = fieldOf(state, argument, name)
  if (typeof field !== 'object' || field === null) throw invalidArgument(argument, `an object with ${name}`)
  return state
}

function unreadable(argument: string): BisikError {
  return invalidArgument(argument, 'something that can be read: a getter or a proxy fails')
}

/** Checks that an argument is text. @throws BisikError `invalid-argument`. */
export function textArgument(value: string, argument: string): string {
  if (typeof value !== 'string') throw invalidArgument(argument, 'text')
  return value
}

/** Checks that an argument is a whole number of 32 bits. @throws BisikError `invalid-argument`. */
export function uint32Argument(value: number, argument: string): number {
  if (typeof value !== 'number' || value >>> 0 !== value) throw invalidArgument(argument, 'a whole number from 0 to 4294967295')
  return value
}

/**
 * Checks the number of an installation where it is taken in: any of 32 bits but 0, which stands for none.
 *
 * @throws BisikError `invalid-argument`.
 */
export function registrationIdArgument(id: number): number {
  if (uint32Argument(id, 'registrationId') === 0) throw invalidArgument('registrationId', 'a whole number from 1 to 4294967295')
  return id
}

/** Checks that an argument is a whole number from 0 to 2^53 - 1. @throws BisikError `invalid-argument`. */
export function countArgument(value: number, argument: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw invalidArgument(argument, 'a whole number from 0 on')
  return value
}

/** Checks an argument that is true or false. @throws BisikError `invalid-argument`. */
export function booleanArgument(value: boolean, argument: string): boolean {
  if (typeof value !== 'boolean') throw invalidArgument(argument, 'true or false')
  return value
}

/** Checks a function of the caller's. @throws BisikError `invalid-argument`. */
export function functionArgument<T>(value: T, argument: string): T {
  if (typeof value !== 'function') throw invalidArgument(argument, 'a function')
  return value
}

/** Checks an argument that is one of a few texts. @throws BisikError `invalid-argument`. */
export function choiceArgument<T extends string>(value: T, values: readonly T[], argument: string): T {
  if (!values.includes(value)) throw invalidArgument(argument, values.map((one) => `'${one}'`).join(' or '))
  return value
}

/** Copies a list, holes and all. @param most - elements. @throws BisikError `invalid-argument` if it is no array, or too long. */
export function listArgument<T>(list: readonly T[], argument: string, most?: number): readonly T[] {
  const expected = most === undefined ? 'an array' : `an array of at most ${most}`
  try {
    if (Array.isArray(list) && (most === undefined || list.length <= most)) return [...list]
  } catch {
    throw unreadable(argument)
  }
  throw invalidArgument(argument, expected)
}

/** A check for a list, each element of which is checked; holes are `undefined`. */
export function listOf<T>(check: (value: T, name: string) => unknown): (list: readonly T[], name: string) => void {
  return (list, name) => {
    for (const one of listArgument(list, name)) check(one, name)
  }
}

/** Checks that an argument is a `Map`, of this realm or another; a proxy of one is not. @throws BisikError `invalid-argument`. */
export function mapArgument<T extends ReadonlyMap<unknown, unknown>>(map: T, argument: string, expected: string): T {
  if (!hasSize(mapSize, map)) throw invalidArgument(argument, expected)
  return map
}

/** Checks that an argument is a `Set`, as {@link mapArgument}. @throws BisikError `invalid-argument`. */
export function setArgument<T extends ReadonlySet<unknown>>(set: T, argument: string, expected: string): T {
  if (!hasSize(setSize, set)) throw invalidArgument(argument, expected)
  return set
}

function hasSize(sizeOf: SizeOf, value: unknown): boolean {
  try {
    sizeOf.call(value)
    return true
  } catch {
    return false
  }
}

/** How each field of an object is checked: given its value and its name, a check returns what is taken, or throws. */
export type Checks<T> = { readonly [Name in keyof T]-?: (value: Exclude<T[Name], undefined>, name: string) => T[Name] }

/**
 * Takes fields out of an object that a caller passed, each of them read once; one that is `undefined` is left out. A name that is not
 * known is refused: misspelt, it would be left out in silence.
 *
 * @throws BisikError `invalid-argument`: `given` is no plain object, or has an unknown field, or one of the wrong type.
 */
export function fieldsArgument<T extends object>(given: T, argument: string, checks: Checks<T>): T {
  const { present, fields } = readFields(given, argument, checks)
  const checked: Partial<T> = {}
  for (const name of present) {
    if (!Object.hasOwn(checks, name)) throw invalidArgument(`${argument}.${name}`, `one of ${Object.keys(checks).join(', ')}`)
  }
  for (const name of Object.keys(fields) as (keyof T & string)[]) {
    const value = fields[name]
    if (value !== undefined) checked[name] = checks[name](value as Exclude<T[typeof name], undefined>, name)
  }
  return checked as T
}

const NONE: { readonly present: readonly string[]; readonly fields: object } = { present: [], fields: {} }

/** Reads the fields that are known, and the names of all that an object has of its own. */
function readFields<T extends object>(
  given: T,
  argument: string,
  checks: Checks<T>,
): { readonly present: readonly string[]; readonly fields: Partial<T> } {
  try {
    const isPlain = Object.prototype.toString.call(given) === '[object Object]'
    const present = isPlain ? Object.keys(given) : []
    // Most calls pass an empty object. An object of a class may inherit fields.
    if (isPlain && present.length === 0 && Object.getPrototypeOf(given) === Object.prototype) return NONE
    const fields: Partial<T> = {}
    if (isPlain) for (const name of Object.keys(checks) as (keyof T)[]) fields[name] = given[name]
    if (isPlain) return { present, fields }
  } catch {
    throw unreadable(argument)
  }
  throw invalidArgument(argument, `an object with ${Object.keys(checks).join(', ')}`)
}

/**
 * Checks numbers that may be left out, each of them a limit: whole numbers from 0 to 2^53 - 1.
 *
 * @returns `defaults`, with what was given in their place.
 * @throws BisikError `invalid-argument`, also for a name that `defaults` does not have.
 */
export function limitsArgument<T extends object>(given: Partial<T> | undefined, defaults: T): T {
  if (given === undefined) return defaults
  const check = (value: number, name: string): number => countArgument(value, `limits.${name}`)
  const checks = Object.fromEntries(Object.keys(defaults).map((name) => [name, check])) as unknown as Checks<Partial<T>>
  return { ...defaults, ...fieldsArgument(given, 'limits', checks) }
}
