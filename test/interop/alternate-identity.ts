/** Identity keys that vouch for one another, across every release: what one side signs the other believes, and nothing else. Knows no layout. */
import { deepEqual } from 'node:assert/strict'
import { systemRandom } from '../../src/env.js'
import { Client, MemoryStore, verifyAlternateIdentity } from '../../src/index.js'
import { generateKeyPair, type IdentityKey, type Signature } from '../../src/protocol/index.js'
import { loadLibsignal, type PublicKey } from './libsignal-api.js'
import type { Story } from './plan.js'

const ROUNDS = 20

interface Voucher {
  readonly publicKey: PublicKey & { verifyAlternateIdentity(other: PublicKey, signature: Uint8Array): boolean }
  signAlternateIdentity(other: PublicKey): Uint8Array
}

export function alternateIdentities(releases: readonly { readonly version: string }[]): Story[] {
  return releases.map(({ version }) => ({
    name: `${version} and bisik vouch for alternate identities`,
    run: async () => {
      const api = await loadLibsignal(version, (name) => import(name))
      const client = await Client.create({ store: new MemoryStore() })
      for (let round = 0; round < ROUNDS; round++) vouch(api, client)
      return `${ROUNDS} keys each way`
    },
  }))
}

function vouch(api: Awaited<ReturnType<typeof loadLibsignal>>, client: Client): void {
  const theirs = api.IdentityKeyPair.generate() as unknown as Voucher
  const their = Uint8Array.from(theirs.publicKey.serialize()) as IdentityKey
  const ours = api.PublicKey.deserialize(Buffer.from(client.identityKey)) as Voucher['publicKey']
  const other = generateKeyPair(systemRandom).publicKey as IdentityKey
  const otherKey = api.PublicKey.deserialize(Buffer.from(other))
  const byThem = Uint8Array.from(theirs.signAlternateIdentity(otherKey)) as Signature
  const byUs = Buffer.from(client.signAlternateIdentity(other))
  const altered = byUs.map((byte, i) => (i === 40 ? byte ^ 1 : byte))
  deepEqual(
    {
      theirsHere: verifyAlternateIdentity(their, other, byThem),
      oursThere: ours.verifyAlternateIdentity(otherKey, byUs),
      ofAnotherKey: [verifyAlternateIdentity(their, client.identityKey, byThem), ours.verifyAlternateIdentity(theirs.publicKey, byUs)],
      turnedRound: [verifyAlternateIdentity(other, their, byThem), theirs.publicKey.verifyAlternateIdentity(ours, byUs)],
      altered: [verifyAlternateIdentity(client.identityKey, other, altered), ours.verifyAlternateIdentity(otherKey, altered)],
    },
    { theirsHere: true, oursThere: true, ofAnotherKey: [false, false], turnedRound: [false, false], altered: [false, false] },
  )
}
