/**
 * What is done to an old copy of a store, so that it uses no message key a second time: what was there to send with sends no more. What it
 * opens, it still opens. Contains no cryptography.
 */
import { ANCHORED, deviceIn, identityKeyOf, recordsOfKnownDevices, SENDER_KEYS, type SenderKeyName } from '../../records/names.js'
import type { RecordKey } from '../../store/key-store.js'
import { parseRecordKey } from '../../store/record-key.js'
import { listKeys } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { sameAddress } from '../../wire/address.js'
import { numberIn } from '../frame/anchor.js'
import type { Context } from '../frame/context.js'
import type { Draft } from '../frame/draft.js'
import { transactPeer } from '../state/peer-transaction.js'
import { transactSenderKeys } from '../state/sender-keys.js'

/** What an old copy of a store cost. */
export interface Restored {
  /** How many sessions send no more: `encrypt` asks for a new one by `no-session`. */
  readonly sessions: number
  /** The distribution ids of our own sender keys, which are gone: `distribute` makes new ones, to be sent to the members. */
  readonly distributions: readonly string[]
}

/**
 * Lets no session and no sender key of this copy of the store send any more. See `Client.markRestored`. What fails half way can be repeated.
 *
 * @param anchored - the anchor's number: another client that has come so far was faster.
 */
export async function markRestored(context: Context, anchored?: number): Promise<Restored> {
  const names = (await Promise.all(recordsOfKnownDevices(undefined).map((prefix) => listKeys(context.store, prefix)))).flat()
  const peers = new Map(names.map((name) => [identityKeyOf(deviceIn(name)), deviceIn(name)]))
  let sessions = 0
  for (const peer of peers.values()) {
    sessions += await transactPeer<number>(context, peer, function* (draft, sessions) {
      return (yield* isDone(draft, anchored)) ? 0 : yield* sessions.retire()
    })
  }
  const distributions: string[] = []
  for (const name of await ownSenderKeys(context)) {
    const isGone = await transactSenderKeys<boolean>(context, function* (draft, keys) {
      if ((yield* isDone(draft, anchored)) || (yield* keys.read(name)) === undefined) return false
      yield* keys.drop(name)
      return true
    })
    if (isGone) distributions.push(name.distribution)
  }
  return { sessions, distributions }
}

function* isDone(draft: Draft, anchored: number | undefined): Part<boolean> {
  if (anchored === undefined) return false
  const [record] = yield* draft.read(ANCHORED)
  return numberIn(record) > anchored
}

/** Our own sender keys, and those of whom 0.1.0 did not write into the name. */
async function ownSenderKeys({ store, self }: Context): Promise<readonly SenderKeyName[]> {
  const names = (await listKeys(store, SENDER_KEYS)).filter((name) => isOldName(name) || sameAddress(deviceIn(name), self.address))
  const distributions = new Set(names.map((name) => parseRecordKey(name)[isOldName(name) ? 1 : 3] ?? ''))
  return [...distributions].map((distribution) => ({ sender: self.address, distribution }))
}

function isOldName(name: RecordKey): boolean {
  return parseRecordKey(name).length === 2
}
