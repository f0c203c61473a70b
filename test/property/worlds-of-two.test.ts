import { expect, it } from 'vitest'
import { runWorlds, worldsOf } from '../support/world/property.js'

it('rows 5, 16, 18, 19, 33: two parties', { timeout: 600_000 }, async () => {
  const happened = await runWorlds({ title: 'worlds of two', worlds: 100, commands: 100, options: worldsOf(2, 2) })
  expect(happened.clockReadings).toEqual([])
})
