// Everything that holds the house together, in one command. Stops at the first step that fails and says what to do.
//   node scripts/verify.mjs                   all steps
//   node scripts/verify.mjs --without-tests   all but the tests, for whoever runs those next
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')

const STEPS = [
  { name: 'generated code', command: 'node scripts/generate-proto.mjs --check', remedy: 'run "npm run gen" and commit the result' },
  { name: 'build', command: 'npm run build', remedy: 'make it compile' },
  { name: 'types', command: 'npm run check', remedy: 'make it compile, the tests too' },
  { name: 'lint and format', command: 'biome check .', remedy: 'run "npx biome check --write ."; what remains is for you' },
  {
    name: 'layers, cycles, names, comments',
    command: 'vitest run test/package/layers.test.ts test/package/source-rules.test.ts',
    remedy: 'move the import, or the code, to where the rule wants it; the rules stand at the top of these tests',
  },
  { name: 'dead exports', command: 'vitest run test/package/dead-exports.test.ts', remedy: 'remove the export, or what it exports' },
  { name: 'public surface', command: 'node scripts/api-report.mjs --check', remedy: 'run "npm run api", read the difference, commit it' },
  { name: 'package shape (publint)', command: 'publint --strict', remedy: 'follow what publint says' },
  { name: 'package types (attw)', command: 'attw --pack . --profile esm-only', remedy: 'follow what attw says' },
  {
    name: 'exports, sizes',
    command: 'vitest run test/package/exports.test.ts test/package/size.test.ts',
    remedy: 'see what came along, and why',
  },
  { name: 'project addresses', command: 'node scripts/project.mjs --check', remedy: 'run "npm run project" and commit it' },
  { name: 'errors', command: 'node scripts/error-pages.mjs --check', remedy: 'say what to do about the error; run "npm run errors"' },
  { name: 'README, guide', command: 'vitest run test/docs', remedy: 'make the page tell the truth' },
  {
    name: 'threats',
    command: 'node scripts/threat-table.mjs --check',
    remedy: 'write the missing test, or run "npm run threats" and commit it',
  },
  {
    name: 'lock file',
    command: 'npm ci --dry-run --ignore-scripts',
    remedy:
      'run "npm install --ignore-scripts"; if it still fails, the lock file lacks packages of other platforms: pin the version before',
  },
  { name: 'tests', command: 'vitest run', remedy: 'make them pass' },
]

const steps = process.argv.includes('--without-tests') ? STEPS.filter(({ name }) => name !== 'tests') : STEPS
const env = { ...process.env, NO_COLOR: '1', PATH: `${join(home, 'node_modules', '.bin')}:${process.env.PATH}` }
let passed = 0
for (const { name, command, remedy } of steps) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(command, { cwd: home, env, shell: true, encoding: 'utf8', maxBuffer: 2 ** 28 })
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}`)
  if (status !== 0) {
    // The reason first: vitest gives it on stderr, and the list of all tests on stdout.
    console.log(`\n${stderr}\n${stdout}\n${command} failed: ${remedy}\n\n${passed} passed, 1 failed`)
    process.exit(1)
  }
  passed++
}
console.log(`${passed} passed, 0 failed`)
