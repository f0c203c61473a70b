/** Runs every conversation of the plan and prints a line for each, then `N passed, M failed`. `--seed`, `--only` and `--messages` narrow it. */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { planOf } from './plan.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    only: { type: 'string', default: '' },
    messages: { type: 'string' },
  },
})
console.log(`seed ${values.seed} (repeat a story with --seed ${values.seed}; narrow with --only TEXT)`)

let passed = 0
let failed = 0
for (const story of await planOf(values.seed, values.messages === undefined ? undefined : Number(values.messages))) {
  if (!story.name.includes(values.only)) continue
  try {
    const outcome = await story.run()
    passed++
    console.log(`ok    ${story.name.padEnd(58)} ${outcome}`)
  } catch (error) {
    failed++
    console.log(`FAIL  ${story.name.padEnd(58)} ${error instanceof Error ? error.stack : error}`)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
