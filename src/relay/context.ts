/** What the parts of a relay share. */
import type { Clock, RandomSource } from '../env.js'
import type { KeyStore } from '../store/key-store.js'
import type { RelayLimits } from './limits.js'

/** Where a relay keeps its records, how much it allows, what time it is, and where its keys come from. */
export interface RelayContext {
  readonly store: KeyStore
  readonly limits: RelayLimits
  readonly clock: Clock
  readonly random: RandomSource
}
