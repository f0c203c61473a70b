import { randomBytes, randomUUID } from 'node:crypto'
import { type Envelope, MemoryStore, parseEnvelope, serializeEnvelope } from 'bisik'
import { Relay } from 'bisik/relay'
import { parseSentMessage } from 'bisik/wire'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { serializeSentMessage } from '../../src/wire/sent-message.js'
import { anEnvelope, party } from '../unit/relay/parties.js'

afterEach(() => vi.restoreAllMocks())

/** A message for so many strangers. */
function forMany(count: number, length: number, excluded: readonly string[] = []) {
  const users = Array.from({ length: count }, () => randomUUID() as string)
  const recipients = users.map((user) => ({ user, devices: [{ device: 1, registrationId: 1 }], part: new Uint8Array(48) }))
  const ciphertext = new Uint8Array(length)
  return { users, message: serializeSentMessage({ recipients, excluded, ephemeralKey: new Uint8Array(33), ciphertext }) }
}

/** How many bytes were copied from one array to another until the work is done, and how often others got their turn meanwhile. */
async function measured(work: () => Promise<unknown>) {
  let bytes = 0
  const set = Uint8Array.prototype.set
  vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, from, at) {
    bytes += from.length
    return set.call(this, from, at)
  })
  let turns = 0
  let next = setImmediate(count)
  function count(): void {
    turns++
    next = setImmediate(count)
  }
  await work()
  clearImmediate(next)
  vi.restoreAllMocks()
  return { bytes, turns }
}

describe('a relay asked to split a message by somebody without a valid access key', () => {
  it('row 27: copies nothing for who is not admitted, and lets others have their turn', async () => {
    const { users, message } = forMany(1_000, 262_000)
    for (const keys of [new Map<string, Uint8Array>(), new Map(users.map((user) => [user, new Uint8Array(randomBytes(16))]))]) {
      const relay = new Relay({ store: new MemoryStore() })
      let outcomes: readonly { readonly outcome: string }[] = []
      const { bytes, turns } = await measured(async () => {
        outcomes = await relay.sendToMany(message, keys)
      })
      expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(1_000)
      expect(bytes).toBeLessThan(4 * message.length)
      expect(turns).toBeGreaterThanOrEqual(keys.size === 0 ? 3 : 100)
    }
  })

  it('row 27: takes no more recipients than its limit, excluded users included, before it looks at one', async () => {
    const relay = new Relay({ store: new MemoryStore(), limits: { recipients: 10 } })
    expect(await relay.sendToMany(forMany(10, 10).message, new Map())).toHaveLength(10)
    const [more, withExcluded] = [forMany(11, 10), forMany(10, 10, [randomUUID()])]
    for (const { message } of [more, withExcluded]) {
      await expect(relay.sendToMany(message, new Map())).rejects.toMatchObject({ code: 'malformed-message' })
      expect(() => parseSentMessage(message, message.length, 10)).toThrow(expect.objectContaining({ code: 'malformed-message' }))
      expect(parseSentMessage(message).recipientCount).toBeGreaterThanOrEqual(10)
    }
  })

  it('joins what a recipient gets when it is read, and anew each time', () => {
    const [one] = [...parseSentMessage(forMany(1, 10).message).recipients()]
    expect(one?.message).toHaveLength(1 + 48 + 32 + 10)
    expect(one?.message).toEqual(one?.message)
    expect(one?.message).not.toBe(one?.message)
  })
})

describe('a relay that delivers', () => {
  it('writes who sent it on an envelope of every kind that names somebody', async () => {
    const relay = new Relay({ store: new MemoryStore() })
    const [alice, bob, mallory] = [await party(relay), await party(relay), await party(relay)]
    for (const kind of ['pre-key', 'ratchet', 'sender-key', 'plaintext'] as const) {
      const claimed: Envelope = { ...anEnvelope(alice.address, 'I am alice'), kind }
      await relay.send(mallory.account, bob.address, parseEnvelope(serializeEnvelope(claimed)))
      const delivery = (await relay.messages(bob.account)).at(-1)
      expect(delivery?.envelope.kind).toBe(kind)
      expect(delivery?.envelope.sender).toEqual(mallory.address)
    }
  })

  it('answers with no more bytes than its limit, one envelope whatever its length, and loses none between answers', async () => {
    const relay = new Relay({ store: new MemoryStore(), limits: { pageBytes: 10_000 } })
    const [alice, bob] = [await party(relay), await party(relay)]
    const lengths = Array.from({ length: 150 }, (_, i) => (i % 40 === 0 ? 20_000 : i % 7 === 0 ? 3_000 : 10))
    for (const length of lengths) await relay.send(alice.account, bob.address, anEnvelope(alice.address, 'x'.repeat(length)))
    for (const acknowledged of [0, 33]) {
      if (acknowledged > 0) await relay.acknowledge(bob.account, acknowledged)
      const seen: number[] = []
      for (let after = 0; ; after = acknowledged + seen.length) {
        const page = await relay.messages(bob.account, after)
        if (page.length === 0) break
        const bytes = page.reduce((sum, { envelope }) => sum + serializeEnvelope(envelope).length, 0)
        expect(page.length === 1 || bytes <= 10_000).toBe(true)
        expect(page.map(({ sequence }) => sequence)).toEqual(page.map((_, i) => Math.max(after, acknowledged) + 1 + i))
        seen.push(...page.map(({ envelope }) => envelope.body.length))
      }
      expect(seen).toEqual(lengths.slice(acknowledged))
    }
  })
})
