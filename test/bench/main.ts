/** Measures bisik beside other libraries, and prints tables or writes pages of them. See `--help`. */
import { fork } from 'node:child_process'
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { GROWTH_TASKS } from './growth-tasks.js'
import { type KeptResults, keepResults, keptResults } from './kept-results.js'
import { circumstancesOf, writePage } from './page.js'
import { runTasks } from './run.js'
import { BEFORE, type Task } from './task.js'
import { TASKS } from './tasks.js'

const HELP = `npm run bench -- [options]

  --only TASK     one task; may be repeated: ${TASKS.map(({ name }) => name).join(', ')}
  --peer PEER     one peer (bisik, 0.103.0, matrix, …); may be repeated
  --growth        curves instead: ${GROWTH_TASKS.map(({ name }) => name).join(', ')}
  --soak          1,000,000 messages over a bad network with restarts instead; exit code 1 on a refusal or growing memory
  --messages N    of the soak
  --seed S        of the soak
  --write         writes tables and charts into docs/bench, too: README.md, growth.md or soak.md
  --draw          draws the page again from what was last measured and written, after a change of how it looks
  --out DIR       writes them into another folder
  --against DIR   another checkout of bisik, built, as the peer "${BEFORE}"; ratios to it are printed too
  --passes N      how often each peer is measured (2; sizes and groups are measured once)
  --quick         shortest rounds, to see that everything runs: the figures mean nothing
  --help

Each task runs on each peer in a process of its own, peer after peer, pass after pass. In a process: rounds that double until the timed
part of one takes 0.15 s of CPU time, two such seconds of warm-up in all, then nine rounds, or only three if they take six seconds;
the median round. Printed are medians over the passes; ratios are CPU time to CPU time in the same pass. Stores are in memory and hold
bytes where the library allows that: each call parses what it loads and serializes what it saves. Keys are made outside the timed part.
Targets are printed beside the figures and fail nothing: on a busy machine read single cells as ±15 %.`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    peer: { type: 'string', multiple: true },
    growth: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    messages: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    draw: { type: 'boolean', default: false },
    out: { type: 'string' },
    against: { type: 'string' },
    passes: { type: 'string', default: '2' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const HEADS = {
  'README.md': `# Benchmarks

bisik beside libsignal-client and other libraries that encrypt messages end to end, each through its published interface. Written by
\`npm run bench -- --write\`. There are pages about [growth](growth.md) and a [soak](soak.md), too.

A ratio of 0.5 is half the CPU time of libsignal-client. Stores are in memory. Where the library allows it, each call parses what it loads
and serializes what it saves. Keys are made outside the timed part. What a library cannot do is named under the table.`,
  'growth.md': `# Growth

What a message costs, and what is stored, as a conversation, an account or a group grows. Written by \`npm run bench -- --growth --write\`;
the comparison of libraries is on [another page](README.md).`,
}

const FILE = values.growth ? 'growth.md' : 'README.md'
const DOCS = fileURLToPath(new URL('../../docs/bench', import.meta.url))
/** Where pages go; `undefined`: nowhere. */
const folder = values.out ? resolve(values.out) : values.write || values.draw ? DOCS : undefined

if (values.help) console.log(HELP)
else if (values.soak) soak([values.messages, values.seed, ...(folder ? [folder] : [])])
else if (values.draw) drawAgain()
else await measure(chosenTasks(values.growth ? GROWTH_TASKS : TASKS), Number(values.passes))

function soak(options: readonly string[]): void {
  const child = fork(new URL('./soak.ts', import.meta.url), options, { execArgv: ['--expose-gc', '--import', 'tsx'] })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

function drawAgain(): void {
  write(folder ?? DOCS, keptResults(FILE, [...TASKS, ...GROWTH_TASKS]))
}

function chosenTasks(tasks: readonly Task[]): readonly Task[] {
  for (const name of values.only ?? []) {
    if (!tasks.some((task) => task.name === name)) throw new Error(`no task "${name}"; see --help`)
  }
  return tasks.filter(({ name }) => values.only?.includes(name) ?? true)
}

async function measure(tasks: readonly Task[], passes: number): Promise<void> {
  const load = loadavg()[0] ?? 0
  const against = values.against === undefined ? undefined : resolve(values.against)
  const measurements = await runTasks(tasks, { passes, peers: values.peer, against, quick: values.quick })
  const how = values.quick ? 'quick rounds, so that no figure means anything' : `${passes} ${passes === 1 ? 'pass' : 'passes'}`
  const circumstances = circumstancesOf(load, how)
  console.log(`\n${circumstances.split('\n')[0]}`)
  if (folder === undefined) return
  keepResults(FILE, { measurements, circumstances })
  write(folder, { measurements, circumstances })
}

function write(folder: string, { measurements, circumstances }: KeptResults): void {
  writePage({ folder, file: FILE, head: HEADS[FILE], circumstances }, measurements)
  console.log(`written: ${folder}/${FILE}`)
}
