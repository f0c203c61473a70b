/**
 * The braid: eleven states through which two parties exchange one ML-KEM key in each epoch, a chunk with each message. The two tables below
 * are those of the specification, row by row.
 */
import { type Bytes, concatBytes, equalBytes } from '../../bytes.js'
import {
  CT1_LENGTH,
  CT2_LENGTH,
  decapsulateIncremental,
  finishEncapsulation,
  generateIncrementalKeyPair,
  HEADER_LENGTH,
  startEncapsulation,
  VECTOR_LENGTH,
  vectorMatchesHeader,
  vectorOf,
} from '../../crypto/kem/incremental-kem.js'
import type { Secret } from '../../crypto/secret.js'
import type { RandomSource } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  type Authenticator,
  ciphertextTag,
  type EpochSecret,
  epochSecretOf,
  headerTag,
  startAuthenticator,
  TAG_LENGTH,
  updateAuthenticator,
} from './authenticator.js'
import type { ChunkType, Payload, PlainType } from './chunk-message.js'
import type { ChainDirection } from './epoch-chains.js'
import { addChunk, type Chunk, type Decoder, decode, EMPTY_DECODER, type Encoder, nextChunk, startEncoder } from './erasure-code.js'
import type {
  BraidState,
  BraidStateName,
  Ct1Acknowledged,
  Ct1Received,
  Ct1Sampled,
  EkReceivedCt1Sampled,
  EkSentCt1Received,
  HeaderReceived,
  HeaderSent,
  KeysSampled,
  KeysUnsampled,
  NoHeaderReceived,
} from './state.js'

type StateOf<Name extends BraidStateName> = Extract<BraidState, { readonly name: Name }>

/** A state and, if this step completed the exchange on our side, the secret of the epoch. */
export interface BraidStep {
  readonly state: BraidState
  readonly secret?: EpochSecret
}

/** A step that sends. */
export interface BraidSend extends BraidStep {
  readonly payload: Payload
}

type SendTable = { readonly [Name in BraidStateName]: (state: StateOf<Name>, random: RandomSource) => BraidSend }

/**
 * Spec: SPQR, "send". Right: what is sent, and the next state if it is another. States are written out, here and where a chain moves on:
 * in V8 a spread costs twenty times as much as a literal, and a message would take eight.
 */
const SEND: SendTable = {
  KeysUnsampled: sampleKeys, // Hdr(chunk 0) → KeysSampled
  KeysSampled: (s) => sendChunk('Hdr', s.header, (header) => ({ name: s.name, epoch: s.epoch, auth: s.auth, dk: s.dk, header })),
  HeaderSent: (s) => sendChunk('Ek', s.ek, (ek) => ({ name: s.name, epoch: s.epoch, auth: s.auth, dk: s.dk, ek, ct1: s.ct1 })),
  Ct1Received: (s) => sendChunk('EkCt1Ack', s.ek, (ek) => ({ name: s.name, epoch: s.epoch, auth: s.auth, dk: s.dk, ek, ct1: s.ct1 })),
  EkSentCt1Received: (s) => ({ state: s, payload: { type: 'Ct1Ack' } }),
  NoHeaderReceived: (s) => ({ state: s, payload: { type: 'None' } }),
  HeaderReceived: sampleCt1, // Ct1(chunk 0) → Ct1Sampled, epoch secret
  Ct1Sampled: (s) =>
    sendChunk('Ct1', s.ct1, (ct1) => ({ name: s.name, epoch: s.epoch, auth: s.auth, encapsulation: s.encapsulation, ct1, ek: s.ek })),
  EkReceivedCt1Sampled: (s) =>
    sendChunk('Ct1', s.ct1, (ct1) => ({ name: s.name, epoch: s.epoch, auth: s.auth, encapsulation: s.encapsulation, ct1, ek: s.ek })),
  Ct1Acknowledged: (s) => ({ state: s, payload: { type: 'None' } }),
  Ct2Sampled: (s) => sendChunk('Ct2', s.ct2, (ct2) => ({ name: s.name, epoch: s.epoch, auth: s.auth, ct2 })),
}

type Row<Name extends BraidStateName> = { readonly [Type in ChunkType]?: (state: StateOf<Name>, chunk: Chunk) => BraidStep } & {
  readonly [Type in PlainType]?: (state: StateOf<Name>) => BraidStep
}
type ReceiveTable = { readonly [Name in BraidStateName]: Row<Name> }

/**
 * Spec: SPQR, "recv", messages of the state's own epoch. What is not in a row is ignored. Right: the next state if it is another;
 * "whole" means that this chunk completes what is being collected.
 */
const RECEIVE: ReceiveTable = {
  KeysUnsampled: {},
  KeysSampled: {
    Ct1: startEk, // → HeaderSent
  },
  HeaderSent: {
    Ct1: collectCt1, // whole → Ct1Received
  },
  Ct1Received: {
    Ct2: startCt2, // → EkSentCt1Received
  },
  EkSentCt1Received: {
    Ct2: collectCt2, // whole → NoHeaderReceived of the next epoch, epoch secret
  },
  NoHeaderReceived: {
    Hdr: collectHeader, // whole → HeaderReceived
  },
  HeaderReceived: {},
  Ct1Sampled: {
    Ek: (s, chunk) => collectEk(s, chunk, { whole: ekReceived, part: stay }), // whole → EkReceivedCt1Sampled
    EkCt1Ack: (s, chunk) => collectEk(s, chunk, { whole: sampleCt2, part: ct1Acknowledged }), // whole → Ct2Sampled, otherwise → Ct1Acknowledged
  },
  EkReceivedCt1Sampled: {
    Ct1Ack: (s) => sampleCt2(s, s.ek), // → Ct2Sampled
    EkCt1Ack: (s) => sampleCt2(s, s.ek), // → Ct2Sampled
  },
  Ct1Acknowledged: {
    Ek: (s, chunk) => collectEk(s, chunk, { whole: sampleCt2, part: stay }), // whole → Ct2Sampled
    EkCt1Ack: (s, chunk) => collectEk(s, chunk, { whole: sampleCt2, part: stay }), // whole → Ct2Sampled
  },
  Ct2Sampled: {},
}

/**
 * Starts the braid of a session at epoch 1.
 *
 * Spec: SPQR, "Functions", `initialState`; differs: none.
 */
export function startBraid(authKey: Secret<'PqAuthKey'>, direction: ChainDirection): BraidState {
  const auth = startAuthenticator(authKey)
  return direction === 'A2B' ? { name: 'KeysUnsampled', epoch: 1, auth } : noHeaderReceived(1, auth)
}

/**
 * Takes what the next message carries; it carries the epoch of `state` too.
 *
 * Spec: SPQR, "send"; differs: none.
 *
 * @param random - 64 bytes are drawn in `KeysUnsampled`, 32 in `HeaderReceived`, none elsewhere.
 */
export function sendBraid(state: BraidState, random: RandomSource): BraidSend {
  const send = SEND[state.name] as (state: BraidState, random: RandomSource) => BraidSend
  return send(state, random)
}

/**
 * Takes in what a message carried.
 *
 * Spec: SPQR, "recv"; differs: none.
 *
 * @param epoch - of the message. Messages of earlier epochs change nothing.
 * @returns the state after it: the same object if the message was ignored.
 * @throws BisikError `authentication-failed` if the epoch is one that the peer cannot have reached, or if a header, an ek vector or a
 *         ciphertext is complete and not authentic.
 */
export function receiveBraid(state: BraidState, epoch: number, payload: Payload): BraidStep {
  if (epoch < state.epoch) return { state }
  if (epoch > state.epoch) {
    // The message belongs to another session, or to a part of this one that took place elsewhere.
    if (state.name !== 'Ct2Sampled' || epoch > state.epoch + 1) throw new BisikError('authentication-failed', {})
    return { state: { name: 'KeysUnsampled', epoch, auth: state.auth } }
  }
  const receive = RECEIVE[state.name][payload.type] as ((state: BraidState, chunk: Chunk | undefined) => BraidStep) | undefined
  return receive === undefined ? { state } : receive(state, 'chunk' in payload ? payload.chunk : undefined)
}

function sendChunk(type: ChunkType, encoder: Encoder, advanced: (encoder: Encoder) => BraidState): BraidSend {
  const next = nextChunk(encoder)
  return { state: advanced(next.encoder), payload: { type, chunk: next.chunk } }
}

function sampleKeys({ epoch, auth }: KeysUnsampled, random: RandomSource): BraidSend {
  const { header, secretKey } = generateIncrementalKeyPair(random)
  const encoder = startEncoder(concatBytes(header, headerTag(auth, epoch, header)))
  return sendChunk('Hdr', encoder, (advanced) => ({ name: 'KeysSampled', epoch, auth, dk: secretKey, header: advanced }))
}

function startEk({ epoch, auth, dk }: KeysSampled, chunk: Chunk): BraidStep {
  return { state: { name: 'HeaderSent', epoch, auth, dk, ek: startEncoder(vectorOf(dk)), ct1: addChunk(EMPTY_DECODER, chunk) } }
}

function collectCt1(s: HeaderSent, chunk: Chunk): BraidStep {
  const chunks = addChunk(s.ct1, chunk)
  const ct1 = decode(chunks, CT1_LENGTH)
  return { state: ct1 === undefined ? { ...s, ct1: chunks } : { ...s, name: 'Ct1Received', ct1 } }
}

function startCt2({ epoch, auth, dk, ct1 }: Ct1Received, chunk: Chunk): BraidStep {
  return { state: { name: 'EkSentCt1Received', epoch, auth, dk, ct1, ct2: addChunk(EMPTY_DECODER, chunk) } }
}

function collectCt2(s: EkSentCt1Received, chunk: Chunk): BraidStep {
  const chunks = addChunk(s.ct2, chunk)
  const message = decode(chunks, CT2_LENGTH + TAG_LENGTH)
  if (message === undefined) return { state: { ...s, ct2: chunks } }
  const ct2 = message.subarray(0, CT2_LENGTH)
  const secret = epochSecretOf(s.epoch, decapsulateIncremental(s.dk, { ct1: s.ct1, ct2 }))
  // The tag is made with the keys that the new secret gives: only who knows it could make the ciphertext.
  const auth = updateAuthenticator(s.auth, secret)
  requireTag(ciphertextTag(auth, s.epoch, { ct1: s.ct1, ct2 }), message.subarray(CT2_LENGTH))
  return { state: noHeaderReceived(s.epoch + 1, auth), secret }
}

function noHeaderReceived(epoch: number, auth: Authenticator): BraidState {
  return { name: 'NoHeaderReceived', epoch, auth, header: EMPTY_DECODER }
}

function collectHeader(s: NoHeaderReceived, chunk: Chunk): BraidStep {
  const chunks = addChunk(s.header, chunk)
  const message = decode(chunks, HEADER_LENGTH + TAG_LENGTH)
  if (message === undefined) return { state: { ...s, header: chunks } }
  const header = message.slice(0, HEADER_LENGTH)
  requireTag(headerTag(s.auth, s.epoch, header), message.subarray(HEADER_LENGTH))
  return { state: { name: 'HeaderReceived', epoch: s.epoch, auth: s.auth, header } }
}

function sampleCt1({ epoch, auth, header }: HeaderReceived, random: RandomSource): BraidSend {
  const { ct1, sharedSecret, pending } = startEncapsulation(header, random)
  const secret = epochSecretOf(epoch, sharedSecret)
  const updated = updateAuthenticator(auth, secret)
  const sampled = { name: 'Ct1Sampled', epoch, auth: updated, encapsulation: pending, ek: EMPTY_DECODER } as const
  return { ...sendChunk('Ct1', startEncoder(ct1), (advanced) => ({ ...sampled, ct1: advanced })), secret }
}

/** Adds a chunk of the ek vector; once whole it must be the one that the header announced. */
function collectEk<State extends Ct1Sampled | Ct1Acknowledged>(
  s: State,
  chunk: Chunk,
  then: { readonly whole: (s: State, ek: Bytes) => BraidStep; readonly part: (s: State, chunks: Decoder) => BraidStep },
): BraidStep {
  const chunks = addChunk(s.ek, chunk)
  const ek = decode(chunks, VECTOR_LENGTH)
  if (ek === undefined) return then.part(s, chunks)
  if (!vectorMatchesHeader(ek, s.encapsulation.header)) throw new BisikError('authentication-failed', {})
  return then.whole(s, ek)
}

function stay(s: Ct1Sampled | Ct1Acknowledged, ek: Decoder): BraidStep {
  return { state: { ...s, ek } }
}

function ekReceived(s: Ct1Sampled, ek: Bytes): BraidStep {
  return { state: { ...s, name: 'EkReceivedCt1Sampled', ek } }
}

function ct1Acknowledged(s: Ct1Sampled, ek: Decoder): BraidStep {
  return { state: { ...s, name: 'Ct1Acknowledged', ct1: s.ct1.message, ek } }
}

function sampleCt2(s: Ct1Sampled | EkReceivedCt1Sampled | Ct1Acknowledged, ek: Bytes): BraidStep {
  const { epoch, auth } = s
  const ct1 = s.name === 'Ct1Acknowledged' ? s.ct1 : s.ct1.message
  const ct2 = finishEncapsulation(ek, s.encapsulation)
  return { state: { name: 'Ct2Sampled', epoch, auth, ct2: startEncoder(concatBytes(ct2, ciphertextTag(auth, epoch, { ct1, ct2 }))) } }
}

function requireTag(expected: Bytes, received: Uint8Array): void {
  if (!equalBytes(expected, received)) throw new BisikError('authentication-failed', {})
}
