/**
 * A sender key that the harness makes itself hands out chains and sends right and wrong messages, in any order; the newest release and
 * bisik accept and open them, and must have the same record in the end. Knows no rule.
 */
import { equal } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Client, MemoryStore } from '../../src/index.js'
import { exportSenderKey } from '../../src/migration/libsignal.js'
import { snapshot } from '../support/snapshot.js'
import { type Classes, excerpt } from './differential-formats.js'
import { Judge } from './differential-judge.js'
import { ForgedSenderKey } from './differential-messages.js'
import { mutate, pick } from './differential-mutations.js'
import type { Serializable } from './libsignal-api.js'
import type { Address } from './peer.js'
import type { Dice } from './random.js'

const STEPS = 30

/** Judges so many groups. */
export async function judgeGroups(api: Classes, dice: Dice, rounds: number): Promise<string> {
  const judge = new Judge()
  for (let round = 0; round < rounds; round++) await judgeGroup(api, dice, judge)
  return judge.summary()
}

async function judgeGroup(api: Classes, dice: Dice, judge: Judge): Promise<void> {
  const sender: Address = { user: randomUUID(), device: 1 }
  const distribution = randomUUID()
  const members = await openMembers(api, sender)
  const accept = (bytes: Uint8Array) =>
    judge.ask(
      `distribution: ${excerpt(bytes)}`,
      () => members.theirs.accept(bytes),
      () => members.ours.accept(bytes),
    )
  const first = new ForgedSenderKey(distribution, 7, dice)
  await accept(first.distribute(0))
  const chains = [first]
  const sent: Uint8Array[] = []
  for (let i = 0; i < STEPS; i++) {
    if (dice.chance(0.1)) {
      if (dice.chance(0.5)) chains.push(new ForgedSenderKey(distribution, pick([0, 7, 8, 9, 10, 2 ** 32 - 1], dice), dice))
      await accept(pick(chains, dice).distribute(dice.below(10)))
      continue
    }
    const { name, bytes } = nextMessage(chains, sent, dice)
    const before = JSON.stringify(await snapshot(members.ours.store))
    const verdict = await judge.ask(
      `${name}: ${excerpt(bytes)}`,
      () => members.theirs.open(bytes),
      () => members.ours.open(bytes),
    )
    if (verdict !== 'accepted') equal(JSON.stringify(await snapshot(members.ours.store)), before, `${name}: a refusal changed the store`)
    // The release may have opened what bisik refuses: from here on they differ.
    if (verdict === 'declared') return
  }
  equal(await members.ours.record(distribution), members.theirs.record(distribution), 'the records differ')
}

function nextMessage(
  chains: readonly ForgedSenderKey[],
  sent: Uint8Array[],
  dice: Dice,
): { readonly name: string; readonly bytes: Uint8Array } {
  if (sent.length > 0 && dice.chance(0.1)) return { name: 'repeated', bytes: pick(sent, dice) }
  const chain = pick(chains, dice)
  const far = dice.chance(0.02) ? pick([2000, 2001, 25_000, 25_001], dice) : 0
  const bytes = chain.encrypt(far + dice.below(40), dice.bytes(dice.below(40)), dice)
  sent.push(bytes)
  if (dice.chance(0.5)) return { name: 'message', bytes }
  return dice.chance(0.7) ? chain.resign(bytes, dice) : mutate({ bytes, before: 1, after: 64 }, dice)
}

/** A receiving device of the release, and one of bisik. */
async function openMembers(api: Classes, sender: Address) {
  const received = new Map<string, Uint8Array>()
  class Records extends api.SenderKeyStore {
    async saveSenderKey(_: object, distribution: string, record: Serializable): Promise<void> {
      received.set(distribution, record.serialize())
    }
    async getSenderKey(_: object, distribution: string): Promise<object | null> {
      const record = received.get(distribution)
      return record ? api.SenderKeyRecord.deserialize(record) : null
    }
  }
  const [name, records] = [api.ProtocolAddress.new(sender.user, sender.device), new Records()]
  const store = new MemoryStore()
  // The release keeps as many of each of five chains; that bisik bounds them together is no difference to be found here.
  const client = await Client.create({ store, limits: { keptGroupKeysPerDevice: 10_000 } })
  await client.acceptIdentity(sender, client.identityKey, 'accepted')
  const from = { kind: 'message', sender, identity: client.identityKey } as const
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  return {
    theirs: {
      accept: (bytes: Uint8Array) =>
        api.processSenderKeyDistributionMessage(name, api.SenderKeyDistributionMessage.deserialize(bytes), records),
      open: (bytes: Uint8Array) => api.groupDecrypt(name, records, bytes),
      record: (distribution: string) => hex(received.get(distribution) ?? new Uint8Array(0)),
    },
    ours: {
      store,
      accept: async (bytes: Uint8Array): Promise<void> => {
        await client.acceptSenderKey(from, bytes)
      },
      open: async (bytes: Uint8Array) => {
        const opened = await client.decrypt({ kind: 'sender-key', sender, body: Uint8Array.from(bytes) })
        return 'plaintext' in opened ? opened.plaintext : undefined
      },
      record: async (distribution: string) => hex(await exportSenderKey(client, distribution)),
    },
  }
}
