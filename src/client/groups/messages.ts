/**
 * Sender keys of one client: hand out our own, take over those of others, encrypt for a group once, decrypt. Each operation is one
 * transaction. Contains no cryptography, and knows no list of members: who gets a distribution is the app's decision.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { parseIdentityKey } from '../../crypto/keys.js'
import { BisikError, isBisikError } from '../../errors.js'
import {
  acceptDistribution,
  createSenderKey,
  distributionOf,
  type OpenedSenderKeyMessage,
  openSenderKeyMessage,
  type SenderKeyState,
  sealSenderKeyMessage,
  senderWalkName,
} from '../../protocol/groups/sender-key.js'
import { decideTrust } from '../../protocol/identity/trust.js'
import { HMACS_PER_SLICE, MAX_SKIPPED_KEYS } from '../../protocol/limits.js'
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
import { parseRecordKey, recordKey } from '../../store/record-key.js'
import { listKeys, type Part } from '../../store/transaction.js'
import { type CanonicalAddress, sameAddress } from '../../wire/address.js'
import type { NamedEnvelope } from '../../wire/envelope.js'
import {
  parseSenderKeyDistribution,
  parseSenderKeyMessage,
  type SenderKeyDistributionMessage,
  type SenderKeyMessage,
} from '../../wire/sender-key-message.js'
import { writeAppRecords } from '../frame/app-records.js'
import type { Context } from '../frame/context.js'
import { isDamage, ofPeer } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import { type HeldWalks, walking } from '../frame/long-jumps.js'
import type { Persist, Received, ReceivedGroupMessage, TakenSenderKey } from '../frame/results.js'
import { checkSealer, describeSeal, type OpenedSeal } from '../sealed/sealed.js'
import { diagnoseGroupMessage } from '../sessions/diagnosis.js'
import { type ClaimedChain, claimed, claimOwn, enterClaim } from '../state/chain-claims.js'
import { type HeldSenderKey, keptKeys, nameOf, type SenderKeys, sound, transactSenderKeys, withSenderKeys } from '../state/sender-keys.js'
import { applySenderKeyChanges, readSenderSkippedKey } from '../state/skipped-keys.js'

/** What an operation on sender keys works with. */
interface GroupScope {
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

/** Encrypts for all who have our distribution. See `Group.encrypt`. */
export async function encryptForGroup(
  context: Context,
  distribution: string,
  { plaintext, persist }: { readonly plaintext: Uint8Array; readonly persist: Persist<NamedEnvelope> | undefined },
): Promise<NamedEnvelope> {
  return transactSenderKeys<NamedEnvelope>(context, (draft, keys) =>
    encryptStep({ context, draft, keys }, distribution, { plaintext, persist }),
  )
}

function* encryptStep(
  { context, draft, keys }: GroupScope,
  distribution: string,
  { plaintext, persist }: { readonly plaintext: Uint8Array; readonly persist: Persist<NamedEnvelope> | undefined },
): Part<NamedEnvelope> {
  const name = ours(context, distribution)
  const stored = usable(yield* keys.read(name), name)
  const sealed = sealSenderKeyMessage(stored.state, distribution, plaintext, context.random)
  if (sealed === undefined) throw noSenderKey(name.sender, distribution)
  keys.put(distribution, { ...stored, state: keys.own(sealed.state) })
  const envelope: NamedEnvelope = { kind: 'sender-key', sender: name.sender, body: sealed.body }
  yield* writeAppRecords(draft, persist, envelope)
  return envelope
}

/** Whose sender key it is, and the identity key whose session delivered it. */
interface Deliverer {
  readonly sender: CanonicalAddress
  readonly identity: IdentityKey
}

/** Takes over the sender key of another device. See `Client.acceptSenderKey`. */
export async function acceptSenderKey(context: Context, from: Deliverer, bytes: Uint8Array): Promise<{ readonly distribution: string }> {
  checkNotOurs(context, from.sender)
  const message = parseSenderKeyDistribution(bytes)
  const { distribution } = message
  try {
    return await transactSenderKeys<{ readonly distribution: string }>(context, function* (draft, keys) {
      yield* draft.read(senderKeyKey({ sender: from.sender, distribution }), identityKeyOf(from.sender))
      yield* checkDeliverer({ context, draft, keys }, from)
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
  { from, bytes }: { readonly from: Deliverer; readonly bytes: Uint8Array },
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
  { from, bytes }: { readonly from: Deliverer; readonly bytes: Uint8Array },
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

/** How to decrypt a group message. */
interface GroupDecryptOptions {
  readonly persist: Persist<Received> | undefined
  readonly seal?: OpenedSeal | undefined
}

/** Decrypts a group message. See `Client.decrypt`. */
export async function decryptFromGroup(
  context: Context,
  { sender, body }: { readonly sender: CanonicalAddress; readonly body: Uint8Array },
  { persist, seal }: GroupDecryptOptions,
): Promise<ReceivedGroupMessage> {
  const message = parseSenderKeyMessage(body)
  const walks = context.walks.hold()
  // Of the run that is committed, which is the last one.
  let behind: readonly string[] = []
  const onOpened = (name: SenderKeyName, { changes }: OpenedSenderKeyMessage): void => {
    behind = changes.keep.seeds.length === 0 ? [] : [senderWalkName(ownerName(name), changes.chain)]
  }
  try {
    const received = await transactSenderKeys<ReceivedGroupMessage>(context, (draft, keys) =>
      decryptStep({ context, draft, keys }, { sender, message }, { persist, seal, walks, onOpened }),
    )
    context.walks.forget(behind)
    return received
  } catch (error) {
    throw diagnoseGroupMessage(error, sender, message)
  } finally {
    walks.release()
  }
}

function* decryptStep(
  scope: GroupScope,
  { sender, message }: { readonly sender: CanonicalAddress; readonly message: SenderKeyMessage },
  options: GroupDecryptOptions & {
    readonly walks: HeldWalks
    readonly onOpened: (name: SenderKeyName, opened: OpenedSenderKeyMessage) => void
  },
): Part<ReceivedGroupMessage> {
  const { context, draft, keys } = scope
  const { persist, seal, walks, onOpened } = options
  const name = { sender, distribution: message.distribution }
  yield* draft.read(senderKeyKey(name), identityKeyOf(sender))
  const stored = usable(yield* keys.read(name), name)
  checkSealer(seal, stored.identity)
  if (!sameAddress(sender, context.self.address)) yield* checkDeliverer(scope, stored)
  const opened = yield* open(scope, stored, { message, walks })
  onOpened(name, opened)
  yield* keepOpened(scope, stored, { distribution: message.distribution, opened })
  const result = receivedOf(name, stored, { plaintext: opened.plaintext, seal })
  yield* writeAppRecords(draft, persist, result)
  return result
}

function receivedOf(
  { sender, distribution }: SenderKeyName,
  { identity }: StoredSenderKey,
  { plaintext, seal }: { readonly plaintext: Bytes; readonly seal: OpenedSeal | undefined },
): ReceivedGroupMessage {
  const kind = 'group-message'
  return { kind, sender, identity, plaintext, distribution, sealed: seal !== undefined, seal: describeSeal(seal), notices: [] }
}

/** A sender key to open with. @throws BisikError `no-sender-key`, `corrupt-record`: its owner can hand it out again. */
function usable(held: HeldSenderKey, { sender, distribution }: SenderKeyName): StoredSenderKey {
  const stored = sound(held)
  if (stored === undefined) throw noSenderKey(sender, distribution)
  return stored
}

function* open(
  { context, draft, keys }: GroupScope,
  stored: StoredSenderKey,
  { message, walks }: { readonly message: SenderKeyMessage; readonly walks: HeldWalks },
): Part<OpenedSenderKeyMessage> {
  const { sender } = stored
  const { distribution } = message
  const opening = openSenderKeyMessage(stored.state, message, {
    skippedKey: (chain, iteration) => readSenderSkippedKey(draft, nameOf(distribution, stored, chain), iteration),
    owner: ownerName({ sender, distribution }),
    walks: { get: (name) => context.walks.get(name), budget: { hmacs: HMACS_PER_SLICE } },
  })
  const opened = yield* walking(draft, opening, { walks, isMadeUp: false })
  if (opened.kind === 'no-key') throw noSenderKey(sender, distribution, opened.first)
  keys.own(opened.state)
  return opened
}

/** Whose chains walks go along. */
function ownerName({ sender, distribution }: SenderKeyName): string {
  return recordKey(sender.user, sender.device, distribution)
}

/** Writes the sender key after a message, and the keys of those that it skipped. */
function* keepOpened(
  { context, draft, keys }: GroupScope,
  stored: StoredSenderKey,
  { distribution, opened }: { readonly distribution: string; readonly opened: OpenedSenderKeyMessage },
): Part<void> {
  const { state, changes } = opened
  const { chainId } = changes.chain
  const limit = Math.min(MAX_SKIPPED_KEYS, context.limits.keptGroupKeysPerDevice)
  const name = nameOf(distribution, stored, changes.chain)
  const skipped = yield* applySenderKeyChanges(draft, name, {
    chain: changes.chain,
    keep: changes.keep,
    used: changes.used,
    now: context.clock(),
    limit,
  })
  const chains = state.chains.map((chain) => (chain.chainId === chainId ? { ...chain, skipped } : chain))
  const after = { ...stored, state: { chains } }
  const hasGained = changes.keep.seeds.length > 0
  keys.put(distribution, hasGained ? yield* keys.countKeptKeys({ distribution, chainId }, after) : after)
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
function* takeOver(scope: GroupScope, from: Deliverer, message: SenderKeyDistributionMessage): Part<void> {
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
  const oldNames = same ? stored.oldNames : []
  keys.put(distribution, { generation: stored?.generation ?? 0, sender, identity, state, counted, oldNames })
}

/**
 * Notes whose a chain is, and takes it from devices that are proven to have handed on what is not theirs.
 *
 * @throws BisikError `sender-key-claimed`.
 */
export function* claimChain(
  { context, draft, keys }: GroupScope,
  chain: ClaimedChain,
  { from, distribution }: { readonly from: Deliverer; readonly distribution: string },
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

/** The device must be known by the identity key whose session delivered its sender key. @throws BisikError `untrusted-identity`. */
function* checkDeliverer({ context, draft }: GroupScope, { sender, identity: presented }: Deliverer): Part<void> {
  const [record] = yield* draft.read(identityKeyOf(sender))
  const known = record === undefined ? undefined : ofPeer(sender, () => decodeIdentity(record))
  if (known !== undefined && decideTrust(context.trustPolicy, known, presented) !== 'untrusted') return
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

function ours({ self }: Pick<Context, 'self'>, distribution: string): SenderKeyName {
  return { sender: self.address, distribution }
}

function noSenderKey({ user, device }: CanonicalAddress, distribution: string, first?: number): BisikError {
  return new BisikError('no-sender-key', { user, device, distribution, ...(first === undefined ? {} : { first }) })
}
