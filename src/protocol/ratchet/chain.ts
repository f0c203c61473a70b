/**
 * The three symmetric steps of the Double Ratchet. Knows no message, no Diffie-Hellman key and no
 * session: what a key is for is the caller's business.
 */
import { utf8 } from '../../bytes.js'
import { hkdfSecrets, hmacSecret } from '../../crypto/kdf.js'
import type { Secret } from '../../crypto/secret.js'
import type { Position } from '../checkpoints.js'

/** A chain key and the counter of the message it makes the key of. */
export type Chain = Position<'ChainKey'>

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
 * @returns 32 bytes, for a single use: `beginEncrypting` consumes it.
 */
export function messageSeed(chainKey: Secret<'ChainKey'>): Secret<'MessageSeed'> {
  return hmacSecret(chainKey, MESSAGE_STEP, 'MessageSeed')
}

/** Steps a chain by one message. Spec: Double Ratchet, revision 4, "KDF_CK"; libsignal wire 4.1: HMAC(chain key, 0x02). */
export function nextChainKey(chainKey: Secret<'ChainKey'>): Secret<'ChainKey'> {
  return hmacSecret(chainKey, CHAIN_STEP, 'ChainKey')
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
