/**
 * Moves sender keys between bisik and libsignal-client, in either direction. What is exported is gone here, in the same commit: a chain
 * of ours that lived on in two places would use message keys twice.
 */
import { fieldsArgument, functionArgument } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import type { Client } from '../client/client.js'
import { bytesCopy } from '../client/frame/arguments.js'
import { type Context, contextOf } from '../client/frame/context.js'
import { type Draft, UNREAD } from '../client/frame/draft.js'
import type { AppRecords } from '../client/frame/results.js'
import { claimChain, sendersOf } from '../client/groups/messages.js'
import { type ClaimedChain, readClaims } from '../client/state/chain-claims.js'
import { writeAppRecords } from '../client/state/peer-transaction.js'
import {
  dropChains,
  dropKeptKeys,
  enterInList,
  keptKeys,
  leaveList,
  nameOf,
  putSenderKey,
  sound,
  transactSenderKey,
} from '../client/state/sender-keys.js'
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
    await transactSenderKey(context, name, [identityKeyOf(owner)], (draft, held, read) => {
      if (held !== undefined) throw new BisikError('already-taken', { what: 'distribution id' })
      const known = draft.read(identityKeyOf(owner))
      if (known === UNREAD) return draft.endIncomplete()
      if (!isOurs && known === undefined) throw new BisikError('no-session', owner)
      const deliverer = isOurs || known === undefined ? identity.publicKey : decodeIdentity(known).key
      // What stays of a key of ours that was exported: that it is ours.
      if (isOurs && state.chains.some((chain) => isClaimedBy(draft, chain, address))) {
        throw new BisikError('already-taken', { what: 'sender key' })
      }
      const from = { sender: owner, identity: deliverer }
      for (const chain of state.chains) claimChain(context, draft, chain, { from, distribution: name.distribution, decoded: read })
      const counted = keptKeys(state)
      if (!isOurs) enterInList(context, draft, { ...name, counted }, read)
      const stored = { generation: 0, sender: owner, identity: deliverer, state, counted, oldNames: [] }
      for (const { chain, skipped } of whole) putSkippedKeys(draft, nameOf(name.distribution, stored, chain), skipped)
      putSenderKey(draft, name.distribution, stored)
      return draft.end(undefined)
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
  options: { readonly sender?: DeviceAddress; readonly persist?: (record: Bytes) => AppRecords } = {},
): Promise<Bytes> {
  const context = contextOf(client)
  const distribution = checkDistribution(distributionId)
  const { sender: whose, persist } = fieldsArgument(options, 'options', { sender: checkAnyAddress, persist: functionArgument })
  const sender = whose === undefined ? await onlySender(context, distribution) : checkAnyAddress(whose)
  return transactSenderKey(context, { sender, distribution }, [], (draft, held) => {
    const stored = sound(held)
    if (stored === undefined) throw notFound()
    const { chains } = stored.state
    const whole = chains.map((chain): WholeSenderChain => ({ chain, skipped: readAll(draft, nameOf(distribution, stored, chain)) }))
    // What stays of our own is that it is ours: see importSenderKey.
    if (sameAddress(sender, context.self.address)) for (const chain of chains) dropKeptKeys(draft, distribution, stored, chain)
    else dropChains(draft, distribution, stored, chains)
    leaveList(draft, { sender, distribution })
    if (draft.incomplete) return draft.endIncomplete()
    draft.delete(senderKeyKey({ sender, distribution }))
    const bytes = encodeLibsignalSenderKey(whole)
    for (const { skipped } of whole) for (const seed of skipped.values()) seed.wipe()
    writeAppRecords(draft, persist?.(bytes))
    return draft.end(bytes)
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

function isClaimedBy(draft: Draft, chain: ClaimedChain, address: CanonicalAddress): boolean {
  const claims = readClaims(draft, chain)
  return claims !== UNREAD && claims.some(({ claimant }) => sameAddress(claimant, address))
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

function readAll(draft: Draft, name: SenderChainName): ReadonlyMap<number, Secret<'SenderMessageSeed'>> {
  const keys = new Map<number, Secret<'SenderMessageSeed'>>()
  const index = draft.read(senderSkippedIndexKey(name))
  if (index === undefined || index === UNREAD) return keys
  for (const segment of decodeSkippedIndex(index).keys()) {
    const stored = draft.read(senderSkippedSegmentKey(name, segment))
    if (stored === undefined || stored === UNREAD) continue
    for (const [place, key] of decodeSenderSkippedSegment(stored)) keys.set(segment * SEGMENT_LENGTH + place, key)
  }
  return keys
}
