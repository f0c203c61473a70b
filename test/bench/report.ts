/** Turns what the children reported into tables: medians over passes, ratios pass by pass, targets beside the figures. */
import { median, type Report } from './meter.js'
import { BASELINE, BEFORE, BISIK, type Subject, type Target, type Task } from './task.js'

/** The reports of one subject, one a pass; a pass that failed has none. */
export type Passes = readonly (Report | undefined)[]
export type Results = ReadonlyMap<Subject, Passes>

/** The table of a task, and its targets with what was measured. */
export function tableOf(task: Task, results: Results): string {
  const rows = task.subjects.flatMap((subject) => {
    const before = task.subjects.find(({ peer, session }) => peer === BEFORE && session === subject.session)
    const others = [passesOf(task, results, BASELINE), ...(before ? [results.get(before) ?? []] : [])]
    return rowsOf(subject, results.get(subject) ?? [], others)
  })
  const compared = task.subjects.some(({ peer }) => peer === BEFORE) ? [`× ${BASELINE}`, `× ${BEFORE}`] : [`× ${BASELINE}`]
  const heads = ['peer', 'session', 'metric', 'CPU µs', 'wall µs', 'ops/s', ...compared]
  const targets = task.targets.flatMap((target) => targetLines(task, target, results))
  return [`\n${task.title}`, ...aligned([heads, ...rows]), ...targets].join('\n')
}

function rowsOf(subject: Subject, passes: Passes, others: readonly Passes[]): string[][] {
  const who = [subject.peer, subject.session]
  const done = passes.filter((report) => report !== undefined)
  const [one] = done
  if (!one) return [[...who, 'failed', '', '', '', '']]
  const costs = Object.keys(one.costs).map((metric) => {
    const wall = median(done.map((report) => report.costs[metric]?.wall ?? Number.NaN))
    const ratios = others.map((other) => ratioOf(passes, metric, other, metric)?.toFixed(2) ?? '–')
    return [...who, metric, figure(costOf(done, metric)), figure(wall), figure(1e6 / wall), ...ratios]
  })
  const sizes = Object.entries(one.sizes).map(([metric, bytes]) => [
    ...who,
    metric,
    `${bytes} bytes`,
    '',
    '',
    ...others.map((other) => sizeRatio(bytes, other, metric)),
  ])
  return [...costs, ...sizes]
}

function targetLines(task: Task, { metric, session, versus, atMost }: Target, results: Results): string[] {
  const subject = task.subjects.find((known) => known.peer === BISIK && known.session === session)
  const passes = subject && results.get(subject)
  if (!passes) return []
  const label = `  target: ${metric}, ${session} <= ${atMost}`
  if (versus === undefined) return [`${label} bytes: ${verdict(passes.find((report) => report)?.sizes[metric], atMost, 0)}`]
  if (versus === 'milliseconds') {
    const done = passes.filter((report) => report !== undefined)
    return [`${label} ms of CPU: ${verdict(done.length > 0 ? costOf(done, metric) / 1000 : undefined, atMost, 1)}`]
  }
  const [others, otherMetric] = 'peer' in versus ? [passesOf(task, results, versus.peer), metric] : [passes, versus.metric]
  const ratio = ratioOf(passes, metric, others, otherMetric)
  return [`${label} × ${'peer' in versus ? versus.peer : versus.metric}: ${verdict(ratio, atMost, 2)}`]
}

function verdict(value: number | undefined, atMost: number, digits: number): string {
  return value === undefined ? 'not measured' : `${value.toFixed(digits)}, ${value <= atMost ? 'met' : 'MISSED'}`
}

function passesOf(task: Task, results: Results, peer: string): Passes {
  const subject = task.subjects.find((known) => known.peer === peer)
  return (subject && results.get(subject)) ?? []
}

function costOf(reports: readonly Report[], metric: string): number {
  return median(reports.map((report) => report.costs[metric]?.cpu ?? Number.NaN))
}

/** The median over passes of CPU to CPU in the same pass, since the machine's load changes between passes. */
function ratioOf(passes: Passes, metric: string, others: Passes, otherMetric: string): number | undefined {
  const ratios = passes.flatMap((report, pass) => {
    const ours = report?.costs[metric]?.cpu
    const theirs = others[pass]?.costs[otherMetric]?.cpu
    return ours !== undefined && theirs !== undefined ? [ours / theirs] : []
  })
  return ratios.length > 0 ? median(ratios) : undefined
}

function sizeRatio(bytes: number, baseline: Passes, metric: string): string {
  const other = baseline.find((report) => report)?.sizes[metric]
  return other === undefined ? '–' : (bytes / other).toFixed(2)
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
  return rows.map((row) =>
    row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  )
}
