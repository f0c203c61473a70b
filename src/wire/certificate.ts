/**
 * Certificates of sealed sender: bytes to fields and back. Does not know whether one is valid: `protocol/certificates.ts` judges that.
 */

import { bytesArgument, objectArgument, textArgument, uint32Argument } from '../arguments.js'
import { type Bytes, utf8 } from '../bytes.js'
import {
  EC_PUBLIC_KEY_LENGTH,
  type EcPublicKey,
  type IdentityKey,
  parseEcPublicKey,
  parseIdentityKey,
  SIGNATURE_LENGTH,
} from '../crypto/keys.js'
import { type EpochMillis, timeArgument } from '../env.js'
import { BisikError } from '../errors.js'
import { canonicalUser, checkAddress, type DeviceAddress, isDevice } from './address.js'
import { receive } from './input.js'
import { MAX_CERTIFICATE_LENGTH, MAX_USER_LENGTH } from './limits.js'
import * as codec from './protobuf.js'
import { uuidText } from './uuid.js'

/** The key of a server that issues sender certificates, signed by a trust root. */
export interface ServerCertificate {
  readonly id: number
  readonly key: EcPublicKey
  /** What the signature covers, as received. */
  readonly signed: Bytes
  /** Not checked, not even its length. */
  readonly signature: Bytes
  readonly serialized: Bytes
}

/** What a {@link ServerCertificate} says. */
export type ServerCertificateFields = Pick<ServerCertificate, 'id' | 'key'>

/** Who a sealed message is from, signed by a server. Parsed, not validated. */
export interface SenderCertificate {
  readonly sender: DeviceAddress
  /** E.164, if the issuer put it in. */
  readonly phoneNumber: string | undefined
  readonly identityKey: IdentityKey
  /** The last millisecond at which it is valid. */
  readonly expiration: EpochMillis
  /** The issuer's certificate, or the id of one that everybody knows. */
  readonly signer: ServerCertificate | number
  /** What the signature covers, as received. */
  readonly signed: Bytes
  /** Not checked, not even its length. */
  readonly signature: Bytes
  readonly serialized: Bytes
}

/** What a {@link SenderCertificate} says. */
export interface SenderCertificateFields extends Pick<SenderCertificate, 'sender' | 'phoneNumber' | 'identityKey' | 'expiration'> {
  /** The issuer's certificate, serialized. */
  readonly signer: Uint8Array
}

/**
 * Writes what the signature of a server certificate covers.
 *
 * Spec: libsignal wire, "Certificates"; differs: none.
 *
 * @throws BisikError `invalid-argument`.
 */
export function encodeServerCertificate(fields: ServerCertificateFields): Bytes {
  const { id, key } = objectArgument(fields, 'fields', ({ id, key }) => ({ id, key }))
  return codec.serverCertificate.encode({ id: uint32Argument(id, 'id'), key: bytesArgument(key, 'key', EC_PUBLIC_KEY_LENGTH) })
}

/**
 * Writes what the signature of a sender certificate covers.
 *
 * Spec: libsignal wire, "Certificates"; differs: none.
 *
 * @throws BisikError `invalid-argument`.
 */
export function encodeSenderCertificate(fields: SenderCertificateFields): Bytes {
  const { sender, phoneNumber, identityKey, expiration, signer } = objectArgument(
    fields,
    'fields',
    ({ sender, phoneNumber, identityKey, expiration, signer }) => ({ sender, phoneNumber, identityKey, expiration, signer }),
  )
  const { user, device } = checkAddress(sender)
  return codec.senderCertificate.encode({
    phoneNumber: phoneNumber === undefined ? null : textArgument(phoneNumber, 'phoneNumber'),
    device,
    expiration: timeArgument(expiration, 'expiration'),
    identityKey: bytesArgument(identityKey, 'identityKey', EC_PUBLIC_KEY_LENGTH),
    signer: bytesArgument(signer, 'signer'),
    user,
  })
}

/** Puts a signature beside what it covers: a certificate of either kind. @throws BisikError `invalid-argument`. */
export function serializeCertificate(signed: Uint8Array, signature: Uint8Array): Bytes {
  return codec.certificate.encode({
    certificate: bytesArgument(signed, 'signed'),
    signature: bytesArgument(signature, 'signature', SIGNATURE_LENGTH),
  })
}

/**
 * Parses a server certificate. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "Certificates"; differs: at most 4 KiB.
 *
 * @throws BisikError `message-too-large`, `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseServerCertificate(bytes: Uint8Array): ServerCertificate {
  const serialized = receive(bytes, MAX_CERTIFICATE_LENGTH)
  const { certificate: signed, signature } = codec.certificate.decode(serialized)
  const { id, key } = codec.serverCertificate.decode(signed)
  return { id, key: parseEcPublicKey(key), signed, signature, serialized }
}

/**
 * Parses a sender certificate with the server certificate inside. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "Certificates"; differs: at most 4 KiB; an expiration of 2^53 or more is refused, and so is a certificate with
 * both kinds of user or of signer (libsignal takes the last); a user who is a service id is in canonical form (libsignal: as written).
 *
 * @throws BisikError `message-too-large`, `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseSenderCertificate(bytes: Uint8Array): SenderCertificate {
  const serialized = receive(bytes, MAX_CERTIFICATE_LENGTH)
  const { certificate: signed, signature } = codec.certificate.decode(serialized)
  const fields = codec.senderCertificate.decode(signed)
  if (!isDevice(fields.device)) throw new BisikError('malformed-message', { reason: 'no such device' })
  return {
    sender: { user: userOf(fields.user, fields.userUuid), device: fields.device },
    phoneNumber: fields.phoneNumber ?? undefined,
    identityKey: parseIdentityKey(fields.identityKey),
    expiration: codec.receivedMillis(fields.expiration),
    signer: signerOf(fields.signer, fields.signerId),
    signed,
    signature,
    serialized,
  }
}

function userOf(user: string | null, uuid: Bytes | null): string {
  if ((user === null) === (uuid === null)) throw new BisikError('malformed-message', { reason: 'not exactly one user' })
  if (uuid?.length === 16) return uuidText(uuid)
  if (user === null || utf8(user).length > MAX_USER_LENGTH) throw new BisikError('malformed-message', { reason: 'no such user' })
  return canonicalUser(user)
}

function signerOf(certificate: Bytes | null, id: number | null): ServerCertificate | number {
  if (certificate !== null && id === null) return parseServerCertificate(certificate)
  if (certificate === null && id !== null) return id
  throw new BisikError('malformed-message', { reason: 'not exactly one signer' })
}
