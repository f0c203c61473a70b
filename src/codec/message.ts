/**
 * Messages as tables of fields, which `npm run gen` makes from `proto/`, read in one strict pass and written in one canonical form. Owns what
 * proto2 and proto3 say about presence, repetition and order; what a field means is for the module of each message.
 */
import { type Bytes, utf8 } from '../bytes.js'
import type { Writer } from './protobufjs.js'
import { MalformedError, StrictReader, WireType } from './reader.js'

/** The kinds of scalars that `proto/` uses. */
export type Scalar = 'uint32' | 'int32' | 'uint64' | 'fixed64' | 'double' | 'bool' | 'bytes' | 'string'

/**
 * When a field is there. `required` and `optional` say so themselves, and an optional one that is absent is `null`; `implicit` (proto3's
 * default) is absent when it is 0, empty or false. `packed` is a list of numbers written as one byte string.
 */
export type Rule = 'required' | 'optional' | 'implicit' | 'repeated' | 'packed'

/** One field: its number, its name, what it holds, when it is there; of the fields of one `choice`, only the last that came is there. */
export type Field = readonly [id: number, name: string, kind: Scalar | MessageType<unknown>, rule: Rule, choice?: string]

/** What may be written of a message: what is left out is absent. */
export type Writable<T> = T extends Uint8Array
  ? Uint8Array
  : T extends readonly (infer Item)[]
    ? readonly Writable<Item>[]
    : T extends object
      ? { readonly [Name in keyof T]?: Writable<T[Name]> | null | undefined }
      : T

/** How bytes are read. */
export interface ReadOptions {
  /** Where the fields begin, after any framing; default 0. */
  readonly start?: number
  /** Whether byte strings are copies, or views of the bytes for a caller who keeps those to itself; default copies. */
  readonly views?: boolean
  /** How many sub-messages there may be in all; default any number. */
  readonly maxParts?: number
}

type Value = number | boolean | string | Uint8Array | Message | null | undefined
interface Message {
  [name: string]: Value | Value[]
}

interface Row {
  readonly id: number
  readonly name: string
  readonly kind: Scalar | MessageType<unknown>
  readonly rule: Rule
  readonly isList: boolean
  readonly wireType: number
  /** The fields whose place this one takes. */
  readonly rivals: readonly string[]
}

const WIRE_TYPES: { readonly [Kind in Scalar]: number } = {
  uint32: WireType.varint,
  int32: WireType.varint,
  uint64: WireType.varint,
  bool: WireType.varint,
  fixed64: WireType.fixed64,
  double: WireType.fixed64,
  bytes: WireType.bytes,
  string: WireType.bytes,
}

const NOTHING: Bytes = new Uint8Array(0)

/** One type of message. */
export class MessageType<T> {
  readonly fields: readonly Field[]
  readonly #rows: readonly Row[]
  /** By field number; a large number is as good as any other in a sparse array. */
  readonly #byId: readonly (Row | undefined)[]
  readonly #absent: Message
  readonly #lists: readonly string[]
  readonly #required: readonly string[]

  constructor(fields: readonly Field[]) {
    this.fields = fields
    this.#rows = fields.map(([id, name, kind, rule, choice]) => {
      const wireType = typeof kind === 'string' ? WIRE_TYPES[kind] : WireType.bytes
      return { id, name, kind, rule, wireType, isList: rule === 'repeated' || rule === 'packed', rivals: rivalsOf(fields, name, choice) }
    })
    const byId: (Row | undefined)[] = []
    for (const row of this.#rows) byId[row.id] = row
    this.#byId = byId
    this.#absent = Object.fromEntries(this.#rows.map((row) => [row.name, absentValue(row)]))
    this.#required = this.#rows.filter(({ rule }) => rule === 'required').map(({ name }) => name)
    this.#lists = this.#rows.filter(({ isList }) => isList).map(({ name }) => name)
  }

  /** Reads a message. @throws MalformedError for anything that is not this message. */
  read(bytes: Uint8Array, options: ReadOptions = {}): T {
    const { start = 0, views = false, maxParts = Number.POSITIVE_INFINITY } = options
    const reader = new StrictReader(bytes, start, { copies: !views, maxParts })
    return this.readFields(reader, this.#empty()) as T
  }

  /** Writes a message in the order of its field numbers. */
  write(fields: Writable<T>, writer: Writer): Writer {
    for (const row of this.#rows) {
      const value = (fields as Message)[row.name]
      if (value === undefined || value === null) {
        if (row.rule === 'required') throw new TypeError(`${row.name} is missing`)
      } else if (row.isList) writeList(row, value as Value[], writer)
      else if (row.rule !== 'implicit' || !isDefault(value)) writeField(row, value as Value, writer)
    }
    return writer
  }

  /** Reads fields up to the reader's end. Of a field that is there twice the last counts; sub-messages are merged. */
  protected readFields(reader: StrictReader, message: Message): Message {
    while (reader.pos < reader.len) {
      const tag = reader.tag()
      const row = this.#byId[tag >>> 3]
      if (row === undefined) reader.skipField(tag)
      else if ((tag & 7) === row.wireType) readField(row, message, reader)
      else if (row.rule === 'packed' && (tag & 7) === WireType.bytes) readPacked(row, message[row.name] as Value[], reader)
      else throw new MalformedError('wrong wire type')
    }
    for (const name of this.#required) if (message[name] === undefined) throw new MalformedError('a required field is missing')
    return message
  }

  /** Reads a sub-message, onto what came before of it. */
  static readPart(type: MessageType<unknown>, reader: StrictReader, before?: Message | null): Message {
    if (reader.partsLeft-- === 0) throw new MalformedError('too many parts')
    const outer = reader.len
    reader.len = reader.size() + reader.pos
    const message = type.readFields(reader, before ?? type.#empty())
    reader.len = outer
    return message
  }

  #empty(): Message {
    const message = { ...this.#absent }
    for (const name of this.#lists) message[name] = []
    return message
  }
}

function rivalsOf(fields: readonly Field[], name: string, choice: string | undefined): readonly string[] {
  if (choice === undefined) return []
  return fields.filter((other) => other[4] === choice && other[1] !== name).map((other) => other[1])
}

/** What an absent field is; an absent required one is nothing at all, and refused in the end. */
function absentValue({ kind, rule }: Row): Value {
  if (rule === 'required') return undefined
  if (rule === 'optional' || typeof kind !== 'string') return null
  if (kind === 'bytes') return NOTHING
  return kind === 'string' ? '' : kind === 'bool' ? false : 0
}

function isDefault(value: Value | Value[]): boolean {
  if (typeof value === 'number') return Object.is(value, 0)
  return value === false || (value as { readonly length?: number }).length === 0
}

function readField({ kind, name, rule, rivals }: Row, message: Message, reader: StrictReader): void {
  for (const rival of rivals) message[rival] = null
  const before = message[name]
  if (Array.isArray(before)) before.push(typeof kind === 'string' ? readScalar(kind, reader) : MessageType.readPart(kind, reader))
  else if (typeof kind !== 'string') message[name] = MessageType.readPart(kind, reader, before as Message | null)
  else {
    const value = readScalar(kind, reader)
    // Absent and empty are one thing to proto3: nothing hangs on to the bytes that were read.
    message[name] = rule === 'implicit' && kind === 'bytes' && isDefault(value) ? NOTHING : value
  }
}

function readPacked({ kind }: Row, list: Value[], reader: StrictReader): void {
  const outer = reader.len
  reader.len = reader.size() + reader.pos
  while (reader.pos < reader.len) list.push(readScalar(kind as Scalar, reader))
  reader.len = outer
}

function readScalar(kind: Scalar, reader: StrictReader): Value {
  switch (kind) {
    case 'uint32':
      return reader.uint32()
    case 'bytes':
      return reader.bytes()
    case 'uint64':
      return reader.varint()
    case 'int32':
      return reader.uint32() | 0
    case 'bool':
      return reader.varint() !== 0
    case 'fixed64':
      return reader.long()
    case 'double':
      return reader.double()
    case 'string':
      return reader.string()
  }
}

function writeList(row: Row, values: readonly Value[], writer: Writer): void {
  if (values.length === 0) return
  if (row.rule === 'repeated') for (const value of values) writeField(row, value, writer)
  else {
    writer.uint32((row.id << 3) | WireType.bytes).fork()
    for (const value of values) writeScalar(row.kind as Scalar, value, writer)
    writer.ldelim()
  }
}

function writeField({ id, kind, wireType }: Row, value: Value, writer: Writer): void {
  writer.uint32((id << 3) | wireType)
  if (typeof kind === 'string') writeScalar(kind, value, writer)
  else kind.write(value as never, writer.fork()).ldelim()
}

function writeScalar(kind: Scalar, value: Value, writer: Writer): void {
  switch (kind) {
    case 'uint32':
      writer.uint32(value as number)
      break
    case 'bytes':
      writer.bytes(value as Uint8Array)
      break
    case 'uint64':
      writer.uint64(value as number)
      break
    case 'int32':
      writer.int32(value as number)
      break
    case 'bool':
      writer.bool(value as boolean)
      break
    case 'fixed64':
      writer.fixed64(value as number)
      break
    case 'double':
      writer.double(value as number)
      break
    case 'string':
      writer.bytes(utf8(value as string))
      break
  }
}
