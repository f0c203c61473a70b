/** A relay that alters what a device published. */
import { expect, it } from 'vitest'
import { copyBytes } from '../../src/bytes.js'
import type { EcPublicKey, KemPublicKey, Signature } from '../../src/crypto/keys.js'
import { type Client, MemoryStore, type PreKeyBundle, parsePreKeyBundle, serializePreKeyBundle, utf8 } from '../../src/index.js'
import { bundleOf, newClient, pair } from '../support/parties.js'
import { snapshot } from '../support/snapshot.js'
import { WatchedStore } from '../support/world/stores.js'

function flipped<T extends Uint8Array>(bytes: T, bit: number): T {
  const copy = copyBytes(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy as unknown as T
}

interface Signed {
  readonly id: number
  readonly publicKey: EcPublicKey | KemPublicKey
  readonly signature: Signature
}

/** Every bundle that differs from a genuine one in one bit of a signed key, of a signature or of the identity key. */
function* altered(bundle: PreKeyBundle): Generator<PreKeyBundle> {
  const { signedPreKey, kemPreKey, identityKey } = bundle
  if (kemPreKey === undefined) throw new Error('a bundle without a KEM prekey')
  for (const field of ['signedPreKey', 'kemPreKey'] as const) {
    const signed: Signed = field === 'signedPreKey' ? signedPreKey : kemPreKey
    for (let bit = 0; bit < signed.publicKey.length * 8; bit++) {
      yield { ...bundle, [field]: { ...signed, publicKey: flipped(signed.publicKey, bit) } }
    }
    for (let bit = 0; bit < 512; bit++) yield { ...bundle, [field]: { ...signed, signature: flipped(signed.signature, bit) } }
  }
  for (let bit = 0; bit < identityKey.length * 8; bit++) yield { ...bundle, identityKey: flipped(identityKey, bit) }
}

async function aliceOn(store: WatchedStore): Promise<Client> {
  return newClient({ store, allow: [] })
}

it('row 8: a bundle with any one bit of its keys and signatures flipped is refused, and nothing is stored', {
  timeout: 120_000,
}, async () => {
  const inner = new MemoryStore()
  const store = new WatchedStore(inner)
  const alice = await aliceOn(store)
  const bob = await newClient({ allow: [] })
  const bundle = bundleOf(await bob.generatePreKeys(1))
  const before = await snapshot(inner)
  const { writes } = store
  let tried = 0
  for (const forged of altered(bundle)) {
    tried++
    // A type byte, which is under the signature as well, is looked at first.
    await expect(alice.startSession(forged)).rejects.toMatchObject({ code: expect.stringMatching(/^(bad-signature|invalid-key)$/) })
  }
  console.log(`row 8: n = ${tried} flipped bits`)
  expect(tried).toBe((33 + 1569 + 2 * 64 + 33) * 8)
  expect(store.writes).toBe(writes)
  expect(await snapshot(inner)).toEqual(before)
  await expect(alice.encrypt(bob.address, utf8('x'))).rejects.toMatchObject({ code: 'no-session' })
  // The genuine one still does.
  await alice.startSession(bundle)
  await bob.decrypt(await alice.encrypt(bob.address, utf8('x')))
})

it('row 8: signed keys of another device, of another kind or swapped between each other are refused', async () => {
  const inner = new MemoryStore()
  const alice = await newClient({ store: inner, allow: ['pqxdh', 'x3dh'] })
  const [bob, mallory] = [await newClient(), await newClient()]
  const bundle = bundleOf(await bob.generatePreKeys(1))
  const other = bundleOf(await mallory.generatePreKeys(1))
  const rotated = bundleOf(await bob.rotatePreKeys(), { oneTime: false })
  const { kemPreKey } = bundle
  if (kemPreKey === undefined || other.kemPreKey === undefined || rotated.kemPreKey === undefined) throw new Error('no KEM prekey')
  const before = await snapshot(inner)
  for (const forged of [
    { ...bundle, signedPreKey: other.signedPreKey },
    { ...bundle, kemPreKey: other.kemPreKey },
    { ...bundle, identityKey: other.identityKey },
    { ...bundle, signedPreKey: { ...bundle.signedPreKey, publicKey: rotated.signedPreKey.publicKey } },
    { ...bundle, kemPreKey: { ...kemPreKey, signature: rotated.kemPreKey.signature } },
    { ...bundle, signedPreKey: { ...bundle.signedPreKey, signature: kemPreKey.signature } },
    { ...bundle, kemPreKey: { ...kemPreKey, signature: bundle.signedPreKey.signature } },
    // A signed elliptic-curve key in the place of the KEM key, with its own good signature, and the other way round.
    { ...bundle, kemPreKey: bundle.signedPreKey as unknown as typeof kemPreKey },
    { ...bundle, signedPreKey: kemPreKey as unknown as typeof bundle.signedPreKey },
  ]) {
    await expect(alice.startSession(forged)).rejects.toMatchObject({
      code: expect.stringMatching(/^(bad-signature|invalid-key|invalid-argument)$/),
    })
    expect(await snapshot(inner)).toEqual(before)
  }
  // Nothing keeps a relay from handing out an older key that the device did sign: rotation is what ends its life.
  await alice.startSession({ ...bundle, signedPreKey: rotated.signedPreKey })
})

it('row 8: a bundle in bytes with any one bit flipped starts no session that works for anybody else', { timeout: 120_000 }, async () => {
  const { bob } = await pair()
  const bytes = serializePreKeyBundle(bundleOf(await bob.generatePreKeys(1)))
  const offset = Number(process.env.BISIK_SEED ?? Math.floor(Math.random() * 23)) % 23
  const counts = { parsed: 0, refused: 0, started: 0, read: 0 }
  for (let bit = offset; bit < bytes.length * 8; bit += 23) {
    const alice = await newClient({ allow: [] })
    let bundle: PreKeyBundle
    try {
      bundle = parsePreKeyBundle(flipped(bytes, bit))
      counts.parsed++
      await alice.startSession(bundle)
      counts.started++
    } catch (error) {
      expect(error).toMatchObject({
        code: expect.stringMatching(/^(bad-signature|invalid-key|malformed-message|unsupported-version|session-kind-refused)$/),
      })
      counts.refused++
      continue
    }
    // Only what nobody signed got through: the address, ids, the one-time key. Bob reads it, or nobody does.
    expect(bundle.identityKey).toEqual(bob.identityKey)
    try {
      await bob.decrypt(await alice.encrypt(bundle.address, utf8('for bob alone')))
      counts.read++
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^(authentication-failed|pre-key-not-found)$/) })
    }
  }
  console.log(`row 8: bits ${offset}, ${offset + 23}, … of ${bytes.length * 8}: ${JSON.stringify(counts)}`)
  expect(counts.refused).toBeGreaterThan(400)
})
