import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Bytes, concatBytes, fromUtf8, toHex, utf8 } from '../../src/bytes.js'
import { MessageType } from '../../src/codec/message.js'
import type { EcPublicKey } from '../../src/crypto/keys.js'
import * as wire from '../../src/wire/index.js'
import { committedVectors, hex } from '../support/vectors.js'
import { byteStringsIn, field, group, recorded, recordedOf, varint, verdict } from '../unit/wire/messages.js'

const key = hex(`05${'3f'.repeat(32)}`) as EcPublicKey
const tag = new Uint8Array(8)
const BODY = concatBytes(field(1, key), field(2, 7), field(4, hex('cafe')))
/** A ratchet message with something hostile among its fields. */
const around = (...hostile: readonly Uint8Array[]): Bytes => concatBytes(hex('44'), BODY, ...hostile, tag)
const judge = (...hostile: readonly Uint8Array[]) => verdict(() => wire.parseSignalMessage(around(...hostile)))
const repeated = (part: Uint8Array, times: number): Bytes => {
  const bytes = new Uint8Array(part.length * times)
  for (let i = 0; i < times; i++) bytes.set(part, i * part.length)
  return bytes
}

afterEach(() => vi.restoreAllMocks())

describe('row 3: parser bombs', () => {
  it('row 3: lengths beyond the end, varints of eleven bytes and deep groups are refused', () => {
    const nest = (depth: number): Bytes => (depth === 0 ? hex('') : group(99, nest(depth - 1)))
    expect(judge(hex('22'), varint(2 ** 31))).toBe('malformed-message')
    expect(judge(hex('22'), varint(2n ** 64n - 1n))).toBe('malformed-message')
    expect(judge(hex('10'), varint(1, 11))).toBe('malformed-message')
    expect(judge(nest(10))).toBe('ok')
    expect(judge(nest(11))).toBe('malformed-message')
    expect(judge(repeated(varint(99 * 8 + 3), 300_000))).toBe('malformed-message')
  })

  it('row 3: every byte is read once at most before anything is made of it', () => {
    const type = new MessageType<{ number: number | null }>(
      (of) => ({ number: of[0] }),
      (of) => [of.number],
      [[2, 'uint32', 'optional']],
    )
    const bombs = [
      repeated(field(2, 1), 1000),
      repeated(field(99, hex('')), 1000),
      repeated(group(99), 1000),
      field(4, new Uint8Array(5000)),
    ]
    for (const bytes of bombs) {
      let reads = 0
      const counting = new Proxy(bytes, {
        get: (target, name) => {
          if (typeof name === 'string' && /^\d+$/.test(name)) reads++
          return Reflect.get(target, name, target)
        },
      })
      type.read(counting)
      expect(reads).toBeGreaterThan(0)
      expect(reads).toBeLessThanOrEqual(bytes.length)
    }
  })

  it('row 3: a million tiny fields, known or not, leave nothing behind', () => {
    for (const tiny of [hex('1000'), hex('2200'), hex('980600'), hex('9b069c06')]) {
      const bytes = around(repeated(tiny, Math.floor(1_000_000 / tiny.length)))
      const parsed = wire.parseSignalMessage(bytes)
      const kept = byteStringsIn(parsed).reduce((sum, { length }) => sum + length, 0)
      expect(kept).toBeLessThanOrEqual(bytes.length + 64)
      expect(Object.keys(parsed).length).toBe(9)
    }
  })

  it('row 3: duplicates cost one copy each: twice the input at most', () => {
    const bytes = around(repeated(field(4, new Uint8Array(900)), 1000))
    const slice = vi.spyOn(Uint8Array.prototype, 'slice')
    wire.parseSignalMessage(bytes)
    const copied = slice.mock.results.reduce((sum, { value }) => sum + (value as Uint8Array).length, 0)
    expect(copied).toBeGreaterThanOrEqual(900_000)
    // The other copy is `authenticated`.
    expect(copied).toBeLessThanOrEqual(bytes.length)
  })

  it('row 3: what is over the limit is refused before a byte of it is read', () => {
    const limits = [
      [wire.parseSignalMessage, wire.MAX_MESSAGE_LENGTH],
      [wire.parsePreKeySignalMessage, wire.MAX_MESSAGE_LENGTH],
      [wire.parseContent, wire.MAX_MESSAGE_LENGTH],
      [wire.parseDecryptionErrorMessage, wire.MAX_MESSAGE_LENGTH],
      [wire.parsePlaintextContent, wire.MAX_MESSAGE_LENGTH],
      [wire.extractDecryptionError, wire.MAX_MESSAGE_LENGTH],
      [wire.parseEnvelope, wire.MAX_ENVELOPE_LENGTH],
      [wire.parsePreKeyBundle, wire.MAX_BUNDLE_LENGTH],
      [wire.parsePreKeyUpload, wire.MAX_UPLOAD_LENGTH],
    ] as const
    for (const [parse, limit] of limits) {
      const touched: PropertyKey[] = []
      const bytes = new Uint8Array(limit + 1)
      for (const name of ['subarray', 'slice', 'buffer', 'at']) Object.defineProperty(bytes, name, { get: () => touched.push(name) })
      expect(() => parse(bytes)).toThrow(expect.objectContaining({ code: 'message-too-large', details: { length: limit + 1, limit } }))
      expect(touched).toEqual([])
    }
  })

  it('row 3: an upload of half a million empty prekeys is refused before one is made', () => {
    expect(verdict(() => wire.parsePreKeyUpload(repeated(hex('3a00'), 524_000)))).toBe('malformed-message')
    expect(verdict(() => wire.parsePreKeyUpload(repeated(hex('1200'), 524_000)))).toBe('malformed-message')
  })
})

interface Negative {
  readonly cases: readonly {
    readonly kind: string
    readonly type: 2 | 3
    readonly bytes: string
    readonly expect: 'ok' | 'error'
    readonly error?: { readonly message: string }
  }[]
}
const negative = committedVectors<Negative>('libsignal/negative-session.json.gz').cases

/** Which of libsignal's refusals come from the parser, and our code for each. All others need a session or a key. */
const PARSE_ERRORS: readonly (readonly [message: RegExp, code: string])[] = [
  [/^protobuf encoding was invalid$/, 'malformed-message'],
  [/^ciphertext serialized bytes were too short/, 'malformed-message'],
  [/Both or neither kyber/, 'malformed-message'],
  [/^ciphertext version was (too old|unrecognized)/, 'unsupported-version'],
  [/^bad key type/, 'invalid-key'],
]

function parse(type: 2 | 3, bytes: Uint8Array): wire.SignalMessage | wire.PreKeySignalMessage {
  return type === 3 ? wire.parsePreKeySignalMessage(bytes) : wire.parseSignalMessage(bytes)
}

describe('row 4: altered messages get the verdict that libsignal gives', () => {
  it.each(negative.map((one, index) => ({ ...one, index })))('row 4: $index, $kind', ({ type, bytes, error }) => {
    const code = PARSE_ERRORS.find(([message]) => message.test(error?.message ?? ''))?.[1] ?? 'ok'
    expect(verdict(() => parse(type, hex(bytes)))).toBe(code)
  })

  it('row 4: of 137 cases, 29 are decided by the parser', () => {
    const refused = negative.filter(({ type, bytes }) => verdict(() => parse(type, hex(bytes))) !== 'ok')
    expect([negative.length, refused.length]).toEqual([137, 29])
  })

  it('row 4: a counter as a varint of ten bytes is read modulo 2^32, so that the session refuses it as an old one', () => {
    const bytes = negative.find(({ kind }) => kind === 'counter as 10-byte varint')?.bytes ?? ''
    expect(parse(2, hex(bytes))).toMatchObject({ counter: 0 })
  })

  it('row 4: the writer has one form: what it wrote from a message it read is written alike ever after', () => {
    for (const { type, bytes } of recorded) {
      const again = rewrite(type, bytes)
      expect(toHex(rewrite(type, again))).toBe(toHex(again))
    }
  })
})

function rewrite(type: 2 | 3, bytes: Uint8Array): Bytes {
  const write = (message: wire.SignalMessage) => wire.encodeSignalMessage(message).finish(message.tag)
  if (type === 2) return write(wire.parseSignalMessage(bytes))
  const parsed = wire.parsePreKeySignalMessage(bytes)
  return wire.serializePreKeySignalMessage({ ...parsed, message: write(parsed.message) })
}

describe('row 15: wrong versions', () => {
  it('row 15: all but 3 and 4 are refused, outside and inside, with the version in the error', () => {
    const first = recordedOf(3).at(-1) ?? hex('')
    const inner = wire.parsePreKeySignalMessage(first).message
    const start = toHex(first).indexOf(toHex(inner.authenticated)) / 2
    for (let high = 0; high < 16; high++) {
      const expected = high === 3 || high === 4 ? 'ok' : 'unsupported-version'
      for (const offset of [0, start]) {
        const altered = first.slice()
        altered[offset] = (high << 4) | 4
        expect(verdict(() => wire.parsePreKeySignalMessage(altered))).toBe(expected)
        if (expected !== 'ok') {
          expect(() => wire.parsePreKeySignalMessage(altered)).toThrow(expect.objectContaining({ details: { version: high } }))
        }
      }
    }
  })

  it('row 15: a first message of version 4 cannot be stripped of its KEM ciphertext', () => {
    const { kem: _, ...rest } = wire.parsePreKeySignalMessage(recordedOf(3).at(-1) ?? hex(''))
    const stripped = wire.serializePreKeySignalMessage({
      ...rest,
      version: 3,
      kem: undefined,
      message: rewrite(2, messageOf(rest.message)),
    })
    expect(verdict(() => wire.parsePreKeySignalMessage(stripped))).toBe('ok')
    stripped[0] = 0x44
    expect(verdict(() => wire.parsePreKeySignalMessage(stripped))).toBe('malformed-message')
  })
})

function messageOf({ authenticated, tag: mac }: wire.SignalMessage): Bytes {
  return concatBytes(authenticated, mac)
}

describe('row 28: odd names', () => {
  const { protocolAddress } = committedVectors<{
    readonly protocolAddress: readonly { readonly name: string; readonly serviceId?: string | null }[]
  }>('libsignal/addresses.json')
  const names = [...new Set(protocolAddress.map(({ name }) => name))]
  // Two spellings of one service id are one name.
  const canonical = new Map(protocolAddress.map(({ name, serviceId }) => [name, serviceId ?? name]))
  const write = (user: string) => wire.serializeEnvelope({ kind: 'ratchet', sender: { user, device: 1 }, body: hex('') })
  const refused = names.filter((name) => verdict(() => write(name)) !== 'ok')
  const accepted = names.filter((name) => !refused.includes(name))

  it('row 28: each name comes back as it was, or as the service id that it is, or is refused, and Object.prototype is unchanged', () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    for (const name of accepted) expect(wire.parseEnvelope(write(name)).sender).toEqual({ user: canonical.get(name), device: 1 })
    expect(accepted).toContain('__proto__')
    expect(refused.filter((name) => name.length <= wire.MAX_USER_LENGTH)).toEqual(['\ud800'])
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(Object.keys({})).toEqual([])
  })

  it('row 28: two names never share one byte form', () => {
    expect(accepted.length).toBeGreaterThan(25)
    expect(new Set(accepted.map((name) => toHex(write(name)))).size).toBe(new Set(accepted.map((name) => canonical.get(name))).size)
  })

  it('row 28: names that are not well-formed UTF-8 are refused on arrival', () => {
    const good = wire.serializeEnvelope({ kind: 'ratchet', sender: { user: 'xxx', device: 1 }, body: hex('') })
    const at = toHex(good).indexOf(toHex(utf8('xxx'))) / 2
    for (const bad of ['eda080', 'c0af41', 'fffefd', 'e22880']) {
      const altered = good.slice()
      altered.set(hex(bad), at)
      expect(fromUtf8(hex(bad))).toBeUndefined()
      expect(verdict(() => wire.parseEnvelope(altered))).toBe('malformed-message')
    }
  })
})
