/** Turns what the children reported into rows: medians over passes, ratios pass by pass, targets beside the figures. */
import { median, type Report } from './meter.js'
import { BASELINE, BEFORE, BISIK, type Subject, type Target, type Task } from './task.js'

/** The reports of one subject, one a pass; a pass that failed has none. */
export type Passes = readonly (Report | undefined)[]
export type Results = ReadonlyMap<Subject, Passes>

/** A metric of a subject. */
export interface Row {
  readonly subject: Subject
  /** `undefined`: no pass told anything. */
  readonly metric: string | undefined
  /** Microseconds of CPU time, and by the clock. */
  readonly cost?: { readonly cpu: number; readonly wall: number }
  readonly bytes?: number
  /** To the same metric of the baseline. */
  readonly ratio?: number | undefined
  /** To that of the other checkout. */
  readonly toBefore?: number | undefined
}

export function rowsOf(task: Task, results: Results): Row[] {
  return task.subjects.flatMap((subject): Row[] => {
    const passes = results.get(subject) ?? []
    const done = passes.filter((report) => report !== undefined)
    const [one] = done
    if (!one) return [{ subject, metric: undefined }]
    const before = task.subjects.find(({ peer, session }) => peer === BEFORE && session === subject.session)
    const [baseline, other] = [passesOf(task, results, BASELINE), (before && results.get(before)) ?? []]
    const costs = Object.keys(one.costs).map((metric) => ({
      subject,
      metric,
      cost: { cpu: costOf(done, metric), wall: median(done.map((report) => report.costs[metric]?.wall ?? Number.NaN)) },
      ratio: ratioOf(passes, metric, baseline, metric),
      toBefore: ratioOf(passes, metric, other, metric),
    }))
    const sizes = Object.entries(one.sizes).map(([metric, bytes]) => ({
      subject,
      metric,
      bytes,
      ratio: sizeRatio(bytes, baseline, metric),
      toBefore: sizeRatio(bytes, other, metric),
    }))
    return [...costs, ...sizes]
  })
}

/** The cells of a row: peer, session, metric, CPU time or bytes, time by the clock, operations a second, ratio. */
export function cellsOf({ subject, metric, cost, bytes, ratio }: Row, label: (peer: string) => string): string[] {
  const who = [label(subject.peer), subject.session]
  if (metric === undefined) return [...who, 'failed', '', '', '', '']
  const times = ratio?.toFixed(2) ?? '–'
  if (cost) return [...who, metric, figure(cost.cpu), figure(cost.wall), figure(1e6 / cost.wall), times]
  return [...who, metric, `${(bytes ?? 0).toLocaleString('en')} B`, '', '', times]
}

export const HEADS: readonly string[] = ['peer', 'session', 'metric', 'CPU µs', 'wall µs', 'ops/s', `× ${BASELINE}`]

/** The table of a task for a terminal, with who is not in it, and its targets with what was measured. */
export function tableOf(task: Task, results: Results): string {
  const compared = task.subjects.some(({ peer }) => peer === BEFORE)
  const rows = rowsOf(task, results).map((row) => [...cellsOf(row, (peer) => peer), ...(compared ? [row.toBefore?.toFixed(2) ?? '–'] : [])])
  const absent = (task.absent ?? []).map(({ peer, why }) => `  not here: ${peer} ${why}`)
  const targets = task.targets.flatMap((target) => targetLines(task, target, results))
  return [`\n${task.title}`, ...aligned([compared ? [...HEADS, `× ${BEFORE}`] : HEADS, ...rows]), ...absent, ...targets].join('\n')
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

function sizeRatio(bytes: number, others: Passes, metric: string): number | undefined {
  const other = others.find((report) => report)?.sizes[metric]
  return other === undefined ? undefined : bytes / other
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
