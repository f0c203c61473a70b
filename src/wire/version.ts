/**
 * The first byte of a Signal message: which session version it is of. Knows nothing of what follows.
 */
import { BisikError } from '../errors.js'

/** 3: X3DH. 4: PQXDH. */
export type SessionVersion = 3 | 4

/** The version byte: session version in the high half, newest version the writer knows in the low one. */
export function versionByte(version: SessionVersion, writerVersion: SessionVersion = 4): number {
  return (version << 4) | writerVersion
}

/**
 * Reads a version byte. The low half is not looked at, as by every libsignal release.
 *
 * @throws BisikError `unsupported-version` unless the high half is 3 or 4.
 */
export function parseVersionByte(byte: number): SessionVersion {
  const version = byte >> 4
  if (version !== 3 && version !== 4) throw new BisikError('unsupported-version', { version })
  return version
}
