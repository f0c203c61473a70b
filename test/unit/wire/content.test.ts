import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../../src/bytes.js'
import { epochMillis } from '../../../src/env.js'
import { type Content, parseContent, serializeContent } from '../../../src/wire/content.js'
import { extractDecryptionError, parsePlaintextContent, serializePlaintextContent } from '../../../src/wire/plaintext-content.js'

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const DISTRIBUTION = '0f0e0d0c-0b0a-4908-8706-050403020100'
const RETRY = { ratchetKey: undefined, timestamp: epochMillis(45), device: 7 }
const FULL: Content = {
  application: utf8('hello'),
  name: new Uint8Array(16).fill(3),
  sentAt: epochMillis(1_767_225_600_000),
  again: true,
  senderKey: Uint8Array.of(1, 2, 3),
  accessKey: new Uint8Array(16).fill(9),
  senderKeyWanted: DISTRIBUTION,
  retry: RETRY,
}

describe('content', () => {
  it('comes back as it was, whole and in parts', () => {
    expect(parseContent(serializeContent(FULL))).toEqual(FULL)
    expect(parseContent(serializeContent({}))).toMatchObject({ application: undefined, again: false })
    for (const name of Object.keys(FULL) as (keyof Content)[]) {
      expect(parseContent(serializeContent({ [name]: FULL[name] }))[name], name).toEqual(FULL[name])
    }
  })

  it('tells no bytes from empty bytes', () => {
    expect(parseContent(serializeContent({ application: new Uint8Array(0) })).application).toEqual(new Uint8Array(0))
    expect(parseContent(serializeContent({})).application).toBeUndefined()
  })

  it("has Signal's number for a retry request: plaintext content is the same container, marked and padded", () => {
    expect(toHex(serializeContent({ retry: RETRY }))).toBe('4204102d1807')
    expect(toHex(serializePlaintextContent(RETRY))).toBe('c04204102d180780')
    expect(parseContent(parsePlaintextContent(fromHex('c04204102d180780')).subarray(0, -1)).retry).toEqual(RETRY)
    expect(extractDecryptionError(new Uint8Array([...serializeContent(FULL), 0x80]))).toEqual(RETRY)
  })

  it('keeps its own fields from 1001 on, out of the way of any of Signal', () => {
    expect(toHex(serializeContent({ application: Uint8Array.of(0xaa) }))).toBe('ca3e01aa')
  })

  it('skips what it does not know, and lets the same bytes go in and out unpadded', () => {
    expect(parseContent(fromHex('0a0161ca3e01aa')).application).toEqual(Uint8Array.of(0xaa))
    expect(serializeContent({ application: new Uint8Array(100) })).toHaveLength(103)
  })

  it('refuses what is no content', () => {
    const refuses = (hex: string) =>
      expect(() => parseContent(fromHex(hex)), hex).toThrow(expect.objectContaining({ code: 'malformed-message' }))
    refuses('ca3e05aa') // cut short
    refuses('c83e01') // application as a number
    refuses('ea3e00') // an empty access key
    refuses(`ea3e41${'00'.repeat(65)}`)
    refuses('f23e0100') // a UUID of one byte
    refuses(`b2400f${'00'.repeat(15)}`) // a name of 15 bytes
    refuses('d03effffffffffffffff7f') // a time beyond 2^53
    refuses('42020801') // a retry request with a number for its key
  })

  it('refuses to write what nobody would read', () => {
    const refuses = (content: unknown) =>
      expect(() => serializeContent(content as Content)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    refuses(undefined)
    refuses({ application: 'text' })
    refuses({ accessKey: new Uint8Array(0) })
    refuses({ senderKeyWanted: 'group' })
    refuses({ sentAt: -1 })
    refuses({ name: new Uint8Array(15) })
  })
})
