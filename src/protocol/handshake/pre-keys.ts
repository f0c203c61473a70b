/**
 * Prekeys: making them, and proving that a bundle was signed by the identity it names. The caller knows which ids are free.
 */

import { generateKeyPair } from '../../crypto/dh.js'
import { generateKemKeyPair } from '../../crypto/kem/kem.js'
import type { IdentityKeyPair, KemKeyPair, KeyPair, Signature } from '../../crypto/keys.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import type { EpochMillis, RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'

/** A one-time prekey: its key pair is deleted with the first message that used it. */
export interface OneTimePreKey {
  readonly id: number
  readonly keyPair: KeyPair
}

/** A signed prekey: serves many sessions until it is rotated away. */
export interface SignedPreKey {
  readonly id: number
  readonly keyPair: KeyPair
  /** By the identity key, over the 33 bytes of the public key, type byte included. */
  readonly signature: Signature
  readonly createdAt: EpochMillis
}

/** A KEM prekey. */
export interface KemPreKey {
  readonly id: number
  readonly keyPair: KemKeyPair
  /** By the identity key, over the 1569 bytes of the public key, type byte included: so that no key of another kind can take its place. */
  readonly signature: Signature
  readonly createdAt: EpochMillis
  /** A last-resort key serves many sessions and is rotated; any other is deleted with the first message that used it. */
  readonly lastResort: boolean
}

/** Makes a one-time prekey. Spec: X3DH, revision 1, "Publishing keys"; libsignal wire 2. */
export function generateOneTimePreKey(id: number, random: RandomSource): OneTimePreKey {
  return { id, keyPair: generateKeyPair(random) }
}

/** Makes a signed prekey. Spec: X3DH, revision 1, "Publishing keys"; libsignal wire 2. */
export function generateSignedPreKey(id: number, identity: IdentityKeyPair, createdAt: EpochMillis, random: RandomSource): SignedPreKey {
  const keyPair = generateKeyPair(random)
  return { id, keyPair, signature: sign(identity.privateKey, keyPair.publicKey, random), createdAt }
}

/** Makes a KEM prekey. Spec: PQXDH, revision 3, "Publishing keys"; libsignal wire 2. */
export function generateKemPreKey(
  options: { readonly id: number; readonly identity: IdentityKeyPair; readonly createdAt: EpochMillis; readonly lastResort: boolean },
  random: RandomSource,
): KemPreKey {
  const keyPair = generateKemKeyPair(random)
  const { id, createdAt, lastResort } = options
  return { id, keyPair, signature: sign(options.identity.privateKey, keyPair.publicKey, random), createdAt, lastResort }
}

declare const verified: unique symbol

/** A value whose signatures were checked; only the function that checks makes one. */
export type Verified<T> = T & { readonly [verified]: true }

/**
 * Checks every signature of a bundle. Spec: libsignal wire 2, "Processing a bundle", step 2.
 *
 * @throws BisikError `bad-signature` naming the prekey whose signature does not hold.
 */
export function verifyPreKeyBundle(bundle: PreKeyBundle): Verified<PreKeyBundle> {
  if (!verify(bundle.identityKey, bundle.signedPreKey.publicKey, bundle.signedPreKey.signature)) {
    throw new BisikError('bad-signature', { signed: 'signed prekey' })
  }
  if (bundle.kemPreKey !== undefined && !verify(bundle.identityKey, bundle.kemPreKey.publicKey, bundle.kemPreKey.signature)) {
    throw new BisikError('bad-signature', { signed: 'KEM prekey' })
  }
  return bundle as Verified<PreKeyBundle>
}
