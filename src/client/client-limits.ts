/**
 * How much a client makes, keeps and works for others, each with its unit and its reason: what an app may change. Knows no operation.
 * What two peers must agree on is no option: see `protocol/limits.ts`.
 */

import { limitsArgument } from '../arguments.js'
import { BisikError } from '../errors.js'
import { DEFAULT_ENVELOPE_LENGTH, ENVELOPE_OVERHEAD, MAX_ENVELOPE_LENGTH } from '../wire/limits.js'

/** The limits of a client. */
export interface ClientLimits {
  /**
   * Bytes of one envelope, default 262,144: what a relay takes unless it is told otherwise (`RelayLimits.envelopeLength`; set both). A
   * plaintext may have 12,288 less. From 12,288 to 1,052,672.
   */
  readonly envelopeLength: number
}

/** The limits in force where the options of a client name no others. */
const CLIENT_LIMITS: ClientLimits = { envelopeLength: DEFAULT_ENVELOPE_LENGTH }

/** Checks limits that a caller may leave out. @throws BisikError `invalid-argument`. */
export function clientLimits(given: Partial<ClientLimits> | undefined): ClientLimits {
  const limits = limitsArgument(given, CLIENT_LIMITS)
  if (limits.envelopeLength < ENVELOPE_OVERHEAD || limits.envelopeLength > MAX_ENVELOPE_LENGTH) {
    const expected = `a whole number from ${ENVELOPE_OVERHEAD} to ${MAX_ENVELOPE_LENGTH}`
    throw new BisikError('invalid-argument', { argument: 'limits.envelopeLength', expected })
  }
  return limits
}
