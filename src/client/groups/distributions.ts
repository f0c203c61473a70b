/**
 * Sender keys handed out and taken over: our own for others, those of others for us. Contains no cryptography, and knows no list of
 * members: who gets a distribution is the app's decision.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { parseIdentityKey } from '../../crypto/keys.js'
import { BisikError, isBisikError } from '../../errors.js'
import { acceptDistribution, createSenderKey, distributionOf, type SenderKeyState } from '../../protocol/groups/sender-key.js'
import { decideTrust, type KnownIdentity } from '../../protocol/identity/trust.js'
import { decodeIdentity } from '../../records/identity-record.js'
import {
  deviceIn,
  identityKeyOf,
  oldSenderKeyKey,
  SENDER_KEYS,
  type SenderKeyName,
  senderKeyKey,
  senderKeyParts,
} from '../../records/names.js'
import type { StoredSenderKey } from '../../records/sender-key-record.js'
import { parseRecordKey } from '../../store/record-key.js'
import { listKeys } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, sameAddress } from '../../wire/address.js'
import { parseSenderKeyDistribution, type SenderKeyDistributionMessage } from '../../wire/sender-key-message.js'
import type { Context } from '../frame/context.js'
import { isDamage, ofPeer } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import type { TakenSenderKey } from '../frame/results.js'
import { type ClaimedChain, claimed, claimOwn, enterClaim } from '../state/chain-claims.js'
import { notListed, readUserLists } from '../state/device-lists.js'
import { dropOpenedFromGroup } from '../state/opened-messages.js'
import { keptKeys, type SenderKeys, sound, transactSenderKeys, withSenderKeys } from '../state/sender-keys.js'

/** What an operation on sender keys works with. */
export interface GroupScope {
  readonly context: Context
  readonly draft: Draft
  readonly keys: SenderKeys
}

/** Hands out our sender key of a distribution id, as it is now; makes one if there is none. See `Group.distribute`. */
export async function distribute(context: Context, distribution: string): Promise<Bytes> {
  return transactSenderKeys<Bytes>(context, function* (draft, keys) {
    const held = sound(yield* keys.read(ours(context, distribution)))
    const state = held?.state ?? (yield* createOwn({ context, draft, keys }, distribution, undefined))
    return distributionOf(state, distribution)
  })
}

/** Starts a new chain in place of what we had and hands it out. See `Group.rotate`. */
export async function rotate(context: Context, distribution: string): Promise<Bytes> {
  return transactSenderKeys<Bytes>(context, function* (draft, keys) {
    const held = yield* keys.read(ours(context, distribution))
    const state = yield* createOwn({ context, draft, keys }, distribution, isDamage(held) ? undefined : held)
    return distributionOf(state, distribution)
  })
}

/** Whose sender key it is, and the identity key whose session delivered it. */
export interface KeyOwner {
  readonly sender: CanonicalAddress
  readonly identity: IdentityKey
}

/** Takes over the sender key of another device. See `Client.acceptSenderKey`. */
export async function acceptSenderKey(context: Context, from: KeyOwner, bytes: Uint8Array): Promise<{ readonly distribution: string }> {
  checkNotOurs(context, from.sender)
  const message = parseSenderKeyDistribution(bytes)
  const { distribution } = message
  try {
    return await transactSenderKeys<{ readonly distribution: string }>(context, function* (draft, keys) {
      yield* draft.read(senderKeyKey({ sender: from.sender, distribution }), identityKeyOf(from.sender))
      yield* checkOwner({ context, draft, keys }, from)
      yield* takeOver({ context, draft, keys }, from, message)
      return { distribution }
    })
  } finally {
    message.chainKey.fill(0)
  }
}

/** Takes over a sender key within the commit of the message that brought it: a bad one never withholds the rest of the message. */
export function* acceptWithin(
  context: Context,
  draft: Draft,
  { from, bytes }: { readonly from: KeyOwner; readonly bytes: Uint8Array },
): Part<TakenSenderKey> {
  try {
    return { senderKey: yield* draft.attempt(acceptInto(context, draft, { from, bytes })), senderKeyError: undefined }
  } catch (error) {
    if (!isBisikError(error) || error.code === 'internal') throw error
    return { senderKey: undefined, senderKeyError: error }
  }
}

/** @returns the distribution id. @throws BisikError as `Client.acceptSenderKey`. */
function* acceptInto(
  context: Context,
  draft: Draft,
  { from, bytes }: { readonly from: KeyOwner; readonly bytes: Uint8Array },
): Part<string> {
  checkNotOurs(context, from.sender)
  const message = parseSenderKeyDistribution(bytes)
  try {
    yield* withSenderKeys(context, draft, (_, keys) => takeOver({ context, draft, keys }, from, message))
    return message.distribution
  } finally {
    message.chainKey.fill(0)
  }
}

/** Nobody hands us a key as our own. @throws BisikError `sender-key-claimed`. */
function checkNotOurs({ self: { address } }: Context, sender: CanonicalAddress): void {
  if (sameAddress(sender, address)) throw claimed('distribution', address)
}

/** Deletes sender keys of a distribution id. See `Client.dropSenderKey`. */
export async function dropSenderKey(context: Context, distribution: string, sender: CanonicalAddress | undefined): Promise<void> {
  const senders = sender === undefined ? await sendersOf(context, distribution) : [sender]
  if (senders.length === 0) return
  const parts = senders.flatMap((one) => senderKeyParts({ sender: one, distribution }))
  const kept = (await Promise.all(parts.map((prefix) => listKeys(context.store, prefix)))).flat()
  await transactSenderKeys<void>(context, function* (draft, keys) {
    for (const one of senders) {
      yield* keys.drop({ sender: one, distribution })
      yield* keys.leaveList({ sender: one, distribution })
    }
    // Also what a damaged record does not lead to any more.
    for (const name of kept) draft.delete(name)
  })
}

/** Which devices have a sender key of this distribution id here, ourselves included. */
export async function sendersOf(context: Context, distribution: string): Promise<readonly CanonicalAddress[]> {
  const { store, self } = context
  const names = await listKeys(store, SENDER_KEYS)
  const senders = names.filter((name) => parseRecordKey(name)[3] === distribution).map(deviceIn)
  if (!names.includes(oldSenderKeyKey(distribution))) return senders
  // Where 0.1.0 put it, only the record says whose it is; if it is damaged, we may delete it as well as anybody.
  const old = await transactSenderKeys<CanonicalAddress>(context, function* (_, keys) {
    const held = yield* keys.readOld(ours({ self }, distribution))
    return held === undefined || isDamage(held) ? self.address : held.sender
  })
  return senders.some((one) => sameAddress(one, old)) ? senders : [...senders, old]
}

/** A new sender key of our own, in place of `previous`. */
function* createOwn(
  { context, draft, keys }: GroupScope,
  distribution: string,
  previous: StoredSenderKey | undefined,
): Part<SenderKeyState> {
  const { address, identity } = context.self
  const state = keys.own(createSenderKey(context.random, identity.publicKey))
  if (previous !== undefined) yield* keys.dropChains(distribution, previous, previous.state.chains)
  const generation = previous?.generation ?? 0
  keys.put(distribution, { generation, sender: address, identity: identity.publicKey, state, counted: 0, oldNames: [] })
  for (const chain of state.chains) claimOwn(draft, chain, address)
  return state
}

/**
 * Adds a chain that its owner handed out. Chains that came under another identity key are not continued: that was another device.
 *
 * @throws BisikError `sender-key-claimed` if it is proven to be another's.
 */
function* takeOver(scope: GroupScope, from: KeyOwner, message: SenderKeyDistributionMessage): Part<void> {
  const { keys } = scope
  const { sender, identity } = from
  const { distribution } = message
  const held = yield* keys.read({ sender, distribution })
  const stored = isDamage(held) ? undefined : held
  const same = stored !== undefined && equalBytes(stored.identity, identity)
  const { state, dropped } = acceptDistribution(same ? stored.state : undefined, message)
  keys.own(state)
  if (stored !== undefined) yield* keys.dropChains(distribution, stored, same ? dropped : stored.state.chains)
  yield* claimChain(scope, message, { from, distribution })
  const counted = keptKeys(state)
  yield* keys.enterInList({ sender, distribution, counted })
  if (stored !== undefined && !same) dropOpenedFromGroup(scope.draft, { sender, distribution }, stored.opened)
  const { oldNames, opened } = same ? stored : { oldNames: [], opened: undefined }
  keys.put(distribution, { generation: stored?.generation ?? 0, sender, identity, state, counted, oldNames, opened })
}

/**
 * Notes whose a chain is, and takes it from devices that are proven to have handed on what is not theirs.
 *
 * @throws BisikError `sender-key-claimed`.
 */
export function* claimChain(
  { context, draft, keys }: GroupScope,
  chain: ClaimedChain,
  { from, distribution }: { readonly from: KeyOwner; readonly distribution: string },
): Part<void> {
  const refuted = yield* enterClaim(draft, chain, { self: context.self.address, ...from })
  for (const sender of refuted) yield* dropChainOf(keys, { sender, distribution }, chain)
}

/** Takes a chain from a device; its claim is gone already. */
function* dropChainOf(keys: SenderKeys, name: SenderKeyName, { chainId, signingKey }: ClaimedChain): Part<void> {
  const held = yield* keys.read(name)
  if (held === undefined || isDamage(held)) return
  const chain = held.state.chains.find((one) => one.chainId === chainId && equalBytes(one.signingKey, signingKey))
  if (chain === undefined) return
  yield* keys.dropSkippedKeys(name.distribution, held, chain)
  keys.put(name.distribution, { ...held, state: { chains: held.state.chains.filter((one) => one !== chain) } })
}

/**
 * The device must be known by the identity key whose session delivered its sender key.
 *
 * @returns what is known of it.
 * @throws BisikError `untrusted-identity`, `device-not-listed`.
 */
export function* checkOwner({ context, draft }: GroupScope, { sender, identity: presented }: KeyOwner): Part<KnownIdentity> {
  const [record] = yield* draft.read(identityKeyOf(sender))
  const known = record === undefined ? undefined : ofPeer(sender, () => decodeIdentity(record))
  const verdict = known === undefined ? 'untrusted' : decideTrust(context.trustPolicy, known, presented)
  if (known !== undefined && verdict === 'trusted') return known
  if (verdict === 'unlisted') throw notListed(sender, presented, yield* readUserLists(draft, sender.user))
  const { user, device } = sender
  throw new BisikError('untrusted-identity', {
    user,
    device,
    presented: parseIdentityKey(presented),
    known: known === undefined ? undefined : parseIdentityKey(known.key),
    knownDevice: known === undefined ? undefined : device,
    wasVerified: known?.level === 'verified',
  })
}

/** Our own sender key of a distribution id. */
export function ours({ self }: Pick<Context, 'self'>, distribution: string): SenderKeyName {
  return { sender: self.address, distribution }
}

/** The refusal for want of a sender key. @param first - the iteration that the chain which is here began with. */
export function noSenderKey({ user, device }: CanonicalAddress, distribution: string, first?: number): BisikError {
  return new BisikError('no-sender-key', { user, device, distribution, ...(first === undefined ? {} : { first }) })
}
