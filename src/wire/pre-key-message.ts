/**
 * The first messages of a session: what the recipient needs for the handshake, around a complete ratchet message. Has no MAC of its own;
 * does not know whether the prekeys it names exist.
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import {
  EC_PUBLIC_KEY_LENGTH,
  type EcPublicKey,
  type IdentityKey,
  KEM_CIPHERTEXT_LENGTH,
  parseEcPublicKey,
  parseIdentityKey,
} from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { receive } from './input.js'
import { MAX_MESSAGE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'
import { parseSignalMessage, type SignalMessage } from './signal-message.js'
import { parseVersionByte, type SessionVersion, versionByte } from './version.js'

interface Handshake {
  readonly version: SessionVersion
  /** The one-time prekey used; `undefined` if none was. 0 is an id like any other. */
  readonly preKeyId: number | undefined
  /** The initiator's ephemeral key. Not yet checked to be canonical. */
  readonly baseKey: EcPublicKey
  readonly identityKey: IdentityKey
  /** The initiator's; 0 if absent. */
  readonly registrationId: number
  readonly signedPreKeyId: number
  /** Which KEM prekey was used, and what was encapsulated to it. Always there in version 4. Not yet checked to be a ciphertext. */
  readonly kem: { readonly id: number; readonly ciphertext: Bytes } | undefined
}

/** A parsed first message; only `message` will be authenticated, and only by the session that the other fields lead to. */
export interface PreKeySignalMessage extends Handshake {
  readonly message: SignalMessage
}

/** What {@link serializePreKeySignalMessage} writes. */
export interface PreKeySignalMessageFields extends Handshake {
  /** Low half of the version byte: 4, or 3 to write as libsignal did before 0.24. */
  readonly writerVersion?: SessionVersion
  /** A finished ratchet message, version byte and tag included. */
  readonly message: Uint8Array
}

/**
 * Serializes a first message.
 *
 * Spec: libsignal wire, "PreKeySignalMessage bytes"; differs: none.
 *
 * @throws BisikError `invalid-argument` if a field is not of its type, an id not of 32 bits, or version 4 comes without `kem`.
 */
export function serializePreKeySignalMessage(fields: PreKeySignalMessageFields): Bytes {
  const {
    kem: given,
    preKeyId,
    ...rest
  } = objectArgument(fields, 'fields', (all) => ({
    version: all.version,
    writerVersion: all.writerVersion,
    preKeyId: all.preKeyId,
    baseKey: all.baseKey,
    identityKey: all.identityKey,
    message: all.message,
    registrationId: all.registrationId,
    signedPreKeyId: all.signedPreKeyId,
    kem: all.kem,
  }))
  const kem = given ? objectArgument(given, 'kem', ({ id, ciphertext }) => ({ id, ciphertext })) : undefined
  if (!kem && rest.version === 4) throw new BisikError('invalid-argument', { argument: 'kem', expected: 'a ciphertext in version 4' })
  const message = codec.preKeySignalMessage.encode(
    {
      preKeyId: preKeyId === undefined ? null : uint32Argument(preKeyId, 'preKeyId'),
      baseKey: bytesArgument(rest.baseKey, 'baseKey', EC_PUBLIC_KEY_LENGTH),
      identityKey: bytesArgument(rest.identityKey, 'identityKey', EC_PUBLIC_KEY_LENGTH),
      message: bytesArgument(rest.message, 'message'),
      registrationId: uint32Argument(rest.registrationId, 'registrationId'),
      signedPreKeyId: uint32Argument(rest.signedPreKeyId, 'signedPreKeyId'),
      kyberPreKeyId: kem ? uint32Argument(kem.id, 'kem.id') : null,
      kyberCiphertext: kem ? bytesArgument(kem.ciphertext, 'kem.ciphertext', KEM_CIPHERTEXT_LENGTH) : null,
    },
    1,
  )
  message[0] = versionByte(rest.version, rest.writerVersion)
  return message
}

/**
 * Parses a first message with the ratchet message inside. The result shares no memory with `bytes`.
 *
 * Spec: libsignal wire, "PreKeySignalMessage bytes"; differs: none.
 *
 * @param limit - the most bytes that are looked at.
 * @throws BisikError `message-too-large`, `malformed-message`, `unsupported-version`, `invalid-key`, `invalid-argument`.
 * @remarks The inner version is not compared with the outer one here: the session does that. The KEM ciphertext may be anything: what
 *          belongs to a session that is there opens without it, as in libsignal.
 */
export function parsePreKeySignalMessage(bytes: Uint8Array, limit: number = MAX_MESSAGE_LENGTH): PreKeySignalMessage {
  const received = receive(bytes, limit)
  if (received.length === 0) throw new BisikError('malformed-message', { reason: 'too short', length: 0 })
  const version = parseVersionByte(received[0] as number)
  const fields = codec.preKeySignalMessage.decode(received, 1)
  return {
    version,
    preKeyId: fields.preKeyId ?? undefined,
    baseKey: parseEcPublicKey(fields.baseKey),
    identityKey: parseIdentityKey(fields.identityKey),
    message: parseSignalMessage(fields.message, limit),
    registrationId: fields.registrationId ?? 0,
    signedPreKeyId: fields.signedPreKeyId,
    kem: receivedKem(version, fields.kyberPreKeyId, fields.kyberCiphertext),
  }
}

function receivedKem(version: SessionVersion, id: number | null, ciphertext: Bytes | null): PreKeySignalMessage['kem'] {
  if (id !== null && ciphertext !== null) return { id, ciphertext }
  if (id !== null || ciphertext !== null)
    throw new BisikError('malformed-message', { reason: 'KEM prekey id and ciphertext must come together' })
  if (version === 4) throw new BisikError('malformed-message', { reason: 'version 4 without a KEM ciphertext' })
  return undefined
}
