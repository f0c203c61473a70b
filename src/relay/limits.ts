/**
 * How much one account may ask of a relay and how much a relay keeps for it, each limit with its reason.
 */

import { DEFAULT_ENVELOPE_LENGTH } from '../wire/limits.js'

/** The limits of a relay. What {@link RELAY_LIMITS} says is the default. */
export interface RelayLimits {
  /** Bundles that one user may fetch of one device in a window. Each takes a one-time prekey: more is a drain, not a conversation. */
  readonly bundlesPerTarget: number
  /**
   * Look-ups of names, bundles and unknown recipients that one user may make in a window, all targets together, found or not. Wide
   * enough to write to a group of the largest size at once, too narrow to enumerate a directory.
   */
  readonly lookUps: number
  /** Milliseconds of the sliding window over which look-ups are counted. */
  readonly lookUpWindow: number
  /** One-time prekeys of each kind kept for a device. A KEM prekey takes 1.6 KB, so this bounds a device's share of the disk. */
  readonly oneTimePreKeys: number
  /**
   * Bytes of one envelope, from 0 to 1,052,672. Room for any text and the first message of a session; attachments travel elsewhere. The
   * default is that of clients: an app that changes it sets `ClientLimits.envelopeLength` too.
   */
  readonly envelopeLength: number
  /** Envelopes waiting for one device: some weeks of a busy conversation. */
  readonly mailboxMessages: number
  /** Bytes of all envelopes waiting for one device. */
  readonly mailboxBytes: number
  /** Milliseconds after which a sender refused by a full mailbox should try again. Nobody can know when its owner comes back. */
  readonly fullMailboxRetry: number
  /**
   * Messages without a sender that one user gets in a window; they fill half of a mailbox at most. Whoever has the access key can
   * use this up, and a new key puts an end to it.
   */
  readonly sealedMessages: number
  /** Devices that one message for many may be for, excluded users included. Bounds the work before anybody is admitted. */
  readonly recipients: number
  /** Bytes that one message for many may become when it is split. */
  readonly fanOut: number
  /** Bytes of the value in a slot: room for the largest entry of a group's roster, sealed. */
  readonly slotLength: number
  /** Slots that one user may fill in a window: changes of all groups together. A slot that was taken costs nothing. */
  readonly claims: number
  /** Bytes that one user may put into slots in a window: each stays for {@link RelayLimits.slotAge}. Room for a group of 10,000. */
  readonly claimBytes: number
  /** Milliseconds of the window in which claims are counted. */
  readonly claimWindow: number
  /** Milliseconds after which a slot keeps only the hash of its value. It is never free again: two who were away would differ for ever. */
  readonly slotAge: number
  /** Milliseconds that a sender certificate is valid. For as long, an account that changes its identity key is believed under the old one too. */
  readonly certificateLifetime: number
  /** Envelopes in one answer of `messages`. */
  readonly page: number
  /** Bytes of all envelopes in one answer of `messages`; the first comes whatever its length. Bounds the memory of an answer. */
  readonly pageBytes: number
}

/** The limits in force where the options of a relay name no others. */
export const RELAY_LIMITS: RelayLimits = {
  bundlesPerTarget: 10,
  lookUps: 1_000,
  lookUpWindow: 3_600_000,
  oneTimePreKeys: 1_000,
  envelopeLength: DEFAULT_ENVELOPE_LENGTH,
  mailboxMessages: 10_000,
  mailboxBytes: 67_108_864,
  fullMailboxRetry: 10_000,
  sealedMessages: 10_000,
  recipients: 5_000,
  fanOut: 268_435_456,
  slotLength: 135_168,
  claims: 1_500,
  claimBytes: 4_194_304,
  claimWindow: 86_400_000,
  slotAge: 7_776_000_000,
  certificateLifetime: 86_400_000,
  page: 100,
  pageBytes: 1_048_576,
}
