/**
 * UUIDs as text and as 16 bytes. Knows nothing of what they name.
 */
import { type Bytes, fromHex, toHex } from '../bytes.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const TEXT_LENGTH = 36

/** The canonical text, in lower case, of 16 bytes. */
export function uuidText(bytes: Uint8Array): string {
  const hex = toHex(bytes)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Whether a text is a UUID, in letters of either case. */
export function isUuid(text: string): boolean {
  return text.length === TEXT_LENGTH && UUID.test(text)
}

/** The 16 bytes of a text in either case; `undefined` if it is no UUID. */
export function uuidBytes(text: string): Bytes | undefined {
  return typeof text === 'string' && isUuid(text) ? fromHex(text.replaceAll('-', '')) : undefined
}
