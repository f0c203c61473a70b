/**
 * Sender keys of one client: hand out our own, take over those of others, encrypt for a group once, decrypt. Each operation is one
 * transaction. Contains no cryptography, and knows no list of members: who gets a distribution is the app's decision.
 */
import { type Bytes, copyBytes, equalBytes } from '../bytes.js'
import type { EcPublicKey, IdentityKey } from '../crypto/keys.js'
import { BisikError, isBisikError } from '../errors.js'
import { HMACS_PER_SLICE, MAX_SENDER_KEYS } from '../protocol/limits.js'
import { SignatureMemo } from '../protocol/memos.js'
import {
  acceptDistribution,
  createSenderKey,
  distributionOf,
  type OpenedSenderKeyMessage,
  openSenderKeyMessage,
  type SenderKeyChain,
  type SenderKeyState,
  sealSenderKeyMessage,
  wipeSenderKey,
} from '../protocol/sender-key.js'
import { decideTrust } from '../protocol/trust.js'
import { decodeIdentity } from '../records/identity-record.js'
import { identityKeyOf, type SenderChainName, senderKeyKey, senderKeysOf, signingKeyOwnerKey } from '../records/record-keys.js'
import {
  decodeSenderKey,
  decodeSenderKeys,
  decodeSigningKeyOwner,
  encodeSenderKey,
  encodeSenderKeys,
  encodeSigningKeyOwner,
  type StoredSenderKey,
} from '../records/sender-key-record.js'
import type { RecordKey } from '../store/key-store.js'
import { type Outcome, transact } from '../store/transact.js'
import type { CanonicalAddress } from '../wire/address.js'
import type { NamedEnvelope } from '../wire/envelope.js'
import {
  parseSenderKeyDistribution,
  parseSenderKeyMessage,
  type SenderKeyDistributionMessage,
  type SenderKeyMessage,
} from '../wire/sender-key-message.js'
import type { Context } from './context.js'
import { diagnoseGroupMessage } from './diagnosis.js'
import { Draft, UNREAD } from './draft.js'
import { writeAppRecords } from './peer-transaction.js'
import type { AppRecords, Received, ReceivedGroupMessage, TakenSenderKey } from './results.js'
import { checkSealer, describeSeal, type OpenedSeal } from './sealed.js'
import { applySenderKeyChanges, dropSenderSkippedKeys, readSenderSkippedKey } from './skipped-keys.js'
import { senderWalkRequest, type WalkRequest, walkName } from './walks.js'

// A message asks for one walk; more only if other messages crowd it out.
const MAX_WALKS = 8

/** Hands out our sender key of a distribution id, as it is now; makes one if there is none. See `Group.distribute`. */
export async function distribute(context: Context, distribution: string): Promise<Bytes> {
  return transactSenderKey(context, distribution, [], (draft, stored) => {
    checkOurs(context, stored)
    const state = stored?.state ?? createOwn(context, draft, distribution, undefined)
    return state === UNREAD ? draft.endIncomplete() : draft.end(distributionOf(state, distribution))
  })
}

/** Starts a new chain in place of what we had and hands it out. See `Group.rotate`. */
export async function rotate(context: Context, distribution: string): Promise<Bytes> {
  return transactSenderKey(context, distribution, [], (draft, stored) => {
    checkOurs(context, stored)
    const state = createOwn(context, draft, distribution, stored)
    return state === UNREAD ? draft.endIncomplete() : draft.end(distributionOf(state, distribution))
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
  return transactSenderKey(context, distribution, [], (draft, stored, decoded) => {
    if (stored === undefined || !isSender(stored, address)) throw noSenderKey(address, distribution)
    const sealed = sealSenderKeyMessage(stored.state, distribution, plaintext, context.random)
    if (sealed === undefined) throw noSenderKey(address, distribution)
    decoded.push(sealed.state)
    draft.put(senderKeyKey(distribution), encodeSenderKey({ ...stored, generation: stored.generation + 1, state: sealed.state }))
    const envelope: NamedEnvelope = { kind: 'sender-key', sender: address, body: sealed.body }
    writeAppRecords(draft, persist?.(envelope))
    return draft.end(envelope)
  })
}

/** Takes over the sender key of another device. See `Client.acceptSenderKey`. */
export async function acceptSenderKey(
  context: Context,
  from: { readonly sender: CanonicalAddress; readonly identity: IdentityKey },
  bytes: Uint8Array,
): Promise<{ readonly distribution: string }> {
  const { sender, identity } = from
  const message = parseSenderKeyDistribution(bytes)
  const { distribution, signingKey } = message
  try {
    return await transactSenderKey(
      context,
      distribution,
      [identityKeyOf(sender), signingKeyOwnerKey(signingKey)],
      (draft, stored, decoded) => {
        checkDeliverer(context, draft, sender, identity)
        checkOwner(context, sender, stored)
        takeOver(draft, stored, { sender, identity }, message, decoded)
        return draft.end({ distribution })
      },
    )
  } finally {
    message.chainKey.fill(0)
  }
}

/**
 * Takes over a sender key within the commit of the message that brought it: a bad one never withholds the rest of the message. May leave
 * the draft incomplete.
 */
export function acceptWithin(
  context: Context,
  draft: Draft,
  from: { readonly sender: CanonicalAddress; readonly identity: IdentityKey },
  bytes: Uint8Array,
): TakenSenderKey {
  try {
    return { senderKey: acceptInto(context, draft, from, bytes), senderKeyError: undefined }
  } catch (error) {
    if (!isBisikError(error) || error.code === 'internal') throw error
    return { senderKey: undefined, senderKeyError: error }
  }
}

function acceptInto(
  context: Context,
  draft: Draft,
  from: { readonly sender: CanonicalAddress; readonly identity: IdentityKey },
  bytes: Uint8Array,
): string {
  const message = parseSenderKeyDistribution(bytes)
  const { distribution } = message
  const decoded: SenderKeyState[] = []
  try {
    const record = draft.read(senderKeyKey(distribution))
    if (record === UNREAD) return distribution
    const stored = record === undefined ? undefined : decodeSenderKey(record)
    if (stored !== undefined) decoded.push(stored.state)
    checkOwner(context, from.sender, stored)
    takeOver(draft, stored, from, message, decoded)
    return distribution
  } finally {
    for (const state of decoded) wipeSenderKey(state)
    message.chainKey.fill(0)
  }
}

/** A distribution id belongs to the first device that hands out a key for it. @throws BisikError `sender-key-claimed`. */
function checkOwner({ self }: Context, sender: CanonicalAddress, stored: StoredSenderKey | undefined): void {
  if (sameAddress(sender, self.address)) throw claimed('distribution', self.address)
  if (stored !== undefined && !isSender(stored, sender)) throw claimed('distribution', stored.sender)
}

/** @throws BisikError `sender-key-claimed` if the distribution id is another device's. */
function checkOurs({ self }: Context, stored: StoredSenderKey | undefined): void {
  if (stored !== undefined && !isSender(stored, self.address)) throw claimed('distribution', stored.sender)
}

/** Deletes the sender key of a distribution id. See `Client.dropSenderKey`. */
export async function dropSenderKey(context: Context, distribution: string): Promise<void> {
  await transactSenderKey<void>(context, distribution, [], (draft, stored) => {
    if (stored === undefined) return draft.endUnchanged(undefined)
    leaveList(draft, stored.sender, distribution)
    dropChains(draft, distribution, stored.state.chains)
    draft.delete(senderKeyKey(distribution))
    return draft.end(undefined)
  })
}

/** Decrypts a group message. See `Client.decrypt`. */
export async function decryptFromGroup(
  context: Context,
  sender: CanonicalAddress,
  body: Uint8Array,
  options: { readonly persist: ((received: Received) => AppRecords) | undefined; readonly seal?: OpenedSeal | undefined },
): Promise<ReceivedGroupMessage> {
  const message = parseSenderKeyMessage(body)
  try {
    return await context.walks.holding((walk) => decryptGroupMessage(context, sender, message, { ...options, walk }))
  } catch (error) {
    throw diagnoseGroupMessage(error, sender, message)
  }
}

async function decryptGroupMessage(
  context: Context,
  sender: CanonicalAddress,
  message: SenderKeyMessage,
  options: {
    readonly persist: ((received: Received) => AppRecords) | undefined
    readonly seal?: OpenedSeal | undefined
    readonly walk: (request: WalkRequest) => Promise<void>
  },
): Promise<ReceivedGroupMessage> {
  const { distribution } = message
  const signatures = new SignatureMemo()
  let behind: readonly string[] = []
  for (let walked = 0; ; walked++) {
    const outcome = await transactSenderKey<ReceivedGroupMessage | WalkRequest>(
      context,
      distribution,
      [identityKeyOf(sender)],
      (draft, stored, decoded) => {
        if (stored === undefined) throw noSenderKey(sender, distribution)
        if (!isSender(stored, sender)) throw new BisikError('authentication-failed', {})
        const { identity } = stored
        checkSealer(options.seal, identity)
        if (!sameAddress(sender, context.self.address)) checkDeliverer(context, draft, sender, identity)
        const opened = open(context, draft, stored, { message, signatures })
        if (opened === UNREAD) return draft.endIncomplete()
        if ('name' in opened) return draft.endUnchanged(opened)
        const { state, plaintext, changes } = opened
        decoded.push(state)
        behind = changes.keep.seeds.length === 0 ? [] : [walkName.senderChain(distribution, changes.chain)]
        applySenderKeyChanges(draft, nameOf(distribution, changes.chain), changes)
        if (draft.incomplete) return draft.endIncomplete()
        draft.put(senderKeyKey(distribution), encodeSenderKey({ ...stored, generation: stored.generation + 1, state }))
        const received: ReceivedGroupMessage = {
          kind: 'group-message',
          sender,
          identity,
          plaintext,
          distribution,
          sealed: options.seal !== undefined,
          seal: describeSeal(options.seal),
          notices: [],
        }
        writeAppRecords(draft, options.persist?.(received))
        return draft.end(received)
      },
    )
    if (!('name' in outcome)) {
      context.walks.forget(behind)
      return outcome
    }
    if (walked === MAX_WALKS) throw new BisikError('internal', { reason: 'a long jump found no end' })
    await options.walk(outcome)
  }
}

function open(
  context: Context,
  draft: Draft,
  { sender, state }: StoredSenderKey,
  { message, signatures }: { readonly message: SenderKeyMessage; readonly signatures: SignatureMemo },
): OpenedSenderKeyMessage | WalkRequest | typeof UNREAD {
  const { distribution } = message
  const opened = openSenderKeyMessage(state, message, {
    skippedKey: (chain, iteration) => readSenderSkippedKey(draft, nameOf(distribution, chain), iteration),
    walk: (chain) => context.walks.get(walkName.senderChain(distribution, chain)),
    budget: { hmacs: HMACS_PER_SLICE },
    signatures,
  })
  if (opened === undefined) throw noSenderKey(sender, distribution)
  return 'need' in opened ? (senderWalkRequest(distribution, opened) ?? UNREAD) : opened
}

/** A new sender key of our own, in place of `previous`. */
function createOwn(
  context: Context,
  draft: Draft,
  distribution: string,
  previous: StoredSenderKey | undefined,
): SenderKeyState | typeof UNREAD {
  const state = createSenderKey(context.random)
  const { address, identity } = context.self
  const stored = { generation: (previous?.generation ?? 0) + 1, sender: address, identity: identity.publicKey, state }
  dropChains(draft, distribution, previous?.state.chains ?? [])
  draft.put(senderKeyKey(distribution), encodeSenderKey(stored))
  // Not read before: nobody had this key until now.
  for (const { signingKey } of state.chains) draft.put(signingKeyOwnerKey(signingKey), encodeSigningKeyOwner(address))
  return draft.incomplete ? UNREAD : state
}

/** Adds a chain that its owner handed out. Chains that came under another identity key are not continued: that was another device. */
function takeOver(
  draft: Draft,
  stored: StoredSenderKey | undefined,
  owner: { readonly sender: CanonicalAddress; readonly identity: IdentityKey },
  message: SenderKeyDistributionMessage,
  decoded: SenderKeyState[],
): void {
  const { distribution } = message
  const same = stored !== undefined && equalBytes(stored.identity, owner.identity)
  const { state, dropped } = acceptDistribution(same ? stored.state : undefined, message)
  decoded.push(state)
  // Before anything is written: a key that is refused leaves nothing in the draft.
  checkSigningKey(draft, message.signingKey, owner.sender)
  dropChains(draft, distribution, same ? dropped : (stored?.state.chains ?? []))
  bindSigningKeys(draft, state.chains.slice(0, 1), owner.sender)
  if (stored === undefined) enterInList(draft, owner.sender, distribution)
  draft.put(senderKeyKey(distribution), encodeSenderKey({ ...owner, generation: (stored?.generation ?? 0) + 1, state }))
}

/** Notes whose sender key this is. Of too many, the one that is longest here goes. May leave the draft incomplete. */
export function enterInList(draft: Draft, owner: CanonicalAddress, distribution: string): void {
  const record = draft.read(senderKeysOf(owner))
  if (record === UNREAD) return
  const distributions = [distribution, ...decodeSenderKeys(record)]
  for (const oldest of distributions.splice(MAX_SENDER_KEYS)) {
    const stored = draft.read(senderKeyKey(oldest))
    if (stored === UNREAD || stored === undefined) continue
    const { state } = decodeSenderKey(stored)
    dropChains(draft, oldest, state.chains)
    wipeSenderKey(state)
    draft.delete(senderKeyKey(oldest))
  }
  draft.put(senderKeysOf(owner), encodeSenderKeys(distributions))
}

/** The contrary. Our own are not in a list. May leave the draft incomplete. */
export function leaveList(draft: Draft, owner: CanonicalAddress, distribution: string): void {
  const record = draft.read(senderKeysOf(owner))
  if (record === UNREAD || record === undefined) return
  const distributions = decodeSenderKeys(record).filter((one) => one !== distribution)
  if (distributions.length === 0) draft.delete(senderKeysOf(owner))
  else draft.put(senderKeysOf(owner), encodeSenderKeys(distributions))
}

/** Binds signing keys to a device. May leave the draft incomplete. @throws BisikError `sender-key-claimed`. */
export function bindSigningKeys(draft: Draft, chains: readonly SenderKeyChain[], owner: CanonicalAddress): void {
  for (const { signingKey } of chains) {
    checkSigningKey(draft, signingKey, owner)
    draft.put(signingKeyOwnerKey(signingKey), encodeSigningKeyOwner(owner))
  }
}

function checkSigningKey(draft: Draft, signingKey: EcPublicKey, owner: CanonicalAddress): void {
  const bound = draft.read(signingKeyOwnerKey(signingKey))
  const bearer = bound instanceof Uint8Array ? decodeSigningKeyOwner(bound) : owner
  if (!sameAddress(bearer, owner)) throw claimed('signing-key', bearer)
}

/** Deletes the kept keys of chains and gives their signing keys free. May leave the draft incomplete. */
export function dropChains(draft: Draft, distribution: string, chains: readonly SenderKeyChain[]): void {
  for (const chain of chains) {
    if (chain.skipped > 0) dropSenderSkippedKeys(draft, nameOf(distribution, chain))
    draft.delete(signingKeyOwnerKey(chain.signingKey))
  }
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
    wasVerified: known?.level === 'verified',
  })
}

/** Runs a step on the sender key of a distribution id, and wipes what it decoded when all is done. */
export async function transactSenderKey<T>(
  context: Context,
  distribution: string,
  others: readonly RecordKey[],
  step: (draft: Draft, stored: StoredSenderKey | undefined, decoded: SenderKeyState[]) => Outcome<T>,
): Promise<T> {
  const key = senderKeyKey(distribution)
  const decoded: SenderKeyState[] = []
  const wipe = () => {
    for (const state of decoded.splice(0)) wipeSenderKey(state)
  }
  try {
    return await transact<T>(context.store, [key, ...others], (view) => {
      wipe()
      const draft = new Draft(view)
      const record = view.get(key)
      const stored = record === undefined ? undefined : decodeSenderKey(record)
      if (stored !== undefined) decoded.push(stored.state)
      return step(draft, stored, decoded)
    })
  } finally {
    wipe()
  }
}

/** The name of a chain's records. */
export function nameOf(distribution: string, { chainId, signingKey }: SenderKeyChain): SenderChainName {
  return { distribution, chainId, signingKey }
}

function isSender({ sender }: StoredSenderKey, address: CanonicalAddress): boolean {
  return sameAddress(sender, address)
}

/** Whether two addresses are of one device. */
export function sameAddress(a: CanonicalAddress, b: CanonicalAddress): boolean {
  return a.user === b.user && a.device === b.device
}

function noSenderKey({ user, device }: CanonicalAddress, distribution: string): BisikError {
  return new BisikError('no-sender-key', { user, device, distribution })
}

function claimed(what: 'distribution' | 'signing-key', { user, device }: CanonicalAddress): BisikError {
  return new BisikError('sender-key-claimed', { claimed: what, by: { user, device } })
}
