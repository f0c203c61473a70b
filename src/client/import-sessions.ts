/**
 * Takes over the sessions of a libsignal-client installation. Writes the records that bisik would have written itself.
 */
import type { MessageKeySource } from '../crypto/aead.js'
import { BisikError } from '../errors.js'
import { archiveForm, idOf, wipeSession } from '../protocol/session.js'
import { encodeIdentity } from '../records/identity-record.js'
import { decodeLibsignalSessions, type ImportedSession } from '../records/libsignal-session.js'
import { archivedSessionKey, archiveKey, identityKeyOf, sessionKey, skippedIndexKey, skippedSegmentKey } from '../records/record-keys.js'
import { encodeArchive, encodeSession } from '../records/session-record.js'
import { encodeSkippedIndex, encodeSkippedSegment, SEGMENT_LENGTH, segmentOf } from '../records/skipped-keys-record.js'
import type { RecordKey } from '../store/key-store.js'
import { transact } from '../store/transact.js'
import type { DeviceAddress } from '../wire/address.js'
import type { Context } from './context.js'
import { firstKeys } from './peer-sessions.js'

/** Imports the serialized `SessionRecord` of one device. See `Client.importSessions`. */
export async function importSessions(context: Context, peer: DeviceAddress, record: Uint8Array): Promise<void> {
  const { current, archived } = decodeLibsignalSessions(record, context.self.identity.publicKey)
  const newest = current ?? archived[0]
  if (newest === undefined) throw new BisikError('no-session', { user: peer.user, device: peer.device })
  const put = new Map<RecordKey, Uint8Array>()
  if (current !== undefined) put.set(sessionKey(peer), encodeSession({ generation: 1, session: current.session }))
  if (archived.length > 0) put.set(archiveKey(peer), encodeArchive(archived.map(({ session }) => idOf(session))))
  for (const { session } of archived) {
    put.set(archivedSessionKey(peer, idOf(session)), encodeSession({ generation: 1, session: archiveForm(session) }))
  }
  for (const imported of [...(current === undefined ? [] : [current]), ...archived]) {
    putSkippedKeys(put, peer, imported)
    wipeSession(imported.session)
  }
  put.set(identityKeyOf(peer), encodeIdentity({ key: newest.session.remoteIdentity, level: 'first-use' }))
  await transact(context.store, [...firstKeys(peer), archiveKey(peer)], (view) => {
    if (view.has(sessionKey(peer)) || view.has(archiveKey(peer)) || view.has(identityKeyOf(peer))) {
      throw new BisikError('already-taken', { what: 'device, which has a session or identity here' })
    }
    return { put, result: undefined }
  })
}

function putSkippedKeys(put: Map<RecordKey, Uint8Array>, peer: DeviceAddress, { session, skipped }: ImportedSession): void {
  for (const { ratchetKey, keys } of skipped) {
    const chain = { peer, session: idOf(session), ratchetKey }
    const segments = new Map<number, Map<number, MessageKeySource>>()
    for (const [counter, key] of [...keys].sort(([a], [b]) => a - b)) {
      const places = segments.get(segmentOf(counter)) ?? new Map<number, MessageKeySource>()
      segments.set(segmentOf(counter), places.set(counter % SEGMENT_LENGTH, key))
    }
    for (const [segment, places] of segments) put.set(skippedSegmentKey(chain, segment), encodeSkippedSegment(places))
    put.set(skippedIndexKey(chain), encodeSkippedIndex(new Map([...segments].map(([segment, { size }]) => [segment, size]))))
    for (const key of keys.values()) key.wipe()
  }
}
