/**
 * Addresses of devices, and the service ids (ACI, PNI) that some user names are. Does not know who owns an address, nor any message.
 */

import { bytesArgument, invalidArgument, objectArgument, type Shape, shapeArgument, textArgument, uint32Argument } from '../arguments.js'
import { type Bytes, concatBytes, fromUtf8, utf8 } from '../bytes.js'
import { BisikError } from '../errors.js'
import { MAX_USER_LENGTH } from './limits.js'
import { isUuid, uuidBytes, uuidText } from './uuid.js'

/**
 * One device of one user. The user is any well-formed text of at most 1,024 bytes in UTF-8. A service id (a UUID; `PNI:` before it for a
 * PNI) is bound to messages, and its letters may be of either case: it is the same user, and comes back in lower case. Any other name is
 * compared as it is, code unit by code unit: two Unicode forms of one word are two users.
 */
export interface DeviceAddress {
  readonly user: string
  /**
   * 1 to 127. libsignal before 0.75 gave out any number of 32 bits: what began there goes on here up to 2^32 - 1, and nothing new begins
   * above 127: no session from a bundle, no account of a relay, no seal.
   */
  readonly device: number
}

declare const canonical: unique symbol

/**
 * An address that was checked, its user in the only spelling that names records: {@link checkAddress} makes one, and so does whatever
 * reads addresses out of messages.
 */
export interface CanonicalAddress extends DeviceAddress {
  readonly [canonical]: true
}

/** The largest device number that is given out today. */
const MAX_DEVICE = 127
/** The largest that there is. */
const MAX_ANY_DEVICE = 0xffff_ffff
/** The largest that a binding has room for. */
const MAX_BOUND_DEVICE = 0xff
/** Length in bytes of an {@link addressBinding}. */
const ADDRESS_BINDING_LENGTH = 36
/** Length in bytes of a service id of fixed width: kind and UUID. */
const SERVICE_ID_LENGTH = 17

const TYPES: Shape<DeviceAddress> = { user: textArgument, device: uint32Argument }

const ACI = 0
const PNI = 1
const PNI_PREFIX = 'PNI:'
// With the u flag a pair is one character, so only a half without its other half matches.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/**
 * Checks an address that a caller passed.
 *
 * Spec: libsignal wire, "Addresses and identifiers"; differs: a name that is not well-formed UTF-16 (libsignal replaces what it cannot
 * write, so that two names become one) or longer than 1,024 bytes is refused; a service id is written in its canonical form.
 *
 * @returns the address, in an object of its own.
 * @throws BisikError `invalid-argument`.
 */
export function checkAddress(address: DeviceAddress): CanonicalAddress {
  return addressUpTo(MAX_DEVICE, address)
}

/** {@link checkAddress} for a device that may have been here before: its number may be any from 1 to 2^32 - 1. */
export function checkAnyAddress(address: DeviceAddress): CanonicalAddress {
  return addressUpTo(MAX_ANY_DEVICE, address)
}

/** Checks the types in an address, for calls that run for every message: what makes it is {@link checkAddress}. @throws BisikError `invalid-argument`. */
export function addressArgument(address: DeviceAddress, argument: string): DeviceAddress {
  return shapeArgument(address, argument, TYPES)
}

function addressUpTo(largest: number, address: DeviceAddress): CanonicalAddress {
  const { user, device } = objectArgument(address, 'address', ({ user, device }) => ({ user, device }))
  const name = checkUser(user)
  if (!isDeviceUpTo(largest, device)) throw invalidArgument('device', `a whole number from 1 to ${largest}`)
  return { user: name, device } as CanonicalAddress
}

/** Checks a user's name that a caller passed. @returns it in its canonical form. @throws BisikError `invalid-argument`. */
export function checkUser(user: string): string {
  if (!isName(user))
    throw new BisikError('invalid-argument', { argument: 'user', expected: `well-formed text of at most ${MAX_USER_LENGTH} bytes` })
  return canonicalUser(user)
}

/** An address as it is written into messages of ours. @throws BisikError `invalid-argument`, as {@link checkAnyAddress}. */
export function addressFields(address: DeviceAddress): { readonly user: Bytes; readonly device: number } {
  const { user, device } = checkAnyAddress(address)
  return { user: utf8(user), device }
}

/** Judges an address that came in a message of ours. @throws BisikError `malformed-message`. */
export function receivedAddress(fields: { readonly user: Uint8Array; readonly device: number }): CanonicalAddress {
  const user = fields.user.length <= MAX_USER_LENGTH ? fromUtf8(fields.user) : undefined
  if (user === undefined || !isDeviceUpTo(MAX_ANY_DEVICE, fields.device))
    throw new BisikError('malformed-message', { reason: 'no valid address' })
  return { user: canonicalUser(user), device: fields.device } as CanonicalAddress
}

/**
 * The one spelling of a user's name. The MAC of first messages takes a service id in letters of either case for the same user, so does
 * everything that is kept under a name; what {@link serviceIdOf} does not read is a name of its own.
 */
export function canonicalUser(user: string): string {
  const isPni = user.startsWith(PNI_PREFIX)
  const uuid = isPni ? user.slice(PNI_PREFIX.length) : user
  if (!isUuid(uuid)) return user
  return isPni ? PNI_PREFIX + uuid.toLowerCase() : uuid.toLowerCase()
}

/**
 * The service id that a user's name is, in its form of fixed width.
 *
 * Spec: libsignal wire, "Addresses and identifiers"; differs: none.
 *
 * @returns 17 bytes, kind (0: ACI, 1: PNI) and UUID; `undefined` if the name is no service id.
 */
export function serviceIdOf(user: string): Bytes | undefined {
  const isPni = textArgument(user, 'user').startsWith(PNI_PREFIX)
  const uuid = uuidBytes(isPni ? user.slice(PNI_PREFIX.length) : user)
  return uuid && concatBytes(Uint8Array.of(isPni ? PNI : ACI), uuid)
}

/**
 * Reads a service id of fixed width: the inverse of {@link serviceIdOf}.
 *
 * @returns the canonical name (lower case; `PNI:` before a PNI), or `undefined` if `bytes` is not 17 bytes of a known kind.
 */
export function parseServiceId(bytes: Uint8Array): string | undefined {
  bytesArgument(bytes, 'bytes')
  const kind = bytes[0]
  if (bytes.length !== SERVICE_ID_LENGTH || (kind !== ACI && kind !== PNI)) return undefined
  const uuid = uuidText(bytes.subarray(1))
  return kind === PNI ? PNI_PREFIX + uuid : uuid
}

/**
 * The short form of a service id of fixed width: an ACI loses its kind byte.
 *
 * @param serviceId - 17 bytes, from {@link serviceIdOf}.
 * @returns 16 bytes for an ACI, 17 for a PNI.
 * @throws BisikError `invalid-argument` if it is not 17 bytes.
 */
export function serviceIdBinary(serviceId: Uint8Array): Bytes {
  return new Uint8Array(bytesArgument(serviceId, 'serviceId', SERVICE_ID_LENGTH).subarray(serviceId[0] === ACI ? 1 : 0))
}

/**
 * Reads the short form of a service id. An ACI in 17 bytes is not one.
 *
 * @returns the canonical name, or `undefined`.
 */
export function parseServiceIdBinary(bytes: Uint8Array): string | undefined {
  if (bytesArgument(bytes, 'bytes').length === SERVICE_ID_LENGTH) return bytes[0] === PNI ? parseServiceId(bytes) : undefined
  const wide = new Uint8Array(SERVICE_ID_LENGTH)
  if (bytes.length !== SERVICE_ID_LENGTH - 1) return undefined
  wide.set(bytes, 1)
  return parseServiceId(wide)
}

/**
 * What a first message says, under its MAC, about whom it is from and for.
 *
 * Spec: libsignal wire, "SignalMessage bytes", field 6; differs: none.
 *
 * @returns 36 bytes, service id and device of the sender, then of the recipient; `undefined` unless both names are service ids and both
 *          devices fit in a byte.
 * @throws BisikError `invalid-argument` for a name that is not well-formed, or a device that is none from 1 to 2^32 - 1.
 */
export function addressBinding(sender: DeviceAddress, recipient: DeviceAddress): Bytes | undefined {
  const [local, remote] = [checkAnyAddress(sender), checkAnyAddress(recipient)]
  const [from, to] = [serviceIdOf(local.user), serviceIdOf(remote.user)]
  if (!from || !to || local.device > MAX_BOUND_DEVICE || remote.device > MAX_BOUND_DEVICE) return undefined
  const binding = new Uint8Array(ADDRESS_BINDING_LENGTH)
  binding.set(from)
  binding[17] = local.device
  binding.set(to, 18)
  binding[35] = remote.device
  return binding
}

function isName(user: unknown): user is string {
  if (typeof user !== 'string' || user.length > MAX_USER_LENGTH || LONE_SURROGATE.test(user)) return false
  // Three bytes a UTF-16 code unit at most.
  return 3 * user.length <= MAX_USER_LENGTH || utf8(user).length <= MAX_USER_LENGTH
}

/** Whether a device can be given this number. */
export function isDevice(device: unknown): device is number {
  return isDeviceUpTo(MAX_DEVICE, device)
}

function isDeviceUpTo(largest: number, device: unknown): device is number {
  return Number.isInteger(device) && (device as number) >= 1 && (device as number) <= largest
}

/** Whether two addresses are of one device. */
export function sameAddress(a: DeviceAddress, b: DeviceAddress): boolean {
  return a.user === b.user && a.device === b.device
}
