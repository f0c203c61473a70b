/**
 * The sessions that a party holds, read from its store, and their comparison with libsignal's record of the same sessions. Knows both
 * forms and compares what they mean; the bytes differ.
 */
import { toHex } from '../../../src/bytes.js'
import type { Self } from '../../../src/client/frame/context.js'
import { expose, type Secret } from '../../../src/crypto/secret.js'
import { decodeLibsignalSessions } from '../../../src/migration/session-record.js'
import { exportPqRatchetState, type SkippedEpochKey } from '../../../src/migration/spqr-record.js'
import { archiveForm, idOf, type SessionState } from '../../../src/protocol/session/session.js'
import { archivedSessionKey, archiveKey, sessionKey, skippedIndexKey, skippedSegmentKey } from '../../../src/records/names.js'
import { decodeArchive, decodeSession } from '../../../src/records/session-record.js'
import {
  decodePqSkippedSegment,
  decodeSkippedIndex,
  decodeSkippedSegment,
  SEGMENT_LENGTH,
} from '../../../src/records/skipped-keys-record.js'
import type { KeyStore, RecordKey } from '../../../src/store/key-store.js'
import { parseRecordKey, recordKey } from '../../../src/store/record-key.js'
import { checkAddress, type DeviceAddress } from '../../../src/wire/address.js'
import { hex } from './files.js'

/** A session with the keys of skipped messages, of both ratchets. */
interface HeldSession {
  readonly session: SessionState
  /** By ratchet key in hexadecimal, then by counter. */
  readonly skipped: ReadonlyMap<string, ReadonlyMap<number, Secret<string>>>
  readonly pqSkipped: readonly SkippedEpochKey[]
}

/** The sessions with one device. */
export interface HeldSessions {
  readonly current: HeldSession | undefined
  /** Newest first. */
  readonly archived: readonly HeldSession[]
}

/** Reads the sessions with a device. */
export async function heldSessions(store: KeyStore, self: Self, address: DeviceAddress): Promise<HeldSessions> {
  const peer = checkAddress(address)
  const read = async (key: RecordKey) => (await store.read([key])).get(key)?.value
  const hold = async (record: Uint8Array): Promise<HeldSession> => {
    const { session } = decodeSession(record, self)
    const skipped = new Map<string, Map<number, Secret<string>>>()
    for (const { ratchetKey } of session.ratchet.double.receiving) {
      const chain = { peer, session: idOf(session), ratchetKey }
      const index = await read(skippedIndexKey(chain))
      const keys = new Map<number, Secret<string>>()
      for (const [segment, count] of index === undefined ? [] : decodeSkippedIndex(index)) {
        const places = decodeSkippedSegment((await read(skippedSegmentKey(chain, segment))) ?? new Uint8Array(0))
        if (places.size !== count) throw new Error(`a segment of skipped keys holds ${places.size} keys, its index says ${count}`)
        for (const [place, key] of places) keys.set(segment * SEGMENT_LENGTH + place, key)
      }
      skipped.set(toHex(ratchetKey), keys)
    }
    const pqSkipped: SkippedEpochKey[] = []
    for (const key of await store.list(`${recordKey('pq-skipped', peer.user, peer.device, idOf(session))}/`)) {
      const [epoch, segment] = parseRecordKey(key).slice(-2).map(Number) as [number, number]
      for (const [place, kept] of decodePqSkippedSegment((await read(key)) ?? new Uint8Array(0))) {
        pqSkipped.push({ epoch, index: segment * SEGMENT_LENGTH + place, key: kept })
      }
    }
    return { session, skipped, pqSkipped }
  }
  const present = (record: Uint8Array | undefined): Uint8Array => {
    if (record === undefined) throw new Error('the archive names a session that is not there')
    return record
  }
  const current = await read(sessionKey(peer))
  const archive = await read(archiveKey(peer))
  const archived: HeldSession[] = []
  for (const { id } of archive === undefined ? [] : decodeArchive(archive)) {
    archived.push(await hold(present(await read(archivedSessionKey(peer, id)))))
  }
  return { current: current === undefined ? undefined : await hold(current), archived }
}

/** All sessions in the order in which they are tried. */
export function inOrder({ current, archived }: HeldSessions): readonly SessionState[] {
  return [...(current === undefined ? [] : [current]), ...archived].map(({ session }) => session)
}

/** Whether libsignal's record of these sessions has but one form: it writes the kept keys of the post-quantum ratchet in any order. */
export function isOrdered({ current, archived }: HeldSessions): boolean {
  return [...(current === undefined ? [] : [current]), ...archived].every(({ pqSkipped }) => pqSkipped.length < 2)
}

/**
 * Compares the sessions held with libsignal's record of them.
 *
 * Of archived sessions the handshake does not count: old releases kept it, and nobody offers it again.
 *
 * @returns the names of the fields that differ, each with its session; empty if none does.
 */
export function differences(held: HeldSessions, record: string | null, self: Self): readonly string[] {
  const { current, archived } = decodeLibsignalSessions(hex(record ?? ''), self.identity.publicKey)
  const recorded = [...(current === undefined ? [] : [current]), ...archived]
  const ours = [...(held.current === undefined ? [] : [held.current]), ...held.archived]
  if ((held.current === undefined) !== (current === undefined)) return ['whether there is a current session']
  if (ours.length !== recorded.length) return [`the number of sessions (${ours.length}, recorded ${recorded.length})`]
  const found: string[] = []
  for (const [i, { session, skipped, pqSkipped }] of recorded.entries()) {
    const keys = new Map(skipped.map((chain) => [toHex(chain.ratchetKey), chain.keys] as const))
    const isCurrent = i === 0 && current !== undefined
    const expected = describe({ session: isCurrent ? session : archiveForm(session), skipped: keys, pqSkipped })
    const actual = describe(ours[i] as HeldSession)
    const where = isCurrent ? 'current session' : `archived session ${i - (current === undefined ? 0 : 1)}`
    for (const field of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      if (!isSame(expected[field], actual[field])) found.push(`${where}: ${field}`)
    }
  }
  return found
}

function describe({ session, skipped, pqSkipped }: HeldSession): Record<string, string> {
  const { double, pq } = session.ratchet
  const fields: Record<string, string> = {
    version: String(session.version),
    'local identity': toHex(session.localIdentity),
    'remote identity': toHex(session.remoteIdentity),
    'local registration id': String(session.localRegistrationId),
    'remote registration id': String(session.remoteRegistrationId),
    'base key': toHex(session.baseKey),
    pending: session.pending === undefined ? 'no' : 'yes',
    'root key': toHex(expose(double.rootKey)),
    'sending ratchet key': toHex(expose(double.sending.keyPair.privateKey)),
    'sending public key': toHex(double.sending.keyPair.publicKey),
    'sending chain': `${double.sending.counter} ${toHex(expose(double.sending.chainKey))}`,
    'previous counter': String(double.previousCounter),
    'post-quantum ratchet': toHex(exportPqRatchetState({ state: pq, skipped: [] })),
  }
  if (session.pending !== undefined) {
    const { oneTimePreKeyId, signedPreKeyId, kem, createdAt } = session.pending
    fields['pending prekeys'] = `${oneTimePreKeyId} ${signedPreKeyId} ${kem?.id} ${kem === undefined ? '' : toHex(kem.ciphertext)}`
    fields['pending since'] = String(Math.floor(createdAt / 1000))
  }
  for (const [i, chain] of double.receiving.entries()) {
    const name = `receiving chain ${i}`
    fields[name] = `${toHex(chain.ratchetKey)} ${chain.counter} ${toHex(expose(chain.chainKey))}`
    const keys = skipped.get(toHex(chain.ratchetKey)) ?? new Map<number, Secret<string>>()
    fields[`${name}, keys kept`] = String(keys.size)
    for (const [counter, key] of keys) fields[`${name}, key ${counter}`] = toHex(expose(key))
  }
  for (const { epoch, index, key } of pqSkipped) fields[`post-quantum key ${epoch}/${index}`] = toHex(expose(key))
  return fields
}

/** Whether two values are equal; of a skipped key kept as a seed here and expanded there (before 0.67.2), only the presence counts. */
function isSame(recorded: string | undefined, held: string | undefined): boolean {
  const bothKeys = recorded?.length === 2 * 80 && held?.length === 2 * 32
  return recorded === held || bothKeys
}
