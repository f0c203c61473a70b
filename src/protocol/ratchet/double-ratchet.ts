/**
 * The Double Ratchet as immutable values: chains, turns and skipped keys. Knows no encryption (`triple-ratchet.ts` seals and
 * opens), no wire format and no session; where skipped keys are kept is the caller's business.
 *
 * @remarks Trap: a state used twice for sending gives one message key to two messages. Commit the new state before the message
 * leaves; `client/` does.
 */
import { type Bytes, equalBytes, toHex } from '../../bytes.js'
import { agree, generateKeyPair } from '../../crypto/dh.js'
import type { EcPublicKey, KeyPair } from '../../crypto/keys.js'
import type { MessageKeySource } from '../../crypto/message-cipher.js'
import type { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import { askForCheckpoints, type JumpingChain, type KnownCheckpoints, type NearestKeys, nearestKeys, type Opening } from '../checkpoints.js'
import { advance, messageSeed, nextChainKey } from '../hmac-chain.js'
import { MAX_RECEIVING_CHAINS, MAX_SKIPPED_KEYS } from '../limits.js'
import { type Chain, stepRoot } from './chain.js'
import { withForgotten } from './forgotten-chains.js'

/** Our side of the ratchet: the key pair the peer will answer to, and the chain it started. */
export interface SendingChain {
  readonly keyPair: KeyPair
  readonly chainKey: Secret<'ChainKey'>
  /** Counter of the next message to send; 0 for the first. */
  readonly counter: number
}

/** One chain of the peer's. */
export interface ReceivingChain {
  readonly ratchetKey: EcPublicKey
  readonly chainKey: Secret<'ChainKey'>
  /** Counter of the next message in order. */
  readonly counter: number
  /** One above the highest counter whose key was ever put aside, 0 for none: from there on, a message received before is known without a read. */
  readonly skippedEnd: number
}

/** State of a Double Ratchet. Never changed in place; every step returns a new one. */
export interface DoubleRatchetState {
  readonly rootKey: Secret<'RootKey'>
  readonly sending: SendingChain
  /** Last counter of the sending chain before this one; 0 if it sent at most one message. Sent, never used. */
  readonly previousCounter: number
  /** Oldest first, at most {@link MAX_RECEIVING_CHAINS}. */
  readonly receiving: readonly ReceivingChain[]
  /**
   * The chains that were pushed out last, oldest first: of each, 4 bytes of its ratchet key, and from which to which counter (exclusive) all
   * its messages were received, big endian. Says of a message that does not open whether it is a copy.
   */
  readonly forgotten: Bytes | undefined
}

/** What a received message says about its place in the ratchet. */
export interface RatchetHeader {
  readonly ratchetKey: EcPublicKey
  readonly counter: number
}

/** What a step wants done to the skipped keys that the caller keeps; done in the same commit as the new state, or not at all. */
export interface SkippedKeyChanges {
  /**
   * Keys to keep: those of the messages `from`, `from + 1`, … of the chain `ratchetKey`, of which none has been kept from `skippedEnd` on.
   * Of a chain at most {@link MAX_SKIPPED_KEYS} are kept: the oldest go to make room, and those of the messages from `first` on have none.
   */
  readonly keep:
    | {
        readonly ratchetKey: EcPublicKey
        readonly skippedEnd: number
        readonly first: number
        readonly from: number
        readonly seeds: readonly Secret<'MessageSeed'>[]
      }
    | undefined
  /** A kept key that was used. */
  readonly used: RatchetHeader | undefined
  /** A chain that was pushed out; all its kept keys go. */
  readonly dropChain: ReceivingChain | undefined
}

/** Inputs of {@link receiveStep} that come from outside the state. */
export interface ReceiveOptions<N> {
  /** Reads a skipped key: `undefined` if it is not kept. */
  readonly skippedKey: (header: RatchetHeader) => Generator<N, MessageKeySource | undefined, void>
  /** The session that the chains are of, in the names of checkpoints. */
  readonly session: string
  readonly checkpoints: KnownCheckpoints
  /** Furthest jump accepted, in messages. */
  readonly maxForwardJump: number
  readonly random: RandomSource
}

/** The name by which checkpoints along one of a session's chains are known. Spec: none, ours. */
export function chainCheckpoints(session: string, ratchetKey: EcPublicKey): string {
  return `chain/${session}/${toHex(ratchetKey)}`
}

/** A step not yet proven: the message key to try, and the state to commit if it opens the message. */
export interface ReceiveStep {
  /** Derives the message key, which takes as many HMACs as the message is ahead. Call it once, and before `commit()`. */
  key(): MessageKeySource
  /** Computes the state to commit; call it only after the message authenticated. Keys for skipped messages are derived here. */
  commit(): { readonly state: DoubleRatchetState; readonly changes: SkippedKeyChanges }
  /** Wipes what the step derived; call it when the message did not authenticate. */
  discard(): void
}

/**
 * Takes the next sending key: the seed of one message's keys and the state after it.
 *
 * Spec: Double Ratchet, revision 4, "Sending messages"; libsignal wire 4.1; differs: none.
 */
export function sendStep(state: DoubleRatchetState): { seed: Secret<'MessageSeed'>; counter: number; state: DoubleRatchetState } {
  const { sending } = state
  const seed = messageSeed(sending.chainKey)
  const chainKey = nextChainKey(sending.chainKey)
  const { rootKey, previousCounter, receiving, forgotten } = state
  const next = { keyPair: sending.keyPair, chainKey, counter: sending.counter + 1 }
  return { seed, counter: sending.counter, state: { rootKey, sending: next, previousCounter, receiving, forgotten } }
}

/**
 * Finds the key of a received message and prepares the state after it, changing nothing.
 *
 * Spec: Double Ratchet, revision 4, "Receiving messages"; libsignal wire 4.2 and 4.3. Differs: keys of skipped messages are derived
 * only in `commit()`, after the message authenticated, so that a forged counter buys half the hashing; long jumps are taken in slices.
 *
 * @throws BisikError `too-far-ahead` if the counter is beyond `maxForwardJump`, before any key is derived;
 *         `duplicate-message` if the key was used or dropped; `invalid-key` if the ratchet key gives an all-zero agreement;
 *         `authentication-failed` if the peer cannot have turned to this ratchet key, because it has not seen ours yet.
 */
export function* receiveStep<N>(state: DoubleRatchetState, header: RatchetHeader, options: ReceiveOptions<N>): Opening<N, ReceiveStep> {
  const known = receivingChain(state, header.ratchetKey)
  const counter = known?.counter ?? 0
  if (known !== undefined && header.counter < counter)
    return yield* stepWithSkippedKey(state, known, { counter: header.counter, skippedKey: options.skippedKey })
  if (header.counter - counter > options.maxForwardJump)
    throw new BisikError('too-far-ahead', { counter: header.counter, expected: counter })
  if (known === undefined) {
    if (!mayTurn(state)) throw new BisikError('authentication-failed', {})
    return yield* stepWithTurn(state, header, options)
  }
  const chain = jumpingChain({ key: known.chainKey, counter }, header, options)
  const way = nearestKeys(chain, header.counter, options.checkpoints) ?? (yield* askForCheckpoints(chain, header.counter, false))
  return stepOnChain(state, known, { target: header.counter, way })
}

/** The chain of a ratchet key, if it is one of the peer's that are kept. */
export function receivingChain(state: DoubleRatchetState, ratchetKey: EcPublicKey): ReceivingChain | undefined {
  return state.receiving.find((chain) => equalBytes(chain.ratchetKey, ratchetKey))
}

/**
 * Whether the peer can have turned to a new ratchet key: it does when it sees a new one of ours, which goes out with the first message
 * that we send; the first turn of all answers our prekey. So a message that we cannot have provoked costs no agreement.
 */
function mayTurn({ receiving, sending }: DoubleRatchetState): boolean {
  return receiving.length === 0 || sending.counter > 0
}

function* stepWithSkippedKey<N>(
  state: DoubleRatchetState,
  chain: ReceivingChain,
  { counter, skippedKey }: Pick<ReceiveOptions<N>, 'skippedKey'> & { readonly counter: number },
): Opening<N, ReceiveStep> {
  // The chain's own array, by which the caller knows it again.
  const used: RatchetHeader = { ratchetKey: chain.ratchetKey, counter }
  const key = counter < chain.skippedEnd ? yield* skippedKey(used) : undefined
  if (key === undefined) throw new BisikError('duplicate-message', { counter })
  return { key: () => key, commit: () => ({ state, changes: { keep: undefined, used, dropChain: undefined } }), discard: () => key.wipe() }
}

function stepOnChain(
  state: DoubleRatchetState,
  { ratchetKey, chainKey, counter, skippedEnd: end }: ReceivingChain,
  { target, way }: { readonly target: number; readonly way: NearestKeys<'ChainKey'> },
): ReceiveStep {
  const derived = keysTo({ key: chainKey, counter }, target, way)
  return {
    key: derived.seed,
    commit: () => {
      const { chain: after, kept } = derived.finish()
      const keep = keepOf(ratchetKey, end, kept)
      const skippedEnd = keep === undefined ? end : target
      return {
        state: replaceChain(state, { ratchetKey, chainKey: after.key, counter: after.counter, skippedEnd }),
        changes: { keep, used: undefined, dropChain: undefined },
      }
    },
    discard: derived.discard,
  }
}

function* stepWithTurn<N>(state: DoubleRatchetState, header: RatchetHeader, options: ReceiveOptions<N>): Opening<N, ReceiveStep> {
  const dhOutput = agree(state.sending.keyPair.privateKey, header.ratchetKey)
  const half = stepRoot(state.rootKey, dhOutput)
  dhOutput.wipe()
  const begin = { key: half.chainKey, counter: 0 }
  const chain = jumpingChain(begin, header, options)
  let way = nearestKeys(chain, header.counter, options.checkpoints)
  try {
    way ??= yield* askForCheckpoints(chain, header.counter, true)
  } finally {
    if (way === undefined) wipeAll([half.rootKey, half.chainKey])
  }
  const { seed, finish, discard } = keysTo(begin, header.counter, way)
  return {
    key: seed,
    commit: () => turned(state, header, { half, ...finish(), random: options.random }),
    discard: () => {
      discard()
      wipeAll([half.rootKey, half.chainKey])
    },
  }
}

/** The state after the peer turned, and we with it; `half`, between the two turns, is wiped. */
function turned(
  state: DoubleRatchetState,
  { ratchetKey, counter }: RatchetHeader,
  { half, chain, kept, random }: Finished & { readonly half: ReturnType<typeof stepRoot>; readonly random: RandomSource },
): ReturnType<ReceiveStep['commit']> {
  const keyPair = generateKeyPair(random)
  const dhOutput = agree(keyPair.privateKey, ratchetKey)
  const { rootKey, chainKey } = stepRoot(half.rootKey, dhOutput)
  wipeAll([dhOutput, half.rootKey, half.chainKey])
  const keep = keepOf(ratchetKey, 0, kept)
  const next = { ratchetKey, chainKey: chain.key, counter: chain.counter, skippedEnd: counter }
  const dropChain = state.receiving.length >= MAX_RECEIVING_CHAINS ? state.receiving[0] : undefined
  return {
    state: {
      rootKey,
      sending: { keyPair, chainKey, counter: 0 },
      previousCounter: Math.max(0, state.sending.counter - 1),
      receiving: [...(dropChain === undefined ? state.receiving : state.receiving.slice(1)), next],
      forgotten: withForgotten(state.forgotten, dropChain),
    },
    changes: { keep, used: undefined, dropChain },
  }
}

/** What a message leaves behind: the chain after it, and the seeds of the messages skipped. */
interface Finished {
  readonly chain: Chain
  readonly kept: { readonly first: number; readonly from: number; readonly seeds: readonly Secret<'MessageSeed'>[] }
}

interface KeysTo {
  /** Goes on to the message, and derives its seed. */
  seed(): Secret<'MessageSeed'>
  /** Derives what the message leaves behind, once it is authentic. */
  finish(): Finished
  discard(): void
}

function jumpingChain<N>(from: Chain, { ratchetKey }: RatchetHeader, { session }: ReceiveOptions<N>): JumpingChain<'ChainKey'> {
  return { name: () => chainCheckpoints(session, ratchetKey), from, advance, hmacsPerStep: 1 }
}

function keysTo(chain: Chain, target: number, known: NearestKeys<'ChainKey'>): KeysTo {
  const near = known.nearest(target)
  // The keys on the way stay until it is known whether the message is authentic, so that none is derived twice.
  let way: readonly Secret<'ChainKey'>[] = []
  let seed: Secret<'MessageSeed'> | undefined
  return {
    seed: () => {
      way = keysOnTheWay(near, target)
      seed = messageSeed(way[way.length - 1] ?? near.key)
      return seed
    },
    finish: () => {
      const from = Math.max(chain.counter, target - MAX_SKIPPED_KEYS)
      const seeds = from < near.counter ? seedsBetween(known.nearest(from), from, near.counter) : []
      for (let counter = from + seeds.length; counter < target; counter++) {
        seeds.push(messageSeed(way[counter - near.counter - 1] ?? near.key))
      }
      const key = nextChainKey(way[way.length - 1] ?? near.key)
      wipeAll(way)
      return { chain: { key, counter: target + 1 }, kept: { first: chain.counter, from, seeds } }
    },
    discard: () => {
      seed?.wipe()
      wipeAll(way)
    },
  }
}

function seedsBetween(origin: Chain, from: number, to: number): Secret<'MessageSeed'>[] {
  const way = keysOnTheWay(origin, to - 1)
  const seeds: Secret<'MessageSeed'>[] = []
  for (let counter = from; counter < to; counter++) seeds.push(messageSeed(way[counter - origin.counter - 1] ?? origin.key))
  wipeAll(way)
  return seeds
}

/** The chain keys after `from`, up to that of `target`. */
function keysOnTheWay(from: Chain, target: number): Secret<'ChainKey'>[] {
  const keys: Secret<'ChainKey'>[] = []
  for (let key = from.key; keys.length < target - from.counter; keys.push(key)) key = nextChainKey(key)
  return keys
}

function wipeAll(keys: readonly Secret<string>[]): void {
  for (const key of keys) key.wipe()
}

function keepOf(
  ratchetKey: EcPublicKey,
  skippedEnd: number,
  kept: { first: number; from: number; seeds: readonly Secret<'MessageSeed'>[] },
): SkippedKeyChanges['keep'] {
  return kept.seeds.length === 0 ? undefined : { ratchetKey, skippedEnd, ...kept }
}

function replaceChain(state: DoubleRatchetState, chain: ReceivingChain): DoubleRatchetState {
  const { rootKey, sending, previousCounter, forgotten } = state
  const receiving = state.receiving.map((old) => (equalBytes(old.ratchetKey, chain.ratchetKey) ? chain : old))
  return { rootKey, sending, previousCounter, receiving, forgotten }
}
