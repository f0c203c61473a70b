/**
 * The sparse post-quantum ratchet of a session on disk. Keys of skipped messages have records of their own.
 */
import { type Bytes, concatBytes, copyBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { type ExpandedEncapsulation, type PendingEncapsulation, vectorOf } from '../crypto/kem/incremental-kem.js'
import { expose } from '../crypto/secret.js'
import type { Authenticator } from '../protocol/spqr/authenticator.js'
import { type BraidField, braidOfFields, type FilledField, fieldsOfBraid } from '../protocol/spqr/braid-fields.js'
import type { ChainDirection, ChainLimits, EpochChains } from '../protocol/spqr/epoch-chains.js'
import { CHUNK_LENGTH, type Decoder } from '../protocol/spqr/erasure-code.js'
import type { BraidState, BraidStateName, SpqrState } from '../protocol/spqr/state.js'
import { corrupt, present, secretField } from './protobuf.js'
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
      ? { minVersion: negotiation.minVersion === 0 ? 0 : 1, authKey: secretField(negotiation.authKey, 32), direction, limits }
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
    nextRoot: secretField(fields.nextRoot, 32),
    links: (fields.links ?? []).map((link) => ({
      sending: { counter: link.sendingCounter ?? 0, key: link.sendingKey ? secretField(link.sendingKey, 32) : undefined },
      receiving: {
        counter: link.receivingCounter ?? 0,
        key: secretField(link.receivingKey, 32),
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
  for (const field of fieldsOfBraid(braid)) setField(fields, field)
  return fields
}

function setField(fields: BraidFields, field: FilledField): void {
  switch (field.holding) {
    case 'key':
      fields.dk = expose(field.value)
      break
    case 'sending':
      fields.sent = field.value.counter
      // The ek vector is inside the key.
      if (field.name !== 'ek') fields.sending = field.value.message
      break
    case 'collecting':
      fields.chunks = chunksOf(field.value)
      break
    case 'whole':
      fields[field.name] = field.value
      break
    default:
      setEncapsulation(fields, field.value)
  }
}

function readBraid(fields: schema.Braid): BraidState {
  const head = { name: present(STATES[fields.state]), epoch: fields.epoch, auth: readAuth(fields.auth) }
  return braidOfFields(head, (field) => readField(fields, field))
}

function readField(fields: schema.Braid, { name, holding }: BraidField): FilledField['value'] {
  switch (holding) {
    case 'key':
      return secretField<'IncrementalSecretKey'>(fields.dk, SECRET_KEY_LENGTH)
    case 'sending':
      return { message: name === 'ek' ? vectorIn(fields.dk) : copyBytes(fields.sending), counter: fields.sent }
    case 'collecting':
      return readChunks(fields.chunks)
    case 'whole':
      return copyBytes(fields[name])
    case 'pending':
      return readPending(fields)
    case 'encapsulation':
      return fields.expanded.length > 0 ? secretField<'ExpandedEncapsulation'>(fields.expanded, EXPANDED_LENGTH) : readPending(fields)
  }
}

function vectorIn(dk: Uint8Array): Bytes {
  const key = secretField<'IncrementalSecretKey'>(dk, SECRET_KEY_LENGTH)
  try {
    return vectorOf(key)
  } finally {
    key.wipe()
  }
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
  return { header: copyBytes(fields.header), randomness: secretField(fields.randomness, 32) }
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
