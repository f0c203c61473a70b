/**
 * Encoding and decoding of stored records, with typed failures.
 */
import type { Bytes } from '../bytes.js'
import { encode, type MessageType, type Writable } from '../codec/message.js'
import { Secret } from '../crypto/secret.js'
import { BisikError, isBisikError } from '../errors.js'
import { passFault } from '../faults.js'

/** The format number that this release writes and the newest that it reads, for every kind of record. */
export const FORMAT = 1

/** Encodes a record into memory of its own. */
export function encodeRecord<Fields>(type: MessageType<Fields>, fields: Writable<Fields>): Bytes {
  return encode(type, fields)
}

/**
 * Decodes a record of ours and reads it, turning every failure into a code.
 *
 * @param record - the kind of record, for the error; never a name or id.
 * @throws BisikError `corrupt-record` if it does not decode or `read` finds a field wrong; `record-too-new` if a newer release wrote it.
 */
export function decodeRecord<Message extends { format: number }, T>(
  record: string,
  type: MessageType<Message>,
  bytes: Uint8Array,
  read: (message: Message) => T,
): T {
  return reading(record, () => {
    const message = type.read(bytes, { views: true })
    // Every record says its format: without one it is cut off or overwritten.
    if (message.format === 0) throw new BisikError('corrupt-record', { record })
    if (message.format > FORMAT) throw new BisikError('record-too-new', { record, version: message.format })
    return read(message)
  })
}

/** Decodes a record of libsignal's. @throws BisikError `corrupt-record`. */
export function decodeForeign<Message, T>(record: string, type: MessageType<Message>, bytes: Uint8Array, read: (message: Message) => T): T {
  return reading(record, () => read(type.read(bytes, { views: true })))
}

function reading<T>(record: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (isBisikError(cause, 'record-too-new') || isBisikError(cause, 'unsupported-version')) throw cause
    passFault(cause)
    // The cause is not passed on: a dependency's text may quote what it read.
    throw new BisikError('corrupt-record', { record })
  }
}

/** Reads a secret field of exactly `length` bytes; copies. */
export function secretField<Kind extends string>(bytes: Uint8Array, length: number): Secret<Kind> {
  if (bytes.length !== length) throw new BisikError('corrupt-record', { record: 'secret' })
  return Secret.copy<Kind>(bytes)
}

/** A field that must be there. @throws BisikError as {@link corrupt}. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw corrupt()
  return value
}

/** That a field is wrong. The reader of the record puts the record's name in its place. */
export function corrupt(): BisikError {
  return new BisikError('corrupt-record', { record: 'field' })
}

/** A 64-bit number of a record. @throws BisikError `corrupt-record` from 2^53 on. */
export function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new BisikError('corrupt-record', { record: 'number' })
  return value
}
