/**
 * A move between bisik and libsignal loses nothing that can be used and repeats nothing that was delivered: one bad part of a record does
 * not withhold the rest, base keys that were used move with the prekeys, and what is exported can join the commit that deletes it.
 */
import { describe, expect, it } from 'vitest'
import { Client, type Envelope, fromUtf8, MemoryStore, parseEnvelope, serializeEnvelope, utf8 } from '../../src/index.js'
import {
  type ExportedPreKeys,
  exportIdentity,
  exportPreKeys,
  exportSessions,
  importPreKeys,
  importSessions,
  type LibsignalPreKeys,
  parseIdentity,
} from '../../src/migration/libsignal.js'
import { Chain, MessageKey, RecordStructure, SessionStructure } from '../support/libsignal-records.js'
import { bundleOf, newClient, pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

type Session = SessionStructure
type Bytes = Uint8Array<ArrayBuffer>

/** An account like this one in an empty store, as libsignal's identity record hands it over. */
async function heirOf(client: Client): Promise<{ heir: Client; store: MemoryStore }> {
  const { identityKeyPair, registrationId } = exportIdentity(client)
  const store = new MemoryStore()
  const options = { store, address: client.address, allow: ['pqxdh', 'x3dh'] as const }
  return { heir: await Client.create(options, parseIdentity(identityKeyPair, registrationId)), store }
}

async function preKeysMoved(from: Client, change: (preKeys: ExportedPreKeys) => LibsignalPreKeys = (preKeys) => preKeys) {
  const preKeys = await exportPreKeys(from)
  const { heir, store } = await heirOf(from)
  return { heir, store, report: await importPreKeys(heir, change(preKeys)), preKeys }
}

describe('base keys that were used', () => {
  it.each([
    ['PQXDH', true],
    ['X3DH', false],
  ])('move with the prekeys: a first message is not delivered twice (%s)', async (_, kem) => {
    const { alice, bob } = await pair({ oneTime: false, kem })
    const first = await alice.encrypt(bob.address, utf8('pay 100'))
    await bob.decrypt(first)
    const { heir, report, preKeys } = await preKeysMoved(bob)
    expect(preKeys.usedBaseKeys).toMatchObject([{ kyberPreKeyId: kem ? expect.any(Number) : undefined, baseKeys: [{ length: 33 }] }])
    expect(report).toMatchObject({ taken: { usedBaseKeys: 1 }, dropped: [] })
    await expect(heir.decrypt(first)).rejects.toMatchObject({ code: 'replayed-base-key' })
    // The prekeys themselves still serve, and the ledger goes on.
    const upload = await heir.generatePreKeys(0)
    const carol = await newClient()
    await carol.startSession(bundleOf(upload, { oneTime: false, kem }))
    const fresh = await carol.encrypt(heir.address, utf8('new'))
    await heir.decrypt(fresh)
    const again = await preKeysMoved(heir)
    expect(again.report.taken.usedBaseKeys).toBe(2)
    for (const message of [first, fresh]) await expect(again.heir.decrypt(message)).rejects.toMatchObject({ code: 'replayed-base-key' })
  })

  it("come as libsignal's store has them: one by one, also those of prekeys that serve once", async () => {
    const { alice, bob } = await pair({ oneTime: false })
    const first = await alice.encrypt(bob.address, utf8('pay 100'))
    await bob.decrypt(first)
    const { heir, report } = await preKeysMoved(bob, ({ usedBaseKeys, ...preKeys }) => {
      const [{ kyberPreKeyId, signedPreKeyId, baseKeys } = { signedPreKeyId: 0, baseKeys: [] }] = usedBaseKeys
      const other = Uint8Array.from([5, ...new Uint8Array(32).fill(9)])
      return {
        ...preKeys,
        usedBaseKeys: [
          { kyberPreKeyId, signedPreKeyId, baseKeys: [other] },
          { kyberPreKeyId, signedPreKeyId, baseKeys },
          { kyberPreKeyId: 77_777, signedPreKeyId, baseKeys: [other] },
          { kyberPreKeyId, signedPreKeyId, baseKeys: [other.subarray(1), other] },
          { kyberPreKeyId: -1, signedPreKeyId, baseKeys: [other] },
        ],
      }
    })
    expect(report.taken.usedBaseKeys).toBe(2)
    expect(report.dropped).toEqual([
      { kind: 'used-base-keys', id: expect.any(Number), index: 3, reason: 'corrupt' },
      { kind: 'used-base-keys', id: undefined, index: 4, reason: 'corrupt' },
      { kind: 'used-base-keys', id: 77_777, index: 2, reason: 'not-needed' },
    ])
    await expect(heir.decrypt(first)).rejects.toMatchObject({ code: 'replayed-base-key' })
  })

  it('are bounded, and nothing is stored of too many', async () => {
    const bob = await newClient()
    await bob.generatePreKeys(1)
    const preKeys = await exportPreKeys(bob)
    const { heir, store } = await heirOf(bob)
    const before = await snapshot(store)
    const key = Uint8Array.from([5, ...new Uint8Array(32)])
    const usedBaseKeys = [{ signedPreKeyId: 1, baseKeys: Array.from({ length: 100_001 }, () => key) }]
    await expect(importPreKeys(heir, { ...preKeys, usedBaseKeys })).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(await snapshot(store)).toEqual(before)
  })

  it('that are used while they are exported go with the others', async () => {
    const { alice, bob } = await pair({ oneTime: false })
    const first = await alice.encrypt(bob.address, utf8('in between'))
    const store = new MemoryStore()
    const { heir } = await preKeysMovedInto(store, bob)
    // The listing is answered, and before the commit a first message comes in.
    const list = store.list.bind(store)
    let isLate = false
    store.list = async (prefix) => {
      const names = await list(prefix)
      if (prefix === 'ledger/' && !isLate) {
        isLate = true
        await heir.decrypt(first)
      }
      return names
    }
    expect((await exportPreKeys(heir)).usedBaseKeys).toMatchObject([{ baseKeys: [{ length: 33 }] }])
    expect(await list('ledger/')).toEqual([])
  })
})

async function preKeysMovedInto(store: MemoryStore, from: Client): Promise<{ heir: Client }> {
  const { identityKeyPair, registrationId } = exportIdentity(from)
  const heir = await Client.create({ store, address: from.address }, parseIdentity(identityKeyPair, registrationId))
  await importPreKeys(heir, await exportPreKeys(from))
  return { heir }
}

describe('prekeys', () => {
  it('one that does not decode is named with its id, and the others are taken', async () => {
    const { alice, bob } = await pair()
    const first = await alice.encrypt(bob.address, utf8('hello'))
    const upload = await bob.generatePreKeys(1)
    const cut = (record: Uint8Array) => record.slice(0, 20)
    const { heir, report } = await preKeysMoved(bob, (preKeys) => ({
      ...preKeys,
      preKeys: preKeys.preKeys.map((record, i) => (i === 2 ? cut(record) : record)),
      kyberPreKeys: preKeys.kyberPreKeys.map((one, i) => (i === 1 ? { ...one, record: cut(one.record) } : one)),
    }))
    expect(report.dropped.map(({ kind, index, reason }) => [kind, index, reason])).toEqual([
      ['pre-key', 2, 'corrupt'],
      ['kyber-pre-key', 1, 'corrupt'],
    ])
    expect(report.dropped[0]?.id).toBe(upload.oneTimePreKeys[0]?.id)
    expect(report.dropped[1]?.id).toEqual(expect.any(Number))
    expect(report.taken).toMatchObject({ preKeys: 2, signedPreKeys: 1, kyberPreKeys: 3 })
    expect(fromUtf8((await heir.decrypt(first)).plaintext)).toBe('hello')
  })

  it('an id that is in use is named, and the others are taken', async () => {
    const bob = await newClient()
    await bob.generatePreKeys(2)
    const preKeys = await exportPreKeys(bob)
    const { heir } = await heirOf(bob)
    await importPreKeys(heir, { ...preKeys, preKeys: preKeys.preKeys.slice(0, 1) })
    const twice = [...preKeys.preKeys, preKeys.preKeys[1] as Uint8Array]
    const report = await importPreKeys(heir, { preKeys: twice, signedPreKeys: [], kyberPreKeys: [] })
    expect(report.taken.preKeys).toBe(1)
    expect(report.dropped.map(({ index, reason }) => [index, reason]).sort()).toEqual([
      [0, 'already-taken'],
      [2, 'already-taken'],
    ])
  })

  it('are refused if none can be used, and nothing is stored', async () => {
    const { heir, store } = await heirOf(await newClient())
    const before = await snapshot(store)
    const none = { preKeys: [new Uint8Array(5)], signedPreKeys: [], kyberPreKeys: [] }
    await expect(importPreKeys(heir, none)).rejects.toMatchObject({ code: 'corrupt-record' })
    expect(await snapshot(store)).toEqual(before)
  })

  it('that are damaged do not stop an export, and are named', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store })
    await bob.generatePreKeys(2)
    await store.commit({ expect: new Map(), put: new Map([['pre-key/1', new Uint8Array(3)]]), delete: new Set() })
    const { preKeys, damaged } = await exportPreKeys(bob)
    expect([preKeys.length, damaged]).toEqual([1, [{ kind: 'pre-key', id: 1 }]])
    expect(await store.list('pre-key/')).toEqual([])
  })

  it('join the commit that deletes them: a crash after it loses nothing', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store })
    await bob.generatePreKeys(3)
    const preKeys = await exportPreKeys(bob, {
      persist: ({ preKeys }) => new Map(preKeys.map((record, i) => [`moving/${i}`, record] as const)),
    })
    const kept = await store.read(['app/moving/0', 'app/moving/1', 'app/moving/2'])
    expect([...kept.values()].map(({ value }) => value)).toEqual(preKeys.preKeys)
    expect(await store.list('pre-key/')).toEqual([])
  })

  it('stay when what persists them throws', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store })
    await bob.generatePreKeys(3)
    const before = await snapshot(store)
    const failing = exportPreKeys(bob, {
      persist: () => {
        throw new Error('disk full')
      },
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(await snapshot(store)).toEqual(before)
  })
})

describe('an account', () => {
  it.each([1, 16_384, 2 ** 31, 2 ** 32 - 1])('of registration id %d moves in, and its first messages open', async (registrationId) => {
    const bob = await newClient()
    const { identityKeyPair } = exportIdentity(bob)
    const heir = await Client.create({ store: new MemoryStore() }, parseIdentity(identityKeyPair, registrationId))
    const carol = await newClient()
    await heir.startSession(bundleOf(await carol.generatePreKeys(1)))
    expect(fromUtf8((await carol.decrypt(await heir.encrypt(carol.address, utf8('from far')))).plaintext)).toBe('from far')
    expect(await carol.knownDevices(heir.address.user)).toMatchObject([{ registrationId }])
    expect(exportIdentity(heir).registrationId).toBe(registrationId)
    expect((await heir.generatePreKeys(0)).registrationId).toBe(registrationId)
  })

  it.each([0, -1, 2 ** 32, 1.5])('of registration id %d is refused', async (registrationId) => {
    const existing = { identityPrivateKey: new Uint8Array(32).fill(8), registrationId }
    await expect(Client.create({ store: new MemoryStore() }, existing)).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})

describe('a device id above 127, as old releases gave out', () => {
  it.each([128, 255, 256, 70_000, 2 ** 32 - 1])('of a peer moves in and is written to and heard from: %d', async (device) => {
    const address = { user: '00000000-0000-4000-8000-00000000000b', device }
    const { alice, bob } = await pair()
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    const { identityKeyPair, registrationId } = exportIdentity(bob)
    const recordOfBob = await exportSessions(bob, alice.address)
    const peer = await Client.create(
      { store: new MemoryStore(), address, allow: ['pqxdh'] },
      parseIdentity(identityKeyPair, registrationId),
    )
    await importSessions(peer, alice.address, recordOfBob)
    const { heir } = await heirOf(alice)
    await importSessions(heir, address, await exportSessions(alice, bob.address))
    const onTheWay = (envelope: Envelope) => parseEnvelope(serializeEnvelope(envelope))
    expect(fromUtf8((await peer.decrypt(onTheWay(await heir.encrypt(address, utf8('to bob'))))).plaintext)).toBe('to bob')
    const back = onTheWay(await peer.encrypt(heir.address, utf8('to alice')))
    expect(back.sender).toEqual(address)
    expect(fromUtf8((await heir.decrypt(back)).plaintext)).toBe('to alice')
    expect(await heir.knownDevices(address.user)).toMatchObject([{ address, maySend: true }])
    await heir.forget(address)
    expect(await heir.knownDevices()).toEqual([])
  })

  it.each([128, 300])('of our own moves in with its sessions: %d', async (device) => {
    const carol = await newClient()
    const bob = await newClient()
    await bob.startSession(bundleOf(await carol.generatePreKeys(1)))
    const address = { user: '00000000-0000-4000-8000-00000000000b', device }
    const { identityKeyPair, registrationId } = exportIdentity(bob)
    const record = await exportSessions(bob, carol.address)
    const heir = await Client.create(
      { store: new MemoryStore(), address, allow: ['pqxdh'] },
      parseIdentity(identityKeyPair, registrationId),
    )
    await importSessions(heir, carol.address, record)
    expect(fromUtf8((await carol.decrypt(await heir.encrypt(carol.address, utf8('hello')))).plaintext)).toBe('hello')
    expect(fromUtf8((await heir.decrypt(await carol.encrypt(address, utf8('hello')))).plaintext)).toBe('hello')
  })

  it('begins nothing new: no session from a bundle, no account', async () => {
    const address = { user: '00000000-0000-4000-8000-00000000000b', device: 128 }
    await expect(newClient({ address })).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'device' } })
    const alice = await newClient()
    const bundle = { ...bundleOf(await (await newClient()).generatePreKeys(1)), address }
    await expect(alice.startSession(bundle)).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'device' } })
  })

  it('is a whole number from 1 to 2^32 - 1, everywhere', async () => {
    const alice = await newClient()
    for (const device of [0, -1, 2 ** 32, 1.5, Number.NaN, '1']) {
      const address = { user: '00000000-0000-4000-8000-00000000000b', device: device as number }
      await expect(alice.encrypt(address, utf8('x'))).rejects.toMatchObject({ code: 'invalid-argument', details: { argument: 'device' } })
    }
  })
})

/** Alice's sessions with bob, in the middle of a conversation, changed by hand. */
async function moveSessions(change: (record: RecordStructure, current: Session) => void) {
  const { alice, bob } = await pair()
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  const late = await bob.encrypt(alice.address, utf8('late'))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('later')))
  const record = RecordStructure.decode(await exportSessions(alice, bob.address))
  change(record, record.currentSession as Session)
  const { heir, store } = await heirOf(alice)
  return { heir, store, bob, late, take: () => importSessions(heir, bob.address, RecordStructure.encode(record)) }
}

const encoded = (session: Session) => SessionStructure.encode(session) as Bytes
const copyOf = (session: Session) => SessionStructure.decode(encoded(session))
/** A healthy chain, as of another turn of the conversation. */
const chainLike = (session: Session, byte: number) =>
  Chain.decode(
    Chain.encode({
      ...session.receiverChains[0],
      messageKeys: [],
      senderRatchetKey: Uint8Array.from([5, ...new Uint8Array(32).fill(byte)]),
    }),
  )

const messageKey = (index: number, length: number) => MessageKey.decode(MessageKey.encode({ index, seed: new Uint8Array(length) }))

/** An archived session like the current one, but another. */
function older(session: Session, change: (copy: Session) => void): Bytes {
  const copy = copyOf(session)
  copy.aliceBaseKey = Uint8Array.from([5, ...new Uint8Array(32).fill(7)])
  change(copy)
  return encoded(copy)
}

describe('a record of sessions with one bad part', () => {
  it.each<[string, object, Parameters<typeof moveSessions>[0]]>([
    [
      'an old chain without a key',
      { part: 'chain', session: 'current', reason: 'corrupt' },
      (_, s) => {
        const chain = chainLike(s, 3)
        chain.chainKey = undefined as never
        s.receiverChains.unshift(chain)
      },
    ],
    [
      'more than five chains',
      { part: 'chain', session: 'current', reason: 'too-many', count: 2 },
      (_, s) => {
        s.receiverChains.unshift(...[1, 2, 3, 4, 5].map((byte) => chainLike(s, byte)))
      },
    ],
    [
      "a kept key at the chain's index",
      { part: 'kept-keys', reason: 'still-to-come', count: 1 },
      (_, s) => {
        const chain = s.receiverChains.at(-1) as Chain
        chain.messageKeys.push(messageKey(chain.chainKey?.index ?? 0, 32))
      },
    ],
    [
      'a kept key that is none',
      { part: 'kept-keys', reason: 'corrupt', count: 1 },
      (_, s) => {
        const chain = s.receiverChains.at(-1) as Chain
        chain.messageKeys.push(messageKey(0, 31))
      },
    ],
    [
      'an archived session that is empty',
      { part: 'session', session: 0, reason: 'empty' },
      (r) => {
        r.previousSessions.push(new Uint8Array(0))
      },
    ],
    [
      'an archived session of version 2',
      { part: 'session', session: 0, reason: 'unsupported-version', version: 2 },
      (r, s) => {
        r.previousSessions.push(
          older(s, (copy) => {
            copy.sessionVersion = 2
          }),
        )
      },
    ],
    [
      'an archived session of an older identity',
      { part: 'session', session: 0, reason: 'other-identity' },
      (r, s) => {
        r.previousSessions.push(
          older(s, (copy) => {
            copy.localIdentityPublic = copy.aliceBaseKey
          }),
        )
      },
    ],
    [
      'an archived session that is cut short',
      { part: 'session', session: 0, reason: 'corrupt' },
      (r, s) => {
        r.previousSessions.push(encoded(s).slice(0, 70))
      },
    ],
    [
      'more than forty archived sessions',
      { part: 'session', session: 40, reason: 'too-many' },
      (r, s) => {
        for (let i = 0; i < 41; i++) {
          r.previousSessions.push(
            older(s, (copy) => {
              copy.aliceBaseKey = Uint8Array.from([5, ...new Uint8Array(32).fill(i + 10)])
            }),
          )
        }
      },
    ],
  ])('is taken without it, and the part is told: %s', async (_, dropped, change) => {
    const { heir, bob, late, take } = await moveSessions(change)
    const report = await take()
    expect(report).toMatchObject({ current: true, dropped: [dropped] })
    expect(fromUtf8((await bob.decrypt(await heir.encrypt(bob.address, utf8('to bob')))).plaintext)).toBe('to bob')
    expect(fromUtf8((await heir.decrypt(late)).plaintext)).toBe('late')
    expect(fromUtf8((await heir.decrypt(await bob.encrypt(heir.address, utf8('to alice')))).plaintext)).toBe('to alice')
  })

  it('is taken when the current session is bad and an archived one is good', async () => {
    const { heir, bob, late, take } = await moveSessions((record, current) => {
      record.previousSessions.push(encoded(current))
      current.rootKey = new Uint8Array(3)
    })
    expect(await take()).toMatchObject({ current: false, archived: 1, dropped: [{ session: 'current', reason: 'corrupt' }] })
    expect(fromUtf8((await heir.decrypt(late)).plaintext)).toBe('late')
    expect(await heir.trustLevel(bob.address)).toBe('first-use')
  })

  it.each<[string, string, Parameters<typeof moveSessions>[0]]>([
    [
      'no session at all',
      'no-session',
      (r) => {
        r.currentSession = undefined as never
      },
    ],
    [
      'only empty ones',
      'no-session',
      (r) => {
        r.currentSession = undefined as never
        r.previousSessions.push(new Uint8Array(0))
      },
    ],
    [
      'only one of version 2',
      'unsupported-version',
      (_, s) => {
        s.sessionVersion = 2
      },
    ],
    [
      'only one of another identity',
      'corrupt-record',
      (_, s) => {
        s.localIdentityPublic = s.aliceBaseKey
      },
    ],
  ])('is refused if nothing of it can be used, and nothing is stored: %s', async (_, code, change) => {
    const { store, take } = await moveSessions(change)
    const before = await snapshot(store)
    await expect(take()).rejects.toMatchObject({ code })
    expect(await snapshot(store)).toEqual(before)
  })
})
