/**
 * Devices that wrote and were never answered: noted with the commit that takes in what they began, and dropped, the one that has waited
 * longest first, when their time is over or there is no room for more. Whoever was answered is never dropped. Opens no message.
 */
import { isBisikError } from '../../errors.js'
import { SECOND_LOOK } from '../../protocol/limits.js'
import { keptKeyBound, type SessionState } from '../../protocol/session/session.js'
import { decodeUnanswered, encodeUnanswered, type Unanswered } from '../../records/identity-record.js'
import { deviceIn, inboxKey, outboxKey, UNANSWERED_DEVICES, unansweredKey, unansweredSinceIn } from '../../records/names.js'
import type { KeyStore, RecordKey } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage, readable } from '../frame/damage.js'
import type { DamagedRecord, Notice } from '../frame/results.js'
import type { PeerScope } from '../state/archive.js'
import { dropIdentity } from '../state/identities.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'
import { withSenderKeys } from '../state/sender-keys.js'
import { forgetDevice } from './forget.js'

// Of a limit: what may come in between two looks at all unanswered devices.
const SLACK = 1 / 16
const RECORDS_PER_READ = 256

/** What unanswered devices brought. */
export interface Growth {
  readonly devices: number
  readonly keptKeys: number
}

export const NO_GROWTH: Growth = { devices: 0, keptKeys: 0 }

const NOTHING: Unanswered = { keptKeys: 0, overAt: 0 }

/** An unanswered device. */
interface Waiting extends Unanswered {
  /** Of its note. */
  readonly name: RecordKey
  readonly since: number
}

/** What came in since the last look at all of them, by client; nothing before the first look. */
const growths = new WeakMap<Context, Growth>()

/** Notes, with the commit of a message that opened, what a device that was not answered leaves here. */
export function* noteUnanswered(
  { context, draft, peer }: PeerScope,
  sessions: PeerSessions,
  { session, notices }: { readonly session: SessionState; readonly notices: readonly Notice[] },
): Part<Growth> {
  const since = sessions.isStranger ? undefined : sessions.identity?.unansweredSince
  const hasBegun = notices.some(({ kind }) => kind === 'session-started')
  const { current } = sessions
  const known = hasBegun || current === undefined ? 0 : keptKeyBound(current)
  const added = Math.max(0, keptKeyBound(session) - known)
  if (!hasBegun && added === 0) return NO_GROWTH
  const [note] = since === undefined ? [] : yield* draft.read(unansweredKey(peer, since))
  const { keptKeys } = notedIn(note)
  const now = hasBegun || since === undefined ? context.clock() : since
  if (now !== since) sessions.leaveUnanswered(session.remoteIdentity, now)
  draft.put(unansweredKey(peer, now), encodeUnanswered({ keptKeys: keptKeys + added, overAt: 0 }))
  return { devices: sessions.isStranger ? 1 : 0, keptKeys: added }
}

/** Looks after unanswered devices once enough has come in. What fails is done by the next upkeep: the message is committed, and must not get lost. */
export async function makeRoom(context: Context, growth: Growth): Promise<void> {
  const { unansweredDevices, unansweredKeptKeys } = context.limits
  const before = growths.get(context)
  const devices = (before?.devices ?? 0) + growth.devices
  const keptKeys = (before?.keptKeys ?? 0) + growth.keptKeys
  growths.set(context, { devices, keptKeys })
  // Nobody knows what is there until it was looked at for the first time.
  if (before !== undefined && devices <= unansweredDevices * SLACK && keptKeys <= unansweredKeptKeys * SLACK) return
  await dropUnanswered(context, 1 - SLACK).catch(() => {})
}

/**
 * Drops unanswered devices whose time is over, those for which there is no room, and kept keys for which there is none.
 *
 * @param share - of the limits, how much may be taken up.
 * @returns the devices of which a record of a newer release, or a damaged one, stood in the way.
 */
export async function dropUnanswered(context: Context, share = 1): Promise<readonly DamagedRecord[]> {
  growths.set(context, { devices: 0, keptKeys: 0 })
  const { limits, clock, store } = context
  const now = clock()
  const all = await waiting(store)
  // Rounded up: with what may come in until the next look, it is the limit, and of a limit of one, one.
  const room = Math.ceil(limits.unansweredDevices * share)
  const left: Waiting[] = []
  const damaged: DamagedRecord[] = []
  for (const [i, one] of all.entries()) {
    const isFar = Math.abs(now - one.since) > limits.unansweredAge
    // The clock says so twice, an hour apart: it may be wrong for a moment.
    const isOver = isFar && one.overAt > 0 && now - one.overAt >= SECOND_LOOK
    if (isOver || all.length - i > room) await skipping(damaged, one.name, () => dropDevice(context, one.name))
    else left.push(one)
    const isNoted = isFar ? one.overAt > 0 && one.overAt <= now : one.overAt === 0
    if (!isNoted) await noteLook(store, one.name, isFar ? now : 0)
  }
  let excess = left.reduce((sum, { keptKeys }) => sum + keptKeys, 0) - Math.ceil(limits.unansweredKeptKeys * share)
  for (const { name, keptKeys } of left) {
    if (excess <= 0) break
    if (keptKeys > 0) await skipping(damaged, name, () => dropKeptKeys(context, name))
    excess -= keptKeys
  }
  return damaged
}

async function skipping(damaged: DamagedRecord[], name: RecordKey, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isBisikError(error, 'corrupt-record') && !isBisikError(error, 'record-too-new')) throw error
    damaged.push({ record: error.details.record, peer: deviceIn(name) })
  }
}

/** The unanswered devices and what is noted of them, the one that has waited longest first. */
async function waiting(store: KeyStore): Promise<readonly Waiting[]> {
  const names = await listKeys(store, UNANSWERED_DEVICES)
  const found: Waiting[] = []
  for (let start = 0; start < names.length; start += RECORDS_PER_READ) {
    const some = names.slice(start, start + RECORDS_PER_READ)
    const notes = await transact<readonly Unanswered[]>(store, function* (tx) {
      const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...some)
      return records.map(notedIn)
    })
    found.push(...notes.map((noted, i) => ({ ...noted, name: some[i] as RecordKey, since: unansweredSinceIn(some[i] as RecordKey) })))
  }
  return found.sort((a, b) => a.since - b.since)
}

/** A damaged note says nothing of what there is: nothing, until the device keeps more. */
function notedIn(record: Uint8Array | undefined): Unanswered {
  return readable(record, decodeUnanswered) ?? NOTHING
}

function noteLook(store: KeyStore, name: RecordKey, overAt: number): Promise<void> {
  return transact<void>(store, function* (tx) {
    const [record] = yield* tx.read(name)
    if (record !== undefined) tx.put(name, encodeUnanswered({ ...notedIn(record), overAt }))
  })
}

/** Deletes all that is kept of a device, unless it was answered, or began anew, meanwhile. */
async function dropDevice(context: Context, name: RecordKey): Promise<void> {
  const peer = deviceIn(name)
  try {
    await transactPeer<void>(context, peer, function* (draft, sessions) {
      draft.delete(name)
      if (!isStill(sessions, name)) return
      yield* sessions.dropAll()
      yield* withSenderKeys(context, draft, (_, keys) => keys.dropAll(peer, []))
      yield* dropIdentity(draft, peer)
      for (const key of [inboxKey(peer), outboxKey(peer)]) draft.delete(key)
    })
  } catch (error) {
    if (!isBisikError(error, 'corrupt-record')) throw error
    // It was never answered, that much was read: what is damaged goes by its name.
    await forgetDevice(context, peer)
  }
}

/** Deletes the skipped keys of a device, unless it was answered, or began anew, meanwhile. */
async function dropKeptKeys(context: Context, name: RecordKey): Promise<void> {
  await transactPeer<void>(context, deviceIn(name), function* (draft, sessions) {
    if (!isStill(sessions, name)) draft.delete(name)
    else {
      yield* sessions.dropSkippedKeys()
      draft.put(name, encodeUnanswered(NOTHING))
    }
  })
}

function isStill(sessions: PeerSessions, name: RecordKey): boolean {
  const identity = decodedOf(() => sessions.identity)
  // Of a damaged identity nobody knows whether it was answered: nothing goes.
  if (isDamage(identity) || identity?.unansweredSince !== unansweredSinceIn(name)) return false
  if (sessions.damage !== undefined) throw sessions.damage
  return true
}
