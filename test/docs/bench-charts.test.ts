/** The charts of the benchmarks: where a value is drawn, and that the text is well formed. */
import { describe, expect, it } from 'vitest'
import { bars, lines } from '../bench/chart.js'

const TITLES = { title: 'A & B <title>', axis: 'ratio' }
const bar = (value: number) => ({ label: String(value), value, text: String(value), own: value < 1 })

function attributes(svg: string, tag: string, classes: RegExp): Record<string, number>[] {
  const tags = [...svg.matchAll(new RegExp(`<${tag}( [^>]*)/>`, 'g'))].map(([, text]) => text ?? '')
  const wanted = tags.filter((text) => classes.test(/class="([^"]*)"/.exec(text)?.[1] ?? ''))
  return wanted.map((text) => Object.fromEntries([...text.matchAll(/ (\w+)="([\d.]+)"/g)].map(([, name, value]) => [name, Number(value)])))
}

describe('bars', () => {
  const svg = bars(TITLES, [{ title: 'encrypt', bars: [0.1, 1, 10, 100].map(bar) }], 1)
  const drawn = attributes(svg, 'rect', /bar|own/)
  const [one] = attributes(svg, 'line', /^one$/)

  it('begin at 1: less to the left, more to the right, a power of ten as wide as the other', () => {
    const [tenth, same, ten, hundred] = drawn as [Bar, Bar, Bar, Bar]
    expect(tenth.x + tenth.width).toBeCloseTo(one?.x1 ?? 0, 0)
    expect([same.x, ten.x, hundred.x]).toEqual([one?.x1, one?.x1, one?.x1])
    expect(ten.width).toBeCloseTo(tenth.width, 0)
    expect(hundred.width).toBeCloseTo(2 * ten.width, 0)
  })

  it('show the own bars in a colour of their own', () => {
    expect(attributes(svg, 'rect', /own/)).toHaveLength(1)
  })

  it('stay within the drawing', () => {
    for (const { x, width } of drawn as unknown as Bar[]) expect(x + width).toBeLessThan(760)
  })
})

interface Bar extends Record<string, number> {
  readonly x: number
  readonly width: number
}

it('lines put a point at 0 left of all others, and a power of ten as high as the other', () => {
  const points = [0, 1, 10].map((x, i) => [x, 10 ** i] as const)
  const [zero, one, ten] = attributes(lines(TITLES, 'keys', [{ label: 'a', points }]), 'circle', /f0/)
  expect(zero?.cx).toBeLessThan(one?.cx ?? 0)
  expect((zero?.cy ?? 0) - (one?.cy ?? 0)).toBeCloseTo((one?.cy ?? 0) - (ten?.cy ?? 0), 0)
})

it('text is escaped, and every tag is closed', () => {
  const svg = lines(TITLES, 'a < b', [{ label: '"x" & y', points: [[1, 1]] }])
  expect(svg).toContain('A &amp; B &lt;title>')
  const open: string[] = []
  for (const [, slash, name = '', rest = ''] of svg.matchAll(/<(\/?)(\w+)([^>]*)>/g)) {
    if (slash) expect(open.pop()).toBe(name)
    else if (!rest.endsWith('/')) open.push(name)
  }
  expect(open).toEqual([])
})

it('both follow the reader to a dark page', () => {
  for (const svg of [bars(TITLES, [{ title: 'encrypt', bars: [bar(2)] }], 1), lines(TITLES, 'keys', [{ label: 'a', points: [[1, 1]] }])])
    expect(svg).toContain('@media (prefers-color-scheme: dark)')
})
