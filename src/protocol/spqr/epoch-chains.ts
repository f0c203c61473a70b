/**
 * The hash chains of the sparse post-quantum ratchet: per epoch one for sending and one for receiving, each giving one message key
 * a step. Knows neither the braid that makes the epoch secrets nor where keys of skipped messages are kept.
 */
import { concatBytes, copyBytes, utf8 } from '../../bytes.js'
import { expandSecret, extractSecret, hkdfSecrets } from '../../crypto/kdf.js'
import type { Secret } from '../../crypto/secret.js'
import { BisikError } from '../../errors.js'
import {
  askForCheckpoints,
  type KnownCheckpoints,
  type NearestKeys,
  nearestKeys,
  type Opening,
  type Position,
  type Step,
  wipeSteps,
} from '../checkpoints.js'
import type { EpochSecret } from './authenticator.js'

/** The side that we are: `A2B` the initiator of the session, `B2A` its recipient. */
export type ChainDirection = 'A2B' | 'B2A'

/** How far the receiving chains go. Local policy, but libsignal keeps it in its records. */
export interface ChainLimits {
  /** Furthest jump accepted, in messages. */
  readonly maxForwardJump: number
  /** Width of the window, in messages behind the newest, in which keys of skipped messages are kept. */
  readonly maxSkippedKeys: number
}

/** A place in a chain: the key that follows, and the index of the last message key derived, 0 for none. */
export type ChainPosition = Position<'EpochChainKey'>

type EpochStep = Step<'EpochChainKey'>

/** A chain that the peer sends with. */
export interface EpochReceivingChain extends ChainPosition {
  /** Highest index whose key was ever put aside, 0 for none: above it, a message received before is known without a read. */
  readonly lastSkipped: number
}

/** The two chains of an epoch. `sending.key` is gone once we send with a later epoch. */
export interface EpochLink {
  readonly sending: { readonly counter: number; readonly key: Secret<'EpochChainKey'> | undefined }
  readonly receiving: EpochReceivingChain
}

/** All chains that are kept. Never changed in place. */
export interface EpochChains {
  readonly direction: ChainDirection
  readonly limits: ChainLimits
  /** Epoch of the last link; the links before it belong to the epochs before it, without a gap. */
  readonly currentEpoch: number
  /** Epoch that we last sent with. */
  readonly sendEpoch: number
  readonly nextRoot: Secret<'EpochRootKey'>
  readonly links: readonly EpochLink[]
}

/** The place of a message key: chain epoch (one less than the braid's epoch in the message) and index, from 1. */
export interface KeyPosition {
  readonly epoch: number
  readonly index: number
}

/** Keys put aside that can never be used again: indices `from` (included) to `to` (excluded). */
export interface KeyRange {
  readonly epoch: number
  readonly from: number
  readonly to: number
  /** Whether the chain has none left then, until it keeps others: those of the same changes are kept after this. */
  readonly all: boolean
}

/** What is to be done to the keys that the caller keeps; in the same commit as the new state, or not at all. */
export interface EpochKeyChanges {
  /** Keys to keep, of the indices `from`, `from + 1`, …; of the indices above `lastSkipped` none has been kept before. */
  readonly keep:
    | {
        readonly epoch: number
        readonly lastSkipped: number
        readonly from: number
        readonly keys: readonly Secret<'PqMessageKey'>[]
      }
    | undefined
  /** A kept key that was used. */
  readonly used: KeyPosition | undefined
  /** Kept keys that go. Some of them may never have existed. */
  readonly drop: readonly KeyRange[]
}

/** What a receiving step needs from outside the state. */
export interface EpochKeyOptions<N> {
  /** Reads a skipped key: `undefined` if it is not kept. */
  readonly skippedKey: (position: KeyPosition) => Generator<N, Secret<'PqMessageKey'> | undefined, void>
  /** The session that the chains are of, in the names of checkpoints. */
  readonly session: string
  readonly checkpoints: KnownCheckpoints
}

/** The name by which checkpoints along the receiving chain of an epoch are known. Spec: none, ours. */
export function epochCheckpoints(session: string, epoch: number): string {
  return `epoch/${session}/${epoch}`
}

/** A message key not yet proven right. */
export interface EpochKeyStep {
  readonly key: Secret<'PqMessageKey'>
  /** Computes what to store; only after the message authenticated. Keys of skipped messages are derived here. */
  commit(): { readonly chains: EpochChains; readonly changes: EpochKeyChanges }
  /** Wipes what the step derived; when the message did not authenticate. */
  discard(): void
}

/** Of a message that used no kept key and skipped none. */
export const NO_CHANGES: EpochKeyChanges = { keep: undefined, used: undefined, drop: [] }

// Two spaces in "Chain  Start", as the reference implementation has it.
const START_LABEL = utf8('Signal PQ Ratchet V1 Chain  Start')
const ADD_EPOCH_LABEL = utf8('Signal PQ Ratchet V1 Chain Add Epoch')
/** Four bytes for the index of the step, then the text. */
const STEP_LABEL = concatBytes(new Uint8Array(4), utf8('Signal PQ Ratchet V1 Chain Next'))
const LINK_KINDS = ['EpochRootKey', 'EpochChainKey', 'EpochChainKey'] as const
const STEP_KINDS = ['EpochChainKey', 'PqMessageKey'] as const
/** What a step without its message key costs. */
export const HMACS_PER_EPOCH_STEP = 2

/** Starts the chains of epoch 0. Spec: SPQR, "Symmetric chains", "start"; differs: none. */
export function startChains(authKey: Secret<'PqAuthKey'>, direction: ChainDirection, limits: ChainLimits): EpochChains {
  const derived = hkdfSecrets({ input: [authKey], info: START_LABEL, kinds: LINK_KINDS })
  return { direction, limits, currentEpoch: 0, sendEpoch: 0, nextRoot: derived[0], links: [linkOf(derived, direction)] }
}

/**
 * Adds the chains of the next epoch.
 *
 * Spec: SPQR, "Symmetric chains", "addEpoch"; differs: none.
 *
 * @throws BisikError `internal` if `secret` is not that of the epoch after the current one: the braid cannot yield it.
 */
export function addEpoch(chains: EpochChains, { epoch, secret }: EpochSecret): EpochChains {
  if (epoch !== chains.currentEpoch + 1) throw new BisikError('internal', { reason: 'an epoch secret out of turn' })
  const derived = hkdfSecrets({ salt: chains.nextRoot, input: [secret], info: ADD_EPOCH_LABEL, kinds: LINK_KINDS })
  return { ...chains, currentEpoch: epoch, nextRoot: derived[0], links: [...chains.links, linkOf(derived, chains.direction)] }
}

function linkOf(derived: readonly [unknown, Secret<'EpochChainKey'>, Secret<'EpochChainKey'>], direction: ChainDirection): EpochLink {
  const [, a2b, b2a] = derived
  const [sending, receiving] = direction === 'A2B' ? [a2b, b2a] : [b2a, a2b]
  return { sending: { counter: 0, key: sending }, receiving: { counter: 0, key: receiving, lastSkipped: 0 } }
}

/**
 * Takes the next sending key of an epoch.
 *
 * Spec: SPQR, "sendKey"; differs: none. Old epochs go here and only here: after the first message with epoch e, those before e - 1
 * are dropped, and what they had left undelivered cannot be read any more.
 *
 * @param epoch - not below `sendEpoch`.
 * @returns `index` from 1, and the kept keys that went with dropped epochs.
 */
export function sendKey(
  chains: EpochChains,
  epoch: number,
): { readonly chains: EpochChains; readonly index: number; readonly key: Secret<'PqMessageKey'>; readonly drop: readonly KeyRange[] } {
  const place = placeOf(chains, epoch)
  const link = chains.links[place]
  if (epoch < chains.sendEpoch || link?.sending.key === undefined) throw new BisikError('internal', { reason: 'no chain to send with' })
  const { position, key } = stepWithKey({ counter: link.sending.counter, key: link.sending.key })
  const kept = Math.max(0, place - 1)
  const oldest = epoch - place
  const links = chains.links.map((old, i) => (i < place ? { ...old, sending: { ...old.sending, key: undefined } } : old))
  links[place] = { sending: position, receiving: link.receiving }
  const { direction, limits, currentEpoch, nextRoot } = chains
  return {
    chains: { direction, limits, currentEpoch, sendEpoch: epoch, nextRoot, links: kept === 0 ? links : links.slice(kept) },
    index: position.counter,
    key,
    drop: chains.links.slice(0, kept).flatMap((old, i) => keptRange(chains, oldest + i, old.receiving)),
  }
}

/**
 * Finds the key of a received message and prepares the chains after it, changing nothing.
 *
 * Spec: SPQR, "recvKey"; differs: keys of skipped messages are derived only in `commit()`, after the message authenticated; long
 * jumps are taken in slices; the window is exact (the reference implementation collects its garbage a little later).
 *
 * @throws BisikError `too-far-ahead` if the index is beyond what is allowed; `duplicate-message` if the key was used;
 *         `authentication-failed` if the epoch is not reached yet, or the epoch or the key too old to be kept.
 */
export function* receiveKey<N>(chains: EpochChains, position: KeyPosition, options: EpochKeyOptions<N>): Opening<N, EpochKeyStep> {
  const { epoch, index } = position
  const link = chains.links[placeOf(chains, epoch)]
  if (link === undefined) throw new BisikError('authentication-failed', {})
  const { counter } = link.receiving
  if (index <= counter) return yield* stepWithSkippedKey(chains, link.receiving, { position, skippedKey: options.skippedKey })
  if (index - counter > chains.limits.maxForwardJump) throw new BisikError('too-far-ahead', { counter: index, expected: counter })
  const name = (): string => epochCheckpoints(options.session, epoch)
  const chain = { name, from: link.receiving, advance: advanceEpochChain, hmacsPerStep: HMACS_PER_EPOCH_STEP }
  const way = nearestKeys(chain, index - 1, options.checkpoints) ?? (yield* askForCheckpoints(chain, index - 1, false))
  return stepAhead(chains, link, { position, way })
}

/** All keys that are put aside, as ranges. */
export function allKeptKeys(chains: EpochChains): readonly KeyRange[] {
  const oldest = chains.currentEpoch - chains.links.length + 1
  return chains.links.flatMap((link, i) => keptRange(chains, oldest + i, link.receiving))
}

/** The chain that the peer sends with in an epoch, if it is still kept. */
export function receivingChainOf(chains: EpochChains, epoch: number): EpochReceivingChain | undefined {
  return chains.links[placeOf(chains, epoch)]?.receiving
}

/** Whether the chains of an epoch are still kept. */
export function holdsEpoch(chains: EpochChains, epoch: number): boolean {
  return chains.links[placeOf(chains, epoch)] !== undefined
}

/** Adds the secrets of chains, if there are any, to a list. Every message asks: a loop is several times as fast as lists of lists. */
export function secretsOfChains(chains: EpochChains | undefined, secrets: Secret<string>[] = []): Secret<string>[] {
  if (chains === undefined) return secrets
  secrets.push(chains.nextRoot)
  for (const { sending, receiving } of chains.links) {
    if (sending.key !== undefined) secrets.push(sending.key)
    secrets.push(receiving.key)
  }
  return secrets
}

/** Wipes chains, but for the secrets that are kept: what lies between two states is of neither. */
export function wipeChains(chains: EpochChains, kept: readonly Secret<string>[]): void {
  for (const secret of secretsOfChains(chains)) if (!kept.includes(secret)) secret.wipe()
}

function* stepWithSkippedKey<N>(
  chains: EpochChains,
  chain: EpochReceivingChain,
  { position, skippedKey }: Pick<EpochKeyOptions<N>, 'skippedKey'> & { readonly position: KeyPosition },
): Opening<N, EpochKeyStep> {
  const { index } = position
  if (index < windowStart(chains, chain.counter)) throw new BisikError('authentication-failed', {})
  const key = index > chain.lastSkipped ? undefined : yield* skippedKey(position)
  if (key === undefined) throw new BisikError('duplicate-message', { counter: index })
  return { key, commit: () => ({ chains, changes: { ...NO_CHANGES, used: position } }), discard: () => key.wipe() }
}

function stepAhead(
  chains: EpochChains,
  link: EpochLink,
  { position: { epoch, index }, way }: { readonly position: KeyPosition; readonly way: NearestKeys<'EpochChainKey'> },
): EpochKeyStep {
  const chain = link.receiving
  const near = way.nearest(index - 1)
  // They stay until it is known whether the message is authentic, so that none is taken twice.
  const taken: EpochStep[] = []
  const before = advanceEpochChain(near, index - 1 - near.counter, taken)
  const { position, key } = stepWithKey(before)
  if (before !== near) before.key.wipe()
  return {
    key,
    commit: () => {
      const from = Math.max(chain.counter + 1, windowStart(chains, index))
      const stepTo = (counter: number) => taken[counter - 1 - near.counter] ?? way.step(counter)
      const keys = from < index ? keysBetween(way, stepTo, from, index) : []
      wipeSteps(taken)
      const keep = keys.length === 0 ? undefined : { epoch, lastSkipped: chain.lastSkipped, from, keys }
      const lastSkipped = keep === undefined ? chain.lastSkipped : index - 1
      const receiving = { counter: position.counter, key: position.key, lastSkipped }
      const place = placeOf(chains, epoch)
      const links = chains.links.map((old, i) => (i === place ? { sending: link.sending, receiving } : old))
      const { direction, limits, currentEpoch, sendEpoch, nextRoot } = chains
      return {
        chains: { direction, limits, currentEpoch, sendEpoch, nextRoot, links },
        changes: { keep, used: undefined, drop: keptRange(chains, epoch, chain, windowStart(chains, index)) },
      }
    },
    discard: () => {
      wipeSteps(taken)
      key.wipe()
      position.key.wipe()
    },
  }
}

/** Keys of the indices `from` to `to` (excluded): those behind the first step that is known come from known steps. */
function keysBetween(
  way: NearestKeys<'EpochChainKey'>,
  stepTo: (counter: number) => EpochStep | undefined,
  from: number,
  to: number,
): Secret<'PqMessageKey'>[] {
  let known = from
  while (known < to && stepTo(known) === undefined) known++
  const derivedAgain: EpochStep[] = []
  const start = way.nearest(from - 1)
  if (from < known) advanceEpochChain(start, known - 1 - start.counter, derivedAgain).key.wipe()
  const keys: Secret<'PqMessageKey'>[] = []
  for (let index = from; index < to; index++) {
    const step = index < known ? derivedAgain[index - 1 - start.counter] : stepTo(index)
    if (step === undefined) throw new BisikError('internal', { reason: 'a step of a chain is missing' })
    keys.push(expandSecret(step.extracted, { before: step.next, info: stepLabel(index), place: 2 }, 'PqMessageKey'))
  }
  wipeSteps(derivedAgain)
  return keys
}

/** Lowest index whose key may be kept when `counter` is the last index derived. */
function windowStart(chains: EpochChains, counter: number): number {
  return Math.max(1, counter - chains.limits.maxSkippedKeys)
}

/** The kept keys of a chain below `to`, by default all: at most one range, none if none can exist. */
function keptRange(chains: EpochChains, epoch: number, chain: EpochReceivingChain, to = Number.POSITIVE_INFINITY): KeyRange[] {
  const from = windowStart(chains, chain.counter)
  const end = Math.min(to, chain.lastSkipped + 1)
  return from < end ? [{ epoch, from, to: end, all: end > chain.lastSkipped }] : []
}

function placeOf(chains: EpochChains, epoch: number): number {
  return chains.links.length - 1 - (chains.currentEpoch - epoch)
}

/** One step of a chain. Spec: SPQR, "Symmetric chains", "step"; differs: none. */
function stepWithKey({ counter, key: current }: ChainPosition): { position: ChainPosition; key: Secret<'PqMessageKey'> } {
  const [following, key] = hkdfSecrets({ input: [current], info: stepLabel(counter + 1), kinds: STEP_KINDS })
  return { position: { counter: counter + 1, key: following }, key }
}

/**
 * Advances a chain without deriving message keys: two HMACs a step, since the first 32 bytes of an HKDF output do not depend on how
 * many follow.
 *
 * Spec: SPQR, "Symmetric chains", "step"; differs: none.
 *
 * @param start - not modified.
 * @param taken - receives the steps, from which their message keys come at one HMAC each; the caller wipes them.
 * @returns the chain after `steps` steps; for 0 steps `start` itself.
 */
export function advanceEpochChain(start: ChainPosition, steps: number, taken: EpochStep[]): ChainPosition {
  let key = start.key
  for (let i = 1; i <= steps; i++) {
    const extracted = extractSecret(key, 'StepKey')
    key = expandSecret(extracted, { info: stepLabel(start.counter + i), place: 1 }, 'EpochChainKey')
    taken.push({ extracted, next: key })
  }
  // The last step's key is the caller's to wipe with its step, whatever becomes of the chain.
  return steps === 0 ? start : { counter: start.counter + steps, key: key.clone() }
}

function stepLabel(index: number): Uint8Array {
  const label = copyBytes(STEP_LABEL)
  label[0] = index >>> 24
  label[1] = index >>> 16
  label[2] = index >>> 8
  label[3] = index
  return label
}
