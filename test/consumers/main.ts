/** Tries the packed package in every tool, prints the table and writes it into docs/consumers.md: `npm run consumers`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { home } from '../support/built-package.js'
import { CONSUMERS } from './consumers.js'
import type { Consumer, Outcome, Workspace } from './outcome.js'
import { hasPassed, type Row, tableOf } from './report.js'
import { pageOf } from './report-page.js'
import { withWorkspace } from './workspace.js'

const NAMES = CONSUMERS.map(({ name }) => name).join(', ')
const HELP = `npm run consumers [-- --only NAME]

Packs bisik, tries it in the tools that applications are built, typed and tested with, and writes docs/consumers.md.

  --only NAME   only the tools whose names begin so, and no page
  --help        this text

Tools: ${NAMES}`

const { only, help } = parseArgs({
  options: { only: { type: 'string', default: '' }, help: { type: 'boolean', default: false } },
}).values
const chosen = CONSUMERS.filter(({ name }) => name.startsWith(only))

async function outcomeOf({ name, run }: Consumer, workspace: Workspace): Promise<Outcome> {
  const start = performance.now()
  const outcome = await run(workspace).catch(
    (error: unknown): Outcome => ({ error: String(error instanceof Error ? error.message : error) }),
  )
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `${name}: ${outcome.error === undefined ? 'passed' : `FAILED\n${outcome.error}\ntry it alone: npm run consumers -- --only ${name}`}, ${seconds} s`,
  )
  return outcome
}

async function everything(): Promise<void> {
  const rows: Row[] = []
  await withWorkspace(async (workspace) => {
    for (const consumer of chosen) rows.push({ consumer, outcome: await outcomeOf(consumer, workspace) })
  })
  console.log(`\n${tableOf(rows)}\n`)
  if (chosen.length === CONSUMERS.length) writeFileSync(join(home, 'docs', 'consumers.md'), pageOf(rows))
  const passed = rows.filter(hasPassed).length
  console.log(`${passed} passed, ${rows.length - passed} failed`)
  process.exitCode = passed === rows.length ? 0 : 1
}

if (help) console.log(HELP)
else if (chosen.length > 0) await everything()
else {
  console.error(`no tool is called "${only}"; there are ${NAMES}`)
  process.exitCode = 2
}
