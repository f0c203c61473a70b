/**
 * The identity keys of all devices of one user, and the list of these devices, as one run of a transaction sees them. Each new identity
 * is entered in the list by the commit that brings it, so that of two devices met at the same moment one sees the other. Decides nothing.
 */
import { equalBytes } from '../../bytes.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { type KnownIdentity, TRUST_LEVELS } from '../../protocol/identity/trust.js'
import { userListsKey } from '../../records/device-list-names.js'
import { encodeUserLists, type UserLists } from '../../records/device-lists-record.js'
import { decodeDevices, decodeIdentity, encodeDevices, encodeIdentity } from '../../records/identity-record.js'
import { devicesKeys, identityKeyOf } from '../../records/names.js'
import type { Part } from '../../store/transaction.js'
import { type CanonicalAddress, sameAddress } from '../../wire/address.js'
import type { Context, Self } from '../frame/context.js'
import { decodedOf, isDamage, ofPeer, readable } from '../frame/damage.js'
import type { Draft } from '../frame/draft.js'
import { accountKeyOf, devicesIn, identityByList, listedAs, notListed, readUserLists } from './device-lists.js'

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
  const lists = yield* readUserLists(draft, peer.user)
  if (lists !== undefined) return { ...identityByList(lists, peer.device), device: peer.device }
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

/** Remembers an identity, with what a list of its user says of it, and that the device is one of its user's. */
export function* putIdentity(draft: Draft, peer: CanonicalAddress, known: KnownIdentity): Part<void> {
  const devices = yield* devicesOf(draft, peer)
  if (!devices.includes(peer.device) && devices.length < MAX_LISTED_DEVICES) putDevices(draft, peer, [...devices, peer.device])
  const lists = yield* readUserLists(draft, peer.user)
  const isListed = lists !== undefined && equalBytes(identityByList(lists, peer.device).key, known.key)
  const { level, standing } = lists === undefined ? known : identityByList(lists, peer.device)
  draft.put(identityKeyOf(peer), encodeIdentity({ ...known, level, standing: lists === undefined || isListed ? standing : 'unlisted' }))
}

/** Writes what is held of a user, and what it says of each device into its identity. This device itself has none. */
export function* putUserLists(draft: Draft, { self: { address }, peer }: Party, lists: UserLists): Part<void> {
  draft.put(userListsKey(peer.user), encodeUserLists(lists))
  const known = yield* devicesOf(draft, peer)
  const others = devicesIn(lists).filter(({ device }) => !sameAddress({ ...peer, device }, address))
  const all = [...new Set([...known, ...others.map(({ device }) => device)])]
  if (all.length > known.length) putDevices(draft, peer, all)
  const devices = all.map((device) => ({ ...peer, device }))
  const records: readonly (Uint8Array | undefined)[] = yield* draft.read(...devices.map(identityKeyOf))
  for (const [i, device] of devices.entries()) {
    const after = changedIdentity(readable(records[i], decodeIdentity), identityByList(lists, device.device))
    if (after !== undefined) draft.put(identityKeyOf(device), encodeIdentity(after))
  }
}

/** This device, and any device of a user. */
interface Party {
  readonly self: Pick<Self, 'address'>
  readonly peer: CanonicalAddress
}

/** What is to be known of a device from now on; `undefined`: as it is. */
function changedIdentity(before: KnownIdentity | undefined, { key, level, standing }: KnownIdentity): KnownIdentity | undefined {
  if (before === undefined) return standing === 'listed' ? { key, level, standing } : undefined
  if (standing === 'unlisted') return before.standing === standing ? undefined : { ...before, level, standing }
  // Under another key it begins anew: nothing was heard under that one.
  if (!equalBytes(before.key, key)) return { key, level, standing }
  return before.level === level && before.standing === standing ? undefined : { ...before, level, standing }
}

/**
 * Remembers what the user made of a device's key: it is the same for the other devices of this user that have that key, and for all that a
 * list of the user's names.
 *
 * @throws BisikError `device-not-listed` for another key than the account's and the one that the list has for the device.
 */
export function* putDecision(draft: Draft, party: Party, decided: KnownIdentity): Part<void> {
  const { peer } = party
  const lists = yield* readUserLists(draft, peer.user)
  if (lists !== undefined) {
    const keys = [accountKeyOf(lists), listedAs(lists, peer.device)?.identityKey]
    if (!keys.some((key) => key !== undefined && equalBytes(key, decided.key))) throw notListed(peer, decided.key, lists)
    return yield* putUserLists(draft, party, { ...lists, level: decided.level })
  }
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
export function* devicesOf(draft: Draft, peer: CanonicalAddress): Part<readonly number[]> {
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
