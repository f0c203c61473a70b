import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, equalBytes } from '../../../src/bytes.js'
import { formOf } from '../../../src/codec/form.js'
import { encode } from '../../../src/codec/message.js'
import { RosterAuthor, RosterChange, RosterEntry } from '../../../src/wire/schema/roster.js'
import { seededRandom } from '../../support/random.js'
import { field, group, varint } from '../wire/messages.js'

const hash = new Uint8Array(32).fill(7)
const FIELDS = {
  group: hash,
  epoch: 300,
  previous: hash,
  author: { user: Uint8Array.of(97), device: 1, identityKey: new Uint8Array(33).fill(5) },
  timestamp: 1_767_225_600_000,
  changes: [
    { title: { hash } },
    { remove: { user: Uint8Array.of(98), last: [{ device: 1, distribution: new Uint8Array(16), iteration: 7 }] } },
    { policy: { writers: 0, adders: 1, messages: 1000, days: 7 } },
  ],
  result: hash,
}
const author = [field(1, Uint8Array.of(97)), field(2, 1), field(3, hash)] as const
const form = (...parts: readonly Uint8Array[]): string => formOf(RosterAuthor, concatBytes(...parts))

function attempt(bytes: Bytes): RosterEntry | undefined {
  try {
    return RosterEntry.read(bytes)
  } catch {
    return undefined
  }
}

describe('the form of a message', () => {
  it('is canonical as the table writes it', () => {
    expect(formOf(RosterEntry, encode(RosterEntry, FIELDS))).toBe('canonical')
    expect(form(...author)).toBe('canonical')
  })

  it('is another one where fields come twice or out of order', () => {
    const [user, device, key] = author
    expect(form(device, user, key)).toBe('other')
    expect(form(user, user, device, key)).toBe('other')
    expect(form(user, device, device, key)).toBe('other')
  })

  it('is another one where numbers and lengths are longer than they need be', () => {
    const [user, device, key] = author
    expect(form(user, concatBytes(varint(16), varint(1, 2)), key)).toBe('other')
    expect(form(user, concatBytes(varint(16, 2), varint(1)), key)).toBe('other')
    expect(form(concatBytes(varint(10), varint(1, 2), Uint8Array.of(97)), device, key)).toBe('other')
    expect(formOf(RosterChange, concatBytes(varint(50), varint(34, 2), field(1, hash)))).toBe('other')
  })

  it('is another one where a number is larger than its field', () => {
    const [user, , key] = author
    expect(form(user, field(2, 2 ** 32), key)).toBe('other')
    expect(form(user, field(2, 2 ** 32 - 1), key)).toBe('canonical')
    const late = { ...FIELDS, timestamp: Number.MAX_SAFE_INTEGER }
    expect(formOf(RosterEntry, encode(RosterEntry, late))).toBe('canonical')
  })

  it('is another one where two of a choice are there', () => {
    expect(formOf(RosterChange, concatBytes(field(6, field(1, hash)), field(7, new Uint8Array(0))))).toBe('other')
  })

  it('is another one where a field has another wire type, or a part or the message ends too early', () => {
    const [user, device, key] = author
    expect(form(field(1, 97), device, key)).toBe('other')
    expect(form(user, device, key, varint(0))).toBe('other')
    expect(form(user, device, key.slice(0, -1))).toBe('other')
    expect(formOf(RosterChange, concatBytes(varint(50), varint(40), field(1, hash)))).toBe('other')
  })

  it('is unknown with other fields, at any depth, in their place and their shortest form', () => {
    const [user, device, key] = author
    expect(form(...author, field(4, 1))).toBe('unknown')
    expect(form(...author, field(9, hash), field(9, 2 ** 50))).toBe('unknown')
    expect(form(...author, concatBytes(varint(9 * 8 + 5), new Uint8Array(4)), concatBytes(varint(9 * 8 + 1), new Uint8Array(8)))).toBe(
      'unknown',
    )
    expect(formOf(RosterChange, field(99, hash))).toBe('unknown')
    expect(formOf(RosterChange, field(6, concatBytes(field(1, hash), field(2, 1))))).toBe('unknown')
    expect(form(field(9, 1), user, device, key)).toBe('other')
    expect(form(...author, concatBytes(varint(72), varint(1, 2)))).toBe('other')
    expect(form(...author, concatBytes(varint(74), varint(1, 2), Uint8Array.of(1)))).toBe('other')
    expect(form(...author, group(9))).toBe('other')
    expect(form(...author, concatBytes(varint(74), varint(9)))).toBe('other')
    expect(form(...author, varint(9 * 8 + 5))).toBe('other')
  })

  it('is canonical exactly where writing again gives the same bytes: 20,000 altered entries', () => {
    const random = seededRandom('forms')
    const below = (limit: number): number => ((random(2)[0] as number) * 256 + (random(1)[0] as number)) % limit
    const good = encode(RosterEntry, FIELDS)
    const tally = { canonical: 0, unknown: 0, other: 0 }
    for (let i = 0; i < 20_000; i++) {
      const at = below(good.length)
      let bytes = good.slice()
      if (i % 4 === 0) bytes[at] = random(1)[0] as number
      else if (i % 4 === 1) bytes = concatBytes(good.subarray(0, at), random(1 + below(3)), good.subarray(at))
      else if (i % 4 === 2) bytes = concatBytes(good.subarray(0, at), good.subarray(at + below(4)))
      else bytes[at] = (bytes[at] as number) ^ (1 << below(8))
      const found = formOf(RosterEntry, bytes)
      tally[found]++
      const read = attempt(bytes)
      // Times beyond 2^53 are none, and their last bits are not read.
      if (read === undefined || read.timestamp > Number.MAX_SAFE_INTEGER) continue
      expect(found === 'canonical', `${i}`).toBe(equalBytes(encode(RosterEntry, read), bytes))
    }
    expect(Math.min(...Object.values(tally))).toBeGreaterThan(50)
  })
})
