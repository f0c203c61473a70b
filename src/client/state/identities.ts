/**
 * The identity keys of all devices of one user, and the list of these devices, as one run of a transaction sees them. Each new identity
 * is entered in the list by the commit that brings it, so that of two devices met at the same moment one sees the other. Decides nothing.
 */
import { equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { type KnownIdentity, TRUST_LEVELS } from '../../protocol/identity/trust.js'
import { decodeDevices, decodeIdentity, encodeDevices, encodeIdentity } from '../../records/identity-record.js'
import { devicesKeys, identityKeyOf } from '../../records/names.js'
import type { Part } from '../../store/transaction.js'
import type { CanonicalAddress } from '../../wire/address.js'
import type { Context, Self } from '../frame/context.js'
import { decodedOf, isDamage, ofPeer, readable } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'

/** Devices in the list of one user, and so the most that are read when one more comes. What has a key of theirs needs no place in it. */
const MAX_LISTED_DEVICES = 127
/** The numbers that devices are given today. */
const ALL_DEVICES: readonly number[] = Array.from({ length: 127 }, (_, i) => i + 1)

/** An identity key and the device by which it is known. */
export type DeviceIdentity = KnownIdentity & { readonly device: number }

/**
 * What is known of a user of whom a device without identity presents a key: that key if another of the user's devices has it, else the
 * one that is worth most. Of our own user it is our own key.
 *
 * @returns `undefined` if no device of the user is known.
 * @throws BisikError `corrupt-record`: what was known is never taken for nothing.
 */
export function* identityOfUser(
  draft: Draft,
  peer: CanonicalAddress,
  { presented, self }: { readonly presented: IdentityKey; readonly self: Self },
): Part<DeviceIdentity | undefined> {
  const { address, identity } = self
  const devices = yield* devicesOf(draft, peer)
  const known: DeviceIdentity[] = []
  if (peer.user === address.user) known.push({ key: identity.publicKey, level: 'verified', device: address.device })
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...devices.map((device) => identityKeyOf({ ...peer, device })))
  for (const [i, device] of devices.entries()) {
    const [one, record] = [{ ...peer, device }, records[i]]
    if (record === undefined) throw new BisikError('corrupt-record', { record: 'identity', ...one })
    known.push({ ...ofPeer(one, () => decodeIdentity(record)), device })
  }
  // Of two that are worth the same, one that was answered.
  const worth = ({ key, level, unansweredSince }: KnownIdentity): number =>
    TRUST_LEVELS.indexOf(level) + (equalBytes(key, presented) ? TRUST_LEVELS.length : 0) + (unansweredSince === undefined ? 0.5 : 0)
  return known.sort((a, b) => worth(b) - worth(a))[0]
}

/** @throws BisikError `self-session` if the device is this one: both ends of one ratchet in one store would be each other's echo. */
export function refuseSelf({ self: { address } }: Context, peer: CanonicalAddress): void {
  if (peer.user === address.user && peer.device === address.device) throw new BisikError('self-session', {})
}

/** Remembers an identity, and that the device is one of its user's. */
export function* putIdentity(draft: Draft, peer: CanonicalAddress, known: KnownIdentity): Part<void> {
  const devices = yield* devicesOf(draft, peer)
  if (!devices.includes(peer.device) && devices.length < MAX_LISTED_DEVICES) putDevices(draft, peer, [...devices, peer.device])
  draft.put(identityKeyOf(peer), encodeIdentity(known))
}

/** Remembers what the user made of a device's key: it is the same for the other devices of this user that have that key. */
export function* putDecision(draft: Draft, peer: CanonicalAddress, decided: KnownIdentity): Part<void> {
  yield* putIdentity(draft, peer, decided)
  for (const [device, { key, level }] of yield* otherDevices(draft, peer)) {
    if (equalBytes(key, decided.key) && level !== decided.level) draft.put(identityKeyOf(device), encodeIdentity(decided))
  }
}

/** Whether another device of this user has the key, verified. */
export function* isVerifiedElsewhere(draft: Draft, peer: CanonicalAddress, presented: IdentityKey): Part<boolean> {
  return (yield* otherDevices(draft, peer)).some(([, { key, level }]) => level === 'verified' && equalBytes(key, presented))
}

/**
 * Forgets a device's identity, and that the device is one of its user's. A list that is damaged stays, and with it the doubt about further
 * devices: until all of the user is forgotten.
 */
export function* dropIdentity(draft: Draft, peer: CanonicalAddress): Part<void> {
  const [record] = yield* draft.read(...devicesKeys(peer.user))
  const isDamaged = isDamage(decodedOf(() => decodeDevices(record)))
  const devices = isDamaged ? [] : yield* devicesOf(draft, peer)
  draft.delete(identityKeyOf(peer))
  const others = devices.filter((device) => device !== peer.device)
  if (!isDamaged && (others.length === 0 || others.length < devices.length)) putDevices(draft, peer, others)
}

/** Writes the list of a user's devices; with the last of them it goes. */
function putDevices(draft: Draft, { user }: CanonicalAddress, devices: readonly number[]): void {
  const [list, mark] = devicesKeys(user)
  if (devices.length > 0) {
    draft.put(list, encodeDevices(devices))
    draft.put(mark, new Uint8Array(0))
  } else for (const name of [list, mark]) draft.delete(name)
}

/**
 * The devices of a user whose identity is known. A list that is lost, as the mark beside it says, is made of the identities that are there:
 * else the user's next device would be a first contact, whoever it is.
 *
 * @throws BisikError `corrupt-record`.
 */
function* devicesOf(draft: Draft, peer: CanonicalAddress): Part<readonly number[]> {
  const [list, mark] = yield* draft.read(...devicesKeys(peer.user))
  if (list !== undefined || mark === undefined) return ofPeer(peer, () => decodeDevices(list))
  const names = ALL_DEVICES.map((device) => identityKeyOf({ ...peer, device }))
  const identities: readonly (Uint8Array | undefined)[] = yield* draft.read(...names)
  return ALL_DEVICES.filter((_, i) => identities[i] !== undefined)
}

/** The other devices of a user with their identities; what is damaged is left out. */
function* otherDevices(draft: Draft, peer: CanonicalAddress): Part<(readonly [CanonicalAddress, KnownIdentity])[]> {
  const devices = (yield* devicesOf(draft, peer)).filter((device) => device !== peer.device).map((device) => ({ ...peer, device }))
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...devices.map(identityKeyOf))
  return devices.flatMap((device, i) => {
    const known = readable(records[i], decodeIdentity)
    return known === undefined ? [] : [[device, known] as const]
  })
}
