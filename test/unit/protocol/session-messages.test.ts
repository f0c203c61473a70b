import { expect, it } from 'vitest'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { BisikError, MemoryStore, utf8 } from '../../../src/index.js'
import { hmacsToTurn } from '../../../src/protocol/ratchet/triple-ratchet.js'
import { type OpenOptions, openOnSession } from '../../../src/protocol/session/messages.js'
import { decodeAccount } from '../../../src/records/account-record.js'
import { ACCOUNT, sessionKey } from '../../../src/records/names.js'
import { decodeSession } from '../../../src/records/session-record.js'
import { checkAddress } from '../../../src/wire/address.js'
import { parsePreKeySignalMessage } from '../../../src/wire/pre-key-message.js'
import { parseSignalMessage } from '../../../src/wire/signal-message.js'
import { answering, atOnce, NO_CHECKPOINTS } from '../../support/opening.js'
import { pair } from '../../support/parties.js'

/** Alice and bob, who has read her first message, and his session as it is in his store. */
async function begun() {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('first')))
  const sessionOfBob = async () => {
    const names = [ACCOUNT, sessionKey(checkAddress(alice.address))]
    const [account, record] = [...(await store.read(names)).values()].map(({ value }) => value)
    return decodeSession(record as Uint8Array, decodeAccount(account as Uint8Array)).session
  }
  return { alice, bob, sessionOfBob, ends: { local: bob.address, remote: alice.address } }
}

/** Bob's session with alice, and a message of hers whose keys, of both ratchets, he keeps. */
async function lateMessage() {
  const { alice, bob, sessionOfBob, ends } = await begun()
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
