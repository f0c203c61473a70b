/**
 * Lists of devices for tests: keys by name, and lists that say what a test wants, signed by whom it wants. Judges nothing.
 */
import { byteText } from '../../src/bytes.js'
import { generateKeyPair } from '../../src/crypto/dh.js'
import type { IdentityKey, IdentityKeyPair } from '../../src/crypto/keys.js'
import { epochMillis } from '../../src/env.js'
import { hashOfKey, hashOfList, signConsent, signDeviceList } from '../../src/protocol/identity/device-list.js'
import { type HeldLists, heldAlone } from '../../src/protocol/identity/held-lists.js'
import { nextDeviceList } from '../../src/protocol/identity/next-list.js'
import { type DeviceList, type DeviceListFields, type ListedDevice, usedWith } from '../../src/wire/device-list.js'
import { seededRandom } from './random.js'

export const USER = '185a574c-1f97-4f26-aaf4-924f8bce4bb1'
export const ISSUED = epochMillis(1_767_225_600_000)

const keys = new Map<string, IdentityKeyPair>()

/** The key pair that a name stands for. */
export function keyNamed(name: string): IdentityKeyPair {
  const known = keys.get(name)
  if (known !== undefined) return known
  const made = generateKeyPair(seededRandom(`key ${name}`)) as IdentityKeyPair
  keys.set(name, made)
  return made
}

export const publicKeyNamed = (name: string): IdentityKey => keyNamed(name).publicKey

/** A device that agreed to be listed. */
export interface NamedDevice {
  readonly device: number
  /** Of its key. */
  readonly name: string
  readonly admin?: boolean
  readonly registrationId?: number
  readonly account?: string
  readonly user?: string
}

export function listed({
  device,
  name,
  admin = false,
  registrationId = 100 + device,
  account = 'account',
  user = USER,
}: NamedDevice): ListedDevice {
  const fields = { user, lineage: hashOfKey(publicKeyNamed(account)), device, registrationId, capabilities: 0 }
  const consent = signConsent(fields, keyNamed(name), seededRandom(`consent ${name} ${device}`))
  return { device, identityKey: publicKeyNamed(name), registrationId, admin, capabilities: 0, consent }
}

/** A list, by the names of the keys. */
export interface NamedList extends Partial<Omit<DeviceListFields, 'devices'>> {
  readonly devices: readonly NamedDevice[]
  readonly account?: string
  /** Whose keys sign, where it is not the signer's and the account's. */
  readonly signedBy?: { readonly account?: string; readonly device?: string }
}

/** Signs a list of version 1, or whatever the fields say. */
export function listOf({ devices, account = 'account', signedBy = {}, ...fields }: NamedList): DeviceList {
  const signer = fields.signer ?? devices[0]?.device ?? 1
  const signing = signedBy.device ?? devices.find(({ device }) => device === signer)?.name ?? 'nobody'
  return signDeviceList(
    {
      user: USER,
      lineage: hashOfKey(publicKeyNamed(account)),
      accountKey: publicKeyNamed(account),
      recovery: undefined,
      version: 1,
      previous: [],
      issuedAt: ISSUED,
      used: usedWith(
        [],
        devices.map(({ device }) => device),
      ),
      ...fields,
      signer,
      devices: devices.map((device) => listed({ account, ...device })),
    },
    { account: keyNamed(signedBy.account ?? account), device: keyNamed(signing) },
    seededRandom(`list ${signing} ${fields.version}`),
  )
}

/** What a list that takes the place of others may say. */
export interface Change extends Partial<Omit<NamedList, 'devices'>> {
  readonly add?: readonly NamedDevice[]
  readonly remove?: readonly number[]
  readonly devices?: readonly NamedDevice[]
}

const NAMES = new Map<string, string>()

/** The name of a key that was used in a list before. */
export function nameOf(key: IdentityKey): string {
  for (const [name, pair] of keys) NAMES.set(byteText(pair.publicKey), name)
  return NAMES.get(byteText(key)) ?? 'unknown'
}

/** A list over others, with a change. */
export function over(before: readonly DeviceList[], { add = [], remove = [], devices, ...fields }: Change): DeviceList {
  const next = nextDeviceList({ tips: before })
  const kept = next.devices
    .filter(({ device }) => !remove.includes(device) && !add.some((other) => other.device === device))
    .map(({ device, identityKey, admin, registrationId }) => ({ device, admin, registrationId, name: nameOf(identityKey) }))
  const all = devices ?? [...kept, ...add].sort((a, b) => a.device - b.device)
  return listOf({
    version: next.version,
    previous: before.map(hashOfList),
    lineage: next.lineage,
    recovery: next.recovery,
    account: nameOf(next.accountKey),
    used: usedWith(
      [next.used],
      all.map(({ device }) => device),
    ),
    ...fields,
    devices: all,
  })
}

/** What is held of one list. */
export const holding = (list: DeviceList): HeldLists => heldAlone(list)
