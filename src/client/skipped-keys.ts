/**
 * Keeps skipped message keys in records of their own, as the ratchet asks. Knows the records' shape, not what a key opens.
 */
import type { MessageKeySource } from '../crypto/aead.js'
import type { EcPublicKey } from '../crypto/keys.js'
import type { Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import type { SkippedKeyChanges } from '../protocol/ratchet/double-ratchet.js'
import type { SenderKeyChanges } from '../protocol/sender-key.js'
import { idOf, type SessionId, type SessionState } from '../protocol/session.js'
import type { EpochKeyChanges, KeyPosition, KeyRange } from '../protocol/spqr/epoch-chains.js'
import {
  type ChainName,
  pqSkippedSegmentKey,
  type SenderChainName,
  senderSkippedIndexKey,
  senderSkippedSegmentKey,
  skippedIndexKey,
  skippedSegmentKey,
} from '../records/record-keys.js'
import {
  decodePqSkippedSegment,
  decodeSkippedIndex,
  decodeSkippedSegment,
  encodeSkippedIndex,
  encodeSkippedSegment,
  inSegments,
  SEGMENT_LENGTH,
  segmentOf,
  skippedKeyIn,
  withoutSkippedKey,
  withSkippedCount,
} from '../records/skipped-keys-record.js'
import type { RecordKey } from '../store/key-store.js'
import type { DeviceAddress } from '../wire/address.js'
import { type Draft, UNREAD } from './draft.js'

/** Reads one kept key: the key, `undefined` if it is not kept, or `'unread'`. */
export function readSkippedKey(draft: Draft, chain: ChainName, counter: number): MessageKeySource | undefined | 'unread' {
  const segment = draft.read(skippedSegmentKey(chain, segmentOf(counter)))
  // Using the key will need the index as well: ask for both at once.
  const index = draft.read(skippedIndexKey(chain))
  if (segment === UNREAD || index === UNREAD) return 'unread'
  return segment === undefined ? undefined : messageKeyIn(segment, counter % SEGMENT_LENGTH)
}

/** Writes what a ratchet step wants done. May leave the draft incomplete: then the run is repeated. */
export function applySkippedKeyChanges(draft: Draft, peer: DeviceAddress, session: SessionState, changes: SkippedKeyChanges): void {
  const { keep, used, dropChain } = changes
  const recordsIn = ({ ratchetKey }: { readonly ratchetKey: EcPublicKey }) => recordsOf({ peer, session: idOf(session), ratchetKey })
  if (dropChain !== undefined && dropChain.skipped > 0) dropAll(draft, recordsIn(dropChain))
  if (used !== undefined) useKey(draft, recordsIn(used), used.counter)
  if (keep === undefined) return
  const edit = ChainEdit.begin(draft, recordsIn(keep), keep.held === 0)
  edit?.dropOldest(changes.dropOldest)
  for (const [i, seed] of keep.seeds.entries()) edit?.add(keep.from + i, seed)
  edit?.write()
  for (const seed of keep.seeds) seed.wipe()
}

/** Reads one kept key of the post-quantum ratchet: the key, `undefined` if it is not kept, or `'unread'`. */
export function readPqSkippedKey(
  draft: Draft,
  peer: DeviceAddress,
  session: SessionId,
  { epoch, index }: KeyPosition,
): Secret<'PqMessageKey'> | undefined | 'unread' {
  const segment = draft.read(pqSkippedSegmentKey(peer, session, epoch, segmentOf(index)))
  if (segment === UNREAD) return 'unread'
  return segment === undefined ? undefined : skippedKeyIn<'PqMessageKey'>(segment, index % SEGMENT_LENGTH)
}

/** Writes what a step of the post-quantum ratchet wants done. May leave the draft incomplete. */
export function applyPqKeyChanges(draft: Draft, peer: DeviceAddress, session: SessionState, { keep, used, drop }: EpochKeyChanges): void {
  if (used !== undefined) {
    const key = pqSkippedSegmentKey(peer, idOf(session), used.epoch, segmentOf(used.index))
    const stored = draft.read(key)
    if (stored !== UNREAD && stored !== undefined) {
      const { left, segment } = withoutSkippedKey(stored, used.index % SEGMENT_LENGTH)
      if (left === 0) draft.delete(key)
      else draft.put(key, segment)
    }
  }
  const lastSkipped = keep?.lastSkipped ?? 0
  const kept = keep === undefined ? [] : inSegments(keep.keys.map((key, i) => [keep.from + i, key] as const))
  for (const [number, places] of kept) {
    const key = pqSkippedSegmentKey(peer, idOf(session), keep?.epoch ?? 0, number)
    const stored = number > segmentOf(lastSkipped) || lastSkipped === 0 ? undefined : draft.read(key)
    if (stored !== UNREAD)
      draft.put(key, encodeSkippedSegment(new Map([...(stored === undefined ? [] : decodePqSkippedSegment(stored)), ...places])))
  }
  if (draft.incomplete) return
  for (const key of keep?.keys ?? []) key.wipe()
  dropPqSkippedKeys(draft, peer, session, drop)
}

/**
 * Deletes kept keys of the post-quantum ratchet. A segment goes when all of it has: a few keys stay a little longer than the window,
 * out of reach, so that a message in order never has to read them in order to delete them.
 *
 * @param drop - ranges as the ratchet gives them; with `whole`, of epochs that are over, so that the last segment goes too.
 */
export function dropPqSkippedKeys(
  draft: Draft,
  peer: DeviceAddress,
  session: SessionState,
  drop: readonly KeyRange[],
  whole = false,
): void {
  for (const { epoch, from, to } of drop) {
    const end = whole ? segmentOf(to - 1) + 1 : segmentOf(to)
    for (let segment = segmentOf(from); segment < end; segment++) draft.delete(pqSkippedSegmentKey(peer, idOf(session), epoch, segment))
  }
}

/** Deletes all kept keys of a chain. */
export function dropSkippedKeys(draft: Draft, chain: ChainName): void {
  dropAll(draft, recordsOf(chain))
}

/** Reads one kept key of a sender's chain: the key, `undefined` if it is not kept, or `'unread'`. */
export function readSenderSkippedKey(
  draft: Draft,
  chain: SenderChainName,
  iteration: number,
): Secret<'SenderMessageSeed'> | undefined | 'unread' {
  const segment = draft.read(senderSkippedSegmentKey(chain, segmentOf(iteration)))
  const index = draft.read(senderSkippedIndexKey(chain))
  if (segment === UNREAD || index === UNREAD) return 'unread'
  return segment === undefined ? undefined : skippedKeyIn<'SenderMessageSeed'>(segment, iteration % SEGMENT_LENGTH)
}

/** Writes what an opened group message wants done. May leave the draft incomplete: then the run is repeated. */
export function applySenderKeyChanges(draft: Draft, name: SenderChainName, { chain, keep, dropOldest, used }: SenderKeyChanges): void {
  if (used !== undefined) useKey(draft, recordsOfSenderChain(name), used)
  if (keep.seeds.length === 0) return
  const edit = ChainEdit.begin(draft, recordsOfSenderChain(name), chain.skipped === 0)
  edit?.dropOldest(dropOldest)
  for (const [i, seed] of keep.seeds.entries()) edit?.add(keep.from + i, seed)
  edit?.write()
  for (const seed of keep.seeds) seed.wipe()
}

/** Deletes all kept keys of a sender's chain. May leave the draft incomplete. */
export function dropSenderSkippedKeys(draft: Draft, name: SenderChainName): void {
  dropAll(draft, recordsOfSenderChain(name))
}

/** Where the kept keys of one chain are. */
interface ChainRecords {
  readonly index: RecordKey
  segment(segment: number): RecordKey
}

function recordsOf(chain: ChainName): ChainRecords {
  return { index: skippedIndexKey(chain), segment: (segment) => skippedSegmentKey(chain, segment) }
}

function recordsOfSenderChain(chain: SenderChainName): ChainRecords {
  return { index: senderSkippedIndexKey(chain), segment: (segment) => senderSkippedSegmentKey(chain, segment) }
}

function dropAll(draft: Draft, records: ChainRecords): void {
  const index = draft.read(records.index)
  if (index === UNREAD || index === undefined) return
  for (const segment of decodeSkippedIndex(index).keys()) draft.delete(records.segment(segment))
  draft.delete(records.index)
}

/** Takes one kept key out of its segment. */
function useKey(draft: Draft, records: ChainRecords, counter: number): void {
  const number = segmentOf(counter)
  const name = records.segment(number)
  const index = draft.read(records.index)
  const stored = draft.read(name)
  if (index === UNREAD || stored === UNREAD) return
  if (index === undefined || stored === undefined) throw new BisikError('corrupt-record', { record: 'skipped keys' })
  const { left, segment } = withoutSkippedKey(stored, counter % SEGMENT_LENGTH)
  if (left === 0) draft.delete(name)
  else draft.put(name, segment)
  const counts = withSkippedCount(index, number, left)
  if (counts === undefined) draft.delete(records.index)
  else draft.put(records.index, counts)
}

/** A seed, or the expanded keys that libsignal's old records hold: told apart by length when they are used. */
function messageKeyIn(segment: Uint8Array, place: number): MessageKeySource | undefined {
  return skippedKeyIn<'MessageSeed'>(segment, place)
}

/** Changes to the keys of one chain: the index, and those segments that are touched. Moves keys, and so does not mind their kind. */
class ChainEdit {
  readonly #draft: Draft
  readonly #records: ChainRecords
  readonly #index: Map<number, number>
  readonly #touched = new Map<number, Map<number, Secret<string>>>()

  private constructor(draft: Draft, records: ChainRecords, index: Map<number, number>) {
    this.#draft = draft
    this.#records = records
    this.#index = index
  }

  /** @param fresh - the chain has no keys yet: there is nothing to read. @returns nothing if the index must be read first. */
  static begin(draft: Draft, records: ChainRecords, fresh = false): ChainEdit | undefined {
    if (fresh) return new ChainEdit(draft, records, new Map())
    const index = draft.read(records.index)
    if (index === UNREAD) return undefined
    return new ChainEdit(draft, records, new Map(index === undefined ? [] : decodeSkippedIndex(index)))
  }

  add(counter: number, key: Secret<string>): void {
    this.#segment(segmentOf(counter))?.set(counter % SEGMENT_LENGTH, key)
  }

  dropOldest(count: number): void {
    let left = count
    for (const [segment, held] of [...this.#index].sort(([a], [b]) => a - b)) {
      if (left === 0) return
      if (held <= left) {
        this.#touched.set(segment, new Map())
        left -= held
        continue
      }
      const keys = this.#segment(segment)
      for (const place of [...(keys?.keys() ?? [])].sort((a, b) => a - b).slice(0, left)) keys?.delete(place)
      return
    }
  }

  write(): void {
    if (this.#draft.incomplete) return
    for (const [segment, keys] of this.#touched) {
      const key = this.#records.segment(segment)
      if (keys.size === 0) {
        this.#index.delete(segment)
        this.#draft.delete(key)
      } else {
        this.#index.set(segment, keys.size)
        this.#draft.put(key, encodeSkippedSegment(keys))
      }
    }
    if (this.#index.size === 0) this.#draft.delete(this.#records.index)
    else this.#draft.put(this.#records.index, encodeSkippedIndex(this.#index))
  }

  /** The keys of a segment, to be changed in place; nothing if the segment must be read first. */
  #segment(segment: number): Map<number, Secret<string>> | undefined {
    const touched = this.#touched.get(segment)
    if (touched !== undefined) return touched
    let keys = new Map<number, Secret<string>>()
    if (this.#index.has(segment)) {
      const stored = this.#draft.read(this.#records.segment(segment))
      if (stored === UNREAD) return undefined
      if (stored === undefined) throw new BisikError('corrupt-record', { record: 'skipped keys' })
      keys = new Map(decodeSkippedSegment(stored))
    }
    this.#touched.set(segment, keys)
    return keys
  }
}
