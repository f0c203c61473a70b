/**
 * Where sender keys are held: by device and distribution id, with a list for each device that bounds how many there are and how much is
 * kept with them. Knows no message, and not whose a key ought to be.
 */
import { type SenderKeyChain, type SenderKeyState, wipeSenderKey } from '../../protocol/groups/sender-key.js'
import { oldSenderKeyKey, SENDER_KEYS, type SenderChainName, type SenderKeyName, senderKeyKey, senderKeysOf } from '../../records/names.js'
import {
  decodeSenderKey,
  decodeSenderKeys,
  encodeSenderKey,
  encodeSenderKeys,
  type ListedSenderKey,
  type StoredSenderKey,
} from '../../records/sender-key-record.js'
import type { KeyStore, RecordKey } from '../../store/key-store.js'
import { parseRecordKey } from '../../store/record-key.js'
import { type Outcome, transact } from '../../store/transact.js'
import { type CanonicalAddress, checkAddress, sameAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { type Damage, decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import { Draft, UNREAD } from '../frame/draft.js'
import type { ClientLimits } from '../frame/limits.js'
import { releaseClaim } from './chain-claims.js'
import { dropOldestSenderKeys, dropSenderSkippedKeys } from './skipped-keys.js'

// The longest chain of reads: the sender key; where 0.1.0 put it; the list; one that has to make room; its claims and indexes; segments.
const ROUNDS = 10

/** The list of a device counts kept keys in steps of so many, so that it is not written with each. */
const COUNTED_STEP = 64

/** A sender key as it is found; `undefined`: there is none. */
export type HeldSenderKey = StoredSenderKey | Damage | undefined

/** Runs a step on one sender key, and wipes what it decoded when all is done. */
export async function transactSenderKey<T>(
  { store }: Context,
  name: SenderKeyName,
  others: readonly RecordKey[],
  step: (draft: Draft, held: HeldSenderKey, decoded: SenderKeyState[]) => Outcome<T>,
): Promise<T> {
  return transactDecoding<T>(store, [senderKeyKey(name), ...others], (draft, decoded) => {
    const held = readSenderKey(draft, name, decoded)
    return held === UNREAD ? draft.endIncomplete() : step(draft, held, decoded)
  })
}

/** Runs a step on several sender keys, and wipes what it decoded when all is done. */
export async function transactDecoding<T>(
  store: KeyStore,
  keys: readonly RecordKey[],
  step: (draft: Draft, decoded: SenderKeyState[]) => Outcome<T>,
): Promise<T> {
  const decoded: SenderKeyState[] = []
  const wipe = () => {
    for (const state of decoded.splice(0)) wipeSenderKey(state)
  }
  try {
    return await transact<T>(
      store,
      keys,
      (view) => {
        wipe()
        return step(new Draft(view), decoded)
      },
      { rounds: ROUNDS },
    )
  } finally {
    wipe()
  }
}

/**
 * Reads a sender key. One that lies where 0.1.0 put it moves to its own name with the commit: it never lies in both.
 *
 * @param decoded - takes what has secrets, for the caller to wipe.
 */
export function readSenderKey(draft: Draft, name: SenderKeyName, decoded: SenderKeyState[]): HeldSenderKey | typeof UNREAD {
  const record = draft.read(senderKeyKey(name))
  if (record === UNREAD) return UNREAD
  if (record !== undefined) return decodeHeld(record, name.sender, decoded)
  const held = readOldSenderKey(draft, name, decoded)
  if (held === UNREAD || held === undefined) return held
  if (!isDamage(held) && !sameAddress(held.sender, name.sender)) return undefined
  draft.delete(oldSenderKeyKey(name.distribution))
  if (isDamage(held)) return held
  const moved = { ...held, oldNames: held.state.chains.filter(({ skipped }) => skipped > 0).map(({ chainId }) => chainId) }
  draft.put(senderKeyKey(name), encodeSenderKey(moved))
  return moved
}

/** Reads the sender key that lies where 0.1.0 put it, whosever it is. */
export function readOldSenderKey(
  draft: Draft,
  { sender, distribution }: SenderKeyName,
  decoded: SenderKeyState[],
): HeldSenderKey | typeof UNREAD {
  const old = draft.read(oldSenderKeyKey(distribution))
  if (old === UNREAD || old === undefined) return old
  const held = decodeHeld(old, sender, decoded)
  return isDamage(held) || held === undefined ? held : { ...held, sender: checkAddress(held.sender) }
}

function decodeHeld(record: Uint8Array, sender: CanonicalAddress, decoded: SenderKeyState[]): StoredSenderKey | Damage {
  const held = decodedOf(() => ofPeer(sender, () => decodeSenderKey(record)))
  if (!isDamage(held)) decoded.push(held.state)
  return held
}

/** Writes a sender key. */
export function putSenderKey(draft: Draft, distribution: string, stored: StoredSenderKey): void {
  const oldNames = stored.oldNames.filter((id) => stored.state.chains.some(({ chainId, skipped }) => chainId === id && skipped > 0))
  const record = encodeSenderKey({ ...stored, generation: stored.generation + 1, oldNames })
  draft.put(senderKeyKey({ sender: stored.sender, distribution }), record)
}

/** The name of a chain's records. */
export function nameOf(
  distribution: string,
  { sender, oldNames }: Pick<StoredSenderKey, 'sender' | 'oldNames'>,
  { chainId, signingKey }: SenderKeyChain,
): SenderChainName {
  return { sender, distribution, chainId, signingKey, isOldName: oldNames.includes(chainId) }
}

/** Deletes a sender key and what is kept with it, whatever its record holds; its list stays as it is. May leave the draft incomplete. */
export function dropSenderKeyWithin(draft: Draft, name: SenderKeyName, decoded: SenderKeyState[]): void {
  const held = readSenderKey(draft, name, decoded)
  if (held === UNREAD || held === undefined) return
  if (!isDamage(held)) dropChains(draft, name.distribution, held, held.state.chains)
  draft.delete(senderKeyKey(name))
}

/** Deletes the kept keys of chains, and that their sender handed them out. May leave the draft incomplete. */
export function dropChains(draft: Draft, distribution: string, stored: StoredSenderKey, chains: readonly SenderKeyChain[]): void {
  for (const chain of chains) {
    dropKeptKeys(draft, distribution, stored, chain)
    releaseClaim(draft, chain, stored.sender)
  }
}

/** Deletes the kept keys of a chain. May leave the draft incomplete. */
export function dropKeptKeys(draft: Draft, distribution: string, stored: StoredSenderKey, chain: SenderKeyChain): void {
  if (chain.skipped > 0) dropSenderSkippedKeys(draft, nameOf(distribution, stored, chain))
}

/** The list of a device's sender keys, the one last handed out or added to first; a damaged one begins anew. */
function readList(draft: Draft, sender: CanonicalAddress): readonly ListedSenderKey[] | typeof UNREAD {
  const record = draft.read(senderKeysOf(sender))
  if (record === UNREAD) return UNREAD
  const list = record === undefined ? [] : decodedOf(() => decodeSenderKeys(record))
  return isDamage(list) ? [] : list
}

/**
 * Puts a sender key first in the list of its sender's. Of too many the last go, and so do the oldest kept keys of the last. Our own are in
 * no list. May leave the draft incomplete.
 */
export function enterInList(
  { limits }: { readonly limits: ClientLimits },
  draft: Draft,
  { sender, distribution, counted }: SenderKeyName & ListedSenderKey,
  decoded: SenderKeyState[],
): void {
  const list = readList(draft, sender)
  if (list === UNREAD) return
  const entries = [{ distribution, counted }, ...list.filter((one) => one.distribution !== distribution)]
  for (const last of entries.splice(limits.senderKeysPerDevice))
    dropSenderKeyWithin(draft, { sender, distribution: last.distribution }, decoded)
  let excess = entries.reduce((total, entry) => total + entry.counted, -limits.keptGroupKeysPerDevice)
  for (let i = entries.length - 1; i > 0 && excess > 0; i--) {
    const entry = entries[i] as ListedSenderKey
    if (entry.counted === 0) continue
    const left = Math.max(0, entry.counted - excess)
    trimTo(draft, { sender, ...entry, counted: left }, decoded)
    entries[i] = { ...entry, counted: left }
    excess -= entry.counted - left
  }
  draft.put(senderKeysOf(sender), encodeSenderKeys(entries))
}

/** The contrary. May leave the draft incomplete. */
export function leaveList(draft: Draft, { sender, distribution }: SenderKeyName): void {
  const list = readList(draft, sender)
  if (list === UNREAD) return
  const left = list.filter((one) => one.distribution !== distribution)
  if (left.length === 0) draft.delete(senderKeysOf(sender))
  else if (left.length < list.length) draft.put(senderKeysOf(sender), encodeSenderKeys(left))
}

/** Leaves at most `counted` kept keys with a sender key. */
function trimTo(draft: Draft, { sender, distribution, counted }: SenderKeyName & ListedSenderKey, decoded: SenderKeyState[]): void {
  const held = readSenderKey(draft, { sender, distribution }, decoded)
  if (held === UNREAD || held === undefined || isDamage(held)) return
  putSenderKey(draft, distribution, { ...withoutOldest(draft, distribution, held, { most: counted }), counted })
}

/** A sender key with at most `most` kept keys: those of its oldest chains go, never those of the chain with the id `except`. */
function withoutOldest(
  draft: Draft,
  distribution: string,
  stored: StoredSenderKey,
  { most, except }: { readonly most: number; readonly except?: number },
): StoredSenderKey {
  let excess = keptKeys(stored.state) - most
  const chains = [...stored.state.chains]
  for (const [i, chain] of [...chains.entries()].reverse()) {
    if (excess <= 0 || chain.skipped === 0 || chain.chainId === except) continue
    const within = excess
    const name = nameOf(distribution, stored, chain)
    const skipped = dropOldestSenderKeys(draft, name, { now: 0, goes: (_, gone) => gone < within, isByClock: false })
    excess -= chain.skipped - skipped
    chains[i] = { ...chain, skipped }
  }
  return { ...stored, state: { chains } }
}

/** How many keys are kept with a sender key. */
export function keptKeys({ chains }: SenderKeyState): number {
  return chains.reduce((total, { skipped }) => total + skipped, 0)
}

/** Counts the keys that a chain gained, and makes room for them. May leave the draft incomplete. */
export function countKeptKeys(
  context: Context,
  draft: Draft,
  { distribution, chainId }: { readonly distribution: string; readonly chainId: number },
  { stored, decoded }: { readonly stored: StoredSenderKey; readonly decoded: SenderKeyState[] },
): StoredSenderKey {
  const most = context.limits.keptGroupKeysPerDevice
  const within = withoutOldest(draft, distribution, stored, { most, except: chainId })
  const total = keptKeys(within.state)
  if (total <= stored.counted) return within
  const counted = Math.max(total, Math.min(most, Math.ceil(total / COUNTED_STEP) * COUNTED_STEP))
  enterInList(context, draft, { sender: stored.sender, distribution, counted }, decoded)
  return { ...within, counted }
}

/** Deletes the kept keys of a device that are older than the limit. @returns the kinds of damaged records that it came upon. */
export async function dropOldKeptKeys({ store, clock, limits }: Context, sender: CanonicalAddress): Promise<readonly string[]> {
  const now = clock()
  const goes = (keptAt: number): boolean => now - keptAt > limits.keptGroupKeyAge
  return transactDecoding<readonly string[]>(store, [senderKeysOf(sender)], (draft, decoded) => {
    const list = readList(draft, sender)
    if (list === UNREAD) return draft.endIncomplete()
    const damaged: string[] = []
    const left = list.map(({ distribution, counted }): ListedSenderKey => {
      const held = counted === 0 ? undefined : readSenderKey(draft, { sender, distribution }, decoded)
      if (isDamage(held)) damaged.push(held.details.record)
      if (held === undefined || held === UNREAD || isDamage(held)) return { distribution, counted }
      const chains = held.state.chains.map((chain) => {
        if (chain.skipped === 0) return chain
        return { ...chain, skipped: dropOldestSenderKeys(draft, nameOf(distribution, held, chain), { now, goes, isByClock: true }) }
      })
      const kept = keptKeys({ chains })
      if (kept === keptKeys(held.state) && held.counted === counted) return { distribution, counted }
      putSenderKey(draft, distribution, { ...held, counted: kept, state: { chains } })
      return { distribution, counted: kept }
    })
    if (left.some(({ counted }, i) => counted !== list[i]?.counted)) draft.put(senderKeysOf(sender), encodeSenderKeys(left))
    return draft.end([...damaged, ...draft.dropped])
  })
}

/**
 * Deletes all sender keys of a device, and what is kept with them. May leave the draft incomplete.
 *
 * @param names - records of the device that were found by their names: their sender keys go, also if no list leads to them any more.
 */
export function dropAllSenderKeys(
  draft: Draft,
  sender: CanonicalAddress,
  { decoded, names }: { readonly decoded: SenderKeyState[]; readonly names: readonly RecordKey[] },
): void {
  const list = readList(draft, sender)
  if (list === UNREAD) return
  const found = names.filter((name) => name.startsWith(SENDER_KEYS)).map((name) => parseRecordKey(name)[3] ?? '')
  for (const distribution of new Set([...list.map((one) => one.distribution), ...found])) {
    dropSenderKeyWithin(draft, { sender, distribution }, decoded)
  }
  draft.delete(senderKeysOf(sender))
}

/** The sender key that is held, whole. @throws BisikError `corrupt-record`. */
export function sound(held: HeldSenderKey): StoredSenderKey | undefined {
  if (isDamage(held)) throw held
  return held
}
