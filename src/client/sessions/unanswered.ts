/**
 * Devices that wrote and were never answered: noted with the commit that takes in what they began, and dropped, the one that has waited
 * longest first, when their time is over or there is no room for more. Whoever was answered is never dropped. Opens no message.
 */
import { isBisikError } from '../../errors.js'
import { type SenderKeyState, wipeSenderKey } from '../../protocol/groups/sender-key.js'
import { SECOND_LOOK } from '../../protocol/limits.js'
import { keptKeyBound, type SessionState } from '../../protocol/session/session.js'
import { decodeUnanswered, encodeUnanswered, type Unanswered } from '../../records/identity-record.js'
import { deviceIn, inboxKey, outboxKey, UNANSWERED_DEVICES, unansweredKey, unansweredSinceIn } from '../../records/names.js'
import type { KeyStore, RecordKey } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import { type Draft, UNREAD } from '../frame/draft.js'
import type { DamagedRecord } from '../frame/results.js'
import { dropIdentity } from '../state/identities.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'
import { dropAllSenderKeys } from '../state/sender-keys.js'
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

/**
 * Notes, with the commit of a message that opened, what a device that was never answered leaves here. May leave the draft incomplete.
 *
 * @param o - `hasBegun`: the message began a session; `before`, `after`: the session that was current, and the one that the message is of.
 */
export function noteUnanswered(
  context: Context,
  draft: Draft,
  sessions: PeerSessions,
  o: {
    readonly peer: CanonicalAddress
    readonly hasBegun: boolean
    readonly before: SessionState | undefined
    readonly after: SessionState
  },
): Growth {
  const since = sessions.isStranger ? undefined : sessions.identity?.unansweredSince
  if (!sessions.isStranger && since === undefined) return NO_GROWTH
  const known = o.hasBegun || o.before === undefined ? 0 : keptKeyBound(o.before)
  const added = Math.max(0, keptKeyBound(o.after) - known)
  if (!o.hasBegun && added === 0) return NO_GROWTH
  const { keptKeys } = since === undefined ? NOTHING : notedIn(draft.read(unansweredKey(o.peer, since)))
  if (draft.incomplete) return NO_GROWTH
  const now = o.hasBegun || since === undefined ? context.clock() : since
  if (now !== since) sessions.leaveUnanswered(o.after.remoteIdentity, now)
  draft.put(unansweredKey(o.peer, now), encodeUnanswered({ keptKeys: keptKeys + added, overAt: 0 }))
  return { devices: sessions.isStranger ? 1 : 0, keptKeys: added }
}

/** Looks after unanswered devices once enough has come in. What fails is done by the next upkeep: the message is committed, and must not get lost. */
export async function makeRoom(context: Context, growth: Growth): Promise<void> {
  if (growth === NO_GROWTH) return
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
    const notes = await transact<readonly Unanswered[]>(store, some, (view) => ({ result: some.map((name) => notedIn(view.get(name))) }))
    found.push(...notes.map((noted, i) => ({ ...noted, name: some[i] as RecordKey, since: unansweredSinceIn(some[i] as RecordKey) })))
  }
  return found.sort((a, b) => a.since - b.since)
}

/** A damaged note says nothing of what there is: nothing, until the device keeps more. */
function notedIn(record: Uint8Array | typeof UNREAD | undefined): Unanswered {
  const noted = record === UNREAD || record === undefined ? NOTHING : decodedOf(() => decodeUnanswered(record))
  return isDamage(noted) ? NOTHING : noted
}

function noteLook(store: KeyStore, name: RecordKey, overAt: number): Promise<void> {
  return transact<void>(store, [name], (view) => {
    const record = view.get(name)
    const put = new Map(record === undefined ? [] : [[name, encodeUnanswered({ ...notedIn(record), overAt })]])
    return { put, result: undefined }
  })
}

/** Deletes all that is kept of a device, unless it was answered, or began anew, meanwhile. */
async function dropDevice(context: Context, name: RecordKey): Promise<void> {
  const peer = deviceIn(name)
  const decoded: SenderKeyState[] = []
  try {
    await transactPeer<void>(context, peer, (draft, sessions) => {
      draft.delete(name)
      if (!isStill(sessions, name)) return draft.end(undefined)
      sessions.dropAll()
      dropAllSenderKeys(draft, peer, { decoded, names: [] })
      dropIdentity(draft, peer)
      for (const key of [inboxKey(peer), outboxKey(peer)]) draft.delete(key)
      return draft.end(undefined)
    })
  } catch (error) {
    if (!isBisikError(error, 'corrupt-record')) throw error
    // It was never answered, that much was read: what is damaged goes by its name.
    await forgetDevice(context, peer)
  } finally {
    for (const state of decoded) wipeSenderKey(state)
  }
}

/** Deletes the keys that are kept for late messages of a device, unless it was answered, or began anew, meanwhile. */
async function dropKeptKeys(context: Context, name: RecordKey): Promise<void> {
  await transactPeer<void>(context, deviceIn(name), (draft, sessions) => {
    if (!isStill(sessions, name)) draft.delete(name)
    else {
      sessions.dropKeptKeys()
      draft.put(name, encodeUnanswered(NOTHING))
    }
    return draft.end(undefined)
  })
}

function isStill(sessions: PeerSessions, name: RecordKey): boolean {
  const identity = decodedOf(() => sessions.identity)
  // Of a damaged identity nobody knows whether it was answered: nothing goes.
  if (isDamage(identity) || identity?.unansweredSince !== unansweredSinceIn(name)) return false
  if (sessions.damage !== undefined) throw sessions.damage
  return true
}
