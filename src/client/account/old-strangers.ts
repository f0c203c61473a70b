/**
 * Notes in a store of 0.1.0 which devices were never answered. That release did not; what it left says so, as long as a device's session is
 * the first that there was with it. Where it does not, the device counts as answered, and stays.
 */
import { isBisikError } from '../../errors.js'
import { keptKeyBound, type SessionState, wipeSession } from '../../protocol/session/session.js'
import { decodeIdentity, encodeIdentity, encodeUnanswered } from '../../records/identity-record.js'
import { archiveKey, deviceIn, IDENTITIES, identityKeyOf, outboxKey, sessionKey, unansweredKey } from '../../records/names.js'
import { decodeSession, type StoredSession } from '../../records/session-record.js'
import type { KeyStore } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import type { Part, Transaction } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Self } from '../frame/context.js'

/** Devices of one commit: each has a session to decode. */
const BATCH = 64

/** Notes all devices that were never answered as if they had written now. */
export async function noteStrangers(store: KeyStore, self: Self, now: number): Promise<void> {
  const devices = (await listKeys(store, IDENTITIES)).map(deviceIn)
  for (let start = 0; start < devices.length; start += BATCH) {
    await transact<void>(store, function* (tx) {
      const some = devices.slice(start, start + BATCH)
      yield* tx.read(...some.flatMap((peer) => [identityKeyOf(peer), sessionKey(peer), archiveKey(peer), outboxKey(peer)]))
      for (const peer of some) yield* noteStranger(tx, peer, { self, now })
    })
  }
}

function* noteStranger(tx: Transaction, peer: CanonicalAddress, { self, now }: { readonly self: Self; readonly now: number }): Part<void> {
  const [identity, record, ...traces] = yield* tx.read(identityKeyOf(peer), sessionKey(peer), archiveKey(peer), outboxKey(peer))
  if (identity === undefined || record === undefined || traces.some((trace) => trace !== undefined)) return
  const known = legible(() => decodeIdentity(identity))
  const stored = legible(() => decodeSession(record, self))
  if (known?.level === 'first-use' && known.unansweredSince === undefined && stored !== undefined && isFirstAndUnanswered(stored)) {
    tx.put(identityKeyOf(peer), encodeIdentity({ ...known, unansweredSince: now }))
    tx.put(unansweredKey(peer, now), encodeUnanswered({ keptKeys: keptKeyBound(stored.session), overAt: 0 }))
  }
  if (stored !== undefined) wipeSession(stored.session)
}

/** Whether nothing was ever sent to a device: not on its session, nor on one before it, for then its record was written more often. */
function isFirstAndUnanswered({ generation, session }: StoredSession): boolean {
  const [chain] = session.ratchet.double.receiving
  return chain !== undefined && isUnanswered(session) && generation <= chain.counter
}

/** The peer turns the ratchet, and this side counts, when something was sent. */
function isUnanswered({ pending, ratchet: { double } }: SessionState): boolean {
  const { sending, previousCounter, receiving, forgotten } = double
  return pending === undefined && receiving.length === 1 && sending.counter + previousCounter === 0 && forgotten === undefined
}

/** What a record says, `undefined` if it is damaged or of a newer release: it is judged when it is needed. */
function legible<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch (error) {
    if (isBisikError(error, 'corrupt-record') || isBisikError(error, 'record-too-new')) return undefined
    throw error
  }
}
