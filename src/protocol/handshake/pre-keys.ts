/**
 * Prekeys: making them, and proving that a bundle was signed by the identity it names. The caller knows which ids are free.
 */

import { booleanArgument, isBytes, objectArgument, uint32Argument } from '../../arguments.js'
import { generateKeyPair } from '../../crypto/dh.js'
import { generateKemKeyPair } from '../../crypto/kem/kem.js'
import { type IdentityKeyPair, type KemKeyPair, type KeyPair, SIGNATURE_LENGTH, type Signature } from '../../crypto/keys.js'
import { secretArgument } from '../../crypto/secret.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import { type EpochMillis, type RandomSource, timeArgument } from '../../env.js'
import { BisikError } from '../../errors.js'
import { checkPreKeyBundle, type PreKeyBundle } from '../../wire/pre-key-bundle.js'

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
  return { id: uint32Argument(id, 'id'), keyPair: generateKeyPair(random) }
}

/** Makes a signed prekey. Spec: X3DH, revision 1, "Publishing keys"; libsignal wire 2. */
export function generateSignedPreKey(id: number, identity: IdentityKeyPair, createdAt: EpochMillis, random: RandomSource): SignedPreKey {
  uint32Argument(id, 'id')
  timeArgument(createdAt, 'createdAt')
  const privateKey = privateKeyOf(identity)
  const keyPair = generateKeyPair(random)
  return { id, keyPair, signature: sign(privateKey, keyPair.publicKey, random), createdAt }
}

/** Makes a KEM prekey. Spec: PQXDH, revision 3, "Publishing keys"; libsignal wire 2. */
export function generateKemPreKey(
  options: { readonly id: number; readonly identity: IdentityKeyPair; readonly createdAt: EpochMillis; readonly lastResort: boolean },
  random: RandomSource,
): KemPreKey {
  const { id, identity, createdAt, lastResort } = objectArgument(options, 'options', (given) => ({
    id: given.id,
    identity: given.identity,
    createdAt: given.createdAt,
    lastResort: given.lastResort,
  }))
  uint32Argument(id, 'id')
  timeArgument(createdAt, 'createdAt')
  booleanArgument(lastResort, 'lastResort')
  const privateKey = privateKeyOf(identity)
  const keyPair = generateKemKeyPair(random)
  return { id, keyPair, signature: sign(privateKey, keyPair.publicKey, random), createdAt, lastResort }
}

function privateKeyOf(identity: IdentityKeyPair): IdentityKeyPair['privateKey'] {
  return secretArgument(
    objectArgument(identity, 'identity', ({ privateKey }) => privateKey),
    'privateKey',
  )
}

declare const verified: unique symbol

/** A value whose signatures were checked; only the function that checks makes one. */
export type Verified<T> = T & { readonly [verified]: true }

/**
 * Checks every signature of a bundle. Spec: libsignal wire 2, "Processing a bundle", step 2.
 *
 * @returns a copy.
 * @throws BisikError `bad-signature` naming the prekey whose signature does not hold; `invalid-argument`, `invalid-key`.
 */
export function verifyPreKeyBundle(bundle: PreKeyBundle): Verified<PreKeyBundle> {
  // One of another length holds for nothing, whatever else is wrong.
  const [ofSigned, ofKem] = objectArgument(bundle, 'bundle', ({ signedPreKey, kemPreKey }) => [
    signedPreKey?.signature,
    kemPreKey?.signature,
  ])
  checkLength(ofSigned, 'signed prekey')
  checkLength(ofKem, 'KEM prekey')
  const checked = checkPreKeyBundle(bundle)
  if (!verify(checked.identityKey, checked.signedPreKey.publicKey, checked.signedPreKey.signature)) {
    throw new BisikError('bad-signature', { signed: 'signed prekey' })
  }
  if (checked.kemPreKey !== undefined && !verify(checked.identityKey, checked.kemPreKey.publicKey, checked.kemPreKey.signature)) {
    throw new BisikError('bad-signature', { signed: 'KEM prekey' })
  }
  return checked as Verified<PreKeyBundle>
}

function checkLength(signature: Uint8Array | undefined, signed: string): void {
  if (isBytes(signature) && signature.length !== SIGNATURE_LENGTH) throw new BisikError('bad-signature', { signed })
}
