/** What is measured of groups and of sealed messages. Knows members only by their common face. */
import { type Member, meet } from './member.js'
import type { Meter } from './meter.js'
import { allAbsent, BASELINE, CORE_MLS, MATRIX, type Measured, NEW, type Task, TRIPLE, TS_MLS } from './task.js'

const PAYLOAD = crypto.getRandomValues(new Uint8Array(256))
const GROUP = crypto.randomUUID()
const MANY = 1000
const SPLIT = 10_000

const versus = { peer: BASELINE }

const SIZES = [2, 10, 100, 1000]
const GROUPS_HERE = ['matrix', 'core-crypto', 'ts-mls']
const NO_GROUPS = 'has no sender keys: a group is a message to each member, at the cost of one-way times members'
const isRelease = (peer: string): boolean => /^\d/.test(peer)
const withoutGroups = (peer: string): string => (isRelease(peer) ? 'is not driven for groups here' : NO_GROUPS)
const unsealed = (peer: string): string => (isRelease(peer) ? 'is not driven for sealed sender here' : 'has no sealed sender')

export const GROUP_TASKS: readonly Task[] = [
  {
    name: 'group',
    title: 'Groups of 2 to 1,000: founded or keyed anew for all members, then 256 bytes to the group, read by one member',
    subjects: [TRIPLE, NEW, MATRIX, CORE_MLS, TS_MLS],
    absent: allAbsent(withoutGroups).filter(({ peer }) => !GROUPS_HERE.includes(peer)),
    targets: [],
    over: 'members',
    drawn: 'ratio',
    once: true,
    run: groups,
  },
  {
    name: 'sender-keys',
    title: 'Sender keys: 256 bytes; decrypted in order, or each pair of messages the wrong way round',
    subjects: [TRIPLE, NEW],
    absent: allAbsent((peer) => (GROUPS_HERE.includes(peer) ? 'is in the table of groups' : withoutGroups(peer))),
    targets: [
      { metric: 'encrypt', session: 'triple', versus, atMost: 0.6 },
      { metric: 'decrypt', session: 'triple', versus, atMost: 1.2 },
      { metric: 'decrypt, swapped', session: 'triple', versus, atMost: 1.2 },
    ],
    run: senderKeys,
  },
  {
    name: 'sealed',
    title: 'Sealed sender, one recipient: seal, certificate and the 256 bytes inside, on an answered session without ratchet turn',
    subjects: [TRIPLE, NEW],
    absent: allAbsent(unsealed),
    targets: [
      { metric: 'encrypt', session: 'triple', versus, atMost: 0.8 },
      { metric: 'decrypt', session: 'triple', versus, atMost: 0.9 },
    ],
    run: sealed,
  },
  {
    name: 'multi-recipient',
    title: `Sealed sender, ${MANY.toLocaleString('en')} recipients: 256 bytes encrypted with a sender key, and sealed for all`,
    subjects: [TRIPLE, NEW],
    absent: allAbsent(unsealed),
    targets: [{ metric: 'message', session: 'triple', versus, atMost: 1.2 }],
    run: multiRecipient,
  },
  {
    name: 'split',
    title: `The relay parses a message for ${SPLIT.toLocaleString('en')} recipients and makes what each gets (the baseline has this for servers only)`,
    subjects: [TRIPLE],
    absent: [{ peer: BASELINE, why: 'has this for servers only, outside its package for Node' }, ...allAbsent(unsealed)],
    targets: [{ metric: 'message', session: 'triple', versus: 'milliseconds', atMost: 50 }],
    run: split,
  },
]

async function groups(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  await timeGroups(peer, SIZES, meter)
}

/** For each size: the group founded, 32 messages to it, and these read by one member. */
export async function timeGroups(peer: Measured, sizes: readonly number[], meter: Meter): Promise<void> {
  for (const [index, group] of (await peer.newGroups(sizes)).entries()) {
    const size = sizes[index]
    const round = async (operations: number): Promise<void> => {
      const bodies: Uint8Array[] = []
      await meter.time(`create, ${size}`, 1, async () => meter.size(`bytes to send, ${size}`, await group.create()))
      await group.join()
      await meter.time(`encrypt, ${size}`, operations, async () => {
        for (let i = 0; i < operations; i++) bodies.push(await group.encrypt(PAYLOAD))
      })
      await meter.time(`decrypt, ${size}`, operations, async () => {
        for (const body of bodies) await group.decrypt(body)
      })
    }
    await meter.rounds(round, { fixed: 32, warmUp: index === 0 ? 2_000_000 : 200_000 })
  }
}

async function senderKeys(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const [alice, bob] = [await peer.newMember(), await peer.newMember()]
  await meet(alice, bob)
  const distribution = await bob.decrypt(await alice.encrypt(bob.address, await alice.distribute(GROUP)))
  await bob.acceptSenderKey(alice, distribution)
  const decryptAll = async (bodies: readonly Uint8Array[]): Promise<void> => {
    for (const body of bodies) await bob.decryptFromGroup(alice.address, body)
  }
  await meter.rounds(async (operations) => {
    const bodies: Uint8Array[] = []
    await meter.time('encrypt', operations, async () => {
      for (let i = 0; i < operations; i++) bodies.push(await alice.encryptForGroup(GROUP, PAYLOAD))
    })
    await meter.time('decrypt', operations, () => decryptAll(bodies))
    const swapped: Uint8Array[] = []
    for (let i = 0; i < operations; i += 2) {
      const first = await alice.encryptForGroup(GROUP, PAYLOAD)
      swapped.push(await alice.encryptForGroup(GROUP, PAYLOAD), first)
    }
    await meter.time('decrypt, swapped', swapped.length, () => decryptAll(swapped))
  })
}

async function sealed(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const [alice, bob] = [await peer.newMember(), await peer.newMember()]
  await meet(alice, bob)
  await meter.rounds(async (operations) => {
    const bodies: Uint8Array[] = []
    await meter.time('encrypt', operations, async () => {
      for (let i = 0; i < operations; i++) bodies.push(await alice.encrypt(bob.address, PAYLOAD))
    })
    await meter.time('decrypt', operations, async () => {
      for (const body of bodies) await bob.decrypt(body)
    })
  })
}

async function multiRecipient(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const alice = await peer.newMember()
  await alice.distribute(GROUP)
  const members: Member[] = []
  for (let i = 0; i < MANY; i++) members.push(await peer.newMember())
  for (const member of members) await meet(alice, member)
  const to = members.map(({ address }) => address)
  await meter.rounds(
    async (operations) => {
      await meter.time('message', operations, async () => {
        for (let i = 0; i < operations; i++) await alice.encryptForMany(GROUP, to, PAYLOAD)
      })
    },
    { fixed: 2 },
  )
}

async function split(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const run = await peer.splitter(SPLIT)
  await meter.rounds(
    async (operations) => {
      await meter.time('message', operations, async () => {
        for (let i = 0; i < operations; i++) run()
      })
    },
    { first: 1 },
  )
}
