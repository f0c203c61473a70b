/**
 * The braid in libsignal's record of the post-quantum ratchet: each state has up to three byte strings, an encoder and a decoder.
 */
import { type Bytes, concatBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import {
  CT1_LENGTH,
  CT2_LENGTH,
  expandEncapsulation,
  HEADER_LENGTH,
  incrementalKeyPairFromSecretKey,
  parseExpandedEncapsulation,
  randomnessOf,
  VECTOR_LENGTH,
  vectorOf,
} from '../crypto/kem/incremental-kem.js'
import { expose } from '../crypto/secret.js'
import { TAG_LENGTH } from '../protocol/spqr/authenticator.js'
import { type BraidField, braidOfFields, type FilledField, fieldsOfBraid } from '../protocol/spqr/braid-fields.js'
import { coefficientsOf, messageOfCoefficients, messageOfValues, valuesOf } from '../protocol/spqr/coefficients.js'
import { CHUNK_LENGTH, type Decoder, EMPTY_DECODER, type Encoder } from '../protocol/spqr/erasure-code.js'
import type { BraidState, BraidStateName } from '../protocol/spqr/state.js'
import { corrupt, present, wholeNumber } from '../records/protobuf.js'
import { bigEndian, exactly, keyField } from './fields.js'
import type * as schema from './schema/libsignal-spqr.js'

const TAGGED_HEADER_LENGTH: number = HEADER_LENGTH + TAG_LENGTH
const TAGGED_CT2_LENGTH: number = CT2_LENGTH + TAG_LENGTH

/** What a state of libsignal's braid consists of: an encoder, a decoder, and up to three byte strings. */
interface Parts {
  readonly encoder?: Writable<schema.Encoder>
  readonly decoder?: Writable<schema.Decoder>
  readonly strings: readonly Uint8Array[]
}

/** Bytes of a piece that travels in chunks; header and ct2 with their tags. */
const LENGTHS = { header: TAGGED_HEADER_LENGTH, ek: VECTOR_LENGTH, ct1: CT1_LENGTH, ct2: TAGGED_CT2_LENGTH } as const
/** Bytes of a piece that is here. */
const WHOLE_LENGTHS = { header: HEADER_LENGTH, ek: VECTOR_LENGTH, ct1: CT1_LENGTH } as const

type StateField = keyof schema.Braid

function fieldOf(name: BraidStateName): StateField {
  return (name.charAt(0).toLowerCase() + name.slice(1)) as StateField
}

/** Reads a state of the braid. Everything is copied. @throws BisikError `corrupt-record`. */
export function readBraid(braid: schema.Braid): BraidState {
  const field = present((Object.keys(braid) as StateField[]).find((one) => braid[one] !== null))
  const { core, ...coders } = present(braid[field])
  const { epoch, auth, first, second, third } = present(core)
  const number = wholeNumber(epoch)
  if (number === 0) throw corrupt()
  const name = (field.charAt(0).toUpperCase() + field.slice(1)) as BraidStateName
  const head = { name, epoch: number, auth: { root: keyField<'BraidAuthRoot'>(auth?.root), mac: keyField<'BraidAuthMac'>(auth?.mac) } }
  const strings = [first, second, third].values()
  // Before the key stands the vector, which is inside it too.
  if (name === 'KeysSampled') strings.next()
  return braidOfFields(head, (one) => readField(one, coders, () => present(strings.next().value)))
}

function readField(
  { name, holding }: BraidField,
  { encoder, decoder }: Partial<Pick<schema.BraidState, 'encoder' | 'decoder'>>,
  next: () => Uint8Array,
): FilledField['value'] {
  switch (holding) {
    case 'key':
      return incrementalKeyPairFromSecretKey(next()).secretKey
    case 'sending':
      return readEncoder(encoder, LENGTHS[name])
    case 'collecting':
      return readDecoder(decoder, LENGTHS[name])
    case 'whole':
      return exactly(next(), WHOLE_LENGTHS[name])
    case 'pending':
      return { header: exactly(next(), HEADER_LENGTH), randomness: randomnessOf(parseExpandedEncapsulation(next())) }
    case 'encapsulation':
      return parseExpandedEncapsulation(next())
  }
}

/** Writes a state of the braid; the fields hold its keys. */
export function writeBraid(state: BraidState): Writable<schema.Braid> {
  const { strings, ...coders } = partsOf(state)
  const [first, second, third] = strings
  const auth = { root: expose(state.auth.root), mac: expose(state.auth.mac) }
  return { [fieldOf(state.name)]: { core: { epoch: state.epoch, auth, first, second, third }, ...coders } }
}

function partsOf(state: BraidState): Parts {
  // libsignal begins to collect the vector here; we do so a step later.
  const decoder = state.name === 'HeaderReceived' ? { decoder: writeDecoder(EMPTY_DECODER, VECTOR_LENGTH) } : {}
  const vector = state.name === 'KeysSampled' ? [vectorOf(state.dk)] : []
  const parts = fieldsOfBraid(state).map(writeField)
  return Object.assign(decoder, ...parts, { strings: [...vector, ...parts.flatMap(({ strings }) => strings)] })
}

function writeField({ name, holding, value }: FilledField): Parts {
  switch (holding) {
    case 'key':
      return { strings: [expose(value)] }
    case 'sending':
      // All of ct1 stands beside its encoder.
      return { encoder: writeEncoder(value), strings: name === 'ct1' ? [value.message] : [] }
    case 'collecting':
      return { decoder: writeDecoder(value, LENGTHS[name]), strings: [] }
    case 'whole':
      return { strings: [value] }
    case 'pending':
      return { strings: [value.header, expose(expandEncapsulation(value))] }
    case 'encapsulation':
      return { strings: [expose('header' in value ? expandEncapsulation(value) : value)] }
  }
}

function readEncoder(fields: schema.Encoder | null | undefined, length: number): Encoder {
  const { counter, values, coefficients } = present(fields)
  const message = coefficients?.length ? messageOfCoefficients(coefficients, length) : messageOfValues(values ?? [], length)
  return { message: present(message), counter: counter ?? 0 }
}

function writeEncoder({ message, counter }: Encoder): Writable<schema.Encoder> {
  const polynomials = counter > message.length / CHUNK_LENGTH ? { coefficients: coefficientsOf(message) } : { values: valuesOf(message) }
  return { counter, ...polynomials }
}

function readDecoder(fields: schema.Decoder | null | undefined, length: number): Decoder {
  const { needed, points } = present(fields)
  const lists = points ?? []
  const [first] = lists
  if (needed !== length / 2 || lists.length !== CHUNK_LENGTH / 2 || first === undefined || first.length % 4 !== 0) throw corrupt()
  const chunks = new Map<number, Bytes>()
  for (let offset = 0; offset < first.length; offset += 4) {
    const chunk = new Uint8Array(CHUNK_LENGTH)
    lists.forEach((list, p) => {
      if (list.length !== first.length || list[offset] !== first[offset] || list[offset + 1] !== first[offset + 1]) throw corrupt()
      chunk.set(list.subarray(offset + 2, offset + 4), 2 * p)
    })
    chunks.set(((first[offset] as number) << 8) | (first[offset + 1] as number), chunk)
  }
  return chunks
}

function writeDecoder(chunks: Decoder, length: number): Writable<schema.Decoder> {
  const sorted = [...chunks].sort(([a], [b]) => a - b)
  const points = Array.from({ length: CHUNK_LENGTH / 2 }, (_, p) =>
    concatBytes(...sorted.flatMap(([index, chunk]) => [bigEndian(index, 2), chunk.subarray(2 * p, 2 * p + 2)])),
  )
  return { needed: length / 2, polynomials: CHUNK_LENGTH / 2, points }
}
