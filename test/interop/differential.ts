/**
 * bisik and the newest release judge the same bytes, spoiled at random from a seed: every format by its parser; messages of sessions, of
 * groups and sealed ones by opening them. Where they differ, and no deviation is declared, the story fails.
 */
import { equal } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Client, type Envelope, MemoryStore } from '../../src/index.js'
import * as records from '../../src/migration/libsignal.js'
import { parseIdentityKey } from '../../src/protocol/index.js'
import { snapshot } from '../support/snapshot.js'
import { type Classes, excerpt, formatsOf } from './differential-formats.js'
import { judgeGroups } from './differential-groups.js'
import { Judge } from './differential-judge.js'
import { forge } from './differential-messages.js'
import { mutate, pick } from './differential-mutations.js'
import { judgeSealed } from './differential-sealed.js'
import { LibsignalPeer } from './libsignal-peer.js'
import { plain, SEALING_VERSION } from './libsignal-sealer.js'
import { type AccountRecords, type Address, addressKey, type Message, type PeerAccount } from './peer.js'
import type { Story } from './plan.js'
import type { Dice } from './random.js'
import { storyMaker } from './sealing-story.js'

/** @param rounds - how long the stories are; 20 take some 20 seconds. */
export function differential(seed: string, rounds: number): Story[] {
  const story = storyMaker<Classes>(seed, 'and bisik judge alike')
  return [
    story('formats', (api, dice) => formats(api, dice, 20 * rounds)),
    story('messages of sessions', (api, dice) => sessions(api, dice, rounds)),
    story('messages of groups', (api, dice) => judgeGroups(api, dice, rounds)),
    story('sealed messages', (api, dice) => judgeSealed(api, dice, 10 * rounds)),
  ]
}

async function formats(api: Classes, dice: Dice, cases: number): Promise<string> {
  const judge = new Judge()
  for (const { name, material, theirs, ours } of await formatsOf(api)) {
    for (let i = 0; i < cases; i++) {
      const valid = pick(material, dice)
      const spoiled = i === 0 ? { name: 'unaltered', bytes: valid.bytes } : mutate(valid, dice)
      const bytes = Uint8Array.from(spoiled.bytes)
      await judge.ask(
        `${name}, ${spoiled.name}: ${excerpt(bytes)}`,
        () => theirs(bytes),
        () => ours(bytes),
        'format',
      )
    }
  }
  return judge.summary()
}

/** A conversation of the release with itself up to some point; then either side's copy of the recipient judges what the sender forges. */
async function sessions(api: Classes, dice: Dice, rounds: number): Promise<string> {
  const judge = new Judge()
  const peer = new LibsignalPeer(api, SEALING_VERSION)
  for (let round = 0; round < rounds; round++) {
    const name = (other: string): string => (dice.chance(0.8) ? randomUUID() : other)
    const alice = await peer.newAccount({ user: name('alice'), device: 1 + dice.below(127) })
    const bob = await peer.newAccount({ user: name(`PNI:${randomUUID()}`), device: 1 + dice.below(127) })
    await alice.startSession(await bob.bundle({ oneTime: dice.chance(0.7), kem: true }))
    const held = await talk(alice, bob, pick([0, 0, 1, 4, 20, 60, 120], dice), dice)
    const [sender, recipient] = [await alice.moveOut(), await bob.moveOut()]
    const record = Uint8Array.from(sender.sessions.get(addressKey(bob.address)) ?? [])
    const localIdentity = parseIdentityKey(
      plain(api.IdentityKeyPair.deserialize(sender.identityKeyPair).privateKey.getPublicKey().serialize()),
    )
    for (let i = 0; i < 20; i++) {
      const forged =
        held.length > 0 && dice.chance(0.15)
          ? { name: 'late', message: pick(held, dice) }
          : forge({ record, from: alice.address, to: bob.address, localIdentity }, dice)
      let { name: what, message } = forged
      if (dice.chance(0.25)) {
        const spoiled = mutate({ bytes: message.bytes, before: 1, after: message.type === 2 ? 8 : 0 }, dice)
        what += `, outside: ${spoiled.name}`
        message = { ...message, bytes: spoiled.bytes }
      }
      await judgeMessage(judge, peer, recipient, { from: alice.address, to: bob.address, what, message })
    }
  }
  return judge.summary()
}

/** @returns messages of `a` that did not arrive. */
async function talk(a: PeerAccount, b: PeerAccount, turns: number, dice: Dice): Promise<Message[]> {
  const held: Message[] = []
  const share = pick([0.5, 0.2, 0.8], dice)
  for (let i = 0, answered = false; i < turns; i++) {
    const [from, to] = answered && dice.chance(share) ? [b, a] : [a, b]
    const message = await from.encrypt(to.address, dice.bytes(dice.below(9)))
    if (i > 0 && dice.chance(0.1)) {
      if (from === a) held.push(message)
    } else {
      await to.decrypt(from.address, message)
      answered = true
    }
  }
  return held
}

async function judgeMessage(
  judge: Judge,
  peer: LibsignalPeer,
  recipient: AccountRecords,
  { from, to, what, message }: { readonly from: Address; readonly to: Address; readonly what: string; readonly message: Message },
): Promise<void> {
  const account = await peer.newAccount(to, recipient)
  const store = new MemoryStore()
  const client = await Client.create({ address: to, store }, records.parseIdentity(recipient.identityKeyPair, recipient.registrationId))
  for (const [, session] of recipient.sessions) await records.importSessions(client, from, Uint8Array.from(session))
  await records.importPreKeys(client, recipient)
  const before = await snapshot(store)
  const envelope = { kind: message.type === 3 ? 'pre-key' : 'ratchet', sender: from, body: Uint8Array.from(message.bytes) } as Envelope
  const verdict = await judge.ask(
    `${what}, type ${message.type}: ${excerpt(message.bytes)}`,
    () => account.decrypt(from, message),
    async () => {
      const opened = await client.decrypt(envelope)
      return 'plaintext' in opened ? opened.plaintext : undefined
    },
    'format',
  )
  if (verdict !== 'accepted') equal(JSON.stringify(await snapshot(store)), JSON.stringify(before), `${what}: a refusal changed the store`)
}
