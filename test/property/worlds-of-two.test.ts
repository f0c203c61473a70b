import { expect, it } from 'vitest'
import { COMMANDS, runWorlds, TAMPERINGS, worldsOf } from '../support/world/property.js'

it('rows 5, 16, 18, 19, 33: worlds of two parties in which everything happens', { timeout: 600_000 }, async () => {
  const { tally, commands, keys, clockReadings } = await runWorlds({
    title: 'worlds of two',
    worlds: 130,
    commands: 100,
    options: worldsOf(2, 2),
  })
  // O10: time comes in through the clock that was passed.
  expect(clockReadings).toEqual([])
  // A model in which nothing happens proves nothing.
  for (const command of Object.keys(COMMANDS)) expect(tally.get('commands', command) / commands, command).toBeGreaterThan(0.01)
  for (const how of TAMPERINGS) expect(tally.get('tampered', how), how).toBeGreaterThan(5)
  expect(tally.get('tampered', 'but the same message')).toBeGreaterThan(10)
  expect(tally.get('opened', 'messages')).toBeGreaterThan(4_000)
  expect(tally.get('opened', 'with a switch of session')).toBeGreaterThan(200)
  expect(tally.get('epochs', 'of post-quantum chains 1')).toBeGreaterThan(100)
  for (const code of ['authentication-failed', 'duplicate-message', 'pre-key-not-found', 'no-session when sending']) {
    expect(tally.get('refusals', code), code).toBeGreaterThan(30)
  }
  for (const code of ['authentication-failed', 'malformed-message', 'too-far-ahead', 'unsupported-version', 'duplicate-message']) {
    expect(tally.get('refused-forgeries', code), code).toBeGreaterThan(10)
  }
  for (const outcome of ['delivered', 'to be delivered again']) expect(tally.get('crashes', `delivering: ${outcome}`)).toBeGreaterThan(30)
  for (const outcome of ['sent', 'not sent']) expect(tally.get('crashes', `sending: ${outcome}`)).toBeGreaterThan(30)
  expect(tally.get('batched', 'opened')).toBeGreaterThan(100)
  expect(keys).toBeGreaterThan(5_000)
  console.log(`row 33: ${keys} messages left, no key twice`)
})
