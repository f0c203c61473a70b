/**
 * The sparse post-quantum ratchet of a session on disk. Knows which fields each state of the braid has, and no transition; keys of
 * skipped messages have records of their own.
 */
import { type Bytes, concatBytes, copyBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { type ExpandedEncapsulation, type PendingEncapsulation, vectorOf } from '../crypto/kem/incremental-kem.js'
import { expose } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import type { Authenticator } from '../protocol/spqr/authenticator.js'
import type { ChainDirection, ChainLimits, EpochChains } from '../protocol/spqr/epoch-chains.js'
import { CHUNK_LENGTH, type Decoder, type Encoder } from '../protocol/spqr/erasure-code.js'
import type { BraidState, BraidStateName, SpqrState } from '../protocol/spqr/state.js'
import { secretField } from './protobuf.js'
import type * as schema from './schema/records.js'

/** The states in the order of their numbers in the record. */
const STATES: readonly BraidStateName[] = [
  'KeysUnsampled',
  'KeysSampled',
  'HeaderSent',
  'Ct1Received',
  'EkSentCt1Received',
  'NoHeaderReceived',
  'HeaderReceived',
  'Ct1Sampled',
  'EkReceivedCt1Sampled',
  'Ct1Acknowledged',
  'Ct2Sampled',
]

const SECRET_KEY_LENGTH = 2400
const EXPANDED_LENGTH = 2080
const ENTRY_LENGTH: number = 2 + CHUNK_LENGTH

type Fields<Message> = { -readonly [Name in keyof Writable<Message>]: Writable<Message>[Name] }
type BraidFields = Fields<schema.Braid>

/** The fields of a ratchet; they hold its keys. */
export function pqRatchetFields({ negotiation, chains, braid }: SpqrState): Writable<schema.PqRatchet> {
  const { direction, limits } = present(chains ?? negotiation)
  const fields: Fields<schema.PqRatchet> = {
    initiator: direction === 'A2B',
    maxForwardJump: limits.maxForwardJump,
    maxSkippedKeys: limits.maxSkippedKeys,
    braid: braidFields(braid),
  }
  if (negotiation !== undefined) fields.negotiation = { minVersion: negotiation.minVersion, authKey: expose(negotiation.authKey) }
  if (chains !== undefined) fields.chains = chainFields(chains)
  return fields
}

/** Reads the fields of a ratchet. @throws BisikError `corrupt-record`. */
export function readPqRatchet(fields: schema.PqRatchet): SpqrState {
  const direction = fields.initiator ? 'A2B' : 'B2A'
  const limits = { maxForwardJump: fields.maxForwardJump, maxSkippedKeys: fields.maxSkippedKeys }
  const { negotiation, chains } = fields
  return {
    negotiation: negotiation
      ? { minVersion: negotiation.minVersion === 0 ? 0 : 1, authKey: secretField(present(negotiation.authKey), 32), direction, limits }
      : undefined,
    chains: chains ? readChains(chains, direction, limits) : undefined,
    braid: readBraid(present(fields.braid)),
  }
}

function chainFields({ currentEpoch, sendEpoch, nextRoot, links }: EpochChains): Writable<schema.PqChains> {
  return {
    currentEpoch,
    sendEpoch,
    nextRoot: expose(nextRoot),
    links: links.map(({ sending, receiving }) => ({
      sendingCounter: sending.counter,
      sendingKey: sending.key === undefined ? null : expose(sending.key),
      receivingCounter: receiving.counter,
      receivingKey: expose(receiving.key),
      lastSkipped: receiving.lastSkipped,
    })),
  }
}

function readChains(fields: schema.PqChains, direction: ChainDirection, limits: ChainLimits): EpochChains {
  return {
    direction,
    limits,
    currentEpoch: fields.currentEpoch,
    sendEpoch: fields.sendEpoch,
    nextRoot: secretField(present(fields.nextRoot), 32),
    links: (fields.links ?? []).map((link) => ({
      sending: { counter: link.sendingCounter ?? 0, key: link.sendingKey ? secretField(link.sendingKey, 32) : undefined },
      receiving: {
        counter: link.receivingCounter ?? 0,
        key: secretField(present(link.receivingKey), 32),
        lastSkipped: link.lastSkipped ?? 0,
      },
    })),
  }
}

function braidFields(braid: BraidState): BraidFields {
  const fields: BraidFields = {
    state: STATES.indexOf(braid.name),
    epoch: braid.epoch,
    auth: concatBytes(expose(braid.auth.root), expose(braid.auth.mac)),
  }
  if ('dk' in braid) fields.dk = expose(braid.dk)
  switch (braid.name) {
    case 'KeysUnsampled':
      break
    case 'KeysSampled':
      setSending(fields, braid.header)
      break
    case 'HeaderSent':
      fields.sent = braid.ek.counter
      fields.chunks = chunksOf(braid.ct1)
      break
    case 'Ct1Received':
      fields.sent = braid.ek.counter
      fields.ct1 = braid.ct1
      break
    case 'EkSentCt1Received':
      fields.ct1 = braid.ct1
      fields.chunks = chunksOf(braid.ct2)
      break
    case 'NoHeaderReceived':
      fields.chunks = chunksOf(braid.header)
      break
    case 'HeaderReceived':
      fields.header = braid.header
      break
    case 'Ct1Sampled':
      setEncapsulation(fields, braid.encapsulation)
      setSending(fields, braid.ct1)
      fields.chunks = chunksOf(braid.ek)
      break
    case 'EkReceivedCt1Sampled':
      setEncapsulation(fields, braid.encapsulation)
      setSending(fields, braid.ct1)
      fields.ek = braid.ek
      break
    case 'Ct1Acknowledged':
      setEncapsulation(fields, braid.encapsulation)
      fields.ct1 = braid.ct1
      fields.chunks = chunksOf(braid.ek)
      break
    case 'Ct2Sampled':
      setSending(fields, braid.ct2)
      break
  }
  return fields
}

function readBraid(fields: schema.Braid): BraidState {
  const name = present(STATES[fields.state])
  const base = { epoch: fields.epoch, auth: readAuth(present(fields.auth)) }
  const dk = () => secretField<'IncrementalSecretKey'>(present(fields.dk), SECRET_KEY_LENGTH)
  const sending = (): Encoder => ({ message: copyBytes(present(fields.sending)), counter: fields.sent })
  const vector = (key: ReturnType<typeof dk>): Encoder => ({ message: vectorOf(key), counter: fields.sent })
  const chunks = () => readChunks(fields.chunks)
  const ct1 = () => copyBytes(present(fields.ct1))
  switch (name) {
    case 'KeysUnsampled':
      return { name, ...base }
    case 'KeysSampled':
      return { name, ...base, dk: dk(), header: sending() }
    case 'HeaderSent': {
      const key = dk()
      return { name, ...base, dk: key, ek: vector(key), ct1: chunks() }
    }
    case 'Ct1Received': {
      const key = dk()
      return { name, ...base, dk: key, ek: vector(key), ct1: ct1() }
    }
    case 'EkSentCt1Received':
      return { name, ...base, dk: dk(), ct1: ct1(), ct2: chunks() }
    case 'NoHeaderReceived':
      return { name, ...base, header: chunks() }
    case 'HeaderReceived':
      return { name, ...base, header: copyBytes(present(fields.header)) }
    case 'Ct1Sampled':
      return { name, ...base, encapsulation: readPending(fields), ct1: sending(), ek: chunks() }
    case 'EkReceivedCt1Sampled':
      return { name, ...base, encapsulation: readEncapsulation(fields), ct1: sending(), ek: copyBytes(present(fields.ek)) }
    case 'Ct1Acknowledged':
      return { name, ...base, encapsulation: readPending(fields), ct1: ct1(), ek: chunks() }
    case 'Ct2Sampled':
      return { name, ...base, ct2: sending() }
  }
}

function setSending(fields: BraidFields, { message, counter }: Encoder): void {
  fields.sending = message
  fields.sent = counter
}

function setEncapsulation(fields: BraidFields, encapsulation: PendingEncapsulation | ExpandedEncapsulation): void {
  if ('randomness' in encapsulation) {
    fields.header = encapsulation.header
    fields.randomness = expose(encapsulation.randomness)
  } else {
    fields.expanded = expose(encapsulation)
  }
}

function readPending(fields: schema.Braid): PendingEncapsulation {
  return { header: copyBytes(present(fields.header)), randomness: secretField(present(fields.randomness), 32) }
}

function readEncapsulation(fields: schema.Braid): PendingEncapsulation | ExpandedEncapsulation {
  const { expanded } = fields
  return expanded.length > 0 ? secretField(expanded, EXPANDED_LENGTH) : readPending(fields)
}

function readAuth(bytes: Uint8Array): Authenticator {
  return { root: secretField(bytes.subarray(0, 32), 32), mac: secretField(bytes.subarray(32), 32) }
}

function chunksOf(decoder: Decoder): Bytes {
  const bytes = new Uint8Array(decoder.size * ENTRY_LENGTH)
  let offset = 0
  for (const [index, chunk] of decoder) {
    bytes[offset] = index >> 8
    bytes[offset + 1] = index
    bytes.set(chunk, offset + 2)
    offset += ENTRY_LENGTH
  }
  return bytes
}

function readChunks(bytes: Uint8Array): Decoder {
  if (bytes.length % ENTRY_LENGTH !== 0) throw corrupt()
  const decoder = new Map<number, Bytes>()
  for (let offset = 0; offset < bytes.length; offset += ENTRY_LENGTH) {
    const index = ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number)
    decoder.set(index, copyBytes(bytes.subarray(offset + 2, offset + ENTRY_LENGTH)))
  }
  return decoder
}

function present<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw corrupt()
  return value
}

function corrupt(): BisikError {
  return new BisikError('corrupt-record', { record: 'post-quantum ratchet' })
}
