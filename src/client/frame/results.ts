/**
 * What the client's operations return, and what travels with a result because a caller should know it and need not branch on it. Does
 * nothing.
 */

import type { Bytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import type { EpochMillis } from '../../env.js'
import type { BisikError, ReceivedSeal } from '../../errors.js'
import { epochOf, kindOf, type SessionKind, type SessionState } from '../../protocol/session/session.js'
import type { Part } from '../../store/transaction.js'
import type { DeviceAddress } from '../../wire/address.js'
import type { DecryptionErrorMessage } from '../../wire/decryption-error-message.js'
import type { Envelope } from '../../wire/envelope.js'

/** What protects a conversation, for the app to show. */
export interface SessionSummary {
  readonly kind: SessionKind
  /** Post-quantum exchanges mixed in since the handshake, which counts none; always 0 without the post-quantum ratchet. */
  readonly epoch: number
  /** Whether a one-time prekey took part: if not, forward secrecy of the first messages waits for the peer's next rotation. */
  readonly usedOneTimePreKey: boolean
}

/** The current session with a device. */
export interface SessionStatus extends SessionSummary {
  /**
   * Whether it may send now: not when it has been unanswered for 30 days, when another identity key than its own is believed, or when its
   * kind is not allowed. The `encrypt` that is tried all the same says which, and what to do.
   */
  readonly maySend: boolean
}

/** Something that happened with an operation, reported after its commit. */
export type Notice =
  /** The user was seen for the first time, on this device, and believed. A further device under a known key is not told of. */
  | { readonly kind: 'identity-new' }
  /** The peer began this session. */
  | { readonly kind: 'session-started'; readonly session: SessionSummary }
  /** Another session than before is used from now on. */
  | { readonly kind: 'session-switched'; readonly from: SessionSummary; readonly to: SessionSummary }
  /** The session began without a one-time prekey: publish more. */
  | { readonly kind: 'no-one-time-key' }
  /** Of what was kept to be sent again, so many contents are damaged in the store: they cannot come again. */
  | { readonly kind: 'contents-damaged'; readonly count: number }
  /**
   * There was no room for all keys that were kept for late messages of the device's old sessions: so many, at most, went, of the oldest.
   * Messages that still come for them do not open.
   */
  | { readonly kind: 'kept-keys-dropped'; readonly count: number }
  /** Few one-time prekeys came after the one just used: `generatePreKeys` and publish. */
  | { readonly kind: 'pre-keys-low'; readonly remaining: number }
  /** A damaged record of the device was dropped, and with it what only it could open. */
  | { readonly kind: 'record-dropped'; readonly record: DroppedRecord }
  /** The last-resort prekey has begun 50,000 sessions or more, and may begin 100,000: `rotatePreKeys` and publish. */
  | { readonly kind: 'last-resort-worn'; readonly uses: number }

/** Kinds of records that can be dropped when they are damaged: what was under way for them must come again. */
export type DroppedRecord = 'session' | 'archive' | 'archived session' | 'skipped keys'

/** A record that could not be read. What can be done without was deleted; the rest is left as it is. */
export interface DamagedRecord {
  /** Its kind, as in `corrupt-record`. */
  readonly record: string
  /** The device that it belongs to; `undefined`: it is one of this device's prekeys, and `rotatePreKeys` replaces it. */
  readonly peer: DeviceAddress | undefined
}

/** What `Client.upkeep` came upon. */
export interface UpkeepReport {
  /** Nothing else was held up by them. */
  readonly damaged: readonly DamagedRecord[]
}

/** A message of a session that was opened. */
export interface ReceivedMessage {
  readonly kind: 'message'
  /** The look-up name under which the session is kept: believe `identity`. */
  readonly sender: DeviceAddress
  /** The identity key that authenticated the message. */
  readonly identity: IdentityKey
  readonly plaintext: Bytes
  /** Whether it came sealed: then a valid certificate vouched for `sender`, and nobody else was told of it. */
  readonly sealed: boolean
  /** What the seal said, if it came sealed. */
  readonly seal: ReceivedSeal | undefined
  readonly session: SessionSummary
  readonly notices: readonly Notice[]
}

/** A group message that was opened. */
export interface ReceivedGroupMessage {
  readonly kind: 'group-message'
  /** The device to which the distribution id is bound: believe `identity`. */
  readonly sender: DeviceAddress
  /** The identity key whose session delivered the sender key that authenticated the message. */
  readonly identity: IdentityKey
  readonly plaintext: Bytes
  /** Which of the sender's keys the message is of: a UUID. Which group that stands for is the app's to know. */
  readonly distribution: string
  /** Whether no other text can have come in the same envelope, to whomever: the sender committed to this one. */
  readonly committed: boolean
  /** As in {@link ReceivedMessage}. */
  readonly sealed: boolean
  /** As in {@link ReceivedMessage}. */
  readonly seal: ReceivedSeal | undefined
  readonly notices: readonly Notice[]
}

/** A device that a message for many does not reach. */
export interface FailedRecipient {
  readonly address: DeviceAddress
  /** `no-session`, `untrusted-identity`, `registration-id-too-large`, `invalid-argument`, `corrupt-record`: the code says what to do. */
  readonly error: BisikError
}

/**
 * A message for many, for the relay to split; and beside the bytes, as `failed`, whom it does not reach. Copies of the bytes do not have that:
 * look at it first.
 */
export type SealedForMany = Bytes & {
  readonly failed: readonly FailedRecipient[]
  /** Of a group message that commits: the relay puts it on each envelope, see `Relay.sendToMany`. */
  readonly commitment: Bytes | undefined
}

/** What answers a request to send again. See `Client.answerRetry`. */
export interface RetryAnswer {
  /** To be sent to the device that asked, in order; none if there is nothing to answer. */
  readonly envelopes: readonly Envelope[]
  readonly notices: readonly Notice[]
}

/** A request to send a message again that did not open there. See `Client.answerRetry`. */
export interface ReceivedRetryRequest {
  readonly kind: 'retry-request'
  readonly sender: DeviceAddress
  /** The identity key that authenticated the request, by its seal or its session; of a bare one nothing is known. */
  readonly identity: IdentityKey | undefined
  readonly request: DecryptionErrorMessage
  /** The distribution id whose sender key is asked for, if that is it: hand it out again, to members only. */
  readonly senderKeyWanted: string | undefined
  /** The content that the request came in; nothing for a user to read. */
  readonly plaintext: Bytes
  readonly sealed: boolean
  /** As in {@link ReceivedMessage}. */
  readonly seal: ReceivedSeal | undefined
  readonly notices: readonly Notice[]
}

/** What became of the sender key in a content. */
export interface TakenSenderKey {
  /** The distribution id of the sender key that came with it; from now on, the sender's group messages open here. */
  readonly senderKey: string | undefined
  /** Why the sender key that came with it was refused; nothing of that key is kept, and the rest of the content stands. */
  readonly senderKeyError: BisikError | undefined
}

/** A content that was opened. */
export interface ReceivedContent extends TakenSenderKey {
  readonly kind: 'content'
  /** As in {@link ReceivedMessage}. */
  readonly sender: DeviceAddress
  /** As in {@link ReceivedMessage}. */
  readonly identity: IdentityKey
  /** The application's bytes, if there are any. */
  readonly application: Bytes | undefined
  /** When it was sent, by the sender's clock, which may be wrong; no name, for two contents may have the same. */
  readonly sentAt: EpochMillis | undefined
  /** Whether it was sent again, on request. */
  readonly again: boolean
  /**
   * Whether it may have been shown before: it is new, or a copy so late that the name of the first has been forgotten. Show it, and say so
   * or look for it among what was shown. (What is known to have been shown is `repeated`.)
   */
  readonly maybeRepeated: boolean
  /** The sender's access key. */
  readonly accessKey: Bytes | undefined
  /** The distribution id, if it came to a group. */
  readonly distribution: string | undefined
  /** Of a group message: as in {@link ReceivedGroupMessage}. A message between two devices is for one reader. */
  readonly committed: boolean
  readonly sealed: boolean
  /** As in {@link ReceivedMessage}. */
  readonly seal: ReceivedSeal | undefined
  readonly notices: readonly Notice[]
}

/** A content that was opened before: there is nothing to show. */
export interface RepeatedContent {
  readonly kind: 'repeated'
  readonly sender: DeviceAddress
  readonly notices: readonly Notice[]
}

/** A content that did not open, and may be had again. */
export interface UnreadableContent {
  readonly kind: 'unreadable'
  readonly sender: DeviceAddress
  /** Why; its details hold the diagnosis. */
  readonly error: BisikError
  /** Send it to `sender`. None if one went out within the hour, or if nobody is known here by that address (but see `askStrangers`). */
  readonly request: Envelope | undefined
  /** As in {@link ReceivedMessage}: its hint says what the user should see. */
  readonly seal: ReceivedSeal | undefined
}

/** What `Client.decryptContent` makes of an envelope. */
export type Incoming = ReceivedContent | RepeatedContent | ReceivedRetryRequest | UnreadableContent

/** A message that was opened. */
export type Received = ReceivedMessage | ReceivedGroupMessage | ReceivedRetryRequest

/** A session that was started here. */
export interface Started {
  readonly session: SessionSummary
  readonly notices: readonly Notice[]
}

/**
 * Records of the app that join an operation's commit: name and value; `null` deletes. The name `outbox/1` is the record
 * `recordKey('app', 'outbox', 1)` of `bisik/store`, which is `app/outbox/1`: read it with `store.read`.
 */
export type AppRecords = ReadonlyMap<string, Uint8Array | null>

/** Reads records of the app within an operation, by the names that {@link AppRecords} have: `const [last] = yield* tx.read('last')`. */
export interface AppReader {
  /** @returns copies of the values in the order of `names`, `undefined` for a record that is not there. */
  read<const Names extends readonly string[]>(...names: Names): Part<{ -readonly [Place in keyof Names]: Uint8Array | undefined }>
}

/**
 * Says what the app wants written in the commit of an operation: a function that returns at once, or, to join what it has already, a generator
 * that reads first. It may run several times, so it changes nothing outside itself.
 */
export type Persist<Output> = (output: Output, tx: AppReader) => AppRecords | Part<AppRecords>

/** What the app may know of a session. */
export function describeSession(session: SessionState): SessionSummary {
  return { kind: kindOf(session), epoch: epochOf(session), usedOneTimePreKey: session.usedOneTimePreKey }
}

/** An envelope, and the device that it is for. */
export interface AddressedEnvelope {
  readonly to: DeviceAddress
  readonly envelope: Envelope
}

/** A device that gets nothing, and why: the error's code says what to do. */
export interface NotReached {
  readonly address: DeviceAddress
  readonly error: BisikError
}

/** What `Client.encryptToUser` made. */
export interface SentToUser {
  /** Hand them to the relay together. */
  readonly envelopes: readonly AddressedEnvelope[]
  readonly notReached: readonly NotReached[]
  /** Devices that the relay said are missing, and no list names: they get nothing. */
  readonly ignored: readonly DeviceAddress[]
}

/** How the relay's devices of a user differ from those that were sent to, as it says before it stores anything. */
export interface DeviceDifferences {
  /** At the relay, and not sent to. One that the user's list does not name gets nothing all the same. */
  readonly missing?: readonly DeviceAddress[]
  /** Sent to, and not at the relay. */
  readonly extra?: readonly DeviceAddress[]
  /** Of another registration id than that of the session: a new session is begun. */
  readonly stale?: readonly DeviceAddress[]
}
