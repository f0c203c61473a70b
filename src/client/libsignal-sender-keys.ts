/**
 * Moves sender keys between bisik and libsignal-client, in either direction. What is exported is gone here, in the same commit: a chain
 * of ours that lived on in two places would use message keys twice. Knows no field of a foreign record.
 */
import type { Bytes } from '../bytes.js'
import type { Secret } from '../crypto/secret.js'
import { BisikError } from '../errors.js'
import { wipeSenderKey } from '../protocol/sender-key.js'
import { decodeIdentity } from '../records/identity-record.js'
import { decodeLibsignalSenderKey, encodeLibsignalSenderKey, type WholeSenderChain } from '../records/libsignal-sender-key.js'
import {
  identityKeyOf,
  type SenderChainName,
  senderKeyKey,
  senderSkippedIndexKey,
  senderSkippedSegmentKey,
  signingKeyOwnerKey,
} from '../records/record-keys.js'
import { encodeSenderKey } from '../records/sender-key-record.js'
import {
  decodeSenderSkippedSegment,
  decodeSkippedIndex,
  encodeSkippedIndex,
  encodeSkippedSegment,
  inSegments,
  SEGMENT_LENGTH,
} from '../records/skipped-keys-record.js'
import { checkAddress, type DeviceAddress } from '../wire/address.js'
import { checkDistribution } from '../wire/sender-key-message.js'
import { bytesCopy } from './arguments.js'
import type { Client } from './client.js'
import { contextOf } from './context.js'
import { type Draft, UNREAD } from './draft.js'
import { bindSigningKeys, dropChains, enterInList, leaveList, nameOf, sameAddress, transactSenderKey } from './group.js'
import { persistOf } from './options.js'
import { writeAppRecords } from './peer-transaction.js'
import type { AppRecords } from './results.js'

/**
 * Takes over a sender key: our own, or that of a device whose sessions were taken over before.
 *
 * @param sender - whose it is; our own address for our own.
 * @param record - a serialized `SenderKeyRecord`; what is ours in it must not be used there any more.
 * @throws BisikError `corrupt-record`; `unsupported-version`; `already-taken` if there is one of this distribution id here;
 *         or our own was exported from here: what comes back might be older than what went, and its message keys used;
 *         `sender-key-claimed`; `untrusted-identity` if the sender's identity key is not known here.
 */
export async function importSenderKey(client: Client, sender: DeviceAddress, distributionId: string, record: Uint8Array): Promise<void> {
  const context = contextOf(client)
  const { address, identity } = context.self
  const owner = checkAddress(sender)
  const distribution = checkDistribution(distributionId)
  const isOurs = sameAddress(owner, address)
  const whole = decodeLibsignalSenderKey(bytesCopy(record, 'record'))
  const state = { chains: whole.map(({ chain }) => chain) }
  if (!isOurs && state.chains.some(({ signer }) => signer !== undefined)) {
    throw new BisikError('invalid-argument', { argument: 'sender', expected: 'our own address for a key of our own' })
  }
  try {
    await transactSenderKey(context, distribution, [identityKeyOf(owner)], (draft, stored) => {
      if (stored !== undefined) throw new BisikError('already-taken', { what: 'distribution id' })
      const known = draft.read(identityKeyOf(owner))
      if (known === UNREAD) return draft.endIncomplete()
      if (!isOurs && known === undefined) throw new BisikError('no-session', owner)
      const deliverer = isOurs || known === undefined ? identity.publicKey : decodeIdentity(known).key
      // What stays of a key of ours that was exported: the name of its signing key.
      if (isOurs && state.chains.some(({ signingKey }) => draft.read(signingKeyOwnerKey(signingKey)) instanceof Uint8Array)) {
        throw new BisikError('already-taken', { what: 'sender key' })
      }
      bindSigningKeys(draft, state.chains, owner)
      if (!isOurs) enterInList(draft, owner, distribution)
      if (draft.incomplete) return draft.endIncomplete()
      for (const chain of whole) putSkippedKeys(draft, distribution, chain)
      draft.put(senderKeyKey(distribution), encodeSenderKey({ generation: 1, sender: owner, identity: deliverer, state }))
      return draft.end(undefined)
    })
  } finally {
    wipeSenderKey(state)
    for (const { skipped } of whole) for (const seed of skipped.values()) seed.wipe()
  }
}

/**
 * Gives a sender key back to libsignal-client and deletes it here, in the same commit.
 *
 * @param options - `persist`: records that join the commit, so that a crash right after it does not lose the sender key.
 * @returns a serialized `SenderKeyRecord`; it holds the keys.
 * @throws BisikError `not-found`.
 */
export async function exportSenderKey(
  client: Client,
  distributionId: string,
  options: { readonly persist?: (record: Bytes) => AppRecords } = {},
): Promise<Bytes> {
  const context = contextOf(client)
  const distribution = checkDistribution(distributionId)
  const persist = persistOf(options)
  return transactSenderKey(context, distribution, [], (draft, stored) => {
    if (stored === undefined) throw new BisikError('not-found', { what: 'sender key' })
    const { chains } = stored.state
    const whole = chains.map((chain): WholeSenderChain => ({ chain, skipped: readAll(draft, nameOf(distribution, chain), chain.skipped) }))
    dropChains(draft, distribution, chains)
    leaveList(draft, stored.sender, distribution)
    if (sameAddress(stored.sender, context.self.address)) bindSigningKeys(draft, chains, stored.sender)
    if (draft.incomplete) return draft.endIncomplete()
    draft.delete(senderKeyKey(distribution))
    const bytes = encodeLibsignalSenderKey(whole)
    for (const { skipped } of whole) for (const seed of skipped.values()) seed.wipe()
    writeAppRecords(draft, persist?.(bytes))
    return draft.end(bytes)
  })
}

function putSkippedKeys(draft: Draft, distribution: string, { chain, skipped }: WholeSenderChain): void {
  if (skipped.size === 0) return
  const name = nameOf(distribution, chain)
  const segments = inSegments(skipped)
  for (const [segment, places] of segments) draft.put(senderSkippedSegmentKey(name, segment), encodeSkippedSegment(places))
  draft.put(senderSkippedIndexKey(name), encodeSkippedIndex(new Map([...segments].map(([segment, { size }]) => [segment, size]))))
}

function readAll(draft: Draft, name: SenderChainName, count: number): ReadonlyMap<number, Secret<'SenderMessageSeed'>> {
  const keys = new Map<number, Secret<'SenderMessageSeed'>>()
  const index = count === 0 ? undefined : draft.read(senderSkippedIndexKey(name))
  if (index === undefined || index === UNREAD) return keys
  for (const segment of decodeSkippedIndex(index).keys()) {
    const stored = draft.read(senderSkippedSegmentKey(name, segment))
    if (stored === undefined || stored === UNREAD) continue
    for (const [place, key] of decodeSenderSkippedSegment(stored)) keys.set(segment * SEGMENT_LENGTH + place, key)
  }
  return keys
}
