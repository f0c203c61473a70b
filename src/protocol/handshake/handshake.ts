/**
 * X3DH and PQXDH: from prekeys to the first root and chain keys, for both roles.
 *
 * Spec: X3DH, revision 1; PQXDH, revision 3; libsignal wire 3. The two differ by the KEM secret at the end of the input and by the
 * info string, so they are one piece of code with the KEM part optional.
 */
import { bytesArgument, functionArgument, optional, type Shape, shapeArgument } from '../../arguments.js'
import { utf8 } from '../../bytes.js'
import { agree, isCanonicalBaseKey, keyPairArgument } from '../../crypto/dh.js'
import { hkdfSecrets } from '../../crypto/kdf.js'
import { decapsulate, encapsulate } from '../../crypto/kem/kem.js'
import {
  type EcPublicKey,
  ecKeyArgument,
  type IdentityKey,
  type IdentityKeyPair,
  KEM_CIPHERTEXT_LENGTH,
  type KemCiphertext,
  type KemKeyPair,
  type KeyPair,
} from '../../crypto/keys.js'
import { type Secret, secretArgument } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import { checkPreKeyBundle, type PreKeyBundle } from '../../wire/pre-key-bundle.js'
import type { Verified } from './pre-keys.js'

/** What a handshake leaves behind, 32 bytes each. `pqAuthKey` exists only after PQXDH. */
export interface HandshakeSecrets {
  readonly rootKey: Secret<'RootKey'>
  readonly chainKey: Secret<'ChainKey'>
  readonly pqAuthKey: Secret<'PqAuthKey'> | undefined
}

/** What the recipient of a handshake needs of its own keys and of the message. */
export interface AcceptInput {
  readonly ourIdentity: IdentityKeyPair
  readonly signedPreKey: KeyPair
  readonly oneTimePreKey: KeyPair | undefined
  /** The KEM prekey that the message names and the ciphertext it carries; present in PQXDH, absent in X3DH. */
  readonly kem: { readonly keyPair: KemKeyPair; readonly ciphertext: KemCiphertext } | undefined
  readonly theirIdentity: IdentityKey
  readonly baseKey: EcPublicKey
}

const DISCONTINUITY = new Uint8Array(32).fill(0xff)
const X3DH_INFO = utf8('WhisperText')
const PQXDH_INFO = utf8('WhisperText_X25519_SHA-256_CRYSTALS-KYBER-1024')
const INITIATE_INPUT: Shape<Parameters<typeof initiateHandshake>[0]> = {
  bundle: checkPreKeyBundle,
  ourIdentity: keyPairArgument,
  baseKey: keyPairArgument,
}
type KemPart = NonNullable<AcceptInput['kem']>
const KEM_PAIR: Shape<KemKeyPair> = { secretKey: secretArgument }
const KEM_PART: Shape<KemPart> = {
  keyPair: (pair, name) => shapeArgument(pair, name, KEM_PAIR),
  ciphertext: (ciphertext, name) => bytesArgument(ciphertext, name, KEM_CIPHERTEXT_LENGTH),
}
const ACCEPT_INPUT: Shape<AcceptInput> = {
  ourIdentity: keyPairArgument,
  signedPreKey: keyPairArgument,
  oneTimePreKey: optional(keyPairArgument),
  kem: optional(kemArgument),
  theirIdentity: ecKeyArgument,
  baseKey: ecKeyArgument,
}
const SECRET_KINDS = ['RootKey', 'ChainKey', 'PqAuthKey'] as const

/** Checks the KEM part of what a recipient needs. @throws BisikError `invalid-argument`. */
export function kemArgument(kem: KemPart, argument: string): KemPart {
  return shapeArgument(kem, argument, KEM_PART)
}

/**
 * Runs the initiator's side against a verified bundle. A bundle with a KEM prekey gives PQXDH, one without gives X3DH.
 *
 * Spec: X3DH, revision 1, "Sending the initial message"; PQXDH, revision 3, the same; libsignal wire 3.1; differs: none.
 *
 * @param input - `baseKey`: our ephemeral key pair of this handshake, fresh.
 * @param random - draws 32 bytes for the encapsulation, nothing for X3DH.
 * @returns the secrets, and the KEM ciphertext for the peer (1569 bytes) after PQXDH.
 * @throws BisikError `invalid-key` if any agreement comes out all zero; `invalid-argument`.
 */
export function initiateHandshake(
  input: { readonly ourIdentity: IdentityKeyPair; readonly baseKey: KeyPair; readonly bundle: Verified<PreKeyBundle> },
  random: RandomSource,
): HandshakeSecrets & { readonly kemCiphertext: KemCiphertext | undefined } {
  const { bundle, ourIdentity, baseKey } = shapeArgument(input, 'input', INITIATE_INPUT)
  functionArgument(random, 'random')
  const secrets: Secret<string>[] = []
  try {
    secrets.push(agree(ourIdentity.privateKey, bundle.signedPreKey.publicKey))
    secrets.push(agree(baseKey.privateKey, bundle.identityKey))
    secrets.push(agree(baseKey.privateKey, bundle.signedPreKey.publicKey))
    if (bundle.oneTimePreKey !== undefined) secrets.push(agree(baseKey.privateKey, bundle.oneTimePreKey.publicKey))
    if (bundle.kemPreKey === undefined) return { ...deriveSecrets(secrets, false), kemCiphertext: undefined }
    const { ciphertext, sharedSecret } = encapsulate(bundle.kemPreKey.publicKey, random)
    secrets.push(sharedSecret)
    return { ...deriveSecrets(secrets, true), kemCiphertext: ciphertext }
  } finally {
    for (const secret of secrets) secret.wipe()
  }
}

/**
 * Runs the recipient's side.
 *
 * Spec: X3DH, revision 1, "Receiving the initial message"; PQXDH, revision 3, the same; libsignal wire 3.1 and 1.1; differs: none.
 *
 * @returns the same secrets as the initiator's, if every key is the one it used. A wrong KEM ciphertext gives other secrets, not an
 *          error: the message's MAC tells.
 * @throws BisikError `invalid-key` if the base key is not canonical and torsion free, or any agreement comes out all zero;
 *         `invalid-argument`.
 */
export function acceptHandshake(input: AcceptInput): HandshakeSecrets {
  const { ourIdentity, signedPreKey, oneTimePreKey, kem, theirIdentity, baseKey } = shapeArgument(input, 'input', ACCEPT_INPUT)
  if (!isCanonicalBaseKey(baseKey)) throw new BisikError('invalid-key', { reason: 'the base key is not canonical' })
  const secrets: Secret<string>[] = []
  try {
    secrets.push(agree(signedPreKey.privateKey, theirIdentity))
    secrets.push(agree(ourIdentity.privateKey, baseKey))
    secrets.push(agree(signedPreKey.privateKey, baseKey))
    if (oneTimePreKey !== undefined) secrets.push(agree(oneTimePreKey.privateKey, baseKey))
    if (kem !== undefined) secrets.push(decapsulate(kem.keyPair.secretKey, kem.ciphertext))
    return deriveSecrets(secrets, kem !== undefined)
  } finally {
    for (const secret of secrets) secret.wipe()
  }
}

function deriveSecrets(secrets: readonly Secret<string>[], postQuantum: boolean): HandshakeSecrets {
  const [rootKey, chainKey, pqAuthKey] = hkdfSecrets({
    input: [DISCONTINUITY, ...secrets],
    info: postQuantum ? PQXDH_INFO : X3DH_INFO,
    kinds: SECRET_KINDS,
  })
  if (postQuantum) return { rootKey, chainKey, pqAuthKey }
  pqAuthKey.wipe()
  return { rootKey, chainKey, pqAuthKey: undefined }
}
