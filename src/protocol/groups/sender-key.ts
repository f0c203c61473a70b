/**
 * Sender keys as immutable values: one device's chain of message keys that a whole group can follow, and its signatures. Knows no
 * group, no member and no session; where skipped keys are kept, and to whom a sender key belongs, is the caller's business.
 *
 * @remarks Trap: a state used twice for sending gives one message key to two messages. Commit the new state before the message
 * leaves; `client/` does.
 */
import { type Bytes, concatBytes, equalBytes, toHex, utf8 } from '../../bytes.js'
import { chainKeyToHandOut, decryptBody, encryptBodyOnce } from '../../crypto/group-cipher.js'
import { sha256 } from '../../crypto/hash.js'
import { hmacSecret } from '../../crypto/kdf.js'
import type { EcPublicKey, IdentityKey } from '../../crypto/keys.js'
import { Secret } from '../../crypto/secret.js'
import { generateSigningKeyPair, type SigningKeyPair, signWith } from '../../crypto/signing-key.js'
import { verify } from '../../crypto/xeddsa.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  encodeSenderKeyMessage,
  type SenderKeyDistributionMessage,
  type SenderKeyMessage,
  serializeSenderKeyDistribution,
} from '../../wire/sender-key-message.js'
import { askForCheckpoints, type KnownCheckpoints, type NearestKeys, nearestKeys, type Opening, type Position } from '../checkpoints.js'
import { MAX_FORWARD_JUMP, MAX_SENDER_KEY_CHAINS, MAX_SKIPPED_KEYS } from '../limits.js'

/** A place in a sender's chain: its chain key, and as counter the iteration of the message it makes the key of. */
export type SenderChainPosition = Position<'SenderChainKey'>

/** One chain of a sender, and the key that its messages are signed with. */
export interface SenderKeyChain {
  readonly chainId: number
  readonly chainKey: Secret<'SenderChainKey'>
  /** Of the next message, to be sent or in order. */
  readonly iteration: number
  readonly signingKey: EcPublicKey
  /** What signs; ours only. */
  readonly signer: SigningKeyPair['signer'] | undefined
  /** How many skipped keys are kept, at most {@link MAX_SKIPPED_KEYS}; the keys themselves live outside the state. */
  readonly skipped: number
  /** The iteration that it began with here, as it was handed out; not known of what was imported or taken over by 0.1.0. */
  readonly first: number | undefined
}

/** The sender key of one distribution id: newest chain first, at most 5. Never changed in place. */
export interface SenderKeyState {
  readonly chains: readonly SenderKeyChain[]
}

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

const MESSAGE_STEP = new Uint8Array([1])
const CHAIN_STEP = new Uint8Array([2])
const CHAIN_ID_LENGTH = 4
const CHAIN_KEY_LENGTH = 32
/** The last iteration that has a number; a chain does not go past it. */
const LAST_ITERATION = 0xffff_ffff

/**
 * Makes a new sender key of our own.
 *
 * Spec: libsignal wire, "Sender keys", "Operations"; differs: the signing key is made from a seed, which a verifier cannot tell, and with
 * an owner the chain id is not random.
 *
 * @param random - 4, 32 and 32 bytes are drawn: chain id (31 bits of it), chain key, signing key.
 * @param owner - the identity key that the chain id shall name: see {@link chainIdOf}. Default: the chain id is random.
 */
export function createSenderKey(random: RandomSource, owner?: IdentityKey): SenderKeyState {
  const drawn = idIn(random(CHAIN_ID_LENGTH))
  const chainKey = Secret.own<'SenderChainKey'>(random(CHAIN_KEY_LENGTH))
  const { publicKey, signer } = generateSigningKeyPair(random)
  const chainId = owner === undefined ? drawn : chainIdOf(publicKey, owner)
  return { chains: [{ chainId, chainKey, iteration: 0, signingKey: publicKey, signer, skipped: 0, first: 0 }] }
}

/**
 * The chain id by which a signing key says whose it is, 31 bits. Every message signs its chain id, so what another device hands on as its
 * own either has an id that says otherwise, or opens nothing of the owner's.
 *
 * Spec: none, ours; to libsignal it is as random as any.
 */
export function chainIdOf(signingKey: EcPublicKey, owner: IdentityKey): number {
  return idIn(sha256(concatBytes(utf8('bisik sender key of'), signingKey, owner)))
}

function idIn(bytes: Bytes): number {
  return new DataView(bytes.buffer).getUint32(0, true) >>> 1
}

/**
 * Writes what lets others read from the next message on.
 *
 * Spec: libsignal wire, "Sender keys", "Operations"; differs: none.
 *
 * @returns bytes that hold the chain key: only for the inside of a message to one device.
 * @throws BisikError `internal` if the state is empty.
 */
export function distributionOf(state: SenderKeyState, distribution: string): Bytes {
  const { chainId, iteration, chainKey, signingKey } = newest(state)
  const bare = chainKeyToHandOut(chainKey)
  try {
    return serializeSenderKeyDistribution({ distribution, chainId, iteration, chainKey: bare, signingKey })
  } finally {
    bare.fill(0)
  }
}

/**
 * Takes over a sender key that was handed out.
 *
 * Spec: libsignal wire, "Sender keys", "Operations" (the add-state rule); differs: none.
 *
 * @param state - what is held from this sender under this distribution id. Whether it is this sender's is not looked at here.
 * @param message - its chain key is copied.
 * @returns `dropped`: chains that the new one has pushed out; all their kept keys go.
 */
export function acceptDistribution(
  state: SenderKeyState | undefined,
  message: SenderKeyDistributionMessage,
): { readonly state: SenderKeyState; readonly dropped: readonly SenderKeyChain[] } {
  const { chainId, iteration, signingKey } = message
  const chains = state?.chains ?? []
  const known = chains.find((chain) => chain.chainId === chainId && equalBytes(chain.signingKey, signingKey))
  const others = chains.filter((chain) => chain.chainId !== chainId)
  const taken = { chainId, iteration, signingKey, signer: undefined, skipped: 0, first: iteration }
  const chain = known ?? { ...taken, chainKey: Secret.copy<'SenderChainKey'>(message.chainKey) }
  const kept = [chain, ...others].slice(0, MAX_SENDER_KEY_CHAINS)
  return { state: { chains: kept }, dropped: chains.filter((old) => !kept.includes(old)) }
}

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
  const [chain, ...older] = state.chains
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
  const jumping = { name: () => senderCheckpoints(owner, chain), from, advance: advanceSenderChain, hmacsPerStep: 1 }
  const way = nearestKeys(jumping, iteration, checkpoints) ?? (yield* askForCheckpoints(jumping, iteration, false))
  const near = way.nearest(iteration)
  const at = advanceSenderChain(near, iteration - near.counter)
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
  let at = advanceSenderChain(origin, from - origin.counter)
  while (at.counter < to) {
    seeds.push(messageSeed(at.key))
    const next = advanceSenderChain(at, 1)
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
  let key = from.key
  for (let i = 0; i < steps; i++) {
    const next = nextChainKey(key)
    if (key !== from.key) key.wipe()
    key = next
  }
  return { key, counter: from.counter + steps }
}

/** Wipes every secret of a state. */
export function wipeSenderKey({ chains }: SenderKeyState): void {
  for (const { chainKey, signer } of chains) {
    chainKey.wipe()
    signer?.secret.wipe()
  }
}

function messageSeed(chainKey: Secret<'SenderChainKey'>): Secret<'SenderMessageSeed'> {
  return hmacSecret(chainKey, MESSAGE_STEP, 'SenderMessageSeed')
}

function nextChainKey(chainKey: Secret<'SenderChainKey'>): Secret<'SenderChainKey'> {
  return hmacSecret(chainKey, CHAIN_STEP, 'SenderChainKey')
}

function newest({ chains: [chain] }: SenderKeyState): SenderKeyChain {
  if (chain === undefined) throw new BisikError('internal', { reason: 'a sender key without a chain' })
  return chain
}

function replaceChain({ chains }: SenderKeyState, chain: SenderKeyChain): SenderKeyState {
  return { chains: chains.map((old) => (old.chainId === chain.chainId ? chain : old)) }
}
