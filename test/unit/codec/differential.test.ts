import protobuf from 'protobufjs/minimal.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { MessageType, type Row } from '../../../src/codec/message.js'
import { MalformedError } from '../../../src/codec/reader.js'
import * as libsignalRecords from '../../../src/migration/schema/libsignal-records.js'
import * as libsignalSpqr from '../../../src/migration/schema/libsignal-spqr.js'
import * as records from '../../../src/records/schema/records.js'
import * as bundle from '../../../src/wire/schema/bundle.js'
import * as content from '../../../src/wire/schema/content.js'
import * as deviceList from '../../../src/wire/schema/device-list.js'
import * as envelope from '../../../src/wire/schema/envelope.js'
import * as fingerprint from '../../../src/wire/schema/fingerprint.js'
import * as roster from '../../../src/wire/schema/roster.js'
import * as sealedSender from '../../../src/wire/schema/sealed-sender.js'
import * as wire from '../../../src/wire/schema/wire.js'
import { seededRandom } from '../../support/random.js'
import { type GeneratedType, generated, ScannedReader } from './oracle.js'
import { BYTES, FIXED_64, FIXED_64_LIST, type Shape, scan, TEXT, VARINT, VARINT_LIST } from './scan.js'

// `npm run full` alters 100,000 of each type.
const COUNT = process.env.BISIK_FULL === undefined ? 500 : 100_000

type Module = Readonly<Record<string, unknown>>
const typesOf = (space: string, module: Module): [name: string, type: MessageType<unknown>][] =>
  Object.entries(module).flatMap(([name, type]) => (type instanceof MessageType ? [[`${space}.${name}`, type]] : []))

const WIRE = [
  ...typesOf('wire', wire),
  ...typesOf('content', content),
  ...typesOf('envelope', envelope),
  ...typesOf('bundle', bundle),
  ...typesOf('sealed', sealedSender),
  ...typesOf('fingerprint', fingerprint),
  ...typesOf('devices', deviceList),
  ...typesOf('roster', roster),
]
const RECORDS = [...typesOf('records', records), ...typesOf('libsignal', libsignalRecords), ...typesOf('spqr', libsignalSpqr)]

/** A source of decisions that a seed repeats. */
class Dice {
  readonly #random: (length: number) => Uint8Array
  constructor(seed: string) {
    this.#random = seededRandom(seed)
  }
  below(limit: number): number {
    const [a, b, c] = this.#random(3) as unknown as [number, number, number]
    return ((a << 16) | (b << 8) | c) % limit
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }
  bytes(length: number): Uint8Array {
    return this.#random(length)
  }
}

const NUMBERS = [0, 1, 2, 127, 128, 300, 16_383, 2 ** 31 - 1, 2 ** 32 - 1]

/** A message with values of the right kinds, some fields left out. */
function sample(type: MessageType<unknown>, dice: Dice): object {
  const value = ({ kind }: Row): unknown => {
    if (typeof kind !== 'string') return sample(kind, dice)
    if (kind === 'bytes') return dice.bytes(dice.pick([0, 1, 2, 16, 33, 200]))
    if (kind === 'string') return dice.pick(['', 'a', 'né', '中文', '😀'.repeat(40)])
    if (kind === 'bool') return dice.below(2) === 1
    if (kind === 'double') return dice.pick([0, -0, 1.5, 1e12, Number.NaN, -1])
    if (kind === 'uint64' || kind === 'fixed64') return dice.pick([...NUMBERS, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER])
    return kind === 'int32' ? dice.pick(NUMBERS) | 0 : dice.pick(NUMBERS)
  }
  const fields = type.rows.map((row) => {
    const { name, kind, rule } = row
    if (rule === 'repeated' || rule === 'packed') return [name, Array.from({ length: dice.below(4) }, () => value(row))]
    const isLeftOut = rule !== 'required' && dice.below(3) === 0
    return [name, isLeftOut ? (rule === 'optional' || typeof kind !== 'string' ? null : undefined) : value(row)]
  })
  // Of a choice one field at most.
  const chosen = fields.filter(([, one], i) => one !== undefined && (type.rows[i]?.choice === undefined || one !== null))
  const [first] = chosen.filter(([name]) => type.rows.some((row) => row.name === name && row.choice !== undefined))
  return Object.fromEntries(
    chosen.filter(([name]) => first?.[0] === name || !type.rows.some((row) => row.name === name && row.choice !== undefined)),
  )
}

/** One to three changes: a byte, a cut, a piece twice, another message's piece, an overlong number, a foreign field. */
function mutate(bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  let result = Buffer.from(bytes)
  for (let i = dice.below(3); i >= 0; i--) {
    const at = dice.below(result.length + 1)
    const to = at + dice.below(result.length - at + 1)
    switch (dice.below(7)) {
      case 0:
        if (result.length > 0) result[at % result.length] = dice.below(256)
        break
      case 1:
        result = result.subarray(0, at)
        break
      case 2:
        result = Buffer.concat([result.subarray(0, to), result.subarray(at)])
        break
      case 3:
        result = Buffer.concat([result.subarray(0, at), other.subarray(0, dice.below(other.length + 1)), result.subarray(at)])
        break
      case 4:
        result = Buffer.concat([result.subarray(0, at), Buffer.alloc(dice.below(10), dice.pick([0x80, 0xff, 0x81])), result.subarray(at)])
        break
      case 5:
        result = Buffer.concat([result, dice.bytes(dice.below(6))])
        break
      default:
        if (result.length > 0) result[at % result.length] = (result[at % result.length] as number) ^ (1 << dice.below(8))
    }
  }
  return new Uint8Array(result)
}

function shapeOf(type: MessageType<unknown>): Shape {
  const entry = ({ id, kind, rule }: Row): [number, Shape[number]] => {
    if (typeof kind !== 'string') return [id, shapeOf(kind)]
    if (rule === 'packed') return [id, kind === 'double' ? FIXED_64_LIST : VARINT_LIST]
    return [id, kind === 'bytes' ? BYTES : kind === 'string' ? TEXT : kind === 'fixed64' || kind === 'double' ? FIXED_64 : VARINT]
  }
  return Object.fromEntries(type.rows.map(entry))
}

const numberOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'toNumber' in value ? (value as { toNumber(): number }).toNumber() : value

/** Fields of one reading in a form that compares: absent parts and empty ones are told apart. */
function plain(type: MessageType<unknown>, message: Record<string, unknown>): object {
  const one = ({ kind }: Row, value: unknown): unknown => {
    if (value === null || value === undefined) return null
    if (typeof kind !== 'string') return plain(kind, value as Record<string, unknown>)
    if (kind === 'bytes') return Buffer.from(value as Uint8Array).toString('hex')
    const number = numberOf(value)
    if (kind === 'uint64' || kind === 'fixed64') return (number as number) > Number.MAX_SAFE_INTEGER ? 'beyond' : number
    return Object.is(number, -0) ? '-0' : number
  }
  return Object.fromEntries(
    type.rows.map((row) => {
      const value = message[row.name]
      return [row.name, Array.isArray(value) ? value.map((item) => one(row, item)) : one(row, value)]
    }),
  )
}

function attempt(read: () => object): object | 'refused' {
  try {
    return read()
  } catch {
    return 'refused'
  }
}

function ours(type: MessageType<unknown>, bytes: Uint8Array): object | 'refused' {
  try {
    return plain(type, type.read(bytes) as Record<string, unknown>)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return 'refused'
  }
}

const written = (write: (writer: protobuf.Writer) => unknown): Uint8Array => {
  const writer = new protobuf.Writer()
  write(writer)
  return writer.finish()
}

describe.each([
  ['messages', WIRE, ['wire', 'content', 'envelope', 'bundle', 'sealed-sender', 'fingerprint', 'device-list', 'roster']],
  ['records', RECORDS, ['records', 'libsignal-records', 'libsignal-spqr']],
] as const)('%s read and written by tables', (_, types, protos) => {
  let oracle: ReadonlyMap<string, GeneratedType>
  beforeAll(async () => {
    oracle = await generated(protos)
  })

  it('are all those of proto/', () => {
    expect(types.map(([name]) => name).sort()).toEqual([...oracle.keys()].sort())
  })

  it.each(types)(`%s: ${COUNT} altered ones get the verdict and the fields of protobufjs's code, and are written alike`, (name, type) => {
    const theirs = oracle.get(name) as GeneratedType
    const shape = shapeOf(type)
    const dice = new Dice(name)
    let other: Uint8Array = new Uint8Array(0)
    let read = 0
    for (let i = 0; i < COUNT; i++) {
      const message = sample(type, dice)
      const bytes = written((writer) => type.write(message as never, writer))
      const expectedBytes = written((writer) => theirs.encode(message, writer))
      if (!Buffer.from(bytes).equals(expectedBytes)) expect(bytes).toEqual(expectedBytes)
      const altered = i % 10 === 0 ? bytes : mutate(bytes, other, dice)
      other = bytes
      const expected = attempt(() => {
        scan(altered, 0, shape, Number.POSITIVE_INFINITY)
        return plain(type, theirs.decode(new ScannedReader(altered)))
      })
      const actual = ours(type, altered)
      if (actual !== 'refused') read++
      if (JSON.stringify(actual) !== JSON.stringify(expected)) {
        expect(actual, `${name} ${i} ${Buffer.from(altered).toString('hex')}`).toEqual(expected)
      }
    }
    expect(read).toBeGreaterThan(COUNT / 10)
  })
})
