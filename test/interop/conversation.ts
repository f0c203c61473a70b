/**
 * Two sides talk over a network that loses, reorders, repeats and forges: every message that arrives must be read, every repetition and
 * forgery refused. Knows sides only as {@link Peer}s.
 */
import { equal, ok } from 'node:assert/strict'
import type { Address, BundleOptions, Message, Peer, PeerAccount } from './peer.js'
import { Refusal } from './peer.js'
import type { Dice } from './random.js'
import { Reach } from './reach.js'
import type { SessionKind } from './releases.js'
import { type Facts, factsOf } from './wire.js'

export interface Network {
  readonly loss: number
  /** Each delivery takes any of this many oldest messages; with half of that under way, mostly deliveries happen. */
  readonly window: number
  readonly duplicates: number
  readonly forgeries: number
}

export const ROUGH: Network = { loss: 0.3, window: 24, duplicates: 0.1, forgeries: 0.05 }
export const SMOOTH: Network = { loss: 0, window: 1, duplicates: 0, forgeries: 0 }

export interface Start extends BundleOptions {
  /** Both sides fetch a bundle before either hears of the other. */
  readonly simultaneous: boolean
  /** Users named by ServiceIds, which newer releases bind under the MAC, or by plain names. */
  readonly serviceIds: boolean
}

export interface Talk {
  /** Messages each side sends. */
  readonly messages: number
  /** Sent in bursts by whoever starts, before anything arrives. */
  readonly opening: number
  /** Who talks writes four of five messages, and for so many messages; then the other does. */
  readonly turn: number
  /** The post-quantum ratchet must get this far, counting whole exchanges. */
  readonly epochs: number
}

interface Packet {
  readonly message: Message
  readonly plaintext: Uint8Array
  readonly facts: Facts
  /** The base key of the session it was written in. */
  readonly session: string
  read: boolean
}

export interface Side {
  /** Whose records may move: then another account goes on in its place. */
  account: PeerAccount
  /** How many messages it still sends. */
  unsent: number
  /** On its way to the other side, oldest first. */
  readonly underway: Packet[]
  readonly reach: Reach
  /** Has a session to send in. */
  started: boolean
}

type Count = Record<'read' | 'left' | 'lost' | 'forgotten' | 'duplicates' | 'forgeries', number>
type NearestKeys = readonly [from: Side, to: Side]

export async function openAccounts(a: Peer, b: Peer, serviceIds: boolean): Promise<[PeerAccount, PeerAccount]> {
  const name = (plain: string): string => (serviceIds ? crypto.randomUUID() : plain)
  return [await a.newAccount({ user: name('alice'), device: 1 }), await b.newAccount({ user: name('bob'), device: 2 })]
}

export class Conversation {
  readonly sides: readonly [Side, Side]
  readonly count: Count = { read: 0, left: 0, lost: 0, forgotten: 0, duplicates: 0, forgeries: 0 }
  readonly #network: Network
  readonly #dice: Dice
  readonly #ways: readonly [NearestKeys, NearestKeys]

  constructor(accounts: readonly [PeerAccount, PeerAccount], network: Network, dice: Dice) {
    const side = (account: PeerAccount): Side => ({ account, unsent: 0, underway: [], reach: new Reach(), started: false })
    const [a, b] = [side(accounts[0]), side(accounts[1])]
    this.sides = [a, b]
    this.#ways = [
      [a, b],
      [b, a],
    ]
    this.#network = network
    this.#dice = dice
  }

  /** `who` starts a session, also if there is one. */
  async start(who: 0 | 1, options: BundleOptions): Promise<void> {
    const [from, to] = this.#ways[who]
    await from.account.startSession(await to.account.bundle(options))
    from.started = true
  }

  /**
   * One burst is sent, or one message arrives.
   *
   * @param share - how much of what is sent is the first side's.
   * @returns whether there was anything to do.
   */
  async step(share: number): Promise<boolean> {
    const dice = this.#dice
    const senders = this.#ways.filter(([from]) => from.started && from.unsent > 0)
    const carriers = this.#ways.filter(([from]) => from.underway.length > 0)
    if (senders.length === 0 && carriers.length === 0) return false
    const underway = this.sides[0].underway.length + this.sides[1].underway.length
    const send = carriers.length === 0 || (senders.length > 0 && dice.chance(underway > this.#network.window / 2 ? 0.1 : 0.5))
    // What is longest under way arrives first, by and large.
    const first = send ? share : this.sides[0].underway.length / underway
    const ways = send ? senders : carriers
    const way = (ways.length === 1 || dice.chance(first) ? ways[0] : ways[1]) as NearestKeys
    if (send) await this.#sendBurst(way)
    else await this.#deliverOne(way)
    return true
  }

  /** `who` sends a burst of as many messages, of which some are lost. */
  async open(who: 0 | 1, messages: number): Promise<void> {
    for (let i = 0; i < messages; i++) await this.#send(this.#ways[who])
  }

  /** Two quiet turns each: both must end in one session of the kind expected. @returns exchanges of the post-quantum ratchet so far. */
  async settle(kind: SessionKind): Promise<number> {
    for (let turn = 0; turn < 2; turn++) {
      for (const [from, to] of this.#ways) {
        const packet = await write(from, to.account.address, Buffer.from(`turn ${turn}`))
        equal(packet.facts.version, kind === 'x3dh' ? 3 : 4, 'session version')
        if (turn > 0) {
          equal(packet.message.type, 2, 'an answered session sends no more PreKey messages')
          equal(packet.facts.epoch > 0, kind === 'triple', 'post-quantum ratchet in the message')
        }
        await this.#read([from, to], packet)
      }
    }
    const [a, b] = this.sides
    equal(a.reach.current, b.reach.current, 'two sessions in the end')
    return Math.max(0, Math.min(a.reach.epoch, b.reach.epoch) - 1)
  }

  async #sendBurst(way: NearestKeys): Promise<void> {
    const [from] = way
    for (let burst = 1 + this.#dice.below(6); burst > 0 && from.unsent > 0; burst--) await this.#send(way)
  }

  async #send([from, to]: NearestKeys): Promise<void> {
    const packet = await write(from, to.account.address, this.#dice.bytes(this.#dice.below(300)))
    from.unsent--
    if (this.#dice.chance(this.#network.loss)) this.count.lost++
    else from.underway.push(packet)
  }

  async #deliverOne(way: NearestKeys): Promise<void> {
    const [from, to] = way
    const { window, forgeries, duplicates } = this.#network
    const dice = this.#dice
    const index = dice.below(Math.min(window, from.underway.length))
    const packet = from.underway[index] as Packet
    if (packet.message.type === 2 && dice.chance(forgeries)) {
      await refuse(way, altered(packet.message, dice), undefined)
      this.count.forgeries++
    }
    const again = dice.chance(duplicates)
    if (!again) from.underway.splice(index, 1)

    const kept = to.reach.covers(packet.session, packet.facts)
    if (packet.read) {
      await refuse(way, packet.message, kept ? 'duplicate' : undefined)
      this.count.duplicates++
    } else if (kept) {
      await this.#read(way, packet)
    } else {
      await refuse(way, packet.message, undefined)
      if (!again) this.count.forgotten++
    }
  }

  async #read([from, to]: NearestKeys, packet: Packet): Promise<void> {
    const plaintext = await to.account.decrypt(from.account.address, packet.message)
    equal(Buffer.compare(plaintext, packet.plaintext), 0, 'the plaintext differs')
    packet.read = true
    to.started = true
    if (to.reach.read(packet.session, packet.facts)) this.count.left++
    this.count.read++
  }
}

/** @returns what happened, in a line. @throws if a good message is not read or a bad one is. */
export async function converse(
  a: Peer,
  b: Peer,
  start: Start,
  network: Network,
  talk: Talk,
  kind: SessionKind,
  dice: Dice,
): Promise<string> {
  const conversation = new Conversation(await openAccounts(a, b, start.serviceIds), network, dice)
  const { sides, count } = conversation
  for (const side of sides) side.unsent = talk.messages
  const starting = start.simultaneous ? ([0, 1] as const) : ([0] as const)
  for (const who of starting) await conversation.start(who, start)
  for (const who of starting) await conversation.open(who, Math.min(talk.opening, talk.messages))
  const share = (): number => (Math.floor((sides[0].unsent + sides[1].unsent) / talk.turn) % 2 === 0 ? 0.8 : 0.2)
  while (await conversation.step(share()));
  equal(sides[1].unsent, 0, 'the responder never heard of the session')
  const epochs = await conversation.settle(kind)
  ok(epochs >= talk.epochs, `${epochs} epochs only`)
  const { read, lost, forgotten, duplicates, forgeries } = count
  // The model says of each that it must be refused; but a model that says so of many would excuse anything.
  ok(forgotten <= Math.max(2, read / 100), `${forgotten} of ${read} out of reach`)
  const reached = kind === 'triple' ? `, ${epochs} epochs` : ''
  return `${read} read, ${lost} lost, ${forgotten} out of reach, ${duplicates} duplicates and ${forgeries} forgeries refused${reached}`
}

async function write(from: Side, to: Address, plaintext: Uint8Array): Promise<Packet> {
  const message = await from.account.encrypt(to, plaintext)
  const facts = factsOf(message)
  return { message, plaintext, facts, session: from.reach.wrote(facts), read: false }
}

async function refuse([from, to]: NearestKeys, message: Message, verdict: Refusal['verdict'] | undefined): Promise<void> {
  try {
    await to.account.decrypt(from.account.address, message)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (verdict) equal(error.verdict, verdict, `refused with: ${error.message}`)
    return
  }
  throw new Error('a forgery, a repetition or a message out of reach was read')
}
/** What two sides must make of each other when they have no kind of session in common: a refusal at the latest of the first answer. */
export async function refuseEachOther(a: Peer, b: Peer, start: Start): Promise<string> {
  const [alice, bob] = await openAccounts(a, b, start.serviceIds)
  const bundle = await bob.bundle(start)
  const send = async (from: PeerAccount, to: PeerAccount): Promise<void> => {
    await to.decrypt(from.address, await from.encrypt(to.address, Buffer.from('hello')))
  }
  for (const [step, run] of [
    ['the bundle', () => alice.startSession(bundle)],
    ['the first message', () => send(alice, bob)],
    ['the first answer', () => send(bob, alice)],
  ] as const) {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return `${step} is refused`
    }
  }
  throw new Error('the two were expected to refuse each other')
}

function altered(message: Message, dice: Dice): Message {
  const bytes = Uint8Array.from(message.bytes)
  const index = dice.below(bytes.length)
  bytes[index] = (bytes[index] as number) ^ (1 << dice.below(8))
  return { type: message.type, bytes }
}
