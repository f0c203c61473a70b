/**
 * What is said about a user's list of devices beside the list: that it is still the newest, and that another account key takes its place.
 * Bytes to fields and back; no signature is checked here.
 */
import type { Bytes } from '../bytes.js'
import { utf8 } from '../bytes.js'
import { type IdentityKey, parseIdentityKey, parseSignature, type Signature } from '../crypto/keys.js'
import type { EpochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { checkUser, isDevice, receivedAddress } from './address.js'
import * as codec from './device-codecs.js'
import { receivedHash } from './device-list.js'
import { receive } from './input.js'
import { MAX_DEVICE_PROOF_LENGTH } from './limits.js'
import { receivedMillis } from './protobuf.js'

/** What a stamp says: that a list is the newest at a time. */
export interface DeviceStampFields {
  /** SHA-256 of the list, 32 bytes. */
  readonly list: Bytes
  /** Of the list. */
  readonly version: number
  /** The device that signed. */
  readonly signer: number
  /** By the signer's clock, which may be wrong. */
  readonly issuedAt: EpochMillis
}

/** A stamp as it travels. Its signature is not checked. */
export interface DeviceStamp extends DeviceStampFields {
  /** What the signature covers, as received. */
  readonly signed: Bytes
  readonly signature: Signature
  readonly serialized: Bytes
}

/** What a move says: that the user has another account key from now on. */
export interface AccountMoveFields {
  readonly user: string
  /** As the lists before and after have it. */
  readonly lineage: Bytes
  /** The account key before. */
  readonly accountKey: IdentityKey
  /** SHA-256 of the first list of the next account key, 32 bytes. */
  readonly list: Bytes
  /** The admin that signed; `undefined` if the recovery key did. */
  readonly signer: number | undefined
  /** By the signer's clock, which may be wrong. */
  readonly issuedAt: EpochMillis
}

/** Who signed a move: the account key before and an admin of its list, or the recovery key, which is told along. */
export type MoveProof =
  | { readonly by: 'account'; readonly accountSignature: Signature; readonly deviceSignature: Signature }
  | { readonly by: 'recovery'; readonly recoveryKey: IdentityKey; readonly recoverySignature: Signature }

/** A move as it travels. Its signatures are not checked. */
export interface AccountMove extends AccountMoveFields {
  /** What each signature covers, as received. */
  readonly signed: Bytes
  readonly proof: MoveProof
  readonly serialized: Bytes
}

/** Writes what the signature of a stamp covers. */
export function encodeDeviceStamp(fields: DeviceStampFields): Bytes {
  return codec.stamp.encode(fields)
}

/** Puts the signature beside what it covers. */
export function serializeDeviceStamp({ signed, signature }: Pick<DeviceStamp, 'signed' | 'signature'>): Bytes {
  return codec.signedStamp.encode({ stamp: signed, signature })
}

/**
 * Parses a stamp: not who signed it. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large` (over 4 KiB), `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseDeviceStamp(bytes: Uint8Array): DeviceStamp {
  const serialized = receive(bytes, MAX_DEVICE_PROOF_LENGTH)
  const { stamp: signed, signature } = codec.signedStamp.decode(serialized)
  const { list, version, signer, issuedAt } = codec.stamp.decode(signed)
  if (!isDevice(signer)) throw malformed('no such device')
  return {
    list: receivedHash(list),
    version,
    signer,
    issuedAt: receivedMillis(issuedAt),
    signed,
    signature: parseSignature(signature),
    serialized,
  }
}

/** Writes what the signatures of a move cover. */
export function encodeAccountMove({ user, signer, ...fields }: AccountMoveFields): Bytes {
  return codec.move.encode({ ...fields, user: utf8(checkUser(user)), signer: signer ?? null })
}

/** Puts the signatures beside what they cover. */
export function serializeAccountMove({ signed, proof }: Pick<AccountMove, 'signed' | 'proof'>): Bytes {
  const isByAccount = proof.by === 'account'
  return codec.signedMove.encode({
    move: signed,
    accountSignature: isByAccount ? proof.accountSignature : null,
    deviceSignature: isByAccount ? proof.deviceSignature : null,
    recoveryKey: isByAccount ? null : proof.recoveryKey,
    recoverySignature: isByAccount ? null : proof.recoverySignature,
  })
}

/**
 * Parses a move: not who signed it. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large` (over 4 KiB), `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseAccountMove(bytes: Uint8Array): AccountMove {
  const serialized = receive(bytes, MAX_DEVICE_PROOF_LENGTH)
  const { move: signed, ...signatures } = codec.signedMove.decode(serialized)
  const { user, lineage, accountKey, list, signer, issuedAt } = codec.move.decode(signed)
  const proof = proofOf(signatures)
  if ((proof.by === 'account') !== (signer !== null) || !isDevice(signer ?? 1)) throw malformed('no such device')
  return {
    user: receivedAddress({ user, device: signer ?? 1 }).user,
    lineage: receivedHash(lineage),
    accountKey: parseIdentityKey(accountKey),
    list: receivedHash(list),
    signer: signer ?? undefined,
    issuedAt: receivedMillis(issuedAt),
    signed,
    proof,
    serialized,
  }
}

function proofOf(signatures: {
  readonly accountSignature: Bytes | null
  readonly deviceSignature: Bytes | null
  readonly recoveryKey: Bytes | null
  readonly recoverySignature: Bytes | null
}): MoveProof {
  const { accountSignature, deviceSignature, recoveryKey, recoverySignature } = signatures
  if (accountSignature !== null && deviceSignature !== null && recoveryKey === null && recoverySignature === null) {
    return { by: 'account', accountSignature: parseSignature(accountSignature), deviceSignature: parseSignature(deviceSignature) }
  }
  if (accountSignature === null && deviceSignature === null && recoveryKey !== null && recoverySignature !== null) {
    return { by: 'recovery', recoveryKey: parseIdentityKey(recoveryKey), recoverySignature: parseSignature(recoverySignature) }
  }
  throw malformed('signatures of neither kind')
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason: `proof of a device list: ${reason}` })
}
