/**
 * What the operations of one client share. Everything that changes is in the store; the memos are only shortcuts.
 */

import type { Cache } from '../../caches.js'
import type { Clock, RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import type { TrustPolicy } from '../../protocol/identity/trust.js'
import type { VouchedMemo } from '../../protocol/sealed/certificates.js'
import type { AgreementMemo } from '../../protocol/sealed/memos.js'
import type { WriterProfile } from '../../protocol/session/messages.js'
import type { SessionKind } from '../../protocol/session/session.js'
import type { PqRatchetMode } from '../../protocol/session/start.js'
import type { Account } from '../../records/account-record.js'
import type { KeyStore } from '../../store/key-store.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Guard } from './anchor.js'
import type { ClientLimits } from './limits.js'
import type { CheckpointMemory } from './long-jumps.js'
import type { RememberedSession } from './session-cache.js'
import type { Told } from './told.js'

/** The parts of the account that never change. */
export type Self = Pick<Account, 'identity' | 'registrationId'> & { readonly address: CanonicalAddress }

/** What an operation works with. */
export interface Context {
  readonly store: KeyStore
  readonly self: Self
  readonly random: RandomSource
  readonly clock: Clock
  readonly trustPolicy: TrustPolicy
  readonly allow: Allowance
  readonly limits: ClientLimits
  readonly sessions: Cache<RememberedSession>
  readonly checkpoints: CheckpointMemory
  readonly told: Told
  /** Keeps old copies of the store from sending; there is one if the app has an anchor. */
  readonly guard: Guard | undefined
  readonly vouched: VouchedMemo
  readonly agreements: AgreementMemo
  /** How another release behaves; only tests that imitate one set it. */
  readonly profile?: WriterProfile & { readonly pqRatchet: PqRatchetMode }
}

/** Which kinds of session an operation accepts. */
export interface Allowance {
  readonly kinds: ReadonlySet<SessionKind>
  /** The caller said so for this operation: then a weaker session may take the place of a stronger one. */
  readonly explicit: boolean
}

const contexts = new WeakMap<object, Context>()

/** Lets modules outside the facade, which an app may not need and so need not load, work for a client. */
export function registerContext(client: object, context: Context): void {
  contexts.set(client, context)
}

/** What a client works with. @throws BisikError `invalid-argument` if this is no client. */
export function contextOf(client: object): Context {
  const context = contexts.get(client)
  if (context === undefined) throw new BisikError('invalid-argument', { argument: 'client', expected: 'a Client' })
  return context
}
