/**
 * How the Double Ratchet comes to a new chain; how a chain goes on is in `hmac-chain.ts`. Knows no message, no Diffie-Hellman key and no
 * session: what a key is for is the caller's business.
 */
import { utf8 } from '../../bytes.js'
import { hkdfSecrets } from '../../crypto/kdf.js'
import type { Secret } from '../../crypto/secret.js'
import type { Position } from '../checkpoints.js'

/** A chain key and the counter of the message it makes the key of. */
export type Chain = Position<'ChainKey'>

const ROOT_LABEL = utf8('WhisperRatchet')
const ROOT_KINDS = ['RootKey', 'ChainKey'] as const

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
