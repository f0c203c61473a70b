/** Row 50: a relay whose clock was wrong once refuses nobody for long, and hands out no certificate that lives longer than others. */
import { describe, expect, it } from 'vitest'
import { epochMillis, MemoryStore } from '../../src/index.js'
import { Relay } from '../../src/relay/index.js'
import { parseSenderCertificate } from '../../src/wire/certificate.js'
import { newClient } from '../support/parties.js'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const NOW = 1_767_225_600_000

async function town() {
  const time = { now: NOW }
  const clock = () => epochMillis(time.now)
  const relay = new Relay({ store: new MemoryStore(), clock, limits: { bundlesPerTarget: 2, certificateLifetime: 7 * DAY } })
  const [alice, bob] = await Promise.all(
    [1, 2].map(async (n) => {
      const client = await newClient({ clock })
      const token = new Uint8Array(32).fill(n)
      const account = await relay.register({ address: client.address, identityKey: client.identityKey, token })
      await relay.publish(account, await client.generatePreKeys(5))
      return { client, account }
    }),
  )
  if (alice === undefined || bob === undefined) throw new Error('two were asked for')
  return { time, relay, alice, bob }
}

describe.each([
  ['a day ahead', NOW + DAY],
  ['in the year 9999', 253_402_300_799_999],
  ['at 1970', 0],
])('row 50: the clock of a relay was wrong once, %s', (_, wrong) => {
  it('a quota that was used up then grants again when the clock is right', async () => {
    const { time, relay, alice, bob } = await town()
    time.now = wrong
    for (let i = 0; i < 2; i++) await relay.fetchBundle(alice.account, bob.client.address)
    await expect(relay.fetchBundle(alice.account, bob.client.address)).rejects.toMatchObject({ code: 'quota-exceeded' })
    time.now = NOW
    for (let i = 0; i < 2; i++) await relay.fetchBundle(alice.account, bob.client.address)
    const refusal = await relay.fetchBundle(alice.account, bob.client.address).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'quota-exceeded', details: { retryAfter: HOUR } })
  })

  it('a certificate of that time is replaced by one that lives as long as others', async () => {
    const { time, relay, alice } = await town()
    time.now = wrong
    await relay.senderCertificate(alice.account)
    time.now = NOW
    const { expiration } = parseSenderCertificate(await relay.senderCertificate(alice.account))
    expect(expiration).toBe(NOW + 7 * DAY)
  })
})
