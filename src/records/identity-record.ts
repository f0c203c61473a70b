/**
 * What is known of a peer's identity, on disk, and of which devices of a user it is known. `protocol/identity/trust.ts` decides.
 */
import type { Bytes } from '../bytes.js'
import { parseIdentityKey } from '../crypto/keys.js'
import { type KnownIdentity, type Standing, TRUST_LEVELS } from '../protocol/identity/trust.js'
import { corrupt, decodeRecord, encodeRecord, FORMAT } from './protobuf.js'
import * as schema from './schema/records.js'

/** As the record numbers them. */
const STANDINGS: readonly (Standing | undefined)[] = [undefined, 'listed', 'unlisted']

/** Encodes a known identity. */
export function encodeIdentity({ key, level, unansweredSince = 0, standing }: KnownIdentity): Bytes {
  const fields = { key, level: TRUST_LEVELS.indexOf(level), unansweredSince, standing: STANDINGS.indexOf(standing) }
  return encodeRecord(schema.Identity, { format: FORMAT, ...fields })
}

/** Decodes a known identity. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeIdentity(bytes: Uint8Array): KnownIdentity {
  return decodeRecord('identity', schema.Identity, bytes, (message) => {
    const level = TRUST_LEVELS[message.level]
    if (level === undefined || message.standing >= STANDINGS.length) throw corrupt()
    const known: KnownIdentity = { key: parseIdentityKey(message.key), level }
    const standing = STANDINGS[message.standing]
    const noted = message.unansweredSince === 0 ? known : { ...known, unansweredSince: message.unansweredSince }
    return standing === undefined ? noted : { ...noted, standing }
  })
}

/** Encodes which devices of a user are known. */
export function encodeDevices(devices: readonly number[]): Bytes {
  return encodeRecord(schema.Devices, { format: FORMAT, devices: [...devices] })
}

/** Decodes which devices of a user are known; none, if there is no record. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeDevices(bytes: Uint8Array | undefined): readonly number[] {
  if (bytes === undefined) return []
  return decodeRecord('devices', schema.Devices, bytes, ({ devices }) => devices)
}

/** What is noted of a device that was never answered. */
export interface Unanswered {
  /** Keys that are kept for its late messages, at most. */
  readonly keptKeys: number
  /** When the clock said for the first time that it has waited too long; 0: it does not. */
  readonly overAt: number
}

/** Encodes what is noted of an unanswered device. */
export function encodeUnanswered(noted: Unanswered): Bytes {
  return encodeRecord(schema.Unanswered, { ...noted, format: FORMAT })
}

/** Decodes what is noted of an unanswered device. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeUnanswered(bytes: Uint8Array): Unanswered {
  return decodeRecord('unanswered device', schema.Unanswered, bytes, ({ keptKeys, overAt }) => ({ keptKeys, overAt }))
}
