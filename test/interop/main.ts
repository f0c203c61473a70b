/** Runs every conversation of the plan and prints a line for each, then `N passed, M failed`. */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { planOf } from './plan.js'

const USAGE = `npm run test:interop -- [options]: live conversations with releases of libsignal-client
  --seed TEXT    repeat the decisions of an earlier run; keys are fresh
  --only TEXT    stories with this in their name
  --messages N   each way, instead of 1,000, or 200 without the Triple Ratchet
  --points N     at which running conversations are taken over, instead of 50
  --rounds N     of altered messages that the newest release and bisik judge, instead of 20
  --help         print this`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    only: { type: 'string', default: '' },
    messages: { type: 'string' },
    points: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit()
}
console.log(`seed ${values.seed} (repeat a story with --seed ${values.seed}; narrow with --only TEXT)`)

let passed = 0
let failed = 0
const messages = values.messages === undefined ? undefined : Number(values.messages)
for (const story of await planOf(values.seed, { messages, points: Number(values.points), rounds: Number(values.rounds) })) {
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
