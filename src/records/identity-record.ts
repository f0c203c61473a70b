/**
 * What is known of a peer's identity, on disk, and of which devices of a user it is known. Decides nothing: `protocol/trust.ts` does.
 */
import type { Bytes } from '../bytes.js'
import { parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { type KnownIdentity, TRUST_LEVELS } from '../protocol/trust.js'
import { bisik, decodeRecord, encodeRecord, FORMAT } from './protobuf.js'

/** Encodes a known identity. */
export function encodeIdentity({ key, level }: KnownIdentity): Bytes {
  return encodeRecord(bisik.records.Identity, { format: FORMAT, key, level: TRUST_LEVELS.indexOf(level) })
}

/** Decodes a known identity. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeIdentity(bytes: Uint8Array): KnownIdentity {
  return decodeRecord('identity', bisik.records.Identity, bytes, (message) => {
    const level = TRUST_LEVELS[message.level]
    if (level === undefined) throw new BisikError('corrupt-record', { record: 'identity' })
    return { key: parseIdentityKey(message.key), level }
  })
}

/** Encodes which devices of a user are known. */
export function encodeDevices(devices: readonly number[]): Bytes {
  return encodeRecord(bisik.records.Devices, { format: FORMAT, devices: [...devices] })
}

/** Decodes which devices of a user are known; none, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeDevices(bytes: Uint8Array | undefined): readonly number[] {
  if (bytes === undefined) return []
  return decodeRecord('devices', bisik.records.Devices, bytes, ({ devices }) => devices)
}
