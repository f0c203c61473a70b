/**
 * What is held of a user's devices, for an app to show; and what the user calls own ones.
 */
import { invalidArgument } from '../../arguments.js'
import { type Bytes, copyBytes } from '../../bytes.js'
import { type IdentityKey, parseIdentityKey } from '../../crypto/keys.js'
import { BisikError } from '../../errors.js'
import { isListStale } from '../../protocol/identity/stamps.js'
import type { TrustLevel } from '../../protocol/identity/trust.js'
import { DEVICE_NAMES } from '../../records/device-list-names.js'
import { decodeDeviceNames, encodeDeviceNames } from '../../records/device-lists-record.js'
import { transact } from '../../store/transact.js'
import type { Context } from '../frame/context.js'
import { Draft } from '../frame/draft.js'
import { accountKeyOf, devicesIn, listedAs, readUserLists } from '../state/device-lists.js'

/** A device that may be sent to and heard. */
export interface ShownDevice {
  readonly device: number
  /** 33 bytes. */
  readonly identityKey: IdentityKey
  readonly registrationId: number
  /** Whether it may sign lists. */
  readonly admin: boolean
  /** What the user calls it; of own devices only. */
  readonly name: string | undefined
}

/** What is held of a user's devices. */
export interface UserDevices {
  readonly user: string
  /** What safety numbers are of, 33 bytes, and how it came to be believed. */
  readonly accountKey: IdentityKey
  readonly level: TrustLevel
  /** By rising number; those that stand in all branches of a fork; none while two account keys are claimed. */
  readonly devices: readonly ShownDevice[]
  /** The signed lists: one, or the branches of a fork, to be handed on as they are. */
  readonly lists: readonly Bytes[]
  /** Two admins signed at the same time: until one of them joins the branches, only what both name counts. */
  readonly isForked: boolean
  /** Two account keys are claimed, and nothing is sent. */
  readonly isContested: boolean
  /** No list and no stamp of the last 35 days says that this is the newest. */
  readonly isStale: boolean
}

/** Letters of a device's name, at most. */
const MAX_NAME_LENGTH = 64

/** What is held of a user. See `Devices.list`. */
export function shownDevices({ store, self, clock }: Context, user: string): Promise<UserDevices | undefined> {
  return transact<UserDevices | undefined>(store, function* (tx) {
    const lists = yield* readUserLists(new Draft(tx), user)
    if (lists === undefined) return undefined
    const [record] = yield* tx.read(DEVICE_NAMES)
    const names = user === self.address.user ? decodeDeviceNames(record) : undefined
    const { tips } = lists.held.lists
    return {
      user,
      accountKey: parseIdentityKey(accountKeyOf(lists)),
      level: lists.level,
      devices: devicesIn(lists).map(({ device, identityKey, registrationId, admin }) => {
        return { device, identityKey: parseIdentityKey(identityKey), registrationId, admin, name: names?.get(device) }
      }),
      lists: tips.map(({ serialized }) => copyBytes(serialized)),
      isForked: tips.length > 1,
      isContested: lists.held.rival !== undefined,
      isStale: isListStale(lists.held.lists, clock()),
    }
  })
}

/** Names an own device. See `Devices.rename`. */
export function renameDevice({ store, self }: Context, device: number, name: string): Promise<void> {
  if (name.length > MAX_NAME_LENGTH) throw invalidArgument('name', `at most ${MAX_NAME_LENGTH} letters`)
  return transact<void>(store, function* (tx) {
    const { user } = self.address
    const lists = yield* readUserLists(new Draft(tx), user)
    if (lists === undefined) throw new BisikError('no-device-list', { user })
    if (listedAs(lists, device) === undefined) throw invalidArgument('device', 'the number of a listed device')
    const [record] = yield* tx.read(DEVICE_NAMES)
    const listed = [...decodeDeviceNames(record)].filter(([number]) => listedAs(lists, number) !== undefined)
    tx.put(DEVICE_NAMES, encodeDeviceNames(new Map(listed).set(device, name)))
  })
}
