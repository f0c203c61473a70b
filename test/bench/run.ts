/** Runs tasks on their subjects: each in a process of its own, subject after subject, pass after pass. Tells how far it is. */
import { fork } from 'node:child_process'
import type { Report } from './meter.js'
import { type Results, tableOf } from './report.js'
import { BEFORE, BISIK, type Subject, type Task } from './task.js'

export interface RunOptions {
  readonly passes: number
  /** Peers to measure; default all. */
  readonly peers?: readonly string[] | undefined
  /** The folder of another checkout, built. */
  readonly against?: string | undefined
  readonly quick?: boolean
}

export interface Measurement {
  readonly task: Task
  readonly results: Results
}

/** Measures and prints, task after task. A subject that fails sets the exit code. */
export async function runTasks(tasks: readonly Task[], options: RunOptions): Promise<Measurement[]> {
  const plan = tasks.map((task) => ({ ...task, subjects: subjectsOf(task, options) }))
  const passesOf = (task: Task): number => (task.once ? 1 : options.passes)
  const total = plan.reduce((sum, task) => sum + task.subjects.length * passesOf(task), 0)
  const started = Date.now()
  let done = 0
  const measurements: Measurement[] = []
  for (const task of plan) {
    const results = new Map<Subject, (Report | undefined)[]>(task.subjects.map((subject) => [subject, []]))
    for (let pass = 1; pass <= passesOf(task); pass++) {
      for (const subject of task.subjects) {
        const begun = Date.now()
        const report = await runChild(task, subject, options)
        results.get(subject)?.push(report)
        if (!report) process.exitCode = 1
        done++
        const took = report ? `${seconds(Date.now() - begun)}, ${report.spent.toFixed(1)} s of CPU time` : 'failed'
        console.error(
          `  ${done} of ${total}, ${seconds(Date.now() - started)}: ${task.name}, pass ${pass}, ${subject.peer} ${subject.session}: ${took}`,
        )
      }
    }
    if (task.subjects.length > 0) console.log(tableOf(task, results))
    measurements.push({ task, results })
  }
  return measurements
}

function subjectsOf({ subjects }: Task, { against, peers }: RunOptions): readonly Subject[] {
  const before = against === undefined ? [] : subjects.filter(({ peer }) => peer === BISIK).map((subject) => ({ ...subject, peer: BEFORE }))
  return [...subjects, ...before].filter(({ peer }) => peers?.includes(peer) ?? true)
}

/** @returns `undefined` if the child failed; it has told why on the standard error stream. */
function runChild(task: Task, { peer, session }: Subject, { against, quick }: RunOptions): Promise<Report | undefined> {
  return new Promise((resolve) => {
    const child = fork(new URL('./child.ts', import.meta.url), [task.name, peer, session], {
      execArgv: ['--expose-gc', '--import', 'tsx'],
      env: {
        ...process.env,
        ...(against === undefined ? {} : { BISIK_BEFORE: against }),
        ...(quick ? { BISIK_BENCH: 'quick' } : {}),
      },
    })
    let report: Report | undefined
    child.on('message', (message) => {
      report = message as Report
    })
    child.on('exit', (code) => resolve(code === 0 ? report : undefined))
  })
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
