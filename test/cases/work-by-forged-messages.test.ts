/**
 * Threat row 45: what a forged message costs. Work is counted, not timed: hashes of the chains, and agreements.
 */
import { afterEach, expect, it, vi } from 'vitest'
import { platform } from '#platform'
import { generateKeyPair } from '../../src/crypto/dh.js'
import { hmac } from '../../src/crypto/platform/hmac.js'
import { type Bytes, type Client, type Envelope, MemoryStore, utf8 } from '../../src/index.js'
import { serializePreKeySignalMessage } from '../../src/wire/pre-key-message.js'
import { encodeSignalMessage } from '../../src/wire/signal-message.js'
import { signalMessageOf, withFields } from '../support/forge.js'
import { bundleOf, newClient } from '../support/parties.js'
import { seededRandom } from '../support/random.js'
import { snapshot } from '../support/snapshot.js'

afterEach(() => vi.restoreAllMocks())

const random = seededRandom('forger')
const TEXT = utf8('x')

interface Work {
  readonly hmacs: number
  readonly agreements: number
}

/** What a refusal costs. */
async function workOf(run: () => Promise<unknown>): Promise<Work> {
  const counted = [vi.spyOn(hmac, 'sha256'), vi.spyOn(hmac, 'hkdfExtract'), vi.spyOn(platform, 'hmacTag')]
  let derived = 0
  const derive = hmac.hkdf
  vi.spyOn(hmac, 'hkdf').mockImplementation((salt, input, info, blocks) => {
    derived += 1 + blocks.length
    derive(salt, input, info, blocks)
  })
  const agreements = vi.spyOn(platform, 'x25519')
  await run()
  const work = { hmacs: counted.reduce((sum, { mock }) => sum + mock.calls.length, derived), agreements: agreements.mock.calls.length }
  vi.restoreAllMocks()
  return work
}

/** A device with so many sessions of one peer, all but one archived. */
async function sessionsOf(
  count: number,
  { answered }: { readonly answered: boolean },
): Promise<{ peer: Client; bob: Client; old: Envelope }> {
  const [peer, bob] = [await newClient({ allow: [] }), await newClient({ allow: [] })]
  const bundle = bundleOf(await bob.generatePreKeys(0), { oneTime: false })
  let old: Envelope | undefined
  for (let i = 0; i < count; i++) {
    await peer.startSession(bundle)
    await bob.decrypt(await peer.encrypt(bob.address, TEXT))
    old ??= await peer.encrypt(bob.address, TEXT)
    if (answered) await peer.decrypt(await bob.encrypt(peer.address, TEXT))
  }
  return { peer, bob, old: old as Envelope }
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]
}

/** A post-quantum part that names the key of an index in the first epoch and carries nothing. */
const pqPart = (index: number): Bytes => Uint8Array.of(1, ...varint(1), ...varint(index), 0)

/** A message of no session, under a ratchet key that nobody knows. */
function forged(sender: Client, { counter, pqIndex }: { readonly counter: number; readonly pqIndex: number }): Envelope {
  const ratchetKey = generateKeyPair(random).publicKey
  const fields = {
    version: 4,
    ratchetKey,
    counter,
    previousCounter: 0,
    ciphertext: new Uint8Array(16),
    pqRatchet: pqPart(pqIndex),
  } as const
  return { kind: 'ratchet', sender: sender.address, body: encodeSignalMessage(fields).finish(random(8)) }
}

const refused = (bob: Client, envelope: Envelope, code = /^(authentication-failed|too-far-ahead)$/) =>
  expect(bob.decrypt(envelope)).rejects.toMatchObject({ code: expect.stringMatching(code) })

const JUMPS = [
  { counter: 24_999, pqIndex: 1 },
  { counter: 1_999, pqIndex: 24_999 },
  { counter: 24_999, pqIndex: 24_999 },
  { counter: 0, pqIndex: 24_999 },
]

it('row 45: with 40 archived sessions that were answered a forged message costs what it costs on one, again and again', {
  timeout: 120_000,
}, async () => {
  const one = await sessionsOf(1, { answered: true })
  const many = await sessionsOf(41, { answered: true })
  for (const jump of JUMPS) {
    for (let i = 0; i < 2; i++) {
      const alone = await workOf(() => refused(one.bob, forged(one.peer, jump)))
      const among = await workOf(() => refused(many.bob, forged(many.peer, jump)))
      // Where the jump itself costs little, an attempt on each archived session is all that there is to pay.
      expect(among.hmacs).toBeLessThan(Math.max(1.5 * alone.hmacs, alone.hmacs + 40 * 40))
    }
  }
})

it('row 45: jumps that archived sessions could still follow cost 6,000 HMACs on all of them together', { timeout: 120_000 }, async () => {
  const { bob, peer } = await sessionsOf(41, { answered: true })
  for (const jump of [
    { counter: 1_999, pqIndex: 1_999 },
    { counter: 300, pqIndex: 300 },
    { counter: 2_000, pqIndex: 1 },
  ]) {
    const { hmacs } = await workOf(() => refused(bob, forged(peer, jump)))
    // On the current one as much again, a second time for places between those that a walk remembers, and forty attempts.
    expect(hmacs).toBeLessThan(6_000 + jump.counter + 2 * jump.pqIndex + 40 * 300)
  }
})

it('row 45: sessions on which nothing was ever sent cannot meet a new ratchet key, and are not asked', { timeout: 120_000 }, async () => {
  const { bob, peer } = await sessionsOf(41, { answered: false })
  for (const jump of [{ counter: 0, pqIndex: 1 }, ...JUMPS]) {
    expect(await workOf(() => refused(bob, forged(peer, jump)))).toMatchObject({ hmacs: 0, agreements: 0 })
  }
})

it('row 45: a forged message under the ratchet key of an archived session costs a walk on that one alone', {
  timeout: 120_000,
}, async () => {
  const one = await sessionsOf(1, { answered: false })
  const many = await sessionsOf(41, { answered: true })
  const ahead = { counter: 24_000, pqRatchet: pqPart(24_000) }
  const oldOf = ({ old }: typeof one): Envelope => {
    const { body } = withFields({ ...old, kind: 'ratchet', body: bodyOf(old) } as Envelope, ahead)
    return { ...old, kind: 'ratchet', body } as Envelope
  }
  const alone = await workOf(() => refused(one.bob, oldOf(one)))
  const among = await workOf(() => refused(many.bob, oldOf(many)))
  expect(alone.hmacs).toBeGreaterThan(60_000)
  expect(among.hmacs).toBeLessThan(1.05 * alone.hmacs)
})

/** The SignalMessage inside an envelope. */
function bodyOf(envelope: Envelope): Uint8Array {
  const { authenticated, tag } = signalMessageOf(envelope)
  return Uint8Array.from([...authenticated, ...tag])
}

it('row 45: what is walked along chains that are real is not pushed out by chains that are made up', { timeout: 120_000 }, async () => {
  const { bob, peer } = await sessionsOf(1, { answered: true })
  const jump = { counter: 2_000, pqIndex: 24_000 }
  const first = await workOf(() => refused(bob, forged(peer, jump)))
  expect(first.hmacs).toBeGreaterThan(49_000)
  for (let i = 0; i < 140; i++) await refused(bob, forged(peer, { counter: 1_500, pqIndex: 1 }))
  expect((await workOf(() => refused(bob, forged(peer, jump)))).hmacs).toBeLessThan(3_000)
})

/** A handshake that nobody made, with a message that claims to be far ahead. */
async function forgedHandshake(bob: Client, jump: { readonly counter: number; readonly pqIndex: number }): Promise<Envelope> {
  const [me, upload] = [await newClient(), await bob.generatePreKeys(0)]
  const inner = forged(me, jump)
  const ciphertext = random(1569)
  ciphertext[0] = 8
  const body = serializePreKeySignalMessage({
    version: 4,
    preKeyId: undefined,
    baseKey: generateKeyPair(random).publicKey,
    identityKey: me.identityKey,
    registrationId: 1,
    signedPreKeyId: upload.signedPreKey.id,
    kem: { id: upload.kemPreKey.id, ciphertext },
    message: inner.body,
  })
  return { kind: 'pre-key', sender: me.address, body }
}

it('row 45: a handshake that nothing authenticated buys 6,600 HMACs and few more, and beyond its limit nothing at all', async () => {
  const store = new MemoryStore()
  const bob = await newClient({ store, allow: [] })
  await bob.generatePreKeys(0)
  const before = await snapshot(store)
  for (const jump of [
    { counter: 24_999, pqIndex: 24_999 },
    { counter: 2_201, pqIndex: 1 },
    { counter: 0, pqIndex: 2_202 },
  ]) {
    const envelope = await forgedHandshake(bob, jump)
    expect(await workOf(() => refused(bob, envelope, /^too-far-ahead$/))).toEqual({ hmacs: 0, agreements: 0 })
  }
  const worst = await forgedHandshake(bob, { counter: 2_200, pqIndex: 2_201 })
  // Beside the checkpoints: the handshake itself, twice, and what lies between the places that a walk remembers.
  expect((await workOf(() => refused(bob, worst, /^authentication-failed$/))).hmacs).toBeLessThan(3 * 2_200 + 400)
  expect(Object.keys(await snapshot(store))).toEqual(Object.keys(before))
})
