/** libsignal's records as tests read, change and write them. */
import type { Bytes } from '../../src/bytes.js'
import type { MessageType, Writable } from '../../src/codec/message.js'
import { Writer } from '../../src/codec/protobufjs.js'
import * as records from '../../src/migration/schema/libsignal-records.js'
import * as spqr from '../../src/migration/schema/libsignal-spqr.js'

type Mutable<T> = T extends Uint8Array
  ? Bytes
  : T extends readonly (infer Item)[]
    ? Mutable<Item>[]
    : T extends object
      ? { -readonly [Name in keyof T]: Mutable<T[Name]> }
      : T

/** A type of message whose fields may be written to. */
class Editable<T> {
  readonly #type: MessageType<T>
  constructor(type: MessageType<T>) {
    this.#type = type
  }

  decode(bytes: Uint8Array): Mutable<T> {
    return this.#type.read(bytes) as Mutable<T>
  }

  encode(fields: Writable<T>): Bytes {
    const writer = this.#type.write(fields, new Writer())
    return writer.finishInto(new Uint8Array(writer.pos))
  }
}

export type RecordStructure = Mutable<records.RecordStructure>
export const RecordStructure: Editable<records.RecordStructure> = new Editable(records.RecordStructure)
export type SessionStructure = Mutable<records.SessionStructure>
export const SessionStructure: Editable<records.SessionStructure> = new Editable(records.SessionStructure)
export type Chain = Mutable<records.Chain>
export const Chain: Editable<records.Chain> = new Editable(records.Chain)
export type MessageKey = Mutable<records.MessageKey>
export const MessageKey: Editable<records.MessageKey> = new Editable(records.MessageKey)
export type PqRatchetState = Mutable<spqr.PqRatchetState>
export const PqRatchetState: Editable<spqr.PqRatchetState> = new Editable(spqr.PqRatchetState)
