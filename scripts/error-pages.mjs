// Writes the codes in docs/guide/errors.md: the text of each, what it carries and what to do about it, from src/errors.ts and src/diagnosis.ts.
//   node scripts/error-pages.mjs           write it
//   node scripts/error-pages.mjs --check   exit 1 when the committed file differs, or when a code has no remedy
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'
import { parseAst } from 'vitest/node'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(home, 'src', 'errors.ts')
const output = join(home, 'docs', 'guide', 'errors.md')
/** Above it the page is written by hand. */
const MARK = '<!-- What follows is written by `npm run errors`, from the comments of the codes. -->'
const { BisikError } = await tsImport(source, import.meta.url)
const errors = readModule(source)
const diagnosis = readModule(join(home, 'src', 'diagnosis.ts'))
const problems = []

function readModule(path) {
  const text = readFileSync(path, 'utf8')
  return { text, declarations: parseAst(text, { lang: 'ts' }).body.map((one) => one.declaration ?? one) }
}

/** The comment right before `end`, as one line; what lies before `begin` is not looked at. */
function commentBefore(text, end, begin) {
  const before = text.slice(begin, end)
  const [, comment = ''] = /^\/\*\*([\s\S]*?)\*\/\s*\|?\s*$/.exec(before.slice(Math.max(0, before.lastIndexOf('/**')))) ?? []
  return comment
    .replaceAll(/\n\s*\* ?/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The text of an error, its details shown as names; those that are not always there are left out. */
function messageOf(code, optional) {
  const details = new Proxy({}, { get: (_, name) => (optional.includes(name) ? undefined : `‹${name}›`) })
  return new BisikError(code, details).message
}

function codeOf({ key }) {
  return key.type === 'Literal' ? key.value : key.name
}

function errorSections() {
  const { body } = errors.declarations.find(({ id }) => id?.name === 'ErrorDetails').body
  return body.flatMap((member, i) => {
    const code = codeOf(member)
    const remedy = commentBefore(errors.text, member.start, body[i - 1]?.end ?? 0)
    if (remedy === '') problems.push(`src/errors.ts: "${code}" has no comment that says what to do`)
    const fields = member.typeAnnotation.typeAnnotation.members ?? []
    const optional = fields.filter((field) => field.optional).map(({ key }) => key.name)
    const carried = fields.map(({ key }) => `\`${key.name}\``).join(', ')
    return [`## ${code}`, '', `> ${messageOf(code, optional)}`, '', remedy, '', ...(carried === '' ? [] : [`Carries ${carried}.`, ''])]
  })
}

function diagnosisRows() {
  const { types } = diagnosis.declarations.find(({ id }) => id?.name === 'DiagnosisCause').typeAnnotation
  return types.map(({ literal, start }, i) => `| \`${literal.value}\` | ${commentBefore(diagnosis.text, start, types[i - 1]?.end ?? 0)} |`)
}

const [written] = readFileSync(output, 'utf8').split(MARK)
const page = [
  `${written}${MARK}`,
  '',
  ...errorSections(),
  '## The diagnosis',
  '',
  'A message that did not open comes with a `diagnosis` in `details`, as far as this device can tell. Its `cause` is one of these:',
  '',
  '| cause | what it means |',
  '| --- | --- |',
  ...diagnosisRows(),
  '',
  'Its `remedy` is `drop`, `ask-again`, `ask-for-sender-key` or `acknowledge`. `decryptContent` asks by itself: see [healing](07-healing.md).',
  '',
].join('\n')

if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== page)
    problems.push('docs/guide/errors.md is not what the codes give: run "npm run errors" and commit it')
} else writeFileSync(output, page)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
