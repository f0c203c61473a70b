/** What kinds of argument there are: for each, an example that is right and everything that is wrong. Knows no call. */
import { failing, ODD_VALUES } from '../support/world/odd-values.js'

type Named = readonly [name: string, value: unknown]

/** One kind of argument, with a right example of it. */
export interface Kind {
  readonly example: unknown
  readonly wrong: readonly Named[]
  /** What a refusal may call it, beside the name of its parameter. */
  readonly names: readonly string[]
}

const NOTHING = ['undefined']
const GONE = ['detached bytes', 'bytes out of bounds']
const TEXTS = ['no text', 'base64', 'half a surrogate pair']
/** Objects without fields of their own: the last calls itself bytes, and is none. */
const PLAIN = ['an object', 'an object without prototype', 'a Uint8Array by prototype only']

const oddBut = (...names: readonly string[]): readonly Named[] => ODD_VALUES.filter(([name]) => !names.includes(name))
const kind = (example: unknown, wrong: readonly Named[], ...names: readonly string[]): Kind => ({ example, wrong, names })

/** Bytes. Memory that is gone reads as no bytes at all, which is for the parsers to judge. */
export const bytes = (example: Uint8Array): Kind => kind(example, oddBut(...GONE), 'bytes')
export const text = (example: string): Kind => kind(example, oddBut(...TEXTS))
/** A whole number from 0 on. */
export const count = (example: number): Kind => kind(example, [...oddBut(), ['a number as text', '1'], ['a number object', new Number(1)]])
/** Anything that compares like a number is none: a limit may be infinite, or no whole number. */
export const limit = (example: number): Kind =>
  kind(example, [...oddBut('1.5', 'Infinity', '2 ** 53', 'undefined'), ['a number as text', '1']])
export const flag = (example: boolean): Kind => kind(example, [...oddBut('true'), ['no', 'no'], ['0', 0]])
export const fn = (example: unknown): Kind => kind(example, oddBut('a function'))
export const choice = (example: string): Kind => kind(example, oddBut())
export const instance = (example: unknown): Kind => kind(example, oddBut())
/** What another call makes, told by a field that is an object. */
export const state = <T extends object>(example: T, field: keyof T & string): Kind =>
  kind(example, [
    ...oddBut(),
    [`no ${field}`, { ...example, [field]: undefined }],
    [`null as ${field}`, { ...example, [field]: null }],
    [`${field}: a getter that throws`, failing(example, field)],
  ])
/** Whatever it is, it is judged and not refused. */
export const anything = (example: unknown): Kind => kind(example, [])

/** May be left out, and is not `null` then. */
export const maybe = (one: Kind): Kind => ({ ...one, wrong: one.wrong.filter(([name]) => !NOTHING.includes(name)) })

/** An object of which each field is of a kind; `exact`: and no other field is there. */
export function object(fields: Readonly<Record<string, Kind>>, { exact = false, required = true } = {}): Kind {
  const example = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.example]))
  const inside = Object.entries(fields).flatMap(([name, one]) =>
    one.wrong.map(([what, value]): Named => [`${name}: ${what}`, { ...example, [name]: value }]),
  )
  const getters = Object.keys(fields).map((name): Named => [`${name}: a getter that throws`, failing(example, name)])
  const unknown: readonly Named[] = exact ? [['a field of another name', { ...example, unknownName: 1 }]] : []
  const names = Object.entries(fields).flatMap(([name, one]) => [name, ...one.names])
  return kind(example, [...oddBut(...(required ? [] : PLAIN)), ...inside, ...getters, ...unknown], ...names)
}

/** Options: all may be left out, all of them too, and none is misspelt. */
export const options = (fields: Readonly<Record<string, Kind>>): Kind =>
  maybe(object(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, maybe(one)])), { exact: true, required: false }))

/** An array of one kind; holes are no elements. */
export function list(one: Kind): Kind {
  const inside = one.wrong.map(([what, value]): Named => [`an array with ${what}`, [one.example, value]])
  const getter: Named = ['an array with a getter that throws', failing([one.example], '0')]
  // biome-ignore lint/suspicious/noSparseArray: a hole is what this is about
  return kind([one.example], [...oddBut('an array'), getter, ['an array with a hole', [, one.example]], ...inside], ...one.names)
}

/** A map from text to bytes. */
export const mapOfBytes = (example: ReadonlyMap<string, Uint8Array>): Kind =>
  kind(example, [...oddBut('a map'), ['a map of texts', new Map([['a', 'b']])]])

export const address = (example: { readonly user: string; readonly device: number }): Kind => {
  const { user, device } = example
  const numbers = object({ user: text(user), device: count(device) })
  const odd: readonly Named[] = [
    ['device 0', { user, device: 0 }],
    ['device 2 ** 32', { user, device: 2 ** 32 }],
    ['half a surrogate pair', { user: '\ud800', device }],
    ['a name of 2,000 letters', { user: 'x'.repeat(2_000), device }],
  ]
  return kind({ ...example }, [...numbers.wrong, ...odd], 'address', 'user', 'device')
}

export const uuid = (example: string): Kind => kind(example, oddBut(), 'distribution')
/** Text or a whole number, as `recordKey` takes. */
export const segment = (example: string): Kind => kind(example, oddBut(...TEXTS), 'segment')
/** A safety number, scanned or read. */
export const safetyNumber = (example: string): Kind => kind(example, oddBut(...GONE))
/** `one`, which refusals call otherwise in this place. */
export const called = (one: Kind, ...names: readonly string[]): Kind => ({ ...one, names: [...one.names, ...names] })
/** A text of a form that no odd text has. */
export const formed = (example: string): Kind => kind(example, oddBut())
/** `one` without what is not wrong in this place. */
export const but = (one: Kind, ...names: readonly string[]): Kind => ({
  ...one,
  wrong: one.wrong.filter(([name]) => !names.includes(name)),
})
