/** What is measured of groups and of sealed messages. Knows members only by their common face. */
import type { Member } from './member.js'
import type { Meter } from './meter.js'
import { BASELINE, type Measured, NEW, type Task, TRIPLE } from './task.js'

const PAYLOAD = crypto.getRandomValues(new Uint8Array(256))
const MANY = 1000
const SPLIT = 10_000

const versus = { peer: BASELINE }

export const GROUP_TASKS: readonly Task[] = [
  {
    name: 'sender-keys',
    title: 'Sender keys: 256 bytes; decrypted in order, or each pair of messages the wrong way round',
    subjects: [TRIPLE, NEW],
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
    targets: [{ metric: 'message', session: 'triple', versus, atMost: 1.2 }],
    run: multiRecipient,
  },
  {
    name: 'split',
    title: `The relay parses a message for ${SPLIT.toLocaleString('en')} recipients and makes what each gets (the baseline has this for servers only)`,
    subjects: [TRIPLE],
    targets: [{ metric: 'message', session: 'triple', versus: 'milliseconds', atMost: 50 }],
    run: split,
  },
]

/** Starts a session and has it answered. */
async function meet(alice: Member, bob: Member): Promise<void> {
  await alice.startSession(await bob.bundle())
  await bob.decrypt(await alice.encrypt(bob.address, PAYLOAD))
  await alice.decrypt(await bob.encrypt(alice.address, PAYLOAD))
}

async function senderKeys(peer: Measured, _kem: boolean, meter: Meter): Promise<void> {
  const [alice, bob] = [await peer.newMember(), await peer.newMember()]
  await meet(alice, bob)
  const distribution = await bob.decrypt(await alice.encrypt(bob.address, await alice.distribute()))
  await bob.acceptSenderKey(alice, distribution)
  const decryptAll = async (bodies: readonly Uint8Array[]): Promise<void> => {
    for (const body of bodies) await bob.decryptFromGroup(alice.address, body)
  }
  await meter.rounds(async (operations) => {
    const bodies: Uint8Array[] = []
    await meter.time('encrypt', operations, async () => {
      for (let i = 0; i < operations; i++) bodies.push(await alice.encryptForGroup(PAYLOAD))
    })
    await meter.time('decrypt', operations, () => decryptAll(bodies))
    const swapped: Uint8Array[] = []
    for (let i = 0; i < operations; i += 2) {
      const first = await alice.encryptForGroup(PAYLOAD)
      swapped.push(await alice.encryptForGroup(PAYLOAD), first)
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
  await alice.distribute()
  const members: Member[] = []
  for (let i = 0; i < MANY; i++) members.push(await peer.newMember())
  for (const member of members) await meet(alice, member)
  const to = members.map(({ address }) => address)
  await meter.rounds(
    async (operations) => {
      await meter.time('message', operations, async () => {
        for (let i = 0; i < operations; i++) await alice.encryptForMany(to, PAYLOAD)
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
