import { expect, it } from 'vitest'
import { runWorlds, worldsOf } from '../support/world/property.js'

it('rows 5, 16, 18, 19, 33: worlds of three and four parties in which everything happens', { timeout: 600_000 }, async () => {
  const options = worldsOf(3, 4)
  const { tally, keys, clockReadings } = await runWorlds({ title: 'worlds of three or four', worlds: 70, commands: 100, options })
  expect(clockReadings).toEqual([])
  expect(tally.get('opened', 'messages')).toBeGreaterThan(2_000)
  expect(tally.get('agreement', 'after 1 exchanges')).toBeGreaterThan(150)
  // An altered sender: what belongs to one peer is refused from another.
  expect(tally.get('tampered', 'sender')).toBeGreaterThan(10)
  expect(keys).toBeGreaterThan(3_000)
  console.log(`row 33: ${keys} messages left, no key twice`)
})
