import { expect, it } from 'vitest'
import { expose, Secret } from '../../../src/crypto/secret.js'
import { BisikError, MemoryStore, utf8 } from '../../../src/index.js'
import { type OpenOptions, openOnSession } from '../../../src/protocol/session/messages.js'
import { decodeAccount } from '../../../src/records/account-record.js'
import { ACCOUNT, sessionKey } from '../../../src/records/names.js'
import { decodeSession } from '../../../src/records/session-record.js'
import { checkAddress } from '../../../src/wire/address.js'
import { parseSignalMessage } from '../../../src/wire/signal-message.js'
import { answering, atOnce, NO_CHECKPOINTS } from '../../support/opening.js'
import { pair } from '../../support/parties.js'

/** Bob's session with alice, and a message of hers whose keys, of both ratchets, he keeps. */
async function lateMessage() {
  const store = new MemoryStore()
  const { alice, bob } = await pair({ bob: { store } })
  await bob.decrypt(await alice.encrypt(bob.address, utf8('first')))
  await alice.decrypt(await bob.encrypt(alice.address, utf8('answer')))
  const late = await alice.encrypt(bob.address, utf8('late'))
  await bob.decrypt(await alice.encrypt(bob.address, utf8('before it')))
  const names = [ACCOUNT, sessionKey(checkAddress(alice.address))]
  const [account, record] = [...(await store.read(names)).values()].map(({ value }) => value)
  const { session } = decodeSession(record as Uint8Array, decodeAccount(account as Uint8Array))
  return { session, message: parseSignalMessage(late.body as Uint8Array), ends: { local: bob.address, remote: alice.address } }
}

it.each([
  ['a fault of the engine', new TypeError('not a function'), 'internal'],
  ['a damaged record', new BisikError('corrupt-record', { record: 'skipped keys' }), 'corrupt-record'],
  ['a record of a format to come', new BisikError('record-too-new', { record: 'skipped keys', version: 99 }), 'record-too-new'],
  ['what the message is to blame for', new BisikError('malformed-message', { reason: 'a chunk' }), 'authentication-failed'],
])('%s in the post-quantum ratchet comes out as what it is', async (_, fault, code) => {
  const { session, message, ends } = await lateMessage()
  const seed = Secret.own<'MessageSeed'>(new Uint8Array(32))
  const options: OpenOptions<never> = {
    ends,
    checkpoints: NO_CHECKPOINTS,
    random: (length) => new Uint8Array(length),
    // The Double Ratchet is content: it has a kept key.
    skippedKey: answering(() => seed),
    pqSkippedKey: answering(() => {
      throw fault
    }),
  }
  expect(() => atOnce(openOnSession(session, message, options))).toThrow(expect.objectContaining({ code }))
  expect(() => expose(seed)).toThrow('used after it was wiped')
})
