/** What a task is: who is measured, what is done, and the ratios bisik aims at. Knows no task. */
import type { Address, BundleOptions, Message } from '../interop/peer.js'
import type { SessionKind } from '../interop/releases.js'
import type { Member } from './member.js'
import type { Meter } from './meter.js'

/** The release every ratio is given to. */
export const BASELINE = '0.103.0'

/** This build. */
export const BISIK = 'bisik'
/** The build of another checkout of bisik, for `--against`. */
export const BEFORE = 'before'

/** What a peer speaks with its like: the kind of session of bisik and libsignal, or the protocol of another library. */
export type Protocol = SessionKind | 'olm' | 'proteus' | 'mls'

export interface Subject {
  readonly peer: string
  readonly session: Protocol
}

/** A peer that has no row, and why. */
export interface Absence {
  readonly peer: string
  readonly why: string
}

/** What a session is started from: the peer's own, whatever it holds. */
export interface Bundle {
  readonly address: Address
}

/** The part of a `PeerAccount` that is measured; any library can have it. */
export interface Account {
  readonly address: Address
  bundle(options: BundleOptions): Promise<Bundle>
  startSession(bundle: Bundle): Promise<void>
  encrypt(to: Address, plaintext: Uint8Array): Promise<Message>
  decrypt(from: Address, message: Message): Promise<Uint8Array>
  /** The stored bytes of the session with `peer`; `undefined` if the library does not show them. */
  sessionRecord(peer: Address): Promise<Uint8Array | undefined>
  /** Bytes in the stores altogether. */
  stored?(): Promise<number>
  /** Gives memory back that no garbage collector sees. */
  close?(): void
}

/** A group of one size, from the sides of its founder and of one member. */
export interface Group {
  /** Founds it anew: makes what all members need to read the founder. @returns bytes that are to be sent for that. */
  create(): Promise<number>
  /** Has one member accept what {@link create} made. */
  join(): Promise<void>
  encrypt(plaintext: Uint8Array): Promise<Uint8Array>
  decrypt(body: Uint8Array): Promise<Uint8Array>
}

/** A peer; what it lacks throws. */
export interface Measured {
  readonly name: string
  newAccount(address: Address): Promise<Account>
  /** Groups of so many members, founder included. */
  newGroups(sizes: readonly number[]): Promise<readonly Group[]>
  /** An account that seals and has sender keys; all of one process have the same trust root. Of bisik and of {@link BASELINE} only. */
  newMember(): Promise<Member>
  /** A message sealed for `count` users, and its splitting: of bisik only. */
  splitter(count: number): Promise<() => void>
}

/** What a library has of that. */
export type Abilities = Pick<Measured, 'name' | 'newAccount'> & Partial<Measured>

export interface Target {
  readonly metric: string
  /** Which of bisik's sessions it is about. */
  readonly session: SessionKind
  /** A ratio of CPU time to that of this peer, or to another metric of the same session; or CPU time itself; else a number of bytes. */
  readonly versus?: { readonly peer: string } | { readonly metric: string } | 'milliseconds'
  readonly atMost: number
}

export interface Task {
  readonly name: string
  readonly title: string
  readonly subjects: readonly Subject[]
  /** Peers that do not do this. */
  readonly absent?: readonly Absence[]
  readonly targets: readonly Target[]
  /** Metrics are named `what, number`; a chart draws them over the numbers, as ratios or as they are: over the number of what. */
  readonly over?: string
  readonly drawn?: 'ratio' | 'absolute'
  /** One pass tells all: sizes, or work of many seconds. */
  readonly once?: boolean
  run(peer: Measured, kem: boolean, meter: Meter): Promise<void>
}

export const DOUBLE: Subject = { peer: BISIK, session: 'x3dh' }
export const TRIPLE: Subject = { peer: BISIK, session: 'triple' }
export const OLD: Subject = { peer: '0.22.0', session: 'x3dh' }
export const MIDDLE: Subject = { peer: '0.72.1', session: 'pqxdh' }
export const NEW: Subject = { peer: BASELINE, session: 'triple' }

/** Libraries of other hands and protocols, by the name of their file in `peers`. */
export const PRIVACY_RESEARCH: Subject = { peer: 'privacyresearch', session: 'x3dh' }
export const BAILEYS: Subject = { peer: 'baileys', session: 'x3dh' }
export const MATRIX: Subject = { peer: 'matrix', session: 'olm' }
export const PROTEUS: Subject = { peer: 'core-crypto', session: 'proteus' }
export const CORE_MLS: Subject = { peer: 'core-crypto', session: 'mls' }
export const TS_MLS: Subject = { peer: 'ts-mls', session: 'mls' }

/** All who are neither bisik nor the baseline. */
const OTHERS: readonly string[] = ['0.22.0', '0.72.1', 'privacyresearch', 'baileys', 'matrix', 'core-crypto', 'ts-mls']

/** The others, each with its reason. */
export function allAbsent(why: (peer: string) => string): Absence[] {
  return OTHERS.map((peer) => ({ peer, why: why(peer) }))
}
