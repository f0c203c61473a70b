/**
 * The tests of all files in one, and before them the one that never ends: it runs the others, in part, as often as it is asked to. A
 * mutant counts as noticed if a test fails that passes once the mutant is switched off again.
 */

import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { BroadcastChannel } from 'node:worker_threads'
import { describe, inject, it, TestRunner } from 'vitest'

const { name, files } = inject('resident')
// Where Stryker put the mutants' switches into the sources.
globalThis.__stryker__ ??= {}
const switches = globalThis.__stryker__
const [SUCCESS, FAILED] = [0, 1]
/** How long each test took in the first run, which one worker does for all. It lies in the sandbox. */
const TIMES = 'test/mutation/times.json'

it('answers', { timeout: 0 }, async ({ task }) => {
  const tests = new Map(task.file.tasks.flatMap((suite) => testsOf(suite)).map((test) => [test.id, test]))
  const channel = new BroadcastChannel(name)
  channel.postMessage('ready')
  for (;;) {
    const [{ data }] = await once(channel, 'message')
    if (data === 'end') break
    channel.postMessage(data.mutant === undefined ? await runAll(tests) : await runMutant(data, tests))
  }
  channel.close()
  throw new Error('so that the others do not run')
})

for (const file of files) describe(relative(process.cwd(), file), async () => void (await import(/* @vite-ignore */ file)))

/** The tests of a suite, each with the hooks around it. */
function testsOf(task, suites = [], path = []) {
  const names = [...path, task.name]
  if (task.type === 'suite') return task.tasks.flatMap((child) => testsOf(child, [...suites, task], names))
  if (task.mode !== 'run' || suites.length === 0) return []
  return [{ id: `${names[0]}#${names.slice(1).join(' > ')}`, task, suites }]
}

/** From the last to the first: a test that needs what an earlier one did would fail alone whatever the mutant. It fails here, and is left out. */
async function runAll(tests) {
  const results = []
  for (const test of [...tests.values()].reverse()) {
    switches.currentTestId = test.id
    const result = await resultOf(test)
    switches.currentTestId = undefined
    if (result.status === SUCCESS) results.push(result)
    else delete switches.mutantCoverage?.perTest[test.id]
  }
  writeFileSync(TIMES, JSON.stringify(Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]))))
  return { status: 'complete', tests: results, mutantCoverage: switches.mutantCoverage }
}

let times
const kills = new Map()

async function runMutant({ ids, mutant, hitLimit }, tests) {
  times ??= JSON.parse(readFileSync(TIMES, 'utf8'))
  const chosen = (ids?.map((id) => tests.get(id)) ?? [...tests.values()]).sort((a, b) => rank(a) - rank(b))
  switches.hitCount = 0
  switches.hitLimit = hitLimit
  const results = []
  let isSpoiled = false
  for (const test of chosen) {
    switches.activeMutant = mutant
    const result = await resultOf(test)
    switches.activeMutant = undefined
    results.push(result)
    if (result.status !== FAILED) continue
    kills.set(test, (kills.get(test) ?? 0) + 1)
    isSpoiled = await isSpoiledFor(test)
    break
  }
  return { status: 'complete', tests: results, hitCount: switches.hitCount, isSpoiled }
}

/** Whether a test fails with no mutant switched on. */
async function isSpoiledFor(test) {
  const { hitCount } = switches
  switches.hitLimit = undefined
  const { status } = await resultOf(test)
  switches.hitCount = hitCount
  return status === FAILED
}

/** What noticed many mutants goes first, and what is quick. */
function rank(test) {
  return times[test.id] / (1 + (kills.get(test) ?? 0)) ** 2
}

async function resultOf(test) {
  const begin = performance.now()
  const { error } = await runTest(test).then(
    () => ({ error: undefined }),
    (error) => ({ error: error ?? 'nothing' }),
  )
  const [fileName, testName] = test.id.split('#')
  const result = { id: test.id, name: testName, fileName, timeSpentMs: performance.now() - begin }
  return error === undefined
    ? { ...result, status: SUCCESS }
    : { ...result, status: FAILED, failureMessage: String(error?.message ?? error).slice(0, 1000) }
}

/** Runs a test and the hooks around it, as Vitest would if the test were alone. */
async function runTest({ task, suites }) {
  const hooks = suites.map((suite) => [suite, TestRunner.getSuiteHooks(suite)])
  const after = []
  try {
    for (const [suite, { beforeAll, afterAll }] of hooks) {
      after.unshift(...afterAll.map((hook) => () => hook(suite.context ?? {}, suite)))
      for (const hook of beforeAll) {
        const clean = await hook({}, suite)
        if (typeof clean === 'function') after.unshift(clean)
      }
    }
    for (const [, { beforeEach, afterEach }] of hooks) {
      after.unshift(...afterEach.map((hook) => () => hook(task.context, task)))
      for (const hook of beforeEach) {
        const clean = await hook(task.context, task)
        if (typeof clean === 'function') after.unshift(clean)
      }
    }
    await TestRunner.getTestFn(task)()
  } finally {
    for (const hook of after) await hook()
  }
}
