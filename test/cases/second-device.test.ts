/**
 * Row 40: a further device of a known user under another identity key, and a foreign key under our own user, are refused until the user
 * decides; the same key on a further device is welcome; a device has no session with itself.
 */
import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/client/frame/context.js'
import { type Seal, sealEnvelope, sealOf } from '../../src/client/sealed/sealed.js'
import {
  Client,
  type ClientOptions,
  type Envelope,
  isBisikError,
  MemoryStore,
  type PreKeyBundle,
  type ReceivedRetryRequest,
  utf8,
} from '../../src/index.js'
import { exportIdentity, exportSessions, importSessions, parseIdentity } from '../../src/migration/libsignal.js'
import { Relay } from '../../src/relay/index.js'
import type { KeyStore } from '../../src/store/key-store.js'
import { decryptionErrorFor, serializePlaintextContent } from '../../src/wire/index.js'
import { bundleOf, deterministicRandom, fakeClock, newClient } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const ALICE = { user: '00000000-0000-4000-8000-00000000000a', device: 1 }
const BOB = { user: '00000000-0000-4000-8000-00000000000b', device: 1 }
const LEVELS = ['first-use', 'accepted', 'verified'] as const

/** The same account on another device: the same identity key. */
async function deviceOf(client: Client, device: number, options: Partial<ClientOptions> = {}): Promise<Client> {
  const { identityKeyPair } = exportIdentity(client)
  const address = { ...client.address, device }
  return Client.create({ store: new MemoryStore(), address, ...options }, parseIdentity(identityKeyPair, 1_000 + device))
}

/** Bob, who knows alice's device 1. */
async function acquainted(options: Partial<ClientOptions> = {}) {
  const store = new MemoryStore()
  const [alice, bob] = [await newClient({ address: ALICE }), await newClient({ store, address: BOB, ...options })]
  await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
  await bob.decrypt(await alice.encrypt(BOB, utf8('hi')))
  return { alice, bob, store }
}

async function firstMessage(from: Client, to: Client, text = 'first'): Promise<Envelope> {
  await from.startSession(bundleOf(await to.generatePreKeys(1)))
  return from.encrypt(to.address, utf8(text))
}

const codeOf = async (operation: () => Promise<unknown>): Promise<string> => {
  try {
    await operation()
    return 'ok'
  } catch (error) {
    return isBisikError(error) ? error.code : String(error)
  }
}

describe('row 40: a second device', () => {
  it('row 40: 1,000 further devices of known users, and of our own, with another key are refused, to receive from and to send to', async () => {
    const random = deterministicRandom('row 40')
    const roll = (below: number) => (random(1)[0] as number) % below
    const { alice, bob, store } = await acquainted()
    const users = Array.from({ length: 5 }, (_, i) => `user ${i}`)
    // Of these, each known by one device, at every level.
    for (const [i, user] of users.entries()) {
      const level = LEVELS[i % LEVELS.length] as (typeof LEVELS)[number]
      const client = await newClient({ address: { user, device: 1 + i } })
      await bob.startSession(bundleOf(await client.generatePreKeys(1)))
      if (level !== 'first-use') await bob.acceptIdentity(client.address, client.identityKey, level)
    }
    const mallory = await newClient({ address: { user: 'mallory', device: 1 } })
    const envelope = await firstMessage(mallory, bob)
    const bundle = bundleOf(await mallory.generatePreKeys(1))
    const before = await snapshot(store)
    for (let i = 0; i < 1_000; i++) {
      const user = [ALICE.user, BOB.user, ...users][i % 7] as string
      const address = { user, device: 10 + roll(118) }
      const received = i % 2 === 0
      const refused = received ? bob.decrypt({ ...envelope, sender: address } as Envelope) : bob.startSession({ ...bundle, address })
      const error = await refused.then(
        () => undefined,
        (caught: unknown) => caught,
      )
      if (!isBisikError(error, 'untrusted-identity')) throw new Error(`case ${i}: ${String(error)}`)
      const known = user === BOB.user ? bob.identityKey : user === ALICE.user ? alice.identityKey : expect.any(Uint8Array)
      const level = user === BOB.user ? 'verified' : user === ALICE.user ? 'first-use' : LEVELS[users.indexOf(user) % LEVELS.length]
      expect(error.details).toEqual({
        ...address,
        presented: mallory.identityKey,
        known,
        knownDevice: users.includes(user) ? 1 + users.indexOf(user) : 1,
        wasVerified: level === 'verified',
      })
      expect(error.message).toContain('of a further device')
    }
    expect(await snapshot(store)).toEqual(before)
    expect((await bob.decrypt(envelope)).sender).toEqual(mallory.address)
  })

  it('row 40: the same key on a further device is welcome, both ways, and is worth what it was worth', async () => {
    for (const level of LEVELS) {
      const { alice, bob } = await acquainted()
      if (level !== 'first-use') await bob.acceptIdentity(ALICE, alice.identityKey, level)
      const [second, third] = [await deviceOf(alice, 2), await deviceOf(alice, 127)]
      const received = await bob.decrypt(await firstMessage(second, bob))
      const { notices } = await bob.startSession(bundleOf(await third.generatePreKeys(1)))
      expect([...received.notices, ...notices].filter(({ kind }) => kind === 'identity-new')).toEqual([])
      await third.decrypt(await bob.encrypt(third.address, utf8('hi')))
      for (const { address } of [second, third]) expect(await bob.trustLevel(address)).toBe(level)
    }
  })

  it('row 40: also where the list of the devices is missing, whatever the device is that is known, and the list is made anew', async () => {
    for (const device of [1, 127]) {
      const { bob, store } = await acquainted()
      const known = await newClient({ address: { user: 'carol', device } })
      await bob.decrypt(await firstMessage(known, bob))
      await store.commit({ expect: new Map(), put: new Map(), delete: new Set(['devices/carol']) })
      const ghost = await newClient({ address: { user: 'carol', device: 2 } })
      const [envelope, bundle] = [await firstMessage(ghost, bob), bundleOf(await ghost.generatePreKeys(1))]
      const before = await snapshot(store)
      for (const meet of [() => bob.decrypt(envelope), () => bob.startSession(bundle)]) {
        const refused = { code: 'untrusted-identity', details: { knownDevice: device, known: known.identityKey } }
        await expect(meet()).rejects.toMatchObject(refused)
      }
      expect(await snapshot(store)).toEqual(before)
      // A further device under the same key brings the list back: then both count.
      const third = await deviceOf(known, 3)
      const received = await bob.decrypt(await firstMessage(third, bob))
      expect(received.notices.filter(({ kind }) => kind === 'identity-new')).toEqual([])
      expect(await store.list('devices/')).toContain('devices/carol')
      await bob.forget(third.address)
      await expect(bob.decrypt(envelope)).rejects.toMatchObject({ code: 'untrusted-identity', details: { knownDevice: device } })
      await bob.forget(known.address)
      expect((await store.list('')).filter((name) => name.includes('carol'))).toEqual([])
      expect((await bob.decrypt(envelope)).sender).toEqual(ghost.address)
    }
  })

  it('row 40: the list of the devices may be missing when one of them, or the user, is forgotten', async () => {
    for (const whom of [{ user: 'carol', device: 1 }, { user: 'carol' }]) {
      const { bob, store } = await acquainted()
      const known = await newClient({ address: { user: 'carol', device: 1 } })
      await bob.decrypt(await firstMessage(known, bob))
      await bob.decrypt(await firstMessage(await deviceOf(known, 2), bob))
      await store.commit({ expect: new Map(), put: new Map(), delete: new Set(['devices/carol']) })
      await bob.forget(whom)
      const ghost = await newClient({ address: { user: 'carol', device: 3 } })
      const met = codeOf(async () => bob.decrypt(await firstMessage(ghost, bob)))
      expect(await met).toBe('device' in whom ? 'untrusted-identity' : 'ok')
    }
  })

  it('row 40: acceptIdentity is the way through, for that device alone', async () => {
    const { alice, bob } = await acquainted()
    const ghost = await newClient({ address: { ...ALICE, device: 2 } })
    const envelope = await firstMessage(ghost, bob)
    const error = await bob.decrypt(envelope).catch((caught: unknown) => caught)
    if (!isBisikError(error, 'untrusted-identity')) throw error
    const { user, device, presented } = error.details
    await bob.acceptIdentity({ user, device }, presented, 'accepted')
    expect((await bob.decrypt(envelope)).sender).toEqual(ghost.address)
    const bundle = bundleOf(await (await newClient({ address: { ...ALICE, device: 3 } })).generatePreKeys(1))
    expect(await codeOf(() => bob.startSession(bundle))).toBe('untrusted-identity')
    for (const [number, of] of [alice, ghost].entries()) {
      const further = await deviceOf(of, 4 + number)
      expect(await codeOf(async () => bob.decrypt(await firstMessage(further, bob)))).toBe('ok')
    }
  })

  it('row 40: a sealed first message, a sealed request and a bundle for an answer are judged alike', async () => {
    const clock = fakeClock()
    const relay = new Relay({ store: new MemoryStore(), clock })
    const trustRoots = [await relay.trustRoot()]
    const { alice, bob, store } = await acquainted({ clock, trustRoots })
    const ghost = await newClient({ address: { ...ALICE, device: 2 }, clock })
    const token = (byte: number) => new Uint8Array(32).fill(byte)
    const approvedBy = await relay.register({ address: ALICE, identityKey: alice.identityKey, token: token(1) })
    const account = await relay.register({ address: ghost.address, identityKey: ghost.identityKey, token: token(2), approvedBy })
    const seal = await relay.senderCertificate(account)
    await ghost.startSession(bundleOf(await bob.generatePreKeys(1)))
    const sealed = await ghost.encrypt(BOB, utf8('first'), { seal })
    const before = await snapshot(store)
    expect(await codeOf(() => bob.decrypt(sealed))).toBe('untrusted-identity')
    expect(await codeOf(() => bob.decryptContent(sealed, { askStrangers: true }))).toBe('untrusted-identity')
    const request = await requestUnderSeal(ghost, bob, seal)
    expect(await codeOf(() => bob.decrypt(request))).toBe('untrusted-identity')
    expect(await snapshot(store)).toEqual(before)
    // The same key on a further device asks for nothing: nothing was ever sent there, and nothing is learnt of it.
    const second = await deviceOf(alice, 3, { clock })
    const own = await relay.register({ address: second.address, identityKey: second.identityKey, token: token(3), approvedBy })
    expect(await codeOf(async () => bob.decrypt(await requestUnderSeal(second, bob, await relay.senderCertificate(own))))).toBe(
      'no-session',
    )
    expect(await snapshot(store)).toEqual(before)
  })

  it('row 40: an answer to a request starts no session with another key than the user has', async () => {
    const clock = fakeClock()
    const { alice, bob } = await acquainted({ clock })
    const second = await deviceOf(alice, 2, { clock })
    await bob.startSession(bundleOf(await second.generatePreKeys(2)))
    const lost = await bob.encryptContent(second.address, { application: utf8('lost') })
    if (lost.kind !== 'pre-key') throw new Error('a first message')
    const request: ReceivedRetryRequest = {
      kind: 'retry-request',
      sender: second.address,
      identity: undefined,
      request: decryptionErrorFor({ kind: 'pre-key', body: lost.body }, clock(), BOB.device),
      senderKeyWanted: undefined,
      plaintext: utf8(''),
      sealed: false,
      seal: undefined,
      notices: [],
    }
    const ghost = await newClient({ address: second.address })
    const fetch = async () => bundleOf(await ghost.generatePreKeys(1))
    expect(await codeOf(() => bob.answerRetry(request, fetch))).toBe('untrusted-identity')
  })

  it('row 40: of two devices with two keys that come at the same moment, one is believed', async () => {
    for (let round = 0; round < 20; round++) {
      const store = new MemoryStore()
      const bob = await newClient({ store: slowly(store), address: BOB })
      const again = await Client.open({ store: slowly(store) })
      const devices = await Promise.all([1, 2].map((device) => newClient({ address: { ...ALICE, device } })))
      const upload = await bob.generatePreKeys(2)
      const envelopes: Envelope[] = []
      for (const [index, device] of devices.entries()) {
        await device.startSession(bundleOf(upload, { index }))
        envelopes.push(await device.encrypt(BOB, utf8('first')))
      }
      const clients = [bob, again]
      const codes = await Promise.all(envelopes.map((envelope, i) => codeOf(() => (clients[i] as Client).decrypt(envelope))))
      expect(codes.sort()).toEqual(['ok', 'untrusted-identity'])
      expect(await bob.knownDevices()).toHaveLength(1)
    }
  })

  it('row 40: with 126 devices known and more, one with their key is welcome, one with another is not, and the list grows no longer', async () => {
    const { alice, bob, store } = await acquainted()
    for (let device = 2; device < 127; device++) await bob.acceptIdentity({ ...ALICE, device }, alice.identityKey, 'accepted')
    const last = { ...ALICE, device: 127 }
    const ghost = await newClient({ address: last })
    expect(await codeOf(async () => bob.startSession(bundleOf(await ghost.generatePreKeys(1))))).toBe('untrusted-identity')
    expect(await codeOf(async () => bob.decrypt(await firstMessage(await deviceOf(alice, 127), bob)))).toBe('ok')
    expect(await bob.trustLevel(last)).toBe('accepted')
    const [list = ''] = await store.list('devices/')
    const full = (await snapshot(store))[list]
    const forged = await firstMessage(await newClient(), bob)
    for (const device of [128, 70_000]) {
      expect(await codeOf(() => bob.decrypt({ ...forged, sender: { ...ALICE, device } } as Envelope))).toBe('untrusted-identity')
      expect(await codeOf(async () => bob.decrypt(await firstMessage(await deviceOf(alice, device), bob)))).toBe('ok')
    }
    expect((await snapshot(store))[list]).toBe(full)
  })

  it('reads nothing more for a message of a known device, and one record more for a first one', async () => {
    const store = new MemoryStore()
    const watched = watchedReads(store)
    const [alice, bob] = [await newClient({ address: ALICE }), await newClient({ store: watched.store, address: BOB })]
    const first = await firstMessage(alice, bob)
    await watched.during(() => bob.decrypt(first))
    // What follows the commit is the first look at the notes of strangers.
    const rounds = watched.rounds().filter((names) => !names.every((name) => name.startsWith('unanswered/')))
    expect(rounds.at(-1)?.filter((name) => name.startsWith('devices/'))).toHaveLength(1)
    expect(rounds).toHaveLength(2)
    const next = await alice.encrypt(BOB, utf8('next'))
    await watched.during(() => bob.decrypt(next))
    expect(watched.rounds().map((names) => names.map((name) => name.split('/')[0]))).toEqual([['session', 'identity']])
    await watched.during(() => bob.encrypt(ALICE, utf8('answer')))
    expect(watched.rounds().map((names) => names.map((name) => name.split('/')[0]))).toEqual([['session', 'identity']])
  })
})

describe('what the user makes of a key', () => {
  it('holds for every device of the user that has it', async () => {
    const { alice, bob } = await acquainted()
    const second = await deviceOf(alice, 2)
    await bob.decrypt(await firstMessage(second, bob))
    const levels = async () => [await bob.trustLevel(ALICE), await bob.trustLevel(second.address)]
    expect(await levels()).toEqual(['first-use', 'first-use'])
    expect(await bob.verify(ALICE, (await alice.fingerprint(BOB)).displayable)).toBe(true)
    expect(await levels()).toEqual(['verified', 'verified'])
    // A key that is verified stays so, on whichever device it comes next.
    await bob.acceptIdentity({ ...ALICE, device: 3 }, alice.identityKey, 'accepted')
    expect(await bob.trustLevel({ ...ALICE, device: 3 })).toBe('verified')
    await bob.unverify(second.address)
    expect(await levels()).toEqual(['accepted', 'accepted'])
    const impostor = await newClient({ address: second.address })
    await bob.verify(ALICE, (await bob.fingerprint(ALICE)).displayable)
    const error = await bob.startSession(bundleOf(await impostor.generatePreKeys(1))).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'untrusted-identity', details: { knownDevice: 2, wasVerified: true } })
  })

  it('lets a client that believes verified keys alone talk to all devices of a verified user', async () => {
    const { alice, bob } = await acquainted()
    const store = new MemoryStore()
    const strict = await newClient({ store, address: { user: 'strict', device: 1 }, trustPolicy: 'verified-only' })
    await strict.acceptIdentity(ALICE, alice.identityKey, 'verified')
    const [second, stranger] = [await deviceOf(alice, 2), bob]
    expect(await codeOf(async () => strict.startSession(bundleOf(await second.generatePreKeys(1))))).toBe('ok')
    expect(await codeOf(async () => strict.startSession(bundleOf(await stranger.generatePreKeys(1))))).toBe('untrusted-identity')
  })
})

describe('a device that was forgotten', () => {
  it('speaks for its user no more, and the last one takes the list along', async () => {
    const { alice, bob, store } = await acquainted()
    const second = await deviceOf(alice, 2)
    await bob.decrypt(await firstMessage(second, bob))
    const ghost = bundleOf(await (await newClient({ address: { ...ALICE, device: 3 } })).generatePreKeys(1))
    await bob.forget(ALICE)
    expect(await codeOf(() => bob.startSession(ghost))).toBe('untrusted-identity')
    await bob.forget(second.address)
    expect(await store.list('devices/')).toEqual([])
    expect(await codeOf(() => bob.startSession(ghost))).toBe('ok')
  })
})

describe('what is damaged', () => {
  const damage = async (store: KeyStore, name: string, value: Uint8Array | undefined) => {
    const put = new Map(value === undefined ? [] : [[name, value] as const])
    await store.commit({ expect: new Map(), put, delete: new Set(value === undefined ? [name] : []) })
  }

  it.each(['an identity of another device', 'the only identity, which is gone', 'the list of devices'])(
    'is no first contact: %s',
    async (what) => {
      const { alice, bob, store } = await acquainted()
      const [list = ''] = await store.list('devices/')
      const [identity = ''] = await store.list('identity/')
      const name = what === 'the list of devices' ? list : identity
      await damage(store, name, what === 'the only identity, which is gone' ? undefined : Uint8Array.of(0xff))
      for (const client of [await newClient({ address: { ...ALICE, device: 2 } }), await deviceOf(alice, 3)]) {
        const bundle = bundleOf(await client.generatePreKeys(1))
        await expect(bob.startSession(bundle)).rejects.toMatchObject({ code: 'corrupt-record', details: { user: ALICE.user } })
      }
      await bob.forget({ user: ALICE.user })
      expect(await store.list('devices/')).toEqual([])
      expect(await codeOf(async () => bob.decrypt(await firstMessage(await deviceOf(alice, 3), bob)))).toBe('ok')
    },
  )
})

describe("a session with oneself, and with one's other devices", () => {
  it('row 40: is refused when it is started, and says how to write a note to self', async () => {
    const store = new MemoryStore()
    const bob = await newClient({ store, address: BOB })
    const bundle: PreKeyBundle = bundleOf(await bob.generatePreKeys(1))
    const before = await snapshot(store)
    for (const address of [BOB, { user: BOB.user.toUpperCase(), device: 1 }]) {
      await expect(bob.startSession({ ...bundle, address })).rejects.toMatchObject({ code: 'self-session' })
      await expect(bob.startSession({ ...bundle, address })).rejects.toThrow(/note to self, send to your other devices/)
    }
    expect(await snapshot(store)).toEqual(before)
  })

  it('row 40: does not come about by a first message under our own address, whoever wrote it', async () => {
    const { bob, store } = await acquainted()
    const mallory = await newClient()
    const forged = { ...(await firstMessage(mallory, bob)), sender: BOB } as Envelope
    const before = await snapshot(store)
    await expect(bob.decrypt(forged)).rejects.toMatchObject({ code: 'untrusted-identity', details: { known: bob.identityKey } })
    await expect(bob.acceptIdentity(BOB, mallory.identityKey, 'accepted')).rejects.toMatchObject({ code: 'self-session' })
    expect(await snapshot(store)).toEqual(before)
  })

  it('row 40: does not come about by a first message of another device that has our key', async () => {
    // A name that is no service id: nothing binds the message to an address.
    const bob = await newClient({ address: { user: 'bob', device: 1 } })
    const second = await deviceOf(bob, 2)
    const envelope = await firstMessage(second, bob)
    expect(await codeOf(() => bob.decrypt({ ...envelope, sender: bob.address } as Envelope))).toBe('self-session')
    expect((await bob.decrypt(envelope)).sender).toEqual(second.address)
  })

  it('goes on between the devices of one account, which are verified by their own key', async () => {
    const bob = await newClient({ address: BOB })
    const second = await deviceOf(bob, 2)
    const { notices } = await bob.startSession(bundleOf(await second.generatePreKeys(1)))
    expect(notices).toEqual([])
    await second.decrypt(await bob.encrypt(second.address, utf8('note to self')))
    await bob.decrypt(await second.encrypt(BOB, utf8('noted')))
    expect([await bob.trustLevel(second.address), await second.trustLevel(BOB)]).toEqual(['verified', 'verified'])
    expect(await bob.session(second.address)).toMatchObject({ kind: 'triple' })
  })

  it('moves in from libsignal with the device in the list of its user', async () => {
    const { alice, bob } = await acquainted()
    const heir = await Client.create(
      { store: new MemoryStore(), address: BOB },
      parseIdentity(exportIdentity(bob).identityKeyPair, bob.registrationId),
    )
    await importSessions(heir, ALICE, await exportSessions(bob, ALICE))
    const ghost = bundleOf(await (await newClient({ address: { ...ALICE, device: 2 } })).generatePreKeys(1))
    expect(await codeOf(() => heir.startSession(ghost))).toBe('untrusted-identity')
    expect(await codeOf(async () => heir.startSession(bundleOf(await (await deviceOf(alice, 2)).generatePreKeys(1))))).toBe('ok')
  })
})

/** A request to send again, under a seal, from a device that has had nothing. */
async function requestUnderSeal(from: Client, to: Client, seal: Uint8Array): Promise<Envelope> {
  const context = contextOf(from)
  const lost = await firstMessage(await newClient(), from)
  const body = serializePlaintextContent(decryptionErrorFor({ kind: 'pre-key', body: lost.body }, context.clock(), to.address.device))
  return sealEnvelope(context, { kind: 'plaintext', sender: from.address, body }, to.identityKey, sealOf(context, { seal }) as Seal)
}

/** A store that lets others in between its calls. */
function slowly(store: KeyStore): KeyStore {
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
  return {
    read: async (keys) => {
      const records = await store.read(keys)
      await pause()
      return records
    },
    commit: async (batch) => {
      await pause()
      return store.commit(batch)
    },
    list: (prefix) => store.list(prefix),
  }
}

function watchedReads(store: KeyStore) {
  let rounds: string[][] = []
  return {
    store: {
      read: (keys: readonly string[]) => {
        rounds.push([...keys])
        return store.read(keys)
      },
      commit: store.commit.bind(store),
      list: store.list.bind(store),
    } satisfies KeyStore,
    rounds: () => rounds,
    during: async (operation: () => Promise<unknown>) => {
      rounds = []
      await operation()
    },
  }
}
