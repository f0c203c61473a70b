/**
 * Foresees, from the session that is remembered, which kept keys a message will ask for, so that they are read with the session and the
 * step runs once. Decides nothing: what it misses is asked for later, what it names in vain is read in vain.
 */
import { equalBytes } from '../../bytes.js'
import { idOf, type SessionState } from '../../protocol/session/session.js'
import { receivingChainOf } from '../../protocol/spqr/epoch-chains.js'
import { keyPositionIn } from '../../protocol/spqr/spqr.js'
import { type ChainName, pqSkippedSegmentKey, skippedIndexKey, skippedSegmentKey } from '../../records/names.js'
import { segmentOf } from '../../records/skipped-keys-record.js'
import type { RecordKey } from '../../store/key-store.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { SignalMessage } from '../../wire/signal-message.js'

/** The records of kept keys that a message on this session will read or add to; none for a message in order. */
export function foreseenRecords(session: SessionState | undefined, peer: CanonicalAddress, message: SignalMessage): readonly RecordKey[] {
  if (session === undefined) return []
  const records: RecordKey[] = []
  const { double, pq } = session.ratchet
  const chain = double.receiving.find((one) => equalBytes(one.ratchetKey, message.ratchetKey))
  if (chain !== undefined && chain.skippedEnd > 0 && chain.counter !== message.counter) {
    const name: ChainName = { peer, session: idOf(session), ratchetKey: chain.ratchetKey }
    const segment = segmentOf(Math.min(chain.counter, message.counter))
    records.push(skippedIndexKey(name))
    if (segment <= segmentOf(chain.skippedEnd - 1)) records.push(skippedSegmentKey(name, segment))
  }
  const position = pq?.chains === undefined ? undefined : keyPositionIn(message.pqRatchet)
  const epochChain = pq?.chains === undefined || position === undefined ? undefined : receivingChainOf(pq.chains, position.epoch)
  if (position === undefined || epochChain === undefined || position.index === epochChain.counter + 1) return records
  const index = Math.min(epochChain.counter + 1, position.index)
  if (epochChain.lastSkipped > 0 && segmentOf(index) <= segmentOf(epochChain.lastSkipped)) {
    records.push(pqSkippedSegmentKey(peer, idOf(session), position.epoch, segmentOf(index)))
  }
  return records
}
