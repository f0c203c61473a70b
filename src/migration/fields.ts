/** Fields that several of libsignal's records have. */
import { type Bytes, copyBytes } from '../bytes.js'
import type { Secret } from '../crypto/secret.js'
import { corrupt, present, secretField } from '../records/protobuf.js'

const KEY_LENGTH = 32

/** Copies a secret of 32 bytes. @throws BisikError `corrupt-record`. */
export function keyField<Kind extends string>(bytes: Uint8Array | undefined): Secret<Kind> {
  return secretField(present(bytes), KEY_LENGTH)
}

/** Copies a field of this length. @throws BisikError `corrupt-record`. */
export function exactly(bytes: Uint8Array, length: number): Bytes {
  if (bytes.length !== length) throw corrupt()
  return copyBytes(bytes)
}

/** A number, most significant byte first. */
export function bigEndian(value: number, length: number): Bytes {
  return Uint8Array.from({ length }, (_, i) => value >>> (8 * (length - 1 - i)))
}
