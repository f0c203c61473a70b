import { it } from 'vitest'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { fourProcesses } from '../support/world/processes.js'

const directory = temporaryDirectory()

it('row 17: four processes on one SQLite file use no counter twice and lose nothing, on one session and on one each', {
  timeout: 300_000,
}, async () => {
  // A sample: 2,000 messages each are in test/long/processes.test.ts.
  await fourProcesses(directory, 150)
})
