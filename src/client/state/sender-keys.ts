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
import type { RecordKey } from '../../store/key-store.js'
import { parseRecordKey } from '../../store/record-key.js'
import { transact } from '../../store/transact.js'
import type { NotPromise, Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress, sameAddress } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { type Damage, decodedOf, isDamage, ofPeer, readable } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
import { releaseClaim } from './chain-claims.js'
import { dropOpenedFromGroup } from './opened-messages.js'
import { dropOldestSenderKeys, dropSenderSkippedKeys } from './skipped-keys.js'

/** The list of a device counts skipped keys in steps of so many, so that it is not written with each. */
const COUNTED_STEP = 64

/** A sender key as it is found; `undefined`: there is none. */
export type HeldSenderKey = StoredSenderKey | Damage | undefined

/** What is done with sender keys in a transaction. */
export type SenderKeyStep<T> = (draft: Draft, keys: SenderKeys) => Part<NotPromise<T>>

/** Runs a step on sender keys, and wipes those that it decoded. */
export async function transactSenderKeys<T>(context: Context, step: SenderKeyStep<T>): Promise<T> {
  let draft: Draft | undefined
  const result = await transact<T>(context.store, (tx) => {
    // An earlier run, if there was one, lost its race.
    draft?.wipe()
    draft = new Draft(tx)
    return withSenderKeys(context, draft, step)
  })
  draft?.wipe()
  if (draft?.hasSent === true) await context.guard?.confirm()
  return result
}

/** Runs a part of a transaction on sender keys, and wipes those that it decoded. */
export function* withSenderKeys<T>(context: Context, draft: Draft, step: (draft: Draft, keys: SenderKeys) => Part<T>): Part<T> {
  const keys = new SenderKeys(context, draft)
  try {
    return yield* step(draft, keys)
  } finally {
    keys.wipe()
  }
}

/** The sender key that is held, whole. @throws BisikError `corrupt-record`. */
export function sound(held: HeldSenderKey): StoredSenderKey | undefined {
  if (isDamage(held)) throw held
  return held
}

/** The name of a chain's records. */
export function nameOf(
  distribution: string,
  { sender, oldNames }: Pick<StoredSenderKey, 'sender' | 'oldNames'>,
  { chainId, signingKey }: SenderKeyChain,
): SenderChainName {
  return { sender, distribution, chainId, signingKey, isOldName: oldNames.includes(chainId) }
}

/** How many skipped keys are kept with a sender key. */
export function keptKeys({ chains }: SenderKeyState): number {
  return chains.reduce((total, { skipped }) => total + skipped, 0)
}

/** The sender keys that one run of a transaction works with. Whoever makes it ends it with {@link SenderKeys.wipe}. */
export class SenderKeys {
  readonly #context: Context
  readonly #draft: Draft
  readonly #states: SenderKeyState[] = []

  constructor(context: Context, draft: Draft) {
    this.#context = context
    this.#draft = draft
  }

  /** Takes over a state that the run made: its secrets are wiped with those that were decoded. */
  own(state: SenderKeyState): SenderKeyState {
    this.#states.push(state)
    return state
  }

  /** Wipes the secrets of every state that was decoded or made. */
  wipe(): void {
    for (const state of this.#states) wipeSenderKey(state)
  }

  /** Reads a sender key. One that lies where 0.1.0 put it moves to its own name with the commit: it never lies in both. */
  *read(name: SenderKeyName): Part<HeldSenderKey> {
    const [record] = yield* this.#draft.read(senderKeyKey(name))
    if (record !== undefined) return this.#decode(record, name.sender)
    const held = yield* this.readOld(name)
    if (held === undefined) return undefined
    if (!isDamage(held) && !sameAddress(held.sender, name.sender)) return undefined
    this.#draft.delete(oldSenderKeyKey(name.distribution))
    if (isDamage(held)) return held
    const moved = { ...held, oldNames: held.state.chains.filter(({ skipped }) => skipped > 0).map(({ chainId }) => chainId) }
    this.#draft.put(senderKeyKey(name), encodeSenderKey(moved))
    return moved
  }

  /** Reads the sender key that lies where 0.1.0 put it, whosever it is. */
  *readOld({ sender, distribution }: SenderKeyName): Part<HeldSenderKey> {
    const [old] = yield* this.#draft.read(oldSenderKeyKey(distribution))
    if (old === undefined) return undefined
    const held = this.#decode(old, sender)
    return isDamage(held) ? held : { ...held, sender: checkAddress(held.sender) }
  }

  /** Writes a sender key. */
  put(distribution: string, stored: StoredSenderKey): void {
    const oldNames = stored.oldNames.filter((id) => stored.state.chains.some(({ chainId, skipped }) => chainId === id && skipped > 0))
    const record = encodeSenderKey({ ...stored, generation: stored.generation + 1, oldNames })
    this.#draft.put(senderKeyKey({ sender: stored.sender, distribution }), record)
  }

  /** Deletes a sender key and what is kept with it, whatever its record holds; its list stays as it is. */
  *drop(name: SenderKeyName): Part<void> {
    const held = yield* this.read(name)
    if (held === undefined) return
    if (!isDamage(held)) {
      yield* this.dropChains(name.distribution, held, held.state.chains)
      dropOpenedFromGroup(this.#draft, name, held.opened)
    }
    this.#draft.delete(senderKeyKey(name))
  }

  /** Deletes the skipped keys of chains, and that their sender handed them out. */
  *dropChains(distribution: string, stored: StoredSenderKey, chains: readonly SenderKeyChain[]): Part<void> {
    for (const chain of chains) {
      yield* this.dropSkippedKeys(distribution, stored, chain)
      yield* releaseClaim(this.#draft, chain, stored.sender)
    }
  }

  /** Deletes the skipped keys of a chain. */
  *dropSkippedKeys(distribution: string, stored: StoredSenderKey, chain: SenderKeyChain): Part<void> {
    yield* dropSenderSkippedKeys(this.#draft, nameOf(distribution, stored, chain), chain.skipped)
  }

  /**
   * Puts a sender key first in the list of its sender's. Of too many the last go, and so do the oldest skipped keys of the last. Our own are
   * in no list.
   */
  *enterInList({ sender, distribution, counted }: SenderKeyName & ListedSenderKey): Part<void> {
    const { senderKeysPerDevice, keptGroupKeysPerDevice } = this.#context.limits
    const list = yield* this.#list(sender)
    const entries = [{ distribution, counted }, ...list.filter((one) => one.distribution !== distribution)]
    for (const last of entries.splice(senderKeysPerDevice)) yield* this.drop({ sender, distribution: last.distribution })
    let excess = entries.reduce((total, entry) => total + entry.counted, -keptGroupKeysPerDevice)
    for (let i = entries.length - 1; i > 0 && excess > 0; i--) {
      const entry = entries[i] as ListedSenderKey
      if (entry.counted === 0) continue
      const left = Math.max(0, entry.counted - excess)
      yield* this.#trim({ sender, ...entry, counted: left })
      entries[i] = { ...entry, counted: left }
      excess -= entry.counted - left
    }
    this.#draft.put(senderKeysOf(sender), encodeSenderKeys(entries))
  }

  /** Takes a sender key out of the list of its sender's. */
  *leaveList({ sender, distribution }: SenderKeyName): Part<void> {
    const list = yield* this.#list(sender)
    const left = list.filter((one) => one.distribution !== distribution)
    if (left.length === 0) this.#draft.delete(senderKeysOf(sender))
    else if (left.length < list.length) this.#draft.put(senderKeysOf(sender), encodeSenderKeys(left))
  }

  /** Counts the keys that a chain gained, and makes room for them. @returns the sender key to write. */
  *countKeptKeys(
    { distribution, chainId }: { readonly distribution: string; readonly chainId: number },
    stored: StoredSenderKey,
  ): Part<StoredSenderKey> {
    const most = this.#context.limits.keptGroupKeysPerDevice
    const within = yield* this.#withoutOldest(distribution, stored, { most, except: chainId })
    const total = keptKeys(within.state)
    if (total <= stored.counted) return within
    const counted = Math.max(total, Math.min(most, Math.ceil(total / COUNTED_STEP) * COUNTED_STEP))
    yield* this.enterInList({ sender: stored.sender, distribution, counted })
    return { ...within, counted }
  }

  /** Deletes the skipped keys of a device that are older than the limit. @returns the kinds of damaged records that it came upon. */
  *dropLateKeys(sender: CanonicalAddress): Part<readonly string[]> {
    const list = yield* this.#list(sender)
    const damaged: string[] = []
    const left: ListedSenderKey[] = []
    for (const listed of list) {
      const held = listed.counted === 0 ? undefined : yield* this.read({ sender, distribution: listed.distribution })
      if (isDamage(held)) damaged.push(held.details.record)
      left.push(held === undefined || isDamage(held) ? listed : yield* this.#withoutLateKeys(listed, held))
    }
    if (left.some(({ counted }, i) => counted !== list[i]?.counted)) this.#draft.put(senderKeysOf(sender), encodeSenderKeys(left))
    return damaged
  }

  /**
   * Deletes all sender keys of a device, and what is kept with them.
   *
   * @param names - records of the device that were found by their names: their sender keys go, also if no list leads to them any more.
   */
  *dropAll(sender: CanonicalAddress, names: readonly RecordKey[]): Part<void> {
    const list = yield* this.#list(sender)
    const found = names.filter((name) => name.startsWith(SENDER_KEYS)).map((name) => parseRecordKey(name)[3] ?? '')
    for (const distribution of new Set([...list.map((one) => one.distribution), ...found])) yield* this.drop({ sender, distribution })
    this.#draft.delete(senderKeysOf(sender))
  }

  *#withoutLateKeys({ distribution, counted }: ListedSenderKey, held: StoredSenderKey): Part<ListedSenderKey> {
    const { clock, limits } = this.#context
    const now = clock()
    const goes = (keptAt: number): boolean => now - keptAt > limits.keptGroupKeyAge
    const chains: SenderKeyChain[] = []
    for (const chain of held.state.chains) {
      const expiry = { now, goes, isByClock: true }
      const name = nameOf(distribution, held, chain)
      chains.push(chain.skipped === 0 ? chain : { ...chain, skipped: yield* dropOldestSenderKeys(this.#draft, name, expiry) })
    }
    const kept = keptKeys({ chains })
    if (kept === keptKeys(held.state) && held.counted === counted) return { distribution, counted }
    this.put(distribution, { ...held, counted: kept, state: { chains } })
    return { distribution, counted: kept }
  }

  /** Leaves at most `counted` skipped keys with a sender key. */
  *#trim({ sender, distribution, counted }: SenderKeyName & ListedSenderKey): Part<void> {
    const held = yield* this.read({ sender, distribution })
    if (held === undefined || isDamage(held)) return
    this.put(distribution, { ...(yield* this.#withoutOldest(distribution, held, { most: counted })), counted })
  }

  /** A sender key with at most `most` skipped keys: those of its oldest chains go, never those of the chain with the id `except`. */
  *#withoutOldest(
    distribution: string,
    stored: StoredSenderKey,
    { most, except }: { readonly most: number; readonly except?: number },
  ): Part<StoredSenderKey> {
    let excess = keptKeys(stored.state) - most
    const chains = [...stored.state.chains]
    for (const [i, chain] of [...chains.entries()].reverse()) {
      if (excess <= 0 || chain.skipped === 0 || chain.chainId === except) continue
      const within = excess
      const name = nameOf(distribution, stored, chain)
      const skipped = yield* dropOldestSenderKeys(this.#draft, name, { now: 0, goes: (_, gone) => gone < within, isByClock: false })
      excess -= chain.skipped - skipped
      chains[i] = { ...chain, skipped }
    }
    return { ...stored, state: { chains } }
  }

  /** The list of a device's sender keys, the one last handed out or added to first; a damaged one begins anew. */
  *#list(sender: CanonicalAddress): Part<readonly ListedSenderKey[]> {
    const [record] = yield* this.#draft.read(senderKeysOf(sender))
    return readable(record, decodeSenderKeys) ?? []
  }

  #decode(record: Uint8Array, sender: CanonicalAddress): StoredSenderKey | Damage {
    const held = decodedOf(() => ofPeer(sender, () => decodeSenderKey(record)))
    if (!isDamage(held)) this.#states.push(held.state)
    return held
  }
}
