/**
 * Taking lists of devices, moves and stamps that came: of another user, or of this account from another of its devices. What is believed is
 * decided by `protocol/identity/`; whether an account key is, at first contact, by what is known of the user's devices. Contains no
 * cryptography.
 */
import { equalBytes } from '../../bytes.js'
import { type IdentityKey, type IdentityKeyPair, parseIdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { applyAccountMove, applyUserList, type HeldUser, settleAccountMoves } from '../../protocol/identity/account-moves.js'
import type { ListRefusal } from '../../protocol/identity/device-list.js'
import { applyDeviceStamp } from '../../protocol/identity/stamps.js'
import { decideTrust, TRUST_LEVELS, type TrustLevel } from '../../protocol/identity/trust.js'
import { accountKeyKey } from '../../records/device-list-names.js'
import { encodeAccountKey, type UserLists } from '../../records/device-lists-record.js'
import { decodeIdentity } from '../../records/identity-record.js'
import { identityKeyOf } from '../../records/names.js'
import { transact } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, checkAddress } from '../../wire/address.js'
import type { DeviceList } from '../../wire/device-list.js'
import type { AccountMove, DeviceStamp } from '../../wire/device-proofs.js'
import type { Context } from '../frame/context.js'
import { readable } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
import { accountKeyOf, devicesIn, readUserLists } from '../state/device-lists.js'
import { devicesOf, putUserLists } from '../state/identities.js'
import { begun, type DeviceOffer, listedSelf, refused } from './own-list.js'

/** What came. */
export interface GivenList {
  readonly list: DeviceList
  /** If the list is the first under another account key. */
  readonly move: AccountMove | undefined
  /** The user's word that this account key is to be believed. */
  readonly trust: Exclude<TrustLevel, 'first-use'> | undefined
  /** Of this account, for a device that becomes an admin. */
  readonly accountKey: IdentityKeyPair | undefined
}

/** What became of a list. */
export interface AcceptedList {
  readonly user: string
  /** Numbers of devices that may be sent to and heard from now on, and of those that may not be any more. */
  readonly added: readonly number[]
  readonly removed: readonly number[]
  /**
   * Why the list is not in force although something of it was kept. `list-gap`: versions between are missing; until they come it takes
   * devices away and gives none. `moved-twice`: two account keys are claimed, and nothing is sent until the user or a recovery key decides.
   * `list-rolled-back`: it is older than what is held, and told only where that stands.
   */
  readonly refusal: ListRefusal | undefined
}

/** Takes a list, perhaps with a move. See `Devices.accept`. */
export function acceptList(context: Context, given: GivenList): Promise<AcceptedList> {
  const peer = checkAddress({ user: given.list.user, device: given.list.signer })
  return transact<AcceptedList>(context.store, function* (tx) {
    const draft = new Draft(tx)
    const read = yield* readUserLists(draft, peer.user)
    const before = read === undefined || given.trust === undefined ? read : settled(read, given.list)
    const isNew = before === undefined || (given.trust !== undefined && isOtherAccount(before, given))
    const { lists, refusal } = isNew ? yield* begin(context, draft, { peer, given }) : next(before, given)
    const isKept = read !== undefined && isSame(read, lists)
    // The user's word is for a list that is good: whoever hands over another one with that key in it decides nothing.
    if (refusal !== undefined && (isKept || before !== read)) throw refused(peer.user, refusal)
    if (!isKept) yield* putUserLists(draft, { self: context.self, peer }, lists)
    if (given.accountKey !== undefined) keepAccountKey(draft, lists, given.accountKey)
    return { user: peer.user, ...differences(read, lists), refusal }
  })
}

/** Begins to hold this account's list, as another of its devices shows it, and agrees to be on it. See `Devices.offer`. */
export function offerSelf(context: Context, list: DeviceList): Promise<DeviceOffer> {
  const { self, store } = context
  return transact<DeviceOffer>(store, function* (tx) {
    const draft = new Draft(tx)
    const before = yield* readUserLists(draft, self.address.user)
    if (list.user !== self.address.user) throw refused(list.user, 'list-wrong-account')
    if (before === undefined) {
      const lists: UserLists = { held: begun(list), level: 'verified' }
      yield* putUserLists(draft, { self, peer: self.address }, lists)
    } else if (isOtherAccount(before, { list })) throw refused(list.user, 'list-wrong-account')
    return { user: list.user, ...listedSelf(context, list.lineage) }
  })
}

/** Takes a stamp. See `Devices.acceptStamp`. */
export function acceptStamp(context: Context, peer: CanonicalAddress, stamp: DeviceStamp): Promise<void> {
  return transact<void>(context.store, function* (tx) {
    const draft = new Draft(tx)
    const before = yield* readUserLists(draft, peer.user)
    if (before === undefined) throw new BisikError('no-device-list', { user: peer.user })
    const { held: lists, refusal } = applyDeviceStamp(before.held.lists, stamp, context.clock())
    if (refusal !== undefined) throw refused(peer.user, refusal)
    const changed = { ...before, held: { ...before.held, lists } }
    if (lists !== before.held.lists) yield* putUserLists(draft, { self: context.self, peer }, changed)
  })
}

/** What is held, and why it is not what came. */
interface Judged {
  readonly lists: UserLists
  readonly refusal: ListRefusal | undefined
}

/** What the user says of two account keys that are claimed, by the list that is to be believed. */
function settled(before: UserLists, { accountKey }: DeviceList): UserLists {
  const { rival } = before.held
  if (rival === undefined) return before
  const isRivals = equalBytes(accountKeyOf({ held: { ...rival, rival: undefined } }), accountKey)
  return isRivals || equalBytes(accountKeyOf(before), accountKey) ? { ...before, held: settleAccountMoves(before.held, isRivals) } : before
}

function isSame(before: UserLists, { held, level }: UserLists): boolean {
  const { lists, past, rival } = before.held
  return held.lists === lists && held.past === past && held.rival === rival && level === before.level
}

function next(before: UserLists, { list, move, trust }: GivenList): Judged {
  const { held, refusal } = move === undefined ? applyUserList(before.held, list) : applyAccountMove(before.held, move, list)
  // What was compared was another key.
  const isMoved = !equalBytes(accountKeyOf({ held: held as HeldUser }), accountKeyOf(before))
  const level = isMoved && before.level === 'verified' ? 'accepted' : before.level
  return { lists: { held: held as HeldUser, level: trust === undefined || level === 'verified' ? level : trust }, refusal }
}

/** A user of whom no list is held, or who begins anew with another account key, by the user's word. */
function* begin(
  context: Context,
  draft: Draft,
  { peer, given }: { readonly peer: CanonicalAddress; readonly given: GivenList },
): Part<Judged> {
  const { list, trust } = given
  // Of our own account one device shows the list to the other: whoever else hands it over could be anybody.
  if (peer.user === context.self.address.user) throw refused(peer.user, 'list-wrong-account')
  const held = begun(list)
  const level = trust ?? (yield* levelOf(context, draft, { peer, accountKey: list.accountKey }))
  return { lists: { held, level }, refusal: undefined }
}

/** How an account key is believed at first contact: as the device that has it, if the user is known. @throws BisikError `untrusted-identity`. */
function* levelOf(
  { trustPolicy }: Context,
  draft: Draft,
  { peer, accountKey }: { readonly peer: CanonicalAddress; readonly accountKey: IdentityKey },
): Part<TrustLevel> {
  const known = yield* devicesOf(draft, peer)
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...known.map((device) => identityKeyOf({ ...peer, device })))
  const identities = known.flatMap((device, i) => {
    const identity = readable(records[i], decodeIdentity)
    return identity === undefined ? [] : [{ device, ...identity }]
  })
  const same = identities.filter(({ key }) => equalBytes(key, accountKey))
  const [best] = (same.length > 0 ? same : identities).sort((a, b) => TRUST_LEVELS.indexOf(b.level) - TRUST_LEVELS.indexOf(a.level))
  if (decideTrust(trustPolicy, best, accountKey) !== 'untrusted') return best?.level ?? 'first-use'
  throw new BisikError('untrusted-identity', {
    ...peer,
    presented: parseIdentityKey(accountKey),
    known: best === undefined ? undefined : parseIdentityKey(best.key),
    knownDevice: best?.device,
    wasVerified: best?.level === 'verified',
  })
}

function isOtherAccount(before: UserLists, { list, move }: Pick<GivenList, 'list'> & Partial<GivenList>): boolean {
  return move === undefined && !equalBytes(accountKeyOf(before), list.accountKey)
}

function differences(before: UserLists | undefined, after: UserLists): Pick<AcceptedList, 'added' | 'removed'> {
  const [old, now] = [before === undefined ? [] : devicesIn(before), devicesIn(after)]
  const missing = (these: typeof now, those: typeof now): readonly number[] =>
    these.filter((one) => !those.some((other) => isSameDevice(one, other))).map(({ device }) => device)
  return { added: missing(now, old), removed: missing(old, now) }
}

function isSameDevice(a: { device: number; identityKey: IdentityKey }, b: { device: number; identityKey: IdentityKey }): boolean {
  return a.device === b.device && equalBytes(a.identityKey, b.identityKey)
}

/** @throws BisikError `invalid-argument` if it is the key of another account. */
function keepAccountKey(draft: Draft, lists: UserLists, key: IdentityKeyPair): void {
  if (!equalBytes(accountKeyOf(lists), key.publicKey)) {
    throw new BisikError('invalid-argument', { argument: 'accountKey', expected: 'the private key of the account whose list this is' })
  }
  draft.put(accountKeyKey(key.publicKey), encodeAccountKey(key))
}
