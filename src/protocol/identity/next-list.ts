/**
 * What an admin signs next: a list over all branches that it holds, which joins them. Signs nothing.
 */
import { equalBytes, toHex } from '../../bytes.js'
import { type DeviceList, type DeviceListFields, isUsed, type ListedDevice, usedWith } from '../../wire/device-list.js'
import { MAX_LISTED_DEVICES } from '../../wire/limits.js'
import { deviceOf, hashOfList } from './device-list.js'
import { type HeldLists, listedDevices } from './held-lists.js'

/** What a list joins. */
export interface NextDeviceList extends Omit<DeviceListFields, 'signer' | 'issuedAt'> {
  /**
   * Devices that lost their number to another branch, or found no place: each must agree to another number to be listed. None is an admin any
   * more: another branch may have removed it by its old number, and must not be undone by that.
   */
  readonly displaced: readonly ListedDevice[]
}

/**
 * The list over all branches, before any change: the devices of all of them, less what any removed; an admin is who is one in all that list
 * it. Spec: ours.
 */
export function nextDeviceList({ tips }: Pick<HeldLists, 'tips'>): NextDeviceList {
  const [first] = tips as readonly [DeviceList]
  const { user, lineage, accountKey, recovery } = first
  const used = usedWith(
    tips.map((tip) => tip.used),
    [],
  )
  const numbers = Array.from({ length: 8 * used.length }, (_, number) => number)
  const found = numbers.map((number) => joined(tips, number))
  // A device that two branches listed under two numbers keeps the lower one.
  const staying = oncePerKey(found.flatMap(({ stays }) => stays))
  const displaced = oncePerKey([...staying, ...found.flatMap(({ gives }) => gives)]).slice(staying.length)
  return {
    user,
    lineage,
    accountKey,
    recovery,
    used,
    version: 1 + Math.max(...tips.map(({ version }) => version)),
    previous: tips.map(hashOfList),
    devices: staying.slice(0, MAX_LISTED_DEVICES),
    displaced: [...displaced, ...staying.slice(MAX_LISTED_DEVICES)].map((device) => ({ ...device, admin: false })),
  }
}

/** Which admin joins a fork without being asked: the one with the lowest number. Spec: ours. @returns its number, if there is an admin. */
export function joinsForks(held: HeldLists): number | undefined {
  return listedDevices(held).find(({ admin }) => admin)?.device
}

function oncePerKey(devices: readonly ListedDevice[]): readonly ListedDevice[] {
  return devices.filter(({ identityKey }, i) => devices.findIndex((other) => equalBytes(other.identityKey, identityKey)) === i)
}

/** What becomes of a number that branches gave: of two devices the one with the lower key stays. */
function joined(
  tips: readonly DeviceList[],
  number: number,
): { readonly stays: readonly ListedDevice[]; readonly gives: readonly ListedDevice[] } {
  const found = tips.map((tip) => deviceOf(tip, number))
  const listed = found.filter((device) => device !== undefined)
  const isRemoved = tips.some((tip, i) => found[i] === undefined && isUsed(tip.used, number))
  if (isRemoved || listed.length === 0) return { stays: [], gives: [] }
  const { accountKey } = tips[0] as DeviceList
  // A key of its own goes before the account key, in whose place it came.
  const rank = ({ identityKey }: ListedDevice): string => `${equalBytes(identityKey, accountKey) ? 1 : 0}${toHex(identityKey)}`
  const [best] = [...listed].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)) as [ListedDevice]
  const others = listed.filter(({ identityKey }) => ![best.identityKey, accountKey].some((key) => equalBytes(key, identityKey)))
  const isAdmin = listed.every(({ identityKey, admin }) => admin || others.some((other) => other.identityKey === identityKey))
  return { stays: [{ ...best, admin: isAdmin }], gives: others }
}
