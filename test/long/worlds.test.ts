import { afterAll, expect, it } from 'vitest'
import { attacks } from '../support/world/attack.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { runWorlds, worldsOf } from '../support/world/property.js'
import { schedules } from '../support/world/schedules.js'

const seed = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
afterAll(() => KeyWatch.end())

it('rows 5, 16, 18, 19, 33: 1,000 worlds of 400 commands', async () => {
  const { tally, keys, clockReadings } = await runWorlds({ title: 'long worlds', worlds: 1_000, commands: 400, options: worldsOf(2, 4) })
  expect(clockReadings).toEqual([])
  for (const code of ['authentication-failed', 'duplicate-message', 'pre-key-not-found', 'no-session when sending', 'replayed-base-key']) {
    expect(tally.get('refusals', code), code).toBeGreaterThanOrEqual(100)
  }
  expect(tally.get('epochs', 'of post-quantum chains 2')).toBeGreaterThan(1_000)
  console.log(`row 33: ${keys} messages left, no key twice`)
})

it('row 16: 50,000 schedules', async () => {
  await schedules(50_000)
})

it('O6: 200 worlds with an attacker', async () => {
  await attacks(200, seed)
})
