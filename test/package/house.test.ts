/** The size of files and functions, the names of options, and what modules remember. */
import { describe, expect, it } from 'vitest'
import { linesOf, parameterName, type Sized, shapesOf, stateOf } from '../support/house.js'
import { lineOf, parseModule, readModules } from '../support/source.js'
import { LONG_FILES, LONG_FUNCTIONS, LONG_LISTS, STATE, UNNAMED_OPTIONS } from './house-exceptions.js'

/** The tables that a program writes are read by nobody. */
const modules = readModules('src').filter(({ path }) => !path.includes('/schema/'))
const shapes = modules.flatMap(shapesOf)

const MAX_FILE = 300
const MAX_FUNCTION = 40
const MAX_PARAMETERS = 3

const NOTHING = { unlisted: [], stale: [] }

/** What is over the limit and not listed, or larger than listed; and what is listed without need. */
function compare(found: readonly Sized[], limit: number, listed: Readonly<Record<string, number>>): typeof NOTHING {
  const over = found.filter(({ size }) => size > limit)
  const unlisted = over.filter(({ place, size }) => size > (listed[place] ?? limit)).map(({ place, size }) => `${place}: ${size}`)
  return { unlisted, stale: Object.keys(listed).filter((place) => !over.some((one) => one.place === place)) } as typeof NOTHING
}

function compareNames(found: readonly string[], listed: readonly string[]): typeof NOTHING {
  return {
    unlisted: found.filter((place) => !listed.includes(place)),
    stale: listed.filter((place) => !found.includes(place)),
  } as typeof NOTHING
}

describe('the house', () => {
  it(`has files of at most ${MAX_FILE} lines`, () => {
    expect(compare(modules.map(linesOf), MAX_FILE, LONG_FILES)).toEqual(NOTHING)
  })

  it(`has functions of at most ${MAX_FUNCTION} lines`, () => {
    const sizes = shapes.map(({ place, lines }) => ({ place, size: lines }))
    expect(compare(sizes, MAX_FUNCTION, LONG_FUNCTIONS)).toEqual(NOTHING)
  })

  it(`has functions of at most ${MAX_PARAMETERS} parameters`, () => {
    const sizes = shapes.map(({ place, parameters }) => ({ place, size: parameters.length }))
    expect(compare(sizes, MAX_PARAMETERS, LONG_LISTS)).toEqual(NOTHING)
  })

  it('calls options by a name', () => {
    const found = shapes.filter(({ parameters }) => parameters.some((one) => parameterName(one) === 'o')).map(({ place }) => place)
    expect(compareNames(found, UNNAMED_OPTIONS)).toEqual(NOTHING)
  })

  it('remembers between calls only what is listed, with its reason and its bound', () => {
    expect(compareNames(modules.flatMap(stateOf), Object.keys(STATE))).toEqual(NOTHING)
  })
})

describe('the rules', () => {
  const read = (text: string): ReturnType<typeof parseModule> => parseModule('x.ts', text)

  it('count lines and parameters of functions, methods and signatures', () => {
    const module = read('function a(x, y) {\n}\nconst b = (o = {}) => 1\nclass C { d({ e }) {\n return 1\n} }\ninterface F { g(h: 1): 2 }')
    const found = shapesOf(module).map(({ place, lines, parameters }) => [place, lines, parameters.map(parameterName)])
    expect(found).toEqual([
      ['x.ts a', 2, ['x', 'y']],
      ['x.ts b', 1, ['o']],
      ['x.ts d', 3, [undefined]],
      ['x.ts g', 1, ['h']],
    ])
    expect(lineOf(module, module.text.indexOf('class'))).toBe(4)
  })

  it.each([
    ['let a = 1'],
    ['const a = new Map<string, number>()'],
    ['const A = new WeakMap()'],
    ['export const a = { b: new Set() }'],
    ['const a = new Uint8Array(4)'],
    ['const a = big.subarray(4)'],
    ['const A = [1]\nfunction b() { A.push(2) }'],
    ['const A = { n: 0 }\nconst b = () => A.n++'],
    ['const A = Uint8Array.of(1)\nfunction b() { A[0] = 2 }'],
  ])('see that a module remembers something: %j', (text) => {
    expect(stateOf(read(text)).map((place) => place.toLowerCase())).toEqual(['x.ts a'])
  })

  it('see static memory of a class', () => {
    expect(stateOf(read('class A { static b = new Map(); c = new Map() }'))).toEqual(['x.ts A.b'])
  })

  it.each([
    ['const A = new Uint8Array(4)'],
    ['const a: ReadonlySet<number> = new Set([1])'],
    ['const a = () => new Map()'],
    ['const A = [1]\nfunction b() { const A = []; A.push(2) }'],
    ['function b() { let c = 1; c++ }'],
  ])('see that a module remembers nothing: %j', (text) => {
    expect(stateOf(read(text))).toEqual([])
  })

  it('refuse what grew, and what is listed without need', () => {
    const found = [
      { place: 'a', size: 4 },
      { place: 'b', size: 5 },
      { place: 'c', size: 3 },
    ]
    expect(compare(found, 3, { a: 4, b: 4, c: 9 })).toEqual({ unlisted: ['b: 5'], stale: ['c'] })
  })
})
