/** Makes the peers that are measured: bisik as built, and releases of libsignal from this package's own dependencies. */
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Bisik, openBisik } from '../interop/bisik-peer.js'
import { loadLibsignal } from '../interop/libsignal-api.js'
import { LibsignalPeer } from '../interop/libsignal-peer.js'
import { issuedByLibsignal, type SealingApi } from '../interop/libsignal-sealer.js'
import { BisikMember, LibsignalMember } from './member.js'
import { BASELINE, BEFORE, BISIK, type Measured } from './task.js'

type Protocol = typeof import('../../src/protocol/index.js')
type BuiltBisik = Bisik & { readonly protocol: Protocol }

const A_DAY = 86_400_000

export async function openPeer(name: string): Promise<Measured> {
  // Of whatever is measured, members carry certificates that the baseline issued: both sides check the same ones.
  const baseline = (await loadLibsignal(BASELINE, (alias) => import(alias))) as SealingApi
  const issuer = issuedByLibsignal(baseline, Date.now() + A_DAY)
  if (name !== BISIK && name !== BEFORE) {
    const peer = new LibsignalPeer(await loadLibsignal(name, (alias) => import(alias)), name)
    const newMember = () => (name === BASELINE ? LibsignalMember.open(baseline, issuer) : lacking())
    return { name, newAccount: (address, records) => peer.newAccount(address, records), newMember, splitter: lacking }
  }
  const bisik = await loadBisik(name === BEFORE ? (process.env.BISIK_BEFORE ?? '') : fileURLToPath(new URL('../..', import.meta.url)))
  return {
    ...openBisik(bisik, { name, allow: ['x3dh', 'pqxdh'] }),
    newMember: () => BisikMember.open(bisik.main, issuer),
    splitter: async (count) => splitterOf(bisik, count),
  }
}

/** What users run: the built files of a checkout, not its sources. */
async function loadBisik(checkout: string): Promise<BuiltBisik> {
  const { exports } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { exports: Record<string, { default: string }> }
  const built = (entry: string): Promise<unknown> => import(pathToFileURL(join(checkout, exports[entry]?.default ?? '')).href)
  const [main, libsignal, store, wire, protocol] = await Promise.all(['.', './libsignal', './store', './wire', './protocol'].map(built))
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
