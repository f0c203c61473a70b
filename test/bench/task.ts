/** What a task is: who is measured, what is done, and the ratios bisik aims at. Knows no task. */
import type { Peer } from '../interop/peer.js'
import type { SessionKind } from '../interop/releases.js'
import type { Member } from './member.js'
import type { Meter } from './meter.js'

/** The release every ratio is given to. */
export const BASELINE = '0.103.0'

/** This build. */
export const BISIK = 'bisik'
/** The build of another checkout of bisik, for `--against`. */
export const BEFORE = 'before'

export interface Subject {
  readonly peer: string
  /** The kind of session it has with its like. */
  readonly session: SessionKind
}

/** A peer with the modules that tasks beyond sessions take. */
export interface Measured extends Peer {
  /** An account that seals and has sender keys; all of one process have the same trust root. Of bisik and of {@link BASELINE} only. */
  newMember(): Promise<Member>
  /** A message sealed for `count` users, and its splitting: of bisik only. */
  splitter(count: number): Promise<() => void>
}

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
  readonly targets: readonly Target[]
  run(peer: Measured, kem: boolean, meter: Meter): Promise<void>
}

export const DOUBLE: Subject = { peer: BISIK, session: 'x3dh' }
export const TRIPLE: Subject = { peer: BISIK, session: 'triple' }
export const OLD: Subject = { peer: '0.22.0', session: 'x3dh' }
export const MIDDLE: Subject = { peer: '0.72.1', session: 'pqxdh' }
export const NEW: Subject = { peer: BASELINE, session: 'triple' }
