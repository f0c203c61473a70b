import { expect, it } from 'vitest'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { killing } from '../support/world/killing.js'
import { fourProcesses } from '../support/world/processes.js'

const directory = temporaryDirectory()

it('row 17: four processes on one SQLite file use no counter twice and lose nothing, on one session and on one each', {
  timeout: 300_000,
}, async () => {
  // A sample: 2,000 messages each are in test/long/processes.test.ts.
  await fourProcesses(directory, 150)
})

it('rows 18, 19: a process killed while it sends and receives loses nothing and uses no key twice', { timeout: 300_000 }, async () => {
  // A sample: 200 kills are in test/long/sigkill.test.ts.
  const count = await killing(directory, 5)
  console.log(`rows 18, 19: ${JSON.stringify(count)}`)
  expect(count.kills).toBe(5)
  expect(count.sent).toBeGreaterThan(5)
  expect(count.sentAgain).toBeGreaterThan(0)
})
