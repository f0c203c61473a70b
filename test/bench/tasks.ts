/** What is measured, and on whom: sessions here. Knows sides only as peers; a target is printed, never asserted. */
import nodeCrypto from 'node:crypto'
import type { Message } from '../interop/peer.js'
import { GROUP_TASKS } from './group-tasks.js'
import type { Meter } from './meter.js'
import {
  type Account,
  allAbsent,
  BAILEYS,
  BASELINE,
  type Bundle,
  DOUBLE,
  MATRIX,
  type Measured,
  MIDDLE,
  NEW,
  OLD,
  PRIVACY_RESEARCH,
  PROTEUS,
  type Subject,
  type Task,
  TRIPLE,
  TS_MLS,
} from './task.js'
import { WEIGHT_TASKS } from './weight-tasks.js'

const OURS: readonly Subject[] = [DOUBLE, TRIPLE, OLD, MIDDLE, NEW]
const ALL: readonly Subject[] = [...OURS, PRIVACY_RESEARCH, BAILEYS, MATRIX, PROTEUS, TS_MLS]
const FORTY = 'keeps 40 skipped keys of a chain, so that most could not be read'
const CLASSIC = 'has no KEM prekeys; its set-up is in the table without them'
const unheld = (peer: string): string =>
  peer === MATRIX.peer ? FORTY : 'is not asked: how bisik and libsignal-client store this is compared'
const HIDDEN = 'does not show what it stores'

export const TASKS: readonly Task[] = [
  {
    name: 'one-way',
    title: 'One way: 256 bytes, answered session, no ratchet turn',
    subjects: ALL,
    targets: [
      { metric: 'encrypt', session: 'x3dh', versus: { peer: BASELINE }, atMost: 0.35 },
      { metric: 'decrypt', session: 'x3dh', versus: { peer: BASELINE }, atMost: 0.35 },
      { metric: 'encrypt', session: 'triple', versus: { peer: BASELINE }, atMost: 0.45 },
      { metric: 'decrypt', session: 'triple', versus: { peer: BASELINE }, atMost: 0.45 },
    ],
    run: oneWay,
  },
  {
    name: 'ping-pong',
    title: 'Ping-pong: one message encrypted and decrypted, each turns the ratchet',
    subjects: ALL,
    targets: [
      { metric: 'message', session: 'x3dh', versus: { peer: '0.22.0' }, atMost: 0.8 },
      { metric: 'message', session: 'triple', versus: { peer: BASELINE }, atMost: 0.9 },
    ],
    run: pingPong,
  },
  {
    name: 'x3dh',
    title:
      'Set-up without KEM prekey (X3DH and the like; the baseline only has it with one): initiator from bundle to first message, responder from first message to plaintext',
    subjects: [DOUBLE, OLD, NEW, PRIVACY_RESEARCH, BAILEYS, MATRIX, PROTEUS, TS_MLS],
    absent: [{ peer: '0.72.1', why: 'is measured with KEM prekeys' }],
    targets: [{ metric: 'both sides', session: 'x3dh', versus: { peer: '0.22.0' }, atMost: 1 }],
    run: setUp,
  },
  {
    name: 'pqxdh',
    title: 'Set-up with KEM prekey (PQXDH)',
    subjects: [TRIPLE, MIDDLE, NEW],
    absent: [OLD, PRIVACY_RESEARCH, BAILEYS, MATRIX, PROTEUS, TS_MLS].map(({ peer }) => ({ peer, why: CLASSIC })),
    targets: [
      { metric: 'both sides', session: 'triple', versus: { peer: '0.72.1' }, atMost: 2 },
      { metric: 'both sides', session: 'triple', versus: { peer: BASELINE }, atMost: 'encapsulate' in nodeCrypto ? 1.5 : 2.2 },
    ],
    run: setUp,
  },
  {
    name: 'held',
    title: 'In-order messages while 2,000 skipped keys and 40 archived sessions are held, beside none',
    subjects: [DOUBLE, TRIPLE, OLD, NEW],
    absent: allAbsent(unheld).filter(({ peer }) => peer !== OLD.peer),
    targets: (['x3dh', 'triple'] as const).flatMap((session) => [
      { metric: 'decrypt, held', session, versus: { metric: 'decrypt, none' }, atMost: 1.2 },
      { metric: 'encrypt, held', session, versus: { metric: 'encrypt, none' }, atMost: 1.2 },
    ]),
    run: held,
  },
  {
    name: 'record',
    title: 'Bytes: the stored session record, and a message of 256 bytes',
    subjects: [...OURS, PRIVACY_RESEARCH, BAILEYS, TS_MLS],
    absent: [MATRIX, PROTEUS].map(({ peer }) => ({ peer, why: HIDDEN })),
    targets: [{ metric: 'answered session', session: 'x3dh', atMost: 700 }],
    once: true,
    run: record,
  },
  {
    name: 'reverse',
    title: '1,000 messages decrypted newest first',
    subjects: ALL.filter((subject) => subject !== MATRIX),
    absent: [{ peer: MATRIX.peer, why: FORTY }],
    targets: [{ metric: 'message, all', session: 'triple', versus: { peer: BASELINE }, atMost: 0.2 }],
    run: reverse,
  },
  ...GROUP_TASKS,
  ...WEIGHT_TASKS,
]

const PAYLOAD = crypto.getRandomValues(new Uint8Array(256))
const SKIPPED = 2000
const ARCHIVED = 40

interface Pair {
  readonly alice: Account
  readonly bob: Account
}

let accounts = 0
function newAccount(peer: Measured): Promise<Account> {
  accounts++
  return peer.newAccount({ user: crypto.randomUUID(), device: 1 + (accounts % 100) })
}

/** Starts a session and has it answered. */
async function meet({ alice, bob }: Pair, kem: boolean): Promise<void> {
  await alice.startSession(await bob.bundle({ oneTime: true, kem }))
  await pass(alice, bob)
  await pass(bob, alice)
}

async function openPair(peer: Measured, kem: boolean): Promise<Pair> {
  const pair = { alice: await newAccount(peer), bob: await newAccount(peer) }
  await meet(pair, kem)
  return pair
}

async function pass(from: Account, to: Account): Promise<void> {
  await to.decrypt(from.address, await from.encrypt(to.address, PAYLOAD))
}

async function encryptAll(from: Account, to: Account, count: number): Promise<Message[]> {
  const messages: Message[] = []
  for (let i = 0; i < count; i++) messages.push(await from.encrypt(to.address, PAYLOAD))
  return messages
}

async function decryptAll(to: Account, from: Account, messages: readonly Message[]): Promise<void> {
  for (const message of messages) await to.decrypt(from.address, message)
}

async function oneWay(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const { alice, bob } = await openPair(peer, kem)
  await meter.rounds(async (operations) => {
    let messages: Message[] = []
    await meter.time('encrypt', operations, async () => {
      messages = await encryptAll(alice, bob, operations)
    })
    await meter.time('decrypt', operations, () => decryptAll(bob, alice, messages))
  })
}

async function pingPong(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const { alice, bob } = await openPair(peer, kem)
  await meter.rounds(async (operations) => {
    await meter.time('message', 2 * operations, async () => {
      for (let i = 0; i < operations; i++) {
        await pass(alice, bob)
        await pass(bob, alice)
      }
    })
  })
}

/** Everybody met is a stranger with an identity of its own, so that nothing remembered about a peer helps. */
async function setUp(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const me = await newAccount(peer)
  await meter.rounds(async (operations) => {
    const bundles: Bundle[] = []
    for (let i = 0; i < operations; i++) bundles.push(await (await newAccount(peer)).bundle({ oneTime: true, kem }))
    const initiator = await meter.time('initiator', operations, async () => {
      for (const bundle of bundles) {
        await me.startSession(bundle)
        await me.encrypt(bundle.address, PAYLOAD)
      }
    })

    const firsts: { readonly from: Account; readonly message: Message }[] = []
    for (let i = 0; i < operations; i++) {
      const from = await newAccount(peer)
      await from.startSession(await me.bundle({ oneTime: true, kem }))
      firsts.push({ from, message: await from.encrypt(me.address, PAYLOAD) })
    }
    const responder = await meter.time('responder', operations, async () => {
      for (const { from, message } of firsts) await me.decrypt(from.address, message)
    })
    meter.record('both sides', { wall: initiator.wall + responder.wall, cpu: initiator.cpu + responder.cpu })
  })
}

async function held(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const none = await openPair(peer, kem)
  const full = await openPair(peer, kem)
  for (let i = 0; i < ARCHIVED; i++) await meet(full, kem)
  await encryptAll(full.alice, full.bob, SKIPPED)
  await pass(full.alice, full.bob)
  await meter.rounds(async (operations) => {
    for (const [label, { alice, bob }] of [
      ['none', none],
      ['held', full],
    ] as const) {
      const messages = await encryptAll(alice, bob, operations)
      await meter.time(`decrypt, ${label}`, operations, () => decryptAll(bob, alice, messages))
      await meter.time(`encrypt, ${label}`, operations, async () => {
        await encryptAll(bob, alice, operations)
      })
    }
  })
}

async function record(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const alice = await newAccount(peer)
  const bob = await newAccount(peer)
  const size = async (): Promise<number> => (await alice.sessionRecord(bob.address))?.length ?? Number.NaN
  await alice.startSession(await bob.bundle({ oneTime: true, kem }))
  const first = await alice.encrypt(bob.address, PAYLOAD)
  meter.size('unanswered session', await size())
  meter.size('first message', first.bytes.length)
  await bob.decrypt(alice.address, first)
  await pass(bob, alice)
  const later = await alice.encrypt(bob.address, PAYLOAD)
  meter.size('answered session', await size())
  meter.size('later message', later.bytes.length)
}

async function reverse(peer: Measured, kem: boolean, meter: Meter): Promise<void> {
  const { alice, bob } = await openPair(peer, kem)
  // What begins a turn is not among the messages: MLS has it read first.
  await pass(alice, bob)
  await meter.rounds(
    async (operations) => {
      const [newest, ...others] = (await encryptAll(alice, bob, operations)).reverse()
      if (!newest) return
      const first = await meter.time('first (derives 999 keys)', 1, () => decryptAll(bob, alice, [newest]))
      const rest = await meter.time('each later one', others.length, () => decryptAll(bob, alice, others))
      const all = (key: 'wall' | 'cpu'): number => (first[key] + rest[key] * others.length) / operations
      meter.record('message, all', { wall: all('wall'), cpu: all('cpu') })
    },
    { fixed: 1000 },
  )
}
