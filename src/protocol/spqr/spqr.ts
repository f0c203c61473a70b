/**
 * The sparse post-quantum ratchet of a session: braid and chains in one, with the negotiation of versions. Knows nothing of the Double
 * Ratchet beside it, of sessions and of where keys of skipped messages are kept.
 *
 * A session without the ratchet ("version 0") has `undefined` for a state, sends nothing and ignores what comes.
 *
 * @remarks Trap: a state used twice for sending gives one message key to two messages. Commit the new state before the message leaves.
 */
import type { Bytes } from '../../bytes.js'
import type { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import type { Opening } from '../checkpoints.js'
import type { EpochSecret } from './authenticator.js'
import { receiveBraid, sendBraid, startBraid } from './braid.js'
import { parseChunkHead, parseChunkMessage, type ReceivedChunkMessage, SPQR_VERSION, serializeChunkMessage } from './chunk-message.js'
import {
  addEpoch,
  type EpochChains,
  type EpochKeyChanges,
  type EpochKeyOptions,
  type EpochKeyStep,
  HMACS_PER_EPOCH_STEP,
  holdsEpoch,
  type KeyPosition,
  type KeyRange,
  NO_CHANGES,
  receiveKey,
  receivingChainOf,
  secretsOfChains,
  sendKey,
  startChains,
  wipeChains,
} from './epoch-chains.js'
import type { Negotiation, SpqrState } from './state.js'

/** What a message carries and the key to mix in; `key` is absent when nothing is to be mixed in. */
export interface SpqrSend {
  readonly state: SpqrState | undefined
  /** Field 5 of the message; empty (left out) without the ratchet. */
  readonly message: Bytes
  readonly key: Secret<'PqMessageKey'> | undefined
  /** Kept keys of epochs that are over. */
  readonly drop: readonly KeyRange[]
}

/** A received message not yet proven: the key to try. */
export interface SpqrStep {
  readonly key: Secret<'PqMessageKey'> | undefined
  /** What to store, the same state if nothing of it changed; only after the whole message authenticated. Call it once. */
  commit(): { readonly state: SpqrState | undefined; readonly changes: EpochKeyChanges }
  /** Wipes what the step derived; when the message did not authenticate. */
  discard(): void
}

/** The step of a session that has no ratchet, or none any more. */
const WITHOUT_RATCHET: SpqrStep = { key: undefined, commit: () => ({ state: undefined, changes: NO_CHANGES }), discard: () => {} }

/**
 * Starts the ratchet of a session.
 *
 * Spec: SPQR, "Functions", `initialState` with version 1; differs: none.
 *
 * @param negotiation - `authKey`: 32 bytes of the handshake, kept until the peer has answered.
 */
export function startSpqr(negotiation: Negotiation): SpqrState {
  return { negotiation, chains: undefined, braid: startBraid(negotiation.authKey, negotiation.direction) }
}

/**
 * Takes the next message of the ratchet and its key.
 *
 * Spec: SPQR, "send"; differs: none.
 *
 * @param random - see `sendBraid`.
 */
export function sendSpqr(state: SpqrState | undefined, random: RandomSource): SpqrSend {
  if (state === undefined) return { state, message: new Uint8Array(0), key: undefined, drop: [] }
  const { state: braid, payload, secret } = sendBraid(state.braid, random)
  const { epoch } = state.braid
  if (state.chains === undefined && negotiationOf(state).minVersion === 0) {
    return { state: { ...state, braid }, message: serializeChunkMessage({ epoch, index: 0, payload }), key: undefined, drop: [] }
  }
  const before = withEpoch(chainsOf(state), secret)
  const { chains, index, key, drop } = sendKey(before, epoch - 1)
  if (before !== state.chains) wipeChains(before, [...secretsOfChains(chains), ...secretsOfChains(state.chains)])
  return {
    state: { negotiation: state.negotiation, chains, braid },
    message: serializeChunkMessage({ epoch, index, payload }),
    key,
    drop,
  }
}

/**
 * Takes in the ratchet's part of a message, changing nothing.
 *
 * Spec: SPQR, "recv" and "Version negotiation", as libsignal 0.103.0 behaves; differs:
 * a message without key (epoch 1, index 0) is refused once the keys of epoch 0 are gone, since an honest peer sends it only before
 * it has heard from us, while whoever breaks the classical ratchet could send it forever (libsignal takes it at any time).
 *
 * - Empty, or first byte 0: refused, unless negotiation is open with `minVersion` 0; then the session goes on without the ratchet.
 * - First byte 1: taken in, and negotiation is over.
 * - First byte above 1: while negotiation is open the key is used and the rest ignored (a newer peer that will come down to us);
 *   afterwards refused.
 *
 * @param message - field 5 of the message; empty if the field is absent.
 * @throws BisikError `unsupported-version`, `malformed-message`, `too-far-ahead`, `duplicate-message`, `authentication-failed`.
 */
export function* receiveSpqr<N>(state: SpqrState | undefined, message: Uint8Array, options: EpochKeyOptions<N>): Opening<N, SpqrStep> {
  const version = message[0] ?? 0
  if (state === undefined || (version === 0 && state.negotiation?.minVersion === 0)) return WITHOUT_RATCHET
  if (version === 0) throw new BisikError('unsupported-version', { version })
  const received = parseChunkMessage(message)
  if (version !== SPQR_VERSION && state.negotiation === undefined) throw new BisikError('unsupported-version', { version })

  const chains = chainsOf(state)
  // Chains that begin here are of no state yet: they begin anew with the next attempt.
  const forget = (...kept: readonly Secret<string>[]): void => {
    if (state.chains === undefined) wipeChains(chains, kept)
  }
  let key: EpochKeyStep | undefined
  let step: SpqrStep | undefined
  try {
    const position = { epoch: received.epoch - 1, index: received.index }
    key = namesKey(chains, received) ? yield* receiveKey(chains, position, options) : undefined
    step = stepOf(state, received, { chains, key, forget })
    return step
  } finally {
    if (step === undefined) {
      key?.discard()
      forget()
    }
  }
}

/** The step of a message whose key was found. */
function stepOf(
  state: SpqrState,
  { epoch, payload }: ReceivedChunkMessage,
  found: {
    readonly chains: EpochChains
    readonly key: EpochKeyStep | undefined
    readonly forget: (...kept: readonly Secret<string>[]) => void
  },
): SpqrStep {
  const { chains, key, forget } = found
  const { state: braid, secret } = payload === undefined ? { state: state.braid } : receiveBraid(state.braid, epoch, payload)
  const negotiation = payload === undefined ? state.negotiation : undefined
  return {
    key: key?.key,
    commit: () => {
      const { chains: advanced, changes } = key === undefined ? { chains, changes: NO_CHANGES } : key.commit()
      const isSame = advanced === state.chains && secret === undefined && braid === state.braid && negotiation === state.negotiation
      if (isSame) return { state, changes }
      const after = withEpoch(advanced, secret)
      forget(...secretsOfChains(after))
      return { state: { negotiation, chains: after, braid }, changes }
    },
    discard: () => {
      key?.discard()
      forget()
      secret?.secret.wipe()
    },
  }
}

/** The place of the key that a message names, as far as can be told without a state; `undefined` if it names none or is malformed. */
export function keyPositionIn(message: Uint8Array): KeyPosition | undefined {
  if ((message[0] ?? 0) === 0) return undefined
  try {
    const { epoch, index } = parseChunkHead(message)
    return index > 0 ? { epoch: epoch - 1, index } : undefined
  } catch {
    return undefined
  }
}

/** How many HMACs lie between a state and the key that a message names, none if there is no such key. */
export function hmacsToPqKey(state: SpqrState | undefined, message: Uint8Array): number {
  const position = state === undefined ? undefined : keyPositionIn(message)
  if (position === undefined) return 0
  const counter = state?.chains === undefined ? 0 : (receivingChainOf(state.chains, position.epoch)?.counter ?? position.index)
  return HMACS_PER_EPOCH_STEP * Math.max(0, position.index - 1 - counter)
}

/** Whether a message names a key: one of a peer that has no chain yet does not. @throws BisikError `malformed-message`. */
function namesKey(chains: EpochChains, { epoch, index }: ReceivedChunkMessage): boolean {
  if (index === 0 && !(epoch === 1 && holdsEpoch(chains, 0))) {
    throw new BisikError('malformed-message', { reason: 'post-quantum ratchet: a message without key' })
  }
  return index > 0
}

function negotiationOf(state: SpqrState): Negotiation {
  if (state.negotiation === undefined) throw new BisikError('internal', { reason: 'a post-quantum ratchet without chains' })
  return state.negotiation
}

function chainsOf(state: SpqrState): EpochChains {
  if (state.chains !== undefined) return state.chains
  const { authKey, direction, limits } = negotiationOf(state)
  return startChains(authKey, direction, limits)
}

function withEpoch(chains: EpochChains, secret: EpochSecret | undefined): EpochChains {
  if (secret === undefined) return chains
  const extended = addEpoch(chains, secret)
  secret.secret.wipe()
  return extended
}
