/**
 * Messages as tables of fields, which `npm run gen` makes from `proto/`, read in one strict pass and written in one canonical form. Owns what
 * proto2 and proto3 say about presence, repetition and order; what a field means is for the module of each message.
 */
import { type Bytes, utf8 } from '../bytes.js'
import { halvesOf } from './double.js'
import { Writer } from './protobufjs.js'
import { MalformedError, type ReadOptions, StrictReader, WireType } from './reader.js'

/** The kinds of scalars that `proto/` uses. */
export type Scalar = 'uint32' | 'int32' | 'uint64' | 'fixed64' | 'double' | 'bool' | 'bytes' | 'string'

/**
 * When a field is there. `required` and `optional` say so themselves, and an optional one that is absent is `null`; `implicit` (proto3's
 * default) is absent when it is 0, empty or false. `packed` is a list of numbers written as one byte string.
 */
export type Rule = 'required' | 'optional' | 'implicit' | 'repeated' | 'packed'

/** One field: its number, what it holds, when it is there; of the fields of one `choice`, only the last that came is there. */
export type Field = readonly [id: number, kind: Scalar | MessageType<unknown>, rule: Rule, choice?: string]

/** What may be written of a message: what is left out is absent. */
export type Writable<T> = T extends Uint8Array
  ? Uint8Array
  : T extends readonly (infer Item)[]
    ? readonly Writable<Item>[]
    : T extends object
      ? { readonly [Name in keyof T]?: Writable<T[Name]> | null | undefined }
      : T

type Value = number | boolean | string | Uint8Array | object | null | undefined

/** One field of a table. */
export interface Row {
  readonly id: number
  readonly name: string
  readonly kind: Scalar | MessageType<unknown>
  readonly rule: Rule
  readonly choice: string | undefined
  readonly tag: number
  /** The tag of one number of a packed list that comes alone; of any other field, the same as `tag`. */
  readonly loneTag: number
  readonly isList: boolean
  /** The places of the fields that give way to this one. */
  readonly rivals: readonly number[] | undefined
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
  /** The fields, by ascending number. */
  readonly rows: readonly Row[]
  readonly #make: (values: readonly unknown[]) => T
  readonly #values: (fields: never) => readonly Value[]
  readonly #absent: readonly Value[]
  readonly #lists: readonly number[]
  readonly #required: readonly number[]

  /**
   * @param make - makes a message of the values of all fields, in their order. It is written out, and so are `values`, which are taken
   *               out of a message again: by names it costs several times as much.
   * @param fields - by ascending number.
   */
  constructor(
    make: (values: readonly unknown[]) => { readonly [Name in keyof T]: unknown },
    values: (fields: { readonly [Name in keyof T]: unknown }) => readonly unknown[],
    fields: readonly Field[],
  ) {
    this.#make = make as (values: readonly unknown[]) => T
    this.#values = values as (fields: never) => readonly Value[]
    const names = Object.keys(make([]))
    this.rows = fields.map(([id, kind, rule, choice], place) => {
      const isList = rule === 'repeated' || rule === 'packed'
      const loneTag = (id << 3) | (typeof kind === 'string' ? WIRE_TYPES[kind] : WireType.bytes)
      const tag = rule === 'packed' ? (id << 3) | WireType.bytes : loneTag
      return { id, name: names[place] as string, kind, rule, choice, tag, loneTag, isList, rivals: rivalsOf(fields, place) }
    })
    // The last one is there for V8, which keeps arrays of numbers apart from others.
    this.#absent = [...this.rows.map(absentValue), null]
    this.#lists = placesOf(this.rows, ({ isList }) => isList)
    this.#required = placesOf(this.rows, ({ rule }) => rule === 'required')
  }

  /** Reads a message. @throws MalformedError for anything that is not this message. */
  read(bytes: Uint8Array, options?: ReadOptions): T {
    return this.#readFields(new StrictReader(bytes, options), this.#empty())
  }

  /** Writes a message in the order of its field numbers. */
  write(fields: Writable<T>, writer: Writer): Writer {
    const { rows } = this
    const values = this.#values(fields as never)
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place] as Row
      const value = values[place]
      if (value === undefined || value === null) {
        if (row.rule === 'required') throw new TypeError(`${row.name} is missing`)
      } else if (row.isList) writeList(row, value as Value[], writer)
      else if (row.rule !== 'implicit' || !isDefault(value)) writeField(row, value, writer)
    }
    return writer
  }

  /** Reads fields up to the reader's end. Of a field that is there twice the last counts; sub-messages are merged. */
  #readFields(reader: StrictReader, values: Value[]): T {
    const { rows } = this
    let place = 0
    while (reader.pos < reader.len) {
      const tag = reader.tag()
      // Most messages have their fields in this order.
      while (place < rows.length && (rows[place] as Row).tag < tag) place++
      if (place === rows.length || (rows[place] as Row).tag !== tag) place = this.#placeOf(tag)
      const row = rows[place]
      if (row === undefined) reader.skipField(tag)
      else if (tag !== row.tag && tag !== row.loneTag) throw new MalformedError('wrong wire type')
      else if (row.rule === 'packed' && tag === row.tag) readPacked(row, values[place] as Value[], reader)
      else {
        if (row.rivals !== undefined) for (const rival of row.rivals) values[rival] = null
        if (row.isList) (values[place] as Value[]).push(readValue(row.kind, reader, null))
        else values[place] = readValue(row.kind, reader, values[place])
      }
    }
    for (const place of this.#required) if (values[place] === undefined) throw new MalformedError('a required field is missing')
    return this.#make(values)
  }

  /** The place of the field that a tag names, or the end. */
  #placeOf(tag: number): number {
    const place = this.rows.findIndex(({ id }) => id === tag >>> 3)
    return place < 0 ? this.rows.length : place
  }

  /** Reads a sub-message, onto what came before of it. */
  static readPart(type: MessageType<unknown>, reader: StrictReader, before: Value): object {
    if (reader.partsLeft-- === 0) throw new MalformedError('too many parts')
    const outer = reader.len
    reader.len = reader.size() + reader.pos
    const message = type.#readFields(reader, before ? Object.values(before) : type.#empty())
    reader.len = outer
    return message as object
  }

  #empty(): Value[] {
    const values = this.#absent.slice()
    for (const place of this.#lists) values[place] = []
    return values
  }
}

function placesOf(rows: readonly Row[], isOne: (row: Row) => boolean): readonly number[] {
  return rows.flatMap((row, place) => (isOne(row) ? place : []))
}

function rivalsOf(fields: readonly Field[], own: number): readonly number[] | undefined {
  const choice = fields[own]?.[3]
  return choice === undefined ? undefined : fields.flatMap((field, place) => (field[3] === choice && place !== own ? place : []))
}

/** What an absent field is; an absent required one is nothing at all, and refused in the end. */
function absentValue({ kind, rule }: Row): Value {
  if (rule === 'required') return undefined
  if (rule === 'optional' || typeof kind !== 'string') return null
  if (kind === 'bytes') return NOTHING
  return kind === 'string' ? '' : kind === 'bool' ? false : 0
}

function isDefault(value: Value): boolean {
  if (typeof value === 'number') return Object.is(value, 0)
  return value === false || (value as { readonly length?: number }).length === 0
}

function readValue(kind: Row['kind'], reader: StrictReader, before: Value): Value {
  return typeof kind === 'string' ? readScalar(kind, reader) : MessageType.readPart(kind, reader, before)
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
    writer.uint32(row.tag).fork()
    for (const value of values) writeScalar(row.kind as Scalar, value, writer)
    writer.ldelim()
  }
}

function writeField({ tag, kind }: Row, value: Value, writer: Writer): void {
  writer.uint32(tag)
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
    case 'int32':
      writeVarint(value as number, writer)
      break
    case 'bool':
      writer.uint32(Number(value))
      break
    case 'fixed64':
      writeHalves([value as number, (value as number) / 2 ** 32], writer)
      break
    case 'double':
      writeHalves(halvesOf(value as number), writer)
      break
    case 'string':
      writer.bytes(utf8(value as string))
      break
  }
}

function writeHalves(halves: readonly [low: number, high: number], writer: Writer): void {
  for (const half of halves) writer.fixed32(half)
}

/** Writes a number of 53 bits, or a negative one of 32. */
function writeVarint(value: number, writer: Writer): void {
  let rest = value
  if (value < 0 || value >= 2 ** 28) {
    // Four bytes at a time, each with seven bits and the sign that there are more.
    writer.fixed32(0x80808080 | (value & 0x7f) | ((value & 0x3f80) << 1) | ((value & 0x1fc000) << 2) | ((value & 0xfe00000) << 3))
    rest = Math.floor(value / 2 ** 28)
    if (rest < 0) rest += 2 ** 36
  }
  if (rest < 2 ** 28) writer.uint32(rest)
  else writeVarint(rest, writer)
}

// Longer than all but messages with long texts, for which more is made.
const LENGTH = 16_384

/** Puts messages together. By itself protobufjs makes new memory each time, and leaves plaintexts and keys in it. */
const writer: Writer = new Writer()
writer.buf = new Uint8Array(LENGTH)

/** Where an encoded message goes. */
export interface Room {
  /** How many bytes to leave free before it; default 0. */
  readonly before?: number
  /** How many bytes to leave free after it; default 0. */
  readonly after?: number
}

/** Encodes a message into memory of its own. */
export function encode<T>(type: MessageType<T>, fields: Writable<T>, { before = 0, after = 0 }: Room = {}): Bytes {
  writer.pos = 0
  try {
    return type.write(fields, writer).finishInto(new Uint8Array(before + writer.pos + after), before)
  } finally {
    if (writer.buf.length > LENGTH) writer.buf = new Uint8Array(LENGTH)
    else writer.buf.fill(0, 0, writer.pos)
  }
}
