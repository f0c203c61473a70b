/**
 * Reads the few public facts of a message that a conversation is checked by. Knows field numbers, no cryptography, and nothing of bisik's
 * own parsers: what it says is a second opinion.
 */
import type { Message } from './peer.js'

export interface Facts {
  /** High nibble of the version byte: 3 for X3DH sessions, 4 for PQXDH ones. */
  readonly version: number
  readonly ratchetKey: string
  /** Whether the message carries a part of the post-quantum ratchet. */
  readonly pqRatchet: boolean
}

export function factsOf(message: Message): Facts {
  const inner = message.type === 3 ? fieldsOf(message.bytes.subarray(1)).get(4) : message.bytes
  if (!inner) throw new Error('a PreKeySignalMessage without message')
  const fields = fieldsOf(inner.subarray(1, -8))
  return {
    version: (inner[0] ?? 0) >> 4,
    ratchetKey: Buffer.from(fields.get(1) ?? []).toString('hex'),
    pqRatchet: (fields.get(5)?.length ?? 0) > 0,
  }
}

/** Length-delimited fields by number, the last of each; varints are skipped. */
function fieldsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  let offset = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[offset++]
      if (byte === undefined) throw new Error('a truncated message')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  while (offset < bytes.length) {
    const tag = varint()
    const value = varint()
    if (tag % 8 === 2) {
      fields.set(Math.floor(tag / 8), bytes.subarray(offset, offset + value))
      offset += value
    } else if (tag % 8 !== 0) throw new Error('an unexpected wire type')
  }
  return fields
}
