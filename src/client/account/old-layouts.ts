/**
 * Brings a store that an earlier release left into the order of this one, once, when the account is opened: users by one spelling, a list
 * of each user's known devices, notes of whom nobody answered, and one-time prekeys that must be published. Every step is a commit that can
 * be repeated, the last one notes that all is done. Opens no message.
 */

import type { EpochMillis } from '../../env.js'
import { TRUST_LEVELS } from '../../protocol/identity/trust.js'
import { decodeAccount, encodeAccount, LAYOUT } from '../../records/account-record.js'
import { decodeDevices, decodeIdentity, encodeDevices } from '../../records/identity-record.js'
import { ACCOUNT, deviceIn, devicesKeys, IDENTITIES, identityKeyOf, ofDevice, oldRecordsOfDevices } from '../../records/names.js'
import type { KeyStore, RecordKey } from '../../store/key-store.js'
import { listKeys, transact } from '../../store/transact.js'
import { type CanonicalAddress, checkAddress } from '../../wire/address.js'
import type { Self } from '../frame/context.js'
import { decodedOf, isDamage } from '../frame/damage.js'
import { noteStrangers } from './old-strangers.js'
import { withUnlisted } from './pre-key-lifetimes.js'

/** Records, or users, of one commit: an account of 10,000 contacts takes some dozens. */
const BATCH = 256

/** Does what there is to do. */
export async function bringUpToDate(store: KeyStore, self: Self, now: EpochMillis): Promise<void> {
  await respellDevices(store)
  await listDevices(store)
  await noteStrangers(store, self, now)
  await transact<void>(store, function* (tx) {
    const [record] = yield* tx.read(ACCOUNT)
    if (record === undefined) return
    // That release did not note what its relay had: all prekeys are published again, which a relay takes for a repetition.
    const account = withUnlisted(decodeAccount(record), now, undefined)
    try {
      const updated = { ...account, generation: account.generation + 1, address: checkAddress(account.address), layout: LAYOUT }
      tx.put(ACCOUNT, encodeAccount(updated))
    } finally {
      account.identity.privateKey.wipe()
    }
  })
}

/** The records of one device, by the spelling of its user that they are named by. */
type Spellings = ReadonlyMap<string, readonly RecordKey[]>

async function respellDevices(store: KeyStore): Promise<void> {
  const names = (await Promise.all(oldRecordsOfDevices().map((kind) => listKeys(store, kind)))).flat()
  const devices = new Map<string, { readonly peer: CanonicalAddress; readonly spellings: Map<string, RecordKey[]> }>()
  for (const name of names) {
    const written = deviceIn(name)
    const peer = checkAddress(written)
    const device = entryOf(devices, identityKeyOf(peer), () => ({ peer, spellings: new Map<string, RecordKey[]>() }))
    entryOf(device.spellings, written.user, () => []).push(name)
  }
  for (const { peer, spellings } of devices.values()) {
    if (spellings.size > 1 || !spellings.has(peer.user)) await respellDevice(store, peer, spellings)
  }
}

/**
 * Gives the records of a device its canonical name. Of several spellings the one stays whose identity key is worth most: under another
 * there may be somebody else. A damaged identity is worth most of all, for nobody knows what it was.
 */
async function respellDevice(store: KeyStore, peer: CanonicalAddress, spellings: Spellings): Promise<void> {
  await transact<void>(store, function* (tx) {
    const names = [...spellings.values()].flat()
    const found: readonly (Uint8Array | undefined)[] = yield* tx.read(...names)
    const records = new Map(names.map((name, i) => [name, found[i]]))
    const worth = (user: string): number => {
      const record = records.get(ofDevice(identityKeyOf(peer), { ...peer, user }))
      if (record === undefined) return -1
      const known = decodedOf(() => decodeIdentity(record))
      return isDamage(known) ? TRUST_LEVELS.length : TRUST_LEVELS.indexOf(known.level)
    }
    const users = [...spellings.keys()].sort((a, b) => worth(b) - worth(a) || Number(b === peer.user) - Number(a === peer.user))
    const [kept = peer.user, ...others] = users
    for (const user of others) for (const name of spellings.get(user) ?? []) tx.delete(name)
    for (const name of kept === peer.user ? [] : (spellings.get(kept) ?? [])) {
      const record = records.get(name)
      tx.delete(name)
      if (record !== undefined) tx.put(ofDevice(name, peer), record)
    }
  })
}

async function listDevices(store: KeyStore): Promise<void> {
  const users = new Map<string, number[]>()
  for (const name of await listKeys(store, IDENTITIES)) {
    const { user, device } = deviceIn(name)
    entryOf(users, user, () => []).push(device)
  }
  for (const batch of batchesOf([...users])) {
    await transact<void>(store, function* (tx) {
      const records: readonly (Uint8Array | undefined)[] = yield* tx.read(...batch.map(([user]) => devicesKeys(user)[0]))
      for (const [i, [user, found]] of batch.entries()) {
        const devices = new Set([...decodeDevices(records[i]), ...found])
        const [list, mark] = devicesKeys(user)
        tx.put(list, encodeDevices([...devices]))
        tx.put(mark, new Uint8Array(0))
      }
    })
  }
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const entry = map.get(key) ?? make()
  map.set(key, entry)
  return entry
}

function batchesOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH))
}
