/**
 * Messages on sender keys: sealing with our own, and opening with another's. Where skipped keys are kept is the caller's business.
 *
 * @remarks Trap: a state used twice for sending gives one message key to two messages. Commit the new state before the message
 * leaves; `client/` does.
 */
import { bytesArgument, countArgument, functionArgument, type Shape, shapeArgument, stateArgument, textArgument } from '../../arguments.js'
import { type Bytes, toHex } from '../../bytes.js'
import { decryptBody, encryptBodyOnce } from '../../crypto/group-cipher.js'
import { type Secret, secretArgument } from '../../crypto/secret.js'
import { signWith } from '../../crypto/signing-key.js'
import { verify } from '../../crypto/xeddsa.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import { encodeSenderKeyMessage, type SenderKeyMessage } from '../../wire/sender-key-message.js'
import {
  askForCheckpoints,
  checkpointsArgument,
  type JumpingChain,
  type KnownCheckpoints,
  type NearestKeys,
  nearestKeys,
  type Opening,
  type Position,
} from '../checkpoints.js'
import { advance, messageSeed, nextChainKey } from '../hmac-chain.js'
import { MAX_FORWARD_JUMP, MAX_SKIPPED_KEYS } from '../limits.js'
import type { SenderKeyChain, SenderKeyState } from './sender-key.js'

/** A place in a sender's chain: its chain key, and as counter the iteration of the message it makes the key of. */
export type SenderChainPosition = Position<'SenderChainKey'>

/** What opening wants done to the skipped keys that the caller keeps; done in the same commit as the new state, or not at all. */
export interface SenderKeyChanges {
  /** The chain as it was before. */
  readonly chain: SenderKeyChain
  /** Keys to keep: those of the messages `from`, `from + 1`, … Of a chain at most {@link MAX_SKIPPED_KEYS} are kept: the oldest go. */
  readonly keep: { readonly from: number; readonly seeds: readonly Secret<'SenderMessageSeed'>[] }
  /** The iteration of a kept key that was used. */
  readonly used: number | undefined
}

/** Inputs of {@link openSenderKeyMessage} that come from outside the state. */
export interface SenderKeyOpenOptions<N> {
  /** Reads a skipped key: `undefined` if it is not kept. */
  readonly skippedKey: (chain: SenderKeyChain, iteration: number) => Generator<N, Secret<'SenderMessageSeed'> | undefined, void>
  /** Of whom the chains are, and of which distribution id, in the names of checkpoints. */
  readonly owner: string
  readonly checkpoints: KnownCheckpoints
}

/** The name by which checkpoints along a sender's chain are known. Spec: none, ours. */
export function senderCheckpoints(owner: string, { chainId, signingKey }: Pick<SenderKeyChain, 'chainId' | 'signingKey'>): string {
  return `sender/${owner}/${chainId}/${toHex(signingKey)}`
}

/** A group message that was opened. */
export interface OpenedSenderKeyMessage {
  readonly kind: 'opened'
  readonly state: SenderKeyState
  readonly plaintext: Bytes
  readonly changes: SenderKeyChanges
}

/** A group message whose key is not here: of no chain that is held, or older than its chain, whose first iteration is given then. */
export interface LacksSenderKey {
  readonly kind: 'no-key'
  readonly first: number | undefined
}

const OPTIONS: Shape<SenderKeyOpenOptions<never>> = { skippedKey: functionArgument, owner: textArgument, checkpoints: checkpointsArgument }
const PLACE: Shape<SenderChainPosition> = { key: secretArgument, counter: countArgument }
/** The last iteration that has a number; a chain does not go past it. */
const LAST_ITERATION = 0xffff_ffff

/**
 * Encrypts and signs a message with our newest chain.
 *
 * Spec: libsignal wire, "Sender keys", "Operations"; differs: none.
 *
 * @param random - as `signWith`.
 * @returns the message's bytes, and the state to commit before they leave; `undefined` if the chain is not ours or at its end.
 */
export function sealSenderKeyMessage(
  state: SenderKeyState,
  distribution: string,
  plaintext: Uint8Array,
  random: RandomSource,
): { readonly state: SenderKeyState; readonly body: Bytes } | undefined {
  const [chain, ...older] = stateArgument(state, 'state', 'chains').chains
  bytesArgument(plaintext, 'plaintext')
  functionArgument(random, 'random')
  if (chain?.signer === undefined || chain.iteration >= LAST_ITERATION) return undefined
  const { chainId, iteration, chainKey, signingKey, signer } = chain
  const ciphertext = encryptBodyOnce(messageSeed(chainKey), plaintext)
  const { signatureInput, finish } = encodeSenderKeyMessage({ distribution, chainId, iteration, ciphertext })
  const body = finish(signWith({ publicKey: signingKey, signer }, signatureInput, random))
  return { state: { chains: [{ ...chain, chainKey: nextChainKey(chainKey), iteration: iteration + 1 }, ...older] }, body }
}

/**
 * Verifies and decrypts a message, changing nothing. The signature is verified before any key is derived or asked for.
 *
 * Spec: libsignal wire, "Sender keys", "Operations"; differs: long jumps are taken in slices; keys of skipped messages are derived after
 * the message opened; what we sent ourselves is a duplicate; a message from before the chain is none.
 *
 * @returns the message and the state after it.
 * @throws BisikError `bad-signature`; `duplicate-message` if the key was used or dropped; `too-far-ahead`; `authentication-failed` if
 *         what the sender signed does not decrypt.
 */
export function* openSenderKeyMessage<N>(
  state: SenderKeyState,
  message: SenderKeyMessage,
  options: SenderKeyOpenOptions<N>,
): Opening<N, OpenedSenderKeyMessage | LacksSenderKey> {
  stateArgument(state, 'state', 'chains')
  stateArgument(message, 'message', 'authenticated')
  shapeArgument<SenderKeyOpenOptions<never>>(options as SenderKeyOpenOptions<never>, 'options', OPTIONS)
  const chain = state.chains.find(({ chainId }) => chainId === message.chainId)
  if (chain === undefined) return { kind: 'no-key', first: undefined }
  if (!verify(chain.signingKey, message.authenticated, message.signature))
    throw new BisikError('bad-signature', { signed: 'group message' })
  const { iteration } = message
  if (chain.signer !== undefined) throw new BisikError('duplicate-message', { counter: iteration })
  if (iteration < chain.iteration) return yield* openWithSkippedKey(state, chain, { message, skippedKey: options.skippedKey })
  if (iteration - chain.iteration > MAX_FORWARD_JUMP || iteration >= LAST_ITERATION) {
    throw new BisikError('too-far-ahead', { counter: iteration, expected: chain.iteration })
  }
  return yield* openAhead(state, chain, { message, ...options })
}

function* openWithSkippedKey<N>(
  state: SenderKeyState,
  chain: SenderKeyChain,
  { message, skippedKey }: Pick<SenderKeyOpenOptions<N>, 'skippedKey'> & { readonly message: SenderKeyMessage },
): Opening<N, OpenedSenderKeyMessage | LacksSenderKey> {
  const { iteration, ciphertext } = message
  const { first } = chain
  if (first !== undefined && iteration < first) return { kind: 'no-key', first }
  const seed = yield* skippedKey(chain, iteration)
  if (seed === undefined) throw new BisikError('duplicate-message', { counter: iteration })
  try {
    const plaintext = decryptBody(seed, ciphertext)
    return {
      kind: 'opened',
      state: replaceChain(state, { ...chain, skipped: chain.skipped - 1 }),
      plaintext,
      changes: { chain, keep: { from: iteration, seeds: [] }, used: iteration },
    }
  } finally {
    seed.wipe()
  }
}

function* openAhead<N>(
  state: SenderKeyState,
  chain: SenderKeyChain,
  { message, owner, checkpoints }: SenderKeyOpenOptions<N> & { readonly message: SenderKeyMessage },
): Opening<N, OpenedSenderKeyMessage> {
  const { iteration, ciphertext } = message
  const from: SenderChainPosition = { key: chain.chainKey, counter: chain.iteration }
  const jumping: JumpingChain<'SenderChainKey'> = { name: () => senderCheckpoints(owner, chain), from, advance, hmacsPerStep: 1 }
  const way = nearestKeys(jumping, iteration, checkpoints) ?? (yield* askForCheckpoints(jumping, iteration, false))
  const near = way.nearest(iteration)
  const at = advance(near, iteration - near.counter)
  try {
    const plaintext = decryptAt(at.key, ciphertext)
    const keep = skippedKeys(way, Math.max(chain.iteration, iteration - MAX_SKIPPED_KEYS), iteration)
    const skipped = Math.min(MAX_SKIPPED_KEYS, chain.skipped + keep.seeds.length)
    return {
      kind: 'opened',
      state: replaceChain(state, { ...chain, chainKey: nextChainKey(at.key), iteration: iteration + 1, skipped }),
      plaintext,
      changes: { chain, keep, used: undefined },
    }
  } finally {
    if (at.key !== near.key) at.key.wipe()
  }
}

function decryptAt(chainKey: Secret<'SenderChainKey'>, ciphertext: Uint8Array): Bytes {
  const seed = messageSeed(chainKey)
  try {
    return decryptBody(seed, ciphertext)
  } finally {
    seed.wipe()
  }
}

function skippedKeys(way: NearestKeys<'SenderChainKey'>, from: number, to: number): SenderKeyChanges['keep'] {
  const seeds: Secret<'SenderMessageSeed'>[] = []
  const origin = way.nearest(from)
  let at = advance(origin, from - origin.counter)
  while (at.counter < to) {
    seeds.push(messageSeed(at.key))
    const next = advance(at, 1)
    if (at.key !== origin.key) at.key.wipe()
    at = next
  }
  if (at.key !== origin.key) at.key.wipe()
  return { from, seeds }
}

/**
 * Advances a chain by `steps` messages, wiping the keys in between. The given key is not modified.
 *
 * Spec: libsignal wire, "Sender keys", "Derivation"; differs: none.
 *
 * @returns the place after `steps` steps; for 0 steps the same place.
 */
export function advanceSenderChain(from: SenderChainPosition, steps: number): SenderChainPosition {
  return advance(shapeArgument(from, 'from', PLACE), countArgument(steps, 'steps'))
}

function replaceChain({ chains }: SenderKeyState, chain: SenderKeyChain): SenderKeyState {
  return { chains: chains.map((old) => (old.chainId === chain.chainId ? chain : old)) }
}
