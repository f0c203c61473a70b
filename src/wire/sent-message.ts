/**
 * A sealed message for many recipients on its way to the relay: writing it, and parsing and splitting it with work and memory bounded
 * by its length. Knows no key and no account.
 */

import { bytesArgument, objectArgument, uint32Argument } from '../arguments.js'
import { type Bytes, concatBytes, equalBytes } from '../bytes.js'
import { EC_PUBLIC_KEY_LENGTH } from '../crypto/keys.js'
import { BisikError } from '../errors.js'
import { isDevice, parseServiceId, serviceIdOf } from './address.js'
import { receive } from './input.js'
import { MAX_RECIPIENTS, MAX_SENT_MESSAGE_LENGTH } from './limits.js'
import { joinSealedForMany, RECIPIENT_PART_LENGTH } from './sealed-message.js'

/** A device of a recipient, and the installation that the sender knows there. */
export interface RecipientDevice {
  readonly device: number
  /** 14 bits. */
  readonly registrationId: number
}

/** One user among the recipients. */
export interface Recipient {
  /** A service id in its canonical form. */
  readonly user: string
  /** At least one; no device twice. */
  readonly devices: readonly RecipientDevice[]
}

/** What {@link serializeSentMessage} writes. */
export interface SentMessageFields {
  readonly recipients: readonly (Recipient & {
    /** Wrapped secret (32) and tag (16). */
    readonly part: Uint8Array
  })[]
  /** Users who are not to get it although the relay would expect them to. */
  readonly excluded: readonly string[]
  /** 33 bytes. */
  readonly ephemeralKey: Uint8Array
  readonly ciphertext: Uint8Array
}

/** A parsed message for many: what each recipient gets is made when it is asked for, so that a hostile message buys no memory. */
export interface SentMessage {
  /** How many users get it. */
  readonly recipientCount: number
  /** How many devices get it. */
  readonly deviceCount: number
  /** Bytes of what one device gets; for all devices the same. */
  readonly receivedLength: number
  /**
   * Users who get it, in the order of the message, each with all its devices and its message. A message is joined when it is read, anew
   * each time: whoever is refused need not cost its length.
   */
  recipients(): IterableIterator<Recipient & { readonly message: Bytes }>
  /** Users who are excluded, in the order of the message. */
  excluded(): IterableIterator<string>
}

const VERSION = 0x23
/** Its service ids are all ACIs, in 16 bytes. */
const VERSION_ACI_ONLY = 0x22
const SERVICE_ID_LENGTH = 17
const RAW_KEY_LENGTH = EC_PUBLIC_KEY_LENGTH - 1
const MORE_DEVICES = 0x8000
const REGISTRATION_ID_MASK = 0x3fff
const NONE = 0xffff_ffff

/**
 * Serializes a message for many.
 *
 * Spec: libsignal wire, "v2", "SentMessage"; differs: none.
 *
 * @throws BisikError `invalid-argument` if a user is no service id or is there twice, a device or registration id out of range.
 */
export function serializeSentMessage(fields: SentMessageFields): Bytes {
  const { recipients, excluded, ephemeralKey, ciphertext } = objectArgument(fields, 'fields', (given) => given)
  const parts: Uint8Array[] = [Uint8Array.of(VERSION, ...varint(recipients.length + excluded.length))]
  for (const { user, devices, part } of recipients) {
    const list = devices.flatMap(({ device, registrationId }, i) => {
      if (!isDevice(device) || uint32Argument(registrationId, 'registrationId') > REGISTRATION_ID_MASK)
        throw new BisikError('invalid-argument', { argument: 'devices', expected: 'devices from 1 to 127, registration ids of 14 bits' })
      const word = registrationId | (i + 1 < devices.length ? MORE_DEVICES : 0)
      return [device, word >> 8, word & 0xff]
    })
    if (list.length === 0) throw new BisikError('invalid-argument', { argument: 'devices', expected: 'one at least' })
    parts.push(wideServiceId(user), Uint8Array.from(list), bytesArgument(part, 'part', RECIPIENT_PART_LENGTH))
  }
  for (const user of excluded) parts.push(wideServiceId(user), Uint8Array.of(0))
  parts.push(bytesArgument(ephemeralKey, 'ephemeralKey', EC_PUBLIC_KEY_LENGTH).subarray(1), bytesArgument(ciphertext, 'ciphertext'))
  // One by one: as arguments of one call, 100,000 recipients would be more than a stack holds.
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return bytes
}

/**
 * Parses a message for many. The result shares no memory with `bytes`; beyond that copy it takes 21 bytes for each recipient, and its
 * time is linear in the length, whatever ids a sender chooses.
 *
 * Spec: libsignal wire, "v2", "SentMessage"; differs: at most 100,000 devices, excluded users included; a device that is there twice is refused (libsignal
 * lists it twice), and so is a number of recipients that is not in its shortest form.
 *
 * @param limit - the most bytes that are looked at.
 * @param recipients - the most devices it may be for, excluded users included; 100,000 whatever is given.
 * @throws BisikError `message-too-large`, `malformed-message`, `unsupported-version`, `invalid-argument`.
 */
export function parseSentMessage(
  bytes: Uint8Array,
  limit: number = MAX_SENT_MESSAGE_LENGTH,
  recipients: number = MAX_RECIPIENTS,
): SentMessage {
  const most = Math.min(uint32Argument(recipients, 'recipients'), MAX_RECIPIENTS)
  const received = receive(bytes, limit)
  if (received.length === 0) throw malformed('too short')
  const version = received[0] as number
  if (version !== VERSION && version !== VERSION_ACI_ONLY) throw new BisikError('unsupported-version', { version })
  const entries = new Entries(received, version === VERSION ? SERVICE_ID_LENGTH : SERVICE_ID_LENGTH - 1, most)
  const shared = received.subarray(entries.end)
  return {
    recipientCount: entries.recipientCount,
    deviceCount: entries.deviceCount,
    receivedLength: 1 + RECIPIENT_PART_LENGTH + shared.length,
    *recipients() {
      for (const first of entries.recipients()) {
        yield {
          user: entries.userOf(first),
          devices: entries.devicesOf(first),
          get message() {
            return joinSealedForMany(entries.partOf(first), shared)
          },
        }
      }
    },
    *excluded() {
      for (const entry of entries.excluded()) yield entries.userOf(entry)
    },
  }
}

/** The entries of a message by number: where each begins, and which is the next one of the same user. */
class Entries {
  readonly #bytes: Bytes
  readonly #idLength: number
  readonly #most: number
  readonly #starts: Uint32Array
  readonly #next: Uint32Array
  /** 1 where an earlier entry of the same user has led here. */
  readonly #isLater: Uint8Array
  readonly recipientCount: number
  readonly deviceCount: number
  /** Where the part that all recipients share begins. */
  readonly end: number

  constructor(bytes: Bytes, idLength: number, most: number) {
    this.#bytes = bytes
    this.#idLength = idLength
    this.#most = most
    const { value: count, end: start } = readVarint(bytes, 1)
    if (count > most) throw malformed('too many recipients')
    // Nothing is shorter than an excluded one.
    if (count * (idLength + 1) > bytes.length - start - RAW_KEY_LENGTH) throw malformed('shorter than its recipients')
    this.#starts = new Uint32Array(count)
    this.#next = new Uint32Array(count).fill(NONE)
    this.#isLater = new Uint8Array(count)
    const { end, devices } = this.#readStarts(start)
    this.end = end
    this.deviceCount = devices
    this.recipientCount = this.#linkUsers()
  }

  *recipients(): IterableIterator<number> {
    for (let entry = 0; entry < this.#starts.length; entry++) if (this.#isLater[entry] === 0 && !this.#isExcluded(entry)) yield entry
  }

  *excluded(): IterableIterator<number> {
    for (let entry = 0; entry < this.#starts.length; entry++) if (this.#isExcluded(entry)) yield entry
  }

  userOf(entry: number): string {
    const id = this.#idOf(entry)
    const user = parseServiceId(this.#idLength === SERVICE_ID_LENGTH ? id : concatBytes(Uint8Array.of(0), id))
    if (user === undefined) throw new BisikError('internal', { reason: 'a service id changed its mind' })
    return user
  }

  devicesOf(first: number): RecipientDevice[] {
    const devices: RecipientDevice[] = []
    for (let entry = first; entry !== NONE; entry = this.#next[entry] as number) this.#readDevices(entry, (device) => devices.push(device))
    return devices
  }

  partOf(entry: number): Bytes {
    const start = this.#readDevices(entry, () => {})
    return this.#bytes.subarray(start, start + RECIPIENT_PART_LENGTH)
  }

  #readStarts(start: number): { readonly end: number; readonly devices: number } {
    let position = start
    let [devices, excluded] = [0, 0]
    const see = () => devices++
    for (let entry = 0; entry < this.#starts.length; entry++) {
      this.#starts[entry] = position
      if (this.#devicesStart(entry) >= this.#bytes.length) throw malformed('shorter than its recipients')
      if (this.#idLength === SERVICE_ID_LENGTH && (this.#bytes[position] as number) > 1) throw malformed('no such kind of service id')
      if (this.#isExcluded(entry)) excluded++
      position = this.#isExcluded(entry) ? this.#devicesStart(entry) + 1 : this.#readDevices(entry, see) + RECIPIENT_PART_LENGTH
      if (devices + excluded > this.#most) throw malformed('too many recipients')
    }
    if (this.#bytes.length - position < RAW_KEY_LENGTH) throw malformed('too short')
    return { end: position, devices }
  }

  /** Finds the entries of one user and links them. @returns how many users get the message. */
  #linkUsers(): number {
    const sorted = this.#sortedById()
    // When a device was last seen, counted in users.
    const seen = new Uint32Array(128)
    let users = 0
    let excluded = 0
    for (let i = 0; i < sorted.length; i++) {
      const entry = sorted[i] as number
      const before = i === 0 ? NONE : (sorted[i - 1] as number)
      const isLater = before !== NONE && equalBytes(this.#idOf(before), this.#idOf(entry))
      if (isLater) {
        if (this.#isExcluded(before) || this.#isExcluded(entry)) throw malformed('a recipient is excluded and there again')
        this.#next[before] = entry
        this.#isLater[entry] = 1
      } else users++
      if (this.#isExcluded(entry)) excluded++
      else
        this.#readDevices(entry, ({ device }) => {
          if (seen[device] === users) throw malformed('a device is there twice')
          seen[device] = users
        })
    }
    return users - excluded
  }

  /** Entries in the order of their ids, those of one id in the order of the message: radix sort, whose time no choice of ids can change. */
  #sortedById(): Uint32Array {
    const count = this.#starts.length
    let from = Uint32Array.from({ length: count }, (_, entry) => entry)
    let to = new Uint32Array(count)
    for (let place = this.#idLength - 1; place >= 0 && count > 1; place--) {
      const ends = new Uint32Array(257)
      const byteOf = (entry: number): number => this.#bytes[(this.#starts[entry] as number) + place] as number
      for (let i = 0; i < count; i++) {
        const slot = byteOf(i) + 1
        ends[slot] = (ends[slot] as number) + 1
      }
      for (let byte = 0; byte < 256; byte++) ends[byte + 1] = (ends[byte + 1] as number) + (ends[byte] as number)
      for (let i = 0; i < count; i++) {
        const entry = from[i] as number
        const byte = byteOf(entry)
        const slot = ends[byte] as number
        to[slot] = entry
        ends[byte] = slot + 1
      }
      const swap = from
      from = to
      to = swap
    }
    return from
  }

  #idOf(entry: number): Bytes {
    const start = this.#starts[entry] as number
    return this.#bytes.subarray(start, start + this.#idLength)
  }

  #devicesStart(entry: number): number {
    return (this.#starts[entry] as number) + this.#idLength
  }

  #isExcluded(entry: number): boolean {
    return this.#bytes[this.#devicesStart(entry)] === 0
  }

  /** @returns where the list of devices ends. */
  #readDevices(entry: number, see: (device: RecipientDevice) => void): number {
    const bytes = this.#bytes
    let position = this.#devicesStart(entry)
    for (;;) {
      const device = bytes[position] as number
      const low = bytes[position + 2]
      if (low === undefined) throw malformed('shorter than its recipients')
      if (!isDevice(device)) throw malformed('no such device')
      const word = ((bytes[position + 1] as number) << 8) | low
      see({ device, registrationId: word & REGISTRATION_ID_MASK })
      position += 3
      if ((word & MORE_DEVICES) === 0) return position
    }
  }
}

function wideServiceId(user: string): Bytes {
  const id = serviceIdOf(user)
  if (id === undefined) throw new BisikError('invalid-argument', { argument: 'user', expected: 'a service id' })
  return id
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}

function readVarint(bytes: Bytes, start: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i]
    if (byte === undefined) break
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte >= 0x80) continue
    // libsignal goes on after the bytes that the number needs, whatever it took: of two readings neither.
    if (byte === 0 && i > 0) throw malformed('the number of recipients is not in its shortest form')
    return { value, end: start + i + 1 }
  }
  throw malformed('no number of recipients')
}

function malformed(reason: string): BisikError {
  return new BisikError('malformed-message', { reason })
}
