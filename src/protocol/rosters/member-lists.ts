/**
 * The device lists that a roster holds of whoever signs entries. What a member holds of another's lists plays no part: two members who
 * learn of a removed device at different times must judge an entry alike.
 */
import { equalBytes } from '../../bytes.js'
import type { DeviceList, ListedDevice } from '../../wire/device-list.js'
import type { RosterChange } from '../../wire/roster-change.js'
import type { Membership } from '../../wire/roster-state.js'
import { applyAccountMove } from '../identity/account-moves.js'
import { deviceOf } from '../identity/device-list.js'
import { applyDeviceList, type HeldLists, heldAlone } from '../identity/held-lists.js'
import type { EntryRefusal } from './roster.js'

/** A list that follows, or why none does. */
export type NextList = { readonly list: DeviceList; readonly refusal?: undefined } | { readonly refusal: EntryRefusal }

/**
 * The newest of some lists, each of which follows the ones before. Spec: ours.
 *
 * @param held - what the roster has of this account key.
 */
export function nextList(
  held: DeviceList | undefined,
  lists: readonly DeviceList[],
  { user, accountKey }: { readonly user: string } & Pick<Membership, 'accountKey'>,
): NextList {
  if (lists.some((list) => list.user !== user || !equalBytes(list.accountKey, accountKey))) return { refusal: 'list-wrong-account' }
  let all: HeldLists | undefined = held && heldAlone(held)
  for (const list of lists) {
    const applied = applyDeviceList(all, list)
    if (applied.refusal !== undefined) return { refusal: applied.refusal }
    all = applied.held
  }
  const [list, fork] = all?.tips ?? []
  if (list === undefined) return { refusal: 'list-missing' }
  // Entries are judged by one list; whoever holds a fork joins it first.
  return fork === undefined ? { list } : { refusal: 'list-forked' }
}

/** The lists of the next account key of a member who moved, or was accepted under it. Spec: ours. */
export function listOfIdentity(
  member: Membership,
  { user, accountKey, lists, move }: Extract<RosterChange, { kind: 'identity' }>,
): NextList {
  const [first] = lists
  if (first === undefined || move === undefined) return nextList(undefined, lists, { user, accountKey })
  if (member.list === undefined) return { refusal: 'list-missing' }
  const origin = member.origin && { ...member.origin, admins: [], next: '', by: 'account' as const }
  const held = { lists: heldAlone(member.list), past: origin === undefined ? [] : [origin], rival: undefined }
  const { refusal } = applyAccountMove(held, move, first)
  return refusal === undefined ? nextList(first, lists, { user, accountKey }) : { refusal }
}

/** What can take the place of a member back who moves now. Spec: ours. */
export function originAfter({ list, origin }: Membership, { move }: Extract<RosterChange, { kind: 'identity' }>): Membership['origin'] {
  if (move?.proof.by !== 'account') return undefined
  return origin ?? (list?.recovery === undefined ? undefined : { accountKey: list.accountKey, recovery: list.recovery })
}

/** Whether a device of one list is not in another any more, under the same key. Spec: ours. */
export function dropsDevice(before: DeviceList, after: DeviceList): boolean {
  return before.devices.some((device) => !hasDevice(after, device))
}

/** Whether a list has a device under this key. Spec: ours. */
export function hasDevice(list: DeviceList, { device, identityKey }: Pick<ListedDevice, 'device' | 'identityKey'>): boolean {
  const found = deviceOf(list, device)
  return found !== undefined && equalBytes(found.identityKey, identityKey)
}
