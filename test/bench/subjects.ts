/** Makes the peers that are measured: bisik as built, and releases of libsignal from this package's own dependencies. */
import { randomBytes, randomUUID } from 'node:crypto'
import { type Bisik, openBisik } from '../interop/bisik-peer.js'
import { loadLibsignal } from '../interop/libsignal-api.js'
import { LibsignalPeer } from '../interop/libsignal-peer.js'
import { issuedByLibsignal, type SealingApi } from '../interop/libsignal-sealer.js'
import { BisikMember, LibsignalMember } from './member.js'
import { BASELINE, type Measured } from './task.js'

type Protocol = typeof import('../../src/protocol/index.js')
type BuiltBisik = Bisik & { readonly protocol: Protocol }

const A_DAY = 86_400_000

export async function openPeer(name: string): Promise<Measured> {
  // Of whatever is measured, members carry certificates that the baseline issued: both sides check the same ones.
  const baseline = (await loadLibsignal(BASELINE, (alias) => import(alias))) as SealingApi
  const issuer = issuedByLibsignal(baseline, Date.now() + A_DAY)
  if (name !== 'bisik') {
    const peer = new LibsignalPeer(await loadLibsignal(name, (alias) => import(alias)), name)
    const newMember = () => (name === BASELINE ? LibsignalMember.open(baseline, issuer) : lacking())
    return { name, newAccount: (address, records) => peer.newAccount(address, records), newMember, splitter: lacking }
  }
  const bisik = await loadBisik()
  return {
    ...openBisik(bisik, { name, allow: ['x3dh', 'pqxdh'] }),
    newMember: () => BisikMember.open(bisik.main, issuer),
    splitter: async (count) => splitterOf(bisik, count),
  }
}

/** What users run: the built files, not the sources. */
async function loadBisik(): Promise<BuiltBisik> {
  const built = (entry: string): Promise<unknown> => import(new URL(`../../dist/${entry}.js`, import.meta.url).href)
  const entries = ['index', 'client/libsignal', 'store/index', 'wire/index', 'protocol/index'].map(built)
  const [main, libsignal, store, wire, protocol] = await Promise.all(entries)
  return { main, libsignal, store, wire, protocol } as BuiltBisik
}

function splitterOf({ protocol, wire }: BuiltBisik, count: number): () => void {
  const random = (length: number) => new Uint8Array(randomBytes(length))
  const newIdentity = () => protocol.generateKeyPair(random)
  const destinations = Array.from({ length: count }, (_, i) => ({
    address: { user: randomUUID(), device: 1 },
    registrationId: 1 + (i % 0x3fff),
    identityKey: wire.parseIdentityKey(newIdentity().publicKey),
  }))
  const { publicKey, privateKey } = newIdentity()
  const ourIdentity = { publicKey: wire.parseIdentityKey(publicKey), privateKey }
  const message = protocol.sealForMany(random(600), { ourIdentity, destinations, excluded: [] }, random)
  return () => {
    let made = 0
    for (const { message: body } of wire.parseSentMessage(message).recipients()) if (body.length > 600) made++
    if (made !== count) throw new Error(`${made} instead of ${count} messages`)
  }
}

async function lacking(): Promise<never> {
  throw new Error('this peer is not measured at that')
}
