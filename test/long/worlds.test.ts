import { afterAll, expect, it } from 'vitest'
import { attacks } from '../support/world/attack.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { runWorlds, worldsOf } from '../support/world/property.js'
import { schedules } from '../support/world/schedules.js'

// The full counts take an hour; BISIK_LONG_SHARE runs a part of them, as .ci/run does, and the test names say the full ones.
const share = Number(process.env.BISIK_LONG_SHARE ?? 1)
const part = (count: number): number => Math.ceil(count * share)
const seed = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
afterAll(() => KeyWatch.end())

it('rows 5, 16, 18, 19, 33: 1,000 worlds of 400 commands', async () => {
  const { tally, keys, clockReadings } = await runWorlds({
    title: 'long worlds',
    worlds: part(1_000),
    commands: 400,
    options: worldsOf(2, 4),
  })
  expect(clockReadings).toEqual([])
  for (const code of ['authentication-failed', 'duplicate-message', 'pre-key-not-found', 'no-session when sending', 'replayed-base-key']) {
    expect(tally.get('refusals', code), code).toBeGreaterThanOrEqual(Math.floor(100 * share))
  }
  expect(tally.get('epochs', 'of post-quantum chains 2')).toBeGreaterThan(1_000 * share * 0.5)
  console.log(`row 33: ${keys} messages left, no key twice`)
})

it('row 16: 50,000 schedules', async () => {
  await schedules(part(50_000))
})

it('O6: 200 worlds with an attacker', async () => {
  await attacks(part(200), seed)
})
