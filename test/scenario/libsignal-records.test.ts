import { expect, it } from 'vitest'
import { Client, type Envelope, fromUtf8, MemoryStore, utf8 } from '../../src/index.js'
import {
  type DroppedPart,
  exportIdentity,
  exportPreKeys,
  exportSenderKey,
  exportSessions,
  importPreKeys,
  importSenderKey,
  importSessions,
  parseIdentity,
} from '../../src/migration/libsignal.js'
import { decodeAccount } from '../../src/records/account-record.js'
import { ACCOUNT, sessionKey } from '../../src/records/names.js'
import { decodeSession } from '../../src/records/session-record.js'
import { checkAddress } from '../../src/wire/address.js'
import { Chain, PqRatchetState, RecordStructure, SessionStructure } from '../support/libsignal-records.js'
import { pair } from '../support/parties.js'

/** Moves everything of one side through libsignal's records into a fresh store, as an app that leaves and comes back. */
async function moved(client: Client, peer: Client): Promise<Client> {
  const { identityKeyPair, registrationId } = exportIdentity(client)
  const sessions = await exportSessions(client, peer.address)
  const preKeys = await exportPreKeys(client)
  const options = { store: new MemoryStore(), address: client.address, allow: ['pqxdh', 'x3dh'] as const }
  const next = await Client.create(options, parseIdentity(identityKeyPair, registrationId))
  await importPreKeys(next, preKeys)
  await importSessions(next, peer.address, sessions)
  expect(next.identityKey).toEqual(client.identityKey)
  await expect(client.encrypt(peer.address, utf8('from the past'))).rejects.toMatchObject({ code: 'no-session' })
  await expect(exportSessions(client, peer.address)).rejects.toMatchObject({ code: 'no-session' })
  return next
}

for (const [kind, kem, allow] of [
  ['triple', true, []],
  ['pqxdh offered', true, ['pqxdh']],
  ['x3dh', false, ['x3dh']],
] as const) {
  it(`a conversation goes through libsignal's records and back at any point, skipped keys included (${kind})`, async () => {
    let { alice, bob } = await pair({ kem, alice: { allow }, bob: { allow } })
    const late: { due: number; envelope: Envelope; text: string }[] = []
    for (let turn = 0; turn < 130; turn++) {
      const aliceSends = turn % 2 === 0 || turn % 7 === 3
      const [from, to] = aliceSends ? [alice, bob] : [bob, alice]
      if (turn % 5 === 1 && turn > 1) {
        // Three turns later: within the five chains that are kept, and with a move in between.
        late.push({ due: turn + 3, envelope: await from.encrypt(to.address, utf8(`late ${turn}`)), text: `late ${turn}` })
      }
      const envelope = await from.encrypt(to.address, utf8(`turn ${turn}`))
      expect(fromUtf8((await to.decrypt(envelope)).plaintext)).toBe(`turn ${turn}`)
      if (turn % 3 === 0 && turn > 0) {
        if (turn % 4 === 0) alice = await moved(alice, bob)
        else bob = await moved(bob, alice)
      }
      if (late[0]?.due === turn) {
        const { envelope: delayed, text } = late.shift() as (typeof late)[number]
        const receiver = delayed.sender?.user === alice.address.user ? bob : alice
        expect(fromUtf8((await receiver.decrypt(delayed)).plaintext)).toBe(text)
      }
    }
  })
}

it('exporting prekeys hands over what opens first messages, and leaves nothing behind', async () => {
  const { alice, bob } = await pair()
  const message = await alice.encrypt(bob.address, utf8('for whoever has the keys'))
  const { identityKeyPair, registrationId } = exportIdentity(bob)
  const preKeys = await exportPreKeys(bob)
  expect([preKeys.preKeys.length, preKeys.signedPreKeys.length, preKeys.kyberPreKeys.length]).toEqual([2, 1, 3])
  expect(preKeys.kyberPreKeys.filter(({ lastResort }) => lastResort)).toHaveLength(1)
  await expect(bob.decrypt(message)).rejects.toMatchObject({ code: 'pre-key-not-found' })
  const next = await Client.create(
    { store: new MemoryStore(), address: bob.address, allow: ['pqxdh'] },
    parseIdentity(identityKeyPair, registrationId),
  )
  await importPreKeys(next, preKeys)
  await expect(importPreKeys(next, preKeys)).rejects.toMatchObject({ code: 'already-taken' })
  expect(fromUtf8((await next.decrypt(message)).plaintext)).toBe('for whoever has the keys')
  const upload = await next.generatePreKeys(1)
  expect(upload.oneTimePreKeys[0]?.id).toBe(3)
})

/** A record of alice's sessions with bob, in the middle of a conversation, changed by hand; and a fresh client to take it. */
async function altered(change: (record: RecordStructure) => void) {
  const { alice, bob } = await pair()
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  const { identityKeyPair, registrationId } = exportIdentity(alice)
  const record = RecordStructure.decode(await exportSessions(alice, bob.address))
  change(record)
  const store = new MemoryStore()
  const client = await Client.create({ store, address: alice.address }, parseIdentity(identityKeyPair, registrationId))
  const bytes = RecordStructure.encode(record)
  return { client, store, bob, take: () => importSessions(client, bob.address, bytes) }
}

const sessionOf = (record: RecordStructure) => record.currentSession as SessionStructure

/** Gives the first receiving chain these kept keys and the index `next`. */
function keepKeys(record: RecordStructure, indices: readonly number[], next: number): void {
  const session = sessionOf(record)
  const [chain] = session.receiverChains
  const messageKeys = indices.map((index) => ({ index, seed: new Uint8Array(32) }))
  const chainKey = { ...chain?.chainKey, index: next }
  session.receiverChains = [Chain.decode(Chain.encode({ ...chain, chainKey, messageKeys }))]
}

const copies = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

it.each<[string, Partial<DroppedPart>, (record: RecordStructure) => void]>([
  [
    '41 copies of a session in its archive',
    { part: 'session', session: 40, reason: 'repeated' },
    (r) => r.previousSessions.push(...copies(41, SessionStructure.encode(sessionOf(r)))),
  ],
  [
    '6 copies of a receiving chain',
    { part: 'chain', session: 'current', reason: 'repeated' },
    (r) => sessionOf(r).receiverChains.push(...copies(6, sessionOf(r).receiverChains[0] as Chain)),
  ],
  [
    '2,001 keys of skipped messages on a chain',
    { part: 'kept-keys', count: 1, reason: 'too-many' },
    (r) => {
      keepKeys(
        r,
        Array.from({ length: 2_001 }, (_, index) => index + 1),
        2_002,
      )
    },
  ],
  [
    'the key of a message that is still to come on a chain',
    { part: 'kept-keys', count: 1, reason: 'still-to-come' },
    (r) => keepKeys(r, [3, 5], 5),
  ],
  [
    'the key of a message that is still to come on a post-quantum chain',
    { part: 'kept-keys', reason: 'still-to-come' },
    (r) => {
      const session = sessionOf(r)
      const state = PqRatchetState.decode(session.pqRatchetState)
      const skipped = new Uint8Array(36)
      new DataView(skipped.buffer).setUint32(0, 0xffff_ffff)
      for (const { receiving } of state.chains?.links ?? []) if (receiving) receiving.skipped = skipped
      session.pqRatchetState = PqRatchetState.encode(state) as Uint8Array<ArrayBuffer>
    },
  ],
])('what a record holds beyond what libsignal keeps is left out and told, and the session goes on: %s', async (_, dropped, change) => {
  const { client, bob, take } = await altered(change)
  expect((await take()).dropped).toContainEqual(expect.objectContaining(dropped))
  expect(fromUtf8((await bob.decrypt(await client.encrypt(bob.address, utf8('still here')))).plaintext)).toBe('still here')
})

it('limits of the post-quantum ratchet above ours become ours', async () => {
  const { client, bob, store, take } = await altered((record) => {
    const session = sessionOf(record)
    const state = PqRatchetState.decode(session.pqRatchetState)
    const limits = { maxJump: 0xffff_ffff, maxSkipped: 0xffff_ffff }
    if (state.chains !== null) state.chains.limits = limits
    session.pqRatchetState = PqRatchetState.encode(state) as Uint8Array<ArrayBuffer>
  })
  await take()
  const key = sessionKey(checkAddress(bob.address))
  const account = decodeAccount((await store.read([ACCOUNT])).get(ACCOUNT)?.value as Uint8Array)
  const { session } = decodeSession((await store.read([key])).get(key)?.value as Uint8Array, account)
  expect(session.ratchet.pq?.chains?.limits).toEqual({ maxForwardJump: 250_000, maxSkippedKeys: 2_000 })
  expect(fromUtf8((await bob.decrypt(await client.encrypt(bob.address, utf8('still here')))).plaintext)).toBe('still here')
})

it('a session that is there twice is taken once, the newer state of it', async () => {
  const { client, bob, store, take } = await altered((record) => {
    const copy = SessionStructure.encode(sessionOf(record))
    record.previousSessions.push(copy, copy)
  })
  await take()
  expect(await store.list('archived/')).toEqual([])
  expect(fromUtf8((await bob.decrypt(await client.encrypt(bob.address, utf8('still here')))).plaintext)).toBe('still here')
})

it('a store that gave sessions or a sender key of its own away takes no copy back: it may be older than what went', async () => {
  const { alice, bob } = await pair()
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  const sessions = await exportSessions(alice, bob.address)
  await expect(importSessions(alice, bob.address, sessions)).rejects.toMatchObject({ code: 'already-taken' })
  const group = alice.group('185a574c-1f97-4f26-aaf4-924f8bce4bb9')
  await group.distribute()
  const senderKey = await exportSenderKey(alice, group.distribution)
  await expect(importSenderKey(alice, alice.address, group.distribution, senderKey)).rejects.toMatchObject({ code: 'already-taken' })
  await expect(group.encrypt(utf8('x'))).rejects.toMatchObject({ code: 'no-sender-key' })
  await group.distribute()
  await group.encrypt(utf8('under a key of its own'))
})
