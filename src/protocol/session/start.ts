/**
 * How a session begins, on either side. Opens no message and knows no store, no record and no trust.
 *
 * Spec: libsignal wire 2, 3 and 4.6, "Init".
 */
import { choiceArgument, optional, type Shape, shapeArgument, stateArgument, uint32Argument } from '../../arguments.js'
import { agree, generateKeyPair, keyPairArgument } from '../../crypto/dh.js'
import type { IdentityKeyPair, KemCiphertext, KeyPair } from '../../crypto/keys.js'
import { type EpochMillis, epochMillis, type RandomSource, timeArgument } from '../../env.js'
import { checkPreKeyBundle, type PreKeyBundle } from '../../wire/pre-key-bundle.js'
import type { PreKeySignalMessage } from '../../wire/pre-key-message.js'
import { type AcceptInput, acceptHandshake, type HandshakeSecrets, initiateHandshake, kemArgument } from '../handshake/handshake.js'
import type { Verified } from '../handshake/pre-keys.js'
import { MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP, MAX_SKIPPED_KEYS } from '../limits.js'
import { stepRoot } from '../ratchet/chain.js'
import { startSpqr } from '../spqr/spqr.js'
import type { SpqrState } from '../spqr/state.js'
import { type Ends, endsArgument, isOwnDevice, type PendingHandshake, type SessionState } from './session.js'

/**
 * What a session does about the post-quantum ratchet: `required`, the default; `offered`, follow a peer that does not have it;
 * `none`, as releases before it, which only tests imitate.
 */
export type PqRatchetMode = 'required' | 'offered' | 'none'

const PQ_RATCHET_MODES: readonly PqRatchetMode[] = ['required', 'offered', 'none']

type InitiateInput = Parameters<typeof initiateSession>[0]

const OUR_END: Shape<Pick<InitiateInput, 'ourIdentity' | 'ourRegistrationId' | 'ends' | 'pqRatchet'>> = {
  ourIdentity: keyPairArgument,
  ourRegistrationId: uint32Argument,
  ends: endsArgument,
  pqRatchet: (mode, name) => choiceArgument(mode, PQ_RATCHET_MODES, name),
}
const ACCEPT_INPUT: Shape<Parameters<typeof acceptSession>[1]> = {
  ...OUR_END,
  signedPreKey: keyPairArgument,
  oneTimePreKey: optional(keyPairArgument),
  kem: optional(kemArgument),
}
const INITIATE_INPUT: Shape<InitiateInput> = { ...OUR_END, bundle: checkPreKeyBundle, now: timeArgument }

/**
 * Begins a session from a verified bundle.
 *
 * Spec: libsignal wire 3.1, 3.2 and 2 "Processing a bundle", step 3.
 *
 * @param random - draws, in order: base key 32 bytes, encapsulation 32 (PQXDH only), first ratchet key 32.
 * @throws BisikError `invalid-key` if an agreement comes out all zero; `invalid-argument`.
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
  const { bundle, ourIdentity, ourRegistrationId, ends, pqRatchet, now } = shapeArgument(input, 'input', INITIATE_INPUT)
  const baseKey = generateKeyPair(random)
  const handshake = initiateHandshake({ ourIdentity, baseKey, bundle }, random)
  baseKey.privateKey.wipe()
  const keyPair = generateKeyPair(random)
  const dhOutput = agree(keyPair.privateKey, bundle.signedPreKey.publicKey)
  const sending = stepRoot(handshake.rootKey, dhOutput)
  dhOutput.wipe()
  handshake.rootKey.wipe()
  return {
    version: bundle.kemPreKey === undefined ? 3 : 4,
    localIdentity: ourIdentity.publicKey,
    remoteIdentity: bundle.identityKey,
    localRegistrationId: ourRegistrationId,
    remoteRegistrationId: bundle.registrationId,
    baseKey: baseKey.publicKey,
    pending: pendingHandshake(bundle, handshake.kemCiphertext, now),
    usedOneTimePreKey: bundle.oneTimePreKey !== undefined,
    ratchet: {
      double: {
        rootKey: sending.rootKey,
        sending: { keyPair, chainKey: sending.chainKey, counter: 0 },
        previousCounter: 0,
        receiving: [{ ratchetKey: bundle.signedPreKey.publicKey, chainKey: handshake.chainKey, counter: 0, skippedEnd: 0 }],
        forgotten: undefined,
      },
      pq: startPqRatchet(handshake, 'A2B', pqRatchet, isOwnDevice(ourIdentity.publicKey, bundle.identityKey, ends)),
    },
  }
}

function pendingHandshake(bundle: PreKeyBundle, ciphertext: KemCiphertext | undefined, now: EpochMillis): PendingHandshake {
  const { oneTimePreKey, signedPreKey, kemPreKey } = bundle
  return {
    oneTimePreKeyId: oneTimePreKey?.id,
    signedPreKeyId: signedPreKey.id,
    kem: kemPreKey === undefined || ciphertext === undefined ? undefined : { id: kemPreKey.id, ciphertext },
    // As records of libsignal keep it: the 30 days begin with the second.
    createdAt: epochMillis(now - (now % 1000)),
  }
}

/**
 * Begins the recipient's side of a session from a first message's outer fields; the message itself is not opened here.
 *
 * Spec: libsignal wire 3.2 and 3.4, steps 5 and 6.
 *
 * @throws BisikError `invalid-key` if the base key is not canonical or an agreement comes out all zero; `invalid-argument`.
 */
export function acceptSession(
  message: PreKeySignalMessage,
  input: Pick<AcceptInput, 'ourIdentity' | 'signedPreKey' | 'oneTimePreKey' | 'kem'> & {
    readonly ourRegistrationId: number
    readonly ends: Ends
    readonly pqRatchet: PqRatchetMode
  },
): SessionState {
  const { version, identityKey, baseKey, registrationId } = stateArgument(message, 'message', 'baseKey')
  const { ourIdentity, signedPreKey, oneTimePreKey, kem, ourRegistrationId, ends, pqRatchet } = shapeArgument(input, 'input', ACCEPT_INPUT)
  const handshake = acceptHandshake({ ourIdentity, signedPreKey, oneTimePreKey, kem, theirIdentity: identityKey, baseKey })
  const keyPair: KeyPair = { publicKey: signedPreKey.publicKey, privateKey: signedPreKey.privateKey }
  return {
    version,
    localIdentity: ourIdentity.publicKey,
    remoteIdentity: identityKey,
    localRegistrationId: ourRegistrationId,
    remoteRegistrationId: registrationId,
    baseKey,
    pending: undefined,
    usedOneTimePreKey: oneTimePreKey !== undefined,
    ratchet: {
      double: {
        rootKey: handshake.rootKey,
        sending: { keyPair, chainKey: handshake.chainKey, counter: 0 },
        previousCounter: 0,
        receiving: [],
        forgotten: undefined,
      },
      pq: startPqRatchet(handshake, 'B2A', pqRatchet, isOwnDevice(ourIdentity.publicKey, identityKey, ends)),
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
