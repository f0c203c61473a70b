/**
 * Deletes all that is kept of a device: sessions, keys, contents, what is known of its identity. Decodes no session, so that nothing
 * damaged stands in its way.
 */
import { BisikError } from '../../errors.js'
import { userListsKey } from '../../records/device-list-names.js'
import { decodeDevices } from '../../records/identity-record.js'
import { deviceIn, devicesKeys, manyRecordsOf, ownRecordsOf, recordsOfUser, STRANGERS, sessionKey } from '../../records/names.js'
import { decodeStrangers, encodeStrangers } from '../../records/outbox-record.js'
import { listKeys, transact } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, sameAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import { forget } from '../frame/session-cache.js'
import { dropIdentity } from '../state/identities.js'
import { transactSenderKeys } from '../state/sender-keys.js'

// Who writes at the same time adds records that were not listed; whoever still does after so many rounds is a new acquaintance.
const MAX_ROUNDS = 4

/** Deletes all that is kept of a device, in one commit. See `Client.forget`. */
export async function forgetDevice(context: Context, peer: CanonicalAddress): Promise<void> {
  if (sameAddress(peer, context.self.address)) {
    throw new BisikError('invalid-argument', { argument: 'peer', expected: 'another device than this one' })
  }
  const own = ownRecordsOf(peer)
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const many = (await Promise.all(manyRecordsOf(peer).map((prefix) => listKeys(context.store, prefix)))).flat()
    const isLeft = await transactSenderKeys<boolean>(context, function* (draft, keys) {
      const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...own, STRANGERS)
      if (many.length === 0 && records.slice(0, own.length).every((record) => record === undefined) && round > 1) return false
      yield* keys.dropAll(peer, many)
      yield* leaveStrangers(draft, peer)
      yield* dropIdentity(draft, peer)
      for (const key of [...own, ...many]) draft.delete(key)
      return true
    })
    if (!isLeft) break
  }
  forget(context.sessions.take(sessionKey(peer)))
}

/** Deletes all that is kept of a user's devices, each in a commit of its own. See `Client.forget`. */
export async function forgetUser(context: Context, user: string): Promise<void> {
  for (const device of await devicesOf(context, user)) {
    if (!sameAddress(device, context.self.address)) await forgetDevice(context, device)
  }
  // Gone already, unless it is damaged, or lost together with the identities.
  const [list, mark] = devicesKeys(user)
  await transact<void>(context.store, function* (tx) {
    if (user !== context.self.address.user) tx.delete(userListsKey(user))
    const [record] = yield* tx.read(list)
    if (record === undefined || isDamage(decodedOf(() => decodeDevices(record)))) for (const name of [list, mark]) tx.delete(name)
  })
}

/** The devices of a user of which anything is kept. */
async function devicesOf(context: Context, user: string): Promise<readonly CanonicalAddress[]> {
  const names = await Promise.all(recordsOfUser(user).map((prefix) => listKeys(context.store, prefix)))
  const devices = new Map(names.flat().map((name) => [deviceIn(name).device, deviceIn(name)]))
  return [...devices.values()].sort((a, b) => a.device - b.device)
}

/** Takes a device off the list of those that are not known and were asked to send again. */
function* leaveStrangers(draft: Draft, { user, device }: CanonicalAddress): Part<void> {
  const [record] = yield* draft.read(STRANGERS)
  const strangers = decodedOf(() => decodeStrangers(record))
  if (isDamage(strangers)) return
  const others = strangers.filter(({ name }) => name !== `${device}/${user}`)
  if (others.length < strangers.length) draft.put(STRANGERS, encodeStrangers(others))
}
