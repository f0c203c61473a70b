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
import { devicesKey, identityKeyOf } from '../../records/names.js'
import type { RecordKey } from '../../store/key-store.js'
import { type RecordView, transact } from '../../store/transact.js'
import { type CanonicalAddress, serviceIdBinary, serviceIdOf } from '../../wire/address.js'
import type { Context } from '../frame/context.js'
import { decodedOf, isDamage, ofPeer } from '../frame/damage.js'
import { Draft } from '../frame/draft.js'
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
  return transact<boolean>(context.store, identityRecords(peer), (view) => {
    // What was compared is what is marked: a known key that another took the place of meanwhile is not.
    if (presented === undefined && !equalBytes(identityIn(view, peer), key)) return { result: false }
    const draft = new Draft(view)
    putDecision(draft, peer, { key, level: 'verified' })
    return draft.end(true)
  })
}

/** Accepts an identity key. See `Client.acceptIdentity`. */
export async function acceptIdentity(context: Context, peer: CanonicalAddress, key: IdentityKey, level: TrustLevel): Promise<void> {
  refuseSelf(context, peer)
  return changeIdentity(context, peer, (read, draft) => {
    // The way out if what was known is damaged: the user decides anew.
    const known = decodedOf(read)
    const isVerified = !isDamage(known) && known?.level === 'verified' && equalBytes(known.key, key)
    if (isVerified) return undefined
    return { key, level: isVerifiedElsewhere(draft, peer, key) ? 'verified' : level }
  })
}

/** Takes a verification back. See `Client.unverify`. */
export function unverify(context: Context, peer: CanonicalAddress): Promise<void> {
  return changeIdentity(context, peer, (read) => {
    const known = read()
    return known?.level === 'verified' ? { key: known.key, level: 'accepted' } : undefined
  })
}

/** @param change - reads what is known; returns what is to be known from now on, `undefined`: as it is. */
function changeIdentity(
  context: Context,
  peer: CanonicalAddress,
  change: (read: () => KnownIdentity | undefined, draft: Draft) => KnownIdentity | undefined,
): Promise<void> {
  return transact<void>(context.store, identityRecords(peer), (view) => {
    const draft = new Draft(view)
    const changed = change(() => knownIn(view, peer), draft)
    if (changed !== undefined) putDecision(draft, peer, changed)
    return draft.end(undefined)
  })
}

function identityRecords(peer: CanonicalAddress): readonly RecordKey[] {
  return [identityKeyOf(peer), devicesKey(peer.user)]
}

/** What is known of a device's identity key. See `Client.trustLevel`. */
export function trustLevel(context: Context, peer: CanonicalAddress): Promise<TrustLevel | undefined> {
  return transact<TrustLevel | undefined>(context.store, [identityKeyOf(peer)], (view) => ({ result: knownIn(view, peer)?.level }))
}

function knownIdentity(context: Context, peer: CanonicalAddress): Promise<IdentityKey> {
  return transact<IdentityKey>(context.store, [identityKeyOf(peer)], (view) => ({ result: identityIn(view, peer) }))
}

function knownIn(view: RecordView, peer: CanonicalAddress): KnownIdentity | undefined {
  const record = view.get(identityKeyOf(peer))
  return record === undefined ? undefined : ofPeer(peer, () => decodeIdentity(record))
}

function identityIn(view: RecordView, peer: CanonicalAddress): IdentityKey {
  const known = knownIn(view, peer)
  if (known === undefined) throw new BisikError('no-session', { user: peer.user, device: peer.device })
  return known.key
}

async function fingerprintWith({ self }: Context, peer: CanonicalAddress, key: IdentityKey): Promise<Fingerprint> {
  const local = await hashInSlices(partyOf(self.address, self.identity.publicKey))
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
