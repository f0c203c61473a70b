/**
 * Marks of opened messages on disk, once there are enough of them to leave the record of their session or sender key: names and bytes. No
 * protobuf: a format byte, and marks of 12 bytes, oldest first.
 */
import { type Bytes, concatBytes } from '../bytes.js'
import { BisikError } from '../errors.js'
import { MARK_LENGTH } from '../protocol/opened-messages.js'
import type { SessionId } from '../protocol/session/session.js'
import type { RecordKey } from '../store/key-store.js'
import { recordKey } from '../store/record-key.js'
import type { CanonicalAddress } from '../wire/address.js'
import type { SenderKeyName } from './names.js'

const FORMAT = 1
const RECORD = 'opened messages'

/** A segment of the marks of a session. */
export function openedKey(peer: CanonicalAddress, session: SessionId, segment: number): RecordKey {
  return recordKey('opened', peer.user, peer.device, session, segment)
}

/** A segment of the marks of a sender key. */
export function senderOpenedKey({ sender, distribution }: SenderKeyName, segment: number): RecordKey {
  return recordKey('sender-opened', sender.user, sender.device, distribution, segment)
}

/** Encodes marks. */
export function encodeMarks(marks: Uint8Array): Bytes {
  return concatBytes(Uint8Array.of(FORMAT), marks)
}

/** Decodes marks: a view of `bytes`. @throws BisikError `corrupt-record`, `record-too-new`. */
export function decodeMarks(bytes: Uint8Array): Uint8Array {
  const format = bytes[0] ?? 0
  if (format === 0 || (bytes.length - 1) % MARK_LENGTH !== 0) throw new BisikError('corrupt-record', { record: RECORD })
  if (format > FORMAT) throw new BisikError('record-too-new', { record: RECORD, version: format })
  return bytes.subarray(1)
}
