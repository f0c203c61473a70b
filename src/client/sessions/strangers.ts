/**
 * Drops devices that wrote and were never answered, the one that has waited longest first, when their time is over or there is no room for
 * more. Whoever was answered is never dropped. Opens no message.
 */
import { isBisikError } from '../../errors.js'
import { SECOND_LOOK } from '../../protocol/limits.js'
import { encodeUnanswered, type Unanswered } from '../../records/identity-record.js'
import { deviceIn, inboxKey, outboxKey, UNANSWERED_DEVICES, unansweredSinceIn } from '../../records/names.js'
import type { KeyStore, RecordKey } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import type { DamagedRecord } from '../frame/results.js'
import { dropIdentity } from '../state/identities.js'
import type { PeerSessions } from '../state/peer.js'
import { transactPeer } from '../state/peer-transaction.js'
import { withSenderKeys } from '../state/sender-keys.js'
import { forgetDevice } from './forget.js'
import { type Growth, NO_GROWTH, NOTHING_NOTED, notedIn } from './unanswered.js'

// Of a limit: what a look leaves free, so that there is room for what comes in until the next one is done.
const SLACK = 1 / 16
const NOTES_PER_READ = 64
// Of a look, for each message of a stranger: a look at 10,000 devices is done when 100 strangers more have written.
const STEPS_PER_MESSAGE = 8

/** An unanswered device. */
interface Waiting extends Unanswered {
  /** Of its note. */
  readonly name: RecordKey
  readonly since: number
}

/** A look at all unanswered devices, step by step: what it yields is done before it goes on. */
type Look = Generator<() => Promise<void>, void, void>

/** How a client looks after unanswered devices. */
interface Watch {
  /** What came in since the last look began. */
  growth: Growth
  /** The look that is under way. */
  look: Look | undefined
  isBusy: boolean
}

const watches = new WeakMap<Context, Watch>()

/**
 * Looks after unanswered devices once enough has come in, a few steps with each message. What fails is done by the next upkeep: the message
 * is committed, and must not get lost.
 */
export async function makeRoom(context: Context, growth: Growth): Promise<void> {
  const { unansweredDevices, unansweredKeptKeys } = context.limits
  const known = watches.get(context)
  // Nobody knows what is there until it was looked at for the first time.
  const watch: Watch = known ?? { growth: NO_GROWTH, look: lookAt(context, 1 - SLACK, []), isBusy: false }
  watches.set(context, watch)
  const devices = watch.growth.devices + growth.devices
  const keptKeys = watch.growth.keptKeys + growth.keptKeys
  watch.growth = { devices, keptKeys }
  if (watch.look === undefined && (devices > (unansweredDevices * SLACK) / 2 || keptKeys > (unansweredKeptKeys * SLACK) / 2)) {
    watch.look = lookAt(context, 1 - SLACK, [])
    watch.growth = NO_GROWTH
  }
  if (watch.look === undefined || watch.isBusy) return
  watch.isBusy = true
  const isDone = await advance(watch.look, STEPS_PER_MESSAGE).catch(() => true)
  watch.isBusy = false
  if (isDone) watch.look = undefined
}

/**
 * Drops unanswered devices whose time is over, those for which there is no room, and skipped keys for which there is none.
 *
 * @returns the devices of which a record of a newer release, or a damaged one, stood in the way.
 */
export async function dropUnanswered(context: Context): Promise<readonly DamagedRecord[]> {
  const damaged: DamagedRecord[] = []
  watches.set(context, { growth: NO_GROWTH, look: undefined, isBusy: false })
  await advance(lookAt(context, 1, damaged), Number.POSITIVE_INFINITY)
  return damaged
}

/** @returns whether the look is done. */
async function advance(look: Look, steps: number): Promise<boolean> {
  for (let i = 0; i < steps; i++) {
    const next = look.next()
    if (next.done === true) return true
    await next.value()
  }
  return false
}

/**
 * @param share - of the limits, how much may be taken up.
 * @param damaged - is told the devices that a record stood in the way of.
 */
function* lookAt(context: Context, share: number, damaged: DamagedRecord[]): Look {
  const { limits, clock } = context
  const all: Waiting[] = []
  yield* findWaiting(context.store, all)
  const now = clock()
  // Rounded up: with what may come in until the next look, it is the limit, and of a limit of one, one.
  const room = Math.ceil(limits.unansweredDevices * share)
  const left: Waiting[] = []
  for (const [i, one] of all.entries()) {
    const isFar = Math.abs(now - one.since) > limits.unansweredAge
    // The clock says so twice, an hour apart: it may be wrong for a moment.
    const isOver = isFar && one.overAt > 0 && now - one.overAt >= SECOND_LOOK
    const isNoted = isFar ? one.overAt > 0 && one.overAt <= now : one.overAt === 0
    if (isOver || all.length - i > room) yield () => skipping(damaged, one.name, () => dropDevice(context, one.name))
    else left.push(one)
    if (!isNoted) yield () => noteLook(context.store, one.name, isFar ? now : 0)
  }
  let excess = left.reduce((sum, { keptKeys }) => sum + keptKeys, 0) - Math.ceil(limits.unansweredKeptKeys * share)
  for (const { name, keptKeys } of left) {
    if (excess <= 0) break
    if (keptKeys > 0) yield () => skipping(damaged, name, () => dropKeptKeys(context, name))
    excess -= keptKeys
  }
}

async function skipping(damaged: DamagedRecord[], name: RecordKey, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isBisikError(error, 'corrupt-record') && !isBisikError(error, 'record-too-new')) throw error
    damaged.push({ record: error.details.record, peer: deviceIn(name) })
  }
}

/** Finds the unanswered devices and what is noted of them, the one that has waited longest first. */
function* findWaiting(store: KeyStore, found: Waiting[]): Look {
  let names: readonly RecordKey[] = []
  yield async () => {
    names = await listKeys(store, UNANSWERED_DEVICES)
  }
  for (let start = 0; start < names.length; start += NOTES_PER_READ) {
    const some = names.slice(start, start + NOTES_PER_READ)
    yield async () => {
      const notes = await transact<readonly Unanswered[]>(store, function* (tx) {
        const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...some)
        return records.map(notedIn)
      })
      found.push(...notes.map((noted, i) => ({ ...noted, name: some[i] as RecordKey, since: unansweredSinceIn(some[i] as RecordKey) })))
    }
  }
  found.sort((a, b) => a.since - b.since)
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
      draft.put(name, encodeUnanswered(NOTHING_NOTED))
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
