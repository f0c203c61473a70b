/**
 * O6: what an attacker who has read a device's whole store can do. Nothing with what was delivered before; and soon nothing with what
 * comes after, because the keys of later turns are not in the copy.
 */
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { platform } from '#platform'
import { exportSessions, importSessions } from '../../src/client/libsignal.js'
import { Client, type Envelope, fromUtf8, type KeyStore, MemoryStore, utf8 } from '../../src/index.js'
import { decodeLibsignalSessions, encodeLibsignalSessions } from '../../src/records/libsignal-session.js'
import { signalMessageOf } from '../support/forge.js'
import { bundleOf, deterministicRandom, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { KeyWatch } from '../support/world/key-watch.js'
import { cloneStore, hex } from '../support/world/stores.js'

afterAll(() => KeyWatch.end())

const SEED = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 0x7fffffff))
const WORLDS = Number(process.env.BISIK_WORLDS ?? 1)

interface Letter {
  readonly from: 0 | 1
  readonly envelope: Envelope
  readonly ratchetKey: string
  readonly seed: string
  delivered: boolean
}

/** Two devices and what they say, with the seed of every message as the sender derived it. */
class Conversation {
  readonly stores = [new MemoryStore(), new MemoryStore()] as const
  readonly letters: Letter[] = []
  readonly #clients: Client[] = []
  readonly #seeds: string[] = []
  readonly #hmac = platform.hmacSha256

  static async begin(seed: string): Promise<Conversation> {
    const conversation = new Conversation()
    for (const [i, store] of conversation.stores.entries()) {
      conversation.#clients.push(await newClient({ store, allow: [], random: deterministicRandom(`${seed}/${i}`) }))
    }
    const [alice, bob] = [conversation.client(0), conversation.client(1)]
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await conversation.deliver(await conversation.send(0))
    await conversation.deliver(await conversation.send(1))
    return conversation
  }

  client(i: number): Client {
    const client = this.#clients[i]
    if (client === undefined) throw new Error('no such client')
    return client
  }

  async send(from: 0 | 1): Promise<Letter> {
    // A chain gives the seed of a message's keys by an HMAC of one byte, 1.
    this.#seeds.length = 0
    Object.assign(platform, {
      hmacSha256: (key: Uint8Array, ...parts: Uint8Array[]) => {
        const output = this.#hmac(key, ...parts)
        if (parts.length === 1 && parts[0]?.length === 1 && parts[0][0] === 1) this.#seeds.push(hex(output))
        return output
      },
    })
    const text = utf8(`letter ${this.letters.length}`)
    const envelope = await this.client(from)
      .encrypt(this.client(1 - from).address, text)
      .finally(() => {
        Object.assign(platform, { hmacSha256: this.#hmac })
      })
    const [seed = ''] = this.#seeds
    expect(this.#seeds).toHaveLength(1)
    const letter = { from, envelope, ratchetKey: hex(signalMessageOf(envelope).ratchetKey), seed, delivered: false }
    this.letters.push(letter)
    return letter
  }

  async deliver(letter: Letter): Promise<void> {
    const received = await this.client(1 - letter.from).decrypt(letter.envelope)
    expect('plaintext' in received && fromUtf8(received.plaintext)).toMatch(/^letter /)
    letter.delivered = true
  }
}

/**
 * Knows a copy of a store and all that passes on the wire. Keeps every state that it ever had, and tries them all: a program that only
 * went on from the newest would be led astray by keys that it drew and the victim did not.
 */
class Attacker {
  readonly #forks: KeyStore[]
  readonly #watch: KeyWatch

  constructor(copy: KeyStore, watch: KeyWatch) {
    this.#forks = [copy]
    this.#watch = watch
  }

  /** Whether it reads a message to the victim. */
  async readsInbound(envelope: Envelope): Promise<boolean> {
    return this.#tryAll(async (client) => {
      try {
        await client.decrypt(envelope)
        return true
      } catch {
        return false
      }
    })
  }

  /** Whether it derives the key of a message from the victim, by sending in the victim's place. */
  async readsOutbound(envelope: Envelope, to: Client): Promise<boolean> {
    const { ratchetKey, counter } = signalMessageOf(envelope)
    return this.#tryAll(async (client) => {
      for (let i = 0; i < 50; i++) {
        const own = await client.encrypt(to.address, utf8('guess'))
        const inner = signalMessageOf(own)
        if (hex(inner.ratchetKey) !== hex(ratchetKey) || inner.counter > counter) return false
        if (inner.counter === counter) return this.#watch.keyOf(own) === this.#watch.keyOf(envelope)
      }
      return false
    })
  }

  /** Tries every state, the newest first, and keeps the one that came of it beside all others. */
  async #tryAll(attempt: (client: Client) => Promise<boolean>): Promise<boolean> {
    for (const fork of [...this.#forks].reverse()) {
      const store = await cloneStore(fork)
      if (!(await attempt(await Client.open({ store })))) continue
      this.#forks.push(store)
      return true
    }
    return false
  }
}

it('O6: a copied store reads nothing delivered before, and nothing once both sides have turned twice', { timeout: 600_000 }, async () => {
  const opened = { before: 0, early: 0, late: 0 }
  const tried = { before: 0, early: 0, late: 0 }
  const numRuns = 6 * WORLDS
  console.log(`O6: ${numRuns} worlds, BISIK_SEED=${SEED}`)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 2, max: 25 }),
      fc.constantFrom(0 as const, 1 as const),
      async (seed, copiedAfter, victim) => {
        const watch = KeyWatch.begin()
        const conversation = await Conversation.begin(String(seed))
        const dice = deterministicRandom(`${seed}/dice`)
        const draw = (below: number): number => (dice(1)[0] ?? 0) % below
        const peer = conversation.client(1 - victim)
        const network: Letter[] = []
        let attacker: Attacker | undefined
        /** Ratchet keys that the victim made after it was copied, as they appear. */
        const heldBefore = new Set<string>()
        let healed = false
        for (let step = 0; step < copiedAfter + 45; step++) {
          if (step === copiedAfter) {
            const copy = await cloneStore(conversation.stores[victim])
            attacker = new Attacker(copy, watch)
            for (const letter of conversation.letters) if (letter.from === victim) heldBefore.add(letter.ratchetKey)
            heldBefore.add(await sendingKey(conversation, victim))
            for (const letter of conversation.letters) {
              const outbound = letter.from === victim
              if (!outbound && !letter.delivered) continue
              tried.before++
              const reads = outbound ? attacker.readsOutbound(letter.envelope, peer) : attacker.readsInbound(letter.envelope)
              if (await reads) opened.before++
            }
          }
          const from: 0 | 1 = draw(2) === 0 ? 0 : 1
          const letter = await conversation.send(from)
          const outbound = from === victim
          if (attacker !== undefined) {
            // Healed: the key agreed with is one that the victim made after it was copied, and the peer has answered to it.
            const fresh = outbound ? !heldBefore.has(letter.ratchetKey) : healed
            const reads = await (outbound ? attacker.readsOutbound(letter.envelope, peer) : attacker.readsInbound(letter.envelope))
            tried[fresh ? 'late' : 'early']++
            if (reads) opened[fresh ? 'late' : 'early']++
          }
          if (draw(10) > 0) network.push(letter)
          // Mostly at once, sometimes late.
          while (network.length > draw(4)) {
            const [next] = network.splice(draw(network.length), 1)
            if (next === undefined) break
            await conversation.deliver(next)
            if (attacker !== undefined && next.from === victim && !heldBefore.has(next.ratchetKey)) healed = true
          }
        }
      },
    ),
    { seed: SEED, numRuns },
  )
  console.log(`O6: opened ${JSON.stringify(opened)} of ${JSON.stringify(tried)}`)
  expect(opened.before).toBe(0)
  expect(opened.late).toBe(0)
  expect(tried.before).toBeGreaterThan(20)
  expect(tried.late).toBeGreaterThan(60)
  // The attack works at first: else all this would prove nothing.
  expect(opened.early).toBeGreaterThan(10)
})

/** The ratchet key with which a device would send at this moment. */
async function sendingKey(conversation: Conversation, victim: 0 | 1): Promise<string> {
  const client = await Client.open({ store: await cloneStore(conversation.stores[victim]) })
  const envelope = await client.encrypt(conversation.client(1 - victim).address, utf8('x'))
  return hex(signalMessageOf(envelope).ratchetKey)
}

it('O6: the seed of a message is in no store once it was sent, and nowhere once it was opened', { timeout: 120_000 }, async () => {
  let kept = 0
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const conversation = await Conversation.begin(`seeds ${seed}`)
      const dice = deterministicRandom(`${seed}/dice`)
      for (let step = 0; step < 30; step++) {
        await conversation.send((dice(1)[0] ?? 0) % 3 === 0 ? 0 : 1)
        const waiting = conversation.letters.filter(({ delivered }) => !delivered)
        const next = waiting[(dice(1)[0] ?? 0) % waiting.length]
        if (next !== undefined && step % 3 > 0) await conversation.deliver(next)
        const contents = await Promise.all(conversation.stores.map(async (store) => Object.values(await snapshot(store)).join()))
        for (const { from, seed: secret, delivered } of conversation.letters) {
          expect(contents[from]).not.toContain(secret)
          if (delivered) expect(contents[1 - from]).not.toContain(secret)
          else if (contents[1 - from]?.includes(secret)) kept++
        }
      }
    }),
    { seed: SEED, numRuns: 5 * WORLDS },
  )
  // Those that are kept for messages still to come are found: the search can find.
  expect(kept).toBeGreaterThan(20)
})

it('the post-quantum ratchet reaches a new epoch within 200 alternating messages, and goes on doing so', async () => {
  const conversation = await Conversation.begin('epochs')
  const reached: number[] = []
  const epochs = async (): Promise<number> => {
    const [alice, bob] = [conversation.client(0), conversation.client(1)]
    return Math.min((await alice.session(bob.address))?.epoch ?? 0, (await bob.session(alice.address))?.epoch ?? 0)
  }
  for (let i = 1; reached.length < 3; i++) {
    await conversation.deliver(await conversation.send(i % 2 === 0 ? 0 : 1))
    if ((await epochs()) > reached.length) reached.push(i)
    expect(i - (reached.at(-1) ?? 0)).toBeLessThanOrEqual(200)
  }
  console.log(`epochs 1, 2, 3 after ${reached.join(', ')} alternating messages`)
})

it('row 5: sessions taken over without a current one are not kept twice: no older copy opens a message again', async () => {
  const stores = [new MemoryStore(), new MemoryStore()] as const
  const [alice, bob] = await Promise.all(stores.map((store) => newClient({ store, allow: [] })))
  if (alice === undefined || bob === undefined) throw new Error('nobody')
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  const early = await alice.encrypt(bob.address, utf8('early'))
  const { current, archived } = decodeLibsignalSessions(await exportSessions(bob, alice.address), bob.identityKey)
  if (current === undefined) throw new Error('no session')
  const record = encodeLibsignalSessions({ current: undefined, archived: [current, ...archived] })
  await stores[1].commit({ expect: new Map(), put: new Map(), delete: new Set(await stores[1].list('identity/')) })
  await importSessions(bob, alice.address, record)
  await bob.decrypt(early)
  expect(await stores[1].list('archived/')).toEqual([])
  for (let i = 0; i < 7; i++) {
    await alice.decrypt(await bob.encrypt(alice.address, utf8('on')))
    await bob.decrypt(await alice.encrypt(bob.address, utf8('and on')))
  }
  await expect(bob.decrypt(early)).rejects.toMatchObject({ code: 'authentication-failed' })
})
