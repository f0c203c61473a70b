/**
 * Runs the suite on every runtime, prints the table and writes it into docs/runtimes.md: `npm run runtimes`. With `-- --only NAME` it runs
 * the runtimes whose names begin so, and writes nothing.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { home } from '../support/built-package.js'
import type { Outcome, Runtime, Workspace } from './outcome.js'
import { hasPassed, pageOf, type Row, tableOf } from './report.js'
import { RUNTIMES } from './runtimes.js'
import { withWorkspace } from './workspace.js'

const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values
const chosen = RUNTIMES.filter(({ name }) => name.startsWith(only))
if (chosen.length === 0) throw new Error(`no runtime "${only}"; there are ${RUNTIMES.map(({ name }) => name).join(', ')}`)

async function outcomeOf({ name, run }: Runtime, workspace: Workspace): Promise<Outcome> {
  const start = performance.now()
  const outcome = await run(workspace).catch(
    (error: unknown): Outcome => ({ error: String(error instanceof Error ? error.message : error) }),
  )
  console.log(`${name}: ${outcome.error ?? 'passed'}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return outcome
}

const rows: Row[] = []
await withWorkspace(async (workspace) => {
  for (const runtime of chosen) rows.push({ runtime, outcome: await outcomeOf(runtime, workspace) })
})
console.log(`\n${tableOf(rows)}\n`)
if (chosen === RUNTIMES || chosen.length === RUNTIMES.length) writeFileSync(join(home, 'docs', 'runtimes.md'), pageOf(rows))
const passed = rows.filter(hasPassed).length
console.log(`${passed} passed, ${rows.length - passed} failed`)
process.exitCode = passed === rows.length ? 0 : 1
