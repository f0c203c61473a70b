// Writes docs/threats.md: which test answers which threat. A test says so by its name, or that of the group around it:
// it('row 5: …'), it('rows 18, 19: …'), describe('rows 33-35: …').
//   node scripts/threat-table.mjs           write it
//   node scripts/threat-table.mjs --check   exit 1 when the committed file differs, or when a threat that is due has no test
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const output = join(home, 'docs', 'threats.md')
const threats = JSON.parse(readFileSync(join(home, 'scripts', 'threats.json'), 'utf8'))
const problems = []

/** `[{ rows, name, file }]` of every test that names rows. */
const tests = readdirSync(join(home, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.includes('node_modules/'))
  .sort()
  .flatMap((path) => testsIn(`test/${path}`))

function testsIn(file) {
  const text = readFileSync(join(home, file), 'utf8')
  if (!/\brows? \d/.test(text)) return []
  const found = []
  visit(parseAst(text, { lang: 'ts' }), (node) => {
    if (node.type !== 'CallExpression' || !(isCall(node, 'describe') || isCall(node, 'it', 'test'))) return
    const name = textOf(node.arguments[0])
    const [, list, title] = /^(rows? \d[\d, androws-]*): (.*)$/.exec(name ?? '') ?? []
    const tests = isCall(node, 'describe') ? countTests(node) : undefined
    if (list !== undefined && tests !== 0)
      found.push({ rows: rowsOf(list, file), name: tests === undefined ? title : `${title}: ${tests} tests`, file })
    else if (/^rows?\b/.test(name ?? '')) problems.push(`${file}: "${name}" is neither "row N: …" nor "rows N, M: …" nor "rows N-M: …"`)
  })
  return found
}

/** `it(…)`, `it.concurrent(…)`, `it.each(…)(…)`, and so for other names; what is skipped answers nothing. */
function isCall({ callee }, ...names) {
  if (callee.type === 'Identifier') return names.includes(callee.name)
  if (callee.type === 'CallExpression') return isCall(callee, ...names)
  return (
    callee.type === 'MemberExpression' &&
    !['skip', 'todo', 'fails'].includes(callee.property.name) &&
    isCall({ callee: callee.object }, ...names)
  )
}

function countTests(tree) {
  let count = 0
  visit(tree, (node) => {
    if (node.type === 'CallExpression' && node.callee.type !== 'MemberExpression' && isCall(node, 'it', 'test')) count++
  })
  return count
}

function textOf(node) {
  if (node?.type === 'Literal') return String(node.value)
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('…') : undefined
}

function rowsOf(list, file) {
  return list
    .replaceAll(/rows? /g, '')
    .split(/, | and /)
    .flatMap((part) => {
      const [first, last = first] = part.split('-').map(Number)
      const rows = Array.from({ length: last - first + 1 }, (_, i) => first + i)
      if (rows.length === 0 || !rows.every((row) => threats.some((one) => one.row === row))) problems.push(`${file}: no threats "${part}"`)
      return rows
    })
}

function visit(node, see) {
  if (node === null || typeof node !== 'object') return
  if (typeof node.type === 'string') see(node)
  for (const value of Object.values(node)) for (const child of Array.isArray(value) ? value : [value]) visit(child, see)
}

const lines = [
  '# Threats and the tests that answer them',
  '',
  'Written by `npm run threats` from the names of the tests; `npm run verify` fails when a threat that is due has none.',
  '',
  '| | threat | tests |',
  '| --- | --- | --- |',
]
for (const { row, threat, due, later } of threats) {
  const own = tests
    .filter(({ rows }) => rows.includes(row))
    .map(({ name, file }) => `${name.replaceAll('|', '\\|')} (\`${file.slice('test/'.length)}\`)`)
  if (due === 'now' && own.length === 0) problems.push(`no test is named "row ${row}: …" (${threat})`)
  lines.push(`| ${row} | ${threat} | ${[...(later === undefined ? [] : [`*Later: ${later}.*`]), ...own].join('<br>')} |`)
}
const text = `${lines.join('\n')}\n`

if (process.argv.includes('--check')) {
  if (!existsSync(output) || readFileSync(output, 'utf8') !== text)
    problems.push('docs/threats.md is not what the tests give: run "npm run threats" and commit it')
} else {
  mkdirSync(dirname(output), { recursive: true })
  writeFileSync(output, text)
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
