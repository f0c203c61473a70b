import { it } from 'vitest'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { fourProcesses } from '../support/world/processes.js'

const directory = temporaryDirectory()

it('row 17: four processes with 2,000 messages each on one session, as many on one each, and as many received', async () => {
  await fourProcesses(directory, 2_000)
})
