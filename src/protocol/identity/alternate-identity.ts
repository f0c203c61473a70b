/**
 * One identity key vouching for another: both are of the same person, as an account's identity and that of its phone number.
 */

import { bytesArgument, objectArgument } from '../../arguments.js'
import { concatBytes, utf8 } from '../../bytes.js'
import { type IdentityKey, type IdentityKeyPair, parseIdentityKey, type Signature } from '../../crypto/keys.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import type { RandomSource } from '../../env.js'

/** No Curve25519 key begins like this, so what is signed here is never mistaken for a prekey. */
const PREFIX = concatBytes(new Uint8Array(32).fill(0xff), utf8('Signal_PNI_Signature'))

/**
 * Signs another identity key with ours.
 *
 * Spec: libsignal wire 1.2, "Alternate-identity signature"; differs: none.
 *
 * @param other - 33 bytes.
 * @param random - 64 bytes are drawn: two signatures of one key differ.
 * @returns 64 bytes.
 * @throws BisikError `invalid-argument`, `invalid-key`.
 */
export function signAlternateIdentity(identity: Pick<IdentityKeyPair, 'privateKey'>, other: IdentityKey, random: RandomSource): Signature {
  const privateKey = objectArgument(identity, 'identity', (given) => given.privateKey)
  return sign(privateKey, concatBytes(PREFIX, parseIdentityKey(bytesArgument(other, 'other'))), random)
}

/**
 * Whether `identity` vouched for `other`.
 *
 * Spec: libsignal wire 1.2, "Alternate-identity signature"; differs: as `verify` does, which refuses malleable signatures.
 *
 * @param signature - 64 bytes; any other length is no signature.
 * @throws BisikError `invalid-argument` for what is no bytes, `invalid-key` for what is no key.
 */
export function verifyAlternateIdentity(identity: IdentityKey, other: IdentityKey, signature: Uint8Array): boolean {
  const message = concatBytes(PREFIX, parseIdentityKey(other))
  return verify(parseIdentityKey(identity), message, bytesArgument(signature, 'signature'))
}
