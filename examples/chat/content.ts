/** What the chat writes inside the encryption. Everything read here was written by the peer: nothing is believed but its form. */
import { fromUtf8, utf8 } from 'bisik'

export type Content =
  /** `from` is the name that the sender goes by, to be checked at the relay. */
  | { readonly type: 'text'; readonly id: string; readonly from: string; readonly text: string }
  /** These texts are on the recipient's disk. */
  | { readonly type: 'delivered'; readonly ids: readonly string[] }

const ID = /^[0-9a-f]{16}$/

export function encodeContent(content: Content): Uint8Array {
  return utf8(JSON.stringify(content))
}

/** @returns `undefined` if this is nothing the chat knows. */
export function decodeContent(bytes: Uint8Array | undefined): Content | undefined {
  let value: unknown
  try {
    value = JSON.parse((bytes && fromUtf8(bytes)) ?? '')
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { type, id, ids, from, text } = value as { readonly [name: string]: unknown }
  if (type === 'text' && isId(id) && typeof from === 'string' && typeof text === 'string') return { type, id, from, text }
  return type === 'delivered' && Array.isArray(ids) && ids.every(isId) ? { type, ids } : undefined
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}
