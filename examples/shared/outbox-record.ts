/** The record of a message on its way out: what the program said, or the envelope that took its place. Knows no relay and no session. */
import { type Envelope, fromUtf8, parseEnvelope, serializeEnvelope, utf8 } from 'bisik'

export interface Item {
  /** The name of its record: `outbox/{user}/{device}/{number}`. */
  readonly name: string
  /** What the program calls the message. */
  readonly tag: string
  content: { readonly plaintext: Uint8Array } | { readonly envelope: Envelope }
}

interface StoredItem {
  readonly tag: string
  readonly plaintext?: string
  readonly envelope?: string
}

export function encodeItem({ tag, content }: Pick<Item, 'tag' | 'content'>): Uint8Array {
  const stored: StoredItem =
    'envelope' in content
      ? { tag, envelope: Buffer.from(serializeEnvelope(content.envelope)).toString('base64') }
      : { tag, plaintext: Buffer.from(content.plaintext).toString('base64') }
  return utf8(JSON.stringify(stored))
}

export function decodeItem(value: Uint8Array): Pick<Item, 'tag' | 'content'> {
  const { tag, plaintext, envelope } = JSON.parse(fromUtf8(value) ?? '') as StoredItem
  if (envelope !== undefined) return { tag, content: { envelope: parseEnvelope(bytes(envelope)) } }
  return { tag, content: { plaintext: bytes(plaintext ?? '') } }
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
