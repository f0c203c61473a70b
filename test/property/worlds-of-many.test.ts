import { expect, it } from 'vitest'
import { runWorlds, worldsOf } from '../support/world/property.js'

it('rows 5, 16, 18, 19, 33: three and four parties', { timeout: 600_000 }, async () => {
  const happened = await runWorlds({ title: 'worlds of three or four', worlds: 100, commands: 100, options: worldsOf(3, 4) })
  expect(happened.clockReadings).toEqual([])
})
