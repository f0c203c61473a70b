/**
 * How much a client makes, keeps and works for others, each with its unit and its reason: what an app may change. Knows no operation.
 * What two peers must agree on is no option: see `protocol/limits.ts`.
 */

import { limitsArgument } from '../../arguments.js'
import { BisikError } from '../../errors.js'
import { DEFAULT_ENVELOPE_LENGTH, ENVELOPE_OVERHEAD, MAX_ENVELOPE_LENGTH } from '../../wire/limits.js'

const DAY = 24 * 60 * 60 * 1000

/** The limits of a client. */
export interface ClientLimits {
  /**
   * Bytes of one envelope, default 262,144: what a relay takes unless it is told otherwise (`RelayLimits.envelopeLength`; set both). A
   * plaintext may have 12,288 less. From 12,288 to 1,052,672.
   */
  readonly envelopeLength: number
  /** Distribution ids under which one device may hand out sender keys, default 256, at least 1: then the one that was idle longest goes. */
  readonly senderKeysPerDevice: number
  /**
   * Keys kept for late group messages of one device, under all its distribution ids, default 2,000, about 45 bytes each: the oldest go. Of
   * one chain never more than 2,000 are kept.
   */
  readonly keptGroupKeysPerDevice: number
  /**
   * Milliseconds for which a key is kept for a late group message, default 30 days; then `Client.rotatePreKeys` deletes it, together with the
   * others of its 16 messages, once the last of them is over and two calls, an hour apart, have found that so.
   */
  readonly keptGroupKeyAge: number
  /**
   * Keys kept for late messages on the archived sessions of one device, default 72,000, about 45 bytes each: then those of the session that
   * was archived first go. What the current session may keep is at most 20,000.
   */
  readonly keptKeysPerDevice: number
  /** Milliseconds for which a key is kept for a late message, default 30 days; as {@link keptGroupKeyAge}. */
  readonly keptKeyAge: number
  /**
   * Devices that wrote here and were never answered, default 10,000, about 2 kB each: then all that is kept of the one that has waited longest
   * goes. A device is answered when this client starts a session with it or sends something to it, or when its identity key is accepted or
   * verified; then it never goes by this. The same holds for the next two.
   */
  readonly unansweredDevices: number
  /** Keys kept for late messages of all unanswered devices together, default 500,000: then those of the one that has waited longest go. */
  readonly unansweredKeptKeys: number
  /**
   * Milliseconds from the last session that an unanswered device began, or from the day of its last group message that opened here, default 60
   * days; then upkeep deletes it, once it has looked twice, an hour apart.
   */
  readonly unansweredAge: number
}

/** The limits in force where the options of a client name no others. */
const CLIENT_LIMITS: ClientLimits = {
  envelopeLength: DEFAULT_ENVELOPE_LENGTH,
  senderKeysPerDevice: 256,
  keptGroupKeysPerDevice: 2_000,
  keptGroupKeyAge: 30 * DAY,
  keptKeysPerDevice: 72_000,
  keptKeyAge: 30 * DAY,
  unansweredDevices: 10_000,
  unansweredKeptKeys: 500_000,
  unansweredAge: 60 * DAY,
}

/** Checks limits that a caller may leave out. @throws BisikError `invalid-argument`. */
export function clientLimits(given: Partial<ClientLimits> | undefined): ClientLimits {
  const limits = limitsArgument(given, CLIENT_LIMITS)
  if (limits.envelopeLength < ENVELOPE_OVERHEAD || limits.envelopeLength > MAX_ENVELOPE_LENGTH) {
    const expected = `a whole number from ${ENVELOPE_OVERHEAD} to ${MAX_ENVELOPE_LENGTH}`
    throw new BisikError('invalid-argument', { argument: 'limits.envelopeLength', expected })
  }
  if (limits.senderKeysPerDevice < 1) {
    throw new BisikError('invalid-argument', { argument: 'limits.senderKeysPerDevice', expected: 'a whole number from 1 on' })
  }
  return limits
}
