/**
 * The scannable safety number: bytes to the two halves and back. Knows no key; what the halves are the hashes of is not its business.
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { receive } from './input.js'
import { MAX_SCANNABLE_LENGTH } from './limits.js'
import * as codec from './protobuf.js'

/** What a scannable safety number says. */
export interface Scannable {
  readonly version: number
  /** Of who shows it. */
  readonly local: Bytes
  /** Of who scans it. */
  readonly remote: Bytes
}

/** A {@link Scannable} as it came: a half may be missing. */
export interface ReceivedScannable {
  /** 0 if absent. */
  readonly version: number
  readonly local: Bytes | undefined
  readonly remote: Bytes | undefined
}

/** Serializes a scannable safety number. Spec: libsignal wire, "Fingerprints"; differs: none. @throws BisikError `invalid-argument`. */
export function serializeScannable(scannable: Scannable): Bytes {
  const { version, local, remote } = objectArgument(scannable, 'scannable', ({ version, local, remote }) => ({ version, local, remote }))
  return codec.combinedFingerprints.encode({
    version: uint32Argument(version, 'version'),
    local: { content: bytesArgument(local, 'local') },
    remote: { content: bytesArgument(remote, 'remote') },
  })
}

/**
 * Parses a scannable safety number.
 *
 * Spec: libsignal wire, "Fingerprints"; differs: at most 4 KiB.
 *
 * @throws BisikError `message-too-large`, `malformed-message`, `invalid-argument`.
 */
export function parseScannable(bytes: Uint8Array): ReceivedScannable {
  const { version, local, remote } = codec.combinedFingerprints.decode(receive(bytes, MAX_SCANNABLE_LENGTH))
  return {
    version: version ?? 0,
    local: (local?.content as Bytes | null | undefined) ?? undefined,
    remote: (remote?.content as Bytes | null | undefined) ?? undefined,
  }
}
