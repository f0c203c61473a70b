/**
 * The post-quantum ratchet of libsignal's session record, read into ours and written from it, in the middle of a conversation. Knows
 * the layout of that part of the record only; kept keys, which libsignal holds inside, come and go beside the state.
 */
import { type Bytes, concatBytes, copyBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import {
  CT1_LENGTH,
  CT2_LENGTH,
  type ExpandedEncapsulation,
  expandEncapsulation,
  HEADER_LENGTH,
  incrementalKeyPairFromSecretKey,
  type PendingEncapsulation,
  parseExpandedEncapsulation,
  randomnessOf,
  VECTOR_LENGTH,
  vectorOf,
} from '../crypto/kem/incremental-kem.js'
import { expose, type Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP, MAX_SKIPPED_KEYS } from '../protocol/limits.js'
import { TAG_LENGTH } from '../protocol/spqr/authenticator.js'
import { coefficientsOf, messageOfCoefficients, messageOfValues, valuesOf } from '../protocol/spqr/coefficients.js'
import type { ChainDirection, ChainLimits, EpochChains, EpochLink, KeyPosition } from '../protocol/spqr/epoch-chains.js'
import { CHUNK_LENGTH, type Decoder, EMPTY_DECODER, type Encoder } from '../protocol/spqr/erasure-code.js'
import type { BraidState, BraidStateName, Negotiation, SpqrState } from '../protocol/spqr/state.js'
import { decodeForeign, encodeRecord, secretField, wholeNumber } from '../records/protobuf.js'
import * as schema from './schema/libsignal-spqr.js'

/** A kept key of a skipped message. */
export interface SkippedEpochKey extends KeyPosition {
  readonly key: Secret<'PqMessageKey'>
}

/** A post-quantum ratchet with the keys that its record held. */
export interface ForeignSpqr {
  /** `undefined`: a session without the ratchet. */
  readonly state: SpqrState | undefined
  readonly skipped: readonly SkippedEpochKey[]
  /** How many kept keys were left out because nothing can be opened with them. */
  readonly unusable?: number
}

const RECORD = 'post-quantum ratchet'
const KEY_LENGTH = 32
const NO_LIMIT = 0xffffffff
const SKIPPED_ENTRY_LENGTH: number = 4 + KEY_LENGTH
const TAGGED_HEADER_LENGTH: number = HEADER_LENGTH + TAG_LENGTH
const TAGGED_CT2_LENGTH: number = CT2_LENGTH + TAG_LENGTH
const DIRECTIONS: readonly ChainDirection[] = ['A2B', 'B2A']

/**
 * Reads libsignal's state of the ratchet. Everything is copied.
 *
 * Spec: SPQR, "What must be persisted"; differs: of a pending encapsulation only the random bytes are taken, and the rest derived anew.
 *
 * @param bytes - secret; field 15 of a session in libsignal's record, empty for a session without the ratchet.
 * @throws BisikError `corrupt-record`.
 */
export function importPqRatchetState(bytes: Uint8Array): ForeignSpqr {
  if (bytes.length === 0) return { state: undefined, skipped: [] }
  return decodeForeign(RECORD, schema.PqRatchetState, bytes, ({ negotiation, chains, braid }) => ({
    state: {
      negotiation: negotiation ? readNegotiation(negotiation) : undefined,
      chains: chains ? readChains(chains) : undefined,
      braid: readBraid(present(braid)),
    },
    ...(chains ? readSkipped(chains) : { skipped: [] }),
  }))
}

/**
 * Writes libsignal's state of the ratchet.
 *
 * @param foreign - `skipped`: all kept keys of the session, in any order.
 * @returns secret bytes for field 15 of a session in libsignal's record.
 */
export function exportPqRatchetState({ state, skipped }: ForeignSpqr): Bytes {
  if (state === undefined) return new Uint8Array(0)
  const { negotiation, chains, braid } = state
  return encodeRecord(schema.PqRatchetState, {
    ...(negotiation === undefined ? {} : { negotiation: writeNegotiation(negotiation) }),
    ...(chains === undefined ? {} : { chains: writeChains(chains, skipped) }),
    braid: writeBraid(braid),
  })
}

function readNegotiation(fields: schema.Negotiation): Negotiation {
  const minVersion = fields.minVersion
  if (minVersion !== 0 && minVersion !== 1) throw corrupt()
  return {
    minVersion,
    authKey: secret(fields.authKey),
    direction: readDirection(fields.direction),
    limits: readLimits(fields.limits),
  }
}

function writeNegotiation({ minVersion, authKey, direction, limits }: Negotiation): Writable<schema.Negotiation> {
  return { authKey: expose(authKey), ...writeDirection(direction), minVersion, limits: writeLimits(limits) }
}

function readDirection(value: number | null | undefined): ChainDirection {
  const direction = DIRECTIONS[value ?? 0]
  if (direction === undefined) throw corrupt()
  return direction
}

function writeDirection(direction: ChainDirection): { direction?: number } {
  return { direction: DIRECTIONS.indexOf(direction) }
}

function readLimits(fields: schema.Limits | null | undefined): ChainLimits {
  // libsignal writes 2^32 - 1, no limit, between devices of one account; ours are lower.
  return {
    maxForwardJump: Math.min(fields?.maxJump || MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP),
    maxSkippedKeys: Math.min(fields?.maxSkipped || MAX_SKIPPED_KEYS, MAX_SKIPPED_KEYS),
  }
}

function writeLimits({ maxForwardJump, maxSkippedKeys }: ChainLimits): Writable<schema.Limits> {
  return {
    maxJump: maxForwardJump === MAX_FORWARD_JUMP ? 0 : maxForwardJump === MAX_OWN_DEVICE_JUMP ? NO_LIMIT : maxForwardJump,
    maxSkipped: maxSkippedKeys === MAX_SKIPPED_KEYS ? 0 : maxSkippedKeys,
  }
}

function readChains(fields: schema.Chains): EpochChains {
  const currentEpoch = wholeNumber(fields.currentEpoch)
  const sendEpoch = wholeNumber(fields.sendEpoch)
  const links = (fields.links ?? []).map(readLink)
  const oldest = currentEpoch - links.length + 1
  if (links.length === 0 || oldest < 0 || sendEpoch < oldest || sendEpoch > currentEpoch) throw corrupt()
  return {
    direction: readDirection(fields.direction),
    limits: readLimits(fields.limits),
    currentEpoch,
    sendEpoch,
    nextRoot: secret(fields.nextRoot),
    links,
  }
}

function readLink({ sending, receiving }: schema.Link): EpochLink {
  const counter = receiving?.counter ?? 0
  const lastSkipped = skippedEntries(receiving).reduce((last, { index }) => Math.max(last, index), 0)
  return {
    sending: { counter: sending?.counter ?? 0, key: sending?.next?.length ? secret(sending.next) : undefined },
    receiving: { counter, key: secret(receiving?.next), lastSkipped },
  }
}

/** What lies in the window; libsignal may still hold some that are out of it. */
function readSkipped({ currentEpoch, links, limits }: schema.Chains): Omit<ForeignSpqr, 'state'> {
  const all = links ?? []
  const { maxSkippedKeys } = readLimits(limits)
  const oldest = wholeNumber(currentEpoch) - all.length + 1
  const skipped = all.flatMap(({ receiving }, i): SkippedEpochKey[] =>
    skippedEntries(receiving)
      .filter(({ index }) => index >= (receiving?.counter ?? 0) - maxSkippedKeys)
      .map(({ index, key }) => ({ epoch: oldest + i, index, key: secret(key) })),
  )
  const unusable = all.reduce((sum, { receiving }) => sum + entryCount(receiving) - skippedEntries(receiving).length, 0)
  return { skipped, unusable }
}

/** The whole entries of a chain, without those of messages still to come: as of the other ratchet, these would be kept a second time. */
function skippedEntries(chain: schema.Chain | null | undefined): { index: number; key: Uint8Array }[] {
  const bytes = chain?.skipped ?? new Uint8Array(0)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: Math.floor(bytes.length / SKIPPED_ENTRY_LENGTH) }, (_, i) => {
    const offset = i * SKIPPED_ENTRY_LENGTH
    return { index: view.getUint32(offset), key: bytes.subarray(offset + 4, offset + SKIPPED_ENTRY_LENGTH) }
  }).filter(({ index }) => index <= (chain?.counter ?? 0))
}

function entryCount(chain: schema.Chain | null | undefined): number {
  return Math.ceil((chain?.skipped?.length ?? 0) / SKIPPED_ENTRY_LENGTH)
}

function writeChains(chains: EpochChains, skipped: readonly SkippedEpochKey[]): Writable<schema.Chains> {
  const oldest = chains.currentEpoch - chains.links.length + 1
  return {
    ...writeDirection(chains.direction),
    currentEpoch: chains.currentEpoch,
    sendEpoch: chains.sendEpoch,
    links: chains.links.map(({ sending, receiving }, i) => ({
      sending: { counter: sending.counter, ...(sending.key === undefined ? {} : { next: expose(sending.key) }) },
      receiving: {
        counter: receiving.counter,
        next: expose(receiving.key),
        ...writeSkipped(skipped.filter(({ epoch }) => epoch === oldest + i)),
      },
    })),
    nextRoot: expose(chains.nextRoot),
    limits: writeLimits(chains.limits),
  }
}

function writeSkipped(skipped: readonly SkippedEpochKey[]): { skipped?: Bytes } {
  if (skipped.length === 0) return {}
  return { skipped: concatBytes(...skipped.flatMap(({ index, key }) => [bigEndian(index, 4), expose(key)])) }
}

/** What a state of libsignal's braid consists of. */
interface Parts {
  readonly encoder?: schema.Encoder | null
  readonly decoder?: schema.Decoder | null
  readonly first?: Uint8Array
  readonly second?: Uint8Array
  readonly third?: Uint8Array
}
/** The same, to be written. */
type WrittenParts = Writable<Parts>
type StateOf<Name extends BraidStateName> = Extract<BraidState, { readonly name: Name }>
type Own<Name extends BraidStateName> = Omit<StateOf<Name>, 'name' | 'epoch' | 'auth'>

const READ: { readonly [Name in BraidStateName]: (parts: Parts) => Own<Name> } = {
  KeysUnsampled: () => ({}),
  KeysSampled: (p) => ({ dk: readDk(p.second), header: readEncoder(p.encoder, TAGGED_HEADER_LENGTH) }),
  HeaderSent: (p) => ({ dk: readDk(p.first), ek: readEncoder(p.encoder, VECTOR_LENGTH), ct1: readDecoder(p.decoder, CT1_LENGTH) }),
  Ct1Received: (p) => ({ dk: readDk(p.first), ct1: exactly(p.second, CT1_LENGTH), ek: readEncoder(p.encoder, VECTOR_LENGTH) }),
  EkSentCt1Received: (p) => ({ dk: readDk(p.first), ct1: exactly(p.second, CT1_LENGTH), ct2: readDecoder(p.decoder, TAGGED_CT2_LENGTH) }),
  NoHeaderReceived: (p) => ({ header: readDecoder(p.decoder, TAGGED_HEADER_LENGTH) }),
  HeaderReceived: (p) => ({ header: exactly(p.first, HEADER_LENGTH) }),
  Ct1Sampled: (p) => ({
    encapsulation: readPending(p.first, p.second),
    ct1: readEncoder(p.encoder, CT1_LENGTH),
    ek: readDecoder(p.decoder, VECTOR_LENGTH),
  }),
  EkReceivedCt1Sampled: (p) => ({
    encapsulation: parseExpandedEncapsulation(present(p.first)),
    ek: exactly(p.second, VECTOR_LENGTH),
    ct1: readEncoder(p.encoder, CT1_LENGTH),
  }),
  Ct1Acknowledged: (p) => ({
    encapsulation: readPending(p.first, p.second),
    ct1: exactly(p.third, CT1_LENGTH),
    ek: readDecoder(p.decoder, VECTOR_LENGTH),
  }),
  Ct2Sampled: (p) => ({ ct2: readEncoder(p.encoder, TAGGED_CT2_LENGTH) }),
}

const WRITE: { readonly [Name in BraidStateName]: (state: StateOf<Name>) => WrittenParts } = {
  KeysUnsampled: () => ({}),
  KeysSampled: (s) => ({ first: vectorOf(s.dk), second: expose(s.dk), encoder: writeEncoder(s.header) }),
  HeaderSent: (s) => ({ first: expose(s.dk), encoder: writeEncoder(s.ek), decoder: writeDecoder(s.ct1, CT1_LENGTH) }),
  Ct1Received: (s) => ({ first: expose(s.dk), second: s.ct1, encoder: writeEncoder(s.ek) }),
  EkSentCt1Received: (s) => ({ first: expose(s.dk), second: s.ct1, decoder: writeDecoder(s.ct2, TAGGED_CT2_LENGTH) }),
  NoHeaderReceived: (s) => ({ decoder: writeDecoder(s.header, TAGGED_HEADER_LENGTH) }),
  HeaderReceived: (s) => ({ first: s.header, decoder: writeDecoder(EMPTY_DECODER, VECTOR_LENGTH) }),
  Ct1Sampled: (s) => ({
    ...writePending(s.encapsulation),
    third: s.ct1.message,
    encoder: writeEncoder(s.ct1),
    decoder: writeDecoder(s.ek, VECTOR_LENGTH),
  }),
  EkReceivedCt1Sampled: (s) => ({
    first: expose(writtenOut(s.encapsulation)),
    second: s.ek,
    third: s.ct1.message,
    encoder: writeEncoder(s.ct1),
  }),
  Ct1Acknowledged: (s) => ({ ...writePending(s.encapsulation), third: s.ct1, decoder: writeDecoder(s.ek, VECTOR_LENGTH) }),
  Ct2Sampled: (s) => ({ encoder: writeEncoder(s.ct2) }),
}

type Field = keyof schema.Braid
/** The states by the name of their field. */
const NAMES = Object.fromEntries(Object.keys(READ).map((name) => [fieldOf(name as BraidStateName), name])) as {
  readonly [F in Field]: BraidStateName
}

function fieldOf(name: BraidStateName): Field {
  return (name.charAt(0).toLowerCase() + name.slice(1)) as Field
}

function readBraid(braid: schema.Braid): BraidState {
  const field = present((Object.keys(braid) as Field[]).find((one) => braid[one] !== null))
  const { core, ...parts } = present(braid[field])
  const { epoch, auth, ...pieces } = present(core)
  const name = NAMES[field]
  const read = READ[name] as (parts: Parts) => Own<BraidStateName>
  const number = wholeNumber(epoch)
  if (number === 0) throw corrupt()
  const common = { name, epoch: number, auth: { root: secret(auth?.root), mac: secret(auth?.mac) } }
  return { ...common, ...read({ ...pieces, ...parts }) } as BraidState
}

function writeBraid(state: BraidState): Writable<schema.Braid> {
  const write = WRITE[state.name] as (state: BraidState) => WrittenParts
  const { encoder, decoder, ...pieces } = write(state)
  const auth = { root: expose(state.auth.root), mac: expose(state.auth.mac) }
  const core = { epoch: state.epoch, auth, ...pieces }
  return { [fieldOf(state.name)]: { core, ...(encoder ? { encoder } : {}), ...(decoder ? { decoder } : {}) } }
}

function readDk(bytes: Uint8Array | undefined): Secret<'IncrementalSecretKey'> {
  return incrementalKeyPairFromSecretKey(present(bytes)).secretKey
}

function readPending(header: Uint8Array | undefined, expanded: Uint8Array | undefined): PendingEncapsulation {
  return { header: exactly(header, HEADER_LENGTH), randomness: randomnessOf(parseExpandedEncapsulation(present(expanded))) }
}

function writePending(pending: PendingEncapsulation): WrittenParts {
  return { first: pending.header, second: expose(expandEncapsulation(pending)) }
}

function writtenOut(encapsulation: PendingEncapsulation | ExpandedEncapsulation): ExpandedEncapsulation {
  return 'header' in encapsulation ? expandEncapsulation(encapsulation) : encapsulation
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

function bigEndian(value: number, length: number): Bytes {
  return Uint8Array.from({ length }, (_, i) => value >>> (8 * (length - 1 - i)))
}

function secret<Kind extends string>(bytes: Uint8Array | null | undefined): Secret<Kind> {
  return secretField(present(bytes), KEY_LENGTH)
}

function exactly(bytes: Uint8Array | undefined, length: number): Bytes {
  if (bytes?.length !== length) throw corrupt()
  return copyBytes(bytes)
}

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw corrupt()
  return value
}

function corrupt(): BisikError {
  return new BisikError('corrupt-record', { record: RECORD })
}
