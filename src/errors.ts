/**
 * The one error class of the library and its codes.
 *
 * Codes are stable within a major version, texts are not: branch on `error.code`, not on the text and not on `instanceof` (two copies of the
 * package have two classes). No text holds a user id, a key, a plaintext or another library's text; what a caller may need is in `details`.
 */
import type { Diagnosis, ReceivedSeal } from './diagnosis.js'

export type { Diagnosis, DiagnosisCause, DiagnosisRemedy, ReceivedSeal } from './diagnosis.js'

/** What each code carries in `details`. The comment of each code says what the caller does next. */
export interface ErrorDetails {
  /** The program passed something the function does not take: fix the program. */
  'invalid-argument': { readonly argument: string; readonly expected: string }
  /** The runtime has no `crypto.getRandomValues`: install a polyfill (React Native: `react-native-get-random-values`). */
  'random-unavailable': Record<never, never>
  /** The store holds an account already: `Client.open` it, or use another store. */
  'account-exists': Record<never, never>
  /** The store holds no account: `Client.create` one. */
  'account-not-found': Record<never, never>
  /**
   * No session with this device can be used (there is none, it was not answered for 30 days, or its identity key is no longer believed):
   * fetch a bundle and `startSession`.
   */
  'no-session': { readonly user: string; readonly device: number; readonly diagnosis?: Diagnosis }
  /**
   * No sender key for a group message: ask its sender to send you the distribution again. If the message is older than the key that was
   * handed out, `first` is the number of the first message that it opens: then no request helps; the sender may send the message
   * itself again. For your own `encrypt`: call `distribute`, or `rotate` after 2^32 messages, and send the result to the members.
   */
  'no-sender-key': {
    readonly user: string
    readonly device: number
    readonly distribution: string
    readonly first?: number
    readonly diagnosis?: Diagnosis
  }
  /**
   * A sender key that does not belong to the device that handed it out. `distribution`: it came under this device's own address.
   * `signing-key`: it is the key of `by`, as its chain id says, or this device's own. Drop it: its owner loses nothing by that.
   */
  'sender-key-claimed': {
    readonly claimed: 'distribution' | 'signing-key'
    readonly by: { readonly user: string; readonly device: number }
  }
  /** A message names a prekey that is used up or was never ours: ask the sender to start a new session. */
  'pre-key-not-found': { readonly preKey: 'one-time' | 'signed' | 'kem'; readonly id: number; readonly diagnosis?: Diagnosis }
  /** A first message without one-time key that was used before: it is a replay; drop it. */
  'replayed-base-key': { readonly diagnosis?: Diagnosis }
  /** The last-resort prekey has served 100,000 sessions: rotate it with `rotatePreKeys`, publish, let the sender start again. */
  'pre-key-worn-out': { readonly diagnosis?: Diagnosis }
  /** The bytes are not a message of this kind: drop it. */
  'malformed-message': { readonly reason: string; readonly length?: number }
  /** Larger than the limit in force: drop it, or raise the limit. */
  'message-too-large': { readonly length: number; readonly limit: number }
  /** A protocol version that is too old or too new to be spoken: one of the two sides must update. */
  'unsupported-version': { readonly version: number }
  /** A key of the wrong type, length or value: drop what carried it. */
  'invalid-key': { readonly reason: string; readonly length?: number }
  /** Not from this peer's session, altered, or out of order beyond what the session keeps: drop it, and perhaps ask the sender to send it again. */
  'authentication-failed': { readonly diagnosis?: Diagnosis }
  /** A signature of a bundle, certificate or group message does not hold: do not use it; fetch it again, and suspect the server. */
  'bad-signature': { readonly signed: string }
  /**
   * What a group message says does not fit the commitment on its envelope: the sender may have written two texts that look like one message,
   * or the commitment was altered on its way. Show nothing of it and acknowledge it.
   */
  'frank-mismatch': { readonly what: 'commitment' }
  /** A message further ahead than the limit allows: drop it, and perhaps ask for a new session. */
  'too-far-ahead': { readonly counter: number; readonly expected: number; readonly diagnosis?: Diagnosis }
  /**
   * This message was received before: acknowledge it and go on. If `differs` is there, it was another one with its number that was received:
   * its sender has gone back to an old state, for example from a restored backup, and its user may be told to send again. That is not proven, for the key is
   * gone: it may have been altered on its way. It is told once; a copy that comes while the client is open is a duplicate like any other. If
   * `unread` is there, nobody has read it: its key had to make room for those of later messages, so ask the sender to send it again.
   */
  'duplicate-message': { readonly counter: number; readonly differs?: true; readonly unread?: true; readonly diagnosis?: Diagnosis }
  /**
   * The key of this message was kept as long as the client's limits say, and is deleted. It is no copy: nobody has read it, so say that it
   * is lost, or ask the sender to send it again.
   */
  'message-key-expired': { readonly counter: number; readonly diagnosis?: Diagnosis }
  /** The session would be weaker than this client's policy allows: let the peer update, or allow the kind by its name. */
  'session-kind-refused': { readonly kind: string }
  /** The peer's identity key is not the one known: show the safety number, then `acceptIdentity(peer, presented, level)`. */
  'untrusted-identity': {
    readonly user: string
    readonly device: number
    readonly presented: Uint8Array<ArrayBuffer>
    readonly known: Uint8Array<ArrayBuffer> | undefined
    /**
     * The device by which the user is known: `device` itself if its key changed; another if this is a further device under another key
     * than that one has, this very device if it is one under our own name. `undefined` as `known` is.
     */
    readonly knownDevice: number | undefined
    /** The known key was verified: say so, for then this change means more than a new phone. */
    readonly wasVerified: boolean
  }
  /**
   * The list of this user's devices does not name the device under this key; `listed` is the key that it has for it, if it has one. Get
   * the user's newest list and hand it to `client.devices.accept`: if the device is not on that one either, drop the message.
   */
  'device-not-listed': {
    readonly user: string
    readonly device: number
    readonly presented: Uint8Array<ArrayBuffer>
    readonly listed?: Uint8Array<ArrayBuffer>
  }
  /** No list of devices is held of this user: hand one to `client.devices.accept`; for your own account, `create` one. */
  'no-device-list': { readonly user: string }
  /** A list of devices, a move or a stamp that was not believed, and nothing of it was kept; `refusal` says why: see `ListRefusal`. */
  'device-list-refused': { readonly user: string; readonly refusal: string }
  /**
   * The registration id of this device has more than 14 bits, so a message for many cannot name it: send to this device alone, with `encrypt`
   * or the envelope of the group message. The id may have been altered on its way; a new session brings the right one.
   */
  'registration-id-too-large': { readonly user: string; readonly device: number; readonly registrationId: number }
  /** The sender's certificate has expired: check this device's clock; if that is right, let the sender fetch a new certificate. */
  'certificate-expired': { readonly expiration: number }
  /** No pinned trust root vouches for the sender's certificate: drop the message, and suspect whoever delivered it. */
  'certificate-untrusted': Record<never, never>
  /** A sealed message that this very device sent: drop it. */
  'self-send': Record<never, never>
  /**
   * A session between this device and itself: there is none. For a note to self, send to the user's other devices, or keep it in the app.
   * A message that claims to come from here does not: drop it.
   */
  'self-session': Record<never, never>
  /** Other writers kept winning until the time budget ran out: try again later. */
  'store-contention': { readonly attempts: number; readonly milliseconds: number }
  /** The store failed (see `cause`); whether the write happened is unknown, and nothing was released: try again. */
  'store-failed': { readonly operation: 'read' | 'commit' | 'list' }
  /**
   * The anchor could not be read or raised (see `cause`). Nothing was released: try again. What `persist` wrote is in the store all the same; it
   * may leave when a later message, or a client that was opened anew, has reached the anchor.
   */
  'anchor-failed': { readonly operation: 'read' | 'raise' }
  /**
   * An old copy took the place of the store while the client was open, or another copy of it is in use. Nothing was released: open a new
   * client, which sees to it.
   */
  'store-rolled-back': Record<never, never>
  /**
   * A record of ours does not decode; `record` is its kind, and if it is of one device, `user` and `device` say which. `session`:
   * `startSession` replaces it. `identity`: `acceptIdentity` does, once the user has compared safety numbers. `devices`, the list of a
   * user's: `forget` the user. Skipped keys and prekeys are for messages under way: let the sender send again. `sender key`:
   * `Group.rotate` replaces our own, and its owner replaces another's by handing it out again. `Client.forget` deletes everything of a device.
   */
  'corrupt-record': { readonly record: string; readonly user?: string; readonly device?: number; readonly diagnosis?: Diagnosis }
  /** This key does not open the encrypted store, or it was rotated: ask for the passphrase again, open the store again. */
  'wrong-store-key': Record<never, never>
  /** A newer release wrote this record: update bisik. */
  'record-too-new': { readonly record: string; readonly version: number }
  /** The relay does not know the account or name, or it has nothing to hand out: check the name, try later. */
  'not-found': { readonly what: string }
  /** The relay does not accept the credentials: log in again. */
  unauthorized: Record<never, never>
  /** The name or address belongs to somebody else: choose another. */
  'already-taken': { readonly what: string }
  /** Too many requests: wait `retryAfter` milliseconds. */
  'quota-exceeded': { readonly retryAfter: number }
  /** A bug in bisik: please report it with the steps that led here. */
  internal: { readonly reason: string }
}

/** Every code an error of this library can have. */
export type ErrorCode = keyof ErrorDetails

const MESSAGES: { readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => string } = {
  'invalid-argument': (d) => `invalid argument "${d.argument}": expected ${d.expected}`,
  'random-unavailable': () => 'crypto.getRandomValues is missing; in React Native import "react-native-get-random-values" before bisik',
  'account-exists': () => 'the store holds an account already; use Client.open',
  'account-not-found': () => 'the store holds no account; use Client.create',
  'no-session': () => 'no usable session with this device; fetch its prekey bundle and call startSession',
  'no-sender-key': (d) =>
    d.first === undefined
      ? 'no sender key of this group; ask the sender for the distribution, or call distribute to send'
      : `the sender key of this group began after this message, with message ${d.first}; no key that was handed out opens it`,
  'sender-key-claimed': (d) =>
    `the ${d.claimed === 'distribution' ? 'distribution id' : 'signing key'} of a sender key belongs to another device`,
  'pre-key-not-found': (d) => `${d.preKey} prekey ${d.id} is not here: used up, rotated away or never ours; ask for a new session`,
  'replayed-base-key': () => 'this first message was received before; drop it',
  'pre-key-worn-out': () => 'the last-resort prekey has served its limit of sessions; rotate and publish prekeys',
  'malformed-message': (d) => `malformed message: ${d.reason}${d.length === undefined ? '' : ` (${d.length} bytes)`}`,
  'message-too-large': (d) => `message of ${d.length} bytes exceeds the limit of ${d.limit}`,
  'unsupported-version': (d) => `protocol version ${d.version} is not spoken here; one side must update`,
  'invalid-key': (d) => `invalid key: ${d.reason}${d.length === undefined ? '' : ` (${d.length} bytes)`}`,
  'authentication-failed': () => 'the message belongs to no session with this sender, is for other keys, or was altered; drop it',
  'bad-signature': (d) => `the signature of the ${d.signed} does not hold; drop it`,
  'frank-mismatch': (d) => `the content does not fit the ${d.what} on its envelope; show nothing of it`,
  'too-far-ahead': (d) => `counter ${d.counter} is too far ahead of ${d.expected}; drop it`,
  'duplicate-message': (d) =>
    d.unread === true
      ? `message ${d.counter} is behind the newest whose keys are kept, and was never opened; ask for it again`
      : `${d.differs === undefined ? 'message' : 'another message'} ${d.counter} was received before; acknowledge it`,
  'message-key-expired': (d) => `message ${d.counter} came too late: its key is deleted, and it was never opened; ask for it again`,
  'session-kind-refused': (d) => `a session of kind "${d.kind}" is weaker than the policy allows; name it in "allow" to accept it`,
  'untrusted-identity': (d) => `the identity key ${untrusted(d)}; compare safety numbers, then call acceptIdentity`,
  'device-not-listed': (d) =>
    `the user's list ${d.listed === undefined ? 'does not name this device' : 'names this device under another key'}; get the newest list`,
  'no-device-list': () => 'no list of devices is held of this user; call devices.accept with one, or devices.create for your own account',
  'device-list-refused': (d) => `the list of devices, move or stamp is refused: ${d.refusal}`,
  'registration-id-too-large': (d) => `registration id ${d.registrationId} has more than 14 bits: a message for many cannot name it`,
  'certificate-expired': () => "the sender's certificate has expired; check this device's clock",
  'certificate-untrusted': () => "none of the client's trustRoots vouches for the sender's certificate; drop it",
  'self-send': () => 'this device sealed this message itself; drop it',
  'self-session': () => 'a device has no session with itself; for a note to self, send to your other devices, or keep it in the app',
  'store-contention': (d) => `gave up after ${d.attempts} attempts in ${d.milliseconds} ms: other writers kept winning; try again`,
  'store-failed': (d) => `the store failed to ${d.operation}; nothing was released; see the cause, try again`,
  'anchor-failed': (d) =>
    `the anchor could not be ${d.operation === 'read' ? 'read' : 'raised'}; nothing was released; see the cause, try again`,
  'store-rolled-back': () => 'an old copy took the place of the store, or another copy is in use; open a new client',
  'corrupt-record': (d) => `a stored ${d.record} record does not decode${remedyOfRecord(d.record)}`,
  'wrong-store-key': () => 'this key does not open the store',
  'record-too-new': (d) => `a stored ${d.record} record has version ${d.version}; update bisik`,
  'not-found': (d) => `no such ${d.what}`,
  unauthorized: () => 'the relay does not accept these credentials; log in again',
  'already-taken': (d) => `this ${d.what} is taken`,
  'quota-exceeded': (d) => `too many requests; try again in ${d.retryAfter} ms`,
  internal: (d) => `internal error, please report it: ${d.reason}`,
}

/** The way out by the API, for the records that have one. */
const RECORD_REMEDIES: { readonly [record: string]: string } = {
  session: 'call startSession with a fresh bundle, which replaces it, or endSession',
  identity: 'compare safety numbers and call acceptIdentity, which replaces it, or forget the device',
  archive: 'startSession begins it anew',
  devices: 'forget the user: no further device is believed before that',
  'archived session': 'let the sender send again',
  'skipped keys': 'let the sender send again',
  'one-time prekey': 'let the sender start a new session',
  'signed prekey': 'rotate and publish prekeys',
  'KEM prekey': 'rotate and publish prekeys',
  'sender key': 'call rotate if it is our own, else let its owner distribute again',
}

const remedyOfRecord = (record: string): string => (Object.hasOwn(RECORD_REMEDIES, record) ? `; ${RECORD_REMEDIES[record]}` : '')

function untrusted({ known, device, knownDevice, wasVerified }: ErrorDetails['untrusted-identity']): string {
  if (known === undefined) return 'is not verified'
  if (knownDevice !== device) return `of a further device differs from the ${wasVerified ? 'verified ' : ''}one of the same user`
  return wasVerified ? 'of a verified contact changed' : 'differs from the one known'
}

/**
 * An error of one `Code`. {@link BisikError} is the union over all codes, so that `switch (error.code)` narrows `details`.
 * It inherits from `Error`, but `Error` does not make it: of what it makes, `structuredClone` and `postMessage` take the text alone, and
 * they fail for a `cause` that cannot be cloned. Of this they take name, code, text and details; stack and cause stay here.
 */
class CodedError<Code extends ErrorCode = ErrorCode> implements Error {
  readonly name = 'BisikError'
  readonly code: Code
  readonly message: string
  /** What the code carries; and what the seal said, if the message came sealed by a valid certificate. */
  readonly details: ErrorDetails[Code] & { readonly seal?: ReceivedSeal }
  declare readonly stack?: string
  declare readonly cause?: unknown

  constructor(code: Code, details: ErrorDetails[Code], options?: { readonly cause?: unknown }) {
    this.code = code
    this.message = MESSAGES[code](details)
    this.details = details
    const { captureStackTrace } = Error as { readonly captureStackTrace?: (target: object, above: unknown) => void }
    if (captureStackTrace === undefined) Object.defineProperty(this, 'stack', hidden(new Error(this.message).stack))
    else captureStackTrace(this, CodedError)
    if (options !== undefined && 'cause' in options) Object.defineProperty(this, 'cause', hidden(options.cause))
  }

  get [Symbol.toStringTag](): string {
    return 'Error'
  }
}
Object.setPrototypeOf(CodedError.prototype, Error.prototype)

/** A property as `Error` makes them: neither cloned nor turned into JSON. */
const hidden = (value: unknown): PropertyDescriptor => ({ value, writable: true, configurable: true })

/** The error that every function of this library throws. */
export type BisikError = { [Code in ErrorCode]: CodedError<Code> }[ErrorCode]
/** Throws come from here: `new BisikError(code, details)`. */
export const BisikError: {
  new <Code extends ErrorCode>(code: Code, details: ErrorDetails[Code], options?: { readonly cause?: unknown }): CodedError<Code>
} & {
  readonly prototype: CodedError
} = CodedError

/** Whether `value` is an error of this library, also one of another copy of it, or a clone that came from a worker or a tab; optionally of one code. */
export function isBisikError<Code extends ErrorCode = ErrorCode>(
  value: unknown,
  code?: Code,
): value is { [C in Code]: CodedError<C> }[Code] {
  try {
    const error = (value ?? {}) as Partial<CodedError>
    return error.name === 'BisikError' && typeof error.code === 'string' && (code === undefined || error.code === code)
  } catch {
    // A proxy, or a getter that fails: whatever it is, it is no error of ours.
    return false
  }
}
