/** Writes what was measured as a page of tables and charts. Knows tasks only by their metrics. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, release, type } from 'node:os'
import { join } from 'node:path'
import { type BarGroup, bars, type Line, lines } from './chart.js'
import { labelOf, manifestOf, PACKAGES } from './packages.js'
import { cellsOf, HEADS, type Row, rowsOf } from './report.js'
import type { Measurement } from './run.js'
import { BASELINE, BISIK, type Subject, type Task } from './task.js'

export interface Page {
  readonly folder: string
  readonly file: string
  /** Its heading and what it is about. */
  readonly head: string
  /** What follows the head: how it was measured. */
  readonly circumstances: string
}

const RATIO = `CPU time to that of libsignal-client ${BASELINE}, which is 1; less is better; logarithmic`

export function writePage(page: Page, measurements: readonly Measurement[]): void {
  mkdirSync(page.folder, { recursive: true })
  const sections = measurements.flatMap(({ task, results }) => {
    const rows = rowsOf(task, results)
    const charts = chartsOf(task, rows)
    for (const [name, svg] of charts) writeFileSync(join(page.folder, name), svg)
    const images = [...charts.keys()].map((name) => `![${task.name}: chart](${name})`)
    const absent = (task.absent ?? []).map(({ peer, why }) => `- Not here: ${labelOf(peer)} ${why}.`)
    return [
      `## ${task.name}`,
      task.title,
      ...images,
      markdown(
        HEADS,
        rows.map((row) => cellsOf(row, labelOf)),
        3,
      ),
      absent.join('\n'),
    ]
  })
  const parts = [page.head, page.circumstances, ...sections].filter((part) => part !== '')
  writeFileSync(join(page.folder, page.file), `${parts.join('\n\n')}\n`)
}

/** What all was measured on, and a table of the peers. @param load - the average when measuring began. */
export function circumstancesOf(load: number, how: string): string {
  const peers = Object.entries(PACKAGES).map(([peer, { name, note }]) => {
    const { version, license } = manifestOf(peer)
    return [labelOf(peer), `${name} ${version}`, license, note]
  })
  return [machineOf(load, how), markdown(['peer', 'package', 'licence', 'how it is driven'], peers, 4)].join('\n\n')
}

/** Machine, date and load, and a warning if there was other work. */
export function machineOf(load: number, how: string): string {
  const processors = cpus().length
  const after = loadavg()[0] ?? 0
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${processors} processors, ${arch()}, ${type()} ${release()}, Node ${process.version}`
  const line = `Measured ${new Date().toISOString().slice(0, 10)}: ${machine}; ${how}. Load average: ${load.toFixed(1)} before, ${after.toFixed(1)} after.`
  if (Math.max(load, after) <= processors) return line
  return `${line}\n\n**The machine was busy with other work meanwhile: times are too long, and single cells uncertain. To be measured again.**`
}

/** @param words - so many columns hold words, the others figures. */
export function markdown(heads: readonly string[], rows: readonly (readonly string[])[], words: number): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, i) => (i < words ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

function chartsOf(task: Task, rows: readonly Row[]): ReadonlyMap<string, string> {
  return task.over === undefined ? barChart(task, rows) : curves(task, task.over, rows)
}

function barChart(task: Task, rows: readonly Row[]): ReadonlyMap<string, string> {
  const ratios = rows.some(({ ratio }) => ratio !== undefined)
  const sizes = rows.every(({ cost }) => cost === undefined)
  const groups: BarGroup[] = [...new Set(rows.flatMap(({ metric }) => metric ?? []))].map((metric) => ({
    title: metric,
    bars: rows.flatMap((row) => {
      const value = ratios ? row.ratio : row.bytes && row.bytes / 1000
      if (row.metric !== metric || !value) return []
      return { label: nameOf(row.subject), value, text: Number(value.toPrecision(2)).toLocaleString('en'), own: row.subject.peer === BISIK }
    }),
  }))
  const drawn = groups.filter((group) => group.bars.length > 0)
  if (drawn.length === 0) return new Map()
  const axis = ratios ? (sizes ? RATIO.replace('CPU time', 'Bytes') : RATIO) : 'kB; less is better; logarithmic'
  return new Map([[`${task.name}.svg`, bars({ title: task.title.split(':')[0] ?? task.name, axis }, drawn, 1)]])
}

/** A chart for each `what` of the metrics. */
function curves(task: Task, over: string, rows: readonly Row[]): ReadonlyMap<string, string> {
  const whats = [...new Set(rows.flatMap(({ metric }) => metric?.replace(/, \d+$/, '') ?? []))]
  return new Map(
    whats.flatMap((what): [string, string][] => {
      const series = task.subjects.map(
        (subject): Line => ({
          label: nameOf(subject),
          points: pointsOf(
            task,
            what,
            rows.filter((row) => row.subject === subject),
          ),
        }),
      )
      const drawn = series.filter(({ points }) => points.length > 0)
      if (drawn.length === 0) return []
      const bytes = rows.some(({ metric, cost }) => cost === undefined && metric?.startsWith(`${what}, `))
      const axis = task.drawn === 'absolute' ? `${bytes ? 'Bytes' : 'CPU time in µs'}; less is better; both axes logarithmic` : RATIO
      const titles = { title: `${task.title.split(':')[0]}: ${what}`, axis }
      return [[`${task.name}-${what.replaceAll(' ', '-')}.svg`, lines(titles, over, drawn)]]
    }),
  )
}

function pointsOf(task: Task, what: string, rows: readonly Row[]): [number, number][] {
  return rows.flatMap(({ metric, cost, bytes, ratio }) => {
    const x = new RegExp(`^${what}, (\\d+)$`).exec(metric ?? '')?.[1]
    const y = task.drawn === 'absolute' ? (cost?.cpu ?? bytes) : cost && ratio
    return x !== undefined && y !== undefined && y > 0 ? [[Number(x), y]] : []
  })
}

function nameOf({ peer, session }: Subject): string {
  return `${labelOf(peer)}, ${session}`
}
