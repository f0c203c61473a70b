/**
 * Safety numbers of one client: making them without holding up everything else, comparing them, and remembering what the user makes of a
 * key. Contains no cryptography.
 */
import { equalBytes, utf8 } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { nextTurn } from '../../env.js'
import { BisikError } from '../../errors.js'
import {
  beginHash,
  combineHashes,
  compareScannable,
  continueHash,
  type Fingerprint,
  type FingerprintHash,
  type FingerprintParty,
} from '../../protocol/identity/fingerprint.js'
import type { KnownIdentity, TrustLevel } from '../../protocol/identity/trust.js'
import { FINGERPRINT_ITERATIONS, HMACS_PER_SLICE } from '../../protocol/limits.js'
import { decodeIdentity } from '../../records/identity-record.js'
import { devicesKeys, identityKeyOf } from '../../records/names.js'
import { transact } from '../../store/transact.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, serviceIdBinary, serviceIdOf } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
import { accountKeyOf, readUserLists } from '../state/device-lists.js'
import { isVerifiedElsewhere, putDecision, refuseSelf } from '../state/identities.js'

/** The safety number with a device. See `Client.fingerprint`. */
export async function fingerprint(context: Context, peer: CanonicalAddress, presented?: IdentityKey): Promise<Fingerprint> {
  return fingerprintWith(context, peer, presented ?? (await knownIdentity(context, peer)))
}

/** Compares a safety number and remembers that it matched. See `Client.verify`. */
export async function verify(
  context: Context,
  peer: CanonicalAddress,
  theirs: Uint8Array | string,
  presented?: IdentityKey,
): Promise<boolean> {
  const key = presented ?? (await knownIdentity(context, peer))
  const ours = await fingerprintWith(context, peer, key)
  const matches = typeof theirs === 'string' ? digitsOf(theirs) === ours.displayable : compareScannable(ours.scannable, theirs)
  if (!matches) return false
  refuseSelf(context, peer)
  return transact<boolean>(context.store, function* (tx) {
    const draft = new Draft(tx)
    // What was compared is what is marked: a known key that another took the place of meanwhile is not.
    if (presented === undefined && !equalBytes(yield* numberedKey(draft, peer), key)) return false
    yield* putDecision(draft, { self: context.self, peer }, { key, level: 'verified' })
    return true
  })
}

/** Accepts an identity key. See `Client.acceptIdentity`. */
export async function acceptIdentity(context: Context, peer: CanonicalAddress, key: IdentityKey, level: TrustLevel): Promise<void> {
  refuseSelf(context, peer)
  return changeIdentity(context, peer, function* (draft) {
    const [record] = yield* draft.read(identityKeyOf(peer))
    // The way out if what was known is damaged: the user decides anew.
    const known = decodedOf(() => decodedIdentity(record, peer))
    const isVerified = !isDamage(known) && known?.level === 'verified' && equalBytes(known.key, key)
    if (isVerified) return undefined
    return { key, level: (yield* isVerifiedElsewhere(draft, peer, key)) ? 'verified' : level }
  })
}

/** Takes a verification back. See `Client.unverify`. */
export function unverify(context: Context, peer: CanonicalAddress): Promise<void> {
  return changeIdentity(context, peer, function* (draft) {
    const known = yield* knownIn(draft, peer)
    return known?.level === 'verified' ? { key: known.key, level: 'accepted' } : undefined
  })
}

/** @param change - returns what is to be known from now on, `undefined`: as it is. */
function changeIdentity(
  context: Context,
  peer: CanonicalAddress,
  change: (draft: Draft) => Part<KnownIdentity | undefined>,
): Promise<void> {
  return transact<void>(context.store, function* (tx) {
    const draft = new Draft(tx)
    yield* draft.read(identityKeyOf(peer), ...devicesKeys(peer.user))
    const changed = yield* change(draft)
    if (changed !== undefined) yield* putDecision(draft, { self: context.self, peer }, changed)
  })
}

/** What is known of a device's identity key. See `Client.trustLevel`. */
export function trustLevel(context: Context, peer: CanonicalAddress): Promise<TrustLevel | undefined> {
  return transact<TrustLevel | undefined>(context.store, function* (tx) {
    const draft = new Draft(tx)
    const known = yield* knownIn(draft, peer)
    return known?.standing === 'unlisted' ? undefined : known?.level
  })
}

function knownIdentity(context: Context, peer: CanonicalAddress): Promise<IdentityKey> {
  return transact<IdentityKey>(context.store, (tx) => numberedKey(new Draft(tx), peer))
}

function* knownIn(draft: Draft, peer: CanonicalAddress): Part<KnownIdentity | undefined> {
  const [record] = yield* draft.read(identityKeyOf(peer))
  return decodedIdentity(record, peer)
}

function decodedIdentity(record: Uint8Array | undefined, peer: CanonicalAddress): KnownIdentity | undefined {
  return record === undefined ? undefined : ofPeer(peer, () => decodeIdentity(record))
}

/** The key that a safety number is of: the account's, of a user whose list of devices is held, else the device's. */
function* numberedKey(draft: Draft, peer: CanonicalAddress): Part<IdentityKey> {
  const lists = yield* readUserLists(draft, peer.user)
  if (lists !== undefined) return accountKeyOf(lists)
  const known = yield* knownIn(draft, peer)
  if (known === undefined) throw new BisikError('no-session', { user: peer.user, device: peer.device })
  return known.key
}

async function fingerprintWith({ store, self }: Context, peer: CanonicalAddress, key: IdentityKey): Promise<Fingerprint> {
  const own = await transact<IdentityKey>(store, function* (tx) {
    const lists = yield* readUserLists(new Draft(tx), self.address.user)
    return lists === undefined ? self.identity.publicKey : accountKeyOf(lists)
  })
  const local = await hashInSlices(partyOf(self.address, own))
  return combineHashes(local, await hashInSlices(partyOf(peer, key)))
}

/** As Signal's apps name the parties where they can; otherwise by the name itself. */
function partyOf({ user }: CanonicalAddress, identityKey: IdentityKey): FingerprintParty {
  const id = serviceIdOf(user)
  return { id: id === undefined ? utf8(user) : serviceIdBinary(id), identityKey }
}

async function hashInSlices(party: FingerprintParty): Promise<FingerprintHash> {
  let state = beginHash(party)
  while (state.iterations < FINGERPRINT_ITERATIONS) {
    state = continueHash(state, party, Math.min(HMACS_PER_SLICE, FINGERPRINT_ITERATIONS - state.iterations))
    await nextTurn()
  }
  return state
}

/** Digits as a user may type or read them: in groups. */
function digitsOf(text: string): string {
  const digits = text.replaceAll(/\s/g, '')
  if (!/^\d{60}$/.test(digits)) throw new BisikError('invalid-argument', { argument: 'theirs', expected: '60 digits, or what was scanned' })
  return digits
}
