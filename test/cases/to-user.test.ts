/**
 * One message for a user: an envelope for each device that the list names, and for our own others; who gets none is told, and holds up
 * nobody; what the relay says of devices that no list names adds nobody.
 */
import { describe, expect, it } from 'vitest'
import {
  type AddressedEnvelope,
  type DeviceAddress,
  type Devices,
  isBisikError,
  type PreKeyBundle,
  type SentToUser,
  utf8,
} from '../../src/index.js'
import { ALICE, alice, BOB, bundle, listOf, type Party, party, refuses, talk, withDevice } from '../support/accounts.js'

/** A relay that has these devices' bundles. */
function relayOf(...parties: readonly Party[]) {
  const asked: DeviceAddress[] = []
  const fetchBundle = async (address: DeviceAddress): Promise<PreKeyBundle> => {
    asked.push(address)
    const owner = parties.find(({ client }) => client.address.user === address.user && client.address.device === address.device)
    if (owner === undefined) throw new Error('the relay does not answer')
    return bundle(owner)
  }
  return { asked, fetchBundle }
}

const names = (list: readonly DeviceAddress[]) => list.map(({ user, device }) => `${user.slice(-1)}${device}`).sort()
const reached = ({ envelopes }: SentToUser) => names(envelopes.map(({ to }) => to))
const unreached = ({ notReached }: SentToUser) => notReached.map(({ address, error }) => `${names([address])[0]}: ${error.code}`).sort()

async function open({ client }: Party, { envelopes }: SentToUser): Promise<string> {
  const { user, device } = client.address
  const own = envelopes.find(({ to }) => to.user === user && to.device === device) as AddressedEnvelope
  const received = await client.decrypt(own.envelope)
  return received.kind === 'message' ? new TextDecoder().decode(received.plaintext) : received.kind
}

/** Bob with two devices, and alice's devices, all of whom hold each other's lists. */
async function families() {
  const { phone, laptop, bob } = await alice()
  await bob.client.devices.create()
  const tablet = await withDevice(bob, BOB, 2)
  for (const { client } of [phone, laptop]) await client.devices.accept(await listOf(bob))
  await tablet.client.devices.accept(await listOf(phone))
  return { phone, laptop, bob, tablet }
}

describe('one message for a user', () => {
  it('reaches each listed device and our own others, on sessions that are begun as needed', async () => {
    const { phone, laptop, bob, tablet } = await families()
    const { asked, fetchBundle } = relayOf(phone, laptop, bob, tablet)
    const sent = await phone.client.devices.encryptToUser(BOB, utf8('to all'), { fetchBundle })
    expect([reached(sent), sent.notReached, sent.ignored]).toEqual([['a2', 'b1', 'b2'], [], []])
    for (const one of [laptop, bob, tablet]) expect(await open(one, sent)).toBe('to all')
    expect(names(asked)).toEqual(['a2', 'b2'])
    const again = await phone.client.devices.encryptToUser(BOB, utf8('again'), { fetchBundle })
    for (const one of [laptop, bob, tablet]) expect(await open(one, again)).toBe('again')
    expect(asked.length).toBe(2)
    expect(reached(await phone.client.devices.encryptToUser(ALICE, utf8('to my own'), { fetchBundle }))).toEqual(['a2'])
  })

  it('is a content too, which is kept and can be asked for again', async () => {
    const { phone, laptop, bob, tablet } = await families()
    const { fetchBundle } = relayOf(phone, laptop, bob, tablet)
    const sent = await phone.client.devices.encryptContentToUser(BOB, { application: utf8('content') }, { fetchBundle })
    for (const one of [laptop, bob, tablet]) {
      const { user, device } = one.client.address
      const { envelope } = sent.envelopes.find(({ to }) => to.user === user && to.device === device) as AddressedEnvelope
      expect(await one.client.decryptContent(envelope)).toMatchObject({ kind: 'content', application: utf8('content') })
    }
  })

  it('tells who is not reached, and why: one in trouble holds up no other', async () => {
    const { phone, laptop, bob, tablet } = await families()
    const sent = await phone.client.devices.encryptToUser(BOB, utf8('x'), { fetchBundle: relayOf(phone, bob, tablet).fetchBundle })
    expect([reached(sent), unreached(sent)]).toEqual([['b1', 'b2'], ['a2: no-session']])
    const none = await bob.client.devices.encryptToUser(ALICE, utf8('x'))
    expect([reached(none), unreached(none)]).toEqual([['a1'], ['a2: no-session', 'b2: no-session']])
    // A bundle of another device, or under another key, is not taken.
    const impostor = await party(ALICE, 2)
    const wrong = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle: async () => bundle(phone) })
    expect(unreached(wrong)).toEqual(['a2: invalid-argument', 'b2: invalid-argument'])
    const forged = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle: async () => bundle(impostor) })
    expect(unreached(forged)).toEqual(['a2: device-not-listed', 'b2: invalid-argument'])
    expect(laptop.client.address.device).toBe(2)
  })

  it('goes to the one device that is known of a user without a list, else to device 1', async () => {
    const [bob, phone, stranger] = [await party(BOB, 1), await party(ALICE, 3), await party('carol', 1)]
    await talk(phone, bob)
    expect(reached(await bob.client.devices.encryptToUser(ALICE, utf8('x')))).toEqual(['a3'])
    const { asked, fetchBundle } = relayOf(stranger)
    expect(reached(await bob.client.devices.encryptToUser('carol', utf8('x'), { fetchBundle }))).toEqual(['l1'])
    expect(names(asked)).toEqual(['l1'])
  })
})

describe('differences that the relay reports', () => {
  it('missing: a device of a newer list is served, one that no list names is not; extra ones are dropped; the others keep their envelopes', async () => {
    const { phone, laptop, bob, tablet } = await families()
    const { fetchBundle } = relayOf(phone, laptop, bob, tablet)
    const first = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle })
    const ghost = { user: ALICE, device: 9 }
    const held = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle, sent: first, differences: { missing: [ghost] } })
    expect([reached(held), names(held.ignored)]).toEqual([['a1', 'a2', 'b2'], ['a9']])
    expect(held.envelopes).toEqual(first.envelopes)
    const third = await withDevice(phone, ALICE, 3)
    await bob.client.devices.accept(await listOf(phone))
    const relay = relayOf(phone, laptop, bob, tablet, third)
    const differences = { missing: [third.client.address], extra: [laptop.client.address] }
    const next = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle: relay.fetchBundle, sent: first, differences })
    expect([reached(next), names(relay.asked)]).toEqual([['a1', 'a3', 'b2'], ['a3']])
    expect(await open(third, next)).toBe('x')
  })

  it('stale: a new session is begun', async () => {
    const { phone, laptop, bob, tablet } = await families()
    const { fetchBundle } = relayOf(phone, laptop, bob, tablet)
    const first = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle })
    const relay = relayOf(laptop)
    const next = await bob.client.devices.encryptToUser(ALICE, utf8('x'), {
      fetchBundle: relay.fetchBundle,
      sent: first,
      differences: { stale: [laptop.client.address] },
    })
    expect(names(relay.asked)).toEqual(['a2'])
    const envelopeOf = ({ envelopes }: SentToUser) => envelopes.find(({ to }) => to.device === 2 && to.user === ALICE)?.envelope
    expect(envelopeOf(next)).not.toEqual(envelopeOf(first))
    expect(await open(laptop, next)).toBe('x')
  })

  it('missing, of a user without a list: served if the key is known, refused if it is another', async () => {
    const [bob, phone, other] = [await party(BOB, 1), await party(ALICE, 1), await party(ALICE, 2)]
    await talk(phone, bob)
    const sent = await bob.client.devices.encryptToUser(ALICE, utf8('x'), {
      fetchBundle: relayOf(phone, other).fetchBundle,
      differences: { missing: [other.client.address] },
    })
    expect([reached(sent), unreached(sent), sent.ignored]).toEqual([['a1'], ['a2: untrusted-identity'], []])
  })

  it('a device that was removed gets no envelope of before either', async () => {
    const { phone, laptop, bob, tablet } = await families()
    const { fetchBundle } = relayOf(phone, laptop, bob, tablet)
    const first = await bob.client.devices.encryptToUser(ALICE, utf8('x'), { fetchBundle })
    await bob.client.devices.accept(await phone.client.devices.remove(2))
    expect(reached(await bob.client.devices.encryptToUser(ALICE, utf8('x'), { sent: first, differences: {} }))).toEqual(['a1', 'b2'])
  })

  it('what is no answer of an earlier call is refused, and nothing was sent', async () => {
    const { phone, bob } = await families()
    const call = (options: object) => () =>
      bob.client.devices.encryptToUser(ALICE, utf8('x'), options as Parameters<Devices['encryptToUser']>[2])
    for (const options of [
      { sent: {} },
      { sent: { envelopes: [{}] } },
      { differences: { missing: [{}] } },
      { differences: { gone: [] } },
      { fetchBundle: 1 },
    ]) {
      expect(await refuses(bob, call(options))).toBe('invalid-argument')
    }
    expect(isBisikError(await call({})().catch((error: unknown) => error))).toBe(false)
    expect(phone.client.address.device).toBe(1)
  })
})
