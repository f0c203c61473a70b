/**
 * The three symmetric steps of the Double Ratchet and long walks along a chain. Knows no message, no Diffie-Hellman key and no
 * session: what a key is for is the caller's business.
 */
import { utf8 } from '../../bytes.js'
import { hkdfSecrets, hmacSecret } from '../../crypto/kdf.js'
import { type Secret, sameSecret } from '../../crypto/secret.js'
import { CHAIN_WALK_INTERVAL } from '../limits.js'

/** A chain key and the counter of the message it makes the key of. */
export interface Chain {
  readonly key: Secret<'ChainKey'>
  readonly counter: number
}

const ROOT_LABEL = utf8('WhisperRatchet')
const ROOT_KINDS = ['RootKey', 'ChainKey'] as const
const MESSAGE_STEP = new Uint8Array([1])
const CHAIN_STEP = new Uint8Array([2])

/**
 * Mixes a Diffie-Hellman output into the root key.
 *
 * Spec: Double Ratchet, revision 4, "KDF_RK"; libsignal wire 4.1: HKDF-SHA-256, salt = root key, info "WhisperRatchet", 64 bytes.
 *
 * @param dhOutput - secret; not wiped here.
 * @returns the following root key and the first key of a new chain, 32 bytes each.
 */
export function stepRoot(
  rootKey: Secret<'RootKey'>,
  dhOutput: Secret<'DhOutput'>,
): { rootKey: Secret<'RootKey'>; chainKey: Secret<'ChainKey'> } {
  const [next, chainKey] = hkdfSecrets({ salt: rootKey, input: [dhOutput], info: ROOT_LABEL, kinds: ROOT_KINDS })
  return { rootKey: next, chainKey }
}

/**
 * Derives the seed of one message's keys. Spec: Double Ratchet, revision 4, "KDF_CK"; libsignal wire 4.1: HMAC(chain key, 0x01).
 *
 * @returns 32 bytes, for a single use: `sealOnce` consumes it.
 */
export function messageSeed(chainKey: Secret<'ChainKey'>): Secret<'MessageSeed'> {
  return hmacSecret(chainKey, MESSAGE_STEP, 'MessageSeed')
}

/** Steps a chain by one message. Spec: Double Ratchet, revision 4, "KDF_CK"; libsignal wire 4.1: HMAC(chain key, 0x02). */
export function nextChainKey(chainKey: Secret<'ChainKey'>): Secret<'ChainKey'> {
  return hmacSecret(chainKey, CHAIN_STEP, 'ChainKey')
}

/**
 * Chain keys found on a walk from `start`: one every {@link CHAIN_WALK_INTERVAL} steps. A walk is computed in slices with the event
 * loop running in between, and makes a second attempt at the same or a shorter jump cheap. It is only ever a shortcut: a state
 * accepts it when its first key is the state's own.
 */
export interface ChainWalk {
  readonly start: number
  /** `keys[i]` is the chain key at counter `start + i * CHAIN_WALK_INTERVAL`. */
  readonly keys: readonly Secret<'ChainKey'>[]
}

/** Begins a walk at a chain. The walk owns its keys, the first one too: end it with {@link wipeWalk}. */
export function beginWalk(chain: Chain): ChainWalk {
  return { start: chain.counter, keys: [chain.key.clone()] }
}

/** The furthest counter whose chain key the walk remembers. */
export function walkEnd(walk: ChainWalk): number {
  return walk.start + (walk.keys.length - 1) * CHAIN_WALK_INTERVAL
}

/** Extends a walk by at most `steps` steps, in whole intervals, at least one, towards `target`. */
export function extendWalk(walk: ChainWalk, target: number, steps: number): ChainWalk {
  const intervals = Math.min(
    Math.max(1, Math.floor(steps / CHAIN_WALK_INTERVAL)),
    Math.ceil((target - walkEnd(walk)) / CHAIN_WALK_INTERVAL),
  )
  const keys = [...walk.keys]
  for (let i = 0; i < intervals; i++) {
    const last = keys[keys.length - 1] as Secret<'ChainKey'>
    keys.push(advance({ key: last, counter: 0 }, CHAIN_WALK_INTERVAL).key)
  }
  return { start: walk.start, keys }
}

/** Whether the walk began at this very chain, compared without an early exit. */
export function walkBeginsAt(walk: ChainWalk, chain: Chain): boolean {
  const first = walk.keys[0]
  return first !== undefined && walk.start === chain.counter && sameSecret(first, chain.key)
}

/** The chain at the last remembered counter that is not after `counter`. */
export function nearestOnWalk(walk: ChainWalk, counter: number): Chain {
  const i = Math.min(walk.keys.length - 1, Math.max(0, Math.floor((counter - walk.start) / CHAIN_WALK_INTERVAL)))
  return { key: walk.keys[i] as Secret<'ChainKey'>, counter: walk.start + i * CHAIN_WALK_INTERVAL }
}

/** Wipes every key of a walk. */
export function wipeWalk(walk: ChainWalk): void {
  for (const key of walk.keys) key.wipe()
}

/**
 * Advances a chain by `steps` messages, wiping the keys in between. The given chain's key is not modified.
 *
 * @returns the chain after `steps` steps; for 0 steps the same chain.
 */
export function advance(chain: Chain, steps: number): Chain {
  let key = chain.key
  for (let i = 0; i < steps; i++) {
    const next = nextChainKey(key)
    if (key !== chain.key) key.wipe()
    key = next
  }
  return { key, counter: chain.counter + steps }
}
