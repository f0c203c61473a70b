import { expect, it } from 'vitest'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { killing } from '../support/world/killing.js'

const directory = temporaryDirectory()

it('rows 18, 19: 200 times SIGKILL in the middle of sending and receiving on SQLite', async () => {
  const count = await killing(directory, 200)
  console.log(`rows 18, 19: ${JSON.stringify(count)}`)
  expect(count.kills).toBe(200)
  expect(count.sentAgain).toBeGreaterThan(100)
  expect(count.openedUnheard).toBeGreaterThan(0)
})
