/**
 * What the tests of `wire/` share: recorded messages of real releases, and protobuf written by hand, byte by byte.
 */
import { type Bytes, concatBytes } from '../../../src/bytes.js'
import type { ErrorCode } from '../../../src/errors.js'
import { isBisikError } from '../../../src/errors.js'
import { committedVectors, hex } from '../../support/vectors.js'

interface Transcript {
  readonly steps: readonly { readonly op: string; readonly type?: 2 | 3; readonly ciphertext?: string }[]
}

/** Transcripts of 0.22.0 (X3DH) and 0.103.0 (PQXDH with SPQR), both directions, with and without one-time key, to an ACI and to a PNI. */
const TRANSCRIPTS = ['oneway-v3-no-otk-t', 'duplex-v3-022-t', 'oneway-v4-inorder-t', 'oneway-v4-pni-t', 'duplex-v4-spqr-pingpong-t']

/** Every message that was encrypted in the transcripts. `type` 2: ratchet message, 3: first message. */
export const recorded: readonly { readonly type: 2 | 3; readonly bytes: Bytes }[] = TRANSCRIPTS.flatMap((name) =>
  committedVectors<Transcript>(`libsignal/sessions/${name}.json.gz`).steps.flatMap(({ op, type, ciphertext }) =>
    op === 'encrypt' && type && ciphertext ? [{ type, bytes: hex(ciphertext) }] : [],
  ),
)

/** The recorded messages of one type. */
export function recordedOf(type: 2 | 3): readonly Bytes[] {
  return recorded.filter((message) => message.type === type).map(({ bytes }) => bytes)
}

/** Any value up to 2^64 - 1 as a varint, in `length` bytes if that is more than it needs. */
export function varint(value: number | bigint, length = 1): Bytes {
  const bytes: number[] = []
  let rest = BigInt(value)
  do {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  } while (rest > 0n || bytes.length < length)
  bytes.push((bytes.pop() as number) & 0x7f)
  return Uint8Array.from(bytes)
}

/** A field of wire type 0 (a number) or 2 (bytes). */
export function field(number: number, value: number | bigint | Uint8Array): Bytes {
  return value instanceof Uint8Array
    ? concatBytes(varint(number * 8 + 2), varint(value.length), value)
    : concatBytes(varint(number * 8), varint(value))
}

/** A group of wire types 3 and 4 around `content`. */
export function group(number: number, content: Uint8Array = new Uint8Array(0)): Bytes {
  return concatBytes(varint(number * 8 + 3), content, varint(number * 8 + 4))
}

/** The code that `act` throws, or 'ok'; anything but a `BisikError` is thrown on. */
export function verdict(act: () => unknown): ErrorCode | 'ok' {
  try {
    act()
    return 'ok'
  } catch (error) {
    if (isBisikError(error)) return error.code
    throw error
  }
}

/** Every byte string inside a parsed value, however deep. */
export function byteStringsIn(value: unknown): Uint8Array[] {
  if (ArrayBuffer.isView(value)) return [value as Uint8Array]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(byteStringsIn) : []
}
