/**
 * What a device publishes (`PreKeyUpload`) and what an initiator fetches (`PreKeyBundle`), with byte forms of our own: libsignal has
 * none. Checks types and lengths; verifies no signature.
 */

import { bytesArgument, invalidArgument, listArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import {
  type EcPublicKey,
  type IdentityKey,
  type KemPublicKey,
  parseEcPublicKey,
  parseIdentityKey,
  parseKemPublicKey,
  parseSignature,
  type Signature,
} from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { addressFields, checkAddress, type DeviceAddress, isDevice, receivedAddress } from './address.js'
import { receive } from './input.js'
import { MAX_BUNDLE_LENGTH, MAX_ONE_TIME_PRE_KEYS, MAX_UPLOAD_LENGTH } from './limits.js'
import * as codec from './protobuf.js'

/** A Curve25519 prekey for one session; unsigned. */
export interface OneTimePreKey {
  readonly id: number
  readonly publicKey: EcPublicKey
}

/** A Curve25519 prekey signed by the identity key, 33 bytes under the signature. */
export interface SignedPreKey {
  readonly id: number
  readonly publicKey: EcPublicKey
  readonly signature: Signature
}

/** A KEM prekey signed by the identity key, 1569 bytes under the signature. */
export interface KemPreKey {
  readonly id: number
  readonly publicKey: KemPublicKey
  readonly signature: Signature
}

/** What an initiator needs to start a session with a device. Nothing in it is verified yet. */
export interface PreKeyBundle {
  readonly address: DeviceAddress
  readonly registrationId: number
  readonly identityKey: IdentityKey
  readonly signedPreKey: SignedPreKey
  readonly oneTimePreKey: OneTimePreKey | undefined
  /** One-time or last-resort: an initiator cannot tell. Absent: the session would be X3DH, without post-quantum protection. */
  readonly kemPreKey: KemPreKey | undefined
}

/** What a device hands to its relay; the relay makes a {@link PreKeyBundle} of it for each initiator. */
export interface PreKeyUpload {
  readonly address: DeviceAddress
  readonly registrationId: number
  readonly identityKey: IdentityKey
  readonly signedPreKey: SignedPreKey
  /** Last resort: handed out, without being used up, when the one-time ones are gone. */
  readonly kemPreKey: KemPreKey
  readonly oneTimePreKeys: readonly OneTimePreKey[]
  readonly oneTimeKemPreKeys: readonly KemPreKey[]
  /**
   * One-time prekeys with lower ids, of uploads before this one, are withdrawn: their device is about to delete them, so the relay drops
   * those that it still has. Default: none is withdrawn.
   */
  readonly firstOneTimePreKeyId?: number | undefined
  /** As {@link PreKeyUpload.firstOneTimePreKeyId}, of the one-time KEM prekeys. */
  readonly firstOneTimeKemPreKeyId?: number | undefined
}

const VERSION = 1
// An upload has all that a bundle must have: taken for one, it would start a session on the last-resort prekey alone.
const A_BUNDLE =
  'a bundle as a relay makes it, not an upload: take its lists out and add oneTimePreKey: oneTimePreKeys[0], kemPreKey: oneTimeKemPreKeys[0]'

/**
 * Checks types and lengths in a bundle that a caller passed, and copies it.
 *
 * @throws BisikError `invalid-argument`, `invalid-key`.
 */
export function checkPreKeyBundle(bundle: PreKeyBundle): PreKeyBundle {
  const { isUpload, oneTimePreKey, kemPreKey, ...device } = objectArgument(bundle, 'bundle', (given) => ({
    ...deviceOf(given),
    isUpload: !('oneTimePreKey' in given) && ('oneTimePreKeys' in given || 'oneTimeKemPreKeys' in given),
    oneTimePreKey: given.oneTimePreKey,
    kemPreKey: given.kemPreKey,
  }))
  if (isUpload) throw invalidArgument('bundle', A_BUNDLE)
  return {
    ...checkDevice(device),
    oneTimePreKey: oneTimePreKey === undefined ? undefined : oneTimeFields(oneTimePreKey),
    kemPreKey: kemPreKey === undefined ? undefined : signedFields(kemPreKey, parseKemPublicKey, 'kemPreKey'),
  }
}

/** Serializes a bundle. @throws BisikError `invalid-argument`, `invalid-key`. */
export function serializePreKeyBundle(bundle: PreKeyBundle): Bytes {
  const { oneTimePreKey, kemPreKey, ...device } = checkPreKeyBundle(bundle)
  return codec.preKeyBundle.encode({
    ...device,
    version: VERSION,
    address: addressFields(device.address),
    oneTimePreKey: oneTimePreKey ?? null,
    kemPreKey: kemPreKey ?? null,
  })
}

/**
 * Parses a bundle. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large` (over 64 KiB), `malformed-message`, `unsupported-version`, `invalid-key`, `invalid-argument`.
 */
export function parsePreKeyBundle(bytes: Uint8Array): PreKeyBundle {
  const fields = codec.preKeyBundle.decode(receive(bytes, MAX_BUNDLE_LENGTH))
  return {
    ...receivedDevice(fields),
    oneTimePreKey: fields.oneTimePreKey ? receivedOneTime(fields.oneTimePreKey) : undefined,
    kemPreKey: fields.kemPreKey ? receivedSigned(fields.kemPreKey, parseKemPublicKey) : undefined,
  }
}

/**
 * Checks types and lengths in an upload that a caller passed, and copies it.
 *
 * @throws BisikError `invalid-argument` (also for more than 1,000 one-time prekeys of a kind), `invalid-key`.
 */
export function checkPreKeyUpload(upload: PreKeyUpload): PreKeyUpload {
  const { kemPreKey, oneTimePreKeys, oneTimeKemPreKeys, firstOneTimePreKeyId, firstOneTimeKemPreKeyId, ...device } = objectArgument(
    upload,
    'upload',
    (given) => ({
      ...deviceOf(given),
      kemPreKey: given.kemPreKey,
      oneTimePreKeys: given.oneTimePreKeys,
      oneTimeKemPreKeys: given.oneTimeKemPreKeys,
      firstOneTimePreKeyId: given.firstOneTimePreKeyId,
      firstOneTimeKemPreKeyId: given.firstOneTimeKemPreKeyId,
    }),
  )
  return {
    ...checkDevice(device),
    kemPreKey: signedFields(kemPreKey, parseKemPublicKey, 'kemPreKey'),
    oneTimePreKeys: listArgument(oneTimePreKeys, 'oneTimePreKeys', MAX_ONE_TIME_PRE_KEYS).map(oneTimeFields),
    oneTimeKemPreKeys: listArgument(oneTimeKemPreKeys, 'oneTimeKemPreKeys', MAX_ONE_TIME_PRE_KEYS).map((key) =>
      signedFields(key, parseKemPublicKey, 'oneTimeKemPreKeys'),
    ),
    firstOneTimePreKeyId: firstIdArgument(firstOneTimePreKeyId, 'firstOneTimePreKeyId'),
    firstOneTimeKemPreKeyId: firstIdArgument(firstOneTimeKemPreKeyId, 'firstOneTimeKemPreKeyId'),
  }
}

/**
 * Serializes an upload.
 *
 * @throws BisikError `invalid-argument` (also for more than 1,000 one-time prekeys of a kind), `invalid-key`, `message-too-large` (over 1 MiB).
 */
export function serializePreKeyUpload(upload: PreKeyUpload): Bytes {
  const { firstOneTimePreKeyId, firstOneTimeKemPreKeyId, ...fields } = checkPreKeyUpload(upload)
  const bytes = codec.preKeyUpload.encode({
    ...fields,
    version: VERSION,
    address: addressFields(fields.address),
    oneTimePreKeys: [...fields.oneTimePreKeys],
    oneTimeKemPreKeys: [...fields.oneTimeKemPreKeys],
    firstOneTimePreKeyId: firstOneTimePreKeyId ?? null,
    firstOneTimeKemPreKeyId: firstOneTimeKemPreKeyId ?? null,
  })
  if (bytes.length > MAX_UPLOAD_LENGTH) throw new BisikError('message-too-large', { length: bytes.length, limit: MAX_UPLOAD_LENGTH })
  return bytes
}

/**
 * Parses an upload. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large` (over 1 MiB), `malformed-message`, `unsupported-version`, `invalid-key`, `invalid-argument`.
 */
export function parsePreKeyUpload(bytes: Uint8Array): PreKeyUpload {
  const fields = codec.preKeyUpload.decode(receive(bytes, MAX_UPLOAD_LENGTH))
  if (fields.oneTimePreKeys.length > MAX_ONE_TIME_PRE_KEYS || fields.oneTimeKemPreKeys.length > MAX_ONE_TIME_PRE_KEYS) {
    throw new BisikError('malformed-message', { reason: 'too many one-time prekeys' })
  }
  return {
    ...receivedDevice(fields),
    kemPreKey: receivedSigned(fields.kemPreKey, parseKemPublicKey),
    oneTimePreKeys: fields.oneTimePreKeys.map(receivedOneTime),
    oneTimeKemPreKeys: fields.oneTimeKemPreKeys.map((key) => receivedSigned(key, parseKemPublicKey)),
    firstOneTimePreKeyId: fields.firstOneTimePreKeyId ?? undefined,
    firstOneTimeKemPreKeyId: fields.firstOneTimeKemPreKeyId ?? undefined,
  }
}

type Device = Pick<PreKeyBundle, 'address' | 'registrationId' | 'identityKey' | 'signedPreKey'>

function deviceOf({ address, registrationId, identityKey, signedPreKey }: Device): Device {
  return { address, registrationId, identityKey, signedPreKey }
}

function checkDevice({ address, registrationId, identityKey, signedPreKey }: Device): Device {
  return {
    address: checkAddress(address),
    registrationId: uint32Argument(registrationId, 'registrationId'),
    identityKey: parseIdentityKey(bytesArgument(identityKey, 'identityKey')),
    signedPreKey: signedFields(signedPreKey, parseEcPublicKey),
  }
}

interface SignedFields {
  readonly id: number
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
}

interface DeviceFields {
  readonly version: number
  readonly address: { readonly user: Uint8Array; readonly device: number }
  readonly registrationId: number
  readonly identityKey: Uint8Array
  readonly signedPreKey: SignedFields
}

function oneTimeFields(preKey: OneTimePreKey): OneTimePreKey {
  const { id, publicKey } = objectArgument(preKey, 'oneTimePreKey', ({ id, publicKey }) => ({ id, publicKey }))
  return { id: uint32Argument(id, 'id'), publicKey: parseEcPublicKey(bytesArgument(publicKey, 'publicKey')) }
}

function signedFields<Key>(
  preKey: SignedFields,
  parseKey: (bytes: Uint8Array) => Key,
  argument = 'signedPreKey',
): { readonly id: number; readonly publicKey: Key; readonly signature: Signature } {
  const { id, publicKey, signature } = objectArgument(preKey, argument, ({ id, publicKey, signature }) => ({ id, publicKey, signature }))
  return {
    id: uint32Argument(id, 'id'),
    publicKey: parseKey(bytesArgument(publicKey, 'publicKey')),
    signature: parseSignature(bytesArgument(signature, 'signature')),
  }
}

function firstIdArgument(id: number | undefined, argument: string): number | undefined {
  return id === undefined ? undefined : uint32Argument(id, argument)
}

function receivedDevice(fields: DeviceFields): Device {
  if (fields.version !== VERSION) throw new BisikError('unsupported-version', { version: fields.version })
  return {
    address: newAddress(fields.address),
    registrationId: fields.registrationId,
    identityKey: parseIdentityKey(fields.identityKey),
    signedPreKey: receivedSigned(fields.signedPreKey, parseEcPublicKey),
  }
}

function receivedOneTime(fields: Omit<SignedFields, 'signature'>): OneTimePreKey {
  return { id: fields.id, publicKey: parseEcPublicKey(fields.publicKey) }
}

function receivedSigned<Key>(
  fields: SignedFields,
  parseKey: (bytes: Uint8Array) => Key,
): { readonly id: number; readonly publicKey: Key; readonly signature: Signature } {
  return { id: fields.id, publicKey: parseKey(fields.publicKey), signature: parseSignature(fields.signature) }
}

/** Nothing new begins with a device whose number is not given out any more. @throws BisikError `malformed-message`. */
function newAddress(fields: Parameters<typeof receivedAddress>[0]): DeviceAddress {
  const address = receivedAddress(fields)
  if (!isDevice(address.device)) throw new BisikError('malformed-message', { reason: 'no valid address' })
  return address
}
