/**
 * What the operations of one client share. Everything that changes is in the store; the memo of walks is only a shortcut.
 */
import type { Clock, RandomSource } from '../env.js'
import type { SessionKind, WriterProfile } from '../protocol/session.js'
import type { TrustPolicy } from '../protocol/trust.js'
import type { Account } from '../records/account-record.js'
import type { KeyStore } from '../store/key-store.js'
import type { WalkMemo } from './walks.js'

/** The parts of the account that never change. */
export type Self = Pick<Account, 'address' | 'identity' | 'registrationId'>

/** What an operation works with. */
export interface Context {
  readonly store: KeyStore
  readonly self: Self
  readonly random: RandomSource
  readonly clock: Clock
  readonly trustPolicy: TrustPolicy
  readonly allow: ReadonlySet<SessionKind>
  readonly walks: WalkMemo
  /** How messages are written; only tests that imitate older releases set it. */
  readonly profile?: WriterProfile
}
