import { expect, it } from 'vitest'
import { exportIdentity, exportPreKeys, exportSessions, importPreKeys, importSessions, parseIdentity } from '../../src/client/libsignal.js'
import { Client, type Envelope, fromUtf8, MemoryStore, utf8 } from '../../src/index.js'
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
