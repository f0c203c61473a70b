import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Bytes, concatBytes } from '../../../src/bytes.js'
import { MAX_RECIPIENTS, MAX_SENT_MESSAGE_LENGTH } from '../../../src/wire/limits.js'
import { parseSentMessage, serializeSentMessage } from '../../../src/wire/sent-message.js'
import { seededRandom } from '../../support/random.js'
import { hex } from '../../support/vectors.js'
import { varint, verdict } from './messages.js'

afterEach(() => vi.restoreAllMocks())

const random = seededRandom('recipients')
const ephemeralKey = hex(`05${'3f'.repeat(32)}`)
const ciphertext = hex('c1c2c3')
const tail = concatBytes(ephemeralKey.subarray(1), ciphertext)
const part = (fill: number): Bytes => new Uint8Array(48).fill(fill)

const id = (number: number): Bytes => concatBytes(new Uint8Array(13), Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number))
const user = (number: number): string => `00000000-0000-0000-0000-0000${number.toString(16).padStart(8, '0')}`
const device = (number: number, registrationId = 7, more = false): Bytes =>
  Uint8Array.of(number, (registrationId >> 8) | (more ? 0x80 : 0), registrationId & 0xff)
const included = (number: number, devices: Uint8Array = device(1), fill = 1): Bytes => concatBytes(id(number), devices, part(fill))
const excluded = (number: number): Bytes => concatBytes(id(number), Uint8Array.of(0))
const message = (entries: readonly Uint8Array[], version = 0x23, count = entries.length): Bytes =>
  new Uint8Array(Buffer.concat([Uint8Array.of(version), varint(count), ...entries, tail]))
const judge = (...entries: readonly Uint8Array[]) => verdict(() => parseSentMessage(message(entries)))

describe('a message for many', () => {
  it('comes back with recipients, devices and excluded users', () => {
    const recipients = [
      {
        user: user(2),
        devices: [
          { device: 1, registrationId: 0x3fff },
          { device: 127, registrationId: 0 },
        ],
        part: part(1),
      },
      { user: `PNI:${user(2)}`, devices: [{ device: 3, registrationId: 5 }], part: part(2) },
    ]
    const sent = parseSentMessage(serializeSentMessage({ recipients, excluded: [user(1)], ephemeralKey, ciphertext }))
    const received = recipients.map(({ user, devices, part }) => ({ user, devices, message: concatBytes(Uint8Array.of(0x22), part, tail) }))
    expect([...sent.recipients()]).toEqual(received)
    expect([...sent.excluded()]).toEqual([user(1)])
    expect([sent.recipientCount, sent.receivedLength]).toEqual([2, 1 + 48 + tail.length])
  })

  it('in its older version has ACIs of 16 bytes only, and is received as the newer', () => {
    const sent = parseSentMessage(message([included(1).subarray(1), excluded(2).subarray(1)], 0x22))
    expect([...sent.recipients()].map(({ user, message }) => [user, message[0]])).toEqual([[user(1), 0x22]])
    expect([...sent.excluded()]).toEqual([user(2)])
  })

  it('merges the entries of one user, and keeps the part of the first', () => {
    const sent = parseSentMessage(message([included(5, device(1), 1), included(3, device(1), 2), included(5, device(2), 3)]))
    const seen = [...sent.recipients()].map(({ user, devices, message }) => [user, devices.map(({ device }) => device), message[1]])
    expect(seen).toEqual([
      [user(5), [1, 2], 1],
      [user(3), [1], 2],
    ])
    expect(sent.recipientCount).toBe(2)
  })

  it('ignores the unused bit beside a registration id', () => {
    const [recipient] = [...parseSentMessage(message([included(1, Uint8Array.of(1, 0x40, 9))])).recipients()]
    expect(recipient?.devices).toEqual([{ device: 1, registrationId: 9 }])
  })

  it('is refused for devices out of range, and device 0 after another', () => {
    expect(judge(included(1, device(127)))).toBe('ok')
    expect(judge(included(1, device(128)))).toBe('malformed-message')
    expect(judge(included(1, concatBytes(device(1, 7, true), device(0))))).toBe('malformed-message')
  })

  it('is refused for another version, another kind of service id, and at every length that is too short', () => {
    for (const version of [0x00, 0x11, 0x21, 0x24, 0x33])
      expect(verdict(() => parseSentMessage(message([], version)))).toBe('unsupported-version')
    expect(judge(concatBytes(Uint8Array.of(2), included(1).subarray(1)))).toBe('malformed-message')
    const whole = message([included(1, concatBytes(device(1, 7, true), device(2))), excluded(2)])
    for (let length = 0; length < whole.length - ciphertext.length; length++) {
      expect(verdict(() => parseSentMessage(whole.subarray(0, length)))).toBe('malformed-message')
    }
  })

  it('sealed-recipient-count: is refused when the number of recipients is not in its shortest form', () => {
    const one = message([included(1)])
    const counted = (...count: readonly number[]) =>
      verdict(() => parseSentMessage(concatBytes(one.subarray(0, 1), Uint8Array.from(count), one.subarray(2))))
    expect(counted(1)).toBe('ok')
    expect(counted(0x81, 0x00)).toBe('malformed-message')
    expect(counted(0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)).toBe('malformed-message')
  })

  it('is not written for what the relay would refuse', () => {
    const write = (fields: object) =>
      verdict(() =>
        serializeSentMessage({
          recipients: [{ user: user(1), devices: [{ device: 1, registrationId: 1 }], part: part(1), ...fields }],
          ...{ excluded: [], ephemeralKey, ciphertext },
        }),
      )
    expect(write({})).toBe('ok')
    for (const wrong of [
      { user: 'alice' },
      { devices: [] },
      { devices: [{ device: 128, registrationId: 1 }] },
      { devices: [{ device: 1, registrationId: 0x4000 }] },
      { part: new Uint8Array(47) },
    ]) {
      expect(write(wrong)).toBe('invalid-argument')
    }
  })
})

describe('row 27: a crafted message for many', () => {
  it('row 27: a device that is there twice, in one entry or in two, is refused', () => {
    expect(judge(included(1, concatBytes(device(1, 7, true), device(1))))).toBe('malformed-message')
    expect(judge(included(1, device(1)), included(2), included(1, device(1)))).toBe('malformed-message')
    expect(judge(included(1, device(1)), included(2, device(1)))).toBe('ok')
  })

  it('row 27: a user who is excluded and there again, either way round, is refused', () => {
    expect(judge(included(1), included(2), excluded(1))).toBe('malformed-message')
    expect(judge(excluded(1), included(2), included(1))).toBe('malformed-message')
    expect(judge(excluded(1), excluded(1))).toBe('malformed-message')
    expect(judge(excluded(1), included(2))).toBe('ok')
  })

  it('row 27: at most 100,000 recipients, excluded ones included', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => excluded(i))
    expect(parseSentMessage(message(many(MAX_RECIPIENTS))).recipientCount).toBe(0)
    expect(verdict(() => parseSentMessage(message(many(MAX_RECIPIENTS + 1))))).toBe('malformed-message')
    // Each device gets a copy, so each counts.
    const devices = (count: number) => concatBytes(...Array.from({ length: count }, (_, i) => device(i + 1, 1, i + 1 < count)))
    const crowd = Array.from({ length: MAX_RECIPIENTS / 125 }, (_, i) => included(i, devices(125)))
    expect(parseSentMessage(message(crowd))).toMatchObject({ recipientCount: MAX_RECIPIENTS / 125, deviceCount: MAX_RECIPIENTS })
    expect(verdict(() => parseSentMessage(message([...crowd, included(MAX_RECIPIENTS, devices(1))])))).toBe('malformed-message')
  })

  it('row 27: a count beyond the bytes there is refused before anything is made of it', () => {
    for (const count of [3, 100_000, 2 ** 31, 2n ** 63n]) {
      const bytes = concatBytes(Uint8Array.of(0x23), varint(count), excluded(1), excluded(2), tail.subarray(0, 32))
      expect(allocatedBy(() => verdict(() => parseSentMessage(bytes)))).toBeLessThan(4 * bytes.length + 512)
      expect(verdict(() => parseSentMessage(bytes))).toBe('malformed-message')
    }
    expect(verdict(() => parseSentMessage(concatBytes(Uint8Array.of(0x23), new Uint8Array(20).fill(0xff))))).toBe('malformed-message')
    expect(verdict(() => parseSentMessage(new Uint8Array(MAX_SENT_MESSAGE_LENGTH + 1)))).toBe('message-too-large')
  })

  it('row 27: parsing allocates at most 4 times the length of the message, whatever is in it', () => {
    const count = 50_000
    const hostile = {
      excluded: message(Array.from({ length: count }, (_, i) => excluded(i * 7919))),
      'one each': message(Array.from({ length: count }, (_, i) => included(count - i))),
      'one user, all devices': message([included(1, concatBytes(...Array.from({ length: 127 }, (_, i) => device(i + 1, 1, i < 126))))]),
    }
    for (const [what, bytes] of Object.entries(hostile))
      expect(
        allocatedBy(() => parseSentMessage(bytes)),
        what,
      ).toBeLessThanOrEqual(4 * bytes.length + 32_768)
  })

  it('row 27: parsing takes time in proportion to the length, also when all ids are nearly the same', () => {
    const entries = (count: number) => Array.from({ length: count }, (_, i) => excluded(i % 2 === 0 ? i : 0x40000000 + i))
    const [small, large] = [message(entries(10_000)), message(entries(80_000))]
    parseSentMessage(large)
    // Eight times the entries; a sort that can be led astray would need 64 times as long.
    expect(fastest(() => parseSentMessage(large))).toBeLessThan(24 * fastest(() => parseSentMessage(small)) + 20)
  })

  it('row 27: what comes out for a recipient is made when it is asked for, and has the length that was announced', () => {
    const sent = parseSentMessage(message(Array.from({ length: 1000 }, (_, i) => included(i + 1))))
    let length = 0
    for (const { message } of sent.recipients()) length += message.length
    expect(length).toBe(sent.recipientCount * sent.receivedLength)
  })

  it('row 27: random bytes and cut messages are refused or parsed, never anything else', () => {
    const whole = message([included(1), included(2, concatBytes(device(1, 7, true), device(2))), excluded(3)])
    for (let i = 0; i < 3000; i++) {
      const bytes = Uint8Array.from(whole)
      const [at = 0, high = 0, value = 0] = random(3)
      bytes[((high << 8) | at) % bytes.length] = value
      verdict(() => [...parseSentMessage(bytes).recipients()])
      verdict(() => [...parseSentMessage(concatBytes(Uint8Array.of(0x23), random(at))).recipients()])
    }
  })
})

/** Bytes of all typed arrays made meanwhile; views of memory that is there cost nothing. */
function allocatedBy(act: () => unknown): number {
  let allocated = 0
  const counting = <T extends typeof Uint8Array | typeof Uint32Array>(type: T): T =>
    new Proxy(type, {
      construct: (target, args, newTarget) => {
        const made = Reflect.construct(target, args, newTarget) as Uint8Array
        if (!(args[0] instanceof ArrayBuffer)) allocated += made.byteLength
        return made
      },
    })
  vi.stubGlobal('Uint8Array', counting(Uint8Array))
  vi.stubGlobal('Uint32Array', counting(Uint32Array))
  try {
    act()
  } finally {
    vi.unstubAllGlobals()
  }
  return allocated
}

function fastest(act: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 5; i++) {
    const start = performance.now()
    act()
    best = Math.min(best, performance.now() - start)
  }
  return best
}
