/**
 * What one holds of a user's lists of devices, and what a list that comes does to it. Lists name those that they take the place of, so they
 * are a graph, and what is held are its tips: one list, or the branches of a fork, which honest admins make when they sign at the same time.
 *
 * Nothing here depends on the order in which lists come, with one exception that no rule can mend: of two admins who removed each other the
 * one who was heard first stays.
 */
import { type Bytes, equalBytes, toHex } from '../../bytes.js'
import { ObjectCache } from '../../caches.js'
import type { IdentityKey } from '../../crypto/keys.js'
import { type DeviceList, type DeviceListFields, isUsed, type ListedDevice } from '../../wire/device-list.js'
import type { DeviceStamp } from '../../wire/device-proofs.js'
import { MAX_PREVIOUS_LISTS } from '../../wire/limits.js'
import { MAX_KNOWN_LISTS } from '../limits.js'
import { checkDeviceList, deviceOf, hashOfKey, hashOfList, type ListRefusal } from './device-list.js'

/** A list of which is remembered where it stands and who signed it. */
export interface KnownList {
  readonly version: number
  readonly signer: number
  readonly signerKey: IdentityKey
  /** The numbers that were given, as in the list, and those of them that were taken away: 16 bytes each. */
  readonly used: Bytes
  readonly removed: Bytes
  /** Names, as {@link HeldLists.known} has them. */
  readonly previous: readonly string[]
}

/** What is held of a user's lists under the present account key. */
export interface HeldLists {
  /** One list, or the branches of a fork: at most four, by name. */
  readonly tips: readonly DeviceList[]
  /** The tips and what they descend from, as far as it was seen; the name is the hash of the list in hexadecimal. */
  readonly known: ReadonlyMap<string, KnownList>
  /** A newer list whose previous ones are not here: until they come, it takes devices away and gives none. */
  readonly ahead: DeviceList | undefined
  /** The newest word that a tip is still the newest. */
  readonly stamp: DeviceStamp | undefined
}

/** What became of a list. With a refusal, what is held may have changed all the same: a gap is remembered. */
export interface Applied {
  readonly held: HeldLists | undefined
  readonly refusal: ListRefusal | undefined
}

/** The names of lists that are held: each is asked for many times. */
const names: ObjectCache<DeviceList, string> = new ObjectCache()

/** The name of a list. Spec: ours. @returns its hash in hexadecimal. */
export function nameOfList(list: DeviceList): string {
  const known = names.get(list)
  if (known !== undefined) return known
  const name = toHex(hashOfList(list))
  names.set(list, name)
  return name
}

/**
 * Applies a list to what is held of its user. Spec: ours.
 *
 * @param held - `undefined` at first contact: then the caller decides whether the account key is to be believed.
 */
export function applyDeviceList(held: HeldLists | undefined, list: DeviceList): Applied {
  if (held === undefined) return begin(list)
  if (!isOfAccount(list, held.tips[0] as DeviceList)) return { held, refusal: 'list-wrong-account' }
  const name = nameOfList(list)
  if (held.tips.some((tip) => nameOfList(tip) === name)) return { held, refusal: undefined }
  if (held.known.has(name)) return { held, refusal: 'list-rolled-back' }
  const fault = checkDeviceList(
    list,
    held.tips.flatMap(({ devices }) => devices),
  )
  if (fault !== undefined) return { held, refusal: fault }
  if (ancestryOf(held.tips.map(nameOfList), held.known).has(name)) return learn(held, list, 'list-rolled-back')
  const refusal = refusalOfSigner(held, list)
  if (refusal === undefined && isJoined(held, list)) return append(held, list)
  if (isAwaited(held, name)) return learn(held, list, refusal ?? 'list-gap')
  return refusal === undefined ? leap(held, list) : { held, refusal }
}

/** Begins with a list, as at first contact or after a move. Spec: ours. */
export function heldAlone(list: DeviceList): HeldLists {
  return { tips: [list], known: new Map([[nameOfList(list), knownOf(list)]]), ahead: undefined, stamp: undefined }
}

/** The devices that may be sent to: those that stand in all branches under the same key. Spec: ours. @returns by rising number. */
export function listedDevices(held: HeldLists): readonly ListedDevice[] {
  const views = held.ahead === undefined ? held.tips : [...held.tips, held.ahead]
  const newest = held.tips.reduce((best, tip) => (tip.version > best.version ? tip : best))
  return newest.devices.flatMap((device) => {
    const all = views.map((list) => deviceOf(list, device.device))
    if (!all.every((other) => other !== undefined && equalBytes(other.identityKey, device.identityKey))) return []
    return [{ ...device, admin: all.every((other) => other?.admin === true) }]
  })
}

/**
 * Whether a device of this key may sign over a list: it is an admin there, by whatever number, or takes a key of its own in place of the
 * account key. Spec: ours.
 */
export function mayChange(list: DeviceListFields, signer: number, key: IdentityKey): boolean {
  const mayBe = ({ device, identityKey }: ListedDevice): boolean =>
    equalBytes(identityKey, key) || (device === signer && equalBytes(identityKey, list.accountKey))
  return list.devices.some((device) => device.admin && mayBe(device))
}

/** Whether a list is of the account of another. What it compares only a move may change. */
function isOfAccount(list: DeviceListFields, other: DeviceListFields): boolean {
  return (
    list.user === other.user &&
    equalBytes(list.lineage, other.lineage) &&
    equalBytes(list.accountKey, other.accountKey) &&
    equalBytes(list.recovery ?? NO_KEY, other.recovery ?? NO_KEY)
  )
}

const NO_KEY = new Uint8Array(0)

function begin(list: DeviceList): Applied {
  // A lineage begins with its account key; later account keys come by a move.
  const isFirst = list.version > 1 || equalBytes(list.lineage, hashOfKey(list.accountKey))
  const refusal = isFirst ? checkDeviceList(list) : 'list-wrong-account'
  return { held: refusal === undefined ? heldAlone(list) : undefined, refusal }
}

/**
 * What is held, or a newer list that waits, descends from this one, of which the name alone was here. It tells where it stands: perhaps one tip
 * stands before another, or the newer list waits no longer. Its name vouches for it.
 *
 * @param refusal - unless that changes what is held.
 */
function learn(held: HeldLists, list: DeviceList, refusal: ListRefusal): Applied {
  const known = new Map(held.known).set(nameOfList(list), knownOf(list))
  const learnt = caughtUp({ ...held, tips: left(held.tips, known), known })
  const isChanged = learnt.tips.length !== held.tips.length || learnt.tips.some((tip) => !held.tips.includes(tip))
  return { held: learnt, refusal: isChanged ? undefined : refusal }
}

function refusalOfSigner({ tips, ahead }: HeldLists, list: DeviceList): ListRefusal | undefined {
  const { signer, signerKey } = knownOf(list)
  if (!tips.every((tip) => mayChange(tip, signer, signerKey))) return 'signer-not-admin'
  if (ahead === undefined || !dismisses(ahead, { signer, signerKey })) return undefined
  // It may be what the newer list waits for, if that one still holds after it.
  return mayChange(list, ahead.signer, knownOf(ahead).signerKey) ? undefined : 'signer-not-admin'
}

/**
 * Whether a list took this admin's place away: it knew its number, and has it not among its admins. One that gives the number to another
 * key knows of both only after a join, in which the lower key keeps it.
 */
function dismisses(list: DeviceList, { signer, signerKey }: Pick<KnownList, 'signer' | 'signerKey'>, isAfterJoin = isJoin(list)): boolean {
  if (!isUsed(list.used, signer) || mayChange(list, signer, signerKey)) return false
  const there = deviceOf(list, signer)
  return there === undefined || equalBytes(there.identityKey, signerKey) || (isAfterJoin && toHex(there.identityKey) < toHex(signerKey))
}

function isJoin({ previous }: Pick<DeviceList, 'previous'> | KnownList): boolean {
  return previous.length > 1
}

/** A list of which no previous one is here: if it is newer, it is remembered. */
function leap(held: HeldLists, list: DeviceList): Applied {
  const { tips, ahead } = held
  if (tips.some(({ version }) => version >= list.version)) return { held, refusal: 'list-rolled-back' }
  const stays = ahead !== undefined && (ahead.version >= list.version || dismisses(ahead, knownOf(list)))
  return { held: stays ? held : { ...held, ahead: list }, refusal: 'list-gap' }
}

function append(held: HeldLists, list: DeviceList): Applied {
  const learnt = new Map(held.known).set(nameOfList(list), knownOf(list))
  const past = ancestryOf(previousOf(list), learnt)
  const parents = previousOf(list).flatMap((one) => held.known.get(one) ?? [])
  const ended = held.tips.filter((tip) => past.has(nameOfList(tip)))
  const isReuse = [...parents, ...ended.map(knownOf)].some((before) => reusesNumber(list, before))
  if (isReuse || held.tips.some((tip) => previousOf(list).includes(nameOfList(tip)) && changesKey(list, tip)))
    return { held, refusal: 'device-id-reused' }
  const branches = held.tips.filter((tip) => !ended.includes(tip))
  if (branches.some((tip) => ends(tip, list, learnt))) return { held, refusal: 'signer-not-admin' }
  const staying = branches.filter((tip) => !ends(list, tip, learnt))
  if (staying.length === MAX_PREVIOUS_LISTS) return { held, refusal: 'list-forked' }
  const tips = [...staying, list].sort((a, b) => (nameOfList(a) < nameOfList(b) ? -1 : 1))
  return { held: caughtUp({ ...held, tips, known: learnt }), refusal: undefined }
}

/** The tips that no other one ends. */
function left(tips: readonly DeviceList[], known: HeldLists['known']): readonly DeviceList[] {
  return tips.reduce(
    (rest, tip) => (rest.some((other) => other !== tip && ends(other, tip, known)) ? rest.filter((one) => one !== tip) : rest),
    tips,
  )
}

/**
 * Whether a list ends a branch: it descends from it, or the branch goes with an admin whom the list removes: what he signed without knowing
 * of his removal, and all that others built on that.
 */
function ends(list: DeviceList, tip: DeviceList, known: HeldLists['known']): boolean {
  const past = ancestryOf([nameOfList(list)], known)
  if (past.has(nameOfList(tip))) return !reusesNumber(list, knownOf(tip))
  const branch = ancestryOf([nameOfList(tip)], known)
  // Of lists that are not here nobody knows what they descend from.
  if ([...past].some((name) => !known.has(name) && !branch.has(name))) return false
  const knownIn = (names: ReadonlySet<string>, others: ReadonlySet<string>): readonly KnownList[] =>
    [...names].flatMap((name) => (others.has(name) ? [] : (known.get(name) ?? [])))
  const isAfterJoin = knownIn(past, branch).some(isJoin)
  return knownIn(branch, past).some((one) => dismisses(list, one, isAfterJoin))
}

/** Whether a list gives a number that was taken away, or forgets that one was given. */
function reusesNumber(list: DeviceList, { used, removed }: Pick<KnownList, 'used' | 'removed'>): boolean {
  const isForgotten = used.some((bits, i) => (bits & ~(list.used[i] as number)) !== 0)
  return isForgotten || list.devices.some(({ device }) => isUsed(removed, device))
}

/**
 * Whether a list gives a number to another key than the one that it takes the place of. Of two devices of one number, which two branches gave,
 * a join keeps the lower key. An admin takes a key of its own once.
 */
function changesKey(list: DeviceList, before: DeviceList): boolean {
  return list.devices.some(({ device, identityKey }) => {
    const other = deviceOf(before, device)
    if (other === undefined || equalBytes(other.identityKey, identityKey)) return false
    const isLower = isJoin(list) && toHex(identityKey) < toHex(other.identityKey)
    return !isLower && !(device === list.signer && mayChange(before, device, identityKey))
  })
}

/** What waited for the lists before it is looked at again, and what nothing descends from is forgotten. */
function caughtUp(held: HeldLists): HeldLists {
  const { ahead, ...rest } = held
  const { held: settled = held } = ahead === undefined ? {} : applyDeviceList({ ...rest, ahead: undefined }, ahead)
  return { ...settled, known: pruned(settled) }
}

/** The names of what is held and of what is waited for. */
function rootsOf({ tips, ahead }: HeldLists): readonly string[] {
  return [...tips.map(nameOfList), ...(ahead === undefined ? [] : [nameOfList(ahead), ...previousOf(ahead)])]
}

/** Whether a list that waits descends from the one of this name. */
function isAwaited(held: HeldLists, name: string): boolean {
  return held.ahead !== undefined && nameOfList(held.ahead) !== name && ancestryOf(rootsOf(held), held.known).has(name)
}

/** Whether a list descends from one that what is held descends from too. */
function isJoined({ tips, known }: HeldLists, list: DeviceList): boolean {
  const ours = ancestryOf(tips.map(nameOfList), known)
  return [...ancestryOf(previousOf(list), known)].some((name) => ours.has(name) && known.has(name))
}

/** The lists that some lists are or descend from, as far as that is known: also those of which the name alone is. */
function ancestryOf(names: readonly string[], known: HeldLists['known']): ReadonlySet<string> {
  const found = new Set(names)
  // What is added meanwhile is visited too.
  for (const name of found) for (const before of known.get(name)?.previous ?? []) found.add(before)
  return found
}

function pruned(held: HeldLists): HeldLists['known'] {
  const ancestry = ancestryOf(rootsOf(held), held.known)
  const named = [...held.known].filter(([name]) => ancestry.has(name))
  return new Map(named.length <= MAX_KNOWN_LISTS ? named : named.sort(([, a], [, b]) => b.version - a.version).slice(0, MAX_KNOWN_LISTS))
}

function knownOf(list: DeviceList): KnownList {
  // `checkDeviceList` found the signer among the devices.
  const signerKey = (deviceOf(list, list.signer) as ListedDevice).identityKey
  const { version, signer, used } = list
  const removed = new Uint8Array(used)
  for (const { device } of list.devices) removed[device >> 3] = (removed[device >> 3] as number) & ~(1 << (device & 7))
  return { version, signer, signerKey, used, removed, previous: previousOf(list) }
}

function previousOf({ previous }: DeviceList): readonly string[] {
  return previous.map((hash) => toHex(hash))
}
