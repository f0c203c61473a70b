/** How the cost of a message and the bytes in store grow: curves. On bisik and on the release that ratios are given to. */
import type { Message } from '../interop/peer.js'
import { timeGroups } from './group-tasks.js'
import type { Meter } from './meter.js'
import { type Account, type Measured, NEW, type Task, TRIPLE } from './task.js'

const PAYLOAD = crypto.getRandomValues(new Uint8Array(256))
const BOTH = { subjects: [TRIPLE, NEW], targets: [], drawn: 'absolute', once: true } as const

export const GROWTH_TASKS: readonly Task[] = [
  {
    ...BOTH,
    name: 'skipped',
    title: 'Skipped keys: in-order messages of 256 bytes in a session that holds keys of messages not here yet',
    over: 'skipped keys',
    run: skipped,
  },
  {
    ...BOTH,
    name: 'archived',
    title: 'Archived sessions: in-order messages of 256 bytes while so many older sessions with the same peer are held',
    over: 'archived sessions',
    run: archived,
  },
  {
    ...BOTH,
    name: 'sessions',
    title: 'Sessions: in-order messages of 256 bytes, in turn from up to 16 peers of an account that has sessions with so many',
    over: 'sessions',
    run: sessions,
  },
  {
    ...BOTH,
    name: 'members',
    title: 'Members: a group of so many, founded or keyed anew for all; then messages of 256 bytes',
    over: 'members',
    run: members,
  },
]

interface Pair {
  readonly alice: Account
  readonly bob: Account
}

const newAccount = (peer: Measured): Promise<Account> => peer.newAccount({ user: crypto.randomUUID(), device: 1 })

async function meet({ alice, bob }: Pair): Promise<void> {
  await alice.startSession(await bob.bundle({ oneTime: true, kem: true }))
  await bob.decrypt(alice.address, await alice.encrypt(bob.address, PAYLOAD))
  await alice.decrypt(bob.address, await bob.encrypt(alice.address, PAYLOAD))
}

/** Times messages from each of `from` in turn to `to`, and answers that do not turn the ratchet. */
async function talk(meter: Meter, at: number, { from, to }: { readonly from: readonly Account[]; readonly to: Account }): Promise<void> {
  const round = async (operations: number): Promise<void> => {
    const senders = Array.from({ length: operations }, (_, i) => from[i % from.length] as Account)
    const messages: { readonly sender: Account; readonly message: Message }[] = []
    for (const sender of senders) messages.push({ sender, message: await sender.encrypt(to.address, PAYLOAD) })
    await meter.time(`decrypt, ${at}`, operations, async () => {
      for (const { sender, message } of messages) await to.decrypt(sender.address, message)
    })
    await meter.time(`encrypt, ${at}`, operations, async () => {
      for (const sender of senders) await to.encrypt(sender.address, PAYLOAD)
    })
  }
  await meter.rounds(round, { fixed: 128, warmUp: at === 0 || at === 1 ? 2_000_000 : 200_000 })
  meter.size(`bytes stored, ${at}`, (await to.stored?.()) ?? Number.NaN)
}

async function skipped(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  for (const count of [0, 10, 100, 500, 1000, 2000]) {
    const pair = { alice: await newAccount(peer), bob: await newAccount(peer) }
    await meet(pair)
    for (let i = 0; i < count; i++) await pair.alice.encrypt(pair.bob.address, PAYLOAD)
    await talk(meter, count, { from: [pair.alice], to: pair.bob })
  }
}

async function archived(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  for (const count of [0, 1, 5, 10, 20, 40]) {
    const pair = { alice: await newAccount(peer), bob: await newAccount(peer) }
    for (let i = 0; i <= count; i++) await meet(pair)
    await talk(meter, count, { from: [pair.alice], to: pair.bob })
  }
}

/** Sessions that nobody talks in are begun by the account, with one bundle for all: what is stored of them is the same. */
async function sessions(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const me = await newAccount(peer)
  const bundle = await (await newAccount(peer)).bundle({ oneTime: false, kem: true })
  const friends: Account[] = []
  let met = 0
  for (const count of [1, 10, 100, 1000, 10_000]) {
    for (; met < count; met++) {
      const friend = friends.length < 16 ? await newAccount(peer) : undefined
      if (friend) {
        await meet({ alice: friend, bob: me })
        friends.push(friend)
      } else {
        await me.startSession({ ...bundle, address: { user: crypto.randomUUID(), device: 1 } })
      }
    }
    await talk(meter, count, { from: friends, to: me })
  }
}

async function members(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  await timeGroups(peer, [2, 5, 10, 50, 100, 500, 1000], meter)
}
