/**
 * Moves sender keys between bisik and libsignal-client, in either direction. What is exported is gone here, in the same commit: a chain
 * of ours that lived on in two places would use message keys twice.
 */
import { fieldsArgument, functionArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import type { Client } from '../client/client.js'
import { writeAppRecords } from '../client/frame/app-records.js'
import { bytesCopy } from '../client/frame/arguments.js'
import { type Context, contextOf } from '../client/frame/context.js'
import type { Draft } from '../client/frame/draft.js'
import type { Persist } from '../client/frame/results.js'
import { claimChain, sendersOf } from '../client/groups/distributions.js'
import { type ClaimedChain, readClaims } from '../client/state/chain-claims.js'
import { keptKeys, nameOf, sound, transactSenderKeys } from '../client/state/sender-keys.js'
import type { Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { wipeSenderKey } from '../protocol/groups/sender-key.js'
import { decodeIdentity } from '../records/identity-record.js'
import { identityKeyOf, type SenderChainName, senderKeyKey, senderSkippedIndexKey, senderSkippedSegmentKey } from '../records/names.js'
import {
  decodeSenderSkippedSegment,
  decodeSkippedIndex,
  encodeSkippedIndex,
  encodeSkippedSegment,
  inSegments,
  SEGMENT_LENGTH,
} from '../records/skipped-keys-record.js'
import type { Part } from '../store/transaction.js'
import { type CanonicalAddress, checkAnyAddress, type DeviceAddress, sameAddress } from '../wire/address.js'
import { checkDistribution } from '../wire/sender-key-message.js'
import { decodeLibsignalSenderKey, encodeLibsignalSenderKey, type WholeSenderChain } from './sender-key-record.js'

/**
 * Takes over a sender key: our own, or that of a device whose sessions were taken over before. Kept keys beyond the client's limit stay
 * behind, the oldest of the oldest chains.
 *
 * @param sender - whose it is; our own address for our own.
 * @param record - a serialized `SenderKeyRecord`; what is ours in it must not be used there any more.
 * @throws BisikError `corrupt-record`; `unsupported-version`; `already-taken` if there is one of this device and distribution id here;
 *         or our own was exported from here: what comes back might be older than what went, and its message keys used;
 *         `sender-key-claimed`; `no-session` if the sender's identity key is not known here.
 */
export async function importSenderKey(client: Client, sender: DeviceAddress, distributionId: string, record: Uint8Array): Promise<void> {
  const context = contextOf(client)
  const { address, identity } = context.self
  const owner = checkAnyAddress(sender)
  const name = { sender: owner, distribution: checkDistribution(distributionId) }
  const isOurs = sameAddress(owner, address)
  const decoded = decodeLibsignalSenderKey(bytesCopy(record, 'record'))
  const whole = withinLimit(decoded, context.limits.keptGroupKeysPerDevice)
  const state = { chains: whole.map(({ chain }) => chain) }
  if (!isOurs && state.chains.some(({ signer }) => signer !== undefined)) {
    throw new BisikError('invalid-argument', { argument: 'sender', expected: 'our own address for a key of our own' })
  }
  try {
    await transactSenderKeys<void>(context, function* (draft, keys) {
      const held = yield* keys.read(name)
      if (held !== undefined) throw new BisikError('already-taken', { what: 'distribution id' })
      const [known] = yield* draft.read(identityKeyOf(owner))
      if (!isOurs && known === undefined) throw new BisikError('no-session', owner)
      const deliverer = isOurs || known === undefined ? identity.publicKey : decodeIdentity(known).key
      // What stays of a key of ours that was exported: that it is ours.
      if (isOurs) for (const chain of state.chains) yield* refuseClaimed(draft, chain, address)
      const from = { sender: owner, identity: deliverer }
      for (const chain of state.chains) yield* claimChain({ context, draft, keys }, chain, { from, distribution: name.distribution })
      const counted = keptKeys(state)
      if (!isOurs) yield* keys.enterInList({ ...name, counted })
      const stored = { generation: 0, sender: owner, identity: deliverer, state, counted, oldNames: [] }
      for (const { chain, skipped } of whole) putSkippedKeys(draft, nameOf(name.distribution, stored, chain), skipped)
      keys.put(name.distribution, stored)
    })
  } finally {
    wipeSenderKey(state)
    for (const { skipped } of decoded) for (const seed of skipped.values()) seed.wipe()
  }
}

/**
 * Gives a sender key back to libsignal-client and deletes it here, in the same commit.
 *
 * @param options - `sender`: whose, default the only device that has one of this id here, or else our own; `persist`: records that join
 *        the commit, so that a crash right after it does not lose the sender key.
 * @returns a serialized `SenderKeyRecord`; it holds the keys.
 * @throws BisikError `not-found`; `invalid-argument` if `sender` is missing and several others have one of this id; `corrupt-record`.
 */
export async function exportSenderKey(
  client: Client,
  distributionId: string,
  options: { readonly sender?: DeviceAddress; readonly persist?: Persist<Bytes> } = {},
): Promise<Bytes> {
  const context = contextOf(client)
  const distribution = checkDistribution(distributionId)
  const { sender: whose, persist } = fieldsArgument(options, 'options', { sender: checkAnyAddress, persist: functionArgument })
  const sender = whose === undefined ? await onlySender(context, distribution) : checkAnyAddress(whose)
  return transactSenderKeys<Bytes>(context, function* (draft, keys) {
    const stored = sound(yield* keys.read({ sender, distribution }))
    if (stored === undefined) throw notFound()
    const { chains } = stored.state
    const whole: WholeSenderChain[] = []
    for (const chain of chains) whole.push({ chain, skipped: yield* readAll(draft, nameOf(distribution, stored, chain)) })
    // What stays of our own is that it is ours: see importSenderKey.
    if (!sameAddress(sender, context.self.address)) yield* keys.dropChains(distribution, stored, chains)
    else for (const chain of chains) yield* keys.dropSkippedKeys(distribution, stored, chain)
    yield* keys.leaveList({ sender, distribution })
    draft.delete(senderKeyKey({ sender, distribution }))
    const bytes = encodeLibsignalSenderKey(whole)
    for (const { skipped } of whole) for (const seed of skipped.values()) seed.wipe()
    yield* writeAppRecords(draft, persist, bytes)
    return bytes
  })
}

/** Whose sender key is meant if nobody says. */
async function onlySender(context: Context, distribution: string): Promise<CanonicalAddress> {
  const senders = await sendersOf(context, distribution)
  const sender = senders.length === 1 ? senders[0] : senders.find((one) => sameAddress(one, context.self.address))
  if (sender !== undefined) return sender
  if (senders.length === 0) throw notFound()
  throw new BisikError('invalid-argument', { argument: 'sender', expected: 'one of the devices that have a sender key of this id' })
}

function notFound(): BisikError {
  return new BisikError('not-found', { what: 'sender key' })
}

/** @throws BisikError `already-taken` if the chain was ours before. */
function* refuseClaimed(draft: Draft, chain: ClaimedChain, address: CanonicalAddress): Part<void> {
  const claims = yield* readClaims(draft, chain)
  if (claims.some(({ claimant }) => sameAddress(claimant, address))) throw new BisikError('already-taken', { what: 'sender key' })
}

/** Chains, newest first, with at most so many kept keys in all: the newest of each. */
function withinLimit(chains: readonly WholeSenderChain[], limit: number): readonly WholeSenderChain[] {
  let room = limit
  return chains.map(({ chain, skipped }) => {
    const kept = [...skipped].sort(([a], [b]) => b - a).slice(0, room)
    room -= kept.length
    return { chain: { ...chain, skipped: kept.length }, skipped: new Map(kept) }
  })
}

function putSkippedKeys(draft: Draft, name: SenderChainName, skipped: WholeSenderChain['skipped']): void {
  if (skipped.size === 0) return
  const segments = inSegments(skipped)
  for (const [segment, places] of segments) draft.put(senderSkippedSegmentKey(name, segment), encodeSkippedSegment(places))
  draft.put(senderSkippedIndexKey(name), encodeSkippedIndex(new Map([...segments].map(([segment, { size }]) => [segment, size]))))
}

function* readAll(draft: Draft, name: SenderChainName): Part<ReadonlyMap<number, Secret<'SenderMessageSeed'>>> {
  const keys = new Map<number, Secret<'SenderMessageSeed'>>()
  const [index] = yield* draft.read(senderSkippedIndexKey(name))
  const segments = index === undefined ? [] : [...decodeSkippedIndex(index).keys()]
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(
    ...segments.map((segment) => senderSkippedSegmentKey(name, segment)),
  )
  for (const [i, segment] of segments.entries()) {
    const stored = records[i]
    if (stored === undefined) continue
    for (const [place, key] of decodeSenderSkippedSegment(stored)) keys.set(segment * SEGMENT_LENGTH + place, key)
  }
  return keys
}
