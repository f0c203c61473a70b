/**
 * The Triple Ratchet: one box around the Double Ratchet, the sparse post-quantum ratchet and the cipher; plaintext in, SignalMessage
 * out, and back. Knows nothing of how a session began, which sessions exist or who is trusted; the session layer treats the state in
 * here as opaque.
 *
 * Spec: Double Ratchet, revision 4, "Triple Ratchet"; libsignal wire 4.6; SPQR 8.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { openOnce, sealOnce } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError, isBisikError } from '../../errors.js'
import { encodeSignalMessage, type SignalMessage } from '../../wire/signal-message.js'
import { type EpochKeyChanges, type EpochKeyNeed, type EpochKeyOptions, type KeyRange, secretsOfChains } from '../spqr/epoch-chains.js'
import { hmacsToPqKey, receiveSpqr, type SpqrStep, sendSpqr } from '../spqr/spqr.js'
import type { SpqrState } from '../spqr/state.js'
import {
  type DoubleRatchetState,
  type RatchetNeed,
  type ReceiveOptions,
  receiveStep,
  type SkippedKeyChanges,
  sendStep,
} from './double-ratchet.js'

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
  readonly version: 3 | 4
  /** Low nibble of the version byte: 4, or 3 as releases before 0.24 wrote it. */
  readonly writerVersion: 3 | 4
  /** Field 6: the 36-byte binding of both addresses, in first messages between service ids. */
  readonly addresses: Bytes | undefined
}

/** A message and what to commit before it leaves. */
export interface EncryptedMessage {
  readonly state: RatchetState
  /** The SignalMessage with its MAC. */
  readonly message: Bytes
  /** Kept keys of post-quantum epochs that are over. */
  readonly drop: readonly KeyRange[]
}

/**
 * Encrypts one message and advances the ratchets.
 *
 * Spec: libsignal wire 4.1, 4.4 and 4.6 (order: post-quantum ratchet, chain step, keys, AES-256-CBC, fields, MAC).
 *
 * @param random - draws 64 or 32 bytes when an epoch of the post-quantum ratchet begins, else nothing.
 */
export function encryptMessage(
  state: RatchetState,
  plaintext: Uint8Array,
  direction: Direction,
  write: WriteOptions,
  random: RandomSource,
): EncryptedMessage {
  const pq = sendSpqr(state.pq, random)
  const step = sendStep(state.double)
  let finish: ((tag: Uint8Array) => Bytes) | undefined
  const { tag } = sealOnce({
    seed: step.seed,
    pqKey: pq.key,
    plaintext,
    macInput: (ciphertext) => {
      const encoded = encodeSignalMessage({
        version: write.version,
        writerVersion: write.writerVersion,
        ratchetKey: state.double.sending.keyPair.publicKey,
        counter: step.counter,
        previousCounter: state.double.previousCounter,
        ciphertext,
        pqRatchet: pq.message,
        addresses: write.addresses,
      })
      finish = encoded.finish
      return [direction.sender, direction.receiver, encoded.macInput]
    },
  })
  pq.key?.wipe()
  if (finish === undefined) throw new BisikError('internal', { reason: 'the message was not encoded' })
  return { state: { double: step.state, pq: pq.state }, message: finish(tag), drop: pq.drop }
}

/** A message that opened: what to commit before `plaintext` is shown. */
export interface OpenedMessage {
  /** The same object as before if only a kept key was used. */
  readonly state: RatchetState
  readonly plaintext: Bytes
  readonly changes: KeptKeyChanges
}

/** What a message wants done to the keys that are kept outside the state, of both ratchets. */
export interface KeptKeyChanges {
  readonly double: SkippedKeyChanges
  readonly pq: EpochKeyChanges
}

/** What {@link decryptMessage} needs from outside the state. */
export interface OpenRatchetOptions extends ReceiveOptions {
  readonly pq: Pick<EpochKeyOptions, 'skippedKey' | 'walk'>
}

/** What must be fetched or computed before a message can be opened. */
export type OpenRatchetNeed = RatchetNeed | EpochKeyNeed

/**
 * Opens one message, changing nothing.
 *
 * Spec: libsignal wire 4.2 to 4.4 and 4.6; SPQR 8.2. The MAC is verified over the bytes received, in constant time, before decryption;
 * both ratchets move only after that.
 *
 * @param addresses - gives what field 6 must equal if it is present: the binding of (their address, our address), or `undefined` if
 *        either is not a service id, in which case a present field fails.
 * @returns the opened message, or all that must be fetched or computed first.
 * @throws BisikError `authentication-failed`, `duplicate-message`, `too-far-ahead`, `invalid-key`.
 */
export function decryptMessage(
  state: RatchetState,
  message: SignalMessage,
  direction: Direction,
  addresses: () => Bytes | undefined,
  options: OpenRatchetOptions,
): OpenedMessage | readonly OpenRatchetNeed[] {
  const step = receiveStep(state.double, message, options)
  const discard = () => 'need' in step || step.discard()
  let pq: SpqrStep | EpochKeyNeed
  try {
    const { skippedKey, walk } = options.pq
    pq = receiveSpqr(state.pq, message.pqRatchet, { skippedKey, walk, budget: options.budget })
  } catch (error) {
    // The Double Ratchet speaks first: it may know the message for a duplicate.
    if ('need' in step) return [step]
    discard()
    throw refused(error)
  }
  if ('need' in step || 'need' in pq) {
    discard()
    if (!('need' in pq)) pq.discard()
    return [step, pq].filter((outcome) => 'need' in outcome)
  }
  // Only now, when nothing is missing any more: what a long jump derives is not derived in vain.
  const source = step.key()
  let plaintext: Bytes
  try {
    plaintext = openOnce({
      source,
      pqKey: pq.key,
      ciphertext: message.ciphertext,
      macInput: [direction.sender, direction.receiver, message.authenticated],
      tag: message.tag,
    })
    if (message.addresses !== undefined) {
      const expected = addresses()
      if (expected === undefined || !equalBytes(message.addresses, expected)) throw new BisikError('authentication-failed', {})
    }
  } catch (error) {
    step.discard()
    pq.discard()
    throw error
  }
  const double = step.commit()
  const braid = pq.commit()
  source.wipe()
  pq.key?.wipe()
  const isSame = double.state === state.double && braid.state === state.pq
  return {
    state: isSame ? state : { double: double.state, pq: braid.state },
    plaintext,
    changes: { double: double.changes, pq: braid.changes },
  }
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
