/**
 * Messages put together. Owns the memory in which that happens: protobufjs by itself makes new memory for each message and leaves what was
 * written in it, plaintexts and keys among it.
 */
import { type Bytes, type Memory, newMemory } from '../bytes.js'
import type { MessageType, Writable } from './message.js'
import { Writer } from './protobufjs.js'

// Longer than all but messages with long texts, for which more is made.
const LENGTH = 16_384

const writer: Writer = new Writer()
writer.buf = new Uint8Array(LENGTH)

/** Where an encoded message goes. */
export interface Room {
  /** How many bytes to leave free before it; default 0. */
  readonly before?: number
  /** Gives the memory, of the length that is asked for or longer; default new memory. */
  readonly memory?: Memory | undefined
}

/** Encodes a message into memory of its own. */
export function encode<T>(type: MessageType<T>, fields: Writable<T>, { before = 0, memory = newMemory }: Room = {}): Bytes {
  writer.pos = 0
  try {
    return type.write(fields, writer).finishInto(memory(before + writer.pos), before)
  } finally {
    if (writer.buf.length > LENGTH) writer.buf = new Uint8Array(LENGTH)
    else writer.buf.fill(0, 0, writer.pos)
  }
}
