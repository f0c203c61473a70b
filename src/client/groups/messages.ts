/**
 * Sender keys of one client: hand out our own, take over those of others, encrypt for a group once, decrypt. Each operation is one
 * transaction. Contains no cryptography, and knows no list of members: who gets a distribution is the app's decision.
 */
import { type Bytes, copyBytes, equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { BisikError, isBisikError } from '../../errors.js'
import {
  acceptDistribution,
  createSenderKey,
  distributionOf,
  type OpenedSenderKeyMessage,
  openSenderKeyMessage,
  type SenderKeyState,
  sealSenderKeyMessage,
  wipeSenderKey,
} from '../../protocol/groups/sender-key.js'
import { decideTrust } from '../../protocol/identity/trust.js'
import { HMACS_PER_SLICE, MAX_SKIPPED_KEYS } from '../../protocol/limits.js'
import { SignatureMemo } from '../../protocol/sealed/memos.js'
import { decodeIdentity } from '../../records/identity-record.js'
import {
  deviceIn,
  identityKeyOf,
  oldSenderKeyKey,
  SENDER_KEYS,
  type SenderKeyName,
  senderKeyParts,
  senderKeysOf,
} from '../../records/names.js'
import type { StoredSenderKey } from '../../records/sender-key-record.js'
import { parseRecordKey } from '../../store/record-key.js'
import { listKeys } from '../../store/transact.js'
import { type CanonicalAddress, sameAddress } from '../../wire/address.js'
import type { NamedEnvelope } from '../../wire/envelope.js'
import {
  parseSenderKeyDistribution,
  parseSenderKeyMessage,
  type SenderKeyDistributionMessage,
  type SenderKeyMessage,
} from '../../wire/sender-key-message.js'
import type { Context } from '../frame/context.js'
import { isDamage } from '../frame/damage.js'
import { type Draft, UNREAD } from '../frame/draft.js'
import { senderWalkRequest, type WalkRequest, walkName } from '../frame/long-jumps.js'
import type { AppRecords, Received, ReceivedGroupMessage, TakenSenderKey } from '../frame/results.js'
import { checkSealer, describeSeal, type OpenedSeal } from '../sealed/sealed.js'
import { diagnoseGroupMessage } from '../sessions/diagnosis.js'
import { type ClaimedChain, claimed, claimOwn, enterClaim } from '../state/chain-claims.js'
import { writeAppRecords } from '../state/peer-transaction.js'
import {
  countKeptKeys,
  dropChains,
  dropKeptKeys,
  dropSenderKeyWithin,
  enterInList,
  type HeldSenderKey,
  keptKeys,
  leaveList,
  nameOf,
  putSenderKey,
  readOldSenderKey,
  readSenderKey,
  sound,
  transactDecoding,
  transactSenderKey,
} from '../state/sender-keys.js'
import { applySenderKeyChanges, readSenderSkippedKey } from '../state/skipped-keys.js'

// A message asks for one walk; more only if other messages crowd it out.
const MAX_WALKS = 8

/** Hands out our sender key of a distribution id, as it is now; makes one if there is none. See `Group.distribute`. */
export async function distribute(context: Context, distribution: string): Promise<Bytes> {
  return transactSenderKey(context, ours(context, distribution), [], (draft, held, decoded) => {
    const state = sound(held)?.state ?? createOwn(context, draft, distribution, undefined)
    decoded.push(state)
    return draft.end(distributionOf(state, distribution))
  })
}

/** Starts a new chain in place of what we had and hands it out. See `Group.rotate`. */
export async function rotate(context: Context, distribution: string): Promise<Bytes> {
  return transactSenderKey(context, ours(context, distribution), [], (draft, held, decoded) => {
    const state = createOwn(context, draft, distribution, isDamage(held) ? undefined : held)
    decoded.push(state)
    return draft.end(distributionOf(state, distribution))
  })
}

/** Encrypts for all who have our distribution. See `Group.encrypt`. */
export async function encryptForGroup(
  context: Context,
  distribution: string,
  plaintext: Uint8Array,
  persist: ((envelope: NamedEnvelope) => AppRecords) | undefined,
): Promise<NamedEnvelope> {
  const { address } = context.self
  return transactSenderKey(context, ours(context, distribution), [], (draft, held, decoded) => {
    const stored = sound(held)
    if (stored === undefined) throw noSenderKey(address, distribution)
    const sealed = sealSenderKeyMessage(stored.state, distribution, plaintext, context.random)
    if (sealed === undefined) throw noSenderKey(address, distribution)
    decoded.push(sealed.state)
    putSenderKey(draft, distribution, { ...stored, state: sealed.state })
    const envelope: NamedEnvelope = { kind: 'sender-key', sender: address, body: sealed.body }
    writeAppRecords(draft, persist?.(envelope))
    return draft.end(envelope)
  })
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
    const name = { sender: from.sender, distribution }
    return await transactSenderKey(context, name, [identityKeyOf(from.sender)], (draft, held, decoded) => {
      checkDeliverer(context, draft, from.sender, from.identity)
      takeOver(context, draft, held, { from, message, decoded })
      return draft.end({ distribution })
    })
  } finally {
    message.chainKey.fill(0)
  }
}

/**
 * Takes over a sender key within the commit of the message that brought it: a bad one never withholds the rest of the message. May leave
 * the draft incomplete.
 */
export function acceptWithin(context: Context, draft: Draft, from: Deliverer, bytes: Uint8Array): TakenSenderKey {
  try {
    return { senderKey: draft.attempt(() => acceptInto(context, draft, from, bytes)), senderKeyError: undefined }
  } catch (error) {
    if (!isBisikError(error) || error.code === 'internal') throw error
    return { senderKey: undefined, senderKeyError: error }
  }
}

/** @returns the distribution id. @throws BisikError as `Client.acceptSenderKey`. */
function acceptInto(context: Context, draft: Draft, from: Deliverer, bytes: Uint8Array): string {
  checkNotOurs(context, from.sender)
  const message = parseSenderKeyDistribution(bytes)
  const { distribution } = message
  const decoded: SenderKeyState[] = []
  try {
    const held = readSenderKey(draft, { sender: from.sender, distribution }, decoded)
    if (held !== UNREAD) takeOver(context, draft, held, { from, message, decoded })
    return distribution
  } finally {
    for (const state of decoded) wipeSenderKey(state)
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
  await transactDecoding<void>(context.store, senders.map(senderKeysOf), (draft, decoded) => {
    for (const one of senders) {
      dropSenderKeyWithin(draft, { sender: one, distribution }, decoded)
      leaveList(draft, { sender: one, distribution })
    }
    // Also what a damaged record does not lead to any more.
    for (const name of kept) draft.delete(name)
    return draft.end(undefined)
  })
}

/** Which devices have a sender key of this distribution id here, ourselves included. */
export async function sendersOf({ store, self }: Context, distribution: string): Promise<readonly CanonicalAddress[]> {
  const names = await listKeys(store, SENDER_KEYS)
  const senders = names.filter((name) => parseRecordKey(name)[3] === distribution).map(deviceIn)
  if (!names.includes(oldSenderKeyKey(distribution))) return senders
  // Where 0.1.0 put it, only the record says whose it is; if it is damaged, we may delete it as well as anybody.
  const old = await transactDecoding<CanonicalAddress>(store, [oldSenderKeyKey(distribution)], (draft, decoded) => {
    const held = readOldSenderKey(draft, ours({ self }, distribution), decoded)
    return draft.endUnchanged(held === UNREAD || held === undefined || isDamage(held) ? self.address : held.sender)
  })
  return senders.some((one) => sameAddress(one, old)) ? senders : [...senders, old]
}

/** How to decrypt a group message. */
interface GroupDecryptOptions {
  readonly persist: ((received: Received) => AppRecords) | undefined
  readonly seal?: OpenedSeal | undefined
}

/** Decrypts a group message. See `Client.decrypt`. */
export async function decryptFromGroup(
  context: Context,
  sender: CanonicalAddress,
  body: Uint8Array,
  options: GroupDecryptOptions,
): Promise<ReceivedGroupMessage> {
  const message = parseSenderKeyMessage(body)
  const held = context.walks.hold()
  try {
    const name = { sender, distribution: message.distribution }
    return await decryptGroupMessage(context, name, message, { ...options, walk: held.walk })
  } catch (error) {
    throw diagnoseGroupMessage(error, sender, message)
  } finally {
    held.release()
  }
}

async function decryptGroupMessage(
  context: Context,
  name: SenderKeyName,
  message: SenderKeyMessage,
  { persist, seal, walk }: GroupDecryptOptions & { readonly walk: (request: WalkRequest) => Promise<void> },
): Promise<ReceivedGroupMessage> {
  const { sender, distribution } = name
  const signatures = new SignatureMemo()
  let behind: readonly string[] = []
  for (let walked = 0; ; walked++) {
    const outcome = await transactSenderKey<ReceivedGroupMessage | WalkRequest>(
      context,
      name,
      [identityKeyOf(sender)],
      (draft, held, decoded) => {
        const stored = usable(held, name)
        checkSealer(seal, stored.identity)
        if (!sameAddress(sender, context.self.address)) checkDeliverer(context, draft, sender, stored.identity)
        const opened = open(context, draft, stored, { message, signatures })
        if (opened === UNREAD) return draft.endIncomplete()
        if ('name' in opened) return draft.endUnchanged(opened)
        decoded.push(opened.state)
        behind = opened.changes.keep.seeds.length === 0 ? [] : [walkName.senderChain(name, opened.changes.chain)]
        keepOpened(context, draft, stored, { distribution, opened, decoded })
        if (draft.incomplete) return draft.endIncomplete()
        const received = receivedOf(name, stored, opened, seal)
        writeAppRecords(draft, persist?.(received))
        return draft.end(received)
      },
    )
    if (!('name' in outcome)) {
      context.walks.forget(behind)
      return outcome
    }
    if (walked === MAX_WALKS) throw new BisikError('internal', { reason: 'a long jump found no end' })
    await walk(outcome)
  }
}

function receivedOf(
  { sender, distribution }: SenderKeyName,
  { identity }: StoredSenderKey,
  { plaintext }: OpenedSenderKeyMessage,
  seal: OpenedSeal | undefined,
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

function open(
  context: Context,
  draft: Draft,
  stored: StoredSenderKey,
  { message, signatures }: { readonly message: SenderKeyMessage; readonly signatures: SignatureMemo },
): OpenedSenderKeyMessage | WalkRequest | typeof UNREAD {
  const { distribution } = message
  const name = { sender: stored.sender, distribution }
  const opened = openSenderKeyMessage(stored.state, message, {
    skippedKey: (chain, iteration) => readSenderSkippedKey(draft, nameOf(distribution, stored, chain), iteration),
    walk: (chain) => context.walks.get(walkName.senderChain(name, chain)),
    budget: { hmacs: HMACS_PER_SLICE },
    signatures,
  })
  if (opened === undefined) throw noSenderKey(stored.sender, distribution)
  if ('first' in opened) throw noSenderKey(stored.sender, distribution, opened.first)
  return 'need' in opened ? (senderWalkRequest(name, opened) ?? UNREAD) : opened
}

/** Writes the sender key after a message, and the keys of those that it skipped. May leave the draft incomplete. */
function keepOpened(
  context: Context,
  draft: Draft,
  stored: StoredSenderKey,
  {
    distribution,
    opened: { state, changes },
    decoded,
  }: { readonly distribution: string; readonly opened: OpenedSenderKeyMessage; readonly decoded: SenderKeyState[] },
): void {
  const { chainId } = changes.chain
  const keeping = { now: context.clock(), limit: Math.min(MAX_SKIPPED_KEYS, context.limits.keptGroupKeysPerDevice) }
  const skipped = applySenderKeyChanges(draft, nameOf(distribution, stored, changes.chain), changes, keeping)
  const chains = state.chains.map((chain) => (chain.chainId === chainId ? { ...chain, skipped } : chain))
  const after = { ...stored, state: { chains } }
  const hasGained = changes.keep.seeds.length > 0
  putSenderKey(
    draft,
    distribution,
    hasGained ? countKeptKeys(context, draft, { distribution, chainId }, { stored: after, decoded }) : after,
  )
}

/** A new sender key of our own, in place of `previous`. */
function createOwn(context: Context, draft: Draft, distribution: string, previous: StoredSenderKey | undefined): SenderKeyState {
  const { address, identity } = context.self
  const state = createSenderKey(context.random, identity.publicKey)
  if (previous !== undefined) dropChains(draft, distribution, previous, previous.state.chains)
  const generation = previous?.generation ?? 0
  putSenderKey(draft, distribution, { generation, sender: address, identity: identity.publicKey, state, counted: 0, oldNames: [] })
  for (const chain of state.chains) claimOwn(draft, chain, address)
  return state
}

/** A sender key that was handed out. */
interface HandedOut {
  readonly from: Deliverer
  readonly message: SenderKeyDistributionMessage
  readonly decoded: SenderKeyState[]
}

/**
 * Adds a chain that its owner handed out. Chains that came under another identity key are not continued: that was another device.
 *
 * @throws BisikError `sender-key-claimed` if it is proven to be another's.
 */
function takeOver(context: Context, draft: Draft, held: HeldSenderKey, { from, message, decoded }: HandedOut): void {
  const { sender, identity } = from
  const { distribution } = message
  const stored = isDamage(held) ? undefined : held
  const same = stored !== undefined && equalBytes(stored.identity, identity)
  const { state, dropped } = acceptDistribution(same ? stored.state : undefined, message)
  decoded.push(state)
  if (stored !== undefined) dropChains(draft, distribution, stored, same ? dropped : stored.state.chains)
  claimChain(context, draft, message, { from, distribution, decoded })
  const counted = keptKeys(state)
  enterInList(context, draft, { sender, distribution, counted }, decoded)
  const oldNames = same ? stored.oldNames : []
  putSenderKey(draft, distribution, { generation: stored?.generation ?? 0, sender, identity, state, counted, oldNames })
}

/**
 * Notes whose a chain is, and takes it from devices that are proven to have handed on what is not theirs. May leave the draft incomplete.
 *
 * @throws BisikError `sender-key-claimed`.
 */
export function claimChain(
  { self }: Context,
  draft: Draft,
  chain: ClaimedChain,
  { from, distribution, decoded }: { readonly from: Deliverer; readonly distribution: string; readonly decoded: SenderKeyState[] },
): void {
  for (const sender of enterClaim(draft, self.address, chain, from)) dropChainOf(draft, { sender, distribution }, chain, decoded)
}

/** Takes a chain from a device; its claim is gone already. May leave the draft incomplete. */
function dropChainOf(draft: Draft, name: SenderKeyName, { chainId, signingKey }: ClaimedChain, decoded: SenderKeyState[]): void {
  const held = readSenderKey(draft, name, decoded)
  if (held === UNREAD || held === undefined || isDamage(held)) return
  const chain = held.state.chains.find((one) => one.chainId === chainId && equalBytes(one.signingKey, signingKey))
  if (chain === undefined) return
  dropKeptKeys(draft, name.distribution, held, chain)
  putSenderKey(draft, name.distribution, { ...held, state: { chains: held.state.chains.filter((one) => one !== chain) } })
}

/** The device must be known by the identity key whose session delivered its sender key. @throws BisikError `untrusted-identity`. */
function checkDeliverer(context: Context, draft: Draft, sender: CanonicalAddress, presented: IdentityKey): void {
  const record = draft.read(identityKeyOf(sender))
  const known = record === undefined || record === UNREAD ? undefined : decodeIdentity(record)
  if (known !== undefined && decideTrust(context.trustPolicy, known, presented) !== 'untrusted') return
  const { user, device } = sender
  throw new BisikError('untrusted-identity', {
    user,
    device,
    presented: copyBytes(presented),
    known: known?.key,
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
