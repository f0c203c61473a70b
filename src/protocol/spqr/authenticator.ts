/**
 * The braid's own authentication: keys that evolve with every epoch secret, and tags over header and ciphertext. They are beside the MAC
 * around the whole message.
 */
import { type Bytes, concatBytes, utf8 } from '../../bytes.js'
import { hkdfSecrets, hmacTag } from '../../crypto/kdf.js'
import type { Secret } from '../../crypto/secret.js'

/** Bytes of a tag over a header or a ciphertext. */
export const TAG_LENGTH = 32

/** The keys of the authenticator, 32 bytes each. */
export interface Authenticator {
  readonly root: Secret<'BraidAuthRoot'>
  readonly mac: Secret<'BraidAuthMac'>
}

/** What one epoch of the braid yields, known to both sides. */
export interface EpochSecret {
  /** Counted from 1. */
  readonly epoch: number
  readonly secret: Secret<'EpochSecret'>
}

const PREFIX = utf8('Signal_PQCKA_V1_MLKEM768:')
const UPDATE_LABEL = concatBytes(PREFIX, utf8('Authenticator Update'))
const HEADER_LABEL = concatBytes(PREFIX, utf8('ekheader'))
const CIPHERTEXT_LABEL = concatBytes(PREFIX, utf8('ciphertext'))
const SECRET_LABEL = concatBytes(PREFIX, utf8('SCKA Key'))
const NO_ROOT: Bytes = new Uint8Array(32)

/** Starts the authenticator of a session. Spec: SPQR, "Authenticator and epoch secret", "Auth.new" for epoch 1; differs: none. */
export function startAuthenticator(authKey: Secret<'PqAuthKey'>): Authenticator {
  return deriveKeys(NO_ROOT, authKey, 1)
}

/**
 * Mixes an epoch secret in.
 *
 * Spec: SPQR, "Authenticator and epoch secret", "Auth.update"; differs: none.
 *
 * @returns new keys; neither argument is modified.
 */
export function updateAuthenticator(auth: Authenticator, { epoch, secret }: EpochSecret): Authenticator {
  return deriveKeys(auth.root, secret, epoch)
}

function deriveKeys(root: Secret<'BraidAuthRoot'> | Bytes, key: Secret<string>, epoch: number): Authenticator {
  const info = concatBytes(UPDATE_LABEL, epochBytes(epoch))
  const [next, mac] = hkdfSecrets({ input: [root, key], info, kinds: ['BraidAuthRoot', 'BraidAuthMac'] })
  return { root: next, mac }
}

/** The tag of a header (64 bytes). Spec: SPQR, "Authenticator and epoch secret", "macHdr"; differs: none. */
export function headerTag(auth: Authenticator, epoch: number, header: Uint8Array): Bytes {
  return hmacTag(auth.mac, HEADER_LABEL, epochBytes(epoch), header)
}

/** The tag of a ciphertext (960 and 128 bytes). Spec: SPQR, "Authenticator and epoch secret", "macCt"; differs: none. */
export function ciphertextTag(
  auth: Authenticator,
  epoch: number,
  { ct1, ct2 }: { readonly ct1: Uint8Array; readonly ct2: Uint8Array },
): Bytes {
  return hmacTag(auth.mac, CIPHERTEXT_LABEL, epochBytes(epoch), ct1, ct2)
}

/**
 * Derives the secret of an epoch from the KEM's shared secret.
 *
 * Spec: SPQR, "Authenticator and epoch secret", "epochSecret"; differs: none.
 *
 * @param sharedSecret - consumed: wiped here.
 */
export function epochSecretOf(epoch: number, sharedSecret: Secret<'IncrementalSharedSecret'>): EpochSecret {
  const info = concatBytes(SECRET_LABEL, epochBytes(epoch))
  const [secret] = hkdfSecrets({ input: [sharedSecret], info, kinds: ['EpochSecret'] })
  sharedSecret.wipe()
  return { epoch, secret }
}

/** An epoch as 8 bytes, big-endian. */
function epochBytes(epoch: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(epoch))
  return bytes
}
