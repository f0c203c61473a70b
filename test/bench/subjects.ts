/** Makes the peers that are measured: bisik as built, releases of libsignal, and the libraries in `peers`. */
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Bisik, openBisik } from '../interop/bisik-peer.js'
import { loadLibsignal } from '../interop/libsignal-api.js'
import { LibsignalPeer } from '../interop/libsignal-peer.js'
import { type Issuer, issuedByLibsignal, type SealingApi } from '../interop/libsignal-sealer.js'
import type { Address } from '../interop/peer.js'
import { BisikMember, LibsignalMember } from './member.js'
import { groupsOf } from './member-group.js'
import { type Abilities, BASELINE, BEFORE, BISIK, type Measured } from './task.js'

type Protocol = typeof import('../../src/protocol/index.js')
type Sqlite = typeof import('../../src/store/engines/sqlite.js')
export type BuiltBisik = Bisik & { readonly protocol: Protocol; readonly sqlite: Sqlite }

/** This checkout. */
export const OURS: string = fileURLToPath(new URL('../..', import.meta.url))

const A_DAY = 86_400_000

export async function openPeer(name: string): Promise<Measured> {
  return { newGroups: lacking, newMember: lacking, splitter: lacking, ...(await abilitiesOf(name)) }
}

async function abilitiesOf(name: string): Promise<Abilities> {
  if (name === BISIK || name === BEFORE) return bisikPeer(name)
  if (/^\d/.test(name)) return libsignalPeer(name)
  const { openPeer } = (await import(`./peers/${name}.ts`)) as { openPeer(): Promise<Abilities> }
  return openPeer()
}

async function bisikPeer(name: string): Promise<Abilities> {
  const bisik = await loadBisik(name === BEFORE ? (process.env.BISIK_BEFORE ?? '') : OURS)
  const { issuer } = await sealing()
  const newMember = () => BisikMember.open(bisik.main, issuer)
  return {
    ...openBisik(bisik, { name, allow: ['x3dh', 'pqxdh'] }),
    newMember,
    newGroups: (sizes) => groupsOf(newMember, sizes),
    splitter: async (count) => splitterOf(bisik, count),
  }
}

async function libsignalPeer(version: string): Promise<Abilities> {
  const peer = new LibsignalPeer(await loadLibsignal(version, (alias) => import(alias)), version)
  const sessions = { name: version, newAccount: (address: Address) => peer.newAccount(address) }
  if (version !== BASELINE) return sessions
  const { api, issuer } = await sealing()
  const newMember = () => LibsignalMember.open(api, issuer)
  return { ...sessions, newMember, newGroups: (sizes) => groupsOf(newMember, sizes) }
}

/** Of whatever is measured, members carry certificates that the baseline issued: both sides check the same ones. */
async function sealing(): Promise<{ readonly api: SealingApi; readonly issuer: Issuer }> {
  const api = (await loadLibsignal(BASELINE, (alias) => import(alias))) as SealingApi
  return { api, issuer: issuedByLibsignal(api, Date.now() + A_DAY) }
}

/** What users run: the built files of a checkout, not its sources. */
export async function loadBisik(checkout: string): Promise<BuiltBisik> {
  const { exports } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { exports: Record<string, { default: string }> }
  const built = (entry: string): Promise<unknown> => import(pathToFileURL(join(checkout, exports[entry]?.default ?? '')).href)
  const entries = ['.', './libsignal', './store', './wire', './protocol', './store/sqlite']
  const [main, libsignal, store, wire, protocol, sqlite] = await Promise.all(entries.map(built))
  return { main, libsignal, store, wire, protocol, sqlite } as BuiltBisik
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
