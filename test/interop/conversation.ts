/**
 * Two sides talk over a network that loses, reorders, repeats and forges: every message that arrives must be read, every repetition and
 * forgery refused. Knows sides only as {@link Peer}s.
 */
import { equal } from 'node:assert/strict'
import type { Address, Message, Peer, PeerAccount } from './peer.js'
import { Refusal } from './peer.js'
import type { Dice } from './random.js'
import type { SessionKind } from './releases.js'
import { type Facts, factsOf } from './wire.js'

export interface Network {
  /** Messages each side sends. */
  readonly messages: number
  readonly loss: number
  /** Each delivery takes any of this many oldest messages. */
  readonly window: number
  readonly duplicates: number
  readonly forgeries: number
}

export const ROUGH: Omit<Network, 'messages'> = { loss: 0.3, window: 24, duplicates: 0.1, forgeries: 0.05 }
export const SMOOTH: Omit<Network, 'messages'> = { loss: 0, window: 1, duplicates: 0, forgeries: 0 }

export interface Start {
  readonly kem: boolean
  readonly oneTime: boolean
  /** Both sides fetch a bundle before either hears of the other. */
  readonly simultaneous: boolean
  /** Users named by ServiceIds, which newer releases bind under the MAC, or by plain names. */
  readonly serviceIds: boolean
}

/** Every receiving chain but the newest five is forgotten, by libsignal and by bisik. */
const CHAINS_KEPT = 5

interface Packet {
  readonly message: Message
  readonly plaintext: Uint8Array
  readonly facts: Facts
  read: boolean
}

interface Side {
  readonly account: PeerAccount
  readonly unsent: { count: number }
  /** On its way to the other side, oldest first. */
  readonly underway: Packet[]
  /** Ratchet keys of the other side in the order in which they were first read. */
  readonly chains: string[]
  started: boolean
}

export async function openAccounts(a: Peer, b: Peer, serviceIds: boolean): Promise<[PeerAccount, PeerAccount]> {
  const name = (plain: string): string => (serviceIds ? crypto.randomUUID() : plain)
  return [await a.newAccount({ user: name('alice'), device: 1 }), await b.newAccount({ user: name('bob'), device: 2 })]
}

/** @returns what happened, in a line. @throws if a good message is not read or a bad one is. */
export async function converse(a: Peer, b: Peer, start: Start, network: Network, kind: SessionKind, dice: Dice): Promise<string> {
  const accounts = await openAccounts(a, b, start.serviceIds)
  const [alice, bob] = accounts.map(
    (account): Side => ({ account, unsent: { count: network.messages }, underway: [], chains: [], started: false }),
  ) as [Side, Side]
  await alice.account.startSession(await bob.account.bundle(start))
  alice.started = true
  if (start.simultaneous) {
    await bob.account.startSession(await alice.account.bundle(start))
    bob.started = true
  }

  const count = { read: 0, lost: 0, forgotten: 0, duplicates: 0, forgeries: 0 }
  const sides: readonly (readonly [Side, Side])[] = [
    [alice, bob],
    [bob, alice],
  ]
  for (;;) {
    const senders = sides.filter(([from]) => from.started && from.unsent.count > 0)
    const carriers = sides.filter(([from]) => from.underway.length > 0)
    if (senders.length === 0 && carriers.length === 0) break
    const send = carriers.length === 0 || (senders.length > 0 && dice.chance(0.4))
    const [from, to] = pick(send ? senders : carriers, dice)
    if (send) await sendBurst(from, to.account.address, network, dice, count)
    else await deliverOne(from, to, network, dice, count)
  }
  equal(bob.unsent.count, 0, 'the responder never heard of the session')
  await settle(alice, bob, kind, count)
  return `${count.read} read, ${count.lost} lost, ${count.forgotten} out of reach, ${count.duplicates} duplicates and ${count.forgeries} forgeries refused`
}

type Count = Record<'read' | 'lost' | 'forgotten' | 'duplicates' | 'forgeries', number>

async function sendBurst(from: Side, to: Address, network: Network, dice: Dice, count: Count): Promise<void> {
  for (let burst = 1 + dice.below(6); burst > 0 && from.unsent.count > 0; burst--) {
    const packet = await write(from, to, dice.bytes(dice.below(300)))
    from.unsent.count--
    if (dice.chance(network.loss)) count.lost++
    else from.underway.push(packet)
  }
}

async function write(from: Side, to: Address, plaintext: Uint8Array): Promise<Packet> {
  const message = await from.account.encrypt(to, plaintext)
  return { message, plaintext, facts: factsOf(message), read: false }
}

async function deliverOne(from: Side, to: Side, network: Network, dice: Dice, count: Count): Promise<void> {
  const index = dice.below(Math.min(network.window, from.underway.length))
  const packet = from.underway[index] as Packet
  if (packet.message.type === 2 && dice.chance(network.forgeries)) {
    await refuse(to, from, { ...packet, message: altered(packet.message, dice) }, undefined)
    count.forgeries++
  }
  const again = dice.chance(network.duplicates)
  if (!again) from.underway.splice(index, 1)

  const chain = to.chains.indexOf(packet.facts.ratchetKey)
  const kept = chain < 0 || to.chains.length - chain <= CHAINS_KEPT
  if (packet.read) {
    await refuse(to, from, packet, kept ? 'duplicate' : undefined)
    count.duplicates++
  } else if (kept) {
    await read(to, from, packet, count)
  } else if (!again) {
    count.forgotten++
  }
}

async function read(to: Side, from: Side, packet: Packet, count: Count): Promise<void> {
  const plaintext = await to.account.decrypt(from.account.address, packet.message)
  equal(Buffer.compare(plaintext, packet.plaintext), 0, 'the plaintext differs')
  packet.read = true
  to.started = true
  if (!to.chains.includes(packet.facts.ratchetKey)) to.chains.push(packet.facts.ratchetKey)
  count.read++
}

async function refuse(to: Side, from: Side, packet: Packet, verdict: Refusal['verdict'] | undefined): Promise<void> {
  try {
    await to.account.decrypt(from.account.address, packet.message)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (verdict) equal(error.verdict, verdict, `refused with: ${error.message}`)
    return
  }
  throw new Error('a forgery or repetition was read')
}

/** Two quiet turns each: both must end in one session of the kind expected. */
async function settle(alice: Side, bob: Side, kind: SessionKind, count: Count): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const packet = await write(from, to.account.address, Buffer.from(`turn ${turn}`))
      equal(packet.facts.version, kind === 'x3dh' ? 3 : 4, 'session version')
      if (turn > 0) {
        equal(packet.message.type, 2, 'an answered session sends no more PreKey messages')
        equal(packet.facts.pqRatchet, kind === 'triple', 'post-quantum ratchet in the message')
      }
      await read(to, from, packet, count)
    }
  }
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

function pick<T>(items: readonly T[], dice: Dice): T {
  return items[dice.below(items.length)] as T
}
