/** What a client remembers of its sessions, beside the store that holds them: a shortcut, and nothing that anyone could see. */
import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../../src/bytes.js'
import { contextOf } from '../../../src/client/frame/context.js'
import { isRecordOf, type RememberedSession, sessionCache } from '../../../src/client/frame/session-cache.js'
import { expose } from '../../../src/crypto/secret.js'
import { type Envelope, MemoryStore, utf8 } from '../../../src/index.js'
import type { SessionState } from '../../../src/protocol/session/session.js'
import { decodeAccount } from '../../../src/records/account-record.js'
import { ACCOUNT, sessionKey } from '../../../src/records/names.js'
import { decodeSession } from '../../../src/records/session-record.js'
import type { KeyStore } from '../../../src/store/key-store.js'
import { checkAddress } from '../../../src/wire/address.js'
import { withCaches } from '../../support/caches.js'
import { signalMessageOf } from '../../support/forge.js'
import { pair } from '../../support/parties.js'
import { watchedStore } from '../../support/watched-store.js'

withCaches()

async function conversation() {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ alice: { store } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
  return { alice, bob, store }
}

async function remembered(): Promise<RememberedSession> {
  const { bob, store } = await conversation()
  const key = sessionKey(checkAddress(bob.address))
  const records = await store.read([key, ACCOUNT])
  const record = records.get(key)?.value as Bytes
  return { record, stored: decodeSession(record, decodeAccount(records.get(ACCOUNT)?.value as Bytes)) }
}

const rootKeyOf = ({ ratchet }: SessionState): Bytes => expose(ratchet.double.rootKey)

describe('a client with a remembered session', () => {
  it('goes by the record in the store when that is another one', async () => {
    const { alice, bob, store } = await conversation()
    const key = sessionKey(checkAddress(bob.address))
    const counter = async () => signalMessageOf(await alice.encrypt(bob.address, utf8('again'))).counter
    const before = (await store.read([key])).get(key)?.value as Bytes
    expect(await counter()).toBe(0)
    expect(await counter()).toBe(1)
    await store.commit({ expect: new Map(), put: new Map([[key, before]]), delete: new Set() })
    expect(await counter()).toBe(0)
    await store.commit({ expect: new Map(), put: new Map(), delete: new Set([key]) })
    await expect(counter()).rejects.toMatchObject({ code: 'no-session' })
  })

  it('leaves alone what it gave to a store that is given up on and writes later', async () => {
    const inner = new MemoryStore()
    let late: (() => Promise<unknown>) | undefined
    const mood = { isSlow: false as boolean }
    const store: KeyStore = {
      read: (keys) => inner.read(keys),
      list: (prefix) => inner.list(prefix),
      commit: async (batch) => {
        if (!mood.isSlow || batch.put.size === 0) return inner.commit(batch)
        late = () => inner.commit(batch)
        throw new Error('time is up')
      },
    }
    const { alice, bob } = await pair({ alice: { store } })
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    mood.isSlow = true
    await expect(alice.encrypt(bob.address, utf8('one'))).rejects.toMatchObject({ code: 'store-failed' })
    mood.isSlow = false
    expect(await late?.()).toBe(true)
    expect(await bob.decrypt(await alice.encrypt(bob.address, utf8('two')))).toMatchObject({ plaintext: utf8('two') })
  })

  it('wipes the records of sessions that others have followed, but never what a store that failed was given', async () => {
    const { store, given, mood } = watchedStore()
    const written = () => given.map(([, value]) => value)
    const { alice, bob } = await pair({ alice: { store } })
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
    given.length = 0
    for (let i = 0; i < 8; i++) await bob.decrypt(await alice.encrypt(bob.address, utf8('again')))
    expect(written().map((record) => record.some((byte) => byte !== 0))).toEqual(written().map((_, i) => i === given.length - 1))
    expect(given.length).toBe(8)
    mood.fails = true
    await expect(alice.encrypt(bob.address, utf8('lost'))).rejects.toMatchObject({ code: 'store-failed' })
    mood.fails = false
    const lost = written().at(-1) as Uint8Array
    const before = lost.slice()
    for (let i = 0; i < 8; i++) await bob.decrypt(await alice.encrypt(bob.address, utf8('again')))
    expect(lost).toEqual(before)
    expect(before.some((byte) => byte !== 0)).toBe(true)
  })

  it('goes on with it after a message that came late, and after a commit that failed', async () => {
    const { store, mood } = watchedStore()
    const { alice, bob } = await pair({ kem: false, bob: { store } })
    await bob.decrypt(await alice.encrypt(bob.address, utf8('hello')))
    await alice.decrypt(await bob.encrypt(alice.address, utf8('hello')))
    const envelopes: Envelope[] = []
    for (let i = 0; i < 4; i++) envelopes.push(await alice.encrypt(bob.address, utf8(`${i}`)))
    const open = () => bob.decrypt(envelopes.pop() as Envelope)
    await open()
    const current = () => {
      const [memo, key] = [contextOf(bob).sessions, sessionKey(checkAddress(alice.address))]
      const remembered = memo.take(key)
      if (remembered !== undefined) memo.put(key, remembered)
      return remembered
    }
    // A late message is noted in its session, and turns no ratchet: of one that was decoded anew the ratchet would be another.
    const ratchet = current()?.stored.session.ratchet
    expect(ratchet).toBeDefined()
    await open()
    const session = current()
    expect(session?.stored.session.ratchet).toBe(ratchet)
    mood.fails = true
    await expect(bob.encrypt(alice.address, utf8('lost'))).rejects.toMatchObject({ code: 'store-failed' })
    mood.fails = false
    expect(current()).toBe(session)
    // It counts only if its record is what the store holds: had that been wiped, another would have been decoded.
    await open()
    expect(current()?.stored.session.ratchet).toBe(ratchet)
  })

  it('gives away nothing of it that could be changed from outside', async () => {
    const { alice, bob } = await conversation()
    const received = await bob.decrypt(await alice.encrypt(bob.address, utf8('one')))
    if (received.kind !== 'message') throw new Error('another kind')
    received.identity.fill(0)
    expect(await bob.decrypt(await alice.encrypt(bob.address, utf8('two')))).toMatchObject({ plaintext: utf8('two') })
  })

  it('does not change it when a message is refused', async () => {
    const { alice, bob } = await conversation()
    const envelope = await alice.encrypt(bob.address, utf8('one'))
    for (let at = 0; at < envelope.body.length; at += 7) {
      const body = envelope.body.map((byte, i) => (i === at ? byte ^ 1 : byte))
      await expect(bob.decrypt({ ...envelope, body })).rejects.toMatchObject({ code: 'authentication-failed' })
    }
    expect(await bob.decrypt(envelope)).toMatchObject({ plaintext: utf8('one') })
  })
})

describe('sessionCache', () => {
  it('tells a record that differs in one bit', async () => {
    const one = await remembered()
    expect(isRecordOf(one, one.record.slice())).toBe(true)
    for (const at of [0, 1, one.record.length - 1]) {
      expect(
        isRecordOf(
          one,
          one.record.map((byte, i) => (i === at ? byte ^ 0x80 : byte)),
        ),
      ).toBe(false)
    }
    expect(isRecordOf(undefined, one.record)).toBe(false)
  })

  it('wipes what it has no room for and what it is given something else for', async () => {
    const memo = sessionCache()
    const first = await remembered()
    const keys = [rootKeyOf(first.stored.session)]
    memo.put('session/a', first)
    const second = await remembered()
    keys.push(rootKeyOf(second.stored.session))
    memo.put('session/a', second)
    expect(keys.map((key) => key.every((byte) => byte === 0))).toEqual([true, false])
    for (let i = 0; i < 16; i++) memo.put(`session/${i}`, await remembered())
    expect(memo.take('session/a')).toBeUndefined()
    expect(keys[1]?.every((byte) => byte === 0)).toBe(true)
    expect(second.record.every((byte) => byte === 0)).toBe(true)
    expect(memo.take('session/15')).toBeDefined()
    expect(memo.take('session/15')).toBeUndefined()
  })
})
