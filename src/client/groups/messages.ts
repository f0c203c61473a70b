/**
 * Group messages: encrypted once for all, and decrypted. Each operation is one transaction. Contains no cryptography.
 */
import { type Bytes, equalBytes } from '../../bytes.js'
import { BisikError, isBisikError } from '../../errors.js'
import { commitGroupMessage, type Franked, type GroupMessageContext } from '../../protocol/frank.js'
import {
  type OpenedSenderKeyMessage,
  openSenderKeyMessage,
  sealSenderKeyMessage,
  senderCheckpoints,
} from '../../protocol/groups/messages.js'
import { HMACS_PER_SLICE, MAX_SKIPPED_KEYS } from '../../protocol/limits.js'
import { markOfGroupMessage } from '../../protocol/opened-messages.js'
import { identityKeyOf, type SenderKeyName, senderKeyKey } from '../../records/names.js'
import type { StoredSenderKey } from '../../records/sender-key-record.js'
import { recordKey } from '../../store/record-key.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, sameAddress } from '../../wire/address.js'
import { type Content, parseContent, serializeContent } from '../../wire/content.js'
import type { NamedEnvelope } from '../../wire/envelope.js'
import { COMMITMENT_LENGTH } from '../../wire/frank.js'
import { parseSenderKeyMessage, type SenderKeyMessage } from '../../wire/sender-key-message.js'
import { writeAppRecords } from '../frame/app-records.js'
import type { Checked } from '../frame/arguments.js'
import type { Context } from '../frame/context.js'
import { type HeldCheckpoints, takingJumps } from '../frame/long-jumps.js'
import type { Persist, Received, ReceivedGroupMessage } from '../frame/results.js'
import { checkSealer, describeSeal, type OpenedSeal } from '../sealed/sealed.js'
import { diagnoseGroupMessage } from '../sessions/diagnosis.js'
import { noteUse } from '../sessions/unanswered.js'
import { isOtherFromGroup, noteOpenedFromGroup } from '../state/opened-messages.js'
import { type HeldSenderKey, nameOf, sound, transactSenderKeys } from '../state/sender-keys.js'
import { applySenderKeyChanges, readSenderSkippedKey } from '../state/skipped-keys.js'

import { checkOwner, type GroupScope, noSenderKey, ours } from './distributions.js'

/** Encrypts for all who have our distribution. See `Group.encrypt`. */
export async function encryptForGroup(context: Context, distribution: string, sending: SendingToGroup): Promise<NamedEnvelope> {
  return transactSenderKeys<NamedEnvelope>(context, (draft, keys) => encryptStep({ context, draft, keys }, distribution, sending))
}

/** What is encrypted for a group, and what of it its envelope commits to. */
interface SendingToGroup {
  readonly plaintext: Uint8Array
  readonly franked?: Franked | undefined
  readonly persist: Persist<NamedEnvelope> | undefined
}

/** Encrypts a content for all who have our distribution, and commits to it. See `Group.encryptContent`. */
export async function encryptContentForGroup(
  context: Context,
  distribution: string,
  { application, persist }: { readonly application: Bytes; readonly persist: Persist<NamedEnvelope> | undefined },
): Promise<NamedEnvelope> {
  const franked = { frank: { key: context.random(COMMITMENT_LENGTH) }, application, sentAt: context.clock() }
  return encryptForGroup(context, distribution, { plaintext: serializeContent(franked), franked, persist })
}

function* encryptStep(
  { context, draft, keys }: GroupScope,
  distribution: string,
  { plaintext, franked, persist }: SendingToGroup,
): Part<NamedEnvelope> {
  const name = ours(context, distribution)
  const stored = usable(yield* keys.read(name), name)
  draft.noteSent()
  const sealed = sealSenderKeyMessage(stored.state, distribution, plaintext, context.random)
  if (sealed === undefined) throw noSenderKey(name.sender, distribution)
  keys.put(distribution, { ...stored, state: keys.own(sealed.state) })
  const envelope: NamedEnvelope = { kind: 'sender-key', sender: name.sender, body: sealed.body, ...commitmentOf(franked, stored, name) }
  yield* writeAppRecords(draft, persist, envelope)
  return envelope
}

/** The commitment to what is sent next on a sender key, if there is to be one. */
function commitmentOf(
  franked: Franked | undefined,
  { state, identity }: StoredSenderKey,
  name: SenderKeyName,
): { readonly commitment?: Bytes } {
  const [chain] = state.chains
  if (franked === undefined || chain === undefined) return {}
  return { commitment: commitGroupMessage(franked, { ...name, identity, iteration: chain.iteration }) }
}

/** How to decrypt a group message. */
interface GroupDecryptOptions {
  readonly persist: Persist<Received> | undefined
  readonly seal?: OpenedSeal | undefined
}

/** Decrypts a group message. See `Client.decrypt`. */
export async function decryptFromGroup(
  context: Context,
  { sender, body, commitment }: Checked<NamedEnvelope>,
  { persist, seal }: GroupDecryptOptions,
): Promise<ReceivedGroupMessage> {
  const message = parseSenderKeyMessage(body)
  const checkpoints = context.checkpoints.hold()
  const mark = markingOf(message)
  // Of the run that is committed, which is the last one.
  let behind: readonly string[] = []
  const onOpened = (name: SenderKeyName, { changes }: OpenedSenderKeyMessage): void => {
    behind = changes.keep.seeds.length === 0 ? [] : [senderCheckpoints(ownerName(name), changes.chain)]
  }
  try {
    const received = await transactSenderKeys<ReceivedGroupMessage>(context, (draft, keys) =>
      decryptStep({ context, draft, keys }, { sender, message, commitment, mark }, { persist, seal, checkpoints, onOpened }),
    )
    context.checkpoints.forget(behind)
    return received
  } catch (error) {
    throw context.told.once(diagnoseGroupMessage(error, sender, message), mark)
  } finally {
    checkpoints.release()
  }
}

/** By what a message is known again; computed once. */
function markingOf(message: SenderKeyMessage): () => Bytes {
  let mark: Bytes | undefined
  return () => (mark ??= markOfGroupMessage(message))
}

/** A message from a group, and by what it is known again. */
interface FromGroup {
  readonly sender: CanonicalAddress
  readonly message: SenderKeyMessage
  /** Of its envelope. */
  readonly commitment: Bytes | undefined
  readonly mark: () => Bytes
}

function* decryptStep(
  scope: GroupScope,
  { sender, message, commitment, mark }: FromGroup,
  options: GroupDecryptOptions & {
    readonly checkpoints: HeldCheckpoints
    readonly onOpened: (name: SenderKeyName, opened: OpenedSenderKeyMessage) => void
  },
): Part<ReceivedGroupMessage> {
  const { context, draft, keys } = scope
  const { persist, seal, checkpoints, onOpened } = options
  const name = { sender, distribution: message.distribution }
  yield* draft.read(senderKeyKey(name), identityKeyOf(sender))
  const stored = usable(yield* keys.read(name), name)
  checkSealer(seal, stored.identity)
  const owner = sameAddress(sender, context.self.address) ? undefined : yield* checkOwner(scope, stored)
  const opened = yield* open(scope, stored, { message, mark, checkpoints })
  checkCommitment(commitment, opened.plaintext, { ...name, identity: stored.identity, iteration: message.iteration })
  onOpened(name, opened)
  const marked = { ...stored, opened: noteOpenedFromGroup(draft, name, { opened: stored.opened, mark: mark() }) }
  yield* keepOpened(scope, marked, { distribution: message.distribution, opened })
  if (owner?.unansweredSince !== undefined) yield* noteUse({ context, draft, peer: sender }, owner)
  const result = receivedOf(name, stored, { plaintext: opened.plaintext, committed: commitment !== undefined, seal })
  yield* writeAppRecords(draft, persist, result)
  return result
}

function receivedOf(
  { sender, distribution }: SenderKeyName,
  { identity }: StoredSenderKey,
  { plaintext, committed, seal }: { readonly plaintext: Bytes; readonly committed: boolean; readonly seal: OpenedSeal | undefined },
): ReceivedGroupMessage {
  const kind = 'group-message'
  return { kind, sender, identity, plaintext, distribution, committed, sealed: seal !== undefined, seal: describeSeal(seal), notices: [] }
}

/**
 * Refuses a content that is not the one that its sender committed to. A plaintext that is no content fits no commitment.
 *
 * @throws BisikError `frank-mismatch`.
 */
function checkCommitment(commitment: Bytes | undefined, plaintext: Bytes, of: GroupMessageContext): void {
  if (commitment === undefined) return
  const { frank, application, sentAt } = contentIn(plaintext)
  const fits = frank !== undefined && equalBytes(commitGroupMessage({ frank, application, sentAt }, of), commitment)
  if (!fits) throw new BisikError('frank-mismatch', { what: 'commitment' })
}

function contentIn(plaintext: Bytes): Content {
  try {
    return parseContent(plaintext)
  } catch (error) {
    if (isBisikError(error, 'internal')) throw error
    return {}
  }
}

/** A sender key to open with. @throws BisikError `no-sender-key`, `corrupt-record`: its owner can hand it out again. */
function usable(held: HeldSenderKey, { sender, distribution }: SenderKeyName): StoredSenderKey {
  const stored = sound(held)
  if (stored === undefined) throw noSenderKey(sender, distribution)
  return stored
}

function* open(
  { draft, keys }: GroupScope,
  stored: StoredSenderKey,
  { message, mark, checkpoints }: Pick<FromGroup, 'message' | 'mark'> & { readonly checkpoints: HeldCheckpoints },
): Part<OpenedSenderKeyMessage> {
  const { sender } = stored
  const { distribution } = message
  const opening = openSenderKeyMessage(stored.state, message, {
    skippedKey: (chain, iteration) => readSenderSkippedKey(draft, nameOf(distribution, stored, chain), iteration),
    owner: ownerName({ sender, distribution }),
    checkpoints: { get: checkpoints.get, budget: { hmacs: HMACS_PER_SLICE } },
  })
  const opened = yield* judging(takingJumps(draft, opening, { checkpoints, isMadeUp: false }), () =>
    isOtherFromGroup(draft, { sender, distribution }, { opened: stored.opened, mark: mark() }),
  )
  if (opened.kind === 'no-key') throw noSenderKey(sender, distribution, opened.first)
  keys.own(opened.state)
  return opened
}

/** Opens a message. If its place is used up, the refusal says whether by another one. */
function* judging<T>(opening: Part<T>, isOther: () => Part<boolean>): Part<T> {
  try {
    return yield* opening
  } catch (error) {
    if (!isBisikError(error, 'duplicate-message')) throw error
    const { counter, unread } = error.details
    if (unread === true) throw error
    const differs = yield* isOther()
    throw new BisikError('duplicate-message', differs ? { counter, differs } : { counter })
  }
}

/** Whose chains checkpoints go along. */
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
