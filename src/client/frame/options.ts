/**
 * What a caller may say when it opens a client or asks something of one, and the check of the settings. Knows no operation and keeps
 * nothing.
 */

import { booleanArgument, type Checks, fieldsArgument, functionArgument, listArgument, objectArgument } from '../../arguments.js'
import { parseEcPublicKey } from '../../crypto/keys.js'
import {
  type Clock,
  checkedClock,
  checkedRandom,
  type EpochMillis,
  type RandomSource,
  systemClock,
  systemRandom,
  timeArgument,
} from '../../env.js'
import type { TrustPolicy } from '../../protocol/identity/trust.js'
import type { TrustRoot } from '../../protocol/sealed/certificates.js'
import type { SessionKind } from '../../protocol/session/session.js'
import { type KeyStore, storeArgument } from '../../store/key-store.js'
import { type CanonicalAddress, checkAnyAddress, checkUser, type DeviceAddress } from '../../wire/address.js'
import type { Envelope } from '../../wire/envelope.js'
import type { PreKeyBundle } from '../../wire/pre-key-bundle.js'
import type { ContentHint } from '../../wire/sealed-message.js'
import { type Anchor, anchorArgument, Guard } from './anchor.js'
import { bytesCopy, envelopeCopy, groupIdCopy, hintArgument, kindsArgument, policyArgument, type WeakerKind } from './arguments.js'
import type { Allowance, Context } from './context.js'
import { type ClientLimits, clientLimits } from './limits.js'
import type { DeviceDifferences, Incoming, Persist, Received, SentToUser } from './results.js'

/** How to create or open a client. */
export interface ClientOptions {
  /** Where keys live; it must keep its contract (see `KeyStore`). One store holds one account. */
  readonly store: KeyStore
  /**
   * Who this device is. Default for a new account: a random UUID, device 1. Names that are UUIDs are bound under the MAC of first
   * messages; other names work without that binding.
   */
  readonly address?: DeviceAddress
  /** Default `first-use`: a device seen for the first time is believed, and any later change of its key is refused until accepted. */
  readonly trustPolicy?: TrustPolicy
  /**
   * Kinds of session that are weaker than the Triple Ratchet and accepted all the same. Default none: every message key has
   * post-quantum protection, as libsignal 0.92 and later demand. `'pqxdh'`: the post-quantum ratchet is offered, and a peer that does
   * not have it is followed. `'x3dh'`: peers without any post-quantum protection. A session never takes the place of a stronger one
   * by this; that needs `allow` in the call itself.
   */
  readonly allow?: readonly WeakerKind[]
  /**
   * Public keys (33 bytes) whose word for the sender of a sealed message is taken: the relay's, pinned by the app. Default none, and
   * every sealed message is refused.
   */
  readonly trustRoots?: readonly Uint8Array[]
  /**
   * A counter outside of the store, by which a restored backup is recognized: see {@link Anchor}. Once given, it must always be, or what was
   * sent without it is unknown to it. Each operation that sends then commits once more and calls it, and those at the same moment together.
   */
  readonly anchor?: Anchor
  /** Limits that differ from the defaults: see {@link ClientLimits}. */
  readonly limits?: Partial<ClientLimits>
  /** Default: `crypto.getRandomValues`. */
  readonly random?: RandomSource
  /** Default: the runtime's clock. */
  readonly clock?: Clock
}

/** Options of one `encrypt`. */
export interface EncryptOptions {
  /**
   * Records that join the commit. Synchronous, and may be called more than once; only the last call's records are written. Store the
   * envelope here and send it from there: after a crash the same bytes are sent again and nothing is lost.
   */
  readonly persist?: Persist<Envelope>
}

/** What goes with sealing a message. */
export interface SealOptions {
  /** What the sender says about a message that does not open; default `'default'`: it will not be sent again. */
  readonly contentHint?: ContentHint
  /** The group that the recipient tells about a message that does not open. */
  readonly groupId?: Uint8Array
}

/** Options of one `encrypt` for a device. */
export interface EncryptToOptions extends EncryptOptions, SealOptions {
  /** This device's sender certificate, from the relay: nobody but the recipient learns who sent the message. */
  readonly seal?: Uint8Array | undefined
}

/** Options of one `encryptToUser`. */
export interface ToUserOptions extends EncryptToOptions {
  /** Asks the relay for a device's bundle: called for those with which there is no session. Without it they are not reached. */
  readonly fetchBundle?: (address: DeviceAddress) => Promise<PreKeyBundle>
  /** As in {@link StartOptions}, for sessions that are begun. */
  readonly allow?: readonly WeakerKind[]
  /** What an earlier call for the same message gave, if the relay answered with differences: what still holds of it is not encrypted again. */
  readonly sent?: Pick<SentToUser, 'envelopes'>
  /** What the relay said to `sent`. */
  readonly differences?: DeviceDifferences
}

/** Options of one `decrypt`. */
export interface DecryptOptions {
  /** Overrides the client's trust roots for this message. */
  readonly trustRoots?: readonly Uint8Array[]
  /**
   * When the message reached the relay, as the relay says: the sender's certificate is judged by that time, so that a message that waited
   * longer than certificates live still opens. Default now. Pass it on only from whoever issues the certificates: whoever else sets it
   * could make an expired one valid.
   */
  readonly receivedAt?: EpochMillis | undefined
  /** Records that join the commit, as in {@link EncryptOptions}: without them, a crash after the commit loses the plaintext. */
  readonly persist?: Persist<Received>
  /** Overrides the client's `allow` for this message, and lets its session replace a stronger one. */
  readonly allow?: readonly WeakerKind[]
}

/** Options of one `decryptContent`. */
export interface DecryptContentOptions extends Omit<DecryptOptions, 'persist'> {
  /** Records that join the commit, as in {@link DecryptOptions}; also of a request that goes out. */
  readonly persist?: Persist<Incoming>
  /** This device's sender certificate: a request goes out under a seal, which says who asks to nobody else and proves it. */
  readonly seal?: Uint8Array | undefined
  /**
   * Whether a sender that is not known here is asked too, 64 of them an hour. It tells whoever wrote that this device is there, so say yes
   * for people the user knows, or when this installation may have lost what the one before it knew. Default no.
   */
  readonly askStrangers?: boolean
}

/** Options of one `answerRetry`. */
export interface AnswerOptions extends SealOptions {
  /** Records that join the commit, as in {@link EncryptOptions}. */
  readonly persist?: Persist<readonly Envelope[]>
  /** As in {@link EncryptToOptions}. */
  readonly seal?: Uint8Array | undefined
}

/** Options of one `startSession`. */
export interface StartOptions {
  /** Overrides the client's `allow` for this session, and lets it replace a stronger one. */
  readonly allow?: readonly WeakerKind[]
}

/** Options of one `sealForMany`. */
export interface SealForManyOptions extends SealOptions {
  /** As in {@link EncryptToOptions}. */
  readonly seal: Uint8Array
  /** Users whom the relay would expect among the recipients, and who are not to get it. */
  readonly excluded?: readonly string[]
}

/** Devices in one answer of the relay, and envelopes of one message: of two users, at most. */
const MAX_DIFFERENCES = 256

/** Takes options, each read once: checked, and bytes copied. */
type Take<T> = (options: T) => T

function taking<T extends object>(checks: Checks<T>): Take<T> {
  return (options) => fieldsArgument(options, 'options', checks)
}

const SEALING: Checks<SealOptions & { readonly seal?: Uint8Array | undefined }> = {
  seal: bytesCopy,
  contentHint: hintArgument,
  groupId: groupIdCopy,
}
const DECRYPTING: Checks<Omit<DecryptOptions, 'persist'>> = {
  trustRoots: trustRootsArgument,
  receivedAt: timeArgument,
  allow: kindsArgument,
}

export const encryptOptions: Take<EncryptOptions> = taking<EncryptOptions>({ persist: functionArgument })
export const encryptToOptions: Take<EncryptToOptions> = taking<EncryptToOptions>({ ...SEALING, persist: functionArgument })
const devicesArgument = (list: readonly DeviceAddress[], name: string): readonly CanonicalAddress[] =>
  listArgument(list, name, MAX_DIFFERENCES).map(checkAnyAddress)
const DIFFERENCES: Checks<DeviceDifferences> = { missing: devicesArgument, extra: devicesArgument, stale: devicesArgument }

export const toUserOptions: Take<ToUserOptions> = taking<ToUserOptions>({
  ...SEALING,
  persist: functionArgument,
  fetchBundle: functionArgument,
  allow: kindsArgument,
  sent: (sent, name) => objectArgument(sent, name, sentCopy),
  differences: (differences, name) => fieldsArgument(differences, name, DIFFERENCES),
})

function sentCopy({ envelopes }: Pick<SentToUser, 'envelopes'>): Pick<SentToUser, 'envelopes'> {
  const copied = listArgument(envelopes, 'envelopes', MAX_DIFFERENCES).map((one) =>
    objectArgument(one, 'envelopes', ({ to, envelope }) => ({ to: checkAnyAddress(to), envelope: envelopeCopy(envelope) })),
  )
  return { envelopes: copied }
}

export const answerOptions: Take<AnswerOptions> = taking<AnswerOptions>({ ...SEALING, persist: functionArgument })
export const decryptOptions: Take<DecryptOptions> = taking<DecryptOptions>({ ...DECRYPTING, persist: functionArgument })
export const decryptContentOptions: Take<DecryptContentOptions> = taking<DecryptContentOptions>({
  ...DECRYPTING,
  persist: functionArgument,
  seal: bytesCopy,
  askStrangers: booleanArgument,
})
export const startOptions: Take<StartOptions> = taking<StartOptions>({ allow: kindsArgument })
export const sealForManyOptions: Take<SealForManyOptions> = taking<SealForManyOptions>({
  ...SEALING,
  seal: bytesCopy,
  excluded: (users, name) => [...new Set(listArgument(users, name).map(checkUser))],
})
/** The `persist` of an operation that has no other option. */
export function persistOf<Output>(options: { readonly persist?: Persist<Output> }): typeof options.persist {
  return fieldsArgument(options, 'options', { persist: functionArgument }).persist
}

const clientOptions: Take<ClientOptions> = taking<ClientOptions>({
  store: storeArgument,
  address: checkAnyAddress,
  trustPolicy: policyArgument,
  allow: kindsArgument,
  trustRoots: trustRootsArgument,
  anchor: anchorArgument,
  limits: clientLimits,
  random: checkedRandom,
  clock: checkedClock,
})

/** {@link ClientOptions}, checked, with the defaults in place. */
export type Settings = Pick<Context, 'store' | 'random' | 'clock' | 'trustPolicy' | 'limits' | 'guard'> & {
  readonly address: CanonicalAddress | undefined
  readonly allow: readonly SessionKind[]
  readonly trustRoots: readonly TrustRoot[]
}

export function settingsOf(options: ClientOptions): Settings {
  const { store, address, trustPolicy, allow, trustRoots, anchor, limits, random, clock } = clientOptions(options)
  return {
    store: storeArgument(store),
    address: address as CanonicalAddress | undefined,
    trustPolicy: trustPolicy ?? 'first-use',
    allow: allow ?? [],
    trustRoots: (trustRoots ?? []) as readonly TrustRoot[],
    limits: clientLimits(limits),
    guard: anchor === undefined ? undefined : new Guard(storeArgument(store), anchor),
    random: random ?? systemRandom,
    clock: clock ?? systemClock,
  }
}

function trustRootsArgument(roots: readonly Uint8Array[], argument = 'trustRoots'): readonly TrustRoot[] {
  return listArgument(roots, argument).map((root) => parseEcPublicKey(bytesCopy(root, argument)))
}

export function allowance(allow: readonly SessionKind[], explicit: boolean): Allowance {
  return { kinds: new Set<SessionKind>(['triple', ...allow]), explicit }
}
