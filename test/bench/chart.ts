/** Draws charts as SVG text: bars of ratios and lines of curves, on logarithmic axes, for light pages and dark ones. Knows no task. */

export interface Bar {
  readonly label: string
  readonly value: number
  /** In words, at the end of the bar. */
  readonly text: string
  /** Drawn in the colour of the project. */
  readonly own: boolean
}

export interface BarGroup {
  readonly title: string
  readonly bars: readonly Bar[]
}

export interface Line {
  readonly label: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Titles {
  readonly title: string
  /** What an axis says; of bars the only one, of lines the upright one. */
  readonly axis: string
}

const WIDTH = 760
const LABELS = 210
const RIGHT = 70
const ROW = 18
const COLOURS = 8

const STYLE = `
svg { --bg: #ffffff; --fg: #1f2328; --soft: #59636e; --grid: #d1d9e0; --bar: #8b949e; --own: #0969da;
  --c0: #0969da; --c1: #cf222e; --c2: #1a7f37; --c3: #9a6700; --c4: #8250df; --c5: #bf3989; --c6: #bc4c00; --c7: #1b7c83;
  font: 12px system-ui, sans-serif }
@media (prefers-color-scheme: dark) {
  svg { --bg: #0d1117; --fg: #f0f6fc; --soft: #9198a1; --grid: #3d444d; --bar: #656c76; --own: #4493f8;
    --c0: #4493f8; --c1: #f85149; --c2: #3fb950; --c3: #d29922; --c4: #ab7df8; --c5: #db61a2; --c6: #db6d28; --c7: #39c5cf }
}
text { fill: var(--fg) } .soft { fill: var(--soft) } .title { font-size: 14px; font-weight: 600 } .group { font-weight: 600 }
.grid { stroke: var(--grid) } .one { stroke: var(--fg) } .bar { fill: var(--bar) } .own { fill: var(--own) }
polyline { fill: none; stroke-width: 2 }
${Array.from({ length: COLOURS }, (_, i) => `.l${i} { stroke: var(--c${i}) } .f${i} { fill: var(--c${i}) }`).join(' ')}`

/** Bars that begin at `from`, to the left and to the right. */
export function bars(titles: Titles, groups: readonly BarGroup[], from: number): string {
  const values = groups.flatMap((group) => group.bars.map(({ value }) => value))
  const scale = logScale([from, ...values], [LABELS, WIDTH - RIGHT])
  let y = 60
  const rows = groups.flatMap(({ title, bars: list }) => {
    const heading = text(title, { x: 12, y: y + 12, classes: 'group' })
    y += ROW + 2
    const drawn = list.map((bar) => {
      const [left, right] = [scale.at(from), scale.at(bar.value)].sort((a, b) => a - b) as [number, number]
      const rectangle = `<rect class="${bar.own ? 'own' : 'bar'}" x="${fixed(left)}" y="${y + 2}" width="${fixed(Math.max(2, right - left))}" height="${ROW - 5}"/>`
      const label = text(bar.label, { x: LABELS - 8, y: y + 12, anchor: 'end' })
      const value = text(bar.text, { x: right + 5, y: y + 12, classes: 'soft' })
      y += ROW
      return rectangle + label + value
    })
    y += 8
    return [heading, ...drawn]
  })
  const grid = scale.ticks.map((tick) => {
    const x = fixed(scale.at(tick))
    const line = `<line class="${tick === from ? 'one' : 'grid'}" x1="${x}" x2="${x}" y1="52" y2="${y}"/>`
    return line + text(shortly(tick), { x: Number(x), y: y + 16, classes: 'soft', anchor: 'middle' })
  })
  return drawing(titles, y + 30, [...grid, ...rows])
}

/** Lines over a logarithmic axis; a point at 0 stands at its left end. */
export function lines(titles: Titles, across: string, series: readonly Line[]): string {
  const legend = Math.ceil(series.length / 2) * ROW
  const [top, bottom] = [60 + legend, 360 + legend]
  const xs = series.flatMap(({ points }) => points.map(([x]) => x))
  const smallest = Math.min(...xs.filter((x) => x > 0))
  const place = (x: number): number => (x > 0 ? x : smallest / 4)
  const across_ = logScale(xs.map(place), [70, WIDTH - 30])
  const up = logScale(
    series.flatMap(({ points }) => points.map(([, y]) => y)),
    [bottom, top],
  )
  const horizontal = up.ticks.map((tick) => {
    const y = fixed(up.at(tick))
    return `<line class="grid" x1="70" x2="${WIDTH - 30}" y1="${y}" y2="${y}"/>${text(shortly(tick), { x: 62, y: Number(y) + 4, classes: 'soft', anchor: 'end' })}`
  })
  const marks = [...new Set(xs)].map((x) =>
    text(x.toLocaleString('en'), { x: across_.at(place(x)), y: bottom + 18, classes: 'soft', anchor: 'middle' }),
  )
  const drawn = series.map(({ label, points }, i) => {
    const path = points.map(([x, y]) => `${fixed(across_.at(place(x)))},${fixed(up.at(y))}`)
    const dots = path.map((at) => `<circle class="f${i % COLOURS}" cx="${at.split(',')[0]}" cy="${at.split(',')[1]}" r="3"/>`)
    const [x, y] = [12 + (i % 2) * (WIDTH / 2), 62 + Math.floor(i / 2) * ROW]
    const key = `<rect class="f${i % COLOURS}" x="${x}" y="${y - 9}" width="10" height="10"/>${text(label, { x: x + 16, y })}`
    return `<polyline class="l${i % COLOURS}" points="${path.join(' ')}"/>${dots.join('')}${key}`
  })
  const name = text(across, { x: WIDTH / 2, y: bottom + 38, classes: 'soft', anchor: 'middle' })
  return drawing(titles, bottom + 50, [...horizontal, ...marks, ...drawn, name])
}

interface Scale {
  readonly ticks: readonly number[]
  at(value: number): number
}

/** Whole powers of ten around all values. */
function logScale(values: readonly number[], [start, end]: readonly [number, number]): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9)
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, i) => Number(`1e${low + i}`)),
    at: (value) => start + ((Math.log10(value) - low) / (high - low)) * (end - start),
  }
}

interface Place {
  readonly x: number
  readonly y: number
  readonly classes?: string
  readonly anchor?: 'middle' | 'end'
}

function text(content: string, { x, y, classes, anchor }: Place): string {
  const attributes = `${classes ? ` class="${classes}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}`
  return `<text x="${fixed(x)}" y="${fixed(y)}"${attributes}>${escaped(content)}</text>`
}

function drawing({ title, axis }: Titles, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title><style>${STYLE}</style><rect fill="var(--bg)" width="${WIDTH}" height="${height}"/>`,
    text(title, { x: 12, y: 22, classes: 'title' }),
    text(axis, { x: 12, y: 40, classes: 'soft' }),
    ...parts,
    '</svg>\n',
  ].join('\n')
}

function shortly(value: number): string {
  if (value >= 1e9) return `${value / 1e9} G`
  if (value >= 1e6) return `${value / 1e6} M`
  return value >= 1e3 ? `${value / 1e3} k` : String(value)
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
