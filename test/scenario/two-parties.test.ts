import { expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../../src/index.js'
import { pair } from '../support/parties.js'

for (const kem of [true, false]) {
  it(`two parties talk (${kem ? 'PQXDH' : 'X3DH'})`, async () => {
    const { alice, bob } = await pair({ kem })
    const first = await alice.encrypt(bob.address, utf8('hello'))
    expect(first.kind).toBe('pre-key')
    const received = await bob.decrypt(first)
    expect(fromUtf8(received.plaintext)).toBe('hello')
    expect(received.identity).toEqual(alice.identityKey)
    for (let i = 0; i < 20; i++) {
      const reply = await bob.encrypt(alice.address, utf8(`reply ${i}`))
      expect(reply.kind).toBe('ratchet')
      expect(fromUtf8((await alice.decrypt(reply)).plaintext)).toBe(`reply ${i}`)
      const next = await alice.encrypt(bob.address, utf8(`next ${i}`))
      expect(next.kind).toBe('ratchet')
      expect(fromUtf8((await bob.decrypt(next)).plaintext)).toBe(`next ${i}`)
    }
  })
}

it('messages open in any order, once', async () => {
  const { alice, bob } = await pair()
  const envelopes = []
  for (let i = 0; i < 300; i++) envelopes.push(await alice.encrypt(bob.address, utf8(String(i))))
  for (const [i, envelope] of [...envelopes.entries()].reverse()) expect(fromUtf8((await bob.decrypt(envelope)).plaintext)).toBe(String(i))
  for (const envelope of envelopes) await expect(bob.decrypt(envelope)).rejects.toMatchObject({ code: 'duplicate-message' })
})
