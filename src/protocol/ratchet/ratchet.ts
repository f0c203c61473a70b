/**
 * One box around the ratchets, the message keys and the cipher: plaintext in, SignalMessage out, and back. Knows nothing of how a
 * session began, which sessions exist or who is trusted; the session layer treats the state in here as opaque.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import { openOnce, sealOnce } from '../../crypto/aead.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { encodeSignalMessage, type SignalMessage } from '../../wire/signal-message.js'
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
  readonly writerVersion?: 3 | 4
  /** Field 6: the 36-byte binding of both addresses, in first messages between service ids. */
  readonly addresses?: Bytes | undefined
}

/**
 * Encrypts one message and advances the ratchet.
 *
 * Spec: libsignal wire, 4.1, 4.4 and 4.6 (order: ratchet step, keys, AES-256-CBC, fields, MAC).
 *
 * @returns the state to commit before `message` leaves, and the SignalMessage bytes with their MAC.
 */
export function encryptMessage(
  state: RatchetState,
  plaintext: Uint8Array,
  direction: Direction,
  write: WriteOptions,
): { readonly state: RatchetState; readonly message: Bytes } {
  const step = sendStep(state.double)
  let finish: ((tag: Uint8Array) => Bytes) | undefined
  const { tag } = sealOnce({
    seed: step.seed,
    plaintext,
    macInput: (ciphertext) => {
      const encoded = encodeSignalMessage({
        version: write.version,
        ...(write.writerVersion === undefined ? {} : { writerVersion: write.writerVersion }),
        ratchetKey: state.double.sending.keyPair.publicKey,
        counter: step.counter,
        previousCounter: state.double.previousCounter,
        ciphertext,
        ...(write.addresses === undefined ? {} : { addresses: write.addresses }),
      })
      finish = encoded.finish
      return [direction.sender, direction.receiver, encoded.macInput]
    },
  })
  if (finish === undefined) throw new BisikError('internal', { reason: 'the message was not encoded' })
  return { state: { double: step.state }, message: finish(tag) }
}

/** A message that opened: the state and skipped-key changes to commit before `plaintext` is shown. */
export interface OpenedMessage {
  readonly state: RatchetState
  readonly plaintext: Bytes
  readonly changes: SkippedKeyChanges
}

/**
 * Opens one message, changing nothing.
 *
 * Spec: libsignal wire, 4.2 to 4.4 and 4.6; the MAC is verified over the bytes received, in constant time, before decryption.
 *
 * @param addresses - gives what field 6 must equal if it is present: the binding of (their address, our address), or `undefined` if
 *        either is not a service id, in which case a present field fails.
 * @returns the opened message, or what must be fetched or computed first.
 * @throws BisikError `authentication-failed`, `duplicate-message`, `too-far-ahead`, `invalid-key`.
 */
export function decryptMessage(
  state: RatchetState,
  message: SignalMessage,
  direction: Direction,
  addresses: () => Bytes | undefined,
  options: ReceiveOptions,
): OpenedMessage | RatchetNeed {
  const step = receiveStep(state.double, message, options)
  if ('need' in step) return step
  let plaintext: Bytes
  try {
    plaintext = openOnce({
      source: step.key,
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
    throw error
  }
  const { state: double, changes } = step.commit()
  step.key.wipe()
  return { state: { double }, plaintext, changes }
}

/** Wipes every secret of a state. */
export function wipeRatchet(state: RatchetState): void {
  state.double.rootKey.wipe()
  state.double.sending.chainKey.wipe()
  state.double.sending.keyPair.privateKey.wipe()
  for (const chain of state.double.receiving) chain.chainKey.wipe()
}
