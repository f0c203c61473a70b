/**
 * How a session begins, on either side. Opens no message and knows no store, no record and no trust.
 *
 * Spec: libsignal wire 2, 3 and 4.6, "Init".
 */
import { agree, generateKeyPair } from '../../crypto/dh.js'
import type { IdentityKeyPair, KeyPair } from '../../crypto/keys.js'
import { type EpochMillis, epochMillis, type RandomSource } from '../../env.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'
import type { PreKeySignalMessage } from '../../wire/pre-key-message.js'
import { type AcceptInput, acceptHandshake, type HandshakeSecrets, initiateHandshake } from '../handshake/handshake.js'
import type { Verified } from '../handshake/pre-keys.js'
import { MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP, MAX_SKIPPED_KEYS } from '../limits.js'
import { stepRoot } from '../ratchet/chain.js'
import { startSpqr } from '../spqr/spqr.js'
import type { SpqrState } from '../spqr/state.js'
import { type Ends, isOwnDevice, type SessionState } from './session.js'

/**
 * What a session does about the post-quantum ratchet: `required`, the default; `offered`, follow a peer that does not have it;
 * `none`, as releases before it, which only tests imitate.
 */
export type PqRatchetMode = 'required' | 'offered' | 'none'

/**
 * Begins a session from a verified bundle.
 *
 * Spec: libsignal wire 3.1, 3.2 and 2 "Processing a bundle", step 3.
 *
 * @param random - draws, in order: base key 32 bytes, encapsulation 32 (PQXDH only), first ratchet key 32.
 * @throws BisikError `invalid-key` if an agreement comes out all zero.
 */
export function initiateSession(
  input: {
    readonly bundle: Verified<PreKeyBundle>
    readonly ourIdentity: IdentityKeyPair
    readonly ourRegistrationId: number
    readonly ends: Ends
    readonly pqRatchet: PqRatchetMode
    readonly now: EpochMillis
  },
  random: RandomSource,
): SessionState {
  const { bundle, ourIdentity } = input
  const baseKey = generateKeyPair(random)
  const handshake = initiateHandshake({ ourIdentity, baseKey, bundle }, random)
  baseKey.privateKey.wipe()
  const keyPair = generateKeyPair(random)
  const dhOutput = agree(keyPair.privateKey, bundle.signedPreKey.publicKey)
  const sending = stepRoot(handshake.rootKey, dhOutput)
  dhOutput.wipe()
  handshake.rootKey.wipe()
  const { kemPreKey } = bundle
  return {
    version: kemPreKey === undefined ? 3 : 4,
    localIdentity: ourIdentity.publicKey,
    remoteIdentity: bundle.identityKey,
    localRegistrationId: input.ourRegistrationId,
    remoteRegistrationId: bundle.registrationId,
    baseKey: baseKey.publicKey,
    pending: {
      oneTimePreKeyId: bundle.oneTimePreKey?.id,
      signedPreKeyId: bundle.signedPreKey.id,
      kem:
        kemPreKey === undefined || handshake.kemCiphertext === undefined
          ? undefined
          : { id: kemPreKey.id, ciphertext: handshake.kemCiphertext },
      // As records of libsignal keep it: the 30 days begin with the second.
      createdAt: epochMillis(input.now - (input.now % 1000)),
    },
    usedOneTimePreKey: bundle.oneTimePreKey !== undefined,
    ratchet: {
      double: {
        rootKey: sending.rootKey,
        sending: { keyPair, chainKey: sending.chainKey, counter: 0 },
        previousCounter: 0,
        receiving: [{ ratchetKey: bundle.signedPreKey.publicKey, chainKey: handshake.chainKey, counter: 0, skippedEnd: 0 }],
        forgotten: undefined,
      },
      pq: startPqRatchet(handshake, 'A2B', input.pqRatchet, isOwnDevice(ourIdentity.publicKey, bundle.identityKey, input.ends)),
    },
  }
}

/**
 * Begins the recipient's side of a session from a first message's outer fields; the message itself is not opened here.
 *
 * Spec: libsignal wire 3.2 and 3.4, steps 5 and 6.
 *
 * @throws BisikError `invalid-key` if the base key is not canonical or an agreement comes out all zero.
 */
export function acceptSession(
  message: PreKeySignalMessage,
  input: Pick<AcceptInput, 'ourIdentity' | 'signedPreKey' | 'oneTimePreKey' | 'kem'> & {
    readonly ourRegistrationId: number
    readonly ends: Ends
    readonly pqRatchet: PqRatchetMode
  },
): SessionState {
  const handshake = acceptHandshake({ ...input, theirIdentity: message.identityKey, baseKey: message.baseKey })
  const keyPair: KeyPair = { publicKey: input.signedPreKey.publicKey, privateKey: input.signedPreKey.privateKey }
  return {
    version: message.version,
    localIdentity: input.ourIdentity.publicKey,
    remoteIdentity: message.identityKey,
    localRegistrationId: input.ourRegistrationId,
    remoteRegistrationId: message.registrationId,
    baseKey: message.baseKey,
    pending: undefined,
    usedOneTimePreKey: input.oneTimePreKey !== undefined,
    ratchet: {
      double: {
        rootKey: handshake.rootKey,
        sending: { keyPair, chainKey: handshake.chainKey, counter: 0 },
        previousCounter: 0,
        receiving: [],
        forgotten: undefined,
      },
      pq: startPqRatchet(handshake, 'B2A', input.pqRatchet, isOwnDevice(input.ourIdentity.publicKey, message.identityKey, input.ends)),
    },
  }
}

/** Spec: libsignal wire 4.6, "Init"; SPQR 8.1. Uses up the authentication key. */
function startPqRatchet(
  { pqAuthKey: authKey }: HandshakeSecrets,
  direction: 'A2B' | 'B2A',
  mode: PqRatchetMode,
  ownDevice: boolean,
): SpqrState | undefined {
  if (authKey === undefined) return undefined
  if (mode === 'none') {
    authKey.wipe()
    return undefined
  }
  const limits = { maxForwardJump: ownDevice ? MAX_OWN_DEVICE_JUMP : MAX_FORWARD_JUMP, maxSkippedKeys: MAX_SKIPPED_KEYS }
  return startSpqr({ minVersion: mode === 'required' ? 1 : 0, authKey, direction, limits })
}
