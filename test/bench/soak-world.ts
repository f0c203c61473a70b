/**
 * What is soaked: 20 clients in 50 conversations and 5 groups, over a network that loses, delays and repeats. Every message that arrives
 * must open, once, as what was sent. The order of things comes from a seed. Knows no protocol.
 */
import { randomBytes } from 'node:crypto'
import type { Envelope, Received } from '../../src/index.js'
import type { Dice } from '../interop/random.js'
import { SoakClient, type Surroundings } from './soak-client.js'

export const PLAN = { clients: 20, onDisk: 4, conversations: 50, groups: 5, members: 8, loss: 0.02, repeated: 0.01, inGroups: 0.2 } as const
/** So many later bursts of its sender may overtake a message: within what a session keeps old chains for. */
const DELAY = 3
/** Once in so many bursts. */
const RESTART_EVERY = 200
const NEW_SESSION_EVERY = 1000
const DAY = 86_400_000

interface Packet {
  readonly envelope: Envelope
  readonly plaintext: Uint8Array
  /** Arrives with this burst of the channel. */
  readonly due: number
}

/** One way from a sender to a recipient. */
interface Channel {
  readonly from: SoakClient
  readonly to: SoakClient
  readonly group?: string
  bursts: number
  underway: Packet[]
}

interface SoakGroup {
  readonly id: string
  /** The ways from each member to the others. */
  readonly ways: readonly (readonly Channel[])[]
}

export class SoakWorld {
  readonly count = { sent: 0, lost: 0, delivered: 0, repeated: 0, restarts: 0, newSessions: 0, upkeeps: 0 }
  /** What was refused that should have opened, and what opened that should not. */
  readonly failures: string[] = []
  readonly #dice: Dice
  readonly #clients: readonly SoakClient[]
  readonly #conversations: readonly (readonly [Channel, Channel])[]
  readonly #groups: readonly SoakGroup[]
  readonly #isDuplicate: (error: unknown) => boolean
  readonly #pass: (milliseconds: number) => void
  #untilUpkeep = 0

  private constructor(dice: Dice, clients: readonly SoakClient[], parts: Pick<Parts, 'isDuplicate' | 'pass'>) {
    this.#dice = dice
    this.#clients = clients
    this.#isDuplicate = parts.isDuplicate
    this.#pass = parts.pass
    this.#conversations = pairsOf(clients, PLAN.conversations).map(([a, b]) => [way(a, b), way(b, a)] as const)
    this.#groups = Array.from({ length: PLAN.groups }, (_, group) => {
      const members = Array.from({ length: PLAN.members }, (_, i) => clients[(group * 4 + i) % clients.length] as SoakClient)
      const id = crypto.randomUUID()
      return { id, ways: members.map((from) => members.filter((to) => to !== from).map((to) => ({ ...way(from, to), group: id }))) }
    })
  }

  static async open(dice: Dice, around: Surroundings, parts: Parts): Promise<SoakWorld> {
    const clients: SoakClient[] = []
    const every = PLAN.clients / PLAN.onDisk
    for (let i = 0; i < PLAN.clients; i++) clients.push(await SoakClient.create(`client-${i}`, around, i % every === 0))
    const world = new SoakWorld(dice, clients, parts)
    for (const [there] of world.#conversations) await world.#startSession(there)
    for (const group of world.#groups) await world.#distribute(group)
    return world
  }

  /** A burst somewhere, and what arrives with it. */
  async step(): Promise<void> {
    const dice = this.#dice
    if (dice.chance(1 / RESTART_EVERY)) await this.#restart()
    if (dice.chance(PLAN.inGroups)) await this.#burstToGroup()
    else await this.#burst()
    if (this.#untilUpkeep <= 0) await this.#upkeep()
  }

  /** Everything that is still under way arrives. */
  async drain(): Promise<void> {
    const ways = [...this.#conversations.flat(), ...this.#groups.flatMap((group) => group.ways.flat())]
    for (const channel of ways) await this.#deliver(channel, Number.POSITIVE_INFINITY)
  }

  close(): void {
    for (const client of this.#clients) client.close()
  }

  async #burst(): Promise<void> {
    const dice = this.#dice
    const conversation = this.#conversations[dice.below(this.#conversations.length)] as readonly [Channel, Channel]
    const channel = conversation[dice.below(2)] as Channel
    if (dice.chance(1 / NEW_SESSION_EVERY)) await this.#startSession(channel)
    // Before the first message has arrived, the other side has no session to answer in.
    if (!(await channel.from.client.session(channel.to.client.address))) return
    for (let i = 1 + dice.below(6); i > 0; i--) {
      const plaintext = this.#newPlaintext()
      const envelope = await channel.from.client.encrypt(channel.to.client.address, plaintext)
      this.#send([channel], envelope, plaintext)
    }
    await this.#deliver(channel, channel.bursts++)
  }

  async #burstToGroup(): Promise<void> {
    const dice = this.#dice
    const { id, ways } = this.#groups[dice.below(this.#groups.length)] as SoakGroup
    const channels = ways[dice.below(ways.length)] as readonly Channel[]
    const [{ from }] = channels as readonly [Channel]
    for (let i = 1 + dice.below(4); i > 0; i--) {
      const plaintext = this.#newPlaintext()
      const envelope = await from.client.group(id).encrypt(plaintext)
      this.#send(channels, envelope, plaintext)
    }
    for (const channel of channels) await this.#deliver(channel, channel.bursts++)
  }

  #send(channels: readonly Channel[], envelope: Envelope, plaintext: Uint8Array): void {
    this.count.sent++
    this.#pass(MESSAGE_TIME)
    this.#untilUpkeep -= MESSAGE_TIME
    for (const channel of channels) {
      if (this.#dice.chance(PLAN.loss)) this.count.lost++
      else channel.underway.push({ envelope, plaintext, due: channel.bursts + this.#dice.below(DELAY + 1) })
    }
  }

  /** What is due by a burst arrives in any order. */
  async #deliver(channel: Channel, burst: number): Promise<void> {
    const due = channel.underway.filter((packet) => packet.due <= burst)
    channel.underway = channel.underway.filter((packet) => packet.due > burst)
    for (let left = due.length; left > 0; left--) {
      const [packet] = due.splice(this.#dice.below(left), 1) as [Packet]
      await this.#read(channel, packet)
      if (this.#dice.chance(PLAN.repeated)) await this.#readAgain(channel, packet)
    }
  }

  async #read(channel: Channel, { envelope, plaintext }: Packet): Promise<void> {
    this.count.delivered++
    try {
      const received: Received = await channel.to.client.decrypt(envelope)
      const right = 'plaintext' in received && Buffer.compare(received.plaintext, plaintext) === 0
      if (!right) this.#fail(channel, 'opened as something else')
    } catch (error) {
      this.#fail(channel, `refused: ${String(error)}`)
    }
  }

  async #readAgain(channel: Channel, { envelope }: Packet): Promise<void> {
    this.count.repeated++
    try {
      await channel.to.client.decrypt(envelope)
      this.#fail(channel, 'opened twice')
    } catch (error) {
      if (!this.#isDuplicate(error)) this.#fail(channel, `a repetition is refused as ${String(error)}`)
    }
  }

  #fail({ from, to, group }: Channel, what: string): void {
    this.failures.push(`message ${this.count.sent}, ${from.name} to ${to.name}${group ? ' in a group' : ''}: ${what}`)
  }

  async #restart(): Promise<void> {
    this.count.restarts++
    await (this.#clients[this.#dice.below(this.#clients.length)] as SoakClient).restart()
  }

  /** A day has gone by. */
  async #upkeep(): Promise<void> {
    this.#untilUpkeep = DAY
    for (const { client } of this.#clients) {
      this.count.upkeeps++
      await client.upkeep()
    }
  }

  async #startSession({ from, to }: Channel): Promise<void> {
    this.count.newSessions++
    const { oneTimePreKeys, oneTimeKemPreKeys, ...upload } = await to.client.generatePreKeys(1)
    await to.client.published({ ...upload, oneTimePreKeys, oneTimeKemPreKeys })
    await from.client.startSession({ ...upload, oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0] })
  }

  /** Each member's sender key reaches all the others. */
  async #distribute({ id, ways }: SoakGroup): Promise<void> {
    for (const channel of ways.flat()) {
      const { from, to } = channel
      if (!(await from.client.session(to.client.address))) await this.#startSession(channel)
      const received = await to.client.decrypt(await from.client.encrypt(to.client.address, await from.client.group(id).distribute()))
      if (received.kind !== 'message') throw new Error('no message')
      await to.client.acceptSenderKey(received, received.plaintext)
    }
  }

  #newPlaintext(): Uint8Array {
    return randomBytes(1 + this.#dice.below(400))
  }
}

export interface Parts {
  readonly isDuplicate: (error: unknown) => boolean
  /** Lets time pass. */
  readonly pass: (milliseconds: number) => void
}

/** Milliseconds between two messages: a million takes 116 days. */
const MESSAGE_TIME = 10_000

function way(from: SoakClient, to: SoakClient): Channel {
  return { from, to, bursts: 0, underway: [] }
}

/** The first pairs of neighbours, then of those further apart. */
function pairsOf(clients: readonly SoakClient[], count: number): (readonly [SoakClient, SoakClient])[] {
  const pairs: (readonly [SoakClient, SoakClient])[] = []
  for (let distance = 1; pairs.length < count; distance++) {
    for (const [i, client] of clients.entries()) pairs.push([client, clients[(i + distance) % clients.length] as SoakClient])
  }
  return pairs.slice(0, count)
}
