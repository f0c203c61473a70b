/**
 * Signatures for models that sign a million times: hashes that only the holder of a key makes, a hundred times faster. To be put in the place
 * of `src/crypto/xeddsa.js` by `vi.mock`.
 */
import { createHash } from 'node:crypto'
import { equalBytes } from '../../src/bytes.js'
import type { EcPublicKey, IdentityKeyPair, Signature } from '../../src/crypto/keys.js'
import type { Secret } from '../../src/crypto/secret.js'

const owners = new WeakMap<Secret<'EcPrivateKey'>, EcPublicKey>()

/** Lets a pair sign. */
export function enroll({ publicKey, privateKey }: IdentityKeyPair): void {
  owners.set(privateKey, publicKey)
}

function signatureOf(publicKey: EcPublicKey, message: Uint8Array): Signature {
  return new Uint8Array(createHash('sha512').update(publicKey).update(message).digest()) as Signature
}

export function sign(privateKey: Secret<'EcPrivateKey'>, message: Uint8Array): Signature {
  const owner = owners.get(privateKey)
  if (owner === undefined) throw new Error('a key that was not enrolled')
  return signatureOf(owner, message)
}

export function verify(publicKey: EcPublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  return equalBytes(signatureOf(publicKey, message), signature)
}
