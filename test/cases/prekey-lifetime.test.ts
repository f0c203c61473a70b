/** How long prekeys live: what may be under way opens, whatever the clock and the order of things; the store does not grow for ever. */
import { describe, expect, it } from 'vitest'
import { type Client, type KeyStore, MemoryStore, type PreKeyUpload, utf8 } from '../../src/index.js'
import { ledgerKey } from '../../src/records/names.js'
import { encodeLedger } from '../../src/records/pre-key-records.js'
import { Relay } from '../../src/relay/index.js'
import { firstContact, join, type Member, readMail } from '../support/members.js'
import { bundleOf, fakeClock, newClient } from '../support/parties.js'

const DAY = 24 * 60 * 60 * 1000
const LIMITS = { bundlesPerTarget: 1_000_000, lookUps: 1_000_000, lookUpWindow: 1 }

/** A relay and bob, whose app publishes with or without saying so. */
async function world(confirms: boolean) {
  const clock = fakeClock()
  const relay = new Relay({ store: new MemoryStore(), clock, limits: LIMITS })
  const bob = await join(relay, { clock })
  const publish = async (upload: PreKeyUpload) => {
    const counts = await relay.publish(bob.account, upload)
    if (confirms) await bob.client.published(upload)
    return counts
  }
  return { clock, relay, bob, publish }
}

async function hello(from: Client, upload: PreKeyUpload): Promise<Parameters<Client['decrypt']>[0]> {
  await from.startSession(bundleOf(upload, { oneTime: false }))
  return from.encrypt(upload.address, utf8('hello'))
}

async function bytesIn(store: KeyStore): Promise<number> {
  let bytes = 0
  for (const [key, { value }] of await store.read(await store.list(''))) bytes += key.length + value.length
  return bytes
}

for (const confirms of [true, false]) {
  const app = confirms ? 'an app that confirms' : 'an app that never confirms'

  describe(`row 50: first messages to ${app} open`, () => {
    for (const order of ['mail first', 'rotation first']) {
      it(`row 50: back after 45 days, ${order}`, async () => {
        const { clock, relay, bob, publish } = await world(confirms)
        await publish(await bob.client.generatePreKeys(0))
        const alice = await join(relay, { clock })
        await alice.client.startSession(await relay.fetchBundle(alice.account, bob.client.address))
        await relay.send(alice.account, bob.client.address, await alice.client.encrypt(bob.client.address, utf8('hello')))
        clock.advance(DAY)
        for (let i = 0; i < 5; i++) await publish(await bob.client.rotatePreKeys())
        clock.advance(45 * DAY)
        if (order === 'rotation first') for (let i = 0; i < 2; i++) await publish(await bob.client.rotatePreKeys())
        expect(await readMail(relay, bob)).toEqual(['hello'])
      })
    }

    for (const [name, jump] of [
      ['400 days ahead', 400 * DAY],
      ['back to 1970', -1_767_225_600_000],
      ['a million days ahead', 1_000_000 * DAY],
    ] as const) {
      for (const at of ['when it rotates', 'when it confirms', 'throughout']) {
        it(`row 50: after a clock that was ${name} for a moment, ${at}`, async () => {
          const { clock, relay, bob } = await world(confirms)
          const uploads: PreKeyUpload[] = []
          for (let i = 0; i < 20; i++) {
            const isWrong = i === 10
            if (isWrong && at !== 'when it confirms') clock.advance(jump)
            const upload = await (i === 0 ? bob.client.generatePreKeys(2) : bob.client.rotatePreKeys())
            if (isWrong && at === 'when it confirms') clock.advance(jump)
            if (isWrong && at === 'when it rotates') clock.advance(-jump)
            await relay.publish(bob.account, upload)
            if (confirms) await bob.client.published(upload)
            if (isWrong && at !== 'when it rotates') clock.advance(-jump)
            uploads.push(upload)
            clock.advance(2 * DAY)
            // What was replaced less than 30 days ago may be under way.
            for (const one of i === 12 || i === 19 ? uploads.slice(Math.max(0, i - 14)) : []) {
              await expect(bob.client.decrypt(await hello(await newClient(), one))).resolves.toMatchObject({ kind: 'message' })
            }
          }
          expect(await bob.client.countPreKeys()).toEqual({ oneTime: 2, oneTimeKem: 2 })
          expect(await firstContact(relay, bob, 'who?')).toBe('who?')
        })
      }
    }
  })

  describe(`row 44: the store of ${app} does not grow for ever`, () => {
    it('row 44: 400 days of a stranger who takes all that is published: what nobody used expires, and new contacts open', async () => {
      const { clock, relay, bob, publish } = await world(confirms)
      const mallory = await join(relay, { clock })
      let most = 0
      for (let day = 0; day < 400; day += 10) {
        if ((await relay.preKeyCounts(bob.account)).oneTimePreKeys < 10) await publish(await bob.client.generatePreKeys(10))
        await publish(await bob.client.rotatePreKeys())
        for (let i = 0; i < 10; i++) await relay.fetchBundle(mallory.account, bob.client.address)
        clock.advance(10 * DAY)
        most = Math.max(most, await bytesIn(bob.store))
      }
      const { oneTime, oneTimeKem } = await bob.client.countPreKeys()
      expect(oneTime).toBe(oneTimeKem)
      // 60 days until they are withdrawn, 30 under way, and two more of the rotations every 10 days: one step each.
      expect(oneTime).toBeLessThanOrEqual(120)
      expect(most).toBeLessThan(130 * 5_000)
      expect(await firstContact(relay, bob, 'hello')).toBe('hello')
    })

    it('row 44: a year of daily rotations leaves a bounded number of retired prekeys', async () => {
      const { clock, bob, publish } = await world(confirms)
      await publish(await bob.client.generatePreKeys(0))
      for (let day = 0; day < 365; day++) {
        clock.advance(DAY)
        await publish(await bob.client.rotatePreKeys())
      }
      expect((await bob.store.list('signed-pre-key/')).length).toBeLessThanOrEqual(34)
      expect((await bob.store.list('kem/')).length).toBeLessThanOrEqual(34)
    })
  })

  describe(`one-time prekeys of ${app} that nobody asked for`, () => {
    it('are withdrawn from the relay and replaced: at no time does it hand out one that is not held here', async () => {
      const { clock, relay, bob, publish } = await world(confirms)
      await publish(await bob.client.generatePreKeys(5))
      const stock: number[] = []
      const late: { readonly at: number; readonly member: Member }[] = []
      for (let day = 0; day < 200; day += 5) {
        clock.advance(5 * DAY)
        const counts = await publish(await bob.client.rotatePreKeys())
        stock.push(counts.oneTimePreKeys)
        if (counts.oneTimePreKeys === 0) await publish(await bob.client.generatePreKeys(5))
        const asked = await join(relay, { clock })
        const bundle = await relay.fetchBundle(asked.account, bob.client.address)
        // This one writes four weeks later.
        await asked.client.startSession(bundle)
        late.push({ at: clock() + 29 * DAY, member: asked })
        for (const { member } of late.splice(0, late.filter(({ at }) => at <= clock()).length)) {
          const { account, client } = member
          await relay.send(account, bob.client.address, await client.encrypt(bob.client.address, utf8('late')))
          expect(await readMail(relay, bob)).toEqual(['late'])
        }
      }
      expect(stock).toContain(0)
    })
  })
}

describe('a one-time prekey', () => {
  it('that nobody used is deleted after 90 days, not before', async () => {
    const { clock, bob, publish } = await world(true)
    await publish(await bob.client.generatePreKeys(4))
    for (let day = 0; day < 89; day++) {
      clock.advance(DAY)
      await publish(await bob.client.rotatePreKeys())
      expect((await bob.client.countPreKeys()).oneTime).toBe(4)
    }
    for (let day = 0; day < 5; day++) {
      clock.advance(DAY)
      await publish(await bob.client.rotatePreKeys())
    }
    expect(await bob.client.countPreKeys()).toEqual({ oneTime: 0, oneTimeKem: 0 })
  })

  for (const [name, away, back] of [
    ['45 days later, with the mailbox read after rotation', 45 * DAY, 0],
    ['after a clock that was 400 days ahead for a moment', 400 * DAY, -400 * DAY],
  ] as const) {
    it(`row 50: that was withdrawn opens the first message that was under way, ${name}`, async () => {
      const { clock, relay, bob, publish } = await world(true)
      await publish(await bob.client.generatePreKeys(4))
      clock.advance(61 * DAY)
      const alice = await join(relay, { clock })
      await alice.client.startSession(await relay.fetchBundle(alice.account, bob.client.address))
      for (let i = 0; i < 2; i++) await publish(await bob.client.rotatePreKeys())
      expect((await relay.preKeyCounts(bob.account)).oneTimePreKeys).toBe(0)
      clock.advance(DAY)
      await relay.send(alice.account, bob.client.address, await alice.client.encrypt(bob.client.address, utf8('hello')))
      clock.advance(away)
      for (let i = 0; i < 2; i++) await publish(await bob.client.rotatePreKeys())
      clock.advance(back)
      expect(await readMail(relay, bob)).toEqual(['hello'])
    })
  }

  it('stays as long as the relay was not told of its withdrawal', async () => {
    const { clock, bob, publish } = await world(true)
    await publish(await bob.client.generatePreKeys(4))
    for (let week = 0; week < 30; week++) {
      clock.advance(7 * DAY)
      await bob.client.rotatePreKeys() // its publication fails
    }
    expect((await bob.client.countPreKeys()).oneTime).toBe(4)
  })

  it('that is damaged costs that one only: its sender is asked to begin anew', async () => {
    const { relay, bob, publish } = await world(true)
    const upload = await bob.client.generatePreKeys(2)
    await publish(upload)
    const key = `pre-key/${upload.oneTimePreKeys[0]?.id}`
    await bob.store.commit({ expect: new Map(), put: new Map([[key, new Uint8Array([1])]]), delete: new Set() })
    expect(await firstContact(relay, bob, 'one')).toBe('pre-key-not-found')
    expect(await firstContact(relay, bob, 'two')).toBe('two')
    expect(await firstContact(relay, bob, 'three')).toBe('three')
  })
})

describe('the last-resort prekey', () => {
  it('asks to be replaced after 50,000 uses, and is replaced by the next upload', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store })
    const upload = await bob.generatePreKeys(0)
    const ids = { kemPreKeyId: upload.kemPreKey.id, signedPreKeyId: upload.signedPreKey.id }
    const uses = async (entries: number) => {
      await store.commit({ expect: new Map(), put: new Map([[ledgerKey(ids), encodeLedger(entries)]]), delete: new Set() })
      return (await bob.decrypt(await hello(await newClient(), upload))).notices.filter(({ kind }) => kind === 'last-resort-worn')
    }
    expect(await uses(49_998)).toEqual([])
    expect((await bob.generatePreKeys(0)).kemPreKey.id).toBe(upload.kemPreKey.id)
    expect(await uses(49_999)).toEqual([{ kind: 'last-resort-worn', uses: 50_000 }])
    const next = await bob.generatePreKeys(0)
    expect(next.kemPreKey.id).not.toBe(upload.kemPreKey.id)
    expect(next.signedPreKey.id).not.toBe(upload.signedPreKey.id)
    // What was published before goes on serving.
    expect(await uses(60_000)).toEqual([{ kind: 'last-resort-worn', uses: 60_001 }])
  })
})
