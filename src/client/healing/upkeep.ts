/**
 * Deletes what is over and what nobody has touched since: prekeys that nobody used, contents kept to be sent again, sessions that others
 * replaced. A damaged record holds up nothing but itself. Knows where they are, not what they are.
 */
import { isBisikError } from '../../errors.js'
import {
  ARCHIVES,
  archiveKey,
  deviceIn,
  identityKeyOf,
  KEM_PRE_KEYS,
  kemPreKeyKey,
  LEDGERS,
  ONE_TIME_PRE_KEYS,
  OUTBOXES,
  outboxContentKey,
  outboxKey,
  PQ_SKIPPED_SEGMENTS,
  SENDER_KEY_LISTS,
  SKIPPED_INDEXES,
  signedPreKeyKey,
} from '../../records/names.js'
import { decodeOutbox } from '../../records/outbox-record.js'
import type { KeyStore, RecordKey } from '../../store/key-store.js'
import { parseRecordKey } from '../../store/record-key.js'
import { listKeys, transact } from '../../store/transact.js'
import type { CanonicalAddress } from '../../wire/address.js'
import { type Aged, age } from '../account/pre-key-lifetimes.js'
import { putAccount, readAccount, readLasting } from '../account/pre-keys.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
import type { DamagedRecord, UpkeepReport } from '../frame/results.js'
import { dropUnanswered } from '../sessions/strangers.js'
import { lasting, readOutbox, writeOutbox } from '../state/outbox.js'
import { transactPeer } from '../state/peer-transaction.js'
import { transactSenderKeys } from '../state/sender-keys.js'

/** Deletes what is over; what is in use is deleted as it is used. The prekeys are one commit, and each device is one of its own. */
export async function keepUp(context: Context): Promise<UpkeepReport> {
  const damaged: DamagedRecord[] = []
  await agePreKeys(context, damaged)
  await dropLateContents(context, damaged)
  await dropOldSessions(context, damaged)
  await dropLateGroupKeys(context, damaged)
  await dropLateKeys(context, damaged)
  damaged.push(...(await dropUnanswered(context)))
  return { damaged }
}

async function agePreKeys({ store, clock }: Context, damaged: DamagedRecord[]): Promise<void> {
  const now = clock()
  const [ledgers, oneTime, kem] = await Promise.all([LEDGERS, ONE_TIME_PRE_KEYS, KEM_PRE_KEYS].map((prefix) => listKeys(store, prefix)))
  const hasLasting = await transact<boolean>(store, function* (tx) {
    const account = yield* readAccount(tx)
    const inForce = yield* readLasting(tx, account)
    inForce?.signedPreKey.keyPair.privateKey.wipe()
    inForce?.kemPreKey.keyPair.secretKey.wipe()
    const hasBoth = inForce !== undefined || account.signedPreKeys.length === 0
    const aged = age(account, now)
    if (aged.account === account) return hasBoth
    const { firstIds } = aged.account
    const lastResort = new Set(account.lastResortKemPreKeys.map(({ id }) => kemPreKeyKey(id)))
    const gone = [
      ...aged.signedPreKeys.map(signedPreKeyKey),
      ...aged.lastResortKemPreKeys.map(kemPreKeyKey),
      ...(ledgers ?? []).filter((key) => isLedgerOf(key, aged)),
      ...(oneTime ?? []).filter((key) => idIn(key) < firstIds.oneTimePreKey),
      ...(kem ?? []).filter((key) => idIn(key) < firstIds.kemPreKey && !lastResort.has(key)),
    ]
    putAccount(tx, aged.account)
    for (const name of gone) tx.delete(name)
    return hasBoth
  })
  if (!hasLasting) damaged.push({ record: 'signed or last-resort prekey', peer: undefined })
}

function idIn(key: RecordKey): number {
  return Number(parseRecordKey(key)[1])
}

/** A ledger goes with its key: without the key, nothing can be replayed against it. */
function isLedgerOf(key: RecordKey, { signedPreKeys, lastResortKemPreKeys }: Aged): boolean {
  const [, kemPreKeyId, signedPreKeyId] = parseRecordKey(key)
  return lastResortKemPreKeys.some((id) => String(id) === kemPreKeyId) || signedPreKeys.some((id) => String(id) === signedPreKeyId)
}

/** Deletes contents that are kept for too long, each device in a commit of its own. */
async function dropLateContents({ store, clock }: Context, damaged: DamagedRecord[]): Promise<void> {
  const now = clock()
  for (const [key, { peer, contents }] of await outboxes(store)) {
    await skipping(damaged, peer, () =>
      transact<readonly string[]>(store, function* (tx) {
        const draft = new Draft(tx)
        const outbox = yield* readOutbox(draft, peer)
        const [record] = yield* draft.read(key)
        const isLost = isDamage(decodedOf(() => decodeOutbox(record)))
        if (isLost) draft.delete(key)
        const { items, overAt } = lasting(outbox, outbox.identity, now)
        // A damaged list names nothing, and what it named is of no use without it.
        const named = new Set(outbox.items.map((item) => outboxContentKey(peer, item)))
        for (const content of contents) if (!named.has(content)) draft.delete(content)
        if (items.length !== outbox.items.length || overAt !== outbox.overAt) writeOutbox(draft, peer, { outbox, items, overAt })
        return isLost ? ['outbox'] : []
      }),
    )
  }
}

/** The outboxes by the name of their list, each with the names of its contents. */
async function outboxes(store: KeyStore): Promise<Map<RecordKey, { readonly peer: CanonicalAddress; readonly contents: RecordKey[] }>> {
  const found = new Map<RecordKey, { readonly peer: CanonicalAddress; readonly contents: RecordKey[] }>()
  for (const key of await listKeys(store, OUTBOXES)) {
    const peer = deviceIn(key)
    const outbox = found.get(outboxKey(peer)) ?? { peer, contents: [] }
    found.set(outboxKey(peer), outbox)
    if (key !== outboxKey(peer)) outbox.contents.push(key)
  }
  return found
}

async function dropOldSessions(context: Context, damaged: DamagedRecord[]): Promise<void> {
  for (const key of await listKeys(context.store, ARCHIVES)) {
    const peer = deviceIn(key)
    await skipping(damaged, peer, () =>
      transactPeer<readonly string[]>(
        context,
        peer,
        function* (draft, sessions) {
          yield* sessions.archive.dropOver()
          const lasting = [sessions.damage, decodedOf(() => sessions.identity)].filter(isDamage)
          return [...lasting.map(({ details }) => details.record), ...draft.dropped]
        },
        [archiveKey(peer)],
      ),
    )
  }
}

/** Deletes keys that are kept for late group messages for too long, each device in a commit of its own. */
async function dropLateGroupKeys(context: Context, damaged: DamagedRecord[]): Promise<void> {
  for (const key of await listKeys(context.store, SENDER_KEY_LISTS)) {
    const sender = deviceIn(key)
    await skipping(damaged, sender, () =>
      transactSenderKeys<readonly string[]>(context, function* (draft, keys) {
        return [...(yield* keys.dropLateKeys(sender)), ...draft.dropped]
      }),
    )
  }
}

/** Deletes keys that are kept for late messages for too long, each device in a commit of its own. */
async function dropLateKeys(context: Context, damaged: DamagedRecord[]): Promise<void> {
  const names = [...(await listKeys(context.store, SKIPPED_INDEXES)), ...(await listKeys(context.store, PQ_SKIPPED_SEGMENTS))]
  const devices = new Map(names.map((name) => [identityKeyOf(deviceIn(name)), deviceIn(name)]))
  for (const peer of devices.values()) {
    await skipping(damaged, peer, () =>
      transactPeer<readonly string[]>(
        context,
        peer,
        function* (draft, sessions) {
          yield* sessions.archive.dropLateKeys(sessions.current)
          return draft.dropped
        },
        [archiveKey(peer)],
      ),
    )
  }
}

/** Does what one record of a newer release may prevent; notes that, or the damaged records that it came upon. */
async function skipping(damaged: DamagedRecord[], peer: CanonicalAddress, work: () => Promise<readonly string[]>): Promise<void> {
  try {
    damaged.push(...(await work()).map((record) => ({ record, peer })))
  } catch (error) {
    if (!isBisikError(error, 'corrupt-record') && !isBisikError(error, 'record-too-new')) throw error
    damaged.push({ record: error.details.record, peer })
  }
}
