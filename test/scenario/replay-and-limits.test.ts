import { expect, it } from 'vitest'
import { concatBytes } from '../../src/bytes.js'
import { Client, type Envelope, fromUtf8, isBisikError, MemoryStore, utf8 } from '../../src/index.js'
import { recordKey } from '../../src/store/record-key.js'
import { parsePreKeySignalMessage, serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { signalMessageOf, withFields } from '../support/forge.js'
import { bundleOf, fakeClock, newClient, pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'

const KINDS = [true, false] as const

async function exchange(from: Client, to: Client, text: string): Promise<Envelope> {
  const envelope = await from.encrypt(to.address, utf8(text))
  expect(fromUtf8((await to.decrypt(envelope)).plaintext)).toBe(text)
  return envelope
}

it('row 5: a message opens once, also after a restart', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  const sent = [await exchange(alice, bob, 'one'), await exchange(alice, bob, 'two')]
  await exchange(bob, alice, 'back')
  sent.push(await exchange(alice, bob, 'three'))
  const skipped = await alice.encrypt(bob.address, utf8('late'))
  sent.push(await exchange(alice, bob, 'four'))
  await bob.decrypt(skipped)
  sent.push(skipped)
  const before = await snapshot(store)
  const reopened = await reopen(store)
  for (const client of [bob, reopened]) {
    for (const envelope of sent) await expect(client.decrypt(envelope)).rejects.toMatchObject({ code: 'duplicate-message' })
  }
  expect(await snapshot(store)).toEqual(before)
})

for (const kem of KINDS) {
  it(`row 6: a first message without one-time key cannot be replayed after its session is gone (${kem ? 'PQXDH' : 'X3DH'})`, async () => {
    const store = new MemoryStore()
    const { alice, bob } = await pair({ kem, oneTime: false, bob: { store } })
    const first = await exchange(alice, bob, 'first')
    await forget(store, alice)
    const before = await snapshot(store)
    await expect(bob.decrypt(first)).rejects.toMatchObject({ code: 'replayed-base-key' })
    expect(await snapshot(store)).toEqual(before)
  })
}

it('row 6: a first message with a one-time key cannot be replayed either', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  const first = await exchange(alice, bob, 'first')
  await forget(store, alice)
  await expect(bob.decrypt(first)).rejects.toMatchObject({ code: 'pre-key-not-found' })
})

it('row 6: the ledger of a rotated prekey goes with the prekey', async () => {
  const store = new MemoryStore()
  const clock = fakeClock()
  const { alice, bob } = await pair({ oneTime: false, bob: { store, clock } })
  await exchange(alice, bob, 'first')
  expect(await store.list('ledger/')).toHaveLength(2)
  const rotate = async () => bob.published(await bob.rotatePreKeys())
  for (let i = 0; i < 4; i++) await rotate()
  clock.advance(30 * 86_400_000)
  for (let i = 0; i < 2; i++) await rotate()
  clock.advance(1)
  await rotate()
  expect(await store.list('ledger/')).toHaveLength(2)
  clock.advance(86_400_000)
  await rotate()
  expect(await store.list('ledger/')).toHaveLength(0)
})

it('row 7: a session without a one-time key says so, and so does a store that runs out of them', async () => {
  const { alice, bob } = await pair({ oneTime: false })
  expect((await bob.decrypt(await alice.encrypt(bob.address, utf8('x')))).notices).toContainEqual({ kind: 'no-one-time-key' })
  const carol = await newClient()
  const started = await carol.startSession(bundleOf(await bob.generatePreKeys(3)))
  expect(started).toEqual({ session: { kind: 'pqxdh', epoch: 0, usedOneTimePreKey: true }, notices: [{ kind: 'identity-new' }] })
  const received = await bob.decrypt(await carol.encrypt(bob.address, utf8('x')))
  expect(received.notices).toContainEqual({ kind: 'pre-keys-low', remaining: 2 })
  expect((await carol.startSession(bundleOf(await bob.generatePreKeys(0), { oneTime: false }))).notices).toContainEqual({
    kind: 'no-one-time-key',
  })
})

it('row 10: a changed identity is refused when starting, receiving and sending, until the user accepts it', async () => {
  const aliceStore = new MemoryStore()
  const { alice, bob } = await pair({ alice: { store: aliceStore } })
  await exchange(alice, bob, 'one')
  await exchange(bob, alice, 'two')
  const imposter = await newClient({ address: bob.address })
  const upload = await imposter.generatePreKeys(2)
  const before = await snapshot(aliceStore)
  const refusal = {
    code: 'untrusted-identity',
    details: { user: bob.address.user, device: 1, presented: imposter.identityKey, known: bob.identityKey },
  }
  await expect(alice.startSession(bundleOf(upload))).rejects.toMatchObject(refusal)
  await imposter.startSession(bundleOf(await alice.generatePreKeys(1)))
  const afterPreKeys = await snapshot(aliceStore)
  const message = await imposter.encrypt(alice.address, utf8('it is me, honestly'))
  await expect(alice.decrypt(message)).rejects.toMatchObject(refusal)
  expect(await snapshot(aliceStore)).toEqual(afterPreKeys)
  expect(Object.keys(before).every((key) => key === 'account' || before[key] === afterPreKeys[key])).toBe(true)
  await alice.acceptIdentity(bob.address, imposter.identityKey, 'accepted')
  // Not "untrusted": an app that accepts what it is shown would accept the old key again.
  await expect(alice.encrypt(bob.address, utf8('to the old session'))).rejects.toMatchObject({ code: 'no-session' })
  expect(fromUtf8((await alice.decrypt(message)).plaintext)).toBe('it is me, honestly')
  await exchange(alice, imposter, 'welcome')
})

it("row 10: the keys in a refusal are copies: an app that writes to them changes nobody's mind", async () => {
  const { alice, bob } = await pair()
  await exchange(alice, bob, 'one')
  // Now what is known of Bob is remembered.
  for (const text of ['two', 'three']) await exchange(bob, alice, text)
  const bundle = bundleOf(await (await newClient({ address: bob.address })).generatePreKeys(2))
  const refusal = await alice.startSession(bundle).catch((error: unknown) => error)
  if (!isBisikError(refusal, 'untrusted-identity')) throw refusal
  refusal.details.known?.set(refusal.details.presented)
  await expect(alice.startSession(bundle)).rejects.toMatchObject({ code: 'untrusted-identity' })
  await exchange(alice, bob, 'four')
})

it('row 10: with the policy verified-only nobody is believed before being verified', async () => {
  const { alice, bob } = await pair({ bob: { trustPolicy: 'verified-only' } })
  const message = await alice.encrypt(bob.address, utf8('x'))
  await expect(bob.decrypt(message)).rejects.toMatchObject({ code: 'untrusted-identity', details: { known: undefined } })
  await bob.acceptIdentity(alice.address, alice.identityKey, 'accepted')
  await expect(bob.decrypt(message)).rejects.toMatchObject({ code: 'untrusted-identity' })
  await bob.acceptIdentity(alice.address, alice.identityKey, 'verified')
  await bob.decrypt(message)
})

it('row 11: lesson L23: a first message re-addressed by the relay is refused, in all pairs of four', async () => {
  const parties = await Promise.all([0, 1, 2, 3].map(() => newClient()))
  for (const [i, from] of parties.entries()) {
    for (const [j, to] of parties.entries()) {
      if (i === j) continue
      await from.startSession(bundleOf(await to.generatePreKeys(1)))
      const message = await from.encrypt(to.address, utf8('for your eyes'))
      for (const other of parties) {
        if (other !== from) {
          await expect(to.decrypt({ ...message, sender: other.address })).rejects.toMatchObject({
            code: expect.stringMatching(/^(authentication-failed|untrusted-identity)$/),
          })
        }
        if (other !== to)
          await expect(other.decrypt(message)).rejects.toMatchObject({
            code: expect.stringMatching(/^(authentication-failed|pre-key-not-found|untrusted-identity|bad-signature)$/),
          })
      }
      expect(fromUtf8((await to.decrypt(message)).plaintext)).toBe('for your eyes')
    }
  }
})

it('row 11: a first message for the same keys under another name or device is refused', async () => {
  const { alice, bob } = await pair()
  const message = await alice.encrypt(bob.address, utf8('x'))
  await expect(bob.decrypt({ ...message, sender: { ...message.sender, device: 2 } })).rejects.toMatchObject({
    code: 'authentication-failed',
  })
  await bob.decrypt(message)
})

it('row 15: weaker sessions need the caller’s word, on both sides, and nothing is retried at a lower version', async () => {
  const store = new MemoryStore()
  const strict = await newClient({ store, allow: [] })
  const lax = await newClient()
  const upload = await lax.generatePreKeys(2)
  await strict.generatePreKeys(2)
  const before = await snapshot(store)
  await expect(strict.startSession(bundleOf(upload, { kem: false }))).rejects.toMatchObject({
    code: 'session-kind-refused',
    details: { kind: 'x3dh' },
  })
  const strictUpload = await strict.generatePreKeys(2)
  await lax.startSession(bundleOf(strictUpload, { kem: false }))
  const afterPreKeys = await snapshot(store)
  const message = await lax.encrypt(strict.address, utf8('x'))
  await expect(strict.decrypt(message)).rejects.toMatchObject({ code: 'session-kind-refused', details: { kind: 'x3dh' } })
  expect(await snapshot(store)).toEqual(afterPreKeys)
  expect(before.account).toBeDefined()
  expect(fromUtf8((await strict.decrypt(message, { allow: ['x3dh'] })).plaintext)).toBe('x')
  // Allowed for one message, not for the next: the policy is asked each time.
  await expect(strict.encrypt(lax.address, utf8('x'))).rejects.toMatchObject({ code: 'session-kind-refused' })
})

it('an unanswered session sends for exactly 30 days', async () => {
  const clock = fakeClock()
  const { alice, bob } = await pair({ alice: { clock } })
  clock.advance(30 * 86_400_000)
  const message = await alice.encrypt(bob.address, utf8('still'))
  clock.advance(1)
  await expect(alice.encrypt(bob.address, utf8('no more'))).rejects.toMatchObject({
    code: 'no-session',
    details: { user: bob.address.user },
  })
  await bob.decrypt(message)
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  clock.advance(365 * 86_400_000)
  await exchange(alice, bob, 'answered sessions do not age')
})

it('a KEM ciphertext of another type is refused, and not looked at once the session is there, as by libsignal', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ alice: { allow: [] }, bob: { allow: [], store } })
  const altered = async (text: string): Promise<Envelope> => {
    const sent = await alice.encrypt(bob.address, utf8(text))
    const { kem, message, ...outer } = parsePreKeySignalMessage(sent.body)
    const odd = kem && { id: kem.id, ciphertext: concatBytes(Uint8Array.of(0x07), kem.ciphertext.subarray(1)) }
    return { ...sent, body: serializePreKeySignalMessage({ ...outer, kem: odd, message: concatBytes(message.authenticated, message.tag) }) }
  }
  const before = await snapshot(store)
  await expect(bob.decrypt(await altered('one'))).rejects.toMatchObject({ code: 'invalid-key' })
  expect(await snapshot(store)).toEqual(before)
  await bob.decrypt(await alice.encrypt(bob.address, utf8('two')))
  expect(fromUtf8((await bob.decrypt(await altered('three'))).plaintext)).toBe('three')
})

it('the 30 days of an unanswered session begin with a whole second, as in records of libsignal', async () => {
  const clock = fakeClock()
  clock.advance(999 - (clock() % 1000))
  const { alice, bob } = await pair({ alice: { clock } })
  clock.advance(30 * 86_400_000 - 999)
  await alice.encrypt(bob.address, utf8('still'))
  clock.advance(1)
  await expect(alice.encrypt(bob.address, utf8('no more'))).rejects.toMatchObject({ code: 'no-session' })
})

it('row 21: both sides may begin at once, agree on one session, and hear of the switch', async () => {
  const { alice, bob } = await pair()
  await bob.startSession(bundleOf(await alice.generatePreKeys(1)))
  const crossing = [await alice.encrypt(bob.address, utf8('a')), await bob.encrypt(alice.address, utf8('b'))] as const
  expect(fromUtf8((await bob.decrypt(crossing[0])).plaintext)).toBe('a')
  const received = await alice.decrypt(crossing[1])
  expect(received.notices.map(({ kind }) => kind)).toContain('session-switched')
  for (let i = 0; i < 10; i++) {
    await exchange(alice, bob, `a${i}`)
    await exchange(bob, alice, `b${i}`)
  }
  const last = await bob.decrypt(await alice.encrypt(bob.address, utf8('x')))
  expect(last.notices).toEqual([])
})

it('row 21: forty archived sessions are kept and the forty-first takes its keys with it', { timeout: 120_000 }, async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  const late: Envelope[] = []
  for (let i = 0; i < 43; i++) {
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    late.push(await alice.encrypt(bob.address, utf8(`late ${i}`)))
    await exchange(alice, bob, `session ${i}`)
  }
  expect(await store.list('archived/')).toHaveLength(40)
  expect(await store.list('skipped-index/')).toHaveLength(41)
  expect(fromUtf8((await bob.decrypt(late[42] as Envelope)).plaintext)).toBe('late 42')
  expect(fromUtf8((await bob.decrypt(late[2] as Envelope)).plaintext)).toBe('late 2')
  await expect(bob.decrypt(late[1] as Envelope)).rejects.toMatchObject({ code: 'pre-key-not-found' })
})

/** Bytes of the marks of messages that a session's record holds, at most. */
const MARKS = 31 * 12

it('row 23: what a message in order reads and writes does not depend on skipped keys and archived sessions', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  await exchange(alice, bob, 'x')
  await exchange(bob, alice, 'x')
  await exchange(alice, bob, 'x')
  const touched = async (): Promise<string[]> => {
    const envelope = await alice.encrypt(bob.address, utf8('in order'))
    const keys: string[] = []
    const { read } = store
    store.read = (wanted) => {
      keys.push(...wanted)
      return read.call(store, wanted)
    }
    await bob.decrypt(envelope)
    store.read = read
    return keys.sort((a, b) => a.localeCompare(b))
  }
  const before = await touched()
  const sizeBefore = (await snapshot(store))[recordKey('session', alice.address.user, 1)]?.length ?? 0
  for (let i = 0; i < 2_000; i++) await alice.encrypt(bob.address, utf8('lost'))
  await exchange(alice, bob, 'x')
  expect(await touched()).toEqual(before)
  expect(before).toHaveLength(2)
  expect((await snapshot(store))[recordKey('session', alice.address.user, 1)]?.length).toBeLessThan(sizeBefore + 20 + MARKS)
})

it('row 23: a message that comes late writes what is left of the kept keys, and its mark into the session', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  await exchange(alice, bob, 'x')
  await exchange(bob, alice, 'x')
  const late: Envelope[] = []
  for (let i = 0; i < 40; i++) late.push(await alice.encrypt(bob.address, utf8(`late ${i}`)))
  // Enough to learn all that the post-quantum ratchet tells before it is answered.
  for (let i = 0; i < 4; i++) await exchange(alice, bob, 'x')
  for (const i of [20, 21, 39, 0]) {
    const before = await snapshot(store)
    expect(fromUtf8((await bob.decrypt(late[i] as Envelope)).plaintext)).toBe(`late ${i}`)
    const after = await snapshot(store)
    const written = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key])
    expect(new Set(written.map((key) => key.split('/')[0]))).toEqual(new Set(['pq-skipped', 'skipped', 'skipped-index', 'session']))
    await expect(bob.decrypt(late[i] as Envelope)).rejects.toMatchObject({ code: 'duplicate-message' })
    expect(await snapshot(store)).toEqual(after)
  }
})

it('row 22: of a chain the newest 2,000 skipped keys are kept, those used in between not counted', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ kem: false, bob: { store } })
  await exchange(alice, bob, 'x')
  await exchange(bob, alice, 'x')
  const sent: Envelope[] = []
  const skip = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) sent.push(await alice.encrypt(bob.address, utf8(String(sent.length))))
    await exchange(alice, bob, 'x')
    sent.push(await alice.encrypt(bob.address, utf8('in order')))
    await bob.decrypt(sent.at(-1) as Envelope)
  }
  const opens = async (i: number): Promise<void> => expect(fromUtf8((await bob.decrypt(sent[i] as Envelope)).plaintext)).toBe(String(i))
  // As libsignal says it; and that nobody has read it.
  const isRefused = (i: number, details: object): Promise<void> =>
    expect(bob.decrypt(sent[i] as Envelope)).rejects.toMatchObject({ code: 'duplicate-message', details })
  const isGone = (i: number): Promise<void> => isRefused(i, { unread: true })
  await skip(1_500)
  for (let i = 100; i < 150; i++) await opens(i)
  await skip(600)
  // 1,450 were left: the oldest 50 had to go.
  await isGone(49)
  await opens(50)
  await isRefused(120, { diagnosis: { cause: 'seen-before' } })
  await opens(1_501)
  await skip(2_000)
  await isGone(1_499)
  await isGone(1_502)
  await opens(2_102)
})

it('fields under the MAC cannot be changed', async () => {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  await exchange(alice, bob, 'x')
  await exchange(bob, alice, 'x')
  const envelope = await alice.encrypt(bob.address, utf8('x'))
  const before = await snapshot(store)
  const { ciphertext, counter } = signalMessageOf(envelope)
  for (const fields of [{ counter: counter + 1 }, { version: 3 as const }, { ciphertext: Uint8Array.from(ciphertext).fill(7) }]) {
    await expect(bob.decrypt(withFields(envelope, fields))).rejects.toMatchObject({ code: 'authentication-failed' })
  }
  expect(await snapshot(store)).toEqual(before)
  await bob.decrypt(envelope)
})

function reopen(store: MemoryStore): Promise<Client> {
  return Client.open({ store, allow: ['pqxdh', 'x3dh'] })
}

/** Deletes the session with a peer, as an app that "resets" does. */
async function forget(store: MemoryStore, peer: Client): Promise<void> {
  const { user, device } = peer.address
  await store.commit({ expect: new Map(), put: new Map(), delete: new Set([recordKey('session', user, device)]) })
}

for (const { name, inOrder, skipped } of [
  { name: 'messages in order', inOrder: 2_050, skipped: 0 },
  { name: 'one jump', inOrder: 0, skipped: 2_500 },
]) {
  it(`row 22: kept keys that the window has left behind, by ${name}, go too when their session does`, async () => {
    const clock = fakeClock()
    const store = new MemoryStore()
    const { alice, bob } = await pair({ alice: { clock }, bob: { store, clock } })
    await exchange(alice, bob, 'one')
    await exchange(bob, alice, 'two')
    for (let i = 0; i < 3; i++) await alice.encrypt(bob.address, utf8('lost'))
    await exchange(alice, bob, 'three')
    expect(await store.list('pq-skipped/')).toHaveLength(1)
    for (let i = 0; i < skipped; i++) await alice.encrypt(bob.address, utf8('lost'))
    for (let i = 0; i <= inOrder; i++) await exchange(alice, bob, 'more')
    await alice.startSession(bundleOf(await bob.generatePreKeys(1)))
    await exchange(alice, bob, 'on a new session')
    // What is over goes once the clock has said so twice, an hour apart.
    for (const wait of [31 * 86_400_000, 3_600_001]) {
      clock.advance(wait)
      await bob.rotatePreKeys()
    }
    expect(await store.list('archived/')).toEqual([])
    for (const kept of ['pq-skipped/', 'skipped/', 'skipped-index/']) expect(await store.list(kept)).toEqual([])
  })
}
