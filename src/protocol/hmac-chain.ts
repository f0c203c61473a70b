/**
 * A chain of keys in which each makes a message's key and the next of the chain: those of the Double Ratchet and those of sender keys step alike.
 * The kinds of their secrets keep them apart. Knows no message, no session and no group.
 */
import { hmacSecret } from '../crypto/kdf.js'
import type { Secret } from '../crypto/secret.js'
import type { Position } from './checkpoints.js'

/** The kind of the seeds that the keys of a chain make, by the kind of those keys. */
interface SeedKinds {
  readonly ChainKey: 'MessageSeed'
  readonly SenderChainKey: 'SenderMessageSeed'
}

const MESSAGE_STEP = new Uint8Array([1])
const CHAIN_STEP = new Uint8Array([2])

/**
 * Derives the seed of one message's keys: HMAC(chain key, 0x01).
 *
 * Spec: Double Ratchet, revision 4, "KDF_CK"; libsignal wire 4.1, and "Sender keys", "Derivation"; differs: none.
 *
 * @returns 32 bytes, for a single use: what encrypts with it consumes it.
 */
export function messageSeed<K extends keyof SeedKinds>(chainKey: Secret<K>): Secret<SeedKinds[K]> {
  return hmacSecret<SeedKinds[K]>(chainKey, MESSAGE_STEP)
}

/**
 * Steps a chain by one message: HMAC(chain key, 0x02).
 *
 * Spec: Double Ratchet, revision 4, "KDF_CK"; libsignal wire 4.1, and "Sender keys", "Derivation"; differs: none.
 */
export function nextChainKey<K extends keyof SeedKinds>(chainKey: Secret<K>): Secret<K> {
  return hmacSecret<K>(chainKey, CHAIN_STEP)
}

/**
 * Advances a chain by `steps` messages, wiping the keys in between. The given key is not modified.
 *
 * @returns the place after `steps` steps; for 0 steps the same place.
 */
export function advance<K extends keyof SeedKinds>(from: Position<K>, steps: number): Position<K> {
  let key = from.key
  for (let i = 0; i < steps; i++) {
    const next = nextChainKey(key)
    if (key !== from.key) key.wipe()
    key = next
  }
  return { key, counter: from.counter + steps }
}
