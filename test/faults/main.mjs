/**
 * Puts faults into the sources as they are loaded, one at a time, and runs the tests that must notice: `npm run faults`, or
 * `npm run faults -- TEXT` for those whose file or text has TEXT.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FAULTS } from './rosters.mjs'

const home = resolve(import.meta.dirname, '../..')
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/faults/vitest.config.mjs']

/** What the tests print. */
function run(fault = {}) {
  const env = { ...process.env, NO_COLOR: '1', ...fault }
  const { status, stdout, stderr } = spawnSync(process.execPath, VITEST, { cwd: home, env, encoding: 'utf8', timeout: 600_000 })
  return { isGood: status === 0, text: stdout + stderr }
}

/** Whether a test failed: sources that do not even load would make all of them look watchful. */
function isNoticed(fault) {
  const { isGood, text } = run(fault)
  return !isGood && /Failed Tests \d+/.test(text)
}

const [text = ''] = process.argv.slice(2)
const isOnce = ({ file, from }) => readFileSync(join(home, file), 'utf8').split(from).length === 2
const lost = FAULTS.filter((fault) => !isOnce(fault))
for (const { file, from } of lost) console.log(`does not stand once in ${file}: ${from}`)
const { isGood, text: printed } = run()
if (!isGood) throw new Error(`the tests fail without any fault: ${printed}`)
let missed = lost.length
FAULTS.forEach(({ file, from }, number) => {
  if (!file.includes(text) && !from.includes(text)) return
  const isCaught = isNoticed({ BISIK_FAULT: String(number) })
  if (!isCaught) missed++
  console.log(`${number + 1}/${FAULTS.length} ${isCaught ? 'noticed' : 'NOT NOTICED'} ${file}: ${from}`)
})
console.log(`${missed} not noticed`)
process.exitCode = missed > 0 ? 1 : 0
