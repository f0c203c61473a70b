/**
 * The Triple Ratchet: one box around the Double Ratchet, the sparse post-quantum ratchet and the cipher; plaintext in, SignalMessage
 * out, and back. Knows nothing of how a session began, which sessions exist or who is trusted; the session layer treats the state in
 * here as opaque.
 *
 * Spec: Double Ratchet, revision 4, "Triple Ratchet"; libsignal wire 4.6; SPQR 8.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { beginEncrypting, type MessageKeySource, openOnce } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError, isBisikError } from '../../errors.js'
import { encodeSignalMessage, type SignalMessage } from '../../wire/signal-message.js'
import type { Opening } from '../checkpoints.js'
import { type EpochKeyChanges, type EpochKeyOptions, type KeyRange, secretsOfChains } from '../spqr/epoch-chains.js'
import { hmacsToPqKey, receiveSpqr, type SpqrStep, sendSpqr } from '../spqr/spqr.js'
import type { SpqrState } from '../spqr/state.js'
import { type DoubleRatchetState, type ReceiveOptions, receiveStep, type SkippedKeyChanges, sendStep } from './double-ratchet.js'

/** State of a session's ratchets. Opaque above `protocol/ratchet/`. */
export interface RatchetState {
  readonly double: DoubleRatchetState
  /** `undefined` in a session without the post-quantum ratchet. */
  readonly pq: SpqrState | undefined
}

/** The two identity keys that the MAC binds, by direction of the message. */
export interface Direction {
  readonly sender: IdentityKey
  readonly receiver: IdentityKey
}

/** How this message is written. The defaults are today's; older releases are imitated by tests and never by the client. */
export interface WriteOptions {
  readonly direction: Direction
  readonly version: 3 | 4
  /** Low nibble of the version byte: 4, or 3 as releases before 0.24 wrote it. */
  readonly writerVersion: 3 | 4
  /** Field 6: the 36-byte binding of both addresses, in first messages between service ids. */
  readonly addresses: Bytes | undefined
  /** Draws 64 or 32 bytes when an epoch of the post-quantum ratchet begins, else nothing. */
  readonly random: RandomSource
}

/** A message and what to commit before it leaves. */
export interface EncryptedMessage {
  readonly state: RatchetState
  /** The SignalMessage with its MAC. */
  readonly message: Bytes
  /** Skipped keys of post-quantum epochs that are over. */
  readonly drop: readonly KeyRange[]
}

/**
 * Encrypts one message and advances the ratchets.
 *
 * Spec: libsignal wire 4.1, 4.4 and 4.6 (order: post-quantum ratchet, chain step, keys, AES-256-CBC, fields, MAC).
 */
export function encryptMessage(state: RatchetState, plaintext: Uint8Array, options: WriteOptions): EncryptedMessage {
  const { direction, version, writerVersion, addresses, random } = options
  const pq = sendSpqr(state.pq, random)
  const step = sendStep(state.double)
  const encrypting = beginEncrypting({ seed: step.seed, pqKey: pq.key, plaintext })
  try {
    const { ciphertext } = encrypting
    const { macInput, finish } = encodeSignalMessage({
      version,
      writerVersion,
      ratchetKey: state.double.sending.keyPair.publicKey,
      counter: step.counter,
      previousCounter: state.double.previousCounter,
      ciphertext,
      pqRatchet: pq.message,
      addresses,
    })
    const message = finish(encrypting.tag([direction.sender, direction.receiver, macInput]))
    return { state: { double: step.state, pq: pq.state }, message, drop: pq.drop }
  } finally {
    encrypting.end()
    pq.key?.wipe()
  }
}

/** A message that opened: what to commit before `plaintext` is shown. */
export interface OpenedMessage {
  /** The same object as before if only a skipped key was used. */
  readonly state: RatchetState
  readonly plaintext: Bytes
  readonly changes: KeptKeyChanges
}

/** What a message wants done to the skipped keys, of both ratchets, which are kept outside the state. */
export interface KeptKeyChanges {
  readonly double: SkippedKeyChanges
  readonly pq: EpochKeyChanges
}

/** What {@link decryptMessage} needs from outside the state. */
export interface OpenRatchetOptions<N> extends ReceiveOptions<N> {
  readonly direction: Direction
  /**
   * Gives what field 6 must equal if it is present: the binding of (their address, our address), or `undefined` if either is not a service
   * id, in which case a present field fails.
   */
  readonly addresses: () => Bytes | undefined
  /** Reads a skipped key of the post-quantum ratchet: `undefined` if it is not kept. */
  readonly pqSkippedKey: EpochKeyOptions<N>['skippedKey']
}

/**
 * Opens one message, changing nothing.
 *
 * Spec: libsignal wire 4.2 to 4.4 and 4.6; SPQR 8.2. The MAC is verified over the bytes received, in constant time, before decryption;
 * both ratchets move only after that.
 *
 * @throws BisikError `authentication-failed`, `duplicate-message`, `too-far-ahead`, `invalid-key`.
 */
export function* decryptMessage<N>(state: RatchetState, message: SignalMessage, options: OpenRatchetOptions<N>): Opening<N, OpenedMessage> {
  // The Double Ratchet speaks first: it may know the message for a duplicate.
  const step = yield* receiveStep(state.double, message, options)
  let pq: SpqrStep | undefined
  let plaintext: Bytes | undefined
  try {
    const { session, checkpoints, pqSkippedKey: skippedKey } = options
    try {
      pq = yield* receiveSpqr(state.pq, message.pqRatchet, { skippedKey, session, checkpoints })
    } catch (error) {
      throw refused(error)
    }
    plaintext = openWith({ source: step.key(), pqKey: pq.key }, message, options)
  } finally {
    if (plaintext === undefined) {
      step.discard()
      pq?.discard()
    }
  }
  const double = step.commit()
  const braid = pq.commit()
  pq.key?.wipe()
  const isSame = double.state === state.double && braid.state === state.pq
  return {
    state: isSame ? state : { double: double.state, pq: braid.state },
    plaintext,
    changes: { double: double.changes, pq: braid.changes },
  }
}

/** @param keys - `source` is wiped once it opened the message. */
function openWith<N>(
  { source, pqKey }: { readonly source: MessageKeySource; readonly pqKey: SpqrStep['key'] },
  message: SignalMessage,
  { direction, addresses }: OpenRatchetOptions<N>,
): Bytes {
  const macInput = [direction.sender, direction.receiver, message.authenticated]
  const plaintext = openOnce({ source, pqKey, ciphertext: message.ciphertext, macInput, tag: message.tag })
  if (message.addresses !== undefined) {
    const expected = addresses()
    if (expected === undefined || !equalBytes(message.addresses, expected)) throw new BisikError('authentication-failed', {})
  }
  source.wipe()
  return plaintext
}

/** Faults of this device and of what it stores: no message can bring them about, so they say nothing to whoever sent one. */
const OWN_FAULTS: ReadonlySet<string> = new Set(['too-far-ahead', 'corrupt-record', 'record-too-new', 'internal'])

/**
 * What the post-quantum ratchet refuses is refused as any forgery is: which part was wrong is nobody's business. What is wrong here is no
 * forgery: an engine without something that the ratchet needs would otherwise look like a peer that cannot be understood.
 */
function refused(cause: unknown): BisikError {
  if (!isBisikError(cause)) return new BisikError('internal', { reason: 'the post-quantum ratchet failed' }, { cause })
  return OWN_FAULTS.has(cause.code) ? cause : new BisikError('authentication-failed', {}, { cause })
}

/** How many HMACs lie between a state and the keys of a message under a new ratchet key, if nothing of the way is known. */
export function hmacsToTurn(state: RatchetState, { counter, pqRatchet }: SignalMessage): number {
  return counter + hmacsToPqKey(state.pq, pqRatchet)
}

/** Wipes every secret of a state, but for those that `except` holds too: a state shares with the one before it what did not change. */
export function wipeRatchet(state: RatchetState, except?: RatchetState): void {
  // There are about ten: a list is searched faster than a set is made.
  const kept = except === undefined ? [] : secretsOf(except)
  for (const secret of secretsOf(state)) if (!kept.includes(secret)) secret.wipe()
}

function secretsOf({ double, pq }: RatchetState): Secret<string>[] {
  const secrets: Secret<string>[] = [double.rootKey, double.sending.chainKey, double.sending.keyPair.privateKey]
  for (const chain of double.receiving) secrets.push(chain.chainKey)
  if (pq === undefined) return secrets
  const { negotiation, chains, braid } = pq
  if (negotiation !== undefined) secrets.push(negotiation.authKey)
  secretsOfChains(chains, secrets)
  secrets.push(braid.auth.root, braid.auth.mac)
  if ('dk' in braid) secrets.push(braid.dk)
  if ('encapsulation' in braid) secrets.push('randomness' in braid.encapsulation ? braid.encapsulation.randomness : braid.encapsulation)
  return secrets
}
