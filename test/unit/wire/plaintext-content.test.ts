import { describe, expect, it } from 'vitest'
import { concatBytes, toHex } from '../../../src/bytes.js'
import { epochMillis } from '../../../src/env.js'
import {
  type DecryptionErrorMessage,
  decryptionErrorFor,
  type OriginalMessage,
  parseDecryptionErrorMessage,
  serializeDecryptionErrorMessage,
} from '../../../src/wire/decryption-error-message.js'
import { extractDecryptionError, parsePlaintextContent, serializePlaintextContent } from '../../../src/wire/plaintext-content.js'
import { committedVectors, hex } from '../../support/vectors.js'
import { field, verdict } from './messages.js'

interface Vectors {
  readonly cases: readonly {
    readonly originalType: number
    readonly original: string
    readonly timestamp: number
    readonly originalSenderDeviceId: number
    readonly decryptionErrorMessage: string
    readonly ratchetKey: string | null
    readonly plaintextContent: string
    readonly plaintextContentBody: string
    readonly extracted: { readonly timestamp: number; readonly deviceId: number; readonly ratchetKey: string | null }
  }[]
  readonly parse: readonly Parse[]
  readonly forOriginalBad: readonly { readonly type: number; readonly bytes: string; readonly expect: string; readonly value?: string }[]
}
interface Parse {
  readonly what: 'PlaintextContent' | 'DecryptionErrorMessage' | 'extract'
  readonly kind: string
  readonly bytes: string
  readonly expect: 'ok' | 'error'
  readonly value?: string
}

const vectors = committedVectors<Vectors>('libsignal/plaintext-content.json')
const KINDS = new Map([
  [2, 'ratchet'],
  [3, 'pre-key'],
  [7, 'sender-key'],
  [8, 'plaintext'],
])
const original = (type: number, bytes: string) => ({ kind: KINDS.get(type), body: hex(bytes) }) as OriginalMessage

describe('libsignal vectors', () => {
  it(`are reproduced byte for byte (${vectors.cases.length} cases)`, () => {
    for (const one of vectors.cases) {
      const message = decryptionErrorFor(original(one.originalType, one.original), epochMillis(one.timestamp), one.originalSenderDeviceId)
      expect(message.ratchetKey && toHex(message.ratchetKey)).toBe(one.ratchetKey ?? undefined)
      expect(toHex(serializeDecryptionErrorMessage(message))).toBe(one.decryptionErrorMessage)
      expect(toHex(serializePlaintextContent(message))).toBe(one.plaintextContent)
      expect(parseDecryptionErrorMessage(hex(one.decryptionErrorMessage))).toEqual(message)
      const body = parsePlaintextContent(hex(one.plaintextContent))
      expect(toHex(body)).toBe(one.plaintextContentBody)
      expect(extractDecryptionError(body)).toEqual({
        ratchetKey: one.extracted.ratchetKey === null ? undefined : hex(one.extracted.ratchetKey),
        timestamp: one.extracted.timestamp,
        device: one.extracted.deviceId,
      })
    }
  })

  it.each(vectors.parse)('$what, $kind: $expect', ({ what, bytes, expect: expected, value }) => {
    const read = {
      PlaintextContent: () => toHex(parsePlaintextContent(hex(bytes))),
      DecryptionErrorMessage: () => String(parseDecryptionErrorMessage(hex(bytes)).timestamp),
      extract: () => String(extractDecryptionError(hex(bytes)).timestamp),
    }[what]
    if (expected === 'ok') expect(read()).toBe(String(value))
    else expect(['malformed-message', 'unsupported-version', 'invalid-key']).toContain(verdict(read))
  })

  it.each(vectors.forOriginalBad)('for an original of type $type, $bytes: $expect', ({ type, bytes, expect: expected, value }) => {
    const make = () => serializeDecryptionErrorMessage(decryptionErrorFor(original(type, bytes), epochMillis(1), 1))
    if (expected === 'ok') expect(toHex(make())).toBe(value)
    else expect(verdict(make)).toBe(type === 8 ? 'invalid-argument' : 'malformed-message')
  })

  it('are all here', () => {
    expect([vectors.cases.length, vectors.parse.length, vectors.forOriginalBad.length]).toEqual([40, 16, 5])
  })
})

describe('retry requests', () => {
  it('refuse to be written with a time, device or key that is none', () => {
    const good: DecryptionErrorMessage = { ratchetKey: undefined, timestamp: epochMillis(45), device: 7 }
    expect(toHex(serializeDecryptionErrorMessage(good))).toBe('102d1807')
    const attempts = [
      { timestamp: 2 ** 53 },
      { timestamp: -1 },
      { timestamp: 45n },
      { device: -1 },
      { ratchetKey: hex('05') },
      { ratchetKey: null },
    ]
    for (const wrong of attempts) {
      expect(verdict(() => serializeDecryptionErrorMessage({ ...good, ...wrong } as DecryptionErrorMessage))).toBe('invalid-argument')
    }
  })

  it('may stand beside other content, and the last one counts', () => {
    const body = concatBytes(field(1, hex('00')), field(8, hex('1001')), field(8, hex('1002')), hex('80'))
    expect(extractDecryptionError(body).timestamp).toBe(2)
    // libsignal knows the first seven fields too, as bytes.
    const beside = (other: number) => verdict(() => extractDecryptionError(concatBytes(field(other, 1), field(8, hex('1001')), hex('80'))))
    expect([1, 2, 3, 4, 5, 6, 7].map(beside)).toEqual(new Array(7).fill('malformed-message'))
    expect(beside(9)).toBe('ok')
  })

  it('are refused when over a MiB', () => {
    const large = new Uint8Array(2 ** 20 + 1).fill(0xc0)
    for (const read of [parsePlaintextContent, extractDecryptionError, parseDecryptionErrorMessage]) {
      expect(verdict(() => read(large))).toBe('message-too-large')
    }
  })
})
