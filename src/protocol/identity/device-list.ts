/**
 * One signed list of a user's devices: making it, and judging it by itself. What it means beside lists that are held already is for
 * `held-lists.ts` to say.
 */
import { type Bytes, concatBytes, equalBytes, utf8 } from '../../bytes.js'
import { sha256 } from '../../crypto/hash.js'
import type { IdentityKey, IdentityKeyPair, Signature } from '../../crypto/keys.js'
import { sign, verify } from '../../crypto/xeddsa.js'
import type { RandomSource } from '../../env.js'
import {
  type DeviceList,
  type DeviceListFields,
  encodeDeviceList,
  type ListedDevice,
  parseDeviceList,
  serializeDeviceList,
} from '../../wire/device-list.js'

/**
 * Why a list, a stamp or a move is refused. `list-unsigned`: a signature does not hold. `list-wrong-account`: another user, lineage, account
 * key or recovery key than the one held. `list-gap`: none of the lists that it takes the place of is known here. `list-rolled-back`: older
 * than what is held. `list-forked`: as many branches are open as may be. `signer-not-admin`: its signer may not sign lists. `device-id-reused`:
 * the number of a removed device is given again, or to another key. `no-consent`: a device did not agree to be listed so. `stamp-early`: dated
 * more than a day ahead. `head-differs`: about a list that is not held. `moved-twice`: two next account keys, and the user must decide.
 */
export type ListRefusal =
  | 'list-unsigned'
  | 'list-wrong-account'
  | 'list-gap'
  | 'list-rolled-back'
  | 'list-forked'
  | 'signer-not-admin'
  | 'device-id-reused'
  | 'no-consent'
  | 'stamp-early'
  | 'head-differs'
  | 'moved-twice'

const LIST_LABEL = utf8('bisik device list v1\0')
const CONSENT_LABEL = utf8('bisik device consent v1\0')

/** What a device agrees to: to be a device of this user, under this number. */
export type ConsentFields = Pick<DeviceListFields, 'user' | 'lineage'> & Pick<ListedDevice, 'device' | 'registrationId' | 'capabilities'>

/** Lineage of a user who begins with this account key, and name of a recovery key in a list. Spec: ours. @returns SHA-256, 32 bytes. */
export function hashOfKey(key: IdentityKey): Bytes {
  return sha256(key)
}

/** What names a list, whoever's signatures lie beside it. Spec: ours. @returns SHA-256 of what is signed, 32 bytes. */
export function hashOfList({ signed }: Pick<DeviceList, 'signed'>): Bytes {
  return sha256(signed)
}

/** A device's signature under being listed. Spec: ours. @param random - 64 bytes are drawn. @returns 64 bytes. */
export function signConsent(fields: ConsentFields, identity: Pick<IdentityKeyPair, 'privateKey'>, random: RandomSource): Signature {
  return sign(identity.privateKey, consentBytes(fields), random)
}

/** Whose keys sign a list. */
export interface ListSigners {
  readonly account: Pick<IdentityKeyPair, 'privateKey'>
  /** Of the device that `signer` names. */
  readonly device: Pick<IdentityKeyPair, 'privateKey'>
}

/**
 * Signs a list. Spec: ours.
 *
 * @param random - 64 bytes are drawn, twice.
 * @throws BisikError `malformed-message` if the list is not well formed, `message-too-large`.
 */
export function signDeviceList(fields: DeviceListFields, { account, device }: ListSigners, random: RandomSource): DeviceList {
  const signed = encodeDeviceList(fields)
  const message = concatBytes(LIST_LABEL, signed)
  const accountSignature = sign(account.privateKey, message, random)
  return parseDeviceList(serializeDeviceList({ signed, accountSignature, deviceSignature: sign(device.privateKey, message, random) }))
}

/**
 * Judges a list by itself: its signer is an admin of it, both signatures hold, and so does each consent. Spec: ours.
 *
 * @param agreed - devices whose consent was found good before.
 */
export function checkDeviceList(list: DeviceList, agreed: readonly ListedDevice[] = []): ListRefusal | undefined {
  const signer = deviceOf(list, list.signer)
  if (signer === undefined || !signer.admin) return 'signer-not-admin'
  const message = concatBytes(LIST_LABEL, list.signed)
  if (!verify(list.accountKey, message, list.accountSignature)) return 'list-unsigned'
  if (!verify(signer.identityKey, message, list.deviceSignature)) return 'list-unsigned'
  const { user, lineage } = list
  const agrees = (device: ListedDevice): boolean =>
    agreed.some((other) => isSameConsent(device, other)) ||
    verify(device.identityKey, consentBytes({ ...device, user, lineage }), device.consent)
  return list.devices.every(agrees) ? undefined : 'no-consent'
}

/** A device of a list, by its number. Spec: ours. */
export function deviceOf({ devices }: Pick<DeviceListFields, 'devices'>, number: number): ListedDevice | undefined {
  return devices.find(({ device }) => device === number)
}

function isSameConsent(a: ListedDevice, b: ListedDevice): boolean {
  return (
    a.device === b.device &&
    a.registrationId === b.registrationId &&
    a.capabilities === b.capabilities &&
    equalBytes(a.identityKey, b.identityKey) &&
    equalBytes(a.consent, b.consent)
  )
}

/** Everything but the name has its width, and the name comes last: no two consents have the same bytes. */
function consentBytes({ user, lineage, device, registrationId, capabilities }: ConsentFields): Bytes {
  const numbers = new Uint8Array(9)
  const view = new DataView(numbers.buffer)
  view.setUint8(0, device)
  view.setUint32(1, registrationId)
  view.setUint32(5, capabilities)
  return concatBytes(CONSENT_LABEL, lineage, numbers, utf8(user))
}
