/**
 * The first byte of a Signal message: which session version it is of. Knows nothing of what follows.
 */
import { BisikError } from '../errors.js'

/** 3: X3DH. 4: PQXDH. */
export type SessionVersion = 3 | 4

/**
 * The version byte: session version in the high half, newest version the writer knows in the low one.
 *
 * @throws BisikError `invalid-argument` unless both are 3 or 4.
 */
export function versionByte(version: SessionVersion, writerVersion: SessionVersion = 4): number {
  if (!isVersion(version) || !isVersion(writerVersion))
    throw new BisikError('invalid-argument', { argument: 'version', expected: '3 or 4' })
  return (version << 4) | writerVersion
}

/**
 * Reads a version byte. The low half is not looked at, as by every libsignal release.
 *
 * @throws BisikError `unsupported-version` unless the high half is 3 or 4.
 */
export function parseVersionByte(byte: number): SessionVersion {
  const version = byte >> 4
  if (!isVersion(version)) throw new BisikError('unsupported-version', { version })
  return version
}

function isVersion(version: number): version is SessionVersion {
  return version === 3 || version === 4
}
