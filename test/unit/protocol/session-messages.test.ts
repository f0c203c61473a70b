import { afterEach, describe, expect, it, vi } from 'vitest'
import { generateKeyPair } from '../../../src/crypto/dh.js'
import { parseIdentityKey } from '../../../src/crypto/keys.js'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { systemRandom } from '../../../src/env.js'
import { BisikError, type Client, type ClientOptions, epochMillis, MemoryStore, utf8 } from '../../../src/index.js'
import { LongJump } from '../../../src/protocol/checkpoints.js'
import { verifyPreKeyBundle } from '../../../src/protocol/handshake/pre-keys.js'
import { advance } from '../../../src/protocol/hmac-chain.js'
import { MAX_ARCHIVED_FORWARD_JUMP, MAX_ARCHIVED_HMACS, MAX_FIRST_FORWARD_JUMP, MAX_FORWARD_JUMP } from '../../../src/protocol/limits.js'
import { withForgotten } from '../../../src/protocol/ratchet/forgotten-chains.js'
import { hmacsToTurn } from '../../../src/protocol/ratchet/triple-ratchet.js'
import { checkFirstJump, type OpenOptions, openOnAnySession, openOnSession, sendOnSession } from '../../../src/protocol/session/messages.js'
import type { SessionState } from '../../../src/protocol/session/session.js'
import { initiateSession } from '../../../src/protocol/session/start.js'
import { decodeAccount } from '../../../src/records/account-record.js'
import { ACCOUNT, sessionKey } from '../../../src/records/names.js'
import { decodeSession } from '../../../src/records/session-record.js'
import { checkAddress } from '../../../src/wire/address.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { parseSignalMessage } from '../../../src/wire/signal-message.js'
import { answering, atOnce, firstNeed, NO_CHECKPOINTS } from '../../support/opening.js'
import { bundleOf, pair } from '../../support/parties.js'

afterEach(() => vi.restoreAllMocks())

/** The session with a peer as it is in a store. */
async function sessionIn(store: MemoryStore, peer: Client) {
  const names = [ACCOUNT, sessionKey(checkAddress(peer.address))]
  const [account, record] = [...(await store.read(names)).values()].map(({ value }) => value)
  return decodeSession(record as Uint8Array, decodeAccount(account as Uint8Array)).session
}

/** Alice and bob, who has read her first message. */
async function begun(parts: { kem?: boolean; oneTime?: boolean; alice?: Partial<ClientOptions> } = {}) {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ ...parts, bob: { store, allow: ['pqxdh', 'x3dh'] } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('first')))
  return { alice, bob, sessionOfBob: () => sessionIn(store, alice), ends: { local: bob.address, remote: alice.address } }
}

/** Bob's session with alice, and a message of hers whose keys, of both ratchets, he keeps. */
async function lateMessage(parts: { kem?: boolean } = {}) {
  const { alice, bob, sessionOfBob, ends } = await begun(parts)
  await alice.decrypt(await bob.encrypt(alice.address, utf8('answer')))
  const late = await alice.encrypt(bob.address, utf8('late'))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('before it')))
  return { session: await sessionOfBob(), message: parseSignalMessage(late.body as Uint8Array), ends }
}

function options(ends: OpenOptions<never>['ends']): OpenOptions<never> {
  return {
    ends,
    checkpoints: NO_CHECKPOINTS,
    random: (length) => new Uint8Array(length).fill(1),
    skippedKey: answering(() => undefined),
    pqSkippedKey: answering(() => undefined),
  }
}

it.each([
  ['a fault of the engine', new TypeError('not a function'), 'internal'],
  ['a damaged record', new BisikError('corrupt-record', { record: 'skipped keys' }), 'corrupt-record'],
  ['a record of a format to come', new BisikError('record-too-new', { record: 'skipped keys', version: 99 }), 'record-too-new'],
  ['what the message is to blame for', new BisikError('malformed-message', { reason: 'a chunk' }), 'authentication-failed'],
])('%s in the post-quantum ratchet comes out as what it is', async (_, fault, code) => {
  const { session, message, ends } = await lateMessage()
  const seed = Secret.own<'MessageSeed'>(new Uint8Array(32))
  const readers = {
    // The Double Ratchet is content: it has a kept key.
    skippedKey: answering(() => seed),
    pqSkippedKey: answering(() => {
      throw fault
    }),
  }
  const refused = (() => {
    try {
      atOnce(openOnSession(session, message, { ...options(ends), ...readers }))
    } catch (error) {
      return error
    }
  })()
  expect(refused).toMatchObject({ code })
  if (refused !== fault) expect((refused as Error).cause).toBe(fault)
  if (code === 'internal') expect(refused).toMatchObject({ details: { reason: 'the post-quantum ratchet failed' } })
  expect(() => expose(seed)).toThrow('used after it was wiped')
})

it('a first message opens between the two addresses that it names, and between no others', async () => {
  const { alice, bob, sessionOfBob, ends } = await begun()
  const { message } = parsePreKeySignalMessage((await alice.encrypt(bob.address, utf8('second'))).body as Uint8Array)
  const session = await sessionOfBob()
  const open = (of: typeof ends) => () => atOnce(openOnSession(session, message, options(of)))
  expect(message.addresses).toHaveLength(36)
  expect(open(ends)().plaintext.length).toBeGreaterThan(0)
  const [other, unnamed] = ['00000000-0000-4000-8000-000000000001', 'somebody'].map((name) => ({ ...ends.local, user: name }))
  for (const wrong of [other, unnamed] as (typeof ends.local)[]) {
    for (const end of ['local', 'remote'])
      expect(open({ ...ends, [end]: wrong })).toThrow(expect.objectContaining({ code: 'authentication-failed' }))
  }
})

it('a late message whose keys are kept still moves the braid, if its chunk is new', async () => {
  const { alice, bob, sessionOfBob, ends } = await begun()
  await alice.decrypt(await bob.encrypt(alice.address, utf8('answer')))
  const sent = []
  for (let i = 0; i < 2; i++) sent.push(parseSignalMessage((await alice.encrypt(bob.address, utf8(`${i}`))).body as Uint8Array))
  const [late, newest] = sent as [(typeof sent)[0], (typeof sent)[0]]
  const { session, changes } = atOnce(openOnSession(await sessionOfBob(), newest, options(ends)))
  const readers = {
    skippedKey: answering(() => changes.double.keep?.seeds[0]),
    pqSkippedKey: answering(() => changes.pq.keep?.keys[0]),
  }
  const opened = atOnce(openOnSession(session, late, { ...options(ends), ...readers }))
  expect(opened.changes.double.used).toMatchObject({ counter: late.counter })
  expect(opened.session.ratchet.pq?.braid).not.toEqual(session.ratchet.pq?.braid)
  expect(opened.session.ratchet.double).toBe(session.ratchet.double)
})

it('the way to a message under a new ratchet key is as long as its counter and the way to its post-quantum key', async () => {
  const { session, message } = await lateMessage()
  const { ratchet } = session
  const withoutPq = { ...ratchet, pq: undefined }
  expect(hmacsToTurn(withoutPq, { ...message, counter: 7 })).toBe(7)
  const index = (ratchet.pq?.chains?.links.at(-1)?.receiving.counter ?? 0) + 11
  const pqRatchet = Uint8Array.from(message.pqRatchet)
  // Version, epoch, index: each of one byte here.
  expect(pqRatchet[1]).toBe(1)
  pqRatchet[2] = index
  expect(hmacsToTurn(ratchet, { ...message, counter: 7, pqRatchet })).toBe(7 + 2 * 10)
})

/** The session after something was sent, to which the peer can have turned. */
function canTurn(session: SessionState): SessionState {
  const { double } = session.ratchet
  return { ...session, ratchet: { ...session.ratchet, double: { ...double, sending: { ...double.sending, counter: 1 } } } }
}

const refusal = (code: string, details = {}) => expect.objectContaining({ code, details: expect.objectContaining(details) })

describe('a message that does not open', () => {
  const codes = ['authentication-failed', 'too-far-ahead', 'invalid-key', 'corrupt-record'] as const
  it.each(codes)('because of %s is a duplicate if it is a copy of one on a chain that is gone, unless we are to blame', async (code) => {
    const { session, message, ends } = await lateMessage()
    const fault = new BisikError(code, { record: 'session' } as never)
    const faulty = answering(() => {
      throw fault
    })
    const { ratchetKey, counter } = message
    const noted = (from: number) => {
      const forgotten = withForgotten(undefined, { ratchetKey, counter: from + 1, skippedEnd: from })
      return { ...session, ratchet: { ...session.ratchet, double: { ...session.ratchet.double, forgotten } } }
    }
    const open = (of: typeof session) => () => atOnce(openOnSession(of, message, { ...options(ends), skippedKey: faulty }))
    expect(open(session)).toThrow(fault)
    expect(open(noted(counter + 1))).toThrow(fault)
    expect(open(noted(counter))).toThrow(code === 'corrupt-record' ? fault : refusal('duplicate-message', { counter }))
  })

  it('is refused if the session has another version', async () => {
    const { session, message, ends } = await lateMessage()
    const other = { ...session, version: 3 as const }
    expect(() => atOnce(openOnSession(other, message, options(ends)))).toThrow(refusal('authentication-failed'))
  })
})

it('a message that used but a kept key leaves the session as it was, except that it answers', async () => {
  const { session, message, ends } = await lateMessage({ kem: false })
  const { alice, bob, sessionOfBob } = await begun({ kem: false })
  await alice.decrypt(await bob.encrypt(alice.address, utf8('answer')))
  const sent = []
  for (let i = 0; i < 2; i++) sent.push(parseSignalMessage((await alice.encrypt(bob.address, utf8(`${i}`))).body as Uint8Array))
  const [late, newest] = sent as [(typeof sent)[0], (typeof sent)[0]]
  const first = atOnce(openOnSession(await sessionOfBob(), newest, options({ local: bob.address, remote: alice.address })))
  const pending = { oneTimePreKeyId: undefined, signedPreKeyId: 1, kem: undefined, createdAt: 0 as never }
  for (const before of [first.session, { ...first.session, pending }]) {
    const seed = first.changes.double.keep?.seeds[0]?.clone()
    const opened = atOnce(openOnSession(before, late, { ...options(ends), skippedKey: answering(() => seed) }))
    expect(opened.session === before).toBe(before.pending === undefined)
    expect(opened.session).toEqual({ ...before, pending: undefined })
  }
  expect([session.version, message.version]).toEqual([3, 3])
})

describe('on an archived session', () => {
  it('a message under a key that is known costs nothing; under another, the way to it, of what is left', async () => {
    const { session, message, ends } = await lateMessage()
    const archivedBudget = { hmacs: 20 }
    const open = (of: object) => () => atOnce(openOnSession(session, { ...message, ...of }, { ...options(ends), archivedBudget }))
    expect(open({})).toThrow(refusal('duplicate-message'))
    expect(archivedBudget.hmacs).toBe(20)
    const { publicKey: ratchetKey } = generateKeyPair(options(ends).random)
    const cost = hmacsToTurn(session.ratchet, { ...message, counter: 0 })
    expect(open({ ratchetKey, counter: 12 - cost })).toThrow(refusal('authentication-failed'))
    expect(archivedBudget.hmacs).toBe(8)
    expect(open({ ratchetKey, counter: 9 - cost })).toThrow(refusal('too-far-ahead', { counter: 9 - cost, expected: 0 }))
    expect(archivedBudget.hmacs).toBe(8)
    expect(open({ ratchetKey, counter: 8 - cost })).toThrow(refusal('authentication-failed'))
    expect(archivedBudget.hmacs).toBe(0)
  })

  it('a message may be so far ahead, and no further', async () => {
    const { session, message, ends } = await lateMessage()
    const { publicKey: ratchetKey } = generateKeyPair(options(ends).random)
    for (const counter of [MAX_ARCHIVED_FORWARD_JUMP, MAX_ARCHIVED_FORWARD_JUMP + 1]) {
      const opening = { ...options(ends), archivedBudget: { hmacs: 1e6 } }
      const code = counter > MAX_ARCHIVED_FORWARD_JUMP ? 'too-far-ahead' : 'authentication-failed'
      expect(() => atOnce(openOnSession(session, { ...message, ratchetKey, counter }, opening))).toThrow(refusal(code))
    }
  })
})

it('a first message may be so far ahead, by either of its counters, and no further', async () => {
  const { message } = await lateMessage()
  const varint = (value: number) => [(value & 127) | 128, value >> 7]
  const pqRatchet = (index: number) => Uint8Array.of(1, 1, ...varint(index), ...message.pqRatchet.subarray(3))
  const none = new Uint8Array(0)
  const far = MAX_FIRST_FORWARD_JUMP
  for (const near of [
    { counter: far, pqRatchet: none },
    { counter: 0, pqRatchet: none },
    { counter: 1, pqRatchet: pqRatchet(far + 1) },
  ])
    expect(() => checkFirstJump({ ...message, ...near })).not.toThrow()
  const [byOne, byOther] = [
    { counter: far + 1, pqRatchet: none },
    { counter: 1, pqRatchet: pqRatchet(far + 2) },
  ]
  for (const further of [byOne, byOther])
    expect(() => checkFirstJump({ ...message, ...further })).toThrow(refusal('too-far-ahead', { counter: further.counter, expected: 0 }))
})

describe('among several sessions', () => {
  const none = answering((): readonly SessionState[] => [])
  const never = answering(() => {
    throw new Error('the archived sessions were read')
  })

  async function four() {
    const { alice, bob, sessionOfBob, ends } = await begun()
    const { message } = parsePreKeySignalMessage((await alice.encrypt(bob.address, utf8('second'))).body as Uint8Array)
    const [one, other] = [await lateMessage(), await lateMessage()]
    return { ours: await sessionOfBob(), message, others: [one.session, other.session] as const, options: options(ends) }
  }

  it('the current one is asked first, and alone if the message is its own', async () => {
    const { ours, message, others, options } = await four()
    const opened = atOnce(openOnAnySession({ current: ours, archived: never }, message, options))
    expect(opened.archivedAt).toBeUndefined()
    const altered = { ...message, tag: message.tag.map((byte) => byte ^ 1) }
    const open = (current: typeof ours | undefined, archived: typeof none) => () =>
      atOnce(openOnAnySession({ current, archived }, altered as typeof message, options))
    expect(open(ours, never)).toThrow(refusal('authentication-failed'))
    expect(open(others[0], never)).toThrow('the archived sessions were read')
    for (const current of [undefined, others[0]]) expect(open(current, none)).toThrow(refusal('authentication-failed'))
  })

  it('an archived one opens what is its own, and says its place', async () => {
    const { ours, message, others, options } = await four()
    for (const current of [undefined, others[0]]) {
      const archived = answering(() => [others[1], ours])
      const opened = atOnce(openOnAnySession({ current, archived }, message, options))
      expect(opened.archivedAt).toBe(1)
      expect(opened.session.baseKey).toEqual(ours.baseKey)
    }
  })

  it('the one that knows the ratchet key is asked, and no other', async () => {
    const { ours, message, others, options } = await four()
    const far = { ...message, counter: 30_000 }
    const archived = answering(() => [others[0], ours, others[1]])
    // Another would expect the beginning of a chain.
    expect(() => atOnce(openOnAnySession({ current: undefined, archived }, far, options))).toThrow(
      refusal('too-far-ahead', { counter: 30_000, expected: 1 }),
    )
  })

  it('a refusal says that it was too far ahead, if that was said, and our own faults pass', async () => {
    const { ours, message, others, options } = await four()
    const far = { ...message, ratchetKey: generateKeyPair(options.random).publicKey, counter: 30_000 }
    const { counter } = far
    const open = (current: typeof ours | undefined, archived: typeof none) => () =>
      atOnce(openOnAnySession({ current, archived }, far, options))
    expect(open(ours, none)).toThrow(refusal('too-far-ahead', { counter }))
    expect(
      open(
        undefined,
        answering(() => [others[0], ours]),
      ),
    ).toThrow(refusal('too-far-ahead', { counter }))
    const fault = new BisikError('corrupt-record', { record: 'skipped keys' })
    const { session, message: late, ends } = await lateMessage()
    const skippedKey = answering(() => {
      throw fault
    })
    const opening = openOnAnySession({ current: session, archived: never }, late, { ...options, ends, skippedKey })
    expect(() => atOnce(opening)).toThrow(fault)
  })

  it('a refusal of the current one does not hide what an archived one says', async () => {
    const { ours, message, others, options } = await four()
    const archived = answering(() => [ours])
    const open =
      (of: object, current: typeof ours = others[0]) =>
      () =>
        atOnce(openOnAnySession({ current, archived }, { ...message, ...of }, options))
    const { publicKey: ratchetKey } = generateKeyPair(options.random)
    expect(open({ ratchetKey, counter: 2_500 })).toThrow(refusal('too-far-ahead', { expected: 0 }))
    const zero = Uint8Array.of(5, ...new Uint8Array(32)) as typeof ratchetKey
    expect(open({ ratchetKey: zero })).toThrow(refusal('authentication-failed'))
    expect(open({ ratchetKey: zero }, canTurn(others[0]))).toThrow(refusal('authentication-failed'))
  })

  it('a message that is too far ahead for the current one opens on an archived one that has come further', async () => {
    const store = new MemoryStore()
    const { bob, sessionOfBob, ends } = await begun({ alice: { store } })
    const session = await sessionIn(store, bob)
    const { sending } = session.ratchet.double
    const far = { ...sending, ...advance({ key: sending.chainKey, counter: sending.counter }, MAX_FORWARD_JUMP) }
    const ratchet = { ...session.ratchet, double: { ...session.ratchet.double, sending: { ...far, chainKey: far.key } } }
    const { body } = sendOnSession({ ...session, ratchet }, utf8('far'), {
      ends: { local: ends.remote, remote: ends.local },
      random: systemRandom,
    })
    const { message } = parsePreKeySignalMessage(body)
    expect(message.counter).toBe(MAX_FORWARD_JUMP + 1)
    const [ours, current] = [await sessionOfBob(), (await lateMessage()).session]
    expect(atOnce(openOnAnySession({ current, archived: answering(() => [ours]) }, message, options(ends))).archivedAt).toBe(0)
  })

  it('what the archived ones may cost is for all of them together', async () => {
    const { message, others, options } = await four()
    const costly = { ...message, ratchetKey: generateKeyPair(options.random).publicKey, counter: MAX_ARCHIVED_HMACS / 3 }
    const open = (count: number) => () =>
      atOnce(openOnAnySession({ current: undefined, archived: answering(() => Array(count).fill(others[0])) }, costly, options))
    expect(open(3)).toThrow(refusal('authentication-failed'))
    expect(open(4)).toThrow(refusal('too-far-ahead'))
  })

  it('a long jump along a chain that may be made up waits until no archived one opens the message', async () => {
    const { ours, message, others, options } = await four()
    const discarded = vi.spyOn(LongJump.prototype, 'discard')
    const budget = { hmacs: 100 }
    const shared = { ...options, checkpoints: { get: () => undefined, budget } }
    const far = { ...message, ratchetKey: generateKeyPair(options.random).publicKey, counter: 1_500 }
    const current = canTurn(others[0])
    const jumping = openOnAnySession({ current, archived: none }, far, shared)
    const asked = jumping.next().value as readonly { target: number; isNew: boolean }[]
    expect(asked.map(({ target, isNew }) => [target, isNew])).toEqual([[1_500, true]])
    // Whoever runs the step goes on anew.
    const reason = 'a step went on without the checkpoints that it needs'
    expect(() => jumping.next()).toThrow(refusal('internal', { reason }))
    // One that does not know its key does not count: only where it is known, the jump is not needed.
    const other = firstNeed(openOnAnySession({ current, archived: answering(() => [ours]) }, far, shared))
    expect(other).toHaveLength(1)
    const near = { ...far, ratchetKey: message.ratchetKey }
    const known = firstNeed(openOnAnySession({ current, archived: answering(() => [ours]) }, near, shared))
    expect(known).toMatchObject([{ target: 1_500, isNew: false }])
    // What nobody will take is wiped: the first of the two that was asked for last, and one whose search fails.
    expect(discarded).toHaveBeenCalledTimes(1)
    expect(() => firstNeed(openOnAnySession({ current, archived: never }, far, shared))).toThrow('the archived sessions were read')
    expect(discarded).toHaveBeenCalledTimes(2)
  })
})

it.each([true, false])(
  'both sides know whether a one-time prekey took part (%s), and the initiator the second it began',
  async (oneTime) => {
    const store = new MemoryStore()
    const clock = () => epochMillis(1_767_225_600_789)
    const { bob, sessionOfBob } = await begun({ oneTime, alice: { store, clock } })
    const session = await sessionIn(store, bob)
    expect([session.usedOneTimePreKey, (await sessionOfBob()).usedOneTimePreKey]).toEqual([oneTime, oneTime])
    expect(session.pending).toMatchObject({ createdAt: 1_767_225_600_000 })
    expect(session.pending?.oneTimePreKeyId === undefined).toBe(!oneTime)
  },
)

it.each([
  ['required', 1],
  ['offered', 0],
  ['none', undefined],
] as const)('a session in which the post-quantum ratchet is %s insists on its version %s', async (pqRatchet, minVersion) => {
  const { alice, bob } = await pair()
  const bundle = verifyPreKeyBundle(bundleOf(await bob.generatePreKeys(1)))
  const { privateKey, publicKey } = generateKeyPair(systemRandom)
  const ourIdentity = { privateKey, publicKey: parseIdentityKey(publicKey) }
  const ends = { local: alice.address, remote: bob.address }
  const session = initiateSession({ bundle, ourIdentity, ourRegistrationId: 1, ends, pqRatchet, now: epochMillis(0) }, systemRandom)
  expect(session.ratchet.pq?.negotiation?.minVersion).toBe(minVersion)
  expect(session.ratchet.pq?.negotiation?.limits.maxForwardJump).toBe(pqRatchet === 'none' ? undefined : MAX_FORWARD_JUMP)
})
