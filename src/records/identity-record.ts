/**
 * What is known of a peer's identity, on disk. Decides nothing: `protocol/trust.ts` does.
 */
import type { Bytes } from '../bytes.js'
import { parseIdentityKey } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import type { KnownIdentity, TrustLevel } from '../protocol/trust.js'
import { bisik, decodeRecord, encodeRecord, FORMAT } from './protobuf.js'

const LEVELS: readonly TrustLevel[] = ['first-use', 'accepted', 'verified']

/** Encodes a known identity. */
export function encodeIdentity({ key, level }: KnownIdentity): Bytes {
  return encodeRecord(bisik.records.Identity, { format: FORMAT, key, level: LEVELS.indexOf(level) })
}

/** Decodes a known identity. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeIdentity(bytes: Uint8Array): KnownIdentity {
  return decodeRecord('identity', bisik.records.Identity, bytes, (message) => {
    const level = LEVELS[message.level]
    if (level === undefined) throw new BisikError('corrupt-record', { record: 'identity' })
    return { key: parseIdentityKey(message.key), level }
  })
}
