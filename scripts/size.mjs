// What each entry of the built package weighs in a web page, in bytes of gzip, beside its budget.
//   npm run size                  this checkout
//   npm run size -- --against DIR   beside it another checkout, which has its own dist/
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BUDGETS, weigh } from '../test/support/weight.ts'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const { against } = parseArgs({ options: { against: { type: 'string' } } }).values

const folders = [home, ...(against === undefined ? [] : [resolve(against)])]
for (const folder of folders) {
  if (existsSync(join(folder, 'dist'))) continue
  console.error(`${folder} is not built: run "npm run build" there`)
  process.exit(2)
}

const rows = [['', 'today', 'budget', ...folders.slice(1).flatMap(() => ['against', 'change'])]]
let isOver = false
for (const [what, budget] of Object.entries(BUDGETS)) {
  const [today, other] = await Promise.all(folders.map(async (folder) => (await weigh(folder, budget))?.gzip))
  isOver ||= today === undefined || today > budget.gzip
  const change = today === undefined || other === undefined ? '' : `${(100 * (today / other - 1)).toFixed(1)} %`
  rows.push([what, today ?? 'none', budget.gzip, ...(folders.length > 1 ? [other ?? 'none', change] : [])])
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
for (const row of rows) {
  console.log(row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('  '))
}
if (isOver) console.error('over budget')
process.exitCode = isOver ? 1 : 0
