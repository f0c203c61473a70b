/** Measures every task on every peer, in turn and several times, and prints tables. See `--help`. */
import { fork } from 'node:child_process'
import { arch, cpus, release } from 'node:os'
import { resolve as resolvePath } from 'node:path'
import { parseArgs } from 'node:util'
import type { Report } from './meter.js'
import { type Results, tableOf } from './report.js'
import { BASELINE, BEFORE, BISIK, type Subject, type Task } from './task.js'
import { TASKS } from './tasks.js'

const HELP = `npm run bench -- [options]

  --only TASK     one task; may be repeated: ${TASKS.map(({ name }) => name).join(', ')}
  --peer PEER     one peer (bisik, 0.103.0, …); may be repeated
  --against DIR   another checkout of bisik, built, as the peer "${BEFORE}"; ratios to it are printed too
  --passes N      how often each peer is measured (3)
  --help

Each task runs on each peer in a process of its own, peer after peer, pass after pass. In a process: rounds that double until the timed
part of one takes 0.15 s of CPU time, two such seconds of warm-up in all, then nine rounds; the median round. Printed are medians over
the passes; ratios are CPU time to CPU time in the same pass. Stores are in memory and hold bytes: each call parses what it loads and
serializes what it saves. Keys are made outside the timed part. Targets are printed beside the figures and fail nothing: on a busy
machine read single cells as ±15 %.`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    peer: { type: 'string', multiple: true },
    against: { type: 'string' },
    passes: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(HELP)
else await measure(chosenTasks(), Number(values.passes))

function chosenTasks(): Task[] {
  for (const name of values.only ?? []) {
    if (!TASKS.some((task) => task.name === name)) throw new Error(`no task "${name}"; see --help`)
  }
  return TASKS.filter(({ name }) => values.only?.includes(name) ?? true)
}

async function measure(tasks: readonly Task[], passes: number): Promise<void> {
  console.log(
    `node ${process.version}, ${arch()}, ${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, ${release()}; ratios to libsignal-client ${BASELINE}`,
  )
  for (const task of tasks) {
    const before = task.subjects
      .filter(({ peer }) => values.against !== undefined && peer === BISIK)
      .map((subject) => ({ ...subject, peer: BEFORE }))
    const subjects = [...task.subjects, ...before].filter(({ peer }) => values.peer?.includes(peer) ?? true)
    const results = new Map<Subject, (Report | undefined)[]>(subjects.map((subject) => [subject, []]))
    for (let pass = 1; pass <= passes; pass++) {
      for (const subject of subjects) {
        const started = Date.now()
        const report = await runChild(task, subject)
        results.get(subject)?.push(report)
        const outcome = report ? `${((Date.now() - started) / 1000).toFixed(1)} s` : 'failed'
        console.error(`  ${task.name}, pass ${pass} of ${passes}, ${subject.peer} ${subject.session}: ${outcome}`)
        if (!report) process.exitCode = 1
      }
    }
    console.log(tableOf({ ...task, subjects }, results satisfies Results))
  }
}

/** @returns `undefined` if the child failed; it has told why on the standard error stream. */
function runChild(task: Task, { peer, session }: Subject): Promise<Report | undefined> {
  return new Promise((resolve) => {
    const child = fork(new URL('./child.ts', import.meta.url), [task.name, peer, session], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ...(values.against === undefined ? {} : { BISIK_BEFORE: resolvePath(values.against) }) },
    })
    let report: Report | undefined
    child.on('message', (message) => {
      report = message as Report
    })
    child.on('exit', (code) => resolve(code === 0 ? report : undefined))
  })
}
