/**
 * The post-quantum ratchet of libsignal's session record, read into ours and written from it, in the middle of a conversation. libsignal
 * has the skipped keys inside; here they come and go beside the state.
 */
import { type Bytes, concatBytes } from '../bytes.js'
import type { Writable } from '../codec/message.js'
import { expose, type Secret } from '../crypto/secret.js'
import { MAX_FORWARD_JUMP, MAX_OWN_DEVICE_JUMP, MAX_SKIPPED_KEYS } from '../protocol/limits.js'
import type { ChainDirection, ChainLimits, EpochChains, EpochLink, KeyPosition } from '../protocol/spqr/epoch-chains.js'
import type { Negotiation, SpqrState } from '../protocol/spqr/state.js'
import { corrupt, decodeForeign, encodeRecord, present, wholeNumber } from '../records/protobuf.js'
import { readBraid, writeBraid } from './braid-record.js'
import { bigEndian, keyField } from './fields.js'
import * as schema from './schema/libsignal-spqr.js'

/** The key of a skipped message. */
export interface SkippedEpochKey extends KeyPosition {
  readonly key: Secret<'PqMessageKey'>
}

/** A post-quantum ratchet with the keys that its record held. */
export interface ForeignSpqr {
  /** `undefined`: a session without the ratchet. */
  readonly state: SpqrState | undefined
  readonly skipped: readonly SkippedEpochKey[]
  /** How many skipped keys were left out because they open nothing. */
  readonly unusable?: number
}

const RECORD = 'post-quantum ratchet'
const KEY_LENGTH = 32
const NO_LIMIT = 0xffffffff
const SKIPPED_ENTRY_LENGTH: number = 4 + KEY_LENGTH
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
 * @param foreign - `skipped`: all skipped keys of the session, in any order.
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
    authKey: keyField(fields.authKey),
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
    nextRoot: keyField(fields.nextRoot),
    links,
  }
}

function readLink({ sending, receiving }: schema.Link): EpochLink {
  const counter = receiving?.counter ?? 0
  const lastSkipped = skippedEntries(receiving).reduce((last, { index }) => Math.max(last, index), 0)
  return {
    sending: { counter: sending?.counter ?? 0, key: sending?.next?.length ? keyField(sending.next) : undefined },
    receiving: { counter, key: keyField(receiving?.next), lastSkipped },
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
      .map(({ index, key }) => ({ epoch: oldest + i, index, key: keyField(key) })),
  )
  const unusable = all.reduce((sum, { receiving }) => sum + entryCount(receiving) - skippedEntries(receiving).length, 0)
  return { skipped, unusable }
}

/** The whole entries of a chain, without those of messages still to come: as in the other ratchet, these would be kept a second time. */
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
