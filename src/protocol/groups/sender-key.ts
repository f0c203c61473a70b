/**
 * Sender keys as immutable values: one device's chain of message keys that a whole group can follow, and its signatures; how one is made,
 * handed out and taken over. Knows no group, no member, no message and no session; to whom a sender key belongs is the caller's business.
 */
import { bytesArgument, functionArgument, type Shape, shapeArgument, stateArgument, uint32Argument } from '../../arguments.js'
import { type Bytes, concatBytes, equalBytes, utf8 } from '../../bytes.js'
import { chainKeyToHandOut } from '../../crypto/group-cipher.js'
import { sha256 } from '../../crypto/hash.js'
import { type EcPublicKey, ecKeyArgument, type IdentityKey } from '../../crypto/keys.js'
import { Secret } from '../../crypto/secret.js'
import { generateSigningKeyPair, type SigningKeyPair } from '../../crypto/signing-key.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import { type SenderKeyDistributionMessage, serializeSenderKeyDistribution } from '../../wire/sender-key-message.js'
import { MAX_SENDER_KEY_CHAINS, type MAX_SKIPPED_KEYS } from '../limits.js'

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

const CHAIN_ID_LENGTH = 4
const CHAIN_KEY_LENGTH = 32
const HANDED_OUT: Shape<SenderKeyDistributionMessage> = {
  chainId: uint32Argument,
  iteration: uint32Argument,
  chainKey: (key, name) => bytesArgument(key, name, CHAIN_KEY_LENGTH),
  signingKey: ecKeyArgument,
}

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
  if (owner !== undefined) ecKeyArgument(owner, 'owner')
  const drawn = idIn(functionArgument(random, 'random')(CHAIN_ID_LENGTH))
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
  ecKeyArgument(signingKey, 'signingKey')
  ecKeyArgument(owner, 'owner')
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
 * @throws BisikError `invalid-argument`; `internal` if the state is empty.
 */
export function distributionOf(state: SenderKeyState, distribution: string): Bytes {
  const { chainId, iteration, chainKey, signingKey } = newest(stateArgument(state, 'state', 'chains'))
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
  const { chainId, iteration, signingKey, chainKey } = shapeArgument(message, 'message', HANDED_OUT)
  const chains = state === undefined ? [] : stateArgument(state, 'state', 'chains').chains
  const known = chains.find((chain) => chain.chainId === chainId && equalBytes(chain.signingKey, signingKey))
  const others = chains.filter((chain) => chain.chainId !== chainId)
  const taken = { chainId, iteration, signingKey, signer: undefined, skipped: 0, first: iteration }
  const chain = known ?? { ...taken, chainKey: Secret.copy<'SenderChainKey'>(chainKey) }
  const kept = [chain, ...others].slice(0, MAX_SENDER_KEY_CHAINS)
  return { state: { chains: kept }, dropped: chains.filter((old) => !kept.includes(old)) }
}

/** Wipes every secret of a state. */
export function wipeSenderKey(state: SenderKeyState): void {
  for (const { chainKey, signer } of stateArgument(state, 'state', 'chains').chains) {
    chainKey.wipe()
    signer?.secret.wipe()
  }
}

function newest({ chains: [chain] }: SenderKeyState): SenderKeyChain {
  if (chain === undefined) throw new BisikError('internal', { reason: 'a sender key without a chain' })
  return chain
}
