/**
 * A user's list of devices: bytes to fields and back. Checks that a list is well formed, no signature: whether one is believed is for
 * `protocol/identity/` to say.
 */
import { type Bytes, byteText, utf8 } from '../bytes.js'
import { type IdentityKey, parseIdentityKey, parseSignature, type Signature } from '../crypto/keys.js'
import type { EpochMillis } from '../env.js'
import { BisikError } from '../errors.js'
import { checkUser, isDevice, receivedAddress } from './address.js'
import * as codec from './device-codecs.js'
import { receive } from './input.js'
import { MAX_DEVICE_LIST_LENGTH, MAX_LISTED_DEVICES, MAX_PREVIOUS_LISTS } from './limits.js'
import { receivedMillis } from './protobuf.js'

/** A device as its user's list has it. */
export interface ListedDevice {
  /** 1 to 127, never given twice by one account key. */
  readonly device: number
  /** The device's own, 33 bytes. */
  readonly identityKey: IdentityKey
  readonly registrationId: number
  /** Whether it may sign lists. */
  readonly admin: boolean
  /** Bits; none is given a meaning yet. */
  readonly capabilities: number
  /** The device's signature under being listed so, 64 bytes. */
  readonly consent: Signature
}

/** What a list says. */
export interface DeviceListFields {
  readonly user: string
  /** SHA-256 of the user's first account key, 32 bytes. */
  readonly lineage: Bytes
  readonly accountKey: IdentityKey
  /** SHA-256 of the recovery key, 32 bytes, if the account has one. */
  readonly recovery: Bytes | undefined
  /** 1, 2, …: one more than the highest of those that it takes the place of. */
  readonly version: number
  /** SHA-256 of the lists that it takes the place of, 32 bytes each: none for version 1, else one, or up to four where a fork is joined. */
  readonly previous: readonly Bytes[]
  /** The device that signed, an admin of this list. */
  readonly signer: number
  /** By the signer's clock, which may be wrong. */
  readonly issuedAt: EpochMillis
  /** The numbers that were given to devices, one bit each, 16 bytes. What was given and is not listed was removed for good. */
  readonly used: Bytes
  /** 1 to 16, by rising number. */
  readonly devices: readonly ListedDevice[]
}

/** A list as it travels. Well formed; its signatures are not checked. */
export interface DeviceList extends DeviceListFields {
  /** What both signatures cover, as received. */
  readonly signed: Bytes
  readonly accountSignature: Signature
  readonly deviceSignature: Signature
  readonly serialized: Bytes
}

/** Length in bytes of SHA-256. */
const HASH_LENGTH = 32
const USED_LENGTH = 16

/** Writes what the signatures of a list cover. */
export function encodeDeviceList({ user, recovery, previous, devices, ...fields }: DeviceListFields): Bytes {
  return codec.deviceList.encode({
    ...fields,
    user: utf8(checkUser(user)),
    recovery: recovery ?? null,
    previous: [...previous],
    devices: devices.map(({ admin, capabilities, ...device }) => ({
      ...device,
      admin: admin ? true : null,
      capabilities: capabilities === 0 ? null : capabilities,
    })),
  })
}

/** Puts both signatures beside what they cover. */
export function serializeDeviceList({
  signed,
  accountSignature,
  deviceSignature,
}: Omit<DeviceList, keyof DeviceListFields | 'serialized'>): Bytes {
  return codec.signedDeviceList.encode({ list: signed, accountSignature, deviceSignature })
}

/**
 * Parses a list of devices and checks that it is well formed: not who signed it. The result shares no memory with `bytes`.
 *
 * @throws BisikError `message-too-large` (over 8 KiB), `malformed-message`, `invalid-key`, `invalid-argument`.
 */
export function parseDeviceList(bytes: Uint8Array): DeviceList {
  const serialized = receive(bytes, MAX_DEVICE_LIST_LENGTH)
  const { list: signed, accountSignature, deviceSignature } = codec.signedDeviceList.decode(serialized)
  const fields = codec.deviceList.decode(signed)
  const list: DeviceListFields = {
    user: receivedAddress({ user: fields.user, device: fields.signer }).user,
    lineage: receivedHash(fields.lineage),
    accountKey: parseIdentityKey(fields.accountKey),
    recovery: fields.recovery === null ? undefined : receivedHash(fields.recovery),
    version: fields.version,
    previous: fields.previous.map(receivedHash),
    signer: fields.signer,
    issuedAt: receivedMillis(fields.issuedAt),
    used: fields.used,
    devices: fields.devices.map(receivedDevice),
  }
  checkForm(list)
  const signatures = { accountSignature: parseSignature(accountSignature), deviceSignature: parseSignature(deviceSignature) }
  return { ...list, ...signatures, signed, serialized }
}

/** Whether a number was given to a device, by the bits of `used`. */
export function isUsed(used: Uint8Array, device: number): boolean {
  return (((used[device >> 3] as number) >> (device & 7)) & 1) === 1
}

/** The bits of `used` for these numbers, and all of `before`. */
export function usedWith(before: readonly Uint8Array[], devices: readonly number[]): Bytes {
  const used = new Uint8Array(USED_LENGTH)
  for (const bits of before) for (let i = 0; i < USED_LENGTH; i++) used[i] = (used[i] as number) | (bits[i] as number)
  for (const device of devices) used[device >> 3] = (used[device >> 3] as number) | (1 << (device & 7))
  return used
}

/** A SHA-256 that came. @throws BisikError `malformed-message`. */
export function receivedHash(hash: Bytes): Bytes {
  if (hash.length !== HASH_LENGTH) throw malformed('a hash that is not 32 bytes')
  return hash
}

function receivedDevice(device: {
  readonly device: number
  readonly identityKey: Bytes
  readonly registrationId: number
  readonly admin: boolean | null
  readonly capabilities: number | null
  readonly consent: Bytes
}): ListedDevice {
  return {
    device: device.device,
    identityKey: parseIdentityKey(device.identityKey),
    registrationId: device.registrationId,
    admin: device.admin === true,
    capabilities: device.capabilities ?? 0,
    consent: parseSignature(device.consent),
  }
}

/** A list has one form: who reads it need not ask which of two devices of one number is meant. */
function checkForm({ version, previous, signer, used, devices }: DeviceListFields): void {
  if (version === 0 || (version === 1) !== (previous.length === 0)) throw malformed('a version that does not fit what was before')
  if (previous.length > MAX_PREVIOUS_LISTS || hasDouble(previous)) throw malformed('too many lists before')
  if (used.length !== USED_LENGTH || isUsed(used, 0)) throw malformed('no numbers of devices')
  if (devices.length === 0 || devices.length > MAX_LISTED_DEVICES) throw malformed('no devices, or too many')
  const numbers = [0, ...devices.map(({ device }) => device)]
  const isSound = devices.every(({ device }, i) => isDevice(device) && device > (numbers[i] as number) && isUsed(used, device))
  if (!isSound || !isDevice(signer)) throw malformed('no such device')
  if (hasDouble(devices.map(({ identityKey }) => identityKey))) throw malformed('two devices of one key')
}

function hasDouble(list: readonly Uint8Array[]): boolean {
  return new Set(list.map(byteText)).size < list.length
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason: `device list: ${reason}` })
}
